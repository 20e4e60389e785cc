/* Tense, polarity and likelihood of what a sentence tells. */
#include "modality.h"

#include "speaking.h"
#include "tense.h"

typedef struct interval {
    bool found;
    double low, high;
    casus_str text;
} interval;

/* Does the way up from i to `top` lead out of an adverbial or coordinated clause? "Although it may …, it is unlikely to …" are two estimates. */
static bool leaves_clause(const coder_tree *t, unsigned i, unsigned top) {
    for (unsigned k = 0; i != top && i && k < t->n; i = t->tok[i].head, k++) {
        casus_deprel r = (casus_deprel)t->tok[i].deprel;
        if (r == CASUS_ADVCL || r == CASUS_PARATAXIS || (r == CASUS_CONJ && tree_is_verb(t, i))) return true;
    }
    return false;
}

/* Is i said of a noun below `top` ("decimated cells targeting the border")? What describes is taken for granted. */
static bool only_describes(const coder_tree *t, unsigned i, unsigned top) {
    for (unsigned k = 0; i != top && i && k < t->n; i = t->tok[i].head, k++) {
        casus_deprel r = (casus_deprel)t->tok[i].deprel;
        if (r == CASUS_ACL_RELCL || (r == CASUS_ACL && t->tok[i].upos == CASUS_VERB && !tree_child_lemma(t, i, "to"))) return true;
    }
    return false;
}

/* Does the cue at `cue` (an adverb, an adjective with an infinitive) bear on the act at `token`? */
static bool bears_on(const coder_tree *t, unsigned cue, unsigned token) {
    unsigned h = t->tok[cue].head;
    if (tree_under(t, token, cue)) return !leaves_clause(t, token, cue);
    if (t->tok[cue].deprel == CASUS_XCOMP && t->tok[cue].upos == CASUS_ADJ && h == token) return true; /* "attacks remain likely" */
    bool adverb = t->tok[cue].deprel == CASUS_ADVMOD || t->tok[cue].deprel == CASUS_AMOD || t->tok[cue].deprel == CASUS_DET_REL;
    if (!adverb || !h) return false;
    if (token == h) return true;
    if (only_describes(t, token, h)) return false;
    unsigned held = t->tok[h].upos == CASUS_NOUN ? tree_child(t, h, CASUS_CCOMP) : 0;
    if (held && tree_under(t, token, held)) return !leaves_clause(t, token, held); /* "little chance that it will fight" */
    /* "likely calculates that … it can augment": the estimate carries into what is calculated */
    return tree_under(t, token, h) && tree_clause(t, token) != token ? tree_clause(t, token) == h : tree_under(t, token, h) && tree_is_verb(t, h) && cue < token;
}

static interval likelihood_of(const builder *b, unsigned token) {
    const coder_tree *t = &b->s->tree;
    interval best = {false, 0, 1, {NULL, 0}};
    for (unsigned i = 1; i <= t->n; i++) {
        size_t n = 0;
        unsigned last = i;
        const casus_phrase *p = match_phrase(b->d->lex, t, i, &n, &last);
        for (size_t k = 0; p && k < n; k++) {
            const casus_frame *f = casus_lexicon_frame(b->d->lex, p[k].frame);
            if (!f || f->class_ != CASUS_FRAME_LIKELIHOOD || !bears_on(t, i, token) || t->tok[i].upos == CASUS_PROPN) continue;
            if (p[k].takes_clause && !governs_clause(t, last)) continue;
            if (best.found && best.low > 0) continue;
            best = (interval){true, (double)f->low, (double)f->high, tree_words(t, i, last)};
        }
    }
    return best;
}

bool is_question(const coder_sentence *s) {
    unsigned n = s->tree.n;
    while (n && s->tree.tok[n].upos == CASUS_PUNCT && s->tree.tok[n].form.at[0] != '?') n--;
    return n && s->tree.tok[n].form.at[0] == '?';
}

void build_modality(builder *b, casus_statement *st, unsigned token) {
    coder_modal modal = {.kind = CODER_NO_MODAL};
    st->tense = is_question(b->s) ? CASUS_HYPOTHETICAL : coder_tense(b->s->s, (int)token - 1);
    st->negative = coder_negated(b->s->s, (int)token - 1, b->d->lex);
    unsigned no = b->s->tree.tok[token].upos == CASUS_NOUN && tree_child(&b->s->tree, token, CASUS_COP) && !tree_case(&b->s->tree, token) ? tree_child_lemma(&b->s->tree, token, "no") : 0;
    if (no && no < token) st->negative = true; /* "are no mere proxies" */
    unsigned little = tree_child_lemma(&b->s->tree, token, "little"); /* "will change little" */
    if (little > token && b->s->tree.tok[token].upos == CASUS_VERB && b->s->tree.tok[little].deprel != CASUS_AMOD && !tree_is(&b->s->tree, little - 1, "a")) st->negative = true;
    interval odds = likelihood_of(b, token);
    if (coder_modal_of(b->s->s, (int)token - 1, &modal) && modal.has_interval && !odds.found)
        odds = (interval){true, modal.low, modal.high, modal.text};
    st->has_likelihood = odds.found;
    st->likely_low = odds.low;
    st->likely_high = odds.high;
    st->likely_text = odds.text;
    if (modal.kind == CODER_CAN && !modal.inherited && !odds.found && !st->negative) st->tense = CASUS_HYPOTHETICAL; /* what one can do is not done, and no odds are given */
    bool ought = modal.kind == CODER_SHOULD && !modal.inherited && (st->kind == CASUS_CAUSE || st->kind == CASUS_CHANGE || st->kind == CASUS_RELATION);
    if (modal.kind == CODER_SHOULD && st->tense == CASUS_TENSE_NONE) st->tense = CASUS_HYPOTHETICAL;
    if (!ought && (modal.kind != CODER_CAN || st->kind > CASUS_RELATION || b->s->tree.tok[token].upos == CASUS_NOUN)) return;
    st->kind = CASUS_POWER; /* what one can do is no event yet */
    unsigned object = st->action.plover[0] ? 0 : tree_object(&b->s->tree, token);
    const coder_match *act = object ? match_of(b->s, object, CASUS_FRAME_EVENT) : NULL;
    if (act) st->action.plover[0] = act->frame->plover; /* "should keep the sanctions" */
    st->action.relation = st->negative ? "capability" : "option";
}
