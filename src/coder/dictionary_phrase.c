/* dictionary_phrase.c — noun phrases and the actor codes that a PETRARCH dictionary gives them.
 *
 * A chunk is a run of nouns, adjectives, determiners and names; chunks joined by "and" make a list; a list of agents
 * takes its actors from the list behind "of", "in" or "from". In one chunk the first actor counts, and the codes of its
 * agents are joined to it.
 */
#include "dictionary.h"

#include <string.h>

enum { MOST_AGENTS = 4, MOST_CHUNKS = 16, MOST_DEPTH = 3, CODE_SIZE = 64 };

typedef struct chunk {
    unsigned first, last;
    const char *actor;
    const casus_petrarch_agent *agents[MOST_AGENTS];
    size_t n_agents;
} chunk;

typedef struct chunk_list {
    chunk items[MOST_CHUNKS];
    size_t n;
    unsigned end; /* the token behind it */
} chunk_list;

/* ---- chunks ---- */

/* A capital letter speaks for a name that the tagger does not know as one. */
static bool is_bare_function_word(const coder_tree *t, unsigned i) {
    casus_upos u = (casus_upos)t->tok[i].upos;
    if (u == CASUS_ADP || u == CASUS_SCONJ || u == CASUS_CCONJ) return true;
    bool small = t->tok[i].form.at[0] >= 'a' && t->tok[i].form.at[0] <= 'z';
    return small && (u == CASUS_PRON || u == CASUS_AUX);
}

/* Words at token i that the dictionary knows as actor or agent, noted in the chunk; how many. The longer wins, then the
 * actor. */
static size_t take_name(const dictionary_sentence *x, unsigned i, chunk *c) {
    const coder_tree *t = &x->s->tree;
    size_t left = t->n - i + 1, a_used = 0, g_used = 0;
    const char *code = casus_petrarch_actor(x->p, x->form + i, left, x->d->day, &a_used);
    const casus_petrarch_agent *agent = casus_petrarch_agent_at(x->p, x->form + i, left, &g_used);
    if (!code) a_used = 0;
    if (!agent) g_used = 0;
    size_t used = a_used >= g_used ? a_used : g_used;
    if (used == 1 && is_bare_function_word(t, i)) return 0; /* "us" is not the U.S. */
    if (!used || !c) return used;
    if (a_used >= g_used) {
        if (!c->actor && strcmp(code, "---") != 0) c->actor = code;
    } else if (c->n_agents < MOST_AGENTS) {
        c->agents[c->n_agents++] = agent;
    }
    return used;
}

static bool in_chunk(const coder_tree *t, unsigned i, unsigned first) {
    switch (t->tok[i].upos) {
    case CASUS_NOUN:
    case CASUS_PROPN:
    case CASUS_ADJ:
    case CASUS_NUM:
    case CASUS_SYM: return true;
    case CASUS_DET:
    case CASUS_PRON: return i == first || t->tok[i - 1].upos == CASUS_DET;
    case CASUS_PART: return i > first && t->tok[i].form.at[0] == '\'';
    case CASUS_PUNCT: return i > first && t->tok[i].form.n == 1 && t->tok[i].form.at[0] == '-';
    case CASUS_VERB: return t->tok[i].deprel == CASUS_AMOD || t->tok[i].deprel == CASUS_COMPOUND;
    default: return false;
    }
}

static bool is_and(const coder_tree *t, unsigned i) {
    return i <= t->n && (tree_is(t, i, "and") || tree_is(t, i, "or") || tree_is(t, i, "nor"));
}

/* "Arnor's stern and loud minister": two qualities of one; `named`: the token behind the last name. */
static bool joins_adjectives(const dictionary_sentence *x, unsigned i, unsigned named) {
    const coder_tree *t = &x->s->tree;
    if (i < 2 || i + 1 >= t->n || i == named || !is_and(t, i)) return false;
    return t->tok[i - 1].upos == CASUS_ADJ && t->tok[i + 1].upos == CASUS_ADJ && in_chunk(t, i + 2, 0) &&
           !take_name(x, i + 1, NULL);
}

static bool read_chunk(const dictionary_sentence *x, unsigned i, chunk *c) {
    const coder_tree *t = &x->s->tree;
    unsigned named = 0;
    *c = (chunk){.first = i};
    while (i <= t->n) {
        size_t used = take_name(x, i, NULL);
        bool starts = i > c->first && t->tok[i].upos == CASUS_DET &&
                      t->tok[i - 1].upos != CASUS_DET; /* "told Arnor | the truth" */
        bool inside = used || in_chunk(t, i, c->first) || (i > c->first && joins_adjectives(x, i, named));
        if (starts || !inside) break;
        if (used) take_name(x, i, c);
        i += used ? (unsigned)used : 1;
        if (used) named = i;
    }
    c->last = i - 1;
    return i > c->first;
}

/* ---- lists ---- */

static bool is_comma(const coder_tree *t, unsigned i) {
    return i <= t->n && t->tok[i].form.n == 1 && t->tok[i].form.at[0] == ',';
}

static unsigned chunk_head(const coder_tree *t, const chunk *c) {
    unsigned best = c->last;
    for (unsigned i = c->first; i <= c->last; i++)
        if (t->depth[i] < t->depth[best]) best = i;
    return best;
}

