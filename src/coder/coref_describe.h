/* coref_describe.h — which entity a description stands for. */
#ifndef CODER_COREF_DESCRIBE_H
#define CODER_COREF_DESCRIBE_H

#include "doc.h"

/* The entity that the noun (or number, or "latter") at token i describes, or -1; *kind is how the mention counts. */
int64_t coref_described(coder_doc *d, coder_sentence *s, unsigned i, coder_mention_kind *kind);

#endif
