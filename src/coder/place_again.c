#include "place_again.h"

#include <string.h>

typedef struct sort {
    const char *noun, *precision;
} sort;

static const sort SORTS[] = {{"town", "city"},     {"city", "city"},       {"village", "city"}, {"capital", "city"},  {"port", "city"},     {"province", "admin1"},
                             {"state", "admin1"},  {"district", "admin1"}, {"region", "region"}, {"region", "admin1"}, {"airport", "site"}, {"camp", "site"},
                             {"base", "site"},     {"island", "region"},   {"border", "region"}};

/* Nothing beside the noun says which. */
static bool is_plain(const coder_tree *t, unsigned i) {
    unsigned det = tree_child(t, i, CASUS_DET_REL);
    if (t->tok[i].upos != CASUS_NOUN || !det || !(tree_is(t, det, "the") || tree_is(t, det, "this") || tree_is(t, det, "that"))) return false;
    TREE_CHILDREN(t, i, c) {
        casus_deprel r = (casus_deprel)t->tok[c].deprel;
        if (r == CASUS_AMOD || r == CASUS_COMPOUND || r == CASUS_NMOD || r == CASUS_NMOD_POSS || r == CASUS_ACL || r == CASUS_ACL_RELCL || r == CASUS_APPOS) return false;
    }
    return casus_str_eq(t->tok[i].form, t->tok[i].lemma);
}

/* A place that no gazetteer knows is a small one. */
static bool is_settlement(const char *noun) { return strcmp(noun, "town") == 0 || strcmp(noun, "village") == 0; }

static const casus_place *last_of(const coder_doc *d, const coder_tree *t, unsigned i) {
    for (size_t p = d->n_places; p-- > 0;)
        for (size_t k = 0; k < sizeof SORTS / sizeof *SORTS; k++)
            if (tree_is(t, i, SORTS[k].noun) && (d->places[p].precision ? strcmp(d->places[p].precision, SORTS[k].precision) == 0 : is_settlement(SORTS[k].noun))) return &d->places[p];
    return NULL;
}

static bool is_covered(const builder *b, unsigned i) {
    for (size_t k = 0; k < b->places.n; k++)
        if (b->places.items[k].first <= (int)i - 1 && (int)i - 1 <= b->places.items[k].last) return true;
    return b->s->covers[i] != 0;
}

/* "Moscow sent mercenaries": a capital that stands for its state is no place. */
static bool stands_for_state(const builder *b, const coder_place *p) {
    const coder_mention *m = mention_at(b->s, (unsigned)p->head + 1);
    return m && m->kind == MENTION_NAME && entity_is_country(&b->d->entities[m->entity]) && p->place.precision && strcmp(p->place.precision, "city") == 0;
}

static void remember(builder *b, size_t n) {
    for (size_t k = 0; k < n; k++)
        if (!b->places.items[k].part && !stands_for_state(b, &b->places.items[k])) *CASUS_PUSH(b->d->arena, b->d->places, b->d->n_places, b->d->cap_places) = b->places.items[k].place;
}

void place_again(builder *b) {
    const coder_tree *t = &b->s->tree;
    size_t named = b->places.n;
    for (unsigned i = 1; i <= t->n; i++) {
        const casus_place *p = is_plain(t, i) && !is_covered(b, i) ? last_of(b->d, t, i) : NULL;
        if (!p) continue;
        unsigned det = tree_child(t, i, CASUS_DET_REL);
        coder_place *to = CASUS_PUSH(b->d->arena, b->places.items, b->places.n, b->places.cap);
        *to = (coder_place){.place = *p, .first = (int)i - 1, .last = (int)i - 1, .head = (int)i - 1, .inside = -1};
        if (!p->precision) to->place.precision = "city";
        to->place.text = tree_words(t, det < i ? det : i, i);
        to->place.span = tree_span(t, det < i ? det : i, i);
    }
    remember(b, named);
}
