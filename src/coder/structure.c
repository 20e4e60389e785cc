/* structure.c — what the shape of a sentence says, whatever its words: what its rooms share, purposes, offices. */
#include "structure.h"

#include "tense.h"

#include <string.h>

casus_action structure_action(const coder_tree *t, const char *relation, unsigned first, unsigned last) {
    return (casus_action){.relation = relation, .lemma = t->tok[first].lemma, .text = tree_words(t, first, last), .span = tree_span(t, first, last)};
}

bool structure_names_actor(const coder_sentence *s, unsigned i) {
    for (unsigned k = i ? s->tree.lo[i] : 1; i && k <= s->tree.hi[i]; k++)
        if (s->covers[k]) return true;
    return false;
}

bool structure_is_aim(const coder_tree *t, unsigned i) {
    static const char *const words[] = {"aim", "goal", "objective", "purpose", "priority", "ambition", "intention", "hope", "plan", "strategy", "mission", "intent", "desire", "dream"};
    unsigned first = tree_conj_head(t, i), noun = tree_child(t, first, CASUS_NSUBJ_OUTER), to = tree_child_lemma(t, first, "to");
    if (!noun) noun = tree_child(t, first, CASUS_NSUBJ);
    if (!noun || !to || t->tok[to].deprel != CASUS_MARK || !tree_child(t, first, CASUS_COP)) return false;
    return TREE_AMONG(t, noun, words);
}

bool structure_in_politics(const builder *b) {
    if (b->topic > 1) return false;
    return b->s->n_mentions || (b->s->index && b->d->sentences[b->s->index - 1].n_mentions);
}

unsigned structure_topic(const coder_tree *t, unsigned clause) {
    return tree_is_passive(t, clause) ? tree_object(t, clause) : tree_subject(t, clause);
}

bool structure_is_cue(const builder *b, unsigned i) {
    for (size_t k = 0; k < b->says.n; k++)
        if (b->says.items[k].cue == i) return true;
    return false;
}

/* The words of one clause: what is coordinated to it, depends on it with a subject of its own, or describes a noun at its end is left out. */
static void clause_words(const coder_tree *t, unsigned i, unsigned *first, unsigned *last) {
    *first = *last = i;
    TREE_CHILDREN(t, i, c) {
        casus_deprel r = (casus_deprel)t->tok[c].deprel;
        bool apart = r == CASUS_CONJ && tree_is_verb(t, c), own = r == CASUS_ADVCL && (tree_child(t, c, CASUS_NSUBJ) || tree_child(t, c, CASUS_EXPL));
        if (apart || own || r == CASUS_CC || r == CASUS_PARATAXIS || r == CASUS_PUNCT_REL || r == CASUS_MARK || r == CASUS_DISCOURSE) continue;
        if (t->lo[c] < *first) *first = t->lo[c];
        if (t->hi[c] > *last) *last = t->hi[c];
    }
    for (unsigned k = i + 1; k <= *last; k++)
        if (*last - *first > 14 && t->tok[k].deprel == CASUS_ACL_RELCL && t->lo[k] > i + 1 && t->hi[k] >= *last) *last = t->lo[k] - 1u;
    while (*last > i && (t->tok[*last].upos == CASUS_PUNCT || t->tok[*last].upos == CASUS_SCONJ || t->tok[*last].upos == CASUS_CCONJ)) (*last)--;
    while (*first < i && t->tok[*first].upos == CASUS_PUNCT) (*first)++;
}

casus_about structure_clause(const coder_sentence *s, unsigned i) {
    unsigned first, last;
    clause_words(&s->tree, i, &first, &last);
    return (casus_about){NULL, tree_words(&s->tree, first, last), tree_span(&s->tree, first, last)};
}

casus_about structure_predicate(const coder_sentence *s, unsigned i) {
    const coder_tree *t = &s->tree;
    unsigned first, last, subject = structure_topic(t, i);
    clause_words(t, i, &first, &last);
    if (first < i && (!subject || t->hi[subject] < i)) first = i;
    return (casus_about){NULL, tree_words(t, first, last), tree_span(t, first, last)};
}

