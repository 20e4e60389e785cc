/* cause.c — X brings about Y: connectives, means, reasons, acts that work, changes that go together. */
#include "speaking.h"
#include "structure.h"

#include "tense.h"

#include <string.h>

static unsigned climb_out(const coder_tree *t, unsigned i, unsigned first, unsigned last) {
    unsigned h = t->tok[i].head;
    for (unsigned k = 0; h >= first && h <= last && k < t->n; k++) h = t->tok[h].head;
    return h;
}

/* "not because they are strong but": the words of the cause stand after what introduces it. */
static void cut_introduction(const coder_tree *t, unsigned last, coder_args *cause) {
    casus_participant *p = cause->n ? &cause->items[0] : NULL;
    uint32_t from = last < t->n ? t->tok[last + 1].begin : 0;
    if (!p || p->span.begin >= from || p->span.end <= from) return;
    bool whole = !p->actor && casus_str_eq(p->name, p->text);
    p->text = (casus_str){t->text.at + from, p->span.end - from};
    p->span.begin = from;
    if (whole) p->name = p->text;
}

/* One matter brings about another; told when somebody is named in either. */
static void push_cause(builder *b, const char *relation, unsigned cause, unsigned effect, unsigned first, unsigned last) {
    const coder_tree *t = &b->s->tree;
    coder_args source = {0}, target = {0};
    if (!cause || !effect || cause == effect) return;
    unsigned top = cause; /* "for want of rice": the whole phrase is no part of the effect */
    for (unsigned k = 0; t->tok[top].head >= first && t->tok[top].head <= last && t->tok[top].head != effect && k < t->n; k++) top = t->tok[top].head;
    structure_matter(b, cause, tree_under(t, effect, cause) ? effect : 0, &source);
    structure_matter(b, effect, tree_under(t, top, effect) ? top : 0, &target);
    if (cause > last) cut_introduction(t, last, &source);
    if (!source.n || !target.n || (!structure_names_actor(b->s, cause) && !structure_names_actor(b->s, effect) && !structure_in_politics(b))) return;
    casus_statement st = {.kind = CASUS_CAUSE, .source = source.items, .n_source = source.n, .target = target.items, .n_target = target.n};
    st.action = structure_action(t, relation, first, last);
    st.span = tree_span(t, t->lo[cause] < t->lo[effect] ? t->lo[cause] : t->lo[effect], t->hi[effect] > t->hi[cause] ? t->hi[effect] : t->hi[cause]);
    build_finish(b, &st, effect);
}

/* ---- "as a result of X, Y", "Y because X" ---- */

static void build_connective(builder *b, const casus_frame *f, unsigned first, unsigned last) {
    const coder_tree *t = &b->s->tree;
    casus_deprel r = (casus_deprel)t->tok[last].deprel;
    bool introduces = r == CASUS_CASE || r == CASUS_MARK || r == CASUS_FIXED || r == CASUS_ADVMOD;
    unsigned cause = climb_out(t, last, first, last), effect = cause ? climb_out(t, cause, first, last) : 0;
    if (r == CASUS_ADVCL && first == last && tree_child(t, last, CASUS_OBJ)) { /* "Given their rivalry, …" */
        cause = tree_child(t, last, CASUS_OBJ);
        effect = t->tok[last].head;
        introduces = true;
    }
    if (!introduces || !effect || cause < last) return;
    if (t->tok[cause].deprel == CASUS_CONJ && tree_child(t, effect, CASUS_MARK) && (t->tok[effect].deprel == CASUS_ADVCL || t->tok[effect].deprel == CASUS_PARATAXIS)) effect = t->tok[effect].head; /* "not because …, but because …" */
    size_t had = b->d->n_statements;
    push_cause(b, casus_lexicon_string(b->d->lex, f->word), cause, tree_clause(t, effect), first, last);
    bool not = first > 1 && tree_is(t, first - 1, "not"), but = first > 1 && tree_is(t, first - 1, "but");
    for (; (not || but) && had < b->d->n_statements; had++) b->d->statements[had].negative = not;
}

void cause_phrases(builder *b) {
    const coder_tree *t = &b->s->tree;
    for (unsigned i = 1; i <= t->n; i++) {
        size_t n = 0;
        unsigned last = i;
        const casus_phrase *p = match_phrase(b->d->lex, t, i, &n, &last);
        for (size_t k = 0; p && k < n; k++) {
            const casus_frame *f = casus_lexicon_frame(b->d->lex, p[k].frame);
            if (f && f->class_ == CASUS_FRAME_CAUSE) build_connective(b, f, i, last);
        }
    }
}

