/* Events as rows of GDELT 2 and of ICEWS. A row that came in the layout comes out as it was; another fills what it can.
 */
#include "data/export.h"

#include <math.h>
#include <string.h>

/* Columns of the query below. */
enum {
    ROW_FORMAT,
    ROW_ID,
    ROW_DAY,
    ROW_SCHEME,
    ROW_CODE,
    ROW_QUAD,
    ROW_SCALE,
    ROW_GIVEN,
    ROW_MENTIONS,
    ROW_EXTRA,
    ROW_SOURCE,
    ROW_TARGET,
    ROW_PLACE,
    ROW_SOURCE_PLACE,
    ROW_TARGET_PLACE,
    ROW_SOURCE_PARTS,
    ROW_TARGET_PARTS = ROW_SOURCE_PARTS + 4,
    ROW_PLACE_PARTS = ROW_TARGET_PARTS + 4
};

static const char SELECT_ROWS[] =
    "SELECT i.format, coalesce(e.id, e.event), e.day, c.scheme, c.text, c.quad, c.scale, e.given, e.mentions, e.extra, "
    "s.fields, t.fields, p.fields,"
    " sp.fields, tp.fields, s.code, s.name, s.country, s.sectors, t.code, t.name, t.country, t.sectors, p.name, "
    "p.country, p.lat, p.lon"
    " FROM coded_events e JOIN imports i ON i.import = e.import JOIN coded_codes c ON c.code = e.code"
    " LEFT JOIN coded_actors s ON s.actor = e.source LEFT JOIN coded_actors t ON t.actor = e.target LEFT JOIN "
    "coded_places p ON p.place = e.place"
    " LEFT JOIN coded_places sp ON sp.place = e.source_place LEFT JOIN coded_places tp ON tp.place = e.target_place"
    " WHERE (?1 IS NULL OR ?1 IN (s.code, t.code, s.name, t.name)) AND (?2 IS NULL OR e.day >= CAST(replace(?2, '-', "
    "'') AS INTEGER))"
    " AND (?3 IS NULL OR e.day <= CAST(replace(?3, '-', '') AS INTEGER)) ORDER BY e.event";

static const char COUNT_STATEMENTS[] = "SELECT count(*) FROM all_events WHERE origin = 'statement'";

/* The n-th of fields joined by tabs, "" when there are fewer. */
static casus_str nth(const char *fields, int n) {
    casus_str rest = casus_str_of(fields), field = {"", 0};
    for (int i = 0; i <= n; i++)
        if (!casus_str_cut(&rest, '\t', &field)) return (casus_str){"", 0};
    return field;
}

static void add(casus_buf *out, casus_str s) { casus_buf_add(out, s.at, s.n); }

/* `n` columns of the row's own, or empty ones, each followed by a tab. */
static void add_fields(casus_buf *out, const char *fields, int n) {
    for (int i = 0; i < n; i++) {
        add(out, nth(fields, i));
        casus_buf_adds(out, "\t");
    }
}

static bool is_cameo(data_export *x, sqlite3_stmt *q) {
    if (strcmp(data_column_text(q, ROW_SCHEME), "cameo") == 0) return true;
    x->report->left_out++;
    return false;
}

/* Statements' events have PLOVER types and no CAMEO code of their own. */
static casus_code count_left_out(data_export *x, sqlite3_stmt *q) {
    x->report->left_out += sqlite3_column_int64(q, 0);
    return CASUS_OK;
}

/* ---- GDELT 2 ----------------------------------------------------------------------------------------------- */

static void add_gdelt_actor(casus_buf *out, sqlite3_stmt *q, bool own, int fields, int parts) {
    if (own) {
        add_fields(out, data_column_text(q, fields), 10);
        return;
    }
    const casus_country *c = casus_country_find(CASUS_COUNTRY_ISO3, casus_str_of(data_column_text(q, parts + 2)));
    casus_buf_addf(out, "%s\t%s\t%s\t\t\t\t\t\t\t\t", data_column_text(q, parts), data_column_text(q, parts + 1),
                   c ? c->cameo : "");
}

/* GDELT 1 has no second administrative code, which stands after the fourth field. */
static void add_gdelt_place(casus_buf *out, sqlite3_stmt *q, const char *format, int fields) {
    const char *text = data_column_text(q, fields);
    bool old = strcmp(format, "gdelt1") == 0;
    for (int i = 0; i < 8; i++) {
        if (!old || i != 4) add(out, nth(text, old && i > 4 ? i - 1 : i));
        casus_buf_adds(out, "\t");
    }
}

static void add_other_place(casus_buf *out, sqlite3_stmt *q) {
    const casus_country *c =
        casus_country_find(CASUS_COUNTRY_ISO3, casus_str_of(data_column_text(q, ROW_PLACE_PARTS + 1)));
    casus_buf_adds(out, "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t");
    casus_buf_addf(out, "\t%s\t%s\t\t\t%s\t%s\t\t", data_column_text(q, ROW_PLACE_PARTS), c ? c->fips : "",
                   data_column_text(q, ROW_PLACE_PARTS + 2), data_column_text(q, ROW_PLACE_PARTS + 3));
}

/* SQLDATE and what follows from it: month, year, and the year's fraction as the codebook makes it, (month·30 + day) /
 * 365. */
static void add_gdelt_day(casus_buf *out, int day) {
    int year = day / 10000, month = day / 100 % 100;
    casus_buf_addf(out, "%08d\t%06d\t%04d\t%.4f\t", day, day / 100, year,
                   year + ((month - 1) * 30 + day % 100) / 365.0);
}

