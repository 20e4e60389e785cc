/* casus relate: names the action between two marked spans, one line a row of a TSV file. */
#include "reading.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

/* What a row without any clue is called: the commonest thing that news tells of two actors. Its confidence says that it is a guess. */
static const casus_plover GUESS = CASUS_CONSULT;
static const double GUESS_CONFIDENCE = 0.05;

typedef struct options {
    bool explain, rules;
} options;

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
    const casus_relater *model; /* NULL: rules only */
    casus_marked *rows;
    answer *answers;
    size_t n;
    casus_coder *coders[64];
    casus_arena work[64], kept[64];
    bool explain;
} work;

/* ---- one row ----------------------------------------------------------------------------------------------- */

static void relate_row(void *ctx, size_t i, unsigned thread) {
    work *w = ctx;
    answer *a = &w->answers[i];
    casus_arena *arena = &w->work[thread];
    const casus_marked *row = &w->rows[i];
    if (!w->coders[thread] && (a->code = casus_coder_new(&w->coders[thread], w->resources, &a->err))) return;
    casus_arena_reset(arena);
    casus_document doc = {.id = "row", .path = "row", .text = row->text};
    a->code = casus_coder_relate_by(w->coders[thread], w->model, &doc, row->source, row->target, arena, &a->plover, &a->confidence, &a->why,
                                    &a->err);
    if (!a->code && a->plover == CASUS_NO_PLOVER) *a = (answer){.plover = GUESS, .confidence = GUESS_CONFIDENCE, .why = "no pattern: a guess"};
    if (a->why && w->explain) a->why = casus_arena_printf(&w->kept[thread], "%s%s", w->model ? "" : "rules: ", a->why);
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

/* The trained model of the data folder; folders made without it (rules and knowledge alone) answer by the rules. */
static casus_code open_model(tool *t, casus_relater **out, casus_error *err) {
    const char *data;
    casus_code code = tool_data(t, &data, err);
    if (code) return code;
    const char *path = casus_arena_printf(&t->arena, "%s/relate.casus", data);
    return access(path, F_OK) == 0 ? casus_relater_open(out, path, err) : CASUS_OK;
}

static int run(tool *t, const void *given, char **args, int n) {
    const options *o = given;
    casus_error err;
    casus_resources *r = NULL;
    casus_relater *model = NULL;
    casus_map map = {0};
    (void)n;
    work *w = CASUS_NEW(&t->arena, work);
    w->t = t;
    w->explain = o->explain;
    casus_code code = casus_map_open(&map, args[0], &err);
    if (!code) code = casus_marked_read(&t->arena, args[0], (casus_str){(const char *)map.at, map.n}, NULL, &w->rows, &w->n, &err);
    if (!code) code = tool_resources(t, &r, &err);
    w->resources = r;
    if (!code && !o->rules) code = open_model(t, &model, &err);
    w->model = model;
    if (!code) code = relate_all(w, &err);
    casus_relater_close(model);
    casus_resources_close(r);
    casus_map_close(&map);
    return code ? tool_fail(t, &err) : TOOL_DONE;
}

static const tool_option table[] = {
    {"explain", 0, TOOL_FLAG, NULL, "a fourth column: what decided, and whether the rules or the trained model did", offsetof(options, explain)},
    {"rules", 0, TOOL_FLAG, NULL, "rules and knowledge only, without the trained model", offsetof(options, rules)},
    {0}};

const tool_command cmd_relate = {
    .name = "relate",
    .summary = "names the action between two marked spans of sentences",
    .usage = "FILE.tsv",
    .details = "The first line names the columns; `sentence_id` and `marked_sentence` are read. The source is marked <s>…</s>, the target <t>…</t>\n"
               "(it may be missing). Prints, for each row in the file's order: id, PLOVER type, confidence. By default the rules\n"
               "and knowledge are weighed with the words of the sentence by a small model trained on labelled sentences (models/README.md); with\n"
               "--rules they decide alone, and a row where they find nothing is called CONSULT with confidence 0.050: a guess.",
    .options = table,
    .size = sizeof(options),
    .common = TOOL_DATA | TOOL_THREADS,
    .min_args = 1,
    .max_args = 1,
    .examples = "casus relate sentences.tsv\ncasus relate --explain --rules sentences.tsv\n",
    .run = run,
};
