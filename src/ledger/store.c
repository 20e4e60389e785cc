/* The ledger's life: opening, keeping a document, recoding, deleting.
 *
 * What guarantees what. The file is in write-ahead mode with synchronous=FULL. Every change is one of the transactions below,
 * begun with BEGIN IMMEDIATE (so that two writers queue and never deadlock) and ended by ledger_end, which commits or rolls back:
 *
 *   ledger_migrate         all steps from the file's schema to ours, and the version stamp
 *   casus_ledger_put       one document: its row (or its revision: the old text and statements set aside), sentences, full text, actors,
 *                          statements with their parts, and the events they found or join
 *   casus_ledger_recode    the same for a document that is there: out with the old reading, in with the new
 *   casus_ledger_delete    a document and all that hangs on it, and the actors and events that nothing names any more
 *   casus_ledger_merge, _split   one decision and its effect
 *
 * A transaction is in the file when its COMMIT has returned: the log was synced by then, so neither kill -9 nor a power cut loses it.
 * Before that a crash leaves only log frames without a commit mark, which SQLite ignores at the next opening. A full disk makes a write fail
 * with SQLITE_FULL: the transaction is rolled back, the ledger is as before the document. Readers take a snapshot at their first
 * row and never wait. Nothing is cached between transactions, so several processes may take turns writing.
 *
 * Rows hang on documents(doc) and statements(st) by foreign keys with ON DELETE CASCADE; what is shared between documents (actors,
 * events) is pruned when its last document goes. The full-text index holds no text of its own: it reads it through the view
 * sentence_texts, so its entries are removed before the sentences are.
 */
#include "ledger.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WAIT_MS = 5000 };

/* ---- opening ----------------------------------------------------------------------------------------------- */

/* Whose file is it? An empty one is ours to fill. */
static casus_code check_owner(casus_ledger *l, const char *path, int64_t *version, casus_error *err) {
    int64_t application = 0, tables = 0;
    casus_code code = ledger_int(l, &application, err, "PRAGMA application_id", "");
    if (!code) code = ledger_int(l, version, err, "PRAGMA user_version", "");
    if (!code) code = ledger_int(l, &tables, err, "SELECT count(*) FROM sqlite_schema", "");
    if (code) return code;
    if (tables && application != LEDGER_APPLICATION)
        return casus_fail(err, CASUS_ERR_FORMAT, "%s is an SQLite file of another program; give another --db", path);
    if (*version > CASUS_LEDGER_SCHEMA)
        return casus_fail(err, CASUS_ERR_VERSION, "%s has schema %d, made by a newer casus; this one knows up to %d", path, (int)*version,
                          CASUS_LEDGER_SCHEMA);
    return CASUS_OK;
}

static casus_code prepare_file(casus_ledger *l, const char *path, casus_ledger_mode mode, casus_error *err) {
    int64_t version = 0;
    sqlite3_busy_timeout(l->db, WAIT_MS);
    sqlite3_extended_result_codes(l->db, 0);
    casus_code code = ledger_exec(l, "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY", "open the ledger", err);
    if (!code) code = check_owner(l, path, &version, err);
    if (code) return code;
    if (mode == CASUS_LEDGER_READ && version < CASUS_LEDGER_SCHEMA)
        return casus_fail(err, CASUS_ERR_VERSION, "%s has schema %d; open it once for writing (any `casus read`) to bring it to %d", path,
                          (int)version, CASUS_LEDGER_SCHEMA);
    if (mode == CASUS_LEDGER_READ) return CASUS_OK;
    code = ledger_exec(l, "PRAGMA journal_mode = WAL; PRAGMA cache_size = -65536", "open the ledger for writing", err);
    return code || version == CASUS_LEDGER_SCHEMA ? code : ledger_migrate(l, CASUS_LEDGER_SCHEMA, err);
}

casus_code casus_ledger_open(casus_ledger **out, const char *path, casus_ledger_mode mode, casus_error *err) {
    int flags = mode == CASUS_LEDGER_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | (mode == CASUS_LEDGER_CREATE ? SQLITE_OPEN_CREATE : 0);
    if (mode != CASUS_LEDGER_CREATE && strcmp(path, ":memory:") != 0 && access(path, F_OK) != 0)
        return casus_fail(err, CASUS_ERR_NOTFOUND, "there is no ledger %s; `casus read FILE` makes one", path);
    casus_ledger *l = calloc(1, sizeof *l);
    if (!l) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory opening %s", path);
    casus_code code = CASUS_OK;
    if (sqlite3_open_v2(path, &l->db, flags | SQLITE_OPEN_NOMUTEX, NULL))
        code = casus_fail(err, l->db ? CASUS_ERR_IO : CASUS_ERR_NOMEM, "cannot open %s: %s", path, l->db ? sqlite3_errmsg(l->db) : "out of memory");
    if (!code) code = prepare_file(l, path, mode, err);
    if (code) {
        casus_ledger_close(l);
        return code;
    }
    *out = l;
    return CASUS_OK;
}

