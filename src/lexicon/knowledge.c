#include "knowledge.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct reader {
    casus_arena *arena;
    knowledge_file *out;
    const char *file;
    int line;
    casus_error *err;
} reader;

static casus_code fail(const reader *r, const char *what) {
    return casus_fail_at(r->err, CASUS_ERR_FORMAT, r->file, r->line, -1, "%s", what);
}

casus_code knowledge_fail(casus_error *err, const knowledge_entry *e, int line, const char *format, ...) {
    char message[400];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return casus_fail_at(err, CASUS_ERR_FORMAT, e->file, line ? line : e->line, -1, "%s", message);
}

casus_str knowledge_attr_of(const knowledge_entry *e, const char *name) {
    for (size_t i = 0; i < e->n_attrs; i++)
        if (casus_str_is(e->attrs[i].name, name)) return e->attrs[i].value;
    return (casus_str){NULL, 0};
}

static casus_str without_comment(casus_str line) {
    for (size_t i = 0; i < line.n; i++)
        if (line.at[i] == '#' && (i == 0 || line.at[i - 1] == ' ' || line.at[i - 1] == '\t')) return (casus_str){line.at, i};
    return line;
}

/* "ASSAULT:explosives cameo=183": words up to the first one with "=" are the head. */
static casus_code read_head(reader *r, casus_str line) {
    knowledge_entry *e = CASUS_PUSH(r->arena, r->out->entries, r->out->n, r->out->cap);
    casus_str rest = line, word;
    const char *head_end = line.at;
    while (casus_str_cut(&rest, ' ', &word)) {
        if (!word.n) continue;
        const char *eq = memchr(word.at, '=', word.n);
        if (!eq && e->n_attrs) return fail(r, "a word after key=value; write KEY=VALUE or put it before");
        if (!eq) {
            head_end = word.at + word.n;
            continue;
        }
        knowledge_attr *attr = CASUS_PUSH(r->arena, e->attrs, e->n_attrs, e->cap_attrs);
        attr->name = (casus_str){word.at, (size_t)(eq - word.at)};
        attr->value = (casus_str){eq + 1, word.n - attr->name.n - 1};
    }
    e->head = (casus_str){line.at, (size_t)(head_end - line.at)};
    e->file = r->file;
    e->line = r->line;
    return e->head.n ? CASUS_OK : fail(r, "an entry without a head");
}

static bool read_dates(casus_str range, knowledge_item *item) {
    int32_t ignored;
    const char *dots = NULL;
    for (size_t i = 0; i + 1 < range.n && !dots; i++)
        if (range.at[i] == '.' && range.at[i + 1] == '.') dots = range.at + i;
    if (!dots) return false;
    casus_str a = casus_str_trim((casus_str){range.at, (size_t)(dots - range.at)});
    casus_str b = casus_str_trim((casus_str){dots + 2, range.n - (size_t)(dots - range.at) - 2});
    if (a.n && !casus_day_parse(a, &item->begin, &ignored)) return false;
    if (b.n && !casus_day_parse(b, &item->end, &ignored)) return false;
    item->dated = true;
    return (a.n || b.n) && item->begin < item->end;
}

static casus_code read_item(reader *r, knowledge_key *key, casus_str text) {
    knowledge_item item = {.begin = INT32_MIN, .end = INT32_MAX, .line = r->line};
    text = casus_str_trim(text);
    if (!text.n) return CASUS_OK;
    if (text.at[text.n - 1] == ']') {
        size_t open = text.n - 1;
        while (open && text.at[open] != '[') open--;
        casus_str range = {text.at + open + 1, text.n - open - 2};
        if (text.at[open] != '[' || !read_dates(range, &item))
            return fail(r, "a bad date range; write [2015-01-26..2021-08-15], [2015..] or [..2021-08], begin before end");
        text = casus_str_trim((casus_str){text.at, open});
    }
    item.text = text;
    *CASUS_PUSH(r->arena, key->items, key->n, key->cap) = item;
    return CASUS_OK;
}

