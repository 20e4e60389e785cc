#include "forecast/history.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const float forecast_half_life[HEATS] = {3.0f, 15.0f, 75.0f};

static void *grown(forecast_history *h, void *items, int32_t n, int32_t *cap, size_t size) {
    if (n < *cap) return items;
    int32_t bigger = *cap ? *cap + *cap / 2 + 2 : 2;
    void *moved = realloc(items, (size_t)bigger * size);
    if (!moved) {
        h->failed = true;
        return items;
    }
    *cap = bigger;
    return moved;
}

casus_code forecast_history_init(forecast_history *h, const casus_quads *q, casus_error *err) {
    memset(h, 0, sizeof *h);
    h->actors = q->actors;
    h->actions = q->actions;
    h->countries = q->country ? q->countries : 0;
    h->sectors = q->sector ? q->sectors : 0;
    h->today = -1;
    h->actor = calloc((size_t)(q->actors + h->countries + h->sectors) + 1, sizeof *h->actor);
    h->action = calloc(2 * (size_t)q->actions + 1, sizeof *h->action);
    h->home = malloc(((size_t)q->actors + 1) * sizeof *h->home);
    h->trade = malloc(((size_t)q->actors + 1) * sizeof *h->trade);
    if (!h->actor || !h->action || !h->home || !h->trade) {
        forecast_history_done(h);
        return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for %d actors and %d actions", q->actors, q->actions);
    }
    for (int32_t a = 0; a < q->actors; a++) {
        h->home[a] = q->country && q->country[a] >= 0 ? q->actors + q->country[a] : FORECAST_NONE;
        h->trade[a] = q->sector && q->sector[a] >= 0 ? q->actors + h->countries + q->sector[a] : FORECAST_NONE;
    }
    for (int k = 0; k < HEATS; k++)
        for (int d = 0; d < DECAY_DAYS; d++) h->decay[k][d] = exp2f(-(float)d / forecast_half_life[k]);
    return CASUS_OK;
}

void forecast_history_done(forecast_history *h) {
    for (int32_t i = 0; i < h->n_fans; i++) free(h->fans[i].links);
    for (int32_t i = 0; h->actor && i < h->actors + h->countries + h->sectors; i++) {
        free(h->actor[i].fans.at);
        free(h->actor[i].mates);
    }
    for (int32_t i = 0; h->action && i < 2 * h->actions; i++) free(h->action[i].fans.at);
    free(h->fans);
    free(h->actor);
    free(h->action);
    free(h->home);
    free(h->trade);
    forecast_map_done(&h->fan_of);
    forecast_map_done(&h->link_of);
    forecast_map_done(&h->mate_of);
    memset(h, 0, sizeof *h);
}

static void rate_add(const forecast_history *h, forecast_rate *r, int32_t day) {
    for (int k = 0; k < HEATS; k++) r->heat[k] = r->count ? forecast_heat(h, r, k, day) + 1.0f : 1.0f;
    r->count++;
    r->last = day;
}

static void ids_add(forecast_history *h, forecast_ids *ids, int32_t id) {
    ids->at = grown(h, ids->at, ids->n, &ids->cap, sizeof *ids->at);
    if (!h->failed) ids->at[ids->n++] = id;
}

/* Finds or makes the fan; NULL after a failure. */
static forecast_fan *fan_of(forecast_history *h, int32_t actor, int32_t action) {
    uint64_t key = forecast_key(actor, action);
    int32_t i = forecast_map_get(&h->fan_of, key);
    if (i != FORECAST_NONE) return &h->fans[i];
    h->fans = grown(h, h->fans, h->n_fans, &h->cap_fans, sizeof *h->fans);
    if (h->failed || !forecast_map_put(&h->fan_of, key, h->n_fans)) {
        h->failed = true;
        return NULL;
    }
    h->fans[h->n_fans] = (forecast_fan){.actor = actor, .action = action};
    ids_add(h, &h->actor[actor].fans, h->n_fans);
    if (actor < h->actors) ids_add(h, &h->action[action].fans, h->n_fans);
    return &h->fans[h->n_fans++];
}

static int32_t mate_of(forecast_history *h, int32_t actor, int32_t partner) {
    uint64_t key = forecast_key(actor, partner);
    int32_t i = forecast_map_get(&h->mate_of, key);
    if (i != FORECAST_NONE) return i;
    forecast_actor *a = &h->actor[actor];
    a->mates = grown(h, a->mates, a->n_mates, &a->cap_mates, sizeof *a->mates);
    if (h->failed || !forecast_map_put(&h->mate_of, key, a->n_mates)) {
        h->failed = true;
        return FORECAST_NONE;
    }
    a->mates[a->n_mates] = (forecast_mate){.partner = partner};
    return a->n_mates++;
}

