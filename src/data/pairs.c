/* coded_pairs and coded_dyads (ledger/dyads.h): imported events by source, target and day.
 *
 * The rows are put in in their order, which is what makes it quick: a table that grows at its end. Events are counted by source first; then as
 * many sources at a time as make up PART events are gathered from the columns (coded.h), sorted in memory and put in. A small addition
 * to a large table goes in the same way, between what is there (in coded_dyads: in rows of its own); a large one takes the tables' place as a
 * whole, the last of many small ones that of coded_dyads. */
#include "data/data.h"

#include "casus/lexicon.h"
#include "ledger/coded.h"
#include "ledger/dyads.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { PART = 2000000, MANY_ADDITIONS = 64, DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };

typedef struct pair {
    uint32_t source, target, day, code; /* day: since the first of all */
    int64_t event;
} pair;

typedef struct work {
    sqlite3 *db;
    int64_t after, from; /* events up to these are in coded_pairs, in coded_dyads already */
    int64_t additions;   /* since coded_dyads was made anew, this one included */
    uint64_t *count;
    size_t n_count; /* by source */
    pair *pairs, *spare;
    const pair *shown; /* to SQL */
    size_t n, cap;
    int32_t day_low, day_high;
    uint32_t source_low, source_high, target_high; /* of the part */
    sqlite3_stmt *insert;
    dyads_writer dyads;
    data_table table;
} work;

static casus_code no_memory(casus_error *err) { return casus_fail(err, CASUS_ERR_NOMEM, "out of memory sorting pairs of actors"); }

/* ---- going through the columns ----------------------------------------------------------------------------- */

/* From the segment on in which the first new event stands. */
static casus_code open_columns(work *w, coded_reader *r, casus_error *err) {
    char sql[100];
    casus_code code = coded_reader_open(r, w->db, INT32_MIN, INT32_MAX, err);
    snprintf(sql, sizeof sql, "SELECT max(first) FROM coded_columns WHERE first <= %lld", (long long)w->from + 1);
    if (!code && w->from) r->next = coded_number(w->db, sql);
    return code;
}

typedef bool visitor(work *w, const coded_columns *c, size_t i);

/* Calls `visit` for every event after w->from, in their order. */
static casus_code each(work *w, visitor *visit, casus_error *err) {
    coded_reader r;
    coded_columns c;
    bool got = true;
    casus_code code = open_columns(w, &r, err);
    while (!code && got) {
        code = coded_reader_next(&r, &c, &got, err);
        if (code || !got || c.first + (int64_t)c.n - 1 <= w->from) continue;
        code = coded_reader_load(&r, &c, false, err);
        size_t from = c.first > w->from ? 0 : (size_t)(w->from - c.first + 1);
        for (size_t i = from; i < c.n && !code; i++)
            if (!visit(w, &c, i)) code = no_memory(err);
    }
    coded_reader_close(&r);
    return code;
}

static bool count_source(work *w, const coded_columns *c, size_t i) {
    uint32_t source = c->list[CODED_SOURCE][c->at[CODED_SOURCE][i]];
    if (source >= w->n_count) {
        size_t n = w->n_count ? w->n_count : 1024;
        while (n <= source) n *= 2;
        uint64_t *more = realloc(w->count, n * sizeof *more);
        if (!more) return false;
        memset(more + w->n_count, 0, (n - w->n_count) * sizeof *more);
        w->count = more;
        w->n_count = n;
    }
    w->count[source]++;
    if (c->day_low < w->day_low) w->day_low = c->day_low;
    if (c->day_high > w->day_high) w->day_high = c->day_high;
    return true;
}

/* ---- sorting ----------------------------------------------------------------------------------------------- */

static uint32_t digit(const pair *p, int key, int shift) {
    uint32_t value = key == 0 ? p->day : key == 1 ? p->target : p->source;
    return value >> shift & (DIGITS - 1);
}

