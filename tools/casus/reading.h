/* What the reading commands share: files one after the other as one stream of documents, resources, the ledger. */
#ifndef CASUS_TOOL_READING_H
#define CASUS_TOOL_READING_H

#include "casus_tool.h"

#include "casus/coder.h"
#include "casus/ledger.h"
#include "casus/text.h"

/* The documents of several files, with progress on the terminal; rejects go to tool_reject. No file: standard input. */
typedef struct tool_input {
    tool *t;
    char **files;
    int n_files, at;
    casus_format format;
    bool quiet; /* no warnings: dates and languages are no matter */
    casus_source *source;
} tool_input;

tool_input tool_input_of(tool *t, char **files, int n, casus_format format);
/* A casus_stream's `next`, with the tool_input as context. A file that cannot be opened is rejected and the next one read. */
casus_code tool_input_next(tool_input *in, casus_arena *arena, casus_document *doc, bool *got, casus_error *err);
void tool_input_close(tool_input *in);
/* "auto", "text", "html", "jsonl"; false when it is none of them. NULL is auto. */
bool tool_format_of(const char *name, casus_format *out);

/* Opens the model and knowledge that the common options name. */
casus_code tool_resources(tool *t, casus_resources **out, casus_error *err);
/* The same with a PETRARCH dictionary (may be NULL), which must outlive them. */
casus_code tool_resources_with(tool *t, const struct casus_petrarch *dictionary, casus_resources **out, casus_error *err);

#endif
