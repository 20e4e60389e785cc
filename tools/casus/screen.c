/* What reaches the person: errors, warnings, the progress bar, rejected input; and where the data folder is. */
#include "casus_tool.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void say(const tool *t, const char *format, va_list args) {
    fflush(stdout); /* in the order of events, where both go to one place */
    fprintf(stderr, "casus %s: ", t->command->name);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
}

int tool_fail(const tool *t, const casus_error *err) {
    char text[900];
    return tool_failf(t, "%s", casus_error_text(err, text, sizeof text));
}

int tool_failf(const tool *t, const char *format, ...) {
    va_list args;
    va_start(args, format);
    say(t, format, args);
    va_end(args);
    return TOOL_FAILED;
}

int tool_usage(const tool *t, const char *format, ...) {
    va_list args;
    va_start(args, format);
    say(t, format, args);
    va_end(args);
    fprintf(stderr, "usage: casus %s [options] %s\nSee: casus help %s\n", t->command->name, t->command->usage, t->command->name);
    return TOOL_WRONG_USAGE;
}

void tool_warn(const tool *t, const char *format, ...) {
    va_list args;
    va_start(args, format);
    say(t, format, args);
    va_end(args);
}

bool tool_write(const tool *t, const casus_buf *out) {
    if (!out->failed && fwrite(out->at, 1, out->n, stdout) == out->n) return true;
    if (out->failed)
        tool_failf(t, "out of memory while writing the output");
    else if (errno != EPIPE)
        tool_failf(t, "cannot write the output: %s", strerror(errno));
    return false;
}

/* ---- the data folder --------------------------------------------------------------------------------------- */

static bool is_folder(const char *path) {
    struct stat st;
    return path && stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The folder the program stands in, or NULL. */
static const char *program_folder(tool *t) {
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n <= 0) return NULL;
    path[n] = '\0';
    char *slash = strrchr(path, '/');
    return slash ? casus_arena_strndup(&t->arena, path, (size_t)(slash - path)) : NULL;
}

casus_code tool_data(tool *t, const char **folder, casus_error *err) {
    const char *given = t->data ? t->data : getenv("CASUS_DATA");
    if (given && !is_folder(given)) return casus_fail(err, CASUS_ERR_NOTFOUND, "the data folder %s does not exist", given);
    if (given) {
        *folder = given;
        return CASUS_OK;
    }
    const char *here = program_folder(t);
    const char *tries[] = {here ? casus_arena_printf(&t->arena, "%s/data", here) : NULL,
                           here ? casus_arena_printf(&t->arena, "%s/../share/casus", here) : NULL, CASUS_PREFIX "/share/casus"};
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++)
        if (is_folder(tries[i])) {
            *folder = tries[i];
            return CASUS_OK;
        }
    return casus_fail(err, CASUS_ERR_NOTFOUND,
                      "the data folder (model, knowledge, gazetteer) is in none of %s, %s, %s; give it with --data or $CASUS_DATA",
                      tries[0] ? tries[0] : "-", tries[1] ? tries[1] : "-", tries[2]);
}

/* ---- rejected input ---------------------------------------------------------------------------------------- */

void tool_warned(void *ctx, const casus_error *what) {
    tool *t = ctx;
    char text[900];
    tool_progress_done(t);
    tool_warn(t, "%s", casus_error_text(what, text, sizeof text));
}

void tool_reject(void *ctx, const casus_error *why, casus_str bytes) {
    tool *t = ctx;
    t->rejected++;
    tool_warned(t, why);
    if (!t->rejects) return;
    if (!t->rejects_file && !(t->rejects_file = fopen(t->rejects, "w"))) {
        tool_warn(t, "cannot write %s: %s; rejected input is only counted", t->rejects, strerror(errno));
        t->rejects = NULL;
        return;
    }
    casus_buf line = {0};
    casus_json j = casus_json_to(&line);
    casus_json_open(&j, NULL, '{');
    casus_json_text(&j, "file", why->file[0] ? why->file : NULL);
    if (why->line) casus_json_int(&j, "line", why->line);
    if (why->byte >= 0) casus_json_int(&j, "byte", why->byte);
    casus_json_text(&j, "why", why->message);
    casus_json_str(&j, "input", bytes);
    casus_json_close(&j, '}');
    casus_buf_adds(&line, "\n");
    fwrite(line.at, 1, line.n, t->rejects_file);
    casus_buf_done(&line);
}

int tool_finish(tool *t) {
    tool_progress_done(t);
    bool kept = t->rejects_file && fclose(t->rejects_file) == 0;
    t->rejects_file = NULL;
    if (!t->rejected) return TOOL_DONE;
    if (kept)
        tool_warn(t, "%zu rejected, written to %s", t->rejected, t->rejects);
    else
        tool_warn(t, "%zu rejected; --rejects FILE keeps them", t->rejected);
    return TOOL_REJECTED;
}

/* ---- progress ---------------------------------------------------------------------------------------------- */

static uint64_t now_ms(void) {
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

void tool_progress(tool *t, const char *what, uint64_t done, uint64_t total) {
    if (isatty(STDERR_FILENO) != 1) return;
    uint64_t now = now_ms();
    if (t->progress_at && now - t->progress_at < 100) return;
    t->progress_at = now;
    if (!total) {
        fprintf(stderr, "\r\033[K%s %llu", what, (unsigned long long)done);
        return;
    }
    char bar[31];
    size_t full = (size_t)(done >= total ? 30 : done * 30 / total);
    for (size_t i = 0; i < 30; i++) bar[i] = i < full ? '#' : '.';
    bar[30] = '\0';
    fprintf(stderr, "\r\033[K%s [%s] %3u%%", what, bar, (unsigned)(done >= total ? 100 : done * 100 / total));
}

void tool_progress_done(tool *t) {
    if (!t->progress_at) return;
    t->progress_at = 0;
    fputs("\r\033[K", stderr);
}
