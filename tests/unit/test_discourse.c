/* What holds beyond one clause: cut clauses, one act of several scenes, several voices, who a description means. Whole accounts read with the
 * real model and knowledge ($CASUS_DATA, else the release build's; skipped where neither is there). */
#include "casus/coder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "coder_reading.h"

/* A statement that must (or must not) be read; NULL fields may be anything. */
typedef struct expected {
    const char *text;
    const char *lemma;            /* of the action */
    const char *source, *target;  /* name or words of one of them */
    const char *begin;            /* first characters of the time's begin */
    const char *place, *holder;   /* words of one of them */
    const char *about;
    bool absent;
} expected;

static bool is(casus_str s, const char *want) { return casus_str_eq(s, casus_str_of(want)); }

static bool among(const casus_participant *p, size_t n, const char *want) {
    for (size_t i = 0; i < n; i++)
        if (is(p[i].name, want) || is(p[i].text, want)) return true;
    return !want;
}

static bool at_place(const casus_statement *s, const char *want) {
    for (size_t i = 0; i < s->n_place; i++)
        if (is(s->place[i].text, want)) return true;
    return !want;
}

static bool held_by(const casus_statement *s, const char *want) {
    for (size_t i = 0; i < s->n_holder; i++)
        if (is(s->holder[i].name, want) || is(s->holder[i].text, want)) return true;
    return !want;
}

static bool about(const casus_statement *s, const char *want) {
    for (size_t i = 0; i < s->n_about; i++)
        if (is(s->about[i].text, want)) return true;
    return !want;
}

static bool fits(const casus_statement *s, const expected *e) {
    return (!e->lemma || is(s->action.lemma, e->lemma)) && among(s->source, s->n_source, e->source) && among(s->target, s->n_target, e->target) &&
           (!e->begin || strncmp(s->time.begin, e->begin, strlen(e->begin)) == 0) && at_place(s, e->place) && held_by(s, e->holder) && about(s, e->about);
}

static void check(const expected *all, size_t n) {
    size_t wrong = 0;
    if (!reading_coder) skip();
    for (size_t i = 0; i < n; i++) {
        casus_arena arena;
        casus_reading r;
        casus_document doc = {.id = "d", .date = "2024-03-28", .text = casus_str_of(all[i].text), .bytes = strlen(all[i].text)};
        casus_arena_init(&arena);
        assert_int_equal(casus_coder_read(reading_coder, &doc, &arena, &r, NULL), CASUS_OK);
        bool found = false;
        for (size_t k = 0; k < r.n_statements && !found; k++) found = fits(&r.statements[k], &all[i]);
        if (found == all[i].absent) {
            print_error("%s: case %zu (%s %s %s) in: %s\n", found ? "wrongly read" : "missed", i, all[i].source ? all[i].source : "", all[i].lemma ? all[i].lemma : "",
                        all[i].target ? all[i].target : "", all[i].text);
            wrong++;
        }
        casus_arena_done(&arena);
    }
    assert_int_equal(wrong, 0);
}

#define CHECK(...) \
    do { \
        static const expected all[] = {__VA_ARGS__}; \
        check(all, sizeof all / sizeof *all); \
    } while (0)

static void a_cut_clause_tells_the_act_again(void **state) {
    (void)state;
    static const char raids[] = "In May 2021, the rebels' raid on a market killed many traders, as did their other raids—in June 2022 in Bunia and in July 2023 in Beni.";
    static const char coup[] = "Kenya has condemned the coup in Niger, as have Ghana and Senegal.";
    static const char junta[] = "Peru did not recognise the junta, nor did Chile.";
    CHECK({.text = raids, .lemma = "kill", .target = "Bunia", .begin = "2022-06", .place = "Bunia"}, {.text = raids, .lemma = "kill", .target = "Beni", .begin = "2023-07", .place = "Beni"},
          {.text = raids, .lemma = "kill", .begin = "2021-05"}, {.text = raids, .lemma = "kill", .begin = "2021-05", .place = "Bunia", .absent = true},
          {.text = coup, .lemma = "condemn", .source = "Ghana", .holder = "Ghana"}, {.text = coup, .lemma = "condemn", .source = "Kenya", .holder = "Kenya", .place = "Niger"},
          {.text = junta, .lemma = "recognise", .source = "Chile"});
}

