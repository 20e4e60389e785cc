/* A request from anybody: the first line is the target, the next ones are Host, Origin, Authorization, Cookie. Whatever passes is clean. */
#include "guard.h"
#include "request.h"

#include "casus/base.h"

#include <stdlib.h>
#include <string.h>

static void check_text(const char *s) {
    if (casus_utf8_check(s, strlen(s)) != strlen(s)) abort();
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f) abort();
}

static void check_path(const char *path) {
    check_text(path);
    if (path[0] != '/' || strchr(path, '\\') || strstr(path, "/../") || strstr(path, "/./")) abort();
    size_t n = strlen(path);
    if ((n >= 3 && strcmp(path + n - 3, "/..") == 0) || (n >= 2 && strcmp(path + n - 2, "/.") == 0)) abort();
}

static void check_values(const request *r) {
    casus_error err;
    int64_t number;
    const char *date;
    bool flag;
    for (size_t i = 0; i < r->n; i++) {
        const char *name = r->params[i].name;
        check_text(name);
        check_text(r->params[i].value);
        if (!request_int(r, name, -5, 500, 7, &number, &err) && (number < -5 || number > 500)) abort();
        if (request_date(r, name, &date, &err) && !err.message[0]) abort();
        if (request_bool(r, name, false, &flag, &err) && !err.message[0]) abort();
    }
}

static char *line_of(casus_arena *arena, casus_str *rest) {
    casus_str line = {0};
    if (!casus_str_cut(rest, '\n', &line)) return NULL;
    return casus_arena_strndup(arena, line.at ? line.at : "", line.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    casus_arena arena;
    casus_error err = {0};
    request r;
    guard g;
    casus_str rest = {(const char *)data, size}, target = {0};
    if (!size) return 0;
    casus_arena_init(&arena);
    casus_str_cut(&rest, '\n', &target);
    if (request_parse(&arena, target, &r, &err) == CASUS_OK) {
        check_path(r.path);
        check_values(&r);
    } else if (!err.message[0]) {
        abort();
    }
    guard_init(&g, "0123456789abcdef", NULL);
    guard_head h = {.api = true};
    h.host = line_of(&arena, &rest), h.origin = line_of(&arena, &rest), h.authorization = line_of(&arena, &rest), h.cookie = line_of(&arena, &rest);
    if (guard_check(&g, &h, &err) == 0 && !(h.authorization && strstr(h.authorization, "0123456789abcdef")) &&
        !(h.cookie && strstr(h.cookie, "0123456789abcdef")))
        abort(); /* nobody passes without the token */
    casus_arena_done(&arena);
    return 0;
}
