/* The field's formats as tables of columns, and recognising them. Column lists: GDELT codebooks 1.03 and 2.0, ICEWS
 * (Dataverse 28075), POLECAT codebook, Phoenix data release, UCDP GED codebook 23.1, ACLED codebook 2023. */
#include "data/data.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* clang-format off */
#define GDELT_ACTOR(side, part) \
    {side "Code", part "c"}, {side "Name", part "n"}, {side "CountryCode", part "y"}, \
    {side "KnownGroupCode", part "."}, \
    {side "EthnicCode", part "."}, {side "Religion1Code", part "."}, {side "Religion2Code", part "."}, \
    {side "Type1Code", part "x"}, \
    {side "Type2Code", part "x"}, {side "Type3Code", part "x"}
#define GDELT_HEAD \
    {"GLOBALEVENTID", "i"}, {"SQLDATE", "d"}, {"MonthYear", "-"}, {"Year", "-"}, {"FractionDate", "-"}, \
    GDELT_ACTOR("Actor1", "a"), \
    GDELT_ACTOR("Actor2", "b"), {"IsRootEvent", "."}, {"EventCode", "c"}, {"EventBaseCode", "-"}, \
    {"EventRootCode", "-"}, {"QuadClass", "g"}, \
    {"GoldsteinScale", "g"}, {"NumMentions", "w"}, {"NumSources", "."}, {"NumArticles", "."}, {"AvgTone", "."}
#define GDELT_GEO1(side, part) \
    {side "Geo_Type", part "."}, {side "Geo_FullName", part "n"}, {side "Geo_CountryCode", part "y"}, \
    {side "Geo_ADM1Code", part "."}, \
    {side "Geo_Lat", part "f"}, {side "Geo_Long", part "l"}, {side "Geo_FeatureID", part "."}
#define GDELT_GEO2(side, part) \
    {side "Geo_Type", part "."}, {side "Geo_FullName", part "n"}, {side "Geo_CountryCode", part "y"}, \
    {side "Geo_ADM1Code", part "."}, \
    {side "Geo_ADM2Code", part "."}, {side "Geo_Lat", part "f"}, {side "Geo_Long", part "l"}, \
    {side "Geo_FeatureID", part "."}

static const data_column GDELT1[] = {GDELT_HEAD, GDELT_GEO1("Actor1", "s"), GDELT_GEO1("Actor2", "t"),
    GDELT_GEO1("Action", "p"),
                                     {"DATEADDED", "."}, {"SOURCEURL", "."}, {0}};
static const data_column GDELT2[] = {GDELT_HEAD, GDELT_GEO2("Actor1", "s"), GDELT_GEO2("Actor2", "t"),
    GDELT_GEO2("Action", "p"),
                                     {"DATEADDED", "."}, {"SOURCEURL", "."}, {0}};

static const data_column MENTIONS[] = {{"GLOBALEVENTID", "i"}, {"EventTimeDate", "."}, {"MentionTimeDate", "."},
    {"MentionType", "."},
    {"MentionSourceName", "."}, {"MentionIdentifier", "."}, {"SentenceID", "."}, {"Actor1CharOffset", "."},
    {"Actor2CharOffset", "."},
    {"ActionCharOffset", "."}, {"InRawText", "."}, {"Confidence", "."}, {"MentionDocLen", "."},
    {"MentionDocTone", "."},
    {"MentionDocTranslationInfo", "."}, {"Extras", "."}, {0}};

static const data_column ICEWS[] = {{"Event ID", "i"}, {"Event Date", "d"}, {"Source Name", "an"},
    {"Source Sectors", "ax"}, {"Source Country", "ay"},
    {"Event Text", "."}, {"CAMEO Code", "c"}, {"Intensity", "g"}, {"Target Name", "bn"}, {"Target Sectors", "bx"},
    {"Target Country", "by"},
    {"Story ID", "."}, {"Sentence Number", "."}, {"Publisher", "."}, {"City", "pn"}, {"District", "p."},
    {"Province", "p."}, {"Country", "py"},
    {"Latitude", "pf"}, {"Longitude", "pl"}, {0}};

