/* casus/measure.h — measures over events and series: who answers whom, who stands with whom, what rose and what fell.
 *
 * Everything here works on plain arrays and knows nothing of where they come from; casus_events_load reads them from a ledger. Numbers
 * are deterministic: what draws at random takes a seed. Results live in the caller's arena, which must have its trap set (CASUS_ARENA_TRY in
 * casus/base.h): when memory runs out, it jumps there. Errors everywhere: CASUS_ERR_ARG for input that makes no sense (the message says what would).
 */
#ifndef CASUS_MEASURE_H
#define CASUS_MEASURE_H

#include "casus/base.h"
#include "casus/ledger.h"
#include "casus/lexicon.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- statistics -------------------------------------------------------------------------------------------- */

/* Regularised incomplete beta function I_x(a, b), 0 <= x <= 1, a, b > 0, to about 1e-13 relative (continued fraction, DLMF 8.17.22). */
double casus_beta_share(double a, double b, double x);
/* The x with I_x(a, b) = share: the quantile of a beta distribution. About 1e-14 absolute. */
double casus_beta_quantile(double a, double b, double share);
/* P(F >= f) for the F distribution with d1 and d2 degrees of freedom. 1 for f <= 0. */
double casus_f_tail(double f, double d1, double d2);

/* A linear model y = X b + e fitted by least squares. */
typedef struct casus_fit {
    size_t rows, columns;
    double *coef;     /* columns */
    double *error;    /* standard errors of coef: columns */
    double *residual; /* rows */
    double rss;       /* sum of squared residuals */
} casus_fit;
/* `x`: rows × columns, row by row. By Householder reflections (Golub and Van Loan, Matrix Computations, 5.3), which lose half as many digits as the
 * normal equations do. Cost O(rows × columns²). CASUS_ERR_ARG: fewer rows than columns + 1, a value that is no number; or
 * a column that the others determine (*singular, may be NULL, is its index, else `columns`). */
casus_code casus_least_squares(const double *x, const double *y, size_t rows, size_t columns, casus_arena *arena, casus_fit *out, size_t *singular,
                               casus_error *err);

/* ---- two series that answer each other --------------------------------------------------------------------- */

/* Vector autoregression of two series (Sims 1980, Econometrica 48; for dyads Goldstein and Freeman 1990, Three-Way Street; Brandt and
 * Freeman 2006, Political Analysis 14):  y_t = c + A_1 y_{t-1} + … + A_p y_{t-p} + e_t, each equation by least squares. Units are the series'. */
typedef struct casus_var {
    size_t n, p, rows;     /* observations, lags, rows of the regressions: n − p */
    casus_fit equation[2]; /* columns: constant, then for each lag the first and the second series: coef[1 + 2 (lag − 1) + series] */
    double covariance[3];  /* of the residuals: first × first, first × second, second × second; divided by rows − columns */
    double correlation;    /* of the residuals: what moves together within one period */
} casus_var;
/* CASUS_ERR_ARG: p is 0, the series are too short (rows must exceed 2p + 1; the message says how many are needed), constant, or
 * multiples of each other. Cost O(n p²). */
casus_code casus_var_fit(const double *first, const double *second, size_t n, size_t p, casus_arena *arena, casus_var *out, casus_error *err);

/* Granger causality (Granger 1969, Econometrica 37): does the past of one series help to foretell the other beyond the other's own past?
 * F = ((RSS without − RSS with) / p) / (RSS with / (rows − 2p − 1)). [0]: the first is moved by the second; [1]: the second by the first. */
typedef struct casus_granger {
    double f[2], tail[2]; /* statistic, P(F >= f) */
    size_t d1, d2;        /* degrees of freedom */
} casus_granger;
casus_code casus_granger_test(const double *first, const double *second, size_t n, size_t p, casus_arena *arena, casus_granger *out, casus_error *err);

