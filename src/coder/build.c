/* build.c — matches of a sentence to statements: everything that a statement says beside who and whom. */
#include "again.h"
#include "build.h"
#include "claim.h"
#include "echo.h"
#include "place_again.h"
#include "relevance.h"

#include "clause.h"
#include "leftover.h"
#include "modality.h"
#include "parties.h"
#include "speaking.h"
#include "structure.h"
#include "tense.h"
#include "voices.h"

#include <math.h>
#include <string.h>

/* ---- holders ---- */

size_t build_holders(builder *b, const coder_say *y, casus_holder *out, size_t max) {
    const coder_tree *t = &b->s->tree;
    casus_holder h = {.cue = tree_words(t, y->cue_first, y->cue_last), .cue_span = tree_span(t, y->cue_first, y->cue_last), .holds = y->holds};
    coder_args who = {0};
    args_add(b->d, b->s, y->source, true, &who);
    h.text = h.name = tree_words(t, y->source, y->source);
    h.span = tree_span(t, y->source, y->source);
    out[0] = h;
    for (size_t i = 0; i < who.n && i < max; i++) {
        const casus_participant *p = &who.items[i];
        out[i] = h;
        out[i].actor = p->actor;
        out[i].name = p->name;
        out[i].text = p->text;
        out[i].span = p->span;
    }
    if (y->named != y->source) { /* "the minister who said": "who" stands for the minister */
        out[0].text = tree_words(t, y->named, y->named);
        out[0].span = tree_span(t, y->named, y->named);
    }
    return who.n ? (who.n < max ? who.n : max) : 1;
}

static casus_holder make_holder(builder *b, const coder_say *y) {
    casus_holder all[1];
    build_holders(b, y, all, 1);
    return all[0];
}

/* Of attributions of the same words the first leads; the others are voices of their own. */
static bool is_further_voice(const builder *b, const size_t *over, size_t i) {
    for (size_t k = 0; k < b->says.n; k++)
        if (&b->says.items[k] < &b->says.items[over[i]] && voices_parallel(&b->says.items[over[i]], &b->says.items[k])) return true;
    return false;
}

static void set_holders(builder *b, casus_statement *st, unsigned token) {
    size_t over[8], cap = 0, n = say_over(b->s, &b->says, token, over, 8);
    for (size_t i = 0; i < n; i++) {
        coder_say *y = &b->says.items[over[i]];
        y->used = true;
        if (is_further_voice(b, over, i)) continue;
        st->holds = y->holds;
        if (y->view) st->author_view = y->view;
        if (!y->source) continue;
        casus_holder h = make_holder(b, y);
        bool again = st->n_holder && casus_str_eq(st->holder[st->n_holder - 1].name, h.name); /* "seeks to link …": one voice */
        if (!again) *CASUS_PUSH(b->d->arena, st->holder, st->n_holder, cap) = h;
    }
}

/* ---- time and weight ---- */

static void set_time(builder *b, casus_statement *st, unsigned token) {
    bool inherited = false;
    const coder_time *time = coder_time_for(b->s->s, &b->times, (int)token - 1, &inherited);
    if (!time) return;
    st->time = time->time;
    if (inherited && st->time.how) st->time.how = "inherited";
}

/* Where and how many: for acts; a standing relation, an attitude or a judgment has no scene. */
static void set_scene(builder *b, casus_statement *st, unsigned token) {
    if (st->kind != CASUS_EVENT && st->kind != CASUS_POWER && st->kind != CASUS_CHANGE) return;
    coder_place_for(b->d->arena, b->s->s, &b->places, (int)token - 1, &st->place, &st->n_place, NULL);
    if (st->kind == CASUS_EVENT) coder_counts_for(b->d->arena, b->s->s, &b->counts, (int)token - 1, &st->counts, &st->n_counts);
}

static void set_sign(casus_statement *st, const casus_frame *f) {
    double score = st->action.plover[0] ? casus_plover_score((casus_plover)st->action.plover[0]) : 0;
    if (f->force >= 0) score = score < 0 || f->sign == -1 ? -(double)f->force : (double)f->force;
    if (!st->action.plover[0] && f->sign != 2) score = 5.0 * f->sign;
    if (f->sign != 2 && f->sign && st->action.plover[0]) score = fabs(score) * f->sign;
    st->cooperation = score > 0 ? score : 0;
    st->conflict = score < 0 ? -score : 0;
}

static void set_action(const builder *b, casus_statement *st, const coder_match *m) {
    const coder_tree *t = &b->s->tree;
    const casus_frame *f = m->frame;
    casus_action *a = &st->action;
    a->plover[0] = f->plover ? (uint8_t)act_in_prospect(b->s, m->token, (casus_plover)f->plover) : 0;
    if (a->plover[0] != f->plover) a->plover[1] = f->plover;
    a->lemma = t->tok[m->token].lemma;
    a->text = t->tok[m->token].form;
    a->span = tree_span(t, m->token, m->token);
    a->text = tree_words(t, m->token, m->token);
    a->cameo = casus_lexicon_string(b->d->lex, f->cameo);
    if (f->class_ != CASUS_FRAME_EVENT) a->relation = casus_lexicon_string(b->d->lex, f->word);
    const char *mode = casus_lexicon_string(b->d->lex, f->mode);
    if (mode) a->modes[a->n_modes++] = mode;
    for (size_t i = 0; i < 3; i++)
        if (f->context[i]) a->contexts[a->n_contexts++] = casus_lexicon_string(b->d->lex, f->context[i]);
}

