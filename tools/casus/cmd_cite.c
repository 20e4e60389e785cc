/* casus cite: the sentence a statement stands in, verbatim, with document, offsets and hash. */
#include "query.h"

#include <string.h>

static void add_field(const char *name, const char *value) {
    if (value && *value) printf("%-10s %s\n", name, value);
}

static void print_text(const casus_citation *c) {
    printf("%.*s\n\n", CASUS_FMT(c->sentence_text));
    add_field("statement", c->id);
    printf("%-10s %.*s\n", "words", CASUS_FMT(c->words));
    add_field("title", c->title);
    add_field("author", c->author);
    add_field("publisher", c->publisher);
    add_field("date", c->date);
    add_field("url", c->url);
    add_field("path", c->path);
    printf("%-10s %s, revision %lld%s\n", "document", c->doc, (long long)c->revision, c->superseded ? " (an earlier text than the one kept now)" : "");
    printf("%-10s %lld, bytes %u–%u; words at %u–%u%s\n", "sentence", (long long)c->sentence, c->sentence_span.begin, c->sentence_span.end, c->span.begin,
           c->span.end, c->in_title ? " of the title" : "");
    add_field("sha256", c->sha256);
    add_field("coded by", c->version);
}

static bool print_json(tool *t, const casus_citation *c) {
    casus_buf out = {0};
    casus_json json = casus_json_to(&out), *j = &json;
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "record", "citation");
    casus_json_text(j, "statement", c->id);
    casus_json_str(j, "sentence_text", c->sentence_text);
    casus_json_str(j, "words", c->words);
    casus_json_text(j, "doc", c->doc);
    casus_json_int(j, "revision", c->revision);
    casus_json_int(j, "sentence", c->sentence);
    casus_json_span(j, "sentence_span", c->sentence_span.begin, c->sentence_span.end);
    casus_json_span(j, "span", c->span.begin, c->span.end);
    if (c->in_title) casus_json_text(j, "in", "title");
    casus_json_text(j, "title", c->title);
    casus_json_text(j, "date", c->date);
    casus_json_text(j, "publisher", c->publisher);
    casus_json_text(j, "url", c->url);
    casus_json_text(j, "path", c->path);
    casus_json_text(j, "sha256", c->sha256);
    casus_json_text(j, "version", c->version);
    casus_json_close(j, '}');
    bool ok = tool_line(t, &out);
    casus_buf_done(&out);
    return ok;
}

static int run(tool *t, const void *given, char **args, int n) {
    casus_error err;
    casus_ledger *l = NULL;
    casus_code code = CASUS_OK;
    (void)given;
    if (!tool_open(t, CASUS_LEDGER_READ, &l)) return TOOL_FAILED;
    for (int i = 0; i < n && !code; i++) {
        casus_citation c;
        code = casus_ledger_cite(l, args[i], &t->arena, &c, &err);
        if (code) break;
        if (i && !t->json) printf("\n");
        if (!t->json)
            print_text(&c);
        else if (!print_json(t, &c))
            break;
    }
    return tool_close(t, l, code, &err, TOOL_DONE);
}

const tool_command cmd_cite = {
    .name = "cite",
    .summary = "prints the sentence a statement stands in, verbatim, with its source",
    .usage = "STATEMENT…",
    .details = "A statement is named by its id or the beginning of it (4 characters at least). Statements of an earlier revision of a text can be\n"
               "cited too.",
    .common = TOOL_DB | TOOL_JSON,
    .min_args = 1,
    .max_args = -1,
    .examples = "casus cite 94ac49b5\n",
    .run = run,
};
