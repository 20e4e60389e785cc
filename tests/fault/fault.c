#include "fault/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

static struct {
    fault_kind kind;
    size_t left; /* calls until the one that fails; 0: none will */
    bool hit;
} plan;

void fault_arm(fault_kind kind, size_t n) {
    plan.kind = kind;
    plan.left = n;
    plan.hit = false;
}

bool fault_disarm(void) {
    plan.left = 0;
    return plan.hit;
}

static bool fails(fault_kind kind) {
    if (plan.kind != kind || !plan.left || --plan.left) return false;
    return plan.hit = true;
}

static bool fails_io(int why) {
    if (!fails(FAULT_IO)) return false;
    errno = why;
    return true;
}

size_t fault_each(fault_kind kind, casus_code (*scenario)(void *ctx), void *ctx) {
    casus_code expected = kind == FAULT_MEMORY ? CASUS_ERR_NOMEM : CASUS_ERR_IO;
    for (size_t n = 1;; n++) {
        fault_arm(kind, n);
        casus_code code = scenario(ctx);
        if (!fault_disarm()) {
            assert_int_equal(code, CASUS_OK);
            assert_true(n > 1);
            return n - 1;
        }
        if (code != CASUS_OK) assert_int_equal(code, expected);
    }
}

/* ---- what the linker puts in the place of the real ones ------------------------------------------------------- */

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
int __real_open(const char *path, int flags, ...);
ssize_t __real_read(int fd, void *at, size_t n);
ssize_t __real_write(int fd, const void *at, size_t n);
int __real_fsync(int fd);
int __real_rename(const char *from, const char *to);
void *__real_mmap(void *at, size_t n, int protection, int flags, int fd, off_t offset);

void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);
int __wrap_open(const char *path, int flags, ...);
ssize_t __wrap_read(int fd, void *at, size_t n);
ssize_t __wrap_write(int fd, const void *at, size_t n);
int __wrap_fsync(int fd);
int __wrap_rename(const char *from, const char *to);
void *__wrap_mmap(void *at, size_t n, int protection, int flags, int fd, off_t offset);

void *__wrap_malloc(size_t n) { return fails(FAULT_MEMORY) ? NULL : __real_malloc(n); }
void *__wrap_calloc(size_t n, size_t size) { return fails(FAULT_MEMORY) ? NULL : __real_calloc(n, size); }
void *__wrap_realloc(void *p, size_t n) { return fails(FAULT_MEMORY) ? NULL : __real_realloc(p, n); }

int __wrap_open(const char *path, int flags, ...) {
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    return fails_io(EIO) ? -1 : __real_open(path, flags, mode);
}

ssize_t __wrap_read(int fd, void *at, size_t n) { return fails_io(EIO) ? -1 : __real_read(fd, at, n); }
ssize_t __wrap_write(int fd, const void *at, size_t n) { return fails_io(ENOSPC) ? -1 : __real_write(fd, at, n); }
int __wrap_fsync(int fd) { return fails_io(EIO) ? -1 : __real_fsync(fd); }
int __wrap_rename(const char *from, const char *to) { return fails_io(EIO) ? -1 : __real_rename(from, to); }

void *__wrap_mmap(void *at, size_t n, int protection, int flags, int fd, off_t offset) {
    return fails_io(ENOMEM) ? MAP_FAILED : __real_mmap(at, n, protection, flags, fd, offset);
}
