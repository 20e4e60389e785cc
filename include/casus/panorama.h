/* casus/panorama.h — all events of a ledger in memory, for those who ask again and again: a page that is filtered by dragging.
 *
 * One row of 36 bytes for each event and pair of participants, by day; imported events and those merged from statements, and, marked by their
 * kind, relations and stances between actors. A scan of a million rows takes some milliseconds, so that any filter is answered without an index. What a row
 * says word for word is asked of the ledger by its `ref`. A panorama is a picture of the moment it was loaded: read-only, any number of threads.
 */
#ifndef CASUS_PANORAMA_H
#define CASUS_PANORAMA_H

#include "casus/base.h"
#include "casus/coder.h"
#include "casus/ledger.h"
#include "casus/lexicon.h"
#include "casus/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    CASUS_ROW_IMPORTED = 1, /* `ref` is a row of imported events (casus_ledger_imported_json); else of an event, or of a statement */
    CASUS_ROW_DISPUTED = 2, /* somebody disputes it */
    CASUS_ROW_TOLD = 4,     /* has no day of its own: `day` is that of the document */
    CASUS_ROW_FIRST = 8     /* the first row of its event */
};
enum { CASUS_UNDATED = INT32_MIN, CASUS_NOWHERE = UINT32_MAX };

typedef struct casus_panorama_row {
    int32_t day, end;          /* first and last day (casus_day_of); CASUS_UNDATED */
    uint32_t source, target;   /* index into actors; CASUS_NOBODY */
    uint32_t place;            /* index into places; CASUS_NOWHERE */
    uint32_t ref;
    float cooperation, conflict; /* >= 0: of the statement, or of the scheme's Goldstein-like scale */
    uint8_t type, quad, kind, flags; /* casus_plover; 0–4; casus_kind; CASUS_ROW_… */
} casus_panorama_row;

typedef struct casus_panorama_actor {
    const char *id, *name, *type, *country; /* "" when unknown; `id` names it everywhere */
    const char *code;          /* CAMEO, of states and armed groups: imports call it so */
    uint32_t mentions, documents, statements; /* in texts */
    uint32_t events;           /* it takes part in */
    double cooperation, conflict;
    int32_t first, last;       /* days of the first and last event; CASUS_UNDATED: none */
    bool imported, coded;      /* imported events name it; and `id` is their code */
    const char *sectors;       /* as the import has them */
} casus_panorama_actor;

typedef struct casus_panorama_place {
    const char *name, *country; /* "" when unknown */
    float lat, lon;             /* NaN: unknown */
    const char *precision;
} casus_panorama_place;

typedef struct casus_panorama {
    const casus_panorama_row *rows; /* by day; undated first; rows of one event beside each other */
    size_t n, events;               /* rows; events (kind event, each once) */
    size_t imported;                /* of them */
    casus_ledger_counts counts;     /* of the ledger at the same moment */
    int32_t first, last;            /* days; CASUS_UNDATED: nothing is dated */
    const casus_panorama_actor *actors;
    const uint32_t *rank;           /* actors by events and mentions, most first */
    size_t n_actors;
    const casus_panorama_place *places;
    size_t n_places;
    const char *const *origins;     /* formats of the imports, ending in NULL */
    const uint32_t *of_first, *of_rows; /* rows of actor a: of_rows[of_first[a]] … of_rows[of_first[a + 1] − 1], ascending */
    casus_arena arena;              /* owns all of it */
} casus_panorama;

/* Loads it. With a lexicon (NULL: none) an imported actor that is known goes by its id (AFGTAL: AFG.TALIBAN; RUSGOV, RUSMIL: RUS), as texts call it. `progress` (may be NULL) is called now and then; false stops with CASUS_ERR_STOPPED. Cost O(events log events), about a second a
 * million; memory 45 bytes an event, twice that while loading. Errors: CASUS_ERR_DB, CASUS_ERR_NOMEM, CASUS_ERR_LIMIT beyond 2^31 rows. */
casus_code casus_panorama_load(casus_panorama **out, casus_ledger *l, const casus_lexicon *lex, bool (*progress)(void *ctx, uint64_t done, uint64_t total), void *ctx,
                               casus_error *err);
void casus_panorama_free(casus_panorama *p);

/* What to look at; NULL or zero: no matter. Actors as in casus_acts_filter. */
typedef struct casus_panorama_filter {
    const casus_lexicon *lexicon; /* names take in what imports call otherwise (casus_acts_filter); NULL: names are those of the ledger alone */
    const char *actor, *other, *source, *target;
    const char *type;          /* PLOVER type */
    const char *place;         /* country (alpha-3) or name of a place */
    const char *since, *until; /* ISO, whole periods */
    const char *origin;        /* "statement" or "import" */
    bool disputed;             /* only what somebody disputes */
    bool ties;                 /* relations and stances too */
} casus_panorama_filter;

/* The filter made ready: which actors and places are meant. Lives in the arena (trap set); the panorama must outlive it. */
typedef struct casus_selection {
    const casus_panorama *p;
    size_t begin, end;         /* rows, or places in `list` */
    const uint32_t *list;      /* rows of the one actor meant; NULL: all rows */
    const uint64_t *actor, *other, *source, *target, *place; /* bit sets; NULL: any */
    size_t first_row, end_row; /* rows within the days asked for, whatever else */
    uint8_t type, need, lack;  /* casus_plover; flags a row must and must not have */
    bool ties;
} casus_selection;
/* `l` is asked for names and aliases. Errors: CASUS_ERR_NOTFOUND: nobody of that name (the nearest are named); CASUS_ERR_ARG: no type, date, origin. */
casus_code casus_panorama_select(const casus_panorama *p, casus_ledger *l, const casus_panorama_filter *filter, casus_arena *arena, casus_selection *out,
                                 casus_error *err);
/* The next row at or after *at (start with s->begin) that is selected; moves *at behind it; NULL at the end. Cost O(1) a row looked at. */
const casus_panorama_row *casus_selection_next(const casus_selection *s, size_t *at);
/* Is this row selected? (`first_row` and `end_row` are the caller's to mind.) */
bool casus_selection_has(const casus_selection *s, const casus_panorama_row *row);
/* The selected rows of one actor: places in of_rows from *begin to *end, each still to be asked for. Cost O(log rows). */
void casus_selection_actor(const casus_selection *s, uint32_t actor, size_t *begin, size_t *end);
/* The same backwards: start with *at = s->end. */
const casus_panorama_row *casus_selection_last(const casus_selection *s, size_t *at);
/* The actor of an id, a code or a name, whatever the case: the exact id first, then the one with most events. CASUS_ERR_NOTFOUND names the nearest. */
casus_code casus_panorama_find(const casus_panorama *p, casus_ledger *l, const char *name, casus_arena *arena, uint32_t *out, casus_error *err);
/* Cooperation and conflict of a row, both >= 0; casus_act_mass for events, its own for ties. */
void casus_panorama_mass(const casus_panorama_row *row, casus_scale scale, double *cooperation, double *conflict);

#ifdef __cplusplus
}
#endif
#endif
