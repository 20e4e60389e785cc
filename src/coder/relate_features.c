/* relate_features.c — what can be said of two marked phrases and the act between them, as named features for a trained model.
 *
 * Families: R the rules' verdict and its margins, K the classes of other patterns found, W words, G the verbs above source and target with what
 * hangs on them, T the path between them in the tree, M modality, negation, tense, A who the marked phrases are. */
#include "relate.h"
#include "tense.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct describer {
    const relate_evidence *e;
    const coder_sentence *s;
    const coder_tree *t;
    const relate_marked *m;
    casus_arena *arena;
    relate_features f;
    unsigned verb[2]; /* of source and target: the nearest predicate above */
} describer;

CASUS_PRINTF(4, 5)
static void say(describer *x, char family, double value, const char *format, ...) {
    char name[160];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(name, sizeof name, format, args);
    va_end(args);
    size_t length = n < 0 ? 0 : (size_t)n < sizeof name ? (size_t)n : sizeof name - 1;
    casus_str text = {casus_arena_strndup(x->arena, name, length), length};
    *CASUS_PUSH(x->arena, x->f.items, x->f.n, x->f.cap) = (relate_feature){text.at, casus_str_hash(text), (float)value, family};
}

static const char *lemma(describer *x, unsigned i) {
    casus_str l = i ? x->t->tok[i].lemma : CASUS_STR("-");
    char *out = casus_arena_strndup(x->arena, l.at, l.n);
    for (char *p = out; *p; p++)
        if (*p >= 'A' && *p <= 'Z') *p = (char)(*p + 'a' - 'A');
    return out;
}

static bool is_marked(const describer *x, unsigned i) {
    return relate_inside(x->t, i, x->m->source_span) || relate_inside(x->t, i, x->m->target_span);
}

static const char *type_name(casus_plover p) { return casus_plover_name(relate_class(p)); }

/* ---- R: the rules ---- */

static void verdict_features(describer *x) {
    const relate_evidence *e = x->e;
    const relate_verdict *v = &e->verdict;
    if (e->duty) say(x, 'R', 0.4, "duty");
    if (!v->match) {
        say(x, 'R', 0.2, "rules:nothing");
        return;
    }
    const char *type = type_name(e->type);
    const casus_lexicon *lex = e->d->lex;
    const casus_frame *frame = v->match->frame;
    say(x, 'R', 0.4, "rules:%s", type);
    say(x, 'R', 0.2, "rules-quad:%d", casus_plover_quad(relate_class(e->type)));
    say(x, 'R', 0.2, "rules:%s%s%s", type, v->with_source ? " source" : "", v->with_target ? " target" : "");
    say(x, 'R', 0.2, "pattern:%s", casus_lexicon_string(lex, v->match->pattern->text));
    say(x, 'R', 0.15, "trigger:%s", lemma(x, v->match->token));
    if (v->match->object_word) say(x, 'R', 0.15, "trigger-object:%s", lemma(x, v->match->object_word));
    say(x, 'R', 0.15, "sense:%s %s", casus_lexicon_string(lex, frame->word), frame->mode ? casus_lexicon_string(lex, frame->mode) : "");
    if (frame->cameo) say(x, 'R', 0.15, "cameo:%s", casus_lexicon_string(lex, frame->cameo));
    if (e->nearest.match != v->match) say(x, 'R', 0.2, "below:%s", type_name((casus_plover)e->nearest.match->frame->plover));
    if (relate_class(e->type) != relate_class((casus_plover)frame->plover)) say(x, 'R', 0.2, "turned-from:%s", type_name((casus_plover)frame->plover));
    if (relate_inside(x->t, v->match->token, x->m->target_span)) say(x, 'R', 0.2, "trigger-in-target");
    if (x->m->target && tree_under(x->t, v->match->token, x->m->target)) say(x, 'R', 0.2, "trigger-under-target");
    if (x->m->source && tree_under(x->t, v->match->token, x->m->source)) say(x, 'R', 0.2, "trigger-under-source");
}

/* ---- K: the other patterns of the sentence ---- */

static const char *where_is(const describer *x, unsigned i) {
    const coder_tree *t = x->t;
    unsigned s = x->m->source, g = x->m->target;
    if (is_marked(x, i)) return "in-mark";
    if (g && tree_under(t, g, i) && s && tree_under(t, s, i)) return "above-both";
    if (g && tree_under(t, g, i)) return "above-target";
    if (s && tree_under(t, s, i)) return "above-source";
    if ((g && tree_under(t, i, g)) || (s && tree_under(t, i, s))) return "below-mark";
    return "aside";
}

