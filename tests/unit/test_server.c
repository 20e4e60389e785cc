/* The server's pure parts: taking a request apart, who may ask, the route table against its description. */
#include "server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

/* ---- targets ----------------------------------------------------------------------------------------------- */

typedef struct scene {
    casus_arena arena;
    jmp_buf trap;
    request request;
    casus_error err;
} scene;

static casus_code parse(scene *s, const char *target) {
    casus_arena_init(&s->arena);
    return request_parse(&s->arena, casus_str_of(target), &s->request, &s->err);
}

static void takes_a_target_apart(void **state) {
    scene s;
    (void)state;
    assert_int_equal(parse(&s, "/api/actors/AFG.TALIBAN?query=al%2DQaida+in&limit=5&empty="), CASUS_OK);
    assert_string_equal(s.request.path, "/api/actors/AFG.TALIBAN");
    assert_int_equal(s.request.n, 3);
    assert_string_equal(request_get(&s.request, "query"), "al-Qaida in");
    assert_string_equal(request_get(&s.request, "limit"), "5");
    assert_null(request_get(&s.request, "empty"));
    assert_null(request_get(&s.request, "absent"));
    casus_arena_done(&s.arena);
    assert_int_equal(parse(&s, "/a+b/%C3%A9?x=%26%3d"), CASUS_OK);
    assert_string_equal(s.request.path, "/a+b/é");
    assert_string_equal(request_get(&s.request, "x"), "&=");
    casus_arena_done(&s.arena);
}

static void refuses_what_is_no_target(void **state) {
    static const char *const BAD[] = {"",        "api",     "/../x",     "/a/..",    "/a/./b", "/%2e%2e/x", "/a%00b",  "/a%0Ab", "/a%",   "/a%4",  "/a%zz",
                                      "/\xff",   "/%ff",    "/a\\b",     "/?x=1&x=2", "/?x=%",  "/?%01=1",   "/?x=%c0%80", "*",   "?x=1",  "/%2e%2e%2fetc"};
    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        scene s;
        casus_code code = parse(&s, BAD[i]);
        if (code != CASUS_ERR_ARG) print_error("%s was taken\n", BAD[i]);
        assert_int_equal(code, CASUS_ERR_ARG);
        assert_true(s.err.message[0]);
        casus_arena_done(&s.arena);
    }
}

static void limits_length_and_number(void **state) {
    char many[600] = "/?", *at = many + 2;
    scene s;
    (void)state;
    for (int i = 0; i <= REQUEST_PARAMS_MAX; i++) at += sprintf(at, "p%d=1&", i);
    assert_int_equal(parse(&s, many), CASUS_ERR_LIMIT);
    casus_arena_done(&s.arena);
    char *large = test_malloc(REQUEST_TARGET_MAX + 2);
    memset(large, 'a', REQUEST_TARGET_MAX + 1);
    large[0] = '/', large[REQUEST_TARGET_MAX + 1] = '\0';
    assert_int_equal(parse(&s, large), CASUS_ERR_LIMIT);
    casus_arena_done(&s.arena);
    large[REQUEST_TARGET_MAX] = '\0';
    assert_int_equal(parse(&s, large), CASUS_OK);
    casus_arena_done(&s.arena);
    test_free(large);
}

static void reads_values(void **state) {
    static const char *const WORDS[] = {"text", "time", NULL};
    request r = {.n = 5, .params = {{"n", "12"}, {"bad", "12x"}, {"huge", "99999999999999999999"}, {"date", "2021-02-30"}, {"word", "time"}}};
    casus_error err;
    int64_t n;
    int word;
    bool flag;
    double real;
    const char *date;
    (void)state;
    assert_int_equal(request_int(&r, "n", 1, 500, 50, &n, &err), CASUS_OK);
    assert_int_equal(n, 12);
    assert_int_equal(request_int(&r, "absent", 1, 500, 50, &n, &err), CASUS_OK);
    assert_int_equal(n, 50);
    assert_int_equal(request_int(&r, "n", 20, 500, 50, &n, &err), CASUS_ERR_ARG);
    assert_int_equal(request_int(&r, "bad", 1, 500, 50, &n, &err), CASUS_ERR_ARG);
    assert_int_equal(request_int(&r, "huge", 1, INT64_MAX, 50, &n, &err), CASUS_ERR_ARG);
    assert_int_equal(request_date(&r, "date", &date, &err), CASUS_ERR_ARG);
    assert_int_equal(request_word(&r, "word", WORDS, 0, &word, &err), CASUS_OK);
    assert_int_equal(word, 1);
    assert_int_equal(request_word(&r, "n", WORDS, 0, &word, &err), CASUS_ERR_ARG);
    assert_non_null(strstr(err.message, "text, time"));
    assert_int_equal(request_bool(&r, "absent", true, &flag, &err), CASUS_OK);
    assert_true(flag);
    assert_int_equal(request_real(&r, "n", 0, 20, 1, &real, &err), CASUS_OK);
    assert_true(real == 12);
    assert_int_equal(request_real(&r, "bad", 0, 20, 1, &real, &err), CASUS_ERR_ARG);
}

