/* Inside the text room: the pieces that casus_source is made of.
 *
 *   file ── source_input (gzip.c: bytes, unpacked) ── source.c (which format?) ─┬─ plain.c    whole file, title and
 * date found ├─ html.c     article text, html_meta.c its metadata └─ jsonl.c    a document a line language.c names the
 * language; source_date.c reads dates. */
#ifndef TEXT_SOURCE_H
#define TEXT_SOURCE_H

#include "casus/text.h"

#include <jansson.h>
#include <libxml/HTMLparser.h>
#include <zlib.h>

/* ---- bytes ------------------------------------------------------------------------------------------------- */

/* A file or standard input, unpacked when its first two bytes say gzip. A window of unpacked bytes at[begin..end) is
 * filled on demand. `damage` says why the stream ended early (a truncated or corrupt gzip), NULL when it did not. */
typedef struct source_input {
    int fd;
    const char *path;
    bool gzip, ended;
    const char *damage;
    uint64_t packed, total; /* bytes read from the file; its size, 0 when unknown */
    uint64_t offset;        /* of at[begin] in the unpacked stream */
    char *at;
    size_t begin, end;
    unsigned char *raw; /* packed bytes, only for gzip */
    z_stream z;
} source_input;

casus_code source_input_open(source_input *in, const char *path, casus_error *err);
/* The same of bytes in memory, which are copied and are no gzip. */
casus_code source_input_bytes(source_input *in, const char *name, casus_str bytes, casus_error *err);
void source_input_close(source_input *in);
/* Makes the window at least `want` bytes (at most 64 KiB) unless the stream ends before. Error: reading failed. */
casus_code source_input_fill(source_input *in, size_t want, casus_error *err);
void source_input_take(source_input *in, size_t n);
/* Appends bytes up to and without the next newline (line) or the end (whole) to *out, at most `limit`; the rest is
 * skipped and *over set. *got false when there was nothing left. */
casus_code source_input_line(source_input *in, casus_buf *out, size_t limit, bool *got, bool *over, casus_error *err);
casus_code source_input_whole(source_input *in, casus_buf *out, size_t limit, bool *over, casus_error *err);

/* ---- dates ------------------------------------------------------------------------------------------------- */

/* A date found in bytes begin..end of a string. Day or month are left out of `iso` when the words do not give them. */
typedef struct source_date {
    char iso[11];
    size_t begin, end;
} source_date;

/* The first full date (with a year) in s: "March 28, 2024", "28th of March 2024", "2024-03-28", "28.3.2024", "March
 * 2024". 28/3/2024 is read, 3/4/2024 is not: nobody can say which is the month. Cost O(n). */
bool source_date_find(casus_str s, source_date *out);
/* Metadata values: as above, or eight digits. */
bool source_date_value(casus_str s, source_date *out);
/* Is the line nothing but a date, perhaps with "Published on", a weekday, a time or a place before a comma? */
bool source_date_line(casus_str line, source_date *out);
/* Length of a dateline with a full date before the text proper ("KABUL, March 3, 2024 (AFP) —"), 0 when there is none.
 */
size_t source_dateline(casus_str line, source_date *out);

/* ---- language ---------------------------------------------------------------------------------------------- */

enum { LANGUAGE_SLOTS = 4096 };
typedef struct source_language {
    struct {
        const char *word;
        uint32_t n;
        uint32_t languages; /* bit set, in the order of the table in language.c */
    } slot[LANGUAGE_SLOTS];
} source_language;

/* Fills the word index from the built-in tables. Read-only afterwards. */
void source_language_init(source_language *l);
/* ISO 639-1 code of the language of the text's beginning, or NULL when it cannot be told. Static. Cost O(min(n, 8
 * KiB)). */
const char *source_language_of(const source_language *l, casus_str text);
/* ISO 639-1 code of a declared language ("en-GB", "eng", "English"), else the words themselves in the arena; NULL for
 * NULL. */
const char *source_language_name(casus_arena *arena, const char *declared);

/* ---- the reader -------------------------------------------------------------------------------------------- */

struct casus_source {
    source_input in;
    casus_source_options options;
    casus_format format;
    char *path;
    int64_t line;
    bool begun, finished;
    casus_buf buf;
    source_language language;
    /* what must be freed when the arena runs out of memory in the middle of a document */
    json_t *json;
    char *json_text;
    xmlDocPtr html;
    json_t *json_ld;
};

/* Each reads one document from s->buf into *doc; *got false when it was rejected. */
casus_code jsonl_read(casus_source *s, casus_arena *arena, int64_t byte, casus_document *doc, bool *got);
casus_code html_read(casus_source *s, casus_arena *arena, casus_document *doc, bool *got);
casus_code plain_read(casus_source *s, casus_arena *arena, casus_document *doc, bool *got);

/* Finds what *doc lacks of title, date, author, publisher and url in the first and last lines of its text. */
void plain_find(casus_arena *arena, casus_document *doc);

/* Hands bytes and the reason to the caller's `rejected` / `warned`. */
void source_reject(casus_source *s, casus_code code, int64_t line, int64_t byte, casus_str bytes, const char *format,
                   ...) CASUS_PRINTF(6, 7);
void source_warn(casus_source *s, int64_t line, const char *format, ...) CASUS_PRINTF(3, 4);
/* A copy of s in the arena; NULL when it is empty. */
char *source_keep(casus_arena *arena, casus_str s);
/* False, and rejected, when the bytes are not UTF-8 or hold a NUL. */
bool source_check_utf8(casus_source *s, casus_str bytes, int64_t line, int64_t byte);

/* ---- HTML metadata ----------------------------------------------------------------------------------------- */

/* Title, date, author, publisher, url, language from meta tags, JSON-LD, <time>, <title>, <h1>. */
void html_metadata(casus_source *s, casus_arena *arena, casus_document *doc);
/* An attribute's value or NULL; the tree's own memory, valid as long as the tree. */
const char *html_attribute(const xmlNode *node, const char *name);
bool html_is(const xmlNode *node, const char *name);
/* Next node in document order below `top`, skipping the children of `node` when told. */
xmlNode *html_next(xmlNode *node, const xmlNode *top, bool skip_children);
/* Text below a node with white space collapsed, in the arena; "" when there is none. */
casus_str html_text_of(casus_arena *arena, xmlNode *node);

#endif
