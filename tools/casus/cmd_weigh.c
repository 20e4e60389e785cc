/* casus weigh: rival claims about an event, with all that goes into the weighing. */
#include "measuring.h"

#include "query.h"

#include <math.h>
#include <string.h>

static const tool_column COLUMNS[] = {{"row", 0}, {"hypothesis", TOOL_RIGHT}, {"proposition", TOOL_FLEX}, {"holder", TOOL_FLEX}, {"stance", 0}, {"grade", 0},
                                      {"borne_out", TOOL_RIGHT}, {"disputed", TOOL_RIGHT}, {"interested", 0}, {"weight", TOOL_RIGHT}, {"matrix", 0},
                                      {"support", TOOL_RIGHT}, {"inconsistent", TOOL_RIGHT}, {"id", 0}};

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
    tool_cell_text(table, "");
    tool_cell_text(table, "");
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
}

static int run(tool *t, const void *given, char **args, int n) {
    casus_ledger *l;
    casus_error err;
    casus_dispute d = {0};
    casus_weighed *w;
    casus_hypothesis *h;
    (void)given, (void)n;
    if (!tool_open(t, CASUS_LEDGER_READ, &l)) return TOOL_FAILED;
    int rc = tool_close(t, l, casus_dispute_load(l, args[0], &t->arena, &d, &err), &err, TOOL_DONE);
    if (rc) return rc;
    casus_claim *claims = CASUS_NEW_ARRAY(&t->arena, casus_claim, d.n + 1);
    for (size_t i = 0; i < d.n; i++) claims[i] = d.claims[i].claim;
    if (casus_claims_weigh(claims, d.n, d.n_hypotheses, &t->arena, &w, &h, &err)) return tool_fail(t, &err);
    tool_table *table = tool_table_new(t, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < d.n; i++) tell_claim(table, &d.claims[i], &w[i]);
    for (size_t k = 0; k < d.n_hypotheses; k++) tell_hypothesis(table, (int64_t)k + 1, d.hypotheses[k], &h[k]);
    tell_hypothesis(table, (int64_t)d.n_hypotheses + 1, "none of them", &h[d.n_hypotheses]);
    return tool_table_end(table);
}

const tool_command cmd_weigh = {
    .name = "weigh",
    .summary = "weighs rival claims about an event, showing all that goes into it",
    .usage = "EVENT",
    .details = "Each claim with its Admiralty grade (reliability by the holder's record in this ledger, credibility by the other voices), whether the holder is a party to\n"
               "the matter, its weight, and whether it is consistent (C), inconsistent (I) or silent (N) on each hypothesis, the last being that none is true.\n"
               "Then the hypotheses: the one with the least inconsistency stands best. No verdict is given.",
    .common = TOOL_DB | TOOL_JSON,
    .min_args = 1,
    .max_args = 1,
    .examples = "casus weigh e94ac49b5cef\n",
    .run = run,
};
