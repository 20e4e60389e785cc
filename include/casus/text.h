/* casus/text.h — from bytes to trees: documents, sentences, words, tags, lemmas, dependency heads.
 *
 * The way of the data: casus_source yields documents (plain text, HTML, JSONL; plain or gzip) → casus_text_read cuts a document's
 * text into blocks, sentences and tokens → the model (models/, one mapped file) tags, lemmatises and parses them.
 * Trees follow Universal Dependencies v2 for English (EWT conventions).
 */
#ifndef CASUS_TEXT_H
#define CASUS_TEXT_H

#include "casus/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- labels ------------------------------------------------------------------------------------------------ */

/* Universal part-of-speech tags, in the order of casus_upos_name. */
typedef enum casus_upos {
    CASUS_X, CASUS_ADJ, CASUS_ADP, CASUS_ADV, CASUS_AUX, CASUS_CCONJ, CASUS_DET, CASUS_INTJ, CASUS_NOUN, CASUS_NUM,
    CASUS_PART, CASUS_PRON, CASUS_PROPN, CASUS_PUNCT, CASUS_SCONJ, CASUS_SYM, CASUS_VERB, CASUS_UPOS_N
} casus_upos;
const char *casus_upos_name(casus_upos u);

/* Penn tags (XPOS) and dependency relations are small integers whose names are fixed in src/text/labels.c; the enum below
 * names those that rooms above ask for. A relation the table does not hold is CASUS_DEP. */
typedef enum casus_deprel {
    CASUS_DEP, CASUS_ROOT, CASUS_ACL, CASUS_ACL_RELCL, CASUS_ADVCL, CASUS_ADVCL_RELCL, CASUS_ADVMOD, CASUS_ADVMOD_EMPH, CASUS_AMOD,
    CASUS_APPOS, CASUS_AUX_REL, CASUS_AUX_PASS, CASUS_CASE, CASUS_CC, CASUS_CC_PRECONJ, CASUS_CCOMP, CASUS_COMPOUND, CASUS_COMPOUND_PRT,
    CASUS_CONJ, CASUS_COP, CASUS_CSUBJ, CASUS_CSUBJ_OUTER, CASUS_CSUBJ_PASS, CASUS_DET_REL, CASUS_DET_PREDET, CASUS_DISCOURSE,
    CASUS_DISLOCATED, CASUS_EXPL, CASUS_FIXED, CASUS_FLAT, CASUS_GOESWITH, CASUS_IOBJ, CASUS_LIST, CASUS_MARK, CASUS_NMOD,
    CASUS_NMOD_DESC, CASUS_NMOD_POSS, CASUS_NMOD_UNMARKED, CASUS_NSUBJ, CASUS_NSUBJ_OUTER, CASUS_NSUBJ_PASS, CASUS_NUMMOD, CASUS_OBJ,
    CASUS_OBL, CASUS_OBL_AGENT, CASUS_OBL_UNMARKED, CASUS_ORPHAN, CASUS_PARATAXIS, CASUS_PUNCT_REL, CASUS_REPARANDUM,
    CASUS_VOCATIVE, CASUS_XCOMP, CASUS_DEPREL_N
} casus_deprel;
const char *casus_deprel_name(casus_deprel d);          /* "nsubj:pass"; static */
casus_deprel casus_deprel_of(casus_str name);           /* CASUS_DEP when unknown */
const char *casus_xpos_name(unsigned xpos);             /* "VBD"; static; "_" when out of range */
unsigned casus_xpos_of(casus_str name);                 /* 0 ("_") when unknown */

/* ---- documents --------------------------------------------------------------------------------------------- */

/* One account as it came in. All pointers live in the arena it was read into. Dates are ISO ("2024-03-28", "2024-03", "2024") or NULL.
 * `text` is the document's text as the ledger keeps it; every span counts bytes in it (record.md): the file itself for plain text,
 * the decoded `text` value for JSONL, the extracted article for HTML. `title_begin..title_end` is where the title stands in `text`
 * (plain text: possibly the last lines), or 0,0 when the title is a text of its own. */