/* Reciprocity (Goldstein and Pevehouse 1997, APSR 91): how each answers the other in kind. [0]: the first's answer to the second. */
typedef struct casus_reciprocity {
    double answer[2];   /* sum of the coefficients on the other's lags: the answer to one unit within p periods */
    double inertia[2];  /* sum of the coefficients on one's own lags */
    double long_run[2]; /* answer / (1 − inertia): the answer to one unit kept up for good; NaN where inertia >= 1 */
} casus_reciprocity;
casus_reciprocity casus_var_reciprocity(const casus_var *v);

/* Orthogonalised impulse responses (Lütkepohl 2005, New Introduction to Multiple Time Series Analysis, 2.3.2) with bands from a bootstrap of the
 * residuals (Runkle 1987, JBES 5; percentiles). A shock is one standard deviation; the first series may move the
 * second within the period, not the other way: order matters where the residuals correlate. */
typedef struct casus_impulse {
    size_t horizon;    /* periods after the shock; arrays have horizon + 1 elements */
    size_t replicates; /* that could be fitted */
    double *response[2][2], *low[2][2], *high[2][2]; /* [shocked series][answering series] */
} casus_impulse;
typedef struct casus_impulse_options {
    size_t horizon, replicates; /* 0 replicates: no bands (low = high = response) */
    double level;               /* of the bands, for example 0.95 */
    uint64_t seed;              /* the same seed, the same bands, on every machine */
} casus_impulse_options;
/* The series the model was fitted to. Cost O(replicates × n p²). */
casus_code casus_var_impulse(const casus_var *v, const double *first, const double *second, const casus_impulse_options *options,
                             casus_arena *arena, casus_impulse *out, casus_error *err);

/* ---- who stands with whom: a signed network ------------------------------------------------------------------ */

typedef struct casus_tie {
    uint32_t a, b;  /* nodes, 0-based */
    double weight;  /* above zero friendly, below hostile; the sign is what balance asks for */
} casus_tie;

/* An undirected signed network; neighbours of i stand at first[i] … first[i + 1] − 1, sorted. */
typedef struct casus_network {
    size_t nodes, ties, positive;
    size_t *first;   /* nodes + 1 */
    uint32_t *other; /* 2 × ties */
    double *weight;  /* 2 × ties */
} casus_network;
/* Ties between the same two nodes, in either order, are summed; sums of zero and loops are dropped. Cost O(n log n). */
casus_code casus_network_build(const casus_tie *ties, size_t n, size_t nodes, casus_arena *arena, casus_network *out, casus_error *err);

/* Structural balance (Cartwright and Harary 1956, Psychological Review 63): a triangle is balanced when the product of its signs is positive. */
typedef struct casus_triangles {
    uint64_t all, balanced, by_negative[4]; /* by the number of negative ties */
    double share;                           /* balanced / all; NaN without triangles */
} casus_triangles;
/* Cost O(sum over ties of the ends' degrees). */
casus_triangles casus_network_triangles(const casus_network *net);

/* The line index of balance (Harary 1959, Behavioral Science 4; Aref and Wilson 2019, Journal of Complex Networks 7): the fewest ties that contradict a
 * division into two camps, friends within and foes between. */
typedef struct casus_frustration {
    size_t low, high;   /* the index lies between them; equal when exact */
    bool exact;
    double normalised;  /* 1 − 2 high / ties: 1 balanced, 0 the most frustrated a network can be; NaN without ties */
    uint8_t *camp;      /* 0 or 1 a node: a division with `high` frustrated ties */
    uint32_t *component; /* camps of different components have nothing to do with one another */
    size_t components;
} casus_frustration;
enum { CASUS_FRUSTRATION_EXACT = 40 };
typedef struct casus_frustration_options {
    size_t exact_nodes; /* largest component (without its tree-like fringe) that is searched through; 0: CASUS_FRUSTRATION_EXACT; at most 64 */
    uint64_t max_steps; /* of that search; 0: 300 million (some seconds); beyond, the bounds reached */
    size_t rounds;      /* of the search by trial in larger ones; 0: 200 */
    uint64_t seed;
} casus_frustration_options;
/* Exact by branch and bound over suffixes (Russian doll search; Verfaillie, Lemaître and Schiex 1996, AAAI); beyond, iterated local search from above and
 * edge-disjoint unbalanced triangles from below. Worst case exponential in exact_nodes, in practice milliseconds for sparse networks. */
