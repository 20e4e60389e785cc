#include "tree_mend.h"

#include "tree_mend_words.h"

/* ---- lists ---- */

/* An apposition after "and" is one of a list. */
static bool mend_apposition(coder_tree *t, casus_token *tok, unsigned i) {
    if (tok[i].deprel != CASUS_APPOS || tok[i].head > i || !tree_child(t, i, CASUS_CC)) return false;
    tok[i].deprel = CASUS_CONJ;
    return true;
}

/* A second subject after "and" is the last of a list. */
static bool mend_subjects(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned v = tok[i].head;
    if (tok[i].deprel != CASUS_NSUBJ || !v || i > v) return false;
    unsigned first = tree_child(t, v, CASUS_NSUBJ), cc = 0, last = tree_child(t, i, CASUS_CONJ);
    bool names = first && first + 2u == i && tok[first].upos == CASUS_PROPN && tok[i].upos == CASUS_PROPN && tok[first + 1].form.at[0] == ',';
    if (names && last && last < v && tree_child(t, last, CASUS_CC)) { /* "the United States, Britain and Brazil condemned" */
        tok[i].head = tok[last].head = (uint16_t)first;
        tok[i].deprel = CASUS_CONJ;
        return true;
    }
    for (unsigned k = i - 1; k > first && !cc; k--)
        if (tok[k].deprel == CASUS_CC) cc = k;
    if (!first || first >= i || !cc || i - cc > 4) return false;
    tok[i].head = (uint16_t)first;
    tok[i].deprel = CASUS_CONJ;
    tok[cc].head = (uint16_t)i;
    return true;
}

/* "Russia, its neighbours, and the West are worried" is at times parsed as a bare noun with a clause coordinated to it; the noun is then the first
 * of the subjects. Returns true when a head has changed. */
static bool mend_list(coder_tree *t, casus_token *tok, unsigned p) {
    unsigned first = tok[p].head;
    if (tok[p].deprel != CASUS_CONJ || !first || first > p || !tree_is_verb(t, p)) return false;
    unsigned subject = tree_child(t, p, CASUS_NSUBJ), cc = tree_child(t, p, CASUS_CC);
    bool list = subject && cc && cc < subject && cc > first && subject < p;
    if (!list || tree_is_verb(t, first) || !tree_is_nominal(t, first) || tree_child(t, first, CASUS_NSUBJ)) return false;
    tok[p].head = tok[first].head;
    tok[p].deprel = tok[first].deprel;
    tok[first].head = (uint16_t)p;
    tok[first].deprel = CASUS_NSUBJ;
    tok[subject].head = (uint16_t)first;
    tok[subject].deprel = CASUS_CONJ;
    tok[cc].head = (uint16_t)subject;
    for (unsigned i = p + 1; i <= t->n; i++) /* further clauses are coordinated to the first one */
        if (tok[i].head == first && tok[i].deprel == CASUS_CONJ && tree_is_verb(t, i)) tok[i].head = (uint16_t)p;
    return true;
}

/* "the embassies in September and a hotel": nothing is coordinated to a date but a date. */
static bool mend_date_list(casus_token *tok, unsigned i) {
    unsigned h = tok[i].head;
    bool date = is_month(&tok[i]) || tok[i].upos == CASUS_NUM;
    if (tok[i].deprel != CASUS_CONJ || !h || h > i || date || !is_month(&tok[h]) || tok[i].upos != CASUS_NOUN) return false;
    while (h && (is_month(&tok[h]) || tok[h].deprel == CASUS_CONJ)) h = tok[h].head;
    if (!h || (tok[h].upos != CASUS_NOUN && tok[h].upos != CASUS_PROPN)) return false;
    tok[i].head = (uint16_t)h;
    return true;
}

/* "To meet this, A, B and C have talked" is at times parsed as an infinitive with a finite clause coordinated to it, and the first subjects as
 * objects of the infinitive: the finite clause is the main one, and what stands between comma and "and" its subjects. */
static bool mend_fronted(coder_tree *t, casus_token *tok, unsigned p) {
    unsigned v = tok[p].head, subject = tree_child(t, p, CASUS_NSUBJ), to = v && v < p ? tree_child_lemma(t, v, "to") : 0;
    if (tok[p].deprel != CASUS_CONJ || !to || to > v || tok[to].deprel != CASUS_MARK || tok[v].head || !subject || subject > p) return false;
    tok[p].head = 0, tok[p].deprel = CASUS_ROOT;
    tok[v].head = (uint16_t)p, tok[v].deprel = CASUS_ADVCL;
    unsigned cc = tree_child(t, p, CASUS_CC), first = 0;
    for (unsigned i = v + 1; cc && cc < subject && i < cc; i++) {
        bool listed = (tok[i].deprel == CASUS_CONJ || tok[i].deprel == CASUS_APPOS) && t->tok[tok[i].head].upos != CASUS_VERB;
        if (!listed || t->lo[i] < 2 || tok[t->lo[i] - 1].form.n != 1 || tok[t->lo[i] - 1].form.at[0] != ',') continue;
        if (!first) first = i;
        tok[i].head = (uint16_t)(first == i ? p : first), tok[i].deprel = first == i ? CASUS_NSUBJ : CASUS_CONJ;
    }
    if (!first) return true;
    tok[subject].head = (uint16_t)first, tok[subject].deprel = CASUS_CONJ;
    tok[cc].head = (uint16_t)subject;
    return true;
}

/* "Owing to its debts, its wars, and its isolation, it gave in": of two subjects the first goes on with the list before it. */
static bool mend_fronted_list(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned v = tok[i].head, subject = 0, phrase = 0;
    if (tok[i].deprel != CASUS_NSUBJ || !v || i > v || t->lo[i] < 2 || tok[t->lo[i] - 1].form.at[0] != ',') return false;
    TREE_CHILDREN(t, v, c) {
        if (c < i && tok[c].deprel == CASUS_OBL && tree_case(t, c) && t->hi[c] + 1 >= t->lo[i] - 1) phrase = c;
        if (c > i && c < v && tok[c].deprel == CASUS_NSUBJ) subject = c;
    }
    if (!phrase || !subject || t->lo[subject] < 2 || tok[t->lo[subject] - 1].form.at[0] != ',') return false;
    tok[i].head = (uint16_t)phrase;
    tok[i].deprel = CASUS_CONJ;
    return true;
}

