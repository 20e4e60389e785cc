/* HTTP: libmicrohttpd reads and writes on one thread; calls wait in one queue for the workers, first come, first served, while their
 * connection is suspended. A connection's exchange is touched by the input thread until it is queued and after it is resumed, by one worker in between. */
#include "cache.h"
#include "server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { IDLE_SECONDS = 10, BODY_SECONDS = 30, DRAIN_MS = 5000, SEND_BUFFER = 256 * 1024, HANDLER_ARENA_MAX = 64 * 1024 * 1024, ARENA_KEPT = 4 * 1024 * 1024 };

/* ---- exchanges --------------------------------------------------------------------------------------------- */

/* A request on its way to an answer. */
typedef struct exchange {
    struct exchange *next; /* in the queue */
    struct MHD_Connection *connection;
    server *server;
    char *target;          /* as it came, before anybody decoded anything */
    casus_arena arena;     /* the request's strings */
    request request;
    const route *route;
    const char *id;
    casus_buf body;
    time_t begun;
    bool headed, answered;
    answer answer;
    int64_t generation;    /* when it was queued */
    bool counted;          /* among those to be sent before the server may stop */
    bool leads;            /* stands in the list of leaders: those who ask the same follow it */
    struct exchange *next_leader, *followers, *next_follower;
} exchange;

/* Calls waiting for the workers of a lane. */
typedef struct queue {
    pthread_cond_t come;
    exchange *first, *last;
    size_t waiting;
} queue;

typedef struct worker {
    server *server;
    queue *queue;
    pthread_t thread;
    casus_ledger *ledger;
    long long file; /* the ledger's inode when it was opened */
    casus_arena arena;
} worker;

enum { WORKERS_MAX = 8 };

typedef struct exchanges {
    struct MHD_Daemon *daemon;
    pthread_mutex_t lock;
    pthread_cond_t drained;
    queue queues[LANES];
    size_t waiting, working;
    bool closing;
    worker workers[WORKERS_MAX + LANES];
    unsigned n_workers;
    cache *cache;       /* these two are the input thread's */
    exchange *leaders;
    atomic_uint unsent;    /* requests taken on whose answers are not sent yet */
} exchanges;

static void *begin(void *ctx, const char *target, struct MHD_Connection *connection) {
    exchange *x = calloc(1, sizeof *x);
    if (!x) return NULL;
    size_t n = strlen(target) + 1;
    x->target = malloc(n);
    if (x->target) memcpy(x->target, target, n);
    x->server = ctx;
    x->connection = connection;
    x->begun = time(NULL);
    casus_arena_init(&x->arena);
    return x;
}

/* From now on the server does not stop before this is answered, or gone. */
static void count_in(exchange *x) {
    if (!x->counted) atomic_fetch_add(&x->server->exchanges->unsent, 1);
    x->counted = true;
}

/* A leader that is answered, or gone, lets its followers go on: they find its answer in the cache, or ask themselves. */
static void stop_leading(exchange *x) {
    if (!x->leads) return;
    for (exchange **at = &x->server->exchanges->leaders; *at; at = &(*at)->next_leader)
        if (*at == x) {
            *at = x->next_leader;
            break;
        }
    x->leads = false;
    for (exchange *f = x->followers, *next; f; f = next) {
        next = f->next_follower;
        f->next_follower = NULL;
        MHD_resume_connection(f->connection);
    }
    x->followers = NULL;
}

static void end(void *ctx, struct MHD_Connection *connection, void **held, enum MHD_RequestTerminationCode why) {
    exchange *x = *held;
    (void)ctx, (void)connection, (void)why;
    *held = NULL;
    if (!x) return;
    stop_leading(x);
    if (x->counted) atomic_fetch_sub(&x->server->exchanges->unsent, 1);
    casus_buf_done(&x->body);
    casus_buf_done(&x->answer.body);
    casus_arena_done(&x->arena);
    free(x->target);
    free(x);
}

