#include "coref_rank.h"

#include "match.h"

#include <string.h>

typedef enum coref_feature {
    F_SAME, F_ONE_BACK, F_TWO_BACK, F_THREE_BACK,         /* sentences back */
    F_NEXT, F_NEAR, F_FAR, F_REMOTE,                      /* candidates between: 0, 1-2, 3-6, more */
    F_SUBJECT, F_OBJECT, F_OBLIQUE, F_POSSESSOR, F_INSIDE, F_CONJUNCT, F_ROOT, /* what it is in its clause */
    F_MAIN,                                               /* subject of its sentence */
    F_BOTH_SUBJECTS, F_BOTH_OBJECTS,
    F_OWN_SUBJECT,                                        /* subject of the clause in which the pronoun is a possessor */
    F_CLAUSE_MATE,                                        /* argument of the pronoun's own verb */
    F_HOST,                                               /* the pronoun stands in a clause that describes it */
    F_SPEAKER,                                            /* subject of the verb of saying or thinking above the pronoun, outside quotations */
    F_FIRST_WORD,                                         /* main subject of the sentence before, pronoun opens this one */
    F_NAME, F_MODIFIER, F_AGENT, F_PRONOUN, F_DESCRIPTION, F_THING, F_GROUP, /* what kind of words */
    F_DEFINITE, F_INDEFINITE, F_BARE,
    F_PLACE, F_LIKE,
    F_ONCE, F_TWICE, F_OFTEN,                             /* how often named */
    F_PERSON, F_COUNTRY, F_BODY, F_PLURAL, F_AGAIN,       /* again: the thing's noun was said before */
    F_CROSSES,                                            /* one in quotation marks, the other not */
    F_PARALLEL,                                           /* both subjects, of clauses joined by "and", a semicolon, a colon */
    F_ASIDE,                                              /* in a relative clause that the pronoun stands outside of */
    F_LISTED,                                             /* first of several named together */
    F_COUNT
} coref_feature;

_Static_assert((int)F_COUNT == (int)COREF_FEATURES, "casus-train writes a weight for each feature");

#define BIT(f) ((uint64_t)1 << (f))

static const int16_t WEIGHTS[3][F_COUNT + 1] = {
#include "coref_weights.h"
};

/* ---- which noun phrases compete ---- */

/* "Egypt, whose …, has not joined", "The truce that … is, they say, a start": what a sentence opens with is its subject, also where the tree has
 * lost the verb. */
static bool opens_sentence(const coder_tree *t, unsigned i) {
    bool name = i < 4 && t->tok[i].upos == CASUS_PROPN, thing = i < 5 && t->tok[i].upos == CASUS_NOUN && tree_child(t, i, CASUS_ACL);
    return t->tok[i].deprel == CASUS_ROOT && (name || thing) && !tree_child(t, i, CASUS_COP);
}

static bool is_subject(const coder_tree *t, unsigned i) {
    casus_deprel r = (casus_deprel)t->tok[tree_conj_head(t, i)].deprel;
    return opens_sentence(t, i) || r == CASUS_NSUBJ || r == CASUS_NSUBJ_PASS || r == CASUS_NSUBJ_OUTER;
}

static bool is_plural_noun(const coder_tree *t, unsigned i) {
    const char *x = casus_xpos_name(t->tok[i].xpos);
    return strcmp(x, "NNS") == 0 || strcmp(x, "NNPS") == 0;
}

static bool is_time_word(const coder_tree *t, unsigned i) {
    static const char *const words[] = {"year", "month", "week", "day", "hour", "minute", "decade", "century", "time", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
                                        "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"};
    return TREE_AMONG(t, i, words);
}

/* A plain thing: heads a phrase of its own and names no actor. */
static bool is_thing(const coder_sentence *s, unsigned i) {
    const coder_tree *t = &s->tree;
    if (s->covers[i] || (t->tok[i].upos != CASUS_NOUN && t->tok[i].upos != CASUS_PROPN)) return false;
    switch (t->tok[i].deprel) {
    case CASUS_COMPOUND:
    case CASUS_AMOD:
    case CASUS_FLAT:
    case CASUS_FIXED:
    case CASUS_NMOD_UNMARKED:
    case CASUS_CASE: return false;
    default: return !is_time_word(t, i);
    }
}