/* ---- means, reasons ---- */

/* "By souring relations, it can …": the means brings about what the clause says. */
static void build_means(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned by = tree_child_lemma(t, i, "by");
    bool means = t->tok[i].deprel == CASUS_ADVCL && by && by < i && t->tok[by].deprel == CASUS_MARK && t->tok[i].upos == CASUS_VERB;
    if (means && t->tok[i].head) push_cause(b, "causes", i, t->tok[i].head, by, by);
}

/* "…, since neither trusts the other": a reason where no time is meant; "…, so X": its counterpart. */
static void build_reason(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned h = t->tok[i].head, clause = h ? t->tok[h].head : 0;
    if (!h || !clause || !tree_is_verb(t, h) || !tree_is_verb(t, clause) || !tree_child(t, h, CASUS_NSUBJ)) return;
    bool past = coder_tense(b->s->s, (int)h - 1) == CASUS_PAST;
    bool comma = i > clause && i > 1 && t->tok[i - 1].form.at[0] == ',' && tree_child_lemma(t, h, "have"); /* "…, since it had done nothing" */
    if (tree_is(t, i, "since") && t->tok[i].deprel == CASUS_MARK && (!past || (comma && !match_of(b->s, clause, CASUS_FRAME_CHANGE)))) push_cause(b, "causes", h, clause, i, i);
    bool for_ = tree_is(t, i, "for") && t->tok[i].deprel == CASUS_MARK && i > clause && t->tok[i - 1].form.at[0] == ',' && !tree_child_lemma(t, h, "to"); /* ", for the war has made it dependent" */
    if (for_) push_cause(b, "causes", h, clause, i, i);
    bool so = tree_is(t, i, "so") && i < h && (t->tok[h].deprel == CASUS_CONJ || t->tok[h].deprel == CASUS_PARATAXIS || t->tok[h].deprel == CASUS_ADVCL);
    if (so && (t->tok[i].deprel == CASUS_CC || t->tok[i].deprel == CASUS_ADVMOD || t->tok[i].deprel == CASUS_MARK) && clause < i) push_cause(b, "causes", clause, h, i, i);
}

/* "As X grew, Y fell": what changes together, the first brings about the second; ", as it was courting them": a reason after the comma. */
static void build_as(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned h = t->tok[i].head, clause = h ? t->tok[h].head : 0;
    if (!tree_is(t, i, "as") || t->tok[i].deprel != CASUS_MARK || !clause || t->tok[h].deprel != CASUS_ADVCL) return;
    unsigned all[6], n = tree_conjuncts(t, clause, all, 6);
    for (unsigned k = 0; k < n; k++)
        if (t->lemma[all[k]] == t->lemma[h]) return; /* "punished, as others punished them" */
    if ((!tree_child(t, h, CASUS_NSUBJ) && !tree_child(t, h, CASUS_EXPL)) || !tree_is_verb(t, clause) || tree_is(t, h, "do") || structure_is_cue(b, h) || match_of(b->s, h, CASUS_FRAME_SAY)) return;
    unsigned before = i > 1 ? i - 1 : 1;
    if (i < t->n && (tree_is(t, i + 1, "if") || tree_is(t, i + 1, "though"))) return; /* "as if" */
    if (t->tok[before].upos == CASUS_ADV || t->tok[before].upos == CASUS_ADJ || tree_is(t, before, "such")) return; /* "even as", "just as" */
    bool change = match_of(b->s, h, CASUS_FRAME_CHANGE) && match_of(b->s, clause, CASUS_FRAME_CHANGE);
    bool after = i > clause && t->tok[before].upos == CASUS_PUNCT, standing = tree_child(t, h, CASUS_AUX_REL) || tree_child(t, h, CASUS_COP) || tree_is(t, h, "have");
    if (change || (after && standing)) push_cause(b, "causes", h, clause, i, i);
}

/* ---- acts that work ---- */

/* "the attack killed ten": the act itself, not its effect. */
static bool tells_the_act(const coder_tree *t, unsigned i) {
    static const char *const words[] = {"kill", "wound", "injure", "hit", "strike", "target", "include", "involve", "continue"};
    return TREE_AMONG(t, i, words);
}

