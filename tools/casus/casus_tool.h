/* casus_tool.h — the frame of the command: a table of commands, their options, tables and errors on the screen.
 *
 * Adding a command: write cmd_<name>.c with `const tool_command cmd_<name> = { … };` and add one line to commands.def.
 * Usage errors, `casus help NAME`, `--help`, option parsing and the common options come from that description.
 *
 *     typedef struct { const char *actor; int64_t limit; bool all; } options;
 *     static const tool_option table[] = {
 *         {"actor", 'a', TOOL_TEXT, "ID", "only this actor", offsetof(options, actor)},
 *         {"limit", 'n', TOOL_INT, "N", "at most N lines", offsetof(options, limit)},
 *         {"all", 0, TOOL_FLAG, NULL, "also what is hidden", offsetof(options, all)},
 *         {0}};
 *     static int run(tool *t, const void *given, char **args, int n) { const options *o = given; … }
 *     const tool_command cmd_things = {.name = "things", .summary = "…", .usage = "[ACTOR]", .options = table,
 *         .size = sizeof(options), .common = TOOL_DB | TOOL_JSON, .max_args = 1, .examples = "casus things\n", .run = run};
 */
#ifndef CASUS_TOOL_H
#define CASUS_TOOL_H

#include "casus/base.h"

/* What a command returns to the shell. */
enum { TOOL_DONE = 0, TOOL_FAILED = 1, TOOL_WRONG_USAGE = 2, TOOL_REJECTED = 3 };

/* ---- describing a command ---------------------------------------------------------------------------------- */

/* Where an option's value goes in the options struct: bool, const char *, int64_t, double, tool_list; a date is a
 * const char * that was checked to be YYYY, YYYY-MM or YYYY-MM-DD. */
typedef enum tool_type { TOOL_FLAG, TOOL_TEXT, TOOL_INT, TOOL_REAL, TOOL_ISO_DATE, TOOL_LIST } tool_type;

/* An option that may be given several times. */
typedef struct tool_list {
    const char **at;
    size_t n, cap;
} tool_list;

typedef struct tool_option {
    const char *name;     /* long name without dashes; NULL ends the table */
    char letter;          /* short name or 0 */
    tool_type type;
    const char *argument; /* what the help calls the value; NULL for flags */
    const char *help;     /* one line */
    size_t at;            /* offset in the options struct */
} tool_option;

/* Common options that a command takes (bits of tool_command.common). */
enum {
    TOOL_DB = 1,       /* --db FILE */
    TOOL_JSON = 2,     /* --json */
    TOOL_DATA = 4,     /* --data DIR, --knowledge DIR, --fast */
    TOOL_THREADS = 8,  /* --threads N */
    TOOL_REJECTS = 16, /* --rejects FILE */
    TOOL_DATE = 32     /* --date DATE */
};

typedef struct tool tool;

typedef struct tool_command {
    const char *name, *summary; /* summary: one line without full stop */
    const char *usage;          /* what follows the options: "FILE…" */
    const char *details;        /* a paragraph or more for the help, or NULL */
    const tool_option *options; /* NULL: none of its own */
    size_t size;                /* of the options struct; it starts zeroed */
    unsigned common;            /* TOOL_… */
    int min_args, max_args;     /* arguments besides options; max_args < 0: any number */
    const char *examples;       /* shell lines, each ending in a newline, or NULL */
    int (*run)(tool *t, const void *options, char **args, int n_args); /* returns TOOL_… */
} tool_command;

/* ---- the running command ----------------------------------------------------------------------------------- */

struct tool {
    const tool_command *command;
    const char *db;        /* "casus.db" unless given */
    const char *data;      /* --data as given, or NULL; ask tool_data */
    const char *knowledge; /* --knowledge or NULL */
    const char *rejects;   /* --rejects or NULL */
    const char *date;      /* --date or NULL */
    int64_t threads;       /* 0: as many as the machine has */
    bool json, fast;
    bool terminal;         /* stdout is a terminal: aligned tables; else TSV */
    int width;             /* of the terminal in columns */
    casus_arena arena;     /* lives as long as the command runs; an allocation failure ends the program with a message */
    FILE *rejects_file;
    size_t rejected;
    uint64_t progress_at;  /* when the progress bar was drawn last, ms */
};

