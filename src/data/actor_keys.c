/* By what an actor of an import is known elsewhere. */
#include "data/actor_keys.h"

#include "casus/lexicon.h"

#include <string.h>
#include <strings.h>

/* ---- codes ------------------------------------------------------------------------------------------------- */

uint32_t data_piece_of(const char *at) {
    return (uint32_t)(unsigned char)at[0] << 16 | (uint32_t)(unsigned char)at[1] << 8 | (unsigned char)at[2];
}

static bool is_one_of(const char *at, const char *list) {
    for (; *list; list += 4)
        if (strncmp(at, list, 3) == 0) return true;
    return false;
}

/* Roles and sectors of CAMEO (codebook 1.1b3, tables 3.4 to 3.6): they do not tell one group from another. */
static bool is_sector(const char *at) {
    static const char SECTORS[] = "GOV MIL REB OPP INS UAF SEP COP SPY JUD LEG EXE DIP PTY CVL ELI LAB EDU MED BUS CRM "
                                  "HLH HRI REF SET AGR MOD RAD NGO NGM IGO "
                                  "MNC IMG DEV ENV IRC ";
    return is_one_of(at, SECTORS);
}

/* Acting for the state. */
static bool is_organ(const char *at) { return is_one_of(at, "GOV MIL COP SPY JUD LEG EXE DIP "); }

data_pieces data_pieces_of(const char *code) {
    data_pieces p = {0};
    size_t n = strlen(code);
    if (n % 3) return (data_pieces){0};
    for (size_t i = 0; i < n; i += 3) {
        if (is_sector(code + i)) continue;
        if (p.n == 4) return (data_pieces){0};
        p.piece[p.n++] = data_piece_of(code + i);
    }
    return p;
}

const casus_country *data_country_of_code(const char *code) {
    return strlen(code) >= 3 ? casus_country_find(CASUS_COUNTRY_CAMEO, (casus_str){code, 3}) : NULL;
}

/* A code that is a country with sectors is shared by all that are so: only a further piece names a group. "UNO", "NAT"
 * have no country. */
bool data_names_group(const char *code, const data_pieces *p) {
    return p->n >= 2 || (p->n == 1 && !data_country_of_code(code));
}

bool data_is_organ_code(const char *code) {
    size_t n = strlen(code);
    if (n < 3 || n % 3) return false;
    for (size_t i = 3; i < n; i += 3)
        if (!is_organ(code + i)) return false;
    return true;
}

uint64_t data_pieces_key(const data_pieces *p) {
    uint64_t key = p->n;
    for (unsigned i = 0; i < p->n; i++) key = key * 0x9E3779B97F4A7C15u + p->piece[i];
    return p->n ? key : 0;
}

/* ---- names and sectors ------------------------------------------------------------------------------------- */

/* "Government of Uganda", "Military Forces of Mali (2012-2020)": UCDP and ACLED. */
casus_str data_government_of(const char *name) {
    static const char *const OF[] = {"Government of ", "Military Forces of ", "Police Forces of "};
    for (size_t i = 0; i < sizeof OF / sizeof *OF; i++) {
        size_t n = strlen(OF[i]);
        const char *of = name + n, *bracket;
        if (strncasecmp(name, OF[i], n) != 0) continue;
        bracket = strstr(of, " (");
        return (casus_str){of, bracket ? (size_t)(bracket - of) : strlen(of)};
    }
    return (casus_str){NULL, 0};
}

/* Sectors in words (ICEWS) or codes (POLECAT), joined by "," or ";". */
bool data_acts_for_state(const char *sectors) {
    static const char *const ORGANS[] = {"Government", "Military", "Police"};
    for (const char *at = sectors; *at; at += *at != '\0') {
        size_t n = strcspn(at, ",;");
        if (n == 3 && is_organ(at)) return true;
        for (size_t i = 0; i < 3; i++)
            if (n == strlen(ORGANS[i]) && strncmp(at, ORGANS[i], n) == 0) return true;
        at += n;
    }
    return false;
}

/* ---- keys -------------------------------------------------------------------------------------------------- */

size_t data_actor_keys(const char *code, const char *name, uint64_t keys[DATA_ACTOR_KEYS]) {
    casus_str of = data_government_of(name);
    data_pieces p = data_pieces_of(code);
    const uint64_t all[DATA_ACTOR_KEYS] = {casus_key(casus_str_of(name), true), strlen(code) > 3 ? casus_key(casus_str_of(code), true) : 0,
                                           of.n ? casus_key(of, true) : 0, data_names_group(code, &p) ? data_pieces_key(&p) : 0};
    size_t n = 0;
    for (size_t i = 0; i < DATA_ACTOR_KEYS; i++)
        if (all[i]) keys[n++] = all[i];
    return n;
}
