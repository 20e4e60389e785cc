/* Events: the list, one, and what a selection of them adds up to by period, place and type. */
#include "server.h"

#include "casus/lexicon.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PERIODS_MAX = 4000 };

/* ---- records ----------------------------------------------------------------------------------------------- */

typedef struct naming {
    casus_json *j;
    const casus_panorama *p;
    const casus_panorama_row *row;
} naming;

/* A participant as the page knows it, and as the file writes it. */
static void side_out(const naming *n, const char *key, uint32_t actor, const char *code, const char *name) {
    casus_json *j = n->j;
    if (actor == CASUS_NOBODY) return;
    casus_json_open(j, key, '[');
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "actor", n->p->actors[actor].id);
    casus_json_text(j, "name", n->p->actors[actor].name);
    out_text(j, "text", *name ? name : code);
    casus_json_close(j, '}');
    casus_json_close(j, ']');
}

static void where_and_when(casus_json *j, const casus_imported_row *r) {
    casus_json_open(j, "time", '[');
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "begin", r->time_begin);
    casus_json_text(j, "end", r->time_end);
    casus_json_text(j, "how", "stated");
    casus_json_close(j, '}');
    casus_json_close(j, ']');
    if (!*r->place && !*r->country) return;
    casus_json_open(j, "place", '[');
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "name", *r->place ? r->place : r->country);
    out_text(j, "country", r->country);
    if (isfinite(r->lat) && isfinite(r->lon)) casus_json_num(j, "lat", r->lat), casus_json_num(j, "lon", r->lon);
    casus_json_close(j, '}');
    casus_json_close(j, ']');
}

static void deaths_out(casus_json *j, const casus_imported_row *r) {
    if (!isfinite(r->deaths_low) && !isfinite(r->deaths_best) && !isfinite(r->deaths_high)) return;
    casus_json_open(j, "counts", '[');
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "kind", "killed");
    if (isfinite(r->deaths_low)) casus_json_num(j, "low", r->deaths_low);
    if (isfinite(r->deaths_best)) casus_json_num(j, "best", r->deaths_best);
    if (isfinite(r->deaths_high)) casus_json_num(j, "high", r->deaths_high);
    casus_json_close(j, '}');
    casus_json_close(j, ']');
}

static void imported_out(void *ctx, const casus_imported_row *r) {
    const naming *n = ctx;
    casus_json *j = n->j;
    double cooperation, conflict;
    char id[64];
    casus_panorama_mass(n->row, CASUS_SCALE_PLOVER, &cooperation, &conflict);
    snprintf(id, sizeof id, "import%" PRId64 ":%" PRId64, r->import, r->line);
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "record", "event");
    casus_json_int(j, "schema", 1);
    casus_json_text(j, "id", id);
    casus_json_text(j, "origin", r->origin);
    out_text(j, "plover", r->type);
    out_list(j, "mode", r->mode);
    side_out(n, "source", n->row->source, r->source, r->source_name);
    side_out(n, "target", n->row->target, r->target, r->target_name);
    where_and_when(j, r);
    deaths_out(j, r);
    casus_json_num(j, "cooperation", cooperation);
    casus_json_num(j, "conflict", conflict);
    casus_json_int(j, "quad", n->row->quad);
    casus_json_text(j, "scheme", r->scheme);
    casus_json_text(j, "code", r->code);
    if (isfinite(r->scale)) casus_json_num(j, "scale", r->scale);
    casus_json_int(j, "import", r->import);
    casus_json_int(j, "line", r->line);
    casus_json_close(j, '}');
}

/* What has gone since the panorama was loaded is left out. */
static casus_code event_out(call *c, const casus_panorama *p, const casus_panorama_row *row, bool *told, casus_error *err) {
    casus_json *j = &c->json;
    naming n = {j, p, row};
    casus_buf text = {0};
    casus_code code;
    if (row->flags & CASUS_ROW_IMPORTED) {
        code = casus_ledger_imported_at(c->ledger, row->ref, imported_out, &n, err);
    } else {
        code = casus_ledger_event_at(c->ledger, row->ref, &text, err);
        if (!code && !text.failed && text.n) {
            text.n--; /* the closing brace */
            casus_buf_addf(&text, ",\"quad\":%d}", row->quad);
            out_raw(j, NULL, (casus_str){text.at, text.n});
        }
        casus_buf_done(&text);
    }
    *told = code == CASUS_OK;
    return code == CASUS_ERR_NOTFOUND ? CASUS_OK : code;
}

