/* casus_conllu_read on any text; what was read must be written in a form that is read again as the same number of
 * words. */
#include "casus/text.h"

#include <stdint.h>
#include <stdlib.h>

static size_t count_words(const casus_sentences *s) {
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) n += s->items[i].n;
    return n;
}

static void check_spans(const casus_sentences *s, casus_str text) {
    for (size_t i = 0; i < s->n; i++)
        for (size_t k = 0; k < s->items[i].n; k++) {
            const casus_token *t = &s->items[i].tokens[k];
            if (t->begin > t->end || t->end > text.n || t->head > s->items[i].n) abort();
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    casus_arena arena;
    casus_arena_init(&arena);
    casus_str text, again_text;
    casus_sentences first, again;
    casus_error err = {0};
    casus_buf out = {0};
    casus_code code = casus_conllu_read((casus_str){(const char *)data, size}, "input", &arena, &text, &first, &err);
    if (code == CASUS_OK) {
        check_spans(&first, text);
        for (size_t i = 0; i < first.n; i++) casus_conllu_write(&out, &first.items[i], text, "s");
        code = casus_conllu_read((casus_str){out.at, out.n}, "again", &arena, &again_text, &again, &err);
        if (code != CASUS_OK || count_words(&first) != count_words(&again)) abort();
    } else if (!err.message[0]) {
        abort();
    }
    casus_buf_done(&out);
    casus_arena_done(&arena);
    return 0;
}
