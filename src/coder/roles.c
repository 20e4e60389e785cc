/* roles.c — who is source and who is target of an act, where the pattern leaves it to grammar. */
#include "build.h"

#include "tense.h"

static bool names_actor(const coder_sentence *s, unsigned i) { return i && args_has_actor(s, i); }

/* ---- verbs ---- */

static unsigned partner_after(const coder_sentence *s, unsigned i, const char *preposition) {
    const coder_tree *t = &s->tree;
    TREE_CHILDREN(t, i, c) {
        unsigned k = tree_case(t, c);
        if ((t->tok[c].deprel == CASUS_OBL || t->tok[c].deprel == CASUS_NMOD) && k && tree_is(t, k, preposition)) return c;
    }
    return 0;
}

/* "clashes broke out in Zawiya between A and B": who the act of the verb's subject lies between, wherever the parser has hung it. */
static unsigned parted_between(const coder_sentence *s, unsigned verb) {
    const coder_tree *t = &s->tree;
    if (t->tok[verb].upos != CASUS_VERB) return 0;
    for (unsigned c = verb + 1; c <= t->hi[verb]; c++) {
        unsigned k = tree_child(t, c, CASUS_CONJ) || mention_at(s, c) ? tree_case(t, c) : 0;
        if (k && tree_is(t, k, "between") && tree_clause(t, c) == verb) return c;
    }
    return 0;
}

static coder_roles verb_roles(const coder_sentence *s, const coder_match *m) {
    const coder_tree *t = &s->tree;
    coder_roles r = {m->source, m->target, m->content ? m->content : m->doing};
    unsigned subject = tree_subject(t, m->token), object = tree_object(t, m->token);
    if (!r.content && (m->frame->class_ == CASUS_FRAME_STANCE || m->frame->class_ == CASUS_FRAME_ASSESSMENT)) r.content = tree_child(t, m->token, CASUS_CCOMP); /* "fears that it will attack" */
    if (m->pattern->flags & CASUS_PATTERN_SUBJECT_IS_TARGET) {
        if (!r.target) r.target = subject;
        if (!r.source && m->frame->class_ == CASUS_FRAME_STANCE && object && names_actor(s, object)) return (coder_roles){object, subject, 0}; /* "the raid alarmed them" */
    } else if (!r.source) {
        r.source = subject;
    }
    if (!r.target && object != m->object_word && object != r.content) r.target = object;
    if (!r.target && (m->pattern->flags & CASUS_PATTERN_MUTUAL)) r.target = partner_after(s, m->token, "with");
    if (!r.target && m->object_word) {
        static const char *const to[] = {"against", "with", "on", "to", "at"};
        for (size_t k = 0; k < sizeof to / sizeof *to && !r.target; k++) {
            unsigned p = partner_after(s, m->object_word, to[k]);
            if (!p) p = partner_after(s, m->token, to[k]);
            if (names_actor(s, p)) r.target = p;
        }
    }
    unsigned with = r.target ? tree_case(t, r.target) : 0;
    if (with && tree_is(t, with, "with") && !names_actor(s, r.target) && !m->object_word) r.target = 0; /* "fight with determination" */
    bool better = object && object != r.source && object != r.content && names_actor(s, object);
    if (better && (!r.target || !names_actor(s, r.target))) r.target = object;
    bool acted = m->object_word && match_of(s, m->object_word, CASUS_FRAME_EVENT); /* "launched an attack": the object is the act */
    bool bond = (m->pattern->flags & CASUS_PATTERN_MUTUAL) && m->frame->class_ == CASUS_FRAME_RELATION; /* "A and B restored relations": with each other */
    if (!r.target && m->object_word && !acted && !bond && m->object_word != r.content) r.target = m->object_word;
    if (r.target == r.source) r.target = 0;
    if (!r.source && m->object_word && m->frame->class_ == CASUS_FRAME_EVENT && tree_is_passive(t, m->token) && (!r.target || r.target == m->object_word) && parted_between(s, m->token)) r.target = parted_between(s, m->token); /* "talks were held between" */
    if (!r.source && m->doing && m->frame->class_ == CASUS_FRAME_STANCE && tree_is_passive(t, m->token)) r.source = r.target, r.target = 0; /* "their attacks are meant to" */
    return r;
}

