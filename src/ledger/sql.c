/* Running SQL: prepared statements kept by their literal, parameters bound by letter, SQLite's errors in our words. */
#include "ledger.h"

#include <string.h>

casus_code ledger_fail(casus_ledger *l, casus_error *err, const char *doing) {
    int rc = l->db ? sqlite3_errcode(l->db) : SQLITE_NOMEM;
    const char *words = l->db ? sqlite3_errmsg(l->db) : "out of memory";
    switch (rc & 0xff) {
    case SQLITE_NOMEM: return casus_fail(err, CASUS_ERR_NOMEM, "cannot %s: out of memory", doing);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return casus_fail(err, CASUS_ERR_BUSY, "cannot %s: another process is writing to the ledger; try again when it is done", doing);
    case SQLITE_FULL:
        return casus_fail(err, CASUS_ERR_DB, "cannot %s: the disk is full; nothing half-done was kept, free some space and try again", doing);
    case SQLITE_INTERRUPT: return casus_fail(err, CASUS_ERR_STOPPED, "cannot %s: it took longer than allowed; ask for less", doing);
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT: return casus_fail(err, CASUS_ERR_FORMAT, "cannot %s: the file is not a ledger or is damaged (%s)", doing, words);
    case SQLITE_READONLY: return casus_fail(err, CASUS_ERR_DB, "cannot %s: the ledger cannot be written to (%s)", doing, words);
    default: return casus_fail(err, CASUS_ERR_DB, "cannot %s: %s", doing, words);
    }
}

static int bind_span(sqlite3_stmt *stmt, int at, casus_span span) {
    if (span.end <= span.begin) return SQLITE_OK;
    int rc = sqlite3_bind_int64(stmt, at, span.begin);
    return rc ? rc : sqlite3_bind_int64(stmt, at + 1, span.end);
}

static int bind_bytes(sqlite3_stmt *stmt, int at, const char *s, size_t n) {
    return s ? sqlite3_bind_text64(stmt, at, s, n, SQLITE_STATIC, SQLITE_UTF8) : SQLITE_OK;
}

static int bind(sqlite3_stmt *stmt, const char *types, va_list args) {
    int at = 1, rc = SQLITE_OK;
    for (; *types && rc == SQLITE_OK; types++, at++) {
        if (*types == 'i') {
            rc = sqlite3_bind_int64(stmt, at, va_arg(args, int64_t));
        } else if (*types == 'd') {
            rc = sqlite3_bind_double(stmt, at, va_arg(args, double));
        } else if (*types == 't') {
            const char *text = va_arg(args, const char *);
            rc = bind_bytes(stmt, at, text, text ? strlen(text) : 0);
        } else if (*types == 's') {
            casus_str s = va_arg(args, casus_str);
            rc = bind_bytes(stmt, at, s.n ? s.at : NULL, s.n);
        } else {
            rc = bind_span(stmt, at++, va_arg(args, casus_span));
        }
    }
    return rc;
}

static sqlite3_stmt *cached(casus_ledger *l, const char *sql) {
    for (size_t i = 0; i < l->n_cached; i++)
        if (l->cache[i].sql == sql) return l->cache[i].stmt;
    sqlite3_stmt *stmt = NULL;
    if (l->n_cached == LEDGER_CACHED || sqlite3_prepare_v3(l->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL)) return NULL;
    l->cache[l->n_cached].sql = sql;
    l->cache[l->n_cached++].stmt = stmt;
    return stmt;
}

static casus_code prepare(casus_ledger *l, sqlite3_stmt **out, casus_error *err, const char *sql, const char *types, va_list args) {
    sqlite3_stmt *stmt = cached(l, sql);
    if (!stmt) return ledger_fail(l, err, "prepare a query");
    sqlite3_reset(stmt);
    sqlite3_clear_bindings(stmt);
    if (bind(stmt, types, args)) return ledger_fail(l, err, "bind a query");
    *out = stmt;
    return CASUS_OK;
}

casus_code ledger_prepare(casus_ledger *l, sqlite3_stmt **out, casus_error *err, const char *sql, const char *types, ...) {
    va_list args;
    va_start(args, types);
    casus_code code = prepare(l, out, err, sql, types, args);
    va_end(args);
    return code;
}

casus_code ledger_step(casus_ledger *l, sqlite3_stmt *stmt, bool *row, casus_error *err) {
    int rc = sqlite3_step(stmt);
    *row = rc == SQLITE_ROW;
    if (*row) return CASUS_OK;
    casus_code code = rc == SQLITE_DONE ? CASUS_OK : ledger_fail(l, err, "read or write the ledger");
    sqlite3_reset(stmt);
    return code;
}

casus_code ledger_run(casus_ledger *l, casus_error *err, const char *sql, const char *types, ...) {
    sqlite3_stmt *stmt = NULL;
    va_list args;
    va_start(args, types);
    casus_code code = prepare(l, &stmt, err, sql, types, args);
    va_end(args);
    for (bool row = true; !code && row;) code = ledger_step(l, stmt, &row, err);
    return code;
}

casus_code ledger_int(casus_ledger *l, int64_t *value, casus_error *err, const char *sql, const char *types, ...) {
    sqlite3_stmt *stmt = NULL;
    va_list args;
    va_start(args, types);
    casus_code code = prepare(l, &stmt, err, sql, types, args);
    va_end(args);
    bool row = false;
    if (!code) code = ledger_step(l, stmt, &row, err);
    if (code || !row) return code;
    *value = sqlite3_column_int64(stmt, 0);
    sqlite3_reset(stmt);
    return CASUS_OK;
}

const char *ledger_text(sqlite3_stmt *stmt, int column, casus_arena *arena) {
    const char *s = (const char *)sqlite3_column_text(stmt, column);
    return s ? casus_arena_strndup(arena, s, (size_t)sqlite3_column_bytes(stmt, column)) : NULL;
}

const char *ledger_peek(sqlite3_stmt *stmt, int column) {
    const char *s = (const char *)sqlite3_column_text(stmt, column);
    return s ? s : "";
}

casus_code ledger_exec(casus_ledger *l, const char *sql, const char *doing, casus_error *err) {
    return sqlite3_exec(l->db, sql, NULL, NULL, NULL) ? ledger_fail(l, err, doing) : CASUS_OK;
}

casus_code ledger_begin(casus_ledger *l, casus_error *err) { return ledger_exec(l, "BEGIN IMMEDIATE", "write to the ledger", err); }

casus_code ledger_end(casus_ledger *l, casus_code code, casus_error *err) {
    if (!code) code = ledger_exec(l, "COMMIT", "commit to the ledger", err);
    if (code && !sqlite3_get_autocommit(l->db)) sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    return code;
}
