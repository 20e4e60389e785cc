#!/bin/sh
# Forecasting on the research sets: learn + fit + test in one run of `casus backtest`, one thread; multi-step; two threads beside one;
# cost against size on synthetic events. SCORE_SYNTHETIC=1: 10 million events too (some minutes, 4 GB); what was measured is
# kept in bench/forecast-linear.tsv.
. bench/lib.sh

# table NAME FILE COLUMN: a column of the line that begins with NAME.
table() { awk -F '\t' -v name="$1" -v column="$3" 'index($1, name) == 1 { print $column; exit }' "$2"; }
number() { awk -F '\t' -v name="$1" -v word="$2" '$1 == name { for (i = 2; i <= NF; i++) if (index($i, word " ") == 1) { sub(word " ", "", $i); print $i; exit } }' "$3"; }

# usage OUT COMMAND…: "wall cpu KiB" of one run.
usage() {
    [ "$WORK/usage" -nt bench/usage.c ] || cc -std=c17 -O1 -D_DEFAULT_SOURCE -o "$WORK/usage" bench/usage.c
    out=$1; shift
    "$WORK/usage" "$WORK/one" "$@" >"$out" 2>"$WORK/stderr" || return 1
    cat "$WORK/one"
}

# measure SET MRR AIM HITS10 MULTI SECONDS MEGABYTES
measure() {
    dir=$SHARED/data/tkg/$1 out=$WORK/forecast-$1.txt
    have "forecast, $1" "$dir/train.txt" || return 0
    cost=$(usage "$out" "$CASUS" backtest "$dir" --threads 1) || { skip "forecast, $1" 'casus backtest failed'; return 0; }
    row "forecast, $1: MRR, single-step" "$(table 'casus' "$out" 3)" ">= $2" ">= $3"
    row "forecast, $1: Hits@10" "$(table 'casus' "$out" 7)" ">= $4"
    for other in persistence frequency recurrency; do row "forecast, $1: MRR of $other" "$(table "$other" "$out" 3)"; done
    row "forecast, $1: calibration error of the best answers" "$(number 'best answers' ECE "$out")" '<= 0.03'
    row "forecast, $1: calibration error of events within 7 days" "$(number 'events within 7 days' ECE "$out")"
    "$CASUS" backtest "$dir" --threads 1 --frozen >"$out.multi" 2>"$WORK/stderr"
    row "forecast, $1: MRR, multi-step" "$(table 'casus' "$out.multi" 3)" ">= $5"
    row "forecast, $1: processor seconds, learn + fit + test" "$(echo "$cost" | awk '{ printf "%.1f", $2 }')" "<= $6"
    row "forecast, $1: peak memory, MB" "$(echo "$cost" | awk '{ printf "%.0f", $3 / 1024 }')" "<= $7"
}

# Runs with one and with two threads take turns; the best of each count.
two_threads() {
    dir=$SHARED/data/tkg/ICEWS14 i=0
    [ -e "$dir/train.txt" ] || return 0
    : >"$WORK/pairs"
    while [ $i -lt "$RUNS" ]; do
        one=$(usage "$WORK/threads-1.txt" "$CASUS" backtest "$dir" --threads 1) && two=$(usage "$WORK/threads-2.txt" "$CASUS" backtest "$dir" --threads 2) || return 0
        echo "${one%% *} ${two%% *}" >>"$WORK/pairs"
        i=$((i + 1))
    done
    row 'forecast, ICEWS14: two threads, times as fast' \
        "$(awk 'NR == 1 || $1 < one { one = $1 } NR == 1 || $2 < two { two = $2 } END { printf "%.2f", one / two }' "$WORK/pairs")" '>= 1.7'
    row 'forecast, ICEWS14: two threads, same output' "$(cmp -s "$WORK/threads-1.txt" "$WORK/threads-2.txt" && echo 1 || echo 0)" '= 1'
}

measure ICEWS14 45.5 48.9 62.5 37.8 60 500
measure ICEWS18 33.8 35.7 54.0 29.0 600 1536
two_threads
sizes='100000 1000000'
[ "${SCORE_SYNTHETIC:-0}" != 1 ] || sizes="$sizes 10000000"
bench/forecast-linear.sh $sizes
awk -F '\t' '$1 ~ /^[^#]/ && $1 != "without" && $1 != "nothing" && $4 != "" { printf "forecast, ICEWS14 valid: change of MRR without %s\t%s\t\t\n", $1, $4 }' bench/forecast-ablation.tsv
