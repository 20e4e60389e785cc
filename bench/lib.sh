# Sourced by the measure scripts: where things are, and how a row is told.
#
# A measure script prints one line a row, tab separated: measure, value, target, later target (both may be empty); a line
# "#<tab>measure<tab>why" says what was skipped. bench/score.sh makes the table and bench/results.tsv of it.
set -eu
LC_ALL=C; export LC_ALL
ROOT=$(cd "$(dirname "$0")/.." && pwd); cd "$ROOT"
SHARED=${CASUS_SHARED:-../shared}
RUNS=${SCORE_RUNS:-3}
CASUS=$ROOT/build/release/casus
TRAIN=$ROOT/build/release/casus-train
DATA=$ROOT/build/release/data
WORK=$ROOT/build/bench; mkdir -p "$WORK"

row() { printf '%s\t%s\t%s\t%s\n' "$1" "$2" "${3:-}" "${4:-}"; }
skip() { printf '#\t%s\t%s\n' "$1" "$2"; }

# have MEASURE FILE…: all there? Otherwise the measure is skipped with a line.
have() {
    measure=$1; shift
    for file; do [ -e "$file" ] || { skip "$measure" "$file is not here"; return 1; }; done
}

# field NAME TEXT: the number that follows NAME in a scorer's line.
field() { printf '%s\n' "$2" | awk -v name="$1" '{ for (i = 1; i < NF; i++) if ($i == name) { v = $(i + 1); sub(/[,;]$/, "", v); print v; exit } }'; }

# calc EXPRESSION [FORMAT]
calc() { awk "BEGIN { printf \"${2:-%.3f}\", $1 }"; }

# best INPUT COMMAND…: the least wall and processor seconds of $RUNS runs, and the most memory, as "wall cpu KiB".
best() {
    [ "$WORK/usage" -nt bench/usage.c ] || cc -std=c17 -O1 -D_DEFAULT_SOURCE -o "$WORK/usage" bench/usage.c
    input=$1; shift
    i=0; : >"$WORK/runs"
    while [ $i -lt "$RUNS" ]; do
        "$WORK/usage" "$WORK/one" "$@" <"$input" >/dev/null 2>"$WORK/stderr" || { tail -n 3 "$WORK/stderr" >&2; return 1; }
        cat "$WORK/one" >>"$WORK/runs"
        i=$((i + 1))
    done
    awk 'NR == 1 || $1 < wall { wall = $1 } NR == 1 || $2 < cpu { cpu = $2 } $3 > mem { mem = $3 } END { print wall, cpu, mem }' "$WORK/runs"
}

# Whole files as JSON documents, a line each: id is the name without its ending, date the ISO date in it if there is one.
files_as_json() {
    for file; do
        id=${file##*/}; id=${id%.*}
        awk -v id="$id" -f bench/escape.awk -f bench/whole.awk "$file"
    done
}
