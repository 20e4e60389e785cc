/* dictionary.c — which verbs of a sentence speak by a PETRARCH dictionary, who stands on both sides, and the statements
 * that come of it. */
#include "dictionary.h"

#include <string.h>

/* ---- the reach of a verb ---- */

/* The last token that belongs to what the verb says: the clauses around it up to one that stands behind ("…, officials
 * said") or is joined to it. */
static unsigned reach(const coder_tree *t, unsigned verb) {
    unsigned top = verb;
    while (t->tok[top].head && t->tok[top].head < verb) top = t->tok[top].head;
    unsigned end = t->hi[top];
    for (unsigned i = verb + 1; i <= end; i++) {
        casus_deprel r = (casus_deprel)t->tok[i].deprel;
        bool clause = (r == CASUS_CONJ || r == CASUS_PARATAXIS) && tree_is_verb(t, i) && t->tok[i].head &&
                      tree_under(t, verb, t->tok[i].head);
        if (clause && t->lo[i] > verb) end = t->lo[i] - 1;
    }
    return end;
}

static bool speaks(const coder_tree *t, unsigned i) {
    casus_deprel r = (casus_deprel)t->tok[i].deprel;
    if (t->tok[i].upos == CASUS_AUX) return r != CASUS_AUX_REL && r != CASUS_AUX_PASS && r != CASUS_COP;
    if (t->tok[i].upos != CASUS_VERB) return r == CASUS_ROOT;
    return r != CASUS_AMOD && r != CASUS_COMPOUND && r != CASUS_CASE;
}

/* ---- who ---- */

static int phrase_of(const dictionary_sentence *x, unsigned token) {
    for (size_t i = 0; i < x->n; i++)
        if (x->phrases[i].first <= token && token <= x->phrases[i].last) return (int)i;
    return -1;
}

static int first_coded(const dictionary_sentence *x, unsigned from, unsigned to, int except) {
    for (size_t i = 0; i < x->n; i++)
        if (x->phrases[i].known && x->phrases[i].first >= from && x->phrases[i].first <= to && (int)i != except)
            return (int)i;
    return -1;
}

static int last_coded(const dictionary_sentence *x, unsigned before) {
    int found = -1;
    for (size_t i = 0; i < x->n && x->phrases[i].last < before; i++)
        if (x->phrases[i].known) found = (int)i;
    return found;
}

static unsigned subject_of(const coder_tree *t, unsigned verb) {
    unsigned subject = tree_child(t, verb, CASUS_NSUBJ);
    if (!subject) subject = tree_child(t, verb, CASUS_NSUBJ_PASS);
    return subject ? subject : tree_subject(t, verb);
}

/* The subject's phrase; an actor inside the subject; and for a pronoun or none at all whoever was named last before. */
static int source_of(const dictionary_sentence *x, unsigned verb) {
    const coder_tree *t = &x->s->tree;
    unsigned subject = subject_of(t, verb);
    bool meaningful = subject && subject < verb && t->tok[subject].upos != CASUS_PRON;
    if (!meaningful) return last_coded(x, verb);
    int phrase = phrase_of(x, subject);
    if (phrase >= 0 && x->phrases[phrase].n) return phrase;
    return first_coded(x, t->lo[subject], verb - 1, -1);
}

/* The first actor behind the verb: in its own clause, else as far as it reaches. Agents of nobody count as its object.
 */
static int target_of(const dictionary_sentence *x, unsigned verb, unsigned stop, int source) {
    unsigned object = tree_child(&x->s->tree, verb, CASUS_OBJ);
    int direct = object > verb ? phrase_of(x, object) : -1;
    if (direct >= 0 && direct != source && x->phrases[direct].n) return direct;
    int found = first_coded(x, verb + 1, x->s->tree.hi[verb] < stop ? x->s->tree.hi[verb] : stop, source);
    return found >= 0 ? found : first_coded(x, verb + 1, stop, source);
}

/* "was attacked by Gondor": the actor behind "by" acts. */
static bool done_by(const coder_tree *t, unsigned verb, const dictionary_phrase *target) {
    return tree_is_passive(t, verb) && target->first > 1 && tree_is(t, target->first - 1, "by");
}

/* ---- statements ---- */

/* The PLOVER type of a CAMEO root code; statements (01) have none. A dictionary of other codes keeps its codes, and its
 * types mean nothing. */
static casus_plover plover_of(const char *code) {
    static const uint8_t types[21] = {
        [2] = CASUS_REQUEST, [3] = CASUS_AGREE,     [4] = CASUS_CONSULT,  [5] = CASUS_SUPPORT,   [6] = CASUS_COOPERATE,
        [7] = CASUS_AID,     [8] = CASUS_CONCEDE,   [9] = CASUS_ACCUSE,   [10] = CASUS_REQUEST,  [11] = CASUS_ACCUSE,
        [12] = CASUS_REJECT, [13] = CASUS_THREATEN, [14] = CASUS_PROTEST, [15] = CASUS_MOBILIZE, [16] = CASUS_SANCTION,
        [17] = CASUS_COERCE, [18] = CASUS_ASSAULT,  [19] = CASUS_ASSAULT, [20] = CASUS_ASSAULT};
    if (code[0] < '0' || code[0] > '2' || code[1] < '0' || code[1] > '9') return CASUS_NO_PLOVER;
    int root = 10 * (code[0] - '0') + code[1] - '0';
    return root <= 20 ? (casus_plover)types[root] : CASUS_NO_PLOVER;
}

