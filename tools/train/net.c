/* The network in floating point: forward, and backward by hand. The mathematics are those of text/model.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "train.h"

enum { PAD = TEXT_DILATION_MAX, ROWS = CASUS_SENTENCE_MAX + 2 * PAD };

static void own(train_net *n, train_param *p, uint32_t rows, uint32_t cols, bool sparse, float spread, train_rng *rng) {
    train_param_new(p, rows, cols, sparse, spread, rng);
    n->all[n->n_all++] = p;
}

static float glorot(uint32_t in, uint32_t out) { return sqrtf(6.0f / (float)(in + out)); }

void train_net_new(train_net *n, const train_options *o, const train_corpus *c, train_rng *rng) {
    *n = (train_net){.o = *o, .corpus = c};
    uint32_t d = o->dim, h = o->hidden, vh = o->views * h;
    for (int f = 0; f < TEXT_FEATURES; f++) own(n, &n->emb[f], c->rows[f], d, true, 0.25f, rng);
    for (uint32_t l = 0; l < o->layers; l++) {
        uint32_t out = o->scans[l] ? 2 * d : d;
        own(n, &n->conv[l], 3 * d, out, false, glorot(3 * d, d), rng);
        own(n, &n->conv_b[l], 1, out, false, 0, rng);
        for (uint32_t i = d; i < out; i++)
            n->conv_b[l].w[i] = train_uniform(rng) * 2.5f - 2; /* gates of different memory */
        n->conv_t[l] = train_alloc((size_t)3 * d * out, sizeof(float));
    }
    own(n, &n->tag, d, c->n_tags, false, glorot(d, c->n_tags), rng);
    own(n, &n->tag_b, 1, c->n_tags, false, 0, rng);
    own(n, &n->tag_row, c->n_tags, d, true, 0.1f, rng);
    own(n, &n->slot, d, vh, false, glorot(d, h) * 0.6f, rng);
    own(n, &n->none, o->views, h, false, 0.05f, rng);
    own(n, &n->root, o->views, h, false, 0.05f, rng);
    own(n, &n->fact, TEXT_FACTS * TEXT_FACT_VALUES, h, true, 0.05f, rng);
    own(n, &n->hidden_b, 1, h, false, 0, rng);
    own(n, &n->action, h, TEXT_ACTIONS, false, glorot(h, 3), rng);
    own(n, &n->action_b, 1, TEXT_ACTIONS, false, 0, rng);
    for (int side = 0; side < 2; side++) {
        own(n, &n->label[side], h, c->n_rels, false, glorot(h, c->n_rels), rng);
        own(n, &n->label_b[side], 1, c->n_rels, false, 0, rng);
    }
    n->slot_t = train_alloc((size_t)vh * d, sizeof(float));
    n->tag_t = train_alloc((size_t)c->n_tags * d, sizeof(float));
}

void train_net_free(train_net *n) {
    for (int i = 0; i < n->n_all; i++) train_param_free(n->all[i]);
    for (uint32_t l = 0; l < n->o.layers; l++) free(n->conv_t[l]);
    free(n->slot_t);
    free(n->tag_t);
}

struct train_work {
    float *x[TEXT_LAYERS_MAX + 1]; /* layer inputs with padding, [ROWS][dim] */
    float *r[TEXT_LAYERS_MAX];     /* relu output after dropout, [words][dim]; its zeros are the mask */
    float *y[TEXT_LAYERS_MAX];     /* scan layers: candidates and gates, [words][2 × dim] */
    float *h[TEXT_LAYERS_MAX];     /* scan layers: gated sums, [words][dim] */
    float *dx, *dr, *mask, *tag, *p, *dp;
    uint32_t id[CASUS_SENTENCE_MAX][TEXT_FEATURES];
    uint8_t said[CASUS_SENTENCE_MAX]; /* predicted tags */
    uint16_t heads[CASUS_SENTENCE_MAX + 2];
    float hidden[TEXT_HIDDEN_MAX], dhidden[TEXT_HIDDEN_MAX], keep[TEXT_HIDDEN_MAX];
    text_state state;
};

