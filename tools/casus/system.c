/* The system on the screen. Each section takes the statements it wants, the surest first when there are too many, and shows them in
 * the order of the text; every line ends with the id that `casus cite` accepts. */
#include "system.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How many lines each section may take: on one screen, or when all that matters is wanted. */
typedef struct limits {
    size_t actors, events, claims, pairs, stances, power, changes, judgments;
} limits;
static const limits SCREEN = {10, 8, 6, 6, 5, 4, 3, 5}, FULL = {200, 200, 200, 100, 200, 100, 100, 200};

typedef struct pair {
    const char *a, *b, *id, *types;
    double cooperation, conflict, strongest;
    int n;
    bool known; /* both are actors that the knowledge names or that are told of by name */
} pair;

typedef struct claim {
    const char *key, *words, *held, *disputed, *id;
    int voices;
    size_t order;
} claim;

typedef struct system_view {
    tool *t;
    casus_arena *arena;
    casus_statement_row *rows;
    size_t n_rows, cap_rows;
    pair *pairs;
    size_t n_pairs, cap_pairs;
    claim *claims;
    size_t n_claims, cap_claims;
    casus_event_row *events;
    size_t n_events, cap_events;
    const limits *most;
    size_t shown;
    const char *line; /* of actors */
} system_view;

static bool is(const char *a, const char *b) { return strcmp(a, b) == 0; }

static bool collect(void *ctx, const casus_statement_row *r) {
    system_view *v = ctx;
    *CASUS_PUSH(v->arena, v->rows, v->n_rows, v->cap_rows) = tool_keep(v->arena, r);
    return true;
}

/* A table whose first column bears the section's name and how much of it is shown. */
static tool_table *section_table(system_view *v, const char *name, size_t shown, size_t all, const tool_column *columns, size_t n) {
    tool_column *named = casus_arena_dup(v->arena, columns, n * sizeof *columns);
    named[0].name = shown < all ? casus_arena_printf(v->arena, "%s (%zu of %zu)", name, shown, all) : name;
    putchar('\n');
    return tool_table_new(v->t, named, n);
}

/* ---- actors ------------------------------------------------------------------------------------------------ */

static bool add_actor(void *ctx, const casus_actor_row *r) {
    system_view *v = ctx;
    if (v->shown++ < v->most->actors)
        v->line = casus_arena_printf(v->arena, "%s%s%s %lld [%s]", v->line, *v->line ? " · " : "", r->name, (long long)r->mentions, r->id);
    return true;
}

/* Breaks the line of actors at the width of the screen. */
static void print_wrapped(const system_view *v) {
    casus_str all = casus_str_of(v->line);
    int room = v->t->width;
    while (all.n) {
        casus_str line = tool_text_cut(all, room);
        if (line.n < all.n) {
            size_t n = line.n;
            while (n > 2 && !(all.at[n - 1] == ' ' && all.at[n] != '\0' && (unsigned char)all.at[n - 2] == 0xB7)) n--;
            if (n > 2) line.n = n;
        }
        printf("%.*s\n", (int)line.n, line.at);
        all = (casus_str){all.at + line.n, all.n - line.n};
    }
}

static casus_code show_actors(system_view *v, casus_ledger *l, const char *const *docs, size_t n, casus_error *err) {
    v->shown = 0;
    casus_filter f = {.doc = n == 1 ? docs[0] : NULL};
    casus_code code = casus_ledger_actors(l, &f, add_actor, v, err);
    if (code || !v->shown) return code;
    printf("\nACTORS, by mentions%s", v->shown > v->most->actors ? casus_arena_printf(v->arena, " (%zu of %zu)\n", v->most->actors, v->shown) : "\n");
    print_wrapped(v);
    return code;
}

/* ---- timeline ---------------------------------------------------------------------------------------------- */

static const casus_statement_row *row_of(const system_view *v, const char *ids) {
    size_t n = strcspn(ids, " ");
    for (size_t i = 0; i < v->n_rows; i++)
        if (strlen(v->rows[i].id) == n && strncmp(v->rows[i].id, ids, n) == 0) return &v->rows[i];
    return NULL;
}

