/* Events as PLOVER records, one JSON object a line (PLOVER manual, table of fields). A record that came so comes out as
 * it was. */
#include "data/export.h"

#include <string.h>

static void add_entity(casus_json *j, const char *key, sqlite3_stmt *q, bool target) {
    bool coded = !data_column_none(q, ROW_SOURCE_CODE + target);
    casus_json_open(j, key, '[');
    if (!data_column_none(q, EV_SOURCE + target)) {
        casus_json_open(j, NULL, '{');
        if (coded || data_column_none(q, ROW_IMPORT))
            casus_json_text(j, "code", data_column_text(q, coded ? ROW_SOURCE_CODE + target : EV_SOURCE + target));
        if (!data_column_none(q, ROW_SOURCE_SECTORS + target))
            casus_json_text(j, "sector", data_column_text(q, ROW_SOURCE_SECTORS + target));
        if (!data_column_none(q, EV_SOURCE_NAME + target))
            casus_json_text(j, "entity_text", data_column_text(q, EV_SOURCE_NAME + target));
        if (!data_column_none(q, EV_SOURCE_COUNTRY + target))
            casus_json_text(j, "country", data_column_text(q, EV_SOURCE_COUNTRY + target));
        casus_json_close(j, '}');
    }
    casus_json_close(j, ']');
}

static void add_list(casus_json *j, const char *key, casus_str values) {
    casus_str one;
    casus_json_open(j, key, '[');
    while (casus_str_cut(&values, ';', &one))
        if (casus_str_trim(one).n) casus_json_str(j, NULL, casus_str_trim(one));
    casus_json_close(j, ']');
}

static void add_place(casus_json *j, sqlite3_stmt *q) {
    if (data_column_none(q, EV_PLACE) && data_column_none(q, EV_COUNTRY) && data_column_none(q, EV_LAT)) return;
    casus_json_open(j, "event_loc", '[');
    casus_json_open(j, NULL, '{');
    if (!data_column_none(q, EV_PLACE)) casus_json_text(j, "name", data_column_text(q, EV_PLACE));
    if (!data_column_none(q, EV_COUNTRY)) casus_json_text(j, "country", data_column_text(q, EV_COUNTRY));
    if (!data_column_none(q, EV_LAT)) casus_json_exact(j, "lat", sqlite3_column_double(q, EV_LAT));
    if (!data_column_none(q, EV_LON)) casus_json_exact(j, "lon", sqlite3_column_double(q, EV_LON));
    casus_json_close(j, '}');
    casus_json_close(j, ']');
}

static void add_size(casus_json *j, sqlite3_stmt *q) {
    if (data_column_none(q, EV_DEATHS)) return;
    casus_json_open(j, "size", '{');
    casus_json_int(j, "dead", sqlite3_column_int64(q, EV_DEATHS));
    casus_json_close(j, '}');
}

static void add_record(casus_buf *out, sqlite3_stmt *q) {
    casus_json j = casus_json_to(out);
    const char *begin = data_column_text(q, EV_BEGIN), *end = data_column_text(q, EV_END);
    casus_json_open(&j, NULL, '{');
    casus_json_text(&j, "id", data_column_text(q, data_column_none(q, ROW_OWN_ID) ? EV_ID : ROW_OWN_ID));
    casus_json_bool(&j, "has_event", true);
    casus_json_text(&j, "date", begin);
    if (*end && strcmp(end, begin) != 0) casus_json_text(&j, "enddate", end);
    add_entity(&j, "actor", q, false);
    add_entity(&j, "recipient", q, true);
    add_list(&j, "event", casus_str_of(data_column_text(q, EV_TYPE)));
    add_list(&j, "mode", casus_str_of(data_column_text(q, EV_MODE)));
    add_place(&j, q);
    if (!data_column_none(q, EV_QUAD)) casus_json_int(&j, "quad_code", sqlite3_column_int(q, EV_QUAD));
    if (!data_column_none(q, EV_SCALE)) casus_json_num(&j, "event_scale", sqlite3_column_double(q, EV_SCALE));
    add_size(&j, q);
    casus_json_close(&j, '}');
}

static casus_code plover_row(data_export *x, sqlite3_stmt *q) {
    bool own = strcmp(data_column_text(q, EV_ORIGIN), "plover-json") == 0;
    if (!own && data_column_none(q, EV_TYPE)) return data_left_out(x, "no PLOVER type");
    if (!own && !data_column_text(q, EV_BEGIN)[0]) return data_left_out(x, "no date");
    bool recoded = !data_column_none(q, ROW_IMPORT) && strcmp(data_column_text(q, EV_SCHEME), "plover") != 0;
    if (recoded) data_lost(x, "code (its PLOVER type is written)");
    if (own)
        casus_buf_adds(&x->out, data_column_text(q, ROW_EXTRA));
    else
        add_record(&x->out, q);
    casus_buf_adds(&x->out, "\n");
    x->report->written++;
    return CASUS_OK;
}

casus_code data_export_plover(data_export *x) {
    x->holds = "e k c ac an ay ax bc bn by bx pn py pf pl";
    return data_export_events(x, plover_row);
}
