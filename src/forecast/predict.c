#include "forecast/predict.h"

#include <stdlib.h>
#include <string.h>

enum { LEADS_MAX = 600, LINES_EACH = 20 };

casus_code forecast_ask_check(const casus_forecaster *f, const casus_forecast_ask *ask, casus_error *err) {
    int32_t actors = f->history.actors;
    if (ask->source >= actors || ask->target >= actors || ask->action >= f->history.actions)
        return casus_fail(err, CASUS_ERR_ARG, "an id in the question is out of range");
    if (ask->horizon < 1) return casus_fail(err, CASUS_ERR_ARG, "the horizon must be at least one day");
    if (f->history.today < 0) return casus_fail(err, CASUS_ERR_ARG, "there is no past to forecast from");
    return CASUS_OK;
}

/* ---- whom to ask ---- */

/* An actor never seen with the action: as active as the average actor of its country, or of all. */
static double pace_unknown(const forecast_history *h, int32_t actor, int32_t action, int32_t day) {
    const forecast_fan *country = h->home[actor] < 0 ? NULL : forecast_fan_find(h, h->home[actor], action);
    const forecast_action *all = &h->action[action];
    if (country) return forecast_pace(h, country, day) / (1.0 + h->actor[h->home[actor]].n_mates);
    if (all->rate.count == 0) return 1e-6;
    return forecast_pace(h, &(forecast_fan){.rate = all->rate}, day) / (1.0 + h->actors);
}

static size_t lead_put(forecast_lead *out, size_t n, size_t most, forecast_lead lead) {
    if (n == most && out[n - 1].pace >= lead.pace) return n;
    size_t i = n < most ? n : most - 1;
    for (; i > 0 && out[i - 1].pace < lead.pace; i--) out[i] = out[i - 1];
    out[i] = lead;
    return n < most ? n + 1 : n;
}

static bool wanted(const forecast_history *h, const forecast_fan *fan, int32_t action, bool backward) {
    bool is_backward = fan->action >= h->actions;
    return fan->actor < h->actors && is_backward == backward && (action < 0 || fan->action == action);
}

/* Somebody who never did anything: every action at the pace of his country. */
static size_t leads_of_stranger(const forecast_history *h, int32_t day, int32_t actor, bool backward, forecast_lead *out, size_t most) {
    size_t n = 0;
    for (int32_t a = 0; a < h->actions; a++) {
        int32_t action = backward ? a + h->actions : a;
        if (h->action[action].rate.count) n = lead_put(out, n, most, (forecast_lead){actor, action, pace_unknown(h, actor, action, day)});
    }
    return n;
}

size_t forecast_leads(const forecast_history *h, int32_t day, int32_t source, int32_t action, int32_t target,
                      forecast_lead *out, size_t most) {
    bool backward = source < 0 && target >= 0;
    int32_t actor = backward ? target : source;
    int32_t asked = action < 0 ? -1 : backward ? action + h->actions : action;
    if (most == 0) return 0;
    if (actor >= 0 && asked >= 0 && !forecast_fan_find(h, actor, asked)) {
        out[0] = (forecast_lead){actor, asked, pace_unknown(h, actor, asked, day)};
        return 1;
    }
    if (actor >= 0 && h->actor[actor].fans.n == 0) return leads_of_stranger(h, day, actor, backward, out, most);
    const forecast_ids *ids = actor >= 0 ? &h->actor[actor].fans : NULL;
    int32_t n_fans = ids ? ids->n : h->n_fans;
    size_t n = 0;
    for (int32_t i = 0; i < n_fans; i++) {
        const forecast_fan *fan = &h->fans[ids ? ids->at[i] : i];
        if (!wanted(h, fan, asked, backward)) continue;
        n = lead_put(out, n, most, (forecast_lead){fan->actor, fan->action, forecast_pace(h, fan, day)});
    }
    return n;
}

/* ---- asking ---- */

/* Events of a source with an action within the horizon. Where nothing was fitted one late event is no pace: the long run counts. */
static double expected_of(const casus_forecaster *f, const forecast_fan *fan, double pace, int32_t day, int32_t horizon) {
    double usual = fan ? fan->rate.count / (day + 1.0) : pace;
    return (f->calibration.fitted || pace < usual ? pace : usual) * horizon;
}

typedef struct asking {
    const casus_forecaster *f;
    const forecast_history *h;
    const casus_forecast_ask *ask;
    int32_t day;
    const forecast_lead *leads;
    casus_forecast_line *lines; /* [n_leads × LINES_EACH] */
    int32_t counts[LEADS_MAX];  /* lines of each lead, -1 failed */
} asking;

