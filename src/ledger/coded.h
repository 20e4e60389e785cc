/* Columns of imported events: the same events as coded_events, many to a row, a blob a column.
 *
 * A measure over all events reads a hundred million of them a second this way; row by row it would be four. A segment
 * holds up to CODED_SEGMENT events whose numbers follow one another. Four of its columns (source, target, code, place) are
 * kept as a list of the distinct values, 32 bits each in the order in which they first occur, and an index of 16 bits an
 * event into that list; 0 is none. Days are 16 bits an event from `day_low` on, counted from 1970-01-01. Little-endian.
 *
 * What no segment covers (rows put in by hand, by an older casus, or changed since: triggers drop their segment) is
 * read from the rows themselves, so that a reader here never misses one. */
#ifndef LEDGER_CODED_H
#define LEDGER_CODED_H

#include "casus/base.h"

struct sqlite3;
struct sqlite3_stmt;

enum { CODED_SEGMENT = 65536 };
typedef enum coded_list { CODED_SOURCE, CODED_TARGET, CODED_CODE, CODED_PLACE, CODED_LISTS } coded_list;

/* Events of one segment. Lists hold values, `at` indexes into them. */
typedef struct coded_columns {
    int64_t first; /* number of its first event */
    size_t n;
    int32_t day_low, day_high;
    const uint32_t *list[CODED_LISTS];
    size_t n_list[CODED_LISTS];
    const uint16_t *at[CODED_LISTS];
    const uint16_t *day; /* from day_low on */
} coded_columns;

/* Indexes by which actors and places of imports are found by name. A first import builds them at its end, which is quicker than keeping them; until
 * then whoever asks goes through all names. */
extern const char CODED_NAME_INDEXES[], CODED_NO_NAME_INDEXES[];

/* ---- making them ------------------------------------------------------------------------------------------- */

typedef struct coded_row {
    uint32_t value[CODED_LISTS];
    int32_t day; /* since 1970-01-01 */
} coded_row;

typedef struct coded_builder coded_builder;
/* NULL when out of memory. */
coded_builder *coded_builder_new(void);
void coded_builder_free(coded_builder *b);
void coded_builder_clear(coded_builder *b);
/* Is there no room for that row: the segment is full, its days too far apart, or the event no successor of the last? */
bool coded_builder_full(const coded_builder *b, const coded_row *row, int64_t event);
/* Adds a row that there is room for; false when out of memory. */
bool coded_builder_add(coded_builder *b, const coded_row *row, int64_t event);
/* What was added; valid until the next addition. */
coded_columns coded_builder_columns(coded_builder *b);

/* Writes the builder's segment into the ledger, if it holds any event, and clears it. CASUS_ERR_DB, CASUS_ERR_NOMEM. */
casus_code coded_write(struct sqlite3 *db, coded_builder *b, casus_error *err);
/* Takes the ledger's last segment back into the builder when it ends with the last event and is less than half full. */
casus_code coded_take_last(struct sqlite3 *db, coded_builder *b, casus_error *err);

/* ---- reading them ------------------------------------------------------------------------------------------ */

/* Goes through all imported events of a ledger in their order, those between the days (both included) at least; segments
 * wholly outside are passed over. */
typedef struct coded_reader {
    struct sqlite3 *db;
    int32_t since, until;
    struct sqlite3_stmt *heads, *lists, *actors, *indexes, *rows;
    coded_builder *loose; /* rows that no segment covers */
    int64_t next;         /* first event not yet seen */
    bool head;            /* `heads` stands on a segment that is not yet given */
    bool started, ended, is_loose;
    void *copies[2 * CODED_LISTS + 1]; /* of blobs that SQLite gives at odd addresses */
} coded_reader;

casus_code coded_reader_open(coded_reader *r, struct sqlite3 *db, int32_t since, int32_t until, casus_error *err);
void coded_reader_close(coded_reader *r);
/* The next segment with its lists but not its indexes and days; *got false at the end. */
casus_code coded_reader_next(coded_reader *r, coded_columns *out, bool *got, casus_error *err);
/* Fills in the indexes of sources and targets of the segment that was given last, and nothing else. */
casus_code coded_reader_load_actors(coded_reader *r, coded_columns *out, casus_error *err);
/* Fills in all indexes and days of it; places only where wanted. Valid until the next segment. */
casus_code coded_reader_load(coded_reader *r, coded_columns *out, bool places, casus_error *err);

/* The first number that a query gives; 0 when it gives none, or fails: for asking how far a table goes. */
int64_t coded_number(struct sqlite3 *db, const char *sql);
/* A blob of values `width` bytes each at an address that is a multiple of `width`, copied into *copy (made when it is needed first, freed by the caller) where
 * SQLite's is none; NULL when its size is no multiple, there are more than CODED_SEGMENT, or memory runs out. */
const void *coded_blob(struct sqlite3_stmt *q, int column, size_t width, void **copy, size_t *n);

#endif
