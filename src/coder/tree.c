#include "tree_mend.h"

#include <string.h>

static void link_children(coder_tree *t) {
    for (unsigned i = t->n; i >= 1; i--) {
        unsigned h = t->tok[i].head;
        if (!h || h > t->n) continue;
        t->next[i] = t->first[h];
        t->first[h] = (uint16_t)i;
    }
}

static unsigned depth_of(const coder_tree *t, unsigned i) {
    unsigned d = 0;
    for (unsigned h = t->tok[i].head; h && d <= t->n; h = t->tok[h].head) d++;
    return d;
}

static void widen(coder_tree *t) {
    for (unsigned i = 1; i <= t->n; i++) t->lo[i] = t->hi[i] = (uint16_t)i;
    for (unsigned i = 1; i <= t->n; i++) {
        t->depth[i] = (uint16_t)depth_of(t, i);
        for (unsigned h = t->tok[i].head, k = 0; h && k <= t->n; h = t->tok[h].head, k++) {
            if (t->lo[h] > i) t->lo[h] = (uint16_t)i;
            if (t->hi[h] < i) t->hi[h] = (uint16_t)i;
        }
    }
}

/* Hash of "before_word"; a hyphen between the two is passed over. 0 when they do not fit. */
static uint32_t pair_hash(const coder_tree *t, unsigned i, casus_str word) {
    char text[96];
    unsigned before = i - 1;
    if (before > 1 && t->tok[before].form.n == 1 && t->tok[before].form.at[0] == '-') before--;
    casus_str first = t->tok[before].form;
    if (first.n + word.n + 1 > sizeof text) return 0;
    memcpy(text, first.at, first.n);
    text[first.n] = '_';
    memcpy(text + first.n + 1, word.at, word.n);
    return casus_lemma_hash((casus_str){text, first.n + 1 + word.n});
}

static void relink(coder_tree *t) {
    memset(t->first, 0, 2 * sizeof *t->first * (t->n + 1));
    link_children(t);
}

static void lay_again(coder_tree *t, bool mended) {
    if (!mended) return;
    relink(t);
    widen(t);
}

/* Each way of mending sees what the ones before it have mended. */
static void mend(coder_tree *t, casus_token *tok) {
    lay_again(t, tree_mend_clause(t, tok, 0));
    lay_again(t, tree_mend_verb(t, tok, 0));
    lay_again(t, tree_mend_verbless(t, tok));
    for (unsigned way = 0; way < TREE_MENDS; way++) lay_again(t, tree_mend(t, tok, way));
    lay_again(t, tree_mend_clause(t, tok, 1));
    for (unsigned way = 1; way < TREE_VERB_MENDS; way++) lay_again(t, tree_mend_verb(t, tok, way));
    for (unsigned way = 2; way < TREE_CLAUSE_MENDS; way++) lay_again(t, tree_mend_clause(t, tok, way));
}

void tree_read_lemmas(coder_tree *t) {
    for (unsigned i = 1; i <= t->n; i++) t->lemma[i] = casus_lemma_hash(t->tok[i].lemma);
    for (unsigned i = 2; i <= t->n; i++) {
        t->pair[i] = pair_hash(t, i, t->tok[i].lemma);
        t->pair_form[i] = pair_hash(t, i, t->tok[i].form);
    }
}

void tree_build(coder_tree *t, casus_sentence *s, casus_str text, casus_arena *a) {
    t->n = s->n;
    t->tok = s->tokens - 1;
    t->text = text;
    t->lemma = CASUS_NEW_ARRAY(a, uint32_t, s->n + 1);
    t->pair = CASUS_NEW_ARRAY(a, uint32_t, s->n + 1);
    t->pair_form = CASUS_NEW_ARRAY(a, uint32_t, s->n + 1);
    uint16_t *block = CASUS_NEW_ARRAY(a, uint16_t, 5 * (s->n + 1));
    t->first = block;
    t->next = block + (s->n + 1);
    t->lo = block + 2 * (s->n + 1);
    t->hi = block + 3 * (s->n + 1);
    t->depth = block + 4 * (s->n + 1);
    tree_read_lemmas(t);
    link_children(t);
    widen(t);
    mend(t, s->tokens - 1);
}

bool tree_is_word(const coder_tree *t, unsigned i, const char *lemma) {
    casus_str l = t->tok[i].lemma;
    size_t k = 0;
    for (; k < l.n; k++) { /* most differ in their first letter: no length is asked for */
        char c = l.at[k];
        if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
        if (!c || c != lemma[k]) return false;
    }
    return !lemma[k];
}

