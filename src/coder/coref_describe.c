/* coref_describe.c — descriptions: "the latter", "the three", "both sides", "the group", "the country". */
#include "coref_describe.h"

#include <string.h>

enum { WINDOW = 48, BACK = 5 }; /* mentions and sentences looked back upon */

typedef struct candidate {
    uint32_t entity, sentence;
    bool place, modifier; /* place: only where something is ("a shrine in Iran") */
} candidate;

static bool is_subject(const coder_tree *t, unsigned i) {
    i = tree_conj_head(t, i);
    if (t->tok[i].deprel == CASUS_NMOD_POSS && t->tok[i].head) i = tree_conj_head(t, t->tok[i].head);
    casus_deprel r = (casus_deprel)t->tok[i].deprel;
    return r == CASUS_NSUBJ || r == CASUS_NSUBJ_PASS || r == CASUS_NSUBJ_OUTER;
}

/* Mentions before (sentence, token), nearest first. */
static size_t before(const coder_doc *d, const coder_sentence *s, unsigned token, candidate *out) {
    size_t n = 0;
    for (uint32_t back = 0; back <= BACK && back <= s->index; back++) {
        const coder_sentence *p = &d->sentences[s->index - back];
        for (unsigned i = back ? p->tree.n : token - 1; i >= 1 && n < WINDOW; i--) {
            const coder_mention *m = mention_at(p, i);
            unsigned k = m ? tree_case(&p->tree, i) : 0;
            if (!m || m->head != i) continue;
            bool place = m->place && k && (tree_is(&p->tree, k, "in") || tree_is(&p->tree, k, "at"));
            out[n++] = (candidate){m->entity, p->index, place, m->kind == MENTION_MODIFIER && p->tree.tok[i].deprel != CASUS_NMOD_POSS};
        }
    }
    return n;
}

/* ---- groups told together ---- */

/* The actors named together from token `head` on, before token `end`; how many. */
static unsigned together(const coder_sentence *p, unsigned head, unsigned end, uint32_t members[12], unsigned *last) {
    unsigned all[12], n = tree_conjuncts(&p->tree, head, all, 12), m = 0;
    for (unsigned i = 0; i < n; i++) {
        const coder_mention *x = mention_at(p, all[i]);
        if (x && x->kind != MENTION_MODIFIER && all[i] < end) members[m++] = x->entity, *last = all[i];
    }
    return m;
}

/* "the sanctions that A and B had imposed": named together in an aside. */
static bool in_aside(const coder_tree *t, unsigned i) {
    for (unsigned k = 0; i && k < t->n; k++, i = t->tok[i].head)
        if (t->tok[i].deprel == CASUS_ACL_RELCL || t->tok[i].deprel == CASUS_ACL) return true;
    return false;
}

/* "A and B, the two groups that …": those it is set beside. */
static int64_t set_beside(coder_doc *d, const coder_sentence *s, unsigned i) {
    const coder_tree *t = &s->tree;
    unsigned head = t->tok[i].deprel == CASUS_APPOS ? tree_conj_head(t, t->tok[i].head) : 0, last = head;
    uint32_t members[12];
    unsigned m = head && head < i ? together(s, head, i, members, &last) : 0;
    return m < 2 ? -1 : (int64_t)entity_group(d, members, m, tree_words(t, head, last));
}

/* A coordination named just before ("Russia, Iran, and China …. They"): all its members. */
static int64_t last_group(coder_doc *d, const coder_sentence *s, unsigned token, unsigned want) {
    for (uint32_t back = 0; back <= 3 && back <= s->index; back++) {
        const coder_sentence *p = &d->sentences[s->index - back];
        const coder_tree *t = &p->tree;
        for (int subject = 1; subject >= 0; subject--)
            for (unsigned head = back ? t->n : token - 1; head >= 1; head--) {
                const coder_mention *m0 = mention_at(p, head);
                unsigned last = head;
                uint32_t members[12];
                if (!m0) continue;
                if (m0->kind == MENTION_PRONOUN && d->entities[m0->entity].n_members && (!want || d->entities[m0->entity].n_members == want)) return m0->entity;
                if (t->tok[head].deprel == CASUS_CONJ || is_subject(t, head) != (bool)subject || (back && in_aside(t, head))) continue;
                unsigned m = together(p, head, back ? t->n + 1 : token, members, &last);
                if (m < 2 || (want && m != want)) continue;
                return entity_group(d, members, m, tree_words(t, head, last));
            }
    }
    return -1;
}


