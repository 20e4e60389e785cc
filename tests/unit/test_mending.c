/* Sentences whose tree the parser gets wrong and the reader mends, read with the real model and knowledge ($CASUS_DATA, else the release build's;
 * skipped where neither is there). */
#include "casus/coder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shapes.h"

/* Words that can only be verbs, wherever they stand. */
static void only_verbs(void **state) {
    (void)state;
    static const shape all[] = {
        {"The army of Mali, which buys fuel from Senegal, holds fourteen of the districts and surrounds Kidal.", CASUS_EVENT, NULL, "army", "Kidal", CASUS_ASSAULT, 0, false},
        {"Mali's junta forbade the rally and froze the accounts of the opposition.", CASUS_EVENT, NULL, "junta", "opposition", CASUS_SANCTION, 0, false},
        {"The fourteen of Cabinda met the president of Angola.", CASUS_EVENT, NULL, NULL, "president", CASUS_CONSULT, 0, false},
    };
    check(all, sizeof all / sizeof *all);
}

/* Clauses whose subject or verb a date, a parenthesis or a list has taken. */
static void clauses(void **state) {
    (void)state;
    static const shape all[] = {
        {"On March 14 Naxalite guerrillas raided a police post in Bihar to free a prisoner and wounded a sergeant.", CASUS_EVENT, NULL, "guerrillas", "police post", CASUS_ASSAULT, 0, false},
        {"On March 14 Naxalite guerrillas raided a police post in Bihar to free a prisoner and wounded a sergeant.", CASUS_EVENT, NULL, "guerrillas", "sergeant", CASUS_ASSAULT, 0, false},
        {"In May drones hit the depots of Hezbollah in Beirut.", CASUS_EVENT, NULL, "drones", "Hezbollah", CASUS_ASSAULT, 0, false},
        {"Ghana's suspension of military aid in March angered the junta of Niger.", CASUS_EVENT, NULL, "Ghana", "aid", 0, 0, false},
        {"Their coalition, proclaimed in May 2019 by the former colonel Idriss Taleb, shelled the airport of Bangui and expelled the governor.", CASUS_EVENT, NULL, "coalition", "governor", CASUS_SANCTION, 0, false},
        {"The Freedom Party, whose leader, Ana Duarte, told her members to boycott the poll, condemned the president of Peru.", CASUS_EVENT, NULL, "Party", "president", CASUS_ACCUSE, 0, false},
        {"Since the truce, fights between Hamas and the police have spread around Rafah and Gaza, and villagers of Jabalia accuse the police of shooting farmers.", CASUS_EVENT, NULL, "villagers", "police", CASUS_ACCUSE, 0, false},
        {"Chad protested, Niger accused Libya, and Sudan, which promised an inquiry, has arrested a general.", CASUS_EVENT, NULL, "Sudan", "general", CASUS_COERCE, 0, false},
        {"Peru has not freed the mayor, nor has the court arrested the general.", CASUS_EVENT, NULL, "court", "general", CASUS_COERCE, -1, false},
        {"According to Ghana's defense minister, Kofi Adu, Togo must first withdraw its troops from the border.", CASUS_EVENT, NULL, "Adu", "troops", CASUS_RETREAT, 2, true},
        {"The junta of Niger closed the crossings, burned villages, churches and mosques, and arrested the mayor of Lashio.", CASUS_EVENT, NULL, "junta", "churches", CASUS_ASSAULT, 0, false},
        {"Chad filled the camp with recruits who do not want to fight and emptied the villages.", CASUS_EVENT, NULL, "recruits", "villages", 0, 2, true},
    };
    check(all, sizeof all / sizeof *all);
}

/* Who "whose" is, which verb is whose, and what a verb does to what stands far behind it. */
static void relatives(void **state) {
    (void)state;
    static const shape all[] = {
        {"Rwanda, whose president, Paul Kagame, visited Paris, denies it.", CASUS_EVENT, NULL, "president", "Paris", CASUS_CONSULT, 0, false},
        {"Togo, whose soldiers were expelled from Benin, protested.", CASUS_EVENT, NULL, "Togo", NULL, CASUS_PROTEST, 0, false},
        {"Togo, whose soldiers were expelled from Benin, protested.", CASUS_EVENT, NULL, NULL, "Togo, whose", CASUS_SANCTION, 2, true},
        {"The Lanao Front (LNF), whose capture of Butig in March cost nearly 900 lives, negotiates with Manila.", CASUS_EVENT, NULL, "Front", "Butig", CASUS_ASSAULT, 0, false},
        {"Uganda's president had the opposition leader arrested in Kenya.", CASUS_EVENT, NULL, "president", "opposition leader", CASUS_COERCE, 0, false},
        {"The army of Chad had five soldiers killed in Bol.", CASUS_EVENT, NULL, "army", "soldiers", CASUS_ASSAULT, 2, true},
        {"Samoa is extending its wall; President Ana Tuala calls for a truce with Tonga.", CASUS_EVENT, NULL, "Tuala", "truce", CASUS_REQUEST, 0, false},
        {"The junta of Mali seized from the bank the gold of Canada.", CASUS_EVENT, NULL, "junta", "gold", CASUS_COERCE, 0, false},
    };
    check(all, sizeof all / sizeof *all);
}

