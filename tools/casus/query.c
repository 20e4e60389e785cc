#include "query.h"

casus_filter tool_filter(const query_options *o) {
    return (casus_filter){.actor = o->actor, .other = o->other, .holder = o->holder, .kind = o->kind, .type = o->type, .doc = o->doc,
                          .since = o->since, .until = o->until, .limit = o->limit};
}

bool tool_open(tool *t, casus_ledger_mode mode, casus_ledger **out) {
    casus_error err;
    if (casus_ledger_open(out, t->db, mode, &err) == CASUS_OK) return true;
    tool_fail(t, &err);
    return false;
}

int tool_close(tool *t, casus_ledger *l, casus_code code, const casus_error *err, int rc) {
    casus_ledger_close(l);
    return code ? tool_fail(t, err) : rc;
}

bool tool_line(tool *t, casus_buf *b) {
    casus_buf_add(b, "\n", 1);
    bool ok = tool_write(t, b);
    casus_buf_clear(b);
    return ok;
}
