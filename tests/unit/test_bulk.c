/* Many rows: the same ledger for any number of threads, wherever an import was interrupted; and columns, pairs and rows that say the same, whoever
 * changes what. */
#include "casus/data.h"
#include "casus/measure.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "unit/ledger_memory.h"

enum { ROWS = 60000 };

static char path[64];
/* Some four megabytes of ICEWS rows: several chunks, names with Latin-1 letters, and now and then a row that is none. */
static int write_rows(void **state) {
    (void)state;
    casus_buf out = {0};
    static const char *const CODES[] = {"010", "040", "190", "1823", "999"};
    casus_buf_adds(&out, "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\t"
                         "Target Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n");
    for (unsigned i = 0; i < ROWS; i++) {
        unsigned a = i * 7919 % 613, b = i * 104729 % 1009;
        if (i % 5000 == 77) casus_buf_addf(&out, "%u\tno date\n", i);
        casus_buf_addf(&out, "%u\t%04u-%02u-%02u\tMinister%s %u\tGovernment\t%s\tText\t%s\t1\tCrowd %u\tNA\tMali\t%u\t3\tWire\tTown %u\tNA\tNA\tMali\t12.5\t-8\n", i, 1990 + i / 5000,
                       1 + i % 12, 1 + i % 28, a % 50 ? "" : " Ren\xe9", a, a % 3 ? "Niger" : "Atlantis", CODES[i % 5], b, i / 3, a % 90);
    }
    snprintf(path, sizeof path, "/tmp/casus-test-bulk-%d", (int)getpid());
    int rc = out.failed || casus_file_write(path, out.at, out.n, NULL);
    casus_buf_done(&out);
    return rc;
}

static int remove_rows(void **state) {
    (void)state;
    return unlink(path);
}

/* A hash over every value of every row. */
static uint64_t digest(const char *sql) {
    sqlite3_stmt *q = NULL;
    uint64_t sum = 0;
    assert_int_equal(sqlite3_prepare_v2(casus_ledger_sqlite(ledger), sql, -1, &q, NULL), SQLITE_OK);
    while (sqlite3_step(q) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(q); i++) {
            const void *blob = sqlite3_column_blob(q, i);
            casus_str bytes = {blob ? blob : "", (size_t)sqlite3_column_bytes(q, i)};
            sum = sum * 1000003 + casus_str_hash(bytes) + (uint64_t)sqlite3_column_type(q, i);
        }
    sqlite3_finalize(q);
    return sum;
}

static uint64_t digest_ledger(void) {
    static const char *const ALL[] = {"SELECT * FROM coded_events ORDER BY event", "SELECT * FROM coded_actors ORDER BY actor", "SELECT * FROM coded_places ORDER BY place",
                                      "SELECT * FROM coded_codes ORDER BY code", "SELECT * FROM coded_pairs", "SELECT * FROM coded_dyads", "SELECT * FROM coded_paired",
                                      "SELECT rows, rejected, unknown_codes, unknown_countries, recoded, rated, agree, next_line, done FROM imports"};
    uint64_t sum = 0;
    for (size_t i = 0; i < sizeof ALL / sizeof *ALL; i++) sum = sum * 31 + digest(ALL[i]);
    return sum;
}

static casus_import_report import(unsigned threads, int64_t batch) {
    casus_import_report r;
    casus_error err = {0};
    casus_import_options options = {.threads = threads, .batch = batch};
    if (casus_import(ledger, path, &options, &r, &err)) fail_msg("%s", err.message);
    return r;
}

static void any_number_of_threads(void **state) {
    (void)state;
    uint64_t first = 0;
    static const struct { unsigned threads; int64_t batch; } RUNS[] = {{1, 0}, {2, 0}, {5, 0}, {3, 777}};
    for (size_t i = 0; i < 4; i++) {
        open_memory(NULL);
        casus_import_report r = import(RUNS[i].threads, RUNS[i].batch);
        assert_int_equal(r.rows, ROWS);
        assert_int_equal(r.rejected, ROWS / 5000);
        assert_int_equal(r.unknown_codes, ROWS / 5);
        assert_true(r.recoded > 0 && r.unknown_countries > 0);
        uint64_t sum = digest_ledger();
        if (!i) first = sum;
        assert_true(sum == first);
        close_memory(NULL);
    }
}

