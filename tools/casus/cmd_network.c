/* casus network: who stands with whom, and how balanced that is. */
#include "measuring.h"

#include <stdlib.h>
#include <string.h>

typedef struct options {
    const char *csv, *columns, *by, *scale, *since, *until;
    int64_t least;
    bool actors, known;
} options;

/* What is told of: ties period by period. */
typedef struct job {
    tool *t;
    const options *o;
    tool_table *table;
    const char **names;
    size_t n_names;
    int rc;
} job;

static const tool_column NETWORK[] = {{"period", 0}, {"nodes", TOOL_RIGHT}, {"ties", TOOL_RIGHT}, {"friendly", TOOL_RIGHT}, {"triangles", TOOL_RIGHT},
                                      {"balanced", TOOL_RIGHT}, {"balance", TOOL_RIGHT}, {"frustration", TOOL_RIGHT}, {"at_least", TOOL_RIGHT},
                                      {"normalised", TOOL_RIGHT}, {"search", 0}};
static const tool_column ACTORS[] = {{"period", 0}, {"actor", TOOL_FLEX}, {"component", TOOL_RIGHT}, {"camp", TOOL_RIGHT}, {"friends", TOOL_RIGHT},
                                     {"foes", TOOL_RIGHT}, {"strength", TOOL_RIGHT}, {"betweenness", TOOL_RIGHT}, {"pn", TOOL_RIGHT}};

/* Renumbers the nodes that have ties; returns how many, their old numbers in `used`. */
static size_t compact(tool *t, casus_tie *ties, size_t n, size_t names, uint32_t *used) {
    uint32_t *number = CASUS_NEW_ARRAY(&t->arena, uint32_t, names + 1);
    size_t nodes = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t *ends[2] = {&ties[i].a, &ties[i].b};
        for (size_t e = 0; e < 2; e++) {
            if (!number[*ends[e]]) used[nodes] = *ends[e], number[*ends[e]] = (uint32_t)++nodes;
            *ends[e] = number[*ends[e]] - 1;
        }
    }
    return nodes;
}

static void tell_network(const job *j, const char *period, const casus_network *net, const casus_frustration *f) {
    casus_triangles t = casus_network_triangles(net);
    tool_cell_text(j->table, period);
    tool_cell_int(j->table, (int64_t)net->nodes);
    tool_cell_int(j->table, (int64_t)net->ties);
    tool_cell_int(j->table, (int64_t)net->positive);
    tool_cell_int(j->table, (int64_t)t.all);
    tool_cell_int(j->table, (int64_t)t.balanced);
    tool_cell_num(j->table, t.share, 10);
    tool_cell_int(j->table, (int64_t)f->high);
    tool_cell_int(j->table, (int64_t)f->low);
    tool_cell_num(j->table, f->normalised, 10);
    tool_cell_text(j->table, f->exact ? "exact" : "bounded");
}

static void tell_actors(const job *j, const char *period, const casus_network *net, const casus_frustration *f, const casus_centrality *c,
                        const uint32_t *used) {
    for (size_t i = 0; i < net->nodes; i++) {
        tool_cell_text(j->table, period);
        tool_cell_text(j->table, j->names[used[i]]);
        tool_cell_int(j->table, (int64_t)f->component[i] + 1);
        tool_cell_int(j->table, f->camp[i] + 1);
        tool_cell_int(j->table, c->friends[i]);
        tool_cell_int(j->table, c->foes[i]);
        tool_cell_real(j->table, c->strength[i], 6);
        tool_cell_real(j->table, c->between[i], 6);
        tool_cell_real(j->table, c->pn[i], 6);
    }
}

