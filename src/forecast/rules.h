/* Rules between actions, counted exactly.
 *
 * Rule h ← b: "if X did b to Y, d days ago for the last time, often or seldom, then X does h to Y". For every ask (s, h, t)
 * and every link (s, b, o) that exists, `all` counts a case; `hit` counts it when h(s, o, t) comes true. Cells divide
 * the cases by distance (FORECAST_DISTANCES bins) and frequency (FORECAST_OFTENS bins). The confidence of a cell is shrunk
 * towards that of its distance, and that towards the whole rule, so that rare cells say little.
 */
#ifndef CASUS_FORECAST_RULES_H
#define CASUS_FORECAST_RULES_H

#include "forecast/history.h"

enum { DISTANCES = 15, OFTENS = 3, CELLS = DISTANCES * OFTENS };

typedef struct forecast_rules {
    int32_t actions; /* doubled */
    uint32_t **hit;  /* [h] → [b * CELLS + cell], NULL while h was never asked */
    uint32_t **all;
    float **confidence; /* filled by forecast_rules_settle */
    bool failed;
} forecast_rules;

/* A link as the rules see it on one day. */
typedef struct forecast_live {
    int32_t cell; /* b * CELLS + cell */
    int32_t mate;
} forecast_live;

casus_code forecast_rules_init(forecast_rules *r, int32_t actions, casus_error *err);
void forecast_rules_done(forecast_rules *r);
/* Makes room for rules with head h; sets `failed` when memory runs out. Not thread-safe. */
void forecast_rules_open(forecast_rules *r, int32_t h);
/* Recomputes the confidences of rules with head h from the counts. Heads are independent: any number of threads. */
void forecast_rules_settle(forecast_rules *r, int32_t h);

int forecast_distance_bin(int32_t days);
/* First and last day of a distance bin; the last one is open (INT32_MAX). */
void forecast_distance_range(int bin, int32_t *from, int32_t *to);
int forecast_often_bin(const forecast_rate *rate);

/* All links of an actor on a day; `out` needs room for every link of its fans. Returns how many. */
size_t forecast_lives(const forecast_history *h, int32_t actor, int32_t day, forecast_live *out);
size_t forecast_lives_count(const forecast_history *h, int32_t actor);

#endif