casus_code casus_network_frustration(const casus_network *net, const casus_frustration_options *options, casus_arena *arena, casus_frustration *out,
                                     casus_error *err);

typedef struct casus_centrality {
    uint32_t *friends, *foes; /* positive and negative ties */
    double *strength;         /* sum of the weights */
    double *between;          /* betweenness, signs ignored: shortest paths between others that pass here (Brandes 2001, J. Math. Sociology 25) */
    double *pn;               /* PN index (Everett and Borgatti 2014, Social Networks 38): friends raise it, foes lower it, those of friends count too */
} casus_centrality;
/* Cost O(nodes × ties) for betweenness. */
casus_code casus_network_centrality(const casus_network *net, casus_arena *arena, casus_centrality *out, casus_error *err);

/* ---- who did what to whom, and when --------------------------------------------------------------------------- */

/* One event in the form the measures want. */
typedef struct casus_act {
    int32_t day;             /* days since 1970-01-01 (casus_day_of); an event that lasts counts on its first day */
    uint32_t source, target; /* index into casus_acts.actors; CASUS_NOBODY: none or unknown */
    uint8_t type;            /* casus_plover */
    uint8_t quad;            /* 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; 0 none */
    float goldstein;         /* −10 … +10: the scheme's Goldstein-like scale; for statements cooperation less conflict */
} casus_act;
enum { CASUS_NOBODY = UINT32_MAX };

typedef struct casus_acts {
    casus_act *at;
    size_t n;
    const char **actors; /* names to show; the filter's two come first ("" where it names none) */
    size_t n_actors;
    const char **linked[2]; /* codes or names of imports that were taken for the filter's two by what is known of them; may repeat */
    size_t n_linked[2];
} casus_acts;

/* What to load; NULL or zero: no matter. An actor is named by id, code, name or alias, whatever the case; `AFG*` is every actor whose code begins so,
 * `@AFG` every actor of that country (ISO 3166 alpha-3), `=AFG` that code alone. With a lexicon a name takes in what imports call otherwise: a group
 * whose CAMEO code it has whatever the sector (AFGTAL, AFGINSTAL for AFG.TALIBAN), any of its names, and for a state its government, forces, police,
 * courts and parliament (RUSGOV, "Government of Russia", actors of Russia with a government sector). */
typedef struct casus_acts_filter {
    const casus_lexicon *lexicon; /* NULL: names are those of the ledger alone */
    const char *first, *second;   /* both: only acts between the two; one: acts in which it takes part. They become actors 0 and 1 */
    const char *type;             /* PLOVER type */
    const char *where;            /* country (alpha-3) or name of the place */
    const char *since, *until;    /* ISO, whole periods: until 2001 includes its December */
    const char *without;          /* id of a document whose statements do not count, for a claim is no evidence for itself */
    bool known;                   /* with a lexicon: imported actors that are known go by their ids, several under one */
    bool others;                  /* also acts in which the two take no part */
    uint8_t others_quad;          /* of those only this quad class; 0: all */
} casus_acts_filter;

/* Reads imported events and those merged from statements (disputed ones count when somebody supports them). Errors: CASUS_ERR_DB;
 * CASUS_ERR_NOTFOUND: no such actor (the message names the nearest), or nothing in that period. Cost of imported events: between two actors linear in
 * their events (coded_pairs); otherwise ten bytes read of every event in the period (coded_columns), some 10 ns each, and 20 bytes of memory for every
 * one that is wanted. */
casus_code casus_acts_load(casus_ledger *l, const casus_acts_filter *filter, casus_arena *arena, casus_acts *out, casus_error *err);

/* The ids of the actors that a name means (as of casus_acts_filter; lexicon may be NULL), and the codes, or names where there is no code, by which imports call
 * them, each once; none is no error.
 * For what asks the tables themselves. Errors: CASUS_ERR_ARG (an empty name), CASUS_ERR_DB. Cost O(imported actors that have the country or a name of
 * it). */
