/* Paragraphs: where a text's lines mean something and where they only fit a page. */
#include "text/split.h"

#include <string.h>

typedef struct line {
    size_t begin, end; /* without white space at both ends */
    size_t width;      /* bytes with the indent */
} line;

typedef struct splitting {
    const casus_document *doc;
    casus_str text;
    text_cutter cut;
    text_gather out;
    size_t widest; /* usual width of a full line; 0: lines are not wrapped, each is a paragraph */
} splitting;

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static line line_at(casus_str text, size_t begin, size_t end) {
    const char *nl = begin < end ? memchr(text.at + begin, '\n', end - begin) : NULL;
    line l = {begin, nl ? (size_t)(nl - text.at) : end, 0};
    while (l.end > l.begin && is_blank(text.at[l.end - 1])) l.end--;
    l.width = l.end - l.begin;
    while (l.begin < l.end && is_blank(text.at[l.begin])) l.begin++;
    return l;
}

static size_t line_stop(casus_str text, size_t begin, size_t end) {
    const char *nl = begin < end ? memchr(text.at + begin, '\n', end - begin) : NULL;
    return nl ? (size_t)(nl - text.at) + 1 : end;
}

/* A page's width shows when nearly every line stays under 100 bytes and many come close to the widest. */
static size_t page_width(casus_str text) {
    size_t lines = 0, wide = 0, full = 0, widest = 0;
    for (size_t i = 0; i < text.n; i = line_stop(text, i, text.n)) {
        line l = line_at(text, i, text.n);
        if (l.begin == l.end) continue;
        lines++;
        wide += l.width > 100;
        if (l.width <= 100 && l.width > widest) widest = l.width;
    }
    for (size_t i = 0; i < text.n; i = line_stop(text, i, text.n)) {
        line l = line_at(text, i, text.n);
        full += l.width <= 100 && l.width + 15 >= widest && l.begin < l.end;
    }
    return wide * 20 > lines || full * 3 < lines || full < 2 || widest < 40 ? 0 : widest;
}

/* A bullet or a number that opens an item of a list. */
static bool opens_item(casus_str text, line l) {
    text_char m = text_char_at(text, l.begin, l.end);
    size_t i = l.begin + m.n;
    if (m.mark == '*' || m.mark == '-' || (m.mark == TEXT_SYMBOL && m.n > 1)) return i < l.end && is_blank(text.at[i]);
    if (m.mark == '(') m = text_char_at(text, i, l.end), i += m.n;
    size_t digits = 0;
    while (m.mark == '0' && i < l.end && digits++ < 2) m = text_char_at(text, i, l.end), i += m.n;
    return digits && (m.mark == '.' || m.mark == ')') && i < l.end && is_blank(text.at[i]);
}

static size_t first_word(casus_str text, line l) {
    size_t i = l.begin;
    while (i < l.end && !is_blank(text.at[i])) i++;
    return i - l.begin;
}

/* Whether the text runs on from line `a` to line `b`: on a wrapped page it does, unless `a` left room for b's first
 * word. */
static bool runs_on(const splitting *s, line a, line b) {
    if (!s->widest || b.begin == b.end || opens_item(s->text, b)) return false;
    return a.width + 1 + first_word(s->text, b) + 8 > s->widest;
}

static bool ends_sentence(casus_str text, size_t begin, size_t end) {
    text_char m = text_char_before(text, begin, end);
    while (end > begin && (m.mark == TEXT_CLOSE_QUOTE || m.mark == '"' || m.mark == ')' || m.mark == '\'')) {
        end -= m.n;
        m = text_char_before(text, begin, end);
    }
    return m.mark == '.' || m.mark == '!' || m.mark == '?' || m.mark == TEXT_ELLIPSIS;
}

/* Cuts text[begin, end) at white space. */
static void cut_chunks(splitting *s, size_t begin, size_t end) {
    size_t chunk = begin;
    for (size_t i = begin; i <= end;) {
        text_char m = text_char_at(s->text, i, end);
        if (m.mark != ' ') {
            i += m.n;
            continue;
        }
        size_t before = s->cut.n;
        if (i > chunk) text_cut_chunk(&s->cut, chunk, i);
        if (s->cut.n > before) s->cut.tokens[s->cut.n - 1].flags |= CASUS_TOKEN_SPACE_AFTER;
        if (!m.n) break;
        i += m.n;
        chunk = i;
    }
}