/* Does a statement tell what the word at i brings about? */
static bool is_told_cause(const builder *b, unsigned i) {
    for (size_t k = b->d->n_statements; k-- > 0 && b->d->statements[k].sentence == b->s->index;)
        if (b->d->statements[k].kind == CASUS_CAUSE && b->d->statements[k].action.span.begin == b->s->tree.tok[i].begin) return true;
    return false;
}

/* "military pressure forced them into the hills": an act as subject brings about what its verb says. */
static void build_working(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned subject = t->tok[i].upos == CASUS_VERB && !tree_is_passive(t, i) ? tree_subject(t, i) : 0;
    if (!subject || subject > i || t->tok[subject].upos != CASUS_NOUN || mention_at(b->s, subject) || !tree_child(t, i, CASUS_OBJ)) return;
    if (structure_is_cue(b, i) || tells_the_act(t, i) || coder_negated(b->s->s, (int)i - 1, b->d->lex) || tree_under(t, i, subject)) return;
    const coder_match *event = match_of(b->s, i, CASUS_FRAME_EVENT);
    bool act = match_of(b->s, subject, CASUS_FRAME_EVENT) || match_of(b->s, subject, CASUS_FRAME_POWER) || match_of(b->s, subject, CASUS_FRAME_CHANGE);
    if (!act || !event || !args_owner(b->s, subject) || is_told_cause(b, i) || only_wanted(b->s, i)) return;
    push_cause(b, "causes", subject, i, i, i);
}

/* "conscription", "the freeze", "fear of the police": what can bring something about and is nobody. */
static bool is_matter(const coder_sentence *s, unsigned i) {
    static const char *const ends[] = {"tion", "sion", "ment", "ance", "ence", "ship", "ness", "ity"};
    static const char *const words[] = {"war", "fear", "drought", "famine", "hunger", "crisis", "coup", "law", "treaty", "accord", "loss", "prospect", "growth", "failure", "lack", "want", "money", "debt", "price", "weakness", "defeat", "victory"};
    static const char *const bodies[] = {"government", "parliament", "administration", "opposition", "coalition", "delegation", "commission", "department", "establishment", "organisation", "organization", "institution",
                                         "federation", "population", "corporation", "foundation", "association", "union", "generation", "regiment", "detachment", "contingent", "community", "authority", "city", "majority", "minority"};
    const coder_tree *t = &s->tree;
    if (t->tok[i].upos != CASUS_NOUN || mention_at(s, i)) return false;
    if (TREE_AMONG(t, i, bodies)) return false;
    if (match_of(s, i, CASUS_FRAME_EVENT) || match_of(s, i, CASUS_FRAME_POWER) || match_of(s, i, CASUS_FRAME_CHANGE) || match_of(s, i, CASUS_FRAME_STANCE)) return true;
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
        if (casus_str_ends(t->tok[i].lemma, ends[k])) return true;
    return TREE_AMONG(t, i, words);
}

/* Verbs that say what a matter is, has or shows, not what it brings about. */
static bool says_what_it_is(const coder_tree *t, unsigned i) {
    static const char *const words[] = {"have", "include", "involve", "show", "suggest", "reveal", "mean", "represent", "reflect", "mark", "follow", "precede", "take", "begin", "continue", "need", "require", "receive", "get",
                                        "face", "resemble", "contain", "cover", "say", "become", "remain", "concern", "enjoy", "violate", "indicate", "see", "meet", "come", "go", "reach", "lack", "constitute", "cost", "do", "make", "confirm", "deny", "call", "name", "describe", "consider", "view", "regard", "deem", "oblige", "obligate", "bind", "commit"};
    return TREE_AMONG(t, i, words);
}

static const char *effect_word(const builder *b, unsigned i) {
    const coder_match *m = match_of(b->s, i, CASUS_FRAME_CAUSE);
    return m ? casus_lexicon_string(b->d->lex, m->frame->word) : "causes";
}

