/* PETRARCH dictionaries: what is read, what is refused and where, and what sentences come to with them. */
#include "casus/coder.h"
#include "casus/lexicon.h"
#include "casus/petrarch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const folder = "tests/data/petrarch";

static casus_petrarch *open_small(casus_buf *problems) {
    casus_petrarch *p = NULL;
    casus_error err;
    if (casus_petrarch_open(&p, folder, problems, &err)) fail_msg("%s: %s", err.file, err.message);
    return p;
}

static size_t cut(const char *text, casus_str *word, size_t max) {
    casus_str rest = casus_str_of(text);
    size_t n = 0;
    while (n < max && casus_str_cut(&rest, ' ', &word[n])) n++;
    return n;
}

static const char *actor(const casus_petrarch *p, const char *text, int32_t day, size_t *used) {
    casus_str word[16];
    return casus_petrarch_actor(p, word, cut(text, word, 16), day, used);
}

static void test_counts(void **state) {
    (void)state;
    casus_petrarch *p = open_small(NULL);
    casus_petrarch_counts c = casus_petrarch_count(p);
    assert_int_equal(c.agents, 7);
    assert_int_equal(c.verbs, 8);
    assert_int_equal(c.patterns, 5);
    assert_int_equal(c.discards, 2);
    assert_true(casus_petrarch_hash(p) != 0);
    casus_petrarch_close(p);
}

static void test_names(void **state) {
    (void)state;
    size_t used = 0;
    casus_petrarch *p = open_small(NULL);
    assert_string_equal(actor(p, "Strelsau fell", INT32_MIN, &used), "RUR");
    assert_int_equal(used, 1);
    assert_string_equal(actor(p, "League of Small States met", INT32_MIN, &used), "IGOLSS");
    assert_int_equal(used, 4);
    assert_string_equal(actor(p, "al - Zenda Front", INT32_MIN, &used), "RURREBZEN");
    assert_int_equal(used, 4);
    assert_null(actor(p, "League of States", INT32_MIN, &used));
    assert_string_equal(actor(p, "the Twins", INT32_MIN, &used), "HEN/RUP");
    casus_petrarch_close(p);
}

static void test_dates(void **state) {
    (void)state;
    size_t used;
    casus_petrarch *p = open_small(NULL);
    assert_string_equal(actor(p, "Osric Vane", casus_day_of(2000, 12, 31), &used), "RURELI");
    assert_string_equal(actor(p, "the Fox", casus_day_of(2001, 1, 1), &used), "RURGOV");
    assert_string_equal(actor(p, "the Fox", casus_day_of(2004, 12, 31), &used), "RURGOV");
    assert_string_equal(actor(p, "Osric Vane", casus_day_of(2005, 1, 1), &used), "RUROPP");
    assert_string_equal(actor(p, "Black Michael", casus_day_of(1998, 6, 1), &used), "RURREB");
    assert_string_equal(actor(p, "Black Michael", casus_day_of(1999, 1, 1), &used), "RUR");
    assert_string_equal(actor(p, "Black Michael", INT32_MIN, &used), "RUR");
    casus_petrarch_close(p);
}

static const char *agent(const casus_petrarch *p, const char *text) {
    casus_str word[16];
    size_t used;
    const casus_petrarch_agent *g = casus_petrarch_agent_at(p, word, cut(text, word, 16), &used);
    return g ? g->code : NULL;
}

static void test_agents(void **state) {
    (void)state;
    casus_petrarch *p = open_small(NULL);
    assert_string_equal(agent(p, "foreign ministers"), "GOVFRM");
    assert_string_equal(agent(p, "armies"), "MIL");
    assert_null(agent(p, "polices"));
    assert_string_equal(agent(p, "golden geese"), "GGS");
    assert_null(agent(p, "golden gooses"));
    assert_string_equal(agent(p, "aid charities"), "NGO");
    casus_petrarch_close(p);
}

