/* compare.c — orderings of actors on a measure: "less influence than Iran", "as constrained as everyone else", "has gone the furthest". */
#include "structure.h"

#include "tense.h"

#include <string.h>

static bool is_tag(const coder_tree *t, unsigned i, const char *adjective, const char *adverb) {
    const char *x = casus_xpos_name(t->tok[i].xpos);
    return strcmp(x, adjective) == 0 || strcmp(x, adverb) == 0;
}

/* More of what there is little of is less. */
static bool is_lack(const coder_tree *t, unsigned i) {
    static const char *const words[] = {"few", "little", "small", "weak", "low", "limited", "constrained", "restricted", "modest", "marginal", "poor"};
    return TREE_AMONG(t, i, words);
}

static const char *degree(const coder_tree *t, unsigned i) {
    if (tree_is(t, i, "less") || tree_is(t, i, "least")) return "less";
    bool ending = t->tok[i].upos == CASUS_ADJ && casus_str_ends(t->tok[i].form, "er") && i < t->n && tree_is(t, i + 1, "than"); /* "richer than" */
    if (!is_tag(t, i, "JJR", "RBR") && !ending) return NULL;
    bool more = tree_is(t, i, "more") || tree_is(t, i, "much") || tree_is(t, i, "many");
    return is_lack(t, i) || (more && i < t->n && is_lack(t, i + 1)) ? "less" : "more";
}

static void push_comparison(builder *b, const char *relation, const coder_args *one, const coder_args *two, casus_about measure, unsigned word, unsigned at) {
    size_t cap = 0;
    casus_statement st = {.kind = CASUS_COMPARISON, .source = one->items, .n_source = one->n, .target = two->items, .n_target = two->n};
    *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = measure;
    st.action = structure_action(&b->s->tree, relation, word, word);
    build_finish(b, &st, at);
}

/* ---- "more influence than Iran" ---- */

static unsigned comparative_before(const coder_tree *t, unsigned than, const char **relation) {
    static const char *const no[] = {"rather", "other", "else"};
    if (than < 2 || TREE_AMONG(t, than - 1, no)) return 0;
    for (unsigned i = than - 1; i >= 1 && than - i < 8; i--)
        if (tree_is(t, i, "rather")) return 0; /* "would rather be a minister than a martyr" */
    for (unsigned i = than - 1; i >= 1 && than - i < 14; i--)
        if ((*relation = degree(t, i))) return i;
    return 0;
}

/* "depends on A more than on B", "looks to A far more than B": whom the verb concerns is compared as well as who does it. */
static void add_rival(builder *b, unsigned clause, unsigned compared, unsigned than, coder_args *one) {
    const coder_tree *t = &b->s->tree;
    if (t->tok[compared].deprel == CASUS_AMOD || tree_child(t, clause, CASUS_COP)) return;
    TREE_CHILDREN(t, clause, c)
    if (c > clause && c < than && (t->tok[c].deprel == CASUS_OBJ || t->tok[c].deprel == CASUS_OBL) && mention_at(b->s, c)) args_add(b->d, b->s, c, false, one);
}

static bool same_one(const coder_args *a, const coder_args *b) { return a->n && b->n && a->items[0].actor && a->items[0].actor == b->items[0].actor; }

/* "more than it fears the jihadists": one subject, two objects; "than it likes to believe": the words. */
static void compare_clauses(builder *b, unsigned clause, unsigned other, coder_args *one, coder_args *two) {
    const coder_tree *t = &b->s->tree;
    unsigned subject = tree_child(t, other, CASUS_NSUBJ);
    args_add(b->d, b->s, subject, true, two);
    bool itself = t->tok[subject].upos == CASUS_PRON && (tree_is(t, subject, "it") || tree_is(t, subject, "they") || tree_is(t, subject, "he") || tree_is(t, subject, "she")); /* "than it thinks": the one compared */
    if (!same_one(one, two) && !itself) return;
    *two = (coder_args){0};
    if (tree_object(t, clause) && tree_child(t, other, CASUS_OBJ)) {
        args_add(b->d, b->s, tree_object(t, clause), true, one);
        args_add(b->d, b->s, tree_child(t, other, CASUS_OBJ), true, two);
        return;
    }
    casus_about words = structure_clause(b->s, other);
    casus_participant p = {NULL, words.text, words.text, words.span};
    *CASUS_PUSH(b->d->arena, two->items, two->n, two->cap) = p;
}