/* Does no clause with a subject of its own stand between i and the act above it? */
static bool same_act(const coder_tree *t, unsigned i, unsigned act) {
    for (unsigned k = 0; i != act && i && k < t->n; i = t->tok[i].head, k++)
        if (t->tok[i].deprel == CASUS_ACL_RELCL || tree_child(t, i, CASUS_NSUBJ)) return false;
    return i == act;
}

/* "fired a salvo of rockets against the town": whatever the phrase hangs on, "against" says whom the act strikes. */
static unsigned struck(const coder_sentence *s, unsigned i) {
    const coder_tree *t = &s->tree;
    for (unsigned c = i + 1; c <= t->hi[i]; c++) {
        unsigned k = t->tok[c].deprel == CASUS_OBL || t->tok[c].deprel == CASUS_NMOD ? tree_case(t, c) : 0;
        if (k && tree_is(t, k, "against") && names_actor(s, c) && same_act(t, c, i)) return c;
    }
    return 0;
}

/* ---- nouns ---- */

static bool leads_to_target(const coder_tree *t, unsigned k) {
    static const char *const to[] = {"on", "against", "at", "with", "to", "toward", "towards", "over", "upon"};
    return TREE_AMONG(t, k, to);
}

/* "the freeze that Trump ordered": a light verb of a relative clause whose object the noun is, unless a pattern of the verb has taken the noun. */
unsigned build_carried_by(const coder_sentence *s, unsigned noun) {
    const coder_tree *t = &s->tree;
    unsigned v = tree_child(t, noun, CASUS_ACL_RELCL);
    if (!v) v = tree_child(t, noun, CASUS_ACL);
    if (v && t->tok[v].deprel == CASUS_ACL && (!tree_child(t, v, CASUS_NSUBJ) || tree_child(t, v, CASUS_OBJ))) v = 0;
    if (!v || t->tok[v].upos != CASUS_VERB || tree_is_passive(t, v) || tree_object(t, v) != noun || !match_of(s, v, CASUS_FRAME_LIGHT)) return 0;
    for (uint32_t k = s->match_from[v]; k < s->match_from[v + 1]; k++)
        if (s->matches[k].object_word == noun) return 0;
    return match_of(s, noun, CASUS_FRAME_EVENT) ? v : 0;
}

/* The verb a noun is the object of, when that verb only carries it: "launched an attack", "held talks". */
static unsigned carrier(const coder_sentence *s, unsigned noun) {
    const coder_tree *t = &s->tree;
    unsigned relative = build_carried_by(s, noun);
    if (relative) return relative;
    unsigned h = t->tok[tree_conj_head(t, noun)].head;
    casus_deprel r = (casus_deprel)t->tok[tree_conj_head(t, noun)].deprel;
    bool object = r == CASUS_OBJ || r == CASUS_NSUBJ_PASS || (r == CASUS_OBL && h && tree_case(t, noun) && tree_is(t, tree_case(t, noun), "in"));
    if (!h || t->tok[h].upos != CASUS_VERB || (!object && r != CASUS_ACL)) return 0;
    return match_of(s, h, CASUS_FRAME_LIGHT) ? h : 0;
}

