/* Which matches of a sentence speak: of several at one word the one that says most, and none for what another word tells. */
#include "speaking.h"

#include "argument.h"
#include "build.h"
#include "structure.h"
#include "tense.h"

#include <string.h>

/* Is this noun's act already told by the verb that carries it as part of its pattern? */
static bool told_by_verb(const coder_sentence *s, unsigned i) {
    const coder_tree *t = &s->tree;
    unsigned first = tree_conj_head(t, i), h = t->tok[first].head;
    if (h && tree_counted(t, h) == first) h = t->tok[tree_conj_head(t, h)].head; /* "lifted most of its sanctions" */
    if (!h || match_of(s, h, CASUS_FRAME_SAY)) return false;
    for (uint32_t k = s->match_from[h]; k < s->match_from[h + 1]; k++)
        if (s->matches[k].frame->class_ <= CASUS_FRAME_ASSESSMENT && s->matches[k].object_word == i) return true;
    return false;
}

/* A light verb's act is its noun's. */
static bool carries_noun(const coder_sentence *s, unsigned i) {
    unsigned obj = tree_object(&s->tree, i);
    if (obj && build_carried_by(s, obj) == i) return true;
    bool own = obj && tree_under(&s->tree, obj, i); /* not "the sanctions that they imposed": there the verb has both parties */
    return own && match_of(s, i, CASUS_FRAME_LIGHT) && match_of(s, obj, CASUS_FRAME_EVENT) && !told_by_verb(s, obj);
}

/* "told its soldiers to leave", "threatened to close": asked, promised or refused, not done. */
static bool only_asked(const coder_sentence *s, unsigned verb, unsigned act) {
    const coder_match *m = match_of(s, verb, CASUS_FRAME_EVENT);
    if (!m || s->tree.tok[verb].upos != CASUS_VERB || !tree_child_lemma(&s->tree, act, "to")) return false;
    return m->frame->plover == CASUS_REQUEST || m->frame->plover == CASUS_THREATEN || m->frame->plover == CASUS_AGREE || m->frame->plover == CASUS_REJECT;
}

/* "blames them for killing him": what one is accused of is told as done, by the accuser. */
static bool accuses(const coder_sentence *s, unsigned verb) {
    const coder_match *say = match_of(s, verb, CASUS_FRAME_SAY), *act = match_of(s, verb, CASUS_FRAME_EVENT);
    return (say && (say->frame->holds == CASUS_ALLEGES || say->frame->holds == CASUS_ATTRIBUTES)) || (act && act->frame->plover == CASUS_ACCUSE);
}

bool only_wanted(const coder_sentence *s, unsigned i) {
    const coder_tree *t = &s->tree;
    unsigned first = tree_conj_head(t, i), h = t->tok[first].head;
    if (!h || t->tok[first].deprel == CASUS_CCOMP) return false;
    bool purpose = t->tok[first].deprel == CASUS_ADVCL && tree_child_lemma(t, first, "to");
    for (int c = CASUS_FRAME_STANCE; c <= CASUS_FRAME_POWER && !purpose; c++) {
        const coder_match *m = match_of(s, h, (casus_frame_class)c);
        purpose = m && (m->doing == first || m->content == first) && !accuses(s, h);
    }
    return purpose || only_asked(s, h, first);
}

static bool is_superlative(const coder_tree *t, unsigned i) {
    const char *x = casus_xpos_name(t->tok[i].xpos);
    if (strcmp(x, "JJS") == 0 || strcmp(x, "RBS") == 0) return true;
    TREE_CHILDREN(t, i, c)
    if (strcmp(casus_xpos_name(t->tok[c].xpos), "JJS") == 0 || strcmp(casus_xpos_name(t->tok[c].xpos), "RBS") == 0) return true;
    return false;
}

/* "is weaker than it looks": compared, not judged. */
static bool measured(const coder_tree *t, unsigned i) { return t->tok[i].upos == CASUS_ADJ && i < t->n && tree_is(t, i + 1, "than"); }

