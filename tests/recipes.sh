#!/bin/sh
# Runs the recipes of docs/recipes with what is there: tests/recipes.sh PROGRAM. Expected output lies in tests/data/recipes.
set -u
program=$(realpath "$1"); root=$(realpath "$(dirname "$0")/.."); shared=${CASUS_SHARED:-$root/../shared}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0; passed=0; skipped=0
check() { # NAME GOT
    if diff -u "$root/tests/data/recipes/$1" "$2"; then passed=$((passed + 1)); else echo "not ok: $1"; failed=$((failed + 1)); fi
}
skip() { echo "skipped: $1"; skipped=$((skipped + 1)); }

cd "$work" && cp "$root/tests/data/recipes/events.csv" . && "$program" import --scheme cameo events.csv >/dev/null || exit 1
"$program" export --to graphml >network.graphml 2>/dev/null || exit 1

if command -v python3 >/dev/null; then
    python3 "$root/docs/recipes/events.py" casus.db IRN AFGTAL >python.out 2>&1; check python.out python.out
else skip "events.py: no python3"; fi

if Rscript -e 'library(RSQLite); library(igraph)' >/dev/null 2>&1; then
    Rscript "$root/docs/recipes/events.R" casus.db IRN AFGTAL network.graphml >r.out; check r.out r.out
else skip "events.R: no Rscript with RSQLite and igraph"; fi

if [ -f "$shared/data/events/casia_weis.csv" ]; then
    if CASUS="$program" sh "$root/docs/recipes/replay.sh" "$root/docs/recipes/central-asia.md" "$shared/data/events" --check; then passed=$((passed + 1))
    else echo "not ok: central-asia.md (sh docs/recipes/replay.sh docs/recipes/central-asia.md FOLDER writes it anew)"; failed=$((failed + 1)); fi
else skip "central-asia.md: no casia_weis.csv"; fi
echo "recipes: $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
