/* Claims weighed, by hand. */
#include "casus/measure.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void test_grades(void **state) {
    (void)state;
    assert_int_equal(casus_admiralty_reliability((casus_track_record){4, 0}), 'F');
    assert_int_equal(casus_admiralty_reliability((casus_track_record){19, 1}), 'A');
    assert_int_equal(casus_admiralty_reliability((casus_track_record){4, 1}), 'B');
    assert_int_equal(casus_admiralty_reliability((casus_track_record){1, 9}), 'E');
    assert_int_equal(casus_admiralty_credibility(2, 0), 1);
    assert_int_equal(casus_admiralty_credibility(0, 0), 3);
    assert_int_equal(casus_admiralty_credibility(0, 1), 4);
    assert_int_equal(casus_admiralty_credibility(0, 2), 5);
}

/* An accuser, the accused who denies, a reliable onlooker who says it twice, somebody who blames another, somebody who wonders. */
static void test_matrix(void **state) {
    (void)state;
    static const casus_claim CLAIMS[] = {{0, 0, 1, true, {0, 0}},  {0, 1, -1, true, {0, 0}}, {0, 2, 1, false, {20, 0}},
                                         {0, 2, 1, false, {20, 0}}, {1, 3, 1, false, {4, 1}}, {1, 4, 0, false, {0, 0}}};
    casus_arena arena;
    casus_arena_init(&arena);
    casus_weighed *w;
    casus_hypothesis *h;
    casus_error err;
    assert_int_equal(casus_claims_weigh(CLAIMS, 6, 2, &arena, &w, &h, &err), CASUS_OK);
    assert_true(w[0].weight == 0.25 && w[2].weight == 1 && w[4].weight == 0.8 && w[5].weight == 0);
    assert_string_equal(w[0].consistent, "CII");
    assert_string_equal(w[1].consistent, "INN");
    assert_string_equal(w[5].consistent, "NNN");
    assert_true(w[2].reliability == 'A' && w[2].credibility == 4 && w[5].credibility == 6);
    assert_true(fabs(h[0].support - 1.25) < 1e-12);
    assert_true(fabs(h[0].inconsistent - 1.05) < 1e-12); /* the denial and the rival */
    assert_true(fabs(h[1].inconsistent - 1.25) < 1e-12);
    assert_true(fabs(h[2].inconsistent - 2.05) < 1e-12);
    assert_int_equal(casus_claims_weigh(CLAIMS, 6, 1, &arena, &w, &h, &err), CASUS_ERR_ARG);
    casus_arena_done(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_grades), cmocka_unit_test(test_matrix)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
