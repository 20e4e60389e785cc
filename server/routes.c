/* Which address is answered by whom. server/openapi.json says the same in words; tests/server/ holds the two against each other. */
#include "server.h"

#include <string.h>

#define EVENTS "actor other type place from to origin disputed"

const route server_routes[] = {
    {"GET", "/api/status", api_status, "", LANE_ANY, HOLDS_NOT},
    {"GET", "/api/documents", api_documents, "limit cursor from to actor words", LANE_ANY, HOLDS_UNTIL_WRITTEN},
    {"GET", "/api/documents/{id}", api_document, "", LANE_ANY, HOLDS_UNTIL_WRITTEN},
    {"GET", "/api/statements", api_statements, "limit cursor actor other holder kind type place from to doc event words held order", LANE_ANY, HOLDS_UNTIL_WRITTEN},
    {"GET", "/api/statements/{id}", api_statement, "", LANE_ANY, HOLDS_UNTIL_WRITTEN},
    {"GET", "/api/cite/{id}", api_cite, "", LANE_ANY, HOLDS_UNTIL_WRITTEN},
    {"GET", "/api/search", api_search, "words limit cursor doc from to", LANE_ANY, HOLDS_UNTIL_WRITTEN},
    {"GET", "/api/claims", api_claims, "limit cursor actor holder kind type from to doc", LANE_ANY, HOLDS_UNTIL_WRITTEN},
    {"GET", "/api/events", api_events, "limit cursor source target order " EVENTS, LANE_ANY, HOLDS_FOR_PICTURE},
    {"GET", "/api/events/{id}", api_event, "", LANE_ANY, HOLDS_NOT},
    {"GET", "/api/actors", api_actors, "limit cursor query type country from to", LANE_ANY, HOLDS_FOR_PICTURE},
    {"GET", "/api/actors/{id}", api_actor, "from to", LANE_ANY, HOLDS_NOT},
    {"GET", "/api/claims/{id}", api_claims_about, "", LANE_ANY, HOLDS_NOT},
    {"GET", "/api/dyads", api_dyads, "limit cursor scale " EVENTS, LANE_ANY, HOLDS_FOR_PICTURE},
    {"GET", "/api/dyad", api_dyad, "first second by scale type from to lags", LANE_ANY, HOLDS_FOR_PICTURE},
    {"GET", "/api/network", api_network, "top min of scale " EVENTS, LANE_ANY, HOLDS_FOR_PICTURE},
    {"GET", "/api/leverage", api_leverage, "over days level from to limit", LANE_ANY, HOLDS_NOT},
    {"GET", "/api/trends", api_trends, "actor type place by as split from to", LANE_ANY, HOLDS_FOR_PICTURE},
    {"GET", "/api/forecast", api_forecast, "source action target horizon top explain", LANE_FORECAST, HOLDS_NOT},
    {"GET", "/api/what-if", api_what_if, "source action target on remove horizon top", LANE_FORECAST, HOLDS_NOT},
    {"GET", "/api/backtest", api_backtest, "", LANE_ANY, HOLDS_NOT},
    {"POST", "/api/backtest", api_backtest_start, "", LANE_ANY, HOLDS_NOT},
    {"POST", "/api/read", api_read, "", LANE_READ, HOLDS_NOT},
    {"GET", "/api/timeline", api_timeline, "by scale " EVENTS, LANE_ANY, HOLDS_FOR_PICTURE},
    {"GET", "/api/places", api_places, "limit cursor scale " EVENTS, LANE_ANY, HOLDS_FOR_PICTURE},
    {"GET", "/api/facets", api_facets, EVENTS, LANE_ANY, HOLDS_FOR_PICTURE},
    {"GET", "/api/progress", api_progress, "", LANE_ANY, HOLDS_NOT},
    {"GET", "/api/openapi.json", api_openapi, "", LANE_ANY, HOLDS_NOT},
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
