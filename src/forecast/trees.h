/* Boosted decision trees over rows of small codes, learned to rank the candidates of a question.
 *
 * Loss: softmax cross-entropy of each true candidate against the false ones of its question (Cao et al., ICML 2007), second
 * order, leaves split best first (Chen and Guestrin, KDD 2016). Each tree sees a random part of the questions and of the
 * features; the choice is a hash of the seed, so the same data and seed give the same trees on any number of threads.
 */
#ifndef CASUS_FORECAST_TREES_H
#define CASUS_FORECAST_TREES_H

#include "forecast/ask.h"

enum { FORECAST_LEAVES = 256 }; /* at most, of a tree */

typedef struct forecast_node {
    float value;        /* of a leaf, or of the node as a whole, for explanations */
    int16_t feature;    /* -1: a leaf */
    uint8_t threshold;  /* codes up to it go left */
    uint8_t spare;
    int32_t left;       /* right is left + 1 */
} forecast_node;

/* The same node laid out for walking many rows abreast: a leaf steps to itself. */
typedef struct forecast_step {
    uint8_t feature, threshold; /* the next step is `next`, or the one after it when the code is above the threshold */
    uint16_t next;              /* counted from the tree's root */
} forecast_step;

typedef struct forecast_trees {
    forecast_node *nodes; /* tree after tree, each from its root to the next one's */
    int32_t *roots;
    int32_t n_nodes, n_trees;
    forecast_step *steps; /* [n_nodes] */
    uint8_t *depths;      /* [n_trees] */
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
    bool (*go_on)(void *ctx); /* asked before each tree; false stops with CASUS_ERR_STOPPED. May be NULL */
    void *ctx;
} forecast_tree_options;

casus_code forecast_trees_learn(forecast_trees *t, const forecast_examples *e, const forecast_tree_options *o,
                                casus_error *err);
void forecast_trees_done(forecast_trees *t);

/* Room for so many nodes and trees; false when memory ran out. */
bool forecast_trees_room(forecast_trees *t, size_t nodes, size_t trees);
/* Lays out the steps of one tree; nodes up to n_nodes or the next root are its own. */
void forecast_tree_lay(forecast_trees *t, int32_t tree);
/* Adds one tree's value to the sum of each row. */
void forecast_tree_add(const forecast_trees *t, int32_t tree, const uint8_t *rows, size_t n, float *sums);
/* Adds all trees' values. */
void forecast_trees_add(const forecast_trees *t, const uint8_t *rows, size_t n, float *sums);
/* Adds to by_feature what each split on the row's paths changed (the path attribution of Saabas). */
void forecast_trees_explain(const forecast_trees *t, const uint8_t row[FEATURES], float by_feature[FEATURES]);

#endif
