/* tree_mend.h — what the parser is known to get wrong and a look at the whole sentence shows: each way is a rule of English, none knows a word of
 * politics. */
#ifndef CODER_TREE_MEND_H
#define CODER_TREE_MEND_H

#include "tree.h"

enum { TREE_MENDS = 4, TREE_CLAUSE_MENDS = 4, TREE_VERB_MENDS = 3 };

/* Mends in one of the TREE_MENDS ways, in order; tok[1..n] is what `t` was laid out from. True when heads have changed: the layout is then stale. */
bool tree_mend(coder_tree *t, casus_token *tok, unsigned way);

/* The same for clauses that have lost their subject, in TREE_CLAUSE_MENDS ways, and for verbs in the wrong place, in TREE_VERB_MENDS ways: the first of
 * each goes before all other mending, the others after it. */
bool tree_mend_clause(coder_tree *t, casus_token *tok, unsigned way);
bool tree_mend_verb(coder_tree *t, casus_token *tok, unsigned way);

/* A sentence that has no verb at all gets one, where a plural or participle stands in its place ("Egypt arms Somalia"). */
bool tree_mend_verbless(coder_tree *t, casus_token *tok);

#endif
