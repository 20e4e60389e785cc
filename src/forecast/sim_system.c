/* Setting up a simulation: who is followed, and what happens when nothing more does. */
#include "forecast/sim.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Days in which the present loses half of its hold; chosen on the valid part of ICEWS14. */
static const double FRESH_DAYS = 10.0;

/* ---- who is followed ---- */

typedef struct choice {
    forecast_lead at[SIM_LEADS];
    size_t n, most;
} choice;

static void choose(choice *c, forecast_lead lead) {
    if (c->n == c->most && (c->most == 0 || c->at[c->n - 1].pace >= lead.pace)) return;
    size_t i = c->n < c->most ? c->n++ : c->most - 1;
    for (; i > 0 && c->at[i - 1].pace < lead.pace; i--) c->at[i] = c->at[i - 1];
    c->at[i] = lead;
}

static bool is_wanted(const forecast_history *h, const forecast_fan *fan, const casus_simulation_plan *p) {
    if (p->source >= 0 && fan->actor != p->source) return false;
    if (p->action >= 0 && fan->action != p->action) return false;
    return p->target < 0 || forecast_mate_find(h, fan->actor, p->target) != NULL;
}

/* What is asked about, then the most active others, which it may answer to. */
static bool choose_leads(sim_system *s, const casus_simulation_plan *plan) {
    const forecast_history *h = &s->f->history;
    choice *asked = calloc(1, sizeof *asked), *others = calloc(1, sizeof *others);
    s->leads = calloc(SIM_LEADS, sizeof *s->leads);
    bool ok = asked && others && s->leads;
    if (ok) {
        asked->most = others->most = SIM_LEADS;
        for (int32_t i = 0; i < h->n_fans; i++) {
            const forecast_fan *fan = &h->fans[i];
            if (fan->actor >= h->actors || fan->action >= h->actions) continue;
            choose(is_wanted(h, fan, plan) ? asked : others, (forecast_lead){fan->actor, fan->action, forecast_pace(h, fan, s->day)});
        }
        if (asked->n == 0 && plan->source >= 0)
            asked->n = forecast_leads(h, s->day, plan->source, plan->action, plan->target, asked->at, SIM_LEADS);
        for (size_t i = 0; i < asked->n && (i < SIM_WANTED || others->n + i < SIM_LEADS); i++)
            s->leads[s->n_leads++] = (sim_lead){.lead = asked->at[i], .wanted = true};
        for (size_t i = 0; i < others->n && s->n_leads < SIM_LEADS; i++) s->leads[s->n_leads++] = (sim_lead){.lead = others->at[i]};
    }
    free(asked);
    free(others);
    return ok;
}

typedef struct preparing {
    sim_system *s;
    const casus_simulation_plan *plan;
    sim_triple *found; /* [n_leads × SIM_TARGETS] */
    int32_t counts[SIM_LEADS]; /* -1: failed */
} preparing;

static void note_past(const forecast_history *h, sim_triple *t, int32_t day) {
    const forecast_fan *fan = forecast_fan_find(h, t->source, t->action);
    const forecast_link *link = forecast_link_find(h, fan, t->target);
    t->usual = fmin(t->p, link ? link->rate.count / (3.0 + fan->rate.count) : 0);
    t->rate = link ? link->rate.count / (day + 1.0) : 0;
    t->last = link ? link->rate.last : -1;
    t->heat = link ? forecast_heat(h, &link->rate, HEATS - 1, day) : 0;
}

