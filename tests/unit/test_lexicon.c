/* The lexicon: keys and days, a small made-up world compiled and looked up, layers, refusals with file and line. */
#include "casus/lexicon.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char SMALL[] = "tests/data/knowledge-small", OVERLAY[] = "tests/data/knowledge-overlay";
static char folder[64], path[96];

static casus_lexicon *open_world(bool with_overlay) {
    const char *folders[] = {SMALL, OVERLAY};
    casus_lexicon *lex = NULL;
    casus_error err = {0};
    assert_int_equal(casus_lexicon_compile(folders, with_overlay ? 2 : 1, path, NULL, &err), CASUS_OK);
    assert_int_equal(casus_lexicon_open(&lex, path, &err), CASUS_OK);
    return lex;
}

static uint64_t key(const char *s) { return casus_key(casus_str_of(s), false); }
static uint64_t lower(const char *s) { return casus_key(casus_str_of(s), true); }

static int32_t day(const char *iso) {
    int32_t begin, end;
    assert_true(casus_day_parse(casus_str_of(iso), &begin, &end));
    return begin;
}

/* Id of the actor a name means on a day, or NULL. */
static const char *meant(const casus_lexicon *lex, const char *name, const char *on) {
    size_t n = 0;
    const casus_name *names = casus_lexicon_names(lex, key(name), &n);
    casus_known_actor a;
    for (size_t i = 0; names && i < n; i++)
        if (names[i].begin <= day(on) && day(on) < names[i].end && casus_lexicon_actor(lex, names[i].actor, &a)) return a.id;
    return NULL;
}

static void keys_fold_what_accounts_vary(void **state) {
    (void)state;
    assert_true(key("U.S.") == key("US") && key("al-Qaida") == key("al Qaida") && key("Yıldırım") == key("Yildirim"));
    assert_true(key("US") != key("us") && lower("US") == lower("us"));
    assert_true(casus_key_more(key("Dawn"), CASUS_STR("Front"), false) == key("Dawn Front"));
    assert_true(key("- . '") == 0);
    assert_true(casus_lemma_hash(CASUS_STR("Attack")) == casus_lemma_hash(CASUS_STR("attack")));
}

