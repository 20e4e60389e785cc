/* HTML: the article's text out of the page. Boilerplate goes in three steps: elements that never hold the account (nav,
 * aside, scripts …) or that name themselves as something else (class="share-bar"); then everything outside the element
 * that holds most of the paragraphs; then single blocks that are mostly links or invitations. After Kohlschütter,
 * Fankhauser & Nejdl, "Boilerplate detection using shallow text features", WSDM 2010: length and link density of blocks
 * carry most of the signal.
 *
 * The text is paragraphs separated by an empty line; items of a list and lines of a table each on a line of their own.
 */
#include "text/source.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { BLOCK_MIN = 25 };

/* ---- what an element is ----------------------------------------------------------------------------------------- */

static bool in_list(const char *name, const char *list) {
    size_t n = strlen(name);
    for (const char *p = list; *p;) {
        size_t k = strcspn(p, " ");
        if (k == n && strncasecmp(p, name, n) == 0) return true;
        p += k + (p[k] == ' ');
    }
    return false;
}

static bool is_element(const xmlNode *node, const char *list) {
    return node->type == XML_ELEMENT_NODE && in_list((const char *)node->name, list);
}

static bool is_block(const xmlNode *node) {
    return is_element(
        node, "p div section article main h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table tr blockquote pre header figure "
              "hr address details summary center td th body html");
}

static bool is_never_text(const xmlNode *node) {
    return is_element(
        node, "script style noscript template nav footer aside form button svg iframe object embed select input "
              "textarea canvas audio video figure figcaption dialog head menu map");
}

/* Words of a class or id that say "not the account". */
static const char boiler_words[] =
    "share sharing sharebar social cookie cookies consent gdpr newsletter subscribe subscription signup related promo "
    "promotion "
    "advert advertisement ads sponsor sponsored sidebar breadcrumb breadcrumbs comment comments footer nav navbar "
    "navigation menu popup "
    "modal paywall tags byline dateline caption credit recommended recommendations trending toolbar skip masthead "
    "disqus "
    "timestamp donate banner pagination login search copyright bio readmore mostread hidden";

/* Does a word of the attribute ("share-bar top", "shareBar") stand in the list? */
static bool names_boilerplate(const char *value) {
    char word[32];
    size_t n = 0;
    for (const char *p = value; p; p++) {
        bool letter = isalpha((unsigned char)*p) != 0,
             hump = letter && n && isupper((unsigned char)*p) && islower((unsigned char)p[-1]);
        if (!letter || hump) {
            word[n] = '\0';
            if (n && in_list(word, boiler_words)) return true;
            n = 0;
        }
        if (!*p) return false;
        if (letter && n < sizeof word - 1) word[n++] = *p;
    }
    return false;
}

static bool has_value(const xmlNode *node, const char *attribute, const char *list) {
    const char *value = html_attribute(node, attribute);
    return value && in_list(value, list);
}

static bool is_hidden(const xmlNode *node) {
    const char *style = html_attribute(node, "style");
    return html_attribute(node, "hidden") || has_value(node, "aria-hidden", "true") ||
           (style && strstr(style, "display:none")) || (style && strstr(style, "display: none")) ||
           has_value(node, "role",
                     "navigation banner contentinfo complementary search dialog alertdialog menu toolbar");
}

/* ---- how much text an element holds -------------------------------------------------------------------------------
 */

/* Bytes of text without white space below a node, and how many of them are in links. */
typedef struct weight {
    size_t text, links;
} weight;

static weight weigh(xmlNode *top) {
    weight w = {0};
    for (xmlNode *at = top; at;) {
        bool skip = at->type == XML_COMMENT_NODE || is_never_text(at);
        if (html_is(at, "a")) {
            for (xmlNode *in = at; in; in = html_next(in, at, false))
                for (const xmlChar *p = in->type == XML_TEXT_NODE ? in->content : NULL; p && *p; p++)
                    w.links += *p > ' ';
        }
        for (const xmlChar *p = at->type == XML_TEXT_NODE ? at->content : NULL; p && *p; p++) w.text += *p > ' ';
        at = html_next(at, top, skip);
    }
    return w;
}

