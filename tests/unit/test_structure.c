/* What the shape of a sentence says: causes, comparisons, judgments, trends and prospects of sentences read with the real model and knowledge
 * ($CASUS_DATA, else the release build's; skipped where neither is there). */
#include "casus/coder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shapes.h"

static void causes(void **state) {
    (void)state;
    static const shape all[] = {
        {"Egypt has cut its fuel subsidies because of pressure from the IMF.", CASUS_CAUSE, "causes", "pressure from the IMF", "cut its fuel subsidies", 0, 2, false},
        {"Given Turkey's rivalry with Greece, Ankara will not leave Cyprus.", CASUS_CAUSE, "causes", "rivalry with Greece", "will not leave Cyprus", 0, 2, false},
        {"Because of its wars, foreign debts, and lasting isolation, Sudan has turned to Iran.", CASUS_CAUSE, "causes", "isolation", "has turned to Iran", 0, 2, false},
        {"As Chinese pressure on Taiwan has grown, American arms sales have increased.", CASUS_CAUSE, "causes", "pressure on Taiwan has grown", "arms sales have increased", 0, 2, false},
        {"Qatar may mediate, as it is the only state that both sides trust.", CASUS_CAUSE, "causes", "only state", "may mediate", 0, 2, false},
        {"The drought has weakened the Houthis, undermining their hold on Hodeidah.", CASUS_CAUSE, "lowers", "has weakened the Houthis", "their hold", 0, 2, false},
        {"Sanctions have reduced Iran's oil exports and thereby limited its support for Hezbollah.", CASUS_CAUSE, "lowers", "reduced Iran's oil exports", "support for Hezbollah", 0, 2, false},
        {"Hungary needs Russian gas and has therefore muted its criticism of Moscow.", CASUS_CAUSE, "causes", "needs Russian gas", "muted its criticism", 0, 2, false},
        {"Smuggling has multiplied since the rebels seized the mines of Kivu.", CASUS_CAUSE, "causes", "rebels seized the mines", "Smuggling has multiplied", 0, 2, false},
        {"The ambush forced the prime minister of Haiti to resign.", CASUS_CAUSE, "causes", "ambush", "resign", 0, 2, false},
        {"Doubts about American commitment have pushed Poland to rearm.", CASUS_CAUSE, "causes", "Doubts", "Poland", 0, 2, false},
        {"Ethiopia is landlocked, which explains its interest in the port of Assab.", CASUS_CAUSE, "causes", "landlocked", "interest", 0, 2, false},
        {"Drones struck the oil fields of Kurdistan, cutting output by half.", CASUS_CAUSE, "lowers", "Drones struck", "output", 0, 2, false},
        {"What saved the regime was Beijing.", CASUS_CAUSE, NULL, NULL, NULL, 0, 2, true},
        {"The sanctions have made Iran more dependent on China.", CASUS_CAUSE, "causes", "sanctions", "dependent on China", 0, 2, false},
        {"The blockade made a Turkish attack less likely.", CASUS_CAUSE, "lowers", "The blockade", "Turkish attack", 0, 2, false},
        {"The main driver of the conflict is competition between Armenia and Azerbaijan.", CASUS_CAUSE, "raises", "competition", "the conflict", 0, 2, false},
        {"By arming the rebels it can weaken Kinshasa and delay the elections, Rwanda calculates.", CASUS_CAUSE, "causes", "arming the rebels", "delay the elections", 0, 2, false},
        {"Canada punished the general, as Britain had punished him.", CASUS_CAUSE, NULL, NULL, NULL, 0, 2, true},
        {"Japan has increased its defence spending.", CASUS_CAUSE, NULL, NULL, NULL, 0, 2, true},
        {"The embargo on arms has emptied the depots of Eritrea.", CASUS_CAUSE, "causes", "embargo on arms", "emptied the depots", 0, 0, false},
        {"Hungary enjoys the vetoes that membership of the European Union brings.", CASUS_CAUSE, "causes", "European Union", "vetoes", 0, 0, false},
        {"The parliament of Kenya has emptied the treasury.", CASUS_CAUSE, NULL, NULL, NULL, 0, 2, true},
        {"What unites the clans of Somalia is fear of a blockade.", CASUS_CAUSE, "causes", "fear of a blockade", "unites the clans", 0, 0, false},
        {"What unites the clans of Somalia is not kinship but fear of a blockade.", CASUS_CAUSE, "causes", "kinship", "unites the clans", 0, -1, false},
        {"Chad has stayed out, not because it was strong but because Sudan was weak.", CASUS_CAUSE, "causes", "Sudan was weak", "stayed out", 0, 0, false},
        {"Peru speaks of battalions that surrendered for lack of ammunition.", CASUS_CAUSE, "causes", "ammunition", "battalions that surrendered", 0, 2, false},
        {"Egypt can do little, for the war in Gaza has made its army cautious.", CASUS_CAUSE, "causes", "war in Gaza", "can do little", 0, 2, false},
        {"The more Jakarta spends, the less Malaysia trusts it.", CASUS_CAUSE, "lowers", "more Jakarta spends", "less Malaysia trusts", 0, 0, false},
        {"The more cautious generals left Jakarta.", CASUS_CAUSE, NULL, NULL, NULL, 0, 2, true},
        {"India has so many tanks that Nepal cannot stop them.", CASUS_CAUSE, "causes", "so many tanks", "cannot stop them", 0, 0, false},
        {"The floods prevented UNICEF from reaching the north of Chad.", CASUS_CAUSE, "prevents", "The floods", "reaching the north", 0, 0, false},
        {"The accord helped Bosnia join the union.", CASUS_CAUSE, "causes", "The accord", "Bosnia", 0, 0, false},
        {"The rivalry keeps Bosnia divided.", CASUS_CAUSE, "causes", "rivalry", "divided", 0, 0, false},
        {"The raids have cost Jordan millions of dollars.", CASUS_CAUSE, "lowers", "The raids", NULL, 0, 0, false},
        {"Fear of Sudan unites Chad and Libya.", CASUS_CAUSE, "causes", "Sudan", "Chad", 0, 0, false},
        {"Iran's gift of jets to the army helped it take Sennar.", CASUS_CAUSE, "causes", "Iran", "take Sennar", 0, 0, false},
        {"Much of the strength of Hezbollah comes from Iranian missiles.", CASUS_CAUSE, "causes", "Iran", "Hezbollah", 0, 0, false},
        {"The treaty obliges Armenia to open its border.", CASUS_CAUSE, NULL, NULL, NULL, 0, 2, true},
        {"Since the vote, attacks on Kenyan police have increased.", CASUS_CAUSE, NULL, NULL, NULL, 0, 2, true},
        {"Rwanda wants to weaken Kinshasa.", CASUS_CAUSE, NULL, NULL, NULL, 0, 2, true},
    };
    check(all, sizeof all / sizeof *all);
}

