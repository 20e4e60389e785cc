/* Inside of the parser, for tests and the trainer. */
#ifndef TEXT_PARSER_H
#define TEXT_PARSER_H

#include "text/model.h"

/* Chooses the arithmetic (plain, 128 bits or AVX2); the trees are the same. */
void text_parser_use(casus_parser *p, const text_kernels *kernels);

#endif
