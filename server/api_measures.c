/* Measures between actors: a dyad over time, leverage, trends, and the matrix of claims. */
#include "server.h"

#include "casus/lexicon.h"

#include <math.h>
#include <string.h>
#include <strings.h>

/* ---- a dyad ------------------------------------------------------------------------------------------------ */

/* Rows of the panorama as acts; `number` gives an actor's index among `names`. */
typedef struct acting {
    casus_arena *arena;
    casus_acts acts;
    size_t cap, cap_names;
} acting;

static void add_act(acting *k, const casus_panorama_row *r, uint32_t source, uint32_t target) {
    *CASUS_PUSH(k->arena, k->acts.at, k->acts.n, k->cap) = (casus_act){.day = r->day, .source = source, .target = target, .type = r->type,
        .quad = r->quad, .goldstein = r->cooperation - r->conflict};
}

static void add_name(acting *k, const char *name) { *CASUS_PUSH(k->arena, k->acts.actors, k->acts.n_actors, k->cap_names) = name; }

/* The call's selection between two parameters' actors. */
static casus_code select_pair(call *c, const char *first, const char *second, casus_selection *out, casus_error *err) {
    const request *q = c->request;
    const casus_panorama *p;
    casus_panorama_filter f = {.lexicon = c->server->lexicon, .actor = first, .other = second, .type = request_get(q, "type"), .place = request_get(q, "place")};
    casus_code code = request_date(q, "from", &f.since, err);
    if (!code) code = request_date(q, "to", &f.until, err);
    if (!code) code = call_panorama(c, &p, err);
    return code ? code : casus_panorama_select(p, c->ledger, &f, c->arena, out, err);
}

static bool in(const uint64_t *set, uint32_t a) { return a != CASUS_NOBODY && set[a >> 6] >> (a & 63) & 1; }

/* An actor that a name stands for, or the name itself where it stands for several ("@AFG"). */
static void side_out(call *c, const char *key, const char *name) {
    casus_error none;
    uint32_t actor;
    casus_panorama_actor several = {.id = name, .name = name};
    bool one = !strpbrk(name, "@*") && call_actor(c, name, &actor, &none) == CASUS_OK;
    named_out(&c->json, key, one ? &c->picture->panorama->actors[actor] : &several);
}

static void period_out(casus_json *j, const char *period, const char *source, const char *target, const casus_flow *f) {
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "period", period);
    casus_json_text(j, "source", source);
    casus_json_text(j, "target", target);
    casus_json_num(j, "net", f->cooperation - f->conflict);
    flow told = {.cooperation = f->cooperation, .conflict = f->conflict, .events = f->events};
    memcpy(told.quad, f->quad, sizeof told.quad);
    flow_out(j, &told);
    casus_json_close(j, '}');
}

static void answer_out(casus_json *j, const char *actor, const casus_reciprocity *r, const casus_granger *g, int i) {
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "actor", actor);
    out_num(j, "answer", r->answer[i]);
    out_num(j, "inertia", r->inertia[i]);
    out_num(j, "long_run", r->long_run[i]);
    out_num(j, "granger_f", g->f[i]);
    out_num(j, "granger_p", g->tail[i]);
    casus_json_close(j, '}');
}

/* How each answers the other in kind; series that cannot tell say why. */
static void answers_out(call *c, const casus_dyad *d, size_t lags, const char *const names[2]) {
    casus_json *j = &c->json;
    casus_error why;
    casus_var v;
    casus_granger g;
    double *series[2];
    for (int w = 0; w < 2; w++) {
        series[w] = CASUS_NEW_ARRAY(c->arena, double, d->periods + 1);
        for (size_t i = 0; i < d->periods; i++) series[w][i] = d->flow[w][i].cooperation - d->flow[w][i].conflict;
    }
    casus_code code = casus_var_fit(series[0], series[1], d->periods, lags, c->arena, &v, &why);
    if (!code) code = casus_granger_test(series[0], series[1], d->periods, lags, c->arena, &g, &why);
    casus_json_open(j, "answers", '[');
    if (!code) {
        casus_reciprocity r = casus_var_reciprocity(&v);
        answer_out(j, names[0], &r, &g, 0);
        answer_out(j, names[1], &r, &g, 1);
    }
    casus_json_close(j, ']');
    if (code) casus_json_text(j, "why_no_answers", why.message);
}

