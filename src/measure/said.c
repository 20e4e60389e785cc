/* Leverage in words: what accounts say of power over an actor. */
#include "casus/measure.h"
#include "names.h"

#include <string.h>
#include <strings.h>

typedef struct collector {
    casus_arena *arena;
    measure_who who;
    casus_said *list;
    size_t n, cap;
} collector;

/* Is any of the parts of "a; b" the actor? */
static bool any_means(const measure_who *w, const char *list, bool ids) {
    char part[256];
    for (const char *at = list; *at; at += *at != '\0') {
        size_t n = strcspn(at, ";");
        snprintf(part, sizeof part, "%.*s", (int)(n < sizeof part ? n : sizeof part - 1), at);
        if (measure_who_means(w, ids ? part : "", ids ? "" : part, "")) return true;
        at += n;
        while (*at && at[1] == ' ') at++;
    }
    return false;
}

/* Does the text hold the words, whatever the case, at the beginning of a word? */
static bool holds_words(const char *text, const char *words) {
    size_t n = strlen(words);
    for (const char *at = text; *at; at++) {
        bool begins = at == text || !((at[-1] | 32) >= 'a' && (at[-1] | 32) <= 'z');
        if (begins && strncasecmp(at, words, n) == 0) return true;
    }
    return false;
}

static bool concerns(const collector *c, const casus_statement_row *r) {
    return any_means(&c->who, r->target_ids, true) || any_means(&c->who, r->target, false) || holds_words(r->target, c->who.asked) ||
           holds_words(r->about, c->who.asked) || holds_words(r->text, c->who.asked);
}

static bool is_one_of(const char *word, const char *const *list) {
    for (; *list; list++)
        if (strcmp(word, *list) == 0) return true;
    return false;
}

static int sign_of(const casus_statement_row *r, bool *counts) {
    static const char *const HAS[] = {"leverage", "capability", "more", NULL}, *const LACKS[] = {"no-leverage", "incapability", "constraint", "less", NULL};
    int sign = is_one_of(r->type, HAS) ? 1 : is_one_of(r->type, LACKS) ? -1 : 0;
    *counts = sign || strcmp(r->type, "equal") == 0;
    return *r->polarity == '-' ? -sign : sign;
}

static bool is_of_power(const casus_statement_row *r) {
    static const char *const MATTERS[] = {"influence", "leverage", "power", "pressure", "sway", "means", "tools", "cards", "hold ", NULL};
    if (strcmp(r->kind, "power") == 0) return true;
    for (size_t i = 0; MATTERS[i]; i++)
        if (holds_words(r->about, MATTERS[i]) || holds_words(r->text, MATTERS[i])) return true;
    return false;
}

static const char *keep(collector *c, const char *s) { return casus_arena_strndup(c->arena, s, strlen(s)); }

static bool collect(void *ctx, const casus_statement_row *r) {
    collector *c = ctx;
    bool counts = false;
    int sign = sign_of(r, &counts);
    if (!counts || !*r->source || !is_of_power(r) || !concerns(c, r)) return true;
    if (any_means(&c->who, r->source_ids, true) || any_means(&c->who, r->source, false)) return true; /* B over others */
    bool compared = strcmp(r->kind, "comparison") == 0;
    *CASUS_PUSH(c->arena, c->list, c->n, c->cap) = (casus_said){.statement = keep(c, r->id), .doc = keep(c, r->doc), .actor = keep(c, r->source), .id = keep(c, r->source_ids),
        .relation = keep(c, r->type), .other = compared ? keep(c, r->target) : "", .holder = keep(c, r->holder), .text = keep(c, r->text), .sign = sign};
    return true;
}

casus_code casus_leverage_said(casus_ledger *l, const char *target, casus_arena *arena, casus_said **out, size_t *n, casus_error *err) {
    collector c = {.arena = arena};
    casus_code code = measure_who_resolve(casus_ledger_sqlite(l), NULL, target, arena, &c.who, err);
    casus_filter power = {.kind = "power"}, comparison = {.kind = "comparison"};
    if (!code) code = casus_ledger_statements(l, &power, collect, &c, err);
    if (!code) code = casus_ledger_statements(l, &comparison, collect, &c, err);
    if (code) return code;
    *out = c.list;
    *n = c.n;
    return CASUS_OK;
}
