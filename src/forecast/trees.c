#include "forecast/trees.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A leaf's rows are counted in CHUNKS parts of a bounded size; AHEAD rows are fetched early. */
enum { CHUNKS = 8, CHUNK_MIN = 1 << 11, CHUNK_MAX = 1 << 13, ROW_CHUNK = 1 << 13, AHEAD = 12 };

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
    histogram *merged; /* what the chunks are added up to */
    size_t n_merged;
    split part_by;     /* rows are being parted by it */
    size_t *n_left, *left_at, *right_at; /* [n_chunks] */
    leaf leaves[FORECAST_LEAVES];
    int n_leaves;
    int features[FEATURES], n_features;
    size_t from, to, chunk; /* rows being counted or parted */
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

/* Chunks depend on the number of rows alone, so that sums do not depend on the number of threads. */
static size_t set_range(learner *l, size_t from, size_t to) {
    size_t chunk = (to - from) / CHUNKS + 1;
    l->from = from;
    l->to = to;
    l->chunk = chunk < CHUNK_MIN ? CHUNK_MIN : chunk > CHUNK_MAX ? CHUNK_MAX : chunk;
    return (to - from + l->chunk - 1) / l->chunk;
}

static size_t chunk_end(const learner *l, size_t from) { return from + l->chunk < l->to ? from + l->chunk : l->to; }

static void count_chunk(void *ctx, size_t chunk, unsigned thread) {
    (void)thread;
    learner *l = ctx;
    histogram *out = &l->chunk_counts[chunk];
    size_t from = l->from + chunk * l->chunk, to = chunk_end(l, from);
    for (int k = 0; k < l->n_features; k++) memset(out->at[l->features[k]], 0, sizeof out->at[0]);
    for (size_t i = from; i < to; i++) {
        const uint8_t *row = l->e->rows + (size_t)l->order[i] * FEATURES;
        pull p = l->pulls[l->order[i]];
        if (i + AHEAD < to) {
            __builtin_prefetch(l->e->rows + (size_t)l->order[i + AHEAD] * FEATURES);
            __builtin_prefetch(l->pulls + l->order[i + AHEAD]);
        }
        for (int k = 0; k < l->n_features; k++) {
            int f = l->features[k];
            pull *cell = &out->at[f][row[f]];
            cell->g += p.g;
            cell->h += p.h;
        }
    }
}

/* Adds up one feature over the chunks. */
static void merge_feature(void *ctx, size_t k, unsigned thread) {
    (void)thread;
    learner *l = ctx;
    int f = l->features[k];
    pull *to = l->merged->at[f];
    memset(to, 0, sizeof l->merged->at[f]);
    for (size_t c = 0; c < l->n_merged; c++)
        for (int b = 0; b < FORECAST_CODES; b++) {
            to[b].g += l->chunk_counts[c].at[f][b].g;
            to[b].h += l->chunk_counts[c].at[f][b].h;
        }
}

