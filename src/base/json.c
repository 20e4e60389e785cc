#include "casus/base.h"

#include <math.h>
#include <string.h>

casus_json casus_json_to(casus_buf *out) { return (casus_json){out, false}; }

static void add_escaped(casus_buf *out, casus_str s) {
    casus_buf_add(out, "\"", 1);
    size_t from = 0;
    for (size_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.at[i];
        if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
            i++;
            continue;
        }
        size_t next = i;
        uint32_t u = casus_utf8_next(s.at, s.n, &next);
        if (u >= 0x80 && u != 0xFFFD) {
            i = next;
            continue;
        }
        casus_buf_add(out, s.at + from, i - from);
        if (c == '"' || c == '\\')
            casus_buf_addf(out, "\\%c", c);
        else if (c == '\n')
            casus_buf_add(out, "\\n", 2);
        else if (c == '\t')
            casus_buf_add(out, "\\t", 2);
        else
            casus_buf_addf(out, "\\u%04x", c < 0x20 ? c : 0xFFFDu);
        from = i = next;
    }
    casus_buf_add(out, s.at + from, s.n - from);
    casus_buf_add(out, "\"", 1);
}

static void add_key(casus_json *j, const char *key) {
    if (j->comma) casus_buf_add(j->out, ",", 1);
    j->comma = true;
    if (!key) return;
    casus_buf_add(j->out, "\"", 1);
    casus_buf_adds(j->out, key);
    casus_buf_add(j->out, "\":", 2);
}

void casus_json_open(casus_json *j, const char *key, char bracket) {
    add_key(j, key);
    casus_buf_add(j->out, &bracket, 1);
    j->comma = false;
}

void casus_json_close(casus_json *j, char bracket) {
    casus_buf_add(j->out, &bracket, 1);
    j->comma = true;
}

void casus_json_str(casus_json *j, const char *key, casus_str s) {
    add_key(j, key);
    add_escaped(j->out, s);
}

void casus_json_text(casus_json *j, const char *key, const char *s) {
    if (s) casus_json_str(j, key, casus_str_of(s));
}

void casus_json_int(casus_json *j, const char *key, int64_t v) {
    add_key(j, key);
    casus_buf_addf(j->out, "%lld", (long long)v);
}

void casus_json_num(casus_json *j, const char *key, double v) {
    add_key(j, key);
    casus_buf_addf(j->out, "%.6g", isfinite(v) ? v : 0.0);
}

void casus_json_exact(casus_json *j, const char *key, double v) {
    add_key(j, key);
    casus_buf_addf(j->out, "%.15g", isfinite(v) ? v : 0.0);
}

void casus_json_bool(casus_json *j, const char *key, bool v) {
    add_key(j, key);
    casus_buf_adds(j->out, v ? "true" : "false");
}

void casus_json_span(casus_json *j, const char *key, uint64_t begin, uint64_t end) {
    add_key(j, key);
    casus_buf_addf(j->out, "[%llu,%llu]", (unsigned long long)begin, (unsigned long long)end);
}
