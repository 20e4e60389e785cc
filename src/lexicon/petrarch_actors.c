/* The .actors and .agents files of PETRARCH.
 *
 *     ARNOR [ARN]                  a name and its code, or
 *     GOLLUM                       a name,
 *     +SMEAGOL                     other names,
 *         [HOB <950601]            and codes limited by dates: before, after (>), from–to with both days
 *     !MAN! = MAN, MEN             a set of words inside the names of agents
 *     CONGRESS!MAN! {} [~LEG]      an agent: {PLURAL}, {} for none, otherwise regular; its code after (~LEG) or before
 * (NGO~) the actor's
 */
#include "petrarch.h"

#include <string.h>

/* ---- dates ---- */

static bool number(casus_str s, int *out) {
    *out = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') return false;
        *out = *out * 10 + (s.at[i] - '0');
    }
    return s.n > 0;
}

/* "19950601" or "950601"; two digits below 30 are years of this century. */
static bool read_day(casus_str s, int32_t *day) {
    int year, month, dom, y, m, d;
    s = casus_str_trim(s);
    if (s.n != 6 && s.n != 8) return false;
    size_t y_digits = s.n - 4;
    if (!number((casus_str){s.at, y_digits}, &year) || !number((casus_str){s.at + y_digits, 2}, &month) ||
        !number((casus_str){s.at + y_digits + 2, 2}, &dom))
        return false;
    if (s.n == 6) year += year < 30 ? 2000 : 1900;
    if (year < 1 || month < 1 || month > 12 || dom < 1 || dom > 31) return false;
    *day = casus_day_of(year, month, dom);
    casus_day_split(*day, &y, &m, &d);
    return m == month; /* no 31 June */
}

static bool read_period(casus_str s, petrarch_role *role) {
    int32_t first, last;
    const char *dash = memchr(s.at, '-', s.n);
    role->dated = true;
    if (s.at[0] == '<' || s.at[0] == '>') {
        if (!read_day((casus_str){s.at + 1, s.n - 1}, &first)) return false;
        if (s.at[0] == '<')
            role->end = first;
        else
            role->begin = first + 1;
        return true;
    }
    if (!dash) return false;
    size_t n = (size_t)(dash - s.at);
    if (!read_day((casus_str){s.at, n}, &first) || !read_day((casus_str){dash + 1, s.n - n - 1}, &last) || last < first)
        return false;
    role->begin = first;
    role->end = last + 1;
    return true;
}

/* ---- actors ---- */

static void add_role(petrarch_reader *r, petrarch_actor *a, casus_str text) {
    petrarch_role role = {.begin = INT32_MIN, .end = INT32_MAX};
    size_t n = 0, told = r->p->counts.problems;
    while (n < text.n && !strchr(" \t<>", text.at[n])) n++;
    casus_str period = casus_str_trim((casus_str){text.at + n, text.n - n});
    if (!n)
        petrarch_problem(r, r->line, "a code is missing in [%.*s]", CASUS_FMT(text));
    else if (period.n && !read_period(period, &role))
        petrarch_problem(r, r->line, "not a period: \"%.*s\"; write <950601, >950601 or 950601-960101",
                         CASUS_FMT(period));
    else {
        role.code = casus_arena_strndup(&r->p->arena, text.at, n);
        *CASUS_PUSH(&r->p->arena, a->roles, a->n, a->cap) = role;
    }
    a->faulty = a->faulty || r->p->counts.problems > told;
}

static void add_roles(petrarch_reader *r, petrarch_actor *a, casus_str rest) {
    casus_str inside;
    while (petrarch_bracket(&rest, &inside)) add_role(r, a, inside);
    if (!rest.n) return;
    petrarch_problem(r, r->line, "cannot read \"%.*s\"; a code stands in brackets", CASUS_FMT(rest));
    a->faulty = true;
}

static casus_str before_bracket(casus_str line, const char *stops) {
    size_t n = 0;
    while (n < line.n && !strchr(stops, line.at[n])) n++;
    return casus_str_trim((casus_str){line.at, n});
}

static void add_actor_name(petrarch_reader *r, petrarch_actor *a, casus_str name) {
    if (petrarch_add_name(r->p, &r->p->actor_names, name, (uint32_t)(a - r->p->actors))) {
        a->named = true;
        r->p->counts.names++;
    } else {
        petrarch_problem(r, r->line, "a name without letters");
    }
}

static void check_actor(petrarch_reader *r) {
    const petrarch_actor *a = r->p->n_actors ? &r->p->actors[r->p->n_actors - 1] : NULL;
    if (a && a->named && !a->n && !a->faulty) petrarch_problem(r, a->line, "an actor without a code");
}

void petrarch_read_actors(petrarch_reader *r) {
    casus_petrarch *p = r->p;
    petrarch_actor *a = NULL;
    casus_str line;
    while (petrarch_line(r, &line)) {
        bool more = line.at[0] == '+', role = line.at[0] == '[';
        if ((more || role) && !a) {
            petrarch_problem(r, r->line, "\"%.*s\" before any actor", CASUS_FMT(line));
            continue;
        }
        if (!more && !role) {
            if (a) check_actor(r);
            a = CASUS_PUSH(&p->arena, p->actors, p->n_actors, p->cap_actors);
            a->line = r->line;
            p->counts.actors++;
        }
        if (more) line = (casus_str){line.at + 1, line.n - 1};
        casus_str name = before_bracket(line, "[");
        if (!role) add_actor_name(r, a, name);
        size_t used = role ? 0 : (size_t)(name.at + name.n - line.at);
        add_roles(r, a, casus_str_trim((casus_str){line.at + used, line.n - used}));
    }
    if (a) check_actor(r);
}

