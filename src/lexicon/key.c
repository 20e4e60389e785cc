#include "casus/lexicon.h"

#include <utf8proc.h>

static uint64_t mix(uint64_t key, uint32_t c) {
    if (!key) key = 0xCBF29CE484222325u;
    for (int i = 0; i < 3; i++, c >>= 8) key = (key ^ (c & 0xFF)) * 0x100000001B3u;
    return key ? key : 1;
}

static bool is_letter(utf8proc_category_t c) {
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_NO && c != UTF8PROC_CATEGORY_MN && c != UTF8PROC_CATEGORY_MC &&
           c != UTF8PROC_CATEGORY_ME;
}

/* Letters that Unicode does not decompose, as English accounts write them: "Yıldırım" is "Yildirim", "Støre" is "Store". */
static uint32_t plain_letter(uint32_t c) {
    static const struct {
        uint16_t from;
        char to;
    } letters[] = {{0xD0, 'D'}, {0xD8, 'O'}, {0xF0, 'd'}, {0xF8, 'o'}, {0x110, 'D'}, {0x111, 'd'}, {0x131, 'i'}, {0x141, 'L'}, {0x142, 'l'}};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (letters[i].from == c) return (uint32_t)letters[i].to;
    return c;
}

static uint64_t mix_wide(uint64_t key, uint32_t c, bool lower) {
    utf8proc_int32_t parts[8];
    if (c == 0x2BB || c == 0x2BC) return key; /* a glottal stop's letter, mostly written as an apostrophe */
    c = plain_letter(c);
    int boundary = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &boundary);
    for (utf8proc_ssize_t i = 0; i < n && i < 8; i++) {
        if (!is_letter(utf8proc_category(parts[i]))) continue;
        key = mix(key, (uint32_t)(lower ? utf8proc_tolower(parts[i]) : parts[i]));
    }
    return key;
}

uint64_t casus_key_more(uint64_t key, casus_str text, bool lower) {
    for (size_t i = 0; i < text.n;) {
        unsigned char c = (unsigned char)text.at[i];
        if (c >= 0x80) {
            key = mix_wide(key, casus_utf8_next(text.at, text.n, &i), lower);
            continue;
        }
        i++;
        if (c >= 'A' && c <= 'Z')
            key = mix(key, lower ? c + 32u : c);
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            key = mix(key, c);
    }
    return key;
}

uint64_t casus_key(casus_str text, bool lower) { return casus_key_more(0, text, lower); }

uint32_t casus_lemma_hash(casus_str lemma) {
    uint64_t h = 0xCBF29CE484222325u;
    for (size_t i = 0; i < lemma.n; i++) {
        unsigned char c = (unsigned char)lemma.at[i];
        if (c >= 'A' && c <= 'Z') c = (unsigned char)(c + 32);
        h = (h ^ c) * 0x100000001B3u;
    }
    uint32_t folded = (uint32_t)(h ^ h >> 32);
    return folded ? folded : 1;
}
