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
    return CASUS_OK;
}

/* What holders say of events: an opinion on the relationship, the chain of holders and the attitude in an extension. */
enum { CLAIM_STATEMENT, CLAIM_EVENT, CLAIM_SOURCE, CLAIM_TARGET, CLAIM_HOLDER, CLAIM_HOLDS };
static const char SELECT_CLAIMS[] = "SELECT t.id, a.id, a.source, a.target, (SELECT group_concat(x, ' → ') FROM "
                                    "(SELECT coalesce(name, text, '?') AS x FROM holders h WHERE h.st = t.st"
                                    " ORDER BY position)) AS holder, t.holds FROM all_events a JOIN events e ON e.id = "
                                    "a.id JOIN event_statements m ON m.event = e.event"
                                    " JOIN statements t ON t.st = m.st WHERE a.origin = 'statement' AND a.source IS "
                                    "NOT NULL AND a.target IS NOT NULL AND holder IS NOT NULL"
                                    " AND (?1 IS NULL OR ?1 IN (a.source, a.target, a.source_name, a.target_name)) AND "
                                    "(?2 IS NULL OR a.time_begin >= ?2)"
                                    " AND (?3 IS NULL OR a.time_begin <= ?3)";

static void stix_extension(casus_json *j, sqlite3_stmt *q) {
    char uuid[37], key[70];
    uuid_of(uuid, "extension", "claim", "", "");
    snprintf(key, sizeof key, "extension-definition--%s", uuid);
    casus_json_open(j, "extensions", '{');
    casus_json_open(j, key, '{');
    casus_json_text(j, "extension_type", "property-extension");
    casus_json_text(j, "holder", data_column_text(q, CLAIM_HOLDER));
    casus_json_text(j, "holds", data_column_text(q, CLAIM_HOLDS));
    casus_json_close(j, '}');
    casus_json_close(j, '}');
}

static casus_code stix_claim(data_export *x, sqlite3_stmt *q) {
    const char *holds = data_column_text(q, CLAIM_HOLDS);
    const char *opinion = strcmp(holds, "denies") == 0                                    ? "strongly-disagree"
                          : strcmp(holds, "asserts") == 0 || strcmp(holds, "claims") == 0 ? "agree"
                                                                                          : "neutral";
    casus_json j = casus_json_to(&x->out);
    stix_open(x, &j, "opinion", "claim", data_column_text(q, CLAIM_STATEMENT), data_column_text(q, CLAIM_SOURCE),
              data_column_text(q, CLAIM_TARGET));
    casus_json_text(&j, "opinion", opinion);
    casus_json_open(&j, "object_refs", '[');
    stix_id(&j, NULL, "relationship", "event", data_column_text(q, CLAIM_EVENT), data_column_text(q, CLAIM_SOURCE),
            data_column_text(q, CLAIM_TARGET));
    casus_json_close(&j, ']');
    stix_extension(&j, q);
    casus_json_close(&j, '}');
    return CASUS_OK;
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
                    "Who holds what an opinion is about: `holder`, the chain of holders, outermost first; `holds`, the "
                    "innermost holder's attitude.");
    casus_json_text(j, "schema", "https://casus.example/claim.json");
    casus_json_text(j, "version", "1.0.0");
    casus_json_open(j, "extension_types", '[');
    casus_json_text(j, NULL, "property-extension");
    casus_json_close(j, ']');
    casus_json_close(j, '}');
}

casus_code data_export_stix(data_export *x) {
    char uuid[37];
    x->holds = "e ac an bc bn claims";
    casus_code code = data_export_query(x, SELECT_STAMP, take_stamp);
    if (code) return code;
    uuid_of(uuid, "bundle", "", "", "");
    casus_buf_addf(&x->out, "{\"type\":\"bundle\",\"id\":\"bundle--%s\",\"objects\":[", uuid);
    size_t from = x->out.n;
    casus_json j = casus_json_to(&x->out);
    stix_definition(x, &j);
    if (!x->out.failed) x->out.at[from] = ' '; /* no comma before the first object */
    code = data_export_query(x, SELECT_ACTORS, stix_actor);
    if (!code) code = data_export_events(x, stix_event);
    if (!code) code = data_export_query(x, SELECT_CLAIMS, stix_claim);
    casus_buf_adds(&x->out, "\n]}\n");
    return code ? code : data_export_flush(x);
}