train_work *train_work_new(const train_net *n) {
    train_work *w = train_alloc(1, sizeof *w);
    size_t d = n->o.dim;
    for (uint32_t l = 0; l <= n->o.layers; l++) w->x[l] = train_alloc(ROWS * d, sizeof(float));
    for (uint32_t l = 0; l < n->o.layers; l++) {
        w->r[l] = train_alloc(ROWS * d, sizeof(float));
        w->y[l] = train_alloc(ROWS * d * 2, sizeof(float));
        w->h[l] = train_alloc(ROWS * d, sizeof(float));
    }
    w->dx = train_alloc(ROWS * d, sizeof(float));
    w->dr = train_alloc(ROWS * d * 2, sizeof(float));
    w->mask = train_alloc(ROWS * d, sizeof(float));
    w->tag = train_alloc((size_t)CASUS_SENTENCE_MAX * n->corpus->n_tags, sizeof(float));
    w->p = train_alloc((size_t)CASUS_SENTENCE_MAX * n->o.views * n->o.hidden, sizeof(float));
    w->dp = train_alloc((size_t)CASUS_SENTENCE_MAX * n->o.views * n->o.hidden, sizeof(float));
    return w;
}

void train_work_free(train_work *w) {
    for (int l = 0; l <= TEXT_LAYERS_MAX; l++) free(w->x[l]);
    for (int l = 0; l < TEXT_LAYERS_MAX; l++) free(w->r[l]), free(w->y[l]), free(w->h[l]);
    free(w->dx), free(w->dr), free(w->mask), free(w->tag), free(w->p), free(w->dp);
    free(w);
}

/* What one call works on. */
typedef struct pass {
    train_net *n;
    train_work *w;
    train_teachers *teachers;
    const casus_sentence *s;
    float scale;
    bool explore, shout;
    train_rng *rng;
    train_loss *loss;
} pass;

static void fill_mask(pass *a, float *mask, size_t n, float drop) {
    float keep = 1 / (1 - drop);
    for (size_t i = 0; i < n; i++) mask[i] = drop > 0 && train_uniform(a->rng) < drop ? 0 : keep;
}

/* Frequent words are hidden now and then, so that affixes, shape and neighbours learn to speak for them. */
static uint32_t word_or_unknown(pass *a, uint32_t row) {
    float c = (float)a->n->corpus->word_count[row];
    return row && a->n->o.drop_in > 0 && train_uniform(a->rng) < 0.3f / (0.3f + c) * 2 ? 0 : row;
}

static void embed(pass *a) {
    train_work *w = a->w;
    size_t d = a->n->o.dim, count = a->s->n;
    float *x = w->x[0];
    memset(x, 0, (count + 2 * PAD) * d * sizeof *x);
    for (uint32_t t = 0; t < count; t++) {
        text_form_hashes h;
        text_form_features(a->s->tokens[t].form, t == 0, a->shout, &h);
        for (int f = 0; f < TEXT_FEATURES; f++) {
            uint32_t id = text_table_find(train_table_view(&a->n->corpus->tables[f]), h.h[f]);
            if (f == TEXT_WORD) id = word_or_unknown(a, id);
            w->id[t][f] = id;
            const float *row = a->n->emb[f].w + (size_t)id * d;
            for (size_t i = 0; i < d; i++) x[(t + PAD) * d + i] += row[i];
        }
    }
    fill_mask(a, w->mask, count * d, a->n->o.drop_in);
    for (size_t i = 0; i < count * d; i++) x[PAD * d + i] *= w->mask[i];
}

/* y = bias + window of three words · weights */
static void window(pass *a, uint32_t l, float *y) {
    size_t d = a->n->o.dim, out = a->n->conv[l].cols, count = a->s->n, step = a->n->o.dilation[l] * d;
    const float *x = a->w->x[l] + PAD * d;
    for (size_t t = 0; t < count; t++) memcpy(y + t * out, a->n->conv_b[l].w, out * sizeof *y);
    for (size_t tap = 0; tap < 3; tap++)
        train_gemm(x + tap * step - step, d, a->n->conv[l].w + tap * d * out, y, out, count, d, out);
}

