/* Time expressions: what they mean on a document of Thursday 2024-03-28, and whose they are. */
#include "coder/when.h"

#include "casus/lexicon.h"

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

/* "words begin..end[~]" of all times but members of lists, joined by " | ". */
static void show(const coder_times *list, char *out, size_t size) {
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < list->n && n < size; i++) {
        const coder_time *t = &list->items[i];
        if (t->group && t->place < 0 && t->time.approx) continue; /* a list of separate times shows its members */
        if (t->group && t->place >= 0 && !list->items[i - (size_t)t->place - 1].time.approx) continue;
        n += (size_t)snprintf(out + n, size - n, "%s%.*s %s..%s%s", n ? " | " : "", CASUS_FMT(t->time.text),
                              t->time.begin, t->time.end, t->time.approx ? "~" : "");
    }
}

typedef struct row {
    const char *text, *times;
} row;

static const row ROWS[] = {
    {"The ministry was closed in March 2019.", "in March 2019 2019-03-01..2019-03-31"},
    {"On 14 June 2017 the council voted.", "On 14 June 2017 2017-06-14..2017-06-14"},
    {"The council voted on June 14, 2017.", "on June 14, 2017 2017-06-14..2017-06-14"},
    {"They signed it on the 3rd of May 2011.", "on the 3rd of May 2011 2011-05-03..2011-05-03"},
    {"Talks ran from 3-5 May 2011 in Oslo.", "from 3-5 May 2011 2011-05-03..2011-05-05"},
    {"The pact of 2024-02-11 lapsed.", "2024-02-11 2024-02-11..2024-02-11"},
    {"By 2009, the militia was selling timber.", "By 2009 ..2009-12-31"},
    {"The base stayed open until 2013.", "until 2013 ..2013-12-31"},
    {"Before 2006 the party was banned.", "Before 2006 ..2005-12-31"},
    {"The port has been shut since 2016.", "since 2016 2016-01-01.."},
    {"The port has been shut since April 2016.", "since April 2016 2016-04-01.."},
    {"He wants the bill passed before the vote of May 3.", "May 3 2024-05-03..2024-05-03 | before the vote of May 3 ..2024-05-03"},
    {"The town is to be returned by June.", "by June ..2024-06-30"},
    {"They met for the third time in four months.", "in four months 2023-11-28..2024-03-28~"},
    {"The governor has ruled for twenty years.", "for twenty years 2004-03-28..2024-03-28~"},
    {"The governor had ruled for twenty years.", "for twenty years .."},
    {"The pact was shelved before the end of the year.", "before the end of the year ..2024-12-31~"},
    {"In early 2020 the troops left.", "In early 2020 2020-01-01..2020-03-31~"},
    {"In mid-2020 the troops left.", "In mid-2020 2020-05-01..2020-08-31~"},
    {"In late 2020 the troops left.", "In late 2020 2020-10-01..2020-12-31~"},
    {"In late August 2020 the troops left.", "In late August 2020 2020-08-21..2020-08-31~"},
    {"At the end of 2020 the troops left.", "At the end of 2020 2020-10-01..2020-12-31~"},
    {"They fought from 2004 to 2008.", "from 2004 to 2008 2004-01-01..2008-12-31"},
    {"They fought between 2004 and 2008.", "between 2004 and 2008 2004-01-01..2008-12-31"},
    {"From 2004-2008 they fought.", "From 2004-2008 2004-01-01..2008-12-31"},
    {"They fought in 2004\xE2\x80\x93"
     "2008 in the hills.",
     "in 2004\xE2\x80\x93"
     "2008 2004-01-01..2008-12-31"},
    {"The siege lasted from April to June 2012.", "from April to June 2012 2012-04-01..2012-06-30"},
    {"The siege lasted from November to January 2012.", "from November to January 2012 2011-11-01..2012-01-31"},
    {"In 2010 and 2011, strikes spread.", "In 2010 and 2011 2010-01-01..2011-12-31"},
    {"Bombs went off in May and October 2015.", "in May 2015-05-01..2015-05-31 | October 2015 2015-10-01..2015-10-31"},
    {"Bombs went off in 2003, 2007 and 2015.",
     "in 2003 2003-01-01..2003-12-31 | 2007 2007-01-01..2007-12-31 | 2015 2015-01-01..2015-12-31"},
    {"Exports fell last year.", "last year 2023-01-01..2023-12-31"},
    {"Exports fell last month.", "last month 2024-02-01..2024-02-29"},
    {"Exports fell last week.", "last week 2024-03-18..2024-03-24"},
    {"Exports fell yesterday.", "yesterday 2024-03-27..2024-03-27"},
    {"Exports have fallen this year.", "this year 2024-01-01..2024-12-31"},
    {"Exports will fall next year.", "next year 2025-01-01..2025-12-31"},
    {"Exports have fallen over the past two years.", "over the past two years 2022-03-28..2024-03-28"},
    {"Exports have fallen in the last six months.", "in the last six months 2023-09-28..2024-03-28"},
    {"Exports fell over the past decade.", "over the past decade 2014-03-28..2024-03-28"},
    {"The group was founded a decade ago.", "a decade ago 2014-01-01..2014-12-31~"},
    {"The group was founded 25 years ago.", "25 years ago 1999-01-01..1999-12-31~"},
    {"The envoy left three days ago.", "three days ago 2024-03-25..2024-03-25"},
    {"The envoy left two months ago.", "two months ago 2024-01-01..2024-01-31~"},
    {"The envoy left more than two years ago.", "more than two years ago ..2022-12-31~"},
    {"The envoy left two days earlier.", "two days earlier .."},
    {"The army struck on Tuesday.", "on Tuesday 2024-03-26..2024-03-26"},
    {"The army struck on Thursday.", "on Thursday 2024-03-28..2024-03-28"},
    {"The army struck last Thursday.", "last Thursday 2024-03-21..2024-03-21"},
    {"The cabinet will meet on Tuesday.", "on Tuesday 2024-04-02..2024-04-02"},
    {"The police arrested him in January.", "in January 2024-01-01..2024-01-31"},
    {"The police arrested him in November.", "in November 2023-11-01..2023-11-30"},
    {"The police arrested him on March 30.", "on March 30 2023-03-30..2023-03-30"},
    {"The courts will reopen in June.", "in June 2024-06-01..2024-06-30"},
    {"The mine closed in October 2021 and reopened in March.",
     "in October 2021 2021-10-01..2021-10-31 | in March 2022-03-01..2022-03-31"},
    {"Envoys have warned them for years.", "for years .."},
    {"Unrest has grown in recent months.", "in recent months .."},
    {"The union was strong in the 1980s.", "in the 1980s 1980-01-01..1989-12-31"},
    {"The union was strong in the early 1980s.", "in the early 1980s 1980-01-01..1983-12-31~"},
    {"The union grew in the mid-1990s.", "in the mid-1990s 1994-01-01..1996-12-31~"},
    {"The border was drawn in the 19th century.", "in the 19th century 1801-01-01..1900-12-31"},
    {"Growth slowed in the first half of 2018.", "in the first half of 2018 2018-01-01..2018-06-30"},
    {"Growth slowed in the third quarter of 2018.", "in the third quarter of 2018 2018-07-01..2018-09-30"},
    {"They met in the summer of 2014.", "in the summer of 2014 2014-06-01..2014-08-31~"},
    {"They met last autumn.", "last autumn 2023-09-01..2023-11-30~"},
    {"Security was tightened after 9/11.", "after 9/11 2001-09-12.."},
    {"Oil prices fell earlier this month.", "earlier this month 2024-03-01..2024-03-28"},
    {"The raid began on Monday, May 6, 2019.", "on Monday, May 6, 2019 2019-05-06..2019-05-06"},
    {"I was away from October 4th to October 19th.", "from October 4th to October 19th 2023-10-04..2023-10-19"},
    {"He won the Jan. 9, 2005 election.", "Jan. 9, 2005 2005-01-09..2005-01-09"},
    {"In March 15 people died.", "In March 2024-03-01..2024-03-31"},
    {"The September 11 attacks changed it.", "September 11 2001-09-11..2001-09-11"},
    {"It fell since 13 December, 1998.", "since 13 December, 1998 1998-12-13.."},
    {"They lived there 90 centuries ago.", "90 centuries ago ..~"},
    /* no dates */
    {"They agreed at the last minute.", ""},
    {"It was her last day there.", ""},
    {"The army sent 2,000 troops.", ""},
    {"The army sent 2000 troops to the border.", ""},
    {"Output was worth $1990 in 2019 dollars.", ""},
    {"The 45-year-old governor resigned.", ""},
    {"The envoy may sign.", ""},
    {"Protesters march in the capital.", ""},
    {"The Security Council passed resolution 1973.", ""},
    {"Theresa May met the king.", ""},
    {"They moved 1950 barrels across the lake.", ""},
    {"The fall of the city shocked them.", ""},
    {"They stormed the Bloody Sunday memorial.", ""},
    {"After coming to power, they banned music.", ""},
    {"It was their third attempt.", ""},
};

