/* What the server allocates, with every allocation failing once: a request taken apart, the page's files read, a panorama loaded and asked. */
#include "casus/panorama.h"
#include "fault/fault.h"
#include "server.h"

#include "../unit/ledger_reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static casus_code parse(void *ctx) {
    casus_arena arena;
    casus_error err = {0};
    request r;
    jmp_buf trap;
    volatile casus_code code = CASUS_ERR_NOMEM;
    (void)ctx;
    casus_arena_init(&arena);
    CASUS_ARENA_TRY(&arena, &trap, goto end);
    code = request_parse(&arena, CASUS_STR("/api/events?actor=Iran&type=ASSAULT&from=2021"), &r, &err);
    if (!code) assert_string_equal(request_get(&r, "type"), "ASSAULT");
end:
    casus_arena_done(&arena);
    return code;
}

static void a_request(void **state) {
    (void)state;
    assert_true(fault_each(FAULT_MEMORY, parse, NULL) >= 1);
}

/* ---- the page's files ---- */

static casus_code read_files(void *ctx) {
    pages *p = NULL;
    casus_error err = {0};
    casus_code code = pages_open(&p, ctx, &err);
    if (!code) assert_true(pages_built(p) && pages_find(p, "/assets/a.js") && !pages_find(p, "/.hidden") && !pages_find(p, "/assets"));
    else assert_true(err.message[0]);
    pages_close(p);
    return code;
}

static void write_file(const char *folder, const char *name) {
    char path[300];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(casus_file_write(path, "x", 1, NULL), CASUS_OK);
}

static void files(void **state) {
    char folder[] = "/tmp/casus-pages-XXXXXX", path[300];
    static const char *const NAMES[] = {"index.html", ".hidden", "assets/a.js"};
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/assets", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    for (size_t i = 0; i < 3; i++) write_file(folder, NAMES[i]);
    assert_true(fault_each(FAULT_MEMORY, read_files, folder) >= 2);
    assert_true(fault_each(FAULT_IO, read_files, folder) >= 2);
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, NAMES[i]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/assets", folder);
    rmdir(path);
    rmdir(folder);
}

/* ---- a panorama ---- */

static casus_code ask(casus_panorama *p, casus_ledger *l, casus_error *err) {
    casus_arena arena;
    casus_selection s;
    jmp_buf trap;
    volatile casus_code code = CASUS_ERR_NOMEM;
    casus_panorama_filter f = {.actor = "ALA", .place = "BOR", .since = "2002"};
    casus_arena_init(&arena);
    CASUS_ARENA_TRY(&arena, &trap, goto end);
    code = casus_panorama_select(p, l, &f, &arena, &s, err);
    size_t at = code ? 0 : s.begin;
    if (!code) assert_non_null(casus_selection_next(&s, &at));
end:
    casus_arena_done(&arena);
    if (code == CASUS_ERR_NOMEM) casus_fail(err, CASUS_ERR_NOMEM, "out of memory");
    return code;
}

static casus_code load(void *ctx) {
    casus_ledger *l = ctx;
    casus_panorama *p = NULL;
    casus_error err = {0};
    casus_code code = casus_panorama_load(&p, l, NULL, NULL, NULL, &err);
    if (!code) code = ask(p, l, &err);
    if (code) assert_true(err.message[0]);
    casus_panorama_free(p);
    return code;
}

static bool ignore(void *ctx, int64_t place, const char *record) {
    (void)place, (void)record;
    return ++*(size_t *)ctx < 10;
}

static casus_code pages_of_records(void *ctx) {
    casus_error err = {0};
    size_t n = 0;
    casus_filter f = {.actor = "ALA", .kind = "event", .since = "2001", .limit = 5};
    casus_code code = casus_ledger_records(ctx, &f, ignore, &n, &err);
    if (code) assert_true(err.message[0]);
    else assert_int_equal(n, 1);
    return code;
}

static void a_panorama(void **state) {
    casus_ledger *l;
    test_account a;
    (void)state;
    assert_int_equal(casus_ledger_open(&l, ":memory:", CASUS_LEDGER_CREATE, NULL), CASUS_OK);
    test_account_init(&a, "one", "Title", "2002-02-02", "Aland attacked Borland.");
    test_event(&a, CASUS_ASSAULT, "ALA", "Aland", "BOR", "Borland", "2002-06-01", "Port");
    assert_int_equal(casus_ledger_put(l, &a.doc, &a.reading, "test", NULL, NULL), CASUS_OK);
    assert_true(fault_each(FAULT_MEMORY, load, l) >= 5);
    assert_true(fault_each(FAULT_MEMORY, pages_of_records, l) >= 1);
    casus_ledger_close(l);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_request), cmocka_unit_test(files), cmocka_unit_test(a_panorama)};
    return cmocka_run_group_tests_name("fault/server", tests, NULL, NULL);
}
