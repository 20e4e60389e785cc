/* coder.c — a document from bytes to statements: the order of the steps, and the record's last touches. */
#include "build.h"
#include "dictionary.h"
#include "forms.h"
#include "lemma_mend.h"

#include "reader.h"
#include "resources.h"
#include "worth.h"

#include <stdlib.h>
#include <string.h>

struct casus_coder {
    const casus_resources *r;
    casus_parser *parser;
};

casus_code casus_coder_new(casus_coder **out, const casus_resources *r, casus_error *err) {
    casus_coder *c = calloc(1, sizeof *c);
    if (!c) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory starting a coder");
    c->r = r;
    casus_code code = casus_parser_new(&c->parser, resources_model(r), err);
    if (code) {
        free(c);
        return code;
    }
    *out = c;
    return CASUS_OK;
}

void casus_coder_free(casus_coder *c) {
    if (!c) return;
    casus_parser_free(c->parser);
    free(c);
}

/* ---- ids ---- */

static uint64_t add_hash(uint64_t h, casus_str s) { return (h ^ casus_str_hash(s)) * 0x9E3779B97F4A7C15u + 1; }

static uint64_t hash_participants(uint64_t h, const casus_participant *p, size_t n) {
    for (size_t i = 0; i < n; i++) h = add_hash(h, p[i].actor ? casus_str_of(p[i].actor) : p[i].name);
    return h + 1;
}

static void set_id(const casus_document *doc, casus_statement *st) {
    bool title = doc->text.at == doc->title; /* a title read as a text of its own: its spans are not the text's */
    uint64_t h = add_hash(title ? 11 : 7, casus_str_of(doc->id));
    h = (h ^ ((uint64_t)st->span.begin << 32 | st->span.end)) * 0x9E3779B97F4A7C15u + (uint64_t)st->kind;
    h = hash_participants(hash_participants(h, st->source, st->n_source), st->target, st->n_target);
    for (size_t i = 0; i < st->n_holder; i++) h = add_hash(h, st->holder[i].name);
    h = add_hash(h, st->action.lemma);
    h ^= (uint64_t)st->action.span.begin * 0xD6E8FEB86659FD93u;
    snprintf(st->id, sizeof st->id, "%016llx", (unsigned long long)h);
}

/* What is about another statement bears its id. */
static void set_links(coder_doc *d) {
    for (size_t i = 0; i < d->n_links; i++) {
        coder_link l = d->links[i];
        if (l.from >= d->n_statements || l.to >= d->n_statements || l.about >= d->statements[l.from].n_about) continue;
        d->statements[l.from].about[l.about].statement = casus_arena_strndup(d->arena, d->statements[l.to].id, strlen(d->statements[l.to].id));
    }
}

static int by_place(const void *a, const void *b) {
    const casus_statement *x = a, *y = b;
    if (x->sentence != y->sentence) return x->sentence < y->sentence ? -1 : 1;
    if (x->action.span.begin != y->action.span.begin) return x->action.span.begin < y->action.span.begin ? -1 : 1;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    return strcmp(x->id, y->id);
}

/* Two dates are two events, unless one of them is only not told. */
static bool same_scene(const casus_statement *a, const casus_statement *b) {
    return !a->time.text.n || !b->time.text.n || strcmp(a->time.begin, b->time.begin) == 0;
}

/* The same told twice in one sentence is told once. */
static bool same_statement(const casus_statement *a, const casus_statement *b) {
    if (a->sentence != b->sentence || a->kind != b->kind || a->negative != b->negative || a->n_source != b->n_source || a->n_target != b->n_target ||
        a->n_holder != b->n_holder || !casus_str_eq(a->action.lemma, b->action.lemma))
        return false;
    bool one_word = a->kind == CASUS_CHANGE && a->n_source && a->action.span.begin == b->action.span.begin && a->action.span.end == b->action.span.end; /* a trend has one word */
    if (!one_word && a->n_about != b->n_about) return false;
    for (size_t i = 0; i < a->n_source; i++)
        if (!casus_str_eq(a->source[i].name, b->source[i].name)) return false;
    for (size_t i = 0; i < a->n_target; i++)
        if (!casus_str_eq(a->target[i].name, b->target[i].name)) return false;
    for (size_t i = 0; !one_word && i < a->n_about; i++)
        if (!casus_str_eq(a->about[i].text, b->about[i].text)) return false;
    for (size_t i = 0; i < a->n_holder; i++)
        if (!casus_str_eq(a->holder[i].name, b->holder[i].name)) return false;
    return same_scene(a, b);
}

