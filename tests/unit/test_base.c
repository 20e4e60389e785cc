/* base: errors, arena, strings, buffers, UTF-8, JSON, packs. */
#include "casus/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void errors_say_where(void **state) {
    (void)state;
    casus_error err;
    char text[900];
    assert_int_equal(casus_fail_at(&err, CASUS_ERR_FORMAT, "a.jsonl", 7, -1, "no %s", "text"), CASUS_ERR_FORMAT);
    assert_string_equal(casus_error_text(&err, text, sizeof text), "a.jsonl:7: no text");
    casus_fail_at(&err, CASUS_ERR_UTF8, "b.txt", 0, 12, "not UTF-8");
    assert_string_equal(casus_error_text(&err, text, sizeof text), "b.txt: byte 12: not UTF-8");
    assert_int_equal(casus_fail(NULL, CASUS_ERR_ARG, "nobody listens"), CASUS_ERR_ARG);
}

static void arena_zeroes_reuses_and_traps(void **state) {
    (void)state;
    casus_arena a;
    casus_arena_init(&a);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 10000; i++) {
            unsigned char *p = casus_arena_alloc(&a, (size_t)i % 97);
            for (int k = 0; k < i % 97; k++) assert_int_equal(p[k], 0);
            memset(p, 0xAB, (size_t)i % 97);
        }
        casus_arena_reset(&a);
    }
    a.limit = 1000;
    jmp_buf trap;
    volatile bool trapped = false;
    if (setjmp(trap)) {
        trapped = true;
    } else {
        a.trap = &trap;
        casus_arena_alloc(&a, 2000);
    }
    casus_arena_untrap(&a);
    assert_true(trapped);
    assert_null(casus_arena_alloc(&a, 2000));
    casus_arena_done(&a);
}

static void strings_are_slices(void **state) {
    (void)state;
    casus_str rest = casus_str_of("a;;b"), field;
    assert_true(casus_str_cut(&rest, ';', &field) && casus_str_is(field, "a"));
    assert_true(casus_str_cut(&rest, ';', &field) && field.n == 0);
    assert_true(casus_str_cut(&rest, ';', &field) && casus_str_is(field, "b"));
    assert_false(casus_str_cut(&rest, ';', &field));
    assert_true(casus_str_is(casus_str_trim(CASUS_STR(" \tx y\n")), "x y"));
    assert_int_equal(casus_str_cmp(CASUS_STR("ab"), CASUS_STR("abc")), -1);
}

static void utf8_is_checked(void **state) {
    (void)state;
    const char *bad[] = {"\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\x80", "\xE0\x80\xAF"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_int_equal(casus_utf8_check(bad[i], strlen(bad[i])), 0);
    const char *good = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80";
    assert_int_equal(casus_utf8_check(good, 10), 10);
    assert_int_equal(casus_utf8_check("ab\0c", 4), 2);
    size_t i = 1;
    assert_int_equal(casus_utf8_next(good, 10, &i), 0xE9);
    assert_int_equal(casus_utf8_next(good, 10, &i), 0x20AC);
    assert_int_equal(casus_utf8_next(good, 10, &i), 0x1F600);
}

static void json_is_valid(void **state) {
    (void)state;
    casus_buf b = {0};
    casus_json j = casus_json_to(&b);
    casus_json_open(&j, NULL, '{');
    casus_json_str(&j, "a", CASUS_STR("q\"\\\n\x01\xFF\xC3\xA9"));
    casus_json_open(&j, "b", '[');
    casus_json_int(&j, NULL, -3);
    casus_json_num(&j, NULL, 0.25);
    casus_json_close(&j, ']');
    casus_json_text(&j, "c", NULL);
    casus_json_span(&j, "d", 1, 2);
    casus_json_close(&j, '}');
    assert_string_equal(b.at, "{\"a\":\"q\\\"\\\\\\n\\u0001\\ufffd\xC3\xA9\",\"b\":[-3,0.25],\"d\":[1,2]}");
    casus_buf_done(&b);
}

static void packs_refuse_damage(void **state) {
    (void)state;
    const char *path = "/tmp/casus-test.pack";
    casus_pack_part parts[] = {{"one", "hello", 5}, {"two", "world!", 6}};
    casus_error err;
    casus_pack p;
    assert_int_equal(casus_pack_write(path, "test", 3, parts, 2, &err), CASUS_OK);
    assert_int_equal(casus_pack_open(&p, path, "test", 3, &err), CASUS_OK);
    size_t n;
    assert_memory_equal(casus_pack_find(&p, "two", &n), "world!", 6);
    assert_int_equal(n, 6);
    assert_null(casus_pack_find(&p, "three", &n));
    casus_pack_close(&p);
    assert_int_equal(casus_pack_open(&p, path, "test", 4, &err), CASUS_ERR_VERSION);
    assert_int_equal(casus_pack_open(&p, path, "other", 3, &err), CASUS_ERR_FORMAT);
    FILE *f = fopen(path, "r+b");
    fseek(f, -1, SEEK_END);
    fputc('?', f);
    fclose(f);
    assert_int_equal(casus_pack_open(&p, path, "test", 3, &err), CASUS_ERR_VERSION);
    assert_int_equal(truncate(path, 100), 0);
    assert_int_equal(casus_pack_open(&p, path, "test", 3, &err), CASUS_ERR_FORMAT);
    unlink(path);
}

static void count(void *ctx, size_t i, unsigned thread) {
    (void)thread;
    ((unsigned char *)ctx)[i]++;
}

static void parallel_visits_each_once(void **state) {
    (void)state;
    unsigned char seen[1000] = {0};
    casus_parallel(1000, 8, count, seen);
    for (int i = 0; i < 1000; i++) assert_int_equal(seen[i], 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_say_where),  cmocka_unit_test(arena_zeroes_reuses_and_traps),
        cmocka_unit_test(strings_are_slices), cmocka_unit_test(utf8_is_checked),
        cmocka_unit_test(json_is_valid),      cmocka_unit_test(packs_refuse_damage),
        cmocka_unit_test(parallel_visits_each_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
