#include "forecast/ask.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLE_LINKS = 12, SAMPLE_MATES = 12 };

casus_code forecast_scratch_init(forecast_scratch *s, int32_t actors, casus_error *err) {
    *s = (forecast_scratch){.actors = actors};
    s->slot = malloc((size_t)actors * sizeof *s->slot);
    s->cands = malloc((size_t)actors * sizeof *s->cands);
    s->sort = malloc((size_t)actors * sizeof *s->sort);
    if (!s->slot || !s->cands || !s->sort) {
        forecast_scratch_done(s);
        return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for %d candidates", actors);
    }
    for (int32_t i = 0; i < actors; i++) s->slot[i] = FORECAST_NONE;
    return CASUS_OK;
}

void forecast_scratch_done(forecast_scratch *s) {
    free(s->slot);
    free(s->cands);
    free(s->sort);
    free(s->lives);
    memset(s, 0, sizeof *s);
}

/* ---- magnets ---- */

void forecast_magnets_find(const forecast_history *h, int32_t action, int32_t day, forecast_magnets *out) {
    const forecast_action *back = &h->action[forecast_inverse(h, action)];
    float total = 1.0f;
    if (back->rate.count) total += forecast_heat(h, &back->rate, 1, day);
    for (out->n = 0; out->n < back->n_hot; out->n++) {
        const forecast_fan *fan = &h->fans[back->hot[out->n]];
        out->at[out->n] = (forecast_kin){fan->actor, forecast_heat(h, &fan->rate, 1, day) / total};
    }
}

/* ---- first stage ---- */

static forecast_cand *cand_of(forecast_scratch *s, int32_t actor) {
    int32_t i = s->slot[actor];
    if (i == FORECAST_NONE) {
        i = s->slot[actor] = s->n++;
        s->cands[i] = (forecast_cand){.actor = actor};
    }
    return &s->cands[i];
}

/* Mates come first, so that a live's mate index is its candidate index. */
static void add_mates(const forecast_history *h, int32_t source, forecast_scratch *s) {
    const forecast_actor *a = &h->actor[source];
    for (int32_t i = 0; i < a->n_mates; i++) cand_of(s, a->mates[i].partner)->mate = &a->mates[i];
}

static void add_rules(const forecast_view *v, const forecast_question *q, forecast_scratch *s) {
    const float *confidence = v->rules->confidence[q->action];
    if (!confidence) return;
    for (size_t i = 0; i < q->n_lives; i++) {
        float c = confidence[q->lives[i].cell];
        forecast_cand *cand = &s->cands[q->lives[i].mate];
        cand->evidence += c * (1.0f + 0.5f * c);
        if (c > cand->best) {
            cand->next = cand->best;
            cand->best = c;
        } else if (c > cand->next) {
            cand->next = c;
        }
    }
}

static float own_confidence(const forecast_view *v, const forecast_question *q, int32_t body, const forecast_rate *rate) {
    const float *confidence = v->rules->confidence[q->action];
    if (!confidence) return 0;
    int cell = forecast_distance_bin(q->day - rate->last) * OFTENS + forecast_often_bin(rate);
    return confidence[body * CELLS + cell];
}

static void add_links(const forecast_view *v, const forecast_question *q, forecast_scratch *s) {
    const forecast_history *h = v->history;
    const forecast_fan *fan = forecast_fan_find(h, q->source, q->action);
    for (int32_t i = 0; fan && i < fan->n; i++) {
        forecast_cand *c = &s->cands[fan->links[i].mate];
        c->link = &fan->links[i];
        c->own = own_confidence(v, q, q->action, &c->link->rate);
    }
    int32_t inverse = forecast_inverse(h, q->action);
    fan = forecast_fan_find(h, q->source, inverse);
    for (int32_t i = 0; fan && i < fan->n; i++)
        s->cands[fan->links[i].mate].mirror = own_confidence(v, q, inverse, &fan->links[i].rate);
}

