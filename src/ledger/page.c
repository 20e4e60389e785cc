/* Pages: the questions of a reader who asks often and wants little at a time. Conditions are written only for what is asked, so that SQLite
 * can walk the index that fits, and a page begins after the last row of the one before. */
#include "ledger.h"

#include <math.h>
#include <string.h>
#include <time.h>

/* ---- patience ---------------------------------------------------------------------------------------------- */

enum { STEPS_BETWEEN_LOOKS = 20000 };

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int out_of_patience(void *ctx) {
    const casus_ledger *l = ctx;
    return now_ms() > l->deadline;
}

void casus_ledger_patience(casus_ledger *l, int64_t ms) {
    l->deadline = now_ms() + ms;
    sqlite3_progress_handler(l->db, ms > 0 ? STEPS_BETWEEN_LOOKS : 0, ms > 0 ? out_of_patience : NULL, l);
}

casus_code casus_ledger_version(casus_ledger *l, int64_t *version, casus_error *err) {
    return ledger_int(l, version, err, "PRAGMA data_version", "");
}

/* ---- a query put together ----------------------------------------------------------------------------------- */

enum { MOST_BOUND = 48 };

typedef struct query {
    casus_buf sql;
    const char *text[MOST_BOUND]; /* NULL: a number */
    int64_t number[MOST_BOUND];
    int n;
} query;

static void bind_text(query *q, const char *value) { q->text[q->n++] = value; }
static void bind_number(query *q, int64_t value) { q->text[q->n] = NULL, q->number[q->n++] = value; }

/* Appends SQL whose only parameter, ?, may stand several times. */
static void add(query *q, const char *sql, const char *value) {
    if (!value) return;
    casus_buf_adds(&q->sql, sql);
    for (const char *s = sql; (s = strchr(s, '?')); s++) bind_text(q, value);
}

static void add_number(query *q, const char *sql, int64_t value) {
    casus_buf_adds(&q->sql, sql);
    bind_number(q, value);
}

static casus_code start(casus_ledger *l, query *q, sqlite3_stmt **out, casus_error *err) {
    casus_buf_add(&q->sql, "", 1);
    if (q->sql.failed) {
        casus_buf_done(&q->sql);
        return casus_fail(err, CASUS_ERR_NOMEM, "out of memory writing a query");
    }
    int rc = sqlite3_prepare_v2(l->db, q->sql.at, -1, out, NULL);
    for (int i = 0; rc == SQLITE_OK && i < q->n; i++)
        rc = q->text[i] ? sqlite3_bind_text(*out, i + 1, q->text[i], -1, SQLITE_STATIC) : sqlite3_bind_int64(*out, i + 1, q->number[i]);
    casus_buf_done(&q->sql);
    return rc == SQLITE_OK ? CASUS_OK : ledger_fail(l, err, "prepare a query");
}

/* ---- conditions -------------------------------------------------------------------------------------------- */

#define NAMED "(SELECT actor FROM aliases WHERE alias = ? COLLATE NOCASE UNION SELECT actor FROM actors WHERE actor = ? COLLATE NOCASE OR name = ? COLLATE NOCASE)"

/* Statements in which somebody takes part: by id or any name; "@AFG": of a country; "AFG*": whose id begins so. */
static void add_part(query *q, const char *who) {
    if (!who) return;
    size_t n = strlen(who);
    if (who[0] == '@')
        add(q, " AND t.st IN (SELECT p.st FROM participants p JOIN actors a ON a.actor = p.actor WHERE a.country = upper(?))", who + 1);
    else if (n > 1 && who[n - 1] == '*')
        add(q, " AND t.st IN (SELECT st FROM participants WHERE actor GLOB upper(?))", who);
    else
        add(q, " AND t.st IN (SELECT st FROM participants WHERE actor IN " NAMED " UNION SELECT st FROM participants WHERE actor IS NULL AND"
               " name = ? COLLATE NOCASE)", who);
}

static void add_holder(query *q, const casus_filter *f) {
    if (f->holder && strcmp(f->holder, "author") == 0)
        casus_buf_adds(&q->sql, " AND NOT EXISTS(SELECT 1 FROM holders h WHERE h.st = t.st)");
    else
        add(q, " AND t.st IN (SELECT st FROM holders WHERE actor IN " NAMED " OR name = ? COLLATE NOCASE)", f->holder);
    if (f->held) casus_buf_adds(&q->sql, " AND EXISTS(SELECT 1 FROM holders h WHERE h.st = t.st)");
}

#define WHEN_BEGIN "coalesce(t.time_begin, t.time_end, d.date)"
#define WHEN_END "coalesce(t.time_end, t.time_begin, d.date)"

