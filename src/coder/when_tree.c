#include "coder/when_tree.h"

#include "coder/tense.h"
#include "coder/walk.h"

/* ---- where an expression hangs ------------------------------------------------------------------------------ */

static bool inside(const coder_time *t, int i) { return i >= t->first && i <= t->last; }

/* The token of the expression that hangs on a word outside; prepositions and articles are passed over. */
static int outer_token(const casus_sentence *s, const coder_time *t) {
    int found = -1;
    for (int i = t->first; i <= t->last; i++) {
        if (inside(t, coder_head(s, i))) continue;
        if (found < 0 || coder_tag(s, found, CASUS_ADP) || coder_tag(s, found, CASUS_DET)) found = i;
    }
    return found < 0 ? t->last : found;
}

static bool is_nominal(const casus_sentence *s, int i) {
    return coder_tag(s, i, CASUS_NOUN) || coder_tag(s, i, CASUS_PROPN);
}

static int predicate_after(const casus_sentence *s, int i) {
    for (i++; i < (int)s->n; i++)
        if (coder_is_predicate(s, i) && !coder_rel(s, i, CASUS_ACL) && !coder_rel(s, i, CASUS_ACL_RELCL)) return i;
    return -1;
}

static bool has_preposition(const casus_sentence *s, const coder_time *t) {
    return coder_tag(s, t->first, CASUS_ADP) || coder_tag(s, t->first, CASUS_SCONJ);
}

/* "In April 2023, …": whatever the parser hung it on, it holds for the clause that follows. */
static bool opens_clause(const casus_sentence *s, const coder_time *t) {
    int before = t->first - 1, after = t->last + 1;
    if (before < 0 && has_preposition(s, t) && t->governor > t->last && is_nominal(s, t->governor)) return true; /* "Since May the ministry has …" */
    if (after >= (int)s->n || !coder_form_is(s, after, ",")) return false;
    if (before < 0) return true;
    return coder_tag(s, before, CASUS_PUNCT) || coder_tag(s, before, CASUS_CCONJ);
}

/* "Since the withdrawal in 2021, …": a time right behind the noun of "since", "after" … is that noun's, also when the
 * parser hung both on the verb. -1 when there is no such noun. */
static int dated_noun(const casus_sentence *s, const coder_time *t) {
    int noun = t->first - 1;
    if (noun < 0 || !is_nominal(s, noun) || coder_head(s, noun) != t->governor || !has_preposition(s, t)) return -1;
    return coder_form_in(s, coder_child(s, noun, CASUS_CASE), "since after before until till following") ? noun : -1;
}

/* "Envoys for years claimed …": between subject and finite verb a time is the verb's. */
static bool before_verb(const casus_sentence *s, const coder_time *t) {
    int next = t->last + 1;
    return next < (int)s->n && coder_tag(s, next, CASUS_VERB) && has_preposition(s, t) &&
           (coder_xpos(s, next, "VBD") || coder_xpos(s, next, "VBZ") || coder_xpos(s, next, "VBP"));
}

/* "four years after he seized power": the time of the seizure, whatever the parser hung it on. */
static int act_after(const casus_sentence *s, const coder_time *t) {
    if (t->first == t->last || !coder_form_is(s, t->last, "after")) return -1;
    for (int i = t->last + 1; i < (int)s->n; i++)
        if (coder_xpos(s, i, "VBD") || coder_xpos(s, i, "VBN")) return coder_rel(s, i, CASUS_AUX_REL) ? coder_head(s, i) : i;
    return -1;
}

