/* casus dyads: all pairs of actors and what passed between them. */
#include "measuring.h"

typedef struct options {
    const char *by, *scale, *since, *until, *actor;
    int64_t limit, least;
    bool one_a_day, known;
} options;

static const tool_column COLUMNS[] = {{"period", 0}, {"source", TOOL_FLEX}, {"target", TOOL_FLEX}, {"events", TOOL_RIGHT}, {"cooperation", TOOL_RIGHT},
                                      {"conflict", TOOL_RIGHT}, {"verbal_cooperation", TOOL_RIGHT}, {"material_cooperation", TOOL_RIGHT},
                                      {"verbal_conflict", TOOL_RIGHT}, {"material_conflict", TOOL_RIGHT}};

static void tell(tool_table *table, const options *o, casus_by by, const casus_acts *acts, const casus_pair_flow *p) {
    char period[11] = "";
    if (o->by) casus_period_text(by, p->period, period);
    tool_cell_text(table, period);
    tool_cell_text(table, acts->actors[p->source]);
    tool_cell_text(table, acts->actors[p->target]);
    tool_cell_int(table, p->flow.events);
    tool_cell_real(table, p->flow.cooperation, 6);
    tool_cell_real(table, p->flow.conflict, 6);
    for (size_t class = 1; class <= 4; class++) tool_cell_int(table, p->flow.quad[class]);
}

static int run(tool *t, const void *given, char **args, int n) {
    const options *o = given;
    casus_dyad_options d = {.one_a_day = o->one_a_day};
    casus_acts acts;
    casus_pair_flow *pairs;
    size_t n_pairs = 0;
    (void)args, (void)n;
    int rc = tool_by(t, o->by, CASUS_BY_YEAR, &d.by);
    if (!rc) rc = tool_scale(t, o->scale, &d.scale);
    if (!rc) rc = tool_dyads(t, &(casus_acts_filter){.first = o->actor, .since = o->since, .until = o->until, .known = o->known}, &d, !o->by, &acts, &pairs, &n_pairs);
    if (rc) return rc;
    tool_table *table = tool_table_new(t, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    int64_t told = 0;
    for (size_t i = 0; i < n_pairs && (!o->limit || told < o->limit); i++) {
        if (pairs[i].flow.events < o->least) continue;
        tell(table, o, d.by, &acts, &pairs[i]);
        told++;
    }
    return tool_table_end(table);
}

static const tool_option table[] = {
    {"by", 0, TOOL_TEXT, "PERIOD", "apart by day, week, month or year (default: all time together)", offsetof(options, by)},
    {"scale", 0, TOOL_TEXT, "SCALE", "of cooperation and conflict: plover (default), goldstein or counts", offsetof(options, scale)},
    {"actor", 'a', TOOL_TEXT, "NAME", "only pairs with this actor", offsetof(options, actor)},
    {"one-a-day", '1', TOOL_FLAG, NULL, "the same act between the same two counts once a day", offsetof(options, one_a_day)},
    {"min", 0, TOOL_INT, "N", "leave out pairs with fewer events", offsetof(options, least)},
    {"limit", 'n', TOOL_INT, "N", "at most N lines", offsetof(options, limit)},
    MEASURE_KNOWN(options), MEASURE_SINCE(options), MEASURE_UNTIL(options), {0}};

const tool_command cmd_dyads = {
    .name = "dyads",
    .summary = "lists all pairs of actors and what passed between them",
    .usage = "",
    .details = "One line a period and ordered pair, most events first: cooperation and conflict in the scale's units, events by quad class.",
    .options = table,
    .size = sizeof(options),
    .common = TOOL_DB | TOOL_JSON,
    .max_args = 0,
    .examples = "casus dyads --by year --min 10\ncasus dyads --actor Taliban --limit 20\n",
    .run = run,
};