static int tell(const job *j, const char *period, casus_tie *ties, size_t n) {
    casus_arena *a = &j->t->arena;
    uint32_t *used = CASUS_NEW_ARRAY(a, uint32_t, j->n_names + 1);
    size_t nodes = compact(j->t, ties, n, j->n_names, used);
    casus_network net;
    casus_frustration f;
    casus_centrality c;
    casus_error err;
    casus_code code = casus_network_build(ties, n, nodes, a, &net, &err);
    if (!code) code = casus_network_frustration(&net, NULL, a, &f, &err);
    if (!code && j->o->actors) code = casus_network_centrality(&net, a, &c, &err);
    if (code) return tool_fail(j->t, &err);
    if (j->o->actors) tell_actors(j, period, &net, &f, &c, used);
    else tell_network(j, period, &net, &f);
    return TOOL_DONE;
}

/* ---- a file of ties ---------------------------------------------------------------------------------------- */

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static uint32_t number_of(const job *j, const char *name) {
    const char **at = bsearch(&name, j->names, j->n_names, sizeof *j->names, by_text);
    return (uint32_t)(at - j->names);
}

/* The names of both ends, each once. */
static void list_names(job *j, const casus_columns *c) {
    j->names = CASUS_NEW_ARRAY(&j->t->arena, const char *, 2 * c->rows + 1);
    size_t n = 0;
    for (size_t i = 0; i < c->rows; i++) j->names[n++] = c->cells[i * 3], j->names[n++] = c->cells[i * 3 + 1];
    qsort(j->names, n, sizeof *j->names, by_text);
    for (size_t i = 0; i < n; i++)
        if (!j->n_names || strcmp(j->names[j->n_names - 1], j->names[i]) != 0) j->names[j->n_names++] = j->names[i];
}

static const char *const *three_columns(tool *t, const char *given) {
    static const char *const USUAL[3] = {"from", "to", "sign"};
    if (!given) return USUAL;
    const char **names = CASUS_NEW_ARRAY(&t->arena, const char *, 3);
    char *copy = casus_arena_strndup(&t->arena, given, strlen(given)), *second = strchr(copy, ','), *third = second ? strchr(second + 1, ',') : NULL;
    if (!third || strchr(third + 1, ',')) return NULL;
    *second = *third = '\0';
    names[0] = copy, names[1] = second + 1, names[2] = third + 1;
    return names;
}

static int from_file(job *j) {
    tool *t = j->t;
    casus_columns c;
    casus_error err;
    double *weights;
    const char *const *columns = three_columns(t, j->o->columns);
    if (!columns) return tool_usage(t, "--columns takes three names: from, to and weight, with commas between them");
    casus_code code = casus_columns_read(j->o->csv, columns, 3, &t->arena, &c, &err);
    if (!code) code = casus_columns_numbers(&c, 2, j->o->csv, &t->arena, &weights, &err);
    if (code) return tool_fail(t, &err);
    if (!c.rows) return tool_failf(t, "%s has no ties: give one a line", j->o->csv);
    list_names(j, &c);
    casus_tie *ties = CASUS_NEW_ARRAY(&t->arena, casus_tie, c.rows);
    for (size_t i = 0; i < c.rows; i++) ties[i] = (casus_tie){number_of(j, c.cells[i * 3]), number_of(j, c.cells[i * 3 + 1]), weights[i]};
    return tell(j, "", ties, c.rows);
}

/* ---- the ledger -------------------------------------------------------------------------------------------- */

static int by_ends(const void *x, const void *y) {
    const casus_pair_flow *a = x, *b = y;
    uint32_t a1 = a->source < a->target ? a->source : a->target, a2 = a->source ^ a->target ^ a1;
    uint32_t b1 = b->source < b->target ? b->source : b->target, b2 = b->source ^ b->target ^ b1;
    if (a1 != b1) return a1 < b1 ? -1 : 1;
    return (a2 > b2) - (a2 < b2);
}