/* One pass of a radix sort; keeps the order of equal digits. */
static void pass(work *w, int key, int shift) {
    size_t start[DIGITS + 1] = {0};
    for (size_t i = 0; i < w->n; i++) start[digit(&w->pairs[i], key, shift) + 1]++;
    for (size_t i = 0; i < DIGITS; i++) start[i + 1] += start[i];
    for (size_t i = 0; i < w->n; i++) w->spare[start[digit(&w->pairs[i], key, shift)]++] = w->pairs[i];
    pair *sorted = w->spare;
    w->spare = w->pairs;
    w->pairs = sorted;
}

/* By source, target, day; events of the same day stay in their order. */
static void sort(work *w) {
    const uint32_t highest[] = {(uint32_t)(w->day_high - w->day_low), w->target_high, w->source_high};
    for (int key = 0; key < 3; key++)
        for (int shift = 0; shift < 32 && highest[key] >> shift; shift += DIGIT_BITS) pass(w, key, shift);
}

/* ---- putting in -------------------------------------------------------------------------------------------- */

static void column(void *ctx, size_t row, int column, sqlite3_context *out) {
    const work *w = ctx;
    const pair *p = &w->shown[row];
    int y, m, d;
    switch (column) {
    case 0: sqlite3_result_int64(out, p->source); break;
    case 1: sqlite3_result_int64(out, p->target); break;
    case 2:
        casus_day_split(w->day_low + (int32_t)p->day, &y, &m, &d);
        sqlite3_result_int(out, y * 10000 + m * 100 + d);
        break;
    case 3: sqlite3_result_int64(out, p->event); break;
    default: sqlite3_result_int64(out, p->code); break;
    }
}

/* The pairs that coded_pairs does not hold, in their order. */
static void show_new(work *w) {
    w->shown = w->pairs;
    w->table.n = w->n;
    if (w->after == w->from) return;
    w->table.n = 0;
    w->shown = w->spare;
    for (size_t i = 0; i < w->n; i++)
        if (w->pairs[i].event > w->after) w->spare[w->table.n++] = w->pairs[i];
}

static casus_code put_in(work *w, casus_error *err) {
    casus_code code = CASUS_OK;
    sort(w);
    show_new(w);
    sqlite3_step(w->insert);
    if (sqlite3_reset(w->insert)) return data_db_fail(w->db, err, "keep pairs of actors");
    for (size_t i = 0; i < w->n && !code; i++) {
        const pair *p = &w->pairs[i];
        code = dyads_add(&w->dyads, p->source, p->target, w->day_low + (int32_t)p->day, p->code, err);
    }
    w->n = 0;
    w->target_high = 0;
    return code ? code : dyads_flush(&w->dyads, err);
}

static casus_code full(work *w, casus_error *err) { return w->n == w->cap ? put_in(w, err) : CASUS_OK; }

/* Pairs of the part's sources; a source with more events than fit goes in by several sorted runs. */
static casus_code gather(work *w, casus_error *err) {
    coded_reader r;
    coded_columns c;
    bool got = true;
    casus_code code = open_columns(w, &r, err);
    while (!code && got) {
        code = coded_reader_next(&r, &c, &got, err);
        if (code || !got || c.first + (int64_t)c.n - 1 <= w->from) continue;
        code = coded_reader_load(&r, &c, false, err);
        size_t from = c.first > w->from ? 0 : (size_t)(w->from - c.first + 1);
        for (size_t i = from; i < c.n && !code; i++) {
            uint32_t source = c.list[CODED_SOURCE][c.at[CODED_SOURCE][i]];
            if (source < w->source_low || source > w->source_high) continue;
            code = full(w, err);
            pair p = {source, c.list[CODED_TARGET][c.at[CODED_TARGET][i]], (uint32_t)(c.day_low + c.day[i] - w->day_low),
                      c.list[CODED_CODE][c.at[CODED_CODE][i]], c.first + (int64_t)i};
            if (p.target > w->target_high) w->target_high = p.target;
            if (!code) w->pairs[w->n++] = p;
        }
    }
    coded_reader_close(&r);
    return code || !w->n ? code : put_in(w, err);
}