/* Prints "casus NAME: message" to stderr; returns TOOL_FAILED. */
int tool_fail(const tool *t, const casus_error *err);
int tool_failf(const tool *t, const char *format, ...) CASUS_PRINTF(2, 3);
/* The same for wrong usage, with a pointer to the help; returns TOOL_WRONG_USAGE. */
int tool_usage(const tool *t, const char *format, ...) CASUS_PRINTF(2, 3);
/* A warning on stderr. */
void tool_warn(const tool *t, const char *format, ...) CASUS_PRINTF(2, 3);

/* Writes buffered output to stdout; false (with a message on stderr) when it cannot be written. */
bool tool_write(const tool *t, const casus_buf *out);

/* The folder of the compiled files: --data, $CASUS_DATA, <folder of the program>/data, <that folder>/../share/casus, the
 * install prefix: the first that exists. Errors: CASUS_ERR_NOTFOUND naming all that were tried. */
casus_code tool_data(tool *t, const char **folder, casus_error *err);

/* Hands rejected input to the --rejects file (or only counts it): one line of JSON with why, where and the bytes. After the work,
 * tool_finish returns TOOL_DONE or TOOL_REJECTED and says where the rejects went. `ctx` is the tool. */
void tool_reject(void *ctx, const casus_error *why, casus_str bytes);
void tool_warned(void *ctx, const casus_error *what);
int tool_finish(tool *t);

/* Draws a bar on a terminal's stderr, at most ten times a second; total 0: unknown. tool_progress_done wipes it. */
void tool_progress(tool *t, const char *what, uint64_t done, uint64_t total);
void tool_progress_done(tool *t);

/* ---- tables ------------------------------------------------------------------------------------------------ */

/* A table fits its reader: aligned and cut to the width on a terminal, TSV with a header line otherwise, JSON objects keyed by
 * the columns' names with --json. Cells are given row by row, left to right. */
typedef struct tool_column {
    const char *name;  /* the header and the JSON key: lower case, no spaces */
    unsigned flags;    /* TOOL_RIGHT | TOOL_FLEX */
} tool_column;
enum {
    TOOL_RIGHT = 1, /* aligned right */
    TOOL_FLEX = 2   /* gives way, with an ellipsis, when the terminal is too narrow */
};

typedef struct tool_table tool_table;
tool_table *tool_table_new(tool *t, const tool_column *columns, size_t n);
void tool_cell(tool_table *table, casus_str text);
void tool_cell_text(tool_table *table, const char *text); /* NULL: empty */
void tool_cell_int(tool_table *table, int64_t v);
void tool_cell_num(tool_table *table, double v, int digits); /* digits after the point; NaN: empty */
void tool_cell_real(tool_table *table, double v, int digits); /* significant digits; NaN: empty */
/* Prints what is left; returns TOOL_DONE or, when stdout fails, TOOL_FAILED. The table is gone afterwards. */
int tool_table_end(tool_table *table);

/* Columns that the text takes on a terminal; and its first bytes that fit in `width` columns. */
int tool_text_width(casus_str s);
casus_str tool_text_cut(casus_str s, int width);
/* Appends `s` cut to `width` columns with an ellipsis, padded with blanks to `pad` columns (0: not padded). */
void tool_text_fit(casus_buf *out, casus_str s, int width, int pad);

/* ---- the table of commands --------------------------------------------------------------------------------- */

typedef struct tool_entry {
    const tool_command *command; /* NULL: a heading */
    const char *heading;
} tool_entry;
extern const tool_entry tool_entries[]; /* ends with both NULL */

const tool_command *tool_command_find(const char *name);
const char *tool_command_nearest(const char *name); /* a command that may have been meant, or NULL */
/* Fills `options` and the common options from the words; arguments are moved to the front of argv, *n_args says how many.
 * Returns TOOL_DONE, TOOL_WRONG_USAGE (already said), or -1 when --help was asked. */
int tool_options_parse(tool *t, void *options, int argc, char **argv, int *n_args);
void tool_help(casus_buf *out, const tool_command *c);
void tool_help_all(casus_buf *out);
/* Walks the common options that a command takes: index from 0; NULL at the end. */
const tool_option *tool_common_option(unsigned common, size_t *index);

#endif