casus_code casus_actors_meant(casus_ledger *l, const casus_lexicon *lex, const char *name, casus_arena *arena, const char ***out, size_t *n, casus_error *err);

typedef enum casus_by { CASUS_BY_DAY, CASUS_BY_WEEK, CASUS_BY_MONTH, CASUS_BY_YEAR } casus_by;
/* "day", "week" (Monday to Sunday), "month", "year"; false when it is none of them. */
bool casus_by_of(const char *name, casus_by *by);
/* Periods are numbered without gaps; the first day of one; its name ("2001-09-03", "2001-09", "2001"; a week by its Monday). */
int32_t casus_period_of(casus_by by, int32_t day);
int32_t casus_period_day(casus_by by, int32_t period);
char *casus_period_text(casus_by by, int32_t period, char out[11]);

typedef enum casus_scale {
    CASUS_SCALE_PLOVER,    /* score of the PLOVER type, −10 … +10 */
    CASUS_SCALE_GOLDSTEIN, /* Goldstein 1992, Journal of Conflict Resolution 36: the scheme's own scale */
    CASUS_SCALE_COUNTS     /* one an event; quad classes 1 and 2 are cooperation, 3 and 4 conflict */
} casus_scale;
bool casus_scale_of(const char *name, casus_scale *scale);
/* Cooperation and conflict of one act, both >= 0. */
void casus_act_mass(const casus_act *a, casus_scale scale, double *cooperation, double *conflict);

/* What happened in one direction within one period. */
typedef struct casus_flow {
    double cooperation, conflict; /* sums, both >= 0, in the scale's units */
    uint32_t events, quad[5];     /* counts; quad[1] … quad[4] by class, quad[0] without one */
} casus_flow;
typedef struct casus_dyad {
    int32_t first;       /* first period */
    size_t periods;      /* without gaps; empty ones are zero */
    casus_flow *flow[2]; /* actor 0 → 1, actor 1 → 0: `periods` each */
} casus_dyad;
typedef struct casus_dyad_options {
    casus_by by;
    casus_scale scale;
    bool one_a_day; /* the same actors, type and day count once (Schrodt's filter against repeated reports) */
} casus_dyad_options;
/* Series of the acts between actors 0 and 1. Goldstein and Freeman 1990. Cost O(n), with one_a_day O(n log n). CASUS_ERR_NOTFOUND: nothing between them. */
casus_code casus_dyad_series(const casus_acts *acts, const casus_dyad_options *options, casus_arena *arena, casus_dyad *out, casus_error *err);

/* All pairs of one period, or of all time: ordered pair by ordered pair, most events first. */
typedef struct casus_pair_flow {
    int32_t period;
    uint32_t source, target;
    casus_flow flow;
} casus_pair_flow;
/* Straight from a ledger: memory grows with the pairs, not with the events (except where one_a_day is asked for). `names` gets the actors, its acts
 * are empty. Errors as of casus_acts_load. */
casus_code casus_dyads_load(casus_ledger *l, const casus_acts_filter *filter, const casus_dyad_options *options, bool all_time, casus_arena *arena,
                            casus_acts *names, casus_pair_flow **out, size_t *n, casus_error *err);
/* `all_time`: the periods are put together (period 0). */
void casus_dyads(const casus_acts *acts, const casus_dyad_options *options, bool all_time, casus_arena *arena, casus_pair_flow **out, size_t *n);

/* ---- what rose and what fell ---------------------------------------------------------------------------------- */

typedef struct casus_rate_ratio {
    double ratio;     /* second rate / first rate; infinite when the first count is zero, NaN when both are */
    double low, high; /* exact interval of the ratio */
    double tail;      /* P of counts at least as unlikely when the rates are equal (two-sided) */
} casus_rate_ratio;
/* Two Poisson counts over `first_time` and `second_time` (any unit, > 0). Given their sum the second is binomial (Przyborowski and Wilenski 1940,
 * Biometrika 31); interval after Clopper and Pearson 1934, Biometrika 26. `level`: 0.95. Cost O(first + second). CASUS_ERR_ARG. */
