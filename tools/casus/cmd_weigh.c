/* casus weigh: rival claims about an event, with all that goes into the weighing. */
#include "measuring.h"

#include "query.h"

#include <math.h>
#include <string.h>

typedef struct options {
    bool alone;
} options;

static const tool_column COLUMNS[] = {{"row", 0},
                                      {"hypothesis", TOOL_RIGHT},
                                      {"proposition", TOOL_FLEX},
                                      {"holder", TOOL_FLEX},
                                      {"stance", 0},
                                      {"grade", 0},
                                      {"borne_out", TOOL_RIGHT},
                                      {"disputed", TOOL_RIGHT},
                                      {"interested", 0},
                                      {"weight", TOOL_RIGHT},
                                      {"matrix", 0},
                                      {"support", TOOL_RIGHT},
                                      {"inconsistent", TOOL_RIGHT},
                                      {"probability", TOOL_RIGHT},
                                      {"id", 0}};

static void tell_claim(tool_table *table, const casus_claim_told *c, const casus_weighed *w) {
    char grade[3] = {w->reliability, (char)('0' + w->credibility), '\0'};
    tool_cell_text(table, "claim");
    tool_cell_int(table, c->claim.hypothesis + 1);
    tool_cell_text(table, c->proposition);
    tool_cell_text(table, c->holder);
    tool_cell_text(table, c->stance);
    tool_cell_text(table, grade);
    tool_cell_int(table, c->claim.record.borne_out);
    tool_cell_int(table, c->claim.record.disputed);
    tool_cell_text(table, c->claim.interested ? "yes" : "no");
    tool_cell_real(table, w->weight, 4);
    tool_cell_text(table, w->consistent);
    for (size_t i = 0; i < 3; i++) tool_cell_text(table, "");
    tool_cell(table, tool_short_id(c->statement));
}

static void tell_hypothesis(tool_table *table, int64_t number, const char *words, const casus_hypothesis *h) {
    tool_cell_text(table, "hypothesis");
    tool_cell_int(table, number);
    tool_cell_text(table, words);
    for (size_t i = 0; i < 8; i++) tool_cell_text(table, "");
    tool_cell_real(table, h->support, 4);
    tool_cell_real(table, h->inconsistent, 4);
    tool_cell_text(table, "");
    tool_cell_text(table, "");
}

/* ---- truth discovery ------------------------------------------------------------------------------------------ */

static void tell_truth(tool_table *table, const char *row, int64_t hypothesis, const char *words, const char *voice,
                       double probability) {
    tool_cell_text(table, row);
    if (hypothesis)
        tool_cell_int(table, hypothesis);
    else
        tool_cell_text(table, "");
    tool_cell_text(table, words);
    tool_cell_text(table, voice);
    for (size_t i = 0; i < 9; i++) tool_cell_text(table, "");
    tool_cell_real(table, probability, 4);
    tool_cell_text(table, "");
}

static bool votes_on(const casus_testimony *m, uint32_t voice, const char *event) {
    for (size_t i = 0; i < m->n_votes; i++)
        if (m->votes[i].voice == voice && strcmp(m->items[m->votes[i].item].event, event) == 0) return true;
    return false;
}

static void tell_voices(tool *t, tool_table *table, const casus_testimony *m, const casus_truth *truth,
                        const char *event) {
    for (uint32_t v = 0; v < m->n_voices; v++) {
        const double *e = truth->error + v * 4;
        const casus_voice *voice = &m->voices[v];
        if (votes_on(m, v, event))
            tell_truth(table, "voice", 0,
                       casus_arena_printf(
                           &t->arena, "says so of %.2f of what is true and %.2f of what is not (%u for, %u against)",
                           e[0], e[2], voice->for_it, voice->against),
                       voice->name, NAN);
    }
}