/* ---- the list ---------------------------------------------------------------------------------------------- */

static bool same_event(const casus_panorama_row *a, const casus_panorama_row *b) {
    return a && a->ref == b->ref && a->kind == b->kind && (a->flags & CASUS_ROW_IMPORTED) == (b->flags & CASUS_ROW_IMPORTED);
}

static uint64_t count_events(const casus_selection *s) {
    const casus_panorama_row *r, *before = NULL;
    uint64_t n = 0;
    for (size_t at = s->begin; (r = casus_selection_next(s, &at)); before = r) n += !same_event(before, r);
    return n;
}

static const casus_panorama_row *step(const casus_selection *s, bool latest, size_t *at) { return latest ? casus_selection_last(s, at) : casus_selection_next(s, at); }

static casus_code tell_events(call *c, const casus_selection *s, bool latest, int64_t limit, size_t at, casus_error *err) {
    const casus_panorama_row *r, *before = NULL;
    casus_code code = CASUS_OK;
    size_t next = at;
    bool told, more = false;
    while (!code && (r = step(s, latest, &next))) {
        if (same_event(before, r)) {
            at = next;
            continue;
        }
        if (limit == 0) {
            more = true;
            break;
        }
        code = event_out(c, s->p, r, &told, err);
        limit -= told;
        before = r;
        at = next;
    }
    if (code) return code;
    casus_json_close(&c->json, ']');
    call_next(c, more, (int64_t)(latest ? s->end - at : at - s->begin));
    return CASUS_OK;
}

casus_code api_events(call *c, casus_error *err) {
    static const char *const ORDERS[] = {"time", "latest", NULL};
    casus_selection s;
    int64_t limit, after;
    int latest = 0;
    casus_code code = call_page(c, 50, &limit, &after, err);
    if (!code) code = request_word(c->request, "order", ORDERS, 0, &latest, err);
    if (!code) code = call_select(c, false, &s, err);
    if (code) return code;
    size_t at = after > (int64_t)(s.end - s.begin) ? s.end - s.begin : (size_t)after;
    casus_json_open(&c->json, NULL, '{');
    casus_json_open(&c->json, "items", '[');
    code = tell_events(c, &s, latest, limit, latest ? s.end - at : s.begin + at, err);
    if (code) return code;
    casus_json_int(&c->json, "total", (int64_t)count_events(&s));
    casus_json_close(&c->json, '}');
    return CASUS_OK;
}

/* The panorama's row of an event. */
static const casus_panorama_row *row_of(const casus_panorama *p, int64_t ref, bool imported) {
    for (size_t i = 0; i < p->n; i++) {
        const casus_panorama_row *r = &p->rows[i];
        if (r->ref == ref && r->kind == CASUS_EVENT && imported == ((r->flags & CASUS_ROW_IMPORTED) != 0)) return r;
    }
    return NULL;
}

casus_code event_by_id(call *c, const char *id, casus_error *err) {
    const casus_panorama *p;
    int64_t ref;
    bool imported, told;
    casus_code code = call_panorama(c, &p, err);
    if (!code) code = casus_ledger_event_ref(c->ledger, id, &ref, &imported, err);
    if (code) return code;
    const casus_panorama_row *r = row_of(p, ref, imported);
    casus_panorama_row fresh = {.ref = (uint32_t)ref, .kind = CASUS_EVENT, .source = CASUS_NOBODY, .target = CASUS_NOBODY,
                                .flags = imported ? CASUS_ROW_IMPORTED : 0}; /* came after the panorama was loaded */
    code = event_out(c, p, r ? r : &fresh, &told, err);
    return code || told ? code : casus_fail(err, CASUS_ERR_NOTFOUND, "there is no event \"%.60s\" in the ledger", id);
}

casus_code api_event(call *c, casus_error *err) { return event_by_id(c, c->id, err); }

/* ---- sums -------------------------------------------------------------------------------------------------- */

void flow_add(flow *f, const casus_panorama_row *r, casus_scale scale) {
    double cooperation, conflict;
    casus_panorama_mass(r, scale, &cooperation, &conflict);
    if (!f->events++) f->first = r->day;
    f->last = r->day;
    f->cooperation += cooperation, f->conflict += conflict;
    f->quad[r->quad < 5 ? r->quad : 0]++;
    f->disputed += (r->flags & CASUS_ROW_DISPUTED) != 0;
}

