/* Inside the server: a call being answered, the answer, the shared state. */
#ifndef SERVER_SERVER_H
#define SERVER_SERVER_H

#include "guard.h"
#include "request.h"
#include "serve.h"

#include "casus/coder.h"
#include "casus/ledger.h"
#include "casus/lexicon.h"
#include "casus/panorama.h"

#include <pthread.h>
#include <stdatomic.h>

enum {
    SERVER_BODY_MAX = 1024 * 1024,  /* of a POST */
    SERVER_PATIENCE_MS = 2000,      /* for the queries of one call */
    SERVER_QUEUE_MAX = 1024,        /* calls waiting for a worker */
    SERVER_LANE_MAX = 16,           /* calls waiting in a lane of long things */
    SERVER_STREAMS_MAX = 64,        /* server-sent streams */
    SERVER_CONNECTIONS_MAX = 1024,
    SERVER_PAGE_MAX = 500           /* items of a page */
};

/* ---- a call ------------------------------------------------------------------------------------------------ */

/* What a handler fills. `body` is handed over to the HTTP library. */
typedef struct answer {
    int status;
    const char *type;         /* media type; static */
    casus_buf body;
    const char *header[2][2]; /* further headers: name, value (arena or static); NULL: none */
    int retry_after;          /* seconds; 0: not said */
} answer;

typedef struct call {
    struct server *server;
    casus_ledger *ledger;   /* this worker's */
    casus_arena *arena;     /* this call's, with its trap set */
    const request *request;
    const char *id;         /* what stands for {id} in the path; NULL: no such part */
    casus_str body;         /* of a POST */
    answer *answer;
    casus_json json;        /* writes into answer->body */
    struct picture *picture; /* held by call_panorama */
} call;

/* The panorama as it is now, held until the call is answered. CASUS_ERR_BUSY while the first one is loading. */
casus_code call_panorama(call *c, const casus_panorama **out, casus_error *err);
/* The rows that the call's parameters (actor, other, source, target, type, place, from, to, origin, disputed) select. */
casus_code call_select(call *c, bool ties, casus_selection *out, casus_error *err);
/* The same for a measure, which takes in what imports call a known actor, as the commands do. */
casus_code call_select_known(call *c, casus_selection *out, casus_error *err);
casus_code call_scale(const call *c, casus_scale *out, casus_error *err);
casus_code call_by(const call *c, casus_by usual, casus_by *out, casus_error *err);

/* Fills answer->body through c->json. An error becomes an answer by server_error. */
typedef casus_code handler(call *c, casus_error *err);

/* Who answers: any worker, or one of two that do one long thing at a time. */
typedef enum lane { LANE_ANY, LANE_FORECAST, LANE_READ, LANES } lane;

/* How long an answer holds: not at all; until somebody writes to the ledger; until the panorama is another one. */
typedef enum holding { HOLDS_NOT, HOLDS_UNTIL_WRITTEN, HOLDS_FOR_PICTURE } holding;

/* The route table. `params` are the names a call may have, blanks between. */
typedef struct route {
    const char *method, *path; /* "/api/documents/{id}": the rest of the path */
    handler *answer;
    const char *params;
    lane lane;
    holding holds;             /* an answer that holds is made once and sent to all who ask */
} route;
extern const route server_routes[];
extern const size_t server_routes_n;

/* The route for a method and path; NULL with *status 404 or 405. *id is set to what stands for {id}. */
const route *route_find(const char *method, const char *path, const char **id, int *status);
/* CASUS_ERR_ARG for a parameter that the route has not. */
casus_code route_check(const route *r, const request *q, casus_error *err);

/* ---- answers ----------------------------------------------------------------------------------------------- */

/* Replaces the body by an error record. */
void answer_error(answer *a, int status, const casus_error *err);
/* HTTP status of an error of the library. */
int answer_status(casus_code code);

/* JSON that casus_json has no word for: a text that is JSON already, null, a number or null when it is NaN or infinite. */
void out_raw(casus_json *j, const char *key, casus_str text);
void out_null(casus_json *j, const char *key);
void out_num(casus_json *j, const char *key, double v);
void out_day(casus_json *j, const char *key, int32_t day); /* nothing when undated */
/* A text unless it is empty. */
void out_text(casus_json *j, const char *key, const char *text);
/* "a; b" as an array; nothing when empty. */
void out_list(casus_json *j, const char *key, const char *list);

/* ---- what handlers share ------------------------------------------------------------------------------------ */

/* The page asked for: limit (to SERVER_PAGE_MAX) and where it begins. */
casus_code call_page(const call *c, int64_t usual, int64_t *limit, int64_t *after, casus_error *err);
/* Filter fields from the parameters of the same names (from, to: since, until). */
casus_code call_filter(const call *c, casus_filter *f, casus_error *err);
void call_next(call *c, bool more, int64_t after);

