#include "coder/number.h"

#include "coder/walk.h"

typedef struct named {
    const char *word;
    double value;
} named;

static const named SMALL[] = {
    {"zero", 0},      {"one", 1},       {"two", 2},       {"three", 3},    {"four", 4},     {"five", 5},
    {"six", 6},       {"seven", 7},     {"eight", 8},     {"nine", 9},     {"ten", 10},     {"eleven", 11},
    {"twelve", 12},   {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17},
    {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},   {"thirty", 30},  {"forty", 40},   {"fifty", 50},
    {"sixty", 60},    {"seventy", 70},  {"eighty", 80},   {"ninety", 90},
};
static const named SCALE[] = {{"dozen", 12}, {"hundred", 100}, {"thousand", 1e3}, {"million", 1e6}, {"billion", 1e9}};

static bool find(const named *table, size_t n, casus_str word, double *value) {
    char c[12];
    if (word.n < 3 || word.n > 9) return false;
    for (size_t i = 0; i < word.n; i++)
        c[i] = word.at[i] >= 'A' && word.at[i] <= 'Z' ? (char)(word.at[i] + 32) : word.at[i];
    c[word.n] = '\0';
    for (size_t i = 0; i < n; i++) {
        if (table[i].word[0] != c[0] || strcmp(table[i].word, c) != 0) continue;
        *value = table[i].value;
        return true;
    }
    return false;
}

/* "1,300", "45", "2.5": groups of three after a comma, so that "3,4" is no number. */
static bool digits(casus_str w, double *value) {
    double v = 0, place = 0;
    size_t group = 0, commas = 0;
    for (size_t i = 0; i < w.n; i++) {
        char c = w.at[i];
        if (c >= '0' && c <= '9') {
            if (place > 0)
                v += (c - '0') * place, place /= 10;
            else
                v = v * 10 + (c - '0'), group++;
        } else if (c == ',' && place == 0 && group >= 1 && group <= 3 && (commas == 0 || group == 3)) {
            commas++, group = 0;
        } else if (c == '.' && place == 0 && i + 1 < w.n) {
            place = 0.1;
        } else {
            return false;
        }
    }
    if (w.n == 0 || w.at[0] < '0' || w.at[0] > '9' || (commas > 0 && group != 3)) return false;
    *value = v;
    return true;
}

bool coder_number_word(casus_str form, double *value) {
    if (form.n == 0) return false;
    if (form.at[0] >= '0' && form.at[0] <= '9') return digits(form, value);
    if (find(SMALL, sizeof SMALL / sizeof *SMALL, form, value)) return true;
    casus_str rest = form, tens;
    double unit;
    if (!memchr(form.at, '-', form.n) || !casus_str_cut(&rest, '-', &tens)) return false;
    double high = 0;
    if (!find(SMALL, sizeof SMALL / sizeof *SMALL, tens, &high) || high < 20) return false;
    if (!find(SMALL, sizeof SMALL / sizeof *SMALL, rest, &unit) || unit < 1 || unit > 9) return false;
    *value = high + unit;
    return true;
}

static bool scale_at(const casus_sentence *s, int i, double *value) {
    return i < (int)s->n && find(SCALE, sizeof SCALE / sizeof *SCALE, s->tokens[i].form, value);
}

static bool small_at(const casus_sentence *s, int i, double *value) {
    return i < (int)s->n && coder_number_word(s->tokens[i].form, value);
}

/* "a dozen", "half a million": an article that counts. */
static int article(const casus_sentence *s, int i, double *part) {
    double v;
    if (coder_form_in(s, i, "a an") && scale_at(s, i + 1, &v)) return *part = 1, 1;
    if (coder_form_is(s, i, "half") && i + 2 < (int)s->n && coder_form_is(s, i + 1, "a") && scale_at(s, i + 2, &v))
        return *part = 0.5, 2;
    return 0;
}

/* One step of the sum; the number of tokens it took, 0 at the end. */
static int step(const casus_sentence *s, int at, double *total, double *part, bool *open) {
    double v;
    if (scale_at(s, at, &v)) {
        if (*part == 0 && !*open && *total == 0) return 0;
        double base = *part > 0 ? *part : 1;
        if (v == 100 && base < 100)
            *part = base * 100;
        else
            *total += base * v, *part = 0;
        *open = true;
        return 1;
    }
    if (!*open) return 0;
    int skip = coder_form_is(s, at, "and") ? 1 : 0;
    if (!small_at(s, at + skip, &v) || v >= 100 || s->tokens[at + skip].form.at[0] <= '9') return 0;
    *part += v;
    *open = false;
    return skip + 1;
}

bool coder_number(const casus_sentence *s, int i, double *value, int *used) {
    double total = 0, part = 0, unit;
    bool open = false; /* after "hundred" or "thousand" a smaller part may follow */
    int at = i + article(s, i, &part);
    if (at == i) {
        if (!small_at(s, i, &part)) return false;
        at++;
        if (part >= 20 && part < 100 && at + 1 < (int)s->n && coder_form_is(s, at, "-") && small_at(s, at + 1, &unit) &&
            unit < 10)
            part += unit, at += 2;
    }
    for (int took; (took = step(s, at, &total, &part, &open)) > 0;) at += took;
    *value = total + part;
    *used = at - i;
    return true;
}
