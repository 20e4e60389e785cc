#include "coder/where.h"

#include "coder/walk.h"
#include "coder/when_words.h"

typedef struct reader {
    casus_arena *arena;
    casus_str text;
    const casus_sentence *s;
    int n;
    const casus_lexicon *lex;
    const casus_gazetteer *gazetteer;
    coder_places *out;
} reader;

static const char DIRECTIONS[] = "eastern western northern southern central northeastern northwestern southeastern "
                                 "southwestern north-eastern north-western "
                                 "south-eastern south-western east west north south northeast northwest southeast "
                                 "southwest upper lower rural inland coastal mainland";
static const char DIVISIONS[] = "province governorate state region county oblast prefecture";
static const char SETTLEMENTS[] =
    "city town village district port suburb municipality settlement capital neighborhood neighbourhood area";
static const char FACILITIES[] = "airport gate hall hotel base airbase embassy consulate shrine mosque church temple "
                                 "synagogue cathedral camp prison jail "
                                 "hospital clinic school university college stadium market bazaar mall bridge dam "
                                 "tunnel port harbor harbour station plant "
                                 "crossing checkpoint barracks headquarters palace square park museum theater theatre "
                                 "center centre tower building compound airfield "
                                 "refinery pipeline mine factory facility reactor border outpost fort monastery "
                                 "cemetery strait pass valley river lake island desert";
static const char WATERS[] = "gulf strait sea bay horn cape";
static const char FACILITY_WORDS[] = "concert air military naval nuclear power oil gas refugee border railway train "
                                     "metro police bus shopping conference exhibition "
                                     "international";

static bool form_in(const reader *r, int i, const char *list) {
    return i >= 0 && i < r->n && coder_form_in(r->s, i, list);
}

static bool is_capitalised(const casus_sentence *s, int i) {
    if (s->tokens[i].form.n == 0) return false;
    unsigned char c = (unsigned char)s->tokens[i].form.at[0];
    return (c >= 'A' && c <= 'Z') || c >= 0xC3;
}

static bool is_name(const reader *r, int i) {
    return i >= 0 && i < r->n && coder_tag(r->s, i, CASUS_PROPN) && is_capitalised(r->s, i);
}

/* ---- known names ------------------------------------------------------------------------------------------- */

/* What a run of tokens names. */
typedef struct known {
    int last;            /* -1: nothing */
    bool place, capital; /* place false: the name of someone or an adjective */
    const char *name, *country, *precision, *id;
    const char *region; /* the name of countries taken together ("Central Asia"): a place when a preposition says so */
    bool located, lexicon_id;
    double lat, lon;
    int importance; /* of the gazetteer, 0–100 */
} known;

enum { WEIGHTY = 50 }; /* a gazetteer place that needs no preposition or kind to be taken for one */

static bool is_state(const casus_known_actor *a) {
    return strcmp(a->type, "state") == 0 || strcmp(a->type, "territory") == 0;
}

static const char *precision_of(const char *kind) {
    static const char *const KINDS[] = {"site", "city", "admin1", "country", "region"};
    for (size_t i = 0; kind && i < 5; i++)
        if (strcmp(kind, KINDS[i]) == 0) return KINDS[i];
    return "region";
}

/* Countries and capitals among the entries under a name; other entries make it the name of someone. */
static void take_names(const casus_lexicon *lex, const casus_name *names, size_t n, int last, known *k) {
    *k = (known){.last = last};
    for (size_t i = 0; i < n; i++) {
        casus_known_actor a;
        if (!casus_lexicon_actor(lex, names[i].actor, &a)) continue;
        bool country = names[i].kind == CASUS_NAME && is_state(&a), capital = names[i].kind == CASUS_NAME_CAPITAL;
        if (names[i].kind == CASUS_NAME && strcmp(a.type, "collective") == 0) k->region = a.name;
        if (!country && !capital) continue;
        *k = (known){.last = last,
                     .place = true,
                     .capital = capital,
                     .precision = country ? "country" : "city",
                     .id = a.id,
                     .lexicon_id = true};
        k->name = country ? a.name : casus_lexicon_string(lex, names[i].text);
        k->country = a.country ? a.country : country && strlen(a.id) == 3 ? a.id : NULL;
        if (capital) k->id = NULL;
        if (country) return;
    }
}

static const char *one_country(const char *country) { return country && strlen(country) == 3 ? country : NULL; }

