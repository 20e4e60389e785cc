/* Answers: errors as records, JSON that casus_json has no word for, what handlers share. */
#include "server.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static const char *word_of(int status) {
    switch (status) {
    case 400: return "bad_request";
    case 401: return "unauthorized";
    case 403: case 421: return "forbidden";
    case 404: return "not_found";
    case 405: return "method";
    case 408: return "timeout";
    case 413: case 414: case 431: return "too_large";
    case 415: return "type";
    case 429: return "too_many";
    case 503: return "unavailable";
    default: return "internal";
    }
}

void answer_error(answer *a, int status, const casus_error *err) {
    char words[1024];
    casus_buf_clear(&a->body);
    casus_json json = casus_json_to(&a->body), *j = &json;
    a->status = status;
    a->type = "application/json";
    a->header[0][0] = NULL;
    casus_json_open(j, NULL, '{');
    casus_json_open(j, "error", '{');
    casus_json_int(j, "status", status);
    casus_json_text(j, "code", word_of(status));
    casus_json_text(j, "message", status == 500 ? casus_error_text(err, words, sizeof words) : err->message);
    casus_json_close(j, '}');
    casus_json_close(j, '}');
    if (status == 503 || status == 429) a->retry_after = 1;
}

int answer_status(casus_code code) {
    switch (code) {
    case CASUS_OK: return 200;
    case CASUS_ERR_ARG: case CASUS_ERR_UTF8: case CASUS_ERR_FORMAT: return 400;
    case CASUS_ERR_NOTFOUND: return 404;
    case CASUS_ERR_LIMIT: return 413;
    case CASUS_ERR_BUSY: case CASUS_ERR_STOPPED: return 503;
    default: return 500;
    }
}

/* ---- JSON --------------------------------------------------------------------------------------------------- */

static void out_key(casus_json *j, const char *key) {
    if (j->comma) casus_buf_adds(j->out, ",");
    if (key) casus_buf_addf(j->out, "\"%s\":", key);
    j->comma = true;
}

void out_raw(casus_json *j, const char *key, casus_str text) {
    out_key(j, key);
    casus_buf_add(j->out, text.at, text.n);
}

void out_null(casus_json *j, const char *key) { out_raw(j, key, CASUS_STR("null")); }

void out_num(casus_json *j, const char *key, double v) {
    if (isfinite(v)) casus_json_num(j, key, v);
    else out_null(j, key);
}

void out_text(casus_json *j, const char *key, const char *text) {
    if (text && *text) casus_json_text(j, key, text);
}

void out_list(casus_json *j, const char *key, const char *list) {
    casus_str rest = casus_str_of(list), one;
    if (!list || !*list) return;
    casus_json_open(j, key, '[');
    while (casus_str_cut(&rest, ';', &one)) casus_json_str(j, NULL, casus_str_trim(one));
    casus_json_close(j, ']');
}

void out_day(casus_json *j, const char *key, int32_t day) {
    char text[11];
    if (day != CASUS_UNDATED) casus_json_text(j, key, casus_day_text(day, text));
}

/* ---- what handlers share ------------------------------------------------------------------------------------ */

casus_code call_page(const call *c, int64_t usual, int64_t *limit, int64_t *after, casus_error *err) {
    casus_code code = request_int(c->request, "limit", 1, SERVER_PAGE_MAX, usual, limit, err);
    return code ? code : request_int(c->request, "cursor", 0, INT64_MAX / 2, 0, after, err);
}

casus_code call_filter(const call *c, casus_filter *f, casus_error *err) {
    const request *q = c->request;
    *f = (casus_filter){.actor = request_get(q, "actor"), .other = request_get(q, "other"), .holder = request_get(q, "holder"),
                        .kind = request_get(q, "kind"), .type = request_get(q, "type"), .place = request_get(q, "place"),
                        .doc = request_get(q, "doc"), .event = request_get(q, "event"), .words = request_get(q, "words")};
    casus_code code = request_date(q, "from", &f->since, err);
    if (!code) code = request_date(q, "to", &f->until, err);
    if (!code && f->since && f->until && strncmp(f->since, f->until, strlen(f->until)) > 0)
        code = casus_fail(err, CASUS_ERR_ARG, "the period ends (`to`) before it begins (`from`)");
    return code;
}

void call_next(call *c, bool more, int64_t after) {
    char text[24];
    if (!more) {
        out_null(&c->json, "next_cursor");
        return;
    }
    snprintf(text, sizeof text, "%" PRId64, after);
    casus_json_text(&c->json, "next_cursor", text);
}

static casus_code select_rows(call *c, bool ties, const casus_lexicon *lexicon, casus_selection *out, casus_error *err) {
    const request *q = c->request;
    const casus_panorama *p = NULL;
    casus_panorama_filter f = {.actor = request_get(q, "actor"), .other = request_get(q, "other"), .source = request_get(q, "source"),
                               .target = request_get(q, "target"), .type = request_get(q, "type"), .place = request_get(q, "place"),
                               .origin = request_get(q, "origin"), .ties = ties, .lexicon = lexicon};
    casus_code code = request_date(q, "from", &f.since, err);
    if (!code) code = request_date(q, "to", &f.until, err);
    if (!code) code = request_bool(q, "disputed", false, &f.disputed, err);
    if (!code) code = call_panorama(c, &p, err);
    return code ? code : casus_panorama_select(p, c->ledger, &f, c->arena, out, err);
}

casus_code call_select(call *c, bool ties, casus_selection *out, casus_error *err) { return select_rows(c, ties, NULL, out, err); }

casus_code call_select_known(call *c, casus_selection *out, casus_error *err) { return select_rows(c, false, c->server->lexicon, out, err); }

casus_code call_scale(const call *c, casus_scale *out, casus_error *err) {
    static const char *const SCALES[] = {"plover", "goldstein", "counts", NULL};
    int at = 0;
    casus_code code = request_word(c->request, "scale", SCALES, 0, &at, err);
    *out = (casus_scale)at;
    return code;
}

casus_code call_by(const call *c, casus_by usual, casus_by *out, casus_error *err) {
    static const char *const PERIODS[] = {"day", "week", "month", "year", NULL};
    int at = 0;
    casus_code code = request_word(c->request, "by", PERIODS, (int)usual, &at, err);
    *out = (casus_by)at;
    return code;
}