/* Quotes with line ends in them where chunks end, a record that is too long, and a quote that never ends. */
static void quotes_across_chunks(void **state) {
    (void)state;
    enum { LINES = 30000, LONG = 17 * 1024 * 1024 };
    casus_buf out = {0};
    char *filler = malloc(LONG);
    char csv[80];
    assert_non_null(filler);
    memset(filler, 'x', LONG);
    casus_buf_adds(&out, "when,who,whom,what,note\n");
    for (unsigned i = 0; i < LINES; i++) {
        casus_buf_addf(&out, "2001-02-%02u,FRA,ACTOR%u,04%u,\"%.*s \"\"no\"\",\n%s\"\n", 1 + i % 28, i % 777, 1 + i % 3, (int)(i % 90), filler, i % 7 ? "" : "\n\n");
        if (i == LINES / 2) casus_buf_add(&out, filler, LONG);
        if (i == LINES / 2) casus_buf_adds(&out, "\n");
    }
    casus_buf_adds(&out, "2001-03-01,FRA,DEU,042,\"never\n2001-03-01,FRA,DEU,042,\n");
    snprintf(csv, sizeof csv, "%s.csv", path);
    assert_false(out.failed);
    assert_int_equal(casus_file_write(csv, out.at, out.n, NULL), CASUS_OK);
    uint64_t first = 0;
    for (unsigned threads = 1; threads <= 4; threads++) {
        casus_import_report r;
        casus_import_options options = {.threads = threads, .scheme = CASUS_CAMEO, .map = "date=when,source=who,target=whom,code=what"};
        open_memory(NULL);
        assert_int_equal(casus_import(ledger, csv, &options, &r, NULL), CASUS_OK);
        assert_int_equal(r.rows, LINES);
        assert_int_equal(r.rejected, 3); /* the long one, what is left of it, the open quote */
        assert_int_equal(ask("SELECT max(line) FROM coded_events") > LINES * 2, 1);
        uint64_t sum = digest_ledger();
        if (threads == 1) first = sum;
        assert_true(sum == first);
        close_memory(NULL);
    }
    unlink(csv);
    casus_buf_done(&out);
    free(filler);
}

static bool stop_at(void *ctx, uint64_t done, uint64_t total, uint64_t rows) {
    (void)done, (void)total;
    return rows != *(uint64_t *)ctx;
}

static void interrupted_anywhere(void **state) {
    (void)state;
    open_memory(NULL);
    import(2, 5000);
    uint64_t whole = digest_ledger();
    close_memory(NULL);
    for (uint64_t at = 5000; at <= ROWS; at += 20000) {
        casus_import_report r;
        casus_import_options options = {.threads = 2, .batch = 5000, .progress = stop_at, .ctx = &at};
        open_memory(NULL);
        assert_int_equal(casus_import(ledger, path, &options, &r, NULL), CASUS_ERR_STOPPED);
        assert_int_equal(ask("SELECT count(*) FROM coded_events"), at);
        assert_int_equal(ask("SELECT sum(events) FROM coded_columns"), at);
        r = import(2, 5000);
        assert_int_equal(r.resumed, at);
        assert_true(digest_ledger() == whole);
        assert_true(import(2, 0).already);
        close_memory(NULL);
    }
}

/* ---- columns, pairs and rows ------------------------------------------------------------------------------- */

/* Acts that a filter lets through: how many, and a hash over them whatever their order. */
typedef struct told {
    size_t n;
    uint64_t sum;
    casus_code code;
    casus_error err;
} told;

static void add_up(const casus_acts *acts, told *t) {
    t->n = acts->n;
    for (size_t i = 0; i < acts->n; i++) {
        char text[80];
        const casus_act *a = &acts->at[i];
        int n = snprintf(text, sizeof text, "%d %u %u %u %u %a", a->day, a->source, a->target, a->type, a->quad, (double)a->goldstein);
        t->sum += casus_str_hash((casus_str){text, (size_t)n});
    }
}

static told load(const casus_acts_filter *filter) {
    static told t; /* outlives a jump */
    casus_arena arena;
    casus_acts acts = {0};
    jmp_buf trap;
    t = (told){0};
    casus_arena_init(&arena);
    CASUS_ARENA_TRY(&arena, &trap, fail());
    t.code = casus_acts_load(ledger, filter, &arena, &acts, &t.err);
    if (!t.code) add_up(&acts, &t);
    casus_arena_done(&arena);
    return t;
}

static told acts_of(const casus_acts_filter *filter) {
    told t = load(filter);
    if (t.code && t.code != CASUS_ERR_NOTFOUND) fail_msg("%s", t.err.message);
    return t;
}

static size_t count_acts(const casus_acts_filter *filter) { return acts_of(filter).n; }

/* Events that coded_dyads holds. */
static int64_t by_source(void) { return ask("SELECT coalesce(sum(length(days)), 0) / 4 FROM coded_dyads"); }

