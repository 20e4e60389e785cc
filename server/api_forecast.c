/* What next: forecasts, what-if, the last backtest. */
#include "oracle.h"

#include "casus/lexicon.h"

#include <math.h>
#include <string.h>
#include <strings.h>

enum { EXPLAINED_MAX = 10 };

/* An actor of the past by id or name; -1 for NULL; CASUS_ERR_NOTFOUND. */
static casus_code actor_of(call *c, const mind *m, const char *name, int32_t *out, casus_error *err) {
    uint32_t known;
    casus_error none;
    *out = -1;
    if (!name) return CASUS_OK;
    bool meant = call_actor(c, name, &known, &none) == CASUS_OK;
    const char *id = meant ? c->picture->panorama->actors[known].id : name;
    for (int32_t i = 0; i < m->q.actors; i++)
        if (strcmp(m->ids[i], id) == 0) {
            *out = i;
            return CASUS_OK;
        }
    return casus_fail(err, CASUS_ERR_NOTFOUND, "\"%.60s\" does nothing dated to the day in the events learned from", name);
}

static casus_code action_of(const mind *m, const char *name, int32_t *out, casus_error *err) {
    *out = -1;
    if (!name) return CASUS_OK;
    for (int32_t i = 0; i < m->q.actions; i++)
        if (strcasecmp(m->q.action_names[i], name) == 0) {
            *out = i;
            return CASUS_OK;
        }
    return casus_fail(err, CASUS_ERR_ARG, "\"%.40s\" is no PLOVER event type (AGREE, CONSULT … ASSAULT)", name);
}

/* The mind, or an answer that says when to come back. */
static casus_code borrow(call *c, mind **out, casus_error *err) {
    char failed[200];
    *out = oracle_borrow(c->server, failed);
    if (*out || !*failed) return CASUS_OK;
    return casus_fail(err, CASUS_ERR_NOTFOUND, "%s", failed);
}

static casus_code learning_answer(call *c, int64_t horizon) {
    casus_json *j = &c->json;
    c->answer->status = 202;
    c->answer->retry_after = 2;
    casus_json_open(j, NULL, '{');
    casus_json_int(j, "horizon", horizon);
    casus_json_int(j, "learned_from", 0);
    casus_json_open(j, "items", '[');
    casus_json_close(j, ']');
    jobs_out(c->server, j);
    casus_json_close(j, '}');
    return CASUS_OK;
}

static void event_out(call *c, const mind *m, casus_quad e) {
    casus_json *j = &c->json;
    char text[11], id[48];
    casus_error none;
    casus_json_open(j, "event", '{');
    for (size_t i = m->q.n; i-- > 0;) {
        const casus_quad *x = &m->q.at[i];
        if (x->day != e.day || x->source != e.source || x->action != e.action || x->target != e.target) continue;
        bool imported = m->refs[i] < 0;
        if (!casus_ledger_event_id(c->ledger, imported ? -1 - m->refs[i] : m->refs[i], imported, id, &none)) casus_json_text(j, "id", id);
        break;
    }
    casus_json_text(j, "day", casus_day_text(m->first_day + e.day, text));
    casus_json_text(j, "source", m->q.actor_names[e.source]);
    casus_json_text(j, "action", m->q.action_names[e.action]);
    casus_json_text(j, "target", m->q.actor_names[e.target]);
    casus_json_close(j, '}');
}

static void rule_text(const mind *m, const casus_rule *r, const char *key, casus_json *j) {
    casus_buf text = {0};
    casus_rule_sentence(m->f, r, &text);
    if (!text.failed) casus_json_str(j, key, (casus_str){text.at, text.n});
    casus_buf_done(&text);
}

static casus_code why_out(call *c, const mind *m, const casus_forecast_line *line, int32_t horizon, casus_error *err) {
    casus_json *j = &c->json;
    casus_explanation *why = CASUS_NEW(c->arena, casus_explanation);
    casus_code code = casus_explain(m->f, line, horizon, why, err);
    if (code) return code;
    casus_json_open(j, "rules", '[');
    for (size_t i = 0; i < why->n_rules; i++) {
        casus_json_open(j, NULL, '{');
        rule_text(m, &why->rules[i], "text", j);
        casus_json_int(j, "hits", why->rules[i].hits);
        casus_json_int(j, "cases", why->rules[i].cases);
        casus_json_num(j, "confidence", why->rules[i].confidence);
        event_out(c, m, why->rule_events[i]);
        casus_json_close(j, '}');
    }
    casus_json_close(j, ']');
    casus_json_open(j, "weights", '[');
    for (size_t i = 0; i < why->n_weights; i++) {
        casus_json_open(j, NULL, '{');
        casus_json_text(j, "text", why->weights[i].text);
        casus_json_num(j, "weight", why->weights[i].weight);
        casus_json_close(j, '}');
    }
    casus_json_close(j, ']');
    casus_json_open(j, "events", '[');
    for (size_t i = 0; i < why->n_events; i++) {
        casus_json_open(j, NULL, '{');
        event_out(c, m, why->events[i].event);
        casus_json_num(j, "without", why->events[i].without);
        casus_json_close(j, '}');
    }
    casus_json_close(j, ']');
    return CASUS_OK;
}

