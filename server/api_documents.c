/* Documents, their statements, citations, search: what texts say, word for word. */
#include "server.h"

#include "openapi.inc"

#include <string.h>

/* A page is asked with one item more than is shown, which tells whether there is another page. */
typedef struct paging {
    call *c;
    int64_t limit, told, last;
    bool more;
} paging;

static bool take(paging *p, int64_t place) {
    if (p->told == p->limit) {
        p->more = true;
        return false;
    }
    p->told++;
    p->last = place;
    return true;
}

static casus_code end_page(call *c, const paging *p, casus_code code) {
    if (code) return code;
    casus_json_close(&c->json, ']');
    call_next(c, p->more, p->last);
    casus_json_close(&c->json, '}');
    return CASUS_OK;
}

static void begin_page(call *c) {
    casus_json_open(&c->json, NULL, '{');
    casus_json_open(&c->json, "items", '[');
}

/* ---- documents --------------------------------------------------------------------------------------------- */

static void document_out(casus_json *j, const char *key, const casus_document_row *r) {
    casus_json_open(j, key, '{');
    casus_json_text(j, "record", "document");
    casus_json_int(j, "schema", 1);
    casus_json_text(j, "id", r->id);
    out_text(j, "title", r->title);
    out_text(j, "date", r->date);
    out_text(j, "author", r->author);
    out_text(j, "publisher", r->publisher);
    out_text(j, "url", r->url);
    out_text(j, "path", r->path);
    out_text(j, "language", r->language);
    out_text(j, "sha256", r->sha256);
    casus_json_int(j, "bytes", r->bytes);
    casus_json_int(j, "sentences", r->sentences);
    casus_json_int(j, "statements", r->statements);
    casus_json_int(j, "revision", r->revision);
    out_text(j, "version", r->version);
    casus_json_close(j, '}');
}

static bool add_document(void *ctx, const casus_document_row *r) {
    paging *p = ctx;
    if (!take(p, p->last + 1)) return false;
    document_out(&p->c->json, NULL, r);
    return true;
}

casus_code api_documents(call *c, casus_error *err) {
    casus_filter f;
    casus_ledger_counts counts;
    paging p = {.c = c};
    casus_code code = call_filter(c, &f, err);
    if (!code) code = call_page(c, 50, &p.limit, &f.after, err);
    if (code) return code;
    f.limit = p.limit + 1;
    p.last = f.after;
    begin_page(c);
    code = casus_ledger_documents_page(c->ledger, &f, add_document, &p, err);
    if (code) return code;
    casus_json_close(&c->json, ']');
    call_next(c, p.more, p.last);
    bool all = !f.since && !f.until && !f.actor && !f.words;
    if (all && !(code = casus_ledger_count(c->ledger, &counts, err))) casus_json_int(&c->json, "total", counts.documents);
    casus_json_close(&c->json, '}');
    return code;
}

typedef struct telling {
    call *c;
    casus_str text;
} telling;

static bool add_head(void *ctx, const casus_document_row *r) {
    document_out(&((telling *)ctx)->c->json, "document", r);
    return true;
}

static bool add_sentence(void *ctx, const casus_sentence_row *r) {
    telling *t = ctx;
    casus_json *j = &t->c->json;
    bool sound = r->span.begin < r->span.end && r->span.end <= t->text.n;
    casus_json_open(j, NULL, '{');
    casus_json_int(j, "sentence", r->sentence);
    casus_json_span(j, "span", r->span.begin, r->span.end);
    casus_json_str(j, "text", sound ? (casus_str){t->text.at + r->span.begin, r->span.end - r->span.begin} : (casus_str){"", 0});
    casus_json_int(j, "paragraph", r->paragraph);
    out_text(j, "block", r->block);
    casus_json_close(j, '}');
    return true;
}

static bool add_record(void *ctx, int64_t place, const char *record) {
    (void)place;
    out_raw(&((telling *)ctx)->c->json, NULL, casus_str_of(record));
    return true;
}

casus_code api_document(call *c, casus_error *err) {
    casus_document doc;
    casus_json *j = &c->json;
    casus_code code = casus_ledger_document(c->ledger, c->id, c->arena, &doc, err);
    if (code) return code;
    telling t = {c, doc.text};
    casus_filter one = {.doc = doc.id};
    casus_json_open(j, NULL, '{');
    code = casus_ledger_documents_page(c->ledger, &one, add_head, &t, err);
    casus_json_str(j, "text", doc.text);
    casus_json_open(j, "sentences", '[');
    if (!code) code = casus_ledger_sentences(c->ledger, doc.id, add_sentence, &t, err);
    casus_json_close(j, ']');
    casus_json_open(j, "actors", '[');
    if (!code) code = casus_ledger_document_actors(c->ledger, doc.id, add_record, &t, err);
    casus_json_close(j, ']');
    casus_json_open(j, "statements", '[');
    if (!code) code = casus_ledger_records(c->ledger, &one, add_record, &t, err);
    casus_json_close(j, ']');
    casus_json_close(j, '}');
    return code;
}