static void count_rows(learner *l, size_t from, size_t to, histogram *out) {
    size_t chunks = set_range(l, from, to);
    casus_parallel(chunks, l->o->threads, count_chunk, l);
    l->merged = out;
    l->n_merged = chunks;
    casus_parallel((size_t)l->n_features, chunks < CHUNKS ? 1 : l->o->threads, merge_feature, l);
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

/* ---- parting rows ---- */

/* Within a chunk: those that go left to the front of the spare rows, the others behind them, both in order. */
static void part_chunk(void *ctx, size_t chunk, unsigned thread) {
    (void)thread;
    learner *l = ctx;
    size_t from = l->from + chunk * l->chunk, to = chunk_end(l, from), left = from, n_right = 0;
    const uint8_t *codes = l->e->rows + (size_t)l->part_by.feature;
    uint32_t right[CHUNK_MAX];
    for (size_t i = from; i < to; i++) {
        uint32_t r = l->order[i];
        bool goes_right = codes[(size_t)r * FEATURES] > l->part_by.threshold;
        if (i + AHEAD < to) __builtin_prefetch(codes + (size_t)l->order[i + AHEAD] * FEATURES);
        l->spare[left] = r;
        right[n_right] = r;
        left += !goes_right;
        n_right += goes_right;
    }
    memcpy(l->spare + left, right, n_right * sizeof *right);
    l->n_left[chunk] = left - from;
}

static void place_chunk(void *ctx, size_t chunk, unsigned thread) {
    (void)thread;
    learner *l = ctx;
    size_t from = l->from + chunk * l->chunk, n = chunk_end(l, from) - from, left = l->n_left[chunk];
    memcpy(l->order + l->left_at[chunk], l->spare + from, left * sizeof *l->order);
    memcpy(l->order + l->right_at[chunk], l->spare + from + left, (n - left) * sizeof *l->order);
}

/* Stable partition of the leaf's rows; returns where the right part begins. */
static size_t part_rows(learner *l, const leaf *at) {
    size_t chunks = set_range(l, at->from, at->to), middle = at->from;
    l->part_by = at->best;
    casus_parallel(chunks, l->o->threads, part_chunk, l);
    for (size_t c = 0; c < chunks; c++) {
        l->left_at[c] = middle;
        middle += l->n_left[c];
    }
    size_t right = middle;
    for (size_t c = 0; c < chunks; c++) {
        size_t begin = at->from + c * l->chunk;
        l->right_at[c] = right;
        right += chunk_end(l, begin) - begin - l->n_left[c];
    }
    casus_parallel(chunks, l->o->threads, place_chunk, l);
    return middle;
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

/* What all rows add up to, read off the counts of one feature. */
static pull sum_counts(const learner *l, const histogram *counts) {
    double g = 0, h = 0;
    for (int b = 0; b < FORECAST_CODES; b++) {
        g += (double)counts->at[l->features[0]][b].g;
        h += (double)counts->at[l->features[0]][b].h;
    }
    return (pull){(float)g, (float)h};
}

static void grow_tree(learner *l, int tree) {
    size_t n = draw_rows(l, tree);
    int32_t root = l->t->n_nodes++;
    l->t->roots[l->t->n_trees] = root;
    l->t->nodes[root] = (forecast_node){.feature = -1};
    if (n == 0 || l->n_features == 0) return;
    l->leaves[0] = (leaf){.to = n, .node = root, .counts = &l->leaf_counts[0]};
    l->n_leaves = 1;
    count_rows(l, 0, n, l->leaves[0].counts);
    l->leaves[0].sum = sum_counts(l, l->leaves[0].counts);
    find_split(l, &l->leaves[0]);
    while (l->n_leaves < l->o->leaves) {
        leaf *best = &l->leaves[0];
        for (int i = 1; i < l->n_leaves; i++)
            if (l->leaves[i].best.gain > best->best.gain) best = &l->leaves[i];
        if (best->best.gain <= 0) break;
        split_leaf(l, best);
    }
}

static void score_chunk(void *ctx, size_t chunk, unsigned thread) {
    (void)thread;
    learner *l = ctx;
    size_t from = chunk * ROW_CHUNK, end = from + ROW_CHUNK < l->e->n_rows ? from + ROW_CHUNK : l->e->n_rows;
    forecast_tree_add(l->t, l->t->n_trees - 1, l->e->rows + from * FEATURES, end - from, l->score + from);
}

/* ---- the ensemble ---- */

static bool learner_init(learner *l) {
    size_t n = l->e->n_rows, leaves = (size_t)l->o->leaves;
    l->n_chunks = n / CHUNK_MAX + CHUNKS + 1;
    l->score = malloc(n * sizeof *l->score);
    l->pulls = calloc(n, sizeof *l->pulls);
    l->order = malloc(n * sizeof *l->order);
    l->spare = malloc(n * sizeof *l->spare);
    l->leaf_counts = calloc(leaves, sizeof *l->leaf_counts);
    l->chunk_counts = malloc(l->n_chunks * sizeof *l->chunk_counts);
    l->n_left = malloc(3 * l->n_chunks * sizeof *l->n_left);
    l->left_at = l->n_left + l->n_chunks;
    l->right_at = l->left_at + l->n_chunks;
    bool ok = forecast_trees_room(l->t, (size_t)l->o->trees * 2 * leaves, (size_t)l->o->trees);
    return ok && l->score && l->pulls && l->order && l->spare && l->leaf_counts && l->chunk_counts && l->n_left;
}

static void learner_done(learner *l) {
    free(l->score);
    free(l->pulls);
    free(l->order);
    free(l->spare);
    free(l->leaf_counts);
    free(l->chunk_counts);
    free(l->n_left);
    free(l);
}

casus_code forecast_trees_learn(forecast_trees *t, const forecast_examples *e, const forecast_tree_options *o,
                                casus_error *err) {
    memset(t, 0, sizeof *t);
    if (e->n_rows >= UINT32_MAX) return casus_fail(err, CASUS_ERR_LIMIT, "too many examples to learn from");
    if (o->leaves < 2 || o->leaves > FORECAST_LEAVES || o->trees < 0)
        return casus_fail(err, CASUS_ERR_ARG, "trees need 2 to %d leaves", FORECAST_LEAVES);
    learner *l = calloc(1, sizeof *l);
    if (l) *l = (learner){.e = e, .o = o, .t = t};
    if (!l || !learner_init(l)) {
        if (l) learner_done(l);
        forecast_trees_done(t);
        return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for %zu examples", e->n_rows);
    }
    if (e->n_rows) memcpy(l->score, e->first, e->n_rows * sizeof *l->score);
    bool stopped = false;
    for (int i = 0; i < o->trees && e->n_groups; i++) {
        stopped = o->go_on && !o->go_on(o->ctx);
        if (stopped) break;
        casus_parallel((e->n_groups + GROUP_CHUNK - 1) / GROUP_CHUNK, o->threads, pull_chunk, l);
        grow_tree(l, i);
        t->n_trees++;
        forecast_tree_lay(t, i);
        casus_parallel((e->n_rows + ROW_CHUNK - 1) / ROW_CHUNK, o->threads, score_chunk, l);
    }
    learner_done(l);
    return stopped ? casus_fail(err, CASUS_ERR_STOPPED, "learning was stopped; nothing was written") : CASUS_OK;
}