/* "As X grew, Y fell" is at times parsed as X's clause with Y's as its complement: Y's is the main one. */
static bool mend_fronted_clause(coder_tree *t, casus_token *tok, unsigned p) {
    static const char *const words[] = {"as", "while", "although", "though", "if", "when", "since", "because", "once", "unless"};
    unsigned r = tok[p].head, subject = tree_child(t, p, CASUS_NSUBJ);
    bool front = (tok[1].deprel == CASUS_CASE || tok[1].deprel == CASUS_MARK) && TREE_AMONG(t, 1, words);
    if (!front || tok[p].deprel != CASUS_CCOMP || !r || tok[r].head || p < r || subject < r || tree_child(t, p, CASUS_MARK)) return false;
    if (!tree_child(t, r, CASUS_NSUBJ) || t->lo[p] < 2 || tok[t->lo[p]].upos == CASUS_PUNCT ? tok[t->lo[p]].form.at[0] != ',' : tok[t->lo[p] - 1].form.at[0] != ',') return false;
    tok[p].head = 0, tok[p].deprel = CASUS_ROOT;
    tok[r].head = (uint16_t)p, tok[r].deprel = CASUS_ADVCL;
    tok[1].head = (uint16_t)r, tok[1].deprel = CASUS_MARK, tok[1].upos = CASUS_SCONJ;
    return true;
}

/* "A and B, whose goods come freely, have …": the relative clause took the subject and stands beside the main one. */
static bool mend_whose(coder_tree *t, casus_token *tok, unsigned p) {
    casus_deprel r = (casus_deprel)tok[p].deprel;
    unsigned root = tok[p].head, subject = 0, whose = 0;
    if ((r != CASUS_PARATAXIS && r != CASUS_ADVCL && r != CASUS_CCOMP) || !root || p > root || tree_child(t, root, CASUS_NSUBJ)) return false;
    for (unsigned k = t->lo[p]; k < p && !whose; k++)
        if (tree_is(t, k, "whose") && k > 1 && tok[k - 1].form.at[0] == ',') whose = k;
    TREE_CHILDREN(t, p, c)
    if (c < whose && (tok[c].deprel == CASUS_NSUBJ || tok[c].deprel == CASUS_VOCATIVE)) subject = c;
    unsigned owned = whose ? tok[whose].head : 0;
    if (!subject || owned < whose || owned > p || (tok[owned].head != subject && tok[owned].head != p)) return false;
    tok[subject].head = (uint16_t)root, tok[subject].deprel = CASUS_NSUBJ;
    tok[p].head = (uint16_t)subject, tok[p].deprel = CASUS_ACL_RELCL;
    tok[owned].head = (uint16_t)p, tok[owned].deprel = CASUS_NSUBJ;
    return true;
}

/* "Beijing has been reluctant": a subject belongs to the predicate, not to its auxiliary. */
static bool mend_auxiliary(casus_token *tok, unsigned i) {
    unsigned h = tok[i].head;
    bool aux = h && (tok[h].deprel == CASUS_AUX_REL || tok[h].deprel == CASUS_AUX_PASS || tok[h].deprel == CASUS_COP);
    if (!aux || tok[i].deprel != CASUS_NSUBJ || !tok[h].head || tok[h].head == i) return false;
    tok[i].head = tok[h].head;
    return true;
}

/* "Prices are fuelling discontent": after a plural subject a bare singular is no predicate; the participle before it is the verb. */
static bool mend_progressive(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned cop = tree_child(t, i, CASUS_COP), verb = cop + 1, subject = tree_child(t, i, CASUS_NSUBJ);
    bool bare = cop && tok[i].upos == CASUS_NOUN && has_tag(&tok[i], "NN") && !tree_child(t, i, CASUS_DET_REL) && !tree_child(t, i, CASUS_NMOD_POSS);
    if (!bare || !subject || subject > cop || verb >= i || tok[verb].head != i || tok[verb].deprel != CASUS_AMOD) return false;
    if (!has_tag(&tok[verb], "VBG") || (!tree_is(t, cop, "be")) || tok[cop].form.n != 3) return false; /* "are" */
    tok[verb].head = tok[i].head, tok[verb].deprel = tok[i].deprel;
    tok[i].head = (uint16_t)verb, tok[i].deprel = CASUS_OBJ;
    tok[cop].deprel = CASUS_AUX_REL;
    TREE_CHILDREN(t, i, c)
    if (c < verb && c != verb) tok[c].head = (uint16_t)verb;
    return true;
}

/* "Should Mali fall, …": a verb, for all its noun's tag. */
static bool mend_should(coder_tree *t, casus_token *tok, unsigned v) {
    if (v < 2 || tok[v].deprel != CASUS_ADVCL || tok[v].upos != CASUS_NOUN || tok[1].head != v || tok[1].deprel != CASUS_AUX_REL || !tree_is(t, 1, "should")) return false;
    unsigned noun = tree_child(t, v, CASUS_COMPOUND);
    tok[v].upos = CASUS_VERB;
    if (noun && !tree_child(t, v, CASUS_NSUBJ)) tok[noun].deprel = CASUS_NSUBJ;
    return true;
}

/* ---- owners and relatives ---- */

static bool is_possessive(const coder_tree *t, unsigned i) { return i >= 1 && i <= t->n && t->tok[i].upos == CASUS_PART && t->tok[i].deprel == CASUS_CASE; }

/* "raids on Mali and Mali's pressure on it": the second noun, with its own possessor of that name, joins the first noun, not the name inside it. */
static bool mend_possessed(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned h = tok[i].head, owner = tree_child(t, i, CASUS_NMOD_POSS);
    if (tok[i].deprel != CASUS_CONJ || !owner || !h || h > i || tok[h].deprel != CASUS_NMOD || t->lemma[owner] != t->lemma[h]) return false;
    tok[i].head = tok[h].head;
    return true;
}

/* "Peru's (and Chile's) old claims": two owners of one noun. */
static bool mend_owners(coder_tree *t, casus_token *tok, unsigned i) {
    if (tok[i].deprel != CASUS_CC || i < 4 || i + 3 > t->n || !is_possessive(t, i + 2)) return false;
    unsigned mark = i - 1, two = i + 1, noun = i + 3;
    if (tok[mark].upos == CASUS_PUNCT) mark--;
    unsigned one = mark - 1;
    if (!is_possessive(t, mark) || !tree_is_nominal(t, one) || !tree_is_nominal(t, two)) return false;
    while (noun < t->n && (tok[noun].upos == CASUS_PUNCT || tok[noun].upos == CASUS_ADJ || tok[noun].upos == CASUS_NUM)) noun++;
    if (tok[noun].upos != CASUS_NOUN || tok[one].head == noun) return false;
    if (tree_under(t, noun, one)) tok[noun].head = tok[one].head, tok[noun].deprel = tok[one].deprel;
    for (unsigned k = two + 1; k < noun; k++)
        if (tok[k].upos == CASUS_ADJ) tok[k].head = (uint16_t)noun, tok[k].deprel = CASUS_AMOD;
    tok[one].head = (uint16_t)noun;
    tok[one].deprel = CASUS_NMOD_POSS;
    tok[two].head = (uint16_t)one;
    tok[two].deprel = CASUS_CONJ;
    tok[mark].head = (uint16_t)one;
    tok[i + 2].head = tok[i].head = (uint16_t)two;
    return true;
}

