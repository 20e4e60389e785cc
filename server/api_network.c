/* Who deals with whom: ordered pairs, and the signed network of a period. */
#include "server.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { EDGES_MAX = 5000, TOP_MAX = 2000, CENTRALITY_MAX = 3000000 /* nodes × ties */, PAIRS_MAX = 100000, FEW_ROWS = 200000 };

/* ---- pairs ------------------------------------------------------------------------------------------------- */

void dyad_out(casus_json *j, const casus_panorama *p, uint32_t source, uint32_t target, const flow *f) {
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "source", p->actors[source].id);
    casus_json_text(j, "source_name", p->actors[source].name);
    casus_json_text(j, "target", p->actors[target].id);
    casus_json_text(j, "target_name", p->actors[target].name);
    flow_out(j, f);
    casus_json_int(j, "disputed", f->disputed);
    out_day(j, "first", f->first);
    out_day(j, "last", f->last);
    casus_json_close(j, '}');
}

typedef struct pair {
    uint32_t source, target, events;
} pair;

static bool ahead(const pair *a, const pair *b) {
    if (a->events != b->events) return a->events > b->events;
    return a->source != b->source ? a->source < b->source : a->target < b->target;
}

static int by_events(const void *x, const void *y) { return ahead(x, y) ? -1 : 1; }

/* The best `room` pairs so far, the last of them on top of a heap. */
typedef struct best {
    pair *at;
    size_t n, room, all;
} best;

static void sink(best *b, size_t i) {
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= b->n) return;
        if (child + 1 < b->n && ahead(&b->at[child], &b->at[child + 1])) child++;
        if (ahead(&b->at[child], &b->at[i])) return;
        pair t = b->at[i];
        b->at[i] = b->at[child], b->at[child] = t;
        i = child;
    }
}

static void offer(best *b, pair p) {
    b->all++;
    if (b->n < b->room) {
        size_t i = b->n++;
        b->at[i] = p;
        for (; i && ahead(&b->at[(i - 1) / 2], &b->at[i]); i = (i - 1) / 2) {
            pair t = b->at[i];
            b->at[i] = b->at[(i - 1) / 2], b->at[(i - 1) / 2] = t;
        }
    } else if (ahead(&p, &b->at[0])) {
        b->at[0] = p;
        sink(b, 0);
    }
}

/* What a source did, by target: `counts` is dense, `touched` lists what to clear. */
static void offer_source(const casus_selection *s, uint32_t source, uint32_t *counts, uint32_t *touched, best *b) {
    size_t begin, end, n = 0;
    casus_selection_actor(s, source, &begin, &end);
    for (size_t i = begin; i < end; i++) {
        const casus_panorama_row *r = &s->p->rows[s->p->of_rows[i]];
        if (r->source != source || r->target == CASUS_NOBODY || r->target == source || !casus_selection_has(s, r)) continue;
        if (!counts[r->target]++) touched[n++] = r->target;
    }
    for (size_t i = 0; i < n; i++) {
        offer(b, (pair){source, touched[i], counts[touched[i]]});
        counts[touched[i]] = 0;
    }
}

static int by_key(const void *x, const void *y) {
    const uint64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

/* Few rows: their pairs are sorted. False when they are many. */
static bool offer_few(call *c, const casus_selection *s, best *b) {
    const casus_panorama_row *r;
    uint64_t *keys = CASUS_NEW_ARRAY(c->arena, uint64_t, FEW_ROWS);
    size_t n = 0;
    for (size_t at = s->begin; (r = casus_selection_next(s, &at));) {
        if (r->source == CASUS_NOBODY || r->target == CASUS_NOBODY || r->source == r->target) continue;
        if (n == FEW_ROWS) return false;
        keys[n++] = (uint64_t)r->source << 32 | r->target;
    }
    qsort(keys, n, sizeof *keys, by_key);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && keys[end] == keys[i]; end++) {}
        offer(b, (pair){(uint32_t)(keys[i] >> 32), (uint32_t)keys[i], (uint32_t)(end - i)});
    }
    return true;
}

/* Many: source by source. */
static void offer_many(call *c, const casus_selection *s, best *b) {
    size_t actors = s->p->n_actors;
    uint32_t *counts = CASUS_NEW_ARRAY(c->arena, uint32_t, actors + 1), *touched = CASUS_NEW_ARRAY(c->arena, uint32_t, actors + 1);
    for (uint32_t a = 0; a < actors; a++) offer_source(s, a, counts, touched, b);
}

