/* prospect.c — what one can, may, should or will do, in words the knowledge does not hold. */
#include "structure.h"

#include "tense.h"

#include <string.h>

/* An estimate as predicate: "war is very unlikely", "the deal is likely to hold". */
static bool is_estimate(const builder *b, unsigned i) {
    size_t n = 0;
    unsigned last = i;
    const coder_tree *t = &b->s->tree;
    bool foreseen = t->tok[i].upos == CASUS_VERB && tree_is_passive(t, i) && tree_child(t, i, CASUS_XCOMP); /* "is expected to hold" */
    const casus_phrase *p = t->tok[i].upos == CASUS_ADJ || foreseen ? match_phrase(b->d->lex, &b->s->tree, i, &n, &last) : NULL;
    for (size_t k = 0; p && k < n; k++)
        if (casus_lexicon_frame(b->d->lex, p[k].frame)->class_ == CASUS_FRAME_LIKELIHOOD) return true;
    return false;
}

/* Something one may decide to do, not what may befall one. */
static bool is_deed(const builder *b, unsigned i) {
    static const char *const no[] = {"be", "feel", "become", "lose", "face", "suffer", "fail", "need", "have", "know", "seem", "remain", "find", "get", "grow", "fall", "mean", "last"};
    const coder_tree *t = &b->s->tree;
    if (TREE_AMONG(t, i, no)) return false;
    return t->tok[i].upos == CASUS_VERB && !tree_is_passive(t, i) && tree_child(t, i, CASUS_OBJ) && mention_at(b->s, tree_subject(t, i));
}

/* An if-clause: what it supposes is told as supposed. */
static bool is_supposed(const coder_tree *t, unsigned i) {
    unsigned first = tree_conj_head(t, i);
    if (t->tok[first].deprel != CASUS_ADVCL) return false;
    return tree_child_lemma(t, first, "if") || tree_child_lemma(t, first, "unless") || (tree_is(t, 1, "should") && t->tok[1].head == first);
}

/* Kind and word of a clause that only its modal makes worth telling; false for plain ones. */
static bool modal_kind(const builder *b, unsigned i, casus_statement *st) {
    const coder_tree *t = &b->s->tree;
    coder_modal modal = {.kind = CODER_NO_MODAL};
    bool denied = coder_negated(b->s->s, (int)i - 1, b->d->lex), told = coder_modal_of(b->s->s, (int)i - 1, &modal) && !modal.inherited;
    if (!told) { /* "did not respond": what did not happen is told whatever it was; "does not have the means": what one lacks */
        unsigned what = tree_child(t, i, CASUS_OBJ);
        bool lacks = tree_is(t, i, "have") || tree_is(t, i, "possess") || tree_is(t, i, "enjoy");
        if (lacks && what && (tree_is(t, what, "nothing") || match_of(b->s, what, CASUS_FRAME_STANCE))) return false; /* "has no wish to fight": what it wants, not what it lacks */
        st->kind = lacks ? CASUS_POWER : CASUS_EVENT;
        if (lacks) st->action.relation = "incapability";
        return denied && t->tok[i].upos == CASUS_VERB && tree_child(t, i, CASUS_NSUBJ) && (!lacks || tree_child(t, i, CASUS_OBJ));
    }
    bool could = modal.kind == CODER_MAY && casus_str_is(modal.text, "could");
    st->kind = CASUS_POWER;
    if (modal.kind == CODER_CAN || could) st->action.relation = denied ? "capability" : "option";
    else if (modal.kind == CODER_SHOULD) st->action.relation = "option";
    else if (modal.kind == CODER_MUST) st->action.relation = "constraint";
    else if (modal.kind == CODER_MAY && is_deed(b, i)) st->action.relation = "option";
    else st->kind = CASUS_ASSESSMENT;
    return true;
}

/* "should note", "could claim": an act of speech that is open to one is an option; plain saying is the attribution's to tell. */
static bool speaks_for_itself(const builder *b, unsigned i) {
    coder_modal modal = {.kind = CODER_NO_MODAL};
    if (!structure_is_cue(b, i) || is_estimate(b, i)) return false;
    if (tree_child(&b->s->tree, i, CASUS_CCOMP) || !coder_modal_of(b->s->s, (int)i - 1, &modal) || modal.inherited) return true;
    return modal.kind != CODER_SHOULD && modal.kind != CODER_CAN && modal.kind != CODER_MUST;
}

