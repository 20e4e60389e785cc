/* Questions to the ledger: documents, statements, actors, events, full text, citations. */
#include "ledger.h"

#include <math.h>
#include <string.h>

/* ---- by id or the beginning of one ------------------------------------------------------------------------- */

/* `sql` yields the numbers that match ?1 exactly (first) or begin with it; a second column says "exact". */
static casus_code number_of(casus_ledger *l, const char *sql, const char *id, const char *what, int64_t *number, casus_error *err) {
    sqlite3_stmt *q = NULL;
    bool row = false;
    casus_code code = ledger_prepare(l, &q, err, sql, "t", id);
    if (!code) code = ledger_step(l, q, &row, err);
    if (code) return code;
    if (!row) return casus_fail(err, CASUS_ERR_NOTFOUND, "there is no %s \"%s\" in the ledger", what, id);
    int64_t found = sqlite3_column_int64(q, 0);
    bool exact = sqlite3_column_int(q, 1) != 0, more = false;
    if (!exact) code = ledger_step(l, q, &more, err);
    sqlite3_reset(q);
    if (code) return code;
    if (more) return casus_fail(err, CASUS_ERR_ARG, "several %ss begin with \"%s\"; give more of the id", what, id);
    *number = found;
    return CASUS_OK;
}

casus_code ledger_doc_number(casus_ledger *l, const char *id, int64_t *doc, casus_error *err) {
    return number_of(l, "SELECT doc, id = ?1 FROM documents WHERE id >= ?1 AND id < ?1 || char(1114111) ORDER BY id = ?1 DESC LIMIT 2", id, "document", doc, err);
}

casus_code ledger_statement_number(casus_ledger *l, const char *id, int64_t *st, casus_error *err) {
    if (strlen(id) < 4) return casus_fail(err, CASUS_ERR_ARG, "\"%s\" is too short for the id of a statement: at least 4 characters", id);
    return number_of(l, "SELECT st, id = ?1 FROM statements WHERE id >= ?1 AND id < ?1 || char(1114111) ORDER BY id = ?1 DESC LIMIT 2", id, "statement", st, err);
}

casus_code ledger_event_number(casus_ledger *l, const char *id, int64_t *event, casus_error *err) {
    return number_of(l, "SELECT event, id = ?1 FROM events WHERE id >= ?1 AND id < ?1 || char(1114111) ORDER BY id = ?1 DESC LIMIT 2", id, "event", event, err);
}

/* ---- documents --------------------------------------------------------------------------------------------- */

static void fill_document(sqlite3_stmt *q, casus_arena *a, casus_document *d) {
    memset(d, 0, sizeof *d);
    d->id = ledger_text(q, 0, a), d->title = ledger_text(q, 1, a), d->date = ledger_text(q, 2, a);
    d->author = ledger_text(q, 3, a), d->publisher = ledger_text(q, 4, a), d->url = ledger_text(q, 5, a);
    d->path = ledger_text(q, 6, a), d->language = ledger_text(q, 7, a), d->extra = ledger_text(q, 8, a);
    snprintf(d->sha256, sizeof d->sha256, "%s", ledger_peek(q, 9));
    d->text.at = ledger_text(q, 10, a);
    d->text.n = (size_t)sqlite3_column_bytes(q, 10);
    d->line = sqlite3_column_int64(q, 11);
    d->foreign = sqlite3_column_int(q, 12) != 0;
    d->bytes = (size_t)sqlite3_column_int64(q, 13);
    d->title_begin = (uint32_t)sqlite3_column_int64(q, 14), d->title_end = (uint32_t)sqlite3_column_int64(q, 15);
    d->date_begin = (uint32_t)sqlite3_column_int64(q, 16), d->date_end = (uint32_t)sqlite3_column_int64(q, 17);
}

casus_code casus_ledger_document(casus_ledger *l, const char *id, casus_arena *arena, casus_document *doc, casus_error *err) {
    int64_t number = 0;
    sqlite3_stmt *q = NULL;
    bool row = false;
    casus_code code = ledger_doc_number(l, id, &number, err);
    if (!code)
        code = ledger_prepare(l, &q, err,
                              "SELECT id, title, date, author, publisher, url, path, language, extra, sha256, text, line, foreign_language, bytes,"
                              " title_begin, title_end, date_begin, date_end FROM documents WHERE doc = ?1", "i", number);
    if (!code) code = ledger_step(l, q, &row, err);
    if (code) return code;
    fill_document(q, arena, doc);
    sqlite3_reset(q);
    return CASUS_OK;
}

