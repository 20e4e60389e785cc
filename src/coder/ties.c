/* ties.c — ties that a compound adjective tells: "pro-Russian militias", "anti-French protesters". */
#include "structure.h"

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

void tie_at(builder *b, unsigned i) {
    const coder_tree *t = &b->s->tree;
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
