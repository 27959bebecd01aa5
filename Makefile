# Heard. `make help` says what there is.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help run test check audit bench lock release picture clean

help: ## every target in a line
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

run: .venv/practice ## start the whole line on this machine, with a practice phone
	@exec $(BIN)/python -m practice.run

test: .venv/dev ## everything: real Redis, Vosk, PostgreSQL, browser (installs what it needs)
	@sh tests/install.sh
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

check: .venv/dev ## lint, format, types, secrets in files, parts with known holes
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m tests.leaks
	@$(BIN)/python -m tests.audit

audit: .venv/dev ## compare every part with the advisories that are known
	@$(BIN)/python -m tests.audit

bench: .venv/dev ## the benchmarks, as ratios; writes bench/RESULTS.md
	@$(BIN)/python -m bench

lock: .venv/dev ## compile the requirements, with hashes, for every platform
	@$(BIN)/pip install -q uv
	@for part in requirements requirements-practice requirements-dev; do \
	  $(BIN)/uv pip compile --universal --generate-hashes --python-version 3.11 --no-header -q \
	    --upgrade $$part.in -o $$part.txt || exit 1; done

release: ## VERSION=1.2.3: is all ready for that version? with GO=1 it is committed and tagged
	@test -n "$(VERSION)" || { echo "Say which: make release VERSION=1.2.3"; exit 1; }
	@$(PYTHON) deploy/release.py "$(VERSION)" $(GO)

picture: .venv/dev ## the README's picture of the desk, from practice data (with `make run` going)
	@$(BIN)/python -m docs.practice_data http://localhost:8001
	@$(BIN)/python -m docs.picture http://localhost:8000 practice \
	  "$$(sed -n s/^PRACTICE_PASSWORD=//p var/settings.env)" docs/desk.png

.venv/practice: requirements-practice.txt
	@$(MAKE) -s venv
	@echo "Installing what the line needs (once, about a minute) ..."
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-practice.txt
	@touch $@

.venv/dev: requirements-dev.txt
	@$(MAKE) -s venv
	@echo "Installing what the tests need (once, about two minutes) ..."
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/practice

.PHONY: venv
venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: name one, as in  make run PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv || \
	  { echo "Python's venv package is missing: sudo apt-get install python3-venv"; exit 1; }

clean: ## remove what was installed and everything in var/ (recordings too)
	rm -rf .venv var
