/* leftover.h — what the sentence tells and no statement has taken. */
#ifndef CODER_LEFTOVER_H
#define CODER_LEFTOVER_H

#include "build.h"

/* A date that no statement from `from` on has taken goes to the narrowest of them that has none and whose words hold it. */
void leftover_dates(builder *b, size_t from);

#endif
