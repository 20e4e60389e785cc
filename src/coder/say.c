#include "say.h"

#include "argument.h"
#include "quote.h"

#include <string.h>

static bool is_clausal(const coder_tree *t, unsigned i) { return i && (tree_is_verb(t, i) || t->tok[i].upos == CASUS_ADJ); }

/* "X," he said: the cue hangs beside what it reports. */
static unsigned beside(const coder_tree *t, unsigned cue) {
    unsigned h = t->tok[cue].head;
    return h && t->tok[cue].deprel == CASUS_PARATAXIS ? h : 0;
}

/* Do a semicolon's two sides hold the cue and what stands beside it? Then neither reports the other. */
static bool parted(const coder_tree *t, unsigned a, unsigned b) {
    for (unsigned i = a < b ? a : b; i < (a < b ? b : a); i++)
        if (casus_str_is(t->tok[i].form, ";")) return true;
    return false;
}

/* "announced in a statement that it had …": the clause hangs on the noun of the document. */
static unsigned said_in(const coder_sentence *s, unsigned verb) {
    const coder_tree *t = &s->tree;
    TREE_CHILDREN(t, verb, c) {
        unsigned clause = tree_child(t, c, CASUS_ACL);
        if (!clause) clause = tree_child(t, c, CASUS_ACL_RELCL);
        bool document = t->tok[c].deprel == CASUS_OBL && t->tok[c].upos == CASUS_NOUN && match_of(s, c, CASUS_FRAME_SAY);
        if (document && clause && tree_child_lemma(t, clause, "that")) return clause;
    }
    return 0;
}

/* What a verb of saying or thinking is about: a clause; a noun phrase only where the pattern asks for one ("claim responsibility for …"). */
static unsigned verb_content(const coder_sentence *s, const coder_match *m) {
    const coder_tree *t = &s->tree;
    unsigned c = m->content ? m->content : m->doing;
    if (!c) c = tree_child(t, m->token, CASUS_CCOMP);
    if (!c && tree_is_passive(t, m->token) && tree_subject(t, m->token)) c = tree_object(t, m->token); /* "the attack was claimed by X" */
    if (!c) c = beside(t, m->token);
    if (!c) c = tree_child(t, m->token, CASUS_PARATAXIS);
    if (c && parted(t, m->token, c)) c = 0;
    if (!c) c = tree_child(t, m->token, CASUS_XCOMP);
    if (!c) c = said_in(s, m->token);
    return c == m->target ? 0 : c;
}

/* "called a meeting", "called home": no words said; "called it a farce", "called them “thugs”" are. */
static bool plain_call(const coder_sentence *s, const coder_match *m, unsigned content) {
    const coder_tree *t = &s->tree;
    unsigned next = m->token + 1;
    if (!tree_is(t, m->token, "call") || (next <= t->n && t->tok[next].upos == CASUS_ADP && m->score > 3)) return false;
    unsigned x = tree_child(t, m->token, CASUS_XCOMP);
    if (x && t->tok[x].upos != CASUS_VERB) return false;
    for (unsigned i = content ? t->lo[content] : next; i <= t->n && content && i <= t->hi[content] + 1u; i++)
        if (quote_mark(t, i)) return false;
    return true;
}

/* "…, as her aides claimed": what the clause hangs on is what they claim. */
static unsigned as_clause(const coder_tree *t, unsigned cue) {
    unsigned first = t->lo[cue], h = t->tok[cue].head;
    if (first <= t->n && t->tok[first].upos == CASUS_PUNCT) first++;
    if (t->tok[cue].deprel != CASUS_ADVCL || !h || !tree_is(t, first, "as") || tree_child(t, cue, CASUS_OBJ) || tree_child(t, cue, CASUS_CCOMP)) return 0;
    return is_clausal(t, h) ? h : 0;
}

/* "called for a truce", "talked about the law": what follows the word that belongs to the verb. */
static unsigned after_particle(const coder_tree *t, const coder_match *m) {
    unsigned p = m->token + 1;
    while (p < t->n && t->tok[p].upos == CASUS_ADV) p++; /* "spoke only of a few" */
    bool particle = m->score > 3 && p <= t->n && t->tok[p].upos == CASUS_ADP;
    TREE_CHILDREN(t, m->token, c)
    if (particle && c > p && (t->tok[c].deprel == CASUS_OBL || t->tok[c].deprel == CASUS_OBJ) && tree_case(t, c) == p) return c;
    return 0;
}

