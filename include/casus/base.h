/* casus/base.h — the ground every room stands on: errors, memory, strings, files.
 *
 * It knows nothing of politics. Conventions (obeyed by every header, see docs/conventions.md):
 *  - a function that can fail returns `casus_code` and takes `casus_error *err` last (may be NULL);
 *  - results come back through out-parameters, which are set only on CASUS_OK;
 *  - `_open`/`_new`/`_init` pairs with exactly one `_close`/`_free`/`_done`, which accepts NULL or an empty object;
 *  - the library never prints, never exits, has no mutable globals; objects are not shared between threads
 *    unless their header says "read-only after opening: any number of threads".
 */
#ifndef CASUS_BASE_H
#define CASUS_BASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define CASUS_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define CASUS_PRINTF(f, a)
#endif

/* ---- errors ------------------------------------------------------------------------------------------------ */

typedef enum casus_code {
    CASUS_OK = 0,
    CASUS_ERR_NOMEM,    /* an allocation failed */
    CASUS_ERR_IO,       /* a file could not be opened, read or written; message holds strerror */
    CASUS_ERR_FORMAT,   /* bytes that are not what they claim to be; `line` or `byte` says where */
    CASUS_ERR_UTF8,     /* text that is not UTF-8, or holds a NUL byte */
    CASUS_ERR_VERSION,  /* a file of another version, or with a wrong checksum */
    CASUS_ERR_LIMIT,    /* larger than the caller's or the format's limit */
    CASUS_ERR_ARG,      /* the caller's argument makes no sense */
    CASUS_ERR_NOTFOUND, /* no such document, actor, statement … */
    CASUS_ERR_DB,       /* the ledger's SQLite said no; message holds its words */
    CASUS_ERR_BUSY,     /* another process holds what is needed */
    CASUS_ERR_STOPPED   /* the caller's callback asked to stop */
} casus_code;

/* Where and why. Plain data: copy freely, nothing to free. */
typedef struct casus_error {
    casus_code code;
    int64_t line;      /* 1-based line in `file`, 0 when it has none */
    int64_t byte;      /* 0-based offset in `file`, -1 when it has none */
    char file[256];    /* path or name of the input, "" when none; cut at the front when longer */
    char message[512]; /* one sentence: what is wrong and what to do, no newline */
} casus_error;

/* Fills *err (NULL: nothing) with code and a printf message, no position; returns `code`, so `return casus_fail(…)`. */
casus_code casus_fail(casus_error *err, casus_code code, const char *format, ...) CASUS_PRINTF(3, 4);
/* The same with a position. `file` may be NULL; line 0 or byte -1 when unknown. */
casus_code casus_fail_at(casus_error *err, casus_code code, const char *file, int64_t line, int64_t byte,
                         const char *format, ...) CASUS_PRINTF(6, 7);
/* A short English name of the code ("out of memory"); static, never NULL. */
const char *casus_code_name(casus_code code);
/* Writes "FILE:LINE: message" or "FILE: byte N: message" or "message" into `out` (always terminated); returns `out`. */
char *casus_error_text(const casus_error *err, char *out, size_t size);

/* ---- memory ------------------------------------------------------------------------------------------------ */

/* An arena: many allocations, one release. Not thread-safe; one per thread and document. Memory is 16-byte aligned, zeroed.
 * When an allocation fails: if `trap` is set (see CASUS_ARENA_TRY), longjmp to it, so that code between never sees NULL;
 * else NULL is returned. Cost: O(1) amortised; reset keeps the largest chunks for the next document. */
typedef struct casus_arena_chunk casus_arena_chunk;
typedef struct casus_arena {
    casus_arena_chunk *chunk;
    casus_arena_chunk *spare;
    size_t used, limit; /* bytes handed out since reset; 0 = no limit */
    jmp_buf *trap;
} casus_arena;