static void hang(const casus_sentence *s, coder_time *t) {
    t->head = outer_token(s, t);
    int act = act_after(s, t);
    if (act >= 0) {
        t->governor = act;
        return;
    }
    int g = coder_head(s, t->head);
    t->governor = g;
    if (g < 0) {
        t->governor = predicate_after(s, t->last);
        return;
    }
    if (is_nominal(s, g) && !coder_names_act(s, g) && before_verb(s, t)) {
        t->governor = t->last + 1;
        return;
    }
    int noun = dated_noun(s, t);
    if (noun >= 0) {
        t->governor = noun;
        t->nominal = true;
        return;
    }
    if (coder_is_predicate(s, g) || coder_rel(s, g, CASUS_ADVCL)) return;
    if (opens_clause(s, t) && (has_preposition(s, t) || !is_nominal(s, g))) {
        int clause = coder_clause(s, g);
        t->governor = clause >= 0 ? clause : predicate_after(s, t->last);
        return;
    }
    if (!is_nominal(s, g)) {
        int clause = coder_clause(s, g);
        t->governor = clause >= 0 ? clause : g;
        return;
    }
    bool premodifier = t->head < g && !has_preposition(s, t);
    t->nominal = premodifier || coder_names_act(s, g);
}

/* ---- read through a noun or a clause ------------------------------------------------------------------------- */

static int side_word(const casus_sentence *s, int noun, const coder_time *t) {
    for (int i = 0; i < (int)s->n; i++) {
        if (coder_head(s, i) != noun || inside(t, i) || (!coder_rel(s, i, CASUS_CASE) && !coder_rel(s, i, CASUS_MARK)))
            continue;
        if (i < t->first && coder_form_in(s, i, "since after before until till during following")) return i;
    }
    return -1;
}

static void take_side(const casus_sentence *s, int word, coder_time *t) {
    if (coder_form_is(s, word, "since"))
        t->end = OPEN_END;
    else if (coder_form_in(s, word, "after following"))
        t->end = OPEN_END;
    else if (coder_form_in(s, word, "before until till"))
        t->begin = OPEN_BEGIN;
}

/* Only an act in the past dates what is since or after it: not "since it may end next year" (a reason), nor "before the
 * 1967 border" (a thing). */
static bool dates_its_side(const casus_sentence *s, int noun, const coder_time *t) {
    if (coder_tag(s, noun, CASUS_VERB)) return coder_xpos(s, noun, "VBG") || coder_tense(s, noun) == CASUS_PAST;
    return t->first > noun || !coder_tag(s, noun, CASUS_NOUN) || coder_names_act(s, noun);
}

/* "since the withdrawal in 2021", "after the January bombing": what the noun's own time says of the clause it stands
 * in. */
static void derive(casus_arena *arena, casus_str text, const casus_sentence *s, coder_times *list, size_t from) {
    coder_time t = list->items[from];
    int noun = t.governor;
    if (noun < 0 || t.grain == CODER_WORDS || (!t.nominal && !coder_rel(s, noun, CASUS_ADVCL))) return;
    int word = side_word(s, noun, &t), up = coder_head(s, noun);
    if (word < 0 || up < 0 || !dates_its_side(s, noun, &t)) return;
    take_side(s, word, &t);
    t.first = word;
    if (noun > t.last && t.nominal) t.last = noun;
    t.head = noun;
    t.governor = coder_is_predicate(s, up) || is_nominal(s, up) ? up : coder_clause(s, up);
    t.nominal = is_nominal(s, up) && !coder_is_predicate(s, up) && coder_names_act(s, up);
    t.derived = true;
    t.group = t.place = t.of = 0;
    bool approx = t.time.approx || coder_form_in(s, word, "after following");
    when_set_time(&t, text, s, approx, t.time.how);
    *CASUS_PUSH(arena, list->items, list->n, list->cap) = t;
}

void when_attach(casus_arena *arena, casus_str text, const casus_sentence *s, coder_times *list) {
    size_t n = list->n;
    for (size_t i = 0; i < n; i++) {
        coder_time *t = &list->items[i];
        hang(s, t);
        if (t->group && t->place >= 0) { /* a member hangs where its list does: the whole stands before it */
            const coder_time *whole = t - t->place - 1;
            t->governor = whole->governor;
            t->nominal = whole->nominal;
        }
    }
    for (size_t i = 0; i < n; i++)
        if (list->items[i].group == 0 || list->items[i].place < 0) derive(arena, text, s, list, i);
}

