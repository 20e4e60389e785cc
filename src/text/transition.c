#include "text/transition.h"

#include <string.h>

void text_state_start(text_state *s, uint32_t n) {
    memset(s->node, 0, sizeof *s->node * (n + 2));
    s->depth = 0;
    s->next = 1;
    s->n = n;
}

bool text_state_done(const text_state *s) { return s->next == s->n + 1 && s->depth == 0; }

bool text_state_can(const text_state *s, enum text_action a) {
    bool words_left = s->next <= s->n;
    if (a == TEXT_SHIFT) return words_left;
    if (a == TEXT_RIGHT) return s->depth >= 2;
    return s->depth >= 1 && (words_left || s->depth == 1);
}

static void attach(text_state *s, uint16_t head, uint16_t child, uint8_t rel) {
    text_node *h = &s->node[head], *c = &s->node[child];
    c->head = head;
    c->rel = rel;
    uint16_t *side = child < head ? h->left : h->right;
    uint8_t *count = child < head ? &h->lefts : &h->rights;
    side[1] = side[0];
    side[0] = child;
    *count = (uint8_t)(*count + (*count < 255));
}

void text_state_do(text_state *s, enum text_action a, uint8_t rel) {
    if (a == TEXT_SHIFT) {
        s->stack[s->depth++] = (uint16_t)s->next++;
        return;
    }
    uint16_t child = s->stack[--s->depth];
    attach(s, a == TEXT_LEFT ? (uint16_t)s->next : s->stack[s->depth - 1], child, rel);
}

static uint16_t stack_at(const text_state *s, uint32_t i) { return i < s->depth ? s->stack[s->depth - 1 - i] : 0; }

static uint16_t buffer_at(const text_state *s, uint32_t i) {
    return s->next + i <= s->n + 1 ? (uint16_t)(s->next + i) : 0;
}

void text_state_views(const text_state *s, uint16_t out[TEXT_VIEWS]) {
    uint16_t s0 = stack_at(s, 0), s1 = stack_at(s, 1), b0 = buffer_at(s, 0);
    out[TEXT_S0] = s0;
    out[TEXT_S1] = s1;
    out[TEXT_B0] = b0;
    out[TEXT_S2] = stack_at(s, 2);
    out[TEXT_B1] = buffer_at(s, 1);
    out[TEXT_S0_L] = s->node[s0].left[0];
    out[TEXT_S0_R] = s->node[s0].right[0];
    out[TEXT_S1_R] = s->node[s1].right[0];
    out[TEXT_B0_L] = s->node[b0].left[0];
    out[TEXT_S1_L] = s->node[s1].left[0];
    out[TEXT_B2] = buffer_at(s, 2);
}

/* 0 stands for "no such child", so labels are counted from 1. */
static uint8_t rel_of(const text_state *s, uint16_t child) { return child ? (uint8_t)(s->node[child].rel + 1) : 0; }

static uint8_t bucket(uint32_t d) {
    if (d <= 5) return (uint8_t)d;
    if (d <= 7) return 6;
    if (d <= 10) return 7;
    if (d <= 15) return 8;
    return d <= 25 ? 9 : 10;
}

static uint8_t at_most(uint8_t v, uint8_t top) { return v < top ? v : top; }

void text_state_facts(const text_state *s, uint8_t out[TEXT_FACTS]) {
    uint16_t s0 = stack_at(s, 0), s1 = stack_at(s, 1), s2 = stack_at(s, 2), b0 = buffer_at(s, 0);
    const text_node *n0 = &s->node[s0], *n1 = &s->node[s1], *nb = &s->node[b0];
    uint8_t k = 0;
    out[k++] = rel_of(s, n0->left[0]);
    out[k++] = rel_of(s, n0->left[1]);
    out[k++] = rel_of(s, n0->right[0]);
    out[k++] = rel_of(s, n0->right[1]);
    out[k++] = rel_of(s, n1->left[0]);
    out[k++] = rel_of(s, n1->left[1]);
    out[k++] = rel_of(s, n1->right[0]);
    out[k++] = rel_of(s, n1->right[1]);
    out[k++] = rel_of(s, nb->left[0]);
    out[k++] = rel_of(s, nb->left[1]);
    out[k++] = bucket(s0 ? (uint32_t)(b0 - s0) : 0);
    out[k++] = bucket(s1 ? (uint32_t)(s0 - s1) : 0);
    out[k++] = bucket(s2 ? (uint32_t)(s1 - s2) : 0);
    out[k++] = (uint8_t)(at_most(n0->lefts, 4) * 5 + at_most(n0->rights, 4));
    out[k++] = (uint8_t)(at_most(n1->lefts, 4) * 5 + at_most(n1->rights, 4));
    out[k++] = at_most(nb->lefts, 6);
    out[k++] = bucket(s->depth);
    out[k++] = bucket(s->n + 1 - s->next);
}

static bool in_buffer(const text_state *s, uint16_t w) { return w >= s->next; }

/* Gold children of `w` that still wait in the buffer. */
static unsigned children_waiting(const text_state *s, uint16_t w, const uint16_t *heads) {
    unsigned c = 0;
    for (uint32_t d = s->next; d <= s->n; d++) c += heads[d] == w;
    return c;
}

unsigned text_state_cost(const text_state *s, enum text_action a, const uint16_t *heads) {
    uint16_t s0 = stack_at(s, 0), s1 = stack_at(s, 1), b0 = buffer_at(s, 0);
    if (a == TEXT_LEFT) {
        bool lost = (in_buffer(s, heads[s0]) && heads[s0] != b0) || (s1 && heads[s0] == s1);
        return children_waiting(s, s0, heads) + lost;
    }
    if (a == TEXT_RIGHT) return children_waiting(s, s0, heads) + in_buffer(s, heads[s0]);
    unsigned c = 0;
    for (uint32_t i = 0; i < s->depth; i++) {
        uint16_t w = s->stack[i];
        c += heads[w] == b0;                     /* b0 can no longer take what is on the stack */
        c += i + 1 < s->depth && heads[b0] == w; /* nor be taken by what lies below the top */
    }
    return c;
}
