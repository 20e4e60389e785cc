/* Who may ask. */
#include "guard.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

enum { HOST_MAX = 253 };
static const char COOKIE[] = "casus_token=";

void guard_init(guard *g, const char *token, const char *const *names) {
    *g = (guard){.token = token != NULL, .names = names};
    if (token) casus_sha256_hex(token, strlen(token), g->token_hash);
}

bool guard_is_token(const guard *g, casus_str given) {
    char hash[65];
    volatile unsigned char differs = 0;
    casus_sha256_hex(given.at ? given.at : "", given.n, hash);
    for (size_t i = 0; i < 64; i++) differs |= (unsigned char)(hash[i] ^ g->token_hash[i]);
    return g->token && differs == 0;
}

bool guard_is_loopback(const char *address) {
    struct in_addr four;
    struct in6_addr six;
    if (!address || strcasecmp(address, "localhost") == 0) return true;
    if (inet_pton(AF_INET, address, &four) == 1) return (ntohl(four.s_addr) >> 24) == 127;
    return inet_pton(AF_INET6, address, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

/* ---- host -------------------------------------------------------------------------------------------------- */

/* The name of "name:port" or "[::1]:port" into `out`; false when it is no such thing. */
static bool host_name(const char *host, char out[HOST_MAX + 1], bool *six) {
    *six = host[0] == '[';
    const char *begin = host + *six, *end = *six ? strchr(begin, ']') : begin + strcspn(begin, ":");
    if (!end || end == begin || end - begin > HOST_MAX) return false;
    const char *port = end + *six;
    if (*port && (*port != ':' || strspn(port + 1, "0123456789") != strlen(port + 1))) return false;
    memcpy(out, begin, (size_t)(end - begin));
    out[end - begin] = '\0';
    return true;
}

static bool host_is_ours(const guard *g, const char *host) {
    char name[HOST_MAX + 1];
    bool six;
    struct in_addr four;
    struct in6_addr wide;
    if (!host_name(host, name, &six)) return false;
    if (six) return inet_pton(AF_INET6, name, &wide) == 1;
    if (inet_pton(AF_INET, name, &four) == 1 || strcasecmp(name, "localhost") == 0) return true;
    for (size_t i = 0; g->names && g->names[i]; i++)
        if (strcasecmp(g->names[i], name) == 0) return true;
    return false;
}

/* ---- origin, token ------------------------------------------------------------------------------------------ */

static bool same_origin(const char *origin, const char *host) {
    const char *rest = strncasecmp(origin, "http://", 7) == 0 ? origin + 7 : strncasecmp(origin, "https://", 8) == 0 ? origin + 8 : NULL;
    return rest && strcasecmp(rest, host) == 0;
}

static bool from_elsewhere(const guard_head *h) {
    if (h->origin && !same_origin(h->origin, h->host)) return true;
    return h->api && h->site && strcasecmp(h->site, "same-origin") != 0 && strcasecmp(h->site, "none") != 0;
}

static casus_str cookie_value(const char *cookies) {
    casus_str rest = casus_str_of(cookies), one;
    while (casus_str_cut(&rest, ';', &one)) {
        one = casus_str_trim(one);
        if (casus_str_starts(one, COOKIE)) return (casus_str){one.at + sizeof COOKIE - 1, one.n - (sizeof COOKIE - 1)};
    }
    return (casus_str){"", 0};
}

static bool has_token(const guard *g, const guard_head *h) {
    if (h->authorization) {
        bool bearer = strncasecmp(h->authorization, "Bearer ", 7) == 0;
        return guard_is_token(g, casus_str_of(bearer ? h->authorization + 7 : ""));
    }
    return guard_is_token(g, cookie_value(h->cookie ? h->cookie : ""));
}

static bool is_json(const char *type) {
    static const char JSON[] = "application/json";
    if (!type || strncasecmp(type, JSON, sizeof JSON - 1) != 0) return false;
    return strchr(" ;\t", type[sizeof JSON - 1]) != NULL; /* the end too */
}

int guard_check(const guard *g, const guard_head *h, casus_error *err) {
    if (!h->host) {
        casus_fail(err, CASUS_ERR_ARG, "the request has no Host");
        return 400;
    }
    if (!host_is_ours(g, h->host)) {
        casus_fail(err, CASUS_ERR_ARG, "this server does not answer by that name; ask by its address, or start it with --host NAME");
        return 421;
    }
    if (from_elsewhere(h)) {
        casus_fail(err, CASUS_ERR_ARG, "requests from other sites' pages are refused");
        return 403;
    }
    if (h->api && g->token && !has_token(g, h)) {
        casus_fail(err, CASUS_ERR_ARG, "a token is needed: send `Authorization: Bearer TOKEN`, or open /?token=TOKEN in the browser once");
        return 401;
    }
    if (h->post && !is_json(h->content_type)) {
        casus_fail(err, CASUS_ERR_ARG, "the body must be sent as application/json");
        return 415;
    }
    return 0;
}
