/* Leverage in acts: answers to demands, and who depends on whom. */
#include "casus/measure.h"

#include "casus/coder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_ask(uint8_t type) { return type == CASUS_REQUEST || type == CASUS_THREATEN; }

static bool is_answer(uint8_t type) {
    return type == CASUS_AGREE || type == CASUS_SUPPORT || type == CASUS_CONCEDE || type == CASUS_COOPERATE || type == CASUS_AID || type == CASUS_RETREAT;
}

typedef struct work {
    const casus_acts *acts;
    uint32_t target;
    int32_t within, first_day, last_day;
    double level;
    uint32_t *received; /* material cooperation by actor received from everybody */
} work;

static uint32_t other_of(const work *w, const casus_act *a) { return a->source == w->target ? a->target : a->source; }

/* An act between the target and another. */
typedef struct keyed {
    uint32_t other;
    casus_act act;
} keyed;

static int by_other_and_day(const void *x, const void *y) {
    const keyed *a = x, *b = y;
    if (a->other != b->other) return a->other < b->other ? -1 : 1;
    return (a->act.day > b->act.day) - (a->act.day < b->act.day);
}

/* Windows of one actor: the days after each ask, those of several asks run together. Acts are by day, and a window begins the day after its ask,
 * so whatever falls into it comes later in the list. */
static void count_answers(const work *w, const keyed *k, size_t n, casus_leverage *l) {
    int32_t last_ask = w->first_day - 1, begin = w->first_day, end = w->first_day - 1; /* the window that is open */
    for (size_t i = 0; i < n; i++) {
        const casus_act *a = &k[i].act;
        if (a->source == w->target && is_answer(a->type)) {
            bool inside = a->day >= begin && a->day <= end;
            l->answers += inside, l->otherwise += !inside;
        }
        if (a->source == w->target || !is_ask(a->type) || a->day == last_ask) continue;
        l->asks++;
        last_ask = a->day;
        int32_t until = a->day + w->within < w->last_day ? a->day + w->within : w->last_day;
        if (a->day > end) begin = a->day + 1, end = a->day;
        l->window_days += (uint32_t)(until - end);
        end = until;
    }
    l->other_days = (uint32_t)(w->last_day - w->first_day + 1) - l->window_days;
}

static uint32_t material(const keyed *k, size_t n, uint32_t source) {
    uint32_t sum = 0;
    for (size_t i = 0; i < n; i++) sum += k[i].act.source == source && k[i].act.quad == 2;
    return sum;
}

static casus_code measure_one(const work *w, const keyed *k, size_t n, casus_leverage *l, uint32_t *given, casus_error *err) {
    *l = (casus_leverage){.actor = k->other};
    count_answers(w, k, n, l);
    *given = material(k, n, k->other);
    uint32_t back = material(k, n, w->target), to_target = w->received[w->target], to_actor = w->received[k->other];
    l->from_actor = to_target ? (double)*given / to_target : NAN;
    l->from_target = to_actor ? (double)back / to_actor : NAN;
    l->asymmetry = to_target ? l->from_actor - (to_actor ? l->from_target : 0) : NAN;
    if (!l->window_days || !l->other_days) {
        l->ratio = (casus_rate_ratio){NAN, NAN, NAN, NAN};
        return CASUS_OK;
    }
    return casus_rate_ratio_test(l->otherwise, l->other_days, l->answers, l->window_days, w->level, &l->ratio, err);
}

static int by_attestation(const void *x, const void *y) {
    const casus_leverage *a = x, *b = y;
    uint32_t m = a->asks + a->answers + a->otherwise, n = b->asks + b->answers + b->otherwise;
    if (m != n) return m > n ? -1 : 1;
    return (a->actor > b->actor) - (a->actor < b->actor);
}

/* The target's acts with others, keyed; fills the period and what everybody receives. */
static keyed *gather(work *w, casus_arena *arena, size_t *n) {
    keyed *list = CASUS_NEW_ARRAY(arena, keyed, w->acts->n + 1);
    w->received = CASUS_NEW_ARRAY(arena, uint32_t, w->acts->n_actors + 1);
    w->first_day = INT32_MAX, w->last_day = INT32_MIN;
    for (size_t i = 0; i < w->acts->n; i++) {
        const casus_act *a = &w->acts->at[i];
        bool takes_part = a->source == w->target || a->target == w->target;
        if (takes_part && a->day < w->first_day) w->first_day = a->day;
        if (takes_part && a->day > w->last_day) w->last_day = a->day;
        if (a->source == a->target || a->source == CASUS_NOBODY || a->target == CASUS_NOBODY) continue;
        w->received[a->target] += a->quad == 2;
        if (takes_part) list[(*n)++] = (keyed){other_of(w, a), *a};
    }
    qsort(list, *n, sizeof *list, by_other_and_day);
    return list;
}

casus_code casus_leverage_over(const casus_acts *acts, uint32_t target, int32_t within, double level, casus_arena *arena, casus_leverage **out, size_t *n_out,
                               casus_error *err) {
    if (within < 1) return casus_fail(err, CASUS_ERR_ARG, "a window lasts one day at least");
    work w = {.acts = acts, .target = target, .within = within, .level = level};
    size_t n = 0, found = 0, cap = 0, cap_given = 0, n_given = 0;
    keyed *list = gather(&w, arena, &n);
    casus_leverage *all = NULL;
    uint32_t *given = NULL;
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && list[end].other == list[i].other; end++) {}
        casus_leverage l;
        uint32_t gives;
        casus_code code = measure_one(&w, list + i, end - i, &l, &gives, err);
        if (code) return code;
        if (!l.asks && !l.answers && !l.otherwise && !gives) continue;
        *CASUS_PUSH(arena, all, found, cap) = l;
        *CASUS_PUSH(arena, given, n_given, cap_given) = gives;
    }
    if (!found) return casus_fail(err, CASUS_ERR_NOTFOUND, "nobody asked %s for anything, gave to it or was yielded to by it", acts->actors[target]);
    for (size_t i = 0; i < found; i++)
        for (size_t k = 0; k < found; k++) all[i].substitutes += k != i && given[i] && 2 * given[k] >= given[i];
    qsort(all, found, sizeof *all, by_attestation);
    *out = all;
    *n_out = found;
    return CASUS_OK;
}
