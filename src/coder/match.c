#include "match.h"

#include <string.h>

typedef struct matcher {
    const casus_lexicon *lex;
    const coder_tree *t;
    coder_match m;
    bool verb; /* the trigger is a verb (its subject and object are what they are in a verb) */
    unsigned word[4], n_words; /* nouns that word elements have taken: "take part in talks with" */
} matcher;

static bool among(uint32_t lemma, const uint32_t *list, unsigned n) {
    for (unsigned i = 0; i < n; i++)
        if (list[i] == lemma) return true;
    return false;
}

/* A dependant's lemma, or its form's when they differ ("based", "armed"), alone or with the word before it ("press_conference"). */
static bool token_among(const coder_tree *t, unsigned i, const uint32_t *list, unsigned n) {
    if (among(t->lemma[i], list, n) || among(casus_lemma_hash(t->tok[i].form), list, n)) return true;
    return among(t->pair[i], list, n) || among(t->pair_form[i], list, n);
}

static bool case_among(const coder_tree *t, unsigned i, const uint32_t *preps, unsigned n) {
    TREE_CHILDREN(t, i, c)
    if ((t->tok[c].deprel == CASUS_CASE || t->tok[c].deprel == CASUS_MARK || t->tok[c].deprel == CASUS_ADVMOD) && c < i && among(t->lemma[c], preps, n)) return true;
    return false;
}

static bool coordinate_among(const coder_tree *t, unsigned i, const uint32_t *list, unsigned n) {
    unsigned all[8], k = tree_conjuncts(t, i, all, 8);
    for (unsigned j = 0; j < k; j++)
        if (token_among(t, all[j], list, n)) return true;
    return false;
}

/* "dismissed Prime Minister Conille": the title before a name is as good as the noun alone. */
static bool title_among(const coder_tree *t, unsigned i, const uint32_t *list, unsigned n) {
    if (t->tok[i].upos != CASUS_PROPN) return false;
    TREE_CHILDREN(t, i, c)
    if (c < i && (t->tok[c].deprel == CASUS_NMOD_DESC || t->tok[c].deprel == CASUS_COMPOUND) && token_among(t, c, list, n)) return true;
    return false;
}

/* A dependant with one of these words, without a preposition of its own. */
static unsigned find_word(const matcher *x, const uint32_t *words, unsigned n) {
    const coder_tree *t = x->t;
    unsigned i = x->m.token;
    TREE_CHILDREN(t, i, c) {
        casus_deprel r = (casus_deprel)t->tok[c].deprel;
        if (r == CASUS_CASE || r == CASUS_PUNCT_REL || r == CASUS_CONJ || r == CASUS_NSUBJ || r == CASUS_DET_REL) continue;
        if (x->verb && r == CASUS_OBL && tree_child(t, c, CASUS_CASE)) continue; /* "fired at the ambassador" fires no ambassador */
        if (coordinate_among(t, c, words, n) || (r == CASUS_OBJ && title_among(t, c, words, n))) return c;
        unsigned counted = r == CASUS_OBJ || r == CASUS_NSUBJ_PASS ? tree_counted(t, c) : c; /* "lifted most of its sanctions" */
        unsigned beside = r == CASUS_OBJ ? tree_child(t, c, CASUS_APPOS) : 0;                  /* "holds the minister hostage" */
        if (counted != c && coordinate_among(t, counted, words, n)) return counted;
        bool apart = beside && t->tok[t->lo[beside] - 1].upos == CASUS_PUNCT;
        if (beside > c && !apart && !tree_child(t, beside, CASUS_DET_REL) && token_among(t, beside, words, n)) return beside;
    }
    unsigned obj = x->verb ? tree_object(t, i) : 0;
    return obj && token_among(t, obj, words, n) ? obj : 0;
}

/* Where a verb's or noun's prepositional phrases may hang: on itself, on its object, on a governing light verb, on a noun of the pattern. */
static unsigned hosts_of(const matcher *x, unsigned *hosts) {
    const coder_tree *t = x->t;
    unsigned n = 0, i = x->m.token;
    hosts[n++] = i;
    if (x->verb) {
        unsigned obj = tree_child(t, i, CASUS_OBJ), xcomp = tree_child(t, i, CASUS_XCOMP);
        if (!obj && tree_is_passive(t, i)) obj = tree_child(t, i, CASUS_NSUBJ_PASS);
        if (obj) hosts[n++] = obj;
        if (xcomp && t->tok[xcomp].upos != CASUS_VERB) hosts[n++] = xcomp;
        if (t->tok[i].deprel == CASUS_CONJ && t->tok[i].head && !obj) hosts[n++] = t->tok[i].head;
    } else if (t->tok[i].deprel == CASUS_OBJ || t->tok[i].deprel == CASUS_NSUBJ_PASS) {
        hosts[n++] = t->tok[i].head;
    }
    for (unsigned k = 0; k < x->n_words; k++) hosts[n++] = x->word[k];
    return n;
}

