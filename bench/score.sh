#!/bin/sh
# Every measure the data at hand allows, as one table; each row is appended to bench/results.tsv too.
#
#   bench/score.sh            all (about a quarter of an hour on two idle cores)
#   bench/score.sh NAME…      only bench/measure_NAME.sh: golden flagship relate attribution parsing speed footprint data forecast serve page
#
# CASUS_SHARED    the research data (default ../shared); what is absent is skipped with a line
# SCORE_RUNS      runs of each timing, the best counts (default 3)
# SCORE_DATA      full: event data by the millions (ten minutes, 8 GB of disk; default quick)
# SCORE_FORECAST  0: without the forecasting measures (some five minutes)
# SCORE_SYNTHETIC 1: forecasting from 10 million synthetic events too
# SCORE_RECORD    0: nothing is appended to bench/results.tsv
#
# A target is what the work at hand asks for; "then" is what the next step will. Texts that nobody tuned on come first.
. bench/lib.sh
[ -x "$CASUS" ] || { echo "score: $CASUS is not built; run make" >&2; exit 1; }
names=${*:-golden flagship relate attribution parsing footprint speed data}
[ $# -gt 0 ] || [ "${SCORE_FORECAST:-1}" != 1 ] || names="$names forecast"

# What is measured is what stands here now, whatever is committed while it runs; timings are worth what the machine is idle.
commit=$(git rev-parse --short=10 HEAD 2>/dev/null || echo none)
dirty=clean
[ -z "$(git status --porcelain -- . ':!bench/results.tsv' 2>/dev/null)" ] || dirty=dirty
date=$(date -u +%Y-%m-%dT%H:%MZ)
load=$(uptime | sed 's/.*average[s]*: *//; s/,* .*//')
: >"$WORK/table.tsv"
for name in $names; do
    [ -x "bench/measure_$name.sh" ] || { echo "score: there is no measure \"$name\"" >&2; exit 2; }
    echo "score: measuring $name" >&2
    "bench/measure_$name.sh" >>"$WORK/table.tsv" || printf '#\t%s\tthe measure failed\n' "$name" >>"$WORK/table.tsv"
done
row 'load of the machine before (timings want 0)' "$load" >>"$WORK/table.tsv"
awk -f bench/table.awk "$WORK/table.tsv"

[ "${SCORE_RECORD:-1}" = 1 ] || exit 0
[ -s bench/results.tsv ] || printf 'date\tcommit\ttree\tmeasure\tvalue\n' >bench/results.tsv
awk -F '\t' -v OFS='\t' -v date="$date" -v commit="$commit" -v tree=$dirty \
    '$1 != "#" { print date, commit, tree, $1, $2 }' "$WORK/table.tsv" >>bench/results.tsv
