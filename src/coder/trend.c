/* trend.c — what grows or shrinks beside the verbs that say so: "its intensified attacks", "growing tensions", "increasingly isolated". */
#include "speaking.h"
#include "structure.h"

#include <string.h>

/* A participle or "renewed": what is larger is compared, what is growing changes. */
static bool is_changing(const coder_tree *t, unsigned i) {
    casus_str f = t->tok[i].form;
    return casus_str_ends(f, "ing") || casus_str_ends(f, "ed");
}

static bool is_act(const coder_sentence *s, unsigned i) {
    return match_of(s, i, CASUS_FRAME_EVENT) || match_of(s, i, CASUS_FRAME_RELATION) || match_of(s, i, CASUS_FRAME_POWER) || match_of(s, i, CASUS_FRAME_STANCE);
}

static void push_change(builder *b, const char *relation, unsigned what, unsigned word, casus_about about) {
    coder_args source = {0};
    size_t cap = 0;
    args_add(b->d, b->s, what, true, &source);
    if (!source.n || !structure_in_politics(b)) return;
    casus_statement st = {.kind = CASUS_CHANGE, .source = source.items, .n_source = source.n};
    if (about.text.n) *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = about;
    st.action = structure_action(&b->s->tree, relation, word, word);
    build_finish(b, &st, what);
    b->d->statements[b->d->n_statements - 1].negative = false;
}

/* "growing pressure on the junta": the attribute says that the act grows. */
static void build_attribute(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    const coder_match *m = match_of(b->s, i, CASUS_FRAME_CHANGE);
    unsigned noun = t->tok[i].deprel == CASUS_AMOD ? t->tok[i].head : 0;
    if (!m || !noun || noun < i || !is_changing(t, i) || mention_at(b->s, noun) || !is_act(b->s, noun) || !args_has_actor(b->s, noun)) return;
    push_change(b, casus_lexicon_string(b->d->lex, m->frame->word), noun, i, (casus_about){0});
}

/* "has been developing its relations with them": told as what is done, and as what grows. */
static void build_growth(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    const coder_match *m = t->tok[i].upos == CASUS_VERB ? match_of(b->s, i, CASUS_FRAME_CHANGE) : NULL;
    if (!m || m->pattern->trigger != CASUS_TRIGGER_VERB || !b->told[i] || tree_is_passive(t, i) || !tree_subject(t, i) || !owns_object(b->s, i)) return;
    const casus_statement *last = NULL;
    for (size_t k = b->d->n_statements; k-- > 0 && b->d->statements[k].sentence == b->s->index && !last;)
        if (b->d->statements[k].action.span.begin == t->tok[i].begin) last = &b->d->statements[k];
    if (!last || last->kind == CASUS_CHANGE || last->kind == CASUS_STANCE) return;
    coder_args what;
    size_t cap = 0;
    grown_object(b, i, &what);
    if (!what.actors) return;
    casus_statement st = {.kind = CASUS_CHANGE, .source = what.items, .n_source = what.n};
    *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = structure_clause(b->s, i);
    st.action = structure_action(t, casus_lexicon_string(b->d->lex, m->frame->word), i, i);
    build_finish(b, &st, i);
}

/* Is what goes on a loss ("further eroded")? */
static bool is_loss(const builder *b, unsigned i) {
    const coder_match *cause = match_of(b->s, i, CASUS_FRAME_CAUSE), *judged = match_of(b->s, i, CASUS_FRAME_ASSESSMENT);
    const char *word = cause ? casus_lexicon_string(b->d->lex, cause->frame->word) : NULL;
    return (word && (strcmp(word, "lowers") == 0 || strcmp(word, "prevents") == 0)) || (b->s->tree.tok[i].upos != CASUS_VERB && judged && judged->frame->sign < 0 && tree_is_passive(&b->s->tree, i));
}

/* "has become increasingly isolated", "is further weakened": the adverb says that it goes on. */
static void build_progress(builder *b, unsigned i) {
    static const char *const words[] = {"increasingly", "steadily", "gradually", "progressively", "further"};
    const coder_tree *t = &b->s->tree;
    unsigned h = t->tok[i].deprel == CASUS_ADVMOD ? t->tok[i].head : 0;
    if (!h || i > h || !TREE_AMONG(t, i, words) || structure_is_cue(b, h)) return;
    unsigned clause = t->tok[h].deprel == CASUS_XCOMP ? t->tok[h].head : h;
    bool acts = !tree_is(t, i, "further") && t->tok[h].upos == CASUS_VERB && tree_subject(t, h);
    bool states = t->tok[h].upos == CASUS_ADJ || tree_is_passive(t, h) || acts;
    if (t->tok[h].upos == CASUS_VERB && !tree_is_passive(t, h) && tree_object(t, h) && match_of(b->s, h, CASUS_FRAME_CAUSE)) { /* "has further eroded it" */
        push_change(b, is_loss(b, h) ? "falls" : "rises", tree_object(t, h), i, structure_predicate(b->s, h));
        return;
    }
    if (!states || t->tok[h].deprel == CASUS_AMOD || (match_of(b->s, h, CASUS_FRAME_CHANGE) && !tree_is_passive(t, h))) return;
    push_change(b, is_loss(b, h) ? "falls" : "rises", structure_topic(t, clause), i, structure_predicate(b->s, clause));
}

/* "has become stronger", "is getting weaker": a state that moves. */
static void build_becoming(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned verb = t->tok[i].deprel == CASUS_XCOMP || (t->tok[i].deprel == CASUS_ADVMOD && t->tok[i].head < i) ? t->tok[i].head : 0;
    bool ending = casus_str_ends(t->tok[i].form, "er") && t->tok[i].lemma.n < t->tok[i].form.n;
    bool compared = strcmp(casus_xpos_name(t->tok[i].xpos), "JJR") == 0 || ending || tree_child_lemma(t, i, "more") || tree_child_lemma(t, i, "less");
    if (!verb || !compared || b->told[verb] || !(tree_is(t, verb, "become") || tree_is(t, verb, "grow") || tree_is(t, verb, "get"))) return;
    bool falls = tree_child_lemma(t, i, "less") || tree_is(t, i, "weak") || tree_is(t, i, "low") || tree_is(t, i, "small") || tree_is(t, i, "few");
    push_change(b, falls ? "falls" : "rises", structure_topic(t, verb), verb, structure_predicate(b->s, verb));
    b->told[verb] = true;
}

void trend_at(builder *b, unsigned i) {
    build_growth(b, i);
    build_attribute(b, i);
    build_progress(b, i);
    build_becoming(b, i);
}
