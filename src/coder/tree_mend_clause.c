/* tree_mend_clause.c — clauses that the parser has left without their subject: dates, parentheses and relative clauses that took it. */
#include "tree_mend.h"

#include "tree_mend_words.h"

/* ---- dates before a subject ---- */

/* Last token of the date that begins at i ("July", "July 27", "February 2024", "2019", "Monday"), or 0. */
static unsigned date_end(const coder_tree *t, unsigned i) {
    static const char *const days[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    for (size_t k = 0; i <= t->n && k < sizeof days / sizeof *days; k++)
        if (casus_str_is(t->tok[i].form, days[k])) return i;
    bool month = i <= t->n && is_month(&t->tok[i]), year = i <= t->n && tree_is_year(t, i);
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

/* "since rebels seized the mine": what stands between "since" and a past form with an object is its subject. */
static bool mend_since(coder_tree *t, casus_token *tok, unsigned v) {
    static const char *const words[] = {"since", "after", "before", "until", "as"};
    unsigned h = tok[v].head, x = 0, k = 0;
    if (!is_past(&tok[v]) || (tok[v].deprel != CASUS_ADVCL && tok[v].deprel != CASUS_ACL) || has_subject(t, v) || tree_child(t, v, CASUS_OBJ) < v || tree_child(t, v, CASUS_AUX_REL) || tree_child(t, v, CASUS_OBL_AGENT) || tree_child(t, v, CASUS_MARK)) return false;
    for (unsigned i = v - 1; i && !x && i + 6 > v; i--)
        if (tok[i].deprel == CASUS_OBL && is_noun(&tok[i]) && right_of(t, i) + 1u >= v && (tok[i].head == h || h == i)) x = i;
    k = x ? tree_case(t, x) : 0;
    if (!TREE_AMONG(t, k, words) || k > x || date_end(t, x) || own_start(t, v) != v || is_comma(t, v - 1u)) return false;
    if (h == x) hang(tok, v, tok[x].head, CASUS_ADVCL);
    make_verb(&tok[v], "VBD");
    hang(tok, x, v, CASUS_NSUBJ);
    hang(tok, k, v, CASUS_MARK);
    return true;
}

/* ---- parentheses between a subject and its verb ---- */

/* "Their pact, announced in May by the king, freed …", "The party, whose leader fled, negotiates": after the comma that closes what is said of it, a
 * verb without a subject (or with one that belongs to "whose") is the verb of the noun that heads the clause. */
static bool mend_parted(coder_tree *t, casus_token *tok, unsigned v) {
    unsigned x = tok[v].head, first = own_start(t, v), subject = tree_child(t, v, CASUS_NSUBJ);
    bool whose = subject && of_whose(t, subject);
    if (!x || x > v || !is_noun(&tok[x]) || tree_is_verb(t, x) || has_subject(t, x) || tok[v].upos != CASUS_VERB) return false;
    unsigned said = tree_child(t, x, CASUS_ACL_RELCL) ? tree_child(t, x, CASUS_ACL_RELCL) : tree_child(t, x, CASUS_ACL);
    bool late = tok[v].deprel == CASUS_PARATAXIS || (tok[v].deprel == CASUS_ACL && said && said < v);
    bool past = is_past(&tok[v]) && late && tree_child(t, v, CASUS_OBJ) > v && !tree_child(t, v, CASUS_OBL_AGENT);
    if (!is_predicate(t, v) && !past) return false;
    bool heads = !tok[x].head || ((tok[x].deprel == CASUS_PARATAXIS || tok[x].deprel == CASUS_CONJ) && tree_is_verb(t, tok[x].head));
    if (!heads || joined_on(t, v) || (has_subject(t, v) && !whose) || !is_comma(t, first - 1u)) return false;
    bool opened = false; /* another comma before: something stands between the two */
    for (unsigned i = x + 1; i + 1 < first && !opened; i++) opened = is_comma(t, i);
    if (!opened || (whose && subject > first) || tok[t->n].upos != CASUS_PUNCT) return false;
    if (!is_predicate(t, v)) make_verb(&tok[v], "VBD");
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

/* Nouns of what is done to or by a person, or becomes of him: no person themselves. */
static bool is_deed(const coder_tree *t, unsigned i) {
    static const char *const ends[] = {"tion", "sion", "ment", "ing"};
    static const char *const words[] = {"overthrow", "ouster", "murder", "death", "arrest", "release", "visit", "fall", "capture", "return", "trial", "victory", "defeat", "removal", "dismissal", "rise"};
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
        if (casus_str_ends(t->tok[i].lemma, ends[k])) return true;
    return TREE_AMONG(t, i, words);
}

/* "Ana Obi, whom the army arrested": the pronoun is no name beside hers, it is what the verb has. */
static bool mend_pronoun_beside(coder_tree *t, casus_token *tok, unsigned p) {
    unsigned x = tok[p].head, v = tree_child(t, p, CASUS_ACL_RELCL);
    if (!(tree_is(t, p, "who") || tree_is(t, p, "whom") || tree_is(t, p, "which")) || !x || x > p || !v || v < p || !is_noun(&tok[x]) || tree_case(t, p)) return false;
    if (tok[p].deprel != CASUS_APPOS && tok[p].deprel != CASUS_CONJ && tok[p].deprel != CASUS_DEP) return false;
    bool done_to = has_subject(t, v);
    if (done_to && tree_child(t, v, CASUS_OBJ)) return false;
    hang(tok, v, x, CASUS_ACL_RELCL);
    hang(tok, p, v, done_to ? CASUS_OBJ : subject_of(t, v));
    return true;
}

/* "the overthrow of Ana Obi, whom the army holds": after a name and a comma "who" and "whom" are the name. */
static bool mend_who_name(coder_tree *t, casus_token *tok, unsigned p) {
    unsigned v = tok[p].head, x = p > 2 && is_comma(t, p - 1u) && tok[p - 2].upos == CASUS_PROPN ? p - 2u : 0, h = v ? tok[v].head : 0;
    if (!x || !(tree_is(t, p, "who") || tree_is(t, p, "whom")) || v < p || tok[v].deprel != CASUS_ACL_RELCL) return false;
    while (tok[x].deprel == CASUS_FLAT) x = tok[x].head;
    if (!h || h == x || tok[h].upos != CASUS_NOUN || !is_deed(t, h) || h > x || tok[x].deprel == CASUS_APPOS || tok[x].head != h || !tree_case(t, x)) return false;
    tok[v].head = (uint16_t)x;
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

/* "removed from its site the sentence that …": a noun with its article right after a phrase, with no comma between, is the object. */
static bool mend_shifted_object(coder_tree *t, casus_token *tok, unsigned i) {
    casus_deprel r = (casus_deprel)tok[i].deprel;
    unsigned h = tok[i].head, v = h && r != CASUS_OBL ? tok[h].head : h, phrase = r == CASUS_OBL ? left_of(t, i) - 1u : h;
    bool beside = r == CASUS_APPOS || r == CASUS_NMOD || r == CASUS_NMOD_UNMARKED || r == CASUS_OBL || r == CASUS_OBL_UNMARKED;
    if (!beside || tok[i].upos != CASUS_NOUN || !tree_child(t, i, CASUS_DET_REL) || tree_case(t, i) || is_span(t, i)) return false;
    if (!v || v > phrase || tok[phrase].head != v || tok[phrase].deprel != CASUS_OBL || !tree_case(t, phrase) || left_of(t, i) != phrase + 1u || tok[v].upos != CASUS_VERB) return false;
    if (tree_child(t, v, CASUS_OBJ) || tree_child(t, v, CASUS_CCOMP) || tree_is_passive(t, v) || is_month(&tok[phrase])) return false;
    hang(tok, i, v, CASUS_OBJ);
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

/* "angered Pyongyang, which tore up the accord": right after a name "which" is the name, unless what happened surprises or leads to something. */
static bool mend_which(coder_tree *t, casus_token *tok, unsigned p) {
    static const char *const verdicts[] = {"surprise", "anger", "mean", "lead", "make", "cause", "prompt", "force", "push", "drive", "shock", "suggest", "show", "prove", "help", "explain", "leave", "bring", "worry", "please", "alarm", "be"};
    unsigned v = tok[p].head, x = p > 2 && is_comma(t, p - 1u) ? p - 2u : 0;
    if (!tree_is(t, p, "which") || tok[p].deprel != CASUS_NSUBJ || !x || tok[x].upos != CASUS_PROPN || is_month(&tok[x]) || v < p || tok[v].deprel != CASUS_ADVCL_RELCL || tree_child(t, v, CASUS_COP)) return false;
    if (TREE_AMONG(t, v, verdicts)) return false;
    while (tok[x].deprel == CASUS_FLAT) x = tok[x].head;
    if (tree_under(t, x, v)) return false;
    hang(tok, v, x, CASUS_ACL_RELCL);
    return true;
}

/* "Though he signed a truce in May, the eastern front, led by a dissident, never observed it": what follows the comma of the first clause is the
 * subject that the main verb lacks. */
static bool mend_opening_clause(coder_tree *t, casus_token *tok, unsigned w) {
    unsigned v = 0, x = 0;
    if (tok[w].upos != CASUS_VERB || !is_predicate(t, w) || has_subject(t, w)) return false;
    TREE_CHILDREN(t, w, c)
    if (c < w && tok[c].deprel == CASUS_ADVCL && tree_child(t, c, CASUS_MARK) && tree_child(t, c, CASUS_MARK) < c && has_subject(t, c)) v = c;
    for (unsigned i = v + 1; v && i < w && !x; i++) {
        bool set = tok[i].deprel == CASUS_APPOS || (tok[i].deprel == CASUS_CONJ && !tree_child(t, i, CASUS_CC));
        if (set && is_noun(&tok[i]) && tree_under(t, i, v) && is_comma(t, left_of(t, i) - 1u) && (tree_child(t, i, CASUS_DET_REL) || tok[i].upos == CASUS_PROPN || tree_child(t, i, CASUS_NMOD_POSS))) x = i;
    }
    if (!x) return false;
    hang(tok, x, w, subject_of(t, w));
    TREE_CHILDREN(t, v, c)
    if (c > x && is_past(&tok[c]) && tok[c].deprel == CASUS_ADVCL && !tree_child(t, c, CASUS_MARK)) hang(tok, c, x, CASUS_ACL);
    return true;
}

bool tree_mend_clause(coder_tree *t, casus_token *tok, unsigned way) {
    bool mended = false;
    for (unsigned i = 1; i <= t->n; i++) {
        bool one = false;
        if (way == 0) one = mend_after_date(t, tok, i) || mend_beside_date(t, tok, i) || mend_bare_subject(t, tok, i) || mend_date_subject(t, tok, i) || mend_since(t, tok, i);
        if (way == 1) one = mend_whose_name(t, tok, i) || mend_last_of_list(t, tok, i) || mend_open_apposition(t, tok, i) || mend_two_clauses(t, tok, i) || mend_shifted_object(t, tok, i) || mend_who_name(t, tok, i) || mend_pronoun_beside(t, tok, i);
        if (way == 1) one = one || mend_and_clause(t, tok, i) || mend_which(t, tok, i) || mend_opening_clause(t, tok, i);
        if (way == 2) one = !mended && (mend_parted(t, tok, i) || mend_parted_conjunct(t, tok, i) || mend_joined_clause(t, tok, i));
        if (way == 3) one = !mended && (mend_whose_clause(t, tok, i) || mend_whom(t, tok, i) || mend_relative_first(t, tok, i));
        mended = mended || one;
    }
    return mended;
}