static void noun_dependants(const coder_sentence *s, unsigned noun, coder_roles *r, unsigned *of) {
    const coder_tree *t = &s->tree;
    TREE_CHILDREN(t, noun, c) {
        casus_deprel rel = (casus_deprel)t->tok[c].deprel;
        unsigned k = tree_case(t, c);
        bool before = c < noun && (rel == CASUS_NMOD_POSS || rel == CASUS_AMOD || rel == CASUS_COMPOUND || rel == CASUS_NMOD || rel == CASUS_NMOD_DESC);
        if (before && mention_at(s, c) && (!r->source || rel == CASUS_NMOD_POSS)) r->source = c;
        if (before && rel == CASUS_NMOD_POSS && !r->source) r->source = c;
        if (!k || (rel != CASUS_NMOD && rel != CASUS_OBL)) continue;
        if (!r->target && leads_to_target(t, k)) r->target = c;
        if (tree_is(t, k, "by")) r->source = c;
        if (tree_is(t, k, "of") && !*of) *of = c;
    }
}

/* "X claimed the attack": X did it. "blamed the attack on Y", "attributed to Y": Y did, says the blamer. */
static unsigned blamed(const coder_sentence *s, unsigned noun) {
    const coder_tree *t = &s->tree;
    unsigned h = t->tok[tree_conj_head(t, noun)].head;
    const coder_match *say = h ? match_of(s, h, CASUS_FRAME_SAY) : NULL;
    if (!say || tree_object(t, h) != tree_conj_head(t, noun)) return 0;
    if (say->target) return say->target;
    unsigned to = 0;
    for (int k = 0; k < 2 && !to; k++) to = partner_after(s, h, k ? "on" : "to");
    if (to && args_has_actor(s, to)) return to;
    return tree_is(t, h, "claim") ? tree_subject(t, h) : 0;
}

/* "their grievances include X", "X, a top concern of theirs", "X is their concern": the noun's matter stands beside it. */
static unsigned predicated(const coder_sentence *s, unsigned noun) {
    const coder_tree *t = &s->tree;
    unsigned h = t->tok[noun].head, k = tree_case(t, noun);
    while (h && t->tok[h].upos == CASUS_ADJ && t->tok[h].head) h = t->tok[h].head; /* "features high on" */
    if (h && k && t->tok[noun].deprel == CASUS_OBL && (tree_is(t, k, "among") || (tree_is(t, k, "on") && tree_is(t, noun, "list")))) /* "counts X among its foes" */
        return tree_child(t, h, CASUS_OBJ) ? tree_child(t, h, CASUS_OBJ) : tree_subject(t, h);
    if (tree_child(t, noun, CASUS_COP)) return tree_subject(t, noun);
    if (!h) return 0;
    if (t->tok[noun].deprel == CASUS_APPOS) return h;
    if (t->tok[noun].deprel != CASUS_NSUBJ) return 0;
    if (tree_is(t, h, "include") || tree_is(t, h, "comprise") || tree_is(t, h, "involve")) return tree_object(t, h);
    return tree_child(t, h, CASUS_COP) ? h : 0;
}

/* "emerged in opposition to X", "acts at the behest of Y": the clause's subject is whom the noun is said of. */
static unsigned in_which_state(const coder_sentence *s, unsigned noun) {
    const coder_tree *t = &s->tree;
    unsigned h = t->tok[noun].head, k = tree_case(t, noun);
    bool state = t->tok[noun].deprel == CASUS_OBL && k && (tree_is(t, k, "in") || tree_is(t, k, "at") || tree_is(t, k, "under"));
    return state && h && t->tok[h].upos == CASUS_VERB && !tree_object(t, h) ? tree_subject(t, h) : 0;
}

/* "its patron, Iran", "his rival Odinga", "X is Haiti's neighbour": who is the possessor's ally, patron, rival. */
static unsigned bearer(const coder_sentence *s, unsigned noun, unsigned owner) {
    const coder_tree *t = &s->tree;
    unsigned h = t->tok[noun].head, beside = tree_child(t, noun, CASUS_APPOS);
    bool before_name = t->tok[noun].deprel == CASUS_COMPOUND || t->tok[noun].deprel == CASUS_NMOD_DESC || t->tok[noun].deprel == CASUS_APPOS;
    if (beside && mention_at(s, beside)) return beside;
    if (before_name && h != owner && mention_at(s, h)) return h;
    if (t->tok[noun].deprel == CASUS_NSUBJ && h > noun && tree_child(t, h, CASUS_COP) && mention_at(s, h)) return h; /* "whose patron is X" */
    return tree_child(t, noun, CASUS_COP) && tree_subject(t, noun) != owner ? tree_subject(t, noun) : 0;
}

