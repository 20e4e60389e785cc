/* Plain text: the document's text is the file, byte for byte. Title, byline and date are looked for in its first and
 * last lines, since some accounts open with them and others close with them. */
#include "text/source.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { EDGE = 6, TITLE_MAX = 200, TITLE_WORDS = 30 };

/* A line that is not blank, trimmed; `gap`: a blank line (or the text's edge) stands before it. */
typedef struct line {
    casus_str s;
    bool gap;
    bool used;
} line;

/* The first and last lines of a text and what kind of text it is. */
typedef struct edges {
    line top[EDGE], bottom[EDGE]; /* bottom[0] is the last line; the two never overlap */
    size_t n_top, n_bottom, lines;
    bool wrapped; /* hard-wrapped: a title needs a blank line beside it */
} edges;

/* ---- cutting lines --------------------------------------------------------------------------------------------- */

static casus_str without_bom(casus_str text) {
    if (casus_str_starts(text, "\xEF\xBB\xBF")) return (casus_str){text.at + 3, text.n - 3};
    return text;
}

static void add_line(line *lines, size_t *n, casus_str s, bool gap) {
    line *l = &lines[(*n)++];
    l->s = s;
    l->gap = gap;
    l->used = false;
}

static void take_top(edges *e, casus_str text) {
    casus_str rest = text, raw;
    bool gap = true;
    size_t longest = 0;
    while (e->lines < 40 && casus_str_cut(&rest, '\n', &raw)) {
        casus_str s = casus_str_trim(raw);
        if (!s.n) {
            gap = true;
            continue;
        }
        if (s.n > longest) longest = s.n;
        if (e->n_top < EDGE) add_line(e->top, &e->n_top, s, gap);
        e->lines++;
        gap = false;
    }
    e->wrapped = longest <= 100 && e->lines > 5;
}

static void take_bottom(edges *e, casus_str text) {
    const char *stop = e->n_top ? e->top[e->n_top - 1].s.at + e->top[e->n_top - 1].s.n : text.at;
    const char *end = text.at + text.n;
    bool gap_after = true;
    while (e->n_bottom < EDGE && end > stop) {
        const char *from = end;
        while (from > stop && from[-1] != '\n') from--;
        casus_str s = casus_str_trim((casus_str){from, (size_t)(end - from)});
        if (s.n && e->n_bottom) e->bottom[e->n_bottom - 1].gap = gap_after;
        if (s.n) add_line(e->bottom, &e->n_bottom, s, true);
        gap_after = !s.n;
        end = from > stop ? from - 1 : stop;
    }
}

/* With few lines all are in `top`: those after the last that served there serve as the bottom. */
static void share_lines(edges *e) {
    for (size_t i = e->n_top; i-- > 1 && !e->top[i].used && e->n_bottom < EDGE;)
        add_line(e->bottom, &e->n_bottom, e->top[i].s, e->top[i].gap);
}

/* ---- what a line is --------------------------------------------------------------------------------------------- */

static size_t count_words(casus_str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += s.at[i] != ' ' && (i == 0 || s.at[i - 1] == ' ');
    return n;
}

static casus_str without_closing_quotes(casus_str s) {
    for (;;) {
        if (s.n && (s.at[s.n - 1] == '"' || s.at[s.n - 1] == '\'' || s.at[s.n - 1] == ')'))
            s.n--;
        else if (casus_str_ends(s, "\xE2\x80\x9D") || casus_str_ends(s, "\xE2\x80\x99"))
            s.n -= 3;
        else
            return s;
    }
}

/* "U.S." ends with a period and yet no sentence. */
static bool ends_like_sentence(casus_str s) {
    s = without_closing_quotes(s);
    if (!s.n) return true;
    char last = s.at[s.n - 1];
    if (last == '.') return !(s.n > 3 && isupper((unsigned char)s.at[s.n - 2]) && s.at[s.n - 3] == '.');
    return last == ':' || last == ';' || last == ',' || casus_str_ends(s, "\xE2\x80\xA6");
}

static bool starts_any(casus_str s, const char *const *list, size_t n) {
    for (size_t i = 0; i < n; i++) {
        size_t k = strlen(list[i]);
        if (s.n >= k && strncasecmp(s.at, list[i], k) == 0) return true;
    }
    return false;
}

