#include "casus/lexicon.h"

/* Howard Hinnant's days_from_civil, written from the description of the algorithm (eras of 400 years that begin in March). */
int32_t casus_day_of(int year, int month, int day) {
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int yoe = year - era * 400;
    int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

void casus_day_split(int32_t d, int *year, int *month, int *day) {
    d += 719468;
    int era = (d >= 0 ? d : d - 146096) / 146097;
    int doe = d - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    *day = doy - (153 * mp + 2) / 5 + 1;
    *month = mp + (mp < 10 ? 3 : -9);
    *year = yoe + era * 400 + (*month <= 2);
}

static bool number(casus_str s, int *out) {
    if (!s.n || s.n > 4) return false;
    *out = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') return false;
        *out = *out * 10 + (s.at[i] - '0');
    }
    return true;
}

bool casus_day_parse(casus_str iso, int32_t *begin, int32_t *end) {
    casus_str part;
    int y = 0, m = 1, d = 1, fields = 0, v;
    while (casus_str_cut(&iso, '-', &part)) {
        if (fields == 3 || !number(part, &v) || part.n != (fields ? 2u : 4u)) return false;
        *(fields == 0 ? &y : fields == 1 ? &m : &d) = v;
        fields++;
    }
    if (!fields || m < 1 || m > 12) return false;
    int32_t next_month = m == 12 ? casus_day_of(y + 1, 1, 1) : casus_day_of(y, m + 1, 1);
    if (d < 1 || d > next_month - casus_day_of(y, m, 1)) return false;
    *begin = casus_day_of(y, m, d);
    *end = fields == 3 ? *begin + 1 : fields == 2 ? next_month : casus_day_of(y + 1, 1, 1);
    return true;
}

char *casus_day_text(int32_t day, char out[11]) {
    int y, m, d;
    casus_day_split(day, &y, &m, &d);
    snprintf(out, 11, "%04u-%02u-%02u", (unsigned)y % 10000u, (unsigned)m % 100u, (unsigned)d % 100u);
    return out;
}
