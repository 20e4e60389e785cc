/* The frustration index: how many ties contradict the best division into two camps. */
#include "casus/measure.h"
#include "random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 64 };
static const uint64_t STEPS = 300000000;

/* One component without its fringe, nodes in the order of the search. */
typedef struct part {
    size_t n;
    const uint32_t *node; /* of the network */
    const casus_network *net;
    casus_arena *arena;
} part;

/* ---- the exact search -------------------------------------------------------------------------------------- */

/* Russian doll search: the nodes from `i` on are divided best for i = n − 1 … 0, and what is best from i + 1 on bounds the search from i. */
typedef struct search {
    size_t n;
    int8_t sign[MOST][MOST];
    uint32_t cost[MOST][2]; /* what each camp would cost a node, given those placed */
    uint32_t best[MOST + 1]; /* of the nodes from i on */
    uint8_t camp[MOST], best_camp[MOST];
    uint32_t found;         /* cost of best_camp */
    uint64_t steps, max_steps;
} search;

static void place(search *s, size_t v, unsigned camp, uint32_t by) {
    s->camp[v] = (uint8_t)camp;
    for (size_t u = v + 1; u < s->n; u++)
        if (s->sign[v][u]) s->cost[u][s->sign[v][u] > 0 ? !camp : camp] += by;
}

static uint32_t bound(const search *s, size_t from) {
    uint32_t sum = s->best[from];
    for (size_t u = from; u < s->n; u++) sum += s->cost[u][0] < s->cost[u][1] ? s->cost[u][0] : s->cost[u][1];
    return sum;
}

/* Places the nodes from v on; `so_far` is the cost among those placed. Stops when `enough` is reached. */
static void dive(search *s, size_t v, uint32_t so_far, uint32_t enough) {
    if (v == s->n) {
        s->found = so_far;
        memcpy(s->best_camp, s->camp, sizeof s->camp);
        return;
    }
    unsigned cheaper = s->cost[v][1] < s->cost[v][0];
    for (unsigned k = 0; k < 2; k++) {
        unsigned camp = cheaper ^ k;
        if (s->found <= enough || s->steps >= s->max_steps) return;
        s->steps++;
        uint32_t cost = so_far + s->cost[v][camp];
        place(s, v, camp, 1);
        if (cost + bound(s, v + 1) < s->found) dive(s, v + 1, cost, enough);
        place(s, v, camp, (uint32_t)-1);
    }
}

/* Solves the nodes from v on, those from v + 1 on being solved; false when the steps ran out. */
static bool solve_from(search *s, size_t v) {
    uint32_t sides[2] = {0, 0};
    for (size_t u = v + 1; u < s->n; u++)
        if (s->sign[v][u]) sides[(s->sign[v][u] > 0) == (s->best_camp[u] == 0)]++;
    s->best_camp[v] = sides[1] < sides[0];
    s->found = s->best[v + 1] + (sides[0] < sides[1] ? sides[0] : sides[1]);
    memset(s->cost, 0, sizeof s->cost);
    place(s, v, 0, 1); /* camps may be swapped, so the first node's is free to choose */
    dive(s, v + 1, 0, s->best[v + 1]);
    s->best[v] = s->found;
    return s->steps < s->max_steps;
}

static void load(search *s, const part *p, uint32_t *index) {
    s->n = p->n;
    for (size_t i = 0; i < p->n; i++) index[p->node[i]] = (uint32_t)i + 1;
    for (size_t i = 0; i < p->n; i++)
        for (size_t k = p->net->first[p->node[i]]; k < p->net->first[p->node[i] + 1]; k++)
            if (index[p->net->other[k]]) s->sign[i][index[p->net->other[k]] - 1] = p->net->weight[k] > 0 ? 1 : -1;
    for (size_t i = 0; i < p->n; i++) index[p->node[i]] = 0;
}

/* True when the division in `camp` is proven best; else *low is what was proven. */
static bool solve_exactly(const part *p, uint64_t max_steps, uint32_t *index, uint8_t *camp, size_t *low) {
    search *s = CASUS_NEW(p->arena, search);
    s->max_steps = max_steps;
    load(s, p, index);
    for (size_t v = p->n; v-- > 0;) {
        *low = s->best[v + 1];
        if (!solve_from(s, v)) return false;
    }
    *low = s->best[0];
    for (size_t i = 0; i < p->n; i++) camp[p->node[i]] = s->best_camp[i];
    return true;
}

/* ---- the search by trial ----------------------------------------------------------------------------------- */

