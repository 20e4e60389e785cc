/* casus-train eval: how well and how fast a model reads a treebank. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "text/labels.h"
#include "train.h"

typedef struct score {
    size_t words, upos, xpos, lemma, uas, las;
} score;

typedef struct f1 {
    size_t gold, system, both;
} f1;

static double percent(size_t a, size_t b) { return b ? 100.0 * (double)a / (double)b : 0; }
static double f_of(f1 f) { return percent(2 * f.both, f.gold + f.system); }

static bool same_letters(casus_str a, casus_str b) {
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++)
        if (tolower((unsigned char)a.at[i]) != tolower((unsigned char)b.at[i])) return false;
    return true;
}

static void compare(score *sc, const casus_sentence *g, const casus_sentence *s) {
    for (uint32_t i = 0; i < g->n; i++) {
        const casus_token *a = &g->tokens[i], *b = &s->tokens[i];
        sc->words++;
        sc->upos += a->upos == b->upos;
        sc->xpos += a->xpos == b->xpos;
        sc->lemma += same_letters(a->lemma, b->lemma);
        sc->uas += a->head == b->head;
        sc->las += a->head == b->head && a->deprel == b->deprel;
    }
}

static double seconds(void) { /* processor time */
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static casus_sentence bare(casus_arena *arena, const casus_sentence *g) {
    casus_sentence s = *g;
    s.tokens = CASUS_NEW_ARRAY(arena, casus_token, g->n);
    for (uint32_t i = 0; i < g->n; i++) {
        const casus_token *t = &g->tokens[i];
        s.tokens[i] = (casus_token){.form = t->form, .begin = t->begin, .end = t->end, .flags = t->flags};
    }
    s.parsed = false;
    return s;
}

static casus_code parse_gold(casus_parser *p, casus_arena *arena, const casus_sentences *gold, casus_error *err) {
    score sc = {0};
    double spent = 0;
    for (size_t i = 0; i < gold->n; i++) {
        if (gold->items[i].n > CASUS_SENTENCE_MAX) continue;
        casus_sentence s = bare(arena, &gold->items[i]);
        double start = seconds();
        casus_code code = casus_parser_parse(p, arena, &s, err);
        if (code) return code;
        spent += seconds() - start;
        compare(&sc, &gold->items[i], &s);
    }
    printf("UPOS %.2f XPOS %.2f lemma %.2f UAS %.2f LAS %.2f", percent(sc.upos, sc.words), percent(sc.xpos, sc.words),
           percent(sc.lemma, sc.words), percent(sc.uas, sc.words), percent(sc.las, sc.words));
    printf("  %.0f words/s", (double)sc.words / (spent + 1e-9));
    return CASUS_OK;
}

/* Surface spans (begin, end) in the order of the text. */
typedef struct spans {
    uint32_t (*at)[2];
    size_t n, cap;
} spans;

static void collect(casus_arena *arena, const casus_sentences *s, bool words, spans *tokens, spans *sentences) {
    for (size_t i = 0; i < s->n; i++) {
        const casus_sentence *x = &s->items[i];
        uint32_t(*r)[2] = CASUS_PUSH(arena, sentences->at, sentences->n, sentences->cap);
        (*r)[0] = x->begin, (*r)[1] = x->end;
        for (uint32_t k = 0; k < x->n; k++) {
            if (!words && (x->tokens[k].flags & CASUS_TOKEN_MWT_REST)) continue;
            uint32_t end = x->tokens[k].end;
            for (uint32_t j = k + 1; !words && j < x->n && (x->tokens[j].flags & CASUS_TOKEN_MWT_REST); j++)
                end = x->tokens[j].end;
            r = CASUS_PUSH(arena, tokens->at, tokens->n, tokens->cap);
            (*r)[0] = x->tokens[k].begin, (*r)[1] = end;
        }
    }
}

static f1 align(const spans *a, const spans *b) {
    f1 f = {a->n, b->n, 0};
    for (size_t i = 0, k = 0; i < a->n && k < b->n;) {
        if (a->at[i][0] == b->at[k][0] && a->at[i][1] == b->at[k][1])
            f.both++, i++, k++;
        else if (a->at[i][0] < b->at[k][0] || (a->at[i][0] == b->at[k][0] && a->at[i][1] <= b->at[k][1]))
            i++;
        else
            k++;
    }
    return f;
}

static casus_code split_raw(casus_arena *arena, casus_str text, const casus_sentences *gold, casus_error *err) {
    casus_document doc = {.text = text};
    casus_sentences mine;
    spans gt = {0}, gs = {0}, mt = {0}, ms = {0};
    casus_code code = casus_text_split(&doc, arena, &mine, err);
    if (code) return code;
    collect(arena, gold, false, &gt, &gs);
    collect(arena, &mine, false, &mt, &ms);
    printf("  raw: tokens %.2f sentences %.2f", f_of(align(&gt, &mt)), f_of(align(&gs, &ms)));
    return CASUS_OK;
}

casus_code train_evaluate(const char *model, const char *file, casus_error *err) {
    casus_model *m = NULL;
    casus_parser *p = NULL;
    casus_arena arena;
    casus_str text;
    casus_sentences gold;
    casus_arena_init(&arena);
    casus_code code = train_read_file(&arena, file, &text, &gold, err);
    if (!code) code = casus_model_open(&m, model, err);
    if (!code) code = casus_parser_new(&p, m, err);
    if (!code) code = parse_gold(p, &arena, &gold, err);
    if (!code) code = split_raw(&arena, text, &gold, err);
    if (!code) printf("  %s\n", file);
    casus_parser_free(p);
    casus_model_close(m);
    casus_arena_done(&arena);
    return code;
}
