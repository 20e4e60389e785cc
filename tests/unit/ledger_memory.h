/* A ledger in memory for each test, and questions to it. Include after cmocka.h. */
#ifndef TESTS_LEDGER_MEMORY_H
#define TESTS_LEDGER_MEMORY_H

#include "casus/ledger.h"

#include <sqlite3.h>

static casus_ledger *ledger;

static inline int open_memory(void **state) {
    (void)state;
    return (int)casus_ledger_open(&ledger, ":memory:", CASUS_LEDGER_CREATE, NULL);
}

static inline int close_memory(void **state) {
    (void)state;
    casus_ledger_close(ledger);
    ledger = NULL;
    return 0;
}

/* The first number of the answer's first row. */
static inline int64_t ask(const char *sql) {
    sqlite3_stmt *q = NULL;
    assert_int_equal(sqlite3_prepare_v2(casus_ledger_sqlite(ledger), sql, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return value;
}

static inline void tell(const char *sql) { assert_int_equal(sqlite3_exec(casus_ledger_sqlite(ledger), sql, NULL, NULL, NULL), SQLITE_OK); }

#endif