casus_code casus_rate_ratio_test(uint64_t first, double first_time, uint64_t second, double second_time, double level, casus_rate_ratio *out,
                                 casus_error *err);

/* A sentence's claim that something rises, falls, begins or ends (a statement of kind `change`), in the terms of events. Strings are "" where the
 * sentence says nothing. */
typedef struct casus_trend_claim {
    const char *statement, *doc, *text, *relation, *holder;
    const char *actor, *other;      /* whose acts, and towards whom: ids or names */
    bool both;                      /* the acts of either */
    const char *type, *type_word;   /* PLOVER type and the noun it was taken from; "": acts of any type */
    const char *where;              /* alpha-3 country, or the name of a place */
    int direction;                  /* +1 rises or begins, −1 falls or ends */
    bool denied;                    /* it is told that this is not so */
    int32_t before, since, until;   /* days [before, since) against [since, until); INT32_MIN and INT32_MAX: as far as data goes */
    const char *period;             /* how the periods were chosen, in words */
} casus_trend_claim;
/* Reads statement `id` (its beginning is enough). The type is that of the first noun for acts in its words, by the lexicon (NULL: any type); actors are its
 * participants and, where it has one only, the next that its words name. A time told is set against as long a time before it, "from … to …" in
 * two halves, "since" against all before; with no time told, the year before the account against the one before that. CASUS_ERR_NOTFOUND: no such
 * statement; CASUS_ERR_ARG: it is no such claim, or has no time at all. */
casus_code casus_trend_claim_load(casus_ledger *l, const casus_lexicon *lex, const char *id, casus_arena *arena, casus_trend_claim *out, casus_error *err);

typedef struct casus_trend_test {
    int32_t before, since, until; /* the claim's periods, cut to what is known */
    uint32_t first, second;       /* events in either */
    casus_rate_ratio ratio;
    const char *verdict, *why;    /* "supported", "contradicted", "undecided" (the interval holds 1), "untestable"; static */
} casus_trend_test;
/* `all`: every act of the actor that is told elsewhere, by which open periods end; `meant`: those of the claim's type and place, which may be none. Both with the claim's actor as
 * 0, and with `pair` its other as 1. With a type only acts of the actor itself count, unless the claim is of both. A claim told as not so is supported by the
 * contrary. Cost O(all + meant). */
casus_code casus_trend_claim_test(const casus_trend_claim *c, const casus_acts *all, const casus_acts *meant, bool pair, double level, casus_trend_test *out,
                                  casus_error *err);

/* Change points of a series of counts: the segmentation with the highest Poisson log-likelihood less `penalty` a change (0: log n, the Bayesian
 * information criterion for a place and a rate), found exactly by optimal partitioning (Jackson and others 2005, IEEE Signal Processing Letters 12).
 * (*starts)[i] is the first period of segment i; (*starts)[0] = 0. Cost O(n²). */
casus_code casus_change_points(const uint32_t *counts, size_t n, double penalty, casus_arena *arena, size_t **starts, size_t *n_starts, casus_error *err);

/* ---- who can move whom ------------------------------------------------------------------------------------------ */

/* What acts say of A's leverage over B. Windows are the `within` days after each day on which A asked B or threatened B (REQUEST, THREATEN); an answer is B
 * yielding, granting or cooperating towards A (AGREE, SUPPORT, CONCEDE, COOPERATE, AID, RETREAT). The rate within windows is set against
 * B's rate towards A on all other days: B is its own control. Dependence after Hirschman 1945, National Power and the Structure of Foreign Trade. */
typedef struct casus_leverage {
    uint32_t actor;                /* A */
    uint32_t asks;                 /* days on which A asked or threatened */
    uint32_t window_days, other_days;
    uint32_t answers, otherwise;   /* B's answers within windows; on other days */
    casus_rate_ratio ratio;        /* within windows / otherwise, exact interval */
    double from_actor;             /* of the material cooperation B receives (quad class 2, events), the share that is A's; NaN: B receives none */
    double from_target;            /* of what A receives, the share that is B's; NaN: A receives none */
    double asymmetry;              /* from_actor − from_target: above zero B needs A more than A needs B; NaN when from_actor is */
    uint32_t substitutes;          /* others who give B at least half of what A gives */
} casus_leverage;
/* `target`: index of B. All days from B's first act or its first treatment by others to the last count. Actors that asked B, gave to B or were answered by B, best attested first.
 * Cost O(n log n). CASUS_ERR_NOTFOUND: nobody did. */
