/* casus-train parser --data DIR --out FILE [--fast] [--seed N] [--epochs N] …: trains a model
 * casus-train eval MODEL FILE.conllu: measures one
 * casus-train coref --data FILE.conllu [--out FILE]: trains the weights by which pronouns are ranked
 * casus-train relate --data FILE.tsv [--out FILE]: cross-validates and trains the classifier of actions between marked spans */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "coref.h"
#include "relate.h"
#include "train.h"

static const train_options USUAL = {.name = "en-2026.1",
                                    .dim = 96,
                                    .layers = 4,
                                    .tag_layer = 2,
                                    .hidden = 128,
                                    .views = 11,
                                    .dilation = {1, 1, 1, 1},
                                    .scans = {0, 1, 0, 1},
                                    .epochs = 20,
                                    .batch = 16,
                                    .seed = 1,
                                    .rate = 3e-3f,
                                    .drop_in = 0.2f,
                                    .drop_layer = 0.15f,
                                    .drop_hidden = 0.15f,
                                    .tag_weight = 1.0f,
                                    .share = 0.5f};

static void shuffle(casus_sentence *s, size_t n, train_rng *rng) {
    for (size_t i = n; i > 1; i--) {
        size_t k = train_random(rng) % i;
        casus_sentence t = s[i - 1];
        s[i - 1] = s[k];
        s[k] = t;
    }
}

static void refresh(train_net *n) {
    uint32_t d = n->o.dim;
    for (uint32_t l = 0; l < n->o.layers; l++)
        for (size_t tap = 0, out = n->conv[l].cols; tap < 3; tap++)
            train_transpose(n->conv[l].w + tap * d * out, d, out, n->conv_t[l] + tap * d * out);
    train_transpose(n->slot.w, d, n->slot.cols, n->slot_t);
    train_transpose(n->tag.w, d, n->tag.cols, n->tag_t);
}

static void train_epoch(train_net *n, train_work *w, train_teachers *teachers, casus_sentence *s, size_t count,
                        uint32_t epoch, uint32_t *step, train_rng *rng) {
    train_loss loss = {0};
    size_t batches = (count + n->o.batch - 1) / n->o.batch;
    double total = (double)batches * n->o.epochs;
    shuffle(s, count, rng);
    for (size_t b = 0; b < count; b += n->o.batch) {
        size_t end = b + n->o.batch < count ? b + n->o.batch : count, words = 0;
        for (size_t i = b; i < end; i++) words += s[i].n;
        refresh(n);
        for (size_t i = b; i < end; i++)
            train_sentence(n, w, s[i].in_quote ? NULL : teachers, &s[i], 1.0f / (float)words, epoch > 0, rng, &loss);
        double at = (double)++*step / total, warm = *step < 400 ? *step / 400.0 : 1;
        float rate = n->o.rate * (float)(warm * (0.5 + 0.5 * cos(3.14159265358979 * at)) + 1e-3);
        for (int i = 0; i < n->n_all; i++) train_adam(n->all[i], rate, *step);
    }
    printf("epoch %u: tag loss %.4f right %.4f; action %.4f right %.4f; label %.4f\n", (unsigned)(epoch + 1),
           loss.tag / (double)loss.words, (double)loss.tags_right / (double)loss.words,
           loss.action / (double)loss.actions, (double)loss.actions_right / (double)loss.actions,
           loss.label / (double)loss.words);
    fflush(stdout);
}

static casus_code read_data(train_corpus *c, const char *dir, bool made, casus_error *err) {
    static const char *const FILES[] = {"en_ewt-ud-train.conllu", "en_gum_free-train.conllu"};
    char path[4096];
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, FILES[i]);
        casus_code code = train_corpus_add(c, path, err);
        if (code) return code;
    }
    train_corpus_index(c);
    train_rng rng = {7};
    if (made) train_augment(c, &rng);
    return CASUS_OK;
}

static casus_code train_parser(const train_options *o, casus_error *err) {
    train_corpus c = {0};
    train_net n;
    train_rng rng = {o->seed};
    casus_arena_init(&c.arena);
    casus_code code = read_data(&c, o->data, o->made, err);
    if (code) return train_corpus_free(&c), code;
    printf("%zu sentences, %zu words, %u word forms, %u tags, %u relations\n", c.n, c.words,
           (unsigned)c.rows[TEXT_WORD], (unsigned)c.n_tags, (unsigned)c.n_rels);
    train_teachers teachers = {.share = o->share};
    if (o->teachers) code = train_teachers_open(&teachers, o->teachers, &c, err);
    if (code) return train_teachers_close(&teachers), train_corpus_free(&c), code;
    train_net_new(&n, o, &c, &rng);
    train_work *w = train_work_new(&n);
    uint32_t step = 0;
    size_t count = o->limit && o->limit < c.n ? o->limit : c.n;
    casus_sentence *order = casus_arena_dup(&c.arena, c.items, c.n * sizeof *order);
    if (count < c.n) shuffle(order, c.n, &rng);
    for (uint32_t e = 0; e < o->epochs; e++)
        train_epoch(&n, w, teachers.n ? &teachers : NULL, order, count, e, &step, &rng);
    if (o->save) code = train_net_save(&n, o->save, err);
    if (!code && o->out) code = train_export(&n, o->out, err);
    train_teachers_close(&teachers);
    train_work_free(w);
    train_net_free(&n);
    train_corpus_free(&c);
    return code;
}

