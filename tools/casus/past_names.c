/* Names in questions: actors and actions of the past, and strangers, who take part in nothing known. */
#include "past.h"

#include "casus/lexicon.h"
#include "measuring.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static bool same_name(const char *a, const char *b) {
    for (; *a && *b; a++, b++) {
        int x = *a == '_' ? ' ' : tolower((unsigned char)*a), y = *b == '_' ? ' ' : tolower((unsigned char)*b);
        if (x != y) return false;
    }
    return *a == *b;
}

static int32_t find_name(const char *const *list, int32_t n, const char *name) {
    for (int32_t i = 0; list && i < n; i++)
        if (list[i] && same_name(list[i], name)) return i;
    return -1;
}

/* An id written as a number, as research folders have them. */
static int32_t find_number(int32_t n, const char *name) {
    char *end;
    long id = strtol(name, &end, 10);
    return *name && !*end && id >= 0 && id < n ? (int32_t)id : -1;
}

/* Strangers come after the actors of the ledger or the folder; their names are matched first. */
static int32_t find_actor(tool *t, const past *p, const char *name) {
    casus_error err;
    uint32_t found;
    int32_t id = find_name(p->q.actor_names + p->known, p->q.actors - p->known, name);
    if (id >= 0) return id + p->known;
    if (!p->panorama) {
        id = find_name(p->q.actor_names, p->known, name);
        return id >= 0 ? id : find_number(p->known, name);
    }
    casus_buf plain = {0};
    for (const char *s = name; *s; s++) casus_buf_add(&plain, *s == '_' ? " " : s, 1);
    casus_buf_add(&plain, "", 1);
    bool there = !casus_panorama_find(p->panorama, p->ledger, name, &t->arena, &found, &err) ||
                 (!plain.failed && !casus_panorama_find(p->panorama, p->ledger, plain.at, &t->arena, &found, &err));
    casus_buf_done(&plain);
    return there && found < (uint32_t)p->known ? (int32_t)found : -1;
}

/* ---- strangers ---- */

static void add_stranger(past *p, const char *name, int32_t country, int32_t sector) {
    size_t n = (size_t)p->q.actors;
    const char **names = CASUS_NEW_ARRAY(&p->arena, const char *, n + 1);
    int32_t *countries = CASUS_NEW_ARRAY(&p->arena, int32_t, n + 1), *sectors = CASUS_NEW_ARRAY(&p->arena, int32_t, n + 1);
    memcpy(names, p->q.actor_names, n * sizeof *names);
    memcpy(countries, p->q.country, n * sizeof *countries);
    memcpy(sectors, p->q.sector, n * sizeof *sectors);
    names[n] = casus_arena_strndup(&p->arena, name, strlen(name));
    countries[n] = country;
    sectors[n] = sector;
    p->q.actor_names = names;
    p->q.country = countries;
    p->q.sector = sectors;
    p->q.actors++;
}

/* "Role (Country)" in a folder: others of the country and of the role lend theirs. */
static bool meet_in_folder(past *p, const char *name) {
    const char *open = strrchr(name, '(');
    int32_t country = -1, sector = -1;
    if (!open || open == name || name[strlen(name) - 1] != ')') return false;
    size_t role = (size_t)(open - name);
    for (int32_t i = 0; i < p->known && (country < 0 || sector < 0); i++) {
        const char *other = p->q.actor_names[i], *at = strrchr(other, '(');
        if (!at) continue;
        if (country < 0 && same_name(at, open)) country = p->q.country[i];
        const char *mine = casus_arena_strndup(&p->arena, name, role), *theirs = casus_arena_strndup(&p->arena, other, (size_t)(at - other));
        if (sector < 0 && same_name(mine, theirs)) sector = p->q.sector[i];
    }
    if (country < 0 && sector < 0) return false;
    add_stranger(p, name, country, sector);
    return true;
}

