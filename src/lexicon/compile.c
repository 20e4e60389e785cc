#include "compile.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Out of memory ends the work like a failed allocation of the arena: no string that is asked for later is missing. */
static void add_bytes(compiler *c, const char *bytes, size_t n) {
    casus_buf_add(&c->strings, bytes, n);
    if (c->strings.failed) longjmp(*c->arena->trap, 1);
}

uint32_t compile_string(compiler *c, casus_str s) {
    if (!s.n) return 0;
    bool fresh;
    uint32_t *at = casus_table_put(&c->string_at, c->arena, casus_str_hash(s) | 1, &fresh);
    if (!fresh) return *at;
    *at = (uint32_t)c->strings.n;
    add_bytes(c, s.at, s.n);
    add_bytes(c, "", 1);
    return *at;
}

void compile_problem(compiler *c, const knowledge_entry *e, int line, const char *format, ...) {
    char message[400], text[900];
    casus_error one;
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    casus_fail_at(&one, CASUS_ERR_FORMAT, e->file, line ? line : e->line, -1, "%s", message);
    if (!c->n_problems++ && c->err) *c->err = one;
    if (c->problems) casus_buf_addf(c->problems, "%s\n", casus_error_text(&one, text, sizeof text));
}

unsigned compile_words(casus_str text) {
    unsigned n = 0;
    casus_str word;
    while (casus_str_cut(&text, ' ', &word)) n += word.n > 0;
    return n;
}

void compile_first(compiler *c, casus_table *t, casus_str text, bool lower) {
    /* Names are matched over tokens; hyphens and dots may cut a word into several, so the first piece of letters counts too. */
    casus_str first = {text.at, 0};
    unsigned pieces = 0, extra = 0;
    for (size_t i = 0; i < text.n; i++) {
        bool cut = text.at[i] == ' ' || text.at[i] == '-' || text.at[i] == '.' || text.at[i] == '\'' || text.at[i] == '/';
        if (cut && !pieces++) first.n = i;
        extra += cut && text.at[i] != ' ';
    }
    if (!pieces) first.n = text.n;
    casus_str whole, rest = text;
    casus_str_cut(&rest, ' ', &whole);
    unsigned words = compile_words(text) + 2 * extra;
    casus_str starts[] = {first, whole};
    for (int i = 0; i < 2; i++) {
        uint64_t key = casus_key(starts[i], lower);
        if (!key) continue;
        uint32_t *longest = casus_table_put(t, c->arena, key, NULL);
        if (*longest < words) *longest = words;
    }
}

unsigned lexicon_bucket_bits(size_t n) {
    unsigned bits = 4;
    while (bits < 24 && ((size_t)1 << bits) < n) bits++;
    return bits;
}

static int by_key64(const void *a, const void *b) {
    uint64_t x, y;
    memcpy(&x, a, 8);
    memcpy(&y, b, 8);
    return (x > y) - (x < y);
}

static int by_pattern(const void *a, const void *b) {
    const casus_pattern *x = a, *y = b;
    if (x->lemma != y->lemma) return x->lemma < y->lemma ? -1 : 1;
    if (x->n_required != y->n_required) return x->n_required > y->n_required ? -1 : 1;
    if (x->n_elements != y->n_elements) return x->n_elements > y->n_elements ? -1 : 1;
    return (x->elements > y->elements) - (x->elements < y->elements);
}

/* buckets[i]: first record whose leading key bits are >= i; one more at the end. */
static uint32_t *make_buckets(compiler *c, const void *records, size_t n, size_t size, bool wide, size_t *n_buckets) {
    unsigned bits = lexicon_bucket_bits(n);
    size_t count = ((size_t)1 << bits) + 1, next = 0;
    uint32_t *b = CASUS_NEW_ARRAY(c->arena, uint32_t, count);
    for (size_t i = 0; i < count; i++) {
        for (; next < n; next++) {
            uint64_t key64;
            uint32_t key32;
            const char *at = (const char *)records + next * size;
            memcpy(&key64, at, 8);
            memcpy(&key32, at, 4);
            if ((wide ? key64 >> (64 - bits) : (uint64_t)key32 >> (32 - bits)) >= i) break;
        }
        b[i] = (uint32_t)next;
    }
    *n_buckets = count;
    return b;
}

static lexicon_first *make_firsts(compiler *c, const casus_table *t, size_t *n) {
    lexicon_first *out = CASUS_NEW_ARRAY(c->arena, lexicon_first, t->n + 1);
    *n = 0;
    for (size_t i = 0; i < t->cap; i++)
        if (t->keys[i]) out[(*n)++] = (lexicon_first){t->keys[i], t->values[i], 0};
    qsort(out, *n, sizeof *out, by_key64);
    return out;
}

typedef struct section_list {
    casus_pack_part parts[32];
    size_t n;
} section_list;

static void add_section(section_list *l, const char *name, const void *bytes, size_t size) {
    l->parts[l->n++] = (casus_pack_part){name, bytes, size};
}

static void add_keyed(compiler *c, section_list *l, const char *name, const char *buckets, void *records, size_t n, size_t size) {
    size_t n_buckets;
    if (n) qsort(records, n, size, by_key64);
    add_section(l, name, records, n * size);
    add_section(l, buckets, make_buckets(c, records, n, size, true, &n_buckets), 0);
    l->parts[l->n - 1].size = n_buckets * sizeof(uint32_t);
}

static void add_firsts(compiler *c, section_list *l, const char *name, const char *buckets, const casus_table *t) {
    size_t n;
    lexicon_first *firsts = make_firsts(c, t, &n);
    add_keyed(c, l, name, buckets, firsts, n, sizeof *firsts);
}

