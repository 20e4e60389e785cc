/* coref.c — pronouns ("it", "their"), "the latter", "the three", "the group": which entity they stand for.
 *
 * A ranking over the entities mentioned before: nearness, subject position, agreement in number and in being a person. What nothing fits stays
 * unresolved: the words are kept, no actor is invented.
 */
#include "doc.h"

#include <string.h>

enum { WINDOW = 40 }; /* mentions looked back upon */

typedef struct candidate {
    uint32_t entity;
    uint32_t sentence, token;
    bool host; /* the pronoun stands in a clause that describes it ("the front that fails in its efforts") */
    bool main;                     /* subject of the sentence's main clause */
    bool subject, place, modifier; /* place: only where something is ("a shrine in Iran") */
} candidate;

typedef struct wanted {
    bool person, thing, plural, singular;
    bool group;         /* an armed group, party, organisation: "the group" */
    bool country;       /* "the country" */
    bool nearest;       /* a description: the last one named, subject or not */
    unsigned not_under; /* token whose clause-mates it cannot be (reflexive binding), or 0 */
} wanted;

/* A subject, or whose the subject is ("its attack killed"). */
static bool is_subject(const coder_tree *t, unsigned i) {
    i = tree_conj_head(t, i);
    if (t->tok[i].deprel == CASUS_NMOD_POSS && t->tok[i].head) i = tree_conj_head(t, t->tok[i].head);
    casus_deprel r = (casus_deprel)t->tok[i].deprel;
    return r == CASUS_NSUBJ || r == CASUS_NSUBJ_PASS || r == CASUS_NSUBJ_OUTER;
}

static bool type_is(const coder_entity *e, const char *type) { return e->type && strstr(e->type, type); }

static bool agrees(const coder_entity *e, const wanted *w) {
    if (w->person && !e->person && e->type) return false;
    if (w->thing && e->person) return false;
    if (w->plural && !e->plural && !type_is(e, "group") && !type_is(e, "party") && !type_is(e, "movement")) return false;
    if (w->singular && e->plural) return false;
    if (w->group && (entity_is_country(e) || e->person || type_is(e, "igo"))) return false;
    if (w->country && !entity_is_country(e)) return false;
    return true;
}

static bool describes(const coder_tree *t, unsigned inside, unsigned noun) {
    TREE_CHILDREN(t, noun, c)
    if ((t->tok[c].deprel == CASUS_ACL_RELCL || t->tok[c].deprel == CASUS_ACL) && tree_under(t, inside, c)) return true;
    return false;
}

static bool is_main_subject(const coder_tree *t, unsigned i) {
    unsigned verb = t->tok[tree_conj_head(t, i)].head;
    return is_subject(t, i) && verb && t->tok[verb].deprel == CASUS_ROOT;
}

/* Mentions before (sentence, token), nearest first. */
static size_t before(const coder_doc *d, const coder_sentence *s, unsigned token, candidate *out) {
    size_t n = 0;
    for (uint32_t back = 0; back <= 3 && back <= s->index && n < WINDOW; back++) {
        const coder_sentence *p = &d->sentences[s->index - back];
        for (unsigned i = back ? p->tree.n : token - 1; i >= 1 && n < WINDOW; i--) {
            const coder_mention *m = mention_at(p, i);
            if (!m) continue;
            unsigned k = tree_case(&p->tree, i);
            bool place = m->place && k && (tree_is(&p->tree, k, "in") || tree_is(&p->tree, k, "at"));
            out[n++] = (candidate){m->entity, p->index, m->head, back == 0 && describes(&p->tree, token, i), is_main_subject(&p->tree, i), is_subject(&p->tree, m->head), place, m->kind == MENTION_MODIFIER && p->tree.tok[m->head].deprel != CASUS_NMOD_POSS};
        }
    }
    return n;
}

static int score(const coder_sentence *s, const candidate *c, const coder_doc *d, size_t rank, const wanted *w) {
    const coder_entity *e = &d->entities[c->entity];
    size_t far = s->index == c->sentence ? 8 : 4;
    int v = -6 * (int)(s->index - c->sentence) - (int)(rank > far ? far : rank) / 2;
    if (w->nearest) return v + (c->place ? -4 : 0) - (int)rank;
    if (c->subject) v += c->sentence == s->index ? 4 : 3;
    if (c->main) v += c->sentence == s->index ? 1 : 5;
    if (c->place) v -= 4;
    if (c->host) v += 5;
    if (c->modifier) v -= 4;
    if (w->plural && e->plural) v += 3;
    v += e->mentions > 6 ? 3 : (int)e->mentions / 2;
    if (e->known >= 0) v++;
    return v;
}

