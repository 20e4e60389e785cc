/* A stream of documents through several coders, in order.
 *
 * Documents travel in batches through a ring of slots. The caller's thread fills the next free slot (reading is serial anyway), coders take
 * filled slots in order, and the caller's thread hands over the oldest slot when it is done:
 *
 *     shown <= taken <= filled <= shown + slots      slots [shown, taken) are being coded or done, [taken, filled) wait
 *
 * A slot belongs to the caller's thread while it is free or done, to one coder between; only the three counters and `done` are shared,
 * under the mutex. With one thread the same steps run one after the other. Order and content of the output depend on nothing but the input.
 */
#include "casus/coder.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 32, BATCH_BYTES = 1 << 16, MOST_THREADS = 64, KEEP_BYTES = 8 << 20 };

typedef struct slot {
    casus_arena arena;
    casus_document docs[BATCH];
    casus_reading readings[BATCH];
    casus_error errors[BATCH];  /* code CASUS_OK: read */
    size_t begin[BATCH + 1];    /* where a document's records begin in `out` */
    casus_buf out;
    size_t n;
    bool done;
} slot;

typedef struct ring {
    const casus_resources *r;
    const casus_stream *stream;
    slot *slots;
    size_t n_slots, filled, taken, shown;
    bool stop;
    casus_error broken;         /* a coder that could not be made */
    pthread_mutex_t mutex;
    pthread_cond_t work, done;
} ring;

/* ---- the three steps of a slot ----------------------------------------------------------------------------- */

static casus_code fill(ring *g, slot *s, bool *end, casus_error *err) {
    size_t bytes = 0;
    casus_code code = CASUS_OK;
    if (s->arena.used > KEEP_BYTES) casus_arena_done(&s->arena);
    casus_arena_reset(&s->arena);
    s->done = false;
    for (s->n = 0; s->n < BATCH && bytes < BATCH_BYTES && !*end; s->n++) {
        bool got = false;
        code = g->stream->next(g->stream->ctx, &s->arena, &s->docs[s->n], &got, err);
        *end = code || !got;
        if (*end) break;
        bytes += s->docs[s->n].text.n;
    }
    return code;
}

static void add_records(casus_buf *out, const casus_document *doc, const casus_reading *r, const char *version) {
    casus_document_json(out, doc, r->sentences.n);
    casus_buf_add(out, "\n", 1);
    for (size_t i = 0; i < r->n_actors; i++) {
        casus_actor_json(out, &r->actors[i], doc->id);
        casus_buf_add(out, "\n", 1);
    }
    for (size_t i = 0; i < r->n_statements; i++) {
        casus_statement_json(out, &r->statements[i], doc, version);
        casus_buf_add(out, "\n", 1);
    }
}

static void code_slot(const ring *g, casus_coder *coder, slot *s) {
    if (s->out.cap > KEEP_BYTES) casus_buf_done(&s->out);
    casus_buf_clear(&s->out);
    for (size_t i = 0; i < s->n; i++) {
        s->begin[i] = s->out.n;
        memset(&s->readings[i], 0, sizeof s->readings[i]);
        memset(&s->errors[i], 0, sizeof s->errors[i]);
        casus_code code = casus_coder_read(coder, &s->docs[i], &s->arena, &s->readings[i], &s->errors[i]);
        s->errors[i].code = code;
        if (!code && g->stream->records) add_records(&s->out, &s->docs[i], &s->readings[i], casus_resources_version(g->r));
    }
    s->begin[s->n] = s->out.n;
}

static casus_code show(const ring *g, slot *s, casus_error *err) {
    const casus_stream *stream = g->stream;
    if (s->out.failed) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory writing records");
    for (size_t i = 0; i < s->n; i++) {
        if (s->errors[i].code == CASUS_ERR_NOMEM) {
            if (err) *err = s->errors[i];
            return CASUS_ERR_NOMEM;
        }
        if (s->errors[i].code) {
            if (stream->failed) stream->failed(stream->ctx, &s->docs[i], &s->errors[i]);
            continue;
        }
        casus_str records = {s->out.at ? s->out.at + s->begin[i] : "", s->begin[i + 1] - s->begin[i]};
        casus_code code = stream->each(stream->ctx, &s->docs[i], &s->readings[i], records, err);
        if (code) return code;
    }
    return CASUS_OK;
}

/* ---- one thread -------------------------------------------------------------------------------------------- */

static casus_code run_alone(ring *g, casus_error *err) {
    casus_coder *coder = NULL;
    bool end = false;
    casus_code code = casus_coder_new(&coder, g->r, err);
    while (!code && !end) {
        code = fill(g, &g->slots[0], &end, err);
        code_slot(g, coder, &g->slots[0]);
        casus_code shown = show(g, &g->slots[0], code ? NULL : err);
        if (!code) code = shown;
    }
    casus_coder_free(coder);
    return code;
}