static bool is_credit(casus_str s) {
    static const char *const openings[] = {
        "reporting by", "editing by",   "writing by", "source:",    "copyright", "follow ", "http", "(",
        "\xC2\xA9",     "subscribe",    "read more",  "all rights", "photo:",    "image:",  "-",    "*",
        "\xE2\x80\xA2", "\xE2\x80\x94", "by "};
    return starts_any(s, openings, sizeof openings / sizeof *openings) || memchr(s.at, '@', s.n);
}

static bool is_title(casus_str s) {
    size_t words = count_words(s);
    source_date date;
    if (s.n > TITLE_MAX || words < 2 || words > TITLE_WORDS || ends_like_sentence(s)) return false;
    return !is_credit(s) && !source_date_line(s, &date) && !islower((unsigned char)s.at[0]);
}

/* "By Jane Doe", "By Jane Doe and John Roe, Kabul": capitalised names after By. */
static bool is_byline(casus_str s) {
    if (s.n > 120 || s.n < 6 || strncasecmp(s.at, "by ", 3) != 0 || ends_like_sentence(s)) return false;
    bool start = true;
    for (size_t i = 3; i < s.n; i++) {
        unsigned char c = (unsigned char)s.at[i];
        casus_str here = {s.at + i, s.n - i};
        bool joins = casus_str_starts(here, "and ") || casus_str_starts(here, "for ") ||
                     casus_str_starts(here, "in ") || casus_str_starts(here, "at ") || casus_str_starts(here, "of ") ||
                     casus_str_starts(here, "the ") || casus_str_starts(here, "de ") ||
                     casus_str_starts(here, "van ") || casus_str_starts(here, "von ") ||
                     casus_str_starts(here, "al-") || casus_str_starts(here, "el-") || casus_str_starts(here, "bin ");
        if (start && islower(c) && !joins) return false;
        start = c == ' ';
    }
    return true;
}

/* ---- taking what was found ----------------------------------------------------------------------------------------
 */

static uint32_t offset_of(const casus_document *doc, const char *at) { return (uint32_t)(at - doc->text.at); }

static void set_date(casus_arena *arena, casus_document *doc, const source_date *date, casus_str where) {
    doc->date = casus_arena_strndup(arena, date->iso, strlen(date->iso));
    doc->date_begin = offset_of(doc, where.at);
    doc->date_end = doc->date_begin + (uint32_t)where.n;
}

static void set_title(casus_arena *arena, casus_document *doc, casus_str s) {
    doc->title_begin = offset_of(doc, s.at);
    doc->title_end = doc->title_begin + (uint32_t)s.n;
    while (s.n && (s.at[0] == '#' || s.at[0] == ' ')) s.at++, s.n--; /* a Markdown heading */
    doc->title = casus_arena_strndup(arena, s.at, s.n);
}

/* The names of a byline: up to a separator, "Published" or the date. */
static casus_str only_names(casus_str s, size_t date) {
    static const char *const ends[] = {"|",          "\xE2\x80\xA2", "\xC2\xB7", " \xE2\x80\x93", " \xE2\x80\x94",
                                       " Published", " Updated",     " Posted",  " on "};
    if (date < s.n) s.n = date;
    for (size_t i = 0; i < s.n; i++)
        if (starts_any((casus_str){s.at + i, s.n - i}, ends, sizeof ends / sizeof *ends)) s.n = i;
    while (s.n && strchr(" ,-", s.at[s.n - 1])) s.n--;
    return s;
}

/* "By Jane Doe | March 28, 2024" */
static bool take_byline(casus_arena *arena, casus_document *doc, casus_str s) {
    source_date date;
    bool dated = s.n <= 120 && source_date_find(s, &date);
    casus_str names = only_names(s, dated ? date.begin : s.n);
    if (!is_byline(names)) return false;
    if (dated && !doc->date) set_date(arena, doc, &date, s);
    if (!doc->author) doc->author = source_keep(arena, casus_str_trim((casus_str){names.at + 3, names.n - 3}));
    return true;
}

