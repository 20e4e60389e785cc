/* casus_source: plain text, HTML, JSONL, gzip, and what it does with damaged input. */
#include "casus/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

/* ---- a reading: what came, what was rejected, what was warned of ---- */

enum { MANY = 16 };

typedef struct reading {
    casus_arena arena;
    casus_document doc[MANY];
    size_t n;
    casus_error rejected[MANY], warned[MANY];
    size_t n_rejected, n_warned, rejected_bytes;
    casus_code code;
    casus_error err;
} reading;

static void on_reject(void *ctx, const casus_error *why, casus_str bytes) {
    reading *r = ctx;
    if (r->n_rejected < MANY) r->rejected[r->n_rejected] = *why;
    r->n_rejected++;
    r->rejected_bytes += bytes.n;
}

static void on_warn(void *ctx, const casus_error *what) {
    reading *r = ctx;
    if (r->n_warned < MANY) r->warned[r->n_warned] = *what;
    r->n_warned++;
}

static void read_path(reading *r, const char *path, casus_source_options options) {
    memset(r, 0, sizeof *r);
    casus_arena_init(&r->arena);
    options.rejected = on_reject;
    options.warned = on_warn;
    options.ctx = r;
    casus_source *s = NULL;
    r->code = casus_source_open(&s, path, &options, &r->err);
    bool got = !r->code;
    while (got && r->n < MANY) {
        r->code = casus_source_next(s, &r->arena, &r->doc[r->n], &got, &r->err);
        if (r->code) break;
        r->n += got;
    }
    casus_source_close(s);
}

/* Writes bytes to a temporary file with this ending and reads it; the file is gone afterwards. */
static void read_bytes(reading *r, const char *ending, const void *bytes, size_t n, casus_source_options options) {
    char path[64];
    snprintf(path, sizeof path, "/tmp/casus-source-%ld%s", (long)getpid(), ending);
    assert_int_equal(casus_file_write(path, bytes, n, NULL), CASUS_OK);
    read_path(r, path, options);
    unlink(path);
}

static void read_text(reading *r, const char *ending, const char *text) {
    read_bytes(r, ending, text, strlen(text), (casus_source_options){0});
}

static void done(reading *r) { casus_arena_done(&r->arena); }

static bool warned_of(const reading *r, const char *words) {
    for (size_t i = 0; i < r->n_warned && i < MANY; i++)
        if (strstr(r->warned[i].message, words)) return true;
    return false;
}

static casus_str pack(const char *text, size_t n) {
    size_t room = n + n / 1000 + 1024;
    unsigned char *out = malloc(room);
    z_stream z = {
        .next_in = (unsigned char *)(uintptr_t)text, .avail_in = (uInt)n, .next_out = out, .avail_out = (uInt)room};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return (casus_str){(char *)out, room - z.avail_out};
}

#define CHECK_SPAN(d, from, to, words)                                                                                 \
    do {                                                                                                               \
        assert_int_equal((to) - (from), strlen(words));                                                                \
        assert_memory_equal((d).text.at + (from), words, strlen(words));                                               \
    } while (0)

/* ---- plain text ---- */

static const char body[] = "The two ministers met in the capital and agreed to reopen the border crossing to traders. "
                           "They did not say when it would happen.\n";

static void plain_keeps_every_byte(void **state) {
    (void)state;
    const char *text = "\xEF\xBB\xBF"
                       "Border to reopen\r\n\r\nThe ministers met on Monday and they agreed.\r\n";
    reading r;
    read_text(&r, ".txt", text);
    assert_int_equal(r.n, 1);
    assert_int_equal(r.doc[0].text.n, strlen(text));
    assert_memory_equal(r.doc[0].text.at, text, strlen(text));
    assert_int_equal(r.doc[0].bytes, strlen(text));
    assert_string_equal(r.doc[0].title, "Border to reopen");
    CHECK_SPAN(r.doc[0], r.doc[0].title_begin, r.doc[0].title_end, "Border to reopen");
    assert_null(r.doc[0].date);
    assert_true(warned_of(&r, "no publication date"));
    done(&r);
}

