/* Tense, modality and negation, from trees written by hand. */
#include "coder/tense.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "unit/trees.h"

static int token_at(const casus_sentence *s, const char *form) {
    for (int i = 0; i < (int)s->n; i++)
        if (casus_str_is(s->tokens[i].form, form)) return i;
    fail_msg("no token %s", form);
    return -1;
}

typedef struct row {
    const char *tree, *token;
    casus_tense tense;
    coder_modal_kind modal;
    bool negative;
} row;

static const row ROWS[] = {
    {"Rebels_NNS_2_nsubj seized_VBD_0_root the_DT_4_det bridge_NN_2_obj ._._2_punct", "seized", CASUS_PAST,
     CODER_NO_MODAL, false},
    {"It_PRP_3_nsubj was=be_VBD_3_aux arming=arm_VBG_0_root them_PRP_3_obj", "arming", CASUS_PAST, CODER_NO_MODAL,
     false},
    {"It_PRP_4_nsubj has=have_VBZ_4_aux been=be_VBN_4_aux arming=arm_VBG_0_root them_PRP_4_obj", "arming",
     CASUS_PRESENT, CODER_NO_MODAL, false},
    {"It_PRP_3_nsubj has=have_VBZ_3_aux armed=arm_VBN_0_root them_PRP_3_obj", "armed", CASUS_PAST, CODER_NO_MODAL,
     false},
    {"They_PRP_4_nsubj have_VBP_4_aux been=be_VBN_4_aux:pass expelled=expel_VBN_0_root", "expelled", CASUS_PAST,
     CODER_NO_MODAL, false},
    {"They_PRP_4_nsubj have_VBP_4_aux been=be_VBN_4_cop hostile_JJ_0_root", "hostile", CASUS_PRESENT, CODER_NO_MODAL,
     false},
    {"They_PRP_3_nsubj had=have_VBD_3_aux left=leave_VBN_0_root", "left", CASUS_PAST, CODER_NO_MODAL, false},
    {"Iran_NNP_3_nsubj will_MD_3_aux sign_VB_0_root", "sign", CASUS_FUTURE, CODER_WILL, false},
    {"Iran_NNP_3_nsubj is=be_VBZ_3_aux going=go_VBG_0_root to_TO_5_mark sign_VB_3_xcomp", "sign", CASUS_FUTURE,
     CODER_WILL, false},
    {"Iran_NNP_3_nsubj is=be_VBZ_3_cop likely_JJ_0_root to_TO_5_mark sign_VB_3_xcomp", "sign", CASUS_FUTURE,
     CODER_NO_MODAL, false},
    {"Iran_NNP_3_nsubj may_MD_3_aux sign_VB_0_root", "sign", CASUS_FUTURE, CODER_MAY, false},
    {"Iran_NNP_4_nsubj may_MD_4_aux have_VB_4_aux signed=sign_VBN_0_root", "signed", CASUS_PAST, CODER_MAY, false},
    {"Iran_NNP_3_nsubj could_MD_3_aux sign_VB_0_root", "sign", CASUS_HYPOTHETICAL, CODER_MAY, false},
    {"Iran_NNP_3_nsubj would_MD_3_aux sign_VB_0_root", "sign", CASUS_HYPOTHETICAL, CODER_WOULD, false},
    {"Iran_NNP_2_nsubj said=say_VBD_0_root it_PRP_5_nsubj would_MD_5_aux sign_VB_2_ccomp", "sign", CASUS_FUTURE,
     CODER_WOULD, false},
    {"Iran_NNP_3_nsubj should_MD_3_aux sign_VB_0_root", "sign", CASUS_HYPOTHETICAL, CODER_SHOULD, false},
    {"Iran_NNP_3_nsubj must_MD_3_aux sign_VB_0_root", "sign", CASUS_PRESENT, CODER_MUST, false},
    {"Iran_NNP_3_nsubj can_MD_3_aux sign_VB_0_root", "sign", CASUS_PRESENT, CODER_CAN, false},
    {"If_IN_3_mark Iran_NNP_3_nsubj signs=sign_VBZ_7_advcl ,_,_3_punct oil_NN_7_nsubj will_MD_7_aux fall_VB_0_root",
     "signs", CASUS_HYPOTHETICAL, CODER_NO_MODAL, false},
    {"If_IN_3_mark Iran_NNP_3_nsubj signs=sign_VBZ_7_advcl ,_,_3_punct oil_NN_7_nsubj will_MD_7_aux fall_VB_0_root",
     "fall", CASUS_FUTURE, CODER_WILL, false},
    {"Troops_NNS_2_nsubj tried=try_VBD_0_root to_TO_4_mark enter_VB_2_xcomp", "enter", CASUS_PAST, CODER_NO_MODAL,
     false},
    {"Troops_NNS_3_nsubj may_MD_3_aux try_VB_0_root to_TO_5_mark enter_VB_3_xcomp", "enter", CASUS_FUTURE, CODER_MAY,
     false},
    {"Troops_NNS_2_nsubj advanced=advance_VBD_0_root ,_,_4_punct burning=burn_VBG_2_advcl farms_NNS_4_obj", "burning",
     CASUS_PAST, CODER_NO_MODAL, false},
    {"They_PRP_2_nsubj fear_VBP_0_root any_DT_6_det ensuing_JJ_6_amod civil_JJ_6_amod war_NN_2_obj", "war",
     CASUS_HYPOTHETICAL, CODER_NO_MODAL, false},
    {"The_DT_2_det raid_NN_3_nsubj killed=kill_VBD_0_root nine_CD_3_obj", "raid", CASUS_PAST, CODER_NO_MODAL, false},
    {"It_PRP_4_nsubj did=do_VBD_4_aux not_RB_4_advmod sign_VB_0_root", "sign", CASUS_PAST, CODER_NO_MODAL, true},
    {"It_PRP_4_nsubj has=have_VBZ_4_aux never_RB_4_advmod signed=sign_VBN_0_root", "signed", CASUS_PAST, CODER_NO_MODAL,
     true},
    {"It_PRP_5_nsubj not_RB_3_advmod only_RB_5_advmod also_RB_5_advmod signed=sign_VBD_0_root", "signed", CASUS_PAST,
     CODER_NO_MODAL, false},
    {"It_PRP_5_nsubj has=have_VBZ_5_aux not_RB_5_advmod been=be_VBN_5_cop willing_JJ_0_root to_TO_7_mark "
     "arrest_VB_5_xcomp ,_,_9_punct kill_VB_7_conj ,_,_12_punct "
     "or_CC_12_cc extradite_VB_7_conj them_PRP_7_obj",
     "arrest", CASUS_PRESENT, CODER_NO_MODAL, true},
    {"It_PRP_5_nsubj has=have_VBZ_5_aux not_RB_5_advmod been=be_VBN_5_cop willing_JJ_0_root to_TO_7_mark "
     "arrest_VB_5_xcomp ,_,_9_punct kill_VB_7_conj ,_,_12_punct "
     "or_CC_12_cc extradite_VB_7_conj them_PRP_7_obj",
     "extradite", CASUS_PRESENT, CODER_NO_MODAL, true},
    {"It_PRP_4_nsubj did=do_VBD_4_aux not_RB_4_advmod retaliate_VB_0_root and_CC_7_cc instead_RB_7_advmod "
     "talked=talk_VBD_4_conj",
     "talked", CASUS_PAST, CODER_NO_MODAL, false},
    {"No_DT_2_det group_NN_3_nsubj claimed=claim_VBD_0_root the_DT_5_det blast_NN_3_obj", "claimed", CASUS_PAST,
     CODER_NO_MODAL, true},
    {"Nobody_NN_2_nsubj claimed=claim_VBD_0_root it_PRP_2_obj", "claimed", CASUS_PAST, CODER_NO_MODAL, true},
    {"They_PRP_2_nsubj left=leave_VBD_0_root without_IN_4_mark signing=sign_VBG_2_advcl", "signing", CASUS_PAST,
     CODER_NO_MODAL, true},
    {"They_PRP_2_nsubj left=leave_VBD_0_root without_IN_4_mark signing=sign_VBG_2_advcl", "left", CASUS_PAST,
     CODER_NO_MODAL, false},
    {"Neither_CC_2_cc:preconj Oman_NNP_5_nsubj nor_CC_4_cc Qatar_NNP_2_conj signed=sign_VBD_0_root", "signed",
     CASUS_PAST, CODER_NO_MODAL, true},
    {"It_PRP_4_nsubj can_MD_4_aux not_RB_4_advmod veto_VB_0_root the_DT_6_det deal_NN_4_obj", "veto", CASUS_PRESENT,
     CODER_CAN, true},
    {"It_PRP_5_nsubj has=have_VBZ_5_aux not_RB_5_advmod been=be_VBN_5_cop able_JJ_0_root to_TO_7_mark move_VB_5_xcomp "
     "them_PRP_7_obj",
     "move", CASUS_PRESENT, CODER_CAN, true},
    {"They_PRP_4_nsubj no_RB_3_advmod longer_RB_4_advmod rule_VBP_0_root", "rule", CASUS_PRESENT, CODER_NO_MODAL, true},
    {"They_PRP_2_nsubj decided=decide_VBD_0_root not_RB_5_advmod to_TO_5_mark attack_VB_2_xcomp", "attack", CASUS_PAST,
     CODER_NO_MODAL, true},
    {"They_PRP_2_nsubj decided=decide_VBD_0_root not_RB_5_advmod to_TO_5_mark attack_VB_2_xcomp", "decided", CASUS_PAST,
     CODER_NO_MODAL, false},
    {"It_PRP_4_nsubj did=do_VBD_4_aux not_RB_4_advmod condemn_VB_0_root the_DT_6_det attack_NN_4_obj", "attack",
     CASUS_PAST, CODER_NO_MODAL, false},
};

