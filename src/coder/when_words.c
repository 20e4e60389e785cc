#include "coder/when_words.h"

#include "casus/lexicon.h"
#include "coder/number.h"

#include <stdlib.h>
#include <string.h>

typedef struct entry {
    const char *word;
    uint8_t type, upper; /* upper: must begin with a capital */
    int16_t value;
} entry;

/* Sorted by word; the numbers that are said in words with units. */
static const entry WORDS[] = {
    {"a", WHEN_NUMBER, 0, 1},
    {"ago", WHEN_AGO, 0, 0},
    {"an", WHEN_NUMBER, 0, 1},
    {"apr", WHEN_MONTH, 1, 4},
    {"april", WHEN_MONTH, 1, 4},
    {"aug", WHEN_MONTH, 1, 8},
    {"august", WHEN_MONTH, 1, 8},
    {"autumn", WHEN_SEASON, 0, 3},
    {"beginning", WHEN_PART, 0, WHEN_EARLY},
    {"centuries", WHEN_UNITS, 0, WHEN_UNIT_CENTURY},
    {"century", WHEN_CENTURY, 0, 0},
    {"coming", WHEN_NEXT, 0, 0},
    {"couple", WHEN_NUMBER, 0, 2},
    {"current", WHEN_THIS, 0, 0},
    {"day", WHEN_UNIT, 0, WHEN_UNIT_DAY},
    {"days", WHEN_UNITS, 0, WHEN_UNIT_DAY},
    {"dec", WHEN_MONTH, 1, 12},
    {"decade", WHEN_UNIT, 0, WHEN_UNIT_DECADE},
    {"decades", WHEN_UNITS, 0, WHEN_UNIT_DECADE},
    {"december", WHEN_MONTH, 1, 12},
    {"earlier", WHEN_EARLIER, 0, 0},
    {"early", WHEN_PART, 0, WHEN_EARLY},
    {"eight", WHEN_NUMBER, 0, 8},
    {"eighteen", WHEN_NUMBER, 0, 18},
    {"eighteenth", WHEN_ORDINAL, 0, 18},
    {"eighth", WHEN_ORDINAL, 0, 8},
    {"eighty", WHEN_NUMBER, 0, 80},
    {"eleven", WHEN_NUMBER, 0, 11},
    {"end", WHEN_PART, 0, WHEN_LATE},
    {"fall", WHEN_SEASON, 0, 3},
    {"feb", WHEN_MONTH, 1, 2},
    {"february", WHEN_MONTH, 1, 2},
    {"few", WHEN_VAGUE, 0, 0},
    {"fifteen", WHEN_NUMBER, 0, 15},
    {"fifth", WHEN_ORDINAL, 0, 5},
    {"fifty", WHEN_NUMBER, 0, 50},
    {"first", WHEN_ORDINAL, 0, 1},
    {"five", WHEN_NUMBER, 0, 5},
    {"following", WHEN_LATER, 0, 0},
    {"forty", WHEN_NUMBER, 0, 40},
    {"four", WHEN_NUMBER, 0, 4},
    {"fourteen", WHEN_NUMBER, 0, 14},
    {"fourth", WHEN_ORDINAL, 0, 4},
    {"friday", WHEN_WEEKDAY, 1, 4},
    {"half", WHEN_HALF, 0, 0},
    {"hour", WHEN_UNIT, 0, WHEN_HOUR},
    {"hours", WHEN_UNITS, 0, WHEN_HOUR},
    {"jan", WHEN_MONTH, 1, 1},
    {"january", WHEN_MONTH, 1, 1},
    {"jul", WHEN_MONTH, 1, 7},
    {"july", WHEN_MONTH, 1, 7},
    {"jun", WHEN_MONTH, 1, 6},
    {"june", WHEN_MONTH, 1, 6},
    {"last", WHEN_LAST, 0, 0},
    {"late", WHEN_PART, 0, WHEN_LATE},
    {"later", WHEN_LATER, 0, 0},
    {"many", WHEN_VAGUE, 0, 0},
    {"mar", WHEN_MONTH, 1, 3},
    {"march", WHEN_MONTH, 1, 3},
    {"may", WHEN_MONTH, 1, 5},
    {"mid", WHEN_PART, 0, WHEN_MID},
    {"middle", WHEN_PART, 0, WHEN_MID},
    {"minute", WHEN_UNIT, 0, WHEN_HOUR},
    {"minutes", WHEN_UNITS, 0, WHEN_HOUR},
    {"monday", WHEN_WEEKDAY, 1, 0},
    {"month", WHEN_UNIT, 0, WHEN_UNIT_MONTH},
    {"months", WHEN_UNITS, 0, WHEN_UNIT_MONTH},
    {"next", WHEN_NEXT, 0, 0},
    {"nine", WHEN_NUMBER, 0, 9},
    {"nineteen", WHEN_NUMBER, 0, 19},
    {"nineteenth", WHEN_ORDINAL, 0, 19},
    {"ninety", WHEN_NUMBER, 0, 90},
    {"nov", WHEN_MONTH, 1, 11},
    {"november", WHEN_MONTH, 1, 11},
    {"oct", WHEN_MONTH, 1, 10},
    {"october", WHEN_MONTH, 1, 10},
    {"one", WHEN_NUMBER, 0, 1},
    {"past", WHEN_PAST, 0, 0},
    {"previous", WHEN_PREVIOUS, 0, 0},
    {"q1", WHEN_QUARTER, 0, 1},
    {"q2", WHEN_QUARTER, 0, 2},
    {"q3", WHEN_QUARTER, 0, 3},
    {"q4", WHEN_QUARTER, 0, 4},
    {"quarter", WHEN_QUARTER, 0, 0},
    {"recent", WHEN_RECENT, 0, 0},
    {"saturday", WHEN_WEEKDAY, 1, 5},
    {"second", WHEN_ORDINAL, 0, 2},
    {"sep", WHEN_MONTH, 1, 9},
    {"sept", WHEN_MONTH, 1, 9},
    {"september", WHEN_MONTH, 1, 9},
    {"seven", WHEN_NUMBER, 0, 7},
    {"seventeen", WHEN_NUMBER, 0, 17},
    {"seventeenth", WHEN_ORDINAL, 0, 17},
    {"seventy", WHEN_NUMBER, 0, 70},
    {"several", WHEN_VAGUE, 0, 0},
    {"six", WHEN_NUMBER, 0, 6},
    {"sixteen", WHEN_NUMBER, 0, 16},
    {"sixty", WHEN_NUMBER, 0, 60},
    {"some", WHEN_VAGUE, 0, 0},
    {"spring", WHEN_SEASON, 0, 1},
    {"start", WHEN_PART, 0, WHEN_EARLY},
    {"summer", WHEN_SEASON, 0, 2},
    {"sunday", WHEN_WEEKDAY, 1, 6},
    {"ten", WHEN_NUMBER, 0, 10},
    {"third", WHEN_ORDINAL, 0, 3},
    {"thirteen", WHEN_NUMBER, 0, 13},
    {"thirty", WHEN_NUMBER, 0, 30},
    {"this", WHEN_THIS, 0, 0},
    {"three", WHEN_NUMBER, 0, 3},
    {"thursday", WHEN_WEEKDAY, 1, 3},
    {"today", WHEN_TODAY, 0, 0},
    {"tomorrow", WHEN_TODAY, 0, 1},
    {"tonight", WHEN_TODAY, 0, 0},
    {"tuesday", WHEN_WEEKDAY, 1, 1},
    {"twelve", WHEN_NUMBER, 0, 12},
    {"twentieth", WHEN_ORDINAL, 0, 20},
    {"twenty", WHEN_NUMBER, 0, 20},
    {"twenty-first", WHEN_ORDINAL, 0, 21},
    {"two", WHEN_NUMBER, 0, 2},
    {"upcoming", WHEN_NEXT, 0, 0},
    {"wednesday", WHEN_WEEKDAY, 1, 2},
    {"week", WHEN_UNIT, 0, WHEN_UNIT_WEEK},
    {"weeks", WHEN_UNITS, 0, WHEN_UNIT_WEEK},
    {"winter", WHEN_SEASON, 0, 4},
    {"year", WHEN_UNIT, 0, WHEN_UNIT_YEAR},
    {"years", WHEN_UNITS, 0, WHEN_UNIT_YEAR},
    {"yesterday", WHEN_TODAY, 0, -1},
};