casus_code casus_leverage_over(const casus_acts *acts, uint32_t target, int32_t within, double level, casus_arena *arena, casus_leverage **out, size_t *n,
                               casus_error *err);

/* What accounts say of power over B: statements of kind power (leverage, no-leverage, capability, incapability, constraint) that name B as their target or
 * matter, and comparisons of influence, leverage, power, pressure or means. */
typedef struct casus_said {
    const char *statement, *doc, *actor, *id; /* who has or lacks it: name, and id ("" when no actor) */
    const char *relation, *other, *holder, *text; /* other: whom a comparison sets beside; holder "" is the author */
    int sign;                             /* +1 the actor has it (or more), −1 lacks it (or less), 0 equal */
} casus_said;
casus_code casus_leverage_said(casus_ledger *l, const char *target, casus_arena *arena, casus_said **out, size_t *n, casus_error *err);

/* ---- rival claims weighed --------------------------------------------------------------------------------------- */

/* How often what a holder told of other events was borne out by independent voices, or disputed by others. */
typedef struct casus_track_record {
    uint32_t borne_out, disputed;
} casus_track_record;

/* Admiralty grades (NATO STANAG 2511; AJP-2.1). Reliability of a source by its record: A at 95 % borne out or more, B 80, C 60, D 40, E below; F, cannot be
 * judged, with fewer than five told events to judge by. */
char casus_admiralty_reliability(casus_track_record record);
/* Credibility of a piece of information by the other independent voices for and against it: 1 confirmed (two or more others for, none against), 2 probably
 * true (one for, none against), 3 possibly true (alone, none against), 4 doubtful (at least as many for as against), 5 improbable (more against). 6, cannot
 * be judged, is for claims that take no side. */
int casus_admiralty_credibility(uint32_t others_for, uint32_t others_against);

/* A claim that bears on the hypotheses. */
typedef struct casus_claim {
    uint32_t hypothesis; /* 0-based */
    uint32_t voice;      /* claims with the same number are one voice */
    int side;            /* +1 says it is so, −1 denies it, 0 takes no side (asks, wonders, hopes) */
    bool interested;     /* the holder is a party to the matter: its weight is halved */
    casus_track_record record;
} casus_claim;

typedef struct casus_weighed {
    char reliability;
    int credibility;
    double weight;    /* A 1, B 0.8, C 0.6, D 0.4, E 0.2, F 0.5; halved when interested */
    char *consistent; /* against each hypothesis and, last, that none is true: 'C' consistent, 'I' inconsistent, 'N' says nothing of it */
} casus_weighed;
typedef struct casus_hypothesis {
    double support, inconsistent; /* sums of the weights of voices for it; of voices that speak against it */
} casus_hypothesis;
/* Analysis of competing hypotheses (Heuer 1999, Psychology of Intelligence Analysis, chapter 8): hypotheses are rivals; a claim for one is inconsistent with the
 * others and with none being true, a denial only with the one denied. What counts is the least inconsistency, not the most support. A voice counts
 * once a hypothesis and side, with the largest of its weights. `weighed`: n; `hypotheses`: n_hypotheses + 1. Cost O(n² + n × hypotheses). */
casus_code casus_claims_weigh(const casus_claim *claims, size_t n, size_t n_hypotheses, casus_arena *arena, casus_weighed **weighed,
                              casus_hypothesis **hypotheses, casus_error *err);

