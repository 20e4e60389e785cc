/* Columns of imported events: reading them. */
#include "ledger/coded.h"

#include "casus/lexicon.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static const char HEADS[] = "SELECT first, events, day_low, day_high FROM coded_columns WHERE first >= ?1 ORDER BY first",
                  LISTS[] = "SELECT sources, targets, codes, places FROM coded_columns WHERE first = ?1",
                  ACTORS[] = "SELECT source, target FROM coded_columns WHERE first = ?1",
                  INDEXES[] = "SELECT source, target, code, CASE WHEN ?2 THEN place END, day FROM coded_columns WHERE first = ?1",
                  ROWS[] = "SELECT event, source, target, code, place, day FROM coded_events WHERE event >= ?1 AND event < ?2"
                           " ORDER BY event";

static casus_code fail(const coded_reader *r, casus_error *err) {
    int rc = sqlite3_errcode(r->db) & 0xff;
    return casus_fail(err, rc == SQLITE_NOMEM ? CASUS_ERR_NOMEM : CASUS_ERR_DB, "cannot read the imported events: %s",
                      sqlite3_errmsg(r->db));
}

static casus_code damaged(int64_t first, casus_error *err) {
    return casus_fail(err, CASUS_ERR_DB,
                      "the columns of the imported events from number %lld on are damaged; delete that row of coded_columns,"
                      " and they are read from coded_events",
                      (long long)first);
}

/* ---- opening ----------------------------------------------------------------------------------------------- */

casus_code coded_reader_open(coded_reader *r, sqlite3 *db, int32_t since, int32_t until, casus_error *err) {
    *r = (coded_reader){.db = db, .since = since, .until = until, .next = INT64_MIN};
    r->loose = coded_builder_new();
    if (!r->loose) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading the imported events");
    bool ok = sqlite3_prepare_v2(db, HEADS, -1, &r->heads, NULL) == SQLITE_OK &&
              sqlite3_prepare_v2(db, LISTS, -1, &r->lists, NULL) == SQLITE_OK &&
              sqlite3_prepare_v2(db, ACTORS, -1, &r->actors, NULL) == SQLITE_OK &&
              sqlite3_prepare_v2(db, INDEXES, -1, &r->indexes, NULL) == SQLITE_OK &&
              sqlite3_prepare_v2(db, ROWS, -1, &r->rows, NULL) == SQLITE_OK;
    return ok ? CASUS_OK : fail(r, err);
}

void coded_reader_close(coded_reader *r) {
    sqlite3_finalize(r->heads);
    sqlite3_finalize(r->lists);
    sqlite3_finalize(r->actors);
    sqlite3_finalize(r->indexes);
    sqlite3_finalize(r->rows);
    coded_builder_free(r->loose);
    for (size_t i = 0; i < sizeof r->copies / sizeof *r->copies; i++) free(r->copies[i]);
    *r = (coded_reader){0};
}

/* ---- rows that no segment covers --------------------------------------------------------------------------- */

static uint32_t value_of(sqlite3_stmt *q, int column) {
    int64_t value = sqlite3_column_int64(q, column);
    return value > 0 && value < UINT32_MAX ? (uint32_t)value : 0;
}

static coded_row row_of(sqlite3_stmt *q) {
    int day = sqlite3_column_int(q, 5);
    return (coded_row){{value_of(q, 1), value_of(q, 2), value_of(q, 3), value_of(q, 4)},
                       casus_day_of(day / 10000, day / 100 % 100, day % 100)};
}

/* Rows from r->next up to `end` as a segment, as many as fit. */
static casus_code gather(coded_reader *r, int64_t end, coded_columns *out, bool *got, casus_error *err) {
    coded_builder_clear(r->loose);
    sqlite3_bind_int64(r->rows, 1, r->next);
    sqlite3_bind_int64(r->rows, 2, end);
    int rc = SQLITE_DONE;
    bool full = false, ok = true;
    while (ok && !full && (rc = sqlite3_step(r->rows)) == SQLITE_ROW) {
        coded_row row = row_of(r->rows);
        int64_t event = sqlite3_column_int64(r->rows, 0);
        full = coded_builder_full(r->loose, &row, event);
        if (full) break;
        ok = coded_builder_add(r->loose, &row, event);
        r->next = event + 1;
    }
    casus_code code = !ok                               ? casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading the imported events")
                      : full || rc == SQLITE_DONE ? CASUS_OK
                                                  : fail(r, err);
    sqlite3_reset(r->rows);
    *out = coded_builder_columns(r->loose);
    *got = out->n > 0;
    r->is_loose = true;
    if (!*got) r->next = end;
    return code;
}

/* ---- segments ---------------------------------------------------------------------------------------------- */

