#include "coder/when_calendar.h"

#include "casus/lexicon.h"

static int32_t floor_div(int32_t a, int32_t b) { return a / b - (a % b < 0); }

static int32_t month_end(int y, int m) { return casus_day_of(m == 12 ? y + 1 : y, m == 12 ? 1 : m + 1, 1) - 1; }

void when_set_months(when_value *v, int y1, int m1, int y2, int m2) {
    v->begin = casus_day_of(y1, m1, 1);
    v->end = month_end(y2, m2);
}

void when_set_years(when_value *v, int first, int last) { when_set_months(v, first, 1, last, 12); }

void when_set_season(when_value *v, int season, int year) {
    static const int FROM[] = {0, 3, 6, 9, 12};
    when_set_months(v, year, FROM[season], season == 4 ? year + 1 : year, season == 4 ? 2 : FROM[season] + 2);
    v->grain = CODER_SEASON;
    v->approx = true;
}

static int days_in_month(int y, int m) { return (int)(month_end(y, m) - casus_day_of(y, m, 1)) + 1; }

int32_t when_shift(int32_t day, int unit, int by) {
    int y, m, d;
    if (unit == WHEN_HOUR) return day;
    if (unit == WHEN_UNIT_DAY) return day + by;
    if (unit == WHEN_UNIT_WEEK) return day + 7 * by;
    casus_day_split(day, &y, &m, &d);
    int months = unit == WHEN_UNIT_MONTH ? by
                                         : by * (unit == WHEN_UNIT_YEAR     ? 12
                                                 : unit == WHEN_UNIT_DECADE ? 120
                                                                            : 1200);
    int at = y * 12 + m - 1 + months;
    y = (int)floor_div(at, 12);
    m = at - y * 12 + 1;
    return casus_day_of(y, m, d < days_in_month(y, m) ? d : days_in_month(y, m));
}

/* The whole day, week, month, year or decade that holds `day`. */
void when_set_around(when_value *v, int unit, int32_t day) {
    int y, m, d;
    casus_day_split(day, &y, &m, &d);
    if (unit <= WHEN_UNIT_DAY) {
        v->begin = v->end = day;
        v->grain = CODER_DAY;
    } else if (unit == WHEN_UNIT_WEEK) {
        v->begin = day - (day + 3 - 7 * floor_div(day + 3, 7)); /* 1970-01-01 was a Thursday */
        v->end = v->begin + 6;
        v->grain = CODER_WEEK;
    } else if (unit == WHEN_UNIT_MONTH) {
        when_set_months(v, y, m, y, m);
        v->grain = CODER_MONTH;
    } else if (unit == WHEN_UNIT_YEAR) {
        when_set_years(v, y, y);
        v->grain = CODER_YEAR;
    } else {
        int span = unit == WHEN_UNIT_DECADE ? 10 : 100, from = y / span * span + (span == 100);
        when_set_years(v, from, from + span - 1);
        v->grain = span == 10 ? CODER_DECADE : CODER_CENTURY;
    }
}

int when_weekday_of(int32_t day) { return (int)(day + 3 - 7 * floor_div(day + 3, 7)); }

void when_set_unknown(when_value *v) {
    v->begin = OPEN_BEGIN;
    v->end = OPEN_END;
    v->grain = CODER_WORDS;
}

bool when_known(const when_value *v) { return v->begin != OPEN_BEGIN || v->end != OPEN_END; }

void when_set_date(when_value *v, int y, int m, int d, int d2) {
    v->month = 0;
    if (d == 0) {
        when_set_months(v, y, m, y, m);
        v->grain = CODER_MONTH;
        return;
    }
    int most = days_in_month(y, m);
    v->begin = casus_day_of(y, m, d < most ? d : most);
    v->end = d2 > d ? casus_day_of(y, m, d2 < most ? d2 : most) : v->begin;
    v->grain = CODER_DAY;
}

static void cut_years(when_value *v, int part, const int early[2], const int mid[2], const int late[2]) {
    int y, m, d;
    casus_day_split(v->begin, &y, &m, &d);
    const int *use = part == WHEN_EARLY ? early : part == WHEN_MID ? mid : late;
    when_set_years(v, y + use[0], y + use[1]);
}

void when_take_part(when_value *v, int part) {
    int y, m, d;
    if (!when_known(v) || v->begin == OPEN_BEGIN) return;
    casus_day_split(v->begin, &y, &m, &d);
    if (v->grain == CODER_YEAR && part == WHEN_MID)
        when_set_months(v, y, 5, y, 8);
    else if (v->grain == CODER_YEAR)
        when_set_months(v, y, part == WHEN_EARLY ? 1 : 10, y, part == WHEN_EARLY ? 3 : 12);
    else if (v->grain == CODER_MONTH) {
        int32_t first = v->begin, last = v->end;
        if (part != WHEN_LATE) v->end = first + (part == WHEN_EARLY ? 9 : 19);
        if (part != WHEN_EARLY) v->begin = first + (part == WHEN_MID ? 10 : 20);
        if (part == WHEN_LATE) v->end = last;
    } else if (v->grain == CODER_DECADE)
        cut_years(v, part, (int[]){0, 3}, (int[]){4, 6}, (int[]){7, 9});
    else if (v->grain == CODER_CENTURY)
        cut_years(v, part, (int[]){0, 32}, (int[]){33, 66}, (int[]){67, 99});
    else
        return;
    v->approx = true;
}
