/* Opening the gazetteer when memory runs out or the file cannot be opened or mapped. */
#include "casus/gazetteer.h"
#include "fault/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static casus_code open_and_look_up(void *ctx) {
    casus_gazetteer *g = NULL;
    casus_error err;
    casus_code code = casus_gazetteer_open(&g, ctx, &err);
    casus_gazetteer_place place;
    if (!code) assert_true(casus_gazetteer_country(g, CASUS_STR("AFG"), &place));
    if (code) assert_null(g);
    casus_gazetteer_close(g);
    return code;
}

static void opens_or_says_why(void **state) {
    (void)state;
    const char *data = getenv("CASUS_DATA");
    char path[1024];
    snprintf(path, sizeof path, "%s/gazetteer.casus", data ? data : "build/release/data");
    fault_each(FAULT_MEMORY, open_and_look_up, path);
    assert_true(fault_each(FAULT_IO, open_and_look_up, path) >= 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(opens_or_says_why)};
    return cmocka_run_group_tests_name("fault/gazetteer", tests, NULL, NULL);
}
