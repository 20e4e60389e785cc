/* casus/petrarch.h — dictionaries in the format of PETRARCH and TABARI (.actors, .agents, .verbs, .discards), read as
 * they are.
 *
 * The format (Schrodt, Beieler and Idris 2014, "Three's a Charm?: Open Event Data Coding with EL:DIABLO, PETRARCH, and
 * the Open Event Data Alliance") names actors with codes limited by dates, agents whose codes are joined to them, and
 * verbs with patterns of words in the order of the sentence. A dictionary is read-only after opening: any number of
 * threads. Every string it returns lives as long as it does.
 */
#ifndef CASUS_PETRARCH_H
#define CASUS_PETRARCH_H

#include "casus/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct casus_petrarch casus_petrarch;

/* What a folder held. `problems`: entries that could not be read and were left out. */
typedef struct casus_petrarch_counts {
    size_t actors, names, agents, sets, verbs, patterns, discards, problems;
} casus_petrarch_counts;

/* Reads every file of the folder whose name ends in .actors, .agents, .verbs or .discards, each also with .txt behind
 * it, in byte order of the names; a verb file may also be named CAMEO….txt. A bad entry costs only itself: it is left
 * out, counted, and told in `problems` (may be NULL), one line each with file and line. Errors: IO; NOTFOUND when the
 * folder holds no such file; NOMEM. Cost O(bytes). */
casus_code casus_petrarch_open(casus_petrarch **out, const char *folder, casus_buf *problems, casus_error *err);
/* The same for the bytes of one file; `name` tells its kind and stands in the problems. */
casus_code casus_petrarch_read(casus_petrarch **out, const char *name, casus_str bytes, casus_buf *problems,
                               casus_error *err);
void casus_petrarch_close(casus_petrarch *p);
casus_petrarch_counts casus_petrarch_count(const casus_petrarch *p);
uint64_t casus_petrarch_hash(const casus_petrarch *p); /* of all files; part of the version stamp */

/* ---- who --------------------------------------------------------------------------------------------------- */

/* The longest name that starts at word[0], case, accents and punctuation apart; *used its words. Returns its code on
 * `day` (days since 1970, INT32_MIN unknown: the code without dates, else the last): the first dated code that holds,
 * else the one without dates. "FRO/BIL" are two actors. NULL when no name starts here or none of its codes holds. */
const char *casus_petrarch_actor(const casus_petrarch *p, const casus_str *word, size_t n, int32_t day, size_t *used);

typedef struct casus_petrarch_agent {
    const char *code; /* without "~" */
    bool before;      /* "NGO~": stands before the actor's code */
} casus_petrarch_agent;
/* The longest agent that starts at word[0], in the forms of the dictionary (regular plural unless it gives another);
 * NULL when none does. */
const casus_petrarch_agent *casus_petrarch_agent_at(const casus_petrarch *p, const casus_str *word, size_t n,
                                                    size_t *used);

/* Does a phrase to discard start at word[0]? *story: the whole document is to be discarded, not only the sentence. */
bool casus_petrarch_discarded(const casus_petrarch *p, const casus_str *word, size_t n, bool *story);

/* ---- what is done ------------------------------------------------------------------------------------------ */

typedef enum casus_petrarch_part {
    CASUS_PETRARCH_WORD,     /* one of the phrases of `set` */
    CASUS_PETRARCH_SOURCE,   /* $: the actor here is the source */
    CASUS_PETRARCH_TARGET,   /* +: the actor here is the target */
    CASUS_PETRARCH_COMPOUND, /* %: several actors, here before the verb source and target to each other */
    CASUS_PETRARCH_SKIP      /* ^: a noun phrase, whoever it is */
} casus_petrarch_part;

/* One place of a pattern. `glued`: nothing may stand between it and the place before it (nearer to the verb). */
typedef struct casus_petrarch_element {
    uint8_t type; /* casus_petrarch_part */
    bool glued;
    uint32_t set;
} casus_petrarch_element;

/* An event code: `forward` from source to target, `back` from target to source; NULL where there is none ("---"). */
typedef struct casus_petrarch_event {
    const char *forward, *back;
} casus_petrarch_event;

/* The places before the verb (nearest first) and after it (nearest first). */
typedef struct casus_petrarch_pattern {
    casus_petrarch_event event;
    uint32_t before, after; /* index of the first element */
    uint8_t n_before, n_after;
} casus_petrarch_pattern;

/* A verb: its own words around the one it is found by ("WIRE_+TAP", "BREAK_DOWN"), its event when no pattern fits, its
 * patterns. */
typedef struct casus_petrarch_verb {
    casus_petrarch_event event;
    uint32_t before, after; /* elements, all glued words */
    uint8_t n_before, n_after;
    uint32_t patterns, n_patterns;
} casus_petrarch_verb;

/* The verbs with this form (one word, any case): calls for i = 0, 1, … until NULL. Most words first. */
const casus_petrarch_verb *casus_petrarch_verb_at(const casus_petrarch *p, casus_str form, size_t i);
const casus_petrarch_pattern *casus_petrarch_patterns(const casus_petrarch *p, const casus_petrarch_verb *v);
const casus_petrarch_element *casus_petrarch_elements(const casus_petrarch *p, uint32_t first);
/* Words of the i-th phrase of a set, as hashes of their lower-cased form (casus_lemma_hash); NULL behind the last. */
const uint32_t *casus_petrarch_phrase(const casus_petrarch *p, uint32_t set, size_t i, size_t *n_words);

#ifdef __cplusplus
}
#endif
#endif
