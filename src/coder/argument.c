#include "argument.h"

enum { CONJUNCTS = 12 };

static const coder_mention *owner_below(const coder_sentence *s, unsigned i, unsigned depth) {
    const coder_tree *t = &s->tree;
    const coder_mention *found = NULL;
    TREE_CHILDREN(t, i, c) {
        const coder_mention *m = mention_at(s, tree_antecedent(t, c));
        casus_deprel r = (casus_deprel)t->tok[c].deprel;
        unsigned k = tree_case(t, c);
        bool before = c < i && (r == CASUS_NMOD_POSS || r == CASUS_AMOD || r == CASUS_COMPOUND || r == CASUS_NMOD || r == CASUS_NMOD_DESC);
        bool of = r == CASUS_NMOD && k && (tree_is(t, k, "of") || tree_is(t, k, "by"));
        if (m && r == CASUS_NMOD_POSS) return m;
        if (m && (before || of) && !found) found = m;
        if (!m && before && depth < 2 && !found) found = owner_below(s, c, depth + 1);
    }
    return found;
}

const coder_mention *args_owner(const coder_sentence *s, unsigned i) { return owner_below(s, i, 0); }

static void push(coder_doc *d, coder_args *out, const coder_entity *e, casus_str name, casus_str text, casus_span span) {
    for (size_t k = 0; k < out->n; k++)
        if (e && out->items[k].actor == e->id) return;
    casus_participant *p = CASUS_PUSH(d->arena, out->items, out->n, out->cap);
    *p = (casus_participant){e ? e->id : NULL, name, text, span};
    out->actors += e != NULL;
}

static void push_entity(coder_doc *d, coder_args *out, uint32_t entity, casus_str text, casus_span span) {
    const coder_entity *e = &d->entities[entity];
    if (!e->n_members) {
        push(d, out, e, e->name, text, span);
        return;
    }
    for (size_t i = 0; i < e->n_members; i++) push_entity(d, out, e->members[i], text, span);
}

/* Words that stand for nothing by themselves. */
static bool is_empty_word(const coder_tree *t, unsigned i) {
    if (t->tok[i].upos != CASUS_PRON && t->tok[i].upos != CASUS_DET) return false;
    static const char *const words[] = {"that", "which", "who", "whom", "what", "there", "it", "this", "these", "those", "one", "such", "each", "other"};
    return TREE_AMONG(t, i, words);
}

/* "relations between A and B": whose they are; the first of those named, or 0. */
static unsigned parties(const coder_sentence *s, unsigned i) {
    const coder_tree *t = &s->tree;
    TREE_CHILDREN(t, i, c) {
        unsigned k = t->tok[c].deprel == CASUS_NMOD || t->tok[c].deprel == CASUS_OBL ? tree_case(t, c) : 0;
        if (k && c > i && (tree_is(t, k, "between") || tree_is(t, k, "among")) && mention_at(s, c)) return c;
    }
    return 0;
}

/* "supplied the rebels with rifles", "fears the fighters on its border": a phrase after the noun that says with what or where, not who. */
static unsigned stands_apart(const coder_tree *t, unsigned noun) {
    static const char *const by[] = {"with", "on", "in", "at", "by", "against", "during", "after", "before", "to", "over"};
    TREE_CHILDREN(t, noun, c) {
        unsigned k = c > noun && t->tok[c].deprel == CASUS_NMOD ? tree_case(t, c) : 0;
        if (TREE_AMONG(t, k, by)) return t->lo[c];
    }
    return 0;
}

/* The phrase around first..last, when it is no more than a few words longer. */
static void fuller(const coder_tree *t, unsigned i, unsigned *first, unsigned *last) {
    unsigned lo, hi;
    tree_phrase(t, i, &lo, &hi);
    unsigned apart = stands_apart(t, i);
    if (apart > *last && apart <= hi) hi = apart - 1;
    if (lo > *first || hi < *last || hi - lo > 7) return;
    *first = lo, *last = hi;
}

static bool is_kin(const coder_tree *t, unsigned i) {
    static const char *const words[] = {"brother", "sister", "son", "daughter", "father", "mother", "wife", "husband", "cousin", "nephew", "niece", "uncle", "grandson", "widow", "son-in-law", "brother-in-law"};
    return t->tok[i].upos == CASUS_NOUN && TREE_AMONG(t, i, words);
}