static bool contradicts(const casus_network *net, const uint8_t *camp, uint32_t u, size_t k) {
    return (net->weight[k] > 0) != (camp[u] == camp[net->other[k]]);
}

/* Frustrated ties of a node less the others: above zero, changing camps helps. */
static int64_t gain(const casus_network *net, const uint8_t *camp, uint32_t u) {
    int64_t sum = 0;
    for (size_t k = net->first[u]; k < net->first[u + 1]; k++) sum += contradicts(net, camp, u, k) ? 1 : -1;
    return sum;
}

/* Moves nodes while that helps; returns by how much it helped. */
static int64_t descend(const part *p, uint8_t *camp) {
    int64_t sum = 0;
    for (bool moved = true; moved;) {
        moved = false;
        for (size_t i = 0; i < p->n; i++) {
            int64_t g = gain(p->net, camp, p->node[i]);
            if (g <= 0) continue;
            camp[p->node[i]] ^= 1;
            sum += g;
            moved = true;
        }
    }
    return sum;
}

/* Iterated local search: disturb the best division a little, mend it, keep it when it is no worse. */
static void solve_by_trial(const part *p, size_t rounds, uint64_t seed, uint8_t *camp) {
    uint8_t *tried = casus_arena_dup(p->arena, camp, p->net->nodes);
    descend(p, camp);
    for (size_t round = 0; round < rounds; round++) {
        for (size_t i = 0; i < p->n; i++) tried[p->node[i]] = camp[p->node[i]];
        int64_t change = 0;
        for (size_t i = 0; i < 1 + p->n / 20; i++) {
            uint32_t u = p->node[measure_random_below(&seed, p->n)];
            change += gain(p->net, tried, u);
            tried[u] ^= 1;
        }
        change += descend(p, tried);
        for (size_t i = 0; i < p->n && change >= 0; i++) camp[p->node[i]] = tried[p->node[i]];
    }
}

/* Unbalanced triangles that share no tie: each has a frustrated tie of its own. */
static size_t disjoint_triangles(const part *p) {
    const casus_network *net = p->net;
    bool *used = CASUS_NEW_ARRAY(p->arena, bool, 2 * net->ties + 1);
    size_t *to = CASUS_NEW_ARRAY(p->arena, size_t, net->nodes), found = 0; /* to[w]: place + 1 of the tie u–w */
    for (size_t i = 0; i < p->n; i++) {
        uint32_t u = p->node[i];
        for (size_t k = net->first[u]; k < net->first[u + 1]; k++) to[net->other[k]] = k + 1;
        for (size_t k = net->first[u]; k < net->first[u + 1]; k++) {
            uint32_t v = net->other[k];
            for (size_t m = net->first[v]; v > u && m < net->first[v + 1] && !used[k]; m++) {
                uint32_t w = net->other[m];
                if (w <= v || !to[w] || used[m] || used[to[w] - 1]) continue;
                if (((net->weight[k] < 0) ^ (net->weight[m] < 0) ^ (net->weight[to[w] - 1] < 0)) == 0) continue;
                used[k] = used[m] = used[to[w] - 1] = true;
                found++;
            }
        }
        for (size_t k = net->first[u]; k < net->first[u + 1]; k++) to[net->other[k]] = 0;
    }
    return found;
}

/* ---- components -------------------------------------------------------------------------------------------- */

typedef struct work {
    const casus_network *net;
    const casus_frustration_options *options;
    casus_arena *arena;
    casus_frustration *f;
    uint32_t *fringe; /* nodes of degree one, one after the other, as they fall */
    size_t n_fringe;
    bool *fallen;
    uint32_t *index;
} work;

/* Takes away nodes with one tie left, again and again: they never need to be frustrated. */
static void strip(work *w) {
    size_t n = w->net->nodes, *degree = CASUS_NEW_ARRAY(w->arena, size_t, n);
    for (uint32_t i = 0; i < n; i++)
        if ((degree[i] = w->net->first[i + 1] - w->net->first[i]) == 1) w->fringe[w->n_fringe++] = i;
    for (size_t done = 0; done < w->n_fringe; done++) {
        uint32_t u = w->fringe[done];
        w->fallen[u] = true;
        for (size_t k = w->net->first[u]; k < w->net->first[u + 1]; k++)
            if (!w->fallen[w->net->other[k]] && --degree[w->net->other[k]] == 1) w->fringe[w->n_fringe++] = w->net->other[k];
    }
}

