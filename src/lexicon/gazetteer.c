/* The gazetteer's look-up; the file is laid out in gazetteer_format.h. */
#include "lexicon/gazetteer_format.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct casus_gazetteer {
    casus_pack pack;
    const gaz_place *places;
    const gaz_posting *postings;
    const gaz_slot *slots;
    const gaz_country *countries;
    const char *strings, *source;
    size_t n_places, n_postings, n_slots, n_countries, n_strings;
};

enum { COUNTRY = 100, CAPITAL = 95, HINT_COUNTRY = 40, HINT_KIND = 30, WEIGHTY = 60, MARGIN = 10, RIVALS = 16 };

/* ---- opening ------------------------------------------------------------------------------------------------ */

static const void *section(const casus_pack *p, const char *name, size_t size, size_t *n) {
    size_t bytes = 0;
    const void *at = casus_pack_find(p, name, &bytes);
    *n = bytes / size;
    return at && bytes % size == 0 ? at : NULL;
}

/* The checksum keeps accidents out; this keeps every index inside its section, whoever made the file. */
static bool is_sound(const casus_gazetteer *g) {
    if (!g->n_slots || g->n_slots & (g->n_slots - 1) || !g->n_countries) return false;
    if (!g->n_strings || g->strings[g->n_strings - 1] != '\0') return false;
    if (!g->n_postings || !(g->postings[g->n_postings - 1].place & GAZ_LAST)) return false;
    size_t empty = 0;
    for (size_t i = 0; i < g->n_slots; i++) {
        empty += g->slots[i].start == 0;
        if ((g->slots[i].start & ~GAZ_COMMON) > g->n_postings) return false;
    }
    for (size_t i = 0; i < g->n_postings; i++)
        if ((g->postings[i].place & ~GAZ_LAST) >= g->n_places) return false;
    for (size_t i = 0; i < g->n_countries; i++)
        if (g->countries[i].place >= g->n_places || g->countries[i].alpha3[3] || g->countries[i].alpha2[2])
            return false;
    for (size_t i = 0; i < g->n_places; i++) {
        const gaz_place *p = &g->places[i];
        if (p->name >= g->n_strings || p->code >= g->n_strings || p->country >= g->n_countries ||
            p->kind > CASUS_PLACE_CITY)
            return false;
        if (p->admin1 != GAZ_NONE && p->admin1 >= g->n_places) return false;
    }
    return empty > 0; /* else a probe would not end */
}

casus_code casus_gazetteer_open(casus_gazetteer **out, const char *path, casus_error *err) {
    casus_gazetteer *g = calloc(1, sizeof *g);
    if (!g) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory opening %s", path);
    casus_code code = casus_pack_open(&g->pack, path, GAZ_KIND, GAZ_VERSION, err);
    if (code) {
        free(g);
        return code;
    }
    size_t n = 0;
    g->places = section(&g->pack, "places", sizeof *g->places, &g->n_places);
    g->postings = section(&g->pack, "postings", sizeof *g->postings, &g->n_postings);
    g->slots = section(&g->pack, "slots", sizeof *g->slots, &g->n_slots);
    g->countries = section(&g->pack, "countries", sizeof *g->countries, &g->n_countries);
    g->strings = section(&g->pack, "strings", 1, &g->n_strings);
    g->source = section(&g->pack, "source", 1, &n);
    bool all = g->places && g->postings && g->slots && g->countries && g->strings && g->source && n;
    if (!all || g->source[n - 1] || !is_sound(g)) {
        casus_gazetteer_close(g);
        return casus_fail_at(err, CASUS_ERR_FORMAT, path, 0, -1, "damaged gazetteer; build it again");
    }
    *out = g;
    return CASUS_OK;
}

void casus_gazetteer_close(casus_gazetteer *g) {
    if (!g) return;
    casus_pack_close(&g->pack);
    free(g);
}

const char *casus_gazetteer_source(const casus_gazetteer *g) { return g->source; }

const char *casus_place_kind_name(casus_place_kind kind) {
    static const char *const names[] = {"any", "country", "admin1", "admin2", "city"};
    return (size_t)kind < sizeof names / sizeof *names ? names[kind] : "any";
}

/* ---- looking up --------------------------------------------------------------------------------------------- */

static const gaz_slot *slot_of(const casus_gazetteer *g, uint64_t key) {
    size_t mask = g->n_slots - 1;
    for (size_t i = (size_t)key & mask;; i = (i + 1) & mask) {
        const gaz_slot *s = &g->slots[i];
        if (!s->start) return NULL;
        if (s->check == (uint32_t)(key >> 32)) return s;
    }
}

