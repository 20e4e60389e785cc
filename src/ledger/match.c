/* Is it the same event? Participants, time, place and words of two statements compared.
 *
 * Same type is asked for by the caller. Then, each part scored 0..1 and weighed: source 0.30, target 0.30, time 0.25, place 0.15, plus 0.05 for
 * the same lemma, less 0.10 for other modes. A contradiction in any part, or no common anchor (a time known to about a quarter, or a
 * place finer than a country), means "not the same". Days that differ by at most two are taken for reports of one day: both dates are kept.
 */
#include "merge.h"

#include "casus/lexicon.h"

#include <stdlib.h>
#include <string.h>

enum { QUARTER = 92, MONTH = 31, NEAR_DAYS = 2 };

/* ---- reading ----------------------------------------------------------------------------------------------- */

static uint64_t hash_lower(casus_arena *a, const char *s) {
    size_t n = strlen(s);
    char *low = casus_arena_strndup(a, s, n);
    for (size_t i = 0; i < n; i++)
        if (low[i] >= 'A' && low[i] <= 'Z') low[i] = (char)(low[i] + 32);
    return casus_str_hash((casus_str){low, n});
}

static casus_code load_wholes(casus_ledger *l, const char *actor, casus_arena *a, merge_party *p, casus_error *err) {
    sqlite3_stmt *q = NULL;
    bool row = true;
    size_t cap = 0;
    casus_code code = ledger_prepare(l, &q, err, "SELECT DISTINCT part_of FROM parts WHERE actor = ?1 ORDER BY part_of", "t", actor);
    while (!code && !(code = ledger_step(l, q, &row, err)) && row)
        *CASUS_PUSH(a, p->wholes, p->n_wholes, cap) = casus_str_hash(casus_str_of(ledger_peek(q, 0)));
    return code;
}

static casus_code load_side(casus_ledger *l, int64_t st, const char *side, casus_arena *a, merge_party **out, size_t *n, casus_error *err) {
    sqlite3_stmt *q = NULL;
    bool row = true;
    size_t cap = 0;
    casus_code code = ledger_prepare(l, &q, err, "SELECT actor, coalesce(name, text, '') FROM participants WHERE st = ?1 AND side = ?2 ORDER BY position",
                                     "it", st, side);
    while (!code && !(code = ledger_step(l, q, &row, err)) && row) {
        const char *actor = ledger_text(q, 0, a);
        merge_party *p = CASUS_PUSH(a, *out, *n, cap);
        p->key = actor ? casus_str_hash(casus_str_of(actor)) : hash_lower(a, ledger_peek(q, 1));
        if (actor) code = load_wholes(l, actor, a, p, err);
    }
    return code;
}

static casus_code load_places(casus_ledger *l, casus_arena *a, merge_view *v, casus_error *err) {
    sqlite3_stmt *q = NULL;
    bool row = true;
    size_t cap = 0;
    casus_code code = ledger_prepare(l, &q, err, "SELECT coalesce(gazetteer_id, name, ''), country, precision FROM places WHERE st = ?1 ORDER BY position",
                                     "i", v->st);
    while (!code && !(code = ledger_step(l, q, &row, err)) && row) {
        const char *country = ledger_peek(q, 1), *precision = ledger_peek(q, 2);
        merge_place *p = CASUS_PUSH(a, v->place, v->n_place, cap);
        p->key = hash_lower(a, ledger_peek(q, 0));
        p->country = *country ? casus_str_hash(casus_str_of(country)) : 0;
        p->broad = strcmp(precision, "country") == 0 || strcmp(precision, "region") == 0;
    }
    return code;
}

