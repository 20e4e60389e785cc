/* Claims weighed, by hand. */
#include "casus/measure.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "unit/ledger_reading.h"

static void test_grades(void **state) {
    (void)state;
    assert_int_equal(casus_admiralty_reliability((casus_track_record){4, 0}), 'F');
    assert_int_equal(casus_admiralty_reliability((casus_track_record){19, 1}), 'A');
    assert_int_equal(casus_admiralty_reliability((casus_track_record){4, 1}), 'B');
    assert_int_equal(casus_admiralty_reliability((casus_track_record){1, 9}), 'E');
    assert_int_equal(casus_admiralty_credibility(2, 0), 1);
    assert_int_equal(casus_admiralty_credibility(0, 0), 3);
    assert_int_equal(casus_admiralty_credibility(0, 1), 4);
    assert_int_equal(casus_admiralty_credibility(0, 2), 5);
}

/* An accuser, the accused who denies, a reliable onlooker who says it twice, somebody who blames another, somebody who wonders. */
static void test_matrix(void **state) {
    (void)state;
    static const casus_claim CLAIMS[] = {{0, 0, 1, true, {0, 0}},  {0, 1, -1, true, {0, 0}}, {0, 2, 1, false, {20, 0}},
                                         {0, 2, 1, false, {20, 0}}, {1, 3, 1, false, {4, 1}}, {1, 4, 0, false, {0, 0}}};
    casus_arena arena;
    casus_arena_init(&arena);
    casus_weighed *w;
    casus_hypothesis *h;
    casus_error err;
    assert_int_equal(casus_claims_weigh(CLAIMS, 6, 2, &arena, &w, &h, &err), CASUS_OK);
    assert_true(w[0].weight == 0.25 && w[2].weight == 1 && w[4].weight == 0.8 && w[5].weight == 0);
    assert_string_equal(w[0].consistent, "CII");
    assert_string_equal(w[1].consistent, "INN");
    assert_string_equal(w[5].consistent, "NNN");
    assert_true(w[2].reliability == 'A' && w[2].credibility == 4 && w[5].credibility == 6);
    assert_true(fabs(h[0].support - 1.25) < 1e-12);
    assert_true(fabs(h[0].inconsistent - 1.05) < 1e-12); /* the denial and the rival */
    assert_true(fabs(h[1].inconsistent - 1.25) < 1e-12);
    assert_true(fabs(h[2].inconsistent - 2.05) < 1e-12);
    assert_int_equal(casus_claims_weigh(CLAIMS, 6, 1, &arena, &w, &h, &err), CASUS_ERR_ARG);
    casus_arena_done(&arena);
}

/* Table 1 of Dawid and Skene 1979: 45 patients, what observer 1 said on three occasions and observers 2 to 5 once. The paper gives the prevalences .40 .42
 * .11 .07 and observer 1's error rates to two digits; the others are from a fit made apart from this code. */
static const char PATIENTS[] =
    "111 1 1 1 1|333 4 3 3 4|112 2 1 2 2|222 3 1 2 1|222 3 2 2 2|222 3 3 2 2|122 2 1 1 1|333 3 4 3 3|222 2 2 2 3|232 2 2 2 3|444 4 4 4 4|222 3 3 4 3|"
    "111 1 1 1 1|222 3 2 1 2|121 1 1 1 1|111 2 1 1 1|111 1 1 1 1|111 1 1 1 1|222 2 2 2 1|222 1 3 2 2|222 2 2 2 2|222 2 2 2 1|222 3 2 2 2|221 2 2 2 2|"
    "111 1 1 1 1|111 1 1 1 1|232 2 2 2 2|111 1 1 1 1|111 1 1 1 1|112 1 1 2 1|111 1 1 1 1|333 3 2 3 3|111 1 1 1 1|222 2 2 2 2|222 3 2 3 2|433 4 3 4 3|"
    "221 2 2 3 2|232 3 2 3 3|333 3 4 3 2|111 1 1 1 1|111 1 1 1 1|121 2 1 1 1|232 2 2 2 2|121 1 1 1 1|222 2 2 2 2";

