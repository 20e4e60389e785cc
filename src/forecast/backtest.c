/* Answering known events as if they were not, and scoring the answers. */
#include "forecast/sim.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Scores of candidates that were not kept stay below those that were; whom nothing points to comes last, by how often he took
 * part in anything. */
static const float NOT_KEPT = -1000.0f;

typedef struct backtest {
    casus_forecaster *f;
    forecast_view view;
    size_t from; /* first event of the backtest */
    casus_rank *ranks;  /* NULL: not wanted */
    double part;        /* share of the questions that are asked */
    float *scores;      /* [threads × actors] of the candidates, in their order; for the baselines, of actors */
    int32_t *above;     /* [n_above] how many actors took part in more than so many events */
    size_t n_above;
    forecast_tally *tally; /* [threads] */
    forecast_calendar calendar;
    forecast_outcomes outcomes;
    bool baselines;
    const int32_t *horizons; /* ascending */
    size_t n_horizons;
} backtest;

enum { ORIGIN_DAYS = 3 }; /* candidate events are followed from every third day on */

/* Scores of all candidates, in their order; their places stay in s->slot until they are cleared. */
static int32_t score_all(const backtest *b, const forecast_question *q, forecast_scratch *s, float *scores) {
    int32_t kept = forecast_ask(&b->view, q, s);
    forecast_engine_score(b->f, &b->view, q, s, kept, scores);
    for (int32_t i = 0; i < s->n; i++) {
        if (i >= kept) scores[i] = NOT_KEPT + s->cands[i].first;
        s->slot[s->cands[i].actor] = i;
    }
    return kept;
}

static int32_t events_of(const backtest *b, int32_t actor) { return b->f->history.actor[actor].rate.count; }

/* Above 0 when actor x ranks above actor y, below 0 when below. */
static int compare(const backtest *b, const forecast_scratch *s, const float *scores, int32_t x, int32_t y) {
    int32_t i = s->slot[x], k = s->slot[y];
    if (i >= 0 && k >= 0) return (scores[i] > scores[k]) - (scores[i] < scores[k]);
    if (i >= 0 || k >= 0) return i >= 0 ? 1 : -1;
    return (events_of(b, x) > events_of(b, y)) - (events_of(b, x) < events_of(b, y));
}

static void count_candidate(const forecast_scratch *s, const float *scores, int32_t mine, int32_t *greater, int32_t *ties) {
    for (int32_t i = 0; i < s->n; i++) {
        *greater += scores[i] > scores[mine];
        *ties += scores[i] == scores[mine];
    }
    *ties -= 1;
}

/* An actor that is no candidate: all candidates are above it, and of the others those that took part more often. */
static void count_other(const backtest *b, const forecast_scratch *s, int32_t actor, int32_t *greater, int32_t *ties) {
    int32_t n = events_of(b, actor);
    *greater = s->n + b->above[n];
    *ties = (n ? b->above[n - 1] : b->f->quads.actors) - b->above[n] - 1;
    for (int32_t i = 0; i < s->n; i++) {
        *greater -= events_of(b, s->cands[i].actor) > n;
        *ties -= events_of(b, s->cands[i].actor) == n;
    }
}

/* Rank of one true answer; the others are taken out. */
static void rank_answer(const backtest *b, const forecast_scratch *s, const float *scores, const forecast_fact *facts, size_t n,
                        size_t truth, casus_rank *out) {
    int32_t actor = facts[truth].target, mine = s->slot[actor], greater = 0, ties = 0;
    if (mine >= 0) count_candidate(s, scores, mine, &greater, &ties);
    else count_other(b, s, actor, &greater, &ties);
    for (size_t k = 0; k < n; k++) {
        if (facts[k].target == actor || (k && facts[k].target == facts[k - 1].target)) continue;
        int c = compare(b, s, scores, facts[k].target, actor);
        greater -= c > 0;
        ties -= c == 0;
    }
    out->optimistic = greater + 1;
    out->average = greater + 1 + ties / 2.0;
    out->pessimistic = greater + 1 + ties;
}

