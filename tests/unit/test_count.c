/* Counts: what is read from sentences of our own, and which act they belong to. */
#include "coder/count.h"

#include "coder/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "unit/trees.h"

static casus_model *model;
static casus_parser *parser;
static casus_arena arena;

static int open_model(void **state) {
    (void)state;
    casus_error err;
    casus_arena_init(&arena);
    if (casus_model_open(&model, "models/english.casus", &err) != CASUS_OK) return -1;
    return casus_parser_new(&parser, model, &err) == CASUS_OK ? 0 : -1;
}

static int close_model(void **state) {
    (void)state;
    casus_parser_free(parser);
    casus_model_close(model);
    casus_arena_done(&arena);
    return 0;
}

static casus_sentence *parse(const char *text) {
    casus_document doc = {.text = casus_str_of(text)};
    casus_sentences all;
    casus_error err;
    if (casus_text_split(&doc, &arena, &all, &err) != CASUS_OK || all.n == 0) return NULL;
    return casus_parser_parse(parser, &arena, &all.items[0], &err) == CASUS_OK ? &all.items[0] : NULL;
}

static size_t show_number(char *out, size_t size, bool has, double v) {
    return (size_t)(has ? snprintf(out, size, " %.0f", v) : snprintf(out, size, " ?"));
}

/* "kind low best high words[of]" of each, joined by " | ". */
static void show(const casus_count *c, size_t n, char *out, size_t size) {
    size_t at = 0;
    out[0] = '\0';
    for (size_t i = 0; i < n; i++, c++) {
        at += (size_t)snprintf(out + at, size - at, "%s%s", i ? " | " : "", c->kind);
        at += show_number(out + at, size - at, c->has_low, c->low);
        at += show_number(out + at, size - at, c->has_best, c->best);
        at += show_number(out + at, size - at, c->has_high, c->high);
        at += (size_t)snprintf(out + at, size - at, " %.*s[%.*s]", CASUS_FMT(c->text), CASUS_FMT(c->of));
    }
}

typedef struct row {
    const char *text, *counts;
} row;

static const row ROWS[] = {
    {"The blast killed 13 marines and wounded 40 others.",
     "killed 13 13 13 13 marines[marines] | wounded 40 40 40 40 others[others]"},
    {"Rebels shelled the town, killing 13 Malian soldiers and 170 villagers.",
     "killed 13 13 13 13 Malian soldiers[Malian soldiers] | killed 170 170 170 170 villagers[villagers]"},
    {"Twelve people were killed and 30 wounded in the raid.",
     "killed 12 12 12 Twelve people[people] | wounded 30 30 30 30[]"},
    {"At least 20 people died when a bomb exploded in the market.", "killed 20 ? ? At least 20 people[people]"},
    {"The attack left 20 dead and dozens injured.", "killed 20 20 20 20[] | wounded 24 ? ? dozens[]"},
    {"A bombing in the city killed nine, including three children.",
     "killed 9 9 9 nine[] | killed 3 3 3 three children[children]"},
    {"Police arrested more than 300 protesters.", "arrested 300 ? ? more than 300 protesters[protesters]"},
    {"Up to 2.5 million people have been displaced by the war.",
     "displaced ? ? 2500000 Up to 2.5 million people[people]"},
    {"Gunmen kidnapped between 10 and 15 schoolgirls.", "abducted 10 ? 15 between 10 and 15 schoolgirls[schoolgirls]"},
    {"The army said it had killed 10 to 15 insurgents.", "killed 10 ? 15 10 to 15 insurgents[insurgents]"},
    {"The death toll rose to 45 on Monday.", "killed 45 45 45 45[]"},
    {"The quake had a death toll of 1,300.", "killed 1300 1300 1300 1,300[]"},
    {"The government executed 47 prisoners.", "executed 47 47 47 47 prisoners[prisoners]"},
    {"Hundreds of thousands of people fled the fighting.",
     "displaced 200000 ? ? Hundreds of thousands of people[people]"},
    {"Scores of miners are missing.", "missing 40 ? ? Scores of miners[miners]"},
    {"The ministry deployed 3,000 troops to the border.", "deployed 3000 3000 3000 3,000 troops[troops]"},
    {"Nearly 200 soldiers were captured.", "captured ? 200 ? Nearly 200 soldiers[soldiers]"},
    {"The crash claimed 45 lives.", "killed 45 45 45 45 lives[lives]"},
    {"The army lost 30 men.", "killed 30 30 30 30 men[men]"},
    {"45 people killed in the blast were buried.", "killed 45 45 45 45 people[people]"},
    {"As many as 60 villagers were abducted.", "abducted ? ? 60 As many as 60 villagers[villagers]"},
    {"About 70 fighters surrendered to the army on Friday.", "surrendered ? 70 ? About 70 fighters[fighters]"},
    {"There were 17 casualties and 6 arrests.", "casualties 17 17 17 17 casualties[] | arrested 6 6 6 6 arrests[]"},
    {"The killing of 12 aid workers shocked the region.", "killed 12 12 12 12 aid workers[aid workers]"},
    {"Two hundred and thirty migrants were rescued.", "rescued 230 230 230 Two hundred and thirty migrants[migrants]"},
    {"An explosion wounded several policemen.", "wounded ? ? ? several policemen[policemen]"},
    {"The shelling killed many pilgrims.", "killed ? ? ? many pilgrims[pilgrims]"},
    {"The gunmen killed four of the hostages.", "killed 4 4 4 four of the hostages[hostages]"},
    {"Officials said 150 people had been killed and 200 were missing.",
     "killed 150 150 150 150 people[people] | missing 200 200 200 200[]"},
    {"Five soldiers killed two rebels.", "killed 2 2 2 two rebels[rebels]"},
    /* numbers of other things */
    {"Police fired for 20 minutes.", ""},
    {"He was arrested on 12 charges in 2016.", ""},
    {"The parliament has 120 seats.", ""},
    {"The fund paid $13 million to the families.", ""},
    {"Support fell by 20 percent.", ""},
    {"No one was killed.", ""},
    {"They shipped the 2.0 releases.", ""},
    {"Sign up for one free offer.", ""},
    {"The team beat its rival by 3 goals.", ""},
};