static size_t read_patients(casus_vote *votes) {
    size_t n = 0;
    uint32_t item = 0, voice = 0;
    for (const char *s = PATIENTS; *s; s++) {
        if (*s == '|') item++, voice = 0;
        else if (*s == ' ') voice++;
        else votes[n++] = (casus_vote){item, voice, (uint32_t)(*s - '1')};
    }
    return n;
}

static void near(double got, double want, double by) {
    if (!(fabs(got - want) <= by)) fail_msg("got %.12g, want %.12g within %g", got, want, by);
}

static void test_truth(void **state) {
    (void)state;
    casus_vote votes[400];
    casus_arena arena;
    casus_arena_init(&arena);
    casus_truth t;
    casus_error err;
    size_t n = read_patients(votes);
    assert_int_equal(n, 45 * 7);
    assert_int_equal(casus_truth_discover(votes, n, 45, 5, 4, NULL, &arena, &t, &err), CASUS_OK);
    assert_true(t.converged);
    static const double PREVALENCE[] = {0.3995547529, 0.4219833919, 0.1117951885, 0.0666666667}, FIRST[] = {0.8894883487, 0.1105116513, 0, 0},
                        SECOND[] = {0.0705854505, 0.8763799368, 0.0530346126, 0}, THIRD[] = {0, 0.3388215400, 0.6611784600, 0},
                        FOURTH[] = {0, 0, 0.5555555556, 0.4444444444};
    for (int i = 0; i < 4; i++) {
        near(t.prevalence[i], PREVALENCE[i], 1e-8);
        near(t.error[i], FIRST[i], 1e-8);
        near(t.error[4 + i], SECOND[i], 1e-8);
        near(t.error[8 + i], THIRD[i], 1e-8);
        near(t.error[12 + i], FOURTH[i], 1e-8);
    }
    near(t.log_likelihood, -192.8908812148, 1e-8);
    near(t.posterior[37 * 4 + 1], 0.0212004842, 1e-8);
    votes[3].label = 4;
    assert_int_equal(casus_truth_discover(votes, n, 45, 5, 4, NULL, &arena, &t, &err), CASUS_ERR_ARG);
    assert_int_equal(casus_truth_discover(votes, 0, 45, 5, 4, NULL, &arena, &t, &err), CASUS_ERR_ARG);
    casus_arena_done(&arena);
}

/* ---- testimony of a ledger --------------------------------------------------------------------------------- */

/* A raid on its day, told by a publisher; who denies it, or NULL. */
static void tell(casus_ledger *l, int day, const char *publisher, const char *words, const char *denier) {
    char id[32], date[11], text[120];
    test_account a;
    casus_error err = {0};
    snprintf(id, sizeof id, "%s-%d", publisher, day);
    casus_day_text(casus_day_of(2023, 1, 1) + day * 10, date);
    snprintf(text, sizeof text, "%s %d.", words, day * 1000);
    test_account_init(&a, id, id, "2023-12-04", text);
    a.doc.publisher = publisher;
    casus_statement *s = test_event(&a, CASUS_ASSAULT, "ALA", "Aland", "BOR", "Borland", date, "Kelm");
    if (denier) test_held(&a, s, denier, denier, CASUS_DENIES);
    if (casus_ledger_put(l, &a.doc, &a.reading, "test", NULL, &err)) fail_msg("%s", err.message);
}

