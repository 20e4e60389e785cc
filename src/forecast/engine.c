#include "forecast/engine.h"

#include <stdlib.h>
#include <string.h>

enum { KIN_DAYS = 10 };

void casus_forecast_options_init(casus_forecast_options *o) {
    *o = (casus_forecast_options){.step = 1, .threads = 1, .seed = 1, .trees = 150, .leaves = 32, .rate = 0.1,
                                  .questions = 20000, .warm = 0.4};
}

casus_code forecast_engine_new(casus_forecaster **out, const casus_quads *q, const casus_forecast_options *o,
                               casus_error *err) {
    casus_forecaster *f = calloc(1, sizeof *f);
    if (!f) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for a forecaster");
    f->quads = q;
    f->options = *o;
    f->threads = o->threads ? o->threads : casus_cpu_count();
    f->kin_day = -1;
    f->scratch = calloc(f->threads, sizeof *f->scratch);
    casus_code code = f->scratch ? CASUS_OK : casus_fail(err, CASUS_ERR_NOMEM, "out of memory for a forecaster");
    if (!code) code = forecast_history_init(&f->history, q, err);
    if (!code) code = forecast_rules_init(&f->rules, 2 * q->actions, err);
    if (!code) code = forecast_kinship_init(&f->kin, q->actors, err);
    for (unsigned i = 0; !code && i < f->threads; i++) code = forecast_scratch_init(&f->scratch[i], q->actors, err);
    if (code) casus_forecaster_free(f);
    else *out = f;
    return code;
}

void casus_forecaster_free(casus_forecaster *f) {
    if (!f) return;
    forecast_history_done(&f->history);
    forecast_rules_done(&f->rules);
    forecast_kinship_done(&f->kin);
    forecast_trees_done(&f->trees);
    forecast_day_done(&f->day);
    for (unsigned i = 0; f->scratch && i < f->threads; i++) forecast_scratch_done(&f->scratch[i]);
    free(f->scratch);
    free(f);
}

forecast_view forecast_engine_view(const casus_forecaster *f) {
    return (forecast_view){&f->history, &f->rules, &f->kin};
}

size_t forecast_day_end(const casus_quads *q, size_t from, size_t to) {
    size_t end = from + 1;
    while (end < to && q->at[end].day == q->at[from].day) end++;
    return end;
}

casus_code forecast_engine_add(casus_forecaster *f, const casus_quads *q, size_t from, size_t to, casus_error *err) {
    for (size_t i = from; i < to; i++) forecast_history_add(&f->history, q->at[i]);
    if (f->history.failed) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for the past of %zu events", to);
    if (f->kin_day >= 0 && f->history.today - f->kin_day < KIN_DAYS) return CASUS_OK;
    f->kin_day = f->history.today;
    return forecast_kinship_update(&f->kin, &f->history, f->threads, err);
}
