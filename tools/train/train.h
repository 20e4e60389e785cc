/* casus-train: makes the model files of models/ from treebanks. Plain C, one thread, the same bytes for the same data
 * and seed. */
#ifndef TRAIN_H
#define TRAIN_H

#include "casus/text.h"
#include "text/labels.h"
#include "text/lemma.h"
#include "text/model.h"

/* ---- numbers ---- */

typedef struct train_rng {
    uint64_t s;
} train_rng;
uint32_t train_random(train_rng *r);
float train_uniform(train_rng *r); /* [0, 1) */

/* A matrix of parameters with its gradient and Adam's two moments. `sparse`: only touched rows are updated. */
typedef struct train_param {
    float *w, *g, *m, *v;
    uint32_t rows, cols;
    bool sparse;
    uint8_t *touched; /* [rows] */
    uint32_t *list;   /* touched rows */
    uint32_t n_list;
} train_param;

void train_param_new(train_param *p, uint32_t rows, uint32_t cols, bool sparse, float spread, train_rng *rng);
void train_param_free(train_param *p);
float *train_grad_row(train_param *p, uint32_t row); /* marks the row as touched */
void train_adam(train_param *p, float rate, uint32_t step);

/* c[m][n] += a[m][k] · b[k][n]; rows of a are `a_step` apart, of c `c_step`. */
void train_gemm(const float *a, size_t a_step, const float *b, float *c, size_t c_step, size_t m, size_t k, size_t n);
/* c[k][n] += aᵀ · b for a[m][k], b[m][n]. */
void train_gemm_t(const float *a, size_t a_step, const float *b, size_t b_step, float *c, size_t m, size_t k, size_t n);
void train_add(float *restrict sum, const float *restrict row, size_t n); /* sum += row */
void train_transpose(const float *a, size_t rows, size_t cols, float *out);
void *train_alloc(size_t n, size_t size); /* zeroed; a training run without memory ends here */

/* ---- data ---- */

/* Counts by 64-bit key, in order of first sight. */
typedef struct train_entry {
    uint64_t key;
    uint32_t count, first;
} train_entry;
typedef struct train_counts {
    train_entry *items;
    uint32_t *index;
    uint32_t n, cap, mask;
} train_counts;
uint32_t train_count(train_counts *c, uint64_t key); /* adds one; returns the entry's number */
void train_counts_free(train_counts *c);

/* A table as it goes into the model file. */
typedef struct train_table {
    text_slot *slots;
    uint32_t size;
} train_table;
void train_table_new(train_table *t, uint32_t entries);
void train_table_put(train_table *t, uint64_t key, uint32_t row);
static inline text_table train_table_view(const train_table *t) { return (text_table){t->slots, t->size}; }

typedef struct train_corpus {
    casus_arena arena;
    casus_sentence *items;
    size_t n, cap, words;
    train_table tables[TEXT_FEATURES];
    uint32_t rows[TEXT_FEATURES];
    uint32_t *word_count; /* [rows[TEXT_WORD]] */
    text_tag tags[TEXT_TAGS_MAX];
    uint32_t n_tags;
    uint8_t tag_of[CASUS_UPOS_N][TEXT_XPOS_N];
    uint8_t rels[CASUS_DEPREL_N];
    uint32_t n_rels;
    uint8_t rel_of[CASUS_DEPREL_N];
} train_corpus;
casus_code train_read_file(casus_arena *arena, const char *path, casus_str *text, casus_sentences *out,
                           casus_error *err);
casus_code train_corpus_add(train_corpus *c, const char *path, casus_error *err);
void train_corpus_index(train_corpus *c); /* vocabulary and labels */
/* Adds a copy of each sentence that can be told in the present or with other names (augment.c), marked by `in_quote`; after indexing, so that the
 * vocabulary stays the treebanks'. */
void train_augment(train_corpus *c, train_rng *rng);
void train_corpus_free(train_corpus *c);

/* ---- network ---- */

typedef struct train_options {
    const char *data, *out, *name, *teachers, *save;
    uint32_t dim, layers, tag_layer, hidden, views, dilation[TEXT_LAYERS_MAX], scans[TEXT_LAYERS_MAX];
    uint32_t epochs, batch;
    uint64_t seed;
    float rate, drop_in, drop_layer, drop_hidden, tag_weight, share;
    size_t limit; /* sentences, 0: all */
    bool made;    /* train on made sentences too (augment.c) */
} train_options;

typedef struct train_net {
    train_options o;
    const train_corpus *corpus;
    train_param emb[TEXT_FEATURES], conv[TEXT_LAYERS_MAX], conv_b[TEXT_LAYERS_MAX], tag, tag_b, tag_row, slot, none,
        root, fact, hidden_b, action, action_b, label[2], label_b[2];
    train_param *all[40];
    int n_all;
    float *conv_t[TEXT_LAYERS_MAX], *slot_t, *tag_t; /* transposed weights, fresh for each batch */
} train_net;

void train_net_new(train_net *n, const train_options *o, const train_corpus *c, train_rng *rng);
void train_net_free(train_net *n);

typedef struct train_loss {
    double tag, action, label;
    uint64_t words, tags_right, actions, actions_right;
} train_loss;

typedef struct train_work train_work; /* activations of one sentence */
train_work *train_work_new(const train_net *n);
void train_work_free(train_work *w);

/* Trained networks whose mean opinion a student learns beside the treebank's (Liu, Che, Zhao, Qin & Liu, ACL 2018). */
enum { TRAIN_TEACHERS_MAX = 4 };
typedef struct train_teachers {
    train_net net[TRAIN_TEACHERS_MAX];
    train_work *work[TRAIN_TEACHERS_MAX];
    int n;
    float share; /* of the teachers in what is learned, the treebank has the rest */
} train_teachers;
casus_code train_teachers_open(train_teachers *t, const char *paths, const train_corpus *c,
                               casus_error *err); /* comma-separated */
void train_teachers_close(train_teachers *t);
casus_code train_net_save(const train_net *n, const char *path, casus_error *err);

/* Forward and backward for one sentence; gradients are added to the parameters'. `teachers` may be NULL. */
void train_sentence(train_net *n, train_work *w, train_teachers *teachers, const casus_sentence *s, float scale,
                    bool explore, train_rng *rng, train_loss *loss);

void train_lemmas(const train_corpus *c, casus_arena *arena, train_table *forms, train_table *suffixes,
                  casus_buf *rules, casus_buf *text);
casus_code train_export(const train_net *n, const char *path, casus_error *err);
casus_code train_evaluate(const char *model, const char *file, casus_error *err);

#endif