static void comparisons(void **state) {
    (void)state;
    static const shape all[] = {
        {"India has more influence over Bhutan than China.", CASUS_COMPARISON, "more", "India", "China", 0, 0, false},
        {"Kazakhstan depends on Russia far less than Belarus.", CASUS_COMPARISON, "less", "Kazakhstan", "Belarus", 0, 0, false},
        {"Jordan fears the militias more than it fears Israel.", CASUS_COMPARISON, "more", "militias", "Israel", 0, 0, false},
        {"Brussels has less leverage than it likes to believe.", CASUS_COMPARISON, "less", "Brussels", "it likes to believe", 0, 0, false},
        {"Serbia sells more grain to Bosnia than it used to.", CASUS_COMPARISON, "more", "Serbia", "it used to", 0, 0, false},
        {"Libya is no closer to a vote than it was a year ago.", CASUS_COMPARISON, "equal", "Libya", "a year ago", 0, 0, false},
        {"Pakistan is as vulnerable to pressure as Bangladesh.", CASUS_COMPARISON, "equal", "Pakistan", "Bangladesh", 0, 0, false},
        {"Qatar has the closest ties to Hamas.", CASUS_COMPARISON, "more", "Qatar", "closest ties to Hamas", 0, 0, false},
        {"Ankara and Beijing, whose loans come without lectures, have more influence than Paris or Washington.", CASUS_COMPARISON, "more", "Ankara", "Paris", 0, 0, false},
        {"The weakest point of the treaty with Iran is its calendar.", CASUS_COMPARISON, NULL, "calendar", NULL, 0, 0, false},
        {"Egypt would rather lose a minister than the canal.", CASUS_COMPARISON, NULL, NULL, NULL, 0, 2, true},
        {"No state has more influence in Bhutan than India.", CASUS_COMPARISON, "more", "India", "all others", 0, 0, false},
        {"Vietnam has ten times as many tanks as Laos.", CASUS_COMPARISON, "more", "Vietnam", "Laos", 0, 0, false},
        {"Laos is not as strong as Vietnam.", CASUS_COMPARISON, "less", "Laos", "Vietnam", 0, 0, false},
        {"The army of Bolivia is no match for Brazil.", CASUS_COMPARISON, "less", "Bolivia", "Brazil", 0, 0, false},
        {"China left as soon as Russia.", CASUS_COMPARISON, NULL, NULL, NULL, 0, 2, true},
        {"At least 20 soldiers and more than 30 rebels died in Mali.", CASUS_COMPARISON, NULL, NULL, NULL, 0, 2, true},
        {"Most Afghans support the Taliban rather than ISKP.", CASUS_COMPARISON, NULL, NULL, NULL, 0, 2, true},
    };
    check(all, sizeof all / sizeof *all);
}

