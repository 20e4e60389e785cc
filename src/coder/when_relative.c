/* when_relative.c — words relative to the document's date: "last year", "two days earlier", "over the past two years", "today". */
#include "coder/when_read.h"

#include "casus/lexicon.h"
#include "coder/tense.h"

static bool is_unit(when_type t) { return t == WHEN_UNIT || t == WHEN_UNITS || t == WHEN_CENTURY; }

static int unit_at(const reader *r, int i) {
    return type_at(r, i) == WHEN_CENTURY ? WHEN_UNIT_CENTURY : (int)r->w[i].value;
}

/* A number of units: "two", "a", "a couple of", "twenty-five"; 0 when vague ("a few"). False when none stands here;
 * *next is the token after. */
static bool read_number(const reader *r, int i, int *count, int *next) {
    double v;
    int used;
    *next = i + 1;
    *count = 0;
    if (form_in(r, i, "a an") && type_at(r, i + 1) == WHEN_VAGUE) return *next = i + 2, true;
    if (form_in(r, i, "a") && form_in(r, i + 1, "couple"))
        return *count = 2, *next = i + 2 + (form_in(r, i + 2, "of") ? 1 : 0), true;
    if (type_at(r, i) == WHEN_VAGUE) return true;
    if (form_in(r, i, "a an")) return *count = 1, true;
    if (type_at(r, i) != WHEN_NUMBER || !coder_number(r->s, i, &v, &used) || v < 1 || v > 5000) return false;
    *count = (int)v;
    *next = i + used;
    return true;
}

/* The latest (or, when the verb looks ahead, the next) weekday. */
void when_set_weekday(const reader *r, value *v, int weekday, when_type how) {
    v->relative = true;
    v->grain = CODER_DAY;
    if (r->anchor == CODER_NO_DAY) {
        when_set_unknown(v);
        return;
    }
    int back = (when_weekday_of(r->anchor) - weekday + 7) % 7, on = (weekday - when_weekday_of(r->anchor) + 7) % 7;
    bool ahead = how == WHEN_NEXT || (how != WHEN_LAST && when_lies_ahead(r, v->first));
    if (how == WHEN_LAST && back == 0) back = 7;
    if (how == WHEN_NEXT && on == 0) on = 7;
    v->begin = v->end = ahead ? r->anchor + on : r->anchor - back;
}

static void set_named_month(const reader *r, value *v, int month, when_type how) {
    int y, m, d;
    v->relative = true;
    if (r->anchor == CODER_NO_DAY) {
        when_set_unknown(v);
        return;
    }
    casus_day_split(r->anchor, &y, &m, &d);
    if (how == WHEN_NEXT)
        y += month <= m;
    else if (how != WHEN_THIS)
        y -= month >= m;
    when_set_date(v, y, month, 0, 0);
}

void when_set_named_season(const reader *r, value *v, int season, when_type how) {
    int y, m, d;
    v->relative = true;
    if (r->anchor == CODER_NO_DAY) {
        when_set_unknown(v);
        return;
    }
    casus_day_split(r->anchor, &y, &m, &d);
    when_set_season(v, season, y);
    if (how == WHEN_NEXT && v->begin <= r->anchor) when_set_season(v, season, y + 1);
    if (how == WHEN_LAST && v->end >= r->anchor) when_set_season(v, season, y - 1);
    if (how == WHEN_NONE && v->begin > r->anchor && !when_lies_ahead(r, v->first)) when_set_season(v, season, y - 1);
}

/* From the document's date `count` units back or ahead: "over the past two years". */
static void set_rolling(const reader *r, value *v, int unit, int count) {
    int32_t there = when_shift(r->anchor, unit, count);
    if (unit == WHEN_HOUR) there += count < 0 ? -1 : 1;
    v->begin = there < r->anchor ? there : r->anchor;
    v->end = there < r->anchor ? r->anchor : there;
    v->grain = unit <= WHEN_UNIT_DAY     ? CODER_DAY
               : unit == WHEN_UNIT_WEEK  ? CODER_WEEK
               : unit == WHEN_UNIT_MONTH ? CODER_MONTH
                                         : CODER_YEAR;
}

static int direction(when_type how) { return how == WHEN_NEXT ? 1 : how == WHEN_THIS ? 0 : -1; }

/* "last year", "this week", "the past two years", "next month", "last Friday", "last April", "next spring". */
bool when_read_deictic(const reader *r, int i, value *v) {
    when_type how = type_at(r, i), t = type_at(r, i + 1);
    if (t == WHEN_MONTH && when_read_month(r, i + 1, v) && v->last > i + 1)
        return v->first = i, true; /* "the upcoming Jan. 9, 2005 election" */
    *v = (value){.first = i, .last = i + 1, .relative = true};
    if (t == WHEN_MONTH) return set_named_month(r, v, r->w[i + 1].value, how), true;
    if (t == WHEN_WEEKDAY) return when_set_weekday(r, v, r->w[i + 1].value, how), true;
    if (t == WHEN_SEASON) return when_set_named_season(r, v, r->w[i + 1].value, how), true;
    int count = 1, k = i + 1;
    bool counted = !is_unit(t);
    if (counted && (how == WHEN_THIS || !read_number(r, i + 1, &count, &k))) return false;
    if (!is_unit(type_at(r, k))) return false;
    v->last = k;
    int unit = unit_at(r, k), sign = direction(how);
    if (!counted && unit <= WHEN_UNIT_DAY && how != WHEN_PAST) return false; /* "the last minute", "my last day" */
    bool plural_vague = !counted && type_at(r, k) == WHEN_UNITS;             /* "the past months" */
    if (r->anchor == CODER_NO_DAY || how == WHEN_PREVIOUS || count == 0 || plural_vague)
        return when_set_unknown(v), true;
    bool rolling = how == WHEN_PAST || counted || unit == WHEN_HOUR || (how != WHEN_THIS && form_in(r, i - 1, "the"));
    if (rolling) return set_rolling(r, v, unit, sign * count), true;
    when_set_around(v, unit, when_shift(r->anchor, unit, sign));
    return true;
}

