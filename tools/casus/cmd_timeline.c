/* casus timeline: dated statements, oldest first. */
#include "query.h"

#include <string.h>

typedef struct work {
    tool *t;
    tool_table *table;
    casus_buf out;
} work;

static bool add_row(void *ctx, const casus_statement_row *r) {
    work *w = ctx;
    casus_arena *a = &w->t->arena;
    if (w->t->json) {
        casus_buf_adds(&w->out, r->record);
        return tool_line(w->t, &w->out);
    }
    tool_cell_text(w->table, tool_when(a, r->time_begin, r->time_end));
    tool_cell_text(w->table, strcmp(r->polarity, "-") == 0 ? casus_arena_printf(a, "not %s", r->type) : r->type);
    tool_cell_text(w->table, tool_pair(a, r->source, r->target));
    tool_cell_text(w->table, r->place);
    tool_cell_text(w->table, r->counts);
    tool_cell_text(w->table, r->holder);
    tool_cell_text(w->table, r->text);
    tool_cell(w->table, tool_short_id(r->id));
    return true;
}

static int run(tool *t, const void *given, char **args, int n) {
    static const tool_column COLUMNS[] = {{"when", 0}, {"what", 0}, {"who", TOOL_FLEX}, {"where", TOOL_FLEX}, {"counts", TOOL_FLEX}, {"says", TOOL_FLEX},
                                          {"words", TOOL_FLEX}, {"id", 0}};
    const query_options *o = given;
    casus_error err;
    casus_ledger *l = NULL;
    casus_filter f = tool_filter(o);
    (void)args, (void)n;
    f.dated = true;
    f.order = CASUS_BY_TIME;
    if (!tool_open(t, CASUS_LEDGER_READ, &l)) return TOOL_FAILED;
    work w = {.t = t, .table = tool_table_new(t, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS)};
    casus_code code = casus_ledger_statements(l, &f, add_row, &w, &err);
    int rc = t->json ? TOOL_DONE : tool_table_end(w.table);
    casus_buf_done(&w.out);
    return tool_close(t, l, code, &err, rc);
}

static const tool_option table[] = {QUERY_ACTOR, QUERY_WITH, QUERY_HOLDER, QUERY_TYPE, QUERY_KIND, QUERY_SINCE, QUERY_UNTIL, QUERY_DOC, QUERY_LIMIT, {0}};

const tool_command cmd_timeline = {
    .name = "timeline",
    .summary = "lists dated statements, oldest first",
    .usage = "",
    .options = table,
    .size = sizeof(query_options),
    .common = TOOL_DB | TOOL_JSON,
    .examples = "casus timeline --actor Taliban --with Iran\ncasus timeline --since 2022-09 --until 2022-12 --kind event\n",
    .run = run,
};
