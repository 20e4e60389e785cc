/* Chunks of a file to rows: what many threads do at once. Nothing here touches the ledger. */
#include "data/data.h"

#include <math.h>
#include <string.h>
#include <xxhash.h>

void data_parser_init(data_parser *p, const data_plan *plan, data_shape shape) {
    uint64_t other = plan->actor_country == plan->layout->actor_country ? 0 : (uint64_t)plan->actor_country + 1; /* the same text, another country */
    *p = (data_parser){.plan = plan, .shape = shape, .salt = casus_str_hash(casus_str_of(plan->layout->name)) ^ other};
    casus_arena_init(&p->arena);
}

void data_parser_done(data_parser *p) {
    casus_buf_done(&p->scratch);
    casus_buf_done(&p->cut);
    casus_buf_done(&p->latin);
    casus_arena_done(&p->arena);
}

void data_chunk_done(data_chunk *c) {
    casus_buf_done(&c->text);
    casus_arena_done(&c->arena);
    casus_arena_done(&c->actors.arena);
    casus_arena_done(&c->places.arena);
    casus_arena_done(&c->codes.arena);
}

static void names_clear(data_names *l) {
    if (l->index.n) memset(l->index.keys, 0, l->index.cap * sizeof *l->index.keys);
    l->index.n = l->n = l->cap = 0;
    l->at = NULL;
}

static void chunk_clear(data_chunk *c) {
    casus_arena_reset(&c->arena);
    c->rows = NULL;
    c->rejects = NULL;
    c->n_rows = c->cap_rows = c->n_rejects = c->cap_rejects = 0;
    c->lines = 0;
    c->code = CASUS_OK;
    names_clear(&c->actors);
    names_clear(&c->places);
    names_clear(&c->codes);
}

/* ---- what outlives the record ------------------------------------------------------------------------------ */

static bool within(casus_str s, const char *at, size_t n) { return at && s.at >= at && s.at <= at + n; }

/* A slice of the record, of the scratch (whose copy is given) or of a buffer that the next record overwrites. */
static casus_str keep(const data_parser *p, data_chunk *c, const char *copy, casus_str s) {
    if (!s.n) return (casus_str){"", 0};
    if (within(s, c->text.at, c->text.n)) return s;
    if (within(s, p->scratch.at, p->scratch.n)) return (casus_str){copy + (s.at - p->scratch.at), s.n};
    return (casus_str){casus_arena_strndup(&c->arena, s.at, s.n), s.n};
}

/* ---- actors, places, codes --------------------------------------------------------------------------------- */

/* The place of the name in the list + 1; *fresh when it is new, its text still to be set. */
static uint32_t name_of(data_chunk *c, data_names *l, uint64_t key, bool *fresh) {
    uint32_t *at = casus_table_put(&l->index, &l->arena, key ? key : 1, fresh);
    if (!*fresh) return *at;
    *CASUS_PUSH(&c->arena, l->at, l->n, l->cap) = (data_name){.key = key ? key : 1};
    return *at = (uint32_t)l->n;
}

bool data_is_blank(casus_str s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.at[i] != '\t') return false;
    return true;
}

static uint32_t part_of(const data_parser *p, data_chunk *c, data_names *l, const char *copy, casus_str fields) {
    bool fresh = false;
    if (data_is_blank(fields)) return 0;
    uint32_t at = name_of(c, l, XXH3_64bits_withSeed(fields.at, fields.n, p->salt), &fresh);
    if (fresh) l->at[at - 1].text = keep(p, c, copy, fields);
    return at;
}

/* CAMEO puts 09 (investigate) to verbal and 14 (protest) to material conflict; GDELT's files have the former as material cooperation, the latter
 * as verbal conflict. */
static int gdelt_quad(casus_str code, int quad) {
    return casus_str_starts(code, "09") ? 2 : casus_str_starts(code, "14") ? 3 : quad;
}

/* What is known of a code; looked up once a parser. */
static const data_known *known_of(data_parser *p, uint64_t key, casus_str text) {
    bool fresh = false;
    uint32_t *at = casus_table_put(&p->codes, &p->arena, key ? key : 1, &fresh);
    if (fresh) {
        data_known *k = CASUS_NEW(&p->arena, data_known);
        k->entry = casus_event_code_find(p->plan->scheme, text);
        if (k->entry && !isnan(k->entry->scale)) snprintf(k->scale, sizeof k->scale, "%g", k->entry->scale);
        if (k->entry) k->quad = p->plan->layout->gdelt_quads ? gdelt_quad(text, k->entry->quad) : k->entry->quad;
        *CASUS_PUSH(&p->arena, p->known, p->n_known, p->cap_known) = k;
        *at = (uint32_t)p->n_known;
    }
    return p->known[*at - 1];
}

