/* Kept events taken apart again: an imported row back to the columns of its file, and the count of what an output
 * cannot hold of it.
 *
 * A row's parts are its fields joined by tabs in the order of the file's plan (event.c); the plan is made anew from the
 * header that the manifest keeps. */
#include "data/export.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- sources ----------------------------------------------------------------------------------------------- */

static casus_code no_memory(data_export *x) {
    return casus_fail(x->err, CASUS_ERR_NOMEM, "out of memory writing an export");
}

/* The header, or for a file without one the layout's own names. A map stands on the header's last line (import.c). */
static casus_code plan_source(data_export *x, data_source *s, const data_layout *layout, const char *columns,
                              int n_columns) {
    const char *map = NULL;
    bool fixed = !columns;
    if (columns && strcmp(layout->name, "csv") == 0) map = strrchr(columns, '\n');
    casus_buf_add(&s->header, fixed ? "" : columns, fixed ? 0 : map ? (size_t)(map - columns) : (size_t)n_columns);
    if (fixed) data_layout_header(layout, &s->header);
    if (s->header.failed) return no_memory(x);
    casus_str header = {s->header.at, s->header.n};
    char separator = data_separator_of(header, layout);
    s->n =
        layout->quoted ? data_split_csv(header, separator, &s->cut, s->names) : data_split(header, separator, s->names);
    if (s->cut.failed) return no_memory(x);
    if (s->n > DATA_FIELDS) s->n = 0;
    s->lines = fixed && strcmp(layout->name, "keds") == 0;
    s->escaped = !layout->separator || (layout->quoted && !s->lines);
    if (fixed) {
        data_plan_fixed(&s->plan, layout);
        return CASUS_OK;
    }
    return data_plan_header(&s->plan, layout, map ? map + 1 : NULL, s->names, s->n, x->err);
}

static bool named(const char *list, const char *role) {
    for (const char *at = list; (at = strstr(at, role)) != NULL; at++)
        if ((at == list || at[-1] == ' ') && (at[strlen(role)] == ' ' || !at[strlen(role)])) return true;
    return false;
}

/* What follows from a date, or is one. */
static bool follows(const data_source *s, size_t column) {
    char letter = s->plan.role[column][0];
    return letter == '-' || letter == 'i' || letter == 'd' || letter == 'g' ||
           casus_str_is(casus_str_trim(s->names[column]), "year");
}

static bool output_holds(const data_export *x, const data_source *s, size_t column) {
    const char *role = s->plan.role[column];
    bool part = role[0] == 'a' || role[0] == 'b' || role[0] == 'p';
    const char key[3] = {role[0], part ? role[1] : '\0', '\0'};
    if (x->target) return data_target_holds(x->target, s, column);
    return named(x->holds, key) || (role[0] != 'c' && follows(s, column)) || named(x->holds, "all");
}

static casus_code load_source(data_export *x, int64_t import, data_source *s) {
    sqlite3_stmt *q = NULL;
    s->import = import;
    if (sqlite3_prepare_v2(x->db, "SELECT format, columns FROM imports WHERE import = ?1", -1, &q, NULL))
        return casus_fail(x->err, CASUS_ERR_DB, "cannot read the manifest: %s", sqlite3_errmsg(x->db));
    sqlite3_bind_int64(q, 1, import);
    casus_code code = CASUS_OK;
    const data_layout *layout = sqlite3_step(q) == SQLITE_ROW ? data_layout_named(data_column_text(q, 0)) : NULL;
    if (layout)
        code = plan_source(x, s, layout, (const char *)sqlite3_column_text(q, 1), sqlite3_column_bytes(q, 1));
    else
        code = casus_fail(x->err, CASUS_ERR_DB, "import %lld has no known format in the manifest", (long long)import);
    sqlite3_finalize(q);
    for (size_t i = 0; i < s->n && !code; i++) s->holds[i] = output_holds(x, s, i);
    return code;
}