static void title_byline_and_date_on_top(void **state) {
    (void)state;
    char text[600];
    snprintf(text, sizeof text,
             "Border crossing to reopen\nBy Jane Doe and John Roe | Published on 28 March 2024\n\n%s%s", body, body);
    reading r;
    read_text(&r, ".txt", text);
    assert_int_equal(r.n, 1);
    assert_string_equal(r.doc[0].title, "Border crossing to reopen");
    assert_string_equal(r.doc[0].date, "2024-03-28");
    assert_string_equal(r.doc[0].author, "Jane Doe and John Roe");
    CHECK_SPAN(r.doc[0], r.doc[0].date_begin, r.doc[0].date_end,
               "By Jane Doe and John Roe | Published on 28 March 2024");
    done(&r);
}

static void title_and_date_at_the_bottom(void **state) {
    (void)state;
    char text[900];
    snprintf(text, sizeof text, "%s%s%sWhat the border deal leaves open\nMarch 28, 2024", body, body, body);
    reading r;
    read_text(&r, ".txt", text);
    assert_int_equal(r.n, 1);
    assert_string_equal(r.doc[0].title, "What the border deal leaves open");
    assert_string_equal(r.doc[0].date, "2024-03-28");
    CHECK_SPAN(r.doc[0], r.doc[0].title_begin, r.doc[0].title_end, "What the border deal leaves open");
    CHECK_SPAN(r.doc[0], r.doc[0].date_begin, r.doc[0].date_end, "March 28, 2024");
    assert_string_equal(r.doc[0].language, "en");
    assert_false(r.doc[0].foreign);
    assert_int_equal(r.n_warned, 0);
    done(&r);
}

static void the_flagship_has_its_title_and_date(void **state) {
    (void)state;
    const char *shared = getenv("CASUS_SHARED");
    char path[512];
    snprintf(path, sizeof path, "%s/seed/article.txt", shared ? shared : "../shared");
    if (access(path, R_OK) != 0) {
        print_message("skipped: %s is not here\n", path);
        skip();
    }
    reading r;
    read_path(&r, path, (casus_source_options){0});
    assert_int_equal(r.n, 1);
    assert_string_equal(r.doc[0].date, "2024-03-28");
    assert_non_null(r.doc[0].title);
    assert_int_equal(r.doc[0].title_end + 1, r.doc[0].date_begin);
    assert_int_equal(r.doc[0].date_end, r.doc[0].text.n);
    done(&r);
}

static void a_dateline_gives_a_date_only_with_its_year(void **state) {
    (void)state;
    reading r;
    read_text(&r, ".txt", "KABUL, March 3, 2024 (AFP) \xE2\x80\x94 The governor said that the road was open.\n");
    assert_string_equal(r.doc[0].date, "2024-03-03");
    CHECK_SPAN(r.doc[0], r.doc[0].date_begin, r.doc[0].date_end, "KABUL, March 3, 2024 (AFP) \xE2\x80\x94");
    done(&r);
    read_text(&r, ".txt", "KABUL, March 3 (AFP) \xE2\x80\x94 The governor said in 2023 that the road was open.\n");
    assert_null(r.doc[0].date);
    assert_null(r.doc[0].title);
    done(&r);
    const char *text = "KABUL, March 3 (AFP) - The governor said that the road was open.\n";
    read_bytes(&r, ".txt", text, strlen(text), (casus_source_options){.date = "2024-03-04"});
    assert_string_equal(r.doc[0].date, "2024-03-04");
    assert_int_equal(r.n_warned, 0);
    done(&r);
}

static void no_title_is_made_up(void **state) {
    (void)state;
    reading r;
    read_text(&r, ".txt", "The governor said that the road was open.\nThe army left on Monday.\n");
    assert_null(r.doc[0].title);
    done(&r);
    read_text(
        &r, ".txt",
        "The governor of the province said on Tuesday that the\nroad to the border was open again and that the army\n"
        "had left the valley in which it had been since the\nspring of last year, when the fighting began and the\n"
        "people left their villages for the towns in the plain\nnear the river. They have not come back.\n");
    assert_null(r.doc[0].title);
    done(&r);
    read_text(&r, ".txt", "one line without a period");
    assert_null(r.doc[0].title);
    done(&r);
}

