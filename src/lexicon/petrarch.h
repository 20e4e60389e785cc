/* petrarch.h — inside the reader of PETRARCH dictionaries: what is kept, and the lines it is read from. */
#ifndef LEXICON_PETRARCH_H
#define LEXICON_PETRARCH_H

#include "casus/lexicon.h"
#include "casus/petrarch.h"

typedef struct petrarch_role {
    const char *code;
    int32_t begin, end; /* holds on days begin <= d < end */
    bool dated;
} petrarch_role;

typedef struct petrarch_actor {
    petrarch_role *roles;
    size_t n, cap;
    int line;
    bool named, faulty; /* faulty: a code of it was refused, which has been told */
} petrarch_actor;

/* A name of an actor, agent or discard; `next` the one read later under the same key, + 1. */
typedef struct petrarch_name {
    uint32_t of, next;
} petrarch_name;

/* Names by key, and for the key of a first word the most words a name that starts with it has. */
typedef struct petrarch_names {
    petrarch_name *items;
    size_t n, cap;
    casus_table at, first;
} petrarch_names;

typedef struct petrarch_phrase {
    uint32_t words, n;
} petrarch_phrase;

typedef struct petrarch_set {
    uint32_t phrases, n;
} petrarch_set;

struct casus_petrarch {
    casus_arena arena;
    jmp_buf trap;
    casus_petrarch_counts counts;
    uint64_t hash;
    petrarch_names actor_names, agent_names, discard_names; /* of: actor, agent, 1 for a whole story */
    petrarch_actor *actors;
    casus_petrarch_agent *agents;
    size_t n_actors, cap_actors, n_agents, cap_agents;
    casus_petrarch_verb *verbs;
    casus_petrarch_pattern *patterns;
    casus_petrarch_element *elements;
    petrarch_set *sets;
    petrarch_phrase *phrases;
    uint32_t *words;
    size_t n_verbs, cap_verbs, n_patterns, cap_patterns, n_elements, cap_elements, n_sets, cap_sets, n_phrases,
        cap_phrases, n_words, cap_words;
    casus_table set_at;  /* key of a set's name → index + 1 */
    casus_table form_at; /* key of a verb's form → index in forms + 1 */
    struct petrarch_form {
        uint32_t verb, next; /* next: index + 1 */
    } * forms;
    size_t n_forms, cap_forms;
};

/* A file being read line by line. */
typedef struct petrarch_reader {
    casus_petrarch *p;
    casus_buf *problems;
    const char *file;
    casus_str rest;
    int line;
    bool in_comment;
} petrarch_reader;

/* The next line that holds anything, without comments and white space around it. False at the end. */
bool petrarch_line(petrarch_reader *r, casus_str *line);
void petrarch_problem(petrarch_reader *r, int line, const char *format, ...) CASUS_PRINTF(3, 4);
/* Cuts "[…]" off the front of *rest; false when it is not there or not closed. */
bool petrarch_bracket(casus_str *rest, casus_str *inside);
/* Adds a name of words joined by "_" or blanks; false when it has no letters. */
bool petrarch_add_name(casus_petrarch *p, petrarch_names *names, casus_str text, uint32_t of);

void petrarch_read_actors(petrarch_reader *r);
void petrarch_read_agents(petrarch_reader *r);
void petrarch_read_discards(petrarch_reader *r);
void petrarch_read_verbs(petrarch_reader *r);

#endif
