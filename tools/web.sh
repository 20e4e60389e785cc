#!/bin/sh
# Builds the page: web/ -> build/web, copied into the data folder of every preset that is built, where `casus serve` finds it.
#
#   tools/web.sh            fails where npm is missing
#   tools/web.sh optional   says so and goes on without the page
set -eu
cd "$(dirname "$0")/.."

say() { echo "web: $*" >&2; }
give_up() { say "$*"; [ "${mode:-}" = optional ] || exit 1; say "going on without the page; the command and the API are complete without it"; exit 0; }
mode=${1:-}

command -v npm >/dev/null 2>&1 || give_up "npm is missing (tools/setup.sh web installs it)"
node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' || give_up "node $(node --version) is too old, 18 or newer is needed"

if [ ! -f web/node_modules/.package-lock.json ] || [ web/package-lock.json -nt web/node_modules/.package-lock.json ]; then
    (cd web && npm ci --silent --no-audit --no-fund) || give_up "npm could not install the page's packages; is the machine offline?"
    touch web/node_modules/.package-lock.json
fi
if [ ! -f build/web/index.html ] || [ -n "$(find web/src web/public web/tools web/*.* server/openapi.json knowledge/countries.tsv -newer build/web/index.html -print -quit)" ]; then
    (cd web && npm run --silent build) || { say "the page does not build"; exit 1; }
fi
for data in build/*/data; do
    [ -d "$data" ] || continue
    rm -rf "$data/web"
    cp -R build/web "$data/web"
done
