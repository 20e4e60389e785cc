/* clause.h — what an actor does in words that the knowledge does not hold. */
#ifndef CODER_CLAUSE_H
#define CODER_CLAUSE_H

#include "build.h"

/* Tells the clauses that have said nothing yet and whose subject is somebody political: an event without a PLOVER type, with what it is done to and
 * in what matter. After all other builders, since it tells only what they have not. */
void build_clauses(builder *b);
/* Is the verb at i a passive without an agent that has a date of its own ("courts, abolished in 2013"), in a text of politics? */
bool clause_is_dated_deed(const builder *b, unsigned i);

#endif
