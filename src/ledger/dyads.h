/* Imported events by source: what a question about two actors reads, and little else.
 *
 * A row of coded_dyads holds up to DYADS_EVENTS events of one source by target, day and number, as four blobs: the distinct
 * targets in ascending order, the place where each one's events end, and every event's day (since 1970-01-01) and code; 32 bits a value,
 * little-endian. A source has as many rows as it needs; an import adds rows and changes none, until there have been so many
 * additions that all are made anew (src/data/pairs.c).
 *
 * The rows follow from coded_events. They are complete or they are not used: a trigger empties the table when an event is changed by
 * hand, measures then go by the columns (coded.h), and the next import fills it again. */
#ifndef LEDGER_DYADS_H
#define LEDGER_DYADS_H

#include "casus/base.h"

struct sqlite3;
struct sqlite3_stmt;

enum { DYADS_EVENTS = 65536 };

/* Events of one source, or some of them. */
typedef struct dyads_row {
    uint32_t source;
    int64_t part;
    size_t n_targets, n;
    const uint32_t *target, *end; /* events of target[i] are those from end[i - 1] (0) to end[i] */
    const int32_t *day;
    const uint32_t *code;
} dyads_row;

/* ---- making them ------------------------------------------------------------------------------------------- */

typedef struct dyads_writer {
    struct sqlite3 *db;
    struct sqlite3_stmt *insert;
    uint32_t source, *target, *end, *code;
    int32_t *day;
    size_t n_targets, n;
    int64_t part;
} dyads_writer;

/* Rows are numbered from `part` on, which must be beyond every number there. CASUS_ERR_NOMEM, CASUS_ERR_DB; close it in any case. */
casus_code dyads_writer_open(dyads_writer *w, struct sqlite3 *db, int64_t part, casus_error *err);
/* Adds an event; they come by source, target and day. */
casus_code dyads_add(dyads_writer *w, uint32_t source, uint32_t target, int32_t day, uint32_t code, casus_error *err);
/* Writes what is not yet written. Needed at the end, and wherever the order begins anew. */
casus_code dyads_flush(dyads_writer *w, casus_error *err);
void dyads_writer_close(dyads_writer *w);

/* ---- reading them ------------------------------------------------------------------------------------------ */

typedef struct dyads_reader {
    struct sqlite3 *db;
    struct sqlite3_stmt *targets, *events;
    uint32_t source;
    void *copies[4]; /* of blobs that SQLite gives at odd addresses */
} dyads_reader;

/* Do the rows hold every imported event? */
casus_code dyads_complete(struct sqlite3 *db, bool *yes, casus_error *err);
casus_code dyads_reader_open(dyads_reader *r, struct sqlite3 *db, casus_error *err);
void dyads_reader_close(dyads_reader *r);
/* Begins with a source. */
void dyads_reader_source(dyads_reader *r, uint32_t source);
/* Its next row, with targets and ends; *got false after the last. Valid until the next. CASUS_ERR_DB: damaged. */
casus_code dyads_reader_next(dyads_reader *r, dyads_row *out, bool *got, casus_error *err);
/* Days and codes of the row that was given last. */
casus_code dyads_reader_load(dyads_reader *r, dyads_row *row, casus_error *err);

#endif
