/* Events in the layouts of the field: a row that came in the layout comes out as it was, column by column; another
 * fills what the layout has columns for. What is lost of each is counted (kept.c). */
#include "data/export.h"

#include <math.h>
#include <string.h>

struct data_target {
    const data_layout *layout;
    data_plan plan;
    casus_buf header, cut;
    casus_str names[DATA_FIELDS];
    size_t n;
    bool head, lines;    /* a header is written; KEDS lines */
    casus_scheme scheme; /* of the codes; of KEDS, that of the first event */
    casus_str row[DATA_FIELDS];
    casus_buf made; /* values that no column of the source has */
};

/* ---- what a layout can hold -------------------------------------------------------------------------------- */

static bool has_role(const data_target *t, char letter, char sub) {
    for (size_t i = 0; i < t->n; i++)
        if (t->plan.role[i][0] == letter && (!sub || t->plan.role[i][1] == sub)) return true;
    return false;
}

static int column_of(const data_target *t, casus_str name) {
    for (size_t i = 0; i < t->n; i++)
        if (casus_str_eq(casus_str_trim(t->names[i]), casus_str_trim(name))) return (int)i;
    return -1;
}

/* Sectors are words of a vocabulary: CAMEO and PLOVER codes, ICEWS's names, ACLED's kinds of actors. */
static int vocabulary(const data_layout *l) {
    return strcmp(l->name, "icews") == 0 ? 1 : strcmp(l->name, "acled") == 0 ? 2 : 0;
}

/* An actor's code stands in for its name, a name for its code only in layouts that write nothing else; countries stand
 * in codes. */
static bool holds_actor(const data_target *t, char side, char sub) {
    switch (sub) {
    case 'c': return has_role(t, side, 'c');
    case 'n': return has_role(t, side, 'n');
    case 'y': return has_role(t, side, 'y') || t->layout->code_names_country;
    default: return false;
    }
}

bool data_target_holds(const data_target *t, const data_source *s, size_t column) {
    char letter = s->plan.role[column][0], sub = s->plan.role[column][1];
    bool year = casus_str_is(casus_str_trim(s->names[column]), "year");
    if (letter == '-' || letter == 'i' || letter == 'd' || letter == 'c' || year) return true;
    if (data_same_family(s->plan.layout, t->layout)) return column_of(t, s->names[column]) >= 0 || t->lines;
    if ((letter == 'a' || letter == 'b') && sub == 'x')
        return has_role(t, letter, 'x') && vocabulary(s->plan.layout) == vocabulary(t->layout);
    if (letter == 'a' || letter == 'b') return holds_actor(t, letter, sub);
    if (letter == 'p') return sub != '.' && has_role(t, 'p', sub);
    return strchr("ewlkhg", letter) && has_role(t, letter, '\0');
}

bool data_target_lines(const data_target *t) { return t && t->lines; }

/* ---- values ------------------------------------------------------------------------------------------------ */

static casus_str text_of(sqlite3_stmt *q, int column) {
    const char *s = (const char *)sqlite3_column_text(q, column);
    return s ? (casus_str){s, (size_t)sqlite3_column_bytes(q, column)} : (casus_str){"", 0};
}

/* A value made for the row; `made` has room (start_row). */
static casus_str made(data_target *t, size_t from) {
    return t->made.failed ? (casus_str){"", 0} : (casus_str){t->made.at + from, t->made.n - from};
}

static bool compact_days(const data_layout *l) {
    return strncmp(l->name, "gdelt", 5) == 0 || strcmp(l->name, "phoenix") == 0 || strcmp(l->name, "petrarch") == 0;
}

/* "YYYY-MM-DD" without its hyphens where the layout writes it so, and YYMMDD in KEDS lines. Open parts of a statement's
 * date are its first. */
static casus_str day_of(data_target *t, casus_str iso) {
    size_t from = t->made.n;
    char full[11] = "0000-01-01";
    if (iso.n < 4) return (casus_str){"", 0};
    memcpy(full, iso.at, iso.n < 10 ? iso.n : 10);
    if (t->lines)
        casus_buf_addf(&t->made, "%.2s%.2s%.2s", full + 2, full + 5, full + 8);
    else if (compact_days(t->layout))
        casus_buf_addf(&t->made, "%.4s%.2s%.2s", full, full + 5, full + 8);
    else
        casus_buf_add(&t->made, full, 10);
    return made(t, from);
}

