/* Readings built by hand for the tests of the ledger: a document, its sentences (cut at ". "), events with participants. */
#ifndef TESTS_LEDGER_READING_H
#define TESTS_LEDGER_READING_H

#include "casus/coder.h"

#include <string.h>
#include <unistd.h>

enum { TEST_MOST = 8 };

typedef struct test_account {
    casus_document doc;
    casus_reading reading;
    casus_sentence sentences[TEST_MOST];
    casus_statement statements[TEST_MOST];
    casus_participant source[TEST_MOST], target[TEST_MOST];
    casus_place places[TEST_MOST];
    casus_holder holders[TEST_MOST];
    casus_actor actors[2 * TEST_MOST];
    casus_str aliases[1];
    const char *wholes[1];
} test_account;

static inline void ledger_test_remove(const char *path) {
    char name[100];
    static const char *const ENDS[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "%s%s", path, ENDS[i]);
        unlink(name);
    }
}

/* Pointers into the account itself: set anew whenever it was copied. */
static inline void test_account_tie(test_account *a) {
    a->reading.sentences.items = a->sentences;
    a->reading.statements = a->statements;
    a->reading.actors = a->actors;
    for (size_t i = 0; i < a->reading.n_statements; i++) {
        casus_statement *s = &a->statements[i];
        s->source = &a->source[i], s->target = &a->target[i], s->place = &a->places[i], s->holder = &a->holders[i];
    }
    for (size_t i = 0; i < a->reading.n_actors; i++) a->actors[i].aliases = a->aliases, a->actors[i].part_of = a->wholes;
}

static inline void test_account_init(test_account *a, const char *id, const char *title, const char *date, const char *text) {
    memset(a, 0, sizeof *a);
    a->doc = (casus_document){.id = id, .title = title, .date = date, .path = "test.txt", .text = casus_str_of(text), .bytes = strlen(text)};
    casus_sha256_hex(text, strlen(text), a->doc.sha256);
    a->aliases[0] = CASUS_STR("the Alanders");
    a->wholes[0] = "WORLD";
    const char *at = text;
    while (*at) {
        const char *end = strstr(at, ". ");
        size_t n = end ? (size_t)(end - at) + 1 : strlen(at);
        casus_sentence *s = &a->sentences[a->reading.sentences.n++];
        s->begin = (uint32_t)(at - text), s->end = s->begin + (uint32_t)n;
        at += n + (end != NULL);
    }
    test_account_tie(a);
}

static inline void test_actor(test_account *a, const char *id, const char *name) {
    if (!id) return;
    for (size_t i = 0; i < a->reading.n_actors; i++)
        if (strcmp(a->actors[i].id, id) == 0) return;
    casus_actor *x = &a->actors[a->reading.n_actors++];
    *x = (casus_actor){.id = id, .name = casus_str_of(name), .mentions = 1, .type = "state", .knowledge = true};
    if (strcmp(id, "ALA") == 0) x->n_aliases = 1, x->n_part_of = 1;
}

/* An event of the first sentence. Dates and place may be NULL. */
static inline casus_statement *test_event(test_account *a, casus_plover type, const char *source, const char *source_name, const char *target,
                                          const char *target_name, const char *day, const char *place) {
    size_t i = a->reading.n_statements++;
    casus_statement *s = &a->statements[i];
    uint64_t hash = casus_str_hash(a->doc.text) ^ casus_str_hash(casus_str_of(a->doc.id)) * 31;
    snprintf(s->id, sizeof s->id, "%016llx", (unsigned long long)hash + i * 0x9E3779B97F4A7C15u);
    s->kind = CASUS_EVENT;
    s->span = (casus_span){0, a->sentences[0].end};
    s->action.plover[0] = (uint8_t)type;
    s->conflict = casus_plover_quad(type) > 2 ? 9 : 0;
    s->tense = CASUS_PAST;
    s->confidence = 0.8;
    if (source) a->source[i] = (casus_participant){source, casus_str_of(source_name), casus_str_of(source_name), {0, 0}}, s->n_source = 1;
    if (target) a->target[i] = (casus_participant){target, casus_str_of(target_name), casus_str_of(target_name), {0, 0}}, s->n_target = 1;
    if (day) {
        snprintf(s->time.begin, sizeof s->time.begin, "%s", day);
        snprintf(s->time.end, sizeof s->time.end, "%s", day);
        s->time.how = "stated";
    }
    if (place) a->places[i] = (casus_place){.name = casus_str_of(place), .country = "BOR", .precision = "city"}, s->n_place = 1;
    test_actor(a, source, source_name);
    test_actor(a, target, target_name);
    test_account_tie(a);
    return s;
}

static inline void test_held(test_account *a, casus_statement *s, const char *actor, const char *name, casus_holds holds) {
    size_t i = (size_t)(s - a->statements);
    a->holders[i] = (casus_holder){.actor = actor, .name = casus_str_of(name), .holds = holds};
    s->n_holder = 1;
    s->holds = holds;
    test_actor(a, actor, name);
}

#endif
