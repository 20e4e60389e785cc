/* tree_mend_clause.c — clauses that the parser has left without their subject or without their verb: dates, parentheses and lists that took it. */
#include "tree_mend.h"

#include <string.h>

static bool has_tag(const casus_token *w, const char *tag) { return strcmp(casus_xpos_name(w->xpos), tag) == 0; }

static bool is_mark(const coder_tree *t, unsigned i, char c) { return i >= 1 && i <= t->n && t->tok[i].form.n == 1 && t->tok[i].form.at[0] == c; }

static bool is_comma(const coder_tree *t, unsigned i) { return is_mark(t, i, ','); }

/* First and last word of a subtree, marks at its edges left out. */
static unsigned left_of(const coder_tree *t, unsigned i) {
    unsigned k = t->lo[i];
    while (k < i && t->tok[k].upos == CASUS_PUNCT) k++;
    return k;
}

static unsigned right_of(const coder_tree *t, unsigned i) {
    unsigned k = t->hi[i];
    while (k > i && t->tok[k].upos == CASUS_PUNCT) k--;
    return k;
}

static bool is_noun(const casus_token *w) { return w->upos == CASUS_NOUN || w->upos == CASUS_PROPN; }

static bool is_past(const casus_token *w) { return w->upos == CASUS_VERB && (has_tag(w, "VBD") || has_tag(w, "VBN")); }

/* A finite verb, by its own form or by an auxiliary before it. */
static bool is_predicate(const coder_tree *t, unsigned v) {
    const casus_token *w = &t->tok[v];
    if (w->upos == CASUS_VERB && (has_tag(w, "VBZ") || has_tag(w, "VBD") || has_tag(w, "VBP"))) return true;
    TREE_CHILDREN(t, v, c)
    if (c < v && (t->tok[c].deprel == CASUS_AUX_REL || t->tok[c].deprel == CASUS_AUX_PASS || t->tok[c].deprel == CASUS_COP) && !has_tag(&t->tok[c], "VB") && !has_tag(&t->tok[c], "VBG")) return true;
    return false;
}

static bool has_subject(const coder_tree *t, unsigned v) {
    return tree_child(t, v, CASUS_NSUBJ) || tree_child(t, v, CASUS_NSUBJ_PASS) || tree_child(t, v, CASUS_CSUBJ) || tree_child(t, v, CASUS_EXPL) || tree_child(t, v, CASUS_NSUBJ_OUTER);
}

static void hang(casus_token *tok, unsigned i, unsigned head, casus_deprel rel) { tok[i].head = (uint16_t)head, tok[i].deprel = (uint8_t)rel; }

static casus_deprel subject_of(const coder_tree *t, unsigned v) { return tree_child(t, v, CASUS_AUX_PASS) ? CASUS_NSUBJ_PASS : CASUS_NSUBJ; }

static void make_verb(casus_token *w, const char *xpos) {
    w->upos = CASUS_VERB;
    w->xpos = (uint8_t)casus_xpos_of(casus_str_of(xpos));
}

/* Does i head the sentence, or what stands between two semicolons? */
static bool heads_part(const coder_tree *t, unsigned i) {
    unsigned before = left_of(t, i) - 1u;
    return !t->tok[i].head || (t->tok[i].deprel == CASUS_PARATAXIS && is_mark(t, before, ';'));
}

static bool of_whose(const coder_tree *t, unsigned noun) {
    unsigned p = noun ? tree_child(t, noun, CASUS_NMOD_POSS) : 0;
    return p && tree_is(t, p, "whose");
}

/* First token of v's own words: what stands before it that belongs to it, without its subject. */
static unsigned own_start(const coder_tree *t, unsigned v) {
    unsigned first = v;
    TREE_CHILDREN(t, v, c)
    if (c < first && t->tok[c].upos != CASUS_PUNCT && t->tok[c].deprel != CASUS_NSUBJ && t->tok[c].deprel != CASUS_OBL) first = t->lo[c];
    return first;
}

/* ---- dates before a subject ---- */

static bool is_month(const coder_tree *t, unsigned i) {
    static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
    for (size_t k = 0; i <= t->n && k < sizeof months / sizeof *months; k++)
        if (casus_str_is(t->tok[i].form, months[k])) return true;
    return false;
}

