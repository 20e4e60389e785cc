/* forms.c — words that can be only one part of speech, whatever the tagger makes of a word it never saw. */
#include "forms.h"

#include <stdlib.h>
#include <string.h>

/* Third persons and past forms that no noun or adjective is spelt like ("insists", "froze"; not "claims", "held"). Each list is sorted. */
static const char *const thirds[] = {
    "abandons", "abducts", "abides", "abolishes", "absorbs", "abstains", "accepts", "accompanies", "accomplishes", "accrues", "accuses", "achieves", "acknowledges", "acquires",
    "acquits", "activates", "adapts", "adheres", "adjourns", "administers", "admires", "admits", "adopts", "advises", "affects", "affirms", "aggravates", "agrees", "alienates",
    "alleges", "alleviates", "allocates", "allows", "alters", "amasses", "amends", "announces", "annoys", "annuls", "antagonises", "antagonizes", "anticipates", "apologises",
    "apologizes", "appears", "appeases", "applies", "appoints", "apprehends", "approves", "argues", "arises", "arranges", "arrives", "ascribes", "asks", "assassinates",
    "assembles", "asserts", "assesses", "assigns", "assumes", "assures", "attains", "attends", "attests", "attracts", "authorises", "authorizes", "avenges", "averts", "avoids",
    "awaits", "backfires", "becomes", "befriends", "begins", "begs", "behaves", "believes", "belongs", "berates", "bestows", "betrays", "blames", "blesses", "bolsters", "brings",
    "broadens", "builds", "calculates", "chastises", "clarifies", "coerces", "coincides", "collaborates", "commemorates", "commends", "commits", "compels", "compensates",
    "competes", "complains", "complies", "composes", "comprises", "conceals", "concedes", "conceives", "concludes", "concurs", "condemns", "condones", "confers", "confesses",
    "confirms", "confiscates", "confronts", "congratulates", "connects", "conquers", "considers", "consists", "consolidates", "conspires", "constitutes", "constrains", "consults",
    "consumes", "contains", "contemplates", "contends", "continues", "contradicts", "contributes", "convenes", "conveys", "convinces", "cooperates", "criticises", "criticizes",
    "cultivates", "curtails", "deceives", "decides", "declares", "decries", "deems", "deepens", "defends", "defers", "defies", "degrades", "deletes", "delivers", "demolishes",
    "demonstrates", "denies", "denounces", "departs", "depends", "depicts", "deplores", "deploys", "deports", "deprives", "derails", "derides", "derives", "describes", "deserves",
    "designates", "despises", "destabilises", "destabilizes", "destroys", "detains", "deteriorates", "determines", "deters", "devastates", "develops", "deviates", "devotes",
    "differs", "diminishes", "disagrees", "disappears", "disarms", "disbands", "discards", "discloses", "discourages", "discovers", "discusses", "dismantles", "dismisses",
    "disobeys", "dispels", "displaces", "dissolves", "dissuades", "distinguishes", "distorts", "distributes", "diverges", "diverts", "dwells", "ejects", "elects", "eliminates",
    "embarks", "embarrasses", "emerges", "emphasises", "emphasizes", "employs", "empowers", "enables", "enacts", "encircles", "encourages", "endangers", "endorses", "endures",
    "enforces", "engages", "enhances", "enjoys", "enlarges", "enlists", "ensures", "entails", "enters", "entices", "entrenches", "envisages", "equips", "eradicates", "erodes",
    "erupts", "escalates", "establishes", "evacuates", "evades", "evaluates", "evicts", "evokes", "exacerbates", "exaggerates", "examines", "exceeds", "excludes", "executes",
    "exerts", "exhorts", "exists", "expands", "expects", "expels", "explains", "explores", "expropriates", "extends", "extorts", "extradites", "facilitates", "fails", "flees",
    "fluctuates", "forbids", "foresees", "forgives", "formulates", "fortifies", "fosters", "frustrates", "fulfills", "fulfils", "gathers", "generates", "gets", "gives", "governs",
    "grows", "hampers", "happens", "harasses", "hardens", "hastens", "hates", "hears", "hesitates", "hinders", "holds", "humiliates", "identifies", "ignores", "illustrates",
    "impedes", "impels", "implicates", "implies", "imposes", "imprisons", "improves", "incites", "includes", "incurs", "indicates", "indicts", "induces", "indulges", "inflicts",
    "informs", "infringes", "inherits", "inhibits", "injures", "insists", "inspects", "inspires", "installs", "instigates", "instructs", "intends", "intensifies", "interferes",
    "interprets", "intervenes", "intimidates", "introduces", "invades", "investigates", "invokes", "involves", "isolates", "jeopardises", "jeopardizes", "joins", "justifies",
    "keeps", "knows", "languishes", "learns", "lends", "lengthens", "lets", "liberates", "listens", "loathes", "loses", "maintains", "makes", "manages", "manipulates", "mediates",
    "merges", "mobilises", "mobilizes", "mocks", "motivates", "multiplies", "mutes", "neglects", "negotiates", "nominates", "notifies", "nurtures", "obeys", "obliges", "observes",
    "obstructs", "obtains", "occupies", "occurs", "offends", "omits", "operates", "opposes", "oppresses", "organises", "organizes", "originates", "ousts", "outnumbers",
    "outweighs", "overcomes", "oversees", "overshadows", "overstates", "overturns", "overwhelms", "owes", "owns", "participates", "penetrates", "perceives", "performs",
    "perpetuates", "persecutes", "persists", "persuades", "pertains", "pleads", "plunders", "possesses", "postpones", "precedes", "precludes", "predicts", "prefers", "prepares",
    "prescribes", "presides", "presumes", "pretends", "prevails", "prevents", "proclaims", "procures", "prohibits", "prolongs", "promotes", "prompts", "proposes", "prosecutes",
    "prospers", "protects", "proves", "provides", "provokes", "publishes", "punishes", "pursues", "quells", "raises", "ransacks", "ratifies", "reacts", "reaffirms", "reappears",
    "reaps", "reassures", "rebuffs", "rebuilds", "receives", "reckons", "recognises", "recognizes", "recommends", "reconciles", "reconsiders", "reconstructs", "recovers",
    "redeems", "reduces", "refers", "reflects", "refuses", "refutes", "regains", "reinforces", "reinstates", "reintroduces", "reiterates", "rejects", "relates", "relaxes",
    "relents", "relies", "relieves", "relinquishes", "remembers", "reminds", "removes", "reneges", "renews", "renounces", "reopens", "reorganises", "reorganizes", "repays",
    "repels", "repents", "replaces", "represses", "reproduces", "repudiates", "requires", "rescinds", "resembles", "resents", "reshapes", "resides", "resigns", "resists",
    "responds", "restores", "restrains", "restricts", "retains", "retaliates", "retrains", "retrieves", "reunites", "revamps", "reveals", "reveres", "reverts", "revises",
    "revives", "revokes", "revolves", "rotates", "satisfies", "says", "scolds", "scrutinises", "scrutinizes", "secures", "seeks", "seems", "seizes", "selects", "sells", "sends",
    "severs", "shatters", "shrinks", "simplifies", "solidifies", "solves", "speaks", "spends", "stabilises", "stabilizes", "stipulates", "strengthens", "strives", "stuns",
    "subdues", "submits", "subsidises", "subsidizes", "subverts", "succeeds", "succumbs", "suffers", "suggests", "supersedes", "supposes", "suppresses", "surmises", "surpasses",
    "surrenders", "surrounds", "survives", "suspends", "sustains", "swears", "sympathises", "sympathizes", "tackles", "takes", "teaches", "tells", "tends", "terminates",
    "terrifies", "testifies", "thinks", "threatens", "thrives", "thwarts", "tolerates", "topples", "transforms", "transmits", "traverses", "tries", "undergoes", "undermines",
    "understands", "undertakes", "unifies", "unites", "unleashes", "unveils", "upholds", "urges", "utilises", "utilizes", "vacates", "vanishes", "varies", "verifies", "vilifies",
    "vindicates", "violates", "wanes", "wants", "warns", "wavers", "weakens", "welcomes", "widens", "wields", "withdraws", "withholds", "withstands", "worsens", "writes", "yearns"};

