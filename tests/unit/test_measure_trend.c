/* Rates, change points and leverage against published values and small cases by hand. */
#include "casus/measure.h"

#include "casus/coder.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void near(double got, double want, double by) {
    if (!(fabs(got - want) <= by)) fail_msg("got %.12g, want %.12g within %g", got, want, by);
}

/* The example of R's poisson.test: 11 cases in 800 person-years, 21 in 3011. */
static void test_rate_ratio(void **state) {
    (void)state;
    casus_rate_ratio r;
    casus_error err;
    assert_int_equal(casus_rate_ratio_test(6 + 8 + 7, 1083 + 1050 + 878, 11, 800, 0.95, &r, &err), CASUS_OK);
    near(r.ratio, 1.971488, 1e-6);
    near(r.low, 0.8584264, 1e-7);
    near(r.high, 4.2772659, 1e-7);
    near(r.tail, 0.07966863, 1e-8);
    assert_int_equal(casus_rate_ratio_test(0, 10, 4, 10, 0.95, &r, &err), CASUS_OK);
    assert_true(isinf(r.ratio) && isinf(r.high));
    near(r.tail, 0.125, 1e-12); /* 2 × (1/2)^4 */
    assert_int_equal(casus_rate_ratio_test(0, 10, 0, 10, 0.95, &r, &err), CASUS_OK);
    assert_true(isnan(r.ratio) && r.low == 0);
    near(r.tail, 1, 1e-12);
    assert_int_equal(casus_rate_ratio_test(1, 0, 1, 10, 0.95, &r, &err), CASUS_ERR_ARG);
    assert_int_equal(casus_rate_ratio_test(1, 1, 1, 10, 1.5, &r, &err), CASUS_ERR_ARG);
}

/* Actor 0 attacked once a day for ten days, then nine times a day; the other way round it was attacked all the time. */
static void test_claim(void **state) {
    (void)state;
    static casus_act list[400];
    size_t n = 0;
    for (int32_t day = 0; day < 20; day++) {
        for (int i = 0; i < (day < 10 ? 1 : 9); i++) list[n++] = (casus_act){day, 0, 1, CASUS_ASSAULT, 4, -9};
        for (int i = 0; i < 5; i++) list[n++] = (casus_act){day, 1, 0, CASUS_ASSAULT, 4, -9};
    }
    const char *names[] = {"A", "B"};
    casus_acts acts = {.at = list, .n = n, .actors = names, .n_actors = 2}, none = {0};
    casus_trend_claim c = {.relation = "rises", .direction = 1, .actor = "A", .other = "B", .type = "ASSAULT", .type_word = "attacks", .where = "",
                           .before = INT32_MIN, .since = 10, .until = INT32_MAX};
    casus_trend_test t;
    casus_error err;
    assert_int_equal(casus_trend_claim_test(&c, &acts, &acts, true, 0.95, &t, &err), CASUS_OK);
    assert_true(t.first == 10 && t.second == 90 && t.before == 0 && t.until == 20);
    near(t.ratio.ratio, 9, 1e-12);
    assert_string_equal(t.verdict, "supported");
    c.denied = true;
    assert_int_equal(casus_trend_claim_test(&c, &acts, &acts, true, 0.95, &t, &err), CASUS_OK);
    assert_string_equal(t.verdict, "contradicted");
    c.denied = false, c.direction = -1;
    assert_int_equal(casus_trend_claim_test(&c, &acts, &acts, true, 0.95, &t, &err), CASUS_OK);
    assert_string_equal(t.verdict, "contradicted");
    c.type = "", c.since = 15, c.before = 12; /* acts of either side: 14 a day throughout */
    assert_int_equal(casus_trend_claim_test(&c, &acts, &acts, true, 0.95, &t, &err), CASUS_OK);
    assert_true(t.first == 42 && t.second == 70);
    assert_string_equal(t.verdict, "undecided");
    assert_int_equal(casus_trend_claim_test(&c, &acts, &none, true, 0.95, &t, &err), CASUS_OK);
    assert_string_equal(t.verdict, "untestable");
    c.since = 30;
    assert_int_equal(casus_trend_claim_test(&c, &acts, &acts, true, 0.95, &t, &err), CASUS_OK);
    assert_string_equal(t.verdict, "untestable");
}