static const char *copy(casus_arena *a, const char *s) { return casus_arena_strndup(a, s, strlen(s)); }

static bool has_known(const char *ids) { return *ids && strncmp(ids, "NEW.", 4) != 0; }

static bool add_event(void *ctx, const casus_event_row *r) {
    system_view *v = ctx;
    const casus_statement_row *s = row_of(v, r->statements);
    if (!s || (!*r->time_begin && !*r->time_end)) return true;
    casus_event_row *e = CASUS_PUSH(v->arena, v->events, v->n_events, v->cap_events);
    *e = (casus_event_row){.type = copy(v->arena, r->type), .time_begin = copy(v->arena, r->time_begin), .time_end = copy(v->arena, r->time_end),
                           .source = copy(v->arena, r->source), .target = copy(v->arena, r->target), .place = copy(v->arena, r->place),
                           .statements = s->id, .disputes = r->disputes};
    return true;
}

/* What an event is worth on a crowded screen: known parties on both sides, then what is the latest. */
static int worth(const system_view *v, const casus_event_row *e) {
    const casus_statement_row *s = row_of(v, e->statements);
    return has_known(s->source_ids) + has_known(s->target_ids) + (*e->target != '\0');
}

/* The least worth that still finds room, and how many of just that worth there is room for (the latest). */
static int least_worth(const system_view *v, size_t most, size_t *room) {
    for (int level = 3; level >= 0; level--) {
        size_t n = 0, above = 0;
        for (size_t i = 0; i < v->n_events; i++) n += worth(v, &v->events[i]) >= level, above += worth(v, &v->events[i]) > level;
        *room = most - above;
        if (n >= most || level == 0) return level;
    }
    return 0;
}

static void event_line(system_view *v, tool_table *table, const casus_event_row *e) {
    const casus_statement_row *s = row_of(v, e->statements);
    tool_cell_text(table, tool_when(v->arena, e->time_begin, e->time_end));
    tool_cell_text(table, e->type);
    tool_cell_text(table, tool_pair(v->arena, e->source, e->target));
    tool_cell_text(table, e->place);
    tool_cell_text(table, e->disputes ? "disputed" : *s->holder ? casus_arena_printf(v->arena, "says %s", s->holder) : "");
    tool_cell(table, tool_short_id(s->id));
}

static casus_code show_timeline(system_view *v, casus_ledger *l, const char *const *docs, size_t n, casus_error *err) {
    static const tool_column COLUMNS[] = {{"when", 0}, {"what", 0}, {"who", TOOL_FLEX}, {"where", TOOL_FLEX}, {"note", TOOL_FLEX}, {"id", 0}};
    casus_filter f = {.doc = n == 1 ? docs[0] : NULL};
    casus_code code = casus_ledger_events(l, &f, add_event, v, err);
    if (code || !v->n_events) return code;
    size_t most = v->n_events < v->most->events ? v->n_events : v->most->events, room = 0, equal = 0;
    int level = least_worth(v, most, &room);
    for (size_t i = 0; i < v->n_events; i++) equal += worth(v, &v->events[i]) == level;
    tool_table *table = section_table(v, "TIMELINE", most, v->n_events, COLUMNS, 6);
    for (size_t i = 0; i < v->n_events; i++) {
        int one = worth(v, &v->events[i]);
        if (one > level || (one == level && equal-- <= room)) event_line(v, table, &v->events[i]);
    }
    tool_table_end(table);
    return code;
}

/* ---- claims ------------------------------------------------------------------------------------------------ */

static bool is_attitude(const char *holds) { return is(holds, "believes") || is(holds, "hopes") || is(holds, "fears") || is(holds, "wants"); }

static const char *add_word(casus_arena *a, const char *list, const char *word) {
    if (!*list) return word;
    return strstr(list, word) ? list : casus_arena_printf(a, "%s; %s", list, word);
}

