/* Boosted decision trees over rows of small codes, learned to rank the candidates of a question.
 *
 * Loss: softmax cross-entropy of each true candidate against the false ones of its question (Cao et al., ICML 2007), second
 * order, leaves split best first (Chen and Guestrin, KDD 2016). Each tree sees a random part of the questions and of the
 * features; the choice is a hash of the seed, so the same data and seed give the same trees on any number of threads.
 */
#ifndef CASUS_FORECAST_TREES_H
#define CASUS_FORECAST_TREES_H

#include "forecast/ask.h"

typedef struct forecast_node {
    float value;        /* of a leaf, or of the node as a whole, for explanations */
    int16_t feature;    /* -1: a leaf */
    uint8_t threshold;  /* codes up to it go left */
    uint8_t spare;
    int32_t left;       /* right is left + 1 */
} forecast_node;

typedef struct forecast_trees {
    forecast_node *nodes;
    int32_t *roots;
    int32_t n_nodes, n_trees;
} forecast_trees;

/* Examples: the kept candidates of past questions. */
typedef struct forecast_examples {
    uint8_t *rows; /* [n_rows × FEATURES] */
    uint8_t *truth;
    float *first; /* the first-stage score each candidate starts from */
    size_t n_rows, cap_rows;
    size_t *starts; /* [n_groups + 1] rows of each question */
    size_t n_groups, cap_groups;
} forecast_examples;

typedef struct forecast_tree_options {
    int trees, leaves;
    float rate;          /* of learning */
    float groups_part;   /* share of questions a tree sees */
    float features_part; /* share of features a tree sees */
    float shrink;        /* L2 on leaf values */
    float least_weight;  /* least second-order weight of a leaf */
    uint64_t without;    /* bits of features not to use */
    uint64_t seed;
    unsigned threads;
} forecast_tree_options;

casus_code forecast_trees_learn(forecast_trees *t, const forecast_examples *e, const forecast_tree_options *o,
                                casus_error *err);
void forecast_trees_done(forecast_trees *t);
/* Sum of the trees for one row, of the first `n` trees. */
float forecast_trees_score(const forecast_trees *t, int32_t n, const uint8_t row[FEATURES]);
/* Adds to by_feature what each split on the row's paths changed (the path attribution of Saabas). */
void forecast_trees_explain(const forecast_trees *t, const uint8_t row[FEATURES], float by_feature[FEATURES]);

#endif
