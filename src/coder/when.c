#include "coder/when.h"

#include "casus/lexicon.h"
#include "coder/number.h"
#include "coder/tense.h"
#include "coder/walk.h"
#include "coder/when_calendar.h"
#include "coder/when_read.h"
#include "coder/when_words.h"

/* ---- months and days --------------------------------------------------------------------------------------- */

/* "wants it passed before the elections of May 3": a limit set now is still to come. */
static bool is_limit(const reader *r, int i) {
    for (int steps = 0; i >= 0 && steps < 4; steps++, i = coder_head(r->s, i)) {
        if (coder_is_predicate(r->s, i)) return false;
        int side = coder_child(r->s, i, CASUS_CASE);
        if (side >= 0 && coder_form_in(r->s, side, "before by until till")) return true;
    }
    return false;
}

/* The verb that wants it so, for "wants it passed", else the clause's. */
static int wanting(const reader *r, int i) {
    int verb = coder_clause(r->s, i), up = verb < 0 ? -1 : coder_clause(r->s, coder_head(r->s, verb));
    bool wants = up >= 0 && coder_xpos(r->s, verb, "VBN") && coder_lemma_in(r->s, up, "want need expect hope intend demand");
    return wants ? up : i;
}

bool when_lies_ahead(const reader *r, int i) {
    if (coder_tense(r->s, i) == CASUS_FUTURE) return true;
    return is_limit(r, i) && coder_tense(r->s, wanting(r, i)) == CASUS_PRESENT;
}

/* The first day of the date told last in this sentence before token `i`; OPEN_BEGIN when there is none. */
static int32_t when_told_here(const reader *r, int i) {
    for (size_t k = r->list->n; k-- > 0;) {
        const coder_time *t = &r->list->items[k];
        if (t->last < i && t->begin != OPEN_BEGIN && (t->grain == CODER_MONTH || t->grain == CODER_DAY))
            return t->begin;
    }
    return OPEN_BEGIN;
}

int32_t when_told_before(const reader *r, int i) {
    int32_t here = when_told_here(r, i);
    return here != OPEN_BEGIN ? here : r->told;
}

/* A month without a year: after a date told in the sentence the first such month from there on, else the latest before
 * the document's date, or the next one when the verb looks ahead. */
static void settle_year(const reader *r, value *v) {
    int m = v->month, d = v->day, d2 = v->day2, y, mm, dd;
    v->relative = true;
    int32_t told = when_told_here(r, v->first);
    if (told != OPEN_BEGIN) casus_day_split(told, &y, &mm, &dd);
    bool again = told != OPEN_BEGIN && mm == m && !d; /* "in January 2022 … in January": another one, this or last year's */
    if (told != OPEN_BEGIN && !again) {
        when_set_date(v, y, m, d, d2);
        if (v->end < told) when_set_date(v, y + 1, m, d, d2);
        if (r->anchor == CODER_NO_DAY || v->begin <= r->anchor) return;
    }
    if (r->anchor == CODER_NO_DAY) {
        when_set_unknown(v);
        return;
    }
    casus_day_split(r->anchor, &y, &mm, &dd);
    bool ahead = when_lies_ahead(r, v->first);
    when_set_date(v, y, m, d, d2);
    if (ahead && v->end < r->anchor) when_set_date(v, y + 1, m, d, d2);
    if (!ahead && v->begin > r->anchor) when_set_date(v, y - 1, m, d, d2);
}

