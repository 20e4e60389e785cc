#include "forecast/calibrate.h"

#include <math.h>
#include <string.h>

static const float ODDS_MIN = -8.0f, ODDS_MAX = 8.0f; /* log odds of the first and the last bin's centre */
static const float PRIOR_CASES = 4.0f;                /* of a bin's own centre, so that an empty bin says the softmax */

static float bin_step(void) { return (ODDS_MAX - ODDS_MIN) / (CALIBRATION_BINS - 1); }
static float logistic(float x) { return 1.0f / (1.0f + expf(-x)); }

static float bin_place(float p) {
    float q = p < 1e-7f ? 1e-7f : p > 1.0f - 1e-6f ? 1.0f - 1e-6f : p;
    float place = (logf(q / (1.0f - q)) - ODDS_MIN) / bin_step();
    return place < 0 ? 0 : place > CALIBRATION_BINS - 1 ? CALIBRATION_BINS - 1 : place;
}

static float centre(int bin) { return logistic(ODDS_MIN + (float)bin * bin_step()); }

static const double usual_weights[HORIZON_TERMS] = {0.7, 0.6, 0.48, 0.43, 0.21, 0.08, -0.14, 0.34, 0.37};

void forecast_calibration_init(forecast_calibration *c) {
    for (int b = 0; b < CALIBRATION_BINS; b++) c->right[b] = centre(b);
    c->fitted = 0;
    memcpy(c->horizon, usual_weights, sizeof c->horizon);
    c->level = 0;
}

void forecast_tally_add(forecast_tally *t, float p, bool hit) {
    int bin = (int)(bin_place(p) + 0.5f);
    t->all[bin]++;
    t->hit[bin] += hit;
}

void forecast_tally_merge(forecast_tally *to, const forecast_tally *from) {
    for (int b = 0; b < CALIBRATION_BINS; b++) {
        to->all[b] += from->all[b];
        to->hit[b] += from->hit[b];
    }
}

/* Pool adjacent violators. */
void forecast_calibration_fit(forecast_calibration *c, const forecast_tally *t) {
    float hits[CALIBRATION_BINS], cases[CALIBRATION_BINS];
    int last[CALIBRATION_BINS], n = 0;
    for (int b = 0; b < CALIBRATION_BINS; b++) {
        hits[n] = (float)t->hit[b] + PRIOR_CASES * centre(b);
        cases[n] = (float)t->all[b] + PRIOR_CASES;
        last[n++] = b;
        while (n > 1 && hits[n - 2] / cases[n - 2] >= hits[n - 1] / cases[n - 1]) {
            hits[n - 2] += hits[n - 1];
            cases[n - 2] += cases[n - 1];
            last[n - 2] = last[n - 1];
            n--;
        }
    }
    c->fitted = 1;
    for (int block = 0, b = 0; block < n; block++)
        for (; b <= last[block]; b++) c->right[b] = hits[block] / cases[block];
}

float forecast_calibrate(const forecast_calibration *c, float p) {
    if (p <= 0) return 0;
    float place = bin_place(p);
    int bin = (int)place;
    if (place <= 0) return p < c->right[0] ? p : c->right[0];
    if (bin >= CALIBRATION_BINS - 1) return c->right[CALIBRATION_BINS - 1];
    float part = place - (float)bin;
    return (1.0f - part) * c->right[bin] + part * c->right[bin + 1];
}

/* ---- horizons ---- */

static void terms_of(const forecast_prospect *seen, double x[HORIZON_TERMS]) {
    x[0] = 1.0;
    x[1] = log(fmax(seen->p, 1e-6));
    x[HORIZON_EXPECTED] = log(fmax(seen->expected, 1e-6));
    x[3] = log(seen->days);
    x[HORIZON_EVIDENCE] = log(HORIZON_EVIDENCE_FLOOR + seen->evidence);
    x[HORIZON_MET] = log(HORIZON_MET_FLOOR + seen->met[0]);
    x[HORIZON_MET + 1] = log(HORIZON_MET_FLOOR + seen->met[1]);
    x[7] = log(0.001 + seen->usual);
    x[8] = log(0.001 + seen->pace);
}

double forecast_horizon_odds(const double weights[HORIZON_TERMS], const forecast_prospect *seen) {
    double x[HORIZON_TERMS], sum = 0;
    terms_of(seen, x);
    for (int i = 0; i < HORIZON_TERMS; i++) sum += weights[i] * x[i];
    return sum;
}

double forecast_horizon_probability(const double weights[HORIZON_TERMS], const forecast_prospect *seen) {
    return 1.0 / (1.0 + exp(-forecast_horizon_odds(weights, seen)));
}

/* Solves the symmetric system in place by elimination; the ridge keeps pivots positive. */
static void solve(double m[HORIZON_TERMS][HORIZON_TERMS], double v[HORIZON_TERMS]) {
    for (int i = 0; i < HORIZON_TERMS; i++)
        for (int k = i + 1; k < HORIZON_TERMS; k++) {
            double f = m[k][i] / m[i][i];
            for (int j = i; j < HORIZON_TERMS; j++) m[k][j] -= f * m[i][j];
            v[k] -= f * v[i];
        }
    for (int i = HORIZON_TERMS - 1; i >= 0; i--) {
        for (int j = i + 1; j < HORIZON_TERMS; j++) v[i] -= m[i][j] * v[j];
        v[i] /= m[i][i];
    }
}

static const double PULL = 0.5;

static void newton_step(double weights[HORIZON_TERMS], const forecast_outcome *o, size_t n) {
    double m[HORIZON_TERMS][HORIZON_TERMS] = {{0}}, v[HORIZON_TERMS] = {0}, x[HORIZON_TERMS];
    for (size_t i = 0; i < n; i++) {
        double p = forecast_horizon_probability(weights, &o[i].seen);
        terms_of(&o[i].seen, x);
        for (int a = 0; a < HORIZON_TERMS; a++) {
            v[a] += (p - o[i].happened) * x[a];
            for (int b = 0; b < HORIZON_TERMS; b++) m[a][b] += p * (1.0 - p) * x[a] * x[b];
        }
    }
    for (int a = 0; a < HORIZON_TERMS; a++) { /* a pull towards the usual weights, worth a few outcomes */
        m[a][a] += PULL;
        v[a] += PULL * (weights[a] - usual_weights[a]);
    }
    solve(m, v);
    for (int a = 0; a < HORIZON_TERMS; a++) weights[a] -= v[a];
}

void forecast_horizon_fit(double weights[HORIZON_TERMS], const forecast_outcome *o, size_t n) {
    enum { STEPS = 12, LEAST = 30 };
    size_t happened = 0;
    double fitted[HORIZON_TERMS];
    memcpy(fitted, usual_weights, sizeof fitted);
    for (size_t i = 0; i < n; i++) happened += o[i].happened;
    if (happened < LEAST || n - happened < LEAST) return;
    for (int i = 0; i < STEPS; i++) newton_step(fitted, o, n);
    for (int a = 0; a < HORIZON_TERMS; a++)
        if (!isfinite(fitted[a])) return;
    memcpy(weights, fitted, sizeof fitted);
}
