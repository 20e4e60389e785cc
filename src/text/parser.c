/* Tagging and parsing one sentence with the integer network of model.h. */
#include "text/parser.h"

#include <stdlib.h>
#include <string.h>

#include "text/lemma.h"

enum { ROWS = CASUS_SENTENCE_MAX + 2 * TEXT_DILATION_MAX };

struct casus_parser {
    const casus_model *model;
    const text_kernels *kernels;
    int16_t *x, *conv;   /* [ROWS][dim]: words, with zero rows on both sides for the windows; one layer's result */
    int16_t *gates;      /* [ROWS][2 × dim]: what a scan layer runs over */
    int16_t *tag_scores; /* [CASUS_SENTENCE_MAX][padded tags] */
    int16_t *words;      /* [CASUS_SENTENCE_MAX][views × hidden]: first layer of the decisions */
    uint8_t tags[CASUS_SENTENCE_MAX];
    text_state state;
};

void casus_parser_free(casus_parser *p) {
    if (!p) return;
    free(p->x);
    free(p->conv);
    free(p->gates);
    free(p->tag_scores);
    free(p->words);
    free(p);
}

casus_code casus_parser_new(casus_parser **out, const casus_model *m, casus_error *err) {
    casus_parser *p = calloc(1, sizeof *p);
    if (!p) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for a parser");
    const text_shape *s = &m->shape;
    p->model = m;
    p->kernels = m->kernels;
    p->x = calloc((size_t)ROWS * s->dim, sizeof *p->x);
    p->conv = calloc((size_t)ROWS * s->dim, sizeof *p->conv);
    p->gates = calloc((size_t)ROWS * s->dim * 2, sizeof *p->gates);
    p->tag_scores = calloc((size_t)CASUS_SENTENCE_MAX * text_padded(s->tags), sizeof *p->tag_scores);
    p->words = calloc((size_t)CASUS_SENTENCE_MAX * s->views * s->hidden, sizeof *p->words);
    if (!p->x || !p->conv || !p->gates || !p->tag_scores || !p->words) {
        casus_parser_free(p);
        return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for a parser");
    }
    *out = p;
    return CASUS_OK;
}

void text_parser_use(casus_parser *p, const text_kernels *kernels) { p->kernels = kernels; }

static int16_t *word_row(const casus_parser *p, size_t t) {
    return p->x + (t + TEXT_DILATION_MAX) * p->model->shape.dim;
}

static void embed(casus_parser *p, const casus_sentence *s) {
    const casus_model *m = p->model;
    size_t dim = m->shape.dim;
    bool shout = text_is_shouted(s);
    memset(p->x, 0, sizeof *p->x * dim * (s->n + 2 * TEXT_DILATION_MAX));
    for (uint32_t t = 0; t < s->n; t++) {
        text_form_hashes h;
        text_form_features(s->tokens[t].form, t == 0, shout, &h);
        for (int f = 0; f < TEXT_FEATURES; f++) {
            size_t row = text_table_find(m->tables[f], h.h[f]);
            p->kernels->add_row8(word_row(p, t), m->rows[f] + row * dim, (int16_t)m->shape.mult[f], dim);
        }
    }
}

static void convolve(casus_parser *p, size_t n, uint32_t layer) {
    const casus_model *m = p->model;
    size_t dim = m->shape.dim, d = m->shape.dilation[layer];
    text_rows x = {word_row(p, 0) - d * dim, n, dim, 3, (ptrdiff_t)(d * dim)};
    if (m->shape.scans[layer]) {
        p->kernels->matmul(&x, &m->conv[layer], TEXT_ACT_MAX, false, p->gates, 2 * dim);
        p->kernels->scan(p->gates, n, dim, p->conv);
    } else {
        p->kernels->matmul(&x, &m->conv[layer], TEXT_ACT_MAX, true, p->conv, dim);
    }
    p->kernels->add(word_row(p, 0), p->conv, n * dim, word_row(p, 0));
}

