#!/usr/bin/env python3
"""A ledger in Python, with nothing but sqlite3.

    python3 events.py casus.db SOURCE TARGET

Prints a dyad's months (both directions, cooperation and conflict apart), the ledger's most active pairs, and what its imports left open.
With pandas: pandas.read_sql(DYAD, ledger, params=...) gives the same as a data frame.
"""
import sqlite3
import sys

DYAD = """
    SELECT substr(time_begin, 1, 7) AS month, source, target, count(*) AS events, sum(cooperation) AS cooperation, sum(conflict) AS conflict
    FROM all_events WHERE (source = :a AND target = :b) OR (source = :b AND target = :a)
    GROUP BY month, source, target ORDER BY month, source, target
"""
PAIRS = """
    SELECT source, target, count(*) AS events, min(time_begin) AS first, max(time_begin) AS last FROM all_events
    WHERE source IS NOT NULL AND target IS NOT NULL GROUP BY source, target ORDER BY events DESC, source, target LIMIT 5
"""
IMPORTS = "SELECT path, format, scheme, rows, rejected, unknown_codes, unknown_countries FROM imports ORDER BY import"


def show(title, cursor):
    print("#", title)
    print("\t".join(column[0] for column in cursor.description))
    for row in cursor:
        print("\t".join("" if value is None else f"{value:g}" if isinstance(value, float) else str(value) for value in row))


def main(path, source, target):
    ledger = sqlite3.connect(f"file:{path}?mode=ro", uri=True)  # read only: casus may write beside it
    show(f"{source} and {target} by month", ledger.execute(DYAD, {"a": source, "b": target}))
    show("most active pairs", ledger.execute(PAIRS))
    show("imports", ledger.execute(IMPORTS))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
