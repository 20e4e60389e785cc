/* Answering known events as if they were not, and scoring the answers. */
#include "forecast/horizon.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Scores of candidates that were not kept, and of all others, stay below those that were. */
static const float NOT_KEPT = -1000.0f, NOT_SEEN = -2000.0f;

typedef struct backtest {
    casus_forecaster *f;
    forecast_view view;
    size_t from; /* first event of the backtest */
    casus_rank *ranks;
    float *scores;      /* [threads × actors] */
    float *common;      /* [actors] score of actors nothing points to */
    forecast_tally *tally; /* [threads] */
    forecast_calendar calendar;
    forecast_outcomes outcomes;
    bool baselines;
    const int32_t *horizons; /* ascending */
    size_t n_horizons;
} backtest;

enum { ORIGIN_DAYS = 3 }; /* candidate events are followed from every third day on */

static int32_t score_all(const backtest *b, const forecast_question *q, forecast_scratch *s, float *scores) {
    memcpy(scores, b->common, (size_t)b->f->quads.actors * sizeof *scores);
    int32_t kept = forecast_ask(&b->view, q, s);
    float best[FORECAST_KEEP];
    forecast_engine_score(b->f, &b->view, q, s, kept, best);
    for (int32_t i = 0; i < s->n; i++) scores[s->cands[i].actor] = i < kept ? best[i] : NOT_KEPT + s->cands[i].first;
    return kept;
}

/* Rank of one true answer with the other true ones taken out (their scores are already -INFINITY). */
static void rank_one(const float *scores, int32_t n, int32_t truth, casus_rank *out) {
    float mine = scores[truth];
    int32_t greater = 0, ties = 0;
    for (int32_t i = 0; i < n; i++) {
        greater += scores[i] > mine;
        ties += scores[i] == mine;
    }
    ties--;
    out->optimistic = greater + 1;
    out->average = greater + 1 + ties / 2.0;
    out->pessimistic = greater + 1 + ties;
}

/* Probabilities with the other true answers taken out; every candidate is tallied for calibration. */
static void probability_one(const backtest *b, const forecast_scratch *s, int32_t kept, const float *scores,
                            int32_t truth, forecast_tally *tally, casus_rank *out) {
    float top = -INFINITY;
    int32_t best = FORECAST_NONE;
    double sum = 0;
    for (int32_t i = 0; i < kept; i++) {
        int32_t actor = s->cands[i].actor;
        if (scores[actor] <= top) continue;
        top = scores[actor];
        best = actor;
    }
    if (best == FORECAST_NONE) return;
    for (int32_t i = 0; i < kept; i++) sum += exp((double)(scores[s->cands[i].actor] - top));
    for (int32_t i = 0; i < kept; i++) {
        int32_t actor = s->cands[i].actor;
        float p = (float)(exp((double)(scores[actor] - top)) / sum);
        forecast_tally_add(tally, p, actor == truth);
        if (actor == truth) out->probability = (double)forecast_calibrate(&b->f->calibration, p);
    }
    out->top_probability = (double)forecast_calibrate(&b->f->calibration, (float)(1.0 / sum));
    out->top_true = best == truth;
}

/* ---- baselines ---- */

static float habit(const forecast_history *h, const forecast_link *link, int which, int32_t day) {
    if (which == CASUS_PERSISTENCE) return (float)link->rate.last + 1.0f;
    if (which == CASUS_FREQUENCY) return (float)link->rate.count;
    return forecast_heat(h, &link->rate, 1, day);
}

/* The action's usual targets stand behind every habit, however weak. */
static void score_baseline(const forecast_history *h, const forecast_question *q, int which, float *scores) {
    static const float BEHIND = 1e-4f;
    const forecast_ids *targets = &h->action[forecast_inverse(h, q->action)].fans;
    const forecast_fan *fan = forecast_fan_find(h, q->source, q->action);
    memset(scores, 0, (size_t)h->actors * sizeof *scores);
    for (int32_t i = 0; which == CASUS_RECURRENCY && i < targets->n; i++) {
        const forecast_fan *target = &h->fans[targets->at[i]];
        scores[target->actor] = BEHIND * (float)target->rate.count / (float)h->action[q->action].rate.count;
    }
    for (int32_t i = 0; fan && i < fan->n; i++) scores[fan->links[i].partner] += habit(h, &fan->links[i], which, q->day);
}

static casus_rank *rank_of(const backtest *b, const forecast_fact *f) {
    return &b->ranks[2 * ((size_t)f->index - b->from) + (f->action >= b->f->quads.actions)];
}

/* Ranks each true answer of an ask by one baseline. */
static void rank_filtered(const backtest *b, const forecast_day_ask *a, float *scores, forecast_scratch *s, int baseline) {
    const forecast_fact *facts = b->f->day.facts + a->facts;
    float *kept = s->sort;
    for (size_t k = 0; k < a->n_facts; k++) kept[k] = scores[facts[k].target];
    for (size_t k = 0; k < a->n_facts; k++) scores[facts[k].target] = -INFINITY;
    for (size_t i = 0; i < a->n_facts; i++) {
        casus_rank rank;
        scores[facts[i].target] = kept[i];
        rank_one(scores, b->f->quads.actors, facts[i].target, &rank);
        rank_of(b, &facts[i])->baseline[baseline] = rank.average;
        scores[facts[i].target] = -INFINITY;
    }
}

static void answer_baselines(const backtest *b, const forecast_day_ask *a, const forecast_question *q, float *scores,
                             forecast_scratch *s) {
    for (int which = 0; which < CASUS_BASELINES; which++) {
        score_baseline(b->view.history, q, which, scores);
        rank_filtered(b, a, scores, s, which);
    }
}

