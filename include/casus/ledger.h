/* casus/ledger.h — the ledger: one SQLite file that keeps documents, what they say, and the events merged from it.
 *
 * The file's tables and views are documented in docs/ledger.md and may be read by any SQLite program (R, Python, sqlite3). What
 * is guaranteed: a document and all that hangs on it is kept in one transaction, so that a crash, a full disk or a kill leaves
 * either all or nothing of it; what casus_ledger_put has returned CASUS_OK for survives a power cut; one process writes at a time, any
 * number read meanwhile and see the last committed state.
 *
 * A ledger belongs to one thread. Strings of a row live until its callback returns. Errors everywhere: CASUS_ERR_BUSY
 * (another process is writing; waited five seconds), CASUS_ERR_DB (SQLite's words; also a full disk), CASUS_ERR_NOMEM.
 */
#ifndef CASUS_LEDGER_H
#define CASUS_LEDGER_H

#include "casus/base.h"
#include "casus/coder.h"
#include "casus/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- opening ----------------------------------------------------------------------------------------------- */

typedef struct casus_ledger casus_ledger;
enum { CASUS_LEDGER_SCHEMA = 5 };

typedef enum casus_ledger_mode {
    CASUS_LEDGER_READ,  /* must exist; nothing is changed */
    CASUS_LEDGER_WRITE, /* must exist; an older schema is migrated */
    CASUS_LEDGER_CREATE /* made when absent */
} casus_ledger_mode;

/* Opens the file. Errors besides: CASUS_ERR_NOTFOUND (no such file), CASUS_ERR_FORMAT (not a ledger), CASUS_ERR_VERSION (made by a newer
 * casus; or an older schema opened only for reading). */
casus_code casus_ledger_open(casus_ledger **out, const char *path, casus_ledger_mode mode, casus_error *err);
void casus_ledger_close(casus_ledger *l);
/* The connection, for SQL of one's own (the views of docs/ledger.md); owned by the ledger. */
struct sqlite3 *casus_ledger_sqlite(casus_ledger *l);

/* ---- writing ----------------------------------------------------------------------------------------------- */

typedef enum casus_put { CASUS_PUT_NEW, CASUS_PUT_SAME, CASUS_PUT_REVISED } casus_put;

/* Is this text already kept under this identity? What casus_ledger_put would answer, without a reading. */
casus_code casus_ledger_seen(casus_ledger *l, const casus_document *doc, casus_put *what, casus_error *err);
/* Keeps a document and its reading in one transaction, and merges its events. The same text under the same identity changes nothing
 * (*what = SAME); another text is a revision: the old text and its statements are kept beside (tables revisions, old_statements).
 * Identity is the document's `id`, which the readers make from (publisher or path, url or title, date); an id given by a JSONL
 * line that another source has used is extended by a hash. `what` may be NULL. Cost O(statements × candidate events). */
casus_code casus_ledger_put(casus_ledger *l, const casus_document *doc, const casus_reading *reading, const char *version, casus_put *what,
                            casus_error *err);
/* Replaces what the kept text was read as (a newer coder, other knowledge); one transaction. CASUS_ERR_NOTFOUND. */
casus_code casus_ledger_recode(casus_ledger *l, const casus_document *doc, const casus_reading *reading, const char *version, casus_error *err);
/* Removes a document and all that hangs on it: revisions, sentences, statements, actors and events that nothing else names. */
casus_code casus_ledger_delete(casus_ledger *l, const char *doc_id, casus_error *err);

/* ---- documents --------------------------------------------------------------------------------------------- */

/* Fills *doc from the ledger, strings in `arena`. `id` may be the beginning of an id when only one document has it. */
casus_code casus_ledger_document(casus_ledger *l, const char *id, casus_arena *arena, casus_document *doc, casus_error *err);

