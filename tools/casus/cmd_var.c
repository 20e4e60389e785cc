/* casus var: how two series, or two actors, answer each other over time. */
#include "measuring.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

typedef struct options {
    const char *csv, *columns, *by, *scale, *since, *until;
    int64_t lags, horizon, replicates, seed;
    double level;
} options;

/* Two series with their names. */
typedef struct pair {
    const char *names[2];
    double *series[2];
    size_t n;
} pair;

enum { PLACES = 10 };

static const tool_column COLUMNS[] = {{"measure", 0}, {"series", 0}, {"of", 0}, {"lag", TOOL_RIGHT}, {"value", TOOL_RIGHT}, {"error", TOOL_RIGHT},
                                      {"low", TOOL_RIGHT}, {"high", TOOL_RIGHT}, {"p", TOOL_RIGHT}};

/* One line of the answer; what it has no value for is NAN. */
typedef struct line {
    const char *measure, *series, *of;
    int64_t lag; /* below 0: none */
    double value, error, low, high, p;
} line;

static void tell(tool_table *table, line l) {
    tool_cell_text(table, l.measure);
    tool_cell_text(table, l.series);
    tool_cell_text(table, l.of);
    if (l.lag < 0)
        tool_cell_text(table, "");
    else
        tool_cell_int(table, l.lag);
    tool_cell_real(table, l.value, PLACES);
    tool_cell_real(table, l.error, PLACES);
    tool_cell_real(table, l.low, PLACES);
    tool_cell_real(table, l.high, PLACES);
    tool_cell_real(table, l.p, 4);
}


static line plain(const char *measure, const char *series, const char *of, double value) {
    return (line){measure, series, of, -1, value, NAN, NAN, NAN, NAN};
}

static void tell_model(tool_table *table, const pair *p, const casus_var *v) {
    tell(table, plain("observations", "", "", (double)v->n));
    for (size_t e = 0; e < 2; e++) {
        const casus_fit *f = &v->equation[e];
        for (size_t k = 0; k < f->columns; k++)
            tell(table, (line){"coefficient", p->names[e], k ? p->names[(k - 1) % 2] : "constant", k ? (int64_t)((k - 1) / 2 + 1) : -1, f->coef[k], f->error[k], NAN,
                               NAN, NAN});
    }
    tell(table, plain("residual correlation", p->names[0], p->names[1], v->correlation));
}

static void tell_answers(tool_table *table, const pair *p, const casus_var *v, const casus_granger *g) {
    casus_reciprocity r = casus_var_reciprocity(v);
    for (size_t e = 0; e < 2; e++) {
        line granger = plain("granger F", p->names[e], p->names[1 - e], g->f[e]);
        granger.p = g->tail[e];
        tell(table, granger);
    }
    for (size_t e = 0; e < 2; e++) {
        tell(table, plain("answer", p->names[e], p->names[1 - e], r.answer[e]));
        tell(table, plain("inertia", p->names[e], p->names[e], r.inertia[e]));
        tell(table, plain("long-run answer", p->names[e], p->names[1 - e], r.long_run[e]));
    }
}

static void tell_impulse(tool_table *table, const pair *p, const casus_impulse *m) {
    for (size_t s = 0; s < 2; s++)
        for (size_t a = 0; a < 2; a++)
            for (size_t h = 0; h <= m->horizon; h++)
                tell(table, (line){"response", p->names[a], p->names[s], (int64_t)h, m->response[s][a][h], NAN, m->replicates ? m->low[s][a][h] : NAN,
                                   m->replicates ? m->high[s][a][h] : NAN, NAN});
}

