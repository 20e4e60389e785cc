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

events=$golden/events
if have 'golden events' "$events/sentences.tsv" "$events/score_events.py"; then
    bench/events.sh "$events"
fi
grep -E ': (core strict recall|share supported|invented)	|^#' "$WORK/accounts.tsv" || true
[ ! -f "$golden/FIRST.tsv" ] || echo "the first scores of these texts:" >&2
[ ! -f "$golden/FIRST.tsv" ] || sed 's/^/    /' "$golden/FIRST.tsv" >&2
