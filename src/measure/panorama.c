/* Loading a panorama: actors, places and codes first, each once; then the rows, which name them by number. */
#include "casus/panorama.h"
#include "known.h"
#include "panorama.h"

#include "casus/lexicon.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { LOOK_EVERY = 65536 };

typedef struct code_entry {
    uint8_t type, quad;
    float scale;
} code_entry;

/* Numbers of a table → ours; grows as needed. */
typedef struct numbers {
    uint32_t *at;
    size_t n, cap;
} numbers;

typedef struct loader {
    sqlite3 *db;
    casus_error *err;
    casus_panorama *p;
    casus_arena *arena; /* the panorama's */
    casus_arena scratch;
    casus_panorama_actor *actors;
    casus_panorama_place *places;
    casus_panorama_row *rows; /* on the heap while it grows */
    size_t n_rows, cap_rows, cap_actors, cap_places, n_codes;
    casus_table by_id, by_place;
    numbers coded_actors, coded_places;
    const casus_lexicon *lex;
    measure_known *known; /* NULL: imported actors keep their names */
    code_entry *codes;
    bool (*progress)(void *ctx, uint64_t done, uint64_t total);
    void *ctx;
    uint64_t total;
    sqlite3_stmt *open;    /* the query being read: the arena may jump away from it */
    const char **origins;
} loader;

static casus_code fail(loader *k, const char *doing) { return casus_fail(k->err, CASUS_ERR_DB, "cannot %s: %s", doing, sqlite3_errmsg(k->db)); }

static const char *text(sqlite3_stmt *q, int column) {
    const char *s = (const char *)sqlite3_column_text(q, column);
    return s ? s : "";
}

/* Calls `each` for every row of a query. */
static casus_code for_each(loader *k, const char *sql, casus_code (*each)(loader *k, sqlite3_stmt *q), const char *doing) {
    sqlite3_stmt *q = NULL;
    casus_code code = CASUS_OK;
    if (sqlite3_prepare_v2(k->db, sql, -1, &q, NULL)) return fail(k, doing);
    int rc;
    k->open = q;
    while (!code && (rc = sqlite3_step(q)) == SQLITE_ROW) code = each(k, q);
    if (!code && rc != SQLITE_DONE) code = fail(k, doing);
    k->open = NULL;
    sqlite3_finalize(q);
    return code;
}

/* ---- actors ------------------------------------------------------------------------------------------------ */

static uint64_t key_of(const char *s) {
    uint64_t key = casus_str_hash(casus_str_of(s));
    return key ? key : 1;
}

static const char *keep(loader *k, const char *s) { return *s ? casus_arena_strndup(k->arena, s, strlen(s)) : ""; }

static uint32_t actor_of(loader *k, const char *id, const char *name) {
    bool fresh = false;
    if (!*id) id = name;
    if (!*id) return CASUS_NOBODY;
    uint32_t *at = casus_table_put(&k->by_id, &k->scratch, key_of(id), &fresh);
    if (!fresh) return *at;
    *at = (uint32_t)k->p->n_actors;
    casus_panorama_actor *a = CASUS_PUSH(k->arena, k->actors, k->p->n_actors, k->cap_actors);
    *a = (casus_panorama_actor){.id = keep(k, id), .name = keep(k, *name ? name : id), .type = "", .country = "", .code = "", .sectors = "", .first = CASUS_UNDATED, .last = CASUS_UNDATED};
    return *at;
}

static casus_code add_actor(loader *k, sqlite3_stmt *q) {
    uint32_t at = actor_of(k, text(q, 0), text(q, 1));
    if (at == CASUS_NOBODY) return CASUS_OK;
    casus_panorama_actor *a = &k->actors[at];
    a->type = keep(k, text(q, 2)), a->country = keep(k, text(q, 3));
    a->mentions = (uint32_t)sqlite3_column_int64(q, 5), a->documents = (uint32_t)sqlite3_column_int64(q, 6);
    a->statements = (uint32_t)sqlite3_column_int64(q, 7);
    bool own = strcmp(a->type, "state") == 0 || strcmp(a->type, "armed group") == 0;
    if (own && *text(q, 4)) { /* imported events name it by its CAMEO code, which is its own */
        bool fresh = false;
        uint32_t *code = casus_table_put(&k->by_id, &k->scratch, key_of(text(q, 4)), &fresh);
        if (fresh) *code = at, a->code = keep(k, text(q, 4));
    }
    return CASUS_OK;
}

