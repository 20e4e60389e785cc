/* Keeping events in the compact tables: actors, places and codes once each, events as rows of their numbers.
 *
 * A chunk's actors, places and codes get their numbers when its first row is kept; in the order in which the rows name them, so that
 * the numbers do not depend on chunks or threads. Rows then go in by one INSERT … SELECT (rows.c), and into the columns that
 * measures read (ledger/coded.h). */
#include "data/actor_keys.h"
#include "data/data.h"

#include "casus/lexicon.h"
#include "ledger/coded.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { KNOWN_MAX = 1000000 /* actors or places remembered; beyond, the tables are asked again */ };

/* A table of actors or places. */
typedef struct rows {
    sqlite3_stmt *find, *add;
    bool all_known; /* it was empty when the import began: what is not in `known` is new */
    casus_arena arena;
    casus_table known; /* hash → number << 1 | unknown country */
} rows;

/* What the chunk at hand calls by its own numbers: number << 1 | unknown country; codes: their number. */
typedef struct numbers {
    uint32_t *at;
    size_t n, cap;
} numbers;

struct data_keeper {
    sqlite3 *db;
    const data_plan *plan;
    casus_import_report *report;
    rows actors, places;
    sqlite3_stmt *events, *mentions, *find_code, *add_code, *progress;
    casus_arena codes_arena;
    casus_table codes;     /* hash → number */
    casus_table countries; /* hash of a country as a file writes it → its place in `iso3` + 1 */
    casus_str *iso3;
    size_t n_iso3, cap_iso3;
    numbers actor, place, code;
    bool begun, numbered; /* a transaction was; the chunk's names have their numbers */
    coded_builder *columns;
    coded_row last; /* its day in both counts: days of rows that follow one another are often the same */
    int32_t last_day;
    data_table table;
    const data_chunk *chunk; /* the rows that `table` shows: from `from` on, the chunk's first line being `line` */
    size_t from;
    int64_t line;
};

casus_code data_db_fail(sqlite3 *db, casus_error *err, const char *doing) {
    int rc = sqlite3_errcode(db) & 0xff;
    if (rc == SQLITE_NOMEM) return casus_fail(err, CASUS_ERR_NOMEM, "cannot %s: out of memory", doing);
    if (rc == SQLITE_BUSY)
        return casus_fail(err, CASUS_ERR_BUSY,
                          "cannot %s: another process is writing to the ledger; try again when it is done", doing);
    if (rc == SQLITE_FULL)
        return casus_fail(err, CASUS_ERR_DB,
                          "cannot %s: the disk is full; what was committed stays, the same command goes on from there",
                          doing);
    return casus_fail(err, CASUS_ERR_DB, "cannot %s: %s", doing, sqlite3_errmsg(db));
}

static casus_code fail(data_keeper *k, casus_error *err, const char *doing) { return data_db_fail(k->db, err, doing); }

static casus_code no_memory(casus_error *err) {
    return casus_fail(err, CASUS_ERR_NOMEM, "out of memory remembering actors, places and codes");
}

/* ---- making ------------------------------------------------------------------------------------------------ */

static void show_event(void *ctx, size_t row, int column, sqlite3_context *out);
static void show_mention(void *ctx, size_t row, int column, sqlite3_context *out);

static bool prepare(data_keeper *k, sqlite3_stmt **out, const char *sql) {
    return sqlite3_prepare_v3(k->db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL) == SQLITE_OK;
}

static bool prepare_rows(data_keeper *k, bool mentions) {
    k->table = mentions ? (data_table){"CREATE TABLE x(import, line, event_id, event_time, time, type, source, url, extra)",
                                       show_mention, k, 0}
                        : (data_table){"CREATE TABLE x(import, line, id, source, target, code, day, day_end, place, source_place,"
                                       " target_place, given, mentions, deaths_low, deaths_best, deaths_high, extra)",
                                       show_event, k, 0};
    return data_table_register(k->db, "casus_rows", &k->table) == SQLITE_OK &&
           prepare(k, &k->events,
                   mentions ? "INSERT INTO coded_mentions SELECT NULL, * FROM casus_rows"
                            : "INSERT INTO coded_events SELECT NULL, * FROM casus_rows");
}