void casus_arena_init(casus_arena *a);
void casus_arena_reset(casus_arena *a); /* everything handed out becomes invalid; memory is kept for reuse */
void casus_arena_done(casus_arena *a);  /* frees all; `a` is as after init */
void *casus_arena_alloc(casus_arena *a, size_t size);
void *casus_arena_dup(casus_arena *a, const void *bytes, size_t size);
/* Text helpers; the result is NUL-terminated. */
char *casus_arena_strndup(casus_arena *a, const char *s, size_t n);
char *casus_arena_printf(casus_arena *a, const char *format, ...) CASUS_PRINTF(2, 3);
#define CASUS_NEW(arena, type) ((type *)casus_arena_alloc((arena), sizeof(type)))
#define CASUS_NEW_ARRAY(arena, type, n) ((type *)casus_arena_alloc((arena), sizeof(type) * (size_t)(n)))
/* Runs the following block with allocation failures trapped; `on_fail` is executed when one fails:
 *     jmp_buf trap; CASUS_ARENA_TRY(&arena, &trap, return casus_fail(err, CASUS_ERR_NOMEM, "…")); … casus_arena_untrap(&arena);
 * Locals changed after it and read in on_fail must be volatile; keep the function thin. */
#define CASUS_ARENA_TRY(arena, jump, on_fail) \
    do { (arena)->trap = (jump); if (setjmp(*(jump))) { (arena)->trap = NULL; on_fail; } } while (0)
void casus_arena_untrap(casus_arena *a);

/* A growing array in an arena: CASUS_PUSH(arena, items, n, cap) returns a pointer to a new zeroed element. */
void *casus_arena_grow(casus_arena *a, void *items, size_t n, size_t *cap, size_t size);
#define CASUS_PUSH(arena, items, n, cap) \
    ((items) = casus_arena_grow((arena), (items), (n), &(cap), sizeof *(items)), &(items)[(n)++])

/* A hash table from 64-bit keys (not 0) to 32-bit values in an arena: open addressing, grows by doubling, never shrinks. Cost O(1) amortised. */
typedef struct casus_table {
    uint64_t *keys;
    uint32_t *values;
    size_t n, cap;
} casus_table;
/* The value under `key`; NULL when absent. */
uint32_t *casus_table_get(const casus_table *t, uint64_t key);
/* The value under `key`, a new zero when absent (*fresh, may be NULL, says which). NULL only when out of memory without a trap. */
uint32_t *casus_table_put(casus_table *t, casus_arena *a, uint64_t key, bool *fresh);

/* ---- strings ----------------------------------------------------------------------------------------------- */

/* A slice of bytes owned by someone else (a document, an arena, a mapped file). Not NUL-terminated unless said. */
typedef struct casus_str {
    const char *at;
    size_t n;
} casus_str;

#define CASUS_STR(literal) ((casus_str){(literal), sizeof(literal) - 1})
#define CASUS_FMT(s) (int)(s).n, (s).at /* for printf("%.*s", CASUS_FMT(s)) */
casus_str casus_str_of(const char *s); /* NULL gives the empty slice */
bool casus_str_eq(casus_str a, casus_str b);
bool casus_str_is(casus_str a, const char *b);
int casus_str_cmp(casus_str a, casus_str b); /* byte order */
bool casus_str_starts(casus_str s, const char *prefix);
bool casus_str_ends(casus_str s, const char *suffix);
casus_str casus_str_trim(casus_str s); /* without ASCII white space at both ends */
/* Cuts the next field before `sep` off *rest; false when *rest was already empty (at == NULL). */
bool casus_str_cut(casus_str *rest, char sep, casus_str *field);
uint64_t casus_str_hash(casus_str s); /* XXH3, 64 bits; the same on every machine */

/* A growing byte buffer on the heap: output records, files being read. Sticky failure: after an allocation fails,
 * `failed` is set, further appends do nothing and the holder checks once at the end. */
typedef struct casus_buf {
    char *at;
    size_t n, cap;
    bool failed;
} casus_buf;

void casus_buf_done(casus_buf *b);
void casus_buf_clear(casus_buf *b); /* n = 0, keeps the memory and clears `failed` */
void casus_buf_add(casus_buf *b, const char *bytes, size_t n);
void casus_buf_adds(casus_buf *b, const char *s);
void casus_buf_addf(casus_buf *b, const char *format, ...) CASUS_PRINTF(2, 3);

/* ---- checksums --------------------------------------------------------------------------------------------- */