/* Nouns whose possessor has the upper hand: "Moscow's puppet". */
static bool owned_noun(const coder_tree *t, unsigned noun) {
    static const char *const words[] = {"puppet", "client", "proxy", "pawn", "tool", "stooge", "vassal", "satellite"};
    return TREE_AMONG(t, noun, words);
}

static unsigned possessor_of(const coder_tree *t, unsigned noun) {
    unsigned h = t->tok[noun].head, owner = tree_child(t, noun, CASUS_NMOD_POSS);
    bool before_name = h > noun && (t->tok[noun].deprel == CASUS_COMPOUND || t->tok[noun].deprel == CASUS_NMOD_DESC);
    if (!owner && before_name) owner = tree_child(t, h, CASUS_NMOD_POSS);
    return owner && owner < noun ? owner : 0;
}

/* A tie told by a noun and whose it is: the one so called is the source, the possessor the target. */
static bool possessed_tie(const coder_sentence *s, const coder_match *m, coder_roles *r) {
    unsigned owner = possessor_of(&s->tree, m->token), who = owner ? bearer(s, m->token, owner) : 0;
    if (m->frame->class_ != CASUS_FRAME_RELATION || m->target || m->source || !who || !mention_at(s, tree_antecedent(&s->tree, owner))) return false;
    bool owned = owned_noun(&s->tree, m->token);
    *r = (coder_roles){owned ? owner : who, owned ? who : owner, 0};
    return true;
}

/* "Bazoum's overthrow", "his arrest", "Goma's fall": a person who owns such an act has suffered it, and a place that owns a fall has fallen. */
static bool suffered_by_owner(const coder_sentence *s, const coder_match *m, unsigned owner) {
    static const char *const acts[] = {"overthrow", "ouster", "ousting", "toppling", "arrest", "detention", "imprisonment", "jailing", "killing", "murder", "assassination", "poisoning", "kidnapping", "abduction", "execution",
                                       "expulsion", "dismissal", "removal", "release", "trial", "conviction", "prosecution", "deportation", "extradition", "impeachment", "persecution", "indictment", "deposition", "capture"};
    const coder_tree *t = &s->tree;
    const coder_mention *who = mention_at(s, owner);
    bool person = tree_is(t, owner, "he") || tree_is(t, owner, "his") || tree_is(t, owner, "she") || tree_is(t, owner, "her") || (who && !who->place && who->kind == MENTION_NAME && who->last > who->first);
    if (m->frame->class_ != CASUS_FRAME_EVENT || m->target || m->source) return false;
    if (tree_is(t, m->token, "fall")) return t->tok[owner].upos == CASUS_PROPN;
    return person && TREE_AMONG(t, m->token, acts);
}

/* "gives it leverage over them": who is given it has it. */
static unsigned receiver(const coder_sentence *s, const coder_match *m) {
    static const char *const verbs[] = {"give", "grant", "lend", "offer", "provide", "hand", "leave", "afford", "earn", "buy"};
    const coder_tree *t = &s->tree;
    unsigned h = t->tok[m->token].deprel == CASUS_OBJ && (m->frame->class_ == CASUS_FRAME_POWER || m->frame->class_ == CASUS_FRAME_RELATION) ? t->tok[m->token].head : 0;
    return TREE_AMONG(t, h, verbs) ? tree_child(t, h, CASUS_IOBJ) : 0;
}

