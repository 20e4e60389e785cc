/* casus_source on any bytes. The first byte chooses the format (0 automatic, 1 text, 2 HTML, 3 JSONL), the second a
 * small limit. */
#include "casus/text.h"
#include "fuzz_file.h"

#include <string.h>

static void count(void *ctx, const casus_error *why, casus_str bytes) {
    (void)bytes;
    if (!why->message[0]) abort();
    ++*(size_t *)ctx;
}

static void check(const casus_document *d) {
    if (casus_utf8_check(d->text.at, d->text.n) != d->text.n) abort();
    if (d->title_begin > d->title_end || d->title_end > d->text.n) abort();
    if (d->date_begin > d->date_end || d->date_end > d->text.n) abort();
    if (!d->id || strlen(d->sha256) != 64) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) return 0;
    size_t rejected = 0;
    casus_source_options options = {.format = (casus_format)(data[0] & 3), .rejected = count, .ctx = &rejected};
    options.limit = data[1] ? (size_t)data[1] * 64 : 0;
    casus_source *s = NULL;
    const char *path = fuzz_file(data + 2, size - 2);
    if (casus_source_open(&s, path, &options, NULL) != CASUS_OK) abort();
    casus_arena arena;
    casus_arena_init(&arena);
    casus_document doc;
    bool got = true;
    while (casus_source_next(s, &arena, &doc, &got, NULL) == CASUS_OK && got) {
        check(&doc);
        casus_arena_reset(&arena);
    }
    casus_source_close(s);
    casus_arena_done(&arena);
    unlink(path);
    return 0;
}