typedef struct casus_document_row {
    const char *id, *title, *date, *author, *publisher, *url, *path, *language, *sha256, *version;
    int64_t bytes, sentences, statements, revision;
} casus_document_row;
typedef bool casus_document_fn(void *ctx, const casus_document_row *row); /* false stops */
/* All documents by date, then id. */
casus_code casus_ledger_documents(casus_ledger *l, casus_document_fn *each, void *ctx, casus_error *err);

typedef struct casus_ledger_counts {
    int64_t documents, sentences, actors, statements, events;
} casus_ledger_counts;
casus_code casus_ledger_count(casus_ledger *l, casus_ledger_counts *out, casus_error *err);

/* ---- statements -------------------------------------------------------------------------------------------- */

typedef enum casus_order { CASUS_BY_TEXT, CASUS_BY_TIME, CASUS_BY_CONFIDENCE } casus_order;

/* What to ask for; zero or NULL: no matter. Actors are named by id or by any of their names, whatever the case; an actor's parts
 * count as the actor only when named themselves. */
typedef struct casus_filter {
    const char *actor;      /* takes part, on either side */
    const char *other;      /* takes part as well */
    const char *holder;     /* says it; "author": nobody but the author */
    const char *kind;       /* "event" … */
    const char *type;       /* PLOVER type or relation word */
    const char *doc;        /* id or its beginning */
    const char *event;      /* id or its beginning: statements merged into it */
    const char *statement;  /* id of one statement */
    const char *since, *until; /* ISO; on the statement's time, or where that is unknown the document's date */
    const char *words;      /* full-text query on the sentence */
    bool held;              /* only what has a holder */
    bool dated;             /* only what has a time of its own */
    casus_order order;
    int64_t limit;          /* 0: all */
    const char *place;      /* country (alpha-3) or name of a place; only where said */
    int64_t after;          /* a page begins after this row; only where said */
} casus_filter;

/* A statement in words. Lists are joined by "; ". Every field but id, doc and kind may be "". */
typedef struct casus_statement_row {
    const char *id, *doc, *doc_title, *doc_date, *kind, *type, *source, *target, *about, *time_begin, *time_end, *time_text;
    const char *place, *counts, *holder, *holds, *tense, *polarity, *author_view, *likely_text, *text, *event, *record;
    const char *source_ids, *target_ids; /* of the participants that are actors */
    int64_t sentence;
    double likely_low, likely_high; /* NaN: none */
    double cooperation, conflict, confidence;
} casus_statement_row;
typedef bool casus_statement_fn(void *ctx, const casus_statement_row *row);
casus_code casus_ledger_statements(casus_ledger *l, const casus_filter *filter, casus_statement_fn *each, void *ctx, casus_error *err);

/* Where a statement stands, verbatim. Strings in the caller's arena. */
typedef struct casus_citation {
    const char *id, *doc, *title, *date, *author, *publisher, *url, *path, *sha256, *version, *record;
    casus_str sentence_text, words; /* the sentence; the statement's own words in it */
    casus_span sentence_span, span; /* bytes of the document's text (or of its title) */
    int64_t sentence, revision;
    bool in_title, superseded;      /* superseded: of an earlier revision of the text */
} casus_citation;
/* `id`: a statement's id or its beginning (4 characters at least). CASUS_ERR_NOTFOUND; CASUS_ERR_ARG when several begin so. */
casus_code casus_ledger_cite(casus_ledger *l, const char *id, casus_arena *arena, casus_citation *out, casus_error *err);

/* ---- actors ------------------------------------------------------------------------------------------------ */

typedef struct casus_actor_row {
    const char *id, *name, *aliases, *type, *country, *sectors, *cameo, *part_of; /* lists joined by "; " */
    const char *record;  /* as the latest document gave it */
    int64_t mentions, documents, statements;
    bool knowledge;
} casus_actor_row;
typedef bool casus_actor_fn(void *ctx, const casus_actor_row *row);
/* Actors by mentions; filter fields used: actor, doc, limit, and type as the actor's type. */
casus_code casus_ledger_actors(casus_ledger *l, const casus_filter *filter, casus_actor_fn *each, void *ctx, casus_error *err);

