/* Which knowledge the texts at hand use. */
#include "report.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static void mark(report_use *u, casus_table *t, uint64_t key) {
    if (key) *casus_table_put(t, u->arena, key, NULL) = 1;
}

uint64_t report_pattern_mark(casus_str text, casus_trigger_class trigger) { return (casus_str_hash(text) + (uint64_t)trigger) | 1; }

/* ---- names and phrases: the longest that begins at a word ---- */

typedef struct vocabulary {
    unsigned (*longest)(const casus_lexicon *lex, uint64_t first_word);
    bool (*holds)(const casus_lexicon *lex, uint64_t key);
    bool lower;
} vocabulary;

static bool holds_name(const casus_lexicon *lex, uint64_t key) {
    size_t n;
    return casus_lexicon_names(lex, key, &n) != NULL;
}
static bool holds_agent(const casus_lexicon *lex, uint64_t key) { return casus_lexicon_agent(lex, key) != NULL; }
static bool holds_place(const casus_lexicon *lex, uint64_t key) { return casus_lexicon_place(lex, key) != NULL; }
static bool holds_phrase(const casus_lexicon *lex, uint64_t key) {
    size_t n;
    return casus_lexicon_phrases(lex, key, &n) != NULL;
}

static const vocabulary names = {casus_lexicon_name_words, holds_name, false}, agents = {casus_lexicon_agent_words, holds_agent, true},
                        phrases = {casus_lexicon_phrase_words, holds_phrase, true}, places = {casus_lexicon_place_words, holds_place, false};

/* Key of the longest entry that begins at token i; 0 when none does. *last is its last token. */
static uint64_t longest_at(const casus_lexicon *lex, const vocabulary *v, const casus_sentence *s, uint32_t i, uint32_t *last) {
    uint64_t key = casus_key(s->tokens[i].form, v->lower), found = 0;
    unsigned words = key ? v->longest(lex, key) : 0;
    for (uint32_t j = i; words && j < s->n && j < i + words + 2; j++) {
        if (j > i) key = casus_key_more(key, s->tokens[j].form, v->lower);
        if (v->holds(lex, key)) found = key, *last = j;
    }
    return found;
}

static void mark_name(report_use *u, const casus_sentence *s, uint32_t i) {
    uint32_t last = i;
    size_t n = 0;
    uint64_t key = longest_at(u->lex, &names, s, i, &last);
    const casus_name *found = key ? casus_lexicon_names(u->lex, key, &n) : NULL;
    for (size_t k = 0; k < n; k++) {
        casus_known_actor a;
        if (found[k].kind == CASUS_NAME_SURNAME && s->tokens[last].upos != CASUS_PROPN) continue;
        mark(u, &u->names, key);
        if (casus_lexicon_actor(u->lex, found[k].actor, &a)) mark(u, &u->people, casus_key(casus_str_of(a.name), false));
    }
}

/* ---- patterns ---- */

static bool fits_trigger(casus_trigger_class trigger, uint8_t upos) {
    switch (trigger) {
    case CASUS_TRIGGER_VERB: return upos == CASUS_VERB || upos == CASUS_AUX;
    case CASUS_TRIGGER_NOUN: return upos == CASUS_NOUN || upos == CASUS_PROPN;
    case CASUS_TRIGGER_ADJ: return upos == CASUS_ADJ || upos == CASUS_VERB || upos == CASUS_ADV;
    default: return true;
    }
}

static bool any_of(const casus_table *words, const uint32_t *list, unsigned n) {
    for (unsigned i = 0; i < n; i++)
        if (casus_table_get(words, list[i])) return true;
    return false;
}

static bool words_are_there(const casus_lexicon *lex, const casus_pattern *p, const casus_table *words) {
    const casus_element *e = casus_lexicon_elements(lex, p);
    for (unsigned i = 0; i < p->n_elements; i++) {
        const uint32_t *list = casus_lexicon_lemma_hashes(lex, &e[i]);
        if (e[i].n_words && !any_of(words, list, e[i].n_words)) return false;
        if (e[i].n_preps && !any_of(words, list + e[i].n_words, e[i].n_preps)) return false;
    }
    return true;
}

static uint32_t joined(casus_arena *a, casus_str before, casus_str word) {
    return casus_lemma_hash(casus_str_of(casus_arena_printf(a, "%.*s_%.*s", CASUS_FMT(before), CASUS_FMT(word))));
}

/* Hashes a token is known by in patterns: lemma and form, alone and after the word before (a compound: "press_conference"). */
static unsigned hashes_of(casus_arena *a, const casus_sentence *s, uint32_t i, uint32_t out[4]) {
    const casus_token *t = &s->tokens[i];
    unsigned n = 0;
    out[n++] = casus_lemma_hash(t->lemma);
    out[n++] = casus_lemma_hash(t->form);
    if (!i) return n;
    out[n++] = joined(a, t[-1].form, t->lemma);
    out[n++] = joined(a, t[-1].form, t->form);
    return n;
}

static void mark_patterns(report_use *u, casus_arena *scratch, const casus_sentence *s) {
    casus_table words = {0};
    uint32_t hash[4];
    for (uint32_t i = 0; i < s->n; i++)
        for (unsigned k = hashes_of(scratch, s, i, hash); k-- > 0;) *casus_table_put(&words, scratch, hash[k], NULL) = 1;
    for (uint32_t i = 0; i < s->n; i++)
        for (unsigned h = hashes_of(scratch, s, i, hash); h-- > 0;) {
            size_t n = 0;
            const casus_pattern *p = casus_lexicon_patterns(u->lex, hash[h], &n);
            for (size_t k = 0; k < n; k++)
                if (fits_trigger((casus_trigger_class)p[k].trigger, s->tokens[i].upos) && words_are_there(u->lex, &p[k], &words))
                    mark(u, &u->patterns, report_pattern_mark(casus_str_of(casus_lexicon_string(u->lex, p[k].text)), (casus_trigger_class)p[k].trigger));
        }
}

