/* The events of the ledger, imported or merged from statements, as quadruples. */
#include "past.h"

#include "casus/lexicon.h"
#include "query.h"

#include <string.h>

int32_t past_label(past_labels *l, const char *name) {
    if (!name || !*name) return -1;
    uint64_t key = casus_str_hash(casus_str_of(name)) | 1;
    const uint32_t *at = casus_table_get(&l->index, key);
    if (at) return (int32_t)*at - 1;
    *CASUS_PUSH(l->arena, l->at, l->n, l->cap) = casus_arena_strndup(l->arena, name, strlen(name));
    *casus_table_put(&l->index, l->arena, key, NULL) = (uint32_t)l->n;
    return (int32_t)l->n - 1;
}

typedef struct gathering {
    past *p;
    const casus_panorama *all;
    past_labels actions;
    casus_quad *quads;
    size_t n, cap, undated;
    casus_table ids;      /* hash of an actor's id → index + 1 */
    int32_t *country, *sector;
    bool codes;
    const char *code;     /* of the row being looked at */
} gathering;

/* ---- attributes ---- */

/* "Police (Kenya)" → "Police"; "KENCOP" → "COP": what imports say of the sector. */
static const char *sector_of_name(casus_arena *a, const casus_panorama_actor *actor) {
    const char *open = strrchr(actor->name, '(');
    if (open && open > actor->name + 1 && open[-1] == ' ') return casus_arena_strndup(a, actor->name, (size_t)(open - actor->name) - 1);
    size_t n = strspn(actor->id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if (!actor->id[n] && n >= 6) return casus_arena_strndup(a, actor->id + 3, 3);
    return strcmp(actor->type, "state") == 0 ? "state" : NULL;
}

static bool add_sector(void *ctx, const casus_actor_row *r) {
    gathering *g = ctx;
    const uint32_t *at = casus_table_get(&g->ids, casus_str_hash(casus_str_of(r->id)) | 1);
    casus_str sectors = casus_str_of(r->sectors), first;
    if (!at || !casus_str_cut(&sectors, ';', &first)) return true;
    first = casus_str_trim(first);
    if (first.n) g->sector[*at - 1] = past_label(&g->p->sectors, casus_arena_strndup(&g->p->arena, first.at, first.n));
    return true;
}

static casus_code add_attributes(gathering *g, casus_error *err) {
    past *p = g->p;
    size_t n = g->all->n_actors;
    const char **names = CASUS_NEW_ARRAY(&p->arena, const char *, n + 1);
    casus_filter all = {0};
    g->country = CASUS_NEW_ARRAY(&p->arena, int32_t, n + 1);
    g->sector = CASUS_NEW_ARRAY(&p->arena, int32_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        const casus_panorama_actor *a = &g->all->actors[i];
        names[i] = *a->name ? a->name : a->id;
        g->country[i] = past_label(&p->countries, a->country);
        g->sector[i] = past_label(&p->sectors, sector_of_name(&p->arena, a));
        *casus_table_put(&g->ids, &p->arena, casus_str_hash(casus_str_of(a->id)) | 1, NULL) = (uint32_t)i + 1;
    }
    p->q.actor_names = names;
    p->q.actors = p->known = (int32_t)n;
    return casus_ledger_actors(p->ledger, &all, add_sector, g, err);
}

/* ---- events ---- */

static void take_code(void *ctx, const casus_imported_row *r) {
    gathering *g = ctx;
    g->code = casus_arena_strndup(&g->p->arena, r->code ? r->code : "", r->code ? strlen(r->code) : 0);
}

static int32_t action_of(gathering *g, const casus_panorama_row *r) {
    casus_error err;
    if (!g->codes) return (int32_t)r->type - 1;
    g->code = casus_plover_name((casus_plover)r->type);
    if (r->flags & CASUS_ROW_IMPORTED && casus_ledger_imported_at(g->p->ledger, r->ref, take_code, g, &err)) return -1;
    return past_label(&g->actions, g->code);
}

/* An event counts on its first day when it is known to the week; the document's date is no substitute for its own. */
static bool is_dated(const casus_panorama_row *r) {
    enum { WEEK = 7 };
    return r->day != CASUS_UNDATED && !(r->flags & CASUS_ROW_TOLD) && (r->end == CASUS_UNDATED || r->end - r->day < WEEK);
}

static void add_rows(gathering *g) {
    past *p = g->p;
    p->rows = CASUS_NEW_ARRAY(&p->arena, uint32_t, g->all->n + 1);
    g->quads = CASUS_NEW_ARRAY(&p->arena, casus_quad, g->all->n + 1);
    for (size_t i = 0; i < g->all->n; i++) {
        const casus_panorama_row *r = &g->all->rows[i];
        if (r->kind != CASUS_EVENT || r->type == CASUS_NO_PLOVER) continue;
        if (r->source == CASUS_NOBODY || r->target == CASUS_NOBODY) continue;
        int32_t action = is_dated(r) ? action_of(g, r) : -1;
        g->undated += !is_dated(r);
        if (action < 0) continue;
        if (g->n == 0) p->first_day = r->day;
        p->rows[g->n] = (uint32_t)i;
        g->quads[g->n++] = (casus_quad){(int32_t)r->source, action, (int32_t)r->target, (int32_t)(r->day - p->first_day)};
    }
    p->q.at = g->quads;
    p->q.n = g->n;
}

/* Every type is an action, whether it came up or not, so that rules stay good while the ledger grows. */
static void name_actions(gathering *g) {
    past *p = g->p;
    for (int i = 1; !g->codes && i < CASUS_PLOVER_N; i++) past_label(&g->actions, casus_plover_name((casus_plover)i));
    p->q.action_names = g->actions.at;
    p->q.actions = (int32_t)g->actions.n;
}

int past_read_ledger(tool *t, past *p, bool codes) {
    casus_error err;
    gathering g = {.p = p, .codes = codes, .actions.arena = &p->arena};
    p->countries.arena = p->sectors.arena = &p->arena;
    if (!tool_open(t, CASUS_LEDGER_READ, &p->ledger)) return TOOL_FAILED;
    if (casus_panorama_load(&p->panorama, p->ledger, NULL, NULL, NULL, &err)) return tool_fail(t, &err);
    g.all = p->panorama;
    if (add_attributes(&g, &err)) return tool_fail(t, &err);
    add_rows(&g);
    name_actions(&g);
    p->q.country = g.country;
    p->q.sector = g.sector;
    p->q.countries = (int32_t)p->countries.n;
    p->q.sectors = (int32_t)p->sectors.n;
    if (g.undated) tool_warn(t, "%zu pairs of an event without a day of its own were left out", g.undated);
    if (p->q.n) return TOOL_DONE;
    return tool_failf(t, "the ledger holds no events dated to the day with a source and a target; read or import some first");
}

/* ---- citing ---- */

static void take_id(void *ctx, const casus_imported_row *r) {
    const char **out = ctx;
    static _Thread_local char id[64];
    snprintf(id, sizeof id, "import%lld:%lld", (long long)r->import, (long long)r->line);
    *out = id;
}

static const char *id_of_row(tool *t, const past *p, const casus_panorama_row *r) {
    casus_error err;
    casus_buf record = {0};
    const char *id = "";
    if (r->flags & CASUS_ROW_IMPORTED) {
        if (casus_ledger_imported_at(p->ledger, r->ref, take_id, &id, &err)) return "";
        return casus_arena_strndup(&t->arena, id, strlen(id));
    }
    if (!casus_ledger_event_at(p->ledger, r->ref, &record, &err)) {
        casus_buf_add(&record, "", 1);
        const char *at = record.failed ? NULL : strstr(record.at, "\"id\":\"");
        if (at) id = casus_arena_strndup(&t->arena, at + 6, strcspn(at + 6, "\""));
    }
    casus_buf_done(&record);
    return id;
}

const char *past_event_id(tool *t, const past *p, casus_quad e) {
    for (size_t i = p->q.n; p->rows && i-- > 0;) {
        casus_quad q = p->q.at[i];
        if (q.day == e.day && q.source == e.source && q.action == e.action && q.target == e.target)
            return id_of_row(t, p, &p->panorama->rows[p->rows[i]]);
    }
    return "";
}
