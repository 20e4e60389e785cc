/* casus/measure.h — measures over events and series: who answers whom, who stands with whom, what rose and what fell.
 *
 * Everything here works on plain arrays and knows nothing of where they come from; casus_events_load reads them from a ledger. Numbers
 * are deterministic: what draws at random takes a seed. Results live in the caller's arena, which must have its trap set (CASUS_ARENA_TRY in
 * casus/base.h): when memory runs out, it jumps there. Errors everywhere: CASUS_ERR_ARG for input that makes no sense (the message says what would).
 */
#ifndef CASUS_MEASURE_H
#define CASUS_MEASURE_H

#include "casus/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- statistics -------------------------------------------------------------------------------------------- */

/* Regularised incomplete beta function I_x(a, b), 0 <= x <= 1, a, b > 0, to about 1e-13 relative (continued fraction, DLMF 8.17.22). */
double casus_beta_share(double a, double b, double x);
/* The x with I_x(a, b) = share: the quantile of a beta distribution. About 1e-14 absolute. */
double casus_beta_quantile(double a, double b, double share);
/* P(F >= f) for the F distribution with d1 and d2 degrees of freedom. 1 for f <= 0. */
double casus_f_tail(double f, double d1, double d2);

/* A linear model y = X b + e fitted by least squares. */
typedef struct casus_fit {
    size_t rows, columns;
    double *coef;     /* columns */
    double *error;    /* standard errors of coef: columns */
    double *residual; /* rows */
    double rss;       /* sum of squared residuals */
} casus_fit;
/* `x`: rows × columns, row by row. By Householder reflections (Golub and Van Loan, Matrix Computations, 5.3), which lose half as many digits as the
 * normal equations do. Cost O(rows × columns²). CASUS_ERR_ARG: fewer rows than columns + 1, a value that is no number; or
 * a column that the others determine (*singular, may be NULL, is its index, else `columns`). */
casus_code casus_least_squares(const double *x, const double *y, size_t rows, size_t columns, casus_arena *arena, casus_fit *out, size_t *singular,
                               casus_error *err);

/* ---- two series that answer each other --------------------------------------------------------------------- */

/* Vector autoregression of two series (Sims 1980, Econometrica 48; for dyads Goldstein and Freeman 1990, Three-Way Street; Brandt and
 * Freeman 2006, Political Analysis 14):  y_t = c + A_1 y_{t-1} + … + A_p y_{t-p} + e_t, each equation by least squares. Units are the series'. */
typedef struct casus_var {
    size_t n, p, rows;     /* observations, lags, rows of the regressions: n − p */
    casus_fit equation[2]; /* columns: constant, then for each lag the first and the second series: coef[1 + 2 (lag − 1) + series] */
    double covariance[3];  /* of the residuals: first × first, first × second, second × second; divided by rows − columns */
    double correlation;    /* of the residuals: what moves together within one period */
} casus_var;
/* CASUS_ERR_ARG: p is 0, the series are too short (rows must exceed 2p + 1; the message says how many are needed), constant, or
 * multiples of each other. Cost O(n p²). */
casus_code casus_var_fit(const double *first, const double *second, size_t n, size_t p, casus_arena *arena, casus_var *out, casus_error *err);

/* Granger causality (Granger 1969, Econometrica 37): does the past of one series help to foretell the other beyond the other's own past?
 * F = ((RSS without − RSS with) / p) / (RSS with / (rows − 2p − 1)). [0]: the first is moved by the second; [1]: the second by the first. */
typedef struct casus_granger {
    double f[2], tail[2]; /* statistic, P(F >= f) */
    size_t d1, d2;        /* degrees of freedom */
} casus_granger;
casus_code casus_granger_test(const double *first, const double *second, size_t n, size_t p, casus_arena *arena, casus_granger *out, casus_error *err);

/* Reciprocity (Goldstein and Pevehouse 1997, APSR 91): how each answers the other in kind. [0]: the first's answer to the second. */
typedef struct casus_reciprocity {
    double answer[2];   /* sum of the coefficients on the other's lags: the answer to one unit within p periods */
    double inertia[2];  /* sum of the coefficients on one's own lags */
    double long_run[2]; /* answer / (1 − inertia): the answer to one unit kept up for good; NaN where inertia >= 1 */
} casus_reciprocity;
casus_reciprocity casus_var_reciprocity(const casus_var *v);

/* Orthogonalised impulse responses (Lütkepohl 2005, New Introduction to Multiple Time Series Analysis, 2.3.2) with bands from a bootstrap of the
 * residuals (Runkle 1987, JBES 5; percentiles). A shock is one standard deviation; the first series may move the
 * second within the period, not the other way: order matters where the residuals correlate. */
typedef struct casus_impulse {
    size_t horizon;    /* periods after the shock; arrays have horizon + 1 elements */
    size_t replicates; /* that could be fitted */
    double *response[2][2], *low[2][2], *high[2][2]; /* [shocked series][answering series] */
} casus_impulse;
typedef struct casus_impulse_options {
    size_t horizon, replicates; /* 0 replicates: no bands (low = high = response) */
    double level;               /* of the bands, for example 0.95 */
    uint64_t seed;              /* the same seed, the same bands, on every machine */
} casus_impulse_options;
/* The series the model was fitted to. Cost O(replicates × n p²). */
casus_code casus_var_impulse(const casus_var *v, const double *first, const double *second, const casus_impulse_options *options,
                             casus_arena *arena, casus_impulse *out, casus_error *err);

/* ---- files of columns -------------------------------------------------------------------------------------- */

/* Cells of a CSV or tab-separated file with a header line (RFC 4180 quotes; the separator is the one the header has more of). */
typedef struct casus_columns {
    size_t rows, columns;
    const char **cells; /* rows × columns, row by row, in the order asked for */
    int64_t *lines;     /* of the file, one a row */
} casus_columns;
/* `names`: the columns wanted. CASUS_ERR_IO; CASUS_ERR_NOTFOUND: no such column (the message lists those there are); CASUS_ERR_FORMAT: a row that is
 * too short, with its line. */
casus_code casus_columns_read(const char *path, const char *const *names, size_t n, casus_arena *arena, casus_columns *out, casus_error *err);
/* One column as numbers. CASUS_ERR_FORMAT with file and line where a cell is no number. */
casus_code casus_columns_numbers(const casus_columns *c, size_t column, const char *path, casus_arena *arena, double **out, casus_error *err);

#ifdef __cplusplus
}
#endif
#endif
