/* Columns of imported events: making them. */
#include "ledger/coded.h"

#include "casus/lexicon.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "segments are little-endian; swap here for another machine");

/* The distinct values of a column so far. */
typedef struct value_list {
    uint32_t *values, *place; /* by value: its place in `values` + 1 */
    size_t n, cap;            /* cap: of `place` */
    uint16_t *at;
} value_list;

struct coded_builder {
    int64_t first;
    size_t n;
    int32_t day_low, day_high;
    value_list list[CODED_LISTS];
    int32_t *day;
    uint16_t *offset;
};

coded_builder *coded_builder_new(void) {
    coded_builder *b = calloc(1, sizeof *b);
    if (!b) return NULL;
    b->day = malloc(CODED_SEGMENT * sizeof *b->day);
    b->offset = malloc(CODED_SEGMENT * sizeof *b->offset);
    bool ok = b->day && b->offset;
    for (int i = 0; i < CODED_LISTS; i++) {
        b->list[i].values = malloc(CODED_SEGMENT * sizeof *b->list[i].values);
        b->list[i].at = malloc(CODED_SEGMENT * sizeof *b->list[i].at);
        ok = ok && b->list[i].values && b->list[i].at;
    }
    if (ok) return b;
    coded_builder_free(b);
    return NULL;
}

void coded_builder_free(coded_builder *b) {
    if (!b) return;
    for (int i = 0; i < CODED_LISTS; i++) {
        free(b->list[i].values);
        free(b->list[i].place);
        free(b->list[i].at);
    }
    free(b->day);
    free(b->offset);
    free(b);
}

void coded_builder_clear(coded_builder *b) {
    for (int i = 0; i < CODED_LISTS; i++) {
        value_list *l = &b->list[i];
        for (size_t k = 0; k < l->n; k++) l->place[l->values[k]] = 0;
        l->n = 0;
    }
    b->n = 0;
}

bool coded_builder_full(const coded_builder *b, const coded_row *row, int64_t event) {
    if (!b->n) return false;
    int32_t low = row->day < b->day_low ? row->day : b->day_low, high = row->day > b->day_high ? row->day : b->day_high;
    return b->n == CODED_SEGMENT || high - low > UINT16_MAX || event != b->first + (int64_t)b->n;
}

/* Room for a value as an index; false when out of memory. */
static bool widen(value_list *l, uint32_t value) {
    size_t cap = l->cap ? l->cap : 1024;
    while (cap <= value) cap *= 2;
    uint32_t *more = realloc(l->place, cap * sizeof *more);
    if (!more) return false;
    memset(more + l->cap, 0, (cap - l->cap) * sizeof *more);
    l->place = more;
    l->cap = cap;
    return true;
}

static bool list_add(value_list *l, size_t row, uint32_t value) {
    if (value >= l->cap && !widen(l, value)) return false;
    if (!l->place[value]) {
        l->values[l->n++] = value;
        l->place[value] = (uint32_t)l->n;
    }
    l->at[row] = (uint16_t)(l->place[value] - 1);
    return true;
}

bool coded_builder_add(coded_builder *b, const coded_row *row, int64_t event) {
    if (!b->n) {
        b->first = event;
        b->day_low = b->day_high = row->day;
    }
    for (int i = 0; i < CODED_LISTS; i++)
        if (!list_add(&b->list[i], b->n, row->value[i])) return false;
    if (row->day < b->day_low) b->day_low = row->day;
    if (row->day > b->day_high) b->day_high = row->day;
    b->day[b->n++] = row->day;
    return true;
}

coded_columns coded_builder_columns(coded_builder *b) {
    coded_columns c = {.first = b->first, .n = b->n, .day_low = b->day_low, .day_high = b->day_high, .day = b->offset};
    for (size_t i = 0; i < b->n; i++) b->offset[i] = (uint16_t)(b->day[i] - b->day_low);
    for (int i = 0; i < CODED_LISTS; i++) {
        c.list[i] = b->list[i].values;
        c.n_list[i] = b->list[i].n;
        c.at[i] = b->list[i].at;
    }
    return c;
}

