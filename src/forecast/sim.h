/* The system that a simulation runs forward: who may do what to whom, and what raises what. */
#ifndef CASUS_FORECAST_SIM_H
#define CASUS_FORECAST_SIM_H

#include "forecast/predict.h"

enum { SIM_LEADS = 400, SIM_WANTED = 250, SIM_TARGETS = 16, SIM_RATES = 2, SIM_MET = 2 };

/* A source with an action: how often it acts follows its pace. */
typedef struct sim_lead {
    forecast_lead lead; /* always forward */
    bool wanted;        /* what was asked about */
    double usual;       /* its pace in the long run, events a day */
    double share;       /* of its events that the followed targets take */
    int32_t first, n;   /* its triples */
} sim_lead;

/* A candidate event, followed through the run. */
typedef struct sim_triple {
    int32_t source, action, target;
    int32_t lead, pair;
    double p;      /* that the target is this one, from the forecast */
    double usual;  /* its share in the long run */
    double rate;   /* such events a day in the long run */
    int32_t last;  /* day of the last such event in the past, -1 */
    float heat;    /* faded count of such events, in months */
} sim_triple;

/* Two actors, in either order: what happens between them changes what else does. */
typedef struct sim_pair {
    int32_t low, high;
    float met[SIM_MET]; /* how often they had to do with each other, faded, at the start */
    int32_t first, n;   /* its triples, in sim_system.by_pair */
} sim_pair;

typedef struct sim_system {
    const casus_forecaster *f;
    int32_t day, days; /* the first day and how many */
    sim_lead *leads;
    size_t n_leads;
    sim_triple *triples;
    size_t n_triples;
    sim_pair *pairs;
    size_t n_pairs;
    int32_t *by_pair;  /* [n_triples] */
    float *odds;       /* [days × n_triples] log odds of one on that day when nothing more happens, less the term of the pace */
    float *evidence;   /* [days × n_triples] the rules that fire then */
    double more;       /* chance that an event comes again on the same day */
    double fresh;      /* what a day leaves of the difference between today and the long run */
    double keep[SIM_RATES], step[SIM_RATES]; /* what a day leaves of a pace, what an event adds */
} sim_system;

static inline size_t sim_cell(const sim_system *s, size_t triple, int32_t day) { return (size_t)day * s->n_triples + triple; }

/* What a rule that fires adds to the evidence, as in forecast_ask. */
static inline float sim_evidence(const float *confidence, int32_t body, int32_t days, int often) {
    float c = confidence[body * CELLS + forecast_distance_bin(days) * OFTENS + often];
    return c * (1.0f + 0.5f * c);
}

/* What one thread needs for a run. */
typedef struct sim_state {
    int32_t *last;    /* [n_triples] day of the run of the last event drawn, -1 */
    uint16_t *counts; /* [n_triples] events drawn; the result */
    float *met;       /* [n_pairs × SIM_MET] faded counts of events drawn */
    bool *touched;    /* [n_pairs] */
    double *excess;   /* [n_leads × SIM_RATES] pace above what the past says */
    int32_t *today;   /* [n_triples] triples that happened on the day */
    size_t n_today;
} sim_state;

/* Chooses leads and triples for what is asked and tabulates them. Owns everything. CASUS_ERR_NOMEM. */
casus_code sim_system_init(sim_system *s, const casus_forecaster *f, const casus_simulation_plan *plan, casus_error *err);
void sim_system_done(sim_system *s);
/* Tabulates the odds anew, after the probabilities were fitted. */
void sim_system_odds(sim_system *s);
/* The past is over when the system was set up, and what came next is in the calendar: sets f->calibration.level so that runs give
 * as many events as there were. */
casus_code sim_level_fit(sim_system *s, casus_forecaster *f, const forecast_calendar *c, casus_error *err);
bool sim_state_init(sim_state *st, const sim_system *s);
void sim_state_done(sim_state *st);
/* One run; the counts are left in the state. */
void sim_run(const sim_system *s, sim_state *st, uint64_t random);

#endif
