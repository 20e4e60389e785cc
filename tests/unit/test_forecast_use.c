/* Using what was learned: the rules file, forecasts, explanations, what-if, simulation. */
#include "forecast/sim.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { DAYS = 120, PAIRS = 10, ACTORS = 2 * PAIRS + 1, NOVICE = 2 * PAIRS, QUADS = DAYS * PAIRS * 2 };
enum { THREATEN, ATTACK, MEET };

static const char *const actions[] = {"Threaten", "Attack_with_force", "Meet"};
static casus_quad at[QUADS];
static int32_t country[ACTORS], sector[ACTORS];
static casus_quads q;
static casus_forecaster *f;

static uint32_t noise = 11;
static int32_t draw(int32_t below) {
    noise = noise * 1664525u + 1013904223u;
    return (int32_t)(noise >> 9) % below;
}

/* Now and then actor 2k threatens 2k + 1, and attacks it the day after; meetings are noise. */
static void make_world(void) {
    bool threatened[PAIRS] = {false};
    size_t n = 0;
    for (int32_t day = 0; day < DAYS; day++)
        for (int32_t k = 0; k < PAIRS; k++) {
            if (threatened[k]) at[n++] = (casus_quad){2 * k, ATTACK, 2 * k + 1, day};
            threatened[k] = !threatened[k] && draw(4) == 0;
            if (threatened[k]) at[n++] = (casus_quad){2 * k, THREATEN, 2 * k + 1, day};
            else at[n++] = (casus_quad){draw(2 * PAIRS), MEET, draw(2 * PAIRS), day};
        }
    for (int32_t a = 0; a < ACTORS; a++) {
        country[a] = a / 2 % PAIRS;
        sector[a] = a % 2;
    }
    q = (casus_quads){.at = at, .n = n, .actors = ACTORS, .actions = 3, .action_names = actions, .country = country,
                      .sector = sector, .countries = PAIRS, .sectors = 2};
}

static int learn_world(void **state) {
    (void)state;
    casus_forecast_options o;
    casus_error err;
    casus_quads past;
    make_world();
    past = q;
    while (past.at[past.n - 1].day >= DAYS - 30) past.n--;
    casus_forecast_options_init(&o);
    o.trees = 40;
    if (casus_forecaster_learn(&f, &past, &o, &err)) return -1;
    return casus_forecaster_calibrate(f, &q, past.n, q.n, false, &err) ? -1 : 0;
}

static int drop_world(void **state) {
    (void)state;
    casus_forecaster_free(f);
    return 0;
}

static size_t forecast(casus_forecaster *from, int32_t source, int32_t action, int32_t target, casus_forecast_line *lines,
                       size_t top) {
    casus_forecast_ask ask = {source, action, target, 3, top};
    casus_error err;
    size_t n = 0;
    assert_int_equal(casus_forecast(from, &ask, lines, &n, &err), CASUS_OK);
    return n;
}

static void test_forecast_lines(void **state) {
    (void)state;
    casus_forecast_line lines[20];
    size_t n = forecast(f, 4, ATTACK, -1, lines, 20);
    assert_true(n > 0);
    assert_int_equal(lines[0].target, 5);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(lines[i].source, 4);
        assert_true(lines[i].probability >= 0 && lines[i].probability <= 1);
        if (i) assert_true(lines[i].probability <= lines[i - 1].probability);
    }
    n = forecast(f, -1, ATTACK, 5, lines, 20);
    assert_true(n > 0);
    assert_int_equal(lines[0].source, 4);
    assert_int_equal(lines[0].target, 5);
}

static void test_unknown_actor_falls_back(void **state) {
    (void)state;
    casus_forecast_line lines[5];
    size_t n = forecast(f, NOVICE, ATTACK, -1, lines, 5);
    assert_true(n > 0);
    assert_int_equal(lines[0].target, 1); /* whom its country attacks */
}

static void test_rules_read_as_sentences(void **state) {
    (void)state;
    casus_arena arena;
    casus_buf text = {0};
    size_t n = 0;
    casus_arena_init(&arena);
    casus_rule *rules = casus_rules_list(f, ATTACK, THREATEN, 20, &arena, &n);
    assert_non_null(rules);
    assert_true(n > 0);
    assert_int_equal(rules[0].from, 1);
    assert_int_equal(rules[0].hits, rules[0].cases);
    casus_rule_sentence(f, &rules[0], &text);
    casus_buf_add(&text, "", 1);
    assert_non_null(strstr(text.at, "If X did \"Threaten\" to Y 1 day ago, X does \"Attack with force\" to Y: 100 % of "));
    casus_buf_done(&text);
    casus_arena_done(&arena);
}

