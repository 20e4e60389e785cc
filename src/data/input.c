/* The byte stream under an import: a file, unpacked on the way when it is gzip or a zip with one file in it. */
#include "data/data.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

enum { WINDOW = 1024 * 1024, RAW = 256 * 1024, LOCAL_HEADER = 30 };

static casus_code read_some(data_input *in, void *at, size_t room, size_t *n, casus_error *err) {
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

/* Standard input as an unnamed temporary file. */
static casus_code spool(data_input *in, casus_error *err) {
    FILE *file = tmpfile();
    if (!file)
        return casus_fail(err, CASUS_ERR_IO, "cannot make a temporary file for standard input: %s", strerror(errno));
    casus_code code = CASUS_OK;
    for (size_t n = 1; !code && n;) {
        code = read_some(in, in->at, in->cap, &n, err);
        if (!code && fwrite(in->at, 1, n, file) != n)
            code = casus_fail(err, CASUS_ERR_IO, "cannot keep standard input: %s", strerror(errno));
    }
    if (!code && fflush(file) != 0)
        code = casus_fail(err, CASUS_ERR_IO, "cannot keep standard input: %s", strerror(errno));
    in->fd = code ? -1 : fcntl(fileno(file), F_DUPFD_CLOEXEC, 3);
    fclose(file);
    return code;
}

static uint32_t little(const unsigned char *at, int n) {
    uint32_t value = 0;
    for (int i = n; i-- > 0;) value = value << 8 | at[i];
    return value;
}

/* Reads until the packed buffer holds `want` bytes, or the file ends. */
static casus_code fill_raw(data_input *in, size_t want, casus_error *err) {
    for (size_t n = 1; n && in->z.avail_in < want;) {
        memmove(in->raw, in->z.next_in, in->z.avail_in);
        in->z.next_in = in->raw;
        casus_code code = read_some(in, in->raw + in->z.avail_in, RAW - in->z.avail_in, &n, err);
        if (code) return code;
        in->z.avail_in += (uInt)n;
    }
    return CASUS_OK;
}

/* The local header of a zip's first entry (APPNOTE 4.3.7); the data follows its name and extra field. */
static casus_code open_zip(data_input *in, casus_error *err) {
    unsigned char *h = in->z.next_in;
    uint32_t flags = little(h + 6, 2), method = little(h + 8, 2),
             skip = LOCAL_HEADER + little(h + 26, 2) + little(h + 28, 2);
    if (flags & 1)
        return casus_fail_at(err, CASUS_ERR_FORMAT, in->path, 0, 6, "the zip file is encrypted; unpack it first");
    if (method != 0 && method != 8)
        return casus_fail_at(err, CASUS_ERR_FORMAT, in->path, 0, 8,
                             "the zip file uses a packing that is not read (method %u); unpack it first", method);
    if (method == 0 && flags & 8)
        return casus_fail_at(err, CASUS_ERR_FORMAT, in->path, 0, 6,
                             "the zip file does not say how long its entry is; unpack it first");
    in->packing = method ? DATA_ZIP : DATA_ZIP_STORED;
    in->stored = little(h + 18, 4);
    casus_code code = fill_raw(in, skip, err);
    if (code) return code;
    if (in->z.avail_in < skip) return casus_fail_at(err, CASUS_ERR_FORMAT, in->path, 0, 0, "the zip file is truncated");
    in->z.next_in += skip;
    in->z.avail_in -= skip;
    return CASUS_OK;
}

/* Looks at the first bytes of the file: is it packed? */
static casus_code start(data_input *in, casus_error *err) {
    in->z.next_in = in->raw;
    in->z.avail_in = 0;
    casus_code code = fill_raw(in, LOCAL_HEADER, err);
    if (code) return code;
    const unsigned char *h = in->z.next_in;
    in->packing = DATA_PLAIN;
    if (in->z.avail_in >= 2 && h[0] == 0x1f && h[1] == 0x8b) in->packing = DATA_GZIP;
    if (in->z.avail_in >= LOCAL_HEADER && memcmp(h, "PK\3\4", 4) == 0) code = open_zip(in, err);
    if (code || in->packing == DATA_PLAIN || in->packing == DATA_ZIP_STORED) return code;
    if (inflateInit2(&in->z, in->packing == DATA_GZIP ? 15 + 16 : -15) != Z_OK)
        return casus_fail(err, CASUS_ERR_NOMEM, "out of memory unpacking %s", in->path);
    in->z_open = true;
    return CASUS_OK;
}

casus_code data_input_rewind(data_input *in, casus_error *err) {
    if (lseek(in->fd, 0, SEEK_SET) != 0)
        return casus_fail_at(err, CASUS_ERR_IO, in->path, 0, -1, "cannot be read twice: %s", strerror(errno));
    if (in->z_open) inflateEnd(&in->z);
    memset(&in->z, 0, sizeof in->z);
    in->z_open = in->ended = false;
    in->begin = in->end = 0;
    in->packed = 0;
    in->line = 0;
    in->next_line = 1;
    in->damage = NULL;
    return start(in, err);
}

casus_code data_input_open(data_input *in, const char *path, casus_error *err) {
    memset(in, 0, sizeof *in);
    in->path = path;
    bool piped = strcmp(path, "-") == 0;
    in->fd = piped ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (in->fd < 0) return casus_fail_at(err, CASUS_ERR_IO, path, 0, -1, "cannot open: %s", strerror(errno));
    in->cap = WINDOW;
    in->at = malloc(WINDOW);
    in->raw = malloc(RAW);
    casus_code code = in->at && in->raw ? CASUS_OK : casus_fail(err, CASUS_ERR_NOMEM, "out of memory opening %s", path);
    if (!code && piped) code = spool(in, err);
    struct stat st;
    if (!code && fstat(in->fd, &st) == 0 && S_ISREG(st.st_mode)) in->total = (uint64_t)st.st_size;
    if (!code) code = data_input_rewind(in, err);
    if (code) data_input_close(in);
    return code;
}

void data_input_close(data_input *in) {
    if (in->z_open) inflateEnd(&in->z);
    free(in->raw);
    free(in->at);
    if (in->fd > STDIN_FILENO) close(in->fd);
    memset(in, 0, sizeof *in);
    in->fd = -1;
}

casus_code data_input_hash(data_input *in, char hex[33], casus_error *err) {
    if (lseek(in->fd, 0, SEEK_SET) != 0)
        return casus_fail_at(err, CASUS_ERR_IO, in->path, 0, -1, "cannot be read twice: %s", strerror(errno));
    XXH3_state_t *state = XXH3_createState();
    casus_code code = state ? CASUS_OK : casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading %s", in->path);
    if (state) XXH3_128bits_reset(state);
    for (size_t n = 1; !code && n;) {
        code = read_some(in, in->at, in->cap, &n, err);
        if (!code) XXH3_128bits_update(state, in->at, n);
    }
    if (!code) {
        XXH128_hash_t h = XXH3_128bits_digest(state);
        snprintf(hex, 33, "%016llx%016llx", (unsigned long long)h.high64, (unsigned long long)h.low64);
        code = data_input_rewind(in, err);
    }
    XXH3_freeState(state);
    return code;
}

/* ---- the window -------------------------------------------------------------------------------------------- */

static void break_off(data_input *in, const char *why) {
    in->damage = why;
    in->ended = true;
}

/* A gzip member has ended: another may follow. A zip's entry has ended: the rest is its directory, or other files. */
static casus_code end_member(data_input *in, casus_error *err) {
    casus_code code = fill_raw(in, 20, err);
    if (code) return code;
    const unsigned char *at = in->z.next_in;
    size_t n = in->z.avail_in;
    if (in->packing == DATA_GZIP && n && at[0] == 0x1f) {
        inflateReset(&in->z);
        return CASUS_OK;
    }
    in->ended = true;
    if (in->packing == DATA_GZIP && n)
        in->damage = "bytes after the end of the gzip data are no gzip; they were not read";
    for (size_t i = 0; in->packing != DATA_GZIP && i + 4 <= n && i <= 16; i++)
        if (memcmp(at + i, "PK\3\4", 4) == 0)
            in->damage = "the zip file holds several files; only the first was read: unpack it";
    return CASUS_OK;
}

static casus_code inflate_some(data_input *in, casus_error *err) {
    casus_code code = fill_raw(in, 1, err);
    if (code) return code;
    if (!in->z.avail_in) {
        break_off(in, "the packed data is truncated; what came before it was read");
        return CASUS_OK;
    }
    in->z.next_out = (unsigned char *)in->at + in->end;
    in->z.avail_out = (uInt)(in->cap - in->end);
    int rc = inflate(&in->z, Z_NO_FLUSH);
    in->end = in->cap - in->z.avail_out;
    if (rc == Z_STREAM_END) return end_member(in, err);
    if (rc == Z_MEM_ERROR) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory unpacking %s", in->path);
    if (rc != Z_OK && rc != Z_BUF_ERROR) break_off(in, "the packed data is corrupt; what came before it was read");
    return CASUS_OK;
}

/* Bytes that looked packed at first sight, then plain ones. */
static casus_code copy_some(data_input *in, casus_error *err) {
    size_t room = in->cap - in->end, n = in->z.avail_in < room ? in->z.avail_in : room;
    if (in->packing == DATA_ZIP_STORED && n > in->stored) n = (size_t)in->stored;
    if (in->packing == DATA_ZIP_STORED && !in->stored) return end_member(in, err);
    if (!n && in->packing == DATA_ZIP_STORED) {
        casus_code code = fill_raw(in, 1, err);
        if (!code && !in->z.avail_in) break_off(in, "the zip file is truncated; what came before it was read");
        return code;
    }
    if (!n) {
        casus_code code = read_some(in, in->at + in->end, room, &n, err);
        in->ended = n == 0;
        in->end += n;
        return code;
    }
    memcpy(in->at + in->end, in->z.next_in, n);
    in->z.next_in += n;
    in->z.avail_in -= (uInt)n;
    in->end += n;
    in->stored -= in->packing == DATA_ZIP_STORED ? n : 0;
    return CASUS_OK;
}

/* Room for at least one more byte: what is left moves to the front, and a window that is one record grows. */
static casus_code make_room(data_input *in, casus_error *err) {
    if (in->begin) memmove(in->at, in->at + in->begin, in->end - in->begin);
    in->end -= in->begin;
    in->begin = 0;
    if (in->end < in->cap) return CASUS_OK;
    char *larger = realloc(in->at, in->cap * 2);
    if (!larger) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading %s", in->path);
    in->at = larger;
    in->cap *= 2;
    return CASUS_OK;
}

casus_code data_input_fill(data_input *in, size_t want, casus_error *err) {
    while (in->end - in->begin < want && !in->ended) {
        casus_code code = make_room(in, err);
        if (!code) code = in->z_open ? inflate_some(in, err) : copy_some(in, err);
        if (code) return code;
    }
    return CASUS_OK;
}

/* ---- records ----------------------------------------------------------------------------------------------- */

/* The line end that closes a record that begins at `s`, looking from *seen on; *inside says whether a quote is open
 * there. NULL: not in these bytes. */
static const char *record_end(const char *s, size_t n, bool quoted, size_t *seen, bool *inside) {
    if (!quoted) {
        const char *end = memchr(s + *seen, '\n', n - *seen);
        *seen = n;
        return end;
    }
    for (; *seen < n; ++*seen) {
        if (s[*seen] == '"') *inside = !*inside;
        if (s[*seen] == '\n' && !*inside) return s + *seen;
    }
    return NULL;
}

static int64_t count_lines(casus_str s) {
    int64_t n = 1;
    for (const char *at = s.at; (at = memchr(at, '\n', s.n - (size_t)(at - s.at))); at++) n++;
    return n;
}

casus_code data_input_record(data_input *in, bool quoted, casus_str *record, bool *got, bool *over, casus_error *err) {
    size_t seen = 0;
    bool inside = false;
    const char *end = NULL;
    *over = false;
    for (;;) {
        end = in->begin < in->end ? record_end(in->at + in->begin, in->end - in->begin, quoted, &seen, &inside) : NULL;
        if (end || in->ended) break;
        *over = in->end - in->begin >= DATA_RECORD_MAX;
        if (*over) break;
        casus_code code = data_input_fill(in, in->end - in->begin + 1, err);
        if (code) return code;
    }
    const char *at = in->at + in->begin;
    size_t n = end ? (size_t)(end - at) : in->end - in->begin;
    *got = end || n;
    in->begin += n + (end ? 1 : 0);
    in->line = in->next_line;
    *record = (casus_str){at, n};
    in->next_line += quoted ? count_lines(*record) : 1;
    if (record->n && record->at[record->n - 1] == '\r') record->n--;
    return CASUS_OK;
}

size_t data_record_length(casus_str s, bool quoted) {
    size_t seen = 0;
    bool inside = false;
    const char *end = record_end(s.at, s.n, quoted, &seen, &inside);
    return end ? (size_t)(end - s.at) : s.n;
}

/* ---- many records ------------------------------------------------------------------------------------------ */

/* Bytes up to and with the last line end that closes a record, looking on from *seen; *whole keeps what was found before. */
static void last_end(const char *s, size_t n, bool quoted, size_t *seen, bool *inside, size_t *whole) {
    if (!quoted) {
        for (size_t i = n; i > *seen; i--)
            if (s[i - 1] == '\n') {
                *whole = i;
                break;
            }
        *seen = n;
        return;
    }
    for (; *seen < n; ++*seen) {
        *inside ^= s[*seen] == '"';
        if (s[*seen] == '\n' && !*inside) *whole = *seen + 1;
    }
}

casus_code data_input_chunk(data_input *in, bool quoted, casus_buf *out, bool *over, bool *last, casus_error *err) {
    size_t seen = 0, whole = 0;
    bool inside = false;
    casus_buf_clear(out);
    *over = false;
    for (size_t want = WINDOW; !whole; want = in->end - in->begin + 1) {
        casus_code code = data_input_fill(in, want, err);
        if (code) return code;
        size_t n = in->end - in->begin;
        last_end(in->at + in->begin, n, quoted, &seen, &inside, &whole);
        *over = !whole && !in->ended && n >= DATA_RECORD_MAX;
        if (in->ended || *over) whole = n;
        if (in->ended) break;
    }
    casus_buf_add(out, in->at + in->begin, whole);
    in->begin += whole;
    *last = in->ended && in->begin == in->end;
    return out->failed ? casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading %s", in->path) : CASUS_OK;
}