const void *coded_blob(sqlite3_stmt *q, int column, size_t width, void **copy, size_t *n) {
    const void *blob = sqlite3_column_blob(q, column);
    size_t bytes = (size_t)sqlite3_column_bytes(q, column);
    *n = bytes / width;
    if (!blob || bytes % width || *n > CODED_SEGMENT) return NULL;
    if ((uintptr_t)blob % width == 0) return blob;
    if (!*copy) *copy = malloc(CODED_SEGMENT * sizeof(uint32_t));
    return *copy ? memcpy(*copy, blob, bytes) : NULL;
}

static casus_code read_lists(coded_reader *r, coded_columns *out, casus_error *err) {
    sqlite3_reset(r->lists);
    sqlite3_bind_int64(r->lists, 1, out->first);
    if (sqlite3_step(r->lists) != SQLITE_ROW) return fail(r, err);
    for (int i = 0; i < CODED_LISTS; i++) {
        out->list[i] = coded_blob(r->lists, i, sizeof *out->list[i], &r->copies[i], &out->n_list[i]);
        if (!out->list[i] || out->n_list[i] > out->n) return damaged(out->first, err);
    }
    return CASUS_OK;
}

/* The head that `heads` stands on, or comes to stand on; *got false when there is none left. */
static casus_code head(coded_reader *r, coded_columns *out, bool *got, casus_error *err) {
    if (!r->head) {
        if (!r->started) sqlite3_bind_int64(r->heads, 1, r->next);
        r->started = true;
        int rc = sqlite3_step(r->heads);
        if (rc != SQLITE_ROW && rc != SQLITE_DONE) return fail(r, err);
        r->ended = rc == SQLITE_DONE;
        r->head = rc == SQLITE_ROW;
    }
    *got = r->head;
    if (!r->head) return CASUS_OK;
    int64_t events = sqlite3_column_int64(r->heads, 1);
    *out = (coded_columns){.first = sqlite3_column_int64(r->heads, 0), .n = (size_t)events,
                           .day_low = sqlite3_column_int(r->heads, 2), .day_high = sqlite3_column_int(r->heads, 3)};
    bool days = out->day_high >= out->day_low && (int64_t)out->day_high - out->day_low <= UINT16_MAX;
    return days && events > 0 && events <= CODED_SEGMENT ? CASUS_OK : damaged(out->first, err);
}

casus_code coded_reader_next(coded_reader *r, coded_columns *out, bool *got, casus_error *err) {
    for (;;) {
        bool there = false;
        casus_code code = r->ended ? CASUS_OK : head(r, out, &there, err);
        int64_t end = there ? out->first : INT64_MAX;
        if (code) return code;
        if (r->next < end) {
            code = gather(r, end, out, got, err);
            if (code || *got) return code;
            continue;
        }
        *got = there;
        if (!there) return CASUS_OK;
        r->head = r->is_loose = false;
        r->next = out->first + (int64_t)out->n;
        if (out->day_high < r->since || out->day_low > r->until) continue;
        return read_lists(r, out, err);
    }
}

/* Indexes of the segment's events, all below `most`; false when the blob holds anything else. */
static bool take_index(coded_reader *r, sqlite3_stmt *q, int column, const coded_columns *c, size_t most, const uint16_t **out) {
    size_t n = 0;
    *out = coded_blob(q, column, sizeof **out, &r->copies[CODED_LISTS + column], &n);
    if (!*out || n != c->n) return false;
    uint16_t highest = 0;
    for (size_t i = 0; i < n; i++) highest = (*out)[i] > highest ? (*out)[i] : highest;
    return highest < most;
}

/* The first `lists` columns of q are indexes into lists. */
static casus_code take_indexes(coded_reader *r, sqlite3_stmt *q, coded_columns *out, int lists, bool days, casus_error *err) {
    static const coded_list LIST[] = {CODED_SOURCE, CODED_TARGET, CODED_CODE, CODED_PLACE};
    sqlite3_reset(q);
    sqlite3_bind_int64(q, 1, out->first);
    if (days) sqlite3_bind_int(q, 2, lists == CODED_LISTS);
    if (sqlite3_step(q) != SQLITE_ROW) return fail(r, err);
    bool ok = !days || take_index(r, q, 4, out, (size_t)(out->day_high - out->day_low) + 1, &out->day);
    for (int i = 0; i < lists; i++) ok = ok && take_index(r, q, i, out, out->n_list[LIST[i]], &out->at[LIST[i]]);
    return ok ? CASUS_OK : damaged(out->first, err);
}

casus_code coded_reader_load_actors(coded_reader *r, coded_columns *out, casus_error *err) {
    return r->is_loose ? CASUS_OK : take_indexes(r, r->actors, out, 2, false, err);
}

casus_code coded_reader_load(coded_reader *r, coded_columns *out, bool places, casus_error *err) {
    return r->is_loose ? CASUS_OK : take_indexes(r, r->indexes, out, places ? CODED_LISTS : CODED_LISTS - 1, true, err);
}