/* "the men it captured": a pronoun between a noun and its relative verb is who does it. */
static bool mend_reduced(coder_tree *t, casus_token *tok, unsigned i) {
    if (tok[i].upos != CASUS_PRON || tok[i].deprel != CASUS_OBJ || i < 2 || i == t->n) return false;
    unsigned v = i + 1, noun = i - 1;
    bool clause = tok[v].upos == CASUS_VERB && (tok[v].deprel == CASUS_ACL || tok[v].deprel == CASUS_ACL_RELCL) && tok[v].head == noun;
    if (!clause || (tok[i].head != v && tok[i].head != noun) || tree_child(t, v, CASUS_NSUBJ)) return false;
    tok[i].head = (uint16_t)v;
    tok[i].deprel = CASUS_NSUBJ;
    tok[v].deprel = CASUS_ACL_RELCL;
    return true;
}

/* ---- words whose tag their place in the sentence rules out ---- */

/* "a salvo of Katyusha rockets": a finite verb after a noun needs a subject or a relative of its own; without one it is the noun of the phrase. */
static bool mend_plural(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned h = tok[i].head;
    const char *x = casus_xpos_name(tok[i].xpos);
    bool finite = strcmp(x, "VBZ") == 0 && casus_str_ends(tok[i].form, "s");
    if (tok[i].upos != CASUS_VERB || !finite || tok[i].deprel != CASUS_ACL || h + 1 != i || t->lo[i] != i) return false;
    retag(&tok[i], CASUS_NOUN, "NNS");
    tok[i].head = tok[h].head, tok[i].deprel = tok[h].deprel;
    TREE_CHILDREN(t, h, c)
    if (c != i) tok[c].head = (uint16_t)i;
    tok[h].head = (uint16_t)i, tok[h].deprel = CASUS_COMPOUND;
    return true;
}

/* "whom the council opposes", "it also manages them": a plural noun that has a subject and no copula is a verb. */
static bool mend_third_person(coder_tree *t, casus_token *tok, unsigned i) {
    casus_deprel r = (casus_deprel)tok[i].deprel;
    bool clause = r == CASUS_ROOT || r == CASUS_ACL_RELCL || r == CASUS_CCOMP || r == CASUS_ADVCL;
    unsigned subject = tree_child(t, i, CASUS_NSUBJ), noun = tree_child(t, i, CASUS_COMPOUND), object = tree_child(t, i, CASUS_APPOS);
    bool plural = tok[i].upos == CASUS_NOUN && has_tag(&tok[i], "NNS") && !names_people(tok[i].form);
    if (!plural || !clause || !subject || subject > i || tree_child(t, i, CASUS_COP) || tree_child(t, i, CASUS_CASE) || tree_child(t, i, CASUS_AMOD)) return false;
    retag(&tok[i], CASUS_VERB, "VBZ");
    bool relative = tok[subject].upos == CASUS_PRON && tok[subject].xpos == casus_xpos_of(casus_str_of("WP"));
    if (relative && noun && noun < i) tok[noun].deprel = CASUS_NSUBJ, tok[subject].deprel = CASUS_OBJ;
    TREE_CHILDREN(t, i, c)
    if (relative && noun && tok[c].deprel == CASUS_DET_REL) tok[c].head = (uint16_t)noun;
    if (object > i && !tree_child(t, i, CASUS_OBJ)) tok[object].deprel = CASUS_OBJ;
    return true;
}

/* "Uganda profits from all sides": a sentence needs a verb; a plural that heads it, right after a name, is one. */
static bool mend_headline(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned name = i > 1 ? i - 1u : 0, top = name;
    bool plural = tok[i].upos == CASUS_NOUN && has_tag(&tok[i], "NNS") && casus_str_ends(tok[i].form, "s");
    bool part = tok[i].deprel == CASUS_PARATAXIS && top && t->lo[i] > 1 && (tok[t->lo[i]].form.at[0] == ';' || tok[t->lo[i] - 1].form.at[0] == ';'); /* after a semicolon */
    if (!plural || names_people(tok[i].form) || (tok[i].head && !part) || !name || !ends_with_stop(tok, t->n) || tree_child(t, i, CASUS_NSUBJ) || tree_child(t, i, CASUS_COP)) return false;
    while (top && tok[top].head != i) top = tok[top].head;
    bool heads = top && top < i && (tok[top].deprel == CASUS_COMPOUND || tok[top].deprel == CASUS_NMOD_DESC) && tok[top].upos == CASUS_PROPN && t->hi[top] == name;
    if (!heads || tree_child(t, i, CASUS_DET_REL) || tree_child(t, i, CASUS_AMOD)) return false;
    retag(&tok[i], CASUS_VERB, "VBZ");
    tok[top].deprel = CASUS_NSUBJ;
    TREE_CHILDREN(t, i, c) {
        if (c < top) tok[c].head = (uint16_t)top; /* "President" before the name */
        if (c > i && tok[c].deprel == CASUS_NMOD) tok[c].deprel = CASUS_OBL;
        if (c > i && tok[c].deprel == CASUS_APPOS) tok[c].deprel = CASUS_OBJ;
    }
    return true;
}

/* "Zambia exempted farmers from the tax": of a name, a participle and a noun in a sentence without a verb the participle is the verb. */
static bool mend_participle(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned noun = tok[i].head, name = i > 1 ? i - 1u : 0;
    if (tok[i].upos != CASUS_VERB || tok[i].deprel != CASUS_AMOD || noun <= i || tok[noun].head || !name || !ends_with_stop(tok, t->n)) return false;
    while (name && tok[name].head != noun) name = tok[name].head;
    bool heads = name && name < i && tok[name].upos == CASUS_PROPN && (tok[name].deprel == CASUS_COMPOUND || tok[name].deprel == CASUS_NMOD_DESC);
    if (!heads || tree_child(t, noun, CASUS_NSUBJ) || tree_child(t, noun, CASUS_COP)) return false;
    retag(&tok[i], CASUS_VERB, "VBD");
    tok[i].head = 0, tok[i].deprel = CASUS_ROOT;
    TREE_CHILDREN(t, noun, c)
    if (c < i) tok[c].head = (uint16_t)i;
    tok[name].deprel = CASUS_NSUBJ;
    tok[noun].head = (uint16_t)i, tok[noun].deprel = CASUS_OBJ;
    tok[t->n].head = (uint16_t)i;
    return true;
}