/* "the freeze has closed clinics", "the contracts that membership brings": a matter brings about what its verb says. */
static void build_effect(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    coder_modal modal = {.kind = CODER_NO_MODAL};
    unsigned subject = t->tok[i].upos == CASUS_VERB && !b->told[i] && !tree_is_passive(t, i) ? tree_subject(t, i) : 0, object = tree_object(t, i);
    if (!subject || subject > i || !object || object == subject || !is_matter(b->s, subject) || tree_under(t, i, subject) || tree_is(t, object, "what")) return;
    if (structure_is_cue(b, i) || tells_the_act(t, i) || says_what_it_is(t, i) || only_wanted(b->s, i) || coder_modal_of(b->s->s, (int)i - 1, &modal)) return;
    unsigned all[6], n = tree_conjuncts(t, i, all, 6);
    size_t had = b->d->n_statements;
    push_cause(b, effect_word(b, i), subject, object < i ? object : i, i, i);
    for (unsigned k = 0; k < n && b->d->n_statements > had; k++) b->told[all[k]] = true;
}

typedef struct stretch {
    unsigned first, last;
} stretch;

/* What one stretch of words says brings about, or does not, what another says. */
static casus_statement *push_words(builder *b, const char *relation, stretch cause, stretch effect, unsigned token) {
    const coder_tree *t = &b->s->tree;
    casus_participant *two = CASUS_NEW_ARRAY(b->d->arena, casus_participant, 2);
    two[0] = (casus_participant){NULL, tree_words(t, cause.first, cause.last), tree_words(t, cause.first, cause.last), tree_span(t, cause.first, cause.last)};
    two[1] = (casus_participant){NULL, tree_words(t, effect.first, effect.last), tree_words(t, effect.first, effect.last), tree_span(t, effect.first, effect.last)};
    casus_statement st = {.kind = CASUS_CAUSE, .source = two, .n_source = 1, .target = two + 1, .n_target = 1};
    st.action = structure_action(t, relation, token, token);
    st.span = tree_span(t, cause.first < effect.first ? cause.first : effect.first, cause.last > effect.last ? cause.last : effect.last);
    build_finish(b, &st, token);
    return &b->d->statements[b->d->n_statements - 1];
}

/* "the more", "the closer". */
static bool is_the_more(const coder_tree *t, unsigned i) {
    if (i >= t->n || !tree_is(t, i, "the")) return false;
    const char *x = casus_xpos_name(t->tok[i + 1].xpos);
    bool ending = casus_str_ends(t->tok[i + 1].form, "er") && i + 2 <= t->n && tree_is(t, i + 2, "the"); /* "the fiercer the fighting" */
    return ending || strcmp(x, "JJR") == 0 || strcmp(x, "RBR") == 0 || tree_is(t, i + 1, "more") || tree_is(t, i + 1, "less");
}

/* "is fear" brings about, "is not friendship" does not, what the verb before the copula says; "is Beijing" is a deed of somebody, told as one. */
static void push_cleft(builder *b, unsigned verb, unsigned cop, unsigned first, unsigned last, bool negative) {
    const coder_tree *t = &b->s->tree;
    for (unsigned k = first; k <= last && !tree_case(t, k); k++)
        if (mention_at(b->s, k) && mention_at(b->s, k)->last == last) return;
    push_words(b, effect_word(b, verb), (stretch){first, last}, (stretch){verb, cop - 1}, verb)->negative = negative;
    b->told[verb] = true;
}

/* "The more Beijing presses, the closer Manila moves": what grows together, the first brings about the second. */
static void build_the_more(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned comma = 0, end = t->n;
    if (!is_the_more(t, i) || (i > 1 && t->tok[i - 1].upos != CASUS_PUNCT && t->tok[i - 1].upos != CASUS_CCONJ && t->tok[i - 1].upos != CASUS_SCONJ)) return;
    for (unsigned k = i + 3; k + 2 < t->n && !comma; k++)
        if (t->tok[k].form.at[0] == ',' && is_the_more(t, k + 1)) comma = k;
    if (!comma || !structure_in_politics(b)) return;
    while (end > comma + 2 && t->tok[end].upos == CASUS_PUNCT) end--;
    for (unsigned k = comma + 3; k < end; k++)
        if (t->tok[k].upos == CASUS_PUNCT) end = k - 1;
    bool lowers = tree_is(t, i + 1, "less") != tree_is(t, comma + 2, "less");
    push_words(b, lowers ? "lowers" : "raises", (stretch){i, comma - 1}, (stretch){comma + 1, end}, i + 1);
}

