/* Inside of the splitter: a text is cut into paragraphs (split.c), these into chunks at white space, chunks into tokens
 * (token.c), and tokens are gathered into sentences (sentence.c). One pass, one arena. */
#ifndef TEXT_SPLIT_H
#define TEXT_SPLIT_H

#include "casus/text.h"

/* What a character is to the splitter: 'a' 'A' letters, '0' digits, ' ' space, ASCII punctuation itself, or one of
 * these. */
enum text_mark {
    TEXT_OPEN_QUOTE = 1, /* “ « */
    TEXT_CLOSE_QUOTE,    /* ” » */
    TEXT_OPEN_SINGLE,    /* ‘ */
    TEXT_DASH,           /* — – ― */
    TEXT_ELLIPSIS,       /* … */
    TEXT_SYMBOL          /* any other */
};

/* The character at text[i]: its mark and its length in bytes. Past `end` it is ' ' of length 0. */
typedef struct text_char {
    unsigned char mark;
    uint8_t n;
} text_char;
text_char text_char_at(casus_str text, size_t i, size_t end);
text_char text_char_before(casus_str text, size_t begin, size_t i); /* the one that ends at i */

/* Growing list of tokens. */
typedef struct text_cutter {
    casus_arena *arena;
    casus_str text;
    casus_token *tokens;
    size_t n, cap;
} text_cutter;

/* Cuts text[begin, end), which holds no white space, and appends its tokens. */
void text_cut_chunk(text_cutter *c, size_t begin, size_t end);

/* How a word with a period behind it stands to the end of a sentence. `word` is without the last period. */
enum text_abbreviation { TEXT_NO_ABBREVIATION, TEXT_MAY_END, TEXT_NEVER_ENDS, TEXT_BEFORE_NUMBER };
enum text_abbreviation text_abbreviation_of(casus_str word);
bool text_starts_sentences(casus_str word); /* "The", "But", "He": words that begin sentences and seldom names */
bool text_keeps_hyphen(casus_str before);   /* "re-", "co-", "e-": no cut at the hyphen */
/* Bytes of the first part of a word that is two, "gonna" → 3; 0: it is not. `word` is lower-cased by the caller. */
size_t text_contraction_of(casus_str lower);

/* Gathers the cutter's tokens (one paragraph's) into sentences. */
typedef struct text_gather {
    casus_arena *arena;
    casus_str text;
    casus_sentence *items;
    size_t n, cap;
    uint32_t paragraph;
    casus_block block;
    bool quote_open; /* “ without its ” so far in this paragraph */
} text_gather;
void text_gather_paragraph(text_gather *g, const casus_token *tokens, size_t n);
/* One sentence of all the tokens, whatever they are (cut when too long). */
void text_gather_whole(text_gather *g, const casus_token *tokens, size_t n);

#endif
