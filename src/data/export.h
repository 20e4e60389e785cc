/* Inside the data room: what the export formats share. */
#ifndef DATA_EXPORT_H
#define DATA_EXPORT_H

#include "casus/data.h"

#include <sqlite3.h>

typedef struct data_export {
    sqlite3 *db;
    const casus_export_options *options;
    casus_export_report *report;
    casus_buf out;
    casus_error *err;
    char stamp[40]; /* of STIX objects */
} data_export;

/* Columns of data_export_select's rows: those of the view all_events. */
enum {
    EV_ID,
    EV_ORIGIN,
    EV_SOURCE,
    EV_TARGET,
    EV_SOURCE_NAME,
    EV_TARGET_NAME,
    EV_SOURCE_COUNTRY,
    EV_TARGET_COUNTRY,
    EV_SCHEME,
    EV_CODE,
    EV_TYPE,
    EV_MODE,
    EV_QUAD,
    EV_SCALE,
    EV_COOPERATION,
    EV_CONFLICT,
    EV_DIRECTED,
    EV_BEGIN,
    EV_END,
    EV_PLACE,
    EV_COUNTRY,
    EV_LAT,
    EV_LON,
    EV_DEATHS,
    EV_COLUMNS
};

/* Runs `sql` with the filter's actor, since and until as ?1, ?2, ?3, and gives each row to `each`; what that wrote is
 * handed on. */
typedef casus_code data_export_row(data_export *x, sqlite3_stmt *q);
casus_code data_export_query(data_export *x, const char *sql, data_export_row *each);
/* SELECT of all columns of all_events, filtered; GROUP BY and the like may follow by literal concatenation. */
#define DATA_FILTER                                                                                                    \
    " WHERE (?1 IS NULL OR ?1 IN (source, target, source_name, target_name)) AND (?2 IS NULL OR time_begin >= ?2) "    \
    "AND (?3 IS NULL OR time_begin <= ?3)"
/* Hands the buffer to the caller's write. */
casus_code data_export_flush(data_export *x);
/* Text of a column, "" for NULL. */
const char *data_column_text(sqlite3_stmt *q, int column);
bool data_column_none(sqlite3_stmt *q, int column);
/* "prefix" + UUID shape of a hash of the text: the same thing has the same id in every export. */
void data_export_uuid(char out[37], const char *text);
void data_add_xml(casus_buf *out, const char *text);

casus_code data_export_gdelt2(data_export *x);
casus_code data_export_icews(data_export *x);
casus_code data_export_graphml(data_export *x);
casus_code data_export_gexf(data_export *x);
casus_code data_export_ftm(data_export *x);
casus_code data_export_stix(data_export *x);

#endif
