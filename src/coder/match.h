/* match.h — knowledge patterns found in trees. */
#ifndef CODER_MATCH_H
#define CODER_MATCH_H

#include "doc.h"

/* A pattern that fits at a token; slots are tokens (heads of phrases or clauses) or 0. */
typedef struct coder_match {
    const casus_pattern *pattern;
    const casus_frame *frame;
    unsigned token;
    unsigned source, target, content, doing; /* explicitly bound by the pattern */
    unsigned object_word;                    /* the noun that a word element took as the object ("launch an attack"), or 0 */
    unsigned score;                          /* elements found: how much of the pattern the text confirms */
} coder_match;

/* Finds the patterns of all tokens of a sentence: for each token the best match of each frame class. */
void match_sentence(coder_doc *d, coder_sentence *s);
/* The match of one class at token i, or NULL. */
const coder_match *match_of(const coder_sentence *s, unsigned i, casus_frame_class class_);

/* Phrases (cues that stand anywhere) at token i: the longest; *last its last token. NULL when none. */
const casus_phrase *match_phrase(const casus_lexicon *lex, const coder_tree *t, unsigned i, size_t *n, unsigned *last);

#endif