static bool is_mark(const coder_tree *t, unsigned i) { return i >= 1 && i <= t->n && t->tok[i].upos == CASUS_PUNCT; }

static bool is_break(const coder_tree *t, unsigned i) {
    if (!is_mark(t, i)) return false;
    casus_str f = t->tok[i].form;
    return f.at[0] == ',' || f.at[0] == ':' || f.at[0] == '"' || f.at[0] == '\'' || f.at[0] == '`' || (unsigned char)f.at[0] >= 0x80;
}

static unsigned top_of(const coder_tree *t, unsigned first, unsigned last) {
    unsigned best = 0;
    for (unsigned i = first; i <= last && i <= t->n; i++)
        if (!is_mark(t, i) && (!best || t->depth[i] < t->depth[best])) best = i;
    return best;
}

/* "…, the ministry said." / 'She said: "…"': what stands on the other side of the comma or quotation mark, whatever the tree makes of it. */
static unsigned beyond_the_break(const coder_tree *t, unsigned cue, unsigned source) {
    unsigned lo = source && t->lo[source] < cue ? t->lo[source] : cue, hi = source && t->hi[source] > cue ? t->hi[source] : cue;
    unsigned c = 0;
    if (is_break(t, lo - 1) && lo > 3) c = top_of(t, 1, lo - 2);
    else if (is_break(t, hi + 1) && hi + 3 <= t->n) c = top_of(t, hi + 2, t->n);
    return is_clausal(t, c) ? c : 0;
}

static bool is_speaker_self(const coder_tree *t, unsigned i) {
    return t->tok[i].upos == CASUS_PRON && (tree_is(t, i, "i") || tree_is(t, i, "we") || tree_is(t, i, "you") || tree_is(t, i, "one"));
}

static unsigned noun_source(const coder_sentence *s, unsigned i) {
    const coder_tree *t = &s->tree;
    unsigned p = tree_child(t, i, CASUS_NMOD_POSS);
    TREE_CHILDREN(t, i, c) {
        unsigned k = tree_case(t, c);
        if (!p && k && (tree_is(t, k, "by") || tree_is(t, k, "of") || tree_is(t, k, "from")) && mention_at(s, c)) p = c;
        if (!p && c < i && mention_at(s, c)) p = c;
    }
    bool governed = t->tok[i].deprel == CASUS_OBJ || t->tok[i].deprel == CASUS_OBL;
    return p || !governed ? p : tree_subject(t, t->tok[i].head);
}

static unsigned noun_content(const coder_tree *t, const coder_match *m) {
    unsigned c = m->content ? m->content : m->doing;
    if (!c) c = tree_child(t, m->token, CASUS_ACL);
    if (!c) c = tree_child(t, m->token, CASUS_CCOMP);
    if (!c) c = tree_child(t, m->token, CASUS_ACL_RELCL);
    return c;
}

static coder_say *add(coder_doc *d, coder_says *out, unsigned cue, unsigned source, unsigned content, casus_holds holds) {
    coder_say *y = CASUS_PUSH(d->arena, out->items, out->n, out->cap);
    *y = (coder_say){.cue = cue, .cue_first = cue, .cue_last = cue, .source = source, .content = content, .named = source, .holds = holds};
    return y;
}

/* "Kenya told the envoys that it would wait, saying …": a participle after a comma is said by the subject of the main clause. */
static unsigned participle_source(const coder_sentence *s, unsigned cue) {
    const coder_tree *t = &s->tree;
    unsigned v = t->tok[cue].head;
    bool after_comma = cue > 2 && t->tok[cue].xpos == casus_xpos_of(casus_str_of("VBG")) && (t->tok[cue - 1].form.at[0] == ',' || (cue > 3 && t->tok[cue - 2].form.at[0] == ','));
    if (!after_comma || tree_child(t, cue, CASUS_NSUBJ) || t->tok[cue].deprel == CASUS_CONJ) return 0;
    v = v ? tree_clause(t, v) : 0;
    for (unsigned k = 0; v && t->tok[v].head && k < t->n; k++) {
        unsigned h = tree_clause(t, t->tok[v].head);
        casus_deprel r = (casus_deprel)t->tok[v].deprel;
        if (!h || h == v || (r != CASUS_CCOMP && r != CASUS_ACL_RELCL && r != CASUS_ACL && r != CASUS_XCOMP) || (r == CASUS_CCOMP && !match_of(s, h, CASUS_FRAME_SAY))) break;
        v = h;
    }
    unsigned subject = v && v < cue ? tree_subject(t, v) : 0;
    return subject < cue ? subject : 0;
}

