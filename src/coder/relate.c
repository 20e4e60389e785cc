/* relate.c — names the action between two marked spans of a sentence: every event pattern of the sentence is weighed by how well its source and
 * target are the marked ones; the verb above wins over the one below it ("threatened to attack" threatens). */
#include "reader.h"
#include "relate.h"
#include "tense.h"

#include <string.h>

static const double DUTY = 0.7; /* how sure a request is that is put as a duty of another */

bool relate_inside(const coder_tree *t, unsigned i, casus_span span) {
    return i && t->tok[i].begin < span.end && span.begin < t->tok[i].end;
}

static unsigned span_head(const coder_tree *t, casus_span span) {
    unsigned best = 0;
    for (unsigned i = 1; i <= t->n; i++) {
        if (!relate_inside(t, i, span) || t->tok[i].upos == CASUS_PUNCT) continue;
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
        if (relate_inside(t, all[k], span)) return k ? 0.9 : 1;
    if (tree_under(t, head, role) && t->depth[head] <= t->depth[role] + 2) return 0.7;
    if (tree_under(t, role, head)) return 0.6;
    return 0;
}

static bool on_path(const coder_tree *t, unsigned i, const relate_marked *m) {
    bool s = m->source && tree_under(t, m->source, i), g = m->target && tree_under(t, m->target, i);
    return s != g || (s && g);
}

static double distance(unsigned i, unsigned to) {
    return to ? (double)(i > to ? i - to : to - i) : 0;
}

/* What hangs on a marked phrase tells who it is ("the leader, who was jailed in 2014"), not what is done. */
static bool describes(const coder_tree *t, unsigned i, unsigned mark) { return mark && i != mark && tree_under(t, i, mark); }

relate_verdict relate_weigh(const coder_sentence *s, const coder_match *x, const relate_marked *m) {
    const coder_tree *t = &s->tree;
    coder_roles r = build_roles(s, x);
    double source = fits(t, r.source, m->source, m->source_span), target = fits(t, r.target, m->target, m->target_span);
    double back = fits(t, r.source, m->target, m->target_span) + fits(t, r.target, m->source, m->source_span);
    bool above = m->target && tree_under(t, m->target, x->token);
    double value = 4 * source + 3 * target + 0.5 * (double)(x->score > 6 ? 6 : x->score);
    if (above && target <= 0) value += 1.5;
    if (on_path(t, x->token, m)) value += 1;
    if (x->pattern->trigger == CASUS_TRIGGER_VERB) value += 0.7;
    value -= 1.2 * back * (x->pattern->flags & CASUS_PATTERN_MUTUAL ? 0 : 1);
    value -= 0.25 * t->depth[x->token];
    value -= 0.05 * (distance(x->token, m->source) + distance(x->token, m->target));
    if (m->source && m->target) value += 1;
    if (describes(t, x->token, m->source) || describes(t, x->token, m->target)) value -= 3;
    return (relate_verdict){x, value, source > 0, target > 0};
}

static void weigh(const coder_sentence *s, const relate_marked *m, relate_verdict *best) {
    for (unsigned i = 1; i <= s->tree.n; i++) {
        const coder_match *x = match_of(s, i, CASUS_FRAME_EVENT);
        if (!x || relate_inside(&s->tree, i, m->source_span)) continue;
        relate_verdict v = relate_weigh(s, x, m);
        if (!best->match || v.value > best->value) *best = v;
    }
}

/* The act of the whole: a verb above, by the same source, whose complement holds the act found ("agreed to open", "accused of killing"). */
static void climb(const coder_sentence *s, const relate_marked *m, relate_verdict *best) {
    for (unsigned i = 1; i <= s->tree.n; i++) {
        const coder_match *x = match_of(s, i, CASUS_FRAME_EVENT);
        unsigned inner = !x ? 0 : x->doing ? x->doing : x->content;
        if (!inner || x == best->match || !tree_under(&s->tree, best->match->token, inner)) continue;
        relate_verdict v = relate_weigh(s, x, m);
        if (!v.with_source) continue;
        v.with_target = v.with_target || best->with_target;
        v.value = v.value > best->value ? v.value : best->value;
        *best = v;
        i = 0;
    }
}

/* "X said that Y must disarm": the word by which the source puts a duty on the target, a token, or 0. */
static unsigned duty_of(const coder_sentence *s, const relate_marked *m) {
    const coder_tree *t = &s->tree;
    coder_modal modal = {.kind = CODER_NO_MODAL};
    unsigned subject = m->target ? tree_conj_head(t, m->target) : 0, act = subject ? t->tok[subject].head : 0;
    if (!act || !m->source || (t->tok[subject].deprel != CASUS_NSUBJ && t->tok[subject].deprel != CASUS_NSUBJ_PASS)) return 0;
    if (tree_under(t, m->source, act) || !tree_under(t, m->source, t->tok[act].head) || !t->tok[act].head) return 0;
    bool has = coder_modal_of(s->s, (int)act - 1, &modal) && (modal.kind == CODER_MUST || modal.kind == CODER_SHOULD);
    return has && !modal.inherited && !coder_negated(s->s, (int)act - 1, NULL) ? (unsigned)modal.token + 1 : 0;
}

/* What is refused or denied is a refusal: "did not agree", "will not release". */
static casus_plover type_of(const coder_doc *d, const coder_sentence *s, const coder_match *x) {
    int quad = casus_plover_quad((casus_plover)x->frame->plover);
    if ((quad == 1 || quad == 2) && coder_negated(s->s, (int)x->token - 1, d->lex)) return CASUS_REJECT;
    return act_in_prospect(s, x->token, (casus_plover)x->frame->plover);
}

static double certainty(const relate_verdict *v) {
    double c = 0.3 + 0.25 * v->with_source + 0.25 * v->with_target + 0.02 * v->value;
    return c > 0.95 ? 0.95 : c < 0.1 ? 0.1 : c;
}

static void look(const coder_sentence *s, relate_marked m, relate_evidence *e) {
    const coder_match *had = e->nearest.match;
    m.source = span_head(&s->tree, m.source_span);
    m.target = span_head(&s->tree, m.target_span);
    if (!m.source && !m.target) return;
    weigh(s, &m, &e->nearest);
    bool better = e->nearest.match != had;
    if (better) e->verdict = e->nearest;
    if (better) climb(s, &m, &e->verdict);
    bool fuller = !e->s || (m.source && m.target) || (m.source && !e->m.source);
    if (!better && (e->nearest.match || !fuller)) return;
    e->s = s;
    e->m = m;
}

casus_code relate_gather(casus_coder *c, const casus_document *doc, casus_span source, casus_span target, casus_arena *arena, relate_evidence *out,
                         casus_error *err) {
    casus_reading reading;
    relate_evidence e = {.m = {.source_span = source, .target_span = target}};
    memset(&reading, 0, sizeof reading);
    casus_code code = reader_parse(c, doc, arena, &e.d, &reading, err);
    if (code) return code;
    for (size_t i = 0; i < e.d->n_sentences; i++) look(&e.d->sentences[i], e.m, &e);
    e.type = e.verdict.match ? type_of(e.d, e.s, e.verdict.match) : CASUS_NO_PLOVER;
    e.duty = e.s ? duty_of(e.s, &e.m) : 0;
    if (e.duty) e.type = CASUS_REQUEST;
    *out = e;
    return CASUS_OK;
}

const char *relate_why(const relate_evidence *e, casus_arena *arena) {
    const relate_verdict *v = &e->verdict;
    if (e->duty) return casus_arena_printf(arena, "`%.*s` said of what the target has to do", CASUS_FMT(e->s->tree.tok[e->duty].form));
    if (!v->match) return "no pattern found";
    return casus_arena_printf(arena, "pattern `%s`%s%s", casus_lexicon_string(e->d->lex, v->match->pattern->text),
                              v->with_source ? ", its source is the marked one" : "", v->with_target ? ", its target too" : "");
}

static casus_code relate(casus_coder *c, const casus_document *doc, casus_span source, casus_span target, casus_arena *arena, casus_plover *plover,
                         double *confidence, const char **why, casus_error *err) {
    relate_evidence e;
    casus_code code = relate_gather(c, doc, source, target, arena, &e, err);
    if (code) return code;
    *plover = e.type;
    *confidence = e.duty ? DUTY : e.verdict.match ? certainty(&e.verdict) : 0;
    *why = relate_why(&e, arena);
    return CASUS_OK;
}

casus_code casus_coder_relate(casus_coder *c, const casus_document *doc, casus_span source, casus_span target, casus_arena *arena,
                              casus_plover *plover, double *confidence, const char **why, casus_error *err) {
    jmp_buf trap;
    CASUS_ARENA_TRY(arena, &trap, return casus_fail(err, CASUS_ERR_NOMEM, "out of memory naming an action"));
    casus_code code = relate(c, doc, source, target, arena, plover, confidence, why, err);
    casus_arena_untrap(arena);
    return code;
}
