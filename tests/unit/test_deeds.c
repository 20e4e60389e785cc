/* Deeds and ties: what was done to whom, of which type, and who stands how to whom, in sentences read with the real model and knowledge
 * ($CASUS_DATA, else the release build's; skipped where neither is there). */
#include "casus/coder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shapes.h"

static void objects(void **state) {
    (void)state;
    static const shape all[] = {
        {"The junta still holds Bazoum prisoner.", CASUS_EVENT, NULL, "junta", "Bazoum", CASUS_COERCE, 0, false},
        {"The European Union lifted most of its sanctions on Zimbabwe in May.", CASUS_EVENT, NULL, "European Union", "Zimbabwe", CASUS_RETREAT, 0, false},
        {"NATO lifted most of its sanctions on Zimbabwe in May.", CASUS_EVENT, NULL, "NATO", "Zimbabwe", CASUS_RETREAT, 0, false},
        {"Armenia and Azerbaijan have signed a peace treaty.", CASUS_EVENT, NULL, "Armenia", "peace treaty", CASUS_SUPPORT, 0, false},
        {"The Nigerian police thwarted the plan of Boko Haram.", CASUS_EVENT, NULL, "police", "plan", 0, 0, false},
        {"The Chadian government suspended the agreement with France.", CASUS_EVENT, NULL, "government", "France", CASUS_SANCTION, 0, false},
    };
    check(all, sizeof all / sizeof *all);
}

static void nouns(void **state) {
    (void)state;
    static const shape all[] = {
        {"During the blockade of Mariupol in 2022, the peacekeepers stood by.", CASUS_EVENT, NULL, NULL, "Mariupol", CASUS_COERCE, 0, false},
        {"The overthrow of President Alpha Cond\xC3\xA9 in 2021 surprised the region.", CASUS_EVENT, NULL, NULL, "Alpha", CASUS_COERCE, 0, false},
        {"The blockade of the debate lasted for hours.", CASUS_EVENT, NULL, NULL, "debate", CASUS_COERCE, 2, true},
    };
    check(all, sizeof all / sizeof *all);
}

static void participles(void **state) {
    (void)state;
    static const shape all[] = {
        {"The pact, announced in February 2023 by the president of Chile, was ratified in June.", CASUS_EVENT, NULL, "president", "The pact", 0, 0, false},
        {"The United Nations mistrusts the pact announced loudly.", CASUS_EVENT, NULL, NULL, "pact", 0, 2, true},
    };
    check(all, sizeof all / sizeof *all);
}

static void mistagged(void **state) {
    (void)state;
    static const shape all[] = {
        {"Ethiopia tore up the 2018 accord.", CASUS_EVENT, NULL, "Ethiopia", "accord", CASUS_SANCTION, 0, false},
        {"Rwanda armed the rebels.", CASUS_EVENT, NULL, "Rwanda", "rebels", CASUS_AID, 0, false},
        {"Zambia exempted farmers from the tax.", CASUS_EVENT, NULL, "Zambia", "farmers", CASUS_CONCEDE, 0, false},
        {"Having recaptured Palmyra in March 2017, Damascus had little to fear.", CASUS_EVENT, NULL, "Damascus", "Palmyra", CASUS_ASSAULT, 0, false},
        {"Georgia proposes a joint inquiry, to which Russia has not replied.", CASUS_EVENT, NULL, "Russia", "inquiry", CASUS_CONSULT, -1, false},
        {"Neither Chad nor Niger has ratified the treaty.", CASUS_EVENT, NULL, "Chad", "treaty", 0, 0, true},
    };
    check(all, sizeof all / sizeof *all);
}

