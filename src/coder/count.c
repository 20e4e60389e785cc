#include "coder/count.h"

#include "coder/number.h"
#include "coder/walk.h"

/* ---- words that say what befell people ----------------------------------------------------------------------- */

enum {
    UNDERGOES = 1,
    ACTS = 2,
    NAMES = 4,
    STATES = 8
}; /* object or passive subject; subject; noun; adjective or participle */

typedef struct fate {
    const char *kind, *lemmas;
    unsigned roles;
} fate;

static const fate FATES[] = {
    {"killed", "kill murder slay massacre assassinate slaughter behead lynch", UNDERGOES | STATES},
    {"killed", "die perish", ACTS},
    {"killed", "dead", STATES},
    {"killed", "death fatality killing murder massacre slaughter assassination", NAMES},
    {"executed", "execute", UNDERGOES | STATES},
    {"executed", "execution", NAMES},
    {"wounded", "wound injure hurt maim", UNDERGOES | STATES},
    {"wounded", "injured wounded", STATES},
    {"wounded", "injury", NAMES},
    {"casualties", "casualty", NAMES},
    {"arrested", "arrest detain apprehend imprison jail", UNDERGOES | STATES},
    {"arrested", "arrest detention imprisonment", NAMES},
    {"captured", "capture", UNDERGOES | STATES | NAMES},
    {"abducted", "abduct kidnap", UNDERGOES | STATES},
    {"abducted", "abduction kidnapping hostage", NAMES},
    {"missing", "missing", STATES},
    {"missing", "disappear vanish", ACTS},
    {"missing", "disappearance", NAMES},
    {"displaced", "displace uproot evict", UNDERGOES | STATES},
    {"displaced", "displaced homeless", STATES},
    {"displaced", "flee fled", ACTS},
    {"displaced", "displacement refugee", NAMES},
    {"evacuated", "evacuate", UNDERGOES | STATES},
    {"evacuated", "evacuation", NAMES},
    {"deployed", "deploy station", UNDERGOES | STATES},
    {"deployed", "deployment", NAMES},
    {"released", "release free", UNDERGOES | STATES},
    {"released", "release", NAMES},
    {"rescued", "rescue", UNDERGOES | STATES | NAMES},
    {"expelled", "expel deport", UNDERGOES | STATES},
    {"expelled", "expulsion deportation", NAMES},
    {"recruited", "recruit", UNDERGOES | STATES},
    {"sentenced", "sentence convict", UNDERGOES | STATES},
    {"surrendered", "surrender", ACTS},
    {"trapped", "trap", UNDERGOES | STATES},
};

static const char UNITS[] = "second minute hour day week month year decade century dollar euro ruble pound yuan "
                            "percent % point time kilometer kilometre "
                            "km mile meter metre foot ton tonne barrel degree vote seat charge count";

static const char *fate_of(const casus_sentence *s, int i, unsigned role) {
    if (i < 0) return NULL;
    bool adjective =
        role == STATES && coder_tag(s, i, CASUS_ADJ); /* "free", "executive": only adjectives that are states */
    for (size_t k = 0; k < sizeof FATES / sizeof *FATES; k++)
        if ((FATES[k].roles & role) && (!adjective || FATES[k].roles == STATES) &&
            (coder_lemma_in(s, i, FATES[k].lemmas) ||
             ((FATES[k].roles & (STATES | NAMES | ACTS)) && coder_form_in(s, i, FATES[k].lemmas))))
            return FATES[k].kind;
    return NULL;
}

/* ---- quantities -------------------------------------------------------------------------------------------- */

typedef struct quantity {
    int first, last; /* with "at least" and the like */
    int top;         /* its token that hangs on the counted noun, or is counted itself */
    double low, best, high;
    bool has_low, has_best, has_high;
} quantity;

static bool form_in(const casus_sentence *s, int i, const char *list) {
    return i >= 0 && i < (int)s->n && coder_form_in(s, i, list);
}
static bool is_dash(const casus_sentence *s, int i) { return form_in(s, i, "- \xE2\x80\x93"); }

static void exactly(quantity *q, double v) {
    q->low = q->best = q->high = v;
    q->has_low = q->has_best = q->has_high = true;
}

