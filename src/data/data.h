/* Inside the data room: bytes to records, records to fields, fields to events, events to the table. */
#ifndef DATA_DATA_H
#define DATA_DATA_H

#include "casus/data.h"

#include <zlib.h>

struct sqlite3;
struct sqlite3_context;

/* ---- input: records of a file (input.c) -------------------------------------------------------------------- */

enum { DATA_RECORD_MAX = 16 * 1024 * 1024 };
typedef enum data_packing { DATA_PLAIN, DATA_GZIP, DATA_ZIP, DATA_ZIP_STORED } data_packing;

typedef struct data_input {
    const char *path;
    int fd;
    data_packing packing;
    z_stream z;
    bool z_open, ended;
    unsigned char *raw;     /* packed bytes; NULL for plain files */
    uint64_t total, packed; /* bytes of the file; those read so far */
    uint64_t stored;        /* bytes left of a stored zip entry */
    char *at;               /* window: [begin, end) is not yet given out */
    size_t begin, end, cap;
    int64_t line, next_line; /* 1-based line where the last record began; where the next one begins */
    const char *damage;      /* why reading broke off before the end; NULL: it did not */
} data_input;

/* "-" is copied to a temporary file first, so that it can be read twice. */
casus_code data_input_open(data_input *in, const char *path, casus_error *err);
void data_input_close(data_input *in);
/* Back to the first byte. */
casus_code data_input_rewind(data_input *in, casus_error *err);
/* XXH3-128 of the file's bytes as 32 hex digits; rewinds. */
casus_code data_input_hash(data_input *in, char hex[33], casus_error *err);
/* The next record without its line end, valid until the next call; line ends inside quotes belong to it when `quoted`.
 * A record longer than DATA_RECORD_MAX is cut, *over says so. */
casus_code data_input_record(data_input *in, bool quoted, casus_str *record, bool *got, bool *over, casus_error *err);
/* At least `want` bytes in the window unless the file ends sooner. */
casus_code data_input_fill(data_input *in, size_t want, casus_error *err);
/* About a megabyte of whole records, copied into `out`; *over: one that is longer than DATA_RECORD_MAX, cut there;
 * *last: the file ends with it. Does not count lines. */
casus_code data_input_chunk(data_input *in, bool quoted, casus_buf *out, bool *over, bool *last, casus_error *err);
/* The length of the first record of s, without its line end: quotes as in data_input_record. */
size_t data_record_length(casus_str s, bool quoted);

/* ---- fields (fields.c) ------------------------------------------------------------------------------------- */

enum { DATA_FIELDS = 128 };

/* Cuts a record at the separator; returns the number of fields, of which at most DATA_FIELDS are given. */
size_t data_split(casus_str record, char separator, casus_str *fields);
/* The same for CSV: quotes are taken off and doubled quotes undone, into `scratch` where needed. SIZE_MAX: a quote that
 * does not end, or `scratch` failed. */
size_t data_split_csv(casus_str record, char separator, casus_buf *scratch, casus_str *fields);
/* Latin-1 (Windows-1252 in 0x80–0x9f) to UTF-8, appended. */
void data_latin1(casus_buf *out, casus_str s);
/* All bytes below 0x80 and no NUL: the quick way past the UTF-8 check. */
bool data_is_ascii(casus_str s);
/* "NA", "NULL", "None" and white space are no value. */
casus_str data_value(casus_str s);
bool data_integer(casus_str s, int64_t *out);
bool data_real(casus_str s, double *out);
/* A day as YYYYMMDD from the spellings the formats use (20140218, 2014-02-18 with or without a time, 28 December 2022,
 * 01-January-2015; YYMMDD when `short_years`: 70–99 are 19…); 0 when it is none. */
int32_t data_day(casus_str s, bool short_years);

/* ---- layouts (layouts.c) ----------------------------------------------------------------------------------- */

/* What a column is: the first letter its part of the event, the second what it is in that part.
 *
 *   i id             d first day       e last day      c code (several are joined)
 *   g what the coder says of quad class and scale      w mentions
 *   l h k deaths: low, high, best      a b source and target
 *   p place          s t places of source and target
 *   - follows from the others          . anything else
 *
 * In actors: c code, n name, y country, x sector, . other. In places: n name, y country, f latitude, l longitude, . other. */
typedef struct data_column {
    const char *name;
    char role[3];
} data_column;

