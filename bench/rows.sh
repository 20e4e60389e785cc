#!/bin/sh
# rows.sh NAME FOLDER [CORE SUPPORTED [CORE-LATER SUPPORTED-LATER]]: one article read and compared with its rows.tsv.
. bench/lib.sh
name=$1 folder=$2
"$CASUS" read --db "$WORK/rows.db" --json "$folder/article.txt" >"$WORK/rows.jsonl" 2>"$WORK/stderr" ||
    { skip "$name" "casus read failed: $(tail -n 1 "$WORK/stderr")"; exit 0; }
rm -f "$WORK"/rows.db*
report=$(python3 "$SHARED/eval/score_rows.py" "$folder" "$WORK/rows.jsonl") || { skip "$name" "the scorer failed"; exit 0; }
line() { printf '%s\n' "$report" | sed -n "s/^$1//p"; }
row "$name: core strict recall" "$(line 'core ' | awk '{ print $4 }')" "${3:-}" "${5:-}"
row "$name: core recall" "$(line 'core ' | awk '{ print $3 }')"
row "$name: statements" "$(line 'statements ' | sed 's/,.*//')"
row "$name: share supported" "$(line 'statements ' | sed 's/.*(\(.*\))/\1/')" "${4:-}" "${6:-}"
row "$name: invented" "$(line 'invented: ')" '= 0'
twice=$(line 'of them told more than once: ')
row "$name: told twice" "${twice:-0}" '' '= 0'
