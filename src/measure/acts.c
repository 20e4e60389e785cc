/* Acts from the ledger: the compact tables of imported events, and events merged from statements. */
#include "casus/measure.h"
#include "names.h"

#include "casus/coder.h"
#include "casus/lexicon.h"

#include <math.h>
#include <sqlite3.h>
#include <string.h>

typedef struct code_entry {
    uint8_t type, quad;
    float goldstein;
} code_entry;

typedef struct loader {
    sqlite3 *db;
    const casus_acts_filter *filter;
    casus_arena *arena;
    casus_error *err;
    casus_acts acts;
    size_t cap, cap_actors;
    casus_table index;           /* name's hash → actor + 1 */
    measure_who who[2];          /* what the filter's actors mean */
    casus_plover type;
    int32_t since, until;        /* days; until is exclusive */
    code_entry *codes;           /* by number */
    size_t n_codes;
    uint32_t *coded;             /* coded actor → index; CASUS_NOBODY for what has no name */
    size_t n_coded;
    int64_t *members[2];         /* coded actors that the filter's actors mean */
    size_t n_members[2], cap_members[2], cap_linked[2];
} loader;

static casus_code fail(const loader *k, const char *doing) {
    return casus_fail(k->err, CASUS_ERR_DB, "cannot %s: %s", doing, sqlite3_errmsg(k->db));
}

static sqlite3_stmt *prepare(const loader *k, const char *sql) {
    sqlite3_stmt *q = NULL;
    return sqlite3_prepare_v2(k->db, sql, -1, &q, NULL) ? NULL : q;
}

static const char *text(sqlite3_stmt *q, int column) {
    const char *s = (const char *)sqlite3_column_text(q, column);
    return s ? s : "";
}

/* ---- actors ------------------------------------------------------------------------------------------------ */

static uint32_t actor_named(loader *k, const char *name) {
    bool fresh = false;
    uint64_t key = casus_str_hash(casus_str_of(name));
    uint32_t *value = casus_table_put(&k->index, k->arena, key ? key : 1, &fresh);
    if (!fresh) return *value;
    *value = (uint32_t)k->acts.n_actors;
    *CASUS_PUSH(k->arena, k->acts.actors, k->acts.n_actors, k->cap_actors) = casus_arena_strndup(k->arena, name, strlen(name));
    return *value;
}

/* The actor's index: the filter's actors take in all that they mean. */
static uint32_t actor_of(loader *k, const char *id, const char *name, const char *country, size_t *member) {
    for (size_t i = 0; i < 2; i++)
        if (measure_who_means(&k->who[i], id, name, country)) {
            k->who[i].met = true;
            if (member) *member = i;
            return (uint32_t)i;
        }
    const char *shown = *id ? id : name;
    return *shown ? actor_named(k, shown) : CASUS_NOBODY;
}

/* An actor of an import that is known to be one asked for, though it is called otherwise. */
static uint32_t linked_actor(loader *k, sqlite3_stmt *q, size_t *member) {
    for (size_t i = 0; i < 2; i++)
        if (measure_who_linked(&k->who[i], text(q, 1), text(q, 2), text(q, 3), text(q, 4))) {
            k->who[i].met = true;
            *member = i;
            *CASUS_PUSH(k->arena, k->acts.linked[i], k->acts.n_linked[i], k->cap_linked[i]) =
                casus_arena_printf(k->arena, "%s", *text(q, 1) ? text(q, 1) : text(q, 2));
            return (uint32_t)i;
        }
    return CASUS_NOBODY;
}

static casus_code read_coded_actors(loader *k) {
    sqlite3_stmt *q = prepare(k, "SELECT actor, code, name, country, sectors FROM coded_actors ORDER BY actor");
    if (!q) return fail(k, "read the imported actors");
    size_t cap = 0;
    int rc;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        int64_t number = sqlite3_column_int64(q, 0);
        size_t member = 2;
        uint32_t actor = linked_actor(k, q, &member);
        if (actor == CASUS_NOBODY) actor = actor_of(k, text(q, 1), text(q, 2), text(q, 3), &member);
        if (number < 0 || number > INT32_MAX) continue;
        while (k->n_coded <= (size_t)number) *CASUS_PUSH(k->arena, k->coded, k->n_coded, cap) = CASUS_NOBODY;
        k->coded[number] = actor;
        if (member < 2) *CASUS_PUSH(k->arena, k->members[member], k->n_members[member], k->cap_members[member]) = number;
    }
    sqlite3_finalize(q);
    return rc == SQLITE_DONE ? CASUS_OK : fail(k, "read the imported actors");
}

