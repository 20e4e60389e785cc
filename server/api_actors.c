/* Actors: the list and the card. */
#include "server.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { CARD_ITEMS = 50 };

casus_code call_actor(call *c, const char *name, uint32_t *out, casus_error *err) {
    const casus_panorama *p;
    casus_code code = call_panorama(c, &p, err);
    return code ? code : casus_panorama_find(p, c->ledger, name, c->arena, out, err);
}

void named_out(casus_json *j, const char *key, const casus_panorama_actor *a) {
    casus_json_open(j, key, '{');
    casus_json_text(j, "id", a->id);
    casus_json_text(j, "name", a->name);
    casus_json_close(j, '}');
}

/* ---- the list ---------------------------------------------------------------------------------------------- */

/* What is counted of an actor: all of it, or within a period. */
typedef struct tally {
    uint32_t events;
    double cooperation, conflict;
    int32_t first, last;
} tally;

static void counts_out(casus_json *j, const casus_panorama_actor *a, const tally *t) {
    casus_json_int(j, "documents", a->documents);
    casus_json_int(j, "statements", a->statements);
    casus_json_int(j, "events", t->events);
    casus_json_num(j, "cooperation", t->cooperation);
    casus_json_num(j, "conflict", t->conflict);
    if (t->events) out_day(j, "first", t->first);
    if (t->events) out_day(j, "last", t->last);
    casus_json_bool(j, "imported", a->imported);
}

static void actor_out(casus_json *j, const char *key, const casus_panorama_actor *a, const tally *t) {
    casus_json_open(j, key, '{');
    casus_json_text(j, "record", "actor");
    casus_json_int(j, "schema", 1);
    casus_json_text(j, "id", a->id);
    casus_json_text(j, "name", a->name);
    out_text(j, "type", a->type);
    out_text(j, "country", a->country);
    casus_json_int(j, "mentions", a->mentions);
    counts_out(j, a, t);
    casus_json_close(j, '}');
}

static void tally_row(tally *t, const casus_panorama_row *r) {
    double cooperation, conflict;
    casus_panorama_mass(r, CASUS_SCALE_PLOVER, &cooperation, &conflict);
    if (!t->events++) t->first = r->day;
    t->last = r->day;
    t->cooperation += cooperation, t->conflict += conflict;
}

/* Tallies of all actors within the call's period; without one those of the panorama. */
static casus_code tally_all(call *c, const casus_panorama *p, tally **out, casus_error *err) {
    const casus_panorama_row *r;
    casus_selection s;
    tally *all = CASUS_NEW_ARRAY(c->arena, tally, p->n_actors + 1);
    casus_code code = call_select(c, false, &s, err);
    if (code) return code;
    for (size_t at = s.begin; (r = casus_selection_next(&s, &at));) {
        if (r->source != CASUS_NOBODY) tally_row(&all[r->source], r);
        if (r->target != CASUS_NOBODY && r->target != r->source) tally_row(&all[r->target], r);
    }
    *out = all;
    return CASUS_OK;
}

/* Does a word of the text begin with these letters, whatever the case? */
static bool begins_word(const char *text, const char *letters) {
    size_t n = strlen(letters);
    for (const char *s = text; *s; s++) {
        bool begin = s == text || strchr(" -(.'_", s[-1]);
        if (begin && strncasecmp(s, letters, n) == 0) return true;
    }
    return false;
}

typedef struct wanted {
    const casus_panorama *p;
    const char *query, *type, *country;
    uint8_t *aliased; /* one a known actor: an alias begins so */
} wanted;

static bool add_aliased(void *ctx, int64_t place, const char *id) {
    wanted *w = ctx;
    (void)place;
    for (size_t i = 0; i < w->p->n_actors; i++)
        if (w->p->actors[i].mentions && strcmp(w->p->actors[i].id, id) == 0) w->aliased[i] = 1;
    return true;
}

static bool is_wanted(const wanted *w, uint32_t actor) {
    const casus_panorama_actor *a = &w->p->actors[actor];
    if (w->type && strcasecmp(w->type, a->type) != 0) return false;
    if (w->country && strcasecmp(w->country, a->country) != 0) return false;
    return !w->query || w->aliased[actor] || begins_word(a->name, w->query) || begins_word(a->id, w->query);
}

typedef struct listed {
    uint32_t actor, weight;
} listed;

static int by_weight(const void *x, const void *y) {
    const listed *a = x, *b = y;
    if (a->weight != b->weight) return a->weight > b->weight ? -1 : 1;
    return (a->actor > b->actor) - (a->actor < b->actor);
}

