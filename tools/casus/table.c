/* Tables: aligned on a terminal, TSV in a pipe, JSON objects with --json. */
#include "casus_tool.h"

#include <math.h>
#include <string.h>
#include <utf8proc.h>

typedef struct cell {
    casus_str text;
    bool number;
} cell;

struct tool_table {
    tool *t;
    const tool_column *columns;
    size_t n_columns;
    cell *cells; /* a terminal's rows, all kept until the widths are known; otherwise one row */
    size_t n, cap;
    casus_arena texts; /* of the cells; emptied after each row that is printed at once */
    casus_buf out;
    bool failed, headed;
};

enum { FLUSH_AT = 1 << 16, NARROWEST = 12 };

/* ---- text on a screen -------------------------------------------------------------------------------------- */

int tool_text_width(casus_str s) {
    int width = 0;
    for (size_t i = 0; i < s.n;) {
        int w = utf8proc_charwidth((utf8proc_int32_t)casus_utf8_next(s.at, s.n, &i));
        width += w > 0 ? w : 0;
    }
    return width;
}

casus_str tool_text_cut(casus_str s, int width) {
    size_t end = 0;
    int used = 0;
    for (size_t i = 0; i < s.n; end = i) {
        int w = utf8proc_charwidth((utf8proc_int32_t)casus_utf8_next(s.at, s.n, &i));
        used += w > 0 ? w : 0;
        if (used > width) break;
    }
    return (casus_str){s.at, end};
}

/* Control characters (a newline in a cell) would break the line: each becomes a blank. */
static void add_plain(casus_buf *out, casus_str s) {
    for (size_t i = 0; i < s.n; i++) {
        char c = s.at[i];
        casus_buf_add(out, (unsigned char)c < 0x20 || c == 0x7f ? " " : &c, 1);
    }
}

void tool_text_fit(casus_buf *out, casus_str s, int width, int pad) {
    int has = tool_text_width(s);
    if (has > width) {
        s = tool_text_cut(s, width - 1);
        add_plain(out, s);
        casus_buf_adds(out, "…");
        has = tool_text_width(s) + 1;
    } else {
        add_plain(out, s);
    }
    if (has < pad) casus_buf_addf(out, "%*s", pad - has, "");
}

/* ---- rows -------------------------------------------------------------------------------------------------- */

tool_table *tool_table_new(tool *t, const tool_column *columns, size_t n) {
    tool_table *table = CASUS_NEW(&t->arena, tool_table);
    table->t = t;
    table->columns = columns;
    table->n_columns = n;
    casus_arena_init(&table->texts);
    table->texts.trap = t->arena.trap;
    return table;
}

static void flush(tool_table *table) {
    if (!table->failed && !tool_write(table->t, &table->out)) table->failed = true;
    casus_buf_clear(&table->out);
}

static void add_tsv_header(tool_table *table) {
    for (size_t i = 0; i < table->n_columns; i++)
        casus_buf_addf(&table->out, "%s%s", i ? "\t" : "", table->columns[i].name);
    casus_buf_adds(&table->out, "\n");
    table->headed = true;
}

static void add_tsv(tool_table *table) {
    if (!table->headed) add_tsv_header(table);
    for (size_t i = 0; i < table->n_columns; i++) {
        if (i) casus_buf_adds(&table->out, "\t");
        add_plain(&table->out, table->cells[i].text);
    }
    casus_buf_adds(&table->out, "\n");
}

static void add_json(tool_table *table) {
    casus_json j = casus_json_to(&table->out);
    casus_json_open(&j, NULL, '{');
    for (size_t i = 0; i < table->n_columns; i++) {
        const cell *c = &table->cells[i];
        if (!c->text.n) continue;
        if (!c->number) {
            casus_json_str(&j, table->columns[i].name, c->text);
            continue;
        }
        casus_buf_addf(&table->out, "%s\"%s\":%.*s", j.comma ? "," : "", table->columns[i].name, CASUS_FMT(c->text));
        j.comma = true;
    }
    casus_json_close(&j, '}');
    casus_buf_adds(&table->out, "\n");
}