static bool prepare_all(data_keeper *k) {
    return prepare(k, &k->actors.find, "SELECT actor, unknown_country FROM coded_actors WHERE key = ?1") &&
           prepare(k, &k->actors.add,
                   "INSERT INTO coded_actors(key, format, fields, code, name, country, sectors, unknown_country)"
                   " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)") &&
           prepare(k, &k->places.find, "SELECT place, unknown_country FROM coded_places WHERE key = ?1") &&
           prepare(k, &k->places.add,
                   "INSERT INTO coded_places(key, format, fields, name, country, lat, lon, unknown_country)"
                   " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)") &&
           prepare(k, &k->find_code, "SELECT code FROM coded_codes WHERE scheme = ?1 AND text = ?2") &&
           prepare(k, &k->add_code,
                   "INSERT INTO coded_codes(scheme, text, known, plover, mode, quad, scale, directed)"
                   " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)") &&
           prepare(k, &k->progress,
                   "UPDATE imports SET rows = ?2, rejected = ?3, unknown_codes = ?4, unknown_countries = ?5, recoded = "
                   "?6, rated = ?7, agree = ?8, next_line = ?9, done = ?10 WHERE import = ?1");
}

static bool is_empty(data_keeper *k, const char *sql) {
    sqlite3_stmt *q = NULL;
    bool empty = prepare(k, &q, sql) && sqlite3_step(q) == SQLITE_DONE;
    sqlite3_finalize(q);
    return empty;
}

casus_code data_keeper_new(data_keeper **out, casus_ledger *l, const data_plan *plan, casus_import_report *report,
                           casus_error *err) {
    data_keeper *k = calloc(1, sizeof *k);
    if (!k) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory preparing an import");
    k->db = casus_ledger_sqlite(l);
    k->plan = plan;
    k->report = report;
    casus_arena_init(&k->actors.arena);
    casus_arena_init(&k->places.arena);
    casus_arena_init(&k->codes_arena);
    k->columns = coded_builder_new();
    casus_code code = k->columns ? CASUS_OK : casus_fail(err, CASUS_ERR_NOMEM, "out of memory preparing an import");
    if (!code && !(prepare_all(k) && prepare_rows(k, strcmp(plan->layout->name, "gdelt-mentions") == 0)))
        code = fail(k, err, "prepare the import");
    if (code) {
        data_keeper_free(k);
        return code;
    }
    k->actors.all_known = is_empty(k, "SELECT 1 FROM coded_actors LIMIT 1");
    k->places.all_known = is_empty(k, "SELECT 1 FROM coded_places LIMIT 1");
    *out = k;
    return CASUS_OK;
}

void data_keeper_free(data_keeper *k) {
    if (!k) return;
    sqlite3_stmt *all[] = {k->actors.find, k->actors.add, k->places.find, k->places.add,
                           k->events,      k->find_code,  k->add_code,    k->progress};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) sqlite3_finalize(all[i]);
    data_table_register(k->db, "casus_rows", NULL);
    casus_arena_done(&k->actors.arena);
    casus_arena_done(&k->places.arena);
    casus_arena_done(&k->codes_arena);
    coded_builder_free(k->columns);
    free(k->actor.at);
    free(k->place.at);
    free(k->code.at);
    free(k);
}

/* ---- binding ----------------------------------------------------------------------------------------------- */

