/* Acts by period and pair. */
#include "casus/measure.h"
#include "acts.h"

#include "casus/coder.h"
#include "casus/lexicon.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- periods ----------------------------------------------------------------------------------------------- */

bool casus_by_of(const char *name, casus_by *by) {
    static const char *const NAMES[] = {"day", "week", "month", "year"};
    for (size_t i = 0; i < 4; i++)
        if (strcmp(name, NAMES[i]) == 0) return *by = (casus_by)i, true;
    return false;
}

static int32_t floor_div(int32_t a, int32_t b) { return a / b - (a % b < 0); }

/* 1970-01-01 was a Thursday: day −3 a Monday. */
int32_t casus_period_of(casus_by by, int32_t day) {
    int year, month, of_month;
    casus_day_split(day, &year, &month, &of_month);
    switch (by) {
    case CASUS_BY_DAY: return day;
    case CASUS_BY_WEEK: return floor_div(day + 3, 7);
    case CASUS_BY_MONTH: return year * 12 + month - 1;
    default: return year;
    }
}

int32_t casus_period_day(casus_by by, int32_t period) {
    switch (by) {
    case CASUS_BY_DAY: return period;
    case CASUS_BY_WEEK: return period * 7 - 3;
    case CASUS_BY_MONTH: return casus_day_of(floor_div(period, 12), period - floor_div(period, 12) * 12 + 1, 1);
    default: return casus_day_of(period, 1, 1);
    }
}

char *casus_period_text(casus_by by, int32_t period, char out[11]) {
    casus_day_text(casus_period_day(by, period), out);
    if (by == CASUS_BY_MONTH) out[7] = '\0';
    if (by == CASUS_BY_YEAR) out[4] = '\0';
    return out;
}

/* ---- scales ------------------------------------------------------------------------------------------------ */

bool casus_scale_of(const char *name, casus_scale *scale) {
    static const char *const NAMES[] = {"plover", "goldstein", "counts"};
    for (size_t i = 0; i < 3; i++)
        if (strcmp(name, NAMES[i]) == 0) return *scale = (casus_scale)i, true;
    return false;
}

void casus_act_mass(const casus_act *a, casus_scale scale, double *cooperation, double *conflict) {
    double score = a->goldstein;
    if (scale == CASUS_SCALE_PLOVER) score = casus_plover_score((casus_plover)a->type);
    if (scale == CASUS_SCALE_COUNTS) score = a->quad == 0 ? 0 : a->quad <= 2 ? 1 : -1;
    *cooperation = score > 0 ? score : 0;
    *conflict = score < 0 ? -score : 0;
}

static void flow_add(casus_flow *f, const casus_act *a, casus_scale scale) {
    double cooperation, conflict;
    casus_act_mass(a, scale, &cooperation, &conflict);
    f->cooperation += cooperation, f->conflict += conflict;
    f->events++;
    f->quad[a->quad]++;
}

/* ---- order ------------------------------------------------------------------------------------------------- */

#define COMPARE(x, y) \
    if ((x) != (y)) return (x) < (y) ? -1 : 1

static int by_day_and_pair(const void *x, const void *y) {
    const casus_act *a = x, *b = y;
    COMPARE(a->day, b->day);
    COMPARE(a->source, b->source);
    COMPARE(a->target, b->target);
    COMPARE(a->type, b->type);
    COMPARE(a->goldstein, b->goldstein);
    return 0;
}

/* A copy sorted by day; with one_a_day, the same actors and type count once a day (the strongest by its place in the order). */
static size_t arrange(const casus_acts *acts, bool one_a_day, casus_arena *arena, casus_act **out) {
    casus_act *copy = casus_arena_dup(arena, acts->at, acts->n * sizeof *copy);
    qsort(copy, acts->n, sizeof *copy, by_day_and_pair);
    size_t kept = 0;
    for (size_t i = 0; i < acts->n; i++) {
        const casus_act *last = kept ? &copy[kept - 1] : NULL, *a = &copy[i];
        bool again = last && last->day == a->day && last->source == a->source && last->target == a->target && last->type == a->type;
        if (!(one_a_day && again)) copy[kept++] = *a;
    }
    *out = copy;
    return kept;
}

/* ---- one pair ---------------------------------------------------------------------------------------------- */

static int direction(const casus_act *a) {
    if (a->source == 0 && a->target == 1) return 0;
    return a->source == 1 && a->target == 0 ? 1 : -1;
}

/* First and last day of the acts between the two; false when there are none. */
static bool days_between(const casus_act *at, size_t n, int32_t *first, int32_t *last) {
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        if (direction(&at[i]) < 0) continue;
        if (!any || at[i].day < *first) *first = at[i].day;
        if (!any || at[i].day > *last) *last = at[i].day;
        any = true;
    }
    return any;
}

