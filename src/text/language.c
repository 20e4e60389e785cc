/* Which language is a text in? By its script, and among languages of one script by their commonest small words
 * (articles, prepositions, pronouns, auxiliaries), which make up a quarter to a half of running text. The idea is old:
 * Grefenstette, "Comparing two language identification schemes", JADT 1995. The word lists are our own. */
#include "text/source.h"

#include <string.h>
#include <strings.h>

enum { SAMPLE = 8192, SAMPLE_WORDS = 400, WORD_MAX = 32 };

typedef enum script {
    LATIN,
    CYRILLIC,
    ARABIC,
    GREEK,
    HEBREW,
    INDIC,
    THAI,
    HAN,
    KANA,
    HANGUL,
    GEORGIAN,
    ARMENIAN,
    SCRIPTS
} script;

static const struct {
    const char *code, *code3, *name, *words;
    script script;
} languages[] = {
    {"en", "eng", "English",
     "the of and to in is was that for on with as by at from are were has have had be been not it its this which "
     "their they he she his her who will would said but an or than after about could can may more also into we our i "
     "you there what when "
     "if no all a do did does so",
     LATIN},
    {"fr", "fre", "French",
     "le la les des du un une et en est dans que qui pour sur pas par plus au aux avec ce cette ces il elle ils ne se "
     "son sa ses sont ont été être mais ou leur nous vous comme entre aussi selon après",
     LATIN},
    {"de", "ger", "German",
     "der die das und ist ein eine einer einen den dem des mit auf für von zu im nicht sich auch als wird sind hat "
     "haben bei nach aus oder werden über dass wie sie er es wurde einem noch nur zum zur vor durch gegen",
     LATIN},
    {"es", "spa", "Spanish",
     "el la los las de del en que un una por con para se no es su sus al lo como más pero ha fue son está entre "
     "sobre este esta desde también según hasta ser han sin cuando muy",
     LATIN},
    {"pt", "por", "Portuguese",
     "os as um uma de do da dos das em que no na nos nas por para com se não é ao aos mais mas foi são está "
     "pelo pela como também seu sua entre ou já ser tem à",
     LATIN},
    {"it", "ita", "Italian",
     "il lo la gli le di del della dei delle è un una che in con per non si da dal dalla al alla nel nella sono "
     "ha come più anche ma questo questa su tra stato essere dopo loro",
     LATIN},
    {"nl", "dut", "Dutch",
     "de het een en van in is dat op te zijn voor met die niet aan er om ook als bij door naar uit maar nog wordt "
     "werd heeft hebben over deze dit hun worden kan was zich",
     LATIN},
    {"sv", "swe", "Swedish",
     "och att det som en är på för med av den till inte har ett om de var från men vid sig så efter eller nu kan "
     "under ska också han hon när mot där",
     LATIN},
    {"da", "dan", "Danish",
     "og at det som en er på for med af den til ikke har et om de var fra men ved sig så efter eller nu kan under "
     "skal også han hun når mod hvor blev",
     LATIN},
    {"no", "nor", "Norwegian",
     "og at det som en er på for med av den til ikke har et om de var fra men ved seg så etter eller nå kan under "
     "skal også han hun når mot hvor ble",
     LATIN},
    {"fi", "fin", "Finnish",
     "ja on ei että se oli hän ovat mukaan myös kun tai mutta joka jotka sekä kuin vain ollut niin jo mitä tämä "
     "tämän sen hänen ole olisi jos nyt siitä",
     LATIN},
    {"pl", "pol", "Polish",
     "na się nie to jest że do jak po co od za przez oraz ale dla który która które są był było tym tego przy "
     "może tak także jego tylko ze",
     LATIN},
    {"cs", "cze", "Czech",
     "na se je že do to si ve pro jako za by ale od po které který která jsou bylo byl podle také "
     "však už jeho před než při",
     LATIN},
    {"ro", "rum", "Romanian",
     "și de în la cu că pe din nu un este pentru care mai au sau fost să ce dar prin după sunt iar al ale lui "
     "acest această către fi s-a",
     LATIN},
    {"hu", "hun", "Hungarian",
     "az és hogy nem is egy volt meg ez azt csak már de mint el vagy ki még lehet szerint után majd kell között "
     "pedig amely lesz van ezt sem",
     LATIN},
    {"tr", "tur", "Turkish",
     "ve bir bu için ile da de olarak olan çok en daha gibi sonra kadar ise ne her var değil ancak ya ki olduğu "
     "tarafından üzerine göre oldu etti eden dedi",
     LATIN},
    {"id", "ind", "Indonesian",
     "yang dan di dengan untuk dari ini itu dalam tidak pada akan adalah juga ke oleh telah karena ada mereka "
     "sebagai bisa dapat kata saat atau tersebut bahwa lebih sudah",
     LATIN},
    {"sw", "swa", "Swahili",
     "na ya wa kwa katika ni la za kuwa cha hiyo huo alisema pia lakini baada wakati kama hii huyo wao yake ili "
     "bado kila kati zaidi hata",
     LATIN},
    {"ru", "rus", "Russian",
     "и в не на что с по как это из а к от за но для его он они был было были или также о у до при после который "
     "которые же бы если россии",
     CYRILLIC},
    {"uk", "ukr", "Ukrainian",
     "і в не на що з у та до як це за від про але для його він вони був було або також після який які й є щодо "
     "під час може",
     CYRILLIC},
    {"bg", "bul", "Bulgarian",
     "и в на се да за от не с по че е са като до това при са но който които след ще бъде има към или той те със "
     "във",
     CYRILLIC},
    {"sr", "srp", "Serbian",
     "и у је да на се за од са су не као што о али који које из до није би ће после или он они само током", CYRILLIC},
    {"ar", "ara", "Arabic",
     "في من على إلى أن التي الذي عن مع هذا هذه كان ما لا بعد قال بين ذلك كما أو قد إن وقال وفي ومن كانت لم حتى",
     ARABIC},
    {"fa", "per", "Persian",
     "و در به از که این را با است برای آن یک تا بر خود می شد شده های کرد هم نیز بود ما او باید گفت کند ها وی", ARABIC},
    {"ur", "urd", "Urdu", "کے میں کی ہے اور سے کا کو نے پر ہیں کہ اس یہ بھی ایک تھا کر نہیں گیا وہ ہو ان کیا تھے لیے",
     ARABIC},
    {"ps", "pus", "Pashto", "د په او چې کې له ته دی سره هم دې یې و نه کړی شوي کوي دا هغه لپاره باندې شي یو", ARABIC},
    {"el", "gre", "Greek", "", GREEK},
    {"he", "heb", "Hebrew", "", HEBREW},
    {"hi", "hin", "Hindi", "", INDIC},
    {"th", "tha", "Thai", "", THAI},
    {"ja", "jpn", "Japanese", "", KANA},
    {"zh", "chi", "Chinese", "", HAN},
    {"ko", "kor", "Korean", "", HANGUL},
    {"ka", "geo", "Georgian", "", GEORGIAN},
    {"hy", "arm", "Armenian", "", ARMENIAN},
};
enum { LANGUAGES = sizeof languages / sizeof *languages, WORDED = 26 };
_Static_assert(WORDED <= 32, "a word's languages are bits of 32");

