# The front door. `make` builds build/release/casus; `make demo` and `make check` are the two commands of the README.
.PHONY: all setup build asan clang web demo check check-web screenshots score knowledge-report fuzz install clean

CASUS = build/release/casus
PREFIX ?= /usr/local
FUZZ_SECONDS ?= 60
CASUS_SHARED ?= ../shared

all: build
	@tools/web.sh optional

setup:
	@tools/setup.sh

# build/<preset>/casus and its data files; configured once, then only what changed.
build asan clang: %:
	@preset=$(@:build=release); [ -f build/$$preset/build.ninja ] || cmake --preset $$preset -Wno-dev >/dev/null; \
	cmake --build --preset $$preset

# The page of `casus serve`: web/ -> build/web and <build>/data/web.
web:
	@tools/web.sh

# Installs what is missing, builds, reads the example account, prints its system and says how to see it.
demo: setup build
	@rm -f build/demo.db build/demo.db-wal build/demo.db-shm
	@$(CASUS) read --db build/demo.db examples/*.txt
	@tools/web.sh optional
	@echo; echo "To look instead of type: $(CASUS) serve --db build/demo.db, then open http://127.0.0.1:8017"

# All tests, under AddressSanitizer and UBSan and at full speed; -Werror with gcc and, where it is installed, clang.
check:
	@tools/check.sh

# The page's tests: a headless Chromium on `casus serve`.
check-web:
	@tools/check-web.sh

# The README's pictures from the example account: docs/img/*.png.
screenshots: build
	@tools/setup.sh web
	@tools/web.sh
	@cd web && node tests/screenshots.mjs

# Every measure the data at hand allows, as a table, appended to bench/results.tsv.
score: setup build
	@CASUS_SHARED=$(CASUS_SHARED) bench/score.sh

# Which knowledge entries no text at hand uses, and how the sample of dated facts fared.
knowledge-report: setup build
	@build/release/casus-knowledge report knowledge $(CASUS_SHARED)

# Each fuzz target for FUZZ_SECONDS from its corpus (needs clang); new inputs go to build/fuzz/corpus.
fuzz: setup
	@[ -f build/fuzz/build.ninja ] || cmake --preset fuzz -Wno-dev >/dev/null
	@cmake --build --preset fuzz
	@for t in build/fuzz/fuzz_*; do \
	  name=$${t##*/fuzz_}; mkdir -p build/fuzz/corpus/$$name; echo "fuzz: $$name for $(FUZZ_SECONDS) s"; \
	  $$t -max_total_time=$(FUZZ_SECONDS) -verbosity=0 build/fuzz/corpus/$$name tests/fuzz/corpus/$$name || exit 1; done

install: build
	@tools/web.sh optional
	@cmake --install build/release --prefix $(PREFIX)

clean:
	rm -rf build
