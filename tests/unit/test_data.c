/* data: real files of the field's formats with their exact counts; codes, countries; the same file twice; stopping and
 * going on. */
#include "casus/data.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "unit/ledger_memory.h"

/* Imports a file of the shared data; false (after a line) when it is not there. */
static bool import_shared(const char *name, casus_scheme scheme, casus_import_report *report) {
    char path[512];
    const char *shared = getenv("CASUS_SHARED");
    snprintf(path, sizeof path, "%s/data/events/%s", shared ? shared : "../shared", name);
    if (access(path, R_OK) != 0) {
        print_message("no %s: skipped\n", path);
        return false;
    }
    casus_import_options options = {.scheme = scheme};
    casus_error err = {0};
    if (casus_import(ledger, path, &options, report, &err)) fail_msg("%s", err.message);
    return true;
}

static void assert_counts(const casus_import_report *r, const char *format, int64_t rows, int64_t unknown_codes) {
    assert_string_equal(r->format, format);
    assert_int_equal(r->rows, rows);
    assert_int_equal(r->rejected, 0);
    assert_int_equal(r->unknown_codes, unknown_codes);
}

static void test_gdelt(void **state) {
    (void)state;
    casus_import_report r;
    if (!import_shared("gdelt_events.csv", CASUS_SCHEME_NONE, &r)) skip();
    assert_counts(&r, "gdelt2", 100, 0);
    assert_int_equal(r.rated, 100);
    assert_int_equal(r.agree, 100);
    assert_int_equal(ask("SELECT count(*) FROM all_events WHERE origin = 'gdelt2' AND quad BETWEEN 1 AND 4"), 100);
    if (!import_shared("gdelt_events1.csv", CASUS_SCHEME_NONE, &r)) skip();
    assert_counts(&r, "gdelt1", 100, 0);
    assert_int_equal(r.agree, 100); /* four of them are protests, one an investigation: GDELT's own quad classes */
    assert_int_equal(ask("SELECT count(*) FROM coded_flat WHERE origin = 'gdelt1' AND code = '141' AND quad = 4 AND given = '3\t-6.5'"), 4);
    if (!import_shared("gdelt_mentions.csv", CASUS_SCHEME_NONE, &r)) skip();
    assert_counts(&r, "gdelt-mentions", 100, 0);
    assert_int_equal(ask("SELECT count(*) FROM coded_mentions"), 100);
}

static void test_icews(void **state) {
    (void)state;
    casus_import_report r;
    if (!import_shared("icews_events.2018.sample.tab", CASUS_SCHEME_NONE, &r)) skip();
    assert_counts(&r, "icews", 3705, 10);
    assert_int_equal(r.rated, 3684);
    assert_int_equal(r.agree, 3669);
    assert_int_equal(r.unknown_countries, 0);
}

static void test_ucdp(void **state) {
    (void)state;
    casus_import_report r;
    if (!import_shared("ucdp_ged_v23_1_country482.csv", CASUS_SCHEME_NONE, &r)) skip();
    assert_counts(&r, "ucdp", 1848, 0);
    assert_int_equal(ask("SELECT count(*) FROM coded_events WHERE id = 22864 AND deaths_low = 0 AND deaths_best = 2 "
                         "AND deaths_high = 12"),
                     1);
    assert_int_equal(ask("SELECT count(*) FROM all_events WHERE country = 'CAF' AND directed = 0") > 0, 1);
}

static void test_keds(void **state) {
    (void)state;
    casus_import_report r;
    if (!import_shared("levant_cameo.csv", CASUS_CAMEO, &r)) skip();
    assert_counts(&r, "keds", 145709, 692);
    assert_int_equal(ask("SELECT count(*) FROM coded_flat WHERE code = '0256' AND type IS NULL"), 345);
    if (!import_shared("levant_cameo.csv", CASUS_CAMEO, &r)) skip();
    assert_true(r.already);
    assert_int_equal(ask("SELECT count(*) FROM coded_events"), 145709);
    if (!import_shared("casia_weis.csv", CASUS_WEIS, &r)) skip();
    assert_counts(&r, "keds", 8377, 87);
}

static void test_codes(void **state) {
    (void)state;
    const casus_event_code *cameo = casus_event_code_find(CASUS_CAMEO, CASUS_STR("160")),
                           *weis = casus_event_code_find(CASUS_WEIS, CASUS_STR("160"));
    assert_non_null(cameo);
    assert_non_null(weis);
    assert_string_equal(weis->plover, "THREATEN");
    assert_string_not_equal(cameo->plover, weis->plover);
    assert_string_equal(casus_event_code_find(CASUS_PLOVER_SCHEME, CASUS_STR("CONSULT:visit"))->mode, "visit");
    assert_null(casus_event_code_find(CASUS_CAMEO, CASUS_STR("0256")));
    assert_int_equal(casus_scheme_of("WEIS"), CASUS_WEIS);
    assert_int_equal(casus_scheme_of("weiss"), CASUS_SCHEME_NONE);
}