void args_add_one(coder_doc *d, const coder_sentence *s, unsigned i, bool deep, coder_args *out) {
    const coder_tree *t = &s->tree;
    const coder_mention *m = mention_at(s, i);
    unsigned first, last, counted = m ? i : tree_counted(t, i);
    if (counted != i) { /* "some of the commanders": who they are is the commanders' affair, the words say how many */
        size_t had = out->n;
        args_add_one(d, s, counted, deep, out);
        tree_phrase(t, i, &first, &last);
        if (out->n != had + 1 || last < counted) return;
        casus_participant *p = &out->items[had];
        bool named = p->name.at == p->text.at;
        p->text = tree_words(t, first, last), p->span = tree_span(t, first, last);
        if (named && !p->actor) p->name = p->text;
        return;
    }
    if (m) {
        bool loose = m->kind == MENTION_AGENT && !d->entities[m->entity].n_members; /* "a hundred fighters of the brigade": who they are stands around the word */
        first = m->first, last = m->last;
        if (loose) fuller(t, i, &first, &last);
        push_entity(d, out, m->entity, tree_words(t, first, last), tree_span(t, first, last));
        return;
    }
    bool refers = s->refers && s->refers[i].n; /* "it", "the attack": what it stands for, in the words it was told in */
    if (!refers && t->tok[i].upos == CASUS_PRON && (tree_is(t, i, "that") || tree_is(t, i, "those"))) { /* "rivals that of Cairo": Cairo's */
        unsigned of = tree_child(t, i, CASUS_NMOD);
        if (of && tree_case(t, of) && tree_is(t, tree_case(t, of), "of")) args_add_one(d, s, of, deep, out);
        if (!casus_str_is(t->tok[i].form, "those") || !tree_child(t, i, CASUS_ACL_RELCL)) return;
        first = i, last = t->hi[i] - i < 12 ? t->hi[i] : i; /* "threatens those who organize it": nobody named, but told */
        casus_str who = tree_words(t, first, last);
        push(d, out, NULL, who, who, tree_span(t, first, last));
        return;
    }
    if (!refers && (!tree_is_nominal(t, i) || is_empty_word(t, i))) return;
    tree_phrase(t, i, &first, &last);
    if (refers && t->tok[i].upos == CASUS_PRON) first = last = i;
    const coder_mention *owner = deep && t->tok[i].upos != CASUS_PRON ? args_owner(s, i) : NULL;
    if (owner && is_kin(t, i)) { /* "his brother, Abel": Abel, not he */
        const coder_mention *named = mention_at(s, tree_child(t, i, CASUS_APPOS));
        owner = NULL;
        if (named && named->kind == MENTION_NAME) {
            push_entity(d, out, named->entity, tree_words(t, named->first, named->last), tree_span(t, named->first, named->last));
            return;
        }
    }
    casus_str text = tree_words(t, first, last);
    casus_span span = tree_span(t, first, last);
    if (refers) push(d, out, NULL, s->refers[i], text, span);
    if (refers && !owner) return;
    unsigned all[CONJUNCTS], between = deep && !owner ? parties(s, i) : 0, n = between ? tree_conjuncts(t, between, all, CONJUNCTS) : 0;
    for (unsigned k = 0; k < n; k++)
        if (mention_at(s, all[k])) push_entity(d, out, mention_at(s, all[k])->entity, text, span);
    if (owner) push_entity(d, out, owner->entity, text, span);
    else if (!n) push(d, out, NULL, text, text, span);
}

void args_add(coder_doc *d, const coder_sentence *s, unsigned i, bool deep, coder_args *out) {
    unsigned all[CONJUNCTS];
    if (!i) return;
    unsigned n = tree_conjuncts(&s->tree, i, all, CONJUNCTS);
    for (unsigned k = 0; k < n; k++)
        if (k == 0 || (!tree_is_verb(&s->tree, all[k]) && !tree_child_lemma(&s->tree, all[k], "rather"))) args_add_one(d, s, all[k], deep, out);
}

bool args_has_actor(const coder_sentence *s, unsigned i) {
    unsigned all[CONJUNCTS];
    if (!i) return false;
    unsigned n = tree_conjuncts(&s->tree, i, all, CONJUNCTS);
    for (unsigned k = 0; k < n; k++)
        if (mention_at(s, tree_counted(&s->tree, all[k])) || args_owner(s, all[k]) || parties(s, all[k])) return true;
    return false;
}

/* "the risk that war would break out": the end of the clause that says which, wherever the parser has hung it; 0 when there is none. */
static unsigned that_clause(const coder_tree *t, unsigned noun, unsigned last) {
    unsigned that = last + 1, first, end;
    if (t->tok[noun].upos != CASUS_NOUN || that >= t->n || !tree_is(t, that, "that") || t->tok[that].deprel != CASUS_MARK) return 0;
    unsigned verb = t->tok[that].head;
    if (verb < that || !tree_is_verb(t, verb) || !tree_child(t, verb, CASUS_NSUBJ)) return 0;
    tree_clause_range(t, verb, &first, &end);
    return end > last && end - noun < 30 ? end : 0;
}

casus_about args_about(const coder_sentence *s, unsigned i) {
    unsigned first, last;
    i = tree_antecedent(&s->tree, i);
    if (tree_is_verb(&s->tree, i)) tree_clause_range(&s->tree, i, &first, &last);
    else {
        tree_phrase(&s->tree, i, &first, &last);
        unsigned end = that_clause(&s->tree, i, last);
        if (end) last = end;
    }
    return (casus_about){NULL, tree_words(&s->tree, first, last), tree_span(&s->tree, first, last)};
}

bool args_is_matter(const coder_sentence *s, unsigned verb, unsigned i) {
    static const char *const by[] = {"on", "over", "about", "for", "at", "as", "against", "to", "into", "from", "in", "through", "toward", "towards", "within", "beyond"};
    const coder_tree *t = &s->tree;
    casus_deprel r = (casus_deprel)t->tok[i].deprel;
    unsigned k = tree_case(t, i);
    bool relative = tree_antecedent(t, i) != i; /* "to which it has not replied" */
    if ((i < verb && !relative) || !tree_is_nominal(t, i) || (t->tok[i].upos == CASUS_PRON && !relative) || t->tok[i].upos == CASUS_NUM) return false;
    if (r == CASUS_OBJ) return true;
    bool phrase = r == CASUS_OBL || (r == CASUS_NMOD && t->tok[verb].upos != CASUS_VERB);
    return phrase && TREE_AMONG(t, k, by);
}