static float gate_of(float v) {
    float g = 0.5f + 0.25f * v;
    return g < 0 ? 0 : g > 1 ? 1 : g;
}

/* Gated sums forwards (first half of the units) and backwards (the rest). */
static void scan(pass *a, uint32_t l) {
    size_t d = a->n->o.dim, n = a->s->n;
    const float *y = a->w->y[l];
    float *h = a->w->h[l];
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < d; i++) {
            size_t t = i < d / 2 ? k : n - 1 - k;
            float last = k == 0 ? 0 : h[(i < d / 2 ? t - 1 : t + 1) * d + i];
            h[t * d + i] = last + (y[t * 2 * d + i] - last) * gate_of(y[t * 2 * d + d + i]);
        }
}

/* Gradients of candidates and gates from those of the sums. */
static void scan_back(pass *a, uint32_t l, float *dh, float *dy) {
    size_t d = a->n->o.dim, n = a->s->n;
    const float *y = a->w->y[l], *h = a->w->h[l];
    for (size_t k = n; k-- > 0;)
        for (size_t i = 0; i < d; i++) {
            bool forth = i < d / 2;
            size_t t = forth ? k : n - 1 - k;
            float last = k == 0 ? 0 : h[(forth ? t - 1 : t + 1) * d + i], z = y[t * 2 * d + i],
                  v = y[t * 2 * d + d + i];
            float g = gate_of(v), e = dh[t * d + i];
            dy[t * 2 * d + i] = e * g;
            dy[t * 2 * d + d + i] = v > -2 && v < 2 ? e * (z - last) * 0.25f : 0;
            if (k) dh[(forth ? t - 1 : t + 1) * d + i] += e * (1 - g);
        }
}

static void convolve(pass *a, uint32_t l) {
    train_work *w = a->w;
    size_t d = a->n->o.dim, count = a->s->n;
    float *x = w->x[l] + PAD * d, *y = w->x[l + 1], *r = w->r[l], drop = a->n->o.drop_layer, keep = 1 / (1 - drop);
    if (a->n->o.scans[l]) {
        window(a, l, w->y[l]);
        scan(a, l);
        fill_mask(a, r, count * d, drop);
    } else {
        window(a, l, r);
        for (size_t i = 0; i < count * d; i++) r[i] = r[i] <= 0 || train_uniform(a->rng) < drop ? 0 : r[i] * keep;
    }
    memset(y, 0, (count + 2 * PAD) * d * sizeof *y);
    for (size_t i = 0; i < count * d; i++) y[PAD * d + i] = x[i] + (a->n->o.scans[l] ? w->h[l][i] * r[i] : r[i]);
}

static void convolve_back(pass *a, uint32_t l) {
    train_work *w = a->w;
    train_net *n = a->n;
    size_t d = n->o.dim, out = n->conv[l].cols, count = a->s->n, step = n->o.dilation[l] * d;
    float *x = w->x[l] + PAD * d, *dx = w->dx + PAD * d, *dr = w->dr, *r = w->r[l], keep = 1 / (1 - n->o.drop_layer);
    if (n->o.scans[l]) {
        for (size_t i = 0; i < count * d; i++) r[i] *= dx[i]; /* the mask becomes the gradient of the sums */
        scan_back(a, l, r, dr);
    } else {
        for (size_t i = 0; i < count * d; i++) dr[i] = r[i] > 0 ? dx[i] * keep : 0;
    }
    for (size_t t = 0; t < count; t++)
        for (size_t i = 0; i < out; i++) n->conv_b[l].g[i] += dr[t * out + i];
    for (size_t tap = 0; tap < 3; tap++)
        train_gemm_t(x + tap * step - step, d, dr, out, n->conv[l].g + tap * d * out, count, d, out);
    for (size_t tap = 0; tap < 3; tap++)
        train_gemm(dr, out, n->conv_t[l] + tap * d * out, dx + tap * step - step, d, count, out, d);
    memset(w->dx, 0, PAD * d * sizeof *dx); /* nothing flows into the padding */
    memset(dx + count * d, 0, PAD * d * sizeof *dx);
}

