/* The reliability curve as a drawing: stated against observed shares, the area of a dot grows with its cases. */
#include "casus/forecast.h"

#include <math.h>

enum { SIDE = 360, EDGE = 50 };

static double place_x(double share) { return EDGE + share * SIDE; }
static double place_y(double share) { return EDGE + (1.0 - share) * SIDE; }

static void draw_text(casus_buf *out, double x, double y, const char *anchor, const char *text) {
    casus_buf_addf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor);
    for (; *text; text++) {
        if (*text == '<') casus_buf_adds(out, "&lt;");
        else if (*text == '&') casus_buf_adds(out, "&amp;");
        else casus_buf_add(out, text, 1);
    }
    casus_buf_adds(out, "</text>\n");
}

static void draw_frame(casus_buf *out, const char *title) {
    char tick[8];
    casus_buf_addf(out,
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" "
                   "font-size=\"12\">\n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
                   SIDE + 2 * EDGE, SIDE + 2 * EDGE + 10);
    casus_buf_addf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#444\"/>\n", EDGE, EDGE, SIDE,
                   SIDE);
    casus_buf_addf(out, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#999\" stroke-dasharray=\"4 4\"/>\n", EDGE,
                   EDGE + SIDE, EDGE + SIDE, EDGE);
    for (int i = 0; i <= 10; i += 2) {
        snprintf(tick, sizeof tick, "%.1f", i / 10.0);
        draw_text(out, place_x(i / 10.0), EDGE + SIDE + 16, "middle", tick);
        draw_text(out, EDGE - 6, place_y(i / 10.0) + 4, "end", tick);
    }
    draw_text(out, EDGE + SIDE / 2.0, EDGE - 20, "middle", title);
    draw_text(out, EDGE + SIDE / 2.0, EDGE + SIDE + 36, "middle", "stated probability");
    draw_text(out, EDGE, EDGE - 6, "middle", "observed");
}

void casus_reliability_svg(const casus_reliability *r, const char *title, casus_buf *out) {
    draw_frame(out, title);
    casus_buf_adds(out, "<polyline fill=\"none\" stroke=\"#1f5fa8\" stroke-width=\"2\" points=\"");
    for (int b = 0; b < CASUS_RELIABILITY_BINS; b++)
        if (r->cases[b]) casus_buf_addf(out, "%.1f,%.1f ", place_x(r->stated[b]), place_y(r->happened[b]));
    casus_buf_adds(out, "\"/>\n");
    for (int b = 0; b < CASUS_RELIABILITY_BINS; b++) {
        if (r->cases[b] == 0) continue;
        double radius = 2.0 + 12.0 * sqrt((double)r->cases[b] / (double)r->n);
        casus_buf_addf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#1f5fa8\" fill-opacity=\"0.4\"/>\n",
                       place_x(r->stated[b]), place_y(r->happened[b]), radius);
    }
    casus_buf_adds(out, "</svg>\n");
}
