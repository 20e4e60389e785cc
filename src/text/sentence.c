/* Where sentences end. */
#include <string.h>

#include "text/split.h"

static unsigned char mark(const casus_token *t) { return text_char_at(t->form, 0, t->form.n).mark; }
static unsigned char last_mark(const casus_token *t) { return text_char_before(t->form, 0, t->form.n).mark; }

static void add(text_gather *g, const casus_token *tokens, size_t n) {
    casus_sentence *s = CASUS_PUSH(g->arena, g->items, g->n, g->cap);
    casus_token *own = casus_arena_dup(g->arena, tokens, n * sizeof *own);
    *s = (casus_sentence){.tokens = own,
                          .n = (uint32_t)n,
                          .begin = own[0].begin,
                          .end = own[n - 1].end,
                          .paragraph = g->paragraph,
                          .block = g->block,
                          .in_quote = g->quote_open};
    for (size_t i = 0; i < n; i++) {
        if (mark(&own[i]) == TEXT_OPEN_QUOTE)
            g->quote_open = true;
        else if (mark(&own[i]) == TEXT_CLOSE_QUOTE)
            g->quote_open = false;
        else if (mark(&own[i]) == '"')
            g->quote_open = !g->quote_open;
    }
}

/* Where to cut an overlong stretch: after the last comma or semicolon that fits, else at the limit, never inside a
 * multiword token. */
static size_t cut_point(const casus_token *t, size_t n) {
    if (n <= CASUS_SENTENCE_MAX) return n;
    for (size_t i = CASUS_SENTENCE_MAX; i > CASUS_SENTENCE_MAX / 2; i--)
        if (casus_str_is(t[i - 1].form, ",") || casus_str_is(t[i - 1].form, ";")) return i;
    size_t i = CASUS_SENTENCE_MAX;
    while (i > 1 && (t[i].flags & CASUS_TOKEN_MWT_REST)) i--;
    return i;
}

void text_gather_whole(text_gather *g, const casus_token *tokens, size_t n) {
    while (n) {
        size_t k = cut_point(tokens, n);
        add(g, tokens, k);
        tokens += k;
        n -= k;
    }
}

/* How a token ends sentences. */
enum stop { NO_STOP, FULL_STOP, WEAK_STOP, ABBREVIATED };

static enum stop stop_of(const casus_token *t) {
    unsigned char m = mark(t);
    if (m == '!' || m == '?') return FULL_STOP;
    if (m == TEXT_ELLIPSIS) return WEAK_STOP;
    if (m == '.') return t->form.n == 1 ? FULL_STOP : t->form.n < 8 ? WEAK_STOP : NO_STOP;
    if (t->form.n > 1 && t->form.at[t->form.n - 1] == '.') return ABBREVIATED;
    return NO_STOP;
}

static bool closes(const casus_token *before, const casus_token *t) {
    unsigned char m = mark(t);
    if (m == TEXT_CLOSE_QUOTE || m == ')' || m == ']' || m == '}') return true;
    if (m == '"' || m == '\'') return !(before->flags & CASUS_TOKEN_SPACE_AFTER) && t->form.n <= 3;
    return false;
}

static bool opens(unsigned char m) {
    return m == TEXT_OPEN_QUOTE || m == TEXT_OPEN_SINGLE || m == '"' || m == '\'' || m == '(' || m == '[' || m == '`';
}

/* The word that would begin the next sentence, behind brackets and quotes. */
static const casus_token *next_word(const casus_token *t, size_t i, size_t n) {
    while (i < n && opens(mark(&t[i]))) i++;
    return i < n ? &t[i] : NULL;
}

static bool lower_case(const casus_token *t) { return mark(t) == 'a'; }

static bool abbreviation_ends(const casus_token *t, const casus_token *next) {
    casus_str word = {t->form.at, t->form.n - 1};
    switch (text_abbreviation_of(word)) {
    case TEXT_NEVER_ENDS: return false;
    case TEXT_BEFORE_NUMBER: return mark(next) != '0';
    default: return text_starts_sentences(next->form);
    }
}

/* The bracket or quotation that is open at i and closes soon behind it holds the full stop in. */
static bool held_in_bracket(const casus_token *t, size_t start, size_t i, size_t n) {
    int depth = 0;
    for (size_t k = i - start > 60 ? i - 60 : start; k <= i; k++) {
        if (mark(&t[k]) == '(' && last_mark(&t[k]) == '(')
            depth++;
        else if (mark(&t[k]) == ')' && depth > 0)
            depth--;
    }
    if (!depth || mark(&t[start]) == '(') return false;
    for (size_t k = i + 1; k < n && k < i + 40; k++) {
        if (mark(&t[k]) == '(') return false;
        if (mark(&t[k]) == ')') return true;
    }
    return false;
}

/* "[17]" behind a full stop is a note of the sentence before it. */
static bool is_note(const casus_token *t, size_t i, size_t n) {
    return i + 2 < n && mark(&t[i]) == '[' && mark(&t[i + 1]) == '0' && mark(&t[i + 2]) == ']';
}

/* Longer stretches without an end are cut anyway; the limit keeps the cost linear. */
enum { SCAN_MAX = 4 * CASUS_SENTENCE_MAX };

/* Number of tokens up to the end of the sentence that starts at t[start]. */
static size_t sentence_end(const casus_token *t, size_t start, size_t n) {
    for (size_t i = start; i < n; i++) {
        enum stop stop = stop_of(&t[i]);
        bool whole = !(t[i].flags & CASUS_TOKEN_MWT_REST);
        if (whole && i - start >= SCAN_MAX) return i;
        if (stop == NO_STOP) continue;
        size_t end = i + 1;
        while (end < n && (stop_of(&t[end]) == FULL_STOP || closes(&t[end - 1], &t[end]))) end++;
        while (is_note(t, end, n)) end += 3;
        if (end == n) return n;
        const casus_token *next = next_word(t, end, n);
        if (!next) continue;
        bool space = t[end - 1].flags & CASUS_TOKEN_SPACE_AFTER;
        bool asked = mark(&t[i]) == '?' && end == i + 1; /* "what? where?" in hasty writing */
        bool ends = space && (asked || !lower_case(next));
        if (stop == ABBREVIATED && end == i + 1) ends = ends && abbreviation_ends(&t[i], next);
        if (stop == FULL_STOP && mark(&t[i]) == '.' && !space && end == i + 1)
            ends = mark(next) == 'A' && next->form.n > 1;
        unsigned char m = mark(next);
        if (m == ',' || m == ';' || m == ':' || m == TEXT_DASH || m == '-') ends = false;
        if (i == start && mark(&t[i]) != '!' && mark(&t[i]) != '?') ends = false;
        if (ends && !held_in_bracket(t, start, i, n)) return end;
        i = end - 1;
    }
    return n;
}

/* "1." or "a)" at the start of a paragraph is no sentence. */
static size_t skip_enumeration(const casus_token *t, size_t n) {
    if (n > 2 && (mark(&t[0]) == '0' || t[0].form.n == 1) && casus_str_is(t[1].form, ".")) return 2;
    return 0;
}

void text_gather_paragraph(text_gather *g, const casus_token *tokens, size_t n) {
    size_t at = 0;
    while (at < n) {
        size_t from = at ? at : skip_enumeration(tokens, n), end = sentence_end(tokens, from, n);
        text_gather_whole(g, tokens + at, end - at);
        at = end;
    }
}
