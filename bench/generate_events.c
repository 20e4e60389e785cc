/* generate_events gdelt2|icews ROWS [SEED]: a file of that many made-up events on standard output, run from the project's folder.
 *
 * Like the real files in what costs time: distinct ids, rows of their length (about 415 and 260 bytes), tens of thousands of actors and
 * places of which few are frequent (a Zipf law), pairs that keep coming back, several events to an address, every code of CAMEO with
 * its quad class and scale, ten years of days, and in ICEWS names with Latin-1 letters and lists of sectors. The same arguments, the same bytes. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CODES = 400, COUNTRIES = 400, ACTORS = 40000, PLACES = 60000, PAIRS = 200000, WORDS = 4000 };

static uint64_t state;

static uint64_t draw(void) { /* xorshift64* (Vigna 2016) */
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * 2685821657736338717u;
}

static double unit(void) { return (double)(draw() >> 11) / 9007199254740992.0; }
static size_t below(size_t n) { return (size_t)(draw() >> 11) % n; }
/* Zipf's law with exponent 1: the k-th is k times as rare as the first. */
static size_t rank(size_t n) { return (size_t)exp(unit() * log((double)n)) - 1; }

static struct { char code[8], scale[16], quad[4]; } codes[CODES];
static struct { char cameo[4], fips[4], name[48]; } countries[COUNTRIES];
static size_t n_codes, n_countries;
static char words[WORDS][12];
static struct { char text[160]; } actors[ACTORS], icews_actors[ACTORS];
static struct { char text[120]; } places[PLACES], icews_places[PLACES];
static uint32_t pairs[PAIRS][2];

/* Fields of a line cut at tabs, in place. */
static size_t cut(char *line, char **field, size_t most) {
    size_t n = 0;
    line[strcspn(line, "\n")] = '\0';
    for (char *at = line; at && n < most;) {
        field[n++] = at;
        at = strchr(at, '\t');
        if (at) *at++ = '\0';
    }
    return n;
}

static size_t column(char **names, size_t n, const char *name) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0) return i;
    fprintf(stderr, "generate_events: no column %s\n", name);
    exit(1);
}

/* Calls `take` for each line of a table with the columns named. */
static void read_table(const char *path, const char *const *wanted, size_t n, void (*take)(char **)) {
    char line[2000], head[2000], *field[32], *names[32], *out[4];
    size_t at[4], n_names = 0;
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        exit(1);
    }
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '#') continue;
        if (!n_names) {
            strcpy(head, line);
            n_names = cut(head, names, 32);
            for (size_t i = 0; i < n; i++) at[i] = column(names, n_names, wanted[i]);
            continue;
        }
        size_t cells = cut(line, field, 32);
        for (size_t i = 0; i < n; i++) out[i] = at[i] < cells ? field[at[i]] : "";
        take(out);
    }
    fclose(file);
}

static void take_code(char **f) {
    if (!*f[1] || !*f[2] || n_codes == CODES) return;
    snprintf(codes[n_codes].code, sizeof codes->code, "%s", f[0]);
    snprintf(codes[n_codes].scale, sizeof codes->scale, "%g", atof(f[1]));
    bool investigate = strncmp(f[0], "09", 2) == 0, protest = strncmp(f[0], "14", 2) == 0; /* GDELT's own quad classes */
    snprintf(codes[n_codes++].quad, sizeof codes->quad, "%s", investigate ? "2" : protest ? "3" : f[2]);
}

static void take_country(char **f) {
    if (!*f[0] || !*f[1] || n_countries == COUNTRIES) return;
    snprintf(countries[n_countries].cameo, sizeof countries->cameo, "%s", f[0]);
    snprintf(countries[n_countries].fips, sizeof countries->fips, "%s", f[1]);
    snprintf(countries[n_countries++].name, sizeof countries->name, "%.*s", (int)strcspn(f[2], ";"), f[2]);
}