static void mended(void **state) {
    (void)state;
    static const shape all[] = {
        {"Captain Thomas Sankara has never visited Paris.", CASUS_EVENT, NULL, "Sankara", NULL, CASUS_CONSULT, -1, false},
        {"Secretary of State Antony Blinken met the king of Jordan.", CASUS_EVENT, NULL, "Blinken", "king", CASUS_CONSULT, 0, false},
        {"The offensive that Hezbollah launched in October 2023 failed.", CASUS_EVENT, NULL, "Hezbollah", NULL, CASUS_ASSAULT, 0, false},
        {"The Arakan Army (AA) captured Ann. The AA, which buys rice from India, holds Paletwa.", CASUS_EVENT, NULL, "AA", "India", CASUS_COOPERATE, 0, false},
        {"Survivors blame the Malian army for the massacre.", CASUS_EVENT, NULL, "Survivors", "army", CASUS_ACCUSE, 0, false},
    };
    check(all, sizeof all / sizeof *all);
}

/* Words for acts that stand for another act in other company. */
static void worded(void **state) {
    (void)state;
    static const shape all[] = {
        {"India and Pakistan exchanged artillery fire.", CASUS_EVENT, NULL, "India", NULL, CASUS_ASSAULT, 0, false},
        {"India and Pakistan exchanged gifts.", CASUS_EVENT, NULL, NULL, NULL, CASUS_ASSAULT, 2, true},
        {"Armenia and Georgia exchanged insults.", CASUS_EVENT, NULL, "Armenia", NULL, CASUS_ACCUSE, 0, false},
        {"Angola closed the border crossings with Congo.", CASUS_EVENT, NULL, "Angola", NULL, CASUS_COERCE, 0, false},
        {"Angola closed the debate with thanks.", CASUS_EVENT, NULL, NULL, NULL, CASUS_COERCE, 2, true},
        {"The jets of Russia crossed Estonian airspace.", CASUS_EVENT, NULL, "Russia", "Estonia", CASUS_MOBILIZE, 0, false},
        {"China moved its warships closer.", CASUS_EVENT, NULL, "China", NULL, CASUS_MOBILIZE, 0, false},
        {"Mali's junta came to power in 2020.", CASUS_EVENT, NULL, "junta", NULL, CASUS_COERCE, 0, false},
        {"Turkey called off the visit.", CASUS_EVENT, NULL, "Turkey", NULL, CASUS_REJECT, 0, false},
        {"The parliament of Chad elected a speaker.", CASUS_EVENT, NULL, "parliament", "speaker", CASUS_SUPPORT, 0, false},
        {"Honduras switched recognition from Taiwan.", CASUS_EVENT, NULL, "Honduras", "Taiwan", CASUS_SANCTION, 0, false},
        {"Chad and Niger shook hands.", CASUS_EVENT, NULL, "Chad", NULL, CASUS_CONSULT, 0, false},
        {"Qatar forgave the debt of Chad.", CASUS_EVENT, NULL, "Qatar", "Chad", CASUS_AID, 0, false},
        {"Peru's army lost the town of Cusco to the rebels.", CASUS_EVENT, NULL, "army", NULL, CASUS_RETREAT, 0, false},
        {"Peru's army lost patience with the rebels.", CASUS_EVENT, NULL, "army", NULL, CASUS_RETREAT, 2, true},
    };
    check(all, sizeof all / sizeof *all);
}

/* Done by nobody named, on a date of its own; and who is moved moves. */
static void agentless(void **state) {
    (void)state;
    static const shape all[] = {
        {"Peru is at war. Conscription, introduced in May 2019, has filled its barracks.", CASUS_EVENT, NULL, NULL, "Conscription", 0, 0, false},
        {"The old bridge, painted in 2013, was loved by its anglers.", CASUS_EVENT, NULL, NULL, "bridge", 0, 2, true},
        {"Kenyan soldiers were withdrawn from Somalia in June.", CASUS_EVENT, NULL, "Kenya", "Somalia", CASUS_RETREAT, 0, false},
    };
    check(all, sizeof all / sizeof *all);
}