static void match_features(describer *x) {
    double best[CASUS_PLOVER_N], top = -1000;
    for (unsigned p = 0; p < CASUS_PLOVER_N; p++) best[p] = -1000;
    for (unsigned i = 1; i <= x->t->n; i++) {
        const coder_match *k = match_of(x->s, i, CASUS_FRAME_EVENT);
        if (!k || relate_inside(x->t, i, x->m->source_span)) continue;
        unsigned p = relate_class((casus_plover)k->frame->plover);
        double value = relate_weigh(x->s, k, x->m).value;
        if (value > best[p]) best[p] = value;
        if (value > top) top = value;
        say(x, 'K', 0.5, "event %s:%s", where_is(x, i), casus_plover_name((casus_plover)p));
    }
    for (unsigned p = 1; p < CASUS_PLOVER_N; p++)
        if (best[p] > top - 6) say(x, 'R', 0.2 * exp((best[p] - top) / 2), "weight:%s", casus_plover_name((casus_plover)p));
}

static void frame_features(describer *x) {
    static const char *const CLASS[] = {"event", "relation", "stance", "cause", "power", "change", "comparison", "assessment", "say", "likelihood",
                                        "negation", "hypothetical", "view", "light", "attempt"};
    for (uint32_t k = x->s->match_from[1]; k < x->s->match_from[x->t->n + 1]; k++) {
        const coder_match *m = &x->s->matches[k];
        if (m->frame->class_ == CASUS_FRAME_EVENT) continue;
        const char *where = where_is(x, m->token);
        if (strcmp(where, "aside") == 0 || strcmp(where, "in-mark") == 0) continue;
        say(x, 'K', 0.5, "%s %s:%s", CLASS[m->frame->class_], where, casus_lexicon_string(x->e->d->lex, m->frame->word));
    }
}

/* ---- W: words ---- */

static void neighbours(describer *x) {
    unsigned last = 0, first = 0;
    for (unsigned i = 1; i <= x->t->n; i++) {
        if (relate_inside(x->t, i, x->m->source_span)) last = i;
        if (!first && relate_inside(x->t, i, x->m->target_span)) first = i;
    }
    for (unsigned k = 1; last && k <= 2; k++)
        if (last + k <= x->t->n) say(x, 'W', 0.7, "after-source-%u:%s", k, lemma(x, last + k));
    for (unsigned k = 1; first && k <= 3; k++)
        if (first > k) say(x, 'W', 0.7, "before-target-%u:%s", k, lemma(x, first - k));
}

static void word_features(describer *x) {
    uint32_t a = x->m->source_span.end, b = x->m->target_span.begin;
    uint32_t from = a < b ? a : x->m->target_span.end, to = a < b ? b : x->m->source_span.begin;
    for (unsigned i = 1; i <= x->t->n; i++) {
        const casus_token *w = &x->t->tok[i];
        bool between = x->m->target && w->begin >= from && w->end <= to, marked = is_marked(x, i);
        if (w->upos == CASUS_PUNCT || w->upos == CASUS_DET || w->upos == CASUS_NUM) continue;
        const char *l = lemma(x, i);
        if (between) say(x, 'W', 0.7, "between:%s", l);
        if (between && i > 1 && !is_marked(x, i - 1)) say(x, 'W', 0.5, "between:%s_%s", lemma(x, i - 1), l);
        if (!marked && w->upos != CASUS_PROPN) say(x, 'W', 0.5, "word:%s", l);
        if (!marked && w->upos != CASUS_PROPN && strlen(l) > 5) say(x, 'W', 0.4, "stem:%.5s", l);
    }
    neighbours(x);
}

/* ---- G: verbs above the marks ---- */

static unsigned verb_above(const coder_tree *t, unsigned i) {
    for (unsigned h = i ? t->tok[i].head : 0; h; h = t->tok[h].head)
        if (tree_is_verb(t, h)) return h;
    return 0;
}

static void verb_features(describer *x, const char *of, unsigned mark, unsigned v) {
    const coder_tree *t = x->t;
    if (!v) return;
    const char *l = lemma(x, v);
    say(x, 'G', 1, "verb-of-%s:%s", of, l);
    say(x, 'G', 0.7, "verb-of-%s:%s %s", of, l, casus_deprel_name((casus_deprel)t->tok[mark].deprel));
    TREE_CHILDREN(t, v, c) {
        casus_deprel r = (casus_deprel)t->tok[c].deprel;
        if (r == CASUS_OBJ || r == CASUS_XCOMP || r == CASUS_CCOMP || r == CASUS_COMPOUND_PRT || r == CASUS_NSUBJ_PASS)
            if (!is_marked(x, c)) say(x, 'G', 0.7, "%s-of-%s's-verb:%s %s", casus_deprel_name(r), of, l, lemma(x, c));
    }
}

static void governor_features(describer *x) {
    const coder_tree *t = x->t;
    unsigned s = x->m->source, g = x->m->target;
    verb_features(x, "source", s, x->verb[0]);
    if (!g) return;
    if (x->verb[0] != x->verb[1]) verb_features(x, "target", g, x->verb[1]);
    unsigned k = tree_case(t, g), h = t->tok[g].head;
    say(x, 'G', 0.7, "target-as:%s %s", casus_deprel_name((casus_deprel)t->tok[g].deprel), lemma(x, k));
    say(x, 'G', 0.7, "target-hangs-on:%s %s", lemma(x, h), lemma(x, k));
    say(x, 'G', 0.7, "target-hangs-on:%s", lemma(x, h));
    if (x->verb[0] && h && h != x->verb[0]) say(x, 'G', 0.7, "verb-and-noun:%s %s", lemma(x, x->verb[0]), lemma(x, h));
}

