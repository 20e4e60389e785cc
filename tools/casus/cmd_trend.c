/* casus trend: what rises and what falls. */
#include "measuring.h"

#include "query.h"

#include "casus/lexicon.h"

#include <math.h>
#include <string.h>

typedef struct options {
    const char *type, *where, *by, *since, *until, *split, *as, *claim;
    double level, penalty;
    bool linked;
} options;

/* Counts by period; `days` of each (the first and last may be cut by --since and --until). */
typedef struct series {
    casus_by by;
    int32_t first, first_day, end_day; /* end is exclusive */
    uint32_t *counts;
    size_t n;
} series;

static const tool_column COLUMNS[] = {
    {"measure", 0},           {"from", 0},           {"to", 0},           {"events", TOOL_RIGHT},
    {"per_year", TOOL_RIGHT}, {"value", TOOL_RIGHT}, {"low", TOOL_RIGHT}, {"high", TOOL_RIGHT},
    {"p", TOOL_RIGHT}};
static const double YEAR = 365.2425;

static void tell(tool_table *table, const char *measure, int32_t from, int32_t end, int64_t events,
                 const casus_rate_ratio *r) {
    char first[11], last[11];
    tool_cell_text(table, measure);
    tool_cell_text(table, casus_day_text(from, first));
    tool_cell_text(table, casus_day_text(end - 1, last));
    tool_cell_int(table, events);
    tool_cell_real(table, (double)events / (end - from) * YEAR, 5);
    tool_cell_real(table, r ? r->ratio : NAN, 5);
    tool_cell_real(table, r ? r->low : NAN, 5);
    tool_cell_real(table, r ? r->high : NAN, 5);
    tool_cell_real(table, r ? r->tail : NAN, 4);
}

static int32_t begin_of(const series *s, size_t i) {
    int32_t day = casus_period_day(s->by, s->first + (int32_t)i);
    return day > s->first_day ? day : s->first_day;
}

static int32_t end_of(const series *s, size_t i) {
    int32_t day = casus_period_day(s->by, s->first + (int32_t)i + 1);
    return day < s->end_day ? day : s->end_day;
}

/* The period told of: as asked, else from the first event's period to the last's. */
static void span(const options *o, const casus_acts *acts, series *s) {
    int32_t first = INT32_MAX, last = INT32_MIN, ignored;
    for (size_t i = 0; i < acts->n; i++) {
        if (acts->at[i].day < first) first = acts->at[i].day;
        if (acts->at[i].day > last) last = acts->at[i].day;
    }
    s->first_day = casus_period_day(s->by, casus_period_of(s->by, first));
    s->end_day = casus_period_day(s->by, casus_period_of(s->by, last) + 1);
    if (o->since) casus_day_parse(casus_str_of(o->since), &s->first_day, &ignored);
    if (o->until) casus_day_parse(casus_str_of(o->until), &ignored, &s->end_day);
    s->first = casus_period_of(s->by, s->first_day);
    s->n = (size_t)(casus_period_of(s->by, s->end_day - 1) - s->first) + 1;
}

static size_t keep_side(const options *o, casus_acts *acts) {
    size_t kept = 0;
    for (size_t i = 0; i < acts->n; i++) {
        const casus_act *a = &acts->at[i];
        if (!o->as || (strcmp(o->as, "source") == 0 ? a->source : a->target) == 0) acts->at[kept++] = *a;
    }
    return acts->n = kept;
}

/* Before and since the split: the day given, else the middle of the period. */
static int tell_ratio(tool *t, tool_table *table, const options *o, const casus_acts *acts, const series *s) {
    int32_t split = s->first_day + (s->end_day - s->first_day) / 2, ignored;
    if (o->split) casus_day_parse(casus_str_of(o->split), &split, &ignored);
    if (split <= s->first_day || split >= s->end_day)
        return tool_failf(t, "the split leaves nothing on one side: give a day within the period");
    int64_t before = 0, after = 0;
    for (size_t i = 0; i < acts->n; i++) acts->at[i].day < split ? before++ : after++;
    casus_rate_ratio r;
    casus_error err;
    if (casus_rate_ratio_test((uint64_t)before, split - s->first_day, (uint64_t)after, s->end_day - split,
                              o->level > 0 ? o->level : 0.95, &r, &err))
        return tool_fail(t, &err);
    tell(table, "before", s->first_day, split, before, NULL);
    tell(table, "after", split, s->end_day, after, NULL);
    tell(table, "rate ratio", s->first_day, s->end_day, before + after, &r);
    return TOOL_DONE;
}

static int tell_segments(tool *t, tool_table *table, const options *o, const series *s) {
    size_t *starts, n = 0;
    casus_error err;
    if (s->n < 2) return TOOL_DONE;
    if (casus_change_points(s->counts, s->n, o->penalty, &t->arena, &starts, &n, &err)) return tool_fail(t, &err);
    for (size_t i = 0; i < n; i++) {
        size_t end = i + 1 < n ? starts[i + 1] : s->n;
        int64_t events = 0;
        for (size_t k = starts[i]; k < end; k++) events += s->counts[k];
        tell(table, "segment", begin_of(s, starts[i]), end_of(s, end - 1), events, NULL);
    }
    return TOOL_DONE;
}

