/* Events as objects that name one another: FollowTheMoney entities and STIX 2.1. Ids are hashes of what they name, so
 * that two exports agree. */
#include "data/export.h"

#include <string.h>

static const char SELECT_ACTORS[] =
    "SELECT actor, max(name), max(country) FROM (SELECT source AS actor, source_name AS name, source_country AS "
    "country FROM all_events" DATA_FILTER
    " AND source IS NOT NULL UNION ALL SELECT target, target_name, target_country FROM all_events" DATA_FILTER
    " AND target IS NOT NULL)"
    " GROUP BY actor ORDER BY actor";

static void uuid_of(char out[37], const char *what, const char *a, const char *b, const char *c) {
    casus_buf text = {0};
    casus_buf_addf(&text, "%s\n%s\n%s\n%s", what, a, b, c);
    data_export_uuid(out, text.failed ? "" : text.at);
    casus_buf_done(&text);
}

static const char *name_or_code(sqlite3_stmt *q, int name, int code) {
    return data_column_text(q, data_column_none(q, name) ? code : name);
}

/* ---- FollowTheMoney ---------------------------------------------------------------------------------------- */

static void ftm_id(casus_json *j, const char *key, const char *prefix, const char *what, const char *of) {
    char uuid[37], id[48];
    uuid_of(uuid, what, of, "", "");
    snprintf(id, sizeof id, "%s%s", prefix, uuid);
    casus_json_text(j, key, id);
}

/* A property is a list of texts. */
static void ftm_property(casus_json *j, const char *key, const char *value) {
    if (!*value) return;
    casus_json_open(j, key, '[');
    casus_json_text(j, NULL, value);
    casus_json_close(j, ']');
}

/* FtM wants ISO alpha-2 in lower case. */
static void ftm_country(casus_json *j, const char *iso3) {
    const casus_country *c = casus_country_find(CASUS_COUNTRY_ISO3, casus_str_of(iso3));
    if (!c || strlen(c->iso2) != 2) return;
    char low[3] = {(char)(c->iso2[0] | 0x20), (char)(c->iso2[1] | 0x20), '\0'};
    ftm_property(j, "country", low);
}

static casus_code ftm_actor(data_export *x, sqlite3_stmt *q) {
    casus_json j = casus_json_to(&x->out);
    casus_json_open(&j, NULL, '{');
    ftm_id(&j, "id", "casus-", "actor", data_column_text(q, 0));
    casus_json_text(&j, "schema", "LegalEntity");
    casus_json_open(&j, "properties", '{');
    ftm_property(&j, "name", name_or_code(q, 1, 0));
    ftm_country(&j, data_column_text(q, 2));
    casus_json_close(&j, '}');
    casus_json_close(&j, '}');
    casus_buf_adds(&x->out, "\n");
    return CASUS_OK;
}

static void ftm_involved(casus_json *j, sqlite3_stmt *q) {
    casus_json_open(j, "involved", '[');
    for (int side = EV_SOURCE; side <= EV_TARGET; side++)
        if (!data_column_none(q, side)) ftm_id(j, NULL, "casus-", "actor", data_column_text(q, side));
    casus_json_close(j, ']');
}

static casus_code ftm_event(data_export *x, sqlite3_stmt *q) {
    casus_json j = casus_json_to(&x->out);
    casus_buf words = {0};
    const char *type = data_column_text(q, data_column_none(q, EV_TYPE) ? EV_CODE : EV_TYPE);
    casus_buf_addf(&words, "%s: %s → %s (%s %s)", type, name_or_code(q, EV_SOURCE_NAME, EV_SOURCE),
                   name_or_code(q, EV_TARGET_NAME, EV_TARGET), data_column_text(q, EV_SCHEME),
                   data_column_text(q, EV_CODE));
    casus_json_open(&j, NULL, '{');
    ftm_id(&j, "id", "casus-", "event", data_column_text(q, EV_ID));
    casus_json_text(&j, "schema", "Event");
    casus_json_open(&j, "properties", '{');
    ftm_property(&j, "name", type);
    ftm_property(&j, "summary", words.failed ? "" : words.at);
    ftm_property(&j, "startDate", data_column_text(q, EV_BEGIN));
    ftm_property(&j, "endDate", data_column_text(q, EV_END));
    ftm_property(&j, "location", data_column_text(q, EV_PLACE));
    ftm_country(&j, data_column_text(q, EV_COUNTRY));
    ftm_involved(&j, q);
    casus_json_close(&j, '}');
    casus_json_close(&j, '}');
    casus_buf_adds(&x->out, "\n");
    casus_buf_done(&words);
    x->report->written++;
    return CASUS_OK;
}

