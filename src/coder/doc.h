/* doc.h — what the coder knows of the document it is reading: sentences as trees, entities, mentions, statements so far. */
#ifndef CODER_DOC_H
#define CODER_DOC_H

#include "tree.h"

#include "casus/gazetteer.h"

/* Someone or something that acts, as this document shows it. */
typedef struct coder_entity {
    const char *id;
    casus_str name;
    int32_t known;              /* index in the lexicon, or -1 */
    const char *type, *country; /* NULL unknown */
    char sector[4];
    const char *cameo;          /* code that a dictionary gave, or NULL: the lexicon's */
    casus_str agent;            /* the noun of an agent ("army"), or empty */
    int32_t base;               /* entity it is an agent or part of ("Taliban commanders" → Taliban), or -1 */
    uint32_t *members;          /* a group named together ("the three"): entities */
    size_t n_members;
    casus_str *aliases;         /* words used */
    size_t n_aliases, cap_aliases;
    uint32_t mentions;
    uint32_t last_sentence, last_token;
    bool plural, person, full; /* full: the name is as the account writes it */
    bool spelled;              /* shown by another name than the lexicon's, the account's */
    bool human, body;          /* an agent's noun for one who holds an office ("commander"), for a body ("ministry"); most may be either */
} coder_entity;

typedef enum coder_mention_kind {
    MENTION_NAME, MENTION_MODIFIER, MENTION_PEOPLE, MENTION_AGENT, MENTION_PRONOUN, MENTION_DESCRIPTION
} coder_mention_kind;

/* Words that name an entity. `place` says that they may as well name where something happens ("in Kabul", "Afghanistan"). */
typedef struct coder_mention {
    uint16_t first, last, head;
    uint8_t kind;
    bool place, plural;
    uint32_t entity;
    const casus_agent *agent; /* of MENTION_AGENT, and of a state body called by its noun alone */
} coder_mention;

typedef struct coder_sentence {
    const casus_sentence *s;
    uint32_t index;
    coder_tree tree;
    coder_mention *mentions;
    size_t n_mentions, cap_mentions;
    struct coder_match *matches; /* knowledge patterns that fit, by token (match.h) */
    uint32_t *match_from;        /* by token: its first match; [n + 1] is the end */
    uint32_t *at;      /* by token: mention + 1 whose head it is, or 0 */
    uint32_t *covers;  /* by token: mention + 1 it lies in, or 0 */
    casus_str *refers; /* by token: the words of the thing that a pronoun stands for, or empty; NULL when there is none */
    const bool *quoted; /* by token: inside quotation marks */
} coder_sentence;

/* Statement `from` is about statement `to`: indexes while the document is coded, ids at its end. */
typedef struct coder_link {
    size_t from, about, to;
} coder_link;

typedef struct coder_doc {
    casus_arena *arena;
    const casus_document *doc;
    const casus_lexicon *lex;
    const casus_gazetteer *gazetteer; /* or NULL */
    int32_t day;               /* of the document, or INT32_MIN */
    int32_t told;              /* first day of the date told last in the sentences built so far, or INT32_MIN */
    coder_sentence *sentences;
    size_t n_sentences;
    coder_entity *entities;
    size_t n_entities, cap_entities;
    casus_table entity_at;     /* hash of id → index + 1 */
    casus_table alias_at;      /* key of words used → index + 1 */
    casus_statement *statements;
    size_t n_statements, cap_statements;
    casus_place *places; /* named so far, latest last */
    size_t n_places, cap_places;
    coder_link *links;
    size_t n_links, cap_links;
    const struct coref_choice *choice; /* coref_rank.h; NULL: the ranker's own */
} coder_doc;

/* ---- entity.c ---- */

uint32_t entity_known(coder_doc *d, uint32_t actor);                     /* of the lexicon */
uint32_t entity_new(coder_doc *d, casus_str name, const char *prefix);  /* made from a name; the same name gives the same entity */
uint32_t entity_agent(coder_doc *d, int32_t base, casus_str agent, casus_str name, const char *sector, bool plural);
uint32_t entity_coded(coder_doc *d, const char *code, casus_str name);   /* of a dictionary: the same code gives the same entity */
void entity_unmention(coder_doc *d, uint32_t e);                         /* its words are covered by another mention */
uint32_t entity_group(coder_doc *d, const uint32_t *members, size_t n, casus_str name);
void entity_alias(coder_doc *d, uint32_t e, casus_str words);
/* The first of its names that the account uses: shown until the lexicon's own name turns up. */
void entity_spelled(coder_doc *d, uint32_t e, casus_str words);
uint32_t *entity_by_words(coder_doc *d, casus_str words);                /* entity + 1 under words used before, or NULL */
/* Is a the same as b, or a part, organ or agent of it? */
bool entity_within(const coder_doc *d, uint32_t a, uint32_t b);
bool entity_is_country(const coder_entity *e);
/* Does a name of several words end in this one ("Transitional Council": "council", "Council")? */
bool entity_name_ends(casus_str name, casus_str word);
uint32_t entity_country_mentions(const coder_doc *d, uint32_t country); /* how often it, its bodies, groups and people have been named */

/* ---- mention.c, coref.c ---- */

void mention_hint(coder_doc *d, casus_sentence *s); /* before parsing: which words are known for names; headings in title case without their capitals */
void mention_find(coder_doc *d, coder_sentence *s); /* names, modifiers, agents */
void mention_rebase(coder_doc *d, coder_sentence *s); /* agents whose owner coreference found ("its commanders") */
void coref_resolve(coder_doc *d, coder_sentence *s); /* pronouns and descriptions, after mention_find of this sentence */
coder_mention *mention_add(coder_doc *d, coder_sentence *s, unsigned first, unsigned last, unsigned head, coder_mention_kind kind, uint32_t entity);
static inline coder_mention *mention_at(const coder_sentence *s, unsigned token) {
    return token && s->at[token] ? &s->mentions[s->at[token] - 1] : NULL;
}

#endif
