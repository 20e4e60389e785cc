/* casus-knowledge — compiles knowledge folders to one mapped file.
 * usage: casus-knowledge compile OUT FOLDER… ; exit 0 done, 1 problems (all of them on stderr), 2 wrong usage */
#include "casus/lexicon.h"

#include <string.h>

int main(int argc, char **argv) {
    if (argc < 4 || strcmp(argv[1], "compile") != 0) {
        fprintf(stderr, "usage: casus-knowledge compile OUT FOLDER…\n");
        return 2;
    }
    casus_buf problems = {0};
    casus_error err;
    char text[900];
    casus_code code = casus_lexicon_compile((const char *const *)argv + 3, (size_t)argc - 3, argv[2], &problems, &err);
    if (problems.n) fwrite(problems.at, 1, problems.n, stderr);
    else if (code) fprintf(stderr, "casus-knowledge: %s\n", casus_error_text(&err, text, sizeof text));
    casus_buf_done(&problems);
    return code ? 1 : 0;
}