/* "for two hours" is how long, "on Friday" and "in 2020" when: none is whom or what it is about. */
static bool is_time(const coder_tree *t, unsigned i) {
    static const char *const units[] = {"second", "minute", "hour", "day", "week", "month", "year", "decade", "century", "time", "night", "weekend"};
    static const char *const names[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
                                        "april", "may", "june", "july", "august", "september", "october", "november", "december"};
    return tree_is_year(t, i) || TREE_AMONG(t, i, units) || (t->tok[i].upos == CASUS_PROPN && TREE_AMONG(t, i, names));
}

/* "which the generals object to": the preposition stands alone, and what it leads to is the noun above the clause. */
static unsigned find_stranded(const matcher *x, const uint32_t *preps, unsigned n_preps) {
    const coder_tree *t = x->t;
    unsigned i = x->m.token, next = i + 1;
    if (!x->verb || t->tok[i].deprel != CASUS_ACL_RELCL || next > t->n || t->tok[next].upos != CASUS_ADP || !among(t->lemma[next], preps, n_preps)) return 0;
    bool alone = t->tok[next].head == i || next == t->n || t->tok[next + 1].upos == CASUS_PUNCT || t->tok[next + 1].upos == CASUS_ADP;
    return alone ? t->tok[i].head : 0;
}

static unsigned find_after(const matcher *x, const uint32_t *preps, unsigned n_preps, const uint32_t *words, unsigned n_words) {
    const coder_tree *t = x->t;
    unsigned hosts[8], n = hosts_of(x, hosts), stranded = words ? 0 : find_stranded(x, preps, n_preps);
    if (stranded) return stranded;
    for (unsigned h = 0; h < n; h++)
        TREE_CHILDREN(t, hosts[h], c) {
            if (t->tok[c].deprel == CASUS_CONJ || !case_among(t, c, preps, n_preps)) continue;
            if (hosts[h] != x->m.token && (t->tok[c].deprel == CASUS_NSUBJ || c < x->m.token)) continue;
            if (words ? coordinate_among(t, c, words, n_words) : !is_time(t, c)) return c;
        }
    return 0;
}

static bool find_particle(const matcher *x, const uint32_t *words, unsigned n) {
    const coder_tree *t = x->t;
    TREE_CHILDREN(t, x->m.token, c)
    if (token_among(t, c, words, n) && t->tok[c].deprel != CASUS_CONJ) return true;
    unsigned next = x->m.token + 1;
    if (next <= t->n && among(t->lemma[next], words, n)) return true;
    unsigned obj = tree_child(t, x->m.token, CASUS_OBJ); /* "move on": the particle parsed into the object's phrase */
    TREE_CHILDREN(t, x->m.token, c)
    if ((t->tok[c].deprel == CASUS_OBL || t->tok[c].deprel == CASUS_ADVCL) && case_among(t, c, words, n)) return true;
    return obj && case_among(t, obj, words, n);
}

static bool find_before(const matcher *x, const uint32_t *words, unsigned n) {
    const coder_tree *t = x->t;
    TREE_CHILDREN(t, x->m.token, c)
    if (c < x->m.token && token_among(t, c, words, n)) return true;
    return x->m.token > 1 && token_among(t, x->m.token - 1, words, n);
}

/* A verb phrase that complements a word: "want to DO", "failure to DO". */
static unsigned doing_of(const coder_tree *t, unsigned i) {
    TREE_CHILDREN(t, i, c) {
        casus_deprel r = (casus_deprel)t->tok[c].deprel;
        if (c < i) continue;
        bool told = r == CASUS_CCOMP && tree_child_lemma(t, c, "that") && tree_child(t, i, CASUS_IOBJ); /* "told me that …" asks for nothing */
        bool complement = r == CASUS_XCOMP || r == CASUS_ACL || (r == CASUS_CCOMP && !told);
        bool purpose = r == CASUS_ADVCL && tree_child_lemma(t, c, "to");
        if ((complement || purpose) && tree_is_verb(t, c)) return c;
    }
    return 0;
}

