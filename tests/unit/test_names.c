/* names of actors: what counts as the same word, and when a family name means its bearer. */
#include "casus/lexicon.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const actors = "RUR\n"
                                  "  name: Ruritania\n"
                                  "  type: state\n"
                                  "  leader: Osric Vane, president [2001-01-01..2005-01-01]; Osric Vane, president [2011-01-01..]\n"
                                  "  leader: Tarik al-Marun, foreign minister [2003..2004]\n";

static casus_lexicon *small_lexicon(void) {
    char folder[] = "/tmp/casus-names-XXXXXX", path[80], packed[80];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/actors", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/actors/one.txt", folder);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(actors, f);
    fclose(f);
    snprintf(packed, sizeof packed, "%s/lexicon.casus", folder);
    const char *const folders[] = {folder};
    casus_error err = {0};
    casus_lexicon *lex = NULL;
    if (casus_lexicon_compile(folders, 1, packed, NULL, &err)) fail_msg("%s", err.message);
    if (casus_lexicon_open(&lex, packed, &err)) fail_msg("%s", err.message);
    unlink(path);
    unlink(packed);
    snprintf(path, sizeof path, "%s/actors", folder);
    rmdir(path);
    rmdir(folder);
    return lex;
}

static size_t holding(const casus_lexicon *lex, const char *name, int32_t day) {
    size_t n = 0, holds = 0;
    const casus_name *names = casus_lexicon_names(lex, casus_key(casus_str_of(name), false), &n);
    for (size_t i = 0; i < n; i++) holds += names[i].begin <= day && day < names[i].end;
    return holds;
}

static void same_word(const char *a, const char *b) {
    assert_true(casus_key(casus_str_of(a), false) == casus_key(casus_str_of(b), false));
}

static void test_letters_that_do_not_decompose(void **state) {
    (void)state;
    same_word("Yıldırım", "Yildirim");
    same_word("Støre", "Store");
    same_word("Łukasz Đurić", "Lukasz Duric");
    same_word("Nukuʻalofa", "Nuku'alofa");
    assert_true(casus_key(casus_str_of("Polish"), false) != casus_key(casus_str_of("polish"), false));
}

static void test_second_term(void **state) {
    (void)state;
    casus_lexicon *lex = small_lexicon();
    assert_int_equal(holding(lex, "Vane", casus_day_of(2002, 6, 1)), 1);
    assert_int_equal(holding(lex, "Vane", casus_day_of(2008, 6, 1)), 0);
    assert_int_equal(holding(lex, "Vane", casus_day_of(2020, 6, 1)), 1);
    assert_int_equal(holding(lex, "Osric Vane", casus_day_of(2008, 6, 1)), 1);
    casus_lexicon_close(lex);
}

static void test_article_of_a_family_name(void **state) {
    (void)state;
    casus_lexicon *lex = small_lexicon();
    assert_int_equal(holding(lex, "Marun", casus_day_of(2003, 6, 1)), 1);
    assert_int_equal(holding(lex, "al-Marun", casus_day_of(2003, 6, 1)), 1);
    assert_int_equal(holding(lex, "Marun", casus_day_of(2010, 6, 1)), 0);
    casus_lexicon_close(lex);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letters_that_do_not_decompose),
        cmocka_unit_test(test_second_term),
        cmocka_unit_test(test_article_of_a_family_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
