/* coder: naming the action between two marked spans, by rules and by the trained model. */
#include "casus/coder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "coder/relate.h"

static const char MODEL[] = "models/relate.casus";
static const char ROWS[] = "sentence_id\tmarked_sentence\ttype\n"
                           "a\t<s>Norway</s> condemned <t>the junta</t> for the arrests.\tACCUSE\n"
                           "b\t\"<s>Chad</s> will \"\"gladly\"\" send food to <t>Niger</t> in May.\"\tAID\r\n"
                           "c\t<t>The envoy</t> was expelled by <s>Ghana</s>.\tCOERCE\n"
                           "d\tNothing is marked here.\tREJECT\n";

typedef struct fixture {
    casus_resources *resources;
    casus_coder *coder;
    casus_arena rows, work;
    casus_marked *marked;
    size_t n;
} fixture;

static int open_all(void **state) {
    fixture *f = calloc(1, sizeof *f);
    jmp_buf trap;
    casus_resources_options options = {.data = getenv("CASUS_DATA")};
    assert_non_null(f);
    casus_arena_init(&f->rows);
    casus_arena_init(&f->work);
    CASUS_ARENA_TRY(&f->rows, &trap, return 1);
    assert_int_equal(casus_marked_read(&f->rows, "rows", casus_str_of(ROWS), "type", &f->marked, &f->n, NULL), CASUS_OK);
    casus_arena_untrap(&f->rows);
    assert_int_equal(casus_resources_open(&f->resources, &options, NULL), CASUS_OK);
    assert_int_equal(casus_coder_new(&f->coder, f->resources, NULL), CASUS_OK);
    *state = f;
    return 0;
}

static int close_all(void **state) {
    fixture *f = *state;
    casus_coder_free(f->coder);
    casus_resources_close(f->resources);
    casus_arena_done(&f->rows);
    casus_arena_done(&f->work);
    free(f);
    return 0;
}

static casus_str words(const casus_marked *m, casus_span s) { return (casus_str){m->text.at + s.begin, s.end - s.begin}; }

static void marks_are_read(void **state) {
    const fixture *f = *state;
    assert_int_equal(f->n, 4);
    assert_true(casus_str_is(f->marked[1].text, "Chad will \"gladly\" send food to Niger in May."));
    assert_true(casus_str_is(words(&f->marked[1], f->marked[1].target), "Niger"));
    assert_true(casus_str_is(f->marked[1].label, "AID"));
    assert_true(casus_str_is(words(&f->marked[2], f->marked[2].source), "Ghana"));
    assert_int_equal(f->marked[3].source.end, 0);
}

static void a_table_without_the_columns_is_refused(void **state) {
    fixture *f = *state;
    casus_marked *rows;
    size_t n;
    jmp_buf trap;
    CASUS_ARENA_TRY(&f->work, &trap, fail());
    assert_int_equal(casus_marked_read(&f->work, "rows", CASUS_STR("id\ttext\n1\t2\n"), NULL, &rows, &n, NULL), CASUS_ERR_FORMAT);
    assert_int_equal(casus_marked_read(&f->work, "rows", casus_str_of(ROWS), "colour", &rows, &n, NULL), CASUS_ERR_FORMAT);
    casus_arena_untrap(&f->work);
}

/* The rules' verdict on a sentence whose source is the first `source` in it and target the first `target`. */
static casus_plover rules_on(fixture *f, const char *text, const char *source, const char *target) {
    casus_document doc = {.id = "row", .path = "row", .text = casus_str_of(text)};
    const char *s = strstr(text, source), *t = strstr(text, target);
    casus_plover p = CASUS_NO_PLOVER;
    double confidence;
    const char *why;
    assert_true(s && t);
    casus_span from = {(uint32_t)(s - text), (uint32_t)((size_t)(s - text) + strlen(source))};
    casus_span to = {(uint32_t)(t - text), (uint32_t)((size_t)(t - text) + strlen(target))};
    casus_arena_reset(&f->work);
    assert_int_equal(casus_coder_relate(f->coder, &doc, from, to, &f->work, &p, &confidence, &why, NULL), CASUS_OK);
    return p;
}

static void a_duty_of_the_target_is_a_request(void **state) {
    assert_int_equal(rules_on(*state, "Kenya said that Burundi must open its borders.", "Kenya", "Burundi"), CASUS_REQUEST);
    assert_int_not_equal(rules_on(*state, "Kenya said that Burundi should not be attacked.", "Kenya", "Burundi"), CASUS_REQUEST);
}

static void what_was_said_to_come_is_a_promise(void **state) {
    assert_int_equal(rules_on(*state, "Kenya said it would release the prisoners of Burundi.", "Kenya", "the prisoners"), CASUS_AGREE);
}

static void a_day_is_no_partner_and_a_description_no_act(void **state) {
    assert_int_equal(rules_on(*state, "The king called the Kenyan president on Friday to explain the plan.", "The king", "the Kenyan president"),
                     CASUS_CONSULT);
    assert_int_equal(rules_on(*state, "Kenyan judges have freed a writer who was jailed for years.", "Kenyan judges", "a writer"), CASUS_RETREAT);
}

/* Type, confidence and reason of every row, one after the other. */
static void ask(fixture *f, const casus_relater *m, casus_buf *out) {
    for (size_t i = 0; i < f->n; i++) {
        const casus_marked *row = &f->marked[i];
        casus_document doc = {.id = "row", .path = "row", .text = row->text};
        casus_plover p;
        double confidence;
        const char *why;
        casus_arena_reset(&f->work);
        assert_int_equal(casus_coder_relate_by(f->coder, m, &doc, row->source, row->target, &f->work, &p, &confidence, &why, NULL), CASUS_OK);
        casus_buf_addf(out, "%s %.17g %s\n", casus_plover_name(p), confidence, why);
    }
}