static casus_code put_in_parts(work *w, casus_error *err) {
    casus_code code = CASUS_OK;
    for (size_t low = 0; low < w->n_count && !code;) {
        uint64_t sum = w->count[low];
        size_t high = low;
        while (high + 1 < w->n_count && sum + w->count[high + 1] <= w->cap) sum += w->count[++high];
        w->source_low = (uint32_t)low;
        w->source_high = (uint32_t)high;
        if (sum) code = gather(w, err);
        low = high + 1;
    }
    return code;
}

/* ---- all --------------------------------------------------------------------------------------------------- */

/* Where to begin: at the new events; or anew, when they are many; coded_dyads also when they have come bit by bit, or it was emptied. */
static casus_code choose(work *w, casus_error *err) {
    int64_t last = coded_number(w->db, "SELECT max(event) FROM coded_events");
    w->after = w->from = coded_number(w->db, "SELECT max(event) FROM coded_paired");
    w->additions = coded_number(w->db, "SELECT max(additions) FROM coded_paired") + 1;
    if (last - w->after >= w->after / 4) w->after = w->from = 0;
    if (w->additions > MANY_ADDITIONS || !coded_number(w->db, "SELECT EXISTS(SELECT 1 FROM coded_dyads)")) w->from = 0;
    if (!w->from) w->additions = 0;
    const char *sql = w->from ? "" : w->after ? "DELETE FROM coded_dyads" : "DELETE FROM coded_dyads; DELETE FROM coded_pairs";
    return sqlite3_exec(w->db, sql, NULL, NULL, NULL) ? data_db_fail(w->db, err, "keep pairs of actors") : CASUS_OK;
}

static casus_code prepare(work *w, casus_error *err) {
    uint64_t all = 0;
    for (size_t i = 0; i < w->n_count; i++) all += w->count[i];
    w->cap = all < PART ? (size_t)all : PART;
    w->pairs = malloc((w->cap + 1) * sizeof *w->pairs);
    w->spare = malloc((w->cap + 1) * sizeof *w->spare);
    if (!w->pairs || !w->spare) return no_memory(err);
    casus_code code = dyads_writer_open(&w->dyads, w->db, w->from + 1, err);
    if (code) return code;
    w->table = (data_table){.columns = "CREATE TABLE x(source, target, day, event, code)", .column = column, .ctx = w};
    bool ok = data_table_register(w->db, "casus_pairs", &w->table) == SQLITE_OK &&
              sqlite3_prepare_v2(w->db,
                                 "INSERT INTO coded_pairs(source, target, day, event, code)"
                                 " SELECT source, target, day, event, code FROM casus_pairs",
                                 -1, &w->insert, NULL) == SQLITE_OK;
    return ok ? CASUS_OK : data_db_fail(w->db, err, "keep pairs of actors");
}

/* How far the tables go. */
static casus_code note(const work *w, casus_error *err) {
    char sql[240];
    snprintf(sql, sizeof sql,
             "INSERT INTO coded_paired(event, additions, actor) SELECT (SELECT coalesce(max(event), 0) FROM coded_events), %lld, coalesce(max(actor), 0) FROM coded_paired;"
             "DELETE FROM coded_paired WHERE rowid < (SELECT max(rowid) FROM coded_paired)",
             (long long)w->additions);
    return sqlite3_exec(w->db, sql, NULL, NULL, NULL) ? data_db_fail(w->db, err, "keep pairs of actors") : CASUS_OK;
}

casus_code data_pairs_update(sqlite3 *db, casus_error *err) {
    work w = {.db = db, .day_low = INT32_MAX, .day_high = INT32_MIN};
    casus_code code = choose(&w, err);
    if (!code) code = each(&w, count_source, err);
    if (!code) code = prepare(&w, err);
    if (!code) code = put_in_parts(&w, err);
    if (!code) code = note(&w, err);
    sqlite3_finalize(w.insert);
    dyads_writer_close(&w.dyads);
    data_table_register(db, "casus_pairs", NULL);
    free(w.pairs);
    free(w.spare);
    free(w.count);
    return code;
}
