/* casus help: the list of commands, or one command's usage, options and examples, all from the table. */
#include "casus_tool.h"

#include <string.h>

static void add_option(casus_buf *out, const tool_option *o) {
    char left[64];
    char letter[8] = "    ";
    if (o->letter) snprintf(letter, sizeof letter, "-%c, ", o->letter);
    snprintf(left, sizeof left, "%s--%s%s%s", letter, o->name, o->argument ? " " : "", o->argument ? o->argument : "");
    casus_buf_addf(out, "  %-26s %s\n", left, o->help);
}

static void add_options(casus_buf *out, const tool_command *c) {
    casus_buf_adds(out, "\nOptions:\n");
    for (const tool_option *o = c->options; o && o->name; o++) add_option(out, o);
    const tool_option *o;
    for (size_t i = 0; (o = tool_common_option(c->common, &i));) add_option(out, o);
    add_option(out, &(tool_option){"help", 'h', TOOL_FLAG, NULL, "this text", 0});
}

static void add_indented(casus_buf *out, const char *lines) {
    casus_str rest = casus_str_of(lines), line;
    while (casus_str_cut(&rest, '\n', &line))
        if (line.n || rest.n) casus_buf_addf(out, "%s%.*s\n", line.n ? "  " : "", CASUS_FMT(line));
}

void tool_help(casus_buf *out, const tool_command *c) {
    casus_buf_addf(out, "casus %s: %s\n\nUsage: casus %s [options]%s%s\n", c->name, c->summary, c->name, *c->usage ? " " : "",
                   c->usage);
    if (c->details) casus_buf_addf(out, "\n%s\n", c->details);
    add_options(out, c);
    if (!c->examples) return;
    casus_buf_adds(out, "\nExamples:\n");
    add_indented(out, c->examples);
}

void tool_help_all(casus_buf *out) {
    casus_buf_adds(out, "casus reads accounts of politics and keeps the system they describe.\n\n"
                        "Usage: casus COMMAND [options] [files]\n");
    for (const tool_entry *e = tool_entries; e->command || e->heading; e++) {
        if (e->heading)
            casus_buf_addf(out, "\n%s\n", e->heading);
        else
            casus_buf_addf(out, "  %-14s %s\n", e->command->name, e->command->summary);
    }
    casus_buf_adds(out, "\n`casus help COMMAND` tells more. Exit status: 0 done, 1 failed, 2 wrong usage, 3 some input was rejected.\n");
}

static int run(tool *t, const void *options, char **args, int n) {
    (void)options;
    casus_buf out = {0};
    const tool_command *c = n ? tool_command_find(args[0]) : NULL;
    if (n && !c) {
        const char *nearest = tool_command_nearest(args[0]);
        return tool_usage(t, "there is no command \"%s\"%s%s%s", args[0], nearest ? "; did you mean \"" : "", nearest ? nearest : "",
                          nearest ? "\"?" : "");
    }
    if (c)
        tool_help(&out, c);
    else
        tool_help_all(&out);
    bool ok = tool_write(t, &out);
    casus_buf_done(&out);
    return ok ? TOOL_DONE : TOOL_FAILED;
}

const tool_command cmd_help = {
    .name = "help",
    .summary = "lists the commands, or tells how one is used",
    .usage = "[COMMAND]",
    .max_args = 1,
    .examples = "casus help\ncasus help read\n",
    .run = run,
};
