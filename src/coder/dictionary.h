/* dictionary.h — coding with a PETRARCH dictionary: its names and word patterns over casus' sentences and trees. */
#ifndef CODER_DICTIONARY_H
#define CODER_DICTIONARY_H

#include "build.h"

#include "casus/petrarch.h"

typedef struct dictionary_code_at {
    const char *code;
    unsigned first, last; /* the tokens that give it */
} dictionary_code_at;

/* A noun phrase of the sentence and the actors its words give: "the lawmakers of Arnor and Gondor" ARNLEG, GONLEG. */
typedef struct dictionary_phrase {
    unsigned first, last; /* tokens */
    dictionary_code_at *codes;
    size_t n, cap;
    bool known; /* an actor is named, not only an agent ("---GOV") */
} dictionary_phrase;

typedef struct dictionary_sentence {
    coder_doc *d;
    const coder_sentence *s;
    const casus_petrarch *p;
    casus_str *form; /* by token */
    dictionary_phrase *phrases;
    size_t n, cap;
} dictionary_sentence;

/* Finds the noun phrases of a sentence, in text order. Cost O(tokens) look-ups. */
void dictionary_phrases(dictionary_sentence *x);

/* What the dictionary says of one verb of the sentence. Phrases by index, -1 none. */
typedef struct dictionary_act {
    casus_petrarch_event event;
    int source, target; /* bound by a pattern */
    bool mutual;        /* the members of `source` act on each other */
    unsigned score;     /* pieces of the pattern found */
} dictionary_act;

/* The verb at a token with the pattern that fits best, words up to `stop`; false when the dictionary has none or gives
 * it no event. */
bool dictionary_match(const dictionary_sentence *x, unsigned token, unsigned stop, dictionary_act *act);

/* Codes all sentences of the document, instead of build_sentence. */
void dictionary_code(coder_doc *d, const casus_petrarch *p);

#endif
