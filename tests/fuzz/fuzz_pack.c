/* casus_pack_open on any bytes. The checksum keeps random bytes out, so the input is also tried as the sections of a
 * file with a right one. */
#include "casus/base.h"
#include "fuzz_file.h"

#include <string.h>
#include <xxhash.h>

static void open_it(const uint8_t *data, size_t size) {
    const char *path = fuzz_file(data, size);
    casus_pack p;
    casus_error err;
    if (casus_pack_open(&p, path, "fuzz", 1, &err) == CASUS_OK) {
        size_t n = 0;
        const unsigned char *part = casus_pack_find(&p, "a", &n);
        volatile unsigned char last = 0; /* every byte of the section must be readable */
        for (size_t i = 0; part && i < n; i++) last = part[i];
        (void)last;
        casus_pack_close(&p);
    } else if (!err.message[0]) {
        abort();
    }
    unlink(path);
}

/* Puts the head that casus/base.h describes in front: magic, version, number of sections, size, checksum. */
static void open_with_head(const uint8_t *data, size_t size) {
    uint8_t *file = calloc(1, size + 40);
    if (!file) abort();
    uint32_t version = 1, sections = data[0];
    uint64_t total = size + 40, hash = XXH3_64bits(data, size);
    memcpy(file, "casusfuzz", 9);
    memcpy(file + 16, &version, 4);
    memcpy(file + 20, &sections, 4);
    memcpy(file + 24, &total, 8);
    memcpy(file + 32, &hash, 8);
    memcpy(file + 40, data, size);
    open_it(file, size + 40);
    free(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    open_it(data, size);
    if (size) open_with_head(data, size);
    return 0;
}