/* ---- guard ------------------------------------------------------------------------------------------------- */

static int asked(const guard *g, guard_head h) {
    casus_error err = {0};
    int status = guard_check(g, &h, &err);
    assert_true(status == 0 || err.message[0]);
    return status;
}

static void knows_its_hosts(void **state) {
    static const char *const NAMES[] = {"ledger.example", NULL};
    static const char *const GOOD[] = {"localhost", "LOCALHOST:8017", "127.0.0.1", "127.0.0.1:80", "192.168.1.5:8017", "[::1]", "[fe80::1]:8017", "Ledger.Example:443"};
    static const char *const BAD[] = {"evil.example", "localhost.evil.example", "ledger.example.evil", "127.0.0.1.evil", "[::1", "[evil]", "", ":80", "localhost:80x", "1", "::1"};
    guard g;
    (void)state;
    guard_init(&g, NULL, NAMES);
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) assert_int_equal(asked(&g, (guard_head){.host = GOOD[i], .api = true}), 0);
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) assert_int_equal(asked(&g, (guard_head){.host = BAD[i], .api = true}), 421);
    assert_int_equal(asked(&g, (guard_head){.api = true}), 400);
}

static void refuses_other_origins(void **state) {
    guard g;
    (void)state;
    guard_init(&g, NULL, NULL);
    assert_int_equal(asked(&g, (guard_head){.host = "localhost:80", .origin = "http://localhost:80", .api = true}), 0);
    assert_int_equal(asked(&g, (guard_head){.host = "localhost:80", .origin = "https://localhost:80", .api = true}), 0);
    assert_int_equal(asked(&g, (guard_head){.host = "localhost:80", .origin = "http://localhost:81", .api = true}), 403);
    assert_int_equal(asked(&g, (guard_head){.host = "localhost:80", .origin = "null", .api = true}), 403);
    assert_int_equal(asked(&g, (guard_head){.host = "localhost:80", .origin = "http://localhost:80/", .api = true}), 403);
    assert_int_equal(asked(&g, (guard_head){.host = "localhost", .site = "cross-site", .api = true}), 403);
    assert_int_equal(asked(&g, (guard_head){.host = "localhost", .site = "cross-site"}), 0); /* a link to the page */
    assert_int_equal(asked(&g, (guard_head){.host = "localhost", .post = true, .api = true, .content_type = "text/plain"}), 415);
    assert_int_equal(asked(&g, (guard_head){.host = "localhost", .post = true, .api = true}), 415);
    assert_int_equal(asked(&g, (guard_head){.host = "localhost", .post = true, .api = true, .content_type = "application/json; charset=utf-8"}), 0);
}

static void asks_for_the_token(void **state) {
    guard g, open;
    (void)state;
    guard_init(&g, "0123456789abcdef", NULL);
    guard_init(&open, NULL, NULL);
    assert_true(guard_is_token(&g, CASUS_STR("0123456789abcdef")));
    assert_false(guard_is_token(&g, CASUS_STR("0123456789abcdee")));
    assert_false(guard_is_token(&g, CASUS_STR("")));
    assert_false(guard_is_token(&open, CASUS_STR("")));
    assert_int_equal(asked(&g, (guard_head){.host = "localhost", .api = true}), 401);
    assert_int_equal(asked(&g, (guard_head){.host = "localhost"}), 0);
    assert_int_equal(asked(&g, (guard_head){.host = "localhost", .api = true, .authorization = "bearer 0123456789abcdef"}), 0);
    assert_int_equal(asked(&g, (guard_head){.host = "localhost", .api = true, .authorization = "Basic 0123456789abcdef"}), 401);
    assert_int_equal(asked(&g, (guard_head){.host = "localhost", .api = true, .cookie = "a=b; casus_token=0123456789abcdef"}), 0);
    assert_int_equal(asked(&g, (guard_head){.host = "localhost", .api = true, .cookie = "xcasus_token=0123456789abcdef"}), 401);
    assert_true(guard_is_loopback(NULL) && guard_is_loopback("127.8.9.1") && guard_is_loopback("::1") && guard_is_loopback("localhost"));
    assert_false(guard_is_loopback("0.0.0.0") || guard_is_loopback("::") || guard_is_loopback("192.168.0.1") || guard_is_loopback("localhost.evil"));
}

/* ---- the description --------------------------------------------------------------------------------------- */

static json_t *read_description(void) {
    json_error_t why;
    json_t *d = json_load_file("server/openapi.json", 0, &why);
    if (!d) print_error("server/openapi.json: %s in line %d\n", why.text, why.line);
    assert_non_null(d);
    return d;
}

