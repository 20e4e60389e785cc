/* The arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez & Satta 2011) with the dynamic oracle of Goldberg & Nivre
 * (2013).
 *
 * Words are 1…n; the artificial root is n + 1, at the end of the buffer (Ballesteros & Nivre 2013), so that a word gets
 * it as head only when the buffer is empty of words; a sentence has exactly one root. A state is a stack, the index of
 * the first buffer word, and for each word its two outermost children on either side. */
#ifndef TEXT_TRANSITION_H
#define TEXT_TRANSITION_H

#include "casus/text.h"

enum text_action { TEXT_SHIFT, TEXT_LEFT, TEXT_RIGHT, TEXT_ACTIONS };

typedef struct text_node {
    uint16_t head;
    uint16_t left[2], right[2]; /* outermost child, the one before; 0: none */
    uint8_t lefts, rights;      /* number of children, at most 255 */
    uint8_t rel;
    uint8_t margin;
} text_node;

typedef struct text_state {
    uint16_t stack[CASUS_SENTENCE_MAX + 2];
    text_node node[CASUS_SENTENCE_MAX + 2];
    uint32_t depth, next, n;
} text_state;

/* Positions of the words a decision looks at, most telling first (a small model takes the first few). */
enum text_view {
    TEXT_S0,
    TEXT_S1,
    TEXT_B0,
    TEXT_S2,
    TEXT_B1,
    TEXT_S0_L,
    TEXT_S0_R,
    TEXT_S1_R,
    TEXT_B0_L,
    TEXT_S1_L,
    TEXT_B2,
    TEXT_VIEWS
};
/* Other facts of the state: labels of children, distances, numbers of children; each below TEXT_FACT_VALUES. */
enum { TEXT_FACTS = 18, TEXT_FACT_VALUES = CASUS_DEPREL_N + 1 };

void text_state_start(text_state *s, uint32_t n);
bool text_state_done(const text_state *s);
bool text_state_can(const text_state *s, enum text_action a);
void text_state_do(text_state *s, enum text_action a, uint8_t rel);
/* Word index of each view; 0 when there is none, n + 1 for the root. */
void text_state_views(const text_state *s, uint16_t out[TEXT_VIEWS]);
void text_state_facts(const text_state *s, uint8_t out[TEXT_FACTS]);
/* Number of gold arcs that become unreachable by action `a`; heads[1…n], the root's head being n + 1. O(depth + n). */
unsigned text_state_cost(const text_state *s, enum text_action a, const uint16_t *heads);

#endif