bool tree_is_among(const coder_tree *t, unsigned i, const char *const *lemmas, size_t n) {
    for (size_t k = 0; k < n; k++)
        if (tree_is(t, i, lemmas[k])) return true;
    return false;
}

bool tree_is_year(const coder_tree *t, unsigned i) {
    casus_str f = t->tok[i].form;
    if (t->tok[i].upos != CASUS_NUM || f.n != 4 || (f.at[0] != '1' && f.at[0] != '2')) return false;
    for (size_t k = 1; k < 4; k++)
        if (f.at[k] < '0' || f.at[k] > '9') return false;
    return true;
}

bool tree_rel(const coder_tree *t, unsigned i, casus_deprel a) { return t->tok[i].deprel == a; }

unsigned tree_child(const coder_tree *t, unsigned i, casus_deprel rel) {
    TREE_CHILDREN(t, i, c) if (t->tok[c].deprel == rel) return c;
    return 0;
}

unsigned tree_child_lemma(const coder_tree *t, unsigned i, const char *lemma) {
    TREE_CHILDREN(t, i, c) if (tree_is(t, c, lemma)) return c;
    return 0;
}

bool tree_under(const coder_tree *t, unsigned i, unsigned top) {
    for (unsigned k = 0; i && k <= t->n; i = t->tok[i].head, k++)
        if (i == top) return true;
    return false;
}

casus_span tree_span(const coder_tree *t, unsigned first, unsigned last) {
    return (casus_span){t->tok[first].begin, t->tok[last].end};
}

casus_str tree_words(const coder_tree *t, unsigned first, unsigned last) {
    casus_span s = tree_span(t, first, last);
    return (casus_str){t->text.at + s.begin, s.end - s.begin};
}

unsigned tree_case(const coder_tree *t, unsigned i) {
    unsigned mark = 0;
    TREE_CHILDREN(t, i, c) {
        if (t->tok[c].deprel == CASUS_CASE && t->tok[c].upos != CASUS_PART) return c;
        if (t->tok[c].deprel == CASUS_MARK && !mark) mark = c;
    }
    return mark;
}

bool tree_is_verb(const coder_tree *t, unsigned i) { return t->tok[i].upos == CASUS_VERB || tree_child(t, i, CASUS_COP); }

bool tree_is_nominal(const coder_tree *t, unsigned i) {
    switch (t->tok[i].upos) {
    case CASUS_NOUN:
    case CASUS_PROPN:
    case CASUS_PRON:
    case CASUS_NUM: return true;
    case CASUS_ADJ:
    case CASUS_DET: return t->tok[i].deprel == CASUS_NSUBJ || t->tok[i].deprel == CASUS_OBJ || t->tok[i].deprel == CASUS_NSUBJ_PASS;
    default: return false;
    }
}

bool tree_is_passive(const coder_tree *t, unsigned i) {
    if (tree_child(t, i, CASUS_AUX_PASS) || tree_child(t, i, CASUS_NSUBJ_PASS)) return true;
    const char *x = casus_xpos_name(t->tok[i].xpos);
    if (tree_child(t, i, CASUS_NSUBJ)) return false;
    if (strcmp(x, "VBN") != 0 || tree_child(t, i, CASUS_AUX_REL)) return false;
    if (t->tok[i].deprel == CASUS_ACL || t->tok[i].deprel == CASUS_AMOD) return true;
    if (t->tok[i].deprel == CASUS_ADVCL) return !tree_child(t, i, CASUS_OBJ);
    if (t->tok[i].deprel == CASUS_CONJ) return tree_is_passive(t, t->tok[i].head) && !tree_child(t, i, CASUS_NSUBJ);
    return t->tok[i].deprel == CASUS_XCOMP && !tree_child(t, i, CASUS_OBJ);
}

unsigned tree_clause(const coder_tree *t, unsigned i) {
    for (unsigned k = 0; i && k <= t->n; k++) {
        if (tree_is_verb(t, i) && t->tok[i].deprel != CASUS_AMOD && t->tok[i].deprel != CASUS_COMPOUND) return i;
        if (!t->tok[i].head) return i;
        i = t->tok[i].head;
    }
    return i;
}

