#include "casus/base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

casus_code casus_map_open(casus_map *map, const char *path, casus_error *err) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return casus_fail_at(err, CASUS_ERR_IO, path, 0, -1, "cannot open: %s", strerror(errno));
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return casus_fail_at(err, CASUS_ERR_IO, path, 0, -1, "not a regular file");
    }
    size_t n = (size_t)st.st_size;
    void *at = n ? mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;
    int why = errno;
    close(fd);
    if (at == MAP_FAILED) return casus_fail_at(err, CASUS_ERR_IO, path, 0, -1, "cannot map: %s", strerror(why));
    *map = (casus_map){at, n};
    return CASUS_OK;
}

void casus_map_close(casus_map *map) {
    if (!map) return;
    if (map->at) munmap((void *)(uintptr_t)map->at, map->n);
    *map = (casus_map){NULL, 0};
}

static bool write_all(int fd, const char *at, size_t n) {
    while (n) {
        ssize_t k = write(fd, at, n);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) return false;
        at += k;
        n -= (size_t)k;
    }
    return true;
}

casus_code casus_file_write(const char *path, const void *bytes, size_t n, casus_error *err) {
    size_t size = strlen(path) + 16;
    char *temp = malloc(size);
    if (!temp) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory writing %s", path);
    snprintf(temp, size, "%s.tmp%ld", path, (long)getpid());
    int fd = open(temp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    bool ok = fd >= 0 && write_all(fd, bytes, n) && fsync(fd) == 0;
    int why = errno;
    if (fd >= 0 && close(fd) != 0 && ok) ok = false, why = errno;
    if (ok && rename(temp, path) != 0) ok = false, why = errno;
    if (!ok) {
        unlink(temp);
        casus_fail_at(err, CASUS_ERR_IO, path, 0, -1, "cannot write: %s", strerror(why));
    }
    free(temp);
    return ok ? CASUS_OK : CASUS_ERR_IO;
}
