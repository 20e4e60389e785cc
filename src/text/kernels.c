#include "text/kernels.h"

static int32_t clamp(int32_t v, int32_t low, int32_t high) { return v < low ? low : v > high ? high : v; }

static int16_t saturate(int32_t v) { return (int16_t)clamp(v, INT16_MIN, INT16_MAX); }

/* Sums of one panel for one row, over all taps; unsigned, so that they wrap like the vector unit does. */
static void panel_sums(const text_rows *x, size_t row, const text_weights *w, uint32_t output,
                       uint32_t sum[TEXT_PANEL]) {
    uint32_t per_tap = w->inputs / x->taps;
    const int16_t *panel = w->w + (size_t)output * w->inputs;
    for (uint32_t o = 0; o < TEXT_PANEL; o++) sum[o] = w->bias ? (uint32_t)w->bias[output + o] : 0;
    for (uint32_t t = 0; t < x->taps; t++) {
        const int16_t *in = x->at + row * x->step + (ptrdiff_t)t * x->tap_step;
        for (uint32_t k = 0; k < per_tap; k += 2, panel += 2 * TEXT_PANEL)
            for (uint32_t o = 0; o < TEXT_PANEL; o++)
                sum[o] += (uint32_t)(in[k] * panel[2 * o]) + (uint32_t)(in[k + 1] * panel[2 * o + 1]);
    }
}

static int32_t round_shift(int32_t v, uint32_t shift) {
    return shift ? (int32_t)((uint32_t)v + (1u << (shift - 1))) >> shift : v;
}

static void plain_matmul(const text_rows *x, const text_weights *w, int limit, bool relu, int16_t *out,
                         size_t out_step) {
    uint32_t sum[TEXT_PANEL];
    for (uint32_t o = 0; o < w->outputs; o += TEXT_PANEL)
        for (size_t r = 0; r < x->n; r++) {
            panel_sums(x, r, w, o, sum);
            for (uint32_t k = 0; k < TEXT_PANEL; k++)
                out[r * out_step + o + k] =
                    (int16_t)clamp(round_shift((int32_t)sum[k], w->shift), relu ? 0 : -limit, limit);
        }
}

static void plain_scores(const int16_t *h, const text_weights *w, int32_t *out) {
    text_rows x = {h, 1, 0, 1, 0};
    uint32_t sum[TEXT_PANEL];
    for (uint32_t o = 0; o < w->outputs; o += TEXT_PANEL) {
        panel_sums(&x, 0, w, o, sum);
        for (uint32_t k = 0; k < TEXT_PANEL; k++) out[o + k] = (int32_t)sum[k];
    }
}

/* One step of a gated sum: gate from Q8 to Q15, then h moves towards z. */
static int16_t scan_step(int16_t h, int16_t z, int16_t a) {
    int32_t gate = clamp(16384 + clamp(a, -512, 512) * 32, 0, INT16_MAX);
    return (int16_t)(h + (int16_t)(((z * 4 - h) * gate + 16384) >> 15));
}

static void plain_scan(const int16_t *y, size_t n, size_t dim, int16_t *out) {
    for (size_t i = 0; i < dim; i++) {
        bool backwards = i >= dim / 2;
        int16_t h = 0;
        for (size_t k = 0; k < n; k++) {
            size_t t = backwards ? n - 1 - k : k;
            h = scan_step(h, y[t * 2 * dim + i], y[t * 2 * dim + dim + i]);
            out[t * dim + i] = (int16_t)((h + 2) >> 2);
        }
    }
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
    static const text_kernels plain = {plain_matmul, plain_scores, plain_scan, plain_add, plain_add_row8, plain_hidden};
    return &plain;
}

const text_kernels *text_kernels_best(void) {
    const text_kernels *fast = text_kernels_avx2(), *small = text_kernels_128();
    return fast ? fast : small ? small : text_kernels_plain();
}