unsigned tree_conj_head(const coder_tree *t, unsigned i) {
    for (unsigned k = 0; t->tok[i].deprel == CASUS_CONJ && t->tok[i].head && k < t->n; k++) i = t->tok[i].head;
    return i;
}

static void add_conjuncts(const coder_tree *t, unsigned head, unsigned *out, unsigned max, unsigned *n) {
    TREE_CHILDREN(t, head, c) {
        if (t->tok[c].deprel != CASUS_CONJ || *n >= max) continue;
        out[(*n)++] = c;
        add_conjuncts(t, c, out, max, n);
    }
}

unsigned tree_conjuncts(const coder_tree *t, unsigned head, unsigned *out, unsigned max) {
    unsigned n = 1;
    out[0] = head;
    add_conjuncts(t, head, out, max, &n);
    return n;
}

/* ---- who does, who undergoes ---- */

static bool is_relative(const coder_tree *t, unsigned i) {
    if (t->tok[i].upos == CASUS_NOUN || t->tok[i].upos == CASUS_PROPN) return false;
    return tree_is(t, i, "that") || tree_is(t, i, "which") || tree_is(t, i, "who") || tree_is(t, i, "whom");
}

/* "urge X to go": X goes; "promise X to go": the promiser goes. */
static bool controls_by_subject(const coder_tree *t, unsigned verb) { return tree_is(t, verb, "promise") || tree_is(t, verb, "vow"); }

static unsigned own_subject(const coder_tree *t, unsigned v) {
    unsigned s = tree_child(t, v, CASUS_NSUBJ);
    if (!s) s = tree_child(t, v, CASUS_NSUBJ_PASS);
    if (!s) s = tree_child(t, v, CASUS_CSUBJ);
    if (!s) s = tree_child(t, v, CASUS_NSUBJ_OUTER);
    return s;
}

static bool is_participle(const coder_tree *t, unsigned v, const char *tag) { return strcmp(casus_xpos_name(t->tok[v].xpos), tag) == 0; }

/* The subject (grammatical: of a passive, its patient) of a clause that has none of its own. */
static unsigned inherited_subject(const coder_tree *t, unsigned v, unsigned depth);

/* "What saved them was Beijing", "what holds them together is fear": what the predicate names does it. 0 when v heads no such clause. */
static unsigned cleft(const coder_tree *t, unsigned v) {
    unsigned h = t->tok[v].head, named = tree_child(t, v, CASUS_CCOMP);
    if (h > v && tree_child(t, h, CASUS_COP) && tree_is_nominal(t, h) && (t->tok[v].deprel == CASUS_CSUBJ || t->tok[v].deprel == CASUS_NSUBJ)) return h;
    if (named <= v || !tree_child(t, named, CASUS_COP) || !tree_is_nominal(t, named) || tree_child(t, named, CASUS_NSUBJ)) return 0;
    unsigned other = tree_child_lemma(t, named, "not") ? tree_child(t, named, CASUS_CONJ) : 0; /* "not friendship but fear" */
    return other ? other : named;
}

static unsigned any_subject(const coder_tree *t, unsigned v, unsigned depth) {
    if (!v || depth > 8) return 0;
    unsigned s = own_subject(t, v);
    if (s && tree_is(t, s, "what") && cleft(t, v)) return cleft(t, v);
    if (s && is_relative(t, s)) {
        unsigned relcl = tree_conj_head(t, v);
        bool in_relcl = t->tok[relcl].deprel == CASUS_ACL_RELCL || t->tok[relcl].deprel == CASUS_ACL;
        return in_relcl ? t->tok[relcl].head : s;
    }
    return s ? s : inherited_subject(t, v, depth + 1);
}

static unsigned possessor(const coder_tree *t, unsigned noun) {
    unsigned p = tree_child(t, noun, CASUS_NMOD_POSS);
    if (p) return p;
    TREE_CHILDREN(t, noun, c) {
        unsigned k = tree_case(t, c);
        if (t->tok[c].deprel == CASUS_NMOD && k && (tree_is(t, k, "by") || tree_is(t, k, "of"))) return c;
    }
    return 0;
}

/* "by not insisting", "without asking": attached to a noun or not, it is the clause's doing. */
static bool adverbial_mark(const coder_tree *t, unsigned v) {
    unsigned k = tree_case(t, v);
    return k && (tree_is(t, k, "by") || tree_is(t, k, "without") || tree_is(t, k, "while") || tree_is(t, k, "after") || tree_is(t, k, "before"));
}

