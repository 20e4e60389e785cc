#include "quote.h"

#include <string.h>

bool quote_mark(const coder_tree *t, unsigned i) {
    return i >= 1 && i <= t->n && t->tok[i].upos == CASUS_PUNCT && tree_is(t, i, "\"");
}

static bool form_is(const coder_tree *t, unsigned i, const char *form) { return casus_str_eq(t->tok[i].form, casus_str_of(form)); }

const bool *quote_read(coder_doc *d, const coder_sentence *s) {
    const coder_tree *t = &s->tree;
    bool *quoted = CASUS_NEW_ARRAY(d->arena, bool, t->n + 1), open = s->s->in_quote;
    quoted[0] = open;
    for (unsigned i = 1; i <= t->n; i++) {
        if (quote_mark(t, i)) open = form_is(t, i, "“") || (!open && !form_is(t, i, "”"));
        quoted[i] = open;
    }
    return quoted;
}

static unsigned head_of(const coder_tree *t, unsigned first, unsigned last) {
    unsigned best = 0;
    for (unsigned i = first; i <= last; i++)
        if (t->tok[i].upos != CASUS_PUNCT && (!best || t->depth[i] < t->depth[best])) best = i;
    return best;
}

/* A short run of names, or one noun: what a label is made of. */
static bool names_only(const coder_tree *t, unsigned first, unsigned last) {
    if (last < first || last - first > 4) return false;
    for (unsigned i = first; i <= last; i++) {
        bool name = t->tok[i].upos == CASUS_PROPN || (first == last && t->tok[i].upos == CASUS_NOUN) || t->tok[i].upos == CASUS_PUNCT;
        if (!name) return false;
    }
    return t->tok[first].upos != CASUS_PUNCT;
}

unsigned quote_label(const coder_sentence *s, unsigned *speaker) {
    const coder_tree *t = &s->tree;
    unsigned first = quote_mark(t, 1) ? 2 : 1, colon = first;
    while (colon <= t->n && colon < first + 6 && !form_is(t, colon, ":")) colon++;
    if (colon >= t->n || !form_is(t, colon, ":") || !names_only(t, first, colon - 1)) return 0;
    *speaker = head_of(t, first, colon - 1);
    return *speaker ? colon : 0;
}

static bool is_dash(const coder_tree *t, unsigned i) {
    return form_is(t, i, "—") || form_is(t, i, "―") || form_is(t, i, "–") || form_is(t, i, "--");
}

static bool ends_quotation(const coder_doc *d, const coder_sentence *s, unsigned dash) {
    if (dash > 1) return quote_mark(&s->tree, dash - 1);
    const coder_sentence *before = s->index ? &d->sentences[s->index - 1] : NULL;
    return before && quote_mark(&before->tree, before->tree.n);
}

unsigned quote_signature(const coder_doc *d, const coder_sentence *s, unsigned *speaker) {
    const coder_tree *t = &s->tree;
    unsigned last = t->n, dash;
    while (last > 1 && t->tok[last].upos == CASUS_PUNCT && !is_dash(t, last)) last--;
    for (dash = last; dash > 1 && !is_dash(t, dash) && last - dash < 5; dash--) continue;
    if (!is_dash(t, dash) || dash == last || !names_only(t, dash + 1, last) || !ends_quotation(d, s, dash)) return 0;
    *speaker = head_of(t, dash + 1, last);
    return dash;
}
