/* The model file: one casus_pack of kind "model", everything in it used where it lies.
 *
 * The network (integers throughout; Q is the number of fraction bits of activations):
 *   x0[t]   = sum of five embedding rows of word t                                   (8 bit × a factor per table → Q8)
 *   x(l+1)  = x(l) + relu(conv(l)(x(l)[t - d], x(l)[t], x(l)[t + d]))                width 3, dilation d(l), or, for a
 * scan layer, x(l+1)  = x(l) + scan(conv(l)(…))                                                gated sums over the
 * sentence in both directions tag[t]  = argmax(tag head (x(tag_layer)[t])); x(tag_layer)[t] += tag embedding p[t][v] =
 * slot weights (x(layers)[t]) for each view v of the parser: first layer of every possible decision, computed once h =
 * relu(bias + Σ_v p[word at v][v] + Σ_f fact row)                        (sum Q10, h Q8) action  = argmax over allowed
 * (action head (h)); relation = argmax(label head of that direction (h))
 */
#ifndef TEXT_MODEL_H
#define TEXT_MODEL_H

#include "text/features.h"
#include "text/kernels.h"
#include "text/transition.h"

enum {
    TEXT_MODEL_FORMAT = 2,
    TEXT_LAYERS_MAX = 6,
    TEXT_DIM_MAX = 256,
    TEXT_HIDDEN_MAX = 256,
    TEXT_TAGS_MAX = 256,
    TEXT_DILATION_MAX = 4
};
enum { TEXT_ACT_Q = 8, TEXT_SUM_Q = 10, TEXT_SUM_LIMIT = 8191 };

/* Section "shape". */
typedef struct text_shape {
    uint64_t labels; /* text_labels_hash */
    uint32_t dim, layers, tag_layer, hidden, views, tags, rels, rows[TEXT_FEATURES], mult[TEXT_FEATURES];
    uint32_t dilation[TEXT_LAYERS_MAX], scans[TEXT_LAYERS_MAX], conv_shift[TEXT_LAYERS_MAX];
    uint32_t tag_shift, slot_shift, action_shift, label_shift;
} text_shape;

/* Section "lemma.rule": how a lemma is made from the form (lower-cased, or as it is when `keep`): drop `cut` bytes at
 * the end (255: all), append `n` bytes of "lemma.text" at `at`. */
typedef struct text_lemma_rule {
    uint8_t cut, keep;
    uint16_t n;
    uint32_t at;
} text_lemma_rule;

typedef struct text_lemmas {
    text_table forms, suffixes; /* (form, xpos) and (suffix, xpos) → rule + 1 */
    const text_lemma_rule *rules;
    uint32_t n_rules;
    casus_str text;
} text_lemmas;

typedef struct text_tag {
    uint8_t upos, xpos;
} text_tag;

struct casus_model {
    casus_pack pack;
    char version[64];
    text_shape shape;
    const text_kernels *kernels;
    text_table tables[TEXT_FEATURES];
    const int8_t *rows[TEXT_FEATURES];
    text_weights conv[TEXT_LAYERS_MAX], tag_head, slots, action_head, label_head[2];
    const int16_t *tag_rows;  /* [tags][dim] */
    const int16_t *no_word;   /* [views][hidden]: a view that shows nothing */
    const int16_t *root_word; /* [views][hidden]: a view that shows the root */
    const int16_t *fact_rows; /* [TEXT_FACTS][TEXT_FACT_VALUES][hidden] */
    const int16_t *bias;      /* [hidden] */
    const text_tag *tags;
    const uint8_t *rels; /* label → casus_deprel */
    text_lemmas lemmas;
};

/* Outputs padded for the kernels. */
static inline uint32_t text_padded(uint32_t n) { return (n + TEXT_PANEL - 1) / TEXT_PANEL * TEXT_PANEL; }

#endif
