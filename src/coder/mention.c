/* mention.c — which words of a sentence name an actor: known names, unknown proper names, agents joined to a country or group. */
#include "doc.h"

#include <string.h>

coder_mention *mention_add(coder_doc *d, coder_sentence *s, unsigned first, unsigned last, unsigned head, coder_mention_kind kind,
                           uint32_t entity) {
    coder_mention *m = CASUS_PUSH(d->arena, s->mentions, s->n_mentions, s->cap_mentions);
    *m = (coder_mention){.first = (uint16_t)first, .last = (uint16_t)last, .head = (uint16_t)head, .kind = (uint8_t)kind, .entity = entity};
    uint32_t index = (uint32_t)s->n_mentions;
    s->at[head] = index;
    for (unsigned i = first; i <= last; i++) s->covers[i] = index;
    coder_entity *e = &d->entities[entity];
    e->mentions++;
    e->last_sentence = s->index;
    e->last_token = head;
    return m;
}

/* The token of a range whose head lies outside it. */
static unsigned range_head(const coder_tree *t, unsigned first, unsigned last) {
    unsigned best = last;
    for (unsigned i = first; i <= last; i++) {
        if (t->tok[i].upos == CASUS_PUNCT) continue;
        if (t->depth[i] < t->depth[best]) best = i;
    }
    return best;
}

static bool is_modifier(const coder_tree *t, unsigned head) {
    unsigned h = t->tok[head].head;
    if (!h || h < head) return false;
    switch (t->tok[head].deprel) {
    case CASUS_AMOD:
    case CASUS_COMPOUND:
    case CASUS_NMOD:
    case CASUS_NMOD_DESC:
    case CASUS_NMOD_UNMARKED: return tree_is_nominal(t, h);
    default: return false;
    }
}

/* ---- known names ---- */

typedef struct name_match {
    const casus_name *names;
    size_t n;
    unsigned last;
} name_match;

static bool longest_name(const coder_doc *d, const coder_tree *t, unsigned i, name_match *m) {
    uint64_t key = casus_key(t->tok[i].form, false);
    unsigned words = key ? casus_lexicon_name_words(d->lex, key) : 0;
    for (unsigned j = i; words && j <= t->n && j < i + words + 2; j++) {
        uint64_t more = j == i ? key : casus_key_more(key, t->tok[j].form, false);
        if (more == key && j != i) continue; /* punctuation alone does not end a name */
        key = more;
        size_t n;
        const casus_name *names = casus_lexicon_names(d->lex, key, &n);
        bool runs_on = j > i && t->tok[j].upos == CASUS_AUX; /* "Israel is": keys know no spaces, Israelis are others */
        if (names && !runs_on) *m = (name_match){names, n, j};
    }
    return m->n > 0;
}

/* Capitalised, and long enough to be no numeral or pronoun ("Charles I"). */
static bool is_capital(casus_str w) { return w.n > 2 && w.at[0] >= 'A' && w.at[0] <= 'Z'; }

/* Is the longest match a name and nothing but a name: a person's, or a family name that no other word is? */
static bool only_a_name(const coder_doc *d, const name_match *m, bool inside) {
    casus_known_actor a;
    for (size_t k = 0; k < m->n; k++) {
        bool person = casus_lexicon_actor(d->lex, m->names[k].actor, &a) && a.type && strcmp(a.type, "person") == 0;
        if (!person || (m->names[k].kind == CASUS_NAME_SURNAME && !inside)) return false;
    }
    return true;
}

static bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

/* "Council Votes to Lift Ban as Talks Stall": a heading in which every longer word is capitalised, so that a capital says nothing. */
static bool is_title_case(const casus_sentence *s) {
    unsigned capital = 0, words = 0;
    for (uint32_t t = 0; t < s->n; t++) {
        casus_str f = s->tokens[t].form;
        if (f.n < 4 || !is_letter(f.at[0])) continue;
        words++;
        capital += is_capital(f) && f.at[1] >= 'a';
    }
    return s->block == CASUS_TITLE && words > 2 && 10 * capital >= 8 * words;
}

static void lower_word(coder_doc *d, casus_token *w) {
    char *to = casus_arena_dup(d->arena, w->form.at, w->form.n);
    for (size_t i = 0; i < w->form.n; i++)
        if (to[i] >= 'A' && to[i] <= 'Z') to[i] = (char)(to[i] + 32);
    w->form.at = to;
}

static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

/* "Orne-Ville": two capital words that a hyphen joins, neither a name by itself. */
static bool is_double(const coder_doc *d, const coder_tree *t, unsigned i) {
    name_match m = {0};
    bool hyphen = i + 2 <= t->n && !(t->tok[i].flags & CASUS_TOKEN_SPACE_AFTER) && t->tok[i + 1].form.n == 1 && t->tok[i + 1].form.at[0] == '-' && !(t->tok[i + 1].flags & CASUS_TOKEN_SPACE_AFTER);
    return hyphen && is_capital(t->tok[i + 2].form) && !is_upper(t->tok[i].form.at[1]) && !is_upper(t->tok[i + 2].form.at[1]) && !longest_name(d, t, i + 2, &m);
}

