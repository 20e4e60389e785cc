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
    const text_kernels *const all[] = {text_kernels_128(), text_kernels_avx2()};
    for (int i = 0; i < 2; i++) {
        casus_buf a = {0}, b = {0};
        parse_all(PATHS[i], text_kernels_plain(), &a);
        for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
            if (!all[k]) continue;
            casus_buf_clear(&b);
            parse_all(PATHS[i], all[k], &b);
            assert_int_equal(a.n, b.n);
            assert_memory_equal(a.at, b.at, a.n);
        }
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

/* Values of any size, the largest and the smallest among them. */
static void scatter(int16_t *at, size_t n, int round, uint32_t *seed) {
    for (size_t i = 0; i < n; i++) {
        *seed = *seed * 1664525u + 1013904223u;
        at[i] = (int16_t)(round % 3 == 0 ? (*seed >> 31 ? 32767 : -32768) : (int)(*seed >> 16) - 32768);
    }
}

static void clamp_all(int16_t *at, size_t n) {
    for (size_t i = 0; i < n; i++) at[i] = (int16_t)(at[i] % (TEXT_ACT_MAX + 1));
}

/* Sums that overflow wrap the same way, and results are clamped the same way. */
static void agree(const text_kernels *plain, const text_kernels *other) {
    enum { N = 7, IN = 64, OUT = 32 };
    static int16_t x[N * IN], w[IN * OUT], a[N * OUT], b[N * OUT];
    static int32_t bias[OUT], sa[OUT], sb[OUT];
    uint32_t seed = 5;
    for (int round = 0; round < 60; round++) {
        scatter(x, N * IN, round + 1, &seed);
        scatter(w, IN * OUT, round, &seed);
        for (size_t i = 0; i < OUT; i++) bias[i] = (int32_t)(seed * (i + 1));
        text_weights weights = {w, round % 4 ? bias : NULL, IN, OUT, (uint32_t)(round % 20)};
        text_rows rows = {x, (size_t)(round % N) + 1, IN, 1, 0};
        plain->matmul(&rows, &weights, TEXT_ACT_MAX, round % 5 == 0, a, OUT);
        other->matmul(&rows, &weights, TEXT_ACT_MAX, round % 5 == 0, b, OUT);
        assert_memory_equal(a, b, rows.n * OUT * sizeof *a);
        plain->scores(x, &weights, sa);
        other->scores(x, &weights, sb);
        assert_memory_equal(sa, sb, sizeof sa);
    }
}

static void agree_on_the_rest(const text_kernels *plain, const text_kernels *other) {
    enum { N = 5, DIM = 64, ROWS = 3 };
    static int16_t y[N * 2 * DIM], a[N * DIM], b[N * DIM], more[ROWS][DIM];
    static int8_t bytes[DIM];
    const int16_t *const rows[ROWS] = {more[0], more[1], more[2]};
    uint32_t seed = 9;
    for (int round = 0; round < 60; round++) {
        scatter(y, N * 2 * DIM, round, &seed);
        for (int r = 0; r < ROWS; r++) scatter(more[r], DIM, round + r, &seed);
        for (size_t i = 0; i < DIM; i++) bytes[i] = (int8_t)(y[i] >> 8);
        plain->add(y, more[0], DIM, a), other->add(y, more[0], DIM, b);
        assert_memory_equal(a, b, DIM * sizeof *a);
        plain->hidden(y, rows, ROWS, DIM, a), other->hidden(y, rows, ROWS, DIM, b);
        assert_memory_equal(a, b, DIM * sizeof *a);
        memcpy(a, more[1], sizeof more[1]), memcpy(b, more[1], sizeof more[1]);
        plain->add_row8(a, bytes, (int16_t)(round * 4), DIM), other->add_row8(b, bytes, (int16_t)(round * 4), DIM);
        assert_memory_equal(a, b, DIM * sizeof *a);
        clamp_all(y, N * 2 * DIM);
        plain->scan(y, N, DIM, a), other->scan(y, N, DIM, b);
        assert_memory_equal(a, b, sizeof a);
    }
}

static void kernels_agree_at_the_limits(void **state) {
    (void)state;
    const text_kernels *const all[] = {text_kernels_128(), text_kernels_avx2()};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        if (!all[k]) continue;
        agree(text_kernels_plain(), all[k]);
        agree_on_the_rest(text_kernels_plain(), all[k]);
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