static void test_explanation_is_true(void **state) {
    (void)state;
    casus_forecast_line line;
    casus_explanation why;
    casus_error err;
    size_t reasons = 0;
    for (int32_t k = 0; k < PAIRS; k++) {
        assert_int_equal(forecast(f, 2 * k, ATTACK, 2 * k + 1, &line, 1), 1);
        assert_int_equal(casus_explain(f, &line, 3, &why, &err), CASUS_OK);
        assert_true(why.n_rules > 0);
        assert_true(why.n_weights > 0);
        reasons += why.n_events;
        for (size_t i = 0; i < why.n_events; i++) {
            casus_change changes[60];
            casus_forecast_ask ask = {2 * k, ATTACK, 2 * k + 1, 3, 60};
            size_t n = 0;
            assert_true(why.events[i].without < line.probability);
            assert_int_equal(casus_what_if(f, why.events[i].event, true, &ask, changes, &n, &err), CASUS_OK);
            assert_int_equal(n, 1);
            assert_true(changes[0].line.probability == why.events[i].without);
        }
    }
    assert_true(reasons >= PAIRS);
}

static void test_what_if(void **state) {
    (void)state;
    casus_change changes[10];
    casus_error err;
    size_t n = 0, raised = 0;
    for (int32_t k = 0; k < PAIRS; k++) {
        casus_forecast_ask ask = {2 * k, ATTACK, 2 * k + 1, 3, 10};
        casus_quad threat = {2 * k, THREATEN, 2 * k + 1, DAYS - 1};
        assert_int_equal(casus_what_if(f, threat, false, &ask, changes, &n, &err), CASUS_OK);
        assert_int_equal(n, 1);
        assert_int_equal(changes[0].rule.body, THREATEN);
        assert_int_equal(changes[0].rule.head, ATTACK);
        assert_true(changes[0].rule.cases > 0);
        raised += changes[0].line.probability > changes[0].before;
    }
    assert_true(raised > PAIRS / 2); /* a threat makes an attack more likely */
    casus_forecast_ask ask = {-1, -1, -1, 3, 10};
    casus_quad threat = {6, THREATEN, 7, DAYS - 1}, never = {NOVICE, THREATEN, 7, DAYS - 1};
    assert_int_equal(casus_what_if(f, threat, false, &ask, changes, &n, &err), CASUS_OK);
    assert_true(n > 1);
    for (size_t i = 1; i < n; i++) {
        double change = changes[i].line.probability - changes[i].before, last = changes[i - 1].line.probability -
                                                                                changes[i - 1].before;
        assert_true((change < 0 ? -change : change) <= (last < 0 ? -last : last));
    }
    assert_int_equal(casus_what_if(f, never, true, &ask, changes, &n, &err), CASUS_ERR_NOTFOUND);
}

static void test_simulation_ignores_threads(void **state) {
    (void)state;
    char path[] = "/tmp/casus-rules-XXXXXX";
    casus_forecaster *other;
    casus_error err;
    casus_simulation_plan plan = {.source = -1, .action = -1, .target = -1, .runs = 50, .days = 20, .seed = 5, .top = 40};
    casus_simulation_line one[40], three[40];
    size_t n_one = 0, n_three = 0;
    close(mkstemp(path));
    assert_int_equal(casus_forecaster_save(f, path, &err), CASUS_OK);
    assert_int_equal(casus_forecaster_open(&other, path, &q, 3, &err), CASUS_OK);
    assert_int_equal(casus_simulate(f, &plan, one, &n_one, &err), CASUS_OK);
    assert_int_equal(casus_simulate(other, &plan, three, &n_three, &err), CASUS_OK);
    assert_int_equal(n_one, n_three);
    assert_true(n_one == 40);
    for (size_t i = 0; i < n_one; i++) {
        assert_int_equal(one[i].source, three[i].source);
        assert_int_equal(one[i].target, three[i].target);
        assert_true(one[i].mean == three[i].mean);
        assert_true(one[i].low <= one[i].middle && one[i].middle <= one[i].high);
    }
    casus_forecaster_free(other);
    unlink(path);
}

/* An event drawn for one action raises the others between the two: over the runs, threats and attacks of a pair go together. */
static void test_simulation_feeds_back(void **state) {
    (void)state;
    enum { RUNS = 300 };
    casus_error err;
    casus_simulation_plan plan = {.source = -1, .action = -1, .target = -1, .runs = RUNS, .days = 30};
    sim_system s;
    sim_state st;
    double together = 0;
    assert_int_equal(sim_system_init(&s, f, &plan, &err), CASUS_OK);
    assert_true(sim_state_init(&st, &s));
    for (int32_t k = 0; k < PAIRS; k++) {
        size_t threat = SIZE_MAX, attack = SIZE_MAX;
        double sum[2] = {0}, square[2] = {0}, both = 0;
        for (size_t i = 0; i < s.n_triples; i++) {
            if (s.triples[i].source != 2 * k || s.triples[i].target != 2 * k + 1) continue;
            if (s.triples[i].action == THREATEN) threat = i;
            if (s.triples[i].action == ATTACK) attack = i;
        }
        assert_true(threat != SIZE_MAX && attack != SIZE_MAX);
        for (uint64_t r = 0; r < RUNS; r++) {
            sim_run(&s, &st, r * 977);
            double x = st.counts[threat], y = st.counts[attack];
            sum[0] += x / RUNS;
            sum[1] += y / RUNS;
            square[0] += x * x / RUNS;
            square[1] += y * y / RUNS;
            both += x * y / RUNS;
        }
        double spread = (square[0] - sum[0] * sum[0]) * (square[1] - sum[1] * sum[1]);
        assert_true(spread > 0);
        together += (both - sum[0] * sum[1]) / sqrt(spread) / PAIRS;
    }
    assert_true(together > 0.05); /* 0.016 would be chance */
    sim_state_done(&st);
    sim_system_done(&s);
}