/* "May" the verb, "March" the verb, "Jan" the name. */
static bool month_allowed(const reader *r, int i) {
    const casus_token *t = coder_token(r->s, i);
    if (t->upos == CASUS_AUX || t->upos == CASUS_VERB || coder_xpos(r->s, i, "MD")) return false;
    bool number_next =
        type_at(r, i + 1) == WHEN_NUMBER || type_at(r, i + 1) == WHEN_YEAR || type_at(r, i + 1) == WHEN_ORDINAL;
    if (t->form.n == 3 && r->w[i].value != 5) return number_next || type_at(r, i - 1) == WHEN_NUMBER;
    if (r->w[i].part) return true; /* "mid-March" */
    if (coder_rel(r->s, i, CASUS_FLAT)) return false;
    if (i + 1 < r->n && coder_rel(r->s, i + 1, CASUS_FLAT) && coder_head(r->s, i + 1) == i) return number_next;
    if (r->w[i].value != 5) return true;
    if (number_next ||
        form_in(r, i - 1,
                "in since by until last next this early mid late of from to and during before after between through"))
        return true;
    return form_in(r, i - 1, "the a an") && i + 1 < r->n && coder_tag(r->s, i + 1, CASUS_NOUN) &&
           !coder_lemma_in(r->s, i + 1, "government cabinet administration ministry");
}

/* A number of 1–31 that is a day, not a number of things ("In March 15 people died"). */
static int day_at(const reader *r, int i) {
    when_type t = type_at(r, i);
    if ((t != WHEN_NUMBER && t != WHEN_ORDINAL) || form_in(r, i, "a an")) return 0;
    int32_t v = r->w[i].value;
    if (v < 1 || v > 31 || (t == WHEN_ORDINAL && r->s->tokens[i].form.at[0] > '9')) return 0;
    int head = coder_head(r->s, i);
    bool counts =
        coder_rel(r->s, i, CASUS_NUMMOD) && head > i && type_at(r, head) != WHEN_MONTH && type_at(r, head) != WHEN_YEAR;
    bool adverbial =
        type_at(r, i - 1) == WHEN_MONTH && !form_in(r, i - 2, "on the a"); /* not "the Sept. 11 commission" */
    return counts && adverbial ? 0 : (int)v;
}

/* ", 2023" or "2023" or "of 2023" at `i`: *last is its token. */
static int year_after(const reader *r, int i, bool day_told, int *last) {
    int k = i;
    if (form_in(r, k, ",") && (day_told || form_in(r, k + 2, ", . ; )")))
        k++;
    else if (form_in(r, k, "of"))
        k++;
    if (type_at(r, k) != WHEN_YEAR) return 0;
    *last = k;
    return r->w[k].value;
}

bool when_read_month(const reader *r, int i, value *v) {
    if (!month_allowed(r, i)) return false;
    *v = (value){.first = i, .last = i, .month = (uint8_t)r->w[i].value};
    int d = day_at(r, i + 1), d2 = 0;
    if (d > 0) {
        v->last = i + 1;
        bool range = is_dash(r, i + 2) || (form_in(r, i + 2, "to and") && !form_in(r, i - 1, "between from"));
        d2 = range ? day_at(r, i + 3) : 0;
        if (d2 > d && type_at(r, i + 4) != WHEN_MONTH)
            v->last = i + 3;
        else
            d2 = 0;
    }
    v->day = (uint8_t)d;
    v->day2 = (uint8_t)d2;
    v->grain = d ? CODER_DAY : CODER_MONTH;
    int year = year_after(r, v->last + 1, d > 0, &v->last);
    if (!year && v->month == 9 && d == 11 && v->last + 1 < r->n &&
        coder_lemma_in(r->s, v->last + 1, "attack hijacking commission terrorist"))
        year = 2001;
    if (year) when_set_date(v, year, v->month, d, d2);
    return true;
}

/* "28 March 2024", "the 28th of March", "3-5 March". */
static bool read_day_month(const reader *r, int i, value *v) {
    int d = day_at(r, i), d2 = 0, k = i + 1;
    if (d == 0) return false;
    if (is_dash(r, k) && day_at(r, k + 1) > d) d2 = day_at(r, k + 1), k += 2;
    if (form_in(r, k, "of")) k++;
    if (type_at(r, k) != WHEN_MONTH || !month_allowed(r, k)) return false;
    *v = (value){.first = i,
                 .last = k,
                 .month = (uint8_t)r->w[k].value,
                 .day = (uint8_t)d,
                 .day2 = (uint8_t)d2,
                 .grain = CODER_DAY};
    int year = year_after(r, k + 1, true, &v->last);
    if (year) when_set_date(v, year, v->month, d, d2);
    return true;
}

