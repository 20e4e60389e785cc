/* casus rules: learning them, and reading them. */
#include "past.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The probabilities are fitted on the last tenth of the days, or on the folder's own valid part. */
static size_t learned_part(const past *p) {
    if (p->set.train) return p->set.train;
    int32_t last = p->q.at[p->q.n - 1].day;
    size_t n = p->q.n;
    while (n > 0 && p->q.at[n - 1].day > last - last / 10) n--;
    return n;
}

static int learn(tool *t, const past *p, const past_options *o) {
    casus_forecast_options options;
    casus_forecaster *f;
    casus_error err;
    casus_quads part = p->q;
    const char *path = past_rules_path(o);
    size_t from = learned_part(p);
    bool small = past_is_small(p); /* too little to learn a weighing from: the counted rules alone */
    casus_forecast_options_init(&options);
    past_watch(t, &options);
    if (o->step > 0) options.step = (int32_t)o->step;
    if (o->seed > 0) options.seed = (uint64_t)o->seed;
    if (o->trees > 0) options.trees = (int)o->trees;
    if (o->questions > 0) options.questions = (size_t)o->questions;
    if (small) options.trees = 0;
    if (!small) part.n = from;
    past_warn_memory(t, &part, &options);
    casus_code code = casus_forecaster_learn(&f, &part, &options, &err);
    if (code) return tool_fail(t, &err);
    if (!small && from < p->q.n)
        code = casus_forecaster_calibrate(f, &p->q, from, p->set.train ? from + p->set.valid : p->q.n, false, &err);
    if (!code) code = casus_forecaster_save(f, path, &err);
    casus_forecaster_free(f);
    if (code) return tool_fail(t, &err);
    tool_warn(t, "learned from %zu events; rules written to %s", part.n, path);
    past_warn_small(t, p);
    return TOOL_DONE;
}

/* ---- reading ---- */

static int print_sentences(tool *t, const casus_forecaster *f, const casus_rule *rules, size_t n) {
    casus_buf out = {0};
    for (size_t i = 0; i < n; i++) {
        casus_rule_sentence(f, &rules[i], &out);
        casus_buf_adds(&out, "\n");
    }
    int rc = tool_write(t, &out) ? TOOL_DONE : TOOL_FAILED;
    casus_buf_done(&out);
    return rc;
}

static void cell_action(tool *t, tool_table *table, const past *p, int32_t action) {
    bool inverse = action >= p->q.actions;
    const char *name = past_action_name(p, action % p->q.actions);
    tool_cell_text(table, inverse ? casus_arena_printf(&t->arena, "%s (by Y to X)", name) : name);
}

static int print_table(tool *t, const past *p, const casus_rule *rules, size_t n) {
    static const tool_column COLUMNS[] = {{"if", TOOL_FLEX},      {"then", TOOL_FLEX},  {"from", TOOL_RIGHT},
                                          {"to", TOOL_RIGHT},     {"hits", TOOL_RIGHT}, {"cases", TOOL_RIGHT},
                                          {"confidence", TOOL_RIGHT}};
    tool_table *table = tool_table_new(t, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < n; i++) {
        cell_action(t, table, p, rules[i].body);
        cell_action(t, table, p, rules[i].head);
        tool_cell_int(table, rules[i].from);
        if (rules[i].to == INT32_MAX) tool_cell_text(table, "");
        else tool_cell_int(table, rules[i].to);
        tool_cell_int(table, rules[i].hits);
        tool_cell_int(table, rules[i].cases);
        tool_cell_num(table, rules[i].confidence, 3);
    }
    return tool_table_end(table);
}

static int list_rules(tool *t, const past *p, const casus_forecaster *f, const past_options *o, bool sentences) {
    int32_t head = past_action(t, p, o->head), body = past_action(t, p, o->body);
    uint32_t least = o->least > 0 ? (uint32_t)o->least : 100;
    size_t n;
    if (head < -1 || body < -1) return TOOL_FAILED;
    casus_rule *rules = casus_rules_list(f, head, body, least, &t->arena, &n);
    if (n > past_top(o)) n = past_top(o);
    if (n == 0) tool_warn(t, "no rule of that kind has %u cases; lower --least or learn from more events", least);
    return sentences ? print_sentences(t, f, rules, n) : print_table(t, p, rules, n);
}

static int run(tool *t, const void *given, char **args, int n) {
    const past_options *o = given;
    bool explain = strcmp(args[0], "explain") == 0, show = strcmp(args[0], "show") == 0;
    past p;
    casus_forecaster *f = NULL;
    if (!explain && !show && strcmp(args[0], "learn") != 0)
        return tool_usage(t, "\"%s\": rules are learned, shown or explained: learn, show, explain", args[0]);
    const char *folder = n > 1 ? args[1] : o->dir;
    int rc = explain || show ? past_open(t, &p, o, folder, NULL, 0, &f) : past_read(t, &p, o, folder);
    if (!rc) rc = f ? list_rules(t, &p, f, o, explain) : learn(t, &p, o);
    casus_forecaster_free(f);
    past_done(&p);
    return rc;
}

static const tool_option table[] = {
    PAST_RULES,
    PAST_DIR,
    PAST_CODES,
    {"if", 0, TOOL_TEXT, "ACTION", "only rules from this action", offsetof(past_options, body)},
    {"then", 0, TOOL_TEXT, "ACTION", "only rules to this action", offsetof(past_options, head)},
    {"least", 0, TOOL_INT, "N", "only rules with at least N cases (100)", offsetof(past_options, least)},
    PAST_TOP,
    {"step", 0, TOOL_INT, "DAYS", "learn to answer from a past up to so many days old (1)", offsetof(past_options, step)},
    {"seed", 0, TOOL_INT, "N", "of the random choices; the same gives the same rules (1)", offsetof(past_options, seed)},
    {"trees", 0, TOOL_INT, "N", "how many trees weigh the rules (150)", offsetof(past_options, trees)},
    {"questions", 0, TOOL_INT, "N", "learn the weighing from at most N past questions (50000)", offsetof(past_options, questions)},
    {0}};

const tool_command cmd_rules = {
    .name = "rules",
    .summary = "learns the rules by which events follow one another, and reads them",
    .usage = "learn|show|explain [DIR]",
    .details = "Events come from the ledger, or from DIR in the research format (train.txt, valid.txt, test.txt, entity2id.txt,\n"
               "relation2id.txt). `show` is a table, `explain` one sentence a rule.",
    .options = table,
    .size = sizeof(past_options),
    .common = TOOL_DB | TOOL_JSON | TOOL_THREADS,
    .min_args = 1,
    .max_args = 2,
    .examples = "casus rules learn\ncasus rules explain --then ACCUSE --top 5\n",
    .run = run};