/* An object pronoun is neither its clause-mate nor its verb's subject, nor whoever the subject belongs to ("their raids dispersed it"). */
static bool bound_out(const coder_sentence *s, const candidate *c, unsigned pronoun) {
    const coder_tree *t = &s->tree;
    if (c->sentence != s->index) return false;
    unsigned verb = tree_clause(t, pronoun), subject = tree_subject(t, verb);
    return tree_clause(t, c->token) == verb || (subject && tree_under(t, c->token, subject));
}

static int64_t best_before(const coder_doc *d, const coder_sentence *s, unsigned token, const wanted *w, uint32_t *sentence) {
    candidate all[WINDOW];
    size_t n = before(d, s, token, all);
    int best = -100;
    int64_t entity = -1;
    for (size_t i = 0; i < n; i++) {
        const coder_entity *e = &d->entities[all[i].entity];
        if (!agrees(e, w)) continue;
        if (w->not_under && bound_out(s, &all[i], w->not_under)) continue;
        int v = score(s, &all[i], d, i, w);
        if (v > best) best = v, entity = all[i].entity, *sentence = all[i].sentence;
    }
    return entity;
}

/* ---- pronouns ---- */

static bool pronoun(const coder_tree *t, unsigned i, wanted *w) {
    static const struct {
        const char *form;
        bool person, thing, plural;
    } all[] = {{"he", true, false, false},   {"him", true, false, false},  {"his", true, false, false},    {"she", true, false, false},
               {"her", true, false, false},  {"it", false, true, false},   {"its", false, true, false},    {"they", false, false, true},
               {"them", false, false, true}, {"their", false, false, true}, {"himself", true, false, false}, {"itself", false, true, false},
               {"themselves", false, false, true}, {"herself", true, false, false}};
    casus_str f = t->tok[i].form;
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        if (f.n != strlen(all[k].form) || (f.at[0] | 32) != all[k].form[0] || memcmp(f.at + 1, all[k].form + 1, f.n - 1) != 0) continue;
        *w = (wanted){.person = all[k].person, .thing = all[k].thing, .plural = all[k].plural, .singular = !all[k].plural};
        if (t->tok[i].deprel == CASUS_OBJ || t->tok[i].deprel == CASUS_OBL || t->tok[i].deprel == CASUS_IOBJ) w->not_under = i;
        if (f.n > 5 && casus_str_ends(f, "sel")) w->not_under = 0;
        return true;
    }
    return false;
}

/* "it is notable that", "it would take": no one. */
static bool is_expletive(const coder_tree *t, unsigned i) {
    if (t->tok[i].deprel == CASUS_EXPL) return true;
    unsigned h = t->tok[i].head;
    return h && tree_is(t, i, "it") && t->tok[i].deprel == CASUS_NSUBJ && t->tok[h].upos == CASUS_ADJ && (tree_child(t, h, CASUS_CCOMP) || tree_child(t, h, CASUS_CSUBJ));
}

/* A coordination named just before ("Russia, Iran, and China …. They"): all its members. */
static int64_t last_group(coder_doc *d, const coder_sentence *s, unsigned token, unsigned want) {
    for (uint32_t back = 0; back <= 2 && back <= s->index; back++) {
        const coder_sentence *p = &d->sentences[s->index - back];
        const coder_tree *t = &p->tree;
        for (int subject = 1; subject >= 0; subject--)
            for (unsigned head = back ? t->n : token - 1; head >= 1; head--) {
                const coder_mention *m0 = mention_at(p, head);
                unsigned all[12];
                if (!m0) continue;
                if (m0->kind == MENTION_PRONOUN && d->entities[m0->entity].n_members) return m0->entity;
                if (t->tok[head].deprel == CASUS_CONJ || is_subject(t, head) != (bool)subject) continue;
                unsigned n = tree_conjuncts(t, head, all, 12), m = 0;
                uint32_t members[12];
                for (unsigned i = 0; i < n; i++) {
                    const coder_mention *x = mention_at(p, all[i]);
                    if (x && x->kind != MENTION_MODIFIER && (back || all[i] < token)) members[m++] = x->entity;
                }
                if (m < 2 || (want && m != want)) continue;
                return entity_group(d, members, m, tree_words(t, all[0], all[n - 1] > all[0] ? all[n - 1] : all[0]));
            }
    }
    return -1;
}