static void each_scene_is_an_event(void **state) {
    (void)state;
    static const char two[] = "Islamic State militants attacked mosques in Herat in October 2022 and in Kunduz in January 2024.";
    static const char dealt[] = "Boko Haram has attacked foreign targets: the Turkish and Indian embassies in Abuja in September and December 2022 and a hotel used by traders.";
    CHECK({.text = two, .lemma = "attack", .begin = "2022-10", .place = "Herat"}, {.text = two, .lemma = "attack", .begin = "2024-01", .place = "Kunduz"},
          {.text = two, .lemma = "attack", .begin = "2022-10", .place = "Kunduz", .absent = true}, {.text = dealt, .lemma = "attack", .target = "Turkish embassy", .begin = "2022-09"},
          {.text = dealt, .lemma = "attack", .target = "Indian embassy", .begin = "2022-12"}, {.text = dealt, .lemma = "attack", .target = "a hotel"});
}

static void every_voice_holds_its_own_statement(void **state) {
    (void)state;
    static const char lies[] = "These are Serbia's (and Russia's) old lies that Kosovo bombed the bridge, as Hungarian diplomats claimed to me and others.";
    CHECK({.text = lies, .lemma = "bomb", .holder = "Serbia"}, {.text = lies, .lemma = "bomb", .holder = "Russia"}, {.text = lies, .lemma = "bomb", .holder = "Hungarian diplomats"});
}

static void an_act_named_again_keeps_its_scene(void **state) {
    (void)state;
    static const char rivals[] = "The horrific attack against the market in Maiduguri has been claimed by Boko Haram. Cameroon has also attributed the attack to Boko Haram. "
                                 "Chad's propaganda is seeking to link the attack to Sudan.";
    static const char bare[] = "Rebels bombed a bridge in Goma in May 2022. Traders fled. The council met after the bombing.";
    CHECK({.text = rivals, .lemma = "attack", .source = "Boko Haram", .place = "Maiduguri", .holder = "Cameroon"},
          {.text = rivals, .lemma = "attack", .source = "Sudan", .place = "Maiduguri", .holder = "Chad’s propaganda", .absent = true},
          {.text = rivals, .lemma = "attack", .source = "Sudan", .place = "Maiduguri"}, {.text = bare, .lemma = "bombing", .absent = true}, {.text = bare, .lemma = "bomb", .begin = "2022-05"});
}

static void towns_and_laws_are_found_again(void **state) {
    (void)state;
    static const char town[] = "Rebels shelled Goma in January. Then they looted shops in the town.";
    static const char law[] = "The cabinet of Iraq backs a bill on the militias. Rubio warned that the law would weaken Iraq.";
    static const char junta[] = "Mali's army shelled the town. Algeria protested. The junta rejected the protest.";
    CHECK({.text = town, .target = "shops", .place = "the town"}, {.text = law, .lemma = "weaken", .source = "a bill on the militias"}, {.text = junta, .lemma = "reject", .source = "Mali’s junta"});
}

static void pronouns_stand_for_whom_they_fit(void **state) {
    (void)state;
    static const char egypt[] = "Egypt has not joined the coalition. It fears that its army would be seen as fighting for Israel.";
    static const char forces[] = "The Rapid Support Forces seized the town on Friday. They bombed the market. The army accused them of ethnic cleansing.";
    static const char not_itself[] = "Kenya may ask Somalia for help, but it has recognised Somalia already.";
    static const char woman[] = "The minister met the envoys of Chad. She rejected their plan.";
    CHECK({.text = egypt, .source = "Egypt", .lemma = "fear"}, {.text = forces, .lemma = "bomb", .source = "Rapid Support Forces"},
          {.text = forces, .lemma = "accuse", .target = "Rapid Support Forces"}, {.text = not_itself, .lemma = "recognise", .source = "Kenya", .target = "Somalia"},
          {.text = woman, .lemma = "reject", .source = "She", .target = "Chad", .absent = true});
}