static void keep_low(quantity *q) { q->has_best = q->has_high = false; }
static void keep_best(quantity *q) { q->has_low = q->has_high = false; }
static void keep_high(quantity *q) { q->has_low = q->has_best = false; }

/* "dozens", "tens of thousands": at least two of them. */
static bool plural_scale(const casus_sentence *s, int i, quantity *q) {
    static const struct {
        const char *word;
        double value;
    } SCALES[] = {{"tens", 10},      {"dozens", 12},     {"scores", 20},
                  {"hundreds", 100}, {"thousands", 1e3}, {"millions", 1e6}};
    double v = 0;
    for (size_t k = 0; k < 6; k++)
        if (coder_form_is(s, i, SCALES[k].word)) v = 2 * SCALES[k].value;
    if (v == 0) return false;
    q->last = i;
    if (form_in(s, i + 1, "of") && form_in(s, i + 2, "thousands millions")) {
        v *= coder_form_is(s, i + 2, "thousands") ? 1e3 : 1e6;
        q->last = i + 2;
    } else if (v == 20) {
        return false; /* bare "tens" */
    }
    q->low = v;
    q->has_low = true;
    return true;
}

static bool vague(const casus_sentence *s, int i, quantity *q) {
    q->last = i;
    if (form_in(s, i, "many several numerous countless"))
        return !form_in(s, i - 1, "as") && !form_in(s, i + 1, "times");
    if (form_in(s, i, "few") && form_in(s, i - 1, "a")) return true;
    return form_in(s, i, "handful number") && form_in(s, i + 1, "of") && form_in(s, i - 1, "a");
}

/* "10 to 15", "10-15", "between 10 and 15": the second number. */
static void join_range(const casus_sentence *s, quantity *q) {
    int k = q->last + 1, used;
    double to;
    bool between = form_in(s, q->first - 1, "between") && form_in(s, k, "and");
    if (!between && !is_dash(s, k) && !form_in(s, k, "to or")) return;
    if (k + 1 >= (int)s->n || !coder_number(s, k + 1, &to, &used) || to <= q->low) return;
    q->high = to;
    q->has_best = false;
    q->last = k + used;
    if (between) q->first--;
}

static void take_words_before(const casus_sentence *s, quantity *q) {
    int j = q->first - 1;
    if (form_in(s, j, "least") && form_in(s, j - 1, "at"))
        q->first = j - 1, keep_low(q);
    else if (form_in(s, j, "than") && form_in(s, j - 1, "more"))
        q->first = j - 1, keep_low(q);
    else if (form_in(s, j, "than") && form_in(s, j - 1, "fewer less")) {
        bool no = form_in(s, j - 2, "no");
        q->first = j - 1 - no;
        if (no)
            keep_low(q);
        else
            keep_high(q);
    } else if (form_in(s, j, "as") && form_in(s, j - 1, "many") && form_in(s, j - 2, "as"))
        q->first = j - 2, keep_high(q);
    else if (form_in(s, j, "to") && form_in(s, j - 1, "up"))
        q->first = j - 1, keep_high(q);
    else if (form_in(s, j, "over"))
        q->first = j, keep_low(q);
    else if (form_in(s, j, "about around some roughly approximately nearly almost estimated circa")) {
        q->first = j - (form_in(s, j, "estimated") && form_in(s, j - 1, "an") ? 1 : 0);
        if (q->has_best) keep_best(q);
    } else if (form_in(s, j, "a") && form_in(s, q->first, "few handful number"))
        q->first = j;
}

static int outer_token(const casus_sentence *s, int first, int last) {
    for (int i = last; i >= first; i--) {
        int h = coder_head(s, i);
        if (h < first || h > last) return i;
    }
    return last;
}

