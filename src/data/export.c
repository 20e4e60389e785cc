/* Writing events: the table of formats, rows of all_events as CSV, JSON lines and GeoJSON. */
#include "data/export.h"

#include <string.h>
#include <strings.h>
#include <xxhash.h>

enum { PIECE = 64 * 1024 };

static const char SELECT_ALL[] =
    "SELECT id, origin, source, target, source_name, target_name, source_country, target_country, scheme, code, type, "
    "mode, quad, scale, cooperation,"
    " conflict, directed, time_begin, time_end, place, country, lat, lon, deaths FROM all_events" DATA_FILTER;

static const char *const COLUMNS[EV_COLUMNS] = {"id",
                                                "origin",
                                                "source",
                                                "target",
                                                "source_name",
                                                "target_name",
                                                "source_country",
                                                "target_country",
                                                "scheme",
                                                "code",
                                                "type",
                                                "mode",
                                                "quad",
                                                "scale",
                                                "cooperation",
                                                "conflict",
                                                "directed",
                                                "time_begin",
                                                "time_end",
                                                "place",
                                                "country",
                                                "lat",
                                                "lon",
                                                "deaths"};

/* ---- rows -------------------------------------------------------------------------------------------------- */

const char *data_column_text(sqlite3_stmt *q, int column) {
    const char *s = (const char *)sqlite3_column_text(q, column);
    return s ? s : "";
}

bool data_column_none(sqlite3_stmt *q, int column) { return sqlite3_column_type(q, column) == SQLITE_NULL; }

casus_code data_export_flush(data_export *x) {
    if (x->out.failed) return casus_fail(x->err, CASUS_ERR_NOMEM, "out of memory writing an export");
    bool on = !x->out.n || x->options->write(x->options->ctx, (casus_str){x->out.at, x->out.n});
    casus_buf_clear(&x->out);
    return on ? CASUS_OK : casus_fail(x->err, CASUS_ERR_STOPPED, "the output was not taken");
}

static casus_code db_fail(data_export *x) {
    return casus_fail(x->err, CASUS_ERR_DB, "cannot read the ledger's events: %s", sqlite3_errmsg(x->db));
}

casus_code data_export_query(data_export *x, const char *sql, data_export_row *each) {
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(x->db, sql, -1, &q, NULL)) return db_fail(x);
    const char *filter[] = {x->options->actor, x->options->since, x->options->until};
    for (int i = 0; i < 3 && i < sqlite3_bind_parameter_count(q); i++)
        sqlite3_bind_text(q, i + 1, filter[i], -1, SQLITE_STATIC);
    casus_code code = CASUS_OK;
    int rc = SQLITE_ROW;
    while (!code && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        code = each(x, q);
        if (!code && x->out.n >= PIECE) code = data_export_flush(x);
    }
    if (!code && rc != SQLITE_DONE) code = db_fail(x);
    sqlite3_finalize(q);
    return code ? code : data_export_flush(x);
}

void data_export_uuid(char out[37], const char *text) {
    XXH128_hash_t h = XXH3_128bits(text, strlen(text));
    unsigned long long a = h.high64, b = h.low64;
    snprintf(out, 37, "%08llx-%04llx-5%03llx-%04llx-%012llx", a >> 32, a >> 16 & 0xffff, a & 0xfff,
             (b >> 48 & 0x3fff) | 0x8000, b & 0xffffffffffffULL);
}

void data_add_xml(casus_buf *out, const char *text) {
    for (const char *s = text; *s; s++) {
        const char *as = *s == '&' ? "&amp;" : *s == '<' ? "&lt;" : *s == '>' ? "&gt;" : *s == '"' ? "&quot;" : NULL;
        if (as)
            casus_buf_adds(out, as);
        else
            casus_buf_add(out, (unsigned char)*s < 0x20 ? " " : s, 1);
    }
}

/* ---- CSV, JSON lines, GeoJSON ------------------------------------------------------------------------------ */

static void add_csv(casus_buf *out, const char *text) {
    if (!strpbrk(text, ",\"\r\n")) {
        casus_buf_adds(out, text);
        return;
    }
    casus_buf_adds(out, "\"");
    for (const char *s = text; *s; s++) casus_buf_add(out, *s == '"' ? "\"\"" : s, *s == '"' ? 2 : 1);
    casus_buf_adds(out, "\"");
}

static casus_code csv_row(data_export *x, sqlite3_stmt *q) {
    for (int i = 0; i < EV_COLUMNS; i++) {
        if (i) casus_buf_adds(&x->out, ",");
        add_csv(&x->out, data_column_text(q, i));
    }
    casus_buf_adds(&x->out, "\n");
    x->report->written++;
    return CASUS_OK;
}