static void descriptions_stand_for_their_sort(void **state) {
    (void)state;
    static const char group[] = "The Houthis attacked two ships off Yemen. American warships sank a boat. The movement rejected the truce.";
    static const char bloc[] = "Niger left ECOWAS. The bloc condemned the junta.";
    static const char three[] = "Mali, with Niger and Chad, signed the pact. The three have condemned France.";
    static const char latter[] = "Ghana sued Togo. The latter rejected the claim.";
    CHECK({.text = group, .lemma = "reject", .source = "Houthis"}, {.text = bloc, .lemma = "condemn", .source = "ECOWAS"}, {.text = three, .lemma = "condemn", .source = "Chad"},
          {.text = three, .lemma = "condemn", .source = "Mali"}, {.text = latter, .lemma = "reject", .source = "Togo"}, {.text = latter, .lemma = "reject", .source = "Ghana", .absent = true});
}

static void subjects_side_by_side_are_one(void **state) {
    (void)state;
    static const char port[] = "Hamas, which buys flour from Cyprus, surrounds the harbour, where Egypt is building a port; it has attacked the garrison.";
    static const char advice[] = "Western governments should keep the sanctions, which the bishops deplore, and they could fund the clinics.";
    static const char listed[] = "Olaf Scholz met Anders Berg and Nils Holm. Scholz and Berg rejected the plan. He condemned Russia.";
    CHECK({.text = port, .lemma = "attack", .source = "Hamas"}, {.text = port, .lemma = "attack", .source = "Egypt", .absent = true}, {.text = advice, .lemma = "fund", .source = "Western governments"},
          {.text = listed, .lemma = "condemn", .source = "Nils Holm", .absent = true});
}

static void a_body_belongs_to_the_country_spoken_of(void **state) {
    (void)state;
    static const char orders[] = "Turkey bombed a depot in March. President Paul Kagame deployed the army on Friday.";
    static const char about[] = "Haitian judges, Haitian clerics and Haiti's parliament met in May. Canada has sanctioned some of the traders, and the police might arrest others.";
    static const char near[] = "Kenya closed its border. Somalia protested, and the army shelled a village.";
    CHECK({.text = orders, .lemma = "deploy", .target = "Rwanda’s army"}, {.text = about, .source = "Haiti’s police"}, {.text = about, .source = "Canada’s police", .absent = true},
          {.text = near, .source = "Somalia’s army"});
}

static void what_is_set_beside_a_name_is_the_named(void **state) {
    (void)state;
    static const char both[] = "Ukraine shelled a town. Hamas and Hezbollah, the two groups that had fired on Cyprus, condemned the raid. They attacked Egypt.";
    static const char woman[] = "Kenya still holds Anna Berg, a researcher whom it abducted in March.";
    static const char aside[] = "Ghana and Togo ended the sanctions that Chad and Niger had imposed on Mali. Both condemned the raid.";
    static const char seat[] = "Hamas demands a seat and a pardon, neither of which Egypt would reject. Brussels condemned Hamas.";
    CHECK({.text = both, .lemma = "condemn", .source = "Hezbollah"}, {.text = both, .lemma = "attack", .source = "Hamas", .target = "Egypt"}, {.text = both, .lemma = "attack", .source = "Ukraine", .absent = true},
          {.text = woman, .lemma = "abduct", .target = "Anna Berg"}, {.text = aside, .lemma = "condemn", .source = "Togo"}, {.text = aside, .lemma = "condemn", .source = "Niger", .absent = true},
          {.text = seat, .lemma = "condemn", .source = "European Union"}, {.text = seat, .lemma = "reject", .target = "Hamas", .absent = true});
}

