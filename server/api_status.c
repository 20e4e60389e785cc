/* What is open and how far the server is. */
#include "server.h"

#include <string.h>

static void counts_out(casus_json *j, const casus_ledger_counts *n, const casus_panorama *p) {
    casus_json_open(j, "counts", '{');
    casus_json_int(j, "documents", n->documents);
    casus_json_int(j, "sentences", n->sentences);
    casus_json_int(j, "statements", n->statements);
    casus_json_int(j, "actors", n->actors);
    casus_json_int(j, "events", n->events);
    if (p) casus_json_int(j, "imported_events", (int64_t)p->imported);
    if (p) casus_json_int(j, "all_actors", (int64_t)p->n_actors);
    casus_json_close(j, '}');
}

casus_code api_status(call *c, casus_error *err) {
    casus_ledger_counts n;
    casus_json *j = &c->json;
    server *s = c->server;
    casus_error none;
    const casus_panorama *p = NULL;
    const char *slash = strrchr(s->options.db, '/');
    casus_code code = casus_ledger_count(c->ledger, &n, err);
    if (code) return code;
    call_panorama(c, &p, &none);
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "casus", s->options.version);
    casus_json_text(j, "ledger", slash ? slash + 1 : s->options.db);
    casus_json_int(j, "schema", CASUS_LEDGER_SCHEMA);
    casus_json_int(j, "generation", atomic_load(&s->generation));
    casus_json_bool(j, "ready", p != NULL);
    counts_out(j, &n, p);
    if (p) out_day(j, "first", p->first);
    if (p) out_day(j, "last", p->last);
    jobs_out(s, j);
    casus_json_close(j, '}');
    return CASUS_OK;
}
