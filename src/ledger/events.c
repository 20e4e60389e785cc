/* Events as their readers want them: members, the matrix of claims, the record. */
#include "merge.h"

#include <math.h>
#include <string.h>

casus_code casus_ledger_members(casus_ledger *l, const char *event, casus_member_fn *each, void *ctx, casus_error *err) {
    int64_t number = 0;
    sqlite3_stmt *q = NULL;
    bool row = true;
    casus_code code = ledger_event_number(l, event, &number, err);
    if (!code && !each) return CASUS_OK;
    if (!code)
        code = ledger_prepare(l, &q, err,
                              "SELECT e.id, f.id, m.role, m.reason, m.merged_from, f.doc, f.doc_date, f.publisher, f.holder, f.text, m.score, m.voice, m.by_hand"
                              " FROM event_statements m JOIN events e ON e.event = m.event JOIN statements_flat f ON f.st = m.st WHERE m.event = ?1"
                              " ORDER BY m.st", "i", number);
    while (!code && !(code = ledger_step(l, q, &row, err)) && row) {
        casus_member_row r = {.event = ledger_peek(q, 0), .statement = ledger_peek(q, 1), .role = ledger_peek(q, 2), .reason = ledger_peek(q, 3),
                              .merged_from = ledger_peek(q, 4), .doc = ledger_peek(q, 5), .doc_date = ledger_peek(q, 6), .publisher = ledger_peek(q, 7),
                              .holder = ledger_peek(q, 8), .text = ledger_peek(q, 9),
                              .score = sqlite3_column_type(q, 10) == SQLITE_NULL ? NAN : sqlite3_column_double(q, 10),
                              .voice = sqlite3_column_int64(q, 11), .by_hand = sqlite3_column_int(q, 12) != 0};
        if (each(ctx, &r)) continue;
        sqlite3_reset(q);
        return CASUS_OK;
    }
    return code;
}

/* ---- claims about an event --------------------------------------------------------------------------------- */

/* A row of the matrix for each statement: members of the event, then those about its members, then rivals. */
static const char ABOUT_IT[] =
    "SELECT f.st, f.id, f.doc, f.source, f.type, f.target, f.holder, f.holds, f.polarity, f.author_view, f.text, m.event IS NOT NULL AS member"
    " FROM statements_flat f LEFT JOIN event_statements m ON m.st = f.st AND m.event = ?1 WHERE m.event = ?1"
    " OR EXISTS(SELECT 1 FROM about a JOIN statements t ON t.id = a.statement JOIN event_statements x ON x.st = t.st WHERE a.st = f.st AND x.event = ?1)"
    " OR (f.kind = 'event' AND f.holder IS NOT NULL AND (f.plover = (SELECT plover FROM events WHERE event = ?1)"
    "   OR f.plover_second = (SELECT plover FROM events WHERE event = ?1)) AND m.event IS NULL)"
    " ORDER BY member DESC, f.st";

typedef struct asker {
    casus_ledger *l;
    casus_arena arena;
    int64_t *members;
    size_t n_members, cap;
    casus_claim_fn *each;
    void *ctx;
    char event_words[256];
} asker;

static const char *stance_of(const char *holds, const char *polarity, bool author) {
    if (strcmp(polarity, "-") == 0) return strcmp(holds, "denies") == 0 ? "asserts" : "denies";
    return author ? "asserts" : holds;
}

static void words_of(sqlite3_stmt *q, char out[256]) {
    const char *source = ledger_peek(q, 3), *target = ledger_peek(q, 5);
    snprintf(out, 256, "%s %s %s", *source ? source : "?", ledger_peek(q, 4), *target ? target : "?");
}

/* A rival account agrees in place or target, contradicts nothing but the participants. */
static casus_code is_rival(asker *k, int64_t st, bool *rival, casus_error *err) {
    merge_view mine, other;
    *rival = false;
    casus_code code = merge_load(k->l, st, &k->arena, &mine, err);
    for (size_t i = 0; i < k->n_members && !code && !*rival; i++) {
        if ((code = merge_load(k->l, k->members[i], &k->arena, &other, err))) return code;
        merge_match m = merge_compare(&mine, &other);
        bool meets = m.place >= 1 || (m.target >= 0.8 && mine.n_target && other.n_target);
        *rival = meets && m.time >= 0 && m.place >= 0 && m.source < 0;
    }
    return code;
}

