#!/bin/sh
# Forecasting on the research sets: learn + fit + test in one run of `casus backtest`, one thread; multi-step; two threads beside one.
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
    row "forecast, $1: MRR of persistence" "$(table 'persistence' "$out" 3)"
    row "forecast, $1: MRR of frequency" "$(table 'frequency' "$out" 3)"
    row "forecast, $1: MRR of recurrency" "$(table 'recurrency' "$out" 3)"
    row "forecast, $1: calibration error of the best answers" "$(number 'best answers' ECE "$out")" '<= 0.03'
    row "forecast, $1: calibration error of events within 7 days" "$(number 'events within 7 days' ECE "$out")"
    row "forecast, $1: processor seconds, learn + fit + test" "$(echo "$cost" | awk '{ printf "%.1f", $2 }')" "<= $6"
    row "forecast, $1: peak memory, MB" "$(echo "$cost" | awk '{ printf "%.0f", $3 / 1024 }')" "<= $7"
    two=$(usage "$out.2" "$CASUS" backtest "$dir" --threads 2)
    row "forecast, $1: two threads, times as fast" "$(calc "${cost%% *} / ${two%% *}" %.2f)" '>= 1.7'
    row "forecast, $1: two threads, same output" "$(cmp -s "$out" "$out.2" && echo 1 || echo 0)" '= 1'
    "$CASUS" backtest "$dir" --threads 1 --frozen >"$out.multi" 2>"$WORK/stderr"
    row "forecast, $1: MRR, multi-step" "$(table 'casus' "$out.multi" 3)" ">= $5"
}

measure ICEWS14 45.5 48.9 62.5 37.8 60 500
measure ICEWS18 33.8 35.7 54.0 29.0 600 1536