void flow_out(casus_json *j, const flow *f) {
    casus_json_int(j, "events", f->events);
    casus_json_num(j, "cooperation", f->cooperation);
    casus_json_num(j, "conflict", f->conflict);
    casus_json_int(j, "verbal_cooperation", f->quad[1]);
    casus_json_int(j, "material_cooperation", f->quad[2]);
    casus_json_int(j, "verbal_conflict", f->quad[3]);
    casus_json_int(j, "material_conflict", f->quad[4]);
}

/* First and last day selected; false when nothing is dated. */
static bool days_of(const casus_selection *s, int32_t *first, int32_t *last) {
    const casus_panorama_row *r;
    size_t at = s->begin, end = s->end;
    while ((r = casus_selection_next(s, &at)) && r->day == CASUS_UNDATED) {}
    if (!r) return false;
    *first = r->day;
    *last = casus_selection_last(s, &end)->day;
    return true;
}

static casus_code tell_periods(call *c, const casus_selection *s, casus_by by, casus_scale scale, casus_error *err) {
    const casus_panorama_row *r, *before = NULL;
    casus_json *j = &c->json;
    int32_t first, last;
    char text[11];
    int64_t total = 0;
    casus_json_open(j, "items", '[');
    if (days_of(s, &first, &last)) {
        int32_t from = casus_period_of(by, first);
        size_t n = (size_t)(casus_period_of(by, last) - from) + 1;
        if (n > PERIODS_MAX) return casus_fail(err, CASUS_ERR_LIMIT, "more than %d periods; ask `by` a longer one, or a shorter time", PERIODS_MAX);
        flow *flows = CASUS_NEW_ARRAY(c->arena, flow, n);
        int32_t day = first, period = 0;
        for (size_t at = s->begin; (r = casus_selection_next(s, &at)); before = r) {
            if (r->day == CASUS_UNDATED || same_event(before, r)) continue;
            if (r->day != day) day = r->day, period = casus_period_of(by, day) - from; /* rows come by day: a division a day */
            flow_add(&flows[period], r, scale);
            total++;
        }
        for (size_t i = 0; i < n; i++) {
            casus_json_open(j, NULL, '{');
            casus_json_text(j, "period", casus_period_text(by, from + (int32_t)i, text));
            flow_out(j, &flows[i]);
            casus_json_int(j, "disputed", flows[i].disputed);
            casus_json_close(j, '}');
        }
    }
    casus_json_close(j, ']');
    casus_json_int(j, "total", total);
    return CASUS_OK;
}

casus_code api_timeline(call *c, casus_error *err) {
    static const char *const NAMES[] = {"day", "week", "month", "year"};
    casus_selection s;
    casus_scale scale;
    casus_by by;
    casus_code code = call_scale(c, &scale, err);
    if (!code) code = call_by(c, CASUS_BY_MONTH, &by, err);
    if (!code) code = call_select(c, false, &s, err);
    if (code) return code;
    casus_json_open(&c->json, NULL, '{');
    casus_json_text(&c->json, "by", NAMES[by]);
    code = tell_periods(c, &s, by, scale, err);
    casus_json_close(&c->json, '}');
    return code;
}

/* ---- places ------------------------------------------------------------------------------------------------ */

typedef struct placed {
    uint32_t place, events;
} placed;

static int most_events(const void *x, const void *y) {
    const placed *a = x, *b = y;
    if (a->events != b->events) return a->events > b->events ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

static void place_out(casus_json *j, const casus_panorama_place *p, const flow *f) {
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "name", *p->name ? p->name : p->country);
    out_text(j, "country", p->country);
    if (isfinite(p->lat) && isfinite(p->lon)) casus_json_num(j, "lat", (double)p->lat), casus_json_num(j, "lon", (double)p->lon);
    out_text(j, "precision", p->precision);
    flow_out(j, f);
    casus_json_close(j, '}');
}