/* Last token of the date that begins at i ("July", "July 27", "February 2024", "2019", "Monday"), or 0. */
static unsigned date_end(const coder_tree *t, unsigned i) {
    static const char *const days[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    for (size_t k = 0; i <= t->n && k < sizeof days / sizeof *days; k++)
        if (casus_str_is(t->tok[i].form, days[k])) return i;
    bool month = is_month(t, i), year = i <= t->n && t->tok[i].upos == CASUS_NUM && t->tok[i].form.n == 4 && t->tok[i].form.at[0] >= '1' && t->tok[i].form.at[0] <= '2';
    if (!month) return year ? i : 0;
    while (i < t->n && t->tok[i + 1].upos == CASUS_NUM) i++;
    return i;
}

static bool of_time(const coder_tree *t, unsigned i) { return tree_is(t, i, "in") || tree_is(t, i, "on") || tree_is(t, i, "since") || tree_is(t, i, "by") || tree_is(t, i, "until"); }

/* The date is an adverbial of v, the preposition and the numbers hang on it. */
static void set_date(casus_token *tok, unsigned k, unsigned date, unsigned last, unsigned v) {
    hang(tok, date, v, CASUS_OBL);
    hang(tok, k, date, CASUS_CASE);
    for (unsigned i = date + 1; i <= last; i++) hang(tok, i, date, CASUS_NMOD_UNMARKED);
}

/* "On July 27 soldiers stormed a school": what the verb follows is its subject, and the preposition belongs to the date. */
static bool mend_after_date(coder_tree *t, casus_token *tok, unsigned k) {
    unsigned date = k + 1, last = k < t->n && of_time(t, k) && tok[k].upos == CASUS_ADP ? date_end(t, date) : 0, x = tok[k].head, v = x ? tok[x].head : 0;
    if (!last || !v || x <= last || v <= x || t->lo[x] > k || tok[x].deprel != CASUS_OBL || !is_noun(&tok[x]) || tok[v].upos != CASUS_VERB || has_subject(t, v)) return false;
    if (is_comma(t, right_of(t, x) + 1u) || is_comma(t, last + 1u)) return false;
    set_date(tok, k, date, last, v);
    for (unsigned i = last + 1; i < x; i++)
        if (tok[i].head >= date && tok[i].head <= last) hang(tok, i, x, CASUS_COMPOUND);
    hang(tok, x, v, subject_of(t, v));
    return true;
}

/* "In July drones struck oil fields": in a sentence that a noun heads, a past form right after it with an object is the verb. */
static bool mend_bare_subject(coder_tree *t, casus_token *tok, unsigned v) {
    unsigned object = tok[v].head, x = v > 1 ? v - 1u : 0, k = x ? left_of(t, x) : 0, last = 0;
    if (!is_past(&tok[v]) || tok[v].deprel != CASUS_AMOD || object <= v || !x || !is_noun(&tok[x]) || !heads_part(t, x) || tok[object].head != x || tree_child(t, v, CASUS_OBL_AGENT)) return false;
    if (!is_mark(t, t->n, '.') && !is_mark(t, t->n, ';')) return false;
    TREE_CHILDREN(t, x, c)
    if (tok[c].deprel == CASUS_COP || (c > v && c < object)) return false;
    if (of_time(t, k)) last = date_end(t, k + 1u);
    make_verb(&tok[v], "VBD");
    hang(tok, v, tok[x].head, (casus_deprel)tok[x].deprel);
    TREE_CHILDREN(t, x, c)
    if (c > v) tok[c].head = (uint16_t)v;
    hang(tok, object, v, CASUS_OBJ);
    hang(tok, x, v, CASUS_NSUBJ);
    if (last && last < x) set_date(tok, k, k + 1, last, v);
    return true;
}

/* "On Monday the bank, …": what stands beside the date with its article has the date's place. */
static bool mend_beside_date(coder_tree *t, casus_token *tok, unsigned k) {
    unsigned date = k + 1u, last = k < t->n && of_time(t, k) && tok[k].head == date ? date_end(t, date) : 0, x = 0;
    if (!last || (tok[date].head && tok[date].deprel != CASUS_NSUBJ && tok[date].deprel != CASUS_NSUBJ_PASS)) return false;
    TREE_CHILDREN(t, date, c)
    if (c > last && !x && (tok[c].deprel == CASUS_APPOS || tok[c].deprel == CASUS_NMOD || tok[c].deprel == CASUS_NMOD_UNMARKED) && is_noun(&tok[c]) && left_of(t, c) == last + 1u) x = c;
    if (!x || tree_case(t, x)) return false;
    hang(tok, x, tok[date].head, (casus_deprel)tok[date].deprel);
    TREE_CHILDREN(t, date, c)
    if (c > last && c != x) tok[c].head = (uint16_t)x;
    hang(tok, date, tok[date].head ? tok[date].head : x, CASUS_OBL);
    return true;
}

/* "Peru's president, Ana Obi, sent soldiers into the town": of a noun with a subject and a participle before it, the participle is the verb. */
static bool mend_bare_object(coder_tree *t, casus_token *tok, unsigned v) {
    unsigned object = tok[v].head, x = object > v ? tree_child(t, object, CASUS_NSUBJ) : 0;
    if (!is_past(&tok[v]) || tok[v].deprel != CASUS_AMOD || !x || x > v || !is_noun(&tok[object]) || !heads_part(t, object) || tree_child(t, object, CASUS_COP) || left_of(t, v) != v) return false;
    TREE_CHILDREN(t, object, c)
    if (c > x && c < v && tok[c].deprel != CASUS_PUNCT_REL && tok[c].deprel != CASUS_ADVMOD) return false;
    make_verb(&tok[v], "VBD");
    hang(tok, v, tok[object].head, (casus_deprel)tok[object].deprel);
    TREE_CHILDREN(t, object, c) {
        bool adverbial = c > object && (tok[c].deprel == CASUS_OBL || tok[c].deprel == CASUS_ADVCL || tok[c].deprel == CASUS_PUNCT_REL || (tok[c].deprel == CASUS_ACL && tree_child_lemma(t, c, "to")));
        if (c < v || adverbial) tok[c].head = (uint16_t)v;
        if (adverbial && tok[c].deprel == CASUS_ACL) tok[c].deprel = CASUS_ADVCL;
    }
    hang(tok, object, v, CASUS_OBJ);
    return true;
}

/* "The decision to send shells to Kyiv angered Moscow": in a sentence without a verb, a participle that has an object is it. */
static bool mend_verbless(coder_tree *t, casus_token *tok, unsigned v) {
    static const char *const two[] = {"give", "grant", "offer", "award", "send", "pay", "deny", "owe", "show", "teach", "promise", "call", "name", "elect", "appoint", "declare", "dub", "make", "allow", "ask", "tell"};
    unsigned object = tree_child(t, v, CASUS_OBJ), x = tok[v].head;
    if (!object) object = tree_child(t, v, CASUS_XCOMP);
    if (!is_past(&tok[v]) || tok[v].deprel != CASUS_ACL || object < v || !is_noun(&tok[object]) || left_of(t, object) != v + 1u || own_start(t, v) != v || is_comma(t, v - 1u) || tok[t->n].upos != CASUS_PUNCT) return false;
    for (size_t k = 0; k < sizeof two / sizeof *two; k++)
        if (tree_is(t, v, two[k])) return false;
    for (unsigned steps = 0; x && !heads_part(t, x) && steps < t->n; steps++) x = tok[x].deprel == CASUS_ACL_RELCL || tok[x].deprel == CASUS_ADVCL ? 0 : tok[x].head;
    if (!x || x > v || !is_noun(&tok[x]) || tree_is_verb(t, x) || has_subject(t, x)) return false;
    make_verb(&tok[v], "VBD");
    hang(tok, v, tok[x].head, (casus_deprel)tok[x].deprel);
    hang(tok, x, v, CASUS_NSUBJ);
    TREE_CHILDREN(t, x, c)
    if (c > v) tok[c].head = (uint16_t)v;
    tok[object].deprel = CASUS_OBJ;
    return true;
}

/* "the founder, jailed since May": after a noun no past form stands without a subject; it is a participle. */
static bool mend_past_participle(coder_tree *t, casus_token *tok, unsigned v) {
    if (tok[v].deprel != CASUS_ACL || tok[v].upos != CASUS_VERB || !has_tag(&tok[v], "VBD") || has_subject(t, v) || tree_child(t, v, CASUS_OBJ) || tok[v].head > v) return false;
    make_verb(&tok[v], "VBN");
    return true;
}

/* "The suspension of aid in February hurt the junta", "the capture of Goma in January cost lives": a date with a preposition is no subject, nor does it
 * describe a noun that has an object; what follows it is the verb, and the noun before it the subject. */
static bool mend_date_subject(coder_tree *t, casus_token *tok, unsigned v) {
    bool verb = tok[v].upos == CASUS_VERB, noun = tok[v].upos == CASUS_NOUN && tree_child(t, v, CASUS_OBJ) > v;
    unsigned date = verb ? tree_child(t, v, CASUS_NSUBJ) : noun ? tree_child(t, v, CASUS_COMPOUND) : 0, x = tok[v].head, k = date > 1 ? date - 1u : 0, last = date ? date_end(t, date) : 0;
    if (!last || last >= v || !k || !of_time(t, k) || !x || x > k || !is_noun(&tok[x]) || tok[v].deprel == CASUS_ACL_RELCL || has_subject(t, x)) return false;
    if (tree_is_verb(t, x) || tree_under(t, tok[x].head, v)) return false;
    if (noun || has_tag(&tok[v], "VBN")) make_verb(&tok[v], "VBD");
    set_date(tok, k, date, last, x);
    tok[date].deprel = CASUS_NMOD;
    if (of_whose(t, x)) return hang(tok, v, x, CASUS_ACL), true;
    hang(tok, v, tok[x].head, (casus_deprel)tok[x].deprel);
    hang(tok, x, v, CASUS_NSUBJ);
    TREE_CHILDREN(t, x, c)
    if (c > v) tok[c].head = (uint16_t)v;
    return true;
}

/* ---- parentheses between a subject and its verb ---- */

static bool joined_on(const coder_tree *t, unsigned v) { return tree_child(t, v, CASUS_CC) || tree_child(t, v, CASUS_MARK); }

/* "Their pact, announced in May by the king, freed …", "The party, whose leader fled, negotiates": after the comma that closes what is said of it, a
 * verb without a subject (or with one that belongs to "whose") is the verb of the noun that heads the clause. */
static bool mend_parted(coder_tree *t, casus_token *tok, unsigned v) {
    unsigned x = tok[v].head, first = own_start(t, v), subject = tree_child(t, v, CASUS_NSUBJ);
    bool whose = subject && of_whose(t, subject);
    if (!x || x > v || !is_noun(&tok[x]) || tree_is_verb(t, x) || has_subject(t, x) || !is_predicate(t, v) || tok[v].upos != CASUS_VERB) return false;
    bool heads = !tok[x].head || ((tok[x].deprel == CASUS_PARATAXIS || tok[x].deprel == CASUS_CONJ) && tree_is_verb(t, tok[x].head));
    if (!heads || joined_on(t, v) || (has_subject(t, v) && !whose) || !is_comma(t, first - 1u)) return false;
    bool opened = false; /* another comma before: something stands between the two */
    for (unsigned i = x + 1; i + 1 < first && !opened; i++) opened = is_comma(t, i);
    if (!opened || (whose && subject > first) || tok[t->n].upos != CASUS_PUNCT) return false;
    hang(tok, v, tok[x].head, tok[x].head ? (casus_deprel)tok[x].deprel : CASUS_ROOT);
    hang(tok, x, v, subject_of(t, v));
    if (whose) hang(tok, subject, x, CASUS_DEP);
    TREE_CHILDREN(t, x, c)
    if (c > v || tok[c].deprel == CASUS_CC || (c < x && tok[c].deprel == CASUS_OBL)) tok[c].head = (uint16_t)v;
    return true;
}

/* "…, and Baghdad, which promised an inquiry, has named no one": a noun after ", and" that a closed parenthesis follows begins a clause. */
static bool mend_parted_conjunct(coder_tree *t, casus_token *tok, unsigned v) {
    unsigned first = own_start(t, v), x = 0, cc = 0;
    if (tok[v].upos != CASUS_VERB || !is_predicate(t, v) || has_subject(t, v) || joined_on(t, v) || first < 5 || !is_comma(t, first - 1u)) return false;
    for (unsigned i = first - 2; i > 1 && !x; i--)
        if (tok[i].deprel == CASUS_CONJ && is_noun(&tok[i]) && right_of(t, i) + 2u == first && (tree_child(t, i, CASUS_ACL_RELCL) || tree_child(t, i, CASUS_ACL))) x = i;
    cc = x ? tree_child(t, x, CASUS_CC) : 0;
    if (!cc || cc > x || !is_comma(t, cc - 1u) || !is_comma(t, x + 1u) || tree_under(t, v, x)) return false;
    unsigned above = tree_clause(t, tok[x].head);
    if (!above || above > x || tree_under(t, above, v)) return false;
    hang(tok, v, above, CASUS_CONJ);
    hang(tok, x, v, subject_of(t, v));
    tok[cc].head = (uint16_t)v;
    return true;
}

/* "… around Uvira, and residents of Rutshuru accuse them": a noun after ", and" that a verb without a subject follows is its subject. */
static bool mend_joined_clause(coder_tree *t, casus_token *tok, unsigned v) {
    unsigned first = own_start(t, v), x = 0;
    bool form = tok[v].upos == CASUS_VERB && (is_predicate(t, v) || (has_tag(&tok[v], "VB") && first == v));
    if (!form || has_subject(t, v) || joined_on(t, v) || tok[v].deprel == CASUS_XCOMP || first < 4) return false;
    for (unsigned i = first - 1; i > 1 && !x; i--)
        if (tok[i].deprel == CASUS_CONJ && is_noun(&tok[i]) && right_of(t, i) + 1u == first && !tree_under(t, v, i)) x = i;
    unsigned cc = x ? tree_child(t, x, CASUS_CC) : 0, above = x ? tree_clause(t, tok[x].head) : 0;
    if (!cc || cc > x || !is_comma(t, cc - 1u) || left_of(t, x) < cc || !above || above > x || tree_under(t, above, v)) return false;
    if (!tree_is_verb(t, above) || tree_clause(t, tok[v].head) != above) return false;
    if (has_tag(&tok[v], "VB")) make_verb(&tok[v], "VBP");
    hang(tok, v, above, CASUS_CONJ);
    hang(tok, x, v, subject_of(t, v));
    tok[cc].head = (uint16_t)v;
    return true;
}

/* "According to the minister, Ada Obi, Chad must pay": an apposition is closed before the verb; what is not is the subject. */
static bool mend_open_apposition(coder_tree *t, casus_token *tok, unsigned b) {
    unsigned a = tok[b].head, v = a && a < b ? tok[a].head : 0;
    if (tok[b].deprel != CASUS_APPOS || !v || v < b || (tok[a].deprel != CASUS_NSUBJ && tok[a].deprel != CASUS_NSUBJ_PASS) || !is_noun(&tok[b])) return false;
    if (!is_comma(t, left_of(t, b) - 1u) || is_comma(t, right_of(t, b) + 1u) || !is_comma(t, left_of(t, a) - 1u)) return false;
    TREE_CHILDREN(t, v, p) {
        if (tok[p].deprel != CASUS_OBL || p > a || !tree_case(t, p) || right_of(t, p) + 2u != left_of(t, a)) continue;
        hang(tok, b, v, (casus_deprel)tok[a].deprel);
        hang(tok, a, p, CASUS_APPOS);
        return true;
    }
    return false;
}

/* "Chad, whose leader, Ada Obi, told …": the name beside the noun that "whose" owns is that noun's. */
static bool mend_whose_name(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned first = left_of(t, i), owned = first > 2 && is_comma(t, first - 1u) ? first - 2u : 0;
    if ((tok[i].deprel != CASUS_APPOS && tok[i].deprel != CASUS_CONJ) || tok[i].upos != CASUS_PROPN || !owned || tok[i].head == owned || !is_noun(&tok[owned]) || !of_whose(t, owned)) return false;
    if (tree_child(t, i, CASUS_CC) || tree_under(t, owned, i)) return false;
    hang(tok, i, owned, CASUS_APPOS);
    return true;
}

/* "accused Libya, and Sudan, which …": what is said after ", and Sudan," is said of Sudan. */
static bool mend_last_of_list(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned v = tok[i].head, x = i > 3 && is_comma(t, i - 1u) ? i - 2u : 0, cc = 0;
    bool relative = tree_is(t, i, "which") || tree_is(t, i, "who");
    if (!relative || !x || !v || v < i || tok[v].deprel != CASUS_ACL_RELCL || tok[x].deprel != CASUS_CONJ || tok[x].head != tok[v].head || !is_noun(&tok[x])) return false;
    cc = tree_child(t, x, CASUS_CC);
    if (!cc || cc > x || !is_comma(t, cc - 1u)) return false;
    tok[v].head = (uint16_t)x;
    return true;
}

/* The verb w is the main one in v's place, x its subject, and v is said of x. */
static void take_over(const coder_tree *t, casus_token *tok, unsigned w, unsigned v, unsigned x) {
    hang(tok, w, tok[v].head, (casus_deprel)tok[v].deprel);
    TREE_CHILDREN(t, v, c)
    if (c < x && tok[c].deprel != CASUS_PUNCT_REL) tok[c].head = (uint16_t)w;
    hang(tok, x, w, subject_of(t, w));
    hang(tok, v, x, CASUS_ACL_RELCL);
    if (is_mark(t, t->n, '.') && tok[t->n].head == v) tok[t->n].head = (uint16_t)w;
}

/* The verb without a subject that goes on after the comma that closes what v says, or 0. */
static unsigned verb_after(const coder_tree *t, unsigned v) {
    unsigned above = t->tok[v].head;
    for (unsigned w = v + 1; w <= t->n; w++) {
        bool form = is_predicate(t, w) || (is_past(&t->tok[w]) && own_start(t, w) == w);
        bool beside = t->tok[w].head == v || (above && t->tok[w].head == above);
        if (form && beside && !has_subject(t, w) && !joined_on(t, w) && is_comma(t, own_start(t, w) - 1u)) return w;
    }
    return 0;
}

/* First verb of "whose N … V": nothing but names between commas may stand between the two. */
static unsigned verb_of_whose(const coder_tree *t, unsigned owned) {
    unsigned commas = 0;
    for (unsigned v = owned + 1; v <= t->n && v < owned + 16; v++) {
        commas += is_comma(t, v);
        if (is_mark(t, v, ';') || t->tok[v].upos == CASUS_SCONJ) return 0;
        if (is_predicate(t, v)) return commas == 0 || commas == 2 ? v : 0;
        if (t->tok[v].upos == CASUS_VERB) return 0;
    }
    return 0;
}

/* "The party, whose leader, Ana Duarte, told …, condemned him": what "whose" owns is the subject of the verb after it, which is said of the noun before. */
static bool mend_whose_clause(coder_tree *t, casus_token *tok, unsigned p) {
    unsigned owned = tok[p].head, x = p > 2 && is_comma(t, p - 1u) ? p - 2u : 0, v = owned > p ? verb_of_whose(t, owned) : 0;
    if (!tree_is(t, p, "whose") || !x || !v || !is_noun(&tok[owned])) return false;
    while (tok[x].deprel == CASUS_FLAT || (tok[x].upos == CASUS_PUNCT && tok[x].head < x && tok[x].head)) x = tok[x].head;
    if (tok[x].deprel == CASUS_APPOS && tok[x].head < x && is_mark(t, p - 2u, ')')) x = tok[x].head;
    if (!is_noun(&tok[x]) || (tok[v].head == x && tok[owned].head == v)) return false;
    unsigned subject = tree_child(t, v, CASUS_NSUBJ), w = tok[x].head == v ? verb_after(t, v) : 0;
    if (!subject) subject = tree_child(t, v, CASUS_NSUBJ_PASS);
    if (subject && subject != owned && subject != x) return false;
    if (tok[x].head == v) {
        if (!w) return false;
        take_over(t, tok, w, v, x);
    } else if (tree_under(t, x, v)) {
        unsigned above = tok[v].head;
        if (!above) return false;
        TREE_CHILDREN(t, v, c)
        if (c < x) tok[c].head = (uint16_t)above;
        hang(tok, v, x, CASUS_ACL_RELCL);
    } else {
        hang(tok, v, x, CASUS_ACL_RELCL);
    }
    hang(tok, owned, v, subject_of(t, v));
    return true;
}

/* "the country to which it forbids its planes to fly is safe": of two subjects with a relative between them the first goes with the next verb. */
static bool mend_relative_first(coder_tree *t, casus_token *tok, unsigned v) {
    unsigned first = 0, second = 0, relative = 0, w = 0;
    if (tok[v].upos != CASUS_VERB) return false;
    TREE_CHILDREN(t, v, c) {
        if (tok[c].deprel == CASUS_NSUBJ && !first) first = c;
        else if (tok[c].deprel == CASUS_NSUBJ && c < v) second = c;
        else if (first && !second && c < v && (tree_is(t, c, "which") || tree_is(t, c, "whom") || tree_is(t, c, "that"))) relative = c;
    }
    if (!second || !relative || second < relative || !is_noun(&tok[first])) return false;
    for (w = v + 1; w <= t->n; w++)
        if (is_predicate(t, w) && !has_subject(t, w) && !joined_on(t, w) && (tok[w].head == v || (tok[v].head && tok[w].head == tok[v].head))) break;
    if (w > t->n) return false;
    take_over(t, tok, w, v, first);
    return true;
}

/* "Ana Obi, whom prosecutors accuse of fraud, has fled": the verb right after "whom N" is said of the name, the next one is the name's. */
static bool mend_whom(coder_tree *t, casus_token *tok, unsigned p) {
    unsigned x = p > 2 && is_comma(t, p - 1u) ? p - 2u : 0, v = p + 2u, w = 0;
    while (x && tok[x].deprel == CASUS_FLAT) x = tok[x].head;
    while (v < t->n && v < p + 5u && tok[v].upos != CASUS_VERB) v++;
    unsigned subject = v - 1u;
    if (!tree_is(t, p, "whom") || !x || v >= t->n || !is_noun(&tok[x]) || tok[v].upos != CASUS_VERB || !is_predicate(t, v) || !is_noun(&tok[subject]) || tok[v].deprel == CASUS_ACL_RELCL || left_of(t, subject) > p + 2u) return false;
    w = tok[subject].deprel == CASUS_NSUBJ && tok[subject].head != v ? tok[subject].head : 0;
    if (tree_under(t, x, v) || (w && (w < v || tok[x].head != w || tree_under(t, w, v)))) return false;
    if (w) hang(tok, x, w, subject_of(t, w));
    hang(tok, v, x, CASUS_ACL_RELCL);
    hang(tok, subject, v, CASUS_NSUBJ);
    hang(tok, p, v, CASUS_OBJ);
    return true;
}

/* "for which Chad blames rebel drones and Niger has apologized": no verb has a relative clause; the first subject is the object of the verb before. */
static bool mend_two_clauses(coder_tree *t, casus_token *tok, unsigned w) {
    unsigned v = tok[w].head, x = tree_child(t, w, CASUS_NSUBJ), second = x ? tree_child(t, x, CASUS_CONJ) : 0, cc = second ? tree_child(t, second, CASUS_CC) : 0;
    if (tok[w].deprel != CASUS_ACL_RELCL || !v || v > w || tok[v].upos != CASUS_VERB || tree_child(t, v, CASUS_OBJ) || !cc || cc > second || left_of(t, x) != v + 1u || second > w) return false;
    hang(tok, x, v, CASUS_OBJ);
    hang(tok, second, w, subject_of(t, w));
    tok[cc].head = (uint16_t)w;
    hang(tok, w, v, CASUS_CONJ);
    return true;
}

static bool is_span(const coder_tree *t, unsigned i) {
    static const char *const words[] = {"second", "minute", "hour", "day", "week", "month", "year", "decade", "century", "time", "night", "morning", "evening", "afternoon", "weekend", "spring", "summer", "autumn", "winter", "way"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (tree_is(t, i, words[k])) return true;
    return false;
}

/* "removed from its site the sentence that …": a noun with its article right after a phrase, with no comma between, is the object. */
static bool mend_shifted_object(coder_tree *t, casus_token *tok, unsigned i) {
    casus_deprel r = (casus_deprel)tok[i].deprel;
    unsigned h = tok[i].head, v = h && r != CASUS_OBL ? tok[h].head : h, phrase = r == CASUS_OBL ? left_of(t, i) - 1u : h;
    bool beside = r == CASUS_APPOS || r == CASUS_NMOD || r == CASUS_NMOD_UNMARKED || r == CASUS_OBL || r == CASUS_OBL_UNMARKED;
    if (!beside || tok[i].upos != CASUS_NOUN || !tree_child(t, i, CASUS_DET_REL) || tree_case(t, i) || is_span(t, i)) return false;
    if (!v || v > phrase || tok[phrase].head != v || tok[phrase].deprel != CASUS_OBL || !tree_case(t, phrase) || left_of(t, i) != phrase + 1u || tok[v].upos != CASUS_VERB) return false;
    if (tree_child(t, v, CASUS_OBJ) || tree_child(t, v, CASUS_CCOMP) || tree_is_passive(t, v) || is_month(t, phrase)) return false;
    hang(tok, i, v, CASUS_OBJ);
    return true;
}

/* ---- verbs in lists ---- */

/* "closed the crossings, cut power and water, and detained the envoy", "levies taxes, appoints judges": after a comma a verb's form before a bare noun
 * of the list is one more verb, when verbs of its form stand before and after it. */
static bool mend_listed_verb(coder_tree *t, casus_token *tok, unsigned v) {
    unsigned object = tok[v].head, m = object ? tok[object].head : 0, next = 0;
    bool inside = (tok[v].deprel == CASUS_AMOD || tok[v].deprel == CASUS_COMPOUND) && tok[v].upos == CASUS_VERB && object > v && is_comma(t, v - 1u) && left_of(t, object) == v;
    if (!inside || !m || m > v || (tok[object].deprel != CASUS_CONJ && tok[object].deprel != CASUS_APPOS)) return false;
    unsigned first = is_noun(&tok[m]) ? m : 0;
    if (first) m = tok[first].head;
    bool third = has_tag(&tok[v], "VBZ");
    if (!m || tok[m].upos != CASUS_VERB || !(third ? has_tag(&tok[m], "VBZ") : is_past(&tok[v]) && is_past(&tok[m])) || (first && tok[first].deprel != CASUS_OBJ)) return false;
    TREE_CHILDREN(t, m, c)
    if (c > object && tok[c].deprel == CASUS_CONJ && tok[c].upos == CASUS_VERB && !next && !has_subject(t, c)) next = c;
    if (!next) return false;
    if (!third) make_verb(&tok[v], casus_xpos_name(tok[m].xpos));
    hang(tok, v, m, CASUS_CONJ);
    hang(tok, object, v, CASUS_OBJ);
    TREE_CHILDREN(t, first, c) {
        if (c > object && c < next && tok[c].deprel == CASUS_CONJ) tok[c].head = (uint16_t)object;
        if (c > object && c < next && tok[c].deprel == CASUS_NMOD) hang(tok, c, v, CASUS_OBL);
    }
    return true;
}

/* "filled it with men who do not want to fight and emptied the town": a past form is not coordinated with a present one of a relative clause. */
static bool mend_other_tense(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned h = tok[i].head, cc = tree_child(t, i, CASUS_CC), up = 0;
    if (!is_past(&tok[i]) || tok[i].deprel != CASUS_CONJ || !h || h > i || cc != i - 1u || has_subject(t, i) || tree_child(t, i, CASUS_AUX_REL) || tree_child(t, i, CASUS_AUX_PASS)) return false;
    unsigned aux = tree_child(t, h, CASUS_AUX_REL);
    bool present = tok[h].upos == CASUS_VERB && (has_tag(&tok[h], "VBZ") || has_tag(&tok[h], "VBP") || (has_tag(&tok[h], "VB") && aux && !has_tag(&tok[aux], "VBD")));
    if (!present || tok[h].deprel != CASUS_ACL_RELCL) return false;
    for (up = tok[h].head; up && !(is_past(&tok[up]) && is_predicate(t, up)); up = tok[up].head) continue;
    if (!up) return false;
    if (!tree_child(t, up, CASUS_AUX_REL)) make_verb(&tok[i], "VBD");
    tok[i].head = (uint16_t)up;
    return true;
}

/* "has not freed him, nor has the junta named a date": after "nor" the auxiliary comes first. */
static bool mend_nor(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned aux = i + 1u, x = aux < t->n ? tree_child(t, aux, CASUS_OBJ) : 0, v = 0;
    if (!tree_is(t, i, "nor") || aux >= t->n || tok[aux].upos != CASUS_VERB || !(tree_is(t, aux, "have") || tree_is(t, aux, "be") || tree_is(t, aux, "do"))) return false;
    if (!x) x = tree_child(t, aux, CASUS_NSUBJ);
    if (x < aux) return false;
    TREE_CHILDREN(t, x, c)
    if ((tok[c].deprel == CASUS_ACL || tok[c].deprel == CASUS_ACL_RELCL) && tok[c].upos == CASUS_VERB && !v) v = c;
    if (!v) v = tree_child(t, aux, CASUS_XCOMP);
    if (v < x || tok[v].upos != CASUS_VERB || tree_child_lemma(t, v, "to")) return false;
    hang(tok, v, tok[aux].head, (casus_deprel)tok[aux].deprel);
    TREE_CHILDREN(t, aux, c)
    if (c != x && c != v) tok[c].head = (uint16_t)v;
    hang(tok, aux, v, tree_is(t, aux, "be") ? CASUS_AUX_PASS : CASUS_AUX_REL);
    tok[aux].upos = CASUS_AUX;
    hang(tok, x, v, tree_is(t, aux, "be") ? CASUS_NSUBJ_PASS : CASUS_NSUBJ);
    return true;
}

/* "surrounds Malanje": a name that stands for what is done to is an object, unless the verb says what someone is or is called. */
static bool mend_named_object(coder_tree *t, casus_token *tok, unsigned i) {
    static const char *const says[] = {"be", "become", "remain", "stay", "seem", "appear", "feel", "sound", "look", "call", "name", "make", "elect", "appoint", "crown", "declare", "consider", "turn", "get", "go", "come"};
    unsigned v = tok[i].head;
    if (tok[i].deprel != CASUS_XCOMP || tok[i].upos != CASUS_PROPN || !v || v + 1u != left_of(t, i) || tok[v].upos != CASUS_VERB || tree_case(t, i) || tree_child(t, i, CASUS_COP)) return false;
    if (tree_child(t, v, CASUS_OBJ) || tree_child(t, v, CASUS_IOBJ) || tree_is_passive(t, v)) return false;
    for (size_t k = 0; k < sizeof says / sizeof *says; k++)
        if (tree_is(t, v, says[k])) return false;
    tok[i].deprel = CASUS_OBJ;
    return true;
}

/* "after suspending accession talks, it …": the gerund's object is no noun that it describes. */
static bool mend_gerund(coder_tree *t, casus_token *tok, unsigned v) {
    unsigned h = tok[v].head, mark = tree_child(t, v, CASUS_MARK), up = h ? tok[h].head : 0;
    if (!has_tag(&tok[v], "VBG") || tok[v].deprel != CASUS_ADVCL || h < v || !up || up == v || mark + 1u != v || !is_noun(&tok[h]) || tree_is_verb(t, h) || tree_child(t, v, CASUS_OBJ)) return false;
    TREE_CHILDREN(t, h, c)
    if (c > v && c < h && tok[c].deprel == CASUS_PUNCT_REL) return false;
    hang(tok, v, up, CASUS_ADVCL);
    TREE_CHILDREN(t, h, c)
    if (c < v) tok[c].head = (uint16_t)up;
    hang(tok, h, v, CASUS_OBJ);
    return true;
}

/* "Supporters marched on the palace, clashed with guards and fled": the first verb, which has the subject, is the main one of the three. */
static bool mend_first_verb(coder_tree *t, casus_token *tok, unsigned v) {
    unsigned h = tok[v].head, subject = tree_child(t, v, CASUS_NSUBJ);
    if (!is_past(&tok[v]) || tok[v].deprel != CASUS_ADVCL || h < v || !is_past(&tok[h]) || has_subject(t, h) || !subject || subject > v || joined_on(t, v) || own_start(t, v) != v) return false;
    if (tree_child(t, v, CASUS_AUX_REL) || tree_child(t, v, CASUS_AUX_PASS) || tree_child(t, h, CASUS_AUX_REL) || tree_child(t, h, CASUS_AUX_PASS) || joined_on(t, h) || !is_comma(t, h - 1u)) return false;
    make_verb(&tok[v], "VBD");
    make_verb(&tok[h], "VBD");
    hang(tok, v, tok[h].head, (casus_deprel)tok[h].deprel);
    hang(tok, h, v, CASUS_CONJ);
    if (is_mark(t, t->n, '.') && tok[t->n].head == h) tok[t->n].head = (uint16_t)v;
    return true;
}

/* "brokered by Qatar and violated by both sides": who stands after "by" is who does it there too. */
static bool mend_passive_pair(coder_tree *t, casus_token *tok, unsigned v) {
    unsigned h = tok[v].head, by = 0;
    bool pair = is_past(&tok[v]) && tok[v].deprel == CASUS_CONJ && h && h < v && tree_is_passive(t, h) && tree_child(t, h, CASUS_OBL_AGENT);
    if (!pair || has_subject(t, v) || tree_child(t, v, CASUS_OBJ) || tree_child(t, v, CASUS_AUX_REL)) return false;
    TREE_CHILDREN(t, v, c) {
        unsigned k = c > v && (tok[c].deprel == CASUS_OBL || tok[c].deprel == CASUS_OBL_AGENT) ? tree_case(t, c) : 0;
        if (k && tree_is(t, k, "by") && tree_is_nominal(t, c) && !is_span(t, c)) by = c;
    }
    if (!by || (has_tag(&tok[v], "VBN") && tok[by].deprel == CASUS_OBL_AGENT)) return false;
    make_verb(&tok[v], "VBN");
    tok[by].deprel = CASUS_OBL_AGENT;
    return true;
}

/* "took two hundred soldiers hostage": whom it took, and as what. */
static bool mend_hostage(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned x = tree_child(t, i, CASUS_COMPOUND), v = tok[i].head;
    bool captive = tree_is(t, i, "hostage") || tree_is(t, i, "prisoner") || tree_is(t, i, "captive");
    if (!captive || tok[i].deprel != CASUS_OBJ || v > i || !x || x + 1u != i || !has_tag(&tok[x], "NNS") || !(tree_is(t, v, "take") || tree_is(t, v, "hold") || tree_is(t, v, "keep"))) return false;
    TREE_CHILDREN(t, i, c)
    if (c != x) tok[c].head = (uint16_t)x;
    hang(tok, x, v, CASUS_OBJ);
    hang(tok, i, x, CASUS_APPOS);
    return true;
}

/* "killing, according to the ministry, six people": what follows the aside is the object. */
static bool mend_after_source(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned h = tok[i].head, v = h ? tok[h].head : 0, k = h ? tree_case(t, h) : 0;
    bool beside = (tok[i].deprel == CASUS_CONJ || tok[i].deprel == CASUS_APPOS) && tok[i].upos == CASUS_NOUN && !tree_child(t, i, CASUS_CC);
    if (!beside || h > i || tok[h].deprel != CASUS_OBL || !k || !tree_is(t, k, "accord") || v > k || tok[v].upos != CASUS_VERB || tree_child(t, v, CASUS_OBJ)) return false;
    if (v + 2u != k || !is_comma(t, v + 1u) || !is_comma(t, left_of(t, i) - 1u)) return false;
    hang(tok, i, v, CASUS_OBJ);
    TREE_CHILDREN(t, h, c)
    if (c > i && tok[c].deprel == CASUS_CONJ) tok[c].head = (uint16_t)i;
    return true;
}

/* "neither confirms nor denies this": what stands after the last verb is its object first. */
static bool mend_last_object(coder_tree *t, casus_token *tok, unsigned i) {
    unsigned v = tok[i].head, last = left_of(t, i) - 1u;
    if (tok[i].deprel != CASUS_OBJ || !v || last <= v || last >= i || tok[last].upos != CASUS_VERB || tok[last].deprel != CASUS_CONJ || tok[last].head != v || tree_child(t, last, CASUS_OBJ)) return false;
    tok[i].head = (uint16_t)last;
    return true;
}

/* "lost eleven men and, they say, had to retreat": who says it says it by the way. */
static bool mend_said_aside(coder_tree *t, casus_token *tok, unsigned w) {
    unsigned say = tok[w].head, subject = say ? tree_child(t, say, CASUS_NSUBJ) : 0, cc = say ? tree_child(t, say, CASUS_CC) : 0;
    if (tok[w].deprel != CASUS_CCOMP || say > w || tok[say].deprel != CASUS_CONJ || !subject || subject > say || !cc || cc > subject || has_subject(t, w) || !is_predicate(t, w) || tree_child(t, w, CASUS_MARK)) return false;
    if (!is_comma(t, say + 1u) || own_start(t, w) != say + 2u || !is_comma(t, left_of(t, subject) - 1u)) return false;
    hang(tok, w, tok[say].head, CASUS_CONJ);
    hang(tok, say, w, CASUS_PARATAXIS);
    tok[cc].head = (uint16_t)w;
    return true;
}

/* "devalued the pound, and shopkeepers closed their doors": what follows ", and" with its own subject is no relative clause. */
static bool mend_and_clause(coder_tree *t, casus_token *tok, unsigned v) {
    unsigned x = tree_child(t, v, CASUS_NSUBJ), cc = x ? tree_child(t, x, CASUS_CC) : 0, h = tok[v].head;
    if (!cc) cc = tree_child(t, v, CASUS_CC);
    if (tok[v].deprel != CASUS_ACL_RELCL || !x || x > v || !is_noun(&tok[x]) || cc < 2 || cc > x || !is_comma(t, cc - 1u) || h > cc) return false;
    for (unsigned i = cc + 1; i < v; i++)
        if (has_tag(&tok[i], "WDT") || has_tag(&tok[i], "WP") || has_tag(&tok[i], "WP$") || has_tag(&tok[i], "WRB")) return false;
    unsigned above = tree_clause(t, h);
    if (!tree_is_verb(t, above) || tree_under(t, above, v)) return false;
    hang(tok, v, above, CASUS_CONJ);
    tok[cc].head = (uint16_t)v;
    return true;
}

/* "trained by officers and paid by Qatar, they deserted": after "and" with an agent of its own goes with the participle before. */
static bool mend_early_pair(coder_tree *t, casus_token *tok, unsigned v) {
    unsigned h = tok[v].head, by = 0, first = 0;
    if (!is_past(&tok[v]) || tok[v].deprel != CASUS_CONJ || h < v || v < 3 || tok[v - 1].deprel != CASUS_CC || has_subject(t, v) || tree_child(t, v, CASUS_OBJ)) return false;
    TREE_CHILDREN(t, v, c)
    if (c > v && (tok[c].deprel == CASUS_OBL || tok[c].deprel == CASUS_OBL_AGENT) && tree_case(t, c) && tree_is(t, tree_case(t, c), "by")) by = c;
    for (unsigned i = v - 2; by && i && !first; i--)
        if (tok[i].upos == CASUS_VERB) first = i;
    if (!first || tok[first].deprel != CASUS_ACL || !tree_child(t, first, CASUS_OBL_AGENT)) return false;
    make_verb(&tok[v], "VBN");
    hang(tok, v, first, CASUS_CONJ);
    tok[v - 1].head = (uint16_t)v;
    tok[by].deprel = CASUS_OBL_AGENT;
    return true;
}

/* "angered Pyongyang, which tore up the accord": right after a name "which" is the name, unless what happened surprises or leads to something. */
static bool mend_which(coder_tree *t, casus_token *tok, unsigned p) {
    static const char *const verdicts[] = {"surprise", "anger", "mean", "lead", "make", "cause", "prompt", "force", "push", "drive", "shock", "suggest", "show", "prove", "help", "explain", "leave", "bring", "worry", "please", "alarm", "be"};
    unsigned v = tok[p].head, x = p > 2 && is_comma(t, p - 1u) ? p - 2u : 0;
    if (!tree_is(t, p, "which") || tok[p].deprel != CASUS_NSUBJ || !x || tok[x].upos != CASUS_PROPN || is_month(t, x) || v < p || tok[v].deprel != CASUS_ADVCL_RELCL || tree_child(t, v, CASUS_COP)) return false;
    for (size_t k = 0; k < sizeof verdicts / sizeof *verdicts; k++)
        if (tree_is(t, v, verdicts[k])) return false;
    while (tok[x].deprel == CASUS_FLAT) x = tok[x].head;
    if (tree_under(t, x, v)) return false;
    hang(tok, v, x, CASUS_ACL_RELCL);
    return true;
}

bool tree_mend_clause(coder_tree *t, casus_token *tok, unsigned way) {
    bool mended = false;
    for (unsigned i = 1; i <= t->n; i++) {
        bool one = false;
        if (way == 0) one = mend_after_date(t, tok, i) || mend_beside_date(t, tok, i) || mend_bare_subject(t, tok, i) || mend_bare_object(t, tok, i) || mend_date_subject(t, tok, i);
        if (way == 0) one = one || mend_nor(t, tok, i) || mend_named_object(t, tok, i) || mend_verbless(t, tok, i) || mend_past_participle(t, tok, i);
        if (way == 1) one = mend_whose_name(t, tok, i) || mend_last_of_list(t, tok, i) || mend_open_apposition(t, tok, i) || mend_listed_verb(t, tok, i) || mend_other_tense(t, tok, i);
        if (way == 1) one = one || mend_two_clauses(t, tok, i) || mend_shifted_object(t, tok, i) || mend_gerund(t, tok, i) || mend_passive_pair(t, tok, i) || mend_hostage(t, tok, i);
        if (way == 1) one = one || mend_after_source(t, tok, i) || mend_last_object(t, tok, i) || mend_first_verb(t, tok, i) || mend_said_aside(t, tok, i) || mend_and_clause(t, tok, i) || mend_early_pair(t, tok, i) || mend_which(t, tok, i);
        if (way == 2) one = !mended && (mend_parted(t, tok, i) || mend_parted_conjunct(t, tok, i) || mend_joined_clause(t, tok, i));
        if (way == 3) one = !mended && (mend_whose_clause(t, tok, i) || mend_whom(t, tok, i) || mend_relative_first(t, tok, i));
        mended = mended || one;
    }
    return mended;
}
