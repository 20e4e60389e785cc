/* casus_import_check on any bytes, then casus_import on the same, then every export of what came in; an event layout's own export can be read again.
 * The first byte chooses scheme and map. */
#include "casus/data.h"
#include "fuzz_file.h"

#include <string.h>

static void count(void *ctx, const casus_error *why, casus_str row) {
    (void)row;
    if (!why->message[0] || why->line < 0) abort();
    ++*(int64_t *)ctx;
}

static bool append(void *ctx, casus_str bytes) {
    casus_buf_add(ctx, bytes.at, bytes.n);
    return true;
}

static void export_all(casus_ledger *l, casus_buf *out, const casus_import_options *options, const casus_import_report *kept) {
    for (const char *const *f = casus_export_formats(); *f; f++) {
        casus_export_report r;
        casus_export_options eo = {.format = *f, .write = append, .ctx = out};
        casus_buf_clear(out);
        if (casus_export(l, &eo, &r, NULL) != CASUS_OK) abort();
        if (strcmp(*f, kept->format) != 0 || strcmp(*f, "csv") == 0 || !r.written) continue;
        casus_import_report again;
        casus_import_options same = *options;
        int64_t rejected = 0;
        same.format = *f, same.map = NULL, same.ctx = &rejected;
        char path[64];
        snprintf(path, sizeof path, "/tmp/casus-fuzz-back-%ld", (long)getpid());
        if (casus_file_write(path, out->at, out->n, NULL) != CASUS_OK) abort();
        casus_code code = casus_import_check(path, &same, &again, NULL);
        unlink(path);
        if (code != CASUS_OK || again.rows != r.written) abort();
    }
}

/* What is only checked is what is kept. */
static void import(const char *path, const casus_import_options *options, const casus_import_report *checked) {
    casus_ledger *l = NULL;
    casus_import_report kept;
    if (casus_ledger_open(&l, ":memory:", CASUS_LEDGER_CREATE, NULL) != CASUS_OK) abort();
    if (casus_import(l, path, options, &kept, NULL) != CASUS_OK) abort();
    if (kept.rows != checked->rows || kept.rejected != checked->rejected) abort();
    casus_buf out = {0};
    export_all(l, &out, options, &kept);
    casus_buf_done(&out);
    if (casus_import(l, path, options, &kept, NULL) != CASUS_OK || !kept.already) abort();
    casus_ledger_close(l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1) return 0;
    int64_t rejected = 0;
    casus_import_report report;
    casus_import_options options = {.rejected = count, .ctx = &rejected, .batch = 3};
    options.scheme = data[0] & 1 ? CASUS_WEIS : CASUS_SCHEME_NONE;
    if (data[0] & 2)
        options.map = "date=date,source=source,target=target,code=code,place=place,lat=lat,lon=lon,weight=n";
    const char *path = fuzz_file(data + 1, size - 1);
    bool read = casus_import_check(path, &options, &report, NULL) == CASUS_OK;
    if (read && rejected != report.rejected) abort();
    if (read) import(path, &options, &report);
    unlink(path);
    return 0;
}
