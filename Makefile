# Every command that people and CI use. `make` alone lists them.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-builtin-rules

PREFIX ?= /usr/local
DESTDIR ?=
CONFIG ?= puente.yaml

release := .build/release/puente
debug := .build/debug/puente
step := Scripts/step

# A command whose script is not in this checkout says so in a sentence.
define run_script
	@[[ -x $(1) ]] || { echo "$@: $(1) is missing from this checkout." >&2; exit 1; }
	@$(1)
endef

##@ Two commands that need nothing beforehand but Swift 6.3

.PHONY: demo
demo: ## Build and show everything on this machine: console, sandbox, customers who write (first time: 7 min; CRM=zoho: another CRM)
	@Scripts/setup build
	@$(step) "Building Puente (some 7 minutes the first time, seconds after that)" swift build --product puente
	@Scripts/link-assets $(debug)
	@exec $(debug) demo $(if $(CRM),--crm $(CRM))

.PHONY: test
test: ## Install what the tests need and run them all: unit, both databases, end to end, browser, package, faults (36 min)
	@Scripts/setup test
	@$(MAKE) --no-print-directory lint
	@Scripts/test

##@ Working on it

.PHONY: browser
browser: ## The console in Chromium alone: build, install what it needs, drive every page (6 min, once built)
	@Scripts/setup test
	@$(step) "Building Puente" swift build --product puente
	@Scripts/link-assets $(debug)
	@Tests/Browser/run

.PHONY: check
check: lint ## What every commit must pass, without browser and clients: linters, unit, both databases
	@Scripts/setup check
	@Scripts/test --quick

.PHONY: lint
lint: ## Format, import rules, shell scripts, nobody's paths in the tree
	@Scripts/setup check
	@Scripts/check-format
	@Scripts/check-imports
	@Scripts/check-tree
	@Scripts/check-scripts
	@Scripts/check-checks

.PHONY: format
format: ## Lay out all Swift files as swift-format wants them
	@swift format --in-place --parallel --recursive Sources Tests Package.swift

.PHONY: torture
torture: ## Kill, stop, fill the disk, pull the plug, many rounds on both databases (by hand; an hour or more)
	@Scripts/setup test
	$(call run_script,Scripts/torture)

.PHONY: bench
bench: build ## Measure speed, delay, memory and recovery on this machine (by hand; see Benchmarks/README.md)
	$(call run_script,Benchmarks/run)

.PHONY: clean-tests
clean-tests: ## Remove what the tests left in .tests: their Python environment and logs
	@rm -rf .tests && echo "removed .tests"

##@ Using it

.PHONY: build
build: ## Build the program for use: .build/release/puente (first time: 9 min)
	@Scripts/setup build
	@$(step) "Building Puente for release (some 9 minutes the first time)" \
		swift build --configuration release --static-swift-stdlib --product puente
	@Scripts/link-assets $(release)

.PHONY: run
run: ## Serve with puente.yaml (another file: make run CONFIG=path)
	@[[ -f $(CONFIG) ]] || { echo "run: $(CONFIG) is missing; cp Packaging/puente.yaml puente.yaml and fill it in." >&2; exit 2; }
	@$(MAKE) --no-print-directory build
	@exec $(release) serve --config $(CONFIG)

.PHONY: install
install: build ## Install the program and its assets under PREFIX (default /usr/local; DESTDIR for packagers)
	@Scripts/install-files "$(PREFIX)" "$(DESTDIR)"
	@echo "installed $(DESTDIR)$(PREFIX)/bin/puente"

.PHONY: deb
deb: build ## Package it for Debian 12: .build/deb/puente_VERSION_ARCH.deb
	@Scripts/setup deb
	@Scripts/build-deb

.PHONY: help
help: ## This list
	@awk -F ':.*## ' '/^##@ /{printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
