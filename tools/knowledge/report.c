/* casus-knowledge report: coverage by file and kind, entries no text uses, the sample of checked facts. */
#include "report.h"
#include "lexicon/knowledge.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How many there are under a heading, and how many of them some text uses. */
typedef struct tally {
    const char *name;
    size_t n, used;
} tally;

typedef struct tallies {
    tally *items;
    size_t n, cap;
} tallies;

typedef struct report {
    casus_arena *arena;
    const report_use *use;
    bool list_unused;
    tallies files, actors, names, agents, frames, events, modes, phrases, places;
} report;

static void count(report *r, tallies *t, casus_str name, bool used) {
    tally *at = NULL;
    for (size_t i = 0; i < t->n && !at; i++)
        if (casus_str_is(name, t->items[i].name)) at = &t->items[i];
    if (!at) {
        at = CASUS_PUSH(r->arena, t->items, t->n, t->cap);
        at->name = casus_arena_strndup(r->arena, name.at, name.n);
    }
    at->n++;
    at->used += used;
}

/* ---- is an item used? ---- */

static bool has(const casus_table *t, casus_str text, bool lower) {
    uint64_t key = casus_key(text, lower);
    return key && casus_table_get(t, key);
}

/* "gunman/gunmen": either form; of a noun without a second form the regular plural too. */
static bool forms_used(report *r, const casus_table *t, casus_str text, bool lower, bool plural) {
    casus_str form, rest = text;
    bool pair = memchr(text.at, '/', text.n) != NULL;
    while (casus_str_cut(&rest, '/', &form))
        if (has(t, casus_str_trim(form), lower)) return true;
    if (pair || !plural || !text.n) return false;
    casus_str s = casus_str_of(casus_arena_printf(r->arena, "%.*ss", CASUS_FMT(text)));
    casus_str es = casus_str_of(casus_arena_printf(r->arena, "%.*ses", CASUS_FMT(text)));
    casus_str ies = casus_str_of(casus_arena_printf(r->arena, "%.*sies", (int)text.n - 1, text.at));
    return has(t, s, lower) || has(t, es, lower) || (text.at[text.n - 1] == 'y' && has(t, ies, lower));
}

/* "Xi* Jinping = Xi, president": used when any of the person's names is. */
static bool leader_used(report *r, casus_str text) {
    char *name = casus_arena_strndup(r->arena, text.at, text.n);
    size_t n = 0;
    for (size_t i = 0; i < text.n && text.at[i] != ',' && text.at[i] != '='; i++)
        if (text.at[i] != '*') name[n++] = text.at[i];
    return has(&r->use->people, casus_str_trim((casus_str){name, n}), false);
}

/* A cue's slots ("expected to DO") are no words of it. */
static bool phrase_used(report *r, casus_str text) {
    static const char *const slots[] = {" to DO", " DO", " CONTENT", " SOURCE", " TARGET"};
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        if (casus_str_ends(text, slots[i])) text.n -= strlen(slots[i]);
    return has(&r->use->phrases, casus_str_trim(text), true);
}

/* ---- entries ---- */

static int find_name(casus_str s, const char *const *names, int n) {
    for (int i = 0; i < n; i++)
        if (casus_str_is(s, names[i])) return i;
    return -1;
}

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash) return path;
    while (slash > path && slash[-1] != '/') slash--;
    return slash == path ? path : slash;
}

static void count_item(report *r, const knowledge_entry *e, const knowledge_item *item, bool used) {
    count(r, &r->files, casus_str_of(base_name(e->file)), used);
    if (!used && r->list_unused) printf("%s:%d: %.*s: %.*s\n", e->file, item->line, CASUS_FMT(e->head), CASUS_FMT(item->text));
}

static casus_str value_of(const knowledge_entry *e, const char *key) {
    for (size_t k = 0; k < e->n_keys; k++)
        if (casus_str_is(e->keys[k].name, key) && e->keys[k].n) return e->keys[k].items[0].text;
    return CASUS_STR("(none)");
}

static void count_actor(report *r, const knowledge_entry *e) {
    static const char *const keys[] = {"name", "also", "adj", "people", "capital", "seat", "leader"};
    bool any = false;
    for (size_t k = 0; k < e->n_keys; k++) {
        int key = find_name(e->keys[k].name, keys, 7);
        for (size_t i = 0; key >= 0 && i < e->keys[k].n; i++) {
            const knowledge_item *item = &e->keys[k].items[i];
            bool used = key == 6 ? leader_used(r, item->text) : forms_used(r, &r->use->names, item->text, false, false);
            any = any || (used && key < 6);
            count(r, &r->names, casus_str_of(keys[key]), used);
            count_item(r, e, item, used);
        }
    }
    count(r, &r->actors, value_of(e, "type"), any);
}

