/* Integer arithmetic of the network: 16-bit values, 32-bit sums. Every kernel exists three times, plain, for vectors of
 * 128 bits (SSE2, NEON) and for AVX2, and gives the same bits each time: sums of integers do not depend on their order (they wrap), and the one saturating sum keeps
 * its order. */
#ifndef TEXT_KERNELS_H
#define TEXT_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Weights [inputs][outputs] as the kernels want them: panels of 16 outputs, within a panel pairs of inputs:
 * w[panel][input / 2][16][2]. Outputs are padded to 16 with zeros, inputs are even. `shift`: one is 1 << shift. */
enum { TEXT_PANEL = 16 };
typedef struct text_weights {
    const int16_t *w;
    const int32_t *bias; /* outputs, in units of the sum; NULL: none */
    uint32_t inputs, outputs, shift;
} text_weights;

/* Where a row of inputs comes from: `taps` pieces of inputs / taps values, `tap_step` values apart; rows are `step`
 * apart. */
typedef struct text_rows {
    const int16_t *at;
    size_t n, step;
    uint32_t taps;
    ptrdiff_t tap_step;
} text_rows;

enum { TEXT_ACT_MAX = 4095 }; /* activations are clamped to ± this */

typedef struct text_kernels {
    /* out[row][output] = clamp(round((x · w + bias) >> shift), ±limit); `relu`: below 0 becomes 0. */
    void (*matmul)(const text_rows *x, const text_weights *w, int limit, bool relu, int16_t *out, size_t out_step);
    /* out[output] = h · w + bias for one row. */
    void (*scores)(const int16_t *h, const text_weights *w, int32_t *out);
    /* Gated sums along the sentence: y[n][2 × dim] holds candidates z, then gates a; the first half of the units runs
     * forwards, the other backwards: h += (z - h) × g, g = clamp(1/2 + a/4, 0, 1); h has two fraction bits more than
     * out[n][dim]. */
    void (*scan)(const int16_t *y, size_t n, size_t dim, int16_t *out);
    /* out[i] = clamp(a[i] + b[i], ±TEXT_ACT_MAX) */
    void (*add)(const int16_t *a, const int16_t *b, size_t n, int16_t *out);
    /* out += table row × mult for a row of 8-bit values; saturating */
    void (*add_row8)(int16_t *out, const int8_t *row, int16_t mult, size_t n);
    /* out[i] = min(max(0, bias[i] + rows[0][i] + rows[1][i] + …) >> 2, TEXT_ACT_MAX), saturating 16-bit sums in this
     * order */
    void (*hidden)(const int16_t *bias, const int16_t *const *rows, size_t n_rows, size_t n, int16_t *out);
} text_kernels;

const text_kernels *text_kernels_plain(void);
const text_kernels *text_kernels_128(void);  /* NULL where neither SSE2 nor NEON is */
const text_kernels *text_kernels_avx2(void); /* NULL when the processor or the compiler has none */
const text_kernels *text_kernels_best(void);

#endif