static bool is_finite(const reader *r, int i) { return coder_xpos(r->s, i, "VBZ") || coder_xpos(r->s, i, "VBP") || coder_xpos(r->s, i, "VBD") || coder_xpos(r->s, i, "MD"); }

/* "Four years after he seized power, the army controls less": what now holds is so long after the clause's act; `k` is the word "after". */
static bool counts_from_act(const reader *r, int k) {
    int comma = k, verb = k + 1;
    while (comma < r->n && !form_in(r, comma, ",")) comma++;
    while (verb < comma && !is_finite(r, verb)) verb++;
    if (verb >= comma) /* "after General Soro seized power": a past form read as a participle */
        for (verb = k + 1; verb < comma && !coder_xpos(r->s, verb, "VBN"); verb++) {}
    if (verb >= comma || coder_xpos(r->s, verb, "VBZ") || coder_xpos(r->s, verb, "VBP")) return false;
    while (comma < r->n && !is_finite(r, comma)) comma++;
    return comma < r->n && (coder_xpos(r->s, comma, "VBZ") || coder_xpos(r->s, comma, "VBP"));
}

/* "for the second time in six months": the span that ends now. */
static bool times_in(const reader *r, int before) {
    return form_in(r, before, "in") && form_in(r, before - 1, "time") && type_at(r, before - 2) == WHEN_ORDINAL;
}

/* "has ruled for twenty years": up to now. */
static bool up_to_now(const reader *r, int before) {
    int verb = form_in(r, before, "for") ? coder_clause(r->s, before) : -1;
    for (int i = 0; verb >= 0 && i < verb; i++)
        if (coder_head(r->s, i) == verb && coder_rel(r->s, i, CASUS_AUX_REL) && form_in(r, i, "has have 've") && !coder_negated(r->s, verb, NULL)) return true;
    return false;
}

/* "a decade ago", "two days earlier", "three weeks later": `i` is where the number begins. */
bool when_read_distance(const reader *r, int i, value *v) {
    int count = 0, k = i;
    bool counted = read_number(r, i, &count, &k);
    if (!counted) k = i;
    if (!is_unit(type_at(r, k))) return false;
    when_type t = type_at(r, k + 1);
    if (counted && count && r->anchor != CODER_NO_DAY && form_in(r, k + 1, "after") && counts_from_act(r, k + 1)) t = WHEN_AGO;
    if (t != WHEN_AGO && !(counted && (t == WHEN_EARLIER || t == WHEN_LATER))) return false;
    *v = (value){.first = i, .last = k + 1, .relative = true, .ago = t == WHEN_AGO};
    int unit = unit_at(r, k);
    int32_t from = t == WHEN_AGO ? r->anchor : when_told_before(r, i);
    if (from == OPEN_BEGIN || count == 0 || (t != WHEN_AGO && unit > WHEN_UNIT_WEEK)) return when_set_unknown(v), true;
    bool coarse = unit == WHEN_UNIT_DECADE || unit == WHEN_UNIT_CENTURY;
    when_set_around(v, coarse ? WHEN_UNIT_YEAR : unit, when_shift(from, unit, t == WHEN_LATER ? count : -count));
    v->approx = unit > WHEN_UNIT_DAY;
    return true;
}

/* "for years", "in recent months", "for two weeks": how long, not when. */
bool when_read_duration(const reader *r, int i, value *v) {
    int count, k = i, before = i - 1;
    bool counted = read_number(r, i, &count, &k);
    if (!counted) k = i;
    if (type_at(r, i) == WHEN_RECENT) k = i + 1;
    if (!is_unit(type_at(r, k)) || (type_at(r, k) == WHEN_UNIT && k == i)) return false;
    if (form_in(r, before, "than least"))
        before -= 2;
    else if (form_in(r, before, "nearly almost about over roughly around"))
        before--;
    if (!form_in(r, before, type_at(r, i) == WHEN_RECENT ? "in over during for" : "for within") && !times_in(r, before)) return false;
    *v = (value){.first = before + 1, .last = k};
    when_set_unknown(v);
    bool dated = counted && count > 0 && r->anchor != CODER_NO_DAY && before == i - 1;
    if (!dated || (!times_in(r, before) && !up_to_now(r, before))) return true;
    set_rolling(r, v, unit_at(r, k), -count);
    v->approx = v->relative = v->ago = true;
    return true;
}

bool when_read_today(const reader *r, int i, value *v) {
    if (form_in(r, i + 1, "'s \xE2\x80\x99s")) return false;
    *v = (value){.first = i, .last = i, .relative = true};
    if (r->anchor == CODER_NO_DAY)
        when_set_unknown(v);
    else
        when_set_around(v, WHEN_UNIT_DAY, r->anchor + r->w[i].value);
    return true;
}
