/* relate.h — what is known of a sentence in which two phrases are marked: the rules' verdict, and the features that a trained model weighs. */
#ifndef CODER_RELATE_H
#define CODER_RELATE_H

#include "build.h"

typedef struct relate_marked {
    unsigned source, target; /* heads of the marked phrases, 0 when not in this sentence */
    casus_span source_span, target_span;
} relate_marked;

/* A pattern weighed as the act between the marked phrases. */
typedef struct relate_verdict {
    const coder_match *match; /* NULL: no pattern was found */
    double value;
    bool with_source, with_target; /* its source or target is the marked one */
} relate_verdict;

typedef struct relate_evidence {
    coder_doc *d;
    const coder_sentence *s; /* where the verdict was found, else where the marks are; NULL in an empty document */
    relate_marked m;         /* in that sentence */
    relate_verdict nearest;  /* the act nearest to the marks */
    relate_verdict verdict;  /* the verb above it whose complement it is, or the same */
    unsigned duty;           /* "must", when the source says what the target has to do; or 0 */
    casus_plover type;       /* of the verdict; negation, prospect and duty heeded */
} relate_evidence;

/* Reads the document and asks the rules. The arena's trap is set. */
casus_code relate_gather(casus_coder *c, const casus_document *doc, casus_span source, casus_span target, casus_arena *arena, relate_evidence *out,
                         casus_error *err);
/* How well match x of sentence s names what the marked source does to the marked target. */
relate_verdict relate_weigh(const coder_sentence *s, const coder_match *x, const relate_marked *m);
bool relate_inside(const coder_tree *t, unsigned i, casus_span span);
/* The rules' verdict in words, in the arena. */
const char *relate_why(const relate_evidence *e, casus_arena *arena);

/* ---- features (relate_features.c) ---- */

/* Families of features, one letter each, so that training can leave some out. */
#define RELATE_FAMILIES "RKWGTMA"

/* Something said of the marks: a name such as "between:condemn" (stable: its hash is what a model knows), and how strongly it holds. */
typedef struct relate_feature {
    const char *name;
    uint64_t key;
    float value;
    char family; /* one of RELATE_FAMILIES */
} relate_feature;
typedef struct relate_features {
    relate_feature *items;
    size_t n, cap;
} relate_features;

/* All features of the evidence, sorted by key, each once; in the arena. Cost O(tokens + matches). */
relate_features relate_describe(const relate_evidence *e, casus_arena *arena);

/* ---- the model file (relate_model.c) ---- */

enum { RELATE_FORMAT = 1, RELATE_CLASSES_MAX = 16 };

/* Section "head" of a model file; the others: "name" (text), "class" (casus_plover, a byte each), "key" (u64, ascending),
 * "weight" (i16 [features + 1][classes], times `scale`; the last row is the bias). */
typedef struct relate_head {
    uint32_t features, classes;
    float scale;
    uint32_t pad;
} relate_head;

/* CONCEDE stands for RETREAT too where a model learns of labels that do not tell them apart. */
static inline casus_plover relate_class(casus_plover p) { return p == CASUS_RETREAT ? CASUS_CONCEDE : p; }

#endif
