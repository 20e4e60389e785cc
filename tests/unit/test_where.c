/* Places: which words name one, what contains it, and which act happened there. The knowledge is a small one made here.
 */
#include "coder/where.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "unit/trees.h"

static const char ACTORS[] =
    "KEN\n  name: Kenya\n  adj: Kenyan\n  people: Kenyan/Kenyans\n  capital: Nairobi\n  type: state\n  country: KEN\n"
    "MLI\n  name: Mali\n  adj: Malian\n  capital: Bamako\n  type: state\n  country: MLI\n"
    "SYR\n  name: Syria\n  adj: Syrian\n  capital: Damascus\n  type: state\n  country: SYR\n"
    "USA\n  name: United States\n  also: U.S.\n  adj: American\n  capital: Washington\n  type: state\n  country: USA\n"
    "MLI.ARMY\n  name: Malian Armed Forces\n  also: Mali Army\n  type: organ\n  country: MLI\n"
    "UZB\n  name: Uzbekistan\n  adj: Uzbek\n  capital: Tashkent\n  type: state\n  country: UZB\n";
static const char PLACES[] = "SAHEL\n  name: Sahel\n  kind: region\n"
                             "GAO\n  name: Gao\n  kind: city\n  country: MLI\n  lat: 16.27\n  lon: -0.04\n"
                             "BAGRAM\n  name: Larkana base\n  kind: site\n  country: KEN\n";

static casus_model *model;
static casus_parser *parser;
static casus_lexicon *lexicon;
static casus_arena arena;
static char folder[] = "/tmp/casus-where-XXXXXX";

static void put(const char *name, const char *text) {
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(casus_file_write(path, text, strlen(text), NULL), CASUS_OK);
}

static void drop(const char *name) {
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    remove(path);
}

static int open_all(void **state) {
    (void)state;
    casus_error err = {0};
    char path[200];
    casus_arena_init(&arena);
    if (!mkdtemp(folder)) return -1;
    snprintf(path, sizeof path, "%s/actors", folder);
    mkdir(path, 0700);
    put("actors/all.txt", ACTORS);
    put("places.txt", PLACES);
    put("agents.txt", "LEG type=organ\n  noun: congress/congresses\n");
    const char *folders[] = {folder};
    snprintf(path, sizeof path, "%s/lexicon.casus", folder);
    if (casus_lexicon_compile(folders, 1, path, NULL, &err) != CASUS_OK ||
        casus_lexicon_open(&lexicon, path, &err) != CASUS_OK)
        return print_error("%s\n", err.message), -1;
    if (casus_model_open(&model, "models/english.casus", &err) != CASUS_OK) return -1;
    return casus_parser_new(&parser, model, &err) == CASUS_OK ? 0 : -1;
}

static int close_all(void **state) {
    (void)state;
    casus_parser_free(parser);
    casus_model_close(model);
    casus_lexicon_close(lexicon);
    casus_arena_done(&arena);
    drop("actors/all.txt");
    drop("places.txt");
    drop("agents.txt");
    drop("lexicon.casus");
    drop("actors");
    return rmdir(folder);
}

static casus_sentence *parse(const char *text) {
    casus_document doc = {.text = casus_str_of(text)};
    casus_sentences all;
    casus_error err;
    if (casus_text_split(&doc, &arena, &all, &err) != CASUS_OK || all.n == 0) return NULL;
    return casus_parser_parse(parser, &arena, &all.items[0], &err) == CASUS_OK ? &all.items[0] : NULL;
}

static size_t show_place(char *out, size_t size, const casus_place *p, bool first) {
    return (size_t)snprintf(out, size, "%s%.*s %s %s", first ? "" : " | ", CASUS_FMT(p->text),
                            p->country ? p->country : "-", p->precision ? p->precision : "-");
}

typedef struct row {
    const char *text, *places;
} row;