/* "than it used to", "than they did a year ago", "than before the war": measured against itself, earlier. */
static bool used_to(const coder_tree *t, unsigned than) {
    unsigned k = than + 1, last = t->n < than + 8 ? t->n : than + 8;
    if (k < t->n && tree_is(t, k, "before") && t->tok[k].deprel == CASUS_CASE) return true;
    if (k + 1 >= t->n || t->tok[k].upos != CASUS_PRON) return false;
    if (tree_is(t, k + 1, "use") && k + 2 <= t->n && tree_is(t, k + 2, "to")) return true;
    bool did = tree_is(t, k + 1, "do") || tree_is(t, k + 1, "be") || tree_is(t, k + 1, "have");
    for (k += 2; did && k <= last; k++)
        if (tree_is(t, k, "ago") || tree_is(t, k, "before")) return true;
    return false;
}

/* "has less sway than ever": no ordering of two, a change. */
static bool than_ever(builder *b, unsigned than, unsigned compared, unsigned clause, const char *relation, unsigned word) {
    const coder_tree *t = &b->s->tree;
    bool then = used_to(t, than); /* "than at any time since 2003", "than in 1998", "than it used to" */
    for (unsigned k = than + 1; k <= t->n && k < than + 4; k++)
        then = then || tree_is(t, k, "time") || tree_is(t, k, "point") || (t->tok[k].upos == CASUS_NUM && t->tok[k].form.n == 4 && tree_is(t, k - 1, "in"));
    if (than >= t->n || (!tree_is(t, than + 1, "ever") && !tree_is(t, than + 1, "before") && !then)) return false;
    coder_args who = {0};
    size_t cap = 0;
    args_add(b->d, b->s, structure_topic(t, clause), true, &who);
    casus_statement st = {.kind = CASUS_CHANGE, .source = who.items, .n_source = who.n};
    *CASUS_PUSH(b->d->arena, st.about, st.n_about, cap) = args_about(b->s, compared);
    st.action = structure_action(t, strcmp(relation, "less") == 0 ? "falls" : "rises", word, than + 1);
    if (who.actors) build_finish(b, &st, compared);
    return !then; /* "than in 1998" orders two times as well */
}

/* "more than A's": A's. */
static void cut_before(const builder *b, unsigned than, coder_args *two) {
    for (size_t k = 0; k < two->n; k++) {
        casus_participant *p = &two->items[k];
        uint32_t from = than < b->s->tree.n ? b->s->tree.tok[than + 1].begin : p->span.begin;
        if (p->span.begin >= from || p->span.end <= from) continue;
        bool whole = !p->actor;
        p->text = (casus_str){b->s->tree.text.at + from, p->span.end - from};
        p->span.begin = from;
        if (whole) p->name = p->text;
    }
}