static void headers_are_read(void **state) {
    (void)state;
    char text[600];
    snprintf(text, sizeof text,
             "Title: Border reopens\nDate: 2024-03-28\nSource: The Valley Post\nAuthor: Jane Doe\n\n%s", body);
    reading r;
    read_text(&r, ".txt", text);
    assert_string_equal(r.doc[0].title, "Border reopens");
    assert_string_equal(r.doc[0].date, "2024-03-28");
    assert_string_equal(r.doc[0].publisher, "The Valley Post");
    assert_string_equal(r.doc[0].author, "Jane Doe");
    done(&r);
}

/* ---- identity ---- */

static void identity_is_stable(void **state) {
    (void)state;
    reading a, b;
    read_text(&a, ".txt", "Border reopens\n\nThe road is open and they are glad.\n");
    read_text(&b, ".txt", "Border reopens\n\nThe road is open and they are very glad.\n");
    assert_string_equal(a.doc[0].id, b.doc[0].id); /* a revision of the same document */
    assert_string_not_equal(a.doc[0].sha256, b.doc[0].sha256);
    done(&a);
    done(&b);
    read_text(&a, ".jsonl",
              "{\"text\":\"One was here.\"}\n{\"text\":\"Two were here.\"}\n{\"text\":\"One was here.\"}\n");
    assert_int_equal(a.n, 3);
    assert_string_not_equal(a.doc[0].id, a.doc[1].id);
    assert_string_equal(a.doc[0].id, a.doc[2].id);
    done(&a);
}

/* ---- JSONL ---- */

static void jsonl_fields(void **state) {
    (void)state;
    reading r;
    read_text(
        &r, ".jsonl",
        "{\"id\":\"a1\",\"date\":\"2024-03-28T10:00:00Z\",\"title\":\"T\",\"text\":\"The caf\\u00e9 was "
        "shut.\",\"url\":\"http://e.x/1\","
        "\"source\":\"Post\",\"author\":[\"J. Doe\",\"R. Roe\"],\"language\":\"en-GB\",\"score\":3,\"tags\":[\"x\"]}\n"
        "\n"
        "{\"id\":7,\"date\":20240102,\"text\":\"He did not go there.\"}");
    assert_int_equal(r.n, 2);
    const casus_document *d = &r.doc[0];
    assert_string_equal(d->id, "a1");
    assert_string_equal(d->date, "2024-03-28");
    assert_string_equal(d->title, "T");
    assert_true(casus_str_is(d->text, "The caf\xC3\xA9 was shut."));
    assert_string_equal(d->url, "http://e.x/1");
    assert_string_equal(d->publisher, "Post");
    assert_string_equal(d->author, "J. Doe, R. Roe");
    assert_string_equal(d->language, "en");
    assert_string_equal(d->extra, "{\"score\":3,\"tags\":[\"x\"]}");
    assert_int_equal(d->line, 1);
    assert_int_equal(d->title_end, 0);
    assert_string_equal(r.doc[1].id, "7");
    assert_string_equal(r.doc[1].date, "2024-01-02");
    assert_int_equal(r.doc[1].line, 3);
    assert_null(r.doc[1].extra);
    done(&r);
}

