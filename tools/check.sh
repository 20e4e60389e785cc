#!/bin/sh
# `make check`: everything a change must pass, with a summary at the end. Exit 0 only when all is well.
set -eu
cd "$(dirname "$0")/.."
tools/setup.sh test
jobs=$(getconf _NPROCESSORS_ONLN)
log=build/check.log
mkdir -p build
: >"$log"
failed=

# step NAME COMMAND…: quiet when it works, the end of its output when it does not.
step() {
    name=$1; shift
    begin=$(date +%s)
    printf '%-44s' "check: $name" >&2
    if "$@" >"$log.step" 2>&1; then
        verdict=ok
    else
        verdict=FAILED failed="$failed, $name"
    fi
    echo "$verdict, $(($(date +%s) - begin)) s" >&2
    [ $verdict = ok ] || tail -n 40 "$log.step" >&2
    cat "$log.step" >>"$log"
    rm -f "$log.step"
}
configured() { [ -f "build/$1/build.ninja" ] || cmake --preset "$1" -Wno-dev; }
built() { configured "$1" && cmake --build --preset "$1" -- -k 0; }
tested() {
    CASUS_SHARED="${CASUS_SHARED:-../shared}" ASAN_OPTIONS=detect_stack_use_after_return=1 UBSAN_OPTIONS=print_stacktrace=1 \
        ctest --test-dir "build/$1" -j "$jobs" --output-on-failure --no-tests=error
}

step "release build, gcc -Werror" built release
step "tests at full speed" tested release
step "build with AddressSanitizer and UBSan" built asan
step "tests with AddressSanitizer and UBSan" tested asan
if command -v clang >/dev/null 2>&1; then
    step "build, clang -Werror" built clang
else
    echo "check: clang is not installed; its build was skipped" >&2
fi
if [ -n "$failed" ]; then
    echo "check: FAILED: ${failed#, } (everything is in $log)" >&2
    exit 1
fi
echo "check: all is well: $(ctest --test-dir build/release -N | sed -n 's/^Total Tests: //p') tests, twice" >&2
