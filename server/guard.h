/* Who may ask: Host against DNS rebinding, Origin against other sites' pages, the token. Pure functions over header values. */
#ifndef SERVER_GUARD_H
#define SERVER_GUARD_H

#include "casus/base.h"

typedef struct guard {
    bool token;                /* one is required */
    char token_hash[65];       /* SHA-256 */
    const char *const *names;  /* further names for Host; may be NULL */
} guard;

/* Headers as they came; NULL when absent. */
typedef struct guard_head {
    const char *host, *origin, *site, *authorization, *cookie, *content_type;
    bool api, post;
} guard_head;

void guard_init(guard *g, const char *token, const char *const *names);
/* Is this the token? Takes the same time whatever the bytes. */
bool guard_is_token(const guard *g, casus_str given);
/* 0 when the request may pass, else the HTTP status with a reason in *err:
 *  - 400 no Host; 421 a Host that is neither an IP address, `localhost` nor one of the names (a rebound name);
 *  - 403 an Origin other than the Host asked, or a browser that says the request comes from another site;
 *  - 401 no or another token, for the API; 415 a POST whose body is not declared as application/json (forms cannot do that). */
int guard_check(const guard *g, const guard_head *h, casus_error *err);
/* May the server listen there without a token? */
bool guard_is_loopback(const char *address);

#endif
