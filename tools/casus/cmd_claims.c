/* casus claims: statements and who holds them; with --about, what is said of one event, proposition by holder. */
#include "query.h"

#include <stdio.h>
#include <string.h>

typedef struct work {
    tool *t;
    tool_table *table;
    casus_buf out;
} work;

static bool add_row(void *ctx, const casus_statement_row *r) {
    work *w = ctx;
    if (w->t->json) {
        casus_buf_adds(&w->out, r->record);
        return tool_line(w->t, &w->out);
    }
    casus_arena *a = &w->t->arena;
    tool_cell(w->table, tool_short_id(r->id));
    tool_cell_text(w->table, r->kind);
    tool_cell_text(w->table, *r->holder ? r->holder : "author");
    tool_cell_text(w->table, r->holds);
    tool_cell_text(w->table, strcmp(r->polarity, "-") == 0 ? "not" : "");
    tool_cell_text(w->table, r->type);
    tool_cell_text(w->table, tool_pair(a, r->source, r->target));
    tool_cell_text(w->table, tool_when(a, r->time_begin, r->time_end));
    tool_cell_text(w->table, tool_likelihood(a, r));
    tool_cell_text(w->table, r->author_view);
    tool_cell_text(w->table, r->text);
    return true;
}

static bool add_claim(void *ctx, const casus_claim_row *r) {
    work *w = ctx;
    tool_cell_text(w->table, r->proposition);
    tool_cell_text(w->table, r->holder);
    tool_cell_text(w->table, r->stance);
    tool_cell_text(w->table, r->doc);
    tool_cell(w->table, tool_short_id(r->statement));
    return true;
}

/* ---- the matrix: a line a proposition, a column a holder ------------------------------------------------------ */

enum { MOST_HOLDERS = 8, MOST_PROPOSITIONS = 64 };

typedef struct matrix {
    casus_arena *arena;
    const char *propositions[MOST_PROPOSITIONS], *holders[MOST_HOLDERS], *cells[MOST_PROPOSITIONS][MOST_HOLDERS];
    size_t n_propositions, n_holders;
} matrix;

static size_t index_of(matrix *m, const char **list, size_t *n, size_t most, const char *text) {
    for (size_t i = 0; i < *n; i++)
        if (strcmp(list[i], text) == 0) return i;
    if (*n < most) list[(*n)++] = casus_arena_strndup(m->arena, text, strlen(text));
    return *n - 1;
}

static bool add_cell(void *ctx, const casus_claim_row *r) {
    matrix *m = ctx;
    size_t p = index_of(m, m->propositions, &m->n_propositions, MOST_PROPOSITIONS, r->proposition);
    size_t h = index_of(m, m->holders, &m->n_holders, MOST_HOLDERS, r->holder);
    const char *stance = casus_arena_printf(m->arena, "%s %.*s", r->stance, TOOL_SHORT_ID, r->statement);
    if (!m->cells[p][h]) m->cells[p][h] = stance;
    return true;
}

static casus_code print_matrix(tool *t, casus_ledger *l, const char *event, casus_error *err) {
    matrix *m = CASUS_NEW(&t->arena, matrix);
    m->arena = &t->arena;
    casus_code code = casus_ledger_claims_about(l, event, add_cell, m, err);
    tool_column columns[MOST_HOLDERS + 1] = {{"proposition", TOOL_FLEX}};
    for (size_t h = 0; h < m->n_holders; h++) columns[h + 1] = (tool_column){m->holders[h], TOOL_FLEX};
    tool_table *table = tool_table_new(t, columns, m->n_holders + 1);
    for (size_t p = 0; p < m->n_propositions; p++) {
        tool_cell_text(table, m->propositions[p]);
        for (size_t h = 0; h < m->n_holders; h++) tool_cell_text(table, m->cells[p][h] ? m->cells[p][h] : "silent");
    }
    tool_table_end(table);
    return code;
}

