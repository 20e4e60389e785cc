/* Random numbers that are the same on every machine: SplitMix64 (Steele, Lea and Flood 2014, OOPSLA). */
#ifndef MEASURE_RANDOM_H
#define MEASURE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

static inline uint64_t measure_random(uint64_t *state) {
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* 0 … n − 1, each as likely but for one part in 2^64 / n. */
static inline size_t measure_random_below(uint64_t *state, size_t n) { return (size_t)(measure_random(state) % n); }

#endif