/* Bytes in paragraphs below a node that are long enough and not mostly links: what an account is made of. */
static size_t paragraph_bytes(xmlNode *top) {
    size_t sum = 0;
    for (xmlNode *at = top; at;) {
        bool paragraph = is_element(at, "p pre");
        weight w = paragraph ? weigh(at) : (weight){0};
        if (w.text >= BLOCK_MIN && w.links * 2 < w.text) sum += w.text;
        at = html_next(at, top, paragraph || is_never_text(at));
    }
    return sum;
}

typedef struct extraction {
    casus_buf *out; /* the source's buffer, free again once the page is a tree */
    const casus_document *doc;
    source_date date; /* of a date line above the text */
    size_t all;       /* paragraph bytes of the page */
    casus_buf *line;  /* the block being gathered */
    size_t links;     /* bytes of it in links */
    bool in_link, heading, item;
    size_t heading_at; /* where a heading stands that no paragraph follows yet; SIZE_MAX: none */
} extraction;

/* An element that calls itself boilerplate yet holds most of the page's paragraphs is a wrapper ("has-sidebar"). */
static bool is_boilerplate(const extraction *e, xmlNode *node) {
    if (is_never_text(node)) return true;
    if (node->type != XML_ELEMENT_NODE || is_element(node, "html body main article")) return false;
    const char *class = html_attribute(node, "class"), *id = html_attribute(node, "id");
    if (!is_hidden(node) && !names_boilerplate(class) && !names_boilerplate(id)) return false;
    return paragraph_bytes(node) * 2 <= e->all;
}

/* ---- the element that holds the account -----------------------------------------------------------------------------
 */

static xmlNode *largest(xmlNode *root, bool (*wanted)(const xmlNode *), size_t *size) {
    xmlNode *best = NULL;
    *size = 0;
    for (xmlNode *at = root; at; at = html_next(at, root, is_never_text(at))) {
        size_t n = wanted(at) ? paragraph_bytes(at) : 0;
        if (n > *size) best = at, *size = n;
    }
    return best;
}

static bool is_article_body(const xmlNode *node) { return has_value(node, "itemprop", "articleBody"); }
static bool is_article(const xmlNode *node) {
    return html_is(node, "article") || html_is(node, "main") || has_value(node, "role", "main article");
}

/* A child that holds three quarters of the page's paragraphs, or NULL. */
static xmlNode *heavy_child(const xmlNode *node, size_t all) {
    for (xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE && !is_never_text(child) && !is_element(child, "p pre") &&
            paragraph_bytes(child) * 4 >= all * 3)
            return child;
    return NULL;
}

/* The deepest element that still holds three quarters of them. */
static xmlNode *descend(xmlNode *node, size_t all) {
    for (xmlNode *child = node; child; child = heavy_child(node, all)) node = child;
    return node;
}

static xmlNode *find_root(xmlNode *root, size_t all) {
    size_t size = 0;
    xmlNode *found = largest(root, is_article_body, &size);
    if (found && size * 2 >= all) return found;
    found = largest(root, is_article, &size);
    if (found && size * 2 >= all) return descend(found, size);
    return all ? descend(root, all) : root;
}

/* ---- blocks ---------------------------------------------------------------------------------------------------------
 */

static bool starts_with_any(casus_str s, const char *const *list, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (s.n >= strlen(list[i]) && strncasecmp(s.at, list[i], strlen(list[i])) == 0) return true;
    return false;
}

static bool holds(casus_str s, const char *word) {
    size_t n = strlen(word);
    for (size_t i = 0; i + n <= s.n; i++)
        if (strncasecmp(s.at + i, word, n) == 0) return true;
    return false;
}

