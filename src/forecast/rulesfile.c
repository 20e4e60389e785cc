/* The rules file: what was learned, in one checksummed container (casus_pack). docs/forecasting.md describes it. */
#include "forecast/engine.h"

#include <stdlib.h>
#include <string.h>

#define KIND "rules"
enum { VERSION = 2 };

/* Section "meta". The counts guard against reading a file of another build. */
typedef struct file_meta {
    uint32_t actions, features, cells, codes; /* actions doubled */
    uint32_t nodes, trees, rules, step;
    float half_life[HEATS];
    float spare;
    forecast_calibration calibration;
} file_meta;

/* Section "rules": each followed by CELLS hits and CELLS cases. */
typedef struct file_rule {
    uint32_t head, body;
    uint32_t hit[CELLS], all[CELLS];
} file_rule;

static bool counted(const forecast_rules *r, int32_t h, int32_t b) {
    if (!r->all[h]) return false;
    for (int c = 0; c < CELLS; c++)
        if (r->all[h][(size_t)b * CELLS + (size_t)c]) return true;
    return false;
}

static size_t write_rules(const forecast_rules *r, file_rule *out) {
    size_t n = 0;
    for (int32_t h = 0; h < r->actions; h++)
        for (int32_t b = 0; b < r->actions; b++) {
            if (!counted(r, h, b)) continue;
            if (out) {
                out[n] = (file_rule){.head = (uint32_t)h, .body = (uint32_t)b};
                memcpy(out[n].hit, r->hit[h] + (size_t)b * CELLS, sizeof out[n].hit);
                memcpy(out[n].all, r->all[h] + (size_t)b * CELLS, sizeof out[n].all);
            }
            n++;
        }
    return n;
}

static void write_names(const casus_quads *q, casus_buf *out) {
    for (int32_t a = 0; a < q->actions; a++) casus_buf_addf(out, "%s\n", q->action_names ? q->action_names[a] : "");
}

casus_code casus_forecaster_save(const casus_forecaster *f, const char *path, casus_error *err) {
    size_t n = write_rules(&f->rules, NULL);
    file_rule *rules = malloc((n + 1) * sizeof *rules);
    casus_buf names = {0};
    write_names(&f->quads, &names);
    if (!rules || names.failed) {
        free(rules);
        casus_buf_done(&names);
        return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for writing %zu rules", n);
    }
    write_rules(&f->rules, rules);
    file_meta meta = {.actions = (uint32_t)f->rules.actions, .features = FEATURES, .cells = CELLS, .codes = FORECAST_CODES,
                      .nodes = (uint32_t)f->trees.n_nodes, .trees = (uint32_t)f->trees.n_trees, .rules = (uint32_t)n,
                      .step = (uint32_t)f->options.step, .calibration = f->calibration};
    memcpy(meta.half_life, forecast_half_life, sizeof meta.half_life);
    const casus_pack_part parts[] = {
        {"meta", &meta, sizeof meta},
        {"actions", names.at, names.n},
        {"rules", rules, n * sizeof *rules},
        {"nodes", f->trees.nodes, (size_t)f->trees.n_nodes * sizeof *f->trees.nodes},
        {"roots", f->trees.roots, (size_t)f->trees.n_trees * sizeof *f->trees.roots},
    };
    casus_code code = casus_pack_write(path, KIND, VERSION, parts, sizeof parts / sizeof *parts, err);
    free(rules);
    casus_buf_done(&names);
    return code;
}

/* ---- reading ---- */

static casus_code damaged(const char *path, const char *what, casus_error *err) {
    return casus_fail_at(err, CASUS_ERR_VERSION, path, 0, -1, "%s; learn the rules again with this program", what);
}

static casus_code read_meta(const casus_pack *pack, const char *path, file_meta *meta, casus_error *err) {
    size_t size;
    const void *at = casus_pack_find(pack, "meta", &size);
    if (!at || size != sizeof *meta) return damaged(path, "the rules file has no readable head", err);
    memcpy(meta, at, size);
    bool same = meta->features == FEATURES && meta->cells == CELLS && meta->codes == FORECAST_CODES &&
                memcmp(meta->half_life, forecast_half_life, sizeof meta->half_life) == 0;
    return same ? CASUS_OK : damaged(path, "the rules file was made with other features", err);
}

static casus_code check_names(const casus_pack *pack, const char *path, const casus_quads *q, casus_error *err) {
    size_t size = 0;
    const char *at = casus_pack_find(pack, "actions", &size);
    casus_buf names = {0};
    write_names(q, &names);
    bool same = !names.failed && at && size == names.n && memcmp(at, names.at, size) == 0;
    casus_buf_done(&names);
    if (same) return CASUS_OK;
    return casus_fail_at(err, CASUS_ERR_ARG, path, 0, -1,
                         "the rules were learned from events with other actions; learn them from this data");
}