static void take_place(const casus_lexicon *lex, const casus_known_place *p, int last, known *k) {
    *k = (known){.last = last,
                 .place = !p->adj,
                 .lexicon_id = true,
                 .located = p->located,
                 .lat = (double)p->lat,
                 .lon = (double)p->lon};
    k->name = casus_lexicon_string(lex, p->name);
    k->id = casus_lexicon_string(lex, p->id);
    k->country = one_country(casus_lexicon_string(lex, p->country));
    k->precision = precision_of(casus_lexicon_string(lex, p->kind));
}

/* The longest name of the lexicon that starts at token `i`. */
static known in_lexicon(const reader *r, int i) {
    known k = {.last = -1};
    if (!r->lex) return k;
    uint64_t key = casus_key(r->s->tokens[i].form, false);
    unsigned most = casus_lexicon_name_words(r->lex, key), places = casus_lexicon_place_words(r->lex, key);
    if (places > most) most = places;
    for (int j = i, words = 0; j < r->n && words < (int)most; j++) {
        if (j > i &&
            coder_tag(
                r->s, j,
                CASUS_PUNCT)) { /* the key passes over hyphens; a name does not pass over a comma, nor end in one */
            if (!form_in(r, j, "- . '")) break;
            continue;
        }
        words++;
        if (j > i) key = casus_key_more(key, r->s->tokens[j].form, false);
        size_t n = 0;
        const casus_name *names = casus_lexicon_names(r->lex, key, &n);
        const casus_known_place *p = casus_lexicon_place(r->lex, key);
        if (names) take_names(r->lex, names, n, j, &k);
        if (p && !(names && k.place)) take_place(r->lex, p, j, &k);
    }
    return k;
}

/* ---- the gazetteer ----------------------------------------------------------------------------------------- */

static void take_found(const casus_gazetteer_place *p, known *k) {
    static const char *const PRECISION[] = {[CASUS_PLACE_COUNTRY] = "country",
                                            [CASUS_PLACE_ADMIN1] = "admin1",
                                            [CASUS_PLACE_ADMIN2] = "region",
                                            [CASUS_PLACE_CITY] = "city"};
    k->place = true;
    k->name = p->name;
    k->country = p->country;
    k->precision = PRECISION[p->kind];
    k->located = p->located;
    k->lat = p->lat;
    k->lon = p->lon;
    k->capital = p->capital;
    k->importance = p->importance;
}

/* A country told earlier in the sentence: where a lesser name is probably to be sought. */
static const char *country_told(const reader *r) {
    for (size_t i = r->out->n; i-- > 0;)
        if (r->out->items[i].place.country) return r->out->items[i].place.country;
    return NULL;
}

/* Asks the gazetteer for tokens first..last; false when it does not know the name or cannot decide. `country` NULL: no
 * certain hint. */
static bool in_gazetteer(const reader *r, int first, int last, const char *country, casus_place_kind kind, known *k) {
    if (!r->gazetteer) return false;
    casus_gazetteer_place p;
    casus_place_hint hint = {.country = country ? country : country_told(r), .only = country != NULL, .kind = kind};
    if (casus_gazetteer_resolve(r->gazetteer, coder_words(r->s, r->text, first, last), &hint, &p, NULL) !=
        CASUS_PLACE_FOUND)
        return false;
    *k = (known){.last = last};
    take_found(&p, k);
    return true;
}

/* Coordinates for a capital that the lexicon named. */
static void locate(const reader *r, int first, known *k) {
    known found;
    if (!k->place || !k->capital || !k->country || k->located ||
        !in_gazetteer(r, first, k->last, k->country, CASUS_PLACE_CITY, &found))
        return;
    k->located = found.located;
    k->lat = found.lat;
    k->lon = found.lon;
}

/* ---- countries said nearby ----------------------------------------------------------------------------------- */

/* The country that an adjective or possessor names ("Uzbek", "Afghanistan's"), or NULL. */
static const char *country_of_word(const reader *r, int i, bool adjectives) {
    if (!r->lex || !is_capitalised(r->s, i)) return NULL;
    bool possessor = form_in(r, i + 1, "'s \xE2\x80\x99s ' \xE2\x80\x99");
    size_t n = 0;
    const casus_name *names = casus_lexicon_names(r->lex, casus_key(r->s->tokens[i].form, false), &n);
    for (size_t k = 0; names && k < n; k++) {
        casus_known_actor a;
        bool fits = names[k].kind == CASUS_NAME ? possessor : names[k].kind == CASUS_NAME_ADJ && adjectives;
        if (!fits || !casus_lexicon_actor(r->lex, names[k].actor, &a) || !is_state(&a)) continue;
        return a.country ? a.country : strlen(a.id) == 3 ? a.id : NULL;
    }
    return NULL;
}

