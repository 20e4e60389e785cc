/* A sentence's claim that something rose or fell, in the terms of events, and put to them. */
#include "casus/measure.h"

#include "casus/coder.h"
#include "casus/lexicon.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- what the sentence says -------------------------------------------------------------------------------- */

static const char SQL[] =
    "SELECT t.kind, t.relation, t.polarity, t.holds, t.time_begin, t.time_end, t.time_text, t.text, d.date,"
    " (SELECT coalesce(actor, name, text) FROM participants p WHERE p.st = t.st AND side = 'source' ORDER BY position "
    "LIMIT 1),"
    " (SELECT coalesce(actor, name, text) FROM participants p WHERE p.st = t.st AND side = 'source' ORDER BY position "
    "LIMIT 1 OFFSET 1),"
    " (SELECT actor FROM participants p WHERE p.st = t.st AND side = 'target' AND actor IS NOT NULL ORDER BY position "
    "LIMIT 1),"
    " (SELECT CASE precision WHEN 'country' THEN coalesce(country, name) ELSE coalesce(name, country) END FROM places "
    "p WHERE p.st = t.st ORDER BY position LIMIT 1),"
    " (SELECT group_concat(x, ' → ') FROM (SELECT coalesce(name, text, '?') AS x FROM holders h WHERE h.st = t.st "
    "ORDER BY position)), t.trigger"
    " FROM statements t JOIN documents d ON d.doc = t.doc WHERE t.id = ?1 LIMIT 1";
enum {
    KIND,
    RELATION,
    POLARITY,
    HOLDS,
    BEGIN,
    END,
    TIME_TEXT,
    TEXT,
    DOC_DATE,
    SOURCE,
    SECOND,
    TARGET,
    PLACE,
    HOLDER,
    TRIGGER,
    COLUMNS
};

typedef struct reader {
    const casus_lexicon *lex;
    casus_arena *arena;
    const char *cell[COLUMNS];
    casus_trend_claim *out;
} reader;

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80); }

/* The next word of the text from *at on; "" at the end. */
static casus_str next_word(const char **at) {
    while (**at && !is_letter(**at)) ++*at;
    const char *from = *at;
    while (is_letter(**at) || (**at == '-' && is_letter((*at)[1]))) ++*at;
    return (casus_str){from, (size_t)(*at - from)};
}

/* The PLOVER type of the acts a noun names: "attacks", "aid", "deliveries"; singular by its ending. */
static casus_plover type_of_lemma(const casus_lexicon *lex, const char *lemma) {
    size_t n = 0;
    const casus_pattern *p = casus_lexicon_patterns(lex, casus_lemma_hash(casus_str_of(lemma)), &n);
    for (size_t i = n; i-- > 0;) { /* the least specific comes last */
        const casus_frame *f = casus_lexicon_frame(lex, p[i].frame);
        if (p[i].trigger == CASUS_TRIGGER_NOUN && f && f->class_ == CASUS_FRAME_EVENT && f->plover)
            return (casus_plover)f->plover;
    }
    return CASUS_NO_PLOVER;
}

static casus_plover type_of_word(const reader *r, casus_str word) {
    char lemma[48];
    if (word.n < 3 || word.n >= sizeof lemma - 2) return CASUS_NO_PLOVER;
    for (size_t i = 0; i <= word.n; i++)
        lemma[i] = i == word.n ? '\0' : word.at[i] >= 'A' && word.at[i] <= 'Z' ? (char)(word.at[i] + 32) : word.at[i];
    casus_plover type = type_of_lemma(r->lex, lemma);
    size_t n = word.n;
    if (!type && n > 4 && strcmp(lemma + n - 3, "ies") == 0) {
        memcpy(lemma + n - 3, "y", 2);
        type = type_of_lemma(r->lex, lemma);
    } else if (!type && lemma[n - 1] == 's') {
        lemma[n - 1] = '\0';
        type = type_of_lemma(r->lex, lemma);
        bool es = !type && n > 3 && lemma[n - 2] == 'e';
        if (es) lemma[n - 2] = '\0', type = type_of_lemma(r->lex, lemma);
    }
    return type;
}

/* The first noun for acts beside the word of change itself. */
static void find_type(reader *r) {
    const char *at = r->cell[TEXT];
    casus_str word;
    while (!r->out->type && (word = next_word(&at)).n) {
        if (casus_str_is(word, r->cell[TRIGGER])) continue;
        casus_plover type = type_of_word(r, word);
        if (!type) continue;
        r->out->type = casus_plover_name(type);
        r->out->type_word = casus_arena_strndup(r->arena, word.at, word.n);
    }
}

