/* Networks kept in floating point, to teach others. */
#include <stdlib.h>
#include <string.h>

#include "train.h"

/* Head of the file: what the network's shape depends on. Then all parameters in order, as floats. */
typedef struct teacher_head {
    char magic[8];
    uint32_t dim, layers, tag_layer, hidden, views, dilation[TEXT_LAYERS_MAX], scans[TEXT_LAYERS_MAX];
} teacher_head;

casus_code train_net_save(const train_net *n, const char *path, casus_error *err) {
    const train_options *o = &n->o;
    teacher_head h = {.magic = "teacher",
                      .dim = o->dim,
                      .layers = o->layers,
                      .tag_layer = o->tag_layer,
                      .hidden = o->hidden,
                      .views = o->views};
    memcpy(h.dilation, o->dilation, sizeof h.dilation);
    memcpy(h.scans, o->scans, sizeof h.scans);
    casus_buf b = {0};
    casus_buf_add(&b, (const char *)&h, sizeof h);
    for (int i = 0; i < n->n_all; i++)
        casus_buf_add(&b, (const char *)n->all[i]->w, (size_t)n->all[i]->rows * n->all[i]->cols * sizeof(float));
    casus_code code =
        b.failed ? casus_fail(err, CASUS_ERR_NOMEM, "out of memory") : casus_file_write(path, b.at, b.n, err);
    casus_buf_done(&b);
    return code;
}

static bool load_params(train_net *n, casus_map map) {
    size_t at = sizeof(teacher_head);
    for (int i = 0; i < n->n_all; i++) {
        size_t size = (size_t)n->all[i]->rows * n->all[i]->cols * sizeof(float);
        if (map.n - at < size) return false;
        memcpy(n->all[i]->w, map.at + at, size);
        at += size;
    }
    return at == map.n;
}

static casus_code open_one(train_net *n, const char *path, const train_corpus *c, casus_error *err) {
    casus_map map;
    teacher_head h;
    train_rng rng = {1};
    casus_code code = casus_map_open(&map, path, err);
    if (code) return code;
    bool ok = map.n > sizeof h;
    if (ok) memcpy(&h, map.at, sizeof h);
    ok = ok && memcmp(h.magic, "teacher", 8) == 0 && h.layers <= TEXT_LAYERS_MAX && h.views <= TEXT_VIEWS;
    if (ok) {
        train_options o = {
            .dim = h.dim, .layers = h.layers, .tag_layer = h.tag_layer, .hidden = h.hidden, .views = h.views};
        memcpy(o.dilation, h.dilation, sizeof o.dilation);
        memcpy(o.scans, h.scans, sizeof o.scans);
        train_net_new(n, &o, c, &rng);
        ok = load_params(n, map);
    }
    casus_map_close(&map);
    return ok ? CASUS_OK : casus_fail_at(err, CASUS_ERR_FORMAT, path, 0, -1, "not a network saved from the same data");
}

casus_code train_teachers_open(train_teachers *t, const char *paths, const train_corpus *c, casus_error *err) {
    casus_str rest = casus_str_of(paths), one;
    char path[4096];
    while (casus_str_cut(&rest, ',', &one) && t->n < TRAIN_TEACHERS_MAX) {
        snprintf(path, sizeof path, "%.*s", CASUS_FMT(one));
        casus_code code = open_one(&t->net[t->n], path, c, err);
        if (code) return code;
        t->work[t->n] = train_work_new(&t->net[t->n]);
        t->n++;
    }
    return CASUS_OK;
}

void train_teachers_close(train_teachers *t) {
    for (int i = 0; i < t->n; i++) {
        train_work_free(t->work[i]);
        train_net_free(&t->net[i]);
    }
}