static casus_str first_name(const casus_country *c) {
    casus_str rest = casus_str_of(c->names), name = rest;
    casus_str_cut(&rest, ';', &name);
    return name;
}

/* A country in the layout's system; "" when the system has no code for it. */
static casus_str country_of(casus_country_system system, const char *iso3) {
    const casus_country *c = casus_country_find(CASUS_COUNTRY_ISO3, casus_str_of(iso3));
    if (!c) return (casus_str){"", 0};
    switch (system) {
    case CASUS_COUNTRY_CAMEO: return casus_str_of(c->cameo);
    case CASUS_COUNTRY_FIPS: return casus_str_of(c->fips);
    case CASUS_COUNTRY_NAME: return first_name(c);
    default: return casus_str_of(c->iso3);
    }
}

/* A layout with codes only names an actor without one by its country. */
static casus_str actor_code(sqlite3_stmt *q, bool target) {
    casus_str code = text_of(q, ROW_SOURCE_CODE + target), id = text_of(q, EV_SOURCE + target);
    bool statement = data_column_none(q, ROW_IMPORT);
    if (code.n || (statement && id.n == 3)) return code.n ? code : id;
    return country_of(CASUS_COUNTRY_CAMEO, data_column_text(q, EV_SOURCE_COUNTRY + target));
}

static casus_str actor_value(data_target *t, sqlite3_stmt *q, bool target, char sub, size_t column) {
    casus_str name = text_of(q, EV_SOURCE_NAME + target);
    size_t sectors = 0;
    switch (sub) {
    case 'c': return actor_code(q, target);
    case 'n': return name.n || has_role(t, target ? 'b' : 'a', 'c') ? name : text_of(q, EV_SOURCE + target);
    case 'y': return country_of(t->layout->actor_country, data_column_text(q, EV_SOURCE_COUNTRY + target));
    case 'x': break;
    default: return (casus_str){"", 0};
    }
    casus_str rest = text_of(q, ROW_SOURCE_SECTORS + target), one = {"", 0};
    for (size_t i = 0; i < column; i++)
        sectors += t->plan.role[i][0] == t->plan.role[column][0] && t->plan.role[i][1] == 'x';
    if (!has_role(t, target ? 'b' : 'a', 'x')) return one;
    bool several = strncmp(t->layout->name, "gdelt", 5) == 0;
    if (!several) return rest;
    for (size_t i = 0; i <= sectors; i++)
        if (!casus_str_cut(&rest, ',', &one)) return (casus_str){"", 0};
    return one;
}

static casus_str place_value(const data_target *t, sqlite3_stmt *q, char sub) {
    switch (sub) {
    case 'n': return text_of(q, EV_PLACE);
    case 'y': return country_of(t->layout->place_country, data_column_text(q, EV_COUNTRY));
    case 'f': return text_of(q, EV_LAT);
    case 'l': return text_of(q, EV_LON);
    default: return (casus_str){"", 0};
    }
}

/* The event's code in the target's scheme; n 0 when it has none. */
static casus_str code_in(data_target *t, sqlite3_stmt *q) {
    size_t from = t->made.n;
    casus_str code = text_of(q, EV_CODE), type = text_of(q, EV_TYPE), mode = text_of(q, EV_MODE);
    bool statement = data_column_none(q, ROW_IMPORT);
    if (!statement && casus_scheme_of(data_column_text(q, EV_SCHEME)) == t->scheme) return code;
    if (t->scheme == CASUS_CAMEO && statement) return text_of(q, ROW_CAMEO);
    if (t->scheme != CASUS_PLOVER_SCHEME) return (casus_str){"", 0};
    casus_str_cut(&mode, ';', &code);
    casus_buf_addf(&t->made, "%.*s%s%.*s", CASUS_FMT(type), code.n && type.n ? ":" : "", CASUS_FMT(code));
    return type.n ? made(t, from) : (casus_str){"", 0};
}

static bool is(casus_str a, const char *b) { return casus_str_is(a, b); }

/* What follows from the date or the code, by the column's name: the year's fraction as GDELT's codebook makes it,
 * (month·30 + day) / 365. */