/* "so many ships that the navy cannot stop them": the result of so much. */
static void build_so_that(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned much = t->tok[i].deprel == CASUS_ADVMOD ? t->tok[i].head : 0;
    if (!tree_is(t, i, "so") || much <= i || (t->tok[much].upos != CASUS_ADJ && t->tok[much].upos != CASUS_ADV)) return;
    for (unsigned k = much + 1; k < t->n && k < i + 12 && t->tok[k].upos != CASUS_PUNCT; k++) {
        unsigned result = tree_is(t, k, "that") ? t->tok[k].head : 0, clause = tree_clause(t, much);
        if (!result) continue;
        if (result > k && tree_is_verb(t, result) && tree_child(t, result, CASUS_NSUBJ) > k && clause && clause < k && tree_under(t, result, clause)) {
            size_t had = b->d->n_statements;
            push_cause(b, "causes", clause, result, i, i);
            for (; had < b->d->n_statements; had++) b->d->statements[had].negative = false;
        }
        return;
    }
}

/* "What unites them is fear": what stands after the copula brings about what the free relative says. */
static void build_cleft(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned verb = i + 1, cop = 0;
    if (!tree_is(t, i, "what") || verb + 3 > t->n || t->tok[verb].upos != CASUS_VERB || tree_is(t, verb, "be") || says_what_it_is(t, verb) || !structure_in_politics(b)) return;
    for (unsigned k = verb + 2; k < t->n && k < verb + 10 && !cop && t->tok[k].upos != CASUS_PUNCT; k++)
        if (tree_is(t, k, "be")) cop = k;
    bool not = cop && tree_is(t, cop + 1, "not");
    unsigned first = cop + 1u + not, end = first, but = 0;
    while (cop && end <= t->n && t->tok[end].upos != CASUS_PUNCT && !tree_is(t, end, "but")) end++;
    if (!cop || end == first || t->tok[first].upos == CASUS_SCONJ || t->tok[first].upos == CASUS_PART) return;
    if (not && end <= t->n && tree_is(t, end, "but")) but = end;
    push_cleft(b, verb, cop, first, end - 1, not);
    for (end = but + 1; but && end <= t->n && t->tok[end].upos != CASUS_PUNCT; end++) {}
    if (but && end > but + 1) push_cleft(b, verb, cop, but + 1, end - 1, false);
}

/* "smuggling has multiplied since they seized the mine": what changed things. */
static void build_since(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned h = t->tok[i].head, change = h ? t->tok[h].head : 0;
    if (!tree_is(t, i, "since") || !change || !match_of(b->s, change, CASUS_FRAME_CHANGE) || t->tok[change].upos != CASUS_VERB || mention_at(b->s, h)) return;
    bool clause = t->tok[i].deprel == CASUS_MARK && tree_is_verb(t, h) && tree_child(t, h, CASUS_NSUBJ) && tree_object(t, h);
    bool act = t->tok[i].deprel == CASUS_CASE && h > change && t->tok[h].upos == CASUS_NOUN && (match_of(b->s, h, CASUS_FRAME_EVENT) || match_of(b->s, h, CASUS_FRAME_CHANGE));
    if ((clause || act) && coder_tense(b->s->s, (int)change - 1) == CASUS_PAST) push_cause(b, "causes", h, change, i, i);
}

/* "forced the minister to resign": told as what is done, and as what it brings about. */
static void build_forcing(builder *b, unsigned i) {
    static const char *const words[] = {"force", "compel", "push", "drive", "prompt", "induce", "lead"};
    const coder_tree *t = &b->s->tree;
    unsigned object = tree_child(t, i, CASUS_OBJ), so = tree_child(t, i, CASUS_XCOMP), subject = tree_subject(t, i);
    if (!so) so = tree_child(t, i, CASUS_ADVCL);
    bool forces = TREE_AMONG(t, i, words);
    const coder_match *event = match_of(b->s, i, CASUS_FRAME_EVENT);
    if (!forces || !event || !object || so < object || t->tok[so].upos != CASUS_VERB || !subject || tree_is_passive(t, i)) return;
    if (is_told_cause(b, i)) return;
    coder_args source = {0}, target = {0};
    size_t cap = 0;
    structure_matter(b, subject, 0, &source);
    args_add(b->d, b->s, object, true, &target);
    if (!source.n || !target.n) return;
    casus_statement st = {.kind = CASUS_CAUSE, .source = source.items, .n_source = source.n, .target = target.items, .n_target = target.n};
    *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = structure_clause(b->s, so);
    st.action = structure_action(t, "causes", i, i);
    build_finish(b, &st, i);
}

