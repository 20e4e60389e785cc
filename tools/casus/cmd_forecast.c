/* casus forecast: who is likely to do what to whom next, and why. */
#include "past.h"

#include <stddef.h>
#include <stdlib.h>

static const char *event_text(tool *t, const past *p, casus_quad e) {
    return casus_arena_printf(&t->arena, "%s  %s  %s  %s", past_day(t, p, e.day), past_actor_name(p, e.source),
                              past_action_name(p, e.action), past_actor_name(p, e.target));
}

static void print_rules(tool *t, const past *p, const casus_forecaster *f, const casus_explanation *why, casus_buf *out) {
    for (size_t i = 0; i < why->n_rules; i++) {
        casus_buf_adds(out, "    rule   ");
        casus_rule_sentence(f, &why->rules[i], out);
        casus_buf_addf(out, "\n           because of  %s  %s\n", event_text(t, p, why->rule_events[i]),
                       past_event_id(t, p, why->rule_events[i]));
    }
}

static void print_why(tool *t, const past *p, const casus_forecaster *f, const casus_explanation *why, casus_buf *out) {
    print_rules(t, p, f, why, out);
    for (size_t i = 0; i < why->n_weights; i++)
        casus_buf_addf(out, "    %s %+.2f  %s\n", why->weights[i].weight > 0 ? "raised " : "lowered", why->weights[i].weight,
                       why->weights[i].text);
    for (size_t i = 0; i < why->n_events; i++)
        casus_buf_addf(out, "    without  %s  %s: %.3f\n", event_text(t, p, why->events[i].event),
                       past_event_id(t, p, why->events[i].event), why->events[i].without);
}

static int explain(tool *t, const past *p, casus_forecaster *f, const casus_forecast_ask *ask,
                   const casus_forecast_line *lines, size_t n) {
    casus_buf out = {0};
    casus_error err;
    casus_code code = CASUS_OK;
    for (size_t i = 0; !code && i < n; i++) {
        casus_explanation why;
        casus_buf_addf(&out, "%.3f  %s  %s  %s\n", lines[i].probability, past_actor_name(p, lines[i].source),
                       past_action_name(p, lines[i].action), past_actor_name(p, lines[i].target));
        code = casus_explain(f, &lines[i], ask->horizon, &why, &err);
        if (!code) print_why(t, p, f, &why, &out);
    }
    int rc = code ? tool_fail(t, &err) : tool_write(t, &out) ? TOOL_DONE : TOOL_FAILED;
    casus_buf_done(&out);
    return rc;
}

static int print(tool *t, const past *p, const casus_forecast_line *lines, size_t n) {
    static const tool_column COLUMNS[] = {{"probability", TOOL_RIGHT}, {"source", TOOL_FLEX},    {"action", TOOL_FLEX},
                                          {"target", TOOL_FLEX},       {"answer", TOOL_RIGHT}, {"expected", TOOL_RIGHT}};
    tool_table *table = tool_table_new(t, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < n; i++) {
        tool_cell_num(table, lines[i].probability, 3);
        tool_cell_text(table, past_actor_name(p, lines[i].source));
        tool_cell_text(table, past_action_name(p, lines[i].action));
        tool_cell_text(table, past_actor_name(p, lines[i].target));
        tool_cell_num(table, lines[i].answer, 3);
        tool_cell_num(table, lines[i].expected, 2);
    }
    return tool_table_end(table);
}

static int answer(tool *t, const past *p, casus_forecaster *f, const past_options *o) {
    casus_forecast_ask ask;
    casus_error err;
    size_t n = 0;
    if (!past_question(t, p, o, &ask)) return TOOL_FAILED;
    casus_forecast_line *lines = CASUS_NEW_ARRAY(&t->arena, casus_forecast_line, ask.top);
    if (casus_forecast(f, &ask, lines, &n, &err)) return tool_fail(t, &err);
    return o->explain ? explain(t, p, f, &ask, lines, n) : print(t, p, lines, n);
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
    PAST_SOURCE, PAST_ACTION, PAST_TARGET, PAST_HORIZON, PAST_TOP,
    {"explain", 'e', TOOL_FLAG, NULL, "the rules that fire, what weighs most, the events behind it", offsetof(past_options, explain)},
    PAST_RULES, PAST_DIR, PAST_CODES, {0}};

const tool_command cmd_forecast = {
    .name = "forecast",
    .summary = "who is likely to do what to whom next, and why",
    .usage = "",
    .details = "`probability`: that there is at least one such event within the horizon, which begins the day after the last known event;\n"
               "`answer`: that the target is this one, should the source do it next; `expected`: how often the source will do it to anyone.",
    .options = table,
    .size = sizeof(past_options),
    .common = TOOL_DB | TOOL_JSON | TOOL_THREADS,
    .examples = "casus forecast --source RUS --horizon 30d\ncasus forecast --source RUS --target AFG.TALIBAN --explain --top 3\n",
    .run = run};