static casus_str derived(data_target *t, casus_str name, casus_str iso, casus_str code, sqlite3_stmt *q) {
    static const char *const QUADS[] = {"", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT",
                                        "MATERIAL CONFLICT"};
    size_t from = t->made.n;
    int quad = sqlite3_column_int(q, EV_QUAD), y = 0, m = 1, d = 1;
    char date[11] = "0000-01-01";
    if (iso.n >= 4) memcpy(date, iso.at, iso.n < 10 ? iso.n : 10);
    for (int i = 0; i < 4; i++) y = y * 10 + (date[i] - '0');
    m = (date[5] - '0') * 10 + date[6] - '0', d = (date[8] - '0') * 10 + date[9] - '0';
    if (is(name, "Quad Code")) return casus_str_of(QUADS[quad > 0 && quad < 5 ? quad : 0]);
    if (is(name, "EventBaseCode")) return (casus_str){code.at, code.n < 3 ? code.n : 3};
    bool bare = is(name, "EventRootCode") && t->plan.layout == data_layout_named("phoenix") && code.n &&
                code.at[0] == '0'; /* a number there */
    if (is(name, "EventRootCode")) return (casus_str){code.at + bare, (code.n < 2 ? code.n : 2) - bare};
    if (is(name, "Year") || is(name, "year"))
        casus_buf_addf(&t->made, "%04d", y);
    else if (is(name, "MonthYear"))
        casus_buf_addf(&t->made, "%04d%02d", y, m);
    else if (is(name, "Month"))
        casus_buf_addf(&t->made, "%d", m);
    else if (is(name, "Day"))
        casus_buf_addf(&t->made, "%d", d);
    else if (is(name, "FractionDate"))
        casus_buf_addf(&t->made, "%.4f", y + ((m - 1) * 30 + d) / 365.0);
    return made(t, from);
}

static casus_str scale_of(data_target *t, casus_str name, sqlite3_stmt *q) {
    size_t from = t->made.n;
    bool quad = is(name, "QuadClass");
    if (quad) return text_of(q, EV_QUAD);
    if (!data_column_none(q, EV_SCALE)) casus_buf_addf(&t->made, "%g", sqlite3_column_double(q, EV_SCALE));
    return made(t, from);
}

/* ---- a row ------------------------------------------------------------------------------------------------- */

/* Columns that the table keeps as numbers, whatever the row's layout; false: another column. */
static bool number_value(data_target *t, sqlite3_stmt *q, char letter, casus_str *out) {
    switch (letter) {
    case 'i': *out = text_of(q, data_column_none(q, ROW_OWN_ID) ? EV_ID : ROW_OWN_ID); return true;
    case 'd': *out = day_of(t, text_of(q, EV_BEGIN)); return true;
    case 'e': *out = day_of(t, text_of(q, EV_END)); return true;
    case 'w': *out = text_of(q, ROW_MENTIONS); return true;
    case 'l': *out = text_of(q, ROW_LOW); return true;
    case 'k': *out = text_of(q, EV_DEATHS); return true;
    case 'h': *out = text_of(q, ROW_HIGH); return true;
    default: return false;
    }
}

static casus_str other_value(data_target *t, sqlite3_stmt *q, size_t column) {
    char letter = t->plan.role[column][0], sub = t->plan.role[column][1];
    if (letter == 'a' || letter == 'b') return actor_value(t, q, letter == 'b', sub, column);
    if (letter == 'p') return place_value(t, q, sub);
    if (letter == 'g') return scale_of(t, casus_str_trim(t->names[column]), q);
    return (casus_str){"", 0};
}

/* Type and mode of a code of two columns. */
static void put_code(data_target *t, casus_str code) {
    const uint8_t *columns = t->plan.part[DATA_CODE].column;
    const char *cut = t->layout->joiner ? memchr(code.at, t->layout->joiner, code.n) : NULL;
    size_t n = cut ? (size_t)(cut - code.at) : code.n;
    t->row[columns[0]] = (casus_str){code.at, n};
    if (t->plan.part[DATA_CODE].n > 1)
        t->row[columns[1]] = cut ? (casus_str){cut + 1, code.n - n - 1} : (casus_str){"", 0};
}