/* The holder's row, and the author's own when he takes a view of it. */
static bool tell(asker *k, sqlite3_stmt *q, const char *proposition) {
    const char *holder = ledger_peek(q, 6), *view = ledger_peek(q, 9);
    casus_claim_row r = {.proposition = proposition, .holder = *holder ? holder : "author", .statement = ledger_peek(q, 1), .doc = ledger_peek(q, 2),
                         .stance = stance_of(ledger_peek(q, 7), ledger_peek(q, 8), !*holder), .author_view = view};
    bool more = k->each(k->ctx, &r);
    if (!more || !*holder || strcmp(view, "neutral") == 0) return more;
    r.holder = "author";
    r.stance = view;
    return k->each(k->ctx, &r);
}

static casus_code tell_row(asker *k, sqlite3_stmt *q, bool *more, casus_error *err) {
    char words[256];
    bool member = sqlite3_column_int(q, 11) != 0, rival = false;
    int64_t st = sqlite3_column_int64(q, 0);
    words_of(q, words);
    if (member) {
        if (!k->n_members) memcpy(k->event_words, words, sizeof words);
        *CASUS_PUSH(&k->arena, k->members, k->n_members, k->cap) = st;
        *more = tell(k, q, k->event_words);
        return CASUS_OK;
    }
    int64_t about = 0;
    casus_code code = ledger_int(k->l, &about, err, "SELECT 1 FROM about WHERE st = ?1 AND statement IS NOT NULL", "i", st);
    if (!code && !about) code = is_rival(k, st, &rival, err);
    if (!code && (about || rival)) *more = tell(k, q, rival ? words : ledger_peek(q, 10));
    return code;
}

static casus_code tell_all(asker *k, int64_t event, casus_error *err) {
    jmp_buf trap;
    sqlite3_stmt *q = NULL;
    bool row = true, more = true;
    CASUS_ARENA_TRY(&k->arena, &trap, return casus_fail(err, CASUS_ERR_NOMEM, "out of memory comparing claims"));
    casus_code code = ledger_prepare(k->l, &q, err, ABOUT_IT, "i", event);
    while (!code && more && !(code = ledger_step(k->l, q, &row, err)) && row) code = tell_row(k, q, &more, err);
    if (q) sqlite3_reset(q);
    return code;
}

casus_code casus_ledger_claims_about(casus_ledger *l, const char *event, casus_claim_fn *each, void *ctx, casus_error *err) {
    int64_t number = 0;
    asker k = {.l = l, .each = each, .ctx = ctx};
    casus_code code = ledger_event_number(l, event, &number, err);
    if (code) return code;
    casus_arena_init(&k.arena);
    code = tell_all(&k, number, err);
    casus_arena_done(&k.arena);
    return code;
}

/* ---- the record -------------------------------------------------------------------------------------------- */

/* Writes what a query yields, each row's first column being a JSON text, as an array under `key`; nothing when there is none. */
static casus_code add_array(casus_ledger *l, casus_json *j, const char *key, const char *sql, int64_t event, casus_error *err) {
    sqlite3_stmt *q = NULL;
    bool row = true, opened = false;
    casus_code code = ledger_prepare(l, &q, err, sql, "i", event);
    while (!code && !(code = ledger_step(l, q, &row, err)) && row) {
        if (!opened) casus_json_open(j, key, '[');
        opened = true;
        if (j->comma) casus_buf_adds(j->out, ",");
        casus_buf_adds(j->out, ledger_peek(q, 0));
        j->comma = true;
    }
    if (opened) casus_json_close(j, ']');
    return code;
}

#define MEMBERS " FROM event_statements m JOIN statements t ON t.st = m.st "
/* Parts of the statements' records, each once, in the order of the statements. */
#define PARTS(key) \
    "SELECT x.value" MEMBERS ", json_each(t.record, '$." key "') x WHERE m.event = ?1 GROUP BY coalesce(json_extract(x.value, '$.actor'), " \
    "json_extract(x.value, '$.name'), x.value) ORDER BY min(m.st), x.key"

