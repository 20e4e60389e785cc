/* relate.c — names the action between two marked spans of a sentence: every event pattern of the sentence is weighed by how well its source and
 * target are the marked ones; the verb above wins over the one below it ("threatened to attack" threatens). */
#include "build.h"
#include "reader.h"
#include "tense.h"

#include <string.h>

typedef struct marked {
    unsigned source, target; /* heads of the marked phrases, 0 when not in this sentence */
    casus_span source_span, target_span;
} marked;

typedef struct verdict {
    const coder_match *match;
    double value;
    bool with_source, with_target;
} verdict;

static bool inside(const coder_tree *t, unsigned i, casus_span span) {
    return i && t->tok[i].begin < span.end && span.begin < t->tok[i].end;
}

static unsigned span_head(const coder_tree *t, casus_span span) {
    unsigned best = 0;
    for (unsigned i = 1; i <= t->n; i++) {
        if (!inside(t, i, span) || t->tok[i].upos == CASUS_PUNCT) continue;
        if (!best || t->depth[i] < t->depth[best]) best = i;
    }
    return best;
}

/* Is the phrase at `role` the marked one, or one it is part of, or coordinated with? */
static double fits(const coder_tree *t, unsigned role, unsigned head, casus_span span) {
    unsigned all[12];
    if (!role || !head) return 0;
    unsigned n = tree_conjuncts(t, role, all, 12);
    for (unsigned k = 0; k < n; k++)
        if (inside(t, all[k], span)) return k ? 0.9 : 1;
    if (tree_under(t, head, role) && t->depth[head] <= t->depth[role] + 2) return 0.7;
    if (tree_under(t, role, head)) return 0.6;
    return 0;
}

static bool on_path(const coder_tree *t, unsigned i, const marked *m) {
    bool s = m->source && tree_under(t, m->source, i), g = m->target && tree_under(t, m->target, i);
    return s != g || (s && g);
}

static double distance(const coder_tree *t, unsigned i, unsigned to) {
    (void)t;
    return to ? (double)(i > to ? i - to : to - i) : 0;
}

static double value_of(const coder_sentence *s, const coder_match *x, const marked *m, verdict *v) {
    const coder_tree *t = &s->tree;
    coder_roles r = build_roles(s, x);
    double source = fits(t, r.source, m->source, m->source_span), target = fits(t, r.target, m->target, m->target_span);
    double back = fits(t, r.source, m->target, m->target_span) + fits(t, r.target, m->source, m->source_span);
    bool above = m->target && tree_under(t, m->target, x->token);
    v->with_source = source > 0;
    v->with_target = target > 0;
    double value = 4 * source + 3 * target + 0.5 * (double)(x->score > 6 ? 6 : x->score);
    if (above && target <= 0) value += 1.5;
    if (on_path(t, x->token, m)) value += 1;
    if (x->pattern->trigger == CASUS_TRIGGER_VERB) value += 0.7;
    value -= 1.2 * back * (x->pattern->flags & CASUS_PATTERN_MUTUAL ? 0 : 1);
    value -= 0.25 * t->depth[x->token];
    value -= 0.05 * (distance(t, x->token, m->source) + distance(t, x->token, m->target));
    return value;
}

static void weigh(const coder_sentence *s, const marked *m, verdict *best) {
    for (unsigned i = 1; i <= s->tree.n; i++) {
        const coder_match *x = match_of(s, i, CASUS_FRAME_EVENT);
        verdict v = {.match = x};
        if (!x || inside(&s->tree, i, m->source_span)) continue;
        v.value = value_of(s, x, m, &v) + (m->source && m->target ? 1 : 0);
        if (!best->match || v.value > best->value) *best = v;
    }
}

/* The act of the whole: a verb above, by the same source, whose complement holds the act found ("agreed to open", "accused of killing"). */
static void climb(const coder_sentence *s, const marked *m, verdict *best) {
    for (unsigned i = 1; i <= s->tree.n; i++) {
        const coder_match *x = match_of(s, i, CASUS_FRAME_EVENT);
        unsigned inner = !x ? 0 : x->doing ? x->doing : x->content;
        if (!inner || x == best->match || !tree_under(&s->tree, best->match->token, inner)) continue;
        verdict v = {.match = x};
        v.value = value_of(s, x, m, &v) + 1;
        if (!v.with_source) continue;
        v.with_target = v.with_target || best->with_target;
        v.value = v.value > best->value ? v.value : best->value;
        *best = v;
        i = 0;
    }
}

/* What is refused or denied is a refusal: "did not agree", "will not release". */
static casus_plover type_of(const coder_doc *d, const coder_sentence *s, const coder_match *x) {
    int quad = casus_plover_quad((casus_plover)x->frame->plover);
    if ((quad == 1 || quad == 2) && coder_negated(s->s, (int)x->token - 1, d->lex)) return CASUS_REJECT;
    return act_in_prospect(s, x->token, (casus_plover)x->frame->plover);
}

static double certainty(const verdict *v) {
    double c = 0.3 + 0.25 * v->with_source + 0.25 * v->with_target + 0.02 * v->value;
    return c > 0.95 ? 0.95 : c < 0.1 ? 0.1 : c;
}

static casus_code relate(casus_coder *c, const casus_document *doc, marked m, casus_arena *arena, casus_plover *plover, double *confidence,
                         const char **why, casus_error *err) {
    casus_reading reading;
    coder_doc *d;
    verdict best = {0};
    const coder_sentence *where = NULL;
    memset(&reading, 0, sizeof reading);
    casus_code code = reader_parse(c, doc, arena, &d, &reading, err);
    for (size_t i = 0; i < d->n_sentences && !code; i++) {
        coder_sentence *s = &d->sentences[i];
        m.source = span_head(&s->tree, m.source_span);
        m.target = span_head(&s->tree, m.target_span);
        const coder_match *had = best.match;
        if (m.source || m.target) weigh(s, &m, &best);
        if (best.match != had) climb(where = s, &m, &best);
    }
    *plover = best.match ? type_of(d, where, best.match) : CASUS_NO_PLOVER;
    *confidence = best.match ? certainty(&best) : 0;
    *why = best.match ? casus_arena_printf(arena, "pattern `%s`%s%s", casus_lexicon_string(d->lex, best.match->pattern->text),
                                           best.with_source ? ", its source is the marked one" : "", best.with_target ? ", its target too" : "")
                      : "no pattern found";
    return code;
}

casus_code casus_coder_relate(casus_coder *c, const casus_document *doc, casus_span source, casus_span target, casus_arena *arena,
                              casus_plover *plover, double *confidence, const char **why, casus_error *err) {
    jmp_buf trap;
    CASUS_ARENA_TRY(arena, &trap, return casus_fail(err, CASUS_ERR_NOMEM, "out of memory naming an action"));
    marked m = {.source_span = source, .target_span = target};
    casus_code code = relate(c, doc, m, arena, plover, confidence, why, err);
    casus_arena_untrap(arena);
    return code;
}
