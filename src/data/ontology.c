/* Code schemes and countries: constant tables made at build time from knowledge/ontology and knowledge/countries.tsv.
 */
#include "casus/data.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "facts.inc"

#define ENTRIES(table)                                                                                                 \
    { table, sizeof(table) / sizeof *(table) }

static const struct {
    const casus_event_code *codes;
    size_t n;
} SCHEMES[CASUS_SCHEMES] = {{NULL, 0}, ENTRIES(CAMEO), ENTRIES(WEIS), ENTRIES(PLOVER), ENTRIES(UCDP), ENTRIES(ACLED)};

static const char *const NAMES[CASUS_SCHEMES] = {"", "cameo", "weis", "plover", "ucdp", "acled"};

const char *casus_scheme_name(casus_scheme scheme) { return (unsigned)scheme < CASUS_SCHEMES ? NAMES[scheme] : ""; }

casus_scheme casus_scheme_of(const char *name) {
    for (int i = 1; name && i < CASUS_SCHEMES; i++)
        if (strcasecmp(name, NAMES[i]) == 0) return (casus_scheme)i;
    return CASUS_SCHEME_NONE;
}

const casus_event_code *casus_event_code_find(casus_scheme scheme, casus_str code) {
    if ((unsigned)scheme >= CASUS_SCHEMES) return NULL;
    for (size_t i = 0; i < SCHEMES[scheme].n; i++)
        if (casus_str_is(code, SCHEMES[scheme].codes[i].code)) return &SCHEMES[scheme].codes[i];
    return NULL;
}

bool casus_country_system_of(const char *name, casus_country_system *system) {
    static const char *const SYSTEMS[] = {"iso3", "iso2", "numeric", "cowc", "cow", "gw", "fips", "cameo", "name"};
    for (int i = 0; i < 9; i++) {
        if (strcasecmp(name, SYSTEMS[i]) != 0) continue;
        *system = (casus_country_system)i;
        return true;
    }
    return false;
}

static bool same(casus_str text, const char *code) {
    return *code && strlen(code) == text.n && strncasecmp(text.at, code, text.n) == 0;
}

static bool has_name(casus_str text, const char *names) {
    casus_str rest = casus_str_of(names), name;
    while (casus_str_cut(&rest, ';', &name))
        if (name.n == text.n && strncasecmp(name.at, text.at, text.n) == 0) return true;
    return false;
}

/* A whole decimal number below a million; 0 for anything else. */
static int number_of(casus_str text) {
    int value = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (i == 6 || text.at[i] < '0' || text.at[i] > '9') return 0;
        value = value * 10 + (text.at[i] - '0');
    }
    return value;
}

static bool is_country(const casus_country *c, casus_country_system system, casus_str text, int number) {
    switch (system) {
    case CASUS_COUNTRY_ISO3: return same(text, c->iso3);
    case CASUS_COUNTRY_ISO2: return same(text, c->iso2);
    case CASUS_COUNTRY_NUMERIC: return number && number == c->numeric;
    case CASUS_COUNTRY_COWC: return same(text, c->cowc);
    case CASUS_COUNTRY_COW: return number && number == c->cow;
    case CASUS_COUNTRY_GW: return number && number == c->gw;
    case CASUS_COUNTRY_FIPS: return same(text, c->fips);
    case CASUS_COUNTRY_CAMEO: return same(text, c->cameo);
    case CASUS_COUNTRY_NAME: return has_name(text, c->names);
    case CASUS_COUNTRY_ANY: return same(text, c->iso3) || has_name(text, c->names);
    }
    return false;
}

/* Older codes and codes of parts, asked only when no country has the code itself. */
static bool was_country(const casus_country *c, casus_country_system system, casus_str text) {
    return (system == CASUS_COUNTRY_FIPS && has_name(text, c->other_fips)) || (system == CASUS_COUNTRY_CAMEO && has_name(text, c->other_cameo));
}

const casus_country *casus_country_find(casus_country_system system, casus_str text) {
    int number = number_of(text);
    enum { ALL = sizeof COUNTRIES / sizeof *COUNTRIES };
    for (size_t i = 0; text.n && i < ALL; i++)
        if (is_country(&COUNTRIES[i], system, text, number)) return &COUNTRIES[i];
    for (size_t i = 0; text.n && i < ALL; i++)
        if (was_country(&COUNTRIES[i], system, text)) return &COUNTRIES[i];
    return NULL;
}

const casus_country *casus_country_at(size_t index) { return index < sizeof COUNTRIES / sizeof *COUNTRIES ? &COUNTRIES[index] : NULL; }
