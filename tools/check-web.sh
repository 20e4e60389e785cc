#!/bin/sh
# `make check-web`: the page's tests, in a headless Chromium against `casus serve`. Does its own setup; stops what it started.
set -eu
cd "$(dirname "$0")/.."
tools/setup.sh web
make --no-print-directory build >/dev/null
tools/web.sh
cd web
exec node --test --test-concurrency=1 --test-reporter=spec tests/*.test.mjs