/* "Title: …", "Date: …" as in an exported article. */
static bool take_header(casus_arena *arena, casus_document *doc, casus_str s) {
    static const char *const keys[] = {"title:",  "headline:", "subject:", "date:",      "published:", "author:",
                                       "byline:", "by:",       "source:",  "publisher:", "url:",       "link:"};
    size_t key = 0, count = sizeof keys / sizeof *keys;
    while (key < count && !starts_any(s, &keys[key], 1)) key++;
    if (key == count) return false;
    size_t k = strlen(keys[key]);
    casus_str value = casus_str_trim((casus_str){s.at + k, s.n - k});
    source_date date;
    if (!value.n || s.n > 2 * TITLE_MAX) return false;
    if (key < 3 && !doc->title) set_title(arena, doc, value);
    if ((key == 3 || key == 4) && !doc->date && source_date_value(value, &date)) set_date(arena, doc, &date, s);
    if (key >= 5 && key <= 7 && !doc->author) doc->author = source_keep(arena, value);
    if ((key == 8 || key == 9) && !doc->publisher) doc->publisher = source_keep(arena, value);
    if (key >= 10 && !doc->url) doc->url = source_keep(arena, value);
    return true;
}

/* Date lines, bylines and headers. True when the line is one of them. */
static bool take_metadata(casus_arena *arena, casus_document *doc, line *l, bool top) {
    source_date date;
    if (source_date_line(l->s, &date)) {
        if (!doc->date) set_date(arena, doc, &date, l->s);
        return l->used = true;
    }
    if (top && take_header(arena, doc, l->s)) return l->used = true;
    return l->used = take_byline(arena, doc, l->s);
}

/* ---- top and bottom
 * -------------------------------------------------------------------------------------------------- */

static bool runs_on(casus_str next) { return next.n && islower((unsigned char)next.at[0]); }

/* The first line that is no metadata, when it reads like a title and more follows. */
static void find_top(casus_arena *arena, casus_document *doc, edges *e) {
    bool titled = doc->title != NULL;
    for (size_t i = 0; i < e->n_top && i < 5; i++) {
        line *l = &e->top[i];
        if (take_metadata(arena, doc, l, true)) {
            titled = titled || doc->title;
            continue;
        }
        bool more = i + 1 < e->lines, known = i + 1 < e->n_top;
        bool joined = known && !e->top[i + 1].gap;
        if (titled || !more || !is_title(l->s) || (joined && runs_on(e->top[i + 1].s))) return;
        if (e->wrapped && joined && l->s.n > 50) return;
        set_title(arena, doc, l->s);
        titled = l->used = true;
    }
}

static void find_bottom(casus_arena *arena, casus_document *doc, edges *e) {
    for (size_t i = 0; i < e->n_bottom && i < 4; i++) {
        line *l = &e->bottom[i];
        if (take_metadata(arena, doc, l, false)) continue;
        if (doc->title || count_words(l->s) < 3 || !is_title(l->s) || (e->wrapped && !l->gap)) return;
        set_title(arena, doc, l->s);
    }
}

static void find_dateline(casus_arena *arena, casus_document *doc, const edges *e) {
    for (size_t i = 0; i < e->n_top && i < 4 && !doc->date; i++) {
        source_date date;
        size_t n = e->top[i].used ? 0 : source_dateline(e->top[i].s, &date);
        if (n) set_date(arena, doc, &date, (casus_str){e->top[i].s.at, n});
    }
}

void plain_find(casus_arena *arena, casus_document *doc) {
    casus_str text = without_bom(doc->text);
    edges e = {0};
    take_top(&e, text);
    take_bottom(&e, text);
    if (e.lines > 1) find_top(arena, doc, &e);
    if (e.lines <= EDGE) share_lines(&e);
    if (e.lines > 1) find_bottom(arena, doc, &e);
    find_dateline(arena, doc, &e);
}

casus_code plain_read(casus_source *s, casus_arena *arena, casus_document *doc, bool *got) {
    casus_str bytes = {s->buf.at, s->buf.n};
    if (!source_check_utf8(s, bytes, 0, 0)) return CASUS_OK;
    doc->text = (casus_str){casus_arena_strndup(arena, bytes.at, bytes.n), bytes.n};
    doc->bytes = bytes.n;
    casus_sha256_hex(bytes.at, bytes.n, doc->sha256);
    *got = true;
    return CASUS_OK;
}
