/* The records of record.md as JSON: one function a part, in the order of the fields there. What is unknown is left out. */
#include "casus/coder.h"

#include <stdlib.h>

enum { SCHEMA = 1 };

static void add_str(casus_json *j, const char *key, casus_str s) {
    if (s.n) casus_json_str(j, key, s);
}

/* A span goes with the words it covers: none without them. */
static void add_span(casus_json *j, const char *key, casus_span span) {
    if (span.end > span.begin) casus_json_span(j, key, span.begin, span.end);
}

static void add_texts(casus_json *j, const char *key, const char *const *texts, size_t n) {
    casus_json_open(j, key, '[');
    for (size_t i = 0; i < n; i++) casus_json_str(j, NULL, casus_str_of(texts[i]));
    casus_json_close(j, ']');
}

static void add_participants(casus_json *j, const char *key, const casus_participant *p, size_t n) {
    casus_json_open(j, key, '[');
    for (size_t i = 0; i < n; i++) {
        casus_json_open(j, NULL, '{');
        casus_json_text(j, "actor", p[i].actor);
        add_str(j, "name", p[i].name);
        add_str(j, "text", p[i].text);
        add_span(j, "span", p[i].span);
        casus_json_close(j, '}');
    }
    casus_json_close(j, ']');
}

static void add_about(casus_json *j, const casus_statement *s) {
    casus_json_open(j, "about", '[');
    for (size_t i = 0; i < s->n_about; i++) {
        const casus_about *a = &s->about[i];
        if (a->statement) {
            casus_json_str(j, NULL, casus_str_of(a->statement));
            continue;
        }
        casus_json_open(j, NULL, '{');
        add_str(j, "text", a->text);
        add_span(j, "span", a->span);
        casus_json_close(j, '}');
    }
    casus_json_close(j, ']');
}

static void add_plover(casus_json *j, const uint8_t plover[2]) {
    if (!plover[0]) return;
    if (!plover[1]) {
        casus_json_text(j, "plover", casus_plover_name((casus_plover)plover[0]));
        return;
    }
    const char *both[] = {casus_plover_name((casus_plover)plover[0]), casus_plover_name((casus_plover)plover[1])};
    add_texts(j, "plover", both, 2);
}

static void add_action(casus_json *j, const casus_action *a) {
    casus_json_open(j, "action", '{');
    add_plover(j, a->plover);
    if (a->n_modes) add_texts(j, "mode", a->modes, a->n_modes);
    if (a->n_contexts) add_texts(j, "context", a->contexts, a->n_contexts);
    casus_json_text(j, "cameo", a->cameo);
    casus_json_text(j, "relation", a->relation);
    add_str(j, "lemma", a->lemma);
    add_str(j, "text", a->text);
    add_span(j, "span", a->span);
    casus_json_close(j, '}');
}

static void add_time(casus_json *j, const casus_time *t) {
    if (!t->how) return;
    casus_json_open(j, "time", '{');
    casus_json_text(j, "begin", t->begin[0] ? t->begin : NULL);
    casus_json_text(j, "end", t->end[0] ? t->end : NULL);
    casus_json_bool(j, "approx", t->approx);
    add_str(j, "text", t->text);
    add_span(j, "span", t->span);
    casus_json_text(j, "how", t->how);
    casus_json_close(j, '}');
}

/* A geonameid is a number; an id of the knowledge base is its word. */
static void add_place_id(casus_json *j, const casus_place *p) {
    if (!p->id) return;
    if (p->knowledge_id)
        casus_json_text(j, "knowledge", p->id);
    else
        casus_json_int(j, "geonameid", strtoll(p->id, NULL, 10));
}

static void add_coordinate(casus_json *j, const char *key, double degrees) {
    casus_buf_addf(j->out, ",\"%s\":%.5f", key, degrees);
    j->comma = true;
}

static void add_places(casus_json *j, const casus_statement *s) {
    if (!s->n_place) return;
    casus_json_open(j, "place", '[');
    for (size_t i = 0; i < s->n_place; i++) {
        const casus_place *p = &s->place[i];
        casus_json_open(j, NULL, '{');
        casus_json_str(j, "name", p->name);
        add_str(j, "text", p->text);
        add_span(j, "span", p->span);
        casus_json_text(j, "country", p->country);
        if (p->located) {
            add_coordinate(j, "lat", p->lat);
            add_coordinate(j, "lon", p->lon);
        }
        add_place_id(j, p);
        casus_json_text(j, "precision", p->precision);
        casus_json_close(j, '}');
    }
    casus_json_close(j, ']');
}

static void add_counts(casus_json *j, const casus_statement *s) {
    if (!s->n_counts) return;
    casus_json_open(j, "counts", '[');
    for (size_t i = 0; i < s->n_counts; i++) {
        const casus_count *c = &s->counts[i];
        casus_json_open(j, NULL, '{');
        casus_json_text(j, "kind", c->kind);
        if (c->has_low) casus_json_num(j, "low", c->low);
        if (c->has_best) casus_json_num(j, "best", c->best);
        if (c->has_high) casus_json_num(j, "high", c->high);
        add_str(j, "of", c->of);
        add_str(j, "text", c->text);
        add_span(j, "span", c->span);
        casus_json_close(j, '}');
    }
    casus_json_close(j, ']');
}

