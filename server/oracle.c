/* Learning from the ledger's events, and backtests, one after the other on one thread. */
#include "oracle.h"

#include "casus/lexicon.h"

#include <stdlib.h>
#include <string.h>

enum {
    EVENTS_MAX = 40000,      /* the latest so many are learned from */
    BACKTEST_EVENTS = 15000, /* and tested on */
    SMALL = 500,             /* too little to learn a weighing from: the counted rules alone */
    QUESTIONS = 8000,
    HORIZON = 7
};

typedef struct oracle {
    server *server;
    pthread_t thread;
    bool running;
    pthread_mutex_t lock, use; /* of the fields; of the mind while it answers */
    pthread_cond_t wake;
    bool want_learn, want_test, stopping;
    mind *now;
    oracle_state state;
    char message[200];
    backtest test;
    int64_t job, test_job; /* the thread's; the backtest's */
} oracle;

/* ---- the past ---------------------------------------------------------------------------------------------- */

static void mind_free(mind *m) {
    if (!m) return;
    casus_forecaster_free(m->f);
    casus_arena_done(&m->arena);
    free(m);
}

/* Events known to the day, done by somebody to somebody else. Unknown days are no days: the document's date does not count. */
static bool counts(const casus_panorama_row *r) {
    bool dated = r->day != CASUS_UNDATED && r->end == r->day && !(r->flags & CASUS_ROW_TOLD);
    return dated && r->kind == CASUS_EVENT && r->type && r->source != CASUS_NOBODY && r->target != CASUS_NOBODY && r->source != r->target;
}

/* The first row from which at most `most` events count. */
static size_t first_row(const casus_panorama *p, size_t most) {
    size_t n = 0;
    for (size_t i = p->n; i > 0; i--)
        if (counts(&p->rows[i - 1]) && ++n == most) return i - 1;
    return 0;
}

static int32_t number_of(mind *m, const casus_panorama *p, int32_t *numbers, int32_t *country, uint32_t actor, const char **names) {
    if (numbers[actor]) return numbers[actor] - 1;
    int32_t n = m->q.actors++;
    numbers[actor] = n + 1;
    names[n] = casus_arena_strndup(&m->arena, p->actors[actor].name, strlen(p->actors[actor].name));
    m->ids[n] = casus_arena_strndup(&m->arena, p->actors[actor].id, strlen(p->actors[actor].id));
    country[n] = -1;
    const char *iso = p->actors[actor].country;
    if (strlen(iso) == 3) country[n] = ((iso[0] - 'A') * 26 + (iso[1] - 'A')) * 26 + (iso[2] - 'A');
    if (country[n] < 0 || country[n] >= m->q.countries) country[n] = -1;
    return n;
}

static void gather(mind *m, const casus_panorama *p, size_t most) {
    casus_arena *a = &m->arena;
    size_t from = first_row(p, most), n = 0;
    casus_quad *quads = CASUS_NEW_ARRAY(a, casus_quad, most + 1);
    int32_t *numbers = CASUS_NEW_ARRAY(a, int32_t, p->n_actors + 1), *country = CASUS_NEW_ARRAY(a, int32_t, p->n_actors + 1);
    const char **names = CASUS_NEW_ARRAY(a, const char *, p->n_actors + 1), **actions = CASUS_NEW_ARRAY(a, const char *, CASUS_PLOVER_N);
    m->ids = CASUS_NEW_ARRAY(a, const char *, p->n_actors + 1);
    m->refs = CASUS_NEW_ARRAY(a, int64_t, most + 1);
    m->q.countries = 26 * 26 * 26;
    for (size_t i = from; i < p->n && n < most; i++) {
        const casus_panorama_row *r = &p->rows[i];
        if (!counts(r)) continue;
        if (!n) m->first_day = r->day;
        m->refs[n] = r->flags & CASUS_ROW_IMPORTED ? -1 - (int64_t)r->ref : (int64_t)r->ref;
        int32_t source = number_of(m, p, numbers, country, r->source, names);
        quads[n++] = (casus_quad){source, r->type - 1, number_of(m, p, numbers, country, r->target, names), r->day - m->first_day};
    }
    for (int t = 1; t < CASUS_PLOVER_N; t++) actions[t - 1] = casus_plover_name((casus_plover)t);
    m->q.at = quads, m->q.n = n, m->q.actions = CASUS_PLOVER_N - 1;
    m->q.actor_names = names, m->q.action_names = actions, m->q.country = country;
}

