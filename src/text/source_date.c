/* Dates as they stand in the head or foot of an account. Only what is written is read: no century, year or month is
 * supplied. */
#include "text/source.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

typedef struct cursor {
    casus_str s;
    size_t at;
} cursor;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return isalpha((unsigned char)c) != 0 || (unsigned char)c >= 0x80; }
static char peek(const cursor *c) { return c->at < c->s.n ? c->s.at[c->at] : '\0'; }

static bool skip_char(cursor *c, char wanted) {
    if (peek(c) != wanted) return false;
    c->at++;
    return true;
}

static size_t skip_blanks(cursor *c) {
    size_t from = c->at;
    while (peek(c) == ' ' || peek(c) == '\t') c->at++;
    return c->at - from;
}

/* A number of min..max digits with no digit after it. */
static bool number(cursor *c, size_t min, size_t max, int *value) {
    size_t from = c->at;
    int v = 0;
    while (is_digit(peek(c)) && c->at - from < max) v = v * 10 + (c->s.at[c->at++] - '0');
    if (c->at - from < min || is_digit(peek(c))) return false;
    *value = v;
    return true;
}

static casus_str word(cursor *c) {
    size_t from = c->at;
    while (is_letter(peek(c))) c->at++;
    return (casus_str){c->s.at + from, c->at - from};
}

static bool month(cursor *c, int *value) {
    static const char *const names[] = {"january", "february", "march",     "april",   "may",      "june",
                                        "july",    "august",   "september", "october", "november", "december"};
    casus_str w = word(c);
    skip_char(c, '.');
    for (int i = 0; i < 12; i++) {
        bool whole = w.n == strlen(names[i]), cut = w.n == 3 || (i == 8 && w.n == 4);
        if ((whole || cut) && strncasecmp(w.at, names[i], w.n) == 0) {
            *value = i + 1;
            return true;
        }
    }
    return false;
}

static void skip_ordinal(cursor *c) {
    static const char *const endings[] = {"st", "nd", "rd", "th"};
    for (size_t i = 0; i < 4; i++) {
        if (c->s.n - c->at < 2 || strncasecmp(c->s.at + c->at, endings[i], 2) != 0) continue;
        if (c->at + 2 < c->s.n && is_letter(c->s.at[c->at + 2])) continue;
        c->at += 2;
        return;
    }
}

static bool real_day(int y, int m, int d) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (y < 1500 || y > 2199 || m < 1 || m > 12 || d < 1) return false;
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    return d <= days[m - 1] + (m == 2 && leap);
}

static bool set_day(source_date *out, int y, int m, int d) {
    if (!real_day(y, m, d)) return false;
    snprintf(out->iso, sizeof out->iso, "%04u-%02u-%02u", (unsigned)y % 10000u, (unsigned)m % 100u, (unsigned)d % 100u);
    return true;
}

static bool set_month(source_date *out, int y, int m) {
    if (!real_day(y, m, 1)) return false;
    snprintf(out->iso, sizeof out->iso, "%04u-%02u", (unsigned)y % 10000u, (unsigned)m % 100u);
    return true;
}

/* 2024-03-28, 2024/03/28 */
static bool iso_day(cursor *c, source_date *out) {
    int y = 0, m = 0, d = 0;
    if (!number(c, 4, 4, &y)) return false;
    char sep = peek(c);
    if (sep != '-' && sep != '/') return false;
    c->at++;
    return number(c, 1, 2, &m) && skip_char(c, sep) && number(c, 1, 2, &d) && set_day(out, y, m, d);
}

/* 28.3.2024; 28/3/2024 or 3/28/2024 only where one number can be no month */
static bool numeric_day(cursor *c, source_date *out) {
    int a = 0, b = 0, y = 0;
    if (!number(c, 1, 2, &a)) return false;
    char sep = peek(c);
    if (sep != '.' && sep != '/' && sep != '-') return false;
    c->at++;
    if (!number(c, 1, 2, &b) || !skip_char(c, sep) || !number(c, 4, 4, &y)) return false;
    if (sep == '.' || a > 12 || a == b) return set_day(out, y, b, a);
    return b > 12 && set_day(out, y, a, b);
}

/* March 28, 2024; Mar. 28th 2024 */
static bool month_first(cursor *c, source_date *out) {
    int m = 0, d = 0, y = 0;
    if (!month(c, &m) || !skip_blanks(c) || !number(c, 1, 2, &d)) return false;
    skip_ordinal(c);
    bool comma = skip_char(c, ',');
    if (!skip_blanks(c) && !comma) return false;
    return number(c, 4, 4, &y) && set_day(out, y, m, d);
}

/* 28 March 2024; 28th of March, 2024 */
static bool day_first(cursor *c, source_date *out) {
    int m = 0, d = 0, y = 0;
    if (!number(c, 1, 2, &d)) return false;
    skip_ordinal(c);
    if (!skip_blanks(c) && !skip_char(c, '-')) return false;
    if (c->s.n - c->at > 3 && strncasecmp(c->s.at + c->at, "of ", 3) == 0) c->at += 3;
    if (!month(c, &m)) return false;
    skip_char(c, ',');
    if (!skip_blanks(c) && !skip_char(c, '-')) return false;
    return number(c, 4, 4, &y) && set_day(out, y, m, d);
}

