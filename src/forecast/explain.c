/* Why a line is probable, and what would change it. Nothing here guesses: events count as reasons only when the question,
 * asked again without them, gets a lower probability. */
#include "forecast/predict.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- rules ---- */

static casus_rule rule_of(const casus_forecaster *f, int32_t head, int32_t body, int distance) {
    casus_rule rule = {.head = head, .body = body};
    forecast_distance_range(distance, &rule.from, &rule.to);
    if (!f->rules.confidence[head]) return rule;
    float best = 0;
    for (int c = 0; c < OFTENS; c++) {
        size_t cell = (size_t)body * CELLS + (size_t)(distance * OFTENS + c);
        rule.hits += f->rules.hit[head][cell];
        rule.cases += f->rules.all[head][cell];
        best = fmaxf(best, f->rules.confidence[head][cell]);
    }
    rule.confidence = (double)best;
    return rule;
}

static casus_quad forward_of(const forecast_history *h, int32_t actor, int32_t action, int32_t partner, int32_t day) {
    if (action < h->actions) return (casus_quad){actor, action, partner, day};
    return (casus_quad){partner, action - h->actions, actor, day};
}

static void keep_rule(casus_explanation *out, casus_rule rule, casus_quad event) {
    size_t i = out->n_rules < CASUS_REASONS ? out->n_rules++ : CASUS_REASONS - 1;
    if (i == CASUS_REASONS - 1 && out->rules[i].confidence > rule.confidence) return;
    for (; i > 0 && out->rules[i - 1].confidence < rule.confidence; i--) {
        out->rules[i] = out->rules[i - 1];
        out->rule_events[i] = out->rule_events[i - 1];
    }
    out->rules[i] = rule;
    out->rule_events[i] = event;
}

static void explain_rules(const casus_forecaster *f, const casus_forecast_line *line, int32_t day, casus_explanation *out) {
    const forecast_history *h = &f->history;
    const forecast_ids *fans = &h->actor[line->source].fans;
    for (int32_t i = 0; i < fans->n; i++) {
        const forecast_fan *fan = &h->fans[fans->at[i]];
        const forecast_link *link = forecast_link_find(h, fan, line->target);
        if (!link) continue;
        casus_rule rule = rule_of(f, line->action, fan->action, forecast_distance_bin(day - link->rate.last));
        if (rule.hits) keep_rule(out, rule, forward_of(h, line->source, fan->action, line->target, link->rate.last));
    }
}

/* ---- weights ---- */

static bool row_of(const casus_forecaster *f, const forecast_history *h, const casus_forecast_line *line, int32_t day,
                   uint8_t row[FEATURES]) {
    forecast_view view = {h, &f->rules, &f->kin, f->options.without};
    forecast_question q;
    forecast_scratch *s = &f->scratch[0];
    if (!forecast_question_init(&q, h, s, line->source, line->action, day)) return false;
    int32_t kept = forecast_ask(&view, &q, s);
    for (int32_t i = 0; i < kept; i++) {
        if (s->cands[i].actor != line->target) continue;
        uint8_t rows[FORECAST_KEEP][FEATURES];
        forecast_describe(&view, &q, s, kept, rows);
        memcpy(row, rows[i], FEATURES);
        return true;
    }
    return false;
}

static void explain_weights(const casus_forecaster *f, const casus_forecast_line *line, int32_t day, casus_explanation *out) {
    uint8_t row[FEATURES];
    float by_feature[FEATURES] = {0};
    if (!row_of(f, &f->history, line, day, row)) return;
    forecast_trees_explain(&f->trees, row, by_feature);
    for (; out->n_weights < CASUS_REASONS; out->n_weights++) {
        int best = 0; /* what says nothing of the candidate weighs the same for all */
        for (int i = 1; i < FEATURE_FAN_COUNT; i++)
            if (fabsf(by_feature[i]) > fabsf(by_feature[best])) best = i;
        if (by_feature[best] == 0) return;
        out->weights[out->n_weights] = (casus_reason_weight){casus_feature_text(best), (double)by_feature[best]};
        by_feature[best] = 0;
    }
}

/* ---- events ---- */

enum { TRIED_MAX = 2 * CASUS_REASONS };

typedef struct tried {
    size_t at[TRIED_MAX]; /* indexes in the past */
    size_t n;
} tried;

static void try_index(tried *t, size_t i) {
    for (size_t k = 0; k < t->n; k++)
        if (t->at[k] == i) return;
    if (t->n < TRIED_MAX) t->at[t->n++] = i;
}

