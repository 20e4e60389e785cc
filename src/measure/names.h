/* What a name on the command line means in a ledger. */
#ifndef MEASURE_NAMES_H
#define MEASURE_NAMES_H

#include "casus/base.h"

struct sqlite3;

typedef struct measure_who {
    const char *asked;
    const char **ids; /* of the ledger's actors of that name */
    size_t n_ids;
    bool met;         /* somebody it means was seen */
} measure_who;

/* Looks the name up among the ledger's actors and their aliases. */
casus_code measure_who_resolve(struct sqlite3 *db, const char *asked, casus_arena *arena, measure_who *out, casus_error *err);
/* Is the actor with that id, name and country ("" when unknown) meant? */
bool measure_who_means(const measure_who *w, const char *id, const char *name, const char *country);
/* CASUS_OK when the ledger knows anybody so named; else CASUS_ERR_NOTFOUND, naming the nearest. */
casus_code measure_who_known(struct sqlite3 *db, const measure_who *w, casus_arena *arena, casus_error *err);

#endif
