/* coref_describe.h — which entity a description stands for. */
#ifndef CODER_COREF_DESCRIBE_H
#define CODER_COREF_DESCRIBE_H

#include "doc.h"

/* The entity that the noun (or number, or "latter") at token i describes, or -1; *kind is how the mention counts. */
int64_t coref_described(coder_doc *d, coder_sentence *s, unsigned i, coder_mention_kind *kind);

/* The words in which the thing that the noun at token i stands for was told in full ("the law": "a bill on militias"); empty when there are none. */
casus_str coref_thing(const coder_doc *d, const coder_sentence *s, unsigned i);

/* "it" in "signed it", "its second reading": the law, deal or plan named last, or empty when the words may be said of an actor too. */
casus_str coref_paper(const coder_doc *d, const coder_sentence *s, unsigned i);

#endif
