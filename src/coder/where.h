/* Places of a sentence, and which of them an act happened at.
 *
 * A place is a name that the lexicon (places, countries, capitals) or the gazetteer knows, a part of one ("eastern
 * Afghanistan"), a site or division named with its kind ("Crocus concert hall", "Nangarhar province", "the town of
 * Baraki"), or an unknown name that a preposition of place introduces: that one keeps its words and gets no
 * coordinates, and a country only when the text gives it ("the Uzbek city of …", "…, Uzbekistan"). What contains what
 * is read from the text (Abbey Gate – Kabul airport – Kabul). Names of groups and people are no places.
 */
#ifndef CODER_WHERE_H
#define CODER_WHERE_H

#include "casus/coder.h"
#include "casus/gazetteer.h"
#include "casus/lexicon.h"

typedef struct coder_place {
    casus_place place;
    int first, last; /* tokens, inclusive, without the preposition */
    int head;        /* the token that hangs on the rest of the tree */
    int inside;      /* index of the place that the text puts it in, -1 none */
    bool part;       /* the words are part of another place's ("Kabul" in "Kabul airport") */
    bool capital;    /* may stand for a government */
} coder_place;

typedef struct coder_places {
    coder_place *items;
    size_t n, cap;
} coder_places;

/* All places in text order. `lexicon` and `gazetteer` may be NULL. Cost O(tokens) look-ups of capitalised words; no
 * allocation when there is none. */
void coder_places_read(casus_arena *arena, casus_str text, const casus_sentence *s, const casus_lexicon *lexicon,
                       const casus_gazetteer *gazetteer, coder_places *out);

/* Where the act at `token` (predicate or noun) happened: what "in", "at", "near" … introduce in its clause or phrase,
 * the sites and towns it is done to ("bombed Abbey Gate", "fired at Termez"), the town before a noun ("the Moscow
 * attack"); failing that, what holds through the tree (coder_setting; *inherited, may be NULL). A country as object,
 * subject or possessor, and a capital as subject or possessor, is an actor, not a place. Each place is followed by
 * those that contain it. *out: array of *n in the arena, NULL when none. */
void coder_place_for(casus_arena *arena, const casus_sentence *s, const coder_places *list, int token,
                     casus_place **out, size_t *n, bool *inherited);

#endif