/* The best targets, and the one asked about wherever it stands. */
static void find_targets(void *ctx, size_t i, unsigned thread) {
    preparing *p = ctx;
    const sim_system *s = p->s;
    const sim_lead *l = &s->leads[i];
    forecast_scratch *scratch = &s->f->scratch[thread];
    float scores[FORECAST_KEEP], chance[FORECAST_KEEP];
    int32_t n = 0, kept = forecast_engine_answer(s->f, &s->f->history, scratch, l->lead.actor, l->lead.action, s->day, scores, chance);
    sim_triple *out = p->found + i * SIM_TARGETS;
    for (int32_t k = 0; k < kept; k++) {
        bool asked = l->wanted && scratch->cands[k].actor == p->plan->target;
        if (n == SIM_TARGETS && !asked) continue;
        sim_triple *t = &out[n < SIM_TARGETS ? n++ : SIM_TARGETS - 1];
        *t = (sim_triple){.source = l->lead.actor, .action = l->lead.action, .target = scratch->cands[k].actor, .lead = (int32_t)i,
                          .p = (double)chance[k]};
        note_past(&s->f->history, t, s->day);
    }
    p->counts[i] = kept < 0 ? -1 : n;
}

/* Never above today's: nobody is expected to become more active than he is. */
static double usual_pace(const forecast_history *h, const forecast_lead *l) {
    const forecast_fan *fan = forecast_fan_find(h, l->actor, l->action);
    return fan ? fmin(l->pace, fan->rate.count / (h->today + 2.0)) : 0;
}

static bool gather_triples(sim_system *s, const casus_simulation_plan *plan) {
    preparing *p = calloc(1, sizeof *p);
    bool ok = p != NULL;
    if (ok) *p = (preparing){.s = s, .plan = plan, .found = calloc(s->n_leads * SIM_TARGETS + 1, sizeof *p->found)};
    ok = ok && p->found;
    if (ok) casus_parallel(s->n_leads, s->f->threads, find_targets, p);
    for (size_t i = 0; ok && i < s->n_leads; i++) {
        sim_lead *l = &s->leads[i];
        l->first = (int32_t)s->n_triples;
        l->n = p->counts[i];
        ok = l->n >= 0;
        for (int32_t k = 0; k < l->n; k++) {
            p->found[s->n_triples] = p->found[i * SIM_TARGETS + (size_t)k];
            l->share += p->found[s->n_triples++].p;
        }
        l->usual = usual_pace(&s->f->history, &l->lead);
        l->share = fmin(fmax(l->share, 0.2), 1.0);
    }
    s->triples = p ? p->found : NULL;
    free(p);
    return ok;
}

/* ---- pairs ---- */

typedef struct paired { int32_t low, high, triple; } paired;

static int by_pair(const void *a, const void *b) {
    const paired *x = a, *y = b;
    if (x->low != y->low) return x->low < y->low ? -1 : 1;
    if (x->high != y->high) return x->high < y->high ? -1 : 1;
    return (x->triple > y->triple) - (x->triple < y->triple);
}

static sim_pair pair_of(const sim_system *s, const paired *at, size_t first) {
    const forecast_history *h = &s->f->history;
    const forecast_mate *mate = forecast_mate_find(h, at->low, at->high);
    sim_pair pair = {.low = at->low, .high = at->high, .first = (int32_t)first};
    for (int k = 0; mate && k < SIM_MET; k++) pair.met[k] = forecast_heat(h, &mate->rate, k, s->day);
    return pair;
}

static bool find_pairs(sim_system *s) {
    paired *all = calloc(s->n_triples + 1, sizeof *all);
    s->pairs = calloc(s->n_triples + 1, sizeof *s->pairs);
    s->by_pair = calloc(s->n_triples + 1, sizeof *s->by_pair);
    if (!all || !s->pairs || !s->by_pair) {
        free(all);
        return false;
    }
    for (size_t i = 0; i < s->n_triples; i++) {
        const sim_triple *t = &s->triples[i];
        bool up = t->source < t->target;
        all[i] = (paired){up ? t->source : t->target, up ? t->target : t->source, (int32_t)i};
    }
    qsort(all, s->n_triples, sizeof *all, by_pair);
    for (size_t i = 0; i < s->n_triples; i++) {
        if (i == 0 || all[i].low != all[i - 1].low || all[i].high != all[i - 1].high) s->pairs[s->n_pairs++] = pair_of(s, &all[i], i);
        s->by_pair[i] = all[i].triple;
        s->triples[all[i].triple].pair = (int32_t)s->n_pairs - 1;
        s->pairs[s->n_pairs - 1].n++;
    }
    free(all);
    return true;
}

