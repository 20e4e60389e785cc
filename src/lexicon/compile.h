/* compile.h — knowledge entries to the sections of format.h. */
#ifndef LEXICON_COMPILE_H
#define LEXICON_COMPILE_H

#include "format.h"
#include "knowledge.h"

typedef struct compile_firsts {
    casus_table table;
} compile_firsts;

typedef struct compiler {
    casus_arena *arena;
    casus_buf *problems; /* may be NULL */
    casus_error *err;    /* the first problem */
    size_t n_problems;
    casus_buf strings;
    casus_table string_at;

    lexicon_actor *actors;
    lexicon_fact *facts;
    uint32_t *aliases;
    casus_name *names;
    casus_agent *agents;
    casus_frame *frames;
    casus_pattern *patterns;
    casus_element *elements;
    uint32_t *hashes;
    casus_phrase *phrases;
    casus_known_place *places;
    size_t n_actors, cap_actors, n_facts, cap_facts, n_aliases, cap_aliases, n_names, cap_names, n_agents, cap_agents, n_frames, cap_frames,
        n_patterns, cap_patterns, n_elements, cap_elements, n_hashes, cap_hashes, n_phrases, cap_phrases, n_places, cap_places;
    casus_table actor_at; /* key of the id → index + 1 */
    casus_table set_at;   /* lemma hash of a set's name → index in sets + 1 */
    struct compile_set {
        casus_str name;
        const knowledge_entry *entry;
    } *sets;
    size_t n_sets, cap_sets;
    casus_table name_first, agent_first, phrase_first, place_first;
} compiler;

uint32_t compile_string(compiler *c, casus_str s); /* offset; equal strings share it */
void compile_problem(compiler *c, const knowledge_entry *e, int line, const char *format, ...) CASUS_PRINTF(4, 5);
unsigned compile_words(casus_str text); /* words separated by spaces */
/* Notes that an entry of `text`'s words starts with its first word. */
void compile_first(compiler *c, casus_table *t, casus_str text, bool lower);

void compile_actors(compiler *c, const knowledge_file *f);
void compile_agents(compiler *c, const knowledge_file *f);
void compile_places(compiler *c, const knowledge_file *f);
void compile_actions(compiler *c, const knowledge_file *f);

#endif