/* ---- years ------------------------------------------------------------------------------------------------- */

static const char COUNTED[] =
    "dollar euro ruble rouble pound yen yuan price term hour gmt utc people person troop soldier man woman child "
    "fighter militant civilian refugee family km kilometer kilometre mile meter metre foot ton tonne percent % "
    "worker protester barrel missile vehicle rial rupee local";

/* A four-digit number that counts or names something else. */
static bool is_amount(const reader *r, int i) {
    int head = coder_head(r->s, i);
    if (form_in(r, i - 1,
                "$ \xE2\x82\xAC \xC2\xA3 # no. number resolution flight article section page room chapter route unit"))
        return true;
    if (i + 1 < r->n && coder_lemma_in(r->s, i + 1, COUNTED)) return true;
    return head > i && coder_rel(r->s, i, CASUS_NUMMOD) && coder_lemma_in(r->s, head, COUNTED);
}

static bool year_allowed(const reader *r, int i) {
    int32_t y = r->w[i].value;
    if (is_amount(r, i)) return false;
    int head = coder_head(r->s, i);
    bool modern = y >= 1900 && y < 2100, round = y % 100 == 0;
    bool counts = head > i && coder_rel(r->s, i, CASUS_NUMMOD) && coder_xpos(r->s, head, "NNS");
    if (form_in(r, i - 1, "in since by until till before after during from between throughout circa through year"))
        return !counts || (modern && !round);
    if (!modern) return false;
    if (form_in(r, i - 1, "(") && (form_in(r, i + 1, ")") || is_dash(r, i + 1))) return true;
    if (form_in(r, i - 1, "of")) return !coder_lemma_in(r->s, head, "total number sum average some");
    if (head > i && (coder_tag(r->s, head, CASUS_NOUN) || coder_tag(r->s, head, CASUS_PROPN))) {
        bool determined = coder_child(r->s, head, CASUS_DET_REL) >= 0 || coder_child(r->s, head, CASUS_NMOD_POSS) >= 0;
        return determined && (!counts || !round);
    }
    return coder_rel(r->s, i, CASUS_OBL_UNMARKED) || coder_rel(r->s, i, CASUS_NMOD_UNMARKED);
}

static bool read_year(const reader *r, int i, value *v) {
    int32_t last = r->w[i].type == WHEN_YEARS ? r->w[i].more : r->w[i].value;
    *v = (value){.first = i, .last = i, .grain = CODER_YEAR};
    if (form_in(r, i - 1, "year")) v->first = i - 1;
    when_set_years(v, r->w[i].value, last);
    return true;
}

/* ---- seasons, quarters, decades, centuries ------------------------------------------------------------------- */

static bool read_season(const reader *r, int i, value *v) {
    int season = r->w[i].value, k = form_in(r, i + 1, "of") ? i + 2 : i + 1;
    if (coder_tag(r->s, i, CASUS_VERB)) return false;
    *v = (value){.first = i, .last = k};
    if (type_at(r, k) == WHEN_YEAR || type_at(r, k) == WHEN_YEARS)
        return when_set_season(v, season, r->w[k].value), true;
    v->last = i;
    if (season == 3 && coder_form_is(r->s, i, "fall")) return false; /* "the fall of Kabul" */
    if (r->s->tokens[i].form.at[0] < 'a') return false;              /* "the Arab Spring" */
    int prep = form_in(r, i - 1, "the") ? i - 2 : i - 1;
    if (!form_in(r, prep, "in during by since until over throughout before after")) return false;
    return when_set_named_season(r, v, season, WHEN_NONE), true;
}

