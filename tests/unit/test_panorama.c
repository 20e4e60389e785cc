/* A panorama says what the ledger says: rows, actors, filters from both ends. */
#include "casus/panorama.h"

#include "casus/data.h"
#include "casus/lexicon.h"
#include "ledger_reading.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char ROWS[] = "date,source,target,code,place,country,lat,lon\n"
                           "2001-03-01,ALA,BOR,190,Town,FRA,48.5,2.5\n"
                           "2001-03-02,BOR,ALA,042,Town,FRA,48.5,2.5\n"
                           "2001-05-09,ALA,CES,112,Port,ITA,41,12\n"
                           "2003-01-01,CES,ALA,057,,,,\n"
                           "2003-01-02,ALA,BOR,190,Port,ITA,41,12\n";
static const char MAP[] = "date=date,source=source,target=target,code=code,place=place,country=country,lat=lat,lon=lon";

typedef struct world {
    casus_ledger *l;
    casus_panorama *p;
    casus_arena arena;
    jmp_buf trap;
} world;

static void import(casus_ledger *l) {
    char path[] = "/tmp/casus-panorama-XXXXXX";
    int fd = mkstemp(path);
    casus_import_report report;
    casus_import_options options = {.format = "csv", .map = MAP, .scheme = CASUS_CAMEO};
    assert_true(fd >= 0 && write(fd, ROWS, sizeof ROWS - 1) == (ssize_t)sizeof ROWS - 1);
    close(fd);
    assert_int_equal(casus_import(l, path, &options, &report, NULL), CASUS_OK);
    assert_int_equal(report.rows, 5);
    unlink(path);
}

static int open_world(void **state) {
    world *w = test_calloc(1, sizeof *w);
    test_account a;
    casus_arena_init(&w->arena);
    w->arena.trap = &w->trap;
    assert_int_equal(casus_ledger_open(&w->l, ":memory:", CASUS_LEDGER_CREATE, NULL), CASUS_OK);
    import(w->l);
    test_account_init(&a, "one", "Title", "2002-02-02", "Aland attacked Borland in Port in June 2002. Aland praised Borland.");
    casus_statement *june = test_event(&a, CASUS_ASSAULT, "ALA", "Aland", "BOR", "Borland", "2002-06-01", NULL);
    snprintf(june->time.end, sizeof june->time.end, "2002-06-30");
    test_event(&a, CASUS_SUPPORT, "ALA", "Aland", "BOR", "Borland", NULL, NULL);
    assert_int_equal(casus_ledger_put(w->l, &a.doc, &a.reading, "test", NULL, NULL), CASUS_OK);
    assert_int_equal(casus_panorama_load(&w->p, w->l, NULL, NULL, NULL, NULL), CASUS_OK);
    *state = w;
    return 0;
}

static int close_world(void **state) {
    world *w = *state;
    casus_panorama_free(w->p);
    casus_ledger_close(w->l);
    casus_arena_done(&w->arena);
    test_free(w);
    return 0;
}

static size_t count(world *w, casus_panorama_filter f) {
    casus_selection s;
    size_t n = 0, back = 0, at;
    assert_int_equal(casus_panorama_select(w->p, w->l, &f, &w->arena, &s, NULL), CASUS_OK);
    int32_t day = CASUS_UNDATED;
    const casus_panorama_row *r;
    for (at = s.begin; (r = casus_selection_next(&s, &at)); n++) {
        assert_true(r->day >= day);
        day = r->day;
    }
    for (at = s.end; casus_selection_last(&s, &at); back++) {}
    assert_int_equal(n, back);
    return n;
}

static void has_every_event_once(void **state) {
    world *w = *state;
    assert_int_equal(w->p->events, 7);
    assert_int_equal(w->p->imported, 5);
    assert_int_equal(w->p->first, casus_day_of(2001, 3, 1));
    assert_int_equal(w->p->last, casus_day_of(2003, 1, 2));
    assert_int_equal(count(w, (casus_panorama_filter){0}), 7);
    size_t told = 0, lasting = 0;
    for (size_t i = 0; i < w->p->n; i++) {
        told += (w->p->rows[i].flags & CASUS_ROW_TOLD) != 0;
        lasting += w->p->rows[i].end > w->p->rows[i].day;
    }
    assert_int_equal(told, 1);
    assert_int_equal(lasting, 1);
}

static void agrees_with_the_acts(void **state) {
    world *w = *state;
    casus_acts acts;
    casus_acts_filter f = {0};
    double of_acts = 0, of_rows = 0, c, d;
    assert_int_equal(casus_acts_load(w->l, &f, &w->arena, &acts, NULL), CASUS_OK);
    assert_int_equal(acts.n, count(w, (casus_panorama_filter){0}));
    for (size_t i = 0; i < acts.n; i++) casus_act_mass(&acts.at[i], CASUS_SCALE_PLOVER, &c, &d), of_acts += c - d;
    for (size_t i = 0; i < w->p->n; i++) casus_panorama_mass(&w->p->rows[i], CASUS_SCALE_PLOVER, &c, &d), of_rows += c - d;
    assert_true(fabs(of_acts - of_rows) < 1e-6);
}

