/* structure.h — statements that the shape of a sentence gives: causes, purposes, comparisons, offices. */
#ifndef CODER_STRUCTURE_H
#define CODER_STRUCTURE_H

#include "build.h"

void build_structure(builder *b);

#endif