static casus_code about(tool *t, casus_ledger *l, const char *event, casus_error *err) {
    static const tool_column COLUMNS[] = {{"proposition", TOOL_FLEX}, {"holder", TOOL_FLEX}, {"stance", 0}, {"doc", 0}, {"id", 0}};
    if (t->terminal && !t->json) return print_matrix(t, l, event, err);
    work w = {.t = t, .table = tool_table_new(t, COLUMNS, 5)};
    casus_code code = casus_ledger_claims_about(l, event, add_claim, &w, err);
    tool_table_end(w.table);
    return code;
}

/* A statement's id stands for the event that it was merged into. */
static bool see_event(void *ctx, const casus_statement_row *r) {
    snprintf(ctx, 64, "%s", r->event);
    return false;
}

static casus_code event_of(casus_ledger *l, const char *id, char event[64], casus_arena *arena, casus_error *err) {
    casus_citation c;
    snprintf(event, 64, "%s", id);
    if (*id == 'e' && casus_ledger_members(l, id, NULL, NULL, NULL) == CASUS_OK) return CASUS_OK;
    casus_code code = casus_ledger_cite(l, id, arena, &c, err);
    casus_filter f = {.statement = c.id};
    if (!code) code = casus_ledger_statements(l, &f, see_event, event, err);
    if (!code && !*event) code = casus_fail(err, CASUS_ERR_NOTFOUND, "statement %s tells of no event", id);
    return code;
}

static int run(tool *t, const void *given, char **args, int n) {
    static const tool_column COLUMNS[] = {{"id", 0}, {"kind", 0}, {"holder", TOOL_FLEX}, {"holds", 0}, {"not", 0}, {"type", 0}, {"who", TOOL_FLEX},
                                          {"when", 0}, {"likelihood", 0}, {"author_view", 0}, {"words", TOOL_FLEX}};
    const query_options *o = given;
    casus_error err;
    casus_ledger *l = NULL;
    char event[64];
    casus_filter f = tool_filter(o);
    (void)args, (void)n;
    f.held = !o->all && !o->kind && !o->holder;
    if (!tool_open(t, CASUS_LEDGER_READ, &l)) return TOOL_FAILED;
    if (o->about) {
        casus_code code = event_of(l, o->about, event, &t->arena, &err);
        if (!code) code = about(t, l, event, &err);
        return tool_close(t, l, code, &err, TOOL_DONE);
    }
    work w = {.t = t, .table = tool_table_new(t, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS)};
    casus_code code = casus_ledger_statements(l, &f, add_row, &w, &err);
    int rc = t->json ? TOOL_DONE : tool_table_end(w.table);
    casus_buf_done(&w.out);
    return tool_close(t, l, code, &err, rc);
}

static const tool_option table[] = {
    QUERY_ACTOR, QUERY_WITH, QUERY_HOLDER, QUERY_TYPE, QUERY_KIND, QUERY_SINCE, QUERY_UNTIL, QUERY_DOC, QUERY_LIMIT,
    {"about", 0, TOOL_TEXT, "EVENT", "who says what about an event (or about the event of a statement)", offsetof(query_options, about)},
    {"all", 0, TOOL_FLAG, NULL, "the author's own statements too", offsetof(query_options, all)},
    {0}};

const tool_command cmd_claims = {
    .name = "claims",
    .summary = "lists what is said and by whom, or who says what about an event",
    .usage = "",
    .details = "Without --all, --kind or --holder only statements that somebody other than the author holds are listed. With --about, propositions\n"
               "(the event, rival accounts of it, statements about it) stand against holders: asserts, denies, relays, silent.",
    .options = table,
    .size = sizeof(query_options),
    .common = TOOL_DB | TOOL_JSON,
    .examples = "casus claims --holder Russia\ncasus claims --kind stance --actor Iran\ncasus claims --about e94ac49b5cef\n",
    .run = run,
};
