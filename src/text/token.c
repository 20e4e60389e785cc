/* From a chunk without white space to tokens, as the English UD treebanks cut them. */
#include <string.h>
#include <utf8proc.h>

#include "text/features.h"
#include "text/split.h"

/* ---- characters -------------------------------------------------------------------------------------------- */

static unsigned char mark_of_category(uint32_t c) {
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT: return 'A';
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: return 'a';
    case UTF8PROC_CATEGORY_ND: return '0';
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return ' ';
    case UTF8PROC_CATEGORY_SC: return '$';
    default: return TEXT_SYMBOL;
    }
}

static unsigned char mark_of(uint32_t c) {
    switch (c) {
    case 0x201C:
    case 0x00AB:
    case 0x201E: return TEXT_OPEN_QUOTE;
    case 0x201D:
    case 0x00BB: return TEXT_CLOSE_QUOTE;
    case 0x2018:
    case 0x201A: return TEXT_OPEN_SINGLE;
    case 0x2019:
    case 0x02BC: return '\'';
    case 0x2013:
    case 0x2014:
    case 0x2015: return TEXT_DASH;
    case 0x2010:
    case 0x2011: return '-';
    case 0x2026: return TEXT_ELLIPSIS;
    case 0x200B:
    case 0xFEFF: return ' ';
    default: return mark_of_category(c);
    }
}

static unsigned char mark_of_ascii(unsigned char c) {
    if (c >= 'a' && c <= 'z') return 'a';
    if (c >= 'A' && c <= 'Z') return 'A';
    if (c >= '0' && c <= '9') return '0';
    return c <= ' ' || c == 0x7F ? ' ' : c;
}

text_char text_char_at(casus_str text, size_t i, size_t end) {
    if (i >= end) return (text_char){' ', 0};
    unsigned char b = (unsigned char)text.at[i];
    if (b < 0x80) return (text_char){mark_of_ascii(b), 1};
    utf8proc_int32_t c = 0;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text.at + i, (utf8proc_ssize_t)(end - i), &c);
    if (n <= 0) return (text_char){TEXT_SYMBOL, 1};
    return (text_char){mark_of((uint32_t)c), (uint8_t)n};
}

text_char text_char_before(casus_str text, size_t begin, size_t i) {
    size_t at = i;
    while (at > begin && i - at < 4) {
        at--;
        if (((unsigned char)text.at[at] & 0xC0) != 0x80) break;
    }
    text_char c = text_char_at(text, at, i);
    return at + c.n == i ? c : (text_char){i > begin ? TEXT_SYMBOL : ' ', i > begin};
}

static bool is_letter(unsigned char m) { return m == 'a' || m == 'A'; }
static bool is_word(unsigned char m) { return is_letter(m) || m == '0'; }

/* ---- putting tokens ---------------------------------------------------------------------------------------- */

static void put(text_cutter *c, size_t begin, size_t end, unsigned flags) {
    if (begin >= end) return;
    casus_token *t = CASUS_PUSH(c->arena, c->tokens, c->n, c->cap);
    *t = (casus_token){.form = {c->text.at + begin, end - begin},
                       .begin = (uint32_t)begin,
                       .end = (uint32_t)end,
                       .flags = (uint8_t)flags};
}

/* Which characters run together into one token: "...", "!!!", "?!", "--", "***". */
static bool same_run(unsigned char a, unsigned char b) {
    bool shout_a = a == '!' || a == '?', shout_b = b == '!' || b == '?';
    if (shout_a && shout_b) return true;
    return a == b && strchr("'`.-=*_~#+<>/\\$", a) != NULL && a;
}

/* Bytes of the character at i and of those that run on from it. */
static size_t run_length(casus_str text, size_t i, size_t end) {
    text_char m = text_char_at(text, i, end), k = m;
    size_t stop = i + m.n;
    while ((k = text_char_at(text, stop, end)).n && same_run(m.mark, k.mark)) stop += k.n;
    return stop - i;
}

/* Punctuation without words between. */
static void put_punctuation(text_cutter *c, size_t begin, size_t end) {
    for (size_t i = begin, n; i < end; i += n) {
        n = run_length(c->text, i, end);
        put(c, i, i + n, 0);
    }
}

/* ---- words ------------------------------------------------------------------------------------------------- */

static bool apostrophe_at(casus_str text, size_t i, size_t end, size_t *n) {
    text_char m = text_char_at(text, i, end);
    *n = m.n;
    return m.mark == '\'';
}