static void line_out(casus_json *j, const mind *m, const casus_forecast_line *l) {
    casus_json_num(j, "probability", l->probability);
    casus_json_text(j, "source", m->q.actor_names[l->source]);
    casus_json_text(j, "action", m->q.action_names[l->action]);
    casus_json_text(j, "target", m->q.actor_names[l->target]);
    casus_json_num(j, "answer", l->answer);
    casus_json_num(j, "expected", l->expected);
}

static void head_out(casus_json *j, const mind *m, int64_t horizon) {
    char text[11];
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "today", casus_day_text(m->first_day + casus_forecaster_today(m->f), text));
    casus_json_int(j, "horizon", horizon);
    casus_json_int(j, "learned_from", (int64_t)m->q.n);
    casus_json_open(j, "items", '[');
}

static casus_code forecast_by(call *c, const mind *m, casus_forecast_ask *ask, bool explain, casus_error *err) {
    const request *q = c->request;
    size_t n = 0;
    casus_code code = actor_of(c, m, request_get(q, "source"), &ask->source, err);
    if (!code) code = actor_of(c, m, request_get(q, "target"), &ask->target, err);
    if (!code) code = action_of(m, request_get(q, "action"), &ask->action, err);
    if (code) return code;
    casus_forecast_line *lines = CASUS_NEW_ARRAY(c->arena, casus_forecast_line, ask->top);
    if ((code = casus_forecast(m->f, ask, lines, &n, err))) return code;
    head_out(&c->json, m, ask->horizon);
    for (size_t i = 0; i < n && !code; i++) {
        casus_json_open(&c->json, NULL, '{');
        line_out(&c->json, m, &lines[i]);
        if (explain && i < EXPLAINED_MAX) code = why_out(c, m, &lines[i], ask->horizon, err);
        casus_json_close(&c->json, '}');
    }
    casus_json_close(&c->json, ']');
    casus_json_close(&c->json, '}');
    return code;
}

/* Runs with the mind held: an allocation that fails must not leave it locked. */
static casus_code with_mind(call *c, mind *m, casus_code (*work)(call *c, mind *m, casus_error *err), casus_error *err) {
    jmp_buf *outer = c->arena->trap, trap;
    CASUS_ARENA_TRY(c->arena, &trap, {
        c->arena->trap = outer;
        oracle_return(c->server);
        return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for this answer; ask for less");
    });
    casus_code code = work(c, m, err);
    c->arena->trap = outer;
    oracle_return(c->server);
    return code;
}

static casus_code horizon_and_top(const call *c, int64_t *horizon, int64_t *top, casus_error *err) {
    casus_code code = request_int(c->request, "horizon", 1, 365, 30, horizon, err);
    return code ? code : request_int(c->request, "top", 1, 100, 20, top, err);
}

static casus_code forecast_work(call *c, mind *m, casus_error *err) {
    int64_t horizon, top;
    bool explain;
    casus_code code = horizon_and_top(c, &horizon, &top, err);
    if (!code) code = request_bool(c->request, "explain", false, &explain, err);
    casus_forecast_ask ask = {.horizon = (int32_t)horizon, .top = (size_t)top};
    return code ? code : forecast_by(c, m, &ask, explain, err);
}

/* Parameters are checked before anybody waits for learning. */
static casus_code ask_mind(call *c, casus_code (*work)(call *c, mind *m, casus_error *err), casus_error *err) {
    int64_t horizon, top;
    mind *m = NULL;
    casus_code code = horizon_and_top(c, &horizon, &top, err);
    if (!code) code = borrow(c, &m, err);
    if (code) return code;
    return m ? with_mind(c, m, work, err) : learning_answer(c, horizon);
}

casus_code api_forecast(call *c, casus_error *err) { return ask_mind(c, forecast_work, err); }

/* ---- what if ----------------------------------------------------------------------------------------------- */