static void drop_doubles(coder_doc *d) {
    size_t n = 0;
    for (size_t i = 0; i < d->n_statements; i++) {
        bool twice = false;
        for (size_t k = n; k-- > 0 && d->statements[k].sentence == d->statements[i].sentence && !twice;)
            twice = same_statement(&d->statements[k], &d->statements[i]);
        if (!twice) d->statements[n++] = d->statements[i];
    }
    d->n_statements = n;
}

/* ---- actors ---- */

static bool has_sector(const casus_actor *a, const char *sector) {
    for (size_t i = 0; i < a->n_sectors; i++)
        if (strcmp(a->sectors[i], sector) == 0) return true;
    return false;
}

static void add_roles(coder_doc *d, casus_actor *a, const casus_known_actor *known) {
    size_t cap_r = 0, cap_p = 0, cap_s = 0;
    for (uint32_t i = 0; i < known->n_facts; i++) {
        casus_fact f = casus_lexicon_fact(d->lex, known, i);
        char *begin = NULL, *end = NULL;
        if (f.begin != INT32_MIN) begin = casus_day_text(f.begin, casus_arena_alloc(d->arena, 11));
        if (f.end != INT32_MAX) end = casus_day_text(f.end, casus_arena_alloc(d->arena, 11));
        if (f.key == CASUS_FACT_OFFICE) *CASUS_PUSH(d->arena, a->roles, a->n_roles, cap_r) = (casus_actor_role){f.value, begin, end};
        if (f.key == CASUS_FACT_PART_OF) *CASUS_PUSH(d->arena, a->part_of, a->n_part_of, cap_p) = f.value;
        bool now = d->day == INT32_MIN || (f.begin <= d->day && d->day < f.end);
        if (f.key == CASUS_FACT_SECTOR && now && d->day != INT32_MIN && !has_sector(a, f.value)) *CASUS_PUSH(d->arena, a->sectors, a->n_sectors, cap_s) = f.value;
    }
    const char *latest = casus_lexicon_fact_on(d->lex, known, CASUS_FACT_SECTOR, INT32_MAX);
    if (!a->n_sectors && d->day == INT32_MIN && latest) *CASUS_PUSH(d->arena, a->sectors, a->n_sectors, cap_s) = latest;
    a->cameo = casus_lexicon_fact_on(d->lex, known, CASUS_FACT_CAMEO, d->day == INT32_MIN ? INT32_MAX : d->day);
}

static casus_actor make_actor(coder_doc *d, const coder_entity *e) {
    casus_actor a = {.id = e->id, .name = e->name, .aliases = e->aliases, .n_aliases = e->n_aliases, .type = e->type, .country = e->country,
                     .mentions = e->mentions, .knowledge = e->known >= 0};
    casus_known_actor known;
    size_t cap = 0, cap_s = 0;
    if (e->known >= 0 && casus_lexicon_actor(d->lex, (uint32_t)e->known, &known)) add_roles(d, &a, &known);
    if (e->cameo) a.cameo = e->cameo;
    if (e->base >= 0) *CASUS_PUSH(d->arena, a.part_of, a.n_part_of, cap) = d->entities[e->base].id;
    if (!a.n_sectors && e->sector[0]) *CASUS_PUSH(d->arena, a.sectors, a.n_sectors, cap_s) = e->sector;
    return a;
}

static int by_mentions(const void *a, const void *b) {
    const casus_actor *x = a, *y = b;
    if (x->mentions != y->mentions) return x->mentions > y->mentions ? -1 : 1;
    return strcmp(x->id, y->id);
}

static void collect_actors(coder_doc *d, casus_reading *out) {
    size_t cap = 0;
    for (size_t i = 0; i < d->n_entities; i++)
        if (d->entities[i].mentions && !d->entities[i].n_members) *CASUS_PUSH(d->arena, out->actors, out->n_actors, cap) = make_actor(d, &d->entities[i]);
    if (out->n_actors) qsort(out->actors, out->n_actors, sizeof *out->actors, by_mentions);
}

/* ---- the way through ---- */

static bool is_mark(const casus_token *t, char c) { return t->form.n == 1 && t->form.at[0] == c; }

