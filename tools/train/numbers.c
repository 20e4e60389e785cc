/* Random numbers, matrix products and Adam. Sums keep one order whatever the vector width (no fused multiply-add), so
 * that training gives the same bytes on every x86-64 machine. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "train.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

void *train_alloc(size_t n, size_t size) {
    void *p = calloc(n ? n : 1, size);
    if (p) return p;
    fprintf(stderr, "casus-train: out of memory\n");
    exit(1);
}

uint32_t train_random(train_rng *r) { /* SplitMix64 (Steele, Lea & Flood 2014) */
    uint64_t z = r->s += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (uint32_t)((z ^ (z >> 31)) >> 32);
}

float train_uniform(train_rng *r) { return (float)(train_random(r) >> 8) * (1.0f / 16777216.0f); }

void train_param_new(train_param *p, uint32_t rows, uint32_t cols, bool sparse, float spread, train_rng *rng) {
    size_t n = (size_t)rows * cols;
    *p = (train_param){.rows = rows, .cols = cols, .sparse = sparse};
    p->w = train_alloc(n, sizeof *p->w);
    p->g = train_alloc(n, sizeof *p->g);
    p->m = train_alloc(n, sizeof *p->m);
    p->v = train_alloc(n, sizeof *p->v);
    p->touched = train_alloc(rows, 1);
    p->list = train_alloc(rows, sizeof *p->list);
    for (size_t i = 0; i < n && spread > 0; i++) p->w[i] = (train_uniform(rng) * 2 - 1) * spread;
}

void train_param_free(train_param *p) {
    free(p->w), free(p->g), free(p->m), free(p->v), free(p->touched), free(p->list);
    *p = (train_param){0};
}

float *train_grad_row(train_param *p, uint32_t row) {
    if (!p->touched[row]) {
        p->touched[row] = 1;
        p->list[p->n_list++] = row;
    }
    return p->g + (size_t)row * p->cols;
}

WIDE static void adam_row(float *restrict w, float *restrict g, float *restrict m, float *restrict v, size_t n,
                          float rate, float c2) {
    for (size_t i = 0; i < n; i++) {
        m[i] = 0.9f * m[i] + 0.1f * g[i];
        v[i] = 0.98f * v[i] + 0.02f * g[i] * g[i];
        w[i] -= rate * m[i] / (sqrtf(v[i] * c2) + 1e-8f);
        g[i] = 0;
    }
}

void train_adam(train_param *p, float rate, uint32_t step) {
    float c1 = 1 / (1 - powf(0.9f, (float)step)), c2 = 1 / (1 - powf(0.98f, (float)step));
    if (!p->sparse) {
        adam_row(p->w, p->g, p->m, p->v, (size_t)p->rows * p->cols, rate * c1, c2);
        return;
    }
    for (uint32_t i = 0; i < p->n_list; i++) {
        size_t at = (size_t)p->list[i] * p->cols;
        adam_row(p->w + at, p->g + at, p->m + at, p->v + at, p->cols, rate * c1, c2);
        p->touched[p->list[i]] = 0;
    }
    p->n_list = 0;
}

typedef float vec __attribute__((vector_size(32), aligned(4)));

#define TILE(R)                                                                                                        \
    for (; i + R <= m; i += R) {                                                                                       \
        vec s[R][2];                                                                                                   \
        for (int r = 0; r < R; r++) {                                                                                  \
            s[r][0] = *(const vec *)(const void *)(c + (i + (size_t)r) * c_step + j);                                  \
            s[r][1] = *(const vec *)(const void *)(c + (i + (size_t)r) * c_step + j + 8);                              \
        }                                                                                                              \
        for (size_t q = 0; q < k; q++) {                                                                               \
            vec b0 = *(const vec *)(const void *)(b + q * n + j);                                                      \
            vec b1 = *(const vec *)(const void *)(b + q * n + j + 8);                                                  \
            for (int r = 0; r < R; r++) {                                                                              \
                float x = a[(i + (size_t)r) * a_step + q];                                                             \
                s[r][0] += b0 * x;                                                                                     \
                s[r][1] += b1 * x;                                                                                     \
            }                                                                                                          \
        }                                                                                                              \
        for (int r = 0; r < R; r++) {                                                                                  \
            *(vec *)(void *)(c + (i + (size_t)r) * c_step + j) = s[r][0];                                              \
            *(vec *)(void *)(c + (i + (size_t)r) * c_step + j + 8) = s[r][1];                                          \
        }                                                                                                              \
    }

/* Columns outside, rows inside: a panel of b stays in the first cache. */
WIDE void train_gemm(const float *a, size_t a_step, const float *b, float *c, size_t c_step, size_t m, size_t k,
                     size_t n) {
    size_t whole = n / 16 * 16;
    for (size_t j = 0; j < whole; j += 16) {
        size_t i = 0;
        TILE(4)
        TILE(1)
    }
    for (size_t i = 0; i < m && whole < n; i++)
        for (size_t q = 0; q < k; q++)
            for (size_t j = whole; j < n; j++) c[i * c_step + j] += a[i * a_step + q] * b[q * n + j];
}

#define TILE_T(R)                                                                                                      \
    for (; j + 16 <= n; j += 16) {                                                                                     \
        vec s[R][2];                                                                                                   \
        for (int e = 0; e < R; e++) {                                                                                  \
            s[e][0] = *(const vec *)(const void *)(c + (q + (size_t)e) * n + j);                                       \
            s[e][1] = *(const vec *)(const void *)(c + (q + (size_t)e) * n + j + 8);                                   \
        }                                                                                                              \
        for (size_t r = 0; r < m; r++) {                                                                               \
            vec b0 = *(const vec *)(const void *)(b + r * b_step + j);                                                 \
            vec b1 = *(const vec *)(const void *)(b + r * b_step + j + 8);                                             \
            for (int e = 0; e < R; e++) {                                                                              \
                float x = a[r * a_step + q + (size_t)e];                                                               \
                s[e][0] += b0 * x;                                                                                     \
                s[e][1] += b1 * x;                                                                                     \
            }                                                                                                          \
        }                                                                                                              \
        for (int e = 0; e < R; e++) {                                                                                  \
            *(vec *)(void *)(c + (q + (size_t)e) * n + j) = s[e][0];                                                   \
            *(vec *)(void *)(c + (q + (size_t)e) * n + j + 8) = s[e][1];                                               \
        }                                                                                                              \
    }

WIDE void train_gemm_t(const float *a, size_t a_step, const float *b, size_t b_step, float *c, size_t m, size_t k,
                       size_t n) {
    size_t whole = n / 16 * 16, q = 0;
    for (; q + 4 <= k; q += 4) {
        size_t j = 0;
        TILE_T(4)
    }
    for (; q < k; q++) {
        size_t j = 0;
        TILE_T(1)
    }
    if (whole == n) return;
    for (q = 0; q < k; q++)
        for (size_t j = whole; j < n; j++)
            for (size_t r = 0; r < m; r++) c[q * n + j] += a[r * a_step + q] * b[r * b_step + j];
}

WIDE void train_add(float *restrict sum, const float *restrict row, size_t n) {
    for (size_t i = 0; i < n; i++) sum[i] += row[i];
}

void train_transpose(const float *a, size_t rows, size_t cols, float *out) {
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < cols; j++) out[j * rows + i] = a[i * cols + j];
}