static void counts_are_read(void **state) {
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        casus_sentence *s = parse(ROWS[i].text);
        assert_non_null(s);
        coder_tallies list;
        char got[500];
        coder_counts_read(&arena, casus_str_of(ROWS[i].text), s, &list);
        casus_count flat[8];
        for (size_t k = 0; k < list.n && k < 8; k++) flat[k] = list.items[k].count;
        show(flat, list.n, got, sizeof got);
        if (strcmp(got, ROWS[i].counts) != 0)
            wrong++, print_message("%s\n   got:    %s\n   wanted: %s\n", ROWS[i].text, got, ROWS[i].counts);
        casus_arena_reset(&arena);
    }
    assert_int_equal(wrong, 0);
}

static void a_part_knows_its_whole(void **state) {
    (void)state;
    const char *text = "A bombing in the city killed nine, including three children.";
    casus_sentence *s = parse(text);
    coder_tallies list;
    coder_counts_read(&arena, casus_str_of(text), s, &list);
    assert_int_equal(list.n, 2);
    assert_int_equal(list.items[0].part_of, -1);
    assert_int_equal(list.items[1].part_of, 0);
    assert_int_equal(list.items[1].count.span.begin, 45);
    casus_arena_reset(&arena);
}

typedef struct owner {
    const char *tree, *token;
    size_t n;
} owner;

#define BOMBED                                                                                                         \
    "They_PRP_2_nsubj bombed=bomb_VBD_0_root the_DT_4_det gate_NN_2_obj ,_,_6_punct killing=kill_VBG_2_advcl "         \
    "13_CD_8_nummod guards=guard_NNS_6_obj and_CC_10_cc "                                                              \
    "wounding=wound_VBG_6_conj 40_CD_10_obj"
#define RAID                                                                                                           \
    "Twelve_CD_2_nummod people_NNS_4_nsubj:pass were=be_VBD_4_aux:pass killed=kill_VBN_0_root and_CC_7_cc "            \
    "30_CD_7_nsubj:pass wounded=wound_VBN_4_conj in_IN_10_case "                                                       \
    "the_DT_10_det raid_NN_7_obl"
#define THAT                                                                                                           \
    "Rebels_NNS_2_nsubj claimed=claim_VBD_0_root a_DT_4_det blast_NN_2_obj that_WDT_6_nsubj "                          \
    "killed=kill_VBD_4_acl:relcl nine_CD_6_obj"

static const owner OWNERS[] = {
    {BOMBED, "bombed", 2}, {BOMBED, "killing", 2}, {BOMBED, "wounding", 1}, {BOMBED, "gate", 0}, {RAID, "raid", 2},
    {RAID, "killed", 2},   {RAID, "wounded", 1},   {THAT, "blast", 1},      {THAT, "killed", 1}, {THAT, "claimed", 0},
};

static void counts_belong_to_their_acts(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof OWNERS / sizeof *OWNERS; i++) {
        const owner *o = &OWNERS[i];
        tree t = tree_of(&arena, o->tree);
        coder_tallies list;
        coder_counts_read(&arena, t.text, &t.sentence, &list);
        int at = 0;
        while (!casus_str_is(t.sentence.tokens[at].form, o->token)) at++;
        casus_count *got;
        size_t n;
        coder_counts_for(&arena, &t.sentence, &list, at, &got, &n);
        if (n != o->n) fail_msg("%.*s: `%s` has %zu counts", CASUS_FMT(t.text), o->token, n);
        casus_arena_reset(&arena);
    }
}

static void numbers_in_words(void **state) {
    (void)state;
    static const struct {
        const char *form;
        double value;
    } NUMBERS[] = {
        {"7", 7},
        {"1,300", 1300},
        {"12,345,678", 12345678},
        {"2.5", 2.5},
        {"seven", 7},
        {"Twenty-five", 25},
        {"ninety", 90},
        {"1,30", -1},
        {"3,4", -1},
        {"twenty-hundred", -1},
        {"dozen", -1},
        {"", -1},
        {"12th", -1},
    };
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++) {
        double v = -1;
        bool got = coder_number_word(casus_str_of(NUMBERS[i].form), &v);
        assert_int_equal(got, NUMBERS[i].value >= 0);
        if (got) assert_true(v == NUMBERS[i].value);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_read),
        cmocka_unit_test(a_part_knows_its_whole),
        cmocka_unit_test(counts_belong_to_their_acts),
        cmocka_unit_test(numbers_in_words),
    };
    return cmocka_run_group_tests(tests, open_model, close_model);
}
