/* What stands in the way of a clause, and what it tells in words that no pattern holds: sentences read whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "coder_reading.h"

typedef struct told {
    const char *text, *source, *trigger;
    const char *said;   /* in a target or matter; NULL: any */
    casus_plover type;  /* CASUS_NO_PLOVER: an act without a type */
    casus_tense tense;  /* CASUS_TENSE_NONE: any */
    bool missing;       /* nothing of the kind may be told */
} told;

static bool says(const casus_statement *s, const char *want) {
    if (!want || reading_among(s->target, s->n_target, want)) return true;
    for (size_t i = 0; i < s->n_about; i++)
        if (reading_holds(s->about[i].text, want)) return true;
    return false;
}

static bool is_told(const casus_reading *r, const told *c) {
    for (size_t i = 0; i < r->n_statements; i++) {
        const casus_statement *s = &r->statements[i];
        bool same = s->kind == CASUS_EVENT && casus_str_is(s->action.text, c->trigger) && s->action.plover[0] == c->type && says(s, c->said);
        if (same && reading_among(s->source, s->n_source, c->source) && (!c->tense || s->tense == c->tense)) return true;
    }
    return false;
}

static bool fits(const told *c) {
    casus_arena arena;
    casus_reading r;
    jmp_buf trap;
    casus_arena_init(&arena);
    CASUS_ARENA_TRY(&arena, &trap, fail());
    reading_of(c->text, &arena, &r);
    bool fine = is_told(&r, c) != c->missing;
    casus_arena_done(&arena);
    if (!fine) print_message("%s told: %s\n", c->missing ? "is" : "not", c->text);
    return fine;
}

static void check(const told *cases, size_t n) {
    size_t wrong = 0;
    if (!reading_coder) skip();
    for (size_t i = 0; i < n; i++) wrong += !fits(&cases[i]);
    assert_int_equal(wrong, 0);
}
#define CHECK(cases) check(cases, sizeof(cases) / sizeof *(cases))

static void acts_without_a_pattern(void **state) {
    (void)state;
    static const told cases[] = {
        {"Ghana absorbed the militia into its army.", "Ghana", "absorbed", "militia", CASUS_NO_PLOVER, CASUS_PAST, false},
        {"Norway overhauled its agencies in 2019.", "Norway", "overhauled", "agencies", CASUS_NO_PLOVER, CASUS_PAST, false},
        {"My plumber overhauled his kitchen in 2019.", "plumber", "overhauled", NULL, CASUS_NO_PLOVER, CASUS_TENSE_NONE, true}, /* nobody political */
        {"The striker overhauled Brazil in the second half after the referee blew.", "striker", "overhauled", NULL, CASUS_NO_PLOVER, CASUS_TENSE_NONE, true},
    };
    CHECK(cases);
}

static void matters_are_kept(void **state) {
    (void)state;
    static const told cases[] = {
        {"Chad has snubbed France on regional diplomacy.", "Chad", "snubbed", "regional diplomacy", CASUS_REJECT, CASUS_PAST, false},
        {"Kenya supported Uganda at several summits.", "Kenya", "supported", "several summits", CASUS_SUPPORT, CASUS_PAST, false},
    };
    CHECK(cases);
}

static void clauses_stand_apart(void **state) {
    (void)state;
    static const told cases[] = {
        {"Peru recalled its envoy; Chile expelled two diplomats of Peru.", "Chile", "expelled", NULL, CASUS_SANCTION, CASUS_PAST, false},
        {"(Kenya condemned the coup in Niger.)", "Kenya", "condemned", "coup", CASUS_ACCUSE, CASUS_PAST, false},
        {"OMONDI: Kenya condemned the coup in Niger.", "Kenya", "condemned", "coup", CASUS_ACCUSE, CASUS_PAST, false},
        {"Did Kenya condemn the coup in Niger?", "Kenya", "condemn", NULL, CASUS_ACCUSE, CASUS_HYPOTHETICAL, false},
        {"To end the war, Kenya, Uganda, and Ghana have condemned Sudan.", "Uganda", "condemned", "Sudan", CASUS_ACCUSE, CASUS_PAST, false},
    };
    CHECK(cases);
}

static void what_against_strikes(void **state) {
    (void)state;
    static const told cases[] = {
        {"Hezbollah fired a barrage of rockets against Israel.", "Hezbollah", "fired", "Israel", CASUS_ASSAULT, CASUS_PAST, false},
        {"Ghana imposed sanctions on Togo.", "Ghana", "imposed", "Togo", CASUS_SANCTION, CASUS_PAST, false},
        {"Togo denounced the sanctions that Ghana had imposed on its ministers.", "Ghana", "imposed", "ministers", CASUS_SANCTION, CASUS_PAST, false},
    };
    CHECK(cases);
}

static void titles_are_texts(void **state) {
    (void)state;
    casus_arena arena;
    casus_reading r;
    jmp_buf trap;
    if (!reading_coder) skip();
    casus_arena_init(&arena);
    CASUS_ARENA_TRY(&arena, &trap, fail());
    casus_document doc = {.id = "t", .date = "2024-03-28", .title = "Russia Warns Finland Over Border Closure", .text = CASUS_STR("The decision came on Friday.")};
    assert_int_equal(casus_coder_read(reading_coder, &doc, &arena, &r, NULL), CASUS_OK);
    assert_true(r.n_statements >= 1);
    assert_true(r.statements[0].in_title);
    assert_int_equal(r.statements[0].action.plover[0], CASUS_THREATEN);
    assert_int_equal(r.n_actors, 2);
    doc.text = CASUS_STR("Russia warned Finland on Friday.");
    doc.title = "Russia warns Finland";
    assert_int_equal(casus_coder_read(reading_coder, &doc, &arena, &r, NULL), CASUS_OK);
    for (size_t i = 0; i < r.n_statements; i++) assert_false(r.statements[i].in_title); /* told by the text */
    casus_arena_done(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(acts_without_a_pattern), cmocka_unit_test(matters_are_kept), cmocka_unit_test(clauses_stand_apart),
        cmocka_unit_test(what_against_strikes),   cmocka_unit_test(titles_are_texts),
    };
    return cmocka_run_group_tests(tests, reading_open, reading_close);
}