/* The last such event on or before its day; SIZE_MAX when there is none. */
static size_t find_past(const casus_forecaster *f, casus_quad e) {
    for (size_t i = f->n_past; i-- > 0;) {
        casus_quad p = f->past[i];
        if (p.day <= e.day && p.source == e.source && p.action == e.action && p.target == e.target) return i;
    }
    return SIZE_MAX;
}

/* The latest events of a kind: between the two; the same action to the target; the same action by the source. */
static void try_latest(const casus_forecaster *f, const casus_forecast_line *line, tried *t) {
    int between = 4, to_target = 3, by_source = 2;
    for (size_t i = f->n_past; i-- > 0 && between + to_target + by_source > 0;) {
        casus_quad p = f->past[i];
        bool pair = (p.source == line->source && p.target == line->target) ||
                    (p.source == line->target && p.target == line->source);
        bool same = p.action == line->action;
        if (pair && between-- > 0) try_index(t, i);
        else if (same && p.target == line->target && to_target-- > 0) try_index(t, i);
        else if (same && p.source == line->source && by_source-- > 0) try_index(t, i);
    }
}

static void keep_event(casus_explanation *out, casus_quad event, double without) {
    size_t i = out->n_events < CASUS_REASONS ? out->n_events++ : CASUS_REASONS - 1;
    if (i == CASUS_REASONS - 1 && out->events[i].without > 0 && out->events[i].without < without) return;
    for (; i > 0 && out->events[i - 1].without > without; i--) out->events[i] = out->events[i - 1];
    out->events[i] = (casus_reason_event){event, without};
}

static casus_code explain_events(const casus_forecaster *f, const casus_forecast_line *line, int32_t day, int32_t horizon,
                                 casus_explanation *out, casus_error *err) {
    tried t = {.n = 0};
    for (size_t i = 0; i < out->n_rules && i < CASUS_REASONS - 1; i++) {
        size_t at = find_past(f, out->rule_events[i]);
        if (at != SIZE_MAX) try_index(&t, at);
    }
    try_latest(f, line, &t);
    for (size_t i = 0; i < t.n; i++) {
        forecast_history other;
        casus_forecast_line without = *line;
        casus_code code = forecast_engine_rebuild(f, NULL, t.at[i], &other, err);
        if (code) return code;
        bool ok = forecast_line_fill(f, &other, day, horizon, &without);
        forecast_history_done(&other);
        if (!ok) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for an explanation");
        if (without.probability < line->probability) keep_event(out, f->past[t.at[i]], without.probability);
    }
    return CASUS_OK;
}

casus_code casus_explain(casus_forecaster *f, const casus_forecast_line *line, int32_t horizon, casus_explanation *out,
                         casus_error *err) {
    casus_forecast_ask ask = {line->source, line->action, line->target, horizon, 1};
    casus_forecast_line now = *line;
    casus_code code = forecast_ask_check(f, &ask, err);
    if (code) return code;
    if (line->source < 0 || line->action < 0 || line->target < 0)
        return casus_fail(err, CASUS_ERR_ARG, "a line to explain names a source, an action and a target");
    int32_t day = f->history.today + 1;
    *out = (casus_explanation){.n_rules = 0};
    if (!forecast_line_fill(f, &f->history, day, horizon, &now))
        return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for an explanation");
    explain_rules(f, line, day, out);
    explain_weights(f, line, day, out);
    return explain_events(f, &now, day, horizon, out, err);
}

/* ---- what if ---- */

typedef struct what_if {
    const casus_forecaster *f;
    forecast_history other;
    casus_quad event;
    const casus_forecast_ask *ask;
    int32_t day;
    casus_change *all;
    size_t n;
} what_if;

static bool listed(const what_if *w, const casus_forecast_line *line) {
    for (size_t i = 0; i < w->n; i++) {
        const casus_forecast_line *l = &w->all[i].line;
        if (l->source == line->source && l->action == line->action && l->target == line->target) return true;
    }
    return false;
}

static void explain_change(const what_if *w, casus_change *c) {
    const casus_forecast_line *l = &c->line;
    const forecast_history *h = &w->f->history;
    int32_t body = -1;
    if (l->source == w->event.source && l->target == w->event.target) body = w->event.action;
    if (l->source == w->event.target && l->target == w->event.source) body = forecast_inverse(h, w->event.action);
    if (body >= 0) c->rule = rule_of(w->f, l->action, body, forecast_distance_bin(w->day - w->event.day));
    uint8_t before[FEATURES], after[FEATURES];
    float x[FEATURES] = {0}, y[FEATURES] = {0};
    if (row_of(w->f, h, l, w->day, before)) forecast_trees_explain(&w->f->trees, before, x);
    if (row_of(w->f, &w->other, l, w->day, after)) forecast_trees_explain(&w->f->trees, after, y);
    float most = 0;
    for (int i = 0; i < FEATURES; i++) {
        if (fabsf(y[i] - x[i]) <= most) continue;
        most = fabsf(y[i] - x[i]);
        c->through = casus_feature_text(i);
    }
}

