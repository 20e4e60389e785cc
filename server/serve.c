/* The server's life: checks what it was asked to do, starts its parts, stops them in the other order. */
#include "oracle.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TOKEN_LEAST = 16 };

static casus_code check_options(const server_options *o, casus_error *err) {
    if (o->port < 0 || o->port > 65535) return casus_fail(err, CASUS_ERR_ARG, "a port is a number from 0 to 65535");
    if (!guard_is_loopback(o->address) && !o->token)
        return casus_fail(err, CASUS_ERR_ARG, "%s can be reached from other machines: give a --token of at least %d characters that callers must show", o->address, TOKEN_LEAST);
    if (o->token && strlen(o->token) < TOKEN_LEAST) return casus_fail(err, CASUS_ERR_ARG, "the token is too short: at least %d characters", TOKEN_LEAST);
    return CASUS_OK;
}

/* Opens it once, so that a wrong file is told at the start and not to every caller. */
static casus_code try_ledger(const server_options *o, casus_error *err) {
    casus_ledger *l = NULL;
    casus_code code = casus_ledger_open(&l, o->db, CASUS_LEDGER_READ, err);
    if (code == CASUS_ERR_VERSION && !o->read_only) code = casus_ledger_open(&l, o->db, CASUS_LEDGER_WRITE, err); /* an older schema: migrated */
    casus_ledger_close(l);
    return code;
}

static casus_code open_pages(server *s, casus_error *err) {
    char folder[4096];
    bool there = s->options.data && snprintf(folder, sizeof folder, "%s/web", s->options.data) < (int)sizeof folder;
    return pages_open(&s->pages, there ? folder : NULL, err);
}

/* Without data files actors are those of the ledger. */
static void open_lexicon(server *s) {
    casus_error none;
    if (s->options.data) casus_lexicon_open_with(&s->lexicon, s->options.data, s->options.knowledge, &none);
}

casus_code server_start(server **out, const server_options *options, casus_error *err) {
    casus_code code = check_options(options, err);
    if (!code) code = try_ledger(options, err);
    if (code) return code;
    server *s = calloc(1, sizeof *s);
    if (!s) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory starting the server");
    s->options = *options;
    atomic_store(&s->generation, 1);
    s->started = (int64_t)time(NULL);
    guard_init(&s->guard, options->token, options->names);
    open_lexicon(s);
    code = open_pages(s, err);
    if (!code) code = streams_start(s, err);
    if (!code) code = keeper_start(s, err);
    if (!code) code = oracle_start(s, err);
    if (!code) code = http_start(s, err);
    if (code) server_stop(s);
    else *out = s;
    return code;
}

const char *server_url(const server *s) { return s->url; }

void server_stop(server *s) {
    if (!s) return;
    atomic_store(&s->stopping, true);
    http_stop(s);
    oracle_stop(s);
    reader_stop(s);
    keeper_stop(s);
    streams_stop(s);
    casus_lexicon_close(s->lexicon);
    pages_close(s->pages);
    free(s);
}