/* "Acts of protest, he said, …": of two subjects the nearer one says it. */
static unsigned verb_source(const coder_tree *t, unsigned cue) {
    unsigned near = 0;
    if (!tree_is_passive(t, cue))
        TREE_CHILDREN(t, cue, c) {
            unsigned gap = c < cue ? cue - c : c - cue, best = near < cue ? cue - near : near - cue;
            if (t->tok[c].deprel == CASUS_NSUBJ && (!near || gap < best)) near = c;
        }
    return near && tree_child(t, cue, CASUS_NSUBJ) != near ? near : tree_subject(t, cue);
}

/* "…, Sen. Claire McCaskill (D-Mo.) said", "said Ellis": where the tree gives a verb of saying nobody, the name beside it. */
static unsigned name_beside(const coder_tree *t, unsigned cue) {
    unsigned i = cue - 1;
    while (i > 1 && (t->tok[i].upos == CASUS_ADV || t->tok[i].upos == CASUS_AUX)) i--;
    if (i > 3 && t->tok[i].form.at[0] == ')')
        while (i > 1 && t->tok[i--].form.at[0] != '(') continue;
    if (i >= 1 && (t->tok[i].upos == CASUS_PROPN || t->tok[i].upos == CASUS_PRON)) {
        while (t->tok[i].head < i && t->tok[i].head && (t->tok[i].deprel == CASUS_FLAT || t->tok[i].deprel == CASUS_COMPOUND)) i = t->tok[i].head;
        return i;
    }
    if (i >= 1 && t->tok[i].upos == CASUS_NOUN) {
        while (t->tok[i].head && t->tok[i].head < i && tree_is_nominal(t, t->tok[i].head)) i = t->tok[i].head;
        return i;
    }
    bool inverted = cue == 1 || t->tok[cue - 1].upos == CASUS_PUNCT;
    return inverted && cue < t->n && t->tok[cue + 1].upos == CASUS_PROPN ? cue + 1 : 0;
}

/* "the minister who said": the antecedent says it, "who" stands for it. */
static unsigned naming_word(const coder_tree *t, unsigned cue, unsigned source) {
    unsigned own = tree_child(t, tree_conj_head(t, cue), CASUS_NSUBJ);
    bool relative = own && own != source && t->tok[own].upos == CASUS_PRON && !tree_is(t, own, "that") && t->tok[tree_conj_head(t, cue)].head == source;
    return relative ? own : source;
}

/* Verbs that report words whatever else stands in their sentence. */
static bool reports_words(const coder_tree *t, unsigned cue) {
    static const char *const verbs[] = {"say", "add", "write", "ask", "reply", "note", "explain", "tweet", "tell", "recall", "respond", "continue", "conclude", "read"};
    return TREE_AMONG(t, cue, verbs);
}

/* Of these, verbs that say something only beside a quotation: "he continued to work", "told the crowd of it". */
static bool needs_quotation(const coder_tree *t, unsigned cue) {
    static const char *const verbs[] = {"tell", "recall", "respond", "continue", "conclude", "read"};
    return TREE_AMONG(t, cue, verbs);
}

static bool may_lack_name(const coder_tree *t, const coder_match *m, unsigned content) {
    if (tree_is_passive(t, m->token) || t->tok[m->token].deprel == CASUS_XCOMP || needs_quotation(t, m->token)) return false;
    bool quoted = m->token > 2 && (quote_mark(t, m->token - 1) || is_break(t, m->token - 1));
    bool reports = m->frame->holds == CASUS_ASSERTS || m->frame->holds == CASUS_RELAYS || m->frame->holds == CASUS_CLAIMS;
    const char *x = casus_xpos_name(t->tok[m->token].xpos);
    bool finite = x[0] == 'V' && x[2] != 'G' && x[2] != '\0';
    return reports_words(t, m->token) || (reports && finite && (quoted || (content && t->tok[content].deprel == CASUS_CCOMP)));
}