void mention_hint(coder_doc *d, casus_sentence *s) {
    coder_tree t = {.tok = s->tokens - 1, .n = s->n, .text = d->doc->text};
    bool title_case = is_title_case(s);
    if (s->block != CASUS_BODY && !title_case) return;
    for (unsigned i = 1; i <= t.n; i++) {
        name_match m = {0};
        if (!is_capital(t.tok[i].form)) continue;
        if (!longest_name(d, &t, i, &m)) {
            if (!title_case && is_double(d, &t, i)) s->tokens[i - 1].flags |= CASUS_TOKEN_NAME, s->tokens[i + 1].flags |= CASUS_TOKEN_NAME;
            if (title_case && t.tok[i].form.at[1] >= 'a') lower_word(d, &s->tokens[i - 1]);
            continue;
        }
        bool person = only_a_name(d, &m, i > 1);
        for (unsigned k = i; k <= m.last; k++)
            if (is_capital(t.tok[k].form)) s->tokens[k - 1].flags |= person ? CASUS_TOKEN_NAME : m.last > i ? CASUS_TOKEN_IN_NAME : 0;
        i = m.last;
    }
}

static bool holds_on(const casus_name *n, int32_t day) { return day == INT32_MIN || (n->begin <= day && day < n->end); }

static bool named_before(const coder_doc *d, const casus_name *n) {
    casus_known_actor a;
    return casus_lexicon_actor(d->lex, n->actor, &a) && casus_table_get(&d->entity_at, casus_str_hash(casus_str_of(a.id)) | 1);
}

/* A family name alone counts when the person was named before, or is in office and the word is a name here. */
static bool surname_fits(const coder_doc *d, const coder_tree *t, unsigned first, unsigned last, const casus_name *n) {
    if (t->tok[last].upos != CASUS_PROPN) return false;
    bool hyphen = last + 2 <= t->n && t->tok[last + 1].form.n == 1 && t->tok[last + 1].form.at[0] == '-' && !(t->tok[last].flags & CASUS_TOKEN_SPACE_AFTER);
    if (hyphen) return false; /* "Hsiao-wen" is another name than "Hsiao" */
    if (named_before(d, n)) return true;
    bool joined = (first > 1 && t->tok[first - 1].upos == CASUS_PROPN && t->tok[first - 1].head == last) ||
                  (last < t->n && t->tok[last + 1].upos == CASUS_PROPN && t->tok[last + 1].head == first);
    return !joined && holds_on(n, d->day) && d->day != INT32_MIN;
}

static int kind_rank(const coder_tree *t, unsigned first, unsigned last, const casus_name *n) {
    unsigned head = range_head(t, first, last);
    bool before_noun = is_modifier(t, head) || (last < t->n && t->tok[last + 1].upos == CASUS_NOUN && t->tok[head].upos == CASUS_ADJ);
    switch (n->kind) {
    case CASUS_NAME: return 6;
    case CASUS_NAME_ADJ: return before_noun ? 7 : 2;
    case CASUS_NAME_PEOPLE: return before_noun ? 3 : 5;
    case CASUS_NAME_SEAT: return 4;
    case CASUS_NAME_CAPITAL: return 4;
    default: return 1;
    }
}

static const casus_name *choose_name(const coder_doc *d, const coder_tree *t, unsigned first, const name_match *m) {
    const casus_name *best = NULL;
    int best_rank = -1;
    for (size_t i = 0; i < m->n; i++) {
        const casus_name *n = &m->names[i];
        if (n->kind == CASUS_NAME_SURNAME && !surname_fits(d, t, first, m->last, n)) continue;
        int rank = 3 * kind_rank(t, first, m->last, n) + holds_on(n, d->day) + (n->kind == CASUS_NAME_SURNAME && named_before(d, n));
        if (rank > best_rank) best_rank = rank, best = n;
    }
    return best;
}

static bool is_place_preposition(const coder_tree *t, unsigned k) {
    static const char *const in[] = {"in", "at", "near", "outside", "around", "across", "inside", "into", "throughout", "within", "from", "through"};
    return TREE_AMONG(t, k, in);
}

/* "in Moscow", "Moscow concert hall": where; "Moscow opposed": who. */
static bool stands_for_place(const coder_tree *t, unsigned head) {
    unsigned k = tree_case(t, tree_conj_head(t, head));
    if (k) return is_place_preposition(t, k);
    return is_modifier(t, head) && t->tok[head].deprel != CASUS_NMOD_POSS;
}

