/* coref.c — pronouns ("it", "their"), "the latter", "the three", "the group": which entity they stand for.
 *
 * Pronouns are ranked (coref_rank.c), descriptions looked up by the sort of actor they name (coref_describe.c). What nothing fits stays unresolved:
 * the words are kept, no actor is invented.
 */
#include "coref_describe.h"
#include "coref_rank.h"
#include "quote.h"

#include <string.h>

/* ---- pronouns ---- */

bool coref_is_pronoun(const coder_tree *t, unsigned i, coref_pronoun *kind, bool *reflexive) {
    static const struct {
        const char *form;
        coref_pronoun kind;
    } all[] = {{"he", COREF_PERSON},       {"him", COREF_PERSON},     {"his", COREF_PERSON},    {"she", COREF_PERSON},      {"her", COREF_PERSON},
               {"hers", COREF_PERSON},     {"it", COREF_THING},       {"its", COREF_THING},     {"they", COREF_PLURAL},     {"them", COREF_PLURAL},
               {"their", COREF_PLURAL},    {"theirs", COREF_PLURAL},  {"himself", COREF_PERSON}, {"herself", COREF_PERSON}, {"itself", COREF_THING},
               {"themselves", COREF_PLURAL}};
    casus_str f = t->tok[i].form;
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        if (f.n != strlen(all[k].form) || (f.at[0] | 32) != all[k].form[0] || memcmp(f.at + 1, all[k].form + 1, f.n - 1) != 0) continue;
        *kind = all[k].kind;
        *reflexive = f.n > 5;
        return true;
    }
    return false;
}

/* "it is notable that", "it would take": no one. */
static bool is_expletive(const coder_tree *t, unsigned i) {
    if (t->tok[i].deprel == CASUS_EXPL) return true;
    unsigned h = t->tok[i].head, what = h ? tree_child(t, h, CASUS_XCOMP) : 0; /* "finds it impossible to disarm them" */
    if (what > i && tree_is(t, i, "it") && t->tok[i].deprel == CASUS_OBJ && t->tok[what].upos == CASUS_ADJ && (tree_child(t, what, CASUS_XCOMP) || tree_child(t, what, CASUS_CCOMP))) return true;
    return h && tree_is(t, i, "it") && t->tok[i].deprel == CASUS_NSUBJ && t->tok[h].upos == CASUS_ADJ && (tree_child(t, h, CASUS_CCOMP) || tree_child(t, h, CASUS_CSUBJ));
}

/* "made the union entangle itself": the subject of the pronoun's own verb, which may be another verb's object. */
static unsigned own_subject(const coder_tree *t, unsigned i) {
    unsigned subject = tree_subject(t, tree_clause(t, i));
    return subject < i ? subject : 0;
}

/* What a pronoun stands for: an actor, or a thing whose words are kept in s->refers. */
static int64_t resolve_pronoun(coder_doc *d, coder_sentence *s, unsigned i, coref_pronoun kind, bool reflexive) {
    coref_candidate all[COREF_MAX];
    unsigned subject = reflexive ? own_subject(&s->tree, i) : 0;
    const coder_mention *own = subject && subject < i ? mention_at(s, subject) : NULL;
    if (own) return own->entity;
    if (kind == COREF_THING && !d->choice) s->refers[i] = coref_paper(d, s, i);
    if (s->refers[i].n) return -1;
    size_t n = coref_candidates(d, s, i, kind, all);
    int best = d->choice ? d->choice->take(d->choice->ctx, d, s, i, kind, all, n) : coref_best(kind, all, n);
    if (best < 0) return -1;
    if (all[best].entity < 0) s->refers[i] = all[best].words;
    return all[best].entity;
}

static unsigned phrase_first(const coder_tree *t, unsigned i) {
    unsigned first = i;
    TREE_CHILDREN(t, i, c)
    if (c < first && t->tok[i].upos != CASUS_PRON && t->tok[c].deprel != CASUS_CASE && t->tok[c].deprel != CASUS_CC && t->tok[c].deprel != CASUS_MARK && t->tok[c].upos != CASUS_PUNCT) first = c;
    return first;
}

/* "Anna Berg, a researcher whom …": what is set beside a name stands for it. */
static void unite_description(coder_doc *d, coder_sentence *s, coder_mention *m) {
    const coder_tree *t = &s->tree;
    unsigned h = t->tok[m->head].deprel == CASUS_APPOS ? t->tok[m->head].head : 0;
    const coder_mention *name = h && h < m->head ? mention_at(s, h) : NULL;
    bool one = name && m->kind == MENTION_AGENT && !m->plural && name->kind == MENTION_NAME && name->entity != m->entity;
    if (!one || d->entities[name->entity].n_members || tree_child(t, h, CASUS_CONJ) || d->entities[m->entity].body) return;
    entity_unmention(d, m->entity);
    m->kind = MENTION_DESCRIPTION;
    m->agent = NULL;
    m->entity = name->entity;
    d->entities[name->entity].mentions++;
}

/* "the new president of Mali, Assimi Goïta": the office and the name set beside it are one. */
static void unite_appositions(coder_doc *d, coder_sentence *s) {
    const coder_tree *t = &s->tree;
    for (size_t k = 0; k < s->n_mentions; k++) {
        const coder_mention *name = &s->mentions[k];
        unite_description(d, s, &s->mentions[k]);
        unsigned h = t->tok[name->head].deprel == CASUS_APPOS ? t->tok[name->head].head : 0;
        if (name->kind != MENTION_NAME || !h || h > name->head || !s->at[h] || tree_child(t, name->head, CASUS_CONJ)) continue;
        coder_mention *office = &s->mentions[s->at[h] - 1];
        bool one = office->kind == MENTION_AGENT && !office->plural && !d->entities[office->entity].plural && office->entity != name->entity;
        const coder_entity *named = &d->entities[name->entity];
        bool person = named->person || (named->known < 0 && named->base < 0 && !named->n_members && name->last > name->first && d->entities[office->entity].person);
        if (!one || !person) continue;
        entity_unmention(d, office->entity);
        office->kind = MENTION_DESCRIPTION;
        office->entity = name->entity;
        d->entities[name->entity].mentions++;
    }
}

void coref_resolve(coder_doc *d, coder_sentence *s) {
    const coder_tree *t = &s->tree;
    s->quoted = quote_read(d, s);
    s->refers = CASUS_NEW_ARRAY(d->arena, casus_str, t->n + 1);
    unite_appositions(d, s);
    for (unsigned i = 1; i <= t->n; i++) {
        coref_pronoun which;
        bool reflexive;
        coder_mention_kind kind = MENTION_PRONOUN;
        if (s->covers[i] && s->mentions[s->covers[i] - 1].kind != MENTION_AGENT) continue;
        int64_t e;
        if (coref_is_pronoun(t, i, &which, &reflexive)) e = is_expletive(t, i) ? -1 : resolve_pronoun(d, s, i, which, reflexive);
        else e = coref_described(d, s, i, &kind);
        if (e < 0 && !s->refers[i].n && t->tok[i].upos == CASUS_NOUN) s->refers[i] = coref_thing(d, s, i);
        if (e < 0) continue;
        if (s->covers[i]) entity_unmention(d, s->mentions[s->covers[i] - 1].entity); /* the agent's noun alone is no actor of its own */
        coder_mention *m = mention_add(d, s, phrase_first(t, i), i, i, kind, (uint32_t)e);
        m->plural = d->entities[e].plural;
    }
}