static bool read_decade(const reader *r, int i, value *v) {
    *v = (value){.first = i, .last = i, .grain = CODER_DECADE};
    when_set_years(v, r->w[i].value,
                   r->w[i].value + (r->w[i].value % 100 == 0 && form_in(r, i + 1, "century") ? 99 : 9));
    return true;
}

static bool read_ordinal_century(const reader *r, int i, value *v) {
    int k = is_dash(r, i + 1) ? i + 2 : i + 1;
    if (type_at(r, k) != WHEN_CENTURY || r->w[i].value > 22) return false;
    *v = (value){.first = i, .last = k, .grain = CODER_CENTURY};
    when_set_years(v, (r->w[i].value - 1) * 100 + 1, r->w[i].value * 100);
    return true;
}

static bool read_plain(const reader *r, int i, value *v);

/* The year that "first half of", "third quarter of" is a part of. */
static bool read_host_year(const reader *r, int i, value *v) {
    int k = form_in(r, i, "of") ? i + 1 : i;
    if (form_in(r, k, "the")) k++;
    return k < r->n && (type_at(r, k) == WHEN_YEAR ? read_year(r, k, v) : read_plain(r, k, v)) &&
           v->grain == CODER_YEAR && when_known(v);
}

static bool read_half_or_quarter(const reader *r, int i, value *v) {
    bool named = type_at(r, i) == WHEN_QUARTER && r->w[i].value > 0;
    int part = (int)r->w[i].value, what = named ? i : i + 1, y, m, d;
    when_type t = type_at(r, what);
    if ((t != WHEN_QUARTER && t != WHEN_HALF) || part < 1 || part > (t == WHEN_HALF ? 2 : 4)) return false;
    value host;
    if (!read_host_year(r, what + 1, &host)) return false;
    *v = host;
    v->first = i;
    casus_day_split(host.begin, &y, &m, &d);
    int length = t == WHEN_HALF ? 6 : 3;
    when_set_months(v, y, (part - 1) * length + 1, y, part * length);
    v->grain = CODER_SEASON;
    return true;
}

/* ---- parts: early, mid, late ---------------------------------------------------------------------------------- */

/* "late 2022", "the end of last year", "mid-April", "the beginning of the 1990s". */
static bool read_part(const reader *r, int i, value *v) {
    bool noun = form_in(r, i, "beginning start end middle");
    int k = i + 1;
    if (noun && !form_in(r, k, "of")) return false;
    if (is_dash(r, k) || form_in(r, k, "of in on")) k++;
    if (form_in(r, k, "the")) k++;
    bool this_one = noun && type_at(r, k) == WHEN_UNIT && form_in(r, k - 1, "the"); /* "the end of the year" */
    if (this_one) {
        *v = (value){.last = k, .relative = true};
        if (r->anchor == CODER_NO_DAY || r->w[k].value < WHEN_UNIT_MONTH)
            when_set_unknown(v);
        else
            when_set_around(v, r->w[k].value, r->anchor);
    } else if (type_at(r, k) == WHEN_YEAR && !is_amount(r, k)) {
        read_year(r, k, v);
    } else if (!read_plain(r, k, v)) {
        return false;
    }
    if (v->month) settle_year(r, v);
    v->first = i;
    when_take_part(v, r->w[i].value);
    return true;
}

/* ---- one expression ---------------------------------------------------------------------------------------- */

static bool read_weekday(const reader *r, int i, value *v) {
    int before = i - 1;
    char first = before > 0 ? r->s->tokens[before].form.at[0] : ' ';
    if (first >= 'A' && first <= 'Z') { /* "Bloody Sunday": its tags are often wrong, its capital is not */
        int h = coder_head(r->s, before);
        bool beside = coder_rel(r->s, before, CASUS_COMPOUND) || coder_rel(r->s, before, CASUS_AMOD);
        if (h == i || (h == coder_head(r->s, i) && beside)) return false;
    }
    int k = form_in(r, i + 1, ",") ? i + 2 : i + 1;
    if ((type_at(r, k) == WHEN_MONTH && when_read_month(r, k, v)) || (k < r->n && read_day_month(r, k, v)))
        return v->first = i, true;
    *v = (value){.first = i, .last = i};
    when_set_weekday(r, v, r->w[i].value, WHEN_NONE);
    return true;
}