/* Ties of one period: the net of both directions, of pairs with enough events. */
static size_t net_ties(casus_pair_flow *flows, size_t n, int64_t least, casus_tie *ties) {
    size_t kept = 0;
    qsort(flows, n, sizeof *flows, by_ends);
    for (size_t i = 0; i < n;) {
        casus_tie tie = {flows[i].source, flows[i].target, 0};
        int64_t events = 0;
        const casus_pair_flow *first = &flows[i];
        for (; i < n && by_ends(first, &flows[i]) == 0; i++) tie.weight += flows[i].flow.cooperation - flows[i].flow.conflict, events += flows[i].flow.events;
        if (events >= least) ties[kept++] = tie;
    }
    return kept;
}

static int from_ledger(job *j, const casus_dyad_options *d) {
    tool *t = j->t;
    casus_acts acts;
    casus_acts_filter filter = {.since = j->o->since, .until = j->o->until, .known = j->o->known};
    casus_pair_flow *flows;
    size_t n = 0;
    int rc = tool_dyads(t, &filter, d, !j->o->by, &acts, &flows, &n);
    if (rc) return rc;
    j->names = acts.actors, j->n_names = acts.n_actors;
    casus_tie *ties = CASUS_NEW_ARRAY(&t->arena, casus_tie, n + 1);
    for (size_t i = 0, end; i < n && !rc; i = end) {
        char period[11] = "";
        for (end = i; end < n && flows[end].period == flows[i].period; end++) {}
        if (j->o->by) casus_period_text(d->by, flows[i].period, period);
        rc = tell(j, casus_arena_printf(&t->arena, "%s", period), ties, net_ties(flows + i, end - i, j->o->least, ties));
    }
    return n ? rc : tool_failf(t, "no two actors did anything to each other in that period");
}

static int run(tool *t, const void *given, char **args, int n) {
    const options *o = given;
    casus_dyad_options d = {0};
    (void)args, (void)n;
    int rc = tool_by(t, o->by, CASUS_BY_YEAR, &d.by);
    if (!rc) rc = tool_scale(t, o->scale, &d.scale);
    if (rc) return rc;
    job j = {.t = t, .o = o, .table = o->actors ? tool_table_new(t, ACTORS, sizeof ACTORS / sizeof *ACTORS) : tool_table_new(t, NETWORK, sizeof NETWORK / sizeof *NETWORK)};
    if ((rc = o->csv ? from_file(&j) : from_ledger(&j, &d))) return rc;
    return tool_table_end(j.table);
}

static const tool_option table[] = {
    {"by", 0, TOOL_TEXT, "PERIOD", "one network a day, week, month or year (default: one of all time)", offsetof(options, by)},
    {"actors", 'a', TOOL_FLAG, NULL, "who is in which camp, with centralities, instead of the whole", offsetof(options, actors)},
    {"scale", 0, TOOL_TEXT, "SCALE", "what signs a tie: plover (default), goldstein or counts", offsetof(options, scale)},
    {"min", 0, TOOL_INT, "N", "leave out pairs with fewer events in the period", offsetof(options, least)},
    MEASURE_KNOWN(options), MEASURE_SINCE(options), MEASURE_UNTIL(options),
    {"csv", 0, TOOL_TEXT, "FILE", "ties from a file with a header instead of the ledger", offsetof(options, csv)},
    {"columns", 0, TOOL_TEXT, "A,B,W", "its columns: both ends and the signed weight (default from,to,sign)", offsetof(options, columns)},
    {0}};

const tool_command cmd_network = {
    .name = "network",
    .summary = "measures who stands with whom: balance, frustration, camps, centralities",
    .usage = "",
    .details = "A tie is the net of cooperation and conflict between two actors, both directions together. Balance is the share of triangles whose signs multiply to\n"
               "plus; frustration the fewest ties that contradict a division into two camps: exact where components have up to 40 actors (beyond their\n"
               "tree-like fringe), else the best division found with the lower bound beside it.",
    .options = table,
    .size = sizeof(options),
    .common = TOOL_DB | TOOL_JSON,
    .max_args = 0,
    .examples = "casus network --by year\ncasus network --actors --csv ties.csv\n",
    .run = run,
};
