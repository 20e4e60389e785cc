/* casus split: these statements tell of another event, says a person. */
#include "query.h"

static int run(tool *t, const void *given, char **args, int n) {
    casus_error err;
    casus_ledger *l = NULL;
    char event[32] = "";
    (void)given;
    if (!tool_open(t, CASUS_LEDGER_WRITE, &l)) return TOOL_FAILED;
    const char **ids = CASUS_NEW_ARRAY(&t->arena, const char *, n);
    for (int i = 0; i < n; i++) ids[i] = args[i];
    casus_code code = casus_ledger_split(l, ids, (size_t)n, event, &err);
    if (!code) printf("%s\n", event);
    return tool_close(t, l, code, &err, TOOL_DONE);
}

const tool_command cmd_split = {
    .name = "split",
    .summary = "takes statements out of an event and makes one of their own of them",
    .usage = "STATEMENT…",
    .details = "Prints the id of the new event. The decision is kept and outlives recoding; `casus merge` undoes it.",
    .common = TOOL_DB,
    .min_args = 1,
    .max_args = -1,
    .examples = "casus split 853ec2e8\n",
    .run = run,
};
