/* Reading documents when memory runs out or the disk fails, in every format: an error or the whole file, and nothing
 * leaks. */
#include "casus/text.h"
#include "fault/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

typedef struct reading {
    const char *path;
    size_t documents, rejected; /* what an undisturbed reading gives */
} reading;

static void on_reject(void *ctx, const casus_error *why, casus_str bytes) {
    (void)bytes;
    assert_true(why->message[0]);
    ++*(size_t *)ctx;
}

static casus_code read_all(void *ctx) {
    const reading *r = ctx;
    size_t documents = 0, rejected = 0;
    casus_source_options options = {.rejected = on_reject, .ctx = &rejected};
    casus_source *s = NULL;
    casus_arena arena;
    casus_document doc;
    casus_error err;
    casus_code code = casus_source_open(&s, r->path, &options, &err);
    bool got = true;
    casus_arena_init(&arena);
    while (!code && !(code = casus_source_next(s, &arena, &doc, &got, &err)) && got) documents++;
    casus_source_close(s);
    casus_arena_done(&arena);
    if (code) assert_true(err.message[0]);
    if (!code) assert_int_equal(documents, r->documents);
    if (!code) assert_int_equal(rejected, r->rejected);
    return code;
}

static void check(reading r) {
    assert_true(fault_each(FAULT_MEMORY, read_all, &r) >= 4);
    assert_true(fault_each(FAULT_IO, read_all, &r) >= 2);
}

static void plain(void **state) {
    (void)state;
    check((reading){"tests/data/source/report.txt", 1, 0});
}

static void html(void **state) {
    (void)state;
    check((reading){"tests/data/source/article.html", 1, 0});
}

static void jsonl(void **state) {
    (void)state;
    check((reading){"tests/data/source/lines.jsonl", 2, 1});
}

static void gzip(void **state) {
    (void)state;
    check((reading){"tests/data/source/lines.jsonl.gz", 2, 1});
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(plain), cmocka_unit_test(html), cmocka_unit_test(jsonl),
                                       cmocka_unit_test(gzip)};
    return cmocka_run_group_tests_name("fault/source", tests, NULL, NULL);
}
