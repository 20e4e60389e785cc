/* merging: reports become events; what is disputed stays apart; people's decisions outlive recoding. */
#include "ledger/ledger.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "unit/ledger_reading.h"

static casus_ledger *open_ledger(void) {
    casus_ledger *l = NULL;
    assert_int_equal(casus_ledger_open(&l, ":memory:", CASUS_LEDGER_CREATE, NULL), CASUS_OK);
    return l;
}

static void put(casus_ledger *l, const test_account *a) {
    casus_error err = {0};
    if (casus_ledger_put(l, &a->doc, &a->reading, "test", NULL, &err)) fail_msg("%s", err.message);
}

/* "Aland hit Borland's army at Kelm", told by a document. */
static casus_statement *raid(test_account *a, const char *id, const char *text, const char *day, const char *place) {
    test_account_init(a, id, id, "2023-05-04", text);
    return test_event(a, CASUS_ASSAULT, "ALA", "Aland", "BOR", "Borland", day, place);
}

typedef struct seen {
    size_t n;
    char id[8][32], statements[8][200], times[8][100];
    int64_t supports[8], disputes[8], relays[8], voices[8];
} seen;

static bool see_event(void *ctx, const casus_event_row *r) {
    seen *s = ctx;
    snprintf(s->id[s->n], 32, "%s", r->id);
    snprintf(s->statements[s->n], 200, "%s", r->statements);
    snprintf(s->times[s->n], 100, "%s", r->times);
    s->supports[s->n] = r->supports, s->disputes[s->n] = r->disputes, s->relays[s->n] = r->relays, s->voices[s->n] = r->voices;
    return ++s->n < 8;
}

static seen events(casus_ledger *l) {
    seen s = {0};
    assert_int_equal(casus_ledger_events(l, &(casus_filter){0}, see_event, &s, NULL), CASUS_OK);
    return s;
}

static void two_reports_of_one_event_are_one_event_with_two_voices(void **state) {
    (void)state;
    casus_ledger *l = open_ledger();
    test_account a, b;
    raid(&a, "d1", "Aland's guns opened up on the garrison at Kelm before sunrise on Monday.", "2023-05-01", "Kelm");
    raid(&b, "d2", "Officials confirmed that the base came under fire from across the border.", "2023-05-02", "Kelm");
    put(l, &a);
    put(l, &b);
    seen s = events(l);
    assert_int_equal(s.n, 1);
    assert_int_equal(s.supports[0], 2);
    assert_int_equal(s.voices[0], 2);
    assert_string_equal(s.times[0], "2023-05-01; 2023-05-02");
    casus_ledger_close(l);
}

static bool see_member(void *ctx, const casus_member_row *r) {
    char *out = ctx;
    size_t n = strlen(out);
    snprintf(out + n, 300 - n, "%s:%s:%.2f:%s|", r->role, r->merged_from, isnan(r->score) ? -1 : r->score, r->reason);
    return true;
}

static void every_merge_says_why(void **state) {
    (void)state;
    casus_ledger *l = open_ledger();
    test_account a, b;
    raid(&a, "d1", "One.", "2023-05-01", "Kelm");
    raid(&b, "d2", "Two.", "2023-05-01", "Kelm");
    put(l, &a);
    put(l, &b);
    char text[300] = "", want[300];
    assert_int_equal(casus_ledger_members(l, events(l).id[0], see_member, text, NULL), CASUS_OK);
    snprintf(want, sizeof want, "supports::-1.00:|supports:%s:1.00:same source, same target, times overlap, same place|", a.statements[0].id);
    assert_string_equal(text, want);
    casus_ledger_close(l);
}

static void near_identical_copies_are_one_voice(void **state) {
    (void)state;
    casus_ledger *l = open_ledger();
    test_account a, b;
    raid(&a, "d1", "Aland's guns opened up on the garrison at Kelm before sunrise on Monday, two officers said, and the road was closed.", "2023-05-01", "Kelm");
    raid(&b, "d2", "Aland's guns opened up on the garrison at Kelm before sunrise on Monday, two officers said, and the road was closed!", "2023-05-01", "Kelm");
    put(l, &a);
    put(l, &b);
    seen s = events(l);
    assert_int_equal(s.n, 1);
    assert_int_equal(s.supports[0], 2);
    assert_int_equal(s.voices[0], 1);
    casus_ledger_close(l);
}

