/* casus_source: chooses the reader for a file's format and completes what the readers deliver: identity, date,
 * language. */
#include "text/source.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SNIFF = 1024, KEEP_BUFFER = 1024 * 1024 };
static const size_t LIMIT_DEFAULT = (size_t)64 << 20;

/* ---- telling the caller ------------------------------------------------------------------------------------- */

static void fill_error(const casus_source *s, casus_error *e, casus_code code, int64_t line, int64_t byte) {
    casus_fail_at(e, code, s->path, line, byte, "%s", "");
}

void source_reject(casus_source *s, casus_code code, int64_t line, int64_t byte, casus_str bytes, const char *format,
                   ...) {
    if (!s->options.rejected) return;
    casus_error e;
    fill_error(s, &e, code, line, byte);
    va_list args;
    va_start(args, format);
    vsnprintf(e.message, sizeof e.message, format, args);
    va_end(args);
    s->options.rejected(s->options.ctx, &e, bytes);
}

void source_warn(casus_source *s, int64_t line, const char *format, ...) {
    if (!s->options.warned) return;
    casus_error e;
    fill_error(s, &e, CASUS_OK, line, -1);
    va_list args;
    va_start(args, format);
    vsnprintf(e.message, sizeof e.message, format, args);
    va_end(args);
    s->options.warned(s->options.ctx, &e);
}

bool source_check_utf8(casus_source *s, casus_str bytes, int64_t line, int64_t byte) {
    size_t bad = casus_utf8_check(bytes.at, bytes.n);
    if (bad == bytes.n) return true;
    casus_code code = CASUS_ERR_UTF8;
    int64_t where = byte + (int64_t)bad;
    if (bytes.at[bad] == '\0')
        source_reject(s, code, line, where, bytes, "a NUL byte at byte %lld: this is no text; remove it and read again",
                      (long long)where);
    else
        source_reject(
            s, code, line, where, bytes,
            "byte 0x%02X at byte %lld is not UTF-8; convert the input, for example with iconv -f WINDOWS-1252 -t UTF-8",
            (unsigned)(unsigned char)bytes.at[bad], (long long)where);
    return false;
}

char *source_keep(casus_arena *arena, casus_str s) { return s.n ? casus_arena_strndup(arena, s.at, s.n) : NULL; }

/* ---- which format ------------------------------------------------------------------------------------------- */

static bool has_ending(const char *path, const char *ending) {
    size_t n = strlen(path), k = strlen(ending);
    if (n > 3 && strcasecmp(path + n - 3, ".gz") == 0) n -= 3;
    return n > k && strncasecmp(path + n - k, ending, k) == 0;
}

static bool looks_like_html(casus_str s) {
    static const char *const openings[] = {"<!doctype", "<html", "<head", "<body", "<article",
                                           "<?xml",     "<!--",  "<meta", "<title"};
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        size_t n = strlen(openings[i]);
        if (s.n >= n && strncasecmp(s.at, openings[i], n) == 0) return true;
    }
    return false;
}

static bool looks_like_json(casus_str s) {
    if (!s.n || s.at[0] != '{') return false;
    s = casus_str_trim((casus_str){s.at + 1, s.n - 1});
    return s.n && (s.at[0] == '"' || s.at[0] == '}');
}

/* A telling extension decides; else the first bytes; else it is plain text. */
static casus_format choose_format(const char *path, casus_str head) {
    if (has_ending(path, ".jsonl") || has_ending(path, ".ndjson")) return CASUS_FORMAT_JSONL;
    if (has_ending(path, ".html") || has_ending(path, ".htm") || has_ending(path, ".xhtml")) return CASUS_FORMAT_HTML;
    if (casus_str_starts(head, "\xEF\xBB\xBF")) head = (casus_str){head.at + 3, head.n - 3};
    head = casus_str_trim(head);
    if (looks_like_json(head)) return CASUS_FORMAT_JSONL;
    return looks_like_html(head) ? CASUS_FORMAT_HTML : CASUS_FORMAT_TEXT;
}

/* ---- opening and closing ------------------------------------------------------------------------------------ */

