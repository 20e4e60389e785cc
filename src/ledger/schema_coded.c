/* Imported events: a compact table beside the statements, and one view over both. docs/ledger.md explains them to readers.
 *
 * A coded event is a row of numbers: actors, places and codes stand once in their own tables, `key` being the hash by which an import finds
 * them again. `fields`, `given` and `extra` hold what the file wrote, joined by tabs in the file's order, so that a row can be written again.
 * Rows refer to one another without foreign keys: nothing is ever taken out of the small tables, and a check a row would cost a third of
 * an import's time. */
#include "coded.h"
#include "ledger.h"

const char LEDGER_STEP_CODED[] =
    "CREATE TABLE imports(import INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, path TEXT NOT NULL, format TEXT NOT NULL, scheme TEXT NOT NULL,"
    " columns TEXT, bytes INTEGER NOT NULL, rows INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0,"
    " unknown_codes INTEGER NOT NULL DEFAULT 0, unknown_countries INTEGER NOT NULL DEFAULT 0, recoded INTEGER NOT NULL DEFAULT 0,"
    " rated INTEGER NOT NULL DEFAULT 0, agree INTEGER NOT NULL DEFAULT 0, next_line INTEGER NOT NULL DEFAULT 1, done INTEGER NOT NULL DEFAULT 0,"
    " added TEXT NOT NULL);"
    "CREATE TABLE coded_actors(actor INTEGER PRIMARY KEY, key INTEGER NOT NULL UNIQUE, format TEXT NOT NULL, fields TEXT NOT NULL, code TEXT,"
    " name TEXT, country TEXT, sectors TEXT, unknown_country INTEGER NOT NULL);"
    "CREATE TABLE coded_places(place INTEGER PRIMARY KEY, key INTEGER NOT NULL UNIQUE, format TEXT NOT NULL, fields TEXT NOT NULL, name TEXT,"
    " country TEXT, lat REAL, lon REAL, unknown_country INTEGER NOT NULL);"
    "CREATE TABLE coded_codes(code INTEGER PRIMARY KEY, scheme TEXT NOT NULL, text TEXT NOT NULL, known INTEGER NOT NULL, plover TEXT, mode TEXT,"
    " quad INTEGER, scale REAL, directed INTEGER NOT NULL, UNIQUE(scheme, text));"
    "CREATE TABLE coded_events(event INTEGER PRIMARY KEY, import INTEGER NOT NULL, line INTEGER NOT NULL, id, source INTEGER, target INTEGER,"
    " code INTEGER NOT NULL, day INTEGER NOT NULL, day_end INTEGER, place INTEGER, source_place INTEGER, target_place INTEGER, given TEXT,"
    " mentions INTEGER, deaths_low INTEGER, deaths_best INTEGER, deaths_high INTEGER, extra TEXT);"
    "CREATE TABLE coded_mentions(mention INTEGER PRIMARY KEY, import INTEGER NOT NULL, line INTEGER NOT NULL, event_id INTEGER, event_time INTEGER,"
    " time INTEGER, type INTEGER, source TEXT, url TEXT, extra TEXT);";

/* Step 4: the same events as columns (coded.h), and by pair in the order of days. Both follow from coded_events; triggers keep them true to
 * rows that are changed by hand, by dropping what no longer holds. coded_paired.event is the last event that coded_pairs holds. */
#define DROP_SEGMENT "DELETE FROM coded_columns WHERE first = (SELECT max(first) FROM coded_columns WHERE first <= old.event);"
#define DROP_PAIR                                                                                                     \
    "DELETE FROM coded_pairs WHERE source = coalesce(old.source, 0) AND target = coalesce(old.target, 0) AND day = old.day AND event = old.event;"

#define NAME_INDEX(name, on) "CREATE INDEX IF NOT EXISTS " name " ON " on " COLLATE NOCASE);"
#define NAME_INDEXES                                                                                                  \
    NAME_INDEX("coded_actors_code", "coded_actors(code") NAME_INDEX("coded_actors_name", "coded_actors(name")         \
    NAME_INDEX("coded_actors_country", "coded_actors(country") NAME_INDEX("coded_places_name", "coded_places(name")   \
    NAME_INDEX("coded_places_country", "coded_places(country")
const char CODED_NAME_INDEXES[] = NAME_INDEXES,
           CODED_NO_NAME_INDEXES[] = "DROP INDEX IF EXISTS coded_actors_code; DROP INDEX IF EXISTS coded_actors_name; DROP INDEX IF EXISTS coded_actors_country;"
                                     "DROP INDEX IF EXISTS coded_places_name; DROP INDEX IF EXISTS coded_places_country;";