/* The words reported when the tree ties none to the cue: the neighbouring sentence that a quotation mark or a colon points to, else the rest of this. */
static casus_span words_elsewhere(const coder_doc *d, const coder_sentence *s, unsigned cue) {
    const coder_tree *t = &s->tree;
    const coder_sentence *before = s->index ? &d->sentences[s->index - 1] : NULL, *after = s->index + 1 < d->n_sentences ? &d->sentences[s->index + 1] : NULL;
    bool short_cue = t->n < 12, quotes = false;
    for (unsigned i = 1; i <= t->n; i++) quotes = quotes || quote_mark(t, i);
    if (after && t->tok[t->n].form.at[0] == ':') return (casus_span){after->s->begin, after->s->end};
    if (quotes) return (casus_span){s->s->begin, s->s->end};
    if (before && short_cue && quote_mark(&before->tree, before->tree.n)) return (casus_span){before->s->begin, before->s->end};
    unsigned mark = t->tok[cue].deprel == CASUS_ADVCL ? tree_child(t, cue, CASUS_MARK) : 0;
    if (mark && (tree_is(t, mark, "though") || tree_is(t, mark, "although") || tree_is(t, mark, "than") || tree_is(t, mark, "if") || tree_is(t, mark, "while"))) return (casus_span){0, 0}; /* "though neither says how" */
    return t->n > 4 && !needs_quotation(t, cue) ? (casus_span){s->s->begin, s->s->end} : (casus_span){0, 0};
}

static bool content_holds_cue(const coder_tree *t, unsigned cue, unsigned source, unsigned content) {
    if (!content || !tree_under(t, source, content) || !tree_under(t, cue, content)) return false;
    return t->tok[cue].deprel != CASUS_PARATAXIS && !tree_child(t, cue, CASUS_CCOMP);
}

static void add_verb(coder_doc *d, const coder_sentence *s, coder_says *out, const coder_match *m) {
    const coder_tree *t = &s->tree;
    unsigned source = m->source ? m->source : participle_source(s, m->token), content = verb_content(s, m);
    if (!source) source = verb_source(t, m->token);
    if (plain_call(s, m, content)) return;
    casus_span elsewhere = {0, 0};
    if (!source && may_lack_name(t, m, content)) source = name_beside(t, m->token);
    if (!content && source && m->frame->holds <= CASUS_CLAIMS) content = beyond_the_break(t, m->token, source);
    if (!content) content = as_clause(t, m->token);
    bool aside = content && content == as_clause(t, m->token);
    if (!content) content = after_particle(t, m);
    if (tree_is(t, m->token, "continue") && tree_child(t, m->token, CASUS_XCOMP)) return; /* "continued to work" says nothing */
    if (!aside && content_holds_cue(t, m->token, source, content)) content = 0;
    if (m->pattern->flags & CASUS_PATTERN_SUBJECT_IS_TARGET && !m->source) source = m->content ? m->target : 0; /* "convinced them that …" */
    if (!content && source && reports_words(t, m->token) && !tree_is_passive(t, m->token)) elsewhere = words_elsewhere(d, s, m->token);
    if ((!content && !elsewhere.end) || (source && is_speaker_self(t, source))) return;
    coder_say *y = add(d, out, m->token, source, content, (casus_holds)m->frame->holds);
    y->elsewhere = elsewhere;
    if (source) y->named = naming_word(t, m->token, source);
}

static void add_noun(coder_doc *d, const coder_sentence *s, coder_says *out, const coder_match *m) {
    unsigned source = m->source ? m->source : noun_source(s, m->token), content = noun_content(&s->tree, m), h = s->tree.tok[m->token].head;
    if (h && content && match_of(s, h, CASUS_FRAME_SAY) && said_in(s, h) == content) return; /* the verb says it */
    if (source && content && !is_speaker_self(&s->tree, source)) add(d, out, m->token, source, content, (casus_holds)m->frame->holds);
}

static void add_match(coder_doc *d, const coder_sentence *s, coder_says *out, const coder_match *m) {
    if (m->pattern->trigger == CASUS_TRIGGER_NOUN) add_noun(d, s, out, m);
    else add_verb(d, s, out, m);
}