/* Length of the clitic at the end of a word ("n't", "'s", "'re", s' → "'"), 0: none. */
static size_t clitic(casus_str text, size_t begin, size_t end) {
    static const char *const TAILS[] = {"s", "m", "d", "re", "ve", "ll", "S", "M", "D", "RE", "VE", "LL"};
    size_t n = 0;
    if (!strchr("smdeltSMDELT", text.at[end - 1])) return 0;
    for (size_t k = 0; k < sizeof TAILS / sizeof *TAILS; k++) {
        size_t len = strlen(TAILS[k]);
        if (end - begin < len + 2 || memcmp(text.at + end - len, TAILS[k], len) != 0) continue;
        text_char q = text_char_before(text, begin, end - len);
        if (q.mark == '\'' && end - len - q.n > begin) return len + q.n;
    }
    char last = text.at[end - 1];
    if (last != 't' && last != 'T') return 0;
    text_char q = text_char_before(text, begin, end - 1);
    n = 1u + q.n;
    if (q.mark != '\'' || end - begin < n + 2) return 0;
    char letter = text.at[end - n - 1];
    return letter == 'n' || letter == 'N' ? n + 1 : 0;
}

static bool put_contraction(text_cutter *c, size_t begin, size_t end) {
    char low[TEXT_FORM_MAX];
    if (end - begin > 8) return false;
    size_t n = text_form_lower((casus_str){c->text.at + begin, end - begin}, low);
    size_t first = text_contraction_of((casus_str){low, n});
    if (!first) return false;
    put(c, begin, begin + first, CASUS_TOKEN_MWT_FIRST);
    put(c, begin + first, end, CASUS_TOKEN_MWT_REST);
    return true;
}

/* A word that may carry clitics: "wouldn't've" has two. */
static void put_word(text_cutter *c, size_t begin, size_t end) {
    size_t cuts[4], n = 0, stop = end;
    if (begin >= end || put_contraction(c, begin, end)) return;
    while (n < 3) {
        size_t len = clitic(c->text, begin, stop);
        if (!len) break;
        cuts[n++] = stop;
        stop -= len;
    }
    put(c, begin, stop, n ? CASUS_TOKEN_MWT_FIRST : 0);
    while (n--) {
        put(c, stop, cuts[n], CASUS_TOKEN_MWT_REST);
        stop = cuts[n];
    }
}

static bool is_unit(casus_str s) {
    static const char *const UNITS[] = {"am",   "pm",   "AM",    "PM",    "km", "kg",  "cm", "mm",  "mg",
                                        "ml",   "m",    "k",     "K",     "M",  "mph", "lb", "lbs", "ft",
                                        "g",    "hrs",  "min",   "bn",    "tn", "GB",  "MB", "a.m", "p.m",
                                        "a.m.", "p.m.", "miles", "years", "x",  "th",  "h"};
    for (size_t i = 0; i + 2 < sizeof UNITS / sizeof *UNITS; i++)
        if (casus_str_is(s, UNITS[i])) return true;
    return false;
}

/* Digits with the marks that join them: 1,200.50 10:30 3/4/2001. Returns where they end. */
static size_t number_end(casus_str text, size_t begin, size_t end) {
    size_t i = begin;
    while (i < end) {
        unsigned char b = (unsigned char)text.at[i];
        bool digit = b >= '0' && b <= '9';
        bool joint =
            strchr(",.:", b) && b && i > begin && i + 1 < end && text.at[i + 1] >= '0' && text.at[i + 1] <= '9';
        if (!digit && !joint) break;
        i++;
    }
    return i;
}

/* "$5bn", "10am", "50%": the sign, the number and the unit are tokens of their own. */
static void put_piece(text_cutter *c, size_t begin, size_t end) {
    text_char first = text_char_at(c->text, begin, end);
    bool sign = first.mark == '$' || (first.mark == '#' && text_char_at(c->text, begin + first.n, end).mark == '0');
    if (sign) {
        size_t n = run_length(c->text, begin, end);
        put(c, begin, begin + n, 0);
        begin += n;
    }
    if (begin >= end) return;
    size_t digits = number_end(c->text, begin, end);
    if (digits > begin && digits < end) {
        casus_str unit = {c->text.at + digits, end - digits};
        text_char next = text_char_at(c->text, digits, end);
        if (is_unit(unit) || (next.mark == '%' && unit.n == 1)) {
            put(c, begin, digits, 0);
            put(c, digits, end, 0);
            return;
        }
    }
    put_word(c, begin, end);
}

/* ---- inside a chunk ---------------------------------------------------------------------------------------- */

/* Telephone numbers, zip codes and dates, 713-853-1411, 2004-11-17: digits and at least two hyphens, or known lengths.
 */
static bool is_dashed_number(casus_str text, size_t begin, size_t end) {
    size_t hyphens = 0;
    for (size_t i = begin; i < end; i++) {
        if (text.at[i] == '-')
            hyphens++;
        else if ((text.at[i] < '0' || text.at[i] > '9') && text.at[i] != '.')
            return false;
    }
    bool local = end - begin == 8 && text.at[begin + 3] == '-', zip = end - begin == 10 && text.at[begin + 5] == '-';
    return hyphens >= 2 || (hyphens == 1 && (local || zip));
}