/* Words at the front that belong to no clause: who speaks ("Q:", "MARIN:"), a bracket round the whole sentence. 0 when there are none. */
static uint32_t label_before(const casus_sentence *s) {
    if (s->n > 3 && is_mark(&s->tokens[0], '(')) return 1;
    uint32_t k = 0;
    while (k < 4 && k < s->n && s->tokens[k].form.n && s->tokens[k].form.at[0] >= 'A' && s->tokens[k].form.at[0] <= 'Z') k++;
    return k && k + 3 < s->n && is_mark(&s->tokens[k], ':') ? k + 1 : 0;
}

/* Parses what follows the label; the label hangs on it. */
static casus_code parse_after(casus_coder *c, casus_arena *arena, casus_sentence *s, uint32_t label, casus_error *err) {
    casus_sentence rest = *s;
    uint32_t root = 1;
    rest.tokens += label, rest.n -= label;
    casus_code code = casus_parser_tag(c->parser, arena, s, err);
    if (!code) code = casus_parser_parse(c->parser, arena, &rest, err);
    for (uint32_t t = label; t < s->n && !code; t++) {
        if (!s->tokens[t].head) root = t + 1;
        else s->tokens[t].head = (uint16_t)(s->tokens[t].head + label);
    }
    for (uint32_t t = 0; t < label; t++)
        s->tokens[t].head = (uint16_t)root, s->tokens[t].deprel = s->tokens[t].upos == CASUS_PUNCT ? CASUS_PUNCT_REL : CASUS_DISCOURSE;
    s->parsed = rest.parsed;
    return code;
}

static casus_code prepare_sentence(casus_coder *c, coder_doc *d, size_t i, casus_sentence *sentence, casus_error *err) {
    coder_sentence *s = &d->sentences[i];
    s->s = sentence;
    s->index = (uint32_t)i;
    mention_hint(d, sentence);
    forms_hint(sentence);
    if (!resources_every(c->r) && !worth_parsing(d->lex, sentence)) {
        casus_sentence nothing = {.tokens = sentence->tokens};
        tree_build(&s->tree, &nothing, d->doc->text, d->arena);
        match_sentence(d, s);
        mention_find(d, s);
        return CASUS_OK;
    }
    uint32_t label = label_before(sentence);
    casus_code code = label ? parse_after(c, d->arena, sentence, label, err) : casus_parser_parse(c->parser, d->arena, sentence, err);
    if (code) return code;
    lemma_mend(sentence, d->lex, d->arena);
    tree_build(&s->tree, sentence, d->doc->text, d->arena);
    if (lemma_mend(sentence, d->lex, d->arena)) tree_read_lemmas(&s->tree); /* verbs that only the mended tree has */
    match_sentence(d, s);
    mention_find(d, s);
    coref_resolve(d, s);
    mention_rebase(d, s);
    return CASUS_OK;
}

static coder_doc *open_doc(const casus_coder *c, const casus_document *doc, casus_arena *arena) {
    int32_t end;
    coder_doc *d = CASUS_NEW(arena, coder_doc);
    *d = (coder_doc){.arena = arena, .doc = doc, .lex = resources_lexicon(c->r), .gazetteer = resources_gazetteer(c->r), .day = INT32_MIN, .told = INT32_MIN};
    if (doc->date && !casus_day_parse(casus_str_of(doc->date), &d->day, &end)) d->day = INT32_MIN;
    return d;
}

casus_code reader_parse(casus_coder *c, const casus_document *doc, casus_arena *arena, coder_doc **out, casus_reading *reading, casus_error *err) {
    return reader_parse_choosing(c, doc, NULL, arena, out, reading, err);
}

casus_code reader_parse_choosing(casus_coder *c, const casus_document *doc, const struct coref_choice *choice, casus_arena *arena, coder_doc **out, casus_reading *reading, casus_error *err) {
    coder_doc *d = *out = open_doc(c, doc, arena);
    d->choice = choice;
    casus_code code = casus_text_split(doc, arena, &reading->sentences, err);
    d->sentences = CASUS_NEW_ARRAY(arena, coder_sentence, reading->sentences.n + 1);
    for (; d->n_sentences < reading->sentences.n && !code; d->n_sentences++)
        code = prepare_sentence(c, d, d->n_sentences, &reading->sentences.items[d->n_sentences], err);
    return code;
}