/* ---- the statement ---- */

static void set_span(const builder *b, casus_statement *st, unsigned token) {
    unsigned first, last;
    unsigned clause = tree_is_verb(&b->s->tree, token) ? token : 0;
    if (clause) tree_clause_range(&b->s->tree, clause, &first, &last);
    else tree_phrase(&b->s->tree, token, &first, &last);
    st->span = tree_span(&b->s->tree, first, last);
}

static double parse_confidence(const builder *b, unsigned token) {
    return 0.5 + 0.5 * (double)b->s->tree.tok[token].margin / 255.0;
}

void build_finish(builder *b, const casus_statement *begun, unsigned token) {
    casus_statement st = *begun;
    st.sentence = b->s->index;
    if (!st.span.end) set_span(b, &st, token);
    build_modality(b, &st, token);
    set_holders(b, &st, token);
    if (!st.time.text.n) set_time(b, &st, token);
    if (!st.n_place) set_scene(b, &st, token);
    st.confidence = parse_confidence(b, token);
    *CASUS_PUSH(b->d->arena, b->d->statements, b->d->n_statements, b->d->cap_statements) = st;
}

static void take(casus_participant **to, size_t *n, const coder_args *from) {
    *to = from->items;
    *n = from->n;
}

static bool is_matter(const coder_match *m) {
    casus_frame_class c = (casus_frame_class)m->frame->class_;
    return c == CASUS_FRAME_CAUSE || c == CASUS_FRAME_CHANGE || c == CASUS_FRAME_ASSESSMENT;
}

/* Is there enough to tell: an actor who acts or undergoes; for causes, changes and judgments a matter that belongs to one. */
static bool worth_telling(const builder *b, const coder_match *m, const coder_args *source, const coder_args *target, const coder_roles *r) {
    if (is_matter(m)) return source->n + target->n > 0 && (source->actors + target->actors > 0 || m->frame->class_ == CASUS_FRAME_CAUSE);
    if (m->frame->class_ == CASUS_FRAME_RELATION && !(source->n && (target->n || r->content))) return false;
    if (m->pattern->trigger == CASUS_TRIGGER_ADJ && m->frame->class_ == CASUS_FRAME_RELATION && m->frame->sign == 1 && !target->actors) return false; /* "close to elections" */
    const char *relation = m->frame->class_ == CASUS_FRAME_RELATION ? casus_lexicon_string(b->d->lex, m->frame->word) : "";
    if (m->pattern->trigger == CASUS_TRIGGER_NOUN && strcmp(relation, "controls") == 0) return source->actors > 0 && target->n > 0; /* "the mines are in the hands of X" */
    if (m->pattern->trigger == CASUS_TRIGGER_NOUN && m->frame->class_ == CASUS_FRAME_RELATION) return source->actors > 0 && target->actors > 0;
    if (m->pattern->trigger == CASUS_TRIGGER_NOUN && m->frame->class_ != CASUS_FRAME_EVENT)
        return source->actors > 0 && (target->n > 0 || r->content || stands_by_itself(b->s, m->token));
    return source->actors + target->actors > 0;
}

static bool is_spoken_act(const coder_match *m) {
    if (m->frame->class_ != CASUS_FRAME_EVENT || m->pattern->trigger != CASUS_TRIGGER_VERB) return false;
    casus_plover p = (casus_plover)m->frame->plover;
    return p == CASUS_AGREE || p == CASUS_CONSULT || p == CASUS_SUPPORT || p == CASUS_REQUEST || p == CASUS_ACCUSE || p == CASUS_REJECT || p == CASUS_THREATEN;
}

/* A cue that has spoken as an attitude or an act by word of mouth need not speak again as a saying. */
static void mark_told(builder *b, const coder_match *m) {
    for (size_t i = 0; i < b->says.n; i++) {
        coder_say *y = &b->says.items[i];
        if (y->cue == m->token && (m->frame->class_ == CASUS_FRAME_STANCE || is_spoken_act(m) || !y->content || !tree_is_verb(&b->s->tree, y->content))) y->used = true;
    }
}

/* The attribution at a match's own word; an act of speech needs no entry among the cues to be one. */
static const coder_say *own_say(const builder *b, const coder_match *m, coder_say *made) {
    for (size_t i = 0; i < b->says.n; i++)
        if (b->says.items[i].cue == m->token && b->says.items[i].source) return &b->says.items[i];
    bool spoken = m->frame->class_ == CASUS_FRAME_EVENT && (m->frame->plover == CASUS_ACCUSE || m->frame->plover == CASUS_REQUEST || m->frame->plover == CASUS_REJECT || m->frame->plover == CASUS_THREATEN);
    if (!spoken || coder_negated(b->s->s, (int)m->token - 1, b->d->lex)) return NULL;
    unsigned source = build_roles(b->s, m).source;
    if (!source || b->says.quoted[m->token]) return NULL;
    *made = (coder_say){.cue = m->token, .cue_first = m->token, .cue_last = m->token, .source = source, .named = source, .holds = CASUS_ASSERTS};
    return made;
}