static void judgments(void **state) {
    (void)state;
    static const shape all[] = {
        {"Maduro's disastrous policies have driven millions out of Venezuela.", CASUS_ASSESSMENT, "bad", "policies", "disastrous policies", 0, 2, false},
        {"Surprisingly, Hungary voted for the sanctions.", CASUS_ASSESSMENT, "good", "Hungary", "voted for the sanctions", 0, 0, false},
        {"It is striking that Algeria has not condemned the coup in Niger.", CASUS_ASSESSMENT, "good", "Algeria", "has not condemned", 0, 0, false},
        {"The response of Kenya to the coup was inadequate.", CASUS_ASSESSMENT, "bad", "response of Kenya", NULL, 0, 0, false},
        {"Mali's foreign policy has been consistent.", CASUS_ASSESSMENT, NULL, "policy", NULL, 0, 0, false},
        {"Laos is poorer than Vietnam.", CASUS_ASSESSMENT, NULL, NULL, NULL, 0, 2, true},
        {"Kenya bought large ships.", CASUS_ASSESSMENT, NULL, NULL, NULL, 0, 2, true},
    };
    check(all, sizeof all / sizeof *all);
}

static void trends(void **state) {
    (void)state;
    static const shape all[] = {
        {"Attacks by Boko Haram have declined over the past three years.", CASUS_CHANGE, "falls", "Attacks by Boko Haram", "past three years", 0, 0, false},
        {"Relations between Canada and India have worsened.", CASUS_CHANGE, "rises", "India", NULL, 0, 0, false},
        {"Growing tensions between Algeria and Morocco threaten the region.", CASUS_CHANGE, "rises", "Morocco", NULL, 0, 0, false},
        {"Japan has increased its defence spending.", CASUS_CHANGE, "rises", "its defence spending", NULL, 0, 0, false},
        {"Drones are gradually replacing the tanks of Ukraine.", CASUS_CHANGE, "rises", "Drones", "replacing the tanks", 0, 0, false},
        {"The massacre has further eroded the power of the Afghan government.", CASUS_CHANGE, "falls", "power", NULL, 0, 0, false},
        {"The number of drone attacks on Port Sudan has tripled since January.", CASUS_CHANGE, "rises", "drone attacks", NULL, 0, 0, false},
        {"Iran is weaker in Iraq than at any time since 2003.", CASUS_CHANGE, "falls", "Iran", NULL, 0, 0, false},
        {"Mali's junta has become increasingly isolated.", CASUS_CHANGE, "rises", "junta", "isolated", 0, 0, false},
        {"The authority of the Afghan government was further weakened.", CASUS_CHANGE, "falls", "authority", NULL, 0, 0, false},
        {"Serbia sells more grain to Bosnia than it used to.", CASUS_CHANGE, "rises", "Serbia", "grain", 0, 0, false},
        {"Libya is no closer to a vote than it was a year ago.", CASUS_CHANGE, NULL, NULL, NULL, 0, 2, true},
        {"Ghana concluded that the war was lost.", CASUS_CHANGE, NULL, NULL, NULL, 0, 2, true},
        {"The Houthis have grown stronger.", CASUS_CHANGE, "rises", "Houthis", "stronger", 0, 0, false},
        {"The number of Syrian refugees has risen.", CASUS_CHANGE, "rises", "Syrian", NULL, 0, 0, false},
        {"The Taliban have become stronger.", CASUS_CHANGE, "rises", "Taliban", "stronger", 0, 0, false},
        {"Algeria has less sway over Mali than ever.", CASUS_CHANGE, "falls", "Algeria", "sway", 0, 0, false},
    };
    check(all, sizeof all / sizeof *all);
}

