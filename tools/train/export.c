/* From floating point to the integers of the model file. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "text/labels.h"
#include "train.h"

enum { PARTS_MAX = 80 };

typedef struct packing {
    casus_arena arena;
    casus_pack_part part[PARTS_MAX];
    size_t n;
    text_shape shape;
} packing;

static void put(packing *p, const char *name, const void *bytes, size_t size) {
    if (p->n == PARTS_MAX) return;
    p->part[p->n++] = (casus_pack_part){casus_arena_strndup(&p->arena, name, strlen(name)),
                                        casus_arena_dup(&p->arena, bytes, size), size};
}

static int32_t nearest(float v, float scale, int32_t limit) {
    float x = roundf(v * scale);
    if (x > (float)limit) return limit;
    if (x < -(float)limit) return -limit;
    return (int32_t)x;
}

/* Largest shift for which no sum can leave 31 bits, whatever the activations are, and each weight fits 16 bits. */
static uint32_t choose_shift(const train_param *w, const train_param *b) {
    uint32_t shift = 14;
    for (; shift > 4; shift--) {
        double one = (double)(1u << shift), worst = 0, largest = 0;
        for (uint32_t j = 0; j < w->cols; j++) {
            double sum = b ? fabs((double)b->w[j]) * one * (1 << TEXT_ACT_Q) : 0;
            for (uint32_t i = 0; i < w->rows; i++) {
                double v = fabs((double)w->w[(size_t)i * w->cols + j]) * one + 0.5;
                sum += v * TEXT_ACT_MAX;
                if (v > largest) largest = v;
            }
            if (sum > worst) worst = sum;
        }
        if (worst < 2.0e9 && largest < 32767) break;
    }
    return shift;
}

/* Weights in panels and the bias in units of the sum. `shift`: fraction bits of the weights. */
static void put_weights(packing *p, const char *name, const train_param *w, const train_param *b, uint32_t shift) {
    uint32_t out = text_padded(w->cols);
    int16_t *q = train_alloc((size_t)w->rows * out, sizeof *q);
    int32_t *bias = train_alloc(out, sizeof *bias);
    for (uint32_t i = 0; i < w->rows; i++)
        for (uint32_t j = 0; j < w->cols; j++) {
            size_t at = (size_t)(j / TEXT_PANEL) * w->rows * TEXT_PANEL + (size_t)(i / 2) * 2 * TEXT_PANEL +
                        (j % TEXT_PANEL) * 2 + i % 2;
            q[at] = (int16_t)nearest(w->w[(size_t)i * w->cols + j], (float)(1u << shift), 32767);
        }
    for (uint32_t j = 0; b && j < w->cols; j++)
        bias[j] = nearest(b->w[j], (float)(1u << shift) * (1 << TEXT_ACT_Q), 1 << 30);
    char part[16];
    snprintf(part, sizeof part, "%s.w", name);
    put(p, part, q, (size_t)w->rows * out * sizeof *q);
    snprintf(part, sizeof part, "%s.b", name);
    put(p, part, bias, out * sizeof *bias);
    free(q);
    free(bias);
}

static void put_rows16(packing *p, const char *name, const train_param *w, int q, int32_t limit) {
    size_t n = (size_t)w->rows * w->cols;
    int16_t *rows = train_alloc(n, sizeof *rows);
    for (size_t i = 0; i < n; i++) rows[i] = (int16_t)nearest(w->w[i], (float)(1 << q), limit);
    put(p, name, rows, n * sizeof *rows);
    free(rows);
}

static double squared_loss(const train_param *w, uint32_t mult) {
    double sum = 0;
    float step = (float)mult / (1 << TEXT_ACT_Q);
    for (size_t i = 0; i < (size_t)w->rows * w->cols; i++) {
        double d = (double)(w->w[i] - (float)nearest(w->w[i], 1 / step, 127) * step);
        sum += d * d;
    }
    return sum;
}

static void put_embedding(packing *p, const char *name, int f, const train_param *w, const train_table *keys) {
    uint32_t best = 1;
    double least = squared_loss(w, 1);
    for (uint32_t mult = 2; mult < 40; mult++) {
        double loss = squared_loss(w, mult);
        if (loss < least) least = loss, best = mult;
    }
    size_t n = (size_t)w->rows * w->cols;
    int8_t *rows = train_alloc(n, 1);
    for (size_t i = 0; i < n; i++) rows[i] = (int8_t)nearest(w->w[i], (float)(1 << TEXT_ACT_Q) / (float)best, 127);
    p->shape.mult[f] = best;
    p->shape.rows[f] = w->rows;
    char part[16];
    snprintf(part, sizeof part, "%s.row", name);
    put(p, part, rows, n);
    snprintf(part, sizeof part, "%s.key", name);
    put(p, part, keys->slots, keys->size * sizeof *keys->slots);
    free(rows);
}