enum { LONGEST = 12 };

static int by_word(const void *key, const void *element) { return strcmp(key, ((const entry *)element)->word); }

static bool all_digits(casus_str w) {
    for (size_t i = 0; i < w.n; i++)
        if (w.at[i] < '0' || w.at[i] > '9') return false;
    return w.n > 0;
}

static int32_t whole(casus_str w) {
    int32_t v = 0;
    for (size_t i = 0; i < w.n && i < 8; i++) v = v * 10 + (w.at[i] - '0');
    return v;
}

static casus_str part_of(casus_str w, size_t begin, size_t end) { return (casus_str){w.at + begin, end - begin}; }

/* "2018-2019", "2018–19", "2018/19". */
static when_word year_range(casus_str w) {
    when_word none = {0};
    size_t sep = 0;
    if (w.n > 5 && (w.at[4] == '-' || w.at[4] == '/')) sep = 1;
    if (w.n > 7 && memcmp(w.at + 4, "\xE2\x80\x93", 3) == 0) sep = 3;
    if (sep == 0 || !all_digits(part_of(w, 0, 4)) || !all_digits(part_of(w, 4 + sep, w.n))) return none;
    int32_t first = whole(part_of(w, 0, 4)), last = whole(part_of(w, 4 + sep, w.n));
    if (w.n - 4 - sep == 2)
        last += first / 100 * 100;
    else if (w.n - 4 - sep != 4)
        return none;
    if (first < 1000 || first > 2199 || last <= first || last - first > 150) return none;
    return (when_word){.type = WHEN_YEARS, .value = first, .more = last};
}

