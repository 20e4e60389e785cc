/* casus/coder.h — from trees and knowledge to statements: who did, said, wants or can do what to whom.
 *
 * The record is the one of record.md; this header is its C form. Every string is a slice of the document's text, of the mapped
 * knowledge, or of the caller's arena, and lives as long as the shortest-lived of them. Absent means absent: an empty
 * slice, NULL, zero count.
 */
#ifndef CASUS_CODER_H
#define CASUS_CODER_H

#include "casus/base.h"
#include "casus/text.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum casus_kind {
    CASUS_EVENT, CASUS_RELATION, CASUS_STANCE, CASUS_CAUSE, CASUS_POWER, CASUS_CHANGE, CASUS_COMPARISON, CASUS_ASSESSMENT, CASUS_KIND_N
} casus_kind;
const char *casus_kind_name(casus_kind k); /* "event" */

/* PLOVER event types (16), in the order of the PLOVER manual. */
typedef enum casus_plover {
    CASUS_NO_PLOVER, CASUS_AGREE, CASUS_CONSULT, CASUS_SUPPORT, CASUS_CONCEDE, CASUS_COOPERATE, CASUS_AID, CASUS_RETREAT, CASUS_REQUEST,
    CASUS_ACCUSE, CASUS_REJECT, CASUS_THREATEN, CASUS_PROTEST, CASUS_SANCTION, CASUS_MOBILIZE, CASUS_COERCE, CASUS_ASSAULT, CASUS_PLOVER_N
} casus_plover;
const char *casus_plover_name(casus_plover p);   /* "ASSAULT"; "" for CASUS_NO_PLOVER */
casus_plover casus_plover_of(casus_str name);    /* CASUS_NO_PLOVER when unknown */
int casus_plover_quad(casus_plover p);           /* 1 verbal cooperation … 4 material conflict; 0 none */
double casus_plover_score(casus_plover p);       /* the bare type's score, -10..+10 */

/* What a holder does with the content. Order as in record.md. */
typedef enum casus_holds {
    CASUS_ASSERTS, CASUS_CLAIMS, CASUS_ATTRIBUTES, CASUS_DENIES, CASUS_ALLEGES, CASUS_PRESUMES, CASUS_BELIEVES, CASUS_HOPES, CASUS_FEARS,
    CASUS_WANTS, CASUS_PROMISES, CASUS_RELAYS, CASUS_HOLDS_N
} casus_holds;
const char *casus_holds_name(casus_holds h);

typedef enum casus_tense { CASUS_TENSE_NONE, CASUS_PAST, CASUS_PRESENT, CASUS_FUTURE, CASUS_HYPOTHETICAL } casus_tense;
const char *casus_tense_name(casus_tense t); /* NULL for none */

typedef struct casus_span {
    uint32_t begin, end; /* bytes of the document's text */
} casus_span;

typedef struct casus_participant {
    const char *actor;  /* id, or NULL for what is no actor */
    casus_str name;     /* resolved name */
    casus_str text;     /* the words used here */
    casus_span span;
} casus_participant;

typedef struct casus_about {
    const char *statement; /* id of another statement, or NULL */
    casus_str text;        /* the matter in words */
    casus_span span;
} casus_about;

typedef struct casus_action {
    uint8_t plover[2];        /* casus_plover; [1] only when the text gives two readings */
    uint8_t n_modes, n_contexts;
    const char *modes[3];
    const char *contexts[4];
    const char *cameo;        /* "183" or NULL */
    const char *relation;     /* word of ontology/relations.tsv for kinds other than event, else NULL */
    casus_str lemma, text;
    casus_span span;
} casus_action;

typedef struct casus_time {
    char begin[11], end[11];  /* ISO day or ""; "" is open or unknown */
    bool approx;
    const char *how;          /* "stated", "relative", "inherited"; NULL when there is no time */
    casus_str text;
    casus_span span;
} casus_time;

typedef struct casus_place {
    casus_str name, text;
    casus_span span;
    const char *country;      /* ISO alpha-3 or NULL */
    const char *precision;    /* site city admin1 country region; NULL unknown */
    const char *id;           /* geonameid or knowledge id, or NULL */
    bool knowledge_id;        /* which of the two */
    bool located;             /* lat and lon are known */
    double lat, lon;          /* degrees */
} casus_place;

