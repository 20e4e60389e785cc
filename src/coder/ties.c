/* ties.c — ties that a compound adjective tells: "pro-Russian militias", "anti-French protesters". */
#include "structure.h"

#include "tense.h"

#include <string.h>

/* The actor that a word names on the document's day; -1 when it names none. */
static int64_t named_by(const coder_doc *d, casus_str word) {
    size_t n = 0;
    const casus_name *names = casus_lexicon_names(d->lex, casus_key(word, false), &n);
    for (size_t k = 0; names && k < n; k++)
        if (d->day == INT32_MIN || (names[k].begin <= d->day && d->day < names[k].end)) return names[k].actor;
    return -1;
}

static bool starts_with(casus_str form, const char *small, const char *large) { return casus_str_starts(form, small) || casus_str_starts(form, large); }

/* Whom the word after the hyphen names: an actor, or a body without a name of its own ("pro-government"). */
static void add_side(builder *b, unsigned i, size_t cut, coder_args *out) {
    static const char *const bodies[] = {"government", "regime", "junta", "coup", "opposition"};
    casus_str form = b->s->tree.tok[i].form, rest = {form.at + cut, form.n - cut};
    casus_span whole = tree_span(&b->s->tree, i, i);
    casus_participant one = {NULL, rest, rest, {whole.end - (uint32_t)rest.n, whole.end}};
    int64_t actor = named_by(b->d, rest);
    bool body = false;
    for (size_t k = 0; k < sizeof bodies / sizeof *bodies; k++) body = body || casus_str_is(rest, bodies[k]);
    if (actor < 0 && !body) return;
    if (actor >= 0) {
        uint32_t at = entity_known(b->d, (uint32_t)actor); /* may move the entities */
        const coder_entity *e = &b->d->entities[at];
        one.actor = e->id, one.name = e->name, out->actors++;
    }
    *CASUS_PUSH(b->d->arena, out->items, out->n, out->cap) = one;
}

static void push_tie(builder *b, const char *relation, int sign, const coder_args *one, const coder_args *two, unsigned first, unsigned last) {
    if (!one->actors || !two->actors || one->items[0].actor == two->items[0].actor) return;
    casus_statement st = {.kind = CASUS_RELATION, .source = one->items, .n_source = one->n, .target = two->items, .n_target = two->n, .span = tree_span(&b->s->tree, first, last)};
    st.action = structure_action(&b->s->tree, relation, last, last);
    st.cooperation = sign > 0 ? 5 : 0;
    st.conflict = sign < 0 ? 5 : 0;
    build_finish(b, &st, last);
}

/* Whose the arms at noun are: "its stocks of Israeli drones", "Kyiv's German tanks", "bought Turkish drones". */
static unsigned owner_of_arms(const builder *b, unsigned noun) {
    static const char *const verbs[] = {"receive", "buy", "purchase", "acquire", "obtain", "get", "import", "order", "procure", "deploy", "use", "fly", "field", "operate", "possess", "own", "launch", "fire"};
    static const char *const stores[] = {"stock", "arsenal", "fleet", "supply", "purchase", "use", "stockpile", "order", "number", "squadron", "import"};
    const coder_tree *t = &b->s->tree;
    noun = tree_conj_head(t, noun);
    unsigned owner = tree_child(t, noun, CASUS_NMOD_POSS), h = t->tok[noun].head, of = tree_case(t, noun);
    if (owner) return owner;
    if (h && of && tree_is(t, of, "of") && TREE_AMONG(t, h, stores)) return tree_child(t, h, CASUS_NMOD_POSS);
    bool object = t->tok[noun].deprel == CASUS_OBJ && h && t->tok[h].upos == CASUS_VERB && TREE_AMONG(t, h, verbs);
    return object ? tree_subject(t, h) : 0;
}

/* "its stocks of Israeli drones": who makes the arms of another arms it. */
static void build_arms(builder *b, unsigned i) {
    static const char *const arms[] = {"weapon", "arm", "arms", "drone", "missile", "rocket", "jet", "tank", "rifle", "ammunition", "fighter", "aircraft", "warplane", "bomber", "howitzer", "helicopter", "artillery", "weaponry", "submarine", "warship", "frigate", "shell", "munition"};
    const coder_tree *t = &b->s->tree;
    if (t->tok[i].upos != CASUS_NOUN || t->lo[i] == i || !TREE_AMONG(t, i, arms) || b->topic > 1) return;
    unsigned whose = owner_of_arms(b, i), maker = 0;
    TREE_CHILDREN(t, i, c)
    if (c < i && c != whose && (t->tok[c].deprel == CASUS_AMOD || t->tok[c].deprel == CASUS_COMPOUND || t->tok[c].deprel == CASUS_NMOD_DESC) && named_by(b->d, t->tok[c].form) >= 0) maker = c;
    if (!whose || !maker) return;
    coder_args one = {0}, two = {0};
    uint32_t at = entity_known(b->d, (uint32_t)named_by(b->d, t->tok[maker].form));
    const coder_entity *e = &b->d->entities[at];
    casus_participant who = {e->id, e->name, tree_words(t, maker, maker), tree_span(t, maker, maker)};
    *CASUS_PUSH(b->d->arena, one.items, one.n, one.cap) = who;
    one.actors++;
    args_add(b->d, b->s, tree_antecedent(t, whose), false, &two);
    push_tie(b, "arms", 1, &one, &two, maker, i);
}

