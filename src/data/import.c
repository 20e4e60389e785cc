/* An import: a file's records in batches, each one transaction that also notes how far the file has been read.
 *
 * imports.next_line is the line of the first record after the last committed batch. A second call on the same bytes
 * (known by their hash) skips the records before it; the counts of the earlier batches are read back, so that the
 * manifest is that of the whole file. While rows are added the ledger is synced at checkpoints only (synchronous =
 * NORMAL): a power cut may cost the last batches, never the file's integrity, and `next_line` goes back with them. */
#include "data/data.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 50000, PEEK = 64 * 1024 };

typedef enum shape { SHAPE_FIELDS, SHAPE_LINE, SHAPE_JSON, SHAPE_MENTION } shape;

typedef struct reader {
    data_input in;
    data_plan plan;
    shape shape;
    const casus_import_options *options;
    casus_import_report *report;
    casus_buf scratch, latin; /* parts of an event; a record that was no UTF-8 */
    casus_buf cut;            /* CSV fields */
    casus_buf header;         /* the file's own column names */
} reader;

/* ---- what kind of file ------------------------------------------------------------------------------------- */

static casus_str without_bom(casus_str s) {
    return casus_str_starts(s, "\xEF\xBB\xBF") ? (casus_str){s.at + 3, s.n - 3} : s;
}

static const char *format_list(char *out, size_t size) {
    size_t n = 0;
    out[0] = '\0';
    for (const char *const *f = casus_import_formats(); *f && n < size; f++)
        n += (size_t)snprintf(out + n, size - n, "%s%s", n ? ", " : "", *f);
    return out;
}

static casus_code choose_layout(reader *r, casus_str first, const data_layout **layout, casus_error *err) {
    char names[200];
    const char *wanted = r->options->format ? r->options->format : r->options->map ? "csv" : NULL;
    *layout = wanted ? data_layout_named(wanted) : data_layout_guess(first, &r->cut);
    if (r->cut.failed) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading %s", r->in.path);
    if (*layout) return CASUS_OK;
    if (wanted)
        return casus_fail(err, CASUS_ERR_ARG, "there is no format \"%s\"; the formats are %s", wanted,
                          format_list(names, sizeof names));
    return casus_fail_at(err, CASUS_ERR_FORMAT, r->in.path, 1, -1,
                         "no format of event data is recognised by its header or columns; name one with --format (%s)",
                         format_list(names, sizeof names));
}

static casus_code choose_scheme(reader *r, casus_error *err) {
    const data_layout *l = r->plan.layout;
    if (l->scheme && r->options->scheme && l->scheme != r->options->scheme)
        return casus_fail(err, CASUS_ERR_ARG, "%s codes are %s, not %s", l->name, casus_scheme_name(l->scheme),
                          casus_scheme_name(r->options->scheme));
    r->plan.scheme = l->scheme ? l->scheme : r->options->scheme;
    if (r->plan.scheme) return CASUS_OK;
    return casus_fail_at(err, CASUS_ERR_ARG, r->in.path, 0, -1,
                         "its codes could be CAMEO or WEIS, whose numbers mean different things: say which with "
                         "--scheme cameo or --scheme weis");
}

/* The plan from the first record; a header is used up, anything else is read again as a row. */
static casus_code plan_file(reader *r, const data_layout *l, casus_str first, casus_error *err) {
    casus_str names[DATA_FIELDS];
    char separator = data_separator_of(first, l);
    size_t n = l->quoted ? data_split_csv(first, separator, &r->cut, names) : data_split(first, separator, names);
    bool header = n <= DATA_FIELDS && data_layout_is_header(l, names, n);
    if (header) casus_buf_add(&r->header, first.at, first.n);
    if (header && r->options->map) casus_buf_addf(&r->header, "\n%s", r->options->map); /* how its columns were read */
    if (r->cut.failed || r->header.failed)
        return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading %s", r->in.path);
    if (l->header && !l->must && !header)
        return casus_fail_at(err, CASUS_ERR_FORMAT, r->in.path, 1, -1, "the header cannot be read");
    if (header) {
        casus_code code = data_plan_header(&r->plan, l, r->options->map, names, n, err);
        r->plan.separator = separator;
        return code;
    }
    data_plan_fixed(&r->plan, l);
    return data_input_rewind(&r->in, err);
}

static shape shape_of(const reader *r) {
    const char *name = r->plan.layout->name;
    if (strcmp(name, "gdelt-mentions") == 0) return SHAPE_MENTION;
    if (strcmp(name, "plover-json") == 0) return SHAPE_JSON;
    return strcmp(name, "keds") == 0 && !r->header.n ? SHAPE_LINE : SHAPE_FIELDS;
}

