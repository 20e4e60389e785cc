/* clause.c — the acts of actors in words that the knowledge does not hold: who, did, what, in what matter. */
#include "clause.h"

#include "parties.h"
#include "relevance.h"
#include "structure.h"
#include "tense.h"

/* Words that only carry, link or place: what they say is said by the noun or the clause beside them. */
static bool says_little(const coder_tree *t, unsigned i) {
    static const char *const verbs[] = {"be",      "have",  "do",       "seem", "appear",  "remain", "become",
                                        "include", "mean",  "let",      "get",  "come",    "go",     "happen",
                                        "begin",   "start", "continue", "tend", "involve", "concern",
                                        "watch",   "know",  "hear",     "listen", "value", "feel", "understand", "remember"}; /* the mind's do nothing */
    return TREE_AMONG(t, i, verbs);
}

/* "courts, abolished in 2013": done by nobody named, on a date of its own, in a text of politics. */
bool clause_is_dated_deed(const builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    if (b->topic || !tree_is_passive(t, i) || !tree_object(t, i) || !structure_in_politics(b)) return false;
    const coder_time *time = coder_time_own(b->s->s, &b->times, (int)i - 1);
    return time && !time->derived && time->grain != CODER_WORDS;
}

/* "their alliance, announced in May by the minister": a participle that says who did it or when. */
static bool tells_deed(const builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    if (!tree_is_passive(t, i)) return false;
    if (clause_is_dated_deed(b, i)) return true;
    return mention_at(b->s, tree_subject(t, i)) || (!tree_subject(t, i) && tree_object(t, i) && coder_time_for(b->s->s, &b->times, (int)i - 1, NULL));
}

/* A clause of its own: with a subject, or sharing that of the verb it is coordinated to or hangs on as a participle. */
static bool is_clause(const builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    if (t->tok[i].upos != CASUS_VERB || says_little(t, i)) return false;
    switch (t->tok[i].deprel) {
    case CASUS_ACL: return tells_deed(b, i); /* else a participle that describes a noun tells nothing of its own */
    case CASUS_ADVCL: /* what is done by the way is told where a pattern knows it */
    case CASUS_AMOD:
    case CASUS_COMPOUND:
    case CASUS_CASE:
    case CASUS_MARK:
    case CASUS_FIXED: return false;
    default: return true;
    }
}

/* The verb above whose statement has this clause as its matter ("wants to …", "promised to …"). */
static bool told_above(const builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned first = tree_conj_head(t, i), h = t->tok[first].head;
    bool complement = t->tok[first].deprel == CASUS_XCOMP || t->tok[first].deprel == CASUS_CCOMP ||
                      (t->tok[first].deprel == CASUS_ADVCL && tree_child_lemma(t, first, "to"));
    bool said = structure_is_cue(b, h) && t->tok[first].deprel == CASUS_CCOMP;
    return complement && h && !said && (b->told[h] || structure_is_cue(b, h));
}

static void add_objects(const builder *b, unsigned i, unsigned object, casus_statement *st) {
    const coder_tree *t = &b->s->tree;
    size_t cap = 0;
    TREE_CHILDREN(t, i, c) {
        casus_deprel r = (casus_deprel)t->tok[c].deprel;
        bool clause = c > i && (r == CASUS_XCOMP || r == CASUS_CCOMP);
        if (c == object || st->n_about > 3 || (!clause && (!args_is_matter(b->s, i, c) || build_is_setting(b, c))))
            continue;
        *CASUS_PUSH(b->d->arena, st->about, st->n_about, cap) = args_about(b->s, c);
    }
}

static void build_clause(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned subject = tree_subject(t, i), object = tree_object(t, i);
    coder_args who = {0}, whom = {0};
    if (b->told[i] || structure_is_cue(b, i) || !is_clause(b, i) || told_above(b, i)) return;
    if (object == subject) object = 0;
    if (object && b->told[object]) return; /* "launched an attack": the attack has spoken */
    args_add(b->d, b->s, subject, true, &who);
    args_add(b->d, b->s, object, true, &whom);
    bool passive = tree_is_passive(t, i);
    bool acted = (who.actors || (passive && whom.actors)) && relevance_has_standing(b->d, &who, &whom);
    if (!acted && (who.n || !whom.n || !clause_is_dated_deed(b, i))) return;
    casus_statement st = {
        .kind = CASUS_EVENT, .source = who.items, .n_source = who.n, .target = whom.items, .n_target = whom.n};
    add_objects(b, i, object, &st);
    if (!st.n_target && !st.n_about && !coder_time_for(b->s->s, &b->times, (int)i - 1, NULL)) return;
    st.action = (casus_action){.lemma = t->tok[i].lemma, .text = tree_words(t, i, i), .span = tree_span(t, i, i)};
    parties_retype(b, i, object, &st);
    b->told[i] = true;
    build_finish(b, &st, i);
}

/* "rockets landed on the base": force, of nobody named, on whom or where its phrase says. */
static bool build_impact(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    unsigned subject = tree_subject(t, i);
    if (b->told[i] || t->tok[i].upos != CASUS_VERB || !parties_strikes(b, i, subject) || !structure_in_politics(b)) return false;
    coder_args whose = {0}, whom = {0};
    TREE_CHILDREN(t, i, c) {
        unsigned k = t->tok[c].deprel == CASUS_OBL ? tree_case(t, c) : 0;
        bool at = k && (tree_is(t, k, "in") || tree_is(t, k, "on") || tree_is(t, k, "into") || tree_is(t, k, "near") || tree_is(t, k, "at"));
        if (at && !whom.n && mention_at(b->s, c)) args_add(b->d, b->s, c, true, &whom);
    }
    args_add(b->d, b->s, subject, true, &whose);
    casus_statement st = {.kind = CASUS_EVENT, .target = whom.items, .n_target = whom.n};
    if (whose.actors) st.source = whose.items, st.n_source = whose.n;
    st.action = (casus_action){.lemma = t->tok[i].lemma, .text = tree_words(t, i, i), .span = tree_span(t, i, i), .plover = {CASUS_ASSAULT}, .cameo = "190"};
    b->told[i] = true;
    build_finish(b, &st, i);
    return true;
}

void build_clauses(builder *b) {
    if (b->topic > 1) return; /* sport, arts, markets: nothing is told there that no pattern knows */
    for (unsigned i = 1; i <= b->s->tree.n; i++)
        if (!build_impact(b, i)) build_clause(b, i);
}
