/* casus_lexicon_compile on any bytes as one file of knowledge; the first byte chooses which (actors, actions, agents, cues, places). What is
 * accepted must open; what is refused must say why. */
#include "casus/lexicon.h"
#include "fuzz_file.h"

#include <string.h>
#include <sys/stat.h>

static void write_file(const char *path, const uint8_t *data, size_t size) {
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(data, 1, size, f) != size || fclose(f) != 0) abort();
}

static void compile_it(const char *folder, const char *out) {
    casus_buf problems = {0};
    casus_error err = {0};
    casus_lexicon *lex = NULL;
    casus_code code = casus_lexicon_compile(&folder, 1, out, &problems, &err);
    if (code ? !err.message[0] : casus_lexicon_open(&lex, out, &err) != CASUS_OK) abort();
    casus_lexicon_close(lex);
    casus_buf_done(&problems);
    unlink(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const files[] = {"actors/a.txt", "actions/a.txt", "agents.txt", "cues.txt", "places.txt"};
    char folder[64], sub[2][96], path[96], out[96];
    if (!size) return 0;
    snprintf(folder, sizeof folder, "/tmp/casus-fuzz-knowledge-%ld", (long)getpid());
    snprintf(sub[0], sizeof sub[0], "%s/actors", folder);
    snprintf(sub[1], sizeof sub[1], "%s/actions", folder);
    snprintf(path, sizeof path, "%s/%s", folder, files[data[0] % 5]);
    snprintf(out, sizeof out, "%s/out", folder);
    mkdir(folder, 0700);
    mkdir(sub[0], 0700);
    mkdir(sub[1], 0700);
    write_file(path, data + 1, size - 1);
    compile_it(folder, out);
    unlink(path);
    rmdir(sub[0]);
    rmdir(sub[1]);
    rmdir(folder);
    return 0;
}