typedef struct side {
    const dictionary_phrase *phrase;
    int only; /* index of one code, or -1 for all */
} side;

static void add_participants(const dictionary_sentence *x, side who, const char *without, casus_participant **out,
                             size_t *n) {
    size_t cap = 0;
    for (size_t i = 0; i < who.phrase->n; i++) {
        const dictionary_code_at *c = &who.phrase->codes[i];
        if ((who.only >= 0 && (size_t)who.only != i) || (without && strcmp(c->code, without) == 0)) continue;
        casus_str text = tree_words(&x->s->tree, c->first, c->last);
        uint32_t entity = entity_coded(x->d, c->code, text);
        const coder_entity *e = &x->d->entities[entity];
        *CASUS_PUSH(x->d->arena, *out, *n, cap) =
            (casus_participant){e->id, e->name, text, tree_span(&x->s->tree, c->first, c->last)};
    }
}

static void tell(builder *b, const dictionary_sentence *x, unsigned verb, side from, side to, const char *without,
                 const char *code) {
    const coder_tree *t = &x->s->tree;
    casus_statement st = {.kind = CASUS_EVENT};
    add_participants(x, from, from.only >= 0 ? NULL : without, &st.source, &st.n_source);
    add_participants(x, to, to.only >= 0 ? NULL : without, &st.target, &st.n_target);
    if (!st.n_source || !st.n_target) return;
    casus_plover type = plover_of(code);
    double score = casus_plover_score(type);
    st.cooperation = score > 0 ? score : 0;
    st.conflict = score < 0 ? -score : 0;
    st.action = (casus_action){.plover = {(uint8_t)type},
                               .cameo = code,
                               .lemma = t->tok[verb].lemma,
                               .text = tree_words(t, verb, verb),
                               .span = tree_span(t, verb, verb)};
    build_finish(b, &st, verb);
    casus_statement *told = &b->d->statements[b->d->n_statements - 1];
    told->kind = CASUS_EVENT; /* the dictionary says that it is one */
    told->action.relation = NULL;
}

static bool shares_code(const dictionary_phrase *a, const dictionary_phrase *b) {
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++)
            if (strcmp(a->codes[i].code, b->codes[k].code) == 0) return true;
    return false;
}

/* Every source with every target but itself. */
static void tell_pairs(builder *b, const dictionary_sentence *x, unsigned verb, int source, int target,
                       const char *code) {
    const dictionary_phrase *from = &x->phrases[source], *to = &x->phrases[target];
    if (!code) return;
    if (!shares_code(from, to)) {
        tell(b, x, verb, (side){from, -1}, (side){to, -1}, NULL, code);
        return;
    }
    for (size_t i = 0; i < from->n; i++)
        tell(b, x, verb, (side){from, (int)i}, (side){to, -1}, from->codes[i].code, code);
}

static void code_verb(builder *b, const dictionary_sentence *x, unsigned verb) {
    const coder_tree *t = &x->s->tree;
    dictionary_act act;
    unsigned stop = reach(t, verb);
    if (!dictionary_match(x, verb, stop, &act)) return;
    int source = act.source >= 0 ? act.source : source_of(x, verb), target = act.target;
    if (act.source < 0 && source >= 0 && source == act.target)
        source = last_coded(x, x->phrases[source].first); /* the pattern took the subject */
    if (source < 0) return;
    if (act.mutual && target < 0) target = source;
    if (target < 0) target = target_of(x, verb, stop, source);
    if (target < 0) return;
    bool turned = act.source < 0 && act.target < 0 && done_by(t, verb, &x->phrases[target]);
    tell_pairs(b, x, verb, turned ? target : source, turned ? source : target, act.event.forward);
    tell_pairs(b, x, verb, turned ? source : target, turned ? target : source, act.mutual ? NULL : act.event.back);
}

/* ---- sentences ---- */

static bool discarded(const casus_petrarch *p, const casus_str *form, unsigned n, bool *story) {
    for (unsigned i = 1; i <= n; i++)
        if (casus_petrarch_discarded(p, form + i, n - i + 1, story)) return true;
    return false;
}

static casus_str *forms_of(coder_doc *d, const coder_tree *t) {
    casus_str *form = CASUS_NEW_ARRAY(d->arena, casus_str, t->n + 2);
    for (unsigned i = 1; i <= t->n; i++) form[i] = t->tok[i].form;
    return form;
}

static void code_sentence(coder_doc *d, coder_sentence *s, const casus_petrarch *p, casus_str *form) {
    dictionary_sentence x = {.d = d, .s = s, .p = p, .form = form};
    builder b;
    build_open(&b, d, s);
    dictionary_phrases(&x);
    for (unsigned i = 1; i <= s->tree.n; i++)
        if (speaks(&s->tree, i)) code_verb(&b, &x, i);
}

void dictionary_code(coder_doc *d, const casus_petrarch *p) {
    casus_str **form = CASUS_NEW_ARRAY(d->arena, casus_str *, d->n_sentences + 1);
    bool *skip = CASUS_NEW_ARRAY(d->arena, bool, d->n_sentences + 1), story = false;
    for (size_t i = 0; i < d->n_sentences && !story; i++) {
        form[i] = forms_of(d, &d->sentences[i].tree);
        skip[i] = discarded(p, form[i], d->sentences[i].tree.n, &story);
    }
    for (size_t i = 0; i < d->n_sentences && !story; i++)
        if (!skip[i] && d->sentences[i].s->block != CASUS_DATELINE) code_sentence(d, &d->sentences[i], p, form[i]);
}