static const char *country(casus_country_system system, const char *text) {
    const casus_country *c = casus_country_find(system, casus_str_of(text));
    return c ? c->iso3 : "";
}

static void test_countries(void **state) {
    (void)state;
    assert_string_equal(country(CASUS_COUNTRY_ISO2, "ch"), "CHE");
    assert_string_equal(country(CASUS_COUNTRY_FIPS, "CH"), "CHN");
    assert_string_equal(country(CASUS_COUNTRY_FIPS, "IZ"), "IRQ");
    assert_string_equal(country(CASUS_COUNTRY_COW, "255"), "DEU");
    assert_string_equal(country(CASUS_COUNTRY_GW, "260"), "DEU");
    assert_string_equal(country(CASUS_COUNTRY_COWC, "UKG"), "GBR");
    assert_string_equal(country(CASUS_COUNTRY_NUMERIC, "004"), "AFG");
    assert_string_equal(country(CASUS_COUNTRY_CAMEO, "KSV"), "XKX");
    assert_string_equal(country(CASUS_COUNTRY_ANY, "ivory coast"), "CIV");
    assert_string_equal(country(CASUS_COUNTRY_ANY, "700"), "");
    assert_string_equal(country(CASUS_COUNTRY_FIPS, ""), "");
    assert_string_equal(country(CASUS_COUNTRY_FIPS, "GZ"), "PSE");
    assert_string_equal(country(CASUS_COUNTRY_FIPS, "NI"), "NGA");
    assert_string_equal(country(CASUS_COUNTRY_FIPS, "AU"), "AUT");
    assert_string_equal(country(CASUS_COUNTRY_CAMEO, "AUS"), "AUS"); /* COW's Austria */
    assert_string_equal(country(CASUS_COUNTRY_CAMEO, "TMP"), "TLS");
    assert_string_equal(country(CASUS_COUNTRY_CAMEO, "FRN"), "FRA"); /* older KEDS sets */
    assert_string_equal(country(CASUS_COUNTRY_CAMEO, "ROU"), "ROU");
    assert_string_equal(country(CASUS_COUNTRY_COW, "345"), "SRB");
    assert_string_equal(country(CASUS_COUNTRY_GW, "340"), "SRB");
    assert_string_equal(country(CASUS_COUNTRY_GW, "972"), "TON"); /* COW has 955 */
    assert_string_equal(country(CASUS_COUNTRY_COW, "972"), "");
    assert_string_equal(country(CASUS_COUNTRY_COW, "679"), "YEM");
    assert_string_equal(country(CASUS_COUNTRY_GW, "678"), "YEM");
}

/* Every code leads back to its own country: no code of a system names two. */
static void test_countries_are_unique(void **state) {
    (void)state;
    size_t n = 0;
    for (const casus_country *c; (c = casus_country_at(n)) != NULL; n++) {
        char number[3][12];
        snprintf(number[0], 12, "%d", c->numeric);
        snprintf(number[1], 12, "%d", c->cow);
        snprintf(number[2], 12, "%d", c->gw);
        assert_string_equal(country(CASUS_COUNTRY_ISO3, c->iso3), c->iso3);
        if (*c->iso2) assert_string_equal(country(CASUS_COUNTRY_ISO2, c->iso2), c->iso3);
        if (*c->fips) assert_string_equal(country(CASUS_COUNTRY_FIPS, c->fips), c->iso3);
        if (*c->cameo) assert_string_equal(country(CASUS_COUNTRY_CAMEO, c->cameo), c->iso3);
        if (*c->cowc) assert_string_equal(country(CASUS_COUNTRY_COWC, c->cowc), c->iso3);
        if (c->numeric) assert_string_equal(country(CASUS_COUNTRY_NUMERIC, number[0]), c->iso3);
        if (c->cow) assert_string_equal(country(CASUS_COUNTRY_COW, number[1]), c->iso3);
        if (c->gw) assert_string_equal(country(CASUS_COUNTRY_GW, number[2]), c->iso3);
        casus_str other = casus_str_of(c->other_cameo), code;
        while (casus_str_cut(&other, ';', &code))
            if (code.n) assert_string_equal(casus_country_find(CASUS_COUNTRY_CAMEO, code)->iso3, c->iso3);
    }
    assert_int_equal(n, 256);
}