/* Told already by the infinitive it governs: "is likely to attack". */
static bool told_below(const builder *b, unsigned i) {
    unsigned x = tree_child(&b->s->tree, i, CASUS_XCOMP);
    if (!x) x = tree_child(&b->s->tree, i, CASUS_CSUBJ);
    return x && b->told[x];
}

/* What nobody named brings about for somebody named: "a new war would devastate Lebanon". */
static bool concerns_somebody(const builder *b, unsigned i, unsigned subject) {
    const coder_tree *t = &b->s->tree;
    unsigned first, last;
    if (match_of(b->s, subject, CASUS_FRAME_EVENT)) return true;
    if (t->tok[subject].upos == CASUS_NOUN && structure_in_politics(b)) return true;
    tree_clause_range(t, i, &first, &last);
    for (unsigned k = first; k <= last; k++)
        if (b->s->covers[k] && tree_clause(t, k) == i) return true;
    return false;
}

static void push_prospect(builder *b, casus_statement *st, unsigned i, unsigned subject) {
    const coder_tree *t = &b->s->tree;
    coder_args who = {0}, whom = {0};
    size_t cap = 0;
    unsigned object = tree_object(t, i);
    bool passive = tree_is_passive(t, i) && object == subject && !tree_child(t, i, CASUS_XCOMP); /* who undergoes it; who does it may be told or not */
    args_add(b->d, b->s, subject, true, passive ? &whom : &who);
    bool oneself = t->tok[subject].upos == CASUS_PRON && !mention_at(b->s, subject) && (tree_is(t, subject, "I") || tree_is(t, subject, "i") || tree_is(t, subject, "we"));
    if (oneself || !(who.n + whom.n) || (!(who.actors + whom.actors) && !concerns_somebody(b, i, subject))) return;
    if (passive && !build_is_setting(b, tree_subject(t, i))) args_add(b->d, b->s, tree_subject(t, i), true, &who); /* "by June" is nobody */
    if (!passive) args_add(b->d, b->s, object == subject ? 0 : object, true, &whom);
    unsigned to = tree_child(t, i, CASUS_IOBJ);
    if (to != object && !whom.actors) args_add(b->d, b->s, to, true, &whom); /* "would give the militia a standing" */
    *CASUS_PUSH(b->d->arena, st->about, st->n_about, cap) = object && object != subject ? structure_predicate(b->s, i) : structure_clause(b->s, i);
    st->source = who.items, st->n_source = who.n;
    st->target = whom.items, st->n_target = whom.actors || passive || st->kind == CASUS_POWER ? whom.n : 0;
    const coder_match *act = match_of(b->s, i, CASUS_FRAME_EVENT);
    if (!act && t->tok[subject].upos == CASUS_NOUN) act = match_of(b->s, subject, CASUS_FRAME_EVENT); /* "an attack is likely" */
    if (!act && object && object != subject) act = match_of(b->s, object, CASUS_FRAME_EVENT); /* "complete the withdrawal" */
    if (act && !st->action.plover[0]) st->action.plover[0] = act->frame->plover;
    st->action.lemma = t->tok[i].lemma;
    st->action.text = tree_words(t, i, i);
    st->action.span = tree_span(t, i, i);
    b->told[i] = true;
    build_finish(b, st, i);
}

/* What has been told at i as an act or a power, before it was known how it is meant. */
static void drop_told(builder *b, unsigned i) {
    coder_doc *d = b->d;
    for (size_t k = d->n_statements; k-- > 0 && d->statements[k].sentence == b->s->index;)
        if ((d->statements[k].kind == CASUS_EVENT || d->statements[k].kind == CASUS_RELATION || d->statements[k].kind == CASUS_POWER || d->statements[k].kind == CASUS_ASSESSMENT) && d->statements[k].action.span.begin == b->s->tree.tok[i].begin) {
            memmove(&d->statements[k], &d->statements[k + 1], (d->n_statements - k - 1) * sizeof *d->statements);
            d->n_statements--;
            return;
        }
}

/* ---- "it is hard for Japan to stay neutral", "finds it impossible to disarm them" ---- */

typedef struct ease {
    const char *relation;
    bool negative;
} ease;

