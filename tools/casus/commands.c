/* The table of commands, made from commands.def; finding one by name, or the one that may have been meant. */
#include "casus_tool.h"

#include <string.h>

#define HEADING(words)
#define COMMAND(name) extern const tool_command cmd_##name;
#include "commands.def"
#undef HEADING
#undef COMMAND

#define HEADING(words) {NULL, words},
#define COMMAND(name) {&cmd_##name, NULL},
const tool_entry tool_entries[] = {
#include "commands.def"
    {NULL, NULL}};
#undef HEADING
#undef COMMAND

const tool_command *tool_command_find(const char *name) {
    for (const tool_entry *e = tool_entries; e->command || e->heading; e++)
        if (e->command && strcmp(e->command->name, name) == 0) return e->command;
    return NULL;
}

/* Edits (insert, delete, replace, swap of neighbours) that turn a into b; both short. */
static size_t distance(const char *a, const char *b) {
    enum { MAX = 24 };
    size_t na = strlen(a), nb = strlen(b), row[3][MAX + 1];
    if (na > MAX || nb > MAX) return MAX;
    for (size_t j = 0; j <= nb; j++) row[1][j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t *now = row[(i + 1) % 3], *last = row[i % 3], *before = row[(i + 2) % 3];
        now[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t best = last[j - 1] + (a[i - 1] != b[j - 1]);
            if (last[j] + 1 < best) best = last[j] + 1;
            if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped && before[j - 2] + 1 < best) best = before[j - 2] + 1;
            now[j] = best;
        }
    }
    return row[(na + 1) % 3][nb];
}

const char *tool_command_nearest(const char *name) {
    const char *found = NULL;
    size_t best = 3;
    for (const tool_entry *e = tool_entries; e->command || e->heading; e++) {
        if (!e->command) continue;
        const char *candidate = e->command->name;
        size_t d = strncmp(candidate, name, strlen(name)) == 0 && strlen(name) > 1 ? 1 : distance(name, candidate);
        if (d < best && d < strlen(candidate)) best = d, found = candidate;
    }
    return found;
}
