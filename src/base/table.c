#include "casus/base.h"

static size_t slot_of(const casus_table *t, uint64_t key) {
    size_t i = (size_t)(key * 0x9E3779B97F4A7C15u >> 20) & (t->cap - 1);
    while (t->keys[i] && t->keys[i] != key) i = (i + 1) & (t->cap - 1);
    return i;
}

uint32_t *casus_table_get(const casus_table *t, uint64_t key) {
    if (!t->n || !key) return NULL;
    size_t i = slot_of(t, key);
    return t->keys[i] ? &t->values[i] : NULL;
}

static bool grow(casus_table *t, casus_arena *a) {
    casus_table more = {.n = t->n, .cap = t->cap ? t->cap * 2 : 64};
    more.keys = CASUS_NEW_ARRAY(a, uint64_t, more.cap);
    more.values = CASUS_NEW_ARRAY(a, uint32_t, more.cap);
    if (!more.keys || !more.values) return false;
    for (size_t i = 0; i < t->cap; i++) {
        if (!t->keys[i]) continue;
        size_t k = slot_of(&more, t->keys[i]);
        more.keys[k] = t->keys[i];
        more.values[k] = t->values[i];
    }
    *t = more;
    return true;
}

uint32_t *casus_table_put(casus_table *t, casus_arena *a, uint64_t key, bool *fresh) {
    if (t->n * 4 >= t->cap * 3 && !grow(t, a)) return NULL;
    size_t i = slot_of(t, key);
    if (fresh) *fresh = !t->keys[i];
    if (!t->keys[i]) t->n++;
    t->keys[i] = key;
    return &t->values[i];
}
