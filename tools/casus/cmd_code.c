/* casus code: the stream coder. Documents in, records out, nothing kept. */
#include "reading.h"

#include "casus/petrarch.h"

#include <stddef.h>
#include <string.h>

typedef struct options {
    const char *format, *dictionary;
} options;

typedef struct work {
    tool *t;
    tool_input in;
} work;

static casus_code next(void *ctx, casus_arena *arena, casus_document *doc, bool *got, casus_error *err) {
    work *w = ctx;
    return tool_input_next(&w->in, arena, doc, got, err);
}

static casus_code each(void *ctx, const casus_document *doc, const casus_reading *reading, casus_str records, casus_error *err) {
    (void)ctx, (void)doc, (void)reading;
    if (fwrite(records.at, 1, records.n, stdout) == records.n) return CASUS_OK;
    return casus_fail(err, CASUS_ERR_IO, "cannot write the output");
}

static void failed(void *ctx, const casus_document *doc, const casus_error *why) {
    work *w = ctx;
    casus_str head = doc->text;
    if (head.n > 200) head.n = 200;
    tool_reject(w->t, why, head);
}

/* Reads the dictionary; what could not be read goes to standard error, a line each, and the rest is used. */
static casus_code open_dictionary(tool *t, const char *folder, casus_petrarch **out, casus_error *err) {
    casus_buf problems = {0};
    casus_code code = casus_petrarch_open(out, folder, &problems, err);
    if (!code && problems.n) fwrite(problems.at, 1, problems.n, stderr);
    casus_buf_done(&problems);
    if (code) return code;
    casus_petrarch_counts c = casus_petrarch_count(*out);
    if (c.problems) tool_warn(t, "%zu entries of the dictionary left out; read: %zu actors, %zu agents, %zu verbs, %zu patterns", c.problems, c.actors, c.agents, c.verbs, c.patterns);
    return CASUS_OK;
}

static int run(tool *t, const void *given, char **args, int n) {
    const options *o = given;
    casus_error err;
    casus_format format;
    casus_resources *r = NULL;
    if (!tool_format_of(o->format, &format)) return tool_usage(t, "--format is auto, text, html or jsonl, not \"%s\"", o->format);
    if (!n && format == CASUS_FORMAT_AUTO) format = CASUS_FORMAT_JSONL;
    casus_petrarch *dictionary = NULL;
    if (o->dictionary && open_dictionary(t, o->dictionary, &dictionary, &err)) return tool_fail(t, &err);
    if (tool_resources_with(t, dictionary, &r, &err)) {
        casus_petrarch_close(dictionary);
        return tool_fail(t, &err);
    }
    work w = {t, tool_input_of(t, args, n, format)};
    casus_stream stream = {.next = next, .each = each, .failed = failed, .ctx = &w, .threads = (unsigned)t->threads, .records = true};
    casus_code code = casus_code_stream(r, &stream, &err);
    tool_input_close(&w.in);
    casus_resources_close(r);
    casus_petrarch_close(dictionary);
    int rc = tool_finish(t);
    return code ? tool_fail(t, &err) : rc;
}

static const tool_option table[] = {{"format", 0, TOOL_TEXT, "FORMAT", "auto, text, html or jsonl (standard input: jsonl)", offsetof(options, format)},
                                     {"dictionary", 0, TOOL_TEXT, "DIR", "code with the PETRARCH dictionary in DIR (.actors, .agents, .verbs, .discards)", offsetof(options, dictionary)},
                                     {0}};

const tool_command cmd_code = {
    .name = "code",
    .summary = "codes a stream of documents: JSONL in, records out, nothing kept",
    .usage = "[FILE…]",
    .details = "Reads documents from the files or from standard input and writes, for each in the order of the input, its document record,\n"
               "its actors and its statements, one JSON object a line. Memory does not grow with the input, and the output is the same\n"
               "for any number of threads.",
    .options = table,
    .size = sizeof(options),
    .common = TOOL_DATA | TOOL_THREADS | TOOL_REJECTS | TOOL_DATE,
    .max_args = -1,
    .examples = "casus code --threads 2 < documents.jsonl > statements.jsonl\nzcat news.jsonl.gz | casus code --fast --rejects bad.jsonl\n",
    .run = run,
};
