#include "coder/tense.h"

#include "coder/walk.h"

enum { DEPTH_MAX = 12 };

/* ---- auxiliaries ------------------------------------------------------------------------------------------- */

static bool is_aux(const casus_sentence *s, int i) {
    return coder_rel(s, i, CASUS_AUX_REL) || coder_rel(s, i, CASUS_AUX_PASS) || coder_rel(s, i, CASUS_COP);
}

/* First auxiliary of `t` at or after token `from`. */
static int next_aux(const casus_sentence *s, int t, int from) {
    for (int i = from; i < (int)s->n; i++)
        if (s->tokens[i].head == t + 1 && is_aux(s, i)) return i;
    return -1;
}

static bool has_aux_lemma(const casus_sentence *s, int t, const char *lemma) {
    for (int i = next_aux(s, t, 0); i >= 0; i = next_aux(s, t, i + 1))
        if (coder_lemma_is(s, i, lemma)) return true;
    return false;
}

static bool has_aux_form(const casus_sentence *s, int t, const char *form) {
    for (int i = next_aux(s, t, 0); i >= 0; i = next_aux(s, t, i + 1))
        if (coder_form_is(s, i, form)) return true;
    return false;
}

static bool past_form(const casus_sentence *s, int i) {
    return coder_xpos(s, i, "VBD") || coder_form_in(s, i, "was were had did 'd");
}

static bool is_reported(const casus_sentence *s, int t) {
    if (coder_rel(s, t, CASUS_CCOMP) || coder_rel(s, t, CASUS_ACL)) return true;
    int mark = coder_child(s, t, CASUS_MARK);
    return mark >= 0 && coder_form_is(s, mark, "that"); /* "the promise that it would" */
}

static casus_tense modal_tense(const casus_sentence *s, int t, int modal) {
    bool perfect = has_aux_lemma(s, t, "have");
    if (coder_form_in(s, modal, "will shall 'll wo")) return CASUS_FUTURE;
    if (coder_form_in(s, modal, "may might")) return perfect ? CASUS_PAST : CASUS_FUTURE;
    if (coder_form_in(s, modal, "can ca must")) return perfect ? CASUS_PAST : CASUS_PRESENT;
    if (coder_form_in(s, modal, "would 'd") && !perfect && is_reported(s, t)) return CASUS_FUTURE;
    return CASUS_HYPOTHETICAL;
}

/* "is to be handed back by June": arranged, still to come. */
static bool is_arranged(const casus_sentence *s, int t, int aux) {
    int to = coder_child(s, t, CASUS_MARK);
    return coder_form_in(s, aux, "is are 's 're") && to == aux + 1 && coder_form_is(s, to, "to");
}

static casus_tense aux_tense(const casus_sentence *s, int t, int aux) {
    if (coder_xpos(s, aux, "MD")) return modal_tense(s, t, aux);
    if (is_arranged(s, t, aux)) return CASUS_FUTURE;
    if (past_form(s, aux)) return CASUS_PAST;
    if (!coder_lemma_is(s, aux, "have")) return coder_lemma_in(s, aux, "be do get") ? CASUS_PRESENT : CASUS_TENSE_NONE;
    bool going_on = coder_xpos(s, t, "VBG") || coder_child(s, t, CASUS_COP) >= 0;
    return has_aux_form(s, t, "been") && going_on ? CASUS_PRESENT : CASUS_PAST;
}

/* ---- tense ------------------------------------------------------------------------------------------------- */

/* An if-clause, from its own predicate up to the clause it depends on. */
static bool in_condition(const casus_sentence *s, int t) {
    for (int steps = 0; t >= 0 && steps < DEPTH_MAX; steps++, t = coder_head(s, t)) {
        for (int m = coder_child(s, t, CASUS_MARK); m >= 0; m = coder_child_from(s, t, CASUS_MARK, m + 1))
            if (coder_lemma_in(s, m, "if unless") && (coder_rel(s, t, CASUS_ADVCL) || coder_rel(s, t, CASUS_CONJ))) {
                int before = m - 1;
                return !(before >= 0 && coder_lemma_is(s, before, "even") && past_form(s, t));
            }
        if (coder_rel(s, t, CASUS_ADVCL) || coder_rel(s, t, CASUS_PARATAXIS)) return false;
    }
    return false;
}

static casus_tense tense_at(const casus_sentence *s, int t, int depth);