static void rows_hold(void **state) {
    (void)state;
    casus_arena a;
    casus_arena_init(&a);
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        const row *r = &ROWS[i];
        tree t = tree_of(&a, r->tree);
        int at = token_at(&t.sentence, r->token);
        casus_tense got = coder_tense(&t.sentence, at);
        coder_modal m = {0};
        coder_modal_of(&t.sentence, at, &m);
        bool negative = coder_negated(&t.sentence, at, NULL);
        if (got != r->tense || m.kind != r->modal || negative != r->negative)
            fail_msg("%.*s: `%s` tense %d modal %d negative %d", CASUS_FMT(t.text), r->token, got, m.kind, negative);
        if (m.kind == CODER_MAY) assert_true(m.has_interval && m.low == 0.0 && m.high == 1.0);
        casus_arena_reset(&a);
    }
    casus_arena_done(&a);
}

/* Implicative and light verbs come from the lexicon: a small one made here. */
static const char CUES[] = "negation\n"
                           "  verb: fail to DO; refuse to DO; stop short of DO; stop DO; prevent; keep TARGET from DO\n"
                           "  noun: failure to DO; lack of\n"
                           "  adj: unable to DO; failed\n"
                           "light\n  verb: launch; hold\n";

typedef struct reach {
    const char *tree, *token;
    bool negative;
} reach;