static void add_gdelt_rating(casus_buf *out, sqlite3_stmt *q, bool own) {
    const char *given = data_column_text(q, ROW_GIVEN);
    if (own && *given)
        casus_buf_addf(out, "%s\t", given);
    else if (data_column_none(q, ROW_SCALE))
        casus_buf_addf(out, "%s\t\t", data_column_text(q, ROW_QUAD));
    else
        casus_buf_addf(out, "%s\t%g\t", data_column_text(q, ROW_QUAD), sqlite3_column_double(q, ROW_SCALE));
}

static casus_code gdelt_row(data_export *x, sqlite3_stmt *q) {
    if (!is_cameo(x, q)) return CASUS_OK;
    const char *format = data_column_text(q, ROW_FORMAT), *code = data_column_text(q, ROW_CODE),
               *extra = data_column_text(q, ROW_EXTRA);
    bool own = strncmp(format, "gdelt", 5) == 0;
    casus_buf *out = &x->out;
    casus_buf_addf(out, "%s\t", data_column_text(q, ROW_ID));
    add_gdelt_day(out, sqlite3_column_int(q, ROW_DAY));
    add_gdelt_actor(out, q, own, ROW_SOURCE, ROW_SOURCE_PARTS);
    add_gdelt_actor(out, q, own, ROW_TARGET, ROW_TARGET_PARTS);
    if (own) add(out, nth(extra, 0));
    casus_buf_addf(out, "\t%s\t%.3s\t%.2s\t", code, code, code);
    add_gdelt_rating(out, q, own);
    casus_buf_addf(out, "%s\t", data_column_text(q, ROW_MENTIONS));
    for (int i = 1; i < 4; i++) {
        if (own) add(out, nth(extra, i));
        casus_buf_adds(out, "\t");
    }
    if (own) {
        add_gdelt_place(out, q, format, ROW_SOURCE_PLACE);
        add_gdelt_place(out, q, format, ROW_TARGET_PLACE);
        add_gdelt_place(out, q, format, ROW_PLACE);
    } else {
        add_other_place(out, q);
    }
    if (own) add(out, nth(extra, 4));
    casus_buf_adds(out, "\t");
    if (own) add(out, nth(extra, 5));
    casus_buf_adds(out, "\n");
    x->report->written++;
    return CASUS_OK;
}

casus_code data_export_gdelt2(data_export *x) {
    casus_code code = data_export_query(x, SELECT_ROWS, gdelt_row);
    return code ? code : data_export_query(x, COUNT_STATEMENTS, count_left_out);
}

/* ---- ICEWS ------------------------------------------------------------------------------------------------- */

/* The first name that the table has for a country. */
static casus_str country_name(const char *iso3) {
    const casus_country *c = casus_country_find(CASUS_COUNTRY_ISO3, casus_str_of(iso3));
    casus_str rest = casus_str_of(c ? c->names : iso3), name = rest;
    casus_str_cut(&rest, ';', &name);
    return name;
}

static void add_icews_actor(casus_buf *out, sqlite3_stmt *q, bool own, int fields, int parts) {
    if (own) {
        add_fields(out, data_column_text(q, fields), 3);
        return;
    }
    const char *name = data_column_text(q, data_column_none(q, parts + 1) ? parts : parts + 1);
    casus_str country = country_name(data_column_text(q, parts + 2));
    casus_buf_addf(out, "%s\t%s\t%.*s\t", name, data_column_text(q, parts + 3), CASUS_FMT(country));
}

static casus_code icews_row(data_export *x, sqlite3_stmt *q) {
    if (!is_cameo(x, q)) return CASUS_OK;
    bool own = strcmp(data_column_text(q, ROW_FORMAT), "icews") == 0;
    const char *extra = own ? data_column_text(q, ROW_EXTRA) : "", *given = own ? data_column_text(q, ROW_GIVEN) : "";
    casus_buf *out = &x->out;
    int day = sqlite3_column_int(q, ROW_DAY);
    casus_buf_addf(out, "%s\t%04d-%02d-%02d\t", data_column_text(q, ROW_ID), day / 10000, day / 100 % 100, day % 100);
    add_icews_actor(out, q, own, ROW_SOURCE, ROW_SOURCE_PARTS);
    add(out, nth(extra, 0));
    casus_buf_addf(out, "\t%s\t", data_column_text(q, ROW_CODE));
    if (*given || data_column_none(q, ROW_SCALE))
        casus_buf_addf(out, "%s\t", given);
    else
        casus_buf_addf(out, "%g\t", sqlite3_column_double(q, ROW_SCALE));
    add_icews_actor(out, q, own, ROW_TARGET, ROW_TARGET_PARTS);
    for (int i = 1; i < 4; i++) {
        add(out, nth(extra, i));
        casus_buf_adds(out, "\t");
    }
    if (own) {
        add_fields(out, data_column_text(q, ROW_PLACE), 6);
        if (out->n) out->n--; /* the last column ends the row */
    } else {
        casus_str country = country_name(data_column_text(q, ROW_PLACE_PARTS + 1));
        casus_buf_addf(out, "%s\t\t\t%.*s\t%s\t%s", data_column_text(q, ROW_PLACE_PARTS), CASUS_FMT(country),
                       data_column_text(q, ROW_PLACE_PARTS + 2), data_column_text(q, ROW_PLACE_PARTS + 3));
    }
    casus_buf_adds(out, "\n");
    x->report->written++;
    return CASUS_OK;
}

casus_code data_export_icews(data_export *x) {
    casus_buf_adds(&x->out, "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO "
                            "Code\tIntensity\tTarget Name\tTarget Sectors\t"
                            "Target Country\tStory ID\tSentence "
                            "Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n");
    casus_code code = data_export_query(x, SELECT_ROWS, icews_row);
    return code ? code : data_export_query(x, COUNT_STATEMENTS, count_left_out);
}
