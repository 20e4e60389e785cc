/* An import: a file's records in batches, each one transaction that also notes how far the file has been read.
 *
 * Threads read and parse (flow.c); the caller's writes. imports.next_line is the line of the first record after the last committed batch. A second call on the same bytes
 * (known by their hash) skips the records before it; the counts of the earlier batches are read back, so that the
 * manifest is that of the whole file. While rows are added the ledger is synced at checkpoints only (synchronous =
 * NORMAL): a power cut may cost the last batches, never the file's integrity, and `next_line` goes back with them. */
#include "data/data.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 65536 };

typedef struct reader {
    data_input in;
    data_plan plan;
    data_shape shape;
    const casus_import_options *options;
    casus_import_report *report;
    casus_buf first;  /* the first record */
    casus_buf cut;    /* its CSV fields */
    casus_buf header; /* the file's own column names */
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
    if (header && memchr(first.at, '\0', first.n)) return casus_fail_at(err, CASUS_ERR_FORMAT, r->in.path, 1, -1, "the header holds a NUL byte");
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

static data_shape shape_of(const reader *r) {
    const char *name = r->plan.layout->name;
    if (strcmp(name, "gdelt-mentions") == 0) return DATA_SHAPE_MENTION;
    if (strcmp(name, "plover-json") == 0) return DATA_SHAPE_JSON;
    return strcmp(name, "keds") == 0 && !r->header.n ? DATA_SHAPE_LINE : DATA_SHAPE_FIELDS;
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
    first = without_bom(first); /* kept apart: rewinding moves the window */
    if (casus_utf8_check(first.at, first.n) == first.n || memchr(first.at, '\0', first.n))
        casus_buf_add(&r->first, first.at, first.n);
    else
        data_latin1(&r->first, first);
    if (r->first.failed) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading %s", path);
    first = (casus_str){r->first.at, r->first.n};
    code = choose_layout(r, first, &layout, err);
    if (!code) code = plan_file(r, layout, first, err);
    if (!code) code = choose_scheme(r, err);
    if (!code && options->countries) r->plan.actor_country = r->plan.place_country = *options->countries;
    if (code) return code;
    r->shape = shape_of(r);
    report->format = layout->name;
    report->scheme = casus_scheme_name(r->plan.scheme);
    return CASUS_OK;
}

static void close_reader(reader *r) {
    data_input_close(&r->in);
    casus_buf_done(&r->first);
    casus_buf_done(&r->cut);
    casus_buf_done(&r->header);
}

/* ---- rows -------------------------------------------------------------------------------------------------- */

static void reject(reader *r, int64_t line, casus_str row, const char *why) {
    casus_error err;
    r->report->rejected++;
    if (!r->options->rejected) return;
    casus_fail_at(&err, CASUS_ERR_FORMAT, r->in.path, line, -1, "%s", why);
    r->options->rejected(r->options->ctx, &err, row);
}

static void report_reject(reader *r, const data_reject *x, int64_t line) {
    r->report->recoded += x->recoded;
    reject(r, line + x->line, x->row, x->why);
}

static void report_damage(reader *r, int64_t line) {
    if (r->in.damage) reject(r, line, (casus_str){"", 0}, r->in.damage);
}

/* A chunk of a file that is only checked. */
typedef struct checker {
    reader *reader;
    int64_t line;
} checker;

static casus_code check_chunk(void *ctx, data_chunk *c, casus_error *err) {
    checker *k = ctx;
    (void)err;
    for (size_t i = 0; i < c->n_rejects; i++) report_reject(k->reader, &c->rejects[i], k->line);
    for (size_t i = 0; i < c->n_rows; i++) k->reader->report->recoded += (c->rows[i].flags & DATA_RECODED) != 0;
    k->reader->report->rows += (int64_t)c->n_rows;
    k->line += c->lines;
    return CASUS_OK;
}

casus_code casus_import_check(const char *path, const casus_import_options *options, casus_import_report *report,
                              casus_error *err) {
    casus_import_options none = {0};
    reader r;
    casus_code code = open_reader(&r, path, options ? options : &none, report, err);
    checker k = {&r, r.in.next_line};
    if (!code) code = data_flow(&r.in, &r.plan, r.shape, r.options->threads, check_chunk, &k, err);
    if (!code) report_damage(&r, k.line - 1);
    close_reader(&r);
    return code;
}

/* ---- the manifest ------------------------------------------------------------------------------------------ */

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
        return data_db_fail(db, err, "read the manifest");
    sqlite3_bind_text(q, 1, p->hash, -1, SQLITE_STATIC);
    int rc = sqlite3_step(q);
    casus_code code = rc == SQLITE_ROW || rc == SQLITE_DONE ? CASUS_OK : data_db_fail(db, err, "read the manifest");
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
        return data_db_fail(db, err, "note the import");
    const char *texts[] = {r->report->hash, r->in.path, r->report->format, r->report->scheme};
    for (int i = 0; i < 4; i++) sqlite3_bind_text(q, i + 1, texts[i], -1, SQLITE_STATIC);
    if (r->header.n) sqlite3_bind_text64(q, 5, r->header.at, r->header.n, SQLITE_STATIC, SQLITE_UTF8);
    sqlite3_bind_int64(q, 6, (int64_t)r->in.total);
    casus_code code = sqlite3_step(q) == SQLITE_DONE ? CASUS_OK : data_db_fail(db, err, "note the import");
    r->report->import = sqlite3_last_insert_rowid(db);
    sqlite3_finalize(q);
    return code;
}

