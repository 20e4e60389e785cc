/* casus leverage: who can move an actor, by what was done and by what is said. */
#include "measuring.h"

#include "query.h"

#include <math.h>
#include <string.h>
#include <strings.h>

typedef struct options {
    const char *over, *since, *until;
    int64_t days, least;
    double level;
    bool sentences, known;
} options;

/* One actor, from both sources. */
typedef struct entry {
    const char *name;
    const casus_leverage *data; /* NULL: nothing done */
    size_t said_for, said_against;
    const char *above;          /* whom accounts place below it */
    const char *sentence;       /* the first that speaks of it */
} entry;

static const tool_column SIDES[] = {{"actor", TOOL_FLEX}, {"asks", TOOL_RIGHT}, {"window_days", TOOL_RIGHT}, {"answers", TOOL_RIGHT}, {"other_days", TOOL_RIGHT},
                                    {"otherwise", TOOL_RIGHT}, {"ratio", TOOL_RIGHT}, {"low", TOOL_RIGHT}, {"high", TOOL_RIGHT}, {"p", TOOL_RIGHT},
                                    {"dependence", TOOL_RIGHT}, {"reverse", TOOL_RIGHT}, {"asymmetry", TOOL_RIGHT}, {"substitutes", TOOL_RIGHT}, {"data", 0},
                                    {"said_for", TOOL_RIGHT}, {"said_against", TOOL_RIGHT}, {"said_above", TOOL_FLEX}, {"text", 0}, {"disagree", 0}, {"id", 0}};
static const tool_column SENTENCES[] = {{"actor", TOOL_FLEX}, {"relation", 0}, {"sign", TOOL_RIGHT}, {"beside", TOOL_FLEX}, {"holder", TOOL_FLEX}, {"words", TOOL_FLEX},
                                        {"doc", 0}, {"id", 0}};

/* ---- putting both together --------------------------------------------------------------------------------- */

static entry *entry_of(entry *list, size_t *n, const char *name, const char *id) {
    for (size_t i = 0; i < *n; i++)
        if (strcasecmp(list[i].name, name) == 0 || (*id && strcasecmp(list[i].name, id) == 0)) return &list[i];
    list[*n] = (entry){.name = name, .above = ""};
    return &list[(*n)++];
}

static void add_said(tool *t, entry *list, size_t *n, const casus_said *s) {
    entry *e = entry_of(list, n, s->actor, s->id);
    e->said_for += s->sign > 0, e->said_against += s->sign < 0;
    if (!e->sentence) e->sentence = s->statement;
    if (!*s->other || !s->sign) return;
    entry *upper = s->sign > 0 ? e : entry_of(list, n, s->other, "");
    const char *lower = s->sign > 0 ? s->other : s->actor;
    upper->above = *upper->above ? casus_arena_printf(&t->arena, "%s; %s", upper->above, lower) : lower;
}

static const char *verdict_of_data(const casus_leverage *d) {
    if (!d || !(d->ratio.tail <= 1)) return "";
    return d->ratio.low > 1 ? "moves" : d->ratio.high < 1 ? "hardens" : "open";
}

static const char *verdict_of_text(const entry *e) {
    if (!e->said_for && !e->said_against) return "";
    return e->said_for > e->said_against ? "moves" : e->said_for < e->said_against ? "cannot" : "open";
}

/* Both know something, and not the same; "open" where one of the two cannot tell. */
static const char *disagreement(const char *data, const char *text) {
    if (!*data || !*text) return "";
    if (strcmp(data, "open") == 0 || strcmp(text, "open") == 0) return "open";
    return strcmp(data, text) == 0 || (strcmp(data, "hardens") == 0 && strcmp(text, "cannot") == 0) ? "no" : "yes";
}

static void count_cell(tool_table *table, const casus_leverage *d, uint32_t v) {
    if (d) tool_cell_int(table, v);
    else tool_cell_text(table, "");
}

static void tell(tool_table *table, const entry *e) {
    static const casus_leverage NOTHING = {.ratio = {NAN, NAN, NAN, NAN}, .from_actor = NAN, .from_target = NAN, .asymmetry = NAN};
    const casus_leverage *d = e->data, *v = d ? d : &NOTHING;
    const char *data = verdict_of_data(d), *text = verdict_of_text(e);
    tool_cell_text(table, e->name);
    count_cell(table, d, v->asks), count_cell(table, d, v->window_days), count_cell(table, d, v->answers);
    count_cell(table, d, v->other_days), count_cell(table, d, v->otherwise);
    tool_cell_real(table, v->ratio.ratio, 4), tool_cell_real(table, v->ratio.low, 4), tool_cell_real(table, v->ratio.high, 4);
    tool_cell_real(table, v->ratio.tail, 3);
    tool_cell_real(table, v->from_actor, 4), tool_cell_real(table, v->from_target, 4), tool_cell_real(table, v->asymmetry, 4);
    count_cell(table, d, v->substitutes);
    tool_cell_text(table, data);
    tool_cell_int(table, (int64_t)e->said_for), tool_cell_int(table, (int64_t)e->said_against);
    tool_cell_text(table, e->above);
    tool_cell_text(table, text);
    tool_cell_text(table, disagreement(data, text));
    tool_cell(table, e->sentence ? tool_short_id(e->sentence) : (casus_str){0});
}

