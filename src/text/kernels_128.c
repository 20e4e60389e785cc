/* The same kernels by vectors of 128 bits: SSE2, which every x86-64 has, and NEON, which every AArch64 has. The operations in
 * which the two differ come first; the kernels below are written in them. Outputs and lengths are multiples of 16 (model.c checks). */
#include "text/kernels.h"

#if (defined(__x86_64__) || defined(__aarch64__)) && (defined(__GNUC__) || defined(__clang__))
#include <string.h>

#ifdef __x86_64__
#include <emmintrin.h>

typedef __m128i v16; /* eight of 16 bits */
typedef __m128i v32; /* four of 32 bits */

static inline v16 load(const int16_t *p) { return _mm_loadu_si128((const __m128i *)(const void *)p); }
static inline void store(int16_t *p, v16 v) { _mm_storeu_si128((__m128i *)(void *)p, v); }
static inline v32 load32(const int32_t *p) { return _mm_loadu_si128((const __m128i *)(const void *)p); }
static inline void store32(int32_t *p, v32 v) { _mm_storeu_si128((__m128i *)(void *)p, v); }
static inline v16 all(int16_t v) { return _mm_set1_epi16(v); }
static inline v32 all32(int32_t v) { return _mm_set1_epi32(v); }
static inline v16 twins(int32_t two) { return _mm_set1_epi32(two); }
static inline v16 add(v16 a, v16 b) { return _mm_add_epi16(a, b); }
static inline v16 sub(v16 a, v16 b) { return _mm_sub_epi16(a, b); }
static inline v16 adds(v16 a, v16 b) { return _mm_adds_epi16(a, b); }
static inline v16 mul(v16 a, v16 b) { return _mm_mullo_epi16(a, b); }
static inline v16 least(v16 a, v16 b) { return _mm_min_epi16(a, b); }
static inline v16 most(v16 a, v16 b) { return _mm_max_epi16(a, b); }
static inline v16 quadruple(v16 v) { return _mm_slli_epi16(v, 2); }
static inline v16 times32(v16 v) { return _mm_slli_epi16(v, 5); }
static inline v16 quarter(v16 v) { return _mm_srai_epi16(v, 2); }
static inline v32 add32(v32 a, v32 b) { return _mm_add_epi32(a, b); }
static inline v32 down32(v32 v, int shift) { return _mm_sra_epi32(v, _mm_cvtsi32_si128(shift)); }
static inline v16 narrow(v32 a, v32 b) { return _mm_packs_epi32(a, b); }

/* sum[i] += x[2i] × w[2i] + x[2i + 1] × w[2i + 1] */
static inline v32 mac(v32 sum, v16 x, v16 w) { return _mm_add_epi32(sum, _mm_madd_epi16(x, w)); }

/* (a × b + 2^14) >> 15 */
static inline v16 scale(v16 a, v16 b) {
    v16 low = _mm_mullo_epi16(a, b), high = _mm_mulhi_epi16(a, b);
    v32 half = all32(16384), even = _mm_unpacklo_epi16(low, high), odd = _mm_unpackhi_epi16(low, high);
    return narrow(_mm_srai_epi32(_mm_add_epi32(even, half), 15), _mm_srai_epi32(_mm_add_epi32(odd, half), 15));
}

static inline void load_bytes(const int8_t *p, v16 out[2]) {
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    out[0] = _mm_srai_epi16(_mm_unpacklo_epi8(v, v), 8);
    out[1] = _mm_srai_epi16(_mm_unpackhi_epi8(v, v), 8);
}

#else
#include <arm_neon.h>

typedef int16x8_t v16;
typedef int32x4_t v32;