static void answer_ask(void *ctx, size_t ask, unsigned thread) {
    backtest *b = ctx;
    const forecast_day *d = &b->f->day;
    const forecast_day_ask *a = &d->asks[ask];
    forecast_question q = forecast_day_question(d, ask);
    forecast_scratch *s = &b->f->scratch[thread];
    int32_t actors = b->f->quads.actors;
    float *scores = b->scores + (size_t)thread * (size_t)actors;
    int32_t n_kept = score_all(b, &q, s, scores);
    const forecast_fact *facts = d->facts + a->facts;
    float *kept = s->sort;
    for (size_t k = 0; k < a->n_facts; k++) kept[k] = scores[facts[k].target];
    for (size_t k = 0; k < a->n_facts; k++) scores[facts[k].target] = -INFINITY;
    for (size_t i = 0; i < a->n_facts; i++) {
        bool backward = facts[i].action >= b->f->quads.actions;
        casus_rank *out = rank_of(b, &facts[i]);
        *out = (casus_rank){.event = facts[i].index, .backward = backward,
                            .action = backward ? facts[i].action - b->f->quads.actions : facts[i].action};
        scores[facts[i].target] = kept[i];
        rank_one(scores, actors, facts[i].target, out);
        probability_one(b, s, n_kept, scores, facts[i].target, &b->tally[thread], out);
        scores[facts[i].target] = -INFINITY;
    }
    if (b->baselines) answer_baselines(b, a, &q, scores, s);
}

static void find_common(backtest *b) {
    for (int32_t i = 0; i < b->f->quads.actors; i++)
        b->common[i] = NOT_SEEN + logf(1.0f + (float)b->f->history.actor[i].rate.count);
}

static casus_code run(backtest *b, const casus_quads *q, size_t from, size_t to, bool frozen, casus_error *err) {
    casus_code code = CASUS_OK;
    int32_t first = q->at[from].day;
    for (size_t end; !code && from < to; from = end) {
        end = forecast_day_end(q, from, to);
        code = forecast_day_load(&b->f->day, &b->f->history, q, from, end, b->f->threads, err);
        if (code) return code;
        find_common(b);
        if (!forecast_engine_go_on(b->f, from, to)) return casus_fail(err, CASUS_ERR_STOPPED, "the backtest was stopped");
        casus_parallel(b->f->day.n_asks, b->f->threads, answer_ask, b);
        if (b->n_horizons && (b->f->day.day - first) % ORIGIN_DAYS == 0 && !(frozen && b->f->day.day > first))
            code = forecast_outcomes_add(&b->outcomes, b->f, &b->calendar, b->f->day.day, b->horizons, b->n_horizons, err);
        if (!code && !frozen) code = forecast_engine_add(b->f, q, from, end, err);
    }
    return code;
}

static void backtest_done(backtest *b) {
    free(b->scores);
    free(b->common);
    free(b->tally);
    free(b->outcomes.at);
    forecast_calendar_done(&b->calendar);
}

static casus_code backtest_init(backtest *b, const casus_quads *q, size_t from, size_t to, casus_error *err) {
    const casus_forecaster *f = b->f;
    if (from >= to || to > q->n || q->actors != f->quads.actors || q->actions != f->quads.actions)
        return casus_fail(err, CASUS_ERR_ARG, "no events to answer, or events with other ids than those learned from");
    b->view = forecast_engine_view(f);
    b->scores = malloc((size_t)f->threads * (size_t)q->actors * sizeof *b->scores);
    b->common = malloc((size_t)q->actors * sizeof *b->common);
    b->tally = calloc(f->threads, sizeof *b->tally);
    if (!b->scores || !b->common || !b->tally) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for the backtest");
    return forecast_calendar_init(&b->calendar, q, from, to, err);
}

casus_code casus_backtest(casus_forecaster *f, const casus_quads *q, size_t from, size_t to,
                          const casus_backtest_plan *plan, casus_rank *ranks, casus_error *err) {
    backtest b = {.f = f, .from = from, .ranks = ranks, .baselines = plan->baselines, .horizons = &plan->horizon, .n_horizons = plan->horizon > 0};
    casus_code code = backtest_init(&b, q, from, to, err);
    if (!code) code = run(&b, q, from, to, plan->frozen, err);
    if (!code && plan->reliability) forecast_reliability(plan->reliability, &f->calibration, &b.outcomes);
    backtest_done(&b);
    return code;
}

casus_code casus_forecaster_calibrate(casus_forecaster *f, const casus_quads *q, size_t from, size_t to, bool frozen,
                                      casus_rank *ranks, casus_error *err) {
    static const int32_t horizons[] = {1, 3, 7, 14, 30};
    backtest b = {.f = f, .from = from, .ranks = ranks, .horizons = horizons, .n_horizons = 5};
    forecast_tally sum = {0};
    casus_code code = backtest_init(&b, q, from, to, err);
    forecast_calibration_init(&f->calibration);
    if (!code) code = run(&b, q, from, to, frozen, err);
    if (!code) {
        for (unsigned t = 0; t < f->threads; t++) forecast_tally_merge(&sum, &b.tally[t]);
        forecast_calibration_fit(&f->calibration, &sum);
        for (size_t i = 0; i < b.outcomes.n; i++)
            b.outcomes.at[i].seen.p = (double)forecast_calibrate(&f->calibration, (float)b.outcomes.at[i].seen.p);
        forecast_horizon_fit(f->calibration.horizon, b.outcomes.at, b.outcomes.n);
    }
    backtest_done(&b);
    return code ? code : forecast_engine_renew_kin(f, err); /* as if opened from a file on the last day */
}
