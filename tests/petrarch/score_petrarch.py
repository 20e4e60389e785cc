#!/usr/bin/env python3
"""Scores `casus code --dictionary` on PETRARCH unit records.

    tests/petrarch/score_petrarch.py [--casus build/release/casus] [--folder FOLDER] [--require 0.6] [--show GROUP]

FOLDER (default $CASUS_SHARED/data/petrarch/validate, CASUS_SHARED by default ../shared) holds PETR.UnitTest.records.xml and its dictionaries.
Each record's text is coded with its date. A record is exact when the set of (source, target, code) triples is the expected one, empty where
the record says noevents. Prints exact/all by group; with --require, exits with 1 when DATE, ACTOR, AGENT and COMPOUND together have less.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys

FOUR = ("DATE", "ACTOR", "AGENT", "COMPOUND")


def attributes(tag):
    return dict(re.findall(r'(\w+)\s*=\s*"([^"]*)"', tag))


def expected(body):
    """The triples of a record; the empty set for noevents and for records that are to be discarded."""
    triples = set()
    for tag in re.findall(r"<EventCoding(.*?)>", body, re.S):
        a = attributes(tag)
        if "eventcode" in a:
            triples.add((a.get("sourcecode", ""), a.get("targetcode", ""), a["eventcode"]))
    return triples


def read_records(path):
    """The records in the order of the file; comments hold disabled ones."""
    text = re.sub(r"<!--.*?-->", "", open(path, encoding="utf-8", errors="replace").read(), flags=re.S)
    records = []
    for head, body in re.findall(r"<Sentence\s(.*?)>(.*?)</Sentence>", text, re.S):
        a = attributes(head)
        words = re.search(r"<Text>(.*?)</Text>", body, re.S)
        if words:
            group = "AGENT" if a["category"] == "AGENTS" else a["category"]
            records.append((a["id"], group, a["date"], " ".join(words.group(1).split()), expected(body)))
    return records


def code(casus, folder, records):
    """What casus finds: a list of sets of triples."""
    lines = []
    for i, (_, _, date, text, _) in enumerate(records):
        lines.append(json.dumps({"id": str(i), "date": f"{date[:4]}-{date[4:6]}-{date[6:8]}", "text": text}))
    run = subprocess.run([casus, "code", "--format", "jsonl", "--dictionary", folder], input="\n".join(lines), text=True,
                         stdout=subprocess.PIPE, check=True)
    found = [set() for _ in records]
    codes = {}
    statements = []
    for line in run.stdout.splitlines():
        r = json.loads(line)
        if r["record"] == "actor":
            codes[r["doc"], r["id"]] = r.get("codes", {}).get("cameo")
        elif r["record"] == "statement":
            statements.append(r)
    for r in statements:
        event = r["action"].get("cameo")
        for s in r["source"]:
            for t in r["target"]:
                found[int(r["doc"])].add((codes.get((r["doc"], s["actor"])), codes.get((r["doc"], t["actor"])), event))
    return found


def main():
    shared = os.environ.get("CASUS_SHARED", "../shared")
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--casus", default="build/release/casus")
    options.add_argument("--folder", default=os.path.join(shared, "data/petrarch/validate"))
    options.add_argument("--require", type=float, default=0.0)
    options.add_argument("--show", default="", help="print the records of this group that are not exact")
    o = options.parse_args()
    path = os.path.join(o.folder, "PETR.UnitTest.records.xml")
    if not os.path.exists(path):
        print(f"skipped: {path} is absent")
        return 0
    records = read_records(path)
    found = code(o.casus, o.folder, records)
    exact, total = collections.Counter(), collections.Counter()
    for (name, group, _, text, want), got in zip(records, found):
        total[group] += 1
        exact[group] += want == got
        if group.startswith(o.show or "-") and want != got:
            print(f"{name}: {text}\n    missing {sorted(want - got)}\n    wrong   {sorted(got - want, key=str)}")
    for group in sorted(total, key=lambda g: (g not in FOUR, g)):
        print(f"{group:10} {exact[group]:4} / {total[group]:4}  {exact[group] / total[group]:.3f}")
    four = sum(exact[g] for g in FOUR) / max(1, sum(total[g] for g in FOUR))
    print(f"{'four':10} {sum(exact[g] for g in FOUR):4} / {sum(total[g] for g in FOUR):4}  {four:.3f}   (DATE, ACTOR, AGENT, COMPOUND)")
    print(f"{'all':10} {sum(exact.values()):4} / {len(records):4}  {sum(exact.values()) / len(records):.3f}")
    return int(four < o.require)


if __name__ == "__main__":
    sys.exit(main())