static bool is_compared(const coder_tree *t, unsigned i) {
    unsigned of = tree_child(t, i, CASUS_AMOD);
    return of && strcmp(casus_xpos_name(t->tok[of].xpos), "JJR") == 0;
}

/* "attacks declined", "has increased its aid": a quantity changes, nobody refuses or causes. */
bool owns_object(const coder_sentence *s, unsigned verb) {
    const coder_tree *t = &s->tree;
    unsigned object = tree_child(t, verb, CASUS_OBJ), owner = object ? tree_child(t, object, CASUS_NMOD_POSS) : 0, subject = object ? tree_subject(t, verb) : 0;
    const coder_mention *a = mention_at(s, owner), *b = mention_at(s, subject);
    if (!b || !owner || t->tok[owner].upos != CASUS_PRON) return false;
    return !a || a->entity == b->entity || (subject < verb && owner == object - 1 && tree_is(t, owner, "their") && b->plural);
}

static bool changes_by_itself(const coder_sentence *s, const coder_match *m) {
    const coder_tree *t = &s->tree;
    if (m->pattern->trigger != CASUS_TRIGGER_VERB || tree_is_passive(t, m->token) || tree_child(t, m->token, CASUS_XCOMP)) return false;
    if (owns_object(s, m->token)) return true;
    unsigned subject = tree_subject(t, m->token);
    return subject && !tree_child(t, m->token, CASUS_OBJ) && !mention_at(s, subject) && t->tok[subject].upos == CASUS_NOUN;
}

static bool is_hostile(const coder_match *m) { return m->frame->class_ == CASUS_FRAME_EVENT && casus_plover_quad((casus_plover)m->frame->plover) >= 3; }

static int preference(const coder_sentence *s, const coder_match *m, casus_tense tense) {
    bool done = tense == CASUS_PAST, noun = m->pattern->trigger == CASUS_TRIGGER_NOUN;
    if (noun && m->frame->class_ == CASUS_FRAME_EVENT) {
        coder_roles r = build_roles(s, m);
        if (r.source && r.target) return 3;
        return r.target && is_hostile(m) && args_has_actor(s, r.target) ? 2 : 0;
    }
    switch (m->frame->class_) {
    case CASUS_FRAME_EVENT: return m->pattern->trigger == CASUS_TRIGGER_ADJ ? 0 : done ? 3 : 2;
    case CASUS_FRAME_RELATION: return tree_hyphened(&s->tree, m->token) ? 4 : done ? 2 : 3; /* "Iran-backed" is a standing tie */
    case CASUS_FRAME_ASSESSMENT: return 0;
    case CASUS_FRAME_STANCE: return m->doing || (!done && m->content) ? 4 : 1; /* "wants to" asks nobody */
    case CASUS_FRAME_CAUSE: return cause_result_of(&s->tree, m->token) ? 5 : 1;
    case CASUS_FRAME_CHANGE: return changes_by_itself(s, m) ? 5 : 1;
    default: return 1;
    }
}

/* "called the plan a mistake", "which they call Zangezur": a name given, no telephone. */
static bool names_object(const coder_tree *t, unsigned i) {
    unsigned object = tree_object(t, i), after = 0;
    TREE_CHILDREN(t, i, c) {
        casus_deprel r = (casus_deprel)t->tok[c].deprel;
        bool bare = r == CASUS_XCOMP || r == CASUS_OBJ || (r == CASUS_OBL && !tree_case(t, c)) || r == CASUS_APPOS;
        if (c > i && c != object && bare && t->tok[c].upos != CASUS_VERB) after = c;
    }
    return object && after;
}

bool governs_clause(const coder_tree *t, unsigned i) {
    return tree_child(t, i, CASUS_XCOMP) || tree_child(t, i, CASUS_CCOMP) || tree_child(t, i, CASUS_CSUBJ) || tree_child(t, i, CASUS_ADVCL);
}

