/* Acts from the ledger: the compact tables of imported events, and events merged from statements. */
#include "casus/measure.h"
#include "acts.h"
#include "known.h"
#include "names.h"

#include "casus/coder.h"
#include "casus/lexicon.h"
#include "ledger/coded.h"
#include "ledger/dyads.h"

#include <math.h>
#include <sqlite3.h>
#include <string.h>

typedef struct code_entry {
    uint8_t type, quad;
    float goldstein;
} code_entry;

typedef struct loader {
    sqlite3 *db;
    const casus_acts_filter *filter;
    casus_arena *arena;
    casus_error *err;
    casus_acts acts;
    measure_sink *sink;          /* takes the acts; NULL: acts.at does */
    void *sink_ctx;
    size_t cap, cap_actors;
    casus_table index;           /* name's hash → actor + 1 */
    measure_who who[2];          /* what the filter's actors mean */
    casus_plover type;
    int32_t since, until;        /* days; until is exclusive */
    code_entry *codes;           /* by number */
    size_t n_codes;
    uint32_t *coded;             /* coded actor → index + 1; NOT_YET, NOT_NAMED */
    size_t n_coded;
    uint8_t *side;               /* coded actor → 1 the filter's first, 2 its second, 0 neither */
    int64_t *members[2];         /* coded actors that the filter's actors mean */
    size_t n_members[2], cap_members[2], cap_linked[2];
    measure_known *known;        /* NULL: imported actors keep their names */
    uint8_t *there;              /* coded place → 1 the filter's place; NULL without one */
    size_t n_there;
    sqlite3_stmt *who_is, *event_is; /* a coded actor, an event by number */
    sqlite3_stmt *question;          /* the one being answered */
    coded_reader reader;
    dyads_reader dyads;
    size_t told;
    bool transaction; /* begun here */
} loader;

static casus_code fail(const loader *k, const char *doing) {
    return casus_fail(k->err, CASUS_ERR_DB, "cannot %s: %s", doing, sqlite3_errmsg(k->db));
}

static sqlite3_stmt *prepare(const loader *k, const char *sql) {
    sqlite3_stmt *q = NULL;
    return sqlite3_prepare_v2(k->db, sql, -1, &q, NULL) ? NULL : q;
}

/* A question whose rows may need memory: kept in the loader, so that it is let go when there is none. One at a time. */
static sqlite3_stmt *ask(loader *k, const char *sql) {
    sqlite3_finalize(k->question);
    return k->question = prepare(k, sql);
}

static casus_code answered(loader *k, int rc, const char *doing) {
    sqlite3_finalize(k->question);
    k->question = NULL;
    return rc == SQLITE_DONE ? CASUS_OK : fail(k, doing);
}

static const char *text(sqlite3_stmt *q, int column) {
    const char *s = (const char *)sqlite3_column_text(q, column);
    return s ? s : "";
}

/* ---- actors ------------------------------------------------------------------------------------------------ */

static uint32_t actor_named(loader *k, const char *name) {
    bool fresh = false;
    uint64_t key = casus_str_hash(casus_str_of(name));
    uint32_t *value = casus_table_put(&k->index, k->arena, key ? key : 1, &fresh);
    if (!fresh) return *value;
    *value = (uint32_t)k->acts.n_actors;
    *CASUS_PUSH(k->arena, k->acts.actors, k->acts.n_actors, k->cap_actors) = casus_arena_strndup(k->arena, name, strlen(name));
    return *value;
}

/* The actor's index: the filter's actors take in all that they mean. */
static uint32_t actor_of(loader *k, const char *id, const char *name, const char *country, size_t *member) {
    for (size_t i = 0; i < 2; i++)
        if (measure_who_means(&k->who[i], id, name, country)) {
            k->who[i].met = true;
            if (member) *member = i;
            return (uint32_t)i;
        }
    const char *shown = *id ? id : name;
    return *shown ? actor_named(k, shown) : CASUS_NOBODY;
}

/* ---- actors of imported events ----------------------------------------------------------------------------- */

enum { NOT_YET = 0, NOT_NAMED = UINT32_MAX };

