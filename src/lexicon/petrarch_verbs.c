/* The .verbs files of PETRARCH.
 *
 *     &TIES                        a set of words or phrases, used as &TIES in patterns
 *     +DIPLOMATIC TIES
 *     --- RESTORE [064] ---        a block and the event of its verbs
 *     RESTORE {RESTORED}           a verb; its forms, otherwise the regular ones
 *     +BREAK_DOWN [172]            a verb of several words; "+" stands before the one it is found by
 *     - NOT * RELATIONS [112]      a pattern: words in the order of the sentence around the verb (*); $ + % ^ are
 * actors, "_" glues
 *
 * Braces and parentheses of later versions ("{HUMAN RIGHTS}", "(OF CITIZENSHIP)") group words that follow each other;
 * they are read as these words.
 */
#include "petrarch.h"

#include <string.h>

typedef struct verb_reader {
    petrarch_reader *r;
    casus_petrarch_event event; /* of the block */
    uint32_t first_verb, first_pattern;
    petrarch_set *set; /* being defined */
} verb_reader;

typedef struct piece {
    uint8_t type; /* casus_petrarch_part, or VERB */
    bool glued;   /* to the piece before it */
    uint32_t set;
} piece;

enum { VERB = 100, MOST_PIECES = 40 };

/* ---- codes ---- */

static const char *read_half(verb_reader *v, casus_str text) {
    text = casus_str_trim(text);
    return !text.n || casus_str_is(text, "---") ? NULL : casus_arena_strndup(&v->r->p->arena, text.at, text.n);
}

static casus_petrarch_event read_event(verb_reader *v, casus_str text) {
    casus_str rest = text, half;
    casus_petrarch_event e = {NULL, NULL};
    casus_str_cut(&rest, ':', &half);
    e.forward = read_half(v, half);
    if (rest.at) e.back = read_half(v, rest);
    return e;
}

/* ---- words and sets ---- */

static void add_word(casus_petrarch *p, petrarch_phrase *f, casus_str word) {
    if (!word.n) return;
    *CASUS_PUSH(&p->arena, p->words, p->n_words, p->cap_words) = casus_lemma_hash(word);
    f->n++;
}

/* "DON'T" is two words to a tokenizer, and so is "PEACE-KEEPING". */
static void add_token(casus_petrarch *p, petrarch_phrase *f, casus_str word) {
    bool negated = word.n > 3 && casus_str_ends(word, "N'T");
    casus_str rest = {word.at, negated ? word.n - 3 : word.n}, part;
    while (rest.at && casus_str_cut(&rest, '-', &part)) add_word(p, f, part);
    if (negated) add_word(p, f, (casus_str){word.at + word.n - 3, 3});
}

static bool is_gap(char c) { return c == ' ' || c == '\t' || c == '_' || c == '{' || c == '}' || c == '(' || c == ')'; }

/* Adds a phrase of the words of `text`; false when it has none. */
static bool add_phrase(casus_petrarch *p, petrarch_set *set, casus_str text) {
    petrarch_phrase f = {(uint32_t)p->n_words, 0};
    for (size_t i = 0; i < text.n; i++) {
        size_t from = i;
        while (i < text.n && !is_gap(text.at[i])) i++;
        if (i > from) add_token(p, &f, (casus_str){text.at + from, i - from});
    }
    if (!f.n) return false;
    *CASUS_PUSH(&p->arena, p->phrases, p->n_phrases, p->cap_phrases) = f;
    set->n++;
    return true;
}

static petrarch_set *find_set(casus_petrarch *p, casus_str name) {
    uint64_t key = casus_key(name, true);
    const uint32_t *at = key ? casus_table_get(&p->set_at, key) : NULL;
    return at ? &p->sets[*at - 1] : NULL;
}

static void open_set(verb_reader *v, casus_str name) {
    casus_petrarch *p = v->r->p;
    uint64_t key = casus_key(name, true);
    v->set = NULL;
    if (!key) {
        petrarch_problem(v->r, v->r->line, "a set without a name");
        return;
    }
    v->set = CASUS_PUSH(&p->arena, p->sets, p->n_sets, p->cap_sets);
    v->set->phrases = (uint32_t)p->n_phrases;
    *casus_table_put(&p->set_at, &p->arena, key, NULL) = (uint32_t)p->n_sets;
    p->counts.sets++;
}