static unsigned find_doing(const matcher *x) {
    const coder_tree *t = x->t;
    unsigned all[4], found = doing_of(t, x->m.token), n = found || t->tok[x->m.token].upos != CASUS_ADJ ? 0 : tree_conjuncts(t, tree_conj_head(t, x->m.token), all, 4);
    for (unsigned k = 0; k < n && !found; k++) /* "neither able nor willing to DO" */
        if (all[k] > x->m.token && t->tok[all[k]].upos == CASUS_ADJ) found = doing_of(t, all[k]);
    for (unsigned k = 0; k < x->n_words && !found; k++) found = doing_of(t, x->word[k]); /* "sees no reason to DO" */
    return found;
}

/* "keep them from leaving", "deprive them of winning": a verb phrase that the pattern's own preposition introduces. */
static unsigned find_doing_after(const matcher *x, const uint32_t *preps, unsigned n) {
    const coder_tree *t = x->t;
    unsigned hosts[] = {x->m.token, x->verb ? tree_child(t, x->m.token, CASUS_OBJ) : 0};
    for (unsigned h = 0; h < 2 && hosts[h]; h++)
        TREE_CHILDREN(t, hosts[h], c)
    if (c > x->m.token && tree_is_verb(t, c) && t->tok[c].deprel != CASUS_CONJ && case_among(t, c, preps, n)) return c;
    return 0;
}

static unsigned find_content(const matcher *x) {
    const coder_tree *t = x->t;
    unsigned c = tree_child(t, x->m.token, CASUS_CCOMP);
    if (!c) c = tree_child(t, x->m.token, CASUS_XCOMP);
    if (!c && !x->verb) c = tree_child(t, x->m.token, CASUS_ACL);
    if (!c && x->verb) c = tree_object(t, x->m.token);
    return c;
}

static unsigned bare_target(const matcher *x) {
    const coder_tree *t = x->t;
    if (!x->verb) return 0;
    unsigned iobj = tree_child(t, x->m.token, CASUS_IOBJ), obj = tree_object(t, x->m.token);
    if (!obj || (x->m.object_word && obj == x->m.object_word)) return iobj;
    return iobj && x->m.object_word ? iobj : obj;
}

static void bind(matcher *x, casus_slot slot, unsigned token) {
    if (!token) return;
    x->m.score++;
    if (slot == CASUS_SLOT_SOURCE) x->m.source = token;
    if (slot == CASUS_SLOT_TARGET) x->m.target = token;
    if (slot == CASUS_SLOT_CONTENT) x->m.content = token;
    if (slot == CASUS_SLOT_DO) x->m.doing = token;
}

/* "Iran and Iraq have restored relations": the subjects are partners of each other. */
static bool together(const matcher *x) {
    static const char *const verbs[] = {"clash", "compete", "cooperate", "collaborate", "quarrel", "feud", "negotiate", "reconcile", "coexist", "skirmish", "vie"};
    const coder_tree *t = x->t;
    bool mutual = x->verb && (x->m.pattern->flags & CASUS_PATTERN_MUTUAL) && x->m.frame->class_ == CASUS_FRAME_RELATION;
    unsigned subject = mutual ? tree_subject(t, x->m.token) : 0, other = subject ? tree_child(t, subject, CASUS_CONJ) : 0;
    if (!other || other > x->m.token || t->tok[subject].upos != CASUS_PROPN || t->tok[other].upos != CASUS_PROPN) return false;
    if (x->m.object_word) return true;
    if (TREE_AMONG(t, x->m.token, verbs)) return !tree_object(t, x->m.token);
    return false;
}

/* Is the pattern refused when this slot finds nothing? */
static bool slot_required(const matcher *x, const casus_element *e) {
    if (e->slot == CASUS_SLOT_DO) return true;
    if (e->slot == CASUS_SLOT_TARGET && together(x)) return false;
    if (e->slot == CASUS_SLOT_CONTENT && x->m.frame->class_ == CASUS_FRAME_SAY) return false; /* what is said may stand in another sentence */
    return e->n_preps && e->slot != CASUS_SLOT_SOURCE && x->m.pattern->trigger != CASUS_TRIGGER_NOUN;
}

/* "tear up the accord": the preposition of a pattern may be a particle of the verb, what follows its object. */
static bool as_particle(const matcher *x, const uint32_t *preps, unsigned n) {
    unsigned particle = x->verb ? tree_child(x->t, x->m.token, CASUS_COMPOUND_PRT) : 0;
    return particle && among(x->t->lemma[particle], preps, n);
}

