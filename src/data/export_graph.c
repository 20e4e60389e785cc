/* Events as graphs: a node for each actor. GraphML (igraph, Gephi): a directed edge for each pair and year with weight,
 * masses and sign. GEXF 1.3 (Gephi): an edge for each pair with a spell for each year, in which its masses and sign
 * hold. */
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
    EDGE_UNDIRECTED,
    EDGE_NUMBER, /* of the pair's years, from 1 */
    EDGE_YEARS,  /* of the pair; then its sums */
    EDGE_ALL_WEIGHT,
    EDGE_ALL_COOPERATION,
    EDGE_ALL_CONFLICT
};
static const char SELECT_EDGES[] =
    "SELECT source, target, year, weight, cooperation, conflict, begun, ended, undirected, row_number() OVER "
    "(PARTITION BY source, target ORDER BY year),"
    " count(*) OVER pair, sum(weight) OVER pair, sum(cooperation) OVER pair, sum(conflict) OVER pair FROM (SELECT "
    "source, target,"
    " substr(time_begin, 1, 4) AS year, count(*) AS weight, sum(cooperation) AS cooperation, sum(conflict) AS "
    "conflict, min(time_begin) AS begun,"
    " max(coalesce(time_end, time_begin)) AS ended, sum(directed = 0) AS undirected FROM all_events" DATA_FILTER PAIRS
    " GROUP BY source, target, year) WINDOW pair AS (PARTITION BY source, target) ORDER BY source, target, year";

/* Events in no edge, and what is lost of those in one. */
static casus_code count_event(data_export *x, sqlite3_stmt *q) {
    bool both = !data_column_none(q, EV_SOURCE) && !data_column_none(q, EV_TARGET);
    return both ? CASUS_OK : data_left_out(x, "only one side");
}

