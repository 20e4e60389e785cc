/* Reports become events: each statement of a new document joins the event it agrees with best, or founds one.
 *
 * Supporters and relayers come first, in the order of the text; then what disputes (a denial, a non-event, a claim that the author rejects):
 * it joins an event and never founds one, and is looked at again when a later document brings the event it disputes. The
 * outcome depends only on the documents and the order in which they were kept. People's decisions (casus_ledger_merge, _split)
 * are asked before any score.
 */
#include "merge.h"

#include <math.h>
#include <string.h>

enum { MOST_CANDIDATES = 400, LOOK_BACK = 20000 }; /* of the statements kept last, however large the ledger */

/* The best event for a statement so far. */
typedef struct choice {
    int64_t event, voice;
    double score;
    bool by_hand;
    char from[24], reason[MERGE_REASON];
} choice;

typedef struct merger {
    casus_ledger *l;
    casus_arena arena, member; /* the statement at hand; the member it is compared with */
    merge_view view;
} merger;

/* Members of events of the same type that share a participant, or have a part or whole of one, among the LOOK_BACK statements kept before it, latest first; without those that could have no
 * anchor in common: no overlap in time, no place by the same name, no document of about the same day with the same verb (a copy). */
static const char CANDIDATES[] =
    "WITH mine AS (SELECT actor, name FROM participants WHERE st = ?1), own AS MATERIALIZED (SELECT actor FROM mine WHERE actor IS NOT NULL),"
    " kin AS MATERIALIZED (SELECT actor FROM own UNION SELECT part_of FROM parts WHERE actor IN own UNION SELECT actor FROM parts WHERE part_of IN own),"
    " near AS (SELECT st FROM participants WHERE actor IN kin AND st > ?5 UNION"
    "   SELECT p.st FROM mine JOIN participants p ON p.name = mine.name COLLATE NOCASE WHERE mine.actor IS NULL AND p.actor IS NULL AND p.st > ?5)"
    " SELECT m.event, m.st, m.voice FROM near n JOIN event_statements m ON m.st = n.st JOIN statements t ON t.st = n.st, statements x"
    " WHERE x.st = ?1 AND (t.plover IN (?2, ?3) OR t.plover_second IN (?2, ?3)) AND m.role <> 'disputes' AND m.st <> ?1"
    " AND ((t.time_begin <= date(x.time_end, '+3 days') AND t.time_end >= date(x.time_begin, '-3 days'))"
    "   OR EXISTS(SELECT 1 FROM places a JOIN places b ON b.st = t.st AND (b.gazetteer_id = a.gazetteer_id OR b.name = a.name) WHERE a.st = ?1)"
    "   OR (t.lemma IS x.lemma AND t.doc <> x.doc AND abs(julianday((SELECT date FROM documents WHERE doc = t.doc))"
    "     - julianday((SELECT date FROM documents WHERE doc = x.doc))) <= 7))"
    " ORDER BY m.st DESC LIMIT ?4";

/* Did a person keep the statement apart from any member of the event, or join it to one? -1 neither, 0 apart, 1 together. */
static casus_code decided_event(casus_ledger *l, const char *id, int64_t event, int *together, casus_error *err) {
    int64_t value = -1;
    casus_code code = ledger_int(l, &value, err,
                                 "SELECT min(x.together) FROM decisions x JOIN statements t ON t.id = CASE WHEN x.first = ?1 THEN x.second ELSE x.first END"
                                 " JOIN event_statements m ON m.st = t.st WHERE ?1 IN (x.first, x.second) AND m.event = ?2 HAVING count(*) > 0",
                                 "ti", id, event);
    *together = (int)value;
    return code;
}