static casus_code write_sections(compiler *c, const char *path, casus_error *err) {
    section_list l = {.n = 0};
    size_t n_buckets;
    add_section(&l, "strings", c->strings.at, c->strings.n);
    add_section(&l, "actors", c->actors, c->n_actors * sizeof *c->actors);
    add_section(&l, "facts", c->facts, c->n_facts * sizeof *c->facts);
    add_section(&l, "aliases", c->aliases, c->n_aliases * sizeof *c->aliases);
    add_section(&l, "frames", c->frames, c->n_frames * sizeof *c->frames);
    add_section(&l, "elements", c->elements, c->n_elements * sizeof *c->elements);
    add_section(&l, "hashes", c->hashes, c->n_hashes * sizeof *c->hashes);
    add_keyed(c, &l, "names", "names.b", c->names, c->n_names, sizeof *c->names);
    add_keyed(c, &l, "agents", "agents.b", c->agents, c->n_agents, sizeof *c->agents);
    add_keyed(c, &l, "phrases", "phrases.b", c->phrases, c->n_phrases, sizeof *c->phrases);
    add_keyed(c, &l, "places", "places.b", c->places, c->n_places, sizeof *c->places);
    add_firsts(c, &l, "names.1", "names.1b", &c->name_first);
    add_firsts(c, &l, "agents.1", "agents.1b", &c->agent_first);
    add_firsts(c, &l, "phrases.1", "phrases.1b", &c->phrase_first);
    add_firsts(c, &l, "places.1", "places.1b", &c->place_first);
    if (c->n_patterns) qsort(c->patterns, c->n_patterns, sizeof *c->patterns, by_pattern);
    add_section(&l, "patterns", c->patterns, c->n_patterns * sizeof *c->patterns);
    uint32_t *buckets = make_buckets(c, c->patterns, c->n_patterns, sizeof *c->patterns, false, &n_buckets);
    add_section(&l, "patterns.b", buckets, n_buckets * sizeof *buckets);
    return casus_pack_write(path, LEXICON_KIND, LEXICON_VERSION, l.parts, l.n, err);
}

static casus_code compile_folder(compiler *c, const char *folder, casus_error *err) {
    knowledge_file actors = {0}, agents = {0}, actions = {0}, places = {0};
    casus_code code = knowledge_read_folder(folder, "actors", c->arena, &actors, err);
    if (!code) code = knowledge_read_folder(folder, "actions", c->arena, &actions, err);
    const struct {
        const char *name;
        knowledge_file *to;
    } single[] = {{"agents.txt", &agents}, {"cues.txt", &actions}, {"places.txt", &places}};
    for (size_t i = 0; i < 3 && !code; i++) {
        const char *path = casus_arena_printf(c->arena, "%s/%s", folder, single[i].name);
        casus_error missing;
        code = knowledge_read(path, c->arena, single[i].to, &missing);
        if (code == CASUS_ERR_IO) code = CASUS_OK; /* a folder need not hold every file */
        if (code && err) *err = missing;
    }
    if (code) return code;
    compile_actors(c, &actors);
    compile_agents(c, &agents);
    compile_places(c, &places);
    compile_actions(c, &actions);
    return CASUS_OK;
}

static casus_code compile_all(compiler *c, const char *const *folders, size_t n, const char *path, casus_error *err) {
    add_bytes(c, "", 1);
    casus_code code = CASUS_OK;
    for (size_t i = 0; i < n && !code; i++) code = compile_folder(c, folders[i], err);
    if (!code && c->n_problems) code = CASUS_ERR_FORMAT;
    return code ? code : write_sections(c, path, err);
}

casus_code casus_lexicon_compile(const char *const *folders, size_t n, const char *path, casus_buf *problems, casus_error *err) {
    casus_arena arena;
    jmp_buf trap;
    casus_arena_init(&arena);
    compiler *c = casus_arena_alloc(&arena, sizeof *c);
    if (!c) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory compiling the knowledge");
    *c = (compiler){.arena = &arena, .problems = problems, .err = err};
    casus_code code;
    if (setjmp(trap)) {
        code = casus_fail(err, CASUS_ERR_NOMEM, "out of memory compiling the knowledge");
    } else {
        arena.trap = &trap;
        code = compile_all(c, folders, n, path, err);
    }
    casus_arena_untrap(&arena);
    casus_buf_done(&c->strings);
    casus_arena_done(&arena);
    return code;
}

/* The shipped knowledge and the user's, compiled together into a file that is gone from the disk once it is mapped. */
static casus_code open_layered(casus_lexicon **out, const char *data, const char *knowledge, casus_error *err) {
    char base[1024], path[] = "/tmp/casus-knowledge-XXXXXX";
    snprintf(base, sizeof base, "%s/knowledge", data);
    if (access(base, R_OK) != 0 || access(knowledge, R_OK) != 0)
        return casus_fail_at(err, CASUS_ERR_IO, access(base, R_OK) ? base : knowledge, 0, -1, "this knowledge folder cannot be read; name another, or build again");
    int fd = mkstemp(path);
    if (fd < 0) return casus_fail_at(err, CASUS_ERR_IO, path, 0, -1, "cannot make a temporary file for the compiled knowledge");
    close(fd);
    const char *const folders[] = {base, knowledge};
    casus_code code = casus_lexicon_compile(folders, 2, path, NULL, err);
    if (!code) code = casus_lexicon_open(out, path, err);
    unlink(path);
    return code;
}

casus_code casus_lexicon_open_with(casus_lexicon **out, const char *data, const char *knowledge, casus_error *err) {
    char path[1024];
    if (knowledge) return open_layered(out, data, knowledge, err);
    snprintf(path, sizeof path, "%s/lexicon.casus", data);
    return casus_lexicon_open(out, path, err);
}
