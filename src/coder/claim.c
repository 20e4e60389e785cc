#include "claim.h"

#include "modality.h"
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
    unsigned judged = y->content && tree_rel(t, y->content, CASUS_XCOMP) ? tree_child(t, y->cue, CASUS_OBJ) : 0;
    if (judged && judged < y->content) { /* "thinks the vote a farce" */
        args_add(b->d, b->s, judged, true, &source);
        st->source = source.items, st->n_source = source.n;
        return;
    }
    if (!y->content || !tree_is_verb(t, y->content)) return;
    unsigned subject = tree_subject(t, y->content), object = tree_object(t, y->content);
    if (subject == y->source && !tree_child(t, y->content, CASUS_NSUBJ)) return; /* "wants to leave": told by the cue */
    args_add(b->d, b->s, subject, true, &source);
    bool passive = !subject && tree_is_passive(t, y->content); /* "that the treaty was signed" */
    if (object != subject) args_add(b->d, b->s, object, true, &target);
    st->source = source.items, st->n_source = source.n;
    st->target = target.items, st->n_target = target.actors || passive ? target.n : 0;
}

/* A negation of the same clause, no "not" of the words quoted before: "Probably not," she said. */
static bool negated_beside(const coder_tree *t, unsigned cue) {
    for (unsigned i = cue - 1; i >= 1 && t->tok[i].upos != CASUS_PUNCT; i--)
        if (tree_is(t, i, "not") || tree_is(t, i, "never") || tree_is(t, i, "n't") || t->tok[i].upos == CASUS_VERB || tree_is(t, i, "nobody") || tree_is(t, i, "no")) return true;
    return false;
}

/* "to express thanks", "would not say": nothing has been said yet. */
static bool is_said(const builder *b, const coder_say *y) {
    const coder_tree *t = &b->s->tree;
    coder_modal modal = {.kind = CODER_NO_MODAL};
    if (t->tok[y->cue].upos != CASUS_VERB) return y->holds != CASUS_WANTS; /* "its decision to leave": no words of anyone */
    unsigned to = tree_child_lemma(t, y->cue, "to");
    if (to && to + 1 >= y->cue && to < y->cue && t->tok[to].upos == CASUS_PART) return false;
    if (y->holds == CASUS_WANTS && !tree_child(t, y->cue, CASUS_CCOMP)) return false; /* a wish is a stance, told as one */
    bool modal_told = coder_modal_of(b->s->s, (int)y->cue - 1, &modal) && !modal.inherited && modal.kind != CODER_WILL;
    return !modal_told && !(coder_negated(b->s->s, (int)y->cue - 1, b->d->lex) && negated_beside(t, y->cue));
}

/* Does a statement carry the attribution? One that was marked may have been dropped since. */
static bool is_carried(const builder *b, const coder_say *y, size_t from) {
    size_t begin_of_cue = b->s->tree.tok[y->cue_first].begin;
    for (size_t i = from; i < b->d->n_statements; i++) {
        const casus_statement *st = &b->d->statements[i];
        if (st->action.span.begin == begin_of_cue) return true;
        for (size_t k = 0; k < st->n_holder; k++)
            if (st->holder[k].cue_span.begin == begin_of_cue) return true;
    }
    return false;
}

