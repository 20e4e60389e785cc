/* casus export: the ledger's records as JSON lines, or its statements or events as CSV. */
#include "measuring.h"
#include "query.h"

#include "casus/data.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

typedef struct options {
    query_options query;
    const char *to, *what;
} options;

typedef struct work {
    tool *t;
    casus_ledger *l;
    casus_buf out;
    casus_code code;
    casus_error err;
} work;

/* ---- CSV (RFC 4180) ---------------------------------------------------------------------------------------- */

static void add_field(casus_buf *out, const char *text, bool first) {
    if (!first) casus_buf_adds(out, ",");
    if (!strpbrk(text, ",\"\r\n")) {
        casus_buf_adds(out, text);
        return;
    }
    casus_buf_adds(out, "\"");
    for (const char *s = text; *s; s++) casus_buf_add(out, *s == '"' ? "\"\"" : s, *s == '"' ? 2 : 1);
    casus_buf_adds(out, "\"");
}

static void add_number(casus_buf *out, double v) {
    casus_buf_adds(out, ",");
    if (!isnan(v)) casus_buf_addf(out, "%g", v);
}

static const char STATEMENT_HEAD[] =
    "id,doc,doc_date,sentence,kind,type,source,source_ids,target,target_ids,about,polarity,tense,time_begin,time_end,"
    "place,counts,"
    "holder,holds,likely_low,likely_high,cooperation,conflict,author_view,confidence,event,text";

static bool csv_statement(void *ctx, const casus_statement_row *r) {
    work *w = ctx;
    char sentence[24];
    snprintf(sentence, sizeof sentence, "%lld", (long long)r->sentence);
    const char *first[] = {r->id,         r->doc,    r->doc_date,   sentence,  r->kind,     r->type,  r->source,
                           r->source_ids, r->target, r->target_ids, r->about,  r->polarity, r->tense, r->time_begin,
                           r->time_end,   r->place,  r->counts,     r->holder, r->holds};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++) add_field(&w->out, first[i], i == 0);
    add_number(&w->out, r->likely_low);
    add_number(&w->out, r->likely_high);
    add_number(&w->out, r->cooperation);
    add_number(&w->out, r->conflict);
    add_field(&w->out, r->author_view, false);
    add_number(&w->out, r->confidence);
    add_field(&w->out, r->event, false);
    add_field(&w->out, r->text, false);
    return tool_line(w->t, &w->out);
}

static const char EVENT_HEAD[] =
    "id,type,mode,source,target,time_begin,time_end,times,place,counts,supports,disputes,relays,voices,statements";

static bool csv_event(void *ctx, const casus_event_row *r) {
    work *w = ctx;
    const char *texts[] = {r->id,         r->type,     r->mode,  r->source, r->target,
                           r->time_begin, r->time_end, r->times, r->place,  r->counts};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) add_field(&w->out, texts[i], i == 0);
    casus_buf_addf(&w->out, ",%lld,%lld,%lld,%lld", (long long)r->supports, (long long)r->disputes,
                   (long long)r->relays, (long long)r->voices);
    add_field(&w->out, r->statements, false);
    return tool_line(w->t, &w->out);
}

static void export_csv(work *w, const casus_filter *f, bool events) {
    casus_buf_adds(&w->out, events ? EVENT_HEAD : STATEMENT_HEAD);
    if (!tool_line(w->t, &w->out)) return;
    w->code = events ? casus_ledger_events(w->l, f, csv_event, w, &w->err)
                     : casus_ledger_statements(w->l, f, csv_statement, w, &w->err);
}

/* ---- JSON lines -------------------------------------------------------------------------------------------- */

static bool json_document(void *ctx, const casus_document_row *r) {
    work *w = ctx;
    casus_arena arena;
    casus_document doc;
    casus_arena_init(&arena);
    w->code = casus_ledger_document(w->l, r->id, &arena, &doc, &w->err);
    if (!w->code) casus_document_json(&w->out, &doc, (size_t)r->sentences);
    casus_arena_done(&arena);
    return !w->code && tool_line(w->t, &w->out);
}

static bool json_actor(void *ctx, const casus_actor_row *r) {
    work *w = ctx;
    casus_buf_adds(&w->out, r->record);
    return tool_line(w->t, &w->out);
}

static bool json_statement(void *ctx, const casus_statement_row *r) {
    work *w = ctx;
    casus_buf_adds(&w->out, r->record);
    return tool_line(w->t, &w->out);
}

static bool json_event(void *ctx, const casus_event_row *r) {
    work *w = ctx;
    w->code = casus_ledger_event_json(w->l, r->id, &w->out, &w->err);
    return !w->code && tool_line(w->t, &w->out);
}

static void export_jsonl(work *w, const casus_filter *f, const char *what) {
    casus_code code = CASUS_OK;
    bool all = !what;
    if (all && !f->doc) code = casus_ledger_documents(w->l, json_document, w, &w->err);
    if (!code && !w->code && all) code = casus_ledger_actors(w->l, f, json_actor, w, &w->err);
    if (!code && !w->code && (all || strcmp(what, "statements") == 0))
        code = casus_ledger_statements(w->l, f, json_statement, w, &w->err);
    if (!code && !w->code && (all || strcmp(what, "events") == 0))
        code = casus_ledger_events(w->l, f, json_event, w, &w->err);
    if (code) w->code = code;
}

/* ---- formats of the data room ------------------------------------------------------------------------------ */

static bool write_piece(void *ctx, casus_str bytes) {
    (void)ctx; /* for the losses */
    return fwrite(bytes.at, 1, bytes.n, stdout) == bytes.n;
}