static const reach REACHES[] = {
    {"They_PRP_2_nsubj failed=fail_VBD_0_root to_TO_4_mark attack_VB_2_xcomp", "attack", true},
    {"They_PRP_2_nsubj failed=fail_VBD_0_root to_TO_4_mark attack_VB_2_xcomp", "failed", false},
    {"They_PRP_4_nsubj did=do_VBD_4_aux not_RB_4_advmod fail_VB_0_root to_TO_6_mark attack_VB_4_xcomp", "attack",
     false},
    {"They_PRP_2_nsubj refused=refuse_VBD_0_root to_TO_4_mark arrest_VB_2_xcomp or_CC_6_cc kill_VB_4_conj "
     "him_PRP_4_obj",
     "kill", true},
    {"They_PRP_2_nsubj stopped=stop_VBD_0_root short_RB_2_advmod of_IN_5_mark attacking=attack_VBG_2_advcl",
     "attacking", true},
    {"They_PRP_2_nsubj stopped=stop_VBD_0_root attacking=attack_VBG_2_xcomp them_PRP_3_obj", "attacking", true},
    {"They_PRP_2_nsubj prevented=prevent_VBD_0_root an_DT_4_det attack_NN_2_obj", "attack", true},
    {"Their_PRP$_2_nmod:poss failure_NN_5_nsubj to_TO_4_mark act_VB_2_acl hurt=hurt_VBD_0_root", "act", true},
    {"A_DT_2_det lack_NN_0_root of_IN_4_case support_NN_2_nmod", "support", true},
    {"They_PRP_3_nsubj were=be_VBD_3_cop unable_JJ_0_root to_TO_5_mark attack_VB_3_xcomp", "attack", true},
    {"The_DT_3_det failed_JJ_3_amod coup_NN_4_nsubj cost_VBD_0_root him_PRP_4_obj", "coup", true},
    {"They_PRP_4_nsubj did=do_VBD_4_aux not_RB_4_advmod launch_VB_0_root an_DT_6_det attack_NN_4_obj", "attack", true},
    {"They_PRP_2_nsubj launched=launch_VBD_0_root no_DT_4_det attack_NN_2_obj", "attack", true},
    {"They_PRP_4_nsubj did=do_VBD_4_aux not_RB_4_advmod condemn_VB_0_root the_DT_6_det attack_NN_4_obj", "attack",
     false},
    {"It_PRP_2_nsubj prevented=prevent_VBD_0_root them_PRP_2_obj over_IN_6_case the_DT_6_det attack_NN_2_obl", "attack",
     false},
    {"They_PRP_2_nsubj left=leave_VBD_0_root ,_,_4_punct saying=say_VBG_2_advcl so_RB_4_advmod", "saying", false},
    {"They_PRP_2_nsubj refused=refuse_VBD_0_root ,_,_4_punct saying=say_VBG_2_advcl so_RB_4_advmod", "saying", false},
};