/* May a word with these flags have this tag? What the caller knows of a word goes before what its letters suggest. */
static bool tag_allowed(uint8_t flags, text_tag tag) {
    if (flags & CASUS_TOKEN_NAME) return tag.upos == CASUS_PROPN;
    if (flags & CASUS_TOKEN_THIRD) return strcmp(casus_xpos_name(tag.xpos), "VBZ") == 0;
    if (flags & CASUS_TOKEN_PAST) return strcmp(casus_xpos_name(tag.xpos), "VBD") == 0;
    if (flags & CASUS_TOKEN_BASE) return strcmp(casus_xpos_name(tag.xpos), "VB") == 0 || strcmp(casus_xpos_name(tag.xpos), "VBP") == 0;
    return !(flags & CASUS_TOKEN_IN_NAME) || tag.upos != CASUS_VERB;
}

static uint8_t best_tag(const casus_model *m, const int16_t *scores, uint8_t flags) {
    uint32_t best = 0;
    bool free = !(flags & (CASUS_TOKEN_NAME | CASUS_TOKEN_IN_NAME | CASUS_TOKEN_THIRD | CASUS_TOKEN_PAST | CASUS_TOKEN_BASE)), any = free;
    for (uint32_t i = 0; i < m->shape.tags; i++) {
        if (!free && !tag_allowed(flags, m->tags[i])) continue;
        if (!any || scores[i] > scores[best]) best = i;
        any = true;
    }
    return (uint8_t)best;
}

/* Chooses the tags and tells the layers above. */
static void choose_tags(casus_parser *p, const casus_sentence *s) {
    const casus_model *m = p->model;
    size_t n = s->n;
    size_t dim = m->shape.dim, step = text_padded(m->shape.tags);
    text_rows x = {word_row(p, 0), n, dim, 1, 0};
    p->kernels->matmul(&x, &m->tag_head, INT16_MAX, false, p->tag_scores, step);
    for (size_t t = 0; t < n; t++) {
        p->tags[t] = best_tag(m, p->tag_scores + t * step, s->tokens[t].flags);
        p->kernels->add(word_row(p, t), m->tag_rows + p->tags[t] * dim, dim, word_row(p, t));
    }
}

/* Runs the encoder; `all`: beyond the tags too. */
static void encode(casus_parser *p, const casus_sentence *s, bool all) {
    const text_shape *shape = &p->model->shape;
    embed(p, s);
    for (uint32_t l = 0; l < shape->tag_layer; l++) convolve(p, s->n, l);
    choose_tags(p, s);
    for (uint32_t l = shape->tag_layer; all && l < shape->layers; l++) convolve(p, s->n, l);
}

static void set_tags(const casus_parser *p, casus_arena *arena, casus_sentence *s) {
    for (uint32_t t = 0; t < s->n; t++) {
        casus_token *w = &s->tokens[t];
        text_tag tag = p->model->tags[p->tags[t]];
        w->upos = tag.upos;
        w->xpos = tag.xpos;
        w->lemma = text_lemma_of(&p->model->lemmas, w->form, tag.xpos, tag.upos, arena);
    }
}

/* First layer of every decision the sentence can meet: one product instead of one for each state. */
static void prepare_words(casus_parser *p, size_t n) {
    const text_shape *s = &p->model->shape;
    text_rows x = {word_row(p, 0), n, s->dim, 1, 0};
    p->kernels->matmul(&x, &p->model->slots, TEXT_SUM_LIMIT, false, p->words, (size_t)s->views * s->hidden);
}

static const int16_t *view_row(const casus_parser *p, uint32_t view, uint16_t word) {
    const text_shape *s = &p->model->shape;
    size_t at = (size_t)view * s->hidden;
    if (!word) return p->model->no_word + at;
    if (word > p->state.n) return p->model->root_word + at;
    return p->words + (size_t)(word - 1) * s->views * s->hidden + at;
}