static void a_copy_with_a_word_put_in_is_still_a_copy(void **state) {
    (void)state;
    casus_ledger *l = open_ledger();
    test_account a, b, c;
    raid(&a, "d1", "Aland's guns opened up on the garrison at Kelm before sunrise on Monday, two officers said, and the road was closed.", "2023-05-01", "Kelm");
    raid(&b, "d2", "Aland's guns opened up on the garrison at Kelm shortly before sunrise on Monday, two officers said, and the road was closed.", "2023-05-01", "Kelm");
    raid(&c, "d3", "On Monday two officers said that Aland's guns had fired on Kelm, whose garrison closed the road before sunrise came.", "2023-05-01", "Kelm");
    put(l, &a);
    put(l, &b);
    put(l, &c);
    seen s = events(l);
    assert_int_equal(s.n, 1);
    assert_int_equal(s.supports[0], 3);
    assert_int_equal(s.voices[0], 2);
    casus_ledger_close(l);
}

static void other_days_places_types_and_actors_stay_apart(void **state) {
    (void)state;
    casus_ledger *l = open_ledger();
    test_account a, day, place, type, actor, vague;
    raid(&a, "d1", "One.", "2023-05-01", "Kelm");
    raid(&day, "d2", "Two.", "2023-05-20", "Kelm");
    raid(&place, "d3", "Three.", "2023-05-01", "Osk");
    raid(&type, "d4", "Four.", "2023-05-01", "Kelm")->action.plover[0] = CASUS_CONSULT;
    test_account_init(&actor, "d5", "d5", "2023-05-04", "Five.");
    test_event(&actor, CASUS_ASSAULT, "CED", "Cedonia", "BOR", "Borland", "2023-05-01", "Kelm");
    raid(&vague, "d6", "Six.", NULL, NULL);
    const test_account *all[] = {&a, &day, &place, &type, &actor, &vague};
    for (size_t i = 0; i < 6; i++) put(l, all[i]);
    assert_int_equal(events(l).n, 6);
    casus_ledger_close(l);
}

static void wishes_and_plans_are_no_events_and_denials_dispute(void **state) {
    (void)state;
    casus_ledger *l = open_ledger();
    test_account plan, denial, claim;
    raid(&plan, "d0", "Zero.", "2023-05-01", "Kelm")->tense = CASUS_FUTURE;
    casus_statement *s = raid(&denial, "d1", "One.", "2023-05-01", "Kelm");
    test_held(&denial, s, "ALA", "Aland", CASUS_DENIES);
    put(l, &plan);
    put(l, &denial);
    assert_int_equal(events(l).n, 0);
    s = raid(&claim, "d2", "Two.", "2023-05-01", "Kelm");
    test_held(&claim, s, "BOR", "Borland", CASUS_CLAIMS);
    put(l, &claim);
    seen e = events(l);
    assert_int_equal(e.n, 1);
    assert_int_equal(e.supports[0], 1);
    assert_int_equal(e.disputes[0], 1);
    assert_int_equal(e.voices[0], 1);
    casus_ledger_close(l);
}

static bool see_claim(void *ctx, const casus_claim_row *r) {
    char *out = ctx;
    size_t n = strlen(out);
    snprintf(out + n, 600 - n, "%s / %s %s\n", r->proposition, r->holder, r->stance);
    return true;
}

static void rival_claims_stand_side_by_side(void **state) {
    (void)state;
    casus_ledger *l = open_ledger();
    test_account a;
    test_account_init(&a, "d1", "d1", "2023-05-04", "One. Two. Three. Four.");
    static const char *const WHO[][3] = {{"ALA", "Aland", "CED"}, {"ALA", "Aland", "BOR"}, {"ZET", "Zetia", "DOR"}};
    for (uint32_t i = 0; i < 3; i++) {
        casus_statement *s = test_event(&a, CASUS_ASSAULT, WHO[i][0], WHO[i][1], "HALL", "the hall", NULL, "Kelm");
        test_held(&a, s, WHO[i][2], WHO[i][2], i ? CASUS_ATTRIBUTES : CASUS_CLAIMS);
        s->sentence = i;
    }
    a.statements[2].author_view = CASUS_REJECTS;
    put(l, &a);
    seen e = events(l);
    assert_int_equal(e.n, 1);
    assert_int_equal(e.supports[0], 2);
    char text[600] = "";
    assert_int_equal(casus_ledger_claims_about(l, e.id[0], see_claim, text, NULL), CASUS_OK);
    assert_string_equal(text, "Aland ASSAULT the hall / CED claims\nAland ASSAULT the hall / BOR attributes\n"
                              "Zetia ASSAULT the hall / DOR attributes\nZetia ASSAULT the hall / author rejects\n");
    casus_ledger_close(l);
}