/* The noun phrase right after a token, whatever the tree makes of it: its last noun before a break. */
static unsigned phrase_after(const coder_tree *t, unsigned token) {
    unsigned noun = 0;
    for (unsigned i = token + 1; i <= t->n && t->tok[i].upos != CASUS_PUNCT && t->tok[i].upos != CASUS_ADP; i++) {
        if (t->tok[i].upos == CASUS_NOUN || t->tok[i].upos == CASUS_PROPN) noun = i;
        if (t->tok[i].upos == CASUS_VERB && noun) break;
    }
    return noun;
}

/* "according to X": X holds the clause it stands in. "allegedly": someone does. */
static void add_phrase(coder_doc *d, const coder_sentence *s, coder_says *out, const casus_frame *f, unsigned first, unsigned last) {
    const coder_tree *t = &s->tree;
    unsigned source = 0, content = t->tok[first].head;
    if (tree_names(t, t->tok[last].head)) return; /* "withdrew from what Kyiv calls Novorossiya" */
    bool introduces = t->tok[first].deprel == CASUS_CASE || t->tok[first].deprel == CASUS_MARK || (last > first && t->tok[last].deprel == CASUS_CASE);
    if (introduces) {
        source = t->tok[last].deprel == CASUS_CASE ? t->tok[last].head : t->tok[first].head;
        for (unsigned k = 0; source >= first && source <= last && k < t->n; k++) source = t->tok[source].head;
        content = source ? t->tok[source].head : 0;
        if (source && !tree_is_nominal(t, source)) source = last + 1 < t->n && tree_is(t, last, "to") ? phrase_after(t, last) : 0;
        if (!source) return; /* "as if it were settled" names no one */
    } else if (last > first && tree_is(t, last, "to")) {
        source = phrase_after(t, last);
        introduces = source > 0;
        if (source) content = t->tok[source].head > last || !t->tok[source].head ? top_of(t, 1, first > 2 ? first - 2 : 1) : t->tok[source].head;
    }
    if (!content) return;
    coder_say *y = add(d, out, first, source, tree_clause(t, content), (casus_holds)f->holds);
    y->cue_last = last;
    y->adverb = !introduces;
}

/* "by the government's count", "in Moscow's view", "on its list of enemies": whose words or thoughts the clause gives. */
static bool is_account(const coder_tree *t, unsigned i) {
    static const char *const nouns[] = {"count",   "estimate", "account",   "reckoning", "view",    "opinion",     "telling", "version", "narrative", "propaganda", "doctrine", "eye",
                                        "mind",    "judgment", "judgement", "list",      "logic",   "tally",       "figure",  "word",    "calculation", "assessment", "interpretation",
                                        "reading", "blacklist", "estimation", "rhetoric", "manifesto", "analysis",  "report"};
    return TREE_AMONG(t, i, nouns);
}

static bool introduces_account(const coder_tree *t, unsigned k) {
    return tree_is(t, k, "in") || tree_is(t, k, "by") || tree_is(t, k, "on") || tree_is(t, k, "to") || tree_is(t, k, "under") || tree_is(t, k, "per");
}

static void add_account(coder_doc *d, const coder_sentence *s, coder_says *out, unsigned i) {
    const coder_tree *t = &s->tree;
    unsigned k = tree_case(t, i), owner = tree_child(t, i, CASUS_NMOD_POSS), h = t->tok[i].head;
    bool phrase = t->tok[i].upos == CASUS_NOUN && (t->tok[i].deprel == CASUS_OBL || t->tok[i].deprel == CASUS_NMOD) && k && introduces_account(t, k);
    if (!phrase || !owner || !h || !is_account(t, i) || is_speaker_self(t, owner) || tree_is(t, owner, "my") || tree_is(t, owner, "our")) return;
    unsigned clause = tree_clause(t, h);
    if (!tree_is_verb(t, clause) || (tree_subject(t, clause) == owner)) return;
    coder_say *y = add(d, out, i, owner, clause, CASUS_CLAIMS);
    y->cue_first = k;
    y->within = true;
}

static bool negative_word(const coder_tree *t, unsigned i) {
    static const char *const words[] = {"false", "falsely", "baseless", "bogus", "unfounded", "wrongly", "untrue", "fabricated"};
    TREE_CHILDREN(t, i, c)
    if (TREE_AMONG(t, c, words)) return true;
    return false;
}

static casus_view view_of(const coder_sentence *s, unsigned cue) {
    const coder_match *v = match_of(s, cue, CASUS_FRAME_VIEW);
    if (v) return v->frame->holds == 1 ? CASUS_REJECTS : CASUS_ENDORSES;
    return negative_word(&s->tree, cue) ? CASUS_REJECTS : CASUS_NEUTRAL;
}

