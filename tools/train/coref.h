/* casus-train coref: the weights by which pronouns are ranked. */
#ifndef TRAIN_COREF_H
#define TRAIN_COREF_H

#include "train.h"

/* ---- gold (coref_gold.c) ------------------------------------------------------------------------------------- */

/* A token of a treebank document with its place in the document's text. */
typedef struct coref_token {
    uint32_t begin, end;
} coref_token;

/* A mention as GUM marks it: tokens [first, last] of one entity, and those of them that are its heads (bit k: first + k). */
typedef struct coref_mention {
    uint32_t entity, first, last;
    uint64_t heads;
} coref_mention;

typedef struct coref_document {
    casus_str text, genre;
    coref_token *tokens;
    size_t n_tokens, cap_tokens;
    coref_mention *mentions;
    size_t n_mentions, cap_mentions;
} coref_document;

/* Documents of a CoNLL-U file with GUM's entities in MISC (`Entity=`, layout GRP-etype-infstat-salience-centering-minspan-link). In the arena (trap set). */
casus_code coref_gold_read(const char *path, casus_arena *arena, coref_document **out, size_t *n, casus_error *err);

/* ---- training ------------------------------------------------------------------------------------------------ */

typedef struct coref_options {
    const char *data, *test; /* CoNLL-U files; test may be NULL */
    const char *resources;   /* folder of the compiled model, lexicon and gazetteer */
    const char *out;         /* weights as C text, or NULL */
    const char *genres;      /* to train on, comma-separated; NULL: all */
    double penalty;
} coref_options;
casus_code train_coref(const coref_options *o, casus_error *err);
/* Reads `casus-train coref --data …`; false when the words make no sense. */
bool train_coref_options(coref_options *o, int argc, char **argv);

#endif