/* "earlier this month", "later this year". */
static bool read_shifted(const reader *r, int i, value *v) {
    if (type_at(r, i + 1) != WHEN_THIS || !when_read_deictic(r, i + 1, v)) return false;
    v->first = i;
    if (!when_known(v)) return true;
    if (type_at(r, i) == WHEN_EARLIER)
        v->end = r->anchor;
    else
        v->begin = r->anchor;
    return true;
}

static bool read_plain(const reader *r, int i, value *v) {
    switch (type_at(r, i)) {
    case WHEN_MONTH: return when_read_month(r, i, v);
    case WHEN_WEEKDAY: return read_weekday(r, i, v);
    case WHEN_NUMBER: return read_day_month(r, i, v) || when_read_distance(r, i, v) || when_read_duration(r, i, v);
    case WHEN_ORDINAL: return read_day_month(r, i, v) || read_ordinal_century(r, i, v) || read_half_or_quarter(r, i, v);
    case WHEN_VAGUE:
    case WHEN_UNIT:
    case WHEN_UNITS: return when_read_distance(r, i, v) || when_read_duration(r, i, v);
    case WHEN_RECENT: return when_read_duration(r, i, v);
    case WHEN_YEAR: return year_allowed(r, i) && read_year(r, i, v);
    case WHEN_YEARS: return read_year(r, i, v);
    case WHEN_DECADE: return read_decade(r, i, v);
    case WHEN_SEASON: return read_season(r, i, v);
    case WHEN_QUARTER: return read_half_or_quarter(r, i, v);
    case WHEN_PART: return read_part(r, i, v);
    case WHEN_LAST:
    case WHEN_PAST:
    case WHEN_PREVIOUS:
    case WHEN_THIS:
    case WHEN_NEXT: return when_read_deictic(r, i, v);
    case WHEN_EARLIER:
    case WHEN_LATER: return read_shifted(r, i, v);
    case WHEN_TODAY: return when_read_today(r, i, v);
    case WHEN_ISO:
        *v = (value){r->w[i].value, r->w[i].value, i, i, CODER_DAY, false, false, false, 0, 0, 0};
        return true;
    case WHEN_SEPTEMBER_11:
        *v = (value){.first = i, .last = i};
        when_set_date(v, 2001, 9, 11, 0);
        return true;
    default: return false;
    }
}

static bool read_one(const reader *r, int i, value *v) {
    if (!read_plain(r, i, v)) return false;
    if (r->w[i].part && !v->month) when_take_part(v, r->w[i].part);
    return true;
}

/* ---- ranges and lists -------------------------------------------------------------------------------------- */

/* A further member: in its place a bare four-digit number is a year. */
static bool read_member(const reader *r, int i, value *v) {
    if (form_in(r, i, "the")) i++;
    if (type_at(r, i) == WHEN_YEAR) return !is_amount(r, i) && r->w[i].value >= 1500 && read_year(r, i, v);
    return i < r->n && read_one(r, i, v);
}

/* A month without a year takes it from the member after it: "April to June 2023", "December to March 2023" (of the year
 * before). */
static void year_from(value *v, const value *later) {
    int y, m, d;
    if (v->month == 0 || later->month || later->begin == OPEN_BEGIN) return;
    casus_day_split(later->begin, &y, &m, &d);
    when_set_date(v, v->month > m ? y - 1 : y, v->month, v->day, v->day2);
}