casus_code api_actors(call *c, casus_error *err) {
    const casus_panorama *p;
    const request *q = c->request;
    int64_t limit, after;
    tally *all = NULL;
    casus_json *j = &c->json;
    bool period = request_get(q, "from") || request_get(q, "to");
    casus_code code = call_page(c, 50, &limit, &after, err);
    if (!code) code = call_panorama(c, &p, err);
    if (!code && period) code = tally_all(c, p, &all, err);
    if (code) return code;
    wanted w = {.p = p, .query = request_get(q, "query"), .type = request_get(q, "type"), .country = request_get(q, "country"),
                .aliased = CASUS_NEW_ARRAY(c->arena, uint8_t, p->n_actors + 1)};
    if (w.query && (code = casus_ledger_named(c->ledger, w.query, add_aliased, &w, err))) return code;
    listed *list = CASUS_NEW_ARRAY(c->arena, listed, p->n_actors + 1);
    size_t n = 0;
    for (size_t i = 0; i < p->n_actors; i++) {
        uint32_t a = p->rank[i];
        if ((!period || all[a].events) && is_wanted(&w, a)) list[n++] = (listed){a, period ? all[a].events : 0};
    }
    if (period) qsort(list, n, sizeof *list, by_weight);
    casus_json_open(j, NULL, '{');
    casus_json_open(j, "items", '[');
    size_t i = (size_t)after;
    for (; i < n && (int64_t)i < after + limit; i++) {
        const casus_panorama_actor *a = &p->actors[list[i].actor];
        tally t = {a->events, a->cooperation, a->conflict, a->first, a->last};
        actor_out(j, NULL, a, period ? &all[list[i].actor] : &t);
    }
    casus_json_close(j, ']');
    call_next(c, i < n, (int64_t)i);
    casus_json_int(j, "total", (int64_t)n);
    casus_json_close(j, '}');
    return CASUS_OK;
}

/* ---- the card ---------------------------------------------------------------------------------------------- */

/* The record of the texts, with what the panorama counts. */
static casus_code whole_record(call *c, const casus_panorama_actor *a, casus_error *err) {
    const char *record = NULL;
    casus_buf text = {0};
    tally t = {a->events, a->cooperation, a->conflict, a->first, a->last};
    casus_code code = casus_ledger_actor_record(c->ledger, a->id, c->arena, &record, err);
    if (code) return code;
    if (!record) {
        actor_out(&c->json, "actor", a, &t);
        return CASUS_OK;
    }
    casus_json json = casus_json_to(&text);
    casus_buf_add(&text, record, strlen(record) - 1);
    json.comma = true;
    counts_out(&json, a, &t);
    casus_buf_adds(&text, "}");
    if (!text.failed) out_raw(&c->json, "actor", (casus_str){text.at, text.n});
    bool failed = text.failed;
    casus_buf_done(&text);
    return failed ? casus_fail(err, CASUS_ERR_NOMEM, "out of memory for this answer") : CASUS_OK;
}

typedef struct linking {
    call *c;
    const casus_panorama *p;
} linking;

static bool add_link(void *ctx, int64_t place, const char *id) {
    linking *k = ctx;
    (void)place;
    for (size_t i = 0; i < k->p->n_actors; i++)
        if (strcmp(k->p->actors[i].id, id) == 0) {
            named_out(&k->c->json, NULL, &k->p->actors[i]);
            return true;
        }
    casus_panorama_actor alone = {.id = id, .name = id};
    named_out(&k->c->json, NULL, &alone);
    return true;
}

static casus_code links_out(call *c, const casus_panorama *p, const char *id, bool wholes, casus_error *err) {
    linking k = {c, p};
    casus_json_open(&c->json, wholes ? "wholes" : "parts", '[');
    casus_code code = casus_ledger_parts(c->ledger, id, wholes, add_link, &k, err);
    casus_json_close(&c->json, ']');
    return code;
}

typedef struct partner {
    uint32_t actor;
    uint32_t events;
} partner;

static int by_events(const void *x, const void *y) {
    const partner *a = x, *b = y;
    if (a->events != b->events) return a->events > b->events ? -1 : 1;
    return (a->actor > b->actor) - (a->actor < b->actor);
}

