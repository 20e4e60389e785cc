/* Writing events: the table of formats, rows of all_events as CSV, JSON lines and GeoJSON. */
#include "data/export.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <xxhash.h>

enum { PIECE = 64 * 1024 };

/* Of csv, JSON lines and GeoJSON: those of all_events, then what only imports have. */
enum { COLUMNS_ALL = ROW_HIGH + 1 };
static const char *const COLUMNS[COLUMNS_ALL] = {"id",
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
                                                 "deaths",
                                                 "own_id",
                                                 "source_sectors",
                                                 "target_sectors",
                                                 "mentions",
                                                 "deaths_low",
                                                 "deaths_high"};

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
    const char *filter[] = {x->actors.n ? x->actors.at : NULL, x->options->since, x->options->until};
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

static bool whole(const char *begin, const char *end, size_t n, const char *first, const char *last) {
    return strlen(begin) == 10 && strlen(end) == 10 && strncmp(begin, end, n) == 0 && strcmp(begin + n, first) == 0 &&
           strcmp(end + n, last) == 0;
}

/* Days of a month, February with 29 only in leap years. */
static const char *month_end(const char *begin) {
    static const char *const ENDS[] = {"-31", "-28", "-31", "-30", "-31", "-30",
                                       "-31", "-31", "-30", "-31", "-30", "-31"};
    int year = atoi(begin), month = strlen(begin) == 10 ? atoi(begin + 5) : 0;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month < 1 || month > 12 ? "" : month == 2 && leap ? "-29" : ENDS[month - 1];
}

void data_edtf(char out[64], const char *begin, const char *end, bool approximate) {
    const char *about = approximate ? "~" : "";
    out[0] = '\0';
    if (!*begin && !*end) return;
    if (whole(begin, end, 4, "-01-01", "-12-31"))
        snprintf(out, 64, "%.4s%s", begin, about);
    else if (whole(begin, end, 7, "-01", month_end(begin)))
        snprintf(out, 64, "%.7s%s", begin, about);
    else if (strcmp(begin, end) == 0)
        snprintf(out, 64, "%.10s%s", begin, about);
    else
        snprintf(out, 64, "%.10s%s/%.10s%s", *begin ? begin : "..", *begin ? about : "", *end ? end : "..",
                 *end ? about : "");
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

static const char *edtf_of(sqlite3_stmt *q, char out[64]) {
    data_edtf(out, data_column_text(q, EV_BEGIN), data_column_text(q, EV_END), sqlite3_column_int(q, ROW_APPROX) != 0);
    return out;
}

static casus_code csv_row(data_export *x, sqlite3_stmt *q) {
    char time[64];
    for (int i = 0; i < COLUMNS_ALL; i++) {
        add_csv(&x->out, data_column_text(q, i));
        casus_buf_adds(&x->out, ",");
    }
    casus_buf_addf(&x->out, "%s\n", edtf_of(q, time));
    x->report->written++;
    return CASUS_OK;
}

static casus_code export_csv(data_export *x) {
    x->holds = "e w l k h c ac an ay ax bc bn by bx pn py pf pl";
    for (int i = 0; i < COLUMNS_ALL; i++) casus_buf_addf(&x->out, "%s,", COLUMNS[i]);
    casus_buf_adds(&x->out, "edtf\n");
    return data_export_events(x, csv_row);
}

/* Columns of the file that no member above has; the whole record where it was a JSON one. */
static casus_code add_others(data_export *x, casus_json *j, sqlite3_stmt *q) {
    casus_str column[DATA_FIELDS];
    data_source *s;
    casus_code code = data_source_of(x, q, &s);
    if (code || !s) return code;
    data_restore(x, s, q, column);
    if (x->scratch.failed) return casus_fail(x->err, CASUS_ERR_NOMEM, "out of memory writing an export");
    casus_json_open(j, "other", '{');
    for (size_t i = 0; i < s->n; i++) {
        char letter = s->plan.role[i][0], sub = s->plan.role[i][1];
        bool part = letter == 'a' || letter == 'b' || letter == 'p',
             other = letter == '.' || letter == 's' || letter == 't' || (part && sub == '.');
        if (!other && !(letter == 'g' && !data_column_none(q, ROW_GIVEN))) continue;
        char name[100];
        snprintf(name, sizeof name, "%.*s", CASUS_FMT(casus_str_trim(s->names[i])));
        if (column[i].n) casus_json_str(j, name, column[i]);
    }
    bool record = !s->plan.layout->separator;
    if (record || (s->lines && !data_column_none(q, ROW_EXTRA)))
        casus_json_text(j, record ? "record" : "text", data_column_text(q, ROW_EXTRA));
    casus_json_close(j, '}');
    return CASUS_OK;
}

/* The columns as members; what is NULL is left out. */
static casus_code add_members(data_export *x, casus_json *j, sqlite3_stmt *q) {
    char time[64];
    for (int i = 0; i < COLUMNS_ALL; i++) {
        int type = sqlite3_column_type(q, i);
        if (type == SQLITE_INTEGER) casus_json_int(j, COLUMNS[i], sqlite3_column_int64(q, i));
        if (type == SQLITE_FLOAT) casus_json_exact(j, COLUMNS[i], sqlite3_column_double(q, i));
        if (type == SQLITE_TEXT) casus_json_text(j, COLUMNS[i], data_column_text(q, i));
    }
    if (*edtf_of(q, time)) casus_json_text(j, "edtf", time);
    return add_others(x, j, q);
}

static casus_code jsonl_row(data_export *x, sqlite3_stmt *q) {
    casus_json j = casus_json_to(&x->out);
    casus_json_open(&j, NULL, '{');
    casus_code code = add_members(x, &j, q);
    casus_json_close(&j, '}');
    casus_buf_adds(&x->out, "\n");
    x->report->written++;
    return code;
}

static casus_code export_jsonl(data_export *x) {
    x->holds = "all g";
    return data_export_events(x, jsonl_row);
}

/* RFC 7946: longitude first. */
static casus_code geojson_row(data_export *x, sqlite3_stmt *q) {
    if (data_column_none(q, EV_LAT) || data_column_none(q, EV_LON)) return data_left_out(x, "no coordinates");
    if (x->report->written++) casus_buf_adds(&x->out, ",\n");
    casus_buf_addf(
        &x->out,
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[%.12g,%.12g]},\"properties\":",
        sqlite3_column_double(q, EV_LON), sqlite3_column_double(q, EV_LAT));
    casus_json j = casus_json_to(&x->out);
    casus_json_open(&j, NULL, '{');
    casus_code code = add_members(x, &j, q);
    casus_json_close(&j, '}');
    casus_buf_adds(&x->out, "}");
    return code;
}

