/* Asking trees that were learned. */
#include "forecast/trees.h"

#include <stdlib.h>
#include <string.h>

enum { ABREAST = 8, LEAF_THRESHOLD = 255 };

bool forecast_trees_room(forecast_trees *t, size_t nodes, size_t trees) {
    t->nodes = calloc(nodes + 1, sizeof *t->nodes);
    t->steps = calloc(nodes + 1, sizeof *t->steps);
    t->roots = calloc(trees + 1, sizeof *t->roots);
    t->depths = calloc(trees + 1, sizeof *t->depths);
    return t->nodes && t->steps && t->roots && t->depths;
}

void forecast_trees_done(forecast_trees *t) {
    free(t->nodes);
    free(t->steps);
    free(t->roots);
    free(t->depths);
    memset(t, 0, sizeof *t);
}

static int32_t end_of(const forecast_trees *t, int32_t tree) { return tree + 1 < t->n_trees ? t->roots[tree + 1] : t->n_nodes; }

/* How many steps lead from a node to the farthest leaf below it. */
static int depth_below(const forecast_trees *t, int32_t i) {
    const forecast_node *n = &t->nodes[i];
    if (n->feature < 0) return 0;
    int left = depth_below(t, n->left), right = depth_below(t, n->left + 1);
    return 1 + (left > right ? left : right);
}

void forecast_tree_lay(forecast_trees *t, int32_t tree) {
    int32_t root = t->roots[tree];
    for (int32_t i = root; i < end_of(t, tree); i++) {
        const forecast_node *n = &t->nodes[i];
        bool leaf = n->feature < 0;
        t->steps[i] = (forecast_step){.feature = leaf ? 0 : (uint8_t)n->feature,
                                      .threshold = leaf ? LEAF_THRESHOLD : n->threshold,
                                      .next = (uint16_t)((leaf ? i : n->left) - root)};
    }
    t->depths[tree] = (uint8_t)depth_below(t, root);
}

/* ABREAST rows take each step together, so that their look-ups overlap. */
void forecast_tree_add(const forecast_trees *t, int32_t tree, const uint8_t *rows, size_t n, float *sums) {
    const forecast_step *steps = t->steps + t->roots[tree];
    const forecast_node *nodes = t->nodes + t->roots[tree];
    for (size_t i = 0; i < n; i += ABREAST) {
        size_t last = n - i < ABREAST ? n - i - 1 : ABREAST - 1;
        const uint8_t *row[ABREAST];
        uint32_t at[ABREAST] = {0};
        for (size_t k = 0; k < ABREAST; k++) row[k] = rows + (i + (k < last ? k : last)) * FEATURES;
        for (int d = 0; d < t->depths[tree]; d++)
            for (size_t k = 0; k < ABREAST; k++) {
                forecast_step s = steps[at[k]];
                at[k] = (uint32_t)s.next + (row[k][s.feature] > s.threshold);
            }
        for (size_t k = 0; k <= last; k++) sums[i + k] += nodes[at[k]].value;
    }
}

void forecast_trees_add(const forecast_trees *t, const uint8_t *rows, size_t n, float *sums) {
    for (int32_t i = 0; i < t->n_trees; i++) forecast_tree_add(t, i, rows, n, sums);
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
