/* voices.h — several who say the same: each voice is a statement of its own. */
#ifndef CODER_VOICES_H
#define CODER_VOICES_H

#include "build.h"

/* Do two attributions hold the same words, neither reporting the other? */
bool voices_parallel(const coder_say *a, const coder_say *b);

/* "Russia and Iran claim that P", "P, as X says and Y denies": the statements of a sentence from number `from` on are repeated for every further holder
 * of their content. Two attributions of the same words are two voices, not a chain. */
void voices_spread(builder *b, size_t from);

#endif
