/* text: sentences and tokens. Each case is a text and what comes out: tokens parted by a space, words of one multiword
 * token by "_", sentences by " | ". */
#include "casus/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void render(const casus_sentences *s, casus_buf *out) {
    for (size_t i = 0; i < s->n; i++) {
        if (i) casus_buf_adds(out, " | ");
        for (uint32_t k = 0; k < s->items[i].n; k++) {
            const casus_token *t = &s->items[i].tokens[k];
            if (k) casus_buf_adds(out, t->flags & CASUS_TOKEN_MWT_REST ? "_" : " ");
            casus_buf_add(out, t->form.at, t->form.n);
        }
    }
    casus_buf_add(out, "", 1);
}

static casus_sentences split(casus_arena *arena, const char *text) {
    casus_document doc = {.text = casus_str_of(text)};
    casus_sentences s;
    assert_int_equal(casus_text_split(&doc, arena, &s, NULL), CASUS_OK);
    return s;
}

static const struct {
    const char *text, *tokens;
} CASES[] = {
    {"", ""},
    {" \n\t \n", ""},
    {"Rebels took the port.", "Rebels took the port ."},
    {"We don't know. They can't say.", "We do_n't know . | They ca_n't say ."},
    {"He won’t go; it’s over.", "He wo_n’t go ; it_’s over ."},
    {"They'll say we've lost.", "They_'ll say we_'ve lost ."},
    {"She cannot sign, and they're gonna leave.", "She can_not sign , and they_'re gon_na leave ."},
    {"the ministers' demands", "the ministers_' demands"},
    {"Mr. Okoro met Gen. A. B. Sali in Washington, D.C. on Monday.",
     "Mr. Okoro met Gen. A. B. Sali in Washington , D.C. on Monday ."},
    {"Troops left the U.S. The minister stayed.", "Troops left the U.S. | The minister stayed ."},
    {"The U.S. Army left.", "The U.S. Army left ."},
    {"It met at 9 a.m. But nobody came.", "It met at 9 a.m. | But nobody came ."},
    {"Article No. 5 of the pact.", "Article No. 5 of the pact ."},
    {"\"We will fight,\" he said. \"Always!\" They cheered.",
     "\" We will fight , \" he said . | \" Always ! \" | They cheered ."},
    {"“Stop.” She left. “Why?” he asked.", "“ Stop . ” | She left . | “ Why ? ” he asked ."},
    {"The group (founded in 1994) split. (Its rivals denied it.) Then peace came.",
     "The group ( founded in 1994 ) split . | ( Its rivals denied it . ) | Then peace came ."},
    {"A 15-year-old boy and Iran-backed fighters; the re-election of 2018-2019.",
     "A 15 - year - old boy and Iran - backed fighters ; the re-election of 2018 - 2019 ."},
    {"Aid of $5.2 million, 30% more than in 2,014 cases.", "Aid of $ 5.2 million , 30 % more than in 2,014 cases ."},
    {"See https://example.org/a?b=1, or write to press@example.org.",
     "See https://example.org/a?b=1 , or write to press@example.org ."},
    {"Talks failed — again—and again... Then war came.", "Talks failed — again — and again ... | Then war came ."},
    {"What?! Nobody knew!!", "What ?! | Nobody knew !!"},
    {"At 10:30 on 3/4/2001 he and/or she came.", "At 10:30 on 3/4/2001 he and / or she came ."},
    {"He said: ''Never.'' She left.", "He said : '' Never . '' | She left ."},
    {"First line.\n\nSecond paragraph", "First line . | Second paragraph"},
    {"Tehrik-e-Taliban and pro-Russian AK-47s", "Tehrik - e - Taliban and pro-Russian AK - 47s"},
    {"Wait. No. It ended.[3] Then?", "Wait . | No . | It ended . [ 3 ] | Then ?"},
    {"The army said :) and left", "The army said :) and left"},
};

static void tricky_cases(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        casus_arena arena;
        casus_buf out = {0};
        casus_arena_init(&arena);
        casus_sentences s = split(&arena, CASES[i].text);
        render(&s, &out);
        assert_string_equal(out.at, CASES[i].tokens);
        casus_buf_done(&out);
        casus_arena_done(&arena);
    }
}

