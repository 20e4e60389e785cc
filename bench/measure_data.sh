#!/bin/sh
# The field's event data: how fast it comes in, what it takes, and how fast questions over many events are answered; DuckDB and SQLite's own .import beside
# it in the same run. Files are made up (bench/generate_events.c) and deleted again.
#
# SCORE_DATA         quick (default): 500,000 rows and 1,000,000 events; full: 2,000,000 and 10,000,000, as the targets ask (ten minutes, 8 GB of disk)
# SCORE_DATA_FOLDER  where files and ledgers go (default build/bench)
#
# Wall-clock figures want an idle machine; those per processor second do not mind other work so much.
. bench/lib.sh
case ${SCORE_DATA:-quick} in
    quick) rows=500000 events=1000000 ;;
    full) rows=2000000 events=10000000 ;;
    *) echo "measure_data: SCORE_DATA is quick or full" >&2; exit 2 ;;
esac
FOLDER=${SCORE_DATA_FOLDER:-$WORK}; mkdir -p "$FOLDER"
GEN=$WORK/generate_events DUCKDB=$WORK/duckdb
[ "$GEN" -nt bench/generate_events.c ] || cc -std=c17 -O2 -o "$GEN" bench/generate_events.c -lm
[ "$WORK/usage" -nt bench/usage.c ] || cc -std=c17 -O1 -D_DEFAULT_SOURCE -o "$WORK/usage" bench/usage.c
trap 'rm -f "$FOLDER"/data.tsv "$FOLDER"/data.db*' EXIT

# usage COMMAND…: "wall cpu KiB" of one run, output to $WORK/out.
usage() { "$WORK/usage" "$WORK/one" "$@" >"$WORK/out" 2>"$WORK/stderr" || { tail -n 3 "$WORK/stderr" >&2; return 1; }; cat "$WORK/one"; }
# take N TEXT: its N-th word.
take() { printf '%s\n' "$2" | awk -v n="$1" '{ print $n }'; }

if [ ! -d "$DUCKDB/node_modules/@duckdb" ] && command -v npm >/dev/null && command -v node >/dev/null; then
    mkdir -p "$DUCKDB" && (cd "$DUCKDB" && npm init -y && npm install --no-audit --no-fund @duckdb/node-api@1.5.6-r.1) >"$WORK/npm.log" 2>&1 || rm -rf "$DUCKDB"
fi

# duckdb FORMAT [SOURCE TARGET]: its lines in $WORK/duckdb.tsv; false when it is not there or cannot do it.
duckdb() {
    [ -d "$DUCKDB/node_modules/@duckdb" ] || return 1
    "$WORK/usage" "$WORK/one" node bench/duckdb.mjs "$DUCKDB" "$FOLDER/data.tsv" "$@" >"$WORK/duckdb.tsv" 2>"$WORK/stderr" || { tail -n 3 "$WORK/stderr" >&2; return 1; }
}
duck() { awk -F '\t' -v name="$1" '$1 == name { print $2 }' "$WORK/duckdb.tsv"; }

# sqlite FORMAT: SQLite's shell imports the same file as text, then builds an index by actors, day and code.
sqlite() {
    if [ "$1" = gdelt2 ]; then
        columns=$(awk 'BEGIN { for (i = 1; i <= 61; i++) printf "%sc%d", (i > 1 ? "," : ""), i }') keys=c6,c16,c2,c27 skip=
    else
        columns=$(awk 'BEGIN { for (i = 1; i <= 20; i++) printf "%sc%d", (i > 1 ? "," : ""), i }') keys=c3,c9,c2,c7 skip='--skip 1'
    fi
    rm -f "$FOLDER"/data.db*
    usage sqlite3 "$FOLDER/data.db" 'PRAGMA journal_mode=WAL' 'PRAGMA synchronous=NORMAL' "CREATE TABLE events($columns)" '.mode ascii' '.separator "\t" "\n"' \
        ".import $skip $FOLDER/data.tsv events" "CREATE INDEX by_pair ON events($keys)" 'PRAGMA wal_checkpoint(TRUNCATE)'
}