/* Wants, hopes, fears, and acts done by word of mouth ("condemned", "urged"): whose they are, with the cue. */
static void hold_attitude(builder *b, const coder_match *m, casus_statement *st) {
    bool attitude = m->frame->class_ == CASUS_FRAME_STANCE;
    coder_say made;
    bool spoken = m->pattern->trigger == CASUS_TRIGGER_VERB && m->frame->class_ != CASUS_FRAME_CAUSE; /* "convinced them that …": theirs is the belief, not the deed */
    const coder_say *y = spoken || attitude ? own_say(b, m, &made) : NULL;
    if (!y) return;
    casus_holder *more = CASUS_NEW_ARRAY(b->d->arena, casus_holder, st->n_holder + 1);
    if (st->n_holder) memcpy(more, st->holder, st->n_holder * sizeof *more);
    more[st->n_holder++] = make_holder(b, y);
    st->holder = more;
    if (attitude) st->holds = y->holds;
}

static bool colon_at(const coder_tree *t, unsigned i) { return i <= t->n && t->tok[i].form.n == 1 && t->tok[i].form.at[0] == ':'; }

/* An act named by a noun alone: told with both sides, or which place it struck, or when and how many. */
static bool is_bare_noun(const coder_match *m, const casus_statement *st, bool definite) {
    if (m->pattern->trigger != CASUS_TRIGGER_NOUN || st->kind != CASUS_EVENT) return false;
    bool struck = definite && casus_plover_quad((casus_plover)m->frame->plover) == 4 && st->n_target && !st->target[0].actor && st->n_place;
    return (!st->n_source || !st->n_target) && !struck && !st->time.text.n && !st->n_counts && !st->n_holder;
}

/* What one can, may or will do, and how something grows: the words that say it, beside who and whom. */
static void add_prospect(builder *b, const coder_match *m, casus_statement *st) {
    size_t cap = 0;
    bool open = st->kind == CASUS_POWER || st->has_likelihood || st->tense == CASUS_FUTURE || st->tense == CASUS_HYPOTHETICAL;
    if (m->pattern->trigger != CASUS_TRIGGER_VERB || (!open && st->kind != CASUS_CHANGE) || (st->n_about && (!open || m->doing))) return;
    if (st->n_about) { /* the list belongs to the act's other statements too */
        casus_about *more = CASUS_NEW_ARRAY(b->d->arena, casus_about, st->n_about + 1);
        memcpy(more, st->about, st->n_about * sizeof *more);
        more[st->n_about++] = structure_predicate(b->s, m->token);
        st->about = more;
        return;
    }
    *CASUS_PUSH(b->d->arena, st->about, st->n_about, cap) = open ? structure_predicate(b->s, m->token) : structure_clause(b->s, m->token);
}

/* "has no leverage": the word for what is lacking has said the "no" already. */
static bool says_no(const builder *b, const coder_match *m) {
    static const char *const lacks[] = {"no-leverage", "incapability", "constraint", "unwilling"};
    const char *word = casus_lexicon_string(b->d->lex, m->frame->word);
    if (!m->object_word || !tree_child_lemma(&b->s->tree, m->object_word, "no") || m->frame->class_ == CASUS_FRAME_EVENT) return false;
    for (size_t k = 0; k < sizeof lacks / sizeof *lacks; k++)
        if (word && strcmp(word, lacks[k]) == 0) return true;
    return false;
}

static void push_statement(builder *b, const coder_match *m, const casus_statement *begun) {
    size_t had = b->d->n_statements;
    b->told[m->token] = true;
    build_finish(b, begun, m->token);
    if (says_no(b, m)) b->d->statements[had].negative = false;
    for (size_t i = had; i < b->d->n_statements; i++) add_prospect(b, m, &b->d->statements[i]);
    hold_attitude(b, m, &b->d->statements[had]);
    bool definite = tree_child_lemma(&b->s->tree, m->token, "the") || tree_child(&b->s->tree, m->token, CASUS_NMOD_POSS);
    if (is_bare_noun(m, &b->d->statements[had], definite) || !again_complete(b, m->token, &b->d->statements[had])) b->d->n_statements = had;
}

/* "struck Basra in May and Kirkuk in June": one statement a scene; who suffered how much is told of all together. */
static bool build_scenes(builder *b, const coder_match *m, const casus_statement *st) {
    coder_scene all[8];
    size_t n = m->frame->class_ == CASUS_FRAME_EVENT ? echo_scenes_of(b, m->token, all, 8) : 0;
    for (size_t k = 0; k < n; k++) {
        casus_statement one = *st;
        echo_set_scene(b, &one, &all[k]);
        size_t had = b->d->n_statements;
        push_statement(b, m, &one);
        if (b->d->n_statements > had) b->d->statements[had].n_counts = 0;
    }
    return n > 0;
}