static bool is_range_word(const reader *r, const value *v, int k) {
    if (is_dash(r, k)) return true;
    if (form_in(r, k, "and"))
        return form_in(r, v->first - 1, "between") ||
               (form_in(r, v->first - 1, "the") && form_in(r, v->first - 2, "between"));
    if (!form_in(r, k, "to until till through")) return false;
    int before = form_in(r, v->first - 1, "the") ? v->first - 2 : v->first - 1;
    return form_in(r, before, "from") || (v->grain == CODER_YEAR && form_in(r, k, "to through")) ||
           v->grain == CODER_MONTH || v->grain == CODER_DAY;
}

/* Joins "from April to June 2023", "2018-2019", "between 2015 and 2017" into *v. */
static bool join_range(const reader *r, value *v) {
    value to;
    if (v->grain == CODER_WORDS || !is_range_word(r, v, v->last + 1) || !read_member(r, v->last + 2, &to)) return false;
    if (to.grain != v->grain && !(to.grain >= CODER_MONTH && v->grain >= CODER_DAY)) return false;
    year_from(v, &to);
    if (v->month) settle_year(r, v);
    if (to.month) {
        int y, m, d;
        casus_day_split(v->begin == OPEN_BEGIN ? 0 : v->begin, &y, &m, &d);
        if (v->begin == OPEN_BEGIN)
            when_set_unknown(&to);
        else
            when_set_date(&to, to.month < m ? y + 1 : y, to.month, to.day, to.day2);
    }
    if (when_known(v) && when_known(&to) && to.end < v->begin) return false;
    v->end = to.end;
    v->last = to.last;
    v->approx = v->approx || to.approx;
    v->relative = v->relative || to.relative;
    return true;
}

enum { LIST_MAX = 8 };

static bool is_deictic(when_type t) { return t == WHEN_LAST || t == WHEN_NEXT || t == WHEN_THIS || t == WHEN_PAST || t == WHEN_PREVIOUS; }

/* "September and December 2022", "2016, 2017 and 2018": the members after the first, in `all`; their number with it. */
static int read_list(const reader *r, value all[LIST_MAX]) {
    int n = 1;
    while (n < LIST_MAX) {
        const value *v = &all[n - 1];
        int k = v->last + 1;
        bool comma = form_in(r, k, ",");
        if (!comma && !form_in(r, k, "and or & /")) break;
        if (comma && form_in(r, k + 1, "and or")) k++, comma = false;
        if (is_deictic(type_at(r, k + 1)) && !is_deictic(type_at(r, v->first))) break; /* "in May 2024, and last month …" */
        if (v->grain < CODER_DAY || !read_member(r, k + 1, &all[n]) || all[n].grain != v->grain) break;
        if (comma && !form_in(r, all[n].last + 1, ", and or")) break;
        n++;
    }
    for (int i = n - 2; i >= 0; i--)
        if (all[i].month && !all[i + 1].month) year_from(&all[i], &all[i + 1]);
    return n;
}

/* ---- prepositions ------------------------------------------------------------------------------------------ */

static void open_after(value *v) {
    if (v->begin == OPEN_BEGIN) return;
    if (v->grain == CODER_DAY)
        v->begin = v->end + 1;
    else
        v->approx = true;
    v->end = OPEN_END;
}

/* What the preposition at `j` makes of the period: the side it opens. False when it belongs to no time. */
static bool take_side(const reader *r, value *v, int j, bool range) {
    if (form_in(r, j, "in on at during throughout over within around for across between under as")) return true;
    if (form_in(r, j, "since")) return v->end = OPEN_END, true;
    if (form_in(r, j, "by until till through 'til")) return v->begin = OPEN_BEGIN, true;
    if (form_in(r, j, "from")) {
        if (!range && !coder_rel(r->s, v->last, CASUS_NMOD) && !form_in(r, v->last + 1, "to until through"))
            v->end = OPEN_END;
        return true;
    }
    bool end = form_in(r, v->first, "end") || form_in(r, v->first + 1, "end");
    if (form_in(r, j, "before") && end) return v->begin = OPEN_BEGIN, true; /* "before the end of the year" */
    if (form_in(r, j, "before")) {
        v->end = v->begin == OPEN_BEGIN ? v->end : v->begin - 1;
        return v->begin = OPEN_BEGIN, true;
    }
    if (form_in(r, j, "after following")) return open_after(v), true;
    return false;
}

