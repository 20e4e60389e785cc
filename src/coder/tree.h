/* tree.h — a parsed sentence laid out for the questions the coder asks: who hangs on whom, how far a phrase reaches, who is the subject.
 *
 * Tokens are numbered from 1; 0 is "none". Built once a sentence, all arrays in the document's arena.
 */
#ifndef CODER_TREE_H
#define CODER_TREE_H

#include "casus/coder.h"
#include "casus/lexicon.h"

typedef struct coder_tree {
    const casus_token *tok; /* tok[1..n] */
    unsigned n;
    uint32_t *lemma;        /* casus_lemma_hash of each lemma */
    uint32_t *pair;         /* of each lemma with the word before it: "press_conference" (a pattern's compound) */
    uint32_t *pair_form;    /* the same with the word as it stands: "diplomatic_ties" */
    uint16_t *first, *next; /* first child and next sibling, in text order */
    uint16_t *lo, *hi;      /* first and last token of each token's subtree */
    uint16_t *depth;        /* distance to the root */
    casus_str text;         /* the document's text */
} coder_tree;

/* Mends what the parser is known to get wrong (lists before a verb) in the sentence itself. */
void tree_build(coder_tree *t, casus_sentence *s, casus_str text, casus_arena *a);
void tree_read_lemmas(coder_tree *t); /* again, after the tokens have got others */

#define TREE_CHILDREN(t, of, c) for (unsigned c = (t)->first[of]; c; c = (t)->next[c])

bool tree_is_word(const coder_tree *t, unsigned i, const char *lemma);
/* Is it the token's lemma, lower case? False beyond either end of the sentence. Most words differ in their first letter. */
static inline bool tree_is(const coder_tree *t, unsigned i, const char *lemma) {
    if (i - 1u >= t->n) return false;
    casus_str l = t->tok[i].lemma;
    return l.n && ((l.at[0] ^ lemma[0]) & ~32) == 0 && tree_is_word(t, i, lemma);
}
/* Is it one of the words of an array of lemmas? */
bool tree_is_among(const coder_tree *t, unsigned i, const char *const *lemmas, size_t n);
#define TREE_AMONG(t, i, lemmas) tree_is_among(t, i, lemmas, sizeof(lemmas) / sizeof *(lemmas))
bool tree_is_year(const coder_tree *t, unsigned i); /* "2020": four digits of this or the last millennium */
bool tree_rel(const coder_tree *t, unsigned i, casus_deprel a);          /* the relation to its head */
unsigned tree_child(const coder_tree *t, unsigned i, casus_deprel rel);  /* first child with this relation, or 0 */
unsigned tree_child_lemma(const coder_tree *t, unsigned i, const char *lemma);
bool tree_under(const coder_tree *t, unsigned i, unsigned top);          /* i == top or below it */
casus_str tree_words(const coder_tree *t, unsigned first, unsigned last); /* the document's bytes from token to token */
casus_span tree_span(const coder_tree *t, unsigned first, unsigned last);

/* The preposition that introduces i ("in", "according to" gives "according"), as token; 0 when there is none. `case` or `mark` children. */
unsigned tree_case(const coder_tree *t, unsigned i);
bool tree_is_verb(const coder_tree *t, unsigned i);     /* a verb, or a predicate with a copula */
bool tree_is_nominal(const coder_tree *t, unsigned i);  /* noun, name, pronoun, number, or an adjective that heads a noun phrase */
bool tree_is_passive(const coder_tree *t, unsigned i);
/* "Iran-backed": a participle that a hyphen joins to who does it, the token two before it. */
bool tree_hyphened(const coder_tree *t, unsigned i);
/* Is it the verb of "what Moscow calls a depot", which names the noun above it (tree_mend.c)? It does nothing to anybody. */
bool tree_names(const coder_tree *t, unsigned v);
/* Is the noun a feeling that something done may cause ("to Japan's dismay")? */
bool tree_feeling(const coder_tree *t, unsigned i);
/* The clause a token stands in: nearest ancestor (or itself) that is a predicate. */
unsigned tree_clause(const coder_tree *t, unsigned i);
/* First member of the coordination i belongs to. */
unsigned tree_conj_head(const coder_tree *t, unsigned i);
/* Members of a coordination from its first member, in order; returns how many (at most max). */
unsigned tree_conjuncts(const coder_tree *t, unsigned head, unsigned *out, unsigned max);

/* Who does and who undergoes, over control, coordination, participles and relative clauses; 0 when the sentence does not say. */
unsigned tree_subject(const coder_tree *t, unsigned verb);
unsigned tree_object(const coder_tree *t, unsigned verb);

/* The noun that a relative pronoun stands for ("the inquiry, to which …"); i itself when it is none. */
unsigned tree_antecedent(const coder_tree *t, unsigned i);
/* "tens of thousands of people": the people. i itself when it counts nothing. */
unsigned tree_counted(const coder_tree *t, unsigned i);
/* The noun phrase headed by i without its relative clauses, coordinates and asides: *first..*last. */
void tree_phrase(const coder_tree *t, unsigned i, unsigned *first, unsigned *last);
/* The clause headed by i without what coordinates or follows as an aside. */
void tree_clause_range(const coder_tree *t, unsigned i, unsigned *first, unsigned *last);

#endif
