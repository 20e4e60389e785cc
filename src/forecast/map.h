/* A hash map from 64-bit keys to 32-bit values: open addressing, linear probing, never shrinks, nothing is removed. */
#ifndef CASUS_FORECAST_MAP_H
#define CASUS_FORECAST_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct forecast_map {
    uint64_t *keys; /* key + 1; 0 is empty */
    int32_t *values;
    size_t n, cap; /* cap is a power of two or 0 */
} forecast_map;

enum { FORECAST_NONE = -1 };

void forecast_map_done(forecast_map *m);
/* The value, or FORECAST_NONE. */
int32_t forecast_map_get(const forecast_map *m, uint64_t key);
/* Adds key → value; the key must be absent. False when memory ran out (the map is unchanged). */
bool forecast_map_put(forecast_map *m, uint64_t key, int32_t value);

static inline uint64_t forecast_key(int32_t a, int32_t b) { return (uint64_t)(uint32_t)a << 32 | (uint32_t)b; }

#endif
