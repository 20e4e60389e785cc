/* Measures against published or independently computed values. */
#include "casus/measure.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void near(double got, double want, double by) {
    if (fabs(got - want) > by) fail_msg("got %.12g, want %.12g within %g", got, want, by);
}

/* Values of R's pf and pbinom. */
static void test_tails(void **state) {
    (void)state;
    near(casus_f_tail(4.964602743730711, 1, 10), 0.05, 1e-12);
    near(casus_f_tail(1, 7, 7), 0.5, 1e-12);
    near(casus_f_tail(0, 3, 9), 1, 0);
    near(casus_beta_share(1, 1, 0.3), 0.3, 1e-14);
    near(casus_beta_share(3, 8, 0.3), 0.6172172136, 1e-9); /* P(Bin(10, 0.3) >= 3) */
    near(casus_beta_quantile(3, 8, casus_beta_share(3, 8, 0.41)), 0.41, 1e-12);
}

/* An ill-conditioned problem whose answer is known exactly. */
static void test_least_squares(void **state) {
    (void)state;
    casus_arena arena;
    casus_arena_init(&arena);
    enum { ROWS = 21, COLUMNS = 6 };
    double x[ROWS * COLUMNS], y[ROWS]; /* NIST StRD Wampler1: y = 1 + x + … + x^5, all coefficients 1 */
    for (size_t i = 0; i < ROWS; i++) {
        y[i] = 0;
        for (size_t k = 0; k < COLUMNS; k++) y[i] += x[i * COLUMNS + k] = pow((double)i, (double)k);
    }
    casus_fit fit;
    casus_error err;
    size_t singular;
    assert_int_equal(casus_least_squares(x, y, ROWS, COLUMNS, &arena, &fit, &singular, &err), CASUS_OK);
    for (size_t k = 0; k < COLUMNS; k++) near(fit.coef[k], 1, 1e-7);
    for (size_t i = 0; i < ROWS; i++) x[i * COLUMNS + 3] = 2 * x[i * COLUMNS + 1] - 5;
    assert_int_equal(casus_least_squares(x, y, ROWS, COLUMNS, &arena, &fit, &singular, &err), CASUS_ERR_ARG);
    assert_int_equal(singular, 3);
    assert_non_null(strstr(err.message, "singular"));
    assert_int_equal(casus_least_squares(x, y, COLUMNS, COLUMNS, &arena, &fit, NULL, &err), CASUS_ERR_ARG);
    x[7] = NAN;
    assert_int_equal(casus_least_squares(x, y, ROWS, COLUMNS, &arena, &fit, NULL, &err), CASUS_ERR_ARG);
    casus_arena_done(&arena);
}

static const char *shared(const char *name, char path[600]) {
    const char *root = getenv("CASUS_SHARED");
    snprintf(path, 600, "%s/%s", root ? root : "../shared", name);
    FILE *f = fopen(path, "rb");
    if (!f) {
        print_message("skipped: %s is absent\n", path);
        skip();
    } else {
        fclose(f);
    }
    return path;
}

static size_t israel_palestine(casus_arena *arena, double **i2p, double **p2i) {
    char path[600];
    casus_columns c;
    casus_error err;
    shared("data/series/israel_palestine_weekly_goldstein.csv", path);
    assert_int_equal(casus_columns_read(path, (const char *[]){"i2p", "p2i"}, 2, arena, &c, &err), CASUS_OK);
    assert_int_equal(casus_columns_numbers(&c, 0, path, arena, i2p, &err), CASUS_OK);
    assert_int_equal(casus_columns_numbers(&c, 1, path, arena, p2i, &err), CASUS_OK);
    assert_int_equal(c.rows, 1278);
    return c.rows;
}

/* The weekly Israel–Palestine series of the R package MSBVAR: coefficients and F to 1e-6. */
static void test_israel_palestine(void **state) {
    (void)state;
    static const double WANT[2][3] = {{-11.20778423, 0.51229145, 0.59947423}, {-3.09699288, 0.19552615, 0.38815593}};
    static const struct { size_t p; double f[2]; } GRANGER[] = {{1, {72.523046, 129.370225}}, {2, {56.300762, 32.946618}}, {4, {28.643108, 13.227742}}};
    casus_arena arena;
    casus_arena_init(&arena);
    double *i2p, *p2i;
    size_t n = israel_palestine(&arena, &i2p, &p2i);
    casus_var v;
    assert_int_equal(casus_var_fit(i2p, p2i, n, 1, &arena, &v, NULL), CASUS_OK);
    for (size_t e = 0; e < 2; e++)
        for (size_t k = 0; k < 3; k++) near(v.equation[e].coef[k], WANT[e][k], 1e-8);
    for (size_t i = 0; i < sizeof GRANGER / sizeof *GRANGER; i++) {
        casus_granger g;
        assert_int_equal(casus_granger_test(i2p, p2i, n, GRANGER[i].p, &arena, &g, NULL), CASUS_OK);
        for (size_t s = 0; s < 2; s++) {
            near(g.f[s], GRANGER[i].f[s], 1e-6);
            assert_true(g.tail[s] < 1e-9);
        }
    }
    casus_reciprocity r = casus_var_reciprocity(&v);
    near(r.answer[0], 0.59947423, 1e-8);
    near(r.long_run[1], 0.19552615 / (1 - 0.38815593), 1e-7);
    casus_arena_done(&arena);
}

