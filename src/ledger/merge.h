/* Is it the same event? A statement as the merger sees it, and how well two of them agree. */
#ifndef LEDGER_MERGE_H
#define LEDGER_MERGE_H

#include "ledger.h"

typedef enum merge_role { MERGE_NONE, MERGE_SUPPORTS, MERGE_DISPUTES, MERGE_RELAYS } merge_role;

/* A participant: its id, or its words in small letters when it is no actor; hashed. `wholes`: what it is part of. */
typedef struct merge_party {
    uint64_t key;
    uint64_t *wholes;
    size_t n_wholes;
} merge_party;

typedef struct merge_place {
    uint64_t key, country; /* of gazetteer id or name; 0 unknown */
    bool broad;            /* a country or region */
} merge_place;

typedef struct merge_view {
    int64_t st, doc, sentence;
    const char *id, *plover, *second, *modes, *lemma;
    merge_party *source, *target;
    merge_place *place;
    size_t n_source, n_target, n_place;
    int32_t begin, end; /* days, [begin, end); INT32_MIN / INT32_MAX: open; both: unknown */
    uint64_t holder;    /* hash of the outermost holder; 0: the author */
    uint64_t *shingles; /* of the sentence, sorted */
    size_t n_shingles;
    merge_role role;
} merge_view;

/* How two statements agree, part by part: 1 the same … 0 unknown, -1 they contradict each other. */
typedef struct merge_match {
    double source, target, time, place, total;
    bool copy; /* near-identical words in two documents */
} merge_match;

enum { MERGE_REASON = 160 };

/* Reads a statement; strings and arrays in the arena. role MERGE_NONE: not an event that (allegedly) happened. */
casus_code merge_load(casus_ledger *l, int64_t st, casus_arena *a, merge_view *out, casus_error *err);
merge_match merge_compare(const merge_view *a, const merge_view *b);
/* total for "the same event": at least this. */
#define MERGE_THRESHOLD 0.65
/* "same source, same target, times overlap". */
void merge_reason(const merge_match *m, char out[MERGE_REASON]);
/* Are these the words of one report? Share of common word triples >= 0.7: a word put in or changed in a sentence of twenty leaves 0.75. */
bool merge_is_copy(const merge_view *a, const merge_view *b);
const char *merge_role_name(merge_role r);

#endif
