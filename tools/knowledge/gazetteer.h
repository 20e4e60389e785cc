/* The making of the gazetteer: gazetteer_read.c reads what others publish and our own knowledge into a draft,
 * gazetteer.c writes the draft as the mapped file that src/lexicon/gazetteer_format.h describes. */
#ifndef TOOLS_GAZETTEER_H
#define TOOLS_GAZETTEER_H

#include "lexicon/gazetteer_format.h"

/* A name of a place; several names may lead to one place and one name to several. */
typedef struct gaz_name {
    uint64_t key;   /* folded */
    uint32_t cased; /* high half of the key with capitals */
    uint32_t place;
    uint32_t next; /* 1 + index of another place's name with the same key, kind and country; 0: none */
} gaz_name;

typedef struct gaz_sum {
    double lat, lon;
    uint32_t n;
} gaz_sum;

/* All memory from the arena, whose trap is set. */
typedef struct gaz_draft {
    casus_arena *arena;
    casus_buf strings;
    gaz_place *places;
    gaz_sum *sums; /* beside places: the cities in a division */
    gaz_name *names;
    gaz_country *countries;
    size_t n_places, cap_places, cap_sums, n_sums, n_names, cap_names, n_countries, cap_countries;
    casus_table string_at;   /* hash of a string -> offset */
    casus_table country_at;  /* alpha-2 or alpha-3 -> index of a country */
    casus_table division_at; /* GeoNames code -> place */
    casus_table in_country;  /* key of a name mixed with kind and country -> 1 + index in `names` */
    casus_table common;      /* keys of ordinary words */
    bool has_cities;
    casus_buf *problems;
} gaz_draft;

/* Adds a place / another name of a place. `lat`, `lon` are GAZ_NOWHERE when unknown. Returns its index. */
uint32_t gaz_add_place(gaz_draft *d, casus_place_kind kind, uint16_t country, casus_str name, casus_str code);
void gaz_add_name(gaz_draft *d, uint32_t place, casus_str name);
void gaz_show_as(gaz_draft *d, uint32_t place, casus_str name);
/* The places of this kind, country and name, the latest first; gaz_find: that one's index, GAZ_NONE when there is none.
 */
const gaz_name *gaz_first(const gaz_draft *d, casus_place_kind kind, uint16_t country, casus_str name);
const gaz_name *gaz_next(const gaz_draft *d, const gaz_name *of);
uint32_t gaz_find(const gaz_draft *d, casus_place_kind kind, uint16_t country, casus_str name);
void gaz_problem(gaz_draft *d, const char *format, ...) CASUS_PRINTF(2, 3);

/* The sources, to be read in this order. Countries that ISO 3166 does not hold stand in our own knowledge. */
casus_code gaz_read_countries(gaz_draft *d, const char *iso_folder, casus_error *err);
casus_code gaz_read_own_countries(gaz_draft *d, const char *path, casus_error *err);
casus_code gaz_read_cities(gaz_draft *d, const char *cities_folder, casus_error *err);
casus_code gaz_read_divisions(gaz_draft *d, const char *iso_folder, casus_error *err);
casus_code gaz_read_knowledge(gaz_draft *d, const char *path, casus_error *err);

/* casus-knowledge gazetteer OUT KNOWLEDGE ISO [CITIES]: the exit status. */
int gazetteer_main(int argc, char **argv);

#endif