static void expressions_mean_what_they_say(void **state) {
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        casus_sentence *s = parse(ROWS[i].text);
        assert_non_null(s);
        coder_times list;
        char got[500];
        coder_times_read(&arena, casus_str_of(ROWS[i].text), s, casus_day_of(2024, 3, 28), CODER_NO_DAY, &list);
        show(&list, got, sizeof got);
        if (strcmp(got, ROWS[i].times) != 0)
            wrong++, print_message("%s\n   got:    %s\n   wanted: %s\n", ROWS[i].text, got, ROWS[i].times);
        casus_arena_reset(&arena);
    }
    assert_int_equal(wrong, 0);
}

static void without_a_date_relative_words_keep_their_words(void **state) {
    (void)state;
    static const char *const TEXTS[] = {"Exports fell last year.",
                                        "They left a decade ago.",
                                        "They struck on Tuesday.",
                                        "They struck in January.",
                                        "They have struck over the past two years.",
                                        "They left yesterday."};
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        casus_sentence *s = parse(TEXTS[i]);
        assert_non_null(s);
        coder_times list;
        coder_times_read(&arena, casus_str_of(TEXTS[i]), s, CODER_NO_DAY, CODER_NO_DAY, &list);
        assert_int_equal(list.n, 1);
        assert_true(list.items[0].time.text.n > 3);
        assert_string_equal(list.items[0].time.begin, "");
        assert_string_equal(list.items[0].time.end, "");
        assert_string_equal(list.items[0].time.how, "relative");
        casus_arena_reset(&arena);
    }
}

