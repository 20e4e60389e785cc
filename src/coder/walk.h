/* Walking a sentence's tree: the few steps that time, place, count and tense readers share.
 *
 * Tokens are named by 0-based index (int); -1 is "none" (the root's head, an absent child). Nothing allocates; a step
 * to a child scans the sentence, O(tokens), a step to the head is O(1).
 */
#ifndef CODER_WALK_H
#define CODER_WALK_H

#include "casus/text.h"

#include <string.h>

static inline const casus_token *coder_token(const casus_sentence *s, int i) { return &s->tokens[i]; }

/* Index of the head, -1 for the root and for a head outside the sentence. */
static inline int coder_head(const casus_sentence *s, int i) {
    unsigned h = s->tokens[i].head;
    return h == 0 || h > s->n ? -1 : (int)h - 1;
}

static inline bool coder_rel(const casus_sentence *s, int i, casus_deprel d) { return s->tokens[i].deprel == d; }
static inline bool coder_tag(const casus_sentence *s, int i, casus_upos u) { return s->tokens[i].upos == u; }

/* First child of `i` with relation `d` at or after token `from`; -1 when there is none. */
int coder_child_from(const casus_sentence *s, int i, casus_deprel d, int from);
static inline int coder_child(const casus_sentence *s, int i, casus_deprel d) { return coder_child_from(s, i, d, 0); }

/* Is the lemma (or, for `_form`, the form) this lower-case ASCII word, case apart? */
bool coder_lemma_is(const casus_sentence *s, int i, const char *word);
bool coder_form_is(const casus_sentence *s, int i, const char *word);
/* Is the lemma one of the words of a list "a b c" (single spaces, lower case)? False outside the sentence. */
bool coder_lemma_in(const casus_sentence *s, int i, const char *list);
bool coder_form_in(const casus_sentence *s, int i, const char *list);

/* Penn tag by name, compared once per call: coder_xpos(s, i, "VBD"). */
static inline bool coder_xpos(const casus_sentence *s, int i, const char *name) {
    return strcmp(casus_xpos_name(s->tokens[i].xpos), name) == 0;
}

/* A content verb, or a word with a copula: what a clause is built around. */
bool coder_is_predicate(const casus_sentence *s, int i);
/* Nearest predicate at or above `i`; -1 when there is none. */
int coder_clause(const casus_sentence *s, int i);
/* First conjunct of the coordination `i` stands in (itself when it stands alone). */
int coder_first_conjunct(const casus_sentence *s, int i);
/* Position of `i` among its conjuncts (0 = first) and their number in *n. */
int coder_conjunct_place(const casus_sentence *s, int i, int *n);
/* Is `i` at or below `top`? */
bool coder_below(const casus_sentence *s, int i, int top);
/* The predicate (or first conjunct) whose time and place also hold for the act at `i`, or -1: the verb that a noun is
 * subject, object or setting of, the first verb of a coordination, the main verb over an infinitive or an unmarked
 * participle. Never across a finite clause. */
int coder_setting(const casus_sentence *s, int i);
/* Does a noun look like the name of an act, so that "NOUN in 2021" tells of it rather than of the clause? By its form
 * alone, for what hangs on it; which act it is the lexicon says. */
bool coder_names_act(const casus_sentence *s, int i);
/* The words of tokens first..last as they stand in the document. */
casus_str coder_words(const casus_sentence *s, casus_str text, int first, int last);

#endif
