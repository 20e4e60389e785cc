/* casus-knowledge — compiles the data files: knowledge folders, the gazetteer; checks them and reports on them.
 * usage: casus-knowledge compile OUT FOLDER… | check FOLDER… | gazetteer OUT KNOWLEDGE ISO-CODES [CITIES] | report KNOWLEDGE SHARED [--unused]
 * exit 0 done, 1 problems (all of them on stderr), 2 wrong usage */
#include "casus/lexicon.h"
#include "gazetteer.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int compile_to(const char *path, char **folders, int n) {
    casus_buf problems = {0};
    casus_error err;
    char text[900];
    casus_code code = casus_lexicon_compile((const char *const *)folders, (size_t)n, path, &problems, &err);
    if (problems.n)
        fwrite(problems.at, 1, problems.n, stderr);
    else if (code)
        fprintf(stderr, "casus-knowledge: %s\n", casus_error_text(&err, text, sizeof text));
    casus_buf_done(&problems);
    return code ? 1 : 0;
}

/* Compiles to a scratch file: what is refused there is refused here. */
static int check_main(int argc, char **argv) {
    char path[64];
    snprintf(path, sizeof path, "/tmp/casus-check-%ld", (long)getpid());
    int status = compile_to(path, argv, argc);
    unlink(path);
    return status;
}

int main(int argc, char **argv) {
    if (argc >= 4 && strcmp(argv[1], "compile") == 0) return compile_to(argv[2], argv + 3, argc - 3);
    if (argc >= 3 && strcmp(argv[1], "check") == 0) return check_main(argc - 2, argv + 2);
    if (argc >= 2 && strcmp(argv[1], "gazetteer") == 0) return gazetteer_main(argc - 2, argv + 2);
    if (argc >= 2 && strcmp(argv[1], "report") == 0) return report_main(argc - 2, argv + 2);
    fprintf(stderr, "usage: casus-knowledge compile OUT FOLDER… | check FOLDER… | gazetteer OUT KNOWLEDGE ISO-CODES [CITIES] | "
                    "report KNOWLEDGE SHARED [--unused]\n");
    return 2;
}