static bool match_slot(matcher *x, const casus_element *e, const uint32_t *preps) {
    unsigned found;
    if (e->slot == CASUS_SLOT_DO) found = e->n_preps && preps[0] != casus_lemma_hash(CASUS_STR("to")) ? find_doing_after(x, preps, e->n_preps) : find_doing(x);
    else if (e->n_preps) found = find_after(x, preps, e->n_preps, NULL, 0);
    else if (e->slot == CASUS_SLOT_CONTENT) found = find_content(x);
    else found = e->slot == CASUS_SLOT_TARGET ? bare_target(x) : 0;
    if (!found && e->n_preps && e->slot == CASUS_SLOT_TARGET && as_particle(x, preps, e->n_preps)) found = bare_target(x);
    if (!found) return !slot_required(x, e);
    if (e->n_preps) x->m.score++;
    bind(x, (casus_slot)e->slot, found);
    return true;
}

static bool match_element(matcher *x, const casus_element *e) {
    const uint32_t *words = casus_lexicon_lemma_hashes(x->lex, e), *preps = words + e->n_words;
    unsigned found;
    switch (e->type) {
    case CASUS_ELEMENT_PARTICLE: found = find_particle(x, words, e->n_words); break;
    case CASUS_ELEMENT_BEFORE: found = find_before(x, words, e->n_words); break;
    case CASUS_ELEMENT_WORD:
        found = e->n_preps ? find_after(x, preps, e->n_preps, words, e->n_words) : find_word(x, words, e->n_words);
        if (!found && e->n_preps && as_particle(x, preps, e->n_preps)) found = x->m.object_word = find_word(x, words, e->n_words);
        if (!e->n_preps && found) x->m.object_word = found;
        if (found && x->n_words < 4) x->word[x->n_words++] = found;
        break;
    default: return match_slot(x, e, preps);
    }
    bool pair = found && e->type == CASUS_ELEMENT_WORD && !among(x->t->lemma[found], words, e->n_words) && (among(x->t->pair[found], words, e->n_words) || among(x->t->pair_form[found], words, e->n_words));
    x->m.score += found ? 3 + pair : 0; /* "has little_influence" says more than "has influence" */
    return found > 0;
}

/* "rule out" is not "rule": a particle that the pattern does not ask for makes another verb. */
static bool foreign_particle(const matcher *x, const casus_element *e) {
    if (!x->verb || !tree_child(x->t, x->m.token, CASUS_COMPOUND_PRT)) return false;
    for (unsigned k = 0; k < x->m.pattern->n_elements; k++)
        if (e[k].type == CASUS_ELEMENT_PARTICLE || e[k].n_preps) return false;
    return true;
}

/* "took place in Turkey" takes nobody in. */
static bool takes_place(const matcher *x, const casus_element *e) {
    const coder_tree *t = x->t;
    if (!x->verb || !tree_is(t, x->m.token, "take") || !tree_is(t, tree_child(t, x->m.token, CASUS_OBJ), "place")) return false;
    for (unsigned k = 0; k < x->m.pattern->n_elements; k++)
        if (e[k].type == CASUS_ELEMENT_WORD) return false;
    return true;
}

static bool match_pattern(matcher *x) {
    const casus_pattern *p = x->m.pattern;
    const casus_element *e = casus_lexicon_elements(x->lex, p);
    if (foreign_particle(x, e) || takes_place(x, e)) return false;
    for (unsigned pass = 0; pass < 2; pass++) /* words first: a slot must know which noun a word has taken */
        for (unsigned k = 0; k < p->n_elements; k++)
            if ((e[k].type == CASUS_ELEMENT_SLOT) == (pass == 1) && !match_element(x, &e[k])) return false;
    return true;
}

/* "convinced the generals": a verb with whom it acts on, no participle that says how one feels. */
static bool acts_on(const coder_tree *t, unsigned i) { return tree_child(t, i, CASUS_NSUBJ) && tree_child(t, i, CASUS_OBJ) > i && !tree_is_passive(t, i); }

/* "Forces for the Liberation of Chad": a capital inside a name makes no deed. */
static bool in_name(const coder_tree *t, unsigned i) {
    const casus_token *tok = &t->tok[i];
    unsigned h = tok->head;
    if (i == 1 || tok->form.at[0] < 'A' || tok->form.at[0] > 'Z' || tok->deprel != CASUS_NMOD || !h || h > i) return false;
    return h > 1 && t->tok[h].form.at[0] >= 'A' && t->tok[h].form.at[0] <= 'Z';
}

