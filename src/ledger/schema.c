/* The tables and views of a ledger, and how an older file becomes a newer one. docs/ledger.md explains them to readers.
 *
 * `PRAGMA user_version` is the number of steps done. A step is never changed once released: a change is a new step. Views are no
 * data; they are dropped and made anew by every migration.
 */
#include "ledger.h"

/* Step 1: documents and what they say. Everything hangs on documents(doc) or statements(st) and goes with it. */
static const char STEP_1[] =
    "CREATE TABLE documents(doc INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, origin TEXT NOT NULL, title TEXT, date TEXT, author TEXT,"
    " publisher TEXT, url TEXT, path TEXT, line INTEGER, language TEXT, foreign_language INTEGER NOT NULL, sha256 TEXT, bytes INTEGER,"
    " text TEXT NOT NULL, title_begin INTEGER, title_end INTEGER, date_begin INTEGER, date_end INTEGER, extra TEXT,"
    " revision INTEGER NOT NULL, version TEXT, added TEXT NOT NULL);"
    "CREATE TABLE revisions(doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, revision INTEGER NOT NULL, title TEXT, sha256 TEXT,"
    " text TEXT NOT NULL, version TEXT, added TEXT, PRIMARY KEY(doc, revision));"
    "CREATE TABLE old_statements(doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, revision INTEGER NOT NULL, id TEXT NOT NULL,"
    " sentence INTEGER, sentence_begin INTEGER, sentence_end INTEGER, span_begin INTEGER, span_end INTEGER, in_title INTEGER,"
    " record TEXT NOT NULL, PRIMARY KEY(doc, revision, id));"
    "CREATE INDEX old_statements_id ON old_statements(id);"
    "CREATE TABLE sentences(sid INTEGER PRIMARY KEY, doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, sentence INTEGER NOT NULL,"
    " span_begin INTEGER NOT NULL, span_end INTEGER NOT NULL, paragraph INTEGER, block TEXT, UNIQUE(doc, sentence));"
    "CREATE TABLE actors(actor TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT, country TEXT, cameo TEXT, sectors TEXT,"
    " knowledge INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE document_actors(doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, actor TEXT NOT NULL, mentions INTEGER NOT NULL,"
    " record TEXT NOT NULL, PRIMARY KEY(doc, actor)) WITHOUT ROWID;"
    "CREATE INDEX document_actors_actor ON document_actors(actor);"
    "CREATE TABLE aliases(doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, actor TEXT NOT NULL, position INTEGER NOT NULL,"
    " alias TEXT NOT NULL, PRIMARY KEY(doc, actor, position)) WITHOUT ROWID;"
    "CREATE INDEX aliases_actor ON aliases(actor);"
    "CREATE INDEX aliases_alias ON aliases(alias COLLATE NOCASE);"
    "CREATE TABLE roles(doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, actor TEXT NOT NULL, position INTEGER NOT NULL,"
    " role TEXT NOT NULL, role_begin TEXT, role_end TEXT, PRIMARY KEY(doc, actor, position)) WITHOUT ROWID;"
    "CREATE TABLE parts(doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, actor TEXT NOT NULL, part_of TEXT NOT NULL,"
    " PRIMARY KEY(actor, part_of, doc)) WITHOUT ROWID;"
    "CREATE INDEX parts_doc ON parts(doc);"
    "CREATE INDEX parts_whole ON parts(part_of);"
    "CREATE TABLE statements(st INTEGER PRIMARY KEY, id TEXT NOT NULL, doc INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,"
    " sentence INTEGER NOT NULL, span_begin INTEGER, span_end INTEGER, in_title INTEGER NOT NULL, text TEXT, kind TEXT NOT NULL,"
    " plover TEXT, plover_second TEXT, modes TEXT, contexts TEXT, cameo TEXT, relation TEXT, lemma TEXT, trigger TEXT,"
    " trigger_begin INTEGER, trigger_end INTEGER, polarity TEXT NOT NULL, tense TEXT, time_begin TEXT, time_end TEXT, time_approx INTEGER,"
    " time_text TEXT, time_how TEXT, holds TEXT NOT NULL, likely_low REAL, likely_high REAL, likely_text TEXT, cooperation REAL NOT NULL,"
    " conflict REAL NOT NULL, author_view TEXT NOT NULL, confidence REAL NOT NULL, record TEXT NOT NULL);"
    "CREATE INDEX statements_doc ON statements(doc, id);"
    "CREATE INDEX statements_id ON statements(id);"
    "CREATE INDEX statements_disputing ON statements(plover) WHERE polarity = '-' OR holds = 'denies' OR author_view = 'rejects';"
    "CREATE TABLE participants(st INTEGER NOT NULL REFERENCES statements ON DELETE CASCADE, side TEXT NOT NULL, position INTEGER NOT NULL,"
    " actor TEXT, name TEXT, text TEXT, span_begin INTEGER, span_end INTEGER, PRIMARY KEY(st, side, position)) WITHOUT ROWID;"
    "CREATE INDEX participants_actor ON participants(actor);"
    "CREATE INDEX participants_name ON participants(name COLLATE NOCASE) WHERE actor IS NULL;"
    "CREATE TABLE holders(st INTEGER NOT NULL REFERENCES statements ON DELETE CASCADE, position INTEGER NOT NULL, actor TEXT, name TEXT, text TEXT,"
    " span_begin INTEGER, span_end INTEGER, cue TEXT, cue_begin INTEGER, cue_end INTEGER, holds TEXT NOT NULL,"
    " PRIMARY KEY(st, position)) WITHOUT ROWID;"
    "CREATE INDEX holders_actor ON holders(actor);"
    "CREATE TABLE places(st INTEGER NOT NULL REFERENCES statements ON DELETE CASCADE, position INTEGER NOT NULL, name TEXT, text TEXT,"
    " span_begin INTEGER, span_end INTEGER, country TEXT, precision TEXT, gazetteer TEXT, gazetteer_id TEXT, lat REAL, lon REAL,"
    " PRIMARY KEY(st, position)) WITHOUT ROWID;"
    "CREATE TABLE counts(st INTEGER NOT NULL REFERENCES statements ON DELETE CASCADE, position INTEGER NOT NULL, kind TEXT, low REAL, best REAL,"
    " high REAL, of TEXT, text TEXT, span_begin INTEGER, span_end INTEGER, PRIMARY KEY(st, position)) WITHOUT ROWID;"
    "CREATE TABLE about(st INTEGER NOT NULL REFERENCES statements ON DELETE CASCADE, position INTEGER NOT NULL, statement TEXT, text TEXT,"
    " span_begin INTEGER, span_end INTEGER, PRIMARY KEY(st, position)) WITHOUT ROWID;"
    "CREATE INDEX about_statement ON about(statement);"
    "CREATE VIEW sentence_texts AS SELECT s.sid, s.doc, s.sentence,"
    " CAST(substr(CAST(d.text AS BLOB), s.span_begin + 1, s.span_end - s.span_begin) AS TEXT) AS text"
    " FROM sentences s JOIN documents d ON d.doc = s.doc;"
    "CREATE VIRTUAL TABLE words USING fts5(text, content='sentence_texts', content_rowid='sid', tokenize='porter unicode61 remove_diacritics 2');";