void casus_ledger_close(casus_ledger *l) {
    if (!l) return;
    for (size_t i = 0; i < l->n_cached; i++) sqlite3_finalize(l->cache[i].stmt);
    sqlite3_close(l->db);
    free(l);
}

struct sqlite3 *casus_ledger_sqlite(casus_ledger *l) { return l->db; }

/* ---- identity ---------------------------------------------------------------------------------------------- */

/* A document under an id: where it came from, and whether its text is this one. */
typedef struct kept {
    int64_t doc, revision;
    char id[160];
    bool same_origin, same_text;
} kept;

/* Publisher or path: two sources may use the same ids. */
static const char *origin_of(const casus_document *doc) {
    const char *origin = doc->publisher ? doc->publisher : doc->path ? doc->path : "";
    return strncmp(origin, "./", 2) == 0 ? origin + 2 : origin;
}

static casus_code look_up(casus_ledger *l, const casus_document *doc, kept *k, casus_error *err) {
    sqlite3_stmt *q = NULL;
    bool row = false;
    k->doc = 0;
    casus_code code = ledger_prepare(l, &q, err, "SELECT doc, revision, origin = ?2, text = ?3 AND title IS ?4 FROM documents WHERE id = ?1", "ttst",
                                     k->id, origin_of(doc), doc->text, doc->title);
    if (!code) code = ledger_step(l, q, &row, err);
    if (code || !row) return code;
    k->doc = sqlite3_column_int64(q, 0);
    k->revision = sqlite3_column_int64(q, 1);
    k->same_origin = sqlite3_column_int(q, 2) != 0;
    k->same_text = sqlite3_column_int(q, 3) != 0;
    sqlite3_reset(q);
    return CASUS_OK;
}

static casus_code find_kept(casus_ledger *l, const casus_document *doc, kept *k, casus_error *err) {
    if (!doc->id || !*doc->id) return casus_fail(err, CASUS_ERR_ARG, "a document without an id cannot be kept");
    if (strlen(doc->id) > 128) return casus_fail(err, CASUS_ERR_LIMIT, "the document id \"%.40s…\" is longer than 128 bytes", doc->id);
    snprintf(k->id, sizeof k->id, "%s", doc->id);
    casus_code code = look_up(l, doc, k, err);
    if (code || !k->doc || k->same_origin) return code;
    unsigned long long other = (unsigned long long)casus_str_hash(casus_str_of(origin_of(doc)));
    snprintf(k->id, sizeof k->id, "%s@%08llx", doc->id, other & 0xffffffffu);
    return look_up(l, doc, k, err);
}

static casus_put what_of(const kept *k) { return !k->doc ? CASUS_PUT_NEW : k->same_text ? CASUS_PUT_SAME : CASUS_PUT_REVISED; }

casus_code casus_ledger_seen(casus_ledger *l, const casus_document *doc, casus_put *what, casus_error *err) {
    kept k;
    casus_code code = find_kept(l, doc, &k, err);
    if (!code) *what = what_of(&k);
    return code;
}

/* ---- removing ---------------------------------------------------------------------------------------------- */

/* Takes a document's reading out: full text first, it reads the sentences it forgets. */
static casus_code drop_reading(casus_ledger *l, int64_t doc, casus_error *err) {
    static const char *const SQL[] = {
        "INSERT INTO words(words, rowid, text) SELECT 'delete', sid, text FROM sentence_texts WHERE doc = ?1",
        "DELETE FROM sentences WHERE doc = ?1",
        "DELETE FROM statements WHERE doc = ?1",
        "DELETE FROM document_actors WHERE doc = ?1",
        "DELETE FROM aliases WHERE doc = ?1",
        "DELETE FROM roles WHERE doc = ?1",
        "DELETE FROM parts WHERE doc = ?1",
    };
    casus_code code = CASUS_OK;
    for (size_t i = 0; i < sizeof SQL / sizeof *SQL && !code; i++) code = ledger_run(l, err, SQL[i], "i", doc);
    return code;
}

casus_code ledger_prune(casus_ledger *l, casus_error *err) {
    casus_code code = ledger_run(l, err, "DELETE FROM events WHERE event NOT IN (SELECT event FROM event_statements)", "");
    if (!code) code = ledger_run(l, err, "DELETE FROM actors WHERE actor NOT IN (SELECT actor FROM document_actors)", "");
    return code;
}

static casus_code delete_all_of(casus_ledger *l, const char *id, casus_error *err) {
    int64_t doc = 0;
    casus_code code = ledger_doc_number(l, id, &doc, err);
    if (!code) code = drop_reading(l, doc, err);
    if (!code) code = ledger_run(l, err, "DELETE FROM documents WHERE doc = ?1", "i", doc);
    return code ? code : ledger_prune(l, err);
}

casus_code casus_ledger_delete(casus_ledger *l, const char *doc_id, casus_error *err) {
    casus_code code = ledger_begin(l, err);
    return code ? code : ledger_end(l, delete_all_of(l, doc_id, err), err);
}

/* ---- keeping ----------------------------------------------------------------------------------------------- */

