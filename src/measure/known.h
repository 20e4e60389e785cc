/* The known actor that an actor of an import is, for tables of everybody. */
#ifndef MEASURE_KNOWN_H
#define MEASURE_KNOWN_H

#include "casus/base.h"
#include "casus/lexicon.h"

typedef struct measure_known measure_known;

/* In the arena, for as long as the lexicon. Cost O(names and codes of all known actors). */
measure_known *measure_known_new(const casus_lexicon *lex, casus_arena *arena);
/* By the group its code names, as a state's organ, by a name that only one known actor has; false when nobody is known to be it. O(1). */
bool measure_known_find(const measure_known *k, const char *code, const char *name, const char *country, const char *sectors, casus_known_actor *out);

#endif