static void add_country(const forecast_history *h, const forecast_question *q, forecast_scratch *s) {
    if (h->home[q->source] < 0) return;
    const forecast_fan *fan = forecast_fan_find(h, h->home[q->source], q->action);
    float total = fan ? 2.0f + forecast_heat(h, &fan->rate, 2, q->day) : 0;
    for (int32_t i = 0; fan && i < fan->n; i++)
        cand_of(s, fan->links[i].partner)->country = forecast_heat(h, &fan->links[i].rate, 2, q->day) / total;
}

/* Adds weight × share of each link of a fan to a field of the candidates. */
static void add_fan(const forecast_history *h, const forecast_fan *fan, int32_t day, float weight, size_t field,
                    forecast_scratch *s) {
    if (!fan) return;
    float scale = weight / (1.0f + forecast_heat(h, &fan->rate, 2, day));
    for (int32_t i = 0; i < fan->n; i++) {
        forecast_cand *c = cand_of(s, fan->links[i].partner);
        *(float *)((char *)c + field) += scale * forecast_heat(h, &fan->links[i].rate, 2, day);
    }
}

static void add_alike(const forecast_view *v, const forecast_question *q, forecast_scratch *s) {
    const forecast_kin *kin = v->kin->at + (size_t)q->source * KINS;
    for (int i = 0; i < KINS && kin[i].actor != FORECAST_NONE; i++)
        add_fan(v->history, forecast_fan_find(v->history, kin[i].actor, q->action), q->day, kin[i].weight,
                offsetof(forecast_cand, alike), s);
}

static void add_lookalike(const forecast_view *v, const forecast_question *q, forecast_scratch *s) {
    const forecast_history *h = v->history;
    const forecast_fan *fan = forecast_fan_find(h, q->source, q->action);
    if (!fan) return;
    float scale = 1.0f / (1.0f + forecast_heat(h, &fan->rate, 2, q->day));
    int32_t from = fan->n > SAMPLE_LINKS ? fan->n - SAMPLE_LINKS : 0;
    for (int32_t i = from; i < fan->n; i++) {
        const forecast_kin *kin = v->kin->at + (size_t)fan->links[i].partner * KINS;
        float share = scale * forecast_heat(h, &fan->links[i].rate, 2, q->day);
        for (int k = 0; k < KINS && kin[k].actor != FORECAST_NONE; k++)
            cand_of(s, kin[k].actor)->lookalike += share * kin[k].weight;
    }
}

static void add_story(const forecast_history *h, const forecast_mate *with, float weight, int32_t day, forecast_scratch *s) {
    const forecast_actor *z = &h->actor[with->partner];
    float scale = weight / (1.0f + forecast_heat(h, &z->rate, 0, day));
    for (int32_t i = 0; i < z->n_recent; i++) {
        const forecast_mate *m = &z->mates[z->recent[i]];
        cand_of(s, m->partner)->story += scale * forecast_heat(h, &m->rate, 0, day);
    }
}

static void add_partners(const forecast_history *h, const forecast_question *q, forecast_scratch *s) {
    const forecast_actor *a = &h->actor[q->source];
    float total = 1.0f;
    if (a->rate.count) total += forecast_heat(h, &a->rate, 0, q->day);
    for (int32_t i = 0; i < a->n_recent && i < SAMPLE_MATES; i++) {
        const forecast_mate *m = &a->mates[a->recent[i]];
        float weight = forecast_heat(h, &m->rate, 0, q->day) / total;
        add_fan(h, forecast_fan_find(h, m->partner, q->action), q->day, weight, offsetof(forecast_cand, ally), s);
        add_story(h, m, weight, q->day, s);
    }
}

static void add_magnets(const forecast_question *q, forecast_scratch *s) {
    for (int32_t i = 0; i < q->magnets->n; i++) cand_of(s, q->magnets->at[i].actor)->pull = q->magnets->at[i].weight;
}

static bool uses(const forecast_view *v, int feature) { return !(v->without >> feature & 1); }