static void put_number(loader *k, numbers *list, int64_t number, uint32_t value) {
    if (number < 0 || number > INT32_MAX) return;
    while (list->n <= (size_t)number) *CASUS_PUSH(&k->scratch, list->at, list->n, list->cap) = UINT32_MAX;
    list->at[number] = value;
}

static uint32_t get_number(const numbers *list, sqlite3_stmt *q, int column) {
    int64_t number = sqlite3_column_int64(q, column);
    bool known = sqlite3_column_type(q, column) != SQLITE_NULL && number >= 0 && (size_t)number < list->n;
    return known ? list->at[number] : UINT32_MAX;
}

/* The known actor that the import's is, under its id and name; CASUS_NOBODY when nobody knows it. */
static uint32_t known_actor(loader *k, sqlite3_stmt *q) {
    casus_known_actor known;
    if (!k->known || !measure_known_find(k->known, text(q, 1), text(q, 2), text(q, 3), text(q, 4), &known)) return CASUS_NOBODY;
    uint32_t at = actor_of(k, known.id, known.name);
    casus_panorama_actor *a = &k->actors[at];
    if (!*a->type) a->type = keep(k, known.type);
    if (!*a->country && known.country) a->country = keep(k, known.country);
    return at;
}

static casus_code add_coded_actor(loader *k, sqlite3_stmt *q) {
    uint32_t at = known_actor(k, q);
    if (at == CASUS_NOBODY) at = actor_of(k, text(q, 1), text(q, 2));
    put_number(k, &k->coded_actors, sqlite3_column_int64(q, 0), at);
    if (at == CASUS_NOBODY) return CASUS_OK;
    casus_panorama_actor *a = &k->actors[at];
    a->imported = true;
    if (!*a->country) a->country = keep(k, text(q, 3));
    if (!*a->sectors) a->sectors = keep(k, text(q, 4));
    a->coded = *text(q, 1) != '\0';
    return CASUS_OK;
}

/* ---- places and codes -------------------------------------------------------------------------------------- */

static float degrees(sqlite3_stmt *q, int column) { return sqlite3_column_type(q, column) == SQLITE_NULL ? NAN : (float)sqlite3_column_double(q, column); }

/* Columns from `c`: name, country, lat, lon. */
static uint32_t place_of(loader *k, sqlite3_stmt *q, int c, const char *precision) {
    bool fresh = false;
    char key[400];
    const char *name = text(q, c), *country = text(q, c + 1);
    if (!*name && !*country) return CASUS_NOWHERE;
    float lat = degrees(q, c + 2), lon = degrees(q, c + 3);
    snprintf(key, sizeof key, "%.300s\n%.8s\n%.3f %.3f", name, country, (double)lat, (double)lon);
    uint32_t *at = casus_table_put(&k->by_place, &k->scratch, key_of(key), &fresh);
    if (!fresh) return *at;
    *at = (uint32_t)k->p->n_places;
    *CASUS_PUSH(k->arena, k->places, k->p->n_places, k->cap_places) =
        (casus_panorama_place){.name = keep(k, name), .country = keep(k, country), .lat = lat, .lon = lon, .precision = keep(k, precision)};
    return *at;
}

static casus_code add_coded_place(loader *k, sqlite3_stmt *q) {
    put_number(k, &k->coded_places, sqlite3_column_int64(q, 0), place_of(k, q, 1, ""));
    return CASUS_OK;
}

static casus_code add_code(loader *k, sqlite3_stmt *q) {
    int64_t number = sqlite3_column_int64(q, 0);
    if (number < 0 || number > 1 << 20) return CASUS_OK;
    while (k->n_codes <= (size_t)number) {
        size_t more = k->n_codes ? k->n_codes * 2 : 512;
        code_entry *grown = CASUS_NEW_ARRAY(&k->scratch, code_entry, more);
        if (k->n_codes) memcpy(grown, k->codes, k->n_codes * sizeof *grown);
        k->codes = grown, k->n_codes = more;
    }
    casus_plover type = casus_plover_of(casus_str_of(text(q, 1)));
    int quad = sqlite3_column_int(q, 2);
    k->codes[number] = (code_entry){(uint8_t)type, (uint8_t)(quad > 0 && quad < 5 ? quad : casus_plover_quad(type)), (float)sqlite3_column_double(q, 3)};
    return CASUS_OK;
}