/* Softmax of n scores in place; returns the largest's index. */
static uint32_t softmax(float *v, uint32_t n) {
    uint32_t best = 0;
    for (uint32_t i = 1; i < n; i++)
        if (v[i] > v[best]) best = i;
    float top = v[best], sum = 0;
    for (uint32_t i = 0; i < n; i++) sum += v[i] = expf(v[i] - top);
    for (uint32_t i = 0; i < n; i++) v[i] /= sum;
    return best;
}

static float log_of(float p) { return -logf(p > 1e-9f ? p : 1e-9f); }

/* Probabilities of the tags, and the most probable ones. */
static void tag_forward(pass *a) {
    train_work *w = a->w;
    uint32_t tags = a->n->corpus->n_tags, l = a->n->o.tag_layer;
    size_t d = a->n->o.dim, count = a->s->n;
    for (size_t t = 0; t < count; t++) memcpy(w->tag + t * tags, a->n->tag_b.w, tags * sizeof *w->tag);
    train_gemm(w->x[l] + PAD * d, d, a->n->tag.w, w->tag, tags, count, d, tags);
    for (size_t t = 0; t < count; t++) w->said[t] = (uint8_t)softmax(w->tag + t * tags, tags);
}

/* What is to be learned: the treebank's answer, mixed with the teachers' mean. `mean` holds their sum. */
static float target(const pass *a, float gold, float mean) {
    if (!a->teachers) return gold;
    return (1 - a->teachers->share) * gold + a->teachers->share * mean / (float)a->teachers->n;
}

/* Loss of the tags; their probabilities become gradients. */
static void tag_loss(pass *a) {
    train_work *w = a->w;
    uint32_t tags = a->n->corpus->n_tags;
    for (size_t t = 0; t < a->s->n; t++) {
        const casus_token *gold = &a->s->tokens[t];
        uint32_t want = a->n->corpus->tag_of[gold->upos][gold->xpos] - 1u;
        float *p = w->tag + t * tags;
        a->loss->tag += (double)log_of(p[want]);
        a->loss->tags_right += w->said[t] == want;
        for (uint32_t i = 0; i < tags; i++) {
            float mean = 0;
            for (int k = 0; a->teachers && k < a->teachers->n; k++) mean += a->teachers->work[k]->tag[t * tags + i];
            p[i] = (p[i] - target(a, i == want, mean)) * a->scale * a->n->o.tag_weight;
        }
    }
}

static void tag_rows(pass *a, float *x) {
    size_t d = a->n->o.dim;
    for (size_t t = 0; t < a->s->n; t++)
        for (size_t i = 0; i < d; i++) x[t * d + i] += a->n->tag_row.w[a->w->said[t] * d + i];
}

static void tag_back(pass *a) {
    train_work *w = a->w;
    train_net *n = a->n;
    uint32_t tags = n->corpus->n_tags;
    size_t d = n->o.dim, count = a->s->n;
    float *dx = w->dx + PAD * d, *x = w->x[n->o.tag_layer] + PAD * d;
    for (size_t t = 0; t < count; t++) {
        float *row = train_grad_row(&n->tag_row, w->said[t]);
        const float *said = n->tag_row.w + w->said[t] * d;
        for (size_t i = 0; i < d; i++) {
            row[i] += dx[t * d + i];
            x[t * d + i] -= said[i]; /* the head saw the layer before the rows were added */
        }
        for (uint32_t i = 0; i < tags; i++) n->tag_b.g[i] += w->tag[t * tags + i];
    }
    train_gemm_t(x, d, w->tag, tags, n->tag.g, count, d, tags);
    train_gemm(w->tag, tags, n->tag_t, dx, d, count, tags, d);
}

