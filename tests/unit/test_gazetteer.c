/* The gazetteer: which place a name stands for. Tests of cities are skipped when it was built from iso-codes alone. */
#include "casus/gazetteer.h"
#include "lexicon/gazetteer_format.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static casus_gazetteer *gazetteer;

static int open_gazetteer(void **state) {
    (void)state;
    const char *data = getenv("CASUS_DATA");
    char path[1024];
    snprintf(path, sizeof path, "%s/gazetteer.casus", data ? data : "build/release/data");
    return casus_gazetteer_open(&gazetteer, path, NULL) == CASUS_OK ? 0 : -1;
}

static int close_gazetteer(void **state) {
    (void)state;
    casus_gazetteer_close(gazetteer);
    return 0;
}

static void need_cities(void) {
    if (strncmp(casus_gazetteer_source(gazetteer), "GeoNames", 8) == 0) return;
    print_message("skipped: the gazetteer was built without cities\n");
    skip();
}

/* What a row of a table of expectations says: the country and kind when found, NULL when ambiguous or none. */
typedef struct expected {
    const char *name, *hint, *country;
    casus_place_kind kind;
} expected;

static void check(const expected *rows, size_t n) {
    for (size_t i = 0; i < n; i++) {
        casus_place_hint hint = {.country = rows[i].hint};
        casus_gazetteer_place place;
        double sure = -1;
        casus_place_verdict v = casus_gazetteer_resolve(gazetteer, casus_str_of(rows[i].name), &hint, &place, &sure);
        if (!rows[i].country) {
            if (v == CASUS_PLACE_FOUND) fail_msg("%s is no sure place, but %s was found", rows[i].name, place.country);
            assert_true(sure == 0);
            continue;
        }
        if (v != CASUS_PLACE_FOUND) fail_msg("%s was not found", rows[i].name);
        if (strcmp(place.country, rows[i].country) != 0) fail_msg("%s: %s", rows[i].name, place.country);
        assert_string_equal(casus_place_kind_name(place.kind), casus_place_kind_name(rows[i].kind));
        assert_true(sure > 0 && sure <= 1);
    }
}
#define CHECK(rows) check(rows, sizeof rows / sizeof *rows)

static void countries_are_known_by_name_and_code(void **state) {
    (void)state;
    static const expected rows[] = {
        {"Afghanistan", NULL, "AFG", CASUS_PLACE_COUNTRY},
        {"Tanzania", NULL, "TZA", CASUS_PLACE_COUNTRY},
        {"Iran", NULL, "IRN", CASUS_PLACE_COUNTRY},
        {"Russia", NULL, "RUS", CASUS_PLACE_COUNTRY},
        {"UK", NULL, "GBR", CASUS_PLACE_COUNTRY},
        {"U.S.", NULL, "USA", CASUS_PLACE_COUNTRY},
        {"US", NULL, "USA", CASUS_PLACE_COUNTRY},
        {"us", NULL, NULL, CASUS_PLACE_ANY},
        {"Kosovo", NULL, "XKX", CASUS_PLACE_COUNTRY},
        {"Turkey", NULL, "TUR", CASUS_PLACE_COUNTRY},
        {"Congo", NULL, NULL, CASUS_PLACE_ANY}, /* there are two */
    };
    CHECK(rows);
    casus_gazetteer_place place;
    assert_true(casus_gazetteer_country(gazetteer, CASUS_STR("AFG"), &place));
    assert_string_equal(place.name, "Afghanistan");
    assert_true(casus_gazetteer_country(gazetteer, CASUS_STR("CI"), &place));
    assert_string_equal(place.code, "CIV");
    assert_false(casus_gazetteer_country(gazetteer, CASUS_STR("XYZ"), &place));
    assert_false(casus_gazetteer_country(gazetteer, CASUS_STR(""), &place));
}