enum { PERIODS_MAX = 4000 };
static const char *const PERIODS[] = {"day", "week", "month", "year"};
static const char *const SCALES[] = {"plover", "goldstein", "counts"};

static casus_code dyad_answer(call *c, const casus_acts *acts, const casus_dyad_options *o, size_t lags, const char *const names[2], casus_error *err) {
    casus_json *j = &c->json;
    casus_dyad d = {0};
    char text[11];
    casus_code code = acts->n ? casus_dyad_series(acts, o, c->arena, &d, err) : CASUS_OK;
    if (code && code != CASUS_ERR_NOTFOUND) return code;
    if (d.periods > PERIODS_MAX) return casus_fail(err, CASUS_ERR_LIMIT, "more than %d periods; ask `by` a longer one, or a shorter time", PERIODS_MAX);
    casus_json_open(j, NULL, '{');
    side_out(c, "first", names[0]);
    side_out(c, "second", names[1]);
    casus_json_text(j, "by", PERIODS[o->by]);
    casus_json_text(j, "scale", SCALES[o->scale]);
    casus_json_open(j, "items", '[');
    for (size_t i = 0; i < d.periods; i++)
        for (int w = 0; w < 2; w++) period_out(j, casus_period_text(o->by, d.first + (int32_t)i, text), names[w], names[1 - w], &d.flow[w][i]);
    casus_json_close(j, ']');
    answers_out(c, &d, lags, names);
    casus_json_close(j, '}');
    return CASUS_OK;
}

casus_code api_dyad(call *c, casus_error *err) {
    const request *q = c->request;
    const casus_panorama_row *r;
    const char *names[2] = {request_get(q, "first"), request_get(q, "second")};
    casus_selection s;
    casus_dyad_options o = {0};
    acting k = {.arena = c->arena};
    int64_t lags;
    if (!names[0] || !names[1]) return casus_fail(err, CASUS_ERR_ARG, "say between whom: `first` and `second`");
    casus_code code = request_int(q, "lags", 1, 12, 1, &lags, err);
    if (!code) code = call_by(c, CASUS_BY_MONTH, &o.by, err);
    if (!code) code = call_scale(c, &o.scale, err);
    if (!code) code = select_pair(c, names[0], names[1], &s, err);
    if (code) return code;
    add_name(&k, names[0]), add_name(&k, names[1]);
    for (size_t at = s.begin; (r = casus_selection_next(&s, &at));) {
        bool forward = in(s.actor, r->source) && in(s.other, r->target), backward = in(s.other, r->source) && in(s.actor, r->target);
        if (r->day != CASUS_UNDATED && (forward || backward)) add_act(&k, r, forward ? 0 : 1, forward ? 1 : 0);
    }
    return dyad_answer(c, &k.acts, &o, (size_t)lags, names, err);
}

/* ---- leverage ---------------------------------------------------------------------------------------------- */

/* What leverage over the target needs of all acts: its own, and the material cooperation that its partners receive. Others change nothing. */
static void leverage_acts(const casus_selection *s, uint32_t target, acting *k) {
    const casus_panorama *p = s->p;
    uint32_t *number = CASUS_NEW_ARRAY(k->arena, uint32_t, p->n_actors + 1); /* + 1 */
    size_t begin, end;
    add_name(k, p->actors[target].name);
    number[target] = 1;
    casus_selection_actor(s, target, &begin, &end);
    for (size_t i = begin; i < end; i++) {
        const casus_panorama_row *r = &p->rows[p->of_rows[i]];
        uint32_t ends[2] = {r->source, r->target};
        if (!casus_selection_has(s, r) || r->day == CASUS_UNDATED) continue;
        for (int e = 0; e < 2; e++)
            if (ends[e] != CASUS_NOBODY && !number[ends[e]]) {
                add_name(k, p->actors[ends[e]].name);
                number[ends[e]] = (uint32_t)k->acts.n_actors;
            }
        add_act(k, r, ends[0] == CASUS_NOBODY ? CASUS_NOBODY : number[ends[0]] - 1, ends[1] == CASUS_NOBODY ? CASUS_NOBODY : number[ends[1]] - 1);
    }
    uint32_t nobody = (uint32_t)k->acts.n_actors; /* stands for everybody else */
    add_name(k, "");
    for (size_t i = s->first_row; i < s->end_row; i++) {
        const casus_panorama_row *r = &p->rows[i];
        bool counts = r->quad == 2 && r->target != CASUS_NOBODY && number[r->target] && r->source != target && r->target != target;
        if (!counts || r->source == CASUS_NOBODY || r->source == r->target || r->day == CASUS_UNDATED || !casus_selection_has(s, r)) continue;
        add_act(k, r, number[r->source] ? number[r->source] - 1 : nobody, number[r->target] - 1);
    }
}

