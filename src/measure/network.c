/* Signed networks: building, triangles, centralities. */
#include "casus/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- building ---------------------------------------------------------------------------------------------- */

static int by_ends(const void *x, const void *y) {
    const casus_tie *a = x, *b = y;
    if (a->a != b->a) return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

/* Each pair once, ends in order, weights summed, zeros dropped; returns how many. */
static size_t unite(casus_tie *ties, size_t n) {
    size_t kept = 0;
    qsort(ties, n, sizeof *ties, by_ends);
    for (size_t i = 0; i < n;) {
        casus_tie sum = ties[i];
        for (i++; i < n && by_ends(&ties[i], &sum) == 0; i++) sum.weight += ties[i].weight;
        if (sum.weight < 0 || sum.weight > 0) ties[kept++] = sum;
    }
    return kept;
}

static void lay_out(casus_network *net, const casus_tie *ties, casus_arena *arena) {
    size_t *at = CASUS_NEW_ARRAY(arena, size_t, net->nodes + 1);
    for (size_t i = 0; i < net->ties; i++) net->first[ties[i].a + 1]++, net->first[ties[i].b + 1]++;
    for (size_t i = 0; i < net->nodes; i++) net->first[i + 1] += net->first[i];
    memcpy(at, net->first, (net->nodes + 1) * sizeof *at);
    /* Two passes over sorted ties leave every list sorted: first the smaller ends, then the larger. */
    for (size_t i = 0; i < net->ties; i++) net->weight[at[ties[i].b]] = ties[i].weight, net->other[at[ties[i].b]++] = ties[i].a;
    for (size_t i = 0; i < net->ties; i++) net->weight[at[ties[i].a]] = ties[i].weight, net->other[at[ties[i].a]++] = ties[i].b;
}

casus_code casus_network_build(const casus_tie *ties, size_t n, size_t nodes, casus_arena *arena, casus_network *out, casus_error *err) {
    casus_tie *mine = CASUS_NEW_ARRAY(arena, casus_tie, n + 1);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        casus_tie t = ties[i];
        if (t.a >= nodes || t.b >= nodes) return casus_fail(err, CASUS_ERR_ARG, "tie %zu names a node beyond the %zu there are", i + 1, nodes);
        if (!isfinite(t.weight)) return casus_fail(err, CASUS_ERR_ARG, "tie %zu has a weight that is no number", i + 1);
        if (t.a == t.b) continue;
        mine[kept++] = t.a < t.b ? t : (casus_tie){t.b, t.a, t.weight};
    }
    casus_network net = {.nodes = nodes, .ties = unite(mine, kept), .first = CASUS_NEW_ARRAY(arena, size_t, nodes + 2)};
    net.other = CASUS_NEW_ARRAY(arena, uint32_t, 2 * net.ties + 1);
    net.weight = CASUS_NEW_ARRAY(arena, double, 2 * net.ties + 1);
    for (size_t i = 0; i < net.ties; i++) net.positive += mine[i].weight > 0;
    lay_out(&net, mine, arena);
    *out = net;
    return CASUS_OK;
}

/* ---- triangles --------------------------------------------------------------------------------------------- */

/* Triangles on the tie u–v whose third node is beyond v: both lists are walked together. */
static void close_tie(const casus_network *net, uint32_t u, uint32_t v, bool hostile, casus_triangles *t) {
    size_t i = net->first[u], j = net->first[v], i_end = net->first[u + 1], j_end = net->first[v + 1];
    while (i < i_end && j < j_end) {
        uint32_t a = net->other[i], b = net->other[j];
        if (a == b && a > v) t->by_negative[hostile + (net->weight[i] < 0) + (net->weight[j] < 0)]++;
        i += a <= b;
        j += b <= a;
    }
}

casus_triangles casus_network_triangles(const casus_network *net) {
    casus_triangles t = {0};
    for (uint32_t u = 0; u < net->nodes; u++)
        for (size_t k = net->first[u]; k < net->first[u + 1]; k++)
            if (net->other[k] > u) close_tie(net, u, net->other[k], net->weight[k] < 0, &t);
    t.balanced = t.by_negative[0] + t.by_negative[2];
    t.all = t.balanced + t.by_negative[1] + t.by_negative[3];
    t.share = t.all ? (double)t.balanced / (double)t.all : NAN;
    return t;
}

