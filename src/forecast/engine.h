/* The forecaster from inside: what is learned, the past, and working memory. */
#ifndef CASUS_FORECAST_ENGINE_H
#define CASUS_FORECAST_ENGINE_H

#include "forecast/day.h"
#include "forecast/calibrate.h"
#include "forecast/trees.h"

struct casus_forecaster {
    casus_quads quads; /* names, attributes and numbers of ids; its events are not read after learning */
    casus_forecast_options options;
    unsigned threads; /* options.threads, or the number of processors */
    forecast_history history;
    forecast_rules rules;
    forecast_kinship kin;
    int32_t kin_day;    /* when kinship was last computed, -1 never */
    size_t kin_events;  /* events it was computed from */
    int32_t kin_from;   /* no question is asked before this day, so that it need not be computed */
    forecast_trees trees;
    forecast_calibration calibration;
    casus_quad *past; /* every event entered, so that the past can be built anew with one more or one less */
    size_t n_past, cap_past;
    forecast_day day;
    forecast_scratch *scratch; /* [threads] */
};

casus_code forecast_engine_new(casus_forecaster **out, const casus_quads *q, const casus_forecast_options *o,
                               casus_error *err);
forecast_view forecast_engine_view(const casus_forecaster *f);
/* Second stage: the scores of the kept candidates. */
void forecast_engine_score(const casus_forecaster *f, const forecast_view *v, const forecast_question *q,
                           const forecast_scratch *s, int32_t kept, float *scores);
/* Answers a question: the kept candidates stay in s->cands, best first; scores[i] and p[i] (calibrated probability that
 * the i-th is the answer) have FORECAST_KEEP places. Returns how many, -1 when memory ran out. */
int32_t forecast_engine_answer(const casus_forecaster *f, const forecast_history *h, forecast_scratch *s, int32_t source,
                               int32_t action, int32_t day, float *scores, float *p);
/* Recomputes who behaves like whom. */
casus_code forecast_engine_renew_kin(casus_forecaster *f, casus_error *err);
/* The past built anew, with `more` (NULL: none) and without the event at index `less` (SIZE_MAX: none). */
casus_code forecast_engine_rebuild(const casus_forecaster *f, const casus_quad *more, size_t less, forecast_history *out,
                                   casus_error *err);
/* Enters the events [from, to) into the past; recomputes kinship when it is old. */
casus_code forecast_engine_add(casus_forecaster *f, const casus_quads *q, size_t from, size_t to, casus_error *err);
/* The end of the run of events that share q->at[from].day. */
size_t forecast_day_end(const casus_quads *q, size_t from, size_t to);
/* Reports progress; false when the caller wants to stop. */
bool forecast_engine_go_on(const casus_forecaster *f, size_t done, size_t total);

#endif