typedef struct casus_count {
    const char *kind;               /* killed wounded arrested displaced abducted … */
    bool has_low, has_best, has_high;
    double low, best, high;
    casus_str of, text;
    casus_span span;
} casus_count;

typedef struct casus_holder {
    const char *actor;
    casus_str name, text, cue;
    casus_span span, cue_span;
    casus_holds holds;
} casus_holder;

typedef enum casus_view { CASUS_NEUTRAL, CASUS_ENDORSES, CASUS_REJECTS } casus_view;

/* Lists are arrays of n_… elements in the arena. */
typedef struct casus_statement {
    char id[17];                    /* hash of document, span, kind and participants, lower-case hex */
    uint32_t sentence;              /* 0-based */
    casus_span span;                /* the words that carry it; for a held statement its content */
    bool in_title;                  /* span counts in the title, not the text */
    casus_kind kind;
    casus_participant *source, *target;
    casus_about *about;
    casus_place *place;
    casus_count *counts;
    casus_holder *holder;           /* outermost first, without the plainly speaking author */
    size_t n_source, n_target, n_about, n_place, n_counts, n_holder;
    casus_action action;
    bool negative;                  /* polarity "-" */
    casus_tense tense;
    casus_time time;
    casus_holds holds;              /* of the innermost holder; CASUS_ASSERTS when none */
    bool has_likelihood;
    double likely_low, likely_high;
    casus_str likely_text;
    double cooperation, conflict;   /* 0..10 each, apart */
    casus_view author_view;
    double confidence;              /* 0..1, the coder's own */
} casus_statement;

/* An actor as the document shows it. */
typedef struct casus_actor_role {
    const char *role, *begin, *end; /* dates ISO or NULL */
} casus_actor_role;

typedef struct casus_actor {
    const char *id;
    casus_str name;
    casus_str *aliases;             /* words used in the document, then those known */
    const char *type, *country;     /* NULL unknown */
    const char **sectors;
    const char *cameo;              /* code at the document's date, or NULL */
    casus_actor_role *roles;
    const char **part_of;
    size_t n_aliases, n_sectors, n_roles, n_part_of;
    uint32_t mentions;
    bool knowledge;                 /* known to the knowledge base, not made from a name here */
} casus_actor;

/* What a document says. */
typedef struct casus_reading {
    casus_sentences sentences;
    casus_statement *statements;
    casus_actor *actors;
    size_t n_statements, n_actors;
} casus_reading;

/* ---- coding ------------------------------------------------------------------------------------------------ */

/* What the coder reads with: model, knowledge, gazetteer, mapped from one folder of compiled files (model: "english.casus" or, when
 * `fast`, "english-fast.casus"; "lexicon.casus"; "gazetteer.casus"). Read-only after opening: any number of threads. */
typedef struct casus_resources casus_resources;
typedef struct casus_resources_options {
    const char *data;      /* folder of the compiled files */
    const char *knowledge; /* a user's own knowledge folder laid on top, or NULL */
    bool fast;
    bool every; /* parse sentences too that can hold nothing, told by their words alone: the same statements, more slowly; for checks */
    const struct casus_petrarch *dictionary; /* of casus/petrarch.h, or NULL: sentences are coded by it alone. Must outlive the resources */
} casus_resources_options;
casus_code casus_resources_open(casus_resources **out, const casus_resources_options *options, casus_error *err);
void casus_resources_close(casus_resources *r);
/* "casus 0.1.0; model …; knowledge …": what statements are stamped with. Lives as long as the resources. */
const char *casus_resources_version(const casus_resources *r);
const casus_model *casus_resources_model(const casus_resources *r);

/* One thread's coder: working memory over shared resources. */
typedef struct casus_coder casus_coder;
casus_code casus_coder_new(casus_coder **out, const casus_resources *r, casus_error *err);
void casus_coder_free(casus_coder *c);

/* Reads one document into `arena`: sentences, trees, statements in text order, actors by mentions. A foreign document yields no statements.
 * Deterministic: same document, resources and version, same bytes. Cost O(tokens). Errors: CASUS_ERR_NOMEM, CASUS_ERR_LIMIT. */
