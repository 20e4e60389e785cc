/* A reading as rows: sentences and full text, actors, statements with their parts. */
#include "ledger.h"

#include <math.h>
#include <string.h>

static const char *block_name(casus_block b) {
    static const char *const NAMES[] = {"body", "title", "heading", "dateline", "list"};
    return (unsigned)b < sizeof NAMES / sizeof *NAMES ? NAMES[b] : NULL;
}

/* Strings joined by "; " into a buffer that is emptied first; "" when there are none. */
static const char *joined(casus_buf *b, const char *const *texts, size_t n) {
    casus_buf_clear(b);
    casus_buf_adds(b, "");
    for (size_t i = 0; i < n; i++) casus_buf_addf(b, "%s%s", i ? "; " : "", texts[i]);
    return n && !b->failed ? b->at : NULL;
}

static const char *or_null(const char *s) { return s && *s ? s : NULL; }

static casus_code put_sentences(casus_ledger *l, int64_t doc, const casus_sentences *s, casus_error *err) {
    casus_code code = CASUS_OK;
    for (size_t i = 0; i < s->n && !code; i++) {
        const casus_sentence *x = &s->items[i];
        code = ledger_run(l, err, "INSERT INTO sentences(doc, sentence, span_begin, span_end, paragraph, block) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                          "iiiiit", doc, (int64_t)i, (int64_t)x->begin, (int64_t)x->end, (int64_t)x->paragraph, block_name(x->block));
    }
    return code ? code : ledger_run(l, err, "INSERT INTO words(rowid, text) SELECT sid, text FROM sentence_texts WHERE doc = ?1", "i", doc);
}

/* ---- actors ------------------------------------------------------------------------------------------------ */

static casus_code put_actor_lists(casus_ledger *l, int64_t doc, const casus_actor *a, casus_error *err) {
    casus_code code = CASUS_OK;
    for (size_t i = 0; i < a->n_aliases && !code; i++)
        code = ledger_run(l, err, "INSERT OR REPLACE INTO aliases(doc, actor, position, alias) VALUES(?1, ?2, ?3, coalesce(?4, ''))", "itis", doc, a->id,
                          (int64_t)i, a->aliases[i]);
    for (size_t i = 0; i < a->n_part_of && !code; i++)
        code = ledger_run(l, err, "INSERT OR IGNORE INTO parts(doc, actor, part_of) VALUES(?1, ?2, ?3)", "itt", doc, a->id, a->part_of[i]);
    for (size_t i = 0; i < a->n_roles && !code; i++)
        code = ledger_run(l, err, "INSERT OR REPLACE INTO roles(doc, actor, position, role, role_begin, role_end) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                          "itittt", doc, a->id, (int64_t)i, a->roles[i].role, a->roles[i].begin, a->roles[i].end);
    return code;
}

static casus_code put_actor(casus_ledger *l, int64_t number, const casus_document *doc, const casus_actor *a, casus_buf *b, casus_error *err) {
    casus_code code = ledger_run(l, err,
                                 "INSERT OR REPLACE INTO actors(actor, name, type, country, cameo, sectors, knowledge) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                                 "tsttt" "ti", a->id, a->name.n ? a->name : casus_str_of(a->id), a->type, a->country, a->cameo,
                                 joined(b, a->sectors, a->n_sectors), (int64_t)a->knowledge);
    if (code) return code;
    casus_buf_clear(b);
    casus_actor_json(b, a, doc->id);
    if (b->failed) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory keeping actor %s", a->id);
    code = ledger_run(l, err, "INSERT OR REPLACE INTO document_actors(doc, actor, mentions, record) VALUES(?1, ?2, ?3, ?4)", "itit", number, a->id,
                      (int64_t)a->mentions, b->at);
    return code ? code : put_actor_lists(l, number, a, err);
}

/* ---- statements -------------------------------------------------------------------------------------------- */

static casus_code put_side(casus_ledger *l, int64_t st, const char *side, const casus_participant *p, size_t n, casus_error *err) {
    casus_code code = CASUS_OK;
    for (size_t i = 0; i < n && !code; i++)
        code = ledger_run(l, err,
                          "INSERT INTO participants(st, side, position, actor, name, text, span_begin, span_end) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                          "ititssp", st, side, (int64_t)i, p[i].actor, p[i].name, p[i].text, p[i].span);
    return code;
}

static casus_code put_holders(casus_ledger *l, int64_t st, const casus_statement *s, casus_error *err) {
    casus_code code = CASUS_OK;
    for (size_t i = 0; i < s->n_holder && !code; i++) {
        const casus_holder *h = &s->holder[i];
        code = ledger_run(l, err,
                          "INSERT INTO holders(st, position, actor, name, text, span_begin, span_end, cue, cue_begin, cue_end, holds)"
                          " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                          "iitsspspt", st, (int64_t)i, h->actor, h->name, h->text, h->span, h->cue, h->cue_span, casus_holds_name(h->holds));
    }
    return code;
}

static casus_code put_places(casus_ledger *l, int64_t st, const casus_statement *s, casus_error *err) {
    casus_code code = CASUS_OK;
    for (size_t i = 0; i < s->n_place && !code; i++) {
        const casus_place *p = &s->place[i];
        code = ledger_run(l, err,
                          "INSERT INTO places(st, position, name, text, span_begin, span_end, country, precision, gazetteer, gazetteer_id, lat, lon)"
                          " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                          "iisspttttdd", st, (int64_t)i, p->name, p->text, p->span, p->country, p->precision,
                          p->id ? (p->knowledge_id ? "knowledge" : "geonames") : NULL, p->id, p->located ? p->lat : NAN, p->located ? p->lon : NAN);
    }
    return code;
}

static casus_code put_counts(casus_ledger *l, int64_t st, const casus_statement *s, casus_error *err) {
    casus_code code = CASUS_OK;
    for (size_t i = 0; i < s->n_counts && !code; i++) {
        const casus_count *c = &s->counts[i];
        code = ledger_run(l, err,
                          "INSERT INTO counts(st, position, kind, low, best, high, of, text, span_begin, span_end)"
                          " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                          "iitdddssp", st, (int64_t)i, c->kind, c->has_low ? c->low : NAN, c->has_best ? c->best : NAN, c->has_high ? c->high : NAN,
                          c->of, c->text, c->span);
    }
    return code;
}

static casus_code put_about(casus_ledger *l, int64_t st, const casus_statement *s, casus_error *err) {
    casus_code code = CASUS_OK;
    for (size_t i = 0; i < s->n_about && !code; i++)
        code = ledger_run(l, err, "INSERT INTO about(st, position, statement, text, span_begin, span_end) VALUES(?1, ?2, ?3, ?4, ?5, ?6)", "iitsp", st,
                          (int64_t)i, s->about[i].statement, s->about[i].text, s->about[i].span);
    return code;
}

/* The words under a statement's span. */
static casus_str words_of(const casus_document *doc, const casus_statement *s) {
    casus_str text = s->in_title ? casus_str_of(doc->title) : doc->text;
    bool inside = s->span.begin < s->span.end && s->span.end <= text.n;
    return inside ? (casus_str){text.at + s->span.begin, s->span.end - s->span.begin} : (casus_str){0};
}

typedef struct work {
    casus_ledger *l;
    const casus_document *doc;
    const char *version;
    int64_t number;
    casus_buf record, modes, contexts;
} work;

static casus_code put_statement_row(work *w, const casus_statement *s, int64_t *st, casus_error *err) {
    static const char *const VIEWS[] = {"neutral", "endorses", "rejects"};
    const casus_action *a = &s->action;
    casus_buf_clear(&w->record);
    casus_statement_json(&w->record, s, w->doc, w->version);
    if (w->record.failed) return casus_fail(err, CASUS_ERR_NOMEM, "out of memory keeping statement %s", s->id);
    casus_code code = ledger_run(
        w->l, err,
        "INSERT INTO statements(id, doc, sentence, span_begin, span_end, in_title, text, kind, plover, plover_second, modes, contexts, cameo, relation,"
        " lemma, trigger, trigger_begin, trigger_end, polarity, tense, time_begin, time_end, time_approx, time_text, time_how, holds, likely_low,"
        " likely_high, likely_text, cooperation, conflict, author_view, confidence, record) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
        " ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34)",
        "tii" "pi" "s" "ttttttt" "ssp" "tttt" "i" "s" "tt" "dd" "s" "dd" "t" "d" "t", s->id, w->number, (int64_t)s->sentence, s->span, (int64_t)s->in_title,
        words_of(w->doc, s), casus_kind_name(s->kind), or_null(casus_plover_name((casus_plover)a->plover[0])),
        or_null(casus_plover_name((casus_plover)a->plover[1])), joined(&w->modes, a->modes, a->n_modes),
        joined(&w->contexts, a->contexts, a->n_contexts), a->cameo, a->relation, a->lemma, a->text, a->span, s->negative ? "-" : "+",
        casus_tense_name(s->tense), or_null(s->time.begin), or_null(s->time.end), (int64_t)s->time.approx, s->time.text, s->time.how,
        casus_holds_name(s->holds), s->has_likelihood ? s->likely_low : NAN, s->has_likelihood ? s->likely_high : NAN, s->likely_text,
        s->cooperation, s->conflict, VIEWS[(unsigned)s->author_view < 3 ? s->author_view : 0], s->confidence, w->record.at);
    *st = sqlite3_last_insert_rowid(w->l->db);
    return code;
}

static casus_code put_statement(work *w, const casus_statement *s, casus_error *err) {
    int64_t st = 0;
    casus_code code = put_statement_row(w, s, &st, err);
    if (!code) code = put_side(w->l, st, "source", s->source, s->n_source, err);
    if (!code) code = put_side(w->l, st, "target", s->target, s->n_target, err);
    if (!code) code = put_holders(w->l, st, s, err);
    if (!code) code = put_places(w->l, st, s, err);
    if (!code) code = put_counts(w->l, st, s, err);
    return code ? code : put_about(w->l, st, s, err);
}

casus_code ledger_put_reading(casus_ledger *l, int64_t doc_number, const casus_document *doc, const casus_reading *r, const char *version,
                              casus_error *err) {
    work w = {.l = l, .doc = doc, .version = version, .number = doc_number};
    casus_code code = put_sentences(l, doc_number, &r->sentences, err);
    for (size_t i = 0; i < r->n_actors && !code; i++) code = put_actor(l, doc_number, doc, &r->actors[i], &w.record, err);
    for (size_t i = 0; i < r->n_statements && !code; i++) code = put_statement(&w, &r->statements[i], err);
    casus_buf_done(&w.record);
    casus_buf_done(&w.modes);
    casus_buf_done(&w.contexts);
    return code;
}