/* ---- files written here ------------------------------------------------------------------------------------ */

static const char *write_file(const char *text, size_t n) {
    static char path[64];
    snprintf(path, sizeof path, "/tmp/casus-test-data-%d", (int)getpid());
    assert_int_equal(casus_file_write(path, text, n, NULL), CASUS_OK);
    return path;
}

static void on_reject(void *ctx, const casus_error *why, casus_str row) {
    (void)row;
    *(casus_error *)ctx = *why;
}

static void test_scheme_must_be_named(void **state) {
    (void)state;
    casus_error err;
    casus_import_report r;
    const char *path = write_file("950103 AFG PAK 130\n", 19);
    assert_int_equal(casus_import(ledger, path, NULL, &r, &err), CASUS_ERR_ARG);
    assert_non_null(strstr(err.message, "--scheme weis"));
    casus_import_options weis = {.scheme = CASUS_WEIS};
    assert_int_equal(casus_import(ledger, path, &weis, &r, &err), CASUS_OK);
    assert_int_equal(r.rows, 1);
    assert_int_equal(ask("SELECT day FROM coded_events"), 19950103);
    unlink(path);
}

static void test_bad_rows(void **state) {
    (void)state;
    static const char TEXT[] =
        "date,source,target,code\n2001-02-29,AFG,PAK,010\n2001-02-28,\"AFG,\"\"x\"\"\",PAK,010\n2001-03-01,AFG,PAK\n";
    casus_error err, rejected = {0};
    casus_import_report r;
    casus_import_options options = {.scheme = CASUS_CAMEO, .rejected = on_reject, .ctx = &rejected};
    const char *path = write_file(TEXT, sizeof TEXT - 1);
    assert_int_equal(casus_import(ledger, path, &options, &r, &err), CASUS_OK);
    assert_int_equal(r.rows, 1);
    assert_int_equal(r.rejected, 2);
    assert_int_equal(rejected.line, 4);
    assert_string_equal(rejected.file, path);
    assert_int_equal(ask("SELECT count(*) FROM all_events WHERE source = 'AFG,\"x\"' AND source_country = 'AFG'"), 1);
    unlink(path);
}

static bool stop(void *ctx, uint64_t done, uint64_t total, uint64_t rows) {
    (void)ctx, (void)done, (void)total;
    return rows != 4;
}

static void test_going_on(void **state) {
    (void)state;
    char text[400];
    size_t n = 0;
    for (int i = 1; i <= 9; i++) n += (size_t)snprintf(text + n, sizeof text - n, "95010%d AFG PAK 13%d\n", i, i % 3);
    casus_error err;
    casus_import_report r;
    casus_import_options options = {.scheme = CASUS_WEIS, .batch = 2, .progress = stop};
    const char *path = write_file(text, n);
    assert_int_equal(casus_import(ledger, path, &options, &r, &err), CASUS_ERR_STOPPED);
    assert_int_equal(ask("SELECT count(*) FROM coded_events"), 4);
    assert_int_equal(casus_import(ledger, path, &options, &r, &err), CASUS_OK);
    assert_int_equal(r.rows, 9);
    assert_int_equal(r.resumed, 4);
    assert_int_equal(ask("SELECT count(DISTINCT line) FROM coded_events"), 9);
    assert_int_equal(ask("SELECT rows FROM imports"), 9);
    unlink(path);
}

static void test_map(void **state) {
    (void)state;
    static const char TEXT[] = "when;who;whom;what;note\n3 March 1999;FRA;DEU;042;\"two\nlines\"\n";
    casus_error err;
    casus_import_report r;
    casus_import_options options = {.scheme = CASUS_CAMEO, .map = "date=when,source=who,target=whom,code=what"};
    const char *path = write_file(TEXT, sizeof TEXT - 1);
    if (casus_import(ledger, path, &options, &r, &err)) fail_msg("%s", err.message);
    assert_int_equal(r.rows, 1);
    assert_int_equal(ask("SELECT count(*) FROM all_events WHERE time_begin = '1999-03-03' AND target_country = 'DEU' "
                         "AND type = 'CONSULT'"),
                     1);
    static const char NUMBERS[] = "day,a,b,ca,cb,code\n1999-03-03,army,crowd,700,365,042\n1999-03-04,army,crowd,255,999,042\n";
    casus_country_system gw = CASUS_COUNTRY_GW;
    options.map = "date=day,source-name=a,target-name=b,source-country=ca,target-country=cb,code=code";
    options.countries = &gw;
    path = write_file(NUMBERS, sizeof NUMBERS - 1);
    if (casus_import(ledger, path, &options, &r, &err)) fail_msg("%s", err.message);
    assert_int_equal(r.unknown_countries, 2); /* GW's Germany is 260 since 1949; 999 is nobody */
    assert_int_equal(ask("SELECT count(*) FROM coded_flat WHERE source_country = 'AFG' AND target_country = 'RUS'"), 1);
    casus_country_system system;
    assert_true(casus_country_system_of("COW", &system) && system == CASUS_COUNTRY_COW);
    assert_false(casus_country_system_of("coww", &system));
    path = write_file(TEXT, sizeof TEXT - 1);
    options.countries = NULL;
    options.map = "date=when,source=who,target=nobody,code=what";
    assert_int_equal(casus_import(ledger, path, &options, &r, &err), CASUS_ERR_ARG);
    assert_non_null(strstr(err.message, "nobody"));
    unlink(path);
}

