/* reader.h — a document's sentences parsed, matched and their mentions found, before anything is told. */
#ifndef CODER_READER_H
#define CODER_READER_H

#include "doc.h"

/* Splits, parses and prepares all sentences; *d and the trees live in the arena (trap set). */
casus_code reader_parse(casus_coder *c, const casus_document *doc, casus_arena *arena, coder_doc **d, casus_reading *out, casus_error *err);
/* The same, with `choice` saying what pronouns stand for. */
casus_code reader_parse_choosing(casus_coder *c, const casus_document *doc, const struct coref_choice *choice, casus_arena *arena, coder_doc **d, casus_reading *out, casus_error *err);

#endif
