/* relevance.c — is an act politics, or does a matter of sport, arts or daily life only borrow its words? */
#include "relevance.h"

#include <string.h>

unsigned relevance_topic(const coder_doc *d, const coder_sentence *s) {
    unsigned found = 0, last = 0;
    for (unsigned i = 1; i <= s->tree.n; i = (last > i ? last : i) + 1) {
        size_t n = 0;
        const casus_phrase *p = match_phrase(d->lex, &s->tree, i, &n, &last);
        for (size_t k = 0; p && k < n; k++)
            if (casus_lexicon_frame(d->lex, p[k].frame)->class_ == CASUS_FRAME_TOPIC) {
                found++;
                break;
            }
        if (!p) last = i;
    }
    return found;
}

/* How political a participant is: 2 a state, government, force, group, party or organisation, or who holds an office in one; 1 people who may
 * suffer or protest (civilians, workers, firms, media); 0 anyone else. */
static int standing(const coder_doc *d, const coder_entity *e) {
    static const char *const strong[] = {"GOV", "MIL", "REB", "COP", "SPY", "JUD", "LEG", "PRM", "PTY", "OPP", "UAF"};
    if (e->known >= 0 && e->type && strcmp(e->type, "company") != 0 && strcmp(e->type, "media") != 0) return 2;
    for (size_t i = 0; i < sizeof strong / sizeof *strong; i++)
        if (strcmp(e->sector, strong[i]) == 0) return 2;
    if (e->base >= 0 && !e->sector[0]) return standing(d, &d->entities[e->base]);
    return e->sector[0] && strcmp(e->sector, "UNK") != 0 ? 1 : e->known >= 0 || e->base >= 0;
}

static int highest_standing(const coder_doc *d, const coder_args *a) {
    int best = 0;
    for (size_t i = 0; i < a->n; i++) {
        uint32_t *at = a->items[i].actor ? casus_table_get(&d->entity_at, casus_str_hash(casus_str_of(a->items[i].actor)) | 1) : NULL;
        int one = at ? standing(d, &d->entities[*at - 1]) : 0;
        if (one > best) best = one;
    }
    return best;
}

bool relevance_has_standing(const coder_doc *d, const coder_args *source, const coder_args *target) {
    return highest_standing(d, source) > 0 || highest_standing(d, target) > 1;
}

static bool is_self(const coder_tree *t, unsigned i) {
    return i && t->tok[i].upos == CASUS_PRON && (tree_is(t, i, "i") || tree_is(t, i, "we") || tree_is(t, i, "you"));
}

/* A country that someone only goes to, lives in or comes from. */
static bool only_whereabouts(const builder *b, const coder_args *target, unsigned i) {
    unsigned k = i ? tree_case(&b->s->tree, i) : 0;
    const coder_mention *m = mention_at(b->s, i);
    return target->n == 1 && m && m->place && k && !tree_is(&b->s->tree, k, "against") && !tree_is(&b->s->tree, k, "with") && !tree_is(&b->s->tree, k, "on");
}

/* A sentence of sport, arts or markets: two such words, or one where nobody political acts. */
static bool off_topic(const builder *b, int acts, int undergoes) {
    if (b->topic != 1) return b->topic > 1;
    return acts < 2 && undergoes < 2;
}

/* Is this act politics? Somebody political acts or undergoes; force and protest also count among ordinary people. */
bool relevance_is_politics(const builder *b, const coder_match *m, const coder_args *source, const coder_args *target, unsigned to, unsigned from) {
    int acts = highest_standing(b->d, source), undergoes = highest_standing(b->d, target);
    if (is_self(&b->s->tree, from) || off_topic(b, acts, undergoes)) return false;
    if (acts == 2) return true;
    if (undergoes == 2) return acts > 0 || !only_whereabouts(b, target, to);
    return casus_plover_quad((casus_plover)m->frame->plover) == 4 && (acts == 1 || undergoes == 1);
}