const char LEDGER_STEP_COLUMNS[] =
    "CREATE TABLE coded_columns(first INTEGER PRIMARY KEY, events INTEGER NOT NULL, day_low INTEGER NOT NULL, day_high INTEGER NOT NULL,"
    " sources BLOB NOT NULL, targets BLOB NOT NULL, codes BLOB NOT NULL, places BLOB NOT NULL, source BLOB NOT NULL, target BLOB NOT NULL,"
    " code BLOB NOT NULL, day BLOB NOT NULL, place BLOB NOT NULL);"
    "CREATE TABLE coded_pairs(source INTEGER NOT NULL, target INTEGER NOT NULL, day INTEGER NOT NULL, event INTEGER NOT NULL,"
    " code INTEGER NOT NULL, PRIMARY KEY(source, target, day, event)) WITHOUT ROWID;"
    "CREATE TABLE coded_paired(event INTEGER NOT NULL);"
    "INSERT INTO coded_pairs SELECT coalesce(source, 0), coalesce(target, 0), day, event, code FROM coded_events ORDER BY 1, 2, 3, 4;"
    "INSERT INTO coded_paired SELECT coalesce(max(event), 0) FROM coded_events;"
    "DROP INDEX IF EXISTS coded_events_pair;" NAME_INDEXES
    "CREATE TRIGGER coded_events_deleted AFTER DELETE ON coded_events BEGIN " DROP_SEGMENT DROP_PAIR " END;"
    "CREATE TRIGGER coded_events_changed AFTER UPDATE OF event, source, target, code, day, place ON coded_events BEGIN " DROP_SEGMENT DROP_PAIR
    " INSERT INTO coded_pairs SELECT coalesce(new.source, 0), coalesce(new.target, 0), new.day, new.event, new.code"
    " WHERE new.event <= (SELECT event FROM coded_paired); END;";

/* Step 5: the same by source (dyads.h), and actors by the keys of their names (data/actor_keys.h); both empty until the next import. In coded_paired,
 * `additions` are imports since all of coded_dyads was made anew, and `actor` is the last whose keys are in coded_names. */
#define NAMES_AGAIN "UPDATE coded_paired SET actor = 0;"
const char LEDGER_STEP_DYADS[] =
    "CREATE TABLE coded_dyads(part INTEGER PRIMARY KEY, source INTEGER NOT NULL, targets BLOB NOT NULL, ends BLOB NOT NULL, days BLOB NOT NULL,"
    " codes BLOB NOT NULL);"
    "CREATE INDEX coded_dyads_source ON coded_dyads(source);"
    "CREATE TABLE coded_names(key INTEGER NOT NULL, actor INTEGER NOT NULL, PRIMARY KEY(key, actor)) WITHOUT ROWID;"
    "ALTER TABLE coded_paired ADD COLUMN additions INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE coded_paired ADD COLUMN actor INTEGER NOT NULL DEFAULT 0;"
    "CREATE TRIGGER coded_dyads_deleted AFTER DELETE ON coded_events BEGIN DELETE FROM coded_dyads; END;"
    "CREATE TRIGGER coded_dyads_changed AFTER UPDATE OF event, source, target, code, day ON coded_events BEGIN DELETE FROM coded_dyads; END;"
    "CREATE TRIGGER coded_names_changed AFTER UPDATE OF actor, code, name ON coded_actors BEGIN " NAMES_AGAIN " END;"
    "CREATE TRIGGER coded_names_added AFTER INSERT ON coded_actors WHEN new.actor <= (SELECT max(actor) FROM coded_paired) BEGIN " NAMES_AGAIN " END;";

/* Days are kept as numbers YYYYMMDD. */
#define DAY(column) "printf('%04d-%02d-%02d', " column " / 10000, " column " / 100 % 100, " column " % 100)"

const char LEDGER_CODED_VIEWS[] =
    "DROP VIEW IF EXISTS coded_flat;"
    "CREATE VIEW coded_flat AS SELECT e.event, i.format AS origin, e.import, e.line, e.id, coalesce(s.code, s.name) AS source,"
    " coalesce(t.code, t.name) AS target, s.name AS source_name, t.name AS target_name, s.country AS source_country, t.country AS target_country,"
    " s.sectors AS source_sectors, t.sectors AS target_sectors, c.scheme, c.text AS code, c.plover AS type, c.mode, c.quad, c.scale, c.directed,"
    " e.day, " DAY("e.day") " AS time_begin, " DAY("coalesce(e.day_end, e.day)") " AS time_end, p.name AS place, p.country, p.lat, p.lon,"
    " e.mentions, e.deaths_low, e.deaths_best, e.deaths_high, e.given, e.extra FROM coded_events e JOIN imports i ON i.import = e.import"
    " JOIN coded_codes c ON c.code = e.code LEFT JOIN coded_actors s ON s.actor = e.source LEFT JOIN coded_actors t ON t.actor = e.target"
    " LEFT JOIN coded_places p ON p.place = e.place;"
    "DROP VIEW IF EXISTS all_events;"
    "CREATE VIEW all_events AS SELECT 'import' || import || ':' || line AS id, origin, source, target, source_name, target_name, source_country,"
    " target_country, scheme, code, type, mode, quad, scale, max(coalesce(scale, 0), 0) AS cooperation, max(-coalesce(scale, 0), 0) AS conflict,"
    " directed, time_begin, time_end, place, country, lat, lon, deaths_best AS deaths FROM coded_flat"
    " UNION ALL SELECT e.id, 'statement', s.actor, g.actor, s.name, g.name, sa.country, ga.country, 'plover', e.plover, e.plover, t.modes, NULL, NULL,"
    " max(t.cooperation), max(t.conflict), 1, min(t.time_begin), max(t.time_end), p.name, p.country, p.lat, p.lon, NULL"
    " FROM events e JOIN event_statements m ON m.event = e.event AND m.role <> 'disputes' JOIN statements t ON t.st = m.st"
    " JOIN participants s ON s.st = t.st AND s.side = 'source' JOIN participants g ON g.st = t.st AND g.side = 'target'"
    " LEFT JOIN actors sa ON sa.actor = s.actor LEFT JOIN actors ga ON ga.actor = g.actor"
    " LEFT JOIN places p ON p.st = t.st AND p.position = 0 GROUP BY e.event, coalesce(s.actor, s.name), coalesce(g.actor, g.name);";