static void selects(void **state) {
    world *w = *state;
    assert_int_equal(count(w, (casus_panorama_filter){.actor = "ala"}), 7);
    assert_int_equal(count(w, (casus_panorama_filter){.actor = "ALA", .other = "BOR"}), 5);
    assert_int_equal(count(w, (casus_panorama_filter){.source = "ALA"}), 5);
    assert_int_equal(count(w, (casus_panorama_filter){.source = "ALA", .target = "CES"}), 1);
    assert_int_equal(count(w, (casus_panorama_filter){.type = "ASSAULT"}), 3);
    assert_int_equal(count(w, (casus_panorama_filter){.place = "ITA"}), 2);
    assert_int_equal(count(w, (casus_panorama_filter){.place = "town"}), 2);
    assert_int_equal(count(w, (casus_panorama_filter){.since = "2001-04", .until = "2002"}), 3);
    assert_int_equal(count(w, (casus_panorama_filter){.until = "2001"}), 3);
    assert_int_equal(count(w, (casus_panorama_filter){.actor = "CES", .since = "2002"}), 1);
    assert_int_equal(count(w, (casus_panorama_filter){.origin = "import"}), 5);
    assert_int_equal(count(w, (casus_panorama_filter){.origin = "statement"}), 2);
    assert_int_equal(count(w, (casus_panorama_filter){.disputed = true}), 0);
    assert_int_equal(count(w, (casus_panorama_filter){.actor = "Aland"}), 7);
}

static void refuses(void **state) {
    world *w = *state;
    casus_selection s;
    casus_error err;
    static const casus_panorama_filter BAD[] = {{.type = "BOMB"}, {.since = "2001-13"}, {.since = "2002", .until = "2001"}, {.origin = "hearsay"}};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        assert_int_equal(casus_panorama_select(w->p, w->l, &BAD[i], &w->arena, &s, &err), CASUS_ERR_ARG);
        assert_true(err.message[0]);
    }
    casus_panorama_filter nobody = {.actor = "ALB"};
    assert_int_equal(casus_panorama_select(w->p, w->l, &nobody, &w->arena, &s, &err), CASUS_ERR_NOTFOUND);
    assert_non_null(strstr(err.message, "ALA"));
}

static void ranks_and_finds_actors(void **state) {
    world *w = *state;
    uint32_t a;
    const casus_panorama_actor *first = &w->p->actors[w->p->rank[0]];
    assert_string_equal(first->id, "ALA");
    assert_int_equal(first->events, 7);
    assert_true(first->imported);
    assert_int_equal(casus_panorama_find(w->p, w->l, "ces", &w->arena, &a, NULL), CASUS_OK);
    assert_string_equal(w->p->actors[a].id, "CES");
    assert_int_equal(casus_panorama_find(w->p, w->l, "nobody", &w->arena, &a, NULL), CASUS_ERR_NOTFOUND);
    casus_selection s;
    casus_panorama_filter f = {.since = "2003"};
    size_t begin, end;
    assert_int_equal(casus_panorama_select(w->p, w->l, &f, &w->arena, &s, NULL), CASUS_OK);
    casus_selection_actor(&s, w->p->rank[0], &begin, &end);
    assert_int_equal(end - begin, 2);
}

static bool stop_at_once(void *ctx, uint64_t done, uint64_t total) {
    (void)ctx, (void)done, (void)total;
    return false;
}

static void loads_an_empty_ledger(void **state) {
    casus_ledger *l;
    casus_panorama *p;
    (void)state;
    assert_int_equal(casus_ledger_open(&l, ":memory:", CASUS_LEDGER_CREATE, NULL), CASUS_OK);
    assert_int_equal(casus_panorama_load(&p, l, NULL, stop_at_once, NULL, NULL), CASUS_OK);
    assert_int_equal(p->n, 0);
    assert_int_equal(p->first, CASUS_UNDATED);
    casus_panorama_free(p);
    casus_ledger_close(l);
    casus_panorama_free(NULL);
}

/* ---- pages of the ledger ----------------------------------------------------------------------------------- */

typedef struct told {
    size_t n;
    int64_t last;
    char first[200];
} told;

static bool tell(void *ctx, int64_t place, const char *record) {
    told *t = ctx;
    if (!t->n++) snprintf(t->first, sizeof t->first, "%.199s", record);
    t->last = place;
    return true;
}

static void pages_follow_each_other(void **state) {
    world *w = *state;
    told one = {0}, two = {0}, none = {0};
    casus_filter f = {.limit = 1};
    assert_int_equal(casus_ledger_records(w->l, &f, tell, &one, NULL), CASUS_OK);
    f.after = one.last;
    assert_int_equal(casus_ledger_records(w->l, &f, tell, &two, NULL), CASUS_OK);
    assert_int_equal(one.n, 1);
    assert_int_equal(two.n, 1);
    assert_string_not_equal(one.first, two.first);
    f.after = two.last;
    assert_int_equal(casus_ledger_records(w->l, &f, tell, &none, NULL), CASUS_OK);
    assert_int_equal(none.n, 0);
    casus_filter assault = {.type = "ASSAULT", .since = "2002-06", .until = "2002-06"}, words = {.words = "\"unclosed"};
    told some = {0};
    assert_int_equal(casus_ledger_records(w->l, &assault, tell, &some, NULL), CASUS_OK);
    assert_int_equal(some.n, 1);
    assert_int_equal(casus_ledger_records(w->l, &words, tell, &some, NULL), CASUS_ERR_ARG);
}

