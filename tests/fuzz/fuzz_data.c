/* casus_import_check on any bytes, then casus_import on the same. The first byte chooses scheme and map. */
#include "casus/data.h"
#include "fuzz_file.h"

static void count(void *ctx, const casus_error *why, casus_str row) {
    (void)row;
    if (!why->message[0] || why->line < 0) abort();
    ++*(int64_t *)ctx;
}

/* What is only checked is what is kept. */
static void import(const char *path, const casus_import_options *options, const casus_import_report *checked) {
    casus_ledger *l = NULL;
    casus_import_report kept;
    if (casus_ledger_open(&l, ":memory:", CASUS_LEDGER_CREATE, NULL) != CASUS_OK) abort();
    if (casus_import(l, path, options, &kept, NULL) != CASUS_OK) abort();
    if (kept.rows != checked->rows || kept.rejected != checked->rejected) abort();
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