casus_code casus_ledger_documents(casus_ledger *l, casus_document_fn *each, void *ctx, casus_error *err) {
    sqlite3_stmt *q = NULL;
    bool row = true;
    casus_code code = ledger_prepare(l, &q, err,
                                     "SELECT id, title, date, author, publisher, url, path, language, sha256, version, bytes,"
                                     " (SELECT count(*) FROM sentences s WHERE s.doc = d.doc), (SELECT count(*) FROM statements t WHERE t.doc = d.doc),"
                                     " revision FROM documents d ORDER BY date, id", "");
    while (!code && !(code = ledger_step(l, q, &row, err)) && row) {
        casus_document_row r = {.id = ledger_peek(q, 0), .title = ledger_peek(q, 1), .date = ledger_peek(q, 2), .author = ledger_peek(q, 3),
                                .publisher = ledger_peek(q, 4), .url = ledger_peek(q, 5), .path = ledger_peek(q, 6), .language = ledger_peek(q, 7),
                                .sha256 = ledger_peek(q, 8), .version = ledger_peek(q, 9), .bytes = sqlite3_column_int64(q, 10),
                                .sentences = sqlite3_column_int64(q, 11), .statements = sqlite3_column_int64(q, 12),
                                .revision = sqlite3_column_int64(q, 13)};
        if (each(ctx, &r)) continue;
        sqlite3_reset(q);
        return CASUS_OK;
    }
    return code;
}

casus_code casus_ledger_count(casus_ledger *l, casus_ledger_counts *out, casus_error *err) {
    casus_ledger_counts c = {0};
    casus_code code = ledger_int(l, &c.documents, err, "SELECT count(*) FROM documents", "");
    if (!code) code = ledger_int(l, &c.sentences, err, "SELECT count(*) FROM sentences", "");
    if (!code) code = ledger_int(l, &c.actors, err, "SELECT count(*) FROM actors", "");
    if (!code) code = ledger_int(l, &c.statements, err, "SELECT count(*) FROM statements", "");
    if (!code) code = ledger_int(l, &c.events, err, "SELECT count(*) FROM events", "");
    if (!code) *out = c;
    return code;
}

/* ---- statements -------------------------------------------------------------------------------------------- */

/* Who is meant by a name: an id, a name or an alias, whatever the case; words of the text that are no actor too. */
#define MEANT(value, column, actor_column) \
    "(" actor_column " IN (SELECT actor FROM aliases WHERE alias = " value " COLLATE NOCASE UNION SELECT actor FROM actors WHERE actor = " value \
    " COLLATE NOCASE OR name = " value " COLLATE NOCASE) OR " column " = " value " COLLATE NOCASE)"
#define TAKES_PART(value) "EXISTS(SELECT 1 FROM participants p WHERE p.st = f.st AND " MEANT(value, "p.name", "p.actor") ")"
/* On what a filter's dates look: the time's own days, else the document's date; an open side is the other one. */
#define WHEN_BEGIN "coalesce(f.time_begin, f.time_end, f.doc_date)"
#define WHEN_END "coalesce(f.time_end, f.time_begin, f.doc_date)"