static void bad_lines_cost_only_themselves(void **state) {
    (void)state;
    static const char text[] = "{\"text\":\"The first is fine.\",\"date\":\"2024-01-01\"}\n"
                               "{\"text\":\"no end\n"
                               "{\"text\":\"b\xE9te\"}\n"
                               "{\"text\":\"nul \0 here\"}\n"
                               "[1,2]\n"
                               "{\"title\":\"no text\"}\n"
                               "{\"text\":\"escaped \\u0000\"}\n"
                               "{\"text\":\"The last is fine.\",\"date\":\"2024-01-01\"}";
    reading r;
    read_bytes(&r, ".jsonl", text, sizeof text - 1, (casus_source_options){0});
    assert_int_equal(r.code, CASUS_OK);
    assert_int_equal(r.n, 2);
    assert_int_equal(r.doc[1].line, 8);
    assert_int_equal(r.n_rejected, 6);
    static const casus_code codes[] = {CASUS_ERR_FORMAT, CASUS_ERR_UTF8,   CASUS_ERR_UTF8,
                                       CASUS_ERR_FORMAT, CASUS_ERR_FORMAT, CASUS_ERR_FORMAT};
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(r.rejected[i].code, codes[i]);
        assert_int_equal(r.rejected[i].line, (int64_t)i + 2);
        assert_non_null(strstr(r.rejected[i].file, ".jsonl"));
    }
    assert_int_equal(r.rejected[1].byte, 50 + 16 + 10);
    done(&r);
}

static void a_line_over_the_limit_is_rejected_whole(void **state) {
    (void)state;
    char text[4000];
    int n = snprintf(text, sizeof text, "{\"text\":\"%01000d\"}\n{\"text\":\"It is short.\"}\n", 0);
    reading r;
    read_bytes(&r, ".jsonl", text, (size_t)n, (casus_source_options){.limit = 500});
    assert_int_equal(r.n, 1);
    assert_int_equal(r.n_rejected, 1);
    assert_int_equal(r.rejected[0].code, CASUS_ERR_LIMIT);
    assert_int_equal(r.rejected[0].line, 1);
    assert_int_equal(r.doc[0].line, 2);
    done(&r);
}

static void a_line_of_50_megabytes_is_read(void **state) {
    (void)state;
    size_t n = (size_t)50 << 20;
    char *text = malloc(n);
    memset(text, 'x', n);
    memcpy(text, "{\"text\":\"", 9);
    for (size_t i = 64; i < n; i += 64) text[i] = ' ';
    memcpy(text + n - 3, "\"}\n", 3);
    reading r;
    read_bytes(&r, ".jsonl", text, n, (casus_source_options){.date = "2024-01-01"});
    assert_int_equal(r.n, 1);
    assert_int_equal(r.doc[0].text.n, n - 12);
    done(&r);
    read_bytes(&r, ".jsonl", text, n, (casus_source_options){.limit = (size_t)40 << 20});
    assert_int_equal(r.n, 0);
    assert_int_equal(r.n_rejected, 1);
    done(&r);
    free(text);
}

/* ---- gzip ---- */

static void gzip_is_recognised_by_its_bytes(void **state) {
    (void)state;
    casus_str one = pack("{\"text\":\"The first one.\"}\n", 26), two = pack("{\"text\":\"The second one.\"}\n", 27);
    casus_buf both = {0};
    casus_buf_add(&both, one.at, one.n);
    casus_buf_add(&both, two.at, two.n);
    reading r;
    read_bytes(&r, ".jsonl", both.at, both.n, (casus_source_options){0});
    assert_int_equal(r.n, 2);
    assert_true(casus_str_is(r.doc[1].text, "The second one."));
    assert_int_equal(r.n_rejected, 0);
    done(&r);
    casus_buf_done(&both);
    free((void *)(uintptr_t)one.at);
    free((void *)(uintptr_t)two.at);
}