static casus_code read_key(reader *r, casus_str line) {
    if (!r->out->n) return fail(r, "an indented line before any entry");
    knowledge_entry *e = &r->out->entries[r->out->n - 1];
    const char *colon = memchr(line.at, ':', line.n);
    if (!colon) return fail(r, "no colon; write `key: item; item`");
    casus_str name = casus_str_trim((casus_str){line.at, (size_t)(colon - line.at)});
    casus_str rest = {colon + 1, line.n - (size_t)(colon - line.at) - 1}, field;
    knowledge_key *key = NULL;
    for (size_t i = 0; i < e->n_keys && !key; i++)
        if (casus_str_eq(e->keys[i].name, name)) key = &e->keys[i];
    if (!key) {
        key = CASUS_PUSH(r->arena, e->keys, e->n_keys, e->cap_keys);
        key->name = name;
        key->line = r->line;
    }
    casus_code code = CASUS_OK;
    if (casus_str_is(name, "note")) return CASUS_OK;
    while (!code && casus_str_cut(&rest, ';', &field)) code = read_item(r, key, field);
    return code;
}

static casus_code read_lines(reader *r, casus_str bytes) {
    casus_code code = CASUS_OK;
    casus_str line;
    size_t bad = casus_utf8_check(bytes.at, bytes.n);
    if (bad < bytes.n) return casus_fail_at(r->err, CASUS_ERR_UTF8, r->file, 0, (int64_t)bad, "not UTF-8; save the file as UTF-8");
    while (!code && casus_str_cut(&bytes, '\n', &line)) {
        r->line++;
        line = without_comment(line);
        casus_str body = casus_str_trim(line);
        if (!body.n) continue;
        bool indented = line.at[0] == ' ' || line.at[0] == '\t';
        code = indented ? read_key(r, body) : read_head(r, body);
    }
    return code;
}

/* Runs where a mapping or a list is held that a jump out of the arena would lose: allocations return NULL instead. */
static jmp_buf *hold_trap(casus_arena *a) {
    jmp_buf *trap = a->trap;
    a->trap = NULL;
    return trap;
}

casus_code knowledge_read(const char *path, casus_arena *a, knowledge_file *out, casus_error *err) {
    casus_map map;
    casus_code code = casus_map_open(&map, path, err);
    if (code) return code;
    jmp_buf *trap = hold_trap(a);
    const char *file = casus_arena_strndup(a, path, strlen(path));
    casus_str bytes = {casus_arena_strndup(a, (const char *)map.at, map.n), map.n};
    a->trap = trap;
    casus_map_close(&map);
    if (!file || !bytes.at) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading %s", path);
    reader r = {a, out, file, 0, err};
    return read_lines(&r, bytes);
}

static int is_text(const struct dirent *d) { return casus_str_ends(casus_str_of(d->d_name), ".txt"); }
static int by_name(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

/* Paths of the folder's *.txt in byte order; NULL when out of memory. Frees the entries. */
static char **take_paths(casus_arena *a, const char *folder, struct dirent **entries, int n) {
    jmp_buf *trap = hold_trap(a);
    char **paths = CASUS_NEW_ARRAY(a, char *, n + 1);
    bool whole = paths != NULL;
    for (int i = 0; i < n; i++) {
        if (whole) paths[i] = casus_arena_printf(a, "%s/%s", folder, entries[i]->d_name);
        whole = whole && paths[i];
        free(entries[i]);
    }
    free(entries);
    a->trap = trap;
    return whole ? paths : NULL;
}

casus_code knowledge_read_folder(const char *folder, const char *sub, casus_arena *a, knowledge_file *out, casus_error *err) {
    const char *path = casus_arena_printf(a, "%s/%s", folder, sub);
    struct dirent **entries;
    int n = scandir(path, &entries, is_text, by_name);
    if (n < 0) return errno == ENOENT ? CASUS_OK : casus_fail_at(err, CASUS_ERR_IO, path, 0, -1, "cannot open: %s", strerror(errno));
    char **paths = take_paths(a, path, entries, n);
    if (!paths) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading %s", path);
    casus_code code = CASUS_OK;
    for (int i = 0; i < n && !code; i++) code = knowledge_read(paths[i], a, out, err);
    return code;
}
