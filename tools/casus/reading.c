#include "reading.h"

#include <string.h>

bool tool_format_of(const char *name, casus_format *out) {
    static const char *const NAMES[] = {"auto", "text", "html", "jsonl"};
    *out = CASUS_FORMAT_AUTO;
    for (unsigned i = 0; name && i < 4; i++)
        if (strcmp(name, NAMES[i]) == 0) {
            *out = (casus_format)i;
            return true;
        }
    return !name;
}

tool_input tool_input_of(tool *t, char **files, int n, casus_format format) {
    return (tool_input){.t = t, .files = n ? files : NULL, .n_files = n ? n : 1, .format = format};
}

static bool open_next(tool_input *in) {
    casus_error err;
    const char *path = in->files ? in->files[in->at] : "-";
    in->at++;
    casus_source_options options = {.format = in->format, .date = in->t->date, .rejected = tool_reject,
                                    .warned = in->quiet ? NULL : tool_warned, .ctx = in->t};
    if (casus_source_open(&in->source, path, &options, &err) == CASUS_OK) return true;
    tool_reject(in->t, &err, casus_str_of(path));
    return false;
}

casus_code tool_input_next(tool_input *in, casus_arena *arena, casus_document *doc, bool *got, casus_error *err) {
    for (;;) {
        if (!in->source && in->at >= in->n_files) {
            *got = false;
            return CASUS_OK;
        }
        if (!in->source && !open_next(in)) continue;
        casus_code code = casus_source_next(in->source, arena, doc, got, err);
        uint64_t done = 0, total = 0;
        casus_source_progress(in->source, &done, &total);
        if (code || *got) {
            tool_progress(in->t, "reading", done, total);
            return code;
        }
        tool_input_close(in);
    }
}

void tool_input_close(tool_input *in) {
    casus_source_close(in->source);
    in->source = NULL;
}

casus_code tool_resources_with(tool *t, const struct casus_petrarch *dictionary, casus_resources **out, casus_error *err) {
    casus_resources_options options = {.knowledge = t->knowledge, .fast = t->fast, .dictionary = dictionary};
    casus_code code = tool_data(t, &options.data, err);
    return code ? code : casus_resources_open(out, &options, err);
}

casus_code tool_resources(tool *t, casus_resources **out, casus_error *err) { return tool_resources_with(t, NULL, out, err); }
