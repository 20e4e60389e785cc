/* Vector autoregression of two series, Granger causality, reciprocity. */
#include "casus/measure.h"

#include <math.h>

enum { SERIES = 2 };

/* The regressors of one equation: the constant and, for each lag, the series asked for (bit 0 the first, bit 1 the second). */
static double *regressors(const double *const series[SERIES], unsigned which, size_t n, size_t p, casus_arena *arena, size_t *columns) {
    size_t each = (which & 1) + (which >> 1), width = *columns = 1 + each * p;
    double *x = CASUS_NEW_ARRAY(arena, double, (n - p) * width), *at = x;
    for (size_t t = p; t < n; t++) {
        *at++ = 1;
        for (size_t lag = 1; lag <= p; lag++)
            for (size_t s = 0; s < SERIES; s++)
                if (which >> s & 1) *at++ = series[s][t - lag];
    }
    return x;
}

static casus_code check(size_t n, size_t p, casus_error *err) {
    if (p == 0) return casus_fail(err, CASUS_ERR_ARG, "a vector autoregression needs at least one lag");
    size_t need = 3 * p + 2; /* n − p rows must exceed 1 + 2p coefficients */
    if (p > SIZE_MAX / 8 || n < need)
        return casus_fail(err, CASUS_ERR_ARG, "the series are too short: with %zu lag%s at least %zu observations are needed, there are %zu", p,
                          p == 1 ? "" : "s", need, n);
    return CASUS_OK;
}

static casus_code singular(size_t column, casus_error *err) {
    const char *which = (column - 1) % SERIES ? "second" : "first";
    return casus_fail(err, CASUS_ERR_ARG, "singular matrix: lag %zu of the %s series is determined by the other regressors; is a series constant, or one a multiple"
                      " of the other? Take other actors, a longer period or fewer lags", (column - 1) / SERIES + 1, which);
}

static casus_code regress(const double *const series[SERIES], size_t answering, unsigned which, size_t n, size_t p, casus_arena *arena, casus_fit *out,
                          casus_error *err) {
    size_t columns = 0, bad = 0;
    double *x = regressors(series, which, n, p, arena, &columns);
    casus_code code = casus_least_squares(x, series[answering] + p, n - p, columns, arena, out, &bad, err);
    return code && bad < columns && which == 3 ? singular(bad, err) : code;
}

static void residual_covariance(casus_var *v) {
    const double *a = v->equation[0].residual, *b = v->equation[1].residual, free = (double)(v->rows - v->equation[0].columns);
    double ab = 0;
    for (size_t i = 0; i < v->rows; i++) ab += a[i] * b[i];
    v->covariance[0] = v->equation[0].rss / free;
    v->covariance[1] = ab / free;
    v->covariance[2] = v->equation[1].rss / free;
    v->correlation = v->covariance[1] / sqrt(v->covariance[0] * v->covariance[2]);
}

casus_code casus_var_fit(const double *first, const double *second, size_t n, size_t p, casus_arena *arena, casus_var *out, casus_error *err) {
    const double *series[SERIES] = {first, second};
    casus_var v = {.n = n, .p = p, .rows = n - p};
    casus_code code = check(n, p, err);
    for (size_t s = 0; s < SERIES && !code; s++) code = regress(series, s, 3, n, p, arena, &v.equation[s], err);
    if (code) return code;
    residual_covariance(&v);
    *out = v;
    return CASUS_OK;
}

casus_code casus_granger_test(const double *first, const double *second, size_t n, size_t p, casus_arena *arena, casus_granger *out, casus_error *err) {
    const double *series[SERIES] = {first, second};
    casus_code code = check(n, p, err);
    if (code) return code;
    casus_granger g = {.d1 = p, .d2 = n - p - (1 + 2 * p)};
    for (size_t s = 0; s < SERIES && !code; s++) {
        casus_fit with, without;
        if ((code = regress(series, s, 3, n, p, arena, &with, err))) return code;
        if ((code = regress(series, s, 1u << s, n, p, arena, &without, err))) return code;
        g.f[s] = (without.rss - with.rss) / (double)g.d1 / (with.rss / (double)g.d2);
        g.tail[s] = casus_f_tail(g.f[s], (double)g.d1, (double)g.d2);
    }
    *out = g;
    return CASUS_OK;
}

casus_reciprocity casus_var_reciprocity(const casus_var *v) {
    casus_reciprocity r = {0};
    for (size_t s = 0; s < SERIES; s++) {
        for (size_t lag = 0; lag < v->p; lag++) {
            r.inertia[s] += v->equation[s].coef[1 + SERIES * lag + s];
            r.answer[s] += v->equation[s].coef[1 + SERIES * lag + (1 - s)];
        }
        r.long_run[s] = r.inertia[s] < 1 ? r.answer[s] / (1 - r.inertia[s]) : NAN;
    }
    return r;
}