static casus_forecast_line line_of(const asking *a, const forecast_lead *lead, const forecast_fan *fan, const forecast_cand *c, double p) {
    int32_t candidate = c->actor;
    int32_t actions = a->h->actions;
    bool backward = lead->action >= actions;
    casus_forecast_line line = {.source = backward ? candidate : lead->actor,
                                .action = backward ? lead->action - actions : lead->action,
                                .target = backward ? lead->actor : candidate,
                                .answer = p,
                                .expected = expected_of(a->f, fan, lead->pace, a->day, a->ask->horizon)};
    forecast_prospect seen = forecast_prospect_of(a->h, fan, c, p, lead->pace, a->day, a->ask->horizon);
    line.probability = forecast_horizon_probability(a->f->calibration.horizon, &seen);
    return line;
}

static void ask_lead(void *ctx, size_t i, unsigned thread) {
    asking *a = ctx;
    const forecast_lead *lead = &a->leads[i];
    forecast_scratch *s = &a->f->scratch[thread];
    float scores[FORECAST_KEEP], p[FORECAST_KEEP];
    int32_t kept = forecast_engine_answer(a->f, a->h, s, lead->actor, lead->action, a->day, scores, p), n = 0;
    bool forward = lead->action < a->h->actions;
    const forecast_fan *fan = forecast_fan_find(a->h, lead->actor, lead->action);
    for (int32_t k = 0; k < kept && n < LINES_EACH; k++) {
        if (s->cands[k].actor == lead->actor && !s->cands[k].mate) continue; /* nobody begins with himself */
        if (forward && a->ask->target >= 0 && s->cands[k].actor != a->ask->target) continue;
        a->lines[i * LINES_EACH + (size_t)n++] = line_of(a, lead, fan, &s->cands[k], (double)p[k]);
    }
    a->counts[i] = kept < 0 ? -1 : n;
}

static int by_probability(const void *a, const void *b) {
    const casus_forecast_line *x = a, *y = b;
    if (x->probability != y->probability) return x->probability > y->probability ? -1 : 1;
    if (x->source != y->source) return x->source < y->source ? -1 : 1;
    if (x->action != y->action) return x->action < y->action ? -1 : 1;
    return (x->target > y->target) - (x->target < y->target);
}

/* Closes the gaps, sorts, copies the best. False when a question failed. */
static bool gather(const asking *a, size_t n_leads, casus_forecast_line *lines, size_t *n) {
    size_t all = 0;
    for (size_t i = 0; i < n_leads; i++) {
        if (a->counts[i] < 0) return false;
        memmove(a->lines + all, a->lines + i * LINES_EACH, (size_t)a->counts[i] * sizeof *a->lines);
        all += (size_t)a->counts[i];
    }
    qsort(a->lines, all, sizeof *a->lines, by_probability);
    *n = all < a->ask->top ? all : a->ask->top;
    memcpy(lines, a->lines, *n * sizeof *lines);
    return true;
}

casus_code forecast_lines(const casus_forecaster *f, const forecast_history *h, int32_t day, const casus_forecast_ask *ask,
                          casus_forecast_line *lines, size_t *n, casus_error *err) {
    forecast_lead leads[LEADS_MAX];
    asking *a = malloc(sizeof *a);
    if (!a) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for a forecast");
    *a = (asking){.f = f, .h = h, .ask = ask, .day = day, .leads = leads};
    size_t n_leads = forecast_leads(h, day, ask->source, ask->action, ask->target, leads, LEADS_MAX);
    a->lines = calloc(n_leads * LINES_EACH + 1, sizeof *a->lines);
    bool ok = a->lines != NULL;
    if (ok) casus_parallel(n_leads, f->threads, ask_lead, a);
    ok = ok && gather(a, n_leads, lines, n);
    free(a->lines);
    free(a);
    return ok ? CASUS_OK : casus_fail(err, CASUS_ERR_NOMEM, "out of memory for a forecast");
}

bool forecast_line_fill(const casus_forecaster *f, const forecast_history *h, int32_t day, int32_t horizon,
                        casus_forecast_line *line) {
    forecast_scratch *s = &f->scratch[0];
    float scores[FORECAST_KEEP], p[FORECAST_KEEP];
    const forecast_fan *fan = forecast_fan_find(h, line->source, line->action);
    double pace = fan ? forecast_pace(h, fan, day) : pace_unknown(h, line->source, line->action, day);
    int32_t kept = forecast_engine_answer(f, h, s, line->source, line->action, day, scores, p);
    line->answer = line->probability = 0;
    line->expected = expected_of(f, fan, pace, day, horizon);
    for (int32_t k = 0; k < kept; k++) {
        if (s->cands[k].actor != line->target) continue;
        line->answer = (double)p[k];
        forecast_prospect seen = forecast_prospect_of(h, fan, &s->cands[k], line->answer, pace, day, horizon);
        line->probability = forecast_horizon_probability(f->calibration.horizon, &seen);
    }
    return kept >= 0;
}

casus_code casus_forecast(casus_forecaster *f, const casus_forecast_ask *ask, casus_forecast_line *lines, size_t *n,
                          casus_error *err) {
    casus_code code = forecast_ask_check(f, ask, err);
    if (code) return code;
    return forecast_lines(f, &f->history, f->history.today + 1, ask, lines, n, err);
}