static bool type_is(const coder_entity *e, const char *type) { return e->type && strstr(e->type, type); }

static bool is_body(const coder_entity *e) {
    if (e->agent.n) return !e->human && !e->plural;
    return type_is(e, "group") || type_is(e, "party") || type_is(e, "movement") || type_is(e, "organ") || type_is(e, "government") || type_is(e, "company") || type_is(e, "media");
}

static bool entity_agrees(const coder_entity *e, coref_pronoun kind, bool plural, bool single) {
    bool nameless = e->agent.n > 0, many = plural || (e->plural && !single) || e->n_members;
    switch (kind) {
    case COREF_PERSON: return !many && (e->person || (nameless && !e->body) || (!nameless && !e->type && e->base < 0));
    case COREF_THING: return !many && !e->person && !(nameless && e->human);
    default: return many || (!e->person && !(nameless && e->human) && !entity_is_country(e));
    }
}

/* The words of a plain thing as an account would name it. */
static casus_str thing_words(const coder_tree *t, unsigned i) {
    unsigned first, last;
    tree_phrase(t, i, &first, &last);
    return tree_words(t, first, last);
}

/* ---- features ---- */

typedef struct asked {
    coder_doc *d;
    coder_sentence *s;
    unsigned i; /* the pronoun */
    coref_pronoun kind;
    bool possessive, subject, object, quoted, opens;
} asked;

static uint64_t role_of(const coder_tree *t, unsigned i) {
    casus_deprel r = (casus_deprel)t->tok[i].deprel;
    uint64_t f = 0;
    if (r == CASUS_CONJ) f |= BIT(F_CONJUNCT);
    if (is_subject(t, i)) f |= BIT(F_SUBJECT);
    r = (casus_deprel)t->tok[tree_conj_head(t, i)].deprel;
    if (r == CASUS_OBJ || r == CASUS_IOBJ) f |= BIT(F_OBJECT);
    if (r == CASUS_OBL || r == CASUS_OBL_AGENT) f |= BIT(F_OBLIQUE);
    if (r == CASUS_NMOD_POSS) f |= BIT(F_POSSESSOR);
    if (r == CASUS_NMOD || r == CASUS_APPOS) f |= BIT(F_INSIDE);
    if (r == CASUS_ROOT) f |= BIT(F_ROOT);
    return f;
}

static uint64_t article_of(const coder_tree *t, unsigned i) {
    unsigned det = tree_child(t, i, CASUS_DET_REL);
    if (det && (tree_is(t, det, "the") || tree_is(t, det, "this") || tree_is(t, det, "that"))) return BIT(F_DEFINITE);
    if (det && tree_is(t, det, "a")) return BIT(F_INDEFINITE);
    return det || tree_child(t, i, CASUS_NMOD_POSS) ? 0 : BIT(F_BARE);
}

static bool describes(const coder_tree *t, unsigned inside, unsigned noun) {
    TREE_CHILDREN(t, noun, c)
    if ((t->tok[c].deprel == CASUS_ACL_RELCL || t->tok[c].deprel == CASUS_ACL) && tree_under(t, inside, c)) return true;
    return false;
}

static bool speaks_over(const asked *a, unsigned i) {
    const coder_tree *t = &a->s->tree;
    unsigned v = t->tok[tree_conj_head(t, i)].head;
    if (!v || !is_subject(t, i) || a->quoted || !match_of(a->s, v, CASUS_FRAME_SAY)) return false;
    unsigned c = tree_child(t, v, CASUS_CCOMP);
    return (c && tree_under(t, a->i, c)) || tree_under(t, v, tree_clause(t, a->i));
}

/* The clause that opens the row of clauses which `verb` stands in: "A holds the port; it has promised …", "they should stay, and they could …". */
static unsigned first_clause(const coder_tree *t, unsigned verb, coref_pronoun kind) {
    for (unsigned k = 0; k < t->n && t->tok[verb].head; k++, verb = t->tok[verb].head)
        if (t->tok[verb].deprel != CASUS_PARATAXIS && (t->tok[verb].deprel != CASUS_CONJ || kind == COREF_THING)) break;
    return verb;
}

