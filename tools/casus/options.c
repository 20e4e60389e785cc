/* From the words of the command line to an options struct, as the command's table says. */
#include "casus_tool.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    unsigned bit;
    tool_option option;
} COMMON[] = {
    {TOOL_DB, {"db", 0, TOOL_TEXT, "FILE", "the ledger (default casus.db)", offsetof(tool, db)}},
    {TOOL_JSON, {"json", 0, TOOL_FLAG, NULL, "one JSON record a line", offsetof(tool, json)}},
    {TOOL_DATA, {"data", 0, TOOL_TEXT, "DIR", "folder of the compiled model, knowledge and gazetteer", offsetof(tool, data)}},
    {TOOL_DATA, {"knowledge", 0, TOOL_TEXT, "DIR", "your own actors and verbs, laid on top", offsetof(tool, knowledge)}},
    {TOOL_DATA, {"fast", 0, TOOL_FLAG, NULL, "the small model: quicker, a little less exact", offsetof(tool, fast)}},
    {TOOL_THREADS, {"threads", 0, TOOL_INT, "N", "threads to work with (default: all processors)", offsetof(tool, threads)}},
    {TOOL_REJECTS, {"rejects", 0, TOOL_TEXT, "FILE", "write rejected input here, with the reason", offsetof(tool, rejects)}},
    {TOOL_DATE, {"date", 0, TOOL_ISO_DATE, "DATE", "date of documents that give none", offsetof(tool, date)}},
};

const tool_option *tool_common_option(unsigned common, size_t *index) {
    for (; *index < sizeof COMMON / sizeof *COMMON; ++*index)
        if (common & COMMON[*index].bit) return &COMMON[(*index)++].option;
    return NULL;
}

/* YYYY, YYYY-MM or YYYY-MM-DD with a month and day that exist. */
static bool iso_date(const char *s) {
    static const int DAYS[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    size_t n = strlen(s);
    if (n != 4 && n != 7 && n != 10) return false;
    for (size_t i = 0; i < n; i++)
        if (i == 4 || i == 7 ? s[i] != '-' : s[i] < '0' || s[i] > '9') return false;
    int month = n >= 7 ? atoi(s + 5) : 1, day = n == 10 ? atoi(s + 8) : 1;
    return month >= 1 && month <= 12 && day >= 1 && day <= DAYS[month - 1];
}

static int store_number(const tool *t, const tool_option *o, void *to, const char *value) {
    char *end = NULL;
    errno = 0;
    if (o->type == TOOL_INT)
        *(int64_t *)to = strtoll(value, &end, 10);
    else
        *(double *)to = strtod(value, &end);
    if (errno || end == value || *end || (o->type == TOOL_INT && *value == '-'))
        return tool_usage(t, "--%s wants a number, not \"%s\"", o->name, value);
    return TOOL_DONE;
}

static int store(tool *t, const tool_option *o, void *options, const char *value) {
    void *to = (char *)options + o->at;
    switch (o->type) {
    case TOOL_FLAG: *(bool *)to = true; return TOOL_DONE;
    case TOOL_TEXT: *(const char **)to = value; return TOOL_DONE;
    case TOOL_ISO_DATE:
        if (!iso_date(value)) return tool_usage(t, "--%s wants a date such as 2024-03-28, not \"%s\"", o->name, value);
        *(const char **)to = value;
        return TOOL_DONE;
    case TOOL_LIST: {
        tool_list *list = to;
        const char **at = list->at;
        *CASUS_PUSH(&t->arena, at, list->n, list->cap) = value;
        list->at = at;
        return TOOL_DONE;
    }
    default: return store_number(t, o, to, value);
    }
}

static bool is_named(const tool_option *o, casus_str name, char letter) {
    return letter ? o->letter == letter : casus_str_is(name, o->name);
}

/* The option of that name, the command's own first; *into is the struct it fills. */
static const tool_option *find(tool *t, void *options, casus_str name, char letter, void **into) {
    *into = options;
    for (const tool_option *o = t->command->options; o && o->name; o++)
        if (is_named(o, name, letter)) return o;
    *into = t;
    const tool_option *o;
    for (size_t i = 0; (o = tool_common_option(t->command->common, &i));)
        if (is_named(o, name, letter)) return o;
    return NULL;
}

/* One word that starts with a dash; *i moves over a value in the next word. */
static int take(tool *t, void *options, int argc, char **argv, int *i) {
    const char *word = argv[*i], *value = NULL;
    bool is_long = word[1] == '-';
    casus_str name = casus_str_of(is_long ? word + 2 : "");
    const char *equals = is_long ? strchr(word, '=') : NULL;
    if (equals) name.n = (size_t)(equals - name.at), value = equals + 1;
    void *into;
    const tool_option *o = find(t, options, name, is_long ? 0 : word[1], &into);
    if (!o) return tool_usage(t, "there is no option %.*s", (int)(equals ? equals - word : (long)strlen(word)), word);
    if (!is_long && word[2]) value = word + 2;
    if (o->type == TOOL_FLAG && value) return tool_usage(t, "--%s takes no value", o->name);
    if (o->type != TOOL_FLAG && !value) {
        if (*i + 1 >= argc) return tool_usage(t, "--%s wants a value: %s", o->name, o->argument);
        value = argv[++*i];
    }
    return store(t, o, into, value);
}

int tool_options_parse(tool *t, void *options, int argc, char **argv, int *n_args) {
    bool only_args = false;
    *n_args = 0;
    for (int i = 0; i < argc; i++) {
        char *word = argv[i];
        if (only_args || word[0] != '-' || !word[1]) {
            argv[(*n_args)++] = word;
            continue;
        }
        if (strcmp(word, "--") == 0) {
            only_args = true;
            continue;
        }
        if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) return -1;
        int rc = take(t, options, argc, argv, &i);
        if (rc) return rc;
    }
    if (*n_args < t->command->min_args) return tool_usage(t, "something is missing: %s", t->command->usage);
    if (t->command->max_args >= 0 && *n_args > t->command->max_args)
        return tool_usage(t, "too many arguments, beginning with \"%s\"", argv[t->command->max_args]);
    return TOOL_DONE;
}
