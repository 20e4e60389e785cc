/* Reading a folder in the research format. */
#include "casus/forecast.h"
#include "forecast/map.h"

#include <limits.h>
#include <string.h>

enum { HOURS = 24, IDS_MAX = 1 << 26 };

typedef struct reader {
    casus_arena *arena;
    casus_error *err;
    char path[4096];
    casus_map map;
    casus_str rest, line;
    int64_t row;
} reader;

static casus_code open_part(reader *in, const char *dir, const char *name) {
    int n = snprintf(in->path, sizeof in->path, "%s/%s", dir, name);
    if (n < 0 || (size_t)n >= sizeof in->path) return casus_fail(in->err, CASUS_ERR_ARG, "the folder's name is too long");
    in->row = 0;
    casus_code code = casus_map_open(&in->map, in->path, in->err);
    in->rest = (casus_str){(const char *)in->map.at, in->map.n};
    return code;
}

/* The next line that is not empty; false at the end. */
static bool next_line(reader *in) {
    while (in->rest.n > 0 && casus_str_cut(&in->rest, '\n', &in->line)) {
        in->row++;
        if (casus_str_ends(in->line, "\r")) in->line.n--;
        if (in->line.n) return true;
    }
    return false;
}

static casus_code bad_row(const reader *in, const char *what) {
    return casus_fail_at(in->err, CASUS_ERR_FORMAT, in->path, in->row, -1, "%s", what);
}

static bool parse_int(casus_str s, int64_t *out) {
    bool minus = s.n && s.at[0] == '-';
    int64_t value = 0;
    if (s.n == (size_t)minus || s.n > 18) return false;
    for (size_t i = minus; i < s.n; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') return false;
        value = value * 10 + (s.at[i] - '0');
    }
    *out = minus ? -value : value;
    return true;
}

/* ---- names ---- */

typedef struct names {
    const char **at;
    int32_t n;
} names;

/* Counts the lines first, so that ids can be checked against 0..n-1 while names are stored. */
static int32_t count_lines(casus_str text) {
    size_t n = 0;
    casus_str line;
    while (text.n > 0 && casus_str_cut(&text, '\n', &line)) n += casus_str_trim(line).n > 0;
    return n > IDS_MAX ? IDS_MAX : (int32_t)n;
}

static casus_code read_name(reader *in, names *out) {
    size_t tab = in->line.n;
    while (tab > 0 && in->line.at[tab - 1] != '\t') tab--;
    int64_t id;
    if (tab == 0) return bad_row(in, "no tab: a name, a tab and an id are expected");
    if (!parse_int(casus_str_trim((casus_str){in->line.at + tab, in->line.n - tab}), &id))
        return bad_row(in, "field 2: the id is not a whole number");
    if (id < 0 || id >= out->n) return bad_row(in, "field 2: ids must run from 0 without gaps");
    if (out->at[id]) return bad_row(in, "field 2: this id was already given to another name");
    out->at[id] = casus_arena_strndup(in->arena, in->line.at, tab - 1);
    return CASUS_OK;
}

static casus_code read_names(reader *in, const char *dir, const char *file, names *out) {
    casus_code code = open_part(in, dir, file);
    if (code) return code;
    out->n = count_lines(in->rest);
    out->at = CASUS_NEW_ARRAY(in->arena, const char *, out->n + 1);
    while (!code && next_line(in)) code = read_name(in, out);
    if (!code && out->n == 0) code = bad_row(in, "the file holds no names");
    casus_map_close(&in->map);
    return code;
}

/* ---- quadruples ---- */

typedef struct quad_list {
    casus_quad *at;
    size_t n, cap;
    int32_t actors, actions;
} quad_list;

static const char *const field_bad[4] = {
    "field 1: the source is not a whole number",
    "field 2: the action is not a whole number",
    "field 3: the target is not a whole number",
    "field 4: the time is not a whole number of hours",
};

static casus_code read_quad(reader *in, quad_list *list) {
    int64_t v[4];
    casus_str rest = in->line, field;
    for (int i = 0; i < 4; i++) {
        if (!casus_str_cut(&rest, '\t', &field)) return bad_row(in, "fewer than four fields between tabs");
        if (!parse_int(casus_str_trim(field), &v[i])) return bad_row(in, field_bad[i]);
    }
    if (v[0] < 0 || v[0] >= list->actors) return bad_row(in, "field 1: the source's id is not in entity2id.txt");
    if (v[1] < 0 || v[1] >= list->actions) return bad_row(in, "field 2: the action's id is not in relation2id.txt");
    if (v[2] < 0 || v[2] >= list->actors) return bad_row(in, "field 3: the target's id is not in entity2id.txt");
    if (v[3] < 0 || v[3] / HOURS > INT32_MAX / 2) return bad_row(in, "field 4: the time is negative or too large");
    int32_t day = (int32_t)(v[3] / HOURS);
    if (list->n && day < list->at[list->n - 1].day)
        return bad_row(in, "field 4: the time is earlier than the line before; sort train, valid and test by time");
    *CASUS_PUSH(in->arena, list->at, list->n, list->cap) = (casus_quad){(int32_t)v[0], (int32_t)v[1], (int32_t)v[2], day};
    return CASUS_OK;
}

