/* Imported events by source: making and reading them. */
#include "ledger/dyads.h"

#include "ledger/coded.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static casus_code fail(sqlite3 *db, casus_error *err, const char *doing) {
    bool memory = (sqlite3_errcode(db) & 0xff) == SQLITE_NOMEM;
    return casus_fail(err, memory ? CASUS_ERR_NOMEM : CASUS_ERR_DB, "cannot %s: %s", doing, sqlite3_errmsg(db));
}

/* ---- making them ------------------------------------------------------------------------------------------- */

casus_code dyads_writer_open(dyads_writer *w, sqlite3 *db, int64_t part, casus_error *err) {
    *w = (dyads_writer){.db = db, .part = part};
    w->target = malloc(DYADS_EVENTS * sizeof *w->target);
    w->end = malloc(DYADS_EVENTS * sizeof *w->end);
    w->day = malloc(DYADS_EVENTS * sizeof *w->day);
    w->code = malloc(DYADS_EVENTS * sizeof *w->code);
    if (!w->target || !w->end || !w->day || !w->code) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory keeping events by source");
    int rc = sqlite3_prepare_v2(db, "INSERT INTO coded_dyads(source, part, targets, ends, days, codes) VALUES(?1, ?2, ?3, ?4, ?5, ?6)", -1, &w->insert, NULL);
    return rc ? fail(db, err, "keep events by source") : CASUS_OK;
}

casus_code dyads_flush(dyads_writer *w, casus_error *err) {
    if (!w->n) return CASUS_OK;
    sqlite3_stmt *q = w->insert;
    sqlite3_bind_int64(q, 1, w->source);
    sqlite3_bind_int64(q, 2, w->part);
    sqlite3_bind_blob64(q, 3, w->target, w->n_targets * sizeof *w->target, SQLITE_STATIC);
    sqlite3_bind_blob64(q, 4, w->end, w->n_targets * sizeof *w->end, SQLITE_STATIC);
    sqlite3_bind_blob64(q, 5, w->day, w->n * sizeof *w->day, SQLITE_STATIC);
    sqlite3_bind_blob64(q, 6, w->code, w->n * sizeof *w->code, SQLITE_STATIC);
    sqlite3_step(q);
    w->n = w->n_targets = 0;
    w->part++;
    return sqlite3_reset(q) ? fail(w->db, err, "keep events by source") : CASUS_OK;
}

casus_code dyads_add(dyads_writer *w, uint32_t source, uint32_t target, int32_t day, uint32_t code, casus_error *err) {
    if (w->n == DYADS_EVENTS || (w->n && source != w->source)) {
        casus_code failed = dyads_flush(w, err);
        if (failed) return failed;
    }
    w->source = source;
    if (!w->n_targets || w->target[w->n_targets - 1] != target) w->target[w->n_targets++] = target;
    w->day[w->n] = day;
    w->code[w->n] = code;
    w->end[w->n_targets - 1] = (uint32_t)++w->n;
    return CASUS_OK;
}

void dyads_writer_close(dyads_writer *w) {
    sqlite3_finalize(w->insert);
    free(w->target);
    free(w->end);
    free(w->day);
    free(w->code);
    *w = (dyads_writer){0};
}

/* ---- reading them ------------------------------------------------------------------------------------------ */

casus_code dyads_complete(sqlite3 *db, bool *yes, casus_error *err) {
    static const char SQL[] = "SELECT coalesce((SELECT max(event) FROM coded_paired) >= (SELECT max(event) FROM coded_events), 1)"
                              " AND EXISTS(SELECT 1 FROM coded_dyads)";
    sqlite3_stmt *q = NULL;
    int rc = sqlite3_prepare_v2(db, SQL, -1, &q, NULL) ? SQLITE_ERROR : sqlite3_step(q);
    *yes = rc == SQLITE_ROW && sqlite3_column_int(q, 0);
    sqlite3_finalize(q);
    return rc == SQLITE_ROW ? CASUS_OK : fail(db, err, "read the imported events");
}

casus_code dyads_reader_open(dyads_reader *r, sqlite3 *db, casus_error *err) {
    *r = (dyads_reader){.db = db};
    bool ok = sqlite3_prepare_v2(db, "SELECT part, targets, ends FROM coded_dyads WHERE source = ?1 ORDER BY part", -1, &r->targets, NULL) == SQLITE_OK &&
              sqlite3_prepare_v2(db, "SELECT days, codes FROM coded_dyads WHERE part = ?1", -1, &r->events, NULL) == SQLITE_OK;
    return ok ? CASUS_OK : fail(db, err, "read the imported events");
}

void dyads_reader_close(dyads_reader *r) {
    sqlite3_finalize(r->targets);
    sqlite3_finalize(r->events);
    for (size_t i = 0; i < sizeof r->copies / sizeof *r->copies; i++) free(r->copies[i]);
    *r = (dyads_reader){0};
}

void dyads_reader_source(dyads_reader *r, uint32_t source) {
    sqlite3_reset(r->targets);
    sqlite3_bind_int64(r->targets, 1, source);
    r->source = source;
}

static casus_code damaged(uint32_t source, casus_error *err) {
    return casus_fail(err, CASUS_ERR_DB, "the events of the imported actor %u in coded_dyads are damaged; empty that table (DELETE FROM coded_dyads): they are"
                      " then read from coded_columns, and the next import fills it again", source);
}

static bool ends_grow(const dyads_row *row) {
    for (size_t i = 0; i < row->n_targets; i++)
        if (row->end[i] <= (i ? row->end[i - 1] : 0)) return false;
    return row->n_targets > 0;
}

casus_code dyads_reader_next(dyads_reader *r, dyads_row *out, bool *got, casus_error *err) {
    size_t n_ends = 0;
    int rc = sqlite3_step(r->targets);
    *got = rc == SQLITE_ROW;
    if (rc == SQLITE_DONE) return CASUS_OK;
    if (rc != SQLITE_ROW) return fail(r->db, err, "read the imported events");
    *out = (dyads_row){.source = r->source, .part = sqlite3_column_int64(r->targets, 0)};
    out->target = coded_blob(r->targets, 1, sizeof *out->target, &r->copies[0], &out->n_targets);
    out->end = coded_blob(r->targets, 2, sizeof *out->end, &r->copies[1], &n_ends);
    if (!out->target || !out->end || n_ends != out->n_targets || !ends_grow(out)) return damaged(r->source, err);
    out->n = out->end[out->n_targets - 1];
    return CASUS_OK;
}

casus_code dyads_reader_load(dyads_reader *r, dyads_row *row, casus_error *err) {
    size_t n_days = 0, n_codes = 0;
    sqlite3_reset(r->events);
    sqlite3_bind_int64(r->events, 1, row->part);
    if (sqlite3_step(r->events) != SQLITE_ROW) return fail(r->db, err, "read the imported events");
    row->day = coded_blob(r->events, 0, sizeof *row->day, &r->copies[2], &n_days);
    row->code = coded_blob(r->events, 1, sizeof *row->code, &r->copies[3], &n_codes);
    return row->day && row->code && n_days == row->n && n_codes == row->n ? CASUS_OK : damaged(row->source, err);
}