/* ---- agents ---- */

typedef struct word_set {
    casus_str name;
    casus_str words; /* "MAN, MEN" */
} word_set;

typedef struct agent_reader {
    petrarch_reader *r;
    word_set *sets;
    size_t n_sets, cap_sets;
} agent_reader;

static void add_form(petrarch_reader *r, casus_str name, uint32_t agent) {
    if (petrarch_add_name(r->p, &r->p->agent_names, name, agent))
        r->p->counts.names++;
    else
        petrarch_problem(r, r->line, "an agent without letters");
}

static casus_str plural_of(casus_arena *a, casus_str name) {
    while (name.n && name.at[name.n - 1] == '_') name.n--;
    if (name.n > 1 && name.at[name.n - 1] == 'Y')
        return casus_str_of(casus_arena_printf(a, "%.*sIES", (int)name.n - 1, name.at));
    return casus_str_of(casus_arena_printf(a, "%.*sS", CASUS_FMT(name)));
}

static const word_set *set_in(const agent_reader *g, casus_str name, size_t *at) {
    for (size_t i = 0; i < g->n_sets; i++)
        for (size_t k = 0; k + g->sets[i].name.n <= name.n; k++)
            if (memcmp(name.at + k, g->sets[i].name.at, g->sets[i].name.n) == 0) {
                *at = k;
                return &g->sets[i];
            }
    return NULL;
}

static void add_forms(agent_reader *g, casus_str name, casus_str plural, bool regular, uint32_t agent) {
    casus_arena *a = &g->r->p->arena;
    size_t at = 0;
    const word_set *set = set_in(g, name, &at);
    casus_str rest = set ? set->words : (casus_str){NULL, 0}, word;
    while (rest.at && casus_str_cut(&rest, ',', &word)) {
        word = casus_str_trim(word);
        casus_str tail = {name.at + at + set->name.n, name.n - at - set->name.n};
        add_form(
            g->r,
            casus_str_of(casus_arena_printf(a, "%.*s%.*s%.*s", (int)at, name.at, CASUS_FMT(word), CASUS_FMT(tail))),
            agent);
    }
    if (set) return;
    if (memchr(name.at, '!', name.n)) {
        petrarch_problem(g->r, g->r->line, "\"%.*s\" names a set that is not defined above", CASUS_FMT(name));
        return;
    }
    add_form(g->r, name, agent);
    if (regular)
        add_form(g->r, plural_of(a, name), agent);
    else if (plural.n)
        add_form(g->r, plural, agent);
}

/* "~GOV", "NGO~": true and the code without its mark. */
static bool read_code(petrarch_reader *r, casus_str text, casus_petrarch_agent *out) {
    text = casus_str_trim(text);
    if (text.n < 2) return false;
    bool after = text.at[0] == '~', before = text.at[text.n - 1] == '~';
    if (after == before) return false;
    casus_str code = casus_str_trim((casus_str){text.at + after, text.n - 1});
    out->before = before;
    out->code = casus_arena_strndup(&r->p->arena, code.at, code.n);
    return code.n > 0;
}

static void define_set(agent_reader *g, casus_str line) {
    casus_str name, rest = line;
    casus_str_cut(&rest, '=', &name);
    name = casus_str_trim(name);
    if (!rest.at || name.n < 3 || name.at[name.n - 1] != '!') {
        petrarch_problem(g->r, g->r->line, "a set of words is written !NAME! = WORD, WORD");
        return;
    }
    *CASUS_PUSH(&g->r->p->arena, g->sets, g->n_sets, g->cap_sets) = (word_set){name, rest};
    g->r->p->counts.sets++;
}

static void read_agent(agent_reader *g, casus_str line) {
    petrarch_reader *r = g->r;
    casus_str name = before_bracket(line, "[{"), plural = {NULL, 0}, inside;
    size_t used = (size_t)(name.at + name.n - line.at);
    casus_str rest = casus_str_trim((casus_str){line.at + used, line.n - used});
    bool regular = !rest.n || rest.at[0] != '{';
    if (!regular) {
        const char *close = memchr(rest.at, '}', rest.n);
        size_t n = close ? (size_t)(close - rest.at) : 0;
        if (close)
            plural = casus_str_trim((casus_str){rest.at + 1, n - 1}), rest = (casus_str){close + 1, rest.n - n - 1};
    }
    casus_petrarch_agent agent = {0};
    if (!name.n || !petrarch_bracket(&rest, &inside) || !read_code(r, inside, &agent)) {
        petrarch_problem(r, r->line, "an agent is written NAME {PLURAL} [~CODE]; cannot read \"%.*s\"",
                         CASUS_FMT(line));
        return;
    }
    *CASUS_PUSH(&r->p->arena, r->p->agents, r->p->n_agents, r->p->cap_agents) = agent;
    r->p->counts.agents++;
    add_forms(g, name, plural, regular, (uint32_t)r->p->n_agents - 1);
}

void petrarch_read_agents(petrarch_reader *r) {
    agent_reader g = {.r = r};
    casus_str line;
    while (petrarch_line(r, &line)) {
        if (line.at[0] == '!' && memchr(line.at, '=', line.n))
            define_set(&g, line);
        else
            read_agent(&g, line);
    }
}
