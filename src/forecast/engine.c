#include "forecast/engine.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Likeness is recomputed when so many days have passed and the past has grown by one part in KIN_PART: linear cost in all. */
enum { KIN_DAYS = 7, KIN_PART = 20 };

void casus_forecast_options_init(casus_forecast_options *o) {
    *o = (casus_forecast_options){.step = 1, .threads = 1, .seed = 1, .trees = 150, .leaves = 32, .rate = 0.1,
                                  .questions = 50000, .warm = 0.4};
}

casus_code forecast_engine_new(casus_forecaster **out, const casus_quads *q, const casus_forecast_options *o,
                               casus_error *err) {
    casus_forecaster *f = calloc(1, sizeof *f);
    if (!f) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for a forecaster");
    f->quads = *q;
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
    free(f->past);
    free(f);
}

forecast_view forecast_engine_view(const casus_forecaster *f) {
    return (forecast_view){&f->history, &f->rules, &f->kin, f->options.without};
}

size_t forecast_day_end(const casus_quads *q, size_t from, size_t to) {
    size_t end = from + 1;
    while (end < to && q->at[end].day == q->at[from].day) end++;
    return end;
}

static bool past_room(casus_forecaster *f, size_t more) {
    if (f->n_past + more <= f->cap_past) return true;
    size_t cap = (f->n_past + more) + (f->n_past + more) / 2;
    casus_quad *bigger = realloc(f->past, cap * sizeof *bigger);
    if (!bigger) return false;
    f->past = bigger;
    f->cap_past = cap;
    return true;
}

casus_code forecast_engine_renew_kin(casus_forecaster *f, casus_error *err) {
    f->kin_day = f->history.today;
    f->kin_events = f->history.events;
    return forecast_kinship_update(&f->kin, &f->history, f->threads, err);
}

casus_code forecast_engine_add(casus_forecaster *f, const casus_quads *q, size_t from, size_t to, casus_error *err) {
    bool ok = past_room(f, to - from);
    for (size_t i = from; ok && i < to; i++) {
        forecast_history_add(&f->history, q->at[i]);
        f->past[f->n_past++] = q->at[i];
    }
    if (!ok || f->history.failed) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for the past of %zu events", to);
    if (f->history.today + 1 < f->kin_from) return CASUS_OK;
    bool young = f->kin_day >= 0 && f->history.today - f->kin_day < KIN_DAYS;
    if (young || f->history.events < f->kin_events + f->kin_events / KIN_PART) return CASUS_OK;
    return forecast_engine_renew_kin(f, err);
}

casus_code forecast_engine_rebuild(const casus_forecaster *f, const casus_quad *more, size_t less, forecast_history *out,
                                   casus_error *err) {
    casus_code code = forecast_history_init(out, &f->quads, err);
    if (code) return code;
    bool pending = more != NULL;
    for (size_t i = 0; i < f->n_past; i++) {
        if (pending && more->day < f->past[i].day) {
            forecast_history_add(out, *more);
            pending = false;
        }
        if (i != less) forecast_history_add(out, f->past[i]);
    }
    if (pending) forecast_history_add(out, *more);
    if (!out->failed) return CASUS_OK;
    forecast_history_done(out);
    return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for a second past of %zu events", f->n_past);
}

/* Insertion sort by score; the first stage left them nearly in order. */
static void sort_answers(forecast_cand *cands, float *scores, int32_t n) {
    for (int32_t i = 1; i < n; i++) {
        forecast_cand c = cands[i];
        float score = scores[i];
        int32_t k = i;
        for (; k > 0 && scores[k - 1] < score; k--) {
            cands[k] = cands[k - 1];
            scores[k] = scores[k - 1];
        }
        cands[k] = c;
        scores[k] = score;
    }
}

void forecast_engine_score(const casus_forecaster *f, const forecast_view *v, const forecast_question *q,
                           const forecast_scratch *s, int32_t kept, float *scores) {
    uint8_t rows[FORECAST_KEEP][FEATURES];
    float sums[FORECAST_KEEP] = {0};
    if (kept <= 0) return;
    forecast_describe(v, q, s, kept, rows);
    forecast_trees_add(&f->trees, rows[0], (size_t)kept, sums);
    for (int32_t i = 0; i < kept; i++) scores[i] = s->cands[i].first + sums[i];
}

/* How often whom an event meets was met before; what is left goes to somebody new. Only where nothing was fitted. */
static float known_share(const forecast_history *h) {
    float known = 1.0f;
    for (int32_t a = 0; a < h->actions; a++) known += (float)h->action[a].known;
    return known / ((float)h->events + 4.0f);
}

int32_t forecast_engine_answer(const casus_forecaster *f, const forecast_history *h, forecast_scratch *s, int32_t source,
                               int32_t action, int32_t day, float *scores, float *p) {
    forecast_view view = {h, &f->rules, &f->kin, f->options.without};
    forecast_question q;
    if (!forecast_question_init(&q, h, s, source, action, day)) return -1;
    int32_t kept = forecast_ask(&view, &q, s);
    double sum = 0;
    forecast_engine_score(f, &view, &q, s, kept, scores);
    sort_answers(s->cands, scores, kept);
    for (int32_t i = 0; i < kept; i++) sum += exp((double)(scores[i] - scores[0]));
    float known = f->calibration.fitted ? 1.0f : known_share(h);
    for (int32_t i = 0; i < kept; i++)
        p[i] = known * forecast_calibrate(&f->calibration, (float)(exp((double)(scores[i] - scores[0])) / sum));
    return kept;
}

casus_code casus_forecaster_add(casus_forecaster *f, const casus_quads *q, size_t from, size_t to, casus_error *err) {
    if (from > to || to > q->n || q->actors != f->history.actors || q->actions != f->history.actions)
        return casus_fail(err, CASUS_ERR_ARG, "events with other ids than those learned from");
    casus_code code = casus_quads_check(q, err);
    if (!code && from < to && q->at[from].day < f->history.today)
        code = casus_fail(err, CASUS_ERR_ARG, "events to add must not be earlier than those already known");
    if (!code) code = forecast_engine_add(f, q, from, to, err);
    return code ? code : forecast_engine_renew_kin(f, err);
}

int32_t casus_forecaster_today(const casus_forecaster *f) { return f->history.today; }

bool forecast_engine_go_on(const casus_forecaster *f, size_t done, size_t total) {
    return !f->options.progress || f->options.progress(f->options.progress_ctx, done, total);
}

/* Generous: every event makes new links, mates and fans on both sides; every rule has cases. */
size_t casus_forecaster_memory(const casus_quads *q, const casus_forecast_options *o) {
    size_t links = 4 * q->n, fans = q->n + 1;
    size_t past = links * (sizeof(forecast_link) + sizeof(forecast_mate) + 40) + fans * sizeof(forecast_fan);
    size_t heads = 2 * (size_t)q->actions;
    size_t rules = heads * heads * CELLS * (2 * sizeof(uint32_t) + sizeof(float));
    size_t rows = (o->questions < 2 * q->n ? o->questions : 2 * q->n) * FORECAST_KEEP;
    size_t threads = o->threads ? o->threads : casus_cpu_count();
    size_t actors = (size_t)q->actors * (sizeof(forecast_actor) + KINS * sizeof(forecast_kin) +
                                         threads * (sizeof(forecast_cand) + 4 * sizeof(float)));
    return past + rules + rows * (FEATURES + 25) + actors + 2 * q->n * sizeof(casus_quad);
}
