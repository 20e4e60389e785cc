/* casus actor-check: what a name means on a day, and why: for the editors of the knowledge. */
#include "casus_tool.h"

#include "casus/lexicon.h"

#include <limits.h>
#include <string.h>

typedef struct work {
    tool *t;
    const casus_lexicon *lex;
    const char *name;
    int32_t day;  /* INT32_MAX: no day given */
    tool_table *table;
    size_t found;
} work;

static const char *const KINDS[] = {"name", "adjective", "people", "capital", "seat", "surname"};
static const char *const FACTS[] = {"sector", "cameo", "part-of", "country", "office"};

/* "2021-08-15 –", "– 2021-08-15" or "" for always. */
static const char *period(tool *t, int32_t begin, int32_t end) {
    char first[11] = "", last[11] = "";
    if (begin == INT32_MIN && end == INT32_MAX) return "";
    if (begin != INT32_MIN) casus_day_text(begin, first);
    if (end != INT32_MAX) casus_day_text(end - 1, last);
    return casus_arena_printf(&t->arena, "%s – %s", first, last);
}

static bool holds(const work *w, int32_t begin, int32_t end) { return w->day == INT32_MAX ? end == INT32_MAX : begin <= w->day && w->day < end; }

static void add_line(work *w, const char *id, const char *what, const char *value, int32_t begin, int32_t end, const char *remark) {
    tool_cell_text(w->table, id);
    tool_cell_text(w->table, what);
    tool_cell_text(w->table, value);
    tool_cell_text(w->table, period(w->t, begin, end));
    tool_cell_text(w->table, holds(w, begin, end) ? "yes" : "no");
    tool_cell_text(w->table, remark);
}

static void add_actor(work *w, const casus_known_actor *a) {
    add_line(w, a->id, "is", a->name, INT32_MIN, INT32_MAX, a->type);
    for (uint32_t i = 0; i < a->n_facts; i++) {
        casus_fact f = casus_lexicon_fact(w->lex, a, i);
        const char *what = f.key < sizeof FACTS / sizeof *FACTS ? FACTS[f.key] : "fact";
        add_line(w, a->id, what, f.value, f.begin, f.end, f.of ? casus_arena_printf(&w->t->arena, "of %s", f.of) : "");
    }
    for (uint32_t i = 0; i < a->n_names; i++) add_line(w, a->id, "called", casus_lexicon_alias(w->lex, a, i), INT32_MIN, INT32_MAX, "");
}

static bool shown_before(const work *w, const casus_name *names, size_t i) {
    for (size_t k = 0; k < i; k++)
        if (names[k].actor == names[i].actor && holds(w, names[k].begin, names[k].end)) return true;
    return false;
}

static void add_names(work *w, const char *name) {
    size_t n = 0;
    const casus_name *names = casus_lexicon_names(w->lex, casus_key(casus_str_of(name), false), &n);
    for (size_t i = 0; i < n; i++) {
        casus_known_actor a;
        if (!casus_lexicon_actor(w->lex, names[i].actor, &a)) continue;
        const char *kind = names[i].kind < sizeof KINDS / sizeof *KINDS ? KINDS[names[i].kind] : "name";
        add_line(w, a.id, "matches", casus_lexicon_string(w->lex, names[i].text), names[i].begin, names[i].end, kind);
        if (holds(w, names[i].begin, names[i].end) && !shown_before(w, names, i)) add_actor(w, &a);
        w->found++;
    }
}

/* "vladimir putin" as names are written: "Vladimir Putin". */
static const char *capitalised(casus_arena *a, const char *name) {
    char *copy = casus_arena_strndup(a, name, strlen(name));
    for (char *s = copy; *s; s++)
        if (*s >= 'a' && *s <= 'z' && (s == copy || s[-1] == ' ' || s[-1] == '-')) *s = (char)(*s - 32);
    return copy;
}

static void look_up(work *w) {
    casus_known_actor a;
    if (casus_lexicon_actor_by_id(w->lex, w->name, &a)) {
        add_actor(w, &a);
        w->found++;
        return;
    }
    add_names(w, w->name);
    if (!w->found) add_names(w, capitalised(&w->t->arena, w->name));
}

static int run(tool *t, const void *options, char **args, int n) {
    static const tool_column COLUMNS[] = {{"actor", 0}, {"what", 0}, {"value", TOOL_FLEX}, {"when", 0}, {"holds", 0}, {"remark", TOOL_FLEX}};
    casus_error err;
    casus_lexicon *lex = NULL;
    const char *data = NULL;
    int32_t day = INT32_MAX, after;
    (void)options;
    if (n > 1 && !casus_day_parse(casus_str_of(args[1]), &day, &after)) return tool_usage(t, "\"%s\" is no date such as 2024-03-28", args[1]);
    casus_code code = tool_data(t, &data, &err);
    if (!code) code = casus_lexicon_open_with(&lex, data, t->knowledge, &err);
    if (code) return tool_fail(t, &err);
    work w = {.t = t, .lex = lex, .name = args[0], .day = day, .table = tool_table_new(t, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS)};
    look_up(&w);
    int rc = tool_table_end(w.table);
    casus_lexicon_close(lex);
    return w.found ? rc : tool_failf(t, "the knowledge has no name \"%s\"", args[0]);
}

const tool_command cmd_actor_check = {
    .name = "actor-check",
    .summary = "shows what a name means on a day, and why",
    .usage = "NAME [DATE]",
    .details = "Lists the entries of the knowledge under the name (an id works too), the facts of each actor it may mean with their dates, and whether\n"
               "each holds on the day; without a day, whether it holds now. Exit status 1 when the name is not known.",
    .common = TOOL_DATA | TOOL_JSON,
    .min_args = 1,
    .max_args = 2,
    .examples = "casus actor-check Taliban 2020-01-01\ncasus actor-check Moscow\n",
    .run = run,
};