static void add_statement_conditions(query *q, const casus_filter *f, int64_t doc, int64_t event) {
    add_part(q, f->actor);
    add_part(q, f->other);
    add_holder(q, f);
    add(q, " AND t.kind = ?", f->kind);
    add(q, " AND (t.plover = ? COLLATE NOCASE OR t.plover_second = ? COLLATE NOCASE OR t.relation = ? COLLATE NOCASE)", f->type);
    add(q, " AND EXISTS(SELECT 1 FROM places y WHERE y.st = t.st AND (y.country = ? COLLATE NOCASE OR y.name = ? COLLATE NOCASE))", f->place);
    if (doc) add_number(q, " AND t.doc = ?", doc);
    if (event) add_number(q, " AND t.st IN (SELECT st FROM event_statements WHERE event = ?)", event);
    add(q, " AND substr(" WHEN_END ", 1, 10) >= ?", f->since);
    add(q, " AND substr(" WHEN_BEGIN ", 1, length(?)) <= ?", f->until);
    add(q, " AND (t.doc, t.sentence) IN (SELECT s.doc, s.sentence FROM words w JOIN sentences s ON s.sid = w.rowid WHERE words MATCH ?)", f->words);
    if (f->dated) casus_buf_adds(&q->sql, " AND coalesce(t.time_begin, t.time_end) IS NOT NULL");
    add(q, " AND t.id = ?", f->statement);
}

static casus_code numbers_of(casus_ledger *l, const casus_filter *f, int64_t *doc, int64_t *event, casus_error *err) {
    casus_code code = CASUS_OK;
    *doc = *event = 0;
    if (f->doc) code = ledger_doc_number(l, f->doc, doc, err);
    if (!code && f->event) code = ledger_event_number(l, f->event, event, err);
    return code;
}

/* A full-text query that SQLite cannot parse is the caller's mistake. */
static casus_code mend(casus_ledger *l, casus_code code, const char *words, casus_error *err) {
    if (code != CASUS_ERR_DB || !words || sqlite3_errcode(l->db) != SQLITE_ERROR) return code;
    return casus_fail(err, CASUS_ERR_ARG, "\"%.60s\" is no full-text query (%s); put words with signs in double quotes", words, sqlite3_errmsg(l->db));
}

/* ---- statements -------------------------------------------------------------------------------------------- */

static casus_code tell_records(casus_ledger *l, sqlite3_stmt *s, const casus_filter *f, casus_record_fn *each, void *ctx, casus_error *err) {
    int64_t place = f->after;
    bool row = true;
    casus_code code = CASUS_OK;
    while (!(code = ledger_step(l, s, &row, err)) && row) {
        place = f->order == CASUS_BY_TEXT ? sqlite3_column_int64(s, 0) : place + 1;
        if (!each(ctx, place, ledger_peek(s, 1))) break;
    }
    return code;
}

casus_code casus_ledger_records(casus_ledger *l, const casus_filter *f, casus_record_fn *each, void *ctx, casus_error *err) {
    int64_t doc, event;
    query q = {0};
    sqlite3_stmt *s = NULL;
    casus_code code = numbers_of(l, f, &doc, &event, err);
    if (code) return code;
    casus_buf_adds(&q.sql, "SELECT t.st, t.record FROM statements t JOIN documents d ON d.doc = t.doc WHERE 1");
    add_statement_conditions(&q, f, doc, event);
    if (f->order == CASUS_BY_TEXT) add_number(&q, " AND t.st > ?", f->after);
    casus_buf_adds(&q.sql, f->order == CASUS_BY_TIME         ? " ORDER BY " WHEN_BEGIN ", t.st"
                           : f->order == CASUS_BY_CONFIDENCE ? " ORDER BY t.confidence DESC, t.st"
                                                             : " ORDER BY t.st");
    add_number(&q, " LIMIT ?", f->limit > 0 ? f->limit : -1);
    if (f->order != CASUS_BY_TEXT) add_number(&q, " OFFSET ?", f->after);
    code = start(l, &q, &s, err);
    if (!code) code = tell_records(l, s, f, each, ctx, err);
    code = mend(l, code, f->words, err);
    sqlite3_finalize(s);
    return code;
}

/* ---- documents --------------------------------------------------------------------------------------------- */

static casus_document_row document_row(sqlite3_stmt *s) {
    return (casus_document_row){.id = ledger_peek(s, 0), .title = ledger_peek(s, 1), .date = ledger_peek(s, 2), .author = ledger_peek(s, 3),
                                .publisher = ledger_peek(s, 4), .url = ledger_peek(s, 5), .path = ledger_peek(s, 6), .language = ledger_peek(s, 7),
                                .sha256 = ledger_peek(s, 8), .version = ledger_peek(s, 9), .bytes = sqlite3_column_int64(s, 10),
                                .sentences = sqlite3_column_int64(s, 11), .statements = sqlite3_column_int64(s, 12),
                                .revision = sqlite3_column_int64(s, 13)};
}

