/* Answers that hold until the ledger changes, ready to be sent again. Used by the input thread alone: no locks. */
#ifndef SERVER_CACHE_H
#define SERVER_CACHE_H

#include "casus/base.h"

struct MHD_Response;
typedef struct cache cache;

cache *cache_new(void); /* NULL: out of memory */
void cache_free(cache *c);
/* The answer to that target as of that generation; NULL: none. The cache keeps it; the HTTP library counts its users. */
struct MHD_Response *cache_get(cache *c, const char *target, int64_t generation);
/* Keeps it (one reference becomes the cache's) and lets go of what has not been asked for longest; false when it is too large: the caller's still. */
bool cache_put(cache *c, const char *target, int64_t generation, struct MHD_Response *response, size_t bytes);

#endif
