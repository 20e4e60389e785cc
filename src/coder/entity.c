#include "doc.h"

#include <string.h>

static uint64_t id_key(const char *id) { return casus_str_hash(casus_str_of(id)) | 1; }

static uint32_t add(coder_doc *d, const char *id, bool *fresh) {
    uint32_t *at = casus_table_put(&d->entity_at, d->arena, id_key(id), fresh);
    if (!*fresh) return *at - 1;
    coder_entity *e = CASUS_PUSH(d->arena, d->entities, d->n_entities, d->cap_entities);
    *e = (coder_entity){.id = id, .known = -1, .base = -1};
    *at = (uint32_t)d->n_entities;
    return *at - 1;
}

static bool type_is(const char *type, const char *want) { return type && strcmp(type, want) == 0; }

uint32_t entity_known(coder_doc *d, uint32_t actor) {
    casus_known_actor a;
    bool fresh;
    if (!casus_lexicon_actor(d->lex, actor, &a)) return 0;
    uint32_t i = add(d, a.id, &fresh);
    if (!fresh) return i;
    coder_entity *e = &d->entities[i];
    e->name = casus_str_of(a.name);
    e->known = (int32_t)actor;
    e->type = a.type;
    e->country = a.country;
    e->person = type_is(a.type, "person");
    e->plural = type_is(a.type, "population") || type_is(a.type, "collective");
    const char *sector = casus_lexicon_fact_on(d->lex, &a, CASUS_FACT_SECTOR, d->day == INT32_MIN ? INT32_MAX : d->day);
    if (sector) memcpy(e->sector, sector, strnlen(sector, 3));
    return i;
}

void entity_unmention(coder_doc *d, uint32_t e) {
    if (d->entities[e].mentions) d->entities[e].mentions--;
}

/* "Jaish al-Adl" → "NEW.JAISH_AL_ADL" */
static char *make_id(coder_doc *d, const char *prefix, casus_str name) {
    size_t n = strlen(prefix);
    char *id = casus_arena_alloc(d->arena, n + name.n + 2);
    memcpy(id, prefix, n);
    id[n++] = '.';
    for (size_t i = 0; i < name.n; i++) {
        char c = name.at[i];
        if (c >= 'a' && c <= 'z') c = (char)(c - 32);
        bool keep = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
        if (keep) id[n++] = c;
        else if (n && id[n - 1] != '_' && id[n - 1] != '.') id[n++] = '_';
    }
    while (n && id[n - 1] == '_') n--;
    id[n] = '\0';
    return id;
}

uint32_t entity_new(coder_doc *d, casus_str name, const char *prefix) {
    bool fresh;
    uint32_t i = add(d, make_id(d, prefix ? prefix : "NEW", name), &fresh);
    if (fresh) d->entities[i].name = name;
    return i;
}

uint32_t entity_coded(coder_doc *d, const char *code, casus_str name) {
    bool fresh;
    uint32_t i = add(d, casus_arena_printf(d->arena, "CODE.%s", code), &fresh);
    if (fresh) d->entities[i].name = name;
    d->entities[i].cameo = code;
    d->entities[i].mentions++;
    entity_alias(d, i, name);
    return i;
}

uint32_t entity_agent(coder_doc *d, int32_t base, casus_str agent, casus_str name, const char *sector, bool plural) {
    bool fresh;
    uint32_t i = add(d, make_id(d, base >= 0 ? d->entities[base].id : "NEW", agent), &fresh);
    coder_entity *e = &d->entities[i];
    if (!fresh) return i;
    e->name = name;
    e->agent = agent;
    e->base = base;
    e->plural = plural;
    e->country = base >= 0 ? d->entities[base].country : NULL;
    memcpy(e->sector, sector, strnlen(sector, 3));
    return i;
}

static char *group_id(coder_doc *d, const uint32_t *members, size_t n) {
    size_t size = 1;
    for (size_t i = 0; i < n; i++) size += strlen(d->entities[members[i]].id) + 1;
    char *id = casus_arena_alloc(d->arena, size), *at = id;
    for (size_t i = 0; i < n; i++) {
        size_t k = strlen(d->entities[members[i]].id);
        if (i) *at++ = '+';
        memcpy(at, d->entities[members[i]].id, k);
        at += k;
    }
    return id;
}

uint32_t entity_group(coder_doc *d, const uint32_t *members, size_t n, casus_str name) {
    bool fresh;
    uint32_t e = add(d, group_id(d, members, n), &fresh);
    if (!fresh) return e;
    d->entities[e].name = name;
    d->entities[e].plural = true;
    d->entities[e].members = casus_arena_dup(d->arena, members, n * sizeof *members);
    d->entities[e].n_members = n;
    return e;
}

