#!/bin/sh
# Replays a recipe: runs each "$ command" of its console blocks and writes the document anew with what the commands print.
#
#   replay.sh DOCUMENT DATA [--check]
#
# DATA is the folder that the commands' data files lie in. The commands run one after another in a fresh folder with links to those files; `casus` is
# the program of $CASUS, or the one in PATH. Files that they write (plots) go beside the document, into the folder of its name without ".md".
# --check writes nothing: exit 1 and a diff when the document or a plot would change.
set -eu
document=$(realpath "$1"); data=$(realpath "$2"); check=${3:-}
plots=${document%.md}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/run"
[ -z "${CASUS:-}" ] || ln -s "$(realpath "$CASUS")" "$work/bin/casus"
PATH="$work/bin:$PATH"; export PATH
for file in "$data"/*; do ln -s "$file" "$work/run/"; done
cd "$work/run"
inside=0; skip=0
while IFS= read -r line || [ -n "$line" ]; do
    case $line in
    '```console') inside=1; printf '%s\n' "$line" ;;
    '```') inside=0; skip=0; printf '%s\n' "$line" ;;
    '$ '*) printf '%s\n' "$line"
        if [ $inside -eq 1 ]; then skip=1; sh -c "${line#??}" </dev/null 2>&1 || true; fi ;;
    *) [ $skip -eq 1 ] || printf '%s\n' "$line" ;;
    esac
done <"$document" >"$work/new.md"
if [ "$check" = --check ]; then
    diff -u "$document" "$work/new.md" || exit 1
    for plot in *.svg; do [ ! -f "$plot" ] || diff -q "$plots/$plot" "$plot" || exit 1; done
    exit 0
fi
cat "$work/new.md" >"$document"
mkdir -p "$plots"
for plot in *.svg; do [ ! -f "$plot" ] || cp "$plot" "$plots/"; done
