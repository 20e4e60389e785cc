/* marked.c — tables of sentences in which source and target are marked: one row a line, tab-separated, fields quoted where they must be. */
#include "casus/coder.h"

#include <string.h>

enum { MOST_FIELDS = 64 };

/* The next field, unquoted when it is written in double quotes; *end_of_row says which separator ended it. */
static casus_str next_field(casus_arena *a, casus_str *rest, bool *end_of_row) {
    casus_str out = {rest->at, 0};
    size_t i = 0;
    if (rest->n && rest->at[0] == '"') {
        char *plain = casus_arena_alloc(a, rest->n + 1);
        for (i = 1; i < rest->n && (rest->at[i] != '"' || (i + 1 < rest->n && rest->at[i + 1] == '"')); i++) {
            if (rest->at[i] == '"') i++;
            plain[out.n++] = rest->at[i];
        }
        out.at = plain;
        i += i < rest->n;
    }
    size_t from = i;
    while (i < rest->n && rest->at[i] != '\t' && rest->at[i] != '\n') i++;
    if (!from) out.n = i;
    if (!from && out.n && out.at[out.n - 1] == '\r') out.n--;
    *end_of_row = i >= rest->n || rest->at[i] == '\n';
    size_t used = i < rest->n ? i + 1 : i;
    *rest = (casus_str){rest->at + used, rest->n - used};
    return out;
}

/* Reads a row into fields[0 .. MOST_FIELDS); returns how many it has. */
static size_t next_row(casus_arena *a, casus_str *rest, casus_str *fields) {
    size_t n = 0;
    for (bool end = false; !end;) {
        casus_str f = next_field(a, rest, &end);
        if (n < MOST_FIELDS) fields[n++] = f;
    }
    return n;
}

static size_t column(const casus_str *fields, size_t n, const char *name) {
    for (size_t i = 0; name && i < n; i++)
        if (casus_str_is(fields[i], name)) return i;
    return MOST_FIELDS;
}

/* Takes the marks out: the sentence without them and the spans they held, in bytes of it. */
static void unmark(casus_arena *a, casus_str marked, casus_marked *row) {
    char *text = casus_arena_alloc(a, marked.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < marked.n;) {
        casus_str rest = {marked.at + i, marked.n - i};
        bool closing = casus_str_starts(rest, "</s>") || casus_str_starts(rest, "</t>");
        bool opening = casus_str_starts(rest, "<s>") || casus_str_starts(rest, "<t>");
        if (!closing && !opening) {
            text[n++] = marked.at[i++];
            continue;
        }
        casus_span *span = rest.at[closing ? 2 : 1] == 's' ? &row->source : &row->target;
        if (opening) span->begin = (uint32_t)n;
        span->end = (uint32_t)n;
        i += closing ? 4 : 3;
    }
    row->text = (casus_str){text, n};
}

casus_code casus_marked_read(casus_arena *arena, const char *path, casus_str bytes, const char *label, casus_marked **out, size_t *n, casus_error *err) {
    casus_str fields[MOST_FIELDS];
    casus_marked *rows = NULL;
    size_t n_rows = 0, cap = 0, k = next_row(arena, &bytes, fields);
    size_t id = column(fields, k, "sentence_id"), marked = column(fields, k, "marked_sentence"), labelled = column(fields, k, label);
    if (id == MOST_FIELDS || marked == MOST_FIELDS)
        return casus_fail_at(err, CASUS_ERR_FORMAT, path, 1, -1, "the first line must name the columns sentence_id and marked_sentence");
    if (label && labelled == MOST_FIELDS)
        return casus_fail_at(err, CASUS_ERR_FORMAT, path, 1, -1, "the first line does not name the column %s", label);
    while (bytes.n) {
        k = next_row(arena, &bytes, fields);
        if (k == 1 && !fields[0].n) continue;
        casus_marked *row = CASUS_PUSH(arena, rows, n_rows, cap);
        if (id < k) row->id = fields[id];
        if (labelled < k) row->label = fields[labelled];
        if (marked < k) unmark(arena, fields[marked], row);
    }
    *out = rows;
    *n = n_rows;
    return CASUS_OK;
}