/* ---- answering --------------------------------------------------------------------------------------------- */

static const char *const SAFE[][2] = {
    {"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
                                " connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"}};

static void make_safe(struct MHD_Response *r) {
    for (size_t i = 0; i < sizeof SAFE / sizeof *SAFE; i++) MHD_add_response_header(r, SAFE[i][0], SAFE[i][1]);
}

static enum MHD_Result send_response(struct MHD_Connection *connection, int status, struct MHD_Response *r) {
    if (!r) return MHD_NO;
    make_safe(r);
    enum MHD_Result sent = MHD_queue_response(connection, (unsigned)status, r);
    MHD_destroy_response(r);
    return sent;
}

/* The tag of an answer that holds. */
static const char *tag_of(const exchange *x, char out[56]) {
    snprintf(out, 56, "\"%llx%c%llx\"", (unsigned long long)x->server->started, x->route->holds == HOLDS_FOR_PICTURE ? 'p' : 'w', (unsigned long long)x->generation);
    return out;
}

static struct MHD_Response *response_of(exchange *x) {
    answer *a = &x->answer;
    char number[16], tag[56];
    bool lasting = x->route && x->route->holds && a->status == 200;
    struct MHD_Response *r = a->body.failed ? NULL : MHD_create_response_from_buffer(a->body.n, a->body.at, MHD_RESPMEM_MUST_FREE);
    if (!r) return NULL;
    a->body = (casus_buf){0};
    MHD_add_response_header(r, "Content-Type", a->type ? a->type : "application/json");
    MHD_add_response_header(r, "Cache-Control", lasting ? "private, no-cache" : "no-store");
    if (lasting) MHD_add_response_header(r, "ETag", tag_of(x, tag));
    for (size_t i = 0; i < 2 && a->header[i][0]; i++) MHD_add_response_header(r, a->header[i][0], a->header[i][1]);
    snprintf(number, sizeof number, "%d", a->retry_after);
    if (a->retry_after) MHD_add_response_header(r, "Retry-After", number);
    make_safe(r);
    return r;
}

static enum MHD_Result send_answer(exchange *x) {
    size_t bytes = x->answer.body.n;
    struct MHD_Response *r = response_of(x);
    bool lasting = r && x->route && x->route->holds && x->answer.status == 200;
    bool kept = lasting && cache_put(x->server->exchanges->cache, x->target, x->generation, r, bytes);
    stop_leading(x);
    enum MHD_Result sent = r ? MHD_queue_response(x->connection, (unsigned)x->answer.status, r) : MHD_NO;
    if (r && !kept) MHD_destroy_response(r);
    return sent;
}

static enum MHD_Result refuse(exchange *x, int status, const casus_error *why) {
    answer_error(&x->answer, status, why);
    x->answered = true;
    return send_answer(x);
}

static enum MHD_Result refuse_because(exchange *x, int status, const char *words) {
    casus_error why;
    casus_fail(&why, CASUS_ERR_ARG, "%s", words);
    return refuse(x, status, &why);
}

/* ---- workers ----------------------------------------------------------------------------------------------- */

static casus_code run_call(call *c, const route *r, casus_error *err) {
    jmp_buf trap;
    CASUS_ARENA_TRY(c->arena, &trap, return casus_fail(err, CASUS_ERR_NOMEM, "out of memory for this answer; ask for less"));
    casus_code code = r->answer(c, err);
    casus_arena_untrap(c->arena);
    return code;
}

static casus_code run_handler(worker *w, exchange *x, casus_error *err) {
    call c = {.server = w->server, .ledger = w->ledger, .arena = &w->arena, .request = &x->request, .id = x->id,
              .body = {x->body.at, x->body.n}, .answer = &x->answer, .json = casus_json_to(&x->answer.body)};
    x->answer.status = 200;
    casus_code code = run_call(&c, x->route, err);
    keeper_release(w->server, c.picture);
    if (!code && x->answer.body.failed) code = casus_fail(err, CASUS_ERR_NOMEM, "out of memory for this answer; ask for less");
    return code;
}