static int tell_sentences(tool *t, const casus_said *said, size_t n) {
    tool_table *table = tool_table_new(t, SENTENCES, sizeof SENTENCES / sizeof *SENTENCES);
    for (size_t i = 0; i < n; i++) {
        tool_cell_text(table, said[i].actor);
        tool_cell_text(table, said[i].relation);
        tool_cell_int(table, said[i].sign);
        tool_cell_text(table, said[i].other);
        tool_cell_text(table, *said[i].holder ? said[i].holder : "author");
        tool_cell_text(table, said[i].text);
        tool_cell_text(table, said[i].doc);
        tool_cell(table, tool_short_id(said[i].statement));
    }
    return tool_table_end(table);
}

/* ---- the command ------------------------------------------------------------------------------------------- */

typedef struct findings {
    casus_acts acts;
    casus_leverage *done;
    casus_said *said;
    size_t n_done, n_said;
} findings;

/* Words without deeds are an answer, and so are deeds without words. */
static casus_code find(tool *t, casus_ledger *l, const options *o, findings *f, casus_error *err) {
    casus_acts_filter filter = {.first = o->over, .since = o->since, .until = o->until, .known = o->known, .others = true,
                                .others_quad = 2 /* what everybody receives */};
    casus_error none;
    casus_code code = tool_acts_of(t, l, &filter, &f->acts, err);
    if (!code) code = casus_leverage_over(&f->acts, 0, (int32_t)(o->days ? o->days : 30), o->level > 0 ? o->level : 0.95, &t->arena, &f->done, &f->n_done, err);
    if (code && code != CASUS_ERR_NOTFOUND) return code;
    casus_code words = casus_leverage_said(l, o->over, &t->arena, &f->said, &f->n_said, &none);
    if (words && words != CASUS_ERR_NOTFOUND) *err = none;
    return f->n_said || (words && words != CASUS_ERR_NOTFOUND) ? words : code;
}

static int tell_sides(tool *t, const options *o, const findings *f) {
    entry *list = CASUS_NEW_ARRAY(&t->arena, entry, f->n_done + 2 * f->n_said + 1);
    size_t n = 0;
    for (size_t i = 0; i < f->n_done; i++) list[n++] = (entry){.name = f->acts.actors[f->done[i].actor], .data = &f->done[i], .above = ""};
    for (size_t i = 0; i < f->n_said; i++) add_said(t, list, &n, &f->said[i]);
    tool_table *table = tool_table_new(t, SIDES, sizeof SIDES / sizeof *SIDES);
    for (size_t i = 0; i < n; i++) {
        const casus_leverage *d = list[i].data;
        bool little = d && d->asks + d->answers + d->otherwise < o->least;
        if (!little || list[i].said_for || list[i].said_against) tell(table, &list[i]);
    }
    return tool_table_end(table);
}

static int run(tool *t, const void *given, char **args, int n) {
    const options *o = given;
    findings f = {0};
    casus_ledger *l;
    casus_error err;
    (void)args, (void)n;
    if (!o->over) return tool_usage(t, "say over whom: --over ACTOR");
    if (o->days < 0 || o->days > 3650) return tool_usage(t, "--days takes 1 to 3650 days");
    if (!tool_open(t, CASUS_LEDGER_READ, &l)) return TOOL_FAILED;
    casus_code code = find(t, l, o, &f, &err);
    int rc = tool_close(t, l, code, &err, TOOL_DONE);
    if (rc) return rc;
    return o->sentences ? tell_sentences(t, f.said, f.n_said) : tell_sides(t, o, &f);
}

static const tool_option table[] = {
    {"over", 0, TOOL_TEXT, "ACTOR", "whom the others would move", offsetof(options, over)},
    {"days", 'k', TOOL_INT, "K", "an answer comes within K days (default 30)", offsetof(options, days)},
    {"level", 0, TOOL_REAL, "SHARE", "of the intervals (default 0.95)", offsetof(options, level)},
    {"min", 0, TOOL_INT, "N", "leave out actors with fewer requests and answers of which nothing is said", offsetof(options, least)},
    {"sentences", 's', TOOL_FLAG, NULL, "what accounts say, sentence by sentence", offsetof(options, sentences)},
    MEASURE_KNOWN(options), MEASURE_SINCE(options), MEASURE_UNTIL(options), {0}};

const tool_command cmd_leverage = {
    .name = "leverage",
    .summary = "measures who can move an actor, by what was done and by what is said",
    .usage = "--over ACTOR",
    .details = "From data: how often it yields, grants or cooperates within K days of a request or threat, against its rate on other days, with an exact interval; and\n"
               "dependence, the share of the material cooperation it receives that comes from the actor, against the reverse. From text: how many accounts say\n"
               "that the actor has or lacks power over it, and whom they place below. `disagree` is yes where the two point different ways,\n"
               "open where one of them cannot tell.",
    .options = table,
    .size = sizeof(options),
    .common = TOOL_DB | TOOL_JSON,
    .max_args = 0,
    .examples = "casus leverage --over Taliban --since 1994 --until 2001\ncasus leverage --over Taliban --sentences\n",
    .run = run,
};