static casus_code number_of(const loader *k, const char *sql, int64_t *value) {
    sqlite3_stmt *q = prepare(k, sql);
    int rc = q ? sqlite3_step(q) : SQLITE_ERROR;
    if (rc == SQLITE_ROW) *value = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return rc == SQLITE_ROW ? CASUS_OK : fail(k, "read the imported events");
}

static void know_actor(loader *k, sqlite3_stmt *q, int64_t number) {
    casus_known_actor known;
    bool is_known = k->known && measure_known_find(k->known, text(q, 0), text(q, 1), text(q, 2), text(q, 4), &known);
    uint32_t actor = is_known ? actor_of(k, known.id, known.name, text(q, 2), NULL) : actor_of(k, text(q, 0), text(q, 1), text(q, 2), NULL);
    k->coded[number] = actor == CASUS_NOBODY ? NOT_NAMED : actor + 1;
}

/* The index of a coded actor, looked up when it is met first. */
static uint32_t coded_actor(loader *k, uint32_t number) {
    if (!number || number >= k->n_coded) return CASUS_NOBODY;
    if (k->coded[number] == NOT_YET) {
        sqlite3_bind_int64(k->who_is, 1, number);
        if (sqlite3_step(k->who_is) == SQLITE_ROW) know_actor(k, k->who_is, number);
        else k->coded[number] = NOT_NAMED;
        sqlite3_reset(k->who_is);
    }
    return k->coded[number] == NOT_NAMED ? CASUS_NOBODY : k->coded[number] - 1;
}

static void add_member(loader *k, sqlite3_stmt *q, size_t side, int64_t number, bool linked) {
    k->side[number] = (uint8_t)(side + 1);
    k->coded[number] = (uint32_t)side + 1;
    k->who[side].met = true;
    *CASUS_PUSH(k->arena, k->members[side], k->n_members[side], k->cap_members[side]) = number;
    if (linked)
        *CASUS_PUSH(k->arena, k->acts.linked[side], k->acts.n_linked[side], k->cap_linked[side]) =
            casus_arena_printf(k->arena, "%s", *text(q, 0) ? text(q, 0) : text(q, 1));
}

/* The side that an imported actor is on: known to be one asked for though it is called otherwise, or so called; 2: neither. */
static size_t side_of(loader *k, sqlite3_stmt *q, bool *linked) {
    *linked = true;
    for (size_t i = 0; i < 2; i++)
        if (measure_who_linked(&k->who[i], text(q, 0), text(q, 1), text(q, 2), text(q, 4))) return i;
    *linked = false;
    for (size_t i = 0; i < 2; i++)
        if (measure_who_means(&k->who[i], text(q, 0), text(q, 1), text(q, 2))) return i;
    return 2;
}

/* The imported actor that the row is of: a member when it is asked for; the others are named when `others`, or when they are met. */
static void take_actor(loader *k, sqlite3_stmt *q, bool others) {
    int64_t number = sqlite3_column_int64(q, 3);
    bool linked;
    if (number <= 0 || (size_t)number >= k->n_coded || k->coded[number]) return;
    size_t side = side_of(k, q, &linked);
    if (side < 2) add_member(k, q, side, number, linked);
    else if (others) know_actor(k, q, number);
}

static casus_code take_everybody(loader *k) {
    sqlite3_stmt *q = ask(k, "SELECT code, name, country, actor, sectors FROM coded_actors ORDER BY actor");
    int rc;
    if (!q) return fail(k, "read the imported actors");
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) take_actor(k, q, true);
    return answered(k, rc, "read the imported actors");
}

static casus_code take_asked(loader *k) {
    const measure_who *const who[2] = {&k->who[0], &k->who[1]};
    int64_t *numbers = NULL;
    size_t n = 0;
    casus_code code = measure_candidates(k->db, who, 2, k->arena, &numbers, &n, k->err);
    for (size_t i = 0; i < n && !code; i++) {
        sqlite3_bind_int64(k->who_is, 1, numbers[i]);
        int rc = sqlite3_step(k->who_is);
        if (rc == SQLITE_ROW) take_actor(k, k->who_is, false);
        else if (rc != SQLITE_DONE) code = fail(k, "read the imported actors");
        sqlite3_reset(k->who_is);
    }
    return code;
}

