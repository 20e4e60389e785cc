/* What a name on the command line means in a ledger. */
#ifndef MEASURE_NAMES_H
#define MEASURE_NAMES_H

#include "casus/base.h"

#include "casus/lexicon.h"
#include "data/actor_keys.h"

struct sqlite3;

/* Whether three letters are a CAMEO code of the state asked for; asked of the table of countries once. */
typedef struct measure_memo {
    uint32_t piece;
    bool same;
} measure_memo;
enum { MEASURE_MEMO = 1024 };

typedef struct measure_who {
    const char *asked;
    const char **ids; /* of the ledger's actors and the known ones of that name */
    size_t n_ids;
    bool met;         /* somebody it means was seen */
    /* What is known of them, for actors of imports (linked.c). */
    uint64_t *names; /* keys, lower case */
    size_t n_names;
    bool initial[256]; /* bytes that a name of them begins with, lower case */
    data_pieces *groups;
    size_t n_groups;
    const char *state; /* alpha-3 country of a state; NULL: none */
    measure_memo *memo; /* MEASURE_MEMO; NULL without a state */
} measure_who;

/* Looks the name up among the ledger's actors and their aliases, and in the lexicon (NULL: none). A name that begins with `=` is a code to be taken
 * as it is. */
casus_code measure_who_resolve(struct sqlite3 *db, const casus_lexicon *lex, const char *asked, casus_arena *arena, measure_who *out, casus_error *err);
/* Adds what the lexicon knows of the actor asked for and of `ids` (linked.c). */
void measure_who_learn(measure_who *w, const casus_lexicon *lex, casus_arena *arena);
/* Is that actor of an import one of them, by its code, its name, or as an organ of their state? "" where unknown. */
bool measure_who_linked(const measure_who *w, const char *code, const char *name, const char *country, const char *sectors);
/* Is the actor with that id, name and country ("" when unknown) meant? */
bool measure_who_means(const measure_who *w, const char *id, const char *name, const char *country);
/* CASUS_OK when the ledger knows anybody so named; else CASUS_ERR_NOTFOUND, naming the nearest. */
casus_code measure_who_known(struct sqlite3 *db, const casus_lexicon *lex, const measure_who *w, casus_arena *arena, casus_error *err);

/* Numbers of the imported actors that some of the names could mean, ascending; all that any of them does mean are among them. */
casus_code measure_candidates(struct sqlite3 *db, const measure_who *const *who, size_t n_who, casus_arena *arena, int64_t **out, size_t *n, casus_error *err);

/* Bytes of a name that tells whom it means wherever it stands: shorter ones (CPC, FIS) are several groups' in several countries. */
enum { MEASURE_TELLING = 5 };

#endif
