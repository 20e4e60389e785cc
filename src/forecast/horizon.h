/* Candidate events over a horizon: from "whom, if X does h" to "will X do h to Y at least once within so many days". */
#ifndef CASUS_FORECAST_HORIZON_H
#define CASUS_FORECAST_HORIZON_H

#include "forecast/engine.h"

/* Expected events a day of a fan, from what it did in recent weeks and months; `day` is the first day asked about. */
double forecast_pace(const forecast_history *h, const forecast_fan *fan, int32_t day);
/* A candidate of a question answered on `day` as a prospect; `fan` is all that the source did of the action, NULL when nothing. */
forecast_prospect forecast_prospect_of(const forecast_history *h, const forecast_fan *fan, const forecast_cand *c, double p,
                                       double pace, int32_t day, int32_t days);

typedef struct forecast_outcomes {
    forecast_outcome *at;
    size_t n;
} forecast_outcomes;

/* When every (source, action, target) happened in a stretch of events. */
typedef struct forecast_calendar {
    const casus_quads *quads;
    size_t from, to;
    forecast_map first; /* hash of the three → its first event; the others are chained behind by `next` */
    int32_t *next;      /* [to - from] */
} forecast_calendar;
casus_code forecast_calendar_init(forecast_calendar *c, const casus_quads *q, size_t from, size_t to, casus_error *err);
void forecast_calendar_done(forecast_calendar *c);
/* How often it happened from the first to the last day. */
size_t forecast_calendar_count(const forecast_calendar *c, int32_t source, int32_t action, int32_t target, int32_t first,
                               int32_t last);
/* Outcomes of candidate events asked on `day` about the days from it on, for each horizon that ends within the calendar: a
 * fixed sample of the fans that are active, the best candidates of each. Grows out->at (heap). Results do not depend on
 * threads. */
casus_code forecast_outcomes_add(forecast_outcomes *out, const casus_forecaster *f, const forecast_calendar *c, int32_t day,
                                 const int32_t *horizons, size_t n_horizons, casus_error *err);
void forecast_reliability(casus_reliability *out, const forecast_calibration *c, const forecast_outcomes *o);

#endif