/* The quantity whose number stands at token `i`. */
static bool read_quantity(const casus_sentence *s, int i, quantity *q) {
    double v;
    int used;
    *q = (quantity){.first = i};
    if (coder_number(s, i, &v, &used)) {
        q->last = i + used - 1;
        if (v < 1 || (v < 1000 && memchr(s->tokens[i].form.at, '.', s->tokens[i].form.n)) ||
            form_in(s, i - 1, "$ \xE2\x82\xAC \xC2\xA3 no") || form_in(s, q->last + 1, "% percent"))
            return false;
        if (used == 1 && form_in(s, i, "one") && !coder_tag(s, i, CASUS_NUM)) return false;
        exactly(q, v);
        join_range(s, q);
    } else if (!plural_scale(s, i, q) && !vague(s, i, q)) {
        return false;
    }
    q->top = outer_token(s, i, q->last);
    take_words_before(s, q);
    if (q->has_best && form_in(s, q->last + 1, "or") && form_in(s, q->last + 2, "more")) q->last += 2, keep_low(q);
    return true;
}

/* ---- the phrase counted ------------------------------------------------------------------------------------ */

static bool is_nominal(const casus_sentence *s, int i) {
    return coder_tag(s, i, CASUS_NOUN) || coder_tag(s, i, CASUS_PROPN);
}

/* "dozens of people", "four of the hostages". */
static int of_noun(const casus_sentence *s, const quantity *q) {
    if (!form_in(s, q->last + 1, "of")) return -1;
    for (int k = q->last + 2; k < (int)s->n; k++) {
        int h = coder_head(s, k);
        if (h >= q->first && h <= q->last && form_in(s, coder_child(s, k, CASUS_CASE), "of")) return k;
    }
    return -1;
}

/* Sets head, last and the words of whom. False when what is counted is a measure. */
static bool read_phrase(const casus_sentence *s, casus_str text, const quantity *q, coder_tally *t) {
    int h = coder_head(s, q->top), whom = -1, from = q->last + 1;
    casus_deprel d = s->tokens[q->top].deprel;
    bool modifies = h > q->last && (d == CASUS_NUMMOD || d == CASUS_AMOD || d == CASUS_COMPOUND || d == CASUS_DET_REL ||
                                    d == CASUS_ADVMOD);
    while (modifies && coder_rel(s, h, CASUS_COMPOUND) && coder_head(s, h) > h)
        h = coder_head(s, h); /* "12 aid workers" */
    t->first = q->first;
    t->head = modifies ? h : q->top;
    if (modifies && is_nominal(s, h))
        whom = h;
    else if (!modifies)
        whom = of_noun(s, q);
    if (whom >= 0 && coder_lemma_in(s, whom, UNITS)) return false;
    t->last = whom > q->last ? whom : q->last;
    t->count.text = coder_words(s, text, t->first, t->last);
    t->count.span = (casus_span){coder_token(s, t->first)->begin, coder_token(s, t->last)->end};
    while (from < t->last && form_in(s, from, "of the more other")) from++;
    if (whom > q->last) t->count.of = coder_words(s, text, from, whom);
    return true;
}

/* ---- what befell them -------------------------------------------------------------------------------------- */

static bool is_passive(const casus_sentence *s, int verb) {
    return coder_child(s, verb, CASUS_AUX_PASS) >= 0 ||
           (coder_xpos(s, verb, "VBN") && coder_child(s, verb, CASUS_OBJ) < 0 &&
            coder_child(s, verb, CASUS_AUX_REL) < 0);
}

/* "claimed 45 lives", "lost 30 men". */
static bool takes_lives(const casus_sentence *s, int verb, int noun) {
    if (coder_lemma_is(s, noun, "life")) return coder_lemma_in(s, verb, "claim cost take lose");
    return coder_rel(s, noun, CASUS_OBJ) && coder_lemma_is(s, verb, "lose") &&
           coder_lemma_in(s, noun, "man soldier fighter troop");
}

/* "the death toll rose to 45", "a toll of 45": by the words, since the verbs of rising are many; the toll's token or
 * -1. */
static int toll_before(const casus_sentence *s, int first) {
    if (!form_in(s, first - 1, "to at of past above")) return -1;
    for (int i = first - 2; i >= 0 && i >= first - 6; i--)
        if (coder_lemma_is(s, i, "toll")) return i;
    return -1;
}