static void think(casus_parser *p, int16_t *hidden) {
    const casus_model *m = p->model;
    const text_shape *s = &m->shape;
    const int16_t *rows[TEXT_VIEWS + TEXT_FACTS];
    uint16_t views[TEXT_VIEWS];
    uint8_t facts[TEXT_FACTS];
    size_t k = 0;
    text_state_views(&p->state, views);
    text_state_facts(&p->state, facts);
    for (uint32_t v = 0; v < s->views; v++) rows[k++] = view_row(p, v, views[v]);
    for (size_t f = 0; f < TEXT_FACTS; f++) rows[k++] = m->fact_rows + (f * TEXT_FACT_VALUES + facts[f]) * s->hidden;
    p->kernels->hidden(m->bias, rows, k, s->hidden, hidden);
}

/* Difference of two scores as 0–255: 255 is a lead of 8 in log-odds. */
static uint8_t as_margin(int32_t lead, uint32_t shift) {
    int32_t m = shift >= 5 ? lead >> (shift - 5) : lead << (5 - shift);
    return (uint8_t)(m < 0 ? 0 : m > 255 ? 255 : m);
}

static enum text_action choose_action(const casus_parser *p, const int16_t *hidden, uint8_t *margin) {
    int32_t score[TEXT_PANEL], second = INT32_MIN / 2;
    int best = -1;
    p->kernels->scores(hidden, &p->model->action_head, score);
    for (int a = 0; a < TEXT_ACTIONS; a++) {
        if (!text_state_can(&p->state, (enum text_action)a)) continue;
        if (best < 0 || score[a] > score[best]) {
            if (best >= 0) second = score[best];
            best = a;
        } else if (score[a] > second) {
            second = score[a];
        }
    }
    *margin = second == INT32_MIN / 2 ? 255 : as_margin(score[best] - second, p->model->shape.action_shift);
    return (enum text_action)best;
}

static uint8_t choose_rel(const casus_parser *p, const int16_t *hidden, enum text_action a) {
    int32_t score[CASUS_DEPREL_N + TEXT_PANEL];
    const casus_model *m = p->model;
    p->kernels->scores(hidden, &m->label_head[a == TEXT_RIGHT], score);
    uint32_t best = 0;
    for (uint32_t i = 1; i < m->shape.rels; i++)
        if (score[i] > score[best]) best = i;
    return m->rels[best];
}

static void find_heads(casus_parser *p, size_t n) {
    int16_t hidden[TEXT_HIDDEN_MAX];
    text_state_start(&p->state, (uint32_t)n);
    while (!text_state_done(&p->state)) {
        uint8_t margin = 0, rel = 0;
        think(p, hidden);
        enum text_action a = choose_action(p, hidden, &margin);
        uint16_t child = p->state.depth ? p->state.stack[p->state.depth - 1] : 0;
        bool to_root = a == TEXT_LEFT && p->state.next > n;
        if (a != TEXT_SHIFT) rel = to_root ? CASUS_ROOT : choose_rel(p, hidden, a);
        text_state_do(&p->state, a, rel);
        if (a != TEXT_SHIFT) p->state.node[child].margin = margin;
    }
}

/* What hangs on a punctuation mark all the same: the first of it takes the mark's place, the others and the mark hang on that. */
static void take_from_mark(casus_sentence *s, uint32_t mark) {
    casus_token *m = &s->tokens[mark], *first = NULL;
    if (m->upos != CASUS_PUNCT) return;
    for (uint32_t t = 0; t < s->n; t++) {
        casus_token *w = &s->tokens[t];
        if (w->head != mark + 1) continue;
        if (!first && w->upos != CASUS_PUNCT) {
            first = w;
            w->head = m->head, w->deprel = m->head ? w->deprel : CASUS_ROOT;
        } else if (first) {
            w->head = (uint16_t)(first - s->tokens + 1);
        }
    }
    if (!first) return;
    m->head = (uint16_t)(first - s->tokens + 1);
    m->deprel = CASUS_PUNCT_REL;
}