/* Two- and three-word prepositions that end at `j`: their first token, or -1. */
static int compound_side(const reader *r, value *v, int j) {
    if (form_in(r, j, "to of") && form_in(r, j - 1, "prior ahead")) {
        v->end = v->begin == OPEN_BEGIN ? v->end : v->begin - 1;
        v->begin = OPEN_BEGIN;
        return j - 1;
    }
    if (form_in(r, j, "of") && form_in(r, j - 1, "as")) return j - 1;
    if (form_in(r, j, "as") && form_in(r, j - 1, "early late recently far") && form_in(r, j - 2, "as")) return j - 2;
    if (form_in(r, j, "than") && form_in(r, j - 1, "later") && form_in(r, j - 2, "no"))
        return v->begin = OPEN_BEGIN, j - 2;
    if (form_in(r, j, "in on with from") && form_in(r, j - 1, "starting beginning")) return v->end = OPEN_END, j - 1;
    return -1;
}

/* Words between preposition and expression: "the", "about", "more than". */
static int skip_qualifiers(const reader *r, value *v) {
    int j = v->first - 1;
    if (form_in(r, j, "the")) v->first = j--;
    if (form_in(r, j, "about around roughly approximately circa nearly almost some")) {
        v->approx = true;
        v->first = j--;
    } else if (form_in(r, j, "than") && form_in(r, j - 1, "more less")) {
        if (v->ago && v->begin != OPEN_BEGIN && form_in(r, j - 1, "more")) v->begin = OPEN_BEGIN;
        v->approx = true;
        v->first = j - 1;
        j -= 2;
    } else if (form_in(r, j, "least") && form_in(r, j - 1, "at")) {
        v->first = j - 1;
        j -= 2;
    } else if (v->ago && form_in(r, j, "over")) {
        v->begin = OPEN_BEGIN;
        v->first = j--;
    }
    return j;
}

/* "the January Kamran bombing": article and preposition belong to the noun behind. */
static bool premodifies(const reader *r, const value *v) {
    if (v->ago || !form_in(r, v->first - 1, "the a an this that its their his her our 's \xE2\x80\x99s \xE2\x80\x99"))
        return false;
    for (int i = v->first; i <= v->last; i++) {
        int h = coder_head(r->s, i);
        if (h <= v->last || h > v->last + 4) continue;
        bool noun = coder_tag(r->s, h, CASUS_NOUN) || coder_tag(r->s, h, CASUS_PROPN);
        if (noun && !coder_rel(r->s, i, CASUS_CASE) && !coder_rel(r->s, i, CASUS_NSUBJ)) return true;
    }
    return false;
}

static void take_preposition(const reader *r, value *v, bool range) {
    if (premodifies(r, v)) return;
    range = range || (v->grain == CODER_DAY && v->end != v->begin);
    int j = skip_qualifiers(r, v), first = v->ago ? -1 : compound_side(r, v, j);
    if (first >= 0)
        v->first = first;
    else if (take_side(r, v, j, range))
        v->first = j;
}

/* ---- results ----------------------------------------------------------------------------------------------- */

static coder_time *push_time(casus_arena *arena, casus_str text, const casus_sentence *s, coder_times *out,
                             const value *v) {
    coder_time *t = CASUS_PUSH(arena, out->items, out->n, out->cap);
    *t = (coder_time){
        .begin = v->begin, .end = v->end, .first = v->first, .last = v->last, .grain = v->grain, .governor = -1};
    when_set_time(t, text, s, v->approx, v->relative ? "relative" : "stated");
    return t;
}