/* Nouns have no objects: "Pashinyan froze his country's membership", "Rwanda armed the rebels" tell of a verb, and the word before it is its subject. */
static bool mend_objected(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned object = tree_child(t, i, CASUS_OBJ), name = i > 1 ? i - 1u : 0, particle = tree_child(t, i, CASUS_COMPOUND_PRT);
    if (!object && particle == i + 1u) object = tree_child(t, i, CASUS_APPOS); /* "tore up the accord" */
    bool noun = tok[i].upos == CASUS_NOUN || tok[i].upos == CASUS_ADJ, clause = !tok[i].head || tok[i].deprel == CASUS_PARATAXIS || tok[i].deprel == CASUS_CONJ || tok[i].deprel == CASUS_CCOMP;
    if (!noun || !clause || object < i || !name || tree_child(t, i, CASUS_COP) || tree_child(t, i, CASUS_CASE) || tree_child(t, i, CASUS_DET_REL) || casus_str_ends(tok[i].form, "ing")) return false;
    while (name && tok[name].head != i) name = tok[name].head;
    bool before = name && name < i && (tok[name].deprel == CASUS_COMPOUND || tok[name].deprel == CASUS_AMOD || tok[name].deprel == CASUS_NMOD_DESC || tok[name].deprel == CASUS_NSUBJ);
    bool capital = before && tok[name].form.n > 1 && tok[name].form.at[0] >= 'A' && tok[name].form.at[0] <= 'Z';
    bool owner = before && name + 1 < i && is_possessive(t, name + 1);
    if (!before || owner || (!capital && tok[name].deprel != CASUS_NSUBJ) || (tok[i].upos == CASUS_ADJ && !casus_str_ends(tok[i].form, "ed"))) return false;
    retag(&tok[i], CASUS_VERB, casus_str_ends(tok[i].form, "s") ? "VBZ" : "VBD");
    if (tok[name].upos == CASUS_ADJ) retag(&tok[name], CASUS_PROPN, "NNP");
    tok[name].deprel = CASUS_NSUBJ;
    tok[object].deprel = CASUS_OBJ;
    TREE_CHILDREN(t, i, c)
    if (c > object && tok[c].deprel == CASUS_NMOD) tok[c].deprel = CASUS_OBL;
    return true;
}

/* "Having recovered the town, Baku has little to gain", "Warned by Paris, the junta freed him": what follows the comma is the main clause. */
static bool mend_having(coder_tree *t, casus_token *tok, unsigned p) {
    unsigned r = tok[p].head, subject = tree_child(t, p, CASUS_NSUBJ);
    if (tok[p].deprel != CASUS_PARATAXIS || !r || tok[r].head || p < r || !subject || subject < r) return false;
    bool having = tree_is(t, 1, "have") && tok[1].head == r, participle = r == 1 && tok[1].upos == CASUS_VERB && has_tag(&tok[1], "VBN");
    if (!participle && (!having || !has_tag(&tok[1], "VBG"))) return false;
    if (t->lo[p] < 2 || tok[t->lo[subject] - 1].form.at[0] != ',') return false;
    tok[p].head = 0, tok[p].deprel = CASUS_ROOT;
    tok[r].head = (uint16_t)p, tok[r].deprel = CASUS_ADVCL;
    if (tok[t->n].upos == CASUS_PUNCT) tok[t->n].head = (uint16_t)p;
    return true;
}

/* "an inquiry, to which Baku has not replied": a preposition and "which" after a comma relate to the noun before it. */
static bool mend_relative(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned v = tok[i].head, k = tree_case(t, i), noun = 0;
    bool relative = tok[i].deprel == CASUS_OBL && k && k + 1 == i && (tree_is(t, i, "which") || tree_is(t, i, "whom"));
    if (!relative || !v || v < i || tok[v].deprel == CASUS_ACL_RELCL || k < 3 || tok[k - 1].form.at[0] != ',') return false;
    for (unsigned n = k - 2; n && tok[n].head != v && t->hi[n] <= k - 1; n = tok[n].head)
        if (tok[n].upos == CASUS_NOUN || tok[n].upos == CASUS_PROPN) noun = n;
        else if (tok[n].upos == CASUS_VERB) break;
    if (!noun || tree_under(t, noun, v)) return false;
    tok[v].head = (uint16_t)noun, tok[v].deprel = CASUS_ACL_RELCL;
    return true;
}

/* "Captain Traoré": the name is the head, the rank before it describes him. */
static bool mend_rank(coder_tree *t, casus_token *tok, unsigned i) {
    static const char *const ranks[] = {"captain", "general", "colonel", "major", "lieutenant", "admiral", "marshal", "sergeant", "brigadier", "commander", "president", "minister", "premier", "chancellor", "senator",
                                        "governor", "judge", "justice", "bishop", "archbishop", "cardinal", "ayatollah", "sheikh", "emir", "prince", "princess", "king", "queen", "ambassador", "professor", "mayor", "secretary"};
    unsigned name = tree_child(t, i, CASUS_FLAT);
    if (!TREE_AMONG(t, i, ranks) || name != i + 1u || tok[name].upos != CASUS_PROPN) return false;
    TREE_CHILDREN(t, i, c)
    if (c > i) tok[c].head = (uint16_t)name;
    tok[name].head = tok[i].head, tok[name].deprel = tok[i].deprel;
    TREE_CHILDREN(t, i, c)
    if (c < i) tok[c].head = (uint16_t)name;
    tok[i].head = (uint16_t)name, tok[i].deprel = CASUS_NMOD_DESC;
    return true;
}

/* "Kagame, who told her that …, dismisses the report": a sentence that a name heads has its verb right after the relative clause's comma. */
static bool mend_after_relative(coder_tree *t, casus_token *tok, unsigned w) {
    unsigned name = 0, relative = 0;
    for (unsigned k = 1; k <= t->n && !name; k++)
        if (!tok[k].head && tree_is_nominal(t, k) && !tree_is_verb(t, k)) name = k;
    relative = name ? tree_child(t, name, CASUS_ACL_RELCL) : 0;
    if (!relative || w < relative || !is_finite(&tok[w]) || !tree_under(t, w, relative) || w == relative || !ends_with_stop(tok, t->n)) return false;
    unsigned first = w;
    TREE_CHILDREN(t, w, c)
    if (c < first && tok[c].upos != CASUS_PUNCT) first = t->lo[c]; /* ", today owns" */
    if (tree_child(t, w, CASUS_NSUBJ) || tree_child(t, w, CASUS_MARK) || tree_child(t, w, CASUS_CC) || tok[w].deprel == CASUS_ACL_RELCL || tok[first - 1].form.at[0] != ',') return false;
    tok[w].head = 0, tok[w].deprel = CASUS_ROOT;
    tok[name].head = (uint16_t)w, tok[name].deprel = CASUS_NSUBJ;
    tok[t->n].head = (uint16_t)w;
    return true;
}

