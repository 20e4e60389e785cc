/* What all voices of a ledger say of all propositions: the votes for truth discovery. */
#include "casus/measure.h"

#include <sqlite3.h>
#include <string.h>

enum { ENOUGH_ITEMS = 10, ENOUGH_VOICES = 3, ENOUGH_VOTES = 5 };

typedef struct collector {
    casus_ledger *l;
    casus_arena *arena;
    casus_testimony t;
    size_t cap_votes, cap_items, cap_voices, cap_events;
    casus_table items, voices; /* hash → index + 1 */
    const char **events;
    size_t n_events;
    const char *event;
    sqlite3_stmt *publisher;
} collector;

static const char *keep(collector *c, const char *s) { return casus_arena_strndup(c->arena, s, strlen(s)); }

static uint32_t *slot(collector *c, casus_table *table, const char *a, const char *b) {
    uint64_t key = casus_str_hash(casus_str_of(a)) * 31 ^ casus_str_hash(casus_str_of(b));
    bool fresh;
    return casus_table_put(table, c->arena, key ? key : 1, &fresh);
}

static uint32_t item_of(collector *c, const char *proposition) {
    uint32_t *at = slot(c, &c->items, c->event, proposition);
    if (*at) return *at - 1;
    *CASUS_PUSH(c->arena, c->t.items, c->t.n_items, c->cap_items) =
        (casus_proposition){.event = c->event, .words = keep(c, proposition)};
    *at = (uint32_t)c->t.n_items;
    return *at - 1;
}

static uint32_t voice_of(collector *c, const char *name) {
    uint32_t *at = slot(c, &c->voices, name, "");
    if (*at) return *at - 1;
    *CASUS_PUSH(c->arena, c->t.voices, c->t.n_voices, c->cap_voices) = (casus_voice){.name = keep(c, name)};
    *at = (uint32_t)c->t.n_voices;
    return *at - 1;
}

/* The author's own words are its publisher's, or its account's where no publisher is known. */
static const char *publisher_of(collector *c, const char *doc) {
    sqlite3_reset(c->publisher);
    sqlite3_bind_text(c->publisher, 1, doc, -1, SQLITE_TRANSIENT);
    const char *name =
        sqlite3_step(c->publisher) == SQLITE_ROW ? (const char *)sqlite3_column_text(c->publisher, 0) : NULL;
    return keep(c, name ? name : doc);
}

static bool voted(const collector *c, casus_vote vote) {
    for (size_t i = c->t.n_votes; i-- > 0 && c->t.votes[i].item == vote.item;)
        if (c->t.votes[i].voice == vote.voice && c->t.votes[i].label == vote.label) return true;
    return false;
}

static bool collect(void *ctx, const casus_claim_row *r) {
    collector *c = ctx;
    int side = casus_stance_side(r->stance);
    if (!side) return true;
    const char *last = casus_holder_last(r->holder);
    casus_vote vote = {item_of(c, r->proposition),
                       voice_of(c, strcmp(last, "author") == 0 ? publisher_of(c, r->doc) : last), side < 0};
    if (voted(c, vote)) return true;
    *CASUS_PUSH(c->arena, c->t.votes, c->t.n_votes, c->cap_votes) = vote;
    c->t.voices[vote.voice].for_it += side > 0, c->t.voices[vote.voice].against += side < 0;
    c->t.items[vote.item].voices++;
    return true;
}

static bool add_event(void *ctx, const casus_event_row *row) {
    collector *c = ctx;
    *CASUS_PUSH(c->arena, c->events, c->n_events, c->cap_events) = keep(c, row->id);
    return true;
}

static void count(casus_testimony *t) {
    for (size_t i = 0; i < t->n_items; i++) t->shared += t->items[i].voices > 1;
    for (size_t i = 0; i < t->n_voices; i++)
        t->steady += t->voices[i].for_it + t->voices[i].against >= ENOUGH_VOTES, t->against += t->voices[i].against;
    t->enough = t->shared >= ENOUGH_ITEMS && t->steady >= ENOUGH_VOICES && t->against > 0;
}

casus_code casus_testimony_load(casus_ledger *l, casus_arena *arena, casus_testimony *out, casus_error *err) {
    collector c = {.l = l, .arena = arena};
    sqlite3 *db = casus_ledger_sqlite(l);
    casus_filter all = {0};
    if (sqlite3_prepare_v2(db, "SELECT coalesce(publisher, id) FROM documents WHERE id = ?1", -1, &c.publisher, NULL))
        return casus_fail(err, CASUS_ERR_DB, "cannot read the accounts: %s", sqlite3_errmsg(db));
    casus_code code = casus_ledger_events(l, &all, add_event, &c, err);
    for (size_t i = 0; i < c.n_events && !code; i++) {
        c.event = c.events[i];
        code = casus_ledger_claims_about(l, c.event, collect, &c, err);
    }
    sqlite3_finalize(c.publisher);
    if (code) return code;
    count(&c.t);
    *out = c.t;
    return CASUS_OK;
}