static casus_tense inherited(const casus_sentence *s, int t, int depth) {
    int head = coder_head(s, t);
    if (head < 0) return CASUS_TENSE_NONE;
    if (!coder_is_predicate(s, head)) head = coder_clause(s, head);
    return head < 0 ? CASUS_TENSE_NONE : tense_at(s, head, depth + 1);
}

/* "is going to", "is about to", "is likely to": the infinitive lies ahead. */
static bool lies_ahead(const casus_sentence *s, int t) {
    int head = coder_head(s, t);
    if (head < 0 || !coder_rel(s, t, CASUS_XCOMP)) return false;
    if (coder_lemma_is(s, head, "expect") && coder_child(s, t, CASUS_MARK) >= 0) return true;
    return (coder_form_is(s, head, "going") && coder_child(s, t, CASUS_MARK) >= 0) ||
           (coder_form_in(s, head, "about set due poised likely unlikely expected certain sure bound") &&
            next_aux(s, head, 0) >= 0);
}

static casus_tense bare_tense(const casus_sentence *s, int t, int depth) {
    if (coder_xpos(s, t, "VBD")) return CASUS_PAST;
    if (coder_xpos(s, t, "VBZ") || coder_xpos(s, t, "VBP")) return CASUS_PRESENT;
    if (lies_ahead(s, t)) {
        casus_tense base = inherited(s, t, depth);
        return base == CASUS_PRESENT || base == CASUS_TENSE_NONE ? CASUS_FUTURE : base;
    }
    bool participle = coder_xpos(s, t, "VBN");
    if (participle && (coder_rel(s, t, CASUS_ACL) || coder_rel(s, t, CASUS_ADVCL) || coder_rel(s, t, CASUS_ROOT)))
        return CASUS_PAST;
    if (coder_xpos(s, t, "VB") && coder_rel(s, t, CASUS_ROOT)) return CASUS_PRESENT;
    return inherited(s, t, depth);
}

static casus_tense noun_tense(const casus_sentence *s, int t, int depth) {
    int det = coder_child(s, t, CASUS_DET_REL);
    if (coder_lemma_is(s, det, "any") && !coder_negated(s, t, NULL)) return CASUS_HYPOTHETICAL;
    return inherited(s, t, depth);
}

static casus_tense tense_at(const casus_sentence *s, int t, int depth) {
    if (depth > DEPTH_MAX) return CASUS_TENSE_NONE;
    int aux = next_aux(s, t, 0);
    if (aux >= 0) {
        casus_tense told = aux_tense(s, t, aux);
        if (told != CASUS_TENSE_NONE) return told;
    }
    if (coder_tag(s, t, CASUS_VERB) || coder_tag(s, t, CASUS_AUX)) return bare_tense(s, t, depth);
    return noun_tense(s, t, depth);
}

casus_tense coder_tense(const casus_sentence *s, int token) {
    if (token < 0 || token >= (int)s->n) return CASUS_TENSE_NONE;
    int clause = coder_clause(s, token);
    if (clause >= 0 && in_condition(s, clause)) return CASUS_HYPOTHETICAL;
    return tense_at(s, token, 0);
}

/* ---- modality ---------------------------------------------------------------------------------------------- */

static coder_modal_kind modal_kind(const casus_sentence *s, int i) {
    if (coder_form_in(s, i, "may might could")) return CODER_MAY;
    if (coder_form_in(s, i, "can ca cannot")) return CODER_CAN;
    if (coder_form_in(s, i, "will shall 'll wo")) return CODER_WILL;
    if (coder_form_in(s, i, "would 'd")) return CODER_WOULD;
    if (coder_form_in(s, i, "should ought")) return CODER_SHOULD;
    if (coder_form_in(s, i, "is are")) return CODER_WILL; /* "is to meet" */
    return coder_form_is(s, i, "must") ? CODER_MUST : CODER_NO_MODAL;
}

static int own_modal(const casus_sentence *s, int t) {
    for (int i = next_aux(s, t, 0); i >= 0; i = next_aux(s, t, i + 1))
        if (coder_xpos(s, i, "MD") || is_arranged(s, t, i)) return i;
    return -1;
}

static void fill_modal(const casus_sentence *s, int word, coder_modal_kind kind, bool is_inherited, coder_modal *out) {
    const casus_token *t = coder_token(s, word);
    *out = (coder_modal){
        .kind = kind, .inherited = is_inherited, .token = word, .text = t->form, .span = {t->begin, t->end}};
    out->has_interval = kind == CODER_MAY;
    out->high = kind == CODER_MAY ? 1.0 : 0.0;
}

