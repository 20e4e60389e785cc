/* A file's chunks through the parsers, in order.
 *
 * Threads take turns at the input: whoever has it reads the next megabyte of whole records into the next slot of a ring and passes it
 * on before parsing. The caller's thread waits for the slots one after another, so what it sees does not depend on who parsed
 * what. A file of one chunk is parsed by the caller itself. */
#include "data/data.h"

#include <pthread.h>
#include <stdlib.h>

enum { WORKERS_MAX = 16, SLOTS = 2 * WORKERS_MAX + 2 };
typedef enum slot_state { SLOT_FREE, SLOT_BUSY, SLOT_READY } slot_state;

typedef struct flow {
    data_input *in;
    bool quoted, begun;
    pthread_mutex_t reading; /* held by whoever reads the file: guards `in` and `read` */
    size_t read;             /* chunks read */
    pthread_mutex_t lock;    /* guards what follows */
    pthread_cond_t changed;
    slot_state state[SLOTS];
    bool ended, stopped; /* nothing more is read; the caller has had enough */
    size_t total;        /* chunks there are, once ended */
    size_t slots;
    data_chunk chunk[SLOTS];
} flow;

typedef struct worker {
    flow *flow;
    data_parser parser;
    pthread_t id;
} worker;

static void read_chunk(flow *f, data_chunk *c) {
    c->at_start = !f->begun && f->in->next_line == 1;
    f->begun = true;
    c->code = data_input_chunk(f->in, f->quoted, &c->text, &c->over, &c->last, &c->err);
    c->packed = f->in->packed;
    c->last = c->last || c->code;
}

/* Reads the next chunk into its slot; NULL when there is none, or the caller has stopped. */
static data_chunk *next_chunk(flow *f, size_t *slot) {
    pthread_mutex_lock(&f->reading);
    pthread_mutex_lock(&f->lock);
    *slot = f->read % f->slots;
    while (f->state[*slot] != SLOT_FREE && !f->stopped && !f->ended) pthread_cond_wait(&f->changed, &f->lock);
    bool none = f->stopped || f->ended;
    if (!none) f->state[*slot] = SLOT_BUSY;
    pthread_mutex_unlock(&f->lock);
    data_chunk *c = none ? NULL : &f->chunk[*slot];
    if (c) {
        read_chunk(f, c);
        f->read++;
    }
    if (c && c->last) {
        pthread_mutex_lock(&f->lock);
        f->ended = true;
        f->total = f->read;
        pthread_mutex_unlock(&f->lock);
    }
    pthread_mutex_unlock(&f->reading);
    return c;
}

static void *work(void *arg) {
    worker *w = arg;
    flow *f = w->flow;
    size_t slot = 0;
    bool failed = false;
    for (data_chunk *c; !failed && (c = next_chunk(f, &slot));) {
        if (!c->code) data_parse(&w->parser, c);
        failed = c->code;
        pthread_mutex_lock(&f->lock);
        f->state[slot] = SLOT_READY;
        pthread_cond_broadcast(&f->changed);
        pthread_mutex_unlock(&f->lock);
    }
    return NULL;
}

/* Waits for the n-th chunk; NULL when the file has no more. */
static data_chunk *wait_for(flow *f, size_t n) {
    size_t slot = n % f->slots;
    pthread_mutex_lock(&f->lock);
    while (f->state[slot] != SLOT_READY && !(f->ended && n >= f->total)) pthread_cond_wait(&f->changed, &f->lock);
    bool none = f->state[slot] != SLOT_READY;
    pthread_mutex_unlock(&f->lock);
    return none ? NULL : &f->chunk[slot];
}

static void set_free(flow *f, size_t n, bool stop) {
    pthread_mutex_lock(&f->lock);
    f->state[n % f->slots] = SLOT_FREE;
    f->stopped = stop;
    pthread_cond_broadcast(&f->changed);
    pthread_mutex_unlock(&f->lock);
}

typedef casus_code taker(void *ctx, data_chunk *chunk, casus_error *err);

static casus_code give(data_chunk *c, taker *take, void *ctx, casus_error *err) {
    if (!c->code) return take(ctx, c, err);
    if (err) *err = c->err;
    return c->code;
}

/* The caller alone: the next chunk, or all there are. */
static casus_code run_alone(flow *f, data_parser *p, bool all, bool *ended, taker *take, void *ctx, casus_error *err) {
    data_chunk *c = &f->chunk[0];
    do {
        read_chunk(f, c);
        if (!c->code) data_parse(p, c);
        *ended = c->last;
        casus_code code = give(c, take, ctx, err);
        if (code) return code;
    } while (all && !*ended);
    return CASUS_OK;
}

static casus_code run_threads(flow *f, worker *workers, unsigned n, taker *take, void *ctx, casus_error *err) {
    unsigned started = 0;
    casus_code code = CASUS_OK;
    data_chunk *c;
    bool ended;
    f->slots = 2 * (size_t)n + 2;
    while (started < n && pthread_create(&workers[started].id, NULL, work, &workers[started]) == 0) started++;
    if (!started) return run_alone(f, &workers[0].parser, true, &ended, take, ctx, err);
    for (size_t i = 0; !code && (c = wait_for(f, i)); i++) {
        code = give(c, take, ctx, err);
        set_free(f, i, code != CASUS_OK);
    }
    for (unsigned i = 0; i < started; i++) pthread_join(workers[i].id, NULL);
    return code;
}

static casus_code run(flow *f, worker *workers, unsigned n, taker *take, void *ctx, casus_error *err) {
    bool ended = false;
    casus_code code = run_alone(f, &workers[0].parser, n == 1, &ended, take, ctx, err);
    return code || ended ? code : run_threads(f, workers, n, take, ctx, err);
}

casus_code data_flow(data_input *in, const data_plan *plan, data_shape shape, unsigned threads, taker *take, void *ctx,
                     casus_error *err) {
    unsigned n = threads ? threads : casus_cpu_count();
    if (n > WORKERS_MAX) n = WORKERS_MAX;
    flow *f = calloc(1, sizeof *f);
    worker *workers = calloc(n, sizeof *workers);
    if (!f || !workers) {
        free(workers);
        free(f);
        return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading %s", in->path);
    }
    *f = (flow){.in = in, .quoted = plan->layout->quoted && shape != DATA_SHAPE_LINE};
    pthread_mutex_init(&f->reading, NULL);
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->changed, NULL);
    for (unsigned i = 0; i < n; i++) {
        workers[i].flow = f;
        data_parser_init(&workers[i].parser, plan, shape);
    }
    casus_code code = run(f, workers, n, take, ctx, err);
    for (unsigned i = 0; i < n; i++) data_parser_done(&workers[i].parser);
    for (size_t i = 0; i < SLOTS; i++) data_chunk_done(&f->chunk[i]);
    pthread_cond_destroy(&f->changed);
    pthread_mutex_destroy(&f->lock);
    pthread_mutex_destroy(&f->reading);
    free(workers);
    free(f);
    return code;
}
