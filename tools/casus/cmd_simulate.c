/* casus simulate: the system run forward many times. */
#include "past.h"

#include <stddef.h>

static int print(tool *t, const past *p, const casus_simulation_line *lines, size_t n) {
    static const tool_column COLUMNS[] = {{"source", TOOL_FLEX}, {"action", TOOL_FLEX}, {"target", TOOL_FLEX}, {"mean", TOOL_RIGHT},
                                          {"low", TOOL_RIGHT},   {"median", TOOL_RIGHT}, {"high", TOOL_RIGHT}, {"any", TOOL_RIGHT}};
    tool_table *table = tool_table_new(t, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < n; i++) {
        tool_cell_text(table, past_actor_name(p, lines[i].source));
        tool_cell_text(table, past_action_name(p, lines[i].action));
        tool_cell_text(table, past_actor_name(p, lines[i].target));
        tool_cell_num(table, lines[i].mean, 2);
        tool_cell_int(table, lines[i].low);
        tool_cell_int(table, lines[i].middle);
        tool_cell_int(table, lines[i].high);
        tool_cell_num(table, lines[i].any, 3);
    }
    return tool_table_end(table);
}

static int answer(tool *t, const past *p, casus_forecaster *f, const past_options *o) {
    casus_forecast_ask ask;
    casus_error err;
    size_t n = 0;
    if (!past_question(t, p, o, &ask)) return TOOL_FAILED;
    if (!o->horizon) ask.horizon = 90;
    if (o->runs < 0 || o->runs > 100000) return tool_usage(t, "--runs takes 1 to 100000");
    casus_simulation_plan plan = {ask.source, ask.action, ask.target, o->runs ? (int32_t)o->runs : 1000, ask.horizon,
                                  (uint64_t)o->seed, ask.top};
    casus_simulation_line *lines = CASUS_NEW_ARRAY(&t->arena, casus_simulation_line, ask.top);
    if (casus_simulate(f, &plan, lines, &n, &err)) return tool_fail(t, &err);
    return print(t, p, lines, n);
}

static int run(tool *t, const void *given, char **args, int n) {
    const past_options *o = given;
    past p;
    casus_forecaster *f = NULL;
    (void)args;
    (void)n;
    const char *names[] = {o->source, o->target};
    int rc = past_open(t, &p, o, o->dir, names, 2, &f);
    if (!rc) past_warn_small(t, &p);
    if (!rc) rc = answer(t, &p, f, o);
    casus_forecaster_free(f);
    past_done(&p);
    return rc;
}

static const tool_option table[] = {
    {"runs", 0, TOOL_INT, "N", "how often (1000)", offsetof(past_options, runs)},
    {"horizon", 0, TOOL_TEXT, "DAYS", "how far ahead: 90d, 12w (90d)", offsetof(past_options, horizon)},
    {"seed", 0, TOOL_INT, "N", "of the draws; the same gives the same result (0)", offsetof(past_options, seed)},
    PAST_SOURCE, PAST_ACTION, PAST_TARGET, PAST_TOP, PAST_RULES, PAST_DIR, PAST_CODES, {0}};

const tool_command cmd_simulate = {
    .name = "simulate",
    .summary = "runs the system forward by sampling: how many events, with intervals",
    .usage = "",
    .details = "`low` and `high` are the 5 % and 95 % quantiles of the runs; `any`: share of the runs with at least one such event.",
    .options = table,
    .size = sizeof(past_options),
    .common = TOOL_DB | TOOL_JSON | TOOL_THREADS,
    .examples = "casus simulate --runs 1000 --horizon 90d --seed 1\n",
    .run = run};