/* Step 2: events merged from statements. The decisions of people are kept by statement id: they outlive recoding. */
static const char STEP_2[] =
    "CREATE TABLE events(event INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, plover TEXT NOT NULL);"
    "CREATE INDEX events_plover ON events(plover);"
    "CREATE TABLE event_statements(st INTEGER PRIMARY KEY REFERENCES statements ON DELETE CASCADE,"
    " event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE, role TEXT NOT NULL, voice INTEGER NOT NULL, score REAL, reason TEXT,"
    " merged_from TEXT, by_hand INTEGER NOT NULL DEFAULT 0);"
    "CREATE INDEX event_statements_event ON event_statements(event);"
    "CREATE TABLE decisions(first TEXT NOT NULL, second TEXT NOT NULL, together INTEGER NOT NULL, made TEXT NOT NULL,"
    " PRIMARY KEY(first, second)) WITHOUT ROWID;";

/* Lists in a view: one value a row, in the order of the text, joined by "; ". */
#define OF_STATEMENT(what, from) "(SELECT group_concat(x, '; ') FROM (SELECT " what " AS x FROM " from " y WHERE y.st = t.st ORDER BY position))"
#define SIDE(what, side) \
    "(SELECT group_concat(x, '; ') FROM (SELECT " what " AS x FROM participants y WHERE y.st = t.st AND side = '" side "' ORDER BY position))"