static uint32_t *slot_of(source_language *l, const char *word, uint32_t n) {
    size_t i = casus_str_hash((casus_str){word, n}) & (LANGUAGE_SLOTS - 1);
    while (l->slot[i].word && (l->slot[i].n != n || memcmp(l->slot[i].word, word, n) != 0))
        i = (i + 1) & (LANGUAGE_SLOTS - 1);
    l->slot[i].word = word;
    l->slot[i].n = n;
    return &l->slot[i].languages;
}

void source_language_init(source_language *l) {
    memset(l, 0, sizeof *l);
    for (unsigned i = 0; i < WORDED; i++) {
        casus_str rest = casus_str_of(languages[i].words), word;
        while (casus_str_cut(&rest, ' ', &word)) *slot_of(l, word.at, (uint32_t)word.n) |= 1u << i;
    }
}

static uint32_t languages_of(const source_language *l, const char *word, uint32_t n, const char **seen) {
    size_t i = casus_str_hash((casus_str){word, n}) & (LANGUAGE_SLOTS - 1);
    for (; l->slot[i].word; i = (i + 1) & (LANGUAGE_SLOTS - 1))
        if (l->slot[i].n == n && memcmp(l->slot[i].word, word, n) == 0) {
            *seen = l->slot[i].word;
            return l->slot[i].languages;
        }
    return 0;
}

/* ---- counting ------------------------------------------------------------------------------------------------ */

