/* The oracle: what has been learned from the ledger's events, for forecasts; and the last backtest. Learning is long work on a thread of its own; a forecaster
 * answers one question at a time. */
#ifndef SERVER_ORACLE_H
#define SERVER_ORACLE_H

#include "server.h"

#include "casus/forecast.h"

/* A forecaster with the past it learned from. */
typedef struct mind {
    casus_arena arena;      /* owns all but the forecaster */
    casus_quads q;
    int64_t *refs;          /* rows of the events in the ledger; imports as −1 − row */
    int32_t first_day;      /* casus_day_of day 0 */
    const char **ids;       /* of actors, as the panorama has them */
    casus_forecaster *f;
    int64_t generation;
} mind;

typedef enum oracle_state { ORACLE_NONE, ORACLE_LEARNING, ORACLE_READY, ORACLE_FAILED } oracle_state;

typedef struct backtest {
    oracle_state state;     /* NONE, LEARNING (running), READY (done), FAILED */
    char message[200];
    char from[11], to[11];
    casus_score score;
    casus_reliability answers, events;
} backtest;

casus_code oracle_start(struct server *s, casus_error *err);
void oracle_stop(struct server *s);
oracle_state oracle_look(struct server *s, char message[200]);
/* The mind, locked for this thread until oracle_return; learning begins when there is none or events are newer. NULL: still learning, or *failed says why. */
mind *oracle_borrow(struct server *s, char failed[200]);
void oracle_return(struct server *s);
void oracle_backtest(struct server *s, backtest *out); /* the last one */
int64_t oracle_begin_backtest(struct server *s);       /* its job */

#endif