static void build_unused(builder *b, size_t from) {
    for (size_t i = 0; i < b->says.n; i++) {
        coder_say *y = &b->says.items[i];
        size_t cap = 0;
        if (y->used && !is_carried(b, y, from)) y->used = false;
        if (y->used || !y->source || (!y->content && !y->elsewhere.end) || !is_said(b, y)) continue;
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
    return TREE_AMONG(t, i, verbs);
}

/* What it is called: a predicate ("a mistake", "baseless") or what "as" leads to. */
static unsigned given_name(const coder_tree *t, unsigned verb) {
    unsigned x = tree_child(t, verb, CASUS_XCOMP);
    if (x && t->tok[x].upos != CASUS_VERB && x > verb) return x;
    unsigned object = tree_child(t, verb, CASUS_OBJ), hosts[] = {verb, object};
    TREE_CHILDREN(t, verb, c) /* "called China a hostile force": two objects */
    if (c > object && object > verb && t->tok[c].deprel == CASUS_OBJ && !tree_case(t, c) && !tree_is(t, verb, "know")) return c;
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

/* ---- what one is accused of: "accused them of spying", "soldiers accused of doing its work" ---- */

static bool is_told(const builder *b, unsigned token, size_t from) {
    for (size_t i = from; i < b->d->n_statements; i++)
        if (b->d->statements[i].action.span.begin == b->s->tree.tok[token].begin) return true;
    return false;
}

/* Who is accused: the subject of what one is accused of; of a mere noun ("spying", "the attack") whoever the accusation names. */
static unsigned accused_of(const builder *b, const coder_say *y, const coder_match *said) {
    const coder_tree *t = &b->s->tree;
    unsigned who = t->tok[y->content].upos == CASUS_VERB ? tree_subject(t, y->content) : said && said->target != y->content ? said->target : 0;
    if (who == y->source || (!who && t->tok[y->content].upos == CASUS_NOUN)) who = tree_object(t, y->cue);
    return who == y->content ? 0 : who;
}

static void build_accused(builder *b, const coder_say *y, size_t from) {
    const coder_tree *t = &b->s->tree;
    const coder_match *act = match_of(b->s, y->cue, CASUS_FRAME_EVENT), *said = match_of(b->s, y->cue, CASUS_FRAME_SAY);
    bool accuses = y->holds == CASUS_ALLEGES || y->holds == CASUS_ATTRIBUTES || (act && act->frame->plover == CASUS_ACCUSE);
    coder_args who = {0}, whom = {0};
    size_t cap = 0;
    bool clause = y->content && t->tok[y->content].upos == CASUS_VERB, noun = y->content && t->tok[y->content].upos == CASUS_NOUN && t->tok[y->cue].upos == CASUS_VERB && said && said->content == y->content && !gives_names(t, y->cue);
    if (!accuses || (!clause && !noun) || is_told(b, y->content, from) || coder_negated(b->s->s, (int)y->cue - 1, b->d->lex)) return;
    unsigned accused = accused_of(b, y, said);
    args_add(b->d, b->s, accused, true, &who);
    if (!who.n || accused == y->source || (noun && !who.actors)) return;
    if (clause) args_add(b->d, b->s, tree_object(t, y->content), true, &whom);
    casus_statement st = begin(b, CASUS_ASSESSMENT, y->content, y->content);
    st.source = who.items, st.n_source = who.n;
    st.target = whom.items, st.n_target = whom.actors ? whom.n : 0;
    casus_about about = args_about(b->s, y->content);
    const coder_match *deed = match_of(b->s, y->content, CASUS_FRAME_EVENT);
    if (deed) st.action.plover[0] = deed->frame->plover;
    *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = about;
    if (y->source) st.holder = one_holder(b, y), st.n_holder = 1;
    st.holds = CASUS_ALLEGES;
    st.span = about.span;
    build_modality(b, &st, y->content);
    push(b, &st);
}

/* The token of a statement's act, before `end`. */
static unsigned act_of(const coder_tree *t, const casus_statement *st, unsigned end) {
    for (unsigned k = 1; k < end; k++)
        if (t->tok[k].begin == st->action.span.begin) return k;
    return 0;
}

/* "…, which they deny": what was claimed in the clause before stands, with one who denies it. */
static void build_denied(builder *b, unsigned verb, size_t from) {
    const coder_tree *t = &b->s->tree;
    const coder_match *m = t->tok[verb].deprel == CASUS_ACL_RELCL ? match_of(b->s, verb, CASUS_FRAME_SAY) : NULL;
    unsigned subject = m && m->frame->holds == CASUS_DENIES ? tree_child(t, verb, CASUS_NSUBJ) : 0;
    if (!subject || tree_is(t, subject, "which") || tree_is(t, subject, "who") || coder_negated(b->s->s, (int)verb - 1, b->d->lex)) return;
    coder_say y = {.cue = verb, .cue_first = verb, .cue_last = verb, .source = subject, .named = subject, .content = t->tok[verb].head, .holds = CASUS_DENIES};
    unsigned nearest = 0;
    size_t denied = 0;
    for (size_t i = from; i < b->d->n_statements; i++) {
        const casus_statement *st = &b->d->statements[i];
        unsigned act = st->n_holder && st->holds != CASUS_DENIES && st->kind <= CASUS_RELATION ? act_of(t, st, verb) : 0;
        if (act > nearest && tree_under(t, verb, act)) nearest = act, denied = i;
    }
    if (!nearest) return;
    casus_statement st = b->d->statements[denied];
    st.holder = one_holder(b, &y), st.n_holder = 1;
    st.holds = CASUS_DENIES;
    push(b, &st);
}

/* ---- only alleged: "the alleged assets of X", "their presumed deputy leader" ---- */

static void link_about(builder *b, casus_statement *st, size_t to) {
    size_t cap = 0;
    casus_about *all = NULL;
    size_t n = 0;
    for (size_t i = 0; i < st->n_about; i++) *CASUS_PUSH(b->d->arena, all, n, cap) = st->about[i];
    *CASUS_PUSH(b->d->arena, all, n, cap) = (casus_about){NULL, {NULL, 0}, {0, 0}};
    st->about = all;
    st->n_about = n;
    *CASUS_PUSH(b->d->arena, b->d->links, b->d->n_links, b->d->cap_links) = (coder_link){(size_t)(st - b->d->statements), n - 1, to};
}

static bool touches(casus_span a, casus_span b) { return a.begin < b.end && b.begin < a.end; }

/* The statement of this sentence in which the words take part, or the number of statements. */
static size_t taking_part(const builder *b, size_t from, casus_span words) {
    for (size_t i = from; i < b->d->n_statements; i++) {
        const casus_statement *st = &b->d->statements[i];
        if (st->kind != CASUS_EVENT && st->kind != CASUS_RELATION) continue;
        for (size_t k = 0; k < st->n_target; k++)
            if (touches(st->target[k].span, words)) return i;
    }
    return b->d->n_statements;
}

static bool is_doubt(const coder_sentence *s, unsigned i, casus_holds *holds) {
    const coder_match *m = match_of(s, i, CASUS_FRAME_SAY);
    bool amod = s->tree.tok[i].deprel == CASUS_AMOD && s->tree.tok[i].head > i;
    if (!m || !amod || m->pattern->trigger == CASUS_TRIGGER_NOUN) return false;
    *holds = (casus_holds)m->frame->holds;
    return *holds == CASUS_ALLEGES || *holds == CASUS_PRESUMES || tree_is(&s->tree, i, "purported") || tree_is(&s->tree, i, "reported");
}

/* What only someone says a thing is: it belongs to whom its phrase names, or is what its noun says. */
static void build_doubted(builder *b, unsigned i, size_t from) {
    const coder_tree *t = &b->s->tree;
    casus_holds holds;
    unsigned noun = t->tok[i].head;
    if (!is_doubt(b->s, i, &holds) || tree_is_verb(t, noun) || match_of(b->s, noun, CASUS_FRAME_EVENT)) return;
    const coder_mention *owner = args_owner(b->s, noun);
    if (!owner || owner->head == noun) return;
    unsigned first, last;
    tree_phrase(t, noun, &first, &last);
    const coder_entity *e = &b->d->entities[owner->entity];
    casus_participant *who = CASUS_NEW(b->d->arena, casus_participant), *what = CASUS_NEW(b->d->arena, casus_participant);
    *who = (casus_participant){e->id, e->name, tree_words(t, owner->first, owner->last), tree_span(t, owner->first, owner->last)};
    *what = (casus_participant){NULL, tree_words(t, first, last), tree_words(t, first, last), tree_span(t, first, last)};
    const coder_mention *agent = mention_at(b->s, noun);
    bool person = agent && agent->agent && agent->agent->type != CASUS_AGENT_ORGAN;
    casus_statement st = begin(b, CASUS_RELATION, i, i);
    st.action.relation = person ? "member-of" : "controls";
    st.source = person ? what : who, st.target = person ? who : what;
    st.n_source = st.n_target = 1;
    st.holds = holds;
    st.span = what->span;
    size_t act = taking_part(b, from, what->span);
    casus_statement *told = push(b, &st);
    if (act + 1 < b->d->n_statements) link_about(b, told, act);
}

/* ---- an author's word for what was claimed before: "This lie …", "The accusation is baseless" ---- */

static casus_view verdict(const coder_sentence *s, unsigned i) {
    const coder_tree *t = &s->tree;
    unsigned det = tree_child(t, i, CASUS_DET_REL);
    const coder_match *own = match_of(s, i, CASUS_FRAME_VIEW), *said = match_of(s, i, CASUS_FRAME_SAY);
    if (t->tok[i].upos != CASUS_NOUN || !det || tree_child(t, i, CASUS_ACL) || tree_child(t, i, CASUS_CCOMP)) return CASUS_NEUTRAL;
    bool this_one = tree_is(t, det, "this") || tree_is(t, det, "that") || tree_is(t, det, "such");
    if (own && own->pattern->trigger == CASUS_TRIGGER_NOUN && this_one) return own->frame->holds == 1 ? CASUS_REJECTS : CASUS_ENDORSES;
    unsigned h = t->tok[i].deprel == CASUS_NSUBJ ? t->tok[i].head : 0;
    const coder_match *predicate = h && tree_child(t, h, CASUS_COP) ? match_of(s, h, CASUS_FRAME_VIEW) : NULL;
    if (!said || !predicate || coder_negated(s->s, (int)h - 1, NULL)) return CASUS_NEUTRAL;
    return predicate->frame->holds == 1 ? CASUS_REJECTS : CASUS_ENDORSES;
}

static bool is_claimed(const casus_statement *st) {
    return st->n_holder && (st->holds == CASUS_CLAIMS || st->holds == CASUS_ALLEGES || st->holds == CASUS_ATTRIBUTES || st->holds == CASUS_ASSERTS);
}

static void build_verdict(builder *b, unsigned i, size_t from) {
    casus_view view = verdict(b->s, i);
    size_t said = from;
    if (!view || !b->s->index) return;
    for (size_t k = from; k-- > 0 && b->d->statements[k].sentence + 1 == b->s->index;)
        if (is_claimed(&b->d->statements[k])) said = k, b->d->statements[k].author_view = view;
    if (said == from) return;
    size_t cap = 0;
    casus_statement st = begin(b, CASUS_ASSESSMENT, i, i);
    st.action.relation = view == CASUS_REJECTS ? "false" : "true";
    st.author_view = view;
    st.span = tree_span(&b->s->tree, b->s->tree.lo[i], b->s->tree.hi[i]);
    const casus_statement *claim = &b->d->statements[said];
    *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = claim->n_about && claim->about[0].text.n ? claim->about[0] : span_about(b, claim->span);
    link_about(b, push(b, &st), said);
}

/* ---- "the attackers were from Chad" ---- */

static void build_origin(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned k = tree_case(t, i), subject = tree_child(t, i, CASUS_COP) && k && tree_is(t, k, "from") ? tree_subject(t, i) : 0;
    coder_args who = {0}, where = {0};
    const coder_mention *place = subject ? mention_at(b->s, i) : NULL;
    if (!place || !entity_is_country(&b->d->entities[place->entity])) return;
    args_add(b->d, b->s, subject, true, &who);
    args_add(b->d, b->s, i, false, &where);
    if (!who.n || !where.actors) return;
    casus_statement st = begin(b, CASUS_RELATION, k, k);
    st.action.relation = "based-in";
    st.source = who.items, st.n_source = who.n;
    st.target = where.items, st.n_target = where.n;
    b->told[i] = true;
    build_finish(b, &st, i);
}

void claim_build(builder *b, size_t from) {
    for (unsigned i = 1; i <= b->s->tree.n; i++) {
        build_naming(b, i);
        build_origin(b, i);
        build_denied(b, i, from);
        build_doubted(b, i, from);
        build_verdict(b, i, from);
    }
    for (size_t i = 0; i < b->says.n; i++) build_accused(b, &b->says.items[i], from);
    build_unused(b, from);
}