/* ---- decisions --------------------------------------------------------------------------------------------- */

/* Value row and gradient row of one view. */
static float *view_row(pass *a, uint32_t v, uint16_t word, float **grad) {
    size_t h = a->n->o.hidden, at = v * h;
    if (!word) return *grad = a->n->none.g + at, a->n->none.w + at;
    if (word > a->s->n) return *grad = a->n->root.g + at, a->n->root.w + at;
    at += (size_t)(word - 1) * a->n->o.views * h;
    return *grad = a->w->dp + at, a->w->p + at;
}

typedef struct decision {
    float *grad[TEXT_VIEWS + TEXT_FACTS];
    size_t n;
} decision;

static void think(pass *a, const text_state *state, decision *d) {
    train_work *w = a->w;
    size_t h = a->n->o.hidden;
    uint16_t views[TEXT_VIEWS];
    uint8_t facts[TEXT_FACTS];
    text_state_views(state, views);
    text_state_facts(state, facts);
    memcpy(w->hidden, a->n->hidden_b.w, h * sizeof *w->hidden);
    d->n = 0;
    for (uint32_t v = 0; v < a->n->o.views; v++, d->n++)
        train_add(w->hidden, view_row(a, v, views[v], &d->grad[d->n]), h);
    for (uint32_t f = 0; f < TEXT_FACTS; f++) {
        uint32_t row = f * TEXT_FACT_VALUES + facts[f];
        d->grad[d->n++] = train_grad_row(&a->n->fact, row);
        train_add(w->hidden, a->n->fact.w + row * h, h);
    }
    fill_mask(a, w->keep, h, a->n->o.drop_hidden);
    for (size_t i = 0; i < h; i++) {
        if (w->hidden[i] <= 0) w->keep[i] = 0;
        w->hidden[i] = w->hidden[i] > 0 ? w->hidden[i] * w->keep[i] : 0;
        w->dhidden[i] = 0;
    }
}

static void think_back(pass *a, const decision *d) {
    train_work *w = a->w;
    size_t h = a->n->o.hidden;
    for (size_t i = 0; i < h; i++) w->dhidden[i] *= w->keep[i];
    for (size_t k = 0; k < d->n; k++) train_add(d->grad[k], w->dhidden, h);
    train_add(a->n->hidden_b.g, w->dhidden, h);
}

/* out = hidden · weights + bias. */
static void head(const pass *a, const train_param *p, const train_param *b, float *out) {
    memcpy(out, b->w, p->cols * sizeof *out);
    for (size_t i = 0; i < p->rows; i++) {
        float x = a->w->hidden[i];
        if (x == 0) continue;
        for (size_t j = 0; j < p->cols; j++) out[j] += x * p->w[i * p->cols + j];
    }
}

static void head_back(const pass *a, train_param *p, train_param *b, const float *d) {
    for (size_t j = 0; j < p->cols; j++) b->g[j] += d[j];
    for (size_t i = 0; i < p->rows; i++) {
        float x = a->w->hidden[i], sum = 0;
        if (x == 0) continue;
        for (size_t j = 0; j < p->cols; j++) {
            p->g[i * p->cols + j] += x * d[j];
            sum += p->w[i * p->cols + j] * d[j];
        }
        a->w->dhidden[i] += sum;
    }
}

static pass teacher_pass(const pass *a, int k) {
    pass t = *a;
    t.n = &a->teachers->net[k];
    t.w = a->teachers->work[k];
    t.teachers = NULL;
    return t;
}

/* The teachers think about the student's state. */
static void teachers_think(const pass *a) {
    for (int k = 0; a->teachers && k < a->teachers->n; k++) {
        pass t = teacher_pass(a, k);
        decision unused;
        think(&t, &a->w->state, &unused);
    }
}

