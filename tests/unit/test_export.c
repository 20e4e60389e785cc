/* export: what came in a layout comes out as it was; small sets against golden files (CASUS_GOLDEN=write makes them
 * anew). */
#include "casus/data.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static casus_ledger *ledger;
static casus_buf text;

static int open_memory(void **state) {
    (void)state;
    return (int)casus_ledger_open(&ledger, ":memory:", CASUS_LEDGER_CREATE, NULL);
}

static int close_memory(void **state) {
    (void)state;
    casus_ledger_close(ledger);
    casus_buf_done(&text);
    return 0;
}

static void import(const char *path) {
    casus_error err = {0};
    casus_import_report r;
    if (casus_import(ledger, path, NULL, &r, &err)) fail_msg("%s: %s", path, err.message);
}

static bool take(void *ctx, casus_str bytes) {
    casus_buf_add(ctx, bytes.at, bytes.n);
    return true;
}

static casus_export_report export(const char *format) {
    casus_error err = {0};
    casus_export_report r;
    casus_export_options options = {.format = format, .write = take, .ctx = &text};
    casus_buf_clear(&text);
    if (casus_export(ledger, &options, &r, &err)) fail_msg("%s: %s", format, err.message);
    return r;
}

/* ---- round trips ------------------------------------------------------------------------------------------- */

static bool is_file(const char *path) {
    casus_map map;
    assert_int_equal(casus_map_open(&map, path, NULL), CASUS_OK);
    bool same = map.n == text.n && memcmp(map.at, text.at, text.n) == 0;
    casus_map_close(&map);
    return same;
}

static void check_round_trip(const char *name, const char *format) {
    char path[512];
    const char *shared = getenv("CASUS_SHARED");
    snprintf(path, sizeof path, "%s/data/events/%s", shared ? shared : "../shared", name);
    if (access(path, R_OK) != 0) {
        print_message("no %s: skipped\n", path);
        return;
    }
    import(path);
    export(format);
    assert_true(is_file(path));
}

static void test_gdelt(void **state) {
    (void)state;
    import("tests/data/formats/gdelt2.tsv");
    export("gdelt2");
    assert_true(is_file("tests/data/formats/gdelt2.tsv"));
}

static void test_gdelt_sample(void **state) {
    (void)state;
    check_round_trip("gdelt_events.csv", "gdelt2");
}

static void test_icews_sample(void **state) {
    (void)state;
    check_round_trip("icews_events.2018.sample.tab", "icews");
}

/* ---- golden files ------------------------------------------------------------------------------------------ */

static void import_small(void) {
    import("tests/data/formats/phoenix.tsv");
    import("tests/data/formats/petrarch.txt");
    import("tests/data/formats/acled.csv");
    import("tests/data/formats/polecat.tsv");
}

static void check_golden(const char *format) {
    char path[100];
    const char *write = getenv("CASUS_GOLDEN");
    snprintf(path, sizeof path, "tests/data/export/events.%s", format);
    if (write && strcmp(write, "write") == 0) assert_int_equal(casus_file_write(path, text.at, text.n, NULL), CASUS_OK);
    assert_true(is_file(path));
}

static void test_golden(void **state) {
    (void)state;
    static const char *const ALL[] = {"csv", "jsonl", "gdelt2", "icews", "graphml", "gexf", "geojson", "ftm"};
    import_small();
    for (size_t i = 0; i < sizeof ALL / sizeof *ALL; i++) {
        export(ALL[i]);
        check_golden(ALL[i]);
    }
}

static void test_what_is_lost(void **state) {
    (void)state;
    import_small();
    casus_export_report r = export("icews");
    assert_int_equal(r.written, 4);
    assert_int_equal(r.left_out, 6);
    assert_non_null(strstr(r.lost, "CAMEO"));
    r = export("csv");
    assert_int_equal(r.written, 10);
    assert_string_equal(r.lost, "");
}

static void test_well_formed(void **state) {
    (void)state;
    import_small();
    static const char *const XML[] = {"graphml", "gexf"};
    for (int i = 0; i < 2; i++) {
        export(XML[i]);
        xmlDocPtr doc = xmlReadMemory(text.at, (int)text.n, NULL, NULL, XML_PARSE_NONET);
        assert_non_null(doc);
        xmlFreeDoc(doc);
    }
    xmlCleanupParser();
}

static const char *member(const json_t *o, const char *key) { return json_string_value(json_object_get(o, key)); }

/* Every reference of the bundle names an object of it. */
static void test_stix(void **state) {
    (void)state;
    import_small();
    export("stix");
    json_t *bundle = json_loadb(text.at, text.n, 0, NULL), *ids = json_object(), *o;
    json_t *objects = json_object_get(bundle, "objects");
    size_t i, relationships = 0;
    json_array_foreach(objects, i, o) json_object_set(ids, member(o, "id"), o);
    assert_int_equal(json_object_size(ids), json_array_size(objects));
    json_array_foreach(objects, i, o) {
        assert_string_equal(member(o, "spec_version"), "2.1");
        if (strcmp(member(o, "type"), "relationship") != 0) continue;
        relationships++;
        assert_non_null(json_object_get(ids, member(o, "source_ref")));
        assert_non_null(json_object_get(ids, member(o, "target_ref")));
        assert_int_equal(strspn(member(o, "relationship_type"), "abcdefghijklmnopqrstuvwxyz0123456789-"),
                         strlen(member(o, "relationship_type")));
    }
    assert_true(relationships > 0);
    json_decref(bundle);
    json_decref(ids);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_memory, close_memory)

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_gdelt),  TEST(test_gdelt_sample), TEST(test_icews_sample),
                                       TEST(test_golden), TEST(test_what_is_lost), TEST(test_well_formed),
                                       TEST(test_stix)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