/* "accused the minister of taking bribes", "kept them from leaving": the object of the verb does it. */
static bool controlled_by_object(const coder_tree *t, unsigned v, unsigned h) {
    static const char *const words[] = {"of", "for", "from", "into", "against"};
    unsigned mark = tree_child(t, v, CASUS_MARK), object = tree_child(t, h, CASUS_OBJ);
    if (!mark || mark > v || !object || object > v || tree_is_passive(t, h)) return false;
    return TREE_AMONG(t, mark, words);
}

static unsigned inherited_subject(const coder_tree *t, unsigned v, unsigned depth) {
    unsigned h = t->tok[v].head;
    if (!h) return 0;
    switch (t->tok[v].deprel) {
    case CASUS_CONJ: {
        if (tree_is_verb(t, h)) return any_subject(t, h, depth);
        return tree_is_verb(t, tree_conj_head(t, v)) ? any_subject(t, tree_conj_head(t, v), depth) : 0;
    }
    case CASUS_XCOMP: {
        unsigned obj = tree_child(t, h, CASUS_OBJ);
        if (!obj) obj = tree_child(t, h, CASUS_IOBJ);
        if (obj && !controls_by_subject(t, h)) return obj;
        return any_subject(t, h, depth);
    }
    case CASUS_ADVCL:
    case CASUS_PARATAXIS:
    case CASUS_CCOMP:
        if (t->tok[v].deprel == CASUS_ADVCL && controlled_by_object(t, v, h)) return tree_child(t, h, CASUS_OBJ);
        if (t->tok[v].deprel == CASUS_CCOMP && !is_participle(t, v, "VB") && !is_participle(t, v, "VBG")) return 0;
        return tree_is_verb(t, h) ? any_subject(t, h, depth) : 0;
    case CASUS_ACL:
        if (t->lo[v] > 1 && t->tok[t->lo[v] - 1].form.at[0] == ',' && is_participle(t, v, "VBG")) return any_subject(t, tree_clause(t, h), depth);
        if (is_participle(t, v, "VBG") && adverbial_mark(t, v) && tree_clause(t, h) != h) return any_subject(t, tree_clause(t, h), depth);
        if (is_participle(t, v, "VBG") || is_participle(t, v, "VBN")) return h;
        if (possessor(t, h)) return possessor(t, h);
        return tree_is_verb(t, t->tok[h].head ? tree_clause(t, t->tok[h].head) : h) ? any_subject(t, tree_clause(t, t->tok[h].head), depth) : 0;
    case CASUS_AMOD: return h;
    default: return 0;
    }
}

bool tree_names(const coder_tree *t, unsigned v) {
    unsigned what = t->tok[v].deprel == CASUS_DEP ? tree_child(t, v, CASUS_DEP) : 0;
    return what && what < v && tree_is(t, what, "what");
}

bool tree_hyphened(const coder_tree *t, unsigned v) {
    if (v < 3 || t->tok[v].deprel != CASUS_AMOD || t->tok[v - 1].form.at[0] != '-' || (t->tok[v - 2].head != v && t->tok[v - 2].head != t->tok[v].head)) return false;
    bool name = t->tok[v - 2].upos == CASUS_ADJ && t->tok[v - 2].form.at[0] >= 'A' && t->tok[v - 2].form.at[0] <= 'Z'; /* "Iranian-backed" */
    return strcmp(casus_xpos_name(t->tok[v].xpos), "VBN") == 0 && (name || tree_is_nominal(t, v - 2));
}

static unsigned passive_agent(const coder_tree *t, unsigned v) {
    unsigned agent = tree_child(t, v, CASUS_OBL_AGENT);
    if (agent) return agent;
    if (tree_hyphened(t, v)) return v - 2;
    TREE_CHILDREN(t, v, c) {
        unsigned k = tree_case(t, c);
        if (t->tok[c].deprel == CASUS_OBL && k && tree_is(t, k, "by") && tree_is_nominal(t, c)) return c;
    }
    return 0;
}