/* ---- rows -------------------------------------------------------------------------------------------------- */

static casus_code add_row(loader *k, casus_panorama_row row) {
    if (k->n_rows == k->cap_rows) {
        size_t cap = k->cap_rows ? k->cap_rows + k->cap_rows / 2 : 4096;
        casus_panorama_row *grown = cap > INT32_MAX ? NULL : realloc(k->rows, cap * sizeof *grown);
        if (cap > INT32_MAX) return casus_fail(k->err, CASUS_ERR_LIMIT, "more events than a panorama takes");
        if (!grown) return casus_fail(k->err, CASUS_ERR_NOMEM, "out of memory loading events");
        k->rows = grown, k->cap_rows = cap;
    }
    k->rows[k->n_rows++] = row;
    if (k->n_rows % LOOK_EVERY || !k->progress || k->progress(k->ctx, k->n_rows, k->total > k->n_rows ? k->total : k->n_rows)) return CASUS_OK;
    return casus_fail(k->err, CASUS_ERR_STOPPED, "loading events was stopped");
}

static int32_t day_number(sqlite3_stmt *q, int column, int32_t otherwise) {
    int day = sqlite3_column_int(q, column);
    return day ? casus_day_of(day / 10000, day / 100 % 100, day % 100) : otherwise;
}

static casus_code add_coded_event(loader *k, sqlite3_stmt *q) {
    int64_t ref = sqlite3_column_int64(q, 0), number = sqlite3_column_int64(q, 5);
    code_entry code = number >= 0 && (size_t)number < k->n_codes ? k->codes[number] : (code_entry){0};
    if (ref < 0 || ref > UINT32_MAX) return casus_fail(k->err, CASUS_ERR_LIMIT, "more events than a panorama takes");
    casus_panorama_row row = {.day = day_number(q, 1, CASUS_UNDATED), .source = get_number(&k->coded_actors, q, 3), .target = get_number(&k->coded_actors, q, 4),
                              .place = get_number(&k->coded_places, q, 6), .ref = (uint32_t)ref, .type = code.type, .quad = code.quad, .kind = CASUS_EVENT,
                              .flags = CASUS_ROW_IMPORTED, .cooperation = code.scale > 0 ? code.scale : 0, .conflict = code.scale < 0 ? -code.scale : 0};
    row.end = day_number(q, 2, row.day);
    return add_row(k, row);
}

/* First and last day of "begin" and "end" (ISO or ""), else the document's. */
static void days_of(sqlite3_stmt *q, int begin, int end, int doc, casus_panorama_row *row) {
    int32_t from, to;
    row->day = row->end = CASUS_UNDATED;
    const char *first = *text(q, begin) ? text(q, begin) : text(q, end), *last = *text(q, end) ? text(q, end) : text(q, begin);
    if (*first && casus_day_parse(casus_str_of(first), &from, &to)) row->day = from;
    if (*last && casus_day_parse(casus_str_of(last), &from, &to)) row->end = to - 1;
    if (row->day == CASUS_UNDATED && casus_day_parse(casus_str_of(text(q, doc)), &from, &to))
        row->day = from, row->end = to - 1, row->flags |= CASUS_ROW_TOLD;
    if (row->end < row->day) row->end = row->day;
}

/* A pair of participants of an event; what concerns the whole event is the same in each of its rows. */
static casus_code add_event(loader *k, sqlite3_stmt *q) {
    int64_t ref = sqlite3_column_int64(q, 0);
    casus_plover type = casus_plover_of(casus_str_of(text(q, 1)));
    if (ref < 0 || ref > UINT32_MAX) return CASUS_OK;
    casus_panorama_row row = {.ref = (uint32_t)ref, .type = (uint8_t)type, .quad = (uint8_t)casus_plover_quad(type), .kind = CASUS_EVENT,
                              .flags = sqlite3_column_int(q, 5) ? CASUS_ROW_DISPUTED : 0, .cooperation = (float)sqlite3_column_double(q, 10),
                              .conflict = (float)sqlite3_column_double(q, 11)};
    days_of(q, 2, 3, 4, &row);
    row.source = actor_of(k, text(q, 6), text(q, 7));
    row.target = actor_of(k, text(q, 8), text(q, 9));
    row.place = place_of(k, q, 12, text(q, 16));
    return add_row(k, row);
}

