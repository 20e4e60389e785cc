/* Small files of columns: series and lists of ties that come from other programs. */
#include "casus/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct reader {
    const char *path, *at, *end;
    char separator;
    int64_t line;
    casus_arena *arena;
} reader;

/* The next cell without its quotes; *last says that the line ends after it. */
static const char *cell(reader *r, bool *last) {
    char *out = CASUS_NEW_ARRAY(r->arena, char, 1 + strcspn(r->at, "\n")), *to = out;
    bool quoted = r->at < r->end && *r->at == '"';
    if (quoted) {
        const char *close = r->at + 1;
        while (close < r->end && (*close != '"' || (close + 1 < r->end && close[1] == '"'))) close += *close == '"' ? 2 : 1;
        to = out = CASUS_NEW_ARRAY(r->arena, char, (size_t)(close - r->at) + 1);
        for (const char *c = r->at + 1; c < close; c++) {
            if (*c == '\n') r->line++;
            if (*c == '"') c++;
            *to++ = *c;
        }
        r->at = close < r->end ? close + 1 : close;
    }
    while (r->at < r->end && *r->at != r->separator && *r->at != '\n') *to++ = *r->at++;
    if (to > out && to[-1] == '\r') to--;
    *to = '\0';
    *last = r->at >= r->end || *r->at == '\n';
    if (r->at < r->end) r->at++;
    return out;
}

static size_t row(reader *r, const char ***cells, size_t *cap) {
    size_t n = 0;
    for (bool last = false; !last;) {
        const char *text = cell(r, &last);
        *CASUS_PUSH(r->arena, *cells, n, *cap) = text;
    }
    r->line++;
    return n;
}

static casus_code missing(const reader *r, const char *name, const char *const *header, size_t n, casus_error *err) {
    char list[300] = "";
    size_t used = 0;
    for (size_t i = 0; i < n && used + strlen(header[i]) + 3 < sizeof list; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", header[i]);
    return casus_fail_at(err, CASUS_ERR_NOTFOUND, r->path, 1, -1, "there is no column \"%.60s\"; the header has %s", name, list);
}

static size_t find(const char *name, const char *const *header, size_t n) {
    size_t i = 0;
    while (i < n && strcmp(header[i], name) != 0) i++;
    return i;
}

static casus_code read_all(reader *r, const char *const *names, size_t n, casus_columns *out, casus_error *err) {
    const char **cells = NULL, **wanted = NULL;
    size_t cap = 0, n_header = row(r, &cells, &cap), *place = CASUS_NEW_ARRAY(r->arena, size_t, n), n_wanted = 0, cap_wanted = 0, cap_lines = 0;
    for (size_t i = 0; i < n; i++)
        if ((place[i] = find(names[i], cells, n_header)) == n_header) return missing(r, names[i], cells, n_header, err);
    casus_columns c = {.columns = n};
    while (r->at < r->end) {
        int64_t line = r->line;
        size_t n_cells = row(r, &cells, &cap);
        if (n_cells == 1 && !*cells[0]) continue;
        if (n_cells < n_header)
            return casus_fail_at(err, CASUS_ERR_FORMAT, r->path, line, -1, "%zu cells where the header has %zu; mend or remove the line", n_cells, n_header);
        *CASUS_PUSH(r->arena, c.lines, c.rows, cap_lines) = line;
        for (size_t i = 0; i < n; i++) *CASUS_PUSH(r->arena, wanted, n_wanted, cap_wanted) = cells[place[i]];
    }
    c.cells = wanted;
    *out = c;
    return CASUS_OK;
}

casus_code casus_columns_read(const char *path, const char *const *names, size_t n, casus_arena *arena, casus_columns *out, casus_error *err) {
    casus_map map;
    casus_code code = casus_map_open(&map, path, err);
    if (code) return code;
    const char *text = casus_arena_strndup(arena, (const char *)map.at, map.n);
    size_t size = map.n, head = strcspn(text, "\n"), tabs = 0, commas = 0;
    casus_map_close(&map);
    for (size_t i = 0; i < head; i++) tabs += text[i] == '\t', commas += text[i] == ',';
    reader r = {.path = path, .at = text, .end = text + size, .separator = tabs > commas ? '\t' : ',', .line = 1, .arena = arena};
    if (size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) r.at += 3;
    return read_all(&r, names, n, out, err);
}

casus_code casus_columns_numbers(const casus_columns *c, size_t column, const char *path, casus_arena *arena, double **out, casus_error *err) {
    double *values = CASUS_NEW_ARRAY(arena, double, c->rows);
    for (size_t i = 0; i < c->rows; i++) {
        const char *text = c->cells[i * c->columns + column];
        char *end = NULL;
        values[i] = strtod(text, &end);
        if (end == text || *end || !isfinite(values[i]))
            return casus_fail_at(err, CASUS_ERR_FORMAT, path, c->lines[i], -1, "\"%.60s\" is no number; series need one in every row", text);
    }
    *out = values;
    return CASUS_OK;
}