static void clause_matter(builder *b, unsigned i, unsigned without, coder_args *out) {
    const coder_tree *t = &b->s->tree;
    unsigned first, last, subject = structure_topic(t, i);
    clause_words(t, i, &first, &last);
    if (without && without < i && t->hi[without] < i && t->hi[without] >= first) first = t->hi[without] + 1u; /* "As a result of X, Y": Y alone */
    while (first < i && t->tok[first].upos == CASUS_PUNCT) first++;
    if (without > i && t->lo[without] > i && t->lo[without] <= last) last = t->lo[without] - 1u;
    while (last > i && (t->tok[last].upos == CASUS_PUNCT || t->tok[last].upos == CASUS_SCONJ || t->tok[last].upos == CASUS_CCONJ)) last--;
    unsigned noun = t->tok[i].deprel == CASUS_ACL_RELCL ? t->tok[i].head : 0; /* "units that surrendered": the units too */
    if (noun && t->hi[noun] >= i && noun < first && first - noun < 5 && tree_subject(t, i) == noun) first = noun;
    casus_participant one = {NULL, tree_words(t, first, last), tree_words(t, first, last), tree_span(t, first, last)};
    coder_args who = {0};
    if (subject && subject >= first && subject <= last) args_add(b->d, b->s, subject, true, &who);
    if (who.n == 1 && who.actors) one.actor = who.items[0].actor, one.name = who.items[0].name, out->actors++;
    *CASUS_PUSH(b->d->arena, out->items, out->n, out->cap) = one;
}

/* "can augment their woes and reduce their income": each of the coordinated clauses that share the subject is told. */
static void clauses_matter(builder *b, unsigned i, unsigned without, coder_args *out) {
    const coder_tree *t = &b->s->tree;
    unsigned all[6], n = tree_conjuncts(t, i, all, 6);
    clause_matter(b, i, without, out);
    for (unsigned k = 1; k < n; k++)
        if (tree_is_verb(t, all[k]) && !tree_child(t, all[k], CASUS_NSUBJ) && !(without && tree_under(t, without, all[k]))) clause_matter(b, all[k], 0, out);
}

/* "prospects of conquering the north": tree_phrase leaves a noun's verbs out, the matter needs them. */
static void phrase_matter(builder *b, unsigned i, coder_args *out) {
    const coder_tree *t = &b->s->tree;
    size_t had = out->n;
    unsigned first, last;
    args_add_one(b->d, b->s, i, true, out);
    if (out->n != had + 1 || mention_at(b->s, i)) return;
    unsigned acl = tree_child(t, i, CASUS_ACL);
    tree_phrase(t, i, &first, &last);
    if (!acl || acl < i || last + 1 < t->lo[acl] || t->hi[acl] <= last || t->hi[acl] - first > 20) return;
    casus_participant *p = &out->items[had];
    p->text = tree_words(t, first, t->hi[acl]);
    p->span = tree_span(t, first, t->hi[acl]);
    if (!p->actor) p->name = p->text;
}

void structure_matter(builder *b, unsigned i, unsigned without, coder_args *out) {
    unsigned all[8];
    if (tree_is_verb(&b->s->tree, i)) {
        clauses_matter(b, i, without, out);
        return;
    }
    unsigned n = tree_conjuncts(&b->s->tree, i, all, 8);
    for (unsigned k = 0; k < n; k++)
        if (k == 0 || !tree_is_verb(&b->s->tree, all[k])) phrase_matter(b, all[k], out);
}

/* ---- purposes: "…, to deflect attention from …" ---- */

static bool is_purpose(const coder_tree *t, unsigned i) {
    if (t->tok[i].deprel != CASUS_ADVCL || t->tok[i].upos != CASUS_VERB) return false;
    unsigned to = tree_child_lemma(t, i, "to"), verb = t->tok[i].head;
    if (!verb || t->tok[verb].upos != CASUS_VERB || tree_child_lemma(t, i, "how") || tree_child_lemma(t, i, "what")) return false;
    return to && to < i && !tree_is(t, i, "do") && t->tok[to].deprel == CASUS_MARK && !tree_child(t, i, CASUS_NSUBJ);
}

/* "told the soldiers to plan", "forced him to resign", "dared to arrest them": what follows is to be done, and nobody's aim. */
static bool makes_do(const coder_tree *t, unsigned verb) {
    static const char *const words[] = {"tell", "order", "instruct", "direct", "force", "compel", "oblige", "allow", "permit", "enable", "help", "cause", "lead", "dare", "command", "authorise", "authorize", "empower", "entitle", "teach"};
    return TREE_AMONG(t, verb, words);
}

