/* The keeper: loads the panorama, watches the ledger, loads it anew when somebody wrote; and the list of jobs. */
#include "server.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { POLL_MS = 500, KEEP_ALIVE_MS = 15000, JOBS = 16, REST_FACTOR = 5 };

typedef struct keeper {
    server *server;
    pthread_t thread;
    bool running;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    picture *now;
    char trouble[200];
    job jobs[JOBS]; /* the last ones, by id modulo JOBS */
    int64_t next_job, loading;
    casus_ledger *ledger;
    int64_t seen, loaded; /* versions of the ledger: at the last look, of the picture; -1: none */
} keeper;

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- pictures ---------------------------------------------------------------------------------------------- */

static void drop(picture *p) {
    casus_panorama_free(p->panorama);
    free(p);
}

picture *keeper_hold(server *s) {
    keeper *k = s->keeper;
    pthread_mutex_lock(&k->lock);
    picture *p = k->now;
    if (p) p->holders++;
    pthread_mutex_unlock(&k->lock);
    return p;
}

void keeper_release(server *s, picture *p) {
    keeper *k = s->keeper;
    if (!p) return;
    pthread_mutex_lock(&k->lock);
    bool last = --p->holders == 0;
    pthread_mutex_unlock(&k->lock);
    if (last) drop(p);
}

void keeper_trouble(server *s, char out[200]) {
    pthread_mutex_lock(&s->keeper->lock);
    memcpy(out, s->keeper->trouble, 200);
    pthread_mutex_unlock(&s->keeper->lock);
}

static void publish_picture(keeper *k, picture *p) {
    char data[64];
    pthread_mutex_lock(&k->lock);
    picture *old = k->now;
    k->now = p;
    k->trouble[0] = '\0';
    pthread_mutex_unlock(&k->lock);
    keeper_release(k->server, old);
    atomic_store(&k->server->generation, p->generation);
    snprintf(data, sizeof data, "{\"generation\":%lld}", (long long)p->generation);
    stream_publish(k->server, "ledger", data);
}

/* ---- jobs -------------------------------------------------------------------------------------------------- */

void job_out(casus_json *j, const char *key, const job *b) {
    static const char *const STATES[] = {"running", "done", "failed"};
    casus_json_open(j, key, '{');
    casus_json_int(j, "id", b->id);
    casus_json_text(j, "what", b->what);
    casus_json_text(j, "state", STATES[b->state]);
    casus_json_int(j, "done", (int64_t)b->done);
    casus_json_int(j, "total", (int64_t)b->total);
    out_text(j, "message", b->message);
    casus_json_close(j, '}');
}

static void tell_job(server *s, const job *b) {
    casus_buf out = {0};
    casus_json json = casus_json_to(&out);
    job_out(&json, NULL, b);
    casus_buf_add(&out, "", 1);
    if (!out.failed) stream_publish(s, "job", out.at);
    casus_buf_done(&out);
}

int64_t job_begin(server *s, const char *what) {
    keeper *k = s->keeper;
    pthread_mutex_lock(&k->lock);
    job b = {.id = ++k->next_job};
    snprintf(b.what, sizeof b.what, "%s", what);
    k->jobs[b.id % JOBS] = b;
    pthread_mutex_unlock(&k->lock);
    tell_job(s, &b);
    return b.id;
}

/* Changes a job that is still in the list, and tells of it. */
static void change_job(server *s, int64_t id, const job *to) {
    keeper *k = s->keeper;
    pthread_mutex_lock(&k->lock);
    job *b = &k->jobs[id % JOBS], copy;
    bool there = b->id == id;
    if (there) {
        b->state = to->state, b->done = to->done ? to->done : b->done, b->total = to->total ? to->total : b->total;
        memcpy(b->message, to->message, sizeof b->message);
        copy = *b;
    }
    pthread_mutex_unlock(&k->lock);
    if (there) tell_job(s, &copy);
}

void job_progress(server *s, int64_t id, uint64_t done, uint64_t total) {
    job to = {.state = JOB_RUNNING, .done = done, .total = total};
    change_job(s, id, &to);
}

void job_end(server *s, int64_t id, job_state state, const char *message) {
    job to = {.state = state};
    snprintf(to.message, sizeof to.message, "%.199s", message);
    change_job(s, id, &to);
}

bool job_get(server *s, int64_t id, job *out) {
    keeper *k = s->keeper;
    pthread_mutex_lock(&k->lock);
    *out = k->jobs[id % JOBS];
    pthread_mutex_unlock(&k->lock);
    return id > 0 && out->id == id;
}

void jobs_out(server *s, casus_json *j) {
    keeper *k = s->keeper;
    casus_json_open(j, "jobs", '[');
    pthread_mutex_lock(&k->lock);
    for (int64_t id = k->next_job > JOBS ? k->next_job - JOBS + 1 : 1; id <= k->next_job; id++) job_out(j, NULL, &k->jobs[id % JOBS]);
    pthread_mutex_unlock(&k->lock);
    casus_json_close(j, ']');
}

/* ---- watching ---------------------------------------------------------------------------------------------- */

