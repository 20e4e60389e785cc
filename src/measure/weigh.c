/* Rival claims: grades, weights, the matrix of competing hypotheses. */
#include "casus/measure.h"

#include <string.h>

enum { ENOUGH = 5 };

char casus_admiralty_reliability(casus_track_record r) {
    static const double LEAST[] = {0.95, 0.80, 0.60, 0.40};
    uint32_t told = r.borne_out + r.disputed;
    if (told < ENOUGH) return 'F';
    for (int i = 0; i < 4; i++)
        if ((double)r.borne_out / told >= LEAST[i]) return (char)('A' + i);
    return 'E';
}

int casus_admiralty_credibility(uint32_t others_for, uint32_t others_against) {
    if (others_against) return others_for + 1 >= others_against ? 4 : 5;
    return others_for >= 2 ? 1 : others_for ? 2 : 3;
}

static double weight_of(const casus_claim *c, char reliability) {
    static const double WEIGHTS[] = {1, 0.8, 0.6, 0.4, 0.2, 0.5};
    return WEIGHTS[reliability - 'A'] * (c->interested ? 0.5 : 1);
}

/* Other voices that take the claim's side on its hypothesis, or the other side; a claim for a rival is against it. */
static uint32_t others(const casus_claim *all, size_t n, size_t self, bool same_side) {
    uint32_t count = 0;
    for (size_t i = 0; i < n; i++) {
        const casus_claim *c = &all[i], *s = &all[self];
        if (!c->side || c->voice == s->voice) continue;
        bool for_it = c->hypothesis == s->hypothesis ? c->side == s->side : false;
        bool against = c->hypothesis == s->hypothesis ? c->side != s->side : c->side > 0 && s->side > 0;
        if (same_side ? !for_it : !against) continue;
        bool counted = false;
        for (size_t k = 0; k < i && !counted; k++) counted = all[k].voice == c->voice && all[k].hypothesis == c->hypothesis && all[k].side == c->side;
        count += !counted;
    }
    return count;
}

static char consistency(const casus_claim *c, size_t hypothesis, size_t n_hypotheses) {
    if (!c->side) return 'N';
    if (hypothesis == n_hypotheses) return c->side > 0 ? 'I' : 'N';
    if (hypothesis == c->hypothesis) return c->side > 0 ? 'C' : 'I';
    return c->side > 0 ? 'I' : 'N';
}

/* The largest weight of the claim's voice on that hypothesis and side is its first's; the others add nothing. */
static bool speaks_for_voice(const casus_claim *all, const casus_weighed *w, size_t n, size_t self) {
    for (size_t i = 0; i < n; i++) {
        bool same = all[i].voice == all[self].voice && all[i].hypothesis == all[self].hypothesis && all[i].side == all[self].side;
        if (same && (w[i].weight > w[self].weight || (i < self && !(w[i].weight < w[self].weight)))) return false;
    }
    return true;
}

casus_code casus_claims_weigh(const casus_claim *claims, size_t n, size_t n_hypotheses, casus_arena *arena, casus_weighed **weighed,
                              casus_hypothesis **hypotheses, casus_error *err) {
    casus_weighed *w = CASUS_NEW_ARRAY(arena, casus_weighed, n + 1);
    casus_hypothesis *h = CASUS_NEW_ARRAY(arena, casus_hypothesis, n_hypotheses + 1);
    for (size_t i = 0; i < n; i++) {
        if (claims[i].hypothesis >= n_hypotheses) return casus_fail(err, CASUS_ERR_ARG, "claim %zu is about a hypothesis beyond the %zu there are", i + 1, n_hypotheses);
        w[i].reliability = casus_admiralty_reliability(claims[i].record);
        w[i].credibility = claims[i].side ? casus_admiralty_credibility(others(claims, n, i, true), others(claims, n, i, false)) : 6;
        w[i].weight = claims[i].side ? weight_of(&claims[i], w[i].reliability) : 0;
        w[i].consistent = CASUS_NEW_ARRAY(arena, char, n_hypotheses + 2);
        for (size_t k = 0; k <= n_hypotheses; k++) w[i].consistent[k] = consistency(&claims[i], k, n_hypotheses);
    }
    for (size_t i = 0; i < n; i++) {
        if (!speaks_for_voice(claims, w, n, i)) continue;
        for (size_t k = 0; k <= n_hypotheses; k++) {
            if (w[i].consistent[k] == 'C') h[k].support += w[i].weight;
            if (w[i].consistent[k] == 'I') h[k].inconsistent += w[i].weight;
        }
    }
    *weighed = w;
    *hypotheses = h;
    return CASUS_OK;
}
