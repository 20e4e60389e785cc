/* PETRARCH dictionaries: files, lines, names and look-ups. Actors and agents are read in petrarch_actors.c, verbs in
 * petrarch_verbs.c. */
#include "petrarch.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- lines ---- */

void petrarch_problem(petrarch_reader *r, int line, const char *format, ...) {
    char message[300];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    r->p->counts.problems++;
    if (r->problems) casus_buf_addf(r->problems, "%s:%d: %s\n", r->file, line, message);
}

static size_t find(casus_str s, const char *what) {
    size_t n = strlen(what);
    for (size_t i = 0; i + n <= s.n; i++)
        if (memcmp(s.at + i, what, n) == 0) return i;
    return s.n;
}

/* "#" begins a comment, but inside brackets it is a code ("[###]"). */
static casus_str without_comment(casus_str line) {
    bool inside = false;
    for (size_t i = 0; i < line.n; i++) {
        if (line.at[i] == '[') inside = true;
        if (line.at[i] == ']') inside = false;
        if (line.at[i] == '#' && !inside) return (casus_str){line.at, i};
    }
    return line;
}

/* Comments in the manner of XML may run over lines. */
static casus_str without_markup(petrarch_reader *r, casus_str line) {
    if (r->in_comment) {
        size_t end = find(line, "-->");
        if (end == line.n) return (casus_str){line.at, 0};
        r->in_comment = false;
        line = (casus_str){line.at + end + 3, line.n - end - 3};
    }
    size_t open = find(line, "<!");
    if (open == line.n) return line;
    r->in_comment = find((casus_str){line.at + open, line.n - open}, "-->") == line.n - open;
    return (casus_str){line.at, open};
}

bool petrarch_line(petrarch_reader *r, casus_str *line) {
    while (casus_str_cut(&r->rest, '\n', line)) {
        r->line++;
        if (casus_utf8_check(line->at, line->n) < line->n) {
            petrarch_problem(r, r->line, "not UTF-8; the line is left out");
            continue;
        }
        *line = casus_str_trim(without_comment(without_markup(r, *line)));
        if (line->n) return true;
    }
    return false;
}

bool petrarch_bracket(casus_str *rest, casus_str *inside) {
    *rest = casus_str_trim(*rest);
    if (!rest->n || rest->at[0] != '[') return false;
    const char *close = memchr(rest->at, ']', rest->n);
    if (!close) return false;
    *inside = casus_str_trim((casus_str){rest->at + 1, (size_t)(close - rest->at) - 1});
    *rest = (casus_str){close + 1, rest->n - (size_t)(close + 1 - rest->at)};
    return true;
}

/* ---- names ---- */

static bool is_joint(char c) { return c == '_' || c == ' ' || c == '\t'; }

static unsigned count_words(casus_str text, casus_str *first) {
    unsigned n = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (is_joint(text.at[i])) continue;
        size_t from = i;
        while (i < text.n && !is_joint(text.at[i])) i++;
        if (n++ == 0) *first = (casus_str){text.at + from, i - from};
    }
    return n;
}

/* A word may be cut into several by the tokenizer ("al-Qaeda"), so the first word's key is taken up to its first hyphen
 * too. */
static void note_first(casus_petrarch *p, petrarch_names *names, casus_str first, unsigned words) {
    for (size_t i = 1; i <= first.n; i++) {
        bool end = i == first.n;
        if (!end && first.at[i] != '-' && first.at[i] != '.' && first.at[i] != '\'') continue;
        uint64_t key = casus_key((casus_str){first.at, i}, true);
        if (!key) continue;
        uint32_t *most = casus_table_put(&names->first, &p->arena, key, NULL);
        if (*most < words) *most = words;
    }
}

bool petrarch_add_name(casus_petrarch *p, petrarch_names *names, casus_str text, uint32_t of) {
    casus_str first = {NULL, 0};
    uint64_t key = casus_key(text, true);
    unsigned words = count_words(text, &first), parts = words;
    if (!key || words > 30) return false;
    for (size_t i = 0; i < text.n; i++) parts += text.at[i] == '-' || text.at[i] == '.' || text.at[i] == '\'';
    *CASUS_PUSH(&p->arena, names->items, names->n, names->cap) = (petrarch_name){of, 0};
    bool fresh;
    uint32_t *at = casus_table_put(&names->at, &p->arena, key, &fresh);
    if (fresh) {
        *at = (uint32_t)names->n;
        note_first(p, names, first, parts);
        return true;
    }
    petrarch_name *last = &names->items[*at - 1];
    while (last->next) last = &names->items[last->next - 1];
    last->next = (uint32_t)names->n;
    return true;
}