static void add_item(verb_reader *v, casus_str item) {
    casus_petrarch *p = v->r->p;
    item = casus_str_trim(item);
    if (!item.n || item.at[0] != '&') {
        if (!add_phrase(p, v->set, item)) petrarch_problem(v->r, v->r->line, "a set holds words");
        return;
    }
    const petrarch_set *other = find_set(p, item);
    if (!other || other == v->set) petrarch_problem(v->r, v->r->line, "%.*s is no set defined above", CASUS_FMT(item));
    for (uint32_t i = 0; other && other != v->set && i < other->n; i++) {
        petrarch_phrase copy = p->phrases[other->phrases + i];
        *CASUS_PUSH(&p->arena, p->phrases, p->n_phrases, p->cap_phrases) = copy;
        v->set->n++;
    }
}

static uint32_t word_set(casus_petrarch *p, casus_str word) {
    petrarch_set *s = CASUS_PUSH(&p->arena, p->sets, p->n_sets, p->cap_sets);
    s->phrases = (uint32_t)p->n_phrases;
    add_phrase(p, s, word);
    return (uint32_t)p->n_sets - 1;
}

/* ---- patterns ---- */

static int sign_of(char c) {
    switch (c) {
    case '*': return VERB;
    case '$': return CASUS_PETRARCH_SOURCE;
    case '+': return CASUS_PETRARCH_TARGET;
    case '%': return CASUS_PETRARCH_COMPOUND;
    case '^': return CASUS_PETRARCH_SKIP;
    default: return -1;
    }
}

static bool read_word(verb_reader *v, casus_str word, piece *out) {
    casus_petrarch *p = v->r->p;
    out->type = CASUS_PETRARCH_WORD;
    if (word.at[0] != '&') {
        out->set = word_set(p, word);
        return p->sets[out->set].n > 0;
    }
    const petrarch_set *set = find_set(p, word);
    if (set)
        out->set = (uint32_t)(set - p->sets);
    else
        petrarch_problem(v->r, v->r->line, "%.*s is no set defined above", CASUS_FMT(word));
    return set != NULL;
}

/* Cuts a pattern into pieces; how many, 0 when it cannot be read. */
static size_t cut_pieces(verb_reader *v, casus_str text, piece *out) {
    size_t n = 0;
    for (size_t i = 0; i < text.n;) {
        if (is_gap(text.at[i])) {
            i++;
            continue;
        }
        if (n == MOST_PIECES) return 0;
        size_t from = i;
        int sign = sign_of(text.at[i]);
        out[n] = (piece){.type = (uint8_t)sign, .glued = from && text.at[from - 1] == '_'};
        if (sign >= 0) i++;
        while (sign < 0 && i < text.n && !is_gap(text.at[i]) && sign_of(text.at[i]) < 0) i++;
        if (sign < 0 && !read_word(v, (casus_str){text.at + from, i - from}, &out[n])) return 0;
        n++;
    }
    return n;
}

static void add_element(casus_petrarch *p, const piece *x, bool glued) {
    *CASUS_PUSH(&p->arena, p->elements, p->n_elements, p->cap_elements) =
        (casus_petrarch_element){x->type, glued, x->set};
}

static void lay_out(casus_petrarch *p, const piece *x, size_t n, size_t verb, uint32_t *before, uint8_t *n_before,
                    uint32_t *after, uint8_t *n_after) {
    *before = (uint32_t)p->n_elements;
    for (size_t i = verb; i-- > 0;) add_element(p, &x[i], x[i + 1].glued);
    *n_before = (uint8_t)verb;
    *after = (uint32_t)p->n_elements;
    for (size_t i = verb + 1; i < n; i++) add_element(p, &x[i], x[i].glued);
    *n_after = (uint8_t)(n - verb - 1);
}