/* What is counted of the members. */
static casus_code add_counts(casus_ledger *l, casus_json *j, int64_t event, casus_error *err) {
    sqlite3_stmt *q = NULL;
    bool row = false;
    casus_code code = ledger_prepare(l, &q, err,
                                     "SELECT sum(m.role = 'supports'), sum(m.role = 'disputes'), sum(m.role = 'relays'),"
                                     " count(DISTINCT CASE WHEN m.role <> 'disputes' THEN m.voice END), max(t.cooperation), max(t.conflict), min(d.date)"
                                     " FROM event_statements m JOIN statements t ON t.st = m.st JOIN documents d ON d.doc = t.doc WHERE m.event = ?1", "i", event);
    if (!code) code = ledger_step(l, q, &row, err);
    if (code) return code;
    static const char *const KEYS[] = {"supports", "disputes", "relays", "voices"};
    for (int i = 0; i < 4; i++) casus_json_int(j, KEYS[i], sqlite3_column_int64(q, i));
    casus_json_num(j, "cooperation", sqlite3_column_double(q, 4));
    casus_json_num(j, "conflict", sqlite3_column_double(q, 5));
    if (*ledger_peek(q, 6)) casus_json_text(j, "doc_date", ledger_peek(q, 6));
    sqlite3_reset(q);
    return CASUS_OK;
}

static casus_code event_record(casus_ledger *l, int64_t number, bool counted, casus_buf *out, casus_error *err) {
    sqlite3_stmt *q = NULL;
    bool row = false;
    casus_code code = ledger_prepare(l, &q, err, "SELECT id, plover FROM events WHERE event = ?1", "i", number);
    if (!code) code = ledger_step(l, q, &row, err);
    if (code) return code;
    if (!row) return casus_fail(err, CASUS_ERR_NOTFOUND, "the event is gone from the ledger");
    casus_json json = casus_json_to(out), *j = &json;
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "record", "event");
    casus_json_int(j, "schema", 1);
    casus_json_text(j, "id", ledger_peek(q, 0));
    casus_json_text(j, "plover", ledger_peek(q, 1));
    sqlite3_reset(q);
    code = add_array(l, j, "mode", "SELECT DISTINCT json_quote(x.value)" MEMBERS ", json_each(t.record, '$.action.mode') x WHERE m.event = ?1 ORDER BY m.st", number, err);
    if (!code) code = add_array(l, j, "source", PARTS("source"), number, err);
    if (!code) code = add_array(l, j, "target", PARTS("target"), number, err);
    if (!code)
        code = add_array(l, j, "time", "SELECT json_extract(t.record, '$.time')" MEMBERS "WHERE m.event = ?1 AND t.time_how IS NOT NULL"
                         " GROUP BY t.time_begin, t.time_end ORDER BY min(m.st)", number, err);
    if (!code) code = add_array(l, j, "place", PARTS("place"), number, err);
    if (!code) code = add_array(l, j, "counts", "SELECT x.value" MEMBERS ", json_each(t.record, '$.counts') x WHERE m.event = ?1 GROUP BY x.value ORDER BY min(m.st)", number, err);
    if (!code)
        code = add_array(l, j, "statements",
                         "SELECT json_object('id', t.id, 'role', m.role, 'holder', json(coalesce(json_extract(t.record, '$.holder'), '[]')), 'voice', m.voice)"
                         MEMBERS "WHERE m.event = ?1 ORDER BY m.st", number, err);
    if (!code)
        code = add_array(l, j, "merged",
                         "SELECT json_object('from', m.merged_from, 'statement', t.id, 'score', round(m.score, 3), 'reason', m.reason)"
                         MEMBERS "WHERE m.event = ?1 AND m.merged_from IS NOT NULL ORDER BY m.st", number, err);
    if (!code && counted) casus_json_text(j, "origin", "statement");
    if (!code && counted) code = add_counts(l, j, number, err);
    casus_json_close(j, '}');
    return code;
}

casus_code casus_ledger_event_json(casus_ledger *l, const char *event, casus_buf *out, casus_error *err) {
    int64_t number = 0;
    casus_code code = ledger_event_number(l, event, &number, err);
    return code ? code : event_record(l, number, false, out, err);
}

casus_code casus_ledger_event_at(casus_ledger *l, int64_t ref, casus_buf *out, casus_error *err) { return event_record(l, ref, true, out, err); }
