#!/usr/bin/env python3
"""Asks a running `casus serve`: every answer against server/openapi.json, the attacks it must withstand, reading while another writes, stopping.

    tests/server/test_server.py PROGRAM

Only the standard library. Each test function gets a server of its own ledger; a failure says which."""
import concurrent.futures, contextlib, http.client, json, os, re, signal, socket, subprocess, sys, tempfile, threading, time, traceback, urllib.parse

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
PROGRAM = os.path.abspath(sys.argv[1])
API = json.load(open(os.path.join(ROOT, "server", "openapi.json")))
SLOW = 10 if os.environ.get("CASUS_SLOW") else 1  # sanitizers


def run(*args, **kw):
    return subprocess.run([PROGRAM, *args], check=True, capture_output=True, text=True, cwd=ROOT, **kw)


def make_ledger(folder):
    db = os.path.join(folder, "test.db")
    run("read", "--db", db, "--quiet", "examples/afghan-neighbours.txt", "tests/golden/accounts/wire-sudan/article.txt",
        "tests/golden/accounts/interview-kosovo/article.txt")
    hostile = os.path.join(folder, "hostile.txt")
    with open(hostile, "w") as f:
        f.write('<script>alert(1)</script> & "quotes"\n\nOn 3 May 2021 Iran attacked Pakistan <img src=x onerror=alert(1)>. Pakistan denied that Iran attacked it on 3 May 2021.\n'
                "On 4 May 2021 at least 12 people were killed in Kabul. China may support Pakistan in 2022. Iran has leverage over Pakistan.\n")
    run("read", "--db", db, "--quiet", hostile)
    for name in ("acled.csv", "gdelt2.tsv", "polecat.tsv"):
        run("import", "--db", db, os.path.join("tests/data/formats", name))
    days = os.path.join(folder, "days.csv")
    with open(days, "w") as f:
        f.write("date,source,target,code\n")
        for i in range(3000):
            day, kind = i // 3, i * 7 % 11 % 5
            pair = [("IRN", "PAK"), ("PAK", "IRN"), ("RUS", "IRN"), ("CHN", "PAK"), ("IRN", "RUS")][kind]
            f.write("%04d-%02d-%02d,%s,%s,%s\n" % (2023 + day // 336, 1 + day // 28 % 12, 1 + day % 28, *pair, ["042", "1823", "112"][(kind + day // 9) % 3]))
    run("import", "--db", db, "--scheme", "cameo", "--map", "date=date,source=source,target=target,code=code", "--format", "csv", days)
    return db


class Server:
    def __init__(self, db, *args):
        self.process = subprocess.Popen([PROGRAM, "serve", "--db", db, "--port", "0", *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
        line = self.process.stdout.readline()
        found = re.search(r"http://([0-9.]+|\[::1\]):(\d+)", line)
        if not found:
            raise AssertionError("it did not start: " + line + self.process.stderr.read())
        self.host, self.port = found.group(1).strip("[]"), int(found.group(2))

    def ask(self, target, method="GET", body=None, headers=None, raw=False):
        c = http.client.HTTPConnection(self.host, self.port, timeout=30 * SLOW)
        h = dict(headers or {})
        if body is not None and "Content-Type" not in h:
            h["Content-Type"] = "application/json"
        c.request(method, target, body if isinstance(body, (bytes, str, type(None))) else json.dumps(body), h)
        r = c.getresponse()
        data = r.read()
        c.close()
        return r.status, dict((k.lower(), v) for k, v in r.getheaders()), data if raw else (json.loads(data) if data else None)

    def get(self, target, status=200):
        got, _, data = self.ask(target)
        assert got == status, f"{target}: {got} instead of {status}: {str(data)[:300]}"
        return data

    def wait_until_ready(self):
        for _ in range(200 * SLOW):
            s = self.get("/api/status")
            if s["ready"]:
                return s
            time.sleep(0.05)
        raise AssertionError("events were never loaded")

    def stop(self, sig=signal.SIGTERM):
        begun = time.time()
        self.process.send_signal(sig)
        try:
            self.process.wait(20 * SLOW)
        finally:
            if self.process.poll() is None:
                self.process.kill()
        err = self.process.stderr.read()
        assert self.process.returncode == 0, f"stopped with {self.process.returncode}: {err[:4000]}"
        return time.time() - begun


@contextlib.contextmanager
def serving(db, *args):
    s = Server(db, *args)
    try:
        yield s
    except BaseException:
        s.process.kill()
        sys.stderr.write(s.process.stderr.read()[:4000])
        raise
    s.stop()


# ---- the description ------------------------------------------------------------------------------------------

seen = set()


def resolve(schema):
    return API["components"]["schemas"][schema["$ref"].split("/")[-1]] if "$ref" in schema else schema


TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "object": dict, "array": list, "null": type(None)}


def check(value, schema, where, name=""):
    """Every field is described, of the described type; what is required is there. Notes which described fields were seen."""
    if "$ref" in schema:
        name = schema["$ref"].split("/")[-1]
    schema = resolve(schema)
    kinds = schema.get("type")
    if kinds:
        kinds = [kinds] if isinstance(kinds, str) else kinds
        fits = any(isinstance(value, TYPES[k]) and not (isinstance(value, bool) and k in ("integer", "number")) for k in kinds)
        assert fits, f"{where}: {str(value)[:80]!r} is no {kinds}"
    assert "const" not in schema or value == schema["const"], f"{where}: {value!r}"
    if isinstance(value, dict) and "properties" in schema:
        for key, inner in value.items():
            assert key in schema["properties"], f"{where}: the field `{key}` is not described"
            seen.add((name, key))
            check(inner, schema["properties"][key], f"{where}.{key}", f"{name}.{key}")
        for key in schema.get("required", []):
            assert key in value, f"{where}: the field `{key}` is missing"
    if isinstance(value, list):
        assert schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 1 << 30), f"{where}: {len(value)} items"
        for i, inner in enumerate(value):
            check(inner, schema.get("items", {}), f"{where}[{i}]", name)


def described(schema, name, out, depth=0):
    if "$ref" in schema:
        name = schema["$ref"].split("/")[-1]
        if name in described.done:
            return
        described.done.add(name)
    schema = resolve(schema)
    for key, inner in schema.get("properties", {}).items():
        out.add((name, key))
        described(inner, f"{name}.{key}", out)
    if "items" in schema:
        described(schema["items"], name, out)


described.done = set()


def answer_schema(path, method, status):
    responses = API["paths"][path][method]["responses"]
    r = responses.get(str(status)) or (responses.get("200") if status == 202 else None) or responses["default"]
    return r["content"]["application/json"]["schema"]


def asked(s, path, target=None, method="get", body=None, status=200):
    got, headers, data = s.ask(target or path, method.upper(), body)
    assert got == status, f"{target or path}: {got} instead of {status}: {str(data)[:300]}"
    assert headers["content-type"] == "application/json", headers
    check(data, answer_schema(path, method, got), target or path, f"{method} {path}" if got < 400 else "Error")
    return data


# Described because other data have them; the fixture has none.
RARE = {("Statement", "in"), ("Citation", "in"), ("Citation", "url"), ("Citation", "author"), ("Citation", "publisher"), ("Document", "publisher"), ("Document", "author"),
        ("Place", "precision"), ("Event", "merged"), ("Event.merged", "from"), ("Event.merged", "statement"), ("Event.merged", "score"), ("Event.merged", "reason"),
        ("Count", "low"), ("Count", "high"), ("Place", "geonameid"), ("Place", "knowledge"), ("Actor.roles", "role"), ("Actor.roles", "begin"), ("Actor.roles", "end"),
        ("Actor", "doc"), ("Document", "url"), ("Job", "message"), ("get /api/dyad", "why_no_answers"), ("get /api/backtest", "message"),
        ("get /api/backtest.answers", "log_score"), ("Statement.action", "context"), ("ForecastLine.rules", "event"), ("ForecastLine.events", "event"), ("ForecastLine.events", "without"), ("get /api/leverage.sentences", "beside"),
        ("get /api/leverage.sentences", "holder"), ("get /api/leverage.sentences", "actor_id"), ("get /api/what-if", "jobs"), ("get /api/what-if.items", "through"),
        ("get /api/places.items", "precision")}


def test_description(db):
    with serving(db) as s:
        s.wait_until_ready()
        asked(s, "/api/status")
        docs = asked(s, "/api/documents")
        assert docs["total"] == len(docs["items"]) == 4 and docs["next_cursor"] is None
        for d in docs["items"]:
            one = asked(s, "/api/documents/{id}", "/api/documents/" + d["id"])
            assert len(one["sentences"]) == d["sentences"] and len(one["statements"]) == d["statements"]
            for x in one["sentences"]:
                assert one["text"].encode()[x["span"][0]:x["span"][1]].decode() == x["text"]
        every = []
        cursor = ""
        while cursor is not None:
            page = asked(s, "/api/statements", "/api/statements?limit=40" + (f"&cursor={cursor}" if cursor else ""))
            every += page["items"]
            cursor = page["next_cursor"]
        assert len(every) == sum(d["statements"] for d in docs["items"]) == len({x["id"] for x in every}), "pages are whole and without overlap"
        for order in ("time", "confidence"):
            first = asked(s, "/api/statements", f"/api/statements?order={order}&limit=200")
            rest = asked(s, "/api/statements", f"/api/statements?order={order}&limit=500&cursor={first['next_cursor']}")
            assert {x["id"] for x in first["items"] + rest["items"]} == {x["id"] for x in every}
        for x in every[::10]:
            cite = asked(s, "/api/cite/{id}", "/api/cite/" + x["id"])
            assert cite["words"] == x["text"] and cite["words"] in cite["sentence_text"] or "in" in x
            asked(s, "/api/statements/{id}", "/api/statements/" + x["id"])
        for q in ("actor=Iran", "actor=@IRN", "actor=AFG*", "actor=Iran&other=Pakistan", "holder=author", "kind=stance", "type=ASSAULT", "place=AFG", "from=2020&to=2021-06",
                  "words=embassy", "held=true"):
            assert asked(s, "/api/statements", "/api/statements?" + q)["items"], q
        assert asked(s, "/api/search", "/api/search?words=attacked")["items"]
        asked(s, "/api/claims")
        for q in ("", "?query=iran", "?type=state", "?country=IRN", "?from=2023&to=2024"):
            assert asked(s, "/api/actors", "/api/actors" + q)["items"], q
        for who in ("AFG.TALIBAN", "Iran", "PAK", urllib.parse.quote("Sudanese army"), "RUS"):
            status, _, _ = s.ask("/api/actors/" + who)
            if status == 200:
                asked(s, "/api/actors/{id}", "/api/actors/" + who)
        events = asked(s, "/api/events", "/api/events?limit=500")
        latest = asked(s, "/api/events", "/api/events?limit=500&order=latest")
        assert events["total"] == latest["total"] > 1200
        for q in ("actor=Iran", "source=Iran&target=PAK", "type=ASSAULT", "place=AFG", "from=2023&to=2023-02", "origin=import", "origin=statement", "disputed=true"):
            page = asked(s, "/api/events", "/api/events?" + q)
            assert page["items"] and page["total"] >= len(page["items"]), q
        for e in [e for e in asked(s, "/api/events", "/api/events?origin=statement&limit=500")["items"]][:40]:
            asked(s, "/api/events/{id}", "/api/events/" + e["id"])
            asked(s, "/api/claims/{id}", "/api/claims/" + e["id"])
        asked(s, "/api/events/{id}", "/api/events/" + events["items"][0]["id"])
        for by in ("day", "week", "month", "year"):
            t = asked(s, "/api/timeline", f"/api/timeline?by={by}&from=2023&to=2025")
            assert sum(x["events"] for x in t["items"]) == t["total"] > 1000
        asked(s, "/api/places"), asked(s, "/api/facets")
        dyads = asked(s, "/api/dyads")["items"]
        assert dyads[0]["events"] >= dyads[-1]["events"]
        d = asked(s, "/api/dyad", "/api/dyad?first=IRN&second=PAK&by=month")
        assert len(d["answers"]) == 2
        net = asked(s, "/api/network", "/api/network?top=50")
        assert {e["source"] for e in net["edges"]} <= {n["id"] for n in net["nodes"]}
        asked(s, "/api/leverage", "/api/leverage?over=Pakistan"), asked(s, "/api/leverage", "/api/leverage?over=Iran"), asked(s, "/api/leverage", "/api/leverage?over=Taliban")
        asked(s, "/api/trends", "/api/trends?actor=Iran&by=month")
        asked(s, "/api/backtest")
        asked(s, "/api/backtest", method="post", body={}, status=202)
        check_forecast(s)
        for _ in range(100 * SLOW):
            if asked(s, "/api/backtest")["state"] != "running":
                break
            time.sleep(0.2)
        assert asked(s, "/api/backtest")["state"] == "done", s.get("/api/backtest")
        r = asked(s, "/api/read", method="post", body={"text": "On 3 May 2021 Iran attacked Pakistan.", "date": "2021-05-04"})
        assert r["statements"] and not r["stored"] and asked(s, "/api/documents")["total"] == 4
        r = asked(s, "/api/read", method="post", body={"text": "On 3 May 2021 Iran attacked Pakistan.", "title": "A title", "store": True})
        assert r["put"] == "new" and asked(s, "/api/documents")["total"] == 5
        assert asked(s, "/api/read", method="post", body={"text": "On 3 May 2021 Iran attacked Pakistan.", "title": "A title", "store": True})["put"] == "same"
        asked(s, "/api/read", method="post", body={"text": "<p>On 3 May 2021 Iran attacked Pakistan.</p>", "format": "html"})
        asked(s, "/api/status", "/api/status?nothing=1", status=400)
        assert asked(s, "/api/openapi.json") == API
    wanted = set()
    for path, methods in API["paths"].items():
        for method, m in methods.items():
            for status, r in m["responses"].items():
                if status.startswith("2") and "application/json" in r["content"]:
                    described(r["content"]["application/json"]["schema"], f"{method} {path}", wanted)
    never = {x for x in wanted - seen if x[0] not in ("post /api/backtest",)} - RARE
    assert not never, f"described, and never served: {sorted(never)}"


def check_forecast(s):
    status, headers, data = s.ask("/api/forecast?top=3")
    assert status in (200, 202) and (status == 200 or headers["retry-after"])
    check(data, answer_schema("/api/forecast", "get", 200), "forecast", "get /api/forecast")
    for _ in range(300 * SLOW):
        status, _, _ = s.ask("/api/forecast?top=1")
        if status == 200:
            break
        time.sleep(0.1)
    f = asked(s, "/api/forecast", "/api/forecast?top=3&explain=true")
    assert f["learned_from"] > 1000 and all(0 <= x["probability"] <= 1 for x in f["items"])
    asked(s, "/api/forecast", "/api/forecast?source=Iran&target=PAK&horizon=7&top=5&explain=true")
    assert asked(s, "/api/what-if", "/api/what-if?source=IRN&action=ASSAULT&target=PAK&top=5")["items"]


# ---- attacks --------------------------------------------------------------------------------------------------

def raw(s, data, wait=5.0):
    """Sends bytes as they are; returns what comes back until the other side closes or nothing comes."""
    with socket.create_connection((s.host, s.port), timeout=wait * SLOW) as c:
        c.sendall(data)
        out = b""
        with contextlib.suppress(TimeoutError, socket.timeout, ConnectionResetError):
            while True:
                part = c.recv(65536)
                if not part:
                    break
                out += part
                if b"\r\n\r\n" in out and re.search(rb"content-length: (\d+)", out, re.I):
                    head, body = out.split(b"\r\n\r\n", 1)
                    if len(body) >= int(re.search(rb"content-length: (\d+)", head, re.I).group(1)):
                        break
        return out


def status_of(answer):
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else 0


def test_attacks(db):
    with serving(db) as s:
        s.wait_until_ready()
        # Path traversal, in every spelling: nothing outside the page's files is ever reached.
        for path in ("/../../../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../etc/passwd", "/..\\..\\etc\\passwd", "//etc/passwd",
                     "/api/documents/../../etc/passwd", "/.git/config", "/%00", "/assets/%2e%2e%2findex.html"):
            answer = raw(s, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            assert status_of(answer) in (400, 404) and b"root:" not in answer, (path, answer[:200])
        # Host: a name that was rebound to 127.0.0.1 is refused, addresses and localhost are not.
        for host, want in (("evil.example", 421), (f"evil.example:{s.port}", 421), ("localhost.evil.example", 421), ("127.0.0.1.evil.example", 421), ("", 421), ("[::1", 421),
                           ("127.0.0.1:99999x", 421), ("localhost", 200), (f"127.0.0.1:{s.port}", 200), ("[::1]:80", 200)):
            assert s.ask("/api/status", headers={"Host": host})[0] == want, host
        assert status_of(raw(s, b"GET /api/status HTTP/1.1\r\nConnection: close\r\n\r\n")) == 400
        # Other sites' pages: their Origin, or what the browser says of them.
        me = f"http://{s.host}:{s.port}"
        body = {"text": "Iran attacked Pakistan."}
        for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": me + ".evil.example"}, {"Origin": "http://127.0.0.1"}, {"Sec-Fetch-Site": "cross-site"},
                        {"Sec-Fetch-Site": "same-site"}):
            assert s.ask("/api/read", "POST", body, headers)[0] == 403, headers
            assert s.ask("/api/status", headers=headers)[0] == 403, headers
        assert s.ask("/api/read", "POST", body, {"Origin": me, "Sec-Fetch-Site": "same-origin"})[0] == 200
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp"):
            assert s.ask("/api/read", "POST", json.dumps(body), {"Content-Type": kind})[0] == 415, kind
        # Methods.
        assert s.ask("/api/status", "DELETE")[0] == 405 and s.ask("/api/status", "POST", {})[0] == 405 and s.ask("/api/read")[0] == 405 and s.ask("/", "POST", {})[0] == 405
        # Bodies: too large by declaration, by what comes, not JSON, wrong fields.
        assert status_of(raw(s, b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1048577\r\n\r\n")) == 413
        assert status_of(raw(s, b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999999999999999\r\n\r\n")) in (0, 400, 413)
        chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
        answer = b""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            answer = raw(s, b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk * 40 + b"0\r\n\r\n")
        assert status_of(answer) in (0, 413)
        for bad in ("", "[]", "{", '{"text":1}', '{"text":""}', '{"text":"x","text":"y"}', '{"text":"a\\u0000b"}', '{"text":"x","store":1}', '{"text":"x","date":"yesterday"}',
                    '{"text":"x","format":"pdf"}', '{"other":1}', "\xff", "[" * 5000):
            status, _, data = s.ask("/api/read", "POST", bad.encode("latin-1"))
            assert status == 400 and data["error"]["message"], (bad[:20], status)
        # Parameters: limits, numbers, dates, unknown ones, SQL, control characters, broken percent signs.
        for q in ("limit=501", "limit=-1", "limit=1e9", "limit=99999999999999999999", "limit=5;", "cursor=-1", "cursor=x", "from=yesterday", "from=2021-13-01", "from=2022&to=2021", "nope=1",
                  "limit=5&limit=6", "order=random()", "held=perhaps", "actor=%00", "actor=%0d%0aX-Header:1", "actor=%zz", "actor=%ff%fe", "words=%22unclosed", "=x", "&".join(f"x{i}=1" for i in range(40))):
            status, _, data = s.ask("/api/statements?" + q)
            assert status in (400, 413, 414), (q, status)
        everything = s.get("/api/statements?limit=500")
        for sql in ("x' OR '1'='1", "x'; DROP TABLE statements; --", "%", "_", "*", "x\" OR \"\"=\""):
            for name in ("actor", "holder", "kind", "type", "place"):
                status, _, data = s.ask(f"/api/statements?{name}=" + urllib.parse.quote(sql))
                assert status == 400 or (status == 200 and (sql == "*" or not data["items"])), (name, sql, status)
            status, _, data = s.ask("/api/events?actor=" + urllib.parse.quote(sql))
            assert status in (400, 404) or data["total"] == 0 or sql == "*", (sql, status, data)
        assert s.get("/api/statements?limit=500") == everything
        assert s.ask("/api/statements?words=" + "a" * 9000)[0] == 414
        assert status_of(raw(s, b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")) in (0, 413, 414, 431)
        assert status_of(raw(s, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 70000 + b"\r\n\r\n")) in (0, 413, 431)
        for junk in (b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n", b"GET /api/status\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", b"GET /a\x00b HTTP/1.1\r\nHost: localhost\r\n\r\n"):
            assert status_of(raw(s, junk, 2)) in (0, 400, 404, 505), junk
        # Hostile markup comes back as JSON text, never as markup, and may not be guessed to be any.
        status, headers, data = s.ask("/api/search?words=script", raw=True)
        assert b"<script>" in data and headers["content-type"] == "application/json" and headers["x-content-type-options"] == "nosniff"
        status, headers, data = s.ask("/%3Cscript%3Ealert(1)%3C/script%3E", raw=True)
        assert status == 404 and headers["content-type"] == "application/json"
        for target in ("/", "/api/status", "/nothing"):
            headers = s.ask(target, raw=True)[1]
            policy = headers["content-security-policy"]
            assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe-eval" not in policy and "script-src 'self' " not in policy
            assert headers["x-frame-options"] == "DENY" and headers["referrer-policy"] == "no-referrer", target
            assert "access-control-allow-origin" not in headers
        assert s.get("/api/status")["ready"]


def test_slow_body(db):
    """A body that comes in drops neither holds a worker nor keeps others waiting; it is cut off."""
    with serving(db) as s:
        s.wait_until_ready()
        slow = [socket.create_connection((s.host, s.port)) for _ in range(50)]
        for c in slow:
            c.sendall(b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
        begun = time.time()
        for _ in range(20):
            s.get("/api/status")
        assert time.time() - begun < 5 * SLOW
        with contextlib.suppress(ConnectionError, BrokenPipeError):
            slow[0].settimeout(40 * SLOW)
            assert slow[0].recv(100) == b"", "it should have been cut off"
        for c in slow:
            c.close()


def test_token(db):
    refused = subprocess.run([PROGRAM, "serve", "--db", db, "--port", "0", "--address", "0.0.0.0"], capture_output=True, text=True)
    assert refused.returncode == 1 and "--token" in refused.stderr
    refused = subprocess.run([PROGRAM, "serve", "--db", db, "--port", "0", "--token", "short"], capture_output=True, text=True)
    assert refused.returncode == 1 and "16" in refused.stderr
    token = "correct-horse-battery"
    with serving(db, "--token", token, "--host", "ledger.example") as s:
        assert s.ask("/api/status")[0] == 401 and s.ask("/api/progress")[0] == 401
        for bad in ("Bearer wrong", "Bearer " + token[:-1], "Bearer " + token + "x", "Basic " + token, "Bearer", ""):
            assert s.ask("/api/status", headers={"Authorization": bad})[0] == 401, bad
        assert s.ask("/api/status", headers={"Authorization": "Bearer " + token})[0] == 200
        assert s.ask("/api/status", headers={"Authorization": "Bearer " + token, "Host": "ledger.example"})[0] == 200
        assert s.ask("/api/status", headers={"Cookie": "x=1; casus_token=" + token})[0] == 200
        assert s.ask("/api/status", headers={"Cookie": "casus_token=" + token[1:]})[0] == 401
        assert s.ask("/?token=wrong")[0] == 401
        status, headers, _ = s.ask("/?token=" + token, raw=True)
        assert status == 303 and headers["location"] == "/" and "HttpOnly" in headers["set-cookie"] and "SameSite=Strict" in headers["set-cookie"]


def test_read_only(db):
    with serving(db, "--read-only") as s:
        assert s.ask("/api/read", "POST", {"text": "Iran attacked Pakistan.", "store": True})[0] == 400
        assert s.ask("/api/read", "POST", {"text": "Iran attacked Pakistan."})[0] == 200


def test_page(db):
    """The page's files, where they are built; a word on how to build them where not."""
    with tempfile.TemporaryDirectory() as folder:
        os.makedirs(os.path.join(folder, "web", "assets"))
        open(os.path.join(folder, "web", "index.html"), "w").write("<!doctype html>x")
        open(os.path.join(folder, "web", "assets", "a-1.js"), "w").write("1")
        open(os.path.join(folder, "secret.txt"), "w").write("secret")
        os.symlink(os.path.join(folder, "secret.txt"), os.path.join(folder, "web", "link.txt"))
        with serving(db, "--data", folder) as s:
            status, headers, data = s.ask("/", raw=True)
            assert status == 200 and data == b"<!doctype html>x" and headers["content-type"].startswith("text/html")
            assert s.ask("/", headers={"If-None-Match": headers["etag"]}, raw=True)[0] == 304
            status, headers, data = s.ask("/assets/a-1.js", raw=True)
            assert status == 200 and headers["content-type"].startswith("text/javascript") and "immutable" in headers["cache-control"]
            assert s.ask("/link.txt")[0] == 404 and s.ask("/secret.txt")[0] == 404
            assert s.ask("/", "HEAD", raw=True)[2] == b""
        os.remove(os.path.join(folder, "web", "index.html"))
        with serving(db, "--data", folder) as s:
            status, _, data = s.ask("/", raw=True)
            assert status == 200 and b"make web" in data


def test_holding_answers(db):
    with serving(db) as s:
        generation = s.wait_until_ready()["generation"]
        _, headers, first = s.ask("/api/facets", raw=True)
        assert s.ask("/api/facets", raw=True)[2] == first and s.ask("/api/facets", headers={"If-None-Match": headers["etag"]}, raw=True)[0] == 304
        answers = []
        threads = [threading.Thread(target=lambda: answers.append(s.ask("/api/network?top=40", raw=True)[2])) for _ in range(24)]
        [t.start() for t in threads], [t.join() for t in threads]
        assert len(answers) == 24 and len(set(answers)) == 1
        s.ask("/api/read", "POST", {"text": "On 9 June 2021 France attacked Germany.", "title": "New", "store": True})
        for _ in range(100 * SLOW):
            if s.get("/api/status")["generation"] != generation:
                break
            time.sleep(0.1)
        status, _, after = s.ask("/api/facets", headers={"If-None-Match": headers["etag"]}, raw=True)
        assert status == 200 and after != first, "what was kept must go when the ledger changes"


# ---- others at work --------------------------------------------------------------------------------------------

def test_reading_while_writing(db):
    """`casus read` writes; the server answers all the while, and soon shows what was committed."""
    with serving(db) as s, tempfile.TemporaryDirectory() as folder:
        before = s.wait_until_ready()["counts"]["documents"]
        lines = os.path.join(folder, "many.jsonl")
        with open(lines, "w") as f:
            for i in range(150):
                f.write(json.dumps({"id": f"many-{i}", "date": "2021-05-0%d" % (1 + i % 9), "title": f"Report {i}",
                                    "text": f"On {1 + i % 28} May 2021 Iran attacked Pakistan. Russia criticised Iran. China offered aid to Pakistan."}) + "\n")
        writer = subprocess.Popen([PROGRAM, "read", "--db", db, "--quiet", lines], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        asked_meanwhile = 0
        while writer.poll() is None:
            for target in ("/api/documents", "/api/statements?actor=Iran", "/api/events?order=latest", "/api/network"):
                s.get(target)
                asked_meanwhile += 1
        assert writer.returncode == 0, writer.stderr.read()
        assert asked_meanwhile > 4
        for _ in range(200 * SLOW):
            now = s.get("/api/status")
            if now["counts"]["documents"] == before + 150:
                return
            time.sleep(0.1)
        raise AssertionError("what was written is not shown: " + str(now))


def test_another_file(db):
    """A ledger that is removed and made anew under its name is the one shown."""
    with serving(db) as s, tempfile.TemporaryDirectory() as folder:
        s.wait_until_ready()
        for end in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.remove(db + end)
        s.get("/api/status")
        text = os.path.join(folder, "a.txt")
        open(text, "w").write("On 3 May 2021 Iran attacked Pakistan.\n")
        run("read", "--db", db, "--quiet", text)
        for _ in range(100 * SLOW):
            if s.get("/api/status")["counts"]["documents"] == 1:
                break
            time.sleep(0.1)
        assert s.get("/api/documents")["total"] == 1 and s.get("/api/events")["total"] == 1


def test_progress(db):
    with serving(db) as s:
        s.wait_until_ready()
        c = socket.create_connection((s.host, s.port), timeout=20 * SLOW)
        c.sendall(b"GET /api/progress HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(0.3)
        s.ask("/api/read", "POST", {"text": "On 9 June 2021 Peru attacked Chile.", "title": "Streamed", "store": True})
        got = b""
        while b"event: ledger" not in got:
            got += c.recv(4096)
        assert b"text/event-stream" in got and b"event: job" in got
        more = [socket.create_connection((s.host, s.port), timeout=20) for _ in range(70)]
        refused = 0
        for x in more:
            x.sendall(b"GET /api/progress HTTP/1.1\r\nHost: localhost\r\n\r\n")
        for x in more:
            refused += b" 429 " in x.recv(4096)
        assert refused >= 6, f"{refused} of 71 streams were refused, beyond 64"
        # and it stops although streams are open


def test_stop(db):
    """Those at work are answered; then it ends with 0, on both signals, with connections open."""
    for sig in (signal.SIGTERM, signal.SIGINT):
        s = Server(db)
        idle = socket.create_connection((s.host, s.port))
        answers = []
        text = "On 3 May 2021 Iran attacked Pakistan. " * 2000
        t = threading.Thread(target=lambda: answers.append(s.ask("/api/read", "POST", {"text": text})[0]))
        t.start()
        time.sleep(0.25)
        took = s.stop(sig)
        t.join()
        idle.close()
        assert answers == [200] and took < 15 * SLOW, (answers, took)
    s = Server(db)
    try:
        busy = subprocess.run([PROGRAM, "serve", "--db", db, "--port", str(s.port)], capture_output=True, text=True, timeout=30 * SLOW)
        assert busy.returncode == 1 and "cannot listen" in busy.stderr, busy
    finally:
        s.stop()
    missing = subprocess.run([PROGRAM, "serve", "--db", "/nowhere/x.db", "--port", "0"], capture_output=True, text=True)
    assert missing.returncode == 1 and "there is no ledger" in missing.stderr


def one(folder, i, name, test):
    db = os.path.join(folder, f"{i}.db")
    subprocess.run(["cp", os.path.join(folder, "test.db"), db], check=True)
    begun = time.time()
    test(db)
    print(f"ok {name} ({time.time() - begun:.1f} s)", flush=True)


def main():
    tests = [(n, f) for n, f in list(globals().items()) if n.startswith("test_") and (len(sys.argv) < 3 or n in sys.argv[2:])]
    failed = 0
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(4) as pool:
        make_ledger(folder)
        running = {pool.submit(one, folder, i, name, test): name for i, (name, test) in enumerate(sorted(tests, key=lambda t: t[0] != "test_slow_body"))}
        for done in concurrent.futures.as_completed(running):
            if done.exception():
                failed += 1
                print(f"not ok {running[done]}")
                traceback.print_exception(done.exception())
    sys.exit(failed != 0)


main()
