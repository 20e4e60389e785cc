/* forms.h — words that can be only one part of speech. */
#ifndef CODER_FORMS_H
#define CODER_FORMS_H

#include "casus/text.h"

/* Tells the tagger which words of a sentence can only be verbs ("insists", "withdrew") and which never are ("fourteen"). */
void forms_hint(casus_sentence *s);

#endif
