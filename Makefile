# make run   set up, ingest seeds/ into an embedded SQLite file, print and serve the chronology on loopback
# make test  set up (with chromium when root) and run every test
# make check ruff and mypy --strict
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8765
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export UV_PYTHON_DOWNLOADS := never

.PHONY: help setup run test check bench lock browser clean
help: ## say what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

setup: $(VENV)/.ok ## set up .venv with the command timeline in it

$(VENV)/.ok: requirements.lock pyproject.toml
	@bash .ci/setup.sh "$(PYTHON)" "$(VENV)"
	@touch $@

run: $(VENV)/.ok ## ingest seeds/ and serve the chronology on loopback
	@$(VENV)/bin/timeline demo --port $(PORT)

browser: ## install Debian's chromium when root and it is missing
	@bash .ci/browser.sh

test: $(VENV)/.ok browser ## run every test
	@$(PY) -m pytest $(ARGS)

check: $(VENV)/.ok ## ruff and mypy --strict
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy

bench: $(VENV)/.ok ## time and score against named peers, in .bench (ARGS="cold names": those alone)
	@bash .ci/bench.sh "$(PYTHON)" $(ARGS)

lock: ## write requirements.lock anew (needs uv)
	@$(VENV)/bin/uv pip compile pyproject.toml --all-extras --universal --generate-hashes --no-header -q -o requirements.lock
	@$(VENV)/bin/uv pip compile tests/bench/peers.in -c requirements.lock --universal --generate-hashes --no-header -q -o tests/bench/peers.lock

clean: ## remove what make made
	@rm -rf $(VENV) .tools build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
