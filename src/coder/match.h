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

/* The best match at token i for each frame class, at most `max`; returns how many. */
size_t match_token(const casus_lexicon *lex, const coder_tree *t, unsigned i, coder_match *out, size_t max);
/* The best match of one class, or false. */
bool match_class(const coder_match *all, size_t n, casus_frame_class class_, coder_match *out);

/* Phrases (cues that stand anywhere) at token i: the longest; *last its last token. NULL when none. */
const casus_phrase *match_phrase(const casus_lexicon *lex, const coder_tree *t, unsigned i, size_t *n, unsigned *last);

#endif
