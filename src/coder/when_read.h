/* when_read.h — what the readers of time expressions share: the sentence with its time words, and one another. */
#ifndef CODER_WHEN_READ_H
#define CODER_WHEN_READ_H

#include "coder/number.h"
#include "coder/walk.h"
#include "coder/when.h"
#include "coder/when_calendar.h"
#include "coder/when_words.h"

typedef struct reader {
    const casus_sentence *s;
    const when_word *w;
    int n;
    int32_t anchor, told; /* the document's date; the date told last before this sentence */
    const coder_times *list;
} reader;

typedef when_value value;

static inline when_type type_at(const reader *r, int i) { return i >= 0 && i < r->n ? (when_type)r->w[i].type : WHEN_NONE; }
static inline bool form_in(const reader *r, int i, const char *list) {
    return i >= 0 && i < r->n && coder_form_in(r->s, i, list);
}
static inline bool is_dash(const reader *r, int i) { return form_in(r, i, "- \xE2\x80\x93 -- \xE2\x88\x92"); }

/* ---- when.c: months and days ---- */

bool when_lies_ahead(const reader *r, int i);
int32_t when_told_before(const reader *r, int i);
bool when_read_month(const reader *r, int i, value *v);

/* ---- when_relative.c: words relative to the document's date ---- */

void when_set_weekday(const reader *r, value *v, int weekday, when_type how);
void when_set_named_season(const reader *r, value *v, int season, when_type how);
bool when_read_deictic(const reader *r, int i, value *v);
bool when_read_distance(const reader *r, int i, value *v);
bool when_read_duration(const reader *r, int i, value *v);
bool when_read_today(const reader *r, int i, value *v);

#endif
