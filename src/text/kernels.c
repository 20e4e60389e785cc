#include "text/kernels.h"

static int32_t clamp(int32_t v, int32_t low, int32_t high) { return v < low ? low : v > high ? high : v; }

static int16_t saturate(int32_t v) { return (int16_t)clamp(v, INT16_MIN, INT16_MAX); }

/* Sum of one output over all taps; wraps like the vector unit does. */
static int32_t dot(const text_rows *x, size_t row, const text_weights *w, uint32_t output) {
    uint32_t per_tap = w->inputs / x->taps, sum = w->bias ? (uint32_t)w->bias[output] : 0;
    const int16_t *panel = w->w + (size_t)(output / TEXT_PANEL) * w->inputs * TEXT_PANEL;
    for (uint32_t t = 0; t < x->taps; t++) {
        const int16_t *in = x->at + row * x->step + (ptrdiff_t)t * x->tap_step;
        const int16_t *column = panel + (size_t)t * per_tap * TEXT_PANEL + (output % TEXT_PANEL) * 2;
        for (uint32_t k = 0; k < per_tap; k += 2, column += 2 * TEXT_PANEL)
            sum += (uint32_t)(in[k] * column[0]) + (uint32_t)(in[k + 1] * column[1]);
    }
    return (int32_t)sum;
}

static int32_t round_shift(int32_t v, uint32_t shift) {
    return shift ? (int32_t)((uint32_t)v + (1u << (shift - 1))) >> shift : v;
}

static void plain_matmul(const text_rows *x, const text_weights *w, int limit, bool relu, int16_t *out, size_t out_step) {
    for (size_t r = 0; r < x->n; r++)
        for (uint32_t o = 0; o < w->outputs; o++)
            out[r * out_step + o] = (int16_t)clamp(round_shift(dot(x, r, w, o), w->shift), relu ? 0 : -limit, limit);
}

static void plain_scores(const int16_t *h, const text_weights *w, int32_t *out) {
    text_rows x = {h, 1, 0, 1, 0};
    for (uint32_t o = 0; o < w->outputs; o++) out[o] = dot(&x, 0, w, o);
}

static void plain_add(const int16_t *a, const int16_t *b, size_t n, int16_t *out) {
    for (size_t i = 0; i < n; i++) out[i] = (int16_t)clamp(a[i] + b[i], -TEXT_ACT_MAX, TEXT_ACT_MAX);
}

static void plain_add_row8(int16_t *out, const int8_t *row, int16_t mult, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = saturate(out[i] + row[i] * mult);
}

static void plain_hidden(const int16_t *bias, const int16_t *const *rows, size_t n_rows, size_t n, int16_t *out) {
    for (size_t i = 0; i < n; i++) {
        int32_t sum = bias[i];
        for (size_t r = 0; r < n_rows; r++) sum = saturate(sum + rows[r][i]);
        out[i] = (int16_t)clamp(sum < 0 ? 0 : sum >> 2, 0, TEXT_ACT_MAX);
    }
}

const text_kernels *text_kernels_plain(void) {
    static const text_kernels plain = {plain_matmul, plain_scores, plain_add, plain_add_row8, plain_hidden};
    return &plain;
}

const text_kernels *text_kernels_best(void) {
    const text_kernels *fast = text_kernels_avx2();
    return fast ? fast : text_kernels_plain();
}