static int by_value(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Hashes of every three words in a row, each once, sorted. */
static void add_shingles(casus_arena *a, merge_view *v, const char *text) {
    uint64_t last[3] = {0};
    size_t cap = 0, words = 0;
    for (const char *s = text; *s;) {
        size_t n = strcspn(s, " \t\n\r,;:.!?()[]\"");
        if (n) {
            uint64_t key = casus_key((casus_str){s, n}, true);
            last[0] = last[1], last[1] = last[2], last[2] = key;
            if (++words >= 3) *CASUS_PUSH(a, v->shingles, v->n_shingles, cap) = casus_str_hash((casus_str){(const char *)last, sizeof last});
        }
        s += n + (s[n] != '\0');
    }
    if (!v->n_shingles) return;
    qsort(v->shingles, v->n_shingles, sizeof *v->shingles, by_value);
    size_t kept = 1;
    for (size_t i = 1; i < v->n_shingles; i++)
        if (v->shingles[i] != v->shingles[kept - 1]) v->shingles[kept++] = v->shingles[i];
    v->n_shingles = kept;
}

static bool is_one_of(const char *word, const char *list) {
    const char *at = *word ? strstr(list, word) : NULL;
    return at && (at == list || at[-1] == ' ') && (at[strlen(word)] == ' ' || !at[strlen(word)]);
}

/* What did not happen yet, or is only wished for, is no event; what is denied or disbelieved disputes one. */
static merge_role role_of(sqlite3_stmt *q, int64_t holders) {
    const char *holds = ledger_peek(q, 9), *tense = ledger_peek(q, 8), *view = ledger_peek(q, 10);
    if (is_one_of(tense, "future hypothetical") || is_one_of(holds, "hopes fears wants promises")) return MERGE_NONE;
    bool negative = strcmp(ledger_peek(q, 7), "-") == 0, denies = strcmp(holds, "denies") == 0;
    if (negative != denies || strcmp(view, "rejects") == 0) return MERGE_DISPUTES;
    return holders > 1 || strcmp(holds, "relays") == 0 ? MERGE_RELAYS : MERGE_SUPPORTS;
}

static void load_times(sqlite3_stmt *q, merge_view *v) {
    int32_t ignored;
    v->begin = INT32_MIN, v->end = INT32_MAX;
    casus_day_parse(casus_str_of(ledger_peek(q, 5)), &v->begin, &ignored);
    casus_day_parse(casus_str_of(ledger_peek(q, 6)), &ignored, &v->end);
}

casus_code merge_load(casus_ledger *l, int64_t st, casus_arena *a, merge_view *v, casus_error *err) {
    sqlite3_stmt *q = NULL;
    bool row = false;
    memset(v, 0, sizeof *v);
    v->st = st;
    casus_code code = ledger_prepare(
        l, &q, err,
        "SELECT t.id, t.plover, t.plover_second, t.modes, t.lemma, t.time_begin, t.time_end, t.polarity, t.tense, t.holds, t.author_view, t.doc, t.sentence,"
        " (SELECT coalesce(actor, name, text, '?') FROM holders h WHERE h.st = t.st AND position = 0), (SELECT count(*) FROM holders h WHERE h.st = t.st),"
        " coalesce((SELECT text FROM sentence_texts x WHERE x.doc = t.doc AND x.sentence = t.sentence), t.text, '') FROM statements t WHERE t.st = ?1", "i", st);
    if (!code) code = ledger_step(l, q, &row, err);
    if (code || !row) return code;
    v->id = ledger_text(q, 0, a), v->plover = ledger_text(q, 1, a), v->second = ledger_text(q, 2, a), v->modes = ledger_text(q, 3, a);
    v->lemma = ledger_text(q, 4, a);
    load_times(q, v);
    v->role = v->plover ? role_of(q, sqlite3_column_int64(q, 14)) : MERGE_NONE;
    v->doc = sqlite3_column_int64(q, 11), v->sentence = sqlite3_column_int64(q, 12);
    v->holder = sqlite3_column_int64(q, 14) ? casus_str_hash(casus_str_of(ledger_peek(q, 13))) : 0;
    add_shingles(a, v, ledger_peek(q, 15));
    sqlite3_reset(q);
    code = load_side(l, st, "source", a, &v->source, &v->n_source, err);
    if (!code) code = load_side(l, st, "target", a, &v->target, &v->n_target, err);
    return code ? code : load_places(l, a, v, err);
}

/* ---- comparing --------------------------------------------------------------------------------------------- */

static bool is_part(const merge_party *a, const merge_party *b) {
    for (size_t i = 0; i < a->n_wholes; i++)
        if (a->wholes[i] == b->key) return true;
    return false;
}

static double best_party(const merge_party *p, const merge_party *others, size_t n) {
    double best = 0;
    for (size_t i = 0; i < n; i++) {
        if (p->key == others[i].key) return 1;
        if (is_part(p, &others[i]) || is_part(&others[i], p)) best = 0.8;
    }
    return best;
}

/* Mean over the shorter list of each member's best match; unknown on either side is half an agreement. */
static double compare_sides(const merge_party *a, size_t na, const merge_party *b, size_t nb) {
    if (!na || !nb) return 0.5;
    if (na > nb) return compare_sides(b, nb, a, na);
    double sum = 0;
    for (size_t i = 0; i < na; i++) sum += best_party(&a[i], b, nb);
    return sum > 0 ? sum / (double)na : -1;
}

static int64_t length_of(const merge_view *v) { return (int64_t)v->end - v->begin; }

static double compare_times(const merge_view *a, const merge_view *b) {
    bool unknown = (a->begin == INT32_MIN && a->end == INT32_MAX) || (b->begin == INT32_MIN && b->end == INT32_MAX);
    if (unknown) return 0;
    int64_t gap = a->begin > b->begin ? (int64_t)a->begin - b->end : (int64_t)b->begin - a->end;
    if (gap > NEAR_DAYS) return -1;
    int64_t longest = length_of(a) > length_of(b) ? length_of(a) : length_of(b);
    if (gap >= 0) return longest <= NEAR_DAYS ? 0.6 : -1;
    return longest <= MONTH ? 1 : longest <= QUARTER ? 0.8 : 0.3;
}

static double compare_place(const merge_place *a, const merge_place *b) {
    if (a->key == b->key) return a->broad ? 0.6 : 1;
    if (!a->country || !b->country) return 0;
    if (a->country != b->country) return -1;
    return a->broad || b->broad ? 0.6 : -1;
}

static double compare_places(const merge_view *a, const merge_view *b) {
    double best = a->n_place && b->n_place ? -1 : 0;
    for (size_t i = 0; i < a->n_place; i++)
        for (size_t k = 0; k < b->n_place; k++) {
            double one = compare_place(&a->place[i], &b->place[k]);
            if (one > best) best = one;
        }
    return best;
}

bool merge_is_copy(const merge_view *a, const merge_view *b) {
    size_t i = 0, k = 0, common = 0;
    while (i < a->n_shingles && k < b->n_shingles) {
        uint64_t x = a->shingles[i], y = b->shingles[k];
        common += x == y;
        i += x <= y;
        k += y <= x;
    }
    size_t all = a->n_shingles + b->n_shingles - common;
    return common && (double)common / (double)all >= 0.7;
}

static bool same_text(const char *a, const char *b) { return a && b && strcmp(a, b) == 0; }

merge_match merge_compare(const merge_view *a, const merge_view *b) {
    merge_match m = {.source = compare_sides(a->source, a->n_source, b->source, b->n_source),
                     .target = compare_sides(a->target, a->n_target, b->target, b->n_target),
                     .time = compare_times(a, b), .place = compare_places(a, b), .copy = a->doc != b->doc && merge_is_copy(a, b)};
    bool same_sentence = a->doc == b->doc && a->sentence == b->sentence;
    if (m.source < 0 || m.target < 0 || m.time < 0 || m.place < 0 || same_sentence) return m;
    bool known = (a->n_source && b->n_source) || (a->n_target && b->n_target);
    bool anchored = m.time >= 0.6 || m.place >= 1 || m.copy;
    if (!known || !anchored) return m;
    m.total = 0.30 * m.source + 0.30 * m.target + 0.25 * m.time + 0.15 * m.place;
    if (same_text(a->lemma, b->lemma)) m.total += 0.05;
    if (a->modes && b->modes && strcmp(a->modes, b->modes) != 0) m.total -= 0.10;
    if (m.copy && same_text(a->lemma, b->lemma)) m.total = 0.95; /* the other acts of a copied sentence are others */
    if (m.total > 1) m.total = 1;
    return m;
}

static const char *said(double score, const char *same, const char *near) { return score >= 1 ? same : score > 0 ? near : ""; }

void merge_reason(const merge_match *m, char out[MERGE_REASON]) {
    snprintf(out, MERGE_REASON, "%s%s%s%s%s", said(m->source, "same source", m->source > 0.5 ? "related source" : "source unknown once"),
             said(m->target, ", same target", m->target > 0.5 ? ", related target" : ", target unknown once"),
             said(m->time, ", times overlap", m->time == 0.6 ? ", dates a day or two apart" : ", times overlap widely"),
             said(m->place, ", same place", ", same country"), m->copy ? ", near-identical words" : "");
}

const char *merge_role_name(merge_role r) {
    static const char *const NAMES[] = {"", "supports", "disputes", "relays"};
    return NAMES[r];
}