static uint32_t code_of(data_parser *p, data_chunk *c, const char *copy, casus_str text) {
    bool fresh = false;
    uint64_t key = casus_str_hash(text);
    uint32_t at = name_of(c, &c->codes, key, &fresh);
    if (fresh) {
        c->codes.at[at - 1].text = keep(p, c, copy, text);
        c->codes.at[at - 1].known = known_of(p, key, text);
    }
    return at;
}

/* ---- quad class and scale ---------------------------------------------------------------------------------- */

/* Sets what a row says of them against the scheme's table; nothing is kept of it when it is just what the table says. */
static void compare(const data_plan *plan, const data_known *k, data_row *row, casus_str given) {
    casus_str quad = {"", 0}, scale = given;
    double q = 0, s = 0;
    bool two = plan->part[DATA_GIVEN].n == 2;
    row->flags |= k->entry ? 0 : DATA_UNKNOWN_CODE;
    row->given = given;
    if (!given.n || !*k->scale) return;
    row->flags |= DATA_RATED;
    if (two) casus_str_cut(&scale, '\t', &quad);
    bool as_written = casus_str_is(scale, k->scale) && (!two || (quad.n == 1 && quad.at[0] - '0' == k->quad));
    if (as_written && (!two || k->quad == k->entry->quad)) row->given = (casus_str){"", 0};
    if (as_written) row->flags |= DATA_AGREES;
    if (as_written) return;
    bool agrees = data_real(scale, &s) && fabs(s - k->entry->scale) < 1e-6;
    if (two) agrees = agrees && data_real(quad, &q) && fabs(q - k->quad) < 1e-6;
    row->flags |= agrees ? DATA_AGREES : 0;
}

/* ---- rows -------------------------------------------------------------------------------------------------- */

/* A number where the file has one that reads back the same, else its text. */
static void set_id(data_row *row, casus_str id) {
    row->number = -1;
    row->id = id;
    if (id.n && id.at[0] != '-' && (id.at[0] != '0' || id.n == 1) && data_integer(id, &row->number))
        row->id = (casus_str){"", 0};
    else
        row->number = -1;
}

static void add_event(data_parser *p, data_chunk *c, const data_event *e, uint32_t line, uint8_t flags) {
    static const data_part PARTS[DATA_ROW_NAMES] = {DATA_SOURCE, DATA_TARGET, DATA_PLACE, DATA_SOURCE_PLACE,
                                                    DATA_TARGET_PLACE};
    const char *copy = p->scratch.n ? casus_arena_dup(&c->arena, p->scratch.at, p->scratch.n) : "";
    data_row row = {.line = line, .flags = flags, .day = e->day, .end = e->end, .mentions = e->mentions, .low = e->low,
                    .best = e->best, .high = e->high};
    set_id(&row, keep(p, c, copy, e->id));
    row.code = code_of(p, c, copy, e->part[DATA_CODE]);
    for (int i = 0; i < DATA_ROW_NAMES; i++)
        row.name[i] = part_of(p, c, i < 2 ? &c->actors : &c->places, copy, e->part[PARTS[i]]);
    compare(p->plan, c->codes.at[row.code - 1].known, &row, e->part[DATA_GIVEN]);
    row.given = keep(p, c, copy, row.given);
    if (!data_is_blank(e->part[DATA_EXTRA])) row.extra = keep(p, c, copy, e->part[DATA_EXTRA]);
    *CASUS_PUSH(&c->arena, c->rows, c->n_rows, c->cap_rows) = row;
}

static void add_mention(data_parser *p, data_chunk *c, const casus_str *fields, uint32_t line, uint8_t flags) {
    data_row row = {.line = line, .flags = flags, .mention = CASUS_NEW_ARRAY(&c->arena, casus_str, DATA_MENTION_COLUMNS)};
    const char *begin = fields[0].at, *end = fields[DATA_MENTION_COLUMNS - 1].at + fields[DATA_MENTION_COLUMNS - 1].n;
    casus_str whole = keep(p, c, "", (casus_str){begin, (size_t)(end - begin)});
    for (int i = 0; i < DATA_MENTION_COLUMNS; i++)
        row.mention[i] = (casus_str){whole.at + (fields[i].at - begin), fields[i].n};
    *CASUS_PUSH(&c->arena, c->rows, c->n_rows, c->cap_rows) = row;
}

static void reject(data_parser *p, data_chunk *c, casus_str row, uint32_t line, bool recoded, const char *why) {
    *CASUS_PUSH(&c->arena, c->rejects, c->n_rejects, c->cap_rejects) =
        (data_reject){.why = casus_arena_strndup(&c->arena, why, strlen(why)),
                      .row = keep(p, c, "", row),
                      .before = c->n_rows,
                      .line = line,
                      .recoded = recoded};
}