static casus_code partners_out(call *c, const casus_panorama *p, uint32_t actor, casus_error *err) {
    casus_selection s;
    casus_code code = call_select(c, true, &s, err);
    if (code) return code;
    size_t begin, end, n = 0;
    flow *flows = CASUS_NEW_ARRAY(c->arena, flow, p->n_actors + 1);
    partner *list = CASUS_NEW_ARRAY(c->arena, partner, p->n_actors + 1);
    casus_selection_actor(&s, actor, &begin, &end);
    for (size_t i = begin; i < end; i++) {
        const casus_panorama_row *r = &p->rows[p->of_rows[i]];
        uint32_t other = r->source == actor ? r->target : r->source;
        if (other != CASUS_NOBODY && other != actor) flow_add(&flows[other], r, CASUS_SCALE_PLOVER);
    }
    for (size_t a = 0; a < p->n_actors; a++)
        if (flows[a].events) list[n++] = (partner){(uint32_t)a, flows[a].events};
    qsort(list, n, sizeof *list, by_events);
    casus_json_open(&c->json, "partners", '[');
    for (size_t i = 0; i < n && i < CARD_ITEMS; i++) dyad_out(&c->json, p, actor, list[i].actor, &flows[list[i].actor]);
    casus_json_close(&c->json, ']');
    return CASUS_OK;
}

/* ---- what texts say ---- */

enum { SEEN_MAX = 4096 };

typedef struct saying {
    call *c;
    int64_t told;
    int64_t seen[SEEN_MAX]; /* statements told or to be left out, ascending */
    size_t n;
} saying;

static int by_number(const void *x, const void *y) {
    const int64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

static bool remember(void *ctx, int64_t place, const char *record) {
    saying *s = ctx;
    (void)record;
    if (s->n == SEEN_MAX) return false;
    s->seen[s->n++] = place; /* rows come ascending */
    return true;
}

static bool add_said(void *ctx, int64_t place, const char *record) {
    saying *s = ctx;
    if (bsearch(&place, s->seen, s->n, sizeof place, by_number)) return true;
    out_raw(&s->c->json, NULL, casus_str_of(record));
    return ++s->told < CARD_ITEMS;
}

static casus_code list_out(call *c, const char *key, const casus_filter *f, saying *s, casus_error *err) {
    casus_json_open(&c->json, key, '[');
    s->told = 0;
    casus_code code = casus_ledger_records(c->ledger, f, add_said, s, err);
    casus_json_close(&c->json, ']');
    return code;
}

/* Stances of wanting are goals; each statement stands in one list only. */
static casus_code stances_out(call *c, casus_filter base, saying *s, casus_error *err) {
    casus_filter wants = base;
    casus_code code;
    base.kind = "stance", wants.kind = "stance", wants.type = "wants";
    s->n = 0;
    if ((code = list_out(c, "goals", &wants, s, err))) return code;
    if ((code = casus_ledger_records(c->ledger, &wants, remember, s, err))) return code;
    return list_out(c, "stances", &base, s, err);
}

static casus_code sayings_out(call *c, const char *id, casus_error *err) {
    saying *s = CASUS_NEW(c->arena, saying);
    const request *q = c->request;
    s->c = c;
    casus_filter base = {.actor = id}, says = {.holder = id}, of = {.actor = id, .held = true};
    casus_code code = request_date(q, "from", &base.since, err);
    if (!code) code = request_date(q, "to", &base.until, err);
    says.since = of.since = base.since, says.until = of.until = base.until;
    if (!code) code = stances_out(c, base, s, err);
    s->n = 0;
    base.kind = "relation";
    if (!code) code = list_out(c, "relations", &base, s, err);
    base.kind = "power";
    if (!code) code = list_out(c, "options", &base, s, err);
    if (!code) code = list_out(c, "says", &says, s, err);
    if (!code) code = casus_ledger_records(c->ledger, &says, remember, s, err);
    return code ? code : list_out(c, "said_of", &of, s, err);
}

casus_code api_actor(call *c, casus_error *err) {
    const casus_panorama *p;
    uint32_t actor;
    casus_code code = call_panorama(c, &p, err);
    if (!code) code = call_actor(c, c->id, &actor, err);
    if (code) return code;
    const casus_panorama_actor *a = &p->actors[actor];
    casus_json_open(&c->json, NULL, '{');
    code = whole_record(c, a, err);
    if (!code) code = links_out(c, p, a->id, false, err);
    if (!code) code = links_out(c, p, a->id, true, err);
    if (!code) code = partners_out(c, p, actor, err);
    if (!code) code = sayings_out(c, a->id, err);
    casus_json_close(&c->json, '}');
    return code;
}
