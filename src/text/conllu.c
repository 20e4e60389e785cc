/* CoNLL-U, the format of Universal Dependencies treebanks: https://universaldependencies.org/format.html */
#include <string.h>

#include "text/labels.h"

enum { ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC, COLUMNS };

typedef struct reading {
    casus_arena *arena;
    const char *file;
    casus_error *err;
    int64_t line;
    casus_sentence *items;
    size_t n, cap;
    casus_token *tokens; /* of the sentence being read */
    size_t n_tokens, tokens_cap;
    char *text; /* rebuilt text; a form is never longer than its line, so the file's size is enough */
    size_t text_n;
    uint32_t range_end; /* last word of the open multiword token, 0: none */
    bool newpar;
    uint32_t paragraph;
} reading;

static casus_code bad(reading *r, const char *what) {
    return casus_fail_at(r->err, CASUS_ERR_FORMAT, r->file, r->line, -1, "%s; see the CoNLL-U format", what);
}

static bool number(casus_str s, uint32_t *out) {
    uint32_t v = 0;
    if (!s.n || s.n > 6) return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') return false;
        v = v * 10 + (uint32_t)(s.at[i] - '0');
    }
    *out = v;
    return true;
}

static bool space_after(casus_str misc) {
    casus_str field;
    while (casus_str_cut(&misc, '|', &field))
        if (casus_str_is(field, "SpaceAfter=No")) return false;
    return true;
}

/* Puts a surface token into the text, with a space behind it unless told otherwise. */
static void put_surface(reading *r, casus_str form, bool space, uint32_t *begin, uint32_t *end) {
    *begin = (uint32_t)r->text_n;
    memcpy(r->text + r->text_n, form.at, form.n);
    r->text_n += form.n;
    *end = (uint32_t)r->text_n;
    if (space) r->text[r->text_n++] = ' ';
}

static casus_code range_line(reading *r, casus_str id, const casus_str *c) {
    casus_str first, rest = id;
    uint32_t a = 0, b = 0;
    casus_str_cut(&rest, '-', &first);
    if (!number(first, &a) || !number(rest, &b) || a != r->n_tokens + 1 || b < a || b > a + 20 || r->range_end)
        return bad(r, "a multiword range that does not fit the words");
    casus_token t = {.form = c[FORM]};
    put_surface(r, c[FORM], space_after(c[MISC]), &t.begin, &t.end);
    for (uint32_t i = a; i <= b; i++) {
        casus_token *w = CASUS_PUSH(r->arena, r->tokens, r->n_tokens, r->tokens_cap);
        *w = t;
        w->flags = i == a ? CASUS_TOKEN_MWT_FIRST : CASUS_TOKEN_MWT_REST;
    }
    if (space_after(c[MISC])) r->tokens[b - 1].flags |= CASUS_TOKEN_SPACE_AFTER;
    r->n_tokens = a - 1;
    r->range_end = b;
    return CASUS_OK;
}

static casus_code set_columns(reading *r, casus_token *w, const casus_str *c) {
    uint32_t head = 0;
    w->form = c[FORM];
    w->lemma = c[LEMMA];
    w->upos = (uint8_t)text_upos_of(c[UPOS]);
    w->xpos = (uint8_t)casus_xpos_of(c[XPOS]);
    w->deprel = (uint8_t)casus_deprel_of(c[DEPREL]);
    if (casus_str_is(c[HEAD], "_")) return CASUS_OK;
    if (!number(c[HEAD], &head) || head > UINT16_MAX) return bad(r, "the head is no number");
    w->head = (uint16_t)head;
    w->margin = 255;
    return CASUS_OK;
}

static casus_code word_line(reading *r, const casus_str *c) {
    uint32_t id = 0;
    if (!number(c[ID], &id) || id != r->n_tokens + 1) return bad(r, "word numbers must run 1, 2, 3 …");
    if (r->range_end && id <= r->range_end) {
        casus_code code = set_columns(r, &r->tokens[r->n_tokens++], c);
        if (id == r->range_end) r->range_end = 0;
        return code;
    }
    casus_token *w = CASUS_PUSH(r->arena, r->tokens, r->n_tokens, r->tokens_cap);
    *w = (casus_token){0};
    if (space_after(c[MISC])) w->flags = CASUS_TOKEN_SPACE_AFTER;
    put_surface(r, c[FORM], space_after(c[MISC]), &w->begin, &w->end);
    return set_columns(r, w, c);
}

static casus_code end_sentence(reading *r) {
    if (r->range_end) return bad(r, "a multiword range without its words");
    if (!r->n_tokens) return CASUS_OK;
    bool parsed = false;
    for (size_t i = 0; i < r->n_tokens; i++) {
        if (r->tokens[i].head > r->n_tokens) return bad(r, "a head outside the sentence");
        parsed |= r->tokens[i].head != 0;
    }
    casus_sentence *s = CASUS_PUSH(r->arena, r->items, r->n, r->cap);
    if (r->newpar && r->n > 1) r->paragraph++;
    casus_token *tokens = casus_arena_dup(r->arena, r->tokens, r->n_tokens * sizeof *tokens);
    *s = (casus_sentence){.tokens = tokens,
                          .n = (uint32_t)r->n_tokens,
                          .begin = tokens[0].begin,
                          .paragraph = r->paragraph,
                          .end = tokens[r->n_tokens - 1].end,
                          .parsed = parsed || r->n_tokens == 1};
    if (r->text_n == s->end) r->text[r->text_n++] = ' ';
    r->n_tokens = 0;
    r->newpar = false;
    return CASUS_OK;
}

static void comment(reading *r, casus_str line) {
    if (!casus_str_starts(line, "# newpar") && !casus_str_starts(line, "# newdoc")) return;
    if (r->newpar) return;
    r->newpar = true;
    if (r->text_n && r->text[r->text_n - 1] == ' ') r->text[r->text_n - 1] = '\n';
}

