#!/bin/sh
# Makes the inputs of the speed measures in build/bench, once: sentences as JSON documents, one a line, all dated.
#   plv.jsonl       PLV_train's sentences repeated to 100,000 documents (nearly all hold an event)
#   distinct.jsonl  every sentence of the treebanks, and the attribution articles whole: none twice but by chance
#   small.jsonl, large.jsonl   10,000 of plv.jsonl, and ten times that (plv.jsonl itself)
#   distinct.n      sentences in distinct.jsonl
. bench/lib.sh

sentences() { awk -v prefix="$1" -f bench/escape.awk -f bench/sentences.awk; }

plv() {
    awk -F '\t' 'NR > 1 { s = $3; if (s ~ /^".*"$/) { s = substr(s, 2, length(s) - 2); gsub(/""/, "\"", s) } print s }' "$SHARED/data/plv/PLV_train.tsv" >"$WORK/plv.txt"
    awk '{ s[NR] = $0 } END { for (i = 0; i < 100000; i++) print s[i % NR + 1] }' "$WORK/plv.txt" | sentences plv >"$WORK/plv.jsonl.part"
    head -n 10000 "$WORK/plv.jsonl.part" >"$WORK/small.jsonl"
    mv "$WORK/plv.jsonl.part" "$WORK/plv.jsonl"
}

distinct() {
    sed -n 's/^# text = //p' "$SHARED"/data/ud/*.conllu | sentences ud >"$WORK/distinct.jsonl.part"
    files_as_json "$SHARED"/data/polnear/text/*.txt >"$WORK/articles.jsonl"
    articles=$("$CASUS" parse --format jsonl "$WORK/articles.jsonl" 2>/dev/null | grep -c '^# text')
    awk -v more="$articles" 'END { print NR + more }' "$WORK/distinct.jsonl.part" >"$WORK/distinct.n"
    cat "$WORK/articles.jsonl" >>"$WORK/distinct.jsonl.part"
    mv "$WORK/distinct.jsonl.part" "$WORK/distinct.jsonl"
}

[ -s "$WORK/plv.jsonl" ] || ! [ -f "$SHARED/data/plv/PLV_train.tsv" ] || plv
[ -s "$WORK/distinct.jsonl" ] || ! [ -d "$SHARED/data/ud" ] || ! [ -d "$SHARED/data/polnear/text" ] || distinct
