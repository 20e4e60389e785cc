/* Inside the time reader: from expressions to the words they hang on. */
#ifndef CODER_WHEN_TREE_H
#define CODER_WHEN_TREE_H

#include "coder/when.h"

enum { OPEN_BEGIN = INT32_MIN, OPEN_END = INT32_MAX };

/* Writes t->time from its tokens and days. */
void when_set_time(coder_time *t, casus_str text, const casus_sentence *s, bool approx, const char *how);
/* Sets head, governor and nominal of every item and adds what is read through a noun or clause ("since the withdrawal
 * in 2021"). */
void when_attach(casus_arena *arena, casus_str text, const casus_sentence *s, coder_times *list);

#endif