static void answer_exchange(worker *w, exchange *x) {
    casus_error err = {0};
    casus_code code = CASUS_OK;
    long long file = atomic_load(&w->server->file);
    if (w->file != file) {
        casus_ledger_close(w->ledger);
        w->ledger = NULL;
        w->file = file;
    }
    if (!w->ledger) code = casus_ledger_open(&w->ledger, w->server->options.db, CASUS_LEDGER_READ, &err);
    if (!code) {
        casus_ledger_patience(w->ledger, SERVER_PATIENCE_MS);
        code = run_handler(w, x, &err);
        casus_ledger_patience(w->ledger, 0);
    }
    if (code) answer_error(&x->answer, answer_status(code), &err);
    if (code == CASUS_ERR_DB || code == CASUS_ERR_FORMAT) { /* the file may be another one now */
        casus_ledger_close(w->ledger);
        w->ledger = NULL;
    }
    if (w->arena.used > ARENA_KEPT) casus_arena_done(&w->arena), w->arena.limit = HANDLER_ARENA_MAX;
    else casus_arena_reset(&w->arena);
}

static exchange *take(exchanges *e, queue *q) {
    pthread_mutex_lock(&e->lock);
    while (!q->first && !e->closing) pthread_cond_wait(&q->come, &e->lock);
    exchange *x = q->first;
    if (x) {
        q->first = x->next;
        if (!q->first) q->last = NULL;
        q->waiting--;
        e->waiting--, e->working++;
    }
    pthread_mutex_unlock(&e->lock);
    return x;
}

static void done(exchanges *e, exchange *x) {
    x->answered = true;
    MHD_resume_connection(x->connection);
    pthread_mutex_lock(&e->lock);
    e->working--;
    if (!e->waiting && !e->working) pthread_cond_broadcast(&e->drained);
    pthread_mutex_unlock(&e->lock);
}

static void *work(void *ctx) {
    worker *w = ctx;
    exchange *x;
    while ((x = take(w->server->exchanges, w->queue))) {
        answer_exchange(w, x);
        done(w->server->exchanges, x);
    }
    return NULL;
}

/* Hands the exchange to the workers of its lane; false when too many wait already. */
static bool enqueue(exchanges *e, exchange *x) {
    queue *q = &e->queues[x->route->lane];
    pthread_mutex_lock(&e->lock);
    bool room = q->waiting < (x->route->lane == LANE_ANY ? SERVER_QUEUE_MAX : SERVER_LANE_MAX) && !e->closing;
    if (room) {
        count_in(x);
        MHD_suspend_connection(x->connection);
        x->next = NULL;
        *(q->last ? &q->last->next : &q->first) = x;
        q->last = x;
        q->waiting++, e->waiting++;
        pthread_cond_signal(&q->come);
    }
    pthread_mutex_unlock(&e->lock);
    return room;
}

/* ---- the page ---------------------------------------------------------------------------------------------- */

static const char NOT_BUILT[] =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>casus</title><h1>casus serve</h1>"
    "<p>The page is not built. Run <code>make web</code> in the source folder (it needs npm once) and start <code>casus serve</code> again."
    "<p>The API works without it: <a href=\"/api/status\">/api/status</a>, described in <a href=\"/api/openapi.json\">/api/openapi.json</a>.";

static const char *header(exchange *x, const char *name) { return MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name); }