/* ---- T: the path in the tree ---- */

static void path_features(describer *x) {
    const coder_tree *t = x->t;
    char path[120] = "";
    size_t n = 0;
    unsigned top = x->m->source;
    if (!top || !x->m->target) return;
    while (top && !tree_under(t, x->m->target, top)) {
        n += (size_t)snprintf(path + n, sizeof path - n, "%s^", casus_deprel_name((casus_deprel)t->tok[top].deprel));
        if (n >= sizeof path - 1) return;
        top = t->tok[top].head;
        if (top && !is_marked(x, top)) say(x, 'T', 0.7, "path-word:%s", lemma(x, top));
    }
    for (unsigned i = x->m->target; i != top && i; i = t->tok[i].head) {
        n += (size_t)snprintf(path + n, sizeof path - n, "<%s", casus_deprel_name((casus_deprel)t->tok[i].deprel));
        if (n >= sizeof path - 1) return;
        if (t->tok[i].head != top && !is_marked(x, t->tok[i].head)) say(x, 'T', 0.7, "path-word:%s", lemma(x, t->tok[i].head));
    }
    say(x, 'T', 0.5, "path:%s", path);
}

/* ---- M: mood ---- */

static void mood_features(describer *x) {
    static const char *const MODAL[] = {"none", "may", "can", "will", "would", "should", "must"};
    const relate_verdict *v = &x->e->verdict;
    unsigned at[2] = {v->match ? v->match->token : 0, x->verb[0]};
    const char *type = v->match ? type_name(x->e->type) : "nothing";
    for (int k = 0; k < 2; k++) {
        const char *of = k ? "verb" : "trigger";
        coder_modal modal = {.kind = CODER_NO_MODAL};
        if (!at[k] || (k && at[1] == at[0])) continue;
        const char *tense = casus_tense_name(coder_tense(x->s->s, (int)at[k] - 1));
        bool negative = coder_negated(x->s->s, (int)at[k] - 1, x->e->d->lex), has = coder_modal_of(x->s->s, (int)at[k] - 1, &modal);
        say(x, 'M', 0.5, "tense of %s:%s", of, tense ? tense : "none");
        if (has) say(x, 'M', 0.7, "modal of %s:%s", of, MODAL[modal.kind]);
        if (has) say(x, 'M', 0.7, "modal of %s:%s %s", of, MODAL[modal.kind], type);
        if (negative) say(x, 'M', 0.7, "%s negated:%s", of, type);
        if (negative) say(x, 'M', 0.7, "%s negated", of);
        if (tree_is_passive(x->t, at[k])) say(x, 'M', 0.5, "%s passive", of);
    }
}

/* ---- A: who is marked ---- */

static void actor_features(describer *x, const char *of, unsigned i) {
    const char *type = x->e->verdict.match ? type_name(x->e->type) : "nothing";
    if (!i) {
        say(x, 'A', 0.5, "no %s", of);
        return;
    }
    say(x, 'A', 0.5, "%s-word:%s", of, lemma(x, i));
    const coder_mention *m = mention_at(x->s, i);
    if (!m) return;
    const coder_entity *e = &x->e->d->entities[m->entity];
    say(x, 'A', 0.5, "%s-type:%s", of, e->type ? e->type : "unknown");
    if (e->sector[0]) say(x, 'A', 0.5, "%s-sector:%s", of, e->sector);
    if (e->sector[0]) say(x, 'A', 0.5, "%s-sector:%s %s", of, e->sector, type);
    if (m->place) say(x, 'A', 0.5, "%s may be a place", of);
}

/* ---- all ---- */

static int by_key(const void *a, const void *b) {
    const relate_feature *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return (x->value < y->value) - (x->value > y->value);
}

static relate_features each_once(relate_features f) {
    size_t n = 0;
    qsort(f.items, f.n, sizeof *f.items, by_key);
    for (size_t i = 0; i < f.n; i++)
        if (!n || f.items[n - 1].key != f.items[i].key) f.items[n++] = f.items[i];
    f.n = n;
    return f;
}

relate_features relate_describe(const relate_evidence *e, casus_arena *arena) {
    describer x = {.e = e, .s = e->s, .t = e->s ? &e->s->tree : NULL, .m = &e->m, .arena = arena};
    if (!e->s) return x.f;
    x.verb[0] = verb_above(x.t, e->m.source);
    x.verb[1] = verb_above(x.t, e->m.target);
    verdict_features(&x);
    match_features(&x);
    frame_features(&x);
    word_features(&x);
    governor_features(&x);
    path_features(&x);
    mood_features(&x);
    actor_features(&x, "source", e->m.source);
    actor_features(&x, "target", e->m.target);
    return each_once(x.f);
}