casus_code casus_dyad_series(const casus_acts *acts, const casus_dyad_options *o, casus_arena *arena, casus_dyad *out, casus_error *err) {
    casus_act *at = acts->at;
    size_t n = o->one_a_day ? arrange(acts, true, arena, &at) : acts->n;
    int32_t first = 0, last = 0, day = 0, period = 0;
    if (!days_between(at, n, &first, &last))
        return casus_fail(err, CASUS_ERR_NOTFOUND, "nothing happened between %s and %s", acts->actors[0], acts->actors[1]);
    casus_dyad d = {.first = casus_period_of(o->by, first)};
    d.periods = (size_t)(casus_period_of(o->by, last) - d.first) + 1;
    for (size_t i = 0; i < 2; i++) d.flow[i] = CASUS_NEW_ARRAY(arena, casus_flow, d.periods);
    for (size_t i = 0; i < n; i++) {
        int way = direction(&at[i]);
        if (way < 0) continue;
        if (at[i].day != day || !i) period = casus_period_of(o->by, day = at[i].day);
        flow_add(&d.flow[way][period - d.first], &at[i], o->scale);
    }
    *out = d;
    return CASUS_OK;
}

/* ---- all pairs --------------------------------------------------------------------------------------------- */

static int by_period_and_events(const void *x, const void *y) {
    const casus_pair_flow *a = x, *b = y;
    COMPARE(a->period, b->period);
    COMPARE(b->flow.events, a->flow.events);
    COMPARE(a->source, b->source);
    COMPARE(a->target, b->target);
    return 0;
}

/* Pairs as they come up. */
typedef struct pairs {
    const casus_dyad_options *options;
    bool all_time;
    casus_arena *arena;
    casus_table index;
    casus_pair_flow *at;
    size_t n, cap;
    int32_t day, period; /* the last act's: those of acts that follow one another are often the same */
    bool any;
} pairs;

static uint64_t pair_key(int32_t period, uint32_t source, uint32_t target) {
    uint64_t hash = ((uint64_t)source << 32 | target) * 0x9E3779B97F4A7C15u ^ (uint64_t)(uint32_t)period * 0xC2B2AE3D27D4EB4Fu;
    hash ^= hash >> 29;
    hash *= 0xBF58476D1CE4E5B9u;
    hash ^= hash >> 32;
    return hash ? hash : 1;
}

static void pairs_add(void *ctx, const casus_act *a) {
    pairs *p = ctx;
    if (a->source == CASUS_NOBODY || a->target == CASUS_NOBODY || a->source == a->target) return;
    if (!p->any || a->day != p->day) {
        p->day = a->day;
        p->period = p->all_time ? 0 : casus_period_of(p->options->by, a->day);
        p->any = true;
    }
    bool fresh = false;
    uint32_t *at = casus_table_put(&p->index, p->arena, pair_key(p->period, a->source, a->target), &fresh);
    if (fresh) {
        *at = (uint32_t)p->n;
        *CASUS_PUSH(p->arena, p->at, p->n, p->cap) = (casus_pair_flow){.period = p->period, .source = a->source, .target = a->target};
    }
    flow_add(&p->at[*at].flow, a, p->options->scale);
}

static void pairs_end(pairs *p, casus_pair_flow **out, size_t *n) {
    if (p->n) qsort(p->at, p->n, sizeof *p->at, by_period_and_events);
    *out = p->at;
    *n = p->n;
}

void casus_dyads(const casus_acts *acts, const casus_dyad_options *o, bool all_time, casus_arena *arena, casus_pair_flow **out, size_t *n_out) {
    casus_act *at = acts->at;
    pairs p = {.options = o, .all_time = all_time, .arena = arena};
    size_t n = o->one_a_day ? arrange(acts, true, arena, &at) : acts->n;
    for (size_t i = 0; i < n; i++) pairs_add(&p, &at[i]);
    pairs_end(&p, out, n_out);
}

casus_code casus_dyads_load(casus_ledger *l, const casus_acts_filter *filter, const casus_dyad_options *o, bool all_time, casus_arena *arena,
                            casus_acts *names, casus_pair_flow **out, size_t *n, casus_error *err) {
    pairs p = {.options = o, .all_time = all_time, .arena = arena};
    casus_code code = measure_acts(l, filter, o->one_a_day ? NULL : pairs_add, &p, arena, names, err);
    if (code) return code;
    if (o->one_a_day) casus_dyads(names, o, all_time, arena, out, n);
    else pairs_end(&p, out, n);
    return CASUS_OK;
}