static casus_code open_reader(reader *r, const char *path, const casus_import_options *options,
                              casus_import_report *report, casus_error *err) {
    *r = (reader){.options = options, .report = report, .in.fd = -1};
    *report = (casus_import_report){0};
    casus_str first;
    bool got, over;
    const data_layout *layout = NULL;
    casus_code code = data_input_open(&r->in, path, err);
    if (!code) code = data_input_hash(&r->in, report->hash, err);
    if (!code) code = data_input_record(&r->in, true, &first, &got, &over, err);
    if (!code && over) code = data_input_rewind(&r->in, err);
    if (!code && memchr(first.at, '\n', first.n)) { /* a quote that is no CSV quote: the first line alone */
        first.n = (size_t)((const char *)memchr(first.at, '\n', first.n) - first.at);
    }
    if (!code && !got) code = casus_fail_at(err, CASUS_ERR_FORMAT, path, 0, -1, "the file is empty");
    if (code) return code;
    casus_buf_clear(&r->latin);
    casus_buf_add(&r->latin, first.at, first.n); /* rewinding moves the window */
    if (r->latin.failed) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading %s", path);
    first = without_bom((casus_str){r->latin.at, r->latin.n});
    code = choose_layout(r, first, &layout, err);
    if (!code) code = plan_file(r, layout, first, err);
    if (!code) code = choose_scheme(r, err);
    if (code) return code;
    r->shape = shape_of(r);
    report->format = layout->name;
    report->scheme = casus_scheme_name(r->plan.scheme);
    return CASUS_OK;
}

static void close_reader(reader *r) {
    data_input_close(&r->in);
    casus_buf_done(&r->scratch);
    casus_buf_done(&r->latin);
    casus_buf_done(&r->cut);
    casus_buf_done(&r->header);
}

/* ---- rows -------------------------------------------------------------------------------------------------- */

static void reject(reader *r, casus_str row, const char *why) {
    casus_error err;
    r->report->rejected++;
    if (!r->options->rejected) return;
    casus_fail_at(&err, CASUS_ERR_FORMAT, r->in.path, r->in.line, -1, "%s", why);
    r->options->rejected(r->options->ctx, &err, row);
}

/* The record as UTF-8: what is none is read as Latin-1. */
static casus_str as_utf8(reader *r, casus_str record) {
    if (data_is_ascii(record) || casus_utf8_check(record.at, record.n) == record.n || memchr(record.at, '\0', record.n))
        return record;
    casus_buf_clear(&r->latin);
    data_latin1(&r->latin, record);
    r->report->recoded++;
    return (casus_str){r->latin.at, r->latin.n};
}

/* A row that seems bad because memory ran out is none to be rejected. */
static bool out_of_memory(const reader *r) { return r->scratch.failed || r->cut.failed || r->latin.failed; }

/* One record to an event, or to a mention's fields; false: rejected, or out of memory. */
static bool take(reader *r, casus_str record, casus_str *fields, size_t *n, data_event *event) {
    char why[DATA_WHY] = "";
    bool ok;
    *n = 0;
    if (r->shape == SHAPE_LINE) {
        ok = data_event_line(record, &r->scratch, event, why);
    } else if (r->shape == SHAPE_JSON) {
        ok = data_event_json(record, &r->scratch, event, why);
    } else {
        const data_layout *l = r->plan.layout;
        *n = l->quoted ? data_split_csv(record, r->plan.separator, &r->cut, fields)
                       : data_split(record, r->plan.separator, fields);
        int64_t id;
        ok = *n <= DATA_FIELDS;
        if (*n == SIZE_MAX)
            snprintf(why, sizeof why, "a quoted field does not end");
        else if (!ok)
            snprintf(why, sizeof why, "%zu columns are more than the %d that are read", *n, DATA_FIELDS);
        else if (r->shape == SHAPE_FIELDS)
            ok = data_event_of(&r->plan, fields, *n, &r->scratch, event, why);
        else if (*n != l->least)
            ok = false, snprintf(why, sizeof why, "%zu columns, not %u", *n, l->least);
        else if (!data_integer(fields[0], &id))
            ok = false, snprintf(why, sizeof why, "the event's number is none");
    }
    if (!ok && !out_of_memory(r)) reject(r, record, why);
    return ok && !out_of_memory(r);
}