/* ---- several ----------------------------------------------------------------------------------------------- */

/* The next filled slot; NULL when the stream is over. */
static slot *take(ring *g) {
    pthread_mutex_lock(&g->mutex);
    while (g->taken == g->filled && !g->stop) pthread_cond_wait(&g->work, &g->mutex);
    slot *s = g->taken < g->filled && !g->broken.code ? &g->slots[g->taken++ % g->n_slots] : NULL;
    pthread_mutex_unlock(&g->mutex);
    return s;
}

static void *coder_thread(void *arg) {
    ring *g = arg;
    casus_coder *coder = NULL;
    casus_error err = {0};
    casus_code code = casus_coder_new(&coder, g->r, &err);
    for (slot *s; !code && (s = take(g));) {
        code_slot(g, coder, s);
        pthread_mutex_lock(&g->mutex);
        s->done = true;
        pthread_cond_signal(&g->done);
        pthread_mutex_unlock(&g->mutex);
    }
    if (code) {
        pthread_mutex_lock(&g->mutex);
        g->broken = err;
        g->broken.code = code;
        pthread_cond_signal(&g->done);
        pthread_mutex_unlock(&g->mutex);
    }
    casus_coder_free(coder);
    return NULL;
}

/* Waits for the oldest slot; NULL when a coder broke. */
static slot *oldest_done(ring *g) {
    slot *s = &g->slots[g->shown % g->n_slots];
    pthread_mutex_lock(&g->mutex);
    while (!s->done && !g->broken.code) pthread_cond_wait(&g->done, &g->mutex);
    bool broken = g->broken.code != CASUS_OK;
    pthread_mutex_unlock(&g->mutex);
    return broken ? NULL : s;
}

static casus_code fill_next(ring *g, bool *end, casus_error *err) {
    slot *s = &g->slots[g->filled % g->n_slots];
    casus_code code = fill(g, s, end, err);
    pthread_mutex_lock(&g->mutex);
    g->filled++;
    pthread_cond_signal(&g->work);
    pthread_mutex_unlock(&g->mutex);
    return code;
}

/* Fills and shows until all is done. After an error of `next`, what was read before it is still shown. */
static casus_code feed(ring *g, casus_error *err) {
    casus_code code = CASUS_OK;
    for (bool end = false; !end || g->shown < g->filled;) {
        if (!end && g->filled - g->shown < g->n_slots) {
            code = fill_next(g, &end, err);
            continue;
        }
        slot *s = oldest_done(g);
        if (!s) {
            if (err) *err = g->broken;
            return g->broken.code;
        }
        casus_code shown = show(g, s, code ? NULL : err);
        g->shown++;
        if (shown && !code) return shown;
    }
    return code;
}

static casus_code run_together(ring *g, unsigned threads, casus_error *err) {
    pthread_t ids[MOST_THREADS];
    unsigned started = 0;
    pthread_mutex_init(&g->mutex, NULL);
    pthread_cond_init(&g->work, NULL);
    pthread_cond_init(&g->done, NULL);
    while (started < threads && pthread_create(&ids[started], NULL, coder_thread, g) == 0) started++;
    casus_code code = started ? feed(g, err) : run_alone(g, err);
    pthread_mutex_lock(&g->mutex);
    g->stop = true;
    g->taken = g->filled; /* after an error: what waits is not coded */
    pthread_cond_broadcast(&g->work);
    pthread_mutex_unlock(&g->mutex);
    for (unsigned t = 0; t < started; t++) pthread_join(ids[t], NULL);
    pthread_cond_destroy(&g->done);
    pthread_cond_destroy(&g->work);
    pthread_mutex_destroy(&g->mutex);
    return code;
}

casus_code casus_code_stream(const casus_resources *r, const casus_stream *stream, casus_error *err) {
    unsigned threads = stream->threads ? stream->threads : casus_cpu_count();
    if (threads > MOST_THREADS) threads = MOST_THREADS;
    ring g = {.r = r, .stream = stream, .n_slots = threads == 1 ? 1 : 2 * (size_t)threads + 2};
    g.slots = calloc(g.n_slots, sizeof *g.slots);
    if (!g.slots) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory starting %u coders", threads);
    for (size_t i = 0; i < g.n_slots; i++) casus_arena_init(&g.slots[i].arena);
    casus_code code = threads == 1 ? run_alone(&g, err) : run_together(&g, threads, err);
    for (size_t i = 0; i < g.n_slots; i++) {
        casus_arena_done(&g.slots[i].arena);
        casus_buf_done(&g.slots[i].out);
    }
    free(g.slots);
    return code;
}
