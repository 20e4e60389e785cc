/* The whole way from any text to statements: spans lie in the text, ids are there, the records are written. Needs $CASUS_DATA. */
#include "casus/coder.h"

#include <stdlib.h>
#include <string.h>

static casus_resources *resources(void) {
    static casus_resources *r;
    casus_resources_options options = {.data = getenv("CASUS_DATA")};
    if (!r && options.data && casus_resources_open(&r, &options, NULL) != CASUS_OK) abort();
    return r;
}

static void check(const casus_statement *s, const casus_document *doc) {
    if (s->span.begin > s->span.end || s->span.end > doc->text.n) abort();
    if (strlen(s->id) != 16) abort();
    for (size_t i = 0; i < s->n_source; i++)
        if (s->source[i].span.end > doc->text.n || s->source[i].span.begin > s->source[i].span.end) abort();
    for (size_t i = 0; i < s->n_holder; i++)
        if (s->holder[i].span.end > doc->text.n || s->holder[i].cue_span.end > doc->text.n) abort();
}

static void code(casus_coder *coder, const casus_document *doc) {
    casus_arena arena;
    casus_reading reading;
    casus_buf out = {0};
    casus_arena_init(&arena);
    if (casus_coder_read(coder, doc, &arena, &reading, NULL) != CASUS_OK) abort();
    for (size_t i = 0; i < reading.n_statements; i++) {
        check(&reading.statements[i], doc);
        casus_statement_json(&out, &reading.statements[i], doc, "fuzz");
    }
    casus_buf_done(&out);
    casus_arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    casus_document doc = {.id = "fuzz", .date = "2024-03-28", .text = {(const char *)data, size}};
    casus_coder *coder = NULL;
    if (!resources() || size > 20000 || casus_utf8_check(doc.text.at, size) != size) return 0;
    if (casus_coder_new(&coder, resources(), NULL) != CASUS_OK) abort();
    code(coder, &doc);
    casus_coder_free(coder);
    return 0;
}
