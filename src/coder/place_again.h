/* place_again.h — "the town", "the province": a place named in a sentence before. */
#ifndef CODER_PLACE_AGAIN_H
#define CODER_PLACE_AGAIN_H

#include "build.h"

/* Adds the descriptions of places to the places of the sentence, each with the name, position and identity of the place it stands for and its own words;
 * remembers the places that the sentence names. */
void place_again(builder *b);

#endif
