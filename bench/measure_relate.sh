#!/bin/sh
# Naming the action between two marked spans: macro-F1 on PLV_train.
. bench/lib.sh
gold=$SHARED/data/plv/PLV_train.tsv
have relate "$gold" "$SHARED/eval/score_relate.py" || exit 0
"$CASUS" relate "$gold" >"$WORK/relate.tsv" 2>"$WORK/stderr" || { skip relate "casus relate failed: $(tail -n 1 "$WORK/stderr")"; exit 0; }
report=$(python3 "$SHARED/eval/score_relate.py" "$gold" "$WORK/relate.tsv")
row 'relate, PLV_train: root macro-F1' "$(field root "$report")" '>= 0.60' '>= 0.80'
row 'relate, PLV_train: quad macro-F1' "$(field quad "$report")" '' '>= 0.88'
row 'relate, PLV_train: binary macro-F1' "$(field binary "$report")" '>= 0.85' '>= 0.95'
