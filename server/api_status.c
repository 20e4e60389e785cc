/* What is open and how far the server is. */
#include "oracle.h"

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
    static const char *const STATES[] = {"none", "learning", "ready", "failed"};
    char message[200];
    casus_error none;
    const casus_panorama *p = NULL;
    const char *slash = strrchr(s->options.db, '/');
    bool loaded = call_panorama(c, &p, &none) == CASUS_OK;
    if (loaded) n = p->counts;
    casus_code code = loaded ? CASUS_OK : casus_ledger_count(c->ledger, &n, err);
    if (code) return code;
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "casus", s->options.version);
    casus_json_text(j, "ledger", slash ? slash + 1 : s->options.db);
    casus_json_int(j, "schema", CASUS_LEDGER_SCHEMA);
    casus_json_int(j, "generation", atomic_load(&s->generation));
    casus_json_bool(j, "ready", p != NULL);
    counts_out(j, &n, p);
    if (p) out_day(j, "first", p->first);
    if (p) out_day(j, "last", p->last);
    casus_json_bool(j, "reading", s->options.data != NULL);
    casus_json_bool(j, "store", s->options.data && !s->options.read_only);
    casus_json_text(j, "forecast", STATES[oracle_look(s, message)]);
    jobs_out(s, j);
    casus_json_close(j, '}');
    return CASUS_OK;
}
