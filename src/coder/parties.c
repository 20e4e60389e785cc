/* parties.c — the same word is another act when others do it: soldiers leave a country, a country leaves a union. */
#include "parties.h"

#include <string.h>

bool parties_weapon(const builder *b, unsigned source) {
    static const char *const words[] = {"drone", "missile", "rocket", "mortar", "shell", "bomb", "shot", "bullet", "artillery", "warplane", "jet", "bomber", "gunship", "helicopter", "tank", "grenade",
                                        "shelling", "bombardment", "strike", "airstrike", "air strike", "explosion", "blast", "salvo", "barrage", "mine", "landmine", "fire", "gunfire", "shrapnel"};
    const coder_tree *t = &b->s->tree;
    return source && !b->topic && t->tok[source].upos == CASUS_NOUN && !mention_at(b->s, source) && TREE_AMONG(t, source, words);
}

bool parties_nature(const builder *b, unsigned source) {
    static const char *const words[] = {"storm", "rain", "flood", "earthquake", "quake", "typhoon", "cyclone", "hurricane", "tornado", "heat", "drought", "wave", "tsunami", "landslide", "mudslide", "avalanche", "snow",
                                        "wind", "lightning", "wildfire", "epidemic", "pandemic", "virus", "cholera", "disease", "famine", "crisis", "recession", "inflation", "shock", "tremor", "eruption", "volcano", "blizzard"};
    const coder_tree *t = &b->s->tree;
    return source && t->tok[source].upos == CASUS_NOUN && !mention_at(b->s, source) && TREE_AMONG(t, source, words);
}

bool parties_strikes(const builder *b, unsigned verb, unsigned source) {
    static const char *const words[] = {"land", "crash", "slam", "rain", "fall", "explode", "detonate", "rip", "tear", "plunge", "roll", "blast"};
    static const char *const not_alone[] = {"jet", "helicopter", "warplane", "fire", "strike"}; /* these crash by themselves, or fall otherwise */
    const coder_tree *t = &b->s->tree;
    return parties_weapon(b, source) && !TREE_AMONG(t, source, not_alone) && TREE_AMONG(t, verb, words);
}

/* ---- who they are ---- */

static const coder_entity *entity_of(const coder_doc *d, const casus_participant *p, size_t n) {
    uint32_t *at = n && p->actor ? casus_table_get(&d->entity_at, casus_str_hash(casus_str_of(p->actor)) | 1) : NULL;
    return at ? &d->entities[*at - 1] : NULL;
}

static bool is_armed(const coder_doc *d, const coder_entity *e) {
    if (!e) return false;
    if (e->type && strcmp(e->type, "armed group") == 0) return true;
    if (strcmp(e->sector, "MIL") == 0 || strcmp(e->sector, "REB") == 0 || strcmp(e->sector, "UAF") == 0 || strcmp(e->sector, "PRM") == 0) return true;
    return e->base >= 0 && !e->sector[0] && is_armed(d, &d->entities[e->base]);
}

static bool is_union(const coder_entity *e) { return e && e->type && strcmp(e->type, "igo") == 0; }

/* ---- the table ---- */

typedef enum party { ANY, ARMED, UNION, LAND, PERSON } party;

typedef struct turn {
    const char *verb;
    uint8_t from;          /* the type that the word has by itself, 0 none */
    uint8_t source, target; /* party */
    uint8_t type;
    const char *mode, *cameo;
} turn;

static const turn TURNS[] = {
    {"leave", 0, ANY, UNION, CASUS_SANCTION, "withdraw", "166"},
    {"quit", 0, ANY, UNION, CASUS_SANCTION, "withdraw", "166"},
    {"leave", 0, ARMED, LAND, CASUS_RETREAT, "withdraw", "0874"},
    {"depart", 0, ARMED, LAND, CASUS_RETREAT, "withdraw", "0874"},
    {"evacuate", CASUS_AID, ARMED, LAND, CASUS_RETREAT, "withdraw", "0874"},
    {"enter", 0, ARMED, LAND, CASUS_ASSAULT, NULL, "192"},
    {"approach", CASUS_CONSULT, ARMED, LAND, CASUS_MOBILIZE, "troops", "152"},
    {"near", 0, ARMED, LAND, CASUS_MOBILIZE, "troops", "152"},
    {"reach", 0, ARMED, LAND, CASUS_MOBILIZE, "troops", "152"},
    {"storm", CASUS_PROTEST, ARMED, ANY, CASUS_ASSAULT, NULL, "190"},
    {"occupy", CASUS_PROTEST, ARMED, ANY, CASUS_ASSAULT, NULL, "192"},
    {"attack", CASUS_PROTEST, ARMED, ANY, CASUS_ASSAULT, NULL, "190"},
    {"burn", CASUS_PROTEST, ARMED, ANY, CASUS_ASSAULT, "destroy", "190"},
    {"block", CASUS_PROTEST, ARMED, ANY, CASUS_COERCE, "restrict", "191"},
    {"blockade", CASUS_PROTEST, ARMED, ANY, CASUS_COERCE, "restrict", "191"},
    {"hold", 0, ARMED, PERSON, CASUS_COERCE, "arrest", "173"},
    {"pay", 0, ANY, ARMED, CASUS_AID, NULL, "071"},
};

static bool is_party(const builder *b, party want, const casus_participant *p, size_t n, unsigned token) {
    const coder_entity *e = entity_of(b->d, p, n);
    const coder_mention *m = mention_at(b->s, token);
    switch (want) {
    case ARMED: return is_armed(b->d, e);
    case UNION: return is_union(e);
    case LAND: return (e && entity_is_country(e)) || (m && m->place) || (token && build_is_setting(b, token));
    case PERSON: return n && (!e || e->person || e->human) && !(m && m->place) && !build_is_setting(b, token) && b->s->tree.tok[token].upos == CASUS_PROPN;
    default: return true;
    }
}

void parties_retype(const builder *b, unsigned token, unsigned target, casus_statement *st) {
    if (st->kind != CASUS_EVENT || b->s->tree.tok[token].upos != CASUS_VERB || tree_is_passive(&b->s->tree, token)) return;
    for (size_t k = 0; k < sizeof TURNS / sizeof *TURNS; k++) {
        const turn *x = &TURNS[k];
        if (x->from != st->action.plover[0] || !tree_is(&b->s->tree, token, x->verb)) continue;
        if (!is_party(b, (party)x->source, st->source, st->n_source, 0) || !is_party(b, (party)x->target, st->target, st->n_target, target)) continue;
        st->action.plover[0] = x->type;
        st->action.cameo = x->cameo;
        st->action.n_modes = 0;
        if (x->mode) st->action.modes[st->action.n_modes++] = x->mode;
        return;
    }
}
