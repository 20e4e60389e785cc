#!/bin/sh
# Runs the command-line tests: tests/cli/*.test and the examples of the manual pages (docs/man/*.1).
#
#   tests/cli/run.sh PROGRAM [--accept] [FILE…]
#
# A test file is a session: a line "$ command" is run by sh in a fresh folder (one a file, so that commands build on one another);
# the lines after it, up to the next "$", are what it must print, stdout and stderr together. A line `?N` after the output
# is the exit status, 0 when left out. Lines starting with `#` are remarks. In expected output `...` alone on a line stands
# for any number of lines, and inside a line for any text. $CASUS_ROOT is the source folder, `casus` the program.
# --accept writes what the commands print now into the .test files (lines with `...` that still match are kept).
set -u
program=$(realpath "$1"); shift
accept=0
[ "${1:-}" = --accept ] && accept=1 && shift
here=$(cd "$(dirname "$0")" && pwd)
CASUS_ROOT=$(realpath "$here/../.."); export CASUS_ROOT
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" && ln -s "$program" "$work/bin/casus"
PATH="$work/bin:$PATH"; export PATH
LC_ALL=C.UTF-8; COLUMNS=100; export LC_ALL COLUMNS
failed=0; ran=0

# Turns the examples of a manual page into a session: lines between .\" test and .\" end; `.\" run COMMAND` is run without being shown.
man_session() {
    awk '/^\.\\" run / {print "$ " substr($0, 8); next} /^\.\\" test/ {on = 1; next} /^\.\\" end/ {on = 0} on && !/^\.(Bd|Ed|nf|fi|EX|EE|RS|RE|PP)/ {gsub(/\\e/, "\\"); gsub(/\\-/, "-"); sub(/^\\&/, ""); print}' "$1"
}

run_file() {
    name=$(basename "$1"); box="$work/box-$name"; mkdir "$box"
    case $1 in *.1) man_session "$1" >"$work/session" ;; *) cp "$1" "$work/session" ;; esac
    [ -s "$work/session" ] || return 0
    ran=$((ran + 1))
    awk -v box="$box" -v accepted="$work/accepted" -f "$here/run.awk" "$work/session" >"$work/report"
    status=$?
    [ $status -eq 0 ] && return 0
    if [ $accept -eq 1 ] && [ "${1%.test}" != "$1" ]; then
        cp "$work/accepted" "$1"; echo "accepted $name"; return 0
    fi
    failed=$((failed + 1)); echo "not ok: $name"; cat "$work/report"
}

if [ $# -eq 0 ]; then set -- "$here"/*.test "$CASUS_ROOT"/docs/man/*.1; fi
for file; do [ -f "$file" ] && run_file "$(realpath "$file")"; done
echo "$ran sessions, $failed failed"
[ $failed -eq 0 ]
