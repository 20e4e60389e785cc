/* What a name on the command line means in a ledger. */
#ifndef MEASURE_NAMES_H
#define MEASURE_NAMES_H

#include "casus/base.h"

#include "casus/lexicon.h"

struct sqlite3;

/* The three-letter pieces of a CAMEO actor code that say which group it is: AFGREBTAL and AFGTAL are both AFG TAL. */
typedef struct measure_pieces {
    uint32_t piece[4];
    unsigned n;
} measure_pieces;

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
    measure_pieces *groups;
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

/* ---- codes and sectors (linked.c) --------------------------------------------------------------------------- */

struct casus_country;
measure_pieces measure_pieces_of(const char *code);
/* Do the pieces tell one group from others of its country and sector? */
bool measure_names_group(const char *code, const measure_pieces *p);
/* The country that a code begins with, or NULL. */
const struct casus_country *measure_country_of_code(const char *code);
/* A country, with nothing but organs of the state behind it. */
bool measure_is_organ_code(const char *code);
bool measure_acts_for_state(const char *sectors);
/* Whose government, army or police the name is; n 0: nobody's. */
casus_str measure_government_of(const char *name);
/* Bytes of a name that tells whom it means wherever it stands: shorter ones (CPC, FIS) are several groups' in several countries. */
enum { MEASURE_TELLING = 5 };

#endif
