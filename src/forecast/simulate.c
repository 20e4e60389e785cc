/* Running the system forward by sampling: many runs, and what they add up to. */
#include "forecast/sim.h"

#include <stdlib.h>
#include <string.h>

typedef struct simulation {
    const casus_simulation_plan *plan;
    sim_system system;
    sim_state *states; /* [threads] */
    int32_t *shown;    /* triples that were asked about */
    size_t n_shown;
    uint16_t *counts;  /* [n_shown × runs] */
} simulation;

static void run_once(void *ctx, size_t run, unsigned thread) {
    simulation *s = ctx;
    sim_state *st = &s->states[thread];
    sim_run(&s->system, st, s->plan->seed ^ (uint64_t)run * 0xd1342543de82ef95u);
    for (size_t i = 0; i < s->n_shown; i++) s->counts[i * (size_t)s->plan->runs + run] = st->counts[s->shown[i]];
}

static bool is_shown(const simulation *s, const sim_triple *t) {
    const casus_simulation_plan *p = s->plan;
    return s->system.leads[t->lead].wanted && (p->source < 0 || t->source == p->source) && (p->action < 0 || t->action == p->action) &&
           (p->target < 0 || t->target == p->target);
}

/* ---- summing up ---- */

static int by_count(const void *a, const void *b) {
    uint16_t x = *(const uint16_t *)a, y = *(const uint16_t *)b;
    return (x > y) - (x < y);
}

static casus_simulation_line line_of(const simulation *s, size_t i) {
    const sim_triple *t = &s->system.triples[s->shown[i]];
    int32_t runs = s->plan->runs;
    uint16_t *counts = s->counts + i * (size_t)runs;
    casus_simulation_line line = {.source = t->source, .action = t->action, .target = t->target};
    qsort(counts, (size_t)runs, sizeof *counts, by_count);
    for (int32_t r = 0; r < runs; r++) {
        line.mean += counts[r];
        line.any += counts[r] > 0;
    }
    line.mean /= runs;
    line.any /= runs;
    line.low = counts[(runs - 1) * 5LL / 100];
    line.middle = counts[(runs - 1) / 2];
    line.high = counts[(runs - 1) * 95LL / 100];
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
    casus_simulation_line *all = malloc((s->n_shown + 1) * sizeof *all);
    if (!all) return false;
    for (size_t i = 0; i < s->n_shown; i++) all[i] = line_of(s, i);
    qsort(all, s->n_shown, sizeof *all, by_mean);
    *n = s->n_shown < s->plan->top ? s->n_shown : s->plan->top;
    memcpy(lines, all, *n * sizeof *lines);
    free(all);
    return true;
}

/* ---- all of it ---- */

static bool make_room(simulation *s, unsigned threads) {
    s->shown = malloc((s->system.n_triples + 1) * sizeof *s->shown);
    s->states = calloc(threads, sizeof *s->states);
    if (!s->shown || !s->states) return false;
    for (size_t i = 0; i < s->system.n_triples; i++)
        if (is_shown(s, &s->system.triples[i])) s->shown[s->n_shown++] = (int32_t)i;
    for (unsigned t = 0; t < threads; t++)
        if (!sim_state_init(&s->states[t], &s->system)) return false;
    s->counts = malloc((s->n_shown * (size_t)s->plan->runs + 1) * sizeof *s->counts);
    return s->counts != NULL;
}

static casus_code check_plan(const casus_forecaster *f, const casus_simulation_plan *plan, casus_error *err) {
    enum { RUNS_MAX = 100000, DAYS_MAX = 3650 };
    casus_forecast_ask ask = {plan->source, plan->action, plan->target, plan->days, plan->top};
    if (plan->runs < 1 || plan->runs > RUNS_MAX || plan->days > DAYS_MAX)
        return casus_fail(err, CASUS_ERR_ARG, "a simulation takes 1 to %d runs of at most %d days", RUNS_MAX, DAYS_MAX);
    return forecast_ask_check(f, &ask, err);
}

casus_code casus_simulate(casus_forecaster *f, const casus_simulation_plan *plan, casus_simulation_line *lines, size_t *n,
                          casus_error *err) {
    simulation s = {.plan = plan};
    casus_code code = check_plan(f, plan, err);
    if (!code) code = sim_system_init(&s.system, f, plan, err);
    if (code) return code;
    bool ok = make_room(&s, f->threads);
    if (ok) casus_parallel((size_t)plan->runs, f->threads, run_once, &s);
    ok = ok && sum_up(&s, lines, n);
    for (unsigned t = 0; s.states && t < f->threads; t++) sim_state_done(&s.states[t]);
    free(s.states);
    free(s.shown);
    free(s.counts);
    sim_system_done(&s.system);
    return ok ? CASUS_OK : casus_fail(err, CASUS_ERR_NOMEM, "out of memory for %d runs", plan->runs);
}