static bool is_actor(const reader *r, const casus_known_actor *a, const char *id) {
    (void)r;
    return strcmp(a->id, id) == 0 || strcasecmp(a->name, id) == 0;
}

/* Another actor that the words name: "attacks on Iran". Names of one word up to three. */
static void find_other(reader *r) {
    for (const char *at = r->cell[TEXT]; *r->out->actor && !*r->out->other;) {
        const char *ends[3], *from = at;
        size_t words = 0;
        for (const char *to = at; words < 3; words++) {
            casus_str word = next_word(&to);
            if (!word.n) break;
            if (!words) from = word.at;
            ends[words] = word.at + word.n;
        }
        if (!words) return;
        at = ends[0];
        for (size_t k = words; k-- > 0 && !*r->out->other;) {
            size_t n = 0;
            casus_known_actor a;
            const casus_name *names =
                casus_lexicon_names(r->lex, casus_key((casus_str){from, (size_t)(ends[k] - from)}, false), &n);
            for (size_t i = 0; i < n && !*r->out->other; i++)
                if (names[i].kind == CASUS_NAME && casus_lexicon_actor(r->lex, names[i].actor, &a) &&
                    !is_actor(r, &a, r->out->actor))
                    r->out->other = casus_arena_strndup(r->arena, a.id, strlen(a.id)), at = ends[k];
        }
    }
}

/* ---- its periods ------------------------------------------------------------------------------------------- */

static bool starts_with(const char *text, const char *word) { return strncasecmp(text, word, strlen(word)) == 0; }

/* No time is told: the year before the account against the one before that. */
static casus_code assume_period(reader *r, casus_error *err) {
    int32_t day, ignored;
    casus_trend_claim *c = r->out;
    if (!casus_day_parse(casus_str_of(r->cell[DOC_DATE]), &day, &ignored))
        return casus_fail(err, CASUS_ERR_ARG, "statement %s tells no time, and its account has no date: give --split",
                          c->statement);
    c->before = day - 730, c->since = day - 365, c->until = day + 1;
    c->period = "assumed: the year before the account against the one before that";
    return CASUS_OK;
}

static casus_code find_periods(reader *r, casus_error *err) {
    casus_trend_claim *c = r->out;
    int32_t begin = INT32_MIN, end = INT32_MAX, ignored;
    const char *words = r->cell[TIME_TEXT];
    bool has_begin = casus_day_parse(casus_str_of(r->cell[BEGIN]), &begin, &ignored);
    bool has_end = casus_day_parse(casus_str_of(r->cell[END]), &ignored, &end);
    if (!has_begin && !has_end) return assume_period(r, err);
    if (has_begin && has_end && (starts_with(words, "from") || starts_with(words, "between"))) {
        c->before = begin, c->since = begin + (end - begin) / 2, c->until = end;
        c->period = "the two halves of the interval";
    } else if (has_begin && has_end) {
        c->before = begin - (end - begin), c->since = begin, c->until = end;
        c->period = "the time told against as long a time before it";
    } else {
        c->before = INT32_MIN, c->since = has_begin ? begin : end, c->until = INT32_MAX;
        c->period = has_begin ? "since then against all before" : "after then against all before";
    }
    return CASUS_OK;
}

/* ---- reading it -------------------------------------------------------------------------------------------- */

static int direction_of(const char *relation) {
    static const char *const UP[] = {"rises", "begins", NULL}, *const DOWN[] = {"falls", "ends", NULL};
    for (size_t i = 0; UP[i]; i++) {
        if (strcmp(relation, UP[i]) == 0) return 1;
        if (strcmp(relation, DOWN[i]) == 0) return -1;
    }
    return 0;
}

static casus_code fill(reader *r, casus_error *err) {
    casus_trend_claim *c = r->out;
    c->relation = r->cell[RELATION], c->text = r->cell[TEXT], c->holder = r->cell[HOLDER], c->where = r->cell[PLACE];
    c->direction = direction_of(c->relation);
    if (strcmp(r->cell[KIND], "change") != 0 || !c->direction)
        return casus_fail(err, CASUS_ERR_ARG,
                          "statement %s is no claim that something rises, falls, begins or ends (%s%s%s)", c->statement,
                          r->cell[KIND], *c->relation ? " " : "", c->relation);
    c->denied = (*r->cell[POLARITY] == '-') != (strcmp(r->cell[HOLDS], "denies") == 0);
    c->actor = *r->cell[SOURCE] ? r->cell[SOURCE] : r->cell[TARGET];
    c->both = *r->cell[SECOND] != '\0';
    c->other = c->both ? r->cell[SECOND] : *r->cell[SOURCE] ? r->cell[TARGET] : "";
    if (strcmp(c->other, c->actor) == 0) c->other = "";
    if (r->lex) find_type(r);
    if (r->lex && !c->both) find_other(r);
    return find_periods(r, err);
}