/* A record's fields to an event or a mention; false with the reason when it is none. */
static bool take_fields(data_parser *p, data_chunk *c, casus_str record, uint32_t line, uint8_t flags, char *why) {
    casus_str fields[DATA_FIELDS];
    data_event event;
    int64_t id;
    const data_layout *l = p->plan->layout;
    size_t n = l->quoted ? data_split_csv(record, p->plan->separator, &p->cut, fields)
                         : data_split(record, p->plan->separator, fields);
    if (n == SIZE_MAX) return snprintf(why, DATA_WHY, "a quoted field does not end"), false;
    if (n > DATA_FIELDS)
        return snprintf(why, DATA_WHY, "%zu columns are more than the %d that are read", n, DATA_FIELDS), false;
    if (p->shape == DATA_SHAPE_FIELDS) {
        if (!data_event_of(p->plan, fields, n, &p->scratch, &event, why)) return false;
        add_event(p, c, &event, line, flags);
        return true;
    }
    if (n != l->least) return snprintf(why, DATA_WHY, "%zu columns, not %u", n, l->least), false;
    if (!data_integer(fields[0], &id)) return snprintf(why, DATA_WHY, "the event's number is none"), false;
    add_mention(p, c, fields, line, flags);
    return true;
}

static bool take(data_parser *p, data_chunk *c, casus_str record, uint32_t line, uint8_t flags, char *why) {
    data_event event;
    casus_buf_clear(&p->scratch);
    if (p->shape == DATA_SHAPE_FIELDS || p->shape == DATA_SHAPE_MENTION)
        return take_fields(p, c, record, line, flags, why);
    bool ok = p->shape == DATA_SHAPE_LINE ? data_event_line(record, &p->scratch, &event, why)
                                          : data_event_json(record, &p->scratch, &event, why);
    if (ok) add_event(p, c, &event, line, flags);
    return ok;
}

/* The record as UTF-8: what is none is read as Latin-1. */
static casus_str as_utf8(data_parser *p, casus_str record, uint8_t *flags) {
    if (data_is_ascii(record) || casus_utf8_check(record.at, record.n) == record.n || memchr(record.at, '\0', record.n))
        return record;
    casus_buf_clear(&p->latin);
    data_latin1(&p->latin, record);
    *flags |= DATA_RECODED;
    return (casus_str){p->latin.at, p->latin.n};
}

/* A row that seems bad because memory ran out is none to be rejected. */
static bool out_of_memory(const data_parser *p) { return p->scratch.failed || p->cut.failed || p->latin.failed; }

static void take_record(data_parser *p, data_chunk *c, casus_str record, uint32_t line, bool plain) {
    char why[DATA_WHY] = "";
    uint8_t flags = 0;
    if (!casus_str_trim(record).n) return;
    casus_str text = plain ? record : as_utf8(p, record, &flags);
    bool recoded = flags & DATA_RECODED;
    if (out_of_memory(p)) return;
    if (c->over)
        reject(p, c, (casus_str){text.at, 200}, line, recoded, "a record longer than 16 MB, or a quote that does not end");
    else if (!plain && memchr(record.at, '\0', record.n))
        reject(p, c, record, line, recoded, "it holds a NUL byte");
    else if (!take(p, c, text, line, flags, why) && !out_of_memory(p))
        reject(p, c, text, line, recoded, why);
}

static uint32_t count_lines(casus_str s) {
    uint32_t n = 1;
    for (const char *at = s.at; (at = memchr(at, '\n', s.n - (size_t)(at - s.at))); at++) n++;
    return n;
}

static void take_records(data_parser *p, data_chunk *c) {
    bool quoted = p->plan->layout->quoted && p->shape != DATA_SHAPE_LINE;
    casus_str rest = {c->text.at, c->text.n};
    bool plain = data_is_ascii(rest);
    while (rest.n && !out_of_memory(p)) {
        casus_str record = {rest.at, c->over ? rest.n : data_record_length(rest, quoted)};
        uint32_t line = c->lines;
        size_t used = record.n + (record.n < rest.n);
        rest = (casus_str){rest.at + used, rest.n - used};
        c->lines += quoted ? count_lines(record) : 1;
        if (record.n && record.at[record.n - 1] == '\r') record.n--;
        if (c->at_start && line == 0 && casus_str_starts(record, "\xEF\xBB\xBF"))
            record = (casus_str){record.at + 3, record.n - 3};
        take_record(p, c, record, line, plain);
    }
}

static void set_traps(data_parser *p, data_chunk *c, jmp_buf *trap) {
    casus_arena *all[] = {&c->arena, &c->actors.arena, &c->places.arena, &c->codes.arena, &p->arena};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) all[i]->trap = trap;
}

void data_parse(data_parser *p, data_chunk *c) {
    jmp_buf trap;
    chunk_clear(c);
    bool failed = setjmp(trap) != 0;
    if (!failed) {
        set_traps(p, c, &trap);
        take_records(p, c);
    }
    set_traps(p, c, NULL);
    if (failed || out_of_memory(p)) c->code = casus_fail(&c->err, CASUS_ERR_NOMEM, "out of memory reading rows");
}
