/* quote.h — what typography says of speech: which words stand inside quotation marks, who is named before a colon or after a dash. */
#ifndef CODER_QUOTE_H
#define CODER_QUOTE_H

#include "doc.h"

/* quoted[1..n]: does the token stand inside quotation marks? Starts from where the sentence before has left off (casus_sentence.in_quote).
 * The array lives in the document's arena; cost O(tokens). */
const bool *quote_read(coder_doc *d, const coder_sentence *s);
bool quote_mark(const coder_tree *t, unsigned i);

/* "A minister: taxes will rise": the token of the colon, 0 when the sentence begins otherwise; *speaker the head of the words before it. */
unsigned quote_label(const coder_sentence *s, unsigned *speaker);
/* "… of us all.” — A. Reader": the dash before a name that signs a quotation, or 0; *speaker the head of the name. */
unsigned quote_signature(const coder_doc *d, const coder_sentence *s, unsigned *speaker);

#endif