casus_code data_export_ftm(data_export *x) {
    x->holds = "e c ac an ay bc bn by pn py";
    casus_code code = data_export_query(x, SELECT_ACTORS, ftm_actor);
    return code ? code : data_export_events(x, ftm_event);
}

/* ---- STIX 2.1 ---------------------------------------------------------------------------------------------- */

/* `created` of every object, which STIX wants: when something was last added to the ledger. */
static const char SELECT_STAMP[] =
    "SELECT coalesce(strftime('%Y-%m-%dT%H:%M:%S.000Z', max(added)), '1970-01-01T00:00:00.000Z')"
    " FROM (SELECT added FROM imports UNION ALL SELECT added FROM documents)";

static casus_code take_stamp(data_export *x, sqlite3_stmt *q) {
    snprintf(x->stamp, sizeof x->stamp, "%s", data_column_text(q, 0));
    return CASUS_OK;
}

static void stix_id(casus_json *j, const char *key, const char *kind, const char *what, const char *a, const char *b,
                    const char *c) {
    char uuid[37], id[80];
    uuid_of(uuid, what, a, b, c);
    snprintf(id, sizeof id, "%s--%s", kind, uuid);
    casus_json_text(j, key, id);
}

/* Opens an object of the bundle with the properties that all have. */
static void stix_open(data_export *x, casus_json *j, const char *kind, const char *what, const char *a, const char *b,
                      const char *c) {
    casus_buf_adds(&x->out, ",\n");
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "type", kind);
    casus_json_text(j, "spec_version", "2.1");
    stix_id(j, "id", kind, what, a, b, c);
    casus_json_text(j, "created", x->stamp);
    casus_json_text(j, "modified", x->stamp);
}

static casus_code stix_actor(data_export *x, sqlite3_stmt *q) {
    casus_json j = casus_json_to(&x->out);
    stix_open(x, &j, "identity", "actor", data_column_text(q, 0), "", "");
    casus_json_text(&j, "name", name_or_code(q, 1, 0));
    casus_json_close(&j, '}');
    return CASUS_OK;
}

