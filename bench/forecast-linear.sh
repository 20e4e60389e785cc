#!/bin/sh
# Cost against size: learning rules (a fixed number of questions for the trees) from synthetic sets of growing size.
#   bench/forecast-linear.sh [EVENTS…]      default 100000 1000000 10000000; needs up to 8 GB for the last
. bench/lib.sh
[ "$WORK/usage" -nt bench/usage.c ] || cc -std=c17 -O1 -D_DEFAULT_SOURCE -o "$WORK/usage" bench/usage.c
for events in ${*:-100000 1000000 10000000}; do
    folder=$WORK/synthetic-$events
    [ -s "$folder/test.txt" ] || bench/forecast-synthetic.sh "$folder" "$events"
    "$WORK/usage" "$WORK/one" "$CASUS" rules learn "$folder" --threads 1 --questions 10000 --rules "$WORK/synthetic.rules" \
        2>"$WORK/stderr" || { skip "forecast, $events synthetic events" "$(tail -n 1 "$WORK/stderr")"; continue; }
    row "forecast, $events synthetic events: processor seconds" "$(awk '{ printf "%.1f", $2 }' "$WORK/one")"
    row "forecast, $events synthetic events: microseconds an event" "$(awk -v n="$events" '{ printf "%.1f", 1e6 * $2 / n }' "$WORK/one")"
    row "forecast, $events synthetic events: peak memory, MB" "$(awk '{ printf "%.0f", $3 / 1024 }' "$WORK/one")" '<= 8192'
done
