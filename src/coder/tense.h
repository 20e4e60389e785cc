/* Tense, modality and negation of a predicate or of a noun that names an act.
 *
 * Read from auxiliaries and Penn tags: the forms are those of Huddleston & Pullum, The Cambridge Grammar of the English
 * Language, ch. 3; what a negation reaches (coordinated verbs, complements of implicative verbs) follows Karttunen
 * 1971, "Implicative verbs", Language 47. Nothing allocates; cost O(tokens × depth). Tokens are 0-based indices.
 */
#ifndef CODER_TENSE_H
#define CODER_TENSE_H

#include "casus/coder.h"
#include "casus/lexicon.h"

/* When the act at `token` stands with respect to the writing: past (did, was doing, has done, had done), present (does,
 * is doing, has been doing), future (will, is going to, may do; "would" in reported speech), hypothetical (if-clauses,
 * would, could, should, "any ensuing …"). Infinitives and participles inherit from the verb they hang on, nouns from
 * the predicate they stand with. CASUS_TENSE_NONE when the tree says nothing. */
casus_tense coder_tense(const casus_sentence *s, int token);

typedef enum coder_modal_kind {
    CODER_NO_MODAL,
    CODER_MAY,  /* may, might, could: possible, [0, 1] */
    CODER_CAN,  /* can, be able to: ability or permission */
    CODER_WILL, /* will, shall, going to */
    CODER_WOULD,
    CODER_SHOULD, /* should, ought to */
    CODER_MUST    /* must, have to, need to */
} coder_modal_kind;

typedef struct coder_modal {
    coder_modal_kind kind;
    bool has_interval; /* low and high are a probability (only CODER_MAY) */
    bool inherited;    /* from the verb this one is a complement of ("may seek to …") */
    double low, high;
    int token;      /* the word itself */
    casus_str text; /* its form */
    casus_span span;
} coder_modal;

/* The modal that governs `token`; false (and *out untouched) when there is none. Conjuncts share the first one's modal.
 */
bool coder_modal_of(const casus_sentence *s, int token, coder_modal *out);

/* Does the text say that the act at `token` is not, or did not come to be? Negators: not, n't, never, no longer,
 * neither, nor, `no` before subject or object, nobody, none, without, instead of, rather than; shared by coordinated
 * verbs ("not been willing to arrest, kill, or extradite"); handed down to infinitive complements; turned round by the
 * implicative verbs and nouns of the lexicon (cues, head `negation`: fail to, refuse to, stop short of; twice turned is
 * positive). Nouns take the negation of a light verb
 * ("did not launch an attack"). `lexicon` may be NULL: then the tree alone decides. */
bool coder_negated(const casus_sentence *s, int token, const casus_lexicon *lexicon);

#endif