/* ---- what the past alone says of each day ---- */

/* As forecast_ask adds up the rules that fire, on a day further on. */
static float evidence_on(const sim_system *s, const sim_triple *t, const forecast_link *const *links, const int32_t *bodies, int32_t n,
                         int32_t day) {
    const float *confidence = s->f->rules.confidence[t->action];
    float sum = 0;
    for (int32_t i = 0; confidence && i < n; i++)
        sum += sim_evidence(confidence, bodies[i], day - links[i]->rate.last, forecast_often_bin(&links[i]->rate));
    return sum;
}

enum { BODIES_MAX = 128 };

static void find_evidence(void *ctx, size_t i, unsigned thread) {
    (void)thread;
    sim_system *s = ctx;
    const sim_triple *t = &s->triples[i];
    const forecast_history *h = &s->f->history;
    const forecast_ids *fans = &h->actor[t->source].fans;
    const forecast_link *links[BODIES_MAX];
    int32_t bodies[BODIES_MAX], n = 0;
    for (int32_t k = 0; k < fans->n && n < BODIES_MAX; k++) {
        links[n] = forecast_link_find(h, &h->fans[fans->at[k]], t->target);
        bodies[n] = h->fans[fans->at[k]].action;
        n += links[n] != NULL;
    }
    for (int32_t d = 0; d < s->days; d++)
        s->evidence[sim_cell(s, i, d)] = evidence_on(s, t, links, bodies, n, s->day + d);
}

static void find_odds(void *ctx, size_t i, unsigned thread) {
    (void)thread;
    sim_system *s = ctx;
    const sim_triple *t = &s->triples[i];
    for (int32_t d = 0; d < s->days; d++) {
        forecast_prospect seen = {.p = t->usual + (t->p - t->usual) * pow(s->fresh, d), .expected = 1, .days = 1, .usual = t->rate,
                                  .pace = s->leads[t->lead].usual};
        seen.evidence = (double)s->evidence[sim_cell(s, i, d)];
        for (int k = 0; k < SIM_MET; k++) seen.met[k] = (double)s->pairs[t->pair].met[k] * exp2(-d / (double)forecast_half_life[k]);
        double odds = forecast_horizon_odds(s->f->calibration.horizon, &seen) + s->f->calibration.level;
        s->odds[sim_cell(s, i, d)] = (float)odds;
    }
}

void sim_system_odds(sim_system *s) { casus_parallel(s->n_triples, s->f->threads, find_odds, s); }

casus_code sim_system_init(sim_system *s, const casus_forecaster *f, const casus_simulation_plan *plan, casus_error *err) {
    *s = (sim_system){.f = f, .day = f->history.today + 1, .days = plan->days};
    for (int k = 0; k < SIM_RATES; k++) {
        s->keep[k] = exp2(-1.0 / (double)forecast_half_life[k + 1]);
        s->step[k] = 1.0 - s->keep[k];
    }
    s->more = (double)f->history.same_day / ((double)f->history.events + 1.0);
    s->fresh = exp2(-1.0 / FRESH_DAYS);
    bool ok = choose_leads(s, plan) && gather_triples(s, plan) && find_pairs(s);
    size_t cells = s->n_triples * (size_t)s->days + 1;
    s->odds = ok ? malloc(cells * sizeof *s->odds) : NULL;
    s->evidence = ok ? malloc(cells * sizeof *s->evidence) : NULL;
    ok = ok && s->odds && s->evidence;
    if (ok) {
        casus_parallel(s->n_triples, f->threads, find_evidence, s);
        sim_system_odds(s);
    } else {
        sim_system_done(s);
    }
    return ok ? CASUS_OK : casus_fail(err, CASUS_ERR_NOMEM, "out of memory for a simulation of %d days", plan->days);
}

void sim_system_done(sim_system *s) {
    free(s->leads);
    free(s->triples);
    free(s->pairs);
    free(s->by_pair);
    free(s->odds);
    free(s->evidence);
    memset(s, 0, sizeof *s);
}