static void ignore(void *ctx, const casus_imported_row *row) { *(int64_t *)ctx = row->line; }

static void events_are_found_by_id_and_row(void **state) {
    world *w = *state;
    char id[48];
    bool imported;
    int64_t ref, line = 0;
    for (size_t i = 0; i < w->p->n; i++) {
        const casus_panorama_row *r = &w->p->rows[i];
        bool of_import = r->flags & CASUS_ROW_IMPORTED;
        casus_buf record = {0};
        assert_int_equal(casus_ledger_event_id(w->l, r->ref, of_import, id, NULL), CASUS_OK);
        assert_int_equal(casus_ledger_event_ref(w->l, id, &ref, &imported, NULL), CASUS_OK);
        assert_int_equal(ref, r->ref);
        assert_int_equal(imported, of_import);
        if (of_import) assert_int_equal(casus_ledger_imported_at(w->l, ref, ignore, &line, NULL), CASUS_OK);
        else assert_int_equal(casus_ledger_event_at(w->l, ref, &record, NULL), CASUS_OK);
        assert_true(of_import ? line > 1 : record.n > 20 && record.at[record.n - 1] == '}');
        casus_buf_done(&record);
    }
    assert_int_equal(casus_ledger_event_ref(w->l, "import9:9", &ref, &imported, NULL), CASUS_ERR_NOTFOUND);
    assert_int_equal(casus_ledger_event_ref(w->l, "import1:x", &ref, &imported, NULL), CASUS_ERR_NOTFOUND);
}

/* With knowledge an imported actor is the known one: group whatever its sector, state with its organs; others keep their codes. */
static void knows_who_imports_mean(void **state) {
    static const char LINES[] = "970105 RUSGOV AFGTAL 036\n970106 RUS AFGREBTAL 120\n970107 RUSOPP AFGINSTAL 190\n";
    const char *data = getenv("CASUS_DATA");
    casus_ledger *l;
    casus_panorama *p;
    casus_lexicon *lex = NULL;
    casus_import_report report;
    casus_import_options options = {.scheme = CASUS_CAMEO};
    char path[] = "/tmp/casus-panorama-XXXXXX", lexicon[300];
    (void)state;
    snprintf(lexicon, sizeof lexicon, "%s/lexicon.casus", data ? data : "build/release/data");
    if (access(lexicon, R_OK) != 0) skip();
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, LINES, sizeof LINES - 1) == (ssize_t)sizeof LINES - 1);
    close(fd);
    assert_int_equal(casus_ledger_open(&l, ":memory:", CASUS_LEDGER_CREATE, NULL), CASUS_OK);
    assert_int_equal(casus_import(l, path, &options, &report, NULL), CASUS_OK);
    unlink(path);
    assert_int_equal(casus_lexicon_open(&lex, lexicon, NULL), CASUS_OK);
    assert_int_equal(casus_panorama_load(&p, l, lex, NULL, NULL, NULL), CASUS_OK);
    casus_lexicon_close(lex); /* it keeps nothing of it */
    assert_int_equal(p->n_actors, 3);
    uint32_t events = 0;
    for (size_t i = 0; i < p->n_actors; i++) {
        const casus_panorama_actor *a = &p->actors[i];
        if (strcmp(a->id, "AFG.TALIBAN") == 0) assert_true(strcmp(a->name, "Taliban") == 0 && strcmp(a->type, "armed group") == 0 && a->imported);
        events += (strcmp(a->id, "AFG.TALIBAN") == 0) * a->events + (strcmp(a->id, "RUS") == 0) * a->events * 10 + (strcmp(a->id, "RUSOPP") == 0) * a->events * 100;
    }
    assert_int_equal(events, 3 + 20 + 100);
    casus_panorama_free(p);
    casus_ledger_close(l);
}

static void patience_ends(void **state) {
    world *w = *state;
    told t = {0};
    casus_filter f = {0};
    casus_ledger_patience(w->l, 1000);
    assert_int_equal(casus_ledger_records(w->l, &f, tell, &t, NULL), CASUS_OK);
    casus_ledger_patience(w->l, 0);
    assert_int_equal(t.n, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(has_every_event_once),   cmocka_unit_test(agrees_with_the_acts), cmocka_unit_test(selects),
                                       cmocka_unit_test(refuses),                cmocka_unit_test(ranks_and_finds_actors), cmocka_unit_test(loads_an_empty_ledger),
                                       cmocka_unit_test(pages_follow_each_other), cmocka_unit_test(events_are_found_by_id_and_row), cmocka_unit_test(knows_who_imports_mean), cmocka_unit_test(patience_ends)};
    return cmocka_run_group_tests_name("panorama", tests, open_world, close_world);
}
