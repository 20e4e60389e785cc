/* Compiling and opening the lexicon when memory runs out or the disk fails: an error or the whole file, and nothing leaks. */
#include "casus/lexicon.h"
#include "fault/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static casus_code compile(void *ctx) {
    const char *folders[] = {"tests/data/knowledge-small", "tests/data/knowledge-overlay"};
    casus_error err = {0};
    casus_code code = casus_lexicon_compile(folders, 2, ctx, NULL, &err);
    if (code) assert_true(err.message[0]);
    assert_int_equal(access(ctx, F_OK) == 0, !code);
    unlink(ctx);
    return code;
}

static casus_code open_and_look_up(void *ctx) {
    casus_lexicon *lex = NULL;
    casus_error err = {0};
    casus_code code = casus_lexicon_open(&lex, ctx, &err);
    size_t n = 0;
    if (code) assert_true(err.message[0] && !lex);
    if (!code) assert_non_null(casus_lexicon_names(lex, casus_key(CASUS_STR("Kelm"), false), &n));
    casus_lexicon_close(lex);
    return code;
}

static void compiles_whole_or_not_at_all(void **state) {
    assert_true(fault_each(FAULT_MEMORY, compile, *state) >= 3);
    assert_true(fault_each(FAULT_IO, compile, *state) >= 4); /* open, write, fsync, rename */
}

static void opens_or_says_why(void **state) {
    const char *folders[] = {"tests/data/knowledge-small"};
    assert_int_equal(casus_lexicon_compile(folders, 1, *state, NULL, NULL), CASUS_OK);
    assert_true(fault_each(FAULT_MEMORY, open_and_look_up, *state) >= 1);
    assert_true(fault_each(FAULT_IO, open_and_look_up, *state) >= 2);
    unlink(*state);
}

int main(void) {
    char path[64];
    snprintf(path, sizeof path, "/tmp/casus-fault-lexicon-%ld", (long)getpid());
    struct CMUnitTest tests[] = {cmocka_unit_test_prestate(compiles_whole_or_not_at_all, path), cmocka_unit_test_prestate(opens_or_says_why, path)};
    return cmocka_run_group_tests_name("fault/lexicon", tests, NULL, NULL);
}
