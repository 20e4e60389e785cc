/* casus-train relate --data FILE.tsv: reads labelled sentences, describes them as the coder does, cross-validates, trains on all and writes
 * the model. The same data, knowledge and parser give the same bytes. */
#include "relate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- labels ------------------------------------------------------------------------------------------------- */

/* PLV calls CONCEDE and RETREAT together YIELD. */
static casus_plover label_of(casus_str text) {
    return casus_str_is(text, "YIELD") ? CASUS_CONCEDE : relate_class(casus_plover_of(text));
}

/* Quad class as the data set counts it: yielding is material. */
static int quad_of(const relate_data *d, unsigned c) {
    if (c >= d->n_classes) return 0;
    return d->class_[c] == CASUS_CONCEDE ? 2 : casus_plover_quad((casus_plover)d->class_[c]);
}

static int root_of(const relate_data *d, unsigned c) { return c < d->n_classes ? (int)c : 0x100; }
static int binary_of(const relate_data *d, unsigned c) { return c >= d->n_classes ? -1 : quad_of(d, c) >= 3; }

static uint8_t class_of(relate_data *d, casus_plover p, bool add) {
    for (uint32_t c = 0; c < d->n_classes; c++)
        if (d->class_[c] == p) return (uint8_t)c;
    if (!add || d->n_classes == RELATE_CLASSES_MAX) return RELATE_CLASSES_MAX;
    d->class_[d->n_classes] = (uint8_t)p;
    return (uint8_t)d->n_classes++;
}

/* ---- rows --------------------------------------------------------------------------------------------------- */

typedef struct gathering {
    const relate_options *o;
    relate_data *d;
    casus_coder *coder;
    casus_arena work, kept;
    train_counts vocabulary;
} gathering;

static casus_code describe(gathering *g, const casus_marked *m, relate_row *r, casus_error *err) {
    relate_evidence e;
    casus_document doc = {.id = "row", .path = "row", .text = m->text};
    casus_code code = relate_gather(g->coder, &doc, m->source, m->target, &g->work, &e, err);
    if (code) return code;
    relate_features f = relate_describe(&e, &g->work);
    r->id = CASUS_NEW_ARRAY(&g->kept, uint32_t, f.n);
    r->value = CASUS_NEW_ARRAY(&g->kept, float, f.n);
    for (size_t i = 0; i < f.n; i++) {
        if (g->o->without && strchr(g->o->without, f.items[i].family)) continue;
        r->id[r->n] = train_count(&g->vocabulary, f.items[i].key);
        r->value[r->n++] = f.items[i].value;
    }
    r->rules = class_of(g->d, relate_class(e.type), false);
    return CASUS_OK;
}

static casus_code gather_rows(gathering *g, const casus_marked *rows, size_t n, casus_error *err) {
    relate_data *d = g->d;
    jmp_buf trap;
    d->rows = train_alloc(n, sizeof *d->rows);
    for (size_t i = 0; i < n; i++) {
        relate_row *r = &d->rows[i];
        casus_plover p = label_of(rows[i].label);
        r->fold = (uint8_t)(casus_str_hash(rows[i].text) % g->o->folds);
        r->label = p ? class_of(d, p, true) : RELATE_CLASSES_MAX;
        if (r->label == RELATE_CLASSES_MAX)
            return casus_fail_at(err, CASUS_ERR_FORMAT, g->o->data, (int64_t)i + 2, -1, "%.*s is no type", CASUS_FMT(rows[i].label));
    }
    for (size_t i = 0; i < n; i++) {
        casus_arena_reset(&g->work);
        CASUS_ARENA_TRY(&g->work, &trap, return casus_fail(err, CASUS_ERR_NOMEM, "out of memory describing the sentences"));
        casus_code code = describe(g, &rows[i], &d->rows[i], err);
        casus_arena_untrap(&g->work);
        if (code) return code;
    }
    d->n = n;
    d->features = g->vocabulary.n;
    d->key = train_alloc(d->features, sizeof *d->key);
    d->kept = train_alloc(d->features, 1);
    for (uint32_t i = 0; i < d->features; i++) d->key[i] = g->vocabulary.items[i].key;
    return CASUS_OK;
}

