/* From scores to probabilities that mean what they say.
 *
 * A monotone table maps the softmax probability of a candidate to how often such candidates were right (isotonic regression
 * over bins of log odds; Zadrozny and Elkan, KDD 2002). A logistic model of nine readable terms gives the
 * probability of at least one event within a horizon (terms below).
 */
#ifndef CASUS_FORECAST_CALIBRATE_H
#define CASUS_FORECAST_CALIBRATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CALIBRATION_BINS = 48, HORIZON_TERMS = 9, HORIZON_EXPECTED = 2, HORIZON_EVIDENCE = 4, HORIZON_MET = 5 };
#define HORIZON_EVIDENCE_FLOOR 0.01
#define HORIZON_MET_FLOOR 0.05

typedef struct forecast_tally {
    uint64_t all[CALIBRATION_BINS], hit[CALIBRATION_BINS];
} forecast_tally;

/* Before it is fitted it says what the softmax says, and weighs horizons as events of the news go on the whole (the weights are the
 * mean of those that ICEWS14 and ICEWS18 gave). */
typedef struct forecast_calibration {
    float right[CALIBRATION_BINS];  /* probability at the centre of each bin, ascending */
    double horizon[HORIZON_TERMS];  /* weights of the terms of a prospect */
    int32_t fitted;                 /* 0 or 1 */
    double level;                   /* of simulations: added to the log odds of a day */
} forecast_calibration;

void forecast_calibration_init(forecast_calibration *c);
void forecast_tally_add(forecast_tally *t, float p, bool hit);
void forecast_tally_merge(forecast_tally *to, const forecast_tally *from);
void forecast_calibration_fit(forecast_calibration *c, const forecast_tally *t);
float forecast_calibrate(const forecast_calibration *c, float p);

/* One candidate event seen from a day. Terms: 1 and the logs of each field, the last five with a floor. */
typedef struct forecast_prospect {
    double p;        /* that the candidate is the answer, should the source act */
    double expected; /* events of the source with this action within the horizon */
    double days;     /* the horizon */
    double evidence; /* all rules that fire for it, added up */
    double met[2];   /* how often the two had to do with each other in recent days, in recent weeks */
    double usual;    /* such events a day, in the long run */
    double pace;     /* events a day of the source with this action, in the long run */
} forecast_prospect;

typedef struct forecast_outcome {
    forecast_prospect seen;
    bool happened; /* at least once within the horizon */
} forecast_outcome;

/* Newton's method on the logistic loss with a small ridge; few or one-sided outcomes leave the weights as they are. */
void forecast_horizon_fit(double weights[HORIZON_TERMS], const forecast_outcome *o, size_t n);
double forecast_horizon_odds(const double weights[HORIZON_TERMS], const forecast_prospect *seen); /* their logarithm */
double forecast_horizon_probability(const double weights[HORIZON_TERMS], const forecast_prospect *seen);

#endif