/* Who does it to whom makes it what it is; weapons strike for somebody, weather for nobody. */
static void parties(void **state) {
    (void)state;
    static const shape all[] = {
        {"Kenyan soldiers left Somalia in June.", CASUS_EVENT, NULL, "Kenya", "Somalia", CASUS_RETREAT, 0, false},
        {"Kenyan doctors left Somalia in June.", CASUS_EVENT, NULL, NULL, "Somalia", CASUS_RETREAT, 0, true},
        {"Kenya left the African Union in June.", CASUS_EVENT, NULL, "Kenya", "African Union", CASUS_SANCTION, 0, false},
        {"The Taliban stormed the presidential palace.", CASUS_EVENT, NULL, "Taliban", "palace", CASUS_ASSAULT, 0, false},
        {"The fighters of Hezbollah approached Sidon.", CASUS_EVENT, NULL, "Hezbollah", NULL, CASUS_MOBILIZE, 0, false},
        {"On Monday drones struck an oil refinery in Chad.", CASUS_EVENT, NULL, NULL, "refinery", CASUS_ASSAULT, 0, false},
        {"Two rockets landed near the American embassy in Baghdad.", CASUS_EVENT, NULL, NULL, "embassy", CASUS_ASSAULT, 0, false},
        {"A storm hit the Philippines.", CASUS_EVENT, NULL, NULL, NULL, CASUS_ASSAULT, 2, true},
    };
    check(all, sizeof all / sizeof *all);
}

/* Whom nobody names, and what killed how many. */
static void unnamed(void **state) {
    (void)state;
    static const shape all[] = {
        {"Eritrea threatens those who leave it.", CASUS_RELATION, NULL, "Eritrea", "those who leave", CASUS_THREATEN, 0, false},
        {"Attacks on aid workers in Mali last year, which killed at least a dozen, alarmed the United Nations.", CASUS_EVENT, NULL, NULL, "a dozen", CASUS_ASSAULT, 0, false},
        {"Twelve Chadian soldiers died in the ambush.", CASUS_EVENT, NULL, NULL, "soldiers", CASUS_ASSAULT, 0, false},
        {"Twelve Chadian soldiers died of cholera.", CASUS_EVENT, NULL, NULL, NULL, CASUS_ASSAULT, 2, true},
        {"Chad is at war. In May parliament adopted a law.", CASUS_EVENT, NULL, "parliament", "a law", 0, 0, false},
    };
    check(all, sizeof all / sizeof *all);
}

/* Names hold no deeds, and the mind does none. */
static void no_deeds(void **state) {
    (void)state;
    static const shape all[] = {
        {"Chad heard the speech of Niger's president.", CASUS_EVENT, NULL, "Chad", NULL, 0, 2, true},
        {"Chad armed the Forces for the Liberation of Niger.", CASUS_EVENT, NULL, NULL, NULL, CASUS_ASSAULT, 2, true},
    };
    check(all, sizeof all / sizeof *all);
}

/* A verb in a form that the lemmatiser has not seen. */
static void lemmas(void **state) {
    (void)state;
    static const shape all[] = {
        {"Chad annulled the election.", CASUS_EVENT, NULL, "Chad", NULL, CASUS_COERCE, 0, false},
        {"The army of Chad retook the town from the rebels.", CASUS_EVENT, NULL, "army", NULL, CASUS_ASSAULT, 0, false},
        {"Niger unfroze the assets of Chad.", CASUS_EVENT, NULL, "Niger", "Chad", 0, 0, false},
    };
    check(all, sizeof all / sizeof *all);
}

/* "what X calls Y" is Y. */
static void named(void **state) {
    (void)state;
    static const shape all[] = {
        {"Chad bombed what Niger calls a school.", CASUS_EVENT, NULL, "Chad", "school", CASUS_ASSAULT, 0, false},
        {"Chad bombed what Niger calls a school.", CASUS_EVENT, NULL, "Niger", NULL, CASUS_CONSULT, 2, true},
        {"Peru imposed sanctions on what it says are front companies of Hezbollah.", CASUS_EVENT, NULL, "Peru", "companies", CASUS_SANCTION, 0, false},
        {"Ghana withdrew its troops from what Togo describes as occupied territory.", CASUS_EVENT, NULL, "Ghana", "territory", CASUS_RETREAT, 0, false},
        {"Chad's president called Niger's president on Monday.", CASUS_EVENT, NULL, "president", "president", CASUS_CONSULT, 0, false},
    };
    check(all, sizeof all / sizeof *all);
}