static casus_code weigh(merger *g, int64_t event, int64_t st, int64_t voice, choice *best, casus_error *err) {
    merge_view other;
    int together = -1;
    casus_arena_reset(&g->member);
    casus_code code = merge_load(g->l, st, &g->member, &other, err);
    if (!code) code = decided_event(g->l, g->view.id, event, &together, err);
    if (code || together == 0) return code;
    merge_match m = merge_compare(&g->view, &other);
    if (m.total < MERGE_THRESHOLD || m.total <= best->score) return CASUS_OK;
    *best = (choice){.event = event, .voice = 0, .score = m.total};
    snprintf(best->from, sizeof best->from, "%s", other.id);
    merge_reason(&m, best->reason);
    bool one_voice = (other.doc == g->view.doc && other.holder == g->view.holder) || merge_is_copy(&g->view, &other);
    best->voice = one_voice ? voice : g->view.st;
    return CASUS_OK;
}

/* An event that a person put the statement into. */
static casus_code by_hand(merger *g, choice *best, casus_error *err) {
    sqlite3_stmt *q = NULL;
    bool row = false;
    casus_code code = ledger_prepare(g->l, &q, err,
                                     "SELECT m.event, t.id FROM decisions x JOIN statements t ON t.id = CASE WHEN x.first = ?1 THEN x.second ELSE x.first END"
                                     " JOIN event_statements m ON m.st = t.st WHERE ?1 IN (x.first, x.second) AND x.together = 1 ORDER BY m.st LIMIT 1",
                                     "t", g->view.id);
    if (!code) code = ledger_step(g->l, q, &row, err);
    if (code || !row) return code;
    *best = (choice){.event = sqlite3_column_int64(q, 0), .voice = g->view.st, .score = 1, .by_hand = true, .reason = "by hand"};
    snprintf(best->from, sizeof best->from, "%s", ledger_peek(q, 1));
    sqlite3_reset(q);
    return CASUS_OK;
}

typedef struct candidate {
    int64_t event, st, voice;
} candidate;

static casus_code choose(merger *g, choice *best, casus_error *err) {
    sqlite3_stmt *q = NULL;
    bool row = true;
    candidate *found = NULL;
    size_t n = 0, cap = 0;
    *best = (choice){0};
    casus_code code = by_hand(g, best, err);
    if (code || best->event) return code;
    code = ledger_prepare(g->l, &q, err, CANDIDATES, "ittii", g->view.st, g->view.plover, g->view.second, (int64_t)MOST_CANDIDATES, g->view.st - LOOK_BACK);
    while (!code && !(code = ledger_step(g->l, q, &row, err)) && row) {
        candidate *c = CASUS_PUSH(&g->arena, found, n, cap);
        *c = (candidate){sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1), sqlite3_column_int64(q, 2)};
    }
    for (size_t i = 0; i < n && !code; i++) code = weigh(g, found[i].event, found[i].st, found[i].voice, best, err);
    return code;
}

/* ---- writing ----------------------------------------------------------------------------------------------- */

/* The id of an event is made from the statement that founded it. */
static casus_code found_event(casus_ledger *l, const char *statement, int64_t st, const char *plover, int64_t *event, casus_error *err) {
    char id[32];
    int64_t taken = 0;
    snprintf(id, sizeof id, "e%.12s", statement);
    casus_code code = ledger_int(l, &taken, err, "SELECT 1 FROM events WHERE id = ?1", "t", id);
    if (taken) snprintf(id, sizeof id, "e%.12s-%lld", statement, (long long)st);
    if (!code) code = ledger_run(l, err, "INSERT INTO events(id, plover) VALUES(?1, ?2)", "tt", id, plover);
    *event = sqlite3_last_insert_rowid(l->db);
    return code;
}

static casus_code place_statement(merger *g, casus_error *err) {
    choice best;
    const merge_view *v = &g->view;
    casus_code code = choose(g, &best, err);
    bool founds = !best.event && v->role != MERGE_DISPUTES;
    if (code || (!best.event && !founds)) return code;
    if (founds) code = found_event(g->l, v->id, v->st, v->plover, &best.event, err);
    if (code) return code;
    return ledger_run(g->l, err,
                      "INSERT INTO event_statements(st, event, role, voice, score, reason, merged_from, by_hand) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                      "iitidtti", v->st, best.event, merge_role_name(v->role), founds ? v->st : best.voice, founds ? NAN : best.score,
                      founds ? NULL : best.reason, founds ? NULL : best.from, (int64_t)best.by_hand);
}

