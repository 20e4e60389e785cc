/* relate_model.c — the trained model: opening and checking its file, weighing features, saying which of them decided. */
#include "relate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct casus_relater {
    casus_pack pack;
    relate_head head;
    const uint8_t *class_;
    const uint64_t *key;
    const int16_t *weight;
    char version[64];
};

/* ---- opening ---- */

static const void *section(const casus_pack *p, const char *name, size_t want) {
    size_t size = 0;
    const void *at = casus_pack_find(p, name, &size);
    return at && size == want ? at : NULL;
}

static bool parts_fit(casus_relater *m) {
    const relate_head *h = section(&m->pack, "head", sizeof *h);
    if (!h || h->classes < 2 || h->classes > RELATE_CLASSES_MAX || h->features > 1u << 24 || !(h->scale > 0 && h->scale < 1)) return false;
    m->head = *h;
    m->class_ = section(&m->pack, "class", h->classes);
    m->key = section(&m->pack, "key", sizeof *m->key * h->features);
    m->weight = section(&m->pack, "weight", sizeof *m->weight * h->classes * ((size_t)h->features + 1));
    if (!m->class_ || !m->key || !m->weight) return false;
    for (uint32_t c = 0; c < h->classes; c++)
        if (!m->class_[c] || m->class_[c] >= CASUS_PLOVER_N) return false;
    for (uint32_t i = 1; i < h->features; i++)
        if (m->key[i - 1] >= m->key[i]) return false;
    return true;
}

casus_code casus_relater_open(casus_relater **out, const char *path, casus_error *err) {
    casus_relater *m = calloc(1, sizeof *m);
    if (!m) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory opening %s", path);
    casus_code code = casus_pack_open(&m->pack, path, "relate", RELATE_FORMAT, err);
    if (code) {
        free(m);
        return code;
    }
    if (!parts_fit(m)) {
        casus_relater_close(m);
        return casus_fail_at(err, CASUS_ERR_FORMAT, path, 0, -1, "damaged: its sections do not fit together; train it again with casus-train relate");
    }
    size_t n = 0;
    const char *name = casus_pack_find(&m->pack, "name", &n);
    snprintf(m->version, sizeof m->version, "%.*s-%012llx", (int)(n > 40 ? 40 : n), name ? name : "", (unsigned long long)(m->pack.hash >> 16));
    *out = m;
    return CASUS_OK;
}

void casus_relater_close(casus_relater *m) {
    if (!m) return;
    casus_pack_close(&m->pack);
    free(m);
}

const char *casus_relater_version(const casus_relater *m) { return m->version; }

/* ---- weighing ---- */

/* A feature's weights, one a class; NULL for what the model has not seen. */
static const int16_t *weights_of(const casus_relater *m, uint64_t key) {
    size_t lo = 0, hi = m->head.features;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (m->key[mid] < key) lo = mid + 1;
        else hi = mid;
    }
    return lo < m->head.features && m->key[lo] == key ? m->weight + lo * m->head.classes : NULL;
}

typedef struct judgement {
    unsigned first, second; /* classes */
    double probability;
} judgement;

static judgement judge(const casus_relater *m, const relate_features *f) {
    double sum[RELATE_CLASSES_MAX], total = 0;
    const int16_t *bias = m->weight + (size_t)m->head.features * m->head.classes;
    for (unsigned c = 0; c < m->head.classes; c++) sum[c] = bias[c];
    for (size_t i = 0; i < f->n; i++) {
        const int16_t *w = weights_of(m, f->items[i].key);
        for (unsigned c = 0; w && c < m->head.classes; c++) sum[c] += w[c] * (double)f->items[i].value;
    }
    judgement j = {0, 1, 0};
    for (unsigned c = 0; c < m->head.classes; c++) {
        if (sum[c] > sum[j.first]) j.second = j.first, j.first = c;
        else if (c != j.first && (sum[c] > sum[j.second] || j.second == j.first)) j.second = c;
    }
    for (unsigned c = 0; c < m->head.classes; c++) total += exp((sum[c] - sum[j.first]) * (double)m->head.scale);
    j.probability = 1 / total;
    return j;
}

/* ---- saying why ---- */

enum { REASONS = 4 };

/* What a feature adds to the lead of the type given over the next best. */
static double lead_of(const casus_relater *m, judgement j, const relate_feature *f) {
    const int16_t *w = weights_of(m, f->key);
    return w ? (w[j.first] - w[j.second]) * (double)f->value * (double)m->head.scale : 0;
}

static const char *reasons(const casus_relater *m, judgement j, const relate_features *f, casus_arena *arena) {
    const char *text = "";
    double before = 1e9;
    for (int k = 0; k < REASONS; k++) {
        double most = 0;
        const relate_feature *best = NULL;
        for (size_t i = 0; i < f->n; i++) {
            double lead = lead_of(m, j, &f->items[i]);
            if (lead > most && lead < before) most = lead, best = &f->items[i];
        }
        if (!best) break;
        text = casus_arena_printf(arena, "%s%s`%s` %+.2f", text, k ? ", " : "", best->name, most);
        before = most;
    }
    return text;
}

/* CONCEDE in a model's labels may be either kind of yielding: the rules say which. */
static casus_plover yielding(const relate_evidence *e, casus_plover type) {
    return type == CASUS_CONCEDE && (e->type == CASUS_RETREAT || (e->nearest.match && e->nearest.match->frame->plover == CASUS_RETREAT)) ? CASUS_RETREAT : type;
}

static casus_code relate_by(casus_coder *c, const casus_relater *m, const casus_document *doc, casus_span source, casus_span target,
                            casus_arena *arena, casus_plover *plover, double *confidence, const char **why, casus_error *err) {
    relate_evidence e;
    casus_code code = relate_gather(c, doc, source, target, arena, &e, err);
    if (code) return code;
    relate_features f = relate_describe(&e, arena);
    judgement j = judge(m, &f);
    *plover = yielding(&e, (casus_plover)m->class_[j.first]);
    *confidence = j.probability;
    *why = casus_arena_printf(arena, "model %s: %s over %s by %s; rules: %s, %s", m->version, casus_plover_name(*plover),
                              casus_plover_name((casus_plover)m->class_[j.second]), reasons(m, j, &f, arena),
                              e.type ? casus_plover_name(e.type) : "none", relate_why(&e, arena));
    return CASUS_OK;
}

casus_code casus_coder_relate_by(casus_coder *c, const casus_relater *m, const casus_document *doc, casus_span source, casus_span target,
                                 casus_arena *arena, casus_plover *plover, double *confidence, const char **why, casus_error *err) {
    if (!m) return casus_coder_relate(c, doc, source, target, arena, plover, confidence, why, err);
    jmp_buf trap;
    CASUS_ARENA_TRY(arena, &trap, return casus_fail(err, CASUS_ERR_NOMEM, "out of memory naming an action"));
    casus_code code = relate_by(c, m, doc, source, target, arena, plover, confidence, why, err);
    casus_arena_untrap(arena);
    return code;
}
