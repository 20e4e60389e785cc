/* casus/data.h — the field's event data: reading it into the ledger, its code schemes, its countries.
 *
 * Imported events are millions and have no sentence: they stand in a compact table beside the statements
 * (docs/ledger.md), and the view `all_events` shows both. Nothing of a row is lost: what the table has no column for is
 * kept as the file wrote it.
 */
#ifndef CASUS_DATA_H
#define CASUS_DATA_H

#include "casus/base.h"
#include "casus/ledger.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- codes ------------------------------------------------------------------------------------------------- */

/* A scheme's numbers look like another's: 130 is "threaten" in CAMEO and "protest" in WEIS. */
typedef enum casus_scheme {
    CASUS_SCHEME_NONE,
    CASUS_CAMEO,
    CASUS_WEIS,
    CASUS_PLOVER_SCHEME,
    CASUS_UCDP,
    CASUS_ACLED,
    CASUS_SCHEMES
} casus_scheme;

typedef struct casus_event_code {
    const char *code, *plover, *mode; /* PLOVER type and mode; "" when it has none */
    double scale;                     /* Goldstein-like, -10 … +10; NaN when the scheme gives none */
    int quad;     /* 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; 0 none */
    int directed; /* 0: the order of the two sides does not say who acted */
} casus_event_code;

/* "cameo", "weis", "plover", "ucdp", "acled"; "" for none. */
const char *casus_scheme_name(casus_scheme scheme);
/* The scheme of that name, whatever the case; CASUS_SCHEME_NONE when there is none such. */
casus_scheme casus_scheme_of(const char *name);
/* The entry of knowledge/ontology of that code; NULL when the scheme has no such code. PLOVER codes are "TYPE" or
 * "TYPE:mode". O(codes). */
const casus_event_code *casus_event_code_find(casus_scheme scheme, casus_str code);

/* ---- countries --------------------------------------------------------------------------------------------- */

typedef struct casus_country {
    const char *iso3, *iso2;
    int numeric; /* ISO 3166 numeric = UN M49; 0 when none */
    const char *cowc;
    int cow, gw;                      /* Correlates of War, Gleditsch and Ward; 0 when none */
    const char *fips, *cameo, *names; /* names joined by ";", the first is the one to show */
    const char *other_fips, *other_cameo; /* further codes, joined by ";", that are read but never written */
} casus_country;

typedef enum casus_country_system {
    CASUS_COUNTRY_ISO3,
    CASUS_COUNTRY_ISO2,
    CASUS_COUNTRY_NUMERIC,
    CASUS_COUNTRY_COWC,
    CASUS_COUNTRY_COW,
    CASUS_COUNTRY_GW,
    CASUS_COUNTRY_FIPS,
    CASUS_COUNTRY_CAMEO,
    CASUS_COUNTRY_NAME,
    CASUS_COUNTRY_ANY /* a three-letter ISO code, or a name; never a number, which could be of several systems */
} casus_country_system;

/* "iso3", "iso2", "numeric", "cowc", "cow", "gw", "fips", "cameo", "name", whatever the case; false when it is none of them. */
bool casus_country_system_of(const char *name, casus_country_system *system);
/* The country that a code or name stands for (case-insensitive); NULL when the system has no such code. O(countries).
 */
const casus_country *casus_country_find(casus_country_system system, casus_str text);
/* The countries in the table's order; NULL beyond the last. */
const casus_country *casus_country_at(size_t index);

/* ---- reading event data ------------------------------------------------------------------------------------ */

typedef struct casus_import_options {
    const char *format; /* a name of casus_import_formats; NULL: recognised by header or number of columns */
    const char *map; /* for "csv": "date=COLUMN,source=COLUMN,target=COLUMN,code=COLUMN" and optionally id, end, place,
                        lat, lon, country, weight */
    casus_scheme scheme; /* of the codes, where the format does not say (KEDS lines, csv): required there */
    const casus_country_system *countries; /* how the file writes countries; NULL: as its format does ("csv": CASUS_COUNTRY_ANY) */
    int64_t batch;       /* rows a transaction; 0: 65,536 */
    /* A row that cannot be read: why (with file and line) and its bytes. May be NULL. */
    void (*rejected)(void *ctx, const casus_error *why, casus_str row);
    /* Called after each batch with bytes read of the file and its size, and rows read so far; false stops after that
     * batch. May be NULL. */
    bool (*progress)(void *ctx, uint64_t done, uint64_t total, uint64_t rows);
    void *ctx;
    unsigned threads; /* that parse; 0: as many as processors. The ledger comes out the same. Callbacks are the caller's thread's */
} casus_import_options;

