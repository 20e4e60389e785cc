#!/bin/sh
# `casus serve` on a made-up ledger of a million events and 10,000 actors: the calls a page makes when it opens, calls with every kind of filter (each the
# best of $SCORE_RUNS, then the slowest of them), memory, and 200 clients at once (wrk, $SERVE_SECONDS seconds, 60 unless told).
. bench/lib.sh
ledger=$WORK/serve.db
[ -s "$ledger" ] && [ "$ledger" -nt bench/serve-ledger.sh ] && [ "$ledger" -nt "$CASUS" ] || bench/serve-ledger.sh "$CASUS" "$ledger" >/dev/null 2>&1

"$CASUS" serve --db "$ledger" --port 0 >"$WORK/serve.out" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT
begun=$(date +%s%N)
until grep -q http "$WORK/serve.out"; do sleep 0.02; kill -0 $server || { skip serve "it did not start"; exit 0; }; done
url=$(grep -o 'http://[0-9.:]*' "$WORK/serve.out")
until curl -s "$url/api/status" | grep -q '"ready":true'; do sleep 0.02; done
row 'serve, 1,000,000 events: seconds until all are loaded' "$(calc "($(date +%s%N) - $begun) / 1e9" %.2f)"

# slowest FILE: milliseconds of the slowest line, each asked $RUNS times, a different generation of the answer each time where it would be kept.
slowest() {
    worst=0
    while read -r path; do
        best=999
        i=0
        while [ $i -lt "$RUNS" ]; do
            mark=$(printf '%s' "$path" | grep -q '?' && echo '&' || echo '?')
            seconds=$(curl -s -o "$WORK/answer" -w '%{time_total} %{http_code}' "$url$path${mark}limit=$((50 - i))" | awk '$2 == 200 { print $1 }')
            [ -n "$seconds" ] || seconds=$(curl -s -o "$WORK/answer" -w '%{time_total}' "$url$path") # it takes no limit
            best=$(calc "($seconds < $best) ? $seconds : $best" %.4f)
            i=$((i + 1))
        done
        echo "$best $path" >>"$WORK/serve.times"
        worst=$(calc "($best > $worst) ? $best : $worst" %.4f)
    done
    calc "$worst * 1000" %.0f
}
: >"$WORK/serve.times"
row 'serve, first view: slowest call, ms' "$(slowest <<'CALLS'
/api/status
/api/documents
/api/actors
/api/events?order=latest
/api/timeline?by=month
/api/facets
/api/network?from=2015&to=2016
/api/places
CALLS
)" '<= 200'
row 'serve, any filter: slowest call, ms' "$(slowest <<'CALLS'
/api/events?actor=@IRN&type=ASSAULT
/api/events?place=IRN&from=2010&to=2012
/api/events?actor=@IRN&other=@AFG&origin=import
/api/timeline?by=day&from=2015
/api/timeline?actor=@IRN&type=THREATEN
/api/places?type=ASSAULT&from=2015
/api/facets?actor=@IRN&from=2010
/api/dyads?actor=@IRN
/api/dyads?from=2010&to=2012
/api/dyad?first=@IRN&second=@AFG
/api/network?from=2010&to=2020&top=100
/api/network?type=ASSAULT&top=500
/api/network?top=500
/api/leverage?over=Government%200%20(Afghanistan)
/api/trends?actor=@IRN&by=month
/api/actors?query=gov&country=IRN
/api/statements?actor=Iran&kind=event
CALLS
)" '<= 300'
row 'serve: memory in use after these, MB' "$(awk '/VmRSS/ { printf "%.0f", $2 / 1024 }' /proc/$server/status)" '<= 300'
command -v wrk >/dev/null || { skip 'serve, 200 clients' 'wrk is not installed'; exit 0; }
told=$(wrk -t1 -c200 -d"${SERVE_SECONDS:-60}s" -s bench/serve.lua "$url" | grep '^requests ')
row 'serve, 200 clients: requests a second' "$(calc "$(field requests "$told") / $(field seconds "$told")" %.0f)"
row 'serve, 200 clients: errors' "$(field errors "$told")" '0'
row 'serve, 200 clients: median, ms' "$(field p50 "$told")"
row 'serve, 200 clients: p99 / median' "$(calc "$(field p99 "$told") / $(field p50 "$told")" %.1f)" '<= 5'
row 'serve: peak memory, MB' "$(awk '/VmHWM/ { printf "%.0f", $2 / 1024 }' /proc/$server/status)" '<= 300'
