/* Opening the compiled lexicon and looking things up in it; layout in format.h. */
#include "format.h"

#include <stdlib.h>
#include <string.h>

typedef struct keyed {
    const void *records;
    const uint32_t *buckets;
    size_t n;
    unsigned bits;
} keyed;

struct casus_lexicon {
    casus_pack pack;
    const char *strings;
    const lexicon_actor *actors;
    const lexicon_fact *facts;
    const uint32_t *aliases;
    const casus_frame *frames;
    const casus_element *elements;
    const uint32_t *hashes;
    keyed names, agents, phrases, places, patterns, name_first, agent_first, phrase_first, place_first;
    size_t n_strings, n_actors, n_facts, n_aliases, n_frames, n_elements, n_hashes;
};

static const void *section(const casus_lexicon *lex, const char *name, size_t size, size_t *n) {
    size_t bytes;
    const void *at = casus_pack_find(&lex->pack, name, &bytes);
    *n = bytes / size;
    return at;
}

static bool open_keyed(const casus_lexicon *lex, keyed *k, const char *name, const char *buckets, size_t size) {
    size_t n_buckets;
    k->records = section(lex, name, size, &k->n);
    k->buckets = section(lex, buckets, sizeof(uint32_t), &n_buckets);
    k->bits = lexicon_bucket_bits(k->n);
    if (!k->records || !k->buckets || n_buckets != ((size_t)1 << k->bits) + 1) return false;
    for (size_t i = 1; i < n_buckets; i++)
        if (k->buckets[i] < k->buckets[i - 1]) return false;
    return k->buckets[n_buckets - 1] <= k->n;
}

static bool within(size_t first, size_t count, size_t n) { return first <= n && count <= n - first; }

/* The checksum tells accidents; a file made by another hand could still point anywhere, and look-ups do not ask again. */
static bool runs_are_inside(const casus_lexicon *x) {
    const casus_pattern *p = x->patterns.records;
    for (size_t i = 0; i < x->n_actors; i++) {
        const lexicon_actor *a = &x->actors[i];
        if (!within(a->facts, a->n_facts, x->n_facts) || !within(a->aliases, a->n_aliases, x->n_aliases) || a->id >= x->n_strings) return false;
    }
    for (size_t i = 0; i < x->patterns.n; i++)
        if (!within(p[i].elements, p[i].n_elements, x->n_elements) || p[i].frame >= x->n_frames) return false;
    for (size_t i = 0; i < x->n_elements; i++)
        if (!within(x->elements[i].words, (size_t)x->elements[i].n_words + x->elements[i].n_preps, x->n_hashes)) return false;
    return true;
}

static bool open_sections(casus_lexicon *x) {
    x->strings = section(x, "strings", 1, &x->n_strings);
    x->actors = section(x, "actors", sizeof *x->actors, &x->n_actors);
    x->facts = section(x, "facts", sizeof *x->facts, &x->n_facts);
    x->aliases = section(x, "aliases", sizeof *x->aliases, &x->n_aliases);
    x->frames = section(x, "frames", sizeof *x->frames, &x->n_frames);
    x->elements = section(x, "elements", sizeof *x->elements, &x->n_elements);
    x->hashes = section(x, "hashes", sizeof *x->hashes, &x->n_hashes);
    return x->strings && x->actors && x->facts && x->aliases && x->frames && x->elements && x->hashes && x->n_strings &&
           !x->strings[x->n_strings - 1] && open_keyed(x, &x->names, "names", "names.b", sizeof(casus_name)) &&
           open_keyed(x, &x->agents, "agents", "agents.b", sizeof(casus_agent)) &&
           open_keyed(x, &x->phrases, "phrases", "phrases.b", sizeof(casus_phrase)) &&
           open_keyed(x, &x->places, "places", "places.b", sizeof(casus_known_place)) &&
           open_keyed(x, &x->patterns, "patterns", "patterns.b", sizeof(casus_pattern)) &&
           open_keyed(x, &x->name_first, "names.1", "names.1b", sizeof(lexicon_first)) &&
           open_keyed(x, &x->agent_first, "agents.1", "agents.1b", sizeof(lexicon_first)) &&
           open_keyed(x, &x->phrase_first, "phrases.1", "phrases.1b", sizeof(lexicon_first)) &&
           open_keyed(x, &x->place_first, "places.1", "places.1b", sizeof(lexicon_first)) && runs_are_inside(x);
}

casus_code casus_lexicon_open(casus_lexicon **out, const char *path, casus_error *err) {
    casus_lexicon *lex = calloc(1, sizeof *lex);
    if (!lex) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory opening %s", path);
    casus_code code = casus_pack_open(&lex->pack, path, LEXICON_KIND, LEXICON_VERSION, err);
    if (!code && !open_sections(lex)) code = casus_fail_at(err, CASUS_ERR_FORMAT, path, 0, -1, "a section is missing or damaged; compile it again");
    if (code) {
        casus_lexicon_close(lex);
        return code;
    }
    *out = lex;
    return CASUS_OK;
}

void casus_lexicon_close(casus_lexicon *lex) {
    if (!lex) return;
    casus_pack_close(&lex->pack);
    free(lex);
}

uint64_t casus_lexicon_hash(const casus_lexicon *lex) { return lex->pack.hash; }

const char *casus_lexicon_string(const casus_lexicon *lex, uint32_t at) { return at && at < lex->n_strings ? lex->strings + at : NULL; }

