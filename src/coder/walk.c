#include "coder/walk.h"

enum { CLIMB_MAX = 64 }; /* no real tree is deeper; guards against a cycle in a hand-made one */

static bool within(const casus_sentence *s, int i) { return i >= 0 && i < (int)s->n; }

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
    return within(s, i) && same(s->tokens[i].lemma, word, strlen(word));
}

bool coder_form_is(const casus_sentence *s, int i, const char *word) {
    return within(s, i) && same(s->tokens[i].form, word, strlen(word));
}

bool coder_lemma_in(const casus_sentence *s, int i, const char *list) {
    return within(s, i) && in_list(s->tokens[i].lemma, list);
}

bool coder_form_in(const casus_sentence *s, int i, const char *list) {
    return within(s, i) && in_list(s->tokens[i].form, list);
}

int coder_child_from(const casus_sentence *s, int i, casus_deprel d, int from) {
    for (int k = from < 0 ? 0 : from; k < (int)s->n; k++)
        if (s->tokens[k].head == i + 1 && s->tokens[k].deprel == d) return k;
    return -1;
}

bool coder_is_predicate(const casus_sentence *s, int i) {
    if (s->tokens[i].upos == CASUS_VERB)
        return s->tokens[i].deprel != CASUS_AMOD && s->tokens[i].deprel != CASUS_CASE &&
               s->tokens[i].deprel != CASUS_COMPOUND && s->tokens[i].deprel != CASUS_MARK;
    return s->tokens[i].deprel == CASUS_ROOT || coder_child(s, i, CASUS_COP) >= 0;
}

int coder_clause(const casus_sentence *s, int i) {
    for (int steps = 0; i >= 0 && steps < CLIMB_MAX; steps++, i = coder_head(s, i))
        if (coder_is_predicate(s, i)) return i;
    return -1;
}

int coder_first_conjunct(const casus_sentence *s, int i) {
    for (int steps = 0; s->tokens[i].deprel == CASUS_CONJ && coder_head(s, i) >= 0 && steps < CLIMB_MAX; steps++)
        i = coder_head(s, i);
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

/* A noun takes its clause's time where it names what the clause is about, not where it is a matter of it ("responded to
 * the attack"). */
static int noun_setting(const casus_sentence *s, int t) {
    casus_deprel d = s->tokens[t].deprel;
    int head = coder_head(s, t);
    if (head < 0) return -1;
    if (d == CASUS_CONJ || d == CASUS_APPOS) return head;
    if (!coder_is_predicate(s, head)) return -1;
    if (d == CASUS_OBJ || d == CASUS_NSUBJ || d == CASUS_NSUBJ_PASS || d == CASUS_OBL_AGENT) return head;
    if (d != CASUS_OBL) return -1;
    return coder_form_in(s, coder_child(s, t, CASUS_CASE), "in during with by through") ? head : -1;
}

/* The predicate whose time also holds for the predicate `t`, or -1. */
static int clause_setting(const casus_sentence *s, int t) {
    int head = coder_head(s, t), mark = coder_child(s, t, CASUS_MARK);
    if (head < 0) return -1;
    switch ((casus_deprel)s->tokens[t].deprel) {
    case CASUS_CONJ:
    case CASUS_XCOMP: return head;
    case CASUS_ADVCL: return mark < 0 || coder_form_in(s, mark, "to by") ? head : -1;
    case CASUS_ACL: return coder_xpos(s, t, "VBG") ? coder_clause(s, head) : -1;
    default: return -1;
    }
}

int coder_setting(const casus_sentence *s, int i) {
    return coder_is_predicate(s, i) ? clause_setting(s, i) : noun_setting(s, i);
}

static bool ends_in(casus_str w, const char *list) {
    for (const char *p = list; *p;) {
        size_t n = strcspn(p, " ");
        if (w.n > n + 1 && memcmp(w.at + w.n - n, p, n) == 0) return true;
        p += n;
        while (*p == ' ') p++;
    }
    return false;
}

bool coder_names_act(const casus_sentence *s, int i) {
    if (!coder_tag(s, i, CASUS_NOUN)) return false;
    if (coder_lemma_in(s, i,
                       "attack war meeting visit talk raid strike coup election summit deal campaign protest offensive "
                       "clash fight battle "
                       "truce ceasefire vote crisis trip blast siege massacre murder takeover crackdown withdrawal "
                       "arrival removal approval "
                       "collapse rise fall death birth revolt riot uprising assault genocide famine pact treaty accord "
                       "referendum"))
        return true;
    if (coder_lemma_in(
            s, i,
            "government department parliament regiment element nation coalition station population administration "
            "institution "
            "faction organization organisation region building audience residence intelligence alliance ambulance"))
        return false;
    return ends_in(s->tokens[i].lemma, "tion sion ment ance ence ing");
}