/* "X's lie that …": said by X, and the author's word for it rejects it. */
static void add_lie(coder_doc *d, const coder_sentence *s, coder_says *out, unsigned i) {
    const coder_match *m = match_of(s, i, CASUS_FRAME_VIEW);
    if (!m || m->pattern->trigger != CASUS_TRIGGER_NOUN) return;
    unsigned source = noun_source(s, i), content = noun_content(&s->tree, m);
    if (source && is_clausal(&s->tree, content)) add(d, out, i, source, content, CASUS_CLAIMS);
}

static void find_phrases(coder_doc *d, const coder_sentence *s, coder_says *out, unsigned i) {
    unsigned last;
    size_t n = 0;
    const casus_phrase *p = match_phrase(d->lex, &s->tree, i, &n, &last);
    for (size_t k = 0; p && k < n; k++) {
        const casus_frame *f = casus_lexicon_frame(d->lex, p[k].frame);
        if (f && f->class_ == CASUS_FRAME_SAY) add_phrase(d, s, out, f, i, last);
    }
}

/* What the typography attributes: a label before a colon, a name under a quotation. */
static void find_marks(coder_doc *d, const coder_sentence *s, coder_says *out) {
    const coder_tree *t = &s->tree;
    unsigned speaker = 0, mark = quote_label(s, &speaker), content = mark ? top_of(t, mark + 1, t->n) : 0;
    if (mark && content) {
        add(d, out, mark, speaker, content, CASUS_ASSERTS)->elsewhere = tree_span(t, mark + 1, t->n);
        return;
    }
    mark = quote_signature(d, s, &speaker);
    if (!mark) return;
    casus_span words = mark > 1 ? tree_span(t, 1, mark - 1) : (casus_span){d->sentences[s->index - 1].s->begin, d->sentences[s->index - 1].s->end};
    add(d, out, mark, speaker, 0, CASUS_ASSERTS)->elsewhere = words;
}

static bool is_attitude(casus_holds h) { return h == CASUS_BELIEVES || h == CASUS_HOPES || h == CASUS_FEARS || h == CASUS_WANTS || h == CASUS_PROMISES; }

static bool same_source(const coder_sentence *s, unsigned a, unsigned b) {
    const coder_mention *x = mention_at(s, a), *y = mention_at(s, b);
    return a == b || (x && y && x->entity == y->entity);
}

/* "She said she hopes …": the attitude is told by what she says; one holder is enough. */
static bool told_of_oneself(const coder_sentence *s, const coder_says *all, const coder_say *y) {
    for (size_t i = 0; i < all->n; i++) {
        const coder_say *x = &all->items[i];
        if (x == y || !x->content || x->cue == y->cue || !tree_under(&s->tree, y->cue, x->content)) continue;
        if (same_source(s, x->source, y->source) || s->tree.tok[y->source].upos == CASUS_PRON) return true;
    }
    return false;
}

/* Words that name neither people nor documents. */
static bool is_abstract(const coder_tree *t, unsigned i) {
    static const char *const words[] = {"time", "week", "month", "year", "day", "name", "effort", "action", "demand", "factor", "reason", "way", "fact", "thing", "role", "crackdown"};
    casus_str l = t->tok[i].lemma;
    if (TREE_AMONG(t, i, words)) return true;
    return casus_str_ends(l, "ness") || casus_str_ends(l, "ing") || casus_str_ends(l, "ism");
}

/* Can the word name who or what speaks: somebody, or a document? */
static bool may_speak(const coder_sentence *s, unsigned i) {
    const coder_tree *t = &s->tree;
    casus_upos u = (casus_upos)t->tok[i].upos;
    if (mention_at(s, tree_counted(t, i))) return true;
    if (u == CASUS_PRON) return !tree_is(t, i, "that") && !tree_is(t, i, "this") && !tree_is(t, i, "there") && !tree_is(t, i, "what");
    if (u == CASUS_VERB || u == CASUS_ADV || u == CASUS_ADP || u == CASUS_AUX) return false;
    return u != CASUS_NOUN || match_of(s, i, CASUS_FRAME_SAY) || !is_abstract(t, i);
}

