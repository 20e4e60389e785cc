/* Second stage: a candidate as a row of small codes. */
#include "forecast/ask.h"

#include <math.h>
#include <string.h>

enum { CODE_NEVER = FORECAST_CODES - 1 };

typedef enum code_kind { SHARE, COUNT, DAYS, FLAG } code_kind;

static const char *const texts[FEATURES] = {
#define FORECAST_TEXT(name, kind, text) text,
    FORECAST_FEATURES(FORECAST_TEXT)
#undef FORECAST_TEXT
};

const char *casus_feature_text(int i) { return i >= 0 && i < FEATURES ? texts[i] : NULL; }

static int clamp(float x) { return x < 0 ? 0 : x > CODE_NEVER - 1 ? CODE_NEVER - 1 : (int)x; }

/* Six codes an octave from 2^-20 up to 2; 0 is nothing. */
static uint8_t code_share(float x) { return x < 1e-6f ? 0 : (uint8_t)clamp(1.0f + 6.0f * (log2f(x) + 20.0f)); }
static uint8_t code_count(float x) { return (uint8_t)clamp(8.0f * log2f(1.0f + x)); }
static uint8_t code_days(const forecast_rate *r, int32_t day) {
    return r && r->count ? (uint8_t)clamp(10.0f * log2f((float)(day - r->last))) : CODE_NEVER;
}

static float heat_of(const forecast_history *h, const forecast_rate *r, int k, int32_t day) {
    return r && r->count ? forecast_heat(h, r, k, day) : 0;
}

/* Faded share of a part in a whole, with `prior` events of nothing. */
static float share_of(const forecast_history *h, const forecast_rate *part, const forecast_rate *whole, int k, int32_t day,
                      float prior) {
    float x = heat_of(h, part, k, day);
    return x > 0 ? x / (heat_of(h, whole, k, day) + prior) : 0;
}

static void describe_link(const forecast_history *h, const forecast_question *q, const forecast_cand *c,
                          const forecast_fan *fan, uint8_t *row) {
    const forecast_rate *link = c->link ? &c->link->rate : NULL;
    row[FEATURE_LINK_DAYS] = code_days(link, q->day);
    row[FEATURE_LINK_COUNT] = code_count(link ? (float)link->count : 0);
    row[FEATURE_LINK_SHARE] = code_share(link ? (float)link->count / ((float)fan->rate.count + 3.0f) : 0);
    for (int k = 0; k < HEATS; k++)
        row[FEATURE_LINK_HEAT0 + k] = code_share(link ? share_of(h, link, &fan->rate, k, q->day, 0.5f) : 0);
}

static void describe_mate(const forecast_history *h, const forecast_question *q, const forecast_cand *c, uint8_t *row) {
    const forecast_rate *mate = c->mate ? &c->mate->rate : NULL;
    const forecast_rate *source = &h->actor[q->source].rate;
    row[FEATURE_MATE_DAYS] = code_days(mate, q->day);
    row[FEATURE_MATE_COUNT] = code_count(mate ? (float)mate->count : 0);
    row[FEATURE_MATE_KINDS] = code_count(mate ? (float)c->mate->kinds : 0);
    for (int k = 0; k < HEATS; k++) row[FEATURE_MATE_HEAT0 + k] = code_share(share_of(h, mate, source, k, q->day, 0.5f));
    row[FEATURE_MATE_BACK] = code_share(share_of(h, mate, &h->actor[c->actor].rate, 1, q->day, 0.5f));
}

static void describe_target(const forecast_history *h, const forecast_question *q, int32_t actor, uint8_t *row) {
    int32_t inverse = forecast_inverse(h, q->action);
    const forecast_fan *fan = forecast_fan_find(h, actor, inverse);
    const forecast_rate *target = fan ? &fan->rate : NULL;
    const forecast_rate *all = &h->actor[actor].rate;
    row[FEATURE_TARGET_DAYS] = code_days(target, q->day);
    row[FEATURE_TARGET_COUNT] = code_count(target ? (float)target->count : 0);
    for (int k = 0; k < HEATS; k++)
        row[FEATURE_TARGET_HEAT0 + k] = code_share(share_of(h, target, &h->action[inverse].rate, k, q->day, 1.0f));
    row[FEATURE_TARGET_BENT] = code_share(target ? (float)target->count / ((float)all->count + 5.0f) : 0);
    row[FEATURE_ACTOR_DAYS] = code_days(all, q->day);
    row[FEATURE_ACTOR_COUNT] = code_count((float)all->count);
    row[FEATURE_ACTOR_HEAT0] = code_count(4.0f * heat_of(h, all, 0, q->day));
    row[FEATURE_ACTOR_HEAT1] = code_count(4.0f * heat_of(h, all, 1, q->day));
}

/* What is the same for all candidates: all that X, its country and its sector did of h; NULL when they never did. */
typedef struct fans_of_question {
    const forecast_fan *own, *home, *trade;
} fans_of_question;

static const forecast_link *link_to(const forecast_history *h, const forecast_fan *fan, int32_t partner) {
    return fan && partner >= 0 ? forecast_link_find(h, fan, partner) : NULL;
}

/* Share of a partner's link in a fan, and of a partner's mate in an actor; 0 when unknown. */
static float link_share(const forecast_history *h, const forecast_fan *fan, const forecast_link *link, int k, int32_t day) {
    return link ? share_of(h, &link->rate, &fan->rate, k, day, 2.0f) : 0;
}

static float mate_share(const forecast_history *h, int32_t actor, int32_t partner, int k, int32_t day) {
    if (actor < 0 || partner < 0) return 0;
    const forecast_mate *mate = forecast_mate_find(h, actor, partner);
    return mate ? share_of(h, &mate->rate, &h->actor[actor].rate, k, day, 2.0f) : 0;
}

