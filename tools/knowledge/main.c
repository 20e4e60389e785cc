/* casus-knowledge — compiles the data files: knowledge folders, the gazetteer.
 * usage: casus-knowledge compile OUT FOLDER… | casus-knowledge gazetteer OUT KNOWLEDGE ISO-CODES [CITIES]
 * exit 0 done, 1 problems (all of them on stderr), 2 wrong usage */
#include "casus/lexicon.h"
#include "gazetteer.h"

#include <string.h>

static int compile_main(int argc, char **argv) {
    casus_buf problems = {0};
    casus_error err;
    char text[900];
    casus_code code = casus_lexicon_compile((const char *const *)argv + 1, (size_t)argc - 1, argv[0], &problems, &err);
    if (problems.n)
        fwrite(problems.at, 1, problems.n, stderr);
    else if (code)
        fprintf(stderr, "casus-knowledge: %s\n", casus_error_text(&err, text, sizeof text));
    casus_buf_done(&problems);
    return code ? 1 : 0;
}

int main(int argc, char **argv) {
    if (argc >= 4 && strcmp(argv[1], "compile") == 0) return compile_main(argc - 2, argv + 2);
    if (argc >= 2 && strcmp(argv[1], "gazetteer") == 0) return gazetteer_main(argc - 2, argv + 2);
    fprintf(stderr, "usage: casus-knowledge compile OUT FOLDER… | gazetteer OUT KNOWLEDGE ISO-CODES [CITIES]\n");
    return 2;
}
