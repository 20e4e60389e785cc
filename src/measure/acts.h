/* Acts from the ledger, one at a time. */
#ifndef MEASURE_ACTS_H
#define MEASURE_ACTS_H

#include "casus/measure.h"

typedef void measure_sink(void *ctx, const casus_act *act);

/* casus_acts_load with every act given to `sink` instead of being kept; `out` then holds the actors only. The sink may allocate from the arena. */
casus_code measure_acts(casus_ledger *l, const casus_acts_filter *filter, measure_sink *sink, void *ctx, casus_arena *arena, casus_acts *out,
                        casus_error *err);

#endif
