/* tree_mend_verb.c — verbs that the parser has taken for participles or hung in the wrong list, and the objects that go with them. */
#include "tree_mend.h"

#include "tree_mend_words.h"

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

/* "given a medal", "called a traitor": participles that keep an object. */
static bool takes_two(const coder_tree *t, unsigned v) {
    static const char *const words[] = {"give", "grant", "offer", "award", "send", "pay", "deny", "owe", "show", "teach", "promise", "call", "name", "elect", "appoint", "declare", "dub", "make", "allow", "ask", "tell"};
    return TREE_AMONG(t, v, words);
}

/* "The decision to send shells to Kyiv angered Moscow": in a sentence without a verb, a participle that has an object is it. */
static bool mend_bare_participle(coder_tree *t, casus_token *tok, unsigned v) {
    unsigned object = tree_child(t, v, CASUS_OBJ), x = tok[v].head;
    if (!object) object = tree_child(t, v, CASUS_XCOMP);
    if (!is_past(&tok[v]) || tok[v].deprel != CASUS_ACL || object < v || !is_noun(&tok[object]) || left_of(t, object) != v + 1u || own_start(t, v) != v || is_comma(t, v - 1u) || tok[t->n].upos != CASUS_PUNCT) return false;
    if (takes_two(t, v)) return false;
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

/* "the threat to intervene": an infinitive describes its noun as a clause. */
static bool mend_infinitive(const coder_tree *t, casus_token *tok, unsigned v) {
    unsigned to = tree_child_lemma(t, v, "to");
    if (tok[v].upos != CASUS_VERB || !has_tag(&tok[v], "VB") || tok[v].deprel != CASUS_NMOD || !to || to > v || !is_noun(&tok[tok[v].head])) return false;
    tok[v].deprel = CASUS_ACL;
    tok[to].deprel = CASUS_MARK;
    return true;
}

/* "the founder, jailed since May": after a noun no past form stands without a subject; it is a participle. */
static bool mend_past_participle(coder_tree *t, casus_token *tok, unsigned v) {
    bool relative = tok[v].deprel == CASUS_ACL_RELCL && is_past(&tok[v]) && !tree_child(t, v, CASUS_AUX_REL) && !tree_child(t, v, CASUS_AUX_PASS);
    if ((!(tok[v].deprel == CASUS_ACL && has_tag(&tok[v], "VBD")) && !relative) || tok[v].upos != CASUS_VERB || has_subject(t, v) || tree_child(t, v, CASUS_OBJ) || tok[v].head > v) return false;
    for (unsigned i = t->lo[v]; relative && i < v; i++)
        if (has_tag(&tok[i], "WDT") || has_tag(&tok[i], "WP") || has_tag(&tok[i], "WP$") || has_tag(&tok[i], "WRB") || tree_is(t, i, "that")) return false;
    make_verb(&tok[v], "VBN");
    tok[v].deprel = CASUS_ACL;
    return true;
}

/* "closed the crossings, cut power and water, and detained the envoy", "levies taxes, appoints judges": after a comma a verb's form before a bare noun
 * of the list is one more verb, when verbs of its form stand before and after it. */
static bool mend_listed_verb(coder_tree *t, casus_token *tok, unsigned v) {
    unsigned object = tok[v].head, m = object ? tok[object].head : 0, next = 0;
    bool inside = (tok[v].deprel == CASUS_AMOD || tok[v].deprel == CASUS_COMPOUND) && tok[v].upos == CASUS_VERB && object > v && is_comma(t, v - 1u) && left_of(t, object) == v;
    if (!inside || !m || m > v || (tok[object].deprel != CASUS_CONJ && tok[object].deprel != CASUS_APPOS)) return false;
    unsigned first = tree_is_nominal(t, m) ? m : 0;
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
    if (TREE_AMONG(t, v, says)) return false;
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

static bool is_said(const coder_tree *t, unsigned v) {
    static const char *const words[] = {"say", "tell", "report", "add", "announce", "claim", "note", "warn", "confirm", "insist", "state"};
    return TREE_AMONG(t, v, words);
}

/* "Soldiers, who entered in May, massacred farmers, looted shops and left": the participle after a closed parenthesis is the first of the verbs. */
static bool mend_first_after_relative(coder_tree *t, casus_token *tok, unsigned v) {
    unsigned x = tok[v].head, w = 0, before = x ? tree_child(t, x, CASUS_ACL_RELCL) : 0;
    if (!before && x) before = tree_child(t, x, CASUS_ACL);
    if (!is_past(&tok[v]) || tok[v].deprel != CASUS_ACL || !before || before >= v || !is_comma(t, v - 1u) || tree_child(t, v, CASUS_OBL_AGENT) || !(tree_child(t, v, CASUS_OBJ) > v || tree_child(t, v, CASUS_XCOMP) > v)) return false;
    w = tok[x].deprel == CASUS_NSUBJ ? tok[x].head : 0;
    if (!w || w < v || tok[w].upos != CASUS_VERB || own_start(t, v) != v) return false;
    make_verb(&tok[v], "VBD");
    hang(tok, v, tok[w].head, (casus_deprel)tok[w].deprel);
    hang(tok, x, v, CASUS_NSUBJ);
    hang(tok, w, v, CASUS_CONJ);
    if (tok[t->n].head == w && tok[t->n].upos == CASUS_PUNCT) tok[t->n].head = (uint16_t)v;
    return true;
}

/* "Missiles fired from the hills struck a tanker": the verb right after the subject has no object, the participle behind has one; they change places. */
static bool mend_garden_path(coder_tree *t, casus_token *tok, unsigned v) {
    unsigned h = tok[v].head, r = h, x = 0, object = tree_child(t, v, CASUS_OBJ);
    if (!is_past(&tok[v]) || tok[v].deprel != CASUS_ACL || object < v || own_start(t, v) != v || is_comma(t, v - 1u) || tree_child(t, v, CASUS_OBL_AGENT)) return false;
    while (r && tok[r].upos != CASUS_VERB) r = tok[r].deprel == CASUS_ACL_RELCL ? 0 : tok[r].head;
    x = r ? tree_child(t, r, CASUS_NSUBJ) : 0;
    if (!x || x + 1u != r || tok[r].head || !is_past(&tok[r]) || tree_child(t, r, CASUS_OBJ) || tree_child(t, r, CASUS_CCOMP) || tree_child(t, r, CASUS_XCOMP) || !is_noun(&tok[h])) return false;
    for (unsigned i = r + 1; i < v; i++)
        if (tok[i].upos == CASUS_PUNCT) return false;
    make_verb(&tok[v], "VBD");
    make_verb(&tok[r], "VBN");
    hang(tok, v, 0, CASUS_ROOT);
    TREE_CHILDREN(t, r, c)
    if (c <= x || c > v) tok[c].head = (uint16_t)v;
    hang(tok, r, x, CASUS_ACL);
    return true;
}

/* "Gunmen loyal to the mayor": the men, not the loyal. */
static bool mend_loyal(coder_tree *t, casus_token *tok, unsigned i) {
    static const char *const words[] = {"loyal", "close", "hostile", "allied", "opposed", "friendly", "sympathetic", "faithful"};
    unsigned x = i > 1 && tok[i - 1].head == i && (tok[i - 1].deprel == CASUS_COMPOUND || tok[i - 1].deprel == CASUS_NSUBJ) ? i - 1u : 0;
    bool known = TREE_AMONG(t, i, words);
    if (!known || !x || i >= t->n || !is_noun(&tok[x]) || (!tree_is(t, i + 1u, "to") && !tree_is(t, i + 1u, "with"))) return false;
    TREE_CHILDREN(t, i, c)
    if (c < x) tok[c].head = (uint16_t)x;
    hang(tok, x, tok[i].head, (casus_deprel)tok[i].deprel);
    hang(tok, i, x, CASUS_AMOD);
    tok[i].upos = CASUS_ADJ;
    return true;
}

/* "… on Friday, doctors and witnesses said.": those between the last comma and the last verb say it. */
static bool mend_last_said(coder_tree *t, casus_token *tok, unsigned w) {
    unsigned comma = w - 1u, first = 0, root = 0;
    if (!is_said(t, w) || !is_predicate(t, w) || has_subject(t, w) || tree_child(t, w, CASUS_AUX_REL) || w + 1u != t->n || w < 6) return false;
    while (comma > 2 && !is_comma(t, comma)) comma--;
    if (comma < 3 || !tok[w].head || w - comma > 9) return false;
    for (unsigned i = comma + 1; i < w; i++)
        if (tok[i].upos == CASUS_VERB || tok[i].upos == CASUS_AUX || tok[i].upos == CASUS_PRON) return false;
    for (unsigned i = 1; i <= t->n && !root; i++)
        if (!tok[i].head) root = i;
    for (unsigned i = comma + 1; i < w; i++) {
        if (!is_noun(&tok[i]) || (tok[i].head > comma && tok[i].head != w)) continue;
        if (first) hang(tok, i, first, CASUS_CONJ);
        else first = i, hang(tok, i, w, CASUS_NSUBJ);
    }
    if (!first) return false;
    if (root != w) hang(tok, w, root, CASUS_PARATAXIS);
    return true;
}

/* "…, an official told reporters": a verb of saying with its own subject after a comma is no relative clause. */
static bool mend_told_aside(coder_tree *t, casus_token *tok, unsigned w) {
    unsigned x = tree_child(t, w, CASUS_NSUBJ), above = tok[w].head ? tree_clause(t, tok[w].head) : 0;
    if (tok[w].deprel != CASUS_ACL_RELCL || !is_said(t, w) || !x || x > w || !is_noun(&tok[x]) || !is_comma(t, left_of(t, x) - 1u) || own_start(t, w) != w) return false;
    if (!above || above > x || !tree_is_verb(t, above) || tree_child(t, w, CASUS_CCOMP)) return false;
    hang(tok, w, above, CASUS_PARATAXIS);
    return true;
}

/* "beheaded villagers, torched churches and …": after a comma a participle with an object goes on with the verb before. */
static bool mend_next_in_list(coder_tree *t, casus_token *tok, unsigned v) {
    unsigned x = tok[v].head, m = x ? tok[x].head : 0, object = tree_child(t, v, CASUS_OBJ);
    if (!is_past(&tok[v]) || (tok[v].deprel != CASUS_ACL && tok[v].deprel != CASUS_ADVCL) || object < v || left_of(t, object) != v + 1u || !is_comma(t, v - 1u) || tree_child(t, v, CASUS_OBL_AGENT) || takes_two(t, v)) return false;
    if (tok[v].deprel == CASUS_ADVCL) m = x;
    else if (tok[x].deprel != CASUS_OBJ && tok[x].deprel != CASUS_OBL) return false;
    if (!m || m > v || !is_past(&tok[m]) || own_start(t, v) != v || tree_child(t, v, CASUS_MARK) || tree_is_passive(t, m)) return false;
    make_verb(&tok[v], casus_xpos_name(tok[m].xpos));
    hang(tok, v, m, CASUS_CONJ);
    return true;
}

/* "… and abducted girls": a list of verbs ends with "and" and a verb; the participle there is it. */
static bool mend_list_end(coder_tree *t, casus_token *tok, unsigned o) {
    unsigned first = tok[o].head, v = first ? tok[first].head : 0, m = v ? tok[v].head : 0, p = tree_child(t, o, CASUS_AMOD), cc = tree_child(t, o, CASUS_CC);
    if (tok[o].deprel != CASUS_CONJ || first > o || tok[first].deprel != CASUS_OBJ || !p || !is_past(&tok[p]) || cc != p - 1u || tree_child(t, p, CASUS_OBL_AGENT)) return false;
    if (v > o || tok[v].deprel != CASUS_CONJ || tok[v].upos != CASUS_VERB || tree_child(t, v, CASUS_CC) || !is_comma(t, v - 1u) || !is_past(&tok[v])) return false;
    TREE_CHILDREN(t, m, c)
    if (tok[c].deprel == CASUS_CONJ && tree_child(t, c, CASUS_CC)) return false;
    make_verb(&tok[p], casus_xpos_name(tok[v].xpos));
    hang(tok, p, m, CASUS_CONJ);
    hang(tok, o, p, CASUS_OBJ);
    tok[cc].head = (uint16_t)p;
    return true;
}

/* ---- sentences without a verb ---- */

/* The noun that heads what stands before v, from the first token on: "[The army of the north]"; 0 when it begins with a preposition, or holds a mark. */
static unsigned opening_noun(const coder_tree *t, unsigned from, unsigned v) {
    unsigned x = 0;
    for (unsigned i = from; i < v; i++) {
        casus_upos u = (casus_upos)t->tok[i].upos;
        if (u == CASUS_PUNCT || u == CASUS_VERB || u == CASUS_AUX || u == CASUS_SCONJ || u == CASUS_PRON || u == CASUS_CCONJ) return 0;
        if (u == CASUS_ADP) return x;
        if (is_noun(&t->tok[i])) x = i;
    }
    return x;
}

/* Is no verb of i's part of the sentence finite, and no participle but those before a noun? */
static bool without_verb(const coder_tree *t, unsigned from, unsigned to) {
    for (unsigned i = from; i <= to; i++)
        if (t->tok[i].upos == CASUS_AUX || (t->tok[i].upos == CASUS_VERB && t->tok[i].deprel != CASUS_AMOD)) return false;
    return true;
}

/* The words before v: phrases with a preposition hang on x, the other words on the noun after them. */
static void hang_opening(casus_token *tok, unsigned from, unsigned x, unsigned v) {
    unsigned noun = 0, k = 0;
    for (unsigned i = v - 1; i >= from && i; i--) {
        if (i == x) continue;
        if (tok[i].upos == CASUS_ADP && noun) {
            hang(tok, noun, x, CASUS_NMOD);
            hang(tok, i, noun, CASUS_CASE);
            noun = 0, k = 0;
        } else if (is_noun(&tok[i]) && i > x && !noun) {
            noun = i;
        } else if (tok[i].head >= v || (i < x && tok[i].head > x)) {
            k = i < x ? x : noun;
            if (k) hang(tok, i, k, tok[i].upos == CASUS_DET ? CASUS_DET_REL : tok[i].upos == CASUS_ADJ ? CASUS_AMOD : CASUS_COMPOUND);
        }
    }
}

/* ", burned tires and attacked banks": the participles before the other nouns of the list are verbs as well. */
static void hang_list(const coder_tree *t, casus_token *tok, unsigned v, unsigned object) {
    for (unsigned o = object + 1; o <= t->n; o++) {
        unsigned p = tok[o].deprel == CASUS_CONJ && tok[o].head == object && is_noun(&tok[o]) ? tree_child(t, o, CASUS_AMOD) : 0, cc = p ? tree_child(t, o, CASUS_CC) : 0;
        if (!p || !is_past(&tok[p]) || !(is_comma(t, p - 1u) || cc == p - 1u)) continue;
        make_verb(&tok[p], "VBD");
        hang(tok, p, v, CASUS_CONJ);
        hang(tok, o, p, CASUS_OBJ);
        if (cc) tok[cc].head = (uint16_t)p;
        for (unsigned i = o + 1; i <= t->n; i++)
            if (tok[i].head == object && tok[i].deprel == CASUS_CONJ && !tree_child(t, i, CASUS_AMOD)) tok[i].head = (uint16_t)o;
    }
}

/* "The army of Chad bombed camps", "Protesters in Lima blocked roads, burned tires and attacked banks": what describes a bare noun right after another
 * noun, where the sentence has no other verb, is its verb. */
static bool mend_bare_plural(coder_tree *t, casus_token *tok, unsigned v) {
    unsigned object = tok[v].head, root = object, from = 1, x = 0;
    if (!is_past(&tok[v]) || tok[v].deprel != CASUS_AMOD || v < 2 || object <= v || !is_noun(&tok[v - 1]) || !is_noun(&tok[object]) || !is_mark(t, t->n, '.') || tree_child(t, v, CASUS_OBL_AGENT)) return false;
    for (unsigned steps = 0; root && tok[root].head && steps < t->n; steps++) root = tok[root].head;
    if (!root || !is_noun(&tok[root]) || !without_verb(t, from, t->n)) return false;
    x = opening_noun(t, from, v);
    if (!x || (root != object && root != x)) return false;
    for (unsigned i = v + 1; i < object; i++)
        if (tok[i].upos == CASUS_DET || tok[i].upos == CASUS_ADP || tok[i].upos == CASUS_PUNCT) return false;
    make_verb(&tok[v], "VBD");
    for (unsigned i = object + 1; i <= t->n; i++) /* what hung on the noun that headed the sentence */
        if (tok[i].head == root && (root != object || tok[i].deprel == CASUS_PUNCT_REL)) tok[i].head = (uint16_t)v;
    for (unsigned i = v + 1; i < object; i++)
        if (tok[i].head <= v) tok[i].head = (uint16_t)object;
    hang_opening(tok, from, x, v);
    hang(tok, v, 0, CASUS_ROOT);
    hang(tok, x, v, CASUS_NSUBJ);
    hang(tok, object, v, CASUS_OBJ);
    hang_list(t, tok, v, object);
    return true;
}

static bool has_verb(const coder_tree *t) {
    for (unsigned i = 1; i <= t->n; i++)
        if (t->tok[i].upos == CASUS_AUX || is_finite(&t->tok[i])) return true;
    return false;
}

/* Does a noun phrase begin at i? */
static bool begins_noun(const coder_tree *t, unsigned i) {
    casus_upos u = (casus_upos)t->tok[i].upos;
    return u == CASUS_DET || u == CASUS_PROPN || u == CASUS_NUM || u == CASUS_NOUN || u == CASUS_ADJ || (u == CASUS_PRON && !tree_is(t, i, "that") && !tree_is(t, i, "which") && !tree_is(t, i, "who"));
}

/* "The UN mission called for calm.": in a sentence without a verb the participle after the subject is the verb. */
static bool mend_reduced_main(coder_tree *t, casus_token *tok) {
    unsigned noun = 1;
    while (noun < t->n && tok[noun].head) noun++;
    unsigned v = tok[noun].upos == CASUS_NOUN || tok[noun].upos == CASUS_PROPN ? tree_child(t, noun, CASUS_ACL) : 0;
    bool past = v == noun + 1u && tok[v].upos == CASUS_VERB && (casus_str_ends(tok[v].form, "ed") || has_tag(&tok[v], "VBD"));
    if (!past || tree_child(t, v, CASUS_OBL_AGENT) || (v < t->n && tree_is(t, v + 1, "by"))) return false;
    retag(&tok[v], CASUS_VERB, "VBD");
    tok[v].head = 0, tok[v].deprel = CASUS_ROOT;
    tok[noun].head = (uint16_t)v, tok[noun].deprel = CASUS_NSUBJ;
    if (tok[t->n].upos == CASUS_PUNCT) tok[t->n].head = (uint16_t)v;
    return true;
}

/* "Egypt arms Somalia", "Fear of Ethiopia unites Egypt and Eritrea": in a sentence without a verb a plural between two noun phrases is the verb. */
bool tree_mend_verbless(coder_tree *t, casus_token *tok) {
    unsigned v = 0, object = 0;
    if (!ends_with_stop(tok, t->n) || has_verb(t)) return false;
    for (unsigned i = 2; i + 1 < t->n && !v; i++) {
        bool plural = tok[i].upos == CASUS_NOUN && has_tag(&tok[i], "NNS") && casus_str_ends(tok[i].form, "s") && !names_people(tok[i].form) && tok[i].form.at[0] >= 'a';
        bool after = (tok[i - 1].upos == CASUS_PROPN || tok[i - 1].upos == CASUS_NOUN) && !has_tag(&tok[i - 1], "NNS") && tok[i - 1].head >= i;
        if (plural && after && begins_noun(t, i + 1)) v = i;
    }
    if (!v) return mend_reduced_main(t, tok);
    unsigned of = tree_child(t, v, CASUS_CASE), noun = v - 1u;
    if (of > 1 && of < noun && tok[noun].head == v) { /* "Fear of Ethiopia unites": Ethiopia belongs to the fear */
        tok[of].head = (uint16_t)noun;
        tok[noun].head = (uint16_t)(of - 1), tok[noun].deprel = CASUS_NMOD;
    }
    for (unsigned i = 1; i <= t->n; i++) {
        bool crosses = i < v ? tok[i].head >= v || !tok[i].head : i > v && (tok[i].head <= v || !tok[i].head);
        if (i == v || !crosses) continue;
        tok[i].head = (uint16_t)v;
        if (tok[i].upos == CASUS_PUNCT) continue;
        bool phrase = tree_case(t, i) != 0, nominal = tree_is_nominal(t, i);
        tok[i].deprel = !nominal ? CASUS_ADVMOD : phrase ? CASUS_OBL : i < v ? CASUS_NSUBJ : object ? CASUS_OBL : CASUS_OBJ;
        if (i > v && nominal && !phrase && !object) object = i;
    }
    retag(&tok[v], CASUS_VERB, "VBZ");
    tok[v].head = 0, tok[v].deprel = CASUS_ROOT;
    return true;
}

bool tree_mend_verb(coder_tree *t, casus_token *tok, unsigned way) {
    bool mended = false;
    for (unsigned i = 1; i <= t->n; i++) {
        bool one = false;
        if (way == 0) one = (!mended && mend_bare_plural(t, tok, i)) || mend_bare_object(t, tok, i) || mend_nor(t, tok, i) || mend_named_object(t, tok, i) || mend_bare_participle(t, tok, i) || mend_garden_path(t, tok, i) || mend_loyal(t, tok, i);
        if (way == 0) one = one || mend_past_participle(t, tok, i) || mend_infinitive(t, tok, i);
        if (way == 1) one = mend_listed_verb(t, tok, i) || mend_other_tense(t, tok, i) || mend_gerund(t, tok, i) || mend_passive_pair(t, tok, i) || mend_early_pair(t, tok, i) || mend_hostage(t, tok, i);
        if (way == 1) one = one || mend_next_in_list(t, tok, i) || mend_after_source(t, tok, i) || mend_last_object(t, tok, i) || mend_first_verb(t, tok, i) || mend_said_aside(t, tok, i) || mend_last_said(t, tok, i) || mend_told_aside(t, tok, i);
        if (way == 2) one = mend_list_end(t, tok, i) || (!mended && mend_first_after_relative(t, tok, i));
        mended = mended || one;
    }
    return mended;
}
