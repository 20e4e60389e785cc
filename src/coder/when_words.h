/* The words that times are made of, one look-up a token. */
#ifndef CODER_WHEN_WORDS_H
#define CODER_WHEN_WORDS_H

#include "casus/text.h"

typedef enum when_type {
    WHEN_NONE,
    WHEN_MONTH,
    WHEN_WEEKDAY,
    WHEN_UNIT,
    WHEN_UNITS,
    WHEN_YEAR,
    WHEN_YEARS,
    WHEN_NUMBER,
    WHEN_ORDINAL,
    WHEN_DECADE,
    WHEN_CENTURY,
    WHEN_SEASON,
    WHEN_QUARTER,
    WHEN_HALF,
    WHEN_ISO,
    WHEN_TODAY,
    WHEN_SEPTEMBER_11,
    WHEN_PART,
    WHEN_LAST,
    WHEN_PAST,
    WHEN_PREVIOUS,
    WHEN_THIS,
    WHEN_NEXT,
    WHEN_RECENT,
    WHEN_VAGUE,
    WHEN_AGO,
    WHEN_EARLIER,
    WHEN_LATER
} when_type;

enum { WHEN_EARLY = 1, WHEN_MID, WHEN_LATE };
enum { WHEN_HOUR, WHEN_UNIT_DAY, WHEN_UNIT_WEEK, WHEN_UNIT_MONTH, WHEN_UNIT_YEAR, WHEN_UNIT_DECADE, WHEN_UNIT_CENTURY };

/* `value`: month 1–12, weekday 0 = Monday, unit, year, number, decade's first year, season 1 = spring, day number
 * (ISO), days from today. `more`: last year of a range in one token ("2018-2019"), number of the quarter in "Q3".
 * `part`: "mid-2021". */
typedef struct when_word {
    uint8_t type, part;
    int32_t value, more;
} when_word;

when_word when_lookup(casus_str form);
/* Can a time expression be built around a word of this type? */
bool when_is_core(uint8_t type);

#endif