typedef struct casus_document {
    const char *id, *title, *date, *author, *publisher, *url, *language; /* NULL: not given */
    const char *path;       /* file it came from, "-" for standard input */
    int64_t line;           /* 1-based line in a JSONL file, else 0 */
    casus_str text;
    uint32_t title_begin, title_end;
    uint32_t date_begin, date_end; /* where the dateline that gave `date` stands in `text`; 0,0 when the date came from elsewhere */
    char sha256[65];        /* of the original bytes (HTML: of the file; else of `text`), lower-case hex */
    size_t bytes;           /* length of the original */
    const char *extra;      /* other JSON keys, as one JSON object text, or NULL */
    bool foreign;           /* in another language than English: `language` names it, not to be coded */
} casus_document;

/* ---- sentences and tokens ---------------------------------------------------------------------------------- */

/* A word. `begin..end` are bytes in the document's text (words of one multiword token, "don't", share or split its range).
 * `form` and `lemma` live in the arena or the mapped model. Heads are 1-based within the sentence, 0 is the root. */
typedef struct casus_token {
    casus_str form, lemma;
    uint32_t begin, end;
    uint16_t head;
    uint8_t upos, xpos, deprel;
    uint8_t flags;   /* CASUS_TOKEN_… */
    uint8_t margin;  /* parser's certainty about the head: lead of the decision that set it over the next best, 255 = 8 nats or more */
} casus_token;

enum {
    CASUS_TOKEN_SPACE_AFTER = 1, /* white space follows in the text */
    CASUS_TOKEN_MWT_FIRST = 2,   /* first word of a multiword token */
    CASUS_TOKEN_MWT_REST = 4,    /* further word of it */
    CASUS_TOKEN_NAME = 8,        /* the caller knows it for a proper name: the tagger takes it for one */
    CASUS_TOKEN_IN_NAME = 16,    /* part of a name of several words, or a number: no verb */
    CASUS_TOKEN_THIRD = 32,      /* spelt like no other word: the third person of a verb (VBZ) */
    CASUS_TOKEN_PAST = 64,       /* likewise its past form (VBD) */
    CASUS_TOKEN_BASE = 128       /* likewise its base (VB, VBP) */
};

typedef enum casus_block { CASUS_BODY, CASUS_TITLE, CASUS_HEADING, CASUS_DATELINE, CASUS_LIST_ITEM } casus_block;

/* A sentence: `n` tokens, bytes `begin..end` of the text. `in_quote`: it starts inside a quotation opened before. */
typedef struct casus_sentence {
    casus_token *tokens;
    uint32_t n;
    uint32_t begin, end;
    uint32_t paragraph;     /* 0-based */
    casus_block block;
    bool in_quote;
    bool parsed;            /* heads and relations are set */
} casus_sentence;

typedef struct casus_sentences {
    casus_sentence *items;
    size_t n;
} casus_sentences;

/* ---- the model --------------------------------------------------------------------------------------------- */

/* Tagger, lemmatiser and parser: read-only after opening, any number of threads. */
typedef struct casus_model casus_model;
casus_code casus_model_open(casus_model **out, const char *path, casus_error *err);
void casus_model_close(casus_model *m);
const char *casus_model_version(const casus_model *m); /* name and checksum, e.g. "en-2026.1-9f3a…"; lives as long as the model */

/* A thread's working memory for the model (activations, parser states). */
typedef struct casus_parser casus_parser;
casus_code casus_parser_new(casus_parser **out, const casus_model *m, casus_error *err);
void casus_parser_free(casus_parser *p);

/* Cuts a text into sentences and tokens with byte offsets: one pass, no model. Cost O(bytes). The document's title and dateline
 * lines (title_begin…, date_begin…) become sentences of their own block. A sentence never exceeds CASUS_SENTENCE_MAX tokens:
 * longer ones are cut. Errors: CASUS_ERR_NOMEM. */