static void bind_text(sqlite3_stmt *q, int at, casus_str s) {
    if (s.n)
        sqlite3_bind_text64(q, at, s.at, s.n, SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_null(q, at);
}

static void bind_real(sqlite3_stmt *q, int at, casus_str s) {
    double value;
    if (data_real(s, &value))
        sqlite3_bind_double(q, at, value);
    else
        sqlite3_bind_null(q, at);
}

static casus_code run(data_keeper *k, sqlite3_stmt *q, casus_error *err, const char *doing) {
    int rc = sqlite3_step(q);
    if (rc == SQLITE_DONE && sqlite3_reset(q) == SQLITE_OK) return CASUS_OK;
    casus_code code = fail(k, err, doing);
    sqlite3_reset(q);
    return code;
}

/* ---- actors and places ------------------------------------------------------------------------------------- */

/* Fields of an actor or place by what they are; sectors joined by ",". */
typedef struct decoded {
    casus_str code, name, country, lat, lon;
    char sectors[256];
} decoded;

static void add_sector(decoded *d, casus_str s) {
    size_t n = strlen(d->sectors);
    if (s.n && n + s.n + 2 < sizeof d->sectors)
        snprintf(d->sectors + n, sizeof d->sectors - n, "%s%.*s", n ? "," : "", CASUS_FMT(s));
}

static decoded decode(const data_plan *plan, data_part part, casus_str fields) {
    decoded d = {0};
    casus_str field;
    for (size_t i = 0; i < plan->part[part].n && casus_str_cut(&fields, '\t', &field); i++) {
        field = data_value(field);
        switch (plan->part[part].sub[i]) {
        case 'c': d.code = field; break;
        case 'n': d.name = field; break;
        case 'y': d.country = field; break;
        case 'f': d.lat = field; break;
        case 'l': d.lon = field; break;
        case 'x': add_sector(&d, field); break;
        default: break;
        }
    }
    return d;
}

/* CAMEO's codes for parts of the world stand where a country's would; they name none, and are no mistake
 * (codebook 1.1b3, table 3.2). */
static bool is_region(casus_str code) {
    static const char REGIONS[] =
        " AFR ASA BLK CAS CAU CFR CRB EAF EEU EIN EUR LAM MDT MEA NAF NMR PGS SAF SAM SAS SCN SEA WAF WST ";
    char padded[6];
    if (code.n != 3) return false;
    snprintf(padded, sizeof padded, " %.3s ", code.at);
    return strstr(REGIONS, padded) != NULL;
}

/* The ISO code of a country as a file writes it, "" when its system has none such; asked once. */
static bool look_up(data_keeper *k, casus_country_system system, casus_str text, casus_str *iso3) {
    bool fresh = false;
    uint64_t key = casus_str_hash(text) ^ ((uint64_t)system + 1) * 0x9E3779B97F4A7C15u;
    uint32_t *at = casus_table_put(&k->countries, &k->codes_arena, key ? key : 1, &fresh);
    if (!at) return false;
    if (fresh) {
        casus_str *grown = casus_arena_grow(&k->codes_arena, k->iso3, k->n_iso3, &k->cap_iso3, sizeof *grown);
        if (!grown) return false;
        const casus_country *c = casus_country_find(system, text);
        k->iso3 = grown;
        k->iso3[k->n_iso3++] = c ? casus_str_of(c->iso3) : (casus_str){"", 0};
        *at = (uint32_t)k->n_iso3;
    }
    *iso3 = k->iso3[*at - 1];
    return true;
}

/* *unknown: a country is named, and it is none that the system has. A code that begins with no country names none. */
static bool country_of(data_keeper *k, bool actor, const decoded *d, casus_str *iso3, bool *unknown) {
    const data_layout *l = k->plan->layout;
    casus_country_system system = actor ? k->plan->actor_country : k->plan->place_country;
    *unknown = false;
    *iso3 = (casus_str){"", 0};
    if (d->country.n) {
        if (!look_up(k, system, d->country, iso3)) return false;
        *unknown = !iso3->n && !(actor && system == CASUS_COUNTRY_CAMEO && is_region(d->country));
        return true;
    }
    if (!actor || !l->code_names_country || d->code.n < 3) return true;
    return look_up(k, CASUS_COUNTRY_CAMEO, (casus_str){d->code.at, 3}, iso3);
}

static casus_code add_row(data_keeper *k, rows *r, data_part part, const data_name *name, uint32_t *value, casus_error *err) {
    bool actor = r == &k->actors, unknown;
    decoded d = decode(k->plan, part, name->text);
    casus_str country;
    if (!country_of(k, actor, &d, &country, &unknown)) return no_memory(err);
    sqlite3_bind_int64(r->add, 1, (int64_t)name->key);
    bind_text(r->add, 2, casus_str_of(k->plan->layout->name));
    bind_text(r->add, 3, name->text);
    bind_text(r->add, 4, actor ? d.code : d.name);
    bind_text(r->add, 5, actor ? d.name : country);
    if (actor) {
        bind_text(r->add, 6, country);
        bind_text(r->add, 7, casus_str_of(d.sectors));
    } else {
        bind_real(r->add, 6, d.lat);
        bind_real(r->add, 7, d.lon);
    }
    sqlite3_bind_int(r->add, 8, unknown);
    casus_code code = run(k, r->add, err, actor ? "keep an actor" : "keep a place");
    if (!code) *value = (uint32_t)(sqlite3_last_insert_rowid(k->db) << 1 | unknown);
    return code;
}

static casus_code find_row(data_keeper *k, rows *r, uint64_t key, uint32_t *value, casus_error *err) {
    sqlite3_bind_int64(r->find, 1, (int64_t)key);
    int rc = sqlite3_step(r->find);
    if (rc == SQLITE_ROW)
        *value = (uint32_t)(sqlite3_column_int64(r->find, 0) << 1 | (sqlite3_column_int(r->find, 1) != 0));
    casus_code code = rc == SQLITE_ROW || rc == SQLITE_DONE ? CASUS_OK : fail(k, err, "look an actor or place up");
    sqlite3_reset(r->find);
    return code;
}

static casus_code number_of(data_keeper *k, rows *r, data_part part, const data_name *name, uint32_t *number, casus_error *err) {
    if (r->known.n >= KNOWN_MAX) {
        casus_arena_done(&r->arena);
        casus_arena_init(&r->arena);
        r->known = (casus_table){0};
        r->all_known = false;
    }
    bool fresh = false;
    uint32_t *value = casus_table_put(&r->known, &r->arena, name->key, &fresh);
    if (!value) return no_memory(err);
    casus_code code = fresh && !r->all_known ? find_row(k, r, name->key, value, err) : CASUS_OK;
    if (!code && !*value) code = add_row(k, r, part, name, value, err);
    *number = *value;
    return code;
}

/* ---- codes ------------------------------------------------------------------------------------------------- */

/* PLOVER "TYPE:mode" and ACLED "event/sub-event" of an unknown mode or sub-event still have their type. */
static const casus_event_code *kin_of(const data_plan *plan, casus_str code) {
    while (plan->layout->joiner && code.n && code.at[code.n - 1] != plan->layout->joiner) code.n--;
    if (code.n) code.n--;
    return code.n ? casus_event_code_find(plan->scheme, code) : NULL;
}

static casus_code add_code(data_keeper *k, const data_name *name, uint32_t *number, casus_error *err) {
    const casus_event_code *entry = name->known->entry, *e = entry ? entry : kin_of(k->plan, name->text);
    sqlite3_stmt *q = k->add_code;
    sqlite3_clear_bindings(q);
    bind_text(q, 1, casus_str_of(casus_scheme_name(k->plan->scheme)));
    bind_text(q, 2, name->text);
    sqlite3_bind_int(q, 3, entry != NULL);
    if (e) {
        bind_text(q, 4, casus_str_of(e->plover));
        bind_text(q, 5, casus_str_of(e->mode));
        if (e->quad > 0) sqlite3_bind_int(q, 6, e->quad);
        if (!isnan(e->scale)) sqlite3_bind_double(q, 7, e->scale);
    }
    sqlite3_bind_int(q, 8, e ? e->directed : 1);
    casus_code code = run(k, q, err, "keep a code");
    *number = (uint32_t)sqlite3_last_insert_rowid(k->db);
    return code;
}

static casus_code code_of(data_keeper *k, const data_name *name, uint32_t *number, casus_error *err) {
    uint32_t *at = casus_table_put(&k->codes, &k->codes_arena, name->key, NULL);
    if (!at) return no_memory(err);
    casus_code code = CASUS_OK;
    if (!*at) {
        bind_text(k->find_code, 1, casus_str_of(casus_scheme_name(k->plan->scheme)));
        bind_text(k->find_code, 2, name->text);
        int rc = sqlite3_step(k->find_code);
        if (rc == SQLITE_ROW) *at = (uint32_t)sqlite3_column_int64(k->find_code, 0);
        if (rc != SQLITE_ROW && rc != SQLITE_DONE) code = fail(k, err, "look a code up");
        sqlite3_reset(k->find_code);
        if (!code && !*at) code = add_code(k, name, at, err);
    }
    *number = *at;
    return code;
}

/* ---- a chunk's names --------------------------------------------------------------------------------------- */

static bool make_room(numbers *l, size_t n) {
    l->n = n;
    if (n <= l->cap) return true;
    uint32_t *more = realloc(l->at, n * 2 * sizeof *more);
    if (!more) return false;
    l->at = more;
    l->cap = n * 2;
    return true;
}

static casus_code number_names(data_keeper *k, const data_chunk *c, casus_error *err) {
    casus_code code = CASUS_OK;
    if (!make_room(&k->actor, c->actors.n) || !make_room(&k->place, c->places.n) || !make_room(&k->code, c->codes.n))
        return no_memory(err);
    for (size_t i = 0; i < c->codes.n && !code; i++) code = code_of(k, &c->codes.at[i], &k->code.at[i], err);
    for (size_t i = 0; i < c->actors.n && !code; i++)
        code = number_of(k, &k->actors, DATA_SOURCE, &c->actors.at[i], &k->actor.at[i], err);
    for (size_t i = 0; i < c->places.n && !code; i++)
        code = number_of(k, &k->places, DATA_PLACE, &c->places.at[i], &k->place.at[i], err);
    k->numbered = !code;
    return code;
}

void data_keeper_next_chunk(data_keeper *k) { k->numbered = false; }

/* ---- rows as SQL sees them --------------------------------------------------------------------------------- */

static void result_text(sqlite3_context *out, casus_str s) {
    if (s.n) sqlite3_result_text64(out, s.at, s.n, SQLITE_STATIC, SQLITE_UTF8);
}

static void result_count(sqlite3_context *out, int64_t value) {
    if (value >= 0) sqlite3_result_int64(out, value);
}

/* Actors first, then places. */
static uint32_t name_value(const data_keeper *k, const data_row *r, int i) {
    return r->name[i] ? (i < 2 ? k->actor.at : k->place.at)[r->name[i] - 1] : 0;
}

static void result_name(sqlite3_context *out, const data_keeper *k, const data_row *r, int i) {
    uint32_t value = name_value(k, r, i);
    if (value) sqlite3_result_int64(out, value >> 1);
}

static void show_event(void *ctx, size_t row, int column, sqlite3_context *out) {
    const data_keeper *k = ctx;
    const data_row *r = &k->chunk->rows[k->from + row];
    switch (column) {
    case 0: sqlite3_result_int64(out, k->report->import); break;
    case 1: sqlite3_result_int64(out, k->line + r->line); break;
    case 2:
        if (r->number >= 0)
            sqlite3_result_int64(out, r->number);
        else
            result_text(out, r->id);
        break;
    case 3: result_name(out, k, r, 0); break;
    case 4: result_name(out, k, r, 1); break;
    case 5: sqlite3_result_int64(out, k->code.at[r->code - 1]); break;
    case 6: sqlite3_result_int(out, r->day); break;
    case 7:
        if (r->end) sqlite3_result_int(out, r->end);
        break;
    case 8: result_name(out, k, r, 2); break;
    case 9: result_name(out, k, r, 3); break;
    case 10: result_name(out, k, r, 4); break;
    case 11: result_text(out, r->given); break;
    case 12: result_count(out, r->mentions); break;
    case 13: result_count(out, r->low); break;
    case 14: result_count(out, r->best); break;
    case 15: result_count(out, r->high); break;
    default: result_text(out, r->extra); break;
    }
}

static void show_mention(void *ctx, size_t row, int column, sqlite3_context *out) {
    const data_keeper *k = ctx;
    const data_row *r = &k->chunk->rows[k->from + row];
    const casus_str *f = r->mention, *last = &f[DATA_MENTION_COLUMNS - 1];
    int64_t value;
    switch (column) {
    case 0: sqlite3_result_int64(out, k->report->import); break;
    case 1: sqlite3_result_int64(out, k->line + r->line); break;
    case 2:
    case 3:
    case 4:
    case 5: {
        casus_str s = f[column - 2];
        if (s.n && s.at[0] != '-' && (s.at[0] != '0' || s.n == 1) && data_integer(s, &value))
            sqlite3_result_int64(out, value);
        else
            result_text(out, s);
        break;
    }
    case 6: result_text(out, f[4]); break;
    case 7: result_text(out, f[5]); break;
    default: result_text(out, (casus_str){f[6].at, (size_t)(last->at + last->n - f[6].at)}); break;
    }
}

/* ---- rows -------------------------------------------------------------------------------------------------- */

static int32_t day_number(data_keeper *k, int32_t day) {
    if (day != k->last_day) {
        k->last.day = casus_day_of(day / 10000, day / 100 % 100, day % 100);
        k->last_day = day;
    }
    return k->last.day;
}

static casus_code add_columns(data_keeper *k, const data_chunk *c, size_t from, size_t to, casus_error *err) {
    int64_t event = sqlite3_last_insert_rowid(k->db) - (int64_t)(to - from) + 1;
    casus_code code = CASUS_OK;
    for (size_t i = from; i < to && !code; i++, event++) {
        const data_row *r = &c->rows[i];
        coded_row row = {{name_value(k, r, 0) >> 1, name_value(k, r, 1) >> 1, k->code.at[r->code - 1],
                          name_value(k, r, 2) >> 1},
                         day_number(k, r->day)};
        if (coded_builder_full(k->columns, &row, event)) code = coded_write(k->db, k->columns, err);
        if (!code && !coded_builder_add(k->columns, &row, event)) code = no_memory(err);
    }
    return code;
}

static void count(data_keeper *k, const data_chunk *c, size_t from, size_t to) {
    casus_import_report *p = k->report;
    p->rows += (int64_t)(to - from);
    for (size_t i = from; i < to; i++) {
        const data_row *r = &c->rows[i];
        p->unknown_codes += (r->flags & DATA_UNKNOWN_CODE) != 0;
        p->rated += (r->flags & DATA_RATED) != 0;
        p->agree += (r->flags & DATA_AGREES) != 0;
        p->recoded += (r->flags & DATA_RECODED) != 0;
        for (int n = 0; n < DATA_ROW_NAMES; n++) p->unknown_countries += name_value(k, r, n) & 1;
    }
}

casus_code data_keep(data_keeper *k, const data_chunk *c, size_t from, size_t to, int64_t line, casus_error *err) {
    if (from == to) return CASUS_OK;
    casus_code code = k->numbered ? CASUS_OK : number_names(k, c, err);
    if (code) return code;
    k->chunk = c;
    k->from = from;
    k->line = line;
    k->table.n = to - from;
    code = run(k, k->events, err, "keep events");
    if (code) return code;
    count(k, c, from, to);
    return c->rows[from].mention ? CASUS_OK : add_columns(k, c, from, to, err);
}

/* ---- transactions ------------------------------------------------------------------------------------------ */

casus_code data_keeper_begin(data_keeper *k, casus_error *err) {
    if (sqlite3_exec(k->db, "BEGIN IMMEDIATE", NULL, NULL, NULL)) return fail(k, err, "write to the ledger");
    if (k->begun) return CASUS_OK;
    k->begun = true;
    if (k->actors.all_known && k->places.all_known && sqlite3_exec(k->db, CODED_NO_NAME_INDEXES, NULL, NULL, NULL))
        return fail(k, err, "write to the ledger");
    return coded_take_last(k->db, k->columns, err);
}

static casus_code note_progress(data_keeper *k, int64_t next_line, bool done, casus_error *err) {
    const casus_import_report *r = k->report;
    const int64_t values[] = {r->import,  r->rows,  r->rejected, r->unknown_codes, r->unknown_countries,
                              r->recoded, r->rated, r->agree,    next_line,        done};
    for (int i = 0; i < 10; i++) sqlite3_bind_int64(k->progress, i + 1, values[i]);
    casus_code code = run(k, k->progress, err, "note the import's progress");
    if (!code && sqlite3_exec(k->db, "COMMIT", NULL, NULL, NULL)) code = fail(k, err, "commit the import");
    return code;
}

casus_code data_keeper_commit(data_keeper *k, int64_t next_line, casus_error *err) {
    casus_code code = coded_write(k->db, k->columns, err);
    return code ? code : note_progress(k, next_line, false, err);
}

casus_code data_keeper_finish(data_keeper *k, int64_t next_line, casus_error *err) {
    casus_code code = coded_write(k->db, k->columns, err);
    if (!code) code = data_pairs_update(k->db, err);
    if (!code) code = data_names_update(k->db, err);
    if (!code && sqlite3_exec(k->db, CODED_NAME_INDEXES, NULL, NULL, NULL)) code = fail(k, err, "build the indexes of names");
    return code ? code : note_progress(k, next_line, true, err);
}