/* ---- samples of layouts ------------------------------------------------------------------------------------ */

static casus_import_report import_sample(const char *name, casus_scheme scheme) {
    char path[100];
    casus_error err = {0};
    casus_import_report r = {0};
    casus_import_options options = {.scheme = scheme};
    snprintf(path, sizeof path, "tests/data/formats/%s", name);
    if (casus_import(ledger, path, &options, &r, &err)) fail_msg("%s: %s", path, err.message);
    return r;
}

static void test_polecat(void **state) {
    (void)state;
    casus_import_report r = import_sample("polecat.tsv", CASUS_SCHEME_NONE);
    assert_counts(&r, "polecat", 3, 1);
    assert_int_equal(r.unknown_countries, 1);
    assert_int_equal(ask("SELECT count(*) FROM coded_flat WHERE type = 'CONSULT' AND mode = 'visit' AND quad = 1 AND "
                         "source_country = 'NOR'"
                         " AND place = 'Nairobi' AND country = 'KEN'"),
                     1);
    assert_int_equal(
        ask("SELECT count(*) FROM coded_flat WHERE code = 'PROTEST:silent' AND type = 'PROTEST' AND target IS NULL"),
        1);
}

static void test_plover_json(void **state) {
    (void)state;
    casus_import_report r = import_sample("plover.jsonl", CASUS_SCHEME_NONE);
    assert_string_equal(r.format, "plover-json");
    assert_int_equal(r.rows, 2);
    assert_int_equal(r.rejected, 1);
    assert_int_equal(ask("SELECT count(*) FROM coded_flat WHERE id = 'm-2' AND type = 'PROTEST' AND mode = 'strike' "
                         "AND source_country = 'ARG'"
                         " AND time_end = '2021-03-06' AND place = 'Rosario'"),
                     1);
}

static void test_phoenix_and_petrarch(void **state) {
    (void)state;
    casus_import_report r = import_sample("phoenix.tsv", CASUS_SCHEME_NONE);
    assert_counts(&r, "phoenix", 2, 0);
    assert_int_equal(r.agree, 2);
    r = import_sample("petrarch.txt", CASUS_SCHEME_NONE);
    assert_string_equal(r.format, "petrarch");
    assert_int_equal(r.rows, 2);
    assert_int_equal(r.rejected, 1);
    assert_int_equal(
        ask("SELECT count(*) FROM all_events WHERE source = 'FJIMIL' AND source_country = 'FJI' AND code = '174'"), 1);
    r = import_sample("keds.txt", CASUS_CAMEO);
    assert_int_equal(r.rows, 2);
    assert_int_equal(r.rejected, 1);
}

static void test_acled(void **state) {
    (void)state;
    casus_import_report r = import_sample("acled.csv", CASUS_SCHEME_NONE);
    assert_counts(&r, "acled", 3, 1);
    assert_int_equal(r.unknown_countries, 1);
    assert_int_equal(ask("SELECT count(*) FROM coded_flat WHERE day = 20221228 AND type = 'ASSAULT' AND directed = 0 "
                         "AND deaths_best = 3"
                         " AND country = 'MLI' AND line = 2"),
                     1);
    assert_int_equal(ask("SELECT line FROM coded_events WHERE day = 20230101"), 4);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_memory, close_memory)

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_gdelt),
                                       TEST(test_icews),
                                       TEST(test_ucdp),
                                       TEST(test_keds),
                                       cmocka_unit_test(test_codes),
                                       cmocka_unit_test(test_countries),
                                       cmocka_unit_test(test_countries_are_unique),
                                       TEST(test_scheme_must_be_named),
                                       TEST(test_bad_rows),
                                       TEST(test_going_on),
                                       TEST(test_map),
                                       TEST(test_polecat),
                                       TEST(test_plover_json),
                                       TEST(test_phoenix_and_petrarch),
                                       TEST(test_acled)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
