/* lemma_mend.h — lemmas of verbs that the lemmatiser never saw in this form. */
#ifndef CODER_LEMMA_MEND_H
#define CODER_LEMMA_MEND_H

#include "casus/lexicon.h"
#include "casus/text.h"

/* Gives the verbs of a parsed sentence their lemmas: irregular forms by a table of English ("retook", "frozen"), regular ones whose lemma the
 * knowledge does not hold by the stem that it does ("annul", not "annull"). Lemmas are put into `arena`. True when a
 * lemma has changed. */
bool lemma_mend(casus_sentence *s, const casus_lexicon *lex, casus_arena *arena);

#endif
