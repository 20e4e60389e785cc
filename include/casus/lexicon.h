/* casus/lexicon.h — what casus knows: actors with dated roles, agents, words for actions, cues, places.
 *
 * Knowledge is written in the text files of knowledge/ (format: knowledge/README.md), compiled to one mapped file ("lexicon.casus") and looked up
 * by hash. A lexicon is read-only after opening: any number of threads. Look-ups cost O(1) and allocate nothing; every string
 * and array they return lives as long as the lexicon.
 */
#ifndef CASUS_LEXICON_H
#define CASUS_LEXICON_H

#include "casus/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct casus_lexicon casus_lexicon;

/* Opens a compiled lexicon. Errors: those of casus_pack_open. */
casus_code casus_lexicon_open(casus_lexicon **out, const char *path, casus_error *err);
/* Opens the lexicon of a data folder ("lexicon.casus"); with `knowledge` (may be NULL) that folder's text files are laid on top of the shipped ones
 * ("knowledge/" of the data folder) and compiled together, a fraction of a second. Errors: those of open and compile, a folder that cannot be read. */
casus_code casus_lexicon_open_with(casus_lexicon **out, const char *data, const char *knowledge, casus_error *err);
void casus_lexicon_close(casus_lexicon *lex);
/* Compiles the knowledge folders (later ones are laid on top of earlier ones: an entry with the same head in a later folder adds to it)
 * into `path`. Errors: CASUS_ERR_FORMAT with file and line of the first bad date, unknown key, code or id, or duplicate name; when `problems` is
 * given, all of them are appended to it, a line each. */
casus_code casus_lexicon_compile(const char *const *folders, size_t n, const char *path, casus_buf *problems, casus_error *err);
uint64_t casus_lexicon_hash(const casus_lexicon *lex); /* of all knowledge in it; part of the version stamp */

/* ---- dates ------------------------------------------------------------------------------------------------- */

/* Days since 1970-01-01 in the proleptic Gregorian calendar. Open sides of a period are INT32_MIN and INT32_MAX. */
int32_t casus_day_of(int year, int month, int day);
void casus_day_split(int32_t day, int *year, int *month, int *day_of_month);
/* "2024-03-28", "2024-03", "2024" → first day of it and first day after it; false when it is no date. */
bool casus_day_parse(casus_str iso, int32_t *begin, int32_t *end);
/* Writes "2024-03-28" (10 bytes and NUL); returns out. */
char *casus_day_text(int32_t day, char out[11]);

/* ---- keys -------------------------------------------------------------------------------------------------- */

/* The key of a name: hash of its letters and digits alone, diacritics dropped, case kept: "U.S." = "US", "al-Qaida" = "al Qaida",
 * "Yıldırım" = "Yildirim". `lower`: case dropped too. 0 when nothing is left. Keys of adjacent pieces chain:
 * key(ab) = casus_key_more(key(a), b). */
uint64_t casus_key(casus_str text, bool lower);
uint64_t casus_key_more(uint64_t key, casus_str text, bool lower);

/* ---- actors ------------------------------------------------------------------------------------------------ */

typedef enum casus_fact_key { CASUS_FACT_SECTOR, CASUS_FACT_CAMEO, CASUS_FACT_PART_OF, CASUS_FACT_COUNTRY, CASUS_FACT_OFFICE } casus_fact_key;

typedef struct casus_fact {
    uint32_t key;        /* casus_fact_key */
    int32_t begin, end;  /* holds on days begin <= d < end */
    const char *value;   /* sector, code, actor id, ISO country, office */
    const char *of;      /* office: id of the body it is an office of; else NULL */
} casus_fact;

typedef struct casus_known_actor {
    const char *id, *name, *type, *country; /* country NULL when none */
    uint32_t n_facts, n_names, index;
} casus_known_actor;