static const data_column POLECAT[] = {{"Event ID", "i"}, {"Event Date", "d"}, {"Event Type", "c"},
    {"Event Mode", "c"}, {"Quad Code", "."}, {"Intensity", "g"},
    {"Event Intensity", "g"}, {"Actor Name", "an"}, {"Actor Country", "ay"}, {"Actor COW", "a."},
    {"Primary Actor Sector", "a."},
    {"Actor Sectors", "ax"}, {"Actor Title", "a."}, {"Actor Name Raw", "a."}, {"Wikipedia Actor ID", "a."},
    {"Recipient Name", "bn"},
    {"Recipient Country", "by"}, {"Recipient COW", "b."}, {"Primary Recipient Sector", "b."},
    {"Recipient Sectors", "bx"}, {"Recipient Title", "b."},
    {"Recipient Name Raw", "b."}, {"Wikipedia Recipient ID", "b."}, {"Placename", "pn"}, {"City", "p."},
    {"District", "p."}, {"Province", "p."},
    {"Country", "py"}, {"Latitude", "pf"}, {"Longitude", "pl"}, {"GeoNames ID", "p."}, {"Raw Placename", "p."},
    {"Feature Type", "p."}, {0}};

static const data_column PHOENIX[] = {{"EventID", "i"}, {"Date", "d"}, {"Year", "-"}, {"Month", "-"}, {"Day", "-"},
    {"SourceActorFull", "ac"},
    {"SourceActorEntity", "ay"}, {"SourceActorRole", "ax"}, {"SourceActorAttribute", "a."},
    {"TargetActorFull", "bc"}, {"TargetActorEntity", "by"},
    {"TargetActorRole", "bx"}, {"TargetActorAttribute", "b."}, {"EventCode", "c"}, {"EventRootCode", "-"},
    {"PentaClass", "."}, {"GoldsteinScore", "g"},
    {"Issues", "."}, {"Lat", "pf"}, {"Lon", "pl"}, {"LocationName", "pn"}, {"StateName", "p."},
    {"CountryCode", "py"}, {"SentenceID", "."},
    {"URLs", "."}, {"NewsSources", "."}, {0}};

static const data_column PETRARCH[] = {{"Date", "d"}, {"Source", "ac"}, {"Target", "bc"}, {"Code", "c"},
    {"Issues", "."}, {"Ids", "."}, {"URL", "."},
                                       {"StorySource", "."}, {"ActorText1", "."}, {"ActorText2", "."},
    {"EventText", "."}, {"ActorRoot1", "."},
                                       {"ActorRoot2", "."}, {0}};

static const data_column KEDS[] = {{"date", "d"}, {"source", "ac"}, {"target", "bc"}, {"code", "c"}, {0}};

static const data_column UCDP[] = {{"id", "i"}, {"type_of_violence", "c"}, {"side_a_dset_id", "a."},
    {"side_a_new_id", "a."}, {"side_a", "an"},
    {"side_b_dset_id", "b."}, {"side_b_new_id", "b."}, {"side_b", "bn"}, {"where_coordinates", "pn"},
    {"adm_1", "p."}, {"adm_2", "p."}, {"latitude", "pf"},
    {"longitude", "pl"}, {"country", "py"}, {"date_start", "d"}, {"date_end", "e"}, {"best", "k"}, {"high", "h"},
    {"low", "l"}, {0}};

/* The order of a release, for those without a header. */
static const data_column UCDP_ORDER[] = {{"id", "i"}, {"relid", "."}, {"year", "."}, {"active_year", "."},
    {"code_status", "."}, {"type_of_violence", "c"},
    {"conflict_dset_id", "."}, {"conflict_new_id", "."}, {"conflict_name", "."}, {"dyad_dset_id", "."},
    {"dyad_new_id", "."}, {"dyad_name", "."},
    {"side_a_dset_id", "a."}, {"side_a_new_id", "a."}, {"side_a", "an"}, {"side_b_dset_id", "b."},
    {"side_b_new_id", "b."}, {"side_b", "bn"},
    {"number_of_sources", "."}, {"source_article", "."}, {"source_office", "."}, {"source_date", "."},
    {"source_headline", "."},
    {"source_original", "."}, {"where_prec", "."}, {"where_coordinates", "pn"}, {"where_description", "."},
    {"adm_1", "p."}, {"adm_2", "p."},
    {"latitude", "pf"}, {"longitude", "pl"}, {"geom_wkt", "."}, {"priogrid_gid", "."}, {"country", "py"},
    {"country_id", "."}, {"region", "."},
    {"event_clarity", "."}, {"date_prec", "."}, {"date_start", "d"}, {"date_end", "e"}, {"deaths_a", "."},
    {"deaths_b", "."},
    {"deaths_civilians", "."}, {"deaths_unknown", "."}, {"best", "k"}, {"high", "h"}, {"low", "l"}, {"gwnoa", "."},
    {"gwnob", "."}, {0}};