/* Third persons that are plural nouns as well. */
static const char *const either[] = {
    "aims", "arms", "attacks", "backs", "blocks", "bombs", "calls", "claims", "controls", "courts", "cuts", "demands", "doubts", "ends", "eyes", "faces", "favors", "fears",
    "fights", "forces", "frees", "funds", "grants", "guards", "harbors", "heads", "helps", "hopes", "hosts", "houses", "keeps", "labels", "lacks", "leads", "limits", "links",
    "moves", "names", "needs", "offers", "opens", "orders", "plans", "plays", "pledges", "presses", "promises", "protests", "pushes", "raids", "ranks", "reports", "respects",
    "rules", "runs", "sanctions", "sees", "shells", "shields", "shows", "signs", "strikes", "supports", "targets", "tests", "trades", "trains", "trusts", "uses", "values", "views",
    "visits", "voices", "votes", "vows", "watches", "works"};

static const char *const pasts[] = {"broke", "chose", "drove", "fell", "flew", "forbade", "foresaw", "forgave", "froze", "gave", "grew", "knew", "overran", "overthrew", "overtook", "shook", "spoke", "swore", "took", "tore", "undertook", "withdrew", "wrote"};

static const char *const numbers[] = {"eighteen", "eleven", "fifteen", "forty", "fourteen", "neither", "nineteen", "ninety", "seventeen", "seventy", "sixteen", "thirteen", "twelve", "twenty"};

