/* base when memory runs out and disks fail: buffers, arenas, files that are replaced whole or not at all, packs. */
#include "fault/fault.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];

static const char *in_folder(const char *name) {
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static casus_code grow_a_buffer(void *ctx) {
    (void)ctx;
    casus_buf b = {0};
    for (int i = 0; i < 1000; i++) casus_buf_addf(&b, "%d and ", i);
    size_t n = b.failed ? 0 : b.n;
    casus_code code = b.failed ? CASUS_ERR_NOMEM : CASUS_OK;
    casus_buf_done(&b);
    if (!code) assert_int_equal(n, 10 * 6 + 90 * 7 + 900 * 8);
    return code;
}

static casus_code fill_an_arena(void *ctx) {
    (void)ctx;
    casus_arena a;
    jmp_buf trap;
    casus_arena_init(&a);
    CASUS_ARENA_TRY(&a, &trap, {
        casus_arena_done(&a);
        return CASUS_ERR_NOMEM;
    });
    for (int i = 0; i < 5000; i++) assert_non_null(casus_arena_printf(&a, "item %d", i));
    assert_non_null(casus_arena_alloc(&a, 1 << 20));
    casus_arena_untrap(&a);
    casus_arena_done(&a);
    return CASUS_OK;
}

static casus_code fill_an_arena_without_trap(void *ctx) {
    (void)ctx;
    casus_arena a;
    casus_arena_init(&a);
    bool whole = true;
    for (int i = 0; i < 100 && whole; i++) whole = casus_arena_alloc(&a, 4000) != NULL;
    casus_arena_done(&a);
    return whole ? CASUS_OK : CASUS_ERR_NOMEM;
}

static size_t files_in_folder(void) {
    DIR *d = opendir(folder);
    size_t n = 0;
    for (struct dirent *e; d && (e = readdir(d));) n += e->d_name[0] != '.';
    if (d) closedir(d);
    return n;
}

static casus_str content(const char *path, char *room, size_t size) {
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    size_t n = fread(room, 1, size, f);
    fclose(f);
    return (casus_str){room, n};
}

/* After a failure the old file is there whole, after a success the new one; never a third, never a stray. */
static casus_code replace_a_file(void *ctx) {
    (void)ctx;
    char room[64];
    FILE *f = fopen(in_folder("kept"), "wb");
    assert_non_null(f);
    fputs("old", f);
    fclose(f);
    casus_error err = {0};
    casus_code code = casus_file_write(in_folder("kept"), "new and longer", 14, &err);
    assert_true(casus_str_is(content(in_folder("kept"), room, sizeof room), code ? "old" : "new and longer"));
    assert_int_equal(files_in_folder(), 1);
    if (code) assert_true(err.message[0]);
    return code;
}

static casus_code write_and_open_a_pack(void *ctx) {
    (void)ctx;
    static const casus_pack_part parts[] = {{"one", "first", 5}, {"two", "second part", 11}};
    casus_code code = casus_pack_write(in_folder("kept"), "test", 1, parts, 2, NULL);
    casus_pack p;
    if (!code && !(code = casus_pack_open(&p, in_folder("kept"), "test", 1, NULL))) {
        size_t n = 0;
        assert_memory_equal(casus_pack_find(&p, "two", &n), "second part", 11);
        assert_int_equal(n, 11);
        casus_pack_close(&p);
    }
    return code;
}

static void buffers_say_so(void **state) {
    (void)state;
    assert_true(fault_each(FAULT_MEMORY, grow_a_buffer, NULL) >= 5);
}

static void arenas_trap_or_return_null(void **state) {
    (void)state;
    fault_each(FAULT_MEMORY, fill_an_arena, NULL);
    fault_each(FAULT_MEMORY, fill_an_arena_without_trap, NULL);
}

static void files_are_old_or_new(void **state) {
    (void)state;
    fault_each(FAULT_MEMORY, replace_a_file, NULL);
    assert_true(fault_each(FAULT_IO, replace_a_file, NULL) >= 4); /* open, write, fsync, rename */
}

static void packs_fail_cleanly(void **state) {
    (void)state;
    fault_each(FAULT_MEMORY, write_and_open_a_pack, NULL);
    assert_true(fault_each(FAULT_IO, write_and_open_a_pack, NULL) >= 6); /* and open, mmap */
}

static int make_folder(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/casus-fault-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    unlink(in_folder("kept"));
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buffers_say_so),
        cmocka_unit_test(arenas_trap_or_return_null),
        cmocka_unit_test(files_are_old_or_new),
        cmocka_unit_test(packs_fail_cleanly),
    };
    return cmocka_run_group_tests_name("fault/base", tests, make_folder, remove_folder);
}