static casus_code fill_own(data_export *x, data_target *t, const data_source *s, sqlite3_stmt *q) {
    casus_str column[DATA_FIELDS];
    data_restore(x, s, q, column);
    if (x->scratch.failed) return casus_fail(x->err, CASUS_ERR_NOMEM, "out of memory writing an export");
    bool same =
        s->n == t->n && casus_str_eq((casus_str){s->header.at, s->header.n}, (casus_str){t->header.at, t->header.n});
    for (size_t i = 0; i < t->n; i++) {
        casus_str name = casus_str_trim(t->names[i]);
        t->row[i] = (casus_str){"", 0};
        if (number_value(t, q, t->plan.role[i][0], &t->row[i])) continue;
        if (t->plan.role[i][0] == '-')
            t->row[i] = derived(t, name, text_of(q, EV_BEGIN), text_of(q, EV_CODE), q);
        else if (same)
            t->row[i] = column[i];
        for (size_t k = s->n; k-- > 0 && !same && t->plan.role[i][0] != '-';)
            if (casus_str_eq(casus_str_trim(s->names[k]), name)) t->row[i] = column[k];
    }
    return CASUS_OK;
}

static void fill_other(data_target *t, sqlite3_stmt *q, casus_str code) {
    for (size_t i = 0; i < t->n; i++) {
        char letter = t->plan.role[i][0];
        t->row[i] = (casus_str){"", 0};
        if (number_value(t, q, letter, &t->row[i])) continue;
        t->row[i] = letter == '-' || letter == '.'
                        ? derived(t, casus_str_trim(t->names[i]), text_of(q, EV_BEGIN), code, q)
                        : other_value(t, q, i);
    }
    put_code(t, code);
}

/* ---- writing ----------------------------------------------------------------------------------------------- */

static void add_field(casus_buf *out, const data_layout *l, casus_str s) {
    bool quotes = l->quoted && (memchr(s.at, l->separator, s.n) || memchr(s.at, '"', s.n) || memchr(s.at, '\n', s.n) ||
                                memchr(s.at, '\r', s.n));
    if (quotes) casus_buf_adds(out, "\"");
    for (size_t i = 0; i < s.n; i++) {
        bool breaks = !l->quoted && (s.at[i] == '\t' || s.at[i] == '\n' || s.at[i] == '\r');
        casus_buf_add(out, breaks ? " " : s.at + i, 1);
        if (quotes && s.at[i] == '"') casus_buf_adds(out, "\"");
    }
    if (quotes) casus_buf_adds(out, "\"");
}

static void write_line(casus_buf *out, const data_target *t, sqlite3_stmt *q) {
    casus_buf_addf(out, "%.*s %.*s %.*s %.*s", CASUS_FMT(t->row[0]), CASUS_FMT(t->row[1]), CASUS_FMT(t->row[2]),
                   CASUS_FMT(t->row[3]));
    if (!data_column_none(q, ROW_EXTRA) && !data_column_none(q, ROW_IMPORT))
        casus_buf_addf(out, " %s", data_column_text(q, ROW_EXTRA));
    casus_buf_adds(out, "\n");
}

/* PETRARCH's rows end with their last column that says something, after the fifth. */
static void write_row(data_export *x, const data_target *t, sqlite3_stmt *q) {
    size_t n = t->n;
    x->report->written++;
    if (t->lines) {
        write_line(&x->out, t, q);
        return;
    }
    while (strcmp(t->layout->name, "petrarch") == 0 && n > t->layout->least && !t->row[n - 1].n) n--;
    for (size_t i = 0; i < n; i++) {
        if (i) casus_buf_add(&x->out, &t->layout->separator, 1);
        add_field(&x->out, t->layout, t->row[i]);
    }
    casus_buf_adds(&x->out, "\n");
}

/* Room for what is made of a row, so that it does not move. */
static bool start_row(data_target *t, sqlite3_stmt *q) {
    size_t room = 1024 + (size_t)sqlite3_column_bytes(q, EV_TYPE) + (size_t)sqlite3_column_bytes(q, EV_MODE);
    casus_buf_clear(&t->made);
    for (size_t i = t->made.cap > room ? room : 0; i < room; i++) casus_buf_add(&t->made, "", 1);
    bool failed = t->made.failed;
    casus_buf_clear(&t->made);
    return !failed;
}

static const char *scheme_reason(casus_scheme scheme) {
    switch (scheme) {
    case CASUS_CAMEO: return "no CAMEO code";
    case CASUS_PLOVER_SCHEME: return "no PLOVER type";
    case CASUS_UCDP: return "no UCDP type of violence";
    case CASUS_ACLED: return "no ACLED type";
    case CASUS_WEIS: return "no WEIS code";
    default: return "no code of the scheme";
    }
}