/* The verb of a sentence, taken for a participle or for a clause beside another. */
static void main_verbs(void **state) {
    (void)state;
    static const shape all[] = {
        {"Malawi's president, Ana Banda, sent soldiers into the embassy of Zambia.", CASUS_EVENT, NULL, "president", "soldiers", 0, 0, false},
        {"Nepal's decision to send rice to Bhutan by way of Sikkim angered Delhi, which tore up the 2012 treaty.", CASUS_EVENT, NULL, "Delhi", "treaty", CASUS_SANCTION, 0, false},
        {"Supporters of Ali Musa marched on Nairobi in November, clashed with the police near the palace and fled.", CASUS_EVENT, NULL, "Supporters", "police", CASUS_ASSAULT, 0, false},
        {"Accused by Ghana of torture, the junta of Niger freed four activists.", CASUS_EVENT, NULL, "Ghana", "junta", CASUS_ACCUSE, 0, false},
        {"Ali Musa, whom prosecutors accuse of fraud, has fled to Oman.", CASUS_EVENT, NULL, "prosecutors", "Musa", CASUS_ACCUSE, 0, false},
        {"Chadian fighters repelled the raid, but lost eleven men and, they say, had to abandon two posts.", CASUS_EVENT, NULL, "fighters", "posts", 0, 2, false},
        {"On Thursday the central bank of Egypt, whose governor resigned in March, condemned the strike, and workers in Suez attacked the police.", CASUS_EVENT, NULL, "workers", "police", CASUS_ASSAULT, 0, false},
        {"On Thursday the central bank of Egypt, whose governor resigned in March, condemned the strike.", CASUS_EVENT, NULL, "bank", "strike", CASUS_ACCUSE, 0, false},
    };
    check(all, sizeof all / sizeof *all);
}

/* Participles in pairs, objects behind an aside, captives. */
static void parties_of_verbs(void **state) {
    (void)state;
    static const shape all[] = {
        {"The truce, brokered by Oman in March and rejected within days by the Houthis, has been extended.", CASUS_EVENT, NULL, "Houthis", "truce", CASUS_REJECT, 0, false},
        {"The brigade, trained by Jordanian officers and paid by Qatar, deserted its posts.", CASUS_RELATION, NULL, "Qatar", "brigade", 0, 2, false},
        {"Kenyan jets bombed what Nairobi called camps of al-Shabaab in May, killing, according to the defense ministry, forty people.", CASUS_EVENT, NULL, "jets", "people", CASUS_ASSAULT, 0, false},
        {"Coca growers took some two hundred soldiers hostage.", CASUS_EVENT, NULL, "growers", "soldiers", CASUS_ASSAULT, 0, false},
        {"The party's founder, jailed since 2019, wrote to the king of Jordan.", CASUS_EVENT, NULL, NULL, "founder", CASUS_COERCE, 0, false},
        {"After suspending accession talks with Brussels, Georgia expelled the envoy of France.", CASUS_EVENT, NULL, "Georgia", "Brussels", 0, 0, false},
    };
    check(all, sizeof all / sizeof *all);
}

/* Verbs behind a parenthesis, a reduced relative or a long opening; who says it at the end. */
static void far_verbs(void **state) {
    (void)state;
    static const shape all[] = {
        {"Missiles fired from the hills struck a Greek tanker on Monday.", CASUS_EVENT, NULL, "Missiles", "tanker", CASUS_ASSAULT, 0, false},
        {"Angolan soldiers, who entered the war on his side, massacred hundreds of civilians in Uige, looted clinics and left.", CASUS_EVENT, NULL, "soldiers", "civilians", CASUS_ASSAULT, 0, false},
        {"Though its commanders signed a truce in August, the eastern front, led by a dissident, attacked the police.", CASUS_EVENT, NULL, "front", "police", CASUS_ASSAULT, 0, false},
        {"Gunmen loyal to the mayor detained the oil minister of Chad.", CASUS_EVENT, NULL, "Gunmen", "oil minister", CASUS_COERCE, 0, false},
        {"Chinese ships rammed one of its boats, fired water cannons at two others and blocked a third.", CASUS_EVENT, NULL, "ships", "others", CASUS_ASSAULT, 0, false},
        {"Shells hit a market of Bawku on Friday, doctors and witnesses said.", CASUS_EVENT, NULL, "doctors", "market", CASUS_ASSAULT, 2, true},
    };
    check(all, sizeof all / sizeof *all);
}

/* Sentences that the parser has left without a verb. */
static void verbless(void **state) {
    (void)state;
    static const shape all[] = {
        {"The army of Chad bombed camps of the rebels.", CASUS_EVENT, NULL, "army", "rebels", CASUS_ASSAULT, 0, false},
        {"Rebels in Darfur burned villages and killed farmers.", CASUS_EVENT, NULL, "Rebels", "farmers", CASUS_ASSAULT, 0, false},
        {"Protesters in Dakar blocked roads, burned tires and attacked banks.", CASUS_EVENT, NULL, "Protesters", "banks", CASUS_ASSAULT, 0, false},
        {"Militants in northern Mozambique beheaded villagers, torched churches and abducted girls.", CASUS_EVENT, NULL, "Militants", "girls", CASUS_ASSAULT, 0, false},
        {"The smuggling has grown since the LRA seized the mine of Bisie in April.", CASUS_EVENT, NULL, "LRA", "Bisie", 0, 0, false},
        {"The overthrow of President Ali Musa, whom the Nigerian army arrested in May, surprised Ghana.", CASUS_EVENT, NULL, "army", "Musa", CASUS_COERCE, 0, false},
        {"The commander of Hamas, who met the president of Iran in May, died.", CASUS_EVENT, NULL, "commander", "president", CASUS_CONSULT, 0, false},
        {"Israel-backed militias.", CASUS_EVENT, NULL, NULL, "militias", 0, 2, true},
    };
    check(all, sizeof all / sizeof *all);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(only_verbs), cmocka_unit_test(clauses), cmocka_unit_test(relatives), cmocka_unit_test(main_verbs), cmocka_unit_test(parties_of_verbs), cmocka_unit_test(far_verbs), cmocka_unit_test(verbless)};
    return cmocka_run_group_tests(tests, reading_open, reading_close);
}