/* Short blocks that invite or inform about the site. */
static bool is_notice(casus_str s) {
    static const char *const openings[] = {
        "read more",    "read also",   "see also",   "related:",   "also read",           "sign up", "subscribe",
        "follow us",    "share this",  "share on",   "click here", "advertisement",       "photo:",  "image:",
        "download the", "support our", "copyright ", "\xC2\xA9",   "all rights reserved", "skip to", "listen to this",
        "print this"};
    if (s.n > 400) return false;
    if (s.n < 200 && starts_with_any(s, openings, sizeof openings / sizeof *openings)) return true;
    return holds(s, "cookies") &&
           (holds(s, "accept") || holds(s, "consent") || holds(s, "we use") || holds(s, "this site"));
}

/* The title, the byline or the date, above the first paragraph: they are fields of the document. */
static bool is_metadata(extraction *e, casus_str s) {
    if (e->doc->title && casus_str_is(s, e->doc->title)) return true;
    if (e->out->n || s.n > 120) return false;
    if (source_date_line(s, &e->date)) return true;
    return e->doc->author && holds(s, e->doc->author) && s.n < strlen(e->doc->author) + 60;
}

static bool keeps(extraction *e, casus_str s) {
    size_t letters = 0;
    for (size_t i = 0; i < s.n; i++) letters += isalpha((unsigned char)s.at[i]) || (unsigned char)s.at[i] >= 0x80;
    if (!letters || is_notice(s) || is_metadata(e, s)) return false;
    return e->links * 2 <= s.n || (s.n > 300 && e->links * 10 < s.n * 8);
}

static void drop_dangling_heading(extraction *e) {
    if (e->heading_at == SIZE_MAX) return;
    e->out->n = e->heading_at;
    e->heading_at = SIZE_MAX;
}

/* Ends the block being gathered: into the text, or away. */
static void flush(extraction *e) {
    casus_str s = casus_str_trim((casus_str){e->line->at, e->line->n});
    if (s.n && keeps(e, s)) {
        size_t at = e->out->n;
        if (e->heading) drop_dangling_heading(e), at = e->out->n;
        if (at) casus_buf_adds(e->out, e->item ? "\n" : "\n\n");
        casus_buf_add(e->out, s.at, s.n);
        e->heading_at = e->heading ? at : SIZE_MAX;
    }
    casus_buf_clear(e->line);
    e->links = 0;
}

static void add_text(extraction *e, const char *p) {
    for (; *p; p++) {
        bool space = *p == ' ' || (*p >= '\t' && *p <= '\r');
        bool after_space = !e->line->n || e->line->at[e->line->n - 1] == ' ' || e->line->at[e->line->n - 1] == '\n';
        if (space && after_space) continue;
        casus_buf_add(e->line, space ? " " : p, 1);
        e->links += e->in_link;
    }
}

static void open_element(extraction *e, const xmlNode *node) {
    if (is_block(node)) {
        if (html_is(node, "td") || html_is(node, "th"))
            add_text(e, " ");
        else
            flush(e);
        e->heading = is_element(node, "h1 h2 h3 h4 h5 h6");
        e->item = is_element(node, "li tr dd");
    }
    if (html_is(node, "br") && e->line->n) casus_buf_add(e->line, "\n", 1);
    if (html_is(node, "a")) e->in_link = true;
}

static void close_element(extraction *e, const xmlNode *node) {
    if (html_is(node, "a")) e->in_link = false;
    if (!is_block(node) || html_is(node, "td") || html_is(node, "th")) return;
    flush(e);
    e->heading = e->item = false;
}

static void gather(extraction *e, xmlNode *root) {
    xmlNode *at = root;
    while (at) {
        bool skip = at->type == XML_COMMENT_NODE || is_boilerplate(e, at);
        if (at->type == XML_TEXT_NODE && at->content) add_text(e, (const char *)at->content);
        if (!skip && at->type == XML_ELEMENT_NODE) open_element(e, at);
        if (!skip && at->type == XML_ELEMENT_NODE && at->children) {
            at = at->children;
            continue;
        }
        if (!skip && at->type == XML_ELEMENT_NODE) close_element(e, at);
        while (at != root && !at->next) {
            at = at->parent;
            close_element(e, at);
        }
        at = at == root ? NULL : at->next;
    }
    flush(e);
    drop_dangling_heading(e);
}

