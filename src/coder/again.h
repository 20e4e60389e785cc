/* again.h — an act named again ("the attack", "the January bombing"): which statement told it first. */
#ifndef CODER_AGAIN_H
#define CODER_AGAIN_H

#include "build.h"

/* Looks up the definite act nouns of the sentence among the acts told in the sentences before: b->again, and s->refers for their words. */
void again_find(builder *b);
/* Gives a statement built on such a noun the date, place and parties that only the first one tells. False when nothing is left to tell: same parties,
 * nobody new who says so, no numbers. */
bool again_complete(builder *b, unsigned token, casus_statement *st);

#endif
