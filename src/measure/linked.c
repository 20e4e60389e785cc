/* Actors of imports as actors that are known: by the pieces of a CAMEO code, by name, as organs of a state. A link is
 * made when a question is asked, never written: what a file calls its actors stays. */
#include "names.h"

#include "casus/data.h"

#include <string.h>
#include <strings.h>

/* ---- codes ------------------------------------------------------------------------------------------------- */

static uint32_t piece_of(const char *at) {
    return (uint32_t)(unsigned char)at[0] << 16 | (uint32_t)(unsigned char)at[1] << 8 | (unsigned char)at[2];
}

static bool is_one_of(const char *at, const char *list) {
    for (; *list; list += 4)
        if (strncmp(at, list, 3) == 0) return true;
    return false;
}

/* Roles and sectors of CAMEO (codebook 1.1b3, tables 3.4 to 3.6): they do not tell one group from another. */
static bool is_sector(const char *at) {
    static const char SECTORS[] = "GOV MIL REB OPP INS UAF SEP COP SPY JUD LEG EXE DIP PTY CVL ELI LAB EDU MED BUS CRM "
                                  "HLH HRI REF SET AGR MOD RAD NGO NGM IGO "
                                  "MNC IMG DEV ENV IRC ";
    return is_one_of(at, SECTORS);
}

/* Acting for the state. */
static bool is_organ(const char *at) { return is_one_of(at, "GOV MIL COP SPY JUD LEG EXE DIP "); }

measure_pieces measure_pieces_of(const char *code) {
    measure_pieces p = {0};
    size_t n = strlen(code);
    if (n % 3) return (measure_pieces){0};
    for (size_t i = 0; i < n; i += 3) {
        if (is_sector(code + i)) continue;
        if (p.n == 4) return (measure_pieces){0};
        p.piece[p.n++] = piece_of(code + i);
    }
    return p;
}

static bool same_pieces(const measure_pieces *a, const measure_pieces *b) {
    return a->n == b->n && a->n > 0 && memcmp(a->piece, b->piece, a->n * sizeof *a->piece) == 0;
}

const casus_country *measure_country_of_code(const char *code) {
    return strlen(code) >= 3 ? casus_country_find(CASUS_COUNTRY_CAMEO, (casus_str){code, 3}) : NULL;
}

/* A code that is a country with sectors is shared by all that are so: only a further piece names a group. "UNO", "NAT"
 * have no country. */
bool measure_names_group(const char *code, const measure_pieces *p) {
    return p->n >= 2 || (p->n == 1 && !measure_country_of_code(code));
}

static bool is_of_state(const measure_who *w, const char *code) {
    uint32_t piece = piece_of(code);
    measure_memo *m = &w->memo[piece * 2654435761u >> 22];
    if (m->piece != piece) {
        const casus_country *c = measure_country_of_code(code);
        *m = (measure_memo){piece, c && strcmp(c->iso3, w->state) == 0};
    }
    return m->same;
}

bool measure_is_organ_code(const char *code) {
    size_t n = strlen(code);
    if (n < 3 || n % 3) return false;
    for (size_t i = 3; i < n; i += 3)
        if (!is_organ(code + i)) return false;
    return true;
}

static bool is_state_code(const measure_who *w, const char *code) {
    return strlen(code) >= 3 && is_of_state(w, code) && measure_is_organ_code(code);
}

static bool is_code(const measure_who *w, const char *code) {
    if (w->state && is_state_code(w, code)) return true;
    measure_pieces p = w->n_groups ? measure_pieces_of(code) : (measure_pieces){0};
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

/* "Government of Uganda", "Military Forces of Mali (2012-2020)": UCDP and ACLED. */
casus_str measure_government_of(const char *name) {
    static const char *const OF[] = {"Government of ", "Military Forces of ", "Police Forces of "};
    for (size_t i = 0; i < sizeof OF / sizeof *OF; i++) {
        size_t n = strlen(OF[i]);
        const char *of = name + n, *bracket;
        if (strncasecmp(name, OF[i], n) != 0) continue;
        bracket = strstr(of, " (");
        return (casus_str){of, bracket ? (size_t)(bracket - of) : strlen(of)};
    }
    return (casus_str){NULL, 0};
}

static bool is_government(const measure_who *w, const char *name) {
    casus_str of = measure_government_of(name);
    return has_name(w, of.at, of.n);
}

/* Sectors in words (ICEWS) or codes (POLECAT), joined by "," or ";". */
bool measure_acts_for_state(const char *sectors) {
    static const char *const ORGANS[] = {"Government", "Military", "Police"};
    for (const char *at = sectors; *at; at += *at != '\0') {
        size_t n = strcspn(at, ",;");
        if (n == 3 && is_organ(at)) return true;
        for (size_t i = 0; i < 3; i++)
            if (n == strlen(ORGANS[i]) && strncmp(at, ORGANS[i], n) == 0) return true;
        at += n;
    }
    return false;
}

bool measure_who_linked(const measure_who *w, const char *code, const char *name, const char *country,
                        const char *sectors) {
    if (!w->n_names && !w->state) return false;
    if (*code && is_code(w, code)) return true;
    if (*code && strlen(code) > 3 && has_name(w, code, strlen(code))) return true; /* NATO, OSCE */
    bool group = !w->state || !*code; /* a state's name stands beside the codes of all its people in GDELT */
    if (strlen(name) >= MEASURE_TELLING && group && has_name(w, name, strlen(name))) return true;
    if (!w->state || *code) return false;
    return (*name && is_government(w, name)) || (strcmp(country, w->state) == 0 && measure_acts_for_state(sectors));
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
    measure_pieces p = measure_pieces_of(code);
    if (measure_names_group(code, &p)) *CASUS_PUSH(l->arena, l->w->groups, l->w->n_groups, l->cap_groups) = p;
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