/* Reads the next record that is an event; *got false at the end of the file. `k` NULL: only checks. */
static casus_code step(reader *r, data_keeper *k, int64_t from_line, bool *got, casus_error *err) {
    casus_str record, fields[DATA_FIELDS];
    bool over;
    casus_code code =
        data_input_record(&r->in, r->plan.layout->quoted && r->shape != SHAPE_LINE, &record, got, &over, err);
    if (code || !*got || r->in.line < from_line) return code;
    if (r->in.line == 1) record = without_bom(record);
    if (!casus_str_trim(record).n) return CASUS_OK;
    casus_str text = as_utf8(r, record);
    data_event event;
    size_t n;
    if (over) {
        reject(r, (casus_str){text.at, 200}, "a record longer than 16 MB, or a quote that does not end");
        return CASUS_OK;
    }
    if (memchr(record.at, '\0', record.n)) {
        reject(r, record, "it holds a NUL byte");
        return CASUS_OK;
    }
    bool taken = take(r, text, fields, &n, &event);
    if (out_of_memory(r)) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading %s", r->in.path);
    if (!taken) return CASUS_OK;
    if (!k) {
        r->report->rows++;
        return CASUS_OK;
    }
    return r->shape == SHAPE_MENTION ? data_keep_mention(k, fields, n, text, r->in.line, err)
                                     : data_keep(k, &event, r->in.line, err);
}

static void report_damage(reader *r) {
    if (r->in.damage) reject(r, (casus_str){"", 0}, r->in.damage);
}

casus_code casus_import_check(const char *path, const casus_import_options *options, casus_import_report *report,
                              casus_error *err) {
    casus_import_options none = {0};
    reader r;
    casus_code code = open_reader(&r, path, options ? options : &none, report, err);
    for (bool got = true; !code && got;) code = step(&r, NULL, 0, &got, err);
    if (!code) report_damage(&r);
    close_reader(&r);
    return code;
}

/* ---- the manifest ------------------------------------------------------------------------------------------ */

static casus_code db_fail(sqlite3 *db, casus_error *err, const char *doing) {
    if ((sqlite3_errcode(db) & 0xff) == SQLITE_BUSY)
        return casus_fail(err, CASUS_ERR_BUSY,
                          "cannot %s: another process is writing to the ledger; try again when it is done", doing);
    return casus_fail(err, CASUS_ERR_DB, "cannot %s: %s", doing, sqlite3_errmsg(db));
}

static void take_counts(casus_import_report *p, sqlite3_stmt *q) {
    int64_t *const counts[] = {&p->import,  &p->rows,  &p->rejected, &p->unknown_codes, &p->unknown_countries,
                               &p->recoded, &p->rated, &p->agree};
    for (int i = 0; i < 8; i++) *counts[i] = sqlite3_column_int64(q, i);
}

/* The import of these bytes, if there was one: its counts, where it stopped, and whether it was read the same way. */
static casus_code find_import(sqlite3 *db, reader *r, int64_t *next_line, casus_error *err) {
    sqlite3_stmt *q = NULL;
    casus_import_report *p = r->report;
    *next_line = 0;
    if (sqlite3_prepare_v2(db,
                           "SELECT import, rows, rejected, unknown_codes, unknown_countries, recoded, rated, agree, "
                           "next_line, done, format, scheme FROM imports"
                           " WHERE hash = ?1",
                           -1, &q, NULL))
        return db_fail(db, err, "read the manifest");
    sqlite3_bind_text(q, 1, p->hash, -1, SQLITE_STATIC);
    int rc = sqlite3_step(q);
    casus_code code = rc == SQLITE_ROW || rc == SQLITE_DONE ? CASUS_OK : db_fail(db, err, "read the manifest");
    if (rc == SQLITE_ROW) {
        bool same = strcmp((const char *)sqlite3_column_text(q, 10), p->format) == 0 &&
                    strcmp((const char *)sqlite3_column_text(q, 11), p->scheme) == 0;
        take_counts(p, q);
        p->already = sqlite3_column_int(q, 9) != 0;
        p->resumed = p->already ? 0 : p->rows;
        *next_line = sqlite3_column_int64(q, 8);
        if (!same)
            code = casus_fail(err, CASUS_ERR_ARG, "the same bytes were imported as %s with %s codes",
                              sqlite3_column_text(q, 10), sqlite3_column_text(q, 11));
    }
    sqlite3_finalize(q);
    return code;
}

static casus_code add_import(sqlite3 *db, reader *r, casus_error *err) {
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(db,
                           "INSERT INTO imports(hash, path, format, scheme, columns, bytes, added)"
                           " VALUES(?1, ?2, ?3, ?4, ?5, ?6, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
                           -1, &q, NULL))
        return db_fail(db, err, "note the import");
    const char *texts[] = {r->report->hash, r->in.path, r->report->format, r->report->scheme};
    for (int i = 0; i < 4; i++) sqlite3_bind_text(q, i + 1, texts[i], -1, SQLITE_STATIC);
    if (r->header.n) sqlite3_bind_text64(q, 5, r->header.at, r->header.n, SQLITE_STATIC, SQLITE_UTF8);
    sqlite3_bind_int64(q, 6, (int64_t)r->in.total);
    casus_code code = sqlite3_step(q) == SQLITE_DONE ? CASUS_OK : db_fail(db, err, "note the import");
    r->report->import = sqlite3_last_insert_rowid(db);
    sqlite3_finalize(q);
    return code;
}

