#!/bin/sh
# Raw text to statements: sentences per second of `casus code`, best of $SCORE_RUNS runs (wall clock: meant for an idle machine), beside
# how many times longer than `wc -w` over the same bytes it takes, and sentences per second of processor time, which other work
# on the machine disturbs less.
. bench/lib.sh
bench/inputs.sh

# measure NAME FILE SENTENCES TARGET1 TARGET2 LATER1
measure() {
    name=$1 file=$2 sentences=$3
    set -- "$4" "$5" "$6" $(best "$file" wc -w)
    words=$4
    one=$(best "$file" "$CASUS" code --threads 1) || { skip "$name" "casus code failed"; return 0; }
    two=$(best "$file" "$CASUS" code --threads 2)
    row "$name: sentences/s, 1 thread" "$(calc "$sentences / ${one%% *}" %.0f)" "$1" "$3"
    row "$name: sentences/s, 2 threads" "$(calc "$sentences / ${two%% *}" %.0f)" "$2"
    row "$name: sentences per processor second" "$(echo "$one" | awk -v n="$sentences" '{ printf "%.0f", n / $2 }')"
    row "$name: times as long as wc -w, 1 thread" "$(calc "${one%% *} / $words" %.0f)"
    row "$name: times as long as wc -w, 2 threads" "$(calc "${two%% *} / $words" %.0f)"
}

if have 'code, PLV to 100,000' "$WORK/plv.jsonl"; then
    measure 'code, PLV to 100,000' "$WORK/plv.jsonl" 100000 '>= 2500' '>= 4700' '>= 2200'
fi
if have 'code, distinct sentences' "$WORK/distinct.jsonl"; then
    measure 'code, distinct sentences' "$WORK/distinct.jsonl" "$(cat "$WORK/distinct.n")" '>= 2500' '>= 4700' '>= 2200'
fi
