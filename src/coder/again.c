#include "again.h"

#include <stdlib.h>
#include <string.h>

enum { NEAR = 3 }; /* sentences that a bare "the attack" reaches back */

static bool is_definite(const coder_tree *t, unsigned i) {
    unsigned det = tree_child(t, i, CASUS_DET_REL);
    return det && (tree_is(t, det, "the") || tree_is(t, det, "this") || tree_is(t, det, "that"));
}

static bool is_other(const coder_tree *t, unsigned i) {
    static const char *const words[] = {"other", "new", "next", "second", "third", "similar", "previous", "earlier", "further", "more", "future", "possible", "alleged", "recent", "latest"};
    return TREE_AMONG(t, i, words);
}

/* ---- does a word beside the noun fit an act told before? 1 it names a part of it, -1 something else, 0 it names nothing ---- */

static bool word_of(casus_str text, casus_str word) {
    for (size_t i = 0; i + word.n <= text.n; i++) {
        bool starts = i == 0 || !((text.at[i - 1] | 32) >= 'a' && (text.at[i - 1] | 32) <= 'z');
        bool ends = i + word.n == text.n || !((text.at[i + word.n] | 32) >= 'a' && (text.at[i + word.n] | 32) <= 'z');
        if (starts && ends && memcmp(text.at + i, word.at, word.n) == 0) return true;
    }
    return false;
}

static bool in_parties(const casus_participant *p, size_t n, casus_str word, const char *actor) {
    for (size_t i = 0; i < n; i++)
        if ((actor && p[i].actor && strcmp(p[i].actor, actor) == 0) || word_of(p[i].name, word) || word_of(p[i].text, word)) return true;
    return false;
}

static bool in_places(const casus_statement *st, casus_str word) {
    for (size_t i = 0; i < st->n_place; i++)
        if (word_of(st->place[i].text, word)) return true;
    return false;
}

