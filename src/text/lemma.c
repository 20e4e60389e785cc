/* Lemmas: what the treebanks say of (form, tag), else the rule of the longest suffix seen with that tag, else the
 * lower-cased form. */
#include "text/lemma.h"

#include <string.h>

uint64_t text_lemma_key(const char *lower, size_t n, uint8_t xpos, uint8_t upos) {
    char key[TEXT_FORM_MAX + 2];
    if (n > TEXT_FORM_MAX) n = TEXT_FORM_MAX;
    memcpy(key, lower, n);
    key[n] = (char)xpos;
    key[n + 1] = (char)upos;
    return casus_str_hash((casus_str){key, n + 2});
}

static const text_lemma_rule *find_rule(const text_lemmas *m, const char *low, size_t n, uint8_t xpos, uint8_t upos) {
    uint32_t id = text_table_find(m->forms, text_lemma_key(low, n, xpos, upos));
    size_t k = n < TEXT_LEMMA_SUFFIX_MAX ? n : TEXT_LEMMA_SUFFIX_MAX;
    while (!id) {
        id = text_table_find(m->suffixes, text_lemma_key(low + n - k, k, xpos, upos));
        if (!k--) break;
    }
    return id && id <= m->n_rules ? &m->rules[id - 1] : NULL;
}

/* Nothing to change: the form can serve as its own lemma. */
static bool is_lower(casus_str form, const char *low, size_t n) { return n == form.n && memcmp(low, form.at, n) == 0; }

casus_str text_lemma_of(const text_lemmas *m, casus_str form, uint8_t xpos, uint8_t upos, casus_arena *arena) {
    char low[TEXT_FORM_MAX];
    size_t n = text_form_lower(form, low);
    if (form.n + 4 >= TEXT_FORM_MAX) return form;
    const text_lemma_rule *r = find_rule(m, low, n, xpos, upos);
    bool keep = r && r->keep;
    casus_str base = keep ? form : (casus_str){low, n};
    size_t cut = !r ? 0 : r->cut == 255 ? base.n : r->cut;
    if (cut > base.n) cut = base.n;
    size_t add = r && r->at <= m->text.n && r->n <= m->text.n - r->at ? r->n : 0;
    if (!cut && !add && (keep || is_lower(form, low, n))) return form;
    if (base.n - cut + add == 0) return form;
    char *out = casus_arena_alloc(arena, base.n - cut + add + 1);
    if (!out) return form;
    memcpy(out, base.at, base.n - cut);
    if (add) memcpy(out + base.n - cut, m->text.at + r->at, add);
    return (casus_str){out, base.n - cut + add};
}
