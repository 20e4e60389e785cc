/* echo.h — what is told once and holds several times: pairs of date and place, and clauses cut down to "as did …". */
#ifndef CODER_ECHO_H
#define CODER_ECHO_H

#include "build.h"

/* A date and a place told side by side ("in April 2023 in Shiraz"). */
typedef struct coder_scene {
    const coder_time *time;
    const coder_place *place;
} coder_scene;

/* The pairs among tokens first..last (1-based), in text order; 0 unless every date there has its place. */
size_t echo_scenes(const builder *b, unsigned first, unsigned last, coder_scene *out, size_t max);
/* The scenes of an act told for several at once ("struck Basra in May and Kirkuk in June"); 0 when it is told of one. */
size_t echo_scenes_of(const builder *b, unsigned token, coder_scene *out, size_t max);
/* Gives a statement the date and the place (with what contains it) of a scene. */
void echo_set_scene(builder *b, casus_statement *st, const coder_scene *scene);
/* "…, as did its other raids", "so has Peru", "nor did Chile": what a sentence's statements from number `from` on tell of their verb is told of the
 * second subject too, at its own dates and places. */
void echo_build(builder *b, size_t from);

#endif
