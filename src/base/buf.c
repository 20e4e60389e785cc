#include "casus/base.h"

#include <stdlib.h>
#include <string.h>

void casus_buf_done(casus_buf *b) {
    if (!b) return;
    free(b->at);
    memset(b, 0, sizeof *b);
}

void casus_buf_clear(casus_buf *b) {
    b->n = 0;
    b->failed = false;
}

static bool reserve(casus_buf *b, size_t more) {
    if (b->failed) return false;
    if (b->cap - b->n > more) return true; /* one byte is kept for the terminator */
    size_t cap = b->cap ? b->cap : 256;
    while (cap - b->n <= more && cap <= SIZE_MAX / 2) cap *= 2;
    char *at = cap - b->n > more ? realloc(b->at, cap) : NULL;
    if (!at) {
        b->failed = true;
        return false;
    }
    b->at = at;
    b->cap = cap;
    return true;
}

void casus_buf_add(casus_buf *b, const char *bytes, size_t n) {
    if (!reserve(b, n)) return;
    if (n) memcpy(b->at + b->n, bytes, n);
    b->n += n;
    b->at[b->n] = '\0';
}

void casus_buf_adds(casus_buf *b, const char *s) { casus_buf_add(b, s, strlen(s)); }

void casus_buf_addf(casus_buf *b, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n >= 0 && reserve(b, (size_t)n)) {
        vsnprintf(b->at + b->n, (size_t)n + 1, format, again);
        b->n += (size_t)n;
    }
    va_end(again);
}