/* ---- the page
 * ---------------------------------------------------------------------------------------------------------- */

/* The charset a page declares in its first KiB, as iconv knows it; NULL: none. What calls itself Latin-1 is read as
 * Windows-1252, as every browser does. */
static const char *declared_charset(casus_arena *arena, casus_str bytes) {
    if (bytes.n > 1024) bytes.n = 1024;
    for (size_t i = 0; i + 8 < bytes.n; i++) {
        if (strncasecmp(bytes.at + i, "charset=", 8) != 0) continue;
        casus_str name = {bytes.at + i + 8, bytes.n - i - 8};
        while (name.n && (name.at[0] == '"' || name.at[0] == '\'')) name.at++, name.n--;
        size_t n = 0;
        while (n < name.n && (isalnum((unsigned char)name.at[n]) || strchr("-_:", name.at[n]))) n++;
        const char *s = casus_arena_strndup(arena, name.at, n);
        if (!n || in_list(s, "utf-8 utf8 unicode")) return NULL;
        return in_list(s, "iso-8859-1 latin1 latin-1 us-ascii ascii") ? "WINDOWS-1252" : s;
    }
    return NULL;
}

static bool parse_page(casus_source *s, casus_arena *arena, casus_str bytes) {
    const char *charset = "UTF-8";
    size_t bad = casus_utf8_check(bytes.at, bytes.n);
    if (bad < bytes.n) {
        charset = bytes.at[bad] ? declared_charset(arena, bytes) : NULL;
        if (!charset) return source_check_utf8(s, bytes, 0, 0);
        if (memchr(bytes.at, 0, bytes.n)) {
            source_reject(s, CASUS_ERR_UTF8, 0, -1, bytes, "a NUL byte in a page that declares %s", charset);
            return false;
        }
    }
    if (casus_str_starts(bytes, "\xEF\xBB\xBF")) bytes = (casus_str){bytes.at + 3, bytes.n - 3};
    int flags = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_COMPACT;
    s->html = bytes.n < INT32_MAX ? htmlReadMemory(bytes.at, (int)bytes.n, NULL, charset, flags) : NULL;
    if (s->html && xmlDocGetRootElement(s->html)) return true;
    source_reject(s, CASUS_ERR_FORMAT, 0, 0, bytes, "the page could not be read as HTML");
    return false;
}

/* Gathers the text in the source's own buffer, which the tree no longer needs. */
static casus_str extract(casus_source *s, casus_arena *arena, casus_document *doc) {
    casus_buf line = {0};
    xmlNode *top = xmlDocGetRootElement(s->html);
    extraction e = {.out = &s->buf, .doc = doc, .line = &line, .heading_at = SIZE_MAX};
    casus_buf_clear(&s->buf);
    e.all = paragraph_bytes(top);
    gather(&e, find_root(top, e.all));
    if (line.failed) s->buf.failed = true;
    casus_buf_done(&line);
    if (!doc->date) doc->date = source_keep(arena, casus_str_of(e.date.iso));
    return (casus_str){s->buf.at, s->buf.n};
}

casus_code html_read(casus_source *s, casus_arena *arena, casus_document *doc, bool *got) {
    casus_str bytes = {s->buf.at, s->buf.n};
    if (!parse_page(s, arena, bytes)) return CASUS_OK;
    casus_sha256_hex(bytes.at, bytes.n, doc->sha256);
    doc->bytes = bytes.n;
    html_metadata(s, arena, doc);
    casus_str text = extract(s, arena, doc);
    if (s->buf.failed) return CASUS_OK; /* the caller says so */
    if (!text.n) {
        source_reject(s, CASUS_ERR_FORMAT, 0, 0, text, "no article text found in this page");
        return CASUS_OK;
    }
    doc->text = (casus_str){casus_arena_strndup(arena, text.at, text.n), text.n};
    *got = true;
    return CASUS_OK;
}
