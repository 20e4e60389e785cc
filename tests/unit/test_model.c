/* text: the model file and the parser. */
#include "casus/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "text/parser.h"

static const char *const PATHS[] = {"models/english.casus", "models/english-fast.casus"};
static const char TEXT[] =
    "The rebels' envoy didn't sign the truce that Norway had brokered. In May 2019, she told reporters: \"We can't "
    "accept it.\"\n\n"
    "MINISTER QUITS AFTER PROTESTS IN THE CAPITAL\n\n"
    "Shelling killed 12 people in the harbour town, according to two aid workers who asked not to be named";

static void parse_all(const char *path, const text_kernels *kernels, casus_buf *out) {
    casus_model *m;
    casus_parser *p;
    casus_arena arena;
    casus_sentences s;
    casus_document doc = {.text = CASUS_STR(TEXT)};
    casus_arena_init(&arena);
    assert_int_equal(casus_model_open(&m, path, NULL), CASUS_OK);
    assert_int_equal(casus_parser_new(&p, m, NULL), CASUS_OK);
    if (kernels) text_parser_use(p, kernels);
    assert_int_equal(casus_text_split(&doc, &arena, &s, NULL), CASUS_OK);
    for (size_t i = 0; i < s.n; i++) {
        assert_int_equal(casus_parser_parse(p, &arena, &s.items[i], NULL), CASUS_OK);
        casus_conllu_write(out, &s.items[i], doc.text, NULL);
        for (uint32_t k = 0; k < s.items[i].n; k++) casus_buf_add(out, (const char *)&s.items[i].tokens[k].margin, 1);
    }
    casus_parser_free(p);
    casus_model_close(m);
    casus_arena_done(&arena);
}

static void plain_and_vector_arithmetic_agree(void **state) {
    (void)state;
    for (int i = 0; i < 2; i++) {
        casus_buf a = {0}, b = {0};
        parse_all(PATHS[i], text_kernels_plain(), &a);
        parse_all(PATHS[i], NULL, &b);
        assert_int_equal(a.n, b.n);
        assert_memory_equal(a.at, b.at, a.n);
        casus_buf_done(&a);
        casus_buf_done(&b);
    }
}

typedef struct crowd {
    casus_buf out[6];
} crowd;

static void one_of_crowd(void *ctx, size_t i, unsigned thread) {
    (void)thread;
    parse_all(PATHS[0], NULL, &((crowd *)ctx)->out[i]);
}

static void threads_do_not_matter(void **state) {
    (void)state;
    crowd c = {0};
    casus_parallel(6, 3, one_of_crowd, &c);
    for (int i = 1; i < 6; i++) {
        assert_int_equal(c.out[i].n, c.out[0].n);
        assert_memory_equal(c.out[i].at, c.out[0].at, c.out[0].n);
        casus_buf_done(&c.out[i]);
    }
    casus_buf_done(&c.out[0]);
}

/* Sums that overflow wrap the same way, and results are clamped the same way. */
static void kernels_agree_at_the_limits(void **state) {
    (void)state;
    enum { N = 7, IN = 64, OUT = 32 };
    static int16_t x[N * IN], w[IN * OUT], a[N * OUT], b[N * OUT];
    static int32_t bias[OUT], sa[OUT], sb[OUT];
    const text_kernels *plain = text_kernels_plain(), *best = text_kernels_best();
    uint32_t seed = 5;
    for (int round = 0; round < 50; round++) {
        for (size_t i = 0; i < N * IN; i++)
            seed = seed * 1664525u + 1013904223u,
            x[i] = (int16_t)(round % 2 ? (int)(seed >> 16) - 32768 : TEXT_ACT_MAX);
        for (size_t i = 0; i < IN * OUT; i++)
            seed = seed * 1664525u + 1013904223u, w[i] = (int16_t)(round % 3 ? (int)(seed >> 16) - 32768 : 32767);
        for (size_t i = 0; i < OUT; i++) bias[i] = (int32_t)(seed * (i + 1));
        text_weights weights = {w, bias, IN, OUT, (uint32_t)(round % 20)};
        text_rows rows = {x, N, IN, 1, 0};
        plain->matmul(&rows, &weights, TEXT_ACT_MAX, round % 5 == 0, a, OUT);
        best->matmul(&rows, &weights, TEXT_ACT_MAX, round % 5 == 0, b, OUT);
        assert_memory_equal(a, b, sizeof a);
        plain->scores(x, &weights, sa);
        best->scores(x, &weights, sb);
        assert_memory_equal(sa, sb, sizeof sa);
    }
}

static void check_tree(const casus_sentence *s) {
    uint32_t roots = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        uint32_t at = i + 1, steps = 0;
        roots += s->tokens[i].head == 0;
        assert_int_equal(s->tokens[i].head == 0, s->tokens[i].deprel == CASUS_ROOT);
        for (; at && steps <= s->n; steps++) at = s->tokens[at - 1].head;
        assert_int_equal(at, 0);
    }
    assert_int_equal(roots, 1);
}

