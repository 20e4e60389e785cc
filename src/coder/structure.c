/* structure.c — what the shape of a sentence says, whatever its words: causes by their connectives, purposes, comparisons, offices. */
#include "build.h"
#include "structure.h"

#include "tense.h"

#include <string.h>

static casus_action word_action(const coder_tree *t, const char *relation, unsigned first, unsigned last) {
    return (casus_action){.relation = relation, .lemma = t->tok[first].lemma, .text = tree_words(t, first, last), .span = tree_span(t, first, last)};
}

/* A matter: a clause in its words, a phrase as whoever it belongs to. */
static void add_matter(builder *b, unsigned i, unsigned without, coder_args *out) {
    const coder_tree *t = &b->s->tree;
    if (!tree_is_verb(t, i)) {
        args_add(b->d, b->s, i, true, out);
        return;
    }
    unsigned first, last;
    tree_clause_range(t, i, &first, &last);
    if (without && without < i && t->hi[without] < i) first = t->hi[without] + 1u; /* "As a result of X, Y": Y alone */
    while (first < i && t->tok[first].upos == CASUS_PUNCT) first++;
    if (without > i && t->lo[without] > i + 1) last = t->lo[without] - 1u;
    casus_about words = {NULL, tree_words(t, first, last), tree_span(t, first, last)};
    casus_participant *p = CASUS_PUSH(b->d->arena, out->items, out->n, out->cap);
    *p = (casus_participant){NULL, words.text, words.text, words.span};
}

static unsigned climb_out(const coder_tree *t, unsigned i, unsigned first, unsigned last) {
    unsigned h = t->tok[i].head;
    for (unsigned k = 0; h >= first && h <= last && k < t->n; k++) h = t->tok[h].head;
    return h;
}

/* ---- causes: "as a result of X, Y", "Y because X" ---- */

static void build_cause(builder *b, const casus_frame *f, unsigned first, unsigned last) {
    const coder_tree *t = &b->s->tree;
    casus_deprel r = (casus_deprel)t->tok[last].deprel;
    bool introduces = r == CASUS_CASE || r == CASUS_MARK || r == CASUS_FIXED || r == CASUS_ADVMOD;
    unsigned cause = climb_out(t, last, first, last), effect = cause ? climb_out(t, cause, first, last) : 0;
    if (!introduces || !effect || cause < last) return;
    effect = tree_clause(t, effect);
    coder_args source = {0}, target = {0};
    add_matter(b, cause, 0, &source);
    add_matter(b, effect, cause, &target);
    if (!source.n || !target.n || (!args_has_actor(b->s, cause) && !args_has_actor(b->s, tree_subject(t, effect)))) return;
    casus_statement st = {.kind = CASUS_CAUSE, .source = source.items, .n_source = source.n, .target = target.items, .n_target = target.n};
    st.action = word_action(t, casus_lexicon_string(b->d->lex, f->word), first, last);
    st.span = tree_span(t, t->lo[cause] < first ? t->lo[cause] : first, t->hi[cause]);
    build_finish(b, &st, effect);
}

static void build_phrases(builder *b) {
    const coder_tree *t = &b->s->tree;
    for (unsigned i = 1; i <= t->n; i++) {
        size_t n = 0;
        unsigned last = i;
        const casus_phrase *p = match_phrase(b->d->lex, t, i, &n, &last);
        for (size_t k = 0; p && k < n; k++) {
            const casus_frame *f = casus_lexicon_frame(b->d->lex, p[k].frame);
            if (f && f->class_ == CASUS_FRAME_CAUSE) build_cause(b, f, i, last);
        }
    }
}

static bool is_cue(const builder *b, unsigned i) {
    for (size_t k = 0; k < b->says.n; k++)
        if (b->says.items[k].cue == i) return true;
    return false;
}

