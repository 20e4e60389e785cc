#!/bin/sh
# What each ingredient is worth on the valid part of ICEWS14: forecast-ablation.sh >bench/forecast-ablation.tsv. Texts are parts of
# the features' descriptions. A smaller model than shipped (60 trees from 10,000 questions), an hour or less on a busy machine.
. bench/lib.sh
dir=$SHARED/data/tkg/ICEWS14
[ -e "$dir/train.txt" ] || { echo "forecast-ablation: $dir is not here" >&2; exit 1; }
scored() { "$CASUS" backtest "$dir" --split valid --threads 1 --questions 10000 "$@" 2>/dev/null | awk -F '\t' '/^casus/ { print $3 "\t" $7 }'; }
all=$(scored --trees 60)
line() {
    what=$1; shift
    now=$(scored --trees 60 "$@")
    printf '%s\t%s\t%s\n' "$what" "$now" "$(calc "${now%%	*} - ${all%%	*}" %+.2f)"
}
printf '# ICEWS14 valid, single-step, average rank; 60 trees, 10,000 questions; features kept from the trees. Groups overlap, so that losses are small\n'
printf '# beside what a group gives alone. Taking out a source of candidates ("all rules that fire", "alike" …) takes it from the first stage too.\n'
printf 'without\tMRR\tHits@10\tchange of MRR\n'
printf 'nothing\t%s\t+0.00\n' "$all"
line 'rules between actions, everywhere' --without 'rule'
line 'habits of the source with the action and the target' --without 'what X does of h, recent' --without 'how often X did h to Y' --without 'days since X did h to Y' --without 'in what X does of h'
line 'dealings of the two, any action' --without 'X and Y had' --without "X's dealings in" --without "Y's dealings in"
line 'what draws the action' --without 'among all targets of h' --without 'anyone did h to Y'
line 'how active the candidate is' --without 'Y took part' --without 'Y takes part'
line 'country' --without 'country'
line 'sector' --without 'sector'
line 'likeness of actors' --without 'actors like'
line 'two hops (partners of partners)' --without 'partners of X'
line 'faded counts (totals and days stay)' --without 'recent days' --without 'recent weeks' --without 'recent months'
