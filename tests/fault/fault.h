/* Makes the n-th allocation or the n-th system call of the code under test fail, so that every error path is walked.
 *
 * The fault programs are linked with --wrap for the functions below; calls from the library's own objects are counted,
 * those inside shared libraries (libxml2, jansson, SQLite, libc) are not. Pattern of a test:
 *
 *     static casus_code scenario(void *ctx) { … the work, cleaning up after itself, returns what it returned … }
 *     fault_each(FAULT_MEMORY, scenario, NULL);
 *
 * fault_each runs the scenario with the 1st, 2nd … call failing until none is left to fail. Each run must either get
 * through or return an error of the right kind; leaks and wild pointers are the sanitizers' business. */
#ifndef FAULT_H
#define FAULT_H

#include "casus/base.h"

typedef enum fault_kind {
    FAULT_MEMORY, /* malloc, calloc, realloc return NULL */
    FAULT_IO      /* open, read, write, fsync, rename, mmap fail with EIO, write with ENOSPC */
} fault_kind;

/* Runs `scenario` until it is not hit by a fault any more, which must then succeed; returns the number of faults tried
 * (at least one). */
size_t fault_each(fault_kind kind, casus_code (*scenario)(void *ctx), void *ctx);

/* By hand: the n-th call from now on fails (once); fault_disarm says whether it was reached. */
void fault_arm(fault_kind kind, size_t n);
bool fault_disarm(void);

#endif
