/* Time expressions of a sentence, and which of them belongs to which act.
 *
 * What is recognised: days, months, years, decades, centuries, quarters, halves, seasons, their parts (early, mid,
 * late), ranges and lists of them, prepositions that open a side (by, until, before; since, after), words relative to
 * the document's date (last year, over the past two years, a decade ago, on Tuesday, the January bombing), durations
 * (words without dates). The conventions of TimeML (Pustejovsky et al. 2003) hold where record.md is silent. Nothing is
 * invented: without the document's date relative words keep their words and have no dates; ages, amounts and clock
 * times are no dates.
 */
#ifndef CODER_WHEN_H
#define CODER_WHEN_H

#include "casus/coder.h"

#define CODER_NO_DAY INT32_MIN /* anchor: the document's date is unknown */

typedef enum coder_grain {
    CODER_WORDS, /* a duration or a vague time: words alone */
    CODER_DAY,
    CODER_WEEK,
    CODER_MONTH,
    CODER_SEASON,
    CODER_YEAR,
    CODER_DECADE,
    CODER_CENTURY
} coder_grain;

/* A time expression. Days count as in casus_day_of; INT32_MIN / INT32_MAX are open or unknown sides; `end` is the last
 * day, inclusive. */
typedef struct coder_time {
    casus_time time;
    int32_t begin, end;
    int first, last; /* tokens, inclusive, with the preposition */
    int head;        /* the token of it that hangs on the rest of the tree */
    int governor;    /* what it hangs on, -1 none */
    bool nominal;    /* part of a noun phrase ("the August 2021 attack"): belongs to that noun, not to the clause */
    bool derived;    /* read through a noun or clause: "since the withdrawal in 2021" */
    coder_grain grain;
    int group;     /* > 0: members of one list ("September and December 2022"); the same number for the whole */
    int place, of; /* member `place` of `of`; the whole has place -1 */
} coder_time;

typedef struct coder_times {
    coder_time *items;
    size_t n, cap;
} coder_times;

/* All time expressions in text order, lists both whole and by member. `anchor`: the document's date as a day number or
 * CODER_NO_DAY. `told`: the first day of the date told last before this sentence ("three weeks later" counts from it) or CODER_NO_DAY.
 * Items live in `arena` (trap set), their words in `text`. Cost O(tokens) and no allocation when the
 * sentence has none. */
void coder_times_read(casus_arena *arena, casus_str text, const casus_sentence *s, int32_t anchor, int32_t told,
                      coder_times *out);

/* The time of the act at `token` (predicate or noun) when its own words give one: by the tree, else by what stands
 * nearest in its clause. Lists come whole. NULL when none. */
const coder_time *coder_time_own(const casus_sentence *s, const coder_times *list, int token);

/* The same, else what holds for it through the tree: the clause that governs a noun, the first verb of a coordination,
 * the main verb over an infinitive or participle. Never from another clause. *inherited (may be NULL) says that it is
 * not its own. */
const coder_time *coder_time_for(const casus_sentence *s, const coder_times *list, int token, bool *inherited);

/* The same for the k-th of n coordinated arguments: a list of n times is dealt out one each ("the Russian and Pakistani
 * embassies in September and December 2022"), any other time holds for all. */
const coder_time *coder_time_for_conjunct(const casus_sentence *s, const coder_times *list, int token, int k, int n,
                                          bool *inherited);

#endif