/* ---- texts ---- */

static casus_code mark_text(report_use *u, casus_arena *scratch, casus_str text, casus_error *err) {
    casus_document doc = {.id = "text", .text = text};
    casus_sentences sentences;
    casus_code code = casus_text_split(&doc, scratch, &sentences, err);
    for (size_t k = 0; k < sentences.n && !code; k++) {
        casus_sentence *s = &sentences.items[k];
        if ((code = casus_parser_tag(u->parser, scratch, s, err))) break;
        u->sentences++;
        u->words += s->n;
        for (uint32_t i = 0; i < s->n; i++) {
            uint32_t last;
            mark_name(u, s, i);
            mark(u, &u->agents, longest_at(u->lex, &agents, s, i, &last));
            mark(u, &u->phrases, longest_at(u->lex, &phrases, s, i, &last));
            mark(u, &u->places, longest_at(u->lex, &places, s, i, &last));
        }
        mark_patterns(u, scratch, s);
    }
    return code;
}

/* What of a file's line is text: all of it, a treebank's `# text`, or one column. */
typedef enum line_form { WHOLE_FILE, TREEBANK, COLUMN } line_form;

static casus_str column_of(casus_str line, int column) {
    casus_str field = {NULL, 0};
    for (int i = 0; i <= column; i++)
        if (!casus_str_cut(&line, '\t', &field)) return (casus_str){NULL, 0};
    return field;
}

static int column_named(casus_str header, const char *a, const char *b) {
    casus_str field;
    for (int i = 0; casus_str_cut(&header, '\t', &field); i++)
        if (casus_str_is(casus_str_trim(field), a) || casus_str_is(casus_str_trim(field), b)) return i;
    return -1;
}

static casus_code mark_lines(report_use *u, casus_arena *scratch, casus_str bytes, line_form form, casus_error *err) {
    casus_code code = CASUS_OK;
    casus_str line;
    int column = -1;
    for (size_t number = 0; !code && casus_str_cut(&bytes, '\n', &line); number++) {
        if (form == COLUMN && column < 0) {
            if (line.n && line.at[0] != '#') column = column_named(line, "sentence", "text");
            continue;
        }
        casus_str text = {NULL, 0};
        if (form == COLUMN) text = column_of(line, column);
        else if (casus_str_starts(line, "# text = ")) text = (casus_str){line.at + 9, line.n - 9};
        if (!text.n) continue;
        code = mark_text(u, scratch, text, err);
        casus_arena_reset(scratch);
    }
    return code;
}

/* A file that is not there holds no text. */
static casus_code mark_file(report_use *u, const char *path, line_form form, casus_error *err) {
    casus_map map;
    casus_arena scratch;
    casus_code code = casus_map_open(&map, path, err);
    if (code) return code == CASUS_ERR_IO ? CASUS_OK : code;
    casus_arena_init(&scratch);
    casus_str bytes = {(const char *)map.at, map.n};
    code = form == WHOLE_FILE ? mark_text(u, &scratch, bytes, err) : mark_lines(u, &scratch, bytes, form, err);
    u->texts++;
    casus_arena_done(&scratch);
    casus_map_close(&map);
    return code;
}

static int visible(const struct dirent *d) { return d->d_name[0] != '.'; }

/* Every file FOLDER/NAME/rest whose path ends so; `inside` NULL: the files of the folder itself. */
static casus_code mark_folder(report_use *u, const char *folder, const char *inside, const char *ending, line_form form, casus_error *err) {
    struct dirent **entries;
    int n = scandir(folder, &entries, visible, alphasort);
    casus_code code = CASUS_OK;
    for (int i = 0; i < n; i++) {
        const char *name = entries[i]->d_name;
        const char *path = casus_arena_printf(u->arena, inside ? "%s/%s/%s" : "%s/%s", folder, name, inside ? inside : "");
        if (!code && casus_str_ends(casus_str_of(path), ending)) code = mark_file(u, path, form, err);
        free(entries[i]);
    }
    if (n >= 0) free(entries);
    return code;
}

casus_code report_read_texts(report_use *u, const char *root, const char *shared, casus_error *err) {
    casus_arena *a = u->arena;
    casus_code code = mark_file(u, casus_arena_printf(a, "%s/seed/article.txt", shared), WHOLE_FILE, err);
    if (!code) code = mark_folder(u, casus_arena_printf(a, "%s/data/polnear/text", shared), NULL, ".txt", WHOLE_FILE, err);
    if (!code) code = mark_file(u, casus_arena_printf(a, "%s/data/plv/PLV_train.tsv", shared), COLUMN, err);
    if (!code) code = mark_folder(u, casus_arena_printf(a, "%s/data/ud", shared), NULL, ".conllu", TREEBANK, err);
    if (!code) code = mark_folder(u, casus_arena_printf(a, "%s/examples", root), NULL, ".txt", WHOLE_FILE, err);
    if (!code) code = mark_folder(u, casus_arena_printf(a, "%s/tests/golden/accounts", root), "article.txt", ".txt", WHOLE_FILE, err);
    if (!code) code = mark_file(u, casus_arena_printf(a, "%s/tests/golden/events/sentences.tsv", root), COLUMN, err);
    return code;
}