static void build_purpose(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned all[6], n = tree_conjuncts(t, i, all, 6), subject = tree_subject(t, i);
    coder_args who = {0};
    const coder_match *asks = match_of(b->s, t->tok[i].head, CASUS_FRAME_EVENT);
    if (asks && asks->frame->plover == CASUS_REQUEST) return; /* "called on them to stop" is what is asked */
    if (makes_do(t, t->tok[i].head)) return;
    args_add(b->d, b->s, subject, true, &who);
    if (!who.actors) return;
    for (unsigned k = 0; k < n; k++) {
        size_t cap = 0;
        unsigned to = tree_child_lemma(t, all[k], "to");
        casus_statement st = {.kind = CASUS_STANCE, .source = who.items, .n_source = who.n};
        *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = args_about(b->s, all[k]);
        const coder_match *act = match_of(b->s, all[k], CASUS_FRAME_EVENT);
        st.action = structure_action(t, "wants", to ? to : all[k], all[k]);
        st.action.lemma = t->tok[all[k]].lemma;
        if (act) st.action.plover[0] = act->frame->plover;
        b->told[all[k]] = true;
        build_finish(b, &st, all[k]);
        b->d->statements[b->d->n_statements - 1].negative = false; /* an aim is not denied by a negated deed */
    }
}

/* "to Japan's dismay, China closed the strait": Japan's feeling about it. */
static void build_feeling(builder *b, unsigned i) {
    static const char *const glad[] = {"delight", "relief", "satisfaction", "joy", "pleasure"};
    const coder_tree *t = &b->s->tree;
    if (t->tok[i].deprel != CASUS_DISCOURSE || t->tok[i].upos != CASUS_NOUN || !tree_feeling(t, i) || !args_owner(b->s, i)) return;
    unsigned clause = tree_clause(t, t->tok[i].head);
    coder_args who = {0};
    size_t cap = 0;
    args_add(b->d, b->s, i, true, &who);
    if (!who.actors || !clause) return;
    bool pleased = TREE_AMONG(t, i, glad);
    casus_statement st = {.kind = CASUS_STANCE, .source = who.items, .n_source = who.n};
    *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = structure_clause(b->s, clause);
    st.action = structure_action(t, pleased ? "supports" : "grieved", i, i);
    st.cooperation = pleased ? 5 : 0;
    st.conflict = pleased ? 0 : 5;
    build_finish(b, &st, i);
    b->d->statements[b->d->n_statements - 1].negative = false;
}

/* "the junta's goal is to stay in power": wanted by whose goal it is. */
static void build_aim(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    const coder_match *m = match_of(b->s, i, CASUS_FRAME_STANCE);
    unsigned act = t->tok[i].head, all[6], n;
    if (!act || !m || m->pattern->trigger != CASUS_TRIGGER_NOUN || act < i || !structure_is_aim(t, act) || !args_owner(b->s, i)) return;
    n = tree_conjuncts(t, act, all, 6);
    for (unsigned k = 0; k < n; k++) {
        coder_args who = {0};
        size_t cap = 0;
        args_add(b->d, b->s, i, true, &who);
        casus_statement st = {.kind = CASUS_STANCE, .source = who.items, .n_source = who.n};
        *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = structure_predicate(b->s, all[k]);
        st.action = structure_action(t, casus_lexicon_string(b->d->lex, m->frame->word), i, i);
        build_finish(b, &st, i);
    }
}

/* ---- offices: "the Taliban leader, Akhtar Mansour", "Russian President Vladimir Putin" ---- */

static bool heads_a_body(const coder_tree *t, unsigned i) {
    static const char *const words[] = {"leader", "president", "chief", "commander", "chairman", "chairwoman", "head", "premier", "king", "emir", "chancellor"};
    if (TREE_AMONG(t, i, words)) return true;
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
    st.action = structure_action(t, "leads", title, title);
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

void build_structure(builder *b) {
    const coder_tree *t = &b->s->tree;
    cause_phrases(b);
    for (unsigned i = 1; i <= t->n; i++) {
        if (is_purpose(t, i)) build_purpose(b, i);
        build_aim(b, i);
        build_feeling(b, i);
        compare_at(b, i);
        if (t->tok[i].upos == CASUS_NOUN || t->tok[i].upos == CASUS_PROPN) build_offices(b, i);
        prospect_at(b, i);
        cause_at(b, i);
        judge_at(b, i);
        trend_at(b, i);
        tie_at(b, i);
    }
}