static uint32_t people_entity(coder_doc *d, const casus_name *n, casus_str words) {
    uint32_t country = entity_known(d, n->actor);
    if (!entity_is_country(&d->entities[country])) return country;
    return entity_agent(d, (int32_t)country, n->plural ? CASUS_STR("people") : words, words, "CVL", n->plural);
}

static const casus_agent *longest_agent(const coder_doc *d, const coder_tree *t, unsigned i, unsigned *last);

/* "President Ferdinand Marcos Jr. gave": where the tree makes the title the head, it stands for who bears it. */
static void stand_for_title(const coder_doc *d, coder_sentence *s, unsigned head) {
    const coder_tree *t = &s->tree;
    unsigned title = t->tok[head].head, last = 0;
    casus_deprel r = (casus_deprel)t->tok[head].deprel;
    bool named = r == CASUS_FLAT || r == CASUS_APPOS || r == CASUS_NMOD_DESC || r == CASUS_COMPOUND;
    if (!named || !title || title >= head || s->at[title] || !longest_agent(d, t, title, &last)) return;
    const coder_mention *m = &s->mentions[s->n_mentions - 1];
    if (!d->entities[m->entity].person) return;
    s->at[title] = (uint32_t)s->n_mentions;
    if (title + 1 == m->first && t->tok[title].upos == CASUS_PROPN) s->covers[title] = s->at[title];
}

/* "Lai Ching-te", which a hyphen breaks in the tree: each part that hangs elsewhere stands for the name. */
static void stand_for_parts(coder_sentence *s, const coder_mention *m) {
    const coder_tree *t = &s->tree;
    for (unsigned i = m->first; i <= m->last; i++) {
        bool outside = t->tok[i].head < m->first || t->tok[i].head > m->last;
        if (outside && !s->at[i] && t->tok[i].upos == CASUS_PROPN) s->at[i] = s->covers[i];
    }
}

static unsigned add_known(coder_doc *d, coder_sentence *s, unsigned first, const casus_name *n, unsigned last) {
    const coder_tree *t = &s->tree;
    unsigned head = range_head(t, first, last);
    casus_str words = tree_words(t, first, last);
    if (n->kind == CASUS_NAME_CAPITAL && stands_for_place(t, head)) return first;
    bool joined = last < t->n && t->tok[last + 1].form.n == 1 && t->tok[last + 1].form.at[0] == '-'; /* "Iranian-backed" */
    bool people = n->kind == CASUS_NAME_PEOPLE && !is_modifier(t, head) && !joined;
    uint32_t e = people ? people_entity(d, n, words) : entity_known(d, n->actor);
    coder_mention_kind kind = people ? MENTION_PEOPLE : n->kind == CASUS_NAME_ADJ || is_modifier(t, head) ? MENTION_MODIFIER : MENTION_NAME;
    coder_mention *m = mention_add(d, s, first, last, head, kind, e);
    m->place = entity_is_country(&d->entities[e]);
    m->plural = people && n->plural;
    if (n->kind == CASUS_NAME) entity_spelled(d, e, words);
    entity_alias(d, e, words);
    stand_for_title(d, s, head);
    if (d->entities[e].person) stand_for_parts(s, m);
    return last;
}

static void find_known(coder_doc *d, coder_sentence *s) {
    const coder_tree *t = &s->tree;
    for (unsigned i = 1; i <= t->n; i++) {
        name_match m = {NULL, 0, i};
        if (!longest_name(d, t, i, &m)) continue;
        const casus_name *n = choose_name(d, t, i, &m);
        if (n) i = add_known(d, s, i, n, m.last);
    }
}

/* ---- agents ---- */

static const casus_agent *longest_agent(const coder_doc *d, const coder_tree *t, unsigned i, unsigned *last) {
    uint64_t key = casus_key(t->tok[i].form, true);
    unsigned words = key ? casus_lexicon_agent_words(d->lex, key) : 0;
    const casus_agent *best = NULL;
    for (unsigned j = i; words && j <= t->n && j < i + words; j++) {
        if (j > i) key = casus_key_more(key, t->tok[j].form, true);
        const casus_agent *g = casus_lexicon_agent(d->lex, key);
        if (g && tree_is_nominal(t, j)) best = g, *last = j;
    }
    return best;
}

/* The mention that says whose agent it is: "Russian embassy", "Taliban's commanders", "ambassador of Iran", "Kabul-based". */
static const coder_mention *agent_base(const coder_sentence *s, unsigned head, unsigned depth) {
    const coder_tree *t = &s->tree;
    const coder_mention *found = NULL;
    TREE_CHILDREN(t, head, c) {
        const coder_mention *m = mention_at(s, tree_antecedent(t, c));
        unsigned k = tree_case(t, c);
        bool of = k && (tree_is(t, k, "of") || tree_is(t, k, "from"));
        casus_deprel r = (casus_deprel)t->tok[c].deprel;
        bool before = c < head && (r == CASUS_AMOD || r == CASUS_COMPOUND || r == CASUS_NMOD || r == CASUS_NMOD_POSS || r == CASUS_NMOD_DESC || r == CASUS_OBL);
        if (m && m->kind != MENTION_AGENT && (before || (of && t->tok[c].deprel == CASUS_NMOD))) found = m;
        if (!found && depth < 2 && before && (t->tok[c].deprel == CASUS_AMOD || t->tok[c].deprel == CASUS_COMPOUND)) found = agent_base(s, c, depth + 1);
        if (found && found->kind == MENTION_MODIFIER) return found;
    }
    return found;
}

