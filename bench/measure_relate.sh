#!/bin/sh
# Naming the action between two marked spans: macro-F1 on PLV_train, by rules and knowledge alone (nothing trained on that file), and by the
# trained model in five-fold cross-validation with folds fixed by hash of the sentence. The shipped model has seen the whole file: it is not scored.
. bench/lib.sh
gold=$SHARED/data/plv/PLV_train.tsv
have relate "$gold" "$SHARED/eval/score_relate.py" || exit 0
"$CASUS" relate --rules "$gold" >"$WORK/relate.tsv" 2>"$WORK/stderr" || { skip relate "casus relate failed: $(tail -n 1 "$WORK/stderr")"; exit 0; }
report=$(python3 "$SHARED/eval/score_relate.py" "$gold" "$WORK/relate.tsv")
row 'relate, PLV_train, rules only: root macro-F1' "$(field root "$report")" '>= 0.60'
row 'relate, PLV_train, rules only: quad macro-F1' "$(field quad "$report")"
row 'relate, PLV_train, rules only: binary macro-F1' "$(field binary "$report")" '>= 0.85'
[ -x "$TRAIN" ] || { skip relate "casus-train is not built"; exit 0; }
report=$("$TRAIN" relate --data "$gold" --resources "$DATA" --folds 5 | grep cross-validated)
row 'relate, PLV_train, five-fold: root macro-F1' "$(field root "$report")" '' '>= 0.80'
row 'relate, PLV_train, five-fold: quad macro-F1' "$(field quad "$report")" '' '>= 0.88'
row 'relate, PLV_train, five-fold: binary macro-F1' "$(field binary "$report")" '' '>= 0.95'
