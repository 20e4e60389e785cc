/* One pass over the days: each day's questions are first answered from the days before (examples for the combination),
 * then counted by the rules, then entered into the past. */
#include "forecast/engine.h"

#include <stdlib.h>
#include <string.h>

enum { SETTLE_DAYS = 7, LEARN_KEEP = 60 };

typedef struct learning {
    casus_forecaster *f;
    forecast_examples e;
    size_t *chosen; /* asks of the day to learn from */
    size_t n_chosen, cap_chosen;
    int32_t settled;     /* day of the last settling */
    double part;         /* share of questions to learn from */
    forecast_view view;
} learning;

/* ---- counting ---- */

static void count_ask(forecast_rules *rules, const forecast_day *d, const forecast_day_ask *a, const forecast_history *h,
                      uint8_t *is_true) {
    const forecast_day_source *s = &d->sources[a->source];
    const forecast_live *lives = d->lives + s->lives;
    uint32_t *all = rules->all[a->action], *hit = rules->hit[a->action];
    for (size_t i = 0; i < a->n_facts; i++) {
        const forecast_mate *m = forecast_mate_find(h, s->actor, d->facts[a->facts + i].target);
        if (m) is_true[m - h->actor[s->actor].mates] = 1;
    }
    for (size_t i = 0; i < s->n_lives; i++) {
        all[lives[i].cell]++;
        hit[lives[i].cell] += is_true[lives[i].mate];
    }
    for (size_t i = 0; i < a->n_facts; i++) {
        const forecast_mate *m = forecast_mate_find(h, s->actor, d->facts[a->facts + i].target);
        if (m) is_true[m - h->actor[s->actor].mates] = 0;
    }
}

/* All asks with one head belong to one work item, so counts need no locks and never depend on threads. */
static void count_head(void *ctx, size_t head, unsigned thread) {
    learning *l = ctx;
    const forecast_day *d = &l->f->day;
    uint8_t *is_true = (uint8_t *)l->f->scratch[thread].sort;
    for (int32_t i = d->first_ask[head]; i != FORECAST_NONE; i = d->asks[i].next)
        count_ask(&l->f->rules, d, &d->asks[i], &l->f->history, is_true);
}

static void settle_head(void *ctx, size_t head, unsigned thread) {
    (void)thread;
    learning *l = ctx;
    forecast_rules_settle(&l->f->rules, (int32_t)head);
}

static casus_code count_day(learning *l, casus_error *err) {
    casus_forecaster *f = l->f;
    for (size_t i = 0; i < f->day.n_heads; i++) forecast_rules_open(&f->rules, f->day.heads[i]);
    if (f->rules.failed) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for the rules");
    for (unsigned t = 0; t < f->threads; t++) memset(f->scratch[t].sort, 0, (size_t)f->scratch[t].actors);
    casus_parallel(f->day.n_heads, f->threads, count_head, l);
    if (f->day.day - l->settled < SETTLE_DAYS) return CASUS_OK;
    l->settled = f->day.day;
    casus_parallel((size_t)f->rules.actions, f->threads, settle_head, l);
    return CASUS_OK;
}

/* ---- examples ---- */

