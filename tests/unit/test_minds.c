/* What minds hold: attitudes, what was said to whom, what one is accused of, in sentences read with the real model and knowledge ($CASUS_DATA,
 * else the release build's; skipped where neither is there). */
#include "casus/coder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shapes.h"

static void attitudes(void **state) {
    (void)state;
    static const shape all[] = {
        {"Kenya fears for its tea exports.", CASUS_STANCE, "fears", "Kenya", "tea exports", 0, 0, false},
        {"Uganda profits from the embargo on Kenya.", CASUS_STANCE, "wants", "Uganda", "embargo", 0, 0, false},
        {"Kenya insists that the talks must be held in Nairobi.", CASUS_STANCE, "wants", "Kenya", "talks must be held", 0, 2, false},
        {"Kenya moved a brigade north to attack the rebels.", CASUS_STANCE, "wants", "Kenya", "attack the rebels", CASUS_ASSAULT, 2, false},
        {"Uganda's reluctance is easy to explain.", CASUS_STANCE, "unwilling", "Uganda", NULL, 0, 0, false},
        {"The treaty takes away Uganda's remaining leverage.", CASUS_POWER, "leverage", "Uganda", NULL, 0, 2, false},
        {"Uganda's support is easy to explain.", CASUS_STANCE, NULL, NULL, NULL, 0, 2, true},
        {"The sanctions, which Kenya objected to, were lifted.", CASUS_EVENT, NULL, "Kenya", "sanctions", CASUS_ACCUSE, 0, false},
        {"Kenya fears that Uganda will close the lake.", CASUS_STANCE, "fears", "Kenya", "Uganda will close", 0, 0, false},
        {"Kenya is betting on American help.", CASUS_STANCE, "wants", "Kenya", "American help", 0, 0, false},
        {"Kenya is in no hurry to sign the pact.", CASUS_STANCE, "unwilling", "Kenya", "sign the pact", 0, 0, false},
        {"Some in Kenya want a pact with Uganda.", CASUS_STANCE, "wants", "Some in Kenya", "a pact", 0, 0, false},
        {"Some want bread.", CASUS_STANCE, NULL, NULL, NULL, 0, 2, true},
        {"Officials in Nairobi worry that Uganda may close the lake.", CASUS_STANCE, "concerned", "Officials", "Uganda may close", 0, 0, false},
        {"Uganda closed the lake, to Kenya's dismay.", CASUS_STANCE, "grieved", "Kenya", "Uganda closed the lake", 0, 0, false},
        {"Uganda closed the lake, to Kenya's dismay.", CASUS_EVENT, NULL, "Uganda", "Kenya", 0, 2, true},
        {"Uganda sold the lake to Kenya's delight.", CASUS_STANCE, "supports", "Kenya", NULL, 0, 0, false},
        {"Kenya's hope is that Uganda will yield.", CASUS_STANCE, "wants", "Kenya", "Uganda will yield", 0, 0, false},
        {"Kenya's problem is that Uganda will yield.", CASUS_STANCE, NULL, NULL, NULL, 0, 2, true},
        {"Kenya likes to believe that it is strong.", CASUS_STANCE, "wants", "Kenya", NULL, 0, 2, true},
        {"The general told his soldiers on Monday to plan for a raid on Uganda.", CASUS_STANCE, "wants", NULL, "plan for a raid", 0, 2, true},
        {"Kenya sees no reason to apologize.", CASUS_STANCE, "unwilling", "Kenya", "apologize", 0, 0, false},
        {"Kenya has little reason to compromise.", CASUS_STANCE, "unwilling", "Kenya", "compromise", 0, 0, false},
        {"Kenya would like to join the bloc.", CASUS_STANCE, "wants", "Kenya", "join the bloc", 0, 1, false},
        {"Kenya has no wish to fight Uganda.", CASUS_STANCE, "unwilling", "Kenya", "fight Uganda", 0, 0, false},
        {"Kenya has no wish to fight Uganda.", CASUS_POWER, NULL, NULL, NULL, 0, 2, true},
        {"Kenya convinced the generals.", CASUS_STANCE, NULL, NULL, NULL, 0, 2, true},
    };
    check(all, sizeof all / sizeof *all);
}

