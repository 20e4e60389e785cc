#include "casus/base.h"

#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

casus_str casus_str_of(const char *s) { return (casus_str){s, s ? strlen(s) : 0}; }

bool casus_str_eq(casus_str a, casus_str b) { return a.n == b.n && (!a.n || memcmp(a.at, b.at, a.n) == 0); }

bool casus_str_is(casus_str a, const char *b) { return casus_str_eq(a, casus_str_of(b)); }

int casus_str_cmp(casus_str a, casus_str b) {
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.at, b.at, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool casus_str_starts(casus_str s, const char *prefix) {
    size_t n = strlen(prefix);
    return s.n >= n && memcmp(s.at, prefix, n) == 0;
}

bool casus_str_ends(casus_str s, const char *suffix) {
    size_t n = strlen(suffix);
    return s.n >= n && memcmp(s.at + s.n - n, suffix, n) == 0;
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

casus_str casus_str_trim(casus_str s) {
    while (s.n && is_space(s.at[0])) s.at++, s.n--;
    while (s.n && is_space(s.at[s.n - 1])) s.n--;
    return s;
}

bool casus_str_cut(casus_str *rest, char sep, casus_str *field) {
    if (!rest->at) return false;
    const char *p = rest->n ? memchr(rest->at, sep, rest->n) : NULL;
    *field = *rest;
    if (!p) {
        *rest = (casus_str){NULL, 0};
        return true;
    }
    field->n = (size_t)(p - rest->at);
    *rest = (casus_str){p + 1, rest->n - field->n - 1};
    return true;
}

uint64_t casus_str_hash(casus_str s) { return XXH3_64bits(s.at ? s.at : "", s.n); }