/* Imported actors: all of them where all events are wanted. */
static casus_code read_coded_actors(loader *k) {
    int64_t last = 0;
    if (k->filter->known && k->filter->lexicon) k->known = measure_known_new(k->filter->lexicon, k->arena);
    casus_code code = number_of(k, "SELECT coalesce(max(actor), 0) FROM coded_actors", &last);
    if (code) return code;
    if (last < 0 || last >= UINT32_MAX) return casus_fail(k->err, CASUS_ERR_DB, "the imported actors are numbered beyond what can be read");
    k->who_is = prepare(k, "SELECT code, name, country, actor, sectors FROM coded_actors WHERE actor = ?1");
    if (!k->who_is) return fail(k, "read the imported actors");
    k->n_coded = (size_t)last + 1;
    k->coded = CASUS_NEW_ARRAY(k->arena, uint32_t, k->n_coded);
    k->side = CASUS_NEW_ARRAY(k->arena, uint8_t, k->n_coded);
    return k->filter->others || (!k->filter->first && !k->filter->second) ? take_everybody(k) : take_asked(k);
}

static casus_code read_places(loader *k) {
    int64_t last = 0;
    casus_code code = number_of(k, "SELECT coalesce(max(place), 0) FROM coded_places", &last);
    sqlite3_stmt *q = code ? NULL : ask(k, "SELECT place FROM coded_places WHERE country = ?1 COLLATE NOCASE OR name = ?1 COLLATE NOCASE");
    if (!q) return code ? code : fail(k, "read the imported places");
    k->n_there = (size_t)(last > 0 ? last : 0) + 1;
    k->there = CASUS_NEW_ARRAY(k->arena, uint8_t, k->n_there);
    sqlite3_bind_text(q, 1, k->filter->where, -1, SQLITE_STATIC);
    int rc;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        int64_t place = sqlite3_column_int64(q, 0);
        if (place > 0 && (size_t)place < k->n_there) k->there[place] = 1;
    }
    return answered(k, rc, "read the imported places");
}

/* ---- imported events --------------------------------------------------------------------------------------- */

static casus_code read_codes(loader *k) {
    sqlite3_stmt *q = ask(k, "SELECT code, plover, quad, scale FROM coded_codes ORDER BY code");
    if (!q) return fail(k, "read the event codes");
    size_t cap = 0;
    int rc;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        int64_t number = sqlite3_column_int64(q, 0);
        if (number < 0 || number > INT32_MAX) continue;
        casus_plover type = casus_plover_of(casus_str_of(text(q, 1)));
        int quad = sqlite3_column_int(q, 2);
        while (k->n_codes <= (size_t)number) *CASUS_PUSH(k->arena, k->codes, k->n_codes, cap) = (code_entry){0};
        k->codes[number] = (code_entry){(uint8_t)type, (uint8_t)(quad > 0 && quad < 5 ? quad : casus_plover_quad(type)), (float)sqlite3_column_double(q, 3)};
    }
    return answered(k, rc, "read the event codes");
}

static void emit(loader *k, const casus_act *act) {
    if (k->sink) k->sink(k->sink_ctx, act);
    else *CASUS_PUSH(k->arena, k->acts.at, k->acts.n, k->cap) = *act;
    k->told++;
}

/* ---- imported events between two ---------------------------------------------------------------------------- */

static bool names_other(const loader *k, const dyads_row *row, size_t other) {
    for (size_t i = 0; i < row->n_targets; i++)
        if (row->target[i] < k->n_coded && k->side[row->target[i]] == other + 1) return true;
    return false;
}

