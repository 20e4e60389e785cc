/* A row's fields sorted into the parts of an event. */
#include "data/data.h"

#include <jansson.h>
#include <string.h>

/* CSV fields may hold what the parts are joined with: it is written \t, \n, \r, \\. */
static void add_escaped(casus_buf *out, casus_str s) {
    for (size_t i = 0; i < s.n; i++) {
        const char *as = s.at[i] == '\t'   ? "\\t"
                         : s.at[i] == '\n' ? "\\n"
                         : s.at[i] == '\r' ? "\\r"
                         : s.at[i] == '\\' ? "\\\\"
                                           : NULL;
        casus_buf_add(out, as ? as : s.at + i, as ? 2 : 1);
    }
}

/* A part's fields joined, as a place in the scratch. Slices are made when it has stopped growing: here n holds the
 * length, at is set by `settle`. */
static size_t join(const data_plan *plan, data_part part, const casus_str *fields, size_t n, casus_buf *scratch) {
    size_t from = scratch->n;
    char between = part == DATA_CODE ? plan->layout->joiner : '\t';
    for (size_t i = 0; i < plan->part[part].n; i++) {
        size_t column = plan->part[part].column[i];
        casus_str field = column < n ? fields[column] : (casus_str){"", 0};
        if (part == DATA_CODE) field = data_value(field);
        if (part == DATA_CODE && i && !field.n) continue;
        if (i) casus_buf_add(scratch, &between, 1);
        if (plan->layout->quoted)
            add_escaped(scratch, field);
        else
            casus_buf_add(scratch, field.at, field.n);
    }
    return scratch->n - from;
}

static void sort_parts(const data_plan *plan, const casus_str *fields, size_t n, casus_buf *scratch,
                       data_event *event) {
    size_t begin[DATA_PARTS], length[DATA_PARTS];
    casus_buf_clear(scratch);
    for (int p = 0; p < DATA_PARTS; p++) {
        begin[p] = scratch->n;
        length[p] = 0;
        size_t k = plan->part[p].n;
        event->part[p] = (casus_str){"", 0};
        if (!k) continue;
        size_t first = plan->part[p].column[0], last = plan->part[p].column[k - 1];
        bool as_is = plan->part[p].adjoining && last < n && !plan->layout->quoted && p != DATA_CODE;
        if (as_is)
            event->part[p] =
                (casus_str){fields[first].at, (size_t)(fields[last].at + fields[last].n - fields[first].at)};
        else
            length[p] = join(plan, (data_part)p, fields, n, scratch);
    }
    for (int p = 0; p < DATA_PARTS; p++)
        if (length[p]) event->part[p] = (casus_str){scratch->at + begin[p], length[p]};
}

static bool say(char why[160], const char *what, casus_str got) {
    snprintf(why, 160, "%s: \"%.*s\"", what, (int)(got.n > 60 ? 60 : got.n), got.at);
    return false;
}

static int64_t whole_number(const casus_str *fields, size_t n, int column) {
    int64_t value = -1;
    if (column < 0 || (size_t)column >= n || !data_integer(data_value(fields[column]), &value) || value < 0) return -1;
    return value;
}

static bool take_days(const data_plan *plan, const casus_str *fields, size_t n, data_event *event, char why[160]) {
    casus_str day = fields[plan->day],
              end = plan->end >= 0 && (size_t)plan->end < n ? data_value(fields[plan->end]) : (casus_str){"", 0};
    event->day = data_day(day, plan->layout->short_years);
    if (!event->day) return say(why, "not a date", day);
    event->end = end.n ? data_day(end, plan->layout->short_years) : 0;
    if (end.n && !event->end) return say(why, "not a date", end);
    if (event->end && event->end < event->day) return say(why, "it ends before it begins", end);
    if (event->end == event->day) event->end = 0;
    return true;
}

bool data_event_of(const data_plan *plan, const casus_str *fields, size_t n, casus_buf *scratch, data_event *event,
                   char why[160]) {
    if (n < plan->layout->least || n > plan->layout->most || (size_t)plan->day >= n) {
        snprintf(why, 160, "%zu columns, not %u%s", n, plan->layout->least,
                 plan->layout->most > plan->layout->least ? " or more" : "");
        return false;
    }
    if (!take_days(plan, fields, n, event, why)) return false;
    sort_parts(plan, fields, n, scratch, event);
    event->id = plan->id >= 0 && (size_t)plan->id < n ? fields[plan->id] : (casus_str){"", 0};
    if (!event->part[DATA_CODE].n) return say(why, "no event code", event->id);
    event->mentions = whole_number(fields, n, plan->mentions);
    event->low = whole_number(fields, n, plan->low);
    event->best = whole_number(fields, n, plan->best);
    event->high = whole_number(fields, n, plan->high);
    return !scratch->failed || say(why, "out of memory", event->id);
}

/* ---- KEDS lines -------------------------------------------------------------------------------------------- */

static bool next_word(casus_str *rest, casus_str *word) {
    while (rest->n && (rest->at[0] == ' ' || rest->at[0] == '\t')) rest->at++, rest->n--;
    size_t n = 0;
    while (n < rest->n && rest->at[n] != ' ' && rest->at[n] != '\t') n++;
    *word = (casus_str){rest->at, n};
    rest->at += n;
    rest->n -= n;
    return n > 0;
}

static bool is_code(casus_str s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.at[i] < '0' || s.at[i] > '9') return false;
    return s.n >= 2 && s.n <= 4;
}

