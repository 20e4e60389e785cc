/* Actions and cues: heads to frames, patterns to elements. The pattern language is described in knowledge/README.md. */
#include "compile.h"

#include <stdlib.h>
#include <string.h>

static const char *const plover_names[] = {"",       "AGREE",  "CONSULT", "SUPPORT",  "CONCEDE", "COOPERATE", "AID",      "RETREAT", "REQUEST",
                                           "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE",   "ASSAULT"};
static const char *const holds_names[] = {"asserts", "claims", "attributes", "denies", "alleges", "presumes", "believes",
                                          "hopes",   "fears",  "wants",      "promises", "relays"};
static const char *const class_names[] = {"event",      "relation", "stance", "cause",      "power",    "change",       "comparison",
                                          "assessment", "say",      "likelihood", "negation", "hypothetical", "view", "light", "attempt", "topic"};

static int find(casus_str s, const char *const *names, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (casus_str_is(s, names[i])) return (int)i;
    return -1;
}
#define FIND(s, names) find((s), (names), sizeof(names) / sizeof *(names))

static const char *const prepositions[] = {
    "about", "above", "across", "after", "against", "along", "alongside", "amid", "among", "around", "as", "at", "before", "behind", "below",
    "beneath", "beside", "between", "beyond", "by", "concerning", "despite", "down", "during", "for", "from", "in", "inside", "into", "like",
    "near", "of", "off", "on", "onto", "out", "outside", "over", "past", "per", "regarding", "since", "than", "through", "throughout", "till",
    "to", "toward", "towards", "under", "until", "unto", "up", "upon", "versus", "via", "vis-a-vis", "with", "within", "without"};

static bool is_preposition(casus_str word) {
    casus_str one, rest = word;
    while (casus_str_cut(&rest, '|', &one))
        if (FIND(one, prepositions) < 0) return false;
    return word.n > 0;
}

static casus_slot slot_of(casus_str word) {
    static const char *const slots[] = {"", "SOURCE", "TARGET", "CONTENT", "DO"};
    int i = FIND(word, slots);
    return i > 0 ? (casus_slot)i : CASUS_SLOT_NONE;
}

/* ---- heads ---- */

static double number_attr(compiler *c, const knowledge_entry *e, const char *name, double missing) {
    casus_str v = knowledge_attr_of(e, name);
    if (!v.n) return missing;
    char text[32] = {0}, *end;
    memcpy(text, v.at, v.n < 31 ? v.n : 31);
    double d = strtod(text, &end);
    if (*end) compile_problem(c, e, 0, "%s=%s is no number", name, text);
    return d;
}

static int8_t sign_attr(compiler *c, const knowledge_entry *e) {
    casus_str v = knowledge_attr_of(e, "sign");
    if (!v.n) return 2;
    if (casus_str_is(v, "+")) return 1;
    if (casus_str_is(v, "-")) return -1;
    if (!casus_str_is(v, "0")) compile_problem(c, e, 0, "sign is +, - or 0");
    return 0;
}

static void set_contexts(compiler *c, const knowledge_entry *e, casus_frame *f) {
    casus_str rest = knowledge_attr_of(e, "context"), one;
    for (size_t i = 0; rest.at && casus_str_cut(&rest, ',', &one);)
        if (i < 3) f->context[i++] = compile_string(c, one);
}

static void set_word(compiler *c, const knowledge_entry *e, casus_frame *f, casus_str word) {
    casus_str rest = word, base, mode = {NULL, 0};
    casus_str_cut(&rest, ':', &base);
    if (rest.at) mode = rest;
    f->word = compile_string(c, base);
    f->mode = compile_string(c, mode);
    int plover = f->class_ == CASUS_FRAME_EVENT ? FIND(base, plover_names) : 0;
    int holds = f->class_ == CASUS_FRAME_SAY ? FIND(base, holds_names) : 0;
    if (plover < 0 || (f->class_ == CASUS_FRAME_EVENT && !plover)) compile_problem(c, e, 0, "unknown PLOVER type %.*s", CASUS_FMT(base));
    if (holds < 0) compile_problem(c, e, 0, "unknown attitude %.*s after `say`", CASUS_FMT(base));
    f->plover = plover > 0 ? (uint8_t)plover : 0;
    f->holds = holds > 0 ? (uint8_t)holds : 0;
    if (f->class_ == CASUS_FRAME_VIEW) f->holds = casus_str_is(base, "rejects") ? 1 : 2;
}