/* "had the mayor arrested": who had it done; but "had five men killed" tells a loss. */
static unsigned who_had_it_done(const coder_tree *t, unsigned v) {
    static const char *const losses[] = {"kill", "wound", "injure", "lose", "hurt", "leave", "station", "base"};
    unsigned h = t->tok[v].head;
    if (t->tok[v].deprel == CASUS_ACL && h + 1u == v && t->tok[h].deprel == CASUS_OBJ) h = t->tok[h].head;
    else if (t->tok[v].deprel != CASUS_XCOMP || tree_child(t, h, CASUS_OBJ) > v) return 0;
    if (!h || t->tok[h].upos != CASUS_VERB || !tree_is(t, h, "have") || !is_participle(t, v, "VBN")) return 0;
    if (TREE_AMONG(t, v, losses)) return 0;
    return any_subject(t, h, 0);
}

unsigned tree_subject(const coder_tree *t, unsigned v) {
    if (tree_is_passive(t, v)) {
        unsigned agent = passive_agent(t, v);
        if (!agent) agent = who_had_it_done(t, v);
        if (agent) return agent;
        /* "was arrested and charged by police": the agent stands with a later coordinate */
        unsigned all[8], n = tree_conjuncts(t, tree_conj_head(t, v), all, 8);
        for (unsigned i = 0; i < n; i++)
            if (all[i] != v && tree_is_passive(t, all[i]) && passive_agent(t, all[i])) return passive_agent(t, all[i]);
        return 0;
    }
    return any_subject(t, v, 0);
}

static bool gap_is_object(const coder_tree *t, unsigned v) {
    if (t->tok[v].deprel != CASUS_ACL_RELCL && t->tok[v].deprel != CASUS_ACL) return false;
    unsigned s = own_subject(t, v), owner = s ? tree_child(t, s, CASUS_NMOD_POSS) : 0;
    return s && !is_relative(t, s) && !(owner && tree_is(t, owner, "whose"));
}

/* "tolerated, if not encouraged, the raid": the object of the second is that of the first. */
static unsigned object_of_aside(const coder_tree *t, unsigned v) {
    TREE_CHILDREN(t, v, c)
    if (c > v && t->tok[c].deprel == CASUS_ADVCL && tree_child_lemma(t, c, "if") == v + 2u && tree_child_lemma(t, c, "not") == v + 3u) return tree_child(t, c, CASUS_OBJ);
    return 0;
}

/* "arrest, kill, or extradite them": the last coordinate's object serves all. */
static unsigned shared_object(const coder_tree *t, unsigned v) {
    if (object_of_aside(t, v)) return object_of_aside(t, v);
    TREE_CHILDREN(t, v, c)
    if (c > v && t->tok[c].deprel == CASUS_OBL) return 0; /* "met in Delhi and discussed trade" */
    unsigned all[8], n = tree_conjuncts(t, tree_conj_head(t, v), all, 8);
    bool after = false;
    for (unsigned i = 0; i < n; i++) {
        after = after || all[i] == v;
        if (!after || all[i] == v || tree_is_passive(t, all[i]) || own_subject(t, all[i])) continue;
        unsigned obj = tree_child(t, all[i], CASUS_OBJ);
        if (obj) return obj;
    }
    return 0;
}

unsigned tree_object(const coder_tree *t, unsigned v) {
    if (tree_is_passive(t, v)) return any_subject(t, v, 0);
    unsigned obj = tree_child(t, v, CASUS_OBJ);
    bool describes = t->tok[v].deprel == CASUS_ACL_RELCL || t->tok[v].deprel == CASUS_ACL;
    if (obj && is_relative(t, obj) && describes) return t->tok[v].head;
    if (obj) return obj;
    unsigned up = t->tok[v].deprel == CASUS_XCOMP ? t->tok[v].head : 0;
    if (up && gap_is_object(t, up) && !tree_child(t, up, CASUS_OBJ)) return t->tok[up].head;
    if (gap_is_object(t, v) && !tree_child(t, v, CASUS_CCOMP)) return t->tok[v].head;
    return shared_object(t, v);
}

/* "Chad, whose army fled", "the party (AB), whose capture of Goma …": the noun it is said of, or the noun before it. */
static unsigned owner_before(const coder_tree *t, unsigned i) {
    for (unsigned v = t->tok[i].head, k = 0; v && k < 3; v = t->tok[v].head, k++)
        if ((t->tok[v].deprel == CASUS_ACL_RELCL || t->tok[v].deprel == CASUS_DEP) && t->tok[v].head && t->tok[v].head < i) return t->tok[v].head;
    unsigned x = i > 2 && t->tok[i - 1].form.at[0] == ',' ? i - 2 : i - 1;
    while (x && t->tok[x].deprel == CASUS_FLAT) x = t->tok[x].head;
    return x && tree_is_nominal(t, x) ? x : i;
}