static bool known_actor(const casus_lexicon *lex, const char *name, casus_known_actor *out) {
    size_t n = 0;
    if (casus_lexicon_actor_by_id(lex, name, out)) return true;
    const casus_name *names = casus_lexicon_names(lex, casus_key(casus_str_of(name), false), &n);
    for (size_t i = 0; i < n; i++)
        if (names[i].end == INT32_MAX && casus_lexicon_actor(lex, names[i].actor, out)) return true;
    return false;
}

/* An actor of the knowledge that the ledger does not know. */
static bool meet_by_knowledge(tool *t, past *p, const char *name) {
    casus_lexicon *lex = NULL;
    casus_known_actor a;
    casus_error err;
    if (tool_lexicon(t, &lex, &err) || !lex) return false;
    bool found = known_actor(lex, name, &a);
    if (found) {
        const char *country = a.country ? a.country : casus_lexicon_fact_on(lex, &a, CASUS_FACT_COUNTRY, INT32_MAX);
        const char *sector = casus_lexicon_fact_on(lex, &a, CASUS_FACT_SECTOR, INT32_MAX);
        int32_t at = past_label(&p->countries, country), trade = past_label(&p->sectors, sector);
        found = at >= 0 || trade >= 0;
        if (found) add_stranger(p, name, at, trade);
        p->q.countries = (int32_t)p->countries.n;
        p->q.sectors = (int32_t)p->sectors.n;
    }
    casus_lexicon_close(lex);
    return found;
}

void past_meet(tool *t, past *p, const char *name) {
    if (find_actor(t, p, name) >= 0 || !p->q.country || !p->q.sector) return;
    bool met = p->panorama ? meet_by_knowledge(t, p, name) : meet_in_folder(p, name);
    if (met) tool_warn(t, "%s takes part in no event known to the day; others of the country and sector answer for it", name);
}

/* ---- asking ---- */

static bool holds(const char *text, const char *part) {
    for (; *text; text++) {
        size_t i = 0;
        while (part[i] && tolower((unsigned char)text[i]) == tolower((unsigned char)part[i])) i++;
        if (!part[i]) return true;
    }
    return false;
}

/* Appends a few actors whose name holds the text. */
static void list_like(const past *p, const char *name, casus_buf *out) {
    enum { SOME = 4 };
    int n = 0;
    for (int32_t i = 0; i < p->known && n < SOME; i++)
        if (holds(p->q.actor_names[i], name)) casus_buf_addf(out, "%s%s", n++ ? ", " : "; there are ", p->q.actor_names[i]);
}

int32_t past_actor(tool *t, const past *p, const char *name) {
    if (!name) return -1;
    int32_t id = find_actor(t, p, name);
    if (id >= 0) return id;
    casus_buf near = {0};
    list_like(p, name, &near);
    casus_buf_add(&near, "", 1);
    tool_failf(t, "there is no actor \"%s\" in these events, and its country and sector are not known%s", name, near.failed ? "" : near.at);
    casus_buf_done(&near);
    return -2;
}

int32_t past_action(tool *t, const past *p, const char *name) {
    if (!name) return -1;
    int32_t id = find_name(p->q.action_names, p->q.actions, name);
    if (id < 0) id = find_number(p->q.actions, name);
    if (id >= 0) return id;
    casus_buf some = {0};
    for (int32_t i = 0; i < p->q.actions && i < 16; i++) casus_buf_addf(&some, "%s%s", i ? ", " : "", p->q.action_names[i]);
    casus_buf_adds(&some, p->q.actions > 16 ? ", …" : "");
    casus_buf_add(&some, "", 1);
    tool_failf(t, "there is no action \"%s\" in these events; there are %s", name, some.failed ? "others" : some.at);
    casus_buf_done(&some);
    return -2;
}

const char *past_actor_name(const past *p, int32_t id) { return p->q.actor_names[id]; }
const char *past_action_name(const past *p, int32_t id) { return p->q.action_names[id]; }
