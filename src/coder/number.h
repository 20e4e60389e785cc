/* Numbers in words and digits, up to billions: "1,300", "2.5 million", "twenty-five", "two hundred and thirty", "a
 * dozen". */
#ifndef CODER_NUMBER_H
#define CODER_NUMBER_H

#include "casus/text.h"

/* Reads the number that starts at token `i`: its value and how many tokens it takes. False when no number starts there.
 * Cost O(tokens of the number). */
bool coder_number(const casus_sentence *s, int i, double *value, int *used);
/* Value of one word: digits ("1,300", "2.5") or a word below a hundred ("seven", "twenty-five"); false when it is
 * neither. */
bool coder_number_word(casus_str form, double *value);

#endif