/* ---- a sentence's claim -------------------------------------------------------------------------------------- */

static const tool_column CLAIM_COLUMNS[] = {{"row", 0},
                                            {"words", TOOL_FLEX},
                                            {"from", 0},
                                            {"to", 0},
                                            {"events", TOOL_RIGHT},
                                            {"per_year", TOOL_RIGHT},
                                            {"value", TOOL_RIGHT},
                                            {"low", TOOL_RIGHT},
                                            {"high", TOOL_RIGHT},
                                            {"p", TOOL_RIGHT},
                                            {"id", 0}};

static void tell_words(tool_table *table, const char *row, const char *words, const char *id) {
    tool_cell_text(table, row);
    tool_cell_text(table, words);
    for (size_t i = 0; i < 8; i++) tool_cell_text(table, "");
    tool_cell(table, *id ? tool_short_id(id) : (casus_str){0});
}

static void tell_period(tool_table *table, const char *row, int32_t from, int32_t end, int64_t events) {
    char first[11], last[11];
    tool_cell_text(table, row);
    tool_cell_text(table, "");
    tool_cell_text(table, casus_day_text(from, first));
    tool_cell_text(table, casus_day_text(end - 1, last));
    tool_cell_int(table, events);
    tool_cell_real(table, (double)events / (end - from) * YEAR, 5);
    for (size_t i = 0; i < 5; i++) tool_cell_text(table, "");
}

static void tell_test(tool *t, tool_table *table, const casus_trend_claim *c, const casus_trend_test *r) {
    tell_words(table, "claim", c->text, c->statement);
    tell_words(table, "told by", *c->holder ? c->holder : "the author", "");
    tell_words(table, "says", casus_arena_printf(&t->arena, "%s%s", c->denied ? "not so: " : "", c->relation), "");
    tell_words(table, "of",
               casus_arena_printf(&t->arena, "%s%s%s%s", *c->type ? c->type : "acts", *c->type_word ? " (" : "",
                                  c->type_word, *c->type_word ? ")" : ""),
               "");
    tell_words(
        table, c->both ? "between" : "by",
        casus_arena_printf(&t->arena, "%s%s%s", c->actor, *c->other ? c->both ? " and " : " towards " : "", c->other),
        "");
    if (*c->where) tell_words(table, "in", c->where, "");
    tell_words(table, "compared", c->period, "");
    if (r->since > r->before && r->until > r->since) {
        tell_period(table, "before", r->before, r->since, r->first);
        tell_period(table, "since", r->since, r->until, r->second);
    }
    tool_cell_text(table, "verdict");
    tool_cell_text(table, casus_arena_printf(&t->arena, "%s: %s", r->verdict, r->why));
    for (size_t i = 0; i < 4; i++) tool_cell_text(table, "");
    tool_cell_real(table, r->ratio.ratio, 5), tool_cell_real(table, r->ratio.low, 5),
        tool_cell_real(table, r->ratio.high, 5);
    tool_cell_real(table, r->ratio.tail, 4);
    tool_cell_text(table, "");
}

/* What the options say stands over what the sentence says. */
static int overrule(tool *t, const options *o, char **args, int n, casus_trend_claim *c) {
    int32_t ignored;
    if (n) c->actor = args[0];
    if (n && strcmp(c->actor, c->other) == 0) c->other = "";
    if (o->type) c->type = o->type, c->type_word = "";
    if (o->where) c->where = o->where;
    if (o->since) casus_day_parse(casus_str_of(o->since), &c->before, &ignored), c->period = "as asked";
    if (o->until) casus_day_parse(casus_str_of(o->until), &ignored, &c->until), c->period = "as asked";
    if (o->split) {
        casus_day_parse(casus_str_of(o->split), &c->since, &ignored);
        if (!o->since) c->before = INT32_MIN;
        if (!o->until) c->until = INT32_MAX;
        c->period = "as asked";
    }
    return *c->actor ? TOOL_DONE : tool_usage(t, "the claim names no actor: give one");
}

/* Nothing of the kind is an answer, not an error. */
static casus_code load_meant(tool *t, casus_ledger *l, const casus_trend_claim *c, casus_acts *meant,
                             casus_error *err) {
    casus_acts_filter f = {.first = c->actor,
                           .second = *c->other ? c->other : NULL,
                           .type = *c->type ? c->type : NULL,
                           .where = *c->where ? c->where : NULL,
                           .without = c->doc};
    casus_code code = tool_acts_of(t, l, &f, meant, err);
    if (code != CASUS_ERR_NOTFOUND) return code;
    *meant = (casus_acts){0};
    return CASUS_OK;
}