/* ---- whose time it is ---------------------------------------------------------------------------------------- */

typedef struct owner {
    const char *tree, *token, *time; /* NULL: none */
} owner;

#define ANSWERED                                                                                                       \
    "In_IN_2_case April_NNP_5_obl 2013_CD_2_nmod:unmarked ,_,_2_punct shelled=shell_VBD_0_root rebels_NNS_5_nsubj "    \
    "the_DT_8_det port_NN_5_obj and_CC_10_cc "                                                                         \
    "mined=mine_VBD_5_conj the_DT_12_det road_NN_10_obj ,_,_14_punct killing=kill_VBG_10_advcl six_CD_14_obj "         \
    ",_,_18_punct which_WDT_18_nsubj "                                                                                 \
    "angered=anger_VBD_10_advcl:relcl Egypt_NNP_18_obj"
#define KILLED                                                                                                         \
    "In_IN_2_case May_NNP_6_obl 2020_CD_2_nmod:unmarked ,_,_2_punct police_NNS_6_nsubj killed=kill_VBD_0_root "        \
    "the_DT_8_det man_NN_6_obj who_WP_10_nsubj "                                                                       \
    "planned=plan_VBD_8_acl:relcl the_DT_15_det October_NNP_15_compound 2018_CD_12_nmod:unmarked "                     \
    "hotel_NN_15_compound attack_NN_10_obj"
#define SINCE                                                                                                          \
    "Since_IN_3_case the_DT_3_det coup_NN_9_obl in_IN_5_case 2012_CD_3_nmod ,_,_3_punct France_NNP_9_nsubj "           \
    "has=have_VBZ_9_aux cut=cut_VBN_0_root aid_NN_9_obj"
#define LOW                                                                                                            \
    "Gunmen_NNS_2_nsubj hit_VBD_0_root the_DT_5_det airport_NN_5_compound gate_NN_2_obj in_IN_7_case June_NNP_5_nmod " \
    "2014_CD_7_nmod:unmarked"
#define LISTED                                                                                                         \
    "It_PRP_2_nsubj bombed=bomb_VBD_0_root the_DT_7_det Omani_JJ_7_amod and_CC_6_cc Qatari_JJ_4_conj "                 \
    "consulates=consulate_NNS_2_obj in_IN_9_case "                                                                     \
    "May_NNP_7_nmod and_CC_11_cc July_NNP_9_conj 2019_CD_9_nmod:unmarked"
#define SAID                                                                                                           \
    "Officials_NNS_2_nsubj said_VBD_0_root on_IN_4_case Monday_NNP_2_obl that_IN_7_mark rebels_NNS_7_nsubj "           \
    "fled=flee_VBD_2_ccomp in_IN_9_case 2011_CD_7_obl ,"                                                               \
    "_,_11_punct burning=burn_VBG_7_advcl farms_NNS_11_obj"

