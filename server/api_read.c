/* Reading a posted text: the same records as `casus read --json`, kept only when asked. One thread reads, with one coder. */
#include "server.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* What the reader's thread keeps between texts; opened at the first. */
struct reader {
    casus_resources *resources;
    casus_coder *coder;
    casus_arena arena;
};

static casus_code reader_ready(server *s, casus_error *err) {
    if (!s->reader && !(s->reader = calloc(1, sizeof *s->reader))) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for the coder");
    struct reader *r = s->reader;
    casus_resources_options o = {.data = s->options.data, .knowledge = s->options.knowledge, .fast = s->options.fast};
    if (r->coder) return CASUS_OK;
    if (!o.data) return casus_fail(err, CASUS_ERR_BUSY, "no texts can be read here: the server was started without its data files");
    casus_arena_init(&r->arena);
    casus_code code = r->resources ? CASUS_OK : casus_resources_open(&r->resources, &o, err);
    return code ? code : casus_coder_new(&r->coder, r->resources, err);
}

void reader_stop(server *s) {
    if (!s->reader) return;
    casus_coder_free(s->reader->coder);
    casus_resources_close(s->reader->resources);
    casus_arena_done(&s->reader->arena);
    free(s->reader);
    s->reader = NULL;
}

/* ---- what is asked ----------------------------------------------------------------------------------------- */

typedef struct asked {
    json_t *json;
    const char *text, *format, *date;
    size_t n;
    bool store;
} asked;

static const char *const FIELDS[] = {"text", "format", "title", "date", "url", "author", "publisher", "store"};

static casus_code check_field(const char *key, const json_t *value, casus_error *err) {
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++) {
        if (strcmp(FIELDS[i], key) != 0) continue;
        bool store = strcmp(key, "store") == 0;
        if (store ? json_is_boolean(value) : json_is_string(value)) return CASUS_OK;
        return casus_fail(err, CASUS_ERR_ARG, "\"%s\" is %s", key, store ? "true or false" : "a string");
    }
    return casus_fail(err, CASUS_ERR_ARG, "there is no field \"%.40s\"; there are text, format, title, date, url, author, publisher, store", key);
}

/* Takes the body apart; `a->json` is to be released in any case. */
static casus_code parse_asked(casus_str body, asked *a, casus_error *err) {
    json_error_t why;
    const char *key;
    json_t *value;
    a->json = body.n ? json_loadb(body.at, body.n, JSON_REJECT_DUPLICATES, &why) : NULL;
    if (!body.n) return casus_fail(err, CASUS_ERR_ARG, "the body is empty: send {\"text\": \"…\"}");
    if (!a->json) return casus_fail(err, CASUS_ERR_ARG, "the body is no JSON: %.100s at byte %d", why.text, why.position);
    if (!json_is_object(a->json)) return casus_fail(err, CASUS_ERR_ARG, "the body is a JSON object: {\"text\": \"…\"}");
    json_object_foreach(a->json, key, value) {
        casus_code code = check_field(key, value, err);
        if (code) return code;
    }
    const json_t *text = json_object_get(a->json, "text");
    a->text = json_string_value(text), a->n = json_string_length(text);
    a->format = json_string_value(json_object_get(a->json, "format"));
    a->date = json_string_value(json_object_get(a->json, "date"));
    a->store = json_is_true(json_object_get(a->json, "store"));
    if (!a->text || !a->n) return casus_fail(err, CASUS_ERR_ARG, "there is no text: send {\"text\": \"…\"}");
    request as_date = {.n = 1, .params = {{"date", a->date ? a->date : ""}}};
    const char *checked;
    return request_date(&as_date, "date", &checked, err);
}

/* ---- the document ------------------------------------------------------------------------------------------ */

static void note(void *ctx, const casus_error *why, casus_str bytes) {
    (void)bytes;
    *(casus_error *)ctx = *why;
}

static casus_code one_document(casus_str bytes, casus_format format, const char *date, casus_arena *arena, casus_document *doc, casus_error *err) {
    casus_source *source = NULL;
    casus_error why = {0};
    bool got = false;
    casus_source_options o = {.format = format, .date = date, .rejected = note, .ctx = &why};
    casus_code code = casus_source_open_bytes(&source, "posted", bytes, &o, err);
    if (!code) code = casus_source_next(source, arena, doc, &got, err);
    casus_source_close(source);
    if (!code && !got) code = casus_fail(err, CASUS_ERR_ARG, "%s", why.message[0] ? why.message : "the text holds nothing but white space");
    return code;
}

/* Plain text goes in as a line of JSONL, so that title, date and address become part of its identity as they do elsewhere. */
static casus_code plain_document(const asked *a, casus_arena *arena, casus_document *doc, casus_error *err) {
    json_t *line = json_object();
    static const char *const KEEP[][2] = {{"text", "text"}, {"title", "title"}, {"date", "date"}, {"url", "url"}, {"author", "author"}, {"publisher", "source"}};
    for (size_t i = 0; line && i < sizeof KEEP / sizeof *KEEP; i++) {
        json_t *value = json_object_get(a->json, KEEP[i][0]);
        if (value && json_string_length(value)) json_object_set(line, KEEP[i][1], value);
    }
    char *text = line ? json_dumps(line, JSON_COMPACT) : NULL;
    json_decref(line);
    if (!text) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading the text");
    casus_code code = one_document(casus_str_of(text), CASUS_FORMAT_JSONL, NULL, arena, doc, err);
    free(text);
    return code;
}

static const char *keep(casus_arena *arena, const asked *a, const char *key, const char *otherwise) {
    const json_t *value = json_object_get(a->json, key);
    return json_string_length(value) ? casus_arena_strndup(arena, json_string_value(value), json_string_length(value)) : otherwise;
}