/* ---- events ------------------------------------------------------------------------------------------------ */

/* An event merged from statements. What the statements say differently stands side by side, joined by "; ". `voices` counts independent
 * supporters: near-identical copies and repetitions in one document are one voice. */
typedef struct casus_event_row {
    const char *id, *type, *mode, *source, *target, *time_begin, *time_end, *times, *place, *counts, *doc_date, *statements;
    int64_t supports, disputes, relays, voices;
} casus_event_row;
typedef bool casus_event_fn(void *ctx, const casus_event_row *row);
/* Events by time; filter fields used: actor, other, type, doc, event, since, until, limit. */
casus_code casus_ledger_events(casus_ledger *l, const casus_filter *filter, casus_event_fn *each, void *ctx, casus_error *err);

/* A statement's part in an event. */
typedef struct casus_member_row {
    const char *event, *statement, *role, *reason, *merged_from, *doc, *doc_date, *publisher, *holder, *text;
    double score;      /* of the merge, 0..1; NaN for the statement that founded the event */
    int64_t voice;     /* members with the same number are one voice */
    bool by_hand;
} casus_member_row;
typedef bool casus_member_fn(void *ctx, const casus_member_row *row);
/* `each` may be NULL: only asks whether there is such an event. */
casus_code casus_ledger_members(casus_ledger *l, const char *event, casus_member_fn *each, void *ctx, casus_error *err);

/* What is said about an event: each proposition × holder. Propositions are the event itself, rival accounts (same type, place and time with other
 * participants, as long as somebody holds them) and statements about its statements. */
typedef struct casus_claim_row {
    const char *proposition; /* in words; the same string for one proposition */
    const char *holder;      /* "author" or the chain "insiders → ISKP" */
    const char *stance;      /* asserts, denies, relays, or the attitude */
    const char *statement, *doc, *author_view;
} casus_claim_row;
typedef bool casus_claim_fn(void *ctx, const casus_claim_row *row);
casus_code casus_ledger_claims_about(casus_ledger *l, const char *event, casus_claim_fn *each, void *ctx, casus_error *err);

/* Appends the event's record (record.md) without newline. */
casus_code casus_ledger_event_json(casus_ledger *l, const char *event, casus_buf *out, casus_error *err);

/* By hand, and for good: the decision is kept with the statements' ids and outlives recoding. Merge: all statements of `second` join `first`.
 * Split: the statements leave their event and form one of their own, whose id is copied into `event` (32 bytes). */
casus_code casus_ledger_merge(casus_ledger *l, const char *first, const char *second, casus_error *err);
casus_code casus_ledger_split(casus_ledger *l, const char *const *statements, size_t n, char event[32], casus_error *err);

/* ---- pages ------------------------------------------------------------------------------------------------- */

/* For those who ask often and show little at a time (casus serve). All of the following are cheap: a page walks an index where there is one, and
 * `filter->after`, the `place` of the last row of the page before, is where it begins (0: at the beginning). */

/* A record as it was kept; `place` is its place in the list. */
typedef bool casus_record_fn(void *ctx, int64_t place, const char *record);

/* Statements' records (record.md), byte for byte. All fields of the filter count; an actor may also be "@AFG", any of that
 * country, or "AFG*", any whose id begins so. By text the place is the statement's row, which later documents do not move. */
casus_code casus_ledger_records(casus_ledger *l, const casus_filter *filter, casus_record_fn *each, void *ctx, casus_error *err);
/* Documents by date; filter fields used: doc, since, until (on the document's date), actor, words, limit, after (rows to skip). */
casus_code casus_ledger_documents_page(casus_ledger *l, const casus_filter *filter, casus_document_fn *each, void *ctx, casus_error *err);
/* Records of the actors of one document, most mentioned first. */
casus_code casus_ledger_document_actors(casus_ledger *l, const char *doc, casus_record_fn *each, void *ctx, casus_error *err);

