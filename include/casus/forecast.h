/* casus/forecast.h — what comes next, with the rules that say so.
 *
 * The room needs no text: it reads dated quadruples (source, action, target, day), from event data, from the ledger or
 * from a folder in the research format, and answers who is likely to do what to whom next, and why.
 *
 * How it works (docs/forecasting.md has the formulas and the measurements):
 *  1. temporal rules are counted exactly, no sampling: "if X did b to Y d days ago, X does h to Y", for every pair of
 *     actions in both directions, by distance and frequency, shrunk towards the coarser rule;
 *  2. every candidate is described by a few dozen readable features: the rules that fire for it, the habits of the source
 *     with the target, how much the target attracts the action lately, what similar actors, partners and the actor's
 *     country do;
 *  3. a small ensemble of decision trees, learned on past queries answered only from earlier days, weighs the features;
 *     the softmax over the candidates is the probability.
 * After Gastinger, Meilicke and Stuckenschmidt (2025, arXiv 2509.09474: counted temporal rules), Gastinger et al.
 * (IJCAI 2024: recurrency baseline, evaluation protocol), Chen and Guestrin (KDD 2016: trees), Cao et al. (ICML 2007:
 * listwise loss).
 */
#ifndef CASUS_FORECAST_H
#define CASUS_FORECAST_H

#include "casus/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- quadruples -------------------------------------------------------------------------------------------- */

/* One event: ids are 0-based, `day` counts from any fixed day and is never negative. */
typedef struct casus_quad {
    int32_t source, action, target, day;
} casus_quad;

/* Events in memory, sorted by day, with what is known of the actors. Plain data; who made it keeps it.
 * `names` arrays may be NULL. `country` and `sector` hold an id for each actor or -1; NULL when nothing is known. */
typedef struct casus_quads {
    const casus_quad *at;
    size_t n;
    int32_t actors, actions;
    const char *const *actor_names;
    const char *const *action_names;
    const int32_t *country, *sector;
    int32_t countries, sectors;
} casus_quads;

/* A research data set: three parts of one array, in time order. */
typedef struct casus_dataset {
    casus_quads all;
    size_t train, valid, test; /* how many events each part has */
    casus_arena arena;         /* owns everything above */
} casus_dataset;

/* Reads DIR/{train,valid,test}.txt (source, action, target, hours; further columns are ignored), DIR/entity2id.txt and
 * DIR/relation2id.txt. Actors named "Role (Country)" or "Role_(Country)" get country and sector from their name; an
 * actor named like such a country belongs to it.
 * Errors: CASUS_ERR_IO; CASUS_ERR_FORMAT with file and line for a malformed row, an id out of range, a negative or
 * unsorted time, a part that is empty or begins before the former ends. Cost: O(n). */
casus_code casus_dataset_read(casus_dataset *set, const char *dir, casus_error *err);
void casus_dataset_done(casus_dataset *set);
/* Checks quadruples made by the caller: ids in range, days ascending and not negative. CASUS_ERR_ARG names the index. */
casus_code casus_quads_check(const casus_quads *q, casus_error *err);

/* ---- learning ---------------------------------------------------------------------------------------------- */

/* How to learn. Start from casus_forecast_options_init. */
typedef struct casus_forecast_options {
    int32_t step;       /* days the past stays fixed: 1 learns to answer from yesterday, 30 from up to a month ago */
    unsigned threads;   /* 0: all processors; results do not depend on it */
    uint64_t seed;
    int trees, leaves;  /* of the combination; 0 trees: the first-stage score alone */
    double rate;        /* its learning rate */
    size_t questions;   /* at most so many past questions to learn the combination from */
    uint64_t without;   /* for ablations: bit i keeps the trees from feature i of casus_feature_text */
    double warm;        /* share of the days that only fill the history and the rules */
    /* Called now and then while learning and answering; false stops the work with CASUS_ERR_STOPPED. May be NULL. */
    bool (*progress)(void *ctx, size_t done, size_t total);
    void *progress_ctx;
} casus_forecast_options;
void casus_forecast_options_init(casus_forecast_options *o);
/* What feature `i` says of a candidate Y, a source X and an action h; NULL beyond the last. Static. */
const char *casus_feature_text(int i);

/* Rules, combination and the past they read: everything a forecast needs. Not shared between threads. */
typedef struct casus_forecaster casus_forecaster;

/* Learns from all events of `q` in one pass and keeps them as the past. The names and attributes of `q` must outlive the
 * forecaster. Errors: CASUS_ERR_ARG (casus_quads_check), CASUS_ERR_NOMEM. Cost: O(events × links of their sources). */
casus_code casus_forecaster_learn(casus_forecaster **out, const casus_quads *q, const casus_forecast_options *o,
                                  casus_error *err);
void casus_forecaster_free(casus_forecaster *f);