/* What is the same proposition: one event, or the same words between the same participants. */
static const char *proposition_key(casus_arena *a, const casus_statement_row *r) {
    if (*r->event) return r->event;
    if (*r->source && *r->type && *r->target) return casus_arena_printf(a, "%s|%s|%s", r->source, r->type, r->target);
    return r->text;
}

static claim *claim_of(system_view *v, const casus_statement_row *r) {
    const char *key = proposition_key(v->arena, r);
    for (size_t i = 0; i < v->n_claims; i++)
        if (is(v->claims[i].key, key)) return &v->claims[i];
    claim *c = CASUS_PUSH(v->arena, v->claims, v->n_claims, v->cap_claims);
    *c = (claim){key, *r->text ? r->text : r->about, "", "", r->id, 0, v->n_claims};
    return c;
}

static void add_claim(system_view *v, const casus_statement_row *r) {
    claim *c = claim_of(v, r);
    c->voices++;
    const char *who = casus_arena_printf(v->arena, "%s (%s)", r->holder, r->holds);
    if (is(r->holds, "denies"))
        c->disputed = add_word(v->arena, c->disputed, who);
    else
        c->held = add_word(v->arena, c->held, who);
    if (is(r->author_view, "rejects")) c->disputed = add_word(v->arena, c->disputed, "author");
}