/* A claim of the ledger about an event, in words. */
typedef struct casus_claim_told {
    const char *proposition, *holder, *stance, *statement, *doc;
    casus_claim claim;
} casus_claim_told;
typedef struct casus_dispute {
    casus_claim_told *claims;
    size_t n;
    const char **hypotheses; /* propositions, each once */
    size_t n_hypotheses;
    const char *event;       /* its whole id */
} casus_dispute;
/* Everything casus_ledger_claims_about tells, with the holders' records in the rest of the ledger. A holder is interested when it is named in a
 * proposition, is a participant, or is of a participant's country or of the country it is told to have happened in. CASUS_ERR_NOTFOUND: no such event. */
casus_code casus_dispute_load(casus_ledger *l, const char *event, casus_arena *arena, casus_dispute *out, casus_error *err);

/* Which side a stance (casus_claim_row) takes: +1 says it is so, −1 says it is not, 0 takes none. */
int casus_stance_side(const char *stance);
/* The last of a chain of holders "insiders → ISKP": who made the claim. Points into `holder`. */
const char *casus_holder_last(const char *holder);

/* A voice's word on an item. */
typedef struct casus_vote {
    uint32_t item, voice, label;
} casus_vote;
typedef struct casus_truth_options {
    double smoothing, trust; /* pseudo-votes: of every label, and further ones of the true label: voices are thought better than chance. 0: none */
    size_t max_iterations;   /* 0: 1000 */
    double tolerance;        /* of the posteriors; 0: 1e-9 */
} casus_truth_options;
typedef struct casus_truth {
    double *posterior;  /* items × classes: P(true class) */
    double *prevalence; /* classes */
    double *error;      /* voices × classes × classes: P(label | true class) */
    double log_likelihood;
    size_t iterations;
    bool converged;
} casus_truth;
/* Truth discovery: how reliable each voice is and what is true are found together, each from the other (Dawid and Skene 1979, Applied Statistics 28, by
 * expectation and maximisation from the shares of the labels). A voice may vote several times on an item. Voices are taken to err independently given
 * the truth: copies must be one voice. Cost O(votes × classes) an iteration. CASUS_ERR_ARG. */
casus_code casus_truth_discover(const casus_vote *votes, size_t n, size_t items, size_t voices, size_t classes, const casus_truth_options *options,
                                casus_arena *arena, casus_truth *out, casus_error *err);

/* What all voices say of all propositions about all events of a ledger. Labels: 0 it is so, 1 it is not. */
typedef struct casus_proposition {
    const char *event, *words;
    uint32_t voices;
} casus_proposition;
typedef struct casus_voice {
    const char *name; /* the last holder; for an author's own words the publisher, or the account */
    uint32_t for_it, against;
} casus_voice;
typedef struct casus_testimony {
    casus_vote *votes;
    casus_proposition *items;
    casus_voice *voices;
    size_t n_votes, n_items, n_voices;
    size_t shared;  /* propositions with two voices or more */
    size_t steady;  /* voices with five votes or more */
    size_t against; /* votes against */
    bool enough;    /* ten shared propositions, three steady voices and a vote against: what truth discovery wants at least */
} casus_testimony;
/* Cost that of casus_ledger_claims_about for every event. */
casus_code casus_testimony_load(casus_ledger *l, casus_arena *arena, casus_testimony *out, casus_error *err);

/* ---- files of columns -------------------------------------------------------------------------------------- */

/* Cells of a CSV or tab-separated file with a header line (RFC 4180 quotes; the separator is the one the header has more of). */
typedef struct casus_columns {
    size_t rows, columns;
    const char **cells; /* rows × columns, row by row, in the order asked for */
    int64_t *lines;     /* of the file, one a row */
} casus_columns;
/* `names`: the columns wanted. CASUS_ERR_IO; CASUS_ERR_NOTFOUND: no such column (the message lists those there are); CASUS_ERR_FORMAT: a row that is
 * too short, with its line. */
casus_code casus_columns_read(const char *path, const char *const *names, size_t n, casus_arena *arena, casus_columns *out, casus_error *err);
/* One column as numbers. CASUS_ERR_FORMAT with file and line where a cell is no number. */
casus_code casus_columns_numbers(const casus_columns *c, size_t column, const char *path, casus_arena *arena, double **out, casus_error *err);

#ifdef __cplusplus
}
#endif
#endif