static bool is_agency(casus_str form) {
    static const char *const NAMES[] = {"AP",       "AFP",  "UPI",  "Reuters", "REUTERS", "Xinhua", "TASS",      "dpa",
                                        "DPA",      "IRNA", "PTI",  "ANI",     "BBC",     "CNN",    "Bloomberg", "IRIN",
                                        "Interfax", "KUNA", "MENA", "SANA",    "WAM",     "Anadolu"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (casus_str_is(form, NAMES[i])) return true;
    return false;
}

static bool in_capitals(casus_str form) {
    for (size_t i = 0; i < form.n; i++)
        if (form.at[i] >= 'a' && form.at[i] <= 'z') return false;
    return form.n >= 3 && form.at[0] >= 'A' && form.at[0] <= 'Z';
}

static bool is_dash(const casus_token *t) {
    return casus_str_is(t->form, "--") || casus_str_is(t->form, "-") ||
           text_char_at(t->form, 0, t->form.n).mark == TEXT_DASH;
}

/* "KABUL, March 3 (AFP) —": how many tokens a dateline at the start of the paragraph takes, 0: there is none. It ends
 * in a dash with space around it, and opens with a place in capitals or holds an agency in brackets. */
static size_t dateline(const splitting *s) {
    const casus_token *t = s->cut.tokens;
    size_t n = s->cut.n;
    bool agency = false, comma = false, bracket = false;
    for (size_t i = 0; i < n && i < 16; i++) {
        if (i && is_dash(&t[i]) && i + 1 < n && (t[i].flags & CASUS_TOKEN_SPACE_AFTER)) {
            bool place = in_capitals(t[0].form) && (comma || bracket || s->out.paragraph <= 1);
            return agency || (place && i <= 12) ? i + 1 : 0;
        }
        comma |= casus_str_is(t[i].form, ",");
        agency |= bracket && is_agency(t[i].form);
        bracket |= casus_str_is(t[i].form, "(");
        char c = t[i].form.at[0];
        bool lower = c >= 'a' && c <= 'z';
        if (lower && !bracket && !comma) return 0;
    }
    return 0;
}

static void paragraph(splitting *s, size_t begin, size_t end, casus_block block) {
    s->cut.n = 0;
    cut_chunks(s, begin, end);
    if (!s->cut.n) return;
    s->out.block = block;
    s->out.quote_open = false;
    size_t head = block == CASUS_BODY ? dateline(s) : 0;
    if (head) {
        s->out.block = CASUS_DATELINE;
        text_gather_whole(&s->out, s->cut.tokens, head);
        s->out.block = block;
    }
    if (block == CASUS_DATELINE)
        text_gather_whole(&s->out, s->cut.tokens, s->cut.n);
    else
        text_gather_paragraph(&s->out, s->cut.tokens + head, s->cut.n - head);
    s->out.paragraph++;
}

/* A line by itself without a full stop, and more text after it. */
static casus_block block_of(const splitting *s, size_t begin, size_t end, bool alone) {
    line l = {begin, end, end - begin};
    if (opens_item(s->text, l)) return CASUS_LIST_ITEM;
    text_char last = text_char_before(s->text, begin, end);
    bool open = last.mark == ',' || last.mark == ':' || last.mark == ';';
    bool heading = alone && end - begin <= 90 && !open && !ends_sentence(s->text, begin, end);
    return heading ? CASUS_HEADING : CASUS_BODY;
}

static bool blank_between(casus_str text, size_t begin, size_t end) {
    for (size_t i = begin; i < end; i++)
        if (!is_blank(text.at[i])) return false;
    return true;
}

/* Body text: the lines of [begin, end) joined to paragraphs. */
static void body(splitting *s, size_t begin, size_t end) {
    size_t i = begin;
    while (i < end) {
        line first = line_at(s->text, i, end), last = first;
        size_t next = line_stop(s->text, i, end);
        while (first.begin < first.end && next < end) {
            line l = line_at(s->text, next, end);
            if (!runs_on(s, last, l)) break;
            last = l;
            next = line_stop(s->text, next, end);
        }
        i = next;
        if (first.begin == last.end) continue;
        bool alone = first.end == last.end && !blank_between(s->text, next, end);
        paragraph(s, first.begin, last.end, block_of(s, first.begin, last.end, alone));
    }
}

/* The title's and the date's own places come first to last between stretches of body. */
static void all_parts(splitting *s) {
    size_t from[2] = {s->doc->title_begin, s->doc->date_begin}, to[2] = {s->doc->title_end, s->doc->date_end}, at = 0;
    casus_block block[2] = {CASUS_TITLE, CASUS_DATELINE};
    int order[2] = {0, 1};
    if (from[1] < from[0]) order[0] = 1, order[1] = 0;
    for (int k = 0; k < 2; k++) {
        size_t b = from[order[k]], e = to[order[k]];
        if (b >= e || b < at || e > s->text.n) continue;
        body(s, at, b);
        paragraph(s, b, e, block[order[k]]);
        at = e;
    }
    body(s, at, s->text.n);
}

casus_code casus_text_split(const casus_document *doc, casus_arena *arena, casus_sentences *out, casus_error *err) {
    if (doc->text.n > UINT32_MAX) return casus_fail(err, CASUS_ERR_LIMIT, "a text of more than 4 GiB; split it");
    jmp_buf trap;
    CASUS_ARENA_TRY(arena, &trap,
                    return casus_fail(err, CASUS_ERR_NOMEM, "out of memory cutting a text into sentences"));
    splitting s = {.doc = doc,
                   .text = doc->text,
                   .cut = {.arena = arena, .text = doc->text},
                   .out = {.arena = arena, .text = doc->text}};
    s.widest = page_width(doc->text);
    all_parts(&s);
    casus_arena_untrap(arena);
    *out = (casus_sentences){s.out.items, s.out.n};
    return CASUS_OK;
}
