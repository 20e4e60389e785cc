#include "past.h"

#include "casus/lexicon.h"
#include "query.h"

#include <ctype.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* ---- dates ---- */

/* A date known to the day; months and years alone are too vague to count days from. */
static bool parse_day(const char *iso, int64_t *days) {
    int32_t begin, end;
    if (!iso || !casus_day_parse(casus_str_of(iso), &begin, &end) || end - begin != 1) return false;
    *days = begin;
    return true;
}

const char *past_day(tool *t, const past *p, int32_t day) {
    if (p->first_day == INT64_MIN) return casus_arena_printf(&t->arena, "day %d", day);
    return casus_day_text((int32_t)(p->first_day + day), casus_arena_alloc(&t->arena, 11));
}

int32_t past_day_of(const past *p, const char *date) {
    int64_t days;
    if (p->first_day == INT64_MIN) return atoi(date);
    if (!parse_day(date, &days) || days < p->first_day) return -1;
    return (int32_t)(days - p->first_day);
}

int32_t past_horizon(tool *t, const char *text, int32_t usual) {
    char *end;
    if (!text) return usual;
    long n = strtol(text, &end, 10);
    if (*end == 'w') n *= 7;
    if (*end && strcmp(end, "d") != 0 && strcmp(end, "w") != 0) n = 0;
    if (n > 0 && n <= 3650) return (int32_t)n;
    tool_usage(t, "\"%s\" is no horizon; write days or weeks, like 30d or 4w", text);
    return -1;
}

int past_read(tool *t, past *p, const past_options *o, const char *folder) {
    casus_error err;
    memset(p, 0, sizeof *p);
    casus_arena_init(&p->arena);
    p->arena.trap = t->arena.trap;
    p->first_day = INT64_MIN;
    if (!folder) return past_read_ledger(t, p, o->codes);
    if (casus_dataset_read(&p->set, folder, &err)) return tool_fail(t, &err);
    p->q = p->set.all;
    p->known = p->q.actors;
    return TOOL_DONE;
}

void past_done(past *p) {
    casus_panorama_free(p->panorama);
    casus_ledger_close(p->ledger);
    casus_dataset_done(&p->set);
    casus_arena_done(&p->arena);
}

enum { FEW_EVENTS = 500 };

bool past_is_small(const past *p) { return p->q.n < FEW_EVENTS; }

/* So little that nothing can be checked against it. */
void past_warn_small(tool *t, const past *p) {
    if (past_is_small(p))
        tool_warn(t, "only %zu events are dated to the day: too few to check probabilities against; they lean on how such events go "
                     "elsewhere and say little", p->q.n);
}

int past_open(tool *t, past *p, const past_options *o, const char *folder, const char *const *names, size_t n, casus_forecaster **f) {
    casus_error err;
    const char *rules = past_rules_path(o);
    int rc = past_read(t, p, o, folder);
    if (rc) return rc;
    for (size_t i = 0; i < n; i++)
        if (names[i]) past_meet(t, p, names[i]);
    casus_code code = casus_forecaster_open(f, rules, &p->q, (unsigned)t->threads, &err);
    if (code == CASUS_ERR_IO) return tool_failf(t, "%s: no rules there; learn them first: casus rules learn", rules);
    if (!code) return TOOL_DONE;
    tool_fail(t, &err);
    if (code != CASUS_ERR_NOMEM) tool_warn(t, "learn the rules anew: casus rules learn");
    return TOOL_FAILED;
}

/* ---- options ---- */

const char *past_rules_path(const past_options *o) { return o->rules ? o->rules : "casus.rules"; }
size_t past_top(const past_options *o) { return o->top > 0 ? (size_t)o->top : 20; }

bool past_question(tool *t, const past *p, const past_options *o, casus_forecast_ask *ask) {
    *ask = (casus_forecast_ask){past_actor(t, p, o->source), past_action(t, p, o->action), past_actor(t, p, o->target),
                                past_horizon(t, o->horizon, 30), past_top(o)};
    return ask->source > -2 && ask->action > -2 && ask->target > -2 && ask->horizon > 0;
}

/* ---- stopping ---- */

static volatile sig_atomic_t stopped;

static void stop(int sig) {
    (void)sig;
    stopped = 1;
}

static bool watch(void *ctx, size_t done, size_t total) {
    tool_progress(ctx, "events", done, total);
    if (done >= total) tool_progress_done(ctx);
    return !stopped;
}

enum { LARGE = 256 << 20, MEGABYTE = 1 << 20 };

void past_warn_memory(tool *t, const casus_quads *q, const casus_forecast_options *o) {
    size_t memory = casus_forecaster_memory(q, o);
    if (memory > LARGE) tool_warn(t, "learning from %zu events takes up to %zu MB", q->n, memory / MEGABYTE);
}

void past_watch(tool *t, casus_forecast_options *o) {
    signal(SIGINT, stop);
    o->threads = (unsigned)t->threads;
    o->progress = watch;
    o->progress_ctx = t;
}