static bool compare_lines(what_if *w, const casus_forecast_line *lines, size_t n) {
    for (size_t i = 0; i < n; i++) {
        casus_forecast_line before = lines[i], after = lines[i];
        if (listed(w, &lines[i])) continue;
        if (!forecast_line_fill(w->f, &w->f->history, w->day, w->ask->horizon, &before)) return false;
        if (!forecast_line_fill(w->f, &w->other, w->day, w->ask->horizon, &after)) return false;
        w->all[w->n++] = (casus_change){.line = after, .before = before.probability};
    }
    return true;
}

static int by_change(const void *a, const void *b) {
    const casus_change *x = a, *y = b;
    double dx = fabs(x->line.probability - x->before), dy = fabs(y->line.probability - y->before);
    if (dx != dy) return dx > dy ? -1 : 1;
    if (x->line.source != y->line.source) return x->line.source < y->line.source ? -1 : 1;
    if (x->line.action != y->line.action) return x->line.action < y->line.action ? -1 : 1;
    return (x->line.target > y->line.target) - (x->line.target < y->line.target);
}

enum { COMPARED = 60, VIEWS = 4 };

/* Looks where a change can show: what either of the two does, and what is done to either, before and after. */
static casus_code collect(what_if *w, casus_error *err) {
    casus_forecast_line lines[COMPARED];
    const casus_forecast_ask *a = w->ask;
    bool open = a->source < 0 && a->target < 0;
    casus_forecast_ask views[VIEWS] = {*a, *a, *a, *a};
    int n_views = open ? VIEWS : 1;
    if (open) {
        views[0].source = views[1].target = w->event.source;
        views[2].source = views[3].target = w->event.target;
    }
    for (int v = 0; v < 2 * n_views; v++) {
        size_t n = 0;
        views[v / 2].top = COMPARED;
        casus_code code = forecast_lines(w->f, v % 2 ? &w->other : &w->f->history, w->day, &views[v / 2], lines, &n, err);
        if (code) return code;
        if (!compare_lines(w, lines, n)) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for a what-if");
    }
    return CASUS_OK;
}

static casus_code answer_what_if(what_if *w, casus_change *changes, size_t *n, casus_error *err) {
    w->all = calloc(2 * VIEWS * COMPARED, sizeof *w->all);
    if (!w->all) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for a what-if");
    casus_code code = collect(w, err);
    if (!code) {
        qsort(w->all, w->n, sizeof *w->all, by_change);
        *n = w->n < w->ask->top ? w->n : w->ask->top;
        for (size_t i = 0; i < *n; i++) {
            changes[i] = w->all[i];
            explain_change(w, &changes[i]);
        }
    }
    free(w->all);
    return code;
}

casus_code casus_what_if(casus_forecaster *f, casus_quad event, bool take_out, const casus_forecast_ask *ask,
                         casus_change *changes, size_t *n, casus_error *err) {
    casus_forecast_ask ids = {event.source, event.action, event.target, 1, 1};
    casus_code code = forecast_ask_check(f, ask, err);
    if (!code) code = forecast_ask_check(f, &ids, err);
    if (code) return code;
    if (event.source < 0 || event.action < 0 || event.target < 0 || event.day < 0)
        return casus_fail(err, CASUS_ERR_ARG, "a hypothetical event names a source, an action, a target and a day");
    if (event.day > f->history.today) event.day = f->history.today;
    size_t less = take_out ? find_past(f, event) : SIZE_MAX;
    if (take_out && less == SIZE_MAX)
        return casus_fail(err, CASUS_ERR_NOTFOUND, "there is no such event up to that day to take out");
    if (take_out) event.day = f->past[less].day;
    what_if w = {.f = f, .event = event, .ask = ask, .day = f->history.today + 1};
    code = forecast_engine_rebuild(f, take_out ? NULL : &event, less, &w.other, err);
    if (code) return code;
    code = answer_what_if(&w, changes, n, err);
    forecast_history_done(&w.other);
    return code;
}
