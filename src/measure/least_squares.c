/* Least squares by Householder reflections. */
#include "casus/measure.h"

#include <math.h>
#include <string.h>

/* What remains of a column after the columns before it, as a share of it, below which it counts as determined by them. */
static const double DETERMINED = 1e-10;

typedef struct work {
    double *x; /* rows × columns, column by column; becomes R above the diagonal, reflections below */
    double *y;
    double *diagonal; /* of R */
    size_t rows, columns;
} work;

static double norm(const double *v, size_t n) {
    double sum = 0, largest = 0;
    for (size_t i = 0; i < n; i++) largest = fmax(largest, fabs(v[i]));
    if (largest == 0) return 0;
    for (size_t i = 0; i < n; i++) sum += v[i] / largest * (v[i] / largest);
    return largest * sqrt(sum);
}

/* v := (I − 2 u uᵀ / uᵀu) v, with `half` = uᵀu / 2. */
static void reflect(const double *u, double half, double *v, size_t n) {
    double dot = 0;
    for (size_t i = 0; i < n; i++) dot += u[i] * v[i];
    for (size_t i = 0; i < n; i++) v[i] -= dot / half * u[i];
}

/* Triangulates X and carries y along; false at column *k when the columns before determine it. */
static bool triangulate(work *w, size_t *k) {
    for (size_t j = *k = 0; j < w->columns; *k = ++j) {
        double *u = w->x + j * w->rows + j, whole = norm(u - j, w->rows), left = norm(u, w->rows - j);
        if (left <= DETERMINED * whole) return false;
        w->diagonal[j] = u[0] > 0 ? -left : left;
        double half = left * (left + fabs(u[0]));
        u[0] -= w->diagonal[j];
        for (size_t c = j + 1; c < w->columns; c++) reflect(u, half, w->x + c * w->rows + j, w->rows - j);
        reflect(u, half, w->y + j, w->rows - j);
    }
    return true;
}

/* Solves R b = v, b over v. */
static void solve_back(const work *w, double *v) {
    for (size_t j = w->columns; j-- > 0;) {
        v[j] /= w->diagonal[j];
        for (size_t i = 0; i < j; i++) v[i] -= w->x[j * w->rows + i] * v[j];
    }
}

/* Diagonal of (XᵀX)⁻¹ = R⁻¹ R⁻ᵀ: the squared norms of the rows of R⁻¹. */
static void standard_errors(const work *w, double variance, casus_arena *arena, double *error) {
    double *unit = CASUS_NEW_ARRAY(arena, double, w->columns);
    for (size_t j = 0; j < w->columns; j++) {
        memset(unit, 0, w->columns * sizeof *unit);
        unit[j] = 1;
        solve_back(w, unit);
        for (size_t i = 0; i <= j; i++) error[i] += unit[i] * unit[i];
    }
    for (size_t i = 0; i < w->columns; i++) error[i] = sqrt(variance * error[i]);
}

static void load(work *w, const double *x, const double *y) {
    for (size_t r = 0; r < w->rows; r++)
        for (size_t c = 0; c < w->columns; c++) w->x[c * w->rows + r] = x[r * w->columns + c];
    memcpy(w->y, y, w->rows * sizeof *y);
}

static bool all_numbers(const double *v, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!isfinite(v[i])) return false;
    return true;
}

static void finish(const work *w, const double *x, const double *y, casus_arena *arena, casus_fit *out) {
    solve_back(w, w->y);
    *out = (casus_fit){.rows = w->rows, .columns = w->columns, .coef = CASUS_NEW_ARRAY(arena, double, w->columns),
                       .error = CASUS_NEW_ARRAY(arena, double, w->columns), .residual = CASUS_NEW_ARRAY(arena, double, w->rows)};
    memcpy(out->coef, w->y, w->columns * sizeof *w->y);
    for (size_t r = 0; r < w->rows; r++) {
        double fitted = 0;
        for (size_t c = 0; c < w->columns; c++) fitted += x[r * w->columns + c] * out->coef[c];
        out->residual[r] = y[r] - fitted;
        out->rss += out->residual[r] * out->residual[r];
    }
    standard_errors(w, out->rss / (double)(w->rows - w->columns), arena, out->error);
}

casus_code casus_least_squares(const double *x, const double *y, size_t rows, size_t columns, casus_arena *arena, casus_fit *out, size_t *singular,
                               casus_error *err) {
    size_t ignored, *at = singular ? singular : &ignored;
    *at = columns;
    if (rows <= columns) return casus_fail(err, CASUS_ERR_ARG, "%zu rows are too few for %zu coefficients; give more observations", rows, columns);
    if (!all_numbers(x, rows * columns) || !all_numbers(y, rows)) return casus_fail(err, CASUS_ERR_ARG, "a value is no finite number");
    work w = {.rows = rows, .columns = columns, .x = CASUS_NEW_ARRAY(arena, double, rows * columns), .y = CASUS_NEW_ARRAY(arena, double, rows),
              .diagonal = CASUS_NEW_ARRAY(arena, double, columns)};
    load(&w, x, y);
    if (!triangulate(&w, at)) return casus_fail(err, CASUS_ERR_ARG, "singular matrix: column %zu is determined by the columns before it", *at + 1);
    finish(&w, x, y, arena, out);
    return CASUS_OK;
}