static flow pair_flow(const casus_selection *s, pair p, casus_scale scale) {
    flow f = {0};
    size_t begin, end;
    casus_selection_actor(s, p.source, &begin, &end);
    for (size_t i = begin; i < end; i++) {
        const casus_panorama_row *r = &s->p->rows[s->p->of_rows[i]];
        if (r->source == p.source && r->target == p.target && casus_selection_has(s, r)) flow_add(&f, r, scale);
    }
    return f;
}

casus_code api_dyads(call *c, casus_error *err) {
    casus_selection s;
    casus_scale scale;
    int64_t limit, after;
    casus_json *j = &c->json;
    casus_code code = call_page(c, 50, &limit, &after, err);
    if (!code) code = call_scale(c, &scale, err);
    if (!code) code = call_select(c, false, &s, err);
    if (!code && after > PAIRS_MAX) code = casus_fail(err, CASUS_ERR_LIMIT, "that is far down the list: narrow the filter");
    if (code) return code;
    best b = {.room = (size_t)(after + limit), .at = CASUS_NEW_ARRAY(c->arena, pair, (size_t)(after + limit))};
    if (!offer_few(c, &s, &b)) offer_many(c, &s, &b);
    qsort(b.at, b.n, sizeof *b.at, by_events);
    casus_json_open(j, NULL, '{');
    casus_json_open(j, "items", '[');
    for (size_t i = (size_t)after; i < b.n; i++) {
        flow f = pair_flow(&s, b.at[i], scale);
        dyad_out(j, s.p, b.at[i].source, b.at[i].target, &f);
    }
    casus_json_close(j, ']');
    call_next(c, b.n < b.all, after + limit);
    casus_json_int(j, "total", (int64_t)b.all);
    casus_json_close(j, '}');
    return CASUS_OK;
}

/* ---- the network ------------------------------------------------------------------------------------------- */

typedef struct node {
    uint32_t actor, events, friends, foes;
    double cooperation, conflict, strength;
} node;

typedef struct edge {
    uint32_t a, b; /* nodes */
    flow way[2];   /* a → b, b → a */
} edge;

typedef struct network {
    call *c;
    const casus_selection *s;
    casus_scale scale;
    node *nodes;
    size_t n, actors;       /* shown; that match */
    uint32_t *node_of;      /* actor → node, UINT32_MAX */
    edge *edges;
    size_t n_edges, cap_edges, all_edges;
    int32_t first, last;
} network;

static int by_node_events(const void *x, const void *y) {
    const node *a = x, *b = y;
    if (a->events != b->events) return a->events > b->events ? -1 : 1;
    return (a->actor > b->actor) - (a->actor < b->actor);
}

static void count_end(node *all, uint32_t actor, double cooperation, double conflict) {
    all[actor].events++;
    all[actor].cooperation += cooperation, all[actor].conflict += conflict;
}

/* Who takes part in the selected rows that have two sides; the `top` of them become nodes. */
static void choose_nodes(network *w, size_t top) {
    const casus_panorama *p = w->s->p;
    const casus_panorama_row *r;
    node *all = CASUS_NEW_ARRAY(w->c->arena, node, p->n_actors + 1);
    w->first = w->last = CASUS_UNDATED;
    for (size_t at = w->s->begin; (r = casus_selection_next(w->s, &at));) {
        double cooperation, conflict;
        if (r->source == CASUS_NOBODY || r->target == CASUS_NOBODY || r->source == r->target) continue;
        casus_panorama_mass(r, w->scale, &cooperation, &conflict);
        count_end(all, r->source, cooperation, conflict);
        count_end(all, r->target, cooperation, conflict);
        if (r->day != CASUS_UNDATED && w->first == CASUS_UNDATED) w->first = r->day;
        if (r->day != CASUS_UNDATED) w->last = r->day;
    }
    for (size_t a = 0; a < p->n_actors; a++)
        if (all[a].events) all[w->actors] = all[a], all[w->actors++].actor = (uint32_t)a;
    qsort(all, w->actors, sizeof *all, by_node_events);
    w->nodes = all;
    w->n = w->actors < top ? w->actors : top;
    w->node_of = CASUS_NEW_ARRAY(w->c->arena, uint32_t, p->n_actors + 1);
    memset(w->node_of, 0xff, (p->n_actors + 1) * sizeof *w->node_of);
    for (size_t i = 0; i < w->n; i++) w->node_of[all[i].actor] = (uint32_t)i;
}

