/* casus parse: text or CoNLL-U in, tagged and parsed CoNLL-U out. */
#include "reading.h"

#include <stddef.h>
#include <string.h>

typedef struct options {
    bool gold_tokens;
    const char *format;
} options;

typedef struct work {
    tool *t;
    casus_parser *parser;
    casus_buf out;
    size_t sentences;
} work;

static casus_code parse_sentences(work *w, casus_arena *arena, casus_sentences *s, casus_str text, const char *prefix, casus_error *err) {
    casus_code code = CASUS_OK;
    char id[200];
    for (size_t i = 0; i < s->n && !code; i++) {
        snprintf(id, sizeof id, "%.150s-%zu", prefix, i + 1);
        code = casus_parser_parse(w->parser, arena, &s->items[i], err);
        if (!code) casus_conllu_write(&w->out, &s->items[i], text, id);
        if (!code && w->out.n > 1 << 16) {
            if (!tool_write(w->t, &w->out)) return casus_fail(err, CASUS_ERR_IO, "cannot write the output");
            casus_buf_clear(&w->out);
        }
        w->sentences++;
    }
    return code;
}

static casus_code parse_documents(work *w, char **files, int n, casus_format format, casus_arena *arena, casus_error *err) {
    tool_input in = tool_input_of(w->t, files, n, format);
    in.quiet = true;
    casus_code code = CASUS_OK;
    for (bool got = true; !code && got;) {
        casus_document doc;
        casus_sentences s = {0};
        casus_arena_reset(arena);
        code = tool_input_next(&in, arena, &doc, &got, err);
        if (!code && got) code = casus_text_split(&doc, arena, &s, err);
        if (!code && got) code = parse_sentences(w, arena, &s, doc.text, doc.id, err);
    }
    tool_input_close(&in);
    return code;
}

/* What the file says about tags, lemmas and heads is forgotten: only its tokens are taken. */
static void keep_tokens_alone(casus_sentences *s) {
    for (size_t i = 0; i < s->n; i++) {
        s->items[i].parsed = false;
        for (uint32_t k = 0; k < s->items[i].n; k++) {
            casus_token *t = &s->items[i].tokens[k];
            t->upos = t->xpos = t->deprel = 0;
            t->head = 0;
            t->lemma = (casus_str){0};
        }
    }
}

static casus_code parse_conllu(work *w, const char *path, casus_arena *arena, casus_error *err) {
    casus_map map;
    casus_str text;
    casus_sentences s;
    casus_code code = casus_map_open(&map, strcmp(path, "-") == 0 ? "/dev/stdin" : path, err);
    if (code) return code;
    casus_arena_reset(arena);
    code = casus_conllu_read((casus_str){(const char *)map.at, map.n}, path, arena, &text, &s, err);
    if (!code) keep_tokens_alone(&s);
    if (!code) code = parse_sentences(w, arena, &s, text, "s", err);
    casus_map_close(&map);
    return code;
}

static casus_code parse_all(work *w, const options *o, casus_format format, char **args, int n, casus_error *err) {
    casus_arena arena;
    casus_code code = CASUS_OK;
    casus_arena_init(&arena);
    if (!o->gold_tokens) code = parse_documents(w, args, n, format, &arena, err);
    for (int i = 0; o->gold_tokens && i < (n ? n : 1) && !code; i++) code = parse_conllu(w, n ? args[i] : "-", &arena, err);
    if (!code && !tool_write(w->t, &w->out)) code = casus_fail(err, CASUS_ERR_IO, "cannot write the output");
    casus_arena_done(&arena);
    return code;
}

static int run(tool *t, const void *given, char **args, int n) {
    const options *o = given;
    casus_error err;
    casus_format format;
    casus_model *model = NULL;
    work w = {.t = t};
    const char *data = NULL;
    if (!tool_format_of(o->format, &format)) return tool_usage(t, "--format is auto, text, html or jsonl, not \"%s\"", o->format);
    casus_code code = tool_data(t, &data, &err);
    if (!code) code = casus_model_open(&model, casus_arena_printf(&t->arena, "%s/english%s.casus", data, t->fast ? "-fast" : ""), &err);
    if (!code) code = casus_parser_new(&w.parser, model, &err);
    if (!code) code = parse_all(&w, o, format, args, n, &err);
    casus_parser_free(w.parser);
    casus_model_close(model);
    casus_buf_done(&w.out);
    int rc = tool_finish(t);
    return code ? tool_fail(t, &err) : rc;
}

static const tool_option table[] = {
    {"gold-tokens", 0, TOOL_FLAG, NULL, "the input is CoNLL-U: keep its tokens, predict the rest", offsetof(options, gold_tokens)},
    {"format", 0, TOOL_TEXT, "FORMAT", "auto, text, html or jsonl", offsetof(options, format)},
    {0}};

const tool_command cmd_parse = {
    .name = "parse",
    .summary = "cuts, tags and parses text into CoNLL-U",
    .usage = "[FILE…]",
    .options = table,
    .size = sizeof(options),
    .common = TOOL_DATA | TOOL_REJECTS,
    .max_args = -1,
    .examples = "echo 'The minister met the rebels in Kelm.' | casus parse\ncasus parse --gold-tokens test.conllu > parsed.conllu\n",
    .run = run,
};
