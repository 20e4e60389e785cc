/* say.h — who says, thinks, hopes or fears what: the cues of a sentence, and the chain of holders over a token. */
#ifndef CODER_SAY_H
#define CODER_SAY_H

#include "match.h"

/* One attribution. `source`: head token of whoever holds it, 0 when the text names no one ("allegedly"). `content`: head token of what is
 * held, 0 when it is only words of the cue itself. */
typedef struct coder_say {
    unsigned cue, cue_first, cue_last;
    unsigned source, content;
    unsigned named;       /* the word that stands for the source: the source itself, or the relative pronoun ("who said") */
    casus_span elsewhere; /* where the words said stand when the tree does not tell: part of this or the neighbouring sentence; empty otherwise */
    casus_holds holds;
    casus_view view;      /* what the author makes of it */
    bool adverb;          /* "allegedly": holds without a holder */
    bool within;          /* what stands under the cue's own noun is held too ("its list of enemies") */
    bool used;            /* some statement carries it */
} coder_say;

typedef struct coder_says {
    const bool *quoted; /* by token: inside quotation marks */
    coder_say *items;
    size_t n, cap;
} coder_says;

void say_find(coder_doc *d, const coder_sentence *s, coder_says *out);
/* Indexes of the attributions whose content holds token t, outermost first; returns how many (at most max). */
size_t say_over(const coder_sentence *s, const coder_says *all, unsigned t, size_t *out, size_t max);

#endif
