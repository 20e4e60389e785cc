/* Names of tags and relations. Their order is part of the model format: append only (model.c checks a hash of the
 * names). */
#include "text/labels.h"

#include <string.h>

static const char *const UPOS[CASUS_UPOS_N] = {"X",   "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN",
                                               "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB"};

static const char *const XPOS[TEXT_XPOS_N] = {
    "_",    "$",   "''",  ",",    "-LRB-", "-RRB-", ".",   ":",   "ADD", "AFX", "CC",  "CD", "DT",
    "EX",   "FW",  "GW",  "HYPH", "IN",    "JJ",    "JJR", "JJS", "LS",  "MD",  "NFP", "NN", "NNP",
    "NNPS", "NNS", "PDT", "POS",  "PRP",   "PRP$",  "RB",  "RBR", "RBS", "RP",  "SYM", "TO", "UH",
    "VB",   "VBD", "VBG", "VBN",  "VBP",   "VBZ",   "WDT", "WP",  "WP$", "WRB", "``"};

static const char *const DEPREL[CASUS_DEPREL_N] = {
    "dep",         "root",       "acl",           "acl:relcl",    "advcl",       "advcl:relcl", "advmod",
    "advmod:emph", "amod",       "appos",         "aux",          "aux:pass",    "case",        "cc",
    "cc:preconj",  "ccomp",      "compound",      "compound:prt", "conj",        "cop",         "csubj",
    "csubj:outer", "csubj:pass", "det",           "det:predet",   "discourse",   "dislocated",  "expl",
    "fixed",       "flat",       "goeswith",      "iobj",         "list",        "mark",        "nmod",
    "nmod:desc",   "nmod:poss",  "nmod:unmarked", "nsubj",        "nsubj:outer", "nsubj:pass",  "nummod",
    "obj",         "obl",        "obl:agent",     "obl:unmarked", "orphan",      "parataxis",   "punct",
    "reparandum",  "vocative",   "xcomp"};

static unsigned find(const char *const *names, unsigned n, casus_str name) {
    for (unsigned i = 0; i < n; i++)
        if (casus_str_is(name, names[i])) return i;
    return 0;
}

const char *casus_upos_name(casus_upos u) { return (unsigned)u < CASUS_UPOS_N ? UPOS[u] : "X"; }

casus_upos text_upos_of(casus_str name) { return (casus_upos)find(UPOS, CASUS_UPOS_N, name); }

const char *casus_xpos_name(unsigned xpos) { return xpos < TEXT_XPOS_N ? XPOS[xpos] : "_"; }

unsigned casus_xpos_of(casus_str name) { return find(XPOS, TEXT_XPOS_N, name); }

const char *casus_deprel_name(casus_deprel d) { return (unsigned)d < CASUS_DEPREL_N ? DEPREL[d] : "dep"; }

casus_deprel casus_deprel_of(casus_str name) { return (casus_deprel)find(DEPREL, CASUS_DEPREL_N, name); }

static uint64_t mix(uint64_t h, const char *const *names, unsigned n) {
    for (unsigned i = 0; i < n; i++) h = h * 0x9E3779B97F4A7C15u + casus_str_hash(casus_str_of(names[i]));
    return h;
}

uint64_t text_labels_hash(void) {
    return mix(mix(mix(0, UPOS, CASUS_UPOS_N), XPOS, TEXT_XPOS_N), DEPREL, CASUS_DEPREL_N);
}
