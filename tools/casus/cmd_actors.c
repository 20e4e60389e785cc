/* casus actors: who is in the ledger, under which names. */
#include "query.h"

#include <string.h>

typedef struct work {
    tool *t;
    tool_table *table;
    casus_buf out;
} work;

/* A list joined by "; " as a JSON array. */
static void add_list(casus_json *j, const char *key, const char *list) {
    casus_json_open(j, key, '[');
    while (*list) {
        const char *end = strstr(list, "; ");
        size_t n = end ? (size_t)(end - list) : strlen(list);
        casus_json_str(j, NULL, (casus_str){list, n});
        list += n + (end ? 2 : 0);
    }
    casus_json_close(j, ']');
}

static bool add_json(work *w, const casus_actor_row *r) {
    casus_json json = casus_json_to(&w->out), *j = &json;
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "record", "actor");
    casus_json_int(j, "schema", 1);
    casus_json_text(j, "id", r->id);
    casus_json_text(j, "name", r->name);
    add_list(j, "aliases", r->aliases);
    casus_json_text(j, "type", *r->type ? r->type : NULL);
    casus_json_text(j, "country", *r->country ? r->country : NULL);
    add_list(j, "sectors", r->sectors);
    if (*r->cameo) {
        casus_json_open(j, "codes", '{');
        casus_json_text(j, "cameo", r->cameo);
        casus_json_close(j, '}');
    }
    add_list(j, "part_of", r->part_of);
    casus_json_int(j, "mentions", r->mentions);
    casus_json_int(j, "documents", r->documents);
    casus_json_int(j, "statements", r->statements);
    casus_json_bool(j, "knowledge", r->knowledge);
    casus_json_close(j, '}');
    return tool_line(w->t, &w->out);
}

static bool add_row(void *ctx, const casus_actor_row *r) {
    work *w = ctx;
    if (w->t->json) return add_json(w, r);
    tool_cell_text(w->table, r->id);
    tool_cell_text(w->table, r->name);
    tool_cell_text(w->table, r->type);
    tool_cell_text(w->table, r->country);
    tool_cell_int(w->table, r->mentions);
    tool_cell_int(w->table, r->documents);
    tool_cell_int(w->table, r->statements);
    tool_cell_text(w->table, r->part_of);
    tool_cell_text(w->table, r->aliases);
    return true;
}

static int run(tool *t, const void *given, char **args, int n) {
    static const tool_column COLUMNS[] = {{"id", 0}, {"name", TOOL_FLEX}, {"type", 0}, {"country", 0}, {"mentions", TOOL_RIGHT}, {"documents", TOOL_RIGHT},
                                          {"statements", TOOL_RIGHT}, {"part_of", TOOL_FLEX}, {"aliases", TOOL_FLEX}};
    const query_options *o = given;
    casus_error err;
    casus_ledger *l = NULL;
    casus_filter f = tool_filter(o);
    if (n) f.actor = args[0];
    if (!tool_open(t, CASUS_LEDGER_READ, &l)) return TOOL_FAILED;
    work w = {.t = t, .table = tool_table_new(t, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS)};
    casus_code code = casus_ledger_actors(l, &f, add_row, &w, &err);
    int rc = t->json ? TOOL_DONE : tool_table_end(w.table);
    casus_buf_done(&w.out);
    return tool_close(t, l, code, &err, rc);
}

static const tool_option table[] = {
    {"type", 't', TOOL_TEXT, "TYPE", "only of this type: state, person, armed group …", offsetof(query_options, type)}, QUERY_DOC, QUERY_LIMIT, {0}};

const tool_command cmd_actors = {
    .name = "actors",
    .summary = "lists the actors and the names they go by",
    .usage = "[NAME]",
    .options = table,
    .size = sizeof(query_options),
    .common = TOOL_DB | TOOL_JSON,
    .max_args = 1,
    .examples = "casus actors --limit 20\ncasus actors Tehran\n",
    .run = run,
};