static casus_gazetteer_place place_at(const casus_gazetteer *g, uint32_t index) {
    const gaz_place *p = &g->places[index];
    bool located = p->lat != GAZ_NOWHERE;
    return (casus_gazetteer_place){
        .name = g->strings + p->name,
        .country = g->countries[p->country].alpha3,
        .admin1 = p->admin1 == GAZ_NONE ? NULL : g->strings + g->places[p->admin1].name,
        .code = g->strings[p->code] ? g->strings + p->code : NULL,
        .kind = (casus_place_kind)p->kind,
        .located = located,
        .lat = located ? p->lat / 1e5 : 0,
        .lon = located ? p->lon / 1e5 : 0,
        .importance = p->importance,
        .capital = p->kind == CASUS_PLACE_CITY && p->importance >= CAPITAL,
    };
}

static bool in_country(const casus_gazetteer_place *p, const casus_place_hint *hint) {
    return hint && hint->country && strcmp(p->country, hint->country) == 0;
}

static int score(const casus_gazetteer_place *p, const casus_place_hint *hint) {
    int s = p->importance;
    if (in_country(p, hint)) s += HINT_COUNTRY;
    if (hint && hint->kind && hint->kind == p->kind) s += HINT_KIND;
    return s;
}

/* Puts p into its place among the best `max`; equals stay in the order they come. */
static void insert(casus_gazetteer_place *out, size_t n, size_t max, const casus_gazetteer_place *p, const casus_place_hint *hint) {
    size_t at = n < max ? n : max;
    while (at && score(&out[at - 1], hint) < score(p, hint)) at--;
    if (at == max) return;
    size_t kept = n < max ? n : max - 1;
    memmove(out + at + 1, out + at, (kept - at) * sizeof *out);
    out[at] = *p;
}

static size_t collect(const casus_gazetteer *g, const gaz_slot *s, const uint32_t *cased, const casus_place_hint *hint,
                      casus_gazetteer_place *out, size_t max) {
    size_t n = 0;
    for (const gaz_posting *p = &g->postings[(s->start & ~GAZ_COMMON) - 1];; p++) {
        casus_gazetteer_place place = place_at(g, p->place & ~GAZ_LAST);
        bool wanted = !cased || p->cased == *cased;
        if (hint && hint->only && !in_country(&place, hint)) wanted = false;
        if (hint && hint->only_kind && place.kind != hint->kind) wanted = false;
        if (wanted) insert(out, n++, max, &place, hint);
        if (p->place & GAZ_LAST) return n;
    }
}

/* *exact: the candidates are written with the same capitals. */
static size_t find_name(const casus_gazetteer *g, casus_str name, const casus_place_hint *hint, casus_gazetteer_place *out,
                        size_t max, bool *exact, bool *common) {
    uint64_t key = casus_key(name, true);
    const gaz_slot *s = key ? slot_of(g, key) : NULL;
    *exact = *common = false;
    if (!s) return 0;
    *common = s->start & GAZ_COMMON;
    uint32_t cased = (uint32_t)(casus_key(name, false) >> 32);
    size_t n = collect(g, s, &cased, hint, out, max);
    *exact = n > 0;
    return n ? n : collect(g, s, NULL, hint, out, max);
}

/* The kind of division that a name's last word says, CASUS_PLACE_ANY when it says none; *bare is the name without it.
 */
static casus_place_kind split_division(casus_str name, casus_str *bare) {
    static const struct {
        const char *ending;
        casus_place_kind kind;
    } endings[] = {
        {" province", CASUS_PLACE_ADMIN1},   {" governorate", CASUS_PLACE_ADMIN1}, {" oblast", CASUS_PLACE_ADMIN1},
        {" region", CASUS_PLACE_ADMIN1},     {" state", CASUS_PLACE_ADMIN1},       {" prefecture", CASUS_PLACE_ADMIN1},
        {" department", CASUS_PLACE_ADMIN1}, {" district", CASUS_PLACE_ADMIN2},    {" county", CASUS_PLACE_ADMIN2}};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t k = strlen(endings[i].ending);
        if (name.n <= k || strncasecmp(name.at + name.n - k, endings[i].ending, k) != 0) continue;
        *bare = (casus_str){name.at, name.n - k};
        return endings[i].kind;
    }
    return CASUS_PLACE_ANY;
}