static void make_words(void) {
    static const char *const PARTS[] = {"ba", "ko", "ri", "sta", "ne", "mu", "lan", "do", "ver", "ti", "sha", "po", "gra", "el", "no", "zi"};
    for (size_t i = 0; i < WORDS; i++) {
        size_t n = 2 + below(2);
        for (size_t k = 0; k < n; k++) strcat(words[i], PARTS[below(16)]);
    }
}

static const char *word(void) { return words[rank(WORDS)]; }

static void make_actor(size_t i) {
    static const char *const ROLES[] = {"GOV", "MIL", "COP", "BUS", "REB", "MED", "EDU", "OPP", "LEG", "JUD", "CVL", "NGO"};
    static const char *const SECTORS[] = {"Government", "Executive", "Military", "Parties", "Ideological", "Police", "Business", "Legislative / Parliamentary",
                                          "Foreign Ministry", "General Population / Civilian / Social", "Social", "Elite", "Executive Office"};
    size_t c = rank(n_countries);
    const char *role = i % 3 ? ROLES[rank(12)] : "", *a = word(), *b = word();
    snprintf(actors[i].text, sizeof actors->text, "%s%s\t%s %s%zu\t%s\t\t\t\t\t%s\t\t", countries[c].cameo, role, a, b, i, countries[c].cameo, role);
    char sectors[80] = "";
    size_t n = i % 5 ? 1 + below(3) : 0;
    for (size_t k = 0; k < n; k++) sprintf(sectors + strlen(sectors), "%s%s", k ? "," : "", SECTORS[rank(13)]);
    snprintf(icews_actors[i].text, sizeof icews_actors->text, "%s %s%s%zu (%s)\t%s\t%s", a, b, i % 40 == 39 ? "\xe9\xf1" : "", i, countries[c].name,
             n ? sectors : "NA", countries[c].name);
}

static void make_place(size_t i) {
    size_t c = rank(n_countries);
    const char *a = word(), *b = word();
    double lat = unit() * 120 - 50, lon = unit() * 340 - 170;
    snprintf(places[i].text, sizeof places->text, "%d\t%s%zu, %s, %s\t%s\t%s%02zu\t%zu\t%.4f\t%.4f\t-%zu", 1 + (int)(i % 4), a, i, b, countries[c].name, countries[c].fips,
             countries[c].fips, i % 40, i % 90000, lat, lon, 100000 + i * 13);
    snprintf(icews_places[i].text, sizeof icews_places->text, "%s%s%zu\tNA\tProvincia de %s\t%s\t%.4f\t%.3f", a, i % 40 == 39 ? "\xfc" : "", i, b, countries[c].name, lat, lon);
}

static void make_all(void) {
    static const char *const CODE[] = {"cameo", "scale", "quad"}, *const COUNTRY[] = {"cameo", "fips", "names"};
    read_table("knowledge/ontology/cameo.tsv", CODE, 3, take_code);
    read_table("knowledge/countries.tsv", COUNTRY, 3, take_country);
    make_words();
    for (size_t i = 0; i < ACTORS; i++) make_actor(i);
    for (size_t i = 0; i < PLACES; i++) make_place(i);
    for (size_t i = 0; i < PAIRS; i++) pairs[i][0] = (uint32_t)rank(ACTORS), pairs[i][1] = (uint32_t)rank(ACTORS);
}

static void choose_pair(uint32_t *a, uint32_t *b) {
    do {
        size_t known = rank(PAIRS);
        bool again = below(10) < 7;
        *a = again ? pairs[known][0] : (uint32_t)rank(ACTORS);
        *b = again ? pairs[known][1] : (uint32_t)rank(ACTORS);
    } while (*a == *b && below(4));
}

/* The day of the i-th of n rows: ten years from 2014 on, a few days late. */
static void day_of(size_t i, size_t n, int *y, int *m, int *d) {
    size_t day = (size_t)((double)i / (double)n * 3600) + (below(5) ? 0 : below(60));
    *y = 2014 + (int)(day / 372), *m = 1 + (int)(day / 31 % 12), *d = 1 + (int)(day % 31 % 28);
}

