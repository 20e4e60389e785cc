/* casus dyad: what two actors did to each other over time. */
#include "measuring.h"

#include <string.h>

typedef struct options {
    const char *by, *scale, *since, *until, *plot;
    bool one_a_day, linked;
} options;

static const tool_column FLOWS[] = {{"period", 0}, {"source", TOOL_FLEX}, {"target", TOOL_FLEX}, {"events", TOOL_RIGHT}, {"cooperation", TOOL_RIGHT},
                                    {"conflict", TOOL_RIGHT}, {"net", TOOL_RIGHT}};
static const tool_column QUADS[] = {{"period", 0}, {"source", TOOL_FLEX}, {"target", TOOL_FLEX}, {"events", TOOL_RIGHT}, {"verbal_cooperation", TOOL_RIGHT},
                                    {"material_cooperation", TOOL_RIGHT}, {"verbal_conflict", TOOL_RIGHT}, {"material_conflict", TOOL_RIGHT}};

static void tell(tool_table *table, const char *period, const char *source, const char *target, const casus_flow *f, bool quad) {
    tool_cell_text(table, period);
    tool_cell_text(table, source);
    tool_cell_text(table, target);
    tool_cell_int(table, f->events);
    for (size_t class = 1; class <= 4 && quad; class++) tool_cell_int(table, f->quad[class]);
    if (quad) return;
    tool_cell_real(table, f->cooperation, 6);
    tool_cell_real(table, f->conflict, 6);
    tool_cell_real(table, f->cooperation - f->conflict, 6);
}

static int run(tool *t, const void *given, char **args, int n) {
    const options *o = given;
    bool quad = o->scale && strcmp(o->scale, "quad") == 0;
    casus_dyad_options d = {.one_a_day = o->one_a_day};
    casus_acts acts;
    casus_dyad dyad;
    casus_error err;
    (void)n;
    int rc = tool_by(t, o->by, CASUS_BY_MONTH, &d.by);
    if (!rc) rc = quad ? TOOL_DONE : tool_scale(t, o->scale, &d.scale);
    if (quad) d.scale = CASUS_SCALE_COUNTS;
    if (!rc) rc = tool_acts(t, &(casus_acts_filter){.first = args[0], .second = args[1], .since = o->since, .until = o->until}, &acts);
    if (rc || o->linked) return rc ? rc : tool_linked(t, &acts);
    if (casus_dyad_series(&acts, &d, &t->arena, &dyad, &err)) return tool_fail(t, &err);
    tool_table *table = quad ? tool_table_new(t, QUADS, sizeof QUADS / sizeof *QUADS) : tool_table_new(t, FLOWS, sizeof FLOWS / sizeof *FLOWS);
    for (size_t i = 0; i < dyad.periods; i++)
        for (size_t way = 0; way < 2; way++) {
            char period[11];
            tell(table, casus_period_text(d.by, dyad.first + (int32_t)i, period), args[way], args[1 - way], &dyad.flow[way][i], quad);
        }
    rc = tool_table_end(table);
    tool_plot plot = {.names = {args[0], args[1]}, .title = "cooperation above the line, conflict below", .dyad = &dyad, .by = d.by};
    return rc || !o->plot ? rc : tool_plot_write(t, o->plot, &plot);
}

static const tool_option table[] = {
    {"by", 0, TOOL_TEXT, "PERIOD", "day, week, month (default) or year", offsetof(options, by)},
    {"scale", 0, TOOL_TEXT, "SCALE", "plover (default), goldstein, counts, or quad: counts by the four classes", offsetof(options, scale)},
    {"one-a-day", '1', TOOL_FLAG, NULL, "the same act between the same two counts once a day", offsetof(options, one_a_day)},
    {"plot", 0, TOOL_TEXT, "FILE", "also draw the series as an SVG file", offsetof(options, plot)},
    MEASURE_LINKED(options), MEASURE_SINCE(options), MEASURE_UNTIL(options), {0}};

const tool_command cmd_dyad = {
    .name = "dyad",
    .summary = "measures what two actors did to each other over time",
    .usage = "ACTOR ACTOR",
    .details = "Both directions, cooperation and conflict apart. An actor is an id, code, name or alias; `AFG*` is every actor whose code begins so, `@AFG` every actor\n"
               "of that country, `=AFG` the code alone. A known actor takes in what imports call otherwise (AFGTAL, RUSGOV); --linked lists it.",
    .options = table,
    .size = sizeof(options),
    .common = TOOL_DB | TOOL_JSON,
    .min_args = 2,
    .max_args = 2,
    .examples = "casus dyad Iran Taliban --by year\ncasus dyad 'RUS*' 'AFG*' --scale goldstein --by year --plot plot.svg\n",
    .run = run,
};