/* What an import did: its row of the table `imports`. */
typedef struct casus_import_report {
    char hash[33];               /* XXH3 128 bits of the file's bytes, as `xxh128sum` prints it */
    const char *format, *scheme; /* static names */
    int64_t import;              /* number of the import in the ledger */
    int64_t rows;                /* events (or mentions) kept of this file */
    int64_t rejected;            /* rows that could not be read */
    int64_t unknown_codes;       /* rows kept whose event code is not of the scheme */
    int64_t unknown_countries; /* actors and places of rows whose country is none of the system's; their text is kept */
    int64_t recoded;           /* rows that were no UTF-8 and were read as Latin-1 */
    int64_t rated, agree; /* rows that give quad class and scale themselves; those that agree with the scheme's table */
    int64_t resumed;      /* rows that an interrupted import had kept already */
    bool already;         /* the same bytes had been imported: nothing was added */
} casus_import_report;

/* Names of the formats that can be read, ending in NULL. */
const char *const *casus_import_formats(void);

/* Reads a file (plain, gzip or a zip with one file in it; "-" is standard input) into the ledger in batches, each one
 * transaction: after a crash or a stop the same call goes on after the last batch that was committed. The same bytes
 * twice add nothing. Memory does not grow with the file but with the number of different actors and places (about 100
 * bytes each). Errors: CASUS_ERR_IO; CASUS_ERR_FORMAT (no known format; say which with `format`), CASUS_ERR_ARG (the
 * format's codes could be of several schemes and none is named; an unknown format or column), CASUS_ERR_STOPPED (by
 * `progress`; what was committed stays). Cost O(bytes). */
casus_code casus_import(casus_ledger *l, const char *path, const casus_import_options *options,
                        casus_import_report *report, casus_error *err);

/* Reads the file's rows without keeping them: counts and rejects only. For checking a file and for fuzzing. */
casus_code casus_import_check(const char *path, const casus_import_options *options, casus_import_report *report,
                              casus_error *err);

/* The manifest record: one JSON object without newline, appended to `out`. */
void casus_import_json(casus_buf *out, const char *path, const casus_import_report *report);

/* ---- writing event data ------------------------------------------------------------------------------------ */

typedef struct casus_export_options {
    const char *format;        /* a name of casus_export_formats */
    const char *const *actors; /* only events where one of them is source or target, by code, name or id; NULL: all */
    size_t n_actors;
    const char *since, *until; /* ISO days on the first day of an event; NULL: open */
    /* Takes a piece of the output; false stops (CASUS_ERR_STOPPED). */
    bool (*write)(void *ctx, casus_str bytes);
    /* Called at the end for each thing that the format could not hold: a column or property, and of how many events it was lost; or, when
     * `left_out`, why so many events were not written at all. May be NULL. */
    void (*lost)(void *ctx, casus_str what, int64_t events, bool left_out);
    void *ctx;
} casus_export_options;

typedef struct casus_export_report {
    int64_t written;  /* events; for graphs, edges */
    int64_t left_out; /* events the format has no way to hold */
    const char *lost; /* what it does to all events, in words (static); "" when nothing */
} casus_export_report;

/* Names of the formats, ending in NULL: csv and jsonl (columns of the view all_events and more; jsonl has every column of the file under
 * `other`), the layouts that are read (rows that came in the layout come out with the same columns, their own or those of the
 * first file of that layout; other events fill the columns they can), graphml and gexf (a signed edge for each pair and year; GEXF edges have
 * start and end), geojson (events with coordinates), ftm (FollowTheMoney entities, JSON lines), stix (a STIX 2.1 bundle; holders of claims as
 * opinions with an extension). csv, jsonl and geojson give the time also as EDTF level 1 (`edtf`). */
const char *const *casus_export_formats(void);

/* Writes imported events and those of statements. Errors: CASUS_ERR_ARG (no such format), CASUS_ERR_STOPPED,
 * CASUS_ERR_DB. Memory does not grow with the events; for graphs, ftm and stix SQLite sorts them. O(events). */
casus_code casus_export(casus_ledger *l, const casus_export_options *options, casus_export_report *report,
                        casus_error *err);

#ifdef __cplusplus
}
#endif
#endif
