/* casus backtest: how good the forecasts would have been. */
#include "past.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

typedef struct work {
    tool *t;
    const past *p;
    const past_options *o;
    casus_forecaster *f;
    size_t learned, fitted; /* events learned from; up to where probabilities are fitted and the questions begin */
    casus_rank *ranks;
    size_t n_ranks;
    casus_reliability events; /* at least one within the horizon */
    int32_t horizon;
} work;

/* A folder has its parts; the ledger is cut at 80 % and 90 % of its days. */
static void cut_parts(work *w) {
    const casus_quads *q = &w->p->q;
    if (w->p->set.train) {
        w->learned = w->p->set.train;
        w->fitted = w->p->set.train + w->p->set.valid;
        return;
    }
    int32_t last = q->at[q->n - 1].day;
    while (w->learned < q->n && q->at[w->learned].day < last / 10 * 8) w->learned++;
    while (w->fitted < q->n && q->at[w->fitted].day < last / 10 * 9) w->fitted++;
}

/* The features whose description holds one of the texts, as bits. */
static bool leave_out(const tool *t, const tool_list *texts, uint64_t *bits) {
    for (size_t k = 0; k < texts->n; k++) {
        uint64_t before = *bits;
        for (int i = 0; casus_feature_text(i); i++)
            if (strstr(casus_feature_text(i), texts->at[k])) *bits |= UINT64_C(1) << i;
        if (*bits == before) tool_warn(t, "no further feature is described with \"%s\"", texts->at[k]);
        if (*bits == before) return false;
    }
    return true;
}

static casus_code measure(work *w, casus_error *err) {
    casus_forecast_options options;
    casus_quads part = w->p->q;
    bool valid_only = w->o->split && strcmp(w->o->split, "valid") == 0;
    size_t from = valid_only ? w->learned : w->fitted, to = valid_only ? w->fitted : part.n;
    casus_backtest_plan plan = {.frozen = w->o->frozen, .horizon = w->horizon, .baselines = true, .reliability = &w->events};
    casus_forecast_options_init(&options);
    past_watch(w->t, &options);
    if (w->o->seed > 0) options.seed = (uint64_t)w->o->seed;
    if (w->o->trees > 0) options.trees = (int)w->o->trees;
    if (w->o->questions > 0) options.questions = (size_t)w->o->questions;
    if (w->o->frozen) options.step = 30;
    if (!leave_out(w->t, &w->o->without, &options.without)) return casus_fail(err, CASUS_ERR_ARG, "nothing was learned");
    part.n = w->learned;
    past_warn_memory(w->t, &part, &options);
    casus_code code = casus_forecaster_learn(&w->f, &part, &options, err);
    if (code || valid_only) goto ask;
    code = casus_forecaster_calibrate(w->f, &w->p->q, w->learned, w->fitted, w->o->frozen, err);
    if (!code && w->o->frozen) code = casus_forecaster_add(w->f, &w->p->q, w->learned, w->fitted, err);
ask:
    w->n_ranks = 2 * (to - from);
    return code ? code : casus_backtest(w->f, &w->p->q, from, to, &plan, w->ranks, err);
}

/* ---- what is printed ---- */

static void print_score(casus_buf *out, const char *name, const casus_score *s) {
    casus_buf_addf(out, "%s\t%zu\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\n", name, s->questions, 100 * s->mrr, 100 * s->mrr_optimistic,
                   100 * s->hits1, 100 * s->hits3, 100 * s->hits10);
}

static void print_baselines(const work *w, casus_buf *out) {
    static const char *const NAMES[CASUS_BASELINES] = {"persistence", "frequency", "recurrency"};
    for (int b = 0; b < CASUS_BASELINES; b++) {
        casus_score s = {.questions = w->n_ranks};
        for (size_t i = 0; i < w->n_ranks; i++) {
            double rank = w->ranks[i].baseline[b];
            s.mrr += 1.0 / rank / (double)w->n_ranks;
            s.hits1 += (rank <= 1) / (double)w->n_ranks;
            s.hits3 += (rank <= 3) / (double)w->n_ranks;
            s.hits10 += (rank <= 10) / (double)w->n_ranks;
        }
        casus_buf_addf(out, "%s\t%zu\t%.2f\t\t%.2f\t%.2f\t%.2f\n", NAMES[b], s.questions, 100 * s.mrr, 100 * s.hits1, 100 * s.hits3,
                       100 * s.hits10);
    }
}

static void print_actions(const work *w, casus_buf *out) {
    for (int32_t a = 0; a < w->p->q.actions; a++) {
        casus_score s;
        casus_score_ranks(&s, w->ranks, w->n_ranks, a);
        if (s.questions) print_score(out, past_action_name(w->p, a), &s);
    }
}

static void print_reliability(casus_buf *out, const char *title, const casus_reliability *r) {
    casus_buf_addf(out, "\n%s\tcases %zu\tshare %.4f\tECE %.4f\tBrier %.4f\tlog score %.4f\n", title, r->n, r->base, r->ece, r->brier,
                   r->log_score);
    casus_buf_adds(out, "stated\tobserved\tcases\n");
    for (int b = 0; b < CASUS_RELIABILITY_BINS; b++)
        if (r->cases[b]) casus_buf_addf(out, "%.3f\t%.3f\t%zu\n", r->stated[b], r->happened[b], r->cases[b]);
}