/* Impulse responses: the first by hand from the Cholesky factor, the next by one multiplication; bands hold them and repeat by seed. */
static void test_impulse(void **state) {
    (void)state;
    casus_arena arena;
    casus_arena_init(&arena);
    double *i2p, *p2i;
    size_t n = israel_palestine(&arena, &i2p, &p2i);
    casus_var v;
    casus_impulse a, b, c;
    casus_impulse_options o = {.horizon = 8, .replicates = 200, .level = 0.95, .seed = 1};
    assert_int_equal(casus_var_fit(i2p, p2i, n, 1, &arena, &v, NULL), CASUS_OK);
    assert_int_equal(casus_var_impulse(&v, i2p, p2i, &o, &arena, &a, NULL), CASUS_OK);
    assert_int_equal(casus_var_impulse(&v, i2p, p2i, &o, &arena, &b, NULL), CASUS_OK);
    o.seed = 2;
    assert_int_equal(casus_var_impulse(&v, i2p, p2i, &o, &arena, &c, NULL), CASUS_OK);
    double s11 = sqrt(v.covariance[0]), s21 = v.covariance[1] / s11;
    near(a.response[0][0][0], s11, 1e-9);
    near(a.response[0][1][0], s21, 1e-9);
    near(a.response[1][0][0], 0, 0);
    near(a.response[0][0][1], 0.51229145 * s11 + 0.59947423 * s21, 1e-6);
    assert_int_equal(a.replicates, 200);
    for (size_t h = 0; h <= 8; h++) {
        assert_true(a.low[0][0][h] <= a.response[0][0][h] && a.response[0][0][h] <= a.high[0][0][h]);
        near(a.low[1][1][h], b.low[1][1][h], 0);
    }
    assert_true(a.low[0][0][1] != c.low[0][0][1]);
    casus_arena_done(&arena);
}

static void test_var_refuses(void **state) {
    (void)state;
    casus_arena arena;
    casus_arena_init(&arena);
    double a[40], b[40];
    for (size_t i = 0; i < 40; i++) a[i] = (double)(i * i % 17), b[i] = -2 * a[i];
    casus_var v;
    casus_error err;
    assert_int_equal(casus_var_fit(a, b, 13, 4, &arena, &v, &err), CASUS_ERR_ARG);
    assert_non_null(strstr(err.message, "at least 14 observations are needed, there are 13"));
    assert_int_equal(casus_var_fit(a, b, 40, 0, &arena, &v, &err), CASUS_ERR_ARG);
    assert_int_equal(casus_var_fit(a, b, 40, 2, &arena, &v, &err), CASUS_ERR_ARG);
    assert_non_null(strstr(err.message, "singular matrix: lag 1 of the second series"));
    memset(b, 0, sizeof b);
    casus_granger g;
    assert_int_equal(casus_granger_test(a, b, 40, 1, &arena, &g, &err), CASUS_ERR_ARG);
    casus_arena_done(&arena);
}

static void test_columns(void **state) {
    (void)state;
    static const char TEXT[] = "\xEF\xBB\xBFname,\"a \"\"b\"\"\",c\r\n\"x, y\",1,2.5\r\n\nz,-3,oops\n";
    char path[] = "/tmp/casus-columns-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    FILE *f = fdopen(fd, "wb");
    fputs(TEXT, f);
    fclose(f);
    casus_arena arena;
    casus_arena_init(&arena);
    casus_columns c;
    casus_error err;
    double *values;
    assert_int_equal(casus_columns_read(path, (const char *[]){"a \"b\"", "name", "c"}, 3, &arena, &c, &err), CASUS_OK);
    assert_int_equal(c.rows, 2);
    assert_string_equal(c.cells[1], "x, y");
    assert_int_equal(casus_columns_numbers(&c, 0, path, &arena, &values, &err), CASUS_OK);
    near(values[1], -3, 0);
    assert_int_equal(casus_columns_numbers(&c, 2, path, &arena, &values, &err), CASUS_ERR_FORMAT);
    assert_int_equal(err.line, 4);
    assert_int_equal(casus_columns_read(path, (const char *[]){"d"}, 1, &arena, &c, &err), CASUS_ERR_NOTFOUND);
    assert_non_null(strstr(err.message, "name, a \"b\", c"));
    remove(path);
    casus_arena_done(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tails), cmocka_unit_test(test_least_squares), cmocka_unit_test(test_israel_palestine),
        cmocka_unit_test(test_impulse), cmocka_unit_test(test_var_refuses), cmocka_unit_test(test_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