static void divisions_are_known_with_and_without_their_type(void **state) {
    (void)state;
    static const expected rows[] = {
        {"Helmand", NULL, "AFG", CASUS_PLACE_ADMIN1},
        {"Helmand Province", NULL, "AFG", CASUS_PLACE_ADMIN1},
        {"Nangarhar province", NULL, "AFG", CASUS_PLACE_ADMIN1},
        {"Kabul district", NULL, "AFG", CASUS_PLACE_ADMIN2},
        {"Nowhere province", NULL, NULL, CASUS_PLACE_ANY},
        {"Punjab", NULL, NULL, CASUS_PLACE_ANY},
        {"Punjab", "PAK", "PAK", CASUS_PLACE_ADMIN1},
        {"Georgia", "USA", "USA", CASUS_PLACE_ADMIN1},
        {"Georgia", NULL, "GEO", CASUS_PLACE_COUNTRY},
    };
    need_cities();
    CHECK(rows);
}

static void the_well_known_city_is_meant(void **state) {
    (void)state;
    static const expected rows[] = {
        {"Kabul", NULL, "AFG", CASUS_PLACE_CITY},       {"KABUL", NULL, "AFG", CASUS_PLACE_CITY},
        {"Moscow", NULL, "RUS", CASUS_PLACE_CITY},      {"Moscow", "USA", "RUS", CASUS_PLACE_CITY},
        {"Paris", NULL, "FRA", CASUS_PLACE_CITY},       {"Tripoli", NULL, "LBY", CASUS_PLACE_CITY},
        {"Tripoli", "LBN", "LBN", CASUS_PLACE_CITY},    {"Kiev", NULL, "UKR", CASUS_PLACE_CITY},
        {"Khan Younis", NULL, "PSE", CASUS_PLACE_CITY}, {"Mazar-i-Sharif", NULL, "AFG", CASUS_PLACE_CITY},
        {"Gaza", NULL, "PSE", CASUS_PLACE_CITY},        {"Washington", NULL, "USA", CASUS_PLACE_CITY},
        {"Valencia", "VEN", "VEN", CASUS_PLACE_CITY},
    };
    need_cities();
    CHECK(rows);
}

static void words_and_villages_are_not_relied_on(void **state) {
    (void)state;
    static const expected rows[] = {
        {"Of", NULL, NULL, CASUS_PLACE_ANY},          {"Reading", NULL, NULL, CASUS_PLACE_ANY},
        {"Reading", "GBR", "GBR", CASUS_PLACE_CITY},  {"Nice", NULL, NULL, CASUS_PLACE_ANY},
        {"nice", NULL, NULL, CASUS_PLACE_ANY},        {"Nice", "FRA", "FRA", CASUS_PLACE_CITY},
        {"Mary", NULL, NULL, CASUS_PLACE_ANY},        {"Police", NULL, NULL, CASUS_PLACE_ANY},
        {"Springfield", NULL, NULL, CASUS_PLACE_ANY}, {"Springfield", "USA", NULL, CASUS_PLACE_ANY},
        {"May", NULL, NULL, CASUS_PLACE_ANY},         {"Atlantis City of Nowhere", NULL, NULL, CASUS_PLACE_ANY},
    };
    need_cities();
    CHECK(rows);
}

static void hints_rank_and_filter(void **state) {
    (void)state;
    need_cities();
    casus_gazetteer_place places[4];
    casus_place_hint province = {.country = "AFG", .kind = CASUS_PLACE_ADMIN1};
    assert_true(casus_gazetteer_find(gazetteer, CASUS_STR("Kandahar"), NULL, places, 4) > 1);
    assert_int_equal(places[0].kind, CASUS_PLACE_CITY);
    assert_true(casus_gazetteer_find(gazetteer, CASUS_STR("Kandahar"), &province, places, 4) > 1);
    assert_int_equal(places[0].kind, CASUS_PLACE_ADMIN1);
    assert_string_equal(places[0].country, "AFG");
    casus_place_hint texas = {.country = "USA", .only = true};
    size_t n = casus_gazetteer_find(gazetteer, CASUS_STR("Paris"), &texas, places, 4);
    assert_true(n > 4);
    for (size_t i = 0; i < 4; i++) assert_string_equal(places[i].country, "USA");
    assert_int_equal(casus_gazetteer_find(gazetteer, CASUS_STR("Paris"), &texas, places, 0), n);
    assert_int_equal(casus_gazetteer_find(gazetteer, CASUS_STR(""), NULL, places, 4), 0);
}