casus_code casus_trend_claim_load(casus_ledger *l, const casus_lexicon *lex, const char *id, casus_arena *arena,
                                  casus_trend_claim *out, casus_error *err) {
    casus_citation cited;
    sqlite3 *db = casus_ledger_sqlite(l);
    sqlite3_stmt *q = NULL;
    casus_code code = casus_ledger_cite(l, id, arena, &cited, err);
    if (code) return code;
    *out = (casus_trend_claim){.statement = cited.id, .doc = cited.doc, .type = "", .type_word = ""};
    reader r = {.lex = lex, .arena = arena, .out = out};
    out->type = NULL;
    if (sqlite3_prepare_v2(db, SQL, -1, &q, NULL))
        return casus_fail(err, CASUS_ERR_DB, "cannot read statement %s: %s", id, sqlite3_errmsg(db));
    sqlite3_bind_text(q, 1, cited.id, -1, SQLITE_STATIC);
    bool row = sqlite3_step(q) == SQLITE_ROW;
    for (int i = 0; i < COLUMNS && row; i++) {
        const char *s = (const char *)sqlite3_column_text(q, i);
        r.cell[i] = casus_arena_strndup(arena, s ? s : "", s ? strlen(s) : 0);
    }
    sqlite3_finalize(q);
    if (!row)
        return casus_fail(err, CASUS_ERR_NOTFOUND, "statement %s is of an earlier revision of its text", cited.id);
    code = fill(&r, err);
    if (!out->type) out->type = "";
    return code;
}

/* ---- putting it to the data -------------------------------------------------------------------------------- */

static bool counts(const casus_trend_claim *c, const casus_act *a, bool pair) {
    bool out = a->source == 0 && (!pair || a->target == 1), in = a->target == 0 && (!pair || a->source == 1);
    bool one_sided = *c->type && !c->both;
    return one_sided ? out : out || in;
}

/* Open sides end with what is known of the actor at all. */
static void clip(const casus_acts *all, casus_trend_test *t) {
    int32_t first = INT32_MAX, last = INT32_MIN;
    for (size_t i = 0; i < all->n; i++) {
        if (all->at[i].day < first) first = all->at[i].day;
        if (all->at[i].day > last) last = all->at[i].day;
    }
    if (t->before < first) t->before = first;
    if (t->until > last + 1) t->until = last + 1;
}

static const char *verdict_of(const casus_trend_claim *c, const casus_trend_test *t, double level) {
    int seen = t->ratio.low > 1 ? 1 : t->ratio.high < 1 ? -1 : 0;
    if (!(t->ratio.tail < 1 - level)) seen = 0;
    int said = c->denied ? -c->direction : c->direction;
    if (c->denied && !seen) return "undecided";
    return !seen ? "undecided" : seen == said ? "supported" : "contradicted";
}

casus_code casus_trend_claim_test(const casus_trend_claim *c, const casus_acts *all, const casus_acts *meant, bool pair,
                                  double level, casus_trend_test *out, casus_error *err) {
    casus_trend_test t = {.before = c->before, .since = c->since, .until = c->until, .ratio = {NAN, NAN, NAN, NAN}};
    clip(all, &t);
    *out = t;
    if (t.since <= t.before || t.until <= t.since) {
        out->verdict = "untestable";
        out->why = "no events of the actor are known on both sides of the change";
        return CASUS_OK;
    }
    for (size_t i = 0; i < meant->n; i++) {
        const casus_act *a = &meant->at[i];
        if (!counts(c, a, pair) || a->day < t.before || a->day >= t.until) continue;
        a->day < t.since ? t.first++ : t.second++;
    }
    *out = t;
    if (!t.first && !t.second) {
        out->verdict = "untestable";
        out->why = "no event of that kind is known in either period";
        return CASUS_OK;
    }
    casus_code code =
        casus_rate_ratio_test(t.first, t.since - t.before, t.second, t.until - t.since, level, &out->ratio, err);
    t.ratio = out->ratio;
    out->verdict = verdict_of(c, &t, level);
    out->why = strcmp(out->verdict, "undecided") == 0
                   ? "the interval of the ratio holds 1: both a rise and a fall agree with these counts"
                   : "the interval of the ratio leaves 1 out";
    return code;
}