/* The longest name that starts at word[0]; words of punctuation alone add nothing to it and do not end it. */
static const petrarch_name *longest(const petrarch_names *names, const casus_str *word, size_t n, size_t *used) {
    uint64_t key = n ? casus_key(word[0], true) : 0;
    const uint32_t *most = key ? casus_table_get(&names->first, key) : NULL;
    const petrarch_name *best = NULL;
    for (size_t i = 0; most && i < n && i <= 2u * *most; i++) {
        uint64_t more = i ? casus_key_more(key, word[i], true) : key;
        bool comma = i && word[i].n == 1 && word[i].at[0] != '-' && more == key;
        if (comma) break;
        if (i && more == key) continue;
        key = more;
        const uint32_t *at = casus_table_get(&names->at, key);
        if (!at) continue;
        best = &names->items[*at - 1];
        *used = i + 1;
    }
    return best;
}

static const char *code_on(const petrarch_actor *a, int32_t day) {
    const char *plain = NULL;
    for (size_t i = 0; i < a->n; i++) {
        if (!a->roles[i].dated)
            plain = plain ? plain : a->roles[i].code;
        else if (day != INT32_MIN && a->roles[i].begin <= day && day < a->roles[i].end)
            return a->roles[i].code;
    }
    if (!plain && day == INT32_MIN && a->n) return a->roles[a->n - 1].code;
    return plain;
}

const char *casus_petrarch_actor(const casus_petrarch *p, const casus_str *word, size_t n, int32_t day, size_t *used) {
    const petrarch_name *name = longest(&p->actor_names, word, n, used);
    while (name) {
        const char *code = code_on(&p->actors[name->of], day);
        if (code) return code;
        name = name->next ? &p->actor_names.items[name->next - 1] : NULL;
    }
    return NULL;
}

const casus_petrarch_agent *casus_petrarch_agent_at(const casus_petrarch *p, const casus_str *word, size_t n,
                                                    size_t *used) {
    const petrarch_name *name = longest(&p->agent_names, word, n, used);
    return name ? &p->agents[name->of] : NULL;
}

bool casus_petrarch_discarded(const casus_petrarch *p, const casus_str *word, size_t n, bool *story) {
    size_t used;
    const petrarch_name *name = longest(&p->discard_names, word, n, &used);
    if (name) *story = name->of == 1;
    return name != NULL;
}

void petrarch_read_discards(petrarch_reader *r) {
    casus_str line;
    while (petrarch_line(r, &line)) {
        bool story = line.at[0] == '+';
        if (story) line = casus_str_trim((casus_str){line.at + 1, line.n - 1});
        if (petrarch_add_name(r->p, &r->p->discard_names, line, story))
            r->p->counts.discards++;
        else
            petrarch_problem(r, r->line, "a discard phrase without letters");
    }
}

/* ---- verbs ---- */

const casus_petrarch_verb *casus_petrarch_verb_at(const casus_petrarch *p, casus_str form, size_t i) {
    uint64_t key = casus_key(form, true);
    const uint32_t *at = key ? casus_table_get(&p->form_at, key) : NULL;
    uint32_t f = at ? *at : 0;
    while (f && i--) f = p->forms[f - 1].next;
    return f ? &p->verbs[p->forms[f - 1].verb] : NULL;
}

const casus_petrarch_pattern *casus_petrarch_patterns(const casus_petrarch *p, const casus_petrarch_verb *v) {
    return p->patterns + v->patterns;
}
const casus_petrarch_element *casus_petrarch_elements(const casus_petrarch *p, uint32_t first) {
    return p->elements + first;
}

const uint32_t *casus_petrarch_phrase(const casus_petrarch *p, uint32_t set, size_t i, size_t *n_words) {
    if (i >= p->sets[set].n) return NULL;
    const petrarch_phrase *f = &p->phrases[p->sets[set].phrases + i];
    *n_words = f->n;
    return p->words + f->words;
}

/* ---- files ---- */

typedef void read_file(petrarch_reader *r);

static read_file *kind_of(const char *path) {
    static const struct {
        const char *end;
        read_file *read;
    } kinds[] = {{".actors", petrarch_read_actors},
                 {".agents", petrarch_read_agents},
                 {".verbs", petrarch_read_verbs},
                 {".discards", petrarch_read_discards}};
    const char *slash = strrchr(path, '/');
    casus_str name = casus_str_of(slash ? slash + 1 : path);
    bool text = casus_str_ends(name, ".txt");
    if (text) name.n -= 4;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (casus_str_ends(name, kinds[i].end)) return kinds[i].read;
    return text && casus_str_starts(name, "CAMEO") ? petrarch_read_verbs : NULL;
}

