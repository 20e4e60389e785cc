#include "text/features.h"

#include <string.h>

uint32_t text_table_find(text_table t, uint64_t hash) {
    if (!t.size) return 0;
    uint32_t mask = t.size - 1, print = (uint32_t)(hash >> 32), at = (uint32_t)hash & mask;
    for (uint32_t probes = 0; probes < t.size && t.slots[at].row; probes++, at = (at + 1) & mask)
        if (t.slots[at].print == print) return t.slots[at].row;
    return 0;
}

static size_t put(char *out, size_t n, const char *s) {
    size_t k = strlen(s);
    memcpy(out + n, s, k);
    return n + k;
}

/* Three-byte punctuation whose plain form the treebanks use more: curly quotes and dashes. */
static const char *plain_mark(const unsigned char *s) {
    if (s[0] != 0xE2 || s[1] != 0x80) return NULL;
    switch (s[2]) {
    case 0x98:
    case 0x99: return "'";
    case 0x9C:
    case 0x9D: return "\"";
    case 0x93: return "-";
    case 0x94: return "--";
    case 0xA6: return "...";
    default: return NULL;
    }
}

size_t text_form_lower(casus_str form, char *out) {
    size_t n = 0;
    for (size_t i = 0; i < form.n && n + 4 < TEXT_FORM_MAX;) {
        const unsigned char *s = (const unsigned char *)form.at + i;
        const char *plain = form.n - i >= 3 ? plain_mark(s) : NULL;
        if (plain) {
            n = put(out, n, plain);
            i += 3;
        } else if (s[0] == 0xC3 && form.n - i >= 2 && s[1] >= 0x80 && s[1] <= 0x9E && s[1] != 0x97) {
            out[n++] = (char)s[0];
            out[n++] = (char)(s[1] + 0x20);
            i += 2;
        } else {
            out[n++] = s[0] >= 'A' && s[0] <= 'Z' ? (char)(s[0] + 32) : (char)s[0];
            i++;
        }
    }
    return n;
}

static bool is_upper(unsigned char c) { return c >= 'A' && c <= 'Z'; }
static bool is_lower(unsigned char c) { return c >= 'a' && c <= 'z'; }
static bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }

static char shape_of(unsigned char c) {
    if (is_upper(c)) return 'X';
    if (is_lower(c)) return 'x';
    if (is_digit(c)) return 'd';
    return c >= 0x80 ? 'u' : (char)c;
}

/* "NATO-led" → "XX-xx": runs are cut to two. */
static size_t make_shape(casus_str form, bool first, bool shout, char *out) {
    size_t n = 0;
    char last = 0, before = 0;
    for (size_t i = 0; i < form.n && n < 10; i++) {
        char c = shape_of((unsigned char)form.at[i]);
        if (shout && c == 'X') c = 'x';
        if (c == last && c == before) continue;
        before = last;
        last = c;
        out[n++] = c;
    }
    out[n++] = (char)('0' + (first ? 1 : 0) + (shout ? 2 : 0));
    return n;
}

static uint64_t hash_of(const char *s, size_t n) { return casus_str_hash((casus_str){s, n}); }

/* Steps over whole UTF-8 characters, so that an affix never splits one. */
static size_t suffix_at(const char *s, size_t n, unsigned chars) {
    size_t at = n;
    while (at && chars) {
        at--;
        if (((unsigned char)s[at] & 0xC0) != 0x80) chars--;
    }
    return at;
}

static size_t prefix_end(const char *s, size_t n, unsigned chars) {
    size_t at = 0;
    while (at < n) {
        if (((unsigned char)s[at] & 0xC0) != 0x80 && chars-- == 0) break;
        at++;
    }
    return at;
}

void text_form_features(casus_str form, bool first, bool shout, text_form_hashes *out) {
    char low[TEXT_FORM_MAX], shape[16];
    size_t n = text_form_lower(form, low);
    for (size_t i = 0; i < n; i++)
        if (is_digit((unsigned char)low[i])) low[i] = '0';
    size_t s3 = suffix_at(low, n, 3), s2 = suffix_at(low, n, 2);
    out->h[TEXT_WORD] = hash_of(low, n);
    out->h[TEXT_SUFFIX3] = hash_of(low + s3, n - s3);
    out->h[TEXT_SUFFIX2] = hash_of(low + s2, n - s2);
    out->h[TEXT_PREFIX3] = hash_of(low, prefix_end(low, n, 3));
    out->h[TEXT_SHAPE] = hash_of(shape, make_shape(form, first, shout, shape));
}

bool text_is_shouted(const casus_sentence *s) {
    unsigned upper = 0;
    for (uint32_t i = 0; i < s->n; i++)
        for (size_t k = 0; k < s->tokens[i].form.n; k++) {
            unsigned char c = (unsigned char)s->tokens[i].form.at[k];
            if (is_lower(c)) return false;
            upper += is_upper(c);
        }
    return s->n > 2 && upper > 8;
}
