/* dictionary_match.c — PETRARCH's patterns: words in the order of the sentence around a verb, with gaps between them
 * unless they are glued. */
#include "dictionary.h"

enum { MOST_STEPS = 4000 }; /* a pattern of many gaps in a long sentence is given up rather than tried in all ways */

typedef struct matcher {
    const dictionary_sentence *x;
    const casus_petrarch_element *e;
    unsigned n, stop;
    int step;        /* +1 behind the verb, -1 before it */
    unsigned *steps; /* spent */
    dictionary_act *act;
} matcher;

static bool is_hyphen(const coder_tree *t, unsigned i) { return t->tok[i].form.n == 1 && t->tok[i].form.at[0] == '-'; }
static bool inside(const matcher *m, unsigned i) { return i >= 1 && i <= m->stop; }
static unsigned on(const matcher *m, unsigned i) { return (unsigned)((int)i + m->step); }

static unsigned past_hyphens(const matcher *m, unsigned i) {
    while (inside(m, i) && is_hyphen(&m->x->s->tree, i)) i = on(m, i);
    return i;
}

static bool word_at(const coder_tree *t, unsigned i, uint32_t word) {
    return t->lemma[i] == word || casus_lemma_hash(t->tok[i].form) == word;
}

/* Do these words stand at i (before the verb: end there)? The token behind them, 0 when not. */
static unsigned phrase_at(const matcher *m, unsigned i, const uint32_t *words, size_t n) {
    for (size_t k = 0; k < n; k++) {
        i = past_hyphens(m, i);
        if (!inside(m, i) || !word_at(&m->x->s->tree, i, words[m->step > 0 ? k : n - 1 - k])) return 0;
        i = on(m, i);
    }
    return m->step < 0 && i == 0 ? UINT32_MAX : i; /* the first word of the sentence is reached */
}

/* The next noun phrase from `at` on: any, or one with at least `codes` actors; -1 when none is left. */
static int next_phrase(const matcher *m, unsigned at, size_t codes) {
    const dictionary_sentence *x = m->x;
    for (size_t k = 0; k < x->n; k++) {
        size_t i = m->step > 0 ? k : x->n - 1 - k;
        const dictionary_phrase *f = &x->phrases[i];
        bool ahead = m->step > 0 ? f->last >= at && f->first <= m->stop : f->first <= at;
        if (ahead && f->n >= codes) return (int)i;
    }
    return -1;
}

static bool match_from(matcher *m, unsigned k, unsigned at);

static bool match_actor(matcher *m, unsigned k, unsigned at) {
    uint8_t type = m->e[k].type;
    size_t codes = type == CASUS_PETRARCH_SKIP ? 0 : type == CASUS_PETRARCH_COMPOUND && m->step < 0 ? 2 : 1;
    int found = next_phrase(m, at, codes);
    if (found < 0) return false;
    const dictionary_phrase *f = &m->x->phrases[found];
    dictionary_act before = *m->act;
    if (type == CASUS_PETRARCH_SOURCE) m->act->source = found;
    if (type == CASUS_PETRARCH_TARGET || (type == CASUS_PETRARCH_COMPOUND && m->step > 0)) m->act->target = found;
    if (type == CASUS_PETRARCH_COMPOUND && m->step < 0) m->act->source = found, m->act->mutual = true;
    if (match_from(m, k + 1, m->step > 0 ? f->last + 1 : f->first - 1)) return true;
    *m->act = before;
    return false;
}

static bool match_word(matcher *m, unsigned k, unsigned at) {
    const casus_petrarch_element *e = &m->e[k];
    for (; inside(m, at); at = on(m, at)) {
        size_t n;
        const uint32_t *words;
        for (size_t i = 0; (words = casus_petrarch_phrase(m->x->p, e->set, i, &n)); i++) {
            if (++*m->steps > MOST_STEPS) return false;
            unsigned behind = phrase_at(m, at, words, n);
            if (behind && match_from(m, k + 1, behind == UINT32_MAX ? 0 : behind)) return true;
        }
        if (e->glued) return false;
    }
    return false;
}

static bool match_from(matcher *m, unsigned k, unsigned at) {
    if (k == m->n) return true;
    return m->e[k].type == CASUS_PETRARCH_WORD ? match_word(m, k, at) : match_actor(m, k, at);
}

static bool match_side(const dictionary_sentence *x, uint32_t first, unsigned n, int step, unsigned at, unsigned stop,
                       unsigned *steps, dictionary_act *act) {
    matcher m = {x, casus_petrarch_elements(x->p, first), n, stop, step, steps, act};
    return match_from(&m, 0, at);
}

/* The verb's own words are glued to it, so they take as many tokens as they are words. */
static bool own_words(const dictionary_sentence *x, const casus_petrarch_verb *v, unsigned token, unsigned stop) {
    unsigned steps = 0;
    dictionary_act ignored = {0};
    return match_side(x, v->before, v->n_before, -1, token - 1, stop, &steps, &ignored) &&
           match_side(x, v->after, v->n_after, +1, token + 1, stop, &steps, &ignored);
}

static unsigned count_words(const dictionary_sentence *x, const casus_petrarch_pattern *p) {
    const casus_petrarch_element *before = casus_petrarch_elements(x->p, p->before),
                                 *after = casus_petrarch_elements(x->p, p->after);
    unsigned n = 0;
    for (unsigned i = 0; i < p->n_before; i++) n += before[i].type == CASUS_PETRARCH_WORD ? 2 : 1;
    for (unsigned i = 0; i < p->n_after; i++) n += after[i].type == CASUS_PETRARCH_WORD ? 2 : 1;
    return n;
}

static void best_pattern(const dictionary_sentence *x, const casus_petrarch_verb *v, unsigned token, unsigned stop,
                         dictionary_act *best) {
    const casus_petrarch_pattern *p = casus_petrarch_patterns(x->p, v);
    for (uint32_t i = 0; i < v->n_patterns; i++) {
        unsigned steps = 0, score = count_words(x, &p[i]);
        dictionary_act act = {.event = p[i].event, .source = -1, .target = -1, .score = score};
        if (score <= best->score) continue;
        if (!match_side(x, p[i].before, p[i].n_before, -1, token - v->n_before - 1u, stop, &steps, &act)) continue;
        if (!match_side(x, p[i].after, p[i].n_after, +1, token + v->n_after + 1u, stop, &steps, &act)) continue;
        *best = act;
    }
}

/* The verbs of one form that stand here with all their words, those of most words alone: the best pattern of all, else
 * the first event. */
static bool match_form(const dictionary_sentence *x, casus_str form, unsigned token, unsigned stop,
                       dictionary_act *act) {
    const casus_petrarch_verb *v, *first = NULL;
    for (size_t i = 0; (v = casus_petrarch_verb_at(x->p, form, i)); i++) {
        bool fewer = first && v->n_before + v->n_after < first->n_before + first->n_after;
        if (fewer || !own_words(x, v, token, stop)) continue;
        bool plain = act->score == 0 && !act->event.forward && !act->event.back;
        if (plain) act->event = v->event;
        best_pattern(x, v, token, stop, act);
        if (!first) first = v;
    }
    return first != NULL;
}

/* The verb by its form, as the dictionary lists or makes forms, else by its lemma. */
bool dictionary_match(const dictionary_sentence *x, unsigned token, unsigned stop, dictionary_act *act) {
    const casus_token *tok = &x->s->tree.tok[token];
    *act = (dictionary_act){.source = -1, .target = -1};
    if (!match_form(x, tok->form, token, stop, act) && !match_form(x, tok->lemma, token, stop, act)) return false;
    return act->event.forward || act->event.back;
}
