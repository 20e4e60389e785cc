/* lemma_mend.c — "retook" is of retake, "annulled" of annul: the lemmatiser guesses at forms that it never saw with their tag. */
#include "coder/lemma_mend.h"

#include <stdlib.h>
#include <string.h>

/* Past forms and participles, sorted. "found", "bound", "ground", "wound" and "lay" are other verbs' too and left out. */
static const char *const IRREGULAR[][2] = {
    {"arisen", "arise"}, {"arose", "arise"}, {"became", "become"}, {"began", "begin"}, {"begun", "begin"}, {"bent", "bend"}, {"besought", "beseech"},
    {"bit", "bite"}, {"bitten", "bite"}, {"bled", "bleed"}, {"blew", "blow"}, {"blown", "blow"}, {"bore", "bear"}, {"borne", "bear"},
    {"bought", "buy"}, {"bred", "breed"}, {"broke", "break"}, {"broken", "break"}, {"brought", "bring"}, {"built", "build"}, {"came", "come"},
    {"caught", "catch"}, {"chose", "choose"}, {"chosen", "choose"}, {"clung", "cling"}, {"crept", "creep"}, {"dealt", "deal"}, {"drawn", "draw"},
    {"drew", "draw"}, {"driven", "drive"}, {"drove", "drive"}, {"dug", "dig"}, {"fallen", "fall"}, {"fed", "feed"}, {"fell", "fall"},
    {"felt", "feel"}, {"fled", "flee"}, {"flew", "fly"}, {"flown", "fly"}, {"flung", "fling"}, {"forbade", "forbid"}, {"forbidden", "forbid"},
    {"foresaw", "foresee"}, {"foreseen", "foresee"}, {"foreswore", "foreswear"}, {"foretold", "foretell"}, {"forgave", "forgive"},
    {"forgiven", "forgive"}, {"forsaken", "forsake"}, {"forsook", "forsake"}, {"forswore", "forswear"}, {"fought", "fight"}, {"froze", "freeze"},
    {"frozen", "freeze"}, {"gave", "give"}, {"given", "give"}, {"grew", "grow"}, {"grown", "grow"}, {"hanged", "hang"}, {"held", "hold"},
    {"hid", "hide"}, {"hidden", "hide"}, {"hung", "hang"}, {"kept", "keep"}, {"knew", "know"}, {"known", "know"}, {"laid", "lay"}, {"led", "lead"},
    {"left", "leave"}, {"lent", "lend"}, {"lit", "light"}, {"lost", "lose"}, {"meant", "mean"}, {"met", "meet"}, {"misled", "mislead"},
    {"mistaken", "mistake"}, {"mistook", "mistake"}, {"outgrew", "outgrow"}, {"overcame", "overcome"}, {"overran", "overrun"},
    {"overridden", "override"}, {"overrode", "override"}, {"overtaken", "overtake"}, {"overthrew", "overthrow"}, {"overthrown", "overthrow"},
    {"overtook", "overtake"}, {"paid", "pay"}, {"ran", "run"}, {"rebuilt", "rebuild"}, {"repaid", "repay"}, {"resold", "resell"},
    {"retaken", "retake"}, {"retook", "retake"}, {"rewritten", "rewrite"}, {"rewrote", "rewrite"}, {"ridden", "ride"}, {"risen", "rise"},
    {"rode", "ride"}, {"rose", "rise"}, {"said", "say"}, {"sank", "sink"}, {"seen", "see"}, {"sent", "send"}, {"shaken", "shake"}, {"shone", "shine"},
    {"shook", "shake"}, {"shot", "shoot"}, {"shrank", "shrink"}, {"shrunk", "shrink"}, {"slain", "slay"}, {"slew", "slay"}, {"slid", "slide"},
    {"slung", "sling"}, {"sold", "sell"}, {"sought", "seek"}, {"sped", "speed"}, {"spent", "spend"}, {"spoke", "speak"}, {"spoken", "speak"},
    {"sprang", "spring"}, {"sprung", "spring"}, {"stole", "steal"}, {"stolen", "steal"}, {"stood", "stand"}, {"stricken", "strike"},
    {"striven", "strive"}, {"strode", "stride"}, {"strove", "strive"}, {"struck", "strike"}, {"stuck", "stick"}, {"stung", "sting"}, {"sunk", "sink"},
    {"swam", "swim"}, {"swept", "sweep"}, {"swore", "swear"}, {"sworn", "swear"}, {"swung", "swing"}, {"taken", "take"}, {"taught", "teach"},
    {"thought", "think"}, {"threw", "throw"}, {"thrown", "throw"}, {"told", "tell"}, {"took", "take"}, {"tore", "tear"}, {"torn", "tear"},
    {"trod", "tread"}, {"trodden", "tread"}, {"understood", "understand"}, {"undertaken", "undertake"}, {"undertook", "undertake"}, {"undid", "undo"},
    {"undone", "undo"}, {"unfroze", "unfreeze"}, {"unfrozen", "unfreeze"}, {"upheld", "uphold"}, {"withdrawn", "withdraw"}, {"withdrew", "withdraw"},
    {"withheld", "withhold"}, {"withstood", "withstand"}, {"won", "win"}, {"wore", "wear"}, {"worn", "wear"}, {"wove", "weave"}, {"woven", "weave"},
    {"written", "write"}, {"wrote", "write"}, {"wrung", "wring"}
};