casus_code data_source_of(data_export *x, sqlite3_stmt *q, data_source **out) {
    int64_t import = sqlite3_column_int64(q, ROW_IMPORT);
    *out = NULL;
    if (data_column_none(q, ROW_IMPORT)) return CASUS_OK;
    for (size_t i = x->n_sources; i-- > 0 && !*out;)
        if (x->sources[i]->import == import) *out = x->sources[i];
    if (*out) return CASUS_OK;
    data_source **grown = realloc(x->sources, (x->n_sources + 1) * sizeof *grown);
    if (!grown) return no_memory(x);
    x->sources = grown;
    data_source *s = calloc(1, sizeof *s);
    if (!s) return no_memory(x);
    x->sources[x->n_sources++] = s;
    *out = s;
    return load_source(x, import, s);
}

void data_export_done(data_export *x) {
    for (size_t i = 0; i < x->n_sources; i++) {
        casus_buf_done(&x->sources[i]->header);
        casus_buf_done(&x->sources[i]->cut);
        free(x->sources[i]);
    }
    free(x->sources);
    casus_buf_done(&x->out);
    casus_buf_done(&x->scratch);
    casus_buf_done(&x->actors);
}

bool data_same_family(const data_layout *a, const data_layout *b) {
    return a == b || (strncmp(a->name, "gdelt", 5) == 0 && strncmp(b->name, "gdelt", 5) == 0);
}

/* ---- rows -------------------------------------------------------------------------------------------------- */

/* \t, \n, \r, \\ of quoted layouts (event.c) undone, into the scratch, which does not move: it has room for the whole
 * row. */
static casus_str unescape(data_export *x, casus_str s) {
    size_t from = x->scratch.n;
    if (!memchr(s.at, '\\', s.n)) return s;
    for (size_t i = 0; i < s.n; i++) {
        bool escaped = s.at[i] == '\\' && i + 1 < s.n;
        i += escaped;
        char plain = !escaped         ? s.at[i]
                     : s.at[i] == 't' ? '\t'
                     : s.at[i] == 'n' ? '\n'
                     : s.at[i] == 'r' ? '\r'
                                      : s.at[i];
        casus_buf_add(&x->scratch, &plain, 1);
    }
    return x->scratch.failed ? (casus_str){"", 0} : (casus_str){x->scratch.at + from, x->scratch.n - from};
}

static void make_room(data_export *x, size_t n) {
    casus_buf_clear(&x->scratch);
    for (size_t i = x->scratch.cap > n ? n + 1 : 0; i <= n; i++) casus_buf_add(&x->scratch, "", 1);
    bool failed = x->scratch.failed;
    casus_buf_clear(&x->scratch);
    x->scratch.failed = failed;
}

static casus_str text_of(sqlite3_stmt *q, int column) {
    const char *s = (const char *)sqlite3_column_text(q, column);
    return s ? (casus_str){s, (size_t)sqlite3_column_bytes(q, column)} : (casus_str){"", 0};
}

/* A code of several columns: type and mode. A type may hold the joiner itself ("Explosions/Remote violence"): the
 * shortest beginning that the scheme knows is the type. */
static void restore_code(const data_source *s, casus_str text, casus_str *column) {
    const data_plan *plan = &s->plan;
    size_t n = plan->part[DATA_CODE].n, cut = text.n;
    char joiner = plan->layout->joiner;
    if (n > 1 && joiner && memchr(text.at, joiner, text.n))
        cut = (size_t)((const char *)memchr(text.at, joiner, text.n) - text.at);
    for (size_t i = 1; n > 1 && joiner && i <= text.n; i++)
        if ((i == text.n || text.at[i] == joiner) && casus_event_code_find(plan->scheme, (casus_str){text.at, i})) {
            cut = i;
            break;
        }
    if (n) column[plan->part[DATA_CODE].column[0]] = (casus_str){text.at, cut};
    if (n > 1 && cut < text.n)
        column[plan->part[DATA_CODE].column[1]] = (casus_str){text.at + cut + 1, text.n - cut - 1};
}