/* The document's own statements, then what disputed something elsewhere and has waited for its event. */
static const char TO_PLACE[] =
    "SELECT st FROM statements t WHERE doc = ?1 AND kind = 'event' AND plover IS NOT NULL AND NOT EXISTS(SELECT 1 FROM event_statements m WHERE m.st = t.st)"
    " UNION SELECT st FROM statements t WHERE plover IN (SELECT plover FROM statements WHERE doc = ?1 AND kind = 'event' AND plover IS NOT NULL)"
    " AND (polarity = '-' OR holds = 'denies' OR author_view = 'rejects') AND kind = 'event'"
    " AND NOT EXISTS(SELECT 1 FROM event_statements m WHERE m.st = t.st) ORDER BY st";

static casus_code collect(casus_ledger *l, int64_t doc, casus_arena *a, int64_t **list, size_t *n, casus_error *err) {
    sqlite3_stmt *q = NULL;
    bool row = true;
    size_t cap = 0;
    casus_code code = ledger_prepare(l, &q, err, TO_PLACE, "i", doc);
    while (!code && !(code = ledger_step(l, q, &row, err)) && row) *CASUS_PUSH(a, *list, *n, cap) = sqlite3_column_int64(q, 0);
    return code;
}

/* `disputes`: only what disputes; else only the rest. */
static casus_code place_all(merger *g, const int64_t *list, size_t n, bool disputes, casus_error *err) {
    casus_code code = CASUS_OK;
    for (size_t i = 0; i < n && !code; i++) {
        casus_arena_reset(&g->arena);
        code = merge_load(g->l, list[i], &g->arena, &g->view, err);
        if (!code && g->view.role != MERGE_NONE && (g->view.role == MERGE_DISPUTES) == disputes) code = place_statement(g, err);
    }
    return code;
}

static casus_code merge_under_trap(merger *g, casus_arena *lists, int64_t doc, casus_error *err) {
    jmp_buf trap;
    CASUS_ARENA_TRY(&g->arena, &trap, return casus_fail(err, CASUS_ERR_NOMEM, "out of memory merging events"));
    g->member.trap = lists->trap = &trap;
    int64_t *list = NULL;
    size_t n = 0;
    casus_code code = collect(g->l, doc, lists, &list, &n, err);
    if (!code) code = place_all(g, list, n, false, err);
    return code ? code : place_all(g, list, n, true, err);
}

casus_code ledger_merge_document(casus_ledger *l, int64_t doc, casus_error *err) {
    merger g = {.l = l};
    casus_arena lists;
    casus_arena_init(&g.arena);
    casus_arena_init(&g.member);
    casus_arena_init(&lists);
    casus_code code = merge_under_trap(&g, &lists, doc, err);
    casus_arena_done(&g.arena);
    casus_arena_done(&g.member);
    casus_arena_done(&lists);
    return code;
}

/* ---- by hand ----------------------------------------------------------------------------------------------- */


/* Every pair of statements of two events, as one decision each. */
static casus_code decide_pairs(casus_ledger *l, int64_t a, int64_t b, bool together, casus_error *err) {
    return ledger_run(l, err,
                      "INSERT OR REPLACE INTO decisions(first, second, together, made) SELECT min(x.id, y.id), max(x.id, y.id), ?3, datetime('now')"
                      " FROM event_statements m JOIN statements x ON x.st = m.st, event_statements k JOIN statements y ON y.st = k.st"
                      " WHERE m.event = ?1 AND k.event = ?2 AND x.id <> y.id", "iii", a, b, (int64_t)together);
}