static casus_code event_asked(call *c, const mind *m, casus_quad *event, bool *remove, casus_error *err) {
    const request *q = c->request;
    const char *on = NULL;
    int32_t day, end;
    casus_code code = actor_of(c, m, request_get(q, "source"), &event->source, err);
    if (!code) code = action_of(m, request_get(q, "action"), &event->action, err);
    if (!code) code = actor_of(c, m, request_get(q, "target"), &event->target, err);
    if (!code && (event->source < 0 || event->action < 0 || event->target < 0))
        code = casus_fail(err, CASUS_ERR_ARG, "an event is a `source`, an `action` and a `target`");
    if (!code) code = request_bool(q, "remove", false, remove, err);
    if (!code) code = request_date(q, "on", &on, err);
    if (code) return code;
    event->day = casus_forecaster_today(m->f);
    if (on && casus_day_parse(casus_str_of(on), &day, &end)) event->day = day - m->first_day;
    return event->day < 0 ? casus_fail(err, CASUS_ERR_ARG, "%s is before the first event learned from", on) : CASUS_OK;
}

static void change_out(call *c, const mind *m, const casus_change *x) {
    casus_json *j = &c->json;
    casus_json_open(j, NULL, '{');
    casus_json_num(j, "change", x->line.probability - x->before);
    casus_json_num(j, "before", x->before);
    casus_json_num(j, "after", x->line.probability);
    casus_json_text(j, "source", m->q.actor_names[x->line.source]);
    casus_json_text(j, "action", m->q.action_names[x->line.action]);
    casus_json_text(j, "target", m->q.actor_names[x->line.target]);
    if (x->rule.cases) rule_text(m, &x->rule, "through", j);
    else out_text(j, "through", x->through);
    casus_json_close(j, '}');
}

static casus_code what_if_work(call *c, mind *m, casus_error *err) {
    int64_t horizon, top;
    casus_quad event;
    bool remove;
    size_t n = 0;
    casus_code code = horizon_and_top(c, &horizon, &top, err);
    if (!code) code = event_asked(c, m, &event, &remove, err);
    if (code) return code;
    casus_forecast_ask ask = {-1, -1, -1, (int32_t)horizon, (size_t)top};
    casus_change *changes = CASUS_NEW_ARRAY(c->arena, casus_change, ask.top);
    if ((code = casus_what_if(m->f, event, remove, &ask, changes, &n, err))) return code;
    head_out(&c->json, m, horizon);
    for (size_t i = 0; i < n; i++) change_out(c, m, &changes[i]);
    casus_json_close(&c->json, ']');
    casus_json_close(&c->json, '}');
    return CASUS_OK;
}

casus_code api_what_if(call *c, casus_error *err) {
    const request *q = c->request;
    if (!request_get(q, "source") || !request_get(q, "action") || !request_get(q, "target"))
        return casus_fail(err, CASUS_ERR_ARG, "an event is a `source`, an `action` and a `target`");
    return ask_mind(c, what_if_work, err);
}

/* ---- backtest ---------------------------------------------------------------------------------------------- */

static void reliability_out(casus_json *j, const char *key, const casus_reliability *r) {
    if (!r->n) return;
    casus_json_open(j, key, '{');
    casus_json_int(j, "cases", (int64_t)r->n);
    out_num(j, "share", r->base), out_num(j, "ece", r->ece), out_num(j, "brier", r->brier), out_num(j, "log_score", r->log_score);
    casus_json_open(j, "bins", '[');
    for (int b = 0; b < CASUS_RELIABILITY_BINS; b++) {
        if (!r->cases[b]) continue;
        casus_json_open(j, NULL, '{');
        casus_json_num(j, "stated", r->stated[b]);
        casus_json_num(j, "observed", r->happened[b]);
        casus_json_int(j, "cases", (int64_t)r->cases[b]);
        casus_json_close(j, '}');
    }
    casus_json_close(j, ']');
    casus_json_close(j, '}');
}

casus_code api_backtest(call *c, casus_error *err) {
    static const char *const STATES[] = {"none", "running", "done", "failed"};
    casus_json *j = &c->json;
    backtest *t = CASUS_NEW(c->arena, backtest);
    (void)err;
    oracle_backtest(c->server, t);
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "state", STATES[t->state]);
    out_text(j, "message", t->message);
    if (t->score.questions) {
        casus_json_text(j, "from", t->from);
        casus_json_text(j, "to", t->to);
        casus_json_int(j, "questions", (int64_t)t->score.questions);
        casus_json_num(j, "mrr", t->score.mrr), casus_json_num(j, "hits1", t->score.hits1);
        casus_json_num(j, "hits3", t->score.hits3), casus_json_num(j, "hits10", t->score.hits10);
        reliability_out(j, "answers", &t->answers);
        reliability_out(j, "events", &t->events);
    }
    casus_json_close(j, '}');
    return CASUS_OK;
}

casus_code api_backtest_start(call *c, casus_error *err) {
    job b;
    (void)err;
    int64_t id = oracle_begin_backtest(c->server);
    if (!job_get(c->server, id, &b)) b = (job){.id = id, .what = "backtest"};
    c->answer->status = 202;
    job_out(&c->json, NULL, &b);
    return CASUS_OK;
}
