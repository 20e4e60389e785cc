/* Actors, agents and places to records. */
#include "compile.h"

#include <stdlib.h>
#include <string.h>

static const char *const sectors[] = {"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL",
                                      "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC"};

static bool is_sector(casus_str s) {
    for (size_t i = 0; i < sizeof sectors / sizeof *sectors; i++)
        if (casus_str_is(s, sectors[i])) return true;
    return false;
}

static bool is_country(casus_str s) {
    if (s.n != 3) return false;
    for (size_t i = 0; i < 3; i++)
        if (s.at[i] < 'A' || s.at[i] > 'Z') return false;
    return true;
}

static uint64_t id_key(casus_str id) { return casus_str_hash(id) | 1; }

/* ---- names ---- */

static bool is_person(const compiler *c, uint32_t actor) {
    return strcmp(c->strings.at + c->actors[actor].type, "person") == 0;
}

/* Two people may share a name: the reader decides by country and date. Two bodies may not. */
static void check_duplicate(compiler *c, const knowledge_entry *e, int line, const casus_name *n, casus_str text) {
    if (n->kind != CASUS_NAME || is_person(c, n->actor)) return;
    for (size_t i = c->n_names - 1; i-- > 0;) {
        const casus_name *o = &c->names[i];
        if (o->key != n->key || o->kind != CASUS_NAME || o->actor == n->actor || is_person(c, o->actor)) continue;
        if (o->end <= n->begin || n->end <= o->begin) continue;
        compile_problem(c, e, line, "\"%.*s\" is already a name of %s; date the two or drop one", CASUS_FMT(text),
                        c->strings.at + c->actors[o->actor].id);
        return;
    }
}

/* A second term of office makes the family name hold a second time, so the days count too. */
static bool has_name(const compiler *c, uint64_t key, uint32_t actor, int kind, const knowledge_item *item) {
    for (size_t i = c->n_names; i-- > 0;) {
        const casus_name *n = &c->names[i];
        if (n->key == key && n->actor == actor && n->kind == kind && n->begin <= item->begin && item->end <= n->end) return true;
    }
    return false;
}

static void add_name(compiler *c, const knowledge_entry *e, const knowledge_item *item, uint32_t actor, casus_str text, int kind, bool plural) {
    text = casus_str_trim(text);
    uint64_t key = casus_key(text, false);
    if (!key) {
        compile_problem(c, e, item->line, "a name without letters");
        return;
    }
    if (has_name(c, key, actor, kind, item)) return;
    casus_name *n = CASUS_PUSH(c->arena, c->names, c->n_names, c->cap_names);
    *n = (casus_name){key, actor, item->begin, item->end, compile_string(c, text), (uint8_t)kind, plural, (uint8_t)compile_words(text), 0};
    compile_first(c, &c->name_first, text, false);
    check_duplicate(c, e, item->line, n, text);
}

static void add_alias(compiler *c, casus_str text) { *CASUS_PUSH(c->arena, c->aliases, c->n_aliases, c->cap_aliases) = compile_string(c, text); }

static void split_forms(casus_str text, casus_str *one, casus_str *many) {
    casus_str rest = text;
    *many = (casus_str){NULL, 0};
    casus_str_cut(&rest, '/', one);
    if (rest.at) casus_str_cut(&rest, '/', many);
    *one = casus_str_trim(*one);
    *many = casus_str_trim(*many);
}

/* ---- actors ---- */

static uint32_t actor_for(compiler *c, casus_str id, bool *fresh) {
    uint32_t *at = casus_table_put(&c->actor_at, c->arena, id_key(id), fresh);
    if (!*at) {
        lexicon_actor *a = CASUS_PUSH(c->arena, c->actors, c->n_actors, c->cap_actors);
        a->id = compile_string(c, id);
        *at = (uint32_t)c->n_actors;
    }
    return *at - 1;
}

