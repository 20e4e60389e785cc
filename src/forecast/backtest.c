/* Answering known events as if they were not, and scoring the answers. */
#include "forecast/engine.h"

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
} backtest;

static void score_all(const backtest *b, const forecast_question *q, forecast_scratch *s, float *scores) {
    memcpy(scores, b->common, (size_t)b->f->quads->actors * sizeof *scores);
    int32_t kept = forecast_ask(&b->view, q, s);
    uint8_t row[FEATURES];
    for (int32_t i = 0; i < s->n; i++) scores[s->cands[i].actor] = NOT_KEPT + s->cands[i].first;
    for (int32_t i = 0; i < kept; i++) {
        forecast_describe(&b->view, q, s, i, row);
        scores[s->cands[i].actor] = s->cands[i].first + forecast_trees_score(&b->f->trees, b->f->trees.n_trees, row);
    }
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

static void probability_one(const forecast_scratch *s, const float *scores, int32_t truth, casus_rank *out) {
    float top = -INFINITY;
    int32_t best = FORECAST_NONE;
    double sum = 0;
    for (int32_t i = 0; i < s->n; i++) {
        int32_t actor = s->cands[i].actor;
        if (scores[actor] > top) {
            top = scores[actor];
            best = actor;
        }
    }
    for (int32_t i = 0; i < s->n; i++) sum += exp((double)(scores[s->cands[i].actor] - top));
    out->probability = best == FORECAST_NONE ? 0 : exp((double)(scores[truth] - top)) / sum;
    out->top_probability = best == FORECAST_NONE ? 0 : 1.0 / sum;
    out->top_true = best == truth;
}

static void answer_ask(void *ctx, size_t ask, unsigned thread) {
    backtest *b = ctx;
    const forecast_day *d = &b->f->day;
    const forecast_day_ask *a = &d->asks[ask];
    forecast_question q = forecast_day_question(d, ask);
    forecast_scratch *s = &b->f->scratch[thread];
    int32_t actors = b->f->quads->actors;
    float *scores = b->scores + (size_t)thread * (size_t)actors;
    score_all(b, &q, s, scores);
    for (size_t i = 0; i < a->n_facts; i++) {
        const forecast_fact *f = &d->facts[a->facts + i];
        float mine = scores[f->target];
        float *kept = s->sort;
        for (size_t k = 0; k < a->n_facts; k++) kept[k] = scores[d->facts[a->facts + k].target];
        for (size_t k = 0; k < a->n_facts; k++) scores[d->facts[a->facts + k].target] = -INFINITY;
        scores[f->target] = mine;
        bool backward = f->action >= b->f->quads->actions;
        casus_rank *out = &b->ranks[2 * ((size_t)f->index - b->from) + backward];
        *out = (casus_rank){.event = f->index, .backward = backward,
                            .action = backward ? f->action - b->f->quads->actions : f->action};
        rank_one(scores, actors, f->target, out);
        probability_one(s, scores, f->target, out);
        for (size_t k = 0; k < a->n_facts; k++) scores[d->facts[a->facts + k].target] = kept[k];
    }
}

static void find_common(backtest *b) {
    for (int32_t i = 0; i < b->f->quads->actors; i++)
        b->common[i] = NOT_SEEN + logf(1.0f + (float)b->f->history.actor[i].rate.count);
}

static casus_code run(backtest *b, const casus_quads *q, size_t from, size_t to, bool frozen, casus_error *err) {
    casus_code code = CASUS_OK;
    for (size_t end; !code && from < to; from = end) {
        end = forecast_day_end(q, from, to);
        code = forecast_day_load(&b->f->day, &b->f->history, q, from, end, b->f->threads, err);
        if (code) return code;
        find_common(b);
        casus_parallel(b->f->day.n_asks, b->f->threads, answer_ask, b);
        if (!frozen) code = forecast_engine_add(b->f, q, from, end, err);
    }
    return code;
}

casus_code casus_backtest(casus_forecaster *f, const casus_quads *q, size_t from, size_t to, bool frozen,
                          casus_rank *ranks, casus_error *err) {
    if (from >= to || to > q->n || q->actors != f->quads->actors || q->actions != f->quads->actions)
        return casus_fail(err, CASUS_ERR_ARG, "no events to answer, or events with other ids than those learned from");
    backtest b = {.f = f, .view = forecast_engine_view(f), .from = from, .ranks = ranks};
    b.scores = malloc((size_t)f->threads * (size_t)q->actors * sizeof *b.scores);
    b.common = malloc((size_t)q->actors * sizeof *b.common);
    casus_code code = b.scores && b.common ? run(&b, q, from, to, frozen, err)
                                           : casus_fail(err, CASUS_ERR_NOMEM, "out of memory for the backtest");
    free(b.scores);
    free(b.common);
    return code;
}

enum { RELIABILITY_BINS = 10 };

static double calibration_error(const casus_rank *ranks, size_t n) {
    double stated[RELIABILITY_BINS] = {0}, true_[RELIABILITY_BINS] = {0}, sum = 0;
    for (size_t i = 0; i < n; i++) {
        int bin = (int)(ranks[i].top_probability * RELIABILITY_BINS);
        if (bin >= RELIABILITY_BINS) bin = RELIABILITY_BINS - 1;
        stated[bin] += ranks[i].top_probability;
        true_[bin] += ranks[i].top_true;
    }
    for (int b = 0; b < RELIABILITY_BINS; b++) sum += fabs(stated[b] - true_[b]);
    return sum / (double)n;
}

void casus_score_ranks(casus_score *s, const casus_rank *ranks, size_t n) {
    *s = (casus_score){.questions = n};
    if (n == 0) return;
    for (size_t i = 0; i < n; i++) {
        const casus_rank *r = &ranks[i];
        double miss = (r->top_true ? 1.0 : 0.0) - r->top_probability;
        s->mrr += 1.0 / r->average;
        s->mrr_optimistic += 1.0 / r->optimistic;
        s->hits1 += r->average <= 1;
        s->hits3 += r->average <= 3;
        s->hits10 += r->average <= 10;
        s->brier += miss * miss;
        s->log_score += log(r->probability > 1e-6 ? r->probability : 1e-6);
    }
    double *sums[] = {&s->mrr, &s->mrr_optimistic, &s->hits1, &s->hits3, &s->hits10, &s->brier, &s->log_score};
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) *sums[i] /= (double)n;
    s->ece = calibration_error(ranks, n);
}