static void a_truncated_gzip_gives_what_came_before(void **state) {
    (void)state;
    casus_buf lines = {0};
    for (unsigned i = 0, x = 1; i < 3000; i++)
        casus_buf_addf(&lines, "{\"text\":\"It was %u here.\"}\n", x = x * 1664525u + 1013904223u);
    casus_str packed = pack(lines.at, lines.n);
    char path[64];
    snprintf(path, sizeof path, "/tmp/casus-source-%ld.jsonl.gz", (long)getpid());
    assert_int_equal(casus_file_write(path, packed.at, packed.n / 2, NULL), CASUS_OK);
    reading r;
    memset(&r, 0, sizeof r);
    casus_source_options options = {.date = "2024-01-01", .rejected = on_reject, .warned = on_warn, .ctx = &r};
    casus_source *s = NULL;
    casus_arena_init(&r.arena);
    assert_int_equal(casus_source_open(&s, path, &options, NULL), CASUS_OK);
    bool got = true;
    size_t n = 0;
    while (casus_source_next(s, &r.arena, &r.doc[0], &got, NULL) == CASUS_OK && got) n++;
    casus_source_close(s);
    unlink(path);
    assert_true(n > 500 && n < 3000);
    assert_int_equal(r.n_rejected, 1);
    assert_int_equal(r.rejected[0].code, CASUS_ERR_FORMAT);
    assert_int_equal(r.rejected[0].byte, packed.n / 2);
    assert_non_null(strstr(r.rejected[0].message, "truncated"));
    done(&r);
    read_bytes(&r, ".html", packed.at, packed.n / 2, (casus_source_options){0});
    assert_int_equal(r.n, 0);
    assert_int_equal(r.n_rejected, 1);
    done(&r);
    casus_buf_done(&lines);
    free((void *)(uintptr_t)packed.at);
}

/* ---- damage in plain text ---- */

static void bad_bytes_are_named(void **state) {
    (void)state;
    reading r;
    read_bytes(&r, ".txt", "caf\xE9 closed", 11, (casus_source_options){0});
    assert_int_equal(r.n, 0);
    assert_int_equal(r.rejected[0].code, CASUS_ERR_UTF8);
    assert_int_equal(r.rejected[0].byte, 3);
    assert_int_equal(r.rejected_bytes, 11);
    done(&r);
    read_bytes(&r, ".txt", "ab\0cd", 5, (casus_source_options){0});
    assert_int_equal(r.rejected[0].byte, 2);
    assert_non_null(strstr(r.rejected[0].message, "NUL"));
    done(&r);
    read_bytes(&r, ".txt", "a text that is too long", 23, (casus_source_options){.limit = 10});
    assert_int_equal(r.rejected[0].code, CASUS_ERR_LIMIT);
    done(&r);
}

static void empty_is_a_warning_and_absent_an_error(void **state) {
    (void)state;
    reading r;
    read_bytes(&r, ".txt", "", 0, (casus_source_options){0});
    assert_int_equal(r.code, CASUS_OK);
    assert_int_equal(r.n + r.n_rejected, 0);
    assert_true(warned_of(&r, "empty"));
    done(&r);
    read_text(&r, ".txt", "\xEF\xBB\xBF \n\r\n");
    assert_int_equal(r.n + r.n_rejected, 0);
    assert_true(warned_of(&r, "empty"));
    done(&r);
    read_path(&r, "tests/data/no-such-file.txt", (casus_source_options){0});
    assert_int_equal(r.code, CASUS_ERR_IO);
    assert_non_null(strstr(r.err.file, "no-such-file"));
    done(&r);
    read_path(&r, "tests", (casus_source_options){0});
    assert_int_equal(r.code, CASUS_ERR_IO);
    done(&r);
}

/* ---- HTML ---- */

static void html_article(void **state) {
    (void)state;
    reading r;
    read_path(&r, "tests/data/source/article.html", (casus_source_options){0});
    assert_int_equal(r.n, 1);
    const casus_document *d = &r.doc[0];
    assert_string_equal(d->title, "Border crossing reopens after talks");
    assert_string_equal(d->date, "2024-03-28");
    assert_string_equal(d->author, "Jane Doe");
    assert_string_equal(d->publisher, "The Valley Post");
    assert_string_equal(d->url, "https://valley.example/border");
    assert_string_equal(d->language, "en");
    assert_true(casus_str_is(
        d->text, "The two ministers met in the capital on Monday and agreed to reopen the border crossing to traders & "
                 "pilgrims.\n\n"
                 "Neither side said when the first trucks would pass. The agreement has three parts:\n"
                 "The road will be repaired by June.\n"
                 "Customs officers will be trained together.\n\n"
                 "What comes next\n\n"
                 "The opposition said that it had not been asked, and that it would raise the matter in parliament."));
    assert_int_equal(r.n_rejected, 0);
    done(&r);
}