static int by_word(const void *key, const void *item) {
    const casus_str *w = key;
    const char *other = *(const char *const *)item;
    size_t n = strlen(other);
    int order = memcmp(w->at, other, w->n < n ? w->n : n);
    return order ? order : w->n < n ? -1 : w->n > n;
}

static bool among(casus_str form, const char *const *words, size_t n) {
    return bsearch(&form, words, n, sizeof *words, by_word) != NULL;
}

/* The base of a third person that only a verb has, when no noun, adjective or participle is spelt like it ("accuse", not "raise", "secure", "become"). */
static bool is_base(casus_str f) {
    static const char *const others[] = {"become", "begin", "blame", "build", "fail", "foster", "hate", "hold", "keep", "know", "learn", "let", "make", "mock", "mute", "overcome", "own", "plunder", "prompt", "raise", "rebuff", "say", "secure",
                                         "select", "separate", "suppose", "surrender", "tackle", "take", "try", "urge", "want", "warn", "welcome", "write"};
    char third[32];
    if (f.n + 3 > sizeof third || among(f, others, sizeof others / sizeof *others)) return false;
    memcpy(third, f.at, f.n);
    bool sibilant = casus_str_ends(f, "s") || casus_str_ends(f, "x") || casus_str_ends(f, "sh") || casus_str_ends(f, "ch") || casus_str_is(f, "undergo");
    bool ies = f.at[f.n - 1] == 'y' && !strchr("aeiou", f.at[f.n - 2]);
    memcpy(third + f.n - ies, ies ? "ies" : sibilant ? "es" : "s", ies ? 3 : sibilant ? 2 : 1);
    return among((casus_str){third, f.n - ies + (ies ? 3u : sibilant ? 2u : 1u)}, thirds, sizeof thirds / sizeof *thirds);
}

/* After these a noun stands, however it is spelt: "the gives and takes". */
static bool before_noun(casus_str form) {
    static const char *const words[] = {"a", "an", "her", "his", "its", "my", "no", "of", "our", "some", "the", "their", "these", "those"};
    return among(form, words, sizeof words / sizeof *words);
}

static bool is_capital(casus_str f) { return f.n && f.at[0] >= 'A' && f.at[0] <= 'Z'; }

/* "Ankara backs the junta", "The United States leads a coalition", "Ana Obi calls for talks": between a name and what begins another phrase stands a
 * verb; not in "during the Gaza raids the army …". */
static bool after_name(const casus_sentence *s, uint32_t i) {
    static const char *const openers[] = {"a", "an", "her", "him", "his", "it", "its", "no", "the", "their", "them"};
    static const char *const joints[] = {"After", "Amid", "As", "At", "Before", "By", "Despite", "During", "For", "From", "In", "Of", "On", "Since", "To", "Under", "With",
                                         "after", "amid", "as", "at", "before", "by", "despite", "during", "for", "from", "in", "of", "on", "over", "since", "to", "under", "with"};
    uint32_t k = i;
    if (!i || i + 1 >= s->n || !is_capital(s->tokens[i - 1].form)) return false;
    casus_str next = s->tokens[i + 1].form;
    if (!among(next, openers, sizeof openers / sizeof *openers) && !(casus_str_is(next, "for") && casus_str_is(s->tokens[i].form, "calls"))) return false;
    while (k && is_capital(s->tokens[k - 1].form) && !(k == 1 && i > 1)) k--;
    if (k && (casus_str_is(s->tokens[k - 1].form, "the") || casus_str_is(s->tokens[k - 1].form, "The"))) k--;
    return !(k && among(s->tokens[k - 1].form, joints, sizeof joints / sizeof *joints)) && !(k == 0 && among(s->tokens[0].form, joints, sizeof joints / sizeof *joints));
}

void forms_hint(casus_sentence *s) {
    for (uint32_t i = 0; i < s->n; i++) {
        casus_str f = s->tokens[i].form;
        if (f.n < 3 || f.at[0] < 'a' || f.at[0] > 'z') continue;
        if (i && before_noun(s->tokens[i - 1].form)) continue;
        if (among(f, thirds, sizeof thirds / sizeof *thirds)) s->tokens[i].flags |= CASUS_TOKEN_THIRD;
        else if (among(f, either, sizeof either / sizeof *either) && after_name(s, i)) s->tokens[i].flags |= CASUS_TOKEN_THIRD;
        else if (among(f, pasts, sizeof pasts / sizeof *pasts)) s->tokens[i].flags |= CASUS_TOKEN_PAST;
        else if (is_base(f)) s->tokens[i].flags |= CASUS_TOKEN_BASE;
        else if (among(f, numbers, sizeof numbers / sizeof *numbers)) s->tokens[i].flags |= CASUS_TOKEN_IN_NAME;
    }
}
