/* Opening a model: the file is mapped and checked, nothing is parsed. */
#include "text/model.h"

#include <stdlib.h>
#include <string.h>

#include "text/labels.h"

/* Collects the first thing that is wrong, so that opening reads as one list. */
typedef struct opening {
    casus_model *m;
    char wrong[32];
} opening;

static void complain(opening *o, const char *what) {
    if (!o->wrong[0]) snprintf(o->wrong, sizeof o->wrong, "%s", what);
}

static const void *section(opening *o, const char *name, size_t want) {
    size_t size = 0;
    const void *at = casus_pack_find(&o->m->pack, name, &size);
    if (!at || size != want) complain(o, name);
    return at;
}

static bool shape_fits(const text_shape *s) {
    bool ok = s->dim % (2 * TEXT_PANEL) == 0 && s->dim && s->dim <= TEXT_DIM_MAX;
    ok = ok && s->hidden % TEXT_PANEL == 0 && s->hidden && s->hidden <= TEXT_HIDDEN_MAX;
    ok = ok && s->layers <= TEXT_LAYERS_MAX && s->tag_layer <= s->layers && s->views && s->views <= TEXT_VIEWS;
    ok = ok && s->tags && s->tags <= TEXT_TAGS_MAX && s->rels && s->rels <= CASUS_DEPREL_N;
    ok = ok && s->tag_shift < 31 && s->slot_shift < 31;
    for (uint32_t l = 0; ok && l < s->layers; l++)
        ok = s->dilation[l] >= 1 && s->dilation[l] <= TEXT_DILATION_MAX && s->conv_shift[l] < 31;
    for (int f = 0; ok && f < TEXT_FEATURES; f++) ok = s->rows[f] && s->rows[f] < 1u << 24 && s->mult[f] < 256;
    return ok;
}

static text_table open_table(opening *o, const char *name) {
    size_t size = 0;
    const void *at = casus_pack_find(&o->m->pack, name, &size);
    size_t slots = size / sizeof(text_slot);
    bool fits = at && size % sizeof(text_slot) == 0 && (slots & (slots - 1)) == 0 && slots < UINT32_MAX / 2;
    if (!fits) complain(o, name);
    return (text_table){at, fits ? (uint32_t)slots : 0};
}

static bool rows_fit(text_table t, uint32_t rows) {
    for (uint32_t i = 0; i < t.size; i++)
        if (t.slots[i].row >= rows) return false;
    return true;
}

static text_weights open_weights(opening *o, const char *name, uint32_t inputs, uint32_t outputs, uint32_t shift) {
    char w[16], b[16];
    snprintf(w, sizeof w, "%s.w", name);
    snprintf(b, sizeof b, "%s.b", name);
    size_t out = text_padded(outputs);
    text_weights t = {.inputs = inputs, .outputs = (uint32_t)out, .shift = shift};
    t.w = section(o, w, sizeof(int16_t) * inputs * out);
    t.bias = section(o, b, sizeof(int32_t) * out);
    return t;
}

static void open_features(opening *o) {
    static const char *const NAMES[TEXT_FEATURES] = {"word", "suffix3", "suffix2", "prefix3", "shape"};
    casus_model *m = o->m;
    for (int f = 0; f < TEXT_FEATURES; f++) {
        char name[16];
        snprintf(name, sizeof name, "%s.key", NAMES[f]);
        m->tables[f] = open_table(o, name);
        if (!rows_fit(m->tables[f], m->shape.rows[f])) complain(o, name);
        snprintf(name, sizeof name, "%s.row", NAMES[f]);
        m->rows[f] = section(o, name, (size_t)m->shape.rows[f] * m->shape.dim);
    }
}

