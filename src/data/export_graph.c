/* Events as graphs: a node for each actor, a directed edge for each pair and year with weight, masses and sign. GraphML
 * (igraph, Gephi) and GEXF 1.3 with lifetimes. */
#include "data/export.h"

#include <string.h>

#define PAIRS " AND source IS NOT NULL AND target IS NOT NULL"

static const char SELECT_NODES[] =
    "SELECT actor, max(name), max(country) FROM (SELECT source AS actor, source_name AS name, source_country AS "
    "country FROM all_events" DATA_FILTER PAIRS
    " UNION ALL SELECT target, target_name, target_country FROM all_events" DATA_FILTER PAIRS
    ") GROUP BY actor ORDER BY actor";

enum {
    EDGE_SOURCE,
    EDGE_TARGET,
    EDGE_YEAR,
    EDGE_WEIGHT,
    EDGE_COOPERATION,
    EDGE_CONFLICT,
    EDGE_BEGIN,
    EDGE_END,
    EDGE_UNDIRECTED
};
static const char SELECT_EDGES[] =
    "SELECT source, target, substr(time_begin, 1, 4) AS year, count(*), sum(cooperation), sum(conflict), "
    "min(time_begin), max(coalesce(time_end, time_begin)),"
    " sum(directed = 0) FROM all_events" DATA_FILTER PAIRS
    " GROUP BY source, target, year ORDER BY source, target, year";

/* Events in no edge, and what is lost of those in one. */
static casus_code count_event(data_export *x, sqlite3_stmt *q) {
    bool both = !data_column_none(q, EV_SOURCE) && !data_column_none(q, EV_TARGET);
    return both ? CASUS_OK : data_left_out(x, "only one side");
}

/* -1, 0 or 1: which mass is larger. */
static int sign_of(sqlite3_stmt *q) {
    double sum = sqlite3_column_double(q, EDGE_COOPERATION) - sqlite3_column_double(q, EDGE_CONFLICT);
    return sum > 0 ? 1 : sum < 0 ? -1 : 0;
}

static void add_attribute(casus_buf *out, const char *name, const char *value) {
    casus_buf_addf(out, " %s=\"", name);
    data_add_xml(out, value);
    casus_buf_adds(out, "\"");
}

static casus_code write_graph(data_export *x, const char *head, data_export_row *node, const char *middle,
                              data_export_row *edge, const char *tail) {
    casus_buf_adds(&x->out, head);
    casus_code code = data_export_query(x, SELECT_NODES, node);
    casus_buf_adds(&x->out, middle);
    if (!code) code = data_export_query(x, SELECT_EDGES, edge);
    casus_buf_adds(&x->out, tail);
    x->holds = "e ac an ay bc bn by";
    return code ? code : data_export_events(x, count_event);
}

/* ---- GraphML ----------------------------------------------------------------------------------------------- */

static void add_data(casus_buf *out, const char *key, const char *value) {
    if (!*value) return;
    casus_buf_addf(out, "<data key=\"%s\">", key);
    data_add_xml(out, value);
    casus_buf_adds(out, "</data>");
}

static casus_code graphml_node(data_export *x, sqlite3_stmt *q) {
    casus_buf_adds(&x->out, "<node");
    add_attribute(&x->out, "id", data_column_text(q, 0));
    casus_buf_adds(&x->out, ">");
    add_data(&x->out, "name", data_column_text(q, data_column_none(q, 1) ? 0 : 1));
    add_data(&x->out, "country", data_column_text(q, 2));
    casus_buf_adds(&x->out, "</node>\n");
    return CASUS_OK;
}

static casus_code graphml_edge(data_export *x, sqlite3_stmt *q) {
    static const char *const KEYS[] = {NULL,       NULL,    "year", "weight",    "cooperation",
                                       "conflict", "begin", "end",  "undirected"};
    casus_buf_adds(&x->out, "<edge");
    add_attribute(&x->out, "source", data_column_text(q, EDGE_SOURCE));
    add_attribute(&x->out, "target", data_column_text(q, EDGE_TARGET));
    casus_buf_adds(&x->out, ">");
    for (int i = EDGE_YEAR; i <= EDGE_UNDIRECTED; i++) add_data(&x->out, KEYS[i], data_column_text(q, i));
    casus_buf_addf(&x->out, "<data key=\"sign\">%d</data></edge>\n", sign_of(q));
    x->report->written++;
    return CASUS_OK;
}