/* What the file said of quad class and scale; where nothing is kept, it said what the scheme's table has. */
static void restore_given(data_export *x, const data_source *s, sqlite3_stmt *q, casus_str *column) {
    const data_plan *plan = &s->plan;
    casus_str given = text_of(q, ROW_GIVEN), field;
    size_t from = x->scratch.n, n = plan->part[DATA_GIVEN].n;
    if (!given.n && !data_column_none(q, EV_SCALE)) {
        if (n == 2) casus_buf_addf(&x->scratch, "%d\t", sqlite3_column_int(q, EV_QUAD));
        casus_buf_addf(&x->scratch, "%g", sqlite3_column_double(q, EV_SCALE));
        given = (casus_str){x->scratch.at + from, x->scratch.n - from};
    }
    for (size_t i = 0; i < n && casus_str_cut(&given, '\t', &field); i++)
        column[plan->part[DATA_GIVEN].column[i]] = field;
}

void data_restore(data_export *x, const data_source *s, sqlite3_stmt *q, casus_str column[DATA_FIELDS]) {
    static const int TEXTS[DATA_PARTS] = {
        [DATA_SOURCE] = ROW_SOURCE_FIELDS,      [DATA_TARGET] = ROW_TARGET_FIELDS,      [DATA_PLACE] = ROW_PLACE_FIELDS,
        [DATA_SOURCE_PLACE] = ROW_SOURCE_PLACE, [DATA_TARGET_PLACE] = ROW_TARGET_PLACE, [DATA_EXTRA] = ROW_EXTRA};
    size_t room = 64;
    for (size_t i = 0; i < s->n; i++) column[i] = (casus_str){"", 0};
    for (int p = 0; p < DATA_PARTS; p++) room += TEXTS[p] ? (size_t)sqlite3_column_bytes(q, TEXTS[p]) : 0;
    make_room(x, room);
    if (x->scratch.failed) return;
    for (int p = 0; p < DATA_PARTS; p++) {
        casus_str rest = TEXTS[p] ? text_of(q, TEXTS[p]) : (casus_str){"", 0}, field;
        for (size_t i = 0; i < s->plan.part[p].n && TEXTS[p] && casus_str_cut(&rest, '\t', &field); i++)
            column[s->plan.part[p].column[i]] = s->escaped ? unescape(x, field) : field;
    }
    restore_code(s, text_of(q, EV_CODE), column);
    restore_given(x, s, q, column);
}

/* ---- counting ---------------------------------------------------------------------------------------------- */

static void count(data_count *list, const char *what) {
    for (int i = 0; i < DATA_REASONS; i++) {
        if (list[i].what && strcmp(list[i].what, what) != 0) continue;
        list[i].what = what;
        list[i].events++;
        return;
    }
}

casus_code data_left_out(data_export *x, const char *why) {
    x->report->left_out++;
    count(x->reasons, why);
    return CASUS_OK;
}

void data_lost(data_export *x, const char *what) { count(x->losses, what); }

/* Values of the row that stand in no column but in one of the table's own. */
static bool has_number(sqlite3_stmt *q, char letter) {
    int column = letter == 'w'   ? ROW_MENTIONS
                 : letter == 'l' ? ROW_LOW
                 : letter == 'k' ? EV_DEATHS
                 : letter == 'h' ? ROW_HIGH
                                 : -1;
    bool longer = letter == 'e' && strcmp(data_column_text(q, EV_BEGIN), data_column_text(q, EV_END)) != 0;
    return longer || (column >= 0 && sqlite3_column_int64(q, column) != 0);
}

/* Members of a PLOVER record that an event has no columns for. */
static void count_members(data_export *x, sqlite3_stmt *q) {
    static const char *const MEMBERS[] = {"time", "endtime",    "event_text", "context", "link",
                                          "text", "text_info",  "cite_info",  "comment", "coder",
                                          "size", "coded_date", "coded_time"};
    casus_str record = text_of(q, ROW_EXTRA);
    json_t *object = json_loadb(record.at, record.n, 0, NULL);
    for (size_t i = 0; i < sizeof MEMBERS / sizeof *MEMBERS; i++) {
        const json_t *v = json_object_get(object, MEMBERS[i]);
        if (v && !json_is_null(v)) data_lost(x, MEMBERS[i]);
    }
    if (json_array_size(json_object_get(object, "actor")) > 1 ||
        json_array_size(json_object_get(object, "recipient")) > 1)
        data_lost(x, "second and further actors and recipients");
    json_decref(object);
}

