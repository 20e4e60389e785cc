#!/bin/sh
# Tags, lemmas, trees on gold tokens; tokens from raw text; speed of tagging and parsing on one core (processor time).
. bench/lib.sh

# Targets hold for EWT test only: "english" those of quality, both models those of speed.
targets() {
    upos='' lemma='' las='' later='' tokens='' speed=''
    [ "$2" = en_ewt-ud-test ] || return 0
    speed='>= 180000'
    [ "$1" = english ] || return 0
    upos='>= 95.0' lemma='>= 96.5' las='>= 83.0' later='>= 84.5' tokens='>= 98.5' speed='>= 100000'
}

# The largest speed of $RUNS evaluations, and the figures of the last.
evaluate() {
    i=0; speed_seen=0
    while [ $i -lt "$RUNS" ]; do
        raw=$("$TRAIN" eval "$1" "$2")
        speed_seen=$(printf '%s\n' "$raw" | awk -v seen="$speed_seen" '{ for (i = 2; i <= NF; i++) if ($i == "words/s") v = $(i - 1); print (v > seen + 0 ? v : seen) }')
        i=$((i + 1))
    done
}

measure() {
    model=$1 bank=$2 gold=$SHARED/data/ud/$2.conllu
    have "parsing, $model, $bank" "$gold" "$SHARED/eval/score_conllu.py" "$DATA/$model.casus" || return 0
    fast=; [ "$model" = english ] || fast=--fast
    "$CASUS" parse $fast --gold-tokens "$gold" >"$WORK/parsed.conllu"
    report=$(python3 "$SHARED/eval/score_conllu.py" "$gold" "$WORK/parsed.conllu")
    evaluate "$DATA/$model.casus" "$gold"
    targets "$model" "$bank"
    row "parsing, $model, $bank: UPOS" "$(field UPOS "$report")" "$upos"
    row "parsing, $model, $bank: lemma" "$(field lemma "$report")" "$lemma"
    row "parsing, $model, $bank: UAS" "$(field UAS "$report")"
    row "parsing, $model, $bank: LAS" "$(field LAS "$report")" "$las" "$later"
    row "parsing, $model, $bank: raw token F1" "$(field tokens "$raw")" "$tokens"
    row "parsing, $model, $bank: tokens/s, one core" "$speed_seen" "$speed"
}

for m in english english-fast; do
    for b in en_ewt-ud-test en_ewt-ud-dev en_gum-ud-dev; do measure $m $b; done
done