/* ---- batches ----------------------------------------------------------------------------------------------- */

/* A large addition is faster without the index, which is built again afterwards; a small one keeps it. */
static casus_code prepare_tables(sqlite3 *db, uint64_t bytes, casus_error *err) {
    sqlite3_stmt *q = NULL;
    int64_t events = 0;
    if (sqlite3_prepare_v2(db, "SELECT coalesce(max(event), 0) FROM coded_events", -1, &q, NULL))
        return db_fail(db, err, "read the ledger");
    if (sqlite3_step(q) == SQLITE_ROW) events = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    if (bytes / 200 < (uint64_t)events / 4) return CASUS_OK;
    return sqlite3_exec(db, "DROP INDEX IF EXISTS coded_events_pair", NULL, NULL, NULL)
               ? db_fail(db, err, "prepare the ledger")
               : CASUS_OK;
}

static casus_code finish_tables(sqlite3 *db, casus_error *err) {
    if (sqlite3_exec(db, "CREATE INDEX IF NOT EXISTS coded_events_pair ON coded_events(source, target, day, code)",
                     NULL, NULL, NULL))
        return db_fail(db, err, "build the index");
    return CASUS_OK;
}

static casus_code read_batch(reader *r, data_keeper *k, int64_t from_line, bool *got, casus_error *err) {
    int64_t rows = r->report->rows + (r->options->batch > 0 ? r->options->batch : BATCH);
    casus_code code = data_keeper_begin(k, err);
    if (code) return code;
    while (!code && *got && r->report->rows < rows) code = step(r, k, from_line, got, err);
    if (!code && !*got) report_damage(r);
    return code ? code : data_keeper_commit(k, r->in.next_line, !*got, err);
}

static casus_code read_all(reader *r, data_keeper *k, sqlite3 *db, int64_t from_line, casus_error *err) {
    casus_code code = CASUS_OK;
    for (bool got = true; !code && got;) {
        code = read_batch(r, k, from_line, &got, err);
        if (code && !sqlite3_get_autocommit(db)) sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
        bool on = !r->options->progress ||
                  r->options->progress(r->options->ctx, r->in.packed, r->in.total, (uint64_t)r->report->rows);
        if (!code && !on && got)
            code = casus_fail(err, CASUS_ERR_STOPPED, "stopped; the same import goes on after its last batch");
    }
    return code;
}

static casus_code import(reader *r, casus_ledger *l, casus_error *err) {
    sqlite3 *db = casus_ledger_sqlite(l);
    data_keeper *k = NULL;
    int64_t from_line = 0;
    casus_code code = find_import(db, r, &from_line, err);
    if (code || r->report->already) return code;
    if (!from_line) code = add_import(db, r, err);
    if (!code) code = prepare_tables(db, r->in.total, err);
    if (!code) code = data_keeper_new(&k, l, &r->plan, r->report, err);
    if (!code) code = read_all(r, k, db, from_line, err);
    data_keeper_free(k);
    return code ? code : finish_tables(db, err);
}

casus_code casus_import(casus_ledger *l, const char *path, const casus_import_options *options,
                        casus_import_report *report, casus_error *err) {
    casus_import_options none = {0};
    reader r;
    sqlite3 *db = casus_ledger_sqlite(l);
    casus_code code = open_reader(&r, path, options ? options : &none, report, err);
    if (!code && sqlite3_exec(db, "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536", NULL, NULL, NULL))
        code = db_fail(db, err, "prepare the ledger");
    if (!code) code = import(&r, l, err);
    sqlite3_exec(db, "PRAGMA synchronous = FULL; PRAGMA cache_size = -2000", NULL, NULL, NULL);
    if (!code) sqlite3_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
    close_reader(&r);
    return code;
}

void casus_import_json(casus_buf *out, const char *path, const casus_import_report *p) {
    casus_json j = casus_json_to(out);
    casus_json_open(&j, NULL, '{');
    casus_json_text(&j, "record", "import");
    casus_json_text(&j, "file", path);
    casus_json_text(&j, "hash", p->hash);
    casus_json_text(&j, "format", p->format);
    casus_json_text(&j, "scheme", p->scheme);
    casus_json_int(&j, "import", p->import);
    casus_json_int(&j, "rows", p->rows);
    casus_json_int(&j, "rejected", p->rejected);
    casus_json_int(&j, "unknown_codes", p->unknown_codes);
    casus_json_int(&j, "unknown_countries", p->unknown_countries);
    casus_json_int(&j, "recoded", p->recoded);
    casus_json_int(&j, "rated", p->rated);
    casus_json_int(&j, "agree", p->agree);
    casus_json_int(&j, "resumed", p->resumed);
    casus_json_bool(&j, "already", p->already);
    casus_json_close(&j, '}');
}