/* One matter brings about another; told when somebody named stands in either. */
static void push_cause(builder *b, unsigned cause, unsigned effect, unsigned first, unsigned last) {
    const coder_tree *t = &b->s->tree;
    coder_args source = {0}, target = {0};
    if (!cause || !effect || cause == effect) return;
    add_matter(b, cause, tree_under(t, effect, cause) ? effect : 0, &source);
    add_matter(b, effect, tree_under(t, cause, effect) ? cause : 0, &target);
    bool named = args_has_actor(b->s, cause) || args_has_actor(b->s, tree_subject(t, cause)) || args_has_actor(b->s, tree_subject(t, effect)) || args_has_actor(b->s, tree_object(t, effect));
    if (!source.n || !target.n || !named) return;
    casus_statement st = {.kind = CASUS_CAUSE, .source = source.items, .n_source = source.n, .target = target.items, .n_target = target.n};
    st.action = word_action(t, "causes", first, last);
    st.span = tree_span(t, t->lo[cause] < t->lo[effect] ? t->lo[cause] : t->lo[effect], t->hi[effect] > t->hi[cause] ? t->hi[effect] : t->hi[cause]);
    build_finish(b, &st, effect);
}

/* "By souring relations, it can …": the means brings about what the clause says. */
static void build_means(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned by = tree_child_lemma(t, i, "by");
    bool means = t->tok[i].deprel == CASUS_ADVCL && by && by < i && t->tok[by].deprel == CASUS_MARK && t->tok[i].upos == CASUS_VERB;
    if (means && t->tok[i].head) push_cause(b, i, t->tok[i].head, by, by);
}

/* "…, since neither trusts the other": a reason where no time is meant; "…, so X": its counterpart. */
static void build_reason(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned h = t->tok[i].head, clause = h ? t->tok[h].head : 0;
    if (!h || !clause || !tree_is_verb(t, h) || !tree_is_verb(t, clause) || !tree_child(t, h, CASUS_NSUBJ)) return;
    bool past = coder_tense(b->s->s, (int)h - 1) == CASUS_PAST;
    if (tree_is(t, i, "since") && t->tok[i].deprel == CASUS_MARK && !past) push_cause(b, h, clause, i, i);
    bool so = tree_is(t, i, "so") && i < h && (t->tok[h].deprel == CASUS_CONJ || t->tok[h].deprel == CASUS_PARATAXIS || t->tok[h].deprel == CASUS_ADVCL);
    if (so && (t->tok[i].deprel == CASUS_CC || t->tok[i].deprel == CASUS_ADVMOD || t->tok[i].deprel == CASUS_MARK) && clause < i) push_cause(b, clause, h, i, i);
}

/* "military pressure forced them into the hills": an act as subject brings about what its verb says. */
static void build_working(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned subject = t->tok[i].upos == CASUS_VERB ? tree_child(t, i, CASUS_NSUBJ) : 0;
    if (!subject || t->tok[subject].upos != CASUS_NOUN || mention_at(b->s, subject) || !tree_object(t, i) || is_cue(b, i)) return;
    const coder_match *event = match_of(b->s, i, CASUS_FRAME_EVENT);
    bool act = match_of(b->s, subject, CASUS_FRAME_EVENT) || match_of(b->s, subject, CASUS_FRAME_POWER) || match_of(b->s, subject, CASUS_FRAME_CHANGE);
    if (!act || !event || !args_owner(b->s, subject)) return;
    push_cause(b, subject, i, i, i);
}

/* ---- purposes: "…, to deflect attention from …" ---- */

static bool is_purpose(const coder_tree *t, unsigned i) {
    if (t->tok[i].deprel != CASUS_ADVCL || t->tok[i].upos != CASUS_VERB) return false;
    unsigned to = tree_child_lemma(t, i, "to"), verb = t->tok[i].head;
    if (!verb || t->tok[verb].upos != CASUS_VERB || tree_child_lemma(t, i, "how") || tree_child_lemma(t, i, "what")) return false;
    return to && to < i && !tree_is(t, i, "do") && t->tok[to].deprel == CASUS_MARK && !tree_child(t, i, CASUS_NSUBJ);
}