static void set_heads(const casus_parser *p, casus_sentence *s) {
    for (uint32_t t = 0; t < s->n; t++) {
        const text_node *node = &p->state.node[t + 1];
        casus_token *w = &s->tokens[t];
        w->head = node->head > s->n ? 0 : node->head;
        w->deprel = w->head ? node->rel == CASUS_ROOT ? CASUS_DEP : node->rel : CASUS_ROOT;
        w->margin = node->margin;
    }
    for (uint32_t t = 0; t < s->n; t++) take_from_mark(s, t);
    s->parsed = true;
}

static casus_code check(const casus_sentence *s, casus_error *err) {
    if (s->n <= CASUS_SENTENCE_MAX) return CASUS_OK;
    return casus_fail(err, CASUS_ERR_LIMIT, "a sentence of %u words; at most %d can be parsed, cut it first",
                      (unsigned)s->n, CASUS_SENTENCE_MAX);
}

casus_code casus_parser_tag(casus_parser *p, casus_arena *arena, casus_sentence *s, casus_error *err) {
    casus_code code = check(s, err);
    if (code || !s->n) return code;
    encode(p, s, false);
    set_tags(p, arena, s);
    return CASUS_OK;
}

static void parse_part(casus_parser *p, casus_arena *arena, casus_sentence *s) {
    encode(p, s, true);
    if (!s->tokens[0].xpos) set_tags(p, arena, s);
    prepare_words(p, s->n);
    find_heads(p, s->n);
    set_heads(p, s);
}

/* ---- semicolons ---- */

static bool has_verb(const casus_sentence *s, uint32_t from, uint32_t to) {
    for (uint32_t t = from; t < to; t++)
        if (s->tokens[t].upos == CASUS_VERB || s->tokens[t].upos == CASUS_AUX) return true;
    return false;
}

/* The semicolon at or after `from` that parts two clauses long enough to stand alone, each with a verb; n when there is none. */
static uint32_t clause_break(const casus_sentence *s, uint32_t from) {
    enum { SHORTEST = 4 };
    for (uint32_t t = from + SHORTEST; t + SHORTEST < s->n; t++)
        if (casus_str_is(s->tokens[t].form, ";") && has_verb(s, from, t) && has_verb(s, t + 1, s->n)) return t;
    return s->n;
}

static uint32_t root_of(const casus_sentence *s) {
    for (uint32_t t = 0; t < s->n; t++)
        if (!s->tokens[t].head) return t;
    return 0;
}

/* Parses clauses that semicolons part one by one: each further one is a parataxis of the first (EWT's practice), the semicolon its mark. */
static void parse_by_clauses(casus_parser *p, casus_arena *arena, casus_sentence *s, uint32_t cut) {
    casus_sentence part = *s;
    uint32_t first = 0;
    for (uint32_t from = 0; from < s->n; cut = clause_break(s, from)) {
        part.tokens = s->tokens + from;
        part.n = cut - from;
        parse_part(p, arena, &part);
        uint32_t root = from + root_of(&part);
        for (uint32_t t = from; t < cut; t++) s->tokens[t].head = (uint16_t)(s->tokens[t].head ? s->tokens[t].head + from : 0);
        if (from) {
            casus_token *mark = &s->tokens[from - 1];
            s->tokens[root].head = (uint16_t)(first + 1), s->tokens[root].deprel = CASUS_PARATAXIS;
            mark->head = (uint16_t)(root + 1), mark->deprel = CASUS_PUNCT_REL, mark->margin = 255;
        } else {
            first = root;
        }
        from = cut + 1;
    }
    s->parsed = true;
}

casus_code casus_parser_parse(casus_parser *p, casus_arena *arena, casus_sentence *s, casus_error *err) {
    casus_code code = check(s, err);
    if (code || !s->n) return code;
    bool semicolon = false;
    for (uint32_t t = 0; t < s->n && !semicolon; t++) semicolon = casus_str_is(s->tokens[t].form, ";");
    if (semicolon && !s->tokens[0].xpos) code = casus_parser_tag(p, arena, s, err);
    uint32_t cut = semicolon && !code ? clause_break(s, 0) : s->n;
    if (!code && cut < s->n) parse_by_clauses(p, arena, s, cut);
    else if (!code) parse_part(p, arena, s);
    return code;
}