casus_code casus_coder_read(casus_coder *c, const casus_document *doc, casus_arena *arena, casus_reading *out, casus_error *err);

/* A stream of documents through any number of coders: `next` yields documents (on the calling thread, in order), `each` gets every document with
 * what was read from it, in the same order and on the calling thread, whatever the number of threads. */
typedef struct casus_stream {
    /* Next document, read into `arena`; *got false at the end. An error ends the stream. */
    casus_code (*next)(void *ctx, casus_arena *arena, casus_document *doc, bool *got, casus_error *err);
    /* A document's reading; `records`: its lines as record.md has them (document, actors, statements), when asked for. An error ends the stream. */
    casus_code (*each)(void *ctx, const casus_document *doc, const casus_reading *reading, casus_str records, casus_error *err);
    /* A document that could not be read (too large for the coder); may be NULL. The stream goes on. */
    void (*failed)(void *ctx, const casus_document *doc, const casus_error *why);
    void *ctx;
    unsigned threads;   /* 0: as many as the machine has */
    bool records;       /* make the lines (on the coders' threads) */
} casus_stream;
/* Runs the stream to its end. Memory: a few batches of documents a thread, however long the stream. Errors: those of `next` and `each`; NOMEM. */
casus_code casus_code_stream(const casus_resources *r, const casus_stream *stream, casus_error *err);

/* ---- naming the action between two marked spans (`casus relate`) ------------------------------------------------ */

/* A row of a table of marked sentences: the sentence without its marks, and what they held, in bytes of it (empty: not marked). */
typedef struct casus_marked {
    casus_str id, text, label; /* label: of the column asked for, else empty */
    casus_span source, target;
} casus_marked;
/* Reads tab-separated rows. The first line names the columns: `sentence_id`, `marked_sentence` (source <s>…</s>, target <t>…</t>) and, when
 * `label` is not NULL, one of that name. Fields may stand in double quotes. `arena` has its trap set. Errors: CASUS_ERR_FORMAT with `path`. */
casus_code casus_marked_read(casus_arena *arena, const char *path, casus_str bytes, const char *label, casus_marked **out, size_t *n,
                             casus_error *err);

/* Names the action between two marked spans of one sentence by rules and knowledge. `source` and `target` are byte ranges of doc->text; an empty
 * target range means none is marked. *plover is the type, *confidence 0..1; CASUS_NO_PLOVER when nothing is found.
 * *why: what decided ("pattern `accuse TARGET of`"), in the arena. */
casus_code casus_coder_relate(casus_coder *c, const casus_document *doc, casus_span source, casus_span target, casus_arena *arena,
                              casus_plover *plover, double *confidence, const char **why, casus_error *err);

/* A classifier over what the rules found and the words around the spans (multinomial logistic regression; models/README.md says on what it was
 * trained and where it is not used: casus_coder_read never asks it). One mapped file, read-only after opening: any number of threads.
 * Errors: those of casus_pack_open; CASUS_ERR_FORMAT when its parts do not fit together. */
typedef struct casus_relater casus_relater;
casus_code casus_relater_open(casus_relater **out, const char *path, casus_error *err);
void casus_relater_close(casus_relater *m);
const char *casus_relater_version(const casus_relater *m); /* "relate-2026.1-5f…": lives as long as the model */

/* The same question asked of the classifier; m NULL: of the rules, as casus_coder_relate. *confidence is its probability; *why names the model,
 * the features that spoke most for the type against the next best one, with their weights, and the rules' own verdict. A type is always given.
 * Deterministic. Cost: casus_coder_relate's and some microseconds. */
casus_code casus_coder_relate_by(casus_coder *c, const casus_relater *m, const casus_document *doc, casus_span source, casus_span target,
                                 casus_arena *arena, casus_plover *plover, double *confidence, const char **why, casus_error *err);

/* ---- records (record.md), one JSON object each, without newline ----------------------------------------------- */

void casus_document_json(casus_buf *out, const casus_document *doc, size_t sentences);
void casus_actor_json(casus_buf *out, const casus_actor *actor, const char *doc_id);
void casus_statement_json(casus_buf *out, const casus_statement *s, const casus_document *doc, const char *version);

#ifdef __cplusplus
}
#endif
#endif
