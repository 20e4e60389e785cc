#include "voices.h"

#include <string.h>

enum { VOICES = 6 };

/* Two attributions of the same words: neither reports the other. */
bool voices_parallel(const coder_say *a, const coder_say *b) { return a != b && a->content && a->content == b->content && a->source && b->source && a->source != b->source; }

static const coder_say *say_of(const builder *b, const casus_holder *h) {
    for (size_t i = 0; i < b->says.n; i++) {
        const coder_say *y = &b->says.items[i];
        if (y->source && tree_span(&b->s->tree, y->cue_first, y->cue_last).begin == h->cue_span.begin) return y;
    }
    return NULL;
}

static void repeat(builder *b, const casus_statement *st, size_t at, const casus_holder *voice, const coder_say *y) {
    casus_statement copy = *st;
    copy.holder = CASUS_NEW_ARRAY(b->d->arena, casus_holder, st->n_holder);
    memcpy(copy.holder, st->holder, st->n_holder * sizeof *copy.holder);
    copy.holder[at] = *voice;
    if (at + 1 == st->n_holder) copy.holds = voice->holds;
    if (y->view) copy.author_view = y->view;
    *CASUS_PUSH(b->d->arena, b->d->statements, b->d->n_statements, b->d->cap_statements) = copy;
}

static bool is_told(const casus_statement *st, const casus_holder *h) {
    for (size_t i = 0; i < st->n_holder; i++)
        if (casus_str_eq(st->holder[i].name, h->name)) return true;
    return false;
}

static void spread_holder(builder *b, size_t index, size_t at) {
    const coder_say *y = say_of(b, &b->d->statements[index].holder[at]);
    casus_holder all[VOICES];
    if (!y) return;
    size_t n = build_holders(b, y, all, VOICES);
    for (size_t k = 1; k < n; k++) {
        casus_statement st = b->d->statements[index];
        if (all[k].actor && !is_told(&st, &all[k])) repeat(b, &st, at, &all[k], y);
    }
    for (size_t i = 0; i < b->says.n; i++) {
        const coder_say *other = &b->says.items[i];
        if (!voices_parallel(y, other) || other < y) continue;
        n = build_holders(b, other, all, VOICES);
        for (size_t k = 0; k < n; k++) {
            casus_statement st = b->d->statements[index];
            if (!is_told(&st, &all[k])) repeat(b, &st, at, &all[k], other);
        }
    }
}

void voices_spread(builder *b, size_t from) {
    size_t n = b->d->n_statements;
    for (size_t i = from; i < n; i++)
        for (size_t k = 0; k < b->d->statements[i].n_holder; k++) spread_holder(b, i, k);
}
