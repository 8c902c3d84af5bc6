# The targets that people use; `make help` lists them.
.POSIX:
.SUFFIXES:

SWIFT = swift
PREFIX = /usr/local
DESTDIR =
# Real sshd_config files, one a file, that the tests also try themselves on when they are there.
SSHD_CONFIG_CORPUS ?= $(wildcard ../shared/sshd_config)
export SSHD_CONFIG_CORPUS

BINARY = .build/release/ssh-recipes
SHARE = $(DESTDIR)$(PREFIX)/share

FUZZ_SECONDS = 600

RACES_SECONDS = 600

.PHONY: help build demo test test-unit test-lab faults lockouts races bench bench-lua bench-quick fuzz hostile install uninstall reference lint dist systems setup clean

help:
	@echo 'make setup      install what building and testing needs and is missing here'
	@echo 'make demo       watch a recipe at work on a host that is made for it, and removed again'
	@echo 'make build      build the program, optimized: $(BINARY)'
	@echo 'make install    PREFIX=$(PREFIX): program, recipes, completions, manual page'
	@echo 'make uninstall  remove them again'
	@echo 'make test       all tests; test-unit and test-lab are its halves'
	@echo 'make faults     cut a run at every moment, in every way, on real hosts; takes half an hour'
	@echo 'make lockouts   changes that no list names, of which none may lock anybody out; takes an hour'
	@echo 'make races      RACES_SECONDS=$(RACES_SECONDS): root acts where a neighbour exchanges files all the time'
	@echo 'make bench      the program beside its peers on hosts of the lab: docs/benchmarks.md; takes two hours'
	@echo 'make bench-quick  a part of it in five minutes, printed; bench-lua: the Lua machine beside plain C'
	@echo 'make fuzz       FUZZ_SECONDS=$(FUZZ_SECONDS): libFuzzer over Lua and what hosts say, under the sanitizers'
	@echo 'make hostile    scripts that break the usual embedding of Lua, there and in ours'
	@echo 'make reference  write the pages and files that are made from the declarations'
	@echo 'make lint       swift format, shellcheck'
	@echo 'make dist       all packages of this commit, into dist/, and tries them; docs/releasing.md'
	@echo 'make systems    install them in fresh systems, run a recipe from there, and remove them; needs root'

build:
	@.ci/setup build
	$(SWIFT) build -c release --product ssh-recipes --static-swift-stdlib

# So that `sudo make install` after `make build` does not build as root.
$(BINARY):
	@$(MAKE) build

demo:
	@Tests/Lab/demo

# One after the other: side by side the lab's hosts would take the time that the unit tests measure.
test:
	@$(MAKE) test-unit
	@$(MAKE) test-lab

# Few at once, where this Swift can: many tests look at a clock, and all side by side they would wait for one another.
test-unit:
	@.ci/setup test
	width=$$($(SWIFT) test --help-hidden | grep -om1 -e --experimental-maximum-parallelization-width); \
	$(SWIFT) test --skip LabTests $${width:+$$width 4}

test-lab:
	@.ci/setup test
	$(SWIFT) build --build-tests
	@if [ "$$(id -u)" = 0 ]; then exec Tests/Lab/run; else \
	  echo 'The lab makes network namespaces and mounts, which needs root; sudo may ask for your password.' && \
	  exec sudo env PATH="$$PATH" Tests/Lab/run; fi

# FAULTS_RECIPE, FAULTS_KIND, FAULTS_WAY, FAULTS_SAMPLE and FAULTS_FROM choose a part of it; Tests/Lab/README.md.
faults:
	@.ci/setup test
	$(SWIFT) build --product ssh-recipes
	@if [ "$$(id -u)" = 0 ]; then exec Tests/Lab/faults/run; else exec sudo -E env PATH="$$PATH" Tests/Lab/faults/run; fi

lockouts:
	@.ci/setup test
	$(SWIFT) build --build-tests
	@export SSH_RECIPES_CASES="$${SSH_RECIPES_CASES-}"; if [ "$$(id -u)" = 0 ]; then exec Tests/Lab/run --filter UnlistedLockOutTests; \
	  else exec sudo -E env PATH="$$PATH" Tests/Lab/run --filter UnlistedLockOutTests; fi

races:
	@.ci/setup test
	$(SWIFT) build --product ssh-recipes
	@if [ "$$(id -u)" = 0 ]; then exec Tests/Lab/races/run '$(RACES_SECONDS)'; \
	  else exec sudo -E env PATH="$$PATH" Tests/Lab/races/run '$(RACES_SECONDS)'; fi

# The peers come from PyPI, into virtual environments of their own. BENCH has arguments for Tests/Bench/bench.py.
bench: bench-lua build
	@if [ "$$(id -u)" = 0 ]; then exec Tests/Bench/run $(BENCH); else exec sudo -E env PATH="$$PATH" Tests/Bench/run $(BENCH); fi

bench-quick: build
	@if [ "$$(id -u)" = 0 ]; then exec Tests/Bench/run quick $(BENCH); else exec sudo -E env PATH="$$PATH" Tests/Bench/run quick $(BENCH); fi

bench-lua:
	@.ci/setup build
	$(SWIFT) run -c release lua-benchmarks
	LEAK_RUNS=10000 $(SWIFT) test --filter RunLeakTests

fuzz:
	@.ci/setup build
	@FUZZ_SECONDS='$(FUZZ_SECONDS)' Tests/Fuzz/run

hostile:
	@.ci/setup build
	HOSTILE=1 $(SWIFT) test --no-parallel --filter LuaHostileTests

install: $(BINARY)
	packaging/stage $(BINARY) '$(DESTDIR)$(PREFIX)'

uninstall:
	rm -f '$(DESTDIR)$(PREFIX)/bin/ssh-recipes' '$(SHARE)/man/man1/ssh-recipes.1' \
	  '$(SHARE)/bash-completion/completions/ssh-recipes' '$(SHARE)/zsh/site-functions/_ssh-recipes' \
	  '$(SHARE)/fish/vendor_completions.d/ssh-recipes.fish'
	rm -rf '$(SHARE)/ssh-recipes'

reference:
	@.ci/setup build
	$(SWIFT) build --product ssh-recipes
	.build/debug/ssh-recipes reference docs

dist:
	@.ci/setup dist check-dist
	packaging/dist
	packaging/check

systems:
	@.ci/setup test dist check-dist
	@if [ "$$(id -u)" = 0 ]; then exec packaging/check systems; else exec sudo env PATH="$$PATH" packaging/check systems; fi

lint:
	@.ci/setup lint
	$(SWIFT) format lint -s -r Sources Tests Package.swift
	$(SWIFT) build --explicit-target-dependency-import-check error
	shellcheck .ci/setup .ci/run Tests/Lab/lab Tests/Lab/demo Tests/Lab/run Tests/Lab/check Tests/Fuzz/run Tests/Bench/run Tests/Bench/jobs/*.sh Tests/Lab/races/run Tests/Lab/engines/slurm Tests/Lab/lib/*.sh Tests/Lab/kinds/*.sh \
	  packaging/build packaging/stage packaging/tools packaging/native packaging/dist packaging/install.sh packaging/check packaging/checks/*.sh
	find Sources/Runtime/Scripts -name '*.sh' ! -path '*/lib/*' -exec shellcheck -s sh -a {} +

setup:
	@.ci/setup test lint
	@echo 'Everything is here: make demo, make test'

clean:
	rm -rf .build .build-static dist .build-fuzz-address .build-fuzz-thread
