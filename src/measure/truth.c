/* Truth discovery: the model of Dawid and Skene, fitted by expectation and maximisation. */
#include "casus/measure.h"

#include <math.h>
#include <string.h>

typedef struct work {
    const casus_vote *votes;
    size_t n, items, voices, classes;
    const casus_truth_options *options;
    casus_truth *out;
    double *next; /* posteriors being made: items × classes */
} work;

static double *error_at(const work *w, size_t voice, size_t class) {
    return w->out->error + (voice * w->classes + class) * w->classes;
}

/* Shares of the labels: equation 3.1. */
static void start(work *w) {
    double *p = w->out->posterior;
    for (size_t i = 0; i < w->n; i++) p[w->votes[i].item * w->classes + w->votes[i].label] += 1;
    for (size_t i = 0; i < w->items; i++) {
        double sum = 0;
        for (size_t c = 0; c < w->classes; c++) sum += p[i * w->classes + c];
        for (size_t c = 0; c < w->classes; c++)
            p[i * w->classes + c] = sum > 0 ? p[i * w->classes + c] / sum : 1.0 / (double)w->classes;
    }
}

/* Equations 2.3 and 2.4, with the pseudo-votes of the options. */
static void maximise(work *w) {
    casus_truth *t = w->out;
    for (size_t c = 0; c < w->classes; c++) {
        t->prevalence[c] = 0;
        for (size_t i = 0; i < w->items; i++) t->prevalence[c] += t->posterior[i * w->classes + c] / (double)w->items;
    }
    for (size_t v = 0; v < w->voices; v++)
        for (size_t c = 0; c < w->classes; c++)
            for (size_t l = 0; l < w->classes; l++)
                error_at(w, v, c)[l] = w->options->smoothing + (c == l ? w->options->trust : 0);
    for (size_t i = 0; i < w->n; i++)
        for (size_t c = 0; c < w->classes; c++)
            error_at(w, w->votes[i].voice, c)[w->votes[i].label] += t->posterior[w->votes[i].item * w->classes + c];
    for (size_t v = 0; v < w->voices; v++)
        for (size_t c = 0; c < w->classes; c++) {
            double sum = 0, *row = error_at(w, v, c);
            for (size_t l = 0; l < w->classes; l++) sum += row[l];
            for (size_t l = 0; l < w->classes && sum > 0; l++) row[l] /= sum;
        }
}

/* Equation 2.5, in logarithms; the log-likelihood (2.7) beside it. Returns the largest change of a posterior. */
static double expect(work *w) {
    casus_truth *t = w->out;
    double change = 0;
    for (size_t i = 0; i < w->items; i++)
        for (size_t c = 0; c < w->classes; c++) w->next[i * w->classes + c] = log(t->prevalence[c]);
    for (size_t i = 0; i < w->n; i++)
        for (size_t c = 0; c < w->classes; c++)
            w->next[w->votes[i].item * w->classes + c] += log(error_at(w, w->votes[i].voice, c)[w->votes[i].label]);
    t->log_likelihood = 0;
    for (size_t i = 0; i < w->items; i++) {
        double *p = w->next + i * w->classes, top = -INFINITY, sum = 0;
        for (size_t c = 0; c < w->classes; c++) top = fmax(top, p[c]);
        if (top == -INFINITY) { /* no class could have been called so: nothing is learned of it */
            memcpy(p, t->posterior + i * w->classes, sizeof(double) * w->classes);
            continue;
        }
        for (size_t c = 0; c < w->classes; c++) sum += exp(p[c] - top);
        t->log_likelihood += top + log(sum);
        for (size_t c = 0; c < w->classes; c++) {
            p[c] = exp(p[c] - top) / sum;
            change = fmax(change, fabs(p[c] - t->posterior[i * w->classes + c]));
        }
    }
    memcpy(t->posterior, w->next, sizeof(double) * w->items * w->classes);
    return change;
}

static casus_code check(const work *w, casus_error *err) {
    if (w->classes < 2 || !w->items || !w->voices || !w->n)
        return casus_fail(err, CASUS_ERR_ARG, "truth discovery needs votes of two classes at least");
    if (!(w->options->smoothing >= 0 && w->options->trust >= 0))
        return casus_fail(err, CASUS_ERR_ARG, "pseudo-votes cannot be negative");
    for (size_t i = 0; i < w->n; i++)
        if (w->votes[i].item >= w->items || w->votes[i].voice >= w->voices || w->votes[i].label >= w->classes)
            return casus_fail(err, CASUS_ERR_ARG, "vote %zu names an item, voice or label beyond those there are",
                              i + 1);
    return CASUS_OK;
}

casus_code casus_truth_discover(const casus_vote *votes, size_t n, size_t items, size_t voices, size_t classes,
                                const casus_truth_options *options, casus_arena *arena, casus_truth *out,
                                casus_error *err) {
    static const casus_truth_options PLAIN = {0};
    work w = {votes, n, items, voices, classes, options ? options : &PLAIN, out, NULL};
    casus_code code = check(&w, err);
    if (code) return code;
    size_t most = w.options->max_iterations ? w.options->max_iterations : 1000;
    double tolerance = w.options->tolerance > 0 ? w.options->tolerance : 1e-9;
    *out = (casus_truth){.posterior = CASUS_NEW_ARRAY(arena, double, items *classes),
                         .prevalence = CASUS_NEW_ARRAY(arena, double, classes),
                         .error = CASUS_NEW_ARRAY(arena, double, voices *classes *classes)};
    w.next = CASUS_NEW_ARRAY(arena, double, items *classes);
    start(&w);
    while (!out->converged && out->iterations < most) {
        maximise(&w);
        out->iterations++;
        out->converged = expect(&w) < tolerance;
    }
    return CASUS_OK;
}
