/* How many were killed, wounded, arrested, displaced …, and of whom.
 *
 * A count is a quantity ("13", "at least 20", "10 to 15", "dozens", "many") on the object, passive subject or noun of a
 * word that says what befell people. Exact numbers set low, best and high; "at least", "more than" set low alone, "up
 * to", "fewer than" high alone, "about", "nearly" best alone, "dozens", "hundreds" low (two of them: 24, 200); "many",
 * "several" set none. No number is made up.
 */
#ifndef CODER_COUNT_H
#define CODER_COUNT_H

#include "casus/coder.h"

typedef struct coder_tally {
    casus_count count;
    int first, last; /* tokens of the words, inclusive */
    int head;        /* top of the phrase: the counted noun, or the number itself */
    int event;       /* the word that says what befell them: "killed", "deaths", "dead" */
    int part_of;     /* index of the tally this one is a part of ("including three children"), -1 none */
} coder_tally;

typedef struct coder_tallies {
    coder_tally *items;
    size_t n, cap;
} coder_tallies;

/* All counts of a parsed sentence in text order. Cost O(tokens), with a scan more for each quantity; allocates only for
 * what it finds. */
void coder_counts_read(casus_arena *arena, casus_str text, const casus_sentence *s, coder_tallies *out);

/* The counts of the act at `token` (verb or noun): those of its own word, of a verb that it is the subject or setting
 * of ("the raid killed nine", "nine died in the raid"), of participles that tell its outcome ("bombed the gate, killing
 * nine"), and of coordinated verbs without a subject of their own. *out is an array of *n in the arena (NULL when
 * none). */
void coder_counts_for(casus_arena *arena, const casus_sentence *s, const coder_tallies *list, int token,
                      casus_count **out, size_t *n);

#endif
