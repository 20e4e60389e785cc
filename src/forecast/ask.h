/* One question (s, h, ?, t): the candidates and what speaks for each.
 *
 * First stage: every actor that a rule, a habit, a neighbour or the action itself points to becomes a candidate with a
 * rough score; the best FORECAST_KEEP go on. Second stage: each of them is described by a row of features, small codes
 * of shares, counts and days, that the trees weigh (trees.h).
 */
#ifndef CASUS_FORECAST_ASK_H
#define CASUS_FORECAST_ASK_H

#include "forecast/kin.h"
#include "forecast/rules.h"

/* Features: name, kind, what it means ("X" is the source, "Y" the candidate, "h" the action). */
#define FORECAST_FEATURES(F) \
    F(EVIDENCE, SHARE, "all rules that fire for Y, added up") \
    F(RULE_BEST, SHARE, "the strongest rule that fires for Y") \
    F(RULE_NEXT, SHARE, "the second strongest rule that fires for Y") \
    F(RULE_OWN, SHARE, "the rule from h to h") \
    F(RULE_MIRROR, SHARE, "the rule from h done by Y to X") \
    F(FIRST, SHARE, "the first-stage score, relative to the best") \
    F(PLACE, COUNT, "the first-stage rank") \
    F(LINK_DAYS, DAYS, "days since X did h to Y") \
    F(LINK_COUNT, COUNT, "how often X did h to Y") \
    F(LINK_SHARE, SHARE, "share of Y in what X does of h") \
    F(LINK_HEAT0, SHARE, "share of Y in what X does of h, recent days") \
    F(LINK_HEAT1, SHARE, "share of Y in what X does of h, recent weeks") \
    F(LINK_HEAT2, SHARE, "share of Y in what X does of h, recent months") \
    F(MATE_DAYS, DAYS, "days since X and Y had to do with each other") \
    F(MATE_COUNT, COUNT, "how often X and Y had to do with each other") \
    F(MATE_KINDS, COUNT, "in how many ways X and Y had to do with each other") \
    F(MATE_HEAT0, SHARE, "share of Y in X's dealings in recent days") \
    F(MATE_HEAT1, SHARE, "share of Y in X's dealings in recent weeks") \
    F(MATE_HEAT2, SHARE, "share of Y in X's dealings in recent months") \
    F(MATE_BACK, SHARE, "share of X in Y's dealings in recent weeks") \
    F(TARGET_DAYS, DAYS, "days since anyone did h to Y") \
    F(TARGET_COUNT, COUNT, "how often anyone did h to Y") \
    F(TARGET_HEAT0, SHARE, "share of Y among all targets of h in recent days") \
    F(TARGET_HEAT1, SHARE, "share of Y among all targets of h in recent weeks") \
    F(TARGET_HEAT2, SHARE, "share of Y among all targets of h in recent months") \
    F(TARGET_BENT, SHARE, "share of h in all that Y takes part in") \
    F(ACTOR_DAYS, DAYS, "days since Y took part in anything") \
    F(ACTOR_COUNT, COUNT, "how often Y takes part in anything") \
    F(ACTOR_HEAT0, COUNT, "how often Y took part in anything in recent days") \
    F(ACTOR_HEAT1, COUNT, "how often Y took part in anything in recent weeks") \
    F(SAME_COUNTRY, FLAG, "X and Y belong to one country") \
    F(COUNTRY_LINK1, SHARE, "share of Y in what X's country does of h in recent weeks") \
    F(COUNTRY_LINK2, SHARE, "share of Y in what X's country does of h in recent months") \
    F(COUNTRY_MATE, SHARE, "share of Y in the dealings of X's country") \
    F(COUNTRY_BACK, SHARE, "share of Y's country in what X does of h") \
    F(COUNTRY_BACK_ANY, SHARE, "share of Y's country in X's dealings") \
    F(SECTOR_LINK, SHARE, "share of Y's sector in what X's sector does of h") \
    F(SECTOR_MATE, SHARE, "share of Y's sector in the dealings of X's sector") \
    F(ALIKE, SHARE, "actors like X did h to Y") \
    F(LOOKALIKE, SHARE, "X did h to actors like Y") \
    F(ALLY, SHARE, "partners of X lately did h to Y") \
    F(STORY, SHARE, "partners of X lately had to do with Y") \
    F(FAN_COUNT, COUNT, "how often X does h") \
    F(FAN_WIDTH, COUNT, "to how many X does h") \
    F(FAN_DAYS, DAYS, "days since X did h") \
    F(SOURCE_COUNT, COUNT, "how often X takes part in anything") \
    F(SOURCE_HEAT0, COUNT, "how often X took part in anything in recent days") \
    F(SOURCE_MATES, COUNT, "how many partners X has") \
    F(ACTION_COUNT, COUNT, "how common h is") \
    F(ACTION_REPEAT, SHARE, "how often h repeats an earlier h") \
    F(ACTION_KNOWN, SHARE, "how often h happens between those who met before") \
    F(LEAD, DAYS, "days since the last known event")

enum {
#define FORECAST_ENUM(name, kind, text) FEATURE_##name,
    FORECAST_FEATURES(FORECAST_ENUM)
#undef FORECAST_ENUM
    FEATURES
};

enum { FORECAST_KEEP = 100, FORECAST_CODES = 128 };

/* What the first stage reads: all read-only while asking. */
typedef struct forecast_view {
    const forecast_history *history;
    const forecast_rules *rules;
    const forecast_kinship *kin;
    uint64_t without; /* features whose sources are left out, for ablations */
} forecast_view;

/* The targets that draw an action most, lately. */
typedef struct forecast_magnets {
    forecast_kin at[MAGNETS]; /* weight: share of the action's recent events */
    int32_t n;
} forecast_magnets;

typedef struct forecast_question {
    int32_t source, action, day; /* action doubled */
    const forecast_live *lives;  /* of the source on that day */
    size_t n_lives;
    const forecast_magnets *magnets; /* of the action on that day */
} forecast_question;

typedef struct forecast_cand {
    int32_t actor;
    const forecast_link *link; /* X, h, Y; NULL when it never was */
    const forecast_mate *mate; /* X, Y; NULL when they never met */
    float evidence, best, next, own, mirror;
    float pull, country, alike, lookalike, ally, story;
    float first; /* log of the first-stage score */
} forecast_cand;

/* Working memory of one thread. */
typedef struct forecast_scratch {
    int32_t actors;
    int32_t *slot; /* [actors] candidate of an actor, -1 */
    forecast_cand *cands;
    int32_t n;
    float *sort;
    forecast_live *lives; /* of a question asked alone */
    size_t cap_lives;
    forecast_magnets magnets;
} forecast_scratch;

casus_code forecast_scratch_init(forecast_scratch *s, int32_t actors, casus_error *err);
void forecast_scratch_done(forecast_scratch *s);

/* Prepares a question asked alone (not as one of a day). False when memory ran out. */
bool forecast_question_init(forecast_question *q, const forecast_history *h, forecast_scratch *s, int32_t source,
                            int32_t action, int32_t day);
void forecast_magnets_find(const forecast_history *h, int32_t action, int32_t day, forecast_magnets *out);
/* First stage: fills s->cands, best FORECAST_KEEP first among the rest in no order; returns how many were kept. */
int32_t forecast_ask(const forecast_view *v, const forecast_question *q, forecast_scratch *s);
/* Second stage: the feature codes of the first `n` of the kept candidates, each below FORECAST_CODES. */
void forecast_describe(const forecast_view *v, const forecast_question *q, const forecast_scratch *s, int32_t n,
                       uint8_t (*rows)[FEATURES]);

#endif