static coder_roles noun_roles(const coder_sentence *s, const coder_match *m) {
    const coder_tree *t = &s->tree;
    coder_roles r = {m->source ? m->source : receiver(s, m), m->target, m->content ? m->content : m->doing};
    unsigned of = 0, verb = carrier(s, m->token);
    if (possessed_tie(s, m, &r)) return r;
    noun_dependants(s, m->token, &r, &of);
    unsigned owner = possessor_of(t, m->token);
    if (owner && !r.target && !of && r.source == owner && suffered_by_owner(s, m, owner)) r = (coder_roles){0, owner, r.content};
    if (m->source) r.source = m->source;
    if (m->target) r.target = m->target;
    if (m->frame->class_ == CASUS_FRAME_RELATION && tree_is(t, m->token, "list")) r.target = of = 0; /* "on its list of enemies": whoever is on it */
    if (of && of != r.source && of != r.target && of != r.content) {
        if (!r.target && r.source) r.target = of;
        else if (!r.source && r.target) r.source = of;
        else if (!r.target) r.target = of;
    }
    bool subject = t->tok[m->token].deprel == CASUS_NSUBJ || t->tok[m->token].deprel == CASUS_NSUBJ_PASS;
    if (!r.target && !r.source && subject && m->frame->class_ <= CASUS_FRAME_RELATION) r.target = parted_between(s, t->tok[m->token].head);
    if (verb && !r.source) r.source = tree_subject(t, verb);
    if (!r.source && m->frame->class_ == CASUS_FRAME_EVENT) r.source = blamed(s, m->token);
    if (!r.source && (r.target || r.content) && m->frame->class_ != CASUS_FRAME_EVENT) r.source = in_which_state(s, m->token);
    bool state = r.content && tree_case(t, m->token) && (m->frame->class_ == CASUS_FRAME_STANCE || m->frame->class_ == CASUS_FRAME_POWER); /* "is in no position to attack" */
    if (!r.source && state && tree_child(t, m->token, CASUS_COP)) r.source = tree_subject(t, m->token);
    if (!r.source && r.target && tree_child(t, m->token, CASUS_COP)) r.source = tree_subject(t, m->token); /* "X is at war with Y" */
    if (!r.source && r.target && m->frame->class_ == CASUS_FRAME_RELATION && t->tok[m->token].deprel == CASUS_APPOS && t->tok[m->token].head != r.target) r.source = t->tok[m->token].head; /* "X, an ally of Y" */
    if (!r.target && !r.content && m->frame->class_ != CASUS_FRAME_EVENT) r.target = predicated(s, m->token);
    if (!r.source && m->frame->class_ == CASUS_FRAME_CAUSE && (r.content || r.target)) r.source = predicated(s, m->token); /* "the reason for X is Y" */
    if (verb && !r.target) {
        coder_roles outer = {0, 0, 0};
        unsigned none = 0;
        noun_dependants(s, verb, &outer, &none);
        r.target = outer.target;
    }
    return r;
}

/* ---- adjectives ---- */

static coder_roles adjective_roles(const coder_sentence *s, const coder_match *m) {
    const coder_tree *t = &s->tree;
    coder_roles r = {m->source, m->target, m->content ? m->content : m->doing};
    if (r.source) { /* "led by X": a participle's patient */
        if (!r.target) r.target = tree_is_passive(t, m->token) ? tree_object(t, m->token) : tree_subject(t, m->token);
        return r;
    }
    unsigned noun = t->tok[m->token].deprel == CASUS_AMOD ? t->tok[m->token].head : 0;
    if (noun && m->frame->class_ == CASUS_FRAME_COMPARISON && t->tok[noun].deprel == CASUS_OBJ) { /* "has the deepest access" */
        r.source = tree_subject(t, t->tok[noun].head);
        r.content = noun;
        return r;
    }
    r.source = tree_subject(t, m->token);
    if (r.source && r.source == r.target && tree_is_passive(t, m->token)) r.source = tree_object(t, m->token); /* "is run by X" */
    if (!r.source && m->frame->class_ == CASUS_FRAME_STANCE && tree_is_passive(t, m->token)) r.source = tree_object(t, m->token); /* "was meant to please" */
    if (!r.source && t->tok[m->token].deprel == CASUS_AMOD) r.source = t->tok[m->token].head;
    if (!r.source && t->tok[m->token].deprel == CASUS_XCOMP) r.source = tree_subject(t, t->tok[m->token].head);
    if (r.source == r.target) r.target = 0;
    return r;
}

