/* Asking a panorama: which actors, places and days are meant, and the rows that are selected. */
#include "casus/panorama.h"
#include "names.h"

#include "casus/lexicon.h"

#include <string.h>
#include <strings.h>

static bool has(const uint64_t *set, uint32_t i) { return i != UINT32_MAX && set[i >> 6] >> (i & 63) & 1; }

bool casus_selection_has(const casus_selection *s, const casus_panorama_row *r) {
    if ((r->flags & s->need) != s->need || r->flags & s->lack) return false;
    if (!s->ties && r->kind != CASUS_EVENT) return false;
    if (s->type && r->type != s->type) return false;
    if (s->actor && !has(s->actor, r->source) && !has(s->actor, r->target)) return false;
    if (s->other && !has(s->other, r->source) && !has(s->other, r->target)) return false;
    if (s->source && !has(s->source, r->source)) return false;
    if (s->target && !has(s->target, r->target)) return false;
    return !s->place || has(s->place, r->place);
}

const casus_panorama_row *casus_selection_next(const casus_selection *s, size_t *at) {
    for (size_t i = *at; i < s->end; i++) {
        const casus_panorama_row *r = &s->p->rows[s->list ? s->list[i] : i];
        if (!casus_selection_has(s, r)) continue;
        *at = i + 1;
        return r;
    }
    *at = s->end;
    return NULL;
}

const casus_panorama_row *casus_selection_last(const casus_selection *s, size_t *at) {
    for (size_t i = *at; i > s->begin; i--) {
        const casus_panorama_row *r = &s->p->rows[s->list ? s->list[i - 1] : i - 1];
        if (!casus_selection_has(s, r)) continue;
        *at = i - 1;
        return r;
    }
    *at = s->begin;
    return NULL;
}

void casus_panorama_mass(const casus_panorama_row *row, casus_scale scale, double *cooperation, double *conflict) {
    if (row->kind == CASUS_EVENT && scale != CASUS_SCALE_GOLDSTEIN) {
        casus_act act = {.type = row->type, .quad = row->quad};
        casus_act_mass(&act, scale, cooperation, conflict);
        return;
    }
    bool counts = scale == CASUS_SCALE_COUNTS;
    *cooperation = counts ? row->cooperation > 0 : (double)row->cooperation;
    *conflict = counts ? row->conflict > 0 : (double)row->conflict;
}

/* ---- the filter made ready ---------------------------------------------------------------------------------- */

static bool is_meant(const measure_who *who, const casus_panorama_actor *a, const char *name) {
    if (measure_who_means(who, a->id, a->name, a->country) || (*a->code && strcasecmp(a->code, name) == 0)) return true;
    return a->imported && measure_who_linked(who, a->coded ? a->id : "", a->name, a->country, a->sectors);
}

typedef struct chooser {
    const casus_lexicon *lexicon;
    const casus_panorama *p;
    casus_ledger *l;
    casus_arena *arena;
    casus_error *err;
} chooser;

/* The actors of a name as a set; *only the one there is, CASUS_NOBODY when there are several. */
static casus_code actors_named(chooser *k, const char *name, const uint64_t **out, uint32_t *only) {
    measure_who who;
    size_t found = 0;
    *only = CASUS_NOBODY;
    if (!name) return CASUS_OK;
    casus_code code = measure_who_resolve(casus_ledger_sqlite(k->l), k->lexicon, name, k->arena, &who, k->err);
    if (code) return code;
    uint64_t *set = CASUS_NEW_ARRAY(k->arena, uint64_t, k->p->n_actors / 64 + 1);
    for (size_t a = 0; a < k->p->n_actors; a++) {
        if (!is_meant(&who, &k->p->actors[a], name)) continue;
        set[a >> 6] |= (uint64_t)1 << (a & 63);
        *only = found++ ? CASUS_NOBODY : (uint32_t)a;
    }
    *out = set;
    return found ? CASUS_OK : measure_who_known(casus_ledger_sqlite(k->l), NULL, &who, k->arena, k->err);
}

static const uint64_t *places_named(chooser *k, const char *name) {
    if (!name) return NULL;
    uint64_t *set = CASUS_NEW_ARRAY(k->arena, uint64_t, k->p->n_places / 64 + 1);
    for (size_t i = 0; i < k->p->n_places; i++)
        if (strcasecmp(k->p->places[i].country, name) == 0 || strcasecmp(k->p->places[i].name, name) == 0) set[i >> 6] |= (uint64_t)1 << (i & 63);
    return set;
}

/* The first row, or place in the list, that is not before the day. */
static size_t first_since(const casus_selection *s, int32_t day) {
    size_t low = s->begin, high = s->end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->p->rows[s->list ? s->list[middle] : middle].day < day) low = middle + 1;
        else high = middle;
    }
    return low;
}