/* Alpha and Beta tell of twelve raids alike; Gamma tells of six that both deny. DEL denies two that both tell. */
static void test_testimony(void **state) {
    (void)state;
    casus_ledger *l = NULL;
    casus_arena arena;
    casus_testimony m;
    casus_truth t;
    casus_error err;
    assert_int_equal(casus_ledger_open(&l, ":memory:", CASUS_LEDGER_CREATE, NULL), CASUS_OK);
    casus_arena_init(&arena);
    tell(l, 0, "Alpha", "Guns opened up at dawn, day", NULL);
    assert_int_equal(casus_testimony_load(l, &arena, &m, &err), CASUS_OK);
    assert_true(!m.enough && m.n_votes == 1 && m.shared == 0);
    for (int day = 1; day < 12; day++) tell(l, day, "Alpha", "Guns opened up at dawn, day", NULL);
    for (int day = 0; day < 12; day++) tell(l, day, "Beta", "Officers speak of shelling from over the border on", NULL);
    for (int day = 12; day < 18; day++) tell(l, day, "Gamma", "A raid is told of by one who was not there,", NULL);
    for (int day = 10; day < 12; day++) tell(l, day, "Omega", "It is said that nothing of the kind took place on", "DEL");
    for (int day = 12; day < 18; day++) tell(l, day, "Omega", "It is said that nothing of the kind took place on", "Alpha");
    for (int day = 12; day < 18; day++) tell(l, day, "Sigma", "A spokesman for those who were there calls it an invention,", "Beta");
    assert_int_equal(casus_testimony_load(l, &arena, &m, &err), CASUS_OK);
    assert_int_equal(m.n_items, 18);
    assert_int_equal(m.n_voices, 4);
    assert_int_equal(m.against, 14);
    assert_int_equal(m.shared, 18);
    assert_true(m.enough);
    casus_truth_options o = {.smoothing = 1, .trust = 4};
    assert_int_equal(casus_truth_discover(m.votes, m.n_votes, m.n_items, m.n_voices, 2, &o, &arena, &t, &err), CASUS_OK);
    double told = t.posterior[0], contested = 1;
    for (size_t i = 0; i < m.n_items; i++)
        if (t.posterior[2 * i] < contested) contested = t.posterior[2 * i];
    assert_true(told > 0.9 && contested < 0.5);
    casus_arena_done(&arena);
    casus_ledger_close(l);
}

/* Aland is said to have raided a town of Borland's: by Borland's premier, who is a party, and by a Dorian, who is none. */
static void test_interests(void **state) {
    (void)state;
    static const char *const HOLDERS[][3] = {{"BOR.PM", "the premier", "BOR"}, {"DOR", "Doria", "DOR"}, {"ALA", "Aland", "ALA"}};
    casus_ledger *l = NULL;
    casus_arena arena;
    casus_dispute d;
    casus_error err = {0};
    assert_int_equal(casus_ledger_open(&l, ":memory:", CASUS_LEDGER_CREATE, NULL), CASUS_OK);
    casus_arena_init(&arena);
    char event[32] = "e";
    for (int i = 0; i < 3; i++) {
        char id[8], text[80];
        test_account a;
        snprintf(id, sizeof id, "d%d", i);
        snprintf(text, sizeof text, "Account %d in words of its own, number %d.", i, i * 777);
        test_account_init(&a, id, id, "2023-05-04", text);
        casus_statement *s = test_event(&a, CASUS_ASSAULT, "ALA", "Aland", "KEL", "Kelm", "2023-05-01", "Kelm");
        test_held(&a, s, HOLDERS[i][0], HOLDERS[i][1], i == 2 ? CASUS_DENIES : CASUS_CLAIMS);
        for (size_t k = 0; k < a.reading.n_actors; k++)
            if (strcmp(a.actors[k].id, HOLDERS[i][0]) == 0) a.actors[k].country = HOLDERS[i][2];
        if (i == 0) snprintf(event, sizeof event, "e%.12s", s->id);
        if (casus_ledger_put(l, &a.doc, &a.reading, "test", NULL, &err)) fail_msg("%s", err.message);
    }
    if (casus_dispute_load(l, event, &arena, &d, &err)) fail_msg("%s", err.message);
    assert_int_equal(d.n, 3);
    for (size_t i = 0; i < d.n; i++) {
        bool neutral = strcmp(d.claims[i].holder, "Doria") == 0;
        assert_int_equal(d.claims[i].claim.interested, !neutral);
        assert_int_equal(d.claims[i].claim.side, strcmp(d.claims[i].stance, "denies") == 0 ? -1 : 1);
    }
    casus_arena_done(&arena);
    casus_ledger_close(l);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_grades), cmocka_unit_test(test_matrix), cmocka_unit_test(test_truth), cmocka_unit_test(test_testimony), cmocka_unit_test(test_interests)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