static void open_network(opening *o) {
    casus_model *m = o->m;
    const text_shape *s = &m->shape;
    for (uint32_t l = 0; l < s->layers; l++) {
        char name[16];
        snprintf(name, sizeof name, "conv%u", (unsigned)l);
        m->conv[l] = open_weights(o, name, 3 * s->dim, s->scans[l] ? 2 * s->dim : s->dim, s->conv_shift[l]);
    }
    m->tag_head = open_weights(o, "tag", s->dim, s->tags, s->tag_shift);
    m->slots = open_weights(o, "slot", s->dim, s->views * s->hidden, s->slot_shift);
    m->action_head = open_weights(o, "action", s->hidden, TEXT_ACTIONS, s->action_shift);
    m->label_head[0] = open_weights(o, "left", s->hidden, s->rels, s->label_shift);
    m->label_head[1] = open_weights(o, "right", s->hidden, s->rels, s->label_shift);
    m->tag_rows = section(o, "tag.row", sizeof(int16_t) * s->tags * s->dim);
    m->no_word = section(o, "slot.none", sizeof(int16_t) * s->views * s->hidden);
    m->root_word = section(o, "slot.root", sizeof(int16_t) * s->views * s->hidden);
    m->fact_rows = section(o, "fact.row", sizeof(int16_t) * TEXT_FACTS * TEXT_FACT_VALUES * s->hidden);
    m->bias = section(o, "hidden.b", sizeof(int16_t) * s->hidden);
}

static void open_labels(opening *o) {
    casus_model *m = o->m;
    m->tags = section(o, "tags", sizeof(text_tag) * m->shape.tags);
    m->rels = section(o, "rels", m->shape.rels);
    for (uint32_t i = 0; !o->wrong[0] && i < m->shape.tags; i++)
        if (m->tags[i].upos >= CASUS_UPOS_N || m->tags[i].xpos >= TEXT_XPOS_N) complain(o, "tags");
    for (uint32_t i = 0; !o->wrong[0] && i < m->shape.rels; i++)
        if (m->rels[i] >= CASUS_DEPREL_N) complain(o, "rels");
}

static void open_lemmas(opening *o) {
    text_lemmas *l = &o->m->lemmas;
    l->forms = open_table(o, "lemma.form");
    l->suffixes = open_table(o, "lemma.suffix");
    size_t size = 0;
    l->rules = casus_pack_find(&o->m->pack, "lemma.rule", &size);
    l->n_rules = (uint32_t)(size / sizeof *l->rules);
    l->text.at = casus_pack_find(&o->m->pack, "lemma.text", &l->text.n);
    if (!l->rules || !l->text.at) complain(o, "lemma.rule");
}

static void open_sections(opening *o) {
    casus_model *m = o->m;
    const text_shape *shape = section(o, "shape", sizeof *shape);
    if (o->wrong[0]) return;
    m->shape = *shape;
    if (m->shape.labels != text_labels_hash()) complain(o, "labels");
    if (!shape_fits(&m->shape)) complain(o, "shape");
    if (o->wrong[0]) return;
    open_features(o);
    open_network(o);
    open_labels(o);
    open_lemmas(o);
}

static void name_version(casus_model *m) {
    size_t n = 0;
    const char *name = casus_pack_find(&m->pack, "name", &n);
    snprintf(m->version, sizeof m->version, "%.*s-%012llx", (int)(n > 40 ? 40 : n), name ? name : "",
             (unsigned long long)(m->pack.hash >> 16));
}

casus_code casus_model_open(casus_model **out, const char *path, casus_error *err) {
    casus_model *m = calloc(1, sizeof *m);
    if (!m) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory opening the model");
    casus_code code = casus_pack_open(&m->pack, path, "model", TEXT_MODEL_FORMAT, err);
    if (code) {
        free(m);
        return code;
    }
    opening o = {m, ""};
    open_sections(&o);
    if (o.wrong[0]) {
        casus_model_close(m);
        return casus_fail_at(err, CASUS_ERR_FORMAT, path, 0, -1,
                             "the model's part \"%s\" does not fit this program; retrain it", o.wrong);
    }
    m->kernels = text_kernels_best();
    name_version(m);
    *out = m;
    return CASUS_OK;
}

void casus_model_close(casus_model *m) {
    if (!m) return;
    casus_pack_close(&m->pack);
    free(m);
}

const char *casus_model_version(const casus_model *m) { return m->version; }
