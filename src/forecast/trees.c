#include "forecast/trees.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 1 << 15, LEAVES_MAX = 256 };

typedef struct pull { float g, h; } pull; /* first and second derivative of the loss */
typedef struct histogram { pull at[FEATURES][FORECAST_CODES]; } histogram;

typedef struct split {
    float gain;
    int feature, threshold;
} split;

typedef struct leaf {
    size_t from, to; /* in learner.order */
    int32_t node;
    pull sum;
    split best;
    histogram *counts;
} leaf;

typedef struct learner {
    const forecast_examples *e;
    const forecast_tree_options *o;
    forecast_trees *t;
    float *score;
    pull *pulls;
    uint32_t *order, *spare;
    histogram *leaf_counts; /* [leaves] */
    histogram *chunk_counts;
    size_t n_chunks;
    leaf leaves[LEAVES_MAX];
    int n_leaves;
    int features[FEATURES], n_features;
    size_t from, to; /* rows being counted */
} learner;

static uint64_t hash3(uint64_t a, uint64_t b, uint64_t c) {
    uint64_t x = a * 0x9e3779b97f4a7c15u ^ (b + 0x632be59bd9b4e019u) * 0xbf58476d1ce4e5b9u ^ (c + 1) * 0x94d049bb133111ebu;
    x ^= x >> 31;
    x *= 0xd6e8feb86659fd93u;
    return x ^ x >> 32;
}

static bool drawn(uint64_t seed, uint64_t tree, uint64_t what, float part) {
    return (float)(hash3(seed, tree, what) >> 40) < part * (float)(1 << 24);
}

/* ---- derivatives ---- */

static void pull_group(const uint8_t *truth, const float *score, pull *out, size_t n) {
    float top = score[0], others = 0;
    for (size_t i = 1; i < n; i++) top = score[i] > top ? score[i] : top;
    for (size_t i = 0; i < n; i++) others += truth[i] ? 0 : expf(score[i] - top);
    float once = 0, twice = 0; /* sums over true j of 1/(e_j + others) and its square */
    for (size_t i = 0; i < n; i++) {
        if (!truth[i]) continue;
        float mine = expf(score[i] - top), p = mine / (mine + others);
        once += 1.0f / (mine + others);
        twice += 1.0f / ((mine + others) * (mine + others));
        out[i] = (pull){p - 1.0f, p * (1.0f - p)};
    }
    for (size_t i = 0; i < n; i++) {
        if (truth[i]) continue;
        float mine = expf(score[i] - top);
        out[i] = (pull){mine * once, mine * once - mine * mine * twice};
    }
}

enum { GROUP_CHUNK = 256 };

static void pull_chunk(void *ctx, size_t chunk, unsigned thread) {
    (void)thread;
    learner *l = ctx;
    const forecast_examples *e = l->e;
    size_t end = (chunk + 1) * GROUP_CHUNK < e->n_groups ? (chunk + 1) * GROUP_CHUNK : e->n_groups;
    for (size_t g = chunk * GROUP_CHUNK; g < end; g++) {
        size_t at = e->starts[g];
        pull_group(e->truth + at, l->score + at, l->pulls + at, e->starts[g + 1] - at);
    }
}

/* ---- histograms ---- */

static void count_chunk(void *ctx, size_t chunk, unsigned thread) {
    (void)thread;
    learner *l = ctx;
    histogram *out = &l->chunk_counts[chunk];
    size_t from = l->from + chunk * CHUNK, to = from + CHUNK < l->to ? from + CHUNK : l->to;
    for (int k = 0; k < l->n_features; k++) memset(out->at[l->features[k]], 0, sizeof out->at[0]);
    for (size_t i = from; i < to; i++) {
        const uint8_t *row = l->e->rows + (size_t)l->order[i] * FEATURES;
        pull p = l->pulls[l->order[i]];
        for (int k = 0; k < l->n_features; k++) {
            int f = l->features[k];
            pull *cell = &out->at[f][row[f]];
            cell->g += p.g;
            cell->h += p.h;
        }
    }
}

static void count_rows(learner *l, size_t from, size_t to, histogram *out) {
    l->from = from;
    l->to = to;
    size_t chunks = (to - from + CHUNK - 1) / CHUNK;
    casus_parallel(chunks, l->o->threads, count_chunk, l);
    for (int k = 0; k < l->n_features; k++) {
        pull *to_row = out->at[l->features[k]];
        memset(to_row, 0, sizeof out->at[0]);
        for (size_t c = 0; c < chunks; c++)
            for (int b = 0; b < FORECAST_CODES; b++) {
                to_row[b].g += l->chunk_counts[c].at[l->features[k]][b].g;
                to_row[b].h += l->chunk_counts[c].at[l->features[k]][b].h;
            }
    }
}

