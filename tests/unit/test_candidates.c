/* Imported actors that a name may mean: the indexes find every one that the rules of linking and of naming mean. */
#include "casus/data.h"
#include "casus/measure.h"
#include "data/actor_keys.h"
#include "measure/names.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "unit/ledger_memory.h"

static casus_lexicon *lexicon;
static int open_lexicon(void **state) {
    (void)state;
    char path[512];
    snprintf(path, sizeof path, "%s/lexicon.casus", getenv("CASUS_DATA"));
    return (int)casus_lexicon_open(&lexicon, path, NULL);
}

static int close_lexicon(void **state) {
    (void)state;
    casus_lexicon_close(lexicon);
    return 0;
}

static void import(const char *path, casus_scheme scheme) {
    casus_import_report r;
    casus_error err = {0};
    casus_import_options options = {.scheme = scheme};
    if (casus_import(ledger, path, &options, &r, &err)) fail_msg("%s", err.message);
}

/* ICEWS rows whose names are those of known actors, in capitals or with their spaces taken for hyphens, some of them governments. */
static void import_names(void) {
    char path[64];
    casus_buf out = {0};
    casus_known_actor a;
    snprintf(path, sizeof path, "/tmp/casus-test-candidates-%d", (int)getpid());
    casus_buf_adds(&out, "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\t"
                         "Target Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n");
    for (uint32_t i = 0; casus_lexicon_actor(lexicon, i, &a); i += 3) {
        char name[200];
        snprintf(name, sizeof name, "%s", a.n_names && i % 2 ? casus_lexicon_alias(lexicon, &a, 0) : a.name);
        for (char *c = name; *c; c++) *c = i % 5 == 0 && *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : i % 5 == 1 && *c == ' ' ? '-' : *c;
        casus_buf_addf(&out, "%u\t2014-01-01\t%s%s\tGovernment\t%s\tText\t040\t1\tCrowd %u\tMilitary\tMali\t1\t3\tWire\tTown\tNA\tNA\tMali\t12.5\t-8\n", i,
                       i % 7 ? "" : "Government of ", name, i % 2 ? "Iran" : "Niger", i);
    }
    assert_int_equal(casus_file_write(path, out.at, out.n, NULL), CASUS_OK);
    casus_buf_done(&out);
    import(path, CASUS_SCHEME_NONE);
    unlink(path);
}

static const char *text(sqlite3_stmt *q, int column) {
    const char *s = (const char *)sqlite3_column_text(q, column);
    return s ? s : "";
}

static bool listed(const int64_t *list, size_t n, int64_t number) {
    for (size_t i = 0; i < n; i++)
        if (list[i] == number) return true;
    return false;
}

/* How many imported actors the name means; each of them is a candidate. */
static size_t assert_found(const char *asked, sqlite3_stmt *everybody) {
    casus_arena arena;
    casus_error err = {0};
    measure_who w;
    const measure_who *const who[] = {&w};
    int64_t *numbers = NULL;
    size_t n = 0, meant = 0;
    casus_arena_init(&arena);
    assert_int_equal(measure_who_resolve(casus_ledger_sqlite(ledger), lexicon, asked, &arena, &w, &err), CASUS_OK);
    assert_int_equal(measure_candidates(casus_ledger_sqlite(ledger), who, 1, &arena, &numbers, &n, &err), CASUS_OK);
    for (size_t i = 1; i < n; i++) assert_true(numbers[i - 1] < numbers[i]);
    sqlite3_reset(everybody);
    while (sqlite3_step(everybody) == SQLITE_ROW) {
        const char *code = text(everybody, 1), *name = text(everybody, 2), *country = text(everybody, 3);
        if (!measure_who_linked(&w, code, name, country, text(everybody, 4)) && !measure_who_means(&w, code, name, country)) continue;
        if (!listed(numbers, n, sqlite3_column_int64(everybody, 0))) fail_msg("\"%s\" means %s %s, which is not found", asked, code, name);
        meant++;
    }
    casus_arena_done(&arena);
    return meant;
}

/* By id and name of every `step`th known actor, and by code, country and prefix. */
static size_t assert_all_found(uint32_t step) {
    static const char *const ASKED[] = {"Iran", "NER", "Mali", "United States", "@IRN", "@mli", "TUR*", "=GRC", "Crowd 3", "crowd 9", "nobody at all"};
    sqlite3_stmt *everybody = NULL;
    size_t meant = 0;
    casus_known_actor a;
    assert_int_equal(sqlite3_prepare_v2(casus_ledger_sqlite(ledger), "SELECT actor, code, name, country, sectors FROM coded_actors", -1, &everybody, NULL), SQLITE_OK);
    for (size_t i = 0; i < sizeof ASKED / sizeof *ASKED; i++) meant += assert_found(ASKED[i], everybody);
    for (uint32_t i = 0; casus_lexicon_actor(lexicon, i, &a); i += step) meant += assert_found(a.id, everybody) + assert_found(a.name, everybody);
    sqlite3_finalize(everybody);
    return meant;
}

static void import_samples(void) {
    import("tests/data/formats/gdelt2.tsv", CASUS_SCHEME_NONE);
    import("tests/data/formats/keds.txt", CASUS_CAMEO);
    import("tests/data/formats/acled.csv", CASUS_SCHEME_NONE);
    import("tests/data/formats/polecat.tsv", CASUS_SCHEME_NONE);
    import_names();
}

static void all_that_is_meant_is_found(void **state) {
    (void)state;
    import_samples();
    assert_true(assert_all_found(41) > 100);
}

/* Rows put in or changed by hand are found at once, though their keys are not. */
static void hand_made_actors_are_found(void **state) {
    (void)state;
    import_samples();
    size_t before = assert_all_found(1999);
    tell("INSERT INTO coded_actors(key, format, fields, code, name, unknown_country) VALUES(1, 'icews', '', NULL, 'the TALIBAN', 0), (2, 'gdelt', '', 'AFGREBTAL', NULL, 0),"
         "(3, 'gdelt', '', 'IRNMIL', NULL, 0)");
    sqlite3_stmt *everybody = NULL;
    assert_int_equal(sqlite3_prepare_v2(casus_ledger_sqlite(ledger), "SELECT actor, code, name, country, sectors FROM coded_actors", -1, &everybody, NULL), SQLITE_OK);
    size_t taliban = assert_found("AFG.TALIBAN", everybody);
    size_t iran = assert_found("Iran", everybody);
    assert_true(taliban >= 2 && iran >= 1);
    tell("UPDATE coded_actors SET name = 'Taliban-' WHERE name = 'Crowd 3'");
    assert_int_equal(assert_found("AFG.TALIBAN", everybody), taliban + 1);
    import("tests/data/formats/phoenix.tsv", CASUS_SCHEME_NONE); /* keeps the keys anew */
    assert_int_equal(assert_found("AFG.TALIBAN", everybody), taliban + 1);
    assert_int_equal(assert_found("Iran", everybody), iran);
    sqlite3_finalize(everybody);
    assert_true(assert_all_found(1999) + 2 >= before);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_memory, close_memory)

int main(void) {
    const struct CMUnitTest tests[] = {TEST(all_that_is_meant_is_found), TEST(hand_made_actors_are_found)};
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
