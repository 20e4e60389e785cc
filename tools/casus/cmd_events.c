/* casus events: what happened, merged from all that tell of it. */
#include "query.h"

#include <string.h>

typedef struct work {
    tool *t;
    casus_ledger *l;
    tool_table *table;
    casus_buf out;
    bool sources;
    casus_code code;
    casus_error err;
} work;

static bool add_member(void *ctx, const casus_member_row *r) {
    work *w = ctx;
    tool_cell_text(w->table, r->event);
    tool_cell_text(w->table, r->role);
    tool_cell_text(w->table, *r->holder ? r->holder : "author");
    tool_cell_text(w->table, *r->publisher ? r->publisher : r->doc);
    tool_cell_text(w->table, r->doc_date);
    tool_cell_int(w->table, r->voice);
    tool_cell_num(w->table, r->score, 2);
    tool_cell_text(w->table, r->reason);
    tool_cell_text(w->table, r->text);
    tool_cell(w->table, tool_short_id(r->statement));
    return true;
}

static void add_event(work *w, const casus_event_row *r) {
    tool_cell_text(w->table, r->id);
    tool_cell_text(w->table, strchr(r->times, ';') ? r->times : tool_when(&w->t->arena, r->time_begin, r->time_end));
    tool_cell_text(w->table, r->type);
    tool_cell_text(w->table, r->source);
    tool_cell_text(w->table, r->target);
    tool_cell_text(w->table, r->place);
    tool_cell_text(w->table, r->counts);
    tool_cell_int(w->table, r->supports);
    tool_cell_int(w->table, r->disputes);
    tool_cell_int(w->table, r->voices);
    tool_cell(w->table, tool_short_id(r->statements));
}

static bool add_row(void *ctx, const casus_event_row *r) {
    work *w = ctx;
    if (w->t->json) {
        w->code = casus_ledger_event_json(w->l, r->id, &w->out, &w->err);
        return !w->code && tool_line(w->t, &w->out);
    }
    if (!w->sources) {
        add_event(w, r);
        return true;
    }
    w->code = casus_ledger_members(w->l, r->id, add_member, w, &w->err);
    return !w->code;
}

static int run(tool *t, const void *given, char **args, int n) {
    static const tool_column EVENTS[] = {{"event", 0}, {"when", TOOL_FLEX}, {"type", 0}, {"source", TOOL_FLEX}, {"target", TOOL_FLEX}, {"place", TOOL_FLEX},
                                         {"counts", TOOL_FLEX}, {"supports", TOOL_RIGHT}, {"disputes", TOOL_RIGHT}, {"voices", TOOL_RIGHT}, {"id", 0}};
    static const tool_column SOURCES[] = {{"event", 0}, {"role", 0}, {"holder", TOOL_FLEX}, {"publisher", TOOL_FLEX}, {"date", 0}, {"voice", TOOL_RIGHT},
                                          {"score", TOOL_RIGHT}, {"reason", TOOL_FLEX}, {"words", TOOL_FLEX}, {"id", 0}};
    const query_options *o = given;
    work w = {.t = t, .sources = o->sources};
    casus_filter f = tool_filter(o);
    if (n) f.event = args[0];
    if (!tool_open(t, CASUS_LEDGER_READ, &w.l)) return TOOL_FAILED;
    w.table = o->sources ? tool_table_new(t, SOURCES, sizeof SOURCES / sizeof *SOURCES) : tool_table_new(t, EVENTS, sizeof EVENTS / sizeof *EVENTS);
    casus_code code = casus_ledger_events(w.l, &f, add_row, &w, &w.err);
    int rc = t->json ? TOOL_DONE : tool_table_end(w.table);
    casus_buf_done(&w.out);
    return tool_close(t, w.l, code ? code : w.code, &w.err, rc);
}

static const tool_option table[] = {
    QUERY_ACTOR, QUERY_WITH, QUERY_TYPE, QUERY_SINCE, QUERY_UNTIL, QUERY_DOC, QUERY_LIMIT,
    {"sources", 's', TOOL_FLAG, NULL, "who tells of each: supporters and disputers, with the score and reason of each merge", offsetof(query_options, sources)},
    {0}};

const tool_command cmd_events = {
    .name = "events",
    .summary = "lists what happened, merged from all that tell of it",
    .usage = "[EVENT]",
    .details = "Dates, places and counts that differ between reports stand side by side. `voices` counts independent supporters: near-identical\n"
               "copies and repetitions within a document are one voice.",
    .options = table,
    .size = sizeof(query_options),
    .common = TOOL_DB | TOOL_JSON,
    .max_args = 1,
    .examples = "casus events --actor ISKP --type ASSAULT --since 2022\ncasus events --sources e94ac49b5cef\n",
    .run = run,
};
