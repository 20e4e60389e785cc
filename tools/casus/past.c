#include "past.h"

#include "casus/ledger.h"
#include "casus/lexicon.h"
#include "query.h"

#include <ctype.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* ---- dates ---- */

/* A date known to the day; months and years alone are too vague to count days from. */
static bool parse_day(const char *iso, int64_t *days) {
    int32_t begin, end;
    if (!iso || !casus_day_parse(casus_str_of(iso), &begin, &end) || end - begin != 1) return false;
    *days = begin;
    return true;
}

const char *past_day(tool *t, const past *p, int32_t day) {
    if (p->first_day == INT64_MIN) return casus_arena_printf(&t->arena, "day %d", day);
    return casus_day_text((int32_t)(p->first_day + day), casus_arena_alloc(&t->arena, 11));
}

int32_t past_day_of(const past *p, const char *date) {
    int64_t days;
    if (p->first_day == INT64_MIN) return atoi(date);
    if (!parse_day(date, &days) || days < p->first_day) return -1;
    return (int32_t)(days - p->first_day);
}

int32_t past_horizon(tool *t, const char *text, int32_t usual) {
    char *end;
    if (!text) return usual;
    long n = strtol(text, &end, 10);
    if (*end == 'w') n *= 7;
    if (*end && strcmp(end, "d") != 0 && strcmp(end, "w") != 0) n = 0;
    if (n > 0 && n <= 3650) return (int32_t)n;
    tool_usage(t, "\"%s\" is no horizon; write days or weeks, like 30d or 4w", text);
    return -1;
}

/* ---- the ledger's events ---- */

typedef struct names {
    const char **at;
    size_t n, cap;
    casus_table index; /* hash of the name → id + 1 */
    casus_arena *arena;
} names;

static int32_t name_find(const names *l, casus_str name) {
    const uint32_t *at = casus_table_get(&l->index, casus_str_hash(name) | 1);
    return at ? (int32_t)*at - 1 : -1;
}

static int32_t name_add(names *l, casus_str name) {
    int32_t id = name_find(l, name);
    if (id >= 0) return id;
    *CASUS_PUSH(l->arena, l->at, l->n, l->cap) = casus_arena_strndup(l->arena, name.at, name.n);
    *casus_table_put(&l->index, l->arena, casus_str_hash(name) | 1, NULL) = (uint32_t)l->n;
    return (int32_t)l->n - 1;
}

typedef struct dated {
    casus_quad quad;
    int64_t days;
    size_t order;
    const char *id;
} dated;

typedef struct gathering {
    names actors, actions, countries, sectors;
    dated *events;
    size_t n, cap, undated;
    int32_t *country, *sector;
    casus_arena *arena;
} gathering;

static bool cut_list(casus_str *rest, casus_str *item) {
    if (!casus_str_cut(rest, ';', item)) return false;
    *item = casus_str_trim(*item);
    return true;
}

/* The day an event happened: stated to the day, or to a shorter span than anyone counts in. The document's date is no substitute. */
static bool day_of_event(const casus_event_row *r, int64_t *days) {
    int64_t last;
    if (!parse_day(r->time_begin, days)) return false;
    return !r->time_end || !*r->time_end || (parse_day(r->time_end, &last) && last == *days);
}

/* One quadruple for each source and target of the event. */
static bool add_event(void *ctx, const casus_event_row *r) {
    gathering *g = ctx;
    int64_t days;
    casus_str type = casus_str_of(r->type), first, sources = casus_str_of(r->source), s, o;
    if (!day_of_event(r, &days)) {
        g->undated++;
        return true;
    }
    if (!cut_list(&type, &first) || first.n == 0) return true;
    const char *id = casus_arena_strndup(g->arena, r->id, strlen(r->id));
    while (cut_list(&sources, &s))
        for (casus_str targets = casus_str_of(r->target); s.n && cut_list(&targets, &o);) {
            if (o.n == 0) continue;
            casus_quad quad = {name_add(&g->actors, s), name_add(&g->actions, first), name_add(&g->actors, o), 0};
            *CASUS_PUSH(g->arena, g->events, g->n, g->cap) = (dated){quad, days, g->n, id};
        }
    return true;
}

static bool add_attributes(void *ctx, const casus_actor_row *r) {
    gathering *g = ctx;
    int32_t actor = name_find(&g->actors, casus_str_of(r->name));
    casus_str sectors = casus_str_of(r->sectors), sector;
    if (actor < 0) actor = name_find(&g->actors, casus_str_of(r->id));
    if (actor < 0) return true;
    if (*r->country) g->country[actor] = name_add(&g->countries, casus_str_of(r->country));
    if (cut_list(&sectors, &sector) && sector.n) g->sector[actor] = name_add(&g->sectors, sector);
    return true;
}

