/* The forecaster from inside: what is learned, the past, and working memory. */
#ifndef CASUS_FORECAST_ENGINE_H
#define CASUS_FORECAST_ENGINE_H

#include "forecast/day.h"
#include "forecast/trees.h"

struct casus_forecaster {
    const casus_quads *quads;
    casus_forecast_options options;
    unsigned threads; /* options.threads, or the number of processors */
    forecast_history history;
    forecast_rules rules;
    forecast_kinship kin;
    int32_t kin_day; /* when kinship was last computed, -1 never */
    forecast_trees trees;
    forecast_day day;
    forecast_scratch *scratch; /* [threads] */
};

casus_code forecast_engine_new(casus_forecaster **out, const casus_quads *q, const casus_forecast_options *o,
                               casus_error *err);
forecast_view forecast_engine_view(const casus_forecaster *f);
/* Enters the events [from, to) into the past; recomputes kinship when it is old. */
casus_code forecast_engine_add(casus_forecaster *f, const casus_quads *q, size_t from, size_t to, casus_error *err);
/* The end of the run of events that share q->at[from].day. */
size_t forecast_day_end(const casus_quads *q, size_t from, size_t to);

#endif