/* ---- sides and numbers ---- */

/* The two named together first in the sentence before ("Between the rebels and the tribesmen …. The latter"), or in this one; false when there are none. */
static bool two_named(const coder_sentence *p, unsigned end, int64_t two[2]) {
    for (unsigned head = 1; head < end; head++) {
        unsigned all[12], n = mention_at(p, head) && p->tree.tok[head].deprel != CASUS_CONJ ? tree_conjuncts(&p->tree, head, all, 12) : 0;
        if (n != 2 || all[1] >= end || !mention_at(p, all[1])) continue;
        for (unsigned k = 0; k < 2; k++) two[k] = mention_at(p, all[k])->entity;
        return two[0] != two[1];
    }
    return false;
}

static int64_t the_latter(const coder_doc *d, const coder_sentence *s, unsigned i, bool former) {
    int64_t two[2];
    if (two_named(s, i, two) || (s->index && two_named(&d->sentences[s->index - 1], d->sentences[s->index - 1].tree.n + 1, two))) return two[former ? 0 : 1];
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
    static const char *const nouns[] = {"side", "party", "country", "nation", "government", "neighbor", "neighbour", "rival", "camp", "power", "foe", "capital", "delegation", "leader", "president", "minister", "group", "faction", "force"};
    static const char *const marks[] = {"two", "both", "warring", "rival", "opposing", "conflicting", "belligerent"};
    bool mark = false;
    if (!TREE_AMONG(t, i, nouns) || casus_str_eq(t->tok[i].form, t->tok[i].lemma)) return false;
    TREE_CHILDREN(t, i, c)
    mark = mark || TREE_AMONG(t, c, marks);
    return mark && !tree_child(t, i, CASUS_NMOD);
}