static void prospects(void **state) {
    (void)state;
    static const shape all[] = {
        {"A new war would devastate Lebanon.", CASUS_ASSESSMENT, NULL, "new war", "devastate Lebanon", 0, 2, false},
        {"Moscow can do little more than protest in Geneva and complain to Berlin.", CASUS_POWER, "option", "Moscow", "protest in Geneva", 0, 1, false},
        {"Moscow can do little more than protest in Geneva.", CASUS_POWER, "capability", "Moscow", "do little more", 0, -1, false},
        {"Armenia does not have the means to retake Karabakh.", CASUS_POWER, "capability", "Armenia", "the means", 0, -1, false},
        {"Moscow can ask Iran for drones.", CASUS_POWER, "option", "Moscow", "drones", 0, 1, false},
        {"There is little chance that Putin will accept the plan.", CASUS_ASSESSMENT, NULL, "Putin", "accept the plan", 0, 1, false},
        {"The quarrel with Ukraine will change little in Mali.", CASUS_CAUSE, NULL, "quarrel with Ukraine", "change little", 0, -1, false},
        {"Tehran's aim is to keep American forces out of Iraq.", CASUS_STANCE, "wants", "Tehran", "keep American forces", 0, 0, false},
        {"The Kenyan army is expected to govern until 2026.", CASUS_ASSESSMENT, NULL, "Kenyan army", NULL, 0, 1, false},
        {"Moscow's effectiveness is constrained.", CASUS_POWER, "constraint", "effectiveness", NULL, 0, 0, false},
        {"Limited attacks on Kharkiv remain likely.", CASUS_ASSESSMENT, NULL, "Limited attacks", NULL, 0, 1, false},
        {"A Turkish attack on Manbij cannot be ruled out.", CASUS_ASSESSMENT, NULL, NULL, "Turkish attack", 0, 1, false},
        {"The treaty obliges Armenia to open its border.", CASUS_POWER, "constraint", "Armenia", "open its border", 0, 2, false},
        {"Moscow has many ways to punish Poland.", CASUS_POWER, "option", "Moscow", "punish Poland", 0, 2, false},
        {"Moscow may close the gas pipeline.", CASUS_POWER, "option", "Moscow", "gas pipeline", 0, 1, false},
        {"Israel is likely to strike Iran.", CASUS_ASSESSMENT, NULL, "Israel", "strike", 0, 2, true},
        {"Kenya is concerned with the risk that a war in Sudan would drive out millions.", CASUS_STANCE, "concerned", "Kenya", "war in Sudan", 0, 2, false},
    };
    check(all, sizeof all / sizeof *all);
}

