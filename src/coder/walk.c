#include "coder/walk.h"

enum { CLIMB_MAX = 64 }; /* no real tree is deeper; guards against a cycle in a hand-made one */

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

static bool same(casus_str a, const char *word, size_t n) {
    if (a.n != n) return false;
    for (size_t i = 0; i < n; i++)
        if (lower(a.at[i]) != word[i]) return false;
    return true;
}

static bool in_list(casus_str a, const char *list) {
    for (const char *p = list; *p;) {
        size_t n = strcspn(p, " ");
        if (same(a, p, n)) return true;
        p += n;
        while (*p == ' ') p++;
    }
    return false;
}

bool coder_lemma_is(const casus_sentence *s, int i, const char *word) {
    return i >= 0 && same(s->tokens[i].lemma, word, strlen(word));
}

bool coder_form_is(const casus_sentence *s, int i, const char *word) {
    return i >= 0 && same(s->tokens[i].form, word, strlen(word));
}

bool coder_lemma_in(const casus_sentence *s, int i, const char *list) { return i >= 0 && in_list(s->tokens[i].lemma, list); }

bool coder_form_in(const casus_sentence *s, int i, const char *list) { return i >= 0 && in_list(s->tokens[i].form, list); }

int coder_child_from(const casus_sentence *s, int i, casus_deprel d, int from) {
    for (int k = from < 0 ? 0 : from; k < (int)s->n; k++)
        if (s->tokens[k].head == i + 1 && s->tokens[k].deprel == d) return k;
    return -1;
}

bool coder_is_predicate(const casus_sentence *s, int i) {
    if (s->tokens[i].upos == CASUS_VERB) return s->tokens[i].deprel != CASUS_AMOD && s->tokens[i].deprel != CASUS_CASE &&
                                               s->tokens[i].deprel != CASUS_COMPOUND && s->tokens[i].deprel != CASUS_MARK;
    return s->tokens[i].deprel == CASUS_ROOT || coder_child(s, i, CASUS_COP) >= 0;
}

int coder_clause(const casus_sentence *s, int i) {
    for (int steps = 0; i >= 0 && steps < CLIMB_MAX; steps++, i = coder_head(s, i))
        if (coder_is_predicate(s, i)) return i;
    return -1;
}

int coder_first_conjunct(const casus_sentence *s, int i) {
    for (int steps = 0; s->tokens[i].deprel == CASUS_CONJ && coder_head(s, i) >= 0 && steps < CLIMB_MAX; steps++) i = coder_head(s, i);
    return i;
}

int coder_conjunct_place(const casus_sentence *s, int i, int *n) {
    int first = coder_first_conjunct(s, i), place = 0;
    *n = 1;
    for (int k = 0; k < (int)s->n; k++) {
        if (k == first || s->tokens[k].deprel != CASUS_CONJ || coder_first_conjunct(s, k) != first) continue;
        (*n)++;
        if (k <= i) place = *n - 1;
    }
    return i == first ? 0 : place;
}

bool coder_below(const casus_sentence *s, int i, int top) {
    for (int steps = 0; i >= 0 && steps < CLIMB_MAX; steps++, i = coder_head(s, i))
        if (i == top) return true;
    return false;
}

casus_str coder_words(const casus_sentence *s, casus_str text, int first, int last) {
    uint32_t begin = s->tokens[first].begin, end = s->tokens[last].end;
    if (end > text.n || begin > end) return (casus_str){0};
    return (casus_str){text.at + begin, end - begin};
}