static void build_than(builder *b, unsigned than) {
    const coder_tree *t = &b->s->tree;
    const char *relation = NULL;
    unsigned other = t->tok[than].head, measure = comparative_before(t, than, &relation);
    if (!measure || !other) return;
    bool modifies = t->tok[measure].deprel == CASUS_AMOD || t->tok[measure].deprel == CASUS_ADVMOD;
    unsigned compared = modifies ? t->tok[measure].head : measure;
    if (modifies && tree_is_verb(t, other) && compared == other) compared = t->tok[other].head; /* hung on the clause it is measured against */
    unsigned clause = compared ? tree_clause(t, compared) : 0;
    if (!clause) return;
    bool no = measure > 1 && tree_is(t, measure - 1, "no"); /* "no closer to peace than": as far from it */
    if (no) relation = "equal";
    else if (than_ever(b, than, compared, clause, relation, measure)) return;
    if (other < than || t->tok[other].upos == CASUS_NUM || tree_child(t, other, CASUS_NUMMOD)) return;
    if (tree_under(t, clause, other) || (tree_is_verb(t, other) && t->tok[other].deprel == CASUS_ADVCL && !tree_child(t, other, CASUS_NSUBJ))) return;
    coder_args one = {0}, two = {0};
    args_add(b->d, b->s, structure_topic(t, clause), true, &one);
    if (tree_is_verb(t, other)) compare_clauses(b, clause, other, &one, &two);
    else args_add(b->d, b->s, other, true, &two);
    if (t->tok[measure].deprel != CASUS_AMOD) add_rival(b, clause, measure, than, &one);
    if (!one.n || !two.n || !structure_in_politics(b)) return;
    cut_before(b, than, &two);
    if (tree_child_lemma(t, structure_topic(t, clause), "no") && two.actors) { /* "no country has more sway than Egypt": Egypt has most */
        casus_participant others = {NULL, {"all others", 10}, one.items[0].text, one.items[0].span};
        one = two, two = (coder_args){0};
        *CASUS_PUSH(b->d->arena, two.items, two.n, two.cap) = others;
        push_comparison(b, relation, &one, &two, args_about(b->s, compared), measure, compared);
        b->d->statements[b->d->n_statements - 1].negative = false;
        return;
    }
    push_comparison(b, relation, &one, &two, args_about(b->s, compared), measure, compared);
}

/* ---- "as constrained as everyone else's" ---- */

static bool as_idiom(const coder_tree *t, unsigned i) {
    static const char *const words[] = {"soon", "well", "long", "far", "early", "late", "recently", "such"};
    return TREE_AMONG(t, i, words);
}

/* The head of the noun phrase that begins at i. */
static unsigned phrase_from(const coder_tree *t, unsigned i) {
    unsigned best = 0;
    for (unsigned k = i; k <= t->n && k < i + 7 && t->tok[k].upos != CASUS_PUNCT && t->tok[k].upos != CASUS_VERB && t->tok[k].upos != CASUS_ADP; k++)
        if (tree_is_nominal(t, k)) best = k;
    return best;
}

static void build_as_as(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned second = 0;
    if (!tree_is(t, i, "as") || i + 3 > t->n || as_idiom(t, i + 1)) return;
    casus_upos u = (casus_upos)t->tok[i + 1].upos;
    if (u != CASUS_ADJ && u != CASUS_ADV && u != CASUS_VERB) return;
    for (unsigned k = i + 2; k < t->n && k < i + 6 && !second; k++)
        if (tree_is(t, k, "as")) second = k;
    unsigned other = second ? phrase_from(t, second + 1) : 0, clause = tree_clause(t, i + 1);
    if (!other || t->tok[other].upos == CASUS_NUM || !clause) return;
    coder_args one = {0}, two = {0};
    args_add(b->d, b->s, structure_topic(t, clause), true, &one);
    args_add_one(b->d, b->s, other, true, &two);
    if (!two.n) { /* "everyone else's": words enough */
        casus_participant p = {NULL, tree_words(t, second + 1, other), tree_words(t, second + 1, other), tree_span(t, second + 1, other)};
        *CASUS_PUSH(b->d->arena, two.items, two.n, two.cap) = p;
    }
    bool not = coder_negated(b->s->s, (int)clause - 1, b->d->lex), twice = i > 1 && (tree_is(t, i - 1, "time") || tree_is(t, i - 1, "twice"));
    const char *relation = not || (i > 1 && tree_is(t, i - 1, "half")) ? "less" : twice ? "more" : "equal"; /* "not as strong as", "twice as many as" */
    size_t had = b->d->n_statements;
    if (one.actors) push_comparison(b, relation, &one, &two, (casus_about){NULL, tree_words(t, i, second - 1), tree_span(t, i, second - 1)}, i + 1, clause);
    for (; not && had < b->d->n_statements; had++) b->d->statements[had].negative = false;
}

/* ---- "the deepest access", "has gone the furthest", "benefits the most" ---- */