static void count_agents(report *r, const knowledge_entry *e) {
    for (size_t k = 0; k < e->n_keys; k++)
        for (size_t i = 0; i < e->keys[k].n; i++) {
            bool used = forms_used(r, &r->use->agents, e->keys[k].items[i].text, true, true);
            count(r, &r->agents, e->head, used);
            count_item(r, e, &e->keys[k].items[i], used);
        }
}

static void count_pattern(report *r, const knowledge_entry *e, const knowledge_item *item, int trigger) {
    casus_str rest = e->head, class_, type;
    bool used = casus_table_get(&r->use->patterns, report_pattern_mark(item->text, (casus_trigger_class)trigger)) != NULL;
    casus_str_cut(&rest, ' ', &class_);
    count(r, &r->frames, class_, used);
    count_item(r, e, item, used);
    if (!casus_str_is(class_, "event") || !rest.at) return;
    casus_str head = casus_str_trim(rest), mode = head;
    casus_str_cut(&mode, ':', &type);
    count(r, &r->events, type, used);
    if (mode.at) count(r, &r->modes, head, used);
}

static void count_action(report *r, const knowledge_entry *e) {
    static const char *const keys[] = {"verb", "noun", "adj", "word", "phrase", "prep"};
    if (casus_str_starts(e->head, "set ")) return;
    for (size_t k = 0; k < e->n_keys; k++) {
        int key = find_name(e->keys[k].name, keys, 6);
        for (size_t i = 0; key >= 0 && i < e->keys[k].n; i++) {
            const knowledge_item *item = &e->keys[k].items[i];
            if (key < 3) {
                count_pattern(r, e, item, key);
                continue;
            }
            casus_str rest = e->head, class_;
            bool used = phrase_used(r, item->text);
            casus_str_cut(&rest, ' ', &class_);
            count(r, &r->phrases, class_, used);
            count_item(r, e, item, used);
        }
    }
}

static void count_place(report *r, const knowledge_entry *e) {
    static const char *const keys[] = {"name", "also", "adj"};
    bool any = false;
    for (size_t k = 0; k < e->n_keys; k++)
        for (size_t i = 0; find_name(e->keys[k].name, keys, 3) >= 0 && i < e->keys[k].n; i++) {
            bool used = has(&r->use->places, e->keys[k].items[i].text, false);
            any = any || used;
            count_item(r, e, &e->keys[k].items[i], used);
        }
    count(r, &r->places, value_of(e, "kind"), any);
}

static casus_code count_folder(report *r, const char *folder, const char *sub, void (*each)(report *, const knowledge_entry *), casus_error *err) {
    knowledge_file f = {0};
    casus_code code = knowledge_read_folder(folder, sub, r->arena, &f, err);
    for (size_t i = 0; i < f.n && !code; i++) each(r, &f.entries[i]);
    return code;
}

static casus_code count_file(report *r, const char *folder, const char *name, void (*each)(report *, const knowledge_entry *), casus_error *err) {
    knowledge_file f = {0};
    casus_code code = knowledge_read(casus_arena_printf(r->arena, "%s/%s", folder, name), r->arena, &f, err);
    if (code == CASUS_ERR_IO) return CASUS_OK; /* a folder need not hold every file */
    for (size_t i = 0; i < f.n && !code; i++) each(r, &f.entries[i]);
    return code;
}

static casus_code count_all(report *r, const char *folder, casus_error *err) {
    casus_code code = count_folder(r, folder, "actors", count_actor, err);
    if (!code) code = count_file(r, folder, "agents.txt", count_agents, err);
    if (!code) code = count_folder(r, folder, "actions", count_action, err);
    if (!code) code = count_file(r, folder, "cues.txt", count_action, err);
    if (!code) code = count_file(r, folder, "places.txt", count_place, err);
    return code;
}

/* ---- printing ---- */

static void print_line(const char *name, size_t n, size_t used) {
    printf("  %-32s %7zu %8zu %8zu %6.1f %%\n", name, n, used, n - used, n ? 100.0 * (double)(n - used) / (double)n : 0);
}

static void print_tallies(const char *title, const tallies *t) {
    tally sum = {0};
    printf("\n%-34s %7s %8s %8s %8s\n", title, "number", "used", "unused", "unused");
    for (size_t i = 0; i < t->n; i++) {
        print_line(t->items[i].name, t->items[i].n, t->items[i].used);
        sum.n += t->items[i].n;
        sum.used += t->items[i].used;
    }
    if (t->n > 1) print_line("all", sum.n, sum.used);
}

