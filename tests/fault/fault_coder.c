/* Coding when memory runs out: opening what the coder needs, and reading a document. An error with a message or the whole reading, and nothing leaks. */
#include "casus/coder.h"
#include "fault/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char account[] =
    "KABUL, March 3 (Agency) — The army said on Monday that rebels from the Northern Front had killed at least 12 soldiers near Kunduz.\n\n"
    "The front's spokesman denied it. \"They want to justify the air strikes,\" he told reporters. As a result of the fighting, trade with "
    "Uzbekistan has fallen since 2022, and Pakistan may close its embassies in Kabul and Kandahar.\n";

static casus_document document(void) {
    return (casus_document){.id = "fault", .date = "2024-03-05", .text = {account, sizeof account - 1}};
}

static casus_code open_resources(void *ctx) {
    casus_resources_options options = {.data = ctx};
    casus_resources *r = NULL;
    casus_error err;
    casus_code code = casus_resources_open(&r, &options, &err);
    if (code) assert_true(err.message[0]);
    casus_resources_close(r);
    return code;
}

static casus_code code_document(void *ctx) {
    casus_coder *coder = NULL;
    casus_reading reading;
    casus_arena arena;
    casus_error err;
    casus_document doc = document();
    casus_arena_init(&arena);
    casus_code code = casus_coder_new(&coder, ctx, &err);
    if (!code) code = casus_coder_read(coder, &doc, &arena, &reading, &err);
    if (code) assert_true(err.message[0]);
    if (!code) assert_true(reading.n_statements > 2 && reading.n_actors > 2);
    casus_coder_free(coder);
    casus_arena_done(&arena);
    return code;
}

static void resources(void **state) {
    (void)state;
    char *data = getenv("CASUS_DATA");
    if (!data) skip();
    assert_true(fault_each(FAULT_MEMORY, open_resources, data) >= 3);
    assert_true(fault_each(FAULT_IO, open_resources, data) >= 3);
}

static void reading(void **state) {
    (void)state;
    casus_resources_options options = {.data = getenv("CASUS_DATA")};
    casus_resources *r = NULL;
    if (!options.data) skip();
    assert_int_equal(casus_resources_open(&r, &options, NULL), CASUS_OK);
    assert_true(fault_each(FAULT_MEMORY, code_document, r) >= 3);
    casus_resources_close(r);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(resources), cmocka_unit_test(reading)};
    return cmocka_run_group_tests_name("fault/coder", tests, NULL, NULL);
}