/* Whoever was named in full may be named by the last word later. */
static void add_last_name(coder_doc *d, uint32_t i, casus_str words) {
    size_t from = words.n;
    while (from && words.at[from - 1] != ' ') from--;
    casus_str last = {words.at + from, words.n - from};
    bool name = from && last.n > 2 && last.at[0] >= 'A' && last.at[0] <= 'Z' && d->entities[i].base < 0;
    uint64_t key = name ? casus_key(last, false) : 0;
    bool fresh;
    uint32_t *at = key ? casus_table_put(&d->alias_at, d->arena, key, &fresh) : NULL;
    if (at && fresh) *at = i + 1;
}

static unsigned count_words(casus_str s) {
    unsigned n = s.n > 0;
    for (size_t i = 0; i < s.n; i++) n += s.at[i] == ' ';
    return n;
}

/* The known name is shown as this account spells it; a person by the fullest name it gives. */
static void keep_spelling(const coder_doc *d, coder_entity *e, casus_str words, uint64_t key) {
    casus_known_actor a;
    bool lexicon = e->known >= 0 && !e->full && casus_lexicon_actor(d->lex, (uint32_t)e->known, &a) && casus_key(casus_str_of(a.name), false) == key;
    bool same = lexicon || casus_key(e->name, false) == key, fuller = e->person && count_words(words) > 1 && (!e->full || count_words(words) > count_words(e->name));
    if (e->known < 0 || (!same && !fuller)) return;
    e->name = words;
    e->full = true;
}

void entity_spelled(coder_doc *d, uint32_t i, casus_str words) {
    coder_entity *e = &d->entities[i];
    if (e->known < 0 || e->person || e->full || e->spelled || entity_is_country(e)) return;
    e->name = words;
    e->spelled = true;
}

void entity_alias(coder_doc *d, uint32_t i, casus_str words) {
    coder_entity *e = &d->entities[i];
    uint64_t key = casus_key(words, false);
    if (!key) return;
    bool fresh;
    uint32_t *at = casus_table_put(&d->alias_at, d->arena, key, &fresh);
    if (fresh) *at = i + 1;
    if (e->person || e->known < 0) add_last_name(d, i, words);
    keep_spelling(d, e, words, key);
    for (size_t k = 0; k < e->n_aliases; k++)
        if (casus_str_eq(e->aliases[k], words)) return;
    *CASUS_PUSH(d->arena, e->aliases, e->n_aliases, e->cap_aliases) = words;
}

uint32_t *entity_by_words(coder_doc *d, casus_str words) { return casus_table_get(&d->alias_at, casus_key(words, false)); }

static bool known_within(const coder_doc *d, int32_t a, const char *b) {
    casus_known_actor x;
    if (a < 0 || !casus_lexicon_actor(d->lex, (uint32_t)a, &x)) return false;
    for (uint32_t i = 0; i < x.n_facts; i++) {
        casus_fact f = casus_lexicon_fact(d->lex, &x, i);
        if (f.key == CASUS_FACT_PART_OF && strcmp(f.value, b) == 0) return true;
    }
    return x.country && strcmp(x.country, b) == 0 && !type_is(x.type, "armed group");
}

bool entity_within(const coder_doc *d, uint32_t a, uint32_t b) {
    for (int k = 0; k < 4; k++) {
        if (a == b || known_within(d, d->entities[a].known, d->entities[b].id)) return true;
        if (d->entities[a].base < 0) return false;
        a = (uint32_t)d->entities[a].base;
    }
    return false;
}

bool entity_is_country(const coder_entity *e) { return type_is(e->type, "state") || type_is(e->type, "territory"); }

uint32_t entity_country_mentions(const coder_doc *d, uint32_t country) {
    const char *code = d->entities[country].country;
    uint32_t n = 0;
    for (size_t i = 0; i < d->n_entities; i++)
        if (code && d->entities[i].country && strcmp(d->entities[i].country, code) == 0) n += d->entities[i].mentions;
    return n;
}

bool entity_name_ends(casus_str name, casus_str word) {
    if (!word.n || name.n < word.n + 2 || name.at[name.n - word.n - 1] != ' ') return false;
    const char *last = name.at + name.n - word.n;
    return (last[0] | 32) == (word.at[0] | 32) && memcmp(last + 1, word.at + 1, word.n - 1) == 0;
}
