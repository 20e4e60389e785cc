/* data: the same events however their file comes: gzip, zip, a byte order mark, DOS line ends; and a layout's older columns. */
#include "casus/data.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

/* Fields, codes and days of all events, in order. */
static char *dump(casus_ledger *l) {
    static const char SQL[] = "SELECT group_concat(row, char(10)) FROM (SELECT e.day || quote(s.fields) || quote(t.fields) || c.text || quote(p.fields) || quote(e.extra)"
                              " || quote(e.id) AS row FROM coded_events e JOIN coded_codes c ON c.code = e.code LEFT JOIN coded_actors s ON s.actor = e.source"
                              " LEFT JOIN coded_actors t ON t.actor = e.target LEFT JOIN coded_places p ON p.place = e.place ORDER BY e.event)";
    sqlite3_stmt *q = NULL;
    assert_int_equal(sqlite3_prepare_v2(casus_ledger_sqlite(l), SQL, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    char *out = strdup((const char *)sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
    return out;
}

static char *events_of(const void *bytes, size_t n, casus_import_report *report) {
    char path[64];
    casus_ledger *l = NULL;
    casus_error err = {0};
    snprintf(path, sizeof path, "/tmp/casus-test-packed-%d", (int)getpid());
    assert_int_equal(casus_file_write(path, bytes, n, NULL), CASUS_OK);
    assert_int_equal(casus_ledger_open(&l, ":memory:", CASUS_LEDGER_CREATE, NULL), CASUS_OK);
    if (casus_import(l, path, NULL, report, &err)) fail_msg("%s", err.message);
    char *out = dump(l);
    casus_ledger_close(l);
    unlink(path);
    return out;
}

/* ---- packing ----------------------------------------------------------------------------------------------- */

/* bits 31: gzip; −15: bare deflate, as in a zip. */
static size_t deflated(casus_str s, int bits, unsigned char *out, size_t room) {
    z_stream z = {.next_in = (unsigned char *)s.at, .avail_in = (uInt)s.n, .next_out = out, .avail_out = (uInt)room};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    size_t n = room - z.avail_out;
    deflateEnd(&z);
    return n;
}

static unsigned char *put(unsigned char *at, uint32_t value, int n) {
    for (int i = 0; i < n; i++, value >>= 8) *at++ = (unsigned char)value;
    return at;
}

/* A local header (APPNOTE 4.3.7), the entry, and the beginning of a directory. */
static size_t zipped(casus_str s, bool stored, unsigned char *out, size_t room) {
    unsigned char *packed = malloc(s.n + 1000);
    assert_non_null(packed);
    size_t n = stored ? s.n : deflated(s, -15, packed, s.n + 1000);
    if (stored) memcpy(packed, s.at, n);
    unsigned char *at = put(out, 0x04034b50, 4);
    at = put(put(put(at, 20, 2), 0, 2), stored ? 0 : 8, 2);
    at = put(put(at, 0, 4), (uint32_t)crc32(0, (const unsigned char *)s.at, (uInt)s.n), 4);
    at = put(put(at, (uint32_t)n, 4), (uint32_t)s.n, 4);
    at = put(put(at, 5, 2), 3, 2);
    memcpy(at, "a.csv", 5);
    memcpy(at + 5, "xyz", 3);
    assert_true(n + 40 < room);
    memcpy(at + 8, packed, n);
    free(packed);
    return (size_t)(put(at + 8 + n, 0x02014b50, 4) - out);
}

/* A byte order mark in front, every line end as DOS has it; not within quotes. */
static size_t as_dos(casus_str s, unsigned char *out) {
    bool inside = false;
    size_t n = 3;
    memcpy(out, "\xEF\xBB\xBF", 3);
    if (casus_str_starts(s, "\xEF\xBB\xBF")) s.at += 3, s.n -= 3;
    for (size_t i = 0; i < s.n; i++) {
        if (s.at[i] == '"') inside = !inside;
        if (s.at[i] == '\n' && !inside && (!i || s.at[i - 1] != '\r')) out[n++] = '\r';
        out[n++] = (unsigned char)s.at[i];
    }
    return n;
}

static void check(const char *name) {
    char path[100];
    casus_map map;
    casus_import_report plain, packed;
    snprintf(path, sizeof path, "tests/data/formats/%s", name);
    assert_int_equal(casus_map_open(&map, path, NULL), CASUS_OK);
    casus_str s = {(const char *)map.at, map.n};
    size_t room = 2 * s.n + 2000;
    unsigned char *bytes = malloc(room);
    assert_non_null(bytes);
    char *want = events_of(s.at, s.n, &plain);
    for (int way = 0; way < 4; way++) {
        size_t n = way == 0 ? deflated(s, 31, bytes, room) : way < 3 ? zipped(s, way == 2, bytes, room) : as_dos(s, bytes);
        char *got = events_of(bytes, n, &packed);
        bool quotes = way == 3 && strstr(name, "json"); /* a quote inside JSON is none of CSV's */
        if (!quotes) assert_string_equal(got, want);
        assert_int_equal(packed.rows, plain.rows);
        assert_int_equal(packed.rejected, plain.rejected);
        free(got);
    }
    free(want);
    free(bytes);
    casus_map_close(&map);
}

static void test_packed(void **state) {
    (void)state;
    static const char *const NAMES[] = {"acled.csv", "acled-2019.csv", "acled-2016.csv", "gdelt2.tsv", "phoenix.tsv", "polecat.tsv", "petrarch.txt", "plover.jsonl"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) check(NAMES[i]);
}

/* ---- older columns ----------------------------------------------------------------------------------------- */

static int64_t ask(casus_ledger *l, const char *sql) {
    sqlite3_stmt *q = NULL;
    assert_int_equal(sqlite3_prepare_v2(casus_ledger_sqlite(l), sql, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return value;
}

static void test_older_acled(void **state) {
    (void)state;
    casus_ledger *l = NULL;
    casus_import_report r;
    casus_error err = {0};
    assert_int_equal(casus_ledger_open(&l, ":memory:", CASUS_LEDGER_CREATE, NULL), CASUS_OK);
    if (casus_import(l, "tests/data/formats/acled-2016.csv", NULL, &r, &err)) fail_msg("%s", err.message);
    assert_string_equal(r.format, "acled");
    if (casus_import(l, "tests/data/formats/acled-2019.csv", NULL, &r, &err)) fail_msg("%s", err.message);
    assert_string_equal(r.format, "acled");
    assert_int_equal(ask(l, "SELECT count(*) FROM coded_flat WHERE time_begin = '2015-01-01' AND country = 'DZA' AND type = 'ASSAULT' AND deaths_best = 1 AND id = 'ALG1'"), 1);
    assert_int_equal(ask(l, "SELECT count(*) FROM coded_flat WHERE time_begin = '2019-12-28' AND country = 'MLI' AND mode = 'firearms' AND instr(extra, 'He said \"no\",\\nthen yes.')"), 1);
    casus_ledger_close(l);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_packed), cmocka_unit_test(test_older_acled)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