typedef struct spoken {
    size_t said_for, said_against;
    const char *statement;
} spoken;

static spoken spoken_of(const casus_said *said, size_t n, const char *name, bool *used) {
    spoken x = {0};
    for (size_t i = 0; i < n; i++) {
        if (strcasecmp(said[i].actor, name) != 0 && strcasecmp(said[i].id, name) != 0) continue;
        x.said_for += said[i].sign > 0, x.said_against += said[i].sign < 0;
        if (!x.statement) x.statement = said[i].statement;
        used[i] = true;
    }
    return x;
}

static void side_of_leverage(casus_json *j, const char *name, const casus_leverage *l, spoken x) {
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "actor", name);
    if (l) {
        casus_json_int(j, "asks", l->asks), casus_json_int(j, "window_days", l->window_days), casus_json_int(j, "answers", l->answers);
        casus_json_int(j, "other_days", l->other_days), casus_json_int(j, "otherwise", l->otherwise);
        out_num(j, "ratio", l->ratio.ratio), out_num(j, "low", l->ratio.low), out_num(j, "high", l->ratio.high), out_num(j, "p", l->ratio.tail);
        out_num(j, "dependence", l->from_actor), out_num(j, "reverse", l->from_target), out_num(j, "asymmetry", l->asymmetry);
        casus_json_int(j, "substitutes", l->substitutes);
    }
    casus_json_int(j, "said_for", (int64_t)x.said_for), casus_json_int(j, "said_against", (int64_t)x.said_against);
    out_text(j, "id", x.statement);
    casus_json_close(j, '}');
}

static void sentences_out(casus_json *j, const casus_said *said, size_t n) {
    casus_json_open(j, "sentences", '[');
    for (size_t i = 0; i < n; i++) {
        casus_json_open(j, NULL, '{');
        casus_json_text(j, "actor", said[i].actor);
        out_text(j, "actor_id", said[i].id);
        casus_json_text(j, "relation", said[i].relation);
        casus_json_int(j, "sign", said[i].sign);
        out_text(j, "beside", said[i].other);
        out_text(j, "holder", said[i].holder);
        casus_json_text(j, "words", said[i].text);
        casus_json_text(j, "doc", said[i].doc);
        casus_json_text(j, "id", said[i].statement);
        casus_json_close(j, '}');
    }
    casus_json_close(j, ']');
}

static void leverage_out(call *c, const casus_acts *acts, const casus_leverage *done, size_t n_done, const casus_said *said, size_t n_said, int64_t limit) {
    casus_json *j = &c->json;
    bool *used = CASUS_NEW_ARRAY(c->arena, bool, n_said + 1);
    casus_json_open(j, "items", '[');
    for (size_t i = 0; i < n_done && (int64_t)i < limit; i++) {
        const char *name = acts->actors[done[i].actor];
        side_of_leverage(j, name, &done[i], spoken_of(said, n_said, name, used));
    }
    for (size_t i = 0; i < n_said; i++)
        if (!used[i]) side_of_leverage(j, said[i].actor, NULL, spoken_of(said, n_said, said[i].actor, used));
    casus_json_close(j, ']');
    sentences_out(j, said, n_said);
}