static uint64_t mix(uint64_t x) {
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9u;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static bool choose_asks(learning *l) {
    const forecast_day *d = &l->f->day;
    l->n_chosen = 0;
    if (l->cap_chosen < d->n_asks) {
        free(l->chosen);
        l->cap_chosen = 2 * d->n_asks;
        l->chosen = malloc(l->cap_chosen * sizeof *l->chosen);
        if (!l->chosen) return false;
    }
    for (size_t i = 0; i < d->n_asks; i++) {
        uint64_t r = mix(l->f->options.seed ^ mix((uint64_t)(uint32_t)d->day << 32 | i));
        if ((double)(r >> 11) < l->part * 0x1p53) l->chosen[l->n_chosen++] = i;
    }
    return true;
}

static bool examples_room(forecast_examples *e, size_t rows, size_t groups) {
    if (e->n_rows + rows > e->cap_rows) {
        size_t cap = (e->n_rows + rows) + (e->n_rows + rows) / 4;
        uint8_t *bigger = realloc(e->rows, cap * FEATURES), *truth = realloc(e->truth, cap);
        float *first = realloc(e->first, cap * sizeof *first);
        if (bigger) e->rows = bigger;
        if (truth) e->truth = truth;
        if (first) e->first = first;
        if (!bigger || !truth || !first) return false;
        e->cap_rows = cap;
    }
    if (e->n_groups + groups + 1 > e->cap_groups) {
        size_t cap = 2 * (e->n_groups + groups + 1);
        size_t *starts = realloc(e->starts, cap * sizeof *starts);
        if (!starts) return false;
        e->starts = starts;
        e->cap_groups = cap;
    }
    return true;
}

static bool answers(const forecast_day *d, const forecast_day_ask *a, int32_t actor) {
    for (size_t i = 0; i < a->n_facts; i++)
        if (d->facts[a->facts + i].target == actor) return true;
    return false;
}

/* Rows of one question: the best LEARN_KEEP candidates. A true one that came later is not shown: its late place would
 * give it away. Unused places hold truth 2. */
static void write_example(void *ctx, size_t i, unsigned thread) {
    learning *l = ctx;
    const forecast_day *d = &l->f->day;
    const forecast_day_ask *a = &d->asks[l->chosen[i]];
    forecast_question q = forecast_day_question(d, l->chosen[i]);
    forecast_scratch *s = &l->f->scratch[thread];
    int32_t kept = forecast_ask(&l->view, &q, s);
    size_t at = l->e.n_rows + i * FORECAST_KEEP;
    for (int32_t k = 0; k < FORECAST_KEEP; k++) {
        bool truth = k < kept && answers(d, a, s->cands[k].actor);
        l->e.truth[at + (size_t)k] = 2;
        if (k >= kept || k >= LEARN_KEEP) continue;
        l->e.truth[at + (size_t)k] = truth;
        l->e.first[at + (size_t)k] = s->cands[k].first;
    }
    forecast_describe(&l->view, &q, s, kept < LEARN_KEEP ? kept : LEARN_KEEP, (uint8_t (*)[FEATURES])(l->e.rows + at * FEATURES));
}

/* Closes the gaps that write_example left; questions without a true or a false candidate teach nothing. */
static void pack_examples(forecast_examples *e, size_t groups) {
    size_t from = e->n_rows;
    for (size_t g = 0; g < groups; g++, from += FORECAST_KEEP) {
        size_t start = e->n_rows, truths = 0, n = e->n_rows;
        for (size_t k = from; k < from + FORECAST_KEEP; k++) {
            if (e->truth[k] == 2) continue;
            truths += e->truth[k];
            e->truth[n] = e->truth[k];
            e->first[n] = e->first[k];
            memmove(e->rows + n * FEATURES, e->rows + k * FEATURES, FEATURES);
            n++;
        }
        if (truths == 0 || truths == n - start) continue;
        e->starts[e->n_groups++] = start;
        e->n_rows = n;
        e->starts[e->n_groups] = n;
    }
}

static casus_code collect_day(learning *l, casus_error *err) {
    if (l->part <= 0) return CASUS_OK;
    bool ok = choose_asks(l) && examples_room(&l->e, l->n_chosen * FORECAST_KEEP, l->n_chosen);
    if (!ok) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for examples; ask for fewer questions");
    l->view = forecast_engine_view(l->f);
    casus_parallel(l->n_chosen, l->f->threads, write_example, l);
    pack_examples(&l->e, l->n_chosen);
    return CASUS_OK;
}

/* ---- the pass ---- */

static casus_code learn_days(learning *l, const casus_quads *q, casus_error *err) {
    int32_t first = q->at[0].day, span = q->at[q->n - 1].day - first + 1;
    int32_t warm = first + (int32_t)(l->f->options.warm * span), step = l->f->options.step;
    size_t entered = 0, warm_events = 0;
    while (warm_events < q->n && q->at[warm_events].day < warm) warm_events++;
    l->f->kin_from = l->f->options.trees ? warm : INT32_MAX;
    double wanted = (double)l->f->options.questions, there = 2.0 * (double)(q->n - warm_events) + 1.0;
    casus_code code = CASUS_OK;
    for (size_t from = 0, to; !code && from < q->n; from = to) {
        int32_t day = q->at[from].day;
        to = forecast_day_end(q, from, q->n);
        l->part = day < warm || l->f->options.trees == 0 ? 0 : wanted < there ? wanted / there : 1.0;
        code = forecast_day_load(&l->f->day, &l->f->history, q, from, to, l->f->threads, err);
        if (!code) code = collect_day(l, err);
        if (!code) code = count_day(l, err);
        bool last_of_step = to == q->n || (day + 1 - first) / step != (q->at[to].day + 1 - first) / step || step == 1;
        if (!code && !forecast_engine_go_on(l->f, to, q->n))
            code = casus_fail(err, CASUS_ERR_STOPPED, "learning was stopped; nothing was written");
        if (code || !last_of_step) continue;
        code = forecast_engine_add(l->f, q, entered, to, err);
        entered = to;
    }
    l->f->kin_from = 0;
    return code;
}

static bool go_on(void *ctx) {
    const learning *l = ctx;
    return forecast_engine_go_on(l->f, l->f->history.events, l->f->history.events);
}

static casus_code learn_trees(learning *l, casus_error *err) {
    const casus_forecast_options *o = &l->f->options;
    forecast_tree_options t = {.trees = o->trees, .leaves = o->leaves, .rate = (float)o->rate, .groups_part = 0.5f,
                               .features_part = 0.5f, .shrink = 5.0f, .least_weight = 5.0f, .without = o->without, .seed = o->seed,
                               .threads = l->f->threads, .go_on = go_on, .ctx = l};
    return forecast_trees_learn(&l->f->trees, &l->e, &t, err);
}

casus_code casus_forecaster_learn(casus_forecaster **out, const casus_quads *q, const casus_forecast_options *o,
                                  casus_error *err) {
    learning l = {.settled = INT32_MIN / 2};
    casus_code code = casus_quads_check(q, err);
    if (!code) code = forecast_engine_new(&l.f, q, o, err);
    if (code) return code;
    forecast_calibration_init(&l.f->calibration);
    code = learn_days(&l, q, err);
    for (int32_t h = 0; !code && h < l.f->rules.actions; h++) forecast_rules_settle(&l.f->rules, h);
    if (!code) code = learn_trees(&l, err);
    if (!code) code = forecast_engine_renew_kin(l.f, err); /* as if opened from a file on the last day */
    free(l.chosen);
    free(l.e.rows);
    free(l.e.truth);
    free(l.e.first);
    free(l.e.starts);
    if (code) casus_forecaster_free(l.f);
    else *out = l.f;
    return code;
}
