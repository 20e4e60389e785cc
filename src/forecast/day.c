#include "forecast/day.h"

#include <stdlib.h>
#include <string.h>

void forecast_day_done(forecast_day *d) {
    free(d->facts);
    free(d->sources);
    free(d->asks);
    free(d->heads);
    free(d->first_ask);
    free(d->magnets);
    free(d->lives);
    free(d->head_of);
    memset(d, 0, sizeof *d);
}

/* Room for `need` items; the old array and *ok = false when there is none. */
static void *room(void *items, size_t need, size_t *cap, size_t size, bool *ok) {
    if (need <= *cap || !*ok) return items;
    void *bigger = realloc(items, (need + need / 2) * size);
    *ok = bigger != NULL;
    if (bigger) *cap = need + need / 2;
    return bigger ? bigger : items;
}

static int by_question(const void *a, const void *b) {
    const forecast_fact *x = a, *y = b;
    if (x->source != y->source) return x->source < y->source ? -1 : 1;
    if (x->action != y->action) return x->action < y->action ? -1 : 1;
    if (x->target != y->target) return x->target < y->target ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static void list_facts(forecast_day *d, const forecast_history *h, const casus_quads *q, size_t from, size_t to) {
    d->n_facts = 0;
    for (size_t i = from; i < to; i++) {
        casus_quad e = q->at[i];
        d->facts[d->n_facts++] = (forecast_fact){e.source, e.action, e.target, (int32_t)i};
        d->facts[d->n_facts++] = (forecast_fact){e.target, e.action + h->actions, e.source, (int32_t)i};
    }
    qsort(d->facts, d->n_facts, sizeof *d->facts, by_question);
}

static int32_t head_of(forecast_day *d, int32_t action) {
    if (d->head_of[action] == FORECAST_NONE) {
        d->head_of[action] = (int32_t)d->n_heads;
        d->first_ask[d->n_heads] = FORECAST_NONE;
        d->heads[d->n_heads++] = action;
    }
    return d->head_of[action];
}

static void list_asks(forecast_day *d) {
    d->n_sources = d->n_asks = d->n_heads = 0;
    for (size_t i = 0; i < d->n_facts; i++) {
        const forecast_fact *f = &d->facts[i];
        bool new_source = i == 0 || f->source != f[-1].source;
        if (new_source) d->sources[d->n_sources++] = (forecast_day_source){.actor = f->source};
        if (new_source || f->action != f[-1].action) {
            int32_t head = head_of(d, f->action);
            d->asks[d->n_asks] = (forecast_day_ask){.source = (int32_t)d->n_sources - 1, .action = f->action,
                                                    .magnets = head, .next = d->first_ask[head], .facts = i};
            d->first_ask[head] = (int32_t)d->n_asks++;
        }
        d->asks[d->n_asks - 1].n_facts++;
    }
    for (size_t i = 0; i < d->n_heads; i++) d->head_of[d->heads[i]] = FORECAST_NONE;
}

typedef struct prepare {
    forecast_day *day;
    const forecast_history *history;
} prepare;

static void find_lives(void *ctx, size_t i, unsigned thread) {
    (void)thread;
    prepare *p = ctx;
    forecast_day_source *s = &p->day->sources[i];
    s->n_lives = forecast_lives(p->history, s->actor, p->day->day, p->day->lives + s->lives);
}

static void find_magnets(void *ctx, size_t i, unsigned thread) {
    (void)thread;
    prepare *p = ctx;
    forecast_magnets_find(p->history, p->day->heads[i], p->day->day, &p->day->magnets[i]);
}

static bool prepare_rooms(forecast_day *d, const forecast_history *h, size_t n_facts) {
    size_t heads = 2 * (size_t)h->actions;
    if (!d->head_of) {
        d->head_of = malloc(heads * sizeof *d->head_of);
        d->heads = malloc(heads * sizeof *d->heads);
        d->first_ask = malloc(heads * sizeof *d->first_ask);
        for (size_t i = 0; d->head_of && i < heads; i++) d->head_of[i] = FORECAST_NONE;
    }
    bool ok = d->head_of && d->heads && d->first_ask;
    d->facts = room(d->facts, n_facts, &d->cap_facts, sizeof *d->facts, &ok);
    d->sources = room(d->sources, n_facts, &d->cap_sources, sizeof *d->sources, &ok);
    d->asks = room(d->asks, n_facts, &d->cap_asks, sizeof *d->asks, &ok);
    return ok;
}

static bool place_rooms(forecast_day *d, const forecast_history *h) {
    size_t n = 0;
    for (size_t i = 0; i < d->n_sources; i++) {
        d->sources[i].lives = n;
        n += forecast_lives_count(h, d->sources[i].actor);
    }
    bool ok = true;
    d->lives = room(d->lives, n + 1, &d->cap_lives, sizeof *d->lives, &ok);
    d->magnets = room(d->magnets, d->n_heads, &d->cap_heads, sizeof *d->magnets, &ok);
    return ok;
}

casus_code forecast_day_load(forecast_day *d, const forecast_history *h, const casus_quads *q, size_t from, size_t to,
                             unsigned threads, casus_error *err) {
    d->day = q->at[from].day;
    bool ok = prepare_rooms(d, h, 2 * (to - from));
    if (ok) {
        list_facts(d, h, q, from, to);
        list_asks(d);
        ok = place_rooms(d, h);
    }
    if (!ok) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for the %zu events of a day", to - from);
    prepare p = {d, h};
    casus_parallel(d->n_sources, threads, find_lives, &p);
    casus_parallel(d->n_heads, threads, find_magnets, &p);
    return CASUS_OK;
}

forecast_question forecast_day_question(const forecast_day *d, size_t ask) {
    const forecast_day_ask *a = &d->asks[ask];
    const forecast_day_source *s = &d->sources[a->source];
    return (forecast_question){s->actor, a->action, d->day, d->lives + s->lives, s->n_lives, &d->magnets[a->magnets]};
}