/* What X does to the country of Y is kept with that country: (country, inverse h, X). */
static float country_back(const forecast_history *h, const forecast_question *q, int32_t country, const forecast_fan *own) {
    const forecast_fan *fan = country < 0 ? NULL : forecast_fan_find(h, country, forecast_inverse(h, q->action));
    const forecast_link *link = forecast_link_find(h, fan, q->source);
    return link && own ? share_of(h, &link->rate, &own->rate, 2, q->day, 1.0f) : 0;
}

static float country_back_any(const forecast_history *h, const forecast_question *q, int32_t country) {
    const forecast_mate *mate = country < 0 ? NULL : forecast_mate_find(h, country, q->source);
    return mate ? share_of(h, &mate->rate, &h->actor[q->source].rate, 2, q->day, 1.0f) : 0;
}

/* 0 neither is known, 1–2 one is, 3 different, 4 the same. */
static uint8_t code_country(int32_t mine, int32_t theirs) {
    if (mine >= 0 && theirs >= 0) return mine == theirs ? 4 : 3;
    return mine >= 0 ? 2 : theirs >= 0 ? 1 : 0;
}

static void describe_attributes(const forecast_history *h, const forecast_question *q, const forecast_cand *c,
                                const fans_of_question *fans, uint8_t *row) {
    const forecast_link *home = link_to(h, fans->home, c->actor);
    int32_t mine = h->home[q->source], theirs = h->home[c->actor];
    int32_t trade = h->trade[q->source], their_trade = h->trade[c->actor];
    row[FEATURE_SAME_COUNTRY] = code_country(mine, theirs);
    row[FEATURE_COUNTRY_LINK1] = code_share(link_share(h, fans->home, home, 1, q->day));
    row[FEATURE_COUNTRY_LINK2] = code_share(link_share(h, fans->home, home, 2, q->day));
    row[FEATURE_COUNTRY_MATE] = code_share(mate_share(h, mine, c->actor, 1, q->day));
    row[FEATURE_COUNTRY_BACK] = code_share(country_back(h, q, theirs, fans->own));
    row[FEATURE_COUNTRY_BACK_ANY] = code_share(country_back_any(h, q, theirs));
    row[FEATURE_SECTOR_LINK] = code_share(link_share(h, fans->trade, link_to(h, fans->trade, their_trade), 2, q->day));
    row[FEATURE_SECTOR_MATE] = code_share(mate_share(h, trade, their_trade, 2, q->day));
}

static void describe_question(const forecast_history *h, const forecast_question *q, const forecast_fan *fan, uint8_t *row) {
    const forecast_actor *source = &h->actor[q->source];
    const forecast_action *action = &h->action[q->action];
    float n = (float)action->rate.count;
    row[FEATURE_FAN_COUNT] = code_count(fan ? (float)fan->rate.count : 0);
    row[FEATURE_FAN_WIDTH] = code_count(fan ? (float)fan->n : 0);
    row[FEATURE_FAN_DAYS] = code_days(fan ? &fan->rate : NULL, q->day);
    row[FEATURE_SOURCE_COUNT] = code_count((float)source->rate.count);
    row[FEATURE_SOURCE_HEAT0] = code_count(4.0f * heat_of(h, &source->rate, 0, q->day));
    row[FEATURE_SOURCE_MATES] = code_count((float)source->n_mates);
    row[FEATURE_ACTION_COUNT] = code_count(n);
    row[FEATURE_ACTION_REPEAT] = code_share((float)action->repeats / (n + 1.0f));
    row[FEATURE_ACTION_KNOWN] = code_share((float)action->known / (n + 1.0f));
    row[FEATURE_LEAD] = code_days(&(forecast_rate){.count = 1, .last = h->today < q->day ? h->today : q->day - 1}, q->day);
}

static void describe_one(const forecast_history *h, const forecast_question *q, const forecast_cand *c,
                         const fans_of_question *fans, uint8_t *row) {
    row[FEATURE_EVIDENCE] = code_share(c->evidence);
    row[FEATURE_RULE_BEST] = code_share(c->best);
    row[FEATURE_RULE_NEXT] = code_share(c->next);
    row[FEATURE_RULE_OWN] = code_share(c->own);
    row[FEATURE_RULE_MIRROR] = code_share(c->mirror);
    row[FEATURE_ALIKE] = code_share(c->alike);
    row[FEATURE_LOOKALIKE] = code_share(c->lookalike);
    row[FEATURE_ALLY] = code_share(c->ally);
    row[FEATURE_STORY] = code_share(c->story);
    describe_link(h, q, c, fans->own, row);
    describe_mate(h, q, c, row);
    describe_target(h, q, c->actor, row);
    describe_attributes(h, q, c, fans, row);
}

void forecast_describe(const forecast_view *v, const forecast_question *q, const forecast_scratch *s, int32_t n,
                       uint8_t (*rows)[FEATURES]) {
    const forecast_history *h = v->history;
    int32_t home = h->home[q->source], trade = h->trade[q->source];
    fans_of_question fans = {.own = forecast_fan_find(h, q->source, q->action)};
    if (home >= 0) fans.home = forecast_fan_find(h, home, q->action);
    if (trade >= 0) fans.trade = forecast_fan_find(h, trade, q->action);
    if (n > 0) describe_question(h, q, fans.own, rows[0]);
    for (int32_t i = 0; i < n; i++) {
        if (i) memcpy(rows[i], rows[0], FEATURES);
        rows[i][FEATURE_FIRST] = code_share(expf(s->cands[i].first - s->cands[0].first));
        rows[i][FEATURE_PLACE] = code_count((float)i);
        describe_one(h, q, &s->cands[i], &fans, rows[i]);
    }
}