/* Edges from node `a` to nodes behind it in the list. */
static void add_edges(network *w, uint32_t a, flow (*with)[2], uint32_t least) {
    size_t begin, end;
    const casus_panorama *p = w->s->p;
    memset(with, 0, w->n * sizeof *with);
    casus_selection_actor(w->s, w->nodes[a].actor, &begin, &end);
    for (size_t i = begin; i < end; i++) {
        const casus_panorama_row *r = &p->rows[p->of_rows[i]];
        bool forward = r->source == w->nodes[a].actor;
        uint32_t other = forward ? r->target : r->source, b = other == CASUS_NOBODY ? UINT32_MAX : w->node_of[other];
        if (b != UINT32_MAX && b > a && casus_selection_has(w->s, r)) flow_add(&with[b][!forward], r, w->scale);
    }
    for (uint32_t b = a + 1; b < w->n; b++) {
        uint32_t events = with[b][0].events + with[b][1].events;
        if (!events || events < least) continue;
        *CASUS_PUSH(w->c->arena, w->edges, w->n_edges, w->cap_edges) = (edge){a, b, {with[b][0], with[b][1]}};
    }
}

static uint32_t edge_events(const edge *e) { return e->way[0].events + e->way[1].events; }

static int by_edge_events(const void *x, const void *y) {
    const edge *a = x, *b = y;
    if (edge_events(a) != edge_events(b)) return edge_events(a) > edge_events(b) ? -1 : 1;
    return a->a != b->a ? (a->a > b->a) - (a->a < b->a) : (a->b > b->b) - (a->b < b->b);
}

static double edge_net(const edge *e) {
    return e->way[0].cooperation + e->way[1].cooperation - e->way[0].conflict - e->way[1].conflict;
}

static void way_out(casus_json *j, const char *key, const flow *f) {
    casus_json_open(j, key, '{');
    casus_json_int(j, "events", f->events);
    casus_json_num(j, "cooperation", f->cooperation);
    casus_json_num(j, "conflict", f->conflict);
    casus_json_close(j, '}');
}

static void edges_out(const network *w) {
    casus_json *j = &w->c->json;
    casus_json_open(j, "edges", '[');
    for (size_t i = 0; i < w->n_edges; i++) {
        const edge *e = &w->edges[i];
        casus_json_open(j, NULL, '{');
        casus_json_text(j, "source", w->s->p->actors[w->nodes[e->a].actor].id);
        casus_json_text(j, "target", w->s->p->actors[w->nodes[e->b].actor].id);
        casus_json_int(j, "events", edge_events(e));
        casus_json_num(j, "cooperation", e->way[0].cooperation + e->way[1].cooperation);
        casus_json_num(j, "conflict", e->way[0].conflict + e->way[1].conflict);
        casus_json_int(j, "disputed", (int64_t)e->way[0].disputed + e->way[1].disputed);
        way_out(j, "forward", &e->way[0]);
        way_out(j, "backward", &e->way[1]);
        casus_json_close(j, '}');
    }
    casus_json_close(j, ']');
}

/* ---- balance ---- */

typedef struct structure {
    casus_network net;
    casus_triangles triangles;
    casus_frustration frustration;
    casus_centrality centrality;
    bool measured, central;
} structure;

static casus_code measure(network *w, structure *m, casus_error *err) {
    casus_frustration_options options = {.exact_nodes = 24, .max_steps = 100000, .rounds = 4};
    casus_tie *ties = CASUS_NEW_ARRAY(w->c->arena, casus_tie, w->n_edges + 1);
    size_t n = 0;
    for (size_t i = 0; i < w->n_edges; i++) {
        double net = edge_net(&w->edges[i]);
        node *a = &w->nodes[w->edges[i].a], *b = &w->nodes[w->edges[i].b];
        a->strength += net, b->strength += net;
        if (net > 0) a->friends++, b->friends++;
        if (net < 0) a->foes++, b->foes++;
        if (net < 0 || net > 0) ties[n++] = (casus_tie){w->edges[i].a, w->edges[i].b, net};
    }
    if (!n) return CASUS_OK;
    casus_code code = casus_network_build(ties, n, w->n, w->c->arena, &m->net, err);
    if (code) return code;
    m->triangles = casus_network_triangles(&m->net);
    m->measured = true;
    if ((code = casus_network_frustration(&m->net, &options, w->c->arena, &m->frustration, err))) return code;
    if (m->net.nodes * m->net.ties > CENTRALITY_MAX) return CASUS_OK;
    m->central = true;
    return casus_network_centrality(&m->net, w->c->arena, &m->centrality, err);
}

