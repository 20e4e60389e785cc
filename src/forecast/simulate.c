/* Running the system forward by sampling.
 *
 * Each lead (a source with an action) acts a Poisson number of times a day. Its rate is the average of two faded counts, of
 * weeks and of months, each divided by its window, so that the rate neither grows nor shrinks in the mean, but every event
 * drawn makes the next more likely for a while. Whom it meets is an urn: the forecast's probabilities, worth as many events as
 * the source's faded count plus two, and every event drawn in the run one more. Both are the habits the rules measured.
 */
#include "forecast/predict.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SIM_LEADS = 300, SIM_TARGETS = 16, RATES = 2, COUNT_MAX = UINT16_MAX };

typedef struct sim_lead {
    forecast_lead lead;
    double rate[RATES]; /* events a day, from the past */
    double keep[RATES]; /* what a day leaves of a rate */
    double step[RATES]; /* what one event adds to it */
    double weight;      /* of the forecast, in events */
    int32_t target[SIM_TARGETS];
    double share[SIM_TARGETS];
    int32_t n;
} sim_lead;

typedef struct simulation {
    const casus_forecaster *f;
    const casus_simulation_plan *plan;
    sim_lead *leads;
    size_t n_leads;
    uint16_t *counts; /* [runs × n_leads × SIM_TARGETS] */
    bool *failed;     /* [n_leads] */
} simulation;

/* ---- random numbers: SplitMix64, one stream a run ---- */