static script script_of(uint32_t c) {
    static const struct {
        uint32_t from, to;
        script script;
    } ranges[] = {{0x41, 0x24F, LATIN},     {0x370, 0x3FF, GREEK},    {0x400, 0x52F, CYRILLIC},
                  {0x530, 0x58F, ARMENIAN}, {0x590, 0x5FF, HEBREW},   {0x600, 0x77F, ARABIC},
                  {0x900, 0xDFF, INDIC},    {0xE00, 0xE7F, THAI},     {0x10A0, 0x10FF, GEORGIAN},
                  {0x1E00, 0x1EFF, LATIN},  {0x3040, 0x30FF, KANA},   {0x3400, 0x9FFF, HAN},
                  {0xAC00, 0xD7A3, HANGUL}, {0xFB50, 0xFDFF, ARABIC}, {0xFE70, 0xFEFE, ARABIC}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].from && c <= ranges[i].to) return ranges[i].script;
    return SCRIPTS;
}

static bool is_letter(uint32_t c) {
    if (c < 0xC0) return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    return c != 0xD7 && c != 0xF7 && script_of(c) != SCRIPTS;
}

typedef struct tally {
    unsigned scripts[SCRIPTS], letters, words;
    unsigned hits[WORDED];
    uint32_t several;         /* languages of which two different small words were seen */
    const char *seen[WORDED]; /* the first of them */
} tally;

static void count_word(const source_language *l, tally *t, const char *at, size_t n) {
    char word[WORD_MAX];
    t->words++;
    if (n > sizeof word) return;
    for (size_t i = 0; i < n; i++) word[i] = (char)(at[i] >= 'A' && at[i] <= 'Z' ? at[i] + 32 : at[i]);
    const char *seen = NULL;
    uint32_t set = languages_of(l, word, (uint32_t)n, &seen);
    for (unsigned i = 0; set; set >>= 1, i++) {
        if (!(set & 1)) continue;
        t->hits[i]++;
        if (!t->seen[i]) t->seen[i] = seen;
        if (t->seen[i] != seen) t->several |= 1u << i;
    }
}

static void count_text(const source_language *l, tally *t, casus_str text) {
    size_t word = 0, i = 0;
    bool inside = false;
    while (i < text.n && t->words < SAMPLE_WORDS) {
        size_t at = i;
        uint32_t c = casus_utf8_next(text.at, text.n, &i);
        bool letter = is_letter(c);
        if (letter) t->letters++, t->scripts[script_of(c)]++;
        if (letter && !inside) word = at;
        if (!letter && inside) count_word(l, t, text.at + word, at - word);
        inside = letter;
    }
    if (inside && i == text.n) count_word(l, t, text.at + word, text.n - word);
}

/* ---- deciding ------------------------------------------------------------------------------------------------ */

static script main_script(const tally *t) {
    script best = LATIN;
    for (script s = LATIN; s < SCRIPTS; s++)
        if (t->scripts[s] > t->scripts[best]) best = s;
    if (best == HAN && t->scripts[KANA] * 10 > t->scripts[HAN]) return KANA;
    return t->scripts[best] * 2 > t->letters ? best : SCRIPTS;
}

/* The language of this script with the most small words; a foreign one must show several, and clearly more than
 * English. */
static const char *by_words(const tally *t, script written) {
    unsigned best = WORDED;
    for (unsigned i = 0; i < WORDED; i++)
        if (languages[i].script == written && (best == WORDED || t->hits[i] > t->hits[best])) best = i;
    if (best == WORDED || !t->hits[best]) return NULL;
    if (best == 0) return t->hits[0] >= 2 ? languages[0].code : NULL;
    bool enough = t->hits[best] >= 3 && t->several >> best & 1 && t->hits[best] * 100 >= t->words * 9;
    bool clear = written != LATIN || t->hits[best] >= 2 * t->hits[0];
    return enough && clear ? languages[best].code : NULL;
}

const char *source_language_of(const source_language *l, casus_str text) {
    if (text.n > SAMPLE) text.n = SAMPLE;
    tally t = {0};
    count_text(l, &t, text);
    if (t.letters < 8) return NULL;
    script written = main_script(&t);
    for (unsigned i = WORDED; i < LANGUAGES; i++)
        if (languages[i].script == written) return languages[i].code;
    return written == SCRIPTS ? NULL : by_words(&t, written);
}

const char *source_language_name(casus_arena *arena, const char *declared) {
    if (!declared) return NULL;
    size_t n = strcspn(declared, "-_");
    for (unsigned i = 0; i < LANGUAGES; i++) {
        bool short_code = n == 2 && strncasecmp(declared, languages[i].code, 2) == 0;
        bool long_code = n == 3 && strncasecmp(declared, languages[i].code3, 3) == 0;
        if (short_code || long_code || strcasecmp(declared, languages[i].name) == 0) return languages[i].code;
    }
    return casus_arena_strndup(arena, declared, strlen(declared));
}