static int test_claim(tool *t, const options *o, char **args, int n) {
    casus_ledger *l;
    casus_lexicon *lex = NULL;
    casus_error err;
    casus_trend_claim c = {0};
    casus_trend_test r;
    casus_acts all = {0}, meant = {0};
    if (!tool_open(t, CASUS_LEDGER_READ, &l)) return TOOL_FAILED;
    casus_code code = tool_lexicon(t, &lex, &err);
    if (!code) code = casus_trend_claim_load(l, lex, o->claim, &t->arena, &c, &err);
    if (code == CASUS_ERR_ARG && o->split && c.direction) code = CASUS_OK; /* the periods are given */
    casus_lexicon_close(lex);
    int rc = code ? TOOL_DONE : overrule(t, o, args, n, &c);
    if (!code && !rc) code = tool_acts_of(t, l, &(casus_acts_filter){.first = c.actor, .without = c.doc}, &all, &err);
    if (!code && !rc) code = load_meant(t, l, &c, &meant, &err);
    if (!code && !rc)
        code = casus_trend_claim_test(&c, &all, &meant, *c.other != '\0', o->level > 0 ? o->level : 0.95, &r, &err);
    rc = tool_close(t, l, code, &err, rc);
    if (rc) return rc;
    tool_table *table = tool_table_new(t, CLAIM_COLUMNS, sizeof CLAIM_COLUMNS / sizeof *CLAIM_COLUMNS);
    tell_test(t, table, &c, &r);
    return tool_table_end(table);
}

/* ---- the command ------------------------------------------------------------------------------------------- */

static int run(tool *t, const void *given, char **args, int n) {
    const options *o = given;
    casus_acts acts;
    series s = {0};
    if (o->claim) return test_claim(t, o, args, n);
    if (n != 1) return tool_usage(t, "give an actor, or a sentence's claim with --claim ID");
    if (o->as && strcmp(o->as, "source") != 0 && strcmp(o->as, "target") != 0)
        return tool_usage(t, "--as takes source or target, not \"%s\"", o->as);
    int rc = tool_by(t, o->by, CASUS_BY_YEAR, &s.by);
    if (!rc)
        rc = tool_acts(t,
                       &(casus_acts_filter){
                           .first = args[0], .type = o->type, .where = o->where, .since = o->since, .until = o->until},
                       &acts);
    if (rc || o->linked) return rc ? rc : tool_linked(t, &acts);
    if (!keep_side(o, &acts)) return tool_failf(t, "%s is %s of no event in that period", args[0], o->as);
    span(o, &acts, &s);
    s.counts = CASUS_NEW_ARRAY(&t->arena, uint32_t, s.n);
    for (size_t i = 0; i < acts.n; i++) s.counts[casus_period_of(s.by, acts.at[i].day) - s.first]++;
    tool_table *table = tool_table_new(t, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < s.n; i++) tell(table, "count", begin_of(&s, i), end_of(&s, i), s.counts[i], NULL);
    if ((rc = tell_ratio(t, table, o, &acts, &s))) return rc;
    if ((rc = tell_segments(t, table, o, &s))) return rc;
    return tool_table_end(table);
}

static const tool_option table[] = {
    {"type", 't', TOOL_TEXT, "TYPE", "only events of this PLOVER type", offsetof(options, type)},
    {"where", 'w', TOOL_TEXT, "PLACE", "only in this country (alpha-3) or place", offsetof(options, where)},
    {"as", 0, TOOL_TEXT, "SIDE", "only as source or target (default: both)", offsetof(options, as)},
    {"by", 0, TOOL_TEXT, "PERIOD", "day, week, month or year (default)", offsetof(options, by)},
    {"split", 0, TOOL_ISO_DATE, "DATE", "compare before this day with since (default: the middle)",
     offsetof(options, split)},
    {"level", 0, TOOL_REAL, "SHARE", "of the interval (default 0.95)", offsetof(options, level)},
    {"penalty", 0, TOOL_REAL, "P", "log-likelihood gain that a change point must be worth (default log of the periods)",
     offsetof(options, penalty)},
    {"claim", 'c', TOOL_TEXT, "ID", "test what this statement of kind change says; options overrule what it says",
     offsetof(options, claim)},
    MEASURE_LINKED(options),
    MEASURE_SINCE(options),
    MEASURE_UNTIL(options),
    {0}};

const tool_command cmd_trend = {
    .name = "trend",
    .summary = "measures what rises and what falls: counts, rate ratio, change points",
    .usage = "[ACTOR]",
    .details =
        "Counts by period; the rate since a day against the rate before it, with an exact Poisson interval; and "
        "segments of even rate between change points.\n"
        "Counts of reported events: a rise may be a rise in reporting. With --claim a sentence that says something "
        "rose or fell is put to the data: whose\n"
        "acts, of what type, where and when are taken from it and shown, with both counts, the ratio and what follows.",
    .options = table,
    .size = sizeof(options),
    .common = TOOL_DB | TOOL_JSON,
    .max_args = 1,
    .examples = "casus trend Taliban --type ASSAULT --split 1996-09-27\ncasus trend ISKP --where RUS --by month\ncasus "
                "trend --claim 4f1c\n",
    .run = run,
};