static int64_t resolve_pronoun(coder_doc *d, coder_sentence *s, unsigned i, const wanted *w) {
    if (w->plural) {
        uint32_t where = 0;
        int64_t group = last_group(d, s, i, 0), one = best_before(d, s, i, w, &where);
        bool near_one = one >= 0 && where == s->index;
        if (group >= 0 && !near_one) return group;
        return one >= 0 ? one : group;
    }
    uint32_t where;
    return best_before(d, s, i, w, &where);
}

/* ---- "the latter", "the three", "the group" ---- */

static int64_t the_latter(const coder_doc *d, const coder_sentence *s, unsigned i, bool former) {
    candidate all[WINDOW];
    size_t n = before(d, s, i, all);
    int64_t last = -1;
    for (size_t k = 0; k < n; k++) {
        if (last < 0) {
            last = all[k].entity;
            if (!former) return last;
        } else if (all[k].entity != last) {
            return all[k].entity;
        }
    }
    return last;
}

/* "both sides", "the warring parties": two who stand against each other. */
static bool two_sides(const coder_tree *t, unsigned i) {
    static const char *const nouns[] = {"side", "party", "country", "nation", "government", "neighbor", "neighbour", "rival", "camp", "power", "foe", "capital", "leader", "group", "faction", "force"};
    static const char *const marks[] = {"two", "both", "warring", "rival", "opposing", "conflicting", "belligerent"};
    bool noun = false, mark = false;
    for (size_t k = 0; k < sizeof nouns / sizeof *nouns; k++) noun = noun || tree_is(t, i, nouns[k]);
    if (!noun || casus_str_eq(t->tok[i].form, t->tok[i].lemma)) return false;
    TREE_CHILDREN(t, i, c)
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++) mark = mark || tree_is(t, c, marks[k]);
    return mark && !tree_child(t, i, CASUS_NMOD);
}

/* The two bodies most spoken of in the last sentences. */
static int64_t most_named_pair(coder_doc *d, const coder_sentence *s, unsigned token) {
    int64_t best[2] = {-1, -1};
    for (uint32_t back = 0; back <= 4 && back <= s->index; back++) {
        const coder_sentence *p = &d->sentences[s->index - back];
        for (unsigned i = back ? p->tree.n : token - 1; i >= 1; i--) {
            const coder_mention *m = mention_at(p, i);
            unsigned k = m ? tree_case(&p->tree, i) : 0;
            if (!m || m->kind == MENTION_MODIFIER || d->entities[m->entity].person || d->entities[m->entity].n_members) continue;
            if (m->place && k && tree_is(&p->tree, k, "in")) continue;
            int64_t e = m->entity;
            if (e == best[0] || e == best[1]) continue;
            int slot = best[0] < 0 ? 0 : best[1] < 0 ? 1 : d->entities[best[0]].mentions < d->entities[best[1]].mentions ? 0 : 1;
            if (best[slot] < 0 || d->entities[e].mentions > d->entities[best[slot]].mentions) best[slot] = e;
        }
    }
    uint32_t pair[2] = {(uint32_t)best[0], (uint32_t)best[1]};
    return best[1] < 0 ? -1 : (int64_t)entity_group(d, pair, 2, tree_words(&s->tree, token, token));
}

static unsigned number_word(const coder_tree *t, unsigned i) {
    static const char *const words[] = {"two", "three", "four", "five", "six"};
    for (unsigned k = 0; k < 5; k++)
        if (tree_is(t, i, words[k])) return k + 2;
    return tree_is(t, i, "both") ? 2 : 0;
}

static bool has_the(const coder_tree *t, unsigned i) {
    unsigned det = tree_child(t, i, CASUS_DET_REL);
    return det && (tree_is(t, det, "the") || tree_is(t, det, "this") || tree_is(t, det, "that"));
}

