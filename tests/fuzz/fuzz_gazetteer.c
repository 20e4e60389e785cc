/* casus_gazetteer on a file of the right kind and checksum whose sections are arbitrary: six lengths (16 bits each),
 * then the bytes. */
#include "casus/gazetteer.h"
#include "fuzz_file.h"

static void look_up(const casus_gazetteer *g) {
    static const char *const names[] = {"", "A", "Kabul", "Afghanistan", "AF"};
    casus_gazetteer_place places[4], best;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        casus_str name = casus_str_of(names[i]);
        casus_place_hint hint = {.country = "AFG"};
        casus_gazetteer_find(g, name, &hint, places, 4);
        casus_gazetteer_resolve(g, name, NULL, &best, NULL);
        casus_gazetteer_country(g, name, &best);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    casus_pack_part parts[] = {{"places", NULL, 0},    {"postings", NULL, 0}, {"slots", NULL, 0},
                               {"countries", NULL, 0}, {"strings", NULL, 0},  {"source", NULL, 0}};
    if (size < 12) return 0;
    size_t at = 12;
    for (size_t i = 0; i < 6; i++) {
        size_t n = (size_t)data[2 * i] | (size_t)data[2 * i + 1] << 8;
        if (n > size - at) n = size - at;
        parts[i].bytes = data + at;
        parts[i].size = n;
        at += n;
    }
    const char *path = fuzz_file(data, 0);
    casus_gazetteer *g = NULL;
    if (casus_pack_write(path, "gaz", 1, parts, 6, NULL) != CASUS_OK) abort();
    if (casus_gazetteer_open(&g, path, NULL) == CASUS_OK) look_up(g);
    casus_gazetteer_close(g);
    unlink(path);
    return 0;
}
