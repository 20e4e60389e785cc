/* Label tables inside the text room. */
#ifndef TEXT_LABELS_H
#define TEXT_LABELS_H

#include "casus/text.h"

enum { TEXT_XPOS_N = 50 };

casus_upos text_upos_of(casus_str name); /* CASUS_X when unknown */
/* A hash of all label names in order: a model trained with another numbering is refused. */
uint64_t text_labels_hash(void);

#endif
