/* What is open and how far the server is. */
#include "server.h"

#include <string.h>

casus_code api_status(call *c, casus_error *err) {
    casus_ledger_counts n;
    casus_json *j = &c->json;
    const server *s = c->server;
    const char *slash = strrchr(s->options.db, '/');
    casus_code code = casus_ledger_count(c->ledger, &n, err);
    if (code) return code;
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "casus", s->options.version);
    casus_json_text(j, "ledger", slash ? slash + 1 : s->options.db);
    casus_json_int(j, "schema", CASUS_LEDGER_SCHEMA);
    casus_json_int(j, "generation", atomic_load(&c->server->generation));
    casus_json_bool(j, "ready", true);
    casus_json_open(j, "counts", '{');
    casus_json_int(j, "documents", n.documents);
    casus_json_int(j, "sentences", n.sentences);
    casus_json_int(j, "statements", n.statements);
    casus_json_int(j, "actors", n.actors);
    casus_json_int(j, "events", n.events);
    casus_json_close(j, '}');
    casus_json_close(j, '}');
    return CASUS_OK;
}
