/* casus: finds the command, reads its options, runs it. */
#include "casus_tool.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int screen_width(void) {
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    if (columns && atoi(columns) >= 40) return atoi(columns);
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) return size.ws_col;
    return 100;
}

static int print(casus_buf *out) {
    bool ok = !out->failed && fwrite(out->at, 1, out->n, stdout) == out->n && fflush(stdout) == 0;
    casus_buf_done(out);
    return ok ? TOOL_DONE : TOOL_FAILED;
}

static int no_such_command(const char *name) {
    const char *nearest = tool_command_nearest(name);
    fprintf(stderr, "casus: there is no command \"%s\"", name);
    if (nearest) fprintf(stderr, "; did you mean \"%s\"?", nearest);
    fprintf(stderr, "\nSee: casus help\n");
    return TOOL_WRONG_USAGE;
}

static int run_command(tool *t, int argc, char **argv) {
    casus_buf help = {0};
    int n_args = 0;
    void *options = casus_arena_alloc(&t->arena, t->command->size + 1);
    int rc = tool_options_parse(t, options, argc, argv, &n_args);
    if (rc < 0) {
        tool_help(&help, t->command);
        return print(&help);
    }
    if (rc) return rc;
    rc = t->command->run(t, options, argv, n_args);
    if (fflush(stdout) != 0 && rc == TOOL_DONE) rc = tool_failf(t, "cannot write the output");
    return rc;
}

int main(int argc, char **argv) {
    casus_buf out = {0};
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        tool_help_all(&out);
        int rc = print(&out);
        return argc < 2 ? TOOL_WRONG_USAGE : rc;
    }
    if (strcmp(argv[1], "--version") == 0) {
        casus_buf_adds(&out, "casus " CASUS_VERSION "\n");
        return print(&out);
    }
    tool t = {.command = tool_command_find(argv[1]), .db = "casus.db", .terminal = isatty(STDOUT_FILENO) == 1};
    if (!t.command) return no_such_command(argv[1]);
    t.width = screen_width();
    casus_arena_init(&t.arena);
    jmp_buf trap;
    t.arena.trap = &trap;
    int rc = setjmp(trap) ? tool_failf(&t, "out of memory") : run_command(&t, argc - 2, argv + 2);
    casus_arena_done(&t.arena);
    return rc;
}
