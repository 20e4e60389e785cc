/* Lemma rules from the treebanks: for each suffix and tag the rule most of its words follow, kept where it differs from
 * that of the next shorter suffix; for each form and tag its own rule, kept where it differs from what the suffixes
 * say. */
#include <stdlib.h>
#include <string.h>

#include "train.h"

typedef struct seen_word { /* one (form, tag, rule) */
    char low[TEXT_FORM_MAX];
    size_t n;
    text_tag tag;
    uint32_t rule, count;
} seen_word;

typedef struct vote {
    uint64_t key;
    uint32_t rule, count;
} vote;

typedef struct learning {
    casus_buf *rules, *text;
    uint32_t n_rules;
    train_counts index; /* (rule) and (form, tag, rule) */
    seen_word *words;
    size_t n_words, cap;
} learning;

static uint32_t intern(learning *l, text_lemma_rule r, casus_str add) {
    const text_lemma_rule *have = (const text_lemma_rule *)(const void *)l->rules->at;
    for (uint32_t i = 0; i < l->n_rules; i++)
        if (have[i].cut == r.cut && have[i].keep == r.keep &&
            casus_str_eq(add, (casus_str){l->text->at + have[i].at, have[i].n}))
            return i;
    r.at = (uint32_t)l->text->n;
    r.n = (uint16_t)add.n;
    casus_buf_add(l->text, add.at, add.n);
    casus_buf_add(l->rules, (const char *)&r, sizeof r);
    return l->n_rules++;
}

static size_t common(casus_str a, casus_str b) {
    size_t n = 0;
    while (n < a.n && n < b.n && a.at[n] == b.at[n]) n++;
    while (n && n < a.n && ((unsigned char)a.at[n] & 0xC0) == 0x80) n--;
    return n;
}

static bool has_capital(casus_str s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.at[i] >= 'A' && s.at[i] <= 'Z') return true;
    return false;
}

static uint32_t rule_of(learning *l, const casus_token *t, const char *low, size_t n) {
    text_lemma_rule r = {.keep = has_capital(t->lemma)};
    casus_str base = r.keep ? t->form : (casus_str){low, n};
    size_t same = common(base, t->lemma);
    r.cut = (uint8_t)(same || !base.n ? base.n - same : 255);
    return intern(l, r, (casus_str){t->lemma.at + same, t->lemma.n - same});
}

static void see(learning *l, casus_arena *arena, const casus_token *t) {
    if (t->form.n + 4 >= TEXT_FORM_MAX || t->lemma.n >= TEXT_FORM_MAX || casus_str_is(t->lemma, "_")) return;
    seen_word w = {.tag = {t->upos, t->xpos}};
    w.n = text_form_lower(t->form, w.low);
    w.rule = rule_of(l, t, w.low, w.n);
    uint64_t key = text_lemma_key(w.low, w.n, t->xpos, t->upos) * 31 + w.rule;
    uint32_t before = l->index.n, at = train_count(&l->index, key);
    if (at < before) {
        l->words[at].count++;
        return;
    }
    w.count = 1;
    *CASUS_PUSH(arena, l->words, l->n_words, l->cap) = w;
}

static int by_key(const void *a, const void *b) {
    const vote *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return x->rule < y->rule ? -1 : x->rule > y->rule;
}

/* Leaves for each key the rule with most votes; returns how many keys. */
static size_t count_votes(vote *v, size_t n) {
    size_t out = 0;
    qsort(v, n, sizeof *v, by_key);
    for (size_t i = 0; i < n;) {
        vote best = {v[i].key, 0, 0};
        for (size_t k = i; i < n && v[i].key == v[k].key;) {
            uint32_t sum = 0, rule = v[i].rule;
            for (; i < n && v[i].key == v[k].key && v[i].rule == rule; i++) sum += v[i].count;
            if (sum > best.count) best.rule = rule, best.count = sum;
        }
        v[out++] = best;
    }
    return out;
}

