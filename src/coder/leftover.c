/* leftover.c — dates that no statement has taken: "the text agreed in March will not survive him" tells of the text, and March is in its words. */
#include "leftover.h"

#include <string.h>

static bool is_taken(const coder_doc *d, size_t from, const coder_time *time) {
    for (size_t i = from; i < d->n_statements; i++)
        if (d->statements[i].time.text.n && strcmp(d->statements[i].time.begin, time->time.begin) == 0 && strcmp(d->statements[i].time.end, time->time.end) == 0) return true;
    return false;
}

static bool holds(casus_span whole, casus_span part) { return part.begin >= whole.begin && part.end <= whole.end; }

static bool among(const casus_participant *p, size_t n, casus_span part) {
    for (size_t i = 0; i < n; i++)
        if (holds(p[i].span, part)) return true;
    return false;
}

/* Do the words of the statement, of its participants or of its matter hold the time's? */
static bool tells(const casus_statement *st, casus_span part) {
    for (size_t i = 0; i < st->n_about; i++)
        if (holds(st->about[i].span, part)) return true;
    for (size_t i = 0; i < st->n_holder; i++)
        if (holds(st->holder[i].span, part)) return true;
    return holds(st->span, part) || among(st->source, st->n_source, part) || among(st->target, st->n_target, part);
}

/* The narrowest statement without a time whose words hold the time's; NULL when there is none. */
static casus_statement *narrowest(coder_doc *d, size_t from, const coder_time *time) {
    casus_statement *best = NULL;
    for (size_t i = from; i < d->n_statements; i++) {
        casus_statement *st = &d->statements[i];
        if (st->time.text.n || !tells(st, time->time.span)) continue;
        if (!best || st->span.end - st->span.begin < best->span.end - best->span.begin) best = st;
    }
    return best;
}

/* "told him on Monday that …", "its promise in March to …": the date of the words by which somebody holds what is told. */
static casus_statement *said_then(coder_doc *d, const builder *b, size_t from, const coder_time *time) {
    if (time->governor < 0) return NULL;
    casus_span cue = tree_span(&b->s->tree, (unsigned)time->governor + 1, (unsigned)time->governor + 1);
    for (size_t i = from; i < d->n_statements; i++)
        for (size_t k = 0; k < d->statements[i].n_holder; k++)
            if (!d->statements[i].time.text.n && holds(d->statements[i].holder[k].cue_span, cue)) return &d->statements[i];
    return NULL;
}

void leftover_dates(builder *b, size_t from) {
    for (size_t k = 0; k < b->times.n; k++) {
        const coder_time *time = &b->times.items[k];
        bool dated = time->time.begin[0] || time->time.end[0];
        if (!dated || time->derived || (time->group && time->place >= 0) || is_taken(b->d, from, time)) continue;
        casus_statement *st = narrowest(b->d, from, time);
        if (!st) st = said_then(b->d, b, from, time);
        if (!st) continue;
        st->time = time->time;
        st->time.how = "inherited";
    }
}