static int print(const work *w, const casus_reliability *answers) {
    casus_buf out = {0};
    casus_score s;
    char title[80];
    casus_score_ranks(&s, w->ranks, w->n_ranks, -1);
    casus_buf_adds(&out, "what\tquestions\tMRR\tMRR optimistic\tHits@1\tHits@3\tHits@10\n");
    print_score(&out, w->o->frozen ? "casus, multi-step" : "casus, single-step", &s);
    print_baselines(w, &out);
    if (w->o->all_actions) print_actions(w, &out);
    print_reliability(&out, "best answers", answers);
    casus_buf_addf(&out, "log score of the true answers\t%.4f\n", s.log_score);
    snprintf(title, sizeof title, "events within %d days", w->horizon);
    if (w->events.n) print_reliability(&out, title, &w->events);
    int rc = tool_write(w->t, &out) ? TOOL_DONE : TOOL_FAILED;
    casus_buf_done(&out);
    return rc;
}

/* ---- files ---- */

static int write_file(const work *w, const char *path, casus_buf *out) {
    casus_error err;
    casus_code code = out->failed ? casus_fail(&err, CASUS_ERR_NOMEM, "out of memory for %s", path)
                                  : casus_file_write(path, out->at, out->n, &err);
    casus_buf_done(out);
    return code ? tool_fail(w->t, &err) : TOOL_DONE;
}

static const char *folder_name(const char *dir) {
    const char *slash = dir ? strrchr(dir, '/') : NULL;
    return !dir ? "ledger" : slash && slash[1] ? slash + 1 : dir;
}

static int write_ranks(const work *w, const char *dir) {
    casus_buf out = {0};
    const char *split = w->o->split ? w->o->split : "test";
    for (size_t i = 0; i < w->n_ranks; i++) {
        const casus_rank *r = &w->ranks[i];
        casus_buf_addf(&out, "%s\t%s\t%zu\t%s\t%g\t%g\t%g\n", folder_name(dir), split, i / 2, r->backward ? "backward" : "forward",
                       r->average, r->optimistic, r->pessimistic);
    }
    return write_file(w, w->o->ranks, &out);
}

static int write_plot(const work *w, const casus_reliability *answers) {
    casus_buf out = {0};
    casus_reliability_svg(answers, "Best answers: stated and observed", &out);
    return write_file(w, w->o->plot, &out);
}

static int finish(work *w, const char *dir) {
    casus_reliability answers;
    casus_reliability_of_ranks(&answers, w->ranks, w->n_ranks);
    int rc = print(w, &answers);
    if (!rc && w->o->ranks) rc = write_ranks(w, dir);
    if (!rc && w->o->plot) rc = write_plot(w, &answers);
    return rc;
}

static int run(tool *t, const void *given, char **args, int n) {
    const past_options *o = given;
    const char *dir = n ? args[0] : NULL;
    past p;
    casus_error err;
    work w = {.t = t, .p = &p, .o = o, .horizon = past_horizon(t, o->horizon, 7)};
    if (w.horizon < 0) return TOOL_WRONG_USAGE;
    if (o->split && strcmp(o->split, "valid") != 0 && strcmp(o->split, "test") != 0)
        return tool_usage(t, "--split is valid or test");
    int rc = past_read(t, &p, o, dir);
    if (!rc) {
        cut_parts(&w);
        w.ranks = calloc(2 * p.q.n, sizeof *w.ranks);
        casus_code code = w.ranks ? measure(&w, &err) : casus_fail(&err, CASUS_ERR_NOMEM, "out of memory for the backtest");
        rc = code ? tool_fail(t, &err) : finish(&w, dir);
    }
    casus_forecaster_free(w.f);
    free(w.ranks);
    past_done(&p);
    return rc;
}

static const tool_option table[] = {
    PAST_CODES,
    {"frozen", 'm', TOOL_FLAG, NULL, "multi-step: nothing after the first day asked about is known", offsetof(past_options, frozen)},
    {"split", 0, TOOL_TEXT, "PART", "valid or test (test)", offsetof(past_options, split)},
    {"horizon", 0, TOOL_TEXT, "DAYS", "how long candidate events are followed (7d)", offsetof(past_options, horizon)},
    {"by-action", 0, TOOL_FLAG, NULL, "a line for each action as well", offsetof(past_options, all_actions)},
    {"ranks", 0, TOOL_TEXT, "FILE", "write every question's ranks", offsetof(past_options, ranks)},
    {"plot", 0, TOOL_TEXT, "FILE.svg", "draw the reliability curve", offsetof(past_options, plot)},
    {"seed", 0, TOOL_INT, "N", "of the random choices in learning (1)", offsetof(past_options, seed)},
    {"trees", 0, TOOL_INT, "N", "how many trees weigh the rules (150)", offsetof(past_options, trees)},
    {"without", 0, TOOL_LIST, "TEXT", "keep features whose description holds this from the trees; may be repeated", offsetof(past_options, without)},
    {"questions", 0, TOOL_INT, "N", "learn the weighing from at most N past questions (50000)", offsetof(past_options, questions)},
    {0}};

const tool_command cmd_backtest = {
    .name = "backtest",
    .summary = "how good the forecasts would have been: ranks, calibration, baselines",
    .usage = "[DIR]",
    .details = "Learns from the first part, fits probabilities on the second, answers the third from both sides. Time-aware filter, ties\n"
               "get their average rank. DIR is in the research format; without it the ledger's events are cut by days.",
    .options = table,
    .size = sizeof(past_options),
    .common = TOOL_DB | TOOL_THREADS,
    .max_args = 1,
    .examples = "casus backtest\ncasus backtest --frozen --plot reliability.svg\n",
    .run = run};