# import FORMAT NAME TARGET: the best of $RUNS runs.
import() {
    format=$1 name=$2
    "$GEN" "$format" "$rows" >"$FOLDER/data.tsv"
    wall= cpu= mem=0 i=0
    while [ $i -lt "$RUNS" ]; do
        rm -f "$FOLDER"/data.db*
        cost=$(usage "$CASUS" import --db "$FOLDER/data.db" "$FOLDER/data.tsv") || { skip "import, $name" 'casus import failed'; return 0; }
        wall=$(awk -v a="${wall:-1e9}" -v b="$(take 1 "$cost")" 'BEGIN { print (a < b ? a : b) }')
        cpu=$(awk -v a="${cpu:-1e9}" -v b="$(take 2 "$cost")" 'BEGIN { print (a < b ? a : b) }')
        mem=$(awk -v a="$mem" -v b="$(take 3 "$cost")" 'BEGIN { print (a > b ? a : b) }')
        i=$((i + 1))
    done
    row "import, $name: rows/s, indexes built, on disk" "$(calc "$rows / $wall" %.0f)" "$3"
    row "import, $name: rows per processor second" "$(calc "$rows / $cpu" %.0f)"
    row "import, $name: peak memory, MB" "$(calc "$mem / 1024" %.0f)" '<= 300'
    row "import, $name: ledger, MB of a file of $(calc "$(wc -c <"$FOLDER/data.tsv") / 1000000" %.0f)" "$(calc "$(wc -c <"$FOLDER/data.db") / 1000000" %.0f)"
    if duckdb "$format"; then
        row "import, $name: DuckDB, rows/s (no index)" "$(calc "$rows / $(duck import)" %.0f)"
        row "import, $name: DuckDB, rows per processor second" "$(calc "$rows / $(take 2 "$(cat "$WORK/one")")" %.0f)"
    else
        skip "import, $name: DuckDB" 'npm @duckdb/node-api is not here'
    fi
    if command -v sqlite3 >/dev/null && cost=$(sqlite "$format"); then
        row "import, $name: sqlite3 .import and one index, rows/s" "$(calc "$rows / $(take 1 "$cost")" %.0f)"
        row "import, $name: sqlite3 .import, rows per processor second" "$(calc "$rows / $(take 2 "$cost")" %.0f)"
    else
        skip "import, $name: sqlite3 .import" 'sqlite3 is not here'
    fi
}
import gdelt2 'GDELT 2' '>= 300000'
import icews 'ICEWS' '>= 400000'

# Questions over many events: whole runs of the command, the start of the program and the reading of its knowledge included; the best of $RUNS.
warm() { best /dev/null "$CASUS" "$@" --db "$FOLDER/data.db"; }

# build EVENTS: the ledger of that many events.
build() {
    rm -f "$FOLDER"/data.db*
    "$GEN" gdelt2 "$1" >"$FOLDER/data.tsv"
    "$CASUS" import --db "$FOLDER/data.db" "$FOLDER/data.tsv" >/dev/null
}
millions=$(calc "$events / 1000000" %g)
build $((events / 4))
quarter=$(warm dyads --by year --limit 100)
build "$events"
# busiest NAMES OTHERWISE: the two that have most events with each other, of one in 97.
busiest() {
    sqlite3 "$FOLDER/data.db" "SELECT min(s.$1, t.$1) || ' ' || max(s.$1, t.$1) FROM coded_pairs p JOIN coded_actors s ON s.actor = p.source JOIN coded_actors t ON t.actor = p.target
        WHERE p.event % 97 = 0 AND length(s.$1) = 3 AND length(t.$1) = 3 AND s.$1 <> t.$1 GROUP BY 1 ORDER BY count(*) DESC LIMIT 1" 2>/dev/null || echo "$2"
}
set -- $(busiest country 'AFG IRN')
busy="$1 and $2" most=$(warm dyad "$1" "$2" --by month)
set -- $(busiest code 'ATA AGO')
one=$(warm dyad "=$1" "=$2" --by month) linked=$(warm dyad "$1" "$2" --by month) all=$(warm dyads --by year --limit 100) net=$(warm network --by year)
acts=$(warm trend "$1")
row "$millions million events: a pair's months, ms" "$(calc "1000 * $(take 1 "$one")" %.0f)" '<= 50'
row "$millions million events: the same with all that the two states take in, ms" "$(calc "1000 * $(take 1 "$linked")" %.0f)" '<= 50'
row "$millions million events: the same for the two with the most of all ($busy), ms" "$(calc "1000 * $(take 1 "$most")" %.0f)" '<= 50'
row "$millions million events: all pairs by year, s" "$(calc "$(take 1 "$all")" %.2f)" '<= 5'
row "$millions million events: network by year, s" "$(calc "$(take 1 "$net")" %.2f)" '<= 10'
row "$millions million events: one actor's trend, ms" "$(calc "1000 * $(take 1 "$acts")" %.0f)"
row "$millions million events: peak memory of all pairs by year, MB" "$(calc "$(take 3 "$all") / 1024" %.0f)"
row 'all pairs by year: processor seconds of four times the events, as a multiple' "$(calc "$(take 2 "$all") / $(take 2 "$quarter")" %.2f)" '<= 4.4'
if duckdb gdelt2 "$1" "$2"; then
    row "$millions million events: DuckDB, a pair's months, ms" "$(calc "1000 * $(duck dyad)" %.0f)"
    row "$millions million events: DuckDB, all pairs by year, s" "$(calc "$(duck dyads)" %.2f)"
    row "$millions million events: DuckDB, ties and triangles by year, s" "$(calc "$(duck network)" %.2f)"
else
    skip "$millions million events: DuckDB" 'npm @duckdb/node-api is not here'
fi