/* The actor's record as the latest document gave it, byte for byte; NULL when no text names it. `id` exact. */
casus_code casus_ledger_actor_record(casus_ledger *l, const char *id, casus_arena *arena, const char **record, casus_error *err);
/* Ids of the actors that are part of it (`wholes`: of which it is part), in order. */
casus_code casus_ledger_parts(casus_ledger *l, const char *id, bool wholes, casus_record_fn *each, void *ctx, casus_error *err);
/* Ids of actors one of whose names has a word that begins with `words`, whatever the case. */
casus_code casus_ledger_named(casus_ledger *l, const char *words, casus_record_fn *each, void *ctx, casus_error *err);

typedef struct casus_sentence_row {
    int64_t sentence, paragraph; /* 0-based */
    casus_span span;             /* bytes of the document's text */
    const char *block;
} casus_sentence_row;
typedef bool casus_sentence_fn(void *ctx, const casus_sentence_row *row);
casus_code casus_ledger_sentences(casus_ledger *l, const char *doc, casus_sentence_fn *each, void *ctx, casus_error *err);

/* An event by its row (of a panorama, casus/panorama.h): the record with `origin`, its counts of members, signs and `doc_date` besides.
 * CASUS_ERR_NOTFOUND: gone since. */
casus_code casus_ledger_event_at(casus_ledger *l, int64_t ref, casus_buf *out, casus_error *err);

/* An imported event. Strings may be "", numbers NaN where the file has none. */
typedef struct casus_imported_row {
    const char *origin, *id, *source, *target, *source_name, *target_name, *source_country, *target_country, *scheme, *code, *type, *mode;
    const char *time_begin, *time_end, *place, *country;
    int64_t ref, import, line, quad;
    double scale, lat, lon, deaths_low, deaths_best, deaths_high;
} casus_imported_row;
typedef void casus_imported_fn(void *ctx, const casus_imported_row *row);
/* By its row. CASUS_ERR_NOTFOUND. */
casus_code casus_ledger_imported_at(casus_ledger *l, int64_t ref, casus_imported_fn *each, void *ctx, casus_error *err);
/* The row of an event by id: "e…" (or its beginning), or "import<import>:<line>" (*imported). CASUS_ERR_NOTFOUND, CASUS_ERR_ARG. */
casus_code casus_ledger_event_ref(casus_ledger *l, const char *id, int64_t *ref, bool *imported, casus_error *err);
/* The reverse. CASUS_ERR_NOTFOUND. */
casus_code casus_ledger_event_id(casus_ledger *l, int64_t ref, bool imported, char id[48], casus_error *err);

/* Gives every following question `ms` milliseconds from now on (until this is called again; 0: for ever); what takes longer ends with
 * CASUS_ERR_STOPPED. */
void casus_ledger_patience(casus_ledger *l, int64_t ms);
/* A number that differs whenever another connection has changed the ledger since it was asked last on this one. */
casus_code casus_ledger_version(casus_ledger *l, int64_t *version, casus_error *err);

/* ---- full text --------------------------------------------------------------------------------------------- */

typedef struct casus_hit_row {
    const char *doc, *title, *date;
    int64_t sentence;
    const char *text;       /* the sentence */
    const char *statements; /* ids of statements in it, joined by " " */
} casus_hit_row;
typedef bool casus_hit_fn(void *ctx, const casus_hit_row *row);
/* FTS5 query syntax; words are stemmed, diacritics ignored. Best first. CASUS_ERR_ARG when the query is no query. */
casus_code casus_ledger_search(casus_ledger *l, const char *query, const casus_filter *filter, casus_hit_fn *each, void *ctx, casus_error *err);

#ifdef __cplusplus
}
#endif
#endif
