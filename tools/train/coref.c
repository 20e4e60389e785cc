/* casus-train coref --data FILE.conllu: reads the texts of GUM as the coder does, notes the candidates of every pronoun and which of them its entity
 * is, fits the weights and writes them. While it reads, pronouns stand for what they should, so that a chain does not break at the first error. */
#include "coref.h"

#include "coder/coref_rank.h"
#include "coder/reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A pronoun with its candidates' features; right: bit by candidate, none when its entity is not among them. */
typedef struct coref_case {
    coref_pronoun kind;
    const uint64_t *features;
    size_t n;
    uint64_t right;
    int before; /* what the weights in use take */
} coref_case;

typedef struct coref_cases {
    coref_case *at;
    size_t n, cap;
} coref_cases;

typedef struct gathering {
    const coref_document *gold;
    coref_cases *cases;
    casus_arena *kept;
} gathering;

/* ---- gold ---------------------------------------------------------------------------------------------------- */

static const char *byte_at(const coder_sentence *s, unsigned i) { return s->s->tokens[i - 1].form.at; }

/* The treebank's token in which the coder's begins, or n_tokens. */
static size_t token_of(const coref_document *g, const coder_doc *d, const coder_sentence *s, unsigned i) {
    uint32_t at = (uint32_t)(byte_at(s, i) - d->doc->text.at);
    size_t low = 0, high = g->n_tokens;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (g->tokens[mid].end <= at) low = mid + 1;
        else high = mid;
    }
    return low < g->n_tokens && g->tokens[low].begin <= at ? low : g->n_tokens;
}

static bool heads(const coref_mention *m, size_t token) { return token >= m->first && token <= m->last && token - m->first < 64 && m->heads >> (token - m->first) & 1; }

/* The shortest mention that the tokens head: one for a single phrase, all of a list for those named together. 0: none. */
static uint32_t entity_headed(const coref_document *g, const size_t *tokens, size_t n) {
    const coref_mention *best = NULL;
    for (size_t k = 0; k < g->n_mentions; k++) {
        const coref_mention *m = &g->mentions[k];
        bool all = heads(m, tokens[0]);
        for (size_t i = 1; i < n; i++) all = all && tokens[i] >= m->first && tokens[i] <= m->last;
        if (all && (!best || m->last - m->first < best->last - best->first)) best = m;
    }
    return best ? best->entity : 0;
}

/* The entity of a candidate; a list's is its own, not its first member's. */
static uint32_t entity_of(const coref_document *g, coder_doc *d, const coref_candidate *c) {
    const coder_sentence *p = &d->sentences[c->sentence];
    unsigned all[12], n = tree_conjuncts(&p->tree, c->token, all, 12);
    bool group = c->entity >= 0 && d->entities[c->entity].n_members && n > 1;
    size_t tokens[12] = {token_of(g, d, p, c->token)};
    for (unsigned k = 1; group && k < n; k++) tokens[k] = token_of(g, d, p, all[k]);
    return entity_headed(g, tokens, group ? n : 1);
}

/* ---- gathering ----------------------------------------------------------------------------------------------- */

static int take(void *ctx, coder_doc *d, coder_sentence *s, unsigned i, coref_pronoun kind, const coref_candidate *all, size_t n) {
    gathering *g = ctx;
    size_t token = token_of(g->gold, d, s, i);
    uint32_t entity = entity_headed(g->gold, &token, 1);
    uint64_t *features = CASUS_NEW_ARRAY(g->kept, uint64_t, n + 1), right = 0;
    int first = -1;
    for (size_t k = 0; k < n; k++) {
        features[k] = all[k].features;
        if (!entity || entity_of(g->gold, d, &all[k]) != entity) continue;
        right |= (uint64_t)1 << k;
        if (first < 0) first = (int)k;
    }
    *CASUS_PUSH(g->kept, g->cases->at, g->cases->n, g->cases->cap) = (coref_case){kind, features, n, right, coref_best(kind, all, n)};
    return first;
}

static bool wanted(const char *genres, casus_str genre) {
    casus_str rest = casus_str_of(genres ? genres : ""), one;
    while (genres && casus_str_cut(&rest, ',', &one))
        if (casus_str_eq(one, genre)) return true;
    return !genres;
}