static casus_code one_line(reading *r, casus_str line) {
    if (line.n && line.at[line.n - 1] == '\r') line.n--;
    if (!line.n) return end_sentence(r);
    if (line.at[0] == '#') return comment(r, line), CASUS_OK;
    casus_str c[COLUMNS], rest = line;
    int n = 0;
    while (n < COLUMNS && casus_str_cut(&rest, '\t', &c[n])) n++;
    if (n != COLUMNS || rest.at) return bad(r, "a word line needs ten columns with tabs between");
    if (!c[FORM].n) return bad(r, "a word without a form");
    if (memchr(c[ID].at, '.', c[ID].n)) return CASUS_OK; /* empty nodes belong to the enhanced graph */
    if (memchr(c[ID].at, '-', c[ID].n)) return range_line(r, c[ID], c);
    return word_line(r, c);
}

static casus_code read_all(reading *r, casus_str bytes) {
    casus_str line;
    while (casus_str_cut(&bytes, '\n', &line)) {
        r->line++;
        casus_code code = one_line(r, line);
        if (code) return code;
    }
    return end_sentence(r);
}

casus_code casus_conllu_read(casus_str bytes, const char *file, casus_arena *arena, casus_str *text,
                             casus_sentences *out, casus_error *err) {
    size_t wrong = casus_utf8_check(bytes.at ? bytes.at : "", bytes.n);
    if (wrong < bytes.n) return casus_fail_at(err, CASUS_ERR_UTF8, file, 0, (int64_t)wrong, "not UTF-8, or a NUL byte");
    if (bytes.n > UINT32_MAX)
        return casus_fail_at(err, CASUS_ERR_LIMIT, file, 0, -1, "more than 4 GiB; split the file");
    jmp_buf trap;
    CASUS_ARENA_TRY(arena, &trap,
                    return casus_fail_at(err, CASUS_ERR_NOMEM, file, 0, -1, "out of memory reading CoNLL-U"));
    reading r = {.arena = arena, .file = file, .err = err};
    r.text = casus_arena_alloc(arena, bytes.n + 2);
    casus_code code = read_all(&r, bytes);
    casus_arena_untrap(arena);
    if (code) return code;
    *text = (casus_str){r.text, r.text_n};
    *out = (casus_sentences){r.items, r.n};
    return CASUS_OK;
}

/* ---- writing ----------------------------------------------------------------------------------------------- */

/* A field may hold neither tab nor newline; an empty one is "_". */
static void put_field(casus_buf *out, casus_str s) {
    if (!s.n) return casus_buf_adds(out, "_");
    size_t done = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.at[i] != '\t' && s.at[i] != '\n' && s.at[i] != '\r') continue;
        casus_buf_add(out, s.at + done, i - done);
        casus_buf_adds(out, " ");
        done = i + 1;
    }
    casus_buf_add(out, s.at + done, s.n - done);
}

static casus_str slice(casus_str text, uint32_t begin, uint32_t end) {
    if (begin > end || end > text.n) return (casus_str){NULL, 0};
    return (casus_str){text.at + begin, end - begin};
}

static const char *misc_of(const casus_token *t, bool last) {
    return (t->flags & CASUS_TOKEN_SPACE_AFTER) || last ? "_" : "SpaceAfter=No";
}

static uint32_t range_last(const casus_sentence *s, uint32_t i) {
    while (i + 1 < s->n && (s->tokens[i + 1].flags & CASUS_TOKEN_MWT_REST)) i++;
    return i;
}

static void put_range(casus_buf *out, const casus_sentence *s, uint32_t i, casus_str text) {
    uint32_t last = range_last(s, i);
    casus_buf_addf(out, "%u-%u\t", (unsigned)(i + 1), (unsigned)(last + 1));
    put_field(out, slice(text, s->tokens[i].begin, s->tokens[last].end));
    casus_buf_addf(out, "\t_\t_\t_\t_\t_\t_\t_\t%s\n", misc_of(&s->tokens[last], last + 1 == s->n));
}

static void put_word(casus_buf *out, const casus_sentence *s, uint32_t i) {
    const casus_token *t = &s->tokens[i];
    bool tagged = t->xpos || t->upos;
    bool inside = t->flags & (CASUS_TOKEN_MWT_FIRST | CASUS_TOKEN_MWT_REST);
    casus_buf_addf(out, "%u\t", (unsigned)(i + 1));
    put_field(out, t->form);
    casus_buf_adds(out, "\t");
    put_field(out, t->lemma);
    casus_buf_addf(out, "\t%s\t%s\t_\t", tagged ? casus_upos_name((casus_upos)t->upos) : "_", casus_xpos_name(t->xpos));
    if (s->parsed)
        casus_buf_addf(out, "%u\t%s", (unsigned)t->head, casus_deprel_name((casus_deprel)t->deprel));
    else
        casus_buf_adds(out, "_\t_");
    casus_buf_addf(out, "\t_\t%s\n", inside ? "_" : misc_of(t, i + 1 == s->n));
}

void casus_conllu_write(casus_buf *out, const casus_sentence *s, casus_str text, const char *sent_id) {
    if (sent_id) casus_buf_addf(out, "# sent_id = %s\n", sent_id);
    casus_buf_adds(out, "# text = ");
    put_field(out, slice(text, s->begin, s->end));
    casus_buf_adds(out, "\n");
    for (uint32_t i = 0; i < s->n; i++) {
        if (s->tokens[i].flags & CASUS_TOKEN_MWT_FIRST) put_range(out, s, i, text);
        put_word(out, s, i);
    }
    casus_buf_adds(out, "\n");
}