static void score_first(const forecast_view *v, const forecast_question *q, forecast_scratch *s) {
    const forecast_history *h = v->history;
    const forecast_fan *fan = forecast_fan_find(h, q->source, q->action);
    float total = fan ? 2.0f + forecast_heat(h, &fan->rate, 1, q->day) : 2.0f;
    bool habits = uses(v, FEATURE_LINK_HEAT1);
    for (int32_t i = 0; i < s->n; i++) {
        forecast_cand *c = &s->cands[i];
        float habit = c->link && habits ? forecast_heat(h, &c->link->rate, 1, q->day) / total : 0;
        float sum = 0.5f * (1.0f - expf(-c->evidence)) + 0.3f * habit + 0.1f * c->pull + 0.05f * c->country +
                    0.05f * c->alike + 0.05f * c->lookalike + 0.03f * c->ally + 0.02f * c->story;
        c->first = logf(1e-6f + sum);
    }
}

static int by_first(const void *a, const void *b) {
    const forecast_cand *x = a, *y = b;
    if (x->first != y->first) return x->first > y->first ? -1 : 1;
    return (x->actor > y->actor) - (x->actor < y->actor);
}

static float nth_largest(float *x, int32_t n, int32_t k) {
    int32_t lo = 0, hi = n - 1;
    while (lo < hi) {
        float pivot = x[lo + (hi - lo) / 2];
        int32_t i = lo, j = hi;
        while (i <= j) {
            while (x[i] > pivot) i++;
            while (x[j] < pivot) j--;
            if (i <= j) {
                float t = x[i];
                x[i++] = x[j];
                x[j--] = t;
            }
        }
        if (k <= j) hi = j;
        else if (k >= i) lo = i;
        else break;
    }
    return x[k];
}

/* Brings the best FORECAST_KEEP to the front, sorted; ties at the border are cut by actor id. */
static int32_t keep_first(forecast_scratch *s) {
    int32_t kept = s->n;
    if (s->n > FORECAST_KEEP) {
        for (int32_t i = 0; i < s->n; i++) s->sort[i] = s->cands[i].first;
        float least = nth_largest(s->sort, s->n, FORECAST_KEEP - 1);
        kept = 0;
        for (int32_t i = 0; i < s->n; i++) {
            if (s->cands[i].first < least) continue;
            forecast_cand c = s->cands[i];
            s->cands[i] = s->cands[kept];
            s->cands[kept++] = c;
        }
    }
    qsort(s->cands, (size_t)kept, sizeof *s->cands, by_first);
    return kept > FORECAST_KEEP ? FORECAST_KEEP : kept;
}

int32_t forecast_ask(const forecast_view *v, const forecast_question *q, forecast_scratch *s) {
    s->n = 0;
    add_mates(v->history, q->source, s);
    add_links(v, q, s);
    if (uses(v, FEATURE_EVIDENCE)) add_rules(v, q, s);
    if (uses(v, FEATURE_TARGET_HEAT1)) add_magnets(q, s);
    if (uses(v, FEATURE_COUNTRY_LINK2)) add_country(v->history, q, s);
    if (uses(v, FEATURE_ALIKE)) add_alike(v, q, s);
    if (uses(v, FEATURE_LOOKALIKE)) add_lookalike(v, q, s);
    if (uses(v, FEATURE_ALLY)) add_partners(v->history, q, s);
    score_first(v, q, s);
    for (int32_t i = 0; i < s->n; i++) s->slot[s->cands[i].actor] = FORECAST_NONE;
    return keep_first(s);
}

bool forecast_question_init(forecast_question *q, const forecast_history *h, forecast_scratch *s, int32_t source,
                            int32_t action, int32_t day) {
    size_t n = forecast_lives_count(h, source);
    if (n > s->cap_lives) {
        forecast_live *bigger = realloc(s->lives, 2 * n * sizeof *bigger);
        if (!bigger) return false;
        s->lives = bigger;
        s->cap_lives = 2 * n;
    }
    n = forecast_lives(h, source, day, s->lives);
    forecast_magnets_find(h, action, day, &s->magnets);
    *q = (forecast_question){source, action, day, s->lives, n, &s->magnets};
    return true;
}
