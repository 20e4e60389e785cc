#include "casus/base.h"

#include <stdlib.h>
#include <string.h>

struct casus_arena_chunk {
    casus_arena_chunk *next;
    size_t size, used;
    max_align_t bytes[];
};

enum { CHUNK_MIN = 64 * 1024, CHUNK_MAX = 4 * 1024 * 1024 };

void casus_arena_init(casus_arena *a) { memset(a, 0, sizeof *a); }

static void free_chunks(casus_arena_chunk *c) {
    while (c) {
        casus_arena_chunk *next = c->next;
        free(c);
        c = next;
    }
}

void casus_arena_reset(casus_arena *a) {
    while (a->chunk) {
        casus_arena_chunk *c = a->chunk;
        a->chunk = c->next;
        if (c->size > CHUNK_MAX) {
            free(c);
            continue;
        }
        c->next = a->spare;
        a->spare = c;
    }
    a->used = 0;
}

void casus_arena_done(casus_arena *a) {
    if (!a) return;
    free_chunks(a->chunk);
    free_chunks(a->spare);
    memset(a, 0, sizeof *a);
}

static void *out_of_memory(casus_arena *a) {
    if (a->trap) longjmp(*a->trap, 1);
    return NULL;
}

static casus_arena_chunk *take_spare(casus_arena *a, size_t size) {
    for (casus_arena_chunk **c = &a->spare; *c; c = &(*c)->next) {
        if ((*c)->size < size) continue;
        casus_arena_chunk *found = *c;
        *c = found->next;
        found->used = 0;
        return found;
    }
    return NULL;
}

static casus_arena_chunk *new_chunk(casus_arena *a, size_t size) {
    casus_arena_chunk *c = take_spare(a, size);
    if (!c) {
        size_t want = a->chunk ? a->chunk->size * 2 : CHUNK_MIN;
        if (want > CHUNK_MAX) want = CHUNK_MAX;
        if (want < size) want = size;
        if (want > SIZE_MAX - sizeof *c || !(c = malloc(sizeof *c + want))) return NULL;
        c->size = want;
        c->used = 0;
    }
    c->next = a->chunk;
    a->chunk = c;
    return c;
}

void *casus_arena_alloc(casus_arena *a, size_t size) {
    if (size > SIZE_MAX / 2 || (a->limit && a->used + size > a->limit)) return out_of_memory(a);
    size = (size + 15) & ~(size_t)15;
    casus_arena_chunk *c = a->chunk;
    if (!c || c->size - c->used < size) c = new_chunk(a, size);
    if (!c) return out_of_memory(a);
    void *p = (char *)c->bytes + c->used;
    c->used += size;
    a->used += size;
    return memset(p, 0, size);
}

void *casus_arena_dup(casus_arena *a, const void *bytes, size_t size) {
    void *p = casus_arena_alloc(a, size);
    if (p && size) memcpy(p, bytes, size);
    return p;
}

char *casus_arena_strndup(casus_arena *a, const char *s, size_t n) {
    char *p = casus_arena_alloc(a, n + 1);
    if (p && n) memcpy(p, s, n);
    return p;
}

char *casus_arena_printf(casus_arena *a, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *p = n < 0 ? NULL : casus_arena_alloc(a, (size_t)n + 1);
    if (p) vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return p;
}

void casus_arena_untrap(casus_arena *a) { a->trap = NULL; }

void *casus_arena_grow(casus_arena *a, void *items, size_t n, size_t *cap, size_t size) {
    if (n < *cap) return items;
    size_t want = *cap ? *cap * 2 : 8;
    void *more = casus_arena_alloc(a, want * size);
    if (!more) return NULL;
    if (n) memcpy(more, items, n * size);
    *cap = want;
    return more;
}