static void read_pattern(verb_reader *v, casus_str line) {
    casus_petrarch *p = v->r->p;
    const char *open = memchr(line.at, '[', line.n);
    casus_str text = {line.at, open ? (size_t)(open - line.at) : line.n}, rest = {line.at + text.n, line.n - text.n},
              code;
    piece x[MOST_PIECES];
    size_t n, verb = 0;
    if (!petrarch_bracket(&rest, &code)) {
        petrarch_problem(v->r, v->r->line, "a pattern without its code in brackets");
        return;
    }
    n = cut_pieces(v, text, x);
    while (verb < n && x[verb].type != VERB) verb++;
    bool twice = false;
    for (size_t i = verb + 1; i < n; i++) twice = twice || x[i].type == VERB;
    if (verb >= n || twice) {
        petrarch_problem(v->r, v->r->line, "a pattern holds one *, words, sets and $ + %% ^; cannot read \"%.*s\"",
                         CASUS_FMT(casus_str_trim(text)));
        return;
    }
    casus_petrarch_pattern pattern = {.event = read_event(v, code)};
    lay_out(p, x, n, verb, &pattern.before, &pattern.n_before, &pattern.after, &pattern.n_after);
    *CASUS_PUSH(&p->arena, p->patterns, p->n_patterns, p->cap_patterns) = pattern;
    p->counts.patterns++;
}

/* ---- verbs ---- */

static unsigned verb_words(const casus_petrarch_verb *v) { return (unsigned)v->n_before + v->n_after; }

/* Chains a form to its verb; verbs of more words stand first, otherwise the earlier one. */
static void add_form(casus_petrarch *p, casus_str form, uint32_t verb) {
    uint64_t key = casus_key(form, true);
    if (!key) return;
    uint32_t *link = casus_table_put(&p->form_at, &p->arena, key, NULL), head = *link, before = 0;
    for (uint32_t f = head; f && verb_words(&p->verbs[p->forms[f - 1].verb]) >= verb_words(&p->verbs[verb]);
         f = p->forms[f - 1].next) {
        if (p->forms[f - 1].verb == verb) return;
        before = f;
    }
    struct petrarch_form *x = CASUS_PUSH(&p->arena, p->forms, p->n_forms, p->cap_forms);
    x->verb = verb;
    x->next = before ? p->forms[before - 1].next : head;
    if (before)
        p->forms[before - 1].next = (uint32_t)p->n_forms;
    else
        *link = (uint32_t)p->n_forms;
}

static void add_ending(casus_petrarch *p, casus_str verb, size_t cut, const char *ending, uint32_t of) {
    add_form(p, casus_str_of(casus_arena_printf(&p->arena, "%.*s%s", (int)(verb.n - cut), verb.at, ending)), of);
}

static void add_regular(casus_petrarch *p, casus_str verb, uint32_t of) {
    char last = verb.n ? verb.at[verb.n - 1] : '\0', before = verb.n > 1 ? verb.at[verb.n - 2] : '\0';
    bool y = last == 'Y' && before && !strchr("AEIOU", before), e = last == 'E';
    bool hiss = last == 'S' || last == 'X' || last == 'Z' || casus_str_ends(verb, "CH") || casus_str_ends(verb, "SH");
    add_ending(p, verb, y, y ? "IES" : hiss ? "ES" : "S", of);
    add_ending(p, verb, y || e, y ? "IED" : "ED", of);
    add_ending(p, verb, e, "ING", of);
}

/* One verb as written, "ABANDON" or "WIRE_+TAP": its words to a verb of its own; returns the one it is found by. */
static casus_str new_verb(verb_reader *v, casus_str text, casus_petrarch_event event, uint32_t *index) {
    casus_petrarch *p = v->r->p;
    piece x[MOST_PIECES];
    size_t n = 0, verb = 0;
    casus_str found = {NULL, 0};
    for (size_t i = 0; i < text.n && n < MOST_PIECES; i++) {
        size_t from = i;
        while (i < text.n && !is_gap(text.at[i])) i++;
        if (i == from) continue;
        casus_str word = {text.at + from, i - from};
        bool marked = word.at[0] == '+';
        if (marked) word = (casus_str){word.at + 1, word.n - 1};
        if (!word.n) continue;
        if (marked || !n) verb = n, found = word;
        x[n++] = (piece){CASUS_PETRARCH_WORD, true, word_set(p, word)};
    }
    if (!casus_key(found, true)) {
        petrarch_problem(v->r, v->r->line, "cannot read a verb in \"%.*s\"", CASUS_FMT(text));
        return (casus_str){NULL, 0};
    }
    casus_petrarch_verb entry = {.event = event};
    lay_out(p, x, n, verb, &entry.before, &entry.n_before, &entry.after, &entry.n_after);
    *CASUS_PUSH(&p->arena, p->verbs, p->n_verbs, p->cap_verbs) = entry;
    *index = (uint32_t)p->n_verbs - 1;
    add_form(p, found, *index);
    return found;
}