/* "that Tehran had armed": "have" before a participle is its auxiliary. */
static bool mend_perfect(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned v = i + 1u;
    bool participle = v <= t->n && tok[v].head == i && tok[v].deprel == CASUS_XCOMP && (has_tag(&tok[v], "VBN") || (tok[v].upos == CASUS_ADJ && casus_str_ends(tok[v].form, "ed")));
    bool bare = v < t->n && tok[v].head == i && (tok[v].deprel == CASUS_XCOMP || tok[v].deprel == CASUS_OBJ) && casus_str_is(tok[v].form, "cost") && !tree_child(t, v, CASUS_DET_REL) && tok[v + 1].upos != CASUS_PUNCT; /* "have cost Egypt" */
    if ((!participle && !bare) || tok[i].upos != CASUS_VERB || !tree_is(t, i, "have")) return false;
    TREE_CHILDREN(t, i, c)
    if (c != v) tok[c].head = (uint16_t)v;
    retag(&tok[v], CASUS_VERB, "VBN");
    tok[v].head = tok[i].head, tok[v].deprel = tok[i].deprel;
    tok[i].head = (uint16_t)v, tok[i].deprel = CASUS_AUX_REL, tok[i].upos = CASUS_AUX;
    return true;
}

/* "sent troops to Ain al-Asad and complained", "stormed it to seize the director and killed a guard": a past form is coordinated with a past form. */
static bool mend_past_conjunct(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned h = tok[i].head;
    bool past = tok[i].upos == CASUS_VERB && (has_tag(&tok[i], "VBN") || has_tag(&tok[i], "VBD")) && tok[i].deprel == CASUS_CONJ;
    bool other = h && (tok[h].upos == CASUS_NOUN || tok[h].upos == CASUS_PROPN || has_tag(&tok[h], "VB"));
    if (!past || !other || h > i || !tree_child(t, i, CASUS_CC) || tree_child(t, i, CASUS_AUX_REL) || tree_child(t, i, CASUS_AUX_PASS) || tree_child(t, i, CASUS_NSUBJ) || tree_is_verb(t, h) != has_tag(&tok[h], "VB")) return false;
    while (h && !has_tag(&tok[h], "VBD")) h = tok[h].deprel == CASUS_ACL_RELCL ? 0 : tok[h].head;
    if (!h || tok[h].upos != CASUS_VERB) return false;
    retag(&tok[i], CASUS_VERB, "VBD");
    tok[i].head = (uint16_t)h;
    return true;
}

/* "Secretary of State Marco Rubio": the name is the head. */
static bool mend_secretary(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned h = tok[i].head, name = tree_child(t, i, CASUS_FLAT), k = tree_case(t, i);
    if (tok[i].deprel != CASUS_NMOD || !h || h + 2u != i || !tree_is(t, h, "secretary") || !k || !tree_is(t, k, "of") || name != i + 1u) return false;
    TREE_CHILDREN(t, i, c)
    if (c > name) tok[c].head = (uint16_t)name;
    tok[name].head = tok[h].head, tok[name].deprel = tok[h].deprel;
    tok[h].head = (uint16_t)name, tok[h].deprel = CASUS_NMOD_DESC;
    return true;
}

/* "in December the army, one of three, captured Ann": what stands beside the month with its own article is the subject. */
static bool mend_after_month(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned month = tok[i].head, v = month ? tok[month].head : 0;
    bool beside = month && month < i && is_month(&tok[month]) && (tok[i].deprel == CASUS_APPOS || tok[i].deprel == CASUS_NMOD) && tree_child(t, i, CASUS_DET_REL) && !tree_case(t, i);
    if (!beside || !v || v < i || tok[v].upos != CASUS_VERB || tree_child(t, v, CASUS_NSUBJ) || tree_child(t, v, CASUS_NSUBJ_PASS)) return false;
    tok[i].head = (uint16_t)v, tok[i].deprel = tree_child(t, v, CASUS_AUX_PASS) ? CASUS_NSUBJ_PASS : CASUS_NSUBJ;
    return true;
}

/* "NATO lifted …": capitals before a verb that has no subject are no interjection. */
static bool mend_acronym(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned v = tok[i].head;
    bool aside = tok[i].deprel == CASUS_DISCOURSE || tok[i].deprel == CASUS_VOCATIVE || tok[i].upos == CASUS_INTJ;
    bool capitals = tok[i].form.n > 1 && tok[i].form.at[0] >= 'A' && tok[i].form.at[0] <= 'Z' && tok[i].form.at[1] >= 'A' && tok[i].form.at[1] <= 'Z';
    if (!aside || !capitals || v <= i || tok[v].upos != CASUS_VERB || tree_child(t, v, CASUS_NSUBJ) || tree_child(t, v, CASUS_NSUBJ_PASS)) return false;
    retag(&tok[i], CASUS_PROPN, "NNP");
    tok[i].deprel = CASUS_NSUBJ;
    return true;
}

static unsigned last_subject(const coder_tree *t, unsigned v) {
    unsigned last = 0;
    TREE_CHILDREN(t, v, c)
    if (t->tok[c].deprel == CASUS_NSUBJ || t->tok[c].deprel == CASUS_NSUBJ_PASS) last = c;
    return last;
}

/* Verbs that a noun's form may hide and a clause under "that" gives away. */
static bool reports_or_thinks(const coder_tree *t, unsigned i) {
    static const char *const verbs[] = {"show",  "say",    "report", "find", "claim", "state",   "note",   "reveal",  "suggest",  "indicate", "warn",  "argue",  "deny",   "insist",   "doubt",       "suspect",
                                        "fear",  "hope",   "believe", "admit", "concede", "think", "know",   "expect",  "assume",   "allege",   "contend", "maintain", "assert", "conclude", "acknowledge", "worry",
                                        "estimate", "promise", "demand", "deni"};
    return TREE_AMONG(t, i, verbs);
}

/* "Video shows that he ran", "Spain doubts that it can": a plural noun with a clause under "that" and a bare noun before it reports or thinks. */
static bool mend_reporting(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned noun = i > 1 ? i - 1 : 0, clause = 0;
    bool main = tok[i].deprel == CASUS_ROOT || tok[i].deprel == CASUS_CCOMP || tok[i].deprel == CASUS_PARATAXIS || tok[i].deprel == CASUS_CONJ, done = tok[i].upos == CASUS_VERB && !tree_child(t, i, CASUS_CCOMP);
    if ((tok[i].upos != CASUS_NOUN && !done) || !main || !noun || i == t->n || !reports_or_thinks(t, i)) return false;
    if (!done && (tok[noun].head != i || tok[noun].deprel != CASUS_COMPOUND)) return false;
    TREE_CHILDREN(t, i, c)
    if (c > i && (tok[c].deprel == CASUS_ACL || tok[c].deprel == CASUS_ACL_RELCL) && tree_child_lemma(t, c, "that") == i + 1 && last_subject(t, c) > i + 1) clause = c;
    if (!clause && tree_is(t, i + 1, "that") && tok[i + 1].upos == CASUS_SCONJ && tok[tok[i + 1].head].head == i) clause = tok[i + 1].head;
    if (!clause) return false;
    retag(&tok[i + 1], CASUS_SCONJ, "IN");
    tok[i + 1].deprel = CASUS_MARK;
    tok[clause].deprel = CASUS_CCOMP;
    if (done) return true;
    retag(&tok[i], CASUS_VERB, "VBZ");
    tok[noun].deprel = CASUS_NSUBJ;
    TREE_CHILDREN(t, i, c)
    if (c < noun) tok[c].head = (uint16_t)noun;
    return true;
}