/* "Baku's reluctance", "its remaining leverage": an attitude or a power that is known without its matter. */
bool stands_by_itself(const coder_sentence *s, unsigned i) {
    static const char *const nouns[] = {"reluctance", "unwillingness", "refusal", "hostility", "opposition", "resistance", "resentment", "anger", "fury", "ambivalence", "neutrality", "leverage", "influence", "sway", "clout", "dependence", "fear", "grievance", "worry", "anxiety", "suspicion"};
    if (!tree_child(&s->tree, i, CASUS_NMOD_POSS)) return false;
    return TREE_AMONG(&s->tree, i, nouns);
}

static bool binds(const coder_tree *t, unsigned i) {
    bool verb = tree_is(t, i, "oblige") || tree_is(t, i, "obligate") || tree_is(t, i, "require") || tree_is(t, i, "bind") || tree_is(t, i, "commit");
    return verb && tree_subject(t, i) && !tree_is_passive(t, i) && tree_child(t, i, CASUS_XCOMP);
}

/* A cause needs its effect and a comparison its other side: "attacks increased" raises nothing, it rises. */
static bool says_enough(const coder_sentence *s, const coder_match *m) {
    coder_roles r;
    switch (m->frame->class_) {
    case CASUS_FRAME_CAUSE:
        if (m->pattern->trigger == CASUS_TRIGGER_VERB && match_of(s, m->token, CASUS_FRAME_CHANGE) && owns_object(s, m->token)) return false;
        r = build_roles(s, m);
        if (binds(&s->tree, m->token)) return false;
        if (tree_is(&s->tree, m->token, "cost") && tree_is(&s->tree, tree_object(&s->tree, m->token), "life")) return false; /* the dead are counted */
        if (m->pattern->trigger == CASUS_TRIGGER_NOUN && !m->source && !m->target && !m->content && !m->doing) return false;
        return (r.target || r.content) && (r.source || (m->pattern->trigger == CASUS_TRIGGER_VERB && tree_is_passive(&s->tree, m->token)));
    case CASUS_FRAME_COMPARISON: /* "more … than" and "the most" are compare.c's */
        r = build_roles(s, m);
        return m->pattern->trigger == CASUS_TRIGGER_VERB && m->score == 1 && !is_superlative(&s->tree, m->token) && r.source && r.target && !tree_is_passive(&s->tree, m->token);
    case CASUS_FRAME_RELATION:
        if (m->object_word && is_compared(&s->tree, m->object_word)) return false; /* "has fewer troops in X than in Y" */
        return (s->tree.tok[m->token].deprel != CASUS_AMOD || tree_hyphened(&s->tree, m->token)) && s->tree.tok[m->token].deprel != CASUS_COMPOUND;
    case CASUS_FRAME_CHANGE: /* "began his studies": something done, nothing that rises or falls */
        r = build_roles(s, m);
        if (m->pattern->trigger == CASUS_TRIGGER_VERB && r.target && !tree_is_passive(&s->tree, m->token) && mention_at(s, r.source) && !args_owner(s, r.target)) return false;
        if (m->pattern->trigger == CASUS_TRIGGER_VERB && tree_child(&s->tree, m->token, CASUS_CCOMP)) return false; /* "concluded that" */
        if (m->pattern->trigger == CASUS_TRIGGER_VERB && tree_child(&s->tree, m->token, CASUS_XCOMP) && !tree_child(&s->tree, m->token, CASUS_OBJ)) return false; /* "began to rain" */
        if (m->pattern->trigger == CASUS_TRIGGER_ADJ && strcmp(casus_xpos_name(s->tree.tok[m->token].xpos), "JJR") == 0) return false; /* compared */
        if (m->pattern->trigger == CASUS_TRIGGER_NOUN && (tree_is(&s->tree, m->token, "death") || tree_is(&s->tree, m->token, "birth")) && args_owner(s, m->token)) return false; /* of a person */
        return s->tree.tok[m->token].deprel != CASUS_AMOD;
    case CASUS_FRAME_ASSESSMENT:
        if (measured(&s->tree, m->token)) return false;
        if (m->pattern->trigger == CASUS_TRIGGER_ADJ && governs_clause(&s->tree, m->token) && (tree_is(&s->tree, m->token, "unlikely") || tree_is(&s->tree, m->token, "likely"))) return false; /* an estimate, no judgment */
        return s->tree.tok[m->token].deprel != CASUS_AMOD;
    case CASUS_FRAME_STANCE:
    case CASUS_FRAME_POWER: /* "their restraint": of nothing in particular, it may be judged */
        if (measured(&s->tree, m->token)) return false;
        if (m->pattern->trigger == CASUS_TRIGGER_VERB && tree_is(&s->tree, m->token, "like") && !tree_child_lemma(&s->tree, m->token, "would")) return false; /* "likes to believe" */
        if (m->pattern->trigger != CASUS_TRIGGER_NOUN) return true;
        r = build_roles(s, m);
        if (!r.source && match_of(s, m->token, CASUS_FRAME_RELATION)) return false; /* "an enemy of X": what one is */
        return r.target || r.content || stands_by_itself(s, m->token);
    case CASUS_FRAME_EVENT:
        if (binds(&s->tree, m->token) && !mention_at(s, tree_subject(&s->tree, m->token))) return false; /* "the treaty obliges them to": prospect.c's */
        return m->frame->plover != CASUS_CONSULT || !names_object(&s->tree, m->token);
    default: return true;
    }
}