casus_code casus_ledger_documents_page(casus_ledger *l, const casus_filter *f, casus_document_fn *each, void *ctx, casus_error *err) {
    int64_t doc, event;
    query q = {0};
    sqlite3_stmt *s = NULL;
    bool row = true;
    casus_code code = numbers_of(l, f, &doc, &event, err);
    if (code) return code;
    casus_buf_adds(&q.sql, "SELECT id, title, date, author, publisher, url, path, language, sha256, version, bytes,"
                           " (SELECT count(*) FROM sentences s WHERE s.doc = d.doc), (SELECT count(*) FROM statements t WHERE t.doc = d.doc),"
                           " revision FROM documents d WHERE 1");
    if (doc) add_number(&q, " AND d.doc = ?", doc);
    add(&q, " AND d.date >= ?", f->since);
    add(&q, " AND substr(d.date, 1, length(?)) <= ?", f->until);
    add(&q, " AND d.doc IN (SELECT doc FROM document_actors WHERE actor IN " NAMED ")", f->actor);
    add(&q, " AND d.doc IN (SELECT s.doc FROM words w JOIN sentences s ON s.sid = w.rowid WHERE words MATCH ?)", f->words);
    casus_buf_adds(&q.sql, " ORDER BY date, id");
    add_number(&q, " LIMIT ?", f->limit > 0 ? f->limit : -1);
    add_number(&q, " OFFSET ?", f->after);
    code = start(l, &q, &s, err);
    while (!code && !(code = ledger_step(l, s, &row, err)) && row) {
        casus_document_row r = document_row(s);
        if (!each(ctx, &r)) break;
    }
    code = mend(l, code, f->words, err);
    sqlite3_finalize(s);
    return code;
}

casus_code casus_ledger_sentences(casus_ledger *l, const char *id, casus_sentence_fn *each, void *ctx, casus_error *err) {
    int64_t doc = 0;
    sqlite3_stmt *s = NULL;
    bool row = true;
    casus_code code = ledger_doc_number(l, id, &doc, err);
    if (!code)
        code = ledger_prepare(l, &s, err, "SELECT sentence, span_begin, span_end, paragraph, block FROM sentences WHERE doc = ?1 ORDER BY sentence", "i", doc);
    while (!code && !(code = ledger_step(l, s, &row, err)) && row) {
        casus_sentence_row r = {.sentence = sqlite3_column_int64(s, 0), .paragraph = sqlite3_column_int64(s, 3), .block = ledger_peek(s, 4),
                                .span = {(uint32_t)sqlite3_column_int64(s, 1), (uint32_t)sqlite3_column_int64(s, 2)}};
        if (each(ctx, &r)) continue;
        sqlite3_reset(s);
        return CASUS_OK;
    }
    return code;
}

/* ---- actors ------------------------------------------------------------------------------------------------ */

/* One column of text, row by row. */
static casus_code tell_texts(casus_ledger *l, sqlite3_stmt *s, casus_record_fn *each, void *ctx, casus_error *err) {
    bool row = true;
    casus_code code = CASUS_OK;
    for (int64_t i = 1; !(code = ledger_step(l, s, &row, err)) && row; i++)
        if (!each(ctx, i, ledger_peek(s, 0))) break;
    return code;
}

casus_code casus_ledger_document_actors(casus_ledger *l, const char *id, casus_record_fn *each, void *ctx, casus_error *err) {
    int64_t doc = 0;
    query q = {0};
    sqlite3_stmt *s = NULL;
    casus_code code = ledger_doc_number(l, id, &doc, err);
    if (code) return code;
    add_number(&q, "SELECT record FROM document_actors WHERE doc = ? ORDER BY mentions DESC, actor", doc);
    code = start(l, &q, &s, err);
    if (!code) code = tell_texts(l, s, each, ctx, err);
    sqlite3_finalize(s);
    return code;
}

casus_code casus_ledger_actor_record(casus_ledger *l, const char *id, casus_arena *arena, const char **record, casus_error *err) {
    sqlite3_stmt *s = NULL;
    bool row = false;
    casus_code code = ledger_prepare(l, &s, err, "SELECT record FROM document_actors WHERE actor = ?1 ORDER BY doc DESC LIMIT 1", "t", id);
    if (!code) code = ledger_step(l, s, &row, err);
    if (code) return code;
    *record = row ? ledger_text(s, 0, arena) : NULL;
    sqlite3_reset(s);
    return CASUS_OK;
}

static casus_code tell_of(casus_ledger *l, const char *sql, const char *value, casus_record_fn *each, void *ctx, casus_error *err) {
    query q = {0};
    sqlite3_stmt *s = NULL;
    add(&q, sql, value);
    casus_code code = start(l, &q, &s, err);
    if (!code) code = tell_texts(l, s, each, ctx, err);
    sqlite3_finalize(s);
    return code;
}