/* The verb or noun that the phrase is an argument of says it. */
static const char *by_head(const casus_sentence *s, int phrase, int *event) {
    int h = coder_head(s, phrase);
    if (h < 0) return NULL;
    *event = h;
    if (takes_lives(s, h, phrase)) return "killed";
    switch ((casus_deprel)s->tokens[phrase].deprel) {
    case CASUS_OBJ:
    case CASUS_NSUBJ_PASS: return fate_of(s, h, UNDERGOES);
    case CASUS_NSUBJ: {
        const char *k = fate_of(s, h, ACTS | STATES);
        return k && fate_of(s, h, UNDERGOES) && !is_passive(s, h) ? NULL : k;
    }
    case CASUS_OBL: return form_in(s, coder_child(s, phrase, CASUS_CASE), "between") ? fate_of(s, h, UNDERGOES) : NULL;
    case CASUS_NMOD: return form_in(s, coder_child(s, phrase, CASUS_CASE), "of") ? fate_of(s, h, NAMES) : NULL;
    default: return NULL;
    }
}

/* A participle or adjective on the phrase says it: "45 people killed in the blast", "the 12 wounded soldiers". */
static const char *by_child(const casus_sentence *s, int phrase, int *event) {
    for (int i = 0; i < (int)s->n; i++) {
        if (coder_head(s, i) != phrase) continue;
        casus_deprel d = s->tokens[i].deprel;
        bool fits = d == CASUS_AMOD || (d == CASUS_ACL && !coder_xpos(s, i, "VBG")) ||
                    (d == CASUS_ACL_RELCL && is_passive(s, i));
        const char *k = fits ? fate_of(s, i, STATES) : d == CASUS_ACL_RELCL ? fate_of(s, i, ACTS) : NULL;
        if (!k) continue;
        *event = i;
        return k;
    }
    return NULL;
}

/* "20 dead", "left 20 people dead", "30 were wounded": what stands right behind, whatever the tree says. */
static const char *by_neighbour(const casus_sentence *s, int last, int *event) {
    for (int i = last + 1; i <= last + 3 && i < (int)s->n; i++) {
        if (form_in(s, i, "were was are is been people others more persons left reported")) continue;
        bool active = coder_tag(s, i, CASUS_VERB) && coder_child(s, i, CASUS_OBJ) >= 0;
        *event = i;
        return active ? NULL : fate_of(s, i, STATES);
    }
    return NULL;
}

static const char *find_fate(const casus_sentence *s, const coder_tally *t, int *event) {
    int phrase = t->head;
    const char *k = fate_of(s, phrase, NAMES);
    *event = toll_before(s, t->first);
    if (*event >= 0) return "killed";
    *event = phrase;
    if (k && is_nominal(s, phrase)) return k;
    if (coder_tag(s, phrase, CASUS_VERB) || coder_tag(s, phrase, CASUS_ADJ)) k = fate_of(s, phrase, STATES);
    if (k && !is_nominal(s, phrase)) return k;
    if ((k = by_head(s, phrase, event)) || (k = by_child(s, phrase, event))) return k;
    if ((k = by_neighbour(s, t->last, event))) return k;
    int first = coder_first_conjunct(s, phrase);
    return first != phrase ? by_head(s, first, event) : NULL;
}

/* ---- reading ----------------------------------------------------------------------------------------------- */

static bool is_part(const casus_sentence *s, const coder_tally *t) {
    return form_in(s, t->first - 1, "including") ||
           (form_in(s, t->first - 1, "them") && form_in(s, t->first - 2, "among"));
}

static void set_numbers(casus_count *c, const quantity *q) {
    c->has_low = q->has_low;
    c->has_best = q->has_best;
    c->has_high = q->has_high;
    c->low = q->has_low ? q->low : 0;
    c->best = q->has_best ? q->best : 0;
    c->high = q->has_high ? q->high : 0;
}

