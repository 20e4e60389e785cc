/* Rows in memory as a table that one INSERT … SELECT reads: an eponymous virtual table without any way to search it. */
#include "data/data.h"

#include <sqlite3.h>
#include <stdlib.h>

typedef struct table {
    sqlite3_vtab base;
    data_table *rows;
} table;

typedef struct cursor {
    sqlite3_vtab_cursor base;
    size_t at;
} cursor;

static int on_connect(sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **out, char **message) {
    (void)argc, (void)argv, (void)message;
    table *t = calloc(1, sizeof *t);
    if (!t) return SQLITE_NOMEM;
    t->rows = aux;
    *out = &t->base;
    return sqlite3_declare_vtab(db, t->rows->columns);
}

static int on_disconnect(sqlite3_vtab *t) {
    free(t);
    return SQLITE_OK;
}

static int on_best_index(sqlite3_vtab *t, sqlite3_index_info *info) {
    (void)t;
    info->estimatedCost = 1;
    return SQLITE_OK;
}

static int on_open(sqlite3_vtab *t, sqlite3_vtab_cursor **out) {
    (void)t;
    cursor *c = calloc(1, sizeof *c);
    if (!c) return SQLITE_NOMEM;
    *out = &c->base;
    return SQLITE_OK;
}

static int on_close(sqlite3_vtab_cursor *c) {
    free(c);
    return SQLITE_OK;
}

static int on_filter(sqlite3_vtab_cursor *c, int index, const char *name, int argc, sqlite3_value **argv) {
    (void)index, (void)name, (void)argc, (void)argv;
    ((cursor *)c)->at = 0;
    return SQLITE_OK;
}

static int on_next(sqlite3_vtab_cursor *c) {
    ((cursor *)c)->at++;
    return SQLITE_OK;
}

static int on_eof(sqlite3_vtab_cursor *c) { return ((cursor *)c)->at >= ((table *)c->pVtab)->rows->n; }

static int on_column(sqlite3_vtab_cursor *c, sqlite3_context *out, int column) {
    const data_table *rows = ((table *)c->pVtab)->rows;
    rows->column(rows->ctx, ((cursor *)c)->at, column, out);
    return SQLITE_OK;
}

static int on_rowid(sqlite3_vtab_cursor *c, sqlite3_int64 *out) {
    *out = (sqlite3_int64)((cursor *)c)->at;
    return SQLITE_OK;
}

static const sqlite3_module MODULE = {.xConnect = on_connect,
                                      .xBestIndex = on_best_index,
                                      .xDisconnect = on_disconnect,
                                      .xOpen = on_open,
                                      .xClose = on_close,
                                      .xFilter = on_filter,
                                      .xNext = on_next,
                                      .xEof = on_eof,
                                      .xColumn = on_column,
                                      .xRowid = on_rowid};

int data_table_register(sqlite3 *db, const char *name, data_table *rows) {
    return sqlite3_create_module(db, name, rows ? &MODULE : NULL, rows);
}