static void test_verbs(void **state) {
    (void)state;
    casus_petrarch *p = open_small(NULL);
    const casus_petrarch_verb *v = casus_petrarch_verb_at(p, CASUS_STR("Restoring"), 0);
    assert_non_null(v);
    assert_string_equal(v->event.forward, "065");
    assert_int_equal(v->n_patterns, 2);
    const casus_petrarch_pattern *second = casus_petrarch_patterns(p, v) + 1;
    assert_int_equal(second->n_before, 2);
    size_t n;
    assert_int_equal(*casus_petrarch_phrase(p, casus_petrarch_elements(p, second->before)->set, 0, &n),
                     casus_lemma_hash(CASUS_STR("not")));
    uint32_t links = casus_petrarch_elements(p, second->after)->set;
    assert_non_null(casus_petrarch_phrase(p, links, 2, &n)); /* the set inside it gives two */
    assert_null(casus_petrarch_phrase(p, links, 3, &n));
    assert_int_equal(casus_petrarch_verb_at(p, CASUS_STR("broke"), 0)->n_after, 1);
    assert_null(casus_petrarch_verb_at(p, CASUS_STR("broke"), 1)->event.forward);
    assert_null(casus_petrarch_verb_at(p, CASUS_STR("rebuilded"), 0));
    casus_petrarch_close(p);
}

static void test_problems(void **state) {
    (void)state;
    casus_buf problems = {0};
    casus_petrarch *p = open_small(&problems);
    casus_buf_add(&problems, "", 1);
    assert_int_equal(casus_petrarch_count(p).problems, 5);
    const char *const lines[] = {"broken.actors.txt:1: \"+NOBODY\" before any actor",
                                 "broken.actors.txt:3: not a period", "broken.actors.txt:4: cannot read",
                                 "broken.actors.txt:5: not a period", "broken.actors.txt:6: an actor without a code"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) assert_non_null(strstr(problems.at, lines[i]));
    size_t used;
    assert_string_equal(actor(p, "Zenda", casus_day_of(1990, 1, 1), &used),
                        "ZEN"); /* what is right beside it is kept */
    casus_buf_done(&problems);
    casus_petrarch_close(p);
}

static void test_bad_verbs(void **state) {
    (void)state;
    static const char text[] =
        "--- GO [010] ---\nGO\n- * &NOWHERE [011]\n- HOME [012]\n- * * [013]\n- * HOME\n- * HOME [014]\n\xff\n";
    casus_buf problems = {0};
    casus_petrarch *p = NULL;
    assert_int_equal(casus_petrarch_read(&p, "x.verbs", (casus_str){text, sizeof text - 1}, &problems, NULL), CASUS_OK);
    assert_int_equal(casus_petrarch_count(p).patterns, 1);
    casus_buf_add(&problems, "", 1);
    for (int line = 3; line <= 6; line++) {
        char where[32];
        snprintf(where, sizeof where, "x.verbs:%d: ", line);
        assert_non_null(strstr(problems.at, where));
    }
    assert_non_null(strstr(problems.at, "x.verbs:8: not UTF-8"));
    casus_buf_done(&problems);
    casus_petrarch_close(p);
}

static void test_no_dictionary(void **state) {
    (void)state;
    casus_petrarch *p = NULL;
    casus_error err;
    assert_int_equal(casus_petrarch_open(&p, "tests/unit", NULL, &err), CASUS_ERR_NOTFOUND);
    assert_int_equal(casus_petrarch_open(&p, "tests/nowhere", NULL, &err), CASUS_ERR_IO);
    assert_int_equal(casus_petrarch_read(&p, "x.txt", CASUS_STR("A [B]"), NULL, &err), CASUS_ERR_ARG);
    assert_null(p);
}

static void test_discards(void **state) {
    (void)state;
    bool story = false;
    casus_petrarch *p = open_small(NULL);
    casus_str word[4];
    size_t n = cut("chess tournament in", word, 4);
    assert_true(casus_petrarch_discarded(p, word, n, &story));
    assert_false(story);
    assert_false(casus_petrarch_discarded(p, word + 1, n - 1, &story));
    n = cut("Regatta", word, 4);
    assert_true(casus_petrarch_discarded(p, word, n, &story) && story);
    casus_petrarch_close(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts),    cmocka_unit_test(test_names),         cmocka_unit_test(test_dates),
        cmocka_unit_test(test_agents),    cmocka_unit_test(test_verbs),         cmocka_unit_test(test_problems),
        cmocka_unit_test(test_bad_verbs), cmocka_unit_test(test_no_dictionary), cmocka_unit_test(test_discards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