static casus_code read_document(casus_coder *coder, gathering *g, const coref_document *gold, casus_arena *work, casus_error *err) {
    coder_doc *d;
    casus_reading reading = {0};
    casus_document doc = {.id = "text", .path = "text", .text = gold->text};
    coref_choice choice = {take, g};
    g->gold = gold;
    return reader_parse_choosing(coder, &doc, &choice, work, &d, &reading, err);
}

/* Cases of all pronouns of a file, in the `kept` arena (trap set). */
static casus_code gather(casus_coder *coder, const char *path, const char *genres, casus_arena *kept, coref_cases *cases, casus_error *err) {
    coref_document *docs = NULL;
    size_t n = 0;
    casus_arena work;
    jmp_buf trap;
    gathering g = {.cases = cases, .kept = kept};
    casus_arena_init(&work);
    casus_code code = coref_gold_read(path, kept, &docs, &n, err);
    for (size_t i = 0; i < n && !code; i++) {
        if (!wanted(genres, docs[i].genre)) continue;
        casus_arena_reset(&work);
        CASUS_ARENA_TRY(&work, &trap, return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading the texts"));
        code = read_document(coder, &g, &docs[i], &work, err);
        casus_arena_untrap(&work);
    }
    casus_arena_done(&work);
    return code;
}

/* ---- fitting ------------------------------------------------------------------------------------------------- */

enum { WEIGHTS = COREF_FEATURES + 1 }; /* the last: none of them */

static double score(const double *w, uint64_t f) {
    double v = 0;
    for (int k = 0; k < COREF_FEATURES; k++)
        if (f >> k & 1) v += w[k];
    return v;
}

/* Probabilities of the candidates and, at [n], of none; sum of those that are right. */
static double probabilities(const coref_case *c, const double *w, double *p) {
    double most = w[COREF_FEATURES], all = 0, right = 0;
    for (size_t k = 0; k < c->n; k++) {
        p[k] = score(w, c->features[k]);
        most = p[k] > most ? p[k] : most;
    }
    p[c->n] = w[COREF_FEATURES];
    for (size_t k = 0; k <= c->n; k++) all += p[k] = exp(p[k] - most);
    for (size_t k = 0; k <= c->n; k++) {
        p[k] /= all;
        if (c->right ? k < c->n && c->right >> k & 1 : k == c->n) right += p[k];
    }
    return right;
}

/* Adds the gradient of log of what is right of one case. */
static void add_gradient(const coref_case *c, const double *w, double *g) {
    double p[COREF_MAX + 1], right = probabilities(c, w, p);
    for (size_t k = 0; k <= c->n; k++) {
        bool is_right = c->right ? k < c->n && c->right >> k & 1 : k == c->n;
        double by = (is_right ? p[k] / (right > 1e-12 ? right : 1e-12) : 0) - p[k];
        if (k == c->n) g[COREF_FEATURES] += by;
        for (int j = 0; k < c->n && j < COREF_FEATURES; j++)
            if (c->features[k] >> j & 1) g[j] += by;
    }
}

/* Pronouns whose entity is among the candidates alone are learned from: what stands for nothing near is seldom an actor's, and an account loses more by a
 * pronoun left open than by a wrong one.
 *
 * Gradient ascent with a step for each weight (Rprop: Riedmiller & Braun 1993), a ridge penalty on all weights. */
static void fit(const coref_cases *cases, coref_pronoun kind, double penalty, double w[WEIGHTS]) {
    double step[WEIGHTS], last[WEIGHTS] = {0};
    for (int j = 0; j < WEIGHTS; j++) w[j] = 0, step[j] = 0.1;
    for (int round = 0; round < 300; round++) {
        double g[WEIGHTS] = {0};
        for (size_t i = 0; i < cases->n; i++)
            if (cases->at[i].kind == kind && cases->at[i].right) add_gradient(&cases->at[i], w, g);
        for (int j = 0; j < WEIGHTS; j++) {
            g[j] -= penalty * w[j];
            if (g[j] * last[j] > 0) step[j] = fmin(step[j] * 1.2, 1);
            if (g[j] * last[j] < 0) step[j] *= 0.5, g[j] = 0;
            w[j] += g[j] > 0 ? step[j] : g[j] < 0 ? -step[j] : 0;
            last[j] = g[j];
        }
    }
}

/* ---- measures and the file ----------------------------------------------------------------------------------- */

enum { SCALE = 20 };
static const char *const KINDS[] = {"he", "it", "they"};

static int best_of(const coref_case *c, const double *w) {
    int best = -1;
    double most = round(w[COREF_FEATURES] * SCALE);
    for (size_t k = 0; k < c->n; k++) {
        double v = 0;
        for (int j = 0; j < COREF_FEATURES; j++)
            if (c->features[k] >> j & 1) v += round(w[j] * SCALE);
        if (v > most) most = v, best = (int)k;
    }
    return best;
}

static bool is_right(const coref_case *c, int taken) { return taken >= 0 && c->right >> taken & 1; }

static void print_measures(const char *what, const coref_cases *cases, double w[3][WEIGHTS]) {
    for (int kind = 0; kind < 3; kind++) {
        size_t n = 0, there = 0, before = 0, now = 0;
        for (size_t i = 0; i < cases->n; i++) {
            const coref_case *c = &cases->at[i];
            if ((int)c->kind != kind) continue;
            n++;
            if (!c->right) continue;
            there++;
            before += is_right(c, c->before);
            now += is_right(c, best_of(c, w[kind]));
        }
        printf("%-10s %-4s %5zu pronouns, %5zu with their antecedent among the candidates: right %.3f with the weights in use, %.3f with the new\n", what, KINDS[kind], n, there,
               there ? (double)before / (double)there : 0, there ? (double)now / (double)there : 0);
    }
}

static casus_code write_weights(const char *path, double w[3][WEIGHTS], casus_error *err) {
    casus_buf out = {0};
    casus_buf_adds(&out, "/* Weights of the features in the order of coref_feature, then of \"none of them\"; rows: he, it, they. Made by casus-train coref. */\n");
    for (int kind = 0; kind < 3; kind++)
        for (int j = 0; j < WEIGHTS; j++)
            casus_buf_addf(&out, "%s%d%s", j ? ", " : "{", (int)lround(w[kind][j] * SCALE), j + 1 == WEIGHTS ? kind == 2 ? "}\n" : "},\n" : "");
    casus_code code = out.failed ? casus_fail(err, CASUS_ERR_NOMEM, "out of memory writing %s", path) : casus_file_write(path, out.at, out.n, err);
    casus_buf_done(&out);
    return code;
}

/* ---- all ----------------------------------------------------------------------------------------------------- */

static casus_code run(const coref_options *o, casus_coder *coder, casus_arena *kept, casus_error *err) {
    coref_cases train = {0}, test = {0};
    static double w[3][WEIGHTS];
    jmp_buf trap;
    CASUS_ARENA_TRY(kept, &trap, return casus_fail(err, CASUS_ERR_NOMEM, "out of memory gathering pronouns"));
    casus_code code = gather(coder, o->data, o->genres, kept, &train, err);
    if (!code && o->test) code = gather(coder, o->test, NULL, kept, &test, err);
    casus_arena_untrap(kept);
    if (code) return code;
    for (int kind = 0; kind < 3; kind++) fit(&train, (coref_pronoun)kind, o->penalty, w[kind]);
    print_measures("trained on", &train, w);
    if (o->test) print_measures("test", &test, w);
    return o->out ? write_weights(o->out, w, err) : CASUS_OK;
}

casus_code train_coref(const coref_options *o, casus_error *err) {
    casus_resources *r = NULL;
    casus_coder *coder = NULL;
    casus_resources_options options = {.data = o->resources, .every = true};
    casus_arena kept;
    casus_arena_init(&kept);
    casus_code code = casus_resources_open(&r, &options, err);
    if (!code) code = casus_coder_new(&coder, r, err);
    if (!code) code = run(o, coder, &kept, err);
    casus_coder_free(coder);
    casus_resources_close(r);
    casus_arena_done(&kept);
    return code;
}

bool train_coref_options(coref_options *o, int argc, char **argv) {
    for (int i = 2; i < argc; i += 2) {
        if (i + 1 == argc) return false;
        const char *name = argv[i], *value = argv[i + 1];
        if (strcmp(name, "--data") == 0) o->data = value;
        else if (strcmp(name, "--test") == 0) o->test = value;
        else if (strcmp(name, "--resources") == 0) o->resources = value;
        else if (strcmp(name, "--out") == 0) o->out = value;
        else if (strcmp(name, "--genres") == 0) o->genres = value;
        else if (strcmp(name, "--penalty") == 0) o->penalty = strtod(value, NULL);
        else return false;
    }
    return o->data != NULL;
}
