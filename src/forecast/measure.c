/* What ranks and outcomes add up to. */
#include "forecast/horizon.h"

#include <math.h>

static void reliability_add(casus_reliability *r, double p, bool happened) {
    int bin = (int)(p * CASUS_RELIABILITY_BINS);
    if (bin >= CASUS_RELIABILITY_BINS) bin = CASUS_RELIABILITY_BINS - 1;
    double truth = happened ? 1.0 : 0.0, given = happened ? p : 1.0 - p;
    r->cases[bin]++;
    r->stated[bin] += p;
    r->happened[bin] += truth;
    r->brier += (truth - p) * (truth - p);
    r->log_score += log(given > 1e-6 ? given : 1e-6);
    r->base += truth;
    r->n++;
}

/* Turns sums into means. */
static void reliability_close(casus_reliability *r) {
    if (r->n == 0) return;
    for (int b = 0; b < CASUS_RELIABILITY_BINS; b++) {
        r->ece += fabs(r->stated[b] - r->happened[b]) / (double)r->n;
        if (r->cases[b] == 0) continue;
        r->stated[b] /= (double)r->cases[b];
        r->happened[b] /= (double)r->cases[b];
    }
    r->brier /= (double)r->n;
    r->log_score /= (double)r->n;
    r->base /= (double)r->n;
}

void forecast_reliability(casus_reliability *out, const forecast_calibration *c, const forecast_outcomes *o) {
    *out = (casus_reliability){0};
    for (size_t i = 0; i < o->n; i++)
        reliability_add(out, forecast_horizon_probability(c->horizon, &o->at[i].seen), o->at[i].happened);
    reliability_close(out);
}

void casus_reliability_of_ranks(casus_reliability *out, const casus_rank *ranks, size_t n) {
    *out = (casus_reliability){0};
    for (size_t i = 0; i < n; i++) reliability_add(out, ranks[i].top_probability, ranks[i].top_true);
    reliability_close(out);
}

void casus_score_ranks(casus_score *s, const casus_rank *ranks, size_t n, int32_t action) {
    *s = (casus_score){0};
    for (size_t i = 0; i < n; i++) {
        const casus_rank *r = &ranks[i];
        if (action >= 0 && r->action != action) continue;
        s->questions++;
        s->mrr += 1.0 / r->average;
        s->mrr_optimistic += 1.0 / r->optimistic;
        s->hits1 += r->average <= 1;
        s->hits3 += r->average <= 3;
        s->hits10 += r->average <= 10;
        s->log_score += log(r->probability > 1e-6 ? r->probability : 1e-6);
    }
    double *sums[] = {&s->mrr, &s->mrr_optimistic, &s->hits1, &s->hits3, &s->hits10, &s->log_score};
    for (size_t i = 0; s->questions && i < sizeof sums / sizeof *sums; i++) *sums[i] /= (double)s->questions;
}
