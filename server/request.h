/* A request's target taken apart: bytes from anybody become a path and parameters, or a reason why not. */
#ifndef SERVER_REQUEST_H
#define SERVER_REQUEST_H

#include "casus/base.h"

enum { REQUEST_TARGET_MAX = 8192, REQUEST_PARAMS_MAX = 32 };

typedef struct request_param {
    const char *name, *value;
} request_param;

/* All strings are decoded, valid UTF-8 without control characters, terminated, in the arena. */
typedef struct request {
    const char *path; /* "/api/events"; never with "." or ".." as a segment, never a backslash */
    request_param params[REQUEST_PARAMS_MAX];
    size_t n;
} request;

/* Takes "/path?name=value&…" apart. Errors: CASUS_ERR_LIMIT (too long, too many parameters), CASUS_ERR_ARG (no path; a percent sign without two
 * hex digits; not UTF-8; a control character; a dot segment; a parameter twice). Cost O(bytes). */
casus_code request_parse(casus_arena *arena, casus_str target, request *out, casus_error *err);

/* The value of a parameter; NULL when it is absent or empty. */
const char *request_get(const request *r, const char *name);
/* A whole number from `least` to `most`, `usual` when absent. CASUS_ERR_ARG says what would do. */
casus_code request_int(const request *r, const char *name, int64_t least, int64_t most, int64_t usual, int64_t *out, casus_error *err);
casus_code request_real(const request *r, const char *name, double least, double most, double usual, double *out, casus_error *err);
/* "true", "1", "false", "0". */
casus_code request_bool(const request *r, const char *name, bool usual, bool *out, casus_error *err);
/* An ISO year, month or day that exists; NULL when absent. */
casus_code request_date(const request *r, const char *name, const char **out, casus_error *err);
/* The index of one of `words` (ending in NULL); `usual` when absent. */
casus_code request_word(const request *r, const char *name, const char *const *words, int usual, int *out, casus_error *err);

#endif
