/* casus what-if: the same forecast with one event more, or one less. */
#include "past.h"

#include <stddef.h>
#include <string.h>

/* "SOURCE ACTION TARGET", as three words or one text; names with blanks are written with `_`. */
static bool parse_words(tool *t, char **args, int n, const char *words[3]) {
    int n_words = 0;
    for (int i = 0; i < n; i++)
        for (char *word = args[i]; word && *word;) {
            char *end = n == 1 ? strchr(word, ' ') : NULL;
            if (end) *end++ = '\0';
            if (n_words < 3 && *word) words[n_words] = word;
            n_words += *word != '\0';
            word = end;
        }
    if (n_words == 3) return true;
    tool_usage(t, "an event is a source, an action and a target, like \"RUS REQUEST AFG.TALIBAN\"; write blanks in names as _");
    return false;
}

static bool find_event(tool *t, const past *p, const char *const words[3], casus_quad *event) {
    event->source = past_actor(t, p, words[0]);
    event->action = past_action(t, p, words[1]);
    event->target = past_actor(t, p, words[2]);
    return event->source >= 0 && event->action >= 0 && event->target >= 0;
}

static const char *rule_text(tool *t, const casus_forecaster *f, const casus_change *c) {
    casus_buf text = {0};
    if (c->rule.cases == 0) return c->through ? c->through : "";
    casus_rule_sentence(f, &c->rule, &text);
    const char *kept = text.failed ? "" : casus_arena_strndup(&t->arena, text.at, text.n);
    casus_buf_done(&text);
    return kept;
}

static int print(tool *t, const past *p, const casus_forecaster *f, const casus_change *changes, size_t n) {
    static const tool_column COLUMNS[] = {{"change", TOOL_RIGHT}, {"before", TOOL_RIGHT}, {"after", TOOL_RIGHT}, {"source", TOOL_FLEX},
                                          {"action", TOOL_FLEX},  {"target", TOOL_FLEX},  {"through", TOOL_FLEX}};
    tool_table *table = tool_table_new(t, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < n; i++) {
        const casus_forecast_line *l = &changes[i].line;
        tool_cell_num(table, l->probability - changes[i].before, 4);
        tool_cell_num(table, changes[i].before, 4);
        tool_cell_num(table, l->probability, 4);
        tool_cell_text(table, past_actor_name(p, l->source));
        tool_cell_text(table, past_action_name(p, l->action));
        tool_cell_text(table, past_actor_name(p, l->target));
        tool_cell_text(table, rule_text(t, f, &changes[i]));
    }
    return tool_table_end(table);
}

static int answer(tool *t, const past *p, casus_forecaster *f, const past_options *o, const char *const words[3]) {
    casus_forecast_ask ask;
    casus_error err;
    casus_quad event;
    size_t n = 0;
    if (!find_event(t, p, words, &event) || !past_question(t, p, o, &ask)) return TOOL_FAILED;
    event.day = o->on ? past_day_of(p, o->on) : casus_forecaster_today(f);
    if (event.day < 0) return tool_failf(t, "%s is before the first known event", o->on);
    casus_change *changes = CASUS_NEW_ARRAY(&t->arena, casus_change, ask.top);
    if (casus_what_if(f, event, o->remove, &ask, changes, &n, &err)) return tool_fail(t, &err);
    return print(t, p, f, changes, n);
}

static int run(tool *t, const void *given, char **args, int n) {
    const past_options *o = given;
    past p;
    casus_forecaster *f = NULL;
    const char *words[3] = {NULL, NULL, NULL};
    if (!parse_words(t, args, n, words)) return TOOL_WRONG_USAGE;
    const char *names[] = {o->source, o->target, words[0], words[2]};
    int rc = past_open(t, &p, o, o->dir, names, 4, &f);
    if (!rc) past_warn_small(t, &p);
    if (!rc) rc = answer(t, &p, f, o, words);
    casus_forecaster_free(f);
    past_done(&p);
    return rc;
}

static const tool_option table[] = {
    {"on", 0, TOOL_TEXT, "DATE", "the day of the event (the last known day)", offsetof(past_options, on)},
    {"remove", 0, TOOL_FLAG, NULL, "take the event out instead of adding it", offsetof(past_options, remove)},
    PAST_SOURCE, PAST_ACTION, PAST_TARGET, PAST_HORIZON, PAST_TOP, PAST_RULES, PAST_DIR, PAST_CODES, {0}};

const tool_command cmd_what_if = {
    .name = "what-if",
    .summary = "what rises and what falls if an event happens, or had not",
    .usage = "\"SOURCE ACTION TARGET\"",
    .details = "Compares the forecasts for what the two do and what is done to them, or for --source, --action and --target.",
    .options = table,
    .size = sizeof(past_options),
    .common = TOOL_DB | TOOL_JSON | TOOL_THREADS,
    .min_args = 1,
    .max_args = 3,
    .examples = "casus what-if \"RUS REQUEST AFG.TALIBAN\"\n",
    .run = run};