static void what_may_come(void **state) {
    (void)state;
    static const shape all[] = {
        {"Kenya's army is neither able nor willing to disarm the rebels.", CASUS_POWER, "capability", "army", "disarm the rebels", 0, -1, false},
        {"Kenya should keep its sanctions on Uganda.", CASUS_POWER, "option", "Kenya", "sanctions", CASUS_SANCTION, 1, false},
        {"Kenya should keep its promises.", CASUS_POWER, NULL, NULL, NULL, CASUS_SANCTION, 2, true},
        {"Kenya is to reopen the crossings by June.", CASUS_EVENT, NULL, "Kenya", "reopen the crossings by June", CASUS_AGREE, 0, false},
        {"Kenya reopens the crossings.", CASUS_EVENT, NULL, NULL, NULL, CASUS_AGREE, 2, true},
        {"Kenya is in no position to attack Uganda.", CASUS_POWER, "incapability", "Kenya", "attack Uganda", 0, 2, false},
        {"Kenya would do well to stay neutral.", CASUS_POWER, "option", "Kenya", "stay neutral", 0, 1, false},
        {"Kenya expects Uganda to mediate.", CASUS_EVENT, NULL, "Uganda", NULL, CASUS_CONSULT, 2, false},
        {"Kenya has yet to sign the treaty.", CASUS_EVENT, NULL, "Kenya", NULL, CASUS_SUPPORT, -1, false},
        {"Kenya has to sign the treaty.", CASUS_EVENT, NULL, "Kenya", NULL, CASUS_SUPPORT, -1, true},
        {"Kenya has little influence over Uganda.", CASUS_POWER, "no-leverage", "Kenya", "Uganda", 0, 2, false},
        {"Kenya has no leverage over Uganda.", CASUS_POWER, "no-leverage", "Kenya", "Uganda", 0, 0, false},
        {"Kenya has influence over Uganda.", CASUS_POWER, "leverage", "Kenya", "Uganda", 0, 0, false},
        {"It would be a mistake for Kenya to attack Uganda.", CASUS_POWER, "option", "Kenya", "attack Uganda", CASUS_ASSAULT, -1, false},
        {"It is hard for Kenya to stay neutral.", CASUS_POWER, "constraint", "Kenya", "stay neutral", 0, 0, false},
        {"It is hard for Kenya to stay neutral.", CASUS_EVENT, NULL, "Kenya", NULL, 0, 2, true},
        {"It is hard to see why Kenya left.", CASUS_POWER, NULL, NULL, NULL, 0, 2, true},
        {"There is little chance that Kenya will attack.", CASUS_ASSESSMENT, NULL, "Kenya", NULL, CASUS_ASSAULT, 1, false},
        {"The loans give Kenya leverage over Uganda.", CASUS_POWER, "leverage", "Kenya", "Uganda", 0, 0, false},
        {"The bill would give the Kenyan army a church.", CASUS_ASSESSMENT, NULL, "bill", "Kenyan army", 0, 1, false},
    };
    check(all, sizeof all / sizeof *all);
}

static void words_to_others(void **state) {
    (void)state;
    static const shape all[] = {
        {"Kenya told an envoy that it had not sent any troops to Somalia.", CASUS_EVENT, NULL, "it", NULL, 0, -1, false},
        {"Kenya reminded Uganda that the treaty was signed in May.", CASUS_ASSESSMENT, NULL, NULL, "treaty", 0, 2, false},
        {"Kenya has dared to arrest the rebels.", CASUS_EVENT, NULL, NULL, NULL, CASUS_REQUEST, 2, true},
        {"Kenya accused Uganda of firing across the border.", CASUS_EVENT, NULL, "Uganda", NULL, CASUS_ASSAULT, 0, false},
        {"Kenya accused Uganda of spying.", CASUS_ASSESSMENT, NULL, "Uganda", "spying", 0, 0, false},
        {"Kenya spoke only of a few dead.", CASUS_ASSESSMENT, NULL, NULL, "a few dead", 0, 0, false},
        {"Kenya called Uganda a “lawless neighbour”.", CASUS_ASSESSMENT, NULL, "Uganda", "lawless neighbour", 0, 0, false},
        {"Kenya knows Uganda.", CASUS_ASSESSMENT, NULL, "Uganda", NULL, 0, 2, true},
        {"Kenya accused Uganda of spying.", CASUS_EVENT, NULL, "Kenya", "spying", CASUS_ACCUSE, 0, false},
        {"Three of the ministers of Chile are accused by the court of having bribed a general.", CASUS_RELATION, NULL, "ministers", "general", 0, 2, false},
        {"Three of the ministers of Chile are accused by the court of having bribed a general.", CASUS_RELATION, NULL, "court", NULL, 0, 2, true},
        {"Kenya is convinced that Uganda will sign.", CASUS_CAUSE, NULL, NULL, NULL, 0, 2, true},
        {"Kenya suspects that Uganda is arming the rebels.", CASUS_EVENT, NULL, "Kenya", "arming the rebels", CASUS_ACCUSE, 0, false},
        {"Rumours that Kenya had bombed a convoy spread.", CASUS_EVENT, NULL, "Kenya", "Rumours", 0, 2, true},
        {"Kenya praised the envoy that Uganda had sent.", CASUS_ASSESSMENT, NULL, NULL, "had sent", 0, 2, true},
    };
    check(all, sizeof all / sizeof *all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attitudes),
        cmocka_unit_test(what_may_come),
        cmocka_unit_test(words_to_others),
    };
    return cmocka_run_group_tests_name("minds", tests, reading_open, reading_close);
}
