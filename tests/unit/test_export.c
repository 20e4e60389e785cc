/* export: what came in a layout comes out as it was; small sets against golden files (CASUS_GOLDEN=write makes them
 * anew). */
#include "casus/data.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <sqlite3.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "unit/ledger_reading.h"

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

/* "what (events); ", what was left out after "!". */
static char lost[8000];

static void add_lost(void *ctx, casus_str what, int64_t events, bool left_out) {
    (void)ctx;
    size_t n = strlen(lost);
    snprintf(lost + n, sizeof lost - n, "%s%.*s (%lld); ", left_out ? "!" : "", CASUS_FMT(what), (long long)events);
}

static casus_export_report export(const char *format) {
    casus_error err = {0};
    casus_export_report r;
    casus_export_options options = {.format = format, .write = take, .lost = add_lost, .ctx = &text};
    casus_buf_clear(&text);
    lost[0] = '\0';
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

/* ---- every layout there and back --------------------------------------------------------------------------- */

static char *ask(const char *sql) {
    sqlite3_stmt *q = NULL;
    assert_int_equal(sqlite3_prepare_v2(casus_ledger_sqlite(ledger), sql, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    char *out = strdup((const char *)sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
    assert_non_null(out);
    return out;
}

/* All that the tables keep of the events, as text. */
static char *dump(void) {
    static const char SQL[] =
        "SELECT group_concat(row, char(10)) FROM (SELECT quote(e.id) || e.day || quote(e.day_end) || quote(s.fields) || quote(t.fields) || quote(c.text)"
        " || quote(p.fields) || quote(sp.fields) || quote(tp.fields) || quote(e.given) || quote(e.mentions) || quote(e.deaths_low)"
        " || quote(e.deaths_best) || quote(e.deaths_high) || quote(e.extra) AS row FROM coded_events e JOIN coded_codes c ON c.code = e.code"
        " LEFT JOIN coded_actors s ON s.actor = e.source LEFT JOIN coded_actors t ON t.actor = e.target LEFT JOIN coded_places p ON p.place = e.place"
        " LEFT JOIN coded_places sp ON sp.place = e.source_place LEFT JOIN coded_places tp ON tp.place = e.target_place ORDER BY e.event)";
    return ask(SQL);
}

static void import_as(const char *path, const casus_import_options *options) {
    casus_error err = {0};
    casus_import_report r;
    if (casus_import(ledger, path, options, &r, &err)) fail_msg("%s: %s", path, err.message);
}

/* File → ledger → file → ledger: the ledgers are equal, nothing is said to be lost. */
static void check_there_and_back(const char *path, const char *format, const casus_import_options *options) {
    char back[64];
    import_as(path, options);
    casus_export_report r = export(format);
    assert_string_equal(lost, "");
    assert_int_equal(r.left_out, 0);
    char *first = dump();
    snprintf(back, sizeof back, "/tmp/casus-test-export-%d", (int)getpid());
    assert_int_equal(casus_file_write(back, text.at, text.n, NULL), CASUS_OK);
    casus_ledger_close(ledger);
    assert_int_equal(casus_ledger_open(&ledger, ":memory:", CASUS_LEDGER_CREATE, NULL), CASUS_OK);
    import_as(back, options);
    char *second = dump();
    unlink(back);
    assert_string_equal(first, second);
    free(first);
    free(second);
}

static void check_shared(const char *name, const char *format, casus_scheme scheme) {
    char path[512];
    const char *shared = getenv("CASUS_SHARED");
    snprintf(path, sizeof path, "%s/data/events/%s", shared ? shared : "../shared", name);
    if (access(path, R_OK) != 0) {
        print_message("no %s: skipped\n", path);
        return;
    }
    casus_import_options options = {.scheme = scheme, .format = format};
    check_there_and_back(path, format, &options);
}

static void test_polecat_back(void **state) { (void)state, check_there_and_back("tests/data/formats/polecat.tsv", "polecat", NULL); }
static void test_phoenix_back(void **state) { (void)state, check_there_and_back("tests/data/formats/phoenix.tsv", "phoenix", NULL); }
static void test_petrarch_back(void **state) { (void)state, check_there_and_back("tests/data/formats/petrarch.txt", "petrarch", NULL); }
static void test_acled_back(void **state) { (void)state, check_there_and_back("tests/data/formats/acled.csv", "acled", NULL); }
static void test_plover_back(void **state) { (void)state, check_there_and_back("tests/data/formats/plover.jsonl", "plover-json", NULL); }
static void test_ucdp_back(void **state) { (void)state, check_shared("ucdp_ged_v23_1_country482.csv", "ucdp", CASUS_SCHEME_NONE); }
static void test_gdelt1_back(void **state) { (void)state, check_shared("gdelt_events1.csv", "gdelt1", CASUS_SCHEME_NONE); }
static void test_casia_back(void **state) { (void)state, check_shared("casia_weis.csv", "keds", CASUS_WEIS); }

static void test_mentions(void **state) {
    (void)state;
    check_round_trip("gdelt_mentions.csv", "gdelt-mentions");
}

static void test_keds_back(void **state) {
    (void)state;
    casus_import_options options = {.scheme = CASUS_CAMEO};
    check_there_and_back("tests/data/formats/keds.txt", "keds", &options);
}

/* An event can be read back from csv by a map, with all that csv has columns for. */
static void test_csv_back(void **state) {
    (void)state;
    static const char FLAT[] = "SELECT group_concat(quote(id) || time_begin || time_end || quote(source) || quote(target) || quote(source_name) || quote(source_country)"
                               " || quote(target_country) || quote(source_sectors) || code || quote(place) || quote(country) || quote(lat) || quote(lon), char(10)) FROM coded_flat";
    casus_import_options map = {.scheme = CASUS_CAMEO, .map = "id=own_id,date=time_begin,end=time_end,source=source,target=target,source-name=source_name,"
                                "target-name=target_name,source-country=source_country,target-country=target_country,code=code,place=place,country=country,"
                                "lat=lat,lon=lon,source-sectors=source_sectors,target-sectors=target_sectors,weight=mentions,deaths=deaths"};
    import("tests/data/formats/phoenix.tsv");
    export("csv");
    char back[64], *first = ask(FLAT);
    snprintf(back, sizeof back, "/tmp/casus-test-export-%d", (int)getpid());
    assert_int_equal(casus_file_write(back, text.at, text.n, NULL), CASUS_OK);
    casus_ledger_close(ledger);
    assert_int_equal(casus_ledger_open(&ledger, ":memory:", CASUS_LEDGER_CREATE, NULL), CASUS_OK);
    import_as(back, &map);
    unlink(back);
    char *second = ask(FLAT);
    assert_string_equal(first, second);
    free(first);
    free(second);
}

/* What another layout has no column for is counted column by column. */
static void test_losses(void **state) {
    (void)state;
    import("tests/data/formats/phoenix.tsv");
    export("gdelt2");
    assert_string_equal(lost, "PentaClass (2); Issues (1); StateName (1); SentenceID (2); URLs (2); NewsSources (2); ");
    export("polecat");
    assert_non_null(strstr(lost, "code (its PLOVER type is written) (2); "));
    assert_non_null(strstr(text.at, "\t2019-06-11\t"));
    casus_export_report r = export("ucdp");
    assert_int_equal(r.left_out, 2);
    assert_string_equal(lost, "!no UCDP type of violence (2); ");
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
    static const char *const ALL[] = {"csv",   "jsonl", "gdelt2",      "gdelt1",  "icews",   "polecat", "plover-json", "phoenix",
                                      "petrarch", "keds", "ucdp", "acled", "graphml", "gexf",  "geojson",     "ftm"};
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
    assert_non_null(strstr(lost, "!no CAMEO code (6)"));
    r = export("csv");
    assert_int_equal(r.written, 10);
    assert_int_equal(r.left_out, 0);
    r = export("jsonl");
    assert_string_equal(lost, "");
    assert_string_equal(r.lost, "");
}

static void test_edtf(void **state) {
    (void)state;
    import_small();
    export("jsonl");
    assert_non_null(strstr(text.at, "\"edtf\":\"2019-06-11\""));
}

/* One event a time; what EDTF makes of it. */
static void check_edtf(const char *begin, const char *end, bool approximate, const char *want) {
    char member_of[80];
    test_account a;
    casus_error err = {0};
    casus_ledger_close(ledger);
    assert_int_equal(casus_ledger_open(&ledger, ":memory:", CASUS_LEDGER_CREATE, NULL), CASUS_OK);
    test_account_init(&a, "d", "d", "2023-05-04", "Guns opened up on Kelm before sunrise.");
    casus_statement *s = test_event(&a, CASUS_ASSAULT, "ALA", "Aland", "BOR", "Borland", "2023-05-01", "Kelm");
    snprintf(s->time.begin, sizeof s->time.begin, "%s", begin);
    snprintf(s->time.end, sizeof s->time.end, "%s", end);
    s->time.approx = approximate;
    if (casus_ledger_put(ledger, &a.doc, &a.reading, "test", NULL, &err)) fail_msg("%s", err.message);
    export("jsonl");
    snprintf(member_of, sizeof member_of, "\"edtf\":\"%s\"", want);
    if (!strstr(text.at, member_of)) fail_msg("no %s in %s", member_of, text.at);
}

static void test_edtf_of_statements(void **state) {
    (void)state;
    check_edtf("2023-05-01", "2023-05-01", false, "2023-05-01");
    check_edtf("2023-01-01", "2023-12-31", true, "2023~");
    check_edtf("2024-02-01", "2024-02-29", false, "2024-02");
    check_edtf("2023-02-01", "2023-02-27", false, "2023-02-01/2023-02-27");
    check_edtf("2021-08-15", "", false, "2021-08-15/..");
    check_edtf("", "1999-12-31", true, "../1999-12-31~");
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

/* ---- what is disputed -------------------------------------------------------------------------------------- */

/* One says that Aland raided Kelm, Aland denies it, a third names Zetia and the author rejects that. */
static void put_dispute(void) {
    static const struct {
        const char *id, *text, *source, *name, *holder;
        casus_holds holds;
        casus_view view;
    } TOLD[] = {{"d1", "Guns opened up on Kelm before sunrise.", "ALA", "Aland", NULL, CASUS_ASSERTS, CASUS_NEUTRAL},
                {"d2", "The ministry calls the story an invention of its enemies.", "ALA", "Aland", "ALA", CASUS_DENIES, CASUS_NEUTRAL},
                {"d3", "Exiles point at another neighbour altogether.", "ZET", "Zetia", "DOR", CASUS_CLAIMS, CASUS_REJECTS}};
    for (size_t i = 0; i < 3; i++) {
        test_account a;
        casus_error err = {0};
        test_account_init(&a, TOLD[i].id, TOLD[i].id, "2023-05-04", TOLD[i].text);
        casus_statement *s = test_event(&a, CASUS_ASSAULT, TOLD[i].source, TOLD[i].name, "BOR", "Borland", "2023-05-01", "Kelm");
        if (TOLD[i].holder) test_held(&a, s, TOLD[i].holder, TOLD[i].holder, TOLD[i].holds);
        s->author_view = TOLD[i].view;
        if (casus_ledger_put(ledger, &a.doc, &a.reading, "test", NULL, &err)) fail_msg("%s", err.message);
    }
}

static size_t count_opinions(const json_t *objects, const char *opinion, const char *holder, const char *stance) {
    size_t i, n = 0;
    json_t *o, *extension;
    const char *key;
    json_array_foreach(objects, i, o) {
        if (strcmp(member(o, "type"), "opinion") != 0 || strcmp(member(o, "opinion"), opinion) != 0) continue;
        json_object_foreach(json_object_get(o, "extensions"), key, extension) {
            assert_int_equal(strncmp(key, "extension-definition--", 22), 0);
            n += strcmp(member(extension, "holder"), holder) == 0 && strcmp(member(extension, "stance"), stance) == 0;
        }
    }
    return n;
}

static void test_stix_claims(void **state) {
    (void)state;
    put_dispute();
    export("stix");
    json_t *bundle = json_loadb(text.at, text.n, 0, NULL), *ids = json_object(), *o, *ref;
    json_t *objects = json_object_get(bundle, "objects");
    size_t i, k;
    assert_non_null(bundle);
    json_array_foreach(objects, i, o) json_object_set(ids, member(o, "id"), o);
    json_array_foreach(objects, i, o) json_array_foreach(json_object_get(o, "object_refs"), k, ref)
        assert_non_null(json_object_get(ids, json_string_value(ref)));
    assert_int_equal(count_opinions(objects, "strongly-agree", "author", "asserts"), 1);
    assert_int_equal(count_opinions(objects, "strongly-disagree", "ALA", "denies"), 1);
    /* A rival account, and what its author makes of it, are neither for nor against this event. */
    assert_true(count_opinions(objects, "neutral", "DOR", "claims") == 1 && count_opinions(objects, "neutral", "author", "rejects") == 1);
    json_decref(bundle);
    json_decref(ids);
    export("jsonl");
    assert_non_null(strstr(text.at, "\"edtf\":\"2023-05-01\""));
    assert_non_null(strstr(lost, "sentences, holders and disputes (1)"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_memory, close_memory)

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_gdelt),         TEST(test_gdelt_sample), TEST(test_icews_sample), TEST(test_polecat_back), TEST(test_mentions),
                                       TEST(test_phoenix_back),  TEST(test_petrarch_back), TEST(test_acled_back),  TEST(test_plover_back),
                                       TEST(test_ucdp_back),     TEST(test_gdelt1_back),  TEST(test_casia_back),   TEST(test_keds_back),
                                       TEST(test_csv_back),      TEST(test_losses),       TEST(test_golden),       TEST(test_what_is_lost),
                                       TEST(test_edtf), TEST(test_edtf_of_statements),          TEST(test_well_formed),  TEST(test_stix),          TEST(test_stix_claims)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