/* The country said before the noun at `i`, within its phrase: "the Uzbek city" (adjectives), "Afghanistan's Nangarhar
 * province". An adjective before a site says whose it is, not where ("the Russian base"). */
static const char *country_before(const reader *r, int i, bool adjectives) {
    for (int k = i - 1; k >= 0 && k >= i - 4; k--) {
        const casus_token *t = coder_token(r->s, k);
        if (t->upos == CASUS_VERB || t->upos == CASUS_AUX || t->upos == CASUS_ADP || t->upos == CASUS_CCONJ ||
            t->upos == CASUS_PRON)
            return NULL;
        const char *c = country_of_word(r, k, adjectives);
        if (c || t->upos == CASUS_DET || (t->upos == CASUS_PUNCT && !form_in(r, k, "- ' \xE2\x80\x99"))) return c;
    }
    return NULL;
}

/* ---- names with their kind ----------------------------------------------------------------------------------- */

static int facility_after(const reader *r, int last) {
    int k = last + 1;
    while (k < r->n && k <= last + 3 && coder_form_in(r->s, k, FACILITY_WORDS)) k++;
    return k < r->n && coder_lemma_in(r->s, k, FACILITIES) && !coder_tag(r->s, k, CASUS_VERB) ? k : -1;
}

static bool kind_of_before(const reader *r, int first, const char *list) {
    return form_in(r, first - 1, "of") && first >= 2 && coder_lemma_in(r->s, first - 2, list);
}

static int outer_token(const casus_sentence *s, int first, int last) {
    for (int i = last; i >= first; i--) {
        int h = coder_head(s, i);
        if (h < first || h > last) return i;
    }
    return last;
}

static coder_place *push(const reader *r, int first, int last, const known *k) {
    coder_place *p = CASUS_PUSH(r->arena, r->out->items, r->out->n, r->out->cap);
    p->first = first;
    p->last = last;
    p->head = outer_token(r->s, first, last);
    p->inside = -1;
    p->capital = k->capital;
    casus_place *c = &p->place;
    c->text = coder_words(r->s, r->text, first, last);
    c->name = k->name ? casus_str_of(k->name) : c->text;
    c->span = (casus_span){coder_token(r->s, first)->begin, coder_token(r->s, last)->end};
    c->country = k->country;
    c->precision = k->precision;
    c->id = k->id;
    c->knowledge_id = k->id && k->lexicon_id;
    c->located = k->located;
    c->lat = k->lat;
    c->lon = k->lon;
    return p;
}

static void push_part(const reader *r, int first, const known *k, bool part) {
    coder_place *p = push(r, first, k->last, k);
    p->part = part;
}

/* "Kabul airport", "Crocus concert hall", "Abbey Gate": the site, and the town in its name. */
static int push_site(const reader *r, int first, const known *k, int facility) {
    int whole = (int)r->out->n;
    known site = {.last = facility, .precision = "site"};
    bool place = k->place;
    site.country = place ? k->country : country_before(r, first, false);
    push_part(r, first, &site, false);
    if (!place) return facility;
    push_part(r, first, k, true);
    r->out->items[whole].inside = whole + 1;
    return facility;
}

/* "eastern Afghanistan", "north-eastern Syria": a region of its own. */
static int first_with_direction(const reader *r, int first) {
    int j = first - 1;
    if (!form_in(r, j, DIRECTIONS)) return first;
    if (form_in(r, j - 1, "and or") && form_in(r, j - 2, DIRECTIONS)) return j - 2;
    return j;
}

/* A known place with what stands around it: direction, kind, facility. Returns its last token. */
static int push_known(const reader *r, int first, known k) {
    int facility = facility_after(r, k.last), last = k.last;
    if (facility >= 0 && strcmp(k.precision, "country") != 0) return push_site(r, first, &k, facility);
    if (last + 1 < r->n && coder_lemma_in(r->s, last + 1, DIVISIONS)) {
        last++;
        if (strcmp(k.precision, "country") != 0) k.precision = "admin1";
    }
    int from = first_with_direction(r, first);
    if (from < first) k = (known){.last = k.last, .place = true, .country = k.country, .precision = "region"};
    push(r, from, last, &k);
    return last;
}

/* ---- unknown names ----------------------------------------------------------------------------------------- */