/* ---- writing ----------------------------------------------------------------------------------------------- */

static casus_code fail(sqlite3 *db, casus_error *err, const char *doing) {
    bool memory = (sqlite3_errcode(db) & 0xff) == SQLITE_NOMEM;
    return casus_fail(err, memory ? CASUS_ERR_NOMEM : CASUS_ERR_DB, "cannot %s: %s", doing, sqlite3_errmsg(db));
}

static void bind_columns(sqlite3_stmt *q, const coded_columns *c) {
    sqlite3_bind_int64(q, 1, c->first);
    sqlite3_bind_int64(q, 2, (int64_t)c->n);
    sqlite3_bind_int(q, 3, c->day_low);
    sqlite3_bind_int(q, 4, c->day_high);
    for (int i = 0; i < CODED_LISTS; i++) {
        sqlite3_bind_blob64(q, 5 + i, c->list[i], c->n_list[i] * sizeof *c->list[i], SQLITE_STATIC);
        sqlite3_bind_blob64(q, 9 + i, c->at[i], c->n * sizeof *c->at[i], SQLITE_STATIC);
    }
    sqlite3_bind_blob64(q, 13, c->day, c->n * sizeof *c->day, SQLITE_STATIC);
}

casus_code coded_write(sqlite3 *db, coded_builder *b, casus_error *err) {
    sqlite3_stmt *q = NULL;
    if (!b->n) return CASUS_OK;
    if (sqlite3_prepare_v2(db,
                           "INSERT OR REPLACE INTO coded_columns(first, events, day_low, day_high, sources, targets, codes,"
                           " places, source, target, code, place, day)"
                           " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                           -1, &q, NULL))
        return fail(db, err, "keep columns of events");
    coded_columns c = coded_builder_columns(b);
    bind_columns(q, &c);
    casus_code code = sqlite3_step(q) == SQLITE_DONE ? CASUS_OK : fail(db, err, "keep columns of events");
    sqlite3_finalize(q);
    coded_builder_clear(b);
    return code;
}

static casus_code take_back(sqlite3 *db, coded_builder *b, const coded_columns *c, casus_error *err) {
    for (size_t i = 0; i < c->n; i++) {
        coded_row row = {.day = c->day_low + c->day[i]};
        for (int k = 0; k < CODED_LISTS; k++) row.value[k] = c->list[k][c->at[k][i]];
        if (!coded_builder_add(b, &row, c->first + (int64_t)i))
            return casus_fail(err, CASUS_ERR_NOMEM, "out of memory keeping columns of events");
    }
    char sql[80];
    snprintf(sql, sizeof sql, "DELETE FROM coded_columns WHERE first = %lld", (long long)c->first);
    return sqlite3_exec(db, sql, NULL, NULL, NULL) ? fail(db, err, "keep columns of events") : CASUS_OK;
}

int64_t coded_number(sqlite3 *db, const char *sql) {
    sqlite3_stmt *q = NULL;
    int64_t value = 0;
    if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW)
        value = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return value;
}

casus_code coded_take_last(sqlite3 *db, coded_builder *b, casus_error *err) {
    coded_columns c;
    coded_reader r;
    bool got = false;
    int64_t first = coded_number(db, "SELECT max(first) FROM coded_columns"),
            n = coded_number(db, "SELECT events FROM coded_columns ORDER BY first DESC LIMIT 1"),
            last = coded_number(db, "SELECT max(event) FROM coded_events");
    if (!first || first + n - 1 != last || n >= CODED_SEGMENT / 2) return CASUS_OK;
    casus_code code = coded_reader_open(&r, db, INT32_MIN, INT32_MAX, err);
    r.next = first;
    if (!code) code = coded_reader_next(&r, &c, &got, err);
    if (!code && got) code = coded_reader_load(&r, &c, true, err);
    if (!code && got && !r.is_loose) code = take_back(db, b, &c, err);
    coded_reader_close(&r);
    return code;
}