/* The fringe joins the camp its one tie asks for, last fallen first. */
static void restore(work *w) {
    while (w->n_fringe-- > 0) {
        uint32_t u = w->fringe[w->n_fringe];
        w->fallen[u] = false;
        for (size_t k = w->net->first[u]; k < w->net->first[u + 1]; k++)
            if (!w->fallen[w->net->other[k]]) w->f->camp[u] = w->f->camp[w->net->other[k]] ^ (w->net->weight[k] < 0);
    }
}

/* Collects the component of `start` into `list`. */
static size_t collect(work *w, uint32_t start, uint32_t number, uint32_t *list) {
    size_t n = 0;
    list[n++] = start;
    w->f->component[start] = number;
    for (size_t i = 0; i < n; i++)
        for (size_t k = w->net->first[list[i]]; k < w->net->first[list[i] + 1]; k++) {
            uint32_t v = w->net->other[k];
            if (w->f->component[v] == UINT32_MAX) w->f->component[v] = number, list[n++] = v;
        }
    return n;
}

/* Nodes with many ties first: they decide the most. */
static void order(const casus_network *net, uint32_t *list, size_t n) {
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0; k--) {
            uint32_t a = list[k - 1], b = list[k];
            if (net->first[a + 1] - net->first[a] >= net->first[b + 1] - net->first[b]) break;
            list[k - 1] = b, list[k] = a;
        }
}

static void solve(work *w, uint32_t *list, size_t n) {
    const casus_frustration_options *o = w->options;
    size_t core = 0, exact_nodes = o->exact_nodes ? o->exact_nodes : CASUS_FRUSTRATION_EXACT, low = 0;
    for (size_t i = 0; i < n; i++)
        if (!w->fallen[list[i]]) list[core++] = list[i];
    if (exact_nodes > MOST) exact_nodes = MOST;
    part p = {core, list, w->net, w->arena};
    if (core <= exact_nodes) {
        order(w->net, list, core);
        if (solve_exactly(&p, o->max_steps ? o->max_steps : STEPS, w->index, w->f->camp, &low)) {
            w->f->low += low, w->f->high += low;
            return;
        }
    }
    solve_by_trial(&p, o->rounds ? o->rounds : 200, o->seed, w->f->camp);
    size_t triangles = disjoint_triangles(&p), high = 0;
    if (triangles > low) low = triangles;
    for (size_t i = 0; i < core; i++)
        for (size_t k = w->net->first[list[i]]; k < w->net->first[list[i] + 1]; k++)
            high += !w->fallen[w->net->other[k]] && contradicts(w->net, w->f->camp, list[i], k);
    w->f->low += low, w->f->high += high / 2;
}

/* Camps are named so that the first node of a component is in camp 0. */
static void name_camps(work *w, uint32_t *first) {
    for (uint32_t i = (uint32_t)w->net->nodes; i-- > 0;) first[w->f->component[i]] = i;
    for (uint32_t i = (uint32_t)w->net->nodes; i-- > 0;) w->f->camp[i] ^= w->f->camp[first[w->f->component[i]]];
}

casus_code casus_network_frustration(const casus_network *net, const casus_frustration_options *options, casus_arena *arena, casus_frustration *out,
                                     casus_error *err) {
    static const casus_frustration_options NONE = {0};
    size_t n = net->nodes;
    if (n >= UINT32_MAX) return casus_fail(err, CASUS_ERR_LIMIT, "%zu nodes are more than a network can have", n);
    casus_frustration f = {.camp = CASUS_NEW_ARRAY(arena, uint8_t, n + 1), .component = CASUS_NEW_ARRAY(arena, uint32_t, n + 1)};
    work w = {.net = net, .options = options ? options : &NONE, .arena = arena, .f = &f, .fringe = CASUS_NEW_ARRAY(arena, uint32_t, n + 1),
              .fallen = CASUS_NEW_ARRAY(arena, bool, n + 1), .index = CASUS_NEW_ARRAY(arena, uint32_t, n + 1)};
    uint32_t *list = CASUS_NEW_ARRAY(arena, uint32_t, n + 1);
    strip(&w);
    memset(f.component, 0xff, n * sizeof *f.component);
    for (uint32_t i = 0; i < n; i++)
        if (f.component[i] == UINT32_MAX) solve(&w, list, collect(&w, i, (uint32_t)f.components++, list));
    restore(&w);
    name_camps(&w, list);
    f.exact = f.low == f.high;
    f.normalised = net->ties ? 1 - 2 * (double)f.high / (double)net->ties : NAN;
    *out = f;
    return CASUS_OK;
}
