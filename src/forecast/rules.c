#include "forecast/rules.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Pseudo-cases added when a confidence is shrunk; chosen on the valid split of ICEWS14. */
static const float SHRINK_RULE = 30.0f, SHRINK_DISTANCE = 100.0f, SHRINK_CELL = 300.0f;

static const int32_t last_day[DISTANCES] = {1, 2, 3, 4, 5, 6, 7, 10, 14, 21, 30, 45, 70, 110, INT32_MAX};

casus_code forecast_rules_init(forecast_rules *r, int32_t actions, casus_error *err) {
    memset(r, 0, sizeof *r);
    r->actions = actions;
    r->hit = calloc((size_t)actions, sizeof *r->hit);
    r->all = calloc((size_t)actions, sizeof *r->all);
    r->confidence = calloc((size_t)actions, sizeof *r->confidence);
    if (r->hit && r->all && r->confidence) return CASUS_OK;
    forecast_rules_done(r);
    return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for the rules of %d actions", actions);
}

void forecast_rules_done(forecast_rules *r) {
    for (int32_t h = 0; h < r->actions; h++) {
        if (r->hit) free(r->hit[h]);
        if (r->all) free(r->all[h]);
        if (r->confidence) free(r->confidence[h]);
    }
    free(r->hit);
    free(r->all);
    free(r->confidence);
    memset(r, 0, sizeof *r);
}

void forecast_rules_open(forecast_rules *r, int32_t h) {
    size_t n = (size_t)r->actions * CELLS;
    if (r->confidence[h]) return;
    if (!r->hit[h]) r->hit[h] = calloc(n, sizeof **r->hit);
    if (!r->all[h]) r->all[h] = calloc(n, sizeof **r->all);
    if (r->hit[h] && r->all[h]) r->confidence[h] = calloc(n, sizeof **r->confidence);
    r->failed |= !r->confidence[h];
}

static void settle_rule(const uint32_t *hit, const uint32_t *all, float *out) {
    float hits[DISTANCES] = {0}, cases[DISTANCES] = {0}, rule_hits = 0, rule_cases = 0;
    for (int c = 0; c < CELLS; c++) {
        hits[c / OFTENS] += (float)hit[c];
        cases[c / OFTENS] += (float)all[c];
    }
    for (int d = 0; d < DISTANCES; d++) {
        rule_hits += hits[d];
        rule_cases += cases[d];
    }
    if (rule_hits == 0) {
        memset(out, 0, CELLS * sizeof *out);
        return;
    }
    float rule = rule_hits / (rule_cases + SHRINK_RULE);
    for (int c = 0; c < CELLS; c++) {
        int d = c / OFTENS;
        float distance = (hits[d] + SHRINK_DISTANCE * rule) / (cases[d] + SHRINK_DISTANCE);
        out[c] = ((float)hit[c] + SHRINK_CELL * distance) / ((float)all[c] + SHRINK_CELL);
    }
}

void forecast_rules_settle(forecast_rules *r, int32_t h) {
    if (!r->confidence[h]) return;
    for (int32_t b = 0; b < r->actions; b++) {
        size_t at = (size_t)b * CELLS;
        settle_rule(r->hit[h] + at, r->all[h] + at, r->confidence[h] + at);
    }
}

int forecast_distance_bin(int32_t days) {
    int bin = 0;
    while (days > last_day[bin]) bin++;
    return bin;
}

void forecast_distance_range(int bin, int32_t *from, int32_t *to) {
    *from = bin ? last_day[bin - 1] + 1 : 1;
    *to = last_day[bin];
}

int forecast_often_bin(const forecast_rate *rate) {
    float n = rate->heat[HEATS - 1];
    return n <= 1.0f ? 0 : n <= 2.5f ? 1 : 2;
}

size_t forecast_lives_count(const forecast_history *h, int32_t actor) {
    size_t n = 0;
    const forecast_ids *fans = &h->actor[actor].fans;
    for (int32_t i = 0; i < fans->n; i++) n += (size_t)h->fans[fans->at[i]].n;
    return n;
}

size_t forecast_lives(const forecast_history *h, int32_t actor, int32_t day, forecast_live *out) {
    size_t n = 0;
    const forecast_ids *fans = &h->actor[actor].fans;
    for (int32_t i = 0; i < fans->n; i++) {
        const forecast_fan *fan = &h->fans[fans->at[i]];
        for (int32_t k = 0; k < fan->n; k++) {
            const forecast_link *link = &fan->links[k];
            int cell = forecast_distance_bin(day - link->rate.last) * OFTENS + forecast_often_bin(&link->rate);
            out[n++] = (forecast_live){fan->action * CELLS + cell, link->mate};
        }
    }
    return n;
}