static casus_code count_lost(data_export *x, data_source *s, sqlite3_stmt *q) {
    casus_str column[DATA_FIELDS];
    data_restore(x, s, q, column);
    if (x->scratch.failed) return no_memory(x);
    bool other_scale = !data_column_none(q, ROW_GIVEN),
         same = strcasecmp(x->options->format, s->plan.layout->name) == 0;
    bool whole = x->holds && named(x->holds, "all");
    if (!s->plan.layout->separator && same) return CASUS_OK;
    if (!s->plan.layout->separator && !whole) count_members(x, q);
    if (s->lines && !whole && !data_column_none(q, ROW_EXTRA) && !data_target_lines(x->target)) data_lost(x, "text");
    for (size_t i = 0; i < s->n; i++) {
        char letter = s->plan.role[i][0];
        if (s->holds[i] && !(letter == 'g' && other_scale && x->holds && !named(x->holds, "g"))) continue;
        s->lost[i] += data_value(column[i]).n > 0 || has_number(q, letter);
    }
    return CASUS_OK;
}

/* Everything of an event of statements but its columns is lost everywhere: it is told in one word. */
static casus_code count_event(data_export *x, sqlite3_stmt *q) {
    data_source *s;
    casus_code code = data_source_of(x, q, &s);
    if (code) return code;
    if (!s) {
        if (!x->holds || !named(x->holds, "claims")) data_lost(x, "sentences, holders and disputes");
        return CASUS_OK;
    }
    return count_lost(x, s, q);
}

static const char SELECT_CODED[] =
    "SELECT 'import' || import || ':' || line AS id, origin, source, target, source_name, target_name, source_country, "
    "target_country, scheme, code,"
    " type, mode, quad, scale, max(coalesce(scale, 0), 0), max(-coalesce(scale, 0), 0), directed, time_begin, "
    "time_end, place, country, lat, lon,"
    " deaths_best, own_id, source_sectors, target_sectors, mentions, deaths_low, deaths_high, source_code, "
    "target_code, NULL, NULL, import, given,"
    " extra, source_fields, target_fields, place_fields, source_place, target_place FROM"
    " (SELECT e.event, e.import, e.line, i.format AS origin, coalesce(s.code, s.name) AS source, coalesce(t.code, "
    "t.name) AS target,"
    " s.name AS source_name, t.name AS target_name, s.country AS source_country, t.country AS target_country, "
    "c.scheme, c.text AS code,"
    " c.plover AS type, c.mode, c.quad, c.scale, c.directed, printf('%04d-%02d-%02d', e.day / 10000, e.day / 100 % "
    "100, e.day % 100) AS time_begin,"
    " printf('%04d-%02d-%02d', coalesce(e.day_end, e.day) / 10000, coalesce(e.day_end, e.day) / 100 % 100, "
    "coalesce(e.day_end, e.day) % 100)"
    " AS time_end, p.name AS place, p.country, p.lat, p.lon, e.deaths_best, e.id AS own_id, s.sectors AS "
    "source_sectors,"
    " t.sectors AS target_sectors, e.mentions, e.deaths_low, e.deaths_high, s.code AS source_code, t.code AS "
    "target_code, e.given, e.extra,"
    " s.fields AS source_fields, t.fields AS target_fields, p.fields AS place_fields, sp.fields AS source_place, "
    "tp.fields AS target_place"
    " FROM coded_events e JOIN imports i ON i.import = e.import JOIN coded_codes c ON c.code = e.code"
    " LEFT JOIN coded_actors s ON s.actor = e.source LEFT JOIN coded_actors t ON t.actor = e.target"
    " LEFT JOIN coded_places p ON p.place = e.place LEFT JOIN coded_places sp ON sp.place = e.source_place"
    " LEFT JOIN coded_places tp ON tp.place = e.target_place)" DATA_FILTER " ORDER BY event";