static int month_of(const coder_tree *t, unsigned i) {
    static const char *const months[] = {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"};
    for (int k = 0; t->tok[i].upos == CASUS_PROPN && k < 12; k++)
        if (tree_is(t, i, months[k])) return k + 1;
    return 0;
}

static int fits_time(const casus_statement *st, const coder_tree *t, unsigned i) {
    int month = month_of(t, i), year = t->tok[i].upos == CASUS_NUM && t->tok[i].form.n == 4 ? atoi(t->text.at + t->tok[i].begin) : 0;
    if (!month && year < 1900) return 0;
    if (!st->time.begin[0]) return -1;
    return (month ? atoi(st->time.begin + 5) == month : atoi(st->time.begin) == year) ? 1 : -1;
}

static int fits_word(const builder *b, const casus_statement *st, unsigned i) {
    const coder_tree *t = &b->s->tree;
    int when = fits_time(st, t, i);
    if (when) return when;
    const coder_mention *m = mention_at(b->s, i);
    casus_str word = t->tok[i].form;
    const char *actor = m ? b->d->entities[m->entity].id : NULL;
    if (!m && t->tok[i].upos != CASUS_PROPN) return 0;
    if (in_parties(st->source, st->n_source, word, actor) || in_parties(st->target, st->n_target, word, actor) || in_places(st, word)) return 1;
    return -1;
}

static int fits_below(const builder *b, const casus_statement *st, unsigned i, unsigned depth) {
    int sum = 0;
    TREE_CHILDREN(&b->s->tree, i, c) {
        casus_deprel r = (casus_deprel)b->s->tree.tok[c].deprel;
        unsigned k = tree_case(&b->s->tree, c); /* "links the attack to Chad": who is said to have done it describes nothing */
        if (r == CASUS_ACL || r == CASUS_ACL_RELCL || r == CASUS_CONJ || r == CASUS_APPOS || (k && tree_is(&b->s->tree, k, "to"))) continue;
        int one = fits_word(b, st, c);
        if (one < 0) return -100;
        sum += one;
        if (depth < 2) sum += fits_below(b, st, c, depth + 1);
        if (sum < 0) return -100;
    }
    return sum;
}

/* ---- the first telling ---- */

static int salience(const builder *b, const casus_statement *st, unsigned i, int fit) {
    int back = (int)(b->s->index - st->sentence);
    if (!fit && back > NEAR) return -1;
    int v = 100 - 3 * (back > 20 ? 20 : back) + 10 * fit + 2 * ((st->n_target > 0) + (st->n_place > 0) + (st->time.begin[0] != '\0'));
    return v + (casus_str_eq(st->action.lemma, b->s->tree.tok[i].lemma) ? 6 : 0);
}

static size_t first_telling(const builder *b, unsigned i, const coder_match *m) {
    size_t found = b->d->n_statements;
    int best = -1;
    for (size_t k = 0; k < b->d->n_statements; k++) {
        const casus_statement *st = &b->d->statements[k];
        bool act = st->kind == CASUS_EVENT && !st->negative && st->action.plover[0] == m->frame->plover && st->sentence < b->s->index;
        if (!act || st->tense == CASUS_FUTURE || st->tense == CASUS_HYPOTHETICAL) continue;
        int fit = fits_below(b, st, i, 0), v = fit < 0 ? -1 : salience(b, st, i, fit);
        if (v > best) best = v, found = k;
    }
    return found;
}

static casus_str words_for(const builder *b, const casus_statement *st) {
    casus_str words = {b->d->doc->text.at + st->span.begin, st->span.end - st->span.begin};
    size_t spaces = 0;
    for (size_t i = 0; i < words.n; i++) spaces += words.at[i] == ' ';
    return spaces <= 12 || !st->n_target ? words : st->target[0].text;
}

void again_find(builder *b) {
    const coder_tree *t = &b->s->tree;
    b->again = NULL;
    for (unsigned i = 1; i <= t->n; i++) {
        const coder_match *m = t->tok[i].upos == CASUS_NOUN ? match_of(b->s, i, CASUS_FRAME_EVENT) : NULL;
        bool one = m && m->frame->plover && casus_str_eq(t->tok[i].form, t->tok[i].lemma) && is_definite(t, i) && !mention_at(b->s, i);
        TREE_CHILDREN(t, i, c)
        one = one && !is_other(t, c);
        size_t first = one ? first_telling(b, i, m) : b->d->n_statements;
        if (first == b->d->n_statements) continue;
        if (!b->again) b->again = CASUS_NEW_ARRAY(b->d->arena, uint32_t, t->n + 1);
        b->again[i] = (uint32_t)first + 1;
        if (b->s->refers) b->s->refers[i] = words_for(b, &b->d->statements[first]);
    }
}

static bool same_parties(const casus_participant *a, size_t na, const casus_participant *b, size_t nb) {
    for (size_t i = 0; i < na; i++)
        if (!in_parties(b, nb, a[i].name, a[i].actor)) return false;
    return true;
}

bool again_complete(builder *b, unsigned token, casus_statement *st) {
    if (!b->again || !b->again[token] || st->kind != CASUS_EVENT) return true;
    const casus_statement *first = &b->d->statements[b->again[token] - 1];
    bool own_time = st->time.text.n > 0, fresh = st->n_holder || st->n_counts || own_time || st->negative;
    fresh = fresh || !same_parties(st->source, st->n_source, first->source, first->n_source) || !same_parties(st->target, st->n_target, first->target, first->n_target);
    if (!own_time && first->time.text.n) {
        st->time = first->time;
        st->time.how = "inherited";
    }
    if (!st->n_place) st->place = first->place, st->n_place = first->n_place;
    if (!st->n_target && !same_parties(first->target, first->n_target, st->source, st->n_source)) st->target = first->target, st->n_target = first->n_target;
    if (!st->n_source && !st->n_holder) st->source = first->source, st->n_source = first->n_source;
    return fresh;
}
