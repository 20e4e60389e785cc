/* knowledge.h — reads the plain text format of knowledge/README.md into entries. */
#ifndef LEXICON_KNOWLEDGE_H
#define LEXICON_KNOWLEDGE_H

#include "casus/lexicon.h"

typedef struct knowledge_item {
    casus_str text;
    int32_t begin, end; /* INT32_MIN / INT32_MAX: open */
    bool dated;
    int line;
} knowledge_item;

typedef struct knowledge_key {
    casus_str name;
    knowledge_item *items;
    size_t n, cap;
    int line;
} knowledge_key;

typedef struct knowledge_attr {
    casus_str name, value;
} knowledge_attr;

/* head: first word(s) before the first key=value. */
typedef struct knowledge_entry {
    casus_str head;
    knowledge_attr *attrs;
    knowledge_key *keys;
    size_t n_attrs, cap_attrs, n_keys, cap_keys;
    const char *file;
    int line;
} knowledge_entry;

typedef struct knowledge_file {
    knowledge_entry *entries;
    size_t n, cap;
} knowledge_file;

/* Appends the entries of one file to `out`; all memory, the file's bytes too, from the arena. */
casus_code knowledge_read(const char *path, casus_arena *a, knowledge_file *out, casus_error *err);
/* The same for every *.txt of a folder, in byte order of their names; a missing folder holds nothing. */
casus_code knowledge_read_folder(const char *folder, const char *sub, casus_arena *a, knowledge_file *out, casus_error *err);

casus_str knowledge_attr_of(const knowledge_entry *e, const char *name); /* empty when absent */
casus_code knowledge_fail(casus_error *err, const knowledge_entry *e, int line, const char *format, ...) CASUS_PRINTF(4, 5);

#endif