/* "Officials in Tokyo worry that …", "some in the army fear that …": the clause under "that" shows that the last noun of the phrase is the verb. */
static bool mend_worry(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned h = tok[i].head, name = i > 1 ? i - 1 : 0, that = i + 1;
    bool phrase = (tok[i].deprel == CASUS_NMOD || tok[i].deprel == CASUS_OBL) && h && h + 1 < i && tok[i].upos == CASUS_NOUN && tok[name].head == i && tok[name].deprel == CASUS_COMPOUND;
    bool many = phrase && (has_tag(&tok[h], "NNS") || tok[h].upos == CASUS_ADJ || tok[h].upos == CASUS_DET || tok[h].upos == CASUS_PRON);
    if (!many || that > t->n || !tree_is(t, that, "that") || !reports_or_thinks(t, i)) return false;
    unsigned v = tok[that].head;
    if (v <= that || last_subject(t, v) <= that || (tok[v].head != h && tok[v].head != i)) return false;
    TREE_CHILDREN(t, i, c)
    if (c < name) tok[c].head = (uint16_t)name;
    TREE_CHILDREN(t, h, c)
    if (c > i) tok[c].head = (uint16_t)i;
    tok[name].head = (uint16_t)h, tok[name].deprel = tok[i].deprel;
    tok[i].head = tok[h].head, tok[i].deprel = tok[h].deprel;
    tok[h].head = (uint16_t)i, tok[h].deprel = CASUS_NSUBJ;
    retag(&tok[i], CASUS_VERB, "VBP");
    retag(&tok[that], CASUS_SCONJ, "IN");
    tok[that].deprel = CASUS_MARK;
    tok[v].head = (uint16_t)i, tok[v].deprel = CASUS_CCOMP;
    return true;
}

/* "Beijing's hope is that Tokyo will yield": the clause is what the noun holds. */
static bool mend_hope(coder_tree *t, casus_token *tok, unsigned i) {
    static const char *const nouns[] = {"hope", "fear", "belief", "view", "claim", "argument", "calculation", "assumption", "expectation", "worry", "concern", "conviction", "suspicion", "idea", "theory", "message", "complaint", "promise",
                                        "bet", "gamble", "judgment", "judgement", "accusation", "guess", "impression", "consensus", "contention", "premise", "prediction", "warning", "demand", "wish", "goal", "aim"};
    unsigned v = tok[i].head, cop = v ? tree_child(t, v, CASUS_COP) : 0, that = v ? tree_child_lemma(t, v, "that") : 0;
    bool outer = (tok[i].deprel == CASUS_NSUBJ_OUTER || tok[i].deprel == CASUS_NSUBJ) && i < cop && cop < that && that < v && tok[that].deprel == CASUS_MARK && last_subject(t, v) > that;
    if (!outer || !TREE_AMONG(t, i, nouns)) return false;
    TREE_CHILDREN(t, v, c)
    if (c < that) tok[c].head = (uint16_t)i;
    tok[i].head = tok[v].head, tok[i].deprel = tok[v].deprel;
    tok[v].head = (uint16_t)i, tok[v].deprel = CASUS_CCOMP;
    return true;
}

/* "to Japan's dismay, China closed the strait": what somebody feels of it; it was done to nobody there. */
static bool mend_dismay(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned k = tok[i].deprel == CASUS_OBL || tok[i].deprel == CASUS_NMOD ? tree_case(t, i) : 0, h = tok[i].head;
    if (!k || !tree_is(t, k, "to") || !h || tok[h].upos != CASUS_VERB || !tree_feeling(t, i)) return false;
    while (k > 1 && tok[k - 1].form.at[0] == ',' && h && tok[h].head && tok[h].deprel != CASUS_CONJ && tok[h].deprel != CASUS_PARATAXIS) h = tok[h].head; /* after a comma it is said of the main clause */
    tok[i].head = (uint16_t)h, tok[i].deprel = CASUS_DISCOURSE;
    return true;
}

/* "Some in Tokyo want it": where they are says who they are. */
static bool mend_some(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned q = i > 2 ? i - 2 : 0;
    while (q > 1 && tok[q].deprel == CASUS_DET_REL) q--;
    bool place = tok[i].deprel == CASUS_OBL && q && i < tok[i].head && tree_is(t, q + 1, "in") && tok[q + 1].head == i && tok[q].deprel == CASUS_NSUBJ && tok[q].head == tok[i].head;
    if (!place || (tok[q].upos != CASUS_DET && tok[q].upos != CASUS_ADJ && tok[q].upos != CASUS_PRON)) return false;
    tok[i].head = (uint16_t)q, tok[i].deprel = CASUS_NMOD;
    return true;
}

/* "rumours that they had bombed a convoy", "little chance that it will fight": a clause that lacks nothing says what the noun holds. */
static bool mend_held(coder_tree *t, casus_token *tok, unsigned that) {
    static const char *const nouns[] = {"chance", "sign", "risk", "prospect", "likelihood", "danger", "doubt", "evidence", "possibility", "fact", "guarantee", "certainty", "indication", "probability", "belief", "fear", "hope", "rumour", "rumor", "suspicion"};
    unsigned v = tok[that].head, noun = v ? tok[v].head : 0, subject = v ? last_subject(t, v) : 0, object = 0;
    if (!tree_is(t, that, "that") || (tok[that].deprel != CASUS_OBJ && tok[that].deprel != CASUS_MARK) || !noun || noun + 1 != that || v < that || subject <= that) return false;
    if (tok[v].deprel != CASUS_ACL_RELCL && tok[v].deprel != CASUS_ACL) return false;
    TREE_CHILDREN(t, v, c)
    if (c > v && tok[c].deprel == CASUS_OBJ && tok[that].deprel == CASUS_OBJ) object = c;
    if (!object && !TREE_AMONG(t, noun, nouns)) return false;
    retag(&tok[that], CASUS_SCONJ, "IN");
    tok[that].deprel = CASUS_MARK;
    tok[v].deprel = CASUS_CCOMP;
    return true;
}

/* "is weaker … than": no noun. */
static bool mend_comparative(coder_tree *t, casus_token *tok, unsigned i) {
    if (tok[i].upos != CASUS_NOUN || !casus_str_ends(tok[i].form, "er") || tok[i].form.n < 5 || !tree_child(t, i, CASUS_COP) || tree_child(t, i, CASUS_DET_REL)) return false;
    unsigned than = 0;
    for (unsigned k = i + 1; k <= t->n && k < i + 9 && !than; k++)
        if (tree_is(t, k, "than")) than = k;
    if (!than) return false;
    retag(&tok[i], CASUS_ADJ, "JJR");
    tok[i].lemma = (casus_str){tok[i].form.at, tok[i].form.n - 2};
    return true;
}