/* Events of a source on one side with targets on the other. */
static void tell_dyads(loader *k, const dyads_row *row, size_t side) {
    size_t other = 1 - side;
    for (size_t t = 0; t < row->n_targets; t++) {
        if (row->target[t] >= k->n_coded || k->side[row->target[t]] != other + 1) continue;
        for (size_t i = t ? row->end[t - 1] : 0; i < row->end[t]; i++) {
            code_entry e = row->code[i] < k->n_codes ? k->codes[row->code[i]] : (code_entry){0};
            if ((k->type && e.type != k->type) || row->day[i] < k->since || row->day[i] >= k->until) continue;
            emit(k, &(casus_act){.day = row->day[i], .source = (uint32_t)side, .target = (uint32_t)other, .type = e.type, .quad = e.quad, .goldstein = e.goldstein});
        }
    }
}

static casus_code read_dyads_of(loader *k, uint32_t source, size_t side) {
    dyads_row row;
    bool got = true;
    casus_code code = CASUS_OK;
    dyads_reader_source(&k->dyads, source);
    while (!code && !(code = dyads_reader_next(&k->dyads, &row, &got, k->err)) && got) {
        if (!names_other(k, &row, 1 - side)) continue;
        code = dyads_reader_load(&k->dyads, &row, k->err);
        if (!code) tell_dyads(k, &row, side);
    }
    return code;
}

static casus_code read_dyads(loader *k) {
    casus_code code = dyads_reader_open(&k->dyads, k->db, k->err);
    for (size_t side = 0; side < 2; side++)
        for (size_t i = 0; i < k->n_members[side] && !code; i++) code = read_dyads_of(k, (uint32_t)k->members[side][i], side);
    return code;
}

/* Two actors and nothing else asked for, in a ledger that has all events by source. */
static casus_code is_dyad(loader *k, bool *yes) {
    const casus_acts_filter *f = k->filter;
    *yes = f->first && f->second && !f->others && !f->where;
    return *yes ? dyads_complete(k->db, yes, k->err) : CASUS_OK;
}

/* ---- imported events of all ---------------------------------------------------------------------------------- */

enum { FEW = 48 /* events of a segment that are sooner looked up one by one than by reading all its columns */ };

/* What the lists of a segment say of its events, before any of these is looked at. */
typedef struct sieve {
    uint8_t *side[2];  /* by place in the lists of sources and targets: as loader.side */
    code_entry *codes; /* by place in the list of codes */
    uint8_t *ok, *there;
} sieve;

static void sieve_make(loader *k, sieve *s) {
    for (size_t i = 0; i < 2; i++) s->side[i] = CASUS_NEW_ARRAY(k->arena, uint8_t, CODED_SEGMENT);
    s->codes = CASUS_NEW_ARRAY(k->arena, code_entry, CODED_SEGMENT);
    s->ok = CASUS_NEW_ARRAY(k->arena, uint8_t, CODED_SEGMENT);
    s->there = CASUS_NEW_ARRAY(k->arena, uint8_t, CODED_SEGMENT);
}

/* Sides of a list of actors; which of the filter's actors are among them, as bits 1 and 2. */
static unsigned sieve_side(const loader *k, const uint32_t *list, size_t n, uint8_t *side) {
    unsigned seen = 0;
    for (size_t i = 0; i < n; i++) seen |= 1u << (side[i] = list[i] < k->n_coded ? k->side[list[i]] : 0);
    return seen >> 1;
}

/* False when no event of the segment can be asked for. */
static bool sieve_set(const loader *k, const coded_columns *c, sieve *s) {
    bool any = false, anywhere = !k->there;
    unsigned sides = sieve_side(k, c->list[CODED_SOURCE], c->n_list[CODED_SOURCE], s->side[0]);
    sides |= sieve_side(k, c->list[CODED_TARGET], c->n_list[CODED_TARGET], s->side[1]);
    for (size_t i = 0; i < c->n_list[CODED_CODE]; i++) {
        uint32_t code = c->list[CODED_CODE][i];
        s->codes[i] = code < k->n_codes ? k->codes[code] : (code_entry){0};
        any |= s->ok[i] = !k->type || s->codes[i].type == k->type;
    }
    for (size_t i = 0; k->there && i < c->n_list[CODED_PLACE]; i++) {
        uint32_t place = c->list[CODED_PLACE][i];
        anywhere |= s->there[i] = place < k->n_there && k->there[place];
    }
    const casus_acts_filter *f = k->filter;
    return any && anywhere && (f->others || ((!f->first || sides & 1) && (!f->second || sides & 2)));
}