/* Bytes that learning will need at most, roughly; to be said before a large run. */
size_t casus_forecaster_memory(const casus_quads *q, const casus_forecast_options *o);
/* Adds later events to the past (days must not descend), as [from, to) of `q` with the ids learned from. */
casus_code casus_forecaster_add(casus_forecaster *f, const casus_quads *q, size_t from, size_t to, casus_error *err);
/* The last day of the past. */
int32_t casus_forecaster_today(const casus_forecaster *f);

/* The rules file: what was learned, without the past. One checksummed file (docs/forecasting.md), written whole or not at
 * all. Opening reads `q` as the past; its actions must be those learned (same number and names); actors may differ.
 * Errors: CASUS_ERR_IO, CASUS_ERR_VERSION or CASUS_ERR_FORMAT (another version, truncated,
 * damaged), CASUS_ERR_ARG (other actions). */
casus_code casus_forecaster_save(const casus_forecaster *f, const char *path, casus_error *err);
casus_code casus_forecaster_open(casus_forecaster **out, const char *path, const casus_quads *q, unsigned threads,
                                 casus_error *err);

/* ---- rules ------------------------------------------------------------------------------------------------- */

/* "If X did body to Y `from` to `to` days ago, X does head to Y." Actions are doubled: id + actions means the other direction,
 * done by Y to X. */
typedef struct casus_rule {
    int32_t head, body;
    int32_t from, to;     /* days since the last time; `to` INT32_MAX: or longer */
    uint32_t hits, cases; /* counted */
    double confidence;    /* shrunk */
} casus_rule;

/* Rules with head and body (doubled ids, -1: any) and at least `least` cases, by distance; highest confidence first, in the
 * arena. Without an arena trap NULL is returned when memory runs out. */
casus_rule *casus_rules_list(const casus_forecaster *f, int32_t head, int32_t body, uint32_t least, casus_arena *arena,
                             size_t *n);
/* Appends "If X did "Criticize" to Y 1–2 days ago, X does "Accuse" to Y: 12 % of 4310 cases". */
void casus_rule_sentence(const casus_forecaster *f, const casus_rule *rule, casus_buf *out);

/* ---- forecasts --------------------------------------------------------------------------------------------- */

typedef struct casus_forecast_ask {
    int32_t source, action, target; /* -1: any */
    int32_t horizon;                /* days from the day after today */
    size_t top;                     /* at most so many lines */
} casus_forecast_ask;

typedef struct casus_forecast_line {
    int32_t source, action, target;
    double probability; /* of at least one such event within the horizon */
    double answer;      /* that the target is this one, should the source do it on the first day */
    double expected;    /* events of the source with this action, to anyone, within the horizon */
} casus_forecast_line;

/* Most probable first; `lines` has ask->top places, *n says how many were filled. Without a source and a target the most
 * active sources are asked. CASUS_ERR_ARG for ids out of range or a horizon below 1. Cost: a question for each pair of a
 * source and an action it is known for. */
casus_code casus_forecast(casus_forecaster *f, const casus_forecast_ask *ask, casus_forecast_line *lines, size_t *n,
                          casus_error *err);

enum { CASUS_REASONS = 8 };

typedef struct casus_reason_event {
    casus_quad event;
    double without; /* the probability had it not happened; always lower */
} casus_reason_event;

typedef struct casus_reason_weight {
    const char *text; /* "how often X did h to Y"; static */
    double weight;    /* change of the log score; above 0 raises */
} casus_reason_weight;

/* Why a line is probable: rules that fire, with the last event behind each; what weighed most; the past events without
 * which it would be less probable (each was taken out and the question asked again). */
typedef struct casus_explanation {
    casus_rule rules[CASUS_REASONS];
    casus_quad rule_events[CASUS_REASONS];
    size_t n_rules;
    casus_reason_weight weights[CASUS_REASONS];
    size_t n_weights;
    casus_reason_event events[CASUS_REASONS];
    size_t n_events;
} casus_explanation;
/* Cost: the past is built anew for each event tried, at most 2 × CASUS_REASONS times. */
casus_code casus_explain(casus_forecaster *f, const casus_forecast_line *line, int32_t horizon, casus_explanation *out,
                         casus_error *err);

/* One thing that changes when the past does. */
typedef struct casus_change {
    casus_forecast_line line; /* as after the change */
    double before;
    casus_rule rule;          /* the strongest rule from the changed event to this one; cases 0: none, it is indirect */
    const char *through;      /* what changed most in the weighing; static, NULL when nothing did */
} casus_change;
/* The same forecast with `event` added, or taken out (the last such event up to its day;
 * CASUS_ERR_NOTFOUND when there is none). `changes`
 * has ask->top places, largest change first. A day after today becomes today. */
