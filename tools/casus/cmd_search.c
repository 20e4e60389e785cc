/* casus search: full text over the sentences kept. */
#include "query.h"

#include <string.h>

typedef struct work {
    tool *t;
    tool_table *table;
} work;

static bool add_row(void *ctx, const casus_hit_row *r) {
    work *w = ctx;
    tool_cell_text(w->table, r->doc);
    tool_cell_text(w->table, r->date);
    tool_cell_int(w->table, r->sentence);
    tool_cell_text(w->table, r->text);
    tool_cell_text(w->table, r->statements);
    return true;
}

static int run(tool *t, const void *given, char **args, int n) {
    static const tool_column COLUMNS[] = {{"doc", 0}, {"date", 0}, {"sentence", TOOL_RIGHT}, {"text", TOOL_FLEX}, {"statements", TOOL_FLEX}};
    const query_options *o = given;
    casus_error err;
    casus_ledger *l = NULL;
    casus_filter f = tool_filter(o);
    casus_buf query = {0};
    for (int i = 0; i < n; i++) casus_buf_addf(&query, "%s%s", i ? " " : "", args[i]);
    if (query.failed) return tool_failf(t, "out of memory");
    if (!tool_open(t, CASUS_LEDGER_READ, &l)) return TOOL_FAILED;
    work w = {t, tool_table_new(t, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS)};
    casus_code code = casus_ledger_search(l, query.at, &f, add_row, &w, &err);
    int rc = tool_table_end(w.table);
    casus_buf_done(&query);
    return tool_close(t, l, code, &err, rc);
}

static const tool_option table[] = {QUERY_SINCE, QUERY_UNTIL, QUERY_DOC, QUERY_LIMIT, {0}};

const tool_command cmd_search = {
    .name = "search",
    .summary = "finds sentences by their words, best first",
    .usage = "WORDS…",
    .details = "Words are stemmed and their accents ignored. AND, OR, NOT, \"phrases in quotes\" and pre* work as in SQLite's FTS5.",
    .options = table,
    .size = sizeof(query_options),
    .common = TOOL_DB | TOOL_JSON,
    .min_args = 1,
    .max_args = -1,
    .examples = "casus search sanction relief\ncasus search '\"civil war\" OR collapse' --limit 5\n",
    .run = run,
};