static casus_lexicon *small_lexicon(char *folder, size_t size) {
    char cues[100], out[100];
    snprintf(folder, size, "/tmp/casus-tense-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(cues, sizeof cues, "%s/cues.txt", folder);
    snprintf(out, sizeof out, "%s/lexicon.casus", folder);
    const char *folders[] = {folder};
    casus_lexicon *lex = NULL;
    casus_error err = {0};
    assert_int_equal(casus_file_write(cues, CUES, strlen(CUES), NULL), CASUS_OK);
    if (casus_lexicon_compile(folders, 1, out, NULL, &err) != CASUS_OK) fail_msg("%s", err.message);
    assert_int_equal(casus_lexicon_open(&lex, out, NULL), CASUS_OK);
    remove(cues);
    remove(out);
    return lex;
}

static void implicative_verbs_turn_round(void **state) {
    (void)state;
    char folder[64];
    casus_lexicon *lex = small_lexicon(folder, sizeof folder);
    casus_arena a;
    int wrong = 0;
    casus_arena_init(&a);
    for (size_t i = 0; i < sizeof REACHES / sizeof *REACHES; i++) {
        tree t = tree_of(&a, REACHES[i].tree);
        bool got = coder_negated(&t.sentence, token_at(&t.sentence, REACHES[i].token), lex);
        if (got != REACHES[i].negative)
            wrong++, print_message("%.*s: `%s` %s\n", CASUS_FMT(t.text), REACHES[i].token, got ? "-" : "+");
    }
    casus_arena_done(&a);
    casus_lexicon_close(lex);
    rmdir(folder);
    assert_int_equal(wrong, 0);
}

static void a_modal_says_where_it_stands(void **state) {
    (void)state;
    casus_arena a;
    casus_arena_init(&a);
    tree t = tree_of(&a, "Troops_NNS_3_nsubj may_MD_3_aux try_VB_0_root to_TO_5_mark enter_VB_3_xcomp");
    coder_modal m;
    assert_true(coder_modal_of(&t.sentence, 4, &m));
    assert_true(m.inherited);
    assert_true(casus_str_is(m.text, "may"));
    assert_int_equal(m.span.begin, 7);
    assert_int_equal(m.span.end, 10);
    assert_true(coder_modal_of(&t.sentence, 2, &m));
    assert_false(m.inherited);
    assert_false(coder_modal_of(&t.sentence, 0, &m));
    assert_int_equal(coder_tense(&t.sentence, -1), CASUS_TENSE_NONE);
    casus_arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(rows_hold), cmocka_unit_test(implicative_verbs_turn_round),
                                       cmocka_unit_test(a_modal_says_where_it_stands)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
