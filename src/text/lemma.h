#ifndef TEXT_LEMMA_H
#define TEXT_LEMMA_H

#include "text/model.h"

enum { TEXT_LEMMA_SUFFIX_MAX = 7 };

uint64_t text_lemma_key(const char *lower, size_t n, uint8_t xpos, uint8_t upos);
/* The lemma of a form: a slice of the form when it is the form itself, else put into `arena`. */
casus_str text_lemma_of(const text_lemmas *m, casus_str form, uint8_t xpos, uint8_t upos, casus_arena *arena);

#endif
