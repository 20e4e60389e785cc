/* casus_lexicon on a file of the right kind and checksum: the first byte is the number of sections, the rest what follows the
 * head of a casus_pack (section table, then bytes). What opens must answer every look-up from inside the file. */
#include "casus/lexicon.h"
#include "fuzz_file.h"

#include <string.h>
#include <xxhash.h>

static void read_actors(const casus_lexicon *lex) {
    casus_known_actor a;
    for (uint32_t i = 0; casus_lexicon_actor(lex, i, &a); i++) {
        for (uint32_t k = 0; k < a.n_facts; k++) casus_lexicon_fact(lex, &a, k);
        for (uint32_t k = 0; k < a.n_names; k++) casus_lexicon_alias(lex, &a, k);
        casus_lexicon_fact_on(lex, &a, CASUS_FACT_SECTOR, 0);
    }
    casus_lexicon_actor_by_id(lex, "KLM.DAWN", &a);
}

static void read_patterns(const casus_lexicon *lex, const char *lemma) {
    size_t n = 0;
    volatile uint32_t sum = 0; /* every hash must be readable */
    const casus_pattern *p = casus_lexicon_patterns(lex, casus_lemma_hash(casus_str_of(lemma)), &n);
    for (size_t i = 0; p && i < n; i++) {
        const casus_element *e = casus_lexicon_elements(lex, &p[i]);
        if (!casus_lexicon_frame(lex, p[i].frame)) abort();
        for (unsigned k = 0; k < p[i].n_elements; k++)
            for (unsigned j = 0; j < (unsigned)e[k].n_words + e[k].n_preps; j++) sum += casus_lexicon_lemma_hashes(lex, &e[k])[j];
    }
    (void)sum;
}

static void look_up(const casus_lexicon *lex) {
    static const char *const words[] = {"Kelm", "CL", "gunmen", "likely", "expected", "Upland", "according", "fire", "attack", "nobody"};
    read_actors(lex);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        uint64_t cased = casus_key(casus_str_of(words[i]), false), lower = casus_key(casus_str_of(words[i]), true);
        size_t n = 0;
        const casus_name *names = casus_lexicon_names(lex, cased, &n);
        for (size_t k = 0; names && k < n; k++) casus_lexicon_string(lex, names[k].text);
        casus_lexicon_name_words(lex, cased);
        casus_lexicon_agent(lex, lower);
        casus_lexicon_phrases(lex, lower, &n);
        casus_lexicon_place(lex, cased);
        read_patterns(lex, words[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size) return 0;
    uint8_t *file = calloc(1, size + 39);
    if (!file) abort();
    uint32_t version = 1, sections = data[0];
    uint64_t total = size + 39, hash = XXH3_64bits(data + 1, size - 1);
    memcpy(file, "casuslexicon", 12);
    memcpy(file + 16, &version, 4);
    memcpy(file + 20, &sections, 4);
    memcpy(file + 24, &total, 8);
    memcpy(file + 32, &hash, 8);
    memcpy(file + 40, data + 1, size - 1);
    const char *path = fuzz_file(file, size + 39);
    casus_lexicon *lex = NULL;
    casus_error err = {0};
    casus_code code = casus_lexicon_open(&lex, path, &err);
    if (!code) look_up(lex);
    if (code && !err.message[0]) abort();
    casus_lexicon_close(lex);
    unlink(path);
    free(file);
    return 0;
}
