/* Who says what: source and cue of sentences read with the real model and knowledge ($CASUS_DATA, else the release build's; skipped
 * where neither is there). */
#include "casus/coder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "coder_reading.h"

typedef struct say_case {
    const char *text;
    const char *source; /* the words of the holder's span; NULL: nothing may be held by this cue */
    const char *cue;
} say_case;

static bool words_are(const char *text, casus_span s, const char *want) {
    return s.end - s.begin == strlen(want) && memcmp(text + s.begin, want, strlen(want)) == 0;
}

/* Does the holder's span lie over the wanted words? */
static bool names(const char *text, casus_span s, const char *want) {
    const char *at = strstr(text, want);
    for (; at; at = strstr(at + 1, want))
        if (s.begin < (size_t)(at - text) + strlen(want) && (size_t)(at - text) < s.end) return true;
    return false;
}

static bool is_held(const casus_reading *r, const say_case *c) {
    for (size_t i = 0; i < r->n_statements; i++)
        for (size_t k = 0; k < r->statements[i].n_holder; k++) {
            const casus_holder *h = &r->statements[i].holder[k];
            if (words_are(c->text, h->cue_span, c->cue) && (!c->source || names(c->text, h->span, c->source))) return true;
        }
    return false;
}

static void check(const say_case *cases, size_t n) {
    size_t wrong = 0;
    if (!reading_coder) skip();
    for (size_t i = 0; i < n; i++) {
        casus_arena arena;
        casus_reading reading;
        casus_document doc = {.id = "d", .text = casus_str_of(cases[i].text), .bytes = strlen(cases[i].text)};
        casus_arena_init(&arena);
        assert_int_equal(casus_coder_read(reading_coder, &doc, &arena, &reading, NULL), CASUS_OK);
        if (is_held(&reading, &cases[i]) != (cases[i].source != NULL)) {
            print_error("%s: \"%s\" in: %s\n", cases[i].source ? "missed" : "wrongly held", cases[i].cue, cases[i].text);
            wrong++;
        }
        casus_arena_done(&arena);
    }
    assert_int_equal(wrong, 0);
}

static void paraphrase_and_clauses(void **state) {
    (void)state;
    static const say_case cases[] = {
        {"The minister said that the border would stay closed.", "minister", "said"},
        {"Kenya says Somalia has moved its troops.", "Kenya", "says"},
        {"Officials in Oslo claimed that the ship had been attacked.", "Officials", "claimed"},
        {"The army denied that its soldiers had fired on the crowd.", "army", "denied"},
        {"France believes Mali will ask for help.", "France", "believes"},
        {"Residents fear that the rebels will return.", "Residents", "fear"},
        {"The governor hopes that the talks will resume in May.", "governor", "hopes"},
        {"The union warned that workers would strike.", "union", "warned"},
        {"The court ruled that the arrest was illegal.", "court", "ruled"},
        {"The ambassador told parliament that the treaty was dead.", "ambassador", "told"},
        {"The envoy insisted that Peru had kept its word.", "envoy", "insisted"},
        {"The general, who said the bridge was safe, has resigned.", "who", "said"},
    };
    check(cases, sizeof cases / sizeof *cases);
}

static void reports_and_studies(void **state) {
    (void)state;
    static const say_case cases[] = {
        {"A new survey shows that most farmers oppose the tax.", "survey", "shows"},
        {"A study by the university found that exports had fallen.", "study", "found"},
        {"According to the ministry, forty soldiers were killed.", "ministry", "According to"},
        {"Forty soldiers were killed, according to the ministry.", "ministry", "according to"},
        {"The report suggests that the police ignored the threat.", "report", "suggests"},
    };
    check(cases, sizeof cases / sizeof *cases);
}

