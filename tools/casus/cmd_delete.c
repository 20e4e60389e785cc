/* casus delete: a document and all that hangs on it. */
#include "query.h"

static int run(tool *t, const void *given, char **args, int n) {
    casus_error err;
    casus_ledger *l = NULL;
    casus_code code = CASUS_OK;
    (void)given;
    if (!tool_open(t, CASUS_LEDGER_WRITE, &l)) return TOOL_FAILED;
    int done = 0;
    while (done < n && !(code = casus_ledger_delete(l, args[done], &err))) done++;
    if (done) printf("%d deleted\n", done);
    return tool_close(t, l, code, &err, TOOL_DONE);
}

const tool_command cmd_delete = {
    .name = "delete",
    .summary = "removes documents and all that hangs on them",
    .usage = "DOCUMENT…",
    .details = "Goes with the document: its revisions, sentences, statements, and the actors and events that nothing else names.",
    .common = TOOL_DB,
    .min_args = 1,
    .max_args = -1,
    .examples = "casus delete da14b2\n",
    .run = run,
};