/* What is killed, arrested or told is somebody, though he be called after a town. */
static const char PERSON_VERBS[] = "kill murder assassinate execute wound injure arrest detain abduct kidnap meet tell "
                                   "ask accuse sentence convict fire appoint elect "
                                   "replace name";
static const char LOCATIVE[] = "in at near around outside inside within across throughout off";

static int name_end(const reader *r, int i) {
    while (is_name(r, i + 1) &&
           (coder_rel(r->s, i + 1, CASUS_FLAT) || coder_rel(r->s, i, CASUS_COMPOUND) || coder_head(r->s, i) == i + 1))
        i++;
    return i;
}

static bool is_calendar(const reader *r, int i) { return when_lookup(r->s->tokens[i].form).type != WHEN_NONE; }

static bool among_places(const reader *r, int token) {
    for (size_t i = 0; i < r->out->n; i++)
        if (token >= r->out->items[i].first && token <= r->out->items[i].last) return true;
    return false;
}

/* "in the Relief Act", "in Case 22": texts, not places. */
static const char DOCUMENTS[] =
    "act bill treaty agreement pact accord constitution code resolution case chapter article section";

/* Is the name introduced as a place: "in Kamran", "the town of Baraki"? */
static bool introduced(const reader *r, int first, int last) {
    if (kind_of_before(r, first, SETTLEMENTS) || kind_of_before(r, first, DIVISIONS)) return true;
    if (r->lex && casus_lexicon_agent(r->lex, casus_key(r->s->tokens[last].form, true)))
        return false; /* "in Congress" */
    if (coder_lemma_in(r->s, last, DOCUMENTS) || memchr(r->s->tokens[last].form.at, '@', r->s->tokens[last].form.n))
        return false;
    int head = outer_token(r->s, first, last), up = coder_head(r->s, head);
    if (up > last && up <= last + 3 && coder_tag(r->s, up, CASUS_NOUN) && !coder_rel(r->s, head, CASUS_OBL))
        return false; /* "in Word format" */
    if (coder_rel(r->s, head, CASUS_CONJ) && coder_child(r->s, head, CASUS_CASE) < 0 &&
        among_places(r, coder_first_conjunct(r->s, head)))
        return true;
    int mark = coder_child(r->s, head, CASUS_CASE);
    if (mark < 0 && form_in(r, first - 1, LOCATIVE)) mark = first - 1;
    return mark >= 0 && mark < first && form_in(r, mark, LOCATIVE) && mark >= first - 2;
}

/* What the words around a name say of it. */
typedef struct surroundings {
    const char *country; /* "the Uzbek city of", "Kenya's … province"; NULL not said */
    casus_place_kind kind;
    bool division_behind; /* "Nangarhar province": the next token */
} surroundings;

static surroundings look_around(const reader *r, int first, int last) {
    surroundings out = {.kind = CASUS_PLACE_ANY};
    bool town = kind_of_before(r, first, SETTLEMENTS), division = kind_of_before(r, first, DIVISIONS);
    out.division_behind = last + 1 < r->n && coder_lemma_in(r->s, last + 1, DIVISIONS);
    out.country = country_before(r, town || division ? first - 2 : first, town || division || out.division_behind);
    if (town) out.kind = CASUS_PLACE_CITY;
    if (division || out.division_behind) out.kind = CASUS_PLACE_ADMIN1;
    return out;
}

/* A name that the lexicon does not hold: the gazetteer's, or a place because its kind or preposition says so. Returns
 * its last token. */
static int push_unknown(const reader *r, int i) {
    int last = name_end(r, i);
    known k = {.last = last};
    if (is_calendar(r, i)) return last;
    if (coder_lemma_in(r->s, i, WATERS) && form_in(r, i + 1, "of") && is_name(r, i + 2)) { /* "the Gulf of Aden" */
        k = (known){.last = name_end(r, i + 2), .place = true, .precision = "region"};
        push(r, i, k.last, &k);
        return k.last;
    }
    surroundings around = look_around(r, i, last);
    bool told = around.country || around.kind != CASUS_PLACE_ANY || introduced(r, i, last);
    if (in_gazetteer(r, i, last, around.country, around.kind, &k) && (told || k.importance >= WEIGHTY))
        return push_known(r, i, k);
    k = (known){.last = last};
    int facility = facility_after(r, last);
    if (facility < 0 && last > i && coder_lemma_in(r->s, last, FACILITIES)) facility = last; /* "Abbey Gate" */
    if (facility >= 0) return push_site(r, i, &k, facility);
    if (!told) return last;
    last += around.division_behind;
    if (around.kind != CASUS_PLACE_ANY) {
        k.precision = around.kind == CASUS_PLACE_CITY ? "city" : "admin1";
        k.country = around.country;
    }
    push(r, i, last, &k);
    return last;
}

