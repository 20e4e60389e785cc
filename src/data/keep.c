/* Keeping events in the compact tables: actors, places and codes once each, events as rows of their numbers. */
#include "data/data.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <xxhash.h>

enum { KNOWN_MAX = 2000000 /* actors and places remembered; beyond, the tables are asked again */ };

/* What is compared row by row of a code. */
typedef struct known_code {
    int64_t number;
    const casus_event_code *entry; /* NULL: not of the scheme */
    char given[48];                /* quad class and scale as a file would write them; "" when there is no scale */
} known_code;

typedef struct rows {
    sqlite3_stmt *find, *add;
    casus_arena arena;
    casus_table known; /* hash → number << 1 | unknown country */
} rows;

struct data_keeper {
    sqlite3 *db;
    const data_plan *plan;
    casus_import_report *report;
    rows actors, places;
    sqlite3_stmt *event, *mention, *find_code, *add_code, *progress;
    casus_arena codes_arena;
    casus_table codes; /* hash → index in code[] + 1 */
    known_code *code;
    size_t n_codes, cap_codes;
    uint64_t salt; /* of the layout, in the keys */
};

static casus_code fail(data_keeper *k, casus_error *err, const char *doing) {
    int rc = sqlite3_errcode(k->db) & 0xff;
    if (rc == SQLITE_NOMEM) return casus_fail(err, CASUS_ERR_NOMEM, "cannot %s: out of memory", doing);
    if (rc == SQLITE_BUSY)
        return casus_fail(err, CASUS_ERR_BUSY,
                          "cannot %s: another process is writing to the ledger; try again when it is done", doing);
    if (rc == SQLITE_FULL)
        return casus_fail(err, CASUS_ERR_DB,
                          "cannot %s: the disk is full; what was committed stays, the same command goes on from there",
                          doing);
    return casus_fail(err, CASUS_ERR_DB, "cannot %s: %s", doing, sqlite3_errmsg(k->db));
}

static bool prepare(data_keeper *k, sqlite3_stmt **out, const char *sql) {
    return sqlite3_prepare_v3(k->db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL) == SQLITE_OK;
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
           prepare(k, &k->event,
                   "INSERT INTO coded_events(import, line, id, source, target, code, day, day_end, place, "
                   "source_place, target_place, given,"
                   " mentions, deaths_low, deaths_best, deaths_high, extra)"
                   " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)") &&
           prepare(k, &k->mention,
                   "INSERT INTO coded_mentions(import, line, event_id, event_time, time, type, source, url, extra)"
                   " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)") &&
           prepare(k, &k->progress,
                   "UPDATE imports SET rows = ?2, rejected = ?3, unknown_codes = ?4, unknown_countries = ?5, recoded = "
                   "?6, rated = ?7,"
                   " agree = ?8, next_line = ?9, done = ?10 WHERE import = ?1");
}

casus_code data_keeper_new(data_keeper **out, casus_ledger *l, const data_plan *plan, casus_import_report *report,
                           casus_error *err) {
    data_keeper *k = calloc(1, sizeof *k);
    if (!k) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory preparing an import");
    k->db = casus_ledger_sqlite(l);
    k->plan = plan;
    k->report = report;
    k->salt = casus_str_hash(casus_str_of(plan->layout->name));
    casus_arena_init(&k->actors.arena);
    casus_arena_init(&k->places.arena);
    casus_arena_init(&k->codes_arena);
    if (!prepare_all(k)) {
        casus_code code = fail(k, err, "prepare the import");
        data_keeper_free(k);
        return code;
    }
    *out = k;
    return CASUS_OK;
}

void data_keeper_free(data_keeper *k) {
    if (!k) return;
    sqlite3_stmt *all[] = {k->actors.find, k->actors.add, k->places.find, k->places.add, k->event,
                           k->mention,     k->find_code,  k->add_code,    k->progress};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) sqlite3_finalize(all[i]);
    casus_arena_done(&k->actors.arena);
    casus_arena_done(&k->places.arena);
    casus_arena_done(&k->codes_arena);
    free(k);
}

/* ---- binding ----------------------------------------------------------------------------------------------- */