/* ---- batches ----------------------------------------------------------------------------------------------- */

/* Rows on their way into the ledger, batch by batch. */
typedef struct writer {
    reader *reader;
    data_keeper *keeper;
    sqlite3 *db;
    int64_t line, from_line; /* first line of the chunk at hand; lines before from_line were kept by an earlier import */
    int64_t batch, in_batch; /* rows a transaction; rows in this one */
    uint64_t packed;
} writer;

static bool go_on(const writer *w) {
    const casus_import_options *o = w->reader->options;
    return !o->progress || o->progress(o->ctx, w->packed, w->reader->in.total, (uint64_t)w->reader->report->rows);
}

static casus_code end_batch(writer *w, int64_t next_line, casus_error *err) {
    casus_code code = data_keeper_commit(w->keeper, next_line, err);
    if (!code && !go_on(w))
        code = casus_fail(err, CASUS_ERR_STOPPED, "stopped; the same import goes on after its last batch");
    w->in_batch = 0;
    return code ? code : data_keeper_begin(w->keeper, err);
}

static int64_t line_of(const writer *w, const data_chunk *c, size_t row, size_t bad) {
    int64_t line = w->line + (row < c->n_rows ? c->rows[row].line : c->lines);
    if (bad < c->n_rejects && w->line + c->rejects[bad].line < line) line = w->line + c->rejects[bad].line;
    return line;
}

/* Keeps rows up to `to`, beginning a new batch wherever one is full; `bad`: the reject that follows them. */
static casus_code keep_rows(writer *w, const data_chunk *c, size_t *row, size_t to, size_t bad, casus_error *err) {
    casus_code code = CASUS_OK;
    while (*row < to && !code) {
        size_t room = (size_t)(w->batch - w->in_batch), n = to - *row < room ? to - *row : room;
        code = data_keep(w->keeper, c, *row, *row + n, w->line, err);
        *row += n;
        w->in_batch += (int64_t)n;
        if (!code && w->in_batch == w->batch) code = end_batch(w, line_of(w, c, *row, bad), err);
    }
    return code;
}

static casus_code write_chunk(void *ctx, data_chunk *c, casus_error *err) {
    writer *w = ctx;
    size_t row = 0, bad = 0;
    casus_code code = CASUS_OK;
    w->packed = c->packed;
    while (row < c->n_rows && w->line + c->rows[row].line < w->from_line) row++;
    while (bad < c->n_rejects && w->line + c->rejects[bad].line < w->from_line) bad++;
    while (!code && (row < c->n_rows || bad < c->n_rejects)) {
        for (; bad < c->n_rejects && c->rejects[bad].before <= row; bad++) report_reject(w->reader, &c->rejects[bad], w->line);
        code = keep_rows(w, c, &row, bad < c->n_rejects ? c->rejects[bad].before : c->n_rows, bad, err);
    }
    data_keeper_next_chunk(w->keeper);
    w->line += c->lines;
    return code;
}

static casus_code write_all(writer *w, casus_error *err) {
    reader *r = w->reader;
    casus_code code = data_keeper_begin(w->keeper, err);
    if (!code) code = data_flow(&r->in, &r->plan, r->shape, r->options->threads, write_chunk, w, err);
    if (!code) {
        report_damage(r, w->line - 1);
        code = data_keeper_finish(w->keeper, w->line, err);
    }
    if (code && !sqlite3_get_autocommit(w->db)) sqlite3_exec(w->db, "ROLLBACK", NULL, NULL, NULL);
    if (!code) go_on(w);
    return code;
}

static casus_code import(reader *r, casus_ledger *l, casus_error *err) {
    writer w = {.reader = r,
                .db = casus_ledger_sqlite(l),
                .line = r->in.next_line,
                .batch = r->options->batch > 0 ? r->options->batch : BATCH};
    casus_code code = find_import(w.db, r, &w.from_line, err);
    if (code || r->report->already) return code;
    if (!w.from_line) code = add_import(w.db, r, err);
    if (!code) code = data_keeper_new(&w.keeper, l, &r->plan, r->report, err);
    if (!code) code = write_all(&w, err);
    data_keeper_free(w.keeper);
    return code;
}

casus_code casus_import(casus_ledger *l, const char *path, const casus_import_options *options,
                        casus_import_report *report, casus_error *err) {
    casus_import_options none = {0};
    reader r;
    sqlite3 *db = casus_ledger_sqlite(l);
    casus_code code = open_reader(&r, path, options ? options : &none, report, err);
    if (!code && sqlite3_exec(db, "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536", NULL, NULL, NULL))
        code = data_db_fail(db, err, "prepare the ledger");
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
