/* casus_petrarch_read on arbitrary bytes: the first chooses the kind of file; then every look-up with words of the
 * input. */
#include "casus/petrarch.h"

#include <stdlib.h>

enum { WORDS = 64 };

static void look_up(const casus_petrarch *p, const casus_str *word, size_t n) {
    bool story;
    size_t used = 1;
    if (casus_petrarch_actor(p, word, n, 9000, &used) && (used == 0 || used > n)) abort();
    if (casus_petrarch_agent_at(p, word, n, &used) && (used == 0 || used > n)) abort();
    casus_petrarch_discarded(p, word, n, &story);
    const casus_petrarch_verb *v;
    for (size_t i = 0; (v = casus_petrarch_verb_at(p, word[0], i)); i++)
        for (uint32_t k = 0; k < v->n_patterns; k++) {
            const casus_petrarch_pattern *t = casus_petrarch_patterns(p, v) + k;
            size_t words;
            for (uint32_t e = 0; e < t->n_after; e++) {
                const casus_petrarch_element *x = casus_petrarch_elements(p, t->after) + e;
                if (x->type == CASUS_PETRARCH_WORD && casus_petrarch_phrase(p, x->set, 0, &words) && !words) abort();
            }
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const names[] = {"x.actors", "x.agents.txt", "x.verbs", "x.discards"};
    if (!size) return 0;
    casus_str bytes = {(const char *)data + 1, size - 1}, rest = bytes, word[WORDS];
    casus_buf problems = {0};
    casus_petrarch *p = NULL;
    if (casus_petrarch_read(&p, names[data[0] % 4], bytes, &problems, NULL) != CASUS_OK) abort();
    if (casus_petrarch_count(p).problems && !problems.n) abort();
    size_t n = 0;
    if (casus_utf8_check(bytes.at, bytes.n) == bytes.n)
        while (n < WORDS && casus_str_cut(&rest, ' ', &word[n])) n++;
    for (size_t i = 0; i < n; i++) look_up(p, word + i, n - i);
    casus_buf_done(&problems);
    casus_petrarch_close(p);
    return 0;
}
