#include "echo.h"

/* ---- where a clause is cut down: "as did …" ---- */

typedef struct cut {
    unsigned first, subject, last; /* from "as" to where the cut clause ends */
    unsigned host;                 /* the verb it is cut down from */
} cut;

static bool is_pro_verb(const coder_tree *t, unsigned i) {
    static const char *const words[] = {"do", "have", "will", "would", "can", "could", "may", "might", "should"};
    return TREE_AMONG(t, i, words);
}

static bool is_cutting(const coder_tree *t, unsigned i) {
    return tree_is(t, i, "as") || tree_is(t, i, "so") || tree_is(t, i, "nor") || tree_is(t, i, "neither");
}

/* The noun phrase that starts at i: its head. */
static unsigned phrase_head(const coder_tree *t, unsigned i) {
    unsigned h = i;
    while (t->tok[h].head > h && tree_is_nominal(t, t->tok[h].head)) h = t->tok[h].head;
    return tree_is_nominal(t, h) && t->tok[h].upos != CASUS_VERB ? h : 0;
}

static unsigned host_of(const coder_tree *t, unsigned subject, unsigned first) {
    unsigned v = subject;
    for (unsigned k = 0; v && k < t->n; k++, v = t->tok[v].head)
        if (v < first && t->tok[v].upos == CASUS_VERB) return v;
    for (v = first - 1; v >= 1; v--)
        if (t->tok[v].upos == CASUS_VERB && tree_child(t, v, CASUS_NSUBJ)) return v;
    return 0;
}

/* Where the cut clause ends: before the next clause with a subject of its own. */
static unsigned end_of_cut(const coder_tree *t, unsigned subject) {
    for (unsigned i = subject + 1; i <= t->n; i++) {
        if (t->tok[i].form.at[0] == ';') return i - 1;
        unsigned v = t->tok[i].deprel == CASUS_NSUBJ ? t->tok[i].head : 0;
        if (v > i && t->tok[v].upos == CASUS_VERB && i > subject + 1) return t->lo[v] > subject ? t->lo[v] - 1u : i - 1;
    }
    return t->n;
}

static bool find_cut(const coder_sentence *s, unsigned i, cut *c) {
    const coder_tree *t = &s->tree;
    if (i < 4 || i + 2 > t->n || !is_cutting(t, i) || !is_pro_verb(t, i + 1)) return false;
    unsigned subject = phrase_head(t, i + 2), host = subject ? host_of(t, subject, i) : 0;
    if (!host || !args_has_actor(s, subject)) return false;
    *c = (cut){i, subject, end_of_cut(t, subject), host};
    return true;
}

/* ---- pairs of date and place ---- */

/* Only small words stand between two tokens (0-based, exclusive). */
static bool side_by_side(const coder_tree *t, int a, int b) {
    for (int i = a + 1; i < b; i++) {
        const casus_token *k = &t->tok[i + 1];
        bool comma = k->upos == CASUS_PUNCT && k->form.at[0] == ',';
        if (k->upos != CASUS_ADP && k->upos != CASUS_DET && !comma) return false;
    }
    return a < b;
}

static const coder_place *place_beside(const builder *b, const coder_time *time, bool after) {
    for (size_t k = 0; k < b->places.n; k++) {
        const coder_place *p = &b->places.items[k];
        bool beside = after ? side_by_side(&b->s->tree, time->last, p->first) : side_by_side(&b->s->tree, p->last, time->first);
        if (!p->part && beside) return p;
    }
    return NULL;
}

static size_t pairs(const builder *b, int first, int last, bool after, coder_scene *out, size_t max) {
    size_t n = 0;
    for (size_t k = 0; k < b->times.n; k++) {
        const coder_time *time = &b->times.items[k];
        if (time->first < first || time->last > last || time->begin == INT32_MIN || time->derived) continue;
        const coder_place *p = place_beside(b, time, after);
        if (!p || time->of || n == max || p->first < first || p->last > last) return 0;
        out[n++] = (coder_scene){time, p};
    }
    return n;
}

size_t echo_scenes(const builder *b, unsigned first, unsigned last, coder_scene *out, size_t max) {
    size_t n = pairs(b, (int)first - 1, (int)last - 1, true, out, max);
    return n ? n : pairs(b, (int)first - 1, (int)last - 1, false, out, max);
}

static bool verb_between(const coder_tree *t, unsigned first, unsigned last) {
    for (unsigned i = first; i <= last; i++)
        if (t->tok[i].upos == CASUS_VERB) return true;
    return false;
}

size_t echo_scenes_of(const builder *b, unsigned token, coder_scene *out, size_t max) {
    const coder_tree *t = &b->s->tree;
    unsigned clause = tree_clause(t, token), end = t->hi[clause ? clause : token];
    cut c;
    for (unsigned i = token + 1; i < end; i++)
        if (find_cut(b->s, i, &c)) end = i - 1;
    size_t n = token < end ? echo_scenes(b, token + 1, end, out, max) : 0;
    if (n < 2) return 0;
    int far = out[n - 1].time->last > out[n - 1].place->last ? out[n - 1].time->last : out[n - 1].place->last;
    return verb_between(t, token + 1, (unsigned)far + 1) ? 0 : n;
}

