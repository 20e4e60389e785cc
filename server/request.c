/* Taking a request's target apart. */
#include "request.h"

#include "casus/lexicon.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Control characters have no business in a name, a date or a query; a line break ends up in logs. */
static bool clean(const char *s, size_t n) {
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] < 0x20 || s[i] == 0x7f) return false;
    return casus_utf8_check(s, n) == n;
}

static casus_code decode(casus_arena *arena, casus_str s, bool plus, const char **out, casus_error *err) {
    char *to = casus_arena_alloc(arena, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.at[i];
        if (c == '%') {
            int high = i + 2 < s.n ? hex(s.at[i + 1]) : -1, low = high >= 0 ? hex(s.at[i + 2]) : -1;
            if (low < 0) return casus_fail(err, CASUS_ERR_ARG, "a percent sign in the address is not followed by two hex digits");
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        to[n++] = c;
    }
    to[n] = '\0';
    if (!clean(to, n)) return casus_fail(err, CASUS_ERR_ARG, "the address holds bytes that are no UTF-8 text, or control characters");
    *out = to;
    return CASUS_OK;
}

static casus_code check_path(const char *path, casus_error *err) {
    if (path[0] != '/') return casus_fail(err, CASUS_ERR_ARG, "the address has no path");
    for (const char *s = path; (s = strchr(s, '/')); s++) {
        size_t n = strcspn(s + 1, "/");
        if ((n == 1 && s[1] == '.') || (n == 2 && s[1] == '.' && s[2] == '.'))
            return casus_fail(err, CASUS_ERR_ARG, "the path has a segment of dots");
    }
    if (strchr(path, '\\')) return casus_fail(err, CASUS_ERR_ARG, "the path has a backslash");
    return CASUS_OK;
}

static casus_code add_param(casus_arena *arena, casus_str part, request *r, casus_error *err) {
    casus_str name, value = part;
    if (!part.n) return CASUS_OK;
    casus_str_cut(&value, '=', &name);
    if (!value.at) value = (casus_str){"", 0};
    if (r->n == REQUEST_PARAMS_MAX) return casus_fail(err, CASUS_ERR_LIMIT, "more than %d parameters", REQUEST_PARAMS_MAX);
    request_param *p = &r->params[r->n];
    casus_code code = decode(arena, name, true, &p->name, err);
    if (!code) code = decode(arena, value, true, &p->value, err);
    if (code) return code;
    for (size_t i = 0; i < r->n; i++)
        if (strcmp(r->params[i].name, p->name) == 0) return casus_fail(err, CASUS_ERR_ARG, "the parameter \"%.40s\" is given twice", p->name);
    r->n++;
    return CASUS_OK;
}

casus_code request_parse(casus_arena *arena, casus_str target, request *out, casus_error *err) {
    request r = {.n = 0};
    casus_str path, part;
    if (target.n > REQUEST_TARGET_MAX) return casus_fail(err, CASUS_ERR_LIMIT, "the address is longer than %d bytes", REQUEST_TARGET_MAX);
    if (!target.n) return casus_fail(err, CASUS_ERR_ARG, "the address has no path");
    casus_str rest = target;
    casus_str_cut(&rest, '?', &path);
    casus_code code = decode(arena, path, false, &r.path, err);
    if (!code) code = check_path(r.path, err);
    while (!code && rest.at && casus_str_cut(&rest, '&', &part)) code = add_param(arena, part, &r, err);
    if (!code) *out = r;
    return code;
}

/* ---- values ------------------------------------------------------------------------------------------------ */

const char *request_get(const request *r, const char *name) {
    for (size_t i = 0; i < r->n; i++)
        if (strcmp(r->params[i].name, name) == 0) return *r->params[i].value ? r->params[i].value : NULL;
    return NULL;
}

casus_code request_int(const request *r, const char *name, int64_t least, int64_t most, int64_t usual, int64_t *out, casus_error *err) {
    const char *text = request_get(r, name);
    *out = usual;
    if (!text) return CASUS_OK;
    char *end;
    long long v = strlen(text) > 18 ? most + 1 : strtoll(text, &end, 10);
    bool number = strlen(text) <= 18 && *end == '\0' && (text[0] == '-' || (text[0] >= '0' && text[0] <= '9'));
    if (!number || v < least || v > most)
        return casus_fail(err, CASUS_ERR_ARG, "`%s` is a whole number from %lld to %lld", name, (long long)least, (long long)most);
    *out = v;
    return CASUS_OK;
}

casus_code request_real(const request *r, const char *name, double least, double most, double usual, double *out, casus_error *err) {
    const char *text = request_get(r, name);
    *out = usual;
    if (!text) return CASUS_OK;
    char *end;
    double v = strtod(text, &end);
    if (*end || !isfinite(v) || v < least || v > most) return casus_fail(err, CASUS_ERR_ARG, "`%s` is a number from %g to %g", name, least, most);
    *out = v;
    return CASUS_OK;
}

casus_code request_bool(const request *r, const char *name, bool usual, bool *out, casus_error *err) {
    static const char *const WORDS[] = {"false", "true", "0", "1", NULL};
    int at = usual;
    casus_code code = request_word(r, name, WORDS, usual, &at, err);
    *out = at & 1;
    return code;
}

casus_code request_date(const request *r, const char *name, const char **out, casus_error *err) {
    const char *text = request_get(r, name);
    int32_t begin, end;
    *out = NULL;
    if (text && !casus_day_parse(casus_str_of(text), &begin, &end))
        return casus_fail(err, CASUS_ERR_ARG, "`%s` is a date: YYYY, YYYY-MM or YYYY-MM-DD", name);
    *out = text;
    return CASUS_OK;
}

casus_code request_word(const request *r, const char *name, const char *const *words, int usual, int *out, casus_error *err) {
    const char *text = request_get(r, name);
    char list[160] = "";
    *out = usual;
    if (!text) return CASUS_OK;
    for (int i = 0; words[i]; i++) {
        if (strcmp(words[i], text) == 0) {
            *out = i;
            return CASUS_OK;
        }
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", words[i]);
    }
    return casus_fail(err, CASUS_ERR_ARG, "`%s` is one of: %s", name, list);
}