static void every_length_makes_a_tree(void **state) {
    (void)state;
    static const char *const WORDS[] = {"the", "army",  "left", ",", "and", "Moscow", "said",
                                        "(",   "1,200", ")",    ".", "…",   "not"};
    for (int i = 0; i < 2; i++) {
        casus_model *m;
        casus_parser *p;
        casus_arena arena;
        casus_arena_init(&arena);
        assert_int_equal(casus_model_open(&m, PATHS[i], NULL), CASUS_OK);
        assert_int_equal(casus_parser_new(&p, m, NULL), CASUS_OK);
        for (uint32_t n = 1; n <= CASUS_SENTENCE_MAX; n += n < 20 ? 1 : 96) {
            casus_sentence s = {.tokens = CASUS_NEW_ARRAY(&arena, casus_token, n), .n = n};
            for (uint32_t k = 0; k < n; k++) s.tokens[k].form = casus_str_of(WORDS[k * 7 % 13]);
            assert_int_equal(casus_parser_parse(p, &arena, &s, NULL), CASUS_OK);
            assert_true(s.parsed);
            check_tree(&s);
        }
        casus_sentence none = {.n = 0}, many = {.n = CASUS_SENTENCE_MAX + 1};
        assert_int_equal(casus_parser_parse(p, &arena, &none, NULL), CASUS_OK);
        assert_int_equal(casus_parser_parse(p, &arena, &many, NULL), CASUS_ERR_LIMIT);
        casus_parser_free(p);
        casus_model_close(m);
        casus_arena_done(&arena);
    }
}

static const casus_token *find(const casus_sentence *s, const char *form) {
    for (uint32_t i = 0; i < s->n; i++)
        if (casus_str_is(s->tokens[i].form, form)) return &s->tokens[i];
    return NULL;
}

static void a_plain_sentence_is_understood(void **state) {
    (void)state;
    for (int i = 0; i < 2; i++) {
        casus_model *m;
        casus_parser *p;
        casus_arena arena;
        casus_sentences s;
        casus_document doc = {.text = CASUS_STR("The president visited two cities in Kenya.")};
        casus_arena_init(&arena);
        assert_int_equal(casus_model_open(&m, PATHS[i], NULL), CASUS_OK);
        assert_int_equal(casus_parser_new(&p, m, NULL), CASUS_OK);
        assert_int_equal(casus_text_split(&doc, &arena, &s, NULL), CASUS_OK);
        assert_int_equal(casus_parser_parse(p, &arena, &s.items[0], NULL), CASUS_OK);
        const casus_token *verb = find(&s.items[0], "visited"), *who = find(&s.items[0], "president"),
                          *what = find(&s.items[0], "cities");
        assert_true(verb->upos == CASUS_VERB && verb->head == 0 && casus_str_is(verb->lemma, "visit"));
        assert_true(who->deprel == CASUS_NSUBJ && what->deprel == CASUS_OBJ && casus_str_is(what->lemma, "city"));
        assert_string_equal(casus_xpos_name(verb->xpos), "VBD");
        casus_parser_free(p);
        casus_model_close(m);
        casus_arena_done(&arena);
    }
}

static void damaged_files_are_refused(void **state) {
    (void)state;
    casus_map map;
    casus_model *m = NULL;
    casus_error err;
    char path[] = "/tmp/casus-test-model-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(casus_map_open(&map, PATHS[1], NULL), CASUS_OK);
    casus_buf copy = {0};
    casus_buf_add(&copy, (const char *)map.at, map.n);
    assert_int_equal(casus_file_write(path, copy.at, copy.n / 2, NULL), CASUS_OK);
    assert_int_equal(casus_model_open(&m, path, &err), CASUS_ERR_FORMAT);
    copy.at[copy.n / 2] ^= 1;
    assert_int_equal(casus_file_write(path, copy.at, copy.n, NULL), CASUS_OK);
    assert_int_equal(casus_model_open(&m, path, &err), CASUS_ERR_VERSION);
    assert_non_null(strstr(err.message, "checksum"));
    assert_int_equal(casus_file_write(path, "hello", 5, NULL), CASUS_OK);
    assert_int_equal(casus_model_open(&m, path, &err), CASUS_ERR_FORMAT);
    assert_int_equal(casus_pack_write(path, "model", TEXT_MODEL_FORMAT, NULL, 0, NULL), CASUS_OK);
    assert_int_equal(casus_model_open(&m, path, &err), CASUS_ERR_FORMAT);
    assert_non_null(strstr(err.message, "shape"));
    unlink(path);
    assert_int_equal(casus_model_open(&m, path, &err), CASUS_ERR_IO);
    assert_null(m);
    casus_buf_done(&copy);
    casus_map_close(&map);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_and_vector_arithmetic_agree),
        cmocka_unit_test(every_length_makes_a_tree),
        cmocka_unit_test(threads_do_not_matter),
        cmocka_unit_test(kernels_agree_at_the_limits),
        cmocka_unit_test(a_plain_sentence_is_understood),
        cmocka_unit_test(damaged_files_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