static enum MHD_Result send_bytes(exchange *x, int status, const char *bytes, size_t n, const char *type, const char *caching, const char *etag) {
    union {
        const char *in;
        void *out;
    } constant = {bytes}; /* the library copies nothing and changes nothing */
    struct MHD_Response *r = MHD_create_response_from_buffer(n, constant.out, MHD_RESPMEM_PERSISTENT);
    if (!r) return MHD_NO;
    if (type) MHD_add_response_header(r, "Content-Type", type);
    if (caching) MHD_add_response_header(r, "Cache-Control", caching);
    if (etag) MHD_add_response_header(r, "ETag", etag);
    x->answered = true;
    return send_response(x->connection, status, r);
}

/* "/?token=T" keeps the token in a cookie that scripts cannot read and other sites cannot send, and drops it from the address. */
static enum MHD_Result take_token(exchange *x, const char *token) {
    char cookie[600];
    if (!guard_is_token(&x->server->guard, casus_str_of(token))) return refuse_because(x, 401, "that is not the token this server was started with");
    if (strlen(token) > 400 || strpbrk(token, ";, \"")) return refuse_because(x, 400, "a token with blanks, quotes, commas or semicolons fits no cookie");
    struct MHD_Response *r = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    if (!r) return MHD_NO;
    snprintf(cookie, sizeof cookie, "casus_token=%s; Path=/; HttpOnly; SameSite=Strict", token);
    MHD_add_response_header(r, "Set-Cookie", cookie);
    MHD_add_response_header(r, "Location", "/");
    MHD_add_response_header(r, "Cache-Control", "no-store");
    x->answered = true;
    return send_response(x->connection, 303, r);
}

static enum MHD_Result send_page(exchange *x) {
    const server *s = x->server;
    const char *token = request_get(&x->request, "token");
    if (token && s->guard.token && strcmp(x->request.path, "/") == 0) return take_token(x, token);
    const page_file *f = pages_find(s->pages, x->request.path);
    if (!f && strcmp(x->request.path, "/") == 0)
        return send_bytes(x, 200, NOT_BUILT, sizeof NOT_BUILT - 1, "text/html; charset=utf-8", "no-store", NULL);
    if (!f) return refuse_because(x, 404, "there is no such page; the API is described in /api/openapi.json");
    const char *known = header(x, "If-None-Match"), *caching = f->lasting ? "public, max-age=31536000, immutable" : "no-cache";
    if (known && strstr(known, f->etag)) return send_bytes(x, 304, NULL, 0, NULL, caching, f->etag);
    return send_bytes(x, 200, f->bytes, f->n, f->type, caching, f->etag);
}

/* ---- streams ----------------------------------------------------------------------------------------------- */

static enum MHD_Result send_stream(exchange *x) {
    struct MHD_Response *r = stream_open(x->server, x->connection);
    if (!r) return refuse_because(x, 429, "too many streams are open already");
    MHD_add_response_header(r, "Content-Type", "text/event-stream");
    MHD_add_response_header(r, "Cache-Control", "no-store");
    MHD_add_response_header(r, "X-Accel-Buffering", "no");
    x->answered = true;
    return send_response(x->connection, 200, r);
}

/* ---- reading a request -------------------------------------------------------------------------------------- */

static int parse_target(exchange *x, casus_error *err) {
    jmp_buf trap;
    CASUS_ARENA_TRY(&x->arena, &trap, {
        casus_fail(err, CASUS_ERR_NOMEM, "out of memory");
        return 500;
    });
    casus_code code = request_parse(&x->arena, casus_str_of(x->target), &x->request, err);
    casus_arena_untrap(&x->arena);
    return !code ? 0 : code == CASUS_ERR_LIMIT ? 414 : 400;
}

static bool is_api(const char *path) { return strncmp(path, "/api/", 5) == 0 || strcmp(path, "/api") == 0; }

