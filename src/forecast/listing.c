/* Rules for readers. */
#include "forecast/engine.h"

#include <limits.h>
#include <stdlib.h>

static int by_confidence(const void *a, const void *b) {
    const casus_rule *x = a, *y = b;
    if (x->confidence != y->confidence) return x->confidence > y->confidence ? -1 : 1;
    if (x->head != y->head) return x->head < y->head ? -1 : 1;
    if (x->body != y->body) return x->body < y->body ? -1 : 1;
    return (x->from > y->from) - (x->from < y->from);
}

/* A rule at one distance, all frequencies together; the confidence is their mean, weighted by cases. */
static casus_rule rule_at(const forecast_rules *r, int32_t head, int32_t body, int distance) {
    casus_rule rule = {.head = head, .body = body};
    forecast_distance_range(distance, &rule.from, &rule.to);
    for (int c = 0; c < OFTENS; c++) {
        size_t cell = (size_t)body * CELLS + (size_t)(distance * OFTENS + c);
        rule.hits += r->hit[head][cell];
        rule.cases += r->all[head][cell];
        rule.confidence += (double)r->confidence[head][cell] * r->all[head][cell];
    }
    if (rule.cases) rule.confidence /= rule.cases;
    return rule;
}

casus_rule *casus_rules_list(const casus_forecaster *f, int32_t head, int32_t body, uint32_t least, casus_arena *arena,
                             size_t *n) {
    const forecast_rules *r = &f->rules;
    casus_rule *list = CASUS_NEW(arena, casus_rule);
    size_t cap = 1;
    *n = 0;
    for (int32_t h = head < 0 ? 0 : head; list && h < (head < 0 ? r->actions : head + 1); h++) {
        if (!r->confidence[h]) continue;
        for (int32_t b = body < 0 ? 0 : body; b < (body < 0 ? r->actions : body + 1); b++)
            for (int d = 0; d < DISTANCES; d++) {
                casus_rule rule = rule_at(r, h, b, d);
                if (rule.hits == 0 || rule.cases < least) continue;
                casus_rule *to = CASUS_PUSH(arena, list, *n, cap);
                if (!list) return NULL;
                *to = rule;
            }
    }
    if (list) qsort(list, *n, sizeof *list, by_confidence);
    return list;
}

/* Names come with underscores in some data sets. */
static void add_name(const casus_forecaster *f, int32_t action, casus_buf *out) {
    int32_t plain = action % f->history.actions;
    const char *name = f->quads.action_names ? f->quads.action_names[plain] : NULL;
    if (!name) {
        casus_buf_addf(out, "action %d", plain);
        return;
    }
    casus_buf_adds(out, "\"");
    for (; *name; name++) casus_buf_add(out, *name == '_' ? " " : name, 1);
    casus_buf_adds(out, "\"");
}

static void add_clause(const casus_forecaster *f, int32_t action, const char *verb, casus_buf *out) {
    bool inverse = action >= f->history.actions;
    casus_buf_adds(out, inverse ? "Y " : "X ");
    casus_buf_adds(out, verb);
    casus_buf_adds(out, " ");
    add_name(f, action, out);
    casus_buf_adds(out, inverse ? " to X" : " to Y");
}

void casus_rule_sentence(const casus_forecaster *f, const casus_rule *rule, casus_buf *out) {
    casus_buf_adds(out, "If ");
    add_clause(f, rule->body, "did", out);
    if (rule->to == INT32_MAX) casus_buf_addf(out, " %d days ago or earlier, ", rule->from);
    else if (rule->from == rule->to) casus_buf_addf(out, " %d day%s ago, ", rule->from, rule->from == 1 ? "" : "s");
    else casus_buf_addf(out, " %d–%d days ago, ", rule->from, rule->to);
    add_clause(f, rule->head, "does", out);
    double share = rule->cases ? 100.0 * rule->hits / rule->cases : 0;
    casus_buf_addf(out, ": %.*f %% of %u cases", share < 10 ? 1 : 0, share, rule->cases);
}
