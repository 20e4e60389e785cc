/* text: reading and writing CoNLL-U. */
#include "casus/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define ROW(id, form, lemma, upos, xpos, head, rel, misc)                                                              \
    id "\t" form "\t" lemma "\t" upos "\t" xpos "\t_\t" head "\t" rel "\t_\t" misc "\n"

static const char SAMPLE[] =
    "# sent_id = a\n# text = They don't vote.\n" ROW("1", "They", "they", "PRON", "PRP", "4", "nsubj", "_")
        ROW("2-3", "don't", "_", "_", "_", "_", "_", "_") ROW("2", "do", "do", "AUX", "VBP", "4", "aux", "_")
            ROW("3", "n't", "not", "PART", "RB", "4", "advmod", "_")
                ROW("4", "vote", "vote", "VERB", "VB", "0", "root", "SpaceAfter=No")
                    ROW("5", ".", ".", "PUNCT", ".", "4", "punct",
                        "_") "\n"
                             "# newpar\n# sent_id = b\n# text = Why?\n" ROW("1", "Why", "why", "ADV", "WRB", "0",
                                                                            "root", "SpaceAfter=No")
                                 ROW("2", "?", "?", "PUNCT", ".", "1", "punct", "_") "\n";

static casus_code read(casus_arena *a, const char *bytes, casus_str *text, casus_sentences *s, casus_error *err) {
    return casus_conllu_read(casus_str_of(bytes), "x.conllu", a, text, s, err);
}

static void what_is_read_is_written_again(void **state) {
    (void)state;
    casus_arena a;
    casus_str text;
    casus_sentences s;
    casus_arena_init(&a);
    assert_int_equal(read(&a, SAMPLE, &text, &s, NULL), CASUS_OK);
    assert_int_equal(s.n, 2);
    assert_true(casus_str_starts(text, "They don't vote.\nWhy?"));
    assert_int_equal(s.items[0].n, 5);
    assert_int_equal(s.items[1].paragraph, 1);
    assert_int_equal(s.items[0].tokens[1].flags, CASUS_TOKEN_MWT_FIRST);
    assert_int_equal(s.items[0].tokens[2].flags, CASUS_TOKEN_MWT_REST | CASUS_TOKEN_SPACE_AFTER);
    casus_buf out = {0};
    casus_conllu_write(&out, &s.items[0], text, "a");
    casus_buf_adds(&out, "# newpar\n");
    casus_conllu_write(&out, &s.items[1], text, "b");
    casus_buf_add(&out, "", 1);
    assert_string_equal(out.at, SAMPLE);
    casus_buf_done(&out);
    casus_arena_done(&a);
}

static void faults_are_named_with_their_line(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        int64_t line;
    } BAD[] = {
        {"1\ta\tb\n", 1},
        {"\n" ROW("2", "a", "a", "X", "FW", "0", "root", "_"), 2},
        {ROW("1", "a", "a", "X", "FW", "7", "dep", "_") "\n", 2},
        {ROW("1", "a", "a", "X", "FW", "-1", "dep", "_"), 1},
        {ROW("1-9", "a", "_", "_", "_", "_", "_", "_") "\n", 2},
        {ROW("3-1", "a", "_", "_", "_", "_", "_", "_"), 1},
        {ROW("1", "", "_", "_", "_", "_", "_", "_"), 1},
    };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        casus_arena a;
        casus_str text;
        casus_sentences s;
        casus_error err = {0};
        casus_arena_init(&a);
        assert_int_equal(read(&a, BAD[i].bytes, &text, &s, &err), CASUS_ERR_FORMAT);
        assert_int_equal(err.line, BAD[i].line);
        casus_arena_done(&a);
    }
}

static void any_bytes_are_survived(void **state) {
    (void)state;
    uint32_t seed = 3;
    for (int round = 0; round < 2000; round++) {
        char bytes[sizeof SAMPLE];
        memcpy(bytes, SAMPLE, sizeof bytes);
        for (int k = 0; k < 1 + round % 5; k++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[(seed >> 8) % (sizeof bytes - 1)] = "\t\n-.0129_a\r#"[(seed >> 28) % 12];
        }
        casus_arena a;
        casus_str text = {0};
        casus_sentences s = {0};
        casus_arena_init(&a);
        casus_code code = read(&a, bytes, &text, &s, NULL);
        assert_true(code == CASUS_OK || code == CASUS_ERR_FORMAT);
        for (size_t i = 0; !code && i < s.n; i++) assert_true(s.items[i].end <= text.n);
        casus_arena_done(&a);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read_is_written_again),
        cmocka_unit_test(faults_are_named_with_their_line),
        cmocka_unit_test(any_bytes_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