static void things_done_to_paper_are_no_actors(void **state) {
    (void)state;
    static const char bill[] = "Parliament debates a bill on gas. The African Union wants it adopted. Burhan, who signed it in May, condemned Egypt.";
    static const char called[] = "The Doha text does not bind Hamas. Burhan called it a contract over gold.";
    static const char found[] = "The United States sent envoys. A later government will find it impossible to disarm Hamas.";
    static const char actor[] = "Parliament debates a bill on gas. Hamas hid in the port. Egypt attacked it.";
    CHECK({.text = bill, .lemma = "want", .target = "a bill on gas"}, {.text = bill, .lemma = "sign", .target = "a bill on gas"}, {.text = bill, .lemma = "sign", .target = "African Union", .absent = true},
          {.text = called, .lemma = "call", .source = "The Doha text"}, {.text = found, .lemma = "disarm", .source = "United States", .absent = true}, {.text = actor, .lemma = "attack", .target = "a bill on gas", .absent = true});
}

static void bodies_are_called_by_the_end_of_their_name(void **state) {
    (void)state;
    static const char council[] = "Haiti's Transitional Presidential Council met in May. In June the council dismissed the prime minister of Haiti.";
    static const char force[] = "The Sorbel force attacked Myanmar's army. China detained that group's commander.";
    static const char front[] = "Separatists of the Azure Front shelled a base of Boko Haram. The separatists attacked Kenya.";
    static const char rebels[] = "M23 seized Goma. Residents accuse the rebels of killing farmers. The rebels attacked Rwanda.";
    static const char framework[] = "The Coordination Framework met in Baghdad. Sudani condemned the Framework.";
    static const char town[] = "Hamas killed farmers at Orbelo in May. Egypt's ruler has never visited the town.";
    static const char latter[] = "There is rivalry between Hamas and Hezbollah. The latter has condemned Egypt.";
    static const char country[] = "Haitians and Haiti's judges protested. Egypt deported thousands of Haitians. The country rejected the order.";
    CHECK({.text = council, .lemma = "dismiss", .source = "Transitional Presidential Council"}, {.text = force, .source = "Sorbel force"}, {.text = front, .lemma = "attack", .source = "Azure Front"},
          {.text = front, .lemma = "attack", .source = "Boko Haram", .absent = true}, {.text = country, .lemma = "reject", .source = "Haiti"},
          {.text = rebels, .lemma = "accuse", .source = "Residents", .target = "M23"}, {.text = rebels, .lemma = "attack", .source = "M23"}, {.text = rebels, .lemma = "attack", .source = "Residents", .absent = true},
          {.text = framework, .lemma = "condemn", .target = "Coordination Framework"}, {.text = town, .lemma = "visit", .place = "the town"}, {.text = latter, .lemma = "condemn", .source = "Hezbollah"});
}

static void a_subject_is_that_of_the_clause_above(void **state) {
    (void)state;
    static const char algiers[] = "Algiers fears Chad more than it fears Mali. The United States warned Chad. It could attack Chad.";
    static const char relative[] = "Western governments should keep the sanctions, which the generals deplore, and they could fund clinics in Chad.";
    static const char more[] = "Kenya has more influence over Somalia than it uses. It could attack Eritrea.";
    static const char because[] = "A quarantine, in which Chile would search ships, is dangerous because it would anger Peru.";
    CHECK({.text = algiers, .lemma = "fear", .source = "Algeria", .target = "Mali"}, {.text = algiers, .lemma = "attack", .source = "United States"},
          {.text = relative, .lemma = "fund", .source = "Western governments"}, {.text = more, .lemma = "attack", .source = "Kenya"}, {.text = because, .lemma = "anger", .source = "A quarantine"}, {.text = because, .lemma = "anger", .source = "Chile", .absent = true});
}

