/* What the measuring commands share: events from the ledger, periods and scales by name. */
#ifndef CASUS_TOOL_MEASURING_H
#define CASUS_TOOL_MEASURING_H

#include "casus_tool.h"

#include "casus/measure.h"

#include <stddef.h>

/* Loads acts from the ledger of --db; TOOL_DONE, or TOOL_FAILED (said). */
int tool_acts(tool *t, const casus_acts_filter *filter, casus_acts *out);
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

#define MEASURE_SINCE(type) {"since", 0, TOOL_ISO_DATE, "DATE", "not before this day", offsetof(type, since)}
#define MEASURE_UNTIL(type) {"until", 0, TOOL_ISO_DATE, "DATE", "not after this day", offsetof(type, until)}

#endif