static void bind_text(sqlite3_stmt *q, int at, casus_str s) {
    if (s.n)
        sqlite3_bind_text64(q, at, s.at, s.n, SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_null(q, at);
}

/* A number where the file has one that reads back the same, else its text. */
static void bind_id(sqlite3_stmt *q, int at, casus_str s) {
    int64_t value;
    if (s.n && s.at[0] != '-' && (s.at[0] != '0' || s.n == 1) && data_integer(s, &value))
        sqlite3_bind_int64(q, at, value);
    else
        bind_text(q, at, s);
}

static void bind_positive(sqlite3_stmt *q, int at, int64_t value) {
    if (value > 0)
        sqlite3_bind_int64(q, at, value);
    else
        sqlite3_bind_null(q, at);
}

static void bind_count(sqlite3_stmt *q, int at, int64_t value) {
    if (value >= 0)
        sqlite3_bind_int64(q, at, value);
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

/* *unknown: a country is named, and it is none that the system has. A code that begins with no country names none. */
static casus_str country_of(const data_plan *plan, bool actor, const decoded *d, bool *unknown) {
    const casus_country *c = NULL;
    *unknown = false;
    if (d->country.n) {
        c = casus_country_find(actor ? plan->layout->actor_country : plan->layout->place_country, d->country);
        *unknown = !c && !(actor && plan->layout->actor_country == CASUS_COUNTRY_CAMEO && is_region(d->country));
    } else if (actor && plan->layout->code_names_country && d->code.n >= 3) {
        c = casus_country_find(CASUS_COUNTRY_CAMEO, (casus_str){d->code.at, 3});
    }
    return c ? casus_str_of(c->iso3) : (casus_str){NULL, 0};
}

static void bind_real(sqlite3_stmt *q, int at, casus_str s) {
    double value;
    if (data_real(s, &value))
        sqlite3_bind_double(q, at, value);
    else
        sqlite3_bind_null(q, at);
}

static casus_code add_row(data_keeper *k, rows *r, data_part part, uint64_t key, casus_str fields, uint32_t *value,
                          casus_error *err) {
    bool actor = r == &k->actors, unknown;
    decoded d = decode(k->plan, part, fields);
    casus_str country = country_of(k->plan, actor, &d, &unknown);
    sqlite3_bind_int64(r->add, 1, (int64_t)key);
    bind_text(r->add, 2, casus_str_of(k->plan->layout->name));
    bind_text(r->add, 3, fields);
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

static bool is_blank(casus_str s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.at[i] != '\t') return false;
    return true;
}

/* The number of an actor or place, 0 for one without any field. */
static casus_code number_of(data_keeper *k, rows *r, data_part part, casus_str fields, int64_t *number,
                            casus_error *err) {
    *number = 0;
    if (is_blank(fields)) return CASUS_OK;
    uint64_t key = XXH3_64bits_withSeed(fields.at, fields.n, k->salt);
    if (!key) key = 1;
    if (r->known.n >= KNOWN_MAX) {
        casus_arena_done(&r->arena);
        casus_arena_init(&r->arena);
        r->known = (casus_table){0};
    }
    bool fresh = false;
    uint32_t *value = casus_table_put(&r->known, &r->arena, key, &fresh);
    if (!value) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory remembering actors and places");
    casus_code code = fresh ? find_row(k, r, key, value, err) : CASUS_OK;
    if (!code && !*value) code = add_row(k, r, part, key, fields, value, err);
    if (code) return code;
    *number = *value >> 1;
    k->report->unknown_countries += *value & 1;
    return CASUS_OK;
}

/* ---- codes ------------------------------------------------------------------------------------------------- */

/* PLOVER "TYPE:mode" and ACLED "event/sub-event" of an unknown mode or sub-event still have their type. */
static const casus_event_code *kin_of(const data_plan *plan, casus_str code) {
    while (plan->layout->joiner && code.n && code.at[code.n - 1] != plan->layout->joiner) code.n--;
    if (code.n) code.n--;
    return code.n ? casus_event_code_find(plan->scheme, code) : NULL;
}

static casus_code add_code(data_keeper *k, casus_str text, const casus_event_code *entry, int64_t *number,
                           casus_error *err) {
    const casus_event_code *e = entry ? entry : kin_of(k->plan, text);
    sqlite3_stmt *q = k->add_code;
    sqlite3_clear_bindings(q);
    bind_text(q, 1, casus_str_of(casus_scheme_name(k->plan->scheme)));
    bind_text(q, 2, text);
    sqlite3_bind_int(q, 3, entry != NULL);
    if (e) {
        bind_text(q, 4, casus_str_of(e->plover));
        bind_text(q, 5, casus_str_of(e->mode));
        bind_positive(q, 6, e->quad);
        if (!isnan(e->scale)) sqlite3_bind_double(q, 7, e->scale);
    }
    sqlite3_bind_int(q, 8, e ? e->directed : 1);
    casus_code code = run(k, q, err, "keep a code");
    *number = sqlite3_last_insert_rowid(k->db);
    return code;
}

static casus_code look_up_code(data_keeper *k, casus_str text, known_code *c, casus_error *err) {
    c->entry = casus_event_code_find(k->plan->scheme, text);
    if (c->entry && !isnan(c->entry->scale) && k->plan->part[DATA_GIVEN].n == 2)
        snprintf(c->given, sizeof c->given, "%d\t%g", c->entry->quad, c->entry->scale);
    else if (c->entry && !isnan(c->entry->scale))
        snprintf(c->given, sizeof c->given, "%g", c->entry->scale);
    bind_text(k->find_code, 1, casus_str_of(casus_scheme_name(k->plan->scheme)));
    bind_text(k->find_code, 2, text);
    int rc = sqlite3_step(k->find_code);
    if (rc == SQLITE_ROW) c->number = sqlite3_column_int64(k->find_code, 0);
    casus_code code = rc == SQLITE_ROW || rc == SQLITE_DONE ? CASUS_OK : fail(k, err, "look a code up");
    sqlite3_reset(k->find_code);
    return code || c->number ? code : add_code(k, text, c->entry, &c->number, err);
}

static casus_code code_of(data_keeper *k, casus_str text, const known_code **out, casus_error *err) {
    bool fresh = false;
    uint64_t key = casus_str_hash(text);
    uint32_t *at = casus_table_put(&k->codes, &k->codes_arena, key ? key : 1, &fresh);
    if (!at) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory remembering codes");
    if (!*at) {
        known_code c = {0};
        casus_code code = look_up_code(k, text, &c, err);
        if (code) return code;
        known_code *grown = casus_arena_grow(&k->codes_arena, k->code, k->n_codes, &k->cap_codes, sizeof *grown);
        if (!grown) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory remembering codes");
        k->code = grown;
        k->code[k->n_codes++] = c;
        *at = (uint32_t)k->n_codes;
    }
    *out = &k->code[*at - 1];
    return CASUS_OK;
}

/* Does what the file says of quad class and scale agree with the scheme's table, whatever way the number is written? */
static bool agrees(const known_code *c, casus_str given) {
    casus_str quad = {0}, scale = given;
    double s, q = c->entry->quad;
    if (strchr(c->given, '\t') && casus_str_cut(&scale, '\t', &quad) && !data_real(quad, &q)) return false;
    return data_real(scale, &s) && fabs(s - c->entry->scale) < 1e-6 && fabs(q - c->entry->quad) < 1e-6;
}

/* What is kept of it: nothing when it is just what the table says. */
static casus_str compare(data_keeper *k, const known_code *c, casus_str given) {
    casus_str none = {NULL, 0};
    k->report->unknown_codes += !c->entry;
    if (!given.n || !c->entry || !*c->given) return given;
    bool same = casus_str_is(given, c->given);
    k->report->rated++;
    k->report->agree += same || agrees(c, given);
    return same ? none : given;
}

/* ---- rows -------------------------------------------------------------------------------------------------- */

casus_code data_keep(data_keeper *k, const data_event *e, int64_t line, casus_error *err) {
    static const data_part PARTS[] = {DATA_SOURCE, DATA_TARGET, DATA_PLACE, DATA_SOURCE_PLACE, DATA_TARGET_PLACE};
    static const int PARAMETERS[] = {4, 5, 9, 10, 11};
    sqlite3_stmt *q = k->event;
    const known_code *c = NULL;
    casus_code code = code_of(k, e->part[DATA_CODE], &c, err);
    for (int i = 0; i < 5 && !code; i++) {
        int64_t number = 0;
        code = number_of(k, i < 2 ? &k->actors : &k->places, PARTS[i], e->part[PARTS[i]], &number, err);
        bind_positive(q, PARAMETERS[i], number);
    }
    if (code) return code;
    sqlite3_bind_int64(q, 1, k->report->import);
    sqlite3_bind_int64(q, 2, line);
    bind_id(q, 3, e->id);
    sqlite3_bind_int64(q, 6, c->number);
    sqlite3_bind_int(q, 7, e->day);
    bind_positive(q, 8, e->end);
    bind_text(q, 12, compare(k, c, e->part[DATA_GIVEN]));
    bind_count(q, 13, e->mentions);
    bind_count(q, 14, e->low);
    bind_count(q, 15, e->best);
    bind_count(q, 16, e->high);
    bind_text(q, 17, is_blank(e->part[DATA_EXTRA]) ? (casus_str){NULL, 0} : e->part[DATA_EXTRA]);
    k->report->rows++;
    return run(k, q, err, "keep an event");
}

casus_code data_keep_mention(data_keeper *k, const casus_str *f, size_t n, casus_str row, int64_t line,
                             casus_error *err) {
    sqlite3_stmt *q = k->mention;
    if (n != 16) return casus_fail(err, CASUS_ERR_ARG, "a mention has 16 columns");
    sqlite3_bind_int64(q, 1, k->report->import);
    sqlite3_bind_int64(q, 2, line);
    bind_id(q, 3, f[0]);
    bind_id(q, 4, f[1]);
    bind_id(q, 5, f[2]);
    bind_id(q, 6, f[3]);
    bind_text(q, 7, f[4]);
    bind_text(q, 8, f[5]);
    bind_text(q, 9, (casus_str){f[6].at, (size_t)(row.at + row.n - f[6].at)});
    k->report->rows++;
    return run(k, q, err, "keep a mention");
}

casus_code data_keeper_begin(data_keeper *k, casus_error *err) {
    return sqlite3_exec(k->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) ? fail(k, err, "write to the ledger") : CASUS_OK;
}

casus_code data_keeper_commit(data_keeper *k, int64_t next_line, bool done, casus_error *err) {
    const casus_import_report *r = k->report;
    const int64_t values[] = {r->import,  r->rows,  r->rejected, r->unknown_codes, r->unknown_countries,
                              r->recoded, r->rated, r->agree,    next_line,        done};
    for (int i = 0; i < 10; i++) sqlite3_bind_int64(k->progress, i + 1, values[i]);
    casus_code code = run(k, k->progress, err, "note the import's progress");
    if (!code && sqlite3_exec(k->db, "COMMIT", NULL, NULL, NULL)) code = fail(k, err, "commit the import");
    return code;
}