/* Facts and aliases of one actor lie together; when an actor gets more later (an overlay, another office), its run is moved to the end. */
static void add_fact(compiler *c, uint32_t actor, uint32_t key, casus_str value, casus_str of, const knowledge_item *item) {
    lexicon_actor *a = &c->actors[actor];
    if (a->n_facts && a->facts + a->n_facts != c->n_facts) {
        uint32_t from = a->facts;
        a->facts = (uint32_t)c->n_facts;
        for (uint32_t i = 0; i < a->n_facts; i++) {
            lexicon_fact copy = c->facts[from + i];
            *CASUS_PUSH(c->arena, c->facts, c->n_facts, c->cap_facts) = copy;
        }
    }
    if (!a->n_facts) a->facts = (uint32_t)c->n_facts;
    lexicon_fact *f = CASUS_PUSH(c->arena, c->facts, c->n_facts, c->cap_facts);
    *f = (lexicon_fact){key, item->begin, item->end, compile_string(c, value), compile_string(c, of)};
    a->n_facts++;
}

static void close_aliases(compiler *c, uint32_t actor, size_t from) {
    lexicon_actor *a = &c->actors[actor];
    if (a->n_aliases) return; /* an overlay's aliases still match as names; the card shows the first set */
    a->aliases = (uint32_t)from;
    a->n_aliases = (uint32_t)(c->n_aliases - from);
}

static bool is_ordinal(casus_str word) { /* "Albert II" has no family name */
    for (size_t i = 0; i < word.n; i++)
        if (!strchr("IVX", word.at[i])) return false;
    return word.n > 0;
}

/* "Xi* Jinping" → "Xi Jinping", family name "Xi". */
static casus_str person_name(compiler *c, casus_str text, casus_str *family) {
    char *name = casus_arena_strndup(c->arena, text.at, text.n);
    size_t n = 0, from = 0, mark = SIZE_MAX;
    for (size_t i = 0; i < text.n; i++) {
        if (text.at[i] == '*') {
            mark = n;
            continue;
        }
        name[n++] = text.at[i];
    }
    name[n] = '\0';
    size_t end = mark == SIZE_MAX ? n : mark;
    for (size_t i = 0; i < end; i++)
        if (name[i] == ' ') from = i + 1;
    *family = (casus_str){name + from, end - from};
    if (is_ordinal(*family)) *family = (casus_str){name, n};
    return (casus_str){name, n};
}

