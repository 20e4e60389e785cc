/* judge.c — what the writer thinks of it: "the horrific attack", "surprisingly, …", "it is notable that …". */
#include "structure.h"

#include <string.h>

static const coder_match *judgment(const builder *b, unsigned i) { return match_of(b->s, i, CASUS_FRAME_ASSESSMENT); }

static void push_judgment(builder *b, const coder_match *m, unsigned of, casus_about about) {
    coder_args source = {0};
    size_t cap = 0;
    args_add(b->d, b->s, of, true, &source);
    if (!source.n || (!source.actors && !structure_names_actor(b->s, of) && !match_of(b->s, of, CASUS_FRAME_EVENT))) return;
    casus_statement st = {.kind = CASUS_ASSESSMENT, .source = source.items, .n_source = source.n};
    *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = about;
    st.action = structure_action(&b->s->tree, casus_lexicon_string(b->d->lex, m->frame->word), m->token, m->token);
    st.cooperation = m->frame->sign > 0 && m->frame->sign != 2 ? 5 : 0;
    st.conflict = m->frame->sign < 0 ? 5 : 0;
    b->told[m->token] = true;
    build_finish(b, &st, m->token);
    casus_statement *done = &b->d->statements[b->d->n_statements - 1];
    done->negative = false;
}

/* "their odious policies": a strong word before an act or whoever it belongs to. */
static void build_attribute(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    const coder_match *m = judgment(b, i);
    unsigned noun = t->tok[i].deprel == CASUS_AMOD ? t->tok[i].head : 0;
    if (!noun || noun < i || !m || m->frame->force < 6 || m->pattern->n_elements) return;
    push_judgment(b, m, noun, args_about(b->s, noun));
}

/* "Surprisingly, …", "crucially supplemented": an adverb judges what its clause tells. */
static void build_adverb(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    const coder_match *m = t->tok[i].upos == CASUS_ADV && t->tok[i].deprel == CASUS_ADVMOD ? judgment(b, i) : NULL;
    unsigned clause = m ? tree_clause(t, t->tok[i].head) : 0, first, last;
    if (clause && clause != t->tok[i].head && i > structure_topic(t, clause)) return; /* "badly-needed aid" */
    if (clause && t->tok[clause].upos != CASUS_VERB && i > structure_topic(t, clause)) return; /* "woefully inadequate" */
    if (!clause || !tree_is_verb(t, clause) || !casus_str_ends(t->tok[i].form, "ly")) return;
    tree_clause_range(t, clause, &first, &last);
    while (first < clause && (first <= i || t->tok[first].upos == CASUS_PUNCT) && i < structure_topic(t, clause)) first++;
    push_judgment(b, m, structure_topic(t, clause), (casus_about){NULL, tree_words(t, first, last), tree_span(t, first, last)});
}

/* "It is notable that X …": X's deed is judged. */
static void build_clause(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    const coder_match *m = tree_child(t, i, CASUS_COP) ? judgment(b, i) : NULL;
    unsigned what = tree_child(t, i, CASUS_CSUBJ);
    if (!what) what = tree_child(t, i, CASUS_CCOMP);
    if (!m || !what || b->told[i] || (!tree_child(t, i, CASUS_EXPL) && t->tok[what].deprel != CASUS_CSUBJ)) return;
    push_judgment(b, m, structure_topic(t, what), args_about(b->s, what));
}

/* "is consistent", "has become a matter of dispute": what a predicate makes of somebody's matter, in words the knowledge need not hold. */
static void build_predicate(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    bool becomes = t->tok[i].deprel == CASUS_XCOMP && t->tok[i].head && (tree_is(t, t->tok[i].head, "become") || tree_is(t, t->tok[i].head, "remain") || tree_is(t, t->tok[i].head, "prove"));
    unsigned verb = becomes ? t->tok[i].head : i, subject = structure_topic(t, verb);
    if (tree_is(t, i, "likely") || tree_is(t, i, "unlikely")) return; /* an estimate */
    if (b->told[i] || b->told[verb] || !subject || subject > i || mention_at(b->s, i)) return;
    bool participle = t->tok[i].upos == CASUS_ADJ && tree_child(t, i, CASUS_AUX_PASS) && judgment(b, i); /* "is further discredited" */
    if (!becomes && !participle && !tree_child(t, i, CASUS_COP)) return;
    bool noun = t->tok[i].upos == CASUS_NOUN && tree_child_lemma(t, i, "a");
    bool ending = casus_str_ends(t->tok[i].form, "er") && t->tok[i].lemma.n < t->tok[i].form.n;
    ending = ending || (i < t->n && tree_is(t, i + 1, "than"));
    if (ending || strcmp(casus_xpos_name(t->tok[i].xpos), "JJR") == 0 || strcmp(casus_xpos_name(t->tok[i].xpos), "JJS") == 0 || tree_child_lemma(t, i, "more") || tree_child_lemma(t, i, "increasingly")) return; /* compared, or grows */
    if ((!noun && t->tok[i].upos != CASUS_ADJ) || tree_child(t, i, CASUS_EXPL) || tree_child(t, i, CASUS_NUMMOD)) return;
    const coder_match *m = judgment(b, i);
    coder_args source = {0};
    size_t cap = 0;
    args_add(b->d, b->s, subject, true, &source);
    bool matter = (m || tree_child_lemma(t, i, "too")) && t->tok[subject].upos == CASUS_NOUN && structure_in_politics(b);
    if (!source.actors && !(source.n && matter)) return;
    casus_statement st = {.kind = CASUS_ASSESSMENT, .source = source.items, .n_source = source.n};
    *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = structure_predicate(b->s, i);
    st.action = structure_action(t, m ? casus_lexicon_string(b->d->lex, m->frame->word) : NULL, i, i);
    b->told[i] = true;
    build_finish(b, &st, verb);
}

void judge_at(builder *b, unsigned i) {
    build_attribute(b, i);
    build_adverb(b, i);
    build_clause(b, i);
    build_predicate(b, i);
}