/* What a set of rows adds up to. */
typedef struct flow {
    double cooperation, conflict;
    uint32_t events, quad[5], disputed;
    int32_t first, last; /* days; only where events > 0 */
} flow;
void flow_add(flow *f, const casus_panorama_row *r, casus_scale scale);
void flow_out(casus_json *j, const flow *f); /* its fields, within an object */
/* An actor by id or name. */
casus_code call_actor(call *c, const char *name, uint32_t *out, casus_error *err);
void named_out(casus_json *j, const char *key, const casus_panorama_actor *a);
void dyad_out(casus_json *j, const casus_panorama *p, uint32_t source, uint32_t target, const flow *f);
/* Writes the record of an event of texts or imports. */
casus_code event_by_id(call *c, const char *id, casus_error *err);

/* ---- the page's files -------------------------------------------------------------------------------------- */

typedef struct pages pages;
/* Reads the folder's files (not hidden ones, no links) into memory once; an absent folder is no error. */
casus_code pages_open(pages **out, const char *folder, casus_error *err);
void pages_close(pages *p);
typedef struct page_file {
    const char *name, *type; /* "assets/index-1a2b.js" */
    char etag[36];           /* quoted */
    const char *bytes;
    size_t n;
    bool lasting;            /* its name changes with its content: may be kept for ever */
} page_file;
/* "/" is index.html; NULL when there is no such file. */
const page_file *pages_find(const pages *p, const char *path);
bool pages_built(const pages *p);

/* ---- the keeper -------------------------------------------------------------------------------------------- */

/* A panorama in use: freed when nobody holds it any more. */
typedef struct picture {
    casus_panorama *panorama;
    int64_t generation;
    unsigned holders; /* under the keeper's lock */
} picture;

typedef enum job_state { JOB_RUNNING, JOB_DONE, JOB_FAILED } job_state;
typedef struct job {
    int64_t id;
    char what[16], message[200];
    job_state state;
    uint64_t done, total;
} job;

/* One thread watches the ledger, loads the panorama anew when it changed, and tells the streams. */
casus_code keeper_start(struct server *s, casus_error *err);
void keeper_stop(struct server *s);
picture *keeper_hold(struct server *s); /* NULL: none yet */
void keeper_release(struct server *s, picture *p);
/* Why there is none; "" when it is loading. In `out`. */
void keeper_trouble(struct server *s, char out[200]);

/* Long work that people can watch: kept in a short list, told to the streams. */
int64_t job_begin(struct server *s, const char *what);
void job_progress(struct server *s, int64_t id, uint64_t done, uint64_t total);
void job_end(struct server *s, int64_t id, job_state state, const char *message);
void jobs_out(struct server *s, casus_json *j);
void job_out(casus_json *j, const char *key, const job *b);
bool job_get(struct server *s, int64_t id, job *out);

/* Server-sent events: what is published goes to every open stream. */
struct MHD_Connection;
struct MHD_Response;
struct MHD_Response *stream_open(struct server *s, struct MHD_Connection *connection); /* NULL: too many */
void stream_publish(struct server *s, const char *event, const char *data);
void streams_close(struct server *s); /* ends them; then the daemon, then streams_stop */
casus_code streams_start(struct server *s, casus_error *err);
void streams_stop(struct server *s);

/* ---- handlers ---------------------------------------------------------------------------------------------- */

handler api_status, api_documents, api_document, api_statements, api_statement, api_cite, api_search, api_claims, api_openapi,
    api_actors, api_actor, api_dyads, api_network, api_dyad, api_leverage, api_trends, api_claims_about,
    api_events, api_event, api_timeline, api_places, api_facets, api_progress, api_forecast, api_what_if, api_backtest,
    api_backtest_start, api_read;
void reader_stop(struct server *s);

/* ---- state ------------------------------------------------------------------------------------------------- */

struct server {
    server_options options;
    guard guard;
    pages *pages;
    casus_lexicon *lexicon;      /* what is known of actors; NULL: no data files */
    char url[96];
    struct exchanges *exchanges; /* http.c */
    atomic_llong generation;     /* counts panoramas */
    atomic_llong writes;         /* counts changes of the ledger seen: by the keeper within half a second, our own at once */
    atomic_llong file;           /* inode of the ledger: another file may take its name */
    int64_t started;             /* seconds; tells generations of one run from those of another */
    atomic_bool stopping;
    struct keeper *keeper;       /* keeper.c */
    struct streams *streams;     /* streams.c */
    struct oracle *oracle;       /* oracle.c */
    struct reader *reader;       /* api_read.c; of the reading lane's thread */
};

/* http.c: the daemon and its workers. */
casus_code http_start(server *s, casus_error *err);
void http_stop(server *s);

#endif