/* ---- statements -------------------------------------------------------------------------------------------- */

static bool add_statement(void *ctx, int64_t place, const char *record) {
    paging *p = ctx;
    if (!take(p, place)) return false;
    out_raw(&p->c->json, NULL, casus_str_of(record));
    return true;
}

static casus_code statements(call *c, bool held, casus_error *err) {
    static const char *const ORDERS[] = {"text", "time", "confidence", NULL};
    casus_filter f;
    paging p = {.c = c};
    int order = 0;
    casus_code code = call_filter(c, &f, err);
    if (!code) code = call_page(c, 50, &p.limit, &f.after, err);
    if (!code) code = request_bool(c->request, "held", held, &f.held, err);
    if (!code) code = request_word(c->request, "order", ORDERS, 0, &order, err);
    if (code) return code;
    f.order = (casus_order)order;
    f.limit = p.limit + 1;
    begin_page(c);
    return end_page(c, &p, casus_ledger_records(c->ledger, &f, add_statement, &p, err));
}

casus_code api_statements(call *c, casus_error *err) { return statements(c, false, err); }
casus_code api_claims(call *c, casus_error *err) { return statements(c, true, err); }

casus_code api_statement(call *c, casus_error *err) {
    casus_citation cite;
    casus_code code = casus_ledger_cite(c->ledger, c->id, c->arena, &cite, err);
    if (!code) casus_buf_adds(&c->answer->body, cite.record);
    return code;
}

casus_code api_cite(call *c, casus_error *err) {
    casus_citation x;
    casus_json *j = &c->json;
    casus_code code = casus_ledger_cite(c->ledger, c->id, c->arena, &x, err);
    if (code) return code;
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "record", "citation");
    casus_json_text(j, "statement", x.id);
    casus_json_str(j, "sentence_text", x.sentence_text);
    casus_json_str(j, "words", x.words);
    casus_json_text(j, "doc", x.doc);
    casus_json_int(j, "revision", x.revision);
    casus_json_int(j, "sentence", x.sentence);
    casus_json_span(j, "sentence_span", x.sentence_span.begin, x.sentence_span.end);
    casus_json_span(j, "span", x.span.begin, x.span.end);
    if (x.in_title) casus_json_text(j, "in", "title");
    casus_json_text(j, "title", x.title);
    casus_json_text(j, "date", x.date);
    casus_json_text(j, "author", x.author);
    casus_json_text(j, "publisher", x.publisher);
    casus_json_text(j, "url", x.url);
    casus_json_text(j, "path", x.path);
    casus_json_text(j, "sha256", x.sha256);
    casus_json_text(j, "version", x.version);
    casus_json_bool(j, "superseded", x.superseded);
    casus_json_close(j, '}');
    return CASUS_OK;
}

/* ---- search ------------------------------------------------------------------------------------------------ */

typedef struct search {
    paging page;
    int64_t skip;
} search;

static bool add_hit(void *ctx, const casus_hit_row *r) {
    search *s = ctx;
    casus_json *j = &s->page.c->json;
    casus_str rest = casus_str_of(r->statements), one;
    if (s->skip-- > 0) return true;
    if (!take(&s->page, s->page.last + 1)) return false;
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "doc", r->doc);
    out_text(j, "title", r->title);
    out_text(j, "date", r->date);
    casus_json_int(j, "sentence", r->sentence);
    casus_json_text(j, "text", r->text);
    casus_json_open(j, "statements", '[');
    while (casus_str_cut(&rest, ' ', &one))
        if (one.n) casus_json_str(j, NULL, one);
    casus_json_close(j, ']');
    casus_json_close(j, '}');
    return true;
}

casus_code api_search(call *c, casus_error *err) {
    casus_filter f;
    search s = {.page.c = c};
    casus_code code = call_filter(c, &f, err);
    if (!code) code = call_page(c, 50, &s.page.limit, &s.skip, err);
    if (!code && !f.words) code = casus_fail(err, CASUS_ERR_ARG, "say what to look for: `words`");
    if (!code && s.skip > 100000) code = casus_fail(err, CASUS_ERR_LIMIT, "that is far down the list: look for rarer words");
    if (code) return code;
    s.page.last = s.skip;
    f.limit = s.skip + s.page.limit + 1;
    begin_page(c);
    return end_page(c, &s.page, casus_ledger_search(c->ledger, f.words, &f, add_hit, &s, err));
}

/* ---- the description ---------------------------------------------------------------------------------------- */

casus_code api_openapi(call *c, casus_error *err) {
    (void)err;
    casus_buf_add(&c->answer->body, (const char *)OPENAPI, sizeof OPENAPI);
    return CASUS_OK;
}