static const row ROWS[] = {
    {"Rebels attacked a camp in northern Mali.", "northern Mali MLI region"},
    {"Rebels attacked a camp in Mali.", "Mali MLI country"},
    {"A bomb exploded near the Nairobi airport.", "Nairobi airport KEN site | Nairobi KEN city"},
    {"The army shelled the port of Beshkent.", "Beshkent - city"},
    {"They shelled the Uzbek city of Tarvat.", "Tarvat UZB city"},
    {"The Kenyan town of Marwessa was shelled.", "Marwessa KEN city"},
    {"Clashes broke out in Orbash, Syria.", "Orbash SYR - | Syria SYR country"},
    {"Clashes broke out in Orbash and Meltem.", "Orbash - - | Meltem - -"},
    {"Soldiers raided a farm in Kenya's Tolwani province.", "Kenya KEN country | Tolwani province KEN admin1"},
    {"The drought hit the Sahel.", "Sahel - region"},
    {"The governor of Gao resigned.", "Gao MLI city"},
    {"The general visited Larkana base.", "Larkana base KEN site"},
    {"Protesters gathered outside the Merkan concert hall in Damascus.",
     "Merkan concert hall SYR site | Damascus SYR city"},
    {"Pirates seized a tanker in the Gulf of Marwe.", "Gulf of Marwe - region"},
    {"The text is in Tabor format.", ""},
    {"It is written in the Relief Act.", ""},
    {"The Mali Army denied it.", ""},
    {"The bill failed in Congress.", ""},
    {"It happened in March.", ""},
    {"The guards left on Monday.", ""},
    {"Kofi Mensah spoke.", ""},
};

static void places_are_found(void **state) {
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        casus_sentence *s = parse(ROWS[i].text);
        assert_non_null(s);
        coder_places list;
        char got[400] = "";
        size_t at = 0;
        coder_places_read(&arena, casus_str_of(ROWS[i].text), s, lexicon, NULL, &list);
        for (size_t k = 0; k < list.n; k++) at += show_place(got + at, sizeof got - at, &list.items[k].place, k == 0);
        if (strcmp(got, ROWS[i].places) != 0)
            wrong++, print_message("%s\n   got:    %s\n   wanted: %s\n", ROWS[i].text, got, ROWS[i].places);
        casus_arena_reset(&arena);
    }
    assert_int_equal(wrong, 0);
}

static void knowledge_gives_coordinates_and_the_unknown_has_none(void **state) {
    (void)state;
    const char *text = "They met in Gao and in Orbash.";
    casus_sentence *s = parse(text);
    coder_places list;
    coder_places_read(&arena, casus_str_of(text), s, lexicon, NULL, &list);
    assert_int_equal(list.n, 2);
    assert_true(list.items[0].place.located);
    assert_true(list.items[0].place.lat > 16 && list.items[0].place.lat < 17);
    assert_string_equal(list.items[0].place.id, "GAO");
    assert_true(list.items[0].place.knowledge_id);
    assert_false(list.items[1].place.located);
    assert_null(list.items[1].place.country);
    assert_null(list.items[1].place.id);
    assert_true(casus_str_is(list.items[1].place.name, "Orbash"));
    casus_arena_reset(&arena);
}

typedef struct owner {
    const char *tree, *token, *places; /* joined by " < " */
} owner;

#define GATE                                                                                                           \
    "It_PRP_2_nsubj bombed=bomb_VBD_0_root the_DT_5_det Nairobi_NNP_5_compound airport_NN_8_nmod:poss 's_POS_5_case "  \
    "Tabor_NNP_8_compound Gate_NNP_2_obj "                                                                             \
    "and_CC_10_cc left_VBD_2_conj"
#define HALL                                                                                                           \
    "The_DT_2_det attack_NN_11_nsubj:pass against_IN_6_case the_DT_6_det Merkan_NNP_6_compound hall_NN_2_nmod "        \
    "in_IN_8_case Damascus_NNP_6_nmod was=be_VBD_11_aux:pass "                                                         \
    "quickly_RB_11_advmod condemned=condemn_VBN_0_root in_IN_13_case Kenya_NNP_11_obl"
