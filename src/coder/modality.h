/* modality.h — tense, polarity and likelihood of what a sentence tells. */
#ifndef CODER_MODALITY_H
#define CODER_MODALITY_H

#include "build.h"

/* Those of the clause or phrase at `token`; what one can or ought to do becomes a statement of power. */
void build_modality(builder *b, casus_statement *st, unsigned token);
/* What is asked is not told. */
bool is_question(const coder_sentence *s);

#endif