/* Fills `f` from the head; false when it is no head of an action. */
static bool read_frame(compiler *c, const knowledge_entry *e, casus_frame *f) {
    casus_str rest = e->head, class_name, word = {NULL, 0};
    casus_str_cut(&rest, ' ', &class_name);
    if (rest.at) word = casus_str_trim(rest);
    int class_ = FIND(class_name, class_names);
    if (class_ < 0) {
        compile_problem(c, e, 0, "unknown head %.*s", CASUS_FMT(e->head));
        return false;
    }
    *f = (casus_frame){.class_ = (uint8_t)class_, .sign = sign_attr(c, e), .force = (float)number_attr(c, e, "force", -1)};
    f->low = (float)number_attr(c, e, "low", 0);
    f->high = (float)number_attr(c, e, "high", 1);
    f->cameo = compile_string(c, knowledge_attr_of(e, "cameo"));
    set_contexts(c, e, f);
    set_word(c, e, f, word.n ? word : class_name);
    return true;
}

/* ---- patterns ---- */

typedef struct pattern_words {
    casus_str word[16];
    size_t n;
} pattern_words;

static bool cut_words(casus_str text, pattern_words *w) {
    casus_str one;
    w->n = 0;
    while (casus_str_cut(&text, ' ', &one)) {
        if (!one.n) continue;
        if (w->n == 16) return false;
        w->word[w->n++] = one;
    }
    return w->n > 0;
}

/* A compound ("press_conference") is known by its last two words, so "human_rights_abuse" is found as "rights_abuse". */
static casus_str last_two(casus_str lemma) {
    unsigned joins = 0;
    for (size_t i = lemma.n; i-- > 0;)
        if (lemma.at[i] == '_' && ++joins == 2) return (casus_str){lemma.at + i + 1, lemma.n - i - 1};
    return lemma;
}

static unsigned add_hash(compiler *c, casus_str lemma) {
    lemma = last_two(lemma);
    *CASUS_PUSH(c->arena, c->hashes, c->n_hashes, c->cap_hashes) = casus_lemma_hash(lemma);
    return 1;
}

static unsigned add_set(compiler *c, const knowledge_entry *e, int line, casus_str name) {
    unsigned n = 0;
    bool found = false;
    for (size_t s = 0; s < c->n_sets; s++) {
        if (!casus_str_eq(c->sets[s].name, name)) continue;
        found = true;
        for (size_t k = 0; k < c->sets[s].entry->n_keys; k++)
            for (size_t i = 0; i < c->sets[s].entry->keys[k].n; i++) {
                casus_str word = c->sets[s].entry->keys[k].items[i].text;
                for (size_t b = word.n; b-- > 0;) /* a compound is found by its last word */
                    if (word.at[b] == ' ' || word.at[b] == '-') {
                        word = (casus_str){word.at + b + 1, word.n - b - 1};
                        break;
                    }
                n += add_hash(c, word);
            }
    }
    if (!found) compile_problem(c, e, line, "no set {%.*s}", CASUS_FMT(name));
    return n;
}