static void wishes(void **state) {
    (void)state;
    static const shape all[] = {
        {"Ecuador's president demands an amnesty.", CASUS_STANCE, "wants", "president", "amnesty", 0, 2, false},
        {"Ecuador's president demands an amnesty.", CASUS_EVENT, NULL, "president", "amnesty", CASUS_REQUEST, 2, false},
        {"Ecuador's president granted an amnesty.", CASUS_STANCE, "wants", "president", "amnesty", 0, 2, true},
    };
    check(all, sizeof all / sizeof *all);
}

static void ties(void **state) {
    (void)state;
    static const shape all[] = {
        {"Uganda is Kenya's rival.", CASUS_RELATION, "rival", "Uganda", "Kenya", 0, 0, false},
        {"Iran-backed militias attacked the base.", CASUS_RELATION, "supports", "Iran", "militias", 0, 0, false},
        {"The pro-government militias of Mali clashed with the JNIM.", CASUS_RELATION, "supports", "militias", "government", 0, 0, false},
        {"Anti-Chinese protesters marched in Manila.", CASUS_RELATION, "hostile", "protesters", "Chinese", 0, 0, false},
        {"Anti-tank missiles hit the Syrian army.", CASUS_RELATION, "hostile", NULL, NULL, 0, 2, true},
        {"Hezbollah is close to Iran.", CASUS_RELATION, "ally", "Hezbollah", "Iran", 0, 0, false},
    };
    check(all, sizeof all / sizeof *all);
}

/* The side in a compound ("pro-Iraq") may be the document's next new actor at any count of those already known. */
static void sides_anew(void **state) {
    (void)state;
    static const char *const before[] = {"Chad", "Niger", "Mali", "Togo", "Ghana", "Kenya", "Uganda", "Rwanda", "Burundi", "Zambia", "Malawi", "Angola", "Gabon", "Cuba", "Haiti", "Peru", "Chile", "Brazil"};
    if (!reading_coder) skip();
    for (size_t k = 0; k <= sizeof before / sizeof *before; k++) {
        char text[1024] = "";
        for (size_t i = 0; i < k; i++) strcat(strcat(text, before[i]), " held elections. ");
        strcat(text, "The pro-Iraq militias of Nepal attacked the Syrian army.");
        casus_arena a;
        casus_arena_init(&a);
        casus_reading r;
        casus_document doc = {.id = "t", .text = casus_str_of(text)};
        assert_int_equal(casus_coder_read(reading_coder, &doc, &a, &r, NULL), CASUS_OK);
        size_t told = 0;
        for (size_t i = 0; i < r.n_statements; i++) {
            const casus_statement *st = &r.statements[i];
            if (st->kind != CASUS_RELATION || !reading_among(st->target, st->n_target, "Iraq")) continue;
            assert_string_equal(st->target[0].actor, "IRQ");
            told++;
        }
        assert_int_equal(told, 1);
        casus_arena_done(&a);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(objects), cmocka_unit_test(nouns), cmocka_unit_test(participles), cmocka_unit_test(mistagged), cmocka_unit_test(mended), cmocka_unit_test(named),
        cmocka_unit_test(worded), cmocka_unit_test(agentless), cmocka_unit_test(parties), cmocka_unit_test(lemmas), cmocka_unit_test(no_deeds), cmocka_unit_test(unnamed), cmocka_unit_test(wishes), cmocka_unit_test(ties), cmocka_unit_test(sides_anew)};
    return cmocka_run_group_tests(tests, reading_open, reading_close);
}