static const char STATEMENTS[] =
    "SELECT f.id, f.doc, f.doc_title, f.doc_date, f.kind, f.type, f.source, f.target, f.about, f.time_begin, f.time_end, f.time_text, f.place,"
    " f.counts, f.holder, f.holds, f.tense, f.polarity, f.author_view, f.likely_text, f.text, f.event,"
    " (SELECT record FROM statements t WHERE t.st = f.st), f.sentence, f.likely_low, f.likely_high, f.cooperation, f.conflict, f.confidence,"
    " f.source_ids, f.target_ids"
    " FROM statements_flat f WHERE (?1 IS NULL OR " TAKES_PART("?1") ") AND (?2 IS NULL OR " TAKES_PART("?2") ")"
    " AND (?3 IS NULL OR (?3 = 'author' AND f.holder IS NULL)"
    "   OR EXISTS(SELECT 1 FROM holders h WHERE h.st = f.st AND " MEANT("?3", "h.name", "h.actor") "))"
    " AND (?4 IS NULL OR f.kind = ?4) AND (?5 IS NULL OR f.type = ?5 COLLATE NOCASE OR f.plover_second = ?5 COLLATE NOCASE)"
    " AND (?6 IS NULL OR f.doc = (SELECT id FROM documents WHERE doc = ?6)) AND (?7 IS NULL OR f.st IN (SELECT st FROM event_statements WHERE event = ?7))"
    " AND (?8 IS NULL OR substr(" WHEN_END ", 1, 10) >= ?8) AND (?9 IS NULL OR substr(" WHEN_BEGIN ", 1, length(?9)) <= ?9)"
    " AND (?10 IS NULL OR EXISTS(SELECT 1 FROM words w JOIN sentences s ON s.sid = w.rowid JOIN documents d ON d.doc = s.doc"
    "   WHERE words MATCH ?10 AND d.id = f.doc AND s.sentence = f.sentence))"
    " AND (?11 = 0 OR f.holder IS NOT NULL) AND (?12 = 0 OR coalesce(f.time_begin, f.time_end) IS NOT NULL)"
    " AND (?15 IS NULL OR f.id = ?15)"
    " ORDER BY CASE ?13 WHEN 1 THEN " WHEN_BEGIN " WHEN 2 THEN -f.confidence END, f.st LIMIT ?14";

static casus_statement_row statement_row(sqlite3_stmt *q) {
    casus_statement_row r = {
        .id = ledger_peek(q, 0), .doc = ledger_peek(q, 1), .doc_title = ledger_peek(q, 2), .doc_date = ledger_peek(q, 3), .kind = ledger_peek(q, 4),
        .type = ledger_peek(q, 5), .source = ledger_peek(q, 6), .target = ledger_peek(q, 7), .about = ledger_peek(q, 8),
        .time_begin = ledger_peek(q, 9), .time_end = ledger_peek(q, 10), .time_text = ledger_peek(q, 11), .place = ledger_peek(q, 12),
        .counts = ledger_peek(q, 13), .holder = ledger_peek(q, 14), .holds = ledger_peek(q, 15), .tense = ledger_peek(q, 16),
        .polarity = ledger_peek(q, 17), .author_view = ledger_peek(q, 18), .likely_text = ledger_peek(q, 19), .text = ledger_peek(q, 20),
        .event = ledger_peek(q, 21), .record = ledger_peek(q, 22), .sentence = sqlite3_column_int64(q, 23), .likely_low = NAN, .likely_high = NAN,
        .cooperation = sqlite3_column_double(q, 26), .conflict = sqlite3_column_double(q, 27), .confidence = sqlite3_column_double(q, 28),
        .source_ids = ledger_peek(q, 29), .target_ids = ledger_peek(q, 30)};
    if (sqlite3_column_type(q, 24) != SQLITE_NULL) r.likely_low = sqlite3_column_double(q, 24);
    if (sqlite3_column_type(q, 25) != SQLITE_NULL) r.likely_high = sqlite3_column_double(q, 25);
    return r;
}

/* Numbers of the document and the event that a filter names; 0 when it names none. */
static casus_code resolve(casus_ledger *l, const casus_filter *f, int64_t *doc, int64_t *event, casus_error *err) {
    casus_code code = CASUS_OK;
    *doc = *event = 0;
    if (f->doc) code = ledger_doc_number(l, f->doc, doc, err);
    if (!code && f->event) code = ledger_event_number(l, f->event, event, err);
    return code;
}

/* A number as a parameter: 0 is null. */
static casus_code bind_number(casus_ledger *l, sqlite3_stmt *q, int at, int64_t number, casus_error *err) {
    int rc = number ? sqlite3_bind_int64(q, at, number) : sqlite3_bind_null(q, at);
    return rc ? ledger_fail(l, err, "bind a query") : CASUS_OK;
}

/* A query of words that SQLite cannot parse is the caller's mistake, not the ledger's. */
static casus_code bad_words(casus_ledger *l, casus_code code, const char *words, casus_error *err) {
    if (code != CASUS_ERR_DB || !words || sqlite3_errcode(l->db) != SQLITE_ERROR) return code;
    return casus_fail(err, CASUS_ERR_ARG, "\"%s\" is no full-text query (%s); put words with signs in double quotes", words, sqlite3_errmsg(l->db));
}