static void datelines_titles_and_headings_are_blocks(void **state) {
    (void)state;
    casus_arena arena;
    casus_arena_init(&arena);
    casus_sentences s =
        split(&arena, "KABUL, March 3 (AFP) — Two shells fell.\n\nThe toll\n\n- One dead\n- Two hurt.\n\nHe left.");
    const casus_block want[] = {CASUS_DATELINE,  CASUS_BODY,      CASUS_HEADING,
                                CASUS_LIST_ITEM, CASUS_LIST_ITEM, CASUS_BODY};
    assert_int_equal(s.n, 6);
    for (size_t i = 0; i < s.n; i++) assert_int_equal(s.items[i].block, want[i]);
    casus_document doc = {.text = CASUS_STR("One sentence here. Another.\nA title without end\nMay 3, 2020")};
    doc.title_begin = 28, doc.title_end = 47, doc.date_begin = 48, doc.date_end = (uint32_t)doc.text.n;
    assert_int_equal(casus_text_split(&doc, &arena, &s, NULL), CASUS_OK);
    assert_int_equal(s.n, 4);
    assert_int_equal(s.items[2].block, CASUS_TITLE);
    assert_int_equal(s.items[3].block, CASUS_DATELINE);
    casus_arena_done(&arena);
}

static void wrapped_pages_are_joined(void **state) {
    (void)state;
    casus_arena arena;
    casus_arena_init(&arena);
    casus_sentences s = split(
        &arena, "The council of the old harbour town met on Monday and\nvoted to close the bridge until the river has\n"
                "fallen, its mayor told reporters who had waited.\nNobody was hurt.\nA heading\n"
                "The next paragraph begins here and it goes on for a\nwhile.\n");
    assert_int_equal(s.n, 4);
    assert_int_equal(s.items[0].paragraph, s.items[1].paragraph);
    assert_int_equal(s.items[2].block, CASUS_HEADING);
    casus_arena_done(&arena);
}

static void offsets_cover_the_forms(void **state) {
    (void)state;
    casus_arena arena;
    casus_arena_init(&arena);
    const char *text = "Über 3 Mio. “people’s” votes—café…\nEnd.";
    casus_sentences s = split(&arena, text);
    for (size_t i = 0; i < s.n; i++)
        for (uint32_t k = 0; k < s.items[i].n; k++) {
            const casus_token *t = &s.items[i].tokens[k];
            assert_true(t->begin < t->end && t->end <= strlen(text));
            assert_int_equal(t->end - t->begin, t->form.n);
            assert_memory_equal(text + t->begin, t->form.at, t->form.n);
        }
    casus_arena_done(&arena);
}

static void long_sentences_are_cut(void **state) {
    (void)state;
    casus_arena arena;
    casus_buf text = {0};
    casus_arena_init(&arena);
    for (int i = 0; i < 1700; i++) casus_buf_adds(&text, i % 7 ? "word " : "it's ");
    casus_buf_add(&text, "", 1);
    casus_sentences s = split(&arena, text.at);
    assert_true(s.n >= 4);
    for (size_t i = 0; i < s.n; i++) {
        assert_in_range(s.items[i].n, 1, CASUS_SENTENCE_MAX);
        assert_false(s.items[i].tokens[0].flags & CASUS_TOKEN_MWT_REST);
    }
    casus_buf_done(&text);
    casus_arena_done(&arena);
}

static void any_bytes_are_survived(void **state) {
    (void)state;
    uint32_t seed = 7;
    for (int round = 0; round < 300; round++) {
        char bytes[400];
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = round % 2 ? (char)(seed >> 24) : ".'\"-()$%0aA \n,n’t"[(seed >> 24) % 18];
        }
        casus_arena arena;
        casus_arena_init(&arena);
        casus_document doc = {.text = {bytes, sizeof bytes}};
        casus_sentences s;
        assert_int_equal(casus_text_split(&doc, &arena, &s, NULL), CASUS_OK);
        uint32_t last = 0;
        for (size_t i = 0; i < s.n; i++) {
            assert_true(s.items[i].begin >= last && s.items[i].end <= sizeof bytes && s.items[i].n > 0);
            last = s.items[i].end;
        }
        casus_arena_done(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tricky_cases),
        cmocka_unit_test(datelines_titles_and_headings_are_blocks),
        cmocka_unit_test(wrapped_pages_are_joined),
        cmocka_unit_test(offsets_cover_the_forms),
        cmocka_unit_test(long_sentences_are_cut),
        cmocka_unit_test(any_bytes_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
