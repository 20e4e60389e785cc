/* Made sentences: the treebanks' own, told in the present and with other names. Analysts write "insists" and "warns" of people whose names no treebank
 * holds; web text and news tell in the past. Trees stay as they are, only forms and the tense of tags change. */
#include <string.h>

#include "train.h"

static bool is_xpos(const casus_token *w, const char *name) { return strcmp(casus_xpos_name(w->xpos), name) == 0; }

static uint32_t child_of(const casus_sentence *s, uint32_t head, casus_deprel a, casus_deprel b) {
    for (uint32_t t = 0; t < s->n; t++)
        if (s->tokens[t].head == head && (s->tokens[t].deprel == a || s->tokens[t].deprel == b)) return t + 1;
    return 0;
}

/* 1-based subject of a finite verb or auxiliary, through coordination; 0 when it has none. */
static uint32_t subject_of(const casus_sentence *s, uint32_t verb) {
    const casus_token *w = &s->tokens[verb - 1];
    if (w->deprel == CASUS_AUX_REL || w->deprel == CASUS_AUX_PASS || w->deprel == CASUS_COP) verb = w->head;
    for (int k = 0; verb && k < 4; k++) {
        uint32_t subject = child_of(s, verb, CASUS_NSUBJ, CASUS_NSUBJ_PASS);
        if (subject || s->tokens[verb - 1].deprel != CASUS_CONJ) return subject;
        verb = s->tokens[verb - 1].head;
    }
    return 0;
}

enum number { UNKNOWN, SINGULAR, PLURAL };

static enum number number_of(const casus_sentence *s, uint32_t subject) {
    const casus_token *w = &s->tokens[subject - 1];
    if (child_of(s, subject, CASUS_CONJ, CASUS_CONJ)) return PLURAL;
    if (is_xpos(w, "NNS") || is_xpos(w, "NNPS")) return PLURAL;
    if (is_xpos(w, "NN") || is_xpos(w, "NNP")) return SINGULAR;
    if (!is_xpos(w, "PRP")) return UNKNOWN;
    char first = (char)(w->form.at[0] | 32);
    return w->form.n >= 2 && (first == 'h' || first == 's' || (first == 'i' && w->form.n == 2)) ? SINGULAR
           : w->form.n == 4 || w->form.n == 2                                                  ? PLURAL
                                                                                               : UNKNOWN;
}

static bool ends_in(casus_str w, const char *end) { return casus_str_ends(w, end); }

static casus_str third_person(casus_arena *a, casus_str lemma) {
    static const char *const es[] = {"s", "x", "z", "ch", "sh", "o"};
    int n = (int)lemma.n;
    if (casus_str_is(lemma, "be")) return CASUS_STR("is");
    if (casus_str_is(lemma, "have")) return CASUS_STR("has");
    for (size_t k = 0; k < sizeof es / sizeof *es; k++)
        if (ends_in(lemma, es[k])) return casus_str_of(casus_arena_printf(a, "%.*ses", n, lemma.at));
    bool y = lemma.n > 2 && lemma.at[lemma.n - 1] == 'y' && !strchr("aeiou", lemma.at[lemma.n - 2]);
    return casus_str_of(y ? casus_arena_printf(a, "%.*sies", n - 1, lemma.at) : casus_arena_printf(a, "%.*ss", n, lemma.at));
}

static bool is_word(casus_str w) {
    for (size_t i = 0; i < w.n; i++)
        if (!((w.at[i] | 32) >= 'a' && (w.at[i] | 32) <= 'z')) return false;
    return w.n > 1;
}

/* "warned" to "warns" or "warn"; false when the sentence does not say which. */
static bool tell_in_present(casus_arena *a, casus_sentence *s, uint32_t verb) {
    casus_token *w = &s->tokens[verb - 1];
    uint32_t subject = is_xpos(w, "VBD") && is_word(w->lemma) ? subject_of(s, verb) : 0;
    enum number number = subject ? number_of(s, subject) : UNKNOWN;
    if (number == UNKNOWN) return false;
    bool be = casus_str_is(w->lemma, "be");
    w->form = number == SINGULAR ? third_person(a, w->lemma) : be ? CASUS_STR("are") : w->lemma;
    w->xpos = (uint8_t)casus_xpos_of(casus_str_of(number == SINGULAR ? "VBZ" : "VBP"));
    return true;
}

/* A name no treebank holds, of the shapes that names have in many languages. */
static casus_str made_name(casus_arena *a, train_rng *rng) {
    static const char *const first[] = {"Ba", "Che", "Da", "Fa", "Gri", "Ha", "Ja", "Ka", "Kho", "La", "Ma", "Me", "Na", "Or", "Pa", "Ra", "Sa", "Shu", "Ta", "To", "Va", "Wa", "Ya", "Za", "Zu"};
    static const char *const middle[] = {"", "ba", "da", "go", "ha", "ka", "li", "lo", "ma", "mi", "no", "ra", "ri", "sha", "ta", "vi", "za"};
    static const char *const last[] = {"dze", "enko", "ev", "ez", "i", "in", "kov", "la", "lah", "met", "mov", "na", "ng", "nian", "ov", "pour", "rian", "shvili", "sen", "ski", "son", "ssa", "tu", "u", "va", "wi", "yan"};
#define ONE_OF(list) (list)[train_random(rng) % (sizeof(list) / sizeof *(list))]
    const char *one = ONE_OF(first), *two = ONE_OF(middle), *three = ONE_OF(last);
#undef ONE_OF
    return casus_str_of(casus_arena_printf(a, "%s%s%s", one, two, three));
}

static bool is_replaceable(const casus_token *w) {
    bool place = w->deprel == CASUS_NSUBJ || w->deprel == CASUS_OBJ || w->deprel == CASUS_OBL || w->deprel == CASUS_NMOD || w->deprel == CASUS_NMOD_POSS ||
                 w->deprel == CASUS_FLAT || w->deprel == CASUS_CONJ || w->deprel == CASUS_APPOS || w->deprel == CASUS_NSUBJ_PASS;
    return w->upos == CASUS_PROPN && is_xpos(w, "NNP") && place && is_word(w->form) && w->form.n > 3 && w->form.at[1] >= 'a';
}

/* A copy in which verbs stand in the present and some names are others; false when nothing has changed. */
static bool make_copy(casus_arena *a, const casus_sentence *from, casus_sentence *to, train_rng *rng) {
    bool changed = false;
    *to = *from;
    to->tokens = casus_arena_dup(a, from->tokens, from->n * sizeof *from->tokens);
    for (uint32_t t = 1; t <= to->n; t++) changed = tell_in_present(a, to, t) || changed;
    for (uint32_t t = 0; t < to->n; t++) {
        casus_token *w = &to->tokens[t];
        if (!is_replaceable(w) || train_uniform(rng) < 0.5f) continue;
        w->form = w->lemma = made_name(a, rng);
        changed = true;
    }
    return changed;
}

void train_augment(train_corpus *c, train_rng *rng) {
    size_t n = c->n;
    for (size_t i = 0; i < n; i++) {
        casus_sentence made;
        if (c->items[i].n < 5 || !make_copy(&c->arena, &c->items[i], &made, rng)) continue;
        made.in_quote = true; /* the mark of a made sentence */
        *CASUS_PUSH(&c->arena, c->items, c->n, c->cap) = made;
    }
}