static void add_given_forms(verb_reader *v, casus_str forms, casus_petrarch_event event, uint32_t verb) {
    casus_str form;
    while (forms.at && casus_str_cut(&forms, ' ', &form)) {
        uint32_t ignored;
        form = casus_str_trim(form);
        if (!form.n) continue;
        if (memchr(form.at, '_', form.n) || form.at[0] == '+')
            new_verb(v, form, event, &ignored);
        else
            add_form(v->r->p, form, verb);
    }
}

static void read_verb(verb_reader *v, casus_str line) {
    size_t n = 0;
    while (n < line.n && line.at[n] != '{' && line.at[n] != '[') n++;
    casus_str name = casus_str_trim((casus_str){line.at, n}), rest = {line.at + n, line.n - n}, forms = {NULL, 0}, code;
    if (rest.n && rest.at[0] == '{') {
        const char *close = memchr(rest.at, '}', rest.n);
        size_t end = close ? (size_t)(close - rest.at) : rest.n;
        if (!close) petrarch_problem(v->r, v->r->line, "the forms of a verb are closed by }");
        forms = (casus_str){rest.at + 1, end - 1};
        rest = close ? (casus_str){close + 1, rest.n - end - 1} : (casus_str){rest.at + rest.n, 0};
    }
    casus_petrarch_event event = v->event;
    if (petrarch_bracket(&rest, &code)) event = read_event(v, code);
    uint32_t verb = 0;
    casus_str found = new_verb(v, name, event, &verb);
    if (!found.n) return;
    v->r->p->counts.verbs++;
    if (forms.at)
        add_given_forms(v, forms, event, verb);
    else
        add_regular(v->r->p, found, verb);
}

/* ---- blocks ---- */

static void close_block(verb_reader *v) {
    casus_petrarch *p = v->r->p;
    for (size_t i = v->first_verb; i < p->n_verbs; i++) {
        p->verbs[i].patterns = v->first_pattern;
        p->verbs[i].n_patterns = (uint32_t)(p->n_patterns - v->first_pattern);
    }
    v->first_verb = (uint32_t)p->n_verbs;
    v->first_pattern = (uint32_t)p->n_patterns;
}

static void open_block(verb_reader *v, casus_str line) {
    const char *open = memchr(line.at, '[', line.n);
    casus_str code, rest = {open ? open : line.at + line.n, open ? line.n - (size_t)(open - line.at) : 0};
    close_block(v);
    v->set = NULL;
    v->event = (casus_petrarch_event){NULL, NULL};
    if (petrarch_bracket(&rest, &code))
        v->event = read_event(v, code);
    else
        petrarch_problem(v->r, v->r->line, "a block of verbs is headed --- NAME [CODE] ---");
}

void petrarch_read_verbs(petrarch_reader *r) {
    verb_reader v = {.r = r, .first_verb = (uint32_t)r->p->n_verbs, .first_pattern = (uint32_t)r->p->n_patterns};
    casus_str line;
    while (petrarch_line(r, &line)) {
        casus_str rest = {line.at + 1, line.n - 1};
        if (casus_str_starts(line, "---"))
            open_block(&v, line);
        else if (line.at[0] == '-')
            read_pattern(&v, rest);
        else if (line.at[0] == '&')
            open_set(&v, rest);
        else if (line.at[0] == '+' && v.set)
            add_item(&v, rest);
        else
            read_verb(&v, line);
    }
    close_block(&v);
}