/* "relations between Moscow and Baku have soured": how two stand to each other, beside the change. */
static void build_relations(builder *b, unsigned i) {
    static const char *const bonds[] = {"relation", "tie", "relationship"};
    static const char *const worse[] = {"sour", "worsen", "deteriorate", "decline", "fray", "rupture", "crumble", "cool"};
    static const char *const better[] = {"improve", "warm", "deepen", "strengthen", "thaw", "normalise", "normalize", "recover"};
    const coder_tree *t = &b->s->tree;
    if (t->tok[i].upos != CASUS_VERB) return;
    bool bad = TREE_AMONG(t, i, worse), good = TREE_AMONG(t, i, better);
    unsigned bond = (bad || good) && !tree_child(t, i, CASUS_OBJ) ? tree_subject(t, i) : 0;
    coder_args both = {0};
    if (!bond || !TREE_AMONG(t, bond, bonds)) return;
    args_add(b->d, b->s, bond, true, &both);
    if (both.n != 2 || both.actors != 2) return;
    coder_args one = {both.items, 1, 1, 1}, two = {both.items + 1, 1, 1, 1};
    push_tie(b, bad ? "hostile" : "ally", bad ? -1 : 1, &one, &two, bond < i ? bond : i, i);
}

/* "without Russian gas, Armenia would collapse", "cannot survive without loans": what one could not do without. */
static void build_without(builder *b, unsigned i) {
    static const char *const needs[] = {"support", "help", "aid", "assistance", "backing", "money", "funding", "weapon", "arms", "ammunition", "gas", "oil", "loan", "fuel", "food", "troops", "approval", "consent", "protection", "supply", "water", "grain"};
    const coder_tree *t = &b->s->tree;
    unsigned what = t->tok[i].deprel == CASUS_CASE && tree_is(t, i, "without") ? t->tok[i].head : 0, verb = what ? tree_clause(t, t->tok[what].head) : 0;
    coder_modal modal = {.kind = CODER_NO_MODAL};
    if (!what || !verb || !tree_is_nominal(t, what) || !coder_modal_of(b->s->s, (int)verb - 1, &modal)) return;
    if (!coder_negated(b->s->s, (int)verb - 1, b->d->lex) && !(modal.kind == CODER_WOULD && i < verb)) return; /* "could help without troops" */
    unsigned subject = tree_subject(t, verb);
    if (!mention_at(b->s, subject) || (!structure_names_actor(b->s, what) && !TREE_AMONG(t, what, needs))) return;
    coder_args one = {0}, two = {0};
    args_add(b->d, b->s, subject, false, &one);
    args_add(b->d, b->s, what, true, &two);
    if (!one.actors || !two.n || (two.actors && one.items[0].actor == two.items[0].actor)) return;
    casus_statement st = {.kind = CASUS_RELATION, .source = one.items, .n_source = one.n, .target = two.items, .n_target = two.n};
    st.action = structure_action(t, "depends-on", i, i);
    st.span = tree_span(t, t->lo[what], t->hi[what]);
    build_finish(b, &st, what);
    casus_statement *told = &b->d->statements[b->d->n_statements - 1];
    told->negative = told->has_likelihood = false;
    told->tense = CASUS_PRESENT;
}

void tie_at(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
    build_without(b, i);
    build_arms(b, i);
    build_relations(b, i);
    casus_str form = t->tok[i].form;
    bool pro = starts_with(form, "pro-", "Pro-"), anti = starts_with(form, "anti-", "Anti-");
    unsigned h = t->tok[i].head;
    bool before = h > i && (t->tok[i].deprel == CASUS_AMOD || t->tok[i].deprel == CASUS_COMPOUND);
    if ((!pro && !anti) || !before || !mention_at(b->s, h) || b->topic > 1) return;
    coder_args who = {0}, side = {0};
    add_side(b, i, pro ? 4 : 5, &side);
    args_add_one(b->d, b->s, h, true, &who);
    if (!side.n || !who.actors || (side.actors && who.items[0].actor == side.items[0].actor)) return;
    casus_statement st = {.kind = CASUS_RELATION, .source = who.items, .n_source = who.n, .target = side.items, .n_target = side.n, .span = tree_span(t, i, h)};
    st.action = structure_action(t, pro ? "supports" : "hostile", i, i);
    st.cooperation = pro ? 5 : 0;
    st.conflict = pro ? 0 : 5;
    build_finish(b, &st, i);
}