/* `piece`: where the word before the hyphen begins; a prefix stands at the start of the chunk. */
static bool hyphen_cuts(casus_str text, size_t piece, size_t i, size_t end) {
    if (i == piece || !is_word(text_char_at(text, i + 1, end).mark)) return false;
    bool inside = piece > 0 && text.at[piece - 1] == '-';
    return inside || !text_keeps_hyphen((casus_str){text.at + piece, i - piece});
}

/* Length of a separator token at i inside a chunk (0: none). `piece` is where the running piece begins. */
static size_t separator(casus_str text, size_t piece, size_t i, size_t end) {
    text_char m = text_char_at(text, i, end), next = text_char_at(text, i + m.n, end),
              last = text_char_before(text, piece, i);
    bool again = next.n && same_run(m.mark, next.mark);
    switch (m.mark) {
    case TEXT_DASH:
    case TEXT_ELLIPSIS:
    case TEXT_OPEN_QUOTE:
    case TEXT_CLOSE_QUOTE:
    case '"':
    case '(':
    case ')':
    case '[':
    case ']':
    case ';':
    case '?':
    case '!':
    case '=':
    case '>':
    case '<':
    case '{':
    case '}':
    case '|':
    case '~': return run_length(text, i, end);
    case '*':
    case '+': return is_word(next.mark) && is_word(last.mark) ? m.n : 0;
    case ',':
    case ':': return last.mark == '0' && next.mark == '0' ? 0 : m.n;
    case '.':
        if (again) return run_length(text, i, end);
        if (next.mark == '[' && is_letter(last.mark)) return 1; /* a note: "ended.[3]" */
        return last.mark == 'a' && next.mark == 'A' && i - piece > 1 ? 1 : 0;
    case '/': return again || (is_letter(last.mark) && is_letter(next.mark)) ? run_length(text, i, end) : 0;
    case '-': return again || hyphen_cuts(text, piece, i, end) ? run_length(text, i, end) : 0;
    default: return 0;
    }
}

static void put_core(text_cutter *c, size_t begin, size_t end) {
    size_t piece = begin;
    if (is_dashed_number(c->text, begin, end)) {
        put(c, begin, end, 0);
        return;
    }
    for (size_t i = begin; i < end;) {
        size_t n = separator(c->text, piece, i, end);
        if (!n) {
            i += text_char_at(c->text, i, end).n;
            continue;
        }
        put_piece(c, piece, i);
        put(c, i, i + n, 0);
        i = piece = i + n;
    }
    put_piece(c, piece, end);
}

/* ---- the chunk --------------------------------------------------------------------------------------------- */

static bool has(casus_str s, const char *what) {
    size_t n = strlen(what);
    for (size_t i = 0; i + n <= s.n && i < 200; i++)
        if (memcmp(s.at + i, what, n) == 0) return true;
    return false;
}

/* Addresses of the web and of mail. */
static bool is_address(casus_str s) {
    if (casus_str_starts(s, "http://") || casus_str_starts(s, "https://") || casus_str_starts(s, "www.") ||
        casus_str_starts(s, "ftp://"))
        return true;
    if (s.n < 5 || !memchr(s.at, '.', s.n)) return false;
    const char *at = memchr(s.at + 1, '@', s.n - 1);
    if (at) return memchr(at, '.', s.n - (size_t)(at - s.at)) != NULL;
    return has(s, ".com") || has(s, ".org") || has(s, ".net") || has(s, ".html") || has(s, ".gov/");
}

static bool is_smiley(casus_str s) {
    static const char *const FACES[] = {":)",  ":-)", ";)", ";-)", ":(", ":-(", ":D", ":-D", ":P",
                                        ":p",  ":-P", ":/", ":-/", "=)", ":'(", "<3", ":o",  "^_^",
                                        ":))", ":]",  ":|", "=D",  ":O", ";D",  "=(", "(:",  "<33"};
    if (s.n < 2 || s.n > 3 || !strchr(":;=<^(", s.at[0])) return false;
    for (size_t i = 0; i < sizeof FACES / sizeof *FACES; i++)
        if (casus_str_is(s, FACES[i])) return true;
    return false;
}

static bool leads(unsigned char m) {
    return m == TEXT_OPEN_QUOTE || m == TEXT_CLOSE_QUOTE || m == TEXT_OPEN_SINGLE || m == TEXT_DASH ||
           m == TEXT_ELLIPSIS || m == TEXT_SYMBOL || (m && strchr("\"'`([{<*-.,;:!?=~_|>)]}+/\\", m) != NULL);
}

