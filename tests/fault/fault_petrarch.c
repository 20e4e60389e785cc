/* Reading a PETRARCH dictionary when memory runs out or a file cannot be opened or mapped. */
#include "casus/petrarch.h"
#include "fault/fault.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static casus_code open_and_look_up(void *ctx) {
    casus_petrarch *p = NULL;
    casus_error err;
    size_t used;
    const casus_str word[] = {CASUS_STR("Strelsau")};
    casus_code code = casus_petrarch_open(&p, ctx, NULL, &err);
    if (code)
        assert_null(p);
    else
        assert_string_equal(casus_petrarch_actor(p, word, 1, INT32_MIN, &used), "RUR");
    casus_petrarch_close(p);
    return code;
}

static void opens_or_says_why(void **state) {
    (void)state;
    fault_each(FAULT_MEMORY, open_and_look_up, "tests/data/petrarch");
    fault_each(FAULT_IO, open_and_look_up, "tests/data/petrarch");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(opens_or_says_why)};
    return cmocka_run_group_tests_name("fault/petrarch", tests, NULL, NULL);
}
