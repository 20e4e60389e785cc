/* Inside the data room: what the export formats share. */
#ifndef DATA_EXPORT_H
#define DATA_EXPORT_H

#include "data/data.h"

#include <sqlite3.h>

/* A file that was imported: how its rows were sorted into the parts of an event, and what of them was lost. */
typedef struct data_source {
    int64_t import;
    data_plan plan;
    casus_buf header, cut;        /* what `names` point into */
    casus_str names[DATA_FIELDS]; /* of its columns */
    size_t n;
    bool lines;                /* KEDS lines, not columns with a header */
    bool escaped;              /* fields are kept with \\t for a tab and so on */
    bool holds[DATA_FIELDS];   /* the output has a place for the column */
    int64_t lost[DATA_FIELDS]; /* events whose value of it was not written */
} data_source;

/* What was lost of events, or left events out, and how often. */
typedef struct data_count {
    const char *what;
    int64_t events;
} data_count;
enum { DATA_REASONS = 24 };

typedef struct data_target data_target;

typedef struct data_export {
    casus_ledger *ledger;
    sqlite3 *db;
    const casus_export_options *options;
    casus_export_report *report;
    casus_buf out;
    casus_error *err;
    char stamp[40]; /* of STIX objects */
    /* what an output that is no layout of columns can hold, as roles ("ac bn pf e ."); NULL: nothing is counted */
    casus_buf actors; /* the filter's, a line each; empty: all */
    const char *holds;
    const data_target *target; /* a layout of columns: says itself what it can hold */
    data_source **sources;
    size_t n_sources;
    casus_buf scratch;            /* fields that were escaped */
    void *state;                  /* of one format */
    data_count reasons[DATA_REASONS], losses[DATA_REASONS];
} data_export;

/* Columns of the rows of data_export_events: those of the view all_events, then what only the tables have. */
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
    EV_COLUMNS,
    ROW_OWN_ID = EV_COLUMNS, /* the file's own */
    ROW_SOURCE_SECTORS,
    ROW_TARGET_SECTORS,
    ROW_MENTIONS,
    ROW_LOW,
    ROW_HIGH,
    ROW_SOURCE_CODE, /* NULL: the actor has only a name */
    ROW_TARGET_CODE,
    ROW_CAMEO,  /* of an event of statements */
    ROW_APPROX, /* its time is not exact */
    ROW_IMPORT, /* NULL from here on for an event of statements */
    ROW_GIVEN,
    ROW_EXTRA,
    ROW_SOURCE_FIELDS,
    ROW_TARGET_FIELDS,
    ROW_PLACE_FIELDS,
    ROW_SOURCE_PLACE,
    ROW_TARGET_PLACE,
    ROW_COLUMNS
};

/* Runs `sql` with the filter's actor, since and until as ?1, ?2, ?3, and gives each row to `each`; what that wrote is
 * handed on. */
typedef casus_code data_export_row(data_export *x, sqlite3_stmt *q);
casus_code data_export_query(data_export *x, const char *sql, data_export_row *each);
/* Imported events in the order of the files, then those of statements. What the output cannot hold of each is counted,
 * unless it is left out. */
casus_code data_export_events(data_export *x, data_export_row *each);
#define DATA_FILTER                                                                                                    \
    " WHERE (?1 IS NULL OR instr(?1, char(10) || source || char(10)) OR instr(?1, char(10) || target || char(10))"     \
    " OR instr(?1, char(10) || source_name || char(10)) OR instr(?1, char(10) || target_name || char(10)))"            \
    " AND (?2 IS NULL OR time_begin >= ?2) AND (?3 IS NULL OR time_begin <= ?3)"
/* Hands the buffer to the caller's write. */
casus_code data_export_flush(data_export *x);
/* Text of a column, "" for NULL. */
const char *data_column_text(sqlite3_stmt *q, int column);
bool data_column_none(sqlite3_stmt *q, int column);
/* "prefix" + UUID shape of a hash of the text: the same thing has the same id in every export. */
void data_export_uuid(char out[37], const char *text);
void data_add_xml(casus_buf *out, const char *text);
/* A time as EDTF level 1 (ISO 8601-2:2019): "2014", "2014-02", "2014-02-18", "2014-02-18/2014-03-02", "2014/..", with
 * "~" when approximate; "" when neither end is known. */
void data_edtf(char out[64], const char *begin, const char *end, bool approximate);

/* ---- what is lost (kept.c) --------------------------------------------------------------------------------- */

/* An event that the output has no way to hold, and why (a literal). */
casus_code data_left_out(data_export *x, const char *why);
/* A value that was not written, beyond the columns that data_export_events counts. */
void data_lost(data_export *x, const char *what);
/* Gives all counts to the caller. */
void data_tell_lost(data_export *x);
void data_export_done(data_export *x);

/* ---- imported rows as their files wrote them (kept.c) ------------------------------------------------------- */

/* The source of a row; NULL for an event of statements. */
casus_code data_source_of(data_export *x, sqlite3_stmt *q, data_source **out);
/* The row's columns as the file wrote them, except id, dates and counts, which are left empty. Valid until the next
 * call. */
void data_restore(data_export *x, const data_source *s, sqlite3_stmt *q, casus_str column[DATA_FIELDS]);
/* Is a column of the source anything that the target has a column for? Set by export_layout.c. */
bool data_target_holds(const data_target *t, const data_source *s, size_t column);
bool data_target_lines(const data_target *t); /* KEDS lines; false for NULL */
/* Do the two layouts write the same columns? GDELT 1 and 2 do. */
bool data_same_family(const data_layout *a, const data_layout *b);

casus_code data_export_layout(data_export *x);
casus_code data_export_plover(data_export *x);
casus_code data_export_graphml(data_export *x);
casus_code data_export_gexf(data_export *x);
casus_code data_export_ftm(data_export *x);
casus_code data_export_stix(data_export *x);

#endif
