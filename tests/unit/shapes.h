/* Sentences and the statement that each must give, or must not: a table that reads like the sentences' meaning. Include after cmocka.h. */
#ifndef TESTS_SHAPES_H
#define TESTS_SHAPES_H

#include "coder_reading.h"

typedef struct shape {
    const char *text;
    casus_kind kind;
    const char *relation; /* NULL: any */
    const char *source;   /* within the words of one of the sources; NULL: any */
    const char *said;     /* within the words of a target or matter; NULL: any */
    int type;             /* casus_plover of an act; 0: any */
    int sure;             /* -1 denied, 0 plain, 1 with a likelihood or hypothetical, 2 any */
    bool missing;         /* nothing of the kind may be told */
} shape;

static inline bool any_matter(const casus_statement *st, const char *want) {
    if (reading_among(st->target, st->n_target, want)) return true;
    for (size_t i = 0; i < st->n_about; i++)
        if (reading_holds(st->about[i].text, want)) return true;
    return false;
}

static inline bool fits(const casus_statement *st, const shape *s) {
    if (st->kind != s->kind) return false;
    if (s->relation && (!st->action.relation || strcmp(st->action.relation, s->relation) != 0)) return false;
    if (s->type && st->action.plover[0] != s->type) return false;
    if (s->source && !reading_among(st->source, st->n_source, s->source)) return false;
    if (s->said && !any_matter(st, s->said)) return false;
    if (s->sure == -1) return st->negative;
    if (s->sure == 1) return st->has_likelihood || st->tense == CASUS_HYPOTHETICAL;
    return s->sure == 2 || (!st->negative && !st->has_likelihood);
}

static inline void check(const shape *shapes, size_t n) {
    size_t wrong = 0;
    if (!reading_coder) skip();
    for (size_t i = 0; i < n; i++) {
        casus_arena a;
        casus_arena_init(&a);
        casus_reading r;
        casus_document doc = {.id = "t", .text = casus_str_of(shapes[i].text)};
        assert_int_equal(casus_coder_read(reading_coder, &doc, &a, &r, NULL), CASUS_OK);
        bool told = false;
        for (size_t k = 0; k < r.n_statements && !told; k++) told = fits(&r.statements[k], &shapes[i]);
        if (told == shapes[i].missing) {
            print_error("%s: %s %s\n", shapes[i].missing ? "told" : "not told", casus_kind_name(shapes[i].kind), shapes[i].text);
            wrong++;
        }
        casus_arena_done(&a);
    }
    assert_int_equal(wrong, 0);
}

#endif