static void places_have_coordinates(void **state) {
    (void)state;
    need_cities();
    casus_gazetteer_place place;
    assert_int_equal(casus_gazetteer_resolve(gazetteer, CASUS_STR("Kabul"), NULL, &place, NULL), CASUS_PLACE_FOUND);
    assert_true(place.located && place.capital);
    assert_true(fabs(place.lat - 34.5) < 0.3 && fabs(place.lon - 69.2) < 0.3);
    assert_string_equal(place.admin1, "Kabul");
    assert_null(place.code);
    assert_int_equal(casus_gazetteer_resolve(gazetteer, CASUS_STR("Fiji"), NULL, &place, NULL), CASUS_PLACE_FOUND);
    assert_true(place.lat < -12 && place.lat > -21 && fabs(place.lon) > 175); /* on both sides of the date line */
}

/* ---- damaged files ---- */

static casus_code open_parts(gaz_place place, gaz_posting posting, gaz_slot slot, const char *strings, size_t n) {
    char path[64];
    snprintf(path, sizeof path, "/tmp/casus-gazetteer-%ld", (long)getpid());
    gaz_slot slots[2] = {slot, {0, 0}};
    gaz_country country = {"AFG", "AF", 0};
    casus_pack_part parts[] = {{"places", &place, sizeof place}, {"postings", &posting, sizeof posting},
                               {"slots", slots, sizeof slots},   {"countries", &country, sizeof country},
                               {"strings", strings, n},          {"source", "test", 5}};
    casus_gazetteer *g = NULL;
    assert_int_equal(casus_pack_write(path, GAZ_KIND, GAZ_VERSION, parts, 6, NULL), CASUS_OK);
    casus_code code = casus_gazetteer_open(&g, path, NULL);
    casus_gazetteer_close(g);
    unlink(path);
    return code;
}

static void files_that_point_outside_are_refused(void **state) {
    (void)state;
    gaz_place place = {.admin1 = GAZ_NONE, .kind = CASUS_PLACE_COUNTRY}, wrong = place;
    gaz_posting posting = {0 | GAZ_LAST, 0};
    gaz_slot slot = {0, 1};
    assert_int_equal(open_parts(place, posting, slot, "Afghanistan", 12), CASUS_OK);
    assert_int_equal(open_parts(place, posting, slot, "Afghanistan", 11), CASUS_ERR_FORMAT);
    assert_int_equal(open_parts(place, (gaz_posting){0, 0}, slot, "A", 2), CASUS_ERR_FORMAT);
    assert_int_equal(open_parts(place, (gaz_posting){1 | GAZ_LAST, 0}, slot, "A", 2), CASUS_ERR_FORMAT);
    assert_int_equal(open_parts(place, posting, (gaz_slot){0, 2}, "A", 2), CASUS_ERR_FORMAT);
    wrong.country = 1;
    assert_int_equal(open_parts(wrong, posting, slot, "A", 2), CASUS_ERR_FORMAT);
    wrong = place;
    wrong.name = 2;
    assert_int_equal(open_parts(wrong, posting, slot, "A", 2), CASUS_ERR_FORMAT);
    wrong = place;
    wrong.admin1 = 1;
    assert_int_equal(open_parts(wrong, posting, slot, "A", 2), CASUS_ERR_FORMAT);
}

static void other_files_are_refused(void **state) {
    (void)state;
    casus_gazetteer *g = NULL;
    casus_error err;
    assert_int_equal(casus_gazetteer_open(&g, "tests/data/source/report.txt", &err), CASUS_ERR_FORMAT);
    assert_int_equal(casus_gazetteer_open(&g, "tests/data/no-such-file", &err), CASUS_ERR_IO);
    assert_null(g);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(countries_are_known_by_name_and_code),
        cmocka_unit_test(divisions_are_known_with_and_without_their_type),
        cmocka_unit_test(the_well_known_city_is_meant),
        cmocka_unit_test(words_and_villages_are_not_relied_on),
        cmocka_unit_test(hints_rank_and_filter),
        cmocka_unit_test(places_have_coordinates),
        cmocka_unit_test(files_that_point_outside_are_refused),
        cmocka_unit_test(other_files_are_refused),
    };
    return cmocka_run_group_tests_name("gazetteer", tests, open_gazetteer, close_gazetteer);
}