/* "the Russian and Pakistani embassies in September and December": one date each, one statement each. */
static bool build_each(builder *b, const coder_match *m, const casus_statement *st) {
    bool inherited = false;
    int n = (int)st->n_target;
    const coder_time *whole = coder_time_for(b->s->s, &b->times, (int)m->token - 1, NULL);
    if (build_scenes(b, m, st)) return true;
    if (n < 2 || !whole || whole->place != -1 || whole->of != n) return false;
    for (int k = 0; k < n; k++) {
        const coder_time *own = coder_time_for_conjunct(b->s->s, &b->times, (int)m->token - 1, k, n, &inherited);
        casus_statement one = *st;
        one.target = &st->target[k];
        one.n_target = 1;
        if (own) one.time = own->time;
        push_statement(b, m, &one);
    }
    return true;
}

/* "killed other commanders, including their deputy": what follows "including" or "such as". */
static unsigned included(const coder_sentence *s, unsigned verb, unsigned target) {
    const coder_tree *t = &s->tree;
    unsigned hosts[] = {target, verb};
    for (unsigned h = 0; h < 2; h++)
        TREE_CHILDREN(t, hosts[h], c) {
            unsigned k = tree_case(t, c);
            if (k && k + 1 < c && t->tok[k + 1].deprel == CASUS_CASE && !tree_is(t, k + 1, "as")) continue; /* "including in Doha" says where */
            if (c > target && k && (tree_is(t, k, "include") || tree_is(t, k, "including") || tree_is(t, k, "such"))) return c;
        }
    return 0;
}

/* "attacked foreign targets: the embassies … and a hotel": what follows the colon says which. */
static unsigned elaborated(const coder_sentence *s, unsigned target) {
    const coder_tree *t = &s->tree;
    unsigned colon = target + 1u, best = 0;
    unsigned verb = tree_clause(t, target);
    while (colon < t->n && !colon_at(t, colon) && tree_clause(t, colon) == verb) colon++; /* nothing but the same clause stands between */
    if (!target || !colon_at(t, colon)) return 0;
    for (unsigned i = colon + 1; i <= t->n; i++)
        if (t->tok[i].upos != CASUS_PUNCT && (!best || t->depth[i] < t->depth[best])) best = i;
    return best && tree_is_nominal(t, best) && !tree_is_verb(t, best) ? best : 0;
}

static void build_elaborated(builder *b, const coder_match *m, casus_statement st, unsigned target) {
    unsigned first = elaborated(b->s, target), all[12];
    if (!first && target) first = included(b->s, m->token, target);
    unsigned n = first ? tree_conjuncts(&b->s->tree, first, all, 12) : 0;
    for (unsigned k = 0; k < n; k++) {
        coder_args one = {0};
        args_add_one(b->d, b->s, all[k], true, &one);
        take(&st.target, &st.n_target, &one);
        st.span = tree_span(&b->s->tree, b->s->tree.lo[all[k]], b->s->tree.hi[all[k]]);
        if (one.n && !build_each(b, m, &st)) push_statement(b, m, &st);
    }
}

/* "Along with China, Russia condemned …": who acts together with the subject. */
static unsigned companion(const coder_sentence *s, unsigned verb) {
    const coder_tree *t = &s->tree;
    unsigned first = tree_conj_head(t, verb);
    TREE_CHILDREN(t, first, c) {
        unsigned k = tree_case(t, c);
        bool along = k && (tree_is(t, k, "along") || tree_is(t, k, "alongside") || tree_is(t, k, "together") || (k > 1 && tree_is(t, k, "with") && (tree_is(t, k - 1, "along") || tree_is(t, k - 1, "together"))));
        if (t->tok[c].deprel == CASUS_OBL && along && mention_at(s, c)) return c;
    }
    return 0;
}

static bool is_time(const builder *b, unsigned i) {
    for (size_t k = 0; i && k < b->times.n; k++)
        if ((int)i - 1 >= b->times.items[k].first && (int)i - 1 <= b->times.items[k].last) return !mention_at(b->s, i);
    return false;
}

/* Nobody acts on oneself: what is one's own ("its readiness") is told as the thing, a second mention is a misreading. */
static void not_oneself(const builder *b, const coder_args *source, coder_args *target, unsigned token) {
    if (source->n != 1 || target->n != 1 || !source->items[0].actor || source->items[0].actor != target->items[0].actor) return;
    target->actors = 0;
    if (mention_at(b->s, token)) {
        target->n = 0;
        return;
    }
    target->items[0].actor = NULL;
    target->items[0].name = target->items[0].text;
}

/* Do subject and partner act on each other? */
static bool is_mutual(const coder_match *m) {
    const casus_pattern *p = m->pattern;
    if (p->flags & CASUS_PATTERN_MUTUAL || m->frame->plover == CASUS_CONSULT || m->frame->plover == CASUS_COOPERATE) return true;
    bool deal = m->frame->plover == CASUS_SUPPORT || m->frame->plover == CASUS_AGREE;
    return deal && (m->object_word || m->content || m->doing);
}

/* "relations between A and B have soured": how they stand is told by the verb. */
static bool is_bond_that_changes(const builder *b, const coder_match *m) {
    const coder_tree *t = &b->s->tree;
    bool bond = tree_is(t, m->token, "relation") || tree_is(t, m->token, "relationship") || tree_is(t, m->token, "tie");
    return bond && (t->tok[m->token].deprel == CASUS_NSUBJ || t->tok[m->token].deprel == CASUS_NSUBJ_PASS);
}

