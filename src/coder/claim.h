/* claim.h — what is held and is no act: the words of a content with whom they are about, names given ("called it a coup"), what is only alleged of
 * someone ("the alleged assets of X"), and an author's word for what was claimed before ("This lie …"). */
#ifndef CODER_CLAIM_H
#define CODER_CLAIM_H

#include "build.h"

/* Appends to the statements of the sentence; those that stand from number `from` on are its own so far. */
void claim_build(builder *b, size_t from);

#endif
