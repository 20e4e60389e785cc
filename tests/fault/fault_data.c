/* Importing and exporting event data when memory runs out or the disk fails: an error or all rows, and nothing leaks.
 */
#include "casus/data.h"
#include "casus/measure.h"
#include "fault/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

typedef struct sample {
    const char *path;
    int64_t rows, rejected;
    bool all_formats; /* written, not only as a graph */
} sample;

static void ignore(void *ctx, const casus_error *why, casus_str row) {
    (void)ctx, (void)row;
    assert_true(why->message[0]);
}

static bool take(void *ctx, casus_str bytes) {
    *(size_t *)ctx += bytes.n;
    return true;
}

/* All acts, and all pairs: from the columns that the import made; those of two, from the rows by source. */
static casus_code measure(casus_ledger *l, int64_t rows, casus_error *err) {
    casus_arena arena;
    casus_acts acts;
    casus_pair_flow *pairs;
    size_t n = 0;
    jmp_buf trap;
    casus_arena_init(&arena);
    CASUS_ARENA_TRY(&arena, &trap, {
        casus_arena_done(&arena);
        return casus_fail(err, CASUS_ERR_NOMEM, "out of memory");
    });
    casus_code code = casus_acts_load(l, &(casus_acts_filter){0}, &arena, &acts, err);
    if (!code) assert_int_equal(acts.n, rows);
    if (!code) code = casus_dyads_load(l, &(casus_acts_filter){0}, &(casus_dyad_options){.by = CASUS_BY_YEAR}, false, &arena, &acts, &pairs, &n, err);
    if (!code) assert_true(n > 0);
    if (!code) code = casus_acts_load(l, &(casus_acts_filter){.first = "TUR", .second = "GRC"}, &arena, &acts, err);
    if (!code) assert_int_equal(acts.n, rows);
    if (code == CASUS_ERR_NOTFOUND) code = CASUS_OK; /* samples without the two */
    casus_arena_done(&arena);
    return code;
}

static casus_code import_and_export(casus_ledger *l, const sample *s, casus_error *err) {
    size_t written = 0;
    casus_import_report r = {0};
    casus_export_report x;
    casus_import_options options = {.scheme = strstr(s->path, "keds") ? CASUS_CAMEO : CASUS_SCHEME_NONE,
                                    .rejected = ignore};
    const char *formats[] = {"gexf", "jsonl", "stix", "polecat", NULL}; /* and its own */
    casus_code code = casus_import(l, s->path, &options, &r, err);
    if (!code) assert_int_equal(r.rows, s->rows);
    if (!code) assert_int_equal(r.rejected, s->rejected);
    if (!code) code = measure(l, s->rows, err);
    formats[4] = r.format;
    size_t n = s->all_formats ? sizeof formats / sizeof *formats : 1;
    for (size_t i = 0; i < n && !code; i++) {
        casus_export_options out = {.format = formats[i], .write = take, .ctx = &written};
        code = casus_export(l, &out, &x, err);
        if (!code) assert_true(written > 0);
    }
    return code;
}

static casus_code run(void *ctx) {
    casus_ledger *l = NULL;
    casus_error err = {0};
    casus_code code = casus_ledger_open(&l, ":memory:", CASUS_LEDGER_CREATE, &err);
    if (!code) code = import_and_export(l, ctx, &err);
    if (code) assert_true(err.message[0]);
    casus_ledger_close(l);
    return code;
}

static void check(sample s) {
    assert_true(fault_each(FAULT_MEMORY, run, &s) >= 4);
    assert_true(fault_each(FAULT_IO, run, &s) >= 2);
}

static void csv(void **state) {
    (void)state;
    check((sample){"tests/data/formats/acled.csv", 3, 0, false});
}

static void json(void **state) {
    (void)state;
    check((sample){"tests/data/formats/plover.jsonl", 2, 1, false});
}

static void tabs(void **state) {
    (void)state;
    check((sample){"tests/data/formats/phoenix.tsv", 2, 0, true});
}

static void lines(void **state) {
    (void)state;
    check((sample){"tests/data/formats/keds.txt", 2, 1, false});
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(csv), cmocka_unit_test(json), cmocka_unit_test(tabs),
                                       cmocka_unit_test(lines)};
    return cmocka_run_group_tests_name("fault/data", tests, NULL, NULL);
}
