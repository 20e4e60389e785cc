/* Counts over time: rates compared, change points. */
#include "casus/measure.h"

#include <math.h>
#include <string.h>

static double log_binomial(double n, double k, double p) {
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + (k > 0 ? k * log(p) : 0) + (n - k > 0 ? (n - k) * log1p(-p) : 0);
}

/* Sum of the probabilities of all counts that are no likelier than the one seen. */
static double two_sided(uint64_t n, uint64_t k, double p) {
    double seen = log_binomial((double)n, (double)k, p), sum = 0;
    for (uint64_t i = 0; i <= n; i++) {
        double one = log_binomial((double)n, (double)i, p);
        if (one <= seen + 1e-7) sum += exp(one);
    }
    return fmin(sum, 1);
}

casus_code casus_rate_ratio_test(uint64_t first, double first_time, uint64_t second, double second_time, double level, casus_rate_ratio *out,
                                 casus_error *err) {
    if (!(first_time > 0) || !(second_time > 0)) return casus_fail(err, CASUS_ERR_ARG, "both periods must last longer than nothing");
    if (!(level > 0 && level < 1)) return casus_fail(err, CASUS_ERR_ARG, "the level of the interval must lie between 0 and 1");
    double x = (double)first, y = (double)second, times = first_time / second_time, rest = (1 - level) / 2;
    double low = second ? casus_beta_quantile(y, x + 1, rest) : 0, high = first ? casus_beta_quantile(y + 1, x, 1 - rest) : 1;
    *out = (casus_rate_ratio){.ratio = first || second ? y / x * times : NAN, .low = low / (1 - low) * times, .high = high < 1 ? high / (1 - high) * times : INFINITY,
                              .tail = two_sided(first + second, second, second_time / (first_time + second_time))};
    return CASUS_OK;
}

/* Twice the negative log-likelihood of a segment, without what all segmentations share. */
static double segment_cost(double sum, double length) { return sum > 0 ? -2 * sum * (log(sum / length) - 1) : 0; }

casus_code casus_change_points(const uint32_t *counts, size_t n, double penalty, casus_arena *arena, size_t **starts, size_t *n_starts, casus_error *err) {
    if (n < 2) return casus_fail(err, CASUS_ERR_ARG, "the series is too short for change points: %zu period%s", n, n == 1 ? "" : "s");
    if (n > 50000) return casus_fail(err, CASUS_ERR_LIMIT, "%zu periods are too many for change points; take longer ones", n);
    double cost_of_change = 2 * (penalty > 0 ? penalty : log((double)n));
    double *before = CASUS_NEW_ARRAY(arena, double, n + 1), *best = CASUS_NEW_ARRAY(arena, double, n + 1);
    size_t *from = CASUS_NEW_ARRAY(arena, size_t, n + 1), found = 0, *list = CASUS_NEW_ARRAY(arena, size_t, n);
    for (size_t i = 0; i < n; i++) before[i + 1] = before[i] + counts[i];
    best[0] = -cost_of_change;
    for (size_t end = 1; end <= n; end++) {
        best[end] = INFINITY;
        for (size_t start = 0; start < end; start++) {
            double cost = best[start] + segment_cost(before[end] - before[start], (double)(end - start)) + cost_of_change;
            if (cost < best[end]) best[end] = cost, from[end] = start;
        }
    }
    for (size_t end = n; end > 0; end = from[end]) list[found++] = from[end];
    for (size_t i = 0; i < found / 2; i++) {
        size_t other = list[i];
        list[i] = list[found - 1 - i], list[found - 1 - i] = other;
    }
    *starts = list;
    *n_starts = found;
    return CASUS_OK;
}