static casus_code read_part(reader *in, const char *dir, const char *file, quad_list *list, size_t *n) {
    casus_code code = open_part(in, dir, file);
    if (code) return code;
    size_t before = list->n;
    while (!code && next_line(in)) code = read_quad(in, list);
    *n = list->n - before;
    if (!code && *n == 0) code = bad_row(in, "this part of the data set is empty");
    if (!code && before && list->at[before].day == list->at[before - 1].day)
        code = casus_fail_at(in->err, CASUS_ERR_FORMAT, in->path, 1, -1,
                             "this part begins on the day the former ends; a day must be in one part only");
    casus_map_close(&in->map);
    return code;
}

/* ---- country and sector from names ---- */

typedef struct labels {
    forecast_map ids; /* hash of the words → id */
    int32_t n;
} labels;

static int32_t label_of(labels *l, casus_str words) {
    uint64_t key = casus_str_hash(words) >> 1;
    int32_t id = forecast_map_get(&l->ids, key);
    if (id != FORECAST_NONE) return id;
    return forecast_map_put(&l->ids, key, l->n) ? l->n++ : FORECAST_NONE;
}

/* "Police (Kenya)", "Police_(Kenya)" → "Police", "Kenya". */
static bool split_name(casus_str name, casus_str *sector, casus_str *country) {
    if (!casus_str_ends(name, ")")) return false;
    size_t i = name.n - 1;
    while (i > 0 && name.at[i - 1] != '(') i--;
    if (i < 3 || (name.at[i - 2] != ' ' && name.at[i - 2] != '_')) return false;
    *sector = (casus_str){name.at, i - 2};
    *country = (casus_str){name.at + i, name.n - 1 - i};
    return country->n > 0;
}

static void attributes_from_names(casus_arena *arena, casus_quads *q) {
    labels countries = {0}, sectors = {0};
    int32_t *country = CASUS_NEW_ARRAY(arena, int32_t, q->actors + 1);
    int32_t *sector = CASUS_NEW_ARRAY(arena, int32_t, q->actors + 1);
    int32_t state = label_of(&sectors, CASUS_STR("(the country itself)"));
    casus_str role, place;
    for (int32_t a = 0; a < q->actors; a++) {
        bool split = split_name(casus_str_of(q->actor_names[a]), &role, &place);
        country[a] = split ? label_of(&countries, place) : FORECAST_NONE;
        sector[a] = split ? label_of(&sectors, role) : FORECAST_NONE;
    }
    for (int32_t a = 0; a < q->actors; a++) {
        if (country[a] != FORECAST_NONE) continue;
        country[a] = forecast_map_get(&countries.ids, casus_str_hash(casus_str_of(q->actor_names[a])) >> 1);
        if (country[a] != FORECAST_NONE) sector[a] = state;
    }
    q->country = country;
    q->sector = sector;
    q->countries = countries.n;
    q->sectors = sectors.n;
    forecast_map_done(&countries.ids);
    forecast_map_done(&sectors.ids);
}

/* ---- the whole folder ---- */

static casus_code read_all(casus_dataset *set, const char *dir, casus_error *err) {
    reader in = {.arena = &set->arena, .err = err};
    names actors = {0}, actions = {0};
    casus_code code = read_names(&in, dir, "entity2id.txt", &actors);
    if (!code) code = read_names(&in, dir, "relation2id.txt", &actions);
    quad_list list = {.actors = actors.n, .actions = actions.n};
    if (!code) code = read_part(&in, dir, "train.txt", &list, &set->train);
    if (!code) code = read_part(&in, dir, "valid.txt", &list, &set->valid);
    if (!code) code = read_part(&in, dir, "test.txt", &list, &set->test);
    if (code) return code;
    set->all = (casus_quads){.at = list.at, .n = list.n, .actors = actors.n, .actions = actions.n,
                             .actor_names = actors.at, .action_names = actions.at};
    attributes_from_names(&set->arena, &set->all);
    return CASUS_OK;
}

casus_code casus_dataset_read(casus_dataset *set, const char *dir, casus_error *err) {
    memset(set, 0, sizeof *set);
    casus_arena_init(&set->arena);
    jmp_buf trap;
    CASUS_ARENA_TRY(&set->arena, &trap, casus_dataset_done(set);
                    return casus_fail(err, CASUS_ERR_NOMEM, "out of memory while reading the data set"));
    casus_code code = read_all(set, dir, err);
    casus_arena_untrap(&set->arena);
    if (code) casus_dataset_done(set);
    return code;
}

void casus_dataset_done(casus_dataset *set) {
    if (!set) return;
    casus_arena_done(&set->arena);
    memset(set, 0, sizeof *set);
}

casus_code casus_quads_check(const casus_quads *q, casus_error *err) {
    if (q->actors < 1 || q->actions < 1 || q->n == 0)
        return casus_fail(err, CASUS_ERR_ARG, "no events: at least one actor, one action and one event are needed");
    for (size_t i = 0; i < q->n; i++) {
        casus_quad e = q->at[i];
        bool ids = e.source >= 0 && e.source < q->actors && e.target >= 0 && e.target < q->actors && e.action >= 0 &&
                   e.action < q->actions;
        if (!ids) return casus_fail(err, CASUS_ERR_ARG, "event %zu: an id is out of range", i);
        if (e.day < 0 || (i && e.day < q->at[i - 1].day))
            return casus_fail(err, CASUS_ERR_ARG, "event %zu: days must not be negative or descend", i);
    }
    return CASUS_OK;
}