static casus_code read_text(casus_coder *c, const casus_document *doc, casus_arena *arena, casus_reading *out, casus_error *err) {
    coder_doc *d;
    casus_code code = reader_parse(c, doc, arena, &d, out, err);
    if (code) return code;
    const casus_petrarch *dictionary = resources_dictionary(c->r);
    if (dictionary) dictionary_code(d, dictionary);
    for (size_t i = 0; i < d->n_sentences && !dictionary; i++)
        if (d->sentences[i].tree.n && d->sentences[i].s->block != CASUS_DATELINE) build_sentence(d, &d->sentences[i]);
    for (size_t i = 0; i < d->n_statements; i++) set_id(doc, &d->statements[i]);
    set_links(d);
    if (d->n_statements) qsort(d->statements, d->n_statements, sizeof *d->statements, by_place);
    drop_doubles(d);
    collect_actors(d, out);
    out->statements = d->statements;
    out->n_statements = d->n_statements;
    return CASUS_OK;
}

/* ---- a title that is a text of its own ---- */

static bool same_parties(const casus_participant *a, size_t n, const casus_participant *b, size_t m) {
    for (size_t i = 0; i < n; i++)
        if (i >= m || !a[i].actor != !b[i].actor || (a[i].actor && strcmp(a[i].actor, b[i].actor) != 0)) return false;
    return n == m;
}

/* A headline mostly tells what the text tells: then the text has it. */
static bool text_tells(const casus_reading *text, const casus_statement *st) {
    for (size_t i = 0; i < text->n_statements; i++) {
        const casus_statement *x = &text->statements[i];
        if (x->kind == st->kind && x->negative == st->negative && x->action.plover[0] == st->action.plover[0] &&
            same_parties(st->source, st->n_source, x->source, x->n_source) && same_parties(st->target, st->n_target, x->target, x->n_target))
            return true;
    }
    return false;
}

static void join_actors(casus_arena *arena, casus_reading *out, const casus_reading *title) {
    size_t n = out->n_actors;
    casus_actor *all = CASUS_NEW_ARRAY(arena, casus_actor, n + title->n_actors);
    if (n) memcpy(all, out->actors, n * sizeof *all);
    for (size_t i = 0; i < title->n_actors; i++) {
        size_t k = 0;
        while (k < out->n_actors && strcmp(all[k].id, title->actors[i].id) != 0) k++;
        if (k < out->n_actors) all[k].mentions += title->actors[i].mentions;
        else all[n++] = title->actors[i];
    }
    out->actors = all;
    out->n_actors = n;
    if (n) qsort(all, n, sizeof *all, by_mentions);
}

/* Statements of the title stand before those of the text; their spans count in the title. */
static void join_title(casus_arena *arena, casus_reading *out, const casus_reading *title) {
    casus_statement *all = CASUS_NEW_ARRAY(arena, casus_statement, title->n_statements + out->n_statements);
    size_t n = 0;
    for (size_t i = 0; i < title->n_statements; i++) {
        if (text_tells(out, &title->statements[i])) continue;
        all[n] = title->statements[i];
        all[n++].in_title = true;
    }
    if (out->n_statements) memcpy(all + n, out->statements, out->n_statements * sizeof *all);
    out->statements = all;
    out->n_statements += n;
    join_actors(arena, out, title);
}

static casus_code read_document(casus_coder *c, const casus_document *doc, casus_arena *arena, casus_reading *out, casus_error *err) {
    casus_code code = read_text(c, doc, arena, out, err);
    if (code || !doc->title || !*doc->title || doc->title_end) return code;
    casus_document alone = *doc;
    casus_reading title = {0};
    alone.text = casus_str_of(doc->title);
    alone.title_begin = alone.date_begin = alone.date_end = 0;
    alone.title_end = (uint32_t)alone.text.n;
    code = read_text(c, &alone, arena, &title, err);
    if (!code) join_title(arena, out, &title);
    return code;
}

casus_code casus_coder_read(casus_coder *c, const casus_document *doc, casus_arena *arena, casus_reading *out, casus_error *err) {
    jmp_buf trap;
    CASUS_ARENA_TRY(arena, &trap, return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading %s; raise the limit or cut the document", doc->id));
    memset(out, 0, sizeof *out);
    casus_code code = doc->foreign ? CASUS_OK : read_document(c, doc, arena, out, err);
    casus_arena_untrap(arena);
    return code;
}
