#include "forecast/horizon.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLE = 600, BEST = 5 };

static const double LN2 = 0.6931471805599453;

double forecast_pace(const forecast_history *h, const forecast_fan *fan, int32_t day) {
    double pace = 0;
    for (int k = 1; k < HEATS; k++) {
        double window = (double)forecast_half_life[k] / LN2, seen = day < window ? day + 1 : window;
        pace += 0.5 * (double)forecast_heat(h, &fan->rate, k, day) / seen;
    }
    return pace;
}

forecast_prospect forecast_prospect_of(const forecast_history *h, const forecast_fan *fan, const forecast_cand *c, double p,
                                       double pace, int32_t day, int32_t days) {
    forecast_prospect seen = {.p = p, .expected = pace * days, .days = days, .evidence = (double)c->evidence,
                              .usual = c->link ? c->link->rate.count / (day + 1.0) : 0,
                              .pace = fan ? fan->rate.count / (day + 1.0) : 0};
    for (int k = 0; c->mate && k < 2; k++) seen.met[k] = (double)forecast_heat(h, &c->mate->rate, k, day);
    return seen;
}

/* ---- what happened ---- */

static uint64_t triple(int32_t s, int32_t a, int32_t o) {
    int32_t ids[3] = {s, a, o};
    return casus_str_hash((casus_str){(const char *)ids, sizeof ids}) >> 1;
}

casus_code forecast_calendar_init(forecast_calendar *c, const casus_quads *q, size_t from, size_t to, casus_error *err) {
    *c = (forecast_calendar){.quads = q, .from = from, .to = to};
    c->next = malloc((to - from + 1) * sizeof *c->next);
    bool ok = c->next != NULL;
    for (size_t i = to; ok && i-- > from;) c->next[i - from] = FORECAST_NONE;
    for (size_t i = from; ok && i < to; i++) {
        casus_quad e = q->at[i];
        uint64_t key = triple(e.source, e.action, e.target);
        int32_t head = forecast_map_get(&c->first, key);
        if (head == FORECAST_NONE) {
            ok = forecast_map_put(&c->first, key, (int32_t)(i - from));
            continue;
        }
        c->next[i - from] = c->next[head]; /* insert after the head */
        c->next[head] = (int32_t)(i - from);
    }
    if (ok) return CASUS_OK;
    forecast_calendar_done(c);
    return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for the outcomes of %zu events", to - from);
}

void forecast_calendar_done(forecast_calendar *c) {
    free(c->next);
    forecast_map_done(&c->first);
    memset(c, 0, sizeof *c);
}

size_t forecast_calendar_count(const forecast_calendar *c, int32_t source, int32_t action, int32_t target, int32_t first,
                               int32_t last) {
    size_t n = 0;
    int32_t i = forecast_map_get(&c->first, triple(source, action, target));
    for (; i != FORECAST_NONE; i = c->next[i]) {
        int32_t day = c->quads->at[c->from + (size_t)i].day;
        n += day >= first && day <= last;
    }
    return n;
}

/* ---- outcomes ---- */

typedef struct sampling {
    const casus_forecaster *f;
    const forecast_calendar *calendar;
    int32_t day;
    const int32_t *horizons;
    size_t n_horizons;
    int32_t fans[SAMPLE];
    size_t n_fans;
    forecast_outcome *out; /* [n_fans × BEST × n_horizons], seen.days 0 where unused */
    bool failed[SAMPLE];
} sampling;

static bool active(const forecast_history *h, const forecast_fan *fan, int32_t day) {
    return fan->actor < h->actors && fan->action < h->actions && forecast_heat(h, &fan->rate, 1, day) > 0.3f;
}

/* Every k-th active fan, so that the sample is spread and fixed. */
static void choose_fans(sampling *s) {
    const forecast_history *h = &s->f->history;
    size_t n = 0, seen = 0;
    for (int32_t i = 0; i < h->n_fans; i++) n += active(h, &h->fans[i], s->day);
    size_t every = n / SAMPLE + 1;
    for (int32_t i = 0; i < h->n_fans && s->n_fans < SAMPLE; i++)
        if (active(h, &h->fans[i], s->day) && (seen++ + (size_t)s->day) % every == 0) s->fans[s->n_fans++] = i;
}

static void sample_one(void *ctx, size_t i, unsigned thread) {
    sampling *s = ctx;
    const casus_forecaster *f = s->f;
    const forecast_fan *fan = &f->history.fans[s->fans[i]];
    forecast_scratch *scratch = &f->scratch[thread];
    float scores[FORECAST_KEEP], p[FORECAST_KEEP];
    int32_t n = forecast_engine_answer(f, &f->history, scratch, fan->actor, fan->action, s->day, scores, p);
    double pace = forecast_pace(&f->history, fan, s->day);
    forecast_outcome *out = s->out + i * BEST * s->n_horizons;
    s->failed[i] = n < 0;
    for (int32_t k = 0; k < n && k < BEST; k++)
        for (size_t d = 0; d < s->n_horizons; d++) {
            int32_t days = s->horizons[d];
            *out++ = (forecast_outcome){
                forecast_prospect_of(&f->history, fan, &scratch->cands[k], (double)p[k], pace, s->day, days),
                forecast_calendar_count(s->calendar, fan->actor, fan->action, scratch->cands[k].actor, s->day,
                                        s->day + days - 1) > 0};
        }
}

casus_code forecast_outcomes_add(forecast_outcomes *out, const casus_forecaster *f, const forecast_calendar *c, int32_t day,
                                 const int32_t *horizons, size_t n_horizons, casus_error *err) {
    while (n_horizons && day + horizons[n_horizons - 1] - 1 > c->quads->at[c->to - 1].day) n_horizons--; /* ascending */
    if (n_horizons == 0) return CASUS_OK;
    sampling s = {.f = f, .calendar = c, .day = day, .horizons = horizons, .n_horizons = n_horizons};
    choose_fans(&s);
    size_t most = s.n_fans * BEST * n_horizons;
    s.out = calloc(most + 1, sizeof *s.out);
    forecast_outcome *bigger = s.out ? realloc(out->at, (out->n + most + 1) * sizeof *bigger) : NULL;
    if (bigger) out->at = bigger;
    bool failed = !bigger;
    if (!failed) casus_parallel(s.n_fans, f->threads, sample_one, &s);
    for (size_t i = 0; i < s.n_fans; i++) failed |= s.failed[i];
    for (size_t i = 0; !failed && i < most; i++)
        if (s.out[i].seen.days > 0) out->at[out->n++] = s.out[i];
    free(s.out);
    return failed ? casus_fail(err, CASUS_ERR_NOMEM, "out of memory for the outcomes of a day") : CASUS_OK;
}
