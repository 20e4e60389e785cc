/* The system that documents describe, on one screen or in full: what `casus read` and `casus show` print. */
#ifndef CASUS_TOOL_SYSTEM_H
#define CASUS_TOOL_SYSTEM_H

#include "casus_tool.h"

#include "casus/ledger.h"

enum { TOOL_SHORT_ID = 8 }; /* characters of a statement's id that are printed; `casus cite` takes them */

/* Prints actors, timeline, claims, relations, stances, power, changes and judgments of the documents (ids), for people, whatever
 * stdout is. Returns TOOL_DONE or TOOL_FAILED (said). */
int tool_system(tool *t, casus_ledger *l, const char *const *docs, size_t n, bool full);

/* An id cut to TOOL_SHORT_ID characters. */
casus_str tool_short_id(const char *id);
/* "0.20–0.45 (unlikely)" in the arena, "" when there is none. */
const char *tool_likelihood(casus_arena *a, const casus_statement_row *r);
/* "2022-09", "2021-08-26", "2018/2019", "since 2021-08-15": as short as the days allow. */
const char *tool_when(casus_arena *a, const char *begin, const char *end);
/* "Iran → Pakistan" in the arena; what is unknown is left out. */
const char *tool_pair(casus_arena *a, const char *source, const char *target);
/* A copy whose strings live in the arena. */
casus_statement_row tool_keep(casus_arena *a, const casus_statement_row *r);

#endif