static bool trails(unsigned char m) {
    return m == TEXT_OPEN_QUOTE || m == TEXT_CLOSE_QUOTE || m == TEXT_OPEN_SINGLE || m == TEXT_DASH ||
           m == TEXT_ELLIPSIS || m == TEXT_SYMBOL || (m && strchr("\"'`)]}>,;:!?.*-=~_|([{</\\", m) != NULL);
}

static size_t skip_lead(casus_str text, size_t begin, size_t end) {
    size_t i = begin;
    for (text_char m = text_char_at(text, i, end); m.n && leads(m.mark); m = text_char_at(text, i, end)) {
        text_char next = text_char_at(text, i + m.n, end);
        if ((m.mark == '.' || m.mark == '-' || m.mark == '+') && next.mark == '0') break; /* .5, -3 */
        if (m.mark == '\'' && next.mark == '0' && i == begin) break;                      /* '90s */
        i += m.n;
    }
    return i;
}

static size_t skip_trail(casus_str text, size_t begin, size_t end) {
    size_t i = end;
    for (text_char m = text_char_before(text, begin, i); i > begin && m.n && trails(m.mark);
         m = text_char_before(text, begin, i))
        i -= m.n;
    return i;
}

/* "No. 5", but "No. He did not." */
static bool number_follows(casus_str text, size_t i) {
    text_char m = text_char_at(text, i, text.n);
    if (m.mark == ' ' && m.n) m = text_char_at(text, i + m.n, text.n);
    return m.mark == '0';
}

/* A period that belongs to the word before it: after an abbreviation, unless an ellipsis follows. */
static size_t with_period(casus_str text, size_t begin, size_t stop, size_t end) {
    if (stop >= end || text.at[stop] != '.' || (stop + 1 < end && text.at[stop + 1] == '.')) return stop;
    size_t word = stop;
    while (word > begin && strchr("-/", text.at[word - 1]) == NULL) word--;
    casus_str s = {text.at + word, stop - word};
    if (text_char_at(text, word, stop).mark == '0' && number_end(text, word, stop) < stop) {
        size_t digits = number_end(text, word, stop);
        s = (casus_str){text.at + digits, stop - digits};
    }
    enum text_abbreviation a = text_abbreviation_of(s);
    if (a == TEXT_BEFORE_NUMBER) a = number_follows(text, stop + 1) ? a : TEXT_NO_ABBREVIATION;
    return a ? stop + 1 : stop;
}

/* "the states' rights": the apostrophe behind an s is the possessive, unless a quotation is open that it closes. */
static bool is_possessive(const text_cutter *c, size_t begin, size_t stop, size_t end) {
    size_t n = 0;
    if (stop <= begin + 1 || (c->text.at[stop - 1] != 's' && c->text.at[stop - 1] != 'S')) return false;
    if (!apostrophe_at(c->text, stop, end, &n)) return false;
    for (size_t k = c->n; k-- > 0 && c->n - k < 40;) {
        unsigned char m = text_char_at(c->tokens[k].form, 0, c->tokens[k].form.n).mark;
        if (c->tokens[k].form.n <= 3 && (m == TEXT_OPEN_SINGLE || m == '\'' || m == '`') &&
            !(c->tokens[k].flags & CASUS_TOKEN_MWT_REST))
            return false;
    }
    return true;
}

static void put_address(text_cutter *c, size_t begin, size_t end) {
    size_t stop = end;
    while (stop > begin && strchr(".,;:!?)]}>\"'", c->text.at[stop - 1])) stop--;
    put(c, begin, stop, 0);
    put_punctuation(c, stop, end);
}

void text_cut_chunk(text_cutter *c, size_t begin, size_t end) {
    casus_str all = {c->text.at + begin, end - begin};
    if (is_smiley(all)) {
        put(c, begin, end, 0);
        return;
    }
    size_t first = skip_lead(c->text, begin, end);
    put_punctuation(c, begin, first);
    if (first == end) return;
    if (is_address((casus_str){c->text.at + first, end - first})) {
        put_address(c, first, end);
        return;
    }
    size_t stop = with_period(c->text, first, skip_trail(c->text, first, end), end), n = 0;
    if (is_possessive(c, first, stop, end) && apostrophe_at(c->text, stop, end, &n)) {
        size_t before = c->n;
        put_core(c, first, stop);
        if (c->n > before) c->tokens[c->n - 1].flags |= CASUS_TOKEN_MWT_FIRST;
        put(c, stop, stop + n, CASUS_TOKEN_MWT_REST);
        put_punctuation(c, stop + n, end);
        return;
    }
    put_core(c, first, stop);
    put_punctuation(c, stop, end);
}