static bool names_person(const coder_sentence *s, unsigned head) {
    const coder_tree *t = &s->tree;
    unsigned h = t->tok[head].head;
    casus_deprel r = (casus_deprel)t->tok[head].deprel;
    if (h && mention_at(s, h) && (r == CASUS_COMPOUND || r == CASUS_NMOD_DESC || r == CASUS_FLAT || r == CASUS_AMOD)) return true;
    TREE_CHILDREN(t, head, c)
    if (t->tok[c].deprel == CASUS_FLAT || (t->tok[c].deprel == CASUS_APPOS && c == head + 1))
        if (t->tok[c].upos == CASUS_PROPN) return true;
    return false;
}

/* The mention that ends before a comma (or a bracket) at token i: ", the group that …" stands for it. */
static const coder_mention *named_just_before(const coder_sentence *s, unsigned i) {
    const coder_tree *t = &s->tree;
    if (i < 3 || t->tok[i - 1].form.at[0] != ',') return NULL;
    i -= 2;
    while (i > 1 && t->tok[i].upos == CASUS_PUNCT) i--;
    return s->covers[i] ? &s->mentions[s->covers[i] - 1] : NULL;
}

/* "ISKP, the group that …", "ISKP is the group …": the description is the one described. */
static const coder_mention *described(const coder_sentence *s, unsigned head) {
    const coder_tree *t = &s->tree;
    if (t->tok[head].deprel == CASUS_APPOS) return mention_at(s, t->tok[head].head);
    if (t->tok[head].deprel == CASUS_PARATAXIS && !tree_child(t, head, CASUS_COP)) return named_just_before(s, t->lo[head]);
    if (!tree_child(t, head, CASUS_COP)) return NULL;
    return mention_at(s, tree_child(t, head, CASUS_NSUBJ));
}

/* "13", "many", "other", "the same": how many or which, not who. */
static bool is_quantity(const coder_tree *t, unsigned i) {
    static const char *const words[] = {"many", "several", "other", "some", "few", "same", "more", "such", "various", "certain", "numerous", "all", "then", "former"};
    casus_upos u = (casus_upos)t->tok[i].upos;
    if (u == CASUS_DET || u == CASUS_PRON || u == CASUS_PUNCT || u == CASUS_NUM) return true;
    return TREE_AMONG(t, i, words);
}

static bool in_name(const coder_tree *t, unsigned i) {
    switch (t->tok[i].deprel) {
    case CASUS_AMOD:
    case CASUS_COMPOUND:
    case CASUS_NMOD:
    case CASUS_NMOD_POSS:
    case CASUS_NMOD_DESC:
    case CASUS_NMOD_UNMARKED:
    case CASUS_FLAT:
    case CASUS_FIXED:
    case CASUS_CASE:
    case CASUS_PUNCT_REL:
    case CASUS_CONJ:
    case CASUS_CC:
    case CASUS_OBL: return true;
    default: return false;
    }
}

static bool is_calendar(const coder_tree *t, unsigned i) {
    static const char *const words[] = {"january", "february", "march",    "april",   "may",      "june",   "july",    "august",    "september",
                                        "october", "november", "december", "monday",  "tuesday",  "wednesday", "thursday", "friday", "saturday",
                                        "sunday",  "mr.",      "mrs.",     "ms.",     "dr."};
    casus_str form = t->tok[i].form; /* "mid-March" */
    bool part = form.n > 4 && form.at[3] == '-' && casus_str_eq((casus_str){form.at, 3}, CASUS_STR("mid"));
    if (TREE_AMONG(t, i, words)) return true;
    return part;
}

/* The agent's phrase up to its noun; where it is ("embassy in Kabul") says where.c. */
static unsigned agent_first(const coder_tree *t, unsigned head) {
    unsigned first = head;
    while (first > 1 && tree_under(t, first - 1, head) && in_name(t, first - 1) && !is_calendar(t, first - 1)) first--;
    while (first < head && (is_quantity(t, first) || t->tok[first].deprel == CASUS_CASE || t->tok[first].deprel == CASUS_FIXED || t->tok[first].upos == CASUS_ADP || t->tok[first].upos == CASUS_ADV || t->tok[first].upos == CASUS_CCONJ)) first++;
    return first;
}