casus_code casus_ledger_parts(casus_ledger *l, const char *id, bool wholes, casus_record_fn *each, void *ctx, casus_error *err) {
    return tell_of(l, wholes ? "SELECT DISTINCT part_of FROM parts WHERE actor = ? ORDER BY 1" : "SELECT DISTINCT actor FROM parts WHERE part_of = ? ORDER BY 1", id,
                   each, ctx, err);
}

casus_code casus_ledger_named(casus_ledger *l, const char *words, casus_record_fn *each, void *ctx, casus_error *err) {
    return tell_of(l, "SELECT DISTINCT actor FROM aliases WHERE instr(' ' || lower(alias), ' ' || lower(?)) > 0", words, each, ctx, err);
}

/* ---- single events ----------------------------------------------------------------------------------------- */

static double number_or_nan(sqlite3_stmt *s, int column) { return sqlite3_column_type(s, column) == SQLITE_NULL ? NAN : sqlite3_column_double(s, column); }

static casus_imported_row imported_row(sqlite3_stmt *s, int64_t ref) {
    return (casus_imported_row){
        .origin = ledger_peek(s, 0), .id = ledger_peek(s, 1), .source = ledger_peek(s, 2), .target = ledger_peek(s, 3), .source_name = ledger_peek(s, 4),
        .target_name = ledger_peek(s, 5), .source_country = ledger_peek(s, 6), .target_country = ledger_peek(s, 7), .scheme = ledger_peek(s, 8),
        .code = ledger_peek(s, 9), .type = ledger_peek(s, 10), .mode = ledger_peek(s, 11), .time_begin = ledger_peek(s, 12), .time_end = ledger_peek(s, 13),
        .place = ledger_peek(s, 14), .country = ledger_peek(s, 15), .ref = ref, .import = sqlite3_column_int64(s, 16), .line = sqlite3_column_int64(s, 17),
        .quad = sqlite3_column_int64(s, 18), .scale = number_or_nan(s, 19), .lat = number_or_nan(s, 20), .lon = number_or_nan(s, 21),
        .deaths_low = number_or_nan(s, 22), .deaths_best = number_or_nan(s, 23), .deaths_high = number_or_nan(s, 24)};
}

casus_code casus_ledger_imported_at(casus_ledger *l, int64_t ref, casus_imported_fn *each, void *ctx, casus_error *err) {
    sqlite3_stmt *s = NULL;
    bool row = false;
    casus_code code = ledger_prepare(l, &s, err,
                                     "SELECT origin, id, source, target, source_name, target_name, source_country, target_country, scheme, code, type, mode,"
                                     " time_begin, time_end, place, country, import, line, quad, scale, lat, lon, deaths_low, deaths_best, deaths_high"
                                     " FROM coded_flat WHERE event = ?1", "i", ref);
    if (!code) code = ledger_step(l, s, &row, err);
    if (code) return code;
    if (!row) return casus_fail(err, CASUS_ERR_NOTFOUND, "the imported event is gone from the ledger");
    casus_imported_row r = imported_row(s, ref);
    each(ctx, &r);
    sqlite3_reset(s);
    return CASUS_OK;
}

casus_code casus_ledger_event_ref(casus_ledger *l, const char *id, int64_t *ref, bool *imported, casus_error *err) {
    long long import = 0, line = 0;
    char rest;
    *imported = sscanf(id, "import%lld:%lld%c", &import, &line, &rest) == 2;
    if (!*imported) return ledger_event_number(l, id, ref, err);
    *ref = 0;
    casus_code code = ledger_int(l, ref, err, "SELECT event FROM coded_events WHERE import = ?1 AND line = ?2", "ii", (int64_t)import, (int64_t)line);
    return code || *ref ? code : casus_fail(err, CASUS_ERR_NOTFOUND, "there is no event \"%.60s\" in the ledger", id);
}

casus_code casus_ledger_event_id(casus_ledger *l, int64_t ref, bool imported, char id[48], casus_error *err) {
    sqlite3_stmt *s = NULL;
    bool row = false;
    casus_code code = imported ? ledger_prepare(l, &s, err, "SELECT 'import' || import || ':' || line FROM coded_events WHERE event = ?1", "i", ref)
                               : ledger_prepare(l, &s, err, "SELECT id FROM events WHERE event = ?1", "i", ref);
    if (!code) code = ledger_step(l, s, &row, err);
    if (code) return code;
    if (!row) return casus_fail(err, CASUS_ERR_NOTFOUND, "the event is gone from the ledger");
    snprintf(id, 48, "%.47s", ledger_peek(s, 0));
    sqlite3_reset(s);
    return CASUS_OK;
}