static bool is_between(const builder *b, unsigned i) {
    unsigned k = i ? tree_case(&b->s->tree, i) : 0;
    return k && tree_is(&b->s->tree, k, "between");
}

/* "A and B are allies", "A and B have mended their ties": two told together stand to each other, one is the source, the other the target. */
static void part_mutual(coder_args *source, coder_args *target) {
    bool same = source->n == 2 && target->n == 2 && source->items[0].actor == target->items[0].actor && source->items[1].actor == target->items[1].actor;
    if (same) *target = (coder_args){0};
    if (source->n && target->n) return;
    casus_participant *both = source->n ? source->items : target->items;
    if (source->n + target->n != 2 || source->actors + target->actors != 2) return;
    *source = (coder_args){both, 1, 1, 1};
    *target = (coder_args){both + 1, 1, 1, 1};
}

static bool is_place(const builder *b, unsigned i) {
    for (size_t k = 0; k < b->places.n; k++)
        if (b->places.items[k].head == (int)i - 1) return true;
    return false;
}

bool build_is_setting(const builder *b, unsigned i) { return is_time(b, i) || is_place(b, i); }

/* "accused them of spying", "told the envoy that it would wait": what an act of words says, where its pattern keeps no place for it. */
static void add_words_said(const builder *b, const coder_match *m, const coder_roles *r, casus_statement *st, size_t *cap) {
    if (!is_spoken_act(m) || st->n_about) return;
    for (size_t i = 0; i < b->says.n; i++) {
        const coder_say *y = &b->says.items[i];
        if (y->cue != m->token || !y->content || y->content == r->target || y->content == r->source || tree_under(&b->s->tree, m->token, y->content)) continue;
        *CASUS_PUSH(b->d->arena, st->about, st->n_about, *cap) = args_about(b->s, y->content);
        return;
    }
}

/* In what matter, at which gathering, about what: the phrases of an act that say neither who, whom, when nor where. */
static void add_matters(const builder *b, const coder_match *m, const coder_roles *r, casus_statement *st, size_t *cap) {
    const coder_tree *t = &b->s->tree;
    bool act = m->object_word && match_of(b->s, m->object_word, CASUS_FRAME_EVENT);
    if (m->frame->class_ > CASUS_FRAME_STANCE) return;
    if (act && m->object_word != r->target && m->object_word != r->content) *CASUS_PUSH(b->d->arena, st->about, st->n_about, *cap) = args_about(b->s, m->object_word); /* "signed an agreement": which */
    unsigned hosts[] = {m->token, act ? m->object_word : 0};
    for (unsigned h = 0; h < 2 && hosts[h]; h++)
        TREE_CHILDREN(t, hosts[h], c) {
            unsigned stands_for = tree_antecedent(t, c);
            bool bound = (stands_for != c && (stands_for == m->object_word || stands_for == r->target || stands_for == r->source)) || c == r->source || c == r->target || c == r->content || (act && c == m->object_word);
            if (bound || st->n_about > 3 || !args_is_matter(b->s, hosts[h], c) || build_is_setting(b, c)) continue;
            if (r->target && tree_under(t, r->target, c)) continue;
            *CASUS_PUSH(b->d->arena, st->about, st->n_about, *cap) = args_about(b->s, c);
        }
}

void grown_object(builder *b, unsigned verb, coder_args *out) {
    const coder_tree *t = &b->s->tree;
    unsigned object = tree_child(t, verb, CASUS_OBJ), first, last;
    *out = (coder_args){0};
    args_add_one(b->d, b->s, tree_subject(t, verb), true, out);
    tree_phrase(t, object, &first, &last);
    if (out->n != 1) return;
    out->items[0].text = tree_words(t, first, last);
    out->items[0].span = tree_span(t, first, last);
}

/* "attacks", "the number of attacks", "support": what may grow or shrink by itself. */
static bool is_act_noun(const coder_sentence *s, unsigned i) {
    unsigned of = i ? tree_counted(&s->tree, i) : 0;
    if (!of || s->tree.tok[of].upos != CASUS_NOUN) return false;
    return match_of(s, of, CASUS_FRAME_EVENT) || match_of(s, of, CASUS_FRAME_STANCE) || match_of(s, of, CASUS_FRAME_POWER) || match_of(s, of, CASUS_FRAME_RELATION);
}

/* "could not stop an invasion": what somebody can bring about is a power of theirs. */
static void as_power(const builder *b, const coder_match *m, unsigned source, casus_statement *st) {
    coder_modal modal = {.kind = CODER_NO_MODAL};
    if (st->kind != CASUS_CAUSE || m->pattern->trigger != CASUS_TRIGGER_VERB || !mention_at(b->s, source)) return;
    if (!coder_modal_of(b->s->s, (int)m->token - 1, &modal) || modal.inherited) return;
    if (modal.kind != CODER_CAN && !(modal.kind == CODER_MAY && casus_str_is(modal.text, "could"))) return;
    st->kind = CASUS_POWER;
    st->action.relation = coder_negated(b->s->s, (int)m->token - 1, b->d->lex) ? "capability" : "option";
}