static void assert_same(void) {
    assert_int_equal(count_acts(&(casus_acts_filter){0}), ask("SELECT count(*) FROM coded_events"));
    assert_int_equal(count_acts(&(casus_acts_filter){.type = "ASSAULT"}), ask("SELECT count(*) FROM coded_flat WHERE type = 'ASSAULT'"));
    assert_int_equal(count_acts(&(casus_acts_filter){.first = "Crowd 5"}), ask("SELECT count(*) FROM coded_flat WHERE 'Crowd 5' IN (source, target)"));
    assert_int_equal(count_acts(&(casus_acts_filter){.first = "Crowd 5", .second = "@NER"}),
                     ask("SELECT count(*) FROM coded_flat WHERE target = 'Crowd 5' AND source_country = 'NER'"));
    assert_int_equal(count_acts(&(casus_acts_filter){.first = "Minister 12", .second = "crowd 7"}),
                     ask("SELECT count(*) FROM coded_flat WHERE source = 'Minister 12' AND target = 'Crowd 7'"));
    assert_int_equal(count_acts(&(casus_acts_filter){.where = "Town 7", .since = "1993", .until = "1995-06"}),
                     ask("SELECT count(*) FROM coded_flat WHERE place = 'Town 7' AND day BETWEEN 19930101 AND 19950631"));
    assert_int_equal(ask("SELECT count(*) FROM coded_pairs"), ask("SELECT count(*) FROM coded_events WHERE event <= (SELECT event FROM coded_paired)"));
    assert_int_equal(ask("SELECT count(*) FROM coded_pairs p JOIN coded_events e ON e.event = p.event AND e.source = p.source AND e.target = p.target"
                         " AND e.day = p.day AND e.code = p.code"), ask("SELECT count(*) FROM coded_pairs"));
}

static void columns_follow_rows(void **state) {
    (void)state;
    import(2, 20000);
    assert_int_equal(ask("SELECT count(*) FROM coded_columns"), 3);
    assert_same();
    assert_int_equal(by_source(), ROWS);
    tell("DELETE FROM coded_events WHERE event IN (5, 30000)");
    assert_int_equal(by_source(), 0);
    assert_int_equal(ask("SELECT count(*) FROM coded_columns"), 1);
    assert_same();
    tell("UPDATE coded_events SET day = 19940601, target = (SELECT actor FROM coded_actors WHERE name = 'Crowd 7') WHERE event BETWEEN 50000 AND 50100");
    assert_same();
    tell("INSERT INTO coded_events(import, line, source, target, code, day) SELECT import, line, source, target, code, day FROM coded_events WHERE event < 200");
    assert_same();
    casus_import_report r;
    casus_import_options keds = {.scheme = CASUS_CAMEO};
    assert_int_equal(casus_import(ledger, "tests/data/formats/keds.txt", &keds, &r, NULL), CASUS_OK);
    assert_int_equal(ask("SELECT count(*) FROM coded_pairs"), ask("SELECT count(*) FROM coded_events"));
    assert_int_equal(by_source(), ask("SELECT count(*) FROM coded_events"));
    assert_same();
    tell("INSERT INTO coded_events(import, line, source, target, code, day) SELECT import, line, source, target, code, day FROM coded_events WHERE event < 200");
    assert_same();
}

/* What a pair is told is the same with its rows by source as without: number, days, types and sides. */
static void pairs_by_source_are_those_of_the_columns(void **state) {
    (void)state;
    static const casus_acts_filter PAIRS[] = {{.first = "Minister 563", .second = "Crowd 802"}, {.first = "@NER", .second = "@MLI"}, {.first = "Crowd 5", .second = "@NER"},
                                              {.first = "@MLI", .second = "@NER", .since = "1993-05", .until = "1996"}, {.first = "@NER", .second = "@MLI", .type = "ASSAULT"},
                                              {.first = "@NER", .second = "@NER"}};
    enum { N = sizeof PAIRS / sizeof *PAIRS };
    told by_pair[N];
    import(2, 20000);
    for (size_t i = 0; i < N; i++) by_pair[i] = acts_of(&PAIRS[i]);
    for (size_t i = 0; i < N - 1; i++) assert_true(by_pair[i].n > 0);
    tell("DELETE FROM coded_dyads");
    for (size_t i = 0; i < N; i++) assert_true(by_pair[i].n == acts_of(&PAIRS[i]).n && by_pair[i].sum == acts_of(&PAIRS[i]).sum);
}

