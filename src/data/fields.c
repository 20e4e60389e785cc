/* Records to fields, fields to values. */
#include "data/data.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct splitter {
    casus_str *fields;
    const char *from; /* where the field at hand begins */
    size_t n;
} splitter;

static void end_field(splitter *s, const char *at) {
    if (s->n < DATA_FIELDS) s->fields[s->n] = (casus_str){s->from, (size_t)(at - s->from)};
    s->n++;
    s->from = at + 1;
}

size_t data_split(casus_str record, char separator, casus_str *fields) {
    const char *at = record.at, *end = at + record.n;
    splitter s = {fields, at, 0};
#ifdef __SSE2__
    const __m128i wanted = _mm_set1_epi8(separator);
    for (; end - at >= 16; at += 16) {
        unsigned found = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)at), wanted));
        for (; found; found &= found - 1) end_field(&s, at + __builtin_ctz(found));
    }
#endif
    for (; at < end; at++)
        if (*at == separator) end_field(&s, at);
    end_field(&s, end);
    return s.n;
}

/* A quoted field that begins at record[*i] (after the quote); false when the quote does not end. */
static bool take_quoted(casus_str record, size_t *i, casus_buf *scratch, casus_str *field) {
    size_t from = scratch->n;
    for (; *i < record.n; ++*i) {
        if (record.at[*i] == '"') {
            if (*i + 1 >= record.n || record.at[*i + 1] != '"') break;
            ++*i;
        }
        casus_buf_add(scratch, record.at + *i, 1);
    }
    if (*i >= record.n || scratch->failed) return false;
    ++*i;
    *field = (casus_str){scratch->at + from, scratch->n - from};
    return true;
}

size_t data_split_csv(casus_str record, char separator, casus_buf *scratch, casus_str *fields) {
    size_t n = 0, i = 0;
    casus_buf_clear(scratch);
    if (scratch->cap <= record.n) { /* fields point into it: it must not move while they are cut */
        for (size_t k = 0; k <= record.n; k++) casus_buf_add(scratch, "", 1);
        if (scratch->failed) return SIZE_MAX;
        casus_buf_clear(scratch);
    }
    for (;; i++) {
        casus_str field = {record.at + i, 0};
        bool quote = i < record.n && record.at[i] == '"';
        if (quote && (i++, !take_quoted(record, &i, scratch, &field))) return SIZE_MAX;
        size_t from = i;
        while (i < record.n && record.at[i] != separator) i++;
        if (!quote) field = (casus_str){record.at + from, i - from};
        if (n < DATA_FIELDS) fields[n] = field;
        n++;
        if (i >= record.n) return n;
    }
}

/* What Windows-1252 has in 0x80–0x9f where Latin-1 has control characters. */
static const uint16_t WINDOWS[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                     0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                     0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                     0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

void data_latin1(casus_buf *out, casus_str s) {
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.at[i];
        char bytes[4];
        size_t n = casus_utf8_put(c >= 0x80 && c < 0xA0 ? WINDOWS[c - 0x80] : c, bytes);
        casus_buf_add(out, bytes, n);
    }
}

bool data_is_ascii(casus_str s) {
    size_t i = 0;
    for (; i + 8 <= s.n; i += 8) {
        uint64_t w;
        memcpy(&w, s.at + i, 8);
        if ((w | (w - 0x0101010101010101u)) & 0x8080808080808080u) return false;
    }
    for (; i < s.n; i++)
        if ((unsigned char)s.at[i] >= 0x80 || !s.at[i]) return false;
    return true;
}

casus_str data_value(casus_str s) {
    s = casus_str_trim(s);
    bool none = casus_str_is(s, "NA") || casus_str_is(s, "NULL") || casus_str_is(s, "None");
    return none ? (casus_str){s.at, 0} : s;
}

bool data_integer(casus_str s, int64_t *out) {
    bool minus = s.n && s.at[0] == '-';
    int64_t value = 0;
    if (s.n == (size_t)minus || s.n > 18) return false;
    for (size_t i = minus; i < s.n; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') return false;
        value = value * 10 + (s.at[i] - '0');
    }
    *out = minus ? -value : value;
    return true;
}

bool data_real(casus_str s, double *out) {
    char text[64], *end;
    if (!s.n || s.n >= sizeof text) return false;
    memcpy(text, s.at, s.n);
    text[s.n] = '\0';
    if (strspn(text, "+-.0123456789eE") < s.n) return false;
    *out = strtod(text, &end);
    return !*end && isfinite(*out);
}

/* ---- days -------------------------------------------------------------------------------------------------- */

static int32_t day_of(int64_t year, int64_t month, int64_t day) {
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return 0;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (day > DAYS[month - 1] + (month == 2 && leap)) return 0;
    return (int32_t)(year * 10000 + month * 100 + day);
}

static int month_of(casus_str s) {
    static const char *const MONTHS[] = {"january", "february", "march",     "april",   "may",      "june",
                                         "july",    "august",   "september", "october", "november", "december"};
    for (int i = 0; s.n >= 3 && i < 12; i++)
        if (s.n <= strlen(MONTHS[i]) && strncasecmp(s.at, MONTHS[i], s.n) == 0) return i + 1;
    return 0;
}

/* "28 December 2022", "01-January-2015". */
static int32_t day_in_words(casus_str s) {
    casus_str part[3] = {{0}};
    for (int i = 0; i < 3; i++) {
        size_t n = 0;
        while (n < s.n && s.at[n] != ' ' && s.at[n] != '-') n++;
        part[i] = (casus_str){s.at, n};
        s = n < s.n ? (casus_str){s.at + n + 1, s.n - n - 1} : (casus_str){s.at + n, 0};
    }
    int64_t day, year;
    int month = month_of(part[1]);
    if (s.n || !month || part[2].n != 4 || !data_integer(part[0], &day) || !data_integer(part[2], &year)) return 0;
    return day_of(year, month, day);
}

static int64_t digits(const char *at, size_t n) {
    int64_t value = -1;
    return data_integer((casus_str){at, n}, &value) && value >= 0 ? value : -1;
}

int32_t data_day(casus_str s, bool short_years) {
    s = casus_str_trim(s);
    if (s.n == 6 && short_years) {
        int64_t year = digits(s.at, 2);
        return year < 0 ? 0 : day_of(year + (year < 70 ? 2000 : 1900), digits(s.at + 2, 2), digits(s.at + 4, 2));
    }
    if (s.n == 8 && digits(s.at, 8) >= 0) return day_of(digits(s.at, 4), digits(s.at + 4, 2), digits(s.at + 6, 2));
    bool iso = s.n >= 10 && s.at[4] == '-' && s.at[7] == '-' && (s.n == 10 || s.at[10] == ' ' || s.at[10] == 'T');
    return iso ? day_of(digits(s.at, 4), digits(s.at + 5, 2), digits(s.at + 8, 2)) : day_in_words(s);
}
