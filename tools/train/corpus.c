/* Treebanks in memory, the vocabulary and the labels they use. */
#include <stdlib.h>
#include <string.h>

#include "train.h"

static void regrow(train_counts *c) {
    c->cap = c->cap ? c->cap * 2 : 1024;
    c->mask = c->cap * 2 - 1;
    train_entry *items = train_alloc(c->cap, sizeof *items);
    if (c->n) memcpy(items, c->items, c->n * sizeof *items);
    free(c->items);
    free(c->index);
    c->items = items;
    c->index = train_alloc(c->mask + 1, sizeof *c->index);
    for (uint32_t i = 0; i < c->n; i++) {
        uint32_t at = (uint32_t)c->items[i].key & c->mask;
        while (c->index[at]) at = (at + 1) & c->mask;
        c->index[at] = i + 1;
    }
}

uint32_t train_count(train_counts *c, uint64_t key) {
    if (c->n == c->cap) regrow(c);
    uint32_t at = (uint32_t)key & c->mask;
    while (c->index[at]) {
        train_entry *e = &c->items[c->index[at] - 1];
        if (e->key == key) return e->count++, c->index[at] - 1;
        at = (at + 1) & c->mask;
    }
    c->items[c->n] = (train_entry){key, 1, c->n};
    c->index[at] = ++c->n;
    return c->n - 1;
}

void train_counts_free(train_counts *c) {
    free(c->items);
    free(c->index);
    *c = (train_counts){0};
}

void train_table_new(train_table *t, uint32_t entries) {
    t->size = 16;
    while (t->size < entries * 2) t->size *= 2;
    t->slots = train_alloc(t->size, sizeof *t->slots);
}

void train_table_put(train_table *t, uint64_t key, uint32_t row) {
    uint32_t at = (uint32_t)key & (t->size - 1);
    while (t->slots[at].row) at = (at + 1) & (t->size - 1);
    t->slots[at] = (text_slot){(uint32_t)(key >> 32), row};
}

casus_code train_read_file(casus_arena *arena, const char *path, casus_str *text, casus_sentences *out,
                           casus_error *err) {
    casus_map map;
    casus_code code = casus_map_open(&map, path, err);
    if (code) return code;
    const char *copy = casus_arena_dup(arena, map.at, map.n);
    casus_str bytes = {copy, copy ? map.n : 0};
    casus_map_close(&map);
    return casus_conllu_read(bytes, path, arena, text, out, err);
}

casus_code train_corpus_add(train_corpus *c, const char *path, casus_error *err) {
    casus_str text;
    casus_sentences s;
    casus_code code = train_read_file(&c->arena, path, &text, &s, err);
    if (code) return code;
    for (size_t i = 0; i < s.n; i++) {
        if (s.items[i].n > CASUS_SENTENCE_MAX) continue;
        *CASUS_PUSH(&c->arena, c->items, c->n, c->cap) = s.items[i];
        c->words += s.items[i].n;
    }
    return CASUS_OK;
}

static int by_count(const void *a, const void *b) {
    const train_entry *x = a, *y = b;
    if (x->count != y->count) return x->count > y->count ? -1 : 1;
    return x->first < y->first ? -1 : 1;
}

static void index_feature(train_corpus *c, int f, train_counts *counts) {
    uint32_t kept = 0, least = f == TEXT_SHAPE ? 3 : 2;
    qsort(counts->items, counts->n, sizeof *counts->items, by_count);
    while (kept < counts->n && counts->items[kept].count >= least) kept++;
    train_table_new(&c->tables[f], kept + 1);
    for (uint32_t i = 0; i < kept; i++) train_table_put(&c->tables[f], counts->items[i].key, i + 1);
    c->rows[f] = kept + 1;
    if (f != TEXT_WORD) return;
    c->word_count = train_alloc(kept + 1, sizeof *c->word_count);
    for (uint32_t i = 0; i < kept; i++) c->word_count[i + 1] = counts->items[i].count;
}

static void index_labels(train_corpus *c, const casus_token *w) {
    uint8_t *tag = &c->tag_of[w->upos][w->xpos], *rel = &c->rel_of[w->deprel];
    if (!*tag && c->n_tags + 1 < TEXT_TAGS_MAX) {
        c->tags[c->n_tags] = (text_tag){w->upos, w->xpos};
        *tag = (uint8_t)++c->n_tags; /* one more than the number, 0 is "not seen" */
    }
    if (!*rel) {
        c->rels[c->n_rels] = w->deprel;
        *rel = (uint8_t)++c->n_rels;
    }
}

void train_corpus_index(train_corpus *c) {
    train_counts counts[TEXT_FEATURES] = {0};
    for (size_t i = 0; i < c->n; i++) {
        const casus_sentence *s = &c->items[i];
        bool shout = text_is_shouted(s);
        for (uint32_t t = 0; t < s->n; t++) {
            text_form_hashes h;
            text_form_features(s->tokens[t].form, t == 0, shout, &h);
            for (int f = 0; f < TEXT_FEATURES; f++) train_count(&counts[f], h.h[f]);
            index_labels(c, &s->tokens[t]);
        }
    }
    for (int f = 0; f < TEXT_FEATURES; f++) {
        index_feature(c, f, &counts[f]);
        train_counts_free(&counts[f]);
    }
}

void train_corpus_free(train_corpus *c) {
    for (int f = 0; f < TEXT_FEATURES; f++) free(c->tables[f].slots);
    free(c->word_count);
    casus_arena_done(&c->arena);
}
