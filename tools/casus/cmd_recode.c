/* casus recode: reads the kept texts again after an upgrade and shows what changed. */
#include "query.h"
#include "reading.h"

#include <stddef.h>
#include <string.h>

typedef struct options {
    bool dry;
} options;

typedef struct listed {
    const char *id, *version;
} listed;

/* A statement as it was: its id and its record without the version stamp. */
typedef struct known {
    const char *id, *record, *text;
    bool again;
} known;

typedef struct work {
    tool *t;
    casus_ledger *l;
    const char *version;
    listed *docs;
    size_t n_docs, cap_docs, at;
    bool dry;
    casus_arena old;
    known *was;
    size_t n_was, cap_was;
    tool_table *table;
    size_t documents, gone, fresh, changed;
    casus_buf record;
} work;

static bool list(void *ctx, const casus_document_row *r) {
    work *w = ctx;
    listed *d = CASUS_PUSH(&w->t->arena, w->docs, w->n_docs, w->cap_docs);
    d->id = casus_arena_strndup(&w->t->arena, r->id, strlen(r->id));
    d->version = casus_arena_strndup(&w->t->arena, r->version, strlen(r->version));
    return true;
}

static casus_code next(void *ctx, casus_arena *arena, casus_document *doc, bool *got, casus_error *err) {
    work *w = ctx;
    *got = w->at < w->n_docs;
    if (!*got) return CASUS_OK;
    tool_progress(w->t, "recoding", w->at, w->n_docs);
    return casus_ledger_document(w->l, w->docs[w->at++].id, arena, doc, err);
}

/* A record up to its version, the last field. */
static size_t without_version(const char *record) {
    const char *last = NULL;
    for (const char *at = record; (at = strstr(at, ",\"version\":")); at++) last = at;
    return last ? (size_t)(last - record) : strlen(record);
}

static bool remember(void *ctx, const casus_statement_row *r) {
    work *w = ctx;
    known *k = CASUS_PUSH(&w->old, w->was, w->n_was, w->cap_was);
    *k = (known){casus_arena_strndup(&w->old, r->id, strlen(r->id)), casus_arena_strndup(&w->old, r->record, without_version(r->record)),
                 casus_arena_strndup(&w->old, r->text, strlen(r->text)), false};
    return true;
}

static void tell(work *w, const char *doc, const char *change, const char *id, casus_str words) {
    tool_cell_text(w->table, doc);
    tool_cell_text(w->table, change);
    tool_cell_text(w->table, id);
    tool_cell(w->table, words);
}

static known *find(work *w, const char *id) {
    for (size_t i = 0; i < w->n_was; i++)
        if (!w->was[i].again && strcmp(w->was[i].id, id) == 0) return &w->was[i];
    return NULL;
}

static void compare(work *w, const casus_document *doc, const casus_statement *s) {
    known *k = find(w, s->id);
    casus_str words = s->span.end <= doc->text.n && !s->in_title ? (casus_str){doc->text.at + s->span.begin, s->span.end - s->span.begin} : casus_str_of(doc->title);
    if (!k) {
        w->fresh++;
        tell(w, doc->id, "new", s->id, words);
        return;
    }
    k->again = true;
    casus_buf_clear(&w->record);
    casus_statement_json(&w->record, s, doc, w->version);
    if (!w->record.failed && without_version(w->record.at) == strlen(k->record) && strncmp(w->record.at, k->record, strlen(k->record)) == 0) return;
    w->changed++;
    tell(w, doc->id, "changed", s->id, words);
}

static casus_code each(void *ctx, const casus_document *doc, const casus_reading *r, casus_str records, casus_error *err) {
    work *w = ctx;
    (void)records;
    casus_arena_reset(&w->old);
    w->was = NULL;
    w->n_was = w->cap_was = 0;
    casus_filter f = {.doc = doc->id};
    casus_code code = casus_ledger_statements(w->l, &f, remember, w, err);
    if (code) return code;
    tool_progress_done(w->t);
    for (size_t i = 0; i < r->n_statements; i++) compare(w, doc, &r->statements[i]);
    for (size_t i = 0; i < w->n_was; i++) {
        if (w->was[i].again) continue;
        w->gone++;
        tell(w, doc->id, "gone", w->was[i].id, casus_str_of(w->was[i].text));
    }
    w->documents++;
    return w->dry ? CASUS_OK : casus_ledger_recode(w->l, doc, r, w->version, err);
}

static casus_code recode_all(work *w, const casus_resources *r, char **ids, int n, casus_error *err) {
    casus_code code = CASUS_OK;
    w->version = casus_resources_version(r);
    for (int i = 0; i < n; i++) *CASUS_PUSH(&w->t->arena, w->docs, w->n_docs, w->cap_docs) = (listed){ids[i], ""};
    if (!n) code = casus_ledger_documents(w->l, list, w, err);
    casus_stream stream = {.next = next, .each = each, .ctx = w, .threads = (unsigned)w->t->threads};
    return code ? code : casus_code_stream(r, &stream, err);
}

static int run(tool *t, const void *given, char **args, int n) {
    static const tool_column COLUMNS[] = {{"doc", 0}, {"change", 0}, {"statement", 0}, {"words", TOOL_FLEX}};
    const options *o = given;
    casus_error err;
    casus_resources *r = NULL;
    work w = {.t = t, .dry = o->dry, .table = tool_table_new(t, COLUMNS, 4)};
    casus_arena_init(&w.old);
    w.old.trap = t->arena.trap;
    casus_code code = tool_resources(t, &r, &err);
    if (!code) code = casus_ledger_open(&w.l, t->db, CASUS_LEDGER_WRITE, &err);
    if (!code) code = recode_all(&w, r, args, n, &err);
    int rc = tool_table_end(w.table);
    tool_progress_done(t);
    if (!code) tool_warn(t, "%zu documents%s: %zu statements new, %zu gone, %zu changed", w.documents, o->dry ? " (nothing kept)" : "", w.fresh, w.gone, w.changed);
    casus_buf_done(&w.record);
    casus_arena_done(&w.old);
    casus_resources_close(r);
    return tool_close(t, w.l, code, &err, rc);
}

static const tool_option table[] = {{"dry-run", 'n', TOOL_FLAG, NULL, "only show what would change", offsetof(options, dry)}, {0}};

const tool_command cmd_recode = {
    .name = "recode",
    .summary = "reads the kept texts again and shows what changed",
    .usage = "[DOCUMENT…]",
    .details = "After an upgrade of the program, the model or the knowledge. Each document is replaced in one transaction; what people decided with\n"
               "`casus merge` and `casus split` is kept.",
    .options = table,
    .size = sizeof(options),
    .common = TOOL_DB | TOOL_JSON | TOOL_DATA | TOOL_THREADS,
    .max_args = -1,
    .examples = "casus recode --dry-run\ncasus recode\n",
    .run = run,
};