static uint64_t next_random(uint64_t *state) {
    uint64_t x = *state += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static double next_unit(uint64_t *state) { return (double)(next_random(state) >> 11) * 0x1p-53; }

/* Knuth's product; rates are small, and halved until they are. */
static int next_poisson(uint64_t *state, double mean) {
    int n = 0;
    for (; mean > 16.0; mean -= 16.0) n += next_poisson(state, 16.0);
    double limit = exp(-mean), product = next_unit(state);
    for (; product > limit; product *= next_unit(state)) n++;
    return n;
}

/* ---- preparing ---- */

static void prepare_rates(const forecast_history *h, sim_lead *l, int32_t day) {
    const forecast_fan *fan = forecast_fan_find(h, l->lead.actor, l->lead.action);
    for (int k = 0; k < RATES; k++) {
        double half = (double)forecast_half_life[k + 1], window = half / 0.6931471805599453;
        double seen = day < window ? day + 1 : window;
        l->keep[k] = exp2(-1.0 / half);
        l->step[k] = 1.0 - l->keep[k];
        l->rate[k] = fan ? (double)forecast_heat(h, &fan->rate, k + 1, day) / seen : l->lead.pace;
    }
    l->weight = 2.0 + (fan ? (double)forecast_heat(h, &fan->rate, HEATS - 1, day) : 0);
}

static void prepare_lead(void *ctx, size_t i, unsigned thread) {
    simulation *s = ctx;
    sim_lead *l = &s->leads[i];
    const forecast_history *h = &s->f->history;
    int32_t day = h->today + 1, wanted = l->lead.action < h->actions ? s->plan->target : -1;
    float scores[FORECAST_KEEP], p[FORECAST_KEEP];
    forecast_scratch *scratch = &s->f->scratch[thread];
    int32_t kept = forecast_engine_answer(s->f, h, scratch, l->lead.actor, l->lead.action, day, scores, p);
    s->failed[i] = kept < 0;
    prepare_rates(h, l, day);
    for (int32_t k = 0; k < kept && l->n < SIM_TARGETS; k++) {
        if (wanted >= 0 && scratch->cands[k].actor != wanted) continue;
        l->target[l->n] = scratch->cands[k].actor;
        l->share[l->n++] = (double)p[k];
    }
}

/* ---- one run ---- */

/* Draws whom the lead meets; SIM_TARGETS: someone who is not followed. */
static int draw_target(const sim_lead *l, const uint16_t *counts, int drawn, uint64_t *random) {
    double x = next_unit(random) * (l->weight + drawn);
    for (int i = 0; i < l->n; i++) {
        x -= l->share[i] * l->weight + counts[i];
        if (x < 0) return i;
    }
    return SIM_TARGETS;
}

static void run_lead(const sim_lead *l, int32_t days, uint64_t *random, uint16_t *counts) {
    double rate[RATES];
    int drawn = 0;
    memcpy(rate, l->rate, sizeof rate);
    for (int32_t d = 0; d < days; d++) {
        double mean = 0;
        for (int k = 0; k < RATES; k++) mean += rate[k] / RATES;
        int n = next_poisson(random, mean);
        for (int e = 0; e < n; e++, drawn++) {
            int i = draw_target(l, counts, drawn, random);
            if (i < SIM_TARGETS && counts[i] < COUNT_MAX) counts[i]++;
        }
        for (int k = 0; k < RATES; k++) rate[k] = rate[k] * l->keep[k] + n * l->step[k];
    }
}

static void run_once(void *ctx, size_t run, unsigned thread) {
    (void)thread;
    simulation *s = ctx;
    for (size_t i = 0; i < s->n_leads; i++) {
        uint64_t random = s->plan->seed ^ (uint64_t)run * 0xd1342543de82ef95u ^ (uint64_t)i * 0xaf251af3b0f025b5u;
        next_random(&random);
        run_lead(&s->leads[i], s->plan->days, &random, s->counts + (run * s->n_leads + i) * SIM_TARGETS);
    }
}

/* ---- summing up ---- */

static int by_count(const void *a, const void *b) {
    uint16_t x = *(const uint16_t *)a, y = *(const uint16_t *)b;
    return (x > y) - (x < y);
}

static casus_simulation_line line_of(const simulation *s, size_t lead, int target, uint16_t *sorted) {
    const sim_lead *l = &s->leads[lead];
    int32_t runs = s->plan->runs, actions = s->f->history.actions;
    bool backward = l->lead.action >= actions;
    casus_simulation_line line = {.source = backward ? l->target[target] : l->lead.actor,
                                  .action = backward ? l->lead.action - actions : l->lead.action,
                                  .target = backward ? l->lead.actor : l->target[target]};
    for (int32_t r = 0; r < runs; r++) {
        sorted[r] = s->counts[((size_t)r * s->n_leads + lead) * SIM_TARGETS + (size_t)target];
        line.mean += sorted[r];
        line.any += sorted[r] > 0;
    }
    qsort(sorted, (size_t)runs, sizeof *sorted, by_count);
    line.mean /= runs;
    line.any /= runs;
    line.low = sorted[(runs - 1) * 5 / 100];
    line.middle = sorted[(runs - 1) / 2];
    line.high = sorted[(runs - 1) * 95 / 100];
    return line;
}

static int by_mean(const void *a, const void *b) {
    const casus_simulation_line *x = a, *y = b;
    if (x->mean != y->mean) return x->mean > y->mean ? -1 : 1;
    if (x->source != y->source) return x->source < y->source ? -1 : 1;
    if (x->action != y->action) return x->action < y->action ? -1 : 1;
    return (x->target > y->target) - (x->target < y->target);
}

static bool sum_up(const simulation *s, casus_simulation_line *lines, size_t *n) {
    uint16_t *sorted = malloc((size_t)s->plan->runs * sizeof *sorted);
    casus_simulation_line *all = malloc((s->n_leads * SIM_TARGETS + 1) * sizeof *all);
    size_t found = 0;
    if (sorted && all) {
        for (size_t i = 0; i < s->n_leads; i++)
            for (int t = 0; t < s->leads[i].n; t++) all[found++] = line_of(s, i, t, sorted);
        qsort(all, found, sizeof *all, by_mean);
        *n = found < s->plan->top ? found : s->plan->top;
        memcpy(lines, all, *n * sizeof *lines);
    }
    bool ok = sorted && all;
    free(sorted);
    free(all);
    return ok;
}

static bool simulate(simulation *s, casus_simulation_line *lines, size_t *n) {
    casus_parallel(s->n_leads, s->f->threads, prepare_lead, s);
    for (size_t i = 0; i < s->n_leads; i++)
        if (s->failed[i]) return false;
    casus_parallel((size_t)s->plan->runs, s->f->threads, run_once, s);
    return sum_up(s, lines, n);
}

casus_code casus_simulate(casus_forecaster *f, const casus_simulation_plan *plan, casus_simulation_line *lines, size_t *n,
                          casus_error *err) {
    casus_forecast_ask ask = {plan->source, plan->action, plan->target, plan->days, plan->top};
    casus_code code = forecast_ask_check(f, &ask, err);
    if (code) return code;
    if (plan->runs < 1 || plan->runs > 1000000 || plan->days > 3650)
        return casus_fail(err, CASUS_ERR_ARG, "a simulation takes 1 to 1000000 runs of at most 3650 days");
    forecast_lead leads[SIM_LEADS];
    simulation s = {.f = f, .plan = plan};
    s.n_leads = forecast_leads(&f->history, f->history.today + 1, plan->source, plan->action, plan->target, leads, SIM_LEADS);
    s.leads = calloc(s.n_leads + 1, sizeof *s.leads);
    s.failed = calloc(s.n_leads + 1, sizeof *s.failed);
    s.counts = calloc((size_t)plan->runs * s.n_leads * SIM_TARGETS + 1, sizeof *s.counts);
    for (size_t i = 0; s.leads && i < s.n_leads; i++) s.leads[i].lead = leads[i];
    bool ok = s.leads && s.failed && s.counts && simulate(&s, lines, n);
    free(s.leads);
    free(s.failed);
    free(s.counts);
    return ok ? CASUS_OK : casus_fail(err, CASUS_ERR_NOMEM, "out of memory for %d runs of %zu sources", plan->runs, s.n_leads);
}