#define OF_EVENT(what, from) \
    "(SELECT group_concat(x, '; ') FROM (SELECT " what " AS x FROM event_statements m JOIN statements f ON f.st = m.st " from \
    " WHERE m.event = e.event AND x IS NOT NULL GROUP BY x ORDER BY min(m.st)))"
#define PARTICIPANTS(side) "JOIN participants y ON y.st = m.st AND y.side = '" side "'"
#define FIRST_PLACE(what) "(SELECT " what " FROM places y WHERE y.st = t.st AND " what " IS NOT NULL ORDER BY position LIMIT 1)"
#define FIRST_EVENT_PLACE(what) \
    "(SELECT " what " FROM event_statements m JOIN places y ON y.st = m.st WHERE m.event = e.event AND " what " IS NOT NULL ORDER BY m.st LIMIT 1)"
#define ROLE_COUNT(role) "(SELECT count(*) FROM event_statements m WHERE m.event = e.event AND role = '" role "')"
/* "killed 13 U.S. soldiers", "wounded ≥40", "displaced 200–300". */
#define COUNT_WORDS \
    "y.kind || coalesce(' ' || CASE WHEN best IS NOT NULL THEN printf('%.15g', best)" \
    " WHEN low IS NOT NULL AND high IS NOT NULL THEN printf('%.15g–%.15g', low, high) WHEN low IS NOT NULL THEN printf('≥%.15g', low)" \
    " WHEN high IS NOT NULL THEN printf('≤%.15g', high) ELSE y.text END, '') || coalesce(' ' || y.of, '')"

static const char STATEMENT_VIEWS[] =
    "DROP VIEW IF EXISTS statements_flat;"
    "CREATE VIEW statements_flat AS SELECT t.st, t.id, d.id AS doc, d.title AS doc_title, d.date AS doc_date, d.publisher, t.sentence,"
    " t.span_begin, t.span_end, t.in_title, t.kind, coalesce(t.plover, t.relation) AS type, t.plover, t.plover_second, t.modes, t.contexts,"
    " t.cameo, t.relation, t.lemma, " SIDE("coalesce(name, text)", "source") " AS source, " SIDE("coalesce(name, text)", "target") " AS target, "
    SIDE("actor", "source") " AS source_ids, " SIDE("actor", "target") " AS target_ids, " OF_STATEMENT("coalesce(text, statement)", "about")
    " AS about, t.polarity, t.tense, t.time_begin, t.time_end, t.time_approx, t.time_text, t.time_how, " OF_STATEMENT("name", "places") " AS place, "
    FIRST_PLACE("country") " AS country, " FIRST_PLACE("lat") " AS lat, " FIRST_PLACE("lon") " AS lon, " OF_STATEMENT(COUNT_WORDS, "counts")
    " AS counts, (SELECT group_concat(x, ' → ') FROM (SELECT coalesce(name, text, '?') AS x FROM holders h WHERE h.st = t.st ORDER BY position)) AS holder,"
    " t.holds, t.likely_low, t.likely_high, t.likely_text, t.cooperation, t.conflict, t.author_view, t.confidence, t.text,"
    " (SELECT e.id FROM event_statements m JOIN events e ON e.event = m.event WHERE m.st = t.st) AS event"
    " FROM statements t JOIN documents d ON d.doc = t.doc;"
    "DROP VIEW IF EXISTS claims_flat;"
    "CREATE VIEW claims_flat AS SELECT * FROM statements_flat WHERE holder IS NOT NULL;"
    "DROP VIEW IF EXISTS relations_flat;"
    "CREATE VIEW relations_flat AS SELECT * FROM statements_flat WHERE kind = 'relation';"
    "DROP VIEW IF EXISTS dyads_flat;"
    "CREATE VIEW dyads_flat AS SELECT t.id, d.id AS doc, d.date AS doc_date, t.kind, coalesce(t.plover, t.relation) AS type, t.plover, t.relation,"
    " s.actor AS source, g.actor AS target, t.polarity, t.tense, t.time_begin, t.time_end, t.cooperation, t.conflict, t.holds, t.likely_low,"
    " t.likely_high, t.author_view, t.confidence, (SELECT count(*) FROM holders h WHERE h.st = t.st) AS holders, m.event, m.role, m.voice"
    " FROM statements t JOIN documents d ON d.doc = t.doc JOIN participants s ON s.st = t.st AND s.side = 'source' AND s.actor IS NOT NULL"
    " JOIN participants g ON g.st = t.st AND g.side = 'target' AND g.actor IS NOT NULL LEFT JOIN event_statements m ON m.st = t.st;";