/* ---- whose time ------------------------------------------------------------------------------------------------ */

enum { NOT_ITS = 0, NEAR = 40, SHARED = 60, DIRECT = 100, CLIMB_MAX = 12 };

/* How closely a time belongs to `token`: hangs on it; on its coordination; stands, hung on a mere noun, in its clause.
 */
static int closeness(const casus_sentence *s, const coder_time *t, int token) {
    int g = t->governor;
    if (g < 0 || inside(t, token)) return NOT_ITS;
    if (g == token) return DIRECT;
    if (t->nominal) {
        bool one_list = coder_tag(s, token, CASUS_NOUN) && coder_first_conjunct(s, g) == coder_first_conjunct(s, token);
        return one_list && (t->first > token || t->head < coder_first_conjunct(s, token)) ? SHARED : NOT_ITS;
    }
    if (is_nominal(s, g) && !coder_is_predicate(s, g) && coder_is_predicate(s, token) && coder_clause(s, g) == token)
        return NEAR;
    return NOT_ITS;
}

const coder_time *coder_time_own(const casus_sentence *s, const coder_times *list, int token) {
    const coder_time *best = NULL;
    int best_score = 0;
    for (size_t i = 0; i < list->n; i++) {
        const coder_time *t = &list->items[i];
        if (t->group && t->place >= 0) continue;
        int score = closeness(s, t, token) * 100;
        if (score == 0) continue;
        int far = t->first > token ? t->first - token : token - t->last;
        score += (t->grain != CODER_WORDS) * 2000 + !t->derived * 500 - (far < 90 ? far : 90);
        if (score > best_score) best_score = score, best = t;
    }
    return best;
}

/* The time of `up` as far as it reaches down to `t`: over a coordination only what stands before both, or after both.
 */
static const coder_time *reaching_down(const casus_sentence *s, const coder_times *list, int up, int t) {
    const coder_time *found = coder_time_own(s, list, up);
    if (!found || !coder_rel(s, t, CASUS_CONJ)) return found;
    if (found->last < up || found->first > t) return found;
    return NULL;
}

/* A time that the parser hung low: on the complement or the last verb of a coordination that shares its object. */
static const coder_time *from_below(const casus_sentence *s, const coder_times *list, int t) {
    for (int c = t + 1; c < (int)s->n; c++) {
        if (coder_head(s, c) != t) continue;
        bool complement = coder_rel(s, c, CASUS_XCOMP) && coder_child(s, c, CASUS_NSUBJ) < 0;
        bool shares = coder_rel(s, c, CASUS_CONJ) && coder_child(s, t, CASUS_OBJ) < 0 &&
                      coder_child(s, t, CASUS_OBL) < 0 && coder_child(s, c, CASUS_NSUBJ) < 0;
        const coder_time *found = complement || shares ? coder_time_own(s, list, c) : NULL;
        if (found && found->first > c) return found;
    }
    return NULL;
}

const coder_time *coder_time_for(const casus_sentence *s, const coder_times *list, int token, bool *inherited) {
    bool dummy;
    if (!inherited) inherited = &dummy;
    *inherited = false;
    if (list->n == 0) return NULL;
    const coder_time *found = coder_time_own(s, list, token);
    if (found) return found;
    *inherited = true;
    found = coder_is_predicate(s, token) ? from_below(s, list, token) : NULL;
    for (int t = token, steps = 0; !found && steps < CLIMB_MAX; steps++) {
        int up = coder_setting(s, t);
        if (up < 0) break;
        found = reaching_down(s, list, up, t);
        t = up;
    }
    if (!found) *inherited = false;
    return found;
}

const coder_time *coder_time_for_conjunct(const casus_sentence *s, const coder_times *list, int token, int k, int n,
                                          bool *inherited) {
    const coder_time *whole = coder_time_for(s, list, token, inherited);
    if (!whole || whole->group == 0 || whole->of != n || k < 0 || k >= n) return whole;
    return whole + 1 + k; /* members follow their whole in the list */
}
