/* One run of a simulation. Each day every candidate event is drawn at the rate that the horizon model gives it for that day.
 * What was drawn goes back into the model's terms: into the rules from that action, in either direction, to every other
 * between the two; into how often they met; and into the pace of the source. */
#include "forecast/sim.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool sim_state_init(sim_state *st, const sim_system *s) {
    st->last = malloc((s->n_triples + 1) * sizeof *st->last);
    st->counts = malloc((s->n_triples + 1) * sizeof *st->counts);
    st->met = malloc((s->n_pairs + 1) * SIM_MET * sizeof *st->met);
    st->touched = malloc((s->n_pairs + 1) * sizeof *st->touched);
    st->excess = malloc((s->n_leads + 1) * SIM_RATES * sizeof *st->excess);
    st->today = malloc((s->n_triples + 1) * sizeof *st->today);
    return st->last && st->counts && st->met && st->touched && st->excess && st->today;
}

void sim_state_done(sim_state *st) {
    free(st->last);
    free(st->counts);
    free(st->met);
    free(st->touched);
    free(st->excess);
    free(st->today);
}

/* SplitMix64. */
static double next_unit(uint64_t *state) {
    uint64_t x = *state += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return (double)((x ^ x >> 31) >> 11) * 0x1p-53;
}

/* Events of a day: at least one with this probability, then as many more as the past shows. */
static int draw(const sim_system *s, uint64_t *random, double probability) {
    enum { DRAWN_MAX = 50 };
    if (next_unit(random) >= probability) return 0;
    int n = 1;
    while (n < DRAWN_MAX && s->more > 0 && next_unit(random) < s->more) n++;
    return n;
}

/* The rules that fire between two actors on a day of the run, with what was drawn; an action drawn again counts by its new
 * distance alone. */
static double evidence_now(const sim_system *s, const sim_state *st, size_t i, int32_t d) {
    const sim_triple *t = &s->triples[i];
    const sim_pair *pair = &s->pairs[t->pair];
    const float *confidence = s->f->rules.confidence[t->action];
    float sum = s->evidence[sim_cell(s, i, d)];
    for (int32_t k = pair->first; confidence && k < pair->first + pair->n; k++) {
        int32_t other = s->by_pair[k];
        const sim_triple *b = &s->triples[other];
        if (st->last[other] < 0) continue;
        int32_t body = b->source == t->source ? b->action : b->action + s->f->history.actions;
        float heat = b->heat + (float)st->counts[other];
        float now = sim_evidence(confidence, body, d - st->last[other], forecast_often_bin(&(forecast_rate){.heat = {0, 0, heat}}));
        float old = 0;
        if (b->last >= 0) {
            forecast_rate before = {.heat = {0, 0, b->heat}};
            old = sim_evidence(confidence, body, s->day + d - b->last, forecast_often_bin(&before));
        }
        if (now > old) sum += now - old;
    }
    return (double)sum;
}

/* What the events drawn so far change in the log odds. */
static double raised(const sim_system *s, const sim_state *st, size_t i, int32_t d) {
    const sim_triple *t = &s->triples[i];
    const double *w = s->f->calibration.horizon;
    double before = (double)s->evidence[sim_cell(s, i, d)], now = evidence_now(s, st, i, d);
    double sum = w[HORIZON_EVIDENCE] * log((HORIZON_EVIDENCE_FLOOR + now) / (HORIZON_EVIDENCE_FLOOR + before));
    for (int k = 0; k < SIM_MET; k++) {
        double past = (double)s->pairs[t->pair].met[k] * exp2(-d / (double)forecast_half_life[k]) + HORIZON_MET_FLOOR;
        sum += w[HORIZON_MET + k] * log1p((double)st->met[t->pair * SIM_MET + k] / past);
    }
    return sum;
}

/* Draws the day's events of a lead. Its pace rises when more was drawn than expected and falls when less: in the mean it
 * stays what the past says. */
static void run_lead(const sim_system *s, sim_state *st, size_t lead, int32_t d, uint64_t *random) {
    static const double LEAST = 0.2, NEGLIGIBLE = -14.0;
    const sim_lead *l = &s->leads[lead];
    double *excess = st->excess + lead * SIM_RATES, base = l->usual + (l->lead.pace - l->usual) * pow(s->fresh, d);
    double pace = base, expected = 0;
    int n = 0;
    for (int k = 0; k < SIM_RATES; k++) pace += excess[k] / SIM_RATES;
    pace = fmax(pace, LEAST * base);
    double term = s->f->calibration.horizon[HORIZON_EXPECTED] * log(fmax(pace, 1e-6));
    for (int32_t i = l->first; i < l->first + l->n; i++) {
        double odds = (double)s->odds[sim_cell(s, (size_t)i, d)] + term;
        if (st->touched[s->triples[i].pair]) odds += raised(s, st, (size_t)i, d);
        if (odds < NEGLIGIBLE) continue;
        double probability = 1.0 / (1.0 + exp(-odds));
        int drawn = draw(s, random, probability);
        expected += probability / (1.0 - s->more);
        n += drawn;
        if (drawn) st->today[st->n_today++] = i;
        st->counts[i] = (uint16_t)(st->counts[i] + drawn > UINT16_MAX ? UINT16_MAX : st->counts[i] + drawn);
    }
    for (int k = 0; k < SIM_RATES; k++) excess[k] = excess[k] * s->keep[k] + (n - expected) / l->share * s->step[k];
}

static void end_day(const sim_system *s, sim_state *st, int32_t d) {
    for (size_t i = 0; i < st->n_today; i++) {
        int32_t pair = s->triples[st->today[i]].pair;
        st->last[st->today[i]] = d;
        st->touched[pair] = true;
        for (int k = 0; k < SIM_MET; k++) st->met[pair * SIM_MET + k] += 1.0f;
    }
    for (size_t i = 0; i < s->n_pairs; i++)
        for (int k = 0; st->touched[i] && k < SIM_MET; k++) st->met[i * SIM_MET + (size_t)k] *= exp2f(-1.0f / forecast_half_life[k]);
    st->n_today = 0;
}

void sim_run(const sim_system *s, sim_state *st, uint64_t random) {
    for (size_t i = 0; i < s->n_triples; i++) st->last[i] = -1;
    memset(st->counts, 0, s->n_triples * sizeof *st->counts);
    memset(st->met, 0, s->n_pairs * SIM_MET * sizeof *st->met);
    memset(st->touched, 0, s->n_pairs * sizeof *st->touched);
    memset(st->excess, 0, s->n_leads * SIM_RATES * sizeof *st->excess);
    st->n_today = 0;
    next_unit(&random);
    for (int32_t d = 0; d < s->days; d++) {
        for (size_t lead = 0; lead < s->n_leads; lead++) run_lead(s, st, lead, d, &random);
        end_day(s, st, d);
    }
}