casus_code casus_ledger_statements(casus_ledger *l, const casus_filter *f, casus_statement_fn *each, void *ctx, casus_error *err) {
    int64_t doc = 0, event = 0;
    sqlite3_stmt *q = NULL;
    bool row = true;
    casus_code code = resolve(l, f, &doc, &event, err);
    if (!code)
        code = ledger_prepare(l, &q, err, STATEMENTS, "tttttiitttiiiit", f->actor, f->other, f->holder, f->kind, f->type, doc, event, f->since, f->until,
                              f->words, (int64_t)f->held, (int64_t)f->dated, (int64_t)f->order, f->limit > 0 ? f->limit : (int64_t)-1, f->statement);
    if (!code) code = bind_number(l, q, 6, doc, err);
    if (!code) code = bind_number(l, q, 7, event, err);
    while (!code && !(code = ledger_step(l, q, &row, err)) && row) {
        casus_statement_row r = statement_row(q);
        if (each(ctx, &r)) continue;
        sqlite3_reset(q);
        return CASUS_OK;
    }
    return bad_words(l, code, f->words, err);
}

/* ---- citations --------------------------------------------------------------------------------------------- */

static const char CITE[] =
    "SELECT t.id, d.id, d.title, d.date, d.author, d.publisher, d.url, d.path, d.sha256, d.version, t.record, d.text, s.span_begin, s.span_end,"
    " t.span_begin, t.span_end, t.sentence, d.revision, t.in_title, 0 FROM statements t JOIN documents d ON d.doc = t.doc"
    " LEFT JOIN sentences s ON s.doc = t.doc AND s.sentence = t.sentence WHERE t.st = ?1";

/* A statement of an earlier revision: the text of then. */
static const char CITE_OLD[] =
    "SELECT t.id, d.id, r.title, d.date, d.author, d.publisher, d.url, d.path, r.sha256, r.version, t.record, r.text, t.sentence_begin, t.sentence_end,"
    " t.span_begin, t.span_end, t.sentence, t.revision, t.in_title, 1 FROM old_statements t JOIN documents d ON d.doc = t.doc"
    " JOIN revisions r ON r.doc = t.doc AND r.revision = t.revision WHERE t.id >= ?1 AND t.id < ?1 || char(1114111) ORDER BY t.revision DESC LIMIT 1";

static casus_str slice(const char *text, size_t n, casus_span span) {
    return text && span.begin < span.end && span.end <= n ? (casus_str){text + span.begin, span.end - span.begin} : (casus_str){0};
}

static void fill_citation(sqlite3_stmt *q, casus_arena *a, casus_citation *c) {
    memset(c, 0, sizeof *c);
    c->id = ledger_text(q, 0, a), c->doc = ledger_text(q, 1, a), c->title = ledger_text(q, 2, a), c->date = ledger_text(q, 3, a);
    c->author = ledger_text(q, 4, a), c->publisher = ledger_text(q, 5, a), c->url = ledger_text(q, 6, a), c->path = ledger_text(q, 7, a);
    c->sha256 = ledger_text(q, 8, a), c->version = ledger_text(q, 9, a), c->record = ledger_text(q, 10, a);
    c->sentence_span = (casus_span){(uint32_t)sqlite3_column_int64(q, 12), (uint32_t)sqlite3_column_int64(q, 13)};
    c->span = (casus_span){(uint32_t)sqlite3_column_int64(q, 14), (uint32_t)sqlite3_column_int64(q, 15)};
    c->sentence = sqlite3_column_int64(q, 16), c->revision = sqlite3_column_int64(q, 17);
    c->in_title = sqlite3_column_int(q, 18) != 0, c->superseded = sqlite3_column_int(q, 19) != 0;
    const char *text = ledger_text(q, 11, a);
    size_t n = (size_t)sqlite3_column_bytes(q, 11);
    c->sentence_text = c->in_title ? casus_str_of(c->title) : slice(text, n, c->sentence_span);
    c->words = c->in_title ? slice(c->title, c->title ? strlen(c->title) : 0, c->span) : slice(text, n, c->span);
}