static casus_code read_rows(gathering *g, casus_error *err) {
    casus_map map = {0};
    casus_marked *rows = NULL;
    size_t n = 0;
    jmp_buf trap;
    CASUS_ARENA_TRY(&g->kept, &trap, return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading %s", g->o->data));
    casus_code code = casus_map_open(&map, g->o->data, err);
    if (!code) code = casus_marked_read(&g->kept, g->o->data, (casus_str){(const char *)map.at, map.n}, "gold_root", &rows, &n, err);
    if (!code) code = gather_rows(g, rows, n, err);
    casus_arena_untrap(&g->kept);
    casus_map_close(&map);
    return code;
}

/* ---- measures ----------------------------------------------------------------------------------------------- */

typedef int (*grouping)(const relate_data *d, unsigned c);

/* Macro-F1 over the groups that the labels have. */
static double macro_f1(const relate_data *d, const uint8_t *given, grouping group) {
    double sum = 0;
    int n = 0;
    for (int k = 0; k < RELATE_CLASSES_MAX; k++) {
        double hit = 0, said = 0, is = 0;
        for (size_t i = 0; i < d->n; i++) {
            bool a = group(d, d->rows[i].label) == k, b = group(d, given[i]) == k;
            hit += a && b;
            said += b;
            is += a;
        }
        if (is == 0) continue;
        sum += 2 * hit / (said + is);
        n++;
    }
    return n ? sum / n : 0;
}

static void print_measures(const relate_data *d, const char *what, const uint8_t *given) {
    printf("%-28s root %.3f quad %.3f binary %.3f\n", what, macro_f1(d, given, root_of), macro_f1(d, given, quad_of), macro_f1(d, given, binary_of));
}

/* ---- training ----------------------------------------------------------------------------------------------- */

/* Fits the rows whose fold is not `left_out`; w as relate_fit has it. */
static void fit(relate_data *d, const relate_options *o, unsigned left_out, double *w) {
    uint8_t *use = train_alloc(d->n, 1);
    uint32_t *seen = train_alloc(d->features, sizeof *seen);
    double count[RELATE_CLASSES_MAX] = {0}, share[RELATE_CLASSES_MAX];
    for (size_t i = 0; i < d->n; i++) {
        use[i] = d->rows[i].fold != left_out;
        if (!use[i]) continue;
        count[d->rows[i].label]++;
        for (uint32_t k = 0; k < d->rows[i].n; k++) seen[d->rows[i].id[k]]++;
    }
    for (uint32_t f = 0; f < d->features; f++) d->kept[f] = seen[f] >= o->least;
    for (uint32_t c = 0; c < d->n_classes; c++) share[c] = pow((count[c] + 1) * d->n_classes / (double)d->n, -o->balance);
    relate_fit(d, use, share, o->penalty, w);
    free(use);
    free(seen);
}

static void cross_validate(relate_data *d, const relate_options *o) {
    uint8_t *given = train_alloc(d->n, 1), *rules = train_alloc(d->n, 1);
    double *w = train_alloc(((size_t)d->features + 1) * d->n_classes, sizeof *w), p[RELATE_CLASSES_MAX];
    for (unsigned fold = 0; fold < o->folds; fold++) {
        fit(d, o, fold, w);
        for (size_t i = 0; i < d->n; i++) {
            if (d->rows[i].fold != fold) continue;
            relate_probabilities(d, &d->rows[i], w, p);
            for (uint32_t c = 1; c < d->n_classes; c++)
                if (p[c] > p[given[i]]) given[i] = (uint8_t)c;
        }
    }
    for (size_t i = 0; i < d->n; i++) rules[i] = d->rows[i].rules < d->n_classes ? d->rows[i].rules : class_of(d, CASUS_CONSULT, false);
    print_measures(d, "rules alone", rules);
    print_measures(d, "model, cross-validated", given);
    free(given);
    free(rules);
    free(w);
}

/* ---- the file ----------------------------------------------------------------------------------------------- */

typedef struct ranked {
    uint64_t key;
    uint32_t id;
} ranked;

static int by_key(const void *a, const void *b) {
    uint64_t x = ((const ranked *)a)->key, y = ((const ranked *)b)->key;
    return (x > y) - (x < y);
}

static int16_t rounded(double w, double scale) { return (int16_t)lround(w / scale); }

static casus_code write_model(const relate_data *d, const relate_options *o, const double *w, casus_error *err) {
    uint32_t n = 0, classes = d->n_classes;
    ranked *order = train_alloc(d->features, sizeof *order);
    double most = 1e-6;
    for (uint32_t f = 0; f < d->features; f++)
        if (d->kept[f]) order[n++] = (ranked){d->key[f], f};
    for (size_t i = 0; i < ((size_t)d->features + 1) * classes; i++) most = fabs(w[i]) > most ? fabs(w[i]) : most;
    qsort(order, n, sizeof *order, by_key);
    relate_head head = {n, classes, (float)(most / 32000), 0};
    uint64_t *key = train_alloc(n, sizeof *key);
    int16_t *weight = train_alloc(((size_t)n + 1) * classes, sizeof *weight);
    for (uint32_t i = 0; i <= n; i++) {
        if (i < n) key[i] = order[i].key;
        const double *from = w + (size_t)(i < n ? order[i].id : d->features) * classes;
        for (uint32_t c = 0; c < classes; c++) weight[(size_t)i * classes + c] = rounded(from[c], (double)head.scale);
    }
    casus_pack_part parts[] = {{"head", &head, sizeof head}, {"name", o->name, strlen(o->name)}, {"class", d->class_, classes},
                               {"key", key, n * sizeof *key}, {"weight", weight, ((size_t)n + 1) * classes * sizeof *weight}};
    casus_code code = casus_pack_write(o->out, "relate", RELATE_FORMAT, parts, sizeof parts / sizeof *parts, err);
    if (!code) printf("%s: %u features, %u types\n", o->out, (unsigned)n, (unsigned)classes);
    free(order);
    free(key);
    free(weight);
    return code;
}

static casus_code train_all(relate_data *d, const relate_options *o, casus_error *err) {
    double *w = train_alloc(((size_t)d->features + 1) * d->n_classes, sizeof *w);
    fit(d, o, UINT32_MAX, w);
    casus_code code = write_model(d, o, w, err);
    free(w);
    return code;
}

casus_code train_relate(const relate_options *o, casus_error *err) {
    casus_resources *r = NULL;
    casus_resources_options options = {.data = o->resources};
    relate_data d = {0};
    gathering g = {.o = o, .d = &d};
    casus_arena_init(&g.work);
    casus_arena_init(&g.kept);
    casus_code code = casus_resources_open(&r, &options, err);
    if (!code) code = casus_coder_new(&g.coder, r, err);
    if (!code) code = read_rows(&g, err);
    if (!code) printf("%zu sentences, %u features, %u types\n", d.n, (unsigned)d.features, (unsigned)d.n_classes);
    if (!code && o->folds > 1) cross_validate(&d, o);
    if (!code && o->out) code = train_all(&d, o, err);
    train_counts_free(&g.vocabulary);
    casus_coder_free(g.coder);
    casus_resources_close(r);
    casus_arena_done(&g.work);
    casus_arena_done(&g.kept);
    free(d.rows);
    free(d.key);
    free(d.kept);
    return code;
}

/* ---- the command -------------------------------------------------------------------------------------------- */

bool train_relate_options(relate_options *o, int argc, char **argv) {
    for (int i = 2; i + 1 < argc; i += 2) {
        const char *name = argv[i], *value = argv[i + 1];
        if (strcmp(name, "--data") == 0) o->data = value;
        else if (strcmp(name, "--resources") == 0) o->resources = value;
        else if (strcmp(name, "--out") == 0) o->out = value;
        else if (strcmp(name, "--without") == 0) o->without = value;
        else if (strcmp(name, "--folds") == 0) o->folds = (uint32_t)strtoul(value, NULL, 10);
        else if (strcmp(name, "--least") == 0) o->least = (uint32_t)strtoul(value, NULL, 10);
        else if (strcmp(name, "--penalty") == 0) o->penalty = strtod(value, NULL);
        else if (strcmp(name, "--balance") == 0) o->balance = strtod(value, NULL);
        else return false;
    }
    return argc % 2 == 0 && o->data && o->folds >= 1 && o->folds <= 200;
}