static void add(tool_table *table, casus_str text, bool number) {
    casus_arena *a = &table->t->arena;
    bool keep = table->t->terminal && !table->t->json;
    cell *c = CASUS_PUSH(a, table->cells, table->n, table->cap);
    *c = (cell){{casus_arena_strndup(&table->texts, text.at ? text.at : "", text.n), text.n}, number};
    if (keep || table->n < table->n_columns) return;
    if (table->t->json)
        add_json(table);
    else
        add_tsv(table);
    table->n = 0;
    casus_arena_reset(&table->texts);
    if (table->out.n >= FLUSH_AT) flush(table);
}

void tool_cell(tool_table *table, casus_str text) { add(table, text, false); }
void tool_cell_text(tool_table *table, const char *text) { add(table, casus_str_of(text), false); }

void tool_cell_int(tool_table *table, int64_t v) {
    char text[24];
    int n = snprintf(text, sizeof text, "%lld", (long long)v);
    add(table, (casus_str){text, (size_t)n}, true);
}

void tool_cell_num(tool_table *table, double v, int digits) {
    char text[64];
    int n = isfinite(v) ? snprintf(text, sizeof text, "%.*f", digits, v) : 0;
    add(table, (casus_str){text, (size_t)(n < (int)sizeof text ? n : 0)}, true);
}

void tool_cell_real(tool_table *table, double v, int digits) {
    char text[64];
    int n = isfinite(v) ? snprintf(text, sizeof text, "%.*g", digits, v) : 0;
    add(table, (casus_str){text, (size_t)(n < (int)sizeof text ? n : 0)}, true);
}

/* ---- a terminal -------------------------------------------------------------------------------------------- */

static int widest(const tool_table *table, size_t column) {
    int width = tool_text_width(casus_str_of(table->columns[column].name));
    for (size_t i = column; i < table->n; i += table->n_columns) {
        int w = tool_text_width(table->cells[i].text);
        if (w > width) width = w;
    }
    return width;
}

/* Takes columns from the widest flexible column until the table fits. */
static void narrow(const tool_table *table, int *widths) {
    int total = (int)(table->n_columns - 1) * 2;
    for (size_t i = 0; i < table->n_columns; i++) total += widths[i];
    while (total > table->t->width) {
        size_t victim = table->n_columns;
        for (size_t i = 0; i < table->n_columns; i++)
            if (table->columns[i].flags & TOOL_FLEX && widths[i] > NARROWEST && (victim == table->n_columns || widths[i] > widths[victim]))
                victim = i;
        if (victim == table->n_columns) return;
        widths[victim]--, total--;
    }
}

static void add_aligned(tool_table *table, const int *widths, size_t column, casus_str text) {
    bool last = column + 1 == table->n_columns;
    int has = tool_text_width(text);
    if (table->columns[column].flags & TOOL_RIGHT && has < widths[column])
        casus_buf_addf(&table->out, "%*s", widths[column] - has, "");
    tool_text_fit(&table->out, text, widths[column], last || table->columns[column].flags & TOOL_RIGHT ? 0 : widths[column]);
    casus_buf_adds(&table->out, last ? "\n" : "  ");
}

static void print_aligned(tool_table *table) {
    int *widths = CASUS_NEW_ARRAY(&table->t->arena, int, table->n_columns);
    for (size_t i = 0; i < table->n_columns; i++) widths[i] = widest(table, i);
    narrow(table, widths);
    for (size_t i = 0; i < table->n_columns; i++) add_aligned(table, widths, i, casus_str_of(table->columns[i].name));
    for (size_t i = 0; i < table->n; i++) {
        add_aligned(table, widths, i % table->n_columns, table->cells[i].text);
        if (table->out.n >= FLUSH_AT) flush(table);
    }
}

int tool_table_end(tool_table *table) {
    const tool *t = table->t;
    if (t->terminal && !t->json && table->n)
        print_aligned(table);
    else if (!t->terminal && !t->json && !table->headed)
        add_tsv_header(table);
    if (table->out.n) flush(table);
    casus_buf_done(&table->out);
    casus_arena_done(&table->texts);
    return table->failed ? TOOL_FAILED : TOOL_DONE;
}
