/* Claims about an event as the ledger tells them, with the records of those who make them. */
#include "casus/measure.h"

#include <sqlite3.h>
#include <string.h>

typedef struct collector {
    casus_arena *arena;
    casus_dispute d;
    size_t cap, cap_hypotheses;
} collector;

static const char *keep(collector *c, const char *s) { return casus_arena_strndup(c->arena, s ? s : "", s ? strlen(s) : 0); }

static uint32_t hypothesis_of(collector *c, const char *proposition) {
    size_t i = 0;
    while (i < c->d.n_hypotheses && strcmp(c->d.hypotheses[i], proposition) != 0) i++;
    if (i == c->d.n_hypotheses) *CASUS_PUSH(c->arena, c->d.hypotheses, c->d.n_hypotheses, c->cap_hypotheses) = keep(c, proposition);
    return (uint32_t)i;
}

int casus_stance_side(const char *stance) {
    static const char *const FOR[] = {"asserts", "claims", "attributes", "alleges", "presumes", "believes", "relays", "endorses", NULL};
    static const char *const AGAINST[] = {"denies", "rejects", NULL};
    for (size_t i = 0; FOR[i]; i++)
        if (strcmp(stance, FOR[i]) == 0) return 1;
    for (size_t i = 0; AGAINST[i]; i++)
        if (strcmp(stance, AGAINST[i]) == 0) return -1;
    return 0;
}

/* The one who made the claim: the last of the chain. */
const char *casus_holder_last(const char *holder) {
    const char *arrow = " → ", *at = holder;
    for (const char *next; (next = strstr(at, arrow)) != NULL; at = next + strlen(arrow)) {}
    return at;
}

/* A voice is a holder, or for the author's own words the document. */
static uint32_t voice_of(const collector *c, const casus_claim_told *t) {
    bool author = strcmp(t->holder, "author") == 0;
    for (size_t i = 0; i < c->d.n; i++) {
        const casus_claim_told *o = &c->d.claims[i];
        bool same = strcmp(casus_holder_last(o->holder), casus_holder_last(t->holder)) == 0 && (!author || strcmp(o->doc, t->doc) == 0);
        if (same) return o->claim.voice;
    }
    return (uint32_t)c->d.n;
}

static bool collect(void *ctx, const casus_claim_row *r) {
    collector *c = ctx;
    casus_claim_told t = {.holder = keep(c, r->holder), .stance = keep(c, r->stance), .statement = keep(c, r->statement), .doc = keep(c, r->doc)};
    t.claim = (casus_claim){.hypothesis = hypothesis_of(c, r->proposition), .side = casus_stance_side(r->stance), .voice = voice_of(c, &t)};
    t.proposition = c->d.hypotheses[t.claim.hypothesis];
    *CASUS_PUSH(c->arena, c->d.claims, c->d.n, c->cap) = t;
    return true;
}

/* Other events the holder (or the author's publisher, for its own words) told of: borne out where another voice supports them and nobody disputes. */
static const char RECORD[] =
    "SELECT sum(others > 0 AND disputes = 0), sum(disputes > 0) FROM (SELECT m.event,"
    " (SELECT count(DISTINCT x.voice) FROM event_statements x WHERE x.event = m.event AND x.role = 'supports' AND x.voice <> m.voice) AS others,"
    " (SELECT count(*) FROM event_statements x WHERE x.event = m.event AND x.role = 'disputes' AND x.voice <> m.voice) AS disputes"
    " FROM event_statements m JOIN events e ON e.event = m.event JOIN statements t ON t.st = m.st JOIN documents d ON d.doc = t.doc"
    " WHERE e.id <> ?1 AND m.role <> 'disputes' AND ((?2 = 'author' AND NOT EXISTS(SELECT 1 FROM holders h WHERE h.st = t.st)"
    " AND coalesce(d.publisher, d.id) = (SELECT coalesce(publisher, id) FROM documents WHERE id = ?3))"
    " OR EXISTS(SELECT 1 FROM holders h WHERE h.st = t.st AND coalesce(h.name, h.text) = ?2 AND h.position = (SELECT max(position) FROM holders y"
    " WHERE y.st = t.st))) GROUP BY m.event)";

