/* The page's files, read once at the start: what is served is what was built, and no path from outside ever reaches the file system. */
#include "server.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_FILES = 512, MOST_DEPTH = 4 };
static const size_t MOST_BYTES = (size_t)64 << 20;

struct pages {
    casus_arena arena;
    page_file *files;
    size_t n, cap, bytes;
    DIR *dirs[MOST_DEPTH + 2]; /* open while the folders are walked: the arena may jump away */
    casus_map map;
};

static const char *type_of(const char *name) {
    static const char *const TYPES[][2] = {
        {".html", "text/html; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"}, {".mjs", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},   {".json", "application/json"},              {".svg", "image/svg+xml"},
        {".png", "image/png"},                 {".ico", "image/x-icon"},                   {".woff2", "font/woff2"},
        {".txt", "text/plain; charset=utf-8"}, {".webmanifest", "application/manifest+json"}, {".map", "application/json"}};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof TYPES / sizeof *TYPES; i++)
        if (strcmp(TYPES[i][0], dot) == 0) return TYPES[i][1];
    return "application/octet-stream";
}

static casus_code add_file(pages *p, const char *path, const char *name, casus_error *err) {
    char hash[65];
    casus_code code = casus_map_open(&p->map, path, err);
    if (code) return code;
    casus_map map = p->map;
    p->bytes += map.n;
    if (p->n >= MOST_FILES || p->bytes > MOST_BYTES)
        return casus_fail(err, CASUS_ERR_LIMIT, "the page's folder has more than %d files or %zu bytes", MOST_FILES, MOST_BYTES);
    page_file *f = CASUS_PUSH(&p->arena, p->files, p->n, p->cap);
    *f = (page_file){.name = casus_arena_strndup(&p->arena, name, strlen(name)), .type = type_of(name), .n = map.n,
                     .bytes = casus_arena_strndup(&p->arena, (const char *)map.at, map.n), .lasting = strncmp(name, "assets/", 7) == 0};
    casus_sha256_hex(map.at, map.n, hash);
    snprintf(f->etag, sizeof f->etag, "\"%.32s\"", hash);
    casus_map_close(&p->map);
    p->map = (casus_map){0};
    return CASUS_OK;
}

static casus_code add_folder(pages *p, const char *folder, const char *prefix, int depth, casus_error *err) {
    DIR *dir = p->dirs[depth] = opendir(folder);
    struct dirent *e;
    struct stat st;
    casus_code code = CASUS_OK;
    if (!dir) return errno == ENOENT ? CASUS_OK : casus_fail_at(err, CASUS_ERR_IO, folder, 0, -1, "cannot open: %s", strerror(errno));
    while (!code && (e = readdir(dir))) {
        if (e->d_name[0] == '.') continue;
        char path[4096], name[1024];
        int a = snprintf(path, sizeof path, "%s/%s", folder, e->d_name), b = snprintf(name, sizeof name, "%s%s", prefix, e->d_name);
        if (a >= (int)sizeof path || b >= (int)sizeof name - 1 || lstat(path, &st) != 0) continue;
        if (S_ISREG(st.st_mode)) code = add_file(p, path, name, err);
        else if (S_ISDIR(st.st_mode) && depth < MOST_DEPTH) code = add_folder(p, path, strcat(name, "/"), depth + 1, err);
    }
    p->dirs[depth] = NULL;
    closedir(dir);
    return code;
}

static void close_all(pages *p) {
    for (size_t i = 0; i < sizeof p->dirs / sizeof *p->dirs; i++) {
        if (p->dirs[i]) closedir(p->dirs[i]);
        p->dirs[i] = NULL;
    }
    casus_map_close(&p->map);
    p->map = (casus_map){0};
}

static casus_code read_all(pages *p, const char *folder, casus_error *err) {
    jmp_buf trap;
    CASUS_ARENA_TRY(&p->arena, &trap, return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading the page's files"));
    casus_code code = add_folder(p, folder, "", 0, err);
    casus_arena_untrap(&p->arena);
    return code;
}

casus_code pages_open(pages **out, const char *folder, casus_error *err) {
    pages *p = calloc(1, sizeof *p);
    if (!p) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory reading the page's files");
    casus_arena_init(&p->arena);
    casus_code code = folder ? read_all(p, folder, err) : CASUS_OK;
    if (code) pages_close(p);
    else *out = p;
    return code;
}

void pages_close(pages *p) {
    if (!p) return;
    close_all(p);
    casus_arena_done(&p->arena);
    free(p);
}

const page_file *pages_find(const pages *p, const char *path) {
    const char *name = strcmp(path, "/") == 0 ? "index.html" : path + 1;
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->files[i].name, name) == 0) return &p->files[i];
    return NULL;
}

bool pages_built(const pages *p) { return pages_find(p, "/") != NULL; }