/* `bytes` NULL: the file of that name. */
static casus_code open_source(casus_source **out, const char *path, const casus_str *bytes, const casus_source_options *options,
                              casus_error *err) {
    casus_source *s = calloc(1, sizeof *s);
    size_t n = strlen(path) + 1;
    if (!s || !(s->path = malloc(n))) {
        free(s);
        return casus_fail(err, CASUS_ERR_NOMEM, "out of memory opening %s", path);
    }
    memcpy(s->path, path, n);
    if (options) s->options = *options;
    if (!s->options.limit) s->options.limit = LIMIT_DEFAULT;
    if (s->options.limit > UINT32_MAX) s->options.limit = UINT32_MAX;
    casus_code code = bytes ? source_input_bytes(&s->in, s->path, *bytes, err) : source_input_open(&s->in, s->path, err);
    if (code) {
        free(s->path);
        free(s);
        return code;
    }
    source_language_init(&s->language);
    *out = s;
    return CASUS_OK;
}

casus_code casus_source_open(casus_source **out, const char *path, const casus_source_options *options,
                             casus_error *err) {
    return open_source(out, path, NULL, options, err);
}

casus_code casus_source_open_bytes(casus_source **out, const char *name, casus_str bytes, const casus_source_options *options,
                                   casus_error *err) {
    return open_source(out, name, &bytes, options, err);
}

static void drop_pieces(casus_source *s) {
    json_decref(s->json);
    json_decref(s->json_ld);
    free(s->json_text);
    if (s->html) xmlFreeDoc(s->html);
    s->json = s->json_ld = NULL;
    s->json_text = NULL;
    s->html = NULL;
    if (s->buf.cap > KEEP_BUFFER) casus_buf_done(&s->buf);
}

void casus_source_close(casus_source *s) {
    if (!s) return;
    drop_pieces(s);
    casus_buf_done(&s->buf);
    source_input_close(&s->in);
    free(s->path);
    free(s);
}

void casus_source_progress(const casus_source *s, uint64_t *done, uint64_t *total) {
    *done = s->in.packed - (s->in.gzip ? s->in.z.avail_in : s->in.end - s->in.begin);
    *total = s->in.total;
}

/* ---- what every document gets ------------------------------------------------------------------------------- */

static bool only_space(casus_str text) {
    if (casus_str_starts(text, "\xEF\xBB\xBF")) text = (casus_str){text.at + 3, text.n - 3};
    return casus_str_trim(text).n == 0;
}

/* Identity is (publisher or path, url or title, date); what has neither url nor title is known by its path and, in a
 * file of many, by its words (record.md). */
static const char *make_id(casus_arena *arena, const casus_document *doc) {
    const char *where = doc->publisher ? doc->publisher : doc->path;
    if (strncmp(where, "./", 2) == 0) where += 2;
    const char *what = doc->url ? doc->url : doc->title;
    if (!what) what = doc->line || strcmp(doc->path, "-") == 0 ? doc->sha256 : "";
    const char *key = casus_arena_printf(arena, "%s\n%s\n%s", where, what, doc->date ? doc->date : "");
    return casus_arena_printf(arena, "d%016llx", (unsigned long long)casus_str_hash(casus_str_of(key)));
}

/* The words decide where they can be recognised; what the metadata declare decides where they cannot. */
static void name_language(casus_source *s, casus_arena *arena, casus_document *doc) {
    const char *declared = source_language_name(arena, doc->language),
               *seen = source_language_of(&s->language, doc->text);
    doc->language = seen ? seen : declared;
    doc->foreign = doc->language && strcmp(doc->language, "en") != 0;
    if (doc->foreign)
        source_warn(s, doc->line, "the document is in another language (%s); it is kept but not coded", doc->language);
}

static void complete(casus_source *s, casus_arena *arena, casus_document *doc) {
    doc->path = casus_arena_strndup(arena, s->path, strlen(s->path));
    plain_find(arena, doc);
    if (!doc->date && s->options.date) doc->date = casus_arena_strndup(arena, s->options.date, strlen(s->options.date));
    if (!doc->date)
        source_warn(s, doc->line, "no publication date found: relative times stay open; give one with --date");
    name_language(s, arena, doc);
    if (!doc->id) doc->id = make_id(arena, doc);
}

/* ---- reading ------------------------------------------------------------------------------------------------ */