/* "owes his seat to the party": what somebody owes to somebody ties them. */
static void as_debt(const builder *b, const coder_match *m, casus_statement *st) {
    if (st->kind != CASUS_CAUSE || !tree_is(&b->s->tree, m->token, "owe") || !st->n_source || !st->n_target || !st->source[0].actor || !st->target[0].actor) return;
    casus_participant *to = st->source;
    size_t n = st->n_source;
    st->kind = CASUS_RELATION, st->action.relation = "depends-on";
    st->source = st->target, st->n_source = st->n_target;
    st->target = to, st->n_target = n;
}

/* "hurt Kagame": of somebody it is harm that is brought about, nothing that falls. */
static void as_harm(const builder *b, const coder_match *m, unsigned target, casus_statement *st) {
    static const char *const words[] = {"hurt", "harm", "injure", "damage", "embarrass", "humiliate"};
    if (st->kind != CASUS_CAUSE || m->pattern->trigger != CASUS_TRIGGER_VERB || !mention_at(b->s, target)) return;
    if (TREE_AMONG(&b->s->tree, m->token, words)) st->action.relation = "causes";
}

/* "the talks were derailed": by whom is not told; what is told is that they fell. */
static void as_change(const builder *b, const coder_match *m, casus_statement *st) {
    if (st->kind != CASUS_CAUSE || m->pattern->trigger != CASUS_TRIGGER_VERB || st->n_source || !tree_is_passive(&b->s->tree, m->token)) return;
    static const char *const bonds[] = {"constrain", "limit", "restrict", "hamper", "hinder", "hobble"};
    for (size_t k = 0; k < sizeof bonds / sizeof *bonds; k++)
        if (tree_is(&b->s->tree, m->token, bonds[k])) { /* "its room is limited" */
            st->kind = CASUS_POWER;
            st->action.relation = "constraint";
            st->source = st->target, st->n_source = st->n_target;
            st->target = NULL, st->n_target = 0;
            return;
        }
    bool raises = strcmp(st->action.relation, "raises") == 0;
    if (!raises && strcmp(st->action.relation, "lowers") != 0) return;
    st->kind = CASUS_CHANGE;
    st->action.relation = raises ? "rises" : "falls";
    st->source = st->target, st->n_source = st->n_target;
    st->target = NULL, st->n_target = 0;
}

/* A verb of cause that tells no more than a deed of somebody: what was cut, closed, stopped or damaged. */
static bool is_plain_deed(const builder *b, const coder_match *m, unsigned source) {
    static const char *const words[] = {"cut", "end", "stop", "halt", "block", "close", "damage", "extend", "expand", "suspend", "cancel", "slow", "restrict", "limit", "curb", "contain",
                                        "reduce", "increase", "raise", "lower", "thwart", "foil", "prevent", "double", "triple", "boost", "accelerate", "lift", "ease", "widen", "restore", "improve"};
    if (m->frame->class_ != CASUS_FRAME_CAUSE || m->pattern->trigger != CASUS_TRIGGER_VERB || !mention_at(b->s, source)) return false;
    if (coder_tense(b->s->s, (int)m->token - 1) != CASUS_PAST || cause_result_of(&b->s->tree, m->token)) return false;
    return TREE_AMONG(&b->s->tree, m->token, words);
}

/* "the blockade of Mariupol", "the fall of Kherson": force against a place, whoever used it. */
static bool takes_place(const builder *b, const coder_match *m, const coder_args *source, unsigned target) {
    unsigned of = target ? tree_case(&b->s->tree, target) : 0;
    unsigned h = b->s->tree.tok[tree_conj_head(&b->s->tree, m->token)].head;
    if (!of || !tree_is(&b->s->tree, of, "of") || !tree_child_lemma(&b->s->tree, m->token, "the") || !h) return false;
    if (match_of(b->s, h, CASUS_FRAME_SAY) || match_of(b->s, h, CASUS_FRAME_EVENT)) return false; /* what is spoken of, or part of another act */
    bool noun = m->pattern->trigger == CASUS_TRIGGER_NOUN && m->frame->class_ == CASUS_FRAME_EVENT;
    bool named = b->s->tree.tok[target].upos == CASUS_PROPN || tree_child(&b->s->tree, target, CASUS_COMPOUND);
    return noun && !b->topic && !source->n && casus_plover_quad((casus_plover)m->frame->plover) == 4 && (named || is_place(b, target));
}

/* "drone attacks have tripled": a quantity that nobody owns moves. */
static bool moves_alone(const builder *b, const coder_match *m, unsigned what) {
    if (m->frame->class_ != CASUS_FRAME_CHANGE || m->pattern->trigger != CASUS_TRIGGER_VERB) return false;
    const char *way = casus_lexicon_string(b->d->lex, m->frame->word);
    return (strcmp(way, "rises") == 0 || strcmp(way, "falls") == 0) && structure_in_politics(b) && is_act_noun(b->s, what);
}

static bool is_force(const coder_match *m) { return m->frame->class_ == CASUS_FRAME_EVENT && m->frame->plover == CASUS_ASSAULT && m->pattern->trigger == CASUS_TRIGGER_VERB; }