static int by_form(const void *key, const void *entry) { return strcmp(key, *(const char *const *)entry); }

enum { FORM_MAX = 24 };

static const char *irregular(const char *form) {
    const char *const *found = bsearch(form, IRREGULAR, sizeof IRREGULAR / sizeof *IRREGULAR, sizeof *IRREGULAR, by_form);
    return found ? found[1] : NULL;
}

static bool is_known_verb(const casus_lexicon *lex, casus_str lemma) {
    size_t n = 0;
    const casus_pattern *p = casus_lexicon_patterns(lex, casus_lemma_hash(lemma), &n);
    for (size_t i = 0; p && i < n; i++)
        if (p[i].trigger == CASUS_TRIGGER_VERB) return true;
    return false;
}

/* The stems that an ending may hide: "annulled" of annulled, annulle, annull and annul, "levied" of levy. */
static const char *const ENDINGS[][2] = {{"ied", "y"}, {"ies", "y"}, {"ying", "y"}, {"ed", ""}, {"ed", "e"}, {"ing", "e"}, {"es", ""}, {"s", ""}};

static bool is_doubled(const char *stem, size_t n) { return n > 3 && stem[n - 1] == stem[n - 2] && !strchr("aeiou", stem[n - 1]); }

/* The stem of `form` that the knowledge holds as a verb, in `stem`; its length, 0 when there is none. */
static size_t known_stem(const casus_lexicon *lex, const char *form, size_t n, char stem[FORM_MAX + 2]) {
    for (size_t k = 0; k < sizeof ENDINGS / sizeof *ENDINGS; k++) {
        size_t cut = strlen(ENDINGS[k][0]), put = strlen(ENDINGS[k][1]);
        if (n < cut + 2 || memcmp(form + n - cut, ENDINGS[k][0], cut) != 0) continue;
        memcpy(stem, form, n - cut);
        memcpy(stem + n - cut, ENDINGS[k][1], put);
        size_t length = n - cut + put;
        if (is_known_verb(lex, (casus_str){stem, length})) return length;
        if (!put && is_doubled(stem, length) && is_known_verb(lex, (casus_str){stem, length - 1})) return length - 1;
    }
    return 0;
}

/* Has the verb another lemma now? */
static bool mend(casus_token *t, const casus_lexicon *lex, casus_arena *arena) {
    char form[FORM_MAX + 1], stem[FORM_MAX + 2];
    size_t n = t->form.n;
    if (n < 3 || n > FORM_MAX) return false;
    for (size_t i = 0; i < n; i++) form[i] = t->form.at[i] >= 'A' && t->form.at[i] <= 'Z' ? (char)(t->form.at[i] + 32) : t->form.at[i];
    form[n] = '\0';
    const char *known = irregular(form);
    if (known) {
        bool other = !casus_str_is(t->lemma, known);
        t->lemma = casus_str_of(known);
        return other;
    }
    size_t length = is_known_verb(lex, t->lemma) ? 0 : known_stem(lex, form, n, stem);
    if (!length || casus_str_eq((casus_str){stem, length}, t->lemma)) return false;
    char *out = casus_arena_alloc(arena, length);
    if (!out) return false;
    memcpy(out, stem, length);
    t->lemma = (casus_str){out, length};
    return true;
}

bool lemma_mend(casus_sentence *s, const casus_lexicon *lex, casus_arena *arena) {
    bool changed = false;
    for (size_t i = 0; i < s->n; i++)
        if (s->tokens[i].upos == CASUS_VERB) changed = mend(&s->tokens[i], lex, arena) || changed;
    return changed;
}
