/* Which known actor an actor of an import is: the index of linked.c's rules, the other way round. What could be two is
 * none. */
#include "known.h"

#include "casus/lexicon.h"
#include "data/actor_keys.h"
#include "names.h"

#include <string.h>

enum { SEVERAL = UINT32_MAX, DEEPEST = 5 };

struct measure_known {
    const casus_lexicon *lex;
    casus_table groups, names, states; /* hash → actor + 1, or SEVERAL */
};

/* Is it a part of the other, by its id (IGO.UN.SC of IGO.UN)? What a whole shares with its parts is the whole's. */
static bool is_part(const casus_lexicon *lex, uint32_t part, uint32_t whole) {
    casus_known_actor a, b;
    if (!casus_lexicon_actor(lex, part, &a) || !casus_lexicon_actor(lex, whole, &b)) return false;
    size_t n = strlen(b.id);
    return strncmp(a.id, b.id, n) == 0 && a.id[n] == '.';
}

static void claim(const measure_known *k, casus_table *table, casus_arena *arena, uint64_t key, uint32_t actor) {
    bool fresh;
    if (!key) return;
    uint32_t *value = casus_table_put(table, arena, key, &fresh);
    if (fresh)
        *value = actor + 1;
    else if (*value != SEVERAL && *value != actor + 1 && !is_part(k->lex, actor, *value - 1))
        *value = SEVERAL;
}

static uint64_t key_of_country(const char *iso3) { return casus_str_hash(casus_str_of(iso3)); }

static void index_actor(measure_known *k, casus_arena *arena, const casus_known_actor *a) {
    claim(k, &k->names, arena, casus_key(casus_str_of(a->name), true), a->index);
    for (uint32_t i = 0; i < a->n_names; i++)
        claim(k, &k->names, arena, casus_key(casus_str_of(casus_lexicon_alias(k->lex, a, i)), true), a->index);
    for (uint32_t i = 0; i < a->n_facts; i++) {
        casus_fact f = casus_lexicon_fact(k->lex, a, i);
        if (f.key != CASUS_FACT_CAMEO) continue;
        data_pieces p = data_pieces_of(f.value);
        if (data_names_group(f.value, &p)) claim(k, &k->groups, arena, data_pieces_key(&p), a->index);
    }
    if (strcmp(a->type, "state") == 0 && a->country && strcmp(a->country, a->id) == 0)
        claim(k, &k->states, arena, key_of_country(a->country), a->index);
}

static int dots_in(const char *id) {
    int n = 0;
    for (; *id; id++) n += *id == '.';
    return n;
}

measure_known *measure_known_new(const casus_lexicon *lex, casus_arena *arena) {
    measure_known *k = CASUS_NEW(arena, measure_known);
    casus_known_actor a;
    k->lex = lex;
    for (int dots = 0; dots < DEEPEST; dots++) /* wholes come before their parts */
        for (uint32_t i = 0; casus_lexicon_actor(lex, i, &a); i++)
            if (dots_in(a.id) == dots || (dots == DEEPEST - 1 && dots_in(a.id) > dots)) index_actor(k, arena, &a);
    return k;
}

static bool find(const measure_known *k, const casus_table *table, uint64_t key, casus_known_actor *out) {
    const uint32_t *value = key ? casus_table_get(table, key) : NULL;
    return value && *value != SEVERAL && casus_lexicon_actor(k->lex, *value - 1, out);
}

static bool by_name(const measure_known *k, casus_str name, casus_known_actor *out) {
    return find(k, &k->names, casus_key(name, true), out);
}

static bool by_code(const measure_known *k, const char *code, casus_known_actor *out) {
    data_pieces p = data_pieces_of(code);
    const casus_country *c = data_country_of_code(code);
    if (data_names_group(code, &p) && find(k, &k->groups, data_pieces_key(&p), out)) return true;
    if (c && data_is_organ_code(code) && find(k, &k->states, key_of_country(c->iso3), out)) return true;
    return strlen(code) >= 4 && by_name(k, casus_str_of(code), out);
}

bool measure_known_find(const measure_known *k, const char *code, const char *name, const char *country,
                        const char *sectors, casus_known_actor *out) {
    if (*code) return by_code(k, code, out);
    casus_str of = data_government_of(name);
    if (strlen(name) >= MEASURE_TELLING && by_name(k, casus_str_of(name), out)) return true;
    if (of.n && by_name(k, of, out)) return true;
    return *country && data_acts_for_state(sectors) && find(k, &k->states, key_of_country(country), out);
}
