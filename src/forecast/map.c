#include "forecast/map.h"

#include <stdlib.h>
#include <string.h>

enum { CAP_MIN = 64 };

static uint64_t mix(uint64_t k) {
    k ^= k >> 32;
    k *= 0x9e3779b97f4a7c15u;
    return k ^ k >> 29;
}

static size_t slot_of(const forecast_map *m, uint64_t key) {
    size_t i = mix(key) & (m->cap - 1);
    while (m->keys[i] && m->keys[i] != key + 1) i = (i + 1) & (m->cap - 1);
    return i;
}

static bool grow(forecast_map *m) {
    forecast_map bigger = {.n = m->n, .cap = m->cap ? 2 * m->cap : CAP_MIN};
    bigger.keys = calloc(bigger.cap, sizeof *bigger.keys);
    bigger.values = malloc(bigger.cap * sizeof *bigger.values);
    if (!bigger.keys || !bigger.values) {
        forecast_map_done(&bigger);
        return false;
    }
    for (size_t i = 0; i < m->cap; i++) {
        if (!m->keys[i]) continue;
        size_t to = slot_of(&bigger, m->keys[i] - 1);
        bigger.keys[to] = m->keys[i];
        bigger.values[to] = m->values[i];
    }
    forecast_map_done(m);
    *m = bigger;
    return true;
}

void forecast_map_done(forecast_map *m) {
    free(m->keys);
    free(m->values);
    memset(m, 0, sizeof *m);
}

int32_t forecast_map_get(const forecast_map *m, uint64_t key) {
    if (!m->cap) return FORECAST_NONE;
    size_t i = slot_of(m, key);
    return m->keys[i] ? m->values[i] : FORECAST_NONE;
}

bool forecast_map_put(forecast_map *m, uint64_t key, int32_t value) {
    if (m->n * 5 >= m->cap * 3 && !grow(m)) return false;
    size_t i = slot_of(m, key);
    m->keys[i] = key + 1;
    m->values[i] = value;
    m->n++;
    return true;
}
