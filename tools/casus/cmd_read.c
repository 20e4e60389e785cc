/* casus read: accounts into the ledger, and the system they describe on the screen. */
#include "reading.h"
#include "system.h"

#include <stddef.h>
#include <string.h>

enum { MOST_SHOWN = 200 };

typedef struct options {
    const char *format;
    bool quiet, full;
} options;

typedef struct work {
    tool *t;
    tool_input in;
    casus_ledger *ledger;
    const char *version;
    const char **docs;  /* read now, in order */
    size_t n_docs, cap_docs;
    size_t kept[3];     /* by casus_put */
} work;

static casus_code next(void *ctx, casus_arena *arena, casus_document *doc, bool *got, casus_error *err) {
    work *w = ctx;
    return tool_input_next(&w->in, arena, doc, got, err);
}

static casus_code each(void *ctx, const casus_document *doc, const casus_reading *reading, casus_str records, casus_error *err) {
    work *w = ctx;
    casus_put what = CASUS_PUT_SAME;
    casus_code code = casus_ledger_put(w->ledger, doc, reading, w->version, &what, err);
    if (code) return code;
    w->kept[what]++;
    *CASUS_PUSH(&w->t->arena, w->docs, w->n_docs, w->cap_docs) = casus_arena_strndup(&w->t->arena, doc->id, strlen(doc->id));
    tool_progress_done(w->t);
    if (!w->t->json || fwrite(records.at, 1, records.n, stdout) == records.n) return CASUS_OK;
    return casus_fail(err, CASUS_ERR_IO, "cannot write the output");
}

static void failed(void *ctx, const casus_document *doc, const casus_error *why) {
    work *w = ctx;
    tool_reject(w->t, why, casus_str_of(doc->path));
}

static int show(work *w, bool quiet, bool full) {
    tool *t = w->t;
    if (t->json || (quiet && !w->n_docs)) return TOOL_DONE;
    if (w->n_docs > 1 || quiet)
        printf("%zu new, %zu revised, %zu unchanged, kept in %s\n", w->kept[CASUS_PUT_NEW], w->kept[CASUS_PUT_REVISED], w->kept[CASUS_PUT_SAME], t->db);
    if (quiet || !w->n_docs || w->n_docs > MOST_SHOWN) return TOOL_DONE;
    return tool_system(t, w->ledger, w->docs, w->n_docs, full);
}

static int run(tool *t, const void *given, char **args, int n) {
    const options *o = given;
    casus_error err;
    casus_format format;
    casus_resources *r = NULL;
    work w = {.t = t};
    if (!tool_format_of(o->format, &format)) return tool_usage(t, "--format is auto, text, html or jsonl, not \"%s\"", o->format);
    w.in = tool_input_of(t, args, n, format);
    casus_code code = tool_resources(t, &r, &err);
    if (!code) code = casus_ledger_open(&w.ledger, t->db, CASUS_LEDGER_CREATE, &err);
    if (!code) {
        w.version = casus_resources_version(r);
        casus_stream stream = {.next = next, .each = each, .failed = failed, .ctx = &w, .threads = (unsigned)t->threads, .records = t->json};
        code = casus_code_stream(r, &stream, &err);
    }
    tool_input_close(&w.in);
    int rc = tool_finish(t);
    int shown = code ? tool_fail(t, &err) : show(&w, o->quiet, o->full);
    casus_ledger_close(w.ledger);
    casus_resources_close(r);
    return shown ? shown : rc;
}

static const tool_option table[] = {
    {"format", 0, TOOL_TEXT, "FORMAT", "auto, text, html or jsonl", offsetof(options, format)},
    {"full", 0, TOOL_FLAG, NULL, "print everything that was read, not one screen of it", offsetof(options, full)},
    {"quiet", 'q', TOOL_FLAG, NULL, "keep the documents, print only how many", offsetof(options, quiet)},
    {0}};

const tool_command cmd_read = {
    .name = "read",
    .summary = "reads accounts into the ledger and prints the system they describe",
    .usage = "FILE…",
    .details = "Accounts are plain text, HTML or JSONL, plain or gzip; `-` is standard input. What is read is kept in the ledger: the same text\n"
               "again changes nothing, a changed text is a revision that keeps the old one. With --json the records of the documents, their actors\n"
               "and their statements are written instead, one object a line.",
    .options = table,
    .size = sizeof(options),
    .common = TOOL_DB | TOOL_JSON | TOOL_DATA | TOOL_THREADS | TOOL_REJECTS | TOOL_DATE,
    .min_args = 1,
    .max_args = -1,
    .examples = "casus read article.txt\ncasus read --db news.db --quiet *.jsonl.gz\ncasus read --json article.html > records.jsonl\n",
    .run = run,
};