casus_code api_leverage(call *c, casus_error *err) {
    const request *q = c->request;
    const char *over = request_get(q, "over");
    int64_t days, limit;
    double level;
    uint32_t target;
    casus_selection s;
    acting k = {.arena = c->arena};
    casus_leverage *done = NULL;
    casus_said *said = NULL;
    size_t n_done = 0, n_said = 0;
    if (!over) return casus_fail(err, CASUS_ERR_ARG, "say over whom: `over`");
    casus_code code = request_int(q, "days", 1, 3650, 30, &days, err);
    if (!code) code = request_int(q, "limit", 1, SERVER_PAGE_MAX, 100, &limit, err);
    if (!code) code = request_real(q, "level", 0.5, 0.999, 0.95, &level, err);
    if (!code) code = call_actor(c, over, &target, err);
    if (!code) code = select_pair(c, NULL, NULL, &s, err);
    if (code) return code;
    leverage_acts(&s, target, &k);
    const casus_panorama_actor *a = &s.p->actors[target];
    code = casus_leverage_over(&k.acts, 0, (int32_t)days, level, c->arena, &done, &n_done, err);
    if (code && code != CASUS_ERR_NOTFOUND && code != CASUS_ERR_ARG) return code;
    code = casus_leverage_said(c->ledger, a->name, c->arena, &said, &n_said, err);
    if (code && code != CASUS_ERR_NOTFOUND) return code;
    casus_json_open(&c->json, NULL, '{');
    named_out(&c->json, "over", a);
    leverage_out(c, &k.acts, done, n_done, said, n_said, limit);
    casus_json_close(&c->json, '}');
    return CASUS_OK;
}

/* ---- trends ------------------------------------------------------------------------------------------------ */

typedef struct series {
    casus_by by;
    int32_t first, first_day, end_day, split; /* end is exclusive */
    uint32_t *counts;
    size_t n;
    uint64_t before, after;
} series;

static void measure_out(casus_json *j, const char *measure, int32_t from, int32_t end, int64_t events, const casus_rate_ratio *r) {
    char text[11];
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "measure", measure);
    casus_json_text(j, "from", casus_day_text(from, text));
    casus_json_text(j, "to", casus_day_text(end - 1, text));
    casus_json_int(j, "events", events);
    out_num(j, "per_year", (double)events / (end - from) * 365.2425);
    if (r) out_num(j, "value", r->ratio), out_num(j, "low", r->low), out_num(j, "high", r->high), out_num(j, "p", r->tail);
    casus_json_close(j, '}');
}

static int32_t begin_of(const series *s, size_t i) {
    int32_t day = casus_period_day(s->by, s->first + (int32_t)i);
    return day > s->first_day ? day : s->first_day;
}

static int32_t end_of(const series *s, size_t i) {
    int32_t day = casus_period_day(s->by, s->first + (int32_t)i + 1);
    return day < s->end_day ? day : s->end_day;
}

/* The period told of: as asked, else from the first event's period to the last's. */
static casus_code set_span(const call *c, const casus_selection *sel, series *s, casus_error *err) {
    const char *since = request_get(c->request, "from"), *until = request_get(c->request, "to"), *split;
    size_t at = sel->begin, end = sel->end;
    int32_t ignored;
    const casus_panorama_row *r;
    while ((r = casus_selection_next(sel, &at)) && r->day == CASUS_UNDATED) {}
    if (!r) return casus_fail(err, CASUS_ERR_NOTFOUND, "nothing dated is selected; take another period or fewer conditions");
    s->first_day = casus_period_day(s->by, casus_period_of(s->by, r->day));
    s->end_day = casus_period_day(s->by, casus_period_of(s->by, casus_selection_last(sel, &end)->day) + 1);
    if (since) casus_day_parse(casus_str_of(since), &s->first_day, &ignored);
    if (until) casus_day_parse(casus_str_of(until), &ignored, &s->end_day);
    s->first = casus_period_of(s->by, s->first_day);
    s->n = (size_t)(casus_period_of(s->by, s->end_day - 1) - s->first) + 1;
    if (s->n > PERIODS_MAX) return casus_fail(err, CASUS_ERR_LIMIT, "more than %d periods; ask `by` a longer one, or a shorter time", PERIODS_MAX);
    s->split = s->first_day + (s->end_day - s->first_day) / 2;
    casus_code code = request_date(c->request, "split", &split, err);
    if (!code && split) casus_day_parse(casus_str_of(split), &s->split, &ignored);
    if (!code && (s->split <= s->first_day || s->split >= s->end_day))
        code = casus_fail(err, CASUS_ERR_ARG, "the `split` leaves nothing on one side: give a day within the period");
    return code;
}