/* "attacks, which killed at least a dozen": an act of force does what those who did it did. */
static bool strikes_by_noun(const builder *b, unsigned source) {
    const coder_match *act = source && !b->topic && b->s->tree.tok[source].upos == CASUS_NOUN ? match_of(b->s, source, CASUS_FRAME_EVENT) : NULL;
    return act && act->frame->plover == CASUS_ASSAULT;
}

/* "many in Oslo fear it", "several find it convenient": an attitude of some whom nobody names. */
static bool of_some(const builder *b, const coder_match *m, unsigned who) {
    static const char *const words[] = {"some", "many", "most", "few", "several", "other", "none", "nobody", "all", "both", "everyone"};
    const coder_tree *t = &b->s->tree;
    if (!who || m->frame->class_ != CASUS_FRAME_STANCE || m->pattern->trigger != CASUS_TRIGGER_VERB || t->tok[who].upos == CASUS_NOUN || !structure_in_politics(b)) return false;
    return TREE_AMONG(t, who, words);
}

/* Is the match worth a statement: enough is told, of somebody who counts, and it is politics? */
static bool is_admitted(const builder *b, const coder_match *m, const coder_args *source, const coder_args *target, const coder_roles *r) {
    casus_frame_class c = (casus_frame_class)m->frame->class_;
    bool taken = takes_place(b, m, source, r->target), moves = moves_alone(b, m, r->source) || (source->n && of_some(b, m, r->source)), force = is_force(m);
    if (force && parties_nature(b, r->source)) return false;
    if (force && target->n && !source->actors && (parties_weapon(b, r->source) || strikes_by_noun(b, r->source)) && structure_in_politics(b)) return true;
    if (c == CASUS_FRAME_EVENT && m->pattern->trigger == CASUS_TRIGGER_VERB && !source->n && (target->n || m->object_word) && clause_is_dated_deed(b, m->token)) return true;
    if (!taken && !moves && !worth_telling(b, m, source, target, r)) return false;
    bool verb = m->pattern->trigger == CASUS_TRIGGER_VERB;
    if (c == CASUS_FRAME_STANCE && !target->n && !r->content && verb && !governs_clause(&b->s->tree, m->token)) return false; /* "what it wants" */
    if (c == CASUS_FRAME_CAUSE && cause_result_of(&b->s->tree, m->token) && structure_in_politics(b)) return true; /* ", cutting output by half" */
    if (c == CASUS_FRAME_CAUSE) return source->actors + target->actors || structure_names_actor(b->s, m->token);
    if (c == CASUS_FRAME_EVENT) return taken || relevance_is_politics(b, m, source, target, r->target, r->source);
    if (c == CASUS_FRAME_RELATION && source->actors && target->actors && structure_in_politics(b) && !b->topic) return true; /* two bodies nobody knows */
    return moves || relevance_has_standing(b->d, source, target);
}

static void build_match(builder *b, const coder_match *m) {
    if (structure_is_aim(&b->s->tree, m->token)) { /* told as what is aimed at */
        b->told[m->token] = true;
        return;
    }
    coder_roles r = build_roles(b->s, m);
    coder_args source = {0}, target = {0};
    size_t cap = 0;
    args_add(b->d, b->s, r.source, true, &source);
    if (m->pattern->trigger == CASUS_TRIGGER_VERB && r.source) args_add(b->d, b->s, companion(b->s, m->token), true, &source);
    if (m->frame->class_ == CASUS_FRAME_CHANGE && owns_object(b->s, m->token)) { /* "has increased its aid": the aid is what grows */
        grown_object(b, m->token, &source);
        r.target = 0;
    }
    unsigned whole = m->frame->class_ == CASUS_FRAME_CAUSE && m->pattern->trigger == CASUS_TRIGGER_VERB ? cause_result_of(&b->s->tree, m->token) : 0;
    if (whole) { /* ", destabilising its rule": the whole deed does */
        source = (coder_args){0};
        structure_matter(b, whole, m->token, &source);
    }
    if (r.target == r.content || is_time(b, r.target)) r.target = 0;
    args_add(b->d, b->s, r.target, true, &target);
    not_oneself(b, &source, &target, r.target);
    if (m->frame->class_ == CASUS_FRAME_EVENT && !source.n && is_between(b, r.target)) part_mutual(&source, &target); /* "clashes between A and B" */
    if (m->frame->class_ == CASUS_FRAME_RELATION && is_mutual(m) && !is_bond_that_changes(b, m)) part_mutual(&source, &target);
    if (!is_admitted(b, m, &source, &target, &r)) return;
    bool deed = m->frame->class_ == CASUS_FRAME_EVENT || m->frame->class_ == CASUS_FRAME_CAUSE || m->frame->class_ == CASUS_FRAME_CHANGE;
    deed = deed || (m->frame->class_ == CASUS_FRAME_STANCE && strcmp(casus_lexicon_string(b->d->lex, m->frame->word), "wants") == 0 && m->pattern->trigger == CASUS_TRIGGER_VERB);
    if (deed && only_wanted(b->s, m->token) && !coder_negated(b->s->s, (int)m->token - 1, b->d->lex)) {
        b->told[m->token] = true; /* as what is wanted, by the verb above */
        return;
    }
    casus_statement st = {.kind = (casus_kind)m->frame->class_};
    bool unnamed = is_force(m) && !source.actors && !target.actors && parties_weapon(b, r.source); /* "drones struck": whose is not told */
    if (!unnamed) take(&st.source, &st.n_source, &source);
    take(&st.target, &st.n_target, &target);
    if (r.content && r.content != r.source) *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = args_about(b->s, r.content);
    add_matters(b, m, &r, &st, &cap);
    add_words_said(b, m, &r, &st, &cap);
    set_action(b, &st, m);
    parties_retype(b, m->token, r.target, &st);
    as_power(b, m, r.source, &st);
    as_change(b, m, &st);
    as_debt(b, m, &st);
    as_harm(b, m, r.target, &st);
    if (st.kind == CASUS_CAUSE && is_plain_deed(b, m, r.source)) { /* "cut short their leave": done, by whom the text says */
        st.kind = CASUS_EVENT;
        st.action.relation = NULL;
    }
    unsigned by = m->pattern->trigger == CASUS_TRIGGER_NOUN ? build_carried_by(b->s, m->token) : 0;
    if (by) set_time(b, &st, by); /* "the offensive that it launched in May" */
    const coder_match *act = match_of(b->s, m->token, CASUS_FRAME_EVENT);
    if (act && !st.action.plover[0] && m->frame->class_ <= CASUS_FRAME_STANCE) st.action.plover[0] = act->frame->plover; /* a standing tie made of such acts */
    set_sign(&st, m->frame);
    if (is_mutual(m) && !st.n_target && source.actors > 1) { /* "A and B met": A with B */
        st.target = st.source + 1;
        st.n_target = st.n_source - 1;
        st.n_source = 1;
    }
    if (!build_each(b, m, &st)) push_statement(b, m, &st);
    if (m->frame->class_ <= CASUS_FRAME_RELATION) build_elaborated(b, m, st, r.target);
    mark_told(b, m);
}

