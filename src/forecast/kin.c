#include "forecast/kin.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SHARED_MAX = 150, EVENTS_MIN = 3 };

typedef struct kin_work {
    forecast_kinship *kin;
    const forecast_history *history;
    float *sums;      /* [threads × actors] dot products of one actor with all others; zero between actors */
    int32_t *touched; /* [threads × actors] */
} kin_work;

casus_code forecast_kinship_init(forecast_kinship *k, int32_t actors, casus_error *err) {
    k->actors = actors;
    k->at = malloc((size_t)actors * KINS * sizeof *k->at);
    k->length = calloc((size_t)actors, sizeof *k->length);
    if (!k->at || !k->length) {
        forecast_kinship_done(k);
        return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for the likeness of %d actors", actors);
    }
    for (size_t i = 0; i < (size_t)actors * KINS; i++) k->at[i] = (forecast_kin){.actor = FORECAST_NONE};
    return CASUS_OK;
}

void forecast_kinship_done(forecast_kinship *k) {
    free(k->at);
    free(k->length);
    memset(k, 0, sizeof *k);
}

/* How telling it is to have done this to this partner: rare is telling. */
static float weight_of(const forecast_rate *rate, int32_t n_sharers) {
    return log1pf((float)rate->count) / sqrtf((float)n_sharers);
}

static void measure_one(void *ctx, size_t i, unsigned thread) {
    (void)thread;
    kin_work *w = ctx;
    const forecast_history *h = w->history;
    const forecast_ids *fans = &h->actor[i].fans;
    double sum = 0;
    for (int32_t f = 0; f < fans->n; f++) {
        const forecast_fan *fan = &h->fans[fans->at[f]];
        for (int32_t l = 0; l < fan->n; l++) {
            float x = weight_of(&fan->links[l].rate, h->fans[fan->links[l].back].n);
            sum += (double)(x * x);
        }
    }
    w->kin->length[i] = (float)sqrt(sum);
}

static void keep_best(forecast_kin *best, int32_t actor, float weight) {
    int i = KINS - 1;
    forecast_kin last = best[i];
    if (last.actor != FORECAST_NONE && (last.weight > weight || (last.weight == weight && last.actor < actor))) return;
    while (i > 0 && (best[i - 1].actor == FORECAST_NONE || best[i - 1].weight < weight ||
                     (best[i - 1].weight == weight && best[i - 1].actor > actor))) {
        best[i] = best[i - 1];
        i--;
    }
    best[i] = (forecast_kin){actor, weight};
}

static int32_t add_shared(const forecast_history *h, const forecast_fan *fan, float *sums, int32_t *touched, int32_t n) {
    for (int32_t l = 0; l < fan->n; l++) {
        const forecast_fan *back = &h->fans[fan->links[l].back];
        if (back->n < 2 || back->n > SHARED_MAX) continue;
        float mine = weight_of(&fan->links[l].rate, back->n);
        for (int32_t k = 0; k < back->n; k++) {
            int32_t other = back->links[k].partner;
            if (sums[other] == 0) touched[n++] = other;
            sums[other] += mine * weight_of(&back->links[k].rate, back->n);
        }
    }
    return n;
}

static void compare_one(void *ctx, size_t i, unsigned thread) {
    kin_work *w = ctx;
    const forecast_history *h = w->history;
    forecast_kin *best = w->kin->at + i * KINS;
    for (int k = 0; k < KINS; k++) best[k] = (forecast_kin){.actor = FORECAST_NONE};
    if (h->actor[i].rate.count < EVENTS_MIN) return;
    float *sums = w->sums + (size_t)thread * (size_t)w->kin->actors;
    int32_t *touched = w->touched + (size_t)thread * (size_t)w->kin->actors, n = 0;
    const forecast_ids *fans = &h->actor[i].fans;
    for (int32_t f = 0; f < fans->n; f++) n = add_shared(h, &h->fans[fans->at[f]], sums, touched, n);
    for (int32_t k = 0; k < n; k++) {
        int32_t other = touched[k];
        float scale = w->kin->length[i] * w->kin->length[other];
        if ((size_t)other != i && scale > 0) keep_best(best, other, sums[other] / scale);
        sums[other] = 0;
    }
}

casus_code forecast_kinship_update(forecast_kinship *k, const forecast_history *h, unsigned threads, casus_error *err) {
    if (!threads) threads = casus_cpu_count();
    kin_work w = {.kin = k, .history = h};
    w.sums = calloc((size_t)threads * (size_t)k->actors, sizeof *w.sums);
    w.touched = malloc((size_t)threads * (size_t)k->actors * sizeof *w.touched);
    bool ok = w.sums && w.touched;
    if (ok) {
        casus_parallel((size_t)k->actors, threads, measure_one, &w);
        casus_parallel((size_t)k->actors, threads, compare_one, &w);
    }
    free(w.sums);
    free(w.touched);
    return ok ? CASUS_OK : casus_fail(err, CASUS_ERR_NOMEM, "out of memory for the likeness of %d actors", k->actors);
}