/* Does `t` have a subject or an auxiliary of its own, so that a coordinated verb's do not reach it? */
static bool stands_alone(const casus_sentence *s, int t) {
    if (next_aux(s, t, 0) >= 0) return true;
    return coder_child(s, t, CASUS_NSUBJ) >= 0 || coder_child(s, t, CASUS_NSUBJ_PASS) >= 0;
}

static bool is_finite(const casus_sentence *s, int t) {
    return coder_xpos(s, t, "VBD") || coder_xpos(s, t, "VBZ") || coder_xpos(s, t, "VBP");
}

/* "has yet to sign": it has not signed. */
static bool has_yet(const casus_sentence *s, int head) {
    if (!coder_lemma_is(s, head, "have")) return false;
    for (int i = coder_child(s, head, CASUS_ADVMOD); i >= 0; i = coder_child_from(s, head, CASUS_ADVMOD, i + 1))
        if (coder_form_is(s, i, "yet") && i > head) return true;
    return false;
}

/* Words whose infinitive is what can, or must, be done. */
static coder_modal_kind half_modal(const casus_sentence *s, int head) {
    if (has_yet(s, head)) return CODER_NO_MODAL;
    if (coder_lemma_in(s, head, "able capable")) return CODER_CAN;
    if (coder_lemma_is(s, head, "ought")) return CODER_SHOULD;
    if (coder_tag(s, head, CASUS_VERB) && coder_lemma_in(s, head, "have need") && !coder_xpos(s, head, "VBG"))
        return CODER_MUST;
    return coder_form_is(s, head, "going") ? CODER_WILL : CODER_NO_MODAL;
}

bool coder_modal_of(const casus_sentence *s, int token, coder_modal *out) {
    bool up = false;
    for (int t = token, depth = 0; t >= 0 && depth < DEPTH_MAX; depth++) {
        int word = own_modal(s, t);
        coder_modal_kind kind = word >= 0 ? modal_kind(s, word) : CODER_NO_MODAL;
        if (kind != CODER_NO_MODAL) {
            fill_modal(s, word, kind, up, out);
            return true;
        }
        int head = coder_head(s, t);
        if (head < 0) return false;
        if (coder_rel(s, t, CASUS_CONJ)) {
            if (stands_alone(s, t) || is_finite(s, t)) return false;
        } else if (coder_rel(s, t, CASUS_XCOMP)) {
            kind = half_modal(s, head);
            if (kind != CODER_NO_MODAL && own_modal(s, head) < 0) {
                fill_modal(s, head, kind, false, out);
                return true;
            }
            up = up || kind == CODER_NO_MODAL;
        } else {
            return false;
        }
        t = head;
    }
    return false;
}

/* ---- negation: words --------------------------------------------------------------------------------------- */

/* "not only", "not just", "not necessarily" deny nothing. */
static bool is_negator(const casus_sentence *s, int i) {
    if (coder_form_in(s, i, "not n't n\xE2\x80\x99t never neither nor hardly scarcely"))
        return i + 1 >= (int)s->n || !coder_form_in(s, i + 1, "only just merely simply solely necessarily");
    return coder_form_is(s, i, "longer") && i > 0 && coder_form_is(s, i - 1, "no");
}

static bool negative_nominal(const casus_sentence *s, int i) {
    if (coder_form_in(s, i, "nobody none nothing nowhere neither")) return true;
    int det = coder_child(s, i, CASUS_DET_REL);
    if (det < 0) det = coder_child(s, i, CASUS_CC_PRECONJ);
    for (int k = 0; k < (int)s->n; k++) /* "hardly a shot" */
        if (s->tokens[k].head == i + 1 && s->tokens[k].deprel == CASUS_ADVMOD && coder_form_in(s, k, "hardly scarcely")) return true;
    return coder_form_in(s, det, "no neither");
}

static bool is_participant(const casus_sentence *s, int i) {
    casus_deprel d = s->tokens[i].deprel;
    return d == CASUS_NSUBJ || d == CASUS_NSUBJ_PASS || d == CASUS_OBJ;
}