/* What an adjective or noun makes of what somebody is to do. */
static ease ease_of(const coder_tree *t, unsigned i) {
    static const char *const hard[] = {"hard", "difficult", "impossible", "tough", "costly", "dangerous", "risky", "awkward", "harder", "expensive"}, *const open[] = {"possible", "easy", "feasible", "easier"};
    static const char *const wrong[] = {"mistake", "error", "folly", "blunder", "madness", "unwise", "foolish", "reckless", "wrong", "suicidal"}, *const wise[] = {"wise", "best", "vital", "essential", "important", "necessary", "imperative", "sensible", "prudent", "time", "urgent", "crucial"};
    if (TREE_AMONG(t, i, hard)) return (ease){"constraint", false};
    if (TREE_AMONG(t, i, open)) return (ease){"capability", false};
    if (TREE_AMONG(t, i, wrong)) return (ease){"option", true};
    if (TREE_AMONG(t, i, wise)) return (ease){"option", false};
    return (ease){NULL, false};
}

static bool has_it(const coder_tree *t, unsigned i) {
    TREE_CHILDREN(t, i, c)
    if (tree_is(t, c, "it") && (t->tok[c].deprel == CASUS_EXPL || t->tok[c].deprel == CASUS_NSUBJ || t->tok[c].deprel == CASUS_OBJ)) return true;
    return false;
}

/* Who is to do it: "for Japan to stay", or who finds it so. */
static unsigned ease_for(const coder_tree *t, unsigned act, unsigned judged) {
    unsigned own = tree_child(t, act, CASUS_NSUBJ), finds = t->tok[judged].deprel == CASUS_XCOMP ? t->tok[judged].head : 0;
    if (own) return tree_child_lemma(t, act, "for") ? own : 0;
    TREE_CHILDREN(t, judged, c)
    if (c > judged && c < act && tree_case(t, c) && tree_is(t, tree_case(t, c), "for")) return c;
    return finds && tree_is(t, finds, "find") ? tree_subject(t, finds) : 0;
}

static bool build_ease(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned judged = t->tok[i].upos == CASUS_VERB ? t->tok[i].head : 0, to = judged && judged < i ? tree_child_lemma(t, i, "to") : 0;
    if (!to || t->tok[to].deprel != CASUS_MARK || (t->tok[judged].upos != CASUS_ADJ && t->tok[judged].upos != CASUS_NOUN)) return false;
    ease how = ease_of(t, judged);
    bool it = tree_child(t, judged, CASUS_COP) ? has_it(t, judged) : t->tok[judged].deprel == CASUS_XCOMP && has_it(t, t->tok[judged].head);
    coder_args who = {0};
    size_t cap = 0;
    if (!how.relation || !it) return false;
    args_add(b->d, b->s, ease_for(t, i, judged), true, &who);
    if (!who.actors) return false;
    casus_statement st = {.kind = CASUS_POWER, .source = who.items, .n_source = who.n};
    *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = structure_predicate(b->s, i);
    st.action = structure_action(t, how.relation, judged, judged);
    const coder_match *act = match_of(b->s, i, CASUS_FRAME_EVENT);
    if (act) st.action.plover[0] = act->frame->plover;
    drop_told(b, i);
    drop_told(b, judged);
    size_t had = b->d->n_statements;
    build_finish(b, &st, judged);
    for (; had < b->d->n_statements; had++) b->d->statements[had].negative ^= how.negative;
    return b->told[i] = b->told[judged] = true;
}

/* "can do little more than X and Y": X and Y are what is open. */
static bool build_little_more(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned than = 0, all[6];
    for (unsigned k = i + 1; tree_is(t, i, "do") && k <= t->n && k < i + 6 && !than; k++)
        if (tree_is(t, k, "than")) than = k;
    unsigned first = than ? t->tok[than].head : 0, n = first > than ? tree_conjuncts(t, first, all, 6) : 0, told = 0;
    for (unsigned k = 0; k < n; k++) {
        casus_statement st = {.kind = CASUS_POWER, .action.relation = "option"};
        coder_modal modal = {.kind = CODER_NO_MODAL};
        if (!coder_modal_of(b->s->s, (int)i - 1, &modal) || t->tok[all[k]].upos != CASUS_VERB) continue;
        const coder_match *act = match_of(b->s, all[k], CASUS_FRAME_EVENT);
        if (act) st.action.plover[0] = act->frame->plover;
        drop_told(b, all[k]);
        size_t had = b->d->n_statements;
        push_prospect(b, &st, all[k], tree_subject(t, i));
        for (; had < b->d->n_statements; had++) b->d->statements[had].tense = CASUS_HYPOTHETICAL;
        told++;
    }
    if (!told) return false;
    casus_statement st = {.kind = CASUS_POWER, .action.relation = "capability"};
    size_t had = b->d->n_statements;
    push_prospect(b, &st, i, tree_subject(t, i));
    for (; had < b->d->n_statements; had++) b->d->statements[had].negative = true; /* and nothing else */
    return true;
}

