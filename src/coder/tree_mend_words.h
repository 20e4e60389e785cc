/* tree_mend_words.h — small questions about words that the rooms of mending share, and the two ways of changing a tree. */
#ifndef CODER_TREE_MEND_WORDS_H
#define CODER_TREE_MEND_WORDS_H

#include "tree.h"

#include <string.h>

static inline bool has_tag(const casus_token *w, const char *tag) { return strcmp(casus_xpos_name(w->xpos), tag) == 0; }

static inline bool is_mark(const coder_tree *t, unsigned i, char c) { return i >= 1 && i <= t->n && t->tok[i].form.n == 1 && t->tok[i].form.at[0] == c; }

static inline bool is_comma(const coder_tree *t, unsigned i) { return is_mark(t, i, ','); }

/* First and last word of a subtree, marks at its edges left out. */
static inline unsigned left_of(const coder_tree *t, unsigned i) {
    unsigned k = t->lo[i];
    while (k < i && t->tok[k].upos == CASUS_PUNCT) k++;
    return k;
}

static inline unsigned right_of(const coder_tree *t, unsigned i) {
    unsigned k = t->hi[i];
    while (k > i && t->tok[k].upos == CASUS_PUNCT) k--;
    return k;
}

static inline bool is_noun(const casus_token *w) { return w->upos == CASUS_NOUN || w->upos == CASUS_PROPN; }

static inline bool is_past(const casus_token *w) { return w->upos == CASUS_VERB && (has_tag(w, "VBD") || has_tag(w, "VBN")); }

/* A finite verb, by its own form or by an auxiliary before it. */
static inline bool is_predicate(const coder_tree *t, unsigned v) {
    const casus_token *w = &t->tok[v];
    if (w->upos == CASUS_VERB && (has_tag(w, "VBZ") || has_tag(w, "VBD") || has_tag(w, "VBP"))) return true;
    TREE_CHILDREN(t, v, c)
    if (c < v && (t->tok[c].deprel == CASUS_AUX_REL || t->tok[c].deprel == CASUS_AUX_PASS || t->tok[c].deprel == CASUS_COP) && !has_tag(&t->tok[c], "VB") && !has_tag(&t->tok[c], "VBG")) return true;
    return false;
}

static inline bool has_subject(const coder_tree *t, unsigned v) {
    return tree_child(t, v, CASUS_NSUBJ) || tree_child(t, v, CASUS_NSUBJ_PASS) || tree_child(t, v, CASUS_CSUBJ) || tree_child(t, v, CASUS_EXPL) || tree_child(t, v, CASUS_NSUBJ_OUTER);
}

static inline void hang(casus_token *tok, unsigned i, unsigned head, casus_deprel rel) { tok[i].head = (uint16_t)head, tok[i].deprel = (uint8_t)rel; }

static inline casus_deprel subject_of(const coder_tree *t, unsigned v) { return tree_child(t, v, CASUS_AUX_PASS) ? CASUS_NSUBJ_PASS : CASUS_NSUBJ; }

static inline void make_verb(casus_token *w, const char *xpos) {
    w->upos = CASUS_VERB;
    w->xpos = (uint8_t)casus_xpos_of(casus_str_of(xpos));
}

/* Does i head the sentence, or what stands between two semicolons? */
static inline bool heads_part(const coder_tree *t, unsigned i) {
    unsigned before = left_of(t, i) - 1u;
    return !t->tok[i].head || (t->tok[i].deprel == CASUS_PARATAXIS && is_mark(t, before, ';'));
}

static inline bool of_whose(const coder_tree *t, unsigned noun) {
    unsigned p = noun ? tree_child(t, noun, CASUS_NMOD_POSS) : 0;
    return p && tree_is(t, p, "whose");
}

/* First token of v's own words: what stands before it that belongs to it, without its subject. */
static inline unsigned own_start(const coder_tree *t, unsigned v) {
    unsigned first = v;
    TREE_CHILDREN(t, v, c)
    if (c < first && t->tok[c].upos != CASUS_PUNCT && t->tok[c].deprel != CASUS_NSUBJ && t->tok[c].deprel != CASUS_OBL) first = t->lo[c];
    return first;
}

static inline bool joined_on(const coder_tree *t, unsigned v) { return tree_child(t, v, CASUS_CC) || tree_child(t, v, CASUS_MARK); }

static inline bool is_span(const coder_tree *t, unsigned i) {
    static const char *const words[] = {"second", "minute", "hour", "day", "week", "month", "year", "decade", "century", "time", "night", "morning", "evening", "afternoon", "weekend", "spring", "summer", "autumn", "winter", "way"};
    return TREE_AMONG(t, i, words);
}

#endif