casus_code casus_what_if(casus_forecaster *f, casus_quad event, bool take_out, const casus_forecast_ask *ask,
                         casus_change *changes, size_t *n, casus_error *err);

/* ---- simulation -------------------------------------------------------------------------------------------- */

typedef struct casus_simulation_plan {
    int32_t source, action, target; /* -1: any */
    int32_t runs, days;
    uint64_t seed;
    size_t top; /* at most so many lines */
} casus_simulation_plan;

typedef struct casus_simulation_line {
    int32_t source, action, target;
    double mean, any; /* events a run; share of runs with at least one */
    int32_t low, middle, high; /* 5 %, 50 % and 95 % quantiles over the runs */
} casus_simulation_line;

/* Runs the system forward day by day: what is asked about and the most active others, each with its likeliest targets. Every
 * candidate event is drawn with the probability that the forecast's model gives it for that day. An event drawn changes what
 * follows in the same run: the rules from its action to every other between the two (in either direction) fire anew, the two
 * have met, the source is more active. What nothing renews goes back to its usual pace. Most events first. The same seed
 * gives the same result on any number of threads. At most 100,000 runs of 3,650 days. Cost: a question for each source and
 * action (at most 400), then O(runs × days × 6400). */
casus_code casus_simulate(casus_forecaster *f, const casus_simulation_plan *plan, casus_simulation_line *lines, size_t *n,
                          casus_error *err);

/* ---- measuring --------------------------------------------------------------------------------------------- */

/* What any forecast should beat, answering the same questions: who was last; who was most often; both faded with a half-life
 * of 15 days and filled up with the action's usual targets (the recurrency formula of Gastinger et al., IJCAI 2024). */
enum { CASUS_PERSISTENCE, CASUS_FREQUENCY, CASUS_RECURRENCY, CASUS_BASELINES };

/* One answered question of a backtest. Ranks are 1-based; `average` splits ties evenly. */
typedef struct casus_rank {
    int32_t event;     /* index in the quadruples */
    bool backward;     /* asked (?, action, target) */
    int32_t action;
    double average, optimistic, pessimistic;
    double probability;     /* given to the true answer */
    double top_probability; /* given to the best answer */
    bool top_true;          /* the best answer was the true one */
    double baseline[CASUS_BASELINES]; /* average ranks by the baselines, when the plan asks for them */
} casus_rank;

typedef struct casus_score {
    size_t questions;
    double mrr, mrr_optimistic, hits1, hits3, hits10; /* 0–1, from the average rank */
    double log_score; /* mean natural log of the true answers' probabilities, each at least 1e-6 */
} casus_score;
/* Scores the ranks of one action, or all (-1). */
void casus_score_ranks(casus_score *s, const casus_rank *ranks, size_t n, int32_t action);

/* Stated probabilities against what happened, in ten bins of equal width. */
enum { CASUS_RELIABILITY_BINS = 10 };
typedef struct casus_reliability {
    size_t n, cases[CASUS_RELIABILITY_BINS];
    double stated[CASUS_RELIABILITY_BINS], happened[CASUS_RELIABILITY_BINS]; /* means of each bin */
    double base;                  /* share that happened */
    double ece, brier, log_score; /* expected calibration error; mean squared error; mean log of what was given */
} casus_reliability;
/* Of each question's best answer: is it the true one? */
void casus_reliability_of_ranks(casus_reliability *out, const casus_rank *ranks, size_t n);

/* Appends the reliability curve as an SVG drawing. `title` is plain text. */
void casus_reliability_svg(const casus_reliability *r, const char *title, casus_buf *out);

typedef struct casus_backtest_plan {
    bool frozen;     /* multi-step: only the days before `from` are known, nothing is added */
    int32_t horizon; /* days within which candidate events are followed, from every third day on; 0: not */
    bool baselines;  /* fill casus_rank.baseline */
    casus_reliability *reliability; /* of "at least one such event within the horizon"; may be NULL */
} casus_backtest_plan;

/* Answers every event of q.at[from, to) from both sides, knowing only the days before (single step: the events of each day
 * are added once it is answered). Time-aware filter: other true answers of the same question on the same day do not
 * compete. `ranks` has 2 (to - from) places: forward and backward of each event, in order. `q` has the ids learned from.
 * Errors: CASUS_ERR_ARG, CASUS_ERR_NOMEM. */
casus_code casus_backtest(casus_forecaster *f, const casus_quads *q, size_t from, size_t to,
                          const casus_backtest_plan *plan, casus_rank *ranks, casus_error *err);
/* The same, and fits the probabilities to what happened: use days not learned from. Of more than 50,000 events a sample is
 * asked. */
casus_code casus_forecaster_calibrate(casus_forecaster *f, const casus_quads *q, size_t from, size_t to, bool frozen,
                                      casus_error *err);

#ifdef __cplusplus
}
#endif
#endif