void when_set_time(coder_time *t, casus_str text, const casus_sentence *s, bool approx, const char *how) {
    casus_time *c = &t->time;
    c->approx = approx;
    c->how = how;
    c->text = coder_words(s, text, t->first, t->last);
    c->span = (casus_span){coder_token(s, t->first)->begin, coder_token(s, t->last)->end};
    c->begin[0] = c->end[0] = '\0';
    if (t->begin < casus_day_of(1, 1, 1) || t->begin > casus_day_of(9999, 12, 31)) t->begin = OPEN_BEGIN;
    if (t->end < casus_day_of(1, 1, 1) || t->end > casus_day_of(9999, 12, 31)) t->end = OPEN_END;
    if (t->begin != OPEN_BEGIN) casus_day_text(t->begin, c->begin);
    if (t->end != OPEN_END) casus_day_text(t->end, c->end);
}

/* The whole of a list, then its members; a list after "since", "by" … is one period. */
static void push_list(casus_arena *arena, casus_str text, const reader *r, coder_times *out, const value *all, int n,
                      int group) {
    value whole = all[0];
    whole.last = all[n - 1].last;
    for (int i = 1; i < n; i++) {
        whole.approx = whole.approx || all[i].approx || all[i].begin != all[i - 1].end + 1;
        whole.relative = whole.relative || all[i].relative;
        if (all[i].begin < whole.begin) whole.begin = all[i].begin;
        if (all[i].end > whole.end) whole.end = all[i].end;
    }
    if (!when_known(&all[0])) whole.begin = OPEN_BEGIN, whole.end = OPEN_END;
    value bare = whole;
    take_preposition(r, &whole, false);
    coder_time *t = push_time(arena, text, r->s, out, &whole);
    if (whole.begin != bare.begin || whole.end != bare.end) return;
    t->group = group;
    t->place = -1;
    t->of = n;
    for (int i = 0; i < n; i++) {
        value one = all[i];
        if (i == 0) one.first = whole.first;
        t = push_time(arena, text, r->s, out, &one);
        t->group = group;
        t->place = i;
        t->of = n;
    }
}

/* Tags under which the words stand that a time can be built around: most sentences are done with after these alone. */
static bool may_be_core(const casus_token *t) {
    return t->upos == CASUS_NOUN || t->upos == CASUS_PROPN || t->upos == CASUS_NUM || t->upos == CASUS_ADJ ||
           t->upos == CASUS_X;
}

static bool look_up(const casus_sentence *s, int n, when_word *w) {
    bool core = false;
    for (int i = 0; i < n && !core; i++)
        core = may_be_core(coder_token(s, i)) && when_is_core(when_lookup(s->tokens[i].form).type);
    for (int i = 0; core && i < n; i++) w[i] = when_lookup(s->tokens[i].form);
    return core;
}

void coder_times_read(casus_arena *arena, casus_str text, const casus_sentence *s, int32_t anchor, int32_t told, coder_times *out) {
    when_word w[CASUS_SENTENCE_MAX];
    reader r = {s, w, s->n < CASUS_SENTENCE_MAX ? (int)s->n : CASUS_SENTENCE_MAX, anchor, told, out};
    *out = (coder_times){0};
    if (!look_up(s, r.n, w)) return;
    for (int i = 0, group = 0; i < r.n; i++) {
        value all[LIST_MAX];
        if (w[i].type == WHEN_NONE || !read_one(&r, i, &all[0])) continue;
        bool range = join_range(&r, &all[0]);
        int n = range ? 1 : read_list(&r, all);
        for (int k = 0; k < n; k++)
            if (all[k].month) settle_year(&r, &all[k]);
        i = all[n - 1].last;
        if (n > 1) {
            push_list(arena, text, &r, out, all, n, ++group);
            continue;
        }
        take_preposition(&r, &all[0], range);
        push_time(arena, text, s, out, &all[0]);
    }
    when_attach(arena, text, s, out);
}
