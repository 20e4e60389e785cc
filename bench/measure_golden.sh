#!/bin/sh
# Texts that nobody tuned on (tests/golden/README.md): the accounts with their rows, and the 200 sentences with their events. The very
# first scores, taken before anyone saw what the program makes of the texts, stand in tests/golden/FIRST.tsv.
. bench/lib.sh
golden=tests/golden
have golden "$golden/accounts" "$SHARED/eval/score_rows.py" || exit 0

: >"$WORK/accounts.tsv"
for folder in "$golden"/accounts/*/; do
    folder=${folder%/}
    [ -f "$folder/rows.tsv" ] && [ -f "$folder/article.txt" ] || continue
    bench/rows.sh "golden, ${folder##*/}" "$folder" >>"$WORK/accounts.tsv"
done
mean() { awk -F '\t' -v what=": $1\$" '$1 ~ what { sum += $2; n++ } END { if (n) printf "%.3f", sum / n }' "$WORK/accounts.tsv"; }
row 'golden accounts, mean: core strict recall' "$(mean 'core strict recall')"
row 'golden accounts, mean: share supported' "$(mean 'share supported')"
row 'golden accounts: invented' "$(awk -F '\t' '$1 ~ /: invented$/ { n += $2 } END { print n + 0 }' "$WORK/accounts.tsv")" '= 0'

# The first line of each text in FIRST.tsv is its first score.
if [ -f "$golden/FIRST.tsv" ]; then
    first=$(awk -F '\t' '$1 == "text" { for (i = 1; i <= NF; i++) at[$i] = i; next }
        !seen[$1]++ && $(at["core_strict"]) != "" { sum += $(at["core_strict"]); n++ } END { if (n) printf "%.3f", sum / n }' "$golden/FIRST.tsv")
    row 'golden accounts, mean: core strict recall at first' "$first"
fi

events() {
    scorer=$golden/score_events.py labels=$golden/events/sentences.tsv
    python3 "$scorer" "$labels" --documents >"$WORK/events-in.jsonl"
    "$CASUS" code "$WORK/events-in.jsonl" >"$WORK/events-out.jsonl" 2>"$WORK/stderr" || { skip 'golden events' "casus code failed"; return 0; }
    report=$(python3 "$scorer" "$labels" "$WORK/events-out.jsonl")
    row 'golden sentences: event precision' "$(field precision "$report")" '' '>= 0.70'
    row 'golden sentences: event recall' "$(field recall "$report")"
    row 'golden sentences: without an event, left alone' "$(printf '%s\n' "$report" | sed -n 's/.*left alone.*: //p')"
}
if have 'golden events' "$golden/events/sentences.tsv" "$golden/score_events.py"; then events; fi

grep -E ': (core strict recall|share supported|invented)	|^#' "$WORK/accounts.tsv" || true