/* A name that is not there as it stands, "Helmand province", is looked up without its last word, as a division. */
static size_t find(const casus_gazetteer *g, casus_str name, const casus_place_hint *hint, casus_gazetteer_place *out, size_t max,
                   bool *exact, bool *common) {
    casus_str bare;
    size_t n = find_name(g, name, hint, out, max, exact, common);
    casus_place_kind kind = n ? CASUS_PLACE_ANY : split_division(name, &bare);
    if (!kind) return n;
    casus_place_hint division = hint ? *hint : (casus_place_hint){0};
    division.kind = kind;
    division.only_kind = true;
    n = find_name(g, bare, &division, out, max, exact, common);
    *common = false; /* the last word says that it is a place */
    return n;
}

size_t casus_gazetteer_find(const casus_gazetteer *g, casus_str name, const casus_place_hint *hint, casus_gazetteer_place *out,
                            size_t max) {
    bool exact, common;
    return find(g, name, hint, out, max, &exact, &common);
}

/* ---- deciding ----------------------------------------------------------------------------------------------- */

/* A city and the division around it are no rivals: either answer is right. */
static bool same_spot(const casus_gazetteer_place *a, const casus_gazetteer_place *b) {
    return a->kind != b->kind && strcmp(a->country, b->country) == 0;
}

/* Does something of the name, elsewhere, come within MARGIN of the best? With `inside`, only in the best's country. */
static bool has_rival(const casus_gazetteer_place *c, size_t n, const casus_place_hint *hint, bool inside) {
    for (size_t i = 1; i < n; i++) {
        if (same_spot(&c[0], &c[i]) || (inside && strcmp(c[i].country, c[0].country) != 0)) continue;
        if (score(&c[0], hint) - score(&c[i], hint) < MARGIN) return true;
    }
    return false;
}

static bool is_alone(const casus_gazetteer_place *c, size_t n) {
    for (size_t i = 1; i < n; i++)
        if (!same_spot(&c[0], &c[i])) return false;
    return true;
}

/* "KABUL" and "Kabul" are names, "kabul" may be anything. */
static bool has_capital(casus_str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((s.at[i] >= 'A' && s.at[i] <= 'Z') || (unsigned char)s.at[i] >= 0xC3) return true;
    return false;
}

/* A common word or a name without capitals needs more than its spelling: the country, or to be a country itself written
 * with exactly its capitals ("US", not "us"); a capital may be written "kabul". */
static bool is_weak(const casus_gazetteer_place *best, casus_str name, bool exact, bool common) {
    if (common) return best->importance < COUNTRY || !exact;
    return best->importance < CAPITAL && !has_capital(name);
}

static double how_sure(const casus_gazetteer_place *c, size_t n, casus_str name, const casus_place_hint *hint, bool weak) {
    const casus_gazetteer_place *best = &c[0];
    if (in_country(best, hint)) {
        if (has_rival(c, n, hint, true)) return 0;
        return best->importance >= WEIGHTY ? 0.95 : weak ? 0.6 : 0.75;
    }
    if (weak) return 0;
    if (best->importance >= WEIGHTY && !has_rival(c, n, hint, false)) return best->importance >= 80 ? 0.9 : 0.8;
    return is_alone(c, n) && n < RIVALS && name.n >= 4 ? 0.5 : 0;
}

casus_place_verdict casus_gazetteer_resolve(const casus_gazetteer *g, casus_str name, const casus_place_hint *hint,
                                            casus_gazetteer_place *out, double *confidence) {
    casus_gazetteer_place c[RIVALS];
    bool exact, common;
    size_t n = find(g, name, hint, c, RIVALS, &exact, &common);
    if (confidence) *confidence = 0;
    if (!n) return CASUS_PLACE_NONE;
    *out = c[0];
    bool weak = is_weak(&c[0], name, exact, common);
    double sure = how_sure(c, n < RIVALS ? n : RIVALS, name, hint, weak);
    if (confidence) *confidence = sure;
    return sure > 0 ? CASUS_PLACE_FOUND : CASUS_PLACE_AMBIGUOUS;
}

bool casus_gazetteer_country(const casus_gazetteer *g, casus_str code, casus_gazetteer_place *out) {
    for (size_t i = 0; i < g->n_countries; i++) {
        const gaz_country *c = &g->countries[i];
        if (!casus_str_is(code, c->alpha3) && !casus_str_is(code, c->alpha2)) continue;
        *out = place_at(g, c->place);
        return true;
    }
    return false;
}