static bool takes_part(const loader *k, unsigned source, unsigned target) {
    const casus_acts_filter *f = k->filter;
    return ((!f->first || source == 1 || target == 1) && (!f->second || source == 2 || target == 2));
}

static bool wanted(const loader *k, unsigned source, unsigned target, unsigned quad) {
    const casus_acts_filter *f = k->filter;
    return (f->others && (!f->others_quad || quad == f->others_quad)) || takes_part(k, source, target);
}

static void sift(loader *k, const coded_columns *c, const sieve *s) {
    const uint16_t *source = c->at[CODED_SOURCE], *target = c->at[CODED_TARGET], *code = c->at[CODED_CODE];
    bool all = (k->filter->others && !k->filter->others_quad) || (!k->filter->first && !k->filter->second), whole = c->day_low >= k->since && c->day_high < k->until;
    for (size_t i = 0; i < c->n; i++) {
        if (!all && !wanted(k, s->side[0][source[i]], s->side[1][target[i]], s->codes[code[i]].quad)) continue;
        int32_t day = c->day_low + c->day[i];
        if (!s->ok[code[i]] || (!whole && (day < k->since || day >= k->until)) || (k->there && !s->there[c->at[CODED_PLACE][i]])) continue;
        code_entry e = s->codes[code[i]];
        emit(k, &(casus_act){.day = day, .source = coded_actor(k, c->list[CODED_SOURCE][source[i]]), .target = coded_actor(k, c->list[CODED_TARGET][target[i]]),
                             .type = e.type, .quad = e.quad, .goldstein = e.goldstein});
    }
}

/* Events of the asked, where they are few; FEW + 1 when they are not. */
static size_t pick_few(const loader *k, const coded_columns *c, const sieve *s, uint32_t few[FEW]) {
    const uint16_t *source = c->at[CODED_SOURCE], *target = c->at[CODED_TARGET];
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (!takes_part(k, s->side[0][source[i]], s->side[1][target[i]])) continue;
        if (n == FEW) return FEW + 1;
        few[n++] = (uint32_t)i;
    }
    return n;
}

static casus_code look_up_few(loader *k, const coded_columns *c, const uint32_t *few, size_t n) {
    casus_code code = CASUS_OK;
    for (size_t i = 0; i < n && !code; i++) {
        sqlite3_bind_int64(k->event_is, 1, c->first + few[i]);
        if (sqlite3_step(k->event_is) == SQLITE_ROW) {
            int day = sqlite3_column_int(k->event_is, 0);
            int64_t number = sqlite3_column_int64(k->event_is, 1);
            code_entry e = number >= 0 && (size_t)number < k->n_codes ? k->codes[number] : (code_entry){0};
            casus_act act = {.day = casus_day_of(day / 10000, day / 100 % 100, day % 100), .type = e.type, .quad = e.quad, .goldstein = e.goldstein,
                             .source = coded_actor(k, c->list[CODED_SOURCE][c->at[CODED_SOURCE][few[i]]]),
                             .target = coded_actor(k, c->list[CODED_TARGET][c->at[CODED_TARGET][few[i]]])};
            if ((!k->type || e.type == k->type) && act.day >= k->since && act.day < k->until) emit(k, &act);
        } else {
            code = fail(k, "read the imported events");
        }
        sqlite3_reset(k->event_is);
    }
    return code;
}

static casus_code read_segment(loader *k, coded_reader *r, coded_columns *c, const sieve *s) {
    uint32_t few[FEW];
    size_t n = FEW + 1;
    casus_code code = CASUS_OK;
    bool asked = !k->filter->others && (k->filter->first || k->filter->second) && !k->there;
    if (asked && !(code = coded_reader_load_actors(r, c, k->err))) n = pick_few(k, c, s, few);
    if (!code && n <= FEW) return look_up_few(k, c, few, n);
    if (!code) code = coded_reader_load(r, c, k->there != NULL, k->err);
    if (!code) sift(k, c, s);
    return code;
}