static const char SELECT_STATEMENTS[] =
    "SELECT a.*, a.id, (SELECT sectors FROM actors WHERE actor = a.source), (SELECT sectors FROM actors WHERE actor = "
    "a.target), NULL, NULL, NULL,"
    " (SELECT cameo FROM actors WHERE actor = a.source), (SELECT cameo FROM actors WHERE actor = a.target),"
    " (SELECT min(t.cameo) FROM event_statements m JOIN statements t ON t.st = m.st WHERE m.event = e.event AND m.role "
    "<> 'disputes'),"
    " (SELECT max(t.time_approx) FROM event_statements m JOIN statements t ON t.st = m.st WHERE m.event = e.event AND "
    "m.role <> 'disputes'),"
    " NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM (SELECT id, origin, source, target, source_name, "
    "target_name, source_country,"
    " target_country, scheme, code, type, mode, quad, scale, cooperation, conflict, directed, time_begin, time_end, "
    "place, country, lat, lon, deaths"
    " FROM all_events" DATA_FILTER
    " AND origin = 'statement') a JOIN events e ON e.id = a.id ORDER BY e.event, a.source, a.target";

static casus_code run_each(data_export *x, sqlite3_stmt *q, data_export_row *each) {
    int64_t before = x->report->left_out;
    casus_code code = each ? each(x, q) : CASUS_OK;
    return code || x->report->left_out > before || (!x->holds && !x->target) ? code : count_event(x, q);
}

static casus_code run_query(data_export *x, const char *sql, data_export_row *each) {
    sqlite3_stmt *q = NULL;
    casus_code code = CASUS_OK;
    int rc = SQLITE_ROW;
    const char *filter[] = {x->actors.n ? x->actors.at : NULL, x->options->since, x->options->until};
    if (sqlite3_prepare_v2(x->db, sql, -1, &q, NULL))
        return casus_fail(x->err, CASUS_ERR_DB, "cannot read the ledger's events: %s", sqlite3_errmsg(x->db));
    for (int i = 0; i < 3; i++) sqlite3_bind_text(q, i + 1, filter[i], -1, SQLITE_STATIC);
    while (!code && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        code = run_each(x, q, each);
        if (!code && x->out.n >= 64 * 1024) code = data_export_flush(x);
    }
    if (!code && rc != SQLITE_DONE)
        code = casus_fail(x->err, CASUS_ERR_DB, "cannot read the ledger's events: %s", sqlite3_errmsg(x->db));
    sqlite3_finalize(q);
    return code ? code : data_export_flush(x);
}

casus_code data_export_events(data_export *x, data_export_row *each) {
    casus_code code = run_query(x, SELECT_CODED, each);
    return code ? code : run_query(x, SELECT_STATEMENTS, each);
}

/* ---- telling ----------------------------------------------------------------------------------------------- */

/* The same column of several files counts once, at its first. */
static int64_t take_all(data_export *x, size_t source, casus_str name) {
    int64_t sum = 0;
    for (size_t k = source; k < x->n_sources; k++)
        for (size_t i = 0; i < x->sources[k]->n; i++)
            if (casus_str_eq(casus_str_trim(x->sources[k]->names[i]), name))
                sum += x->sources[k]->lost[i], x->sources[k]->lost[i] = 0;
    return sum;
}

static void tell(data_export *x, casus_str what, int64_t events, bool left_out) {
    if (events && x->options->lost) x->options->lost(x->options->ctx, what, events, left_out);
}

void data_tell_lost(data_export *x) {
    for (int i = 0; i < DATA_REASONS && x->reasons[i].what; i++)
        tell(x, casus_str_of(x->reasons[i].what), x->reasons[i].events, true);
    for (int i = 0; i < DATA_REASONS && x->losses[i].what; i++)
        tell(x, casus_str_of(x->losses[i].what), x->losses[i].events, false);
    for (size_t k = 0; k < x->n_sources; k++)
        for (size_t i = 0; i < x->sources[k]->n; i++) {
            casus_str name = casus_str_trim(x->sources[k]->names[i]);
            if (x->sources[k]->lost[i]) tell(x, name, take_all(x, k, name), false);
        }
}