/* March 2024 */
static bool month_only(cursor *c, source_date *out) {
    int m = 0, y = 0;
    if (!month(c, &m)) return false;
    skip_char(c, ',');
    return skip_blanks(c) && number(c, 4, 4, &y) && set_month(out, y, m);
}

static bool date_at(casus_str s, size_t at, source_date *out) {
    static bool (*const forms[])(cursor *, source_date *) = {iso_day, numeric_day, month_first, day_first, month_only};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        cursor c = {s, at};
        if (!forms[i](&c, out)) continue;
        out->begin = at;
        out->end = c.at;
        return true;
    }
    return false;
}

bool source_date_find(casus_str s, source_date *out) {
    for (size_t i = 0; i < s.n; i++) {
        bool inside = i && (is_letter(s.at[i - 1]) || is_digit(s.at[i - 1]));
        if (inside || !(is_digit(s.at[i]) || is_letter(s.at[i]))) continue;
        if (date_at(s, i, out)) return true;
    }
    return false;
}

bool source_date_value(casus_str s, source_date *out) {
    int v = 0;
    cursor c = {s, 0};
    if (number(&c, 8, 8, &v) && c.at == s.n) return set_day(out, v / 10000, v / 100 % 100, v % 100);
    c.at = 0;
    int m = 0;
    if (number(&c, 4, 4, &v) && skip_char(&c, '-') && number(&c, 2, 2, &m) && c.at == s.n) return set_month(out, v, m);
    c.at = 0;
    if (number(&c, 4, 4, &v) && c.at == s.n && v >= 1500 && v < 2200) {
        snprintf(out->iso, sizeof out->iso, "%04u", (unsigned)v % 10000u);
        return true;
    }
    return source_date_find(s, out);
}

/* ---- lines that hold a date and nothing else ----------------------------------------------------------------- */

static bool one_of(casus_str w, const char *list) {
    for (const char *p = list; *p;) {
        size_t n = strcspn(p, " ");
        if (n == w.n && strncasecmp(p, w.at, n) == 0) return true;
        p += n + (p[n] == ' ');
    }
    return false;
}

/* Words that stand beside a date in a date line. */
static bool beside_date(casus_str w) {
    return one_of(
        w, "published posted updated last on at date dated issued released created modified first publication "
           "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
           "am pm a p m t z gmt utc est edt cst cdt mst mdt pst pdt et pt bst cet cest eet msk ist jst local time "
           "min mins minute minutes read of the");
}

/* Is every word of s one that goes with a date (numbers are times)? */
static bool only_date_words(casus_str s) {
    cursor c = {s, 0};
    while (c.at < s.n) {
        if (!is_letter(peek(&c))) {
            c.at++;
            continue;
        }
        casus_str w = word(&c);
        bool dash = w.n == 3 && (unsigned char)w.at[0] == 0xE2;
        if (!dash && !beside_date(w)) return false;
    }
    return true;
}

/* "Kabul, " or "New York, Thursday, ": capitalised words closed by a comma. */
static bool is_place(casus_str s) {
    s = casus_str_trim(s);
    if (s.n < 3 || s.n > 40 || s.at[s.n - 1] != ',') return false;
    cursor c = {s, 0};
    int words = 0;
    while (c.at < s.n) {
        if (is_digit(peek(&c))) return false;
        if (!is_letter(peek(&c))) {
            c.at++;
            continue;
        }
        if (islower((unsigned char)peek(&c))) return false;
        word(&c);
        words++;
    }
    return words >= 1 && words <= 4;
}

bool source_date_line(casus_str line, source_date *out) {
    if (line.n > 120 || !source_date_find(line, out)) return false;
    casus_str before = {line.at, out->begin}, after = {line.at + out->end, line.n - out->end};
    source_date second;
    while (source_date_find(after, &second)) { /* "… | Updated March 29, 2024" */
        if (!only_date_words((casus_str){after.at, second.begin})) return false;
        after = (casus_str){after.at + second.end, after.n - second.end};
    }
    return (only_date_words(before) || is_place(before)) && only_date_words(after);
}

/* ---- datelines in front of the text --------------------------------------------------------------------------- */

/* Offset after the first dash that has a space before it or is long, within the first 120 bytes; 0 when there is none.
 */
static size_t dash_end(casus_str line) {
    size_t n = line.n < 120 ? line.n : 120;
    for (size_t i = 1; i + 2 < n; i++) {
        casus_str here = {line.at + i, line.n - i};
        if (casus_str_starts(here, "\xE2\x80\x94") || casus_str_starts(here, "\xE2\x80\x93")) return i + 3;
        if (line.at[i - 1] != ' ' || line.at[i] != '-') continue;
        if (line.at[i + 1] == ' ') return i + 1;
        if (line.at[i + 1] == '-') return i + 2;
    }
    return 0;
}

/* Every word is capitalised, a number, or in the date. */
static bool all_capitalised(casus_str s) {
    cursor c = {s, 0};
    while (c.at < s.n) {
        if (!is_letter(peek(&c))) {
            c.at++;
            continue;
        }
        if (islower((unsigned char)peek(&c)) && !one_of(word(&c), "of st nd rd th via")) return false;
        word(&c);
    }
    return true;
}

size_t source_dateline(casus_str line, source_date *out) {
    size_t n = dash_end(line);
    casus_str head = {line.at, n};
    if (!n || !isupper((unsigned char)line.at[0]) || !source_date_find(head, out)) return 0;
    return all_capitalised(head) ? n : 0;
}