static inline v16 load(const int16_t *p) { return vld1q_s16(p); }
static inline void store(int16_t *p, v16 v) { vst1q_s16(p, v); }
static inline v32 load32(const int32_t *p) { return vld1q_s32(p); }
static inline void store32(int32_t *p, v32 v) { vst1q_s32(p, v); }
static inline v16 all(int16_t v) { return vdupq_n_s16(v); }
static inline v32 all32(int32_t v) { return vdupq_n_s32(v); }
static inline v16 twins(int32_t two) { return vreinterpretq_s16_s32(vdupq_n_s32(two)); }
static inline v16 add(v16 a, v16 b) { return vaddq_s16(a, b); }
static inline v16 sub(v16 a, v16 b) { return vsubq_s16(a, b); }
static inline v16 adds(v16 a, v16 b) { return vqaddq_s16(a, b); }
static inline v16 mul(v16 a, v16 b) { return vmulq_s16(a, b); }
static inline v16 least(v16 a, v16 b) { return vminq_s16(a, b); }
static inline v16 most(v16 a, v16 b) { return vmaxq_s16(a, b); }
static inline v16 quadruple(v16 v) { return vshlq_n_s16(v, 2); }
static inline v16 times32(v16 v) { return vshlq_n_s16(v, 5); }
static inline v16 quarter(v16 v) { return vshrq_n_s16(v, 2); }
static inline v32 add32(v32 a, v32 b) { return vaddq_s32(a, b); }
static inline v32 down32(v32 v, int shift) { return vshlq_s32(v, vdupq_n_s32(-shift)); }
static inline v16 narrow(v32 a, v32 b) { return vcombine_s16(vqmovn_s32(a), vqmovn_s32(b)); }

static inline v32 mac(v32 sum, v16 x, v16 w) {
    return vaddq_s32(sum, vpaddq_s32(vmull_s16(vget_low_s16(x), vget_low_s16(w)), vmull_high_s16(x, w)));
}

static inline v16 scale(v16 a, v16 b) { return vqrdmulhq_s16(a, b); }

static inline void load_bytes(const int8_t *p, v16 out[2]) {
    int8x16_t v = vld1q_s8(p);
    out[0] = vmovl_s8(vget_low_s8(v));
    out[1] = vmovl_high_s8(v);
}

#endif

/* ---- products ------------------------------------------------------------------------------------------------ */

static inline v16 pair(const int16_t *p) {
    int32_t two;
    memcpy(&two, p, sizeof two);
    return twins(two);
}

static inline v32 bias_of(const text_weights *w, uint32_t output) { return w->bias ? load32(w->bias + output) : all32(0); }

/* How sums become 16-bit values again. */
typedef struct rounding {
    v32 half;
    v16 low, high;
    int shift;
} rounding;

static inline void put(const rounding *q, v32 a, v32 b, int16_t *out) {
    v16 v = narrow(down32(add32(a, q->half), q->shift), down32(add32(b, q->half), q->shift));
    store(out, least(most(v, q->low), q->high));
}

/* `R` rows by one panel; R is a constant after inlining, so the sums stay in registers. */
static inline __attribute__((always_inline)) void tile(const text_rows *x, size_t row, const text_weights *w, uint32_t output, int R, const rounding *q,
                                                       int16_t *out, size_t out_step) {
    v32 sum[2][4];
    for (int r = 0; r < R; r++)
        for (uint32_t p = 0; p < 4; p++) sum[r][p] = bias_of(w, output + 4 * p);
    const int16_t *panel = w->w + (size_t)output * w->inputs;
    uint32_t per_tap = w->inputs / x->taps;
    for (uint32_t t = 0; t < x->taps; t++) {
        const int16_t *in = x->at + row * x->step + (ptrdiff_t)t * x->tap_step;
        for (uint32_t k = 0; k < per_tap; k += 2, panel += 2 * TEXT_PANEL) {
            v16 w0 = load(panel), w1 = load(panel + 8), w2 = load(panel + 16), w3 = load(panel + 24);
            for (int r = 0; r < R; r++) {
                v16 v = pair(in + (size_t)r * x->step + k);
                sum[r][0] = mac(sum[r][0], v, w0);
                sum[r][1] = mac(sum[r][1], v, w1);
                sum[r][2] = mac(sum[r][2], v, w2);
                sum[r][3] = mac(sum[r][3], v, w3);
            }
        }
    }
    for (int r = 0; r < R; r++) {
        int16_t *to = out + (row + (size_t)r) * out_step + output;
        put(q, sum[r][0], sum[r][1], to);
        put(q, sum[r][2], sum[r][3], to + 8);
    }
}

