/* Inside the ledger room: the connection, running SQL, the parts of a transaction. */
#ifndef LEDGER_LEDGER_H
#define LEDGER_LEDGER_H

#include "casus/ledger.h"

#include <sqlite3.h>

enum { LEDGER_CACHED = 96, LEDGER_APPLICATION = 0x63617375 /* "casu" */ };

struct casus_ledger {
    sqlite3 *db;
    struct {
        const char *sql; /* a literal: found by its address */
        sqlite3_stmt *stmt;
    } cache[LEDGER_CACHED];
    size_t n_cached;
    int64_t deadline; /* ms of the monotonic clock; see casus_ledger_patience */
};

/* Fills *err from the connection's last error; `doing` is what could not be done ("keep the document"). */
casus_code ledger_fail(casus_ledger *l, casus_error *err, const char *doing);

/* The prepared statement of an SQL literal, reset and bound; kept for the next time. Types, one letter a parameter:
 * i int64_t · t const char * (NULL: null) · s casus_str (empty: null) · d double (NaN: null) · p casus_span as two (empty: null). */
casus_code ledger_prepare(casus_ledger *l, sqlite3_stmt **out, casus_error *err, const char *sql, const char *types, ...);
/* Runs it to the end. */
casus_code ledger_run(casus_ledger *l, casus_error *err, const char *sql, const char *types, ...);
/* One integer from the first row; *value stays when there is none. */
casus_code ledger_int(casus_ledger *l, int64_t *value, casus_error *err, const char *sql, const char *types, ...);
/* Next row: *row false at the end (the statement is then reset). */
casus_code ledger_step(casus_ledger *l, sqlite3_stmt *stmt, bool *row, casus_error *err);

/* Text of a column in an arena; NULL for null. */
const char *ledger_text(sqlite3_stmt *stmt, int column, casus_arena *arena);
/* Text of a column until the next step; "" for null. */
const char *ledger_peek(sqlite3_stmt *stmt, int column);

/* Several small SQL statements without parameters. */
casus_code ledger_exec(casus_ledger *l, const char *sql, const char *doing, casus_error *err);
casus_code ledger_begin(casus_ledger *l, casus_error *err); /* BEGIN IMMEDIATE: waits for other writers */
/* COMMIT when `code` is CASUS_OK, else ROLLBACK; returns `code` or what went wrong with the commit. */
casus_code ledger_end(casus_ledger *l, casus_code code, casus_error *err);

/* The schema's third and fourth steps, tables of imported events and their columns, and the view over these and the statements' events
 * (schema_coded.c). */
extern const char LEDGER_STEP_CODED[], LEDGER_STEP_COLUMNS[], LEDGER_STEP_DYADS[], LEDGER_CODED_VIEWS[];

/* Brings the schema to `version` (at most CASUS_LEDGER_SCHEMA); one transaction. */
casus_code ledger_migrate(casus_ledger *l, int version, casus_error *err);

/* The number of a document by id or the beginning of one. CASUS_ERR_NOTFOUND, CASUS_ERR_ARG when several begin so. */
casus_code ledger_doc_number(casus_ledger *l, const char *id, int64_t *doc, casus_error *err);
casus_code ledger_statement_number(casus_ledger *l, const char *id, int64_t *st, casus_error *err);
casus_code ledger_event_number(casus_ledger *l, const char *id, int64_t *event, casus_error *err);

/* Inserts sentences, actors, statements of a reading under the document's number (put.c). */
casus_code ledger_put_reading(casus_ledger *l, int64_t doc_number, const casus_document *doc, const casus_reading *r, const char *version,
                              casus_error *err);
/* Merges the events of a document's statements into those of the ledger (merge.c). */
casus_code ledger_merge_document(casus_ledger *l, int64_t doc_number, casus_error *err);
/* Removes events without statements, actors without documents (store.c). */
casus_code ledger_prune(casus_ledger *l, casus_error *err);

#endif