static void the_model_answers_the_same_each_time_and_says_why(void **state) {
    casus_relater *m;
    casus_buf a = {0}, b = {0};
    assert_int_equal(casus_relater_open(&m, MODEL, NULL), CASUS_OK);
    ask(*state, m, &a);
    ask(*state, m, &b);
    casus_buf_add(&a, "", 1); /* a string for strstr */
    assert_true(casus_str_starts((casus_str){a.at, a.n}, "ACCUSE "));
    assert_non_null(strstr(a.at, casus_relater_version(m)));
    assert_non_null(strstr(a.at, "; rules: ACCUSE, pattern `condemn"));
    assert_memory_equal(a.at, b.at, b.n);
    casus_buf_done(&a);
    casus_buf_done(&b);
    casus_relater_close(m);
}

static void rules_do_not_change_when_a_model_is_open(void **state) {
    casus_relater *m;
    casus_buf before = {0}, with = {0}, after = {0};
    ask(*state, NULL, &before);
    assert_int_equal(casus_relater_open(&m, MODEL, NULL), CASUS_OK);
    ask(*state, m, &with);
    ask(*state, NULL, &after);
    assert_int_equal(before.n, after.n);
    assert_memory_equal(before.at, after.at, before.n);
    casus_buf_done(&before);
    casus_buf_done(&with);
    casus_buf_done(&after);
    casus_relater_close(m);
}

static casus_code open_bytes(const void *bytes, size_t n) {
    char path[] = "/tmp/casus-test-relate-XXXXXX";
    casus_relater *m = NULL;
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(casus_file_write(path, bytes, n, NULL), CASUS_OK);
    casus_code code = casus_relater_open(&m, path, NULL);
    casus_relater_close(m);
    unlink(path);
    return code;
}

static void a_damaged_model_is_refused(void **state) {
    (void)state;
    casus_map map;
    assert_int_equal(casus_map_open(&map, MODEL, NULL), CASUS_OK);
    unsigned char *copy = malloc(map.n);
    assert_non_null(copy);
    memcpy(copy, map.at, map.n);
    assert_int_equal(open_bytes(copy, map.n), CASUS_OK);
    assert_int_equal(open_bytes(copy, map.n - 1), CASUS_ERR_FORMAT);
    copy[map.n / 2] ^= 1;
    assert_int_equal(open_bytes(copy, map.n), CASUS_ERR_VERSION);
    assert_int_equal(open_bytes("casus", 5), CASUS_ERR_FORMAT);
    free(copy);
    casus_map_close(&map);
}

/* A file with a right checksum whose parts do not fit together. */
static void a_model_of_wrong_parts_is_refused(void **state) {
    (void)state;
    const char *path = "/tmp/casus-test-relate-parts";
    static const uint8_t CLASSES[] = {CASUS_AGREE, 200};
    static const uint64_t KEYS[] = {9, 3};
    static const int16_t WEIGHTS[6] = {0};
    for (uint32_t features = 0; features < 4; features++) {
        relate_head head = {features, 2, 0.01f, 0};
        casus_pack_part parts[] = {{"head", &head, sizeof head}, {"name", "x", 1}, {"class", CLASSES, 2}, {"key", KEYS, sizeof KEYS},
                                   {"weight", WEIGHTS, sizeof WEIGHTS}};
        casus_relater *m;
        assert_int_equal(casus_pack_write(path, "relate", RELATE_FORMAT, parts, 5, NULL), CASUS_OK);
        assert_int_equal(casus_relater_open(&m, path, NULL), CASUS_ERR_FORMAT);
    }
    unlink(path);
}

static void features_are_sorted_and_each_stands_once(void **state) {
    fixture *f = *state;
    relate_evidence e;
    jmp_buf trap;
    casus_document doc = {.id = "row", .path = "row", .text = f->marked[0].text};
    casus_arena_reset(&f->work);
    CASUS_ARENA_TRY(&f->work, &trap, fail());
    assert_int_equal(relate_gather(f->coder, &doc, f->marked[0].source, f->marked[0].target, &f->work, &e, NULL), CASUS_OK);
    relate_features all = relate_describe(&e, &f->work);
    bool verb = false;
    for (size_t i = 0; i < all.n; i++) {
        assert_true(!i || all.items[i - 1].key < all.items[i].key);
        assert_non_null(strchr(RELATE_FAMILIES, all.items[i].family));
        verb = verb || strcmp(all.items[i].name, "verb-of-source:condemn") == 0;
    }
    assert_true(verb);
    casus_arena_untrap(&f->work);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_read),
        cmocka_unit_test(a_table_without_the_columns_is_refused),
        cmocka_unit_test(a_duty_of_the_target_is_a_request),
        cmocka_unit_test(what_was_said_to_come_is_a_promise),
        cmocka_unit_test(a_day_is_no_partner_and_a_description_no_act),
        cmocka_unit_test(the_model_answers_the_same_each_time_and_says_why),
        cmocka_unit_test(rules_do_not_change_when_a_model_is_open),
        cmocka_unit_test(a_damaged_model_is_refused),
        cmocka_unit_test(a_model_of_wrong_parts_is_refused),
        cmocka_unit_test(features_are_sorted_and_each_stands_once),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