static casus_code export_csv(data_export *x) {
    for (int i = 0; i < EV_COLUMNS; i++) casus_buf_addf(&x->out, "%s%s", i ? "," : "", COLUMNS[i]);
    casus_buf_adds(&x->out, "\n");
    return data_export_query(x, SELECT_ALL, csv_row);
}

/* The columns as members; what is NULL is left out. */
static void add_members(casus_json *j, sqlite3_stmt *q) {
    for (int i = 0; i < EV_COLUMNS; i++) {
        int type = sqlite3_column_type(q, i);
        if (type == SQLITE_INTEGER) casus_json_int(j, COLUMNS[i], sqlite3_column_int64(q, i));
        if (type == SQLITE_FLOAT) casus_json_num(j, COLUMNS[i], sqlite3_column_double(q, i));
        if (type == SQLITE_TEXT) casus_json_text(j, COLUMNS[i], data_column_text(q, i));
    }
}

static casus_code jsonl_row(data_export *x, sqlite3_stmt *q) {
    casus_json j = casus_json_to(&x->out);
    casus_json_open(&j, NULL, '{');
    add_members(&j, q);
    casus_json_close(&j, '}');
    casus_buf_adds(&x->out, "\n");
    x->report->written++;
    return CASUS_OK;
}

static casus_code export_jsonl(data_export *x) { return data_export_query(x, SELECT_ALL, jsonl_row); }

/* RFC 7946: longitude first. */
static casus_code geojson_row(data_export *x, sqlite3_stmt *q) {
    if (data_column_none(q, EV_LAT) || data_column_none(q, EV_LON)) {
        x->report->left_out++;
        return CASUS_OK;
    }
    if (x->report->written++) casus_buf_adds(&x->out, ",\n");
    casus_buf_addf(
        &x->out, "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[%.7g,%.7g]},\"properties\":",
        sqlite3_column_double(q, EV_LON), sqlite3_column_double(q, EV_LAT));
    casus_json j = casus_json_to(&x->out);
    casus_json_open(&j, NULL, '{');
    add_members(&j, q);
    casus_json_close(&j, '}');
    casus_buf_adds(&x->out, "}");
    return CASUS_OK;
}

static casus_code export_geojson(data_export *x) {
    casus_buf_adds(&x->out, "{\"type\":\"FeatureCollection\",\"features\":[\n");
    casus_code code = data_export_query(x, SELECT_ALL, geojson_row);
    casus_buf_adds(&x->out, "\n]}\n");
    return code ? code : data_export_flush(x);
}

/* ---- the table of formats ---------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    casus_code (*run)(data_export *x);
    const char *lost; /* what it cannot hold; NULL: it holds all that all_events has */
} FORMATS[] = {
    {"csv", export_csv, NULL},
    {"jsonl", export_jsonl, NULL},
    {"gdelt2", data_export_gdelt2,
     "PLOVER types, deaths and last days are not written; events without a CAMEO code are left out"},
    {"icews", data_export_icews,
     "PLOVER types, deaths, last days and actor codes are not written; events without a CAMEO code are left out"},
    {"graphml", data_export_graphml,
     "events are summed to an edge for each pair and year: places, codes and single days are not written; one-sided "
     "events are left out"},
    {"gexf", data_export_gexf,
     "events are summed to an edge for each pair and year: places and codes are not written; one-sided events are left "
     "out"},
    {"geojson", export_geojson, "events without coordinates are left out"},
    {"ftm", data_export_ftm,
     "signs, quad class, scale and who was source and who target are not written as such; the roles stand in the "
     "event's summary"},
    {"stix", data_export_stix,
     "events are relationships: places, deaths and coordinates are not written; one-sided events are left out"},
};

enum { N_FORMATS = sizeof FORMATS / sizeof *FORMATS };
static const char *const NAMES[] = {"csv",  "jsonl",   "gdelt2", "icews", "graphml",
                                    "gexf", "geojson", "ftm",    "stix",  NULL};

const char *const *casus_export_formats(void) { return NAMES; }

casus_code casus_export(casus_ledger *l, const casus_export_options *options, casus_export_report *report,
                        casus_error *err) {
    data_export x = {.db = casus_ledger_sqlite(l), .options = options, .report = report, .err = err};
    *report = (casus_export_report){0};
    for (size_t i = 0; i < N_FORMATS; i++) {
        if (strcasecmp(options->format, FORMATS[i].name) != 0) continue;
        casus_code code = FORMATS[i].run(&x);
        snprintf(report->lost, sizeof report->lost, "%s", FORMATS[i].lost ? FORMATS[i].lost : "");
        casus_buf_done(&x.out);
        return code;
    }
    return casus_fail(err, CASUS_ERR_ARG, "there is no export format \"%s\"", options->format);
}