static casus_code series_out(call *c, series *s, casus_error *err) {
    casus_json *j = &c->json;
    casus_rate_ratio r;
    size_t *starts, n = 0;
    casus_code code = casus_rate_ratio_test(s->before, s->split - s->first_day, s->after, s->end_day - s->split, 0.95, &r, err);
    if (!code && s->n > 1 && s->n <= 1500) code = casus_change_points(s->counts, s->n, 0, c->arena, &starts, &n, err);
    if (code) return code;
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "by", PERIODS[s->by]);
    casus_json_open(j, "items", '[');
    for (size_t i = 0; i < s->n; i++) measure_out(j, "count", begin_of(s, i), end_of(s, i), s->counts[i], NULL);
    measure_out(j, "before", s->first_day, s->split, (int64_t)s->before, NULL);
    measure_out(j, "after", s->split, s->end_day, (int64_t)s->after, NULL);
    measure_out(j, "rate ratio", s->first_day, s->end_day, (int64_t)(s->before + s->after), &r);
    for (size_t i = 0; i < n; i++) {
        size_t end = i + 1 < n ? starts[i + 1] : s->n;
        int64_t events = 0;
        for (size_t k = starts[i]; k < end; k++) events += s->counts[k];
        measure_out(j, "segment", begin_of(s, starts[i]), end_of(s, end - 1), events, NULL);
    }
    casus_json_close(j, ']');
    casus_json_close(j, '}');
    return CASUS_OK;
}

casus_code api_trends(call *c, casus_error *err) {
    static const char *const SIDES[] = {"both", "source", "target", NULL};
    const casus_panorama_row *r, *before = NULL;
    casus_selection sel;
    series s = {0};
    int side = 0;
    casus_code code = request_word(c->request, "as", SIDES, 0, &side, err);
    if (!code) code = call_by(c, CASUS_BY_YEAR, &s.by, err);
    if (!code) code = call_select_known(c, &sel, err);
    if (code) return code;
    if (side == 1) sel.source = sel.actor;
    if (side == 2) sel.target = sel.actor;
    if ((code = set_span(c, &sel, &s, err))) return code;
    s.counts = CASUS_NEW_ARRAY(c->arena, uint32_t, s.n);
    int32_t day = s.first_day, period = 0; /* rows come by day: a division a day */
    for (size_t at = sel.begin; (r = casus_selection_next(&sel, &at)); before = r) {
        bool again = before && before->ref == r->ref && (before->flags & CASUS_ROW_IMPORTED) == (r->flags & CASUS_ROW_IMPORTED);
        if (r->day == CASUS_UNDATED || again) continue;
        if (r->day != day) day = r->day, period = casus_period_of(s.by, day) - s.first;
        s.counts[period]++;
        if (r->day < s.split) s.before++;
        else s.after++;
    }
    return series_out(c, &s, err);
}

/* ---- claims ------------------------------------------------------------------------------------------------ */

static int64_t index_of(const char **list, size_t *n, const char *text) {
    for (size_t i = 0; i < *n; i++)
        if (strcmp(list[i], text) == 0) return (int64_t)i;
    list[*n] = text;
    return (int64_t)(*n)++;
}

/* What the author makes of each claim, in the order in which the ledger tells them. */
typedef struct views {
    const char **at;
    size_t n, room;
} views;

static bool add_view(void *ctx, const casus_claim_row *r) {
    static const char *const VIEWS[] = {"neutral", "endorses", "rejects"};
    views *v = ctx;
    if (v->n == v->room) return false;
    for (size_t i = 0; i < 3; i++)
        if (strcmp(VIEWS[i], r->author_view) == 0) v->at[v->n] = VIEWS[i];
    v->n++;
    return true;
}