/* ^[a-z0-9\-]+$ */
static void relationship_type(char out[40], const char *type) {
    size_t n = 0;
    for (const char *s = type; *s && n < 39; s++) {
        bool upper = *s >= 'A' && *s <= 'Z', plain = (*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9');
        out[n++] = (char)(upper ? *s | 0x20 : plain ? *s : '-');
    }
    out[n] = '\0';
}

static void stix_time(casus_json *j, const char *key, const char *day) {
    char stamp[40];
    if (strlen(day) != 10) return;
    snprintf(stamp, sizeof stamp, "%sT00:00:00.000Z", day);
    casus_json_text(j, key, stamp);
}

/* An event of statements, as a relationship: what is claimed about it comes after all relationships. */
typedef struct tie {
    const char *event, *source, *target;
} tie;
typedef struct stix_state {
    casus_arena arena;
    tie *ties;
    size_t n, cap;
    /* The event whose claims are told: its relationships are ties[first] … ties[end - 1]. */
    size_t first, end;
    const char *proposition;
    data_export *x;
} stix_state;

static casus_code keep_tie(data_export *x, sqlite3_stmt *q) {
    stix_state *s = x->state;
    const char *texts[3];
    for (int i = 0; i < 3; i++) {
        const char *text = data_column_text(q, i == 0 ? EV_ID : i == 1 ? EV_SOURCE : EV_TARGET);
        texts[i] = casus_arena_strndup(&s->arena, text, strlen(text));
    }
    tie *grown = casus_arena_grow(&s->arena, s->ties, s->n, &s->cap, sizeof *grown);
    if (!grown || !texts[0] || !texts[1] || !texts[2])
        return casus_fail(x->err, CASUS_ERR_NOMEM, "out of memory writing an export");
    s->ties = grown;
    s->ties[s->n++] = (tie){texts[0], texts[1], texts[2]};
    return CASUS_OK;
}

static casus_code stix_event(data_export *x, sqlite3_stmt *q) {
    const char *source = data_column_text(q, EV_SOURCE), *target = data_column_text(q, EV_TARGET);
    const char *begin = data_column_text(q, EV_BEGIN), *end = data_column_text(q, EV_END);
    if (!*source || !*target) return data_left_out(x, "only one side");
    char type[40];
    relationship_type(type, data_column_text(q, data_column_none(q, EV_TYPE) ? EV_CODE : EV_TYPE));
    casus_json j = casus_json_to(&x->out);
    stix_open(x, &j, "relationship", "event", data_column_text(q, EV_ID), source, target);
    casus_json_text(&j, "relationship_type", *type ? type : "event");
    stix_id(&j, "source_ref", "identity", "actor", source, "", "");
    stix_id(&j, "target_ref", "identity", "actor", target, "", "");
    stix_time(&j, "start_time", begin);
    if (strcmp(end, begin) > 0) stix_time(&j, "stop_time", end); /* STIX: later than start_time */
    casus_json_close(&j, '}');
    x->report->written++;
    return data_column_none(q, ROW_IMPORT) ? keep_tie(x, q) : CASUS_OK;
}

/* ---- claims ------------------------------------------------------------------------------------------------ */

static void stix_extension(casus_json *j, const casus_claim_row *r) {
    char uuid[37], key[70];
    uuid_of(uuid, "extension", "claim", "", "");
    snprintf(key, sizeof key, "extension-definition--%s", uuid);
    casus_json_open(j, "extensions", '{');
    casus_json_open(j, key, '{');
    casus_json_text(j, "extension_type", "property-extension");
    casus_json_text(j, "proposition", r->proposition);
    casus_json_text(j, "holder", r->holder);
    casus_json_text(j, "stance", r->stance);
    casus_json_text(j, "author_view", r->author_view);
    casus_json_text(j, "statement", r->statement);
    casus_json_text(j, "document", r->doc);
    casus_json_close(j, '}');
    casus_json_close(j, '}');
}

/* Who holds it says so outright, says it in other ways, keeps it open, or says that it is not so. */
static const char *opinion_of(const char *stance) {
    static const char *const OPINIONS[][2] = {{"denies", "strongly-disagree"},
                                              {"rejects", "strongly-disagree"},
                                              {"asserts", "strongly-agree"},
                                              {"endorses", "strongly-agree"},
                                              {"claims", "agree"},
                                              {"attributes", "agree"},
                                              {"alleges", "agree"},
                                              {"presumes", "agree"},
                                              {"believes", "agree"},
                                              {"relays", "agree"}};
    for (size_t i = 0; i < sizeof OPINIONS / sizeof *OPINIONS; i++)
        if (strcmp(stance, OPINIONS[i][0]) == 0) return OPINIONS[i][1];
    return "neutral";
}

/* A rival account and a judgment on the event's statements have propositions of their own: they are told in words, not
 * for or against this one. */
static bool stix_claim(void *ctx, const casus_claim_row *r) {
    stix_state *s = ctx;
    data_export *x = s->x;
    casus_json j = casus_json_to(&x->out);
    if (!s->proposition) s->proposition = casus_arena_strndup(&s->arena, r->proposition, strlen(r->proposition));
    bool same = s->proposition && strcmp(s->proposition, r->proposition) == 0;
    stix_open(x, &j, "opinion", "claim", r->statement, r->holder, r->stance);
    if (!same) casus_json_text(&j, "explanation", r->proposition);
    casus_json_open(&j, "authors", '[');
    casus_json_text(&j, NULL, r->holder);
    casus_json_close(&j, ']');
    casus_json_text(&j, "opinion", same ? opinion_of(r->stance) : "neutral");
    casus_json_open(&j, "object_refs", '[');
    for (size_t i = s->first; i < s->end; i++)
        stix_id(&j, NULL, "relationship", "event", s->ties[i].event, s->ties[i].source, s->ties[i].target);
    casus_json_close(&j, ']');
    stix_extension(&j, r);
    casus_json_close(&j, '}');
    return !x->out.failed;
}

/* Every event's claims once, on all its relationships; they stand together, for events come in order. */
static casus_code stix_claims(data_export *x) {
    stix_state *s = x->state;
    casus_code code = CASUS_OK;
    for (s->first = 0; s->first < s->n && !code; s->first = s->end) {
        for (s->end = s->first; s->end < s->n && strcmp(s->ties[s->end].event, s->ties[s->first].event) == 0;
             s->end++) {
        }
        s->proposition = NULL;
        code = casus_ledger_claims_about(x->ledger, s->ties[s->first].event, stix_claim, s, x->err);
        if (!code) code = data_export_flush(x);
    }
    return code;
}

/* Who defines the extension, and the definition: the bundle's first two objects. */
static void stix_definition(data_export *x, casus_json *j) {
    stix_open(x, j, "identity", "program", "casus", "", "");
    casus_json_text(j, "name", "casus");
    casus_json_text(j, "identity_class", "system");
    casus_json_close(j, '}');
    *j = casus_json_to(&x->out);
    stix_open(x, j, "extension-definition", "extension", "claim", "", "");
    stix_id(j, "created_by_ref", "identity", "program", "casus", "", "");
    casus_json_text(j, "name", "claim");
    casus_json_text(j, "description",
                    "Who holds what an opinion is about, in whose words, and what the author makes of it.");
    casus_json_text(j, "schema",
                    "Properties, all strings: proposition, what is held, in words; holder, \"author\" or the chain of "
                    "holders, outermost first, joined by "
                    "arrows; stance, asserts, denies, relays or the innermost holder's attitude; author_view, neutral, "
                    "endorses or rejects; statement and "
                    "document, where it stands.");
    casus_json_text(j, "version", "1.0.0");
    casus_json_open(j, "extension_types", '[');
    casus_json_text(j, NULL, "property-extension");
    casus_json_close(j, ']');
    casus_json_close(j, '}');
}

static casus_code write_bundle(data_export *x) {
    char uuid[37];
    uuid_of(uuid, "bundle", "", "", "");
    casus_buf_addf(&x->out, "{\"type\":\"bundle\",\"id\":\"bundle--%s\",\"objects\":[", uuid);
    size_t from = x->out.n;
    casus_json j = casus_json_to(&x->out);
    stix_definition(x, &j);
    if (!x->out.failed) x->out.at[from] = ' '; /* no comma before the first object */
    casus_code code = data_export_query(x, SELECT_ACTORS, stix_actor);
    if (!code) code = data_export_events(x, stix_event);
    if (!code) code = stix_claims(x);
    casus_buf_adds(&x->out, "\n]}\n");
    return code ? code : data_export_flush(x);
}

casus_code data_export_stix(data_export *x) {
    stix_state s = {.x = x};
    casus_code code = data_export_query(x, SELECT_STAMP, take_stamp);
    casus_arena_init(&s.arena);
    x->holds = "e ac an bc bn claims";
    x->state = &s;
    if (!code) code = write_bundle(x);
    x->state = NULL;
    casus_arena_done(&s.arena);
    return code;
}