/* Probabilities with the other true answers taken out; every candidate is tallied for calibration. */
static void probability_one(const backtest *b, const forecast_scratch *s, int32_t kept, const float *scores,
                            const forecast_fact *facts, size_t n, size_t truth, forecast_tally *tally, casus_rank *out) {
    bool hidden[FORECAST_KEEP] = {false};
    int32_t mine = s->slot[facts[truth].target], best = FORECAST_NONE;
    for (size_t k = 0; k < n; k++) {
        int32_t i = s->slot[facts[k].target];
        if (i >= 0 && i < kept && i != mine) hidden[i] = true;
    }
    for (int32_t i = 0; i < kept; i++)
        if (!hidden[i] && (best == FORECAST_NONE || scores[i] > scores[best])) best = i;
    if (best == FORECAST_NONE) return;
    double sum = 0;
    for (int32_t i = 0; i < kept; i++) sum += hidden[i] ? 0 : exp((double)(scores[i] - scores[best]));
    for (int32_t i = 0; i < kept; i++) {
        float p = hidden[i] ? 0 : (float)(exp((double)(scores[i] - scores[best])) / sum);
        forecast_tally_add(tally, p, i == mine);
        if (i == mine) out->probability = (double)forecast_calibrate(&b->f->calibration, p);
    }
    out->top_probability = (double)forecast_calibrate(&b->f->calibration, (float)(1.0 / sum));
    out->top_true = best == mine;
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

/* Rank of one true answer with the other true ones taken out (their scores are already -INFINITY). */
static void rank_one(const float *scores, int32_t n, int32_t truth, casus_rank *out) {
    float mine = scores[truth];
    int32_t greater = 0, ties = 0;
    for (int32_t i = 0; i < n; i++) {
        greater += scores[i] > mine;
        ties += scores[i] == mine;
    }
    out->average = greater + 1 + (ties - 1) / 2.0;
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

static bool asked(const backtest *b, size_t ask) {
    if (b->part >= 1) return true;
    uint64_t x = ((uint64_t)(uint32_t)b->f->day.day << 32 | ask) * 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 29) * 0xbf58476d1ce4e5b9u;
    return (double)(x >> 11) < b->part * 0x1p53;
}

static void answer_ask(void *ctx, size_t ask, unsigned thread) {
    backtest *b = ctx;
    const forecast_day *d = &b->f->day;
    const forecast_day_ask *a = &d->asks[ask];
    if (!asked(b, ask)) return;
    forecast_question q = forecast_day_question(d, ask);
    forecast_scratch *s = &b->f->scratch[thread];
    float *scores = b->scores + (size_t)thread * (size_t)b->f->quads.actors;
    int32_t kept = score_all(b, &q, s, scores);
    const forecast_fact *facts = d->facts + a->facts;
    for (size_t i = 0; i < a->n_facts; i++) {
        bool backward = facts[i].action >= b->f->quads.actions;
        casus_rank unwanted, *out = b->ranks ? rank_of(b, &facts[i]) : &unwanted;
        *out = (casus_rank){.event = facts[i].index, .backward = backward,
                            .action = backward ? facts[i].action - b->f->quads.actions : facts[i].action};
        if (b->ranks) rank_answer(b, s, scores, facts, a->n_facts, i, out);
        probability_one(b, s, kept, scores, facts, a->n_facts, i, &b->tally[thread], out);
    }
    for (int32_t i = 0; i < s->n; i++) s->slot[s->cands[i].actor] = FORECAST_NONE;
    if (b->baselines) answer_baselines(b, a, &q, scores, s);
}

/* How many actors took part in more than n events, for each n. */
static bool count_above(backtest *b) {
    size_t most = 0;
    for (int32_t i = 0; i < b->f->quads.actors; i++) {
        size_t n = (size_t)events_of(b, i);
        if (n > most) most = n;
    }
    if (most + 1 > b->n_above) {
        free(b->above);
        b->n_above = 2 * (most + 1);
        b->above = malloc(b->n_above * sizeof *b->above);
        if (!b->above) return false;
    }
    memset(b->above, 0, (most + 1) * sizeof *b->above);
    for (int32_t i = 0; i < b->f->quads.actors; i++) b->above[events_of(b, i)]++;
    int32_t sum = 0;
    for (size_t n = most + 1; n-- > 0;) {
        int32_t here = b->above[n];
        b->above[n] = sum;
        sum += here;
    }
    return true;
}

static casus_code run(backtest *b, const casus_quads *q, size_t from, size_t to, bool frozen, casus_error *err) {
    casus_code code = CASUS_OK;
    int32_t first = q->at[from].day;
    for (size_t end; !code && from < to; from = end) {
        end = forecast_day_end(q, from, to);
        code = forecast_day_load(&b->f->day, &b->f->history, q, from, end, b->f->threads, err);
        if (code) return code;
        if (!count_above(b)) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for the backtest");
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
    free(b->above);
    free(b->tally);
    free(b->outcomes.at);
    forecast_calendar_done(&b->calendar);
}

static casus_code backtest_init(backtest *b, const casus_quads *q, size_t from, size_t to, casus_error *err) {
    const casus_forecaster *f = b->f;
    if (from >= to || to > q->n || q->actors != f->quads.actors || q->actions != f->quads.actions)
        return casus_fail(err, CASUS_ERR_ARG, "no events to answer in that part of the days, or with other ids than those learned from");
    b->view = forecast_engine_view(f);
    b->scores = malloc((size_t)f->threads * (size_t)q->actors * sizeof *b->scores);
    b->tally = calloc(f->threads, sizeof *b->tally);
    if (!b->scores || !b->tally) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for the backtest");
    return forecast_calendar_init(&b->calendar, q, from, to, err);
}

casus_code casus_backtest(casus_forecaster *f, const casus_quads *q, size_t from, size_t to,
                          const casus_backtest_plan *plan, casus_rank *ranks, casus_error *err) {
    backtest b = {.f = f, .from = from, .ranks = ranks, .part = 1, .baselines = plan->baselines, .horizons = &plan->horizon, .n_horizons = plan->horizon > 0};
    casus_code code = backtest_init(&b, q, from, to, err);
    if (!code) code = run(&b, q, from, to, plan->frozen, err);
    if (!code && plan->reliability) forecast_reliability(plan->reliability, &f->calibration, &b.outcomes);
    backtest_done(&b);
    return code;
}

/* So many answered events tell all that the tables of probabilities can hold. */
static const double CALIBRATION_ENOUGH = 100000;

/* The simulation that will be compared with what came; none when there are too few days. */
static casus_code set_up_level(sim_system *s, const backtest *b, size_t to, casus_error *err) {
    enum { LEAST_DAYS = 7, MOST_DAYS = 28 };
    const casus_quads *q = b->calendar.quads;
    int32_t days = q->at[to - 1].day - b->f->history.today;
    casus_simulation_plan open = {.source = -1, .action = -1, .target = -1, .runs = 1, .days = days < MOST_DAYS ? days : MOST_DAYS};
    return days < LEAST_DAYS ? CASUS_OK : sim_system_init(s, b->f, &open, err);
}

casus_code casus_forecaster_calibrate(casus_forecaster *f, const casus_quads *q, size_t from, size_t to, bool frozen,
                                      casus_error *err) {
    static const int32_t horizons[] = {1, 3, 7, 14, 30};
    double there = 2.0 * (double)(to - from);
    backtest b = {.f = f, .from = from, .part = there > CALIBRATION_ENOUGH ? CALIBRATION_ENOUGH / there : 1, .horizons = horizons,
                  .n_horizons = 5};
    forecast_tally sum = {0};
    sim_system system = {0};
    casus_code code = backtest_init(&b, q, from, to, err);
    forecast_calibration_init(&f->calibration);
    f->calibration.fitted = 1; /* so that answers come as the softmax gives them */
    if (!code) code = set_up_level(&system, &b, to, err);
    if (!code) code = run(&b, q, from, to, frozen, err);
    if (!code) {
        for (unsigned t = 0; t < f->threads; t++) forecast_tally_merge(&sum, &b.tally[t]);
        forecast_calibration_fit(&f->calibration, &sum);
        for (size_t i = 0; i < b.outcomes.n; i++)
            b.outcomes.at[i].seen.p = (double)forecast_calibrate(&f->calibration, (float)b.outcomes.at[i].seen.p);
        forecast_horizon_fit(f->calibration.horizon, b.outcomes.at, b.outcomes.n);
        if (system.days) code = sim_level_fit(&system, f, &b.calendar, err);
    }
    sim_system_done(&system);
    backtest_done(&b);
    return code ? code : forecast_engine_renew_kin(f, err); /* as if opened from a file on the last day */
}