static void subtract(const learner *l, histogram *whole, const histogram *part) {
    for (int k = 0; k < l->n_features; k++)
        for (int b = 0; b < FORECAST_CODES; b++) {
            whole->at[l->features[k]][b].g -= part->at[l->features[k]][b].g;
            whole->at[l->features[k]][b].h -= part->at[l->features[k]][b].h;
        }
}

/* ---- splits ---- */

static float gain_of(const learner *l, pull p) { return p.g * p.g / (p.h + l->o->shrink); }

static void find_split(const learner *l, leaf *at) {
    at->best = (split){.gain = 0, .feature = -1};
    float whole = gain_of(l, at->sum);
    for (int k = 0; k < l->n_features; k++) {
        const pull *row = at->counts->at[l->features[k]];
        pull left = {0, 0};
        for (int b = 0; b < FORECAST_CODES - 1; b++) {
            if (row[b].h == 0) continue;
            left.g += row[b].g;
            left.h += row[b].h;
            pull right = {at->sum.g - left.g, at->sum.h - left.h};
            if (left.h < l->o->least_weight) continue;
            if (right.h < l->o->least_weight) break;
            float gain = gain_of(l, left) + gain_of(l, right) - whole;
            if (gain > at->best.gain) at->best = (split){gain, l->features[k], b};
        }
    }
}

/* Stable partition of the leaf's rows; returns where the right part begins. */
static size_t part_rows(learner *l, const leaf *at) {
    size_t left = at->from, n_right = 0;
    for (size_t i = at->from; i < at->to; i++) {
        uint32_t r = l->order[i];
        if (l->e->rows[(size_t)r * FEATURES + (size_t)at->best.feature] <= at->best.threshold) l->order[left++] = r;
        else l->spare[n_right++] = r;
    }
    memcpy(l->order + left, l->spare, n_right * sizeof *l->spare);
    return left;
}

static pull sum_left(const leaf *at) {
    pull sum = {0, 0};
    for (int b = 0; b <= at->best.threshold; b++) {
        sum.g += at->counts->at[at->best.feature][b].g;
        sum.h += at->counts->at[at->best.feature][b].h;
    }
    return sum;
}

static float leaf_value(const learner *l, pull p) { return -l->o->rate * p.g / (p.h + l->o->shrink); }

static void split_leaf(learner *l, leaf *at) {
    pull left_sum = sum_left(at), right_sum = {at->sum.g - left_sum.g, at->sum.h - left_sum.h};
    size_t middle = part_rows(l, at);
    int32_t child = l->t->n_nodes;
    l->t->n_nodes += 2;
    forecast_node *node = &l->t->nodes[at->node];
    node->feature = (int16_t)at->best.feature;
    node->threshold = (uint8_t)at->best.threshold;
    node->left = child;
    leaf *right = &l->leaves[l->n_leaves];
    *right = (leaf){.from = middle, .to = at->to, .node = child + 1, .sum = right_sum, .counts = &l->leaf_counts[l->n_leaves]};
    l->n_leaves++;
    at->to = middle;
    at->node = child;
    at->sum = left_sum;
    bool left_smaller = at->to - at->from < right->to - right->from;
    if (left_smaller) { /* the larger child keeps the parent's counts, less the smaller one's */
        histogram *mine = at->counts;
        at->counts = right->counts;
        right->counts = mine;
    }
    leaf *small = left_smaller ? at : right, *large = left_smaller ? right : at;
    count_rows(l, small->from, small->to, small->counts);
    subtract(l, large->counts, small->counts);
    l->t->nodes[child] = (forecast_node){.value = leaf_value(l, left_sum), .feature = -1};
    l->t->nodes[child + 1] = (forecast_node){.value = leaf_value(l, right_sum), .feature = -1};
    find_split(l, at);
    find_split(l, right);
}

/* ---- one tree ---- */

static size_t draw_rows(learner *l, int tree) {
    size_t n = 0;
    for (size_t g = 0; g < l->e->n_groups; g++) {
        if (!drawn(l->o->seed, (uint64_t)tree, g, l->o->groups_part)) continue;
        for (size_t i = l->e->starts[g]; i < l->e->starts[g + 1]; i++) l->order[n++] = (uint32_t)i;
    }
    l->n_features = 0;
    for (int f = 0; f < FEATURES; f++)
        if (!(l->o->without >> f & 1) && drawn(l->o->seed + 1, (uint64_t)tree, (uint64_t)f, l->o->features_part))
            l->features[l->n_features++] = f;
    return n;
}

static pull sum_rows(const learner *l, size_t n) {
    double g = 0, h = 0;
    for (size_t i = 0; i < n; i++) {
        g += (double)l->pulls[l->order[i]].g;
        h += (double)l->pulls[l->order[i]].h;
    }
    return (pull){(float)g, (float)h};
}