static casus_code read_columns(loader *k, coded_reader *r) {
    coded_columns c;
    sieve s;
    bool got = true;
    sieve_make(k, &s);
    k->event_is = prepare(k, "SELECT day, code FROM coded_events WHERE event = ?1");
    casus_code code = k->event_is ? coded_reader_open(r, k->db, k->since, k->until - 1, k->err) : fail(k, "read the imported events");
    while (!code && got) {
        code = coded_reader_next(r, &c, &got, k->err);
        if (!code && got && sieve_set(k, &c, &s)) code = read_segment(k, r, &c, &s);
    }
    return code;
}

static casus_code read_coded_events(loader *k) {
    bool dyad = false;
    casus_code code = is_dyad(k, &dyad);
    if (code) return code;
    return dyad ? read_dyads(k) : read_columns(k, &k->reader);
}

static casus_code read_imports(loader *k) {
    casus_code code = read_codes(k);
    if (!code) code = read_coded_actors(k);
    if (!code && k->filter->where) code = read_places(k);
    return code ? code : read_coded_events(k);
}

/* ---- events of statements ---------------------------------------------------------------------------------- */

static const char STATEMENTS[] =
    "SELECT e.plover, s.actor, coalesce(s.name, s.text), sa.country, g.actor, coalesce(g.name, g.text), ga.country,"
    " coalesce(min(t.time_begin), min(t.time_end), min(d.date)), max(t.cooperation) - max(t.conflict)"
    " FROM events e JOIN event_statements m ON m.event = e.event AND m.role <> 'disputes' JOIN statements t ON t.st = m.st"
    " JOIN documents d ON d.doc = t.doc LEFT JOIN participants s ON s.st = t.st AND s.side = 'source'"
    " LEFT JOIN participants g ON g.st = t.st AND g.side = 'target' LEFT JOIN actors sa ON sa.actor = s.actor"
    " LEFT JOIN actors ga ON ga.actor = g.actor WHERE (?1 IS NULL OR EXISTS(SELECT 1 FROM places p WHERE p.st = t.st"
    " AND (p.country = ?1 COLLATE NOCASE OR p.name = ?1 COLLATE NOCASE))) AND (?2 IS NULL OR d.id <> ?2)"
    " GROUP BY e.event, coalesce(s.actor, s.name, s.text), coalesce(g.actor, g.name, g.text)";

static void add_statement(loader *k, sqlite3_stmt *q) {
    int32_t day, end;
    casus_plover type = casus_plover_of(casus_str_of(text(q, 0)));
    if (!casus_day_parse(casus_str_of(text(q, 7)), &day, &end) || day < k->since || day >= k->until) return;
    if (k->type && type != k->type) return;
    uint32_t source = actor_of(k, text(q, 1), text(q, 2), text(q, 3), NULL), target = actor_of(k, text(q, 4), text(q, 5), text(q, 6), NULL);
    if (!wanted(k, source < 2 ? source + 1 : 0, target < 2 ? target + 1 : 0, (unsigned)casus_plover_quad(type))) return;
    emit(k, &(casus_act){.day = day, .source = source, .target = target, .type = (uint8_t)type,
        .quad = (uint8_t)casus_plover_quad(type), .goldstein = (float)sqlite3_column_double(q, 8)});
}

static casus_code read_statements(loader *k) {
    sqlite3_stmt *q = ask(k, STATEMENTS);
    if (!q) return fail(k, "read the events");
    int rc;
    if (k->filter->where) sqlite3_bind_text(q, 1, k->filter->where, -1, SQLITE_STATIC);
    if (k->filter->without) sqlite3_bind_text(q, 2, k->filter->without, -1, SQLITE_STATIC);
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) add_statement(k, q);
    return answered(k, rc, "read the events");
}

/* ---- all --------------------------------------------------------------------------------------------------- */