/* A relation or stance between two actors: a tie that has its statement for `ref`. */
static casus_code add_tie(loader *k, sqlite3_stmt *q) {
    int64_t ref = sqlite3_column_int64(q, 0);
    if (ref < 0 || ref > UINT32_MAX) return CASUS_OK;
    casus_panorama_row row = {.ref = (uint32_t)ref, .kind = strcmp(text(q, 1), "stance") == 0 ? CASUS_STANCE : CASUS_RELATION,
                              .flags = sqlite3_column_int(q, 5) ? CASUS_ROW_DISPUTED : 0, .cooperation = (float)sqlite3_column_double(q, 8),
                              .conflict = (float)sqlite3_column_double(q, 9), .place = CASUS_NOWHERE};
    days_of(q, 2, 3, 4, &row);
    row.source = actor_of(k, text(q, 6), "");
    row.target = actor_of(k, text(q, 7), "");
    return row.source == row.target ? CASUS_OK : add_row(k, row);
}

static const char ACTORS[] =
    "SELECT a.actor, a.name, a.type, a.country, a.cameo, d.mentions, d.documents, s.statements FROM actors a"
    " LEFT JOIN (SELECT actor, sum(mentions) AS mentions, count(*) AS documents FROM document_actors GROUP BY actor) d ON d.actor = a.actor"
    " LEFT JOIN (SELECT actor, count(DISTINCT st) AS statements FROM participants GROUP BY actor) s ON s.actor = a.actor";

static const char EVENTS[] =
    "WITH whole AS MATERIALIZED (SELECT m.event, min(t.time_begin) AS b, max(t.time_end) AS e, min(d.date) AS told, max(m.role = 'disputes') AS disputed,"
    " (SELECT y.st FROM event_statements n JOIN places y ON y.st = n.st WHERE n.event = m.event ORDER BY y.st LIMIT 1) AS placed"
    " FROM event_statements m JOIN statements t ON t.st = m.st JOIN documents d ON d.doc = t.doc GROUP BY m.event)"
    " SELECT x.event, x.plover, w.b, w.e, w.told, w.disputed, s.actor, coalesce(s.name, s.text), g.actor, coalesce(g.name, g.text), max(t.cooperation),"
    " max(t.conflict), p.name, p.country, p.lat, p.lon, p.precision FROM events x JOIN whole w ON w.event = x.event"
    " JOIN event_statements m ON m.event = x.event AND m.role <> 'disputes' JOIN statements t ON t.st = m.st"
    " LEFT JOIN participants s ON s.st = t.st AND s.side = 'source' LEFT JOIN participants g ON g.st = t.st AND g.side = 'target'"
    " LEFT JOIN places p ON p.st = w.placed AND p.position = 0"
    " GROUP BY x.event, coalesce(s.actor, s.name, s.text), coalesce(g.actor, g.name, g.text)";

static const char TIES[] =
    "SELECT t.st, t.kind, t.time_begin, t.time_end, d.date, t.holds = 'denies' OR t.author_view = 'rejects', s.actor, g.actor, t.cooperation, t.conflict"
    " FROM statements t JOIN documents d ON d.doc = t.doc JOIN participants s ON s.st = t.st AND s.side = 'source' AND s.actor IS NOT NULL"
    " JOIN participants g ON g.st = t.st AND g.side = 'target' AND g.actor IS NOT NULL"
    " WHERE t.kind IN ('relation', 'stance') AND t.polarity = '+' AND t.cooperation + t.conflict > 0";

static casus_code count_rows(loader *k, sqlite3_stmt *q) {
    k->total = (uint64_t)sqlite3_column_int64(q, 0);
    return CASUS_OK;
}

