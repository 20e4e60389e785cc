/* The names of kinds, types and attitudes, and the PLOVER manual's figures for its types. */
#include "casus/coder.h"

static const char *const KINDS[] = {"event", "relation", "stance", "cause", "power", "change", "comparison", "assessment"};
static const char *const HOLDS[] = {"asserts",  "claims", "attributes", "denies", "alleges",  "presumes",
                                    "believes", "hopes",  "fears",      "wants",  "promises", "relays"};
static const char *const TENSES[] = {NULL, "past", "present", "future", "hypothetical"};

/* Quad: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict. Score of the bare type, -10..+10. */
static const struct {
    const char *name;
    int quad;
    double score;
} PLOVER[] = {
    {"", 0, 0},          {"AGREE", 1, 2.5},   {"CONSULT", 1, 2.5},   {"SUPPORT", 1, 5},     {"CONCEDE", 1, 4.5}, {"COOPERATE", 2, 9.5},
    {"AID", 2, 10},      {"RETREAT", 2, 6.5}, {"REQUEST", 3, 0},     {"ACCUSE", 3, -3},     {"REJECT", 3, -2},   {"THREATEN", 3, -3.5},
    {"PROTEST", 4, -5},  {"SANCTION", 4, -6}, {"MOBILIZE", 4, -5.5}, {"COERCE", 4, -7},     {"ASSAULT", 4, -9},
};

const char *casus_kind_name(casus_kind k) { return (unsigned)k < CASUS_KIND_N ? KINDS[k] : ""; }
const char *casus_holds_name(casus_holds h) { return (unsigned)h < CASUS_HOLDS_N ? HOLDS[h] : ""; }
const char *casus_tense_name(casus_tense t) { return (unsigned)t <= CASUS_HYPOTHETICAL ? TENSES[t] : NULL; }
const char *casus_plover_name(casus_plover p) { return (unsigned)p < CASUS_PLOVER_N ? PLOVER[p].name : ""; }
int casus_plover_quad(casus_plover p) { return (unsigned)p < CASUS_PLOVER_N ? PLOVER[p].quad : 0; }
double casus_plover_score(casus_plover p) { return (unsigned)p < CASUS_PLOVER_N ? PLOVER[p].score : 0; }

casus_plover casus_plover_of(casus_str name) {
    for (unsigned p = 1; p < CASUS_PLOVER_N; p++)
        if (casus_str_is(name, PLOVER[p].name)) return (casus_plover)p;
    return CASUS_NO_PLOVER;
}