static bool bare_description(const coder_tree *t, unsigned i) {
    TREE_CHILDREN(t, i, c)
    if (t->tok[c].deprel == CASUS_AMOD || t->tok[c].deprel == CASUS_COMPOUND || t->tok[c].deprel == CASUS_NMOD || t->tok[c].deprel == CASUS_ACL_RELCL) return false;
    return true;
}

/* "the group", "the paramilitary group": nothing beside it says whose or which. */
static bool plain_description(const coder_tree *t, unsigned i) {
    TREE_CHILDREN(t, i, c) {
        casus_deprel r = (casus_deprel)t->tok[c].deprel;
        if (r == CASUS_COMPOUND || r == CASUS_NMOD || r == CASUS_NMOD_POSS || r == CASUS_ACL_RELCL || r == CASUS_ACL) return false;
        if (r == CASUS_AMOD && (tree_is(t, c, "other") || tree_is(t, c, "new") || tree_is(t, c, "same") || t->tok[c].upos == CASUS_PROPN)) return false;
    }
    return true;
}

static bool description(const coder_tree *t, unsigned i, wanted *w) {
    static const char *const groups[] = {"group", "movement", "organization", "organisation", "militia", "faction", "party", "militant", "insurgency", "regime"};
    static const char *const countries[] = {"country", "nation", "state", "republic", "kingdom"};
    if (t->tok[i].upos != CASUS_NOUN || !has_the(t, i) || !plain_description(t, i)) return false;
    bool plural = !casus_str_eq(t->tok[i].form, t->tok[i].lemma) && casus_str_ends(t->tok[i].form, "s");
    *w = (wanted){.singular = !plural, .plural = plural, .nearest = true};
    for (size_t k = 0; k < sizeof groups / sizeof *groups; k++)
        if (tree_is(t, i, groups[k])) w->group = true;
    for (size_t k = 0; k < sizeof countries / sizeof *countries; k++)
        if (tree_is(t, i, countries[k])) w->country = true;
    return w->group || w->country;
}

static int64_t resolve_other(coder_doc *d, coder_sentence *s, unsigned i, coder_mention_kind *kind) {
    const coder_tree *t = &s->tree;
    wanted w;
    *kind = MENTION_PRONOUN;
    if (has_the(t, i) && tree_is(t, i, "latter") && bare_description(t, i)) return the_latter(d, s, i, false);
    if (has_the(t, i) && tree_is(t, i, "former") && bare_description(t, i)) return the_latter(d, s, i, true);
    bool counted = number_word(t, i) && t->tok[i].deprel != CASUS_NUMMOD && (has_the(t, i) || tree_is(t, i, "both"));
    if (counted) return last_group(d, s, i, number_word(t, i));
    if (two_sides(t, i)) return most_named_pair(d, s, i);
    *kind = MENTION_DESCRIPTION;
    if (!description(t, i, &w)) return -1;
    int64_t e = w.plural ? last_group(d, s, i, 0) : -1;
    uint32_t where;
    return e >= 0 ? e : best_before(d, s, i, &w, &where);
}

void coref_resolve(coder_doc *d, coder_sentence *s) {
    const coder_tree *t = &s->tree;
    for (unsigned i = 1; i <= t->n; i++) {
        wanted w;
        coder_mention_kind kind = MENTION_PRONOUN;
        if (s->covers[i] && s->mentions[s->covers[i] - 1].kind != MENTION_AGENT) continue;
        int64_t e;
        if (pronoun(t, i, &w)) e = is_expletive(t, i) ? -1 : resolve_pronoun(d, s, i, &w);
        else e = resolve_other(d, s, i, &kind);
        if (e < 0) continue;
        unsigned first = i;
        TREE_CHILDREN(t, i, c)
        if (c < first && t->tok[i].upos != CASUS_PRON && t->tok[c].deprel != CASUS_CASE && t->tok[c].deprel != CASUS_CC && t->tok[c].deprel != CASUS_MARK && t->tok[c].upos != CASUS_PUNCT) first = c;
        coder_mention *m = mention_add(d, s, first, i, i, kind, (uint32_t)e);
        m->plural = d->entities[e].plural;
    }
}