/* "cannot be ruled out": it may be. */
static bool not_shut(builder *b, unsigned i) {
    static const char *const words[] = {"rule", "exclude", "discount", "preclude"};
    const coder_tree *t = &b->s->tree;
    coder_modal modal = {.kind = CODER_NO_MODAL};
    bool shut = TREE_AMONG(t, i, words);
    if (!shut || !tree_is_passive(t, i) || !coder_modal_of(b->s->s, (int)i - 1, &modal) || modal.kind != CODER_CAN || !coder_negated(b->s->s, (int)i - 1, b->d->lex)) return false;
    casus_statement st = {.kind = CASUS_ASSESSMENT};
    drop_told(b, i);
    size_t had = b->d->n_statements;
    push_prospect(b, &st, i, structure_topic(t, i));
    for (; had < b->d->n_statements; had++) {
        casus_statement *done = &b->d->statements[had];
        done->kind = CASUS_ASSESSMENT, done->action.relation = NULL;
        done->negative = false, done->has_likelihood = true;
        done->likely_low = 0, done->likely_high = 1;
        done->likely_text = done->action.text;
    }
    return true;
}

/* "limited attacks remain likely": an estimate by way of a verb. */
static bool build_remaining(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned x = tree_child(t, i, CASUS_XCOMP);
    bool links = tree_is(t, i, "remain") || tree_is(t, i, "seem") || tree_is(t, i, "look") || tree_is(t, i, "appear") || tree_is(t, i, "become");
    bool thinks = tree_is(t, i, "consider") || tree_is(t, i, "deem") || tree_is(t, i, "think") || tree_is(t, i, "find") || tree_is(t, i, "judge");
    unsigned of = thinks ? tree_child(t, i, CASUS_OBJ) : structure_topic(t, i); /* "I consider it unlikely" */
    if (!(links || thinks) || !of || !x || !is_estimate(b, x) || told_below(b, x)) return false;
    casus_statement st = {.kind = CASUS_ASSESSMENT};
    size_t had = b->d->n_statements;
    push_prospect(b, &st, i, of);
    b->told[x] = b->told[x] || b->d->n_statements > had;
    return b->d->n_statements > had;
}

/* "obliges Kigali to withdraw its troops": what binds whom. */
static bool build_obliging(builder *b, unsigned i) {
    static const char *const words[] = {"oblige", "obligate", "require", "bind", "commit"};
    const coder_tree *t = &b->s->tree;
    unsigned object = tree_child(t, i, CASUS_OBJ), act = tree_child(t, i, CASUS_XCOMP);
    bool binds = TREE_AMONG(t, i, words);
    if (!binds || act < object || !mention_at(b->s, object) || t->tok[act].upos != CASUS_VERB || tree_is_passive(t, i)) return false;
    coder_args who = {0};
    size_t cap = 0;
    args_add(b->d, b->s, object, true, &who);
    casus_statement st = {.kind = CASUS_POWER, .source = who.items, .n_source = who.n};
    *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = structure_clause(b->s, act);
    st.action = structure_action(t, "constraint", i, i);
    build_finish(b, &st, i);
    return true;
}

void prospect_at(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    casus_statement st = {0};
    unsigned subject = structure_topic(t, i);
    unsigned than = tree_child_lemma(t, i, "than");
    if (than && t->tok[than].deprel == CASUS_MARK) return; /* "more than it would like": compare.c's */
    if (build_obliging(b, i) || not_shut(b, i) || build_ease(b, i)) return;
    if (b->told[i] || !tree_is_verb(t, i) || !subject || speaks_for_itself(b, i) || build_little_more(b, i) || build_remaining(b, i)) return;
    if (is_estimate(b, i) || is_supposed(t, i)) st.kind = CASUS_ASSESSMENT;
    else if (!modal_kind(b, i, &st)) return;
    if (st.kind == CASUS_ASSESSMENT && told_below(b, i)) return;
    push_prospect(b, &st, i, subject);
}
