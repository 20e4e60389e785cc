#!/bin/sh
# Cost against size: learning rules (a fixed number of questions for the trees) from synthetic sets of growing size, one thread.
#   bench/forecast-linear.sh [EVENTS…]      default 100000 1000000 10000000; some 4 GB for the last
# The rows of the last whole run are in bench/forecast-linear.tsv.
. bench/lib.sh
[ "$WORK/usage" -nt bench/usage.c ] || cc -std=c17 -O1 -D_DEFAULT_SOURCE -o "$WORK/usage" bench/usage.c
first='' last=''
for events in ${*:-100000 1000000 10000000}; do
    folder=$WORK/synthetic-$events
    [ -s "$folder/test.txt" ] || bench/forecast-synthetic.sh "$folder" "$events"
    "$WORK/usage" "$WORK/one" "$CASUS" rules learn "$folder" --threads 1 --questions 10000 --rules "$WORK/synthetic.rules" \
        2>"$WORK/stderr" || { skip "forecast, $events synthetic events" "$(tail -n 1 "$WORK/stderr")"; continue; }
    each=$(awk -v n="$events" '{ printf "%.1f", 1e6 * $2 / n }' "$WORK/one")
    first=${first:-$each} last=$each
    row "forecast, $events synthetic events: processor seconds" "$(awk '{ printf "%.1f", $2 }' "$WORK/one")"
    row "forecast, $events synthetic events: microseconds an event" "$each"
    row "forecast, $events synthetic events: peak memory, MB" "$(awk '{ printf "%.0f", $3 / 1024 }' "$WORK/one")" '<= 8192'
done
[ -z "$last" ] || row 'forecast, synthetic: cost of an event, largest set over smallest' "$(calc "$last / $first" %.2f)" '<= 1'