static void gdelt(size_t i, size_t n) {
    static char url[200], extra[120];
    static size_t left, place;
    static const char BLANK[] = "\t\t\t\t\t\t\t\t\t";
    uint32_t a, b;
    int y, m, d;
    if (!left--) {
        left = below(4);
        place = rank(PLACES);
        snprintf(url, sizeof url, "http://www.%s%s%zu.com/%s/%d/%02d/%s-%s-%s-%s-%s-%s-%zu.html", word(), word(), rank(3000), word(), 2015, (int)(1 + i % 12), word(), word(),
                 word(), word(), word(), word(), i);
        snprintf(extra, sizeof extra, "%.14f", unit() * 20 - 12);
    }
    choose_pair(&a, &b);
    size_t code = rank(n_codes), mentions = 1 + rank(100), other = below(3) ? place : rank(PLACES);
    day_of(i, n, &y, &m, &d);
    bool lone = below(4) == 0, blank = below(12) == 0;
    printf("%zu\t%04d%02d%02d\t%04d%02d\t%04d\t%.4f\t%s\t%s\t%zu\t%s\t%.3s\t%.2s\t%s\t%s\t%zu\t%zu\t%zu\t%s\t%s\t%s\t%s\t%04d%02d%02d%02zu%02zu00\t%s\n", 410412347 + i, y,
           m, d, y, m, y, y + ((m - 1) * 30 + d) / 365.0, blank ? BLANK : actors[a].text, lone ? BLANK : actors[b].text, below(2), codes[code].code, codes[code].code, codes[code].code,
           codes[code].quad, codes[code].scale, mentions, 1 + rank(5), mentions, extra, blank ? "0\t\t\t\t\t\t\t" : places[place].text,
           lone ? "0\t\t\t\t\t\t\t" : places[other].text, places[place].text, y, m, d, below(24), 15 * below(4), url);
}

static void icews(size_t i, size_t n) {
    static const char *const VERBS[] = {"Make statement", "Consult", "Make an appeal or request", "Express intent to cooperate", "Criticize or denounce",
                                        "Use conventional military force", "Host a visit", "Make a visit", "Arrest, detain, or charge with legal action", "Praise or endorse"};
    static const char *const PAPERS[] = {"Agence France-Presse", "Xinhua News Agency", "The Times of India", "BBC Monitoring Middle East", "Interfax News Agency"};
    uint32_t a, b;
    int y, m, d;
    choose_pair(&a, &b);
    size_t code = rank(n_codes);
    day_of(i, n, &y, &m, &d);
    const char *paper = PAPERS[rank(5)], *place = icews_places[rank(PLACES)].text;
    printf("%zu\t%04d-%02d-%02d\t%s\t%s\t%s\t%s\t%s\t%zu\t%zu\t%s\t%s\n", 32889836 + i, y, m, d, icews_actors[a].text, VERBS[code % 10], codes[code].code, codes[code].scale,
           icews_actors[b].text, 47400351 + i / 3, 1 + below(6), paper, place);
}

int main(int argc, char **argv) {
    size_t n = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
    bool is_gdelt = argc > 1 && strcmp(argv[1], "gdelt2") == 0;
    if (argc < 3 || (!is_gdelt && strcmp(argv[1], "icews") != 0)) {
        fprintf(stderr, "usage: generate_events gdelt2|icews ROWS [SEED]\n");
        return 2;
    }
    state = 88172645463325252u ^ (argc > 3 ? strtoull(argv[3], NULL, 10) : 0);
    make_all();
    if (!is_gdelt)
        puts("Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\tTarget Country\t"
             "Story ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude");
    for (size_t i = 0; i < n; i++) (is_gdelt ? gdelt : icews)(i, n);
    return fflush(stdout) == 0 ? 0 : 1;
}