static const data_column ACLED[] = {{"event_id_cnty", "i"}, {"event_date", "d"}, {"event_type", "c"},
    {"sub_event_type", "c"}, {"actor1", "an"},
    {"assoc_actor_1", "a."}, {"ally_actor_1", "a."}, {"inter1", "ax"}, {"actor2", "bn"}, {"assoc_actor_2", "b."},
    {"ally_actor_2", "b."},
    {"inter2", "bx"}, {"country", "py"}, {"admin1", "p."}, {"admin2", "p."}, {"admin3", "p."}, {"location", "pn"},
    {"latitude", "pf"},
    {"longitude", "pl"}, {"geo_precision", "p."}, {"fatalities", "k"}, {0}};

/* What one JSON object becomes (event.c). */
static const data_column PLOVER_JSON[] = {{"actor", "ac"}, {"actor_sector", "ax"}, {"actor_text", "an"},
    {"actor_country", "ay"}, {"recipient", "bc"}, {"recipient_sector", "bx"},
                                          {"recipient_text", "bn"}, {"recipient_country", "by"}, {"event_loc", "pn"},
    {"event_country", "py"}, {"event_lat", "pf"}, {"event_lon", "pl"}, {0}};
static const data_column MAPPED[] = {{0}};

const data_layout data_layouts[DATA_LAYOUTS] = {
    {.name = "gdelt2", .gdelt_quads = true, .scheme = CASUS_CAMEO, .separator = '\t', .least = 61, .most = 61,
    .actor_country = CASUS_COUNTRY_CAMEO,
     .place_country = CASUS_COUNTRY_FIPS, .columns = GDELT2},
    {.name = "gdelt1", .gdelt_quads = true, .scheme = CASUS_CAMEO, .separator = '\t', .least = 57, .most = 58,
    .actor_country = CASUS_COUNTRY_CAMEO,
     .place_country = CASUS_COUNTRY_FIPS, .columns = GDELT1},
    {.name = "gdelt-mentions", .scheme = CASUS_CAMEO, .separator = '\t', .least = 16, .most = 16,
    .columns = MENTIONS},
    {.name = "icews", .scheme = CASUS_CAMEO, .separator = '\t', .header = true, .least = 20, .most = 20,
    .actor_country = CASUS_COUNTRY_NAME,
     .place_country = CASUS_COUNTRY_NAME, .columns = ICEWS, .must = "Event ID,CAMEO Code,Source Name,Target Name"},
    {.name = "polecat", .scheme = CASUS_PLOVER_SCHEME, .separator = '\t', .header = true, .least = 38, .most = 44,
    .joiner = ':',
     .actor_country = CASUS_COUNTRY_ANY, .place_country = CASUS_COUNTRY_ANY, .columns = POLECAT,
    .must = "Event Type,Event Mode,Actor Name,Recipient Name"},
    {.name = "phoenix", .scheme = CASUS_CAMEO, .separator = '\t', .least = 26, .most = 26,
    .actor_country = CASUS_COUNTRY_CAMEO,
     .place_country = CASUS_COUNTRY_ANY, .columns = PHOENIX},
    {.name = "petrarch", .scheme = CASUS_CAMEO, .separator = '\t', .least = 5, .most = 13,
    .code_names_country = true, .columns = PETRARCH},
    {.name = "keds", .separator = ',', .quoted = true, .header = true, .least = 4, .most = 4,
    .code_names_country = true, .columns = KEDS,
     .must = "date,source,target,code"},
    {.name = "ucdp", .scheme = CASUS_UCDP, .separator = ',', .quoted = true, .header = true, .least = 49, .most = 49,
     .actor_country = CASUS_COUNTRY_ANY, .place_country = CASUS_COUNTRY_NAME, .columns = UCDP,
    .must = "type_of_violence,side_a,side_b,date_start"},
    {.name = "acled", .scheme = CASUS_ACLED, .separator = ',', .quoted = true, .header = true, .least = 20,
    .most = 60, .joiner = '/',
     .place_country = CASUS_COUNTRY_NAME, .columns = ACLED, .must = "event_date,event_type,actor1,actor2"},
    {.name = "plover-json", .scheme = CASUS_PLOVER_SCHEME, .least = 1, .most = 1, .code_names_country = true,
    .actor_country = CASUS_COUNTRY_ANY, .place_country = CASUS_COUNTRY_ANY,
    .columns = PLOVER_JSON},
    {.name = "csv", .separator = ',', .quoted = true, .header = true, .least = 1, .most = DATA_FIELDS,
    .actor_country = CASUS_COUNTRY_ANY,
     .place_country = CASUS_COUNTRY_ANY, .code_names_country = true, .columns = MAPPED},
};
/* clang-format on */