/* "it is unlikely to alter them": before an infinitive this "it" is somebody or something, and what is likely of it is the infinitive. */
static bool mend_raising(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned it = tree_child(t, i, CASUS_EXPL), act = tree_child(t, i, CASUS_CSUBJ);
    if (!it || !act || it > i || act < i || !(tree_is(t, i, "likely") || tree_is(t, i, "unlikely")) || !tree_child_lemma(t, act, "to")) return false;
    tok[it].deprel = CASUS_NSUBJ;
    tok[act].deprel = CASUS_XCOMP;
    return true;
}

/* "…, for the war has made it dependent": what "for" introduces is a clause, and its noun the subject. */
static bool mend_for(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned noun = tok[i].head, v = noun ? tok[noun].head : 0;
    bool phrase = tree_is(t, i, "for") && tok[i].deprel == CASUS_CASE && i > 1 && tok[i - 1].form.at[0] == ',' && noun > i && v > noun && (tok[noun].deprel == CASUS_OBL || tok[noun].deprel == CASUS_NSUBJ);
    unsigned subject = phrase ? tree_child(t, v, CASUS_NSUBJ) : 0;
    if (!phrase || tok[v].upos != CASUS_VERB || tok[v].head > i || !tok[v].head || (subject && subject != noun) || tree_child(t, v, CASUS_NSUBJ_PASS) || tree_child(t, v, CASUS_MARK)) return false;
    unsigned aux = tree_child(t, v, CASUS_AUX_REL);
    if (!is_finite(&tok[v]) && !(aux > noun && aux < v)) return false;
    tok[noun].deprel = tree_child(t, v, CASUS_AUX_PASS) ? CASUS_NSUBJ_PASS : CASUS_NSUBJ;
    tok[v].deprel = CASUS_ADVCL;
    tok[i].head = (uint16_t)v, tok[i].deprel = CASUS_MARK, tok[i].upos = CASUS_SCONJ;
    return true;
}

/* "persuaded Nairobi in 2023 to lead it": what stands between does not make it a purpose; it is what Nairobi is to do. */
static bool mend_control(coder_tree *t, casus_token *tok, unsigned i) {
    static const char *const verbs[] = {"persuade", "persuad", "convince", "urge", "ask", "order", "force", "compel", "press", "pressure", "tell", "invite", "allow", "permit", "enable", "oblige", "encourage", "prompt", "instruct", "push", "beg", "forbid", "authorise", "authorize"};
    unsigned h = tok[i].head, object = h && h < i ? tree_child(t, h, CASUS_OBJ) : 0, to = object ? tree_child_lemma(t, i, "to") : 0;
    if (!object || object > i || to < object || to > i || tok[i].deprel != CASUS_ADVCL || tok[to].deprel != CASUS_MARK || tree_child(t, h, CASUS_XCOMP) || tree_child(t, i, CASUS_NSUBJ)) return false;
    bool known = TREE_AMONG(t, h, verbs);
    if (!known || tok[to - 1].upos == CASUS_PUNCT || tree_is(t, to - 1, "order")) return false;
    tok[i].deprel = CASUS_XCOMP;
    return true;
}

/* "the party controls the senate", "a bank that the army controls": a plural that has an object, or "that" before it, and a noun with its article is a verb. */
static bool mend_controls(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned noun = i > 1 ? i - 1u : 0, object = tree_child(t, i, CASUS_OBJ), that = tree_child_lemma(t, i, "that");
    bool plural = tok[i].upos == CASUS_NOUN && has_tag(&tok[i], "NNS") && casus_str_ends(tok[i].form, "s") && !names_people(tok[i].form);
    bool before = noun && tok[noun].head == i && (tok[noun].deprel == CASUS_COMPOUND || tok[noun].deprel == CASUS_AMOD) && (tok[noun].upos == CASUS_NOUN || tok[noun].upos == CASUS_ADJ);
    if (!plural || !before || tree_child(t, i, CASUS_COP) || tree_child(t, i, CASUS_NSUBJ)) return false;
    casus_deprel r = (casus_deprel)tok[i].deprel;
    unsigned article = tree_child(t, i, CASUS_DET_REL);
    bool relative = that && that < noun && tok[that].deprel == CASUS_CASE && (r == CASUS_ACL_RELCL || r == CASUS_NMOD || r == CASUS_ACL) && tok[i].head < that;
    bool main = object > i && article && article < noun && !tree_child(t, i, CASUS_CASE) && (r == CASUS_ROOT || r == CASUS_CONJ || r == CASUS_CCOMP || r == CASUS_ADVCL || r == CASUS_PARATAXIS);
    if (!relative && !main) return false;
    retag(&tok[i], CASUS_VERB, "VBZ");
    if (tok[noun].upos == CASUS_ADJ) retag(&tok[noun], CASUS_NOUN, "NN");
    tok[noun].deprel = CASUS_NSUBJ;
    TREE_CHILDREN(t, i, c) {
        if (c < noun && (tok[c].deprel == CASUS_DET_REL || tok[c].deprel == CASUS_AMOD || tok[c].deprel == CASUS_COMPOUND || tok[c].deprel == CASUS_NMOD_POSS)) tok[c].head = (uint16_t)noun;
        if (c > i && tok[c].deprel == CASUS_NMOD) tok[c].deprel = CASUS_OBL;
    }
    if (relative) tok[i].deprel = CASUS_ACL_RELCL, tok[that].deprel = CASUS_OBJ, retag(&tok[that], CASUS_PRON, "WDT");
    return true;
}

/* "Egypt's ally", "a close ally of Egypt": what has an owner or an article is no adverb, for all its ending. */
static bool mend_ally(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned owner = tree_child(t, i, CASUS_NMOD_POSS), first = t->lo[i];
    if (tok[i].upos != CASUS_ADV || !casus_str_ends(tok[i].form, "lly") || (!owner && !tree_child(t, i, CASUS_DET_REL))) return false;
    retag(&tok[i], CASUS_NOUN, "NN");
    unsigned noun = tok[i].deprel == CASUS_ADVMOD && first > 2 && tok[first - 1].form.at[0] == ',' ? first - 2 : 0; /* "Eritrea, Egypt's ally, …" */
    while (noun && tok[noun].head && tok[noun].head < noun && (tok[noun].deprel == CASUS_FLAT || tok[noun].deprel == CASUS_COMPOUND)) noun = tok[noun].head;
    if (noun && (tok[noun].upos == CASUS_PROPN || tok[noun].upos == CASUS_NOUN)) tok[i].head = (uint16_t)noun, tok[i].deprel = CASUS_APPOS;
    return true;
}

/* ---- names given in passing ---- */

