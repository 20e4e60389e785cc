#include "casus/base.h"

#include <string.h>

static void set_file(casus_error *err, const char *file) {
    size_t n = file ? strlen(file) : 0, room = sizeof err->file - 1;
    const char *tail = n > room ? file + (n - room) : file;
    if (n > room) n = room;
    if (n) memcpy(err->file, tail, n);
    err->file[n] = '\0';
}

static casus_code fail_v(casus_error *err, casus_code code, const char *file, int64_t line, int64_t byte,
                         const char *format, va_list args) {
    if (!err) return code;
    err->code = code;
    err->line = line;
    err->byte = byte;
    set_file(err, file);
    vsnprintf(err->message, sizeof err->message, format, args);
    return code;
}

casus_code casus_fail(casus_error *err, casus_code code, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fail_v(err, code, NULL, 0, -1, format, args);
    va_end(args);
    return code;
}

casus_code casus_fail_at(casus_error *err, casus_code code, const char *file, int64_t line, int64_t byte,
                         const char *format, ...) {
    va_list args;
    va_start(args, format);
    fail_v(err, code, file, line, byte, format, args);
    va_end(args);
    return code;
}

const char *casus_code_name(casus_code code) {
    static const char *const names[] = {"ok",      "out of memory",    "input/output error", "malformed input", "not UTF-8 text",
                                        "wrong version or damaged file", "over a limit", "wrong argument", "not found",
                                        "ledger error", "busy", "stopped"};
    return (size_t)code < sizeof names / sizeof *names ? names[code] : "unknown error";
}

char *casus_error_text(const casus_error *err, char *out, size_t size) {
    const char *file = err->file[0] ? err->file : "input";
    if (err->line > 0)
        snprintf(out, size, "%s:%lld: %s", file, (long long)err->line, err->message);
    else if (err->byte >= 0)
        snprintf(out, size, "%s: byte %lld: %s", file, (long long)err->byte, err->message);
    else if (err->file[0])
        snprintf(out, size, "%s: %s", file, err->message);
    else
        snprintf(out, size, "%s", err->message);
    return out;
}