static const char *const FORMATS[] = {"gdelt2",   "gdelt1", "gdelt-mentions", "icews", "polecat",     "phoenix",
                                      "petrarch", "keds",   "ucdp",           "acled", "plover-json", "csv",
                                      NULL};

const char *const *casus_import_formats(void) { return FORMATS; }

const data_layout *data_layout_named(const char *name) {
    for (int i = 0; i < DATA_LAYOUTS; i++)
        if (strcasecmp(name, data_layouts[i].name) == 0) return &data_layouts[i];
    return NULL;
}

static bool same_name(casus_str a, casus_str b) { return a.n == b.n && strncasecmp(a.at, b.at, a.n) == 0; }

static int column_named(const casus_str *names, size_t n, casus_str name) {
    for (size_t i = 0; i < n; i++)
        if (same_name(casus_str_trim(names[i]), name)) return (int)i;
    return -1;
}

static bool has_columns(const casus_str *names, size_t n, const char *must) {
    casus_str rest = casus_str_of(must), name;
    while (casus_str_cut(&rest, ',', &name))
        if (column_named(names, n, name) < 0) return false;
    return true;
}

bool data_layout_is_header(const data_layout *layout, const casus_str *names, size_t n) {
    return layout->header && (!layout->must || has_columns(names, n, layout->must));
}

/* KEDS and TABARI: YYMMDD SRC TGT CODE, blanks or tabs between. */
static bool is_keds_line(casus_str record) {
    casus_buf scratch = {0};
    data_event event = {0};
    char why[160];
    bool yes = data_event_line(record, &scratch, &event, why);
    casus_buf_done(&scratch);
    return yes;
}

static const data_layout *guess_by_header(casus_str record, casus_str *fields, casus_buf *scratch) {
    for (int i = 0; i < DATA_LAYOUTS; i++) {
        const data_layout *l = &data_layouts[i];
        if (!l->must) continue;
        size_t n = l->quoted ? data_split_csv(record, l->separator, scratch, fields)
                             : data_split(record, l->separator, fields);
        if (n >= l->least && n <= l->most && n <= DATA_FIELDS && has_columns(fields, n, l->must)) return l;
    }
    return NULL;
}

const data_layout *data_layout_guess(casus_str record, casus_buf *scratch) {
    casus_str fields[DATA_FIELDS];
    const data_layout *found = guess_by_header(record, fields, scratch);
    size_t columns = data_split(record, '\t', fields), commas = 0;
    if (!found && columns == 1) commas = data_split_csv(record, ',', scratch, fields);
    int64_t id;
    if (!found && commas == 49 && data_integer(fields[0], &id)) found = data_layout_named("ucdp");
    if (found) return found;
    if (record.n && record.at[0] == '{') return data_layout_named("plover-json");
    if (columns == 61) return data_layout_named("gdelt2");
    if (columns == 57 || columns == 58) return data_layout_named("gdelt1");
    if (columns == 16) return data_layout_named("gdelt-mentions");
    if (columns == 26) return data_layout_named("phoenix");
    if (columns >= 5 && columns <= 13 && data_split(record, '\t', fields) && data_day(fields[0], false))
        return data_layout_named("petrarch");
    return is_keds_line(record) ? data_layout_named("keds") : NULL;
}