typedef struct data_layout {
    const char *name;
    casus_scheme scheme; /* NONE: must be named */
    char separator;
    bool quoted, header, short_years;
    unsigned least, most; /* columns of a row */
    char joiner;          /* between the columns of a code */
    casus_country_system actor_country, place_country;
    bool code_names_country;    /* actor codes begin with a CAMEO country */
    bool gdelt_quads;           /* roots 09 and 14 have GDELT's quad classes */
    const data_column *columns; /* by position, or by the header's names; ends with a NULL name */
    const char *must;           /* columns, joined by ",", by which a header is recognised */
} data_layout;

enum { DATA_LAYOUTS = 12 };
extern const data_layout data_layouts[DATA_LAYOUTS];
const data_layout *data_layout_named(const char *name);
/* Its columns in the order in which its makers write them; joined by the separator, "" where a header means nothing. */
void data_layout_header(const data_layout *layout, casus_buf *out);
/* By a first record; NULL when none fits, or `scratch` failed. */
const data_layout *data_layout_guess(casus_str record, casus_buf *scratch);

typedef enum data_part {
    DATA_SOURCE,
    DATA_TARGET,
    DATA_PLACE,
    DATA_SOURCE_PLACE,
    DATA_TARGET_PLACE,
    DATA_EXTRA,
    DATA_CODE,
    DATA_GIVEN,
    DATA_PARTS
} data_part;

/* The columns of one file, sorted into the parts of an event. */
typedef struct data_plan {
    const data_layout *layout;
    struct {
        uint8_t n, column[DATA_FIELDS];
        char sub[DATA_FIELDS];
        bool adjoining; /* columns stand side by side: their bytes need no copy */
    } part[DATA_PARTS];
    int id, day, end, mentions, low, high, best; /* columns; -1: none */
    char role[DATA_FIELDS][2]; /* of each column, as in data_column */
    casus_scheme scheme;
    casus_country_system actor_country, place_country; /* the layout's, unless the user says otherwise */
    char separator;
} data_plan;

/* Are these the names of a header that the layout is known by? */
bool data_layout_is_header(const data_layout *layout, const casus_str *names, size_t n);
/* From the layout's own order. */
void data_plan_fixed(data_plan *plan, const data_layout *layout);
/* The separator of a header line: a layout's own, or for "csv" the one the line has. */
char data_separator_of(casus_str header, const data_layout *layout);
/* From a header line; `map` as of casus_import_options for "csv". CASUS_ERR_FORMAT, CASUS_ERR_ARG. */
casus_code data_plan_header(data_plan *plan, const data_layout *layout, const char *map, const casus_str *names,
                            size_t n, casus_error *err);

/* ---- an event, sorted (event.c) ---------------------------------------------------------------------------- */

/* A row as the table keeps it. Parts are its fields joined by tabs, as the file wrote them. */
typedef struct data_event {
    casus_str id, part[DATA_PARTS];
    int32_t day, end;                  /* YYYYMMDD; `end` 0 when the same day */
    int64_t mentions, low, best, high; /* -1: not given */
} data_event;

enum { DATA_WHY = 160 };

/* Sorts the fields of a row. `why` gets the reason when false: the row is to be rejected. Slices point into the fields
 * or `scratch`. */
bool data_event_of(const data_plan *plan, const casus_str *fields, size_t n, casus_buf *scratch, data_event *event,
                   char why[160]);
/* Rows that are JSON objects (PLOVER), and KEDS lines "YYMMDD SRC TGT CODE (text)". */
bool data_event_json(casus_str record, casus_buf *scratch, data_event *event, char why[160]);
bool data_event_line(casus_str record, casus_buf *scratch, data_event *event, char why[160]);

/* ---- many rows at once (parse.c) --------------------------------------------------------------------------- */

typedef enum data_shape { DATA_SHAPE_FIELDS, DATA_SHAPE_LINE, DATA_SHAPE_JSON, DATA_SHAPE_MENTION } data_shape;

/* What the scheme says of a code, and how its scale is written. */
typedef struct data_known {
    const casus_event_code *entry; /* NULL: not of the scheme */
    char scale[16];                /* "" when there is none */
    int quad;                      /* the class that a file of this layout gives it */
} data_known;

/* An actor, place or code that rows of a chunk name, once; rows refer to it by its place in the list + 1. */
typedef struct data_name {
    uint64_t key;
    casus_str text;
    const data_known *known; /* of a code */
} data_name;

typedef struct data_names {
    casus_table index;
    casus_arena arena; /* of the index, which is used again */
    data_name *at;
    size_t n, cap;
} data_names;

enum { DATA_ROW_NAMES = 5 /* source, target, place, places of source and target */, DATA_MENTION_COLUMNS = 16 };
enum { DATA_UNKNOWN_CODE = 1, DATA_RATED = 2, DATA_AGREES = 4, DATA_RECODED = 8 };