static const char EVENT_VIEWS[] =
    "DROP VIEW IF EXISTS events_flat;"
    "CREATE VIEW events_flat AS SELECT e.event, e.id, e.plover AS type, " OF_EVENT("f.modes", "") " AS modes, "
    OF_EVENT("coalesce(y.name, y.text)", PARTICIPANTS("source")) " AS source, " OF_EVENT("coalesce(y.name, y.text)", PARTICIPANTS("target"))
    " AS target, " OF_EVENT("y.actor", PARTICIPANTS("source")) " AS source_ids, " OF_EVENT("y.actor", PARTICIPANTS("target")) " AS target_ids,"
    " (SELECT min(f.time_begin) FROM event_statements m JOIN statements f ON f.st = m.st WHERE m.event = e.event) AS time_begin,"
    " (SELECT max(f.time_end) FROM event_statements m JOIN statements f ON f.st = m.st WHERE m.event = e.event) AS time_end, "
    OF_EVENT("CASE WHEN f.time_how IS NULL THEN NULL WHEN f.time_begin = f.time_end THEN f.time_begin"
             " ELSE coalesce(f.time_begin, '') || '/' || coalesce(f.time_end, '') END", "") " AS times, "
    OF_EVENT("y.name", "JOIN places y ON y.st = m.st") " AS place, " FIRST_EVENT_PLACE("country") " AS country, " FIRST_EVENT_PLACE("lat") " AS lat, "
    FIRST_EVENT_PLACE("lon") " AS lon, " OF_EVENT(COUNT_WORDS, "JOIN counts y ON y.st = m.st") " AS counts,"
    " (SELECT min(d.date) FROM event_statements m JOIN statements f ON f.st = m.st JOIN documents d ON d.doc = f.doc WHERE m.event = e.event) AS doc_date,"
    " (SELECT group_concat(x, ' ') FROM (SELECT f.id AS x FROM event_statements m JOIN statements f ON f.st = m.st WHERE m.event = e.event"
    "   ORDER BY m.st)) AS statements, " ROLE_COUNT("supports") " AS supports, " ROLE_COUNT("disputes") " AS disputes, " ROLE_COUNT("relays")
    " AS relays, (SELECT count(DISTINCT voice) FROM event_statements m WHERE m.event = e.event AND role <> 'disputes') AS voices FROM events e;";

static const char *const STEPS[CASUS_LEDGER_SCHEMA] = {STEP_1, STEP_2, LEDGER_STEP_CODED, LEDGER_STEP_COLUMNS, LEDGER_STEP_DYADS};

/* Events of statements that an older schema kept without merging. */
static casus_code merge_all(casus_ledger *l, casus_error *err) {
    int64_t doc = 0;
    for (;;) {
        int64_t next = 0;
        casus_code code = ledger_int(l, &next, err, "SELECT doc FROM documents WHERE doc > ?1 ORDER BY doc LIMIT 1", "i", doc);
        if (code || !next) return code;
        if ((code = ledger_merge_document(l, doc = next, err))) return code;
    }
}

static casus_code migrate(casus_ledger *l, int version, casus_error *err) {
    int64_t from = 0;
    casus_code code = ledger_int(l, &from, err, "PRAGMA user_version", "");
    for (int64_t step = from; !code && step < version; step++) code = ledger_exec(l, STEPS[step], "make the ledger's tables", err);
    if (!code && version == CASUS_LEDGER_SCHEMA) code = ledger_exec(l, STATEMENT_VIEWS, "make the ledger's views", err);
    if (!code && version == CASUS_LEDGER_SCHEMA) code = ledger_exec(l, EVENT_VIEWS, "make the ledger's views", err);
    if (!code && version == CASUS_LEDGER_SCHEMA) code = ledger_exec(l, LEDGER_CODED_VIEWS, "make the ledger's views", err);
    if (!code && from == 1 && version > 1) code = merge_all(l, err);
    char sql[80];
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d; PRAGMA application_id = %d", version, LEDGER_APPLICATION);
    return code ? code : ledger_exec(l, sql, "stamp the ledger", err);
}

casus_code ledger_migrate(casus_ledger *l, int version, casus_error *err) {
    casus_code code = ledger_begin(l, err);
    return code ? code : ledger_end(l, migrate(l, version, err), err);
}