/* Everything that can be said against a request before its body is read; 0 when nothing can. */
static int check_head(exchange *x, const char *method, casus_error *err) {
    bool get = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0, post = strcmp(method, "POST") == 0;
    int status = x->target ? parse_target(x, err) : 500;
    if (!x->target) casus_fail(err, CASUS_ERR_NOMEM, "out of memory");
    if (status) return status;
    guard_head h = {.host = header(x, "Host"), .origin = header(x, "Origin"), .site = header(x, "Sec-Fetch-Site"), .cookie = header(x, "Cookie"),
                    .authorization = header(x, "Authorization"), .content_type = header(x, "Content-Type"), .api = is_api(x->request.path), .post = post};
    if ((status = guard_check(&x->server->guard, &h, err))) return status;
    if (!get && !post) casus_fail(err, CASUS_ERR_ARG, "only GET, HEAD and POST are answered");
    if (!get && !post) return 405;
    if (!h.api && post) casus_fail(err, CASUS_ERR_ARG, "the page's files can only be read");
    if (!h.api) return post ? 405 : 0;
    x->route = route_find(post ? "POST" : "GET", x->request.path, &x->id, &status);
    if (!x->route)
        casus_fail(err, CASUS_ERR_NOTFOUND, status == 405 ? "this address is not asked with %s" : "there is no such address for %s; see /api/openapi.json", method);
    if (!x->route) return status;
    return route_check(x->route, &x->request, err) ? 400 : 0;
}

static bool body_too_large(exchange *x) {
    const char *length = header(x, "Content-Length");
    return length && (strlen(length) > 9 || atol(length) > SERVER_BODY_MAX);
}

static enum MHD_Result read_head(exchange *x, const char *method) {
    casus_error why = {0};
    int status = check_head(x, method, &why);
    x->headed = true;
    if (status) return refuse(x, status, &why);
    if (body_too_large(x)) return refuse_because(x, 413, "the body is larger than 1 MiB; give it in parts");
    return MHD_YES;
}

/* A body that grows too large or comes too slowly is cut off. */
static enum MHD_Result read_body(exchange *x, const char *bytes, size_t *n) {
    if (x->body.n + *n > SERVER_BODY_MAX || time(NULL) - x->begun > BODY_SECONDS) return MHD_NO;
    casus_buf_add(&x->body, bytes, *n);
    *n = 0;
    return x->body.failed ? MHD_NO : MHD_YES;
}

/* ---- asked before ------------------------------------------------------------------------------------------ */

/* An answer that holds still is sent again; who asks what is being answered waits for that answer. True: *out is what to return. */
static bool asked_before(exchange *x, enum MHD_Result *out) {
    exchanges *e = x->server->exchanges;
    char tag[56];
    const char *known = header(x, "If-None-Match");
    x->generation = atomic_load(x->route->holds == HOLDS_FOR_PICTURE ? &x->server->generation : &x->server->writes);
    if (known && strcmp(known, tag_of(x, tag)) == 0) {
        *out = send_bytes(x, 304, NULL, 0, NULL, "private, no-cache", tag);
        return true;
    }
    struct MHD_Response *r = cache_get(e->cache, x->target, x->generation);
    if (r) {
        x->answered = true;
        *out = MHD_queue_response(x->connection, 200, r);
        return true;
    }
    for (exchange *lead = e->leaders; lead; lead = lead->next_leader) {
        if (lead->generation != x->generation || strcmp(lead->target, x->target) != 0) continue;
        x->next_follower = lead->followers;
        lead->followers = x;
        count_in(x);
        MHD_suspend_connection(x->connection);
        *out = MHD_YES;
        return true;
    }
    return false;
}

static void lead(exchange *x) {
    x->leads = true;
    x->next_leader = x->server->exchanges->leaders;
    x->server->exchanges->leaders = x;
}

/* What is loaded and what is at work needs no query, so that a page may ask for it often: answered where it stands. */
static bool answered_at_once(exchange *x, enum MHD_Result *out) {
    casus_error none;
    call c = {.server = x->server, .arena = &x->arena, .request = &x->request, .answer = &x->answer, .json = casus_json_to(&x->answer.body)};
    if (x->route->answer != api_status || !(c.picture = keeper_hold(x->server))) return false;
    x->answer.status = 200;
    api_status(&c, &none);
    keeper_release(x->server, c.picture);
    x->answered = true;
    *out = send_answer(x);
    return true;
}