static int by_day(const void *a, const void *b) {
    const dated *x = a, *y = b;
    if (x->days != y->days) return x->days < y->days ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static void finish(past *p, gathering *g) {
    casus_quad *quads = CASUS_NEW_ARRAY(g->arena, casus_quad, g->n + 1);
    p->event_ids = CASUS_NEW_ARRAY(g->arena, const char *, g->n + 1);
    qsort(g->events, g->n, sizeof *g->events, by_day);
    p->first_day = g->n ? g->events[0].days : 0;
    for (size_t i = 0; i < g->n; i++) {
        quads[i] = g->events[i].quad;
        quads[i].day = (int32_t)(g->events[i].days - p->first_day);
        p->event_ids[i] = g->events[i].id;
    }
    p->q = (casus_quads){.at = quads, .n = g->n, .actors = (int32_t)g->actors.n, .actions = (int32_t)g->actions.n,
                         .actor_names = g->actors.at, .action_names = g->actions.at, .country = g->country,
                         .sector = g->sector, .countries = (int32_t)g->countries.n, .sectors = (int32_t)g->sectors.n};
}

static int read_ledger(tool *t, past *p) {
    casus_ledger *l;
    casus_error err = {0};
    casus_filter all = {0};
    casus_arena *a = &p->arena;
    gathering g = {.actors.arena = a, .actions.arena = a, .countries.arena = a, .sectors.arena = a, .arena = a};
    if (!tool_open(t, CASUS_LEDGER_READ, &l)) return TOOL_FAILED;
    casus_code code = casus_ledger_events(l, &all, add_event, &g, &err);
    g.country = CASUS_NEW_ARRAY(a, int32_t, g.actors.n + 1);
    g.sector = CASUS_NEW_ARRAY(a, int32_t, g.actors.n + 1);
    for (size_t i = 0; i < g.actors.n; i++) g.country[i] = g.sector[i] = -1;
    if (!code) code = casus_ledger_actors(l, &all, add_attributes, &g, &err);
    finish(p, &g);
    if (!code && p->q.n == 0) {
        tool_close(t, l, CASUS_OK, &err, TOOL_DONE);
        return tool_failf(t, "the ledger holds no events dated to the day with a source and a target; read or import some first");
    }
    if (g.undated) fprintf(stderr, "casus: %zu events without a day were left out\n", g.undated);
    return tool_close(t, l, code, &err, TOOL_DONE);
}

int past_read(tool *t, past *p, const char *folder) {
    casus_error err;
    memset(p, 0, sizeof *p);
    casus_arena_init(&p->arena);
    p->arena.trap = t->arena.trap;
    p->first_day = INT64_MIN;
    if (!folder) return read_ledger(t, p);
    if (casus_dataset_read(&p->set, folder, &err)) return tool_fail(t, &err);
    p->q = p->set.all;
    return TOOL_DONE;
}

void past_done(past *p) {
    casus_dataset_done(&p->set);
    casus_arena_done(&p->arena);
}

int past_open(tool *t, past *p, const char *folder, const char *rules, casus_forecaster **f) {
    casus_error err;
    int rc = past_read(t, p, folder);
    if (rc) return rc;
    casus_code code = casus_forecaster_open(f, rules, &p->q, (unsigned)t->threads, &err);
    if (code == CASUS_ERR_IO) return tool_failf(t, "%s: no rules there; learn them first: casus rules learn", rules);
    return code ? tool_fail(t, &err) : TOOL_DONE;
}

/* ---- names ---- */

static bool same_name(const char *a, const char *b) {
    for (; *a && *b; a++, b++) {
        int x = *a == '_' ? ' ' : tolower((unsigned char)*a), y = *b == '_' ? ' ' : tolower((unsigned char)*b);
        if (x != y) return false;
    }
    return *a == *b;
}

static int32_t find_name(tool *t, const char *const *list, int32_t n, const char *name, const char *what) {
    char *end;
    if (!name) return -1;
    for (int32_t i = 0; list && i < n; i++)
        if (same_name(list[i], name)) return i;
    long id = strtol(name, &end, 10);
    if (*name && !*end && id >= 0 && id < n) return (int32_t)id;
    tool_failf(t, "there is no %s \"%s\" in these events", what, name);
    return -2;
}

int32_t past_actor(tool *t, const past *p, const char *name) {
    return find_name(t, p->q.actor_names, p->q.actors, name, "actor");
}
int32_t past_action(tool *t, const past *p, const char *name) {
    return find_name(t, p->q.action_names, p->q.actions, name, "action");
}
const char *past_actor_name(const past *p, int32_t id) { return p->q.actor_names[id]; }
const char *past_action_name(const past *p, int32_t id) { return p->q.action_names[id]; }

const char *past_event_id(const past *p, casus_quad e) {
    for (size_t i = p->q.n; p->event_ids && i-- > 0;) {
        casus_quad q = p->q.at[i];
        if (q.day == e.day && q.source == e.source && q.action == e.action && q.target == e.target) return p->event_ids[i];
    }
    return "";
}

/* ---- options ---- */

const char *past_rules_path(const past_options *o) { return o->rules ? o->rules : "casus.rules"; }
size_t past_top(const past_options *o) { return o->top > 0 ? (size_t)o->top : 20; }

bool past_question(tool *t, const past *p, const past_options *o, casus_forecast_ask *ask) {
    *ask = (casus_forecast_ask){past_actor(t, p, o->source), past_action(t, p, o->action), past_actor(t, p, o->target),
                                past_horizon(t, o->horizon, 30), past_top(o)};
    return ask->source > -2 && ask->action > -2 && ask->target > -2 && ask->horizon > 0;
}

/* ---- stopping ---- */

static volatile sig_atomic_t stopped;

static void stop(int sig) {
    (void)sig;
    stopped = 1;
}

static bool watch(void *ctx, size_t done, size_t total) {
    tool_progress(ctx, "events", done, total);
    if (done >= total) tool_progress_done(ctx);
    return !stopped;
}

void past_watch(tool *t, casus_forecast_options *o) {
    signal(SIGINT, stop);
    o->threads = (unsigned)t->threads;
    o->progress = watch;
    o->progress_ctx = t;
}
