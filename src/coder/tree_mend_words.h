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

static inline bool is_finite(const casus_token *w) { return w->upos == CASUS_VERB && (has_tag(w, "VBZ") || has_tag(w, "VBD") || has_tag(w, "VBP")); }

/* A finite verb, by its own form or by an auxiliary before it. */
static inline bool is_predicate(const coder_tree *t, unsigned v) {
    const casus_token *w = &t->tok[v];
    if (is_finite(w)) return true;
    TREE_CHILDREN(t, v, c)
    if (c < v && (t->tok[c].deprel == CASUS_AUX_REL || t->tok[c].deprel == CASUS_AUX_PASS || t->tok[c].deprel == CASUS_COP) && !has_tag(&t->tok[c], "VB") && !has_tag(&t->tok[c], "VBG")) return true;
    return false;
}

static inline bool has_subject(const coder_tree *t, unsigned v) {
    return tree_child(t, v, CASUS_NSUBJ) || tree_child(t, v, CASUS_NSUBJ_PASS) || tree_child(t, v, CASUS_CSUBJ) || tree_child(t, v, CASUS_EXPL) || tree_child(t, v, CASUS_NSUBJ_OUTER);
}

static inline void hang(casus_token *tok, unsigned i, unsigned head, casus_deprel rel) { tok[i].head = (uint16_t)head, tok[i].deprel = (uint8_t)rel; }

static inline casus_deprel subject_of(const coder_tree *t, unsigned v) { return tree_child(t, v, CASUS_AUX_PASS) ? CASUS_NSUBJ_PASS : CASUS_NSUBJ; }

static inline void retag(casus_token *w, casus_upos upos, const char *xpos) {
    w->upos = (uint8_t)upos;
    w->xpos = (uint8_t)casus_xpos_of(casus_str_of(xpos));
}

static inline void make_verb(casus_token *w, const char *xpos) { retag(w, CASUS_VERB, xpos); }

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

/* January to December; capitals, for "march" and "may" are verbs. */
static inline bool is_month(const casus_token *w) {
    static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
    for (size_t k = 0; k < sizeof months / sizeof *months; k++)
        if (casus_str_is(w->form, months[k])) return true;
    return false;
}

/* Words that no verb is spelt like: soldiers, separatists. */
static inline bool names_people(casus_str form) {
    static const char *const words[] = {"soldiers", "fighters", "leaders", "ministers", "officers", "officials", "rebels", "troops", "militias", "protesters", "workers", "voters", "lawmakers", "villagers", "farmers", "refugees", "civilians", "students", "authorities",
                                        "deputies", "jets", "ships", "warships", "missiles", "drones", "tanks", "planes", "bombers", "rockets", "police"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (casus_str_is(form, words[k])) return true;
    static const char *const ends[] = {"tists", "nists", "alists", "ogists", "amists", "rists", "dists", "isms", "ities", "ians"};
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
        if (casus_str_ends(form, ends[k])) return true;
    return false;
}

static inline bool ends_with_stop(const casus_token *tok, unsigned n) {
    return n > 3 && tok[n].form.n && (tok[n].form.at[0] == '.' || tok[n].form.at[0] == '!' || tok[n].form.at[0] == ';');
}

#endif