static casus_code html_document(const asked *a, casus_arena *arena, casus_document *doc, casus_error *err) {
    casus_code code = one_document((casus_str){a->text, a->n}, CASUS_FORMAT_HTML, a->date && *a->date ? a->date : NULL, arena, doc, err);
    if (code) return code;
    doc->title = keep(arena, a, "title", doc->title), doc->url = keep(arena, a, "url", doc->url);
    doc->author = keep(arena, a, "author", doc->author), doc->publisher = keep(arena, a, "publisher", doc->publisher);
    return CASUS_OK;
}

static bool looks_like_html(const asked *a) {
    const char *s = a->text + strspn(a->text, " \t\r\n");
    return *s == '<' && (s[1] == '!' || (s[1] >= 'A' && s[1] <= 'z'));
}

static casus_code document_of(const asked *a, casus_arena *arena, casus_document *doc, casus_error *err) {
    static const char *const FORMATS[] = {"auto", "text", "html", NULL};
    request as_format = {.n = 1, .params = {{"format", a->format ? a->format : ""}}};
    int format = 0;
    casus_code code = request_word(&as_format, "format", FORMATS, 0, &format, err);
    if (code) return code;
    bool html = format == 2 || (format == 0 && looks_like_html(a));
    return (html ? html_document : plain_document)(a, arena, doc, err);
}

/* ---- the answer -------------------------------------------------------------------------------------------- */

/* A record written by the library, as an element. */
static void element(casus_json *j, casus_buf *record) {
    out_raw(j, NULL, (casus_str){record->at, record->n});
    j->out->failed |= record->failed;
    casus_buf_clear(record);
}

static void sentences_out(casus_json *j, const casus_document *doc, const casus_sentences *s) {
    static const char *const BLOCKS[] = {"body", "title", "heading", "dateline", "list"};
    casus_json_open(j, "sentences", '[');
    for (size_t i = 0; i < s->n; i++) {
        const casus_sentence *x = &s->items[i];
        casus_json_open(j, NULL, '{');
        casus_json_int(j, "sentence", (int64_t)i);
        casus_json_span(j, "span", x->begin, x->end);
        casus_json_str(j, "text", (casus_str){doc->text.at + x->begin, x->end - x->begin});
        casus_json_int(j, "paragraph", x->paragraph);
        casus_json_text(j, "block", BLOCKS[x->block < 5 ? x->block : 0]);
        casus_json_close(j, '}');
    }
    casus_json_close(j, ']');
}

static void reading_out(call *c, const casus_document *doc, const casus_reading *r, const char *put) {
    casus_json *j = &c->json;
    casus_buf record = {0};
    const char *version = casus_resources_version(c->server->reader->resources);
    casus_json_open(j, NULL, '{');
    casus_document_json(&record, doc, r->sentences.n);
    out_raw(j, "document", (casus_str){record.at, record.n});
    casus_buf_clear(&record);
    casus_json_str(j, "text", doc->text);
    sentences_out(j, doc, &r->sentences);
    casus_json_open(j, "actors", '[');
    for (size_t i = 0; i < r->n_actors; i++) casus_actor_json(&record, &r->actors[i], doc->id), element(j, &record);
    casus_json_close(j, ']');
    casus_json_open(j, "statements", '[');
    for (size_t i = 0; i < r->n_statements; i++) casus_statement_json(&record, &r->statements[i], doc, version), element(j, &record);
    casus_json_close(j, ']');
    casus_json_bool(j, "stored", put != NULL);
    if (put) casus_json_text(j, "put", put);
    casus_json_close(j, '}');
    casus_buf_done(&record);
}

static casus_code store(call *c, const casus_document *doc, const casus_reading *r, const char **put, casus_error *err) {
    static const char *const WORDS[] = {"new", "same", "revised"};
    casus_ledger *l = NULL;
    casus_put what;
    casus_code code = casus_ledger_open(&l, c->server->options.db, CASUS_LEDGER_WRITE, err);
    if (!code) code = casus_ledger_put(l, doc, r, casus_resources_version(c->server->reader->resources), &what, err);
    casus_ledger_close(l);
    if (!code) *put = WORDS[what];
    if (!code) atomic_fetch_add(&c->server->writes, 1);
    return code;
}

static casus_code read_asked(call *c, const asked *a, casus_error *err) {
    struct reader *r = c->server->reader;
    casus_document doc;
    casus_reading reading;
    const char *put = NULL;
    casus_code code = document_of(a, &r->arena, &doc, err);
    if (!code) code = casus_coder_read(r->coder, &doc, &r->arena, &reading, err);
    if (!code && a->store) code = store(c, &doc, &reading, &put, err);
    if (!code) reading_out(c, &doc, &reading, put);
    return code;
}

static casus_code read_safely(call *c, const asked *a, casus_error *err) {
    struct reader *r = c->server->reader;
    jmp_buf trap;
    CASUS_ARENA_TRY(&r->arena, &trap, return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading the text"));
    casus_code code = read_asked(c, a, err);
    casus_arena_untrap(&r->arena);
    return code;
}

casus_code api_read(call *c, casus_error *err) {
    asked a = {0};
    casus_code code = parse_asked(c->body, &a, err);
    if (!code && a.store && c->server->options.read_only) code = casus_fail(err, CASUS_ERR_ARG, "this server keeps nothing that is posted (--read-only)");
    if (!code) code = reader_ready(c->server, err);
    if (!code) code = read_safely(c, &a, err);
    if (c->server->reader && c->server->reader->coder) {
        if (c->server->reader->arena.used > 32 * 1024 * 1024) casus_arena_done(&c->server->reader->arena);
        else casus_arena_reset(&c->server->reader->arena);
    }
    json_decref(a.json);
    return code;
}