static json_t *operation_of(json_t *d, const char *method, const char *path) {
    return json_object_get(json_object_get(json_object_get(d, "paths"), path), strcmp(method, "GET") == 0 ? "get" : "post");
}

/* A parameter's name, whether it stands here or among the components. */
static const char *name_of(json_t *d, const json_t *parameter, const char **in) {
    const char *ref = json_string_value(json_object_get(parameter, "$ref"));
    if (ref) parameter = json_object_get(json_object_get(json_object_get(d, "components"), "parameters"), strrchr(ref, '/') + 1);
    *in = json_string_value(json_object_get(parameter, "in"));
    return json_string_value(json_object_get(parameter, "name"));
}

static bool has_word(const char *words, const char *word) {
    casus_str rest = casus_str_of(words), one;
    while (casus_str_cut(&rest, ' ', &one))
        if (casus_str_is(one, word)) return true;
    return false;
}

static void check_parameters(json_t *d, const route *r, const json_t *operation) {
    size_t i, described = 0, routed = 0;
    json_t *parameter;
    json_array_foreach(json_object_get(operation, "parameters"), i, parameter) {
        const char *in, *name = name_of(d, parameter, &in);
        assert_non_null(name);
        if (strcmp(in, "path") == 0) continue;
        described++;
        if (!has_word(r->params, name)) print_error("%s: `%s` is described and not taken\n", r->path, name);
        assert_true(has_word(r->params, name));
    }
    for (const char *s = r->params; *s; s++) routed += s == r->params || s[-1] == ' ';
    if (described != routed) print_error("%s takes %zu parameters, %zu are described\n", r->path, routed, described);
    assert_int_equal(described, routed);
}

static void is_as_described(void **state) {
    json_t *d = read_description(), *path, *operation;
    const char *name, *method;
    size_t described = 0;
    (void)state;
    for (size_t i = 0; i < server_routes_n; i++) {
        const route *r = &server_routes[i];
        operation = operation_of(d, r->method, r->path);
        if (!operation) print_error("%s %s is not described\n", r->method, r->path);
        assert_non_null(operation);
        check_parameters(d, r, operation);
    }
    json_object_foreach(json_object_get(d, "paths"), name, path)
        json_object_foreach(path, method, operation) described++;
    assert_int_equal(described, server_routes_n);
    json_decref(d);
}

static void finds_routes(void **state) {
    const char *id;
    int status;
    request q = {.n = 1, .params = {{"limit", "5"}}};
    (void)state;
    const route *r = route_find("GET", "/api/documents/a/b", &id, &status);
    assert_non_null(r);
    assert_string_equal(id, "a/b");
    assert_int_equal(route_check(r, &q, NULL), CASUS_ERR_ARG);
    assert_int_equal(route_check(route_find("GET", "/api/documents", &id, &status), &q, NULL), CASUS_OK);
    assert_null(route_find("GET", "/api/documents/", &id, &status));
    assert_int_equal(status, 404);
    assert_null(route_find("POST", "/api/documents", &id, &status));
    assert_int_equal(status, 405);
}

/* ---- JSON -------------------------------------------------------------------------------------------------- */

static void writes_what_json_lacks(void **state) {
    casus_buf out = {0};
    casus_json json = casus_json_to(&out), *j = &json;
    answer a = {0};
    casus_error err;
    (void)state;
    casus_json_open(j, NULL, '{');
    out_num(j, "none", 0.0 / 0.0 * 0);
    out_num(j, "half", 0.5);
    out_null(j, "null");
    out_text(j, "empty", "");
    out_list(j, "list", "a; b\"c");
    out_list(j, "nothing", "");
    out_raw(j, "raw", CASUS_STR("[1]"));
    casus_json_close(j, '}');
    casus_buf_add(&out, "", 1);
    assert_string_equal(out.at, "{\"none\":null,\"half\":0.5,\"null\":null,\"list\":[\"a\",\"b\\\"c\"],\"raw\":[1]}");
    casus_buf_done(&out);
    casus_fail(&err, CASUS_ERR_ARG, "a \"quoted\" <word>");
    answer_error(&a, 400, &err);
    casus_buf_add(&a.body, "", 1);
    assert_string_equal(a.body.at, "{\"error\":{\"status\":400,\"code\":\"bad_request\",\"message\":\"a \\\"quoted\\\" <word>\"}}");
    casus_buf_done(&a.body);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_a_target_apart), cmocka_unit_test(refuses_what_is_no_target), cmocka_unit_test(limits_length_and_number),
        cmocka_unit_test(reads_values),         cmocka_unit_test(knows_its_hosts),           cmocka_unit_test(refuses_other_origins),
        cmocka_unit_test(asks_for_the_token),   cmocka_unit_test(is_as_described),           cmocka_unit_test(finds_routes),
        cmocka_unit_test(writes_what_json_lacks)};
    return cmocka_run_group_tests_name("server", tests, NULL, NULL);
}