/* Every import adds rows of its own; after many, all are made anew. */
static void many_small_imports_are_gathered(void **state) {
    (void)state;
    enum { FILES = 70 };
    char csv[80];
    import(2, 0);
    int64_t first = ask("SELECT count(*) FROM coded_dyads");
    snprintf(csv, sizeof csv, "%s.csv", path);
    for (int i = 0; i < FILES; i++) {
        char text[160];
        casus_import_report r;
        casus_import_options options = {.scheme = CASUS_CAMEO, .map = "date=when,source=who,target=whom,code=what"};
        int n = snprintf(text, sizeof text, "when,who,whom,what\n2001-02-03,Crowd %d,Crowd 8,040\n2001-02-03,Crowd 8,Minister 13,190\n", i % 3);
        assert_int_equal(casus_file_write(csv, text, (size_t)n, NULL), CASUS_OK);
        tell("UPDATE imports SET hash = hash || 'x' WHERE format = 'csv'"); /* the same text again is another file here */
        assert_int_equal(casus_import(ledger, csv, &options, &r, NULL), CASUS_OK);
        assert_int_equal(by_source(), ROWS + 2 * (i + 1));
    }
    unlink(csv);
    assert_true(ask("SELECT additions FROM coded_paired") < FILES && ask("SELECT count(*) FROM coded_paired") == 1);
    assert_true(ask("SELECT count(*) FROM coded_dyads") < first + FILES);
    assert_same();
}

/* Small files, one after another, fill one segment. */
static void small_imports_share_a_segment(void **state) {
    (void)state;
    casus_import_report r;
    casus_import_options keds = {.scheme = CASUS_CAMEO};
    assert_int_equal(casus_import(ledger, "tests/data/formats/keds.txt", &keds, &r, NULL), CASUS_OK);
    assert_int_equal(casus_import(ledger, "tests/data/formats/phoenix.tsv", NULL, &r, NULL), CASUS_OK);
    assert_int_equal(casus_import(ledger, "tests/data/formats/acled.csv", NULL, &r, NULL), CASUS_OK);
    assert_int_equal(ask("SELECT count(*) FROM coded_columns"), 1);
    assert_int_equal(ask("SELECT events FROM coded_columns"), 7);
    assert_int_equal(count_acts(&(casus_acts_filter){0}), 7);
}

static void assert_damage_is_told(const char *const *harm, size_t n, const casus_acts_filter *filter) {
    import(1, 0);
    for (size_t i = 0; i < n; i++) {
        tell("SAVEPOINT before");
        tell(harm[i]);
        told t = load(filter);
        assert_int_equal(t.code, CASUS_ERR_DB);
        assert_non_null(strstr(t.err.message, "damaged"));
        tell("ROLLBACK TO before; RELEASE before");
    }
    assert_same();
}

static void damaged_columns_are_told(void **state) {
    (void)state;
    static const char *const HARM[] = {"UPDATE coded_columns SET source = zeroblob(3)", "UPDATE coded_columns SET source = randomblob(2 * events)",
                                       "UPDATE coded_columns SET targets = x''", "UPDATE coded_columns SET events = 99999999",
                                       "UPDATE coded_columns SET codes = zeroblob(4 * events + 4)", "UPDATE coded_columns SET day_high = day_low - 5"};
    assert_damage_is_told(HARM, sizeof HARM / sizeof *HARM, &(casus_acts_filter){0});
}

static void damaged_rows_by_source_are_told(void **state) {
    (void)state;
    static const char *const HARM[] = {"UPDATE coded_dyads SET targets = x'01'", "UPDATE coded_dyads SET targets = x'', ends = x''",
                                       "UPDATE coded_dyads SET ends = zeroblob(length(ends))", "UPDATE coded_dyads SET days = zeroblob(4)",
                                       "UPDATE coded_dyads SET codes = zeroblob(length(codes) + 4)", "UPDATE coded_dyads SET targets = zeroblob(400000), ends = zeroblob(400000)"};
    assert_damage_is_told(HARM, sizeof HARM / sizeof *HARM, &(casus_acts_filter){.first = "@NER", .second = "@MLI"});
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_memory, close_memory)

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_number_of_threads), cmocka_unit_test(quotes_across_chunks), cmocka_unit_test(interrupted_anywhere), TEST(columns_follow_rows),
                                       TEST(pairs_by_source_are_those_of_the_columns), TEST(many_small_imports_are_gathered),
                                       TEST(small_imports_share_a_segment), TEST(damaged_columns_are_told), TEST(damaged_rows_by_source_are_told)};
    return cmocka_run_group_tests(tests, write_rows, remove_rows);
}
