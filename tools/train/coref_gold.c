/* Texts with their entities, from the treebank files of GUM. */
#include "coref.h"

#include <stdlib.h>
#include <string.h>

typedef struct open_mention {
    uint32_t entity, first;
    uint64_t heads;
} open_mention;

typedef struct reader {
    casus_arena *arena;
    coref_document *docs;
    size_t n, cap;
    casus_buf text; /* of the document at hand */
    open_mention open[64];
    size_t n_open;
    bool glued; /* the last token has no space after it */
    unsigned long whole_to; /* the last part of a word that is several ("don't") */
    bool whole_glued;
    casus_error *err;
} reader;

static coref_document *current(reader *r) { return r->n ? &r->docs[r->n - 1] : NULL; }

static void end_document(reader *r) {
    coref_document *d = current(r);
    if (d) d->text = casus_str_of(casus_arena_strndup(r->arena, r->text.at ? r->text.at : "", r->text.n));
    casus_buf_clear(&r->text);
    r->n_open = 0;
}

/* "1-person-new-sssss-cf1-1,2-coref": the entity and its heads (places in the mention, from 1). */
static open_mention describe(casus_str s, uint32_t token) {
    open_mention m = {.first = token};
    casus_str rest = s, field;
    for (int k = 0; casus_str_cut(&rest, '-', &field); k++) {
        if (k == 0) m.entity = (uint32_t)strtoul(field.at, NULL, 10);
        casus_str places = field, place;
        while (k == 5 && casus_str_cut(&places, ',', &place)) {
            unsigned long at = strtoul(place.at, NULL, 10);
            if (at >= 1 && at <= 64) m.heads |= (uint64_t)1 << (at - 1);
        }
    }
    return m;
}

static void close_mention(reader *r, uint32_t entity, uint32_t token) {
    coref_document *d = current(r);
    for (size_t k = r->n_open; k-- > 0;) {
        if (r->open[k].entity != entity) continue;
        *CASUS_PUSH(r->arena, d->mentions, d->n_mentions, d->cap_mentions) = (coref_mention){entity, r->open[k].first, token, r->open[k].heads};
        memmove(&r->open[k], &r->open[k + 1], (--r->n_open - k) * sizeof *r->open);
        return;
    }
}

/* "(7-abstract-…(3-person-…)": mentions that begin at the token; "7)": that end there. */
static void read_entities(reader *r, casus_str s, uint32_t token) {
    for (size_t i = 0; i < s.n;) {
        bool opens = s.at[i] == '(';
        size_t from = i + opens, to = from;
        while (to < s.n && s.at[to] != '(' && s.at[to] != ')') to++;
        casus_str item = {s.at + from, to - from};
        bool closes = to < s.n && s.at[to] == ')';
        uint32_t entity = (uint32_t)strtoul(item.at, NULL, 10);
        if (opens && r->n_open < sizeof r->open / sizeof *r->open) r->open[r->n_open++] = describe(item, token);
        if (closes) close_mention(r, entity, token);
        i = to + closes;
    }
}

static bool has_part(casus_str misc, const char *want) {
    casus_str part;
    while (casus_str_cut(&misc, '|', &part))
        if (casus_str_is(part, want)) return true;
    return false;
}

static void add_token(reader *r, unsigned long id, casus_str form, casus_str misc) {
    coref_document *d = current(r);
    casus_str part;
    bool space = r->text.n && !r->glued && r->text.at[r->text.n - 1] != '\n';
    if (space) casus_buf_adds(&r->text, " ");
    uint32_t begin = (uint32_t)r->text.n, token = (uint32_t)d->n_tokens;
    casus_buf_add(&r->text, form.at, form.n);
    *CASUS_PUSH(r->arena, d->tokens, d->n_tokens, d->cap_tokens) = (coref_token){begin, (uint32_t)r->text.n};
    r->glued = id < r->whole_to || (id == r->whole_to ? r->whole_glued : has_part(misc, "SpaceAfter=No"));
    while (casus_str_cut(&misc, '|', &part))
        if (casus_str_starts(part, "Entity=")) read_entities(r, (casus_str){part.at + 7, part.n - 7}, token);
}

static casus_code read_line(reader *r, casus_str line) {
    casus_str field[10];
    size_t n = 0;
    if (casus_str_starts(line, "# sent_id")) r->whole_to = 0;
    if (casus_str_starts(line, "# newdoc id = ")) {
        end_document(r);
        *CASUS_PUSH(r->arena, r->docs, r->n, r->cap) = (coref_document){0};
    }
    if (casus_str_starts(line, "# meta::genre = ") && r->n) current(r)->genre = (casus_str){line.at + 16, line.n - 16};
    if (casus_str_starts(line, "# newpar") && r->text.n) casus_buf_adds(&r->text, "\n\n");
    if (!line.n || line.at[0] == '#' || !r->n) return CASUS_OK;
    while (n < 10 && casus_str_cut(&line, '\t', &field[n])) n++;
    if (n < 10) return casus_fail(r->err, CASUS_ERR_FORMAT, "a line has %zu columns where CoNLL-U has 10", n);
    const char *dash = memchr(field[0].at, '-', field[0].n);
    if (dash) { /* several words in one: its parts follow */
        r->whole_to = strtoul(dash + 1, NULL, 10);
        r->whole_glued = has_part(field[9], "SpaceAfter=No");
    }
    if (!dash && !memchr(field[0].at, '.', field[0].n)) add_token(r, strtoul(field[0].at, NULL, 10), field[1], field[9]);
    return CASUS_OK;
}

casus_code coref_gold_read(const char *path, casus_arena *arena, coref_document **out, size_t *n, casus_error *err) {
    casus_map map;
    casus_code code = casus_map_open(&map, path, err);
    if (code) return code;
    reader r = {.arena = arena, .err = err};
    casus_str rest = casus_str_of(casus_arena_strndup(arena, (const char *)map.at, map.n)), line;
    casus_map_close(&map);
    while (!code && casus_str_cut(&rest, '\n', &line)) code = read_line(&r, line);
    end_document(&r);
    if (!code && r.text.failed) code = casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading %s", path);
    casus_buf_done(&r.text);
    *out = r.docs;
    *n = r.n;
    return code;
}