/* The two bodies (or persons) most spoken of in the last sentences. */
static int64_t most_named_pair(coder_doc *d, const coder_sentence *s, unsigned token, bool persons) {
    int64_t best[2] = {-1, -1};
    for (uint32_t back = 0; back <= (persons ? 8u : 4u) && back <= s->index; back++) {
        const coder_sentence *p = &d->sentences[s->index - back];
        for (unsigned i = back ? p->tree.n : token - 1; i >= 1; i--) {
            const coder_mention *m = mention_at(p, i);
            unsigned k = m ? tree_case(&p->tree, i) : 0;
            if (!m || m->kind == MENTION_MODIFIER || d->entities[m->entity].person != persons || d->entities[m->entity].n_members) continue;
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
    return tree_is(t, i, "both") || tree_is(t, i, "neither") ? 2 : 0;
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
        unsigned k = c > i && t->tok[c].upos == CASUS_VERB ? tree_case(t, c) : 0;
        if (k && (tree_is(t, k, "of") || tree_is(t, k, "for") || tree_is(t, k, "from"))) continue; /* "accuse the rebels of looting" */
        if (r == CASUS_COMPOUND || r == CASUS_NMOD || r == CASUS_NMOD_POSS || r == CASUS_ACL_RELCL || r == CASUS_ACL) return false;
        if (r == CASUS_AMOD && (tree_is(t, c, "other") || tree_is(t, c, "new") || tree_is(t, c, "same") || t->tok[c].upos == CASUS_PROPN)) return false;
    }
    return true;
}

/* "Mali, with Niger and Chad, left it …. The three": exactly so many countries in one of the last sentences. */
static int64_t countries_of(coder_doc *d, const coder_sentence *s, unsigned token, unsigned want) {
    for (uint32_t back = 0; back <= 2 && back <= s->index; back++) {
        const coder_sentence *p = &d->sentences[s->index - back];
        uint32_t all[12];
        unsigned n = 0;
        for (unsigned i = 1; i <= (back ? p->tree.n : token - 1); i++) {
            const coder_mention *m = mention_at(p, i);
            bool fresh = m && m->kind == MENTION_NAME && entity_is_country(&d->entities[m->entity]);
            for (unsigned k = 0; k < n && fresh; k++) fresh = all[k] != m->entity;
            if (fresh && n < 12) all[n++] = m->entity;
        }
        if (n == want) return entity_group(d, all, n, tree_words(&s->tree, token, token));
    }
    return -1;
}

static int64_t named_together(coder_doc *d, const coder_sentence *s, unsigned token, unsigned want) {
    int64_t e = last_group(d, s, token, want);
    return e >= 0 || want < 3 ? e : countries_of(d, s, token, want);
}

/* ---- sorts of actors ---- */

/* What a noun may describe. `types`: parts of the lexicon's types; "?" an unknown name too. */
typedef struct sort {
    const char *nouns, *types;
    bool plural; /* the noun in the plural names one actor: "the rebels" */
} sort;

static const sort SORTS[] = {
    {"movement militia faction insurgency", "armed group|movement|party|?", false},
    {"group organization organisation outfit network", "armed group|movement|organisation|party|ngo|?", false},
    {"rebel insurgent militant jihadist jihadi guerrilla separatist fighter extremist terrorist gunman islamist paramilitary secessionist", "armed group|movement|?", true},
    {"party", "party|movement", false},
    {"bloc alliance union grouping coalition pact body agency organization organisation", "organisation|igo|programme", false},
    {"country nation state republic kingdom", "state|territory", false},
    {"company firm manufacturer operator", "company", false},
    {"newspaper broadcaster channel daily outlet", "media", false},
    {"regime", "government|state|movement", false},
};

static bool word_in(const coder_tree *t, unsigned i, const char *list) {
    casus_str l = t->tok[i].lemma;
    for (const char *at = list; at && *at;) {
        const char *end = strchr(at, ' ');
        size_t n = end ? (size_t)(end - at) : strlen(at);
        if (n == l.n && memcmp(at, l.at, n) == 0) return true;
        at = end ? end + 1 : NULL;
    }
    return false;
}

/* An unknown name that looks like a body's: an acronym, or several words. */
static bool names_body(casus_str name) {
    for (size_t i = 0; i < name.n; i++)
        if (name.at[i] == ' ') return true;
    return name.n > 1 && name.at[1] >= 'A' && name.at[1] <= 'Z';
}

/* "the Karen force": an agent that a name tells apart. */
static bool is_named_force(const coder_entity *e) { return e->agent.n && e->base < 0 && !e->human && !e->plural && e->name.n && e->name.at[0] >= 'A' && e->name.at[0] <= 'Z'; }

static bool type_fits(const coder_entity *e, const char *types) {
    if (e->n_members || e->person) return false;
    if (e->agent.n) return strchr(types, '?') && is_named_force(e);
    if (!e->type) return strchr(types, '?') != NULL && names_body(e->name);
    for (const char *at = types; at; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL) {
        size_t n = strcspn(at, "|");
        if (n && strlen(e->type) >= n && strncmp(e->type, at, n) == 0) return true;
    }
    return false;
}

static int64_t of_sort(const coder_doc *d, const coder_sentence *s, unsigned i, const sort *k) {
    candidate all[WINDOW];
    size_t n = before(d, s, i, all);
    bool country = strncmp(k->types, "state", 5) == 0;
    int best = -1000;
    int64_t entity = -1;
    for (size_t j = 0; j < n; j++) {
        const coder_entity *e = &d->entities[all[j].entity];
        if (country && e->agent.n && e->base >= 0) all[j].entity = (uint32_t)e->base, all[j].modifier = true, e = &d->entities[e->base]; /* "Haitians": Haiti */
        if (!type_fits(e, k->types)) continue;
        int v = -6 * (int)(s->index - all[j].sentence) - (int)j - (e->type ? 0 : 4) - (all[j].modifier ? 4 : 0);
        uint32_t often = country ? entity_country_mentions(d, all[j].entity) : 0;
        v += country ? 2 * (int)(often > 6 ? 6 : often) : all[j].place ? -4 : 0;
        if (v > best) best = v, entity = all[j].entity;
    }
    return entity;
}

static bool is_plural(const coder_tree *t, unsigned i) {
    const char *x = casus_xpos_name(t->tok[i].xpos);
    return strcmp(x, "NNS") == 0 || strcmp(x, "NNPS") == 0;
}

/* "his country", "her party": of the person. */
static int64_t of_person(coder_doc *d, const coder_sentence *s, unsigned i) {
    const coder_tree *t = &s->tree;
    unsigned owner = tree_child(t, i, CASUS_NMOD_POSS);
    const coder_mention *m = owner ? mention_at(s, owner) : NULL;
    casus_known_actor country;
    if (!m || m->kind != MENTION_PRONOUN || !word_in(t, i, "country nation homeland") || !d->entities[m->entity].person) return -1;
    const char *id = d->entities[m->entity].country;
    return id && casus_lexicon_actor_by_id(d->lex, id, &country) ? (int64_t)entity_known(d, country.index) : -1;
}

/* An unknown name that is spoken of as rebels is a group of them. */
static int64_t armed(coder_doc *d, uint32_t entity) {
    coder_entity *e = &d->entities[entity];
    if (e->known < 0 && !e->type && !e->sector[0]) e->type = "armed group", memcpy(e->sector, "REB", 3);
    return entity;
}

/* "the separatists" after "separatists of the Front": the group that the noun was said of. */
static int64_t said_of(coder_doc *d, const coder_sentence *s, unsigned i, const sort *k) {
    for (uint32_t back = 0; back <= BACK && back <= s->index; back++) {
        const coder_sentence *p = &d->sentences[s->index - back];
        const coder_tree *t = &p->tree;
        for (unsigned j = back ? t->n : i - 1; j >= 1; j--) {
            if (t->lemma[j] != s->tree.lemma[i]) continue;
            TREE_CHILDREN(t, j, c)
            if (mention_at(p, c) && type_fits(&d->entities[mention_at(p, c)->entity], k->types)) return armed(d, mention_at(p, c)->entity);
        }
    }
    return -1;
}

/* "the council" after "the Transitional Council": the body named so, the one spoken of most. */
static int64_t named_so(const coder_doc *d, casus_str noun) {
    int64_t best = -1;
    for (size_t k = 0; k < d->n_entities; k++) {
        const coder_entity *e = &d->entities[k];
        bool body = e->mentions && !e->person && !e->agent.n && !e->n_members && !entity_is_country(e), so = false;
        for (size_t j = 0; j < e->n_aliases && body && !so; j++) so = entity_name_ends(e->aliases[j], noun);
        if (body && (so || entity_name_ends(e->name, noun)) && (best < 0 || e->mentions >= d->entities[best].mentions)) best = (int64_t)k;
    }
    return best;
}

static int64_t sorted(coder_doc *d, coder_sentence *s, unsigned i) {
    const coder_tree *t = &s->tree;
    bool lower = t->tok[i].form.at[0] >= 'a' && t->tok[i].form.at[0] <= 'z';
    if (t->tok[i].upos != CASUS_NOUN && !(lower && t->tok[i].upos == CASUS_PROPN)) return -1;
    if (!has_the(t, i)) return of_person(d, s, i);
    if (!plain_description(t, i)) return -1;
    bool plural = is_plural(t, i);
    int64_t so = plural || t->tok[i].form.n < 4 || tree_child(t, i, CASUS_AMOD) ? -1 : named_so(d, t->tok[i].lemma);
    if (so >= 0) return so;
    for (size_t k = 0; k < sizeof SORTS / sizeof *SORTS; k++) {
        if (!word_in(t, i, SORTS[k].nouns) || (plural && !SORTS[k].plural && s->covers[i])) continue;
        int64_t e = plural && !SORTS[k].plural ? last_group(d, s, i, 0) : -1;
        if (e < 0 && plural && SORTS[k].plural) e = said_of(d, s, i, &SORTS[k]);
        if (e < 0 && (!plural || SORTS[k].plural)) e = of_sort(d, s, i, &SORTS[k]);
        if (e >= 0) return e;
    }
    return -1;
}

int64_t coref_described(coder_doc *d, coder_sentence *s, unsigned i, coder_mention_kind *kind) {
    const coder_tree *t = &s->tree;
    unsigned number = number_word(t, i), of = tree_child(t, i, CASUS_NMOD);
    int64_t beside = number || is_plural(t, i) ? set_beside(d, s, i) : -1;
    *kind = MENTION_DESCRIPTION;
    if (beside >= 0 && !s->covers[i]) return beside;
    if (number && of && tree_is(t, of, "which")) return -1; /* "neither of which" */
    if (s->covers[i] && d->entities[s->mentions[s->covers[i] - 1].entity].base >= 0) return -1;
    if (s->covers[i]) return sorted(d, s, i);
    *kind = MENTION_PRONOUN;
    if (has_the(t, i) && tree_is(t, i, "latter") && bare_description(t, i)) return the_latter(d, s, i, false);
    if (has_the(t, i) && tree_is(t, i, "former") && bare_description(t, i)) return the_latter(d, s, i, true);
    bool alone = tree_is(t, i, "both") || tree_is(t, i, "neither") || has_the(t, i) || tree_child_lemma(t, i, "all");
    bool counted = number && t->tok[i].deprel != CASUS_NUMMOD && t->tok[i].deprel != CASUS_DET_REL && t->tok[i].deprel != CASUS_CC && t->tok[i].deprel != CASUS_CC_PRECONJ && alone;
    if (counted) return named_together(d, s, i, number);
    if (two_sides(t, i)) return most_named_pair(d, s, i, word_in(t, i, "leader president minister man woman candidate rival"));
    *kind = MENTION_DESCRIPTION;
    return sorted(d, s, i);
}

/* ---- things: "the law" after "a bill that …" ---- */

/* Nouns that may stand for one another when one of them is told in full. */
static const char *const THINGS[] = {
    "law bill act legislation measure statute decree amendment",
    "vote election poll ballot referendum runoff",
    "agreement deal accord pact treaty text truce ceasefire document settlement charter",
    "plan proposal initiative blueprint roadmap scheme project",
    "exercise drill manoeuvre maneuver",
    "embargo blockade sanction restriction penalty",
};

/* "calls it a contract": what comes after names a paper. */
static bool is_called_paper(const coder_tree *t, unsigned i) {
    unsigned verb = t->tok[i].head;
    if (!tree_is(t, verb, "call") && !tree_is(t, verb, "consider") && !tree_is(t, verb, "deem")) return false;
    TREE_CHILDREN(t, verb, c)
    if (c > i && (word_in(t, c, THINGS[0]) || word_in(t, c, THINGS[2]) || tree_is(t, c, "contract"))) return true;
    return false;
}

/* "signed it", "wants it passed", "it was adopted", "its second reading", "a party to it", "it obliges": what one does with laws and deals, not with actors. */
static bool is_treated_as_paper(const coder_tree *t, unsigned i) {
    static const char verbs[] = "sign pass adopt ratify enact repeal veto amend implement introduce reintroduce draft annul honour honor violate breach enforce renegotiate revoke initial withdraw approve endorse";
    static const char parts[] = "reading passage ratification signing adoption term provision implementation clause signatory wording repeal annex";
    unsigned verb = t->tok[i].head, done = verb ? tree_child(t, verb, CASUS_XCOMP) : 0;
    if (!verb) return false;
    static const char obliges[] = "oblige stipulate codify enshrine";
    switch (t->tok[i].deprel) {
    case CASUS_NMOD_POSS: return word_in(t, verb, parts);
    case CASUS_NSUBJ: return word_in(t, verb, obliges);
    case CASUS_OBL:
    case CASUS_NMOD: return tree_is(t, verb, "party") || tree_is(t, verb, "signatory");
    case CASUS_NSUBJ_PASS: return word_in(t, verb, verbs);
    case CASUS_OBJ: return word_in(t, verb, verbs) || is_called_paper(t, i) || (done > i && word_in(t, done, verbs) && strcmp(casus_xpos_name(t->tok[done].xpos), "VBN") == 0);
    default: return false;
    }
}

static bool is_paper(const coder_tree *t, unsigned i) {
    return t->tok[i].upos == CASUS_NOUN && !is_plural(t, i) && t->tok[i].deprel != CASUS_COMPOUND && (word_in(t, i, THINGS[0]) || word_in(t, i, THINGS[2]) || word_in(t, i, THINGS[3]));
}

casus_str coref_paper(const coder_doc *d, const coder_sentence *s, unsigned i) {
    if (!is_treated_as_paper(&s->tree, i)) return (casus_str){NULL, 0};
    for (uint32_t back = 0; back <= 2 && back <= s->index; back++) {
        const coder_sentence *p = &d->sentences[s->index - back];
        for (unsigned k = back ? p->tree.n : i - 1; k >= 1; k--) {
            unsigned first, last;
            if (!is_paper(&p->tree, k)) continue;
            if (p->refers && p->refers[k].n) return p->refers[k];
            tree_phrase(&p->tree, k, &first, &last);
            return tree_words(&p->tree, first, last);
        }
    }
    return (casus_str){NULL, 0};
}

static bool told_in_full(const coder_tree *t, unsigned i) {
    TREE_CHILDREN(t, i, c) {
        casus_deprel r = (casus_deprel)t->tok[c].deprel;
        if (r == CASUS_AMOD || r == CASUS_COMPOUND || r == CASUS_NMOD || r == CASUS_NMOD_POSS || r == CASUS_ACL || r == CASUS_ACL_RELCL) return true;
    }
    return false;
}

casus_str coref_thing(const coder_doc *d, const coder_sentence *s, unsigned i) {
    const coder_tree *t = &s->tree;
    const char *set = NULL;
    for (size_t k = 0; k < sizeof THINGS / sizeof *THINGS && !set; k++)
        if (word_in(t, i, THINGS[k])) set = THINGS[k];
    if (!set || t->tok[i].upos != CASUS_NOUN || s->covers[i] || !has_the(t, i) || !plain_description(t, i)) return (casus_str){NULL, 0};
    for (uint32_t back = 0; back <= 30 && back <= s->index; back++) {
        const coder_sentence *p = &d->sentences[s->index - back];
        for (unsigned k = back ? p->tree.n : i - 1; k >= 1; k--) {
            if (p->tree.tok[k].upos != CASUS_NOUN || (back > 6 && !(p->refers && p->refers[k].n)) || !word_in(&p->tree, k, set) || is_plural(&p->tree, k) != is_plural(t, i)) continue;
            if (p->refers && p->refers[k].n) return p->refers[k];
            unsigned first, last;
            tree_phrase(&p->tree, k, &first, &last);
            if (told_in_full(&p->tree, k)) return tree_words(&p->tree, first, last);
        }
    }
    return (casus_str){NULL, 0};
}
