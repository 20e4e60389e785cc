#include "names.h"

#include "casus/measure.h"

#include <sqlite3.h>
#include <string.h>
#include <strings.h>

enum { NEAREST = 5, LONGEST = 64 };

/* Names one after the other, each with its NUL; the buffer is done with. */
static casus_code keep_ids(casus_buf *names, casus_arena *arena, measure_who *w, casus_error *err) {
    jmp_buf *outer = arena->trap;
    size_t cap = 0;
    bool failed = names->failed;
    arena->trap = NULL;
    char *text = failed || !names->n ? NULL : casus_arena_dup(arena, names->at, names->n);
    arena->trap = outer;
    failed |= names->n && !text;
    size_t n = names->n;
    casus_buf_done(names);
    if (failed) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory looking up a name");
    for (size_t i = 0; i < n; i += strlen(text + i) + 1) *CASUS_PUSH(arena, w->ids, w->n_ids, cap) = text + i;
    return CASUS_OK;
}

/* A state's or armed group's CAMEO code is its own; that of a person or firm (GOV, BUS) is shared with others. */
casus_code measure_who_resolve(struct sqlite3 *db, const casus_lexicon *lex, const char *asked, casus_arena *arena, measure_who *out, casus_error *err) {
    static const char SQL[] = "SELECT actor FROM actors WHERE actor = ?1 COLLATE NOCASE OR name = ?1 COLLATE NOCASE"
                              " UNION SELECT actor FROM aliases WHERE alias = ?1 COLLATE NOCASE UNION SELECT cameo FROM actors WHERE cameo IS NOT NULL AND type IN ('state', 'armed group')"
                              " AND (actor = ?1 COLLATE NOCASE OR name = ?1 COLLATE NOCASE OR actor IN (SELECT actor FROM aliases"
                              " WHERE alias = ?1 COLLATE NOCASE)) ORDER BY 1";
    measure_who w = {.asked = asked};
    sqlite3_stmt *q = NULL;
    casus_buf names = {0}; /* the arena may jump away: not while the query is open */
    if (!*asked || strcmp(asked, "=") == 0) return casus_fail(err, CASUS_ERR_ARG, "an actor's name is empty");
    if (*asked == '=') {
        w.asked = asked + 1;
        *out = w;
        return CASUS_OK;
    }
    if (sqlite3_prepare_v2(db, SQL, -1, &q, NULL)) return casus_fail(err, CASUS_ERR_DB, "cannot look up \"%s\": %s", asked, sqlite3_errmsg(db));
    sqlite3_bind_text(q, 1, asked, -1, SQLITE_STATIC);
    while (sqlite3_step(q) == SQLITE_ROW) casus_buf_add(&names, (const char *)sqlite3_column_text(q, 0), (size_t)sqlite3_column_bytes(q, 0) + 1);
    sqlite3_finalize(q);
    casus_code code = keep_ids(&names, arena, &w, err);
    if (code) return code;
    if (lex) measure_who_learn(&w, lex, arena);
    *out = w;
    return CASUS_OK;
}

bool measure_who_means(const measure_who *w, const char *id, const char *name, const char *country) {
    if (!w->asked) return false;
    size_t n = strlen(w->asked);
    if (w->asked[0] == '@') return *country && strcasecmp(country, w->asked + 1) == 0;
    if (w->asked[n - 1] == '*') return *id && strncasecmp(id, w->asked, n - 1) == 0;
    if ((*id && strcasecmp(id, w->asked) == 0) || (*name && strcasecmp(name, w->asked) == 0)) return true;
    for (size_t i = 0; i < w->n_ids && *id; i++)
        if (strcmp(w->ids[i], id) == 0) return true;
    return false;
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

/* Letters to insert, drop, change or swap (Damerau's distance, adjacent swaps only), capped to LONGEST letters. */
static size_t distance(const char *a, const char *b) {
    size_t rows[3][LONGEST + 1], n = strnlen(a, LONGEST), m = strnlen(b, LONGEST);
    for (size_t j = 0; j <= m; j++) rows[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *row = rows[i % 3], *before = rows[(i + 2) % 3], *two = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = before[j - 1] + (lower(a[i - 1]) != lower(b[j - 1]));
            if (before[j] + 1 < best) best = before[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            bool swap = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
            if (swap && two[j - 2] + 1 < best) best = two[j - 2] + 1;
            row[j] = best;
        }
    }
    return rows[n % 3][m];
}

typedef struct nearest {
    const char *names[NEAREST];
    size_t distances[NEAREST], n;
} nearest;

static void consider(nearest *list, const char *asked, const char *name, casus_arena *arena) {
    size_t d = distance(asked, name), at = list->n;
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->names[i], name) == 0) return;
    while (at > 0 && list->distances[at - 1] > d) at--;
    if (at == NEAREST) return;
    size_t last = list->n < NEAREST ? list->n++ : NEAREST - 1;
    for (size_t i = last; i > at; i--) list->names[i] = list->names[i - 1], list->distances[i] = list->distances[i - 1];
    list->names[at] = casus_arena_strndup(arena, name, strlen(name));
    list->distances[at] = d;
}

