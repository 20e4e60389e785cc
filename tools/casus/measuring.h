/* What the measuring commands share: events from the ledger, periods and scales by name. */
#ifndef CASUS_TOOL_MEASURING_H
#define CASUS_TOOL_MEASURING_H

#include "casus_tool.h"

#include "casus/lexicon.h"
#include "casus/measure.h"

#include <stddef.h>

/* Loads acts from the ledger of --db; TOOL_DONE, or TOOL_FAILED (said). */
int tool_acts(tool *t, const casus_acts_filter *filter, casus_acts *out);
/* The shipped knowledge, or NULL where there is none. */
casus_code tool_lexicon(tool *t, casus_lexicon **lex, casus_error *err);
/* The same from an open ledger. Names are looked up in the shipped knowledge too (--data, --knowledge). */
casus_code tool_acts_of(tool *t, casus_ledger *l, const casus_acts_filter *filter, casus_acts *out, casus_error *err);
/* Prints what the actors asked for take in of imports: --linked. */
int tool_linked(tool *t, const casus_acts *acts);
/* Flows between all pairs of the ledger, and the actors' names. */
int tool_dyads(tool *t, const casus_acts_filter *filter, const casus_dyad_options *options, bool all_time, casus_acts *names, casus_pair_flow **out,
               size_t *n);
/* The period that --by names (NULL: `otherwise`); TOOL_DONE or TOOL_WRONG_USAGE (said). */
int tool_by(const tool *t, const char *name, casus_by otherwise, casus_by *by);
int tool_scale(const tool *t, const char *name, casus_scale *scale);
/* A series of two signed bars a period (cooperation up, conflict down) in two panels, one a direction, as an SVG file. */
typedef struct tool_plot {
    const char *names[2]; /* of the actors */
    const char *title;
    const casus_dyad *dyad;
    casus_by by;
} tool_plot;
int tool_plot_write(tool *t, const char *path, const tool_plot *plot);

#define MEASURE_LINKED(type) {"linked", 0, TOOL_FLAG, NULL, "only list the codes and names of imports that the actors asked for take in", offsetof(type, linked)}
#define MEASURE_KNOWN(type) {"known", 0, TOOL_FLAG, NULL, "imported actors that are known go by their ids (RUSGOV, RUSMIL: RUS)", offsetof(type, known)}
#define MEASURE_SINCE(type) {"since", 0, TOOL_ISO_DATE, "DATE", "not before this day", offsetof(type, since)}
#define MEASURE_UNTIL(type) {"until", 0, TOOL_ISO_DATE, "DATE", "not after this day", offsetof(type, until)}

#endif