/* "has made Russia dependent on its neighbours": what becomes of whom. */
static void build_making(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned object = tree_child(t, i, CASUS_OBJ), so = tree_child(t, i, CASUS_XCOMP), subject = tree_subject(t, i);
    bool makes = tree_is(t, i, "make") || tree_is(t, i, "render") || tree_is(t, i, "leave") || tree_is(t, i, "keep");
    if (!makes || b->told[i] || only_wanted(b->s, i) || tree_is_passive(t, i) || !object || !subject || so < object || (t->tok[so].upos == CASUS_VERB && !(tree_is(t, i, "keep") && casus_str_ends(t->tok[so].form, "ed")))) return;
    coder_args source = {0}, target = {0};
    size_t cap = 0;
    structure_matter(b, subject, 0, &source);
    args_add(b->d, b->s, object, true, &target);
    if (!source.n || !target.n || !structure_in_politics(b)) return;
    casus_statement st = {.kind = CASUS_CAUSE, .source = source.items, .n_source = source.n, .target = target.items, .n_target = target.n};
    *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = (casus_about){NULL, tree_words(t, t->lo[so], t->hi[so]), tree_span(t, t->lo[so], t->hi[so])};
    static const char *const worse[] = {"hard", "harder", "difficult", "impossible", "weak", "weaker", "poor", "poorer", "unlikely", "irrelevant", "untenable"};
    bool lowers = tree_child_lemma(t, so, "less") || TREE_AMONG(t, so, worse);
    st.action = structure_action(t, lowers ? "lowers" : "causes", i, i);
    b->told[i] = true;
    build_finish(b, &st, i);
}

/* "needs their gas and has therefore muted its criticism": the clause before is the cause. */
static void build_therefore(builder *b, unsigned i) {
    static const char *const words[] = {"therefore", "consequently", "accordingly", "hence"};
    const coder_tree *t = &b->s->tree;
    unsigned h = t->tok[i].deprel == CASUS_ADVMOD ? t->tok[i].head : 0, before = h && t->tok[h].deprel == CASUS_CONJ ? t->tok[h].head : 0;
    if (before && tree_is_verb(t, before) && TREE_AMONG(t, i, words)) push_cause(b, "causes", before, h, i, i);
}

/* ---- results ---- */

unsigned cause_result_of(const coder_tree *t, unsigned i) {
    unsigned h = t->tok[i].head;
    casus_deprel r = (casus_deprel)t->tok[i].deprel;
    unsigned which = h ? tree_child(t, i, CASUS_NSUBJ) : 0;
    bool whole = which && tree_is(t, which, "which") && i > h && tree_is_verb(t, h) && !tree_child(t, h, CASUS_DET_REL); /* "…, which explains its interest" */
    if (whole && t->tok[i].upos == CASUS_VERB && (r == CASUS_ACL_RELCL || r == CASUS_ADVCL_RELCL || r == CASUS_ADVCL || r == CASUS_PARATAXIS)) return h;
    if (!h || t->tok[i].upos != CASUS_VERB || which) return 0;
    if (r == CASUS_CONJ && (tree_child_lemma(t, i, "thereby") || tree_child_lemma(t, i, "thus") || tree_child_lemma(t, i, "hence"))) return tree_is_verb(t, h) ? h : 0;
    bool trails = (r == CASUS_ADVCL || r == CASUS_ACL) && i > h && strcmp(casus_xpos_name(t->tok[i].xpos), "VBG") == 0 && !tree_case(t, i);
    unsigned before = t->lo[i] > 1 ? t->lo[i] - 1u : 1;
    bool comma = t->tok[t->lo[i]].upos == CASUS_PUNCT || t->tok[before].upos == CASUS_PUNCT;
    unsigned clause = tree_clause(t, h);
    if (!trails || !comma || !clause || !tree_is_verb(t, clause)) return 0;
    while (t->tok[clause].deprel == CASUS_CONJ && tree_is_verb(t, t->tok[clause].head) && !tree_child(t, clause, CASUS_NSUBJ)) clause = t->tok[clause].head;
    return clause;
}

void cause_at(builder *b, unsigned i) {
    build_means(b, i);
    build_reason(b, i);
    build_as(b, i);
    build_working(b, i);
    build_making(b, i);
    build_since(b, i);
    build_forcing(b, i);
    build_therefore(b, i);
    build_effect(b, i);
    build_cleft(b, i);
    build_the_more(b, i);
    build_so_that(b, i);
}
