/* Trees for tests, written by hand: one token is FORM[=LEMMA]_XPOS_HEAD_DEPREL, tokens are separated by blanks. The
 * text is put together again with blanks, except before closing punctuation and clitics and around hyphens. */
#ifndef TESTS_TREES_H
#define TESTS_TREES_H

#include "casus/text.h"

#include <stdlib.h>
#include <string.h>

typedef struct tree {
    casus_sentence sentence;
    casus_str text;
} tree;

static bool tree_glued(const char *form, const char *before) {
    static const char *const CLOSE[] = {",", ".", ")", "'s", "\xE2\x80\x99s", "n't",
                                        "-", ";", "%", ":",  "\xE2\x80\x93"};
    for (size_t i = 0; i < sizeof CLOSE / sizeof *CLOSE; i++)
        if (strcmp(form, CLOSE[i]) == 0) return true;
    return strcmp(before, "(") == 0 || strcmp(before, "-") == 0 || strcmp(before, "$") == 0 ||
           strcmp(before, "\xE2\x80\x93") == 0;
}

static casus_upos tree_upos(const char *xpos, casus_deprel d, const char *form) {
    if (strncmp(xpos, "NNP", 3) == 0) return CASUS_PROPN;
    if (xpos[0] == 'N') return CASUS_NOUN;
    if (xpos[0] == 'V') return d == CASUS_AUX_REL || d == CASUS_AUX_PASS || d == CASUS_COP ? CASUS_AUX : CASUS_VERB;
    if (strcmp(xpos, "MD") == 0) return CASUS_AUX;
    if (xpos[0] == 'J') return CASUS_ADJ;
    if (strncmp(xpos, "RB", 2) == 0)
        return strcmp(form, "not") == 0 || strcmp(form, "n't") == 0 ? CASUS_PART : CASUS_ADV;
    if (strcmp(xpos, "IN") == 0) return d == CASUS_MARK ? CASUS_SCONJ : CASUS_ADP;
    if (strcmp(xpos, "TO") == 0) return d == CASUS_CASE ? CASUS_ADP : CASUS_PART;
    if (strcmp(xpos, "POS") == 0) return CASUS_PART;
    if (strcmp(xpos, "RP") == 0) return CASUS_ADP;
    if (strcmp(xpos, "CD") == 0) return CASUS_NUM;
    if (strcmp(xpos, "CC") == 0) return CASUS_CCONJ;
    if (strstr(xpos, "DT")) return d == CASUS_DET_REL ? CASUS_DET : CASUS_PRON;
    if (xpos[0] == 'P' || xpos[0] == 'W' || strcmp(xpos, "EX") == 0)
        return strcmp(xpos, "WRB") == 0 ? CASUS_ADV : CASUS_PRON;
    return d == CASUS_PUNCT_REL ? CASUS_PUNCT : CASUS_SYM;
}

static void tree_token(casus_arena *a, casus_token *t, char *spec) {
    char *deprel, *head, *xpos, *lemma, *p = spec;
    xpos = strchr(p, '_');
    *xpos++ = '\0';
    head = strchr(xpos, '_');
    *head++ = '\0';
    deprel = strchr(head, '_');
    *deprel++ = '\0';
    lemma = strchr(p + 1, '=');
    if (lemma) *lemma++ = '\0';
    t->form = casus_str_of(p);
    if (!lemma) {
        lemma = casus_arena_strndup(a, p, strlen(p));
        if (strncmp(xpos, "NNP", 3) != 0)
            for (char *c = lemma; *c; c++)
                if (*c >= 'A' && *c <= 'Z') *c = (char)(*c + 32);
    }
    t->lemma = casus_str_of(lemma);
    t->head = (uint16_t)atoi(head);
    t->deprel = (uint8_t)casus_deprel_of(casus_str_of(deprel));
    t->xpos = (uint8_t)casus_xpos_of(casus_str_of(xpos));
    t->upos = (uint8_t)tree_upos(xpos, (casus_deprel)t->deprel, p);
}

static tree tree_of(casus_arena *a, const char *spec) {
    tree out = {0};
    casus_buf text = {0};
    char *copy = casus_arena_strndup(a, spec, strlen(spec)), *save = NULL;
    const char *before = "";
    out.sentence.tokens = CASUS_NEW_ARRAY(a, casus_token, strlen(spec) / 2 + 1);
    for (char *p = strtok_r(copy, " ", &save); p; p = strtok_r(NULL, " ", &save)) {
        casus_token *t = &out.sentence.tokens[out.sentence.n];
        tree_token(a, t, p);
        if (out.sentence.n > 0 && !tree_glued(t->form.at, before)) casus_buf_adds(&text, " ");
        t->begin = (uint32_t)text.n;
        casus_buf_adds(&text, t->form.at);
        t->end = (uint32_t)text.n;
        before = t->form.at;
        out.sentence.n++;
    }
    out.sentence.end = (uint32_t)text.n;
    out.sentence.parsed = true;
    out.text = (casus_str){casus_arena_strndup(a, text.at, text.n), text.n};
    casus_buf_done(&text);
    return out;
}

#endif