static void build_purpose(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned all[6], n = tree_conjuncts(t, i, all, 6), subject = tree_subject(t, i);
    coder_args who = {0};
    const coder_match *asks = match_of(b->s, t->tok[i].head, CASUS_FRAME_EVENT);
    if (asks && asks->frame->plover == CASUS_REQUEST) return; /* "called on them to stop" is what is asked */
    args_add(b->d, b->s, subject, true, &who);
    if (!who.actors) return;
    for (unsigned k = 0; k < n; k++) {
        size_t cap = 0;
        unsigned to = tree_child_lemma(t, all[k], "to");
        casus_statement st = {.kind = CASUS_STANCE, .source = who.items, .n_source = who.n};
        *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = args_about(b->s, all[k]);
        st.action = word_action(t, "wants", to ? to : all[k], all[k]);
        st.action.lemma = t->tok[all[k]].lemma;
        build_finish(b, &st, all[k]);
        b->d->statements[b->d->n_statements - 1].negative = false; /* an aim is not denied by a negated deed */
    }
}

/* ---- comparisons: "less influence than Iran", "as constrained as everyone else" ---- */

static const char *degree(const coder_tree *t, unsigned i) {
    const char *x = casus_xpos_name(t->tok[i].xpos);
    if (tree_is(t, i, "less") || tree_is(t, i, "few") || tree_is(t, i, "little") || tree_is(t, i, "small") || tree_is(t, i, "weak") || tree_is(t, i, "low"))
        return strcmp(x, "JJR") == 0 || strcmp(x, "RBR") == 0 || tree_is(t, i, "less") ? "less" : NULL;
    return strcmp(x, "JJR") == 0 || strcmp(x, "RBR") == 0 ? "more" : NULL;
}

static unsigned comparative_before(const coder_tree *t, unsigned than, const char **relation) {
    for (unsigned i = than - 1; i >= 1 && than - i < 14; i--)
        if ((*relation = degree(t, i))) return i;
    return 0;
}

static void build_comparison(builder *b, unsigned than) {
    const coder_tree *t = &b->s->tree;
    const char *relation = NULL;
    unsigned other = t->tok[than].head, measure = comparative_before(t, than, &relation);
    if (!measure || !other || other < than) return;
    unsigned compared = t->tok[measure].deprel == CASUS_AMOD || t->tok[measure].deprel == CASUS_ADVMOD ? t->tok[measure].head : measure;
    unsigned clause = tree_clause(t, compared);
    if (tree_under(t, clause, other)) return;
    coder_args one = {0}, two = {0};
    args_add(b->d, b->s, tree_subject(t, clause), true, &one);
    args_add(b->d, b->s, other, true, &two);
    if (!one.actors || !two.n) return;
    size_t cap = 0;
    casus_statement st = {.kind = CASUS_COMPARISON, .source = one.items, .n_source = one.n, .target = two.items, .n_target = two.n};
    *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = args_about(b->s, compared);
    st.action = word_action(t, relation, measure, measure);
    build_finish(b, &st, compared);
}

/* ---- offices: "the Taliban leader, Akhtar Mansour", "Russian President Vladimir Putin" ---- */

