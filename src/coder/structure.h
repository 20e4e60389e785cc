/* structure.h — statements that the shape of a sentence gives, whatever its words: each room looks at one token and appends what it finds. */
#ifndef CODER_STRUCTURE_H
#define CODER_STRUCTURE_H

#include "build.h"

void build_structure(builder *b);

/* ---- the rooms ---- */

void cause_phrases(builder *b);              /* cause.c: "as a result of X, Y", "Y because X" */
void cause_at(builder *b, unsigned i);       /* "by X it can Y", "as X grew, Y fell", ", so Y" */
void compare_at(builder *b, unsigned i);     /* compare.c: "more X than Y", "as X as Y", "the most X" */
void judge_at(builder *b, unsigned i);       /* judge.c: "the horrific attack", "it is notable that", "surprisingly" */
void prospect_at(builder *b, unsigned i);    /* prospect.c: what one can, may, should or will do, in words the knowledge does not hold */
void tie_at(builder *b, unsigned i);         /* ties.c: "pro-Russian militias" */
void trend_at(builder *b, unsigned i);       /* trend.c: "growing tensions", "increasingly isolated" */

/* The clause whose result a trailing participle tells (", destabilising its rule", "and thereby limited …"); 0 when i tells none. */
unsigned cause_result_of(const coder_tree *t, unsigned i);

/* ---- what they share ---- */

casus_action structure_action(const coder_tree *t, const char *relation, unsigned first, unsigned last);
/* A matter as participant: a clause in its words, as whose its subject is; a phrase as whoever it belongs to, in its full words. `without`: a part
 * of it to leave out (the clause of the cause in that of its effect), or 0. */
void structure_matter(builder *b, unsigned i, unsigned without, coder_args *out);
/* "the aim of the junta is to stay": is the infinitive at i what a noun of wanting says? */
bool structure_is_aim(const coder_tree *t, unsigned i);
/* Is somebody named within the subtree of i? */
bool structure_names_actor(const coder_sentence *s, unsigned i);
/* Who or what a clause is about: its grammatical subject, of a passive too. */
unsigned structure_topic(const coder_tree *t, unsigned clause);
/* Is somebody named in this sentence or the one before, and the matter none of sport, arts or weather? What nobody named does may then be told. */
bool structure_in_politics(const builder *b);
/* Does some attribution speak at i? */
bool structure_is_cue(const builder *b, unsigned i);
/* The words of one clause, without what is coordinated to it or describes a noun at its end. */
casus_about structure_clause(const coder_sentence *s, unsigned i);
/* The words from i to the end of its clause: what one does, without who does it. */
casus_about structure_predicate(const coder_sentence *s, unsigned i);

#endif