static casus_code gather_safely(mind *m, const casus_panorama *p, size_t most, casus_error *err) {
    jmp_buf trap;
    CASUS_ARENA_TRY(&m->arena, &trap, return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for the past"));
    gather(m, p, most);
    casus_arena_untrap(&m->arena);
    if (m->q.n < 10) return casus_fail(err, CASUS_ERR_NOTFOUND, "the ledger holds too few events dated to the day with a source and a target to learn from");
    return CASUS_OK;
}

/* The past of the current panorama. */
static casus_code mind_new(server *s, size_t most, mind **out, casus_error *err) {
    picture *held = keeper_hold(s);
    mind *m = held ? calloc(1, sizeof *m) : NULL;
    if (!held) return casus_fail(err, CASUS_ERR_BUSY, "events are still loading; try again in a second");
    casus_code code = m ? CASUS_OK : casus_fail(err, CASUS_ERR_NOMEM, "out of memory for the past");
    if (m) {
        casus_arena_init(&m->arena);
        m->generation = held->generation;
        code = gather_safely(m, held->panorama, most, err);
    }
    keeper_release(s, held);
    if (code) mind_free(m);
    else *out = m;
    return code;
}

/* ---- learning ---------------------------------------------------------------------------------------------- */

static bool on_progress(void *ctx, size_t done, size_t total) {
    oracle *o = ctx;
    job_progress(o->server, o->job, done, total);
    return !atomic_load(&o->server->stopping);
}

/* Where the part ends that is before `share` of the days. */
static size_t part_of(const casus_quads *q, int32_t tenths) {
    int32_t last = q->at[q->n - 1].day;
    size_t n = 0;
    while (n < q->n && (int64_t)q->at[n].day * 10 < (int64_t)last * tenths) n++;
    return n;
}

static casus_forecast_options options_of(oracle *o, const casus_quads *q) {
    casus_forecast_options options;
    casus_forecast_options_init(&options);
    options.threads = 1; /* the others answer */
    options.questions = QUESTIONS;
    options.progress = on_progress;
    options.progress_ctx = o;
    if (q->n < SMALL) options.trees = 0;
    return options;
}

static casus_code learn(oracle *o, mind *m, casus_error *err) {
    casus_forecast_options options = options_of(o, &m->q);
    casus_quads part = m->q;
    if (m->q.n >= SMALL) part.n = part_of(&m->q, 9);
    casus_code code = casus_forecaster_learn(&m->f, &part, &options, err);
    if (!code && part.n < m->q.n) code = casus_forecaster_calibrate(m->f, &m->q, part.n, m->q.n, false, err);
    return code;
}

static void set_state(oracle *o, oracle_state state, const char *message) {
    pthread_mutex_lock(&o->lock);
    o->state = state;
    snprintf(o->message, sizeof o->message, "%.199s", message);
    pthread_mutex_unlock(&o->lock);
}

static void learn_anew(oracle *o) {
    casus_error err = {0};
    mind *m = NULL;
    char words[64];
    o->job = job_begin(o->server, "learning");
    casus_code code = mind_new(o->server, EVENTS_MAX, &m, &err);
    if (!code) code = learn(o, m, &err);
    if (code) {
        mind_free(m);
        pthread_mutex_lock(&o->lock);
        bool older = o->now != NULL; /* an older mind answers on */
        pthread_mutex_unlock(&o->lock);
        set_state(o, older ? ORACLE_READY : code == CASUS_ERR_BUSY ? ORACLE_NONE : ORACLE_FAILED, err.message);
        job_end(o->server, o->job, JOB_FAILED, err.message);
        return;
    }
    snprintf(words, sizeof words, "learned from %zu events", m->q.n);
    pthread_mutex_lock(&o->use);
    mind *old = o->now;
    pthread_mutex_lock(&o->lock);
    o->now = m;
    pthread_mutex_unlock(&o->lock);
    pthread_mutex_unlock(&o->use);
    mind_free(old);
    set_state(o, ORACLE_READY, "");
    job_end(o->server, o->job, JOB_DONE, words);
}

/* ---- backtest ---------------------------------------------------------------------------------------------- */

static casus_code run_test(oracle *o, mind *m, backtest *t, casus_error *err) {
    casus_forecast_options options = options_of(o, &m->q);
    size_t learned = part_of(&m->q, 8), fitted = part_of(&m->q, 9);
    casus_quads part = m->q;
    casus_backtest_plan plan = {.horizon = HORIZON, .reliability = &t->events};
    part.n = learned;
    if (!learned || fitted == learned || fitted == m->q.n) return casus_fail(err, CASUS_ERR_NOTFOUND, "the events do not reach over enough days to be parted");
    casus_rank *ranks = calloc(2 * m->q.n, sizeof *ranks);
    if (!ranks) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for the backtest");
    casus_code code = casus_forecaster_learn(&m->f, &part, &options, err);
    if (!code) code = casus_forecaster_calibrate(m->f, &m->q, learned, fitted, false, err);
    if (!code) code = casus_backtest(m->f, &m->q, fitted, m->q.n, &plan, ranks, err);
    if (!code) {
        casus_score_ranks(&t->score, ranks, 2 * (m->q.n - fitted), -1);
        casus_reliability_of_ranks(&t->answers, ranks, 2 * (m->q.n - fitted));
        casus_day_text(m->first_day + m->q.at[fitted].day, t->from);
        casus_day_text(m->first_day + m->q.at[m->q.n - 1].day, t->to);
    }
    free(ranks);
    return code;
}

static void test_anew(oracle *o) {
    casus_error err = {0};
    backtest *t = calloc(1, sizeof *t);
    mind *m = NULL;
    casus_code code = t ? mind_new(o->server, BACKTEST_EVENTS, &m, &err) : casus_fail(&err, CASUS_ERR_NOMEM, "out of memory for the backtest");
    if (!code) code = run_test(o, m, t, &err);
    pthread_mutex_lock(&o->lock);
    if (!code) o->test = *t;
    o->test.state = code ? ORACLE_FAILED : ORACLE_READY;
    snprintf(o->test.message, sizeof o->test.message, "%.199s", code ? err.message : "");
    pthread_mutex_unlock(&o->lock);
    job_end(o->server, o->job, code ? JOB_FAILED : JOB_DONE, code ? err.message : "");
    mind_free(m);
    free(t);
}

/* ---- the thread -------------------------------------------------------------------------------------------- */

static void *think(void *ctx) {
    oracle *o = ctx;
    pthread_mutex_lock(&o->lock);
    while (!o->stopping) {
        if (!o->want_learn && !o->want_test) {
            pthread_cond_wait(&o->wake, &o->lock);
            continue;
        }
        bool test = !o->want_learn;
        if (test) o->want_test = false, o->job = o->test_job;
        else o->want_learn = false;
        pthread_mutex_unlock(&o->lock);
        if (test) test_anew(o);
        else learn_anew(o);
        pthread_mutex_lock(&o->lock);
    }
    pthread_mutex_unlock(&o->lock);
    return NULL;
}

casus_code oracle_start(server *s, casus_error *err) {
    oracle *o = calloc(1, sizeof *o);
    if (!o) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory starting the server");
    s->oracle = o;
    o->server = s;
    pthread_mutex_init(&o->lock, NULL);
    pthread_mutex_init(&o->use, NULL);
    pthread_cond_init(&o->wake, NULL);
    o->running = pthread_create(&o->thread, NULL, think, o) == 0;
    return o->running ? CASUS_OK : casus_fail(err, CASUS_ERR_NOMEM, "no thread can be started");
}

void oracle_stop(server *s) {
    oracle *o = s->oracle;
    if (!o) return;
    pthread_mutex_lock(&o->lock);
    o->stopping = true;
    pthread_cond_broadcast(&o->wake);
    pthread_mutex_unlock(&o->lock);
    if (o->running) pthread_join(o->thread, NULL);
    mind_free(o->now);
    pthread_cond_destroy(&o->wake);
    pthread_mutex_destroy(&o->use);
    pthread_mutex_destroy(&o->lock);
    free(o);
    s->oracle = NULL;
}

/* ---- for handlers ------------------------------------------------------------------------------------------ */

oracle_state oracle_look(server *s, char message[200]) {
    oracle *o = s->oracle;
    pthread_mutex_lock(&o->lock);
    oracle_state state = o->state;
    memcpy(message, o->message, sizeof o->message);
    pthread_mutex_unlock(&o->lock);
    return state;
}

mind *oracle_borrow(server *s, char failed[200]) {
    oracle *o = s->oracle;
    int64_t generation = atomic_load(&s->generation);
    failed[0] = '\0';
    pthread_mutex_lock(&o->use);
    pthread_mutex_lock(&o->lock);
    bool fresh = o->now && o->now->generation == generation;
    if (o->state == ORACLE_FAILED) memcpy(failed, o->message, sizeof o->message);
    if (!fresh && o->state != ORACLE_LEARNING && o->state != ORACLE_FAILED) {
        o->want_learn = true;
        o->state = ORACLE_LEARNING;
        pthread_cond_signal(&o->wake);
    } else if (o->state == ORACLE_FAILED) {
        o->state = ORACLE_NONE; /* the next question tries again: there may be more events by then */
    }
    mind *m = o->now;
    pthread_mutex_unlock(&o->lock);
    if (!m) pthread_mutex_unlock(&o->use);
    return m;
}

void oracle_return(server *s) { pthread_mutex_unlock(&s->oracle->use); }

void oracle_backtest(server *s, backtest *out) {
    pthread_mutex_lock(&s->oracle->lock);
    *out = s->oracle->test;
    pthread_mutex_unlock(&s->oracle->lock);
}

int64_t oracle_begin_backtest(server *s) {
    oracle *o = s->oracle;
    pthread_mutex_lock(&o->lock);
    bool running = o->test.state == ORACLE_LEARNING;
    int64_t id = o->test_job;
    o->test.state = ORACLE_LEARNING;
    pthread_mutex_unlock(&o->lock);
    if (running) return id;
    id = job_begin(s, "backtest");
    pthread_mutex_lock(&o->lock);
    o->test_job = id;
    o->want_test = true;
    pthread_cond_signal(&o->wake);
    pthread_mutex_unlock(&o->lock);
    return id;
}
