# The front door. `make` builds build/release/casus; `make demo` and `make check` are the two commands of the README.
.PHONY: all setup build asan demo check score knowledge-report clean install

all: build

setup:
	@tools/setup.sh

build:
	@[ -f build/release/build.ninja ] || cmake --preset release -Wno-dev
	@cmake --build --preset release

asan:
	@[ -f build/asan/build.ninja ] || cmake --preset asan -Wno-dev
	@cmake --build --preset asan

clean:
	rm -rf build
