#!/bin/sh
# The page on a ledger of a million events and 10,000 actors, in a headless Chromium without graphics card (web/tests/bench.mjs).
. bench/lib.sh
command -v node >/dev/null 2>&1 && command -v chromium >/dev/null 2>&1 && [ -d web/node_modules ] && [ -f "$DATA/web/index.html" ] ||
    { skip 'page' 'needs make web and Chromium (tools/setup.sh web)'; exit 0; }

(cd web && node tests/bench.mjs "${PAGE_EVENTS:-1000000}" "${PAGE_ACTORS:-10000}") >"$WORK/page.tsv"
while IFS="$(printf '\t')" read -r name value; do
    case $name in
        'first view'*) row "page: $name" "$value" '<= 1500' ;;
        'filter, worst'*) row "page: $name" "$value" '<= 300' ;;
        'top 500'*median*) row "page: $name" "$value" '<= 33' ;;
        'server memory'*) row "page: $name" "$value" '<= 300' ;;
        *) row "page: $name" "$value" ;;
    esac
done <"$WORK/page.tsv"
