/* By what an actor of an import is known elsewhere: the pieces of its CAMEO code, its name, the country whose government it is. */
#ifndef DATA_ACTOR_KEYS_H
#define DATA_ACTOR_KEYS_H

#include "casus/data.h"

struct sqlite3;

/* The three-letter pieces of a CAMEO actor code that say which group it is: AFGREBTAL and AFGTAL are both AFG TAL. */
typedef struct data_pieces {
    uint32_t piece[4];
    unsigned n;
} data_pieces;

data_pieces data_pieces_of(const char *code);
uint32_t data_piece_of(const char *at);
/* A hash of them; 0 of none. */
uint64_t data_pieces_key(const data_pieces *p);
/* Do the pieces tell one group from others of its country and sector? */
bool data_names_group(const char *code, const data_pieces *p);
/* The country that a code begins with, or NULL. */
const casus_country *data_country_of_code(const char *code);
/* A country, with nothing but organs of the state behind it. */
bool data_is_organ_code(const char *code);
/* Is it one of the state's organs, by its sectors in words (ICEWS) or codes (POLECAT)? */
bool data_acts_for_state(const char *sectors);
/* Whose government, army or police the name is; n 0: nobody's. */
casus_str data_government_of(const char *name);

/* Keys by which a question may look for such an actor: of its name, of its code where that is a name, of the country whose government it is, of its
 * pieces. They find all that could be meant; whether it is meant, the words themselves must say. */
enum { DATA_ACTOR_KEYS = 4 };
size_t data_actor_keys(const char *code, const char *name, uint64_t keys[DATA_ACTOR_KEYS]);

/* Fills coded_names with the keys of the actors that it does not hold; within a transaction, after data_pairs_update (actor_names.c). */
casus_code data_names_update(struct sqlite3 *db, casus_error *err);

#endif