static void small_matmul(const text_rows *x, const text_weights *w, int limit, bool relu, int16_t *out, size_t out_step) {
    rounding q = {all32(w->shift ? 1 << (w->shift - 1) : 0), all((int16_t)(relu ? 0 : -limit)), all((int16_t)limit), (int)w->shift};
    for (uint32_t o = 0; o < w->outputs; o += TEXT_PANEL) {
        size_t r = 0;
        for (; r + 2 <= x->n; r += 2) tile(x, r, w, o, 2, &q, out, out_step);
        if (r < x->n) tile(x, r, w, o, 1, &q, out, out_step);
    }
}

static void small_scores(const int16_t *h, const text_weights *w, int32_t *out) {
    const int16_t *panel = w->w;
    for (uint32_t o = 0; o < w->outputs; o += TEXT_PANEL) {
        v32 sum[4];
        for (uint32_t p = 0; p < 4; p++) sum[p] = bias_of(w, o + 4 * p);
        for (uint32_t k = 0; k < w->inputs; k += 2, panel += 2 * TEXT_PANEL) {
            v16 v = pair(h + k);
            for (uint32_t p = 0; p < 4; p++) sum[p] = mac(sum[p], v, load(panel + 8 * p));
        }
        for (uint32_t p = 0; p < 4; p++) store32(out + o + 4 * p, sum[p]);
    }
}

/* ---- the rest ------------------------------------------------------------------------------------------------ */

static void small_scan(const int16_t *y, size_t n, size_t dim, int16_t *out) {
    for (size_t i = 0; i < dim; i += 8) {
        bool backwards = i >= dim / 2;
        v16 h = all(0);
        for (size_t k = 0; k < n; k++) {
            size_t t = backwards ? n - 1 - k : k;
            v16 z = quadruple(load(y + t * 2 * dim + i));
            v16 a = times32(least(most(load(y + t * 2 * dim + dim + i), all(-512)), all(512)));
            v16 gate = most(adds(a, all(16384)), all(0));
            h = add(h, scale(sub(z, h), gate));
            store(out + t * dim + i, quarter(add(h, all(2))));
        }
    }
}

static void small_add(const int16_t *a, const int16_t *b, size_t n, int16_t *out) {
    for (size_t i = 0; i < n; i += 8) store(out + i, least(most(adds(load(a + i), load(b + i)), all(-TEXT_ACT_MAX)), all(TEXT_ACT_MAX)));
}

/* |row × mult| fits 16 bits: model.c keeps mult below 256. */
static void small_add_row8(int16_t *out, const int8_t *row, int16_t mult, size_t n) {
    v16 m = all(mult), v[2];
    for (size_t i = 0; i < n; i += 16) {
        load_bytes(row + i, v);
        store(out + i, adds(load(out + i), mul(v[0], m)));
        store(out + i + 8, adds(load(out + i + 8), mul(v[1], m)));
    }
}

static void small_hidden(const int16_t *bias, const int16_t *const *rows, size_t n_rows, size_t n, int16_t *out) {
    for (size_t i = 0; i < n; i += 16) {
        v16 a = load(bias + i), b = load(bias + i + 8);
        for (size_t r = 0; r < n_rows; r++) {
            a = adds(a, load(rows[r] + i));
            b = adds(b, load(rows[r] + i + 8));
        }
        store(out + i, least(quarter(most(a, all(0))), all(TEXT_ACT_MAX)));
        store(out + i + 8, least(quarter(most(b, all(0))), all(TEXT_ACT_MAX)));
    }
}

const text_kernels *text_kernels_128(void) {
    static const text_kernels small = {small_matmul, small_scores, small_scan, small_add, small_add_row8, small_hidden};
    return &small;
}

#else

const text_kernels *text_kernels_128(void) { return NULL; }

#endif