/* Can a quantity start at token `i`? Answered by the first letter for nearly all words. */
static bool may_start(const casus_sentence *s, int i) {
    if (s->tokens[i].form.n == 0) return false;
    if (coder_tag(s, i, CASUS_NUM)) return true;
    switch (s->tokens[i].form.at[0] | 32) {
    case 'a': return form_in(s, i, "a") && form_in(s, i + 1, "dozen hundred thousand million");
    case 't': return form_in(s, i, "tens thousands");
    case 'd': return form_in(s, i, "dozens");
    case 's': return form_in(s, i, "scores several");
    case 'h': return form_in(s, i, "hundreds half handful");
    case 'm': return form_in(s, i, "millions many");
    case 'n': return form_in(s, i, "numerous number");
    case 'c': return form_in(s, i, "countless");
    case 'f': return form_in(s, i, "few");
    default: return s->tokens[i].form.at[0] >= '0' && s->tokens[i].form.at[0] <= '9';
    }
}

void coder_counts_read(casus_arena *arena, casus_str text, const casus_sentence *s, coder_tallies *out) {
    *out = (coder_tallies){0};
    for (int i = 0; i < (int)s->n; i++) {
        quantity q;
        coder_tally t = {.part_of = -1};
        if (!may_start(s, i) || !read_quantity(s, i, &q)) continue;
        i = q.last;
        if (!read_phrase(s, text, &q, &t)) continue;
        set_numbers(&t.count, &q);
        if (is_part(s, &t) && out->n > 0) {
            t.part_of = (int)out->n - 1;
            t.count.kind = out->items[t.part_of].count.kind;
            t.event = out->items[t.part_of].event;
        } else {
            t.count.kind = find_fate(s, &t, &t.event);
        }
        if (!t.count.kind) continue;
        if (t.event == t.head) t.count.of = (casus_str){0}; /* "17 casualties": of whom is not said */
        *CASUS_PUSH(arena, out->items, out->n, out->cap) = t;
        i = t.last > i && t.head == t.last ? t.last : i;
    }
}

/* ---- whose counts ------------------------------------------------------------------------------------------ */

/* The verb whose act the noun `token` is: "the raid killed nine", "nine died in the raid"; else the token itself. */
static int act_of(const casus_sentence *s, int token) {
    int h = coder_head(s, token);
    casus_deprel d = s->tokens[token].deprel;
    if (h < 0 || !is_nominal(s, token)) return token;
    if (d == CASUS_NSUBJ || d == CASUS_OBL_AGENT) return h;
    return d == CASUS_OBL && form_in(s, coder_child(s, token, CASUS_CASE), "in during by from") ? h : token;
}

/* One step from the word of a count to the act whose outcome it tells: participle, coordination, relative clause, small
 * clause. */
static int outcome_of(const casus_sentence *s, int event, bool own_word) {
    casus_deprel d = s->tokens[event].deprel;
    if (!own_word && (d == CASUS_OBJ || d == CASUS_AMOD)) return -1; /* "claimed a blast that killed nine" */
    switch (d) {
    case CASUS_ADVCL: return coder_child(s, event, CASUS_MARK) < 0 ? coder_head(s, event) : -1;
    case CASUS_OBJ: return coder_tag(s, event, CASUS_VERB) ? -1 : coder_head(s, event);
    case CASUS_AMOD: {
        int noun = coder_head(s, event);
        return coder_rel(s, noun, CASUS_OBJ) ? coder_head(s, noun) : -1;
    }
    case CASUS_CONJ:
    case CASUS_ACL:
    case CASUS_ACL_RELCL:
    case CASUS_XCOMP: return coder_head(s, event);
    default: return -1;
    }
}

/* Does what is told at `event` belong to the act at `token`? */
static bool belongs(const casus_sentence *s, int event, int token) {
    int act = act_of(s, token), first = coder_first_conjunct(s, act);
    for (int steps = 0; event >= 0 && steps < 5; steps++, event = outcome_of(s, event, steps == 0))
        if (event == token || event == act || (act != token && event == first)) return true;
    return false;
}

void coder_counts_for(casus_arena *arena, const casus_sentence *s, const coder_tallies *list, int token,
                      casus_count **out, size_t *n) {
    *out = NULL;
    *n = 0;
    for (size_t i = 0; i < list->n; i++) {
        if (!belongs(s, list->items[i].event, token)) continue;
        if (!*out) *out = CASUS_NEW_ARRAY(arena, casus_count, list->n - i);
        (*out)[(*n)++] = list->items[i].count;
    }
}