/* "doubts pushed the country to rearm", "the pact helped them survive": no one asks, forces or helps, a matter brings about. */
static bool causes_rather(const coder_sentence *s, const coder_match *m) {
    bool asks = m->frame->class_ == CASUS_FRAME_EVENT && (casus_plover_quad((casus_plover)m->frame->plover) < 4 || m->frame->plover == CASUS_COERCE);
    if ((!asks && m->frame->class_ != CASUS_FRAME_RELATION) || m->pattern->trigger != CASUS_TRIGGER_VERB || tree_is_passive(&s->tree, m->token)) return false;
    unsigned subject = tree_subject(&s->tree, m->token);
    if (subject) subject = tree_counted(&s->tree, subject); /* "much of their strength" */
    const coder_match *cause = match_of(s, m->token, CASUS_FRAME_CAUSE);
    return cause && subject && s->tree.tok[subject].upos == CASUS_NOUN && says_enough(s, cause) && (asks ? !args_has_actor(s, subject) : !mention_at(s, subject));
}

/* "is convinced that it will win": what one believes; nobody convinced him. */
static bool only_believes(const coder_sentence *s, const coder_match *m) {
    const coder_match *say = match_of(s, m->token, CASUS_FRAME_SAY);
    bool deed = m->frame->class_ == CASUS_FRAME_EVENT || m->frame->class_ == CASUS_FRAME_CAUSE || m->frame->class_ == CASUS_FRAME_POWER;
    return say && deed && say->frame->holds == CASUS_BELIEVES && tree_is_passive(&s->tree, m->token) && !tree_subject(&s->tree, m->token) && tree_child(&s->tree, m->token, CASUS_CCOMP);
}

/* One statement a trigger: the match that says most; at a tie an act done is an event, a habit is a relation. */
static const coder_match *best_match(const coder_sentence *s, unsigned i) {
    const coder_match *best = NULL;
    int best_value = -1;
    casus_tense tense = CASUS_TENSE_NONE;
    if (s->match_from[i] < s->match_from[i + 1]) tense = coder_tense(s->s, (int)i - 1);
    for (uint32_t k = s->match_from[i]; k < s->match_from[i + 1]; k++) {
        const coder_match *m = &s->matches[k];
        if (m->frame->class_ > CASUS_FRAME_ASSESSMENT) continue;
        if (!says_enough(s, m) || causes_rather(s, m) || only_believes(s, m)) continue;
        int value = 4 * (int)m->score + preference(s, m, tense);
        if (value > best_value) best_value = value, best = m;
    }
    return best;
}

const coder_match *speaking_match(const coder_sentence *s, unsigned i) {
    const coder_match *m = best_match(s, i);
    return m && !told_by_verb(s, i) && !carries_noun(s, i) ? m : NULL;
}