static void ties(void **state) {
    (void)state;
    static const shape all[] = {
        {"Morocco has bought American missiles.", CASUS_RELATION, "arms", "United States", "Morocco", 0, 0, false},
        {"Ukraine has armies, and its arsenal of German tanks has grown.", CASUS_RELATION, "arms", "Germany", "Ukraine", 0, 0, false},
        {"Kenya condemned the Israeli missiles.", CASUS_RELATION, "arms", NULL, NULL, 0, 2, true},
        {"Relations between Ankara and Athens have soured.", CASUS_RELATION, "hostile", "Turkey", "Greece", 0, 0, false},
        {"Prices in Ankara and Athens have soared.", CASUS_RELATION, NULL, NULL, NULL, 0, 2, true},
        {"Iran has helped the Houthis survive.", CASUS_RELATION, "supports", "Iran", "Houthi", 0, 0, false},
        {"Washington persuaded Ecuador in 2024 to lead a regional force.", CASUS_RELATION, "leads", "Ecuador", "force", 0, 2, false},
        {"Cuba could not have survived without Soviet oil.", CASUS_RELATION, "depends-on", "Cuba", "Soviet", 0, 2, false},
        {"Without loans from Beijing, Laos would collapse.", CASUS_RELATION, "depends-on", "Laos", "loans from Beijing", 0, 2, false},
        {"Turkey could offer intelligence without troops.", CASUS_RELATION, "depends-on", NULL, NULL, 0, 2, true},
        {"The opposition holds a bank that the army controls.", CASUS_RELATION, "controls", "army", "a bank", 0, 0, false},
        {"Pakistan's rivals need the United States.", CASUS_STANCE, "wants", "Pakistan's rivals", "United States", 0, 0, false},
        {"Jordan, a partner of Britain, has closed its border.", CASUS_RELATION, "ally", "Jordan", "United Kingdom", 0, 2, false},
        {"Bahrain, Britain's ally, has closed its border.", CASUS_RELATION, "ally", "Bahrain", "United Kingdom", 0, 2, false},
        {"Cuba and Nicaragua are allies.", CASUS_RELATION, "ally", "Cuba", "Nicaragua", 0, 0, false},
        {"Sudan and Chad are at war.", CASUS_RELATION, "hostile", "Sudan", "Chad", 0, 0, false},
        {"Sudan and Chad are at home.", CASUS_RELATION, NULL, NULL, NULL, 0, 2, true},
        {"Cuba is an enemy of Peru.", CASUS_RELATION, "hostile", "Cuba", "Peru", 0, 0, false},
        {"Japan and Vietnam have deepened their partnership.", CASUS_RELATION, "ally", "Japan", "Vietnam", 0, 0, false},
        {"Relations between Ankara and Athens have soured.", CASUS_RELATION, "ally", NULL, NULL, 0, 2, true},
        {"The Ukrainian-backed militia fled.", CASUS_RELATION, "supports", "Ukraine", "militia", 0, 2, false},
        {"India has troops in Bhutan.", CASUS_RELATION, "hosts-bases", "Bhutan", "India", 0, 0, false},
        {"The accord helped Bosnia join the union.", CASUS_RELATION, "supports", NULL, NULL, 0, 2, true},
        {"The raids of Hezbollah are meant to frighten Israel.", CASUS_STANCE, "wants", "Hezbollah", "frighten Israel", 0, 0, false},
        {"Egypt's plan has alarmed Sudan.", CASUS_STANCE, "concerned", "Sudan", "Egypt", 0, 0, false},
        {"France, rather than Spain, sells arms to Morocco.", CASUS_RELATION, "arms", "Spain", NULL, 0, 2, true},
        {"Taiwan's legislature is controlled by the Kuomintang.", CASUS_RELATION, "controls", "Kuomintang", "legislature", 0, 0, false},
        {"The oil fields are in the hands of the Kurds.", CASUS_RELATION, "controls", "Kurds", "oil fields", 0, 0, false},
        {"Iran and Bahrain restored relations in 2024.", CASUS_RELATION, "normalises", "Iran", "Bahrain", 0, 0, false},
        {"Hezbollah gets its missiles from Iran.", CASUS_RELATION, "arms", "Iran", "Hezbollah", 0, 0, false},
        {"Museveni's brother, Salim Saleh, commands the army.", CASUS_RELATION, "leads", "Salim Saleh", "army", 0, 0, false},
        {"Museveni's brother, Salim Saleh, commands the army.", CASUS_RELATION, "leads", "Museveni", "army", 0, 0, true},
        {"The speaker of Lebanon's parliament owes his seat to Hezbollah.", CASUS_RELATION, "depends-on", "speaker", "Hezbollah", 0, 0, false},
        {"The raid hurt Hezbollah.", CASUS_CAUSE, "causes", "The raid", "Hezbollah", 0, 0, false},
        {"Clashes between Chadian soldiers and the RSF have intensified.", CASUS_EVENT, NULL, "Chad", "RSF", CASUS_ASSAULT, 0, false},
        {"Clashes broke out in Homs between Syrian soldiers and Hezbollah.", CASUS_EVENT, NULL, "Syria", "Hezbollah", CASUS_ASSAULT, 0, false},
        {"Talks were held in Doha between Rwanda and Uganda.", CASUS_RELATION, "dialogue", "Rwanda", "Uganda", 0, 0, false},
        {"The United States, Japan and Australia condemned Hezbollah.", CASUS_EVENT, NULL, "Australia", "Hezbollah", CASUS_ACCUSE, 0, false},
        {"The AU mission called for calm.", CASUS_EVENT, NULL, NULL, "calm", CASUS_REQUEST, 2, false},
        {"An exchange between Russia and Ukraine took place in Turkey.", CASUS_EVENT, NULL, NULL, "Turkey", CASUS_AID, 2, true},
        {"Rwanda arms Somalia.", CASUS_RELATION, "arms", "Rwanda", "Somalia", 0, 0, false},
        {"Thailand borders Laos.", CASUS_RELATION, "tied", "Thailand", "Laos", 0, 0, false},
        {"Japan fears Hezbollah, whose patron is Iran.", CASUS_RELATION, "supports", "Iran", "Hezbollah", 0, 0, false},
        {"Hezbollah is no mere proxy of Iran.", CASUS_RELATION, "controls", "Iran", "Hezbollah", 0, -1, false},
        {"Chad's army fought the rebels near Faya.", CASUS_RELATION, "member-of", NULL, NULL, 0, 2, true},
        {"Kenya is close to elections.", CASUS_RELATION, NULL, NULL, NULL, 0, 2, true},
    };
    check(all, sizeof all / sizeof *all);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(causes), cmocka_unit_test(comparisons), cmocka_unit_test(judgments), cmocka_unit_test(trends), cmocka_unit_test(prospects), cmocka_unit_test(ties)};
    return cmocka_run_group_tests(tests, reading_open, reading_close);
}