/* "which they deplore": a clause about the noun before it, wherever it hangs. */
static bool is_relative(const coder_tree *t, unsigned verb) {
    TREE_CHILDREN(t, verb, c)
    if (c < verb && (tree_is(t, c, "which") || tree_is(t, c, "who") || tree_is(t, c, "whom"))) return true;
    return t->tok[verb].deprel == CASUS_ACL_RELCL;
}

/* Is token i the subject of a clause in the row that begins with the clause `first`? */
static bool is_in_row(const asked *a, unsigned i, unsigned first) {
    const coder_tree *t = &a->s->tree;
    unsigned verb = t->tok[i].deprel == CASUS_CONJ ? 0 : t->tok[i].head;
    return verb && is_subject(t, i) && first_clause(t, verb, a->kind) == first && !is_relative(t, verb);
}

/* "has more leverage than it uses": the pronoun's clause is compared with the one whose subject i is. */
static bool is_compared(const coder_tree *t, unsigned own, unsigned i) {
    unsigned mark = tree_child(t, own, CASUS_MARK), above = t->tok[own].head ? tree_clause(t, t->tok[own].head) : 0;
    return mark && above && mark > i && t->tok[own].deprel == CASUS_ADVCL && t->tok[i].head == above;
}

static bool is_parallel(const asked *a, unsigned i) {
    const coder_tree *t = &a->s->tree;
    unsigned own = t->tok[tree_conj_head(t, a->i)].head, first = own ? first_clause(t, own, a->kind) : 0;
    if (a->subject && own && is_subject(t, i) && is_compared(t, own, i)) return true;
    if (!a->subject || !own || !is_in_row(a, i, first) || t->tok[i].head == own || t->tok[i].head > a->i) return false;
    for (unsigned k = i + 1; k < a->i; k++)
        if (is_in_row(a, k, first)) return false;
    return true;
}

/* "the port that China builds …; it": inside a relative clause, the pronoun outside. */
static bool is_aside(const asked *a, const coder_tree *t, unsigned i) {
    for (unsigned k = 0; i && k < t->n; k++, i = t->tok[i].head)
        if (t->tok[i].deprel == CASUS_ACL_RELCL) return t != &a->s->tree || !tree_under(t, a->i, i);
    return false;
}

static bool is_listed(const coder_tree *t, unsigned i) {
    unsigned c = t->tok[i].deprel == CASUS_CONJ ? 0 : tree_child(t, i, CASUS_CONJ);
    return c && tree_is_nominal(t, c) && !tree_is_verb(t, c);
}

static uint64_t same_sentence(const asked *a, unsigned i) {
    const coder_tree *t = &a->s->tree;
    unsigned clause = tree_clause(t, a->i);
    uint64_t f = 0;
    bool mate = tree_clause(t, i) == clause;
    if (mate && is_subject(t, i) && a->possessive) f |= BIT(F_OWN_SUBJECT);
    if (mate && !a->possessive && t->tok[tree_conj_head(t, i)].head == t->tok[a->i].head) f |= BIT(F_CLAUSE_MATE);
    if (describes(t, a->i, i)) f |= BIT(F_HOST);
    if (speaks_over(a, i)) f |= BIT(F_SPEAKER);
    if (is_parallel(a, i)) f |= BIT(F_PARALLEL);
    return f;
}

static uint64_t word_features(const asked *a, const coder_sentence *p, unsigned i, size_t between) {
    const coder_tree *t = &p->tree;
    uint32_t back = a->s->index - p->index;
    uint64_t f = BIT(F_SAME + back) | BIT(between == 0 ? F_NEXT : between < 3 ? F_NEAR : between < 7 ? F_FAR : F_REMOTE) | role_of(t, i) | article_of(t, i);
    unsigned head = t->tok[tree_conj_head(t, i)].head, k = tree_case(t, tree_conj_head(t, i));
    bool main = opens_sentence(t, i) || (is_subject(t, i) && head && t->tok[head].deprel == CASUS_ROOT);
    if (main) f |= BIT(F_MAIN);
    if (a->subject && f & BIT(F_SUBJECT)) f |= BIT(F_BOTH_SUBJECTS);
    if (a->object && f & BIT(F_OBJECT)) f |= BIT(F_BOTH_OBJECTS);
    if (back == 1 && main && a->opens) f |= BIT(F_FIRST_WORD);
    if (k && (tree_is(t, k, "in") || tree_is(t, k, "at"))) f |= BIT(F_PLACE);
    if (k && (tree_is(t, k, "like") || tree_is(t, k, "unlike") || tree_is(t, k, "as") || tree_is(t, k, "than"))) f |= BIT(F_LIKE);
    if (back == 0) f |= same_sentence(a, i);
    if (is_plural_noun(t, i)) f |= BIT(F_PLURAL);
    if (is_aside(a, t, i)) f |= BIT(F_ASIDE);
    if (is_listed(t, i)) f |= BIT(F_LISTED);
    return f;
}