static void a_split_is_kept_and_a_merge_undone(void **state) {
    (void)state;
    casus_ledger *l = open_ledger();
    test_account a, b;
    char made[32];
    raid(&a, "d1", "One.", "2023-05-01", "Kelm");
    raid(&b, "d2", "Two.", "2023-05-01", "Kelm");
    put(l, &a);
    put(l, &b);
    const char *ids[] = {b.statements[0].id, a.statements[0].id};
    assert_int_equal(casus_ledger_split(l, ids, 2, made, NULL), CASUS_ERR_ARG);
    assert_int_equal(casus_ledger_split(l, ids, 1, made, NULL), CASUS_OK);
    seen s = events(l);
    assert_int_equal(s.n, 2);
    assert_string_equal(s.id[1], made);
    assert_int_equal(casus_ledger_recode(l, &b.doc, &b.reading, "test 2", NULL), CASUS_OK);
    assert_int_equal(events(l).n, 2);
    s = events(l);
    assert_int_equal(casus_ledger_merge(l, s.id[0], s.id[1], NULL), CASUS_OK);
    assert_int_equal(events(l).n, 1);
    assert_int_equal(casus_ledger_recode(l, &b.doc, &b.reading, "test 3", NULL), CASUS_OK);
    assert_int_equal(events(l).n, 1);
    casus_error err;
    assert_int_equal(casus_ledger_merge(l, s.id[0], s.id[0], &err), CASUS_ERR_ARG);
    assert_int_equal(casus_ledger_merge(l, s.id[0], "e-none", &err), CASUS_ERR_NOTFOUND);
    casus_ledger_close(l);
}

static void the_record_holds_what_is_said_side_by_side(void **state) {
    (void)state;
    casus_ledger *l = open_ledger();
    test_account a, b;
    raid(&a, "d1", "One.", "2023-05-01", "Kelm");
    raid(&b, "d2", "Two.", "2023-05-02", "Kelm");
    put(l, &a);
    put(l, &b);
    casus_buf out = {0};
    assert_int_equal(casus_ledger_event_json(l, events(l).id[0], &out, NULL), CASUS_OK);
    char want[900];
    snprintf(want, sizeof want,
             "{\"record\":\"event\",\"schema\":1,\"id\":\"e%.12s\",\"plover\":\"ASSAULT\",\"source\":[{\"actor\":\"ALA\",\"name\":\"Aland\",\"text\":\"Aland\"}],"
             "\"target\":[{\"actor\":\"BOR\",\"name\":\"Borland\",\"text\":\"Borland\"}],\"time\":[{\"begin\":\"2023-05-01\",\"end\":\"2023-05-01\",\"approx\":false,"
             "\"how\":\"stated\"},{\"begin\":\"2023-05-02\"", a.statements[0].id);
    assert_memory_equal(out.at, want, strlen(want));
    assert_non_null(strstr(out.at, "\"role\":\"supports\",\"holder\":[]"));
    assert_non_null(strstr(out.at, "\"merged\":[{\"from\":"));
    casus_buf_done(&out);
    casus_ledger_close(l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_reports_of_one_event_are_one_event_with_two_voices),
        cmocka_unit_test(every_merge_says_why),
        cmocka_unit_test(near_identical_copies_are_one_voice),
        cmocka_unit_test(a_copy_with_a_word_put_in_is_still_a_copy),
        cmocka_unit_test(other_days_places_types_and_actors_stay_apart),
        cmocka_unit_test(wishes_and_plans_are_no_events_and_denials_dispute),
        cmocka_unit_test(rival_claims_stand_side_by_side),
        cmocka_unit_test(a_split_is_kept_and_a_merge_undone),
        cmocka_unit_test(the_record_holds_what_is_said_side_by_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
