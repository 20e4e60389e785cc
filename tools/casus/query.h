/* What the commands that ask the ledger share: the filter options and opening the ledger. */
#ifndef CASUS_TOOL_QUERY_H
#define CASUS_TOOL_QUERY_H

#include "system.h"

#include <stddef.h>

/* Every asking command fills this struct; each lists the options it takes. */
typedef struct query_options {
    const char *actor, *other, *holder, *type, *kind, *since, *until, *doc, *about;
    int64_t limit;
    bool sources, all, yes;
} query_options;

#define QUERY_ACTOR {"actor", 'a', TOOL_TEXT, "NAME", "only with this actor (id or any name)", offsetof(query_options, actor)}
#define QUERY_WITH {"with", 0, TOOL_TEXT, "NAME", "and with this one", offsetof(query_options, other)}
#define QUERY_HOLDER {"holder", 0, TOOL_TEXT, "NAME", "only what this one says or thinks; `author`: nobody else", offsetof(query_options, holder)}
#define QUERY_TYPE {"type", 't', TOOL_TEXT, "TYPE", "only of this PLOVER type or relation", offsetof(query_options, type)}
#define QUERY_KIND {"kind", 'k', TOOL_TEXT, "KIND", "only this kind of statement", offsetof(query_options, kind)}
#define QUERY_SINCE {"since", 0, TOOL_ISO_DATE, "DATE", "not before this day", offsetof(query_options, since)}
#define QUERY_UNTIL {"until", 0, TOOL_ISO_DATE, "DATE", "not after this day", offsetof(query_options, until)}
#define QUERY_DOC {"doc", 'd', TOOL_TEXT, "ID", "only from this document", offsetof(query_options, doc)}
#define QUERY_LIMIT {"limit", 'n', TOOL_INT, "N", "at most N lines", offsetof(query_options, limit)}

casus_filter tool_filter(const query_options *o);
/* Opens the ledger that --db names; false when it cannot be opened (said). */
bool tool_open(tool *t, casus_ledger_mode mode, casus_ledger **out);
/* Closes it; returns TOOL_FAILED and says why when `code` is no CASUS_OK, else `rc`. */
int tool_close(tool *t, casus_ledger *l, casus_code code, const casus_error *err, int rc);
/* Prints a buffer with a newline and empties it; false when stdout cannot be written. */
bool tool_line(tool *t, casus_buf *b);

#endif
