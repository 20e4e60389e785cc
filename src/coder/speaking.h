/* speaking.h — which matches of a sentence become statements. */
#ifndef CODER_SPEAKING_H
#define CODER_SPEAKING_H

#include "match.h"

/* The match at token i that is to be told, of events to assessments; NULL when there is none, or another word tells it: one statement a trigger. */
const coder_match *speaking_match(const coder_sentence *s, unsigned i);

/* Is the verb phrase at i what the verb above wants, hopes for or is asked ("wants to leave")? That verb tells it. */
bool only_wanted(const coder_sentence *s, unsigned i);
/* "has increased its aid": is the verb's object its subject's own? */
bool owns_object(const coder_sentence *s, unsigned verb);
/* "Baku's reluctance", "its remaining leverage": is the noun an attitude or a power told without its matter? */
bool stands_by_itself(const coder_sentence *s, unsigned i);
/* "threatens to spread" estimates, "threatens a neighbour" does not. */
bool governs_clause(const coder_tree *t, unsigned i);

#endif
