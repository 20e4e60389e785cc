/* The records as JSON: fields, order, what is left out. */
#include "casus/coder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const casus_document DOC = {.id = "d1", .title = "On \"lines\"", .date = "2024-03-28", .text = {"Aland hit Borland.", 18}, .bytes = 18};

static void a_small_statement_is_complete(void **state) {
    (void)state;
    casus_participant source = {"ALA", CASUS_STR("Aland"), CASUS_STR("Aland"), {0, 5}}, target = {NULL, CASUS_STR("Borland"), CASUS_STR("Borland"), {10, 17}};
    casus_statement s = {.id = "00112233445566ff", .span = {0, 17}, .kind = CASUS_EVENT, .source = &source, .n_source = 1, .target = &target,
                         .n_target = 1, .conflict = 9, .confidence = 0.75, .tense = CASUS_PAST,
                         .action = {.plover = {CASUS_ASSAULT}, .lemma = CASUS_STR("hit"), .text = CASUS_STR("hit"), .span = {6, 9}}};
    casus_buf out = {0};
    casus_statement_json(&out, &s, &DOC, "v1");
    assert_string_equal(out.at,
                        "{\"record\":\"statement\",\"schema\":1,\"id\":\"00112233445566ff\",\"doc\":\"d1\",\"sentence\":0,\"span\":[0,17],"
                        "\"text\":\"Aland hit Borland\",\"kind\":\"event\",\"source\":[{\"actor\":\"ALA\",\"name\":\"Aland\",\"text\":\"Aland\","
                        "\"span\":[0,5]}],\"target\":[{\"name\":\"Borland\",\"text\":\"Borland\",\"span\":[10,17]}],\"about\":[],"
                        "\"action\":{\"plover\":\"ASSAULT\",\"lemma\":\"hit\",\"text\":\"hit\",\"span\":[6,9]},\"polarity\":\"+\",\"tense\":\"past\","
                        "\"holder\":[],\"holds\":\"asserts\",\"sign\":{\"cooperation\":0,\"conflict\":9},\"author_view\":\"neutral\","
                        "\"confidence\":0.75,\"version\":\"v1\"}");
    casus_buf_done(&out);
}

static void held_dated_and_placed_parts_appear(void **state) {
    (void)state;
    casus_holder holder = {.actor = "BOR", .name = CASUS_STR("Borland"), .cue = CASUS_STR("denied"), .cue_span = {1, 4}, .holds = CASUS_DENIES};
    casus_place place = {.name = CASUS_STR("Kabul"), .country = "AFG", .id = "1138958", .located = true, .lat = 34.52813, .lon = 69.17233};
    casus_count count = {.kind = "killed", .has_low = true, .low = 12, .of = CASUS_STR("guards")};
    casus_about about[] = {{.statement = "0123456789abcdef"}, {.text = CASUS_STR("the war")}};
    casus_statement s = {.id = "1", .kind = CASUS_EVENT, .holder = &holder, .n_holder = 1, .holds = CASUS_DENIES, .place = &place, .n_place = 1,
                         .counts = &count, .n_counts = 1, .about = about, .n_about = 2, .negative = true, .has_likelihood = true, .likely_low = 0.2,
                         .likely_high = 0.45, .time = {.begin = "2023-01-01", .how = "stated", .approx = true}, .author_view = CASUS_REJECTS,
                         .action = {.plover = {CASUS_ASSAULT, CASUS_COERCE}}};
    casus_buf out = {0};
    casus_statement_json(&out, &s, &DOC, NULL);
    const char *parts[] = {"\"holds\":\"denies\"}],\"holds\":\"denies\"", "\"plover\":[\"ASSAULT\",\"COERCE\"]", "\"geonameid\":1138958",
                           "\"lat\":34.52813,\"lon\":69.17233", "{\"kind\":\"killed\",\"low\":12,\"of\":\"guards\"}", "\"polarity\":\"-\"",
                           "\"time\":{\"begin\":\"2023-01-01\",\"approx\":true,\"how\":\"stated\"}", "\"likelihood\":{\"low\":0.2,\"high\":0.45}",
                           "\"about\":[\"0123456789abcdef\",{\"text\":\"the war\"}]", "\"author_view\":\"rejects\""};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) assert_non_null(strstr(out.at, parts[i]));
    assert_null(strstr(out.at, "\"version\""));
    casus_buf_done(&out);
}

static void names_go_both_ways(void **state) {
    (void)state;
    for (unsigned p = 1; p < CASUS_PLOVER_N; p++) {
        assert_int_equal(casus_plover_of(casus_str_of(casus_plover_name((casus_plover)p))), p);
        int quad = casus_plover_quad((casus_plover)p);
        assert_true(quad >= 1 && quad <= 4);
        assert_true(quad <= 2 ? casus_plover_score((casus_plover)p) > 0 : casus_plover_score((casus_plover)p) <= 0);
    }
    assert_int_equal(casus_plover_of(CASUS_STR("FIGHT")), CASUS_NO_PLOVER);
    assert_string_equal(casus_holds_name(CASUS_RELAYS), "relays");
    assert_string_equal(casus_kind_name(CASUS_ASSESSMENT), "assessment");
    assert_null(casus_tense_name(CASUS_TENSE_NONE));
}

static void documents_and_actors_escape_their_words(void **state) {
    (void)state;
    casus_buf out = {0};
    casus_document_json(&out, &DOC, 1);
    assert_string_equal(out.at, "{\"record\":\"document\",\"schema\":1,\"id\":\"d1\",\"title\":\"On \\\"lines\\\"\",\"date\":\"2024-03-28\",\"bytes\":18,\"sentences\":1}");
    casus_buf_clear(&out);
    casus_str aliases[] = {CASUS_STR("the Alanders")};
    casus_actor_role role = {"GOV", "2021-08-15", NULL};
    casus_actor actor = {.id = "ALA", .name = CASUS_STR("Aland"), .aliases = aliases, .n_aliases = 1, .type = "state", .cameo = "ALA", .roles = &role, .n_roles = 1, .mentions = 2, .knowledge = true};
    casus_actor_json(&out, &actor, "d1");
    assert_string_equal(out.at, "{\"record\":\"actor\",\"schema\":1,\"id\":\"ALA\",\"name\":\"Aland\",\"aliases\":[\"the Alanders\"],\"type\":\"state\",\"sectors\":[],"
                                "\"codes\":{\"cameo\":\"ALA\"},\"roles\":[{\"role\":\"GOV\",\"begin\":\"2021-08-15\"}],\"part_of\":[],\"mentions\":2,\"doc\":\"d1\",\"knowledge\":true}");
    casus_buf_done(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_small_statement_is_complete), cmocka_unit_test(held_dated_and_placed_parts_appear),
                                       cmocka_unit_test(names_go_both_ways), cmocka_unit_test(documents_and_actors_escape_their_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
