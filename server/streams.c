/* Server-sent events. A stream's connection sleeps (suspended) until something is published; what a slow reader has not taken is dropped beyond a limit,
 * oldest first, since only the last state matters. */
#include "server.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

enum { BACKLOG = 16 * 1024, BLOCK = 4096 };
static const char HELLO[] = "retry: 2000\n\n";

typedef struct stream {
    struct stream *next;
    server *server;
    struct MHD_Connection *connection;
    char waiting[BACKLOG];
    size_t n;
    bool asleep;
} stream;

typedef struct streams {
    pthread_mutex_t lock;
    stream *first;
    unsigned n;
    bool closing;
} streams;

/* Called by the input thread when the connection can take bytes. */
static ssize_t read_stream(void *ctx, uint64_t at, char *to, size_t room) {
    stream *x = ctx;
    streams *all = x->server->streams;
    (void)at;
    pthread_mutex_lock(&all->lock);
    ssize_t n = (ssize_t)(x->n < room ? x->n : room);
    if (n) {
        memcpy(to, x->waiting, (size_t)n);
        memmove(x->waiting, x->waiting + n, x->n - (size_t)n);
        x->n -= (size_t)n;
    } else if (all->closing) {
        n = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        x->asleep = true;
        MHD_suspend_connection(x->connection);
    }
    pthread_mutex_unlock(&all->lock);
    return n;
}

static void end_stream(void *ctx) {
    stream *x = ctx;
    streams *all = x->server->streams;
    pthread_mutex_lock(&all->lock);
    for (stream **at = &all->first; *at; at = &(*at)->next)
        if (*at == x) {
            *at = x->next;
            all->n--;
            break;
        }
    pthread_mutex_unlock(&all->lock);
    free(x);
}

struct MHD_Response *stream_open(server *s, struct MHD_Connection *connection) {
    streams *all = s->streams;
    stream *x = calloc(1, sizeof *x);
    if (!x) return NULL;
    x->server = s, x->connection = connection;
    memcpy(x->waiting, HELLO, x->n = sizeof HELLO - 1);
    pthread_mutex_lock(&all->lock);
    bool room = all->n < SERVER_STREAMS_MAX && !all->closing;
    struct MHD_Response *r = room ? MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, read_stream, x, end_stream) : NULL;
    if (r) {
        x->next = all->first;
        all->first = x;
        all->n++;
    }
    pthread_mutex_unlock(&all->lock);
    if (!r) free(x);
    return r;
}

static void wake(stream *x) {
    if (!x->asleep) return;
    x->asleep = false;
    MHD_resume_connection(x->connection);
}

void stream_publish(server *s, const char *event, const char *data) {
    streams *all = s->streams;
    casus_buf text = {0};
    if (event) casus_buf_addf(&text, "event: %s\ndata: %s\n\n", event, data);
    else casus_buf_adds(&text, ":\n\n");
    pthread_mutex_lock(&all->lock);
    for (stream *x = text.failed ? NULL : all->first; x; x = x->next) {
        if (text.n > BACKLOG) continue;
        if (x->n + text.n > BACKLOG) x->n = 0;
        memcpy(x->waiting + x->n, text.at, text.n);
        x->n += text.n;
        wake(x);
    }
    pthread_mutex_unlock(&all->lock);
    casus_buf_done(&text);
}

void streams_close(server *s) {
    streams *all = s->streams;
    if (!all) return;
    pthread_mutex_lock(&all->lock);
    all->closing = true;
    for (stream *x = all->first; x; x = x->next) wake(x);
    pthread_mutex_unlock(&all->lock);
}

casus_code streams_start(server *s, casus_error *err) {
    s->streams = calloc(1, sizeof *s->streams);
    if (!s->streams) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory starting the server");
    pthread_mutex_init(&s->streams->lock, NULL);
    return CASUS_OK;
}

void streams_stop(server *s) {
    if (!s->streams) return;
    pthread_mutex_destroy(&s->streams->lock);
    free(s->streams);
    s->streams = NULL;
}

/* Never called: http.c opens the stream itself, since it outlives the call. */
casus_code api_progress(call *c, casus_error *err) {
    (void)c;
    return casus_fail(err, CASUS_ERR_ARG, "a stream is asked for with GET");
}