/* What is disputed first, then what many say. */
static int by_rivalry(const void *a, const void *b) {
    const claim *x = a, *y = b;
    bool dx = *x->disputed, dy = *y->disputed;
    if (dx != dy) return dx ? -1 : 1;
    if (x->voices != y->voices) return x->voices > y->voices ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

static void show_claims(system_view *v) {
    static const tool_column COLUMNS[] = {{"claim", TOOL_FLEX}, {"held by", TOOL_FLEX}, {"disputed by", TOOL_FLEX}, {"id", 0}};
    for (size_t i = 0; i < v->n_rows; i++)
        if (*v->rows[i].holder && !is_attitude(v->rows[i].holds)) add_claim(v, &v->rows[i]);
    if (!v->n_claims) return;
    qsort(v->claims, v->n_claims, sizeof *v->claims, by_rivalry);
    size_t most = v->n_claims < v->most->claims ? v->n_claims : v->most->claims;
    tool_table *table = section_table(v, "CLAIMS", most, v->n_claims, COLUMNS, 4);
    for (size_t i = 0; i < most; i++) {
        tool_cell_text(table, v->claims[i].words);
        tool_cell_text(table, v->claims[i].held);
        tool_cell_text(table, v->claims[i].disputed);
        tool_cell(table, tool_short_id(v->claims[i].id));
    }
    tool_table_end(table);
}

/* ---- relations --------------------------------------------------------------------------------------------- */

static pair *pair_of(system_view *v, const char *a, const char *b) {
    if (strcmp(a, b) > 0) {
        const char *c = a;
        a = b, b = c;
    }
    for (size_t i = 0; i < v->n_pairs; i++)
        if (is(v->pairs[i].a, a) && is(v->pairs[i].b, b)) return &v->pairs[i];
    pair *p = CASUS_PUSH(v->arena, v->pairs, v->n_pairs, v->cap_pairs);
    *p = (pair){.a = a, .b = b, .types = "", .id = ""};
    return p;
}

/* What happened or stands between two named parties; not what is denied, wished for or only possible. */
static bool ties(const casus_statement_row *r) {
    if (!*r->source || !*r->target || strchr(r->source, ';') || strchr(r->target, ';') || is(r->source, r->target)) return false;
    return is(r->polarity, "+") && !is(r->tense, "hypothetical") && !is(r->tense, "future") && !is_attitude(r->holds);
}

static void add_tie(system_view *v, const casus_statement_row *r) {
    double force = r->cooperation > r->conflict ? r->cooperation : r->conflict;
    if (!ties(r) || force <= 0) return;
    pair *p = pair_of(v, r->source, r->target);
    p->cooperation += r->cooperation;
    p->conflict += r->conflict;
    p->n++;
    p->known = *r->source_ids && *r->target_ids && strncmp(r->source_ids, "NEW.", 4) != 0 && strncmp(r->target_ids, "NEW.", 4) != 0;
    if (*r->type) p->types = add_word(v->arena, p->types, r->type);
    if (force > p->strongest) p->strongest = force, p->id = r->id;
}

/* Pairs of known actors first: "two bombs" and "a hotel" are no parties to a system. */
static int by_strength(const void *a, const void *b) {
    const pair *x = a, *y = b;
    if (x->known != y->known) return x->known ? -1 : 1;
    double fx = x->cooperation + x->conflict, fy = y->cooperation + y->conflict;
    if (fx > fy || fx < fy) return fx > fy ? -1 : 1;
    int c = strcmp(x->a, y->a);
    return c ? c : strcmp(x->b, y->b);
}

static void show_relations(system_view *v) {
    static const tool_column COLUMNS[] = {{"between", TOOL_FLEX}, {"cooperation", TOOL_RIGHT}, {"conflict", TOOL_RIGHT}, {"told", TOOL_RIGHT}, {"how", TOOL_FLEX}, {"id", 0}};
    for (size_t i = 0; i < v->n_rows; i++) add_tie(v, &v->rows[i]);
    if (v->n_pairs) qsort(v->pairs, v->n_pairs, sizeof *v->pairs, by_strength);
    if (!v->n_pairs) return;
    size_t most = v->n_pairs < v->most->pairs ? v->n_pairs : v->most->pairs;
    tool_table *table = section_table(v, "STRONGEST RELATIONS", most, v->n_pairs, COLUMNS, 6);
    for (size_t i = 0; i < most; i++) {
        const pair *p = &v->pairs[i];
        tool_cell_text(table, casus_arena_printf(v->arena, "%s – %s", p->a, p->b));
        tool_cell_text(table, p->cooperation > 0 ? casus_arena_printf(v->arena, "+%.1f", p->cooperation) : "");
        tool_cell_text(table, p->conflict > 0 ? casus_arena_printf(v->arena, "-%.1f", p->conflict) : "");
        tool_cell_int(table, p->n);
        tool_cell_text(table, p->types);
        tool_cell(table, tool_short_id(p->id));
    }
    tool_table_end(table);
}

/* ---- what statements say in words --------------------------------------------------------------------------- */

static bool wants_stance(const casus_statement_row *r) {
    return (is(r->kind, "stance") && *r->source && (*r->target || *r->about)) || (*r->holder && is_attitude(r->holds));
}
static bool wants_power(const casus_statement_row *r) { return (is(r->kind, "power") || is(r->kind, "comparison")) && *r->source; }
static bool wants_change(const casus_statement_row *r) { return is(r->kind, "change"); }
static bool wants_judgment(const casus_statement_row *r) {
    bool foretold = is(r->tense, "future") && !*r->holder && !is(r->kind, "stance");
    return (!isnan(r->likely_low) || foretold) && !wants_change(r) && !wants_power(r) && !is_attitude(r->holds);
}

typedef struct section {
    const char *heading;
    bool (*wants)(const casus_statement_row *r);
    size_t most;
} section;

/* The confidence below which a section's statements are left out, so that at most `most` are shown. */
static double threshold(const system_view *v, const section *s, size_t *wanted) {
    double level = 0;
    *wanted = 0;
    for (size_t i = 0; i < v->n_rows; i++) *wanted += s->wants(&v->rows[i]);
    for (size_t n = *wanted; n > s->most;) {
        double next = 2;
        for (size_t i = 0; i < v->n_rows; i++)
            if (s->wants(&v->rows[i]) && v->rows[i].confidence > level && v->rows[i].confidence < next) next = v->rows[i].confidence;
        if (next > 1) break;
        size_t above = 0;
        for (size_t i = 0; i < v->n_rows; i++) above += s->wants(&v->rows[i]) && v->rows[i].confidence >= next;
        if (above < s->most) break;
        level = next, n = above;
    }
    return level;
}

static void add_words(system_view *v, tool_table *table, const casus_statement_row *r) {
    const char *who = *r->holder ? r->holder : *r->source ? r->source : "author";
    const char *not = is(r->polarity, "-") ? "not " : "";
    const char *what = *r->holder && is_attitude(r->holds) ? r->holds : *r->type ? r->type : r->kind;
    tool_cell_text(table, who);
    tool_cell_text(table, casus_arena_printf(v->arena, "%s%s", not, what));
    tool_cell_text(table, r->text);
    tool_cell_text(table, tool_likelihood(v->arena, r));
    tool_cell(table, tool_short_id(r->id));
}

static void show_section(system_view *v, const section *s) {
    static const tool_column COLUMNS[] = {{"who", TOOL_FLEX}, {"what", 0}, {"words", TOOL_FLEX}, {"likelihood", 0}, {"id", 0}};
    size_t wanted = 0, shown = 0;
    double level = threshold(v, s, &wanted);
    if (!wanted) return;
    tool_table *table = section_table(v, s->heading, wanted < s->most ? wanted : s->most, wanted, COLUMNS, 5);
    for (size_t i = 0; i < v->n_rows && shown < s->most; i++) {
        if (!s->wants(&v->rows[i]) || v->rows[i].confidence < level) continue;
        add_words(v, table, &v->rows[i]);
        shown++;
    }
    tool_table_end(table);
}

static void show_sections(system_view *v) {
    const section sections[] = {
        {"STANCES, GOALS, BELIEFS", wants_stance, v->most->stances},
        {"POWER AND LEVERAGE", wants_power, v->most->power},
        {"RISING AND FALLING", wants_change, v->most->changes},
        {"FORECASTS", wants_judgment, v->most->judgments},
    };
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) show_section(v, &sections[i]);
}