casus_code casus_ledger_cite(casus_ledger *l, const char *id, casus_arena *arena, casus_citation *out, casus_error *err) {
    int64_t st = 0;
    sqlite3_stmt *q = NULL;
    bool row = false;
    casus_error none;
    casus_code code = ledger_statement_number(l, id, &st, &none);
    if (code && code != CASUS_ERR_NOTFOUND) {
        if (err) *err = none;
        return code;
    }
    code = st ? ledger_prepare(l, &q, err, CITE, "i", st) : ledger_prepare(l, &q, err, CITE_OLD, "t", id);
    if (!code) code = ledger_step(l, q, &row, err);
    if (code) return code;
    if (!row) return casus_fail(err, CASUS_ERR_NOTFOUND, "there is no statement \"%s\" in the ledger", id);
    fill_citation(q, arena, out);
    sqlite3_reset(q);
    return CASUS_OK;
}

/* ---- actors ------------------------------------------------------------------------------------------------ */

static const char ACTORS[] =
    "SELECT a.actor, a.name, (SELECT group_concat(alias, '; ') FROM (SELECT alias FROM aliases x WHERE x.actor = a.actor AND alias <> a.name"
    "   AND (?2 IS NULL OR x.doc = ?2) GROUP BY alias ORDER BY min(position), alias)),"
    " a.type, a.country, a.sectors, a.cameo, (SELECT group_concat(part_of, '; ') FROM (SELECT DISTINCT part_of FROM parts x WHERE x.actor = a.actor)),"
    " (SELECT record FROM document_actors x WHERE x.actor = a.actor ORDER BY doc DESC LIMIT 1),"
    " (SELECT sum(mentions) FROM document_actors x WHERE x.actor = a.actor AND (?2 IS NULL OR x.doc = ?2)) AS mentions,"
    " (SELECT count(*) FROM document_actors x WHERE x.actor = a.actor),"
    " (SELECT count(DISTINCT p.st) FROM participants p JOIN statements t ON t.st = p.st WHERE p.actor = a.actor AND (?2 IS NULL OR t.doc = ?2)),"
    " a.knowledge FROM actors a WHERE (?1 IS NULL OR " MEANT("?1", "a.name", "a.actor") ")"
    " AND (?2 IS NULL OR EXISTS(SELECT 1 FROM document_actors x WHERE x.actor = a.actor AND x.doc = ?2)) AND (?3 IS NULL OR a.type = ?3 COLLATE NOCASE)"
    " ORDER BY mentions DESC, a.actor LIMIT ?4";

static casus_actor_row actor_row(sqlite3_stmt *q) {
    return (casus_actor_row){.id = ledger_peek(q, 0), .name = ledger_peek(q, 1), .aliases = ledger_peek(q, 2), .type = ledger_peek(q, 3),
                             .country = ledger_peek(q, 4), .sectors = ledger_peek(q, 5), .cameo = ledger_peek(q, 6), .part_of = ledger_peek(q, 7),
                             .record = ledger_peek(q, 8), .mentions = sqlite3_column_int64(q, 9), .documents = sqlite3_column_int64(q, 10),
                             .statements = sqlite3_column_int64(q, 11), .knowledge = sqlite3_column_int(q, 12) != 0};
}

casus_code casus_ledger_actors(casus_ledger *l, const casus_filter *f, casus_actor_fn *each, void *ctx, casus_error *err) {
    int64_t doc = 0;
    sqlite3_stmt *q = NULL;
    bool row = true;
    casus_code code = f->doc ? ledger_doc_number(l, f->doc, &doc, err) : CASUS_OK;
    if (!code) code = ledger_prepare(l, &q, err, ACTORS, "titi", f->actor, doc, f->type, f->limit > 0 ? f->limit : (int64_t)-1);
    if (!code) code = bind_number(l, q, 2, doc, err);
    while (!code && !(code = ledger_step(l, q, &row, err)) && row) {
        casus_actor_row r = actor_row(q);
        if (each(ctx, &r)) continue;
        sqlite3_reset(q);
        return CASUS_OK;
    }
    return code;
}

/* ---- events ------------------------------------------------------------------------------------------------ */

#define MEMBER_TAKES_PART(value) \
    "EXISTS(SELECT 1 FROM event_statements m JOIN participants p ON p.st = m.st WHERE m.event = f.event AND " MEANT(value, "p.name", "p.actor") ")"

