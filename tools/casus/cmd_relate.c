/* casus relate: names the action between two marked spans, one line a row of a TSV file. */
#include "reading.h"

#include <stddef.h>
#include <string.h>

/* What a row without any clue is called: the commonest thing that news tells of two actors. Its confidence says that it is a guess. */
static const casus_plover GUESS = CASUS_CONSULT;
static const double GUESS_CONFIDENCE = 0.05;

typedef struct options {
    bool explain;
} options;

typedef struct row {
    casus_str id, marked;
} row;

typedef struct answer {
    casus_plover plover;
    double confidence;
    const char *why;  /* in the thread's arena for explanations, or NULL */
    casus_error err;
    casus_code code;
} answer;

typedef struct work {
    tool *t;
    const casus_resources *resources;
    row *rows;
    answer *answers;
    size_t n, cap;
    casus_coder *coders[64];
    casus_arena work[64], kept[64];
    bool explain;
} work;

/* ---- the file ---------------------------------------------------------------------------------------------- */

/* The next field of tab-separated values, unquoted when it is written in double quotes; *end_of_row says which separator ended it. */
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

/* Reads a row into fields[0 .. most); returns how many it has. */
static size_t next_row(casus_arena *a, casus_str *rest, casus_str *fields, size_t most) {
    size_t n = 0;
    for (bool end = false; !end;) {
        casus_str f = next_field(a, rest, &end);
        if (n < most) fields[n++] = f;
    }
    return n;
}

enum { MOST_FIELDS = 64 };

static casus_code read_rows(work *w, const char *path, casus_str bytes, casus_error *err) {
    casus_str fields[MOST_FIELDS];
    size_t id = MOST_FIELDS, marked = MOST_FIELDS, n = next_row(&w->t->arena, &bytes, fields, MOST_FIELDS);
    for (size_t i = 0; i < n; i++) {
        if (casus_str_is(fields[i], "sentence_id")) id = i;
        if (casus_str_is(fields[i], "marked_sentence")) marked = i;
    }
    if (id == MOST_FIELDS || marked == MOST_FIELDS)
        return casus_fail_at(err, CASUS_ERR_FORMAT, path, 1, -1, "the first line must name the columns sentence_id and marked_sentence");
    while (bytes.n) {
        n = next_row(&w->t->arena, &bytes, fields, MOST_FIELDS);
        if (n == 1 && !fields[0].n) continue;
        *CASUS_PUSH(&w->t->arena, w->rows, w->n, w->cap) = (row){id < n ? fields[id] : (casus_str){0}, marked < n ? fields[marked] : (casus_str){0}};
    }
    return CASUS_OK;
}

/* ---- one row ----------------------------------------------------------------------------------------------- */

/* Takes the marks out: the sentence without them and the spans they held, in bytes of it. */
static casus_str unmark(casus_arena *a, casus_str marked, casus_span *source, casus_span *target) {
    char *text = casus_arena_alloc(a, marked.n + 1);
    size_t n = 0;
    *source = *target = (casus_span){0, 0};
    for (size_t i = 0; i < marked.n;) {
        casus_str rest = {marked.at + i, marked.n - i};
        bool closing = casus_str_starts(rest, "</s>") || casus_str_starts(rest, "</t>");
        bool opening = casus_str_starts(rest, "<s>") || casus_str_starts(rest, "<t>");
        if (!closing && !opening) {
            text[n++] = marked.at[i++];
            continue;
        }
        casus_span *span = rest.at[closing ? 2 : 1] == 's' ? source : target;
        if (opening)
            span->begin = span->end = (uint32_t)n;
        else
            span->end = (uint32_t)n;
        i += closing ? 4 : 3;
    }
    return (casus_str){text, n};
}