/* ---- imported events --------------------------------------------------------------------------------------- */

static casus_code read_codes(loader *k) {
    sqlite3_stmt *q = prepare(k, "SELECT code, plover, quad, scale FROM coded_codes ORDER BY code");
    if (!q) return fail(k, "read the event codes");
    size_t cap = 0;
    int rc;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        int64_t number = sqlite3_column_int64(q, 0);
        if (number < 0 || number > INT32_MAX) continue;
        casus_plover type = casus_plover_of(casus_str_of(text(q, 1)));
        int quad = sqlite3_column_int(q, 2);
        while (k->n_codes <= (size_t)number) *CASUS_PUSH(k->arena, k->codes, k->n_codes, cap) = (code_entry){0};
        k->codes[number] = (code_entry){(uint8_t)type, (uint8_t)(quad > 0 && quad < 5 ? quad : casus_plover_quad(type)), (float)sqlite3_column_double(q, 3)};
    }
    sqlite3_finalize(q);
    return rc == SQLITE_DONE ? CASUS_OK : fail(k, "read the event codes");
}

static uint32_t coded_actor(const loader *k, sqlite3_stmt *q, int column) {
    int64_t number = sqlite3_column_int64(q, column);
    bool known = sqlite3_column_type(q, column) != SQLITE_NULL && number >= 0 && (size_t)number < k->n_coded;
    return known ? k->coded[number] : CASUS_NOBODY;
}

static void add_coded(loader *k, sqlite3_stmt *q) {
    int64_t number = sqlite3_column_int64(q, 3);
    int day = sqlite3_column_int(q, 0);
    code_entry code = number >= 0 && (size_t)number < k->n_codes ? k->codes[number] : (code_entry){0};
    if (k->type && code.type != k->type) return;
    *CASUS_PUSH(k->arena, k->acts.at, k->acts.n, k->cap) = (casus_act){.day = casus_day_of(day / 10000, day / 100 % 100, day % 100),
        .source = coded_actor(k, q, 1), .target = coded_actor(k, q, 2), .type = code.type, .quad = code.quad, .goldstein = code.goldstein};
}

/* Runs the query with the given source and target (0: not bound) within the period. */
static casus_code run_coded(loader *k, sqlite3_stmt *q, int64_t source, int64_t target) {
    int y, m, d, rc;
    casus_day_split(k->since, &y, &m, &d);
    sqlite3_bind_int(q, 1, y * 10000 + m * 100 + d);
    casus_day_split(k->until - 1, &y, &m, &d);
    sqlite3_bind_int(q, 2, y * 10000 + m * 100 + d);
    if (k->filter->where) sqlite3_bind_text(q, 3, k->filter->where, -1, SQLITE_STATIC);
    if (source) sqlite3_bind_int64(q, 4, source);
    if (target) sqlite3_bind_int64(q, 5, target);
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) add_coded(k, q);
    sqlite3_reset(q);
    return rc == SQLITE_DONE ? CASUS_OK : fail(k, "read the imported events");
}

#define CODED(condition) \
    "SELECT e.day, e.source, e.target, e.code FROM coded_events e WHERE " condition " e.day BETWEEN ?1 AND ?2"
#define CODED_WHERE(condition) \
    "SELECT e.day, e.source, e.target, e.code FROM coded_events e JOIN coded_places p ON p.place = e.place WHERE " condition \
    " e.day BETWEEN ?1 AND ?2 AND (p.country = ?3 COLLATE NOCASE OR p.name = ?3 COLLATE NOCASE)"