/* "codes 3, Issues 12": what was lost, and why events were left out. */
typedef struct losses {
    casus_buf lost, why;
} losses;

static void add_loss(void *ctx, casus_str what, int64_t events, bool left_out) {
    losses *l = ctx;
    casus_buf *out = left_out ? &l->why : &l->lost;
    casus_buf_addf(out, "%s%.*s (%lld)", out->n ? ", " : "", CASUS_FMT(what), (long long)events);
}

static void warn_of_losses(tool *t, const char *to, const casus_export_report *r, const losses *l) {
    if (*r->lost) tool_warn(t, "%s: %s", to, r->lost);
    if (r->left_out)
        tool_warn(t, "%s: %lld events were left out: %s", to, (long long)r->left_out, l->why.failed ? "" : l->why.at);
    if (l->lost.n) tool_warn(t, "%s: not written, with the number of events that have it: %s", to, l->lost.at);
}

/* The actor as asked for, and what imports call it. */
static casus_code find_actors(tool *t, casus_ledger *l, const char *asked, casus_export_options *eo, casus_error *err) {
    casus_lexicon *lex = NULL;
    const char **meant = NULL;
    size_t n = 0;
    casus_code code = tool_lexicon(t, &lex, err);
    if (!code) code = casus_actors_meant(l, lex, asked, &t->arena, &meant, &n, err);
    casus_lexicon_close(lex);
    const char **all = CASUS_NEW_ARRAY(&t->arena, const char *, n + 1);
    if (n) memcpy(all, meant, n * sizeof *all);
    all[n] = asked;
    eo->actors = all, eo->n_actors = n + 1;
    return code;
}

/* Imported events and those of statements; what the format cannot hold is said on stderr. */
static int export_data(tool *t, const char *to, const casus_filter *f) {
    casus_export_report report = {0};
    casus_error err;
    casus_ledger *l = NULL;
    losses lost = {0};
    casus_export_options eo = {
        .format = to, .since = f->since, .until = f->until, .write = write_piece, .lost = add_loss, .ctx = &lost};
    if (!tool_open(t, CASUS_LEDGER_READ, &l)) return TOOL_FAILED;
    casus_code code = f->actor ? find_actors(t, l, f->actor, &eo, &err) : CASUS_OK;
    if (!code) code = casus_export(l, &eo, &report, &err);
    if (!code) warn_of_losses(t, to, &report, &lost);
    casus_buf_done(&lost.lost);
    casus_buf_done(&lost.why);
    return tool_close(t, l, code, &err, TOOL_DONE);
}

static bool is_data_format(const char *to) {
    for (const char *const *f = casus_export_formats(); *f; f++)
        if (strcmp(*f, to) == 0) return true;
    return false;
}

static int run(tool *t, const void *given, char **args, int n) {
    const options *o = given;
    work w = {.t = t};
    (void)args, (void)n;
    const char *to = o->to ? o->to : "jsonl";
    bool records = strcmp(to, "jsonl") == 0 || strcmp(to, "csv") == 0, all = o->what && strcmp(o->what, "all") == 0;
    if (!is_data_format(to))
        return tool_usage(t,
                          "--to is csv, jsonl, gdelt2, gdelt1, gdelt-mentions, icews, polecat, plover-json, phoenix, "
                          "petrarch, keds, ucdp, acled, graphml, gexf, geojson, ftm or stix, not \"%s\"",
                          to);
    if (o->what && !all && (!records || (strcmp(o->what, "statements") != 0 && strcmp(o->what, "events") != 0)))
        return tool_usage(t, "--what is %s, not \"%s\"", records ? "statements, events or all" : "all", o->what);
    casus_filter f = tool_filter(&o->query);
    if (all || !records) return export_data(t, to, &f);
    if (!tool_open(t, CASUS_LEDGER_READ, &w.l)) return TOOL_FAILED;
    if (strcmp(to, "csv") == 0)
        export_csv(&w, &f, o->what && strcmp(o->what, "events") == 0);
    else
        export_jsonl(&w, &f, o->what);
    casus_buf_done(&w.out);
    return tool_close(t, w.l, w.code, &w.err, TOOL_DONE);
}

static const tool_option table[] = {
    {"to", 0, TOOL_TEXT, "FORMAT",
     "jsonl (the records, as of record.md), csv, gdelt2, gdelt1, gdelt-mentions, icews, polecat, plover-json, phoenix, "
     "petrarch, keds, ucdp, acled, graphml, gexf, geojson, ftm or stix",
     offsetof(options, to)},
    {"what", 0, TOOL_TEXT, "WHAT",
     "statements, events, or all: events with imported ones (csv: statements; jsonl: records)",
     offsetof(options, what)},
    QUERY_ACTOR,
    QUERY_TYPE,
    QUERY_SINCE,
    QUERY_UNTIL,
    QUERY_DOC,
    {0}};

const tool_command cmd_export = {
    .name = "export",
    .summary = "writes the ledger's records and events in the formats of others",
    .usage = "",
    .details = "jsonl and csv are the ledger's own records; with --what all, and in every other format, its events and "
               "the imported ones. Rows that came in a\n"
               "layout (gdelt2, gdelt1, icews, polecat, plover-json, phoenix, petrarch, keds, ucdp, acled) come out "
               "with the same columns, others fill what they\n"
               "can; graphml and gexf have a signed edge for each pair and year; ftm is FollowTheMoney, stix a STIX "
               "2.1 bundle. What a format cannot hold is\n"
               "listed on stderr with the number of events that have it.",
    .options = table,
    .size = sizeof(options),
    .common = TOOL_DB,
    .examples = "casus export > ledger.jsonl\ncasus export --to csv --what events --since 2022 > events.csv\n",
    .run = run,
};