casus_code data_export_graphml(data_export *x) {
    static const char HEAD[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
        "<key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n<key id=\"country\" for=\"node\" "
        "attr.name=\"country\" attr.type=\"string\"/>\n"
        "<key id=\"year\" for=\"edge\" attr.name=\"year\" attr.type=\"int\"/>\n<key id=\"weight\" for=\"edge\" "
        "attr.name=\"weight\" attr.type=\"double\"/>\n"
        "<key id=\"cooperation\" for=\"edge\" attr.name=\"cooperation\" attr.type=\"double\"/>\n"
        "<key id=\"conflict\" for=\"edge\" attr.name=\"conflict\" attr.type=\"double\"/>\n<key id=\"sign\" "
        "for=\"edge\" attr.name=\"sign\" attr.type=\"int\"/>\n"
        "<key id=\"begin\" for=\"edge\" attr.name=\"begin\" attr.type=\"string\"/>\n<key id=\"end\" for=\"edge\" "
        "attr.name=\"end\" attr.type=\"string\"/>\n"
        "<key id=\"undirected\" for=\"edge\" attr.name=\"undirected\" attr.type=\"int\"/>\n<graph "
        "edgedefault=\"directed\">\n";
    return write_graph(x, HEAD, graphml_node, "", graphml_edge, "</graph>\n</graphml>\n");
}

/* ---- GEXF -------------------------------------------------------------------------------------------------- */

static casus_code gexf_node(data_export *x, sqlite3_stmt *q) {
    casus_buf_adds(&x->out, "<node");
    add_attribute(&x->out, "id", data_column_text(q, 0));
    add_attribute(&x->out, "label", data_column_text(q, data_column_none(q, 1) ? 0 : 1));
    casus_buf_adds(&x->out, "><attvalues>");
    if (!data_column_none(q, 2))
        casus_buf_addf(&x->out, "<attvalue for=\"country\" value=\"%s\"/>", data_column_text(q, 2));
    casus_buf_adds(&x->out, "</attvalues></node>\n");
    return CASUS_OK;
}

static casus_code gexf_edge(data_export *x, sqlite3_stmt *q) {
    casus_buf *out = &x->out;
    casus_buf_addf(out, "<edge id=\"%lld\"", (long long)x->report->written++);
    add_attribute(out, "source", data_column_text(q, EDGE_SOURCE));
    add_attribute(out, "target", data_column_text(q, EDGE_TARGET));
    add_attribute(out, "weight", data_column_text(q, EDGE_WEIGHT));
    if (!data_column_none(q, EDGE_BEGIN)) add_attribute(out, "start", data_column_text(q, EDGE_BEGIN));
    if (!data_column_none(q, EDGE_END)) add_attribute(out, "end", data_column_text(q, EDGE_END));
    casus_buf_addf(out,
                   "><attvalues><attvalue for=\"cooperation\" value=\"%g\"/><attvalue for=\"conflict\" "
                   "value=\"%g\"/><attvalue for=\"sign\" value=\"%d\"/>"
                   "</attvalues></edge>\n",
                   sqlite3_column_double(q, EDGE_COOPERATION), sqlite3_column_double(q, EDGE_CONFLICT), sign_of(q));
    return CASUS_OK;
}

casus_code data_export_gexf(data_export *x) {
    static const char HEAD[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n"
        "<graph mode=\"dynamic\" timeformat=\"date\" defaultedgetype=\"directed\">\n<attributes "
        "class=\"node\"><attribute id=\"country\" title=\"country\""
        " type=\"string\"/></attributes>\n<attributes class=\"edge\"><attribute id=\"cooperation\" "
        "title=\"cooperation\" type=\"double\"/>"
        "<attribute id=\"conflict\" title=\"conflict\" type=\"double\"/><attribute id=\"sign\" title=\"sign\" "
        "type=\"integer\"/></attributes>\n<nodes>\n";
    return write_graph(x, HEAD, gexf_node, "</nodes>\n<edges>\n", gexf_edge, "</edges>\n</graph>\n</gexf>\n");
}