/* ---- containers -------------------------------------------------------------------------------------------- */

/* "Shiraz, Iran". */
static bool follows_comma(const reader *r, const coder_place *p, const coder_place *q) {
    if (q->first != p->last + 2 || !form_in(r, p->last + 1, ",")) return false;
    bool listed = coder_rel(r->s, q->head, CASUS_CONJ) || form_in(r, q->last + 1, "and or") ||
                  (form_in(r, q->last + 1, ",") && form_in(r, q->last + 2, "and or"));
    bool larger =
        q->place.precision && (strcmp(q->place.precision, "country") == 0 || strcmp(q->place.precision, "admin1") == 0);
    bool smaller = !p->place.precision || strcmp(p->place.precision, "country") != 0;
    return larger && smaller && !listed;
}

/* "the Tabor hall in Damascus": right behind a site or an unknown name "in" says what contains it, wherever the parser
 * hung it. */
static bool follows_in(const reader *r, const coder_place *p, const coder_place *q) {
    if (q->first != p->last + 2 || !form_in(r, p->last + 1, "in")) return false;
    return !p->place.precision || strcmp(p->place.precision, "site") == 0;
}

static bool contains(const reader *r, const coder_place *p, const coder_place *q) {
    if (q->part || q == p) return false;
    if (follows_in(r, p, q)) return true;
    if (follows_comma(r, p, q)) return true;
    if (coder_rel(r->s, q->head, CASUS_NMOD_POSS) && coder_head(r->s, q->head) >= p->first &&
        coder_head(r->s, q->head) <= p->last)
        return true;
    int up = coder_head(r->s, q->head);
    return up >= p->first && up <= p->last && coder_rel(r->s, q->head, CASUS_NMOD) &&
           form_in(r, coder_child(r->s, q->head, CASUS_CASE), "in within near");
}

static void find_containers(const reader *r) {
    for (size_t i = 0; i < r->out->n; i++) {
        coder_place *p = &r->out->items[i];
        for (size_t k = 0; p->inside < 0 && !p->part && k < r->out->n; k++)
            if (contains(r, p, &r->out->items[k])) p->inside = (int)k;
    }
    for (size_t i = 0; i < r->out->n; i++) {
        coder_place *p = &r->out->items[i];
        for (int c = p->inside, steps = 0; c >= 0 && !p->place.country && steps < 4;
             c = r->out->items[c].inside, steps++)
            p->place.country = r->out->items[c].place.country;
    }
}

void coder_places_read(casus_arena *arena, casus_str text, const casus_sentence *s, const casus_lexicon *lexicon,
                       const casus_gazetteer *gazetteer, coder_places *out) {
    reader r = {arena, text, s, (int)s->n, lexicon, gazetteer, out};
    *out = (coder_places){0};
    for (int i = 0; i < r.n; i++) {
        if (!is_capitalised(s, i) || coder_tag(s, i, CASUS_VERB)) continue;
        known k = in_lexicon(&r, i);
        locate(&r, i, &k);
        if (k.region && !k.place && introduced(&r, i, k.last))
            k.place = true, k.name = k.region, k.precision = "region";
        if (k.last >= 0)
            i = k.place ? push_known(&r, i, k) : k.last;
        else if (is_name(&r, i) || (i > 0 && i + 1 < r.n && coder_lemma_in(s, i + 1, DIVISIONS)))
            i = push_unknown(&r, i);
    }
    find_containers(&r);
}

/* ---- where an act happened ----------------------------------------------------------------------------------- */

static bool is_precise(const coder_place *p) {
    const char *k = p->place.precision;
    return k && (strcmp(k, "site") == 0 || strcmp(k, "city") == 0 || strcmp(k, "admin1") == 0);
}

/* The token whose relation brings the place in: over "the city of", and from a conjunct without a preposition to the
 * first. */
static int bringer(const casus_sentence *s, int i) {
    for (int steps = 0; steps < 4; steps++) {
        int up = coder_head(s, i), mark = coder_child(s, i, CASUS_CASE);
        if (up < 0) break;
        bool named_kind = coder_rel(s, i, CASUS_NMOD) && coder_form_is(s, mark, "of") &&
                          (coder_lemma_in(s, up, SETTLEMENTS) || coder_lemma_in(s, up, DIVISIONS));
        if (!named_kind && !(coder_rel(s, i, CASUS_CONJ) && mark < 0) && !coder_rel(s, i, CASUS_APPOS)) break;
        i = up;
    }
    return i;
}

