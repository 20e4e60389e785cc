#!/bin/sh
# Who says it: sources and cues found in news articles with every attribution marked (PolNeAR).
. bench/lib.sh
have attribution "$SHARED/data/polnear/text" "$SHARED/eval/score_attribution.py" || exit 0
files_as_json "$SHARED"/data/polnear/text/*.txt >"$WORK/articles.jsonl"
"$CASUS" code "$WORK/articles.jsonl" >"$WORK/attribution.jsonl" 2>"$WORK/stderr" ||
    { skip attribution "casus code failed: $(tail -n 1 "$WORK/stderr")"; exit 0; }
report=$(python3 "$SHARED/eval/score_attribution.py" "$SHARED/data/polnear" "$WORK/attribution.jsonl")
row 'attribution, polnear: F1' "$(field F1 "$report")" '' '>= 0.65'
row 'attribution, polnear: precision' "$(field precision "$report")"
row 'attribution, polnear: recall' "$(field recall "$report")"