static coder_roles roles_of(const coder_sentence *s, const coder_match *m) {
    switch (m->pattern->trigger) {
    case CASUS_TRIGGER_VERB: return verb_roles(s, m);
    case CASUS_TRIGGER_NOUN: return noun_roles(s, m);
    default: return adjective_roles(s, m);
    }
}

/* "fighters were withdrawn from Chad", "troops were sent to the border": who is moved moves. */
static unsigned moved(const coder_sentence *s, const coder_match *m, const coder_roles *r) {
    unsigned patient = tree_is_passive(&s->tree, m->token) ? tree_object(&s->tree, m->token) : 0;
    bool moves = m->frame->plover == CASUS_MOBILIZE || (m->frame->plover == CASUS_RETREAT && tree_is(&s->tree, m->token, "withdraw"));
    bool apart = patient && !r->source && r->target && r->target != patient;
    return moves && apart && m->frame->class_ == CASUS_FRAME_EVENT && m->pattern->trigger == CASUS_TRIGGER_VERB && mention_at(s, patient) ? patient : 0;
}

coder_roles build_roles(const coder_sentence *s, const coder_match *m) {
    coder_roles r = roles_of(s, m);
    unsigned mover = moved(s, m, &r);
    if (mover) r.source = mover;
    r.source = tree_antecedent(&s->tree, r.source);
    r.target = tree_antecedent(&s->tree, r.target);
    r.content = tree_antecedent(&s->tree, r.content);
    bool strikes = m->frame->class_ == CASUS_FRAME_EVENT && casus_plover_quad((casus_plover)m->frame->plover) == 4;
    unsigned of = r.target ? tree_case(&s->tree, r.target) : 0;
    bool found = r.target && (names_actor(s, r.target) || m->pattern->trigger == CASUS_TRIGGER_VERB);
    if (!strikes || (found && !(of && tree_is(&s->tree, of, "of")))) return r;
    unsigned whom = struck(s, m->token);
    if (whom && whom != r.source) r.target = whom;
    return r;
}

/* "said it would free them": what is told in the past of what was then to come. */
static bool told_ahead(const coder_sentence *s, unsigned token) {
    const coder_tree *t = &s->tree;
    unsigned clause = tree_clause(t, token);
    while (clause && (t->tok[clause].deprel == CASUS_XCOMP || t->tok[clause].deprel == CASUS_CONJ)) clause = t->tok[clause].head;
    unsigned say = clause && t->tok[clause].deprel == CASUS_CCOMP ? t->tok[clause].head : 0;
    return say && match_of(s, say, CASUS_FRAME_SAY) && coder_tense(s->s, (int)say - 1) == CASUS_PAST;
}

casus_plover act_in_prospect(const coder_sentence *s, unsigned token, casus_plover type) {
    coder_modal modal = {.kind = CODER_NO_MODAL};
    bool will = coder_modal_of(s->s, (int)token - 1, &modal) &&
                (modal.kind == CODER_WILL || (modal.kind == CODER_WOULD && told_ahead(s, token)));
    if (!will || s->tree.tok[token].upos == CASUS_NOUN) return type;
    switch (type) {
    case CASUS_CONSULT:
    case CASUS_SUPPORT:
    case CASUS_CONCEDE:
    case CASUS_COOPERATE:
    case CASUS_AID:
    case CASUS_RETREAT: return CASUS_AGREE;
    case CASUS_ASSAULT:
    case CASUS_COERCE:
    case CASUS_SANCTION: return CASUS_THREATEN;
    default: return type;
    }
}
