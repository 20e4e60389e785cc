/* Acts by period and pair. */
#include "casus/measure.h"

#include "casus/coder.h"
#include "casus/lexicon.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void test_periods(void **state) {
    (void)state;
    char name[11];
    int32_t day = casus_day_of(2001, 9, 11);
    assert_string_equal(casus_period_text(CASUS_BY_DAY, casus_period_of(CASUS_BY_DAY, day), name), "2001-09-11");
    assert_string_equal(casus_period_text(CASUS_BY_WEEK, casus_period_of(CASUS_BY_WEEK, day), name), "2001-09-10"); /* a Tuesday */
    assert_string_equal(casus_period_text(CASUS_BY_MONTH, casus_period_of(CASUS_BY_MONTH, day), name), "2001-09");
    assert_string_equal(casus_period_text(CASUS_BY_YEAR, casus_period_of(CASUS_BY_YEAR, day), name), "2001");
    for (int32_t d = -1000; d < 1000; d++)
        for (casus_by by = CASUS_BY_DAY; by <= CASUS_BY_YEAR; by++) {
            int32_t p = casus_period_of(by, d);
            assert_true(casus_period_day(by, p) <= d && d < casus_period_day(by, p + 1));
        }
    casus_by by;
    assert_true(casus_by_of("month", &by) && by == CASUS_BY_MONTH);
    assert_false(casus_by_of("decade", &by));
}

static void test_series(void **state) {
    (void)state;
    int32_t day = casus_day_of(1998, 8, 8);
    casus_act list[] = {{day, 0, 1, CASUS_ASSAULT, 4, -9}, {day, 0, 1, CASUS_ASSAULT, 4, -9}, {day + 70, 1, 0, CASUS_AID, 2, 8},
                        {day + 1, 0, 1, CASUS_CONSULT, 1, 1}, {day + 1, 0, 2, CASUS_AID, 2, 8}, {day - 400, CASUS_NOBODY, 1, CASUS_AID, 2, 8}};
    const char *names[] = {"Iran", "Taliban", "Herat"};
    casus_acts acts = {.at = list, .n = sizeof list / sizeof *list, .actors = names, .n_actors = 3};
    casus_dyad_options o = {.by = CASUS_BY_MONTH, .scale = CASUS_SCALE_GOLDSTEIN};
    casus_arena arena;
    casus_arena_init(&arena);
    casus_dyad d;
    casus_error err;
    assert_int_equal(casus_dyad_series(&acts, &o, &arena, &d, &err), CASUS_OK);
    assert_int_equal(d.periods, 3);
    assert_true(d.flow[0][0].conflict == 18 && d.flow[0][0].cooperation == 1 && d.flow[0][0].events == 3);
    assert_true(d.flow[1][2].cooperation == 8 && d.flow[1][2].quad[2] == 1 && d.flow[0][1].events == 0);
    o.one_a_day = true, o.scale = CASUS_SCALE_COUNTS;
    assert_int_equal(casus_dyad_series(&acts, &o, &arena, &d, &err), CASUS_OK);
    assert_true(d.flow[0][0].conflict == 1 && d.flow[0][0].cooperation == 1);
    casus_pair_flow *pairs;
    size_t n = 0;
    casus_dyads(&acts, &o, true, &arena, &pairs, &n);
    assert_int_equal(n, 3);
    assert_true(pairs[0].source == 0 && pairs[0].target == 1 && pairs[0].flow.events == 2);
    casus_dyads(&acts, &o, false, &arena, &pairs, &n);
    assert_int_equal(pairs[n - 1].target, 0);
    acts.n = 0;
    assert_int_equal(casus_dyad_series(&acts, &o, &arena, &d, &err), CASUS_ERR_NOTFOUND);
    casus_arena_done(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_periods), cmocka_unit_test(test_series)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
