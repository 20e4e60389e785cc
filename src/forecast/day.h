/* One day of events as questions: who did what to whom, asked from both sides. */
#ifndef CASUS_FORECAST_DAY_H
#define CASUS_FORECAST_DAY_H

#include "forecast/ask.h"

typedef struct forecast_fact {
    int32_t source, action, target; /* action doubled */
    int32_t index;                  /* of the event in the quadruples */
} forecast_fact;

typedef struct forecast_day_source {
    int32_t actor;
    size_t lives, n_lives;
} forecast_day_source;

typedef struct forecast_day_ask {
    int32_t source; /* index in sources */
    int32_t action;
    int32_t magnets;     /* index in heads and magnets */
    int32_t next;        /* the next ask of the same head, -1 */
    size_t facts, n_facts; /* the true answers, each once, in order of target */
} forecast_day_ask;

typedef struct forecast_day {
    int32_t day;
    forecast_fact *facts;
    size_t n_facts, cap_facts;
    forecast_day_source *sources;
    size_t n_sources, cap_sources;
    forecast_day_ask *asks; /* by source, then action */
    size_t n_asks, cap_asks;
    int32_t *heads; /* the different actions asked */
    int32_t *first_ask; /* [n_heads] the first ask of each head; the others follow by `next` */
    size_t n_heads;
    forecast_magnets *magnets; /* [n_heads] */
    forecast_live *lives;
    size_t cap_lives, cap_heads;
    int32_t *head_of; /* [2 × actions] index in heads, -1 */
} forecast_day;

void forecast_day_done(forecast_day *d);
/* Reads the events [from, to) of q, all on one day, and prepares what every question needs: the sources' links and the
 * actions' magnets. CASUS_ERR_NOMEM. Results do not depend on `threads`. */
casus_code forecast_day_load(forecast_day *d, const forecast_history *h, const casus_quads *q, size_t from, size_t to,
                             unsigned threads, casus_error *err);
forecast_question forecast_day_question(const forecast_day *d, size_t ask);

#endif