/* "the Russian and Pakistani embassies": one of each. */
static bool each_of(coder_doc *d, const coder_sentence *s, const coder_mention *base, casus_str agent, const char *sector, casus_str words, uint32_t *group) {
    const coder_tree *t = &s->tree;
    unsigned all[8], n = tree_conjuncts(t, base->head, all, 8);
    uint32_t members[8];
    size_t m = 0;
    for (unsigned i = 0; i < n; i++) {
        const coder_mention *one = mention_at(s, all[i]);
        if (!one || t->tok[base->head].deprel == CASUS_NMOD_POSS) continue;
        casus_str adj = tree_words(t, one->first, one->last);
        casus_str name = casus_str_of(casus_arena_printf(d->arena, "%.*s %.*s", CASUS_FMT(adj), CASUS_FMT(agent)));
        members[m++] = entity_agent(d, (int32_t)one->entity, agent, name, sector, false);
    }
    if (m < 2) return false;
    for (size_t i = 0; i < m; i++) d->entities[members[i]].mentions++;
    *group = entity_group(d, members, m, words);
    return true;
}

static bool is_definite(const coder_tree *t, unsigned head) {
    unsigned det = tree_child(t, head, CASUS_DET_REL);
    return det && (tree_is(t, det, "the") || tree_is(t, det, "this"));
}

static bool is_state_body(const casus_agent *g) {
    static const char *const sectors[] = {"GOV", "MIL", "COP", "LEG", "JUD", "SPY"};
    if (g->type != CASUS_AGENT_ORGAN && g->type != CASUS_AGENT_FORCE) return false;
    for (size_t i = 0; i < sizeof sectors / sizeof *sectors; i++)
        if (strcmp(g->sector, sectors[i]) == 0) return true;
    return false;
}

/* "Kurti's government", "the army of Burhan": the country's, not the man's. */
static uint32_t body_owner(coder_doc *d, uint32_t owner, const casus_agent *g) {
    const coder_entity *e = &d->entities[owner];
    casus_known_actor country;
    if (!e->person || !e->country || !is_state_body(g)) return owner;
    return casus_lexicon_actor_by_id(d->lex, e->country, &country) ? entity_known(d, country.index) : owner;
}

/* "the army" after "the Sudanese army": the same. */
static int64_t agent_before(const coder_doc *d, casus_str agent) {
    int64_t best = -1;
    for (size_t i = 0; i < d->n_entities; i++) {
        const coder_entity *e = &d->entities[i];
        if (e->base < 0 || !e->mentions || !casus_str_eq(e->agent, agent)) continue;
        if (best < 0 || e->last_sentence >= d->entities[best].last_sentence) best = (int64_t)i;
    }
    return best;
}

/* The country that the account is about so far: named three times and more than any other, or -1. */
static int64_t main_country(const coder_doc *d) {
    int64_t best = -1;
    uint32_t most = 2;
    for (size_t i = 0; i < d->n_entities; i++) {
        uint32_t n = entity_is_country(&d->entities[i]) ? entity_country_mentions(d, (uint32_t)i) : 0;
        if (n > most) most = n, best = (int64_t)i;
        else if (n == most) best = -1;
    }
    return best;
}

/* "the foreign ministry denies": of the country named last before, unless the account is about another ("as Canada did; and the police …"). */
static int64_t country_before(const coder_doc *d, const coder_sentence *s, unsigned i) {
    int64_t about = main_country(d);
    for (uint32_t back = 0; back <= 1 && back <= s->index; back++) {
        const coder_sentence *p = &d->sentences[s->index - back];
        for (unsigned k = back ? p->tree.n : i - 1; k >= 1; k--) {
            const coder_mention *m = mention_at(p, k);
            int64_t e = m ? (int64_t)m->entity : -1;
            if (e >= 0 && d->entities[e].base >= 0) e = d->entities[e].base;
            if (e >= 0 && entity_is_country(&d->entities[e])) return about >= 0 && entity_country_mentions(d, (uint32_t)about) > (back ? 2 : 4) * entity_country_mentions(d, (uint32_t)e) ? about : e;
        }
    }
    return about;
}