static casus_code read_rules(const casus_pack *pack, const char *path, const file_meta *meta, forecast_rules *r,
                             casus_error *err) {
    size_t size = 0;
    const file_rule *rules = casus_pack_find(pack, "rules", &size);
    if (size != meta->rules * sizeof *rules) return damaged(path, "the rules file's rules are cut short", err);
    for (uint32_t i = 0; i < meta->rules; i++) {
        if (rules[i].head >= meta->actions || rules[i].body >= meta->actions)
            return damaged(path, "the rules file names an action that is not there", err);
        int32_t h = (int32_t)rules[i].head;
        forecast_rules_open(r, h);
        if (r->failed) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for the rules");
        memcpy(r->hit[h] + (size_t)rules[i].body * CELLS, rules[i].hit, sizeof rules[i].hit);
        memcpy(r->all[h] + (size_t)rules[i].body * CELLS, rules[i].all, sizeof rules[i].all);
    }
    for (int32_t h = 0; h < r->actions; h++) forecast_rules_settle(r, h);
    return CASUS_OK;
}

/* Trees lie one after another, children after their parent within them, so that walking down always ends. */
static bool trees_valid(const forecast_trees *t) {
    for (int32_t i = 0; i < t->n_trees; i++) {
        int32_t root = t->roots[i], end = i + 1 < t->n_trees ? t->roots[i + 1] : t->n_nodes;
        if (root < 0 || end <= root || end > t->n_nodes || end - root >= 2 * FORECAST_LEAVES) return false;
        for (int32_t k = root; k < end; k++) {
            const forecast_node *n = &t->nodes[k];
            if (n->feature < -1 || n->feature >= FEATURES) return false;
            if (n->feature >= 0 && (n->left <= k || n->left >= end - 1)) return false;
        }
    }
    return true;
}

static casus_code read_trees(const casus_pack *pack, const char *path, const file_meta *meta, forecast_trees *t,
                             casus_error *err) {
    size_t nodes_size = 0, roots_size = 0;
    const void *nodes = casus_pack_find(pack, "nodes", &nodes_size), *roots = casus_pack_find(pack, "roots", &roots_size);
    if (nodes_size != meta->nodes * sizeof *t->nodes || roots_size != meta->trees * sizeof *t->roots || meta->nodes > INT32_MAX)
        return damaged(path, "the rules file's trees are cut short", err);
    if (!forecast_trees_room(t, meta->nodes, meta->trees)) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for the rules");
    if (nodes_size) memcpy(t->nodes, nodes, nodes_size);
    if (roots_size) memcpy(t->roots, roots, roots_size);
    t->n_nodes = (int32_t)meta->nodes;
    t->n_trees = (int32_t)meta->trees;
    if (!trees_valid(t)) return damaged(path, "the rules file's trees make no sense", err);
    for (int32_t i = 0; i < t->n_trees; i++) forecast_tree_lay(t, i);
    return CASUS_OK;
}

static casus_code read_pack(const casus_pack *pack, const char *path, casus_forecaster *f, casus_error *err) {
    file_meta meta;
    casus_code code = read_meta(pack, path, &meta, err);
    if (!code && meta.actions != (uint32_t)f->rules.actions)
        code = casus_fail_at(err, CASUS_ERR_ARG, path, 0, -1, "the rules were learned from events with %u actions, not %d",
                             meta.actions / 2, f->history.actions);
    if (!code) code = check_names(pack, path, &f->quads, err);
    if (!code) code = read_rules(pack, path, &meta, &f->rules, err);
    if (!code) code = read_trees(pack, path, &meta, &f->trees, err);
    f->calibration = meta.calibration;
    return code;
}

casus_code casus_forecaster_open(casus_forecaster **out, const char *path, const casus_quads *q, unsigned threads,
                                 casus_error *err) {
    casus_forecast_options o;
    casus_forecaster *f;
    casus_pack pack;
    casus_forecast_options_init(&o);
    o.threads = threads;
    casus_code code = casus_quads_check(q, err);
    if (!code) code = forecast_engine_new(&f, q, &o, err);
    if (code) return code;
    code = casus_pack_open(&pack, path, KIND, VERSION, err);
    if (!code) {
        code = read_pack(&pack, path, f, err);
        casus_pack_close(&pack);
    }
    if (!code) code = forecast_engine_add(f, q, 0, q->n, err);
    if (code) casus_forecaster_free(f);
    else *out = f;
    return code;
}
