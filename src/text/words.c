/* Word lists of the splitter: abbreviations, contractions, prefixes that keep their hyphen. */
#include <string.h>

#include "text/features.h"
#include "text/split.h"

static bool in_list(const char *const *list, size_t n, const char *low, size_t len) {
    for (size_t i = 0; i < n; i++)
        if (strlen(list[i]) == len && memcmp(list[i], low, len) == 0) return true;
    return false;
}
#define IN(list, low, len) in_list(list, sizeof(list) / sizeof *(list), low, len)

static const char *const NEVER_ENDS[] = {
    "mr",   "mrs", "ms",     "dr",   "prof", "gen",  "col",  "lt",     "capt", "cpt",  "sgt", "maj",
    "cmdr", "cdr", "adm",    "brig", "cpl",  "pvt",  "rep",  "reps",   "sen",  "sens", "gov", "pres",
    "rev",  "hon", "messrs", "mme",  "mlle", "supt", "det",  "insp",   "amb",  "atty", "vs",  "v",
    "e.g",  "i.e", "eg",     "ie",   "cf",   "viz",  "ca",   "approx", "st",   "ste",  "mt",  "ft",
    "fr",   "sr",  "sra",    "pte",  "spc",  "esp",  "incl", "resp",   "mgr",  "pp",   "eds", "vols"};
static const char *const BEFORE_NUMBER[] = {"no", "nos", "art", "sec", "fig", "figs", "vol",
                                            "p",  "pg",  "ch",  "ext", "tel", "op",   "par"};
static const char *const MAY_END[] = {"inc",  "corp", "ltd",  "llc", "plc", "bros", "etc",  "jr", "dept", "univ",
                                      "assn", "ave",  "blvd", "rd",  "hwy", "apt",  "bldg", "al", "ph.d", "ph",
                                      "govt", "intl", "natl", "bn",  "mph", "lb",   "lbs",  "oz", "hrs",  "hr",
                                      "mins", "secs", "yr",   "yrs", "a.m", "p.m",  "esq",  "sq"};
/* Names cut short: abbreviations only with a capital. */
static const char *const NAMES_CUT[] = {
    "co",   "cos",  "jan",  "feb",  "mar",  "apr",   "jun", "jul", "aug", "sept", "sep",  "oct",   "nov",  "dec",
    "mon",  "tue",  "tues", "wed",  "thu",  "thurs", "fri", "ed",  "est", "min",  "max",  "calif", "mass", "fla",
    "ariz", "conn", "penn", "tenn", "minn", "wash",  "wis", "ill", "tex", "mich", "miss", "ala",   "ark",  "colo",
    "nev",  "okla", "ore",  "va",   "vt",   "pa",    "md",  "ga",  "ky",  "kan",  "neb",  "mil",   "gal"};

/* "U.S", "a.m", "J": letters with periods between. */
static bool is_lettered(casus_str w) {
    if (w.n % 2 == 0 || w.n > 11) return false;
    for (size_t i = 0; i < w.n; i++) {
        char c = w.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (i % 2 ? c != '.' : !letter) return false;
    }
    return true;
}

enum text_abbreviation text_abbreviation_of(casus_str word) {
    char low[TEXT_FORM_MAX];
    if (!word.n || word.n > 8) return is_lettered(word) ? TEXT_MAY_END : TEXT_NO_ABBREVIATION;
    size_t n = text_form_lower(word, low);
    if (IN(NEVER_ENDS, low, n)) return TEXT_NEVER_ENDS;
    if (IN(BEFORE_NUMBER, low, n)) return TEXT_BEFORE_NUMBER;
    if (IN(MAY_END, low, n) || (word.at[0] >= 'A' && word.at[0] <= 'Z' && IN(NAMES_CUT, low, n))) return TEXT_MAY_END;
    if (word.n == 1)
        return word.at[0] >= 'A' && word.at[0] <= 'Z' && word.at[0] != 'I' ? TEXT_NEVER_ENDS : TEXT_NO_ABBREVIATION;
    return is_lettered(word) ? TEXT_MAY_END : TEXT_NO_ABBREVIATION;
}

static const char *const STARTERS[] = {
    "the",   "a",       "an",      "in",    "on",       "at",     "but",     "and",       "or",        "so",
    "he",    "she",     "it",      "they",  "we",       "i",      "you",     "his",       "her",       "its",
    "their", "our",     "my",      "this",  "that",     "these",  "those",   "there",     "here",      "when",
    "while", "if",      "as",      "after", "before",   "since",  "for",     "from",      "with",      "by",
    "to",    "some",    "many",    "most",  "all",      "no",     "not",     "however",   "meanwhile", "what",
    "who",   "why",     "how",     "where", "although", "though", "because", "according", "under",     "during",
    "both",  "another", "such",    "yet",   "then",     "also",   "last",    "next",      "earlier",   "later",
    "once",  "until",   "despite", "among", "between",  "each",   "every",   "several",   "asked",     "now",
    "still", "instead", "moreover"};

bool text_starts_sentences(casus_str word) {
    char low[TEXT_FORM_MAX];
    if (word.n > 12 || !word.n || word.at[0] < 'A' || word.at[0] > 'Z') return false;
    size_t n = text_form_lower(word, low);
    return IN(STARTERS, low, n);
}

/* The treebanks leave these together with what follows. */
static const char *const PREFIXES[] = {"e",     "re",      "co",    "non",   "pre",    "post",  "anti",
                                       "pro",   "mid",     "ex",    "semi",  "multi",  "sub",   "inter",
                                       "intra", "counter", "cross", "over",  "mini",   "socio", "psycho",
                                       "arch",  "ultra",   "hyper", "trans", "pseudo", "bi",    "pan"};

bool text_keeps_hyphen(casus_str before) {
    char low[TEXT_FORM_MAX];
    if (!before.n || before.n > 8) return false;
    size_t n = text_form_lower(before, low);
    return IN(PREFIXES, low, n);
}

typedef struct contraction {
    const char *word;
    uint8_t n, first;
} contraction;

static const contraction CONTRACTIONS[] = {
    {"cannot", 6, 3}, {"gonna", 5, 3},   {"wanna", 5, 3},   {"gotta", 5, 3},    {"dont", 4, 2},  {"didnt", 5, 3},
    {"doesnt", 6, 4}, {"couldnt", 7, 5}, {"wouldnt", 7, 5}, {"shouldnt", 8, 6}, {"isnt", 4, 2},  {"arent", 5, 3},
    {"wasnt", 5, 3},  {"werent", 6, 4},  {"havent", 6, 4},  {"hasnt", 5, 3},    {"hadnt", 5, 3}, {"lemme", 5, 3},
    {"gimme", 5, 3},  {"outta", 5, 3},   {"theyre", 6, 4},  {"youre", 5, 3},    {"youve", 5, 3}, {"youll", 5, 3},
    {"ive", 3, 1},    {"thats", 5, 4},   {"whats", 5, 4},   {"theres", 6, 5},   {"heres", 5, 4}, {"im", 2, 1}};

size_t text_contraction_of(casus_str lower) {
    for (size_t i = 0; i < sizeof CONTRACTIONS / sizeof *CONTRACTIONS; i++)
        if (CONTRACTIONS[i].n == lower.n && memcmp(CONTRACTIONS[i].word, lower.at, lower.n) == 0)
            return CONTRACTIONS[i].first;
    return 0;
}
