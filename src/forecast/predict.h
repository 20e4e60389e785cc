/* Forecast lines over a given past. */
#ifndef CASUS_FORECAST_PREDICT_H
#define CASUS_FORECAST_PREDICT_H

#include "forecast/horizon.h"

casus_code forecast_ask_check(const casus_forecaster *f, const casus_forecast_ask *ask, casus_error *err);
/* casus_forecast over `h`, which may be another past than f's own. */
casus_code forecast_lines(const casus_forecaster *f, const forecast_history *h, int32_t day, const casus_forecast_ask *ask,
                          casus_forecast_line *lines, size_t *n, casus_error *err);
/* Fills in the probabilities of one line; a target that is no candidate has probability 0. False: memory ran out. */
bool forecast_line_fill(const casus_forecaster *f, const forecast_history *h, int32_t day, int32_t horizon,
                        casus_forecast_line *line);
/* The questions that a filter leads to: a source (or, with only a target given, the target with inverse actions), and the
 * actions it is known for; the most active first, at most `most`. Returns how many. */
typedef struct forecast_lead {
    int32_t actor, action; /* action doubled when the actor is the target */
    double pace;           /* events a day */
} forecast_lead;
size_t forecast_leads(const forecast_history *h, int32_t day, int32_t source, int32_t action, int32_t target,
                      forecast_lead *out, size_t most);

#endif
