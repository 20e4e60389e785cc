/* Small phrases of the screens: times, pairs, likelihoods, short ids. */
#include "system.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

casus_str tool_short_id(const char *id) {
    size_t n = strlen(id);
    return (casus_str){id, n < TOOL_SHORT_ID ? n : TOOL_SHORT_ID};
}

const char *tool_likelihood(casus_arena *a, const casus_statement_row *r) {
    if (isnan(r->likely_low)) return "";
    const char *words = *r->likely_text ? casus_arena_printf(a, " (%s)", r->likely_text) : "";
    return casus_arena_printf(a, "%.2f–%.2f%s", r->likely_low, r->likely_high, words);
}

static bool is_last_day(const char *day) {
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int month = atoi(day + 5), number = atoi(day + 8);
    return month >= 1 && month <= 12 && number >= DAYS[month - 1];
}

/* How much of two ISO days says the same: 4 a whole year, 7 a whole month, 10 one day, 0 none of these. */
static int whole(const char *begin, const char *end) {
    if (strcmp(begin, end) == 0) return 10;
    if (strcmp(begin + 8, "01") != 0 || !is_last_day(end)) return 0;
    if (strncmp(begin, end, 7) == 0) return 7;
    return strncmp(begin, end, 4) == 0 && strcmp(begin + 4, "-01-01") == 0 && strcmp(end + 4, "-12-31") == 0 ? 4 : 0;
}

/* How many characters say a first or last day: four when it is that of a year. */
static int short_begin(const char *day) { return strcmp(day + 4, "-01-01") == 0 ? 4 : 10; }
static int short_end(const char *day) { return strcmp(day + 4, "-12-31") == 0 ? 4 : 10; }

const char *tool_when(casus_arena *a, const char *begin, const char *end) {
    bool from = strlen(begin) == 10, to = strlen(end) == 10;
    if (!from && !to) return "";
    if (!to) return casus_arena_printf(a, "since %.*s", short_begin(begin), begin);
    if (!from) return casus_arena_printf(a, "until %.*s", short_end(end), end);
    int n = whole(begin, end);
    if (n) return casus_arena_printf(a, "%.*s", n, begin);
    bool years = short_begin(begin) == 4 && short_end(end) == 4;
    return casus_arena_printf(a, "%.*s/%.*s", years ? 4 : 10, begin, years ? 4 : 10, end);
}

const char *tool_pair(casus_arena *a, const char *source, const char *target) {
    if (!*target) return casus_arena_printf(a, "%s", source);
    return casus_arena_printf(a, "%s%s→ %s", source, *source ? " " : "", target);
}

static const char *keep(casus_arena *a, const char *s) { return casus_arena_strndup(a, s, strlen(s)); }

casus_statement_row tool_keep(casus_arena *a, const casus_statement_row *r) {
    casus_statement_row k = *r;
    const char **texts[] = {&k.id, &k.doc, &k.doc_title, &k.doc_date, &k.kind, &k.type, &k.source, &k.target, &k.about, &k.time_begin, &k.time_end,
                            &k.time_text, &k.place, &k.counts, &k.holder, &k.holds, &k.tense, &k.polarity, &k.author_view, &k.likely_text, &k.text, &k.event,
                            &k.source_ids, &k.target_ids};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = keep(a, *texts[i]);
    k.record = "";
    return k;
}