/* The place tells the acts apart, so it is told with what is struck there. */
static void add_struck(builder *b, casus_statement *st, const coder_place *p) {
    for (size_t i = 0; i < st->n_target; i++)
        if (st->target[i].span.begin <= p->place.span.begin && p->place.span.end <= st->target[i].span.end) return;
    casus_participant *all = CASUS_NEW_ARRAY(b->d->arena, casus_participant, st->n_target + 1);
    for (size_t i = 0; i < st->n_target; i++) all[i] = st->target[i];
    all[st->n_target++] = (casus_participant){NULL, p->place.text, p->place.text, p->place.span};
    st->target = all;
}

void echo_set_scene(builder *b, casus_statement *st, const coder_scene *scene) {
    size_t cap = 0;
    st->time = scene->time->time;
    st->place = NULL;
    st->n_place = 0;
    for (const coder_place *p = scene->place; p && st->n_place < 6; p = p->inside < 0 ? NULL : &b->places.items[p->inside])
        *CASUS_PUSH(b->d->arena, st->place, st->n_place, cap) = p->place;
    add_struck(b, st, scene->place);
}

/* ---- what is told again ---- */

static bool in_cut(const coder_tree *t, const cut *c, casus_span span) {
    return span.end > span.begin && span.begin >= t->tok[c->first].begin && span.begin < t->tok[c->last].end;
}

/* What the tree hung on the full verb though the cut clause tells it. */
static void clear_host(const coder_tree *t, const cut *c, casus_statement *st) {
    size_t n = 0;
    if (in_cut(t, c, st->time.span)) st->time = (casus_time){0};
    for (size_t k = 0; k < st->n_place; k++)
        if (!in_cut(t, c, st->place[k].span)) st->place[n++] = st->place[k];
    st->n_place = n;
}

static void set_own_scene(builder *b, const cut *c, casus_statement *st) {
    coder_scene one = {NULL, NULL};
    st->time = (casus_time){0};
    st->place = NULL;
    st->n_place = 0;
    for (size_t k = 0; k < b->times.n; k++)
        if (!one.time && in_cut(&b->s->tree, c, b->times.items[k].time.span)) one.time = &b->times.items[k];
    for (size_t k = 0; k < b->places.n; k++)
        if (!one.place && tree_case(&b->s->tree, (unsigned)b->places.items[k].head + 1) && !b->places.items[k].part && in_cut(&b->s->tree, c, b->places.items[k].place.span)) one.place = &b->places.items[k];
    if (one.time) st->time = one.time->time;
    size_t cap = 0;
    if (one.place) *CASUS_PUSH(b->d->arena, st->place, st->n_place, cap) = one.place->place;
}

/* Who tells, asks or wants it himself: the second subject does so of its own. */
static void own_holder(builder *b, const cut *c, casus_statement *st) {
    if (!st->n_holder || !st->n_source) return;
    casus_holder *all = casus_arena_dup(b->d->arena, st->holder, st->n_holder * sizeof *all);
    for (size_t i = 0; i < st->n_holder; i++) {
        if (all[i].cue_span.begin != b->s->tree.tok[c->host].begin) continue;
        all[i].actor = st->source[0].actor;
        all[i].name = st->source[0].name;
        all[i].text = st->source[0].text;
        all[i].span = st->source[0].span;
    }
    st->holder = all;
}

static void tell_again(builder *b, const cut *c, const casus_statement *first) {
    coder_scene all[8];
    casus_statement st = *first;
    coder_args who = {0};
    args_add(b->d, b->s, c->subject, true, &who);
    st.source = who.items;
    st.n_source = who.n;
    own_holder(b, c, &st);
    st.span = tree_span(&b->s->tree, c->first, c->last);
    size_t n = echo_scenes(b, c->subject, c->last, all, 8);
    for (size_t k = 0; k < (n ? n : 1); k++) {
        casus_statement one = st;
        if (n) echo_set_scene(b, &one, &all[k]);
        else set_own_scene(b, c, &one);
        *CASUS_PUSH(b->d->arena, b->d->statements, b->d->n_statements, b->d->cap_statements) = one;
    }
}

static void build_cut(builder *b, const cut *c, size_t from) {
    const coder_tree *t = &b->s->tree;
    size_t n = b->d->n_statements;
    for (size_t i = from; i < n; i++) {
        casus_statement *st = &b->d->statements[i];
        if (!in_cut(t, c, st->action.span)) clear_host(t, c, st);
        if (st->action.span.begin != t->tok[c->host].begin || (st->kind > CASUS_STANCE) || !st->n_source) continue;
        casus_statement first = *st;
        tell_again(b, c, &first);
    }
}

void echo_build(builder *b, size_t from) {
    for (unsigned i = 1; i <= b->s->tree.n; i++) {
        cut c;
        if (find_cut(b->s, i, &c)) build_cut(b, &c, from);
    }
}
