/* One JSON object a line: id, date, title, text, url, source, author, language; other keys are kept as they are. */
#include "text/source.h"

#include <stdlib.h>
#include <string.h>

static const char *string_at(json_t *object, const char *key) {
    const char *s = json_string_value(json_object_get(object, key));
    return s && *s ? s : NULL;
}

/* A string value in the arena, removed from the object so that what is left are the other keys. */
static const char *take_string(casus_arena *arena, json_t *object, const char *key) {
    const char *s = string_at(object, key);
    const char *kept = s ? source_keep(arena, casus_str_trim(casus_str_of(s))) : NULL;
    if (json_is_string(json_object_get(object, key)) || json_is_null(json_object_get(object, key)))
        json_object_del(object, key);
    return kept;
}

static const char *take_id(casus_arena *arena, json_t *object) {
    json_t *id = json_object_get(object, "id");
    if (!json_is_integer(id)) return take_string(arena, object, "id");
    const char *kept = casus_arena_printf(arena, "%lld", (long long)json_integer_value(id));
    json_object_del(object, "id");
    return kept;
}

static const char *take_date(casus_source *s, casus_arena *arena, json_t *object) {
    json_t *number = json_object_get(object, "date");
    const char *words = NULL;
    if (json_is_integer(number)) {
        words = casus_arena_printf(arena, "%lld", (long long)json_integer_value(number));
        json_object_del(object, "date");
    } else {
        words = take_string(arena, object, "date");
    }
    source_date date;
    if (!words) return NULL;
    if (source_date_value(casus_str_of(words), &date)) return casus_arena_strndup(arena, date.iso, strlen(date.iso));
    source_warn(s, s->line, "the date \"%.40s\" is not understood; write it as YYYY-MM-DD", words);
    return NULL;
}

/* An author as a string, or the first names of a list of them. */
static const char *take_author(casus_arena *arena, json_t *object) {
    json_t *list = json_object_get(object, "author"), *one;
    if (!json_is_array(list)) return take_string(arena, object, "author");
    const char *names = NULL;
    size_t i;
    json_array_foreach(list, i, one) {
        if (!json_is_string(one)) return NULL;
        names = names ? casus_arena_printf(arena, "%s, %s", names, json_string_value(one))
                      : casus_arena_printf(arena, "%s", json_string_value(one));
    }
    json_object_del(object, "author");
    return names;
}

static void take_extra(casus_source *s, casus_arena *arena, casus_document *doc) {
    if (!json_object_size(s->json)) return;
    s->json_text = json_dumps(s->json, JSON_COMPACT);
    if (s->json_text) doc->extra = casus_arena_strndup(arena, s->json_text, strlen(s->json_text));
}

static void take_all(casus_source *s, casus_arena *arena, casus_document *doc) {
    json_t *text = json_object_get(s->json, "text");
    doc->text.n = json_string_length(text);
    doc->text.at = casus_arena_strndup(arena, json_string_value(text), doc->text.n);
    json_object_del(s->json, "text");
    doc->id = take_id(arena, s->json);
    doc->title = take_string(arena, s->json, "title");
    doc->date = take_date(s, arena, s->json);
    doc->author = take_author(arena, s->json);
    doc->publisher = take_string(arena, s->json, string_at(s->json, "source") ? "source" : "publisher");
    doc->url = take_string(arena, s->json, "url");
    doc->language = take_string(arena, s->json, "language");
    take_extra(s, arena, doc);
}

static bool has_text(const json_t *object) {
    if (json_string_length(json_object_get(object, "text"))) return true;
    return json_is_string(json_object_get(object, "text")) && json_string_length(json_object_get(object, "title"));
}

casus_code jsonl_read(casus_source *s, casus_arena *arena, int64_t byte, casus_document *doc, bool *got) {
    casus_str line = {s->buf.at, s->buf.n};
    if (!source_check_utf8(s, line, s->line, byte)) return CASUS_OK;
    if (s->line == 1 && casus_str_starts(line, "\xEF\xBB\xBF")) line = (casus_str){line.at + 3, line.n - 3};
    json_error_t why;
    s->json = json_loadb(line.at, line.n, 0, &why);
    if (!s->json) {
        source_reject(s, CASUS_ERR_FORMAT, s->line, byte + why.position, line, "broken JSON at byte %d of the line: %s",
                      why.position, why.text);
        return CASUS_OK;
    }
    if (!json_is_object(s->json) || !has_text(s->json)) {
        source_reject(s, CASUS_ERR_FORMAT, s->line, byte, line,
                      "not a document: expected one JSON object a line with a string \"text\"");
        return CASUS_OK;
    }
    doc->line = s->line;
    doc->bytes = line.n;
    take_all(s, arena, doc);
    casus_sha256_hex(doc->text.at, doc->text.n, doc->sha256);
    *got = true;
    return CASUS_OK;
}
