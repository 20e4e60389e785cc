/* casus import: the field's event data into the ledger. */
#include "query.h"

#include "casus/data.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

typedef struct options {
    const char *format, *scheme, *map, *countries;
    int64_t batch;
} options;

typedef struct work {
    tool *t;
    const char *path;
    double began;
    casus_buf out;
} work;

static double now(void) {
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* "importing FILE, 2.1 million rows, 310000 rows/s, 12 s left" in front of the bar. */
static bool progress(void *ctx, uint64_t done, uint64_t total, uint64_t rows) {
    work *w = ctx;
    char what[160];
    double spent = now() - w->began,
           left = done && total ? spent * (double)(total - (done < total ? done : total)) / (double)done : 0;
    snprintf(what, sizeof what, "importing %.40s, %llu rows, %.0f rows/s, %.0f s left", w->path,
             (unsigned long long)rows, spent > 0 ? (double)rows / spent : 0, left);
    tool_progress(w->t, what, done, total);
    return true;
}

static void rejected(void *ctx, const casus_error *why, casus_str row) {
    work *w = ctx;
    tool_reject(w->t, why, row);
}

/* One sentence for people, one more for each thing to know. */
static void say(work *w, const casus_import_report *p, double seconds) {
    if (p->already) {
        printf("%s: imported before (%lld rows), nothing added\n", w->path, (long long)p->rows);
        return;
    }
    printf("%s: %s, %lld rows kept", w->path, p->format, (long long)p->rows);
    if (p->resumed) printf(" (%lld of them before)", (long long)p->resumed);
    if (p->rejected) printf(", %lld rejected", (long long)p->rejected);
    printf(", %.0f rows/s\n", seconds > 0 ? (double)(p->rows - p->resumed) / seconds : 0);
    if (p->unknown_codes)
        printf("  %lld rows have codes outside %s; they are kept as they are\n", (long long)p->unknown_codes,
               p->scheme);
    if (p->unknown_countries)
        printf("  %lld countries of actors and places are in no table; their text is kept\n",
               (long long)p->unknown_countries);
    if (p->recoded) printf("  %lld rows were no UTF-8 and were read as Latin-1\n", (long long)p->recoded);
    if (p->rated)
        printf("  quad class and scale agree with %s's table in %lld of %lld rows\n", p->scheme, (long long)p->agree,
               (long long)p->rated);
}

static bool import_one(work *w, casus_ledger *l, const casus_import_options *o, int *failed) {
    casus_import_report report;
    casus_error err;
    w->began = now();
    casus_code code = casus_import(l, w->path, o, &report, &err);
    tool_progress_done(w->t);
    if (code) {
        *failed = tool_fail(w->t, &err);
        return true;
    }
    if (!w->t->json) {
        say(w, &report, now() - w->began);
        return true;
    }
    casus_import_json(&w->out, w->path, &report);
    return tool_line(w->t, &w->out);
}

static int run(tool *t, const void *given, char **args, int n) {
    const options *o = given;
    work w = {.t = t};
    casus_ledger *l = NULL;
    int failed = TOOL_DONE;
    casus_import_options io = {.format = o->format,
                               .map = o->map,
                               .scheme = casus_scheme_of(o->scheme),
                               .batch = o->batch,
                               .threads = (unsigned)t->threads,
                               .rejected = rejected,
                               .progress = progress,
                               .ctx = &w};
    casus_country_system system;
    if (o->countries && !casus_country_system_of(o->countries, &system))
        return tool_usage(t, "--countries is iso3, iso2, numeric, cow, cowc, gw, fips, cameo or name, not \"%s\"", o->countries);
    if (o->countries) io.countries = &system;
    if (o->scheme && !io.scheme)
        return tool_usage(t, "--scheme is cameo, weis, plover, ucdp or acled, not \"%s\"", o->scheme);
    if (!tool_open(t, CASUS_LEDGER_CREATE, &l)) return TOOL_FAILED;
    for (int i = 0; i < n; i++) {
        w.path = args[i];
        if (!import_one(&w, l, &io, &failed)) break;
    }
    casus_buf_done(&w.out);
    casus_ledger_close(l);
    int rc = tool_finish(t);
    return failed ? failed : rc;
}

static const tool_option table[] = {
    {"format", 0, TOOL_TEXT, "FORMAT", "instead of recognising it by header or columns", offsetof(options, format)},
    {"scheme", 0, TOOL_TEXT, "SCHEME", "of the codes where the format does not say: cameo or weis",
     offsetof(options, scheme)},
    {"countries", 0, TOOL_TEXT, "SYSTEM",
     "of the countries where a file does not write them as its format does (csv: alpha-3 codes and names)", offsetof(options, countries)},
    {"map", 0, TOOL_TEXT, "MAP", "columns of a CSV file: date=COLUMN,source=COLUMN,target=COLUMN,code=COLUMN",
     offsetof(options, map)},
    {"batch", 0, TOOL_INT, "N", "rows a transaction (65536)", offsetof(options, batch)},
    {0}};

const tool_command cmd_import = {
    .name = "import",
    .summary = "reads the field's event data into the ledger",
    .usage = "FILE…",
    .details = "Formats: gdelt1, gdelt2, gdelt-mentions, icews, polecat, plover-json, phoenix, petrarch, keds (CSV or "
               "YYMMDD lines), ucdp, acled, and csv\n"
               "with a map; plain, gzip or a zip with one file; `-` is standard input. A map's keys are id, date, end, "
               "source, target, source-name,\n"
               "target-name, source-country, target-country, code, place, country, lat, lon, weight, deaths, deaths-low, "
               "deaths-high, source-sectors and target-sectors.\n"
               "The same bytes twice add nothing; an interrupted import goes on where it stopped. Rows that cannot be "
               "read go to --rejects. With --json\n"
               "the manifest record of each file is printed.",
    .options = table,
    .size = sizeof(options),
    .common = TOOL_DB | TOOL_JSON | TOOL_REJECTS | TOOL_THREADS,
    .min_args = 1,
    .max_args = -1,
    .examples = "casus import 20240101.export.CSV.zip\ncasus import --scheme weis gulf.csv\n"
                "casus import --map date=day,source=from,target=to,code=cameo --scheme cameo mine.csv\n",
    .run = run,
};
