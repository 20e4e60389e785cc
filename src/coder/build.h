/* build.h — matches of a sentence to statements. */
#ifndef CODER_BUILD_H
#define CODER_BUILD_H

#include "argument.h"
#include "count.h"
#include "say.h"
#include "when.h"
#include "where.h"

/* What the statements of one sentence share. */
typedef struct builder {
    coder_doc *d;
    coder_sentence *s;
    coder_says says;
    coder_times times;
    coder_places places;
    coder_tallies counts;
    unsigned topic; /* words of sport, arts, markets, weather … in the sentence */
    bool *told; /* by token: it has spoken */
    uint32_t *again; /* by token: the statement + 1 that told this act first (again.h); NULL when none does */
} builder;

/* Source and target of a match by grammar where the pattern does not say; tokens, 0 for none. */
typedef struct coder_roles {
    unsigned source, target, content;
} coder_roles;
coder_roles build_roles(const coder_sentence *s, const coder_match *m);
/* The light verb of a relative clause that carries the act of a noun ("the freeze that Trump ordered"), or 0. */
unsigned build_carried_by(const coder_sentence *s, unsigned noun);

/* The type of an act that is still to come: what one will do for another is AGREE, what one will do against another THREATEN (PLOVER manual); else
 * the type itself. */
casus_plover act_in_prospect(const coder_sentence *s, unsigned token, casus_plover type);

/* Reads what the statements of a sentence share. */
void build_open(builder *b, coder_doc *d, coder_sentence *s);
/* Codes one sentence whose mentions and coreference are done: appends to d->statements. */
void build_sentence(coder_doc *d, coder_sentence *s);
/* Does token i head a time or a place of the sentence? */
bool build_is_setting(const builder *b, unsigned i);
/* "has increased its aid": the object is what grows, told in its words as the subject's. */
void grown_object(builder *b, unsigned verb, coder_args *out);
/* Completes a statement begun by kind, action and participants: holders, polarity, likelihood, tense, counts; time, place and span unless they are
 * given; appends it. */
void build_finish(builder *b, const casus_statement *begun, unsigned token);

/* Everyone who holds an attribution, by name ("Russia and Iran claim"), at most max; the number written. */
size_t build_holders(builder *b, const coder_say *y, casus_holder *out, size_t max);

#endif