static void read_bytes(casus_petrarch *p, const char *name, casus_str bytes, casus_buf *problems) {
    const char *file = casus_arena_strndup(&p->arena, name, strlen(name));
    petrarch_reader r = {.p = p,
                         .problems = problems,
                         .file = file,
                         .rest = bytes};
    p->hash = (p->hash ^ casus_str_hash(bytes)) * 0x9E3779B97F4A7C15u + 1;
    kind_of(name)(&r);
    if (r.in_comment) petrarch_problem(&r, r.line, "a comment <!-- is never closed");
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static casus_code list_files(casus_petrarch *p, const char *folder, char ***names, size_t *n, casus_error *err) {
    size_t cap = 0;
    bool full = false;
    jmp_buf *trap = p->arena.trap;
    DIR *dir = opendir(folder);
    if (!dir) return casus_fail_at(err, CASUS_ERR_IO, folder, 0, -1, "cannot open: %s", strerror(errno));
    p->arena.trap = NULL; /* the folder must be closed, whatever fails */
    for (struct dirent *d; !full && (d = readdir(dir));) {
        if (!kind_of(d->d_name)) continue;
        char *path = casus_arena_printf(&p->arena, "%s/%s", folder, d->d_name);
        char **more = path ? casus_arena_grow(&p->arena, *names, *n, &cap, sizeof **names) : NULL;
        full = !more;
        if (full) break;
        *names = more;
        more[(*n)++] = path;
    }
    closedir(dir);
    p->arena.trap = trap;
    if (full) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading the dictionary %s", folder);
    if (!*n)
        return casus_fail_at(err, CASUS_ERR_NOTFOUND, folder, 0, -1,
                             "no .actors, .agents, .verbs or .discards file here; name the folder of a dictionary");
    qsort(*names, *n, sizeof **names, by_name);
    return CASUS_OK;
}

/* A file's bytes in the arena; the mapping is closed whatever fails. */
static casus_code take_file(casus_petrarch *p, const char *path, casus_str *bytes, casus_error *err) {
    casus_map map;
    jmp_buf *trap = p->arena.trap;
    casus_code code = casus_map_open(&map, path, err);
    if (code) return code;
    p->arena.trap = NULL;
    *bytes = (casus_str){casus_arena_strndup(&p->arena, (const char *)map.at, map.n), map.n};
    p->arena.trap = trap;
    casus_map_close(&map);
    return bytes->at ? CASUS_OK : casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading %s", path);
}

static casus_code read_folder(casus_petrarch *p, const char *folder, casus_buf *problems, casus_error *err) {
    char **names = NULL;
    size_t n = 0;
    casus_code code = list_files(p, folder, &names, &n, err);
    for (size_t i = 0; i < n && !code; i++) {
        casus_str bytes;
        code = take_file(p, names[i], &bytes, err);
        if (!code) read_bytes(p, names[i], bytes, problems);
    }
    return code;
}

static casus_petrarch *new_dictionary(void) {
    casus_petrarch *p = calloc(1, sizeof *p);
    if (p) casus_arena_init(&p->arena);
    return p;
}

static casus_code finish(casus_petrarch *p, casus_code code, casus_petrarch **out) {
    casus_arena_untrap(&p->arena);
    if (code)
        casus_petrarch_close(p);
    else
        *out = p;
    return code;
}

casus_code casus_petrarch_open(casus_petrarch **out, const char *folder, casus_buf *problems, casus_error *err) {
    casus_petrarch *p = new_dictionary();
    if (!p) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading the dictionary %s", folder);
    CASUS_ARENA_TRY(&p->arena, &p->trap, casus_petrarch_close(p);
                    return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading the dictionary %s", folder));
    return finish(p, read_folder(p, folder, problems, err), out);
}

casus_code casus_petrarch_read(casus_petrarch **out, const char *name, casus_str bytes, casus_buf *problems,
                               casus_error *err) {
    if (!kind_of(name))
        return casus_fail_at(err, CASUS_ERR_ARG, name, 0, -1,
                             "the name does not end in .actors, .agents, .verbs or .discards");
    casus_petrarch *p = new_dictionary();
    if (!p) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading the dictionary %s", name);
    CASUS_ARENA_TRY(&p->arena, &p->trap, casus_petrarch_close(p);
                    return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading the dictionary %s", name));
    read_bytes(p, name, bytes, problems);
    return finish(p, CASUS_OK, out);
}

void casus_petrarch_close(casus_petrarch *p) {
    if (!p) return;
    casus_arena_done(&p->arena);
    free(p);
}

casus_petrarch_counts casus_petrarch_count(const casus_petrarch *p) { return p->counts; }
uint64_t casus_petrarch_hash(const casus_petrarch *p) { return p->hash; }