/* "welcomed Arnor and Gondor replied": the second opens a clause of its own. */
static bool opens_clause(const coder_tree *t, const chunk *one, const chunk *next) {
    casus_deprel a = (casus_deprel)t->tok[chunk_head(t, one)].deprel,
                 b = (casus_deprel)t->tok[chunk_head(t, next)].deprel;
    bool object = a == CASUS_OBJ || a == CASUS_OBL || a == CASUS_NMOD || a == CASUS_IOBJ;
    return object && (b == CASUS_NSUBJ || b == CASUS_NSUBJ_PASS);
}

/* The list that begins at i. Commas belong to it only when "and" closes them: "Arnor, the old foe, said" is no list. */
static bool read_list(const dictionary_sentence *x, unsigned i, chunk_list *l) {
    const coder_tree *t = &x->s->tree;
    if (!read_chunk(x, i, &l->items[0])) return false;
    size_t n = l->n = 1;
    i = l->end = l->items[0].last + 1;
    while (n < MOST_CHUNKS) {
        unsigned next = is_comma(t, i) ? i + 1 : i;
        bool closed = is_and(t, next);
        if (closed) next++;
        if (next == i || next > t->n || !read_chunk(x, next, &l->items[n])) break;
        if (opens_clause(t, &l->items[0], &l->items[n])) break;
        i = l->items[n++].last + 1;
        if (closed) l->n = n, l->end = i;
    }
    return true;
}

/* ---- codes ---- */

/* Is `part` in `code` at a step of three letters? */
static bool has_part(const char *code, const char *part) {
    size_t n = strlen(code), k = strlen(part);
    for (size_t i = 0; i + k <= n; i += 3)
        if (memcmp(code + i, part, k) == 0) return true;
    return false;
}

static void join_agent(char *code, const casus_petrarch_agent *g) {
    size_t n = strlen(code), k = strlen(g->code);
    if (has_part(code, g->code) || n + k + 1 > CODE_SIZE) return;
    size_t at = g->before ? 0 : n;
    memmove(code + at + k, code + at, n - at + 1);
    memcpy(code + at, g->code, k);
}

static void add_code(const dictionary_sentence *x, dictionary_phrase *out, const char *code, unsigned first,
                     unsigned last) {
    for (size_t i = 0; i < out->n; i++)
        if (strcmp(out->codes[i].code, code) == 0) return;
    const char *copy = casus_arena_strndup(x->d->arena, code, strlen(code));
    *CASUS_PUSH(x->d->arena, out->codes, out->n, out->cap) = (dictionary_code_at){copy, first, last};
}

/* Every actor of `actors` ("FRO/BIL/SAM", or "---" for none), named up to token `last`, with the chunk's agents. */
static void add_codes(const dictionary_sentence *x, dictionary_phrase *out, const char *actors, const chunk *c,
                      unsigned last) {
    casus_str rest = casus_str_of(actors), one;
    while (casus_str_cut(&rest, '/', &one)) {
        char code[CODE_SIZE + 1];
        if (!one.n || one.n >= CODE_SIZE) continue;
        memcpy(code, one.at, one.n);
        code[one.n] = '\0';
        for (size_t i = 0; i < c->n_agents; i++) join_agent(code, c->agents[i]);
        add_code(x, out, code, c->first, last);
        out->known = out->known || code[0] != '-';
    }
}

/* ---- phrases ---- */

static bool joins_owner(const coder_tree *t, unsigned i) {
    return i <= t->n && (tree_is(t, i, "of") || tree_is(t, i, "in") || tree_is(t, i, "from"));
}

static bool lacks_actor(const chunk_list *l) {
    for (size_t i = 0; i < l->n; i++)
        if (!l->items[i].actor) return true;
    return false;
}

/* "Danish media and government": the second is Danish too, unless it has an article of its own. */
static void share_actor(const coder_tree *t, chunk_list *l) {
    for (size_t i = 1; i < l->n; i++) {
        chunk *c = &l->items[i], *before = &l->items[i - 1];
        if (!c->actor && c->n_agents && before->n_agents && t->tok[c->first].upos != CASUS_DET)
            c->actor = before->actor;
    }
}

static void add_chunk(const dictionary_sentence *x, dictionary_phrase *out, const chunk *c,
                      const dictionary_phrase *owner) {
    if (c->actor) add_codes(x, out, c->actor, c, c->last);
    for (size_t k = 0; k < owner->n && !c->actor; k++) add_codes(x, out, owner->codes[k].code, c, owner->codes[k].last);
    if (!c->actor && !owner->n && c->n_agents) add_codes(x, out, "---", c, c->last);
}

static bool read_phrase(const dictionary_sentence *x, unsigned i, unsigned depth, dictionary_phrase *out) {
    const coder_tree *t = &x->s->tree;
    chunk_list l;
    dictionary_phrase owner = {0};
    if (!read_list(x, i, &l)) return false;
    *out = (dictionary_phrase){.first = i, .last = l.end - 1};
    share_actor(t, &l);
    bool owned = depth < MOST_DEPTH && lacks_actor(&l) && joins_owner(t, l.end) &&
                 read_phrase(x, l.end + 1, depth + 1, &owner) && owner.known;
    if (owned)
        out->last = owner.last;
    else
        owner.n = 0;
    for (size_t k = 0; k < l.n; k++) add_chunk(x, out, &l.items[k], &owner);
    return true;
}

void dictionary_phrases(dictionary_sentence *x) {
    for (unsigned i = 1; i <= x->s->tree.n;) {
        dictionary_phrase one;
        if (!read_phrase(x, i, 0, &one)) {
            i++;
            continue;
        }
        *CASUS_PUSH(x->d->arena, x->phrases, x->n, x->cap) = one;
        i = one.last + 1;
    }
}
