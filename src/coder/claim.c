#include "claim.h"

#include "tense.h"

#include <string.h>

static casus_holder *one_holder(builder *b, const coder_say *y) {
    casus_holder *h = CASUS_NEW_ARRAY(b->d->arena, casus_holder, 1);
    build_holders(b, y, h, 1);
    return h;
}

static casus_about span_about(const builder *b, casus_span s) { return (casus_about){NULL, {b->d->doc->text.at + s.begin, s.end - s.begin}, s}; }

static casus_statement *push(builder *b, const casus_statement *st) {
    casus_statement *to = CASUS_PUSH(b->d->arena, b->d->statements, b->d->n_statements, b->d->cap_statements);
    *to = *st;
    return to;
}

static casus_statement begin(const builder *b, casus_kind kind, unsigned first, unsigned last) {
    const coder_tree *t = &b->s->tree;
    casus_statement st = {.kind = kind, .sentence = b->s->index, .confidence = 0.5 + 0.5 * (double)t->tok[first].margin / 255.0};
    st.action.lemma = t->tok[first].lemma;
    st.action.text = tree_words(t, first, last);
    st.action.span = tree_span(t, first, last);
    return st;
}

/* ---- what is said and holds no act of its own ---- */

/* Whom the content is about: its subject and object. */
static void add_parties(builder *b, const coder_say *y, casus_statement *st) {
    const coder_tree *t = &b->s->tree;
    coder_args source = {0}, target = {0};
    if (!y->content || !tree_is_verb(t, y->content)) return;
    unsigned subject = tree_subject(t, y->content), object = tree_object(t, y->content);
    if (subject == y->source && !tree_child(t, y->content, CASUS_NSUBJ)) return; /* "wants to leave": told by the cue */
    args_add(b->d, b->s, subject, true, &source);
    if (object != subject) args_add(b->d, b->s, object, true, &target);
    st->source = source.items, st->n_source = source.n;
    st->target = target.items, st->n_target = target.actors ? target.n : 0;
}

static void build_unused(builder *b) {
    for (size_t i = 0; i < b->says.n; i++) {
        coder_say *y = &b->says.items[i];
        size_t cap = 0;
        if (y->used || !y->source || (!y->content && !y->elsewhere.end)) continue;
        casus_statement st = begin(b, CASUS_ASSESSMENT, y->cue_first, y->cue_last);
        st.holds = y->holds, st.author_view = y->view;
        casus_about about = y->elsewhere.end ? span_about(b, y->elsewhere) : args_about(b->s, y->content);
        *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = about;
        st.holder = one_holder(b, y), st.n_holder = 1;
        st.span = about.span;
        add_parties(b, y, &st);
        if (y->content) build_modality(b, &st, y->content);
        push(b, &st);
    }
}

/* ---- names given: "called the plan a mistake", "presented the dead as militiamen" ---- */

static bool gives_names(const coder_tree *t, unsigned i) {
    static const char *const verbs[] = {"call",   "describe", "present", "portray",   "depict",       "label",    "brand",   "dub",    "term",   "denounce", "condemn", "dismiss", "reject",
                                        "hail",   "praise",   "see",     "view",      "regard",       "consider", "treat",   "cast",   "paint",  "frame",    "characterise", "characterize", "deem",
                                        "deride", "decry",    "tout",    "designate", "highlight",    "identify", "declare", "deplore", "defend", "welcome",  "know", "perceive"};
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
        if (tree_is(t, i, verbs[k])) return true;
    return false;
}

/* What it is called: a predicate ("a mistake", "baseless") or what "as" leads to. */
static unsigned given_name(const coder_tree *t, unsigned verb) {
    unsigned x = tree_child(t, verb, CASUS_XCOMP);
    if (x && t->tok[x].upos != CASUS_VERB && x > verb) return x;
    unsigned object = tree_child(t, verb, CASUS_OBJ), hosts[] = {verb, object};
    for (unsigned h = 0; h < 2 && hosts[h]; h++)
        TREE_CHILDREN(t, hosts[h], c) {
            unsigned k = tree_case(t, c);
            bool as = c > verb && k && tree_is(t, k, "as") && t->tok[k].head == c && (h == 0 || c > object);
            if (as && (t->tok[c].deprel == CASUS_OBL || t->tok[c].deprel == CASUS_NMOD || t->tok[c].deprel == CASUS_ADVCL) && t->tok[c].upos != CASUS_VERB) return c;
        }
    return 0;
}

static bool is_self(const coder_tree *t, unsigned i) { return i && (tree_is(t, i, "i") || tree_is(t, i, "we") || tree_is(t, i, "you")); }

static void build_naming(builder *b, unsigned verb) {
    const coder_tree *t = &b->s->tree;
    coder_args what = {0}, who = {0};
    size_t cap = 0;
    if (t->tok[verb].upos != CASUS_VERB || !gives_names(t, verb) || coder_negated(b->s->s, (int)verb - 1, b->d->lex)) return;
    unsigned name = given_name(t, verb), object = name ? tree_object(t, verb) : 0, subject = name ? tree_subject(t, verb) : 0;
    if (!object || object == name || object == subject || is_self(t, subject)) return;
    args_add(b->d, b->s, object, true, &what);
    args_add(b->d, b->s, subject, true, &who);
    if (!what.n || !who.actors) return;
    coder_say y = {.cue = verb, .cue_first = verb, .cue_last = verb, .source = subject, .named = subject, .content = name, .holds = CASUS_CLAIMS};
    casus_statement st = begin(b, CASUS_ASSESSMENT, verb, verb);
    const coder_match *view = match_of(b->s, name, CASUS_FRAME_VIEW);
    if (view) st.action.relation = view->frame->holds == 1 ? "false" : "true";
    st.source = what.items, st.n_source = what.n;
    *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = args_about(b->s, name);
    st.holder = one_holder(b, &y), st.n_holder = 1;
    st.holds = CASUS_CLAIMS;
    st.span = tree_span(t, verb < t->lo[object] ? verb : t->lo[object], t->hi[name]);
    build_modality(b, &st, verb);
    for (size_t k = 0; k < b->says.n; k++) /* the name given says all that its cue says */
        if (b->says.items[k].cue == verb) b->says.items[k].used = true;
    push(b, &st);
}

void claim_build(builder *b, size_t from) {
    (void)from;
    for (unsigned i = 1; i <= b->s->tree.n; i++) build_naming(b, i);
    build_unused(b);
}
