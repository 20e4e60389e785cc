/* casus serve: the ledger as a web page and an HTTP API. */
#include "casus_tool.h"

#include "server/serve.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL_PORT = 8017 };

typedef struct options {
    const char *port, *address, *token, *token_file;
    tool_list hosts;
    bool read_only;
} options;

/* The first line of a file: a token on the command line is seen by every user of the machine. */
static int read_token(tool *t, const char *path, const char **token) {
    casus_map map;
    casus_error err;
    if (casus_map_open(&map, path, &err)) return tool_fail(t, &err);
    const char *text = (const char *)map.at, *newline = map.n ? memchr(text, '\n', map.n) : NULL;
    *token = casus_arena_strndup(&t->arena, text, newline ? (size_t)(newline - text) : map.n);
    casus_map_close(&map);
    return TOOL_DONE;
}

/* Waits for the signal to stop, which all threads started later leave to us. */
static void wait_for_end(const sigset_t *signals) {
    int which = 0;
    while (sigwait(signals, &which) != 0) {}
}

/* A server lives long: what a large answer took goes back to the system, and threads share their spare memory. */
static void spare_memory(void) {
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 256 * 1024);
    mallopt(M_TRIM_THRESHOLD, 1024 * 1024);
    mallopt(M_ARENA_MAX, 2);
#endif
}

static int serve(tool *t, const server_options *o) {
    casus_error err;
    server *s = NULL;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    spare_memory();
    if (server_start(&s, o, &err)) return tool_fail(t, &err);
    printf("casus serve: %s (the ledger is %s; Ctrl-C stops)\n", server_url(s), o->db);
    fflush(stdout);
    wait_for_end(&signals);
    server_stop(s);
    return TOOL_DONE;
}

/* The port to listen at; -1 (said) when the words are none. */
static int64_t port_of(const tool *t, const char *text) {
    char *end;
    if (!text) return USUAL_PORT;
    long port = strtol(text, &end, 10);
    if (*text >= '0' && *text <= '9' && !*end && port <= 65535) return port;
    tool_usage(t, "--port takes a number from 0 to 65535, not \"%s\"", text);
    return -1;
}

static int run(tool *t, const void *given, char **args, int n) {
    const options *o = given;
    casus_error err;
    (void)args, (void)n;
    server_options s = {.db = t->db, .address = o->address, .port = port_of(t, o->port), .token = o->token, .knowledge = t->knowledge, .fast = t->fast,
                        .threads = t->threads > 0 ? (unsigned)t->threads : 0, .version = CASUS_VERSION, .read_only = o->read_only};
    if (s.port < 0) return TOOL_WRONG_USAGE;
    if (o->token_file && read_token(t, o->token_file, &s.token)) return TOOL_FAILED;
    const char **names = CASUS_NEW_ARRAY(&t->arena, const char *, o->hosts.n + 1);
    for (size_t i = 0; i < o->hosts.n; i++) names[i] = o->hosts.at[i];
    s.names = names;
    if (tool_data(t, &s.data, &err)) return tool_fail(t, &err);
    return serve(t, &s);
}

static const tool_option table[] = {
    {"port", 'p', TOOL_TEXT, "N", "where to listen; 0 takes any free port (8017)", offsetof(options, port)},
    {"address", 0, TOOL_TEXT, "ADDRESS", "numeric address to listen at (127.0.0.1); others than loopback need a token", offsetof(options, address)},
    {"token", 0, TOOL_TEXT, "TOKEN", "what callers must show, at least 16 characters", offsetof(options, token)},
    {"token-file", 0, TOOL_TEXT, "FILE", "the same, the first line of a file", offsetof(options, token_file)},
    {"host", 0, TOOL_LIST, "NAME", "a further name by which browsers may ask for it", offsetof(options, hosts)},
    {"read-only", 0, TOOL_FLAG, NULL, "never store what is posted", offsetof(options, read_only)},
    {0}};

const tool_command cmd_serve = {
    .name = "serve",
    .summary = "shows the ledger as a web page and answers over HTTP",
    .usage = "",
    .details = "Open the address it prints in a browser; the API is described at /api/openapi.json. It listens on this machine only unless --address says otherwise,\n"
               "and then asks for a token. `casus read` may write meanwhile: the page sees what was committed.",
    .options = table,
    .size = sizeof(options),
    .common = TOOL_DB | TOOL_DATA | TOOL_THREADS,
    .max_args = 0,
    .examples = "casus serve\ncasus serve --db news.db --port 8080\ncasus serve --address 0.0.0.0 --token-file token.txt --host ledger.example.org\n",
    .run = run,
};