#define OF_PAIR "e.source = ?4 AND e.target = ?5 AND"
/* [with a place][of a pair, which the index answers; of everybody] */
static const char *const SQL[2][2] = {{CODED(""), CODED(OF_PAIR)}, {CODED_WHERE(""), CODED_WHERE(OF_PAIR)}};

static casus_code read_pairs(loader *k, sqlite3_stmt *q, size_t from, size_t to) {
    for (size_t i = 0; i < k->n_members[from]; i++)
        for (size_t j = 0; j < k->n_members[to]; j++) {
            casus_code code = run_coded(k, q, k->members[from][i], k->members[to][j]);
            if (code) return code;
        }
    return CASUS_OK;
}

/* Drops acts in which the filter's actors do not take part. */
static void keep_asked(loader *k, size_t from) {
    size_t kept = from;
    if (k->filter->others) return;
    for (size_t i = from; i < k->acts.n; i++) {
        const casus_act *a = &k->acts.at[i];
        bool first = a->source == 0 || a->target == 0, second = a->source == 1 || a->target == 1;
        if ((!k->filter->first || first) && (!k->filter->second || second)) k->acts.at[kept++] = *a;
    }
    k->acts.n = kept;
}

static casus_code read_coded_events(loader *k) {
    enum { MANY_PAIRS = 4096 };
    bool pair = k->filter->first && k->filter->second && !k->filter->others && k->n_members[0] * k->n_members[1] <= MANY_PAIRS;
    sqlite3_stmt *q = prepare(k, SQL[k->filter->where != NULL][pair]);
    if (!q) return fail(k, "read the imported events");
    casus_code code = CASUS_OK;
    size_t before = k->acts.n;
    if (pair) {
        code = read_pairs(k, q, 0, 1);
        if (!code) code = read_pairs(k, q, 1, 0);
    } else {
        code = run_coded(k, q, 0, 0);
    }
    sqlite3_finalize(q);
    if (!pair) keep_asked(k, before);
    return code;
}

static casus_code read_imports(loader *k) {
    sqlite3_stmt *q = prepare(k, "SELECT 1 FROM sqlite_master WHERE name = 'coded_events'");
    bool there = q && sqlite3_step(q) == SQLITE_ROW;
    sqlite3_finalize(q);
    if (!there) return CASUS_OK;
    casus_code code = read_codes(k);
    if (!code) code = read_coded_actors(k);
    return code ? code : read_coded_events(k);
}

/* ---- events of statements ---------------------------------------------------------------------------------- */

static const char STATEMENTS[] =
    "SELECT e.plover, s.actor, coalesce(s.name, s.text), sa.country, g.actor, coalesce(g.name, g.text), ga.country,"
    " coalesce(min(t.time_begin), min(t.time_end), min(d.date)), max(t.cooperation) - max(t.conflict)"
    " FROM events e JOIN event_statements m ON m.event = e.event AND m.role <> 'disputes' JOIN statements t ON t.st = m.st"
    " JOIN documents d ON d.doc = t.doc LEFT JOIN participants s ON s.st = t.st AND s.side = 'source'"
    " LEFT JOIN participants g ON g.st = t.st AND g.side = 'target' LEFT JOIN actors sa ON sa.actor = s.actor"
    " LEFT JOIN actors ga ON ga.actor = g.actor WHERE (?1 IS NULL OR EXISTS(SELECT 1 FROM places p WHERE p.st = t.st"
    " AND (p.country = ?1 COLLATE NOCASE OR p.name = ?1 COLLATE NOCASE))) AND (?2 IS NULL OR d.id <> ?2)"
    " GROUP BY e.event, coalesce(s.actor, s.name, s.text), coalesce(g.actor, g.name, g.text)";

