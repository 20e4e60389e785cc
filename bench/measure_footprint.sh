#!/bin/sh
# Start-up time, peak memory for an input and ten times it, and whether the output depends on the number of threads.
. bench/lib.sh
bench/inputs.sh

start=$(RUNS=$((RUNS * 5)); best /dev/null "$CASUS" code)
row 'code: start-up on empty input, ms' "$(calc "1000 * ${start%% *}" %.1f)" '<= 50'

if have 'code: peak memory' "$WORK/small.jsonl" "$WORK/plv.jsonl"; then
    RUNS=1
    small=$(best "$WORK/small.jsonl" "$CASUS" code --threads 2) large=$(best "$WORK/plv.jsonl" "$CASUS" code --threads 2)
    row 'code: peak memory, 10,000 documents, MB' "$(calc "${small##* } / 1024" %.1f)" '<= 200'
    row 'code: peak memory, 100,000 documents, MB' "$(calc "${large##* } / 1024" %.1f)" '<= 200'
    row 'code: memory of ten times the input, ratio' "$(calc "${large##* } / ${small##* }" %.2f)" '<= 1.10'
fi

# A part is enough for the same: 20 articles and 5,000 sentences.
if have 'code: same output for 1, 2, 8 threads' "$WORK/distinct.jsonl"; then
    { tail -n 20 "$WORK/distinct.jsonl"; head -n 5000 "$WORK/distinct.jsonl"; } >"$WORK/same.jsonl"
    for n in 1 2 8; do "$CASUS" code --threads $n "$WORK/same.jsonl" 2>/dev/null | cksum; done | sort -u >"$WORK/same"
    [ "$(wc -l <"$WORK/same")" -eq 1 ] && same=yes || same=no
    row 'code: same output for 1, 2, 8 threads' $same '= yes'
fi
