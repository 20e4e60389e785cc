/* The byte stream under a casus_source: a file or standard input, unpacked on the way when it is gzip. */
#include "text/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WINDOW = 256 * 1024, RAW = 64 * 1024, FILL_MAX = 64 * 1024 };

casus_code source_input_open(source_input *in, const char *path, casus_error *err) {
    memset(in, 0, sizeof *in);
    in->path = path;
    in->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (in->fd < 0) return casus_fail_at(err, CASUS_ERR_IO, path, 0, -1, "cannot open: %s", strerror(errno));
    struct stat st;
    if (fstat(in->fd, &st) == 0 && S_ISREG(st.st_mode)) in->total = (uint64_t)st.st_size;
    in->at = malloc(WINDOW);
    if (in->at) return CASUS_OK;
    source_input_close(in);
    return casus_fail(err, CASUS_ERR_NOMEM, "out of memory opening %s", path);
}

casus_code source_input_bytes(source_input *in, const char *name, casus_str bytes, casus_error *err) {
    memset(in, 0, sizeof *in);
    in->path = name;
    in->fd = -1;
    in->at = malloc(bytes.n + 1);
    if (!in->at) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading %s", name);
    if (bytes.n) memcpy(in->at, bytes.at, bytes.n);
    in->end = bytes.n;
    in->packed = in->total = bytes.n;
    in->ended = true;
    return CASUS_OK;
}

void source_input_close(source_input *in) {
    if (in->raw) inflateEnd(&in->z);
    free(in->raw);
    free(in->at);
    if (in->fd > STDIN_FILENO) close(in->fd);
    memset(in, 0, sizeof *in);
}

/* Reads once; *n is 0 at the end of the file. */
static casus_code read_some(source_input *in, void *at, size_t room, size_t *n, casus_error *err) {
    for (;;) {
        ssize_t k = read(in->fd, at, room);
        if (k >= 0) {
            *n = (size_t)k;
            in->packed += (uint64_t)k;
            return CASUS_OK;
        }
        if (errno != EINTR)
            return casus_fail_at(err, CASUS_ERR_IO, in->path, 0, (int64_t)in->packed, "cannot read: %s",
                                 strerror(errno));
    }
}

static void make_room(source_input *in) {
    if (!in->begin) return;
    memmove(in->at, in->at + in->begin, in->end - in->begin);
    in->end -= in->begin;
    in->begin = 0;
}

/* The first bytes turned out to be gzip: they become the packed buffer. */
static casus_code start_gzip(source_input *in, casus_error *err) {
    in->raw = malloc(RAW);
    if (!in->raw || inflateInit2(&in->z, 15 + 16) != Z_OK) {
        free(in->raw);
        in->raw = NULL;
        return casus_fail(err, CASUS_ERR_NOMEM, "out of memory unpacking %s", in->path);
    }
    in->gzip = true;
    memcpy(in->raw, in->at, in->end);
    in->z.next_in = in->raw;
    in->z.avail_in = (uInt)in->end;
    in->end = 0;
    return CASUS_OK;
}

static void break_off(source_input *in, const char *why) {
    in->damage = why;
    in->ended = true;
}

/* At the end of one gzip member: another may follow; anything else there is not ours. */
static void end_member(source_input *in) {
    if (in->z.avail_in && in->z.next_in[0] != 0x1f) {
        break_off(in, "bytes after the end of the gzip data are no gzip; they were not read");
        return;
    }
    inflateReset(&in->z);
}

static casus_code inflate_some(source_input *in, casus_error *err) {
    bool fresh = in->z.total_in == 0;
    if (!in->z.avail_in) {
        size_t n = 0;
        casus_code code = read_some(in, in->raw, RAW, &n, err);
        if (code) return code;
        in->z.next_in = in->raw;
        in->z.avail_in = (uInt)n;
        if (!n && fresh) in->ended = true;
        if (!n && !fresh) break_off(in, "the gzip data is truncated; what came before it was read");
        if (!n) return CASUS_OK;
    }
    in->z.next_out = (unsigned char *)in->at + in->end;
    in->z.avail_out = (uInt)(WINDOW - in->end);
    int rc = inflate(&in->z, Z_NO_FLUSH);
    in->end = WINDOW - in->z.avail_out;
    if (rc == Z_STREAM_END) end_member(in);
    if (rc == Z_MEM_ERROR) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory unpacking %s", in->path);
    if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR)
        break_off(in, "the gzip data is corrupt; what came before it was read");
    return CASUS_OK;
}

/* Plain bytes; at the very start of the stream, looks whether they are gzip. */
static casus_code read_plain(source_input *in, casus_error *err) {
    size_t n = 0;
    bool start = in->packed == in->end && in->offset == 0;
    size_t room = start && in->end < 2 ? RAW - in->end : WINDOW - in->end;
    casus_code code = read_some(in, in->at + in->end, room, &n, err);
    if (code) return code;
    in->ended = n == 0;
    in->end += n;
    const unsigned char *head = (const unsigned char *)in->at;
    if (start && in->end <= RAW && in->end >= 2 && head[0] == 0x1f && head[1] == 0x8b) return start_gzip(in, err);
    return CASUS_OK;
}

casus_code source_input_fill(source_input *in, size_t want, casus_error *err) {
    if (want > FILL_MAX) want = FILL_MAX;
    while (in->end - in->begin < want && !in->ended) {
        make_room(in);
        casus_code code = in->gzip ? inflate_some(in, err) : read_plain(in, err);
        if (code) return code;
    }
    return CASUS_OK;
}

void source_input_take(source_input *in, size_t n) {
    in->begin += n;
    in->offset += n;
}

static void append(casus_buf *out, const char *at, size_t n, size_t limit, bool *over) {
    size_t room = limit > out->n ? limit - out->n : 0;
    if (n > room) *over = true;
    casus_buf_add(out, at, n > room ? room : n);
}

casus_code source_input_line(source_input *in, casus_buf *out, size_t limit, bool *got, bool *over, casus_error *err) {
    *got = *over = false;
    for (;;) {
        casus_code code = source_input_fill(in, 1, err);
        if (code) return code;
        size_t n = in->end - in->begin;
        if (!n) return CASUS_OK;
        *got = true;
        const char *at = in->at + in->begin, *newline = memchr(at, '\n', n);
        size_t k = newline ? (size_t)(newline - at) : n;
        append(out, at, k, limit, over);
        source_input_take(in, newline ? k + 1 : k);
        if (newline) return CASUS_OK;
    }
}

casus_code source_input_whole(source_input *in, casus_buf *out, size_t limit, bool *over, casus_error *err) {
    *over = false;
    for (;;) {
        casus_code code = source_input_fill(in, 1, err);
        if (code) return code;
        size_t n = in->end - in->begin;
        if (!n) return CASUS_OK;
        append(out, in->at + in->begin, n, limit, over);
        source_input_take(in, n);
    }
}