static casus_code add_origin(loader *k, sqlite3_stmt *q) {
    for (size_t i = 0; i < PANORAMA_ORIGINS; i++)
        if (!k->origins[i]) {
            k->origins[i] = keep(k, text(q, 0));
            break;
        }
    return CASUS_OK;
}

static casus_code read_origins(loader *k) {
    k->origins = CASUS_NEW_ARRAY(k->arena, const char *, PANORAMA_ORIGINS + 1);
    k->p->origins = k->origins;
    return for_each(k, "SELECT DISTINCT format FROM imports ORDER BY format", add_origin, "read the imports");
}

static casus_code read_all(loader *k) {
    if (k->lex) k->known = measure_known_new(k->lex, &k->scratch);
    casus_code code = for_each(k, "SELECT coalesce(max(event), 0) FROM coded_events", count_rows, "count events");
    if (!code) code = read_origins(k);
    if (!code) code = for_each(k, ACTORS, add_actor, "read the actors");
    if (!code) code = for_each(k, "SELECT actor, code, name, country, sectors FROM coded_actors", add_coded_actor, "read the imported actors");
    if (!code) code = for_each(k, "SELECT place, name, country, lat, lon FROM coded_places", add_coded_place, "read the imported places");
    if (!code) code = for_each(k, "SELECT code, plover, quad, scale FROM coded_codes", add_code, "read the event codes");
    if (!code) code = for_each(k, "SELECT event, day, day_end, source, target, code, place FROM coded_events", add_coded_event, "read the imported events");
    if (!code) code = for_each(k, EVENTS, add_event, "read the events");
    return code ? code : for_each(k, TIES, add_tie, "read the relations");
}

/* ---- putting in order -------------------------------------------------------------------------------------- */

static int by_day(const void *x, const void *y) {
    const casus_panorama_row *a = x, *b = y;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    int p = a->kind << 1 | (a->flags & CASUS_ROW_IMPORTED), q = b->kind << 1 | (b->flags & CASUS_ROW_IMPORTED);
    if (p != q) return p < q ? -1 : 1;
    if (a->ref != b->ref) return a->ref < b->ref ? -1 : 1;
    if (a->source != b->source) return a->source < b->source ? -1 : 1;
    return (a->target > b->target) - (a->target < b->target);
}

static void sort_rows(loader *k) {
    bool sorted = true;
    for (size_t i = 1; i < k->n_rows && sorted; i++) sorted = by_day(&k->rows[i - 1], &k->rows[i]) <= 0;
    if (!sorted) qsort(k->rows, k->n_rows, sizeof *k->rows, by_day);
}

static bool same_event(const casus_panorama_row *a, const casus_panorama_row *b) {
    return a->ref == b->ref && a->kind == b->kind && (a->flags & CASUS_ROW_IMPORTED) == (b->flags & CASUS_ROW_IMPORTED);
}

static void count_for(casus_panorama_actor *a, const casus_panorama_row *r) {
    double cooperation, conflict;
    casus_panorama_mass(r, CASUS_SCALE_PLOVER, &cooperation, &conflict);
    a->events++, a->cooperation += cooperation, a->conflict += conflict;
    if (r->day == CASUS_UNDATED) return;
    if (a->first == CASUS_UNDATED) a->first = r->day;
    a->last = r->day;
}

static void count_all(loader *k) {
    casus_panorama *p = k->p;
    p->first = p->last = CASUS_UNDATED;
    for (size_t i = 0; i < k->n_rows; i++) {
        casus_panorama_row *r = &k->rows[i];
        bool first = i == 0 || !same_event(r - 1, r);
        if (first) r->flags |= CASUS_ROW_FIRST;
        if (r->kind != CASUS_EVENT) continue;
        p->events += first, p->imported += first && r->flags & CASUS_ROW_IMPORTED;
        if (r->day != CASUS_UNDATED && p->first == CASUS_UNDATED) p->first = r->day;
        if (r->day != CASUS_UNDATED) p->last = r->day;
        if (r->source != CASUS_NOBODY) count_for(&k->actors[r->source], r);
        if (r->target != CASUS_NOBODY && r->target != r->source) count_for(&k->actors[r->target], r);
    }
}

