/* coref_rank.h — what a pronoun stands for, by ranking everything named before it.
 *
 * Candidates are the noun phrases of this sentence before the pronoun and of the three sentences before: actors, groups named together, and plain
 * things ("the treaty"), which keep a pronoun from being read as an actor that is not meant. Each has a few dozen yes-or-no features (distance,
 * grammatical role, kind, definiteness, parallelism, how often named); their weights, one set for each kind of pronoun, are fitted as a
 * log-linear ranker (Denis & Baldridge 2007) on the GUM corpus (`casus-train coref`; models/README.md). "None of them" competes
 * as a candidate of its own.
 */
#ifndef CODER_COREF_RANK_H
#define CODER_COREF_RANK_H

#include "doc.h"

typedef enum coref_pronoun { COREF_PERSON, COREF_THING, COREF_PLURAL } coref_pronoun;

typedef struct coref_candidate {
    int64_t entity;      /* -1: a thing, told by its words */
    casus_str words;
    uint32_t sentence, token;
    uint64_t features;   /* bit set of coref_feature */
} coref_candidate;

enum { COREF_MAX = 64, COREF_FEATURES = 47 };

/* Who takes a candidate instead of the ranker: casus-train, which knows the right one. */
typedef struct coref_choice {
    int (*take)(void *ctx, coder_doc *d, coder_sentence *s, unsigned i, coref_pronoun kind, const coref_candidate *all, size_t n); /* -1: none */
    void *ctx;
} coref_choice;

/* Is the token a pronoun of the third person, and which? */
bool coref_is_pronoun(const coder_tree *t, unsigned i, coref_pronoun *kind, bool *reflexive);
/* All candidates for the pronoun at token i that agree with it in number and in being a person, nearest first. */
size_t coref_candidates(coder_doc *d, coder_sentence *s, unsigned i, coref_pronoun kind, coref_candidate out[COREF_MAX]);
/* Index of the best one; -1 when none of them is likely enough. */
int coref_best(coref_pronoun kind, const coref_candidate *all, size_t n);

#endif