/* Sum of the teachers' probabilities: actions (`side` < 0) or the relations of one direction. */
static void teachers_say(const pass *a, int side, const bool can[TEXT_ACTIONS], float *sum) {
    uint32_t n = side < 0 ? TEXT_ACTIONS : a->n->corpus->n_rels;
    memset(sum, 0, n * sizeof *sum);
    for (int k = 0; a->teachers && k < a->teachers->n; k++) {
        pass t = teacher_pass(a, k);
        float p[CASUS_DEPREL_N];
        head(&t, side < 0 ? &t.n->action : &t.n->label[side], side < 0 ? &t.n->action_b : &t.n->label_b[side], p);
        for (uint32_t i = 0; side < 0 && i < n; i++)
            if (!can[i]) p[i] = -1e30f;
        softmax(p, n);
        for (uint32_t i = 0; i < n; i++) sum[i] += p[i];
    }
}

/* Marks the allowed actions that lose fewest gold arcs; returns how many. */
static int best_actions(const pass *a, bool can[TEXT_ACTIONS], bool good[TEXT_ACTIONS]) {
    unsigned cost[TEXT_ACTIONS], least = UINT32_MAX;
    int n = 0;
    for (int k = 0; k < TEXT_ACTIONS; k++) {
        can[k] = text_state_can(&a->w->state, (enum text_action)k);
        cost[k] = can[k] ? text_state_cost(&a->w->state, (enum text_action)k, a->w->heads) : UINT32_MAX;
        if (cost[k] < least) least = cost[k];
    }
    for (int k = 0; k < TEXT_ACTIONS; k++) n += good[k] = can[k] && cost[k] == least;
    return n;
}

/* Learns the action and says which to take. */
static enum text_action learn_action(pass *a) {
    bool can[TEXT_ACTIONS], good[TEXT_ACTIONS];
    float p[TEXT_ACTIONS], mean[TEXT_ACTIONS], right = 0;
    best_actions(a, can, good);
    teachers_say(a, -1, can, mean);
    head(a, &a->n->action, &a->n->action_b, p);
    for (int k = 0; k < TEXT_ACTIONS; k++)
        if (!can[k]) p[k] = -1e30f;
    uint32_t said = softmax(p, TEXT_ACTIONS), best = TEXT_ACTIONS;
    for (uint32_t k = 0; k < TEXT_ACTIONS; k++) {
        if (!good[k]) continue;
        right += p[k];
        if (best == TEXT_ACTIONS || p[k] > p[best]) best = k;
    }
    a->loss->action += (double)log_of(right);
    a->loss->actions++;
    a->loss->actions_right += good[said];
    for (int k = 0; k < TEXT_ACTIONS; k++) p[k] = (p[k] - target(a, good[k] ? p[k] / right : 0, mean[k])) * a->scale;
    if (right > 1e-9f) head_back(a, &a->n->action, &a->n->action_b, p);
    bool follow = a->explore && train_uniform(a->rng) < 0.9f;
    return (enum text_action)(follow ? said : best);
}

/* Learns the relation when the arc is right; returns the relation to go on with. */
static uint8_t learn_label(pass *a, enum text_action act) {
    const train_corpus *c = a->n->corpus;
    text_state *s = &a->w->state;
    int side = act == TEXT_RIGHT;
    uint16_t child = s->stack[s->depth - 1], parent = side ? s->stack[s->depth - 2] : (uint16_t)s->next;
    float p[CASUS_DEPREL_N], mean[CASUS_DEPREL_N];
    teachers_say(a, side, NULL, mean);
    head(a, &a->n->label[side], &a->n->label_b[side], p);
    uint32_t said = softmax(p, c->n_rels);
    if (a->w->heads[child] == parent) {
        uint32_t want = c->rel_of[a->s->tokens[child - 1].deprel] - 1u;
        a->loss->label += (double)log_of(p[want]);
        for (uint32_t i = 0; i < c->n_rels; i++) p[i] = (p[i] - target(a, i == want, mean[i])) * a->scale;
        head_back(a, &a->n->label[side], &a->n->label_b[side], p);
    }
    return c->rels[said];
}

