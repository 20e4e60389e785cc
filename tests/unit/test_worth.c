/* coder: sentences that can hold nothing are passed over, and nothing is lost by it. */
#include "casus/coder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <glob.h>

#include <cmocka.h>

#include "coder/worth.h"

typedef struct fixture {
    casus_resources *usual, *every;
    casus_coder *quick, *thorough;
    casus_lexicon *lexicon;
} fixture;

static int open_all(void **state) {
    fixture *f = calloc(1, sizeof *f);
    casus_resources_options options = {.data = getenv("CASUS_DATA")};
    assert_non_null(f);
    assert_int_equal(casus_resources_open(&f->usual, &options, NULL), CASUS_OK);
    options.every = true;
    assert_int_equal(casus_resources_open(&f->every, &options, NULL), CASUS_OK);
    assert_int_equal(casus_coder_new(&f->quick, f->usual, NULL), CASUS_OK);
    assert_int_equal(casus_coder_new(&f->thorough, f->every, NULL), CASUS_OK);
    assert_int_equal(casus_lexicon_open_with(&f->lexicon, options.data, NULL, NULL), CASUS_OK);
    *state = f;
    return 0;
}

static int close_all(void **state) {
    fixture *f = *state;
    casus_coder_free(f->quick);
    casus_coder_free(f->thorough);
    casus_resources_close(f->usual);
    casus_resources_close(f->every);
    casus_lexicon_close(f->lexicon);
    free(f);
    return 0;
}

static bool is_worth(const fixture *f, const char *text) {
    casus_arena arena;
    jmp_buf trap;
    casus_arena_init(&arena);
    CASUS_ARENA_TRY(&arena, &trap, fail());
    casus_document doc = {.id = "t", .text = casus_str_of(text)};
    casus_sentences s;
    assert_int_equal(casus_text_split(&doc, &arena, &s, NULL), CASUS_OK);
    bool worth = worth_parsing(f->lexicon, &s.items[0]);
    casus_arena_done(&arena);
    return worth;
}

static void words_alone_decide(void **state) {
    const fixture *f = *state;
    static const char *const nothing[] = {"The roads were wet and the fields were wet too.", "There was rain on the hills in the morning."};
    static const char *const something[] = {"Ghana expelled the envoy.", "The rebels fled at dawn.", "Then it closed the border.", "Both sides fired.", "The report says that prices fell.", "War is unlikely."};
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) assert_false(is_worth(f, nothing[i]));
    for (size_t i = 0; i < sizeof something / sizeof *something; i++) assert_true(is_worth(f, something[i]));
}

static char *read_whole(const char *path, size_t *n) {
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    *n = file ? fread(text, 1, (1 << 20) - 1, file) : 0;
    if (file) fclose(file);
    return text;
}

/* Statements of both ways of reading are the same, one by one. */
static void compare(const fixture *f, const char *path) {
    casus_arena arena;
    jmp_buf trap;
    size_t n;
    char *text = read_whole(path, &n);
    casus_reading quick, thorough;
    casus_document doc = {.id = "t", .date = "2024-03-28", .text = {text, n}};
    casus_arena_init(&arena);
    CASUS_ARENA_TRY(&arena, &trap, fail());
    assert_true(n > 0);
    assert_int_equal(casus_coder_read(f->quick, &doc, &arena, &quick, NULL), CASUS_OK);
    assert_int_equal(casus_coder_read(f->thorough, &doc, &arena, &thorough, NULL), CASUS_OK);
    assert_int_equal(quick.n_statements, thorough.n_statements);
    for (size_t i = 0; i < quick.n_statements; i++) assert_string_equal(quick.statements[i].id, thorough.statements[i].id);
    casus_arena_done(&arena);
    free(text);
}

static void nothing_is_lost(void **state) {
    const fixture *f = *state;
    static const char *const patterns[] = {"tests/golden/accounts/*/article.txt", "tests/golden/development/*/article.txt"};
    for (size_t p = 0; p < 2; p++) {
        glob_t found;
        assert_int_equal(glob(patterns[p], 0, NULL, &found), 0);
        for (size_t i = 0; i < found.gl_pathc; i++) compare(f, found.gl_pathv[i]);
        globfree(&found);
    }
}

static void nothing_is_lost_on_the_flagship(void **state) {
    char path[1024];
    const char *shared = getenv("CASUS_SHARED");
    snprintf(path, sizeof path, "%s/seed/article.txt", shared ? shared : "../shared");
    FILE *file = fopen(path, "rb");
    if (!file) {
        print_message("skipped: %s is not here\n", path);
        return;
    }
    fclose(file);
    compare(*state, path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_alone_decide),
        cmocka_unit_test(nothing_is_lost),
        cmocka_unit_test(nothing_is_lost_on_the_flagship),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