static uint64_t entity_features(const coder_entity *e) {
    uint64_t f = BIT(e->mentions < 2 ? F_ONCE : e->mentions < 4 ? F_TWICE : F_OFTEN);
    if (e->person) f |= BIT(F_PERSON);
    if (entity_is_country(e)) f |= BIT(F_COUNTRY);
    if (is_body(e)) f |= BIT(F_BODY);
    if (e->plural) f |= BIT(F_PLURAL);
    return f;
}

static bool said_before(const asked *a, const coder_sentence *p, unsigned i) {
    for (uint32_t back = 0; back <= 4 && back <= p->index; back++) {
        const coder_tree *t = &a->d->sentences[p->index - back].tree;
        for (unsigned k = back ? t->n : i - 1; k >= 1; k--)
            if (t->lemma[k] == p->tree.lemma[i] && t->tok[k].upos == p->tree.tok[i].upos) return true;
    }
    return false;
}

static uint64_t kind_feature(const coder_mention *m, const coder_tree *t) {
    switch (m->kind) {
    case MENTION_MODIFIER: return t->tok[m->head].deprel == CASUS_NMOD_POSS ? BIT(F_NAME) : BIT(F_MODIFIER);
    case MENTION_AGENT: return BIT(F_AGENT);
    case MENTION_PRONOUN: return BIT(F_PRONOUN);
    case MENTION_DESCRIPTION: return BIT(F_DESCRIPTION);
    default: return BIT(F_NAME);
    }
}

/* ---- gathering ---- */

/* "its president": whose phrase the pronoun stands in is not what it stands for. */
static bool holds_pronoun(const coder_tree *t, unsigned i, unsigned pronoun) {
    for (unsigned h = t->tok[pronoun].head, k = 0; h && k < t->n; h = t->tok[h].head, k++) {
        if (h == i) return !describes(t, pronoun, i);
        if (tree_is_verb(t, h)) return false;
    }
    return false;
}

/* "it backs Mali" is not Mali, "its raids on Iran" not Iran: nobody is named beside the pronoun that stands for him. */
static bool named_beside(const asked *a, uint32_t entity) {
    const coder_tree *t = &a->s->tree;
    unsigned head = t->tok[a->i].head;
    for (unsigned k = a->i + 1; head && k <= t->hi[head]; k++) {
        const coder_mention *m = mention_at(a->s, k);
        if (!m || m->head != k || m->entity != entity) continue;
        if (a->possessive ? tree_under(t, k, head) : t->tok[tree_conj_head(t, k)].head == head) return true;
    }
    return false;
}

static void push(coref_candidate *out, size_t *n, coref_candidate c) {
    if (*n < COREF_MAX) out[(*n)++] = c;
}

/* "Russia, Iran, and China": those named together. */
static void push_group(const asked *a, const coder_sentence *p, unsigned i, uint64_t f, coref_candidate *out, size_t *n) {
    unsigned all[12], k = tree_conjuncts(&p->tree, i, all, 12), m = 0;
    uint32_t members[12];
    for (unsigned j = 0; j < k; j++) {
        const coder_mention *x = mention_at(p, all[j]);
        bool before = p != a->s || all[j] < a->i;
        if (x && x->kind != MENTION_MODIFIER && before) members[m++] = x->entity;
    }
    if (m < 2) return;
    uint32_t e = entity_group(a->d, members, m, tree_words(&p->tree, all[0], all[k - 1] > all[0] ? all[k - 1] : all[0]));
    push(out, n, (coref_candidate){e, {NULL, 0}, p->index, i, f | BIT(F_GROUP)});
}

/* Whoever was "it" a moment ago is not "they" now. */
static bool other_number(const asked *a, const coder_sentence *p, unsigned i) {
    coref_pronoun kind;
    bool reflexive;
    return coref_is_pronoun(&p->tree, i, &kind, &reflexive) && kind != a->kind;
}