void build_open(builder *b, coder_doc *d, coder_sentence *s) {
    *b = (builder){.d = d, .s = s, .told = CASUS_NEW_ARRAY(d->arena, bool, s->tree.n + 1)};
    say_find(d, s, &b->says);
    coder_times_read(d->arena, d->doc->text, s->s, d->day, d->told, &b->times);
    for (size_t k = 0; k < b->times.n; k++) {
        const coder_time *t = &b->times.items[k];
        if ((t->grain == CODER_DAY || t->grain == CODER_MONTH) && t->begin != INT32_MIN && !t->derived) d->told = t->begin;
    }
    coder_places_read(d->arena, d->doc->text, s->s, d->lex, d->gazetteer, &b->places);
    place_again(b);
    b->topic = relevance_topic(d, s);
    coder_counts_read(d->arena, d->doc->text, s->s, &b->counts);
    again_find(b);
}

static bool is_attributed(const builder *b) {
    for (size_t i = 0; i < b->says.n; i++)
        if (b->says.items[i].source) return true;
    return false;
}

/* "X blames Y" is an act of words, and a grievance. */
static const coder_match *blaming(const coder_sentence *s, const coder_match *m) {
    const coder_match *act = match_of(s, m->token, CASUS_FRAME_EVENT);
    bool blame = m->frame->class_ == CASUS_FRAME_STANCE && m->pattern->trigger == CASUS_TRIGGER_VERB && tree_is(&s->tree, m->token, "blame");
    return blame && act && act->frame->plover == CASUS_ACCUSE ? act : NULL;
}

/* "demands an amnesty", "calls for a ceasefire": asked for, and wanted. */
static const coder_match *demanded(const coder_sentence *s, const coder_match *m) {
    if (m->frame->class_ != CASUS_FRAME_EVENT || m->frame->plover != CASUS_REQUEST || m->pattern->trigger != CASUS_TRIGGER_VERB) return NULL;
    if (!tree_is(&s->tree, m->token, "demand") && !tree_is(&s->tree, m->token, "call")) return NULL;
    const coder_match *wish = match_of(s, m->token, CASUS_FRAME_STANCE);
    coder_roles r = wish ? build_roles(s, wish) : (coder_roles){0};
    unsigned what = r.content ? r.content : r.target;
    return wish && r.source && what && !mention_at(s, what) ? wish : NULL;
}

void build_sentence(coder_doc *d, coder_sentence *s) {
    builder b;
    size_t from = d->n_statements;
    build_open(&b, d, s);
    if (is_question(s) && !is_attributed(&b)) return; /* who only asks tells nothing */
    for (unsigned i = 1; i <= s->tree.n; i++) {
        const coder_match *m = speaking_match(s, i);
        if (!m) continue;
        build_match(&b, m);
        const coder_match *wish = demanded(s, m);
        if (!wish) wish = blaming(s, m);
        if (wish) build_match(&b, wish);
    }
    build_structure(&b);
    echo_build(&b, from);
    build_clauses(&b);
    claim_build(&b, from);
    leftover_dates(&b, from);
    voices_spread(&b, from);
}