static int answer(tool *t, const options *o, const pair *p) {
    casus_var v;
    casus_granger g;
    casus_impulse m;
    casus_error err;
    const double *a = p->series[0], *b = p->series[1];
    casus_impulse_options io = {.horizon = (size_t)o->horizon, .replicates = (size_t)o->replicates, .level = o->level > 0 ? o->level : 0.95,
                                .seed = (uint64_t)o->seed};
    casus_code code = casus_var_fit(a, b, p->n, (size_t)o->lags, &t->arena, &v, &err);
    if (!code) code = casus_granger_test(a, b, p->n, (size_t)o->lags, &t->arena, &g, &err);
    if (!code) code = casus_var_impulse(&v, a, b, &io, &t->arena, &m, &err);
    if (code) return tool_fail(t, &err);
    tool_table *table = tool_table_new(t, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    tell_model(table, p, &v);
    tell_answers(table, p, &v, &g);
    tell_impulse(table, p, &m);
    return tool_table_end(table);
}

static int from_file(tool *t, const options *o, pair *p) {
    if (!o->columns) return tool_usage(t, "--csv needs --columns FIRST,SECOND");
    char *first = casus_arena_strndup(&t->arena, o->columns, strlen(o->columns)), *comma = strchr(first, ',');
    if (!comma || strchr(comma + 1, ',')) return tool_usage(t, "--columns takes two names with a comma between them");
    *comma = '\0';
    p->names[0] = first, p->names[1] = comma + 1;
    casus_columns c;
    casus_error err;
    casus_code code = casus_columns_read(o->csv, p->names, 2, &t->arena, &c, &err);
    for (size_t s = 0; s < 2 && !code; s++) code = casus_columns_numbers(&c, s, o->csv, &t->arena, &p->series[s], &err);
    p->n = code ? 0 : c.rows;
    return code ? tool_fail(t, &err) : TOOL_DONE;
}

/* Net cooperation of each towards the other, period by period: what the first does to the second, and the reverse. */
static int from_ledger(tool *t, const options *o, char **actors, pair *p) {
    casus_dyad_options d = {.scale = CASUS_SCALE_GOLDSTEIN};
    casus_acts acts;
    casus_dyad dyad;
    casus_error err;
    int rc = tool_by(t, o->by, CASUS_BY_WEEK, &d.by);
    if (!rc && o->scale) rc = tool_scale(t, o->scale, &d.scale);
    if (!rc) rc = tool_acts(t, &(casus_acts_filter){.first = actors[0], .second = actors[1], .since = o->since, .until = o->until}, &acts);
    if (rc) return rc;
    if (casus_dyad_series(&acts, &d, &t->arena, &dyad, &err)) return tool_fail(t, &err);
    p->n = dyad.periods;
    for (size_t way = 0; way < 2; way++) {
        p->names[way] = casus_arena_printf(&t->arena, "%s → %s", actors[way], actors[1 - way]);
        p->series[way] = CASUS_NEW_ARRAY(&t->arena, double, p->n);
        for (size_t i = 0; i < p->n; i++) p->series[way][i] = dyad.flow[way][i].cooperation - dyad.flow[way][i].conflict;
    }
    return TOOL_DONE;
}

static int run(tool *t, const void *given, char **args, int n) {
    options o = *(const options *)given;
    pair p = {0};
    if (o.csv ? n != 0 : n != 2) return tool_usage(t, "give two actors, or --csv FILE --columns FIRST,SECOND");
    if (o.lags < 0 || o.horizon < 0 || o.replicates < 0) return tool_usage(t, "lags, horizon and replicates cannot be negative");
    if (!o.lags) o.lags = 4;
    if (!o.horizon) o.horizon = 8;
    if (!o.replicates) o.replicates = 500;
    int rc = o.csv ? from_file(t, &o, &p) : from_ledger(t, &o, args, &p);
    return rc ? rc : answer(t, &o, &p);
}

static const tool_option table_of_options[] = {
    {"by", 0, TOOL_TEXT, "PERIOD", "of the actors' series: day, week (default), month or year", offsetof(options, by)},
    {"scale", 0, TOOL_TEXT, "SCALE", "of the actors' series: goldstein (default), plover or counts", offsetof(options, scale)},
    MEASURE_SINCE(options), MEASURE_UNTIL(options),
    {"csv", 0, TOOL_TEXT, "FILE", "two series from a CSV or tab-separated file with a header", offsetof(options, csv)},
    {"columns", 0, TOOL_TEXT, "A,B", "the columns of that file that hold them", offsetof(options, columns)},
    {"lags", 'p', TOOL_INT, "P", "periods that are looked back (default 4)", offsetof(options, lags)},
    {"horizon", 0, TOOL_INT, "N", "periods that a shock is followed (default 8)", offsetof(options, horizon)},
    {"replicates", 0, TOOL_INT, "N", "bootstrap replicates for the bands (default 500)", offsetof(options, replicates)},
    {"level", 0, TOOL_REAL, "SHARE", "of the bands (default 0.95)", offsetof(options, level)},
    {"seed", 0, TOOL_INT, "N", "of the bootstrap: the same seed, the same bands (default 0)", offsetof(options, seed)},
    {0}};

const tool_command cmd_var = {
    .name = "var",
    .summary = "measures how two actors, or two series, answer each other",
    .usage = "[ACTOR ACTOR]",
    .details = "A vector autoregression by least squares: coefficients with standard errors; Granger's F, whether the past of one helps to foretell the other;\n"
               "the answer to one unit of the other's doing within the lags, and in the long run; responses to a shock of one standard deviation, the first\n"
               "series moving first, with bootstrap bands.",
    .options = table_of_options,
    .size = sizeof(options),
    .common = TOOL_DB | TOOL_JSON,
    .max_args = 2,
    .examples = "casus var Israel Palestine --by week -p 4\ncasus var --csv weeks.csv --columns i2p,p2i -p 4\n",
    .run = run,
};