/* SHA-256 (FIPS 180-4) of n bytes as 64 lower-case hex digits and a NUL. Cost O(n), about 4 ns a byte. */
void casus_sha256_hex(const void *bytes, size_t n, char hex[65]);

/* ---- UTF-8 ------------------------------------------------------------------------------------------------- */

/* Offset of the first byte that is not UTF-8 (overlong, surrogate, > U+10FFFF) or is NUL; `n` when all is well. */
size_t casus_utf8_check(const char *s, size_t n);
/* Decodes one code point of valid UTF-8 at s[*i], advances *i. */
uint32_t casus_utf8_next(const char *s, size_t n, size_t *i);
/* Appends the code point; returns its byte count (1–4). `out` needs 4 bytes. */
size_t casus_utf8_put(uint32_t c, char out[4]);

/* ---- JSON out ---------------------------------------------------------------------------------------------- */

/* Writes JSON into a buffer, no tree: objects and arrays are opened and closed by hand, commas and escapes are its
 * business. Invalid UTF-8 is replaced by U+FFFD, so that the output is always valid. Keys are literals. */
typedef struct casus_json {
    casus_buf *out;
    bool comma;
} casus_json;

casus_json casus_json_to(casus_buf *out);
void casus_json_open(casus_json *j, const char *key, char bracket); /* key NULL inside arrays; bracket '{' or '[' */
void casus_json_close(casus_json *j, char bracket);                 /* '}' or ']' */
void casus_json_str(casus_json *j, const char *key, casus_str s);
void casus_json_text(casus_json *j, const char *key, const char *s); /* NULL: nothing is written */
void casus_json_int(casus_json *j, const char *key, int64_t v);
void casus_json_num(casus_json *j, const char *key, double v); /* at most 6 significant digits; never NaN */
void casus_json_exact(casus_json *j, const char *key, double v); /* 15 significant digits: reads back as it was written in decimal */
void casus_json_bool(casus_json *j, const char *key, bool v);
void casus_json_span(casus_json *j, const char *key, uint64_t begin, uint64_t end);

/* ---- files ------------------------------------------------------------------------------------------------- */

/* A read-only mapping of a whole file. Any number of threads may read it. */
typedef struct casus_map {
    const unsigned char *at;
    size_t n;
} casus_map;
casus_code casus_map_open(casus_map *map, const char *path, casus_error *err);
void casus_map_close(casus_map *map);
/* Writes the whole file or leaves the old one: temporary name beside it, fsync, rename. */
casus_code casus_file_write(const char *path, const void *bytes, size_t n, casus_error *err);

/* The container of every compiled file (models, lexicon, gazetteer, rules): little-endian,
 *   16 bytes magic "casus" + kind + NULs · u32 version · u32 sections · u64 file size · u64 XXH3 of all that follows ·
 *   sections × { char name[16]; u64 offset; u64 size } · section bytes, each 64-byte aligned.
 * Opening checks magic, kind, version, size, section bounds and the checksum. Read-only after opening: any number of threads. */
typedef struct casus_pack {
    casus_map map;
    uint32_t sections;
    uint64_t hash;
} casus_pack;
typedef struct casus_pack_part {
    const char *name; /* at most 15 bytes */
    const void *bytes;
    size_t size;
} casus_pack_part;
casus_code casus_pack_open(casus_pack *p, const char *path, const char *kind, uint32_t version, casus_error *err);
void casus_pack_close(casus_pack *p);
/* Section by name: pointer into the map and size; NULL when absent. */
const void *casus_pack_find(const casus_pack *p, const char *name, size_t *size);
casus_code casus_pack_write(const char *path, const char *kind, uint32_t version, const casus_pack_part *parts,
                            size_t n, casus_error *err);

/* ---- threads ----------------------------------------------------------------------------------------------- */

/* Runs work(ctx, i, thread) for i in [0, n) on `threads` threads (0 = number of processors); returns when all are done.
 * Which thread runs which i is not defined; results must not depend on it. Falls back to fewer threads when
 * one cannot be started; never fails. */
void casus_parallel(size_t n, unsigned threads, void (*work)(void *ctx, size_t i, unsigned thread), void *ctx);
unsigned casus_cpu_count(void);

#ifdef __cplusplus
}
#endif
#endif