static casus_code read_records(collector *c, sqlite3 *db, const char *event, casus_error *err) {
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(db, RECORD, -1, &q, NULL)) return casus_fail(err, CASUS_ERR_DB, "cannot read what the holders told before: %s", sqlite3_errmsg(db));
    for (size_t i = 0; i < c->d.n; i++) {
        casus_claim_told *t = &c->d.claims[i];
        sqlite3_bind_text(q, 1, event, -1, SQLITE_STATIC);
        sqlite3_bind_text(q, 2, casus_holder_last(t->holder), -1, SQLITE_STATIC);
        sqlite3_bind_text(q, 3, t->doc, -1, SQLITE_STATIC);
        if (sqlite3_step(q) == SQLITE_ROW)
            t->claim.record = (casus_track_record){(uint32_t)sqlite3_column_int64(q, 0), (uint32_t)sqlite3_column_int64(q, 1)};
        sqlite3_reset(q);
    }
    sqlite3_finalize(q);
    return CASUS_OK;
}

/* Is the statement's last holder a party to the event: a participant, of a participant's country, or of the country it is told to have happened in? */
static const char PARTY[] =
    "SELECT 1 FROM holders h JOIN statements t ON t.st = h.st LEFT JOIN actors a ON a.actor = h.actor WHERE t.id = ?2"
    " AND h.position = (SELECT max(position) FROM holders y WHERE y.st = t.st) AND (EXISTS(SELECT 1 FROM events e JOIN event_statements m ON m.event = e.event"
    " JOIN participants p ON p.st = m.st LEFT JOIN actors o ON o.actor = p.actor WHERE e.id = ?1 AND (p.actor = h.actor OR o.country = a.country))"
    " OR EXISTS(SELECT 1 FROM events e JOIN event_statements m ON m.event = e.event JOIN places p ON p.st = m.st WHERE e.id = ?1 AND p.country = a.country))";

/* A party to the matter is named in one of the propositions, or is one by what is known of it. An author is none. */
static casus_code find_interests(casus_dispute *d, sqlite3 *db, const char *event, casus_error *err) {
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(db, PARTY, -1, &q, NULL)) return casus_fail(err, CASUS_ERR_DB, "cannot read who is a party: %s", sqlite3_errmsg(db));
    for (size_t i = 0; i < d->n; i++) {
        casus_claim_told *t = &d->claims[i];
        const char *holder = casus_holder_last(t->holder);
        if (strcmp(holder, "author") == 0 || !*holder) continue;
        for (size_t h = 0; h < d->n_hypotheses; h++) t->claim.interested |= strstr(d->hypotheses[h], holder) != NULL;
        sqlite3_bind_text(q, 1, event, -1, SQLITE_STATIC);
        sqlite3_bind_text(q, 2, t->statement, -1, SQLITE_STATIC);
        t->claim.interested |= sqlite3_step(q) == SQLITE_ROW;
        sqlite3_reset(q);
    }
    sqlite3_finalize(q);
    return CASUS_OK;
}

static bool take_id(void *ctx, const casus_event_row *row) {
    snprintf(ctx, 64, "%s", row->id);
    return false;
}

casus_code casus_dispute_load(casus_ledger *l, const char *event, casus_arena *arena, casus_dispute *out, casus_error *err) {
    collector c = {.arena = arena};
    char id[64] = "";
    casus_filter one = {.event = event};
    casus_code code = casus_ledger_events(l, &one, take_id, id, err);
    if (!code) code = casus_ledger_claims_about(l, id, collect, &c, err);
    if (!code) code = read_records(&c, casus_ledger_sqlite(l), id, err);
    if (!code) code = find_interests(&c.d, casus_ledger_sqlite(l), id, err);
    if (code) return code;
    c.d.event = keep(&c, id);
    *out = c.d;
    return CASUS_OK;
}
