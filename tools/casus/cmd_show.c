/* casus show: the documents kept, or the system that one of them describes. */
#include "query.h"

typedef struct work {
    tool *t;
    tool_table *table;
    casus_buf out;
} work;

static bool add_row(void *ctx, const casus_document_row *r) {
    work *w = ctx;
    tool_cell_text(w->table, r->id);
    tool_cell_text(w->table, r->date);
    tool_cell_text(w->table, *r->publisher ? r->publisher : r->path);
    tool_cell_int(w->table, r->revision);
    tool_cell_int(w->table, r->sentences);
    tool_cell_int(w->table, r->statements);
    tool_cell_text(w->table, r->title);
    return true;
}

static int list(tool *t, casus_ledger *l) {
    static const tool_column COLUMNS[] = {{"id", 0}, {"date", 0}, {"from", TOOL_FLEX}, {"revision", TOOL_RIGHT}, {"sentences", TOOL_RIGHT},
                                          {"statements", TOOL_RIGHT}, {"title", TOOL_FLEX}};
    casus_error err;
    work w = {.t = t, .table = tool_table_new(t, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS)};
    casus_code code = casus_ledger_documents(l, add_row, &w, &err);
    int rc = tool_table_end(w.table);
    return tool_close(t, l, code, &err, rc);
}

static bool add_record(void *ctx, const casus_statement_row *r) {
    work *w = ctx;
    casus_buf_adds(&w->out, r->record);
    return tool_line(w->t, &w->out);
}

static int records(tool *t, casus_ledger *l, char **docs, int n) {
    casus_error err;
    work w = {.t = t};
    casus_code code = CASUS_OK;
    for (int i = 0; i < n && !code; i++) {
        casus_filter f = {.doc = docs[i]};
        code = casus_ledger_statements(l, &f, add_record, &w, &err);
    }
    casus_buf_done(&w.out);
    return tool_close(t, l, code, &err, TOOL_DONE);
}

static int run(tool *t, const void *given, char **args, int n) {
    casus_ledger *l = NULL;
    (void)given;
    if (!tool_open(t, CASUS_LEDGER_READ, &l)) return TOOL_FAILED;
    if (!n) return list(t, l);
    if (t->json) return records(t, l, args, n);
    const char **docs = CASUS_NEW_ARRAY(&t->arena, const char *, n);
    for (int i = 0; i < n; i++) docs[i] = args[i];
    int rc = tool_system(t, l, docs, (size_t)n, true);
    casus_ledger_close(l);
    return rc;
}

const tool_command cmd_show = {
    .name = "show",
    .summary = "lists the documents kept, or shows the system that some of them describe",
    .usage = "[DOCUMENT…]",
    .details = "A document is named by its id or the beginning of it.",
    .common = TOOL_DB | TOOL_JSON,
    .max_args = -1,
    .examples = "casus show\ncasus show da14b2\n",
    .run = run,
};
