/* The same kernels for processors with AVX2, chosen at run time. Outputs and lengths are multiples of 16, those of
 * scans of 32 (model.c checks). */
#include "text/kernels.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#include <immintrin.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2")))

AVX2 static inline __m256i load(const int16_t *p) { return _mm256_loadu_si256((const __m256i *)(const void *)p); }
AVX2 static inline void store(int16_t *p, __m256i v) { _mm256_storeu_si256((__m256i *)(void *)p, v); }

AVX2 static inline __m256i pair(const int16_t *p) {
    int32_t two;
    memcpy(&two, p, sizeof two);
    return _mm256_set1_epi32(two);
}

AVX2 static inline __m256i mac(__m256i sum, __m256i x, __m256i w) {
    sum = _mm256_add_epi32(sum, _mm256_madd_epi16(x, w));
    __asm__("" : "+x"(sum)); /* keeps the sum in its register: gcc 12 would move it about */
    return sum;
}

AVX2 static inline __m256i bias_of(const text_weights *w, uint32_t output) {
    return w->bias ? _mm256_loadu_si256((const __m256i *)(const void *)(w->bias + output)) : _mm256_setzero_si256();
}

/* How sums become 16-bit values again. */
typedef struct rounding {
    __m256i half, low, high;
    __m128i shift;
} rounding;

AVX2 static inline void put(const rounding *q, __m256i a, __m256i b, int16_t *out) {
    a = _mm256_sra_epi32(_mm256_add_epi32(a, q->half), q->shift);
    b = _mm256_sra_epi32(_mm256_add_epi32(b, q->half), q->shift);
    __m256i v = _mm256_permute4x64_epi64(_mm256_packs_epi32(a, b), 0xD8);
    store(out, _mm256_min_epi16(_mm256_max_epi16(v, q->low), q->high));
}

/* `R` rows by one panel; R is a constant after inlining, so the sums stay in registers (with six rows gcc 12 spills
 * them). */
AVX2 static inline __attribute__((always_inline)) void tile(const text_rows *x, size_t row, const text_weights *w,
                                                            uint32_t output, int R, const rounding *q, int16_t *out,
                                                            size_t out_step) {
    __m256i sum[4][2];
    for (int r = 0; r < R; r++) {
        sum[r][0] = bias_of(w, output);
        sum[r][1] = bias_of(w, output + 8);
    }
    const int16_t *panel = w->w + (size_t)output * w->inputs;
    uint32_t per_tap = w->inputs / x->taps;
    for (uint32_t t = 0; t < x->taps; t++) {
        const int16_t *in = x->at + row * x->step + (ptrdiff_t)t * x->tap_step;
        for (uint32_t k = 0; k < per_tap; k += 2, panel += 2 * TEXT_PANEL) {
            __m256i w0 = load(panel), w1 = load(panel + TEXT_PANEL);
            for (int r = 0; r < R; r++) {
                __m256i v = pair(in + (size_t)r * x->step + k);
                sum[r][0] = mac(sum[r][0], v, w0);
                sum[r][1] = mac(sum[r][1], v, w1);
            }
        }
    }
    for (int r = 0; r < R; r++) put(q, sum[r][0], sum[r][1], out + (row + (size_t)r) * out_step + output);
}

AVX2 static void avx2_matmul(const text_rows *x, const text_weights *w, int limit, bool relu, int16_t *out,
                             size_t out_step) {
    rounding q = {_mm256_set1_epi32(w->shift ? 1 << (w->shift - 1) : 0),
                  _mm256_set1_epi16((int16_t)(relu ? 0 : -limit)), _mm256_set1_epi16((int16_t)limit),
                  _mm_cvtsi32_si128((int)w->shift)};
    for (uint32_t o = 0; o < w->outputs; o += TEXT_PANEL) {
        size_t r = 0;
        for (; r + 4 <= x->n; r += 4) tile(x, r, w, o, 4, &q, out, out_step);
        if (x->n - r == 3) tile(x, r, w, o, 3, &q, out, out_step);
        if (x->n - r == 2) tile(x, r, w, o, 2, &q, out, out_step);
        if (x->n - r == 1) tile(x, r, w, o, 1, &q, out, out_step);
    }
}