/* Finds or makes the link of a fan; NULL after a failure. */
static forecast_link *link_of(forecast_history *h, forecast_fan *fan, int32_t partner, int32_t mate) {
    uint64_t key = forecast_key((int32_t)(fan - h->fans), partner);
    int32_t i = forecast_map_get(&h->link_of, key);
    if (i != FORECAST_NONE) return &fan->links[i];
    fan->links = grown(h, fan->links, fan->n, &fan->cap, sizeof *fan->links);
    if (h->failed || !forecast_map_put(&h->link_of, key, fan->n)) {
        h->failed = true;
        return NULL;
    }
    fan->links[fan->n] = (forecast_link){.partner = partner, .mate = mate};
    return &fan->links[fan->n++];
}

/* Moves a mate to the front of the recent ones. */
static void touch(forecast_actor *a, int32_t mate) {
    int32_t i = 0;
    while (i < a->n_recent && a->recent[i] != mate) i++;
    if (i == a->n_recent && i == RECENTS) i--;
    else if (i == a->n_recent) a->n_recent++;
    for (; i > 0; i--) a->recent[i] = a->recent[i - 1];
    a->recent[0] = mate;
}

/* Keeps the MAGNETS hottest fans of an action. Heat only rises by events, so that who fell out comes back when he acts. */
static void warm_up(const forecast_history *h, forecast_action *a, int32_t fan) {
    const forecast_rate *r = &h->fans[fan].rate;
    float hotness = log2f(r->heat[1]) + (float)r->last / forecast_half_life[1];
    int32_t i = 0;
    while (i < a->n_hot && a->hot[i] != fan) i++;
    if (i == MAGNETS) {
        for (int32_t k = i = 0; k < MAGNETS; k++)
            if (a->hotness[k] < a->hotness[i]) i = k;
        if (a->hotness[i] >= hotness) return;
    }
    if (i == a->n_hot) a->n_hot++;
    a->hot[i] = fan;
    a->hotness[i] = hotness;
}

typedef struct entry { int32_t fan, link; } entry;

static entry enter(forecast_history *h, int32_t source, int32_t action, int32_t target, int32_t day) {
    static const entry NOWHERE = {FORECAST_NONE, FORECAST_NONE};
    int32_t mate = mate_of(h, source, target);
    forecast_fan *fan = fan_of(h, source, action);
    if (h->failed) return NOWHERE;
    forecast_link *link = link_of(h, fan, target, mate);
    if (!link) return NOWHERE;
    forecast_mate *m = &h->actor[source].mates[mate];
    if (source < h->actors) {
        h->action[action].repeats += link->rate.count > 0;
        h->action[action].known += m->rate.count > 0;
        h->same_day += action < h->actions && link->rate.count && link->rate.last == day;
        rate_add(h, &h->action[action].rate, day);
    }
    m->kinds += link->rate.count == 0;
    rate_add(h, &m->rate, day);
    rate_add(h, &link->rate, day);
    rate_add(h, &fan->rate, day);
    rate_add(h, &h->actor[source].rate, day);
    touch(&h->actor[source], mate);
    entry at = {(int32_t)(fan - h->fans), (int32_t)(link - fan->links)};
    if (source < h->actors) warm_up(h, &h->action[action], at.fan);
    return at;
}

void forecast_history_add(forecast_history *h, casus_quad q) {
    int32_t inverse = q.action + h->actions;
    int32_t home_s = h->home[q.source], home_t = h->home[q.target];
    int32_t trade_s = h->trade[q.source], trade_t = h->trade[q.target];
    entry there = enter(h, q.source, q.action, q.target, q.day);
    entry back = enter(h, q.target, inverse, q.source, q.day);
    if (h->failed) return;
    h->fans[there.fan].links[there.link].back = back.fan;
    h->fans[back.fan].links[back.link].back = there.fan;
    if (home_s >= 0) enter(h, home_s, q.action, q.target, q.day);
    if (home_t >= 0) enter(h, home_t, inverse, q.source, q.day);
    if (trade_s >= 0 && trade_t >= 0) {
        enter(h, trade_s, q.action, trade_t, q.day);
        enter(h, trade_t, inverse, trade_s, q.day);
    }
    h->today = q.day;
    h->events++;
}

const forecast_fan *forecast_fan_find(const forecast_history *h, int32_t actor, int32_t action) {
    int32_t i = forecast_map_get(&h->fan_of, forecast_key(actor, action));
    return i == FORECAST_NONE ? NULL : &h->fans[i];
}

const forecast_link *forecast_link_find(const forecast_history *h, const forecast_fan *fan, int32_t partner) {
    if (!fan) return NULL;
    int32_t i = forecast_map_get(&h->link_of, forecast_key((int32_t)(fan - h->fans), partner));
    return i == FORECAST_NONE ? NULL : &fan->links[i];
}

const forecast_mate *forecast_mate_find(const forecast_history *h, int32_t actor, int32_t partner) {
    int32_t i = forecast_map_get(&h->mate_of, forecast_key(actor, partner));
    return i == FORECAST_NONE ? NULL : &h->actor[actor].mates[i];
}
