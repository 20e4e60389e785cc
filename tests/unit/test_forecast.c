/* The forecast room: reading, learning, ranking. */
#include "casus/forecast.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/casus-forecast-XXXXXX";

static void put(const char *name, const char *text) {
    char path[512];
    casus_error err;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(casus_file_write(path, text, strlen(text), &err), CASUS_OK);
}

static int make_folder(void **state) {
    (void)state;
    if (!mkdtemp(folder)) return -1;
    put("entity2id.txt", "Kenya\t0\nPolice (Kenya)\t1\nProtester_(Kenya)\t2\n");
    put("relation2id.txt", "Arrest\t0\nRally\t1\n");
    put("valid.txt", "1\t0\t2\t48\t0\n");
    put("test.txt", "1\t0\t2\t72\t0\n");
    return 0;
}

static int drop_folder(void **state) {
    (void)state;
    const char *names[] = {"entity2id.txt", "relation2id.txt", "train.txt", "valid.txt", "test.txt"};
    char path[512];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    return rmdir(folder);
}

static void test_reads_a_folder(void **state) {
    (void)state;
    casus_dataset set;
    casus_error err;
    put("train.txt", "1\t0\t2\t0\t0\n2\t1\t0\t25\t0\r\n\n");
    assert_int_equal(casus_dataset_read(&set, folder, &err), CASUS_OK);
    assert_int_equal(set.train, 2);
    assert_int_equal(set.all.n, 4);
    assert_int_equal(set.all.at[1].day, 1);
    assert_string_equal(set.all.actor_names[1], "Police (Kenya)");
    assert_int_equal(set.all.countries, 1);
    assert_int_equal(set.all.country[0], set.all.country[1]);
    assert_int_equal(set.all.country[2], set.all.country[1]);
    assert_int_not_equal(set.all.sector[2], set.all.sector[1]);
    casus_dataset_done(&set);
}

static void test_says_what_is_wrong(void **state) {
    (void)state;
    const struct {
        const char *train, *word;
        int64_t line;
    } cases[] = {
        {"1\t0\t2\n", "fewer than four", 1},
        {"1\t0\t2\t0\n1\tx\t2\t0\n", "field 2", 2},
        {"1\t0\t3\t0\n", "field 3", 1},
        {"-1\t0\t2\t0\n", "field 1", 1},
        {"1\t2\t2\t0\n", "field 2", 1},
        {"1\t0\t2\t-24\n", "field 4", 1},
        {"1\t0\t2\t24\n1\t0\t2\t0\n", "earlier", 2},
        {"1\t0\t2\t99999999999999999\n", "too large", 1},
        {"1\t0\t2\t50\n", "begins on the day", 1},
        {"\n\n", "empty", 2},
        {"", "empty", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        casus_dataset set;
        casus_error err;
        put("train.txt", cases[i].train);
        assert_int_equal(casus_dataset_read(&set, folder, &err), CASUS_ERR_FORMAT);
        assert_non_null(strstr(err.message, cases[i].word));
        assert_int_equal(err.line, cases[i].line);
    }
}

static void test_missing_folder(void **state) {
    (void)state;
    casus_dataset set;
    casus_error err;
    assert_int_equal(casus_dataset_read(&set, "/nowhere/at/all", &err), CASUS_ERR_IO);
    casus_dataset_done(&set);
}

enum { DAYS = 60, PAIRS = 12, QUADS = DAYS * PAIRS * 2 };

/* Actor 2k threatens actor 2k + 1 on even days and attacks it the day after; noise comes from a fixed recurrence. */
static void make_quads(casus_quad *at, casus_quads *q) {
    size_t n = 0;
    uint32_t noise = 7;
    for (int32_t day = 0; day < DAYS; day++)
        for (int32_t k = 0; k < PAIRS; k++) {
            noise = noise * 1664525u + 1013904223u;
            at[n++] = (casus_quad){2 * k, day % 2, 2 * k + 1, day};
            at[n++] = (casus_quad){(int32_t)(noise >> 8) % PAIRS, 2, (int32_t)(noise >> 20) % (2 * PAIRS), day};
        }
    *q = (casus_quads){.at = at, .n = n, .actors = 2 * PAIRS, .actions = 3};
}

static void run_backtest(const casus_quads *q, unsigned threads, casus_rank *ranks, casus_score *score, size_t from) {
    casus_forecast_options o;
    casus_forecaster *f;
    casus_error err;
    casus_quads past = *q;
    casus_forecast_options_init(&o);
    o.threads = threads;
    o.trees = 20;
    past.n = from;
    assert_int_equal(casus_forecaster_learn(&f, &past, &o, &err), CASUS_OK);
    assert_int_equal(casus_backtest(f, q, from, q->n, &(casus_backtest_plan){0}, ranks, &err), CASUS_OK);
    casus_score_ranks(score, ranks, 2 * (q->n - from), -1);
    casus_forecaster_free(f);
}

static void test_learns_a_regular_world(void **state) {
    (void)state;
    static casus_quad at[QUADS];
    casus_quads q;
    casus_score score;
    make_quads(at, &q);
    size_t from = q.n - 10 * PAIRS * 2, hits = 0;
    casus_rank *ranks = calloc(2 * (q.n - from), sizeof *ranks);
    assert_non_null(ranks);
    run_backtest(&q, 1, ranks, &score, from);
    for (size_t i = 0; i < 2 * (q.n - from); i++)
        if (ranks[i].action < 2) hits += ranks[i].average == 1.0;
    assert_true(hits > 2 * (q.n - from) * 45 / 100);
    assert_true(score.mrr > 0.5 && score.mrr <= 1.0);
    assert_true(score.mrr_optimistic >= score.mrr);
    free(ranks);
}

static void test_threads_change_nothing(void **state) {
    (void)state;
    static casus_quad at[QUADS];
    casus_quads q;
    casus_score score;
    make_quads(at, &q);
    size_t from = q.n - 5 * PAIRS * 2, n = 2 * (q.n - from);
    casus_rank *one = calloc(n, sizeof *one), *three = calloc(n, sizeof *three);
    assert_non_null(one);
    assert_non_null(three);
    run_backtest(&q, 1, one, &score, from);
    run_backtest(&q, 3, three, &score, from);
    for (size_t i = 0; i < n; i++) {
        assert_true(one[i].average == three[i].average);
        assert_true(one[i].probability == three[i].probability);
    }
    free(one);
    free(three);
}

static void test_refuses_bad_arrays(void **state) {
    (void)state;
    casus_quad at[] = {{0, 0, 1, 5}, {0, 0, 1, 4}};
    casus_quads q = {.at = at, .n = 2, .actors = 2, .actions = 1};
    casus_error err;
    assert_int_equal(casus_quads_check(&q, &err), CASUS_ERR_ARG);
    at[1].day = 5;
    assert_int_equal(casus_quads_check(&q, &err), CASUS_OK);
    at[1].target = 2;
    assert_int_equal(casus_quads_check(&q, &err), CASUS_ERR_ARG);
    q.n = 0;
    assert_int_equal(casus_quads_check(&q, &err), CASUS_ERR_ARG);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_a_folder),         cmocka_unit_test(test_says_what_is_wrong),
        cmocka_unit_test(test_missing_folder),         cmocka_unit_test(test_learns_a_regular_world),
        cmocka_unit_test(test_threads_change_nothing), cmocka_unit_test(test_refuses_bad_arrays),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
