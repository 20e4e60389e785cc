/* The level of a simulation. The most active sources are followed, and who is most active is on the whole less so later: runs
 * over days that are known tell by how much. */
#include "forecast/sim.h"

#include <math.h>
#include <stdlib.h>

enum { LEVEL_RUNS = 40 };
static const double FEW = 20.0, LEVEL_MOST = 1.0; /* events that count as agreement; bound of the change */

typedef struct levelling {
    const sim_system *s;
    sim_state *states; /* [threads] */
    double total[LEVEL_RUNS];
} levelling;

static void run_one(void *ctx, size_t run, unsigned thread) {
    levelling *l = ctx;
    sim_state *st = &l->states[thread];
    sim_run(l->s, st, run * 0xd1342543de82ef95u);
    for (size_t i = 0; i < l->s->n_triples; i++) l->total[run] += st->counts[i];
}

static size_t happened(const sim_system *s, const forecast_calendar *c) {
    size_t n = 0;
    for (size_t i = 0; i < s->n_triples; i++) {
        const sim_triple *t = &s->triples[i];
        n += forecast_calendar_count(c, t->source, t->action, t->target, s->day, s->day + s->days - 1);
    }
    return n;
}

casus_code sim_level_fit(sim_system *s, casus_forecaster *f, const forecast_calendar *c, casus_error *err) {
    levelling l = {.s = s};
    double sum = 0, there = (double)happened(s, c);
    for (size_t i = 0; i < s->n_triples; i++) {
        s->triples[i].p = (double)forecast_calibrate(&f->calibration, (float)s->triples[i].p);
        s->triples[i].usual = fmin(s->triples[i].usual, s->triples[i].p);
    }
    sim_system_odds(s);
    l.states = calloc(f->threads, sizeof *l.states);
    bool ok = l.states != NULL;
    for (unsigned t = 0; ok && t < f->threads; t++) ok = sim_state_init(&l.states[t], s);
    if (ok) casus_parallel(LEVEL_RUNS, f->threads, run_one, &l);
    for (int i = 0; i < LEVEL_RUNS; i++) sum += l.total[i] / LEVEL_RUNS;
    if (ok) f->calibration.level = fmin(fmax(log((there + FEW) / (sum + FEW)), -LEVEL_MOST), LEVEL_MOST);
    for (unsigned t = 0; l.states && t < f->threads; t++) sim_state_done(&l.states[t]);
    free(l.states);
    return ok ? CASUS_OK : casus_fail(err, CASUS_ERR_NOMEM, "out of memory for levelling the simulation");
}
