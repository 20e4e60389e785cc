/* Impulse responses and their bootstrap. */
#include "casus/measure.h"
#include "random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SERIES = 2, PATHS = SERIES * SERIES };

/* Responses to a shock of one standard deviation, path [shocked × 2 + answering] after path. */
static void respond(const casus_var *v, size_t horizon, double *out) {
    double s11 = sqrt(v->covariance[0]), s21 = v->covariance[1] / s11;
    double start[SERIES][SERIES] = {{s11, s21}, {0, sqrt(fmax(v->covariance[2] - s21 * s21, 0))}}; /* Cholesky */
    for (size_t shocked = 0; shocked < SERIES; shocked++) {
        double *path[SERIES] = {out + (shocked * SERIES) * (horizon + 1), out + (shocked * SERIES + 1) * (horizon + 1)};
        for (size_t h = 0; h <= horizon; h++)
            for (size_t a = 0; a < SERIES; a++) {
                path[a][h] = h ? 0 : start[shocked][a];
                for (size_t lag = 1; lag <= v->p && lag <= h; lag++)
                    for (size_t s = 0; s < SERIES; s++) path[a][h] += v->equation[a].coef[1 + SERIES * (lag - 1) + s] * path[s][h - lag];
            }
    }
}

/* A history as the model could have made it: the first p values as they were, residuals drawn with replacement, both of one period together. */
static void relive(const casus_var *v, const double *const series[SERIES], uint64_t *random, double *const made[SERIES]) {
    for (size_t s = 0; s < SERIES; s++) memcpy(made[s], series[s], v->p * sizeof(double));
    for (size_t t = v->p; t < v->n; t++) {
        size_t drawn = measure_random_below(random, v->rows);
        for (size_t a = 0; a < SERIES; a++) {
            const double *coef = v->equation[a].coef;
            double value = coef[0] + v->equation[a].residual[drawn];
            for (size_t lag = 1; lag <= v->p; lag++)
                for (size_t s = 0; s < SERIES; s++) value += coef[1 + SERIES * (lag - 1) + s] * made[s][t - lag];
            made[a][t] = value;
        }
    }
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The quantile of sorted values, between neighbours in proportion. */
static double quantile(const double *sorted, size_t n, double share) {
    double at = share * (double)(n - 1);
    size_t below = (size_t)at;
    if (below + 1 >= n) return sorted[n - 1];
    return sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below]);
}

/* One replicate's responses; false when its history could not be fitted. */
static bool replicate(const casus_var *v, const double *const series[SERIES], size_t horizon, uint64_t *random, double *const made[SERIES],
                      casus_arena *scratch, double *responses) {
    casus_var again;
    jmp_buf trap;
    CASUS_ARENA_TRY(scratch, &trap, return false);
    relive(v, series, random, made);
    casus_code code = casus_var_fit(made[0], made[1], v->n, v->p, scratch, &again, NULL);
    if (!code) respond(&again, horizon, responses);
    casus_arena_untrap(scratch);
    casus_arena_reset(scratch);
    return code == CASUS_OK;
}

/* Fills `draws` (points × replicates); returns how many replicates could be fitted. */
static size_t draw(const casus_var *v, const double *const series[SERIES], const casus_impulse_options *o, casus_arena *arena, double *draws) {
    size_t points = PATHS * (o->horizon + 1), done = 0;
    double *made[SERIES] = {CASUS_NEW_ARRAY(arena, double, v->n), CASUS_NEW_ARRAY(arena, double, v->n)}, *one = CASUS_NEW_ARRAY(arena, double, points);
    uint64_t random = o->seed;
    casus_arena scratch;
    casus_arena_init(&scratch);
    for (size_t i = 0; i < o->replicates; i++) {
        if (!replicate(v, series, o->horizon, &random, made, &scratch, one)) continue;
        for (size_t k = 0; k < points; k++) draws[k * o->replicates + done] = one[k];
        done++;
    }
    casus_arena_done(&scratch);
    return done;
}

casus_code casus_var_impulse(const casus_var *v, const double *first, const double *second, const casus_impulse_options *options,
                             casus_arena *arena, casus_impulse *out, casus_error *err) {
    if (!(options->level > 0 && options->level < 1)) return casus_fail(err, CASUS_ERR_ARG, "the level of the bands must lie between 0 and 1");
    if (options->horizon > 10000 || options->replicates > 1000000)
        return casus_fail(err, CASUS_ERR_LIMIT, "at most 10,000 periods and 1,000,000 replicates");
    const double *series[SERIES] = {first, second};
    size_t length = options->horizon + 1, points = PATHS * length;
    double *responses = CASUS_NEW_ARRAY(arena, double, 3 * points), *draws = CASUS_NEW_ARRAY(arena, double, points * options->replicates);
    casus_impulse result = {.horizon = options->horizon};
    respond(v, options->horizon, responses);
    result.replicates = draw(v, series, options, arena, draws);
    for (size_t k = 0; k < points; k++) {
        double *sorted = draws + k * options->replicates;
        qsort(sorted, result.replicates, sizeof *sorted, by_value);
        responses[points + k] = result.replicates ? quantile(sorted, result.replicates, (1 - options->level) / 2) : responses[k];
        responses[2 * points + k] = result.replicates ? quantile(sorted, result.replicates, (1 + options->level) / 2) : responses[k];
    }
    for (size_t path = 0; path < PATHS; path++) {
        size_t s = path / SERIES, a = path % SERIES;
        result.response[s][a] = responses + path * length;
        result.low[s][a] = responses + points + path * length;
        result.high[s][a] = responses + 2 * points + path * length;
    }
    *out = result;
    return CASUS_OK;
}