/* Every name the query yields; missing tables yield none. */
static void consider_all(sqlite3 *db, const char *sql, const measure_who *w, nearest *list, bool *known, casus_arena *arena) {
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &q, NULL)) return;
    while (sqlite3_step(q) == SQLITE_ROW) {
        const char *id = (const char *)sqlite3_column_text(q, 0), *name = (const char *)sqlite3_column_text(q, 1), *country = (const char *)sqlite3_column_text(q, 2);
        if (measure_who_means(w, id ? id : "", name ? name : "", country ? country : "")) *known = true;
        if (id && *id) consider(list, w->asked, id, arena);
        if (name && *name) consider(list, w->asked, name, arena);
    }
    sqlite3_finalize(q);
}

/* Names that are known though the ledger has nothing of them: only where a slip of the pen may be one of them. */
static void consider_known(const casus_lexicon *lex, const measure_who *w, nearest *list, casus_arena *arena) {
    casus_known_actor a;
    size_t slip = 1 + strlen(w->asked) / 5;
    for (uint32_t i = 0; lex && casus_lexicon_actor(lex, i, &a); i++)
        if (a.name && distance(w->asked, a.name) <= slip) consider(list, w->asked, a.name, arena);
}

casus_code measure_who_known(struct sqlite3 *db, const casus_lexicon *lex, const measure_who *w, casus_arena *arena, casus_error *err) {
    nearest list = {0};
    bool known = w->n_ids > 0;
    consider_all(db, "SELECT code, name, country FROM coded_actors", w, &list, &known, arena);
    consider_all(db, "SELECT actor, name, country FROM actors", w, &list, &known, arena);
    consider_all(db, "SELECT NULL, alias, NULL FROM aliases", w, &list, &known, arena);
    if (known) return CASUS_OK;
    consider_known(lex, w, &list, arena);
    char names[360] = "";
    size_t used = 0;
    for (size_t i = 0; i < list.n && used + strlen(list.names[i]) + 3 < sizeof names; i++)
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", i ? ", " : "", list.names[i]);
    return casus_fail(err, CASUS_ERR_NOTFOUND, "the ledger knows no actor \"%.60s\"%s%s", w->asked, list.n ? "; the nearest are " : "", names);
}

/* ---- whom imports call so ---------------------------------------------------------------------------------- */

static bool listed(const char *const *list, size_t n, const char *name) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], name) == 0) return true;
    return false;
}

/* What imports call the candidates that are meant, one after the other, each with its NUL. */
static bool gather_shown(sqlite3 *db, const measure_who *w, const int64_t *numbers, size_t n, casus_buf *names) {
    sqlite3_stmt *q = NULL;
    bool ok = sqlite3_prepare_v2(db, "SELECT code, name, country, sectors FROM coded_actors WHERE actor = ?1", -1, &q, NULL) == SQLITE_OK;
    for (size_t i = 0; i < n && ok; i++) {
        const char *cell[4];
        sqlite3_bind_int64(q, 1, numbers[i]);
        ok = sqlite3_step(q) == SQLITE_ROW;
        for (int j = 0; j < 4; j++) cell[j] = ok && sqlite3_column_text(q, j) ? (const char *)sqlite3_column_text(q, j) : "";
        const char *shown = *cell[0] ? cell[0] : cell[1];
        if (ok && (measure_who_linked(w, cell[0], cell[1], cell[2], cell[3]) || measure_who_means(w, cell[0], cell[1], cell[2])))
            casus_buf_add(names, shown, strlen(shown) + 1);
        sqlite3_reset(q);
    }
    sqlite3_finalize(q);
    return ok;
}

casus_code casus_actors_meant(casus_ledger *l, const casus_lexicon *lex, const char *name, casus_arena *arena, const char ***out, size_t *n, casus_error *err) {
    sqlite3 *db = casus_ledger_sqlite(l);
    measure_who w, shown = {0};
    const measure_who *const who[1] = {&w};
    int64_t *numbers = NULL;
    size_t cap = 0, n_numbers = 0;
    casus_buf names = {0};
    *out = NULL, *n = 0;
    casus_code code = measure_who_resolve(db, lex, name, arena, &w, err);
    if (!code) code = measure_candidates(db, who, 1, arena, &numbers, &n_numbers, err);
    if (code) return code;
    if (!gather_shown(db, &w, numbers, n_numbers, &names)) {
        casus_buf_done(&names);
        return casus_fail(err, CASUS_ERR_DB, "cannot read the imported actors: %s", sqlite3_errmsg(db));
    }
    code = keep_ids(&names, arena, &shown, err);
    for (size_t i = 0; i < w.n_ids && !code; i++) *CASUS_PUSH(arena, *out, *n, cap) = casus_arena_strndup(arena, w.ids[i], strlen(w.ids[i]));
    for (size_t i = 0; i < shown.n_ids && !code; i++)
        if (!listed(*out, *n, shown.ids[i])) *CASUS_PUSH(arena, *out, *n, cap) = shown.ids[i];
    return code;
}
