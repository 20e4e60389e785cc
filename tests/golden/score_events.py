#!/usr/bin/env python3
"""Precision and recall of political events on single labelled sentences, type and direction right.

usage: score_events.py events/sentences.tsv OUTPUT.jsonl [--wrong] [--missed]
       score_events.py events/sentences.tsv --documents > documents.jsonl

The second form writes one JSON document a sentence (its id is the sentence's), which `casus code` reads:

    tests/golden/score_events.py tests/golden/events/sentences.tsv --documents > documents.jsonl
    build/release/casus code documents.jsonl > out.jsonl
    tests/golden/score_events.py tests/golden/events/sentences.tsv out.jsonl

A label is SOURCE>PLOVER>TARGET in words of the sentence; `|` separates two events, `/` two types of which either
fits. Only statements of kind event with a PLOVER type count (one without a type names no
event of the ontology), with polarity + and no likelihood. One is right when its type is the
label's and its source and target name the label's: half of the label's words are among the participant's, or the
participant's name is held by the label ("American forces" where the knowledge base names the state). A target that is
no actor may stand in `about`. A side that the label leaves empty is not compared. Two statements of the same type and
participants in one sentence are one; any other beyond the label is wrong. A label that begins with `?` may be told or
left out: an act told in passing, as the content of an accusation or in an attribute ("diplomats accused of spying").
A statement dated more than five years before the document is background and is left out, right or wrong. Exit status
2 on wrong usage.
"""
import csv, json, re, sys

STOP = set("the a an of to in on at by for with from and his her its their two three".split())

def words(text):
    text = re.sub(r"['’]s\b|['’]", "", text.lower())
    return [w for w in re.findall(r"[^\W_]+", text) if w not in STOP]

def alike(x, y):
    return x == y or len(x) > 3 and len(y) > 3 and x[:4] == y[:4]

def names(want, participants):
    """Does one of the participants, by name or by the words used, name `want`?"""
    need = words(want)
    if not need: return True
    for p in participants or []:
        for text in (p.get("name"), p.get("text")):
            have = words(text or "")
            hits = sum(any(alike(x, y) for y in have) for x in need)
            back = sum(any(alike(x, y) for x in need) for y in have)
            if have and (2 * hits >= len(need) or back == len(have)): return True
    return False

def labels(cell, optional):
    out = []
    for event in filter(None, cell.split("|")):
        if event.startswith("?") != optional: continue
        source, types, target = event.lstrip("?").split(">")
        out.append((source, set(types.split("/")), target))
    return out

def types(statement):
    plover = (statement.get("action") or {}).get("plover") or []
    return set([plover] if isinstance(plover, str) else plover)

def counts_as_news(statement, date):
    if statement.get("kind") != "event" or not types(statement) or statement.get("polarity") == "-" or statement.get("likelihood"): return False
    time = statement.get("time") or {}
    last = (time.get("end") or time.get("begin") or date)[:4]
    return int(last) >= int(date[:4]) - 5

def matters(statement):
    """What the record gives in words beside the participants: "refused to attend the talks" is about the talks."""
    about = statement.get("about") or []
    return [a for a in (about if isinstance(about, list) else [about]) if isinstance(a, dict)]

def right(label, statement):
    source, wanted, target = label
    if not wanted & types(statement) or not names(source, statement.get("source")): return False
    return names(target, (statement.get("target") or []) + matters(statement))

def told(statement):
    """What the statement tells, so that a second telling counts once."""
    sides = [tuple(sorted(p.get("name") or p.get("text") or "" for p in statement.get(s) or [])) for s in ("source", "target")]
    return tuple(sorted(types(statement))), sides[0], sides[1]

def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

def documents(rows):
    for r in rows:
        print(json.dumps({"id": r["id"], "date": r["date"], "text": r["sentence"]}, ensure_ascii=False))

def read(path):
    by_document = {}
    with open(path, encoding="utf-8") as file:
        for line in filter(str.strip, file):
            record = json.loads(line)
            if record.get("record", "statement") == "statement":
                by_document.setdefault(str(record.get("doc")), []).append(record)
    return by_document

def score(rows, by_document, show):
    found = total = good = coded = silent = empty = 0
    for r in rows:
        want, may = labels(r["events"], False), labels(r["events"], True)
        got = [s for s in by_document.get(r["id"], []) if counts_as_news(s, r["date"])]
        got = list({told(s): s for s in got}.values())
        hit = [any(right(w, s) for s in got) for w in want]
        fine = [any(right(w, s) for w in want + may) for s in got]
        found, total, good, coded = found + sum(hit), total + len(want), good + sum(fine), coded + len(got)
        if not want: empty, silent = empty + 1, silent + (not got)
        if "--missed" in show:
            for w, ok in zip(want, hit):
                if not ok: print("MISSED", r["id"], w[0], "/".join(sorted(w[1])), w[2], "|", r["sentence"], sep="\t")
        if "--wrong" in show:
            for s, ok in zip(got, fine):
                if not ok: print("WRONG", r["id"], *told(s), "|", r["sentence"], sep="\t")
    print(f"events coded {coded}, right {good}: precision {good / coded if coded else 0:.3f}")
    print(f"events labelled {total}, found {found}: recall {found / total if total else 0:.3f}")
    print(f"sentences without an event {empty}, left alone {silent}: {silent / empty if empty else 0:.3f}")

def main():
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    rows = table(sys.argv[1])
    if sys.argv[2] == "--documents": return documents(rows)
    score(rows, read(sys.argv[2]), sys.argv[3:])

if __name__ == "__main__":
    main()
