/* relevance.h — which acts are politics. */
#ifndef CODER_RELEVANCE_H
#define CODER_RELEVANCE_H

#include "build.h"

/* How many words of sport, arts, markets … (head `topic` of the knowledge) the sentence has. */
unsigned relevance_topic(const coder_doc *d, const coder_sentence *s);
/* Does anybody of the two count in politics at all: a body, an office holder, a group, people who may suffer or protest? */
bool relevance_has_standing(const coder_doc *d, const coder_args *source, const coder_args *target);
/* Is this act politics? Somebody political acts or undergoes it (`from`, `to`: their tokens), and the sentence is not of another matter. */
bool relevance_is_politics(const builder *b, const coder_match *m, const coder_args *source, const coder_args *target, unsigned to, unsigned from);

#endif
