/* report.h — `casus-knowledge report`: what the knowledge covers, and which of its entries no text at hand could use. */
#ifndef KNOWLEDGE_REPORT_H
#define KNOWLEDGE_REPORT_H

#include "casus/lexicon.h"
#include "casus/text.h"

/* What the texts use: keys of names, people (the display names of persons), agents, phrases and places; hashes of patterns as written. */
typedef struct report_use {
    casus_arena *arena;
    const casus_lexicon *lex;
    casus_parser *parser;
    casus_table names, people, agents, phrases, places, patterns;
    size_t texts, sentences, words;
} report_use;

/* Reads every text at hand (flagship, treebanks, PLV sentences, attribution articles under `shared`; examples and golden texts under `root`)
 * and marks what occurs in them; what is absent is left out. Names, agents, phrases and places count as the coder finds them, the longest
 * at each word; a pattern when its trigger stands in a sentence in the right part of speech together with the words it asks
 * for (an upper bound: no tree is asked). */
casus_code report_read_texts(report_use *u, const char *root, const char *shared, casus_error *err);
/* The mark of a pattern: its words as written, and which kind of trigger it has. */
uint64_t report_pattern_mark(casus_str text, casus_trigger_class trigger);

/* usage: report KNOWLEDGE SHARED [--unused] */
int report_main(int argc, char **argv);

#endif