casus_code api_places(call *c, casus_error *err) {
    const casus_panorama_row *r, *before = NULL;
    casus_selection s;
    casus_scale scale;
    int64_t limit, after, unplaced = 0;
    casus_json *j = &c->json;
    casus_code code = call_scale(c, &scale, err);
    if (!code) code = call_page(c, SERVER_PAGE_MAX, &limit, &after, err);
    if (!code) code = call_select(c, false, &s, err);
    if (code) return code;
    size_t n = s.p->n_places, found = 0;
    flow *flows = CASUS_NEW_ARRAY(c->arena, flow, n + 1);
    for (size_t at = s.begin; (r = casus_selection_next(&s, &at)); before = r) {
        if (same_event(before, r)) continue;
        if (r->place == CASUS_NOWHERE) unplaced++;
        else flow_add(&flows[r->place], r, scale);
    }
    placed *list = CASUS_NEW_ARRAY(c->arena, placed, n + 1);
    for (size_t i = 0; i < n; i++)
        if (flows[i].events) list[found++] = (placed){(uint32_t)i, flows[i].events};
    qsort(list, found, sizeof *list, most_events);
    casus_json_open(j, NULL, '{');
    casus_json_open(j, "items", '[');
    size_t i = (size_t)after;
    for (; i < found && (int64_t)i < after + limit; i++) place_out(j, &s.p->places[list[i].place], &flows[list[i].place]);
    casus_json_close(j, ']');
    call_next(c, i < found, (int64_t)i);
    casus_json_int(j, "total", (int64_t)found);
    casus_json_int(j, "unplaced", unplaced);
    casus_json_close(j, '}');
    return CASUS_OK;
}

/* ---- facets ------------------------------------------------------------------------------------------------ */

enum { COUNTRIES_MAX = 512 };

/* Countries are compared by their three letters. */
static uint32_t *country_count(char (*codes)[4], uint32_t *counts, size_t *n, const char *code) {
    for (size_t i = 0; i < *n; i++)
        if (strcmp(codes[i], code) == 0) return &counts[i];
    if (*n == COUNTRIES_MAX || strlen(code) != 3) return NULL;
    memcpy(codes[*n], code, 4);
    return &counts[(*n)++];
}

static void countries_out(call *c, const casus_panorama *p, const uint32_t *by_place) {
    char(*codes)[4] = casus_arena_alloc(c->arena, sizeof *codes * COUNTRIES_MAX);
    uint32_t *counts = CASUS_NEW_ARRAY(c->arena, uint32_t, COUNTRIES_MAX);
    size_t n = 0;
    for (size_t i = 0; i < p->n_places; i++) {
        uint32_t *at = by_place[i] ? country_count(codes, counts, &n, p->places[i].country) : NULL;
        if (at) *at += by_place[i];
    }
    placed *list = CASUS_NEW_ARRAY(c->arena, placed, n + 1);
    for (size_t i = 0; i < n; i++) list[i] = (placed){(uint32_t)i, counts[i]};
    qsort(list, n, sizeof *list, most_events);
    casus_json_open(&c->json, "countries", '[');
    for (size_t i = 0; i < n; i++) {
        casus_json_open(&c->json, NULL, '{');
        casus_json_text(&c->json, "country", codes[list[i].place]);
        casus_json_int(&c->json, "events", list[i].events);
        casus_json_close(&c->json, '}');
    }
    casus_json_close(&c->json, ']');
}

static void facet_out(casus_json *j, const char *key, const char *value, int64_t events) {
    if (!events) return;
    casus_json_open(j, NULL, '{');
    casus_json_text(j, key, value);
    casus_json_int(j, "events", events);
    casus_json_close(j, '}');
}

casus_code api_facets(call *c, casus_error *err) {
    const casus_panorama_row *r, *before = NULL;
    casus_selection s;
    int64_t total = 0, imported = 0, types[CASUS_PLOVER_N] = {0};
    casus_json *j = &c->json;
    casus_code code = call_select(c, false, &s, err);
    if (code) return code;
    uint32_t *by_place = CASUS_NEW_ARRAY(c->arena, uint32_t, s.p->n_places + 1);
    for (size_t at = s.begin; (r = casus_selection_next(&s, &at)); before = r) {
        if (same_event(before, r)) continue;
        total++, types[r->type < CASUS_PLOVER_N ? r->type : 0]++;
        imported += r->flags & CASUS_ROW_IMPORTED;
        if (r->place != CASUS_NOWHERE) by_place[r->place]++;
    }
    casus_json_open(j, NULL, '{');
    casus_json_int(j, "total", total);
    casus_json_open(j, "types", '[');
    for (int t = 1; t < CASUS_PLOVER_N; t++) facet_out(j, "type", casus_plover_name((casus_plover)t), types[t]);
    casus_json_close(j, ']');
    countries_out(c, s.p, by_place);
    casus_json_open(j, "origins", '[');
    facet_out(j, "origin", "statement", total - imported);
    facet_out(j, "origin", "import", imported);
    casus_json_close(j, ']');
    casus_json_close(j, '}');
    return CASUS_OK;
}
