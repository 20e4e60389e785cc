/* coded_names: imported actors by the keys of their names (actor_keys.h), so that a question about some does not go through all. */
#include "data/actor_keys.h"
#include "data/data.h"
#include "ledger/coded.h"

#include <sqlite3.h>
#include <stdlib.h>

enum { PART = 262144 };

typedef struct entry {
    uint64_t key;
    int64_t actor;
} entry;

typedef struct work {
    sqlite3 *db;
    entry *entries;
    size_t n;
    sqlite3_stmt *actors, *insert;
    data_table table;
} work;

static int by_key(const void *x, const void *y) {
    const entry *a = x, *b = y;
    if (a->key != b->key) return (int64_t)a->key < (int64_t)b->key ? -1 : 1;
    return a->actor < b->actor ? -1 : a->actor > b->actor;
}

static void column(void *ctx, size_t row, int column, sqlite3_context *out) {
    const entry *e = &((work *)ctx)->entries[row];
    sqlite3_result_int64(out, column ? e->actor : (int64_t)e->key);
}

static casus_code put_in(work *w, casus_error *err) {
    qsort(w->entries, w->n, sizeof *w->entries, by_key);
    w->table.n = w->n;
    sqlite3_step(w->insert);
    w->n = 0;
    return sqlite3_reset(w->insert) ? data_db_fail(w->db, err, "keep names of actors") : CASUS_OK;
}

static const char *text(sqlite3_stmt *q, int column) {
    const char *s = (const char *)sqlite3_column_text(q, column);
    return s ? s : "";
}

static casus_code add_all(work *w, casus_error *err) {
    casus_code code = CASUS_OK;
    int rc = SQLITE_DONE;
    while (!code && (rc = sqlite3_step(w->actors)) == SQLITE_ROW) {
        uint64_t keys[DATA_ACTOR_KEYS];
        size_t n = data_actor_keys(text(w->actors, 1), text(w->actors, 2), keys);
        for (size_t i = 0; i < n; i++) w->entries[w->n++] = (entry){keys[i], sqlite3_column_int64(w->actors, 0)};
        if (w->n > PART - DATA_ACTOR_KEYS) code = put_in(w, err);
    }
    if (!code && rc != SQLITE_DONE) code = data_db_fail(w->db, err, "read the imported actors");
    return code ? code : put_in(w, err);
}

static bool prepare(work *w, int64_t after) {
    w->table = (data_table){.columns = "CREATE TABLE x(key, actor)", .column = column, .ctx = w};
    bool ok = data_table_register(w->db, "casus_names", &w->table) == SQLITE_OK &&
              sqlite3_prepare_v2(w->db, "SELECT actor, code, name FROM coded_actors WHERE actor > ?1 ORDER BY actor", -1, &w->actors, NULL) == SQLITE_OK &&
              sqlite3_prepare_v2(w->db, "INSERT OR IGNORE INTO coded_names(key, actor) SELECT key, actor FROM casus_names", -1, &w->insert, NULL) == SQLITE_OK;
    if (ok) sqlite3_bind_int64(w->actors, 1, after);
    return ok;
}

casus_code data_names_update(sqlite3 *db, casus_error *err) {
    work w = {.db = db, .entries = malloc(PART * sizeof *w.entries)};
    if (!w.entries) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory sorting names of actors");
    int64_t last = coded_number(db, "SELECT max(actor) FROM coded_paired");
    bool ok = prepare(&w, last) && (last || sqlite3_exec(db, "DELETE FROM coded_names", NULL, NULL, NULL) == SQLITE_OK);
    casus_code code = ok ? add_all(&w, err) : data_db_fail(db, err, "keep names of actors");
    if (!code && sqlite3_exec(db, "UPDATE coded_paired SET actor = (SELECT coalesce(max(actor), 0) FROM coded_actors)", NULL, NULL, NULL))
        code = data_db_fail(db, err, "keep names of actors");
    sqlite3_finalize(w.actors);
    sqlite3_finalize(w.insert);
    data_table_register(db, "casus_names", NULL);
    free(w.entries);
    return code;
}