static void grow_tree(learner *l, int tree) {
    size_t n = draw_rows(l, tree);
    int32_t root = l->t->n_nodes++;
    l->t->roots[l->t->n_trees] = root;
    l->t->nodes[root] = (forecast_node){.feature = -1};
    if (n == 0 || l->n_features == 0) return;
    l->leaves[0] = (leaf){.to = n, .node = root, .sum = sum_rows(l, n), .counts = &l->leaf_counts[0]};
    l->n_leaves = 1;
    count_rows(l, 0, n, l->leaves[0].counts);
    find_split(l, &l->leaves[0]);
    while (l->n_leaves < l->o->leaves) {
        leaf *best = &l->leaves[0];
        for (int i = 1; i < l->n_leaves; i++)
            if (l->leaves[i].best.gain > best->best.gain) best = &l->leaves[i];
        if (best->best.gain <= 0) break;
        split_leaf(l, best);
    }
}

static float tree_value(const forecast_trees *t, int32_t tree, const uint8_t *row) {
    const forecast_node *node = &t->nodes[t->roots[tree]];
    while (node->feature >= 0) node = &t->nodes[node->left + (row[node->feature] > node->threshold)];
    return node->value;
}

static void score_chunk(void *ctx, size_t chunk, unsigned thread) {
    (void)thread;
    learner *l = ctx;
    size_t end = (chunk + 1) * CHUNK < l->e->n_rows ? (chunk + 1) * CHUNK : l->e->n_rows;
    for (size_t i = chunk * CHUNK; i < end; i++)
        l->score[i] += tree_value(l->t, l->t->n_trees - 1, l->e->rows + i * FEATURES);
}

/* ---- the ensemble ---- */

static bool learner_init(learner *l) {
    size_t n = l->e->n_rows, leaves = (size_t)l->o->leaves;
    l->n_chunks = n / CHUNK + 1;
    l->score = malloc(n * sizeof *l->score);
    l->pulls = calloc(n, sizeof *l->pulls);
    l->order = malloc(n * sizeof *l->order);
    l->spare = malloc(n * sizeof *l->spare);
    l->leaf_counts = calloc(leaves, sizeof *l->leaf_counts);
    l->chunk_counts = malloc(l->n_chunks * sizeof *l->chunk_counts);
    l->t->nodes = calloc((size_t)l->o->trees * 2 * leaves + 1, sizeof *l->t->nodes);
    l->t->roots = calloc((size_t)l->o->trees + 1, sizeof *l->t->roots);
    return l->score && l->pulls && l->order && l->spare && l->leaf_counts && l->chunk_counts && l->t->nodes && l->t->roots;
}

static void learner_done(learner *l) {
    free(l->score);
    free(l->pulls);
    free(l->order);
    free(l->spare);
    free(l->leaf_counts);
    free(l->chunk_counts);
    free(l);
}

casus_code forecast_trees_learn(forecast_trees *t, const forecast_examples *e, const forecast_tree_options *o,
                                casus_error *err) {
    memset(t, 0, sizeof *t);
    if (e->n_rows >= UINT32_MAX) return casus_fail(err, CASUS_ERR_LIMIT, "too many examples to learn from");
    if (o->leaves < 2 || o->leaves > LEAVES_MAX || o->trees < 0)
        return casus_fail(err, CASUS_ERR_ARG, "trees need 2 to %d leaves", LEAVES_MAX);
    learner *l = calloc(1, sizeof *l);
    if (l) *l = (learner){.e = e, .o = o, .t = t};
    if (!l || !learner_init(l)) {
        if (l) learner_done(l);
        forecast_trees_done(t);
        return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for %zu examples", e->n_rows);
    }
    if (e->n_rows) memcpy(l->score, e->first, e->n_rows * sizeof *l->score);
    for (int i = 0; i < o->trees && e->n_groups; i++) {
        casus_parallel((e->n_groups + GROUP_CHUNK - 1) / GROUP_CHUNK, o->threads, pull_chunk, l);
        grow_tree(l, i);
        t->n_trees++;
        casus_parallel((e->n_rows + CHUNK - 1) / CHUNK, o->threads, score_chunk, l);
    }
    learner_done(l);
    return CASUS_OK;
}

void forecast_trees_done(forecast_trees *t) {
    free(t->nodes);
    free(t->roots);
    memset(t, 0, sizeof *t);
}

float forecast_trees_score(const forecast_trees *t, int32_t n, const uint8_t row[FEATURES]) {
    float sum = 0;
    for (int32_t i = 0; i < n; i++) sum += tree_value(t, i, row);
    return sum;
}

void forecast_trees_explain(const forecast_trees *t, const uint8_t row[FEATURES], float by_feature[FEATURES]) {
    for (int32_t i = 0; i < t->n_trees; i++) {
        const forecast_node *node = &t->nodes[t->roots[i]];
        while (node->feature >= 0) {
            const forecast_node *next = &t->nodes[node->left + (row[node->feature] > node->threshold)];
            by_feature[node->feature] += next->value - node->value;
            node = next;
        }
    }
}