static enum MHD_Result queue_call(exchange *x) {
    enum MHD_Result sent = MHD_YES;
    if (answered_at_once(x, &sent)) return sent;
    if (x->route->holds && asked_before(x, &sent)) return sent;
    if (x->route->holds) lead(x);
    if (enqueue(x->server->exchanges, x)) return MHD_YES;
    return refuse_because(x, 503, "too many requests are waiting; try again in a second");
}

static enum MHD_Result handle(void *ctx, struct MHD_Connection *connection, const char *url, const char *method, const char *version, const char *bytes,
                              size_t *n, void **held) {
    exchange *x = *held;
    (void)ctx, (void)connection, (void)url, (void)version;
    if (!x) return MHD_NO;
    if (!x->headed) return read_head(x, method);
    if (*n) return read_body(x, bytes, n);
    if (x->answered) return send_answer(x);
    if (!x->route) return send_page(x);
    if (x->route->answer == api_progress) return send_stream(x);
    return queue_call(x);
}

/* A large answer goes out at one go: with small buffers it would wait for its turn among all connections again and again. */
static void greet(void *ctx, struct MHD_Connection *connection, void **held, enum MHD_ConnectionNotificationCode what) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    int bytes = SEND_BUFFER;
    (void)ctx, (void)held;
    if (what == MHD_CONNECTION_NOTIFY_STARTED && info) setsockopt(info->connect_fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
}

/* ---- the daemon -------------------------------------------------------------------------------------------- */

/* Where to listen; false when the address is none. */
static bool socket_address(const server_options *o, struct sockaddr_storage *out) {
    const char *address = !o->address || strcmp(o->address, "localhost") == 0 ? "127.0.0.1" : o->address;
    struct sockaddr_in *four = (struct sockaddr_in *)out;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)out;
    memset(out, 0, sizeof *out);
    if (inet_pton(AF_INET, address, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons((uint16_t)o->port);
        return true;
    }
    six->sin6_family = AF_INET6;
    six->sin6_port = htons((uint16_t)o->port);
    return inet_pton(AF_INET6, address, &six->sin6_addr) == 1;
}

static casus_code listen_there(server *s, casus_error *err) {
    struct sockaddr_storage where;
    exchanges *e = s->exchanges;
    const char *address = s->options.address ? s->options.address : "127.0.0.1";
    if (!socket_address(&s->options, &where)) return casus_fail(err, CASUS_ERR_ARG, "\"%s\" is no numeric address to listen at, such as 127.0.0.1 or ::1", address);
    bool six = where.ss_family == AF_INET6;
    /* poll, not epoll: libmicrohttpd 0.9.75 waits a second time when epoll gives it 128 events at once, though all of them are ready */
    unsigned flags = (unsigned)MHD_USE_POLL_INTERNAL_THREAD | (unsigned)MHD_ALLOW_SUSPEND_RESUME | (unsigned)MHD_USE_ITC | (six ? (unsigned)MHD_USE_IPv6 : 0u);
    errno = 0;
    e->daemon = MHD_start_daemon(flags, (uint16_t)s->options.port, NULL, NULL, handle, s, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&where,
                                 MHD_OPTION_URI_LOG_CALLBACK, begin, s, MHD_OPTION_NOTIFY_COMPLETED, end, s, MHD_OPTION_NOTIFY_CONNECTION, greet, s, MHD_OPTION_CONNECTION_TIMEOUT,
                                 (unsigned)IDLE_SECONDS, MHD_OPTION_CONNECTION_LIMIT, (unsigned)SERVER_CONNECTIONS_MAX,
                                 MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)32768, MHD_OPTION_END);
    if (!e->daemon)
        return casus_fail(err, CASUS_ERR_IO, "cannot listen at %s port %lld: %s", address, (long long)s->options.port, errno ? strerror(errno) : "out of memory");
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(e->daemon, MHD_DAEMON_INFO_BIND_PORT);
    snprintf(s->url, sizeof s->url, six ? "http://[%s]:%u" : "http://%s:%u", address, info ? info->port : 0u);
    return CASUS_OK;
}