/* Rows by actor: counted, then filled in. */
static void index_rows(loader *k) {
    casus_panorama *p = k->p;
    uint32_t *first = CASUS_NEW_ARRAY(k->arena, uint32_t, p->n_actors + 2), *at = CASUS_NEW_ARRAY(&k->scratch, uint32_t, p->n_actors + 1);
    for (size_t i = 0; i < k->n_rows; i++) {
        const casus_panorama_row *r = &k->rows[i];
        if (r->source != CASUS_NOBODY) first[r->source + 1]++;
        if (r->target != CASUS_NOBODY && r->target != r->source) first[r->target + 1]++;
    }
    for (size_t a = 0; a < p->n_actors; a++) first[a + 1] += first[a], at[a] = first[a];
    uint32_t *rows = CASUS_NEW_ARRAY(k->arena, uint32_t, (size_t)first[p->n_actors] + 1);
    for (size_t i = 0; i < k->n_rows; i++) {
        const casus_panorama_row *r = &k->rows[i];
        if (r->source != CASUS_NOBODY) rows[at[r->source]++] = (uint32_t)i;
        if (r->target != CASUS_NOBODY && r->target != r->source) rows[at[r->target]++] = (uint32_t)i;
    }
    p->of_first = first, p->of_rows = rows;
}

typedef struct ranked {
    uint64_t weight;
    uint32_t actor;
} ranked;

static int by_weight(const void *x, const void *y) {
    const ranked *a = x, *b = y;
    if (a->weight != b->weight) return a->weight > b->weight ? -1 : 1;
    return (a->actor > b->actor) - (a->actor < b->actor);
}

static void rank_actors(loader *k) {
    casus_panorama *p = k->p;
    ranked *list = CASUS_NEW_ARRAY(&k->scratch, ranked, p->n_actors + 1);
    uint32_t *rank = CASUS_NEW_ARRAY(k->arena, uint32_t, p->n_actors + 1);
    for (size_t a = 0; a < p->n_actors; a++) list[a] = (ranked){(uint64_t)k->actors[a].events + k->actors[a].mentions, (uint32_t)a};
    qsort(list, p->n_actors, sizeof *list, by_weight);
    for (size_t a = 0; a < p->n_actors; a++) rank[a] = list[a].actor;
    p->rank = rank;
}

static void finish(loader *k) {
    casus_panorama *p = k->p;
    sort_rows(k);
    count_all(k);
    index_rows(k);
    rank_actors(k);
    p->actors = k->actors, p->places = k->places;
    p->rows = k->rows, p->n = k->n_rows;
    k->rows = NULL;
}

static casus_code load(loader *k) {
    jmp_buf trap;
    casus_arena_init(&k->scratch);
    k->scratch.trap = &trap;
    CASUS_ARENA_TRY(k->arena, &trap, return casus_fail(k->err, CASUS_ERR_NOMEM, "out of memory loading events"));
    casus_code code = read_all(k);
    if (!code) finish(k);
    casus_arena_untrap(k->arena);
    return code;
}

casus_code casus_panorama_load(casus_panorama **out, casus_ledger *l, const casus_lexicon *lex, bool (*progress)(void *ctx, uint64_t done, uint64_t total), void *ctx,
                               casus_error *err) {
    casus_panorama *p = calloc(1, sizeof *p);
    if (!p) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory loading events");
    casus_arena_init(&p->arena);
    loader k = {.db = casus_ledger_sqlite(l), .lex = lex, .err = err, .p = p, .arena = &p->arena, .progress = progress, .ctx = ctx};
    bool own = sqlite3_get_autocommit(k.db) && sqlite3_exec(k.db, "BEGIN", NULL, NULL, NULL) == SQLITE_OK; /* one moment for all queries */
    casus_code code = casus_ledger_count(l, &p->counts, err);
    if (!code) code = load(&k);
    sqlite3_finalize(k.open);
    if (own) sqlite3_exec(k.db, "COMMIT", NULL, NULL, NULL);
    casus_arena_done(&k.scratch);
    free(k.rows);
    if (code) casus_panorama_free(p);
    else *out = p;
    return code;
}

void casus_panorama_free(casus_panorama *p) {
    if (!p) return;
    union {
        const casus_panorama_row *in;
        void *out;
    } rows = {p->rows};
    free(rows.out);
    casus_arena_done(&p->arena);
    free(p);
}
