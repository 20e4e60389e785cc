/* Answers kept by their target. */
#include "cache.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 256, ENTRY_MAX = 2 * 1024 * 1024, TOTAL_MAX = 24 * 1024 * 1024 };

typedef struct entry {
    char *target; /* NULL: empty */
    int64_t generation;
    struct MHD_Response *response;
    size_t bytes;
    uint64_t used;
} entry;

struct cache {
    entry slot[SLOTS]; /* by hash; a newcomer takes the place */
    size_t bytes;
    uint64_t clock;
};

cache *cache_new(void) { return calloc(1, sizeof(cache)); }

static void empty(cache *c, entry *e) {
    if (!e->target) return;
    MHD_destroy_response(e->response);
    free(e->target);
    c->bytes -= e->bytes;
    *e = (entry){0};
}

void cache_free(cache *c) {
    for (size_t i = 0; c && i < SLOTS; i++) empty(c, &c->slot[i]);
    free(c);
}

static entry *slot_of(cache *c, const char *target) { return &c->slot[casus_str_hash(casus_str_of(target)) % SLOTS]; }

struct MHD_Response *cache_get(cache *c, const char *target, int64_t generation) {
    entry *e = slot_of(c, target);
    if (!e->target || strcmp(e->target, target) != 0) return NULL;
    if (e->generation != generation) {
        empty(c, e);
        return NULL;
    }
    e->used = ++c->clock;
    return e->response;
}

static void make_room(cache *c, size_t bytes) {
    while (c->bytes + bytes > TOTAL_MAX) {
        entry *oldest = NULL;
        for (size_t i = 0; i < SLOTS; i++)
            if (c->slot[i].target && (!oldest || c->slot[i].used < oldest->used)) oldest = &c->slot[i];
        if (!oldest) return;
        empty(c, oldest);
    }
}

bool cache_put(cache *c, const char *target, int64_t generation, struct MHD_Response *response, size_t bytes) {
    entry *e = slot_of(c, target);
    size_t n = strlen(target) + 1;
    char *copy = bytes <= ENTRY_MAX ? malloc(n) : NULL;
    if (!copy) return false;
    memcpy(copy, target, n);
    empty(c, e);
    make_room(c, bytes);
    *e = (entry){.target = copy, .generation = generation, .response = response, .bytes = bytes, .used = ++c->clock};
    c->bytes += bytes;
    return true;
}
