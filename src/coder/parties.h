/* parties.h — what an act is by who does it and to whom, where its word alone does not say. */
#ifndef CODER_PARTIES_H
#define CODER_PARTIES_H

#include "build.h"

/* "drones struck a refinery": a weapon or a blast stands where its user is not named. */
bool parties_weapon(const builder *b, unsigned source);
/* "a storm hit the islands": nobody's act. */
bool parties_nature(const builder *b, unsigned source);
/* Gives the act at `token`, of `source` on `target` (tokens, 0 for none), the type that its parties make it: soldiers who leave a country withdraw, a
 * state that leaves a union breaks off, fighters who storm a palace protest nothing. */
void parties_retype(const builder *b, unsigned token, unsigned target, casus_statement *st);
/* What a weapon does in words that only then are force ("rockets landed on the base"). */
bool parties_strikes(const builder *b, unsigned verb, unsigned source);

#endif
