/* Multinomial logistic regression with an L2 penalty, by L-BFGS (Liu & Nocedal 1989) with backtracking: a convex problem, so that the
 * same data give the same weights whatever one starts from; sums keep one order. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "relate.h"

enum { MEMORY = 8, STEPS = 120 };

typedef struct problem {
    const relate_data *d;
    const uint8_t *use;
    const double *share; /* a row's weight, by class */
    uint32_t classes;
    size_t n; /* numbers: (features + 1) × classes; the last row is the bias */
    double penalty;
} problem;

static double dot(const double *a, const double *b, size_t n) {
    double s = 0;
    for (size_t i = 0; i < n; i++) s += a[i] * b[i];
    return s;
}

static void add(double *y, double by, const double *x, size_t n) {
    for (size_t i = 0; i < n; i++) y[i] += by * x[i];
}

void relate_probabilities(const relate_data *d, const relate_row *r, const double *w, double *p) {
    uint32_t classes = d->n_classes;
    memcpy(p, w + (size_t)d->features * classes, classes * sizeof *p);
    for (uint32_t i = 0; i < r->n; i++) add(p, r->value[i], w + (size_t)r->id[i] * classes, classes);
    double top = p[0], sum = 0;
    for (uint32_t c = 1; c < classes; c++) top = p[c] > top ? p[c] : top;
    for (uint32_t c = 0; c < classes; c++) sum += p[c] = exp(p[c] - top);
    for (uint32_t c = 0; c < classes; c++) p[c] /= sum;
}

/* The loss at w; its gradient in g. */
static double loss_at(const problem *q, const double *w, double *g) {
    double p[RELATE_CLASSES_MAX], loss = 0;
    size_t last = (size_t)q->d->features * q->classes;
    for (size_t i = 0; i < q->n; i++) g[i] = i < last ? q->penalty * w[i] : 0;
    loss = 0.5 * q->penalty * dot(w, w, last);
    for (size_t k = 0; k < q->d->n; k++) {
        const relate_row *r = &q->d->rows[k];
        if (!q->use[k]) continue;
        relate_probabilities(q->d, r, w, p);
        loss -= q->share[r->label] * log(p[r->label] + 1e-300);
        p[r->label] -= 1;
        for (uint32_t c = 0; c < q->classes; c++) p[c] *= q->share[r->label];
        for (uint32_t i = 0; i < r->n; i++)
            if (q->d->kept[r->id[i]]) add(g + (size_t)r->id[i] * q->classes, r->value[i], p, q->classes);
        add(g + last, 1, p, q->classes);
    }
    return loss;
}

typedef struct history {
    double *s[MEMORY], *y[MEMORY], rho[MEMORY];
    int n;
} history;

/* The two-loop recursion: direction = -H·g. */
static void direction(const history *h, const double *g, double *out, size_t n) {
    double a[MEMORY];
    for (size_t i = 0; i < n; i++) out[i] = -g[i];
    for (int k = h->n - 1; k >= 0; k--) {
        a[k] = h->rho[k] * dot(h->s[k], out, n);
        add(out, -a[k], h->y[k], n);
    }
    if (h->n) {
        double scale = 1 / (h->rho[h->n - 1] * dot(h->y[h->n - 1], h->y[h->n - 1], n));
        for (size_t i = 0; i < n; i++) out[i] *= scale;
    }
    for (int k = 0; k < h->n; k++) add(out, a[k] - h->rho[k] * dot(h->y[k], out, n), h->s[k], n);
}

static void remember(history *h, const double *w, const double *w0, const double *g, const double *g0, size_t n) {
    if (h->n == MEMORY) {
        double *s = h->s[0], *y = h->y[0];
        memmove(h->s, h->s + 1, (MEMORY - 1) * sizeof *h->s);
        memmove(h->y, h->y + 1, (MEMORY - 1) * sizeof *h->y);
        memmove(h->rho, h->rho + 1, (MEMORY - 1) * sizeof *h->rho);
        h->s[MEMORY - 1] = s;
        h->y[MEMORY - 1] = y;
        h->n--;
    }
    double *s = h->s[h->n], *y = h->y[h->n];
    for (size_t i = 0; i < n; i++) s[i] = w[i] - w0[i], y[i] = g[i] - g0[i];
    double sy = dot(s, y, n);
    if (sy <= 1e-12) return;
    h->rho[h->n++] = 1 / sy;
}

/* Halves the step until the loss falls enough (Armijo); false when it will not. */
static bool search(const problem *q, const double *w0, const double *d, double slope, double first, double *w, double *g, double *loss) {
    double before = *loss;
    for (double step = first; step > 1e-10; step /= 2) {
        for (size_t i = 0; i < q->n; i++) w[i] = w0[i] + step * d[i];
        *loss = loss_at(q, w, g);
        if (*loss <= before + 1e-4 * step * slope) return true;
    }
    return false;
}

void relate_fit(const relate_data *d, const uint8_t *use, const double *share, double penalty, double *w) {
    problem q = {d, use, share, d->n_classes, ((size_t)d->features + 1) * d->n_classes, penalty};
    double *block = train_alloc(q.n * (4 + 2 * MEMORY), sizeof *block);
    double *w0 = block, *g = w0 + q.n, *g0 = g + q.n, *dir = g0 + q.n;
    history h = {.n = 0};
    for (int k = 0; k < MEMORY; k++) h.s[k] = dir + q.n * (size_t)(1 + k), h.y[k] = dir + q.n * (size_t)(1 + MEMORY + k);
    memset(w, 0, q.n * sizeof *w);
    double loss = loss_at(&q, w, g);
    for (int step = 0; step < STEPS; step++) {
        direction(&h, g, dir, q.n);
        double slope = dot(g, dir, q.n), size = sqrt(dot(g, g, q.n));
        memcpy(w0, w, q.n * sizeof *w);
        memcpy(g0, g, q.n * sizeof *g);
        if (size < 1e-4 || !search(&q, w0, dir, slope, step ? 1 : 1 / size, w, g, &loss)) break;
        remember(&h, w, w0, g, g0, q.n);
    }
    free(block);
}
