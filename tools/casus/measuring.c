#include "measuring.h"

#include "query.h"

#include <math.h>
#include <string.h>

/* Without the shipped knowledge names are those of the ledger; knowledge that was asked for must be there. */
casus_code tool_lexicon(tool *t, casus_lexicon **lex, casus_error *err) {
    const char *data = NULL;
    casus_code code = tool_data(t, &data, err);
    if (!code) code = casus_lexicon_open_with(lex, data, t->knowledge, err);
    return code && !t->data && !t->knowledge ? CASUS_OK : code;
}

casus_code tool_acts_of(tool *t, casus_ledger *l, const casus_acts_filter *filter, casus_acts *out, casus_error *err) {
    casus_lexicon *lex = NULL;
    casus_acts_filter f = *filter;
    bool named = filter->first || filter->second || filter->known;
    casus_code code = named ? tool_lexicon(t, &lex, err) : CASUS_OK;
    f.lexicon = lex;
    if (!code) code = casus_acts_load(l, &f, &t->arena, out, err);
    casus_lexicon_close(lex);
    return code;
}

int tool_acts(tool *t, const casus_acts_filter *filter, casus_acts *out) {
    casus_ledger *l;
    casus_error err;
    if (!tool_open(t, CASUS_LEDGER_READ, &l)) return TOOL_FAILED;
    casus_code code = tool_acts_of(t, l, filter, out, &err);
    return tool_close(t, l, code, &err, TOOL_DONE);
}

static bool told_before(const char *const *list, size_t i) {
    for (size_t k = 0; k < i; k++)
        if (strcmp(list[k], list[i]) == 0) return true;
    return false;
}

int tool_linked(tool *t, const casus_acts *acts) {
    static const tool_column COLUMNS[] = {{"asked", 0}, {"takes_in", 0}};
    tool_table *table = tool_table_new(t, COLUMNS, 2);
    for (size_t side = 0; side < 2; side++)
        for (size_t i = 0; i < acts->n_linked[side]; i++) {
            if (told_before(acts->linked[side], i)) continue;
            tool_cell_text(table, acts->actors[side]);
            tool_cell_text(table, acts->linked[side][i]);
        }
    return tool_table_end(table);
}

int tool_dyads(tool *t, const casus_acts_filter *filter, const casus_dyad_options *options, bool all_time, casus_acts *names, casus_pair_flow **out,
               size_t *n) {
    casus_ledger *l;
    casus_lexicon *lex = NULL;
    casus_error err;
    casus_acts_filter f = *filter;
    if (!tool_open(t, CASUS_LEDGER_READ, &l)) return TOOL_FAILED;
    casus_code code = filter->first || filter->second || filter->known ? tool_lexicon(t, &lex, &err) : CASUS_OK;
    f.lexicon = lex;
    if (!code) code = casus_dyads_load(l, &f, options, all_time, &t->arena, names, out, n, &err);
    casus_lexicon_close(lex);
    return tool_close(t, l, code, &err, TOOL_DONE);
}

int tool_by(const tool *t, const char *name, casus_by otherwise, casus_by *by) {
    *by = otherwise;
    if (!name || casus_by_of(name, by)) return TOOL_DONE;
    return tool_usage(t, "--by takes day, week, month or year, not \"%s\"", name);
}

int tool_scale(const tool *t, const char *name, casus_scale *scale) {
    *scale = CASUS_SCALE_PLOVER;
    if (!name || casus_scale_of(name, scale)) return TOOL_DONE;
    return tool_usage(t, "--scale takes plover, goldstein or counts, not \"%s\"", name);
}

/* ---- plots ------------------------------------------------------------------------------------------------- */

enum { WIDTH = 960, PANEL = 200, LEFT = 60, TOP = 40, GAP = 40 };

static void add_escaped(casus_buf *out, const char *s) {
    for (; *s; s++) {
        const char *entity = *s == '&' ? "&amp;" : *s == '<' ? "&lt;" : *s == '>' ? "&gt;" : *s == '"' ? "&quot;" : NULL;
        if (entity) casus_buf_adds(out, entity);
        else casus_buf_add(out, s, 1);
    }
}

