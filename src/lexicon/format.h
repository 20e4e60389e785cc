/* format.h — the compiled lexicon: sections of a casus_pack of kind "lexicon", little-endian, offsets into "strings".
 *
 * Every keyed section (names, agents, phrases, places: 64-bit keys; patterns: 32-bit lemma hashes) is sorted by key and has a section of
 * buckets beside it: buckets[i] is the index of the first record whose key's leading bits are >= i, so that a look-up reads two bucket entries and
 * then about one record. "first" tables map the key of a first word to the longest entry that starts with it.
 */
#ifndef LEXICON_FORMAT_H
#define LEXICON_FORMAT_H

#include "casus/lexicon.h"

enum { LEXICON_VERSION = 1 };
#define LEXICON_KIND "lexicon"

typedef struct lexicon_actor {
    uint32_t id, name, type, country; /* strings */
    uint32_t facts, n_facts, aliases, n_aliases;
} lexicon_actor;

typedef struct lexicon_fact {
    uint32_t key;
    int32_t begin, end;
    uint32_t value, of; /* strings */
} lexicon_fact;

/* key of a first word and the most words an entry that starts with it has */
typedef struct lexicon_first {
    uint64_t key;
    uint32_t words, pad;
} lexicon_first;

/* Bits of the key that choose a bucket, for n records: about one record a bucket. */
unsigned lexicon_bucket_bits(size_t n);

#endif
