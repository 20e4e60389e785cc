/* gazetteer_format.h — the compiled gazetteer: sections of a casus_pack of kind "gaz", little-endian, offsets into
 * "strings".
 *
 *   places     gaz_place[]
 *   postings   gaz_posting[]: the places of one name one after another, by falling importance; the last has GAZ_LAST
 *   slots      gaz_slot[2^k]: open addressing, linear probing; the low bits of the name's key (casus_key, folded)
 * choose the slot, its high 32 bits are kept for comparison; `start` 0 is an empty slot countries  gaz_country[],
 * sorted by alpha-3 source     text, NUL-terminated
 */
#ifndef LEXICON_GAZETTEER_FORMAT_H
#define LEXICON_GAZETTEER_FORMAT_H

#include "casus/gazetteer.h"
#include "casus/lexicon.h"

enum { GAZ_VERSION = 1 };
#define GAZ_KIND "gaz"

#define GAZ_NONE UINT32_MAX    /* no admin1; no country */
#define GAZ_NOWHERE INT32_MAX  /* lat, lon unknown */
#define GAZ_LAST 0x80000000u   /* in gaz_posting.place: the last of its name */
#define GAZ_COMMON 0x80000000u /* in gaz_slot.start: the name is an ordinary word */

typedef struct gaz_place {
    int32_t lat, lon; /* degrees × 100,000 */
    uint32_t name, code;
    uint32_t admin1; /* index of a place */
    uint16_t country;
    uint8_t kind;
    uint8_t importance;
} gaz_place;

typedef struct gaz_posting {
    uint32_t place; /* index | GAZ_LAST */
    uint32_t cased; /* high half of the key with capitals kept */
} gaz_posting;

typedef struct gaz_slot {
    uint32_t check;
    uint32_t start; /* 1 + index of the first posting | GAZ_COMMON */
} gaz_slot;

typedef struct gaz_country {
    char alpha3[4], alpha2[4];
    uint32_t place;
} gaz_country;

#endif