/* Fills *out; false when there is no such actor. */
bool casus_lexicon_actor(const casus_lexicon *lex, uint32_t index, casus_known_actor *out);
bool casus_lexicon_actor_by_id(const casus_lexicon *lex, const char *id, casus_known_actor *out);
uint32_t casus_lexicon_actor_count(const casus_lexicon *lex);
/* The i-th fact or name of an actor, i < n_facts / n_names. */
casus_fact casus_lexicon_fact(const casus_lexicon *lex, const casus_known_actor *a, uint32_t i);
const char *casus_lexicon_alias(const casus_lexicon *lex, const casus_known_actor *a, uint32_t i);
/* Value of the fact that holds on `day` (INT32_MAX: the latest), or NULL. */
const char *casus_lexicon_fact_on(const casus_lexicon *lex, const casus_known_actor *a, casus_fact_key key, int32_t day);

typedef enum casus_name_kind {
    CASUS_NAME, CASUS_NAME_ADJ, CASUS_NAME_PEOPLE, CASUS_NAME_CAPITAL, CASUS_NAME_SEAT, CASUS_NAME_SURNAME
} casus_name_kind;

typedef struct casus_name {
    uint64_t key;
    uint32_t actor;      /* index */
    int32_t begin, end;  /* days on which the name means this actor (surname: its office) */
    uint32_t text;       /* as written */
    uint8_t kind;        /* casus_name_kind */
    uint8_t plural;      /* people: the plural form */
    uint8_t words;       /* words in it */
    uint8_t pad;
} casus_name;

/* All entries under a key, *n of them, or NULL. */
const casus_name *casus_lexicon_names(const casus_lexicon *lex, uint64_t key, size_t *n);
/* Longest name (in words) that starts with the word of this key; 0 when none does. */
unsigned casus_lexicon_name_words(const casus_lexicon *lex, uint64_t first_word);
const char *casus_lexicon_string(const casus_lexicon *lex, uint32_t at);

/* ---- agents ------------------------------------------------------------------------------------------------ */

typedef struct casus_agent {
    uint64_t key;        /* lower-cased */
    uint32_t text;       /* singular */
    char sector[4];
    uint8_t type;        /* casus_agent_type */
    uint8_t plural;
    uint8_t words;
    uint8_t pad;
} casus_agent;

typedef enum casus_agent_type { CASUS_AGENT_PEOPLE, CASUS_AGENT_MISSION, CASUS_AGENT_ORGAN, CASUS_AGENT_FORCE, CASUS_AGENT_PERSON, CASUS_AGENT_SOURCE } casus_agent_type;
const casus_agent *casus_lexicon_agent(const casus_lexicon *lex, uint64_t lower_key);
unsigned casus_lexicon_agent_words(const casus_lexicon *lex, uint64_t first_word);

/* ---- actions and cues -------------------------------------------------------------------------------------- */

/* What a pattern means. Classes below CASUS_FRAME_SAY are the statement kinds, in the order of casus_kind. */
typedef enum casus_frame_class {
    CASUS_FRAME_EVENT, CASUS_FRAME_RELATION, CASUS_FRAME_STANCE, CASUS_FRAME_CAUSE, CASUS_FRAME_POWER, CASUS_FRAME_CHANGE,
    CASUS_FRAME_COMPARISON, CASUS_FRAME_ASSESSMENT, CASUS_FRAME_SAY, CASUS_FRAME_LIKELIHOOD, CASUS_FRAME_NEGATION, CASUS_FRAME_HYPOTHETICAL,
    CASUS_FRAME_VIEW, CASUS_FRAME_LIGHT, CASUS_FRAME_ATTEMPT, CASUS_FRAME_TOPIC
} casus_frame_class;

typedef struct casus_frame {
    uint8_t class_;      /* casus_frame_class */
    uint8_t plover;      /* casus_plover of an event, 0 otherwise */
    int8_t sign;         /* +1, -1, 0; 2 when not given */
    uint8_t holds;       /* casus_holds of a SAY frame; 1 rejects / 2 endorses for VIEW */
    float force;         /* 0..10, or -1 */
    float low, high;     /* LIKELIHOOD */
    uint32_t word;       /* "ASSAULT", "supports", "claims" */
    uint32_t mode, cameo;      /* string offsets, 0: none */
    uint32_t context[3];
} casus_frame;