/* How the place is brought in: 2 plainly as where, 1 as what is reached or hit, 0 as an actor or a mere part of a name.
 */
static int role_of(const casus_sentence *s, const coder_place *p, int token) {
    int i = bringer(s, p->head), mark = coder_child(s, i, CASUS_CASE);
    casus_deprel d = s->tokens[i].deprel;
    if (coder_form_in(s, mark, LOCATIVE)) return 2;
    if (coder_form_is(s, mark, "into")) return 1;
    if (coder_form_in(s, mark, "on against to from toward towards through over")) return is_precise(p) && !p->capital;
    if (d == CASUS_OBJ || d == CASUS_NSUBJ_PASS)
        return is_precise(p) && !p->capital && !coder_lemma_in(s, coder_head(s, i), PERSON_VERBS);
    if (d == CASUS_COMPOUND) return is_precise(p) || (p->place.precision && strcmp(p->place.precision, "region") == 0);
    return d == CASUS_NMOD && coder_form_is(s, mark, "of") && coder_head(s, i) == token &&
           is_precise(p); /* "the siege of Kunduz" */
}

/* May a place be read through this noun on the way to the act? Not through a subject (where an actor is at home is not
 * where it acts), and through the name of another act only when that is what is done, or its setting. */
static bool lets_through(const casus_sentence *s, int noun) {
    casus_deprel d = s->tokens[noun].deprel;
    if (d == CASUS_NSUBJ || coder_is_predicate(s, noun)) return false;
    if (!coder_names_act(s, noun) || d == CASUS_OBJ || d == CASUS_CONJ || d == CASUS_APPOS) return true;
    return (d == CASUS_OBL || d == CASUS_NMOD) && coder_form_in(s, coder_child(s, noun, CASUS_CASE), "in during at");
}

/* Does the place stand, over nouns alone, under the act? */
static bool reaches(const casus_sentence *s, const coder_place *p, int token) {
    if (coder_rel(s, p->head, CASUS_NSUBJ)) return false;
    for (int i = coder_head(s, p->head), steps = 0; steps < 6 && i >= 0; i = coder_head(s, i), steps++) {
        if (i == token) return true;
        if (!lets_through(s, i)) return false;
    }
    return false;
}

static bool listed(const casus_place *out, size_t n, const coder_place *p) {
    for (size_t i = 0; i < n; i++)
        if (out[i].span.begin == p->place.span.begin && out[i].span.end == p->place.span.end) return true;
    return false;
}

/* A place and those that contain it. */
static void add_chain(const coder_places *list, int i, casus_place *out, size_t *n) {
    for (int steps = 0; i >= 0 && steps < 5; i = list->items[i].inside, steps++)
        if (!listed(out, *n, &list->items[i])) out[(*n)++] = list->items[i].place;
}

static bool holds_another(const coder_places *list, size_t i) {
    for (size_t k = 0; k < list->n; k++)
        if (list->items[k].inside == (int)i) return true;
    return false;
}

static void gather(casus_arena *arena, const casus_sentence *s, const coder_places *list, int token, casus_place **out,
                   size_t *n) {
    for (int outer = 0; outer < 2; outer++) { /* what holds another place comes after it */
        for (size_t i = 0; i < list->n; i++) {
            const coder_place *p = &list->items[i];
            if (p->part || (token >= p->first && token <= p->last) || holds_another(list, i) != (outer == 1)) continue;
            if (role_of(s, p, token) == 0 || !reaches(s, p, token)) continue;
            if (!*out) *out = CASUS_NEW_ARRAY(arena, casus_place, list->n);
            add_chain(list, (int)i, *out, n);
        }
    }
}

void coder_place_for(casus_arena *arena, const casus_sentence *s, const coder_places *list, int token,
                     casus_place **out, size_t *n, bool *inherited) {
    *out = NULL;
    *n = 0;
    if (inherited) *inherited = false;
    if (list->n == 0 || token < 0) return;
    gather(arena, s, list, token, out, n);
    for (int up = coder_setting(s, token), steps = 0; *n == 0 && up >= 0 && steps < 6;
         up = coder_setting(s, up), steps++) {
        gather(arena, s, list, up, out, n);
        if (*n > 0 && inherited) *inherited = true;
    }
}