static casus_code export_geojson(data_export *x) {
    x->holds = "all g";
    casus_buf_adds(&x->out, "{\"type\":\"FeatureCollection\",\"features\":[\n");
    casus_code code = data_export_events(x, geojson_row);
    casus_buf_adds(&x->out, "\n]}\n");
    return code ? code : data_export_flush(x);
}

/* ---- GDELT's mentions -------------------------------------------------------------------------------------- */

/* Mentions are no events: they come out as they came in; the actor's filter names nobody in them, since and until mean
 * the event's day. */
static const char SELECT_MENTIONS[] =
    "SELECT event_id, event_time, time, type, source, url, extra FROM coded_mentions WHERE ?1 IS NULL AND"
    " (?2 IS NULL OR event_time / 1000000 >= CAST(replace(?2, '-', '') AS INTEGER)) AND"
    " (?3 IS NULL OR event_time / 1000000 <= CAST(replace(?3, '-', '') AS INTEGER)) ORDER BY mention";

static casus_code mention_row(data_export *x, sqlite3_stmt *q) {
    for (int i = 0; i < 7; i++) casus_buf_addf(&x->out, "%s%s", i ? "\t" : "", data_column_text(q, i));
    casus_buf_adds(&x->out, "\n");
    x->report->written++;
    return CASUS_OK;
}

static casus_code export_mentions(data_export *x) { return data_export_query(x, SELECT_MENTIONS, mention_row); }

/* ---- the table of formats ---------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    casus_code (*run)(data_export *x);
    const char *lost; /* what it does to all events; NULL: nothing */
} FORMATS[] = {
    {"csv", export_csv, NULL},
    {"jsonl", export_jsonl, NULL},
    {"gdelt2", data_export_layout, NULL},
    {"gdelt1", data_export_layout, NULL},
    {"gdelt-mentions", export_mentions, "only mentions are written, no events"},
    {"icews", data_export_layout, NULL},
    {"polecat", data_export_layout, NULL},
    {"plover-json", data_export_plover, NULL},
    {"phoenix", data_export_layout, NULL},
    {"petrarch", data_export_layout, NULL},
    {"keds", data_export_layout, NULL},
    {"ucdp", data_export_layout, NULL},
    {"acled", data_export_layout, NULL},
    {"graphml", data_export_graphml, "events are summed to an edge for each pair and year"},
    {"gexf", data_export_gexf, "events are summed to an edge for each pair, with a spell for each year"},
    {"geojson", export_geojson, NULL},
    {"ftm", data_export_ftm, "who was source and who target stands in the event's summary only"},
    {"stix", data_export_stix, "events are relationships; their code is its type"},
};

enum { N_FORMATS = sizeof FORMATS / sizeof *FORMATS };
static const char *const NAMES[] = {
    "csv",  "jsonl", "gdelt2", "gdelt1",  "gdelt-mentions", "icews",   "polecat", "plover-json", "phoenix", "petrarch",
    "keds", "ucdp",  "acled",  "graphml", "gexf",           "geojson", "ftm",     "stix",        NULL};

const char *const *casus_export_formats(void) { return NAMES; }

casus_code casus_export(casus_ledger *l, const casus_export_options *options, casus_export_report *report,
                        casus_error *err) {
    data_export x = {.ledger = l, .db = casus_ledger_sqlite(l), .options = options, .report = report, .err = err};
    *report = (casus_export_report){0};
    for (size_t i = 0; i < options->n_actors; i++)
        casus_buf_addf(&x.actors, "%s%s\n", i ? "" : "\n", options->actors[i]);
    if (x.actors.failed) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory writing an export");
    for (size_t i = 0; i < N_FORMATS; i++) {
        if (strcasecmp(options->format, FORMATS[i].name) != 0) continue;
        casus_code code = FORMATS[i].run(&x);
        if (!code) data_tell_lost(&x);
        report->lost = FORMATS[i].lost ? FORMATS[i].lost : "";
        data_export_done(&x);
        return code;
    }
    data_export_done(&x);
    return casus_fail(err, CASUS_ERR_ARG, "there is no export format \"%s\"", options->format);
}