/* "at least", "most Afghans", "most likely": no ordering of actors. */
static bool is_quantity(const coder_tree *t, unsigned i) {
    bool most = tree_is(t, i, "most") || tree_is(t, i, "much") || tree_is(t, i, "many") || tree_is(t, i, "least") || tree_is(t, i, "little");
    if (i > 1 && (tree_is(t, i - 1, "at") || (most && !tree_is(t, i - 1, "the")))) return true;
    static const char *const words[] = {"late", "last", "latest", "well"};
    bool recent = most && i < t->n && (tree_is(t, i + 1, "recent") || tree_is(t, i + 1, "recently") || tree_is(t, i + 1, "likely") || tree_is(t, i + 1, "probable") || tree_is(t, i + 1, "of"));
    return recent || TREE_AMONG(t, i, words);
}

/* The clause whose subject has most of it: the superlative stands in its object, its predicate or beside its verb. */
static unsigned superlative_clause(const coder_tree *t, unsigned i) {
    unsigned noun = i;
    for (unsigned k = 0; k < 4 && (t->tok[noun].deprel == CASUS_AMOD || (t->tok[noun].deprel == CASUS_ADVMOD && t->tok[t->tok[noun].head].upos == CASUS_ADJ)); k++)
        noun = t->tok[noun].head;
    if (tree_child(t, noun, CASUS_COP)) return noun;
    if (t->tok[noun].deprel == CASUS_NSUBJ && tree_child(t, t->tok[noun].head, CASUS_COP)) return t->tok[noun].head;
    casus_deprel r = (casus_deprel)t->tok[noun].deprel;
    bool beside = r == CASUS_OBJ || r == CASUS_ADVMOD || r == CASUS_XCOMP || (noun == i && r == CASUS_OBL);
    unsigned clause = beside ? tree_clause(t, t->tok[noun].head) : 0;
    return clause && tree_is_verb(t, clause) ? clause : 0;
}

static void build_superlative(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    if (!is_tag(t, i, "JJS", "RBS") || is_quantity(t, i)) return;
    unsigned clause = superlative_clause(t, i), first, last;
    if (!clause || structure_is_cue(b, clause)) return;
    coder_args one = {0}, two = {0};
    unsigned subject = structure_topic(t, clause), cop = tree_under(t, i, subject) ? clause : 0;
    args_add(b->d, b->s, cop ? cop : subject, true, &one); /* "its weakest point is X": X is the weakest */
    if (!one.n || !structure_in_politics(b)) return;
    unsigned from = i > 1 && tree_is(t, i - 1, "the") ? i - 1 : i;
    casus_participant all = {NULL, {"all others", 10}, tree_words(t, from, i), tree_span(t, from, i)}; /* whom a superlative is measured against */
    *CASUS_PUSH(b->d->arena, two.items, two.n, two.cap) = all;
    tree_clause_range(t, clause, &first, &last);
    casus_about measure = {NULL, tree_words(t, first, last), tree_span(t, first, last)};
    if (t->tok[i].deprel == CASUS_AMOD) measure = args_about(b->s, t->tok[i].head);
    push_comparison(b, tree_is(t, i, "least") || is_lack(t, i) ? "less" : "more", &one, &two, measure, i, clause);
}

/* "is no match for": weaker. */
static void build_no_match(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    if (!tree_is(t, i, "match") || t->tok[i].upos != CASUS_NOUN || !tree_child(t, i, CASUS_COP) || !tree_child_lemma(t, i, "no")) return;
    coder_args one = {0}, two = {0};
    TREE_CHILDREN(t, i, c)
    if (c > i && tree_case(t, c) && tree_is(t, tree_case(t, c), "for")) args_add(b->d, b->s, c, true, &two);
    args_add(b->d, b->s, structure_topic(t, i), true, &one);
    if (!one.n || !two.n || !(one.actors || two.actors)) return;
    push_comparison(b, "less", &one, &two, structure_predicate(b->s, i), i, i);
    b->d->statements[b->d->n_statements - 1].negative = false;
}

void compare_at(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    build_no_match(b, i);
    if (tree_is(t, i, "than")) build_than(b, i);
    build_as_as(b, i);
    build_superlative(b, i);
}