static uint32_t suffix_rule(const train_table *t, const seen_word *w, size_t longest) {
    for (size_t k = longest < w->n ? longest : w->n;; k--) {
        uint32_t id =
            text_table_find(train_table_view(t), text_lemma_key(w->low + w->n - k, k, w->tag.xpos, w->tag.upos));
        if (id || !k) return id;
    }
}

/* Adds the suffixes of `len` bytes whose rule is news. */
static void learn_suffixes(learning *l, train_table *t, size_t len) {
    vote *v = train_alloc(l->n_words, sizeof *v);
    const text_lemma_rule *rules = (const text_lemma_rule *)(const void *)l->rules->at;
    size_t n = 0;
    for (size_t i = 0; i < l->n_words; i++) {
        const seen_word *w = &l->words[i];
        if (w->n < len || rules[w->rule].cut == 255) continue;
        v[n++] = (vote){text_lemma_key(w->low + w->n - len, len, w->tag.xpos, w->tag.upos), w->rule, 1};
    }
    n = count_votes(v, n);
    for (size_t i = 0; i < l->n_words; i++) {
        const seen_word *w = &l->words[i];
        if (w->n < len) continue;
        vote want = {text_lemma_key(w->low + w->n - len, len, w->tag.xpos, w->tag.upos), 0, 0};
        size_t lo = 0, hi = n;
        while (lo < hi) {
            size_t mid = (lo + hi) / 2;
            if (v[mid].key < want.key)
                lo = mid + 1;
            else
                hi = mid;
        }
        if (lo == n || v[lo].key != want.key || suffix_rule(t, w, len) == v[lo].rule + 1) continue;
        train_table_put(t, want.key, v[lo].rule + 1);
    }
    free(v);
}

static void learn_forms(learning *l, train_table *forms, const train_table *suffixes) {
    vote *v = train_alloc(l->n_words, sizeof *v);
    for (size_t i = 0; i < l->n_words; i++) {
        const seen_word *w = &l->words[i];
        v[i] = (vote){text_lemma_key(w->low, w->n, w->tag.xpos, w->tag.upos), w->rule, w->count};
    }
    size_t n = count_votes(v, l->n_words), kept = 0;
    train_counts known = {0};
    vote *odd = train_alloc(n, sizeof *odd);
    for (size_t i = 0; i < l->n_words; i++) {
        const seen_word *w = &l->words[i];
        uint64_t key = text_lemma_key(w->low, w->n, w->tag.xpos, w->tag.upos);
        uint32_t before = known.n;
        if (train_count(&known, key) < before) continue;
        size_t at = 0;
        for (size_t lo = 0, hi = n; lo < hi;) {
            size_t mid = (lo + hi) / 2;
            if (v[mid].key < key)
                lo = mid + 1;
            else
                hi = mid;
            at = lo;
        }
        if (v[at].rule + 1 != suffix_rule(suffixes, w, TEXT_LEMMA_SUFFIX_MAX)) odd[kept++] = v[at];
    }
    train_table_new(forms, (uint32_t)kept + 1);
    for (size_t i = 0; i < kept; i++) train_table_put(forms, odd[i].key, odd[i].rule + 1);
    train_counts_free(&known);
    free(odd);
    free(v);
}

void train_lemmas(const train_corpus *c, casus_arena *arena, train_table *forms, train_table *suffixes,
                  casus_buf *rules, casus_buf *text) {
    learning l = {.rules = rules, .text = text};
    casus_buf_add(text, "", 1); /* so that the section is never empty */
    for (size_t i = 0; i < c->n; i++)
        for (uint32_t t = 0; t < c->items[i].n; t++) see(&l, arena, &c->items[i].tokens[t]);
    train_table_new(suffixes, (uint32_t)l.n_words);
    for (size_t len = 0; len <= TEXT_LEMMA_SUFFIX_MAX; len++) learn_suffixes(&l, suffixes, len);
    learn_forms(&l, forms, suffixes);
    train_counts_free(&l.index);
}