static casus_code take_days(chooser *k, const casus_panorama_filter *f, casus_selection *s) {
    int32_t since = CASUS_UNDATED + 1, until = INT32_MAX, ignored;
    if (f->since && !casus_day_parse(casus_str_of(f->since), &since, &ignored)) return casus_fail(k->err, CASUS_ERR_ARG, "\"%s\" is no date", f->since);
    if (f->until && !casus_day_parse(casus_str_of(f->until), &ignored, &until)) return casus_fail(k->err, CASUS_ERR_ARG, "\"%s\" is no date", f->until);
    if (since >= until) return casus_fail(k->err, CASUS_ERR_ARG, "the period ends (%s) before it begins (%s)", f->until, f->since);
    size_t end = f->until ? first_since(s, until) : s->end;
    if (f->since || f->until) s->begin = first_since(s, since);
    s->end = end;
    return CASUS_OK;
}

static casus_code take_flags(chooser *k, const casus_panorama_filter *f, casus_selection *s) {
    if (f->disputed) s->need |= CASUS_ROW_DISPUTED;
    if (f->origin && strcmp(f->origin, "statement") == 0) s->lack |= CASUS_ROW_IMPORTED;
    else if (f->origin && strcmp(f->origin, "import") == 0) s->need |= CASUS_ROW_IMPORTED;
    else if (f->origin) return casus_fail(k->err, CASUS_ERR_ARG, "an origin is `statement` or `import`");
    s->type = f->type ? (uint8_t)casus_plover_of(casus_str_of(f->type)) : CASUS_NO_PLOVER;
    if (f->type && !s->type) return casus_fail(k->err, CASUS_ERR_ARG, "\"%.40s\" is no PLOVER event type (AGREE, CONSULT … ASSAULT)", f->type);
    return CASUS_OK;
}

/* Rows, or places in the list, between the days; the rows are `first_row` … `end_row` in any case. */
static casus_code take_period(chooser *k, const casus_panorama_filter *f, casus_selection *s) {
    casus_selection all = {.p = s->p, .end = s->p->n};
    casus_code code = take_days(k, f, &all);
    if (!code) code = take_days(k, f, s);
    s->first_row = all.begin, s->end_row = all.end;
    return code;
}

void casus_selection_actor(const casus_selection *s, uint32_t actor, size_t *begin, size_t *end) {
    const uint32_t *rows = s->p->of_rows;
    size_t low[2], high[2], want[2] = {s->first_row, s->end_row};
    for (int i = 0; i < 2; i++) {
        low[i] = s->p->of_first[actor], high[i] = s->p->of_first[actor + 1];
        while (low[i] < high[i]) {
            size_t middle = low[i] + (high[i] - low[i]) / 2;
            if (rows[middle] < want[i]) low[i] = middle + 1;
            else high[i] = middle;
        }
    }
    *begin = low[0], *end = low[1];
}

casus_code casus_panorama_select(const casus_panorama *p, casus_ledger *l, const casus_panorama_filter *f, casus_arena *arena, casus_selection *out,
                                 casus_error *err) {
    chooser k = {f->lexicon, p, l, arena, err};
    casus_selection s = {.p = p, .end = p->n, .ties = f->ties};
    uint32_t only[4];
    casus_code code = take_flags(&k, f, &s);
    if (!code) code = actors_named(&k, f->actor, &s.actor, &only[0]);
    if (!code) code = actors_named(&k, f->other, &s.other, &only[1]);
    if (!code) code = actors_named(&k, f->source, &s.source, &only[2]);
    if (!code) code = actors_named(&k, f->target, &s.target, &only[3]);
    if (code) return code;
    for (size_t i = 0; i < 4 && !s.list; i++)
        if (only[i] != CASUS_NOBODY) s.list = p->of_rows, s.begin = p->of_first[only[i]], s.end = p->of_first[only[i] + 1];
    s.place = places_named(&k, f->place);
    if ((code = take_period(&k, f, &s))) return code;
    *out = s;
    return CASUS_OK;
}

casus_code casus_panorama_find(const casus_panorama *p, casus_ledger *l, const char *name, casus_arena *arena, uint32_t *out, casus_error *err) {
    chooser k = {NULL, p, l, arena, err};
    const uint64_t *set = NULL;
    uint32_t only;
    for (size_t i = 0; i < p->n_actors; i++)
        if (strcmp(p->actors[i].id, name) == 0) {
            *out = (uint32_t)i;
            return CASUS_OK;
        }
    casus_code code = actors_named(&k, name, &set, &only);
    for (size_t i = 0; !code && i < p->n_actors; i++)
        if (has(set, p->rank[i])) {
            *out = p->rank[i];
            return CASUS_OK;
        }
    return code ? code : casus_fail(err, CASUS_ERR_NOTFOUND, "the ledger knows no actor \"%.60s\"", name);
}
