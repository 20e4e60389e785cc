/* Which address is answered by whom. server/openapi.json says the same in words; tests/server/ holds the two against each other. */
#include "server.h"

#include <string.h>

#define EVENTS "actor other type place from to origin disputed"

const route server_routes[] = {
    {"GET", "/api/status", api_status, "", false},
    {"GET", "/api/documents", api_documents, "limit cursor from to actor words", false},
    {"GET", "/api/documents/{id}", api_document, "", false},
    {"GET", "/api/statements", api_statements, "limit cursor actor other holder kind type place from to doc event words held order", false},
    {"GET", "/api/statements/{id}", api_statement, "", false},
    {"GET", "/api/cite/{id}", api_cite, "", false},
    {"GET", "/api/search", api_search, "words limit cursor doc from to", false},
    {"GET", "/api/claims", api_claims, "limit cursor actor holder kind type from to doc", false},
    {"GET", "/api/events", api_events, "limit cursor source target order " EVENTS, false},
    {"GET", "/api/events/{id}", api_event, "", false},
    {"GET", "/api/actors", api_actors, "limit cursor query type country from to", false},
    {"GET", "/api/actors/{id}", api_actor, "from to", false},
    {"GET", "/api/claims/{id}", api_claims_about, "", false},
    {"GET", "/api/dyads", api_dyads, "limit cursor scale " EVENTS, false},
    {"GET", "/api/dyad", api_dyad, "first second by scale type from to lags", false},
    {"GET", "/api/network", api_network, "top min of scale " EVENTS, false},
    {"GET", "/api/leverage", api_leverage, "over days level from to limit", false},
    {"GET", "/api/trends", api_trends, "actor type place by as split from to", false},
    {"GET", "/api/timeline", api_timeline, "by scale " EVENTS, false},
    {"GET", "/api/places", api_places, "limit cursor scale " EVENTS, false},
    {"GET", "/api/facets", api_facets, EVENTS, false},
    {"GET", "/api/progress", api_progress, "", false},
    {"GET", "/api/openapi.json", api_openapi, "", false},
};
const size_t server_routes_n = sizeof server_routes / sizeof *server_routes;

/* "/api/documents/{id}" takes any rest that is not empty. */
static bool fits(const char *pattern, const char *path, const char **id) {
    const char *brace = strchr(pattern, '{');
    *id = NULL;
    if (!brace) return strcmp(pattern, path) == 0;
    size_t n = (size_t)(brace - pattern);
    if (strncmp(pattern, path, n) != 0 || !path[n]) return false;
    *id = path + n;
    return true;
}

const route *route_find(const char *method, const char *path, const char **id, int *status) {
    *status = 404;
    for (size_t i = 0; i < server_routes_n; i++) {
        if (!fits(server_routes[i].path, path, id)) continue;
        if (strcmp(server_routes[i].method, method) == 0) return &server_routes[i];
        *status = 405;
    }
    return NULL;
}

static bool has_word(const char *words, const char *word) {
    casus_str rest = casus_str_of(words), one;
    while (casus_str_cut(&rest, ' ', &one))
        if (casus_str_is(one, word)) return true;
    return false;
}

casus_code route_check(const route *r, const request *q, casus_error *err) {
    for (size_t i = 0; i < q->n; i++)
        if (!has_word(r->params, q->params[i].name) || !*q->params[i].name)
            return casus_fail(err, CASUS_ERR_ARG, "%s has no parameter \"%.40s\"; it has: %s", r->path, q->params[i].name, *r->params ? r->params : "none");
    return CASUS_OK;
}