static void quotations(void **state) {
    (void)state;
    static const say_case cases[] = {
        {"“We will not leave the valley,” the commander said.", "commander", "said"},
        {"“We will not leave the valley,” said the commander.", "commander", "said"},
        {"“Why should we leave?” the commander asked.", "commander", "asked"},
        {"\"The vote was stolen,\" the candidate wrote.", "candidate", "wrote"},
        {"The commander said: “The valley is ours.”", "commander", "said"},
        {"The valley, the commander said, is ours.", "commander", "said"},
        {"But to end the siege, she said, the council must act.", "she", "said"},
        {"“Nobody asked us. Nobody came.” the mayor said.", "mayor", "said"},
        {"The mayor continued: “Nobody came to help us.”", "mayor", "continued"},
    };
    check(cases, sizeof cases / sizeof *cases);
}

static void speech_about_things(void **state) {
    (void)state;
    static const say_case cases[] = {
        {"The senator called the treaty a disgrace.", "senator", "called"},
        {"The bishop criticized the new law.", "bishop", "criticized"},
        {"The bishop praised the new law.", "bishop", "praised"},
        {"The speaker cited the rising price of bread.", "speaker", "cited"},
        {"The mayor described the march as peaceful.", "mayor", "described"},
        {"Canada condemned the bombing.", "Canada", "condemned"},
        {"Canada accused Iran of shelling the port.", "Canada", "accused"},
    };
    check(cases, sizeof cases / sizeof *cases);
}

static void labels_and_signatures(void **state) {
    (void)state;
    static const say_case cases[] = {
        {"Petrov: The bridge will be rebuilt by spring.", "Petrov", ":"},
        {"Poll: Voters turn away from the ruling party.", "Poll", ":"},
        {"“They never listened to any of us.” ― Maria Lopez", "Lopez", "―"},
    };
    check(cases, sizeof cases / sizeof *cases);
}

static void what_the_tree_does_not_tie(void **state) {
    (void)state;
    static const say_case cases[] = {
        {"Footage shows that the driver had his hands on the wheel.", "Footage", "shows"},
        {"Said Ellis: “Nobody gains from this tariff.”", "Ellis", "Said"},
        {"“It is unfair to the miners,” Sen. Carla Ruiz (R-Ohio) said.", "Ruiz", "said"},
        {"“Are we there yet? Probably not,” Ms. Ndiaye said.", "Ndiaye", "said"},
        {"Police arrested a suspect in the shooting and said a curfew would continue.", "Police", "said"},
        {"Mr. Stenger announced in a statement that he had reached a settlement.", "Stenger", "announced"},
        {"Kenya told the envoys that Uganda had agreed, saying that the border would open.", "Kenya", "saying"},
        {"Exports fell again, according to Maria Lopez, head of the chamber of commerce.", "Lopez", "according to"},
        {"In the ministry's view, the strike was illegal.", "ministry", "In the ministry's view"},
    };
    check(cases, sizeof cases / sizeof *cases);
}

static void what_is_no_attribution(void **state) {
    (void)state;
    static const say_case cases[] = {
        {"I think the harbour is closed.", NULL, "think"},
        {"“They want peace and they want bread,” the priest said.", NULL, "want"},
        {"“We hope to return,” the farmer said.", NULL, "hope"},
        {"The minister said she hopes to visit Chad.", NULL, "hopes"},
        {"The team continued to train in the rain.", NULL, "continued"},
        {"The gunmen attacked the base at dawn.", NULL, "attacked"},
        {"The council called a meeting for Monday.", NULL, "called"},
        {"The envoy flew home to express his thanks.", NULL, "express"},
        {"Chad's deputies want a new treaty with Libya, though neither of them says how.", NULL, "says"},
    };
    check(cases, sizeof cases / sizeof *cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paraphrase_and_clauses), cmocka_unit_test(reports_and_studies),   cmocka_unit_test(quotations),
        cmocka_unit_test(speech_about_things),    cmocka_unit_test(labels_and_signatures), cmocka_unit_test(what_is_no_attribution),
        cmocka_unit_test(what_the_tree_does_not_tie),
    };
    return cmocka_run_group_tests_name("say", tests, reading_open, reading_close);
}