static void test_change_points(void **state) {
    (void)state;
    static const uint32_t STEPS[] = {3, 4, 2, 3, 4, 3, 20, 22, 19, 21, 5, 4, 6, 5, 4}, FLAT[] = {5, 6, 4, 5, 5, 6, 4, 5};
    casus_arena arena;
    casus_arena_init(&arena);
    size_t *starts, n = 0;
    assert_int_equal(casus_change_points(STEPS, 15, 0, &arena, &starts, &n, NULL), CASUS_OK);
    assert_int_equal(n, 3);
    assert_true(starts[0] == 0 && starts[1] == 6 && starts[2] == 10);
    assert_int_equal(casus_change_points(FLAT, 8, 0, &arena, &starts, &n, NULL), CASUS_OK);
    assert_int_equal(n, 1);
    assert_int_equal(casus_change_points(FLAT, 1, 0, &arena, &starts, &n, NULL), CASUS_ERR_ARG);
    casus_arena_done(&arena);
}

/* B is actor 0. A (1) asks on days 10 and 12 and is answered on 13; C (2) gives aid and never asks. */
static void test_leverage(void **state) {
    (void)state;
    casus_act list[] = {{0, 0, 3, CASUS_ACCUSE, 3, -2},  {10, 1, 0, CASUS_REQUEST, 3, 0}, {10, 0, 1, CASUS_AGREE, 1, 3},     {12, 1, 0, CASUS_THREATEN, 3, -4},
                        {12, 1, 0, CASUS_REQUEST, 3, 0}, {13, 0, 1, CASUS_CONCEDE, 1, 5}, {15, 0, 1, CASUS_COOPERATE, 2, 6}, {17, 0, 1, CASUS_AID, 2, 8},
                        {20, 2, 0, CASUS_AID, 2, 8},     {21, 2, 0, CASUS_AID, 2, 8},     {22, 1, 0, CASUS_AID, 2, 8},       {23, 3, 1, CASUS_AID, 2, 8},
                        {99, 3, 0, CASUS_ASSAULT, 4, -9}};
    const char *names[] = {"B", "A", "C", "D"};
    casus_acts acts = {.at = list, .n = sizeof list / sizeof *list, .actors = names, .n_actors = 4};
    casus_arena arena;
    casus_arena_init(&arena);
    casus_leverage *l;
    casus_error err;
    size_t n = 0;
    assert_int_equal(casus_leverage_over(&acts, 0, 3, 0.95, &arena, &l, &n, &err), CASUS_OK);
    assert_int_equal(n, 2);
    assert_int_equal(l[0].actor, 1);
    assert_int_equal(l[0].asks, 2);
    assert_int_equal(l[0].window_days, 5); /* 11 … 15 */
    assert_int_equal(l[0].other_days, 95);
    assert_int_equal(l[0].answers, 2);     /* 13 and 15 */
    assert_int_equal(l[0].otherwise, 2);   /* 10, the day of the asking, and 17 */
    near(l[0].ratio.ratio, 2.0 / 5 / (2.0 / 95), 1e-9);
    near(l[0].from_actor, 1.0 / 3, 1e-12);
    near(l[0].from_target, 2.0 / 3, 1e-12);
    near(l[0].asymmetry, -1.0 / 3, 1e-12);
    assert_int_equal(l[0].substitutes, 1);
    assert_int_equal(l[1].actor, 2);
    assert_true(isnan(l[1].ratio.ratio) && l[1].window_days == 0);
    near(l[1].from_actor, 2.0 / 3, 1e-12);
    assert_int_equal(casus_leverage_over(&acts, 0, 0, 0.95, &arena, &l, &n, &err), CASUS_ERR_ARG);
    acts.n = 1;
    assert_int_equal(casus_leverage_over(&acts, 0, 3, 0.95, &arena, &l, &n, &err), CASUS_ERR_NOTFOUND);
    casus_arena_done(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rate_ratio), cmocka_unit_test(test_claim), cmocka_unit_test(test_change_points), cmocka_unit_test(test_leverage)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