static void decide_all(pass *a) {
    train_work *w = a->w;
    uint32_t n = a->s->n;
    for (uint32_t t = 0; t < n; t++) w->heads[t + 1] = a->s->tokens[t].head ? a->s->tokens[t].head : (uint16_t)(n + 1);
    w->heads[0] = w->heads[n + 1] = 0;
    text_state_start(&w->state, n);
    while (!text_state_done(&w->state)) {
        decision d;
        think(a, &w->state, &d);
        teachers_think(a);
        enum text_action act = learn_action(a);
        uint8_t rel = act == TEXT_SHIFT ? 0 : learn_label(a, act);
        if (act == TEXT_LEFT && w->state.next > n) rel = CASUS_ROOT;
        think_back(a, &d);
        text_state_do(&w->state, act, rel);
    }
}

static void embed_back(pass *a) {
    train_work *w = a->w;
    size_t d = a->n->o.dim;
    float *dx = w->dx + PAD * d;
    for (size_t i = 0; i < a->s->n * d; i++) dx[i] *= w->mask[i];
    for (uint32_t t = 0; t < a->s->n; t++)
        for (int f = 0; f < TEXT_FEATURES; f++) train_add(train_grad_row(&a->n->emb[f], w->id[t][f]), dx + t * d, d);
}

/* From the words to the first layer of the decisions. */
static void forward(pass *a) {
    train_work *w = a->w;
    train_net *n = a->n;
    size_t d = n->o.dim, vh = (size_t)n->o.views * n->o.hidden, top = PAD * d;
    embed(a);
    for (uint32_t l = 0; l <= n->o.layers; l++) {
        if (l == n->o.tag_layer) tag_forward(a), tag_rows(a, w->x[l] + top);
        if (l < n->o.layers) convolve(a, l);
    }
    memset(w->p, 0, a->s->n * vh * sizeof *w->p);
    train_gemm(w->x[n->o.layers] + top, d, n->slot.w, w->p, vh, a->s->n, d, vh);
}

static void backward(pass *a) {
    train_work *w = a->w;
    train_net *n = a->n;
    size_t d = n->o.dim, vh = (size_t)n->o.views * n->o.hidden, top = PAD * d;
    memset(w->dx, 0, (a->s->n + 2 * PAD) * d * sizeof *w->dx);
    train_gemm_t(w->x[n->o.layers] + top, d, w->dp, vh, n->slot.g, a->s->n, d, vh);
    train_gemm(w->dp, vh, n->slot_t, w->dx + top, d, a->s->n, vh, d);
    for (uint32_t l = n->o.layers + 1; l-- > 0;) {
        if (l < n->o.layers) convolve_back(a, l);
        if (l == n->o.tag_layer) tag_back(a);
    }
    embed_back(a);
}

/* Headlines and hasty writing have no full stop: now and then the last mark is left out (and some sentences are read as
 * if in capitals, see `shout`). */
static casus_sentence without_stop(const casus_sentence *s, train_rng *rng) {
    casus_sentence own = *s;
    if (train_uniform(rng) >= 0.08f || s->n < 3 || s->tokens[s->n - 1].upos != CASUS_PUNCT) return own;
    for (uint32_t i = 0; i < s->n; i++)
        if (s->tokens[i].head == s->n) return own;
    own.n--;
    return own;
}

void train_sentence(train_net *n, train_work *w, train_teachers *teachers, const casus_sentence *s, float scale,
                    bool explore, train_rng *rng, train_loss *loss) {
    casus_sentence own = without_stop(s, rng);
    pass a = {n, w, teachers, &own, scale, explore, text_is_shouted(s) || train_uniform(rng) < 0.03f, rng, loss};
    for (int k = 0; teachers && k < teachers->n; k++) {
        pass t = teacher_pass(&a, k);
        forward(&t);
    }
    forward(&a);
    tag_loss(&a);
    loss->words += own.n;
    memset(w->dp, 0, own.n * (size_t)n->o.views * n->o.hidden * sizeof *w->dp);
    decide_all(&a);
    backward(&a);
}
