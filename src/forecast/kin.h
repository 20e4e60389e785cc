/* Who behaves like whom: actors that do the same to the same partners. Recomputed now and then from the history. */
#ifndef CASUS_FORECAST_KIN_H
#define CASUS_FORECAST_KIN_H

#include "forecast/history.h"

enum { KINS = 16 };

typedef struct forecast_kin {
    int32_t actor;
    float weight; /* cosine, 0–1 */
} forecast_kin;

typedef struct forecast_kinship {
    int32_t actors;
    forecast_kin *at; /* [actors × KINS], strongest first, actor -1 when there are fewer */
    float *length;    /* [actors] length of each actor's vector */
} forecast_kinship;

casus_code forecast_kinship_init(forecast_kinship *k, int32_t actors, casus_error *err);
void forecast_kinship_done(forecast_kinship *k);
/* The nearest actors by cosine over what each did to whom, weighted by how telling it is. Results do not depend on
 * `threads`. Cost: for each link, the number of actors that share it, at most SHARED_MAX. CASUS_ERR_NOMEM. */
casus_code forecast_kinship_update(forecast_kinship *k, const forecast_history *h, unsigned threads, casus_error *err);

#endif