static void put_network(packing *p, const train_net *n) {
    static const char *const NAMES[TEXT_FEATURES] = {"word", "suffix3", "suffix2", "prefix3", "shape"};
    text_shape *s = &p->shape;
    for (int f = 0; f < TEXT_FEATURES; f++) put_embedding(p, NAMES[f], f, &n->emb[f], &n->corpus->tables[f]);
    for (uint32_t l = 0; l < n->o.layers; l++) {
        char name[16];
        snprintf(name, sizeof name, "conv%u", (unsigned)l);
        s->conv_shift[l] = choose_shift(&n->conv[l], &n->conv_b[l]);
        put_weights(p, name, &n->conv[l], &n->conv_b[l], s->conv_shift[l]);
    }
    s->tag_shift = choose_shift(&n->tag, &n->tag_b);
    put_weights(p, "tag", &n->tag, &n->tag_b, s->tag_shift);
    uint32_t slot = choose_shift(&n->slot, NULL);
    put_weights(p, "slot", &n->slot, NULL, slot);
    s->slot_shift = slot + TEXT_ACT_Q - TEXT_SUM_Q;
    s->action_shift = choose_shift(&n->action, &n->action_b);
    put_weights(p, "action", &n->action, &n->action_b, s->action_shift);
    s->action_shift += TEXT_ACT_Q; /* what one unit of a score is, for the margin */
    put_weights(p, "left", &n->label[0], &n->label_b[0], choose_shift(&n->label[0], &n->label_b[0]));
    put_weights(p, "right", &n->label[1], &n->label_b[1], choose_shift(&n->label[1], &n->label_b[1]));
    put_rows16(p, "tag.row", &n->tag_row, TEXT_ACT_Q, TEXT_ACT_MAX);
    put_rows16(p, "slot.none", &n->none, TEXT_SUM_Q, TEXT_SUM_LIMIT);
    put_rows16(p, "slot.root", &n->root, TEXT_SUM_Q, TEXT_SUM_LIMIT);
    put_rows16(p, "fact.row", &n->fact, TEXT_SUM_Q, TEXT_SUM_LIMIT);
    put_rows16(p, "hidden.b", &n->hidden_b, TEXT_SUM_Q, TEXT_SUM_LIMIT);
}

static void put_lemmas(packing *p, const train_corpus *c) {
    train_table forms, suffixes;
    casus_buf rules = {0}, text = {0};
    casus_arena arena;
    casus_arena_init(&arena);
    train_lemmas(c, &arena, &forms, &suffixes, &rules, &text);
    put(p, "lemma.form", forms.slots, forms.size * sizeof *forms.slots);
    put(p, "lemma.suffix", suffixes.slots, suffixes.size * sizeof *suffixes.slots);
    put(p, "lemma.rule", rules.at, rules.n);
    put(p, "lemma.text", text.at, text.n);
    casus_arena_done(&arena);
    casus_buf_done(&rules);
    casus_buf_done(&text);
    free(forms.slots);
    free(suffixes.slots);
}

casus_code train_export(const train_net *n, const char *path, casus_error *err) {
    packing p = {.n = 0};
    casus_arena_init(&p.arena);
    const train_options *o = &n->o;
    p.shape = (text_shape){.labels = text_labels_hash(),
                           .dim = o->dim,
                           .layers = o->layers,
                           .tag_layer = o->tag_layer,
                           .hidden = o->hidden,
                           .views = o->views,
                           .tags = n->corpus->n_tags,
                           .rels = n->corpus->n_rels};
    memcpy(p.shape.dilation, o->dilation, sizeof p.shape.dilation);
    memcpy(p.shape.scans, o->scans, sizeof p.shape.scans);
    put(&p, "name", o->name, strlen(o->name));
    put_network(&p, n);
    put(&p, "tags", n->corpus->tags, n->corpus->n_tags * sizeof *n->corpus->tags);
    put(&p, "rels", n->corpus->rels, n->corpus->n_rels);
    put_lemmas(&p, n->corpus);
    put(&p, "shape", &p.shape, sizeof p.shape);
    casus_code code = casus_pack_write(path, "model", TEXT_MODEL_FORMAT, p.part, p.n, err);
    casus_arena_done(&p.arena);
    return code;
}
