/* casus-train relate: the classifier that names the action between two marked spans. */
#ifndef TRAIN_RELATE_H
#define TRAIN_RELATE_H

#include "coder/relate.h"
#include "train.h"

/* A labelled sentence as features: numbers of features with their values. */
typedef struct relate_row {
    uint32_t *id;
    float *value;
    uint32_t n;
    uint8_t label; /* class */
    uint8_t fold;  /* by hash of the sentence: the same sentence is never on both sides */
    uint8_t rules; /* class of the rules' verdict, RELATE_CLASSES_MAX for none */
} relate_row;

typedef struct relate_data {
    relate_row *rows;
    size_t n;
    uint8_t class_[RELATE_CLASSES_MAX]; /* casus_plover */
    uint32_t n_classes, features;
    uint64_t *key;      /* [features] */
    uint8_t *kept;      /* [features]: frequent enough in the rows trained on */
} relate_data;

/* Weights w [features + 1][classes] that fit the rows in use; share: the weight of each class's rows. */
void relate_fit(const relate_data *d, const uint8_t *use, const double *share, double penalty, double *w);
void relate_probabilities(const relate_data *d, const relate_row *r, const double *w, double *p);

typedef struct relate_options {
    const char *data;      /* table of marked sentences with the column gold_root */
    const char *resources; /* folder of the compiled model, lexicon and gazetteer */
    const char *out;       /* model file to write, or NULL */
    const char *without;   /* families of features left out */
    const char *name;
    uint32_t folds, least; /* least: rows a feature must stand in */
    double penalty, balance;
} relate_options;
casus_code train_relate(const relate_options *o, casus_error *err);
/* Reads `casus-train relate --data …`; false when the words make no sense. */
bool train_relate_options(relate_options *o, int argc, char **argv);

#endif
