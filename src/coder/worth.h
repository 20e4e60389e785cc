/* worth.h — is a sentence worth parsing? Parsing takes half of the coder's time, and one sentence in several of a newspaper names nobody, refers back to
 * nobody and reports nothing. */
#ifndef CODER_WORTH_H
#define CODER_WORTH_H

#include "casus/lexicon.h"
#include "casus/text.h"

/* False when no statement can come of the sentence, judged by its words alone: no name, no person or body, no word that refers to one, nothing said or
 * estimated. Every statement needs one of these, so nothing is lost. Cost O(tokens) look-ups, less than a hundredth of parsing. */
bool worth_parsing(const casus_lexicon *lex, const casus_sentence *s);

#endif
