/* Signed networks: the Gahuku-Gama reference, small networks by hand, exact search against trying everything. */
#include "casus/measure.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void near(double got, double want, double by) {
    if (fabs(got - want) > by) fail_msg("got %.12g, want %.12g within %g", got, want, by);
}

static void test_gahuku_gama(void **state) {
    (void)state;
    const char *root = getenv("CASUS_SHARED");
    char path[600];
    snprintf(path, sizeof path, "%s/data/series/gahuku_gama_signed_edges.csv", root ? root : "../shared");
    casus_arena arena;
    casus_arena_init(&arena);
    casus_columns c;
    casus_error err;
    if (casus_columns_read(path, (const char *[]){"from", "to", "sign"}, 3, &arena, &c, &err)) {
        print_message("skipped: %s is absent\n", path);
        casus_arena_done(&arena);
        skip();
    }
    casus_tie ties[64];
    for (size_t i = 0; i < c.rows; i++)
        ties[i] = (casus_tie){(uint32_t)atoi(c.cells[3 * i]), (uint32_t)atoi(c.cells[3 * i + 1]), atof(c.cells[3 * i + 2])};
    casus_network net;
    casus_frustration f;
    assert_int_equal(casus_network_build(ties, c.rows, 16, &arena, &net, &err), CASUS_OK);
    casus_triangles t = casus_network_triangles(&net);
    assert_int_equal(net.ties, 58);
    assert_int_equal(t.all, 68);
    assert_int_equal(t.balanced, 59);
    near(t.share, 0.8676470588, 1e-10);
    assert_int_equal(casus_network_frustration(&net, NULL, &arena, &f, &err), CASUS_OK);
    assert_true(f.exact);
    assert_int_equal(f.high, 7);
    near(f.normalised, 0.7586206897, 1e-10);
    /* The search by trial finds as much, and its lower bound holds. */
    casus_frustration_options trial = {.exact_nodes = 1};
    assert_int_equal(casus_network_frustration(&net, &trial, &arena, &f, &err), CASUS_OK);
    assert_int_equal(f.high, 7);
    assert_true(f.low <= 7 && f.low > 0);
    casus_arena_done(&arena);
}

static uint32_t next(uint32_t *seed) { return *seed = *seed * 1664525u + 1013904223u; }

static size_t random_ties(uint32_t seed, size_t nodes, uint32_t percent, casus_tie *ties) {
    size_t n = 0;
    for (uint32_t a = 0; a < nodes; a++)
        for (uint32_t b = a + 1; b < nodes; b++)
            if (next(&seed) / 65536 % 100 < percent) ties[n++] = (casus_tie){a, b, next(&seed) / 65536 % 2 ? 1 : -1};
    return n;
}

static size_t contradicting(const casus_tie *ties, size_t n, uint32_t camps) {
    size_t sum = 0;
    for (size_t i = 0; i < n; i++) sum += (ties[i].weight > 0) != ((camps >> ties[i].a & 1) == (camps >> ties[i].b & 1));
    return sum;
}

static void test_frustration_by_trying_everything(void **state) {
    (void)state;
    enum { NODES = 12 };
    casus_tie ties[NODES * NODES];
    for (uint32_t seed = 1; seed <= 40; seed++) {
        casus_arena arena;
        casus_arena_init(&arena);
        size_t n = random_ties(seed, NODES, 10 + seed * 2, ties), best = n;
        for (uint32_t camps = 0; camps < 1u << (NODES - 1); camps++) {
            size_t cost = contradicting(ties, n, camps);
            if (cost < best) best = cost;
        }
        casus_network net;
        casus_frustration f;
        assert_int_equal(casus_network_build(ties, n, NODES, &arena, &net, NULL), CASUS_OK);
        assert_int_equal(casus_network_frustration(&net, NULL, &arena, &f, NULL), CASUS_OK);
        assert_int_equal(f.high, best);
        assert_int_equal(f.low, best);
        uint32_t camps = 0;
        for (uint32_t i = 0; i < NODES; i++) camps |= (uint32_t)f.camp[i] << i;
        assert_int_equal(contradicting(ties, n, camps), best);
        casus_arena_done(&arena);
    }
}

static void test_bounds_beyond(void **state) {
    (void)state;
    enum { NODES = 60 };
    static casus_tie ties[NODES * NODES];
    casus_arena arena;
    casus_arena_init(&arena);
    size_t n = random_ties(7, NODES, 30, ties);
    casus_network net;
    casus_frustration f;
    assert_int_equal(casus_network_build(ties, n, NODES, &arena, &net, NULL), CASUS_OK);
    assert_int_equal(casus_network_frustration(&net, NULL, &arena, &f, NULL), CASUS_OK);
    assert_true(f.low > 0 && f.low < f.high && f.high < n / 2);
    assert_false(f.exact);
    casus_arena_done(&arena);
}

/* A path of friends with a foe at its end, and a triangle apart. */
static void test_by_hand(void **state) {
    (void)state;
    static const casus_tie TIES[] = {{0, 1, 2}, {1, 0, 1}, {1, 2, 1}, {2, 3, -4}, {4, 5, 1}, {5, 6, 1}, {6, 4, -1}, {4, 4, 9}, {0, 3, 1}, {3, 0, -1}};
    casus_arena arena;
    casus_arena_init(&arena);
    casus_network net;
    casus_frustration f;
    casus_centrality c;
    casus_error err;
    assert_int_equal(casus_network_build(TIES, 10, 8, &arena, &net, &err), CASUS_OK);
    assert_int_equal(net.ties, 6);
    assert_int_equal(net.positive, 4);
    casus_triangles t = casus_network_triangles(&net);
    assert_int_equal(t.by_negative[1], 1);
    assert_int_equal(t.balanced, 0);
    assert_int_equal(casus_network_frustration(&net, NULL, &arena, &f, &err), CASUS_OK);
    assert_int_equal(f.high, 1);
    assert_int_equal(f.components, 3);
    assert_int_equal(f.camp[2], 0);
    assert_int_equal(f.camp[3], 1);
    assert_int_equal(casus_network_centrality(&net, &arena, &c, &err), CASUS_OK);
    near(c.strength[0], 3, 0);
    near(c.between[1], 2, 1e-12); /* 0–2 and 0–3 */
    near(c.between[0], 0, 0);
    near(c.pn[7], 1, 1e-9);
    assert_int_equal(c.foes[2], 1);
    assert_int_equal(casus_network_build((casus_tie[]){{0, 9, 1}}, 1, 8, &arena, &net, &err), CASUS_ERR_ARG);
    casus_arena_done(&arena);
}

/* Two friends raise each other to 2, two foes sink to 1/2: h = 1 ± … solved by hand. */
static void test_pn_pairs(void **state) {
    (void)state;
    for (int sign = -1; sign <= 1; sign += 2) {
        casus_arena arena;
        casus_arena_init(&arena);
        casus_network net;
        casus_centrality c;
        assert_int_equal(casus_network_build((casus_tie[]){{0, 1, sign}}, 1, 2, &arena, &net, NULL), CASUS_OK);
        assert_int_equal(casus_network_centrality(&net, &arena, &c, NULL), CASUS_OK);
        near(c.pn[0], sign > 0 ? 2 : 0.5, 1e-9);
        casus_arena_done(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_gahuku_gama), cmocka_unit_test(test_frustration_by_trying_everything),
                                       cmocka_unit_test(test_bounds_beyond), cmocka_unit_test(test_by_hand), cmocka_unit_test(test_pn_pairs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