static bool heads_a_body(const coder_tree *t, unsigned i) {
    static const char *const words[] = {"leader", "president", "chief", "commander", "chairman", "chairwoman", "head", "premier", "king", "emir", "chancellor"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (tree_is(t, i, words[k])) return true;
    return tree_is(t, i, "minister") && i > 1 && tree_is(t, i - 1, "prime");
}

static void build_office(builder *b, unsigned title, unsigned person) {
    const coder_tree *t = &b->s->tree;
    const coder_mention *who = mention_at(b->s, person), *body = args_owner(b->s, title);
    if (!body && title != person) body = args_owner(b->s, person);
    if (!who || !body || body->entity == who->entity || !b->d->entities[who->entity].person) return;
    coder_args one = {0}, two = {0};
    args_add(b->d, b->s, person, false, &one);
    const coder_entity *e = &b->d->entities[body->entity];
    casus_participant *p = CASUS_PUSH(b->d->arena, two.items, two.n, two.cap);
    *p = (casus_participant){e->id, e->name, tree_words(t, body->first, body->last), tree_span(t, body->first, body->last)};
    casus_statement st = {.kind = CASUS_RELATION, .source = one.items, .n_source = one.n ? 1 : 0, .target = two.items, .n_target = 1};
    st.action = word_action(t, "leads", title, title);
    unsigned lo = title < person ? title : person, hi = title < person ? person : title;
    st.span = tree_span(t, body->first < lo ? body->first : lo, hi);
    build_finish(b, &st, title);
}

static void build_offices(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    if (!heads_a_body(t, i)) return;
    unsigned h = t->tok[i].head;
    casus_deprel r = (casus_deprel)t->tok[i].deprel;
    bool title = r == CASUS_COMPOUND || r == CASUS_NMOD_DESC || r == CASUS_FLAT || r == CASUS_APPOS;
    if (h && title && mention_at(b->s, h)) build_office(b, i, h);
    unsigned named = tree_child(t, i, CASUS_APPOS);
    if (!named) named = tree_child(t, i, CASUS_FLAT);
    if (named && mention_at(b->s, named)) build_office(b, i, named);
}

/* ---- what one can, may, should or will do, in words the knowledge does not hold ---- */

/* An estimate as predicate: "war is very unlikely", "the deal is likely to hold". */
static bool is_estimate(const builder *b, unsigned i) {
    size_t n = 0;
    unsigned last = i;
    const casus_phrase *p = b->s->tree.tok[i].upos == CASUS_ADJ ? match_phrase(b->d->lex, &b->s->tree, i, &n, &last) : NULL;
    for (size_t k = 0; p && k < n; k++)
        if (casus_lexicon_frame(b->d->lex, p[k].frame)->class_ == CASUS_FRAME_LIKELIHOOD) return true;
    return false;
}

/* Kind and word of a clause that only its modal makes worth telling; false for plain ones. */
static bool modal_kind(const builder *b, unsigned i, casus_statement *st) {
    coder_modal modal = {.kind = CODER_NO_MODAL};
    bool denied = coder_negated(b->s->s, (int)i - 1, b->d->lex), told = coder_modal_of(b->s->s, (int)i - 1, &modal) && !modal.inherited;
    if (!told) { /* "did not respond": what did not happen is told whatever it was */
        st->kind = CASUS_EVENT;
        return denied && b->s->tree.tok[i].upos == CASUS_VERB && tree_child(&b->s->tree, i, CASUS_NSUBJ);
    }
    bool could = modal.kind == CODER_MAY && casus_str_is(modal.text, "could");
    st->kind = CASUS_POWER;
    if (modal.kind == CODER_CAN || could) st->action.relation = denied ? "capability" : "option";
    else if (modal.kind == CODER_SHOULD) st->action.relation = "option";
    else if (modal.kind == CODER_MUST) st->action.relation = "constraint";
    else st->kind = CASUS_ASSESSMENT;
    return true;
}

static void build_modal(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    coder_args who = {0}, whom = {0};
    size_t cap = 0;
    unsigned first, last, subject = tree_subject(t, i);
    casus_statement st = {0};
    if (b->told[i] || is_cue(b, i) || !tree_is_verb(t, i) || !subject) return;
    bool estimate = is_estimate(b, i);
    if (estimate) st.kind = CASUS_ASSESSMENT;
    else if (!modal_kind(b, i, &st)) return;
    args_add(b->d, b->s, subject, true, &who);
    if (!who.actors && !(estimate && who.n)) return;
    args_add(b->d, b->s, tree_object(t, i) == subject ? 0 : tree_object(t, i), true, &whom);
    tree_clause_range(t, i, &first, &last);
    if (first < i && t->hi[subject] < i) first = i;
    *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = (casus_about){NULL, tree_words(t, first, last), tree_span(t, first, last)};
    st.source = who.items, st.n_source = who.n;
    st.target = whom.items, st.n_target = whom.actors ? whom.n : 0;
    st.action.lemma = t->tok[i].lemma;
    st.action.text = tree_words(t, i, i);
    st.action.span = tree_span(t, i, i);
    build_finish(b, &st, i);
}

void build_structure(builder *b) {
    const coder_tree *t = &b->s->tree;
    build_phrases(b);
    for (unsigned i = 1; i <= t->n; i++) {
        if (is_purpose(t, i)) build_purpose(b, i);
        if (tree_is(t, i, "than") && (t->tok[i].deprel == CASUS_CASE || t->tok[i].deprel == CASUS_MARK)) build_comparison(b, i);
        if (t->tok[i].upos == CASUS_NOUN || t->tok[i].upos == CASUS_PROPN) build_offices(b, i);
        build_modal(b, i);
        build_means(b, i);
        build_reason(b, i);
        build_working(b, i);
    }
}
