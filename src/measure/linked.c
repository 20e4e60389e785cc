/* Actors of imports as actors that are known: by the pieces of a CAMEO code, by name, as organs of a state. A link is
 * made when a question is asked, never written: what a file calls its actors stays. */
#include "names.h"

#include "casus/data.h"

#include <string.h>
#include <strings.h>

/* ---- codes ------------------------------------------------------------------------------------------------- */

static bool same_pieces(const data_pieces *a, const data_pieces *b) {
    return a->n == b->n && a->n > 0 && memcmp(a->piece, b->piece, a->n * sizeof *a->piece) == 0;
}

static bool is_of_state(const measure_who *w, const char *code) {
    uint32_t piece = data_piece_of(code);
    measure_memo *m = &w->memo[piece * 2654435761u >> 22];
    if (m->piece != piece) {
        const casus_country *c = data_country_of_code(code);
        *m = (measure_memo){piece, c && strcmp(c->iso3, w->state) == 0};
    }
    return m->same;
}

static bool is_state_code(const measure_who *w, const char *code) {
    return strlen(code) >= 3 && is_of_state(w, code) && data_is_organ_code(code);
}

static bool is_code(const measure_who *w, const char *code) {
    if (w->state && is_state_code(w, code)) return true;
    data_pieces p = w->n_groups ? data_pieces_of(code) : (data_pieces){0};
    for (size_t i = 0; i < w->n_groups; i++)
        if (same_pieces(&p, &w->groups[i])) return true;
    return false;
}

/* ---- names ------------------------------------------------------------------------------------------------- */

static unsigned char lower(char c) { return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c); }

static bool has_name(const measure_who *w, const char *name, size_t n) {
    if (!n || !w->initial[lower(name[0])]) return false;
    uint64_t key = casus_key((casus_str){name, n}, true);
    for (size_t i = 0; i < w->n_names; i++)
        if (w->names[i] == key) return true;
    return false;
}

static bool is_government(const measure_who *w, const char *name) {
    casus_str of = data_government_of(name);
    return has_name(w, of.at, of.n);
}

bool measure_who_linked(const measure_who *w, const char *code, const char *name, const char *country,
                        const char *sectors) {
    if (!w->n_names && !w->state) return false;
    if (*code && is_code(w, code)) return true;
    if (*code && strlen(code) > 3 && has_name(w, code, strlen(code))) return true; /* NATO, OSCE */
    bool group = !w->state || !*code; /* a state's name stands beside the codes of all its people in GDELT */
    if (strlen(name) >= MEASURE_TELLING && group && has_name(w, name, strlen(name))) return true;
    if (!w->state || *code) return false;
    return (*name && is_government(w, name)) || (strcmp(country, w->state) == 0 && data_acts_for_state(sectors));
}

/* ---- learning ---------------------------------------------------------------------------------------------- */

typedef struct learner {
    measure_who *w;
    const casus_lexicon *lex;
    casus_arena *arena;
    size_t cap_names, cap_groups, cap_ids;
} learner;

static void learn_name(learner *l, const char *name) {
    uint64_t key = name ? casus_key(casus_str_of(name), true) : 0;
    if (!key) return;
    *CASUS_PUSH(l->arena, l->w->names, l->w->n_names, l->cap_names) = key;
    l->w->initial[lower(name[0])] = true;
}

static void learn_code(learner *l, const char *code) {
    data_pieces p = data_pieces_of(code);
    if (data_names_group(code, &p)) *CASUS_PUSH(l->arena, l->w->groups, l->w->n_groups, l->cap_groups) = p;
}

static void learn_actor(learner *l, const casus_known_actor *a) {
    learn_name(l, a->name);
    for (uint32_t i = 0; i < a->n_names; i++) learn_name(l, casus_lexicon_alias(l->lex, a, i));
    for (uint32_t i = 0; i < a->n_facts; i++) {
        casus_fact f = casus_lexicon_fact(l->lex, a, i);
        if (f.key == CASUS_FACT_CAMEO) learn_code(l, f.value);
    }
    if (strcmp(a->type, "state") == 0 && a->country) l->w->state = a->country;
}

static bool has_id(const measure_who *w, const char *id) {
    for (size_t i = 0; i < w->n_ids; i++)
        if (strcmp(w->ids[i], id) == 0) return true;
    return false;
}

/* Actors whose id or proper name it is, whatever the case of the id. */
static void learn_by_name(learner *l, const char *asked) {
    casus_known_actor a;
    size_t n = 0;
    const casus_name *names = casus_lexicon_names(l->lex, casus_key(casus_str_of(asked), false), &n);
    for (uint32_t i = 0; casus_lexicon_actor(l->lex, i, &a); i++)
        if (strcasecmp(a.id, asked) == 0 || (!names && strcasecmp(a.name, asked) == 0)) {
            if (!has_id(l->w, a.id)) *CASUS_PUSH(l->arena, l->w->ids, l->w->n_ids, l->cap_ids) = a.id;
            learn_actor(l, &a);
            return;
        }
    for (size_t i = 0; i < n; i++) {
        if (names[i].kind != CASUS_NAME || !casus_lexicon_actor(l->lex, names[i].actor, &a) || has_id(l->w, a.id))
            continue;
        *CASUS_PUSH(l->arena, l->w->ids, l->w->n_ids, l->cap_ids) = a.id;
        learn_actor(l, &a);
    }
}

void measure_who_learn(measure_who *w, const casus_lexicon *lex, casus_arena *arena) {
    learner l = {.w = w, .lex = lex, .arena = arena};
    const char **ids = w->ids;
    size_t n = w->n_ids;
    casus_known_actor a;
    if (w->asked[0] == '@' || w->asked[strlen(w->asked) - 1] == '*') return;
    w->ids = NULL, w->n_ids = 0;
    for (size_t i = 0; i < n; i++) {
        *CASUS_PUSH(arena, w->ids, w->n_ids, l.cap_ids) = ids[i];
        if (casus_lexicon_actor_by_id(lex, ids[i], &a)) learn_actor(&l, &a);
    }
    learn_by_name(&l, w->asked);
    if (w->state) w->memo = CASUS_NEW_ARRAY(arena, measure_memo, MEASURE_MEMO);
}