/* What all the ledger's testimony makes of this event's propositions: only where there is enough of it. */
static int tell_discovery(tool *t, tool_table *table, const casus_dispute *d, const casus_testimony *m,
                          const char *event) {
    casus_truth truth;
    casus_error err;
    const char *amount = casus_arena_printf(
        &t->arena, "%zu propositions that two voices speak of, %zu voices that speak of five, %zu denials", m->shared,
        m->steady, m->against);
    if (!m->enough) {
        tell_truth(table, "truth", 0,
                   casus_arena_printf(&t->arena, "too little to judge voices by: %s (10, 3 and 1 are wanted)", amount),
                   "", NAN);
        return TOOL_DONE;
    }
    casus_truth_options o = {.smoothing = 1,
                             .trust = 4}; /* a voice of which nothing is known is right five times of six */
    if (casus_truth_discover(m->votes, m->n_votes, m->n_items, m->n_voices, 2, &o, &t->arena, &truth, &err))
        return tool_fail(t, &err);
    tell_truth(table, "truth", 0, casus_arena_printf(&t->arena, "from %s", amount), "", NAN);
    for (size_t i = 0; i < m->n_items; i++)
        for (size_t h = 0; h < d->n_hypotheses; h++)
            if (strcmp(m->items[i].event, event) == 0 && strcmp(m->items[i].words, d->hypotheses[h]) == 0)
                tell_truth(table, "truth", (int64_t)h + 1, d->hypotheses[h], "", truth.posterior[i * 2]);
    tell_voices(t, table, m, &truth, event);
    return TOOL_DONE;
}

/* ---- the command ------------------------------------------------------------------------------------------- */

static casus_code load(tool *t, casus_ledger *l, const char *asked, bool alone, casus_dispute *d, casus_testimony *m,
                       casus_error *err) {
    casus_code code = casus_dispute_load(l, asked, &t->arena, d, err);
    return code || alone ? code : casus_testimony_load(l, &t->arena, m, err);
}

static int run(tool *t, const void *given, char **args, int n) {
    casus_ledger *l;
    casus_error err;
    casus_dispute d = {0};
    casus_testimony m = {0};
    casus_weighed *w;
    casus_hypothesis *h;
    const options *o = given;
    (void)n;
    if (!tool_open(t, CASUS_LEDGER_READ, &l)) return TOOL_FAILED;
    int rc = tool_close(t, l, load(t, l, args[0], o->alone, &d, &m, &err), &err, TOOL_DONE);
    if (rc) return rc;
    casus_claim *claims = CASUS_NEW_ARRAY(&t->arena, casus_claim, d.n + 1);
    for (size_t i = 0; i < d.n; i++) claims[i] = d.claims[i].claim;
    if (casus_claims_weigh(claims, d.n, d.n_hypotheses, &t->arena, &w, &h, &err)) return tool_fail(t, &err);
    tool_table *table = tool_table_new(t, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < d.n; i++) tell_claim(table, &d.claims[i], &w[i]);
    for (size_t k = 0; k < d.n_hypotheses; k++) tell_hypothesis(table, (int64_t)k + 1, d.hypotheses[k], &h[k]);
    tell_hypothesis(table, (int64_t)d.n_hypotheses + 1, "none of them", &h[d.n_hypotheses]);
    rc = o->alone ? TOOL_DONE : tell_discovery(t, table, &d, &m, d.event);
    return rc ? rc : tool_table_end(table);
}

static const tool_option table_of_options[] = {{"alone", 0, TOOL_FLAG, NULL,
                                                "without truth discovery, which reads all claims of the ledger",
                                                offsetof(options, alone)},
                                               {0}};

const tool_command cmd_weigh = {
    .name = "weigh",
    .summary = "weighs rival claims about an event, showing all that goes into it",
    .usage = "EVENT",
    .details = "Each claim with its Admiralty grade (reliability by the holder's record in this ledger, credibility by "
               "the other voices), whether the holder is a party to\n"
               "the matter, its weight, and whether it is consistent (C), inconsistent (I) or silent (N) on each "
               "hypothesis, the last being that none is true.\n"
               "Then the hypotheses: the one with the least inconsistency stands best. Where the ledger has enough "
               "testimony (ten propositions that two voices\n"
               "speak of, three voices that speak of five, a denial), each proposition has the probability that Dawid "
               "and Skene's model gives it, and each voice how often\n"
               "it says what is so and what is not. No verdict is given.",
    .options = table_of_options,
    .size = sizeof(options),
    .common = TOOL_DB | TOOL_JSON,
    .min_args = 1,
    .max_args = 1,
    .examples = "casus weigh e94ac49b5cef\n",
    .run = run,
};