static void relate_row(void *ctx, size_t i, unsigned thread) {
    work *w = ctx;
    answer *a = &w->answers[i];
    casus_arena *arena = &w->work[thread];
    casus_span source, target;
    jmp_buf trap;
    if (!w->coders[thread] && (a->code = casus_coder_new(&w->coders[thread], w->resources, &a->err))) return;
    casus_arena_reset(arena);
    CASUS_ARENA_TRY(arena, &trap, a->code = casus_fail(&a->err, CASUS_ERR_NOMEM, "out of memory"); return);
    casus_document doc = {.id = "row", .path = "row"};
    doc.text = unmark(arena, w->rows[i].marked, &source, &target);
    casus_arena_untrap(arena);
    a->code = casus_coder_relate(w->coders[thread], &doc, source, target, arena, &a->plover, &a->confidence, &a->why, &a->err);
    if (!a->code && a->plover == CASUS_NO_PLOVER) *a = (answer){.plover = GUESS, .confidence = GUESS_CONFIDENCE, .why = "no pattern: a guess"};
    if (a->why) a->why = w->explain ? casus_arena_strndup(&w->kept[thread], a->why, strlen(a->why)) : NULL;
}

static casus_code print_answers(work *w, casus_error *err) {
    casus_buf out = {0};
    for (size_t i = 0; i < w->n; i++) {
        const answer *a = &w->answers[i];
        if (a->code) {
            *err = a->err;
            casus_buf_done(&out);
            return a->code;
        }
        casus_buf_addf(&out, "%.*s\t%s\t%.3f", CASUS_FMT(w->rows[i].id), casus_plover_name(a->plover), a->confidence);
        if (w->explain) casus_buf_addf(&out, "\t%s", a->why ? a->why : "");
        casus_buf_adds(&out, "\n");
    }
    bool ok = tool_write(w->t, &out);
    casus_buf_done(&out);
    return ok ? CASUS_OK : casus_fail(err, CASUS_ERR_IO, "cannot write the output");
}

static casus_code relate_all(work *w, casus_error *err) {
    unsigned threads = w->t->threads ? (unsigned)w->t->threads : casus_cpu_count();
    w->answers = CASUS_NEW_ARRAY(&w->t->arena, answer, w->n + 1);
    for (size_t i = 0; i < 64; i++) {
        casus_arena_init(&w->work[i]);
        casus_arena_init(&w->kept[i]);
    }
    casus_parallel(w->n, threads > 64 ? 64 : threads, relate_row, w);
    casus_code code = print_answers(w, err);
    for (size_t i = 0; i < 64; i++) {
        casus_arena_done(&w->work[i]);
        casus_arena_done(&w->kept[i]);
        casus_coder_free(w->coders[i]);
    }
    return code;
}

static int run(tool *t, const void *given, char **args, int n) {
    const options *o = given;
    casus_error err;
    casus_resources *r = NULL;
    casus_map map = {0};
    (void)n;
    work *w = CASUS_NEW(&t->arena, work);
    w->t = t;
    w->explain = o->explain;
    casus_code code = casus_map_open(&map, args[0], &err);
    if (!code) code = read_rows(w, args[0], (casus_str){(const char *)map.at, map.n}, &err);
    if (!code) code = tool_resources(t, &r, &err);
    w->resources = r;
    if (!code) code = relate_all(w, &err);
    casus_resources_close(r);
    casus_map_close(&map);
    return code ? tool_fail(t, &err) : TOOL_DONE;
}

static const tool_option table[] = {{"explain", 0, TOOL_FLAG, NULL, "a fourth column: what decided", offsetof(options, explain)}, {0}};

const tool_command cmd_relate = {
    .name = "relate",
    .summary = "names the action between two marked spans of sentences",
    .usage = "FILE.tsv",
    .details = "The first line names the columns; `sentence_id` and `marked_sentence` are read. The source is marked <s>…</s>, the target <t>…</t>\n"
               "(it may be missing). Prints, for each row in the file's order: id, PLOVER type, confidence. A row where nothing is found is called\n"
               "CONSULT with confidence 0.050: a guess.",
    .options = table,
    .size = sizeof(options),
    .common = TOOL_DATA | TOOL_THREADS,
    .min_args = 1,
    .max_args = 1,
    .examples = "casus relate sentences.tsv\ncasus relate --explain sentences.tsv\n",
    .run = run,
};