static void balance_out(casus_json *j, const structure *m) {
    casus_json_open(j, "balance", '{');
    casus_json_int(j, "nodes", (int64_t)m->net.nodes);
    casus_json_int(j, "ties", (int64_t)m->net.ties);
    casus_json_int(j, "friendly", (int64_t)m->net.positive);
    casus_json_int(j, "triangles", (int64_t)m->triangles.all);
    casus_json_int(j, "balanced", (int64_t)m->triangles.balanced);
    out_num(j, "balance", m->triangles.share);
    casus_json_int(j, "frustration", (int64_t)m->frustration.high);
    casus_json_int(j, "at_least", (int64_t)m->frustration.low);
    out_num(j, "normalised", m->frustration.normalised);
    casus_json_text(j, "search", m->frustration.exact ? "exact" : "bounded");
    casus_json_close(j, '}');
}

static void nodes_out(const network *w, const structure *m) {
    casus_json *j = &w->c->json;
    casus_json_open(j, "nodes", '[');
    for (size_t i = 0; i < w->n; i++) {
        const node *x = &w->nodes[i];
        const casus_panorama_actor *a = &w->s->p->actors[x->actor];
        casus_json_open(j, NULL, '{');
        casus_json_text(j, "id", a->id);
        casus_json_text(j, "name", a->name);
        out_text(j, "type", a->type);
        out_text(j, "country", a->country);
        casus_json_int(j, "events", x->events);
        casus_json_num(j, "cooperation", x->cooperation);
        casus_json_num(j, "conflict", x->conflict);
        casus_json_int(j, "friends", x->friends);
        casus_json_int(j, "foes", x->foes);
        casus_json_num(j, "strength", x->strength);
        if (m->measured) casus_json_int(j, "camp", m->frustration.camp[i] + 1);
        if (m->measured) casus_json_int(j, "component", (int64_t)m->frustration.component[i] + 1);
        if (m->central) casus_json_num(j, "betweenness", m->centrality.between[i]);
        if (m->central && isfinite(m->centrality.pn[i])) casus_json_num(j, "pn", m->centrality.pn[i]);
        casus_json_close(j, '}');
    }
    casus_json_close(j, ']');
}

static casus_code network_of(network *w, size_t top, uint32_t least, casus_error *err) {
    casus_json *j = &w->c->json;
    structure m = {0};
    choose_nodes(w, top);
    flow(*with)[2] = casus_arena_alloc(w->c->arena, (w->n + 1) * sizeof *with);
    for (uint32_t a = 0; a < w->n; a++) add_edges(w, a, with, least);
    w->all_edges = w->n_edges;
    if (w->n_edges) qsort(w->edges, w->n_edges, sizeof *w->edges, by_edge_events);
    if (w->n_edges > EDGES_MAX) w->n_edges = EDGES_MAX;
    casus_code code = measure(w, &m, err);
    if (code) return code;
    casus_json_open(j, NULL, '{');
    nodes_out(w, &m);
    edges_out(w);
    if (m.measured) balance_out(j, &m);
    casus_json_int(j, "actors", (int64_t)w->actors);
    casus_json_int(j, "left_out", (int64_t)(w->actors - w->n));
    casus_json_int(j, "edges_left_out", (int64_t)(w->all_edges - w->n_edges));
    out_day(j, "first", w->first);
    out_day(j, "last", w->last);
    casus_json_close(j, '}');
    return CASUS_OK;
}

casus_code api_network(call *c, casus_error *err) {
    static const char *const OF[] = {"all", "events", NULL};
    casus_selection s;
    network w = {.c = c, .s = &s};
    int64_t top, least;
    int of = 0;
    casus_code code = request_int(c->request, "top", 2, TOP_MAX, 100, &top, err);
    if (!code) code = request_int(c->request, "min", 1, INT32_MAX, 1, &least, err);
    if (!code) code = request_word(c->request, "of", OF, 0, &of, err);
    if (!code) code = call_scale(c, &w.scale, err);
    if (!code) code = call_select(c, of == 0, &s, err);
    return code ? code : network_of(&w, (size_t)top, (uint32_t)least, err);
}