typedef enum casus_trigger_class { CASUS_TRIGGER_VERB, CASUS_TRIGGER_NOUN, CASUS_TRIGGER_ADJ, CASUS_TRIGGER_WORD } casus_trigger_class;

/* What an element of a pattern asks for. */
typedef enum casus_element_type {
    CASUS_ELEMENT_PARTICLE,  /* a dependant with one of these lemmas: particle, adverb, preposition without a noun */
    CASUS_ELEMENT_WORD,      /* a dependant noun or complement with one of these lemmas (after a preposition, when preps are given) */
    CASUS_ELEMENT_BEFORE,    /* noun patterns: a word before the head within its phrase */
    CASUS_ELEMENT_SLOT       /* a participant or matter (after a preposition, when preps are given) */
} casus_element_type;
typedef enum casus_slot { CASUS_SLOT_NONE, CASUS_SLOT_SOURCE, CASUS_SLOT_TARGET, CASUS_SLOT_CONTENT, CASUS_SLOT_DO } casus_slot;

typedef struct casus_element {
    uint8_t type, slot;
    uint8_t n_words, n_preps;  /* lemma hashes: word alternatives, then preposition alternatives */
    uint32_t words;            /* index of the first, see casus_lexicon_lemma_hashes */
} casus_element;

enum { CASUS_PATTERN_SUBJECT_IS_TARGET = 1, CASUS_PATTERN_MUTUAL = 2 };

typedef struct casus_pattern {
    uint32_t lemma;       /* hash of the trigger's lemma */
    uint32_t frame;
    uint32_t elements;    /* index of the first */
    uint32_t text;        /* as written, for explanations */
    uint8_t trigger;      /* casus_trigger_class */
    uint8_t n_elements;
    uint8_t n_required;   /* elements that are words rather than slots: how specific it is */
    uint8_t flags;
} casus_pattern;

uint32_t casus_lemma_hash(casus_str lemma); /* of the lower-cased lemma; never 0 */
/* Patterns whose trigger has this lemma, most specific first; *n of them, or NULL. */
const casus_pattern *casus_lexicon_patterns(const casus_lexicon *lex, uint32_t lemma, size_t *n);
const casus_element *casus_lexicon_elements(const casus_lexicon *lex, const casus_pattern *p);
const uint32_t *casus_lexicon_lemma_hashes(const casus_lexicon *lex, const casus_element *e); /* n_words, then n_preps */
const casus_frame *casus_lexicon_frame(const casus_lexicon *lex, uint32_t frame);
/* The frame's head as written: "event ASSAULT:explosives" gives word "ASSAULT", mode "explosives". */

/* Words and phrases that are cues wherever they stand (likelihood, negation, hypothetical, "according to"): all entries under a lower-cased key. */
typedef struct casus_phrase {
    uint64_t key;
    uint32_t frame, text;
    uint8_t words, takes_clause; /* "expected to DO" */
    uint8_t pad[6];
} casus_phrase;
const casus_phrase *casus_lexicon_phrases(const casus_lexicon *lex, uint64_t lower_key, size_t *n);
unsigned casus_lexicon_phrase_words(const casus_lexicon *lex, uint64_t first_word);

/* ---- places ------------------------------------------------------------------------------------------------ */

typedef struct casus_known_place {
    uint64_t key;
    uint32_t id, name, kind, country, in; /* string offsets, 0: none */
    float lat, lon;
    uint8_t located, adj, words, pad;
} casus_known_place;
const casus_known_place *casus_lexicon_place(const casus_lexicon *lex, uint64_t key);
unsigned casus_lexicon_place_words(const casus_lexicon *lex, uint64_t first_word);

#ifdef __cplusplus
}
#endif
#endif