static void test_rules_file(void **state) {
    (void)state;
    char path[] = "/tmp/casus-rules-XXXXXX";
    casus_forecaster *other;
    casus_error err;
    casus_map map;
    casus_forecast_line a[10], b[10];
    close(mkstemp(path));
    assert_int_equal(casus_forecaster_save(f, path, &err), CASUS_OK);
    assert_int_equal(casus_forecaster_open(&other, path, &q, 1, &err), CASUS_OK);
    size_t n = forecast(f, -1, -1, -1, a, 10);
    assert_int_equal(forecast(other, -1, -1, -1, b, 10), n);
    for (size_t i = 0; i < n; i++) assert_true(a[i].probability == b[i].probability && a[i].target == b[i].target);
    casus_forecaster_free(other);

    const char *const wrong[] = {"Threaten", "Attack", "Meet"};
    casus_quads renamed = q;
    renamed.action_names = wrong;
    assert_int_equal(casus_forecaster_open(&other, path, &renamed, 1, &err), CASUS_ERR_ARG);
    assert_int_equal(casus_map_open(&map, path, &err), CASUS_OK);
    unsigned char *bytes = malloc(map.n);
    assert_non_null(bytes);
    size_t size = map.n;
    memcpy(bytes, map.at, size);
    casus_map_close(&map);
    assert_int_equal(casus_file_write(path, bytes, size / 2, &err), CASUS_OK);
    assert_int_not_equal(casus_forecaster_open(&other, path, &q, 1, &err), CASUS_OK);
    bytes[size / 2] ^= 1;
    assert_int_equal(casus_file_write(path, bytes, size, &err), CASUS_OK);
    assert_int_equal(casus_forecaster_open(&other, path, &q, 1, &err), CASUS_ERR_VERSION);
    free(bytes);
    for (uint32_t version = 1; version < 5; version++) { /* whole, but of other versions, or of this one without its parts */
        const casus_pack_part parts[] = {{"meta", "none", 4}};
        assert_int_equal(casus_pack_write(path, "rules", version, parts, 1, &err), CASUS_OK);
        assert_int_equal(casus_forecaster_open(&other, path, &q, 1, &err), CASUS_ERR_VERSION);
    }
    unlink(path);
}

static bool stop_soon(void *ctx, size_t done, size_t total) {
    (void)total;
    size_t *calls = ctx;
    return done == 0 || ++*calls < 3;
}

static void test_learning_can_be_stopped(void **state) {
    (void)state;
    casus_forecast_options o;
    casus_forecaster *other = NULL;
    casus_error err;
    size_t calls = 0;
    casus_forecast_options_init(&o);
    o.progress = stop_soon;
    o.progress_ctx = &calls;
    assert_int_equal(casus_forecaster_learn(&other, &q, &o, &err), CASUS_ERR_STOPPED);
    assert_null(other);
    assert_true(casus_forecaster_memory(&q, &o) > 0);
}

static void test_wrong_questions(void **state) {
    (void)state;
    casus_forecast_line line;
    casus_error err;
    size_t n = 0;
    casus_forecast_ask far = {ACTORS, -1, -1, 3, 1}, soon = {0, -1, -1, 0, 1};
    assert_int_equal(casus_forecast(f, &far, &line, &n, &err), CASUS_ERR_ARG);
    assert_int_equal(casus_forecast(f, &soon, &line, &n, &err), CASUS_ERR_ARG);
    assert_int_equal(casus_forecaster_today(f), DAYS - 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forecast_lines),         cmocka_unit_test(test_unknown_actor_falls_back),
        cmocka_unit_test(test_rules_read_as_sentences), cmocka_unit_test(test_explanation_is_true),
        cmocka_unit_test(test_what_if),                cmocka_unit_test(test_simulation_ignores_threads),
        cmocka_unit_test(test_rules_file),             cmocka_unit_test(test_simulation_feeds_back), cmocka_unit_test(test_learning_can_be_stopped),
        cmocka_unit_test(test_wrong_questions),
    };
    return cmocka_run_group_tests(tests, learn_world, drop_world);
}