static const char EVENTS[] =
    "SELECT f.id, f.type, f.modes, f.source, f.target, f.time_begin, f.time_end, f.times, f.place, f.counts, f.doc_date, f.statements, f.supports,"
    " f.disputes, f.relays, f.voices FROM events_flat f WHERE (?1 IS NULL OR " MEMBER_TAKES_PART("?1") ") AND (?2 IS NULL OR " MEMBER_TAKES_PART("?2") ")"
    " AND (?3 IS NULL OR f.type = ?3 COLLATE NOCASE)"
    " AND (?4 IS NULL OR EXISTS(SELECT 1 FROM event_statements m JOIN statements t ON t.st = m.st WHERE m.event = f.event AND t.doc = ?4))"
    " AND (?5 IS NULL OR f.event = ?5) AND (?6 IS NULL OR " WHEN_END " >= ?6) AND (?7 IS NULL OR substr(" WHEN_BEGIN ", 1, length(?7)) <= ?7)"
    " ORDER BY " WHEN_BEGIN ", f.event LIMIT ?8";

static casus_event_row event_row(sqlite3_stmt *q) {
    return (casus_event_row){.id = ledger_peek(q, 0), .type = ledger_peek(q, 1), .mode = ledger_peek(q, 2), .source = ledger_peek(q, 3),
                             .target = ledger_peek(q, 4), .time_begin = ledger_peek(q, 5), .time_end = ledger_peek(q, 6), .times = ledger_peek(q, 7),
                             .place = ledger_peek(q, 8), .counts = ledger_peek(q, 9), .doc_date = ledger_peek(q, 10),
                             .statements = ledger_peek(q, 11), .supports = sqlite3_column_int64(q, 12), .disputes = sqlite3_column_int64(q, 13),
                             .relays = sqlite3_column_int64(q, 14), .voices = sqlite3_column_int64(q, 15)};
}

casus_code casus_ledger_events(casus_ledger *l, const casus_filter *f, casus_event_fn *each, void *ctx, casus_error *err) {
    int64_t doc = 0, event = 0;
    sqlite3_stmt *q = NULL;
    bool row = true;
    casus_code code = resolve(l, f, &doc, &event, err);
    if (!code)
        code = ledger_prepare(l, &q, err, EVENTS, "tttiitti", f->actor, f->other, f->type, doc, event, f->since, f->until,
                              f->limit > 0 ? f->limit : (int64_t)-1);
    if (!code) code = bind_number(l, q, 4, doc, err);
    if (!code) code = bind_number(l, q, 5, event, err);
    while (!code && !(code = ledger_step(l, q, &row, err)) && row) {
        casus_event_row r = event_row(q);
        if (each(ctx, &r)) continue;
        sqlite3_reset(q);
        return CASUS_OK;
    }
    return code;
}

/* ---- full text --------------------------------------------------------------------------------------------- */

casus_code casus_ledger_search(casus_ledger *l, const char *query, const casus_filter *f, casus_hit_fn *each, void *ctx, casus_error *err) {
    int64_t doc = 0;
    sqlite3_stmt *q = NULL;
    bool row = true;
    casus_code code = f->doc ? ledger_doc_number(l, f->doc, &doc, err) : CASUS_OK;
    if (!code)
        code = ledger_prepare(l, &q, err,
                              "SELECT d.id, d.title, d.date, s.sentence, words.text,"
                              " (SELECT group_concat(id, ' ') FROM (SELECT id FROM statements t WHERE t.doc = s.doc AND t.sentence = s.sentence ORDER BY st))"
                              " FROM words JOIN sentences s ON s.sid = words.rowid JOIN documents d ON d.doc = s.doc WHERE words MATCH ?1"
                              " AND (?2 IS NULL OR s.doc = ?2) AND (?3 IS NULL OR d.date >= ?3) AND (?4 IS NULL OR substr(d.date, 1, length(?4)) <= ?4)"
                              " ORDER BY bm25(words), s.sid LIMIT ?5",
                              "titti", query, doc, f->since, f->until, f->limit > 0 ? f->limit : (int64_t)-1);
    if (!code) code = bind_number(l, q, 2, doc, err);
    while (!code && !(code = ledger_step(l, q, &row, err)) && row) {
        casus_hit_row r = {ledger_peek(q, 0), ledger_peek(q, 1), ledger_peek(q, 2), sqlite3_column_int64(q, 3), ledger_peek(q, 4), ledger_peek(q, 5)};
        if (each(ctx, &r)) continue;
        sqlite3_reset(q);
        return CASUS_OK;
    }
    return bad_words(l, code, query, err);
}