static casus_code insert_document(casus_ledger *l, const casus_document *d, const char *version, int64_t *doc, casus_error *err) {
    casus_span title = {d->title_begin, d->title_end}, date = {d->date_begin, d->date_end};
    casus_code code = ledger_run(
        l, err,
        "INSERT INTO documents(id, origin, title, date, author, publisher, url, path, line, language, foreign_language, sha256, bytes, text,"
        " title_begin, title_end, date_begin, date_end, extra, revision, version, added)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, coalesce(?14, ''), ?15, ?16, ?17, ?18, ?19, 1, ?20, datetime('now'))",
        "tttttttt" "ititi" "spp" "tt", d->id, origin_of(d), d->title, d->date, d->author, d->publisher, d->url, d->path, d->line, d->language,
        (int64_t)d->foreign, d->sha256, (int64_t)d->bytes, d->text, title, date, d->extra, version);
    *doc = sqlite3_last_insert_rowid(l->db);
    return code;
}

/* Sets the old text and what it said aside, then writes the new text over it. */
static casus_code revise_document(casus_ledger *l, const kept *k, const casus_document *d, const char *version, casus_error *err) {
    casus_code code = ledger_run(l, err,
                                 "INSERT INTO revisions(doc, revision, title, sha256, text, version, added)"
                                 " SELECT doc, revision, title, sha256, text, version, added FROM documents WHERE doc = ?1", "i", k->doc);
    if (!code)
        code = ledger_run(l, err,
                          "INSERT OR IGNORE INTO old_statements(doc, revision, id, sentence, sentence_begin, sentence_end, span_begin, span_end, in_title, record)"
                          " SELECT t.doc, ?2, t.id, t.sentence, s.span_begin, s.span_end, t.span_begin, t.span_end, t.in_title, t.record"
                          " FROM statements t LEFT JOIN sentences s ON s.doc = t.doc AND s.sentence = t.sentence WHERE t.doc = ?1",
                          "ii", k->doc, k->revision);
    if (!code) code = drop_reading(l, k->doc, err);
    if (code) return code;
    casus_span title = {d->title_begin, d->title_end}, date = {d->date_begin, d->date_end};
    return ledger_run(l, err,
                      "UPDATE documents SET revision = revision + 1, title = ?2, date = ?3, author = ?4, url = ?5, path = ?6, line = ?7,"
                      " language = ?8, foreign_language = ?9, sha256 = ?10, bytes = ?11, text = coalesce(?12, ''), title_begin = ?13, title_end = ?14,"
                      " date_begin = ?15, date_end = ?16, extra = ?17, version = ?18, added = datetime('now') WHERE doc = ?1",
                      "ittttt" "ititi" "spp" "tt", k->doc, d->title, d->date, d->author, d->url, d->path, d->line, d->language, (int64_t)d->foreign,
                      d->sha256, (int64_t)d->bytes, d->text, title, date, d->extra, version);
}

static casus_code put(casus_ledger *l, const casus_document *given, const casus_reading *r, const char *version, casus_put *what,
                      casus_error *err) {
    kept k;
    casus_code code = find_kept(l, given, &k, err);
    if (code) return code;
    *what = what_of(&k);
    if (*what == CASUS_PUT_SAME) return CASUS_OK;
    casus_document doc = *given;
    doc.id = k.id;
    code = k.doc ? revise_document(l, &k, &doc, version, err) : insert_document(l, &doc, version, &k.doc, err);
    if (!code) code = ledger_put_reading(l, k.doc, &doc, r, version, err);
    if (!code) code = ledger_merge_document(l, k.doc, err);
    return code || *what == CASUS_PUT_NEW ? code : ledger_prune(l, err);
}

casus_code casus_ledger_put(casus_ledger *l, const casus_document *doc, const casus_reading *reading, const char *version, casus_put *what,
                            casus_error *err) {
    casus_put done = CASUS_PUT_SAME;
    casus_code code = ledger_begin(l, err);
    if (code) return code;
    code = ledger_end(l, put(l, doc, reading, version, &done, err), err);
    if (!code && what) *what = done;
    return code;
}

static casus_code recode(casus_ledger *l, const casus_document *doc, const casus_reading *r, const char *version, casus_error *err) {
    int64_t number = 0;
    casus_code code = ledger_int(l, &number, err, "SELECT doc FROM documents WHERE id = ?1", "t", doc->id);
    if (!code && !number) code = casus_fail(err, CASUS_ERR_NOTFOUND, "there is no document %s in the ledger", doc->id);
    if (!code) code = drop_reading(l, number, err);
    if (!code) code = ledger_put_reading(l, number, doc, r, version, err);
    if (!code) code = ledger_run(l, err, "UPDATE documents SET version = ?2 WHERE doc = ?1", "it", number, version);
    if (!code) code = ledger_merge_document(l, number, err);
    return code ? code : ledger_prune(l, err);
}

casus_code casus_ledger_recode(casus_ledger *l, const casus_document *doc, const casus_reading *reading, const char *version, casus_error *err) {
    casus_code code = ledger_begin(l, err);
    return code ? code : ledger_end(l, recode(l, doc, reading, version, err), err);
}