#define CAPITAL "Damascus_NNP_2_nsubj blamed=blame_VBD_0_root rebels_NNS_2_obj in_IN_5_case Mali_NNP_2_obl"
#define SAID                                                                                                           \
    "Officials_NNS_4_nsubj in_IN_3_case Nairobi_NNP_1_nmod said_VBD_0_root that_IN_7_mark rebels_NNS_7_nsubj "         \
    "struck=strike_VBD_4_ccomp in_IN_9_case Mali_NNP_7_obl"

static const owner OWNERS[] = {
    {GATE, "bombed", "Tabor Gate < Nairobi airport < Nairobi"},
    {GATE, "left", "Tabor Gate < Nairobi airport < Nairobi"},
    {HALL, "attack", "Merkan hall < Damascus"},
    {HALL, "condemned", "Kenya"},
    {CAPITAL, "blamed", "Mali"},
    {SAID, "said", ""},
    {SAID, "struck", "Mali"},
    {"The_DT_3_det Gao_NNP_3_compound attack_NN_4_nsubj shocked=shock_VBD_0_root Mali_NNP_4_obj", "attack", "Gao"},
    {"The_DT_3_det Gao_NNP_3_compound attack_NN_4_nsubj shocked=shock_VBD_0_root Mali_NNP_4_obj", "shocked", ""},
    {"The_DT_3_det U.S._NNP_3_compound withdrawal_NN_4_nsubj helped=help_VBD_0_root them_PRP_4_obj", "withdrawal", ""},
    {"They_PRP_2_nsubj fired=fire_VBD_0_root rockets_NNS_2_obj against_IN_7_case the_DT_7_det Uzbek_JJ_7_amod "
     "city_NN_2_obl of_IN_9_case Tarvat_NNP_7_nmod",
     "fired", "Tarvat"},
    {"They_PRP_2_nsubj hit_VBD_0_root targets_NNS_2_obj in_IN_5_case Syria_NNP_3_nmod", "hit", "Syria"},
    {"They_PRP_2_nsubj hit_VBD_0_root targets_NNS_2_obj in_IN_5_case Syria_NNP_3_nmod", "targets", "Syria"},
    {"They_PRP_2_nsubj sanctioned=sanction_VBD_0_root Syria_NNP_2_obj", "sanctioned", ""},
};

static void acts_have_their_places(void **state) {
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof OWNERS / sizeof *OWNERS; i++) {
        const owner *o = &OWNERS[i];
        tree t = tree_of(&arena, o->tree);
        coder_places list;
        coder_places_read(&arena, t.text, &t.sentence, lexicon, NULL, &list);
        int token = 0;
        while (!casus_str_is(t.sentence.tokens[token].form, o->token)) token++;
        casus_place *places;
        size_t n, at = 0;
        char got[300] = "";
        coder_place_for(&arena, &t.sentence, &list, token, &places, &n, NULL);
        for (size_t k = 0; k < n; k++)
            at += (size_t)snprintf(got + at, sizeof got - at, "%s%.*s", k ? " < " : "", CASUS_FMT(places[k].text));
        if (strcmp(got, o->places) != 0)
            wrong++, print_message("%.*s: `%s` at %s, not %s\n", CASUS_FMT(t.text), o->token, got, o->places);
        casus_arena_reset(&arena);
    }
    assert_int_equal(wrong, 0);
}

static void without_knowledge_only_introduced_names_are_places(void **state) {
    (void)state;
    const char *text = "Mali sent guards to a camp in Orbash.";
    casus_sentence *s = parse(text);
    coder_places list;
    coder_places_read(&arena, casus_str_of(text), s, NULL, NULL, &list);
    assert_int_equal(list.n, 1);
    assert_true(casus_str_is(list.items[0].place.text, "Orbash"));
    casus_arena_reset(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_found),
        cmocka_unit_test(knowledge_gives_coordinates_and_the_unknown_has_none),
        cmocka_unit_test(acts_have_their_places),
        cmocka_unit_test(without_knowledge_only_introduced_names_are_places),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
