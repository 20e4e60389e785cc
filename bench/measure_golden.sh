#!/bin/sh
# Texts that nobody tuned on (tests/golden/README.md): the accounts with their rows, and the 200 sentences with their events. The very
# first scores, taken before anyone saw what the program makes of the texts, stand in tests/golden/FIRST.tsv.
. bench/lib.sh
golden=tests/golden
have golden "$golden/accounts" "$SHARED/eval/score_rows.py" || exit 0

# read_all GROUP: every folder of it that is complete, into $WORK/GROUP.tsv.
read_all() {
    : >"$WORK/$1.tsv"
    for folder in "$golden/$1"/*/; do
        folder=${folder%/}
        [ -f "$folder/rows.tsv" ] && [ -f "$folder/article.txt" ] || continue
        bench/rows.sh "golden, ${folder##*/}" "$folder" >>"$WORK/$1.tsv"
    done
}
# mean GROUP MEASURE [which of them: names, or -names for the others]
mean() {
    awk -F '\t' -v what=": $2\$" -v only="${3:-}" '
        BEGIN { others = sub(/^-/, "", only); n = split(only, names, " "); for (i = 1; i <= n; i++) of["golden, " names[i]] }
        $1 ~ what { name = $1; sub(/: .*/, "", name); if (only == "" || (name in of) != others) { sum += $2; k++ } }
        END { if (k) printf "%.3f", sum / k }' "$WORK/$1.tsv"
}
invented() { awk -F '\t' '$1 ~ /: invented$/ { n += $2 } END { print n + 0 }' "$WORK/$1.tsv"; }

read_all accounts
read_all development
row 'golden accounts, mean: core strict recall' "$(mean accounts 'core strict recall')"
row 'golden accounts, mean: share supported' "$(mean accounts 'share supported')"
row 'golden accounts: invented' "$(invented accounts)" '= 0'
five='analysis-red-sea commentary-south-china-sea interview-kosovo statement-guyana wire-sudan'
for measure in 'core strict recall' 'share supported'; do
    row "golden accounts, the first five, mean: $measure" "$(mean accounts "$measure" "$five")"
    later=$(mean accounts "$measure" "-$five")
    [ -z "$later" ] || row "golden accounts, the later ones, mean: $measure" "$later"
    row "golden development, mean: $measure" "$(mean development "$measure")"      # tuned on: no measure of what is to come
done

# The first line of each text in FIRST.tsv is its first score.
if [ -f "$golden/FIRST.tsv" ]; then
    first=$(awk -F '\t' '$1 == "text" { for (i = 1; i <= NF; i++) at[$i] = i; next }
        !seen[$1]++ && $(at["core_strict"]) != "" { sum += $(at["core_strict"]); n++ } END { if (n) printf "%.3f", sum / n }' "$golden/FIRST.tsv")
    row 'golden accounts, mean: core strict recall at first' "$first"
    newest=$(awk -F '\t' '$1 == "text" { for (i = 1; i <= NF; i++) at[$i] = i; next }
        !seen[$1]++ && $(at["core_strict"]) != "" { if ($2 > day) { day = $2; sum = n = 0 } if ($2 == day) { sum += $(at["core_strict"]); n++ } }
        END { if (n) printf "%.3f", sum / n }' "$golden/FIRST.tsv")
    row 'golden accounts, those written last, mean: core strict recall at first' "$newest"
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

grep -hE ': (core strict recall|share supported|invented)	|^#' "$WORK/accounts.tsv" "$WORK/development.tsv" || true
