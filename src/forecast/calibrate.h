/* From scores to probabilities that mean what they say.
 *
 * A monotone table maps the softmax probability of a candidate to how often such candidates were right (isotonic regression
 * over bins of log odds; Zadrozny and Elkan, KDD 2002). A logistic model of four readable terms gives the probability
 * of at least one event within a horizon: the candidate's probability, the pace of the source with this action, the horizon.
 */
#ifndef CASUS_FORECAST_CALIBRATE_H
#define CASUS_FORECAST_CALIBRATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CALIBRATION_BINS = 48, HORIZON_TERMS = 4 };

typedef struct forecast_tally {
    uint64_t all[CALIBRATION_BINS], hit[CALIBRATION_BINS];
} forecast_tally;

typedef struct forecast_calibration {
    float right[CALIBRATION_BINS];  /* probability at the centre of each bin, ascending */
    double horizon[HORIZON_TERMS];  /* weights of 1, log p, log expected events of the source's action, log days */
} forecast_calibration;

void forecast_calibration_init(forecast_calibration *c); /* says what the softmax says */
void forecast_tally_add(forecast_tally *t, float p, bool hit);
void forecast_tally_merge(forecast_tally *to, const forecast_tally *from);
void forecast_calibration_fit(forecast_calibration *c, const forecast_tally *t);
float forecast_calibrate(const forecast_calibration *c, float p);

/* One candidate event seen from a past day: was there at least one such event within `days`? */
typedef struct forecast_outcome {
    double p, expected; /* of the candidate; events of the source's action within the horizon */
    double days;
    bool happened;
} forecast_outcome;

/* Newton's method on the logistic loss with a small ridge; few or one-sided outcomes leave the weights as they are. */
void forecast_horizon_fit(double weights[HORIZON_TERMS], const forecast_outcome *o, size_t n);
double forecast_horizon_probability(const double weights[HORIZON_TERMS], double p, double expected, double days);

#endif