/* ---- plans ------------------------------------------------------------------------------------------------- */

static void add_part(data_plan *plan, data_part part, size_t column, char sub) {
    size_t n = plan->part[part].n++;
    plan->part[part].column[n] = (uint8_t)column;
    plan->part[part].sub[n] = sub;
    plan->part[part].adjoining =
        n == 0 || (plan->part[part].adjoining && plan->part[part].column[n - 1] + 1u == column);
}

static void give_role(data_plan *plan, const char *role, size_t column) {
    plan->role[column][0] = role[0];
    plan->role[column][1] = role[0] && role[1] ? role[1] : '.';
    static const char LETTERS[] = "abpst.cg";
    static const data_part PARTS[] = {DATA_SOURCE,       DATA_TARGET, DATA_PLACE, DATA_SOURCE_PLACE,
                                      DATA_TARGET_PLACE, DATA_EXTRA,  DATA_CODE,  DATA_GIVEN};
    const char *at = strchr(LETTERS, role[0]);
    if (at) add_part(plan, PARTS[at - LETTERS], column, role[1] ? role[1] : '.');
    int *const where = role[0] == 'i'   ? &plan->id
                       : role[0] == 'd' ? &plan->day
                       : role[0] == 'e' ? &plan->end
                       : role[0] == 'w' ? &plan->mentions
                       : role[0] == 'l' ? &plan->low
                       : role[0] == 'h' ? &plan->high
                       : role[0] == 'k' ? &plan->best
                                        : NULL;
    if (where) *where = (int)column;
}

static void empty_plan(data_plan *plan, const data_layout *layout) {
    memset(plan, 0, sizeof *plan);
    plan->layout = layout;
    plan->scheme = layout->scheme;
    plan->separator = layout->separator;
    plan->actor_country = layout->actor_country, plan->place_country = layout->place_country;
    plan->id = plan->day = plan->end = plan->mentions = plan->low = plan->high = plan->best = -1;
}

char data_separator_of(casus_str header, const data_layout *l) {
    if (l->must || l->separator != ',') return l->separator;
    return memchr(header.at, '\t', header.n)                                       ? '\t'
           : memchr(header.at, ';', header.n) && !memchr(header.at, ',', header.n) ? ';'
                                                                                   : ',';
}

/* The makers' order, where it is not that of the layout's table. */
static const struct {
    const char *layout, *names;
} ORDERS[] = {
    {"polecat", "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|"
                "Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|Recipient Country|"
                "Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw|Wikipedia Recipient ID|"
                "Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|Feature Type|Source|"
                "Publication Date|Story People|Story Organizations|Story Locations|Language|Version"},
    {"acled", "event_id_cnty|event_date|year|time_precision|disorder_type|event_type|sub_event_type|actor1|assoc_actor_1|inter1|"
              "actor2|assoc_actor_2|inter2|interaction|civilian_targeting|iso|region|country|admin1|admin2|admin3|location|latitude|"
              "longitude|geo_precision|source|source_scale|notes|fatalities|tags|timestamp"},
};

static void add_name(casus_buf *out, const data_layout *layout, casus_str name, bool first) {
    if (!first) casus_buf_add(out, &layout->separator, 1);
    casus_buf_add(out, name.at, name.n);
}

void data_layout_header(const data_layout *layout, casus_buf *out) {
    const data_column *columns = strcmp(layout->name, "ucdp") == 0 ? UCDP_ORDER : layout->columns;
    for (size_t i = 0; i < sizeof ORDERS / sizeof *ORDERS; i++) {
        casus_str rest = casus_str_of(ORDERS[i].names), name;
        if (strcmp(layout->name, ORDERS[i].layout) != 0) continue;
        for (bool first = true; casus_str_cut(&rest, '|', &name); first = false) add_name(out, layout, name, first);
        return;
    }
    for (size_t i = 0; columns[i].name; i++) add_name(out, layout, casus_str_of(columns[i].name), i == 0);
}