/* "the junta", "the army": forces and rulers of the country whose forces or rulers the account has spoken of. */
static bool in_power(casus_str agent) {
    static const char *const words[] = {"junta", "regime", "military", "army", "armed forces", "air force", "navy", "general", "ruling party", "security forces"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (casus_str_is(agent, words[k])) return true;
    return false;
}

static int64_t ruled_before(const coder_doc *d) {
    int64_t best = -1;
    uint32_t most = 0;
    for (size_t i = 0; i < d->n_entities; i++) {
        const coder_entity *e = &d->entities[i];
        bool power = e->base >= 0 && e->mentions && (strncmp(e->sector, "MIL", 3) == 0 || strncmp(e->sector, "GOV", 3) == 0);
        if (!power || e->person || !entity_is_country(&d->entities[e->base]) || e->mentions < most) continue;
        most = e->mentions;
        best = e->base;
    }
    return best;
}

/* Does nothing beside the noun say whose or which? */
static bool is_bare(const coder_tree *t, unsigned head) {
    TREE_CHILDREN(t, head, c) {
        casus_deprel r = (casus_deprel)t->tok[c].deprel;
        if (r == CASUS_AMOD || r == CASUS_COMPOUND || r == CASUS_NMOD || r == CASUS_NMOD_POSS || r == CASUS_NMOD_DESC || r == CASUS_ACL || r == CASUS_ACL_RELCL) return false;
    }
    return true;
}

/* "Kenya’s army": the body of a country that the account calls by its noun alone. */
static uint32_t body_of(coder_doc *d, uint32_t country, const casus_agent *g, casus_str what) {
    casus_str of = d->entities[country].name, agent = casus_str_of(casus_lexicon_string(d->lex, g->text));
    casus_str name = casus_str_of(casus_arena_printf(d->arena, "%.*s’s %.*s", CASUS_FMT(of), CASUS_FMT(what.n < agent.n ? agent : what)));
    return entity_agent(d, (int32_t)country, agent, name, g->sector, false);
}

/* "the Karen force": a name beside the noun says which. */
static bool has_name(const coder_tree *t, unsigned head) {
    TREE_CHILDREN(t, head, c)
    if (c < head && t->tok[c].upos == CASUS_PROPN && (t->tok[c].deprel == CASUS_COMPOUND || t->tok[c].deprel == CASUS_AMOD)) return true;
    return false;
}

/* "Parliament adopted a law", "police arrested him": bodies that need no article. */
static bool names_body(const coder_tree *t, unsigned head) {
    if (tree_child(t, head, CASUS_DET_REL) || !is_bare(t, head)) return false;
    return tree_is(t, head, "parliament") || tree_is(t, head, "congress") || tree_is(t, head, "police");
}

/* Whom a bare "the army", "the ministry", "the monitors" means, or -1. */
static int64_t meant_by(coder_doc *d, const coder_sentence *s, const casus_agent *g, unsigned head) {
    casus_str agent = casus_str_of(casus_lexicon_string(d->lex, g->text));
    if ((!is_definite(&s->tree, head) && !names_body(&s->tree, head)) || has_name(&s->tree, head) || (g->plural && !is_bare(&s->tree, head))) return -1;
    int64_t same = agent_before(d, agent);
    if (same >= 0 || g->plural) return same;
    int64_t country = in_power(agent) ? ruled_before(d) : -1;
    if (country < 0) country = is_state_body(g) ? country_before(d, s, head) : -1;
    return country < 0 ? -1 : (int64_t)body_of(d, (uint32_t)country, g, s->tree.tok[head].lemma);
}

static void add_agent(coder_doc *d, coder_sentence *s, const casus_agent *g, unsigned head) {
    const coder_tree *t = &s->tree;
    unsigned first = agent_first(t, head);
    const coder_mention *same = g->plural ? NULL : described(s, head);
    if (same) {
        coder_mention *m = mention_add(d, s, first, head, head, MENTION_DESCRIPTION, same->entity);
        m->plural = false;
        return;
    }
    const coder_mention *base = agent_base(s, head, 0);
    int64_t meant = base ? -1 : meant_by(d, s, g, head);
    if (meant >= 0) {
        unsigned the = tree_child(t, head, CASUS_DET_REL);
        coder_mention *m = mention_add(d, s, the && the < first ? the : first, head, head, MENTION_DESCRIPTION, (uint32_t)meant);
        if (is_state_body(g)) m->agent = g;
        return;
    }
    bool body = g->type == CASUS_AGENT_MISSION || g->type == CASUS_AGENT_ORGAN || strcmp(g->sector, "UNK") == 0;
    if (!base && body && !tree_child(t, head, CASUS_NMOD_POSS)) return; /* nobody's embassy is no actor */
    if (base && base->first < first && tree_under(t, base->head, head)) first = base->first; /* not "Chad, whose army" */
    casus_str name = tree_words(t, first, head), agent = casus_str_of(casus_lexicon_string(d->lex, g->text));
    uint32_t e, owner = base ? body_owner(d, base->entity, g) : 0;
    if (!base || !each_of(d, s, base, agent, g->sector, name, &e)) e = entity_agent(d, base ? (int32_t)owner : -1, base ? agent : name, name, g->sector, g->plural);
    coder_mention *m = mention_add(d, s, head, head, head, MENTION_AGENT, e);
    m->agent = g;
    m->plural = g->plural;
    m->first = (uint16_t)first;
    d->entities[e].person = g->type == CASUS_AGENT_PERSON && !g->plural;
    d->entities[e].human = g->type == CASUS_AGENT_PERSON || g->type == CASUS_AGENT_SOURCE;
    d->entities[e].body = g->type == CASUS_AGENT_ORGAN || g->type == CASUS_AGENT_MISSION;
    entity_alias(d, e, name);
}

/* "Chinese coast guard crews boarded": a plural subject that belongs to an actor acts, though its noun is no known agent. */
static void find_acting(coder_doc *d, coder_sentence *s) {
    const coder_tree *t = &s->tree;
    for (unsigned i = 1; i <= t->n; i++) {
        casus_deprel r = (casus_deprel)t->tok[tree_conj_head(t, i)].deprel;
        bool subject = r == CASUS_NSUBJ || r == CASUS_NSUBJ_PASS;
        if (s->covers[i] || t->tok[i].upos != CASUS_NOUN || !subject || s->match_from[i] < s->match_from[i + 1]) continue;
        bool plural = !casus_str_eq(t->tok[i].form, t->tok[i].lemma) && casus_str_ends(t->tok[i].form, "s");
        const coder_mention *base = plural ? agent_base(s, i, 0) : NULL;
        if (!base) continue;
        unsigned first = agent_first(t, i);
        if (base->first < first && tree_under(t, base->head, i)) first = base->first;
        uint32_t e = entity_agent(d, (int32_t)base->entity, t->tok[i].lemma, tree_words(t, first, i), "", true);
        coder_mention *m = mention_add(d, s, i, i, i, MENTION_AGENT, e);
        m->first = (uint16_t)first;
        m->plural = true;
    }
}

static void find_agents(coder_doc *d, coder_sentence *s) {
    const coder_tree *t = &s->tree;
    for (unsigned i = 1; i <= t->n; i++) {
        unsigned last = i;
        if (s->covers[i] || (t->tok[i].upos != CASUS_NOUN && t->tok[i].upos != CASUS_PROPN && t->tok[i].upos != CASUS_ADJ)) continue;
        const casus_agent *g = longest_agent(d, t, i, &last);
        if (!g || s->covers[last]) continue;
        if (is_modifier(t, last) || names_person(s, last)) continue;
        add_agent(d, s, g, last);
        i = last;
    }
}

/* ---- unknown names ---- */

static bool is_name_part(const coder_sentence *s, unsigned i) {
    const coder_tree *t = &s->tree;
    return i >= 1 && i <= t->n && t->tok[i].upos == CASUS_PROPN && !s->covers[i] && !is_calendar(t, i);
}

/* A short form that the account has given: "Arakan Army (AA)". */
static bool is_given_acronym(coder_doc *d, const coder_sentence *s, unsigned i) {
    casus_str form = s->tree.tok[i].form;
    if (s->covers[i] || form.n < 2 || form.at[0] < 'A' || form.at[0] > 'Z' || form.at[1] < 'A' || form.at[1] > 'Z') return false;
    uint32_t *e = entity_by_words(d, form);
    return e && d->entities[*e - 1].mentions;
}

/* A capital word that named a person in this account before names him again, whatever the tagger makes of it. */
static bool names_again(coder_doc *d, const coder_sentence *s, unsigned i) {
    const casus_token *k = &s->tree.tok[i];
    bool word = k->upos != CASUS_PROPN && k->upos != CASUS_PRON && k->upos != CASUS_DET && k->upos != CASUS_ADP && k->upos != CASUS_AUX && k->upos != CASUS_CCONJ && k->upos != CASUS_SCONJ;
    if (!word || s->covers[i] || k->form.n < 4 || k->form.at[0] < 'A' || k->form.at[0] > 'Z') return false;
    uint32_t *e = entity_by_words(d, k->form);
    return e && d->entities[*e - 1].person && d->entities[*e - 1].mentions;
}

/* "Tehrik-e-Taliban": hyphens inside a name. */
static unsigned name_end(const coder_sentence *s, unsigned i) {
    const coder_tree *t = &s->tree;
    while (i < t->n) {
        bool hyphen = t->tok[i + 1].form.n == 1 && t->tok[i + 1].form.at[0] == '-' && is_name_part(s, i + 2);
        if (hyphen) i += 2;
        else if (is_name_part(s, i + 1)) i++;
        else break;
    }
    return i;
}

/* A town or site that does nothing here is where.c's. */
static bool is_known_place(const coder_doc *d, const coder_tree *t, unsigned head, casus_str words) {
    casus_deprel r = (casus_deprel)t->tok[tree_conj_head(t, head)].deprel;
    if (r == CASUS_NSUBJ || r == CASUS_NSUBJ_PASS || tree_child(t, head, CASUS_FLAT)) return false;
    if (casus_lexicon_place(d->lex, casus_key(words, false))) return true;
    casus_gazetteer_place hit;
    double sure;
    return d->gazetteer && casus_gazetteer_resolve(d->gazetteer, words, NULL, &hit, &sure) == CASUS_PLACE_FOUND;
}

/* "the Framework" after "the Coordination Framework": the body whose name ends so, or NULL. */
static uint32_t *named_by_end(coder_doc *d, const coder_sentence *s, unsigned i, unsigned last) {
    const coder_tree *t = &s->tree;
    casus_str end = t->tok[i].form;
    if (i != last || i < 2 || !tree_is(t, i - 1, "the") || end.n < 4) return NULL;
    for (size_t k = 0; k < d->n_entities; k++) {
        const coder_entity *e = &d->entities[k];
        bool body = e->mentions && !e->person && !e->agent.n && !entity_is_country(e);
        if (body && entity_name_ends(e->name, end)) return entity_by_words(d, e->name);
    }
    return NULL;
}

static void find_unknown(coder_doc *d, coder_sentence *s) {
    const coder_tree *t = &s->tree;
    for (unsigned i = 1; i <= t->n; i++) {
        if (!is_name_part(s, i) && !names_again(d, s, i) && !is_given_acronym(d, s, i)) continue;
        unsigned last = name_end(s, i), head = range_head(t, i, last);
        casus_str words = tree_words(t, i, last);
        uint32_t *before = entity_by_words(d, words);
        if (!before) before = named_by_end(d, s, i, last);
        bool place = stands_for_place(t, head) || (!before && is_known_place(d, t, head, words));
        if (!place && (!is_modifier(t, head) || before) && words.n > 1) {
            uint32_t e = before ? *before - 1 : entity_new(d, words, NULL);
            mention_add(d, s, i, last, head, is_modifier(t, head) ? MENTION_MODIFIER : MENTION_NAME, e);
            entity_alias(d, e, words);
        }
        i = last;
    }
}

/* "Tehrik-e-Taliban Pakistan (TTP)": the short form names the same. */
static void find_acronyms(coder_doc *d, coder_sentence *s) {
    const coder_tree *t = &s->tree;
    for (size_t k = 0; k < s->n_mentions; k++) {
        const coder_mention *m = &s->mentions[k];
        unsigned open = m->last + 1u;
        if (open + 2 > t->n || t->tok[open].form.at[0] != '(' || t->tok[open + 2].form.at[0] != ')') continue;
        coder_mention *inside = s->covers[open + 1] ? &s->mentions[s->covers[open + 1] - 1] : NULL;
        casus_str words = t->tok[open + 1].form;
        bool capital = words.n > 1 && words.at[0] >= 'A' && words.at[0] <= 'Z' && words.at[1] >= 'A' && words.at[1] <= 'Z';
        if (!capital || (inside && d->entities[inside->entity].known >= 0)) continue;
        entity_alias(d, m->entity, words);
        if (inside) inside->entity = m->entity;
    }
}

/* "the president sent the army": the country of the person whose act it is part of, or -1. */
static int64_t country_of_subject(coder_doc *d, const coder_sentence *s, unsigned head) {
    unsigned subject = tree_subject(&s->tree, tree_clause(&s->tree, head));
    const coder_mention *m = subject && subject != head && !tree_under(&s->tree, head, subject) ? mention_at(s, subject) : NULL;
    const coder_entity *e = m ? &d->entities[m->entity] : NULL;
    casus_known_actor country;
    if (!e || !e->person || !e->country || !casus_lexicon_actor_by_id(d->lex, e->country, &country)) return -1;
    return (int64_t)entity_known(d, country.index);
}

/* The state body called by its noun alone belongs to whoever gives it orders here. */
static void rebase_body(coder_doc *d, const coder_sentence *s, coder_mention *m) {
    int64_t country = country_of_subject(d, s, m->head);
    if (country < 0 || d->entities[m->entity].base == country) return;
    entity_unmention(d, m->entity);
    m->entity = body_of(d, (uint32_t)country, m->agent, s->tree.tok[m->head].lemma);
    d->entities[m->entity].mentions++;
}

void mention_rebase(coder_doc *d, coder_sentence *s) {
    for (size_t k = 0; k < s->n_mentions; k++) {
        coder_mention *m = &s->mentions[k];
        if (m->kind == MENTION_DESCRIPTION && m->agent) rebase_body(d, s, m);
        if (m->kind != MENTION_AGENT || !m->agent || d->entities[m->entity].base >= 0 || d->entities[m->entity].n_members) continue;
        const coder_mention *base = agent_base(s, m->head, 0);
        if (!base || d->entities[base->entity].n_members) continue;
        casus_str agent = casus_str_of(casus_lexicon_string(d->lex, m->agent->text));
        entity_unmention(d, m->entity);
        m->entity = entity_agent(d, (int32_t)base->entity, agent, tree_words(&s->tree, m->first, m->head), m->agent->sector, m->agent->plural);
        d->entities[m->entity].mentions++;
    }
}

void mention_find(coder_doc *d, coder_sentence *s) {
    s->at = CASUS_NEW_ARRAY(d->arena, uint32_t, 2 * (s->tree.n + 1));
    s->covers = s->at + s->tree.n + 1;
    find_known(d, s);
    find_agents(d, s);
    find_acting(d, s);
    find_unknown(d, s);
    find_acronyms(d, s);
}