static const owner OWNERS[] = {
    {ANSWERED, "shelled", "In April 2013"},
    {ANSWERED, "mined", "In April 2013"},
    {ANSWERED, "killing", "In April 2013"},
    {ANSWERED, "angered", NULL},
    {KILLED, "killed", "In May 2020"},
    {KILLED, "planned", NULL},
    {KILLED, "attack", "October 2018"},
    {SINCE, "coup", "in 2012"},
    {SINCE, "cut", "Since the coup in 2012"},
    {LOW, "hit", "in June 2014"},
    {SAID, "said", "on Monday"},
    {SAID, "fled", "in 2011"},
    {SAID, "burning", "in 2011"},
    {"They_PRP_2_nsubj condemned=condemn_VBD_0_root the_DT_4_det attack_NN_2_obj in_IN_6_case March_NNP_4_nmod "
     "2012_CD_6_nmod:unmarked",
     "condemned", NULL},
    {"They_PRP_2_nsubj condemned=condemn_VBD_0_root the_DT_4_det attack_NN_2_obj in_IN_6_case March_NNP_4_nmod "
     "2012_CD_6_nmod:unmarked",
     "attack", "in March 2012"},
    {"They_PRP_2_nsubj staged=stage_VBD_0_root a_DT_4_det raid_NN_2_obj in_IN_6_case 2012_CD_2_obl", "raid", "in 2012"},
    {"They_PRP_2_nsubj responded=respond_VBD_0_root to_TO_5_case the_DT_5_det raid_NN_2_obl in_IN_7_case 2012_CD_2_obl",
     "raid", NULL},
    {"They_PRP_2_nsubj forced=force_VBD_0_root him_PRP_2_obj to_TO_5_mark resign_VB_2_xcomp in_IN_7_case 2012_CD_5_obl",
     "forced", "in 2012"},
    {"Troops_NNS_2_nsubj attacked=attack_VBD_0_root and_CC_4_cc burned=burn_VBD_2_conj the_DT_6_det camp_NN_4_obj "
     "in_IN_8_case 2012_CD_4_obl",
     "attacked", "in 2012"},
    {"Troops_NNS_2_nsubj left_VBD_0_root in_IN_4_case 2012_CD_2_obl and_CC_7_cc rebels_NNS_7_nsubj "
     "returned=return_VBD_2_conj",
     "returned", NULL},
};

static void times_belong_to_their_acts(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof OWNERS / sizeof *OWNERS; i++) {
        const owner *o = &OWNERS[i];
        tree t = tree_of(&arena, o->tree);
        coder_times list;
        coder_times_read(&arena, t.text, &t.sentence, casus_day_of(2024, 3, 28), CODER_NO_DAY, &list);
        int at = 0;
        while (!casus_str_is(t.sentence.tokens[at].form, o->token)) at++;
        const coder_time *got = coder_time_for(&t.sentence, &list, at, NULL);
        bool ok = got ? o->time && casus_str_is(got->time.text, o->time) : !o->time;
        if (!ok)
            fail_msg("%.*s: `%s` has %.*s", CASUS_FMT(t.text), o->token, got ? (int)got->time.text.n : 4,
                     got ? got->time.text.at : "none");
        casus_arena_reset(&arena);
    }
}

static void since_opens_the_end(void **state) {
    (void)state;
    tree t = tree_of(&arena, SINCE);
    coder_times list;
    coder_times_read(&arena, t.text, &t.sentence, CODER_NO_DAY, CODER_NO_DAY, &list);
    bool inherited = true;
    const coder_time *got = coder_time_for(&t.sentence, &list, 8, &inherited);
    assert_non_null(got);
    assert_false(inherited);
    assert_string_equal(got->time.begin, "2012-01-01");
    assert_string_equal(got->time.end, "");
    assert_string_equal(got->time.how, "stated");
    casus_arena_reset(&arena);
}

static void a_list_is_dealt_out(void **state) {
    (void)state;
    tree t = tree_of(&arena, LISTED);
    coder_times list;
    coder_times_read(&arena, t.text, &t.sentence, CODER_NO_DAY, CODER_NO_DAY, &list);
    assert_string_equal(coder_time_for_conjunct(&t.sentence, &list, 1, 0, 2, NULL)->time.begin, "2019-05-01");
    assert_string_equal(coder_time_for_conjunct(&t.sentence, &list, 1, 1, 2, NULL)->time.begin, "2019-07-01");
    assert_string_equal(coder_time_for_conjunct(&t.sentence, &list, 1, 1, 2, NULL)->time.end, "2019-07-31");
    const coder_time *whole = coder_time_for_conjunct(&t.sentence, &list, 1, 0, 3, NULL);
    assert_string_equal(whole->time.begin, "2019-05-01");
    assert_string_equal(whole->time.end, "2019-07-31");
    assert_true(whole->time.approx);
    casus_arena_reset(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions_mean_what_they_say),
        cmocka_unit_test(without_a_date_relative_words_keep_their_words),
        cmocka_unit_test(times_belong_to_their_acts),
        cmocka_unit_test(since_opens_the_end),
        cmocka_unit_test(a_list_is_dealt_out),
    };
    return cmocka_run_group_tests(tests, open_model, close_model);
}