static void add_holders(casus_json *j, const casus_statement *s) {
    casus_json_open(j, "holder", '[');
    for (size_t i = 0; i < s->n_holder; i++) {
        const casus_holder *h = &s->holder[i];
        casus_json_open(j, NULL, '{');
        casus_json_text(j, "actor", h->actor);
        add_str(j, "name", h->name);
        add_str(j, "text", h->text);
        add_span(j, "span", h->span);
        add_str(j, "cue", h->cue);
        add_span(j, "cue_span", h->cue_span);
        casus_json_text(j, "holds", casus_holds_name(h->holds));
        casus_json_close(j, '}');
    }
    casus_json_close(j, ']');
}

static void add_likelihood(casus_json *j, const casus_statement *s) {
    if (!s->has_likelihood) return;
    casus_json_open(j, "likelihood", '{');
    casus_json_num(j, "low", s->likely_low);
    casus_json_num(j, "high", s->likely_high);
    add_str(j, "text", s->likely_text);
    casus_json_close(j, '}');
}

static void add_judgment(casus_json *j, const casus_statement *s) {
    static const char *const VIEWS[] = {"neutral", "endorses", "rejects"};
    add_holders(j, s);
    casus_json_text(j, "holds", casus_holds_name(s->holds));
    add_likelihood(j, s);
    casus_json_open(j, "sign", '{');
    casus_json_num(j, "cooperation", s->cooperation);
    casus_json_num(j, "conflict", s->conflict);
    casus_json_close(j, '}');
    casus_json_text(j, "author_view", VIEWS[(unsigned)s->author_view < 3 ? s->author_view : 0]);
    casus_json_num(j, "confidence", s->confidence);
}

/* The words under the span, of the text or of a title that is a text of its own. */
static casus_str words_of(const casus_statement *s, const casus_document *doc) {
    casus_str text = s->in_title ? casus_str_of(doc->title) : doc->text;
    if (s->span.begin > s->span.end || s->span.end > text.n) return (casus_str){text.at, 0};
    return (casus_str){text.at + s->span.begin, s->span.end - s->span.begin};
}

void casus_statement_json(casus_buf *out, const casus_statement *s, const casus_document *doc, const char *version) {
    casus_json json = casus_json_to(out), *j = &json;
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "record", "statement");
    casus_json_int(j, "schema", SCHEMA);
    casus_json_text(j, "id", s->id);
    casus_json_text(j, "doc", doc->id);
    casus_json_int(j, "sentence", s->sentence);
    casus_json_span(j, "span", s->span.begin, s->span.end);
    if (s->in_title) casus_json_text(j, "in", "title");
    casus_json_str(j, "text", words_of(s, doc));
    casus_json_text(j, "kind", casus_kind_name(s->kind));
    add_participants(j, "source", s->source, s->n_source);
    add_participants(j, "target", s->target, s->n_target);
    add_about(j, s);
    add_action(j, &s->action);
    casus_json_text(j, "polarity", s->negative ? "-" : "+");
    casus_json_text(j, "tense", casus_tense_name(s->tense));
    add_time(j, &s->time);
    add_places(j, s);
    add_counts(j, s);
    add_judgment(j, s);
    casus_json_text(j, "version", version);
    casus_json_close(j, '}');
}

static void add_roles(casus_json *j, const casus_actor *a) {
    casus_json_open(j, "roles", '[');
    for (size_t i = 0; i < a->n_roles; i++) {
        casus_json_open(j, NULL, '{');
        casus_json_text(j, "role", a->roles[i].role);
        casus_json_text(j, "begin", a->roles[i].begin);
        casus_json_text(j, "end", a->roles[i].end);
        casus_json_close(j, '}');
    }
    casus_json_close(j, ']');
}

void casus_actor_json(casus_buf *out, const casus_actor *actor, const char *doc_id) {
    casus_json json = casus_json_to(out), *j = &json;
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "record", "actor");
    casus_json_int(j, "schema", SCHEMA);
    casus_json_text(j, "id", actor->id);
    casus_json_str(j, "name", actor->name);
    casus_json_open(j, "aliases", '[');
    for (size_t i = 0; i < actor->n_aliases; i++) casus_json_str(j, NULL, actor->aliases[i]);
    casus_json_close(j, ']');
    casus_json_text(j, "type", actor->type);
    casus_json_text(j, "country", actor->country);
    add_texts(j, "sectors", actor->sectors, actor->n_sectors);
    if (actor->cameo) {
        casus_json_open(j, "codes", '{');
        casus_json_text(j, "cameo", actor->cameo);
        casus_json_close(j, '}');
    }
    add_roles(j, actor);
    add_texts(j, "part_of", actor->part_of, actor->n_part_of);
    casus_json_int(j, "mentions", actor->mentions);
    casus_json_text(j, "doc", doc_id);
    casus_json_bool(j, "knowledge", actor->knowledge);
    casus_json_close(j, '}');
}

void casus_document_json(casus_buf *out, const casus_document *doc, size_t sentences) {
    casus_json json = casus_json_to(out), *j = &json;
    casus_json_open(j, NULL, '{');
    casus_json_text(j, "record", "document");
    casus_json_int(j, "schema", SCHEMA);
    casus_json_text(j, "id", doc->id);
    casus_json_text(j, "title", doc->title);
    casus_json_text(j, "date", doc->date);
    casus_json_text(j, "author", doc->author);
    casus_json_text(j, "publisher", doc->publisher);
    casus_json_text(j, "url", doc->url);
    casus_json_text(j, "language", doc->language);
    casus_json_text(j, "sha256", doc->sha256[0] ? doc->sha256 : NULL);
    casus_json_int(j, "bytes", (int64_t)doc->bytes);
    casus_json_int(j, "sentences", (int64_t)sentences);
    casus_json_close(j, '}');
}