static void html_without_any_article_tag(void **state) {
    (void)state;
    reading r;
    read_path(&r, "tests/data/source/old-page.html", (casus_source_options){0});
    assert_int_equal(r.n, 1);
    assert_string_equal(r.doc[0].title, "Rebels leave the valley");
    assert_string_equal(r.doc[0].date, "2019-05-02");
    assert_true(casus_str_starts(r.doc[0].text, "The rebels left the valley"));
    assert_null(strstr(r.doc[0].text.at, "Sports"));
    assert_null(strstr(r.doc[0].text.at, "cookies"));
    assert_non_null(strstr(r.doc[0].text.at, "caf\xC3\xA9"));
    done(&r);
}

static void html_without_text_is_rejected(void **state) {
    (void)state;
    reading r;
    read_text(&r, ".html", "<html><body><nav><a href=x>Home</a></nav></body></html>");
    assert_int_equal(r.n, 0);
    assert_int_equal(r.n_rejected, 1);
    done(&r);
}

static void format_follows_content_when_the_name_says_nothing(void **state) {
    (void)state;
    reading r;
    read_text(&r, "", "  <!DOCTYPE html><html><body><p>The army left the town on Monday, they said.</p></body></html>");
    assert_int_equal(r.n, 1);
    assert_true(casus_str_is(r.doc[0].text, "The army left the town on Monday, they said."));
    done(&r);
    read_text(&r, ".dat", "{ \"text\": \"The army left.\" }\n");
    assert_int_equal(r.doc[0].line, 1);
    done(&r);
}

/* ---- language ---- */