/* ---- centralities ------------------------------------------------------------------------------------------ */

typedef struct paths {
    uint32_t *queue;
    int32_t *distance;
    double *count, *share;
} paths;

/* Breadth-first search from `start`: distances, numbers of shortest paths, nodes in the order met; returns how many were met. */
static size_t search(const casus_network *net, uint32_t start, paths *p) {
    size_t met = 0, done = 0;
    for (size_t i = 0; i < net->nodes; i++) p->distance[i] = -1, p->count[i] = p->share[i] = 0;
    p->distance[start] = 0, p->count[start] = 1;
    p->queue[met++] = start;
    while (done < met) {
        uint32_t u = p->queue[done++];
        for (size_t k = net->first[u]; k < net->first[u + 1]; k++) {
            uint32_t v = net->other[k];
            if (p->distance[v] < 0) p->distance[v] = p->distance[u] + 1, p->queue[met++] = v;
            if (p->distance[v] == p->distance[u] + 1) p->count[v] += p->count[u];
        }
    }
    return met;
}

static void betweenness(const casus_network *net, casus_arena *arena, double *between) {
    size_t n = net->nodes;
    paths p = {CASUS_NEW_ARRAY(arena, uint32_t, n), CASUS_NEW_ARRAY(arena, int32_t, n), CASUS_NEW_ARRAY(arena, double, n), CASUS_NEW_ARRAY(arena, double, n)};
    for (uint32_t start = 0; start < n; start++) {
        for (size_t met = search(net, start, &p); met-- > 1;) {
            uint32_t v = p.queue[met];
            for (size_t k = net->first[v]; k < net->first[v + 1]; k++) {
                uint32_t u = net->other[k];
                if (p.distance[u] == p.distance[v] - 1) p.share[u] += p.count[u] / p.count[v] * (1 + p.share[v]);
            }
            between[v] += p.share[v] / 2; /* each pair is met from both its ends */
        }
    }
}

/* h = 1 + A h / (2n − 2) with A = 1 for friends, −2 for foes. The step is halved: A / (2n − 2) may have the eigenvalue −1. */
static void pn_index(const casus_network *net, casus_arena *arena, double *h) {
    enum { STEPS = 10000 };
    size_t n = net->nodes;
    double *next = CASUS_NEW_ARRAY(arena, double, n), scale = n > 1 ? 1 / (2 * (double)n - 2) : 0, change = 1;
    for (size_t i = 0; i < n; i++) h[i] = 1;
    for (size_t step = 0; step < STEPS && change > 1e-13; step++) {
        change = 0;
        for (size_t i = 0; i < n; i++) {
            double sum = 0;
            for (size_t k = net->first[i]; k < net->first[i + 1]; k++) sum += (net->weight[k] > 0 ? 1 : -2) * h[net->other[k]];
            next[i] = (h[i] + 1 + scale * sum) / 2;
            change = fmax(change, fabs(next[i] - h[i]));
        }
        memcpy(h, next, n * sizeof *h);
    }
}

casus_code casus_network_centrality(const casus_network *net, casus_arena *arena, casus_centrality *out, casus_error *err) {
    size_t n = net->nodes;
    if (n > UINT32_MAX) return casus_fail(err, CASUS_ERR_LIMIT, "%zu nodes are more than a network can have", n);
    casus_centrality c = {CASUS_NEW_ARRAY(arena, uint32_t, n), CASUS_NEW_ARRAY(arena, uint32_t, n), CASUS_NEW_ARRAY(arena, double, n),
                          CASUS_NEW_ARRAY(arena, double, n), CASUS_NEW_ARRAY(arena, double, n)};
    for (size_t i = 0; i < n; i++)
        for (size_t k = net->first[i]; k < net->first[i + 1]; k++) {
            c.friends[i] += net->weight[k] > 0;
            c.foes[i] += net->weight[k] < 0;
            c.strength[i] += net->weight[k];
        }
    betweenness(net, arena, c.between);
    pn_index(net, arena, c.pn);
    *out = c;
    return CASUS_OK;
}