static char *person_id(compiler *c, casus_str country, casus_str name, bool full) {
    char *id = casus_arena_printf(c->arena, "%.*s.", CASUS_FMT(country));
    size_t n = country.n + 1;
    char *out = casus_arena_alloc(c->arena, n + name.n + 1);
    memcpy(out, id, n);
    for (size_t i = 0; i < name.n; i++) {
        char ch = name.at[i];
        if (ch >= 'a' && ch <= 'z') ch = (char)(ch - 32);
        if ((ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9')) out[n++] = ch;
        else if (full && ch == ' ') out[n++] = '_';
    }
    out[n] = '\0';
    return out;
}

/* A person already known by this full name in this country, or a new actor with an id of its own. */
static uint32_t person_for(compiler *c, casus_str country, casus_str name, casus_str family) {
    for (int full = 0; full < 2; full++) {
        casus_str id = casus_str_of(person_id(c, country, full ? name : family, full));
        uint32_t *at = casus_table_get(&c->actor_at, id_key(id));
        bool same = at && casus_str_is(name, c->strings.at + c->actors[*at - 1].name);
        if (at && !same && !full) continue;
        bool fresh;
        uint32_t actor = actor_for(c, id, &fresh);
        if (fresh) {
            c->actors[actor].name = compile_string(c, name);
            c->actors[actor].type = compile_string(c, CASUS_STR("person"));
            c->actors[actor].country = is_country(country) ? compile_string(c, country) : 0;
        }
        return actor;
    }
    return 0;
}

static casus_str entry_country(const knowledge_entry *e) {
    for (size_t i = 0; i < e->n_keys; i++)
        if (casus_str_is(e->keys[i].name, "country") && e->keys[i].n) return e->keys[i].items[e->keys[i].n - 1].text;
    casus_str head = e->head, first;
    casus_str_cut(&head, '.', &first);
    return first;
}

/* "al-Assad" is "Assad" to most accounts. */
static casus_str without_article(casus_str family) {
    bool article = family.n > 4 && family.at[2] == '-' && (family.at[0] == 'a' || family.at[0] == 'e') && family.at[1] == 'l';
    return article ? (casus_str){family.at + 3, family.n - 3} : family;
}

static void add_family(compiler *c, const knowledge_entry *e, const knowledge_item *item, uint32_t actor, casus_str family) {
    casus_str bare = without_article(family);
    add_name(c, e, item, actor, family, CASUS_NAME_SURNAME, false);
    if (bare.n < family.n) add_name(c, e, item, actor, bare, CASUS_NAME_SURNAME, false);
}

static void add_leader(compiler *c, const knowledge_entry *e, const knowledge_item *item) {
    casus_str rest = item->text, names, office = {NULL, 0}, also, family;
    casus_str_cut(&rest, ',', &names);
    if (rest.at) office = casus_str_trim(rest);
    rest = names;
    casus_str_cut(&rest, '=', &names);
    casus_str name = person_name(c, casus_str_trim(names), &family);
    if (!name.n || !office.n) {
        compile_problem(c, e, item->line, "a leader is `Name, office [dates]`");
        return;
    }
    uint32_t actor = person_for(c, entry_country(e), name, family);
    size_t first_alias = c->n_aliases;
    knowledge_item always = *item;
    always.begin = INT32_MIN, always.end = INT32_MAX;
    add_name(c, e, &always, actor, name, CASUS_NAME, false);
    add_alias(c, name);
    if (family.n < name.n) add_family(c, e, item, actor, family);
    while (rest.at && casus_str_cut(&rest, '=', &also)) {
        also = casus_str_trim(also);
        add_name(c, e, &always, actor, also, compile_words(also) > 1 ? CASUS_NAME : CASUS_NAME_SURNAME, false);
        add_alias(c, also);
    }
    close_aliases(c, actor, first_alias);
    add_fact(c, actor, CASUS_FACT_OFFICE, office, e->head, item);
    add_fact(c, actor, CASUS_FACT_PART_OF, e->head, (casus_str){NULL, 0}, item);
}

static const struct {
    const char *key;
    int kind;
} name_keys[] = {{"name", CASUS_NAME}, {"also", CASUS_NAME}, {"adj", CASUS_NAME_ADJ}, {"people", CASUS_NAME_PEOPLE},
                 {"capital", CASUS_NAME_CAPITAL}, {"seat", CASUS_NAME_SEAT}};

static bool add_names(compiler *c, const knowledge_entry *e, const knowledge_key *k, uint32_t actor) {
    for (size_t j = 0; j < sizeof name_keys / sizeof *name_keys; j++) {
        if (!casus_str_is(k->name, name_keys[j].key)) continue;
        for (size_t i = 0; i < k->n; i++) {
            casus_str one, many;
            if (name_keys[j].kind == CASUS_NAME_PEOPLE) split_forms(k->items[i].text, &one, &many);
            else one = k->items[i].text, many = (casus_str){NULL, 0};
            if (one.n) add_name(c, e, &k->items[i], actor, one, name_keys[j].kind, false);
            if (many.n) add_name(c, e, &k->items[i], actor, many, name_keys[j].kind, true);
            if (name_keys[j].kind == CASUS_NAME) add_alias(c, one);
        }
        if (casus_str_is(k->name, "name") && k->n) c->actors[actor].name = compile_string(c, k->items[0].text);
        return true;
    }
    return false;
}

static bool add_facts(compiler *c, const knowledge_entry *e, const knowledge_key *k, uint32_t actor) {
    static const struct {
        const char *key;
        uint32_t fact;
    } keys[] = {{"sector", CASUS_FACT_SECTOR}, {"cameo", CASUS_FACT_CAMEO}, {"part-of", CASUS_FACT_PART_OF}, {"country", CASUS_FACT_COUNTRY}};
    for (size_t j = 0; j < sizeof keys / sizeof *keys; j++) {
        if (!casus_str_is(k->name, keys[j].key)) continue;
        for (size_t i = 0; i < k->n; i++) {
            casus_str v = k->items[i].text;
            if (keys[j].fact == CASUS_FACT_SECTOR && !is_sector(v)) compile_problem(c, e, k->items[i].line, "unknown sector %.*s", CASUS_FMT(v));
            if (keys[j].fact == CASUS_FACT_COUNTRY && !is_country(v))
                compile_problem(c, e, k->items[i].line, "country %.*s is not ISO 3166 alpha-3", CASUS_FMT(v));
            add_fact(c, actor, keys[j].fact, v, (casus_str){NULL, 0}, &k->items[i]);
            if (keys[j].fact == CASUS_FACT_COUNTRY) c->actors[actor].country = compile_string(c, v);
        }
        return true;
    }
    return false;
}

static void compile_actor(compiler *c, const knowledge_entry *e) {
    bool fresh;
    uint32_t actor = actor_for(c, e->head, &fresh);
    size_t first_alias = c->n_aliases;
    for (size_t i = 0; i < e->n_keys; i++) {
        const knowledge_key *k = &e->keys[i];
        if (add_names(c, e, k, actor) || casus_str_is(k->name, "leader") || casus_str_is(k->name, "note")) continue;
        if (casus_str_is(k->name, "type")) {
            if (k->n) c->actors[actor].type = compile_string(c, k->items[0].text);
            continue;
        }
        if (!add_facts(c, e, k, actor)) compile_problem(c, e, k->line, "unknown key %.*s", CASUS_FMT(k->name));
    }
    close_aliases(c, actor, first_alias);
    const char *type = c->strings.at + c->actors[actor].type;
    bool land = strcmp(type, "state") == 0 || strcmp(type, "territory") == 0;
    if (land && is_country(e->head) && !c->actors[actor].country) c->actors[actor].country = compile_string(c, e->head);
    if (!c->actors[actor].name) compile_problem(c, e, 0, "an actor needs a `name:`");
    for (size_t i = 0; i < e->n_keys; i++)
        for (size_t j = 0; casus_str_is(e->keys[i].name, "leader") && j < e->keys[i].n; j++) add_leader(c, e, &e->keys[i].items[j]);
}

void compile_actors(compiler *c, const knowledge_file *f) {
    casus_table seen = {0};
    for (size_t i = 0; i < f->n; i++) {
        bool fresh;
        casus_table_put(&seen, c->arena, id_key(f->entries[i].head), &fresh);
        if (!fresh) compile_problem(c, &f->entries[i], 0, "a second entry %.*s; add to the first", CASUS_FMT(f->entries[i].head));
        compile_actor(c, &f->entries[i]);
    }
    for (size_t i = 0; i < f->n; i++) {
        const knowledge_entry *e = &f->entries[i];
        for (size_t k = 0; k < e->n_keys; k++)
            for (size_t j = 0; casus_str_is(e->keys[k].name, "part-of") && j < e->keys[k].n; j++)
                if (!casus_table_get(&c->actor_at, id_key(e->keys[k].items[j].text)))
                    compile_problem(c, e, e->keys[k].items[j].line, "part-of names an unknown id %.*s", CASUS_FMT(e->keys[k].items[j].text));
    }
}

/* ---- agents ---- */

static casus_str regular_plural(compiler *c, casus_str s) {
    char last = s.n ? s.at[s.n - 1] : '\0', before = s.n > 1 ? s.at[s.n - 2] : '\0';
    bool vowel = before && strchr("aeiou", before);
    if (last == 'y' && !vowel) return casus_str_of(casus_arena_printf(c->arena, "%.*sies", (int)s.n - 1, s.at));
    bool hiss = last == 's' || last == 'x' || last == 'z' || casus_str_ends(s, "ch") || casus_str_ends(s, "sh");
    return casus_str_of(casus_arena_printf(c->arena, "%.*s%s", CASUS_FMT(s), hiss ? "es" : "s"));
}

static void add_agent(compiler *c, casus_str text, casus_str shown, const char *sector, uint8_t type, bool plural) {
    uint64_t key = casus_key(text, true);
    for (size_t i = 0; i < c->n_agents; i++)
        if (c->agents[i].key == key) return; /* the first entry of a word decides its sector */
    casus_agent *g = CASUS_PUSH(c->arena, c->agents, c->n_agents, c->cap_agents);
    *g = (casus_agent){.key = key, .text = compile_string(c, shown), .type = type, .plural = plural, .words = (uint8_t)compile_words(text)};
    memcpy(g->sector, sector, 3);
    compile_first(c, &c->agent_first, text, true);
}

static uint8_t agent_type(compiler *c, const knowledge_entry *e) {
    static const char *const types[] = {"people", "mission", "organ", "force", "person", "source"};
    casus_str t = knowledge_attr_of(e, "type");
    for (uint8_t i = 0; t.n && i < 6; i++)
        if (casus_str_is(t, types[i])) return i;
    if (t.n) compile_problem(c, e, 0, "unknown agent type %.*s", CASUS_FMT(t));
    return CASUS_AGENT_PEOPLE;
}

void compile_agents(compiler *c, const knowledge_file *f) {
    for (size_t i = 0; i < f->n; i++) {
        const knowledge_entry *e = &f->entries[i];
        uint8_t type = agent_type(c, e);
        if (!is_sector(e->head)) compile_problem(c, e, 0, "unknown sector %.*s", CASUS_FMT(e->head));
        char sector[4] = {0};
        memcpy(sector, e->head.at, e->head.n < 3 ? e->head.n : 3);
        for (size_t k = 0; k < e->n_keys; k++)
            for (size_t j = 0; j < e->keys[k].n; j++) {
                casus_str one, many;
                split_forms(e->keys[k].items[j].text, &one, &many);
                if (one.n) add_agent(c, one, one, sector, type, false);
                casus_str plural = many.n ? many : regular_plural(c, one);
                if (plural.n && !casus_str_eq(plural, one)) add_agent(c, plural, one.n ? one : plural, sector, type, true);
            }
    }
}

/* ---- places ---- */

static casus_str first_item(const knowledge_entry *e, const char *key) {
    for (size_t i = 0; i < e->n_keys; i++)
        if (casus_str_is(e->keys[i].name, key) && e->keys[i].n) return e->keys[i].items[0].text;
    return (casus_str){NULL, 0};
}

static void add_place(compiler *c, casus_str text, casus_known_place p, bool adj) {
    p.key = casus_key(text, false);
    p.adj = adj;
    p.words = (uint8_t)compile_words(text);
    *CASUS_PUSH(c->arena, c->places, c->n_places, c->cap_places) = p;
    compile_first(c, &c->place_first, text, false);
}

static float degrees(compiler *c, const knowledge_entry *e, casus_str text, double limit) {
    char number[32] = {0};
    memcpy(number, text.at, text.n < 31 ? text.n : 31);
    char *end;
    double v = strtod(number, &end);
    if (*end || v < -limit || v > limit) compile_problem(c, e, 0, "bad degrees %s", number);
    return (float)v;
}

void compile_places(compiler *c, const knowledge_file *f) {
    for (size_t i = 0; i < f->n; i++) {
        const knowledge_entry *e = &f->entries[i];
        casus_str name = first_item(e, "name"), lat = first_item(e, "lat"), lon = first_item(e, "lon"), country = first_item(e, "country");
        casus_known_place p = {.id = compile_string(c, e->head), .name = compile_string(c, name), .kind = compile_string(c, first_item(e, "kind")),
                               .in = compile_string(c, first_item(e, "in"))};
        if (!name.n) compile_problem(c, e, 0, "a place needs a `name:`");
        if (is_country(country)) p.country = compile_string(c, country);
        if (lat.n && lon.n) p.lat = degrees(c, e, lat, 90), p.lon = degrees(c, e, lon, 180), p.located = 1;
        for (size_t k = 0; k < e->n_keys; k++) {
            bool adj = casus_str_is(e->keys[k].name, "adj");
            if (!adj && !casus_str_is(e->keys[k].name, "name") && !casus_str_is(e->keys[k].name, "also")) continue;
            for (size_t j = 0; j < e->keys[k].n; j++) add_place(c, e->keys[k].items[j].text, p, adj);
        }
    }
}