static casus_code set_up(loader *k) {
    const casus_acts_filter *f = k->filter;
    int32_t ignored;
    k->since = casus_day_of(1, 1, 1), k->until = casus_day_of(9999, 12, 31) + 1;
    if (f->since && !casus_day_parse(casus_str_of(f->since), &k->since, &ignored)) return casus_fail(k->err, CASUS_ERR_ARG, "\"%s\" is no date", f->since);
    if (f->until && !casus_day_parse(casus_str_of(f->until), &ignored, &k->until)) return casus_fail(k->err, CASUS_ERR_ARG, "\"%s\" is no date", f->until);
    if (k->since >= k->until) return casus_fail(k->err, CASUS_ERR_ARG, "the period ends (%s) before it begins (%s)", f->until, f->since);
    k->type = f->type ? casus_plover_of(casus_str_of(f->type)) : CASUS_NO_PLOVER;
    if (f->type && !k->type) return casus_fail(k->err, CASUS_ERR_ARG, "\"%s\" is no PLOVER event type (AGREE, CONSULT … ASSAULT)", f->type);
    const char *asked[2] = {f->first, f->second};
    for (size_t i = 0; i < 2; i++) {
        *CASUS_PUSH(k->arena, k->acts.actors, k->acts.n_actors, k->cap_actors) = asked[i] ? asked[i] : "";
        casus_code code = asked[i] ? measure_who_resolve(k->db, k->filter->lexicon, asked[i], k->arena, &k->who[i], k->err) : CASUS_OK;
        if (code) return code;
    }
    return CASUS_OK;
}

static casus_code nothing(const loader *k) {
    const casus_acts_filter *f = k->filter;
    return casus_fail(k->err, CASUS_ERR_NOTFOUND, "there are no events%s%s%s%s%s%s%s%s%s%s%s%s; take another period or fewer conditions",
                      f->first ? (f->second ? " between " : " of ") : "", f->first ? f->first : "", f->second ? " and " : "", f->second ? f->second : "",
                      f->type ? " of type " : "", f->type ? f->type : "", f->where ? " in " : "", f->where ? f->where : "", f->since ? " since " : "", f->since ? f->since : "",
                      f->until ? " until " : "", f->until ? f->until : "");
}

static casus_code load(loader *k) {
    casus_code code = set_up(k);
    if (!code) code = read_imports(k);
    if (!code) code = read_statements(k);
    for (size_t i = 0; i < 2 && !code; i++)
        if ((i ? k->filter->second : k->filter->first) && !k->who[i].met) code = measure_who_known(k->db, k->filter->lexicon, &k->who[i], k->arena, k->err);
    return code || k->told ? code : nothing(k);
}

/* One look at the ledger, whoever writes to it meanwhile; and thousands of questions that lock it but once. */
static casus_code look(loader *k) {
    bool ours = sqlite3_get_autocommit(k->db) != 0;
    if (ours && sqlite3_exec(k->db, "BEGIN", NULL, NULL, NULL)) return fail(k, "read the events");
    k->transaction = ours;
    return load(k);
}

/* Statements, buffers and the transaction are let go when memory runs out on the way, too. */
casus_code measure_acts(casus_ledger *l, const casus_acts_filter *filter, measure_sink *sink, void *ctx, casus_arena *arena, casus_acts *out,
                        casus_error *err) {
    loader *k = CASUS_NEW(arena, loader);
    jmp_buf trap, *outer = arena->trap;
    *k = (loader){.db = casus_ledger_sqlite(l), .filter = filter, .arena = arena, .err = err, .sink = sink, .sink_ctx = ctx};
    casus_code code = CASUS_OK;
    bool failed = setjmp(trap) != 0;
    if (!failed) {
        arena->trap = &trap;
        code = look(k);
    }
    arena->trap = outer;
    sqlite3_finalize(k->question);
    sqlite3_finalize(k->who_is);
    sqlite3_finalize(k->event_is);
    coded_reader_close(&k->reader);
    dyads_reader_close(&k->dyads);
    if (k->transaction) sqlite3_exec(k->db, "COMMIT", NULL, NULL, NULL);
    if (failed) longjmp(*outer, 1);
    if (!code) *out = k->acts;
    return code;
}

casus_code casus_acts_load(casus_ledger *l, const casus_acts_filter *filter, casus_arena *arena, casus_acts *out, casus_error *err) {
    return measure_acts(l, filter, NULL, NULL, arena, out, err);
}