static casus_code merge_events(casus_ledger *l, const char *first, const char *second, casus_error *err) {
    int64_t a = 0, b = 0;
    casus_code code = ledger_event_number(l, first, &a, err);
    if (!code) code = ledger_event_number(l, second, &b, err);
    if (!code && a == b) code = casus_fail(err, CASUS_ERR_ARG, "%s and %s are the same event", first, second);
    if (!code) code = decide_pairs(l, a, b, true, err);
    if (!code)
        code = ledger_run(l, err,
                          "UPDATE event_statements SET event = ?1, by_hand = 1, score = 1, reason = 'by hand',"
                          " merged_from = (SELECT t.id FROM event_statements m JOIN statements t ON t.st = m.st WHERE m.event = ?1 ORDER BY m.st LIMIT 1)"
                          " WHERE event = ?2", "ii", a, b);
    return code ? code : ledger_prune(l, err);
}

casus_code casus_ledger_merge(casus_ledger *l, const char *first, const char *second, casus_error *err) {
    casus_code code = ledger_begin(l, err);
    return code ? code : ledger_end(l, merge_events(l, first, second, err), err);
}

/* The statement's event; all that are split off together must come from one. */
static casus_code event_of(casus_ledger *l, const char *id, int64_t *st, int64_t *event, casus_error *err) {
    int64_t its = 0;
    casus_code code = ledger_statement_number(l, id, st, err);
    if (!code) code = ledger_int(l, &its, err, "SELECT event FROM event_statements WHERE st = ?1", "i", *st);
    if (!code && !its) code = casus_fail(err, CASUS_ERR_ARG, "statement %s is in no event", id);
    if (!code && *event && its != *event) code = casus_fail(err, CASUS_ERR_ARG, "statement %s is in another event than the first", id);
    *event = its;
    return code;
}

static casus_code split_statements(casus_ledger *l, const char *const *ids, size_t n, char id[32], casus_error *err) {
    int64_t st = 0, from = 0, made = 0, members = 0;
    casus_arena a;
    casus_arena_init(&a);
    merge_view v = {0};
    if (!n) return casus_fail(err, CASUS_ERR_ARG, "name the statements to split off");
    casus_code code = event_of(l, ids[0], &st, &from, err);
    if (!code) code = ledger_int(l, &members, err, "SELECT count(*) FROM event_statements WHERE event = ?1", "i", from);
    if (!code && (int64_t)n >= members) code = casus_fail(err, CASUS_ERR_ARG, "nothing would be left of the event; split off fewer statements");
    if (!code) code = merge_load(l, st, &a, &v, err);
    if (!code && (!v.id || !v.plover)) code = casus_fail(err, CASUS_ERR_NOMEM, "out of memory splitting an event");
    if (!code) code = found_event(l, v.id, st, v.plover, &made, err);
    casus_arena_done(&a);
    for (size_t i = 0; i < n && !code; i++) {
        code = event_of(l, ids[i], &st, &from, err);
        if (!code)
            code = ledger_run(l, err, "UPDATE event_statements SET event = ?2, by_hand = 1, score = NULL, reason = 'split by hand', merged_from = NULL WHERE st = ?1",
                              "ii", st, made);
    }
    if (!code) code = decide_pairs(l, made, from, false, err);
    if (!code) code = decide_pairs(l, made, made, true, err);
    sqlite3_stmt *q = NULL;
    bool row = false;
    if (!code) code = ledger_prepare(l, &q, err, "SELECT id FROM events WHERE event = ?1", "i", made);
    if (!code) code = ledger_step(l, q, &row, err);
    if (!code && row) snprintf(id, 32, "%s", ledger_peek(q, 0));
    if (row) sqlite3_reset(q);
    return code;
}

casus_code casus_ledger_split(casus_ledger *l, const char *const *statements, size_t n, char event[32], casus_error *err) {
    casus_code code = ledger_begin(l, err);
    return code ? code : ledger_end(l, split_statements(l, statements, n, event, err), err);
}
