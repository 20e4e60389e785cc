/* Inside the time reader: the calendar of an expression being read. Days count as in casus_day_of. */
#ifndef CODER_WHEN_CALENDAR_H
#define CODER_WHEN_CALENDAR_H

#include "coder/when_tree.h"
#include "coder/when_words.h"

/* An expression being read, still without its preposition. */
typedef struct when_value {
    int32_t begin, end;
    int first, last;
    coder_grain grain;
    bool approx, relative;
    bool ago; /* "two years ago": "more than" opens its begin */
    uint8_t month, day,
        day2; /* month > 0: the year is missing and may still be given by a later member or the document */
} when_value;

bool when_known(const when_value *v); /* has it a date at all? */
void when_set_unknown(when_value *v);
void when_set_months(when_value *v, int y1, int m1, int y2,
                     int m2); /* from the first day of one to the last of the other */
void when_set_years(when_value *v, int first, int last);
void when_set_season(when_value *v, int season,
                     int year); /* 1 spring … 4 winter, by months of the northern half; approximate */
/* A month (d 0), a day, or days d..d2 of a month. Sets the grain; the year is no longer missing. */
void when_set_date(when_value *v, int y, int m, int d, int d2);
/* The whole day, week (Monday to Sunday), month, year, decade or century that holds `day`; `unit` is a WHEN_UNIT_… */
void when_set_around(when_value *v, int unit, int32_t day);
/* The early, middle or late part of it (WHEN_EARLY …): thirds of a month, decade or century, quarters at both ends of a
 * year. */
void when_take_part(when_value *v, int part);
int32_t when_shift(int32_t day, int unit, int by); /* `by` units later; a day that the month lacks becomes its last */
int when_weekday_of(int32_t day);                  /* 0 = Monday */

#endif
