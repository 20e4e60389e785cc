/* Measures over a ledger whose columns of imported events (coded_columns) hold any bytes. A byte says how many events the segment claims, one how long
 * each blob is; the rest are the blobs. The ledger is made once and put back after each run. */
#include "casus/data.h"
#include "casus/measure.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { BLOBS = 9 };

static casus_ledger *make(void) {
    casus_ledger *l = NULL;
    if (casus_ledger_open(&l, ":memory:", CASUS_LEDGER_CREATE, NULL)) abort();
    static const char SQL[] = "INSERT INTO coded_actors(key, format, fields, code, unknown_country) VALUES(1, 'keds', 'AFG', 'AFG', 0), (2, 'keds', 'PAK', 'PAK', 0);"
                              "INSERT INTO coded_codes(scheme, text, known, plover, quad, directed) VALUES('cameo', '190', 1, 'ASSAULT', 4, 1);"
                              "INSERT INTO coded_events(import, line, source, target, code, day) VALUES(1, 1, 1, 2, 1, 20010203), (1, 2, 2, 1, 1, 20010204)";
    if (sqlite3_exec(casus_ledger_sqlite(l), SQL, NULL, NULL, NULL)) abort();
    return l;
}

static void put(casus_ledger *l, const uint8_t *data, size_t size) {
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(casus_ledger_sqlite(l), "INSERT INTO coded_columns(first, events, day_low, day_high, sources, targets, codes, places, source, target, code, day, place)"
                           " VALUES(1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)", -1, &q, NULL)) abort();
    sqlite3_bind_int(q, 1, data[0]);
    sqlite3_bind_int(q, 2, data[1]);
    sqlite3_bind_int(q, 3, data[2]);
    size_t at = 3 + BLOBS;
    for (size_t i = 0; i < BLOBS; i++) {
        size_t n = data[3 + i] < size - at ? data[3 + i] : size - at;
        sqlite3_bind_blob(q, 4 + (int)i, n ? (const void *)(data + at) : "", (int)n, SQLITE_TRANSIENT);
        at += n;
    }
    if (sqlite3_step(q) != SQLITE_DONE) abort();
    sqlite3_finalize(q);
}

static void ask(casus_ledger *l, const casus_acts_filter *filter) {
    casus_arena arena;
    casus_acts acts;
    casus_error err = {0};
    jmp_buf trap;
    casus_arena_init(&arena);
    CASUS_ARENA_TRY(&arena, &trap, abort());
    casus_code code = casus_acts_load(l, filter, &arena, &acts, &err);
    if (code && !err.message[0]) abort();
    for (size_t i = 0; !code && i < acts.n; i++)
        if ((acts.at[i].source != CASUS_NOBODY && acts.at[i].source >= acts.n_actors) || (acts.at[i].target != CASUS_NOBODY && acts.at[i].target >= acts.n_actors)) abort();
    casus_arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static casus_ledger *l;
    if (size < 3 + BLOBS) return 0;
    if (!l) l = make();
    put(l, data, size);
    ask(l, &(casus_acts_filter){0});
    ask(l, &(casus_acts_filter){.first = "AFG", .where = "Kabul"});
    ask(l, &(casus_acts_filter){.first = "AFG", .second = "PAK", .type = "ASSAULT", .since = "1970-01-02"});
    if (sqlite3_exec(casus_ledger_sqlite(l), "DELETE FROM coded_columns", NULL, NULL, NULL)) abort();
    return 0;
}