/* Inside quotation marks the words are the speaker's: what he says of thoughts, wishes and plans is his saying, not the document's. */
static bool speakers_own(const coder_sentence *s, const bool *quoted, const coder_says *all, const coder_say *y) {
    const coder_tree *t = &s->tree;
    if (!y->source || t->tok[y->cue].upos == CASUS_PUNCT || (y->elsewhere.end && !(quoted[y->cue] && quoted[y->source]))) return false;
    bool verb = t->tok[y->cue].upos == CASUS_VERB;
    if (quoted[y->cue] && quoted[y->source]) return is_attitude(y->holds) || !verb || t->tok[y->source].upos != CASUS_PROPN;
    return is_attitude(y->holds) && told_of_oneself(s, all, y);
}

/* Wishes, fears and beliefs need somebody who has them: an actor, a person's pronoun or name; no "baseline", "which" or "none of this". */
static bool nobody_thinks(const coder_sentence *s, const coder_say *y) {
    static const char *const words[] = {"what", "which", "this", "that", "none", "nothing", "these", "those", "there"};
    const coder_tree *t = &s->tree;
    unsigned i = y->source;
    if (!i || !is_attitude(y->holds) || mention_at(s, i)) return false;
    if (TREE_AMONG(t, i, words)) return true;
    return t->tok[i].upos != CASUS_PRON && t->tok[i].upos != CASUS_PROPN && t->tok[i].upos != CASUS_DET && !args_owner(s, i) &&
           casus_str_eq(t->tok[i].form, t->tok[i].lemma);
}

static void drop_impossible(const coder_sentence *s, coder_says *out) {
    size_t n = 0;
    for (size_t i = 0; i < out->n; i++)
        if (!speakers_own(s, out->quoted, out, &out->items[i]) && !nobody_thinks(s, &out->items[i]) && (!out->items[i].source || may_speak(s, out->items[i].source))) out->items[n++] = out->items[i];
    out->n = n;
}

void say_find(coder_doc *d, const coder_sentence *s, coder_says *out) {
    out->quoted = s->quoted ? s->quoted : quote_read(d, s);
    find_marks(d, s, out);
    for (unsigned i = 1; i <= s->tree.n; i++) {
        const coder_match *m = match_of(s, i, CASUS_FRAME_SAY);
        size_t had = out->n;
        if (m) add_match(d, s, out, m);
        else add_lie(d, s, out, i);
        if (out->n > had) out->items[had].view = view_of(s, i);
        find_phrases(d, s, out, i);
        if (out->n == had) add_account(d, s, out, i);
    }
    drop_impossible(s, out);
}

/* "accuses them of looting, which they deny": the denial is no part of the accusation. */
static bool in_denial(const coder_sentence *s, unsigned t, unsigned content) {
    for (unsigned k = 0; t && t != content && k < s->tree.n; t = s->tree.tok[t].head, k++) {
        const coder_match *m = s->tree.tok[t].deprel == CASUS_ACL_RELCL ? match_of(s, t, CASUS_FRAME_SAY) : NULL;
        if (m && m->frame->holds == CASUS_DENIES) return true;
    }
    return false;
}

static bool holds_token(const coder_sentence *s, const coder_say *y, unsigned t) {
    const coder_tree *tree = &s->tree;
    if (!y->content || !tree_under(tree, t, y->content) || in_denial(s, t, y->content)) return false;
    bool phrase = tree->tok[y->cue].upos != CASUS_VERB || tree->tok[y->cue].deprel == CASUS_CASE; /* "according to X, …; Y says …" */
    if (phrase && tree_under(tree, y->cue, y->content) && parted(tree, y->cue, t)) return false;
    if (y->within) return !tree_under(tree, t, y->source);
    if (tree_under(tree, y->cue, y->content)) return !tree_under(tree, t, y->cue) && !(y->source && tree_under(tree, t, y->source));
    return true;
}

size_t say_over(const coder_sentence *s, const coder_says *all, unsigned t, size_t *out, size_t max) {
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++)
        if (n < max && holds_token(s, &all->items[i], t)) out[n++] = i;
    for (size_t i = 1; i < n; i++) /* by depth of the cue, outermost first */
        for (size_t k = i; k > 0 && s->tree.depth[all->items[out[k]].cue] < s->tree.depth[all->items[out[k - 1]].cue]; k--) {
            size_t swap = out[k];
            out[k] = out[k - 1];
            out[k - 1] = swap;
        }
    return n;
}
