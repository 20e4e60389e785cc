/* casus merge: two events are one, says a person. */
#include "query.h"

static int run(tool *t, const void *given, char **args, int n) {
    casus_error err;
    casus_ledger *l = NULL;
    casus_code code = CASUS_OK;
    (void)given;
    if (!tool_open(t, CASUS_LEDGER_WRITE, &l)) return TOOL_FAILED;
    int done = 1;
    while (done < n && !(code = casus_ledger_merge(l, args[0], args[done], &err))) done++;
    if (!code) printf("%s holds all statements of %d events now\n", args[0], n);
    return tool_close(t, l, code, &err, TOOL_DONE);
}

const tool_command cmd_merge = {
    .name = "merge",
    .summary = "joins events that tell of the same happening",
    .usage = "EVENT EVENT…",
    .details = "The first event takes the statements of the others. The decision is kept and outlives recoding; `casus split` undoes it.",
    .common = TOOL_DB,
    .min_args = 2,
    .max_args = -1,
    .examples = "casus merge e94ac49b5cef e853ec2e844a\n",
    .run = run,
};