/* "without attacking", "instead of attacking", "rather than attack". */
static bool excluding(const casus_sentence *s, int i) {
    if (coder_form_is(s, i, "without")) return true;
    if (i + 1 >= (int)s->n) return false;
    return (coder_form_is(s, i, "instead") && coder_form_is(s, i + 1, "of")) ||
           (coder_form_is(s, i, "rather") && coder_form_is(s, i + 1, "than"));
}

/* Negators among the words that hang directly on `t`; `except` is a participant that has been counted already. */
static bool own_negation(const casus_sentence *s, int t, int except) {
    bool verbal = coder_is_predicate(s, t), found = false;
    for (int i = 0; i < (int)s->n; i++) {
        if (s->tokens[i].head != t + 1) continue;
        casus_deprel d = s->tokens[i].deprel;
        if (d == CASUS_ADVMOD || d == CASUS_AUX_REL || d == CASUS_CC || d == CASUS_CC_PRECONJ)
            found = found || is_negator(s, i);
        else if (d == CASUS_MARK || d == CASUS_CASE)
            found = found || is_negator(s, i) || excluding(s, i);
        else if (verbal && i != except && is_participant(s, i))
            found = found || negative_nominal(s, i);
    }
    return found || (!verbal && negative_nominal(s, t));
}

/* ---- negation: implicative verbs and light verbs -------------------------------------------------------------- */

static bool among(const uint32_t *hashes, unsigned n, uint32_t h) {
    for (unsigned k = 0; k < n; k++)
        if (hashes[k] == h) return true;
    return false;
}

/* The preposition or "to" before `t`: token or -1. */
static int marker(const casus_sentence *s, int t) {
    int mark = coder_child(s, t, CASUS_MARK);
    return mark >= 0 ? mark : coder_child(s, t, CASUS_CASE);
}

/* Is a word of the pattern the preposition before `t` ("failure of")? */
static bool introduces(const casus_sentence *s, const casus_lexicon *lex, int t, const casus_element *e) {
    int mark = marker(s, t);
    return mark >= 0 && among(casus_lexicon_lemma_hashes(lex, e), e->n_words, casus_lemma_hash(s->tokens[mark].lemma));
}

/* Does a word of the pattern hang on the trigger? */
static bool has_word(const casus_sentence *s, const casus_lexicon *lex, int trigger, const casus_element *e) {
    const uint32_t *hashes = casus_lexicon_lemma_hashes(lex, e);
    for (int i = 0; i < (int)s->n; i++)
        if (coder_head(s, i) == trigger && among(hashes, e->n_words, casus_lemma_hash(s->tokens[i].lemma))) return true;
    return false;
}

/* Does the slot take `t`? "to DO" and "DO" a verb with or without "to", "from DO" a gerund behind it, other slots a
 * noun. */
static bool slot_fits(const casus_sentence *s, const casus_lexicon *lex, int t, const casus_element *e) {
    if ((e->slot == CASUS_SLOT_DO) != coder_tag(s, t, CASUS_VERB)) return false;
    int mark = marker(s, t);
    if (e->n_preps == 0) return mark < 0 || (e->slot == CASUS_SLOT_DO && coder_form_is(s, mark, "to"));
    const uint32_t *preps = casus_lexicon_lemma_hashes(lex, e) + e->n_words;
    return mark >= 0 && among(preps, e->n_preps, casus_lemma_hash(s->tokens[mark].lemma));
}

/* Does the pattern stand around its trigger, with `t` in one of its slots? One without slots takes an object, or what
 * its own preposition introduces ("lack of"); not any noun beside it ("frustrated over the attack"). */
static bool pattern_takes(const casus_sentence *s, const casus_lexicon *lex, int trigger, int t,
                          const casus_pattern *p) {
    const casus_element *e = casus_lexicon_elements(lex, p);
    bool slots = false, taken = coder_rel(s, t, CASUS_OBJ) || coder_rel(s, t, CASUS_NSUBJ_PASS), introduced = false;
    for (unsigned i = 0; i < p->n_elements; i++) {
        if (e[i].type == CASUS_ELEMENT_SLOT) {
            if (!slots) taken = false;
            slots = true;
            taken = taken || slot_fits(s, lex, t, &e[i]);
        } else if (introduces(s, lex, t, &e[i])) {
            introduced = true;
        } else if (!has_word(s, lex, trigger, &e[i])) {
            return false;
        }
    }
    return slots ? taken : (taken || introduced) && !coder_tag(s, t, CASUS_VERB);
}

