/* Sentences read with the real model and knowledge ($CASUS_DATA, else the release build's; tests are skipped where neither is there). Include after cmocka.h. */
#ifndef TESTS_CODER_READING_H
#define TESTS_CODER_READING_H

#include "casus/coder.h"

#include <stdlib.h>
#include <string.h>

static casus_resources *reading_resources;
static casus_coder *reading_coder;

static inline int reading_open(void **state) {
    (void)state;
    const char *given = getenv("CASUS_DATA");
    casus_resources_options options = {.data = given ? given : "build/release/data"};
    if (casus_resources_open(&reading_resources, &options, NULL)) return given ? -1 : 0;
    return casus_coder_new(&reading_coder, reading_resources, NULL) ? -1 : 0;
}

static inline int reading_close(void **state) {
    (void)state;
    casus_coder_free(reading_coder);
    casus_resources_close(reading_resources);
    return 0;
}

/* Reads a text dated 28 March 2024 into the arena, whose trap is the caller's. */
static inline void reading_of(const char *text, casus_arena *arena, casus_reading *out) {
    casus_document doc = {.id = "t", .date = "2024-03-28", .text = casus_str_of(text)};
    assert_int_equal(casus_coder_read(reading_coder, &doc, arena, out, NULL), CASUS_OK);
}

static inline bool reading_holds(casus_str words, const char *want) {
    size_t n = strlen(want);
    for (size_t i = 0; i + n <= words.n; i++)
        if (memcmp(words.at + i, want, n) == 0) return true;
    return false;
}

static inline bool reading_among(const casus_participant *p, size_t n, const char *want) {
    for (size_t i = 0; i < n; i++)
        if (reading_holds(p[i].text, want) || reading_holds(p[i].name, want)) return true;
    return false;
}

#endif
