/* What the network sees of a word: five features, each a row of an embedding table.
 * The same code serves training and parsing, so that both see the same. */
#ifndef TEXT_FEATURES_H
#define TEXT_FEATURES_H

#include "casus/text.h"

enum text_feature { TEXT_WORD, TEXT_SUFFIX3, TEXT_SUFFIX2, TEXT_PREFIX3, TEXT_SHAPE, TEXT_FEATURES };

/* A hash table as it lies in the model file: `size` (a power of two) slots, probed linearly. `row` 0 means free: row 0
 * of every embedding table is the row of unknown words. 32-bit fingerprints: two words that share one get the same
 * vector, no worse. */
typedef struct text_slot {
    uint32_t print, row;
} text_slot;
typedef struct text_table {
    const text_slot *slots;
    uint32_t size;
} text_table;

uint32_t text_table_find(text_table t, uint64_t hash); /* row, 0 when absent */

/* 64-bit hashes of the features of a form. `first` says whether it opens the sentence, `shout` whether the sentence is
 * in capitals. */
typedef struct text_form_hashes {
    uint64_t h[TEXT_FEATURES];
} text_form_hashes;
void text_form_features(casus_str form, bool first, bool shout, text_form_hashes *out);

/* Whether the sentence has several words and none of them a lower-case letter (a headline in capitals). */
bool text_is_shouted(const casus_sentence *s);

enum { TEXT_FORM_MAX = 64 }; /* bytes of a form that count */
/* Lower case of ASCII and Latin-1 letters, curly quotes straight; `out` holds TEXT_FORM_MAX bytes. Returns the length.
 */
size_t text_form_lower(casus_str form, char *out);

#endif