static bool trigger_fits(const casus_sentence *s, int t, const casus_pattern *p) {
    unsigned u = s->tokens[t].upos;
    if (p->trigger == CASUS_TRIGGER_VERB) return u == CASUS_VERB || u == CASUS_AUX;
    if (p->trigger == CASUS_TRIGGER_NOUN) return u == CASUS_NOUN || u == CASUS_PROPN;
    return p->trigger == CASUS_TRIGGER_ADJ ? u == CASUS_ADJ || u == CASUS_VERB : true;
}

/* Has the word `trigger` a pattern of this class that takes `t`? */
static bool has_frame(const casus_sentence *s, const casus_lexicon *lex, int trigger, int t, casus_frame_class wanted) {
    size_t n = 0;
    const casus_pattern *p = lex ? casus_lexicon_patterns(lex, casus_lemma_hash(s->tokens[trigger].lemma), &n) : NULL;
    for (size_t i = 0; p && i < n; i++) {
        if (casus_lexicon_frame(lex, p[i].frame)->class_ != wanted || !trigger_fits(s, trigger, &p[i])) continue;
        if (pattern_takes(s, lex, trigger, t, &p[i])) return true;
    }
    return false;
}

/* "a failed coup", "the foiled plot": an adjective of the lexicon right on the noun. */
static bool undone_by_adjective(const casus_sentence *s, const casus_lexicon *lex, int t) {
    if (!lex || !coder_tag(s, t, CASUS_NOUN)) return false;
    for (int i = coder_child(s, t, CASUS_AMOD); i >= 0; i = coder_child_from(s, t, CASUS_AMOD, i + 1)) {
        size_t n = 0;
        const casus_pattern *p = casus_lexicon_patterns(lex, casus_lemma_hash(s->tokens[i].form), &n);
        for (size_t k = 0; p && k < n; k++)
            if (p[k].trigger == CASUS_TRIGGER_ADJ && p[k].n_elements == 0 &&
                casus_lexicon_frame(lex, p[k].frame)->class_ == CASUS_FRAME_NEGATION)
                return true;
    }
    return false;
}

/* ---- negation: reach --------------------------------------------------------------------------------------- */

/* Is the first conjunct's negation also this one's? "not A, B or C", "neither A nor B"; not "did not A and instead did
 * B". */
static bool shares_negation(const casus_sentence *s, int t) {
    if (stands_alone(s, t)) return false;
    int cc = coder_child(s, t, CASUS_CC), adverb = coder_child(s, t, CASUS_ADVMOD);
    if (coder_form_in(s, cc, "but yet nor")) return false; /* "nor" denies by itself */
    if (coder_form_is(s, cc, "or")) return true;
    for (; adverb >= 0; adverb = coder_child_from(s, t, CASUS_ADVMOD, adverb + 1))
        if (coder_form_in(s, adverb, "instead rather then")) return false;
    return !is_finite(s, t);
}

/* The link from `t` up to its head: does the head's negation come down (and is it turned round on the way)? */
static bool comes_down(const casus_sentence *s, const casus_lexicon *lex, int t, int head, bool *turned) {
    casus_deprel d = s->tokens[t].deprel;
    if (d == CASUS_CONJ) return shares_negation(s, t);
    *turned = has_frame(s, lex, head, t, CASUS_FRAME_NEGATION);
    if (d == CASUS_XCOMP && has_yet(s, head)) *turned = true;
    switch (d) {
    case CASUS_XCOMP: return true;
    case CASUS_ADVCL:
    case CASUS_ACL:
    case CASUS_NMOD:
    case CASUS_OBL: *turned = *turned && marker(s, t) >= 0; return *turned;
    case CASUS_CCOMP: return *turned;
    case CASUS_OBJ:
    case CASUS_NSUBJ_PASS: return *turned || has_frame(s, lex, head, t, CASUS_FRAME_LIGHT);
    default: *turned = false; return false;
    }
}

bool coder_negated(const casus_sentence *s, int token, const casus_lexicon *lexicon) {
    bool negative = token >= 0 && token < (int)s->n && undone_by_adjective(s, lexicon, token);
    int from = -1;
    for (int t = token, depth = 0; t >= 0 && t < (int)s->n && depth < DEPTH_MAX; depth++) {
        negative ^= own_negation(s, t, from);
        int head = coder_head(s, t);
        bool turned = false;
        if (head < 0 || !comes_down(s, lexicon, t, head, &turned)) break;
        negative ^= turned;
        from = t;
        t = head;
    }
    return negative;
}