/* "rocket|missile|{weapon}" → hashes; returns how many. */
static unsigned add_alternatives(compiler *c, const knowledge_entry *e, int line, casus_str word) {
    unsigned n = 0;
    casus_str one;
    while (casus_str_cut(&word, '|', &one)) {
        if (!one.n) continue;
        bool set = one.n > 2 && one.at[0] == '{' && one.at[one.n - 1] == '}';
        n += set ? add_set(c, e, line, (casus_str){one.at + 1, one.n - 2}) : add_hash(c, one);
    }
    if (n > 255) compile_problem(c, e, line, "more than 255 alternatives in one place");
    return n > 255 ? 255 : n;
}

static void add_element(compiler *c, const knowledge_entry *e, int line, casus_pattern *p, int type, casus_slot slot, casus_str words, casus_str preps) {
    casus_element el = {.type = (uint8_t)type, .slot = (uint8_t)slot, .words = (uint32_t)c->n_hashes};
    el.n_words = (uint8_t)add_alternatives(c, e, line, words);
    el.n_preps = (uint8_t)add_alternatives(c, e, line, preps);
    *CASUS_PUSH(c->arena, c->elements, c->n_elements, c->cap_elements) = el;
    p->n_elements++;
    if (type != CASUS_ELEMENT_SLOT) p->n_required = (uint8_t)(p->n_required + 2);
    else if (preps.n) p->n_required++;
}

static bool is_flag(casus_str w, casus_pattern *p) {
    if (casus_str_is(w, "MUTUAL")) p->flags |= CASUS_PATTERN_MUTUAL;
    else if (casus_str_is(w, "SUBJ=TARGET")) p->flags |= CASUS_PATTERN_SUBJECT_IS_TARGET;
    else return false;
    return true;
}

/* The words after the trigger. "to DO" is a slot of its own; a preposition binds what follows it; one with nothing to bind is a particle. */
static void add_rest(compiler *c, const knowledge_entry *e, int line, casus_pattern *p, const pattern_words *w, size_t i) {
    const casus_str none = {NULL, 0};
    while (i < w->n) {
        casus_str word = w->word[i], next = i + 1 < w->n ? w->word[i + 1] : none;
        casus_slot slot = slot_of(word), next_slot = slot_of(next);
        casus_pattern ignored = {0};
        bool next_binds = next.n && !is_flag(next, &ignored) && (next_slot || !is_preposition(next));
        if (is_flag(word, p)) {
            i++;
        } else if (slot) {
            add_element(c, e, line, p, CASUS_ELEMENT_SLOT, slot, none, none);
            i++;
        } else if (is_preposition(word) && next_slot == CASUS_SLOT_DO && casus_str_is(word, "to")) {
            add_element(c, e, line, p, CASUS_ELEMENT_SLOT, CASUS_SLOT_DO, none, none);
            i += 2;
        } else if ((is_preposition(word) || (casus_str_is(word, "that") && next_slot == CASUS_SLOT_CONTENT)) && next_binds) {
            int type = next_slot ? CASUS_ELEMENT_SLOT : CASUS_ELEMENT_WORD;
            add_element(c, e, line, p, type, next_slot, next_slot ? none : next, word);
            i += 2;
        } else {
            int type = is_preposition(word) ? CASUS_ELEMENT_PARTICLE : CASUS_ELEMENT_WORD;
            add_element(c, e, line, p, type, CASUS_SLOT_NONE, word, none);
            i++;
        }
    }
}

/* Nouns: plain words before the first preposition or slot are a compound whose last word is the head. */
static size_t noun_head(const pattern_words *w) {
    size_t i = 0;
    casus_pattern ignored = {0};
    while (i + 1 < w->n && !slot_of(w->word[i + 1]) && !is_preposition(w->word[i + 1]) && !is_flag(w->word[i + 1], &ignored)) i++;
    return i;
}

