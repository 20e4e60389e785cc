/* The server as its caller sees it: start it, ask where it listens, stop it.
 *
 * One input thread (libmicrohttpd, poll) reads requests and writes answers; a fixed set of workers, each with its own read connection to the
 * ledger, makes the answers; one keeper watches the ledger for changes. Reading never waits for a writer (WAL), and a writer never for us.
 */
#ifndef SERVER_SERVE_H
#define SERVER_SERVE_H

#include "casus/base.h"

typedef struct server server;

typedef struct server_options {
    const char *db;        /* the ledger; must exist */
    const char *address;   /* numeric IPv4 or IPv6, or "localhost"; NULL: 127.0.0.1 */
    int64_t port;          /* 0: any free one */
    const char *token;     /* required of every API call; must be given where the address is not loopback; NULL: none */
    const char *const *names; /* further host names it may be asked by; NULL-terminated, or NULL */
    const char *data;      /* folder of the compiled files; the page's files are in its "web"; NULL: no texts are read, no page is shown */
    const char *knowledge; /* laid on top, or NULL */
    const char *version;   /* of the program */
    unsigned threads;      /* workers; 0: one a processor, at least 2 and at most 8 */
    bool fast;             /* texts are read with the fast model */
    bool read_only;        /* posted texts are never stored */
} server_options;

/* Starts listening and answering. Strings of the options must outlive the server. Errors: CASUS_ERR_ARG (not on loopback without a token of at
 * least 16 characters; an address that is none), CASUS_ERR_IO (the port is taken), those of casus_ledger_open. */
casus_code server_start(server **out, const server_options *options, casus_error *err);
/* "http://127.0.0.1:8017"; lives as long as the server. */
const char *server_url(const server *s);
/* Takes no more requests, lets those at work finish (at most some seconds), closes streams, joins all threads. Takes NULL. */
void server_stop(server *s);

#endif
