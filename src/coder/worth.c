#include "worth.h"

#include <string.h>

static bool is_capital(casus_str w) { return w.n && ((w.at[0] >= 'A' && w.at[0] <= 'Z') || (unsigned char)w.at[0] >= 0x80); }

static casus_str lower(casus_str w, char *to, size_t size) {
    if (w.n >= size) return w;
    for (size_t i = 0; i < w.n; i++) to[i] = w.at[i] >= 'A' && w.at[i] <= 'Z' ? (char)(w.at[i] + 32) : w.at[i];
    return (casus_str){to, w.n};
}

static bool one_of(casus_str word, const char *const *list, size_t n) {
    for (size_t k = 0; k < n; k++)
        if (casus_str_is(word, list[k])) return true;
    return false;
}

/* Words that open a sentence and name nobody: a capital there tells nothing. */
static bool opens_only(casus_str word) {
    static const char *const words[] = {"the", "a", "an", "this", "that", "these", "those", "there", "in", "on", "at", "by", "for", "from", "with", "as", "after", "before", "since", "but", "and", "or", "so", "yet",
                                        "if", "when", "while", "where", "what", "why", "how", "no", "not", "all", "some", "most", "many", "more", "such", "then", "now", "here", "i", "we", "you", "my", "our", "your",
                                        "to", "of", "one", "two", "three", "it", "is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "will", "would", "can", "could", "may", "should", "let", "please"};
    return one_of(word, words, sizeof words / sizeof *words);
}

/* Words that stand for somebody named before, or for somebody at all. */
static bool refers(casus_str word) {
    static const char *const words[] = {"he", "him", "his", "she", "her", "hers", "it", "its", "they", "them", "their", "theirs", "himself", "herself", "itself", "themselves", "who", "whom", "whose", "latter", "former",
                                        "both", "neither", "others", "everyone", "everybody", "someone", "somebody", "anyone", "nobody", "two", "three", "four", "five", "six", "side", "sides", "group", "groups", "movement",
                                        "organization", "organisation", "militia", "faction", "party", "parties", "regime", "insurgency", "country", "countries", "nation", "nations", "state", "states", "republic", "kingdom"};
    return one_of(word, words, sizeof words / sizeof *words);
}

/* Frames that are told though nobody named takes part: causes, sayings, estimates and what the author makes of them. */
static bool speaks_alone(const casus_lexicon *lex, uint32_t frame) {
    casus_frame_class c = (casus_frame_class)casus_lexicon_frame(lex, frame)->class_;
    return c == CASUS_FRAME_CAUSE || c == CASUS_FRAME_SAY || c == CASUS_FRAME_LIKELIHOOD || c == CASUS_FRAME_VIEW;
}

static bool is_name(const casus_lexicon *lex, uint64_t key) {
    size_t n;
    return casus_lexicon_names(lex, key, &n) != NULL;
}

static bool is_agent(const casus_lexicon *lex, uint64_t key) { return casus_lexicon_agent(lex, key) != NULL; }

static bool is_cue(const casus_lexicon *lex, uint64_t key) {
    size_t n = 0;
    const casus_phrase *p = casus_lexicon_phrases(lex, key, &n);
    for (size_t k = 0; p && k < n; k++)
        if (speaks_alone(lex, p[k].frame)) return true;
    return false;
}

/* Does an entry of up to `words` words begin at token t? */
static bool begins(const casus_lexicon *lex, const casus_sentence *s, uint32_t t, unsigned words, bool folded, bool (*known)(const casus_lexicon *, uint64_t)) {
    uint64_t key = casus_key(s->tokens[t].form, folded);
    for (uint32_t k = t; words && k < s->n && k < t + words + 2; k++) {
        if (k > t) key = casus_key_more(key, s->tokens[k].form, folded);
        if (known(lex, key)) return true;
    }
    return false;
}

static bool begins_known(const casus_lexicon *lex, const casus_sentence *s, uint32_t t) {
    uint64_t as_is = casus_key(s->tokens[t].form, false), folded = casus_key(s->tokens[t].form, true);
    return (as_is && begins(lex, s, t, casus_lexicon_name_words(lex, as_is), false, is_name)) ||
           (folded && begins(lex, s, t, casus_lexicon_agent_words(lex, folded), true, is_agent)) ||
           (folded && begins(lex, s, t, casus_lexicon_phrase_words(lex, folded), true, is_cue));
}

/* Is there a pattern of saying, judging or estimating under this lemma? */
static bool cue_under(const casus_lexicon *lex, casus_str lemma) {
    size_t n = 0;
    const casus_pattern *p = casus_lexicon_patterns(lex, casus_lemma_hash(lemma), &n);
    for (size_t k = 0; p && k < n; k++)
        if (speaks_alone(lex, p[k].frame)) return true;
    return false;
}

/* The lemmas an inflected form may have: itself, without -s, -es, -ed, -d, -ing, and these with an e or a single consonant. */
static bool may_cue(const casus_lexicon *lex, casus_str word) {
    static const char *const ends[] = {"", "s", "es", "ed", "d", "ing", "ied", "ies", "n", "en"};
    char longer[48];
    if (word.n < 3) return false;
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
        size_t cut = strlen(ends[k]);
        if (word.n < cut + 2 || word.n + 2 > sizeof longer || !casus_str_ends(word, ends[k])) continue;
        casus_str stem = {word.at, word.n - cut};
        if (cue_under(lex, stem)) return true;
        if (!cut) continue;
        memcpy(longer, stem.at, stem.n);
        longer[stem.n] = ends[k][0] == 'i' && cut == 3 && ends[k][1] != 'n' ? 'y' : 'e';
        if (cue_under(lex, (casus_str){longer, stem.n + 1})) return true;
        if (stem.n > 2 && stem.at[stem.n - 1] == stem.at[stem.n - 2] && cue_under(lex, (casus_str){stem.at, stem.n - 1})) return true;
    }
    return false;
}

bool worth_parsing(const casus_lexicon *lex, const casus_sentence *s) {
    char buffer[48];
    if (s->in_quote || s->block != CASUS_BODY) return true;
    for (uint32_t t = 0; t < s->n; t++) {
        casus_str form = s->tokens[t].form, word = lower(form, buffer, sizeof buffer);
        if (is_capital(form) && (t ? form.n > 1 || form.at[0] != 'I' : !opens_only(word))) return true;
        if (form.at[0] == '"' || refers(word) || begins_known(lex, s, t) || may_cue(lex, word)) return true;
    }
    return false;
}
