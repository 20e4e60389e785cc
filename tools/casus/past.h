/* What the forecasting commands share: the past as quadruples, from a research folder or from the ledger. */
#ifndef CASUS_TOOL_PAST_H
#define CASUS_TOOL_PAST_H

#include "casus_tool.h"

#include "casus/forecast.h"
#include "casus/panorama.h"

/* Names that were given numbers as they came. */
typedef struct past_labels {
    const char **at;
    size_t n, cap;
    casus_table index; /* hash → number + 1 */
    casus_arena *arena;
} past_labels;

typedef struct past {
    casus_dataset set;        /* of a folder */
    casus_quads q;
    int32_t known;            /* actors of the ledger or the folder; strangers come after them */
    casus_ledger *ledger;     /* NULL for a folder */
    casus_panorama *panorama; /* likewise */
    uint32_t *rows;           /* [q.n] row of the panorama of each event */
    past_labels countries, sectors;
    int64_t first_day;        /* days from 1970-01-01 to day 0; INT64_MIN for a folder, whose days have no date */
    casus_arena arena;
} past;

typedef struct past_options {
    const char *rules, *dir, *source, *action, *target, *horizon, *on, *out, *plot, *ranks, *split, *head, *body;
    int64_t top, least, runs, seed, step, trees, questions;
    tool_list without;
    bool explain, remove, frozen, all_actions, codes;
} past_options;

/* Reads the folder, or the ledger that --db names when it is NULL. Returns TOOL_DONE or TOOL_FAILED (said). */
int past_read(tool *t, past *p, const past_options *o, const char *folder);
int past_read_ledger(tool *t, past *p, bool codes);
void past_done(past *p);
/* Reads the past and the rules file; the actors `names` (NULLs allowed) will be asked about. */
int past_open(tool *t, past *p, const past_options *o, const char *folder, const char *const *names, size_t n, casus_forecaster **f);
/* Too few events to learn a weighing from or to check a probability against; and the warning that says so. */
bool past_is_small(const past *p);
void past_warn_small(tool *t, const past *p);

/* The number of a label, new when it was not seen; -1 for NULL and "". */
int32_t past_label(past_labels *l, const char *name);
/* Makes a stranger of an actor that takes part in no event when its country or sector is known: from the knowledge, or in a
 * folder from "Role (Country)". */
void past_meet(tool *t, past *p, const char *name);
/* The id of an actor or action by name (case and `_` do not matter) or by number; -1 for NULL; -2 (said) when unknown. */
int32_t past_actor(tool *t, const past *p, const char *name);
int32_t past_action(tool *t, const past *p, const char *name);
const char *past_actor_name(const past *p, int32_t id);
const char *past_action_name(const past *p, int32_t id);
/* "2021-08-26", or "day 240" in a folder; in the tool's arena. */
const char *past_day(tool *t, const past *p, int32_t day);
/* The day of an ISO date, -1 when it is before the first. */
int32_t past_day_of(const past *p, const char *date);
/* The ledger's id of an event, "" when it has none. */
const char *past_event_id(tool *t, const past *p, casus_quad event);
/* "30d", "4w" or "30": days; -1 (said) for anything else. NULL gives `usual`. */
int32_t past_horizon(tool *t, const char *text, int32_t usual);

/* Learning and answering that a person can watch and stop: fills the progress fields. */
void past_watch(tool *t, casus_forecast_options *o);
/* Says what a large run will need. */
void past_warn_memory(tool *t, const casus_quads *q, const casus_forecast_options *o);

#define PAST_RULES {"rules", 'r', TOOL_TEXT, "FILE", "the rules file (casus.rules)", offsetof(past_options, rules)}
#define PAST_DIR {"dir", 0, TOOL_TEXT, "DIR", "events from a folder in the research format instead of the ledger", offsetof(past_options, dir)}
#define PAST_CODES {"codes", 0, TOOL_FLAG, NULL, "actions are the codes of imports (CAMEO …), not PLOVER types", offsetof(past_options, codes)}
#define PAST_SOURCE {"source", 's', TOOL_TEXT, "ACTOR", "only done by this actor", offsetof(past_options, source)}
#define PAST_ACTION {"action", 'a', TOOL_TEXT, "TYPE", "only this action", offsetof(past_options, action)}
#define PAST_TARGET {"target", 0, TOOL_TEXT, "ACTOR", "only done to this actor", offsetof(past_options, target)}
#define PAST_HORIZON {"horizon", 0, TOOL_TEXT, "DAYS", "how far ahead: 30d, 4w (30d)", offsetof(past_options, horizon)}
#define PAST_TOP {"top", 'n', TOOL_INT, "N", "at most N lines (20)", offsetof(past_options, top)}

const char *past_rules_path(const past_options *o);
size_t past_top(const past_options *o);
/* Fills the ids of the question; false (said) when a name is unknown. */
bool past_question(tool *t, const past *p, const past_options *o, casus_forecast_ask *ask);

#endif