/* What the verb of "what X calls Y", "what X describes as Y", "what X says is Y" calls it: the noun, and the word that joins it. */
static unsigned name_given(const coder_tree *t, unsigned v, unsigned *joint) {
    static const char *const call[] = {"call", "term", "label", "dub", "brand", "deem", "consider", "name"};
    static const char *const see[] = {"describe", "see", "view", "regard", "portray", "characterise", "characterize", "depict", "present", "know", "define"};
    static const char *const say[] = {"say", "claim", "believe", "allege", "think", "insist", "suspect", "fear", "hope"};
    bool calls = TREE_AMONG(t, v, call), sees = TREE_AMONG(t, v, see), says = TREE_AMONG(t, v, say);
    TREE_CHILDREN(t, v, c) {
        casus_deprel r = (casus_deprel)t->tok[c].deprel;
        bool noun = c > v && (t->tok[c].upos == CASUS_NOUN || t->tok[c].upos == CASUS_PROPN);
        if (!noun) continue;
        *joint = sees ? tree_case(t, c) : says ? tree_child(t, c, CASUS_COP) : 0;
        if (calls && (r == CASUS_OBJ || r == CASUS_XCOMP || r == CASUS_CCOMP) && !tree_case(t, c)) return c;
        if (sees && r == CASUS_OBL && *joint && tree_is(t, *joint, "as")) return c;
        if (says && (r == CASUS_CCOMP || r == CASUS_XCOMP) && *joint && !tree_child(t, c, CASUS_NSUBJ)) return c;
    }
    return 0;
}

/* "bombed what Moscow calls a depot": the depot is bombed, and nobody calls anybody. */
static bool mend_naming(coder_tree *t, casus_token *tok, unsigned w) {
    unsigned h = tok[w].head, v = tree_child(t, w, CASUS_ACL_RELCL), joint = 0, name = v > w && h ? name_given(t, v, &joint) : 0;
    casus_deprel r = (casus_deprel)tok[w].deprel;
    bool argument = r == CASUS_OBJ || r == CASUS_OBL || r == CASUS_NMOD || r == CASUS_NSUBJ || r == CASUS_NSUBJ_PASS;
    if (!name || !argument || !tree_is(t, w, "what")) return false;
    TREE_CHILDREN(t, w, c)
    if (c < w) tok[c].head = (uint16_t)name;
    tok[name].head = (uint16_t)h, tok[name].deprel = (uint8_t)r;
    tok[v].head = (uint16_t)name, tok[v].deprel = CASUS_DEP;
    TREE_CHILDREN(t, v, c)
    if (c > name && tok[h].upos == CASUS_VERB && (tok[c].deprel == CASUS_ADVCL || tok[c].deprel == CASUS_OBL)) tok[c].head = (uint16_t)h; /* ", killing six": the bombing did */
    tok[w].head = (uint16_t)v, tok[w].deprel = CASUS_DEP;
    if (joint) tok[joint].head = (uint16_t)v, tok[joint].deprel = CASUS_DEP;
    return true;
}

/* "accused by the court of having taken bribes": what one is accused of hangs on the verb, not on who accuses. */
static bool mend_accused(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned by = tok[i].head, verb = by ? tok[by].head : 0, mark = tree_child(t, i, CASUS_MARK);
    if (tok[i].deprel != CASUS_ACL || !verb || tok[by].deprel != CASUS_OBL_AGENT || !mark || mark < by) return false;
    if (!tree_is(t, mark, "of") && !tree_is(t, mark, "for")) return false;
    tok[i].head = (uint16_t)verb;
    tok[i].deprel = CASUS_ADVCL;
    return true;
}

/* "told an envoy that it would wait", "convinced them that …": the clause is what was told, and describes nobody. */
static bool mend_told(coder_tree *t, casus_token *tok, unsigned i) {
    static const char *const verbs[] = {"tell", "convince", "persuade", "assure", "reassure", "remind", "inform", "warn", "notify"};
    unsigned to = tok[i].head, verb = to && to < i ? tok[to].head : 0, that = 0;
    bool clause = tok[i].deprel == CASUS_ACL || tok[i].deprel == CASUS_ACL_RELCL;
    if (!clause || !verb || verb > to || (tok[to].deprel != CASUS_OBJ && tok[to].deprel != CASUS_IOBJ) || !TREE_AMONG(t, verb, verbs)) return false;
    TREE_CHILDREN(t, i, c)
    if (c > to && tree_is(t, c, "that") && !that) that = c;
    unsigned subject = tree_child(t, i, CASUS_NSUBJ);
    if (!subject) subject = tree_child(t, i, CASUS_NSUBJ_PASS);
    if (!that || !subject || subject <= that || tok[that - 1].upos == CASUS_PUNCT) return false;
    retag(&tok[that], CASUS_SCONJ, "IN");
    tok[that].deprel = CASUS_MARK;
    tok[i].head = (uint16_t)verb;
    tok[i].deprel = CASUS_CCOMP;
    return true;
}

bool tree_mend(coder_tree *t, casus_token *tok, unsigned way) {
    bool mended = false;
    for (unsigned i = 1; i <= t->n; i++) {
        bool one = false;
        if (way == 0) one = mend_comparative(t, tok, i) || mend_rank(t, tok, i) || mend_plural(t, tok, i) || mend_acronym(t, tok, i) || mend_headline(t, tok, i);
        if (way == 0) one = one || mend_participle(t, tok, i) || mend_objected(t, tok, i) || mend_raising(t, tok, i);
        if (way == 0) one = one || mend_ally(t, tok, i);
        if (way == 0) one = one || mend_secretary(t, tok, i) || mend_perfect(t, tok, i) || mend_after_month(t, tok, i);
        if (way == 1) one = mend_third_person(t, tok, i) || mend_reporting(t, tok, i) || mend_worry(t, tok, i);
        if (way == 2) one = mend_fronted_list(t, tok, i) || mend_whose(t, tok, i) || mend_should(t, tok, i) || mend_auxiliary(tok, i) || mend_progressive(t, tok, i);
        if (way == 2) one = one || mend_list(t, tok, i) || mend_subjects(t, tok, i) || mend_apposition(t, tok, i) || mend_date_list(tok, i);
        if (way == 2) one = one || mend_past_conjunct(t, tok, i) || mend_possessed(t, tok, i) || mend_owners(t, tok, i) || mend_reduced(t, tok, i) || mend_accused(t, tok, i) || mend_told(t, tok, i) || mend_held(t, tok, i) || mend_some(t, tok, i);
        if (way == 2) one = one || mend_hope(t, tok, i) || mend_dismay(t, tok, i);
        if (way == 2) one = one || mend_for(t, tok, i) || mend_control(t, tok, i);
        if (way == 2) one = one || mend_controls(t, tok, i);
        if (way == 3) one = !mended && (mend_fronted(t, tok, i) || mend_fronted_clause(t, tok, i) || mend_having(t, tok, i));
        if (way == 3) one = one || mend_naming(t, tok, i) || mend_relative(t, tok, i) || (!mended && mend_after_relative(t, tok, i));
        mended = mended || one;
    }
    return mended;
}