/* "the Houthis", unlike "the United States". */
static bool names_many(const coder_entity *e, const coder_tree *t, unsigned i) {
    return is_plural_noun(t, i) && !e->person && !entity_is_country(e) && !type_is(e, "organ") && !type_is(e, "igo");
}

static void push_actor(const asked *a, const coder_sentence *p, unsigned i, const coder_mention *m, coref_candidate *out, size_t *n) {
    const coder_entity *e = &a->d->entities[m->entity];
    uint64_t f = word_features(a, p, i, *n) | kind_feature(m, &p->tree) | entity_features(e);
    if (m->kind == MENTION_PRONOUN && other_number(a, p, i)) return;
    bool plural = m->kind == MENTION_PRONOUN ? e->plural : m->plural || (m->kind == MENTION_NAME && names_many(e, &p->tree, i));
    bool single = m->kind == MENTION_NAME && !is_plural_noun(&p->tree, i); /* "Europe … its" */
    if (m->kind == MENTION_NAME && !plural && !e->plural) f &= ~BIT(F_PLURAL); /* "the United States", "Algiers" */
    if (entity_agrees(e, a->kind, plural, single) && !named_beside(a, m->entity)) push(out, n, (coref_candidate){m->entity, {NULL, 0}, p->index, i, f | (e->n_members ? BIT(F_GROUP) : 0)});
    if (a->kind == COREF_PLURAL && p->tree.tok[i].deprel != CASUS_CONJ) push_group(a, p, i, word_features(a, p, i, *n), out, n);
}

static void push_thing(const asked *a, const coder_sentence *p, unsigned i, coref_candidate *out, size_t *n) {
    bool pronoun = p->refers && p->refers[i].n;
    if (a->kind == COREF_PERSON) return;
    if (!pronoun && (!is_thing(p, i) || is_plural_noun(&p->tree, i) != (a->kind == COREF_PLURAL))) return;
    uint64_t f = word_features(a, p, i, *n) | BIT(F_THING) | (pronoun ? BIT(F_PRONOUN) : 0) | (!pronoun && said_before(a, p, i) ? BIT(F_AGAIN) : 0);
    push(out, n, (coref_candidate){-1, pronoun ? p->refers[i] : thing_words(&p->tree, i), p->index, i, f});
}

static bool is_possessive(const coder_tree *t, unsigned i) { return t->tok[i].deprel == CASUS_NMOD_POSS; }

size_t coref_candidates(coder_doc *d, coder_sentence *s, unsigned i, coref_pronoun kind, coref_candidate out[COREF_MAX]) {
    const coder_tree *t = &s->tree;
    casus_deprel r = (casus_deprel)t->tok[i].deprel;
    asked a = {d, s, i, kind, is_possessive(t, i), is_subject(t, i), r == CASUS_OBJ || r == CASUS_OBL || r == CASUS_IOBJ, s->quoted[i], i < 3};
    size_t n = 0;
    for (uint32_t back = 0; back <= 3 && back <= s->index; back++) {
        coder_sentence *p = &d->sentences[s->index - back];
        for (unsigned k = back ? p->tree.n : i - 1; k >= 1; k--) {
            const coder_mention *m = mention_at(p, k);
            if (back == 0 && holds_pronoun(t, k, i)) continue;
            size_t had = n;
            if (m && m->head == k) push_actor(&a, p, k, m, out, &n);
            else if (!m) push_thing(&a, p, k, out, &n);
            for (size_t j = had; j < n; j++)
                if (p->quoted[k] != a.quoted) out[j].features |= BIT(F_CROSSES);
        }
    }
    return n;
}

static int score(coref_pronoun kind, uint64_t f) {
    int v = 0;
    for (unsigned k = 0; k < F_COUNT; k++)
        if (f & BIT(k)) v += WEIGHTS[kind][k];
    return v;
}

int coref_best(coref_pronoun kind, const coref_candidate *all, size_t n) {
    int best = -1, most = WEIGHTS[kind][F_COUNT];
    for (size_t i = 0; i < n; i++) {
        int v = score(kind, all[i].features);
        if (v > most) most = v, best = (int)i;
    }
    return best;
}