static bool trigger_fits(const coder_tree *t, unsigned i, const casus_pattern *p) {
    casus_upos u = (casus_upos)t->tok[i].upos;
    bool auxiliary = t->tok[i].deprel == CASUS_AUX_REL || t->tok[i].deprel == CASUS_AUX_PASS || t->tok[i].deprel == CASUS_COP;
    switch (p->trigger) {
    case CASUS_TRIGGER_VERB: return u == CASUS_VERB || (u == CASUS_AUX && !auxiliary);
    case CASUS_TRIGGER_NOUN: return !in_name(t, i) && (u == CASUS_NOUN || (u == CASUS_PROPN && !is_time(t, i))); /* "in March" marches nowhere */
    case CASUS_TRIGGER_ADJ: return u == CASUS_ADJ || u == CASUS_ADV || (u == CASUS_VERB && t->lemma[i] != p->lemma && !acts_on(t, i));
    default: return false;
    }
}

static void keep_best(coder_match *out, size_t *n, size_t max, const coder_match *m) {
    for (size_t k = 0; k < *n; k++) {
        if (out[k].frame->class_ != m->frame->class_) continue;
        if (m->score > out[k].score) out[k] = *m;
        return;
    }
    if (*n < max) out[(*n)++] = *m;
}

static void match_lemma(const casus_lexicon *lex, const coder_tree *t, unsigned i, uint32_t lemma, coder_match *out, size_t *n, size_t max) {
    size_t count = 0;
    const casus_pattern *p = casus_lexicon_patterns(lex, lemma, &count);
    for (size_t k = 0; p && k < count; k++) {
        if (!trigger_fits(t, i, &p[k])) continue;
        matcher x = {lex, t, {.pattern = &p[k], .frame = casus_lexicon_frame(lex, p[k].frame), .token = i, .score = 1},
                     p[k].trigger == CASUS_TRIGGER_VERB, {0}, 0};
        if (x.m.frame && match_pattern(&x)) keep_best(out, n, max, &x.m);
    }
}

static size_t match_token(const casus_lexicon *lex, const coder_tree *t, unsigned i, coder_match *out, size_t max) {
    size_t n = 0;
    match_lemma(lex, t, i, t->lemma[i], out, &n, max);
    casus_str form = t->tok[i].form;
    uint32_t as_written = casus_lemma_hash(form);
    if (as_written != t->lemma[i]) match_lemma(lex, t, i, as_written, out, &n, max);
    return n;
}

void match_sentence(coder_doc *d, coder_sentence *s) {
    const coder_tree *t = &s->tree;
    size_t n = 0, cap = 0;
    s->match_from = CASUS_NEW_ARRAY(d->arena, uint32_t, t->n + 2);
    for (unsigned i = 1; i <= t->n; i++) {
        coder_match here[CASUS_FRAME_TOPIC + 1];
        s->match_from[i] = (uint32_t)n;
        size_t k = tree_names(t, i) ? 0 : match_token(d->lex, t, i, here, sizeof here / sizeof *here);
        for (size_t j = 0; j < k; j++) *CASUS_PUSH(d->arena, s->matches, n, cap) = here[j];
    }
    s->match_from[t->n + 1] = (uint32_t)n;
}

const coder_match *match_of(const coder_sentence *s, unsigned i, casus_frame_class class_) {
    for (uint32_t k = s->match_from[i]; k < s->match_from[i + 1]; k++)
        if (s->matches[k].frame->class_ == class_) return &s->matches[k];
    return NULL;
}

const casus_phrase *match_phrase(const casus_lexicon *lex, const coder_tree *t, unsigned i, size_t *n, unsigned *last) {
    uint64_t key = casus_key(t->tok[i].form, true);
    unsigned words = key ? casus_lexicon_phrase_words(lex, key) : 0;
    const casus_phrase *best = NULL;
    for (unsigned j = i; words && j <= t->n && j < i + words; j++) {
        uint64_t more = j > i ? casus_key_more(key, t->tok[j].form, true) : key;
        if (j > i && more == key) continue; /* punctuation adds nothing */
        key = more;
        size_t count;
        const casus_phrase *p = casus_lexicon_phrases(lex, key, &count);
        if (p) best = p, *n = count, *last = j;
    }
    return best;
}