unsigned tree_antecedent(const coder_tree *t, unsigned i) {
    if (i && tree_is(t, i, "whose")) return owner_before(t, i);
    if (!i || t->tok[i].upos != CASUS_PRON || !is_relative(t, i)) return i;
    for (unsigned v = t->tok[i].head, k = 0; v && k < t->n; v = t->tok[v].head, k++)
        if (t->tok[v].deprel == CASUS_ACL_RELCL && t->tok[v].head < i) return t->tok[v].head;
    return i;
}

/* ---- phrases ---- */

bool tree_feeling(const coder_tree *t, unsigned i) {
    static const char *const words[] = {"dismay", "irritation", "annoyance", "anger", "alarm", "fury", "horror", "consternation", "frustration", "disappointment", "chagrin", "embarrassment", "outrage", "exasperation", "displeasure",
                                        "delight", "relief", "satisfaction", "joy", "pleasure"};
    return TREE_AMONG(t, i, words);
}

unsigned tree_counted(const coder_tree *t, unsigned i) {
    static const char *const words[] = {"ten", "dozen", "hundred", "thousand", "million", "score", "number", "lot", "handful", "majority", "series", "range", "variety", "rest", "bulk", "most", "much", "many", "some", "several", "couple"};
    if (!TREE_AMONG(t, i, words)) return i;
    TREE_CHILDREN(t, i, c) {
        unsigned of = tree_case(t, c);
        bool hangs = t->tok[c].deprel == CASUS_NMOD || t->tok[c].deprel == CASUS_OBL;
        if (hangs && of && tree_is(t, of, "of")) return tree_counted(t, c);
    }
    return i;
}


static bool aside(const coder_tree *t, unsigned c) {
    switch (t->tok[c].deprel) {
    case CASUS_CONJ:
    case CASUS_CC:
    case CASUS_APPOS:
    case CASUS_ACL_RELCL:
    case CASUS_PARATAXIS:
    case CASUS_PUNCT_REL:
    case CASUS_CASE:
    case CASUS_MARK:
    case CASUS_COP:
    case CASUS_NSUBJ:
    case CASUS_ADVCL:
    case CASUS_DISCOURSE:
    case CASUS_CC_PRECONJ: return true;
    case CASUS_ACL: return t->tok[c].upos == CASUS_VERB;
    default: return false;
    }
}

void tree_phrase(const coder_tree *t, unsigned i, unsigned *first, unsigned *last) {
    *first = *last = i;
    TREE_CHILDREN(t, i, c) {
        if (aside(t, c)) continue;
        unsigned lo = t->lo[c], hi = t->hi[c];
        if (lo < *first && hi < i) *first = lo;
        if (hi > *last && lo > i) *last = hi;
    }
    /* a long tail says more than a name: keep to the first two attachments' worth */
    while (*last > i && *last - *first > 14) (*last)--;
    while (*last > i && t->tok[*last].upos == CASUS_PUNCT) (*last)--;
    while (*first < i && (t->tok[*first].upos == CASUS_PUNCT)) (*first)++;
}

/* A coordinate that shares the subject belongs to the clause; an adverbial clause with a subject of its own does not. */
static bool outside_clause(const coder_tree *t, unsigned i, unsigned c) {
    casus_deprel r = (casus_deprel)t->tok[c].deprel;
    if (r == CASUS_CONJ) return t->tok[c].upos != CASUS_VERB || t->tok[i].upos != CASUS_VERB || own_subject(t, c) != 0;
    return r == CASUS_ADVCL && c > i && own_subject(t, c) != 0;
}

void tree_clause_range(const coder_tree *t, unsigned i, unsigned *first, unsigned *last) {
    *first = *last = i;
    TREE_CHILDREN(t, i, c) {
        casus_deprel r = (casus_deprel)t->tok[c].deprel;
        if (outside_clause(t, i, c) || r == CASUS_CC || r == CASUS_PARATAXIS || r == CASUS_PUNCT_REL || r == CASUS_MARK || r == CASUS_DISCOURSE) continue;
        if (t->lo[c] < *first) *first = t->lo[c];
        if (t->hi[c] > *last) *last = t->hi[c];
    }
    while (*last > i && t->tok[*last].upos == CASUS_PUNCT) (*last)--;
}