AVX2 static void avx2_scores(const int16_t *h, const text_weights *w, int32_t *out) {
    const int16_t *panel = w->w;
    for (uint32_t o = 0; o < w->outputs; o += TEXT_PANEL) {
        __m256i a = bias_of(w, o), b = bias_of(w, o + 8), c = _mm256_setzero_si256(), d = c;
        for (uint32_t k = 0; k < w->inputs; k += 4, panel += 4 * TEXT_PANEL) {
            __m256i v = pair(h + k), u = pair(h + k + 2);
            a = mac(a, v, load(panel));
            b = mac(b, v, load(panel + TEXT_PANEL));
            c = mac(c, u, load(panel + 2 * TEXT_PANEL));
            d = mac(d, u, load(panel + 3 * TEXT_PANEL));
        }
        _mm256_storeu_si256((__m256i *)(void *)(out + o), _mm256_add_epi32(a, c));
        _mm256_storeu_si256((__m256i *)(void *)(out + o + 8), _mm256_add_epi32(b, d));
    }
}

AVX2 static void avx2_scan(const int16_t *y, size_t n, size_t dim, int16_t *out) {
    __m256i high = _mm256_set1_epi16(512), low = _mm256_set1_epi16(-512), half = _mm256_set1_epi16(16384),
            zero = _mm256_setzero_si256();
    for (size_t i = 0; i < dim; i += 16) {
        bool backwards = i >= dim / 2;
        __m256i h = zero;
        for (size_t k = 0; k < n; k++) {
            size_t t = backwards ? n - 1 - k : k;
            __m256i z = _mm256_slli_epi16(load(y + t * 2 * dim + i), 2);
            __m256i a =
                _mm256_slli_epi16(_mm256_min_epi16(_mm256_max_epi16(load(y + t * 2 * dim + dim + i), low), high), 5);
            __m256i gate = _mm256_max_epi16(_mm256_adds_epi16(a, half), zero);
            h = _mm256_add_epi16(h, _mm256_mulhrs_epi16(_mm256_sub_epi16(z, h), gate));
            store(out + t * dim + i, _mm256_srai_epi16(_mm256_add_epi16(h, _mm256_set1_epi16(2)), 2));
        }
    }
}

AVX2 static void avx2_add(const int16_t *a, const int16_t *b, size_t n, int16_t *out) {
    __m256i high = _mm256_set1_epi16(TEXT_ACT_MAX), low = _mm256_set1_epi16(-TEXT_ACT_MAX);
    for (size_t i = 0; i < n; i += 16) {
        __m256i v = _mm256_adds_epi16(load(a + i), load(b + i));
        store(out + i, _mm256_min_epi16(_mm256_max_epi16(v, low), high));
    }
}

/* |row × mult| fits 16 bits: model.c keeps mult below 256. */
AVX2 static void avx2_add_row8(int16_t *out, const int8_t *row, int16_t mult, size_t n) {
    __m256i m = _mm256_set1_epi16(mult);
    for (size_t i = 0; i < n; i += 16) {
        __m256i v = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(const void *)(row + i)));
        store(out + i, _mm256_adds_epi16(load(out + i), _mm256_mullo_epi16(v, m)));
    }
}

AVX2 static void avx2_hidden(const int16_t *bias, const int16_t *const *rows, size_t n_rows, size_t n, int16_t *out) {
    __m256i high = _mm256_set1_epi16(TEXT_ACT_MAX);
    size_t i = 0;
    for (; i + 32 <= n; i += 32) {
        __m256i a = load(bias + i), b = load(bias + i + 16);
        for (size_t r = 0; r < n_rows; r++) {
            a = _mm256_adds_epi16(a, load(rows[r] + i));
            b = _mm256_adds_epi16(b, load(rows[r] + i + 16));
        }
        a = _mm256_srli_epi16(_mm256_max_epi16(a, _mm256_setzero_si256()), 2);
        b = _mm256_srli_epi16(_mm256_max_epi16(b, _mm256_setzero_si256()), 2);
        store(out + i, _mm256_min_epi16(a, high));
        store(out + i + 16, _mm256_min_epi16(b, high));
    }
    for (; i < n; i += 16) {
        __m256i a = load(bias + i);
        for (size_t r = 0; r < n_rows; r++) a = _mm256_adds_epi16(a, load(rows[r] + i));
        store(out + i, _mm256_min_epi16(_mm256_srli_epi16(_mm256_max_epi16(a, _mm256_setzero_si256()), 2), high));
    }
}

const text_kernels *text_kernels_avx2(void) {
    static const text_kernels fast = {avx2_matmul, avx2_scores, avx2_scan, avx2_add, avx2_add_row8, avx2_hidden};
    return __builtin_cpu_supports("avx2") ? &fast : NULL;
}

#else

const text_kernels *text_kernels_avx2(void) { return NULL; }

#endif
