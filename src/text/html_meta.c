/* What an HTML page says about itself: Open Graph and Dublin Core meta tags, JSON-LD (schema.org), <time>, <title>,
 * <h1>. */
#include "text/source.h"

#include <string.h>
#include <strings.h>

/* ---- walking the tree -------------------------------------------------------------------------------------------- */

const char *html_attribute(const xmlNode *node, const char *name) {
    if (node->type != XML_ELEMENT_NODE) return NULL;
    for (const xmlAttr *a = node->properties; a; a = a->next)
        if (strcasecmp((const char *)a->name, name) == 0) return a->children ? (const char *)a->children->content : "";
    return NULL;
}

bool html_is(const xmlNode *node, const char *name) {
    return node->type == XML_ELEMENT_NODE && strcasecmp((const char *)node->name, name) == 0;
}

xmlNode *html_next(xmlNode *node, const xmlNode *top, bool skip_children) {
    if (!skip_children && node->type == XML_ELEMENT_NODE && node->children) return node->children;
    while (node != top && !node->next) node = node->parent;
    return node == top ? NULL : node->next;
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

casus_str html_text_of(casus_arena *arena, xmlNode *node) {
    size_t room = 0, n = 0;
    for (xmlNode *at = node; at; at = html_next(at, node, false))
        if (at->type == XML_TEXT_NODE && at->content) room += strlen((const char *)at->content);
    char *out = casus_arena_alloc(arena, room + 1);
    for (xmlNode *at = node; at; at = html_next(at, node, false)) {
        const char *p = at->type == XML_TEXT_NODE ? (const char *)at->content : NULL;
        for (; p && *p; p++) {
            if (!is_space(*p))
                out[n++] = *p;
            else if (n && out[n - 1] != ' ')
                out[n++] = ' ';
        }
    }
    return casus_str_trim((casus_str){out, n});
}

/* ---- candidates ---------------------------------------------------------------------------------------------------
 */

/* A field's value and how good its source is: lower ranks win. */
typedef struct candidate {
    const char *value;
    int rank;
} candidate;

typedef struct metadata {
    candidate title, date, author, publisher, url, language;
} metadata;

static void offer(casus_arena *arena, candidate *c, int rank, casus_str value) {
    value = casus_str_trim(value);
    if (!value.n || value.n > 1000 || (c->value && c->rank <= rank)) return;
    c->value = casus_arena_strndup(arena, value.at, value.n);
    c->rank = rank;
}

static void offer_date(casus_arena *arena, candidate *c, int rank, const char *words) {
    source_date date;
    if (words && source_date_value(casus_str_trim(casus_str_of(words)), &date))
        offer(arena, c, rank, casus_str_of(date.iso));
}

/* Names of meta tags, best first within a field. */
static const struct meta_name {
    const char *name;
    char field; /* t d a p u l */
    int rank;
} meta_names[] = {
    {"citation_title", 't', 1},
    {"og:title", 't', 2},
    {"dc.title", 't', 3},
    {"dcterms.title", 't', 3},
    {"twitter:title", 't', 4},
    {"citation_publication_date", 'd', 1},
    {"article:published_time", 'd', 1},
    {"og:published_time", 'd', 2},
    {"datepublished", 'd', 2},
    {"date", 'd', 3},
    {"dc.date", 'd', 3},
    {"dc.date.issued", 'd', 2},
    {"dcterms.created", 'd', 3},
    {"dcterms.date", 'd', 3},
    {"pubdate", 'd', 2},
    {"publishdate", 'd', 2},
    {"publish-date", 'd', 2},
    {"parsely-pub-date", 'd', 2},
    {"sailthru.date", 'd', 3},
    {"author", 'a', 2},
    {"citation_author", 'a', 1},
    {"article:author", 'a', 3},
    {"dc.creator", 'a', 2},
    {"parsely-author", 'a', 2},
    {"byl", 'a', 2},
    {"og:site_name", 'p', 1},
    {"citation_publisher", 'p', 2},
    {"dc.publisher", 'p', 2},
    {"application-name", 'p', 4},
    {"og:url", 'u', 2},
    {"content-language", 'l', 2},
    {"dc.language", 'l', 3},
};

static void offer_field(casus_arena *arena, metadata *m, char field, int rank, const char *value) {
    casus_str s = casus_str_of(value);
    if (field == 't') offer(arena, &m->title, rank, s);
    if (field == 'd') offer_date(arena, &m->date, rank, value);
    if (field == 'a' && !casus_str_starts(s, "http")) offer(arena, &m->author, rank, s);
    if (field == 'p') offer(arena, &m->publisher, rank, s);
    if (field == 'u') offer(arena, &m->url, rank, s);
    if (field == 'l') offer(arena, &m->language, rank, s);
}

static void read_meta(casus_arena *arena, metadata *m, const xmlNode *node) {
    const char *content = html_attribute(node, "content"), *name = html_attribute(node, "name");
    if (!name) name = html_attribute(node, "property");
    if (!name) name = html_attribute(node, "itemprop");
    if (!name) name = html_attribute(node, "http-equiv");
    if (!name || !content) return;
    for (size_t i = 0; i < sizeof meta_names / sizeof *meta_names; i++)
        if (strcasecmp(name, meta_names[i].name) == 0)
            offer_field(arena, m, meta_names[i].field, meta_names[i].rank, content);
}

/* ---- JSON-LD ------------------------------------------------------------------------------------------------------
 */

static const char *name_in(json_t *value) {
    if (json_is_array(value)) value = json_array_get(value, 0);
    if (json_is_object(value)) value = json_object_get(value, "name");
    return json_string_value(value);
}

static bool is_article(json_t *object) {
    json_t *type = json_object_get(object, "@type");
    if (json_is_array(type)) type = json_array_get(type, 0);
    const char *name = json_string_value(type);
    return name && (strstr(name, "Article") || strstr(name, "Posting") || strstr(name, "Report") ||
                    strcmp(name, "WebPage") == 0);
}

static void read_ld_object(casus_arena *arena, metadata *m, json_t *object) {
    if (!is_article(object)) return;
    offer_field(arena, m, 't', 0, json_string_value(json_object_get(object, "headline")));
    offer_field(arena, m, 'd', 0, json_string_value(json_object_get(object, "datePublished")));
    offer_field(arena, m, 'a', 0, name_in(json_object_get(object, "author")));
    offer_field(arena, m, 'p', 0, name_in(json_object_get(object, "publisher")));
    offer_field(arena, m, 'l', 1, json_string_value(json_object_get(object, "inLanguage")));
}

/* The script holds an object, a list of them, or a list under "@graph". */
static void read_ld(casus_source *s, casus_arena *arena, metadata *m, xmlNode *node) {
    const char *type = html_attribute(node, "type");
    if (!type || strcasecmp(type, "application/ld+json") != 0 || !node->children || !node->children->content) return;
    const char *words = (const char *)node->children->content;
    s->json_ld = json_loadb(words, strlen(words), 0, NULL);
    json_t *list = json_is_object(s->json_ld) ? json_object_get(s->json_ld, "@graph") : s->json_ld, *one;
    size_t i;
    if (json_is_object(s->json_ld)) read_ld_object(arena, m, s->json_ld);
    json_array_foreach(list, i, one) read_ld_object(arena, m, one);
    json_decref(s->json_ld);
    s->json_ld = NULL;
}

/* ---- the visible page ----------------------------------------------------------------------------------------------
 */

/* "Headline | The Paper" without the paper. */
static casus_str without_site(casus_str title) {
    static const char *const separators[] = {" | ", " \xE2\x80\x94 ", " \xE2\x80\x93 ", " :: ", " - "};
    for (size_t k = 0; k < sizeof separators / sizeof *separators; k++) {
        size_t n = strlen(separators[k]);
        for (size_t i = title.n; i-- > 15;)
            if (title.n - i > n && memcmp(title.at + i, separators[k], n) == 0) return (casus_str){title.at, i};
    }
    return title;
}

static void read_visible(casus_arena *arena, metadata *m, xmlNode *node) {
    const char *property = html_attribute(node, "itemprop"), *rel = html_attribute(node, "rel");
    if (html_is(node, "title")) offer(arena, &m->title, 6, without_site(html_text_of(arena, node)));
    if (html_is(node, "h1")) offer(arena, &m->title, 5, html_text_of(arena, node));
    if (html_is(node, "html")) offer(arena, &m->language, 3, casus_str_of(html_attribute(node, "lang")));
    if (html_is(node, "link") && rel && strcasecmp(rel, "canonical") == 0)
        offer(arena, &m->url, 1, casus_str_of(html_attribute(node, "href")));
    if (html_is(node, "time")) {
        bool published = (property && strcasecmp(property, "datePublished") == 0) || html_attribute(node, "pubdate");
        const char *when = html_attribute(node, "datetime");
        offer_date(arena, &m->date, published ? 2 : 4,
                   when ? when : casus_arena_strndup(arena, html_text_of(arena, node).at, html_text_of(arena, node).n));
    }
    if (rel && strcasecmp(rel, "author") == 0 && html_is(node, "a"))
        offer(arena, &m->author, 4, html_text_of(arena, node));
    if (property && strcasecmp(property, "author") == 0 && !html_is(node, "meta"))
        offer(arena, &m->author, 3, html_text_of(arena, node));
}

static casus_str without_by(const char *author) {
    casus_str s = casus_str_of(author);
    if (s.n > 3 && strncasecmp(s.at, "by ", 3) == 0) return (casus_str){s.at + 3, s.n - 3};
    return s;
}

void html_metadata(casus_source *s, casus_arena *arena, casus_document *doc) {
    metadata m = {0};
    xmlNode *root = xmlDocGetRootElement(s->html);
    for (xmlNode *node = root; node; node = html_next(node, root, false)) {
        if (node->type != XML_ELEMENT_NODE) continue;
        if (html_is(node, "meta")) read_meta(arena, &m, node);
        if (html_is(node, "script")) read_ld(s, arena, &m, node);
        read_visible(arena, &m, node);
    }
    doc->title = m.title.value;
    doc->date = m.date.value;
    doc->author = source_keep(arena, without_by(m.author.value));
    doc->publisher = m.publisher.value;
    doc->url = m.url.value;
    doc->language = m.language.value;
}
