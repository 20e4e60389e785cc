/* ledger: keeping, revising, deleting; crashes, full disks, two processes; schema versions. Readings are built by hand. */
#include "ledger/ledger.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "unit/ledger_reading.h"

static char path[64];

static int fresh(void **state) {
    (void)state;
    snprintf(path, sizeof path, "/tmp/casus-test-%d.db", (int)getpid());
    ledger_test_remove(path);
    return 0;
}

static int remove_file(void **state) {
    (void)state;
    ledger_test_remove(path);
    return 0;
}

static casus_ledger *open_ledger(casus_ledger_mode mode) {
    casus_ledger *l = NULL;
    casus_error err = {0};
    if (casus_ledger_open(&l, path, mode, &err)) fail_msg("%s", err.message);
    return l;
}

static casus_ledger_counts count(casus_ledger *l) {
    casus_ledger_counts c;
    assert_int_equal(casus_ledger_count(l, &c, NULL), CASUS_OK);
    return c;
}

static int64_t ask(casus_ledger *l, const char *sql) {
    sqlite3_stmt *q = NULL;
    assert_int_equal(sqlite3_prepare_v2(casus_ledger_sqlite(l), sql, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    int64_t v = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return v;
}

static casus_put put(casus_ledger *l, const test_account *a) {
    casus_put what = CASUS_PUT_SAME;
    casus_error err = {0};
    if (casus_ledger_put(l, &a->doc, &a->reading, "test 1", &what, &err)) fail_msg("%s", err.message);
    return what;
}

static void raid(test_account *a, const char *id, const char *text) {
    test_account_init(a, id, "A raid", "2023-05-04", text);
    test_event(a, CASUS_ASSAULT, "ALA", "Aland", "BOR.ARMY", "Borland's army", "2023-05-01", "Kelm");
}

/* ---- keeping ----------------------------------------------------------------------------------------------- */

static void the_same_text_twice_changes_nothing(void **state) {
    (void)state;
    casus_ledger *l = open_ledger(CASUS_LEDGER_CREATE);
    test_account a;
    raid(&a, "d1", "Aland raided Kelm. It rained.");
    assert_int_equal(put(l, &a), CASUS_PUT_NEW);
    casus_ledger_counts before = count(l);
    int64_t changes = sqlite3_total_changes(casus_ledger_sqlite(l));
    assert_int_equal(put(l, &a), CASUS_PUT_SAME);
    assert_int_equal(sqlite3_total_changes(casus_ledger_sqlite(l)), changes);
    casus_ledger_counts after = count(l);
    assert_memory_equal(&before, &after, sizeof before);
    assert_int_equal(after.documents, 1);
    assert_int_equal(after.sentences, 2);
    assert_int_equal(after.actors, 2);
    assert_int_equal(after.statements, 1);
    assert_int_equal(after.events, 1);
    casus_put seen = CASUS_PUT_NEW;
    assert_int_equal(casus_ledger_seen(l, &a.doc, &seen, NULL), CASUS_OK);
    assert_int_equal(seen, CASUS_PUT_SAME);
    casus_ledger_close(l);
}

static void a_changed_text_is_a_revision_that_keeps_the_old_one(void **state) {
    (void)state;
    casus_ledger *l = open_ledger(CASUS_LEDGER_CREATE);
    test_account a, b;
    raid(&a, "d1", "Aland raided Kelm. It rained.");
    raid(&b, "d1", "Aland raided Kelm at dawn. It rained.");
    char old_id[17];
    snprintf(old_id, sizeof old_id, "%s", a.statements[0].id);
    put(l, &a);
    assert_int_equal(put(l, &b), CASUS_PUT_REVISED);
    assert_int_equal(count(l).documents, 1);
    assert_int_equal(count(l).statements, 1);
    assert_int_equal(ask(l, "SELECT revision FROM documents"), 2);
    assert_int_equal(ask(l, "SELECT text = 'Aland raided Kelm. It rained.' FROM revisions WHERE revision = 1"), 1);
    casus_arena arena;
    casus_arena_init(&arena);
    casus_citation c;
    assert_int_equal(casus_ledger_cite(l, old_id, &arena, &c, NULL), CASUS_OK);
    assert_true(c.superseded);
    assert_true(casus_str_is(c.sentence_text, "Aland raided Kelm."));
    assert_int_equal(casus_ledger_cite(l, b.statements[0].id, &arena, &c, NULL), CASUS_OK);
    assert_false(c.superseded);
    assert_true(casus_str_is(c.sentence_text, "Aland raided Kelm at dawn."));
    assert_int_equal(c.sentence_span.begin, 0);
    casus_arena_done(&arena);
    casus_ledger_close(l);
}

static void one_id_from_two_sources_is_two_documents(void **state) {
    (void)state;
    casus_ledger *l = open_ledger(CASUS_LEDGER_CREATE);
    test_account a, b;
    raid(&a, "7", "Aland raided Kelm.");
    raid(&b, "7", "Borland is calm.");
    b.doc.publisher = "The Other Post";
    put(l, &a);
    assert_int_equal(put(l, &b), CASUS_PUT_NEW);
    assert_int_equal(put(l, &b), CASUS_PUT_SAME);
    assert_int_equal(count(l).documents, 2);
    casus_ledger_close(l);
}

static void a_document_comes_back_as_it_was(void **state) {
    (void)state;
    casus_ledger *l = open_ledger(CASUS_LEDGER_CREATE);
    test_account a;
    raid(&a, "d1", "Aland raided Kelm.");
    a.doc.author = "B. Writer", a.doc.extra = "{\"k\":1}", a.doc.title_begin = 3, a.doc.title_end = 9;
    put(l, &a);
    casus_arena arena;
    casus_arena_init(&arena);
    casus_document d;
    assert_int_equal(casus_ledger_document(l, "d", &arena, &d, NULL), CASUS_OK);
    assert_true(casus_str_eq(d.text, a.doc.text));
    assert_string_equal(d.author, "B. Writer");
    assert_string_equal(d.extra, "{\"k\":1}");
    assert_string_equal(d.sha256, a.doc.sha256);
    assert_int_equal(d.title_end, 9);
    assert_int_equal(casus_ledger_document(l, "x", &arena, &d, NULL), CASUS_ERR_NOTFOUND);
    casus_arena_done(&arena);
    casus_ledger_close(l);
}

static void deleting_a_document_leaves_nothing_of_it(void **state) {
    (void)state;
    casus_ledger *l = open_ledger(CASUS_LEDGER_CREATE);
    test_account a, b;
    raid(&a, "d1", "Aland raided Kelm. It rained.");
    raid(&b, "d2", "Aland came to Kelm.");
    test_event(&b, CASUS_CONSULT, "CED", "Cedonia", "ALA", "Aland", "2023-06-01", NULL);
    put(l, &a);
    put(l, &b);
    assert_int_equal(casus_ledger_delete(l, "d2", NULL), CASUS_OK);
    assert_int_equal(casus_ledger_delete(l, "d2", NULL), CASUS_ERR_NOTFOUND);
    assert_int_equal(count(l).actors, 2);
    assert_int_equal(count(l).events, 1);
    assert_int_equal(casus_ledger_delete(l, "d1", NULL), CASUS_OK);
    static const char *const TABLES[] = {"documents", "revisions", "old_statements", "sentences", "actors", "document_actors", "aliases", "roles", "parts",
                                         "statements", "participants", "holders", "places", "counts", "about", "events", "event_statements"};
    for (size_t i = 0; i < sizeof TABLES / sizeof *TABLES; i++) {
        char sql[80];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", TABLES[i]);
        assert_int_equal(ask(l, sql), 0);
    }
    assert_int_equal(sqlite3_exec(casus_ledger_sqlite(l), "INSERT INTO words(words, rank) VALUES('integrity-check', 1)", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(ask(l, "SELECT count(*) FROM words WHERE words MATCH 'raided'"), 0);
    casus_ledger_close(l);
}

/* ---- what goes wrong --------------------------------------------------------------------------------------- */

/* A child keeps documents until it is killed, at another moment each round; what it said was kept is there, and no half of one is. */
static void killing_the_writer_leaves_whole_documents(void **state) {
    (void)state;
    for (int round = 0; round < 6; round++) {
        ledger_test_remove(path);
        casus_ledger_close(open_ledger(CASUS_LEDGER_CREATE));
        int pipes[2], done = 0, last = -1;
        assert_int_equal(pipe(pipes), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            casus_ledger *l = open_ledger(CASUS_LEDGER_WRITE);
            for (int i = 0;; i++) {
                char id[16];
                snprintf(id, sizeof id, "k%d", i);
                test_account a;
                raid(&a, id, "Aland raided Kelm. It rained.");
                put(l, &a);
                if (write(pipes[1], &i, sizeof i) != sizeof i) _exit(1);
            }
        }
        close(pipes[1]);
        while (last < 3 + round && read(pipes[0], &done, sizeof done) == sizeof done) last = done;
        usleep((useconds_t)(round * 700));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        while (read(pipes[0], &done, sizeof done) == sizeof done) last = done;
        close(pipes[0]);
        casus_ledger *l = open_ledger(CASUS_LEDGER_WRITE);
        casus_ledger_counts c = count(l);
        assert_true(c.documents >= last + 1);
        assert_int_equal(c.sentences, 2 * c.documents);
        assert_int_equal(c.statements, c.documents);
        assert_int_equal(ask(l, "SELECT count(*) FROM event_statements"), c.documents);
        assert_int_equal(ask(l, "SELECT count(*) FROM words WHERE words MATCH 'raided'"), c.documents);
        assert_int_equal(ask(l, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"), 1);
        casus_ledger_close(l);
    }
}

static void a_full_disk_keeps_nothing_half_done(void **state) {
    (void)state;
    casus_ledger *l = open_ledger(CASUS_LEDGER_CREATE);
    test_account a;
    raid(&a, "d1", "Aland raided Kelm.");
    put(l, &a);
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA max_page_count = %d", (int)ask(l, "PRAGMA page_count") + 2);
    sqlite3_exec(casus_ledger_sqlite(l), sql, NULL, NULL, NULL);
    static char long_text[200000];
    memset(long_text, 'x', sizeof long_text - 1);
    memcpy(long_text, "Aland raided. ", 14);
    test_account big;
    raid(&big, "d2", long_text);
    casus_error err;
    assert_int_equal(casus_ledger_put(l, &big.doc, &big.reading, "test 1", NULL, &err), CASUS_ERR_DB);
    assert_non_null(strstr(err.message, "full"));
    assert_int_equal(count(l).documents, 1);
    assert_int_equal(count(l).statements, 1);
    sqlite3_exec(casus_ledger_sqlite(l), "PRAGMA max_page_count = 1073741823", NULL, NULL, NULL);
    assert_int_equal(put(l, &big), CASUS_PUT_NEW);
    casus_ledger_close(l);
}

static void readers_go_on_while_one_writes_and_a_second_writer_is_told(void **state) {
    (void)state;
    casus_ledger *writer = open_ledger(CASUS_LEDGER_CREATE);
    test_account a, b;
    raid(&a, "d1", "Aland raided Kelm.");
    raid(&b, "d2", "Aland raided Kelm again.");
    put(writer, &a);
    casus_ledger *reader = open_ledger(CASUS_LEDGER_READ), *second = open_ledger(CASUS_LEDGER_WRITE);
    sqlite3_busy_timeout(casus_ledger_sqlite(second), 10);
    assert_int_equal(ledger_begin(writer, NULL), CASUS_OK);
    assert_int_equal(count(reader).documents, 1);
    casus_error err;
    assert_int_equal(casus_ledger_put(second, &b.doc, &b.reading, "test 1", NULL, &err), CASUS_ERR_BUSY);
    assert_non_null(strstr(err.message, "another process"));
    assert_int_equal(ledger_end(writer, CASUS_OK, NULL), CASUS_OK);
    assert_int_equal(put(second, &b), CASUS_PUT_NEW);
    assert_int_equal(count(reader).documents, 2);
    assert_int_equal(casus_ledger_delete(reader, "d1", &err), CASUS_ERR_DB);
    assert_int_equal(count(reader).documents, 2);
    casus_ledger_close(second);
    casus_ledger_close(reader);
    casus_ledger_close(writer);
}

/* ---- schema ------------------------------------------------------------------------------------------------ */

static casus_code open_code(casus_ledger_mode mode) {
    casus_ledger *l = NULL;
    casus_error err;
    casus_code code = casus_ledger_open(&l, path, mode, &err);
    casus_ledger_close(l);
    return code;
}

static void an_older_schema_is_migrated_and_its_events_merged(void **state) {
    (void)state;
    casus_ledger *l = calloc(1, sizeof *l);
    assert_int_equal(sqlite3_open(path, &l->db), SQLITE_OK);
    assert_int_equal(ledger_migrate(l, 1, NULL), CASUS_OK);
    test_account a;
    raid(&a, "d1", "Aland raided Kelm.");
    assert_int_equal(ledger_run(l, NULL, "INSERT INTO documents(id, origin, foreign_language, text, revision, added) VALUES('d1', '', 0, ?1, 1, '')", "s", a.doc.text),
                     CASUS_OK);
    assert_int_equal(ledger_put_reading(l, 1, &a.doc, &a.reading, "test 0", NULL), CASUS_OK);
    casus_ledger_close(l);
    assert_int_equal(open_code(CASUS_LEDGER_READ), CASUS_ERR_VERSION);
    l = open_ledger(CASUS_LEDGER_WRITE);
    assert_int_equal(ask(l, "PRAGMA user_version"), CASUS_LEDGER_SCHEMA);
    assert_int_equal(count(l).events, 1);
    casus_ledger_close(l);
}

static void files_of_others_and_of_the_future_are_refused(void **state) {
    (void)state;
    assert_int_equal(open_code(CASUS_LEDGER_READ), CASUS_ERR_NOTFOUND);
    casus_ledger *l = open_ledger(CASUS_LEDGER_CREATE);
    sqlite3_exec(casus_ledger_sqlite(l), "PRAGMA user_version = 99", NULL, NULL, NULL);
    casus_ledger_close(l);
    assert_int_equal(open_code(CASUS_LEDGER_WRITE), CASUS_ERR_VERSION);
    ledger_test_remove(path);
    sqlite3 *db = NULL;
    sqlite3_open(path, &db);
    sqlite3_exec(db, "CREATE TABLE recipes(x)", NULL, NULL, NULL);
    sqlite3_close(db);
    assert_int_equal(open_code(CASUS_LEDGER_WRITE), CASUS_ERR_FORMAT);
    ledger_test_remove(path);
    assert_int_equal(casus_file_write(path, "This is a letter, not a ledger, and long enough to be looked at as a file header by anyone who reads it.", 100, NULL), CASUS_OK);
    assert_int_equal(open_code(CASUS_LEDGER_WRITE), CASUS_ERR_FORMAT);
}

/* ---- questions --------------------------------------------------------------------------------------------- */

static bool count_row(void *ctx, const casus_statement_row *row) {
    assert_true(row->id[0] && row->doc[0] && row->kind[0] && row->record[0] == '{');
    ++*(int *)ctx;
    return true;
}

static int found(casus_ledger *l, casus_filter f) {
    int n = 0;
    casus_error err = {0};
    if (casus_ledger_statements(l, &f, count_row, &n, &err)) fail_msg("%s", err.message);
    return n;
}

static void filters_choose_statements(void **state) {
    (void)state;
    casus_ledger *l = open_ledger(CASUS_LEDGER_CREATE);
    test_account a;
    raid(&a, "d1", "Aland raided Kelm.");
    casus_statement *s = test_event(&a, CASUS_CONSULT, "CED", "Cedonia", "ALA", "Aland", NULL, NULL);
    test_held(&a, s, "BOR", "Borland", CASUS_CLAIMS);
    put(l, &a);
    assert_int_equal(found(l, (casus_filter){0}), 2);
    assert_int_equal(found(l, (casus_filter){.actor = "ALA"}), 2);
    assert_int_equal(found(l, (casus_filter){.actor = "the alanders"}), 2);
    assert_int_equal(found(l, (casus_filter){.actor = "Aland", .other = "cedonia"}), 1);
    assert_int_equal(found(l, (casus_filter){.actor = "nobody"}), 0);
    assert_int_equal(found(l, (casus_filter){.holder = "Borland"}), 1);
    assert_int_equal(found(l, (casus_filter){.holder = "author"}), 1);
    assert_int_equal(found(l, (casus_filter){.held = true}), 1);
    assert_int_equal(found(l, (casus_filter){.dated = true}), 1);
    assert_int_equal(found(l, (casus_filter){.type = "consult"}), 1);
    assert_int_equal(found(l, (casus_filter){.kind = "relation"}), 0);
    assert_int_equal(found(l, (casus_filter){.since = "2023-05-01", .until = "2023-05-01"}), 1);
    assert_int_equal(found(l, (casus_filter){.since = "2023-05-02"}), 1);
    assert_int_equal(found(l, (casus_filter){.until = "2022"}), 0);
    assert_int_equal(found(l, (casus_filter){.words = "raiding"}), 2);
    assert_int_equal(found(l, (casus_filter){.words = "snow"}), 0);
    assert_int_equal(found(l, (casus_filter){.doc = "d1", .limit = 1}), 1);
    casus_error err;
    assert_int_equal(casus_ledger_statements(l, &(casus_filter){.words = "\"open"}, count_row, NULL, &err), CASUS_ERR_ARG);
    casus_ledger_close(l);
}

static bool see_hit(void *ctx, const casus_hit_row *row) {
    snprintf(ctx, 200, "%s|%d|%s", row->doc, (int)row->sentence, row->text);
    return true;
}

static bool see_actor(void *ctx, const casus_actor_row *row) {
    if (strcmp(row->id, "ALA") == 0) snprintf(ctx, 200, "%s|%s|%s|%d", row->name, row->aliases, row->part_of, (int)row->mentions);
    return true;
}

static void words_and_actors_are_found(void **state) {
    (void)state;
    casus_ledger *l = open_ledger(CASUS_LEDGER_CREATE);
    test_account a;
    raid(&a, "d1", "Aland raided Kelm. The café was shut.");
    put(l, &a);
    char seen[200] = "";
    assert_int_equal(casus_ledger_search(l, "cafe", &(casus_filter){0}, see_hit, seen, NULL), CASUS_OK);
    assert_string_equal(seen, "d1|1|The café was shut.");
    assert_int_equal(casus_ledger_search(l, "AND", &(casus_filter){0}, see_hit, seen, NULL), CASUS_ERR_ARG);
    assert_int_equal(casus_ledger_actors(l, &(casus_filter){0}, see_actor, seen, NULL), CASUS_OK);
    assert_string_equal(seen, "Aland|the Alanders|WORLD|1");
    casus_arena arena;
    casus_arena_init(&arena);
    casus_citation c;
    casus_error err;
    assert_int_equal(casus_ledger_cite(l, "ab", &arena, &c, &err), CASUS_ERR_ARG);
    assert_int_equal(casus_ledger_cite(l, "ffffffff", &arena, &c, &err), CASUS_ERR_NOTFOUND);
    casus_arena_done(&arena);
    casus_ledger_close(l);
}

#define IN_FRESH_FILE(test) cmocka_unit_test_setup_teardown(test, fresh, remove_file)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_FRESH_FILE(the_same_text_twice_changes_nothing),
        IN_FRESH_FILE(a_changed_text_is_a_revision_that_keeps_the_old_one),
        IN_FRESH_FILE(one_id_from_two_sources_is_two_documents),
        IN_FRESH_FILE(a_document_comes_back_as_it_was),
        IN_FRESH_FILE(deleting_a_document_leaves_nothing_of_it),
        IN_FRESH_FILE(killing_the_writer_leaves_whole_documents),
        IN_FRESH_FILE(a_full_disk_keeps_nothing_half_done),
        IN_FRESH_FILE(readers_go_on_while_one_writes_and_a_second_writer_is_told),
        IN_FRESH_FILE(an_older_schema_is_migrated_and_its_events_merged),
        IN_FRESH_FILE(files_of_others_and_of_the_future_are_refused),
        IN_FRESH_FILE(filters_choose_statements),
        IN_FRESH_FILE(words_and_actors_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
