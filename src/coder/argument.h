/* argument.h — tokens to participants and matters: who stands at a slot, over coordination, groups and possession. */
#ifndef CODER_ARGUMENT_H
#define CODER_ARGUMENT_H

#include "doc.h"

typedef struct coder_args {
    casus_participant *items;
    size_t n, cap;
    size_t actors; /* how many of them are actors */
} coder_args;

/* Adds who stands at token i, each member of its coordination. `deep`: a phrase that is no actor itself ("the Taliban's pressure") is told as its
 * possessor's or modifier's. */
void args_add(coder_doc *d, const coder_sentence *s, unsigned i, bool deep, coder_args *out);
/* The same for token i alone. */
void args_add_one(coder_doc *d, const coder_sentence *s, unsigned i, bool deep, coder_args *out);
/* The actor a phrase belongs to: possessor, modifier, "of X"; NULL when it has none. */
const coder_mention *args_owner(const coder_sentence *s, unsigned i);
/* The matter at token i in words: a clause, or a noun phrase with its complements. */
casus_about args_about(const coder_sentence *s, unsigned i);
/* Is there an actor at i, in its coordination, or behind it? */
bool args_has_actor(const coder_sentence *s, unsigned i);

/* Is i a dependant that says in what matter the act at `verb` is done ("snubbed Moscow on diplomacy", "backed it at several forums"), neither who, whom nor when? */
bool args_is_matter(const coder_sentence *s, unsigned verb, unsigned i);

#endif