/* A KEDS line has blanks between its words. */
static bool fits(const data_target *t, casus_str s) { return s.n && (!t->lines || !memchr(s.at, ' ', s.n)); }

static const char *needs_codes(const data_target *t) {
    bool only_codes = has_role(t, 'a', 'c') && !has_role(t, 'a', 'n') && !has_role(t, 'a', 'y');
    return only_codes && (!fits(t, t->row[t->plan.part[DATA_SOURCE].column[0]]) ||
                          !fits(t, t->row[t->plan.part[DATA_TARGET].column[0]]))
               ? "an actor has no code"
               : NULL;
}

static casus_code layout_row(data_export *x, sqlite3_stmt *q) {
    data_target *t = (data_target *)x->target;
    data_source *s;
    casus_code code = data_source_of(x, q, &s);
    if (code) return code;
    if (!start_row(t, q)) return casus_fail(x->err, CASUS_ERR_NOMEM, "out of memory writing an export");
    bool own = s && data_same_family(s->plan.layout, t->layout);
    if (!t->scheme && s) t->scheme = s->plan.scheme ? s->plan.scheme : casus_scheme_of(data_column_text(q, EV_SCHEME));
    casus_str event_code = code_in(t, q);
    if (!event_code.n) return data_left_out(x, scheme_reason(t->scheme));
    if (!data_column_text(q, EV_BEGIN)[0]) return data_left_out(x, "no date");
    if (own)
        code = fill_own(x, t, s, q);
    else
        fill_other(t, q, event_code);
    const char *why = code || own ? NULL : needs_codes(t);
    if (code || why) return code ? code : data_left_out(x, why);
    bool recoded = !own && casus_scheme_of(data_column_text(q, EV_SCHEME)) != t->scheme;
    if (recoded && s) data_lost(x, "code (its PLOVER type is written)");
    write_row(x, t, q);
    return CASUS_OK;
}

/* ---- setting up -------------------------------------------------------------------------------------------- */

/* The columns of the first file of that layout in the ledger, else the makers' own. */
static casus_code read_header(data_export *x, data_target *t) {
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(x->db, "SELECT columns FROM imports WHERE format = ?1 ORDER BY import LIMIT 1", -1, &q,
                           NULL))
        return casus_fail(x->err, CASUS_ERR_DB, "cannot read the manifest: %s", sqlite3_errmsg(x->db));
    sqlite3_bind_text(q, 1, t->layout->name, -1, SQLITE_STATIC);
    bool seen = sqlite3_step(q) == SQLITE_ROW;
    t->head = t->layout->header && (!seen || !data_column_none(q, 0));
    t->lines = strcmp(t->layout->name, "keds") == 0 && seen && data_column_none(q, 0);
    if (seen && t->head)
        casus_buf_adds(&t->header, data_column_text(q, 0));
    else
        data_layout_header(t->layout, &t->header);
    sqlite3_finalize(q);
    return t->header.failed ? casus_fail(x->err, CASUS_ERR_NOMEM, "out of memory writing an export") : CASUS_OK;
}

static casus_code open_target(data_export *x, data_target *t) {
    casus_code code = read_header(x, t);
    if (code) return code;
    casus_str header = {t->header.at, t->header.n};
    t->n = t->layout->quoted ? data_split_csv(header, t->layout->separator, &t->cut, t->names)
                             : data_split(header, t->layout->separator, t->names);
    if (t->cut.failed) return casus_fail(x->err, CASUS_ERR_NOMEM, "out of memory writing an export");
    if (t->n > DATA_FIELDS)
        return casus_fail(x->err, CASUS_ERR_FORMAT, "the header kept of a %s file cannot be read", t->layout->name);
    t->scheme = t->layout->scheme;
    if (t->layout->must)
        code = data_plan_header(&t->plan, t->layout, NULL, t->names, t->n, x->err);
    else
        data_plan_fixed(&t->plan, t->layout);
    if (!code && t->head) casus_buf_addf(&x->out, "%.*s\n", CASUS_FMT(header));
    return code;
}

casus_code data_export_layout(data_export *x) {
    data_target t = {.layout = data_layout_named(x->options->format)};
    casus_code code = open_target(x, &t);
    x->target = &t;
    if (!code) code = data_export_events(x, layout_row);
    x->target = NULL;
    casus_buf_done(&t.header);
    casus_buf_done(&t.cut);
    casus_buf_done(&t.made);
    return code;
}
