/* The past, indexed so that a question about any day costs only what the source has done.
 *
 * Every event is entered twice, once as (source, action, target) and once as (target, action + actions, source), so that
 * "who does r to o" is asked like "to whom does s do r". Terms used in this room:
 *   ask    a question (s, h, ?, t)
 *   fan    all that one actor did with one (doubled) action: a rate, and a link for each partner
 *   link   what one actor did with one action to one partner
 *   mate   a partner of an actor, whatever was done, in both directions
 *   rate   how often: a total, the last day, and three counts that fade with time (half-lives below)
 *   recent the partners an actor had to do with last
 * Countries take part as pseudo-actors (id actors + country): the fan of a country gathers what its actors did to whom.
 * Sectors too (id actors + countries + sector), but their partners are sectors: whom do police, as such, arrest?
 * Not thread-safe while events are added; read-only otherwise.
 */
#ifndef CASUS_FORECAST_HISTORY_H
#define CASUS_FORECAST_HISTORY_H

#include "casus/forecast.h"
#include "forecast/map.h"

enum { HEATS = 3, DECAY_DAYS = 2048, RECENTS = 24, MAGNETS = 80 };

typedef struct forecast_rate {
    int32_t count, last;
    float heat[HEATS]; /* faded counts as of day `last` */
} forecast_rate;

typedef struct forecast_link {
    int32_t partner;
    int32_t mate; /* index among the actor's mates */
    int32_t back; /* fan of the partner with the inverse action; 0 for countries and sectors */
    forecast_rate rate;
} forecast_link;

typedef struct forecast_fan {
    int32_t actor, action;
    forecast_rate rate;
    forecast_link *links;
    int32_t n, cap;
} forecast_fan;

typedef struct forecast_mate {
    int32_t partner;
    int32_t kinds; /* how many different (doubled) actions */
    forecast_rate rate;
} forecast_mate;

typedef struct forecast_ids {
    int32_t *at;
    int32_t n, cap;
} forecast_ids;

typedef struct forecast_actor {
    forecast_rate rate;
    forecast_ids fans; /* indexes into history.fans */
    forecast_mate *mates;
    int32_t n_mates, cap_mates;
    int32_t recent[RECENTS]; /* mates, last first */
    int32_t n_recent;
} forecast_actor;

typedef struct forecast_action {
    forecast_rate rate;
    int32_t repeats; /* of the events, how many had the same link before */
    int32_t known;   /* how many had the same pair before */
    forecast_ids fans;
    int32_t hot[MAGNETS]; /* fans of actors that do it most, recent weeks, in no order */
    float hotness[MAGNETS]; /* their logarithms of the faded count, as of day 0: all fade alike, so that only an event changes their order */
    int32_t n_hot;
} forecast_action;

typedef struct forecast_history {
    int32_t actors, actions, countries, sectors; /* actions: not doubled */
    int32_t today;                      /* the last day entered, -1 before any */
    size_t events, same_day; /* events entered; of them, how many came again on the same day */
    forecast_actor *actor;   /* [actors + countries + sectors] */
    forecast_action *action; /* [2 * actions] */
    forecast_fan *fans;
    int32_t n_fans, cap_fans;
    forecast_map fan_of;  /* (actor, action) → fan */
    forecast_map link_of; /* (fan, partner) → link of the fan */
    forecast_map mate_of; /* (actor, partner) → mate of the actor */
    int32_t *home;        /* [actors] country of each actor as a pseudo-actor, -1 unknown */
    int32_t *trade;       /* [actors] sector of each actor as a pseudo-actor, -1 unknown */
    float decay[HEATS][DECAY_DAYS];
    bool failed; /* an allocation failed; sticky */
} forecast_history;

/* Half-lives in days of the three faded counts. */
extern const float forecast_half_life[HEATS];

casus_code forecast_history_init(forecast_history *h, const casus_quads *q, casus_error *err);
void forecast_history_done(forecast_history *h);
/* Enters one event; days must not descend. Sets `failed` when memory runs out. */
void forecast_history_add(forecast_history *h, casus_quad q);

const forecast_fan *forecast_fan_find(const forecast_history *h, int32_t actor, int32_t action);
const forecast_link *forecast_link_find(const forecast_history *h, const forecast_fan *fan, int32_t partner);
const forecast_mate *forecast_mate_find(const forecast_history *h, int32_t actor, int32_t partner);

static inline int32_t forecast_inverse(const forecast_history *h, int32_t action) {
    return action < h->actions ? action + h->actions : action - h->actions;
}

/* The faded count `k` of a rate as of `day` (>= last). */
static inline float forecast_heat(const forecast_history *h, const forecast_rate *r, int k, int32_t day) {
    int32_t gap = day - r->last;
    return r->heat[k] * h->decay[k][gap < DECAY_DAYS ? gap : DECAY_DAYS - 1];
}

#endif