bool data_event_line(casus_str record, casus_buf *scratch, data_event *event, char why[160]) {
    casus_str rest = record, word[4];
    (void)scratch;
    *event = (data_event){.mentions = -1, .low = -1, .best = -1, .high = -1};
    for (int i = 0; i < 4; i++)
        if (!next_word(&rest, &word[i])) return say(why, "not a line of date, source, target and code", record);
    event->day = data_day(word[0], true);
    if (!event->day) return say(why, "not a date", word[0]);
    if (!is_code(word[3])) return say(why, "not an event code", word[3]);
    event->part[DATA_SOURCE] = word[1];
    event->part[DATA_TARGET] = word[2];
    event->part[DATA_CODE] = word[3];
    event->part[DATA_EXTRA] = casus_str_trim(rest);
    return true;
}

/* ---- PLOVER JSON ------------------------------------------------------------------------------------------- */

static const char *text_of(const json_t *object, const char *key) {
    const json_t *v = json_object_get(object, key);
    return json_is_string(v) ? json_string_value(v) : "";
}

/* A member's text, or its number as the file wrote it (15 digits). */
static void add_value(casus_buf *out, const json_t *object, const char *key) {
    const json_t *v = json_object_get(object, key);
    if (json_is_number(v)) casus_buf_addf(out, "%.15g", json_number_value(v));
    else add_escaped(out, casus_str_of(text_of(object, key)));
}

static size_t add_values(casus_buf *out, const json_t *object, const char *const *keys, size_t n) {
    size_t from = out->n;
    for (size_t i = 0; i < n; i++) {
        if (i) casus_buf_adds(out, "\t");
        add_value(out, object, keys[i]);
    }
    return out->n - from;
}

/* Code, sector, words and country of the first entity; further ones stay in the record itself. */
static size_t add_entity(casus_buf *out, const json_t *list) {
    static const char *const KEYS[] = {"code", "sector", "entity_text", "country"};
    return add_values(out, json_is_array(list) ? json_array_get(list, 0) : list, KEYS, 4);
}

/* "type" or {"type", "mode"} or {"code"}: the manual's table and what coders write. */
static size_t add_type(casus_buf *out, const json_t *object) {
    const json_t *list = json_object_get(object, "event"), *e = json_is_array(list) ? json_array_get(list, 0) : list;
    size_t from = out->n;
    const json_t *modes = json_object_get(object, "mode");
    const char *mode = json_is_string(json_array_get(modes, 0)) ? json_string_value(json_array_get(modes, 0))
                                                                : text_of(object, "mode");
    casus_buf_adds(out, json_is_string(e)     ? json_string_value(e)
                        : *text_of(e, "type") ? text_of(e, "type")
                                              : text_of(e, "code"));
    if (*mode && out->n > from) casus_buf_addf(out, ":%s", mode);
    return out->n - from;
}

/* "Tallinn", or an object with name (or code), country, lat and lon. */
static size_t add_place(casus_buf *out, const json_t *object) {
    const json_t *v = json_object_get(object, "event_loc"), *e = json_is_array(v) ? json_array_get(v, 0) : v;
    const char *const keys[] = {*text_of(e, "name") ? "name" : "code", "country", "lat", "lon"};
    if (!json_is_string(e)) return add_values(out, e, keys, 4);
    size_t from = out->n;
    add_escaped(out, casus_str_of(json_string_value(e)));
    casus_buf_adds(out, "\t\t\t");
    return out->n - from;
}

static int64_t dead_of(const json_t *object) {
    const json_t *v = json_object_get(json_object_get(object, "size"), "dead");
    return json_is_integer(v) && json_integer_value(v) >= 0 ? json_integer_value(v) : -1;
}

static bool sort_json(const json_t *object, casus_str record, casus_buf *scratch, data_event *event, char why[160]) {
    const char *date = text_of(object, "date"), *end = text_of(object, "enddate");
    event->day = data_day(casus_str_of(date), false);
    if (!event->day) return say(why, "not a date", casus_str_of(date));
    event->end = *end ? data_day(casus_str_of(end), false) : 0;
    if (event->end && event->end < event->day) return say(why, "it ends before it begins", casus_str_of(end));
    if (event->end == event->day) event->end = 0;
    casus_buf_clear(scratch);
    size_t n[5] = {add_entity(scratch, json_object_get(object, "actor")),
                   add_entity(scratch, json_object_get(object, "recipient")), add_place(scratch, object),
                   add_type(scratch, object), 0};
    casus_buf_adds(scratch, text_of(object, "id"));
    n[4] = scratch->n - n[0] - n[1] - n[2] - n[3];
    if (scratch->failed) return say(why, "out of memory", (casus_str){"", 0});
    static const data_part PARTS[] = {DATA_SOURCE, DATA_TARGET, DATA_PLACE, DATA_CODE};
    const char *at = scratch->at;
    for (int i = 0; i < 4; at += n[i], i++) event->part[PARTS[i]] = (casus_str){at, n[i]};
    event->id = (casus_str){at, n[4]};
    event->part[DATA_EXTRA] = record;
    event->best = dead_of(object);
    return event->part[DATA_CODE].n > 0 || say(why, "no event type", event->id);
}

bool data_event_json(casus_str record, casus_buf *scratch, data_event *event, char why[160]) {
    json_error_t error;
    *event = (data_event){.mentions = -1, .low = -1, .best = -1, .high = -1};
    json_t *object = json_loadb(record.at, record.n, JSON_REJECT_DUPLICATES, &error);
    bool ok = json_is_object(object) ? sort_json(object, record, scratch, event, why) : false;
    if (!object && json_error_code(&error) == json_error_out_of_memory) scratch->failed = true;
    if (!json_is_object(object)) snprintf(why, 160, "not a JSON object: %.120s", object ? "another value" : error.text);
    json_decref(object);
    return ok;
}