static void add_statement(loader *k, sqlite3_stmt *q) {
    int32_t day, end;
    casus_plover type = casus_plover_of(casus_str_of(text(q, 0)));
    if (!casus_day_parse(casus_str_of(text(q, 7)), &day, &end) || day < k->since || day >= k->until) return;
    if (k->type && type != k->type) return;
    uint32_t source = actor_of(k, text(q, 1), text(q, 2), text(q, 3), NULL), target = actor_of(k, text(q, 4), text(q, 5), text(q, 6), NULL);
    *CASUS_PUSH(k->arena, k->acts.at, k->acts.n, k->cap) = (casus_act){.day = day, .source = source, .target = target, .type = (uint8_t)type,
        .quad = (uint8_t)casus_plover_quad(type), .goldstein = (float)sqlite3_column_double(q, 8)};
}

static casus_code read_statements(loader *k) {
    sqlite3_stmt *q = prepare(k, STATEMENTS);
    if (!q) return fail(k, "read the events");
    size_t before = k->acts.n;
    int rc;
    if (k->filter->where) sqlite3_bind_text(q, 1, k->filter->where, -1, SQLITE_STATIC);
    if (k->filter->without) sqlite3_bind_text(q, 2, k->filter->without, -1, SQLITE_STATIC);
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) add_statement(k, q);
    sqlite3_finalize(q);
    keep_asked(k, before);
    return rc == SQLITE_DONE ? CASUS_OK : fail(k, "read the events");
}

/* ---- all --------------------------------------------------------------------------------------------------- */

static casus_code set_up(loader *k) {
    const casus_acts_filter *f = k->filter;
    int32_t ignored;
    k->since = casus_day_of(1, 1, 1), k->until = casus_day_of(9999, 12, 31) + 1;
    if (f->since && !casus_day_parse(casus_str_of(f->since), &k->since, &ignored)) return casus_fail(k->err, CASUS_ERR_ARG, "\"%s\" is no date", f->since);
    if (f->until && !casus_day_parse(casus_str_of(f->until), &ignored, &k->until)) return casus_fail(k->err, CASUS_ERR_ARG, "\"%s\" is no date", f->until);
    if (k->since >= k->until) return casus_fail(k->err, CASUS_ERR_ARG, "the period ends (%s) before it begins (%s)", f->until, f->since);
    k->type = f->type ? casus_plover_of(casus_str_of(f->type)) : CASUS_NO_PLOVER;
    if (f->type && !k->type) return casus_fail(k->err, CASUS_ERR_ARG, "\"%s\" is no PLOVER event type (AGREE, CONSULT … ASSAULT)", f->type);
    const char *asked[2] = {f->first, f->second};
    for (size_t i = 0; i < 2; i++) {
        *CASUS_PUSH(k->arena, k->acts.actors, k->acts.n_actors, k->cap_actors) = asked[i] ? asked[i] : "";
        casus_code code = asked[i] ? measure_who_resolve(k->db, k->filter->lexicon, asked[i], k->arena, &k->who[i], k->err) : CASUS_OK;
        if (code) return code;
    }
    return CASUS_OK;
}

static casus_code nothing(const loader *k) {
    const casus_acts_filter *f = k->filter;
    return casus_fail(k->err, CASUS_ERR_NOTFOUND, "there are no events%s%s%s%s%s%s%s%s%s%s; take another period or fewer conditions",
                      f->first ? (f->second ? " between " : " of ") : "", f->first ? f->first : "", f->second ? " and " : "", f->second ? f->second : "",
                      f->type ? " of type " : "", f->type ? f->type : "", f->since ? " since " : "", f->since ? f->since : "",
                      f->until ? " until " : "", f->until ? f->until : "");
}

casus_code casus_acts_load(casus_ledger *l, const casus_acts_filter *filter, casus_arena *arena, casus_acts *out, casus_error *err) {
    loader k = {.db = casus_ledger_sqlite(l), .filter = filter, .arena = arena, .err = err};
    casus_code code = set_up(&k);
    if (!code) code = read_imports(&k);
    if (!code) code = read_statements(&k);
    if (code) return code;
    for (size_t i = 0; i < 2; i++)
        if ((i ? filter->second : filter->first) && !k.who[i].met && (code = measure_who_known(k.db, &k.who[i], arena, err))) return code;
    if (!k.acts.n) return nothing(&k);
    *out = k.acts;
    return CASUS_OK;
}