static void days_follow_the_calendar(void **state) {
    (void)state;
    int32_t begin, end;
    char text[11];
    assert_int_equal(casus_day_of(1970, 1, 1), 0);
    assert_int_equal(casus_day_of(2000, 3, 1), 11017);
    assert_true(casus_day_parse(CASUS_STR("2024-02"), &begin, &end));
    assert_int_equal(end - begin, 29);
    assert_true(casus_day_parse(CASUS_STR("2023"), &begin, &end));
    assert_int_equal(end - begin, 365);
    assert_string_equal(casus_day_text(casus_day_of(2024, 3, 28), text), "2024-03-28");
    const char *const bad[] = {"2023-02-29", "2024-13", "2024-04-31", "24", "2024-1-1", "yesterday", ""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(casus_day_parse(casus_str_of(bad[i]), &begin, &end));
}

static void names_mean_whom_they_meant_on_the_day(void **state) {
    (void)state;
    casus_lexicon *lex = open_world(false);
    assert_string_equal(meant(lex, "CL", "2009-12-31"), "LEAGUE");
    assert_string_equal(meant(lex, "CL", "2010-01-01"), "CLUB");
    assert_string_equal(meant(lex, "al Dawn", "2001"), "KLM.DAWN");
    assert_string_equal(meant(lex, "Brandt", "2016"), "KLM.BRANDT");
    assert_null(meant(lex, "Brandt", "2021"));
    assert_null(meant(lex, "Nobody", "2021"));
    assert_int_equal(casus_lexicon_name_words(lex, key("Port")), 2);
    assert_int_equal(casus_lexicon_name_words(lex, key("Nobody")), 0);
    casus_lexicon_close(lex);
}

static void names_say_what_kind_they_are(void **state) {
    (void)state;
    casus_lexicon *lex = open_world(false);
    size_t n = 0;
    assert_int_equal(casus_lexicon_names(lex, key("Kelmish"), &n)->kind, CASUS_NAME_ADJ);
    const casus_name *many = casus_lexicon_names(lex, key("Kelmers"), &n);
    assert_int_equal(many->kind, CASUS_NAME_PEOPLE);
    assert_int_equal(many->plural, 1);
    assert_int_equal(casus_lexicon_names(lex, key("Port Ada"), &n)->kind, CASUS_NAME_CAPITAL);
    const casus_name *seat = casus_lexicon_names(lex, key("Grey House"), &n);
    assert_int_equal(seat->kind, CASUS_NAME_SEAT);
    assert_string_equal(casus_lexicon_string(lex, seat->text), "Grey House");
    casus_lexicon_close(lex);
}

static void roles_change_with_the_date(void **state) {
    (void)state;
    casus_lexicon *lex = open_world(false);
    casus_known_actor dawn, brandt, none;
    assert_true(casus_lexicon_actor_by_id(lex, "KLM.DAWN", &dawn));
    assert_string_equal(dawn.country, "KLM");
    assert_string_equal(casus_lexicon_alias(lex, &dawn, 0), "Dawn Front");
    assert_string_equal(casus_lexicon_fact_on(lex, &dawn, CASUS_FACT_SECTOR, day("2019-08-14")), "REB");
    assert_string_equal(casus_lexicon_fact_on(lex, &dawn, CASUS_FACT_SECTOR, day("2019-08-15")), "GOV");
    assert_string_equal(casus_lexicon_fact_on(lex, &dawn, CASUS_FACT_CAMEO, INT32_MAX), "KLMGOVDWN");
    assert_true(casus_lexicon_actor_by_id(lex, "KLM.BRANDT", &brandt));
    assert_string_equal(casus_lexicon_fact_on(lex, &brandt, CASUS_FACT_OFFICE, day("2020-06-14")), "president");
    assert_null(casus_lexicon_fact_on(lex, &brandt, CASUS_FACT_OFFICE, day("2020-06-15")));
    assert_false(casus_lexicon_actor_by_id(lex, "KLM.NOBODY", &none));
    casus_lexicon_close(lex);
}

static void agents_have_both_numbers(void **state) {
    (void)state;
    casus_lexicon *lex = open_world(false);
    const casus_agent *one = casus_lexicon_agent(lex, lower("Gunman")), *many = casus_lexicon_agent(lex, lower("gunmen"));
    assert_string_equal(one->sector, "UAF");
    assert_false(one->plural);
    assert_true(many->plural && casus_lexicon_agent(lex, lower("raiders"))->plural);
    assert_string_equal(casus_lexicon_string(lex, many->text), "gunman");
    assert_int_equal(casus_lexicon_agent(lex, lower("riot police"))->type, CASUS_AGENT_FORCE);
    assert_int_equal(casus_lexicon_agent_words(lex, lower("riot")), 2);
    assert_null(casus_lexicon_agent(lex, lower("gardener")));
    casus_lexicon_close(lex);
}

static void patterns_keep_their_frames_and_elements(void **state) {
    (void)state;
    casus_lexicon *lex = open_world(false);
    size_t n = 0;
    const casus_pattern *fire = casus_lexicon_patterns(lex, casus_lemma_hash(CASUS_STR("fire")), &n);
    assert_int_equal(n, 1);
    assert_int_equal(fire->n_elements, 2);
    const casus_frame *f = casus_lexicon_frame(lex, fire->frame);
    assert_string_equal(casus_lexicon_string(lex, f->word), "ASSAULT");
    assert_string_equal(casus_lexicon_string(lex, f->mode), "heavy-weapons");
    assert_string_equal(casus_lexicon_string(lex, f->cameo), "194");
    assert_string_equal(casus_lexicon_string(lex, f->context[1]), "terrorism");
    assert_float_equal(f->force, 9, 1e-6);
    const casus_element *e = casus_lexicon_elements(lex, fire);
    const uint32_t *words = casus_lexicon_lemma_hashes(lex, e);
    assert_int_equal(e[0].n_words, 3); /* the set's two, a compound by its last word, and shell */
    assert_true(words[0] == casus_lemma_hash(CASUS_STR("rocket")) && words[1] == casus_lemma_hash(CASUS_STR("grenade")));
    assert_int_equal(e[1].slot, CASUS_SLOT_TARGET);
    assert_int_equal(e[1].n_preps, 2);
    const casus_pattern *attack = casus_lexicon_patterns(lex, casus_lemma_hash(CASUS_STR("attack")), &n);
    assert_int_equal(n, 2); /* the noun with a word before it is more specific, so it comes first */
    assert_int_equal(attack[0].trigger, CASUS_TRIGGER_NOUN);
    assert_int_equal(attack[1].trigger, CASUS_TRIGGER_VERB);
    assert_null(casus_lexicon_patterns(lex, casus_lemma_hash(CASUS_STR("garden")), &n));
    casus_lexicon_close(lex);
}

static void cues_and_places_are_found(void **state) {
    (void)state;
    casus_lexicon *lex = open_world(false);
    size_t n = 0;
    const casus_phrase *p = casus_lexicon_phrases(lex, lower("Expected"), &n);
    assert_int_equal(n, 1);
    assert_true(p->takes_clause);
    assert_float_equal(casus_lexicon_frame(lex, p->frame)->high, 0.80, 1e-6);
    assert_int_equal(casus_lexicon_phrase_words(lex, lower("according")), 2);
    const casus_known_place *place = casus_lexicon_place(lex, key("Upper Kelm"));
    assert_true(place->located && !place->adj);
    assert_float_equal(place->lon, -3.25, 1e-6);
    assert_string_equal(casus_lexicon_string(lex, place->country), "KLM");
    assert_true(casus_lexicon_place(lex, key("Upland"))->adj);
    casus_lexicon_close(lex);
}

static void a_layer_adds_to_what_is_there(void **state) {
    (void)state;
    casus_lexicon *lex = open_world(true);
    casus_known_actor tide;
    assert_string_equal(meant(lex, "Daybreakers", "2020"), "KLM.DAWN");
    assert_string_equal(meant(lex, "DF", "2020"), "KLM.DAWN");
    assert_true(casus_lexicon_actor_by_id(lex, "KLM.TIDE", &tide));
    assert_string_equal(casus_lexicon_fact_on(lex, &tide, CASUS_FACT_PART_OF, INT32_MAX), "KLM.DAWN");
    uint64_t layered = casus_lexicon_hash(lex);
    casus_lexicon_close(lex);
    lex = open_world(false);
    assert_null(meant(lex, "Daybreakers", "2020"));
    assert_true(casus_lexicon_hash(lex) != layered);
    casus_lexicon_close(lex);
}

static void bad_knowledge_is_refused_with_file_and_line(void **state) {
    (void)state;
    static const struct {
        const char *folder, *file;
        int line;
        const char *says;
    } bad[] = {
        {"duplicate-alias", "actors/groups.txt", 6, "already a name of ABC"},
        {"duplicate-entry", "actors/groups.txt", 3, "second entry ABC"},
        {"unknown-sector", "actors/groups.txt", 3, "unknown sector XXX"},
        {"unknown-country", "actors/groups.txt", 3, "ISO 3166"},
        {"unknown-parent", "actors/groups.txt", 3, "unknown id NOBODY"},
        {"unknown-key", "actors/groups.txt", 3, "unknown key colour"},
        {"unknown-type", "actions/events.txt", 1, "unknown PLOVER type ATTACK"},
        {"unknown-head", "actions/events.txt", 3, "unknown head"},
        {"unknown-set", "actions/events.txt", 2, "no set {missile}"},
        {"bad-date", "actors/groups.txt", 3, "bad date range"},
        {"backward-date", "actors/groups.txt", 3, "bad date range"},
        {"no-colon", "actors/groups.txt", 2, "no colon"},
        {"no-name", "actors/groups.txt", 2, "needs a `name:`"},
        {"bad-leader", "actors/states.txt", 4, "a leader is"},
        {"bad-degrees", "places.txt", 1, "bad degrees"},
        {"bad-agent", "agents.txt", 1, "unknown agent type warrior"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char at[128], file[192];
        snprintf(at, sizeof at, "tests/data/knowledge-bad/%s", bad[i].folder);
        snprintf(file, sizeof file, "%s/%s", at, bad[i].file);
        const char *one = at;
        casus_error err = {0};
        assert_int_equal(casus_lexicon_compile(&one, 1, path, NULL, &err), CASUS_ERR_FORMAT);
        assert_string_equal(err.file, file);
        assert_int_equal(err.line, bad[i].line);
        assert_non_null(strstr(err.message, bad[i].says));
        assert_int_not_equal(access(path, F_OK), 0);
    }
}

static void text_that_is_not_utf8_is_refused(void **state) {
    (void)state;
    const char *one = "tests/data/knowledge-bad/not-utf8";
    casus_error err = {0};
    assert_int_equal(casus_lexicon_compile(&one, 1, path, NULL, &err), CASUS_ERR_UTF8);
    assert_int_equal(err.byte, 14);
}

static void all_problems_are_listed(void **state) {
    (void)state;
    const char *folders[] = {"tests/data/knowledge-bad/unknown-key", "tests/data/knowledge-bad/unknown-head"};
    casus_buf problems = {0};
    assert_int_equal(casus_lexicon_compile(folders, 2, path, &problems, NULL), CASUS_ERR_FORMAT);
    casus_buf_add(&problems, "", 1);
    assert_non_null(strstr(problems.at, "groups.txt:3: unknown key colour"));
    assert_non_null(strstr(problems.at, "events.txt:3: unknown head"));
    casus_buf_done(&problems);
}

static void damaged_files_are_refused(void **state) {
    (void)state;
    casus_lexicon *lex = open_world(false);
    casus_lexicon_close(lex);
    lex = NULL;
    casus_error err = {0};
    FILE *f = fopen(path, "r+b");
    assert_non_null(f);
    assert_int_equal(fseek(f, -9, SEEK_END), 0);
    int c = fgetc(f);
    assert_int_equal(fseek(f, -9, SEEK_END), 0);
    fputc(c ^ 1, f);
    fclose(f);
    assert_int_not_equal(casus_lexicon_open(&lex, path, &err), CASUS_OK);
    assert_non_null(err.message[0] ? err.message : NULL);
    assert_int_equal(truncate(path, 100), 0);
    assert_int_not_equal(casus_lexicon_open(&lex, path, &err), CASUS_OK);
    assert_int_equal(casus_lexicon_open(&lex, "tests/data/no-such-file", &err), CASUS_ERR_IO);
    assert_null(lex);
}

static int make_folder(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/casus-lexicon-XXXXXX");
    if (!mkdtemp(folder)) return -1;
    snprintf(path, sizeof path, "%s/lexicon.casus", folder);
    return 0;
}

static int clear(void **state) {
    (void)state;
    unlink(path);
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, clear, clear)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(keys_fold_what_accounts_vary),
        TEST(days_follow_the_calendar),
        TEST(names_mean_whom_they_meant_on_the_day),
        TEST(names_say_what_kind_they_are),
        TEST(roles_change_with_the_date),
        TEST(agents_have_both_numbers),
        TEST(patterns_keep_their_frames_and_elements),
        TEST(cues_and_places_are_found),
        TEST(a_layer_adds_to_what_is_there),
        TEST(bad_knowledge_is_refused_with_file_and_line),
        TEST(text_that_is_not_utf8_is_refused),
        TEST(all_problems_are_listed),
        TEST(damaged_files_are_refused),
    };
    return cmocka_run_group_tests_name("lexicon", tests, make_folder, remove_folder);
}