static bool hire_one(server *s, lane which) {
    exchanges *e = s->exchanges;
    worker *w = &e->workers[e->n_workers];
    *w = (worker){.server = s, .queue = &e->queues[which]};
    casus_arena_init(&w->arena);
    w->arena.limit = HANDLER_ARENA_MAX;
    if (pthread_create(&w->thread, NULL, work, w) != 0) return false;
    e->n_workers++;
    return true;
}

static casus_code hire(server *s, casus_error *err) {
    unsigned n = s->options.threads ? s->options.threads : casus_cpu_count();
    bool hired = hire_one(s, LANE_FORECAST) && hire_one(s, LANE_READ);
    n = n < 2 ? 2 : n > WORKERS_MAX ? WORKERS_MAX : n;
    for (unsigned i = 0; i < n && hired; i++) hired = hire_one(s, LANE_ANY);
    return hired ? CASUS_OK : casus_fail(err, CASUS_ERR_NOMEM, "not enough threads can be started");
}

casus_code http_start(server *s, casus_error *err) {
    exchanges *e = calloc(1, sizeof *e);
    if (!e) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory starting the server");
    s->exchanges = e;
    e->cache = cache_new();
    pthread_mutex_init(&e->lock, NULL);
    pthread_cond_init(&e->drained, NULL);
    for (int i = 0; i < LANES; i++) pthread_cond_init(&e->queues[i].come, NULL);
    casus_code code = e->cache ? hire(s, err) : casus_fail(err, CASUS_ERR_NOMEM, "out of memory starting the server");
    return code ? code : listen_there(s, err);
}

/* Waits until nobody waits or works, but not for ever. */
static void drain(exchanges *e) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += DRAIN_MS / 1000;
    pthread_mutex_lock(&e->lock);
    while ((e->waiting || e->working) && pthread_cond_timedwait(&e->drained, &e->lock, &until) == 0) {}
    e->closing = true;
    for (int i = 0; i < LANES; i++) pthread_cond_broadcast(&e->queues[i].come);
    pthread_mutex_unlock(&e->lock);
}

/* All answers are made; the input thread still has to send them, and to wake those who follow others. */
static void wait_until_sent(exchanges *e) {
    struct timespec pause = {.tv_nsec = 1000000};
    for (int i = 0; i < DRAIN_MS && atomic_load(&e->unsent); i++) nanosleep(&pause, NULL);
}

void http_stop(server *s) {
    exchanges *e = s->exchanges;
    if (!e) return;
    MHD_socket listening = e->daemon ? MHD_quiesce_daemon(e->daemon) : MHD_INVALID_SOCKET;
    drain(e);
    streams_close(s);
    for (unsigned i = 0; i < e->n_workers; i++) {
        pthread_join(e->workers[i].thread, NULL);
        casus_ledger_close(e->workers[i].ledger);
        casus_arena_done(&e->workers[i].arena);
    }
    wait_until_sent(e);
    if (e->daemon) MHD_stop_daemon(e->daemon);
    if (listening != MHD_INVALID_SOCKET) close(listening); /* ours since it was quiesced, and not before the daemon is gone */
    for (int i = 0; i < LANES; i++) pthread_cond_destroy(&e->queues[i].come);
    cache_free(e->cache);
    pthread_cond_destroy(&e->drained);
    pthread_mutex_destroy(&e->lock);
    free(e);
    s->exchanges = NULL;
}