void data_plan_fixed(data_plan *plan, const data_layout *layout) {
    const data_column *columns = strcmp(layout->name, "ucdp") == 0 ? UCDP_ORDER : layout->columns;
    empty_plan(plan, layout);
    for (size_t i = 0; columns[i].name; i++) give_role(plan, columns[i].role, i);
}

static const char *role_named(const data_layout *layout, casus_str name) {
    for (const data_column *c = layout->columns; c->name; c++)
        if (same_name(name, casus_str_of(c->name))) return c->role;
    return ".";
}

/* The role that a user's map gives a column; NULL when it names none. */
static const char *mapped_role(const char *map, casus_str column) {
    static const data_column KEYS[] = {{"id", "i"},
                                       {"date", "d"},
                                       {"end", "e"},
                                       {"source", "ac"},
                                       {"target", "bc"},
                                       {"source-name", "an"},
                                       {"target-name", "bn"},
                                       {"source-country", "ay"},
                                       {"target-country", "by"},
                                       {"code", "c"},
                                       {"place", "pn"},
                                       {"country", "py"},
                                       {"lat", "pf"},
                                       {"lon", "pl"},
                                       {"source-sectors", "ax"},
                                       {"target-sectors", "bx"},
                                       {"weight", "w"},
                                       {"deaths-low", "l"},
                                       {"deaths", "k"},
                                       {"deaths-high", "h"},
                                       {0}};
    casus_str rest = casus_str_of(map), pair;
    while (casus_str_cut(&rest, ',', &pair)) {
        casus_str key;
        if (!casus_str_cut(&pair, '=', &key) || !same_name(pair, column)) continue;
        for (const data_column *k = KEYS; k->name; k++)
            if (casus_str_is(key, k->name)) return k->role;
    }
    return NULL;
}

/* Every column that a map names must be there, and what an event cannot do without. */
static casus_code check_map(const char *map, const casus_str *names, size_t n, casus_error *err) {
    if (!map)
        return casus_fail(err, CASUS_ERR_ARG,
                          "csv wants a map: --map date=COLUMN,source=COLUMN,target=COLUMN,code=COLUMN");
    casus_str rest = casus_str_of(map), pair, key;
    while (casus_str_cut(&rest, ',', &pair)) {
        casus_str whole = pair;
        if (!casus_str_cut(&pair, '=', &key) || !pair.at)
            return casus_fail(err, CASUS_ERR_ARG, "\"%.*s\" is no KEY=COLUMN of a map", CASUS_FMT(whole));
        if (column_named(names, n, pair) < 0)
            return casus_fail(err, CASUS_ERR_ARG, "the file has no column \"%.*s\"", CASUS_FMT(pair));
        if (!mapped_role(map, pair))
            return casus_fail(err, CASUS_ERR_ARG, "a map knows no \"%.*s\"; see casus help import", CASUS_FMT(key));
    }
    return CASUS_OK;
}

casus_code data_plan_header(data_plan *plan, const data_layout *layout, const char *map, const casus_str *names,
                            size_t n, casus_error *err) {
    bool mapped = !layout->must;
    empty_plan(plan, layout);
    if (n > DATA_FIELDS)
        return casus_fail(err, CASUS_ERR_FORMAT, "%zu columns are more than the %d that are read", n, DATA_FIELDS);
    casus_code code = mapped ? check_map(map, names, n, err) : CASUS_OK;
    if (code) return code;
    for (size_t i = 0; i < n; i++) {
        casus_str name = casus_str_trim(names[i]);
        bool again = column_named(names, i, name) >= 0; /* a second column of the same name is kept, but is nothing of the event's */
        const char *role = again ? NULL : mapped ? mapped_role(map, name) : role_named(layout, name);
        give_role(plan, role ? role : ".", i);
    }
    if (plan->day >= 0 && plan->part[DATA_SOURCE].n && plan->part[DATA_TARGET].n && plan->part[DATA_CODE].n)
        return CASUS_OK;
    return casus_fail(err, mapped ? CASUS_ERR_ARG : CASUS_ERR_FORMAT,
                      "the columns for date, source, target and code are not all there");
}