static bool on_progress(void *ctx, uint64_t done, uint64_t total) {
    keeper *k = ctx;
    job_progress(k->server, k->loading, done, total);
    return !atomic_load(&k->server->stopping);
}

static void note_trouble(keeper *k, const casus_error *err) {
    pthread_mutex_lock(&k->lock);
    snprintf(k->trouble, sizeof k->trouble, "%.199s", err->message);
    pthread_mutex_unlock(&k->lock);
}

static casus_code load(keeper *k, casus_error *err) {
    picture *p = calloc(1, sizeof *p);
    if (!p) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory loading events");
    k->loading = job_begin(k->server, "loading");
    casus_code code = casus_panorama_load(&p->panorama, k->ledger, k->server->lexicon, on_progress, k, err);
    if (code) {
        drop(p);
        note_trouble(k, err);
        job_end(k->server, k->loading, JOB_FAILED, err->message);
        return code;
    }
    p->holders = 1;
    p->generation = atomic_load(&k->server->generation) + 1;
    job_end(k->server, k->loading, JOB_DONE, "");
    publish_picture(k, p);
    return CASUS_OK;
}

static void close_ledger(keeper *k) {
    casus_ledger_close(k->ledger);
    k->ledger = NULL;
    k->loaded = k->seen = -1; /* what is opened next is news, whatever its number */
}

/* Another file under the ledger's name: everybody opens it anew. */
static void look_for_file(keeper *k) {
    struct stat st;
    if (stat(k->server->options.db, &st) != 0 || (long long)st.st_ino == atomic_load(&k->server->file)) return;
    atomic_store(&k->server->file, (long long)st.st_ino);
    close_ledger(k);
}

/* Has somebody written since the last load? A file that went away is looked for again. */
static bool changed(keeper *k, casus_error *err) {
    int64_t now = 0;
    look_for_file(k);
    casus_code code = k->ledger ? CASUS_OK : casus_ledger_open(&k->ledger, k->server->options.db, CASUS_LEDGER_READ, err);
    if (!code) code = casus_ledger_version(k->ledger, &now, err);
    if (code) {
        note_trouble(k, err);
        close_ledger(k);
        return false;
    }
    if (now != k->seen) atomic_fetch_add(&k->server->writes, 1);
    k->seen = now;
    return now != k->loaded;
}

/* Waits `ms`; false when the server stops. */
static bool pause_for(keeper *k, int64_t ms) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += ms % 1000 * 1000000;
    if (until.tv_nsec >= 1000000000) until.tv_sec++, until.tv_nsec -= 1000000000;
    pthread_mutex_lock(&k->lock);
    if (!atomic_load(&k->server->stopping)) pthread_cond_timedwait(&k->wake, &k->lock, &until);
    pthread_mutex_unlock(&k->lock);
    return !atomic_load(&k->server->stopping);
}

/* A writer that commits all the time must not keep us loading all the time: between two loads we rest five times as long as one took. */
static void *keep(void *ctx) {
    keeper *k = ctx;
    casus_error err;
    int64_t rested_until = 0, alive = now_ms();
    k->seen = k->loaded = -1;
    do {
        int64_t begun = now_ms();
        if (changed(k, &err) && begun >= rested_until) {
            if (load(k, &err) == CASUS_OK) k->loaded = k->seen;
            rested_until = now_ms() + (now_ms() - begun) * REST_FACTOR;
        }
        if (now_ms() - alive >= KEEP_ALIVE_MS) {
            stream_publish(k->server, NULL, "");
            alive = now_ms();
        }
    } while (pause_for(k, POLL_MS));
    return NULL;
}

casus_code keeper_start(server *s, casus_error *err) {
    keeper *k = calloc(1, sizeof *k);
    if (!k) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory starting the server");
    s->keeper = k;
    k->server = s;
    pthread_mutex_init(&k->lock, NULL);
    pthread_cond_init(&k->wake, NULL);
    k->running = pthread_create(&k->thread, NULL, keep, k) == 0;
    return k->running ? CASUS_OK : casus_fail(err, CASUS_ERR_NOMEM, "no thread can be started");
}

void keeper_stop(server *s) {
    keeper *k = s->keeper;
    if (!k) return;
    pthread_mutex_lock(&k->lock);
    pthread_cond_broadcast(&k->wake);
    pthread_mutex_unlock(&k->lock);
    if (k->running) pthread_join(k->thread, NULL);
    if (k->now) drop(k->now);
    casus_ledger_close(k->ledger);
    pthread_cond_destroy(&k->wake);
    pthread_mutex_destroy(&k->lock);
    free(k);
    s->keeper = NULL;
}

/* ---- for handlers ------------------------------------------------------------------------------------------ */

casus_code call_panorama(call *c, const casus_panorama **out, casus_error *err) {
    char trouble[200];
    if (!c->picture) c->picture = keeper_hold(c->server);
    if (c->picture) {
        *out = c->picture->panorama;
        return CASUS_OK;
    }
    keeper_trouble(c->server, trouble);
    return casus_fail(err, CASUS_ERR_BUSY, "%s%s", *trouble ? "events cannot be loaded: " : "events are still loading; try again in a second", trouble);
}