/* ---- all of it --------------------------------------------------------------------------------------------- */

static casus_code show_head(system_view *v, casus_ledger *l, const char *doc, casus_error *err) {
    casus_document d;
    casus_code code = casus_ledger_document(l, doc, v->arena, &d, err);
    if (code) return code;
    printf("%s\n%s%s%s%s%s, document %s\n", d.title ? d.title : "(no title)", d.date ? d.date : "no date", d.publisher ? ", " : "",
           d.publisher ? d.publisher : "", d.author ? ", by " : "", d.author ? d.author : "", d.id);
    if (d.foreign) printf("in another language: kept, not coded\n");
    return CASUS_OK;
}

static casus_code gather(system_view *v, casus_ledger *l, const char *const *docs, size_t n, casus_error *err) {
    casus_code code = CASUS_OK;
    for (size_t i = 0; i < n && !code; i++) {
        casus_filter f = {.doc = docs[i]};
        if (n == 1) code = show_head(v, l, docs[i], err);
        if (!code) code = casus_ledger_statements(l, &f, collect, v, err);
    }
    if (n > 1) printf("%zu documents, %zu statements\n", n, v->n_rows);
    return code;
}

int tool_system(tool *t, casus_ledger *l, const char *const *docs, size_t n, bool full) {
    casus_error err;
    system_view v = {.t = t, .arena = &t->arena, .most = full ? &FULL : &SCREEN, .line = ""};
    bool terminal = t->terminal;
    t->terminal = true; /* a report is for people */
    casus_code code = gather(&v, l, docs, n, &err);
    if (!code) code = show_actors(&v, l, docs, n, &err);
    if (!code) code = show_timeline(&v, l, docs, n, &err);
    if (!code) {
        show_claims(&v);
        show_relations(&v);
        show_sections(&v);
        printf("\nEvery line can be cited: casus cite ID%s%s%s\n", is(t->db, "casus.db") ? "" : " --db ", is(t->db, "casus.db") ? "" : t->db,
               full ? "" : "; everything: --full, or casus timeline, claims, actors");
    }
    t->terminal = terminal;
    return code ? tool_fail(t, &err) : TOOL_DONE;
}