/* First record of `size` bytes whose leading 64-bit key is `key`, and how many follow with the same. */
static const void *look_up(const keyed *k, size_t size, uint64_t key, size_t *n) {
    if (!k->n || !key) return NULL;
    uint64_t bucket = key >> (64 - k->bits);
    const char *at = (const char *)k->records + k->buckets[bucket] * size, *end = (const char *)k->records + k->buckets[bucket + 1] * size;
    const void *found = NULL;
    for (*n = 0; at < end; at += size) {
        uint64_t its;
        memcpy(&its, at, 8);
        if (its > key) break;
        if (its != key) continue;
        if (!found) found = at;
        ++*n;
    }
    return found;
}

static unsigned first_words(const keyed *k, uint64_t key) {
    size_t n;
    const lexicon_first *f = look_up(k, sizeof *f, key, &n);
    return f ? f->words : 0;
}

const casus_name *casus_lexicon_names(const casus_lexicon *lex, uint64_t key, size_t *n) { return look_up(&lex->names, sizeof(casus_name), key, n); }
unsigned casus_lexicon_name_words(const casus_lexicon *lex, uint64_t key) { return first_words(&lex->name_first, key); }

const casus_agent *casus_lexicon_agent(const casus_lexicon *lex, uint64_t key) {
    size_t n;
    return look_up(&lex->agents, sizeof(casus_agent), key, &n);
}
unsigned casus_lexicon_agent_words(const casus_lexicon *lex, uint64_t key) { return first_words(&lex->agent_first, key); }

const casus_phrase *casus_lexicon_phrases(const casus_lexicon *lex, uint64_t key, size_t *n) {
    return look_up(&lex->phrases, sizeof(casus_phrase), key, n);
}
unsigned casus_lexicon_phrase_words(const casus_lexicon *lex, uint64_t key) { return first_words(&lex->phrase_first, key); }

const casus_known_place *casus_lexicon_place(const casus_lexicon *lex, uint64_t key) {
    size_t n;
    return look_up(&lex->places, sizeof(casus_known_place), key, &n);
}
unsigned casus_lexicon_place_words(const casus_lexicon *lex, uint64_t key) { return first_words(&lex->place_first, key); }

const casus_pattern *casus_lexicon_patterns(const casus_lexicon *lex, uint32_t lemma, size_t *n) {
    const keyed *k = &lex->patterns;
    if (!k->n) return NULL;
    uint32_t bucket = lemma >> (32 - k->bits);
    const casus_pattern *all = k->records, *at = all + k->buckets[bucket], *end = all + k->buckets[bucket + 1];
    while (at < end && at->lemma < lemma) at++;
    const casus_pattern *first = at;
    while (at < end && at->lemma == lemma) at++;
    *n = (size_t)(at - first);
    return *n ? first : NULL;
}

const casus_element *casus_lexicon_elements(const casus_lexicon *lex, const casus_pattern *p) { return lex->elements + p->elements; }
const uint32_t *casus_lexicon_lemma_hashes(const casus_lexicon *lex, const casus_element *e) { return lex->hashes + e->words; }
const casus_frame *casus_lexicon_frame(const casus_lexicon *lex, uint32_t frame) { return frame < lex->n_frames ? lex->frames + frame : NULL; }

/* ---- actors ---- */

uint32_t casus_lexicon_actor_count(const casus_lexicon *lex) { return (uint32_t)lex->n_actors; }

bool casus_lexicon_actor(const casus_lexicon *lex, uint32_t index, casus_known_actor *out) {
    if (index >= lex->n_actors) return false;
    const lexicon_actor *a = &lex->actors[index];
    *out = (casus_known_actor){casus_lexicon_string(lex, a->id), casus_lexicon_string(lex, a->name), casus_lexicon_string(lex, a->type),
                               casus_lexicon_string(lex, a->country), a->n_facts, a->n_aliases, index};
    return true;
}

bool casus_lexicon_actor_by_id(const casus_lexicon *lex, const char *id, casus_known_actor *out) {
    for (uint32_t i = 0; i < lex->n_actors; i++)
        if (strcmp(lex->strings + lex->actors[i].id, id) == 0) return casus_lexicon_actor(lex, i, out);
    return false;
}

casus_fact casus_lexicon_fact(const casus_lexicon *lex, const casus_known_actor *a, uint32_t i) {
    const lexicon_fact *f = &lex->facts[lex->actors[a->index].facts + i];
    return (casus_fact){f->key, f->begin, f->end, casus_lexicon_string(lex, f->value), casus_lexicon_string(lex, f->of)};
}

const char *casus_lexicon_alias(const casus_lexicon *lex, const casus_known_actor *a, uint32_t i) {
    return casus_lexicon_string(lex, lex->aliases[lex->actors[a->index].aliases + i]);
}

const char *casus_lexicon_fact_on(const casus_lexicon *lex, const casus_known_actor *a, casus_fact_key key, int32_t day) {
    const char *value = NULL;
    int32_t latest = INT32_MIN;
    for (uint32_t i = 0; i < a->n_facts; i++) {
        casus_fact f = casus_lexicon_fact(lex, a, i);
        if (f.key != (uint32_t)key) continue;
        if (day != INT32_MAX && (day < f.begin || day >= f.end)) continue;
        if (value && f.begin < latest) continue;
        value = f.value;
        latest = f.begin;
    }
    return value;
}