static int usage(void) {
    fprintf(stderr,
            "usage: casus-train parser --data DIR [--out FILE] [--save NET] [--teachers NET,NET] [--fast] [--seed N]\n"
            "                          [--epochs N] [--dim N] [--hidden N] [--layers N] [--rate R] [--share R] [--made yes|no] ...\n"
            "       casus-train eval MODEL FILE.conllu...\n"
            "       casus-train coref --data FILE.conllu [--test FILE.conllu] [--resources DIR] [--out FILE.h] [--genres A,B] [--penalty X]\n"
            "       casus-train relate --data FILE.tsv [--resources DIR] [--out FILE] [--folds N] [--without FAMILIES]\n");
    return 2;
}

/* Options that are numbers, by name. */
static bool set_number(train_options *o, const char *name, const char *value) {
    struct {
        const char *name;
        uint32_t *at;
    } whole[] = {{"--epochs", &o->epochs},  {"--batch", &o->batch},    {"--dim", &o->dim},
                 {"--hidden", &o->hidden},  {"--layers", &o->layers},  {"--tag-layer", &o->tag_layer},
                 {"--views", &o->views},    {"--d0", &o->dilation[0]}, {"--d1", &o->dilation[1]},
                 {"--d2", &o->dilation[2]}, {"--d3", &o->dilation[3]}, {"--d4", &o->dilation[4]},
                 {"--s0", &o->scans[0]},    {"--s1", &o->scans[1]},    {"--s2", &o->scans[2]},
                 {"--s3", &o->scans[3]},    {"--s4", &o->scans[4]}};
    struct {
        const char *name;
        float *at;
    } real[] = {{"--rate", &o->rate},
                {"--drop-in", &o->drop_in},
                {"--drop-layer", &o->drop_layer},
                {"--drop-hidden", &o->drop_hidden},
                {"--tag-weight", &o->tag_weight},
                {"--share", &o->share}};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (strcmp(name, whole[i].name) == 0) return *whole[i].at = (uint32_t)strtoul(value, NULL, 10), true;
    for (size_t i = 0; i < sizeof real / sizeof *real; i++)
        if (strcmp(name, real[i].name) == 0) return *real[i].at = strtof(value, NULL), true;
    if (strcmp(name, "--seed") == 0) return o->seed = strtoull(value, NULL, 10), true;
    if (strcmp(name, "--limit") == 0) return o->limit = strtoull(value, NULL, 10), true;
    return false;
}

static bool read_options(train_options *o, int argc, char **argv) {
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--fast") == 0) {
            o->name = "en-fast-2026.1";
            o->dim = 64;
            o->hidden = 96;
            continue;
        }
        if (i + 1 == argc) return false;
        const char *name = argv[i], *value = argv[++i];
        if (strcmp(name, "--made") == 0)
            o->made = strcmp(value, "yes") == 0;
        else if (strcmp(name, "--data") == 0)
            o->data = value;
        else if (strcmp(name, "--out") == 0)
            o->out = value;
        else if (strcmp(name, "--save") == 0)
            o->save = value;
        else if (strcmp(name, "--teachers") == 0)
            o->teachers = value;
        else if (!set_number(o, name, value))
            return false;
    }
    return o->data && (o->out || o->save);
}

static int report(casus_code code, const casus_error *err) {
    char text[900];
    if (code) fprintf(stderr, "casus-train: %s\n", casus_error_text(err, text, sizeof text));
    return code ? 1 : 0;
}

int main(int argc, char **argv) {
    casus_error err = {0};
    casus_code code = CASUS_OK;
    if (argc >= 4 && strcmp(argv[1], "eval") == 0) {
        for (int i = 3; i < argc && !code; i++) code = train_evaluate(argv[2], argv[i], &err);
        return report(code, &err);
    }
    if (argc >= 2 && strcmp(argv[1], "relate") == 0) {
        relate_options r = {.name = "relate-2026.1", .resources = "build/release/data", .folds = 5, .least = 2, .penalty = 0.6, .balance = 0.3};
        if (!train_relate_options(&r, argc, argv)) return usage();
        return report(train_relate(&r, &err), &err);
    }
    if (argc >= 2 && strcmp(argv[1], "coref") == 0) {
        coref_options c = {.resources = "build/release/data", .penalty = 1};
        if (!train_coref_options(&c, argc, argv)) return usage();
        return report(train_coref(&c, &err), &err);
    }
    train_options o = USUAL;
    if (argc < 2 || strcmp(argv[1], "parser") != 0 || !read_options(&o, argc, argv)) return usage();
    return report(train_parser(&o, &err), &err);
}
