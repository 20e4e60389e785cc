/* Which actors of imports a name may mean: found by the indexes on them, so that a question about two does not go through a hundred thousand. What is
 * found is then compared by those who ask (measure_who_linked, measure_who_means). */
#include "names.h"

#include "casus/data.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static const char BY_KEY[] = "SELECT actor FROM coded_names WHERE key = ?1",
                  BY_COUNTRY[] = "SELECT actor FROM coded_actors WHERE country = ?1 COLLATE NOCASE",
                  BY_PREFIX[] = "SELECT actor FROM coded_actors WHERE code >= ?1 COLLATE NOCASE AND code < ?1 || char(1114111) COLLATE NOCASE",
                  BY_NAME[] = "SELECT actor FROM coded_actors WHERE code = ?1 COLLATE NOCASE OR name = ?1 COLLATE NOCASE",
                  /* what coded_names does not hold yet */
                  BEYOND[] = "SELECT actor FROM coded_actors WHERE actor > (SELECT coalesce(max(actor), 0) FROM coded_paired)";

typedef struct finder {
    sqlite3 *db;
    sqlite3_stmt *q;
    casus_buf numbers; /* int64_t each */
} finder;

/* A failed query leaves f->q NULL. */
static bool ask(finder *f, const char *sql) {
    sqlite3_finalize(f->q);
    f->q = NULL;
    return sqlite3_prepare_v2(f->db, sql, -1, &f->q, NULL) == SQLITE_OK;
}

static bool take(finder *f) {
    int rc;
    while ((rc = sqlite3_step(f->q)) == SQLITE_ROW) {
        int64_t actor = sqlite3_column_int64(f->q, 0);
        casus_buf_add(&f->numbers, (const char *)&actor, sizeof actor);
    }
    sqlite3_reset(f->q);
    return rc == SQLITE_DONE;
}

static bool by_text(finder *f, const char *sql, const char *text, size_t n) {
    if (!ask(f, sql)) return false;
    sqlite3_bind_text(f->q, 1, text, (int)n, SQLITE_STATIC);
    return take(f);
}

static bool by_key(finder *f, uint64_t key) {
    sqlite3_bind_int64(f->q, 1, (int64_t)key);
    return take(f);
}

static bool by_asked(finder *f, const measure_who *w) {
    size_t n = strlen(w->asked);
    if (w->asked[0] == '@') return by_text(f, BY_COUNTRY, w->asked + 1, n - 1);
    if (w->asked[n - 1] == '*') return by_text(f, BY_PREFIX, w->asked, n - 1);
    bool ok = by_text(f, BY_NAME, w->asked, n);
    for (size_t i = 0; i < w->n_ids && ok; i++) ok = by_text(f, BY_NAME, w->ids[i], strlen(w->ids[i]));
    return ok;
}

static bool by_what_is_known(finder *f, const measure_who *w) {
    bool ok = ask(f, BY_KEY);
    for (size_t i = 0; i < w->n_names && ok; i++) ok = by_key(f, w->names[i]);
    for (size_t i = 0; i < w->n_groups && ok; i++) ok = by_key(f, data_pieces_key(&w->groups[i]));
    return ok;
}

/* A state's organs: by their country, or by a code that begins with one of the state's. */
static bool by_state(finder *f, const char *iso3) {
    const casus_country *c = casus_country_find(CASUS_COUNTRY_ISO3, casus_str_of(iso3));
    const char *codes[] = {c ? c->cameo : NULL, c ? c->other_cameo : NULL};
    bool ok = by_text(f, BY_COUNTRY, iso3, strlen(iso3));
    for (size_t i = 0; i < 2; i++) {
        casus_str rest = casus_str_of(codes[i] ? codes[i] : ""), code;
        while (ok && casus_str_cut(&rest, ';', &code))
            if (code.n) ok = by_text(f, BY_PREFIX, code.at, code.n);
    }
    return ok;
}

static int by_number(const void *x, const void *y) {
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return a < b ? -1 : a > b;
}

/* Sorted, each once, in the arena; the buffer is done with. */
static casus_code give(finder *f, casus_arena *arena, int64_t **out, size_t *n, casus_error *err) {
    jmp_buf *outer = arena->trap;
    bool failed = f->numbers.failed;
    arena->trap = NULL;
    int64_t *all = failed || !f->numbers.n ? NULL : casus_arena_dup(arena, f->numbers.at, f->numbers.n);
    arena->trap = outer;
    size_t n_all = f->numbers.n / sizeof *all, kept = 0;
    casus_buf_done(&f->numbers);
    if (failed || (n_all && !all)) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory looking up actors of imports");
    if (n_all) qsort(all, n_all, sizeof *all, by_number);
    for (size_t i = 0; i < n_all; i++)
        if (!kept || all[kept - 1] != all[i]) all[kept++] = all[i];
    *out = all;
    *n = kept;
    return CASUS_OK;
}

casus_code measure_candidates(sqlite3 *db, const measure_who *const *who, size_t n_who, casus_arena *arena, int64_t **out, size_t *n, casus_error *err) {
    finder f = {.db = db};
    bool ok = ask(&f, BEYOND) && take(&f);
    for (size_t i = 0; i < n_who && ok; i++) {
        if (!who[i]->asked || !*who[i]->asked) continue;
        ok = by_asked(&f, who[i]) && by_what_is_known(&f, who[i]);
        if (ok && who[i]->state) ok = by_state(&f, who[i]->state);
    }
    casus_code code = ok ? CASUS_OK : casus_fail(err, CASUS_ERR_DB, "cannot read the imported actors: %s", sqlite3_errmsg(db));
    sqlite3_finalize(f.q);
    if (!code) return give(&f, arena, out, n, err);
    casus_buf_done(&f.numbers);
    return code;
}