static when_word from_digits(casus_str w) {
    when_word none = {0};
    double v;
    if (all_digits(w)) {
        if (w.n == 4 && w.at[0] != '0' && whole(w) < 2200) return (when_word){.type = WHEN_YEAR, .value = whole(w)};
        return w.n < 4 ? (when_word){.type = WHEN_NUMBER, .value = whole(w)} : none;
    }
    if (w.n == 5 && w.at[4] == 's' && all_digits(part_of(w, 0, 4)) && w.at[3] == '0' && whole(part_of(w, 0, 4)) >= 1000)
        return (when_word){.type = WHEN_DECADE, .value = whole(part_of(w, 0, 4))};
    if (w.n >= 3 && w.n <= 4 && all_digits(part_of(w, 0, w.n - 2)) &&
        (casus_str_ends(w, "st") || casus_str_ends(w, "nd") || casus_str_ends(w, "rd") || casus_str_ends(w, "th")))
        return (when_word){.type = WHEN_ORDINAL, .value = whole(part_of(w, 0, w.n - 2))};
    int32_t begin, end;
    if (w.n == 10 && casus_day_parse(w, &begin, &end)) return (when_word){.type = WHEN_ISO, .value = begin};
    if (casus_str_is(w, "9/11")) return (when_word){.type = WHEN_SEPTEMBER_11};
    if (w.n > 5) return year_range(w);
    return coder_number_word(w, &v) && v < 1000 ? (when_word){.type = WHEN_NUMBER, .value = (int32_t)v} : none;
}

/* "'90s" and "’90s" are of the last century but one digit of doubt: only 20s–90s of the 1900s are meant so. */
static when_word short_decade(casus_str w) {
    size_t skip = w.at[0] == '\'' ? 1 : w.n > 3 && memcmp(w.at, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
    if (skip == 0 || w.n != skip + 3 || w.at[w.n - 1] != 's' || w.at[w.n - 2] != '0') return (when_word){0};
    char tens = w.at[skip];
    return tens < '2' || tens > '9' ? (when_word){0}
                                    : (when_word){.type = WHEN_DECADE, .value = 1900 + (tens - '0') * 10};
}

/* "mid-2021", "late-1990s". */
static when_word with_part(casus_str w) {
    static const struct {
        const char *prefix;
        uint8_t part;
    } PARTS[] = {{"mid-", WHEN_MID}, {"early-", WHEN_EARLY}, {"late-", WHEN_LATE}};
    for (size_t i = 0; i < 3; i++) {
        size_t n = strlen(PARTS[i].prefix);
        if (w.n <= n || (w.at[0] | 32) != PARTS[i].prefix[0] || memcmp(w.at + 1, PARTS[i].prefix + 1, n - 1) != 0)
            continue;
        when_word inner = when_lookup(part_of(w, n, w.n));
        if (!when_is_core(inner.type)) return (when_word){0};
        inner.part = PARTS[i].part;
        return inner;
    }
    return (when_word){0};
}

when_word when_lookup(casus_str form) {
    when_word none = {0};
    char c[LONGEST + 2];
    if (form.n == 0 || form.n > 16) return none;
    unsigned char first = (unsigned char)form.at[0];
    if (first >= '0' && first <= '9') return from_digits(form);
    if (first == '\'' || first == 0xE2) return short_decade(form);
    size_t n = form.at[form.n - 1] == '.' ? form.n - 1 : form.n;
    if (n == 0 || n > LONGEST) return memchr(form.at, '-', form.n) ? with_part(form) : none;
    for (size_t i = 0; i < n; i++) c[i] = form.at[i] >= 'A' && form.at[i] <= 'Z' ? (char)(form.at[i] + 32) : form.at[i];
    c[n] = '\0';
    const entry *e = bsearch(c, WORDS, sizeof WORDS / sizeof *WORDS, sizeof *WORDS, by_word);
    if (e && e->upper && c[0] == form.at[0]) return none;
    if (e) return (when_word){.type = e->type, .value = e->value};
    if (memchr(form.at, '-', n) && (c[0] == 'm' || c[0] == 'e' || c[0] == 'l')) return with_part(form);
    double v;
    if (!memchr(form.at, '-', n)) return none;
    return coder_number_word(form, &v) && v < 1000 ? (when_word){.type = WHEN_NUMBER, .value = (int32_t)v} : none;
}

bool when_is_core(uint8_t type) {
    switch ((when_type)type) {
    case WHEN_MONTH:
    case WHEN_WEEKDAY:
    case WHEN_UNIT:
    case WHEN_UNITS:
    case WHEN_YEAR:
    case WHEN_YEARS:
    case WHEN_DECADE:
    case WHEN_CENTURY:
    case WHEN_SEASON:
    case WHEN_QUARTER:
    case WHEN_ISO:
    case WHEN_TODAY:
    case WHEN_SEPTEMBER_11: return true;
    default: return false;
    }
}