static double tallest(const casus_dyad *d) {
    double most = 0;
    for (size_t way = 0; way < 2; way++)
        for (size_t i = 0; i < d->periods; i++) most = fmax(most, fmax(d->flow[way][i].cooperation, d->flow[way][i].conflict));
    return most > 0 ? most : 1;
}

static void add_bars(casus_buf *out, const tool_plot *p, size_t way, double zero, double most) {
    const casus_dyad *d = p->dyad;
    double step = (double)(WIDTH - LEFT - 10) / (double)d->periods, wide = fmax(step * 0.8, 0.3), scale = (PANEL / 2.0 - 10) / most;
    for (size_t i = 0; i < d->periods; i++) {
        const casus_flow *f = &d->flow[way][i];
        char name[11];
        if (!f->events) continue;
        casus_buf_addf(out, "<g><title>%s: cooperation %.1f, conflict %.1f, %u events</title>", casus_period_text(p->by, d->first + (int32_t)i, name),
                       f->cooperation, f->conflict, f->events);
        casus_buf_addf(out, "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"#2b6cb0\"/>", LEFT + step * (double)i,
                       zero - f->cooperation * scale, wide, f->cooperation * scale);
        casus_buf_addf(out, "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"#c05621\"/></g>\n", LEFT + step * (double)i, zero, wide,
                       f->conflict * scale);
    }
}

static void add_panel(casus_buf *out, const tool_plot *p, size_t way, double most) {
    double top = TOP + (double)way * (PANEL + GAP), zero = top + PANEL / 2.0;
    casus_buf_addf(out, "<text x=\"%d\" y=\"%.0f\" font-weight=\"bold\">", LEFT, top - 4);
    add_escaped(out, p->names[way]);
    casus_buf_adds(out, " → ");
    add_escaped(out, p->names[1 - way]);
    casus_buf_addf(out, "</text>\n<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#555\"/>\n", LEFT, zero, WIDTH - 10, zero);
    casus_buf_addf(out, "<text x=\"%d\" y=\"%.0f\" text-anchor=\"end\">%.4g</text><text x=\"%d\" y=\"%.0f\" text-anchor=\"end\">%.4g</text>\n", LEFT - 6, top + 14,
                   most, LEFT - 6, top + PANEL - 6, most);
    add_bars(out, p, way, zero, most);
}

static void add_axis(casus_buf *out, const tool_plot *p) {
    size_t n = p->dyad->periods, every = n / 10 + 1;
    for (size_t i = 0; i < n; i += every) {
        char name[11];
        casus_buf_addf(out, "<text x=\"%.1f\" y=\"%d\">%s</text>\n", LEFT + (double)(WIDTH - LEFT - 10) * (double)i / (double)n, TOP + 2 * PANEL + GAP + 16,
                       casus_period_text(p->by, p->dyad->first + (int32_t)i, name));
    }
}

int tool_plot_write(tool *t, const char *path, const tool_plot *p) {
    casus_buf out = {0};
    casus_error err;
    double most = tallest(p->dyad);
    casus_buf_addf(&out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">\n", WIDTH,
                   TOP + 2 * PANEL + GAP + 30);
    casus_buf_addf(&out, "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n<text x=\"%d\" y=\"16\">", LEFT);
    add_escaped(&out, p->title);
    casus_buf_adds(&out, "</text>\n");
    for (size_t way = 0; way < 2; way++) add_panel(&out, p, way, most);
    add_axis(&out, p);
    casus_buf_adds(&out, "</svg>\n");
    casus_code code = out.failed ? casus_fail(&err, CASUS_ERR_NOMEM, "out of memory drawing the plot") : casus_file_write(path, out.at, out.n, &err);
    casus_buf_done(&out);
    return code ? tool_fail(t, &err) : TOOL_DONE;
}