/* -1, 0 or 1: which mass is larger. */
static int sign_of(sqlite3_stmt *q, int cooperation, int conflict) {
    double sum = sqlite3_column_double(q, cooperation) - sqlite3_column_double(q, conflict);
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

/* GraphML's ids are name tokens, without blanks. */
static void add_id(casus_buf *out, const char *name, const char *actor) {
    casus_buf_addf(out, " %s=\"n%016llx\"", name, (unsigned long long)casus_str_hash(casus_str_of(actor)));
}

static casus_code graphml_node(data_export *x, sqlite3_stmt *q) {
    casus_buf_adds(&x->out, "<node");
    add_id(&x->out, "id", data_column_text(q, 0));
    casus_buf_adds(&x->out, ">");
    add_data(&x->out, "name", data_column_text(q, data_column_none(q, 1) ? 0 : 1));
    add_data(&x->out, "code", data_column_text(q, 0));
    add_data(&x->out, "country", data_column_text(q, 2));
    casus_buf_adds(&x->out, "</node>\n");
    return CASUS_OK;
}

static casus_code graphml_edge(data_export *x, sqlite3_stmt *q) {
    static const char *const KEYS[] = {NULL,       NULL,    "year", "weight",    "cooperation",
                                       "conflict", "begin", "end",  "undirected"};
    casus_buf_addf(&x->out, "<edge id=\"e%lld\"", (long long)x->report->written);
    add_id(&x->out, "source", data_column_text(q, EDGE_SOURCE));
    add_id(&x->out, "target", data_column_text(q, EDGE_TARGET));
    casus_buf_adds(&x->out, ">");
    for (int i = EDGE_YEAR; i <= EDGE_UNDIRECTED; i++) add_data(&x->out, KEYS[i], data_column_text(q, i));
    casus_buf_addf(&x->out, "<data key=\"sign\">%d</data></edge>\n", sign_of(q, EDGE_COOPERATION, EDGE_CONFLICT));
    x->report->written++;
    return CASUS_OK;
}

casus_code data_export_graphml(data_export *x) {
    static const char HEAD[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\""
        " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
        "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns"
        " http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n"
        "<key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n<key id=\"code\" for=\"node\" "
        "attr.name=\"code\" attr.type=\"string\"/>\n<key id=\"country\" for=\"node\" "
        "attr.name=\"country\" attr.type=\"string\"/>\n"
        "<key id=\"year\" for=\"edge\" attr.name=\"year\" attr.type=\"int\"/>\n<key id=\"weight\" for=\"edge\" "
        "attr.name=\"weight\" attr.type=\"double\"/>\n"
        "<key id=\"cooperation\" for=\"edge\" attr.name=\"cooperation\" attr.type=\"double\"/>\n"
        "<key id=\"conflict\" for=\"edge\" attr.name=\"conflict\" attr.type=\"double\"/>\n<key id=\"sign\" "
        "for=\"edge\" attr.name=\"sign\" attr.type=\"int\"/>\n"
        "<key id=\"begin\" for=\"edge\" attr.name=\"begin\" attr.type=\"string\"/>\n<key id=\"end\" for=\"edge\" "
        "attr.name=\"end\" attr.type=\"string\"/>\n"
        "<key id=\"undirected\" for=\"edge\" attr.name=\"undirected\" attr.type=\"int\"/>\n<graph id=\"events\" "
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

/* start="…" end="…"; a statement's dates may be open, or no whole days: those hold always. */
static void add_time(casus_buf *out, sqlite3_stmt *q) {
    const char *begin = data_column_text(q, EDGE_BEGIN), *end = data_column_text(q, EDGE_END);
    if (strlen(begin) == 10) add_attribute(out, "start", begin);
    if (strlen(end) == 10 && strcmp(end, begin) >= 0) add_attribute(out, "end", end);
}

static void add_value(casus_buf *out, sqlite3_stmt *q, const char *name, double value, bool timed) {
    casus_buf_addf(out, "<attvalue for=\"%s\" value=\"%g\"", name, value);
    if (timed) add_time(out, q);
    casus_buf_adds(out, "/>");
}

static void open_edge(data_export *x, sqlite3_stmt *q) {
    casus_buf *out = &x->out;
    casus_buf_addf(out, "<edge id=\"%lld\"", (long long)x->report->written++);
    add_attribute(out, "source", data_column_text(q, EDGE_SOURCE));
    add_attribute(out, "target", data_column_text(q, EDGE_TARGET));
    add_attribute(out, "weight", data_column_text(q, EDGE_ALL_WEIGHT));
    casus_buf_adds(out, "><attvalues>");
    add_value(out, q, "sign", sign_of(q, EDGE_ALL_COOPERATION, EDGE_ALL_CONFLICT), false);
}

/* One year of a pair: the first opens the edge, the last closes it; spells wait in the scratch until all values are
 * written. */
static casus_code gexf_edge(data_export *x, sqlite3_stmt *q) {
    casus_buf *out = &x->out;
    int64_t number = sqlite3_column_int64(q, EDGE_NUMBER);
    if (number == 1) casus_buf_clear(&x->scratch), open_edge(x, q);
    add_value(out, q, "events", sqlite3_column_double(q, EDGE_WEIGHT), true);
    add_value(out, q, "cooperation", sqlite3_column_double(q, EDGE_COOPERATION), true);
    add_value(out, q, "conflict", sqlite3_column_double(q, EDGE_CONFLICT), true);
    add_value(out, q, "yearly_sign", sign_of(q, EDGE_COOPERATION, EDGE_CONFLICT), true);
    casus_buf_adds(&x->scratch, "<spell");
    add_time(&x->scratch, q);
    casus_buf_adds(&x->scratch, "/>");
    if (number < sqlite3_column_int64(q, EDGE_YEARS)) return CASUS_OK;
    if (x->scratch.failed) return casus_fail(x->err, CASUS_ERR_NOMEM, "out of memory writing an export");
    casus_buf_addf(out, "</attvalues><spells>%s</spells></edge>\n", x->scratch.at);
    return CASUS_OK;
}

casus_code data_export_gexf(data_export *x) {
    static const char HEAD[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
        " xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\" "
        "version=\"1.3\">\n<meta><creator>casus</creator></meta>\n"
        "<graph mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\" defaultedgetype=\"directed\">\n"
        "<attributes class=\"node\" mode=\"static\"><attribute id=\"country\" title=\"country\" "
        "type=\"string\"/></attributes>\n"
        "<attributes class=\"edge\" mode=\"static\"><attribute id=\"sign\" title=\"sign\" "
        "type=\"integer\"/></attributes>\n"
        "<attributes class=\"edge\" mode=\"dynamic\"><attribute id=\"events\" title=\"events\" type=\"integer\"/>"
        "<attribute id=\"cooperation\" title=\"cooperation\" type=\"double\"/><attribute id=\"conflict\" "
        "title=\"conflict\" type=\"double\"/>"
        "<attribute id=\"yearly_sign\" title=\"yearly sign\" type=\"integer\"/></attributes>\n<nodes>\n";
    return write_graph(x, HEAD, gexf_node, "</nodes>\n<edges>\n", gexf_edge, "</edges>\n</graph>\n</gexf>\n");
}