typedef struct data_row {
    casus_str id, given, extra; /* id: empty where `number` is it */
    int64_t number;             /* -1: none */
    int64_t mentions, low, best, high;
    uint32_t line; /* from the chunk's first line on */
    uint32_t name[DATA_ROW_NAMES], code;
    int32_t day, end;
    uint8_t flags;
    casus_str *mention; /* the columns of a mention, else NULL */
} data_row;

typedef struct data_reject {
    const char *why;
    casus_str row;
    size_t before; /* index of the row that follows it */
    uint32_t line;
    bool recoded;
} data_reject;

/* A megabyte of a file: as read, then as rows. Everything lives in `text` and `arena`. */
typedef struct data_chunk {
    casus_buf text;
    bool at_start, over, last; /* first bytes of the file; a record too long; last of the file */
    uint64_t packed;           /* bytes of the file read so far */
    casus_code code;           /* reading or parsing failed */
    casus_error err;
    casus_arena arena;
    data_row *rows;
    data_reject *rejects;
    size_t n_rows, cap_rows, n_rejects, cap_rejects;
    uint32_t lines;
    data_names actors, places, codes;
} data_chunk;

void data_chunk_done(data_chunk *c);

/* What parsing one chunk after another needs; one a thread. */
typedef struct data_parser {
    const data_plan *plan;
    data_shape shape;
    uint64_t salt; /* of the layout, in the keys of actors and places */
    casus_buf scratch, cut, latin;
    casus_arena arena;
    casus_table codes;
    const data_known **known; /* by the values of `codes`, less 1 */
    size_t n_known, cap_known;
} data_parser;

void data_parser_init(data_parser *p, const data_plan *plan, data_shape shape);
void data_parser_done(data_parser *p);
/* Text to rows; c->code says how it went (CASUS_ERR_NOMEM: the parser is not to be used again). */
void data_parse(data_parser *p, data_chunk *c);

/* ---- a whole file (flow.c) --------------------------------------------------------------------------------- */

/* Parses the rest of the input on `threads` threads (0: as many as processors) and gives the chunks to `take` on the
 * caller's thread in the order of the file, whatever the number of threads; stops at the first error. */
casus_code data_flow(data_input *in, const data_plan *plan, data_shape shape, unsigned threads,
                     casus_code (*take)(void *ctx, data_chunk *chunk, casus_error *err), void *ctx, casus_error *err);

/* ---- rows as a table that SQL can select from (rows.c) ----------------------------------------------------- */

/* Inserting a batch by one INSERT … SELECT costs half of binding and stepping each row. */
typedef struct data_table {
    const char *columns; /* "CREATE TABLE x(a, b, …)" */
    void (*column)(void *ctx, size_t row, int column, struct sqlite3_context *out);
    void *ctx;
    size_t n;
} data_table;
/* Makes the table selectable under the name while it lives; NULL takes it away. Returns SQLite's code. */
int data_table_register(struct sqlite3 *db, const char *name, data_table *table);

/* ---- keeping (keep.c) -------------------------------------------------------------------------------------- */

typedef struct data_keeper data_keeper;
casus_code data_keeper_new(data_keeper **out, casus_ledger *l, const data_plan *plan, casus_import_report *report,
                           casus_error *err);
void data_keeper_free(data_keeper *k);
/* Keeps rows [from, to) of a chunk whose first line is `line`, and counts them. */
casus_code data_keep(data_keeper *k, const data_chunk *c, size_t from, size_t to, int64_t line, casus_error *err);
/* Call when a chunk is used up: its numbers are forgotten. */
void data_keeper_next_chunk(data_keeper *k);
/* One transaction: begin, and commit with how far the file is read. */
casus_code data_keeper_begin(data_keeper *k, casus_error *err);
casus_code data_keeper_commit(data_keeper *k, int64_t next_line, casus_error *err);
/* The last transaction: pairs of the events that have none yet, and the mark that all is done. */
casus_code data_keeper_finish(data_keeper *k, int64_t next_line, casus_error *err);

/* Fills coded_pairs with the events it does not hold (pairs.c); within a transaction. */
casus_code data_pairs_update(struct sqlite3 *db, casus_error *err);
/* SQLite's last error in words; `doing` is what could not be done. */
casus_code data_db_fail(struct sqlite3 *db, casus_error *err, const char *doing);
/* Are all columns of these fields, joined by tabs, empty? */
bool data_is_blank(casus_str fields);

#endif