static casus_code begin(casus_source *s, casus_error *err) {
    casus_code code = source_input_fill(&s->in, SNIFF, err);
    if (code) return code;
    s->begun = true;
    casus_str head = {s->in.at + s->in.begin, s->in.end - s->in.begin};
    s->format = s->options.format ? s->options.format : choose_format(s->path, head);
    if (!head.n && !s->in.damage) source_warn(s, 0, "the file is empty");
    if (!head.n && s->in.damage) source_reject(s, CASUS_ERR_FORMAT, 0, (int64_t)s->in.packed, head, "%s", s->in.damage);
    s->finished = head.n == 0;
    return CASUS_OK;
}

static casus_code read_whole(casus_source *s, casus_arena *arena, casus_document *doc, bool *got, casus_error *err) {
    bool over = false;
    s->finished = true;
    casus_code code = source_input_whole(&s->in, &s->buf, s->options.limit, &over, err);
    if (code) return code;
    if (s->buf.failed) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading %s", s->path);
    casus_str bytes = {s->buf.at, s->buf.n};
    if (s->in.damage) {
        source_reject(s, CASUS_ERR_FORMAT, 0, (int64_t)s->in.packed, bytes, "%s", s->in.damage);
        return CASUS_OK;
    }
    if (over) {
        source_reject(s, CASUS_ERR_LIMIT, 0, (int64_t)s->options.limit, bytes,
                      "larger than the limit of %zu bytes for a document", s->options.limit);
        return CASUS_OK;
    }
    if (only_space(bytes)) {
        source_warn(s, 0, "the file is empty: it holds nothing but white space");
        return CASUS_OK;
    }
    code = (s->format == CASUS_FORMAT_HTML ? html_read : plain_read)(s, arena, doc, got);
    return s->buf.failed ? casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading %s", s->path) : code;
}

/* One line of JSONL; *got false when it was blank or rejected. */
static casus_code read_line(casus_source *s, casus_arena *arena, casus_document *doc, bool *got, casus_error *err) {
    bool more = false, over = false;
    int64_t byte = (int64_t)s->in.offset;
    casus_buf_clear(&s->buf);
    casus_code code = source_input_line(&s->in, &s->buf, s->options.limit, &more, &over, err);
    if (code) return code;
    if (s->buf.failed)
        return casus_fail_at(err, CASUS_ERR_NOMEM, s->path, s->line + 1, byte, "out of memory reading a line");
    if (more) s->line++;
    casus_str bytes = {s->buf.at, s->buf.n};
    bool broken = s->in.damage && s->in.ended && s->in.begin == s->in.end;
    if (!more || broken) s->finished = true;
    if (broken) {
        source_reject(s, CASUS_ERR_FORMAT, s->line, (int64_t)s->in.packed, bytes, "%s (packed byte %llu)", s->in.damage,
                      (unsigned long long)s->in.packed);
        return CASUS_OK;
    }
    if (over) {
        source_reject(s, CASUS_ERR_LIMIT, s->line, byte, bytes,
                      "the line is longer than the limit of %zu bytes for a document", s->options.limit);
        return CASUS_OK;
    }
    if (!more || only_space(bytes)) return CASUS_OK;
    return jsonl_read(s, arena, byte, doc, got);
}

static casus_code next_document(casus_source *s, casus_arena *arena, casus_document *doc, bool *got, casus_error *err) {
    casus_code code = s->begun ? CASUS_OK : begin(s, err);
    while (!code && !*got && !s->finished) {
        *doc = (casus_document){0};
        bool lines = s->format == CASUS_FORMAT_JSONL;
        code = lines ? read_line(s, arena, doc, got, err) : read_whole(s, arena, doc, got, err);
        if (!code && *got) complete(s, arena, doc);
        drop_pieces(s);
    }
    return code;
}

casus_code casus_source_next(casus_source *s, casus_arena *arena, casus_document *doc, bool *got, casus_error *err) {
    jmp_buf *outer = arena->trap, trap;
    CASUS_ARENA_TRY(arena, &trap, {
        arena->trap = outer;
        drop_pieces(s);
        return casus_fail_at(err, CASUS_ERR_NOMEM, s->path, s->line, -1, "out of memory reading a document");
    });
    *got = false;
    casus_code code = next_document(s, arena, doc, got, err);
    arena->trap = outer;
    return code;
}