static void claims_say_whom_they_are_about(void **state) {
    (void)state;
    static const char accused[] = "The junta accused Ukraine of having supplied the rebels with weapons.";
    static const char supplied[] = "Peru has supplied the rebels with rifles.";
    static const char blamed[] = "Survivors blame the Kenyan army for killing farmers.";
    static const char named[] = "Beijing described the exercise as a warning to Taiwan.";
    static const char origin[] = "Peru says that the fighters it captured were from Chile.";
    static const char counted[] = "By the Iraqi government's count, the raid killed 30 soldiers.";
    static const char listed[] = "The United States, Iran and India feature high on Boko Haram's list of enemies.";
    CHECK({.text = accused, .lemma = "supply", .source = "Ukraine", .target = "rebels"}, {.text = blamed, .lemma = "kill", .source = "Kenyan army", .holder = "Survivors"},
          {.text = named, .source = "the exercise", .about = "a warning to Taiwan", .holder = "China"}, {.text = supplied, .lemma = "supply", .target = "the rebels"},
          {.text = origin, .lemma = "from", .source = "fighters", .target = "Chile", .holder = "Peru"},
          {.text = counted, .lemma = "kill", .holder = "Iraqi government"}, {.text = listed, .lemma = "list", .source = "Boko Haram", .target = "Iran", .holder = "Boko Haram"});
}

static void accusations_and_denials_meet(void **state) {
    (void)state;
    static const char port[] = "Kenya says that Somalia shelled the port, which Somalia denies.";
    static const char work[] = "Ghana has accused Togo of listening across the border.";
    CHECK({.text = port, .target = "the port", .holder = "Kenya"}, {.text = port, .target = "the port", .holder = "Somalia"},
          {.text = work, .source = "Togo", .about = "listening across the border", .holder = "Ghana"});
}

static void each_half_has_its_own_holder(void **state) {
    (void)state;
    static const char halves[] = "According to Kenya, Somalia shelled the port; Uganda says that Chad bombed the bridge.";
    static const char convinced[] = "The blockade had convinced the Omani generals that Iran was arming Sudan.";
    CHECK({.text = halves, .source = "Somalia", .holder = "Kenya"}, {.text = halves, .lemma = "bomb", .holder = "Uganda"}, {.text = halves, .lemma = "bomb", .holder = "Kenya", .absent = true},
          {.text = convinced, .lemma = "arm", .holder = "Omani general"}, {.text = convinced, .lemma = "convince", .holder = "Omani general", .absent = true});
}

static void what_is_only_alleged_and_what_the_author_rejects(void **state) {
    (void)state;
    static const char alleged[] = "Iran struck alleged assets of Boko Haram in Niger.";
    static const char lie[] = "Russia claims that Poland bombed the pipeline. This lie is an old one.";
    CHECK({.text = alleged, .lemma = "alleged", .source = "Boko Haram"}, {.text = alleged, .lemma = "strike", .source = "Iran"}, {.text = lie, .lemma = "lie", .about = "Poland bombed the pipeline"},
          {.text = lie, .lemma = "bomb", .holder = "Russia"});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cut_clause_tells_the_act_again),
        cmocka_unit_test(each_scene_is_an_event),
        cmocka_unit_test(every_voice_holds_its_own_statement),
        cmocka_unit_test(claims_say_whom_they_are_about),
        cmocka_unit_test(accusations_and_denials_meet),
        cmocka_unit_test(each_half_has_its_own_holder),
        cmocka_unit_test(what_is_only_alleged_and_what_the_author_rejects),
        cmocka_unit_test(an_act_named_again_keeps_its_scene),
        cmocka_unit_test(towns_and_laws_are_found_again),
        cmocka_unit_test(pronouns_stand_for_whom_they_fit),
        cmocka_unit_test(descriptions_stand_for_their_sort),
        cmocka_unit_test(subjects_side_by_side_are_one),
        cmocka_unit_test(a_body_belongs_to_the_country_spoken_of),
        cmocka_unit_test(what_is_set_beside_a_name_is_the_named),
        cmocka_unit_test(things_done_to_paper_are_no_actors),
        cmocka_unit_test(bodies_are_called_by_the_end_of_their_name),
        cmocka_unit_test(a_subject_is_that_of_the_clause_above),
    };
    return cmocka_run_group_tests_name("discourse", tests, reading_open, reading_close);
}
