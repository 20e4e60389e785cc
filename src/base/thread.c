#include "casus/base.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { THREADS_MAX = 64 };

typedef struct job {
    atomic_size_t next;
    size_t n;
    void (*work)(void *, size_t, unsigned);
    void *ctx;
} job;

typedef struct worker {
    job *job;
    unsigned id;
} worker;

static void *run(void *arg) {
    worker *w = arg;
    for (size_t i; (i = atomic_fetch_add(&w->job->next, 1)) < w->job->n;) w->job->work(w->job->ctx, i, w->id);
    return NULL;
}

unsigned casus_cpu_count(void) {
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? (unsigned)n : 1;
}

void casus_parallel(size_t n, unsigned threads, void (*work)(void *ctx, size_t i, unsigned thread), void *ctx) {
    job j = {.n = n, .work = work, .ctx = ctx};
    worker workers[THREADS_MAX];
    pthread_t ids[THREADS_MAX];
    unsigned started = 0;
    if (!threads) threads = casus_cpu_count();
    if (threads > THREADS_MAX) threads = THREADS_MAX;
    if (threads > n) threads = n ? (unsigned)n : 1;
    for (unsigned t = 1; t < threads; t++) {
        workers[t] = (worker){&j, t};
        if (pthread_create(&ids[t], NULL, run, &workers[t]) != 0) break;
        started = t;
    }
    workers[0] = (worker){&j, 0};
    run(&workers[0]);
    for (unsigned t = 1; t <= started; t++) pthread_join(ids[t], NULL);
}