static void languages_are_named(void **state) {
    (void)state;
    static const char *const samples[][2] = {
        {"en", "The minister said that they had not agreed on the road, but that the talks would go on."},
        {"fr", "Le ministre a dit que les deux pays ne sont pas d'accord sur la route, mais que les discussions vont "
               "continuer avec eux."},
        {"de", "Der Minister sagte, dass sich die beiden Staaten nicht auf die Straße geeinigt haben, aber weiter mit "
               "ihnen sprechen wollen."},
        {"es", "El ministro dijo que los dos países no están de acuerdo sobre la carretera, pero que las "
               "conversaciones van a seguir en la capital."},
        {"pt", "O ministro disse que os dois países não estão de acordo sobre a estrada, mas que as conversas vão "
               "continuar na capital do país."},
        {"it", "Il ministro ha detto che i due paesi non sono d'accordo sulla strada, ma che le trattative con la "
               "capitale sono più vicine."},
        {"nl", "De minister zei dat het land niet met de buren over de weg heeft gesproken, maar dat er nog een "
               "gesprek zal worden gehouden."},
        {"sv", "Ministern sade att det inte är klart om vägen, men att de ska tala med varandra och att landet har tid "
               "för det."},
        {"pl", "Minister powiedział, że nie jest to jeszcze jasne, ale że rozmowy będą trwać do końca roku i że kraj "
               "ma na to czas."},
        {"tr", "Bakan, bu yol için bir anlaşma olmadığını ama görüşmelerin daha sonra devam ettiğini ve çok zor "
               "olduğunu dedi."},
        {"id", "Menteri itu mengatakan bahwa kedua negara tidak akan berbicara dengan mereka dan untuk saat ini jalan "
               "itu sudah ditutup."},
        {"ru", "Министр сказал, что они не договорились о дороге, но переговоры будут продолжаться и после этого, как "
               "было решено."},
        {"uk", "Міністр сказав, що вони не домовилися про дорогу, але переговори будуть і після цього, як було "
               "вирішено під час зустрічі."},
        {"ar",
         "قال الوزير إن البلدين لم يتفقا على الطريق في العاصمة ولكن المحادثات مع الجيران سوف تستمر إلى ما بعد ذلك"},
        {"fa", "وزیر گفت که این دو کشور در پایتخت با هم به توافق نرسیدند و گفتگو برای آن راه باید ادامه یابد"},
        {"zh", "部长说两国还没有就道路达成协议但是会谈还会继续"},
        {"ja", "大臣は二つの国がまだ道について合意していないと述べた"},
        {"ko", "장관은 두 나라가 아직 도로에 합의하지 않았다고 말했다"},
        {"el", "Ο υπουργός είπε ότι οι δύο χώρες δεν συμφώνησαν για τον δρόμο"},
        {"he", "השר אמר ששתי המדינות לא הסכימו על הכביש"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        reading r;
        read_text(&r, ".txt", samples[i][1]);
        assert_int_equal(r.n, 1);
        assert_non_null(r.doc[0].language);
        assert_string_equal(r.doc[0].language, samples[i][0]);
        assert_int_equal(r.doc[0].foreign, strcmp(samples[i][0], "en") != 0);
        assert_int_equal(warned_of(&r, "another language"), r.doc[0].foreign);
        done(&r);
    }
}

static void a_few_names_are_no_language(void **state) {
    (void)state;
    reading r;
    read_text(&r, ".txt", "Abdul Ghani Baradar, Amir Khan Muttaqi, Sergei Lavrov");
    assert_null(r.doc[0].language);
    assert_false(r.doc[0].foreign);
    done(&r);
    read_text(&r, ".txt", "Iran's spokesman's office's reply: Georgia's, Armenia's, Turkey's");
    assert_null(r.doc[0].language);
    done(&r);
    read_text(&r, ".jsonl", "{\"text\":\"Baradar, Muttaqi, Lavrov\",\"language\":\"fre\"}");
    assert_string_equal(r.doc[0].language, "fr");
    assert_true(r.doc[0].foreign);
    done(&r);
}

/* ---- memory ---- */

static void a_full_arena_is_an_error_and_nothing_leaks(void **state) {
    (void)state;
    static const char *const files[] = {"tests/data/source/article.html", "tests/data/source/old-page.html"};
    for (size_t f = 0; f < 2; f++)
        for (size_t limit = 16; limit < 3000; limit += 16) {
            casus_arena arena;
            casus_arena_init(&arena);
            arena.limit = limit;
            casus_source *s = NULL;
            casus_document doc;
            casus_error err;
            bool got = false;
            assert_int_equal(casus_source_open(&s, files[f], NULL, NULL), CASUS_OK);
            casus_code code = casus_source_next(s, &arena, &doc, &got, &err);
            assert_true(code == CASUS_ERR_NOMEM || (code == CASUS_OK && got));
            assert_null(arena.trap);
            casus_source_close(s);
            casus_arena_done(&arena);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_keeps_every_byte),
        cmocka_unit_test(title_byline_and_date_on_top),
        cmocka_unit_test(title_and_date_at_the_bottom),
        cmocka_unit_test(the_flagship_has_its_title_and_date),
        cmocka_unit_test(a_dateline_gives_a_date_only_with_its_year),
        cmocka_unit_test(no_title_is_made_up),
        cmocka_unit_test(headers_are_read),
        cmocka_unit_test(identity_is_stable),
        cmocka_unit_test(jsonl_fields),
        cmocka_unit_test(bad_lines_cost_only_themselves),
        cmocka_unit_test(a_line_over_the_limit_is_rejected_whole),
        cmocka_unit_test(a_line_of_50_megabytes_is_read),
        cmocka_unit_test(gzip_is_recognised_by_its_bytes),
        cmocka_unit_test(a_truncated_gzip_gives_what_came_before),
        cmocka_unit_test(bad_bytes_are_named),
        cmocka_unit_test(empty_is_a_warning_and_absent_an_error),
        cmocka_unit_test(html_article),
        cmocka_unit_test(html_without_any_article_tag),
        cmocka_unit_test(html_without_text_is_rejected),
        cmocka_unit_test(format_follows_content_when_the_name_says_nothing),
        cmocka_unit_test(languages_are_named),
        cmocka_unit_test(a_few_names_are_no_language),
        cmocka_unit_test(a_full_arena_is_an_error_and_nothing_leaks),
    };
    return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