enum { CASUS_SENTENCE_MAX = 500 };
casus_code casus_text_split(const casus_document *doc, casus_arena *arena, casus_sentences *out, casus_error *err);

/* Tags and lemmatises (casus_parser_tag), then finds heads and relations (casus_parser_parse) for one sentence in place: a projective
 * tree with one root, by arc-hybrid transitions (Kuhlmann, Gómez-Rodríguez & Satta, ACL 2011) over a small network (src/text/model.h).
 * casus_parser_parse tags and lemmatises only a sentence whose first token has no xpos yet; tags given by the caller stay, but the
 * network looks at its own. Integer arithmetic: the same result on every machine. Lemmas other than the form are put into `arena`.
 * Cost O(tokens), 5–10 µs each. Errors: CASUS_ERR_LIMIT for more than CASUS_SENTENCE_MAX tokens. */
casus_code casus_parser_tag(casus_parser *p, casus_arena *arena, casus_sentence *s, casus_error *err);
casus_code casus_parser_parse(casus_parser *p, casus_arena *arena, casus_sentence *s, casus_error *err); /* tags first when needed */

/* ---- reading documents ------------------------------------------------------------------------------------- */

typedef enum casus_format { CASUS_FORMAT_AUTO, CASUS_FORMAT_TEXT, CASUS_FORMAT_HTML, CASUS_FORMAT_JSONL } casus_format;

typedef struct casus_source_options {
    casus_format format;
    const char *date;        /* date for documents without one, ISO; NULL: none */
    size_t limit;            /* largest document in bytes; 0: 64 MiB */
    /* Called for each rejected input with its bytes (a JSONL line, possibly cut) and the error; may be NULL. */
    void (*rejected)(void *ctx, const casus_error *why, casus_str bytes);
    /* Called for each warning (empty file, no date, another language); may be NULL. */
    void (*warned)(void *ctx, const casus_error *what);
    void *ctx;
} casus_source_options;

/* A stream of documents from one file ("-": standard input), gzip recognised by its first bytes. Bad input costs only itself:
 * it is handed to `rejected` and reading goes on where it can. Not thread-safe. Memory: one document and one read buffer. */
typedef struct casus_source casus_source;
casus_code casus_source_open(casus_source **out, const char *path, const casus_source_options *options, casus_error *err);
/* The same of bytes in memory, which are copied; `name` stands for the path. Bytes in memory are not unpacked. */
casus_code casus_source_open_bytes(casus_source **out, const char *name, casus_str bytes, const casus_source_options *options,
                                   casus_error *err);
/* Next document, read into `arena`; *got false at the end. Returns an error only when the stream itself cannot go on. */
casus_code casus_source_next(casus_source *s, casus_arena *arena, casus_document *doc, bool *got, casus_error *err);
/* Bytes consumed so far and the file's size (0: unknown), for progress. */
void casus_source_progress(const casus_source *s, uint64_t *done, uint64_t *total);
void casus_source_close(casus_source *s);

/* ---- CoNLL-U ----------------------------------------------------------------------------------------------- */

/* Reads CoNLL-U text (whole file in memory) into sentences with gold tokens, tags, lemmas and heads. Comments `# text`, `# newpar` are used for
 * offsets into a text rebuilt in *text. Errors: CASUS_ERR_FORMAT with the line. */
casus_code casus_conllu_read(casus_str bytes, const char *file, casus_arena *arena, casus_str *text, casus_sentences *out, casus_error *err);
/* Appends one sentence as CoNLL-U (with # sent_id, # text, multiword ranges, SpaceAfter=No). */
void casus_conllu_write(casus_buf *out, const casus_sentence *s, casus_str text, const char *sent_id);

#ifdef __cplusplus
}
#endif
#endif