static void add_pattern(compiler *c, const knowledge_entry *e, const knowledge_item *item, uint32_t frame, casus_trigger_class trigger) {
    pattern_words w;
    if (!cut_words(item->text, &w)) {
        compile_problem(c, e, item->line, "a pattern of no words or more than 16");
        return;
    }
    size_t head = trigger == CASUS_TRIGGER_NOUN ? noun_head(&w) : 0;
    casus_pattern p = {.frame = frame, .elements = (uint32_t)c->n_elements, .text = compile_string(c, item->text), .trigger = (uint8_t)trigger};
    for (size_t i = 0; i < head; i++)
        add_element(c, e, item->line, &p, CASUS_ELEMENT_BEFORE, CASUS_SLOT_NONE, w.word[i], (casus_str){NULL, 0});
    add_rest(c, e, item->line, &p, &w, head + 1);
    casus_str one, triggers = w.word[head];
    if (slot_of(triggers)) compile_problem(c, e, item->line, "a pattern begins with its trigger, not with %.*s", CASUS_FMT(triggers));
    while (casus_str_cut(&triggers, '|', &one)) {
        p.lemma = casus_lemma_hash(one);
        *CASUS_PUSH(c->arena, c->patterns, c->n_patterns, c->cap_patterns) = p;
    }
}

static void add_phrase(compiler *c, const knowledge_entry *e, const knowledge_item *item, uint32_t frame) {
    casus_str text = item->text;
    bool clause = casus_str_ends(text, " to DO") || casus_str_ends(text, " DO");
    if (clause) text.n -= casus_str_ends(text, " to DO") ? 6u : 3u;
    for (const char *const *slot = (const char *const[]){" CONTENT", " SOURCE", " TARGET", NULL}; *slot; slot++)
        if (casus_str_ends(text, *slot)) text.n -= strlen(*slot);
    text = casus_str_trim(text);
    if (!casus_key(text, true)) return;
    if (is_preposition(text) && c->frames[frame].class_ == CASUS_FRAME_SAY) {
        compile_problem(c, e, item->line, "\"%.*s\" alone would be a cue wherever it stands", CASUS_FMT(item->text));
        return;
    }
    casus_phrase *p = CASUS_PUSH(c->arena, c->phrases, c->n_phrases, c->cap_phrases);
    *p = (casus_phrase){.key = casus_key(text, true), .frame = frame, .text = compile_string(c, text), .takes_clause = clause,
                        .words = (uint8_t)compile_words(text)};
    compile_first(c, &c->phrase_first, text, true);
}

static void compile_action(compiler *c, const knowledge_entry *e) {
    casus_frame f;
    if (!read_frame(c, e, &f)) return;
    uint32_t frame = (uint32_t)c->n_frames;
    *CASUS_PUSH(c->arena, c->frames, c->n_frames, c->cap_frames) = f;
    static const char *const keys[] = {"verb", "noun", "adj", "word", "phrase", "prep"};
    for (size_t k = 0; k < e->n_keys; k++) {
        int key = FIND(e->keys[k].name, keys);
        if (key < 0 && !casus_str_is(e->keys[k].name, "note")) compile_problem(c, e, e->keys[k].line, "unknown key %.*s", CASUS_FMT(e->keys[k].name));
        for (size_t i = 0; key >= 0 && i < e->keys[k].n; i++) {
            if (key < 3) add_pattern(c, e, &e->keys[k].items[i], frame, (casus_trigger_class)key);
            else add_phrase(c, e, &e->keys[k].items[i], frame);
        }
    }
}

void compile_actions(compiler *c, const knowledge_file *f) {
    for (size_t i = 0; i < f->n; i++) {
        if (!casus_str_starts(f->entries[i].head, "set ")) continue;
        casus_str name = f->entries[i].head;
        name = casus_str_trim((casus_str){name.at + 4, name.n - 4});
        struct compile_set *s = CASUS_PUSH(c->arena, c->sets, c->n_sets, c->cap_sets);
        s->name = name;
        s->entry = &f->entries[i];
    }
    for (size_t i = 0; i < f->n; i++)
        if (!casus_str_starts(f->entries[i].head, "set ")) compile_action(c, &f->entries[i]);
}