static void cell_out(casus_json *j, const casus_claim_told *t, const casus_weighed *w, int64_t proposition, int64_t holder, const char *view) {
    char grade[3] = {w->reliability, (char)('0' + w->credibility), '\0'};
    casus_json_open(j, NULL, '{');
    casus_json_int(j, "proposition", proposition);
    casus_json_int(j, "holder", holder);
    casus_json_text(j, "stance", t->stance);
    casus_json_text(j, "statement", t->statement);
    casus_json_text(j, "doc", t->doc);
    out_text(j, "author_view", view);
    casus_json_text(j, "grade", grade);
    casus_json_int(j, "borne_out", t->claim.record.borne_out);
    casus_json_int(j, "disputed", t->claim.record.disputed);
    casus_json_bool(j, "interested", t->claim.interested);
    casus_json_num(j, "weight", w->weight);
    casus_json_text(j, "matrix", w->consistent);
    casus_json_close(j, '}');
}

static void texts_out(casus_json *j, const char *key, const char *const *list, size_t n) {
    casus_json_open(j, key, '[');
    for (size_t i = 0; i < n; i++) casus_json_text(j, NULL, list[i]);
    casus_json_close(j, ']');
}

static void hypothesis_out(casus_json *j, const char *words, const casus_hypothesis *h) {
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "proposition", words);
    casus_json_num(j, "support", h->support);
    casus_json_num(j, "inconsistent", h->inconsistent);
    casus_json_close(j, '}');
}

static void matrix_out(call *c, const casus_dispute *d, const casus_weighed *w, const casus_hypothesis *h, const views *v) {
    casus_json *j = &c->json;
    const char **propositions = CASUS_NEW_ARRAY(c->arena, const char *, d->n + 1), **holders = CASUS_NEW_ARRAY(c->arena, const char *, d->n + 1);
    size_t n = 0, m = 0;
    casus_json_open(j, "cells", '[');
    for (size_t i = 0; i < d->n; i++) {
        const casus_claim_told *t = &d->claims[i];
        int64_t proposition = index_of(propositions, &n, t->proposition), holder = index_of(holders, &m, t->holder);
        cell_out(j, t, &w[i], proposition, holder, i < v->n ? v->at[i] : NULL);
    }
    casus_json_close(j, ']');
    texts_out(j, "propositions", propositions, n);
    texts_out(j, "holders", holders, m);
    casus_json_open(j, "hypotheses", '[');
    for (size_t k = 0; k < d->n_hypotheses; k++) hypothesis_out(j, d->hypotheses[k], &h[k]);
    hypothesis_out(j, "none of them", &h[d->n_hypotheses]);
    casus_json_close(j, ']');
}

casus_code api_claims_about(call *c, casus_error *err) {
    casus_dispute d = {0};
    casus_weighed *w = NULL;
    casus_hypothesis *h = NULL;
    views v = {0};
    if (strncmp(c->id, "import", 6) == 0) return casus_fail(err, CASUS_ERR_NOTFOUND, "imported events have no claims: no text tells of them");
    casus_code code = casus_dispute_load(c->ledger, c->id, c->arena, &d, err);
    if (code) return code;
    v = (views){.at = CASUS_NEW_ARRAY(c->arena, const char *, d.n + 1), .room = d.n};
    if ((code = casus_ledger_claims_about(c->ledger, c->id, add_view, &v, err))) return code;
    casus_claim *claims = CASUS_NEW_ARRAY(c->arena, casus_claim, d.n + 1);
    for (size_t i = 0; i < d.n; i++) claims[i] = d.claims[i].claim;
    if ((code = casus_claims_weigh(claims, d.n, d.n_hypotheses, c->arena, &w, &h, err))) return code;
    casus_json_open(&c->json, NULL, '{');
    matrix_out(c, &d, w, h, &v);
    casus_buf_adds(&c->answer->body, ",\"event\":");
    c->json.comma = false;
    code = event_by_id(c, c->id, err);
    casus_json_close(&c->json, '}');
    return code;
}