static int by_label(const void *a, const void *b) { return strcmp(((const tally *)a)->name, ((const tally *)b)->name); }

static void print_report(report *r) {
    const report_use *u = r->use;
    if (r->modes.n) qsort(r->modes.items, r->modes.n, sizeof *r->modes.items, by_label);
    printf("knowledge against %zu files of text, %zu sentences, %zu words\n", u->texts, u->sentences, u->words);
    print_tallies("entries by file", &r->files);
    print_tallies("actors by type", &r->actors);
    print_tallies("names of actors by key", &r->names);
    print_tallies("agents by sector", &r->agents);
    print_tallies("patterns by what they tell", &r->frames);
    print_tallies("event patterns by PLOVER type", &r->events);
    print_tallies("of them with a mode", &r->modes);
    print_tallies("cues (words, phrases)", &r->phrases);
    print_tallies("places by kind", &r->places);
}

/* CHECKED.tsv: facts drawn at random, their verdict in the fifth column. */
static void print_sample(report *r, const char *folder) {
    size_t drawn = 0, right = 0, wrong = 0;
    casus_map map;
    casus_str line, field = {NULL, 0};
    if (casus_map_open(&map, casus_arena_printf(r->arena, "%s/CHECKED.tsv", folder), NULL)) return;
    casus_str rest = {(const char *)map.at, map.n};
    while (casus_str_cut(&rest, '\n', &line)) {
        if (!line.n || line.at[0] == '#' || casus_str_starts(line, "entry\t")) continue;
        int i = 0;
        while (i < 5 && casus_str_cut(&line, '\t', &field)) i++;
        drawn++;
        right += i == 5 && casus_str_starts(field, "right");
        wrong += i == 5 && casus_str_starts(field, "wrong");
    }
    casus_map_close(&map);
    printf("\ndated facts checked against a second source (CHECKED.tsv): %zu drawn, %zu checked, %zu right, %zu wrong", drawn, right + wrong, right, wrong);
    if (right + wrong) printf("; error rate %.1f %%", 100.0 * (double)wrong / (double)(right + wrong));
    printf("\n");
}

/* ---- the command ---- */

static casus_code compile_and_open(casus_lexicon **lex, casus_arena *arena, const char *folder, casus_error *err) {
    const char *tmp = getenv("TMPDIR");
    const char *path = casus_arena_printf(arena, "%s/casus-report-%ld", tmp ? tmp : "/tmp", (long)getpid());
    casus_code code = casus_lexicon_compile(&folder, 1, path, NULL, err);
    if (!code) code = casus_lexicon_open(lex, path, err);
    unlink(path); /* the mapping stays */
    return code;
}

static casus_code make_report(casus_arena *arena, const char *folder, const char *shared, bool list_unused, casus_error *err) {
    report_use use = {.arena = arena};
    report r = {.arena = arena, .use = &use, .list_unused = list_unused};
    const char *root = casus_arena_printf(arena, "%s/..", folder);
    casus_model *model = NULL;
    casus_lexicon *lex = NULL;
    casus_code code = casus_model_open(&model, casus_arena_printf(arena, "%s/models/english-fast.casus", root), err);
    if (!code) code = casus_parser_new(&use.parser, model, err);
    if (!code) code = compile_and_open(&lex, arena, folder, err);
    use.lex = lex;
    if (!code) code = report_read_texts(&use, root, shared, err);
    if (!code) code = count_all(&r, folder, err);
    if (!code) {
        print_report(&r);
        print_sample(&r, folder);
    }
    casus_lexicon_close(lex);
    casus_parser_free(use.parser);
    casus_model_close(model);
    return code;
}

int report_main(int argc, char **argv) {
    bool list_unused = argc == 3 && strcmp(argv[2], "--unused") == 0;
    if (argc < 2 || (argc > 2 && !list_unused)) {
        fprintf(stderr, "usage: casus-knowledge report KNOWLEDGE SHARED [--unused]\n");
        return 2;
    }
    casus_arena arena;
    casus_error err;
    char text[900];
    casus_arena_init(&arena);
    casus_code code = make_report(&arena, argv[0], argv[1], list_unused, &err);
    if (code) fprintf(stderr, "casus-knowledge: %s\n", casus_error_text(&err, text, sizeof text));
    casus_arena_done(&arena);
    return code ? 1 : 0;
}
